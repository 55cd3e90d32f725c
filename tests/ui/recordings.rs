//! Recordings in the window.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, ProgramStatus, Session, SessionCommand};
use socket_lab::program::{Command, Phase, SendTo};
use socket_lab::trace::Settings;

use super::harness::{Window, first_echo};

/// A recording of the first sample, run to its end.
pub(crate) fn record(folder: &Path) -> PathBuf {
    let file = folder.join("echo.slr");
    let session = Session::new(first_echo(), Settings::default()).expect("a thread");
    session.record(&file).expect("a new file");
    session.command(SessionCommand::StartAll).expect("taken");
    let limit = Duration::from_secs(20);
    assert!(session.wait(|programs| programs[1].has_ended(), limit), "the client has nothing more to send");
    session.command(SessionCommand::StopAll).expect("taken");
    assert!(session.wait(|programs| programs.iter().all(ProgramStatus::has_ended), limit));
    session.trace().finish_recording();
    file
}

#[test]
fn a_recording_is_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Window::of_file(&record(folder.path()));
    window.until_label_contains("client s2, send(5), 5 B hello");
    window.until_label("Recording echo.slr");
    window.until_label_contains("made on linux");
    window.until_label("nothing lost");
    window.until_label("server, TCP server, ended");
    window.until("it is counted", socket_lab::ui::App::is_settled);
    for absent in ["Start all", "Stop all", "Add a program", "Send", "More", "Start server only"] {
        assert!(window.query_by_label(absent).is_none(), "{absent}");
    }
    window.get_by_label_contains("client s2, send(5), 5 B hello").click();
    window.until_label("Copy as");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.run_steps(2);
    window.get_by_label("Filter").type_text("call:listen");
    window.until_label_contains("listen(5), ok");
    window.until_drawn("nothing else is left", |harness| harness.query_by_label_contains("bind(").is_none());
}

#[test]
fn what_a_recording_lost_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = record(folder.path());
    let bytes = fs::read(&file).expect("bytes");
    fs::write(&file, &bytes[..bytes.len() - 40]).expect("written");
    let mut window = Window::of_file(&file);
    window.until_label_contains("was not finished");
    window.until_label("1 loss");
    window.until_label_contains("client s2, send(5), 5 B hello");
}

/// The folder of the recordings that are kept in the repository.
pub(crate) fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces")
}

/// What the pictures show: two programs that talk, and a third that finds the address taken.
const RUNNING: &str = r#"
title = "First echo"

[[program]]
name = "server"
kind = "tcp-server"
bind = "127.0.0.1:9001"
reply = "echo"
options = { SO_REUSEADDR = true, SO_RCVBUF = 4096 }

[[program]]
name = "client"
kind = "tcp-client"
connect = "@server"

[[program]]
name = "server-2"
kind = "tcp-server"
bind = "127.0.0.1:9001"
expect = ["EADDRINUSE"]
"#;

/// A recording of [`RUNNING`] that ends while the client is connected. It takes the port of the tutorials, which must be free, and lets time pass as a person
/// does who types.
fn record_running(folder: &Path) -> PathBuf {
    let file = folder.join("running.slr");
    let session = Session::new(Lab::parse(RUNNING, "running.toml").expect("a lab"), Settings::default()).expect("a thread");
    session.record(&file).expect("a new file");
    let pass = |millis| {
        session.wait(|_| false, Duration::from_millis(millis));
    };
    let start = |name: &str, program: usize, phase| {
        session.command(SessionCommand::Start(name.to_owned())).expect("taken");
        assert!(session.wait(|programs| programs[program].phase == Some(phase), Duration::from_secs(20)), "{name} is {phase:?}");
    };
    let send = |text: &'static str| {
        let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(text.as_bytes()) };
        session.command(SessionCommand::Tell { program: "client".to_owned(), command }).expect("taken");
    };
    start("server", 0, Phase::Ready);
    pass(400);
    start("client", 1, Phase::Ready);
    send("hello");
    pass(600);
    send("你好，服务器");
    pass(1_100);
    start("server-2", 2, Phase::Ended);
    pass(900);
    send("再见");
    pass(300);
    session.trace().finish_recording();
    file
}

/// Makes them anew: `MAKE_TRACES=1 cargo test --test ui the_kept_recordings_are_made -- --ignored`. The pictures are then to be made anew too.
#[test]
#[ignore = "writes into tests/traces, where MAKE_TRACES asks for it"]
fn the_kept_recordings_are_made() {
    if std::env::var_os("MAKE_TRACES").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(kept()).expect("a folder");
    fs::copy(record(folder.path()), kept().join("first-echo.slr")).expect("written");
    fs::copy(record_running(folder.path()), kept().join("running.slr")).expect("written");
}

#[test]
fn a_kept_recording_is_shown() {
    let mut window = Window::of_file(&kept().join("first-echo.slr"));
    window.until_label("Recording first-echo.slr");
    window.until_label("nothing lost");
    window.until_label_contains("client s2, send(5), 5 B hello");
    window.until_label_contains("你好，服务器");
}
