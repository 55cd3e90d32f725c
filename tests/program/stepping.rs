//! Programs whose calls are held before they are made, as the other side sees it.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use socket_lab::program::manual::{Method, Press};
use socket_lab::program::{Command, Data, Handling, Outgoing, Phase, Program, ProgramKind, Spec, Target};
use socket_lab::trace::gate::{Go, Goal};
use socket_lab::trace::{Address, Call, OpenCall, Origin, Record, ThreadId};

use super::stage::{LIMIT, Stage, any, ask, ends, peer, shown};

impl Stage {
    fn start_held(&self, spec: Spec) -> Program {
        Program::start_held(spec, None, &self.trace, None).expect("a program")
    }

    /// Waits until as many calls of the program are held, each of them so.
    fn held(&self, program: &Program, calls: &[Call]) -> Vec<OpenCall> {
        let begin = Instant::now();
        loop {
            let mut held = self.trace.open_calls();
            held.retain(|open| open.held && open.program == program.id());
            if held.iter().map(|open| open.call).eq(calls.iter().copied()) {
                return held;
            }
            assert!(begin.elapsed() < LIMIT, "{held:?} instead of {calls:?}\n{}", shown(&self.rows()));
            std::thread::yield_now();
        }
    }

    /// Holds the program when so many of its threads are in recv.
    fn hold(&self, program: &Program, receiving: usize) {
        let begin = Instant::now();
        let is_one = |open: &OpenCall| open.program == program.id() && open.call == Call::Recv && !open.held;
        while self.trace.open_calls().into_iter().filter(is_one).count() != receiving {
            assert!(begin.elapsed() < LIMIT, "{}", shown(&self.rows()));
            std::thread::yield_now();
        }
        go(program, None, Go::Hold);
    }

    fn made(&self, program: &Program) -> Vec<Call> {
        let own = |row: &&Record| row.program == program.id() && row.origin != Origin::Lab;
        self.rows().iter().filter(own).filter_map(Record::call).collect()
    }
}

fn go(program: &Program, thread: Option<ThreadId>, go: Go) {
    program.command(Command::Step(thread, go)).expect("taken");
}

fn client(to: std::net::SocketAddr) -> Spec {
    let send = vec![Outgoing::new(Data::Text("hello".to_owned()))];
    Spec { connect: Some(Target::Address(to)), send, ..Spec::new(ProgramKind::TcpClient, "client") }
}

fn nothing_came(stream: &mut TcpStream) {
    stream.set_nonblocking(true).unwrap();
    assert_eq!(stream.read(&mut [0; 16]).expect_err("nothing was sent").kind(), ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
}

#[test]
fn what_is_held_is_not_made_and_each_step_is_one_call() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    listener.set_nonblocking(true).unwrap();
    let program = stage.start_held(client(listener.local_addr().unwrap()));
    stage.held(&program, &[Call::Socket]);
    assert!(program.is_stepped() && stage.made(&program).is_empty());
    go(&program, None, Go::Step);
    stage.held(&program, &[Call::Connect]);
    assert_eq!(stage.made(&program), [Call::Socket]);
    assert_eq!(listener.accept().expect_err("nobody has connected").kind(), ErrorKind::WouldBlock);
    go(&program, None, Go::Step);
    stage.held(&program, &[Call::Send]);
    let (mut stream, _) = listener.accept().expect("it has connected");
    stream.set_nonblocking(false).unwrap();
    nothing_came(&mut stream);
    go(&program, None, Go::Step);
    let mut bytes = [0; 5];
    stream.read_exact(&mut bytes).expect("it was sent");
    stage.held(&program, &[Call::Recv]);
    assert_eq!((&bytes, stage.made(&program)), (b"hello", vec![Call::Socket, Call::Connect, Call::Send]));
    go(&program, None, Go::On);
    stream.write_all(b"hello").unwrap();
    drop(stream);
    assert!(!stage.ended(&program).has_failed());
}

#[test]
fn a_server_runs_to_the_next_accept_and_receive() {
    let stage = Stage::new();
    let program = stage.start_held(Spec { bind: Some(any()), ..Spec::new(ProgramKind::TcpServer, "server") });
    stage.held(&program, &[Call::Socket]);
    go(&program, None, Go::To(Goal::Accept));
    stage.held(&program, &[Call::Accept]);
    let address = program.state().local.and_then(|local| local.ip()).expect("it listens");
    let mut stream = peer(address);
    assert!(!stage.made(&program).contains(&Call::Accept));
    go(&program, None, Go::To(Goal::Recv));
    stage.held(&program, &[Call::Recv]);
    stream.write_all(b"hi").unwrap();
    go(&program, None, Go::Step);
    stage.held(&program, &[Call::Send]);
    nothing_came(&mut stream);
    go(&program, None, Go::On);
    let mut bytes = [0; 2];
    stream.read_exact(&mut bytes).expect("the echo");
    assert_eq!(ask(&mut stream, b"again", 5), b"again", "no call is held any more");
    stage.stopped(&program);
}

#[test]
fn a_client_runs_to_the_next_error() {
    let stage = Stage::new();
    let nobody = TcpListener::bind(any()).unwrap().local_addr().unwrap();
    let program = stage.start_held(client(nobody));
    stage.held(&program, &[Call::Socket]);
    go(&program, None, Go::To(Goal::Error));
    stage.held(&program, &[Call::Close]);
    assert_eq!(stage.made(&program), [Call::Socket, Call::Connect]);
    go(&program, None, Go::On);
    assert!(stage.ended(&program).has_failed());
}

#[test]
fn stopping_makes_no_call_that_is_held() {
    let stage = Stage::new();
    let (program, address) = stage.server(ProgramKind::TcpServer, |_| {});
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"hello", 5), b"hello");
    stage.hold(&program, 1);
    stream.write_all(b"more").unwrap();
    stage.held(&program, &[Call::Send]);
    stage.stopped(&program);
    ends(&mut stream);
    assert_eq!(program.state().failure, None);
}

/// Whatever kind it is: it ends at once, has not failed, and has made no call.
#[test]
fn every_kind_stops_while_its_first_call_is_held() {
    let folder = tempfile::tempdir().expect("a folder");
    for kind in ProgramKind::ALL.iter().copied() {
        let stage = Stage::new();
        let path = Address::Path(folder.path().join(kind.name()).to_str().unwrap().into());
        let mut spec =
            Spec { bind: Some(any()), connect: Some(Target::Address("127.0.0.1:9".parse().unwrap())), ..Spec::new(kind, "program") };
        if kind.is_unix() {
            (spec.path, spec.bind, spec.connect) = (Some(path.clone()), None, Some(Target::Unix(path)));
        }
        spec.tftp.root = Some(folder.path().to_path_buf());
        spec.tftp.get = (kind == ProgramKind::TftpClient).then(|| "a".to_owned());
        spec.http.root = Some(folder.path().to_path_buf());
        if kind == ProgramKind::Manual {
            spec.calls = vec![Press::new("s", Method::Socket)];
        }
        let program = stage.start_held(spec);
        let begin = Instant::now();
        while !stage.trace.open_calls().iter().any(|open| open.held) && program.state().phase != Phase::Ended {
            assert!(begin.elapsed() < LIMIT, "{kind}: {:?}", program.state());
            std::thread::yield_now();
        }
        assert_ne!(program.state().phase, Phase::Ended, "{kind}: {:?}", program.state());
        program.stop();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{kind}: {:?}", program.state());
        assert_eq!((program.state().failure, stage.made(&program)), (None, vec![]), "{kind}");
    }
}

#[test]
fn one_thread_steps_while_another_is_held() {
    let stage = Stage::new();
    let (program, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let mut streams = [peer(address), peer(address)];
    for stream in &mut streams {
        assert_eq!(ask(stream, b"a", 1), b"a");
    }
    stage.hold(&program, 2);
    for stream in &mut streams {
        stream.write_all(b"b").unwrap();
    }
    let held = stage.held(&program, &[Call::Send, Call::Send]);
    go(&program, Some(held[1].thread), Go::On);
    let other = stage.held(&program, &[Call::Send]);
    assert_eq!(other[0].thread, held[0].thread);
    let answered = |stream: &mut TcpStream| {
        stream.set_nonblocking(true).unwrap();
        let came = stream.read(&mut [0; 4]).is_ok();
        stream.set_nonblocking(false).unwrap();
        came
    };
    let begin = Instant::now();
    let came = loop {
        let came = streams.each_mut().map(answered);
        if came.contains(&true) || begin.elapsed() > LIMIT {
            break came;
        }
    };
    assert_eq!(came.iter().filter(|came| **came).count(), 1, "the other's answer is held");
    let free = came.iter().position(|came| *came).unwrap();
    assert_eq!(ask(&mut streams[free], b"c", 1), b"c", "its thread runs on");
    nothing_came(&mut streams[1 - free]);
    stage.stopped(&program);
}

#[test]
fn a_connection_that_is_held_can_be_ended() {
    let stage = Stage::new();
    let (program, address) = stage.server(ProgramKind::TcpServer, |_| {});
    let mut stream = peer(address);
    assert_eq!(ask(&mut stream, b"a", 1), b"a");
    stage.hold(&program, 1);
    stream.write_all(b"b").unwrap();
    let held = stage.held(&program, &[Call::Send]);
    program.command(Command::Disconnect(held[0].socket.unwrap())).expect("taken");
    // What was held is not made; the close that ends the connection is held in its turn.
    stage.held(&program, &[Call::Close]);
    go(&program, None, Go::Step);
    ends(&mut stream);
    stage.stopped(&program);
    assert_eq!(program.state().failure, None);
}
