//! Messages that a person lets a program send one after the other.

use std::io::Read as _;
use std::time::Duration;

use socket_lab::program::{Command, Data, Handling, Phase, ProgramKind, Refused, Reply, SendList, SendTo};
use socket_lab::trace::{Call, Origin};

use super::stage::{LIMIT, Stage, is_told, peer};

fn list(messages: &[&str], rounds: u32, every: u64) -> Command {
    let messages = messages.iter().map(|text| Data::Text((*text).to_owned())).collect();
    Command::SendList(SendList { to: SendTo::All, messages, rounds, every: Duration::from_millis(every) })
}

#[test]
fn a_list_goes_inside_the_open_connection() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.reply = Reply::Manual);
    let mut stream = peer(address);
    let receiving = stage.blocked(server.id(), Call::Recv);
    server.command(list(&["login\n", "query\n"], 3, 1)).unwrap();
    let mut received = vec![0; 36];
    stream.read_exact(&mut received).unwrap();
    assert_eq!(received, b"login\nquery\n".repeat(3));
    assert!(server.wait(|state| !state.sending.is_under_way(), LIMIT), "{:?}", server.state());
    let progress = server.state().sending.list.unwrap();
    assert_eq!((progress.done, progress.all), (6, 6));
    assert_eq!(stage.blocked(server.id(), Call::Recv).t0, receiving.t0, "the receive was disturbed");
    let sends = stage.rows().into_iter().filter(|row| row.call() == Some(Call::Send)).collect::<Vec<_>>();
    assert!(sends.iter().all(|row| row.origin == Origin::Person && row.thread != receiving.thread));
    stage.stopped(&server);
}

#[test]
fn a_list_ends_when_asked_and_with_the_program_and_there_is_one() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let _stream = peer(address);
    stage.blocked(server.id(), Call::Recv);
    let hour = Duration::from_hours(1).as_millis() as u64;
    for end in [Command::EndList, Command::EndList] {
        server.command(list(&["x"], 1000, hour)).unwrap();
        assert_eq!(server.command(list(&["y"], 1, 0)), Err(Refused::Sending));
        assert!(server.wait(|state| state.sending.list.is_some_and(|list| list.done == 1), LIMIT));
        server.command(end).unwrap();
        assert!(server.wait(|state| !state.sending.is_under_way(), LIMIT), "{:?}", server.state());
    }
    server.command(list(&["x"], 1000, hour)).unwrap();
    assert!(server.wait(|state| state.sending.list.is_some_and(|list| list.done == 1), LIMIT));
    assert!(stage.stopped(&server) < Duration::from_secs(1));
    assert!(!server.state().sending.is_under_way());
    assert_eq!(server.command(list(&["x"], 1, 0)), Err(Refused::Ended));
}

#[test]
fn what_reached_nobody_is_told_until_something_goes() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.reply = Reply::Manual);
    server.command(list(&["x"], 1000, 0)).unwrap();
    assert!(server.wait(|state| state.sending.failed.is_some() && !state.sending.is_under_way(), LIMIT));
    stage.row("that nobody is there", |row| is_told(row, "program-told-nobody"));
    let folder = tempfile::tempdir().unwrap();
    let none = Data::File(folder.path().join("none"));
    server.command(Command::SendData { to: SendTo::All, data: none }).unwrap();
    let is_file = |key: &str| key == "program-data-file";
    assert!(server.wait(|state| state.sending.failed.as_ref().is_some_and(|failed| is_file(failed.key())), LIMIT));
    let mut stream = peer(address);
    stage.blocked(server.id(), Call::Recv);
    let path = folder.path().join("message.bin");
    std::fs::write(&path, vec![7; 100_000]).unwrap();
    server.command(Command::SendData { to: SendTo::All, data: Data::File(path) }).unwrap();
    let mut received = vec![0; 100_000];
    stream.read_exact(&mut received).unwrap();
    assert_eq!(received, vec![7; 100_000]);
    assert_eq!((server.state().sending.failed, server.state().phase), (None, Phase::Ready));
    stage.stopped(&server);
}
