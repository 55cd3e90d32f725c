//! Transfers by TFTP: watched in their view and packet by packet, on live sockets.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use socket_lab::text::Language;

use crate::harness::{Window, sample_at};

#[test]
fn a_download_is_seen_from_both_sides_and_packet_by_packet() {
    let lab = sample_at("tftp-download", "127.0.0.1:0");
    let mut window = Window::of_lab(lab);
    assert!(window.query_by_role_and_label(Role::Tab, "Transfers").is_some(), "a program that speaks TFTP is chosen");
    window.key_press_modifiers(Modifiers::ALT, Key::Num3);
    window.until_label_contains("server has no transfers");
    window.key_press(Key::F5);
    window.until_label_contains("1024.bin, 127.0.0.1:");
    window.until_label_contains("complete, 100 %");
    window.until_label("Every block was received and acknowledged.");
    window.until_label("whoever has the file told its size");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.until_label_contains("0 going on, 1 ended");
    window.click("Show the packets");
    for packet in ["RRQ \"1024.bin\" octet tsize 0", "OACK tsize 1024", "ACK block 0", "DATA block 2, 512 bytes", "DATA block 3, 0 bytes"] {
        window.until_label_contains(packet);
    }
    window.get_by_label_contains("OACK tsize 1024").click();
    window.until_label("6 OACK");
    window.until_label("Grants options. Only what was asked for may stand in it (RFC 2347).");
}

#[test]
fn a_refusal_says_which_error_and_why() {
    let mut lab = sample_at("tftp-download", "127.0.0.1:0");
    lab.programs[1].tftp.get = Some("missing".to_owned());
    let mut window = Window::of_lab(lab);
    window.key_press_modifiers(Modifiers::ALT, Key::Num3);
    window.key_press(Key::F5);
    window.until_label_contains("missing, 127.0.0.1:");
    window.until_label_contains("This side ended it with ERROR 1");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.until_label_contains("The other side ended it with ERROR 1");
}

#[test]
fn other_programs_have_no_transfers() {
    let lab = sample_at("first-echo", "127.0.0.1:0");
    let mut window = Window::of_lab(lab);
    window.key_press_modifiers(Modifiers::ALT, Key::Num3);
    window.run_steps(3);
    assert!(window.query_by_role_and_label(Role::Tab, "Transfers").is_none());
    window.until_label("Log");
}

#[test]
fn a_sample_is_one_click_away_and_asks_before_it_stops_what_runs() {
    let lab = sample_at("udp-echo", "127.0.0.1:0");
    let mut window = Window::of_lab(lab);
    assert!(window.query_by_label("Sample lab Reverse").is_none(), "only the topic of the lab is unfolded");
    window.click("Samples: Streams (TCP)");
    window.click("Sample lab Reverse");
    window.until_label("Reverse");
    let lab = sample_at("chat", "127.0.0.1:0");
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F6);
    window.until_label("server, TCP server, listening");
    window.click("Samples: Streams (TCP)");
    window.click("Sample lab Reverse");
    window.until_label("A program is running");
    window.run_steps(2);
    assert!(window.get_by_label("Cancel").is_focused(), "what loses nothing has the keyboard");
    window.click("Cancel");
    window.until_label("server, TCP server, listening");
    window.click("Sample lab Reverse");
    window.click("Stop and go on");
    window.until_label("Reverse");
}

#[test]
fn every_sample_stands_in_the_sheet_with_what_to_watch() {
    use socket_lab::lab::SAMPLES;
    // High enough for all of them.
    let mut window = Window::of_lab_in(sample_at("first-echo", "127.0.0.1:0"), [1280.0, 1200.0], Theme::Light, Language::English);
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.until_label("Streams (TCP)");
    for sample in SAMPLES {
        let words = format!("{}. {}", (sample.title)(), (sample.watch)());
        assert!(window.query_by_label(&words).is_some(), "{words}");
    }
    let other = SAMPLES.iter().find(|sample| sample.name == "accept-close").expect("in the table");
    window.click(&format!("{}. {}", (other.title)(), (other.watch)()));
    window.until_label("Accept and close");
    window.until_gone("Streams (TCP)");
}
