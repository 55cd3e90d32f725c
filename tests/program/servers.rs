//! What servers answer, and what they survive.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use socket_lab::program::{Data, Handling, Phase, Program, ProgramKind, Remote, Reply};
use socket_lab::trace::{Call, Flags, Kind, Life, Origin, Outcome, Record, Value};

use super::stage::{Stage, ask, ask_datagram, datagram_peer, ends, is_received, is_told, option, peer, timeout};

/// Every reply with a message and what it answers; none where a person answers or nobody does.
fn replies() -> Vec<(Reply, &'static str, Option<&'static str>)> {
    vec![
        (Reply::Echo, "hello", Some("hello")),
        (Reply::Upper, "héllo", Some("HéLLO")),
        (Reply::Reverse, "再见 ab", Some("ba 见再")),
        (Reply::Fixed(Data::Text("i am udp,i got it".to_owned())), "x", Some("i am udp,i got it")),
        (Reply::Time { format: String::new() }, "100%%", Some("100%")),
        (Reply::Command(Remote::default()), "whoami --no-such-option-%\0", Some("The command line holds a NUL: it is refused.\n")),
        (Reply::Manual, "x", None),
        (Reply::None, "x", None),
    ]
}

#[test]
fn every_reply_is_given_over_tcp_and_udp() {
    let stage = Stage::new();
    for (reply, message, answer) in replies() {
        let (tcp, address) = stage.server(ProgramKind::TcpServer, |spec| spec.reply = reply.clone());
        let mut stream = peer(address);
        match answer {
            Some(answer) => assert_eq!(ask(&mut stream, message.as_bytes(), answer.len()), answer.as_bytes(), "{reply:?}"),
            None => stream.write_all(message.as_bytes()).unwrap(),
        }
        stream.shutdown(Shutdown::Write).unwrap();
        ends(&mut stream);
        stage.stopped(&tcp);
        assert!(!tcp.state().has_failed(), "{:?}", tcp.state());

        let (udp, address) = stage.server(ProgramKind::UdpServer, |spec| spec.reply = reply.clone());
        let socket = datagram_peer();
        if let Some(answer) = answer {
            assert_eq!(ask_datagram(&socket, address, message.as_bytes()), answer.as_bytes(), "{reply:?}");
        } else {
            socket.send_to(message.as_bytes(), address).unwrap();
            stage.row("the datagram", |row| row.program == udp.id() && row.call() == Some(Call::RecvFrom));
            stage.blocked(udp.id(), Call::RecvFrom);
        }
        stage.stopped(&udp);
        assert_eq!(stage.calls(udp.id()).contains(&"sendto"), answer.is_some());
        assert!(!udp.state().has_failed(), "{:?}", udp.state());
    }
}

#[test]
fn one_at_a_time_lets_the_second_client_wait() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let mut first = peer(address);
    assert_eq!(ask(&mut first, b"one", 3), b"one");
    let mut second = peer(address);
    second.write_all(b"two").unwrap();
    second.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    assert!(second.read(&mut [0; 8]).is_err(), "answered while another is served");
    drop(first);
    second.set_read_timeout(Some(super::stage::LIMIT)).unwrap();
    assert_eq!(ask(&mut second, b"", 3), b"two");
    stage.stopped(&server);
}

#[test]
fn thread_per_connection_serves_all_at_once_and_keeps_no_finished_thread() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let mut streams = (0..8).map(|_| peer(address)).collect::<Vec<_>>();
    for (number, stream) in streams.iter_mut().enumerate().rev() {
        assert_eq!(ask(stream, &[number as u8], 1), [number as u8]);
    }
    let names = stage.rows().into_iter().filter_map(|row| match row.kind {
        Kind::Life(Life::ThreadStarted { name }) if name.starts_with("connection") => Some((name, row.thread)),
        _ => None,
    });
    assert_eq!(names.clone().count(), 8);
    drop(streams);
    for (_, thread) in names {
        stage.row("the end of a thread", |row| row.thread == thread && row.kind == Kind::Life(Life::ThreadEnded));
    }
    stage.stopped(&server);
}

#[test]
fn a_thousand_clients_come_and_go() {
    let stage = Stage::new();
    for handling in Handling::ALL {
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = *handling);
        // A process takes a thousand times as long to start as a thread.
        let clients = if *handling == Handling::ProcessPerConnection { 50 } else { 1000 };
        for _ in 0..clients {
            let mut stream = peer(address);
            assert_eq!(ask(&mut stream, b"x", 1), b"x");
        }
        stage.stopped(&server);
        assert!(!server.state().has_failed());
        let count = |life: fn(&Life) -> bool| {
            let is = |row: &&Record| row.program == server.id() && matches!(&row.kind, Kind::Life(told) if life(told));
            stage.rows().iter().filter(is).count()
        };
        let started = count(|life| matches!(life, Life::ThreadStarted { .. }));
        assert_eq!(started, count(|life| matches!(life, Life::ThreadEnded)));
        assert_eq!(started >= clients, matches!(handling, Handling::ThreadPerConnection | Handling::ProcessPerConnection));
    }
}

#[test]
fn the_stop_word_ends_its_connection_unanswered_and_only_exactly() {
    let stage = Stage::new();
    for handling in Handling::ALL {
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
            spec.stop_word = Some("q".to_owned());
            spec.handling = *handling;
        });
        let mut stream = peer(address);
        assert_eq!(ask(&mut stream, b"Q", 1), b"Q");
        assert_eq!(ask(&mut stream, b"qq", 2), b"qq");
        stream.write_all(b"q").unwrap();
        ends(&mut stream);
        assert_eq!(ask(&mut peer(address), b"next", 4), b"next");
        stage.stopped(&server);
    }
}

#[test]
fn an_empty_datagram_is_a_message_unless_it_is_the_stop_word() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let socket = datagram_peer();
    assert_eq!(ask_datagram(&socket, address, b""), b"");
    assert_eq!(ask_datagram(&socket, address, b"still here"), b"still here");
    stage.stopped(&server);

    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.stop_word = Some(String::new()));
    assert_eq!(ask_datagram(&socket, address, b"x"), b"x");
    socket.send_to(b"", address).unwrap();
    assert!(!stage.ended(&server).has_failed());
}

#[test]
fn the_time_server_answers_a_bad_format_in_words_and_goes_on() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.reply = Reply::Time { format: String::new() });
    let socket = datagram_peer();
    assert_eq!(ask_datagram(&socket, address, b"").len(), "2026-11-20 19:56:14".len());
    let answer = String::from_utf8(ask_datagram(&socket, address, b"%!")).unwrap();
    assert!(answer.contains("%!") && answer.contains("%Y-%m-%d %X"), "{answer}");
    assert_eq!(ask_datagram(&socket, address, b"%Y").len(), 4);
    stage.row("what it told", |row| is_told(row, "program-told-bad-format"));
    stage.stopped(&server);
}

#[test]
fn text_that_is_no_utf8_is_reversed_and_told() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.reply = Reply::Reverse);
    assert_eq!(ask_datagram(&datagram_peer(), address, b"a\xffb"), b"b\xffa");
    stage.row("what it told", |row| is_told(row, "program-told-not-utf8"));
    stage.stopped(&server);
}

#[test]
fn a_receive_size_of_one_byte_takes_as_many_receives() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.recv_size = 1);
    assert_eq!(ask(&mut peer(address), b"hello", 5), b"hello");
    stage.stopped(&server);
    let received = |row: &&Record| row.call() == Some(Call::Recv) && row.outcome == Outcome::Ok(1);
    assert_eq!(stage.rows().iter().filter(received).count(), 5);
}

#[test]
fn the_largest_datagrams_pass_and_longer_ones_than_the_buffer_are_told() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.recv_size = 65_507);
    let socket = datagram_peer();
    let largest = (0..65_507_u32).map(|number| number as u8).collect::<Vec<_>>();
    assert_eq!(ask_datagram(&socket, address, &largest), largest);
    stage.stopped(&server);

    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.recv_size = 4);
    assert_eq!(ask_datagram(&socket, address, b"0123456789"), b"0123");
    stage.row("what it told", |row| is_told(row, "program-told-truncated"));
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

fn reset(stream: &TcpStream) {
    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
}

#[test]
fn a_reset_by_one_peer_fails_no_server() {
    let stage = Stage::new();
    for handling in Handling::ALL {
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = *handling);
        let mut stream = peer(address);
        assert_eq!(ask(&mut stream, b"x", 1), b"x");
        stage.blocked(server.id(), if *handling == Handling::Readiness { Call::EpollWait } else { Call::Recv });
        reset(&stream);
        drop(stream);
        stage.row("the reset", |row| row.program == server.id() && row.errno().is_some_and(|errno| errno.is("ECONNRESET")));
        // One that is reset while it still waits in the queue.
        let mut holder = peer(address);
        let queued = peer(address);
        reset(&queued);
        drop(queued);
        assert_eq!(ask(&mut holder, b"y", 1), b"y");
        drop(holder);
        assert_eq!(ask(&mut peer(address), b"z", 1), b"z");
        stage.stopped(&server);
        assert!(!server.state().has_failed(), "{:?}", server.state());
    }
}

#[test]
fn a_port_in_use_is_a_failure_that_names_call_address_and_errno() {
    let stage = Stage::new();
    let (first, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let fails = |expect: &[&str]| -> Program {
        let mut spec = socket_lab::program::Spec::new(ProgramKind::TcpServer, "second");
        spec.bind = Some(address);
        spec.expect = expect.iter().map(|name| (*name).to_owned()).collect();
        stage.start(spec)
    };
    let second = fails(&[]);
    let failure = stage.ended(&second).failure.expect("a failure");
    assert!(failure.errno.unwrap().is("EADDRINUSE"));
    let message = failure.message.to_string();
    assert!(message.contains(&format!("bind({address})")) && message.contains("EADDRINUSE"), "{message}");
    assert!(!stage.ended(&fails(&["EADDRINUSE"])).has_failed());
    assert_eq!(first.state().phase, Phase::Ready);
    stage.stopped(&first);
}

#[test]
fn a_silent_peer_is_let_go_after_the_receive_timeout() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.options = vec![timeout(50)]);
    ends(&mut peer(address));
    stage.row("what it told", |row| is_told(row, "program-told-silent"));
    stage.row("accept's own timeout", |row| is_told(row, "program-told-waiting-again"));
    assert_eq!(ask(&mut peer(address), b"x", 1), b"x");
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
fn options_are_set_before_bind_and_read_back_by_the_lab() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        spec.options = vec![option("SO_REUSEADDR", Value::Flag(true)), option("SO_RCVBUF", Value::Int(4096))];
    });
    assert_eq!(ask(&mut peer(address), b"x", 1), b"x");
    stage.stopped(&server);
    assert_eq!(stage.calls(server.id())[..5], ["socket", "setsockopt", "setsockopt", "bind", "listen"]);
    stage.row("what the kernel made of it", |row| {
        row.call() == Some(Call::GetSockOpt) && matches!(&row.outcome, Outcome::Value(value) if matches!(**value, Value::Int(4096..)))
    });
}

#[test]
fn a_server_on_all_addresses_learns_which_one_was_asked() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.bind = Some(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))));
    assert!(address.ip().is_unspecified());
    let asked = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()));
    assert_eq!(ask(&mut peer(asked), b"x", 1), b"x");
    let row = stage
        .row("the address", |row| row.call() == Some(Call::GetSockName) && row.outcome == Outcome::Address(asked.into(), Flags::default()));
    assert_eq!(row.origin, Origin::Lab);
    stage.stopped(&server);
}

#[test]
fn servers_and_clients_speak_ipv6() {
    let loopback = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    if TcpListener::bind(loopback).is_err() {
        // A machine without IPv6.
        return;
    }
    let stage = Stage::new();
    for (server, client) in [(ProgramKind::TcpServer, ProgramKind::TcpClient), (ProgramKind::UdpServer, ProgramKind::UdpClient)] {
        let (server, address) = stage.server(server, |spec| spec.bind = Some(loopback));
        assert!(address.is_ipv6());
        let client = stage.client(client, address, &["six"], |_| ());
        assert!(!stage.ended(&client).has_failed(), "{:?}", client.state());
        stage.row("the echo", |row| row.program == client.id() && is_received(row, b"six"));
        assert_eq!(client.state().local.and_then(|local| local.ip()).map(|local| local.is_ipv6()), Some(true));
        stage.stopped(&server);
    }
}
