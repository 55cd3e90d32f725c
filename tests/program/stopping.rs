//! How programs end: at once, wherever they block, and without a trace on the machine.

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use socket_lab::program::{Data, Handling, Outgoing, Phase, Program, ProgramKind};
use socket_lab::trace::{Call, Kind, Life, Origin, Value};

use super::stage::{LIMIT, Stage, any, ask, ends, option, peer};

fn stop_in(stage: &Stage, program: &Program, call: Call) {
    stage.blocked(program.id(), call);
    let took = stage.stopped(program);
    assert!(!program.state().has_failed(), "{:?}", program.state());
    assert!(program.state().lingering.is_empty());
    assert!(took < Duration::from_secs(1), "blocked in {call}: {took:?}");
}

#[test]
fn a_server_blocked_in_accept_recv_or_recvfrom_stops() {
    let stage = Stage::new();
    for handling in Handling::ALL {
        let (server, _) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = *handling);
        stop_in(&stage, &server, if *handling == Handling::Readiness { Call::EpollWait } else { Call::Accept });
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = *handling);
        let _streams = [peer(address), peer(address), peer(address)];
        stop_in(&stage, &server, if *handling == Handling::Readiness { Call::EpollWait } else { Call::Recv });
    }
    let (server, _) = stage.server(ProgramKind::UdpServer, |_| ());
    stop_in(&stage, &server, Call::RecvFrom);
}

#[test]
fn a_client_blocked_in_recv_or_recvfrom_or_idle_stops() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |_| ());
    stop_in(&stage, &client, Call::Recv);
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.reply = socket_lab::program::Reply::None);
    let client = stage.client(ProgramKind::UdpClient, address, &["x"], |_| ());
    stop_in(&stage, &client, Call::RecvFrom);
    let idle = stage.client(ProgramKind::UdpClient, address, &[], |_| ());
    assert!(idle.wait(|state| state.phase == Phase::Ready, LIMIT));
    stage.stopped(&idle);
    let between = stage.client(ProgramKind::UdpClient, address, &["x"], |spec| {
        spec.send[0] = Outgoing { repeat: 2, every: Duration::from_hours(1), wait_reply: false, ..spec.send[0].clone() };
    });
    stage.row("the first datagram", |row| row.program == between.id() && row.call() == Some(Call::SendTo));
    stage.stopped(&between);
    stage.stopped(&server);
}

/// A listener whose queue is full: a connect to it neither succeeds nor fails.
fn full_queue() -> (socket2::Socket, Vec<socket2::Socket>, SocketAddr) {
    use socket2::{Domain, Socket, Type};
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    listener.bind(&any().into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let clients = (0..4).map(|_| {
        let client = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        client.set_nonblocking(true).unwrap();
        client.connect(&address).ok();
        client
    });
    let clients = clients.collect();
    (listener, clients, address.as_socket().unwrap())
}

#[test]
fn a_client_blocked_in_connect_stops() {
    let stage = Stage::new();
    let (_listener, _clients, address) = full_queue();
    for limit in [None, Some(Duration::from_mins(1))] {
        let client = stage.client(ProgramKind::TcpClient, address, &["x"], |spec| spec.connect_timeout = limit);
        stop_in(&stage, &client, if limit.is_some() { Call::Poll } else { Call::Connect });
    }
}

#[test]
fn a_connect_timeout_is_a_failure_that_says_how_long() {
    let stage = Stage::new();
    let (_listener, _clients, address) = full_queue();
    let client = stage.client(ProgramKind::TcpClient, address, &["x"], |spec| spec.connect_timeout = Some(Duration::from_millis(50)));
    assert!(stage.ended(&client).failure.unwrap().errno.unwrap().is("ETIMEDOUT"));
}

#[test]
fn programs_blocked_in_send_stop() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |spec| {
        spec.send = vec![Outgoing::new(Data::Hex(vec![0; 30_000_000]))];
    });
    let (_silent, _) = listener.accept().unwrap();
    stop_in(&stage, &client, Call::Send);

    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        spec.reply = socket_lab::program::Reply::Fixed(Data::Hex(vec![0; 30_000_000]));
    });
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"much", 1), [0]);
    stop_in(&stage, &server, Call::Send);
}

#[test]
fn stopping_puts_nothing_on_the_wire_but_the_close_as_configured() {
    let stage = Stage::new();
    for (linger, ends_orderly) in [(None, true), (Some(0), false)] {
        let (server, address) =
            stage.server(ProgramKind::TcpServer, |spec| spec.options = vec![option("SO_LINGER", Value::Linger(linger))]);
        let mut stream = peer(address);
        assert_eq!(ask(&mut stream, b"x", 1), b"x");
        stop_in(&stage, &server, Call::Recv);
        assert_eq!(stream.read(&mut [0; 8]).is_ok_and(|count| count == 0), ends_orderly, "{linger:?}");
        let lab = stage.rows().into_iter().filter(|row| row.program == server.id() && row.origin == Origin::Lab);
        let calls = lab.filter_map(|row| row.call()).collect::<Vec<_>>();
        assert!(calls.contains(&Call::Shutdown) && calls.iter().filter(|call| **call == Call::Close).count() == 2, "{calls:?}");
    }
}

#[test]
fn a_server_starts_again_on_the_same_port() {
    let stage = Stage::new();
    let mut address = any();
    for _ in 0..5 {
        let (server, now) = stage.server(ProgramKind::TcpServer, |spec| {
            spec.bind = Some(address);
            spec.options = vec![option("SO_REUSEADDR", Value::Flag(true))];
        });
        assert!(address.port() == 0 || address == now);
        address = now;
        // The server closes first: its side goes into TIME_WAIT.
        let mut stream = peer(address);
        assert_eq!(ask(&mut stream, b"x", 1), b"x");
        stage.stopped(&server);
        ends(&mut stream);
    }
}

#[test]
fn every_thread_and_the_program_end_in_the_trace() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let _stream = peer(address);
    stage.blocked(server.id(), Call::Recv);
    server.stop();
    server.stop();
    stage.ended(&server);
    let rows = stage.rows();
    let count = |is: fn(&Life) -> bool| rows.iter().filter(|row| matches!(&row.kind, Kind::Life(life) if is(life))).count();
    assert_eq!(count(|life| matches!(life, Life::ProgramStarted { .. })), 1);
    assert_eq!(count(|life| matches!(life, Life::ProgramEnded)), 1);
    // The server's own, one connection, and the one that stopped them.
    assert_eq!(count(|life| matches!(life, Life::ThreadStarted { .. })), 3);
    assert_eq!(count(|life| matches!(life, Life::ThreadEnded)), 3);
    assert_eq!(rows.last().map(|row| &row.kind), Some(&Kind::Life(Life::ProgramEnded)));
}

#[test]
fn a_dropped_program_stops() {
    let stage = Stage::new();
    let (server, _) = stage.server(ProgramKind::UdpServer, |_| ());
    let id = server.id();
    drop(server);
    stage.row("the end", |row| row.program == id && row.kind == Kind::Life(Life::ProgramEnded));
}

#[test]
fn a_thread_that_cannot_be_woken_is_shown_until_it_ends() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    // Its close waits for as long as the peer does not read.
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |spec| {
        spec.options = vec![option("SO_LINGER", Value::Linger(Some(60)))];
        spec.send = vec![Outgoing::new(Data::Hex(vec![0; 30_000_000]))];
    });
    let (mut silent, _) = listener.accept().unwrap();
    stage.blocked(client.id(), Call::Send);
    client.stop();
    assert!(client.wait(|state| state.lingering == ["client"], LIMIT), "{:?}", client.state());
    assert_eq!(client.state().phase, Phase::Stopping);
    let mut sink = Vec::new();
    silent.read_to_end(&mut sink).ok();
    let state = stage.ended(&client);
    assert!(state.lingering.is_empty() && !state.has_failed(), "{state:?}");
}
