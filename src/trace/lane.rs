//! The lane of a thread: the rows it has finished and the call it is in, behind one short lock.
//!
//! The thread writes, the recorder takes. A lane is bounded: when the recorder falls behind, the thread waits and says so in the trace,
//! so that a flooding program is slowed down before anything is lost.

use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::call::{Args, Call};
use super::clock::Clock;
use super::gate::Gate;
use super::payloads::{Keep, Moved, Payloads};
use super::record::{Fault, Kind, Life, Origin, Outcome, ProgramId, Record, SocketId, ThreadId};
use super::recorder::Alarm;
use super::relay::{Relay, Told};
use super::sample::Sample;
use crate::text;

/// The rows a lane may hold before its thread waits.
const MOST_ROWS: usize = 16_384;
/// The payload bytes a lane may hold before its thread waits.
const MOST_BYTES: usize = 32 << 20;

/// A call that is under way: its thread is in the kernel, or held before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenCall {
    /// The call.
    pub call: Call,
    /// Its arguments.
    pub args: Args,
    /// The socket it is made on.
    pub socket: Option<SocketId>,
    /// The program that makes it.
    pub program: ProgramId,
    /// The thread that is in it.
    pub thread: ThreadId,
    /// On whose behalf.
    pub origin: Origin,
    /// When it began, in nanoseconds on the clock of the trace; of a call that is held, since when it is.
    pub t0: u64,
    /// Whether it is held before it is made: the thread is not in the kernel. See [`Gate`].
    pub held: bool,
}

/// What all lanes of a trace share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) clock: Clock,
    pub(super) keep: Keep,
    pub(super) alarm: Alarm,
    pub(super) sockets: AtomicU32,
    pub(super) run: AtomicU32,
    /// No recorder takes rows any more: nobody may wait for one.
    pub(super) closed: AtomicBool,
    /// What the recorder said when it panicked.
    pub(super) failed: OnceLock<Arc<str>>,
    /// To whom all is told at once, in a process whose trace another one keeps.
    pub(super) relay: Option<Relay>,
}

impl Shared {
    pub(super) fn new(clock: Clock, keep: Keep, alarm: Alarm, relay: Option<Relay>) -> Self {
        Self {
            clock,
            keep,
            alarm,
            sockets: AtomicU32::new(0),
            run: AtomicU32::new(1),
            closed: AtomicBool::new(false),
            failed: OnceLock::new(),
            relay,
        }
    }
}

#[derive(Debug)]
pub(super) struct Lane {
    pub(super) program: ProgramId,
    pub(super) thread: ThreadId,
    shared: Arc<Shared>,
    gate: Arc<Gate>,
    inner: Mutex<Inner>,
    room: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    rows: Vec<Record>,
    bytes: usize,
    open: Option<OpenCall>,
    payloads: Payloads,
    /// Whether the thread waits for room.
    waits: bool,
}

impl Inner {
    const fn is_full(&self) -> bool {
        self.rows.len() >= MOST_ROWS || self.bytes >= MOST_BYTES
    }

    fn put(&mut self, record: Record) {
        self.bytes += record.payload.as_ref().map_or(0, |payload| payload.bytes.len());
        self.rows.push(record);
    }
}

impl Lane {
    pub(super) fn new(program: ProgramId, thread: ThreadId, shared: Arc<Shared>, gate: Arc<Gate>) -> Self {
        Self { program, thread, shared, gate, inner: Mutex::default(), room: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A thread that panicked while it held the lock has left whole rows behind: they are what a person wants to see.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the finished rows, in the order in which they were written, and lets a waiting thread go on. `rows`, which is empty, is what the thread
    /// writes into from now on: no row is moved while the lock is held.
    pub(super) fn take(&self, rows: &mut Vec<Record>) {
        let mut inner = self.lock();
        if inner.rows.is_empty() {
            return;
        }
        std::mem::swap(&mut inner.rows, rows);
        inner.bytes = 0;
        let waits = std::mem::take(&mut inner.waits);
        drop(inner);
        if waits {
            self.room.notify_all();
        }
    }

    /// Lets a thread go on that waits for room which nobody will make any more.
    pub(super) fn give_up(&self) {
        // The lock is taken so that the thread either waits already or has yet to see that nobody takes rows.
        drop(self.lock());
        self.room.notify_all();
    }

    /// The call that is under way.
    pub(super) fn open(&self) -> Option<OpenCall> {
        self.lock().open.clone()
    }

    /// Appends one row, after waiting for room where there is none.
    fn push<'lane>(&'lane self, mut inner: MutexGuard<'lane, Inner>, record: Record) {
        if self.shared.relay.is_some() || inner.is_full() {
            return self.push_elsewhere(inner, record);
        }
        inner.put(record);
        drop(inner);
        self.shared.alarm.ring();
    }

    /// Hands the row to another process, or waits for room.
    #[cold]
    fn push_elsewhere<'lane>(&'lane self, mut inner: MutexGuard<'lane, Inner>, record: Record) {
        if let Some(relay) = &self.shared.relay {
            drop(inner);
            return relay.tell(Told::Row(record));
        }
        let full = |inner: &mut Inner| {
            inner.waits = inner.is_full() && !self.shared.closed.load(Ordering::SeqCst);
            inner.waits
        };
        if full(&mut inner) {
            let since = self.shared.clock.now();
            inner = self.room.wait_while(inner, full).unwrap_or_else(PoisonError::into_inner);
            let t1 = self.shared.clock.now();
            inner.rows.push(Record { t0: since, t1, ..self.record(Kind::Life(Life::LaneFull), Origin::Lab, since) });
        }
        if self.shared.closed.load(Ordering::SeqCst) && inner.rows.len() >= MOST_ROWS {
            // The trace has ended: nobody will read this row, and a thread that outlives it must not fill the memory.
            return;
        }
        inner.put(record);
        drop(inner);
        self.shared.alarm.ring();
    }

    fn record(&self, kind: Kind, origin: Origin, now: u64) -> Record {
        Record {
            n: 0,
            kind,
            origin,
            run: self.shared.run.load(Ordering::Relaxed),
            program: self.program,
            thread: self.thread,
            socket: None,
            t0: now,
            t1: now,
            outcome: Outcome::Ok(0),
            payload: None,
        }
    }
}

/// A thread's pen: writes the calls of one thread into the trace.
///
/// Each thread has its own, made by [`Trace::tracer`](super::Trace::tracer); a thread is in one call at a time.
#[derive(Clone, Debug)]
pub struct Tracer {
    lane: Arc<Lane>,
    origin: Origin,
    /// Whether a call that succeeds leaves no row.
    brief: bool,
}

impl Tracer {
    pub(super) fn new(lane: Arc<Lane>, origin: Origin) -> Self {
        Self { lane, origin, brief: false }
    }

    /// The same thread's pen, writing on behalf of `origin`.
    pub fn on_behalf_of(&self, origin: Origin) -> Self {
        Self { origin, ..self.clone() }
    }

    /// The same thread's pen for calls that a person asked only to be counted, which is for the caller to do: those that fail are rows, and one under way can be
    /// seen, but one that succeeded leaves none.
    pub fn brief(&self) -> Self {
        Self { brief: true, ..self.clone() }
    }

    /// On whose behalf it writes.
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// The program it writes for.
    pub fn program(&self) -> ProgramId {
        self.lane.program
    }

    /// The thread it writes for.
    pub fn thread(&self) -> ThreadId {
        self.lane.thread
    }

    /// A name for a new socket, which no other will ever have.
    pub fn new_socket(&self) -> SocketId {
        SocketId(self.lane.shared.sockets.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Nanoseconds on the clock of the trace.
    pub fn now(&self) -> u64 {
        self.lane.shared.clock.now()
    }

    /// Writes a row of another process, whose first thread this one stands for. No time of it lies ahead.
    pub(super) fn put(&self, record: Record) {
        let now = self.now();
        let (t1, run) = (record.t1.min(now), self.lane.shared.run.load(Ordering::Relaxed));
        let (program, thread, t0) = (self.lane.program, self.lane.thread, record.t0.min(t1));
        let mut inner = self.lane.lock();
        if record.call().is_some() {
            inner.open = None;
        }
        self.lane.push(inner, Record { n: 0, run, program, thread, t0, t1, ..record });
    }

    /// Says which call the thread of the other process is in; none where it is in none.
    pub(super) fn set_open(&self, open: Option<OpenCall>) {
        let now = self.now();
        let (program, thread) = (self.lane.program, self.lane.thread);
        self.lane.lock().open = open.map(|open| OpenCall { program, thread, t0: open.t0.min(now), ..open });
    }

    /// Says that the thread is about to make a call, once it may: a person can hold it. The row is written by [`Open::end`].
    #[must_use = "a call that began is to be ended"]
    pub fn begin(&self, call: Call, args: Args, socket: Option<SocketId>) -> Open<'_> {
        let is_held = self.origin != Origin::Lab && self.lane.gate.holds(self.lane.thread, call);
        let called_off = is_held && !self.hold(call, &args, socket);
        if !called_off {
            self.open(call, args, socket, false);
        }
        if is_held {
            self.lane.gate.gone();
        }
        Open { lane: &self.lane, t1: None, ended: false, brief: self.brief, called_off }
    }

    fn open(&self, call: Call, args: Args, socket: Option<SocketId>, held: bool) {
        let mut inner = self.lane.lock();
        let t0 = self.now();
        let (program, thread) = (self.lane.program, self.lane.thread);
        inner.open = Some(OpenCall { call, args, socket, program, thread, origin: self.origin, t0, held });
        if let Some(relay) = &self.lane.shared.relay {
            self.tell_open(inner, relay);
        }
    }

    /// Tells of the call that begins.
    #[cold]
    fn tell_open(&self, inner: MutexGuard<'_, Inner>, relay: &Relay) {
        let open = inner.open.clone();
        drop(inner);
        if let Some(open) = open {
            relay.tell(Told::Begun(open));
        }
        // What it took to tell is none of the call's time.
        if let Some(open) = &mut self.lane.lock().open {
            open.t0 = self.now();
        }
    }

    /// Holds the thread before the call; returns whether the call is to be made. A close always is: nobody else would make it.
    #[cold]
    fn hold(&self, call: Call, args: &Args, socket: Option<SocketId>) -> bool {
        self.open(call, args.clone(), socket, true);
        self.lane.gate.wait(self.lane.thread) || call.closes()
    }

    /// Writes what happened to the program or thread.
    pub fn life(&self, life: Life) {
        self.write(Kind::Life(life), None);
    }

    /// Writes what happened to the program and thread in one moment: the rows are stored together.
    pub(super) fn lives(&self, lives: [Life; 2]) {
        let now = self.now();
        let rows = lives.map(|life| self.lane.record(Kind::Life(life), self.origin, now));
        if let Some(relay) = &self.lane.shared.relay {
            return rows.into_iter().for_each(|row| relay.tell(Told::Row(row)));
        }
        let mut inner = self.lane.lock();
        for row in rows {
            inner.put(row);
        }
        drop(inner);
        self.lane.shared.alarm.ring();
    }

    /// Writes that the thread panicked, and what it said.
    pub fn panicked(&self, panic: &(dyn Any + Send)) {
        let text = super::said(panic).map_or_else(|| text!("trace-panic-silent").to_string(), str::to_owned);
        self.write(Kind::Panic(text.into()), None);
    }

    /// Writes what the lab let happen to a datagram of `socket`.
    pub fn fault(&self, fault: Fault, socket: SocketId, datagram: &[u8]) {
        let keep = if self.brief { Keep::None } else { self.lane.shared.keep };
        let mut inner = self.lane.lock();
        let payload = Some(inner.payloads.take_in(datagram.into(), keep).0);
        let record = Record { socket: Some(socket), payload, ..self.lane.record(Kind::Fault(fault.into()), self.origin, self.now()) };
        self.lane.push(inner, record);
    }

    /// Writes what the kernel knew of a socket of `program`.
    pub fn sample(&self, sample: Sample, program: ProgramId, socket: SocketId) {
        let record = Record { socket: Some(socket), program, ..self.lane.record(Kind::Sample(sample), Origin::Lab, self.now()) };
        self.lane.push(self.lane.lock(), record);
    }

    /// Writes a fact that took no time.
    pub fn write(&self, kind: Kind, socket: Option<SocketId>) {
        let record = Record { socket, ..self.lane.record(kind, self.origin, self.now()) };
        self.lane.push(self.lane.lock(), record);
    }
}

/// A call that began and has not ended.
#[derive(Debug)]
pub struct Open<'tracer> {
    lane: &'tracer Lane,
    t1: Option<u64>,
    ended: bool,
    brief: bool,
    called_off: bool,
}

impl Open<'_> {
    /// Whether the call is not to be made: it was held, and the program is to end or its socket is. It leaves no row.
    pub const fn is_called_off(&self) -> bool {
        self.called_off
    }

    /// Says that the call has just returned: what is done before [`end`](Self::end), as copying its bytes, is not its time.
    pub fn returned(&mut self) {
        if !self.brief {
            self.t1 = Some(self.lane.shared.clock.now());
        }
    }

    /// A call that leaves no row, as one whose thread panicked before it could write it, is no longer under way.
    fn give_up(&self) {
        self.lane.lock().open = None;
        if let Some(relay) = &self.lane.shared.relay {
            relay.tell(Told::Over(self.lane.thread));
        }
    }

    /// The arguments of the call.
    pub fn args(&self) -> Args {
        self.lane.lock().open.as_ref().map_or(Args::None, |open| open.args.clone())
    }

    /// Writes the row of the call, which has returned just now if it was not said before. Returns what was kept of the bytes that are
    /// [to be sent on](Moved::to_be_sent_on), where it is to be sent in their place.
    pub fn end(self, outcome: Outcome, moved: Option<Moved<'_>>) -> Option<Bytes> {
        self.end_on(None, outcome, moved)
    }

    /// As [`end`](Self::end), for the call that made `socket`.
    pub fn end_on(mut self, socket: Option<SocketId>, outcome: Outcome, moved: Option<Moved<'_>>) -> Option<Bytes> {
        if self.brief && !matches!(outcome, Outcome::Err(_)) {
            // Its drop says that the call is no longer under way.
            return None;
        }
        let t1 = self.t1.unwrap_or_else(|| self.lane.shared.clock.now());
        self.ended = true;
        if let Outcome::Err(errno) = &outcome {
            self.lane.gate.failed(self.lane.thread, *errno);
        }
        let mut inner = self.lane.lock();
        let OpenCall { call, args, socket: on, program, thread, origin, t0, .. } = inner.open.take()?;
        let (payload, to_send) = moved.map(|moved| inner.payloads.take_in(moved, self.lane.shared.keep)).unzip();
        let run = self.lane.shared.run.load(Ordering::Relaxed);
        let (kind, socket) = (Kind::Call(call, args), socket.or(on));
        self.lane.push(inner, Record { n: 0, kind, origin, run, program, thread, socket, t0, t1, outcome, payload });
        to_send.flatten()
    }
}

impl Drop for Open<'_> {
    #[inline]
    fn drop(&mut self) {
        if !self.ended {
            self.give_up();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Direction, Errno, FaultKind, Payload, Settings, Trace};
    use super::*;

    #[test]
    fn what_names_a_program_and_its_thread_is_stored_together() {
        let trace = Trace::new(Settings::default()).unwrap();
        for _ in 0..50 {
            trace.first_tracer(trace.new_program(), "server", "tcp-server");
        }
        trace.flush();
        let rows = trace.store().rows(1..101).into_iter().flatten().collect::<Vec<_>>();
        let is_pair = |pair: &[Record]| {
            let kinds =
                matches!((&pair[0].kind, &pair[1].kind), (Kind::Life(Life::ProgramStarted { .. }), Kind::Life(Life::ThreadStarted { .. })));
            // What stands at one place is due at one time.
            kinds && pair[0].place() == pair[1].place()
        };
        assert!(rows.len() == 100 && rows.chunks(2).all(is_pair));
    }

    #[test]
    fn of_what_is_only_counted_failures_are_rows() {
        let trace = Trace::new(Settings::default()).unwrap();
        let full = trace.tracer(trace.new_program(), "brief");
        let on = full.brief();
        trace.flush();
        let before = trace.store().newest();
        let open = on.begin(Call::Recv, Args::Length(5), None);
        assert_eq!(trace.open_calls().iter().filter(|open| open.call == Call::Recv).count(), 1, "it can be seen while it is under way");
        open.end(Outcome::Ok(5), Some(b"bytes"[..].into()));
        on.on_behalf_of(Origin::Lab).begin(Call::Send, Args::Length(5), None).end(Outcome::Ok(5), None);
        assert_eq!(trace.open_calls().len(), 0);
        on.begin(Call::Close, Args::None, None).end(Outcome::Err(Errno::by_name("EBADF").unwrap()), None);
        full.begin(Call::Bind, Args::None, None).end(Outcome::Ok(0), None);
        let peer = Address::Path("peer".into());
        on.fault(Fault { what: FaultKind::Dropped, direction: Direction::Sent, peer }, SocketId(1), b"lost");
        trace.flush();
        let rows = trace.store().rows(before + 1..trace.store().newest() + 1).into_iter().flatten();
        let rows = rows.collect::<Vec<_>>();
        assert_eq!(rows.iter().filter_map(Record::call).collect::<Vec<_>>(), [Call::Close, Call::Bind]);
        assert_eq!(
            rows.last().and_then(|row| row.payload.clone()),
            Some(Payload { bytes: Bytes::new(), full_len: 4 }),
            "of a fault its length"
        );
    }
}
