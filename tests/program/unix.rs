//! Unix sockets: by path and by abstract name, and what becomes of files that were left behind.

#![cfg(unix)]

use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::Path;

use socket_lab::program::{Data, Outgoing, Phase, Program, ProgramKind, Spec, Target};
use socket_lab::trace::{Address, Call, Family};

use super::stage::{LIMIT, Stage, is_received, is_told, shown};

fn path(path: &Path) -> Address {
    Address::Path(path.to_string_lossy().into())
}

fn ready(stage: &Stage, spec: Spec) -> (Program, Address) {
    let program = stage.start(spec);
    assert!(program.wait(|state| state.phase >= Phase::Ready, LIMIT));
    let state = program.state();
    assert_eq!(state.phase, Phase::Ready, "{:?}\n{}", state.failure, shown(&stage.rows()));
    (program, state.local.expect("an address"))
}

fn client(stage: &Stage, kind: ProgramKind, to: Address, messages: &[&str]) -> Program {
    let send = messages.iter().map(|text| Outgoing::new(Data::Text((*text).to_owned()))).collect();
    stage.start(Spec { connect: Some(Target::Unix(to)), send, ..Spec::new(kind, "client") })
}

const PAIRS: [(ProgramKind, ProgramKind); 2] =
    [(ProgramKind::UnixServer, ProgramKind::UnixClient), (ProgramKind::UnixDatagramServer, ProgramKind::UnixDatagramClient)];

#[test]
fn streams_and_datagrams_are_answered_by_path_and_the_file_goes_with_the_program() {
    let folder = tempfile::tempdir().unwrap();
    for stated in [None, Some(path(&folder.path().join("s")))] {
        for (server, asker) in PAIRS {
            let stage = Stage::new();
            let (server, address) = ready(&stage, Spec { path: stated.clone(), ..Spec::new(server, "server") });
            let client = client(&stage, asker, address.clone(), &["hello", "你好"]);
            assert!(!stage.ended(&client).has_failed(), "{:?}", client.state());
            let born = stage.row("its socket", |row| row.program == client.id() && row.call() == Some(Call::Socket));
            assert!(matches!(born.args(), Some(socket_lab::trace::Args::Socket(Family::Unix, _))));
            stage.row("the answer", |row| row.program == client.id() && is_received(row, "你好".as_bytes()));
            let Address::Path(file) = address else { panic!("{address}") };
            assert!(Path::new(&*file).exists());
            stage.stopped(&server);
            assert!(!server.state().has_failed(), "{:?}", server.state());
            assert!(!Path::new(&*file).exists());
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no mark is left");
}

#[cfg(target_os = "linux")]
#[test]
fn an_abstract_name_stands_in_no_folder() {
    let name = Address::Abstract(format!("socket-lab-test-{}", std::process::id()).into());
    for (server, asker) in PAIRS {
        let stage = Stage::new();
        let (server, address) = ready(&stage, Spec { path: Some(name.clone()), ..Spec::new(server, "server") });
        assert_eq!(address, name);
        let client = client(&stage, asker, address, &["hello"]);
        assert!(!stage.ended(&client).has_failed());
        stage.stopped(&server);
    }
}

#[test]
fn a_file_that_another_program_left_is_explained_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s");
    drop(UnixListener::bind(&file).unwrap());
    let stage = Stage::new();
    let server = stage.start(Spec { path: Some(path(&file)), ..Spec::new(ProgramKind::UnixServer, "server") });
    let failure = stage.ended(&server).failure.expect("a failure");
    assert!(failure.errno.unwrap().is("EADDRINUSE"));
    stage.row("why", |row| is_told(row, "program-unix-stale"));
    assert!(file.exists());
}

#[test]
fn a_file_that_a_lab_left_is_removed_unless_somebody_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s");
    let other = UnixListener::bind(&file).unwrap();
    // As a lab that was killed leaves it.
    let seen = std::fs::symlink_metadata(&file).unwrap();
    let number = format!("{}:{}:{}.{}\n", seen.dev(), seen.ino(), seen.ctime(), seen.ctime_nsec());
    std::fs::write(folder.path().join("s.socket-lab"), number).unwrap();
    let stage = Stage::new();
    let spec = Spec { path: Some(path(&file)), ..Spec::new(ProgramKind::UnixServer, "server") };
    let server = stage.start(spec.clone());
    assert!(stage.ended(&server).has_failed());
    stage.row("why", |row| is_told(row, "program-unix-in-use"));
    assert!(file.exists());
    drop(other);
    let (server, _) = ready(&stage, spec);
    stage.row("what was done", |row| is_told(row, "program-unix-removed"));
    stage.stopped(&server);
    assert!(!file.exists());
}

#[test]
fn what_is_no_socket_is_left_alone_and_a_long_path_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "mine").unwrap();
    let stage = Stage::new();
    let server = stage.start(Spec { path: Some(path(&file)), ..Spec::new(ProgramKind::UnixServer, "server") });
    assert!(stage.ended(&server).has_failed());
    stage.row("why", |row| is_told(row, "program-unix-no-socket"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    let long = path(&folder.path().join("x".repeat(120)));
    let server = stage.start(Spec { path: Some(long), ..Spec::new(ProgramKind::UnixServer, "server") });
    assert_eq!(stage.ended(&server).failure.map(|failure| failure.message.key().to_owned()).as_deref(), Some("program-unix-long"));
}

#[test]
fn who_has_no_name_is_not_answered() {
    let stage = Stage::new();
    let (server, address) = ready(&stage, Spec::new(ProgramKind::UnixDatagramServer, "server"));
    let Address::Path(file) = address else { panic!("{address}") };
    UnixDatagram::unbound().unwrap().send_to(b"hello", &*file).unwrap();
    stage.row("why", |row| is_told(row, "program-unix-unnamed"));
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}
