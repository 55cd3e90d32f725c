//! A trace with programs in it, and what tests ask of them.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket_lab::net::option;
use socket_lab::program::{Data, Outgoing, Phase, Program, ProgramKind, Spec, State, Target};
use socket_lab::trace::{Address, Call, Kind, Life, OpenCall, Origin, ProgramId, Record, Settings, Trace, Value};

/// How long anything may take.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

pub(super) struct Stage {
    pub(super) trace: Arc<Trace>,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self { trace: Trace::new(Settings::default()).expect("a trace") }
    }

    pub(super) fn start(&self, spec: Spec) -> Program {
        Program::start(spec, None, &self.trace).expect("a program")
    }

    /// A program that is ready, and its address.
    pub(super) fn ready(&self, spec: Spec) -> (Program, SocketAddr) {
        let program = self.start(spec);
        assert!(program.wait(|state| state.phase >= Phase::Ready, LIMIT), "{:?}", program.state());
        let state = program.state();
        assert_eq!((state.phase, &state.failure), (Phase::Ready, &None));
        let address = state.local.as_ref().and_then(Address::ip).unwrap_or_else(any);
        (program, address)
    }

    /// A server of this kind on a free port.
    pub(super) fn server(&self, kind: ProgramKind, change: impl FnOnce(&mut Spec)) -> (Program, SocketAddr) {
        let executable = Some(env!("CARGO_BIN_EXE_socket-lab").into());
        let mut spec = Spec { bind: Some(any()), executable, ..Spec::new(kind, "server") };
        change(&mut spec);
        self.ready(spec)
    }

    /// A client of `to` that sends `messages`, each with a wait for the reply.
    pub(super) fn client(&self, kind: ProgramKind, to: SocketAddr, messages: &[&str], change: impl FnOnce(&mut Spec)) -> Program {
        let mut spec = Spec { connect: Some(Target::Address(to)), ..Spec::new(kind, "client") };
        spec.send = messages.iter().map(|text| Outgoing::new(Data::Text((*text).to_owned()))).collect();
        change(&mut spec);
        self.start(spec)
    }

    /// All rows so far.
    pub(super) fn rows(&self) -> Vec<Record> {
        self.trace.flush();
        let mut rows = Vec::new();
        while let Some(scan) = self.trace.store().scan(rows.len() as u64 + 1) {
            rows.extend_from_slice(scan.rows());
        }
        rows
    }

    /// Waits for a row.
    pub(super) fn row(&self, what: &str, is: impl Fn(&Record) -> bool) -> Record {
        let begin = Instant::now();
        loop {
            let rows = self.rows();
            if let Some(row) = rows.iter().find(|row| is(row)) {
                return row.clone();
            }
            assert!(begin.elapsed() < LIMIT, "no row: {what}; there are\n{}", shown(&rows));
            self.trace.store().wait(rows.len() as u64, Duration::from_millis(20));
        }
    }

    /// Waits until a thread of the program is in `call`.
    pub(super) fn blocked(&self, program: ProgramId, call: Call) -> OpenCall {
        let begin = Instant::now();
        loop {
            let open = self.trace.open_calls();
            if let Some(open) = open.iter().find(|open| open.program == program && open.call == call && open.origin != Origin::Lab) {
                return open.clone();
            }
            assert!(begin.elapsed() < LIMIT, "nobody is in {call}; {open:?}\n{}", shown(&self.rows()));
            self.trace.store().wait(self.trace.store().newest(), Duration::from_millis(2));
        }
    }

    /// The calls of a program of its own or a person's accord, by name.
    pub(super) fn calls(&self, program: ProgramId) -> Vec<&'static str> {
        let own = |row: &&Record| row.program == program && row.origin != Origin::Lab;
        self.rows().iter().filter(own).filter_map(Record::call).map(Call::name).collect()
    }

    /// Waits until a program has ended; returns how it was then.
    pub(super) fn ended(&self, program: &Program) -> State {
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{:?}\n{}", program.state(), shown(&self.rows()));
        program.state()
    }

    /// Stops a program; returns how long that took.
    pub(super) fn stopped(&self, program: &Program) -> Duration {
        let begin = Instant::now();
        program.stop();
        let ended = program.wait(|state| state.phase == Phase::Ended, Duration::from_secs(2));
        assert!(ended, "{:?}\n{}", program.state(), shown(&self.rows()));
        begin.elapsed()
    }
}

pub(super) fn any() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

pub(super) fn option(name: &str, value: Value) -> (&'static option::Opt, Value) {
    (option::by_name(name).expect(name), value)
}

pub(super) fn timeout(milliseconds: u64) -> (&'static option::Opt, Value) {
    option("SO_RCVTIMEO", Value::Time(Some(Duration::from_millis(milliseconds))))
}

pub(super) fn is_told(row: &Record, key: &str) -> bool {
    matches!(&row.kind, Kind::Life(Life::Told(message)) if message.key() == key)
}

pub(super) fn is_received(row: &Record, bytes: &[u8]) -> bool {
    matches!(row.call(), Some(Call::Recv | Call::RecvFrom)) && row.payload.as_ref().is_some_and(|payload| payload.bytes == bytes)
}

/// Rows as a failing test shows them.
pub(super) fn shown(rows: &[Record]) -> String {
    let line = |row: &Record| format!("{} {} {:?} {:?} {:?} {:?}\n", row.n, row.program, row.socket, row.origin, row.kind, row.outcome);
    rows.iter().map(line).collect()
}

/// A TCP peer that is no program of the lab.
pub(super) fn peer(server: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(server).expect("a connection");
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream
}

pub(super) fn ask(stream: &mut TcpStream, message: &[u8], reply: usize) -> Vec<u8> {
    stream.write_all(message).unwrap();
    let mut buffer = vec![0; reply];
    stream.read_exact(&mut buffer).expect("a reply");
    buffer
}

/// Asserts that the other side ends the connection without another byte.
pub(super) fn ends(stream: &mut TcpStream) {
    assert_eq!(stream.read(&mut [0; 16]).expect("an orderly end"), 0);
}

pub(super) fn datagram_peer() -> UdpSocket {
    let socket = UdpSocket::bind(any()).unwrap();
    socket.set_read_timeout(Some(LIMIT)).unwrap();
    socket
}

pub(super) fn ask_datagram(socket: &UdpSocket, server: SocketAddr, message: &[u8]) -> Vec<u8> {
    socket.send_to(message, server).unwrap();
    let mut buffer = vec![0; 70_000];
    let (count, from) = socket.recv_from(&mut buffer).expect("an answer");
    assert_eq!(from, server);
    buffer.truncate(count);
    buffer
}
