//! Recordings in the window.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Lab, ProgramStatus, Session, SessionCommand};
use socket_lab::program::manual::{Method, Press};
use socket_lab::program::{Command, Phase, SendTo, Target};
use socket_lab::trace::{Keep, Settings};

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

/// What the picture of the peers shows: a server that serves each on a thread of its own.
const PEERS: &str = r#"
title = "Three clients"

[[program]]
name = "server"
kind = "tcp-server"
bind = "127.0.0.1:9001"
handling = "thread-per-connection"

[[program]]
name = "alice"
kind = "tcp-client"
connect = "@server"

[[program]]
name = "小明"
kind = "tcp-client"
connect = "@server"

[[program]]
name = "bob"
kind = "tcp-client"
connect = "@server"
"#;

/// What the pictures of the kernel's side and of threads show: a server that serves one at a time, and three clients who want to be.
const QUEUE: &str = r#"
title = "One at a time"

[[program]]
name = "server"
kind = "tcp-server"
bind = "127.0.0.1:21567"
options = { SO_REUSEADDR = true }

[[program]]
name = "first"
kind = "tcp-client"
connect = "@server"

[[program]]
name = "second"
kind = "tcp-client"
connect = "@server"

[[program]]
name = "third"
kind = "tcp-client"
connect = "@server"
"#;

/// What the pictures of a transfer show: packets are lost on the way, and less is granted than was asked for.
const TRANSFER: &str = r#"
title = "TFTP over a lossy link"

[[program]]
name = "server"
kind = "tftp-server"
bind = "127.0.0.1:6969"
blksize = 8000

[[program]]
name = "client"
kind = "tftp-client"
connect = "@server"
get = "million.bin"
to = "million.bin"
blksize = 8192
windowsize = 2
tsize = true
faults = { seed = 7, loss = 8 }
"#;

/// What the picture of an error shows: a client asks for what is not there.
const REFUSED: &str = r#"
title = "TFTP, a file that is not there"

[[program]]
name = "server"
kind = "tftp-server"
bind = "127.0.0.1:6969"

[[program]]
name = "client"
kind = "tftp-client"
connect = "@server"
get = "kernel.img"
tsize = true
"#;

/// A session that is recorded while a person works with it, who lets time pass. Its lab takes the port of the tutorials, which must be free.
struct Made {
    session: Session,
    file: PathBuf,
}

impl Made {
    fn of(lab: &str, file: PathBuf) -> Self {
        Self::keeping(lab, file, Keep::All)
    }

    /// Of whose payloads so much is kept. What it receives goes beside the recording.
    fn keeping(lab: &str, file: PathBuf, keep: Keep) -> Self {
        let beside = file.with_file_name("made.toml");
        let lab = Lab::parse(lab, beside.to_str().expect("text")).expect("a lab");
        let session = Session::new(lab, Settings { keep, ..Settings::default() }).expect("a thread");
        session.record(&file).expect("a new file");
        Self { session, file }
    }

    fn pass(&self, millis: u64) {
        self.session.wait(|_| false, Duration::from_millis(millis));
    }

    /// Has the program come to `phase` by `command`.
    fn bring(&self, command: SessionCommand, program: usize, phase: Phase) {
        self.session.command(command).expect("taken");
        assert!(self.session.wait(|programs| programs[program].phase == Some(phase), Duration::from_secs(20)), "{program} is {phase:?}");
    }

    fn start(&self, name: &str, program: usize, phase: Phase) {
        self.bring(SessionCommand::Start(name.to_owned()), program, phase);
    }

    fn send(&self, name: &str, text: &'static str) {
        let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(text.as_bytes()) };
        self.session.command(SessionCommand::Tell { program: name.to_owned(), command }).expect("taken");
    }

    /// Ends the recording while the programs run.
    fn finish(self) -> PathBuf {
        self.session.trace().finish_recording();
        self.file
    }
}

/// A recording of [`RUNNING`] that ends while the client is connected.
fn record_running(folder: &Path) -> PathBuf {
    let made = Made::of(RUNNING, folder.join("running.slr"));
    made.start("server", 0, Phase::Ready);
    made.pass(400);
    made.start("client", 1, Phase::Ready);
    made.send("client", "hello");
    made.pass(600);
    made.send("client", "你好，服务器");
    made.pass(1_100);
    made.start("server-2", 2, Phase::Ended);
    made.pass(900);
    made.send("client", "再见");
    made.pass(300);
    made.finish()
}

/// A recording of [`PEERS`] that ends while two of the three are connected.
fn record_peers(folder: &Path) -> PathBuf {
    let made = Made::of(PEERS, folder.join("peers.slr"));
    made.start("server", 0, Phase::Ready);
    for (program, name, text) in [(1, "alice", "hello"), (2, "小明", "你好，服务器"), (3, "bob", "hi")] {
        made.pass(500);
        made.start(name, program, Phase::Ready);
        made.send(name, text);
    }
    made.pass(700);
    made.bring(SessionCommand::Stop("bob".to_owned()), 3, Phase::Ended);
    made.send("alice", "still here");
    made.pass(400);
    made.finish()
}

/// A recording of [`QUEUE`] that ends while the second is served and the third waits.
fn record_queue(folder: &Path) -> PathBuf {
    let made = Made::of(QUEUE, folder.join("queue.slr"));
    made.session.sample_every(Some(Duration::from_millis(50))).expect("a thread");
    made.start("server", 0, Phase::Ready);
    made.pass(300);
    for (program, name) in [(1, "first"), (2, "second"), (3, "third")] {
        made.start(name, program, Phase::Ready);
        made.pass(250);
    }
    for text in ["hello", "你好", "hello again"] {
        made.send("first", text);
        made.pass(400);
    }
    made.send("second", "am I next?");
    made.pass(600);
    made.bring(SessionCommand::Stop("first".to_owned()), 1, Phase::Ended);
    made.pass(500);
    made.send("second", "thanks");
    made.pass(700);
    made.finish()
}

/// A program that is driven by hand.
const BY_HAND: &str = r#"
title = "By hand"
[[program]]
name = "hand"
kind = "manual"
"#;

/// A recording of [`BY_HAND`] that ends while one thread waits for a client and another for bytes, after a call in the wrong order.
fn record_by_hand(folder: &Path) -> PathBuf {
    let made = Made::of(BY_HAND, folder.join("by-hand.slr"));
    made.start("hand", 0, Phase::Ready);
    let listener = Target::Program("a".to_owned());
    let named = |name: &str| Some(name.to_owned());
    for press in [
        Press::new("a", Method::Socket),
        Press { address: Some(Target::Address(([127, 0, 0, 1], 0).into())), ..Press::new("a", Method::Bind) },
        Press::new("a", Method::Listen),
        Press::new("c", Method::Socket),
        Press { address: Some(listener), ..Press::new("c", Method::Connect) },
        Press { made: named("b"), ..Press::new("a", Method::Accept) },
        Press { made: named("d"), ..Press::new("a", Method::Accept) },
        Press { thread: 2, ..Press::new("b", Method::Recv) },
        Press { thread: 3, ..Press::new("a", Method::Recv) },
    ] {
        made.session.press("hand", press).expect("taken");
        made.pass(240);
    }
    made.finish()
}

/// A recording of [`TRANSFER`] that ends while the file is on its way. Of each block the head is enough.
fn record_transfer(folder: &Path) -> PathBuf {
    let made = Made::keeping(TRANSFER, folder.join("transfer.slr"), Keep::First(80));
    made.start("server", 0, Phase::Ready);
    made.start("client", 1, Phase::Ready);
    made.pass(45);
    made.finish()
}

/// A recording of [`REFUSED`], whose client has ended.
fn record_refused(folder: &Path) -> PathBuf {
    let made = Made::of(REFUSED, folder.join("tftp-error.slr"));
    made.start("server", 0, Phase::Ready);
    made.pass(100);
    made.start("client", 1, Phase::Ended);
    made.pass(100);
    made.finish()
}

/// Makes those that are missing: `MAKE_TRACES=1 cargo test --test ui the_kept_recordings_are_made -- --ignored`. The pictures of one that was made
/// anew are then to be made anew too.
#[test]
#[ignore = "writes into tests/traces, where MAKE_TRACES asks for it"]
fn the_kept_recordings_are_made() {
    if std::env::var_os("MAKE_TRACES").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(kept()).expect("a folder");
    let all = [
        ("first-echo.slr", record as fn(&Path) -> PathBuf),
        ("running.slr", record_running),
        ("peers.slr", record_peers),
        ("queue.slr", record_queue),
        ("by-hand.slr", record_by_hand),
        ("transfer.slr", record_transfer),
        ("tftp-error.slr", record_refused),
    ];
    for (name, make) in all {
        if !kept().join(name).exists() {
            fs::copy(make(folder.path()), kept().join(name)).expect("written");
        }
    }
}

#[test]
fn a_kept_recording_is_shown() {
    let mut window = Window::of_file(&kept().join("first-echo.slr"));
    window.until_label("Recording first-echo.slr");
    window.until_label("nothing lost");
    window.until_label_contains("client s2, send(5), 5 B hello");
    window.until_label_contains("你好，服务器");
}
