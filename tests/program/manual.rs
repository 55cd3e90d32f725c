//! A program that is driven by hand: scripts, threads that block, what a person presses, and the hints held against the kernel.

use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use socket_lab::net::option::by_name;
use socket_lab::program::manual::{Hint, Method, Press, hint};
use socket_lab::program::{Command, Data, HostName, Phase, Program, ProgramKind, Spec, Target};
use socket_lab::trace::stages::{Stage as Way, Stages};
use socket_lab::trace::{Call, Family, How, MessageFlag, Origin, Outcome, Record, Request, SocketId, SocketType, Value};

use crate::stage::{LIMIT, Stage, any, is_told, shown};

fn press(socket: &str, call: Method) -> Press {
    Press::new(socket, call)
}

fn at(socket: &str, call: Method, address: SocketAddr) -> Press {
    Press { address: Some(Target::Address(address)), ..press(socket, call) }
}

/// At a socket of the same program.
fn own(socket: &str, call: Method, of: &str) -> Press {
    Press { address: Some(Target::Program(of.to_owned())), ..press(socket, call) }
}

fn made(socket: &str, kind: SocketType) -> Press {
    Press { kind, ..press(socket, Method::Socket) }
}

fn stream(socket: &str) -> Press {
    made(socket, SocketType::Stream)
}

fn by(thread: u32, press: Press) -> Press {
    Press { thread, ..press }
}

fn listening(socket: &str) -> [Press; 3] {
    [stream(socket), at(socket, Method::Bind, any()), press(socket, Method::Listen)]
}

/// Two ends of a connection: `c`, and `a` that `l` has accepted.
fn connected() -> Vec<Press> {
    let accept = Press { made: Some("a".to_owned()), ..press("l", Method::Accept) };
    [&listening("l")[..], &[stream("c"), own("c", Method::Connect, "l"), accept]].concat()
}

fn spec(calls: Vec<Press>, expect: &[&str]) -> Spec {
    let expect = expect.iter().map(|name| (*name).to_owned()).collect();
    Spec { calls, expect, ..Spec::new(ProgramKind::Manual, "hand") }
}

impl Stage {
    fn by_hand(&self) -> Program {
        self.ready(spec(Vec::new(), &[])).0
    }

    fn press(&self, program: &Program, press: Press) {
        // A call that returns between the two is seen in both.
        let seen = || {
            let open = self.trace.open_calls().into_iter().filter(|open| open.origin == Origin::Person).map(|open| (open.thread, open.t0));
            let mut seen = open.collect::<BTreeSet<_>>();
            seen.extend(self.rows().iter().filter(|row| row.origin == Origin::Person).map(|row| (row.thread, row.t0)));
            seen.len()
        };
        let before = seen();
        program.command(Command::Press(Box::new(press))).expect("taken");
        // It is made, or blocks, or cannot be made.
        let begin = std::time::Instant::now();
        while seen() <= before {
            assert!(begin.elapsed() < LIMIT, "nothing came of it");
            std::thread::yield_now();
        }
    }

    /// Waits until this row of the program's is there.
    fn of(&self, program: &Program, call: Call, is: impl Fn(&Record) -> bool) -> Record {
        self.row(call.name(), |row| row.program == program.id() && row.call() == Some(call) && row.origin != Origin::Lab && is(row))
    }
}

fn named(program: &Program, name: &str) -> SocketId {
    program.state().by_hand.iter().find(|(known, _)| known == name).expect(name).1
}

#[test]
fn a_script_runs_by_itself_and_the_program_ends_with_it() {
    let stage = Stage::new();
    let send = Press { data: Data::Text("hello".to_owned()), ..press("c", Method::SendAll) };
    let recv = Press { size: 3, ..press("a", Method::Recv) };
    let calls = [connected(), vec![send, recv.clone(), recv, press("c", Method::Close)]].concat();
    let program = stage.start(spec(calls, &[]));
    let state = stage.ended(&program);
    assert_eq!(state.failure, None, "{}", shown(&stage.rows()));
    let expected = ["socket", "bind", "listen", "socket", "connect", "accept", "send", "recv", "recv", "close"];
    assert_eq!(stage.calls(program.id()), expected);
    let closes = stage.rows().iter().filter(|row| row.call() == Some(Call::Close)).map(|row| row.origin).collect::<Vec<_>>();
    assert_eq!(closes, [Origin::Program, Origin::Lab, Origin::Lab], "what is left is closed");
    let threads = stage.trace.store().names();
    assert!(threads.threads().any(|name| **name == *"thread 1") && !threads.threads().any(|name| **name == *"thread 2"));
}

/// A name is looked up by the thread that makes the call, as Python does it, and its first address is taken.
#[test]
fn a_call_takes_the_name_of_a_computer() {
    let stage = Stage::new();
    let listener = std::net::TcpListener::bind(any()).unwrap();
    let port = listener.local_addr().unwrap().port();
    let name = |socket: &str, call, at: &str| Press { address: HostName::parse_own(at).map(Target::Name), ..press(socket, call) };
    let calls = vec![stream("c"), name("c", Method::Bind, "localhost:0"), by(2, name("c", Method::Connect, &format!("localhost:{port}")))];
    let program = stage.start(spec(calls, &[]));
    assert_eq!(stage.ended(&program).failure, None, "{}", shown(&stage.rows()));
    listener.accept().expect("it has connected");
    assert_eq!(stage.calls(program.id()), ["socket", "getaddrinfo", "bind", "getaddrinfo", "connect"]);
    let rows = stage.rows();
    let threads = |call: Call| rows.iter().filter(|row| row.call() == Some(call)).map(|row| row.thread).collect::<Vec<_>>();
    let (lookups, connects) = (threads(Call::GetAddrInfo), threads(Call::Connect));
    assert!(lookups[0] != lookups[1] && lookups[1..] == connects[..], "{}", shown(&rows));
    // A Unix socket knows no names of computers.
    let unix = Press { family: Family::Unix, ..stream("u") };
    let program = stage.start(spec(vec![unix, name("u", Method::Connect, "localhost:9")], &[]));
    let failure = stage.ended(&program).failure.expect("a failure");
    assert_eq!((failure.message.key(), stage.calls(program.id())), ("program-manual-unix-name", vec!["socket"]));
}

/// A call that blocks holds up its own thread and no other, and what it makes is waited for.
#[test]
fn a_thread_that_blocks_holds_up_nobody_else() {
    let stage = Stage::new();
    let accept = Press { made: Some("a".to_owned()), ..press("l", Method::Accept) };
    let calls = [
        &listening("l")[..],
        &[accept, by(2, stream("c")), by(2, own("c", Method::Connect, "l")), by(3, press("a", Method::Recv))],
        &[by(2, press("c", Method::SendAll)), press("a", Method::GetPeerName)],
    ]
    .concat();
    let program = stage.start(spec(calls, &[]));
    assert_eq!(stage.ended(&program).failure, None, "{}", shown(&stage.rows()));
    let recv = stage.of(&program, Call::Recv, |_| true);
    assert_eq!(recv.moved(), Some(5));
    let accept = stage.of(&program, Call::Accept, |_| true);
    let connect = stage.of(&program, Call::Connect, |_| true);
    assert!(accept.t0 < connect.t0 && accept.thread != connect.thread && recv.thread != accept.thread);
}

#[test]
fn what_fails_fails_the_program_where_it_is_not_expected() {
    let stage = Stage::new();
    let calls = || vec![stream("s"), press("s", Method::Recv), press("s", Method::GetSockName)];
    let failed = stage.ended(&stage.start(spec(calls(), &[])));
    assert_eq!(failed.failure.and_then(|failure| failure.errno).map(|errno| errno.name()).as_deref(), Some("ENOTCONN"));
    let expected = stage.start(spec(calls(), &["ENOTCONN"]));
    assert_eq!(stage.ended(&expected).failure, None);
    assert_eq!(stage.calls(expected.id()), ["socket", "recv", "getsockname"], "it goes on all the same");
    let nobody = stage.start(spec(vec![stream("s"), own("s", Method::Connect, "nobody")], &[]));
    assert!(stage.ended(&nobody).failure.is_some());
    let told = stage.row("no address", |row| is_told(row, "program-manual-no-address"));
    assert_eq!(told.program, nobody.id());
    let refused = {
        let closed = std::net::TcpListener::bind(any()).expect("a port").local_addr().expect("an address");
        stage.start(spec(vec![stream("s"), at("s", Method::ConnectEx, closed)], &[]))
    };
    assert_eq!(stage.ended(&refused).failure, None, "connect_ex raises nothing");
    stage.row("the number", |row| row.program == refused.id() && is_told(row, "program-manual-connect-ex"));
}

/// What the issue asks: socket, listen, accept by hand; the thread is seen blocked, and returns when somebody connects.
#[test]
fn a_person_presses_and_a_stranger_connects() {
    let stage = Stage::new();
    let program = stage.by_hand();
    for one in listening("s") {
        stage.press(&program, one);
    }
    stage.press(&program, press("s", Method::Accept));
    let open = stage.blocked(program.id(), Call::Accept);
    assert_eq!(open.origin, Origin::Person);
    let address = program.state().local.and_then(|local| local.ip()).expect("it listens");
    let _client = TcpStream::connect(address).expect("connected");
    let row = stage.of(&program, Call::Accept, |_| true);
    assert!(matches!(row.outcome, Outcome::Socket(..)), "{row:?}");
    assert!(program.wait(|state| state.by_hand.len() == 2, LIMIT));
    assert_eq!(named(&program, "s-2"), SocketId(2));
    assert!(stage.stopped(&program) < Duration::from_millis(1500));
    assert_eq!(program.state().failure, None);
}

#[test]
fn who_blocks_is_woken_and_two_threads_share_a_socket() {
    let stage = Stage::new();
    let program = stage.by_hand();
    for one in connected() {
        stage.press(&program, one);
    }
    for thread in [2, 3] {
        stage.press(&program, by(thread, press("a", Method::Recv)));
    }
    let open = stage.trace.open_calls();
    assert_eq!(open.iter().filter(|open| open.call == Call::Recv).count(), 2, "both are in recv");
    program.command(Command::Wake(stage.blocked(program.id(), Call::Recv).thread)).expect("taken");
    let woken = stage.of(&program, Call::Recv, |_| true);
    assert_eq!((woken.outcome, program.state().failure), (Outcome::Ok(0), None));
    assert!(stage.stopped(&program) < Duration::from_millis(1500));
}

/// close does not wake on Linux; what was given up can still be woken, and a stop gets through.
#[test]
fn a_socket_that_is_closed_under_a_call_is_told_and_stopped() {
    let stage = Stage::new();
    let program = stage.by_hand();
    for one in connected() {
        stage.press(&program, one);
    }
    stage.press(&program, by(2, press("a", Method::Recv)));
    stage.blocked(program.id(), Call::Recv);
    stage.press(&program, press("a", Method::Close));
    stage.row("close waits", |row| is_told(row, "program-manual-close-waits"));
    stage.press(&program, press("a", Method::GetSockName));
    assert!(stage.stopped(&program) < Duration::from_millis(1500));
    let close = stage.rows().into_iter().filter(|row| row.call() == Some(Call::Close) && row.socket == Some(named_in(&stage, "recv")));
    assert_eq!(close.count(), 1);
}

fn named_in(stage: &Stage, call: &str) -> SocketId {
    stage.rows().iter().find(|row| row.call().is_some_and(|made| made.name() == call)).and_then(|row| row.socket).expect("a socket")
}

/// `CPython`: a socket with a timeout does not block, and each call waits in poll first.
#[test]
fn a_timeout_of_python_is_a_poll_before_each_call() {
    let stage = Stage::new();
    let limit = Press { timeout: Some(Duration::from_millis(30)), ..press("a", Method::SetTimeout) };
    let calls = [connected(), vec![limit, press("a", Method::Recv), press("c", Method::Send), press("a", Method::Recv)]].concat();
    let program = stage.start(spec([calls, vec![press("a", Method::GetTimeout)]].concat(), &[]));
    assert_eq!(stage.ended(&program).failure, None);
    let calls = stage.calls(program.id());
    assert_eq!(calls[6..], ["settimeout", "set_nonblocking", "poll", "send", "poll", "recv", "gettimeout"]);
    stage.row("TimeoutError", |row| is_told(row, "program-manual-timed-out"));
    let kept = stage.of(&program, Call::GetTimeout, |_| true);
    assert_eq!(kept.outcome, Outcome::Value(Value::Time(Some(Duration::from_millis(30))).into()));
}

#[test]
fn lines_are_read_out_of_receives() {
    let stage = Stage::new();
    let send = Press { data: Data::Text("one\ntwo\nrest".to_owned()), ..press("c", Method::Send) };
    let line = || press("a", Method::MakeFile);
    let calls = [connected(), vec![send, line(), line(), press("c", Method::Close), line(), line()]].concat();
    let program = stage.start(spec(calls, &[]));
    assert_eq!(stage.ended(&program).failure, None);
    let told = stage.rows().iter().filter(|row| is_told(row, "program-manual-line")).count();
    let receives = stage.rows().iter().filter(|row| row.call() == Some(Call::Recv)).map(|row| row.moved()).collect::<Vec<_>>();
    assert_eq!((told, receives), (4, vec![Some(12), Some(0), Some(0)]), "two lines are in one receive");
}

/// Every method of the tutorials' table is made on a real socket, and leaves the rows it says it is made of.
#[test]
fn every_method_is_made() {
    let stage = Stage::new();
    let on = |method: Method| {
        let socket = match method {
            Method::Socket => "new",
            Method::Listen | Method::Accept => "l",
            Method::Bind => "b",
            Method::Connect | Method::ConnectEx => "d",
            Method::SendTo | Method::RecvFrom | Method::RecvFromInto => "u",
            _ if method.receives() => "a",
            _ => "c",
        };
        Press {
            flags: if method == Method::RecvInto { [MessageFlag::DontWait].into_iter().collect() } else { Default::default() },
            options: vec![(by_name("SO_KEEPALIVE").expect("in the table"), Value::Flag(true))],
            option: by_name("SO_RCVBUF"),
            how: How::Write,
            data: Data::Text("line\n".to_owned()),
            request: Request::Unsent,
            size: 4,
            ..match method {
                Method::Bind => at(socket, method, any()),
                Method::Connect | Method::ConnectEx => own(socket, method, "l"),
                Method::SendTo => own(socket, method, "u"),
                _ => press(socket, method),
            }
        }
    };
    let again = stream("d");
    let setup = [connected(), vec![stream("b"), again, made("u", SocketType::Datagram), at("u", Method::Bind, any())]].concat();
    // What sends stands before what receives, and what ends at the end.
    let mut methods = Method::ALL.to_vec();
    let place = |method: &Method| match method {
        Method::Shutdown => 3,
        Method::Detach => 4,
        Method::Close => 5,
        // Whoever connects is there to be accepted.
        _ if method.receives() || *method == Method::Accept => 2,
        _ if *method == Method::SendTo => 0,
        _ => 1,
    };
    methods.sort_by_key(place);
    // The second of each kind has a socket of its own, or nothing left to receive.
    let more = |method: Method| match method {
        Method::ConnectEx => vec![stream("e"), Press { socket: "e".to_owned(), ..on(method) }],
        Method::RecvFromInto => vec![on(Method::SendTo), on(method)],
        Method::Close => vec![Press { socket: "a".to_owned(), ..on(method) }],
        _ => vec![on(method)],
    };
    let calls = [setup, methods.iter().flat_map(|method| more(*method)).collect()].concat();
    let program = stage.start(spec(calls, &[]));
    let state = stage.ended(&program);
    assert_eq!(state.failure, None, "{}", shown(&stage.rows()));
    let rows = stage.rows();
    let has = |call: Call| rows.iter().any(|row| row.call() == Some(call) && row.origin == Origin::Program && row.errno().is_none());
    for method in Method::ALL {
        assert!(has(method.calls()[0]), "{}:\n{}", method.name(), shown(&rows));
    }
}

/// How a socket `s` comes to stand there.
fn way_to(stage: Way, kind: SocketType) -> Option<Vec<Press>> {
    let datagrams = kind == SocketType::Datagram;
    let peer = || if datagrams { vec![made("p", kind), at("p", Method::Bind, any())] } else { listening("p").to_vec() };
    let joined = || [peer(), vec![made("s", kind), own("s", Method::Connect, "p")]].concat();
    let shut = |how| Press { how, ..press("s", Method::Shutdown) };
    let other = || Press { made: Some("o".to_owned()), ..press("p", Method::Accept) };
    let ended = || [joined(), vec![other(), press("o", Method::Close), press("s", Method::Recv)]].concat();
    Some(match stage {
        Way::Fresh => vec![made("s", kind)],
        Way::Bound => vec![made("s", kind), at("s", Method::Bind, any())],
        Way::Listening if !datagrams => listening("s").to_vec(),
        Way::Connected => joined(),
        Way::PeerDone if !datagrams => ended(),
        Way::SendingDone => [joined(), vec![shut(How::Write)]].concat(),
        Way::BothDone if !datagrams => [ended(), vec![shut(How::Write)]].concat(),
        Way::Broken(_) if !datagrams => {
            // Whoever closes with bytes unread resets the connection.
            let send = press("s", Method::Send);
            let reset =
                vec![other(), send, Press { size: 1, ..press("o", Method::Recv) }, press("o", Method::Close), press("s", Method::Recv)];
            [joined(), reset].concat()
        }
        Way::Detached => vec![made("s", kind), press("s", Method::Detach)],
        Way::Closed => vec![made("s", kind), press("s", Method::Close)],
        _ => return None,
    })
}

/// In each stage each call is made on a socket of its own, and the kernel says what the hint says.
#[cfg(target_os = "linux")]
#[test]
fn the_kernel_does_what_the_hints_say() {
    let reset = socket_lab::trace::Errno::by_name("ECONNRESET").expect("a name");
    let stages =
        [Way::Fresh, Way::Bound, Way::Listening, Way::Connected, Way::PeerDone, Way::SendingDone, Way::BothDone, Way::Broken(reset)];
    for kind in [SocketType::Stream] {
        for way in stages.into_iter().chain([Way::Detached, Way::Closed]) {
            for method in Method::ALL.iter().filter(|method| **method != Method::Socket) {
                let Some(mut calls) = way_to(way, kind) else { continue };
                let made = calls.len();
                if !matches!(way, Way::Detached | Way::Closed) {
                    calls.push(Press { on: false, ..press("s", Method::SetBlocking) });
                }
                let has_peer = calls.iter().any(|call| call.socket == "p");
                let to = match (method, way) {
                    (Method::Bind, _) | (_, Way::Detached | Way::Closed) => at("s", *method, any()),
                    _ => own("s", *method, if has_peer { "p" } else { "s" }),
                };
                let options = vec![(by_name("SO_RCVBUF").expect("in the table"), Value::Int(4096))];
                calls.push(Press { options, option: by_name("SO_SNDBUF"), how: How::Both, ..to });
                let stage = Stage::new();
                let program = stage.start(spec(calls.clone(), &[]));
                stage.ended(&program);
                let rows = stage.rows();
                let id = rows.iter().filter(|row| row.call() == Some(Call::Socket)).filter_map(|row| row.socket);
                let place =
                    calls[..made].iter().filter(|call| call.call == Method::Socket).position(|call| call.socket == "s").expect("made");
                let id = id.into_iter().nth(place).expect("a socket");
                let mut known = Stages::default();
                let upto = rows.iter().rposition(|row| row.call() == Some(Call::SetNonblocking)).unwrap_or(rows.len());
                known.fold(&rows[..upto.min(rows.len())]);
                if !matches!(way, Way::Detached | Way::Closed) {
                    assert_eq!(known.socket(id).map(|known| known.stage()), Some(way), "{kind:?}:\n{}", shown(&rows));
                }
                let own = rows
                    .iter()
                    .filter(|row| row.socket == Some(id) && row.origin == Origin::Program && row.call() == Some(method.calls()[0]));
                let own = own.collect::<Vec<_>>();
                let met = own.last().and_then(|row| row.errno()).map(|errno| errno.name());
                let what = format!("{} on {way:?} {kind:?}: {met:?}\n{}", method.name(), shown(&rows));
                match hint(way, kind, *method) {
                    Hint::Refused("EBADF") => assert!(rows.iter().any(|row| is_told(row, "net-error")), "{what}"),
                    Hint::Refused(errno) => assert_eq!(met.as_deref(), Some(errno), "{what}"),
                    Hint::Sensible | Hint::Possible => {
                        let is_later = met.as_deref().is_none_or(|name| matches!(name, "EAGAIN" | "EINPROGRESS" | "ECONNREFUSED"));
                        assert!(is_later, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_family_that_is_no_ip_is_driven_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Target::Unix(socket_lab::trace::Address::Path(folder.path().join("s").to_string_lossy().into()));
    let unix = |name| Press { family: Family::Unix, ..stream(name) };
    let to = |socket, call| Press { address: Some(path.clone()), ..press(socket, call) };
    let accept = Press { made: Some("a".to_owned()), ..press("l", Method::Accept) };
    let calls = vec![unix("l"), to("l", Method::Bind), press("l", Method::Listen), unix("c"), to("c", Method::Connect), accept];
    let stage = Stage::new();
    let calls = [calls, vec![press("c", Method::Send), press("a", Method::RecvInto)]].concat();
    let program = stage.start(spec(calls, &[]));
    if cfg!(unix) {
        assert_eq!(stage.ended(&program).failure, None, "{}", shown(&stage.rows()));
        assert_eq!(stage.of(&program, Call::Recv, |_| true).moved(), Some(5));
    }
    assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT));
}
