//! A link: a program that stands between two others and lets happen to what they say what a network might. Its two ways, and how a person changes them while it runs.
//!
//! It has no privileges: it receives and sends as any program does. Datagrams it can lose, double, hold and mix. A stream it can hold, cut, glue, end and reset, but no
//! byte of it can be lost: the kernel told the sender already that it came. And it is no cable that can be pulled: while it says nothing, its own kernel goes on to
//! acknowledge and to answer keepalives.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::bound::{self, family};
use super::goal;
use super::run::{Run, tell};
use super::socket::{Held, Use};
use super::watched::{self, watch};
use crate::net::{Readiness, Ready, Waker, Way};
use crate::text;
use crate::trace::{Address, Direction, Fault, FaultKind, Origin, SocketId, Tracer};

/// The longest time after which a silent client of a udp-link is forgotten.
pub const MOST_IDLE: Duration = Duration::from_hours(24);
/// How many clients a link has at a time.
pub(super) const MOST_CLIENTS: usize = 256;
/// How often is told, at most, what a person changes, in nanoseconds: a slider that is drawn changes it with every frame.
const TOLD_EVERY: u64 = 250_000_000;

/// What a link does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What chance begins with.
    pub seed: u64,
    /// After how long without a datagram a client of a udp-link is forgotten.
    pub idle: Duration,
    /// From the clients to whom the link asks.
    pub there: Way,
    /// From there to the clients.
    pub back: Way,
}

impl Default for Link {
    fn default() -> Self {
        Self { seed: 0, idle: Duration::from_mins(1), there: Way::default(), back: Way::default() }
    }
}

/// Both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) there: Way,
    pub(super) back: Way,
}

/// Where a person puts the ways of a link that runs.
#[derive(Debug, Default)]
pub(super) struct Desk {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    wanted: Option<Ways>,
    waker: Option<Waker>,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the ways are these.
    pub(super) fn put(&self, there: Way, back: Way) {
        self.lock().wanted = Some(Ways { there, back });
        self.ring();
    }

    /// Lets the thread of the link look at once what there is to do: the ways, who is to end. Does nothing where there is none.
    pub(super) fn ring(&self) {
        let waker = self.lock().waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// The ways of a link at work, and what is to be told of them.
#[derive(Debug)]
pub(super) struct Steering {
    pub(super) ways: Ways,
    /// What was not told yet, and when it is to be.
    untold: bool,
    told: u64,
}

impl Steering {
    /// Begins with what the program states, and tells it. From now on `waker` ends the wait of the link's thread.
    fn begin(run: &Run, on: &Tracer, waker: Waker) -> Self {
        run.desk.lock().waker = Some(waker);
        let link = &run.spec.link;
        let (there, back) = (link.there.to_string(), link.back.to_string());
        tell(on, None, text!("program-link-begins", seed = link.seed.to_string(), there = there, back = back));
        Self { ways: Ways { there: link.there.clone(), back: link.back.clone() }, untold: false, told: 0 }
    }

    /// Takes what a person wants; whether the ways are others now.
    pub(super) fn look(&mut self, run: &Run, on: &Tracer) -> bool {
        let wanted = run.desk.lock().wanted.take();
        let changed = wanted.filter(|wanted| *wanted != self.ways).map(|wanted| self.ways = wanted).is_some();
        self.untold |= changed;
        if self.until().is_some_and(|until| until <= on.now()) {
            self.untold = false;
            self.told = on.now();
            let (there, back) = (self.ways.there.to_string(), self.ways.back.to_string());
            tell(&on.on_behalf_of(Origin::Person), None, text!("program-link-changed", there = there, back = back));
        }
        changed
    }

    /// When something is to be told.
    fn until(&self) -> Option<u64> {
        self.untold.then(|| if self.told == 0 { 0 } else { self.told.saturating_add(TOLD_EVERY) })
    }
}

/// Writes into the trace what happens to what is to go on `socket` to `peer`.
pub(super) fn happens(on: &Tracer, what: FaultKind, socket: SocketId, peer: &Address, bytes: &[u8]) {
    let fault = Fault { what, direction: Direction::Sent, peer: peer.clone() };
    on.on_behalf_of(Origin::Lab).fault(fault, socket, bytes);
}

/// Where clients reach a link, and what its thread waits with.
pub(super) struct Front {
    pub(super) listener: Held,
    pub(super) readiness: Readiness,
    pub(super) steering: Steering,
}

impl Front {
    /// Opens the socket of the link, which can be reached from now on: `Use::Listener` for streams. None where the system refuses, which the program has then met.
    pub(super) fn open(run: &Arc<Run>, on: &Tracer, is_for: Use) -> Option<Self> {
        if !goal::settle(run, on) {
            return None;
        }
        let listens = matches!(is_for, Use::Listener);
        let listener = run.open(on, family(run.spec.bind), is_for)?;
        let readiness = bound::bind(run, on, &listener).and_then(|_bound| {
            let begun = if listens { listener.socket.listen(on, run.spec.backlog) } else { Ok(()) };
            begun.map_err(|error| run.met_on(&listener, &error)).ok()?;
            watch(run, on, &listener)
        });
        let Some(readiness) = readiness else {
            listener.close(on);
            return None;
        };
        let steering = Steering::begin(run, on, readiness.waker());
        run.is_ready(listener.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
        Some(Self { listener, readiness, steering })
    }

    /// Waits until a socket is ready, or for the first of these times on the trace's clock, or that of the steering. Returns what is ready; none as [`wait`](watched::wait).
    pub(super) fn wait(&mut self, run: &Run, on: &Tracer, times: impl IntoIterator<Item = u64>) -> Option<Vec<Ready>> {
        let first = times.into_iter().chain(self.steering.until()).min();
        let limit = first.map(|until| Duration::from_nanos(until.saturating_sub(on.now())));
        watched::wait(run, on, &mut self.readiness, &self.listener, limit)
    }

    pub(super) fn close(mut self, on: &Tracer) {
        self.readiness.remove(on, self.listener.socket.id());
        self.listener.close(on);
    }
}
