//! Packing and unpacking in the window.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::text::Language;

use super::{WIDE, is_there, replace, show, tool};
use crate::harness::Window;
use crate::traces;

const REQUEST: &str = "Bytes 0 to 18: 00 01 6b 65 72 6e 65 6c 2e 69 6d 67 00 6f 63 74 65 74 00";

#[test]
fn it_begins_with_a_request_and_follows_what_is_typed() {
    let mut window = tool(Key::P, [800.0, 700.0], Language::English);
    window.until_label(REQUEST);
    replace(&mut window, "Value 1, H, Opcode", "2");
    window.until_label(&REQUEST.replacen("00 01", "00 02", 1));
    replace(&mut window, "Format", "<HB");
    // What stood there stays, and is told not to fit.
    window.until_label("Bytes 0 to 2: 02 00 --");
    window.until_label("B takes a whole number, as 7, -7 or 0x1f");
    replace(&mut window, "Value 2, B, Number from 0", "0");
    window.until_label("Bytes 0 to 2: 02 00 00");
    window.click(">");
    window.until_label("Bytes 0 to 2: 00 02 00");
    // What is wrong is told where it is.
    replace(&mut window, "Value 2, B, Number from 0", "256");
    window.until_label("B holds 0 to 255");
    window.until_label("Bytes 0 to 2: 00 02 --");
    replace(&mut window, "Format", ">Hz");
    window.until_label("Character 3, “z”, is no code of struct");
}

#[test]
fn what_was_packed_is_unpacked_and_copied() {
    let mut window = tool(Key::P, WIDE, Language::English);
    window.click("Unpack");
    window.until_label("b'kernel.img'");
    window.click("Copy as");
    window.get_by_label("Python line").click();
    let copied = window.copied();
    assert_eq!(copied, r"struct.unpack('!H10sb5sb', b'\x00\x01kernel.img\x00octet\x00')");
    replace(&mut window, "Bytes", r"b'\x00\x02ab'");
    window.until_label("The format has 19 B, and there are 4 B: struct unpacks nothing then");
    window.until_label("its bytes are missing");
    replace(&mut window, "Bytes", "0g");
    window.until_label("character 2, “g”, is not a hex digit");
    replace(&mut window, "Format", "!HH");
    replace(&mut window, "Bytes", "00 04 00 07");
    window.until_label("7");
    window.click("Pack");
    window.until_label("Bytes 0 to 3: 00 04 00 07");
}

#[test]
fn the_bytes_of_a_row_are_unpacked_from_its_menu() {
    let mut window = Window::of_scene(traces::echo(), WIDE, egui::Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    show(&mut window, Key::P);
    window.click(&format!("Bytes of row {}", traces::RECEIVED));
    window.until_label(&format!("These are the bytes of row {}.", traces::RECEIVED));
    assert!(window.query_by_label_contains("e4 bd a0").is_some());
    window.key_press_modifiers(Modifiers::ALT, Key::Num1);
    window.until_label("Rows of the log");
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    window.run_steps(1);
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.until_label("Mark, with a note...");
    assert!(!is_there(&window, "Unpack these bytes"), "a row without bytes");
    window.key_press(Key::Escape);
    window.run_steps(3);
    window.look_at(traces::RECEIVED);
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.click("Unpack these bytes");
    window.until_label(&format!("These are the bytes of row {}.", traces::RECEIVED));
}
