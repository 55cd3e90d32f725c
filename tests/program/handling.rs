//! The ways in which a server shares itself among its clients, and what a load measures of each.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::time::Duration;

use bytes::Bytes;
use socket_lab::net::raise_open_files;
use socket_lab::program::{Command, Handling, Load, Phase, Program, ProgramKind, SendTo, Spec, Target};
use socket_lab::trace::load::Loads;
use socket_lab::trace::{Call, Kind, Life};

use super::stage::{LIMIT, Stage, ask, ends, peer, shown};

/// How many clients a server handles at once in each way.
const fn at_once(handling: Handling) -> usize {
    match handling {
        Handling::OneAtATime => 1,
        Handling::ThreadPool => 4,
        Handling::ThreadPerConnection | Handling::ProcessPerConnection | Handling::Readiness => 8,
    }
}

#[test]
fn every_way_serves_the_same_and_is_stopped_with_clients_connected() {
    for handling in Handling::ALL {
        let stage = Stage::new();
        let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = *handling);
        let mut streams = (0..at_once(*handling)).map(|_| peer(address)).collect::<Vec<_>>();
        for (number, stream) in streams.iter_mut().enumerate().rev() {
            assert_eq!(ask(stream, &[number as u8, 7], 2), [number as u8, 7], "{handling}");
        }
        stage.stopped(&server);
        assert!(!server.state().has_failed(), "{handling}: {:?}", server.state());
        let rows = stage.rows();
        let count = |call: Call| rows.iter().filter(|row| row.call() == Some(call) && row.errno().is_none()).count();
        assert_eq!(count(Call::Close), 1 + count(Call::Accept), "{handling}\n{}", shown(&rows));
    }
}

#[test]
fn a_pool_serves_as_many_as_it_has_threads_and_the_next_waits() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.handling, spec.pool_size) = (Handling::ThreadPool, 2));
    let mut streams = [peer(address), peer(address)];
    for stream in &mut streams {
        assert_eq!(ask(stream, b"x", 1), b"x");
    }
    let mut third = peer(address);
    third.write_all(b"y").unwrap();
    third.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    assert!(third.read(&mut [0; 1]).is_err(), "answered while both threads are busy");
    third.set_read_timeout(Some(LIMIT)).unwrap();
    let [first, _second] = streams;
    drop(first);
    assert_eq!(ask(&mut third, b"", 1), b"y");
    let workers = stage
        .rows()
        .iter()
        .filter(|row| matches!(&row.kind, Kind::Life(Life::ThreadStarted { name }) if name.starts_with("worker")))
        .count();
    assert_eq!(workers, 2);
    stage.stopped(&server);
}

#[test]
fn who_does_not_read_makes_nobody_else_wait() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.handling, spec.recv_size) = (Handling::Readiness, 1 << 16));
    let mut deaf = peer(address);
    let sent = (0..8_000_000_u32).map(|number| (number / 3) as u8).collect::<Vec<_>>();
    let writer = {
        let (mut half, sent) = (deaf.try_clone().unwrap(), sent.clone());
        let write = move || {
            half.write_all(&sent).unwrap();
            half.shutdown(Shutdown::Write).unwrap();
        };
        std::thread::Builder::new().name("writer".to_owned()).spawn(write).unwrap()
    };
    stage.row("it has to wait", |row| row.call() == Some(Call::Send) && row.errno().is_some_and(|errno| errno.is("EAGAIN")));
    let mut other = peer(address);
    assert_eq!(ask(&mut other, b"hello", 5), b"hello");
    let mut received = Vec::new();
    deaf.read_to_end(&mut received).unwrap();
    writer.join().unwrap();
    assert!(received == sent, "{} of {} B", received.len(), sent.len());
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
fn a_person_sends_to_and_ends_connections_that_do_not_block() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::Readiness);
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"x", 1), b"x");
    server.command(Command::Send { to: SendTo::All, bytes: Bytes::from_static(b"typed") }).unwrap();
    assert_eq!(ask(&mut stream, b"", 5), b"typed");
    let accepted = stage.row("the connection", |row| row.call() == Some(Call::Recv));
    server.command(Command::Disconnect(accepted.socket.unwrap())).unwrap();
    ends(&mut stream);
    assert_eq!(ask(&mut peer(address), b"next", 4), b"next");
    stage.stopped(&server);
}

fn load(stage: &Stage, server: &Program, load: Load) -> Program {
    let to = server.state().local.and_then(|local| local.ip()).expect("an address");
    stage.start(Spec { connect: Some(Target::Address(to)), load, ..Spec::new(ProgramKind::Load, "load") })
}

#[test]
fn a_load_is_measured_from_the_trace_in_every_way() {
    for handling in Handling::ALL {
        let stage = Stage::new();
        let (server, _) = stage.server(ProgramKind::TcpServer, |spec| (spec.handling, spec.backlog) = (*handling, 64));
        let client = load(&stage, &server, Load { connections: 8, messages: 5, size: 3000, think: Duration::from_millis(1) });
        assert!(!stage.ended(&client).has_failed(), "{handling}: {:?}", client.state());
        stage.stopped(&server);
        let mut loads = Loads::default();
        loads.fold(&stage.rows());
        let measured = loads.all().map(|(_, load)| load.clone()).collect::<Vec<_>>();
        let [load] = measured.as_slice() else { panic!("{measured:?}") };
        assert_eq!((load.connected, load.latencies.total(), load.failed, load.bytes), (8, 40, 0, 8 * 5 * 3000), "{handling}");
        assert_eq!(load.server, Some(server.id()));
        assert!(load.is_over && load.rate().is_some_and(|rate| rate > 1.0));
        let threads = match handling {
            Handling::OneAtATime | Handling::Readiness => load.threads == 1,
            Handling::ThreadPool => load.threads == 5,
            Handling::ThreadPerConnection | Handling::ProcessPerConnection => (2..=9).contains(&load.threads),
        };
        let processes = if *handling == Handling::ProcessPerConnection { load.threads } else { 1 };
        assert_eq!(load.processes, processes, "{handling}");
        assert!(threads, "{handling}: {} threads", load.threads);
    }
}

#[test]
fn a_load_is_stopped_in_the_midst_and_a_server_that_is_not_there_fails_it() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::Readiness);
    let client = load(&stage, &server, Load { connections: 5, messages: 1_000_000, size: 10, think: Duration::from_hours(1) });
    stage.row("an answer", |row| row.program == client.id() && row.call() == Some(Call::Recv) && row.errno().is_none());
    stage.stopped(&client);
    assert!(!client.state().has_failed(), "{:?}", client.state());
    stage.stopped(&server);
    let nobody = stage.start(Spec { connect: Some(Target::Address(address)), ..Spec::new(ProgramKind::Load, "load") });
    let failure = stage.ended(&nobody).failure.expect("a failure");
    assert!(failure.errno.is_some_and(|errno| errno.is("ECONNREFUSED")), "{failure:?}");
}

#[test]
#[ignore = "needs 10 300 open files in each of two processes, and some seconds"]
fn readiness_holds_ten_thousand_connections() {
    const MANY: usize = 10_000;
    let files = raise_open_files(10_300);
    assert!(files.is_none_or(|files| files.now >= 10_300), "this user may not open so many files: {files:?}");
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| (spec.handling, spec.backlog) = (Handling::Readiness, 4096));
    let folder = tempfile::tempdir().unwrap();
    let lab = folder.path().join("load.toml");
    let load = format!("connect = \"{address}\"\nconnections = {MANY}\nmessages = 2\nsize = 16\nthink = \"12s\"");
    std::fs::write(&lab, format!("[[program]]\nname = \"load\"\nkind = \"load\"\n{load}\n")).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_socket-lab"));
    let client = command.arg("run").arg(&lab).args(["--lang", "en"]).stdout(std::process::Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&client.stderr);
    assert!(client.status.success() && told.contains(&format!("{} messages", 2 * MANY)), "{told}");
    server.stop();
    assert!(server.wait(|state| state.phase == Phase::Ended, Duration::from_secs(10)), "{:?}", server.state());
    let (mut open, mut most) = (0_usize, 0);
    for row in stage.rows().iter().filter(|row| row.program == server.id() && row.errno().is_none()) {
        match row.call() {
            Some(Call::Accept) => open += 1,
            Some(Call::Close) => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    assert_eq!(most, MANY, "{told}");
    assert!(!server.state().has_failed(), "{:?}", server.state());
}
