//! Where files of transfers come from and where they go: chosen in a dialog or typed, and never over another file unasked.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{By, Queryable as _};
use socket_lab::lab::{Lab, sample};
use socket_lab::text::Language;
use socket_lab::ui::Purpose;

use crate::answers::Answers;
use crate::harness::{Window, sample_at};

fn download() -> Lab {
    sample_at("tftp-download", "127.0.0.1:0")
}

fn until_field(window: &mut Window, value: &Path) {
    let value = value.to_str().expect("text").to_owned();
    window.until_drawn(&value, |harness| harness.query(By::new().role(Role::TextInput).value(&value)).is_some());
}

fn until_no_field(window: &mut Window, value: &Path) {
    let value = value.to_str().expect("text").to_owned();
    window.until_drawn("the field is as it was", |harness| harness.query(By::new().role(Role::TextInput).value(&value)).is_none());
}

#[test]
fn the_place_of_a_download_is_chosen_taken_back_and_left_alone_by_who_turns_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.bin");
    let answers = Answers::of([(Purpose::SaveReceived("1024.bin".to_owned()), file.clone())]);
    let mut window = Window::of_lab_with(download(), answers);
    window.click("client, TFTP client, stopped");
    window.click("Save as...");
    until_field(&mut window, &file);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until_no_field(&mut window, &file);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    until_field(&mut window, &file);
    // Turned away: everything stays.
    window.click("Save as...");
    window.run_steps(5);
    until_field(&mut window, &file);
    window.key_press(Key::F5);
    window.until_drawn("it is whole", |_| fs::read(&file).is_ok_and(|bytes| bytes.len() == 1024));
}

#[test]
fn a_folder_to_offer_and_a_file_to_put_are_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, local) = (folder.path().join("root"), folder.path().join("local.txt"));
    fs::create_dir(&root).expect("a folder");
    fs::write(&local, b"from here").expect("a file");
    let mut lab = sample_at("tftp-upload", "127.0.0.1:0");
    lab.programs[1].tftp.remote = None;
    let answers = Answers::of([(Purpose::ServeFolder, root.clone()), (Purpose::PutFile, local.clone())]);
    let mut window = Window::of_lab_with(lab, answers);
    window.click("Choose the folder...");
    until_field(&mut window, &root);
    window.click("client, TFTP client, stopped");
    window.click("Choose the file...");
    until_field(&mut window, &local);
    window.key_press(Key::F5);
    window.until_drawn("it is there", |_| fs::read(root.join("local.txt")).is_ok_and(|bytes| bytes == b"from here"));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_a_person_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("old.bin");
    fs::write(&file, b"old").expect("a file");
    let mut lab = download();
    lab.programs[1].tftp.to = Some(file.clone());
    let mut window = Window::of_lab(lab);
    window.until_label("Start server and client");
    window.key_press(Key::F5);
    window.until_label("Replace a file?");
    window.until_label(&format!("client will put what it fetches in the place of {}.", file.display()));
    window.run_steps(2);
    assert!(window.get_by_label("Do not start").is_focused(), "what loses nothing has the keyboard");
    window.key_press(Key::Escape);
    window.until_gone("Replace a file?");
    window.until_label("client, TFTP client, stopped");
    assert_eq!(fs::read(&file).expect("it stays"), b"old");
    window.key_press(Key::F5);
    window.click("Replace");
    window.until_drawn("it is replaced", |_| fs::read(&file).is_ok_and(|bytes| bytes.len() == 1024));
    // Asked once: the next start goes on.
    window.until_label("client, TFTP client, ended");
    window.click("client, TFTP client, ended");
    window.key_press(Key::F6);
    window.until_drawn("it ran again", |harness| harness.query_by_label("Replace a file?").is_none());
}

#[test]
fn what_the_dialog_has_asked_about_is_not_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("old.bin");
    fs::write(&file, b"old").expect("a file");
    let mut window = Window::of_lab_with(download(), Answers::of([(Purpose::SaveReceived("1024.bin".to_owned()), file.clone())]));
    window.click("client, TFTP client, stopped");
    window.click("Save as...");
    until_field(&mut window, &file);
    window.key_press(Key::F5);
    window.until_drawn("it is replaced", |_| fs::read(&file).is_ok_and(|bytes| bytes.len() == 1024));
    assert!(window.query_by_label("Replace a file?").is_none());
}

#[test]
fn the_question_is_asked_in_chinese_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("old.bin");
    fs::write(&file, b"old").expect("a file");
    let mut lab = download();
    lab.programs[1].tftp.to = Some(file);
    let mut window = Window::of_lab_in(lab, [1024.0, 640.0], Theme::Dark, Language::Chinese);
    window.until_label("逐包观察文件如何传输");
    window.until_label("启动后，client 通过 TFTP 从 server 下载 1024.bin。");
    window.key_press(Key::F5);
    window.until_label("要替换 1 个文件吗？");
    window.click("不启动");
    window.until_gone("要替换 1 个文件吗？");
}

#[test]
fn an_empty_page_says_what_the_lab_is_about() {
    let mut window = Window::of_lab(download());
    window.until_label("Start lets client fetch 1024.bin from server by TFTP.");
    assert!(window.query_by_label("A client sends hello to a server, which sends it back").is_none());
    let mut window = Window::of_lab(sample_at("tftp-upload", "127.0.0.1:0"));
    window.until_label("Start lets client put note.txt on server by TFTP.");
    let mut window = Window::of_lab(sample_at("first-echo", "127.0.0.1:0"));
    window.until_label("Watch two programs talk");
    let mut window = Window::of_lab(sample("calls").expect("in the table").lab(&[]).expect("a lab"));
    window.until_label("Drive a socket by hand");
    assert!(window.query_by_label("Two sockets, each call of which a person makes").is_some());
}
