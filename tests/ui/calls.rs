//! A socket call by call: pressed in the window, answered by the kernel, kept in the lab.

use std::net::TcpStream;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Session};
use socket_lab::program::ProgramKind;
use socket_lab::program::manual::Method;
use socket_lab::trace::Settings;

use super::harness::{Window, first_echo};

/// A window with the view and a program that nobody has driven yet.
fn by_hand() -> (Arc<Session>, Window) {
    let mut lab = Lab::default();
    lab.add(ProgramKind::Manual);
    let session = Arc::new(Session::new(lab, Settings::default()).expect("a session"));
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num9);
    window.until_label("Call socket");
    (session, window)
}

/// Chooses a method by its button and makes the call.
fn press(window: &mut Window, method: &str) {
    window.choose(&format!("{method}: "));
    window.run_steps(2);
    window.click(&format!("Call {method}"));
}

fn kept(session: &Session) -> Vec<&'static str> {
    session.lab().programs[0].calls.iter().map(|press| press.call.name()).collect()
}

#[test]
fn socket_bind_listen_accept_and_a_stranger_connects() {
    let (session, mut window) = by_hand();
    press(&mut window, "socket");
    window.until_label_contains("s1 a TCP: fresh");
    // What makes sense next is said.
    window.until_label_contains("listen: possible");
    window.until_label("accept: the kernel will say EINVAL");
    press(&mut window, "bind");
    window.until_label_contains("s1 a TCP: bound, local 127.0.0.1:");
    press(&mut window, "listen");
    window.until_label_contains("s1 a TCP: listening");
    press(&mut window, "recv");
    window.until_label_contains("s1.recv(1024): ENOTCONN.");
    press(&mut window, "accept");
    window.until_label_contains("it sleeps until a client connects");
    let address = session.status()[0].local.as_ref().and_then(|local| local.ip()).expect("it listens");
    let client = TcpStream::connect(address).expect("connected");
    window.until_label_contains("s2 b TCP: connected");
    drop(client);
    press(&mut window, "recv");
    window.until_label_contains("s2 b TCP: nothing more to read");
    assert_eq!(kept(&session), ["socket", "bind", "listen", "recv", "accept", "recv"]);
    // A step at a time is taken back, though it was done.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.until("the last is forgotten", |_| kept(&session).len() == 5);
    window.click("Clear what was pressed (5): the program then begins with nothing");
    window.until("all is forgotten", |_| kept(&session).is_empty());
}

#[test]
fn who_waits_is_woken_and_what_was_pressed_is_made_again() {
    let (session, mut window) = by_hand();
    for method in ["socket", "bind", "listen", "accept"] {
        press(&mut window, method);
        window.until("it is kept", |_| kept(&session).last() == Some(&method));
        window.until_label_contains("s1 a TCP");
    }
    window.until_label("Wake it");
    window.click("Wake it");
    window.until_label_contains("s1.accept(): EINVAL.");
    window.until_label_contains("s1 a TCP: bound");
    window.click("Replay: start again and make the 4 calls that were pressed");
    window.until_label_contains("s2 a TCP: listening");
    window.until_label("Wake it");
    assert_eq!(kept(&session).len(), 4);
}

#[test]
fn arguments_are_typed_and_what_is_wrong_is_told_before_the_call() {
    let (session, mut window) = by_hand();
    press(&mut window, "socket");
    window.until_label_contains("s1 a TCP: fresh");
    window.choose("bind: ");
    let field = |window: &Window| window.query_by_role_and_label(Role::TextInput, "addr").is_some();
    window.run_steps(2);
    assert!(field(&window));
    window.get_by_role_and_label(Role::TextInput, "addr").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, "addr").type_text("nowhere");
    window.until_label_contains("nowhere");
    window.click("Call bind");
    window.run_steps(3);
    assert_eq!(kept(&session), ["socket"], "it cannot be made");
    window.click("Hint at next calls");
    window.until_label("bind");
}

/// Types the address of the call that is chosen.
fn aim(window: &mut Window, method: &str, address: &str) {
    window.choose(&format!("{method}: "));
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "addr").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, "addr").type_text(address);
    window.run_steps(2);
    window.click(&format!("Call {method}"));
}

#[test]
fn a_call_goes_to_a_name_and_one_that_leaves_this_computer_is_asked_about() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("an address").port();
    let (session, mut window) = by_hand();
    press(&mut window, "socket");
    window.until_label_contains("s1 a TCP: fresh");
    // Neither is made before it is allowed, by address or by name.
    for (method, address) in [("connect", "example.invalid:9"), ("bind", "0.0.0.0:0")] {
        aim(&mut window, method, address);
        window.until_label("Leave this computer?");
        window.until_label(address);
        window.click("Do not call");
        window.until_gone("Leave this computer?");
        assert_eq!(kept(&session), ["socket"]);
    }
    aim(&mut window, "connect", &format!("localhost:{port}"));
    window.until_label_contains("s1 a TCP: connected");
    window.key_press_modifiers(Modifiers::ALT, Key::Num1);
    window.until_label_contains(&format!("getaddrinfo(localhost, {port}, AF_INET, SOCK_STREAM)"));
    listener.accept().expect("it has connected");
    assert_eq!(kept(&session), ["socket", "connect"]);
}

#[test]
fn other_programs_have_the_view_too_and_lead_to_one_that_is_driven() {
    let session = Arc::new(Session::new(first_echo(), Settings::default()).expect("a session"));
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num9);
    window.until_label_contains("Here a socket is driven call by call");
    window.click("Add a manual program");
    window.until_label("Call socket");
    assert_eq!(session.lab().programs.last().map(|spec| spec.kind), Some(ProgramKind::Manual));
    for method in Method::ALL {
        window.until_label_contains(&format!("{}: ", method.name()));
    }
}
