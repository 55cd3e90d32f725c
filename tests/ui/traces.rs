//! What the window shows in tests that run nothing: a recording of `tests/traces`, and a trace made by hand.
//!
//! Pictures are drawn from the recording. Journeys that walk over rows by number, copy bytes or try sizes keep the trace made by hand: their numbers must not
//! move when the recording is made anew.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket_lab::lab::{Lab, sample};
use socket_lab::program::{ProgramKind, Spec};
use socket_lab::trace::{
    Address, Args, Call, Errno, Family, Flags, Kind, Life, OpenCall, Origin, Outcome, Payload, ProgramId, Record, Recording, SocketId,
    SocketType, Store, ThreadId, Value,
};
use socket_lab::ui::{Facts, Phase, ProgramLine, Scene};

fn address(port: u16) -> Address {
    Address::Ip(SocketAddr::from(([127, 0, 0, 1], port)))
}

struct Writer {
    rows: Vec<Record>,
}

impl Writer {
    fn life(&mut self, program: u32, life: Life) {
        let row = Record { kind: Kind::Life(life), payload: None, ..call(program, 0, 0, 0, Call::Close, Args::None, Outcome::Ok(0)) };
        self.rows.push(Record { socket: None, ..row });
    }
}

fn call(program: u32, socket: u32, at: u64, took: u64, call: Call, args: Args, outcome: Outcome) -> Record {
    let (t0, t1) = if call.gives() { (at, at + took) } else { (at.saturating_sub(took), at) };
    Record {
        n: 0,
        kind: Kind::Call(call, args),
        origin: Origin::Program,
        run: 1,
        program: ProgramId(program),
        thread: ThreadId(program),
        socket: (socket > 0).then_some(SocketId(socket)),
        t0: t0 * 1_000,
        t1: t1 * 1_000,
        outcome,
        payload: None,
    }
}

fn moved(program: u32, socket: u32, at: u64, took: u64, name: Call, bytes: &[u8]) -> Record {
    let length = if name == Call::Send { bytes.len() as u32 } else { 1024 };
    let row = call(program, socket, at, took, name, Args::Length(length), Outcome::Ok(bytes.len() as i64));
    Record { payload: Some(Payload::whole(bytes.to_vec())), ..row }
}

/// A server that echoes, a client, and a second server that finds the address taken.
pub(crate) fn echo() -> Scene {
    let mut writer = Writer { rows: Vec::new() };
    let name = |name: &str, kind: &str| Life::ProgramStarted { name: name.into(), kind: kind.into() };
    let socket = Args::Socket(Family::Inet, SocketType::Stream);
    writer.life(1, name("server", "tcp-server"));
    writer.life(2, name("client", "tcp-client"));
    writer.life(3, name("server 2", "tcp-server"));
    let ok = || Outcome::Ok(0);
    let reuse = |value| Args::OptionValue("SO_REUSEADDR".into(), Box::new(value));
    let hello = "你好，服务器".as_bytes();
    let bye = "再见\n".as_bytes();
    writer.rows.extend([
        call(1, 1, 0, 6, Call::Socket, socket.clone(), Outcome::Ok(12)),
        call(1, 1, 21, 1, Call::SetSockOpt, reuse(Value::Flag(true)), ok()),
        call(1, 1, 26, 1, Call::SetSockOpt, Args::OptionValue("SO_RCVBUF".into(), Value::Int(4096).into()), ok()),
        call(1, 1, 30, 1, Call::GetSockOpt, Args::Option("SO_RCVBUF".into()), Outcome::Value(Value::Int(8192).into())),
        call(1, 1, 44, 3, Call::Bind, Args::Address(address(9001)), ok()),
        call(1, 1, 52, 8, Call::Listen, Args::Backlog(5), ok()),
        call(2, 2, 412_318, 5, Call::Socket, socket.clone(), Outcome::Ok(14)),
        call(2, 2, 412_336, 61, Call::Connect, Args::Address(address(9001)), ok()),
        call(1, 1, 412_371, 412_300, Call::Accept, Args::None, Outcome::Socket(SocketId(3), address(52236))),
        moved(2, 2, 412_409, 11, Call::Send, b"hello"),
        moved(1, 3, 412_433, 24, Call::Recv, b"hello"),
        moved(1, 3, 412_452, 9, Call::Send, b"hello"),
        moved(2, 2, 412_468, 30, Call::Recv, b"hello"),
        moved(2, 2, 1_002_114, 12, Call::Send, hello),
        moved(1, 3, 1_002_139, 589_700, Call::Recv, hello),
        moved(1, 3, 1_002_149, 10, Call::Send, hello),
        moved(2, 2, 1_002_166, 35, Call::Recv, hello),
        call(3, 4, 2_118_400, 5, Call::Socket, socket, Outcome::Ok(16)),
        call(
            3,
            4,
            2_118_421,
            3,
            Call::Bind,
            Args::Address(address(9001)),
            Outcome::Err(Errno::by_name("EADDRINUSE").expect("in the table")),
        ),
        call(3, 4, 2_118_440, 4, Call::Close, Args::None, ok()),
        moved(2, 2, 3_004_220, 11, Call::Send, bye),
        moved(1, 3, 3_004_238, 2_002_000, Call::Recv, bye),
        moved(1, 3, 3_004_249, 9, Call::Send, bye),
        moved(2, 2, 3_004_267, 31, Call::Recv, bye),
        moved(2, 2, 3_104_267, 31, Call::Recv, b""),
    ]);
    for program in 1..=3 {
        writer.life(program, Life::ThreadStarted { name: ["server", "client", "server 2"][program as usize - 1].into() });
    }
    let own = call(2, 2, 412_400, 1, Call::GetSockName, Args::None, Outcome::Address(address(52236), Flags::default()));
    writer.rows.push(Record { origin: Origin::Lab, ..own });
    let store = Arc::new(Store::new(1 << 20));
    store.append(writer.rows);
    let open = OpenCall {
        call: Call::Recv,
        args: Args::Length(1024),
        socket: Some(SocketId(3)),
        program: ProgramId(1),
        thread: ThreadId(1),
        origin: Origin::Program,
        t0: 3_004_300_000,
        held: false,
    };
    let mut programs = programs();
    programs.push(ProgramLine { spec: Spec::new(ProgramKind::TcpServer, "server 2"), ..programs[0].clone() });
    for (line, (phase, id)) in programs.iter_mut().zip([(Phase::Ready, 1), (Phase::Ready, 2), (Phase::Failed, 3)]) {
        line.phase = phase;
        line.id = Some(ProgramId(id));
    }
    programs[0].local = Some(address(9001));
    Scene { title: "First echo".to_owned(), programs, ..Scene::still(&store, vec![open], 6_204_300_000) }
}

/// A kept recording as if it ran, its programs being so, with all its rows.
fn kept(file: &str, phases: &[Phase]) -> (Scene, Vec<Record>) {
    let recording = Recording::open(&super::recordings::kept().join(file)).expect("the kept recording");
    assert_eq!(recording.losses, []);
    let lab = Lab::parse(&recording.header.lab, file).expect("a lab");
    let rows = paged_in(&recording.store);
    let lines = lab.programs.into_iter().zip(phases).zip(1..);
    let mut programs = lines
        .map(|((spec, phase), id)| ProgramLine { id: Some(ProgramId(id)), phase: *phase, ..ProgramLine::new(spec) })
        .collect::<Vec<_>>();
    programs[0].local = programs[0].spec.bind.map(Address::Ip);
    let now = rows.iter().map(|row| row.t1).max().unwrap_or_default();
    (Scene { title: lab.title, programs, ..Scene::still(&recording.store, Vec::new(), now) }, rows)
}

/// What a row leaves its thread doing: it waits for bytes.
fn waits(row: &Record) -> OpenCall {
    OpenCall {
        call: Call::Recv,
        args: Args::Length(1024),
        socket: row.socket,
        program: row.program,
        thread: row.thread,
        origin: Origin::Program,
        t0: row.t1,
        held: false,
    }
}

/// The kept recording `running.slr` as if it ran: 3.2 s after its last row, with the calls that were under way then, which a recording does not hold.
pub(crate) fn running() -> (Scene, Rows) {
    let (scene, rows) = kept("running.slr", &[Phase::Ready, Phase::Ready, Phase::Failed]);
    let one = |what: &str, is: &dyn Fn(&Record) -> bool| rows.iter().rfind(|row| is(row)).unwrap_or_else(|| panic!("{what}"));
    let is_call = |row: &Record, name: Call| matches!(&row.kind, Kind::Call(call, _) if *call == name);
    let received = |row: &Record, length| is_call(row, Call::Recv) && row.outcome == Outcome::Ok(length);
    let echoed = one("the server's last send", &|row| is_call(row, Call::Send) && row.program == ProgramId(1));
    let answered = one("the client's last recv", &|row| received(row, 6) && row.program == ProgramId(2));
    let of = Rows {
        received: one("18 bytes come", &|row| received(row, 18) && row.program == ProgramId(1)).n,
        failed: one("the address is taken", &|row| is_call(row, Call::Bind) && matches!(row.outcome, Outcome::Err(_))).n,
    };
    let now = answered.t1 + 3_200_000_000;
    (Scene { open: [echoed, answered].map(waits).to_vec(), now, told: now, ..scene }, of)
}

/// The same as the recording it is, opened to be looked at.
pub(crate) fn recorded() -> Scene {
    let (scene, _) = kept("running.slr", &[Phase::Ended, Phase::Ended, Phase::Failed]);
    let facts = Facts {
        name: "running.slr".to_owned(),
        path: "tests/traces/running.slr".to_owned(),
        system: "linux x86_64".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started: "2026-11-09 10:15:00".to_owned(),
        limits: None,
        losses: Vec::new(),
    };
    Scene { recorded: Some(Arc::new(facts)), ..scene }
}

/// The kept recording `peers.slr` as if it ran: a server with three peers, one of which has gone.
pub(crate) fn peers() -> Scene {
    let (scene, rows) = kept("peers.slr", &[Phase::Ready, Phase::Ready, Phase::Ready, Phase::Ended]);
    let now = rows.iter().map(|row| row.t1).max().unwrap_or_default() + 1_500_000_000;
    Scene { now, told: now, ..scene }
}

/// The kept recording `queue.slr` as if it ran: one client is served, one waits to be accepted, all of them in recv; and a socket of the client that has ended.
pub(crate) fn queue() -> (Scene, SocketId) {
    let (scene, rows) = kept("queue.slr", &[Phase::Ready, Phase::Ended, Phase::Ready, Phase::Ready]);
    let now = rows.iter().map(|row| row.t1).max().unwrap_or_default();
    let waits = |program: u32| {
        let own = |row: &&Record| row.program == ProgramId(program) && row.call().is_some() && row.origin == Origin::Program;
        let last = rows.iter().rfind(own).expect("a call");
        OpenCall {
            call: Call::Recv,
            args: Args::Length(1024),
            socket: last.socket,
            program: last.program,
            thread: last.thread,
            origin: Origin::Program,
            t0: last.t1,
            held: false,
        }
    };
    let open = [1, 3, 4].map(waits).to_vec();
    let ended = rows.iter().find(|row| row.program == ProgramId(2) && row.call() == Some(Call::Connect)).and_then(|row| row.socket);
    let now = now + 900_000_000;
    (Scene { open, now, told: now, ..scene }, ended.expect("it was connected"))
}

/// The kept recording `by-hand.slr` as if it ran: two calls wait, and the last that was made was refused.
pub(crate) fn by_hand() -> Scene {
    let (mut scene, rows) = kept("by-hand.slr", &[Phase::Ready]);
    let now = rows.iter().map(|row| row.t1).max().unwrap_or_default() + 2_400_000_000;
    let made = |name: Call| rows.iter().filter(move |row| row.call() == Some(name) && row.origin == Origin::Person);
    let accepted = made(Call::Accept).next().expect("a client was accepted");
    let Outcome::Socket(connection, peer) = &accepted.outcome else { panic!("{accepted:?}") };
    let refused = made(Call::Recv).next().expect("the last call");
    // Threads begin in the order in which they are needed.
    let threads = [accepted.thread, ThreadId(refused.thread.0 - 1)];
    let waits = |call, args, socket, thread: ThreadId, since| OpenCall {
        call,
        args,
        socket: Some(socket),
        program: accepted.program,
        thread,
        origin: Origin::Person,
        t0: since,
        held: false,
    };
    let listener = accepted.socket.expect("a listener");
    let open = vec![
        waits(Call::Accept, Args::None, listener, threads[0], accepted.t1 + 240_000_000),
        waits(Call::Recv, Args::Length(1024), *connection, threads[1], accepted.t1 + 480_000_000),
    ];
    let client = made(Call::Connect).next().and_then(|row| row.socket).expect("a client");
    let names = [("a", listener), ("c", client), ("b", *connection)];
    scene.programs[0].by_hand = names.map(|(name, socket)| (name.to_owned(), socket)).to_vec();
    scene.programs[0].local = None;
    assert_ne!(*peer, Address::Unnamed);
    Scene { open, now, told: now, ..scene }
}

/// The kept recording `transfer.slr` as if it ran: a file is on its way, and packets are lost.
pub(crate) fn transfer() -> Scene {
    kept("transfer.slr", &[Phase::Ready, Phase::Ready]).0
}

/// The kept recording `tftp-error.slr` as if it ran: the server has refused a file; and the row in which the client learns of it.
pub(crate) fn refused() -> (Scene, u64) {
    let (mut scene, rows) = kept("tftp-error.slr", &[Phase::Ready, Phase::Failed]);
    let told =
        |row: &&Record| row.program == ProgramId(2) && row.payload.as_ref().is_some_and(|payload| payload.bytes.starts_with(&[0, 5]));
    let n = rows.iter().find(told).expect("the client is refused").n;
    scene.programs[1].failure = rows.iter().find_map(|row| match &row.kind {
        Kind::Life(Life::Told(message)) if row.program == ProgramId(2) => Some(message.clone()),
        _ => None,
    });
    (scene, n)
}

/// All rows, once they are read: a picture shows none that is still being read.
fn paged_in(store: &Store) -> Vec<Record> {
    let newest = store.newest();
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        let rows = store.rows(1..newest + 1).into_iter().flatten().collect::<Vec<_>>();
        if rows.len() as u64 == newest {
            return rows;
        }
        assert!(Instant::now() < limit, "{} of {newest} rows were read", rows.len());
        store.wait(newest, Duration::from_millis(5));
    }
}

/// Rows of [`running`] that are looked at.
pub(crate) struct Rows {
    /// It received bytes that are Chinese.
    pub(crate) received: u64,
    /// It failed.
    pub(crate) failed: u64,
}

fn programs() -> Vec<ProgramLine> {
    let lab = sample("first-echo").expect("in the table").lab(&[]).expect("a lab");
    lab.programs.into_iter().map(ProgramLine::new).collect()
}

/// The first start.
pub(crate) fn stopped() -> Scene {
    Scene { title: "First echo".to_owned(), programs: programs(), ..Scene::still(&Arc::new(Store::new(1 << 20)), Vec::new(), 0) }
}

/// Two servers that are to have one address, which others can reach.
pub(crate) fn wrong() -> Scene {
    let mut scene = stopped();
    scene.programs[0].spec.bind = Some(SocketAddr::from(([0, 0, 0, 0], 9001)));
    let second = ProgramLine { spec: Spec { name: "server-2".to_owned(), ..scene.programs[0].spec.clone() }, ..scene.programs[0].clone() };
    scene.programs.push(second);
    scene
}

/// A UDP server that is not connected, and two clients that each send it a datagram and get it back in upper case. The second client's row of the server is
/// [`FROM_SECOND`].
pub(crate) fn datagrams() -> Scene {
    let mut writer = Writer { rows: Vec::new() };
    for (program, name, kind) in [(1, "server", "udp-server"), (2, "first", "udp-client"), (3, "second", "udp-client")] {
        writer.life(program, Life::ProgramStarted { name: name.into(), kind: kind.into() });
        let socket = Args::Socket(Family::Inet, SocketType::Datagram);
        let port = if program == 1 { 9000 } else { 7000 + program as u16 };
        writer.rows.push(call(program, program, u64::from(program) * 10, 5, Call::Socket, socket, Outcome::Ok(9)));
        writer.rows.push(call(program, program, u64::from(program) * 10 + 5, 2, Call::Bind, Args::Address(address(port)), Outcome::Ok(0)));
    }
    let datagram = |program: u32, at: u64, name: Call, facing: u16, bytes: &[u8]| {
        let row = moved(program, program, at, 5, name, bytes);
        let facing = address(facing);
        match name {
            Call::SendTo => Record { kind: Kind::Call(name, Args::LengthTo(bytes.len() as u32, facing)), ..row },
            _ => Record { outcome: Outcome::Address(facing, Flags::default()), ..row },
        }
    };
    for (program, at) in [(2_u32, 1_000), (3, 2_000)] {
        let port = 7000 + program as u16;
        let (asked, answered) = (format!("from {port}"), format!("FROM {port}"));
        writer.rows.extend([
            datagram(program, at, Call::SendTo, 9000, asked.as_bytes()),
            datagram(1, at + 20, Call::RecvFrom, port, asked.as_bytes()),
            datagram(1, at + 40, Call::SendTo, port, answered.as_bytes()),
            datagram(program, at + 60, Call::RecvFrom, 9000, answered.as_bytes()),
        ]);
    }
    let store = Arc::new(Store::new(1 << 20));
    store.append(writer.rows);
    Scene { title: "Datagrams".to_owned(), ..Scene::still(&store, Vec::new(), 3_000_000) }
}

/// A row of [`datagrams`]: the server received what the second client sent.
pub(crate) const FROM_SECOND: u64 = 15;

/// A row of [`echo`] that received bytes.
pub(crate) const RECEIVED: u64 = 18;

/// A message that two receives took: the first ends within a character. Then a payload of 64 KiB.
pub(crate) fn split() -> Scene {
    let mut scene = echo();
    let hello = "你好，服务器".as_bytes();
    let long = "再见, 64 KiB.\n".repeat(5000);
    let store = Arc::new(Store::new(1 << 24));
    let rows = scene.store.rows(1..scene.newest + 1).into_iter().flatten();
    store.append(rows);
    store.append([
        moved(2, 2, 4_000_000, 12, Call::Send, hello),
        moved(1, 3, 4_000_020, 10, Call::Recv, &hello[..7]),
        moved(1, 3, 4_000_040, 10, Call::Recv, &hello[7..]),
        moved(2, 2, 5_000_000, 12, Call::Send, long.as_bytes()),
        moved(1, 3, 5_000_020, 10, Call::Recv, long.as_bytes()),
    ]);
    let open = std::mem::take(&mut scene.open);
    Scene { title: scene.title, programs: scene.programs, ..Scene::still(&store, open, 6_204_300_000) }
}

/// The row of [`split`] that ends within a character.
pub(crate) const SPLIT: u64 = 34;
/// The row of [`split`] that received 64 KiB.
pub(crate) const LONG: u64 = 37;
