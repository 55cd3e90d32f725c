//! Looks at what the kernel knows of sockets and writes what is new into the trace, as samples.
//!
//! A connection of TCP outlives the socket that a program closed: it is looked for in the tables of the machine until it is gone, so that `FIN-WAIT` and `TIME-WAIT`
//! are seen. On Linux alone; elsewhere there are no samples, and the first look says so.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::TracedSocket;
use super::sys;
use crate::trace::{Figure, ProgramId, Sample, SocketId, TcpState, Tracer};

/// How many sockets of one program are looked at. Of more the first are.
pub const MOST_LOOKED_AT: usize = 100;

/// What the kernel knows of a socket at a moment, as whoever has it can ask. Plain data: who has it may be another process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The figures.
    pub figures: Vec<(Figure, u64)>,
    /// Both ends of a connection of TCP.
    pub ends: Option<(SocketAddr, SocketAddr)>,
    /// Where it listens, if it does.
    pub own: Option<SocketAddr>,
}

impl Looked {
    /// A look at this socket; none where it is closed.
    ///
    /// # Errors
    /// The system's, or `Unsupported` where it does not tell.
    pub fn at(socket: &TracedSocket) -> Option<io::Result<Self>> {
        let figures = match socket.knowledge()? {
            Ok(figures) => figures,
            Err(error) => return Some(Err(error)),
        };
        let listens = figures.contains(&(Figure::State, TcpState::Listen as u64));
        Some(Ok(Self { ends: socket.ends(), own: listens.then(|| socket.own_end()).flatten(), figures }))
    }
}

/// What is remembered of a socket.
#[derive(Debug)]
struct Seen {
    program: ProgramId,
    last: Sample,
    /// Both ends of a connection of TCP.
    ends: Option<(SocketAddr, SocketAddr)>,
    /// Whether this look has met it.
    is_here: bool,
}

/// Looks at sockets, again and again.
#[derive(Debug)]
pub struct Sampler {
    on: Tracer,
    seen: BTreeMap<SocketId, Seen>,
}

impl Sampler {
    /// A sampler that writes with this pen.
    pub const fn new(on: Tracer) -> Self {
        Self { on, seen: BTreeMap::new() }
    }

    /// Whether there is anything that another look could find changed although no program runs: connections that outlive their sockets.
    pub fn is_waiting(&self) -> bool {
        !self.seen.is_empty()
    }

    /// Takes in these looks at the sockets of these programs, and looks at the connections that earlier ones have left behind. Returns false where this system does not
    /// tell.
    pub fn look(&mut self, looks: impl IntoIterator<Item = (ProgramId, SocketId, io::Result<Looked>)>) -> bool {
        let mut tells = true;
        let mut live = Vec::new();
        for (program, socket, looked) in looks {
            match looked {
                Ok(looked) => live.push((program, socket, looked)),
                Err(error) => tells &= error.kind() != io::ErrorKind::Unsupported,
            }
        }
        let has_ends = |looked: &Looked| looked.figures.iter().any(|(figure, _)| *figure == Figure::State);
        let needs_table = self.seen.values().any(|seen| seen.ends.is_some()) || live.iter().any(|(.., looked)| has_ends(looked));
        let table = if needs_table { sys::connections() } else { Vec::new() };
        self.seen.values_mut().for_each(|seen| seen.is_here = false);
        for (program, socket, looked) in live {
            let Looked { mut figures, own, ends } = looked;
            let before = self.seen.get(&socket);
            let ends = before.and_then(|seen| seen.ends).or(ends);
            if let Some(entry) = ends.and_then(|ends| table.iter().find(|entry| (entry.local, entry.remote) == ends)) {
                figures.extend(timer(entry));
            }
            let half_open = own.map(|own| table.iter().filter(|entry| is_half_open(entry, own)).count());
            figures.extend(half_open.map(|count| (Figure::HalfOpen, count as u64)));
            self.tell(program, socket, Sample::new(figures), ends, true);
        }
        self.follow_the_closed(&table);
        tells
    }

    /// Those whose sockets are closed: what the tables still say of their connections.
    fn follow_the_closed(&mut self, table: &[sys::Entry]) {
        let closed = self.seen.iter().filter(|(_, seen)| !seen.is_here);
        let closed = closed.map(|(socket, seen)| (*socket, seen.program, seen.ends, seen.last.state())).collect::<Vec<_>>();
        for (socket, program, ends, state) in closed {
            let left = ends.and_then(|ends| table.iter().find(|entry| (entry.local, entry.remote) == ends));
            if let Some(entry) = left {
                let figures = timer(entry).chain([(Figure::State, entry.state)]);
                self.tell(program, socket, Sample::new(figures), ends, false);
                continue;
            }
            if state.is_some_and(|state| state != TcpState::Closed) {
                self.on.sample(Sample::new([(Figure::State, TcpState::Closed as u64)]), program, socket);
            }
            self.seen.remove(&socket);
        }
    }

    fn tell(&mut self, program: ProgramId, socket: SocketId, sample: Sample, ends: Option<(SocketAddr, SocketAddr)>, is_here: bool) {
        let before = self.seen.get(&socket).map(|seen| &seen.last);
        if before.is_none_or(|before| sample.differs_from(before)) {
            self.on.sample(sample.clone(), program, socket);
        }
        self.seen.insert(socket, Seen { program, last: sample, ends, is_here });
    }
}

/// Whether it is a connection that the listener at `own` has begun to take in. One that listens at every address of IPv6 may take in those of IPv4 too.
fn is_half_open(entry: &sys::Entry, own: SocketAddr) -> bool {
    let is_of_it = own.ip() == entry.local.ip() || own.ip().is_unspecified() && (own.is_ipv6() || entry.local.is_ipv4());
    entry.state == TcpState::SynReceived as u64 && entry.local.port() == own.port() && is_of_it
}

/// Which timer runs, and how much of it is left where one does.
fn timer(entry: &sys::Entry) -> impl Iterator<Item = (Figure, u64)> {
    let left = (entry.timer > 0).then_some((Figure::TimerLeft, entry.left));
    [(Figure::Timer, entry.timer)].into_iter().chain(left)
}
