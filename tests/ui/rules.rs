//! The rules by which a server answers, in its form.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Override, Session, sample};
use socket_lab::program::{Reply, Rules};
use socket_lab::trace::Settings;

use super::harness::Window;

fn session() -> Arc<Session> {
    let argument = "server.bind=127.0.0.1:0".to_owned();
    let lab = sample("auto-reply").expect("in the table").lab(&[Override { argument }]).expect("a lab");
    Arc::new(Session::new(lab, Settings::default()).expect("a session"))
}

fn rules(session: &Session) -> Rules {
    match &session.lab().programs[0].reply {
        Reply::Rules(rules) => rules.clone(),
        reply => panic!("{reply:?}"),
    }
}

fn shown(session: &Session) -> Vec<String> {
    rules(session).rules.iter().map(|rule| rule.when.to_string()).collect()
}

#[test]
fn rules_are_added_changed_moved_and_removed_by_the_keyboard() {
    let session = session();
    let mut window = Window::of_session(Arc::clone(&session));
    let before = shown(&session);
    let press = |window: &mut Window, name: &str| {
        window.until_label(name);
        window.get_by_label(name).focus();
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(3);
    };
    press(&mut window, "Move rule 2 up");
    window.until("moved", |_| shown(&session)[..2] == [before[1].clone(), before[0].clone()]);
    press(&mut window, "Remove rule 1");
    window.until("removed", |_| shown(&session)[..] == [&before[..1], &before[2..]].concat());
    press(&mut window, "Add rule");
    window.until("added", |_| shown(&session).len() == before.len());
    // The cursor stands where the new rule's condition is written.
    window.run_steps(3);
    window.event(egui::Event::Text(r"a\xff".to_owned()));
    window.until("written", |_| shown(&session).last().is_some_and(|last| last == "exact \"a\\xff\""));
    window.get_by_label("Answer of rule 6").focus();
    window.run_steps(3);
    window.get_by_label("Answer of rule 6").type_text("b");
    window.until("answered", |_| rules(&session).rules.last().is_some_and(|rule| format!("{:?}", rule.answer).contains('b')));
    // What is no expression is told beside its field, with its place, and changes nothing.
    let kept = shown(&session);
    window.get_by_label("Rule 2 compares with").focus();
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label("Rule 2 compares with").type_text("a(b");
    window.until_label_contains("Character 2 of the regular expression");
    assert_eq!(shown(&session), kept);
}
