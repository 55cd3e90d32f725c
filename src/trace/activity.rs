//! What programs and sockets have done so far: calls, failures, bytes and messages each way, the state of every socket, the peers of a server.
//!
//! A fold over the trace that reads each row once, so it outlives rows which have left memory, and works for a recording as for a run.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::address::Address;
use super::call::{Args, Call, Direction, Family, How, SocketType};
use super::errno::Errno;
use super::paged::{MOST_PAGES, Paged};
use super::record::{Kind, Life, Outcome, ProgramId, Record, SocketId};
use super::value::Value;

/// How many addresses are kept apart for one socket that exchanges datagrams; what comes from further ones is counted as [`SocketActivity::others`].
pub const MOST_PEERS: usize = 4096;

/// Bytes one way, and the calls that moved them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Calls that moved something: for datagrams, the datagrams; for a stream, only how it happened to be cut.
    pub messages: u64,
    /// The bytes.
    pub bytes: u64,
}

/// What was done, as numbers. Calls that the lab made itself are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that returned.
    pub calls: u64,
    /// Those of them that failed.
    pub failures: u64,
    /// What went out.
    pub sent: Moved,
    /// What came in.
    pub received: Moved,
}

impl Tally {
    fn count(&mut self, record: &Record) {
        self.calls += 1;
        self.failures += u64::from(record.errno().is_some());
    }

    fn add(&mut self, direction: Direction, bytes: u64) {
        let moved = match direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
        };
        moved.messages += 1;
        // A recording that nobody made here may claim any number.
        moved.bytes = moved.bytes.saturating_add(bytes);
    }
}

/// A program, by what it has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgramActivity {
    /// Its numbers.
    pub tally: Tally,
    /// The last error a call of it returned, with the number of that row.
    pub last_error: Option<(u64, Errno)>,
    /// Whether it has ended.
    pub ended: bool,
    /// Whether a thread of it panicked.
    pub panicked: bool,
}

/// Where a socket stands in its life, as far as its own calls have told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SocketState {
    /// Made, and nothing more.
    Made,
    /// It has an address of its own.
    Bound,
    /// It waits for connections.
    Listening,
    /// It has a peer: a connection, or for datagrams the address that `connect` set.
    Connected,
    /// The peer sends no more: a receive returned 0 bytes.
    PeerDone,
    /// The program sends no more: it shut its sending half down.
    SendingDone,
    /// The connection broke, with this error.
    Broken(Errno),
    /// It was closed.
    Closed,
}

/// A socket, by what was done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketActivity {
    /// The program that owns it.
    pub program: ProgramId,
    /// Its family and type; none where its birth was not seen.
    pub made: Option<(Family, SocketType)>,
    /// The listener that accepted it.
    pub accepted_by: Option<SocketId>,
    /// Its own address.
    pub local: Option<Address>,
    /// The other side's address.
    pub peer: Option<Address>,
    /// Where it stands.
    pub state: SocketState,
    /// Its numbers.
    pub tally: Tally,
    /// When it was made or accepted, in nanoseconds on the clock of the trace.
    pub since: u64,
    /// When its last call returned, on the same clock.
    pub last: u64,
    /// What it exchanged with whom by `sendto` and `recvfrom`, beyond the kept addresses.
    pub others: Tally,
    peers: HashMap<Address, Exchange>,
}

/// What one socket exchanged with one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exchange {
    tally: Tally,
    since: u64,
    last: u64,
}

/// The other side of something a program does: a connection it accepted or made, or an address it exchanged datagrams with.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Its address; none where it was not seen.
    pub address: Option<Address>,
    /// The program's own socket that it talks to.
    pub socket: SocketId,
    /// The state of that socket.
    pub state: SocketState,
    /// What was exchanged with it, as the program sees it.
    pub tally: Tally,
    /// When it was first seen, in nanoseconds on the clock of the trace.
    pub since: u64,
    /// When something last happened.
    pub last: u64,
}

/// The numbers of all programs and sockets of a trace. See [`Activity::fold`].
#[derive(Clone, Debug, Default)]
pub struct Activity {
    read: u64,
    missed: u64,
    total: Tally,
    programs: BTreeMap<ProgramId, ProgramActivity>,
    sockets: Paged<SocketActivity>,
}

impl Activity {
    /// Takes in rows, which follow those taken in before: those of [`Store::scans`](super::Store::scans) from [`read`](Self::read) on.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.missed += record.n.saturating_sub(self.read + 1);
            self.read = record.n;
            self.take(record);
        }
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// How many rows were gone before they could be taken in: the numbers lack them.
    pub const fn missed(&self) -> u64 {
        self.missed
    }

    /// The numbers of all programs together.
    pub const fn total(&self) -> Tally {
        self.total
    }

    /// One program's numbers; all zero for one that has done nothing.
    pub fn program(&self, program: ProgramId) -> ProgramActivity {
        self.programs.get(&program).copied().unwrap_or_default()
    }

    /// All programs that have done something, in order of their ids.
    pub fn programs(&self) -> impl Iterator<Item = (ProgramId, &ProgramActivity)> {
        self.programs.iter().map(|(id, program)| (*id, program))
    }

    /// One socket.
    pub fn socket(&self, socket: SocketId) -> Option<&SocketActivity> {
        self.sockets.get(socket.0)
    }

    /// The sockets, in order of birth: those that are open, and the latest quarter of a million that are closed.
    pub fn sockets(&self) -> impl DoubleEndedIterator<Item = (SocketId, &SocketActivity)> {
        self.sockets.iter().map(|(id, socket)| (SocketId(id), socket))
    }

    /// Whom a program talks to or has talked to: its connections in order of birth, and the addresses each of its sockets exchanged datagrams with, by
    /// the time they were first seen.
    pub fn peers(&self, program: ProgramId) -> Vec<Peer> {
        let mut peers = Vec::new();
        for (id, socket) in self.sockets().filter(|(_, socket)| socket.program == program) {
            if socket.peer.is_some() || socket.accepted_by.is_some() {
                let SocketActivity { state, tally, since, last, .. } = *socket;
                peers.push(Peer { address: socket.peer.clone(), socket: id, state, tally, since, last });
            }
            let mut others = socket.peers.iter().filter(|(address, _)| Some(*address) != socket.peer.as_ref()).collect::<Vec<_>>();
            others.sort_by(|(a, x), (b, y)| x.since.cmp(&y.since).then_with(|| a.to_string().cmp(&b.to_string())));
            peers.extend(others.into_iter().map(|(address, exchange)| {
                let Exchange { tally, since, last } = *exchange;
                Peer { address: Some(address.clone()), socket: id, state: socket.state, tally, since, last }
            }));
        }
        peers
    }

    /// Who of this trace is connected with a program that has not accepted it yet: each waits in the queue of a listener. The socket is the
    /// listener's; what waits there from elsewhere no call tells.
    pub fn waiting(&self, program: ProgramId) -> Vec<Peer> {
        let own = || self.sockets().filter(|(_, socket)| socket.program == program);
        let listeners = own().filter(|(_, socket)| socket.state == SocketState::Listening).collect::<Vec<_>>();
        if listeners.is_empty() {
            return Vec::new();
        }
        let accepted =
            own().filter(|(_, socket)| socket.accepted_by.is_some()).filter_map(|(_, socket)| socket.peer.as_ref()).collect::<HashSet<_>>();
        let waits = |socket: &SocketActivity| {
            let is_open = matches!(socket.state, SocketState::Connected | SocketState::SendingDone);
            is_open
                && socket.accepted_by.is_none()
                && socket.is_stream()
                && socket.local.as_ref().is_some_and(|local| !accepted.contains(local))
        };
        let at = |peer: Option<&Address>| listeners.iter().find(|(_, listener)| reaches(peer, listener.local.as_ref())).map(|(id, _)| *id);
        let clients = self.sockets().filter(|(_, socket)| waits(socket));
        let peers = clients.filter_map(|(_, client)| {
            let socket = at(client.peer.as_ref())?;
            let SocketActivity { ref local, since, last, .. } = *client;
            Some(Peer { address: local.clone(), socket, state: SocketState::Listening, tally: Tally::default(), since, last })
        });
        peers.collect()
    }

    fn take(&mut self, record: &Record) {
        match &record.kind {
            Kind::Call(call, args) => self.take_call(record, *call, args),
            Kind::Life(Life::ProgramEnded) => self.programs.entry(record.program).or_default().ended = true,
            Kind::Life(_) | Kind::Mark(_) | Kind::Fault(_) | Kind::Sample(_) => {}
            Kind::Panic(_) => self.programs.entry(record.program).or_default().panicked = true,
        }
    }

    fn take_call(&mut self, record: &Record, call: Call, args: &Args) {
        let moved = record.moved().filter(|_| !record.is_of_lab());
        if !record.is_of_lab() {
            let program = self.programs.entry(record.program).or_default();
            program.tally.count(record);
            self.total.count(record);
            if let Some(errno) = record.errno() {
                program.last_error = Some((record.n, errno));
            }
        }
        let Some(id) = record.socket else { return };
        let fresh = || SocketActivity::new(record);
        let is_accept = call == Call::Accept;
        let listener = self.sockets.change(id.0, fresh, |socket| {
            if !record.is_of_lab() {
                socket.tally.count(record);
            }
            socket.last = socket.last.max(record.t1);
            socket.step(record, call, args);
            is_accept.then(|| (socket.made, socket.local.clone()))
        });
        if let (Outcome::Socket(accepted, peer), Some((made, local))) = (&record.outcome, listener.flatten()) {
            // It may be there already: the row of an accept can come late, after those of calls on what it accepted.
            self.sockets.change(accepted.0, fresh, |accepted| accepted.born(id, made, local, peer.clone()));
        }
        self.sockets.keep(MOST_PAGES, |socket| socket.state == SocketState::Closed);
        if let (Some(bytes), Some(direction)) = (moved, call.direction()) {
            self.take_bytes(record, id, direction, bytes);
        }
    }

    fn take_bytes(&mut self, record: &Record, id: SocketId, direction: Direction, bytes: u64) {
        let Some(socket) = self.sockets.get_mut(id.0) else { return };
        if bytes == 0 && socket.is_stream() {
            return;
        }
        socket.tally.add(direction, bytes);
        socket.exchange(record, direction, bytes);
        self.programs.entry(record.program).or_default().tally.add(direction, bytes);
        self.total.add(direction, bytes);
    }
}

impl SocketActivity {
    fn new(record: &Record) -> Self {
        Self {
            program: record.program,
            made: None,
            accepted_by: None,
            local: None,
            peer: None,
            state: SocketState::Made,
            tally: Tally::default(),
            since: record.t1,
            last: record.t1,
            others: Tally::default(),
            peers: HashMap::new(),
        }
    }

    /// Takes in that `listener` accepted it.
    fn born(&mut self, listener: SocketId, made: Option<(Family, SocketType)>, local: Option<Address>, peer: Address) {
        self.accepted_by = Some(listener);
        self.made = made;
        self.local = self.local.take().or(local);
        self.peer = Some(peer);
        if self.state == SocketState::Made {
            self.state = SocketState::Connected;
        }
    }

    /// Whether it is a stream; a socket whose birth was not seen counts as one if it was accepted.
    pub fn is_stream(&self) -> bool {
        self.made.map_or_else(|| self.accepted_by.is_some(), |(_, kind)| kind == SocketType::Stream)
    }

    /// With how many addresses it exchanged datagrams, as far as they are kept apart.
    pub fn addresses(&self) -> usize {
        self.peers.len()
    }

    fn step(&mut self, record: &Record, call: Call, args: &Args) {
        if let Outcome::Err(errno) = record.outcome {
            if let (Call::Connect, Args::Address(address), true) = (call, args, errno.is("EINPROGRESS")) {
                self.peer = Some(address.clone());
            }
            let breaks = ["ECONNRESET", "EPIPE", "ECONNABORTED", "ETIMEDOUT"].iter().any(|name| errno.is(name));
            if breaks && self.is_stream() && call.direction().is_some() && self.state != SocketState::Closed {
                self.state = SocketState::Broken(errno);
            }
            return;
        }
        match (call, args, &record.outcome) {
            (Call::Socket, Args::Socket(family, kind), _) => self.made = Some((*family, *kind)),
            (Call::Bind, Args::Address(address), _) => {
                self.local = Some(address.clone());
                self.state = SocketState::Bound;
            }
            (Call::GetSockName, _, Outcome::Address(address, _)) => self.local = Some(address.clone()),
            (Call::GetPeerName, _, Outcome::Address(address, _)) => self.peer = Some(address.clone()),
            (Call::Listen, ..) => self.state = SocketState::Listening,
            (Call::Connect, Args::Address(address), _) => {
                self.peer = Some(address.clone());
                self.state = SocketState::Connected;
            }
            // How a connect that went on in the background ended (connect(2), EINPROGRESS): with the name of an error, or 0.
            (Call::GetSockOpt, Args::Option(name), Outcome::Value(value)) if name == "SO_ERROR" && self.is_connecting() => match &**value {
                Value::Text(errno) => self.state = Errno::by_name(errno).map_or(self.state, SocketState::Broken),
                _ => self.state = SocketState::Connected,
            },
            (Call::Recv | Call::RecvFrom, ..) if self.is_stream() && record.moved() == Some(0) && self.state == SocketState::Connected => {
                self.state = SocketState::PeerDone;
            }
            (Call::Shutdown, Args::How(How::Write | How::Both), _) if self.state == SocketState::Connected => {
                self.state = SocketState::SendingDone;
            }
            (Call::Close, ..) => self.state = SocketState::Closed,
            _ => {}
        }
    }

    /// Whether a connect goes on in the background.
    fn is_connecting(&self) -> bool {
        self.peer.is_some() && matches!(self.state, SocketState::Made | SocketState::Bound)
    }

    /// Counts a datagram for the address it went to or came from.
    fn exchange(&mut self, record: &Record, direction: Direction, bytes: u64) {
        let address = match (&record.outcome, record.args()) {
            (Outcome::Address(from, _), _) => from,
            (_, Some(Args::LengthTo(_, to) | Args::LengthToFlags(_, to, _))) => to,
            _ => return,
        };
        if self.is_stream() {
            return;
        }
        if let Some(exchange) = self.peers.get_mut(address) {
            exchange.last = exchange.last.max(record.t1);
            exchange.tally.calls += 1;
            exchange.tally.add(direction, bytes);
        } else if self.peers.len() < MOST_PEERS {
            let mut tally = Tally { calls: 1, ..Tally::default() };
            tally.add(direction, bytes);
            self.peers.insert(address.clone(), Exchange { tally, since: record.t0.max(record.place()), last: record.t1 });
        } else {
            self.others.calls += 1;
            self.others.add(direction, bytes);
        }
    }
}

/// Whether who connects to `peer` meets a listener bound to `local`.
fn reaches(peer: Option<&Address>, local: Option<&Address>) -> bool {
    match (peer.and_then(Address::ip), local.and_then(Address::ip)) {
        (Some(peer), Some(local)) => peer.port() == local.port() && (peer.ip() == local.ip() || local.ip().is_unspecified()),
        _ => peer.is_some() && peer == local,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Flags, Origin, Payload, Store, ThreadId};

    struct Rows(Vec<Record>);

    impl Rows {
        fn call(&mut self, program: u32, socket: u32, call: Call, args: Args, outcome: Outcome, bytes: &'static [u8]) -> &mut Record {
            let n = self.0.len() as u64 + 1;
            self.0.push(Record {
                n,
                kind: Kind::Call(call, args),
                origin: Origin::Program,
                run: 1,
                program: ProgramId(program),
                thread: ThreadId(program),
                socket: Some(SocketId(socket)),
                t0: n * 100,
                t1: n * 100 + 50,
                outcome,
                payload: call.direction().map(|_| Payload::whole(bytes)),
            });
            self.0.last_mut().unwrap()
        }
    }

    fn at(port: u16) -> Address {
        Address::Ip(([127, 0, 0, 1], port).into())
    }

    fn fold(rows: &Rows) -> Activity {
        let mut activity = Activity::default();
        activity.fold(&rows.0);
        activity
    }

    #[test]
    fn who_is_connected_and_not_accepted_waits() {
        let mut rows = Rows(Vec::new());
        rows.call(1, 1, Call::Bind, Args::Address(Address::Ip(([0, 0, 0, 0], 9001).into())), Outcome::Ok(0), b"");
        rows.call(1, 1, Call::Listen, Args::Backlog(5), Outcome::Ok(0), b"");
        for socket in [2, 3] {
            rows.call(2, socket, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(3), b"");
            rows.call(2, socket, Call::Connect, Args::Address(at(9001)), Outcome::Ok(0), b"");
            rows.call(2, socket, Call::GetSockName, Args::None, Outcome::Address(at(50000 + socket as u16), Flags::default()), b"");
        }
        let waiting = |rows: &Rows| fold(rows).waiting(ProgramId(1)).into_iter().map(|peer| peer.address).collect::<Vec<_>>();
        assert_eq!(waiting(&rows), [Some(at(50002)), Some(at(50003))]);
        rows.call(1, 1, Call::Accept, Args::None, Outcome::Socket(SocketId(4), at(50002)), b"");
        assert_eq!(waiting(&rows), [Some(at(50003))]);
        assert_eq!(fold(&rows).waiting(ProgramId(2)), []);
        rows.call(2, 3, Call::Close, Args::None, Outcome::Ok(0), b"");
        assert_eq!(waiting(&rows), []);
    }

    #[test]
    fn a_server_has_its_connections_as_peers() {
        let mut rows = Rows(Vec::new());
        rows.call(1, 1, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(3), b"");
        rows.call(1, 1, Call::Bind, Args::Address(at(9001)), Outcome::Ok(0), b"");
        rows.call(1, 1, Call::Listen, Args::Backlog(5), Outcome::Ok(0), b"");
        rows.call(1, 1, Call::Accept, Args::None, Outcome::Socket(SocketId(4), at(50000)), b"");
        rows.call(1, 4, Call::Recv, Args::Length(10), Outcome::Ok(5), b"hello");
        rows.call(1, 4, Call::Send, Args::Length(5), Outcome::Ok(5), b"HELLO");
        assert_eq!(fold(&rows).socket(SocketId(1)).unwrap().state, SocketState::Listening);
        rows.call(1, 4, Call::Recv, Args::Length(10), Outcome::Ok(0), b"");
        let activity = fold(&rows);
        let [peer] = &activity.peers(ProgramId(1))[..] else { panic!("{:?}", activity.peers(ProgramId(1))) };
        assert_eq!((peer.address.clone(), peer.socket, peer.state), (Some(at(50000)), SocketId(4), SocketState::PeerDone));
        assert_eq!(peer.tally.received, Moved { messages: 1, bytes: 5 });
        assert_eq!(peer.tally.calls, 3);
        assert_eq!(activity.program(ProgramId(1)).tally.calls, 7);
        rows.call(1, 4, Call::Recv, Args::Length(10), Outcome::Err(Errno::by_name("ECONNRESET").unwrap()), b"");
        assert_eq!(fold(&rows).peers(ProgramId(1))[0].state, SocketState::Broken(Errno::by_name("ECONNRESET").unwrap()));
        rows.call(1, 4, Call::Close, Args::None, Outcome::Ok(0), b"").origin = Origin::Lab;
        let activity = fold(&rows);
        assert_eq!(activity.peers(ProgramId(1))[0].state, SocketState::Closed);
        assert_eq!(
            activity.program(ProgramId(1)).tally,
            Tally { calls: 8, failures: 1, ..activity.total() },
            "the lab's own close is not counted"
        );
        assert_eq!(activity.program(ProgramId(1)).last_error.unwrap().0, 8);
    }

    #[test]
    fn a_connect_in_the_background_ends_as_its_pending_error_says() {
        for (told, state) in [
            (Value::Int(0), SocketState::Connected),
            (Value::Text("ECONNREFUSED".into()), SocketState::Broken(Errno::by_name("ECONNREFUSED").unwrap())),
        ] {
            let mut rows = Rows(Vec::new());
            rows.call(1, 1, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(3), b"");
            let going_on = Outcome::Err(Errno::by_name("EINPROGRESS").unwrap());
            rows.call(1, 1, Call::Connect, Args::Address(at(9001)), going_on, b"");
            rows.call(1, 1, Call::GetSockOpt, Args::Option("SO_ERROR".into()), Outcome::Value(told.into()), b"");
            assert_eq!(fold(&rows).socket(SocketId(1)).unwrap().state, state);
        }
    }

    #[test]
    fn datagrams_are_counted_by_address() {
        let mut rows = Rows(Vec::new());
        rows.call(1, 1, Call::Socket, Args::Socket(Family::Inet, SocketType::Datagram), Outcome::Ok(3), b"");
        for port in [7, 8, 7] {
            rows.call(1, 1, Call::RecvFrom, Args::Length(9), Outcome::Address(at(port), Flags::default()), b"abc");
        }
        rows.call(1, 1, Call::SendTo, Args::LengthTo(2, at(8)), Outcome::Ok(2), b"ab");
        rows.call(1, 1, Call::RecvFrom, Args::Length(9), Outcome::Address(at(9), Flags::default()), b"");
        rows.call(1, 1, Call::SendTo, Args::LengthTo(2, at(10)), Outcome::Err(Errno::by_name("EPERM").unwrap()), b"");
        let activity = fold(&rows);
        let peers = activity.peers(ProgramId(1));
        let counted = peers.iter().map(|peer| (peer.address.clone().unwrap(), peer.tally.sent, peer.tally.received)).collect::<Vec<_>>();
        let moved = |messages, bytes| Moved { messages, bytes };
        assert_eq!(
            counted,
            [(at(7), moved(0, 0), moved(2, 6)), (at(8), moved(1, 2), moved(1, 3)), (at(9), moved(0, 0), moved(1, 0))],
            "an empty datagram is a message; one that failed is none"
        );
        assert_eq!(activity.program(ProgramId(1)).tally.received, moved(4, 9));
    }

    #[test]
    fn too_many_addresses_are_counted_together() {
        let mut rows = Rows(Vec::new());
        for port in 0..=MOST_PEERS as u16 {
            rows.call(1, 1, Call::RecvFrom, Args::Length(9), Outcome::Address(at(port), Flags::default()), b"abc");
        }
        let activity = fold(&rows);
        let socket = activity.socket(SocketId(1)).unwrap();
        assert_eq!((socket.addresses(), socket.others.received.bytes), (MOST_PEERS, 3));
    }

    #[test]
    fn only_new_rows_are_read_and_missing_ones_are_told() {
        let store = Store::new(usize::MAX);
        let mut rows = Rows(Vec::new());
        rows.call(1, 1, Call::Send, Args::Length(3), Outcome::Ok(3), b"abc");
        let mut activity = Activity::default();
        for expected in 0..=2 {
            store.scans(activity.read() + 1).for_each(|scan| activity.fold(scan.rows()));
            assert_eq!((activity.read(), store.scans(activity.read() + 1).count()), (expected, 0));
            store.append(rows.0.clone());
        }
        assert_eq!((activity.total().sent, activity.missed(), activity.read()), (Moved { messages: 2, bytes: 6 }, 0, 2));
        rows.0[0].n = 10;
        activity.fold(&rows.0);
        assert_eq!((activity.missed(), activity.read()), (7, 10));
    }
}
