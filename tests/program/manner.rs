//! How programs behave in a conversation: each habit of the tutorials' programs by itself.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr};

use bytes::Bytes;
use socket_lab::program::{
    Command, Contact, Data, Handling, HostName, Outgoing, Phase, Program, ProgramKind, Reply, SendTo, Spec, StopAt, StopCase, Target,
};
use socket_lab::trace::{Call, Outcome, Record};
use socket_lab::wire::Charset;

use super::stage::{LIMIT, Stage, ask, ask_datagram, datagram_peer, ends, is_received, is_told, peer};

fn text(text: &str) -> Data {
    Data::Text(text.to_owned())
}

fn type_in(program: &Program, to: SendTo, text: &'static str) {
    assert!(program.wait(|state| state.phase >= Phase::Ready, LIMIT), "{:?}", program.state());
    program.command(Command::Send { to, bytes: Bytes::from_static(text.as_bytes()) }).unwrap();
}

/// What the program has sent, as text.
fn sent(stage: &Stage, program: &Program) -> Vec<String> {
    let is = |row: &&Record| row.program == program.id() && matches!(row.call(), Some(Call::Send | Call::SendTo));
    let bytes = |row: &Record| row.payload.as_ref().map(|payload| payload.bytes.to_vec()).unwrap_or_default();
    stage.rows().iter().filter(is).map(|row| String::from_utf8_lossy(&bytes(row)).into_owned()).collect()
}

#[test]
fn a_greeting_goes_before_the_first_message_and_a_notice_is_told() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        spec.manner.greeting = Some(text("你好\n"));
        spec.manner.charset = Charset::Gbk;
        spec.manner.notice = Some("[{}]".to_owned());
    });
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"", 5), b"\xc4\xe3\xba\xc3\n");
    let from = stream.local_addr().unwrap();
    let row = stage.row("the notice", |row| is_told(row, "program-told-notice"));
    assert!(format!("{:?}", row.kind).contains(&format!("[{from}]")), "{row:?}");
    assert_eq!(ask(&mut stream, b"x", 1), b"x");
    stage.stopped(&server);
}

#[test]
fn a_server_of_one_connection_ends_with_it() {
    for handling in Handling::ALL {
        let stage = Stage::new();
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
            spec.manner.connections = Some(2);
            spec.handling = *handling;
        });
        let (mut one, mut two) = (peer(address), peer(address));
        assert_eq!(ask(&mut one, b"1", 1), b"1");
        drop(one);
        assert_eq!(ask(&mut two, b"2", 1), b"2", "{handling}: the last one is served to its end");
        drop(two);
        assert!(!stage.ended(&server).has_failed());
        let accepted = |row: &&Record| row.program == server.id() && row.call() == Some(Call::Accept) && row.errno().is_none();
        assert_eq!(stage.rows().iter().filter(accepted).count(), 2, "{handling}");
    }
}

#[test]
fn messages_are_counted_and_none_at_all_closes_at_once() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.manner.messages = Some(2));
    let mut stream = peer(address);
    assert_eq!([ask(&mut stream, b"a", 1), ask(&mut stream, b"b", 1)], [b"a", b"b"]);
    ends(&mut stream);
    stage.stopped(&server);

    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        (spec.manner.messages, spec.manner.connections) = (Some(0), Some(1));
    });
    ends(&mut peer(address));
    assert!(!stage.ended(&server).has_failed());
    assert_eq!(stage.calls(server.id()), ["socket", "bind", "listen", "accept", "close", "close"]);

    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.manner.messages = Some(1));
    assert_eq!(ask_datagram(&datagram_peer(), address, b"one"), b"one");
    assert!(!stage.ended(&server).has_failed());
}

#[test]
fn a_loop_that_never_looks_for_the_end_is_shown_and_bounded() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.manner.spin = 7);
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"x", 1), b"x");
    stream.shutdown(Shutdown::Write).unwrap();
    ends(&mut stream);
    stage.row("what it told", |row| is_told(row, "program-told-spin"));
    let nothing = |row: &&Record| row.call() == Some(Call::Recv) && row.outcome == Outcome::Ok(0);
    assert_eq!(stage.rows().iter().filter(nothing).count(), 8);
    stage.stopped(&server);
}

#[test]
fn what_stands_before_a_message_stands_before_all_but_the_stop_word() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.manner.prefix = Some("[%c] ".to_owned()));
    let client = stage.client(ProgramKind::TcpClient, address, &["hi", "q"], |spec| {
        spec.manner.prefix = Some("<%Y>".to_owned());
        spec.stop_word = Some("q".to_owned());
        spec.send[1].wait_reply = false;
    });
    assert!(!stage.ended(&client).has_failed());
    let said = sent(&stage, &client);
    assert!(said.len() == 2 && said[0].len() == "<2026>hi".len() && said[0].ends_with(">hi") && said[1] == "q", "{said:?}");
    let answer = &sent(&stage, &server)[0];
    assert!(answer.len() == "[Fri Nov 20 19:56:14 2026] <2026>hi".len() && answer.ends_with(&format!("] {}", said[0])), "{answer}");
    stage.stopped(&server);
}

#[test]
fn the_stop_word_is_sent_kept_or_waited_for() {
    for (at, expected) in [(StopAt::Passed, vec!["a", "q"]), (StopAt::Kept, vec!["a"]), (StopAt::Returned, vec!["a", "q"])] {
        let stage = Stage::new();
        let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
        let listed = stage.client(ProgramKind::UdpClient, address, &["a", "q", "never"], |spec| {
            (spec.stop_word, spec.manner.stop_at) = (Some("q".to_owned()), at);
        });
        assert!(!stage.ended(&listed).has_failed());
        assert_eq!(sent(&stage, &listed), expected, "{at:?}");

        let typed = stage.client(ProgramKind::UdpClient, address, &[], |spec| {
            (spec.stop_word, spec.manner.stop_at) = (Some("q".to_owned()), at);
        });
        type_in(&typed, SendTo::All, "a");
        stage.row("the echo", |row| row.program == typed.id() && is_received(row, b"a"));
        type_in(&typed, SendTo::All, "q");
        assert!(!stage.ended(&typed).has_failed());
        assert_eq!(sent(&stage, &typed), expected, "{at:?}");
        let came_back = stage.rows().iter().any(|row| row.program == typed.id() && is_received(row, b"q"));
        // What has gone may come back before the client has ended.
        assert!(at == StopAt::Passed || came_back == (at == StopAt::Returned), "{at:?}");
        stage.stopped(&server);
    }
}

#[test]
fn a_server_answers_the_stop_word_where_it_is_to_and_compares_as_stated() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        spec.stop_word = Some("exit".to_owned());
        (spec.manner.stop_at, spec.manner.stop_case) = (StopAt::Answered, StopCase::Either);
    });
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"EXIT", 4), b"EXIT");
    ends(&mut stream);
    assert_eq!(ask(&mut peer(address), b"next", 4), b"next");
    stage.stopped(&server);
}

#[test]
fn an_empty_datagram_ends_a_server_where_it_is_to() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.manner.stop_empty = true);
    let socket = datagram_peer();
    assert_eq!(ask_datagram(&socket, address, b"x"), b"x");
    socket.send_to(b"", address).unwrap();
    assert!(!stage.ended(&server).has_failed());
    assert_eq!(sent(&stage, &server), ["x"]);
}

#[test]
fn empty_messages_are_left_unsent_where_they_are_to() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let client = stage.client(ProgramKind::TcpClient, address, &["a", "", "b"], |spec| spec.manner.skip_empty = true);
    assert!(!stage.ended(&client).has_failed());
    assert_eq!(sent(&stage, &client), ["a", "b"]);
    stage.row("what it told", |row| is_told(row, "program-told-skipped"));
    let typing = stage.client(ProgramKind::TcpClient, address, &[], |spec| spec.manner.skip_empty = true);
    type_in(&typing, SendTo::All, "");
    type_in(&typing, SendTo::All, "x");
    stage.row("the echo", |row| row.program == typing.id() && is_received(row, b"x"));
    assert_eq!(sent(&stage, &typing), ["x"]);
    stage.stopped(&typing);
    stage.stopped(&server);
}

/// A client that knows two names of one server.
fn with_contacts(spec: &mut Spec, address: SocketAddr) {
    let contact = |name: &str| Contact { name: name.to_owned(), at: Target::Address(address) };
    spec.connect = None;
    spec.manner.contacts = vec![contact("小明"), contact("小红")];
    spec.manner.prefix = Some("发给{}: ".to_owned());
    spec.stop_word = Some("q".to_owned());
}

#[test]
fn contacts_share_an_address_and_the_stop_word_ends_only_the_talk() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let listed = stage.client(ProgramKind::UdpClient, address, &[], |spec| {
        with_contacts(spec, address);
        spec.send = vec![Outgoing { to: Some("小红".to_owned()), ..Outgoing::new(text("在吗")) }];
    });
    assert!(!stage.ended(&listed).has_failed(), "{:?}", listed.state());
    assert_eq!(sent(&stage, &listed), ["发给小红: 在吗"]);

    let typed = stage.client(ProgramKind::UdpClient, address, &[], |spec| with_contacts(spec, address));
    for (name, words) in [("小明", "a"), ("小明", "Q"), ("小红", "b")] {
        type_in(&typed, SendTo::Contact(name.to_owned()), words);
    }
    stage.row("the echo", |row| row.program == typed.id() && is_received(row, "发给小红: b".as_bytes()));
    assert_eq!(sent(&stage, &typed), ["发给小明: a", "发给小红: b"]);
    stage.row("what it told", |row| is_told(row, "program-told-talk-over"));
    stage.stopped(&typed);
    stage.stopped(&server);
}

/// Contacts may be stated by the name of a computer, as `connect` may: it is looked up once, by a call of its own, and several may share it.
#[test]
fn contacts_are_asked_by_the_names_of_computers() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let listed = stage.client(ProgramKind::UdpClient, address, &[], |spec| {
        with_contacts(spec, address);
        for contact in &mut spec.manner.contacts {
            contact.at = HostName::parse(&format!("localhost:{}", address.port())).map(Target::Name).unwrap();
        }
        let to = |name: &str| Outgoing { to: Some(name.to_owned()), ..Outgoing::new(text("在吗")) };
        spec.send = vec![to("小红"), to("小明")];
    });
    assert!(!stage.ended(&listed).has_failed(), "{:?}", listed.state());
    assert_eq!(sent(&stage, &listed), ["发给小红: 在吗", "发给小明: 在吗"]);
    stage.row("the echo", |row| row.program == listed.id() && is_received(row, "发给小明: 在吗".as_bytes()));
    let calls = stage.calls(listed.id());
    assert_eq!(calls[..3], ["getaddrinfo", "socket", "sendto"], "{calls:?}");
    let lookup = stage.row("the lookup", |row| row.call() == Some(Call::GetAddrInfo));
    assert!(matches!(&lookup.outcome, Outcome::Addresses(found) if found.contains(&address.into())), "{lookup:?}");
    stage.stopped(&server);
}

#[test]
fn an_operator_s_word_ends_the_connection_and_the_next_client_is_served() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        (spec.reply, spec.stop_word) = (Reply::Manual, Some("q".to_owned()));
    });
    let (mut first, mut second) = (peer(address), peer(address));
    first.write_all(b"hello").unwrap();
    stage.row("the message", |row| is_received(row, b"hello"));
    type_in(&server, SendTo::All, "Q");
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"Q");
    second.write_all(b"q").unwrap();
    ends(&mut second);
    stage.stopped(&server);
}
