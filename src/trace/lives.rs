//! What each socket went through: where it was made, bound, connected and ended, by which rows. For whoever explains why a later call failed.
//!
//! A fold over the trace, so that it explains a recording as it does a run.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::address::Address;
use super::call::{Args, Call, Direction, Family, How, Name, SocketType};
use super::record::{Kind, Outcome, ProgramId, Record, SocketId};
use super::value::Value;

/// How many sockets are remembered; the closed ones that were born first are forgotten.
const MOST_SOCKETS: usize = 4096;
/// How many options that were set are remembered of a socket.
const MOST_OPTIONS: usize = 64;

/// An option that was set: by which row, and to what.
pub type Set = (u64, Value);

/// One socket. Rows are told by their numbers; a call that failed is no part of a life unless it says so.
#[derive(Clone, Debug)]
pub struct SocketLife {
    /// Whose it is.
    pub program: ProgramId,
    /// Its family and type; none where its birth was not seen.
    pub made: Option<(Family, SocketType)>,
    /// The listener that accepted it.
    pub accepted_by: Option<SocketId>,
    /// Its own address.
    pub local: Option<Address>,
    /// The other side's.
    pub peer: Option<Address>,
    /// Its bind.
    pub bound: Option<u64>,
    /// Its first listen.
    pub listening: Option<u64>,
    /// The connect that succeeded, or the accept that gave it.
    pub connected: Option<u64>,
    /// The connect that goes on in the background.
    pub connecting: Option<u64>,
    /// The last connect that failed.
    pub refused: Option<u64>,
    /// The first receive that found the end of the stream.
    pub ended: Option<u64>,
    /// The first call that was told that the other side had broken off.
    pub reset: Option<u64>,
    /// Its own shutdown for sending.
    pub shut: Option<u64>,
    /// Its close.
    pub closed: Option<u64>,
    /// When that returned, in nanoseconds on the clock of the trace.
    pub closed_at: Option<u64>,
    /// Since when it does not block.
    pub nonblocking: Option<u64>,
    /// The last datagram or piece that it sent.
    pub last_sent: Option<u64>,
    /// How many bytes it sent and received.
    pub moved: (u64, u64),
    options: BTreeMap<Name, Set>,
    groups: VecDeque<Set>,
}

impl SocketLife {
    fn new(program: ProgramId) -> Self {
        Self {
            program,
            made: None,
            accepted_by: None,
            local: None,
            peer: None,
            bound: None,
            listening: None,
            connected: None,
            connecting: None,
            refused: None,
            ended: None,
            reset: None,
            shut: None,
            closed: None,
            closed_at: None,
            nonblocking: None,
            last_sent: None,
            moved: (0, 0),
            options: BTreeMap::new(),
            groups: VecDeque::new(),
        }
    }

    /// By which row an option was set last, and to what; those of a listener are inherited by what it accepts.
    pub fn option(&self, name: &str) -> Option<&Set> {
        self.options.get(name)
    }

    /// Whether a flag was set, and was not cleared again.
    pub fn has(&self, name: &str) -> bool {
        matches!(self.option(name), Some((_, Value::Flag(true))))
    }

    /// The row by which it joined this multicast group.
    pub fn joined(&self, group: &Value) -> Option<u64> {
        let is_it = |(_, joined): &&Set| matches!((joined, group), (Value::Group(one, _), Value::Group(other, _)) if one == other);
        self.groups.iter().find(is_it).map(|(row, _)| *row)
    }

    fn take(&mut self, record: &Record, call: Call, args: &Args) {
        let n = record.n;
        match &record.outcome {
            Outcome::Err(errno) if call == Call::Connect && errno.is("EINPROGRESS") => {
                self.connecting = Some(n);
                self.peer = address(args);
            }
            Outcome::Err(_) if call == Call::Connect => self.refused = Some(n),
            Outcome::Err(errno) if errno.is("ECONNRESET") || errno.is("EPIPE") => drop(self.reset.get_or_insert(n)),
            Outcome::Err(_) => {}
            outcome => self.succeeded(n, record, call, args, outcome),
        }
    }

    fn succeeded(&mut self, n: u64, record: &Record, call: Call, args: &Args, outcome: &Outcome) {
        match (call, args) {
            (Call::Socket, Args::Socket(family, kind)) => self.made = Some((*family, *kind)),
            (Call::Bind, _) => (self.bound, self.local) = (Some(n), address(args)),
            (Call::Listen, _) => drop(self.listening.get_or_insert(n)),
            (Call::Connect, _) => (self.connected, self.peer) = (Some(n), address(args)),
            (Call::GetSockName, _) => {
                if let Outcome::Address(local, _) = outcome {
                    self.local = Some(local.clone());
                }
            }
            (Call::Shutdown, Args::How(How::Write | How::Both)) => drop(self.shut.get_or_insert(n)),
            (Call::Close, _) => (self.closed, self.closed_at) = (Some(n), Some(record.t1)),
            (Call::SetNonblocking, Args::Flag(on)) => self.nonblocking = on.then_some(n),
            (Call::SetSockOpt, Args::OptionValue(_, value)) if matches!(**value, Value::Group(..)) => {
                self.groups.push_back((n, Value::clone(value)));
                self.groups.truncate(MOST_OPTIONS);
            }
            (Call::SetSockOpt, Args::OptionValue(name, value)) if self.options.len() < MOST_OPTIONS || self.options.contains_key(name) => {
                self.options.insert(name.clone(), (n, Value::clone(value)));
            }
            _ => {}
        }
        let moved = record.moved();
        match call.direction() {
            Some(Direction::Sent) => (self.last_sent, self.moved.0) = (Some(n), self.moved.0 + moved.unwrap_or_default()),
            Some(Direction::Received) => self.moved.1 += moved.unwrap_or_default(),
            None => {}
        }
        let asked = matches!(args, Args::Length(1..));
        if call == Call::Recv && moved == Some(0) && asked {
            self.ended.get_or_insert(n);
        }
    }
}

fn address(args: &Args) -> Option<Address> {
    if let Args::Address(address) = args { Some(address.clone()) } else { None }
}

/// All sockets. See [`Lives::fold`].
#[derive(Clone, Debug, Default)]
pub struct Lives {
    sockets: BTreeMap<SocketId, Arc<SocketLife>>,
}

impl Lives {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            if let (Kind::Call(call, args), Some(socket)) = (&record.kind, record.socket) {
                let life = self.sockets.entry(socket).or_insert_with(|| Arc::new(SocketLife::new(record.program)));
                Arc::make_mut(life).take(record, *call, args);
                if let (Call::Accept, Outcome::Socket(accepted, peer)) = (call, &record.outcome) {
                    self.accept(record, socket, *accepted, peer);
                }
                self.forget();
            }
        }
    }

    fn accept(&mut self, record: &Record, listener: SocketId, accepted: SocketId, peer: &Address) {
        let inherited = self.sockets.get(&listener).map(|life| (life.made, life.local.clone(), life.options.clone()));
        let (made, local, options) = inherited.unwrap_or_default();
        let fresh = SocketLife::new(record.program);
        let (connected, peer) = (Some(record.n), Some(peer.clone()));
        let life = SocketLife { made, local, options, connected, peer, accepted_by: Some(listener), ..fresh };
        self.sockets.insert(accepted, Arc::new(life));
    }

    fn forget(&mut self) {
        if self.sockets.len() > MOST_SOCKETS {
            let closed = self.sockets.iter().find(|(_, life)| life.closed.is_some()).map(|(socket, _)| *socket);
            closed.or_else(|| self.sockets.keys().next().copied()).and_then(|socket| self.sockets.remove(&socket));
        }
    }

    /// What a socket went through.
    pub fn socket(&self, socket: SocketId) -> Option<&SocketLife> {
        self.sockets.get(&socket).map(|life| &**life)
    }

    /// All of them, in order of birth.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (SocketId, &SocketLife)> {
        self.sockets.iter().map(|(socket, life)| (*socket, &**life))
    }

    /// The other end of a connection, where it is in the trace too: whose addresses are the same, the other way round.
    pub fn other_end(&self, socket: SocketId) -> Option<(SocketId, &SocketLife)> {
        let life = self.socket(socket)?;
        let (local, peer) = (life.local.as_ref()?, life.peer.as_ref()?);
        let is_it = |other: &(SocketId, &SocketLife)| {
            other.0 != socket && other.1.local.as_ref() == Some(peer) && other.1.peer.as_ref() == Some(local)
        };
        self.all().filter(|other| other.1.connected.is_some() || other.1.connecting.is_some()).rfind(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u64, socket: u32, call: Call, args: Args, outcome: Outcome) -> Record {
        Record { n, socket: Some(SocketId(socket)), outcome, ..Record::plain(n, Kind::Call(call, args)) }
    }

    fn at(port: u16) -> Address {
        std::net::SocketAddr::from(([127, 0, 0, 1], port)).into()
    }

    #[test]
    fn both_ends_of_a_connection_find_each_other_and_options_are_inherited() {
        let mut lives = Lives::default();
        let reuse = Args::OptionValue("SO_REUSEADDR".into(), Value::Flag(true).into());
        lives.fold(&[
            row(1, 1, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(3)),
            row(2, 1, Call::SetSockOpt, reuse, Outcome::Ok(0)),
            row(3, 1, Call::Bind, Args::Address(at(9001)), Outcome::Ok(0)),
            row(4, 1, Call::Listen, Args::Backlog(5), Outcome::Ok(0)),
            row(5, 2, Call::Connect, Args::Address(at(9001)), Outcome::Ok(0)),
            row(6, 2, Call::GetSockName, Args::None, Outcome::Address(at(40_000), super::super::Flags::default())),
            row(7, 1, Call::Accept, Args::None, Outcome::Socket(SocketId(3), at(40_000))),
            row(8, 2, Call::Send, Args::Length(5), Outcome::Ok(5)),
            row(9, 3, Call::Recv, Args::Length(5), Outcome::Ok(5)),
            row(10, 2, Call::Close, Args::None, Outcome::Ok(0)),
            row(11, 3, Call::Recv, Args::Length(5), Outcome::Ok(0)),
        ]);
        assert_eq!(lives.other_end(SocketId(2)).map(|(socket, _)| socket), Some(SocketId(3)));
        let (socket, client) = lives.other_end(SocketId(3)).expect("the client");
        assert_eq!((socket, client.closed, client.moved), (SocketId(2), Some(10), (5, 0)));
        let accepted = lives.socket(SocketId(3)).expect("known");
        assert!(accepted.has("SO_REUSEADDR") && accepted.ended == Some(11) && accepted.connected == Some(7));
    }

    #[test]
    fn memory_is_bounded_and_what_is_open_stays() {
        let mut lives = Lives::default();
        lives.fold(&[row(1, 1, Call::Bind, Args::Address(at(1)), Outcome::Ok(0))]);
        for n in 2..3 * MOST_SOCKETS as u64 {
            lives.fold(&[row(n, n as u32, Call::Close, Args::None, Outcome::Ok(0))]);
        }
        assert_eq!(lives.all().count(), MOST_SOCKETS);
        assert!(lives.socket(SocketId(1)).is_some());
    }
}
