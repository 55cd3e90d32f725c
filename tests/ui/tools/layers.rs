//! A message in its layers, in the window.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::text::Language;

use super::{WIDE, show, tool};
use crate::harness::Window;
use crate::traces;

#[test]
fn without_a_row_there_is_an_example_that_is_whole() {
    let mut window = tool(Key::L, WIDE, Language::English);
    window.until_label("An example. Choose a send or a receive in the log, and it stands here.");
    window.until_label_contains("4 Transport, Transport, UDP, port 52236 to 9001");
    window.until_label("0xcec9");
    window.get(By::new().role(Role::Row).label_contains("3 Network")).click();
    window.until_label("0x3cc9");
    assert!(window.query_by_label("?").is_none(), "everything was chosen");
    window.get(By::new().role(Role::Row).label_contains("5 Session, Application, nothing here"));
}

#[test]
fn a_row_of_the_trace_is_shown_with_what_is_not_known_marked() {
    let mut window = Window::of_scene(traces::echo(), WIDE, Theme::Dark, Language::English);
    window.look_at(traces::RECEIVED);
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.click("Show in layers");
    window.until_label(&format!("The message that row {} received.", traces::RECEIVED));
    window.until_label_contains("4 Transport, Transport, TCP, port ");
    window.until_label("sequence number");
    assert!(window.query_all_by_label("not known").count() >= 3, "what the kernel alone knows");
    assert!(window.query_all_by_label("from the trace").count() >= 2, "the ports");
    // A row without bytes shows none.
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.look_at(3);
    show(&mut window, Key::L);
    window.until_label_contains("The chosen row moved no bytes over IP.");
}
