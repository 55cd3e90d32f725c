//! What a person does, on live sockets: asserted by what the window says.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Override, sample};

use super::harness::Window;

/// The first sample, on any free port.
fn first_echo() -> Lab {
    let any_port = Override { argument: "server.bind=127.0.0.1:0".to_owned() };
    sample("first-echo").expect("in the table").lab(&[any_port]).expect("a lab")
}

#[test]
fn one_press_lets_two_programs_talk() {
    let mut window = Window::of_lab(first_echo());
    window.click("Start server and client");
    window.until_label_contains("client s2, send(5), 5 B hello");
    window.until_label_contains("你好，服务器");
    window.until_label("server, TCP server, listening");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.until_label("server, TCP server, ended");
}

#[test]
fn what_is_typed_is_sent_and_comes_back() {
    let mut lab = first_echo();
    lab.programs[1].send.clear();
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("client, TCP client, connected");
    window.click("client, TCP client, connected");
    window.get_by_label("Message").click();
    window.run_steps(2);
    window.get_by_label("Message").type_text("typed\\n");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("recv(1024), 6 B typed\\n");
}

#[test]
fn a_wrong_value_is_told_beside_its_field_and_changes_nothing() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("Backlog");
    window.get_by_label("Backlog").click();
    window.run_steps(2);
    window.get_by_label("Backlog").type_text("x");
    window.until_label_contains("backlog");
    window.key_press(Key::F5);
    window.until_label_contains("listen(5)");
}

#[test]
fn a_filter_leaves_only_what_passes() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label_contains("你好，服务器");
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(2);
    window.get_by_label("Filter").type_text("call:listen");
    window.until_label_contains("listen(5), ok");
    window.until(".. nothing else is left", |app| app.is_settled());
    assert!(window.query_by_label_contains("bind(").is_none());
}
