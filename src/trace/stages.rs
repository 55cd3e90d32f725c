//! Where a socket stands in its life and which way it came there, as its own calls have told: fresh, bound, listening, connected, half closed, closed.
//!
//! A fold over the rows of programs that are driven by hand; those of others are passed over. What the kernel knows beyond that (a connection that it has ended
//! already, though no call has met that) is told by samples and stands elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Address;
use super::call::{Args, Call, Direction, Family, How, SocketType};
use super::errno::Errno;
use super::message::MessageFlag;
use super::record::{Kind, Life, Origin, Outcome, ProgramId, Record, SocketId, ThreadId};
use super::value::Value;

/// How many steps of a socket's way are kept, the latest.
const MOST_STEPS: usize = 16;
/// How many sockets are kept, the latest.
const MOST_SOCKETS: usize = 512;
/// How much of a thread's buffer is kept, in bytes from its beginning.
const MOST_BUFFER: usize = 4096;
/// How many threads have their buffer kept.
const MOST_THREADS: usize = 128;

/// The kind of program whose rows are read.
const KIND: &str = "manual";

/// Where a socket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It was made, and nothing more.
    Fresh,
    /// It has an address of its own.
    Bound,
    /// It waits for connections.
    Listening,
    /// A connect goes on in the background.
    Connecting,
    /// It has a peer: a connection, or for datagrams the address that connect set.
    Connected,
    /// Nothing more is to be read: the peer has ended its half, or this side does not want to hear it.
    PeerDone,
    /// Nothing more can be sent: this side has ended its half.
    SendingDone,
    /// Both halves have ended.
    BothDone,
    /// The connection broke, with this error.
    Broken(Errno),
    /// Its number was taken away, and is open still.
    Detached,
    /// It was closed.
    Closed,
}

/// What is known of a socket.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The program that owns it.
    pub program: ProgramId,
    /// Its family and type; none where its birth was not seen.
    pub made: Option<(Family, SocketType)>,
    /// The number that the kernel gave it, where a row has told it.
    pub number: Option<i64>,
    /// Its own address.
    pub local: Option<Address>,
    /// The other side's.
    pub peer: Option<Address>,
    /// The listener that accepted it.
    pub accepted_by: Option<SocketId>,
    /// The backlog that listen was given last.
    pub backlog: Option<i32>,
    /// What settimeout or setblocking has set: none waits for ever, zero never.
    pub timeout: Option<std::time::Duration>,
    /// Its way: the row of each step, and where it then stood. The last is where it stands.
    pub way: Vec<(u64, Stage)>,
}

impl Known {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.way.last().map_or(Stage::Fresh, |(_, stage)| *stage)
    }

    fn is_stream(&self) -> bool {
        self.made.is_none_or(|(_, kind)| kind == SocketType::Stream)
    }
}

/// The sockets of programs that are driven by hand. See [`fold`](Self::fold).
#[derive(Clone, Debug, Default)]
pub struct Stages {
    programs: BTreeSet<ProgramId>,
    sockets: BTreeMap<SocketId, Known>,
    /// The buffer that a thread keeps from receive to receive, and the row that wrote into it last.
    buffers: BTreeMap<ThreadId, (u64, Vec<u8>)>,
    /// What each program's last call said, or what was told of it.
    last: BTreeMap<ProgramId, Record>,
}

impl Stages {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            match &record.kind {
                Kind::Life(Life::ProgramStarted { kind, .. }) if **kind == *KIND => drop(self.programs.insert(record.program)),
                Kind::Call(call, args) if self.programs.contains(&record.program) => {
                    if record.origin != Origin::Lab {
                        self.last.insert(record.program, record.clone());
                    }
                    self.take(record, *call, args);
                }
                Kind::Life(Life::Told(_)) if self.programs.contains(&record.program) => {
                    self.last.insert(record.program, record.clone());
                }
                _ => {}
            }
        }
    }

    /// One socket.
    pub fn socket(&self, socket: SocketId) -> Option<&Known> {
        self.sockets.get(&socket)
    }

    /// The sockets of a program, in order of birth.
    pub fn of(&self, program: ProgramId) -> impl Iterator<Item = (SocketId, &Known)> {
        self.sockets.iter().filter(move |(_, known)| known.program == program).map(|(id, known)| (*id, known))
    }

    /// What the program's last call said, or what was told of it.
    pub fn last(&self, program: ProgramId) -> Option<&Record> {
        self.last.get(&program)
    }

    /// The buffer of a thread that has received into one it keeps: the row that wrote into it last, and what is in it.
    pub fn buffer(&self, thread: ThreadId) -> Option<(u64, &[u8])> {
        self.buffers.get(&thread).map(|(n, bytes)| (*n, bytes.as_slice()))
    }

    fn take(&mut self, record: &Record, call: Call, args: &Args) {
        if let (Args::Into(size, _), Some(payload)) = (args, &record.payload) {
            self.fill(record, *size as usize, &payload.bytes);
        }
        let Some(id) = record.socket else { return };
        let program = record.program;
        let fresh = || Known {
            program,
            made: None,
            number: None,
            local: None,
            peer: None,
            accepted_by: None,
            backlog: None,
            timeout: None,
            way: Vec::new(),
        };
        let known = self.sockets.entry(id).or_insert_with(fresh);
        known.learn(record, call, args);
        let (made, local) = (known.made, known.local.clone());
        if let Outcome::Socket(accepted, peer) = &record.outcome {
            let new = self.sockets.entry(*accepted).or_insert_with(fresh);
            (new.made, new.accepted_by, new.peer) = (made, Some(id), Some(peer.clone()));
            new.local = new.local.take().or(local);
            if new.way.is_empty() {
                new.goes(record.n, Stage::Connected);
            }
        }
        while self.sockets.len() > MOST_SOCKETS {
            self.sockets.pop_first();
        }
    }

    fn fill(&mut self, record: &Record, size: usize, bytes: &[u8]) {
        let (n, buffer) = self.buffers.entry(record.thread).or_default();
        *n = record.n;
        buffer.resize(size.min(MOST_BUFFER), 0);
        let kept = bytes.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..kept), bytes.get(..kept)) {
            to.copy_from_slice(from);
        }
        while self.buffers.len() > MOST_THREADS {
            self.buffers.pop_first();
        }
    }
}

impl Known {
    fn goes(&mut self, n: u64, stage: Stage) {
        if self.way.last().is_some_and(|(_, last)| *last == stage) {
            return;
        }
        if self.way.len() >= MOST_STEPS {
            self.way.remove(0);
        }
        self.way.push((n, stage));
    }

    fn learn(&mut self, record: &Record, call: Call, args: &Args) {
        self.learn_facts(record, call, args);
        let stage = match &record.outcome {
            Outcome::Err(errno) => self.after_error(call, *errno),
            outcome => self.after(record, call, args, outcome),
        };
        if let Some(stage) = stage {
            self.goes(record.n, stage);
        }
    }

    fn learn_facts(&mut self, record: &Record, call: Call, args: &Args) {
        match (call, args, &record.outcome) {
            (Call::Connect, Args::Address(to), Outcome::Err(errno)) if errno.is("EINPROGRESS") => self.peer = Some(to.clone()),
            (_, _, Outcome::Err(_)) => {}
            (Call::Socket, Args::Socket(family, kind), Outcome::Ok(number)) => {
                (self.made, self.number) = (Some((*family, *kind)), Some(*number));
            }
            (Call::FileNo, _, Outcome::Ok(number)) if *number >= 0 => self.number = Some(*number),
            (Call::Bind, Args::Address(at), _) | (Call::GetSockName, _, Outcome::Address(at, _)) => self.local = Some(at.clone()),
            (Call::Connect, Args::Address(to), _) | (Call::GetPeerName, _, Outcome::Address(to, _)) => self.peer = Some(to.clone()),
            (Call::Listen, Args::Backlog(backlog), _) => self.backlog = Some(*backlog),
            (Call::SetTimeout, Args::Limit(limit), _) => self.timeout = *limit,
            (Call::SetNonblocking, Args::Flag(on), _) => {
                // settimeout has said more than this call of it does.
                let is_limited = self.timeout.is_some_and(|limit| !limit.is_zero());
                self.timeout = if *on && is_limited { self.timeout } else { on.then_some(std::time::Duration::ZERO) };
            }
            _ => {}
        }
    }

    fn after(&self, record: &Record, call: Call, args: &Args, outcome: &Outcome) -> Option<Stage> {
        let now = self.stage();
        match (call, args) {
            (Call::Socket, _) => Some(Stage::Fresh),
            (Call::Bind, _) => Some(Stage::Bound),
            (Call::Listen, _) => Some(Stage::Listening),
            (Call::Connect, _) => Some(Stage::Connected),
            (Call::GetSockOpt, Args::Option(name)) if name == "SO_ERROR" && now == Stage::Connecting => match outcome {
                Outcome::Value(value) if let Value::Text(errno) = &**value => Errno::by_name(errno).map(Stage::Broken),
                _ => Some(Stage::Connected),
            },
            (Call::Recv | Call::RecvFrom, _) if self.is_stream() && is_end(record, args) => match now {
                Stage::Connected | Stage::Connecting => Some(Stage::PeerDone),
                Stage::SendingDone => Some(Stage::BothDone),
                _ => None,
            },
            (Call::Send | Call::SendTo | Call::Recv | Call::RecvFrom, _) if now == Stage::Connecting => Some(Stage::Connected),
            (Call::Shutdown, Args::How(how)) => self.after_shutdown(*how),
            (Call::Detach, _) if matches!(outcome, Outcome::Ok(number) if *number >= 0) => Some(Stage::Detached),
            (Call::Close, _) => Some(Stage::Closed),
            _ => None,
        }
    }

    fn after_shutdown(&self, how: How) -> Option<Stage> {
        match (self.stage(), how) {
            // Linux: it listens no longer, and keeps its address (`inet_shutdown` in net/ipv4/af_inet.c).
            (Stage::Listening, How::Read | How::Both) => Some(Stage::Bound),
            (Stage::Connecting, How::Read | How::Both) => Some(Stage::Fresh),
            (Stage::Connected, How::Read) => Some(Stage::PeerDone),
            (Stage::Connected, How::Write) => Some(Stage::SendingDone),
            (Stage::Connected, How::Both) | (Stage::PeerDone, How::Write | How::Both) | (Stage::SendingDone, How::Read | How::Both) => {
                Some(Stage::BothDone)
            }
            _ => None,
        }
    }

    fn after_error(&self, call: Call, errno: Errno) -> Option<Stage> {
        let now = self.stage();
        let has_peer = matches!(now, Stage::Connected | Stage::PeerDone | Stage::SendingDone | Stage::BothDone | Stage::Connecting);
        match call {
            Call::Connect if errno.is("EINPROGRESS") => Some(Stage::Connecting),
            Call::Connect if errno.is("EISCONN") && now == Stage::Connecting => Some(Stage::Connected),
            Call::Connect if now == Stage::Connecting && !errno.is("EALREADY") => Some(Stage::Broken(errno)),
            // That is what it says to who has ended its own half.
            _ if errno.is("EPIPE") && matches!(now, Stage::SendingDone | Stage::BothDone) => None,
            _ if has_peer && self.is_stream() && call.direction().is_some() && breaks(errno, call) => Some(Stage::Broken(errno)),
            _ => None,
        }
    }
}

/// Whether a receive that succeeded found the end of a stream: it asked for something, and got nothing.
fn is_end(record: &Record, args: &Args) -> bool {
    let asked = match args {
        Args::Length(length) | Args::LengthFlags(length, _) | Args::Into(length, _) => *length,
        _ => 0,
    };
    asked > 0 && !args.flags().has(MessageFlag::OutOfBand) && record.payload.as_ref().is_none_or(|payload| payload.full_len == 0)
}

/// Whether the connection is gone with this error of a call that moves bytes.
fn breaks(errno: Errno, call: Call) -> bool {
    ["ECONNRESET", "ECONNABORTED", "ETIMEDOUT"].iter().any(|name| errno.is(name))
        || errno.is("EPIPE") && call.direction() == Some(Direction::Sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{MessageFlags, Payload};

    struct Rows(Vec<Record>);

    impl Rows {
        fn new() -> Self {
            let life = Life::ProgramStarted { name: "one".into(), kind: KIND.into() };
            Self(vec![Record::plain(1, Kind::Life(life))])
        }

        fn call(mut self, call: Call, args: Args, outcome: Outcome) -> Self {
            let payload = matches!((&outcome, call.direction()), (Outcome::Ok(_), Some(_)))
                .then(|| Payload::whole(vec![b'x'; if let Outcome::Ok(count) = outcome { count as usize } else { 0 }]));
            let n = self.0.len() as u64 + 1;
            self.0.push(Record { outcome, payload, ..Record::plain(n, Kind::Call(call, args)) });
            self
        }

        fn ok(self, call: Call, args: Args) -> Self {
            self.call(call, args, Outcome::Ok(0))
        }

        fn error(self, call: Call, args: Args, errno: &str) -> Self {
            self.call(call, args, Outcome::Err(Errno::by_name(errno).unwrap()))
        }

        fn stages(&self) -> Vec<Stage> {
            let mut stages = Stages::default();
            stages.fold(&self.0);
            let way = stages.socket(SocketId(1)).map(|known| known.way.iter().map(|(_, stage)| *stage).collect());
            way.unwrap_or_default()
        }
    }

    fn at(port: u16) -> Args {
        Args::Address(Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], port))))
    }

    fn stream() -> Rows {
        Rows::new().call(Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(7))
    }

    #[test]
    fn a_server_and_a_client_go_their_ways() {
        let server = stream().ok(Call::Bind, at(1)).ok(Call::Listen, Args::Backlog(5)).error(Call::Recv, Args::Length(9), "ENOTCONN");
        assert_eq!(server.stages(), [Stage::Fresh, Stage::Bound, Stage::Listening]);
        let woken = server.ok(Call::Shutdown, Args::How(How::Read)).ok(Call::Close, Args::None);
        assert_eq!(woken.stages()[3..], [Stage::Bound, Stage::Closed]);
        let client =
            stream().error(Call::Connect, at(1), "ECONNREFUSED").ok(Call::Connect, at(1)).ok(Call::Shutdown, Args::How(How::Write));
        let client = client.error(Call::Send, Args::Length(1), "EPIPE").ok(Call::Recv, Args::Length(0)).ok(Call::Recv, Args::Length(9));
        assert_eq!(client.stages(), [Stage::Fresh, Stage::Connected, Stage::SendingDone, Stage::BothDone]);
    }

    #[test]
    fn a_connection_that_breaks_and_one_that_is_waited_for() {
        let reset = Errno::by_name("ECONNRESET").unwrap();
        let broken = stream().error(Call::Send, Args::Length(1), "EPIPE").ok(Call::Connect, at(1));
        assert_eq!(broken.stages(), [Stage::Fresh, Stage::Connected], "a socket that was never connected cannot break");
        assert_eq!(broken.error(Call::Recv, Args::Length(9), "ECONNRESET").stages()[2], Stage::Broken(reset));
        let late = || stream().error(Call::Connect, at(1), "EINPROGRESS");
        let asked = |value: Value| late().call(Call::GetSockOpt, Args::Option("SO_ERROR".into()), Outcome::Value(value.into())).stages();
        assert_eq!(asked(Value::Int(0)), [Stage::Fresh, Stage::Connecting, Stage::Connected]);
        assert_eq!(asked(Value::Text("ECONNRESET".into()))[2], Stage::Broken(reset));
        let detached = stream().call(Call::Detach, Args::None, Outcome::Ok(7)).call(Call::Detach, Args::None, Outcome::Ok(-1));
        assert_eq!(detached.stages(), [Stage::Fresh, Stage::Detached]);
    }

    #[test]
    fn an_accepted_socket_is_connected_and_others_are_not_read() {
        let peer = Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 2)));
        let rows = stream().ok(Call::Listen, Args::Backlog(5)).call(Call::Accept, Args::None, Outcome::Socket(SocketId(4), peer.clone()));
        let mut stages = Stages::default();
        stages.fold(&rows.0);
        let known = stages.socket(SocketId(4)).unwrap();
        assert_eq!((known.stage(), known.accepted_by, known.peer.as_ref()), (Stage::Connected, Some(SocketId(1)), Some(&peer)));
        assert_eq!(stages.of(ProgramId(1)).count(), 2);
        let mut others = Stages::default();
        others.fold(&rows.0[1..]);
        assert_eq!(others.of(ProgramId(1)).count(), 0);
    }

    #[test]
    fn a_buffer_keeps_what_is_not_written_over() {
        let into = |count, n| Record {
            outcome: Outcome::Ok(count),
            payload: Some(Payload::whole(vec![b'0' + n as u8; count as usize])),
            origin: Origin::Person,
            ..Record::plain(n, Kind::Call(Call::Recv, Args::Into(6, MessageFlags::NONE)))
        };
        let mut stages = Stages::default();
        stages.fold(&Rows::new().0);
        stages.fold(&[into(5, 2), into(2, 3)]);
        assert_eq!(stages.buffer(ThreadId(1)), Some((3, &b"33222\0"[..])));
        assert_eq!(stages.buffer(ThreadId(2)), None);
    }
}
