//! Lab files in the window: opened, saved, and never lost by surprise.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, Opened, open};
use socket_lab::ui::{Answer, Chooser, Purpose};

use super::answers::Answers;
use super::harness::{Window, first_echo};

/// A window with the first sample, on any free port, and a person who chooses these files.
fn window(answers: impl IntoIterator<Item = (Purpose, PathBuf)>) -> Window {
    Window::of_lab_with(first_echo(), Answers::of(answers))
}

/// Adds a program, which is a change.
fn change(window: &mut Window) {
    window.click("Add a program");
    window.click("UDP server");
    window.until_label_contains(", UDP server, stopped");
    window.until_label_contains(" · changed");
}

fn read(file: &Path) -> Lab {
    let Ok(Opened::Lab(lab)) = open(file) else { panic!("{} is no lab", file.display()) };
    lab
}

#[test]
fn a_lab_is_saved_and_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    let mut window = window([(Purpose::SaveLab, file.clone()), (Purpose::OpenLab, file.clone())]);
    change(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until_label_contains("Saved in ");
    assert_eq!(read(&file).programs.len(), 3);
    assert!(window.query_by_label_contains(" · changed").is_none());
    // It has a file now: nobody is asked.
    window.click("server-2, UDP server, stopped");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Delete);
    window.until_label_contains(" · changed");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until_drawn("it is saved", |harness| harness.query_by_label_contains(" · changed").is_none());
    assert_eq!(read(&file).programs.len(), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_drawn("nothing is left", |harness| harness.query_by_label_contains("TCP server, stopped").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.until_label("server, TCP server, stopped");
    window.click("Lab");
    window.until_label("mine.toml");
}

#[test]
fn a_damaged_file_is_told_and_everything_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.toml");
    fs::write(&file, "title = \"x\"\n[[program]]\nkind = \"tcp-sever\"\n").expect("written");
    let mut window = window([(Purpose::OpenLab, file)]);
    change(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.until_label_contains("damaged.toml:3:8");
    assert!(window.query_by_label("Don't save").is_none());
    window.until_label("server-2, UDP server, stopped");
}

#[test]
fn changes_are_asked_about_before_they_are_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kept.toml");
    let mut window = window([]);
    change(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label_contains("Save the changes to");
    window.click("Cancel");
    window.until_label("server-2, UDP server, stopped");
    // A person who turns the file dialog away stays.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    window.click("Save");
    window.until_drawn("it is asked no more", |harness| harness.query_by_label("Don't save").is_none());
    window.until_label("server-2, UDP server, stopped");
    // A typed path needs no dialog.
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label("Path of a new file, or leave empty to be asked");
    window.get_by_label("Path of a new file, or leave empty to be asked").focus();
    window.run_steps(2);
    window.get_by_label("Path of a new file, or leave empty to be asked").type_text(&file.display().to_string());
    window.click("Save");
    window.until_drawn("the new lab is shown", |harness| harness.query_by_label_contains("UDP server, stopped").is_none());
    assert_eq!(read(&file).programs.len(), 3);
    change(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.click("Don't save");
    window.until_drawn("nothing is left", |harness| harness.query_by_label_contains("UDP server, stopped").is_none());
}

#[test]
fn a_window_with_changes_is_not_closed_unasked() {
    let mut window = window([]);
    change(&mut window);
    let close = |window: &mut Window| {
        window.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
        window.step();
        let viewport = &window.output().viewport_output[&egui::ViewportId::ROOT];
        viewport.commands.iter().any(|command| matches!(command, egui::ViewportCommand::CancelClose))
    };
    assert!(close(&mut window), "it stays open");
    window.until_label("Don't save");
    window.key_press(Key::Escape);
    window.until_drawn("it is asked no more", |harness| harness.query_by_label("Don't save").is_none());
    window.until_label("server-2, UDP server, stopped");
}

#[test]
fn the_title_is_edited() {
    let mut window = window([]);
    window.click("Lab");
    // By mouse: a click into a field of the menu leaves it open.
    window.click("Title of the lab");
    window.get_by_label("Title of the lab").type_text("!");
    window.until_label_contains("! · changed");
}

#[test]
fn what_is_dropped_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window([]);
    for (file, shown) in [(super::recordings::record(folder.path()), "Recording echo.slr"), (folder.path().join("none"), "ENOENT")] {
        window.input_mut().dropped_files.push(Arc::new(Dropped(file)));
        window.until_label_contains(shown);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("is opened by its path".to_owned())
    }
}

#[test]
fn a_run_is_recorded_from_its_first_call_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("run.slr");
    let mut window = window([(Purpose::Record, file.clone())]);
    window.key_press(Key::F5);
    window.until_label_contains("你好，服务器");
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    window.until_label_contains("recording run.slr, ");
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::R);
    window.until_label_contains("recorded run.slr, ");
    let Ok(Opened::Recording(recording)) = open(&file) else { panic!("no recording") };
    assert!(recording.store.newest() > 10 && recording.losses.is_empty(), "{recording:?}");
    let mut window = Window::of_file(&file);
    window.until_label_contains("client s2, send(5), 5 B hello");
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.until_label("Start server and client");
}

#[test]
fn a_recording_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window([(Purpose::Record, folder.path().join("none/run.slr"))]);
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    window.until_label_contains("failed with ENOENT");
}

/// What the system is told to call the window.
struct Titles(Arc<Mutex<Vec<String>>>);

impl egui::Plugin for Titles {
    fn debug_name(&self) -> &'static str {
        "titles"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut egui::FullOutput) {
        let commands = output.viewport_output.values().flat_map(|viewport| &viewport.commands);
        let titles = commands.filter_map(|command| match command {
            egui::ViewportCommand::Title(title) => Some(title.clone()),
            _ => None,
        });
        self.0.lock().expect("no panic holds it").extend(titles);
    }
}

#[test]
fn the_window_is_called_by_what_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window([(Purpose::SaveLab, folder.path().join("mine.toml"))]);
    let titles = Arc::new(Mutex::new(Vec::new()));
    window.ctx.add_plugin(Titles(Arc::clone(&titles)));
    let called = |window: &mut Window, title: &str| {
        let is_last = || titles.lock().expect("no panic holds it").last().is_some_and(|last: &String| last == title);
        window.until_drawn(title, |_| is_last());
    };
    window.until_label("Add a program");
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    called(&mut window, "*First echo - Socket Lab");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    called(&mut window, "First echo - Socket Lab");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    called(&mut window, "Untitled lab - Socket Lab");
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    called(&mut window, "未命名的实验 - Socket Lab");
    let told = titles.lock().expect("no panic holds it").len();
    window.run_steps(5);
    assert_eq!(titles.lock().expect("no panic holds it").len(), told, "told once");
    let mut window = Window::of_file(&super::recordings::record(folder.path()));
    window.ctx.add_plugin(Titles(Arc::clone(&titles)));
    window.until_label("Recording echo.slr");
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    called(&mut window, "记录 echo.slr - Socket Lab");
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    called(&mut window, "Recording echo.slr - Socket Lab");
}

#[test]
fn a_file_that_is_not_there_any_more_leaves_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    let mut window = window([(Purpose::SaveLab, file.clone())]);
    window.until_label("Add a program");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until_label_contains("Saved in ");
    fs::remove_file(&file).expect("removed");
    window.click("Lab");
    window.click("mine.toml");
    window.until_label_contains("is not there any more");
    window.click("Lab");
    window.until_label("Title of the lab");
    assert!(window.query_by_label("mine.toml").is_none(), "it is listed no more");
}

/// A person who does not answer until the sender is dropped.
struct Slow(crossbeam_channel::Receiver<()>);

impl Chooser for Slow {
    fn choose(&self, _: Purpose, _: &str) -> Answer {
        self.0.recv().ok();
        Answer::TurnedAway
    }
}

#[test]
fn a_second_file_command_is_told_that_one_is_under_way() {
    let (answer, wait) = crossbeam_channel::bounded(0);
    let mut window = Window::of_lab_with(first_echo(), Arc::new(Slow(wait)));
    window.until_label("Add a program");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(2);
    assert!(window.query_by_label_contains("Another file command").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.until_label_contains("Another file command is under way");
    drop(answer);
}
