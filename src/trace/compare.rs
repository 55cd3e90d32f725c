//! TCP against UDP: what the same messages cost over each, told side by side. Derived from the calls of clients and servers, so that a recording tells it as a run does.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use super::address::Address;
use super::call::{Args, Call, SocketType};
use super::errno::Errno;
use super::record::{Kind, Life, Origin, Outcome, ProgramId, Record, SocketId};

/// How many programs are remembered; the oldest are forgotten.
const MOST: usize = 256;
/// Of how many messages the lengths and the bytes are compared.
pub const MOST_MESSAGES: usize = 64;
/// How many sockets and addresses are remembered.
const MOST_SOCKETS: usize = 4096;

/// A message: how long it was, and what tells it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How many bytes the call moved.
    pub length: u64,
    /// The checksum of those that were kept.
    mark: u32,
}

/// What a program did to send and receive.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Its name in the lab.
    pub name: Arc<str>,
    /// The type of its sockets; none before the first.
    pub kind: Option<SocketType>,
    /// The calls before its first byte, without those about options and addresses.
    pub before: Vec<Call>,
    /// How many sends.
    pub sends: u64,
    /// How many receives that brought bytes.
    pub receives: u64,
    /// Bytes out.
    pub sent: u64,
    /// Bytes in.
    pub received: u64,
    /// What was sent first, in order.
    pub out: Vec<Piece>,
    /// What was received first, in order.
    pub within: Vec<Piece>,
    /// How often a connect or a receive came back after something had gone out: each is a way there and back.
    pub rounds: u64,
    /// From the birth of its first socket to the begin of its first send, in nanoseconds.
    pub first: Option<u64>,
    /// Whom it asked: the address.
    pub asked: Option<Address>,
    /// Who had that address then, where that is in the trace.
    pub server: Option<ProgramId>,
    /// The first call that failed, with its row.
    pub failed: Option<(Call, Errno, u64)>,
    born: Option<u64>,
    waits: bool,
    passive: bool,
}

impl Course {
    fn new(name: Arc<str>) -> Self {
        Self {
            name,
            kind: None,
            before: Vec::new(),
            sends: 0,
            receives: 0,
            sent: 0,
            received: 0,
            out: Vec::new(),
            within: Vec::new(),
            rounds: 0,
            first: None,
            asked: None,
            server: None,
            failed: None,
            born: None,
            waits: false,
            passive: false,
        }
    }

    /// Whether it asked somebody, as clients do.
    pub const fn is_client(&self) -> bool {
        !self.passive && self.asked.is_some()
    }

    fn take(&mut self, record: &Record, call: Call, args: &Args) {
        if let (Call::Socket, Args::Socket(_, kind)) = (call, args) {
            self.kind = Some(*kind);
            self.born = self.born.or(Some(record.t0));
        }
        let prepares = matches!(call, Call::Socket | Call::Bind | Call::Listen | Call::Accept | Call::Connect);
        if prepares && self.sends == 0 && self.receives == 0 && self.before.len() < 16 {
            self.before.push(call);
        }
        self.passive |= matches!(call, Call::Listen | Call::Accept) && record.errno().is_none();
        if let Some(errno) = record.errno() {
            let waits = errno.is("EINPROGRESS") || errno.is("EINTR");
            self.failed = self.failed.or_else(|| (!waits).then_some((call, errno, record.n)));
            return;
        }
        if call == Call::Connect && self.kind == Some(SocketType::Stream) {
            self.rounds += 1;
        }
        let Some(bytes) = record.moved() else { return };
        let kept = record.payload.as_ref().map(|payload| payload.bytes.as_ref()).unwrap_or_default();
        let piece = Piece { length: bytes, mark: crc32fast::hash(kept) };
        match call {
            Call::Send | Call::SendTo => {
                self.first = self.first.or_else(|| Some(record.t0.saturating_sub(self.born?)));
                (self.sends, self.sent, self.waits) = (self.sends + 1, self.sent + bytes, true);
                keep(&mut self.out, piece);
            }
            // What says that a stream has ended is no message.
            Call::Recv | Call::RecvFrom if bytes > 0 || self.kind == Some(SocketType::Datagram) => {
                (self.receives, self.received) = (self.receives + 1, self.received + bytes);
                self.rounds += u64::from(std::mem::take(&mut self.waits));
                keep(&mut self.within, piece);
            }
            _ => {}
        }
    }
}

fn keep(pieces: &mut Vec<Piece>, piece: Piece) {
    if pieces.len() < MOST_MESSAGES {
        pieces.push(piece);
    }
}

/// What became of the borders between messages on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borders {
    /// Each send was one receive.
    Kept,
    /// The bytes are the same, cut in other places.
    Moved,
    /// Some have not arrived; how many bytes of them.
    Missing(u64),
    /// They arrived in another order, or are others.
    Other,
}

/// What was sent beside what was received.
pub fn borders(sender: &Course, receiver: &Course) -> Borders {
    if sender.out == receiver.within {
        Borders::Kept
    } else if receiver.received < sender.sent {
        Borders::Missing(sender.sent - receiver.received)
    } else if sender.sent == receiver.received && sender.kind == Some(SocketType::Stream) {
        Borders::Moved
    } else {
        Borders::Other
    }
}

/// The programs of a trace, and what each did. See [`Courses::fold`].
#[derive(Clone, Debug, Default)]
pub struct Courses {
    programs: BTreeMap<ProgramId, Course>,
    /// Who is bound to an address with a socket of a type.
    bound: HashMap<(SocketType, Address), ProgramId>,
    kinds: HashMap<SocketId, SocketType>,
    /// Their sockets and addresses, the oldest first.
    order: VecDeque<SocketId>,
}

impl Courses {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            match &record.kind {
                Kind::Life(Life::ProgramStarted { name, .. }) => {
                    self.programs.insert(record.program, Course::new(Arc::clone(name)));
                    if self.programs.len() > MOST {
                        self.programs.pop_first();
                    }
                }
                Kind::Call(call, args) => self.take(record, *call, args),
                _ => {}
            }
        }
    }

    fn take(&mut self, record: &Record, call: Call, args: &Args) {
        let Some(socket) = record.socket else { return };
        if let Args::Socket(_, kind) = args {
            self.kinds.insert(socket, *kind);
            self.order.push_back(socket);
            if let Some(oldest) = self.order.pop_front_if(|_| self.kinds.len() > MOST_SOCKETS) {
                self.kinds.remove(&oldest);
            }
        }
        let kind = self.kinds.get(&socket).copied();
        let local = match (call, args, &record.outcome) {
            (Call::Bind, Args::Address(address), Outcome::Ok(_)) | (Call::GetSockName, _, Outcome::Address(address, _)) => Some(address),
            _ => None,
        };
        let is_server = self.programs.get(&record.program).is_some_and(|course| course.asked.is_none());
        if let (Some(kind), Some(address), true) = (kind, local, is_server) {
            if self.bound.len() > MOST_SOCKETS {
                self.bound.clear();
            }
            self.bound.insert((kind, address.clone()), record.program);
        }
        if record.origin == Origin::Lab {
            return;
        }
        let asked = match (call, args) {
            (Call::Connect, Args::Address(address)) | (Call::SendTo, Args::LengthTo(_, address) | Args::LengthToFlags(_, address, _)) => {
                Some(address)
            }
            _ => None,
        };
        let server = asked.zip(kind).and_then(|(address, kind)| self.bound.get(&(kind, address.clone())).copied());
        let Some(course) = self.programs.get_mut(&record.program) else { return };
        // A server of datagrams answers whom it heard first.
        if let Some(address) = asked.filter(|_| course.asked.is_none() && course.receives == 0) {
            (course.asked, course.server) = (Some(address.clone()), server);
        }
        course.take(record, call, args);
    }

    /// What a program did.
    pub fn of(&self, program: ProgramId) -> Option<&Course> {
        self.programs.get(&program)
    }

    /// The client of this type that was started last and has sent something; with `failed`, the one whom nobody heard.
    pub fn client(&self, kind: SocketType, alone: bool) -> Option<&Course> {
        let fits = |course: &&Course| {
            let lonely = course.server.is_none() && course.received == 0;
            course.is_client()
                && course.kind == Some(kind)
                && (if alone { lonely && (course.failed.is_some() || course.sends > 0) } else { course.sends > 0 && !lonely })
        };
        self.programs.values().rev().find(fits)
    }

    /// The server of a client.
    pub fn server(&self, client: &Course) -> Option<&Course> {
        self.of(client.server?)
    }

    /// What is told, without what is only needed to go on.
    pub fn told(&self) -> Self {
        Self { programs: self.programs.clone(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;
    use crate::trace::{Family, Flags, Settings, Trace};

    /// What a server and a client of a type do: `within` are the lengths of the server's receives of the client's `out`.
    fn run(kind: SocketType, out: &[&[u8]], within: &[&[u8]]) -> Courses {
        let trace = Trace::new(Settings::default()).expect("a thread");
        let address = |port| Address::Ip(SocketAddr::from(([127, 0, 0, 1], port)));
        let stream = kind == SocketType::Stream;
        let begin = |name: &str| {
            let tracer = trace.first_tracer(trace.new_program(), name, "any");
            let socket = tracer.new_socket();
            tracer.begin(Call::Socket, Args::Socket(Family::Inet, kind), Some(socket)).end(Outcome::Ok(3), None);
            (tracer, socket)
        };
        let (server, listener) = begin("server");
        server.begin(Call::Bind, Args::Address(address(9001)), Some(listener)).end(Outcome::Ok(0), None);
        let (client, socket) = begin("client");
        if stream {
            client.begin(Call::Connect, Args::Address(address(9001)), Some(socket)).end(Outcome::Ok(0), None);
        }
        for bytes in out {
            let args = if stream { Args::Length(bytes.len() as u32) } else { Args::LengthTo(bytes.len() as u32, address(9001)) };
            let call = client.begin(if stream { Call::Send } else { Call::SendTo }, args, Some(socket));
            call.end(Outcome::Ok(bytes.len() as i64), Some((*bytes).into()));
        }
        for bytes in within {
            let call = server.begin(if stream { Call::Recv } else { Call::RecvFrom }, Args::Length(1024), Some(listener));
            let outcome = if stream { Outcome::Ok(bytes.len() as i64) } else { Outcome::Address(address(50_000), Flags::default()) };
            call.end(outcome, Some((*bytes).into()));
        }
        let (lonely, socket) = begin("lonely");
        let errno = Errno::by_name("ECONNREFUSED").expect("in the table");
        if stream {
            lonely.begin(Call::Connect, Args::Address(address(9)), Some(socket)).end(Outcome::Err(errno), None);
        } else {
            let call = lonely.begin(Call::SendTo, Args::LengthTo(2, address(9)), Some(socket));
            call.end(Outcome::Ok(2), Some(b"hi"[..].into()));
        }
        trace.flush();
        let mut courses = Courses::default();
        trace.store().scans(1).for_each(|scan| courses.fold(scan.rows()));
        courses.told()
    }

    fn told(kind: SocketType, out: &[&[u8]], within: &[&[u8]]) -> Borders {
        let courses = run(kind, out, within);
        let client = courses.client(kind, false).expect("a client");
        assert_eq!((&*client.name, client.sends), ("client", out.len() as u64));
        borders(client, courses.server(client).expect("its server"))
    }

    #[test]
    fn borders_are_kept_moved_or_lost() {
        let (stream, datagram) = (SocketType::Stream, SocketType::Datagram);
        assert_eq!(told(stream, &[b"one", b"two"], &[b"one", b"two"]), Borders::Kept);
        assert_eq!(told(stream, &[b"one", b"two"], &[b"onetwo"]), Borders::Moved);
        assert_eq!(told(stream, &[b"one", b"two"], &[b"one"]), Borders::Missing(3));
        assert_eq!(told(datagram, &[b"one", b"two"], &[b"one", b"two"]), Borders::Kept);
        assert_eq!(told(datagram, &[b"one", b"two"], &[b"two"]), Borders::Missing(3));
        assert_eq!(told(datagram, &[b"one", b"two"], &[b"two", b"one"]), Borders::Other);
    }

    #[test]
    fn what_each_needed_is_counted() {
        let tcp = run(SocketType::Stream, &[b"one"], &[b"one"]);
        let client = tcp.client(SocketType::Stream, false).expect("a client");
        assert_eq!((client.before.as_slice(), client.rounds), (&[Call::Socket, Call::Connect][..], 1));
        let alone = tcp.client(SocketType::Stream, true).expect("one alone");
        assert_eq!((&*alone.name, alone.sends, alone.failed.map(|(call, ..)| call)), ("lonely", 0, Some(Call::Connect)));
        let udp = run(SocketType::Datagram, &[b"one"], &[b"one"]);
        let client = udp.client(SocketType::Datagram, false).expect("a client");
        assert_eq!((client.before.as_slice(), client.rounds), (&[Call::Socket][..], 0));
        let alone = udp.client(SocketType::Datagram, true).expect("one alone");
        assert_eq!((&*alone.name, alone.sends, alone.failed), ("lonely", 1, None));
        assert!(udp.client(SocketType::Stream, false).is_none());
    }
}
