//! Messages in streams: replies, waits and stop words are about messages, however their bytes come.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;

use bytes::Bytes;
use socket_lab::program::{Command, Data, Outgoing, ProgramKind, Reply, SendTo, Spec};
use socket_lab::trace::frames::Frames;
use socket_lab::trace::{Call, Origin};
use socket_lab::wire::Framing;
use socket_lab::wire::framing::{Header, LineEnd, Order, Width};

use super::stage::{Stage, ask, ends, is_told, peer};

const LINE: Framing = Framing::Line(LineEnd::Lf);

#[test]
fn a_reply_is_about_a_message_however_its_bytes_come() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        (spec.framing, spec.reply, spec.recv_size) = (LINE, Reply::Reverse, 3);
        spec.stop_word = Some("quit".to_owned());
    });
    let mut stream = peer(address);
    // Two and a half messages at once, then the rest.
    assert_eq!(ask(&mut stream, b"abc\ndefgh\nij", 10), b"cba\nhgfed\n");
    assert_eq!(ask(&mut stream, b"kl\n", 5), b"lkji\n");
    stream.write_all(b"quit\n").unwrap();
    ends(&mut stream);
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
fn a_client_waits_for_whole_messages_under_every_framing() {
    let stage = Stage::new();
    let header = Header { width: Width::Four, order: Order::Little, counts_itself: true };
    let framings = Framing::kinds().into_iter().filter(Framing::is_framed).chain([Framing::Length(header), Framing::Line(LineEnd::CrLf)]);
    for framing in framings {
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.framing, spec.recv_size) = (framing.clone(), 2));
        let client = stage.client(ProgramKind::TcpClient, address, &["hello", "你好", ""], |spec| {
            (spec.framing, spec.recv_size) = (framing.clone(), 3);
        });
        assert!(!stage.ended(&client).has_failed(), "{framing}");
        // It has read the three answers and nothing is left: the last receive ends the last message.
        let mut frames = Frames::default();
        let rows = stage.rows();
        frames.fold(&rows);
        let received = |row: &&socket_lab::trace::Record| row.program == client.id() && row.call() == Some(Call::Recv);
        let last = rows.iter().filter(received).filter_map(|row| frames.of(row)).last().expect("a receive");
        let piece = last.pieces.last().expect("a message");
        assert_eq!((last.all, piece.message, &piece.ends), (3, 3, &Ok(())), "{framing}");
        stage.stopped(&server);
        assert!(!server.state().has_failed(), "{framing}");
    }
}

#[test]
fn what_is_broken_or_too_long_is_told_and_the_connection_goes_on() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.framing, spec.max_message) = (LINE, 8));
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"far too long for it\nok\n", 3), b"ok\n");
    stage.row("what it told", |row| is_told(row, "wire-frame-no-delimiter"));
    stream.write_all(b"half").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    ends(&mut stream);
    stage.row("what it told of the end", |row| is_told(row, "wire-frame-undelimited"));
    assert_eq!(ask(&mut peer(address), b"next\n", 5), b"next\n");
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
fn a_hostile_stream_is_not_told_for_ever() {
    let stage = Stage::new();
    let header = Header { width: Width::One, order: Order::Big, counts_itself: true };
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.framing = Framing::Length(header));
    let mut stream = peer(address);
    stream.write_all(&vec![0; 50_000]).unwrap();
    assert_eq!(ask(&mut stream, b"\x02x", 2), b"\x02x");
    stage.row("the last word", |row| is_told(row, "program-told-more-broken"));
    assert_eq!(stage.rows().iter().filter(|row| is_told(row, "wire-frame-header")).count(), 20);
    stage.stopped(&server);
}

#[test]
fn what_does_not_fit_into_a_frame_is_told_and_the_next_is_sent() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.framing = LINE);
    let client = stage.client(ProgramKind::TcpClient, address, &["one\ntwo", "three"], |spec| spec.framing = LINE);
    assert!(!stage.ended(&client).has_failed());
    let own = |row: &&socket_lab::trace::Record| row.program == client.id() && row.call() == Some(Call::Send);
    let sent = stage.rows().iter().filter(own).filter_map(|row| row.payload.clone()).map(|payload| payload.bytes).collect::<Vec<_>>();
    assert_eq!(sent, [Bytes::from_static(b"three\n")]);
    stage.row("what it told", |row| is_told(row, "wire-frame-unfit-delimiter"));
    stage.stopped(&server);
}

#[test]
fn what_a_person_sends_is_framed_too() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.framing, spec.reply) = (Framing::Fixed(6), Reply::Manual));
    let mut stream = peer(address);
    stage.row("the connection", |row| row.call() == Some(Call::Accept) && row.errno().is_none());
    server.command(Command::Send { to: SendTo::All, bytes: Bytes::from_static(b"hello") }).unwrap();
    let mut received = [9; 6];
    stream.read_exact(&mut received).unwrap();
    assert_eq!(&received, b"hello\0");
    server.command(Command::Send { to: SendTo::All, bytes: Bytes::from_static(b"too long") }).unwrap();
    let row = stage.row("what was told", |row| is_told(row, "wire-frame-unfit-long"));
    assert_eq!(row.origin, Origin::Person);
    stage.stopped(&server);
}

/// Ten messages sent at once: without a framing they come in other pieces than they were sent in, with one they are ten again.
#[test]
fn sticky_messages_are_told_apart() {
    let stage = Stage::new();
    for (framing, is_whole) in [(Framing::None, false), (LINE, true)] {
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.framing, spec.recv_size) = (framing.clone(), 7));
        let mut spec = Spec::new(ProgramKind::TcpClient, "client");
        spec.framing = framing;
        spec.connect = Some(socket_lab::program::Target::Address(address));
        let message = |number: u32| Outgoing { wait_reply: false, ..Outgoing::new(Data::Text(format!("message {number}"))) };
        spec.send = (0..10).map(message).collect();
        let client = stage.start(spec);
        assert!(!stage.ended(&client).has_failed());
        let answers = |row: &&socket_lab::trace::Record| row.program == server.id() && row.call() == Some(Call::Send);
        let rows = stage.rows();
        let answers = rows.iter().filter(answers).filter_map(|row| row.payload.as_ref()).map(|payload| &payload.bytes[..]);
        let whole = answers.filter(|answer| answer.starts_with(b"message ") && answer.len() == 10).count();
        assert_eq!(whole == 10, is_whole);
        stage.stopped(&server);
    }
}
