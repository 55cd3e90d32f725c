//! Messages that a person lets a program send one after the other.

use std::io::Read as _;
use std::time::Duration;

use socket_lab::program::{Command, Data, Handling, Phase, ProgramKind, Refused, Reply, SendList, SendTo};
use socket_lab::trace::{Call, Origin, Outcome, Record, Value};

use super::stage::{LIMIT, Stage, datagram_peer, is_told, option, peer};

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

/// A file of `length` bytes, each other than the one before.
fn file(folder: &tempfile::TempDir, length: usize) -> (Command, Vec<u8>) {
    let bytes = (0..length).map(|place| (place % 251) as u8).collect::<Vec<_>>();
    let path = folder.path().join("big.bin");
    std::fs::write(&path, &bytes).unwrap();
    (Command::SendData { to: SendTo::All, data: Data::File(path) }, bytes)
}

#[test]
fn a_large_file_goes_in_pieces_and_nothing_stands_between_them() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.reply = Reply::Manual);
    let folder = tempfile::tempdir().unwrap();
    let (send, bytes) = file(&folder, 3_000_001);
    let mut stream = peer(address);
    stage.blocked(server.id(), Call::Recv);
    server.command(send).unwrap();
    server.command(Command::Send { to: SendTo::All, bytes: (&b"behind it"[..]).into() }).unwrap();
    let mut received = vec![0; bytes.len() + 9];
    stream.read_exact(&mut received).unwrap();
    assert!(received[..bytes.len()] == bytes && received.ends_with(b"behind it"));
    assert!(server.wait(|state| state.sending.file.as_ref().is_some_and(|file| !file.is_under_way), LIMIT));
    let done = server.state().sending.file.unwrap();
    assert_eq!((&*done.name, done.sent, done.all, done.datagram), ("big.bin", 3_000_001, 3_000_001, None));
    stage.stopped(&server);
    let sends = stage.rows().into_iter().filter(|row| row.call() == Some(Call::Send)).filter_map(|row| Record::moved(&row));
    assert!(sends.max().unwrap() <= 65_536, "no more than a piece is in memory");
}

#[test]
fn a_file_that_nobody_reads_is_cancelled_and_stopped_at_once() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        (spec.reply, spec.handling) = (Reply::Manual, Handling::ThreadPerConnection);
        // Small on both sides, so that it is soon full.
        spec.options = vec![option("SO_SNDBUF", Value::Int(65_536))];
    });
    let folder = tempfile::tempdir().unwrap();
    let (send, bytes) = file(&folder, 20_000_000);
    let mut stream = peer(address);
    stage.blocked(server.id(), Call::Recv);
    server.command(send.clone()).unwrap();
    assert!(server.wait(|state| state.sending.file.as_ref().is_some_and(|file| file.sent > 0), LIMIT), "{:?}", server.state());
    stage.row("it waits for room", |row| row.call() == Some(Call::Poll) && row.outcome == Outcome::Ok(0));
    server.command(Command::EndFile).unwrap();
    assert!(server.wait(|state| state.sending.file.as_ref().is_some_and(|file| !file.is_under_way), LIMIT), "{:?}", server.state());
    stage.row("that is told", |row| is_told(row, "program-told-file-ended"));
    let sent = server.state().sending.file.unwrap().sent as usize;
    assert!(sent > 0 && sent < bytes.len());
    // The connection is there still, and what went is the beginning.
    let mut received = vec![0; sent];
    stream.read_exact(&mut received).unwrap();
    assert!(received == bytes[..sent]);
    server.command(send).unwrap();
    let waits = || stage.rows().iter().filter(|row| row.call() == Some(Call::Poll) && row.outcome == Outcome::Ok(0)).count();
    let before = waits();
    assert!(server.wait(|state| state.sending.file.as_ref().is_some_and(|file| file.is_under_way), LIMIT));
    while waits() == before {
        stage.trace.store().wait(stage.trace.store().newest(), Duration::from_millis(20));
    }
    assert!(stage.stopped(&server) < Duration::from_secs(2));
    assert!(!server.state().sending.file.unwrap().is_under_way);
}

#[test]
fn a_file_over_udp_is_cut_into_datagrams_and_that_is_told() {
    let stage = Stage::new();
    let receiver = datagram_peer();
    let to = receiver.local_addr().unwrap();
    let client = stage.client(ProgramKind::UdpClient, to, &[], |_| {});
    assert!(client.wait(|state| state.phase == Phase::Ready, LIMIT));
    let folder = tempfile::tempdir().unwrap();
    let (send, bytes) = file(&folder, 70_001);
    client.command(send).unwrap();
    let mut received = Vec::new();
    let mut buffer = [0; 2_000];
    while received.len() < bytes.len() {
        let count = receiver.recv(&mut buffer).unwrap();
        assert_eq!(count, (bytes.len() - received.len()).min(1_400));
        received.extend_from_slice(&buffer[..count]);
    }
    assert!(received == bytes);
    let told = stage.row("how it was cut", |row| is_told(row, "program-told-cut"));
    assert!(format!("{:?}", told.kind).contains("\"51\""), "{told:?}");
    assert_eq!(client.state().sending.file.map(|file| file.datagram), Some(Some(1_400)));
    stage.stopped(&client);
}
