//! Where the system shows no dialog: the path of a file is typed in the window, whatever it is wanted for.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, Role, Theme};
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::lab::{Lab, Opened, open, sample};
use socket_lab::text::Language;
use socket_lab::ui::{Answer, App, Chooser, Purpose};
use tempfile::TempDir;

use super::harness::{Window, first_echo};

/// A system without dialogs, and the folder of the person's documents.
struct Bare(PathBuf);

impl Chooser for Bare {
    fn choose(&self, _: Purpose, _: &str) -> Answer {
        Answer::NoDialog
    }

    fn folder(&self) -> PathBuf {
        self.0.clone()
    }
}

const FILE: &str = "Path of the file";
const FOLDER: &str = "Path of the folder";
const WHY: &str = "This system shows no file dialog";

fn window(lab: Lab) -> (Window, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Window::of_lab_with(lab, Arc::new(Bare(folder.path().to_owned())));
    window.until_label("Add a program");
    (window, folder)
}

/// Waits for the field, which is to have the keyboard and to hold `proposed`.
fn until_asked(window: &mut Window, name: &'static str, proposed: &Path) {
    window.until_label_contains(WHY);
    window.until_drawn("the field has the keyboard", |window| {
        window.query(By::new().role(Role::TextInput).label(name)).is_some_and(|field| field.is_focused())
    });
    assert_eq!(text(window, name).as_deref(), Some(&*proposed.display().to_string()));
}

fn text(window: &Window, name: &'static str) -> Option<String> {
    window.get(By::new().role(Role::TextInput).label(name)).value()
}

/// Types over what is marked in the field, and presses Enter.
fn enter(window: &mut Window, name: &'static str, typed: &str) {
    window.get(By::new().role(Role::TextInput).label(name)).type_text(typed);
    window.run_steps(2);
    window.key_press(Key::Enter);
}

/// Types a whole path.
fn enter_path(window: &mut Window, name: &'static str, path: &Path) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    enter(window, name, &path.display().to_string());
}

#[test]
fn a_lab_is_saved_and_opened_by_its_typed_path() {
    let (mut window, folder) = window(first_echo());
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    until_asked(&mut window, FILE, &folder.path().join("lab.toml"));
    // The name is marked, its ending is not.
    enter(&mut window, FILE, "mine");
    window.until_label_contains("Saved in ");
    window.until_gone(FILE);
    let file = folder.path().join("mine.toml");
    assert!(matches!(open(&file), Ok(Opened::Lab(lab)) if lab.programs.len() == 2));
    sample("chat").expect("in the table").lab(&[]).expect("a lab").save(&folder.path().join("other.toml")).expect("saved");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    until_asked(&mut window, FILE, &folder.path().join(""));
    enter(&mut window, FILE, "other.toml");
    window.until_drawn("the other lab is shown", |window| window.query_all_by_label_contains("Chat").next().is_some());
}

#[test]
fn a_file_that_is_there_goes_only_where_a_person_says_so() {
    let (mut window, folder) = window(first_echo());
    let file = folder.path().join("lab.toml");
    fs::write(&file, "precious").expect("written");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    until_asked(&mut window, FILE, &file);
    window.key_press(Key::Enter);
    window.until_label_contains("exists already");
    window.until_drawn("the safe answer has the keyboard", |window| window.get_by_label("Another name").is_focused());
    window.key_press(Key::Enter);
    until_asked(&mut window, FILE, &file);
    window.key_press(Key::Enter);
    window.until_label("Replace");
    assert_eq!(fs::read_to_string(&file).expect("there"), "precious");
    window.click("Replace");
    window.until_label_contains("Saved in ");
    assert!(matches!(open(&file), Ok(Opened::Lab(_))));
}

#[test]
fn what_will_not_do_is_said_and_what_was_typed_stays() {
    let (mut window, folder) = window(first_echo());
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    until_asked(&mut window, FILE, &folder.path().join("lab.toml"));
    let nowhere = folder.path().join("none").join("lab.toml");
    enter_path(&mut window, FILE, &nowhere);
    window.until_label_contains("failed with ENOENT");
    assert!(window.query_by_label_contains(&format!("open of {}", nowhere.display())).is_some(), "the path is named");
    assert_eq!(text(&window, FILE).as_deref(), Some(&*nowhere.display().to_string()));
    window.until_drawn("the field has the keyboard", |window| window.get(By::new().role(Role::TextInput).label(FILE)).is_focused());
    enter_path(&mut window, FILE, folder.path());
    window.until_label_contains("is a folder. Add the name");
    window.key_press(Key::Escape);
    window.until_gone(FILE);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left behind");
    // The next file command is heard, once the thread of this one has seen that nobody answers it.
    window.until_drawn("the next is asked", |window| {
        let is_asked = window.query_by_label_contains(WHY).is_some();
        if !is_asked {
            window.key_press_modifiers(Modifiers::COMMAND, Key::O);
        }
        is_asked
    });
    until_asked(&mut window, FILE, &folder.path().join(""));
    window.click("Cancel");
    window.until_gone(FILE);
}

#[test]
fn a_script_and_a_recording_are_saved_under_the_names_they_propose() {
    let (mut window, folder) = window(first_echo());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::U);
    window.until_label_contains(WHY);
    assert!(text(&window, FILE).is_some_and(|path| Path::new(&path).extension().is_some_and(|ending| ending == "py")));
    window.click("Save");
    window.until_label_contains("Saved in ");
    let script = fs::read_dir(folder.path()).expect("the folder").next().expect("a file").expect("an entry").path();
    assert!(fs::read_to_string(&script).expect("text").contains("import socket"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    until_asked(&mut window, FILE, &folder.path().join("run.slr"));
    window.key_press(Key::Enter);
    window.until_label_contains("run.slr");
    window.until_gone(FILE);
    window.until("nothing moves", App::is_settled);
    assert!(folder.path().join("run.slr").is_file());
}

#[test]
fn a_folder_and_a_file_to_put_are_typed_too() {
    let (mut window, folder) = window(sample("tftp-download").expect("in the table").lab(&[]).expect("a lab"));
    fs::create_dir(folder.path().join("offered")).expect("a folder");
    window.click("Choose the folder...");
    until_asked(&mut window, FOLDER, &folder.path().join(""));
    enter(&mut window, FOLDER, "offered");
    window.until_gone(FOLDER);
    let offered = folder.path().join("offered").display().to_string();
    window.until_drawn("it stands in the field", |window| {
        window.query_all_by_role(Role::TextInput).any(|field| field.value().as_deref() == Some(&offered))
    });
}

#[test]
fn who_turns_away_from_saving_stays_with_the_lab() {
    let (mut window, folder) = window(first_echo());
    window.click("Lab");
    window.until_label("Title of the lab");
    window.get_by_label("Title of the lab").focus();
    window.run_steps(2);
    window.get_by_label("Title of the lab").type_text("Mine");
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.until_label_contains("Save the changes to ");
    window.key_press(Key::Enter);
    until_asked(&mut window, FILE, &folder.path().join("lab.toml"));
    window.key_press(Key::Escape);
    window.until_gone(FILE);
    window.run_steps(3);
    assert!(window.query_by_label_contains("server, TCP server").is_some(), "the lab is still there");
    assert!(!folder.path().join("lab.toml").exists());
}

#[test]
fn the_question_fits_the_smallest_window_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lab.toml"), "").expect("written");
    let size = [800.0, 500.0];
    for (language, theme, why, replace) in
        [(Language::English, Theme::Light, WHY, "Replace"), (Language::Chinese, Theme::Dark, "本系统没有显示文件对话框", "替换")]
    {
        let bare = Arc::new(Bare(folder.path().to_owned()));
        let mut window = Window::of_lab_with_in(first_echo(), bare, size, theme, language);
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::S);
        window.until_label_contains(why);
        window.run_steps(2);
        let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        assert!(whole.contains_rect(window.get_by_label_contains(why).rect()));
        window.key_press(Key::Enter);
        window.until_label(replace);
        window.run_steps(3);
        assert!(whole.contains_rect(window.get_by_label(replace).rect()));
    }
}
