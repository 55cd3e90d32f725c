//! A file that was fetched without a place for it: kept until a person saves or discards it, and asked about before it is lost.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::text::Language;
use socket_lab::ui::Purpose;

use crate::answers::Answers;
use crate::harness::{Window, sample_at};

/// Whether the system was told to close the window.
struct Closing(Arc<AtomicBool>);

impl egui::Plugin for Closing {
    fn debug_name(&self) -> &'static str {
        "closing"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut egui::FullOutput) {
        let mut commands = output.viewport_output.values().flat_map(|viewport| &viewport.commands);
        let closes = commands.any(|command| matches!(command, egui::ViewportCommand::Close));
        self.0.fetch_or(closes, Ordering::Relaxed);
    }
}

/// A window in which the sample's client has fetched its file.
fn fetched(answers: impl IntoIterator<Item = (Purpose, std::path::PathBuf)>) -> Window {
    let mut window = Window::of_lab_with(sample_at("tftp-download", "127.0.0.1:0"), Answers::of(answers));
    window.until_label("Start server and client");
    fetch(&mut window);
    window
}

fn fetch(window: &mut Window) {
    window.key_press(Key::F5);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.key_press_modifiers(Modifiers::ALT, Key::Num3);
    window.until_label_contains(", complete, not saved, 100 %");
    window.until_label("client, TFTP client, ended");
}

fn proposed() -> Purpose {
    Purpose::SaveReceived("1024.bin".to_owned())
}

#[test]
fn a_received_file_is_kept_until_it_is_saved_as() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.bin");
    let mut window = fetched([(proposed(), file.clone())]);
    window.until_label("1024.bin, 1024 B: kept until it is saved.");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.until_label_contains("Saved in ");
    window.until_label_contains(", complete, 100 %");
    assert_eq!(fs::read(&file).expect("it is saved").len(), 1024);
    assert!(window.query_by_label_contains("kept until it is saved").is_none());
    // There is nothing to save any more, and that is said.
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.until_label_contains("No received file waits to be saved");
}

#[test]
fn a_typed_path_saves_too_and_replaces_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old.bin"), folder.path().join("new.bin"));
    fs::write(&old, b"old").expect("a file");
    let mut window = fetched([]);
    let save = |window: &mut Window, path: &std::path::Path| {
        window.get(By::new().role(Role::TextInput).label("Path of a new file, or leave empty to be asked")).click();
        window.run_steps(2);
        window.event(Event::Text(path.display().to_string()));
        window.run_steps(2);
        let buttons = window.query_all(By::new().role(Role::Button).label("Save as...")).collect::<Vec<_>>();
        buttons.last().expect("a button").click();
        window.run_steps(2);
    };
    save(&mut window, &old);
    window.until_label_contains("old.bin exists");
    assert_eq!(fs::read(&old).expect("it stays"), b"old");
    save(&mut window, &new);
    window.until_label_contains("Saved in ");
    assert_eq!(fs::read(&new).expect("it is saved").len(), 1024);
}

#[test]
fn whoever_turns_away_from_the_dialog_loses_nothing_and_may_discard() {
    let mut window = fetched([]);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.run_steps(5);
    window.until_label("1024.bin, 1024 B: kept until it is saved.");
    window.click("Discard");
    window.until_gone("1024.bin, 1024 B: kept until it is saved.");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label("A program is running");
}

#[test]
fn another_lab_asks_first_and_all_files_are_saved_in_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = fetched([(Purpose::ReceivedFolder, folder.path().to_owned())]);
    window.key_press(Key::F6);
    window.until_drawn("it came twice", |harness| harness.query_all_by_label_contains(", complete, not saved, 100 %").count() == 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label("Save the 2 received files?");
    window.run_steps(2);
    assert!(window.get_by_label("Save...").is_focused());
    window.key_press(Key::Escape);
    window.until_gone("Save the 2 received files?");
    window.until_label("client, TFTP client, ended");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.click("Save...");
    window.until_label("This lab has no program yet");
    let length = |name: &str| fs::read(folder.path().join(name)).expect("it is saved").len();
    assert_eq!((length("1024.bin"), length("1024 (2).bin")), (1024, 1024));
}

#[test]
fn the_window_stays_open_until_the_file_is_saved_or_let_go() {
    let mut window = fetched([]);
    let closed = Arc::new(AtomicBool::new(false));
    window.ctx.add_plugin(Closing(Arc::clone(&closed)));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    window.until_label("Save the received file?");
    window.until_label("It is kept until it is saved, and would be lost: 1024.bin.");
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.until_gone("Save the received file?");
    window.until_label("1024.bin, 1024 B: kept until it is saved.");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    window.until_label("Save the received file?");
    window.run_steps(2);
    assert!(!closed.load(Ordering::Relaxed), "it stays open while it asks");
    let buttons = window.query_all(By::new().role(Role::Button).label("Discard")).collect::<Vec<_>>();
    buttons.last().expect("a button").click();
    window.until_drawn("the window closes", |_| closed.load(Ordering::Relaxed));
}

#[test]
fn the_kept_file_speaks_chinese() {
    let mut window = Window::of_lab_in(sample_at("tftp-download", "127.0.0.1:0"), [1024.0, 640.0], Theme::Dark, Language::Chinese);
    window.until_label("逐包观察文件如何传输");
    window.key_press(Key::F5);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.key_press_modifiers(Modifiers::ALT, Key::Num3);
    window.until_label_contains("完成，未保存");
    window.until_label("1024.bin，1024 B：保留到保存为止。");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label("要保存收到的 1 个文件吗？");
}
