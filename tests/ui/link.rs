//! The form of a link: sliders and fields that act while it runs.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Override, Session, sample};
use socket_lab::text::Language;
use socket_lab::trace::{Kind, Life, Settings};

use super::harness::Window;

fn lab(name: &str, entries: &[&str]) -> Lab {
    let entries = ["server.bind=127.0.0.1:0", "link.bind=127.0.0.1:0"].iter().chain(entries);
    let entries = entries.map(|argument| Override { argument: (*argument).to_owned() }).collect::<Vec<_>>();
    sample(name).expect("in the table").lab(&entries).expect("a lab")
}

/// What the link told last about its ways.
fn told(session: &Session) -> Option<String> {
    session.trace().flush();
    let store = session.trace().store();
    let rows = store.rows(1..store.newest() + 1).into_iter().flatten();
    let told = rows.filter_map(|row| match row.kind {
        Kind::Life(Life::Told(message)) if message.key() == "program-link-changed" => Some(message.in_language(Language::English)),
        _ => None,
    });
    told.last()
}

#[test]
fn a_link_is_steered_while_it_runs_by_the_keyboard_and_by_hand() {
    let session = Arc::new(Session::new(lab("link-udp", &["client.send=[]"]), Settings::default()).expect("a session"));
    let mut window = Window::of_session(Arc::clone(&session));
    window.click("link, UDP link (faults), stopped");
    window.key_press(Key::F5);
    window.until_label("link, UDP link (faults), bound");
    let until_told = |window: &mut Window, part: &str| window.until(part, |_| told(&session).is_some_and(|told| told.contains(part)));
    window.click("Lost, % (Both)");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label("Lost, % (Both)").type_text("35");
    window.run_steps(3);
    until_told(&mut window, "To the server: delay = 10ms, loss = 35. Back to the clients: delay = 10ms, loss = 35");
    // A slider by the keyboard, and one way alone.
    window.click("← Clients");
    window.get_by_label("Doubled, % (← Clients), slider").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(3);
    until_told(&mut window, "To the server: delay = 10ms, loss = 35. Back to the clients: delay = 10ms, loss = 35, duplicate = ");
    assert_eq!(session.lab().programs[1].link.there.duplicate, 0);
    assert!(session.status()[1].phase.is_some_and(|phase| phase == socket_lab::program::Phase::Ready), "it was not restarted");
    // What cannot be is told beside its field and changes nothing.
    window.click("Lost, % (← Clients)");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label("Lost, % (← Clients)").type_text("101");
    window.until_label_contains("loss cannot be");
    assert_eq!(session.lab().programs[1].link.back.loss, 35);
}
