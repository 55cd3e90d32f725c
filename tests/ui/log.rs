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
    Window::of_scene(traces::echo(), [1280.0, 840.0], Theme::Dark, Language::English)
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

#[test]
fn what_was_asked_stands_beside_what_was_got() {
    let mut window = echo_top();
    window.until_label_contains("getsockopt(SO_RCVBUF), 8192 asked 4096");
}

#[test]
fn rows_are_chosen_by_keys_and_mouse_and_copied() {
    let mut window = echo_top();
    window.choose("setsockopt(SO_RCVBUF, 4096)");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(2);
    window.event(egui::Event::Copy);
    let text = window.copied();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("getsockopt(SO_RCVBUF)") && text.ends_with("3 µs"), "{text}");
    window.until_label_contains("3 rows were copied");
    for (form, copied) in [
        ("Hex", "68 65 6c 6c 6f"),
        ("Python bytes", "b\"hello\""),
        ("C array", "0x68, 0x65, 0x6c, 0x6c, 0x6f"),
        ("JSON lines", "\"data\":\"aGVsbG8=\""),
    ] {
        window.get_by_label_contains("client s2, send(5)").click_secondary();
        let entry = format!("Copy as: {form}");
        window.until_label(&entry);
        window.get_by_label(&entry).click();
        let text = window.copied();
        assert!(text.contains(copied), "{form}: {text}");
    }
    window.get_by_label("Rows of the log").focus();
    window.run_steps(2);
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
    window.until_label("4 of 4, from the last again");
    window.key_press(Key::F3);
    window.until_label("1 of 4, from the first again");
    window.key_press(Key::F3);
    window.until_label("2 of 4");
    window.get_all_by_label("Hex").last().expect("in the bar").click();
    window.until_label("Not pairs of hexadecimal digits, such as 00 ff");
    window.click("Close the search");
    window.until_drawn("the bar is gone", |harness| harness.query_by_label("Find in the log").is_none());
}

#[test]
fn what_came_before_is_hidden_and_shown_again() {
    let mut window = echo_top();
    window.choose("connect(127.0.0.1:9001)");
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
    window.choose("listen(5)");
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
    window.choose("listen(5)");
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

#[test]
fn a_row_is_gone_to_by_its_number() {
    let mut window = echo_top();
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.run_steps(2);
    window.get_by_label("Find in the log").type_text("x");
    window.until_label("Not the number of a row");
    window.key_press(Key::Backspace);
    window.get_by_label("Find in the log").type_text("22");
    window.until_label("ROW 22");
    window.until_label_contains("22, server 2");
    // One that is not shown: the next that is.
    window.get_by_label("Find in the log").type_text("0");
    window.until_label("ROW 28");
}

#[test]
fn what_the_lab_did_is_shown_when_it_is_asked_for() {
    let mut window = echo();
    window.until_label_contains("recv(1024), 0 B");
    assert!(window.query_by_label_contains("getsockname()").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::H);
    window.until("the filter is done", |app| app.is_settled());
    window.until_label_contains("getsockname(), 127.0.0.1:52236");
    window.key_press_modifiers(Modifiers::COMMAND, Key::H);
    window.until_drawn("they are hidden again", |window| window.query_by_label_contains("getsockname()").is_none());
}

#[test]
fn a_call_that_is_blocked_ticks_below_the_newest_row() {
    let mut window = Window::of_lab(first_echo());
    window.key_press(Key::F5);
    window.until_label_contains("accept(), blocked");
    let ticking = |window: &egui_kittest::Harness<'static, socket_lab::ui::App>| {
        let row = window.query_all_by_label_contains("accept(), blocked").next()?;
        Some((row.accesskit_node().label()?, row.rect().top()))
    };
    let (first, top) = ticking(&window).expect("it was there");
    assert!(first.ends_with('…'), "{first}");
    let newest = window
        .query_all_by_label_contains(", server s")
        .filter(|row| !row.accesskit_node().label().is_some_and(|name| name.contains("blocked")));
    assert!(newest.map(|row| row.rect().top()).all(|row| row < top), "below all rows");
    window.until_drawn("its time goes on", |window| ticking(window).is_some_and(|(name, _)| name != first));
}

#[test]
fn every_row_in_view_has_a_name_that_can_be_read_out() {
    let mut window = echo_top();
    window.until_label_contains("listen(5)");
    let rows = window.query_all(egui_kittest::kittest::By::new().role(egui::Role::ListBoxOption));
    // The programs at the left are options too.
    let of_log = rows.filter(|row| row.rect().top() > 250.0 && row.rect().left() >= 200.0);
    let names = of_log.map(|row| row.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>();
    assert!(names.len() > 15, "{names:?}");
    for (name, n) in names.iter().zip(4..) {
        let parts = name.split(", ").collect::<Vec<_>>();
        assert_eq!(parts.first().and_then(|number| number.parse().ok()), Some(n), "{name}");
        let is_named = parts[1].starts_with("server") || parts[1].starts_with("client");
        assert!(is_named && name.contains('(') && parts.len() >= 4, "who, what, and what came of it: {name}");
        assert!(name.chars().all(|character| !('\u{e000}'..='\u{f8ff}').contains(&character)), "an icon is no word: {name}");
    }
}

#[test]
fn a_recorder_that_failed_is_told() {
    let scene = socket_lab::ui::Scene { broken: Some("index out of bounds".into()), ..traces::echo() };
    let mut window = Window::of_scene(scene, [1280.0, 840.0], Theme::Light, Language::English);
    window.until_label("No rows are recorded any more");
    window.until_label_contains("has failed (index out of bounds)");
}

#[test]
fn a_filter_that_no_row_passes_says_so_and_is_cleared_by_one_click() {
    let mut window = echo();
    window.get_by_label("Filter").focus();
    window.run_steps(2);
    window.get_by_label("Filter").type_text("program:nobody");
    window.until_label("No row passes the filter");
    window.click("Show all rows");
    window.until_label_contains("再见");
}
