//! A filter at work: its own thread, which reads the rows of a store as they come.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::Filter;
use super::found::Found;
use crate::trace::record::Record;
use crate::trace::store::{Listening, Store};

/// The rows of a store that pass a filter, found by a thread of its own while rows come. Every method returns at once.
///
/// Quiet rows ([`Record::is_quiet`]) are left out unless they are asked for. A filter that leaves out nothing reads no row at all, and one that leaves out only
/// the quiet rows reads only the chunks that hold some.
pub struct Filtering {
    store: Arc<Store>,
    shared: Arc<Shared>,
    wake: Sender<()>,
    _listening: Listening,
}

struct Shared {
    state: Mutex<State>,
    listener: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct State {
    filter: Arc<Filter>,
    show_lab: bool,
    generation: u64,
    found: Found,
    read: u64,
    closed: bool,
}

impl State {
    /// Whether every row passes: then nothing needs to be read.
    fn passes_all(&self) -> bool {
        self.show_lab && self.filter.is_empty()
    }
}

/// How far a [`Filtering`] has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which filter this is about: one more with every [`Filtering::set`].
    pub generation: u64,
    /// The rows that passed so far.
    pub matches: u64,
    /// The number of the last row that was looked at.
    pub read: u64,
    /// The number of the newest row.
    pub newest: u64,
}

impl Progress {
    /// Whether all rows that there are were looked at.
    pub const fn is_done(&self) -> bool {
        self.read >= self.newest
    }
}

impl Filtering {
    /// Begins with the empty filter, without the quiet rows. `listener` is called on the filter's thread whenever more rows were looked at; it must
    /// return at once.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub fn new(store: &Arc<Store>, listener: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let (wake, woken) = bounded(1);
        let shared = Arc::new(Shared { state: Mutex::default(), listener: Box::new(listener) });
        let work = Work { store: Arc::clone(store), shared: Arc::clone(&shared), woken };
        // Before the thread begins: rows that come while it looks for the first time would not be told to it.
        let grown = wake.clone();
        let listening = store.listen(move || wake_up(&grown));
        thread::Builder::new().name("filter".to_owned()).spawn(move || work.run())?;
        Ok(Self { store: Arc::clone(store), shared, wake, _listening: listening })
    }

    /// From now on these rows: all that was found is forgotten. Returns the new generation.
    pub fn set(&self, filter: Filter, show_lab: bool) -> u64 {
        let mut state = self.shared.lock();
        let generation = state.generation + 1;
        *state = State { filter: Arc::new(filter), show_lab, generation, ..State::default() };
        drop(state);
        wake_up(&self.wake);
        generation
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let newest = self.store.newest();
        let state = self.shared.lock();
        let (matches, read) = if state.passes_all() { (newest, newest) } else { (state.found.len(), state.read) };
        Progress { generation: state.generation, matches, read, newest }
    }

    /// How many rows have passed so far.
    pub fn count(&self) -> u64 {
        self.progress().matches
    }

    /// The numbers of the rows at these places among those that passed, counted from 0; fewer where there are not so many.
    pub fn numbers(&self, places: Range<u64>) -> Vec<u64> {
        let newest = self.store.newest();
        let state = self.shared.lock();
        if state.passes_all() {
            return (places.start..places.end.min(newest)).map(|place| place + 1).collect();
        }
        state.found.from(places.start).take(places.end.saturating_sub(places.start) as usize).collect()
    }

    /// The place of row `n` among those that passed, or of the first one after it.
    pub fn place(&self, n: u64) -> u64 {
        let newest = self.store.newest();
        let state = self.shared.lock();
        if state.passes_all() { n.saturating_sub(1).min(newest) } else { state.found.place(n) }
    }
}

/// Makes the thread look again; a channel that is full says that it is about to.
fn wake_up(wake: &Sender<()>) {
    wake.try_send(()).ok();
}

impl Drop for Filtering {
    /// Ends the thread, without waiting for it.
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        wake_up(&self.wake);
    }
}

impl fmt::Debug for Filtering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filtering").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the filter's thread works with.
struct Work {
    store: Arc<Store>,
    shared: Arc<Shared>,
    woken: Receiver<()>,
}

/// What became of rows that were looked at.
enum Looked {
    /// These passed, and the last one looked at has this number.
    Some(Vec<u64>, u64),
    /// All from the first to the last number passed.
    All(u64, u64),
}

impl Work {
    fn run(self) {
        loop {
            let state = self.shared.lock();
            if state.closed {
                return;
            }
            let (filter, show_lab, generation, from) = (Arc::clone(&state.filter), state.show_lab, state.generation, state.read + 1);
            let idle = state.passes_all();
            drop(state);
            let looked = if idle { None } else { self.look(&filter, show_lab, from) };
            match looked {
                Some(looked) => self.take(looked, generation),
                // Both ends of the channel live in handles of this filter: when they are gone, so is everyone who could ask.
                None if self.woken.recv().is_err() => return,
                None => {}
            }
        }
    }

    /// Looks at the next rows, at most a chunk of them; none when there are none yet, or their names are still to be read.
    fn look(&self, filter: &Filter, show_lab: bool, from: u64) -> Option<Looked> {
        if filter.is_empty()
            && let Some(last) = self.store.without_quiet(from)
        {
            return Some(Looked::All(from, last));
        }
        if !filter.is_empty() && !self.store.knows_names_of(from) {
            return None;
        }
        let scan = self.store.scan(from)?;
        let names = self.store.names();
        let passes = |record: &&Record| (show_lab || !record.is_quiet()) && filter.passes(record, &names);
        let numbers = scan.rows().iter().filter(passes).map(|record| record.n).collect();
        scan.rows().last().map(|last| Looked::Some(numbers, last.n))
    }

    fn take(&self, looked: Looked, generation: u64) {
        let mut state = self.shared.lock();
        if state.generation != generation {
            return;
        }
        match looked {
            Looked::Some(numbers, last) => {
                for n in numbers {
                    state.found.add(n);
                }
                state.read = last;
            }
            Looked::All(first, last) => {
                state.found.add_all(first..=last);
                state.read = last;
            }
        }
        drop(state);
        (self.shared.listener)();
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, Payload, ProgramId, ThreadId};

    /// A send of the row's number as text; every tenth is a call of the lab.
    fn row(n: u64) -> Record {
        let origin = if n.is_multiple_of(10) { Origin::Lab } else { Origin::Program };
        let payload = Some(Payload::whole(format!("number {n};")));
        let kind = Kind::Call(Call::Send, Args::Length(9));
        let (program, thread) = (ProgramId(1), ThreadId(1));
        Record { n: 0, kind, origin, run: 1, program, thread, socket: None, t0: n, t1: n, outcome: Outcome::Ok(9), payload }
    }

    fn filtering(store: &Arc<Store>) -> (Filtering, Receiver<()>) {
        let (told, looked) = bounded(1);
        (Filtering::new(store, move || wake_up(&told)).unwrap(), looked)
    }

    fn wait_done(filtering: &Filtering, looked: &Receiver<()>) -> Progress {
        let limit = Instant::now() + Duration::from_secs(20);
        loop {
            let progress = filtering.progress();
            if progress.is_done() || looked.recv_deadline(limit).is_err() {
                assert!(progress.is_done(), "{progress:?}");
                return progress;
            }
        }
    }

    #[test]
    fn rows_are_found_as_they_come_and_a_new_filter_begins_again() {
        let store = Arc::new(Store::new(usize::MAX));
        let (filtering, looked) = filtering(&store);
        store.append((1..=9_000).map(row));
        assert_eq!(wait_done(&filtering, &looked).matches, 8_100);
        assert_eq!(filtering.numbers(7..11), [8, 9, 11, 12]);
        assert_eq!((filtering.place(9), filtering.place(10), filtering.place(11)), (8, 9, 9));

        let generation = filtering.set(Filter::parse("\"NUMBER 77;\"").unwrap(), true);
        assert_eq!((wait_done(&filtering, &looked).matches, filtering.numbers(0..9)), (1, vec![77]));
        assert_eq!(filtering.progress().generation, generation);
        store.append([row(77), row(78)]);
        wait_done(&filtering, &looked);
        assert_eq!(filtering.numbers(0..9), [77, 9_001]);

        filtering.set(Filter::default(), true);
        assert_eq!((filtering.count(), filtering.numbers(9_001..9_009)), (9_002, vec![9_002]), "all rows, without reading any");
        assert!(filtering.progress().is_done());
    }

    #[test]
    fn chunks_without_quiet_rows_are_not_read() {
        let store = Arc::new(Store::new(usize::MAX));
        store.append((1..=5_000).map(|_| row(1)));
        assert_eq!((store.without_quiet(1), store.without_quiet(4_097), store.without_quiet(5_001)), (Some(4_096), Some(5_000), None));
        let (filtering, looked) = filtering(&store);
        assert_eq!(wait_done(&filtering, &looked).matches, 5_000);
        store.append([row(10)]);
        assert_eq!((wait_done(&filtering, &looked).matches, store.without_quiet(5_001)), (5_000, None));
    }
}
