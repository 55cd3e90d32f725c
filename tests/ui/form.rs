//! The form: what is asked for, what holds, and what of it can be changed while the program runs.

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Override, sample};
use socket_lab::net::limits::Limits;
use socket_lab::net::option::by_name;
use socket_lab::text::Language;
use socket_lab::trace::{SocketType, Value};

use super::harness::Window;

/// The first sample, with these entries in the place of its own.
fn first_echo(entries: &[&str]) -> Lab {
    let entries = std::iter::once(&"server.bind=127.0.0.1:0").chain(entries);
    let entries = entries.map(|argument| Override { argument: (*argument).to_owned() }).collect::<Vec<_>>();
    sample("first-echo").expect("in the table").lab(&entries).expect("a lab")
}

/// Types `text` in the place of what stands in the field called `name`.
fn type_anew(window: &mut Window, name: &str, text: &str) {
    window.click(name);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label(name).type_text(text);
    window.run_steps(2);
}

fn is_there(window: &Window, part: &str) -> bool {
    window.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn what_an_option_is_expected_to_be_stands_beside_what_is_asked_before_the_start() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.until_label("expected");
    window.until_label("asked");
    type_anew(&mut window, "SO_RCVBUF", "4096");
    let option = by_name("SO_RCVBUF").expect("in the table");
    let limits = Limits::observe().expect("limits");
    let Some(expected) = limits.expected(option, SocketType::Stream, &Value::Int(4096)) else { return };
    window.until_label_contains(&format!("SO_RCVBUF: {expected} is expected on this system"));
    window.key_press(Key::Enter);
    window.key_press(Key::F5);
    window.until_label("got");
    window.until_label_contains(&format!("SO_RCVBUF: the kernel reads back {expected}"));
    assert!(!is_there(&window, "is expected on this system"));
}

#[test]
fn an_option_that_acts_on_open_sockets_is_set_at_once() {
    let mut window = Window::of_lab(first_echo(&["client.send=[]"]));
    window.key_press(Key::F5);
    window.until_label("client, TCP client, connected");
    window.until_label_contains("accept()");
    window.click("SO_RCVTIMEO");
    window.get_by_label("SO_RCVTIMEO").type_text("77s");
    window.run_steps(3);
    assert!(!is_there(&window, "setsockopt(SO_RCVTIMEO"), "it was set before it was whole");
    window.key_press(Key::Enter);
    // The listener and the connection.
    window.until_label_contains("server s1, setsockopt(SO_RCVTIMEO, 77 s), ok");
    window.until_label_contains("server s3, setsockopt(SO_RCVTIMEO, 77 s), ok");
    window.until_label_contains("SO_RCVTIMEO: the kernel reads back 77 s");
    assert!(!is_there(&window, "Restart with these"));
    // One that can be switched, by the keyboard alone.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(3);
    window.click("Add...");
    window.until_label("Name in C, or what it is to do");
    window.get_by_label("Name in C, or what it is to do").type_text("nodelay");
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.until_label_contains("client s2, setsockopt(TCP_NODELAY, 1), ok");
    window.run_steps(3);
    // It has the keyboard.
    window.key_press(Key::Space);
    window.until_label_contains("client s2, setsockopt(TCP_NODELAY, 0), ok");
    window.until_label_contains("TCP_NODELAY: the kernel reads back 0");
}

#[test]
fn a_value_that_is_left_by_escape_is_not_set() {
    let mut window = Window::of_lab(first_echo(&["client.send=[]"]));
    window.key_press(Key::F6);
    window.until_label("server, TCP server, listening");
    window.click("SO_RCVTIMEO");
    window.get_by_label("SO_RCVTIMEO").type_text("77s");
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert_eq!(window.get_by_label("SO_RCVTIMEO").value().as_deref(), Some(""));
    assert!(!is_there(&window, "setsockopt(SO_RCVTIMEO"));
}

#[test]
fn an_option_that_comes_too_late_waits_for_a_restart() {
    let mut window = Window::of_lab(first_echo(&["server.options={ SO_REUSEADDR = true, SO_RCVBUF = 4096 }"]));
    window.key_press(Key::F6);
    window.until_label("server, TCP server, listening");
    window.until_label_contains("setsockopt(SO_RCVBUF, 4096)");
    type_anew(&mut window, "SO_RCVBUF", "10000");
    window.until_label_contains("After a restart: SO_RCVBUF");
    window.click("SO_REUSEADDR");
    window.until_label_contains("After a restart: SO_REUSEADDR, SO_RCVBUF");
    assert!(!is_there(&window, "setsockopt(SO_RCVBUF, 10000)"), "it was set on an open socket");
    window.click("Restart with these");
    window.until_label_contains("setsockopt(SO_RCVBUF, 10000), ok");
    window.until_label_contains("setsockopt(SO_REUSEADDR, 0), ok");
    window.until_drawn("nothing waits any more", |harness| harness.query_by_label("Restart with these").is_none());
}

#[test]
fn in_little_room_and_in_chinese_it_is_the_same() {
    let mut window = Window::of_lab_in(first_echo(&[]), [1024.0, 640.0], Theme::Dark, Language::Chinese);
    window.key_press(Key::F6);
    window.until_label_contains("listen(5), ok");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.until_label("要求");
    window.until_label("实得");
    window.click("SO_RCVTIMEO");
    window.get_by_label("SO_RCVTIMEO").type_text("77s");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("SO_RCVTIMEO：内核读回 77 s");
}

#[test]
fn an_option_is_taken_back() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.until_label("Leave SO_REUSEADDR as the system has it");
    window.click("Leave SO_REUSEADDR as the system has it");
    window.until_drawn("it is not asked for", |harness| harness.query_by_label("Leave SO_REUSEADDR as the system has it").is_none());
    window.key_press(Key::F6);
    window.until_label_contains("listen(5), ok");
    assert!(!is_there(&window, "setsockopt(SO_REUSEADDR"));
}

#[test]
fn an_option_is_found_by_what_it_does_and_added_by_keys_alone() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.until_label("Add...");
    window.get_by_label("Add...").focus();
    window.run_steps(2);
    window.key_press(Key::Space);
    window.until_label("Name in C, or what it is to do");
    window.run_steps(2);
    window.get_by_label("Name in C, or what it is to do").type_text("keepalive probes");
    window.until_label_contains("TCP_KEEPCNT: Sets how many keepalive probes");
    assert!(!is_there(&window, "SO_LINGER: "), "it is not about that");
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label("TCP_KEEPINTVL");
    // It waits for its value, which is typed at once.
    window.run_steps(3);
    assert!(window.get_by_label("TCP_KEEPINTVL").is_focused(), "it does not have the keyboard");
    window.get_by_label("TCP_KEEPINTVL").type_text("90000");
    window.until_label_contains("TCP_KEEPINTVL takes a whole number from 1 to 32767");
    type_anew(&mut window, "TCP_KEEPINTVL", "90");
    window.key_press(Key::F6);
    window.until_label_contains("setsockopt(TCP_KEEPINTVL, 90), ok");
    assert!(!is_there(&window, "setsockopt(TCP_KEEPCNT"));
}

#[test]
fn the_menu_of_options_is_left_by_escape_and_adds_nothing() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.click("Add...");
    window.until_label_contains("SO_KEEPALIVE: ");
    window.key_press(Key::Escape);
    window.until_gone("Name in C, or what it is to do");
    assert!(window.query_by_label("SO_KEEPALIVE").is_none());
    window.click("Add...");
    window.until_label_contains("SO_KEEPALIVE: ");
    // Those before it fill the menu.
    window.get_by_label("Name in C, or what it is to do").type_text("SO_KEEP");
    window.until_drawn("the others are gone", |window| window.query_all_by_label_contains("SO_BROADCAST: ").next().is_none());
    window.get_by_label_contains("SO_KEEPALIVE: ").click();
    window.until_label("SO_KEEPALIVE");
    window.click("Leave SO_KEEPALIVE as the system has it");
    window.until_gone("SO_KEEPALIVE");
}

#[test]
fn a_fixed_answer_is_stated_in_a_field_beside_the_menu() {
    // High enough for the rows of two runs.
    let mut window = Window::of_lab_in(first_echo(&[]), [1280.0, 1200.0], Theme::Light, Language::English);
    window.pick("Reply", "always the same");
    window.until_label("Answer");
    assert!(window.get_by_label("Answer").is_focused(), "it is not typed into at once");
    window.get_by_label("Answer").type_text("no \\q");
    window.until_label_contains("\\q");
    window.until_label_contains("character 4");
    window.key_press(Key::F5);
    window.until_label_contains("server is not started");
    type_anew(&mut window, "Answer", "same\\n");
    window.pick("How the answer is stated", "Hex");
    window.until_label_contains("character 1");
    type_anew(&mut window, "Answer", "53 61 6d 65");
    window.key_press(Key::F5);
    window.until_label_contains("recv(1024), 4 B Same");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.until_label("server, TCP server, ended");
    // As it is saved, so it is shown.
    window.run_steps(3);
    assert_eq!(window.get_by_label("Answer").value().as_deref(), Some("53 61 6d 65"));
    window.pick("How the answer is stated", "Text");
    window.key_press(Key::F5);
    window.until_label_contains("recv(1024), 11 B 53 61 6d 65");
}

#[test]
fn the_format_of_the_time_is_typed_with_what_it_comes_to() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.pick("Reply", "time of day");
    window.until_label("Format");
    window.until_label_contains("Now 2");
    window.get_by_label("Format").type_text("at %!");
    window.until_label_contains("is not a time format");
    type_anew(&mut window, "Format", "100%% {}");
    window.until_label_contains("Now 100% {}");
    window.key_press(Key::F5);
    window.until_label_contains("recv(1024), 10 B 100% hello");
}

#[test]
fn a_server_becomes_another_kind_and_back() {
    let mut window = Window::of_lab(first_echo(&["server.recv_size=16"]));
    window.click("UDP");
    window.until_label("server, UDP server, stopped");
    window.get_by_label("UDP").focus();
    window.run_steps(2);
    // Over TFTP and server to client.
    for key in [Key::Tab, Key::Tab, Key::Tab, Key::Space] {
        window.key_press(key);
        window.run_steps(2);
    }
    window.until_label("server, UDP client, stopped");
    window.until_label("Connect to");
    assert_eq!(window.get_by_label("Recv size").value().as_deref(), Some("16"), "what both have stays");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until_label("server, UDP server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until_label("server, TCP server, stopped");
}

#[test]
fn habits_unfold_and_tell_what_is_wrong_beside_the_field() {
    let mut window = Window::of_lab(first_echo(&[]));
    window.until_label("More habits");
    assert!(window.query_by_label("Greeting").is_none());
    window.click("More habits");
    window.until_label("Greeting");
    type_anew(&mut window, "Prefix", "[%c] ");
    type_anew(&mut window, "Takes", "many");
    window.until_label_contains("messages");
    type_anew(&mut window, "Takes", "2");
    type_anew(&mut window, "Stop word", "再见");
    window.until_label("When met");
    type_anew(&mut window, "Prefix", "%!");
    window.until_label_contains("is not a time format");
}

#[test]
fn a_lab_with_habits_shows_them_at_once() {
    let lab = sample("contacts").expect("in the table").lab(&[]).expect("a lab");
    let mut window = Window::of_lab(lab);
    window.until_label("Note");
    window.click("client, UDP client, stopped");
    window.until_label("Contacts");
    window.until_label("Skip empty");
}
