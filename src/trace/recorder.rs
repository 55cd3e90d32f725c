//! The recorder: one thread that pulls the lanes, puts the rows in order, numbers them and hands them to the store.
//!
//! It never waits for a reader. While rows flow it pulls every few milliseconds; when none do it sleeps until a lane rings.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;
use std::vec::Drain;

use crossbeam_channel::{Receiver, Sender, TryRecvError, TrySendError, bounded};

use super::lane::{Lane, Shared};
use super::record::Record;
use super::store::Store;

/// How long a row is held, in nanoseconds, so that those which belong before it can arrive.
pub const HOLD: u64 = 5_000_000;

/// The time between two pulls while rows flow.
const PULL: Duration = Duration::from_millis(5);

/// The list of lanes, which the recorder and whoever starts a thread share.
pub(super) type Lanes = Arc<Mutex<Vec<Arc<Lane>>>>;

/// Wakes the recorder when it sleeps, at the price of one load when it does not.
///
/// The recorder parks rather than waits on the channel: a channel's receive first yields a few times, and each time takes the processor from a program.
#[derive(Clone, Debug)]
pub(super) struct Alarm {
    asleep: Arc<AtomicBool>,
    requests: Sender<Request>,
    recorder: Arc<OnceLock<Thread>>,
}

#[derive(Debug)]
enum Request {
    Wake,
    Flush(Sender<()>),
    Close,
    #[cfg(test)]
    Panic,
}

impl Alarm {
    pub(super) fn new() -> (Self, Requests) {
        let (requests, receiver) = bounded(16);
        let (asleep, recorder) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let own = Requests { asleep: Arc::clone(&asleep), receiver, recorder: Arc::clone(&recorder) };
        (Self { asleep, requests, recorder }, own)
    }

    fn unpark(&self) {
        // A recorder that has not begun yet looks for requests before it parks.
        if let Some(recorder) = self.recorder.get() {
            recorder.unpark();
        }
    }

    /// Asks; returns whether there is a recorder to do it.
    fn ask(&self, request: Request) -> bool {
        let asked = self.requests.send(request).is_ok();
        self.unpark();
        asked
    }

    /// Says that a lane has a row.
    pub(super) fn ring(&self) {
        if self.asleep.load(Ordering::SeqCst) {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        if self.asleep.swap(false, Ordering::SeqCst) {
            // Full means that the recorder has other reasons to wake.
            if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = self.requests.try_send(Request::Wake) {}
            self.unpark();
        }
    }

    /// Waits until all that stands in the lanes now is in the store; at once when there is no recorder.
    pub(super) fn flush(&self) {
        let (done, wait) = bounded(1);
        if self.ask(Request::Flush(done)) {
            wait.recv().ok();
        }
    }

    /// Lets the recorder panic.
    #[cfg(test)]
    pub(super) fn break_it(&self) {
        self.ask(Request::Panic);
    }

    /// Ends the recorder, after it has stored all that stands in the lanes.
    pub(super) fn close(&self) {
        self.ask(Request::Close);
    }
}

/// The recorder's end of an [`Alarm`].
#[derive(Debug)]
pub(super) struct Requests {
    asleep: Arc<AtomicBool>,
    receiver: Receiver<Request>,
    recorder: Arc<OnceLock<Thread>>,
}

impl Requests {
    /// The next request; none when `limit` has passed, or now and then before.
    fn within(&self, limit: Option<Duration>) -> Option<Request> {
        let next = || match self.receiver.try_recv() {
            Ok(request) => Some(request),
            Err(TryRecvError::Disconnected) => Some(Request::Close),
            Err(TryRecvError::Empty) => None,
        };
        next().or_else(|| {
            limit.map_or_else(thread::park, thread::park_timeout);
            next()
        })
    }
}

/// What the recorder thread works with.
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) lanes: Lanes,
    pub(super) shared: Arc<Shared>,
    pub(super) store: Arc<Store>,
    pub(super) requests: Requests,
}

/// How much room of past pulls is kept for the next ones, in batches.
const SPARE: usize = 64;

/// The rows that are held back, and room that is used again with every pull.
#[derive(Debug, Default)]
struct Held {
    /// What each pull took from each lane, as it came: each in order, none empty. As a rule all of a batch is due at once, so that its rows are not moved twice.
    batches: Vec<Vec<Record>>,
    due: Vec<Record>,
    lanes: Vec<Arc<Lane>>,
    spare: Vec<Vec<Record>>,
}

impl Held {
    /// Holds back what a lane has to give.
    fn take(&mut self, lane: &Lane) {
        let mut rows = self.spare.pop().unwrap_or_default();
        lane.take(&mut rows);
        self.hold(rows);
    }

    fn hold(&mut self, mut rows: Vec<Record>) {
        rows.sort_by_key(Record::place);
        let to = if rows.is_empty() { &mut self.spare } else { &mut self.batches };
        to.push(rows);
    }

    /// Takes out the rows, in order, that have been held long enough: those which belong before them have arrived, if their threads were not stopped
    /// between the return of the call and the writing of its row.
    fn due(&mut self, now: u64) -> Drain<'_, Record> {
        let is_due = |record: &Record| record.place().saturating_add(HOLD) <= now;
        let mut is_mixed = false;
        for batch in &mut self.batches {
            let due = batch.partition_point(is_due);
            if due == batch.len() && self.due.is_empty() {
                std::mem::swap(batch, &mut self.due);
            } else if due > 0 {
                self.due.extend(batch.drain(..due));
                is_mixed = true;
            }
        }
        self.spare.extend(self.batches.extract_if(.., |batch| batch.is_empty()));
        self.spare.truncate(SPARE);
        if is_mixed {
            self.due.sort_by_key(Record::place);
        }
        self.due.drain(..)
    }
}

impl Drop for Recorder {
    /// However the thread ends, nobody may go on waiting for it.
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        for lane in self.lanes.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            lane.give_up();
        }
    }
}

impl Recorder {
    /// Records until it is told to close.
    pub(super) fn run(self) {
        self.requests.recorder.set(thread::current()).ok();
        let mut held = Held::default();
        loop {
            let request = self.wait(&mut held);
            match request {
                Some(Request::Flush(done)) => {
                    self.store_all(&mut held);
                    done.send(()).ok();
                }
                Some(Request::Close) => break,
                #[cfg(test)]
                Some(Request::Panic) => std::panic::panic_any("a fault of the recorder"),
                Some(Request::Wake) | None => self.store_due(&mut held),
            }
        }
        self.shared.closed.store(true, Ordering::SeqCst);
        self.store_all(&mut held);
    }

    /// Waits for the next pull, or, when no rows flow, for whoever wakes it.
    fn wait(&self, held: &mut Held) -> Option<Request> {
        if held.batches.is_empty() {
            self.requests.asleep.store(true, Ordering::SeqCst);
            // A lane that was written to before it could see the flag would never ring.
            self.pull(held);
            if held.batches.is_empty() {
                return self.requests.within(None);
            }
            self.requests.asleep.store(false, Ordering::SeqCst);
        }
        self.requests.within(Some(PULL))
    }

    fn pull(&self, held: &mut Held) {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pulled = std::mem::take(&mut held.lanes);
        pulled.extend(lanes.iter().cloned());
        // A lane that only the list and this function hold has no thread any more: this pull is its last.
        lanes.retain(|lane| Arc::strong_count(lane) > 2);
        drop(lanes);
        for lane in pulled.drain(..) {
            held.take(&lane);
        }
        held.lanes = pulled;
    }

    /// Stores the rows that have been held long enough.
    fn store_due(&self, held: &mut Held) {
        let now = self.shared.clock.now();
        self.pull(held);
        self.store.append(held.due(now));
    }

    fn store_all(&self, held: &mut Held) {
        self.pull(held);
        self.store.append(held.due(u64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, ProgramId, Settings, ThreadId, Trace};

    fn row((call, t0, took): (Call, u64, u64)) -> Record {
        let (program, thread, t1) = (ProgramId(1), ThreadId(1), t0 + took);
        let kind = Kind::Call(call, Args::None);
        Record {
            n: 0,
            kind,
            origin: Origin::Program,
            run: 1,
            program,
            thread,
            socket: None,
            t0,
            t1,
            outcome: Outcome::Ok(0),
            payload: None,
        }
    }

    #[test]
    fn a_call_that_gives_stands_where_it_began_unless_it_took_long() {
        for (call, took, place) in [(Call::Send, HOLD, 7), (Call::Send, HOLD + 1, HOLD + 8), (Call::Recv, 1, 8), (Call::Close, 3, 7)] {
            assert_eq!(row((call, 7, took)).place(), place, "{call} {took}");
        }
    }

    #[test]
    fn a_listener_that_panics_ends_neither_the_recorder_nor_the_others() {
        let trace = Trace::new(Settings::default()).unwrap();
        let (told, heard) = bounded(2);
        trace.store().on_growth(|| panic!("broke"));
        trace.store().on_growth(move || told.try_send(()).unwrap());
        for rows in 1..=2 {
            trace.tracer(ProgramId(1), "thread");
            trace.flush();
            assert_eq!((trace.store().newest(), heard.len() as u64), (rows, rows));
        }
    }

    proptest! {
        /// Whatever the pulls, rows that are written when their call returns come out in the order of the rule, each once.
        #[test]
        fn rows_come_out_in_order(
            calls in vec((prop::sample::select(vec![Call::Send, Call::Recv, Call::Close, Call::Accept]), 0..60_000_000_u64, 0..12_000_000_u64), 0..80),
            pauses in vec(1..9_000_000_u64, 1..40),
        ) {
            let mut rows = calls.into_iter().map(row).collect::<Vec<_>>();
            rows.sort_by_key(|row| row.t1);
            let mut places = rows.iter().map(Record::place).collect::<Vec<_>>();
            places.sort_unstable();
            let (mut held, mut out, mut now) = (Held::default(), Vec::new(), 0);
            for pause in pauses {
                now += pause;
                let written = rows.partition_point(|row| row.t1 <= now);
                held.hold(rows.drain(..written).collect());
                out.extend(held.due(now).map(|row| row.place()));
            }
            held.hold(rows);
            out.extend(held.due(u64::MAX).map(|row| row.place()));
            prop_assert_eq!(out, places);
        }
    }

    #[test]
    fn a_panic_of_the_recorder_is_told_and_holds_up_nobody() {
        let trace = Trace::new(Settings::default()).unwrap();
        let tracer = trace.tracer(ProgramId(1), "main");
        trace.flush();
        let (told, heard) = bounded(1);
        trace.store().on_growth(move || {
            told.try_send(()).ok();
        });
        assert_eq!(trace.failed(), None);
        trace.shared.alarm.break_it();
        heard.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(trace.failed().as_deref(), Some("a fault of the recorder"));
        // More than a lane holds: nobody waits for room that is never made.
        for _ in 0..40_000 {
            tracer.begin(Call::Close, Args::None, None).end(Outcome::Ok(0), None);
        }
        trace.flush();
        assert_eq!(trace.store().newest(), 1);
    }
}
