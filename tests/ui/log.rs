//! The log: what it shows, how it is walked, filtered, searched, chosen, copied and marked.

use std::sync::Arc;

use egui::{Key, Modifiers, PointerButton, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use socket_lab::lab::Session;
use socket_lab::text::Language;
use socket_lab::trace::{Args, Call, Outcome, Settings};

use super::harness::{Window, first_echo};
use super::traces;

fn echo() -> Window {
    Window::of_scene(traces::echo(), [1280.0, 800.0], Theme::Dark, Language::English)
}

/// A window whose log stands at its first row.
fn echo_top() -> Window {
    let mut window = echo();
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Home);
    window.until_label("ROW 4");
    window
}

fn row(window: &mut Window, part: &str) {
    window.until_label_contains(part);
    window.get_by_label_contains(part).click();
    window.run_steps(2);
}

#[test]
fn what_was_asked_stands_beside_what_was_got() {
    let mut window = echo_top();
    window.until_label_contains("getsockopt(SO_RCVBUF), 8192 asked 4096");
}

#[test]
fn rows_are_chosen_by_keys_and_mouse_and_copied() {
    let mut window = echo_top();
    row(&mut window, "setsockopt(SO_RCVBUF, 4096)");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(2);
    window.event(egui::Event::Copy);
    let text = window.copied();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("getsockopt(SO_RCVBUF)") && text.ends_with("3 µs"), "{text}");
    window.until_label_contains("3 rows were copied");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.event(egui::Event::Copy);
    assert_eq!(window.copied().lines().count(), 25);
}

#[test]
fn a_drag_over_rows_chooses_them() {
    let mut window = echo_top();
    let at = |window: &Window, part: &str| window.get_by_label_contains(part).rect().center();
    window.until_label_contains("listen(5)");
    let (from, to) = (at(&window, "setsockopt(SO_REUSEADDR"), at(&window, "listen(5)"));
    window.hover_at(from);
    window.step();
    window.drag_at(from);
    window.step();
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(2);
    window.event(egui::Event::Copy);
    assert_eq!(window.copied().lines().count(), 5);
}

#[test]
fn a_row_is_chosen_where_it_was_seen_though_rows_flow() {
    let session = Arc::new(Session::new(first_echo(), Settings::default()).expect("threads"));
    let tracer = session.trace().first_tracer(session.trace().new_program(), "writer", "tcp-client");
    let flow = |rows: u32| {
        for _ in 0..rows {
            tracer.begin(Call::Send, Args::Length(1), None).end(Outcome::Ok(1), None);
        }
        session.trace().flush();
    };
    flow(400);
    let mut window = Window::of_session(Arc::clone(&session));
    window.until_label_contains("402, writer, send(1)");
    let at = window.get_by_label_contains("395, writer").rect().center();
    // A button that is held for long is no click: the clock stands while rows flow.
    window.input_mut().time = Some(1_000.0);
    window.hover_at(at);
    window.step();
    window.drag_at(at);
    flow(400);
    window.until_label_contains("802, writer, send(1)");
    flow(400);
    window.until_label_contains("1202, writer, send(1)");
    window.drop_at(at);
    window.until_label("ROW 395");
    window.event(egui::Event::Copy);
    assert_eq!(window.copied().lines().count(), 1, "a pointer that stood still chose no more rows");
}

#[test]
fn the_menu_of_a_row_filters_and_copies() {
    let mut window = echo();
    window.until_label_contains("EADDRINUSE");
    window.get_by_label_contains("22, server 2").click_secondary();
    window.until_label("Only errno:EADDRINUSE");
    window.click("Only errno:EADDRINUSE");
    window.until("the filter is done", |app| app.is_settled());
    assert!(window.query_by_label_contains("listen(5)").is_none());
    assert!(window.query_by_label_contains("22, server 2").is_some());
    assert_eq!(window.get_by_label("Filter").value().as_deref(), Some("errno:EADDRINUSE"));
    window.get_by_label_contains("22, server 2").click_secondary();
    window.until_label("Copy as: JSON lines");
    window.get_by_label("Copy as: JSON lines").click();
    assert!(window.copied().starts_with(r#"{"n":22,"#));
}

#[test]
fn a_filter_is_completed_by_keys_and_its_error_is_told() {
    let mut window = echo();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.run_steps(2);
    window.get_by_label("Filter").type_text("call:lis");
    window.until_label("Suggestion listen");
    window.key_press(Key::Tab);
    window.until_drawn("it is taken", |harness| harness.get_by_label("Filter").value().as_deref() == Some("call:listen "));
    window.get_by_label("Filter").type_text("pro");
    window.until_label("Suggestion program:");
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label("Suggestion server");
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_drawn("it is taken", |harness| harness.get_by_label("Filter").value().as_deref() == Some("call:listen program:server "));
    window.until("the filter is done", |app| app.is_settled());
    assert!(window.query_by_label_contains("listen(5)").is_some() && window.query_by_label_contains("bind(127.0.0.1:9001), ok").is_none());
    window.get_by_label("Filter").type_text("call:");
    window.until_label_contains("nothing stands behind call:");
    assert!(window.query_by_label_contains("listen(5)").is_some(), "the rows stay as they were");
}

#[test]
fn what_is_looked_for_is_found_from_row_to_row() {
    let mut window = echo();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(2);
    window.get_by_label("Find in the log").type_text("HELLO");
    window.until_label("4 matches");
    window.key_press(Key::F3);
    window.until_label("ROW 13");
    window.until_label("1 of 4");
    window.until_label_contains(", found");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F3);
    window.until_label("ROW 16");
    window.get_all_by_label("Hex").last().expect("in the bar").click();
    window.until_label("Not pairs of hexadecimal digits, such as 00 ff");
    window.click("Close the search");
    window.until_drawn("the bar is gone", |harness| harness.query_by_label("Find in the log").is_none());
}

#[test]
fn what_came_before_is_hidden_and_shown_again() {
    let mut window = echo_top();
    row(&mut window, "connect(127.0.0.1:9001)");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    window.until_label_contains("7 earlier rows are hidden");
    assert!(window.query_by_label_contains("listen(5)").is_none());
    window.click("Show earlier");
    window.until_label_contains("listen(5)");
}

#[test]
fn columns_and_times_are_chosen() {
    let mut window = echo();
    window.until_label("Columns and time of the log");
    window.get_by_label("Columns and time of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label("Since the previous row");
    window.click("Since the previous row");
    window.until_label("Width of the column call");
    window.click("thread");
    window.until_label("Width of the column thread");
}

#[test]
fn a_paused_log_stands_still_and_counts() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label("client, TCP client, ended");
    window.until_label_contains("22, client s2");
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.until_label("Paused; no row has come since");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.until_label("server, TCP server, ended");
    window.click("Go on");
    window.until_drawn("it goes on", |harness| harness.query_by_label_contains("Paused").is_none());
}

#[test]
fn a_mark_and_its_note_stand_on_the_row() {
    let mut window = Window::of_lab(first_echo());
    // The server alone: no row comes while this one is clicked.
    window.key_press(Key::F6);
    window.until_label_contains("listen(5)");
    row(&mut window, "listen(5)");
    window.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.until_label_contains(", marked");
    window.until_label_contains("Note on row");
    let note = window.query_all_by_label_contains("Note on row").last().and_then(|node| node.accesskit_node().label());
    let note = note.expect("a field");
    let fields = egui_kittest::kittest::By::new().role(egui::accesskit::Role::TextInput).label(&note);
    window.get(fields).type_text("why 5?");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("marked: why 5?");
}

#[test]
fn a_recording_cannot_be_marked_and_says_so() {
    let mut window = echo();
    row(&mut window, "listen(5)");
    window.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.until_label_contains("marks cannot be written into it");
}

#[test]
fn a_button_of_the_mouse_is_enough() {
    let mut window = echo();
    for part in ["connect(127.0.0.1:9001), ok", "fd 14"] {
        window.until_label_contains(part);
        let at = window.get_by_label_contains(part).rect().center();
        window.hover_at(at);
        window.event_modifiers(
            egui::Event::PointerButton { pos: at, button: PointerButton::Primary, pressed: true, modifiers: Modifiers::COMMAND },
            Modifiers::COMMAND,
        );
        window.step();
        window.event_modifiers(
            egui::Event::PointerButton { pos: at, button: PointerButton::Primary, pressed: false, modifiers: Modifiers::COMMAND },
            Modifiers::COMMAND,
        );
        window.run_steps(2);
    }
    window.event(egui::Event::Copy);
    assert_eq!(window.copied().lines().count(), 2);
}
