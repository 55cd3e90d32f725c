//! What a person chooses in the log and finds again: columns and their widths, how times are told, filters by their names; and the menu of a row.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Pos2, Role, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use socket_lab::lab::Session;
use socket_lab::text::Language;
use socket_lab::trace::Settings;
use socket_lab::ui::App;

use super::harness::{Window, first_echo};
use super::traces;

fn echo() -> Window {
    Window::of_scene(traces::echo(), [1280.0, 840.0], Theme::Light, Language::English)
}

fn session() -> Arc<Session> {
    Arc::new(Session::new(first_echo(), Settings::default()).expect("threads"))
}

/// Where the edge stands that ends a column.
fn edge(window: &mut Window, column: &str) -> Pos2 {
    let name = format!("Width of the column {column}");
    window.until_label(&name);
    window.get_by_label(&name).rect().center()
}

/// Presses the button at one place and lets it go at another.
fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.step();
    window.drag_at(from);
    window.step();
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(2);
}

/// Opens the menu of the head.
fn head_menu(window: &mut Window) {
    window.until_label("Columns and time of the log");
    window.get_by_label("Columns and time of the log").focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label("Since the previous row");
}

/// The texts of the file of settings, once it holds `part`.
fn until_kept(window: &mut Window, kept: &Path, part: &str) {
    window.until_drawn(part, |_| fs::read_to_string(kept).is_ok_and(|text| text.contains(part)));
}

#[test]
fn a_column_is_dragged_walked_and_left_to_fit() {
    let mut window = echo();
    let before = edge(&mut window, "call");
    drag(&mut window, before, before + egui::vec2(-60.0, 0.0));
    let dragged = edge(&mut window, "call");
    assert!((before.x - dragged.x - 60.0).abs() < 1.5, "{before:?} to {dragged:?}");
    window.get_by_label("Width of the column call").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert!((edge(&mut window, "call").x - dragged.x - 8.0).abs() < 1.5, "an arrow key moves it by a step");
    let at = edge(&mut window, "call");
    // Two clicks are one double click where little time passes.
    window.input_mut().time = Some(1_000.0);
    window.hover_at(at);
    window.step();
    for _ in 0..2 {
        window.drag_at(at);
        window.drop_at(at);
    }
    window.run_steps(3);
    assert!((edge(&mut window, "call").x - before.x).abs() < 1.5, "a double click lets it fit");
}

#[test]
fn columns_times_and_filters_are_kept_from_one_start_to_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("settings.toml");
    let mut window = Window::of_settings(session(), &kept);
    assert!(window.query_by_label("Width of the column thread").is_none());
    head_menu(&mut window);
    window.click("thread");
    window.click("Since the previous row");
    window.key_press(Key::Escape);
    let at = edge(&mut window, "program");
    drag(&mut window, at, at + egui::vec2(40.0, 0.0));
    let moved = edge(&mut window, "program");
    save_filter(&mut window, "failed", "what failed");
    until_kept(&mut window, &kept, "what failed");
    until_kept(&mut window, &kept, "previous");
    drop(window);
    let mut window = Window::of_settings(session(), &kept);
    window.until_label("Width of the column thread");
    assert_eq!(edge(&mut window, "program"), moved);
    window.click("Saved filters");
    window.until_label("what failed");
    window.key_press(Key::Escape);
    head_menu(&mut window);
    let chosen = window.get_by_label("Since the previous row").accesskit_node().toggled();
    assert_eq!(chosen, Some(egui::accesskit::Toggled::True));
}

/// Types a filter and gives it a name.
fn save_filter(window: &mut Window, filter: &str, name: &str) {
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.run_steps(2);
    window.get_by_label("Filter").type_text(filter);
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.click("Saved filters");
    window.until_label("Name for this filter");
    window.get_by_label("Name for this filter").click();
    window.run_steps(2);
    window.get_by_label("Name for this filter").type_text(name);
    window.run_steps(2);
    window.click("Save");
}

#[test]
fn a_filter_is_saved_renamed_used_and_forgotten() {
    let mut window = echo();
    save_filter(&mut window, "errno:EADDRINUSE", "in use");
    window.until_label("in use");
    window.click("Rename in use");
    let field = By::new().role(Role::TextInput).label("Rename in use");
    window.until_drawn("a field", move |window| window.query(By::new().role(Role::TextInput).label("Rename in use")).is_some());
    window.get(field).click();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get(By::new().role(Role::TextInput).label("Rename in use")).type_text("taken");
    window.run_steps(2);
    window.click("Keep the new name");
    window.until_label("taken");
    window.until_gone("in use");
    window.key_press(Key::Escape);
    window.click("Clear the filter");
    window.until("all rows are back", App::is_settled);
    window.until_label_contains("listen(5)");
    window.click("Saved filters");
    window.click("taken");
    window.until("the filter is done", App::is_settled);
    assert!(window.query_by_label_contains("listen(5)").is_none() && window.query_by_label_contains("22, server 2").is_some());
    window.click("Saved filters");
    window.click("Forget taken");
    window.until_label("None yet");
}

/// The time of each row stands in its details alone for a screen reader: what the log paints is looked at.
fn painted(window: &Harness<'static, App>) -> Vec<String> {
    fn collect(shape: &egui::Shape, texts: &mut Vec<String>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
            egui::Shape::Text(text) => texts.push(text.galley.text().to_owned()),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    window.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
    texts
}

#[test]
fn times_are_told_in_three_ways() {
    let mut scene = traces::echo();
    scene.started = Some(std::time::SystemTime::UNIX_EPOCH);
    let mut window = Window::of_scene(scene, [1280.0, 840.0], Theme::Light, Language::English);
    let until =
        |window: &mut Window, time: &str| window.until_drawn(time, |window| painted(window).iter().any(|text| text.ends_with(time)));
    // Row 22, and how long after row 21 it came.
    until(&mut window, "2.118 421");
    head_menu(&mut window);
    window.click("Since the previous row");
    until(&mut window, "+0.000 021");
    window.click("Time of day");
    // An hour and a minute before it.
    until(&mut window, ":02.118 421");
}

/// The entry of the menu that follows a conversation.
const FOLLOW: &str = "Follow this conversation";

#[test]
fn the_menu_of_a_row_follows_its_conversation() {
    let mut window = echo();
    window.until_label_contains("recv(1024), 0 B");
    window.get_by_label_contains("recv(1024), 0 B").click_secondary();
    window.until_label("Only call:recv");
    window.until_label(FOLLOW);
    window.click(FOLLOW);
    window.until_label("Back to the log");
    window.until_label("Both ends");
}

#[test]
fn a_socket_without_a_peer_has_no_conversation() {
    let mut window = echo();
    window.until_label_contains("22, server 2");
    window.get_by_label_contains("22, server 2").click_secondary();
    window.until_label("Only call:bind");
    assert!(window.query_by_label(FOLLOW).is_none());
    window.key_press(Key::Escape);
    window.until_gone("Only call:bind");
    window.get_by_label_contains("accept(), s3 from").click_secondary();
    window.until_label(FOLLOW);
}

#[test]
fn keys_open_the_menu_of_the_chosen_row_and_walk_it() {
    for (modifiers, key) in [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)] {
        let mut window = echo();
        window.choose("client s2, send(18)");
        window.key_press_modifiers(modifiers, key);
        window.until_label("Only program:client");
        window.until_drawn("the first entry has the keyboard", |window| window.get_by_label("Only program:client").is_focused());
        window.key_press(Key::Escape);
        window.until_gone("Only program:client");
        window.until_drawn("the rows have it again", |window| window.get_by_label("Rows of the log").is_focused());
        window.key_press_modifiers(modifiers, key);
        window.until_drawn("the first entry has the keyboard", |window| {
            window.query_by_label("Only program:client").is_some_and(|entry| entry.is_focused())
        });
        for _ in 0..3 {
            window.key_press(Key::Tab);
            window.run_steps(2);
        }
        window.until_drawn("the fourth entry has it", |window| window.get_all_by_label(FOLLOW).any(|entry| entry.is_focused()));
        window.key_press(Key::Enter);
        window.until_label("Back to the log");
    }
}

#[test]
fn a_narrow_window_folds_the_filter_to_its_icon() {
    let mut window = Window::of_scene(traces::echo(), [1024.0, 640.0], Theme::Dark, Language::English);
    let is_field = |window: &Harness<'static, App>| window.query(By::new().role(Role::TextInput).label("Filter")).is_some();
    window.until_label("Filter");
    assert!(!is_field(&window), "an icon");
    window.click("Filter");
    window.until_drawn("the field opens", is_field);
    window.get(By::new().role(Role::TextInput).label("Filter")).type_text("call:listen");
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.key_press(Key::Escape);
    window.get_by_label("Rows of the log").focus();
    window.run_steps(3);
    assert!(is_field(&window), "it stays while it has text");
    window.until("the filter is done", App::is_settled);
    window.until_label_contains("listen(5)");
    window.click("Clear the filter");
    window.until_drawn("it folds again", |window| !is_field(window));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.until_drawn("its keys open it", |window| {
        window.query(By::new().role(Role::TextInput).label("Filter")).is_some_and(|field| field.is_focused())
    });
}

#[test]
fn a_wide_window_shows_the_field_of_the_filter() {
    let window = echo();
    assert!(window.query(By::new().role(Role::TextInput).label("Filter")).is_some());
}
