//! What a person does, on live sockets: asserted by what the window says.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::text::Language;

use super::harness::{Window, first_echo};

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
    window.run_steps(2);
    window.until_label_contains("recv(1024), 6 B typed\\n");
}

#[test]
fn a_wrong_value_is_told_beside_its_field_and_nothing_is_started() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("Backlog");
    window.get_by_label("Backlog").click();
    window.run_steps(2);
    window.get_by_label("Backlog").type_text("x");
    window.until_label_contains("backlog");
    window.click("client, TCP client, stopped");
    window.key_press(Key::F5);
    window.until_label_contains("server is not started");
    assert_eq!(window.get_by_label("Backlog").value().as_deref(), Some("5x"), "the field is shown, as it was typed");
    assert!(window.query_by_label_contains("socket(AF_INET").is_none(), "nothing has run");
    window.run_steps(2);
    window.key_press(Key::Backspace);
    window.run_steps(2);
    window.key_press(Key::F5);
    window.until_label_contains("listen(5)");
}

#[test]
fn what_the_lab_does_is_shown_when_asked_for() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label_contains("你好，服务器");
    assert!(window.query_by_label_contains("program started").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::H);
    window.run_steps(2);
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    window.until_label_contains("program started");
}

#[test]
fn a_filter_leaves_only_what_passes() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label_contains("你好，服务器");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.run_steps(2);
    window.get_by_label("Filter").type_text("call:listen");
    window.until_label_contains("listen(5), ok");
    window.until(".. nothing else is left", |app| app.is_settled());
    assert!(window.query_by_label_contains("bind(").is_none());
}

#[test]
fn the_log_is_walked_by_keys_and_the_details_follow() {
    let mut window = Window::of_scene(super::traces::echo(), [1280.0, 840.0], egui::Theme::Dark, Language::English);
    window.get_by_label_contains("connect(127.0.0.1:9001)").click();
    window.until_label("ROW 11");
    window.key_press(Key::ArrowDown);
    window.until_label("ROW 12");
    window.key_press(Key::Home);
    window.until_label("ROW 4");
    window.key_press(Key::End);
    window.until_label("ROW 28");
    window.key_press(Key::PageUp);
    window.until_label("ROW 8");
}

#[test]
fn bytes_are_copied_as_code() {
    let mut window = Window::of_scene(super::traces::echo(), [1280.0, 840.0], egui::Theme::Dark, Language::English);
    window.look_at(super::traces::RECEIVED);
    window.click("Copy as");
    window.until_label("Python bytes");
    window.get_by_label("Python bytes").click();
    assert_eq!(window.copied(), r#"b"\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x8c\xe6\x9c\x8d\xe5\x8a\xa1\xe5\x99\xa8""#);
}

#[test]
fn the_language_and_the_theme_are_switched_by_keys() {
    let mut window = Window::of_lab(first_echo());
    window.until_label("Start server and client");
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.until_label("启动 server 和 client");
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run_steps(3);
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn a_program_is_added_and_removed() {
    let mut window = Window::of_lab(first_echo());
    window.click("Add a program");
    window.click("UDP server");
    window.until_label("server-2, UDP server, stopped");
    window.click("More");
    window.until_label_contains("Remove server-2");
    window.get_by_label_contains("Remove server-2").click();
    window.until_gone("server-2, UDP server, stopped");
}

#[test]
fn a_failed_call_says_what_it_means() {
    let mut lab = first_echo();
    lab.programs.remove(0);
    // A port that nobody listens on: reserved, and not used by anything a test machine runs.
    lab.programs[0].connect = Some(socket_lab::program::Target::Address(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label_contains("ECONNREFUSED nobody listens there");
    window.get_by_label_contains("ECONNREFUSED nobody listens there").click();
    window.until_label_contains("Start the server first");
    window.until_label_contains("client, TCP client, failed");
}
