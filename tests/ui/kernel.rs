//! What the kernel knows, in the window.

#![cfg(target_os = "linux")]

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Session, SessionCommand};
use socket_lab::trace::{Kind, Settings};

use super::harness::{Window, sample_at};

fn bank_clerk() -> Arc<Session> {
    let lab = sample_at("bank-clerk", "127.0.0.1:0");
    Arc::new(Session::new(lab, Settings::default()).expect("a session"))
}

#[test]
fn the_queue_of_a_listener_and_the_way_of_a_connection_are_seen() {
    let session = bank_clerk();
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num6);
    window.pick("How often the kernel is looked at", "every 250 ms");
    window.until_label_contains("No socket yet.");
    session.command(SessionCommand::StartAll).expect("taken");
    window.until_label("waiting to be accepted: 1");
    window.get_by_label("may wait: 5");
    // The list is gone through by the keyboard.
    window.choose("client s2, 127");
    window.until_label("The way of this one: ESTABLISHED");
    window.key_press(Key::ArrowUp);
    window.run_steps(2);
    window.until_label("waiting to be accepted: 1");
    window.choose("client s2, 127");
    session.command(SessionCommand::Stop("client".to_owned())).expect("taken");
    // Whoever ends first waits.
    window.until_label_contains(" → TIME-WAIT");
    // The second is accepted now, as the peers say too.
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    window.until_label("accept queue: 0 of 6");
}

#[test]
fn how_often_the_kernel_is_looked_at_is_chosen_and_may_be_never() {
    let session = bank_clerk();
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num6);
    window.until_label_contains("The kernel is not looked at.");
    session.command(SessionCommand::StartAll).expect("taken");
    let is_sampled = |session: &Session| {
        session.trace().flush();
        let store = session.trace().store();
        store.rows(1..store.newest() + 1).into_iter().flatten().any(|row| matches!(row.kind, Kind::Sample(_)))
    };
    window.until("all run", |_| session.status().iter().all(|status| status.phase == Some(socket_lab::program::Phase::Ready)));
    assert!(!is_sampled(&session));
    window.pick("How often the kernel is looked at", "every 50 ms");
    window.until("it is looked at", |_| is_sampled(&session));
}
