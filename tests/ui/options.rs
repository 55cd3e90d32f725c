//! The options of sockets, in the window.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Toggled;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use socket_lab::lab::{Session, SessionCommand};
use socket_lab::net::TracedSocket;
use socket_lab::net::limits::Limits;
use socket_lab::net::option::by_name;
use socket_lab::trace::{Args, Call, Family, Header, Origin, Outcome, Record, Settings, SocketId, SocketType, Trace, Value};

use super::harness::{Window, first_echo, sample_at};

/// The options of the socket that listens, while the bank clerk and his customers run.
fn running() -> (Arc<Session>, Window) {
    let session = Arc::new(Session::new(sample_at("bank-clerk", "127.0.0.1:0"), Settings::default()).expect("a session"));
    session.command(SessionCommand::StartAll).expect("taken");
    let mut window = shown(Window::of_session(Arc::clone(&session)));
    window.until_label_contains("s1 server, listener");
    (session, window)
}

fn shown(mut window: Window) -> Window {
    window.key_press_modifiers(Modifiers::ALT, Key::Num8);
    window.until_label("Find an option");
    window
}

/// The rows of a trace from row `from` on.
fn rows(trace: &Trace, from: u64) -> impl Iterator<Item = Record> + use<> {
    trace.flush();
    let store = trace.store();
    store.rows(from..store.newest() + 1).into_iter().flatten()
}

/// The row in which a receive buffer of this size was asked for.
fn asked(trace: &Trace, size: i64) -> Record {
    let is_it =
        |row: &Record| matches!(row.args(), Some(Args::OptionValue(name, asked)) if name == "SO_RCVBUF" && **asked == Value::Int(size));
    let found = rows(trace, 1).filter(is_it).collect::<Vec<_>>();
    let [row] = <[Record; 1]>::try_from(found).expect("it is asked for once");
    row
}

fn opened(window: &mut Window, option: &str) {
    search(window, option);
    let name = format!("{option}, ");
    // Where what is above it has just moved, a click may have missed it.
    for _ in 0..3 {
        window.choose(&name);
        window.run_steps(3);
        if window.get_by_label_contains(&name).accesskit_node().toggled() == Some(Toggled::True) {
            return;
        }
    }
    panic!("{option} does not open");
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
    let (session, mut window) = running();
    opened(&mut window, "SO_RCVBUF");
    window.until_label_contains("Not asked: ");
    set(&mut window, "SO_RCVBUF", "5000");
    let limits = Limits::observe().expect("the limits");
    let option = by_name("SO_RCVBUF").expect("a row");
    let got = limits.expected(option, SocketType::Stream, &Value::Int(5000)).expect("known");
    window.until_label(&format!("Asked 5000, got {got}, because Linux doubles it for its own records"));
    window.get_by_label_contains("net.core.rmem_max = ");
    // It listens already: that is not too late for who connects from now on.
    window.get_by_label_contains(", while s1 listened (since ");
    let asked = asked(session.trace(), 5000);
    assert_eq!((asked.origin, &asked.outcome), (Origin::Person, &Outcome::Ok(0)));
    let back = rows(session.trace(), asked.n + 1).find(|row| row.call() == Some(Call::GetSockOpt));
    assert_eq!(back.map(|row| row.outcome), Some(Outcome::Value(got.into())), "it is read back at once");
}

#[test]
fn what_is_refused_is_explained_beside_the_field() {
    let (_session, mut window) = running();
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
    let (session, mut window) = running();
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
    let mut window = shown(Window::of_lab(first_echo()));
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

/// A recording of a listener that asked for 4096 B, as if made on a computer with these limits; with the row in which it asked.
fn recorded(folder: &Path, limits: BTreeMap<String, String>) -> (PathBuf, u64) {
    let trace = Trace::new(Settings::default()).expect("a trace");
    let file = folder.join("listener.slr");
    trace.record(&file, Header::here("", 0, limits)).expect("a new file");
    let on = trace.first_tracer(trace.new_program(), "server", "manual");
    let socket = TracedSocket::socket(&on, Family::Inet, SocketType::Stream).expect("a socket");
    let option = by_name("SO_RCVBUF").expect("a row");
    socket.set_option(&on, option, &Value::Int(4096)).expect("set");
    socket.option(&on, option).expect("read");
    socket.bind(&on, &SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("bound");
    let set = asked(&trace, 4096).n;
    trace.finish_recording();
    (file, set)
}

#[test]
fn a_recording_is_explained_by_the_limits_of_the_computer_that_made_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut limits = Limits::observe().expect("the limits").by_name();
    limits.insert("SO_RCVBUF most".to_owned(), "777777".to_owned());
    let (file, set) = recorded(folder.path(), limits);
    let mut window = shown(Window::of_file(&file));
    opened(&mut window, "SO_RCVBUF");
    window.until_label("Asked 4096, got 8192, because Linux doubles it for its own records");
    window.get_by_label_contains("net.core.rmem_max = 777777");
    assert!(window.query_all_by_label_contains("to 1555554 B on the computer that recorded").count() > 0);
    window.get_by_label_contains("What a fresh socket had there is not in a recording.");
    assert!(window.query_by_label_contains("New value of").is_none(), "nothing is set in a recording");
    assert!(window.query_by_label_contains("a fresh socket here").is_none(), "this is another computer");
    // Its row is looked at.
    window.click(&format!("row {set}"));
    window.until_label("Keep this row here");
}

#[test]
fn of_a_recording_that_says_no_limits_nothing_is_made_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, _) = recorded(folder.path(), BTreeMap::new());
    let mut window = shown(Window::of_file(&file));
    opened(&mut window, "SO_RCVBUF");
    window.until_label("Asked 4096, got 8192");
    window.get_by_label_contains("and what a fresh socket had there, is not known here.");
    assert!(window.query_by_label_contains("rmem_max = ").is_none() && window.query_by_label_contains(" B to ").is_none());
}

#[test]
fn a_socket_is_compared_with_what_it_was_before_a_row() {
    let (session, mut window) = running();
    opened(&mut window, "SO_RCVBUF");
    window.until_label_contains("Not asked: ");
    for size in [5000, 6000] {
        set(&mut window, "SO_RCVBUF", &size.to_string());
        window.until_label_contains(&format!("Asked {size}, got {}", 2 * size));
    }
    let [first, second] = [5000, 6000].map(|size| asked(session.trace(), size).n);
    window.pick("The socket to compare with", &format!("before row {first}: setsockopt(SO_RCVBUF, 5000)"));
    // Both sides are explained.
    window.until_label_contains("Asked 6000, got 12000");
    window.get_by_label_contains("Not asked: ");
    window.get_by_label(&format!("s1 before row {first}"));
    window.pick("The later moment", &format!("before row {second}: setsockopt(SO_RCVBUF, 6000)"));
    window.until_label_contains("Asked 5000, got 10000");
    window.get_by_label_contains("SO_RCVBUF, asked 5000, effective 10000, effective ");
    // Of all options this one alone was moved.
    search(&mut window, "buf");
    window.click("only changed");
    window.until_drawn("the others are gone", |window| window.query_by_label_contains("SO_SNDBUF, ").is_none());
    window.get_by_label_contains("SO_RCVBUF, asked 5000, ");
}
