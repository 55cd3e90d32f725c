//! What clients do with their list, and what they survive.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, UdpSocket};
use std::time::Duration;

use socket_lab::program::{Data, HostName, Outgoing, Phase, ProgramKind, Spec, Target};
use socket_lab::trace::{Call, Direction, Outcome, Record, SocketType};

use super::stage::{LIMIT, Stage, any, datagram_peer, is_received, is_told, option, timeout};

#[test]
fn a_tcp_client_sends_its_list_waits_for_replies_and_ends() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let client = stage.client(ProgramKind::TcpClient, address, &["hello", "再见"], |_| ());
    assert!(!stage.ended(&client).has_failed());
    assert_eq!(stage.calls(client.id()), ["socket", "connect", "send", "recv", "send", "recv", "close"]);
    stage.row("the reply", |row| row.program == client.id() && is_received(row, "再见".as_bytes()));
    assert_eq!(server.state().phase, Phase::Ready);
    stage.stopped(&server);
}

#[test]
fn a_client_that_awaits_no_reply_ends_its_half_and_reads_what_still_comes() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let client = stage.client(ProgramKind::TcpClient, address, &["abc"], |spec| {
        spec.send[0] = Outgoing { repeat: 3, every: Duration::from_millis(1), wait_reply: false, ..spec.send[0].clone() };
    });
    assert!(!stage.ended(&client).has_failed());
    let calls = stage.calls(client.id());
    assert_eq!(calls[..6], ["socket", "connect", "send", "send", "send", "shutdown"]);
    assert_eq!(calls.last(), Some(&"close"));
    let received = stage
        .rows()
        .iter()
        .filter(|row| row.program == client.id() && row.call() == Some(Call::Recv))
        .map(|row| match row.outcome {
            Outcome::Ok(count) => count,
            _ => -1,
        })
        .collect::<Vec<_>>();
    assert_eq!((received.iter().sum::<i64>(), received.last()), (9, Some(&0)), "{received:?}");
    stage.stopped(&server);
}

#[test]
fn text_hex_and_files_are_sent_as_stated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.bin");
    std::fs::write(&path, b"from\0a file").unwrap();
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let client = stage.client(ProgramKind::UdpClient, address, &[], |spec| {
        spec.send = [Data::Text("text".to_owned()), Data::Hex(vec![0, 255]), Data::File(path.clone()), Data::Text(String::new())]
            .map(Outgoing::new)
            .into();
    });
    assert!(!stage.ended(&client).has_failed());
    for bytes in [&b"text"[..], b"\0\xff", b"from\0a file", b""] {
        stage.row("the echo", |row| row.program == client.id() && is_received(row, bytes));
    }
    let lost =
        stage.client(ProgramKind::UdpClient, address, &[], |spec| spec.send = vec![Outgoing::new(Data::File(folder.path().join("no")))]);
    let failure = stage.ended(&lost).failure.expect("a failure");
    assert_eq!(failure.message.key(), "program-data-file");
    stage.stopped(&server);
}

#[test]
fn a_refused_connection_is_a_failure_unless_it_is_expected() {
    let stage = Stage::new();
    let closed = { TcpListener::bind(any()).unwrap().local_addr().unwrap() };
    for limit in [None, Some(Duration::from_secs(1))] {
        for expected in [false, true] {
            let client = stage.client(ProgramKind::TcpClient, closed, &["x"], |spec| {
                spec.connect_timeout = limit;
                spec.expect = if expected { vec!["ECONNREFUSED".to_owned()] } else { Vec::new() };
            });
            let failure = stage.ended(&client).failure;
            assert_eq!(failure.is_none(), expected);
            if let Some(failure) = failure {
                assert!(failure.errno.unwrap().is("ECONNREFUSED"));
                assert!(failure.message.to_string().contains(&closed.to_string()));
            }
            assert_eq!(stage.calls(client.id()).last(), Some(&"close"));
        }
    }
}

#[test]
fn a_client_without_an_address_says_so() {
    let stage = Stage::new();
    let client = stage.start(Spec::new(ProgramKind::TcpClient, "lost"));
    assert_eq!(stage.ended(&client).failure.map(|failure| failure.message.key().to_owned()), Some("program-no-target".to_owned()));
}

#[test]
fn a_client_whose_server_vanishes_fails() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &["x", "y"], |_| ());
    let (mut stream, _) = listener.accept().unwrap();
    stream.read_exact(&mut [0]).unwrap();
    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
    drop(stream);
    assert!(stage.ended(&client).failure.unwrap().errno.unwrap().is("ECONNRESET"));
}

#[test]
fn a_client_ends_when_its_server_ends_the_connection() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |_| ());
    let (mut stream, _) = listener.accept().unwrap();
    stream.write_all(b"welcome").unwrap();
    stage.row("what was sent", |row| row.program == client.id() && is_received(row, b"welcome"));
    assert_eq!(client.state().phase, Phase::Ready);
    drop(stream);
    assert!(!stage.ended(&client).has_failed());
}

#[test]
fn a_missing_reply_is_told_and_the_list_goes_on() {
    let stage = Stage::new();
    let silent = datagram_peer();
    let client = stage.client(ProgramKind::UdpClient, silent.local_addr().unwrap(), &["a", "b"], |spec| spec.options = vec![timeout(30)]);
    assert!(!stage.ended(&client).has_failed());
    assert_eq!(stage.calls(client.id()), ["socket", "setsockopt", "sendto", "recvfrom", "sendto", "recvfrom", "close"]);
    stage.row("what it told", |row| is_told(row, "program-told-no-reply"));
}

#[test]
fn datagrams_to_a_closed_port_hang_nobody() {
    let stage = Stage::new();
    let closed = { UdpSocket::bind(any()).unwrap().local_addr().unwrap() };
    let client = stage.client(ProgramKind::UdpClient, closed, &["a", "b"], |spec| spec.options = vec![timeout(30)]);
    assert!(!stage.ended(&client).has_failed());
    let idle = stage.client(ProgramKind::UdpClient, closed, &["a"], |spec| spec.send[0].wait_reply = false);
    assert!(!stage.ended(&idle).has_failed());
    assert_eq!(stage.calls(idle.id()), ["socket", "sendto", "close"]);
}

#[test]
fn a_datagram_that_is_too_long_is_a_failure_and_the_next_one_goes() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.recv_size = 65_507);
    let client = stage.client(ProgramKind::UdpClient, address, &[], |spec| {
        spec.recv_size = 65_507;
        spec.send = [65_508, 65_507].map(|length| Outgoing::new(Data::Hex(vec![7; length]))).into();
    });
    assert!(stage.ended(&client).failure.unwrap().errno.unwrap().is("EMSGSIZE"));
    stage.row("the echo", |row| row.program == client.id() && is_received(row, &vec![7; 65_507]));
    stage.stopped(&server);
}

#[test]
fn the_stop_word_ends_a_client_after_its_reply() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let client = stage.client(ProgramKind::UdpClient, address, &["hi", "exit", "never"], |spec| spec.stop_word = Some("exit".to_owned()));
    assert!(!stage.ended(&client).has_failed());
    assert_eq!(stage.calls(client.id()), ["socket", "sendto", "recvfrom", "sendto", "recvfrom", "close"]);
    stage.stopped(&server);
}

#[test]
fn a_message_larger_than_the_buffers_is_sent_by_several_sends() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |spec| {
        spec.options = vec![
            option("SO_SNDBUF", socket_lab::trace::Value::Int(4096)),
            option("SO_SNDTIMEO", socket_lab::trace::Value::Time(Some(Duration::from_millis(60)))),
        ];
        spec.send = vec![Outgoing { wait_reply: false, ..Outgoing::new(Data::Hex(vec![1; 8_000_000])) }];
    });
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    // Nobody reads: a send returns early with what it could place, the next one gives up.
    stage.row("the timeout of a send", |row| is_told(row, "program-told-send-timeout"));
    assert!(!stage.ended(&client).has_failed());
    let rows = stage.rows();
    let sends = rows.iter().filter(|row| row.program == client.id() && row.call() == Some(Call::Send)).collect::<Vec<_>>();
    assert!(sends.len() >= 2 && sends.last().unwrap().errno().is_some_and(|errno| errno.is("EAGAIN")));
    let placed = sends.iter().filter_map(|row| row.payload.as_ref()).map(|payload| payload.full_len as usize).sum::<usize>();
    let mut read = Vec::new();
    stream.read_to_end(&mut read).unwrap();
    assert_eq!(read.len(), placed);
}

#[test]
fn a_name_is_looked_up_and_what_it_leads_to_is_asked() {
    let stage = Stage::new();
    let by_name = |port: u16| Some(Target::Name(HostName::parse(&format!("localhost:{port}")).expect("a name")));
    for (client, server) in [
        (ProgramKind::TcpClient, ProgramKind::TcpServer),
        (ProgramKind::UdpClient, ProgramKind::UdpServer),
        (ProgramKind::HttpClient, ProgramKind::HttpServer),
        (ProgramKind::Load, ProgramKind::TcpServer),
    ] {
        let (server, address) = stage.server(server, |_| ());
        let client = stage.client(client, address, if client.socket_type() == SocketType::Datagram { &["hi"] } else { &[] }, |spec| {
            spec.connect = by_name(address.port());
            if client == ProgramKind::TcpClient {
                spec.send = vec![Outgoing::new(Data::Text("hi".to_owned()))];
            }
        });
        let state = stage.ended(&client);
        assert!(!state.has_failed(), "{state:?}");
        let rows = stage.rows().into_iter().filter(|row| row.program == client.id()).collect::<Vec<_>>();
        let asked = rows.iter().find(|row| row.call() == Some(Call::GetAddrInfo)).expect("the lookup");
        let Outcome::Addresses(found) = &asked.outcome else { panic!("{asked:?}") };
        assert!(found.iter().all(|one| one.is_local() && one.port() == Some(address.port())), "{found:?}");
        assert_eq!(stage.trace.store().names().thread_name(asked.thread), "resolver");
        assert!(rows.iter().any(|row| row.direction() == Some(Direction::Received)), "{:?}", client.spec().kind);
        if client.spec().kind == ProgramKind::HttpClient {
            let host = format!("Host: localhost:{}", address.port());
            let has = |row: &Record| row.payload.as_ref().is_some_and(|payload| String::from_utf8_lossy(&payload.bytes).contains(&host));
            assert!(rows.iter().any(has), "the server is asked by its name");
        }
        stage.stopped(&server);
    }
}

#[test]
fn a_link_asks_the_first_address_of_a_name() {
    let stage = Stage::new();
    for (link, server, client) in [
        (ProgramKind::TcpLink, ProgramKind::TcpServer, ProgramKind::TcpClient),
        (ProgramKind::UdpLink, ProgramKind::UdpServer, ProgramKind::UdpClient),
    ] {
        let (server, address) = stage.server(server, |_| ());
        let (link, at) = stage.server(link, |spec| {
            spec.connect = HostName::parse(&format!("localhost:{}", address.port())).map(Target::Name);
        });
        let client = stage.client(client, at, &["through"], |_| ());
        assert!(!stage.ended(&client).has_failed());
        stage.row("the echo", |row| row.program == client.id() && is_received(row, b"through"));
        stage.stopped(&link);
        stage.stopped(&server);
    }
}

/// A lookup is a call as others are: a person can hold it, and let it go.
#[test]
fn a_lookup_is_held_before_it_is_made() {
    let stage = Stage::new();
    let connect = HostName::parse("localhost:9").map(Target::Name);
    let spec = Spec { connect, ..Spec::new(ProgramKind::TcpClient, "client") };
    let client = socket_lab::program::Program::start_held(spec, None, &stage.trace, None).unwrap();
    assert!(stage.blocked(client.id(), Call::GetAddrInfo).held);
    stage.stopped(&client);
    assert_eq!(stage.calls(client.id()), Vec::<&str>::new(), "what is held when a program is stopped is not done");
}
