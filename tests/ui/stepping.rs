//! Calls held one by one, in the window.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Session, SessionCommand};
use socket_lab::text::Language;
use socket_lab::trace::Settings;
use socket_lab::ui::{Phase, Scene};

use super::harness::{Window, first_echo, sample_at};
use super::traces;

fn window() -> (Arc<Session>, Window) {
    let session = Arc::new(Session::new(first_echo(), Settings::default()).expect("a session"));
    let window = Window::of_session(Arc::clone(&session));
    (session, window)
}

#[test]
fn keys_start_a_program_held_step_it_and_let_it_run_on() {
    let (session, mut window) = window();
    window.key_press(Key::F10);
    window.until_label("held before socket(AF_INET, SOCK_STREAM, 0)");
    // In the log it is no row, but a slot under the newest.
    window.until_label_contains("socket(AF_INET, SOCK_STREAM, 0), held");
    window.key_press(Key::F10);
    window.until_label_contains("held before setsockopt(SO_REUSEADDR, 1) s1");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F9);
    window.until_label_contains("held before accept() s1");
    window.key_press(Key::F8);
    window.until_drawn("nothing is held", |harness| harness.query_all_by_label_contains("held before").next().is_none());
    window.until_label_contains("accept(), blocked");
    // The client goes through, and the server with it.
    session.command(SessionCommand::Start("client".to_owned())).expect("taken");
    window.until_label_contains("client, TCP client, ended");
    session.command(SessionCommand::StopAll).expect("taken");
}

#[test]
fn all_are_started_held_by_a_button_and_who_waits_says_for_whom() {
    let (session, mut window) = window();
    window.click("Start all held");
    window.until_label("client, TCP client, waits for server, which is held");
    window.until_label_contains("held before socket(AF_INET, SOCK_STREAM, 0)");
    // Its turn comes when the server runs.
    window.key_press(Key::F8);
    window.until_label("client, TCP client, starting");
    session.command(SessionCommand::StopAll).expect("taken");
}

#[test]
fn buttons_hold_a_running_program_and_stop_ends_it() {
    let (session, mut window) = window();
    session.command(SessionCommand::Start("server".to_owned())).expect("taken");
    window.until_label_contains("accept(), blocked");
    window.click("Hold");
    window.until_label("Run on");
    session.command(SessionCommand::Start("client".to_owned())).expect("taken");
    window.until_label_contains("held before recv");
    window.click("Step");
    window.until_label_contains("held before send");
    window.click("Stop");
    window.until_label_contains("server, TCP server, ended");
    window.until_drawn("nothing is held", |harness| harness.query_all_by_label_contains("held before").next().is_none());
}

#[test]
fn held_blocked_and_stopped_threads_look_different() {
    let session = Arc::new(Session::new(sample_at("first-echo", "127.0.0.1:0"), Settings::default()).expect("a session"));
    let mut window = Window::of_session_in(Arc::clone(&session), [1280.0, 840.0], egui::Theme::Dark, Language::English);
    window.key_press_modifiers(Modifiers::ALT, Key::Num7);
    session.command(SessionCommand::Start("server".to_owned())).expect("taken");
    window.until_label_contains("server/server: waits in accept() s1");
    session.command(SessionCommand::StartHeld("client".to_owned())).expect("taken");
    window.until_label_contains("client/client: held before socket(AF_INET, SOCK_STREAM, 0)");
    window.click("Step: make this call of client");
    window.until_label_contains("client/client: held before connect(");
    session.command(SessionCommand::StopAll).expect("taken");
    window.until_label_contains("client/client: ended");
    window.until_label_contains("server/server: ended");
}

/// The same thread in the same call: blocked, held, and stopping.
#[test]
fn what_a_thread_is_in_is_said_in_words() {
    let told = |change: fn(&mut Scene), wanted: &str| {
        let mut scene = traces::split();
        change(&mut scene);
        let mut window = Window::of_scene(scene, [1280.0, 800.0], egui::Theme::Light, Language::English);
        window.key_press_modifiers(Modifiers::ALT, Key::Num7);
        window.until_label_contains(wanted);
        window.until_label_contains("client/client: between calls; last");
    };
    told(|_| {}, "server/server: waits in recv(1024) s3");
    told(|scene| scene.open[0].held = true, "server/server: held before recv(1024) s3");
    told(|scene| scene.programs[0].phase = Phase::Stopping, "server/server: stopping, still in recv(1024) s3");
}
