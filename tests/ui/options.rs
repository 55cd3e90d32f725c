//! The options of sockets, in the window.

#![cfg(target_os = "linux")]

use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use socket_lab::lab::{Session, SessionCommand};
use socket_lab::net::limits::Limits;
use socket_lab::net::option::by_name;
use socket_lab::trace::{Args, Call, Origin, Outcome, Settings, SocketId, SocketType, Value};

use super::harness::{Window, first_echo, sample_at};
use super::traces;

fn bank_clerk() -> Arc<Session> {
    Arc::new(Session::new(sample_at("bank-clerk", "127.0.0.1:0"), Settings::default()).expect("a session"))
}

fn shown(session: &Arc<Session>) -> Window {
    let mut window = Window::of_session(Arc::clone(session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num8);
    window.until_label("Find an option");
    window
}

fn opened(window: &mut Window, option: &str) {
    search(window, option);
    window.choose(&format!("{option}, "));
    window.run_steps(3);
}

/// What the socket is called that was accepted first.
fn accepted(session: &Session) -> String {
    let names = session.trace().store().names();
    let of = |socket| names.socket(socket).filter(|ends| ends.accepted_by.is_some()).and_then(|ends| ends.peer.clone());
    let found = (1..20).map(SocketId).find_map(|socket| of(socket).map(|peer| (socket, peer)));
    found.map(|(socket, peer)| format!("{socket} server, from {peer}")).expect("one was accepted")
}

/// Only this option is shown: no scrolling.
fn search(window: &mut Window, words: &str) {
    window.get_by_label("Find an option").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(words.to_owned()));
    window.run_steps(3);
}

fn set(window: &mut Window, option: &str, value: &str) {
    let name = format!("New value of {option}");
    window.until_label(&name);
    window.get_by_label(&name).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(value.to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
}

#[test]
fn an_option_is_set_on_an_open_socket_and_the_kernels_answer_is_explained() {
    let session = bank_clerk();
    session.command(SessionCommand::StartAll).expect("taken");
    let mut window = shown(&session);
    // The lab has read what the listener has.
    window.until_label_contains("s1 server, listener");
    opened(&mut window, "SO_RCVBUF");
    window.until_label_contains("Not asked: ");
    set(&mut window, "SO_RCVBUF", "5000");
    let limits = Limits::observe().expect("the limits");
    let option = by_name("SO_RCVBUF").expect("a row");
    let got = limits.expected(option, SocketType::Stream, &Value::Int(5000)).expect("known");
    window.until_label(&format!("Asked 5000, got {got}, because Linux doubles it for its own records"));
    window.get_by_label_contains("net.core.rmem_max = ");
    // It listens already: what connects has the window that was agreed on before.
    window.get_by_label_contains("SO_RCVBUF was set on s1 at ");
    session.trace().flush();
    let store = session.trace().store();
    let rows = store.rows(1..store.newest() + 1).into_iter().flatten();
    let asked = rows
        .into_iter()
        .filter(|row| matches!(row.args(), Some(Args::OptionValue(name, value)) if name == "SO_RCVBUF" && **value == Value::Int(5000)));
    let asked = asked.collect::<Vec<_>>();
    assert_eq!(asked.iter().map(|row| (row.origin, &row.outcome)).collect::<Vec<_>>(), [(Origin::Person, &Outcome::Ok(0))]);
    let back = store.rows(asked[0].n + 1..store.newest() + 1).into_iter().flatten().find(|row| row.call() == Some(Call::GetSockOpt));
    assert_eq!(back.map(|row| row.outcome), Some(Outcome::Value(got.into())), "it is read back at once");
}

#[test]
fn what_is_refused_is_explained_beside_the_field() {
    let session = bank_clerk();
    session.command(SessionCommand::StartAll).expect("taken");
    let mut window = shown(&session);
    window.until_label_contains("s1 server, listener");
    opened(&mut window, "TCP_CONGESTION");
    set(&mut window, "TCP_CONGESTION", "nosuch");
    window.until_label_contains("setsockopt(TCP_CONGESTION, nosuch) was refused: ENOENT.");
    // What the lab can judge never becomes a call.
    opened(&mut window, "TCP_KEEPIDLE");
    set(&mut window, "TCP_KEEPIDLE", "0");
    window.until_label_contains("TCP_KEEPIDLE takes a whole number from 1 to 32767, not 0");
}

#[test]
fn what_a_listener_was_given_too_late_is_told_beside_what_it_accepted_and_cured() {
    let session = bank_clerk();
    session.command(SessionCommand::StartAll).expect("taken");
    let mut window = shown(&session);
    window.until_label_contains("s1 server, listener");
    window.until("one is served", |_| {
        let names = session.trace().store().names();
        (1..20).any(|socket| names.socket(SocketId(socket)).is_some_and(|ends| ends.accepted_by.is_some()))
    });
    opened(&mut window, "TCP_NODELAY");
    set(&mut window, "TCP_NODELAY", "1");
    window.until_label("Asked 1, and got it");
    let accepted = accepted(&session);
    window.pick("The socket", &accepted);
    window.until_label_contains("and has only what s1 had then.");
    let socket = accepted.split(' ').next().expect("a name").to_owned();
    window.click(&format!("Set 1 on {socket}"));
    window.until_label("Asked 1, and got it");
    window.pick("The socket to compare with", "s1 server, listener");
    window.until_label_contains("TCP_NODELAY, asked 1, effective 1, asked 1, effective 1");
}

#[test]
fn before_the_start_it_is_said_what_will_be_asked() {
    let mut window = Window::of_lab(first_echo());
    window.key_press_modifiers(Modifiers::ALT, Key::Num8);
    window.until_label_contains("server, not started");
    opened(&mut window, "SO_SNDBUF");
    window.until_label_contains("Not asked: ");
    set(&mut window, "SO_SNDBUF", "3000");
    window.until_label_contains("Will be asked 3000 and be 6000, because Linux doubles");
    // Of other systems only the name is there, and where it is.
    opened(&mut window, "SO_EXCLUSIVEADDRUSE");
    window.until_label("Not on this system: Windows");
    assert!(window.query_by_label("New value of SO_EXCLUSIVEADDRUSE").is_none());
    search(&mut window, "nothing like that");
    window.until_label_contains("No option here is like that.");
}

#[test]
fn a_recording_is_shown_from_its_rows_alone_and_rows_are_found() {
    let mut window = Window::of_scene(traces::recorded(), [1280.0, 800.0], egui::Theme::Light, socket_lab::text::Language::English);
    window.key_press_modifiers(Modifiers::ALT, Key::Num8);
    window.until_label("Find an option");
    opened(&mut window, "SO_RCVBUF");
    window.until_label_contains("Asked ");
    assert!(window.query_by_label_contains("New value of").is_none(), "nothing is set in a recording");
    let link = window.get_all(By::new().role(egui::accesskit::Role::Link)).next().expect("a row");
    let name = link.accesskit_node().label().expect("named");
    window.click(&name);
    window.key_press_modifiers(Modifiers::ALT, Key::Num1);
    window.until_label_contains("SO_RCVBUF");
}
