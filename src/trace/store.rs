//! The store: all rows that have a number, in chunks shared by reference, within a memory budget.
//!
//! Readers copy the few rows they show, or hold whole chunks, and never hold the lock while they work.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::chunk::Scan;
use super::memory::Memory;
use super::names::Names;
use super::record::Record;

/// How many rows a sealed chunk holds, unless their payloads are large.
pub const CHUNK: usize = 4096;

/// The memory that rows may take if nobody says otherwise, in bytes.
pub const BUDGET: usize = 512_000_000;

/// How many rows are added before whoever waits for the lock gets a chance.
const BATCH: usize = 1024;

/// How many rows there are, and where: every row that was ever numbered is counted in exactly one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that can be read at once.
    pub memory: u64,
    /// Rows that left memory and stand in the recording.
    pub disk: u64,
    /// Rows that left memory and stand nowhere.
    pub dropped: u64,
}

impl Counts {
    /// All rows that were ever numbered; also the number of the newest one.
    pub const fn total(self) -> u64 {
        self.memory + self.disk + self.dropped
    }
}

/// All rows of a trace that have a number.
pub struct Store {
    inner: Mutex<Inner>,
    grown: Condvar,
    listeners: Arc<Listeners>,
}

#[derive(Debug)]
struct Inner {
    memory: Memory,
    names: Arc<Names>,
}

impl Inner {
    fn counts(&self) -> Counts {
        let gone = self.memory.gone();
        Counts { memory: self.memory.newest() - gone, disk: 0, dropped: gone }
    }
}

impl Store {
    /// An empty store that keeps rows of at most `budget` bytes in memory.
    pub fn new(budget: usize) -> Self {
        let inner = Inner { memory: Memory::new(budget, 0), names: Arc::default() };
        Self { inner: Mutex::new(inner), grown: Condvar::new(), listeners: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves a row half there.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers `rows` and keeps them. Whoever waits or listens is told once.
    pub fn append(&self, rows: impl IntoIterator<Item = Record>) {
        let mut rows = rows.into_iter();
        let mut some = false;
        while self.append_some(&mut rows) {
            some = true;
        }
        if some {
            self.grown.notify_all();
            self.listeners.tell();
        }
    }

    /// Adds a batch; returns whether there was anything to add.
    fn append_some(&self, rows: &mut impl Iterator<Item = Record>) -> bool {
        let mut evicted = Vec::new();
        let mut inner = self.lock();
        let inner_mut = &mut *inner;
        let before = inner_mut.memory.newest();
        for mut record in rows.take(BATCH) {
            record.n = inner_mut.memory.newest() + 1;
            if Names::concerns(&record) {
                Arc::make_mut(&mut inner_mut.names).learn(&record);
            }
            inner_mut.memory.push(record);
        }
        while inner_mut.memory.is_over_budget() {
            evicted.extend(inner_mut.memory.evict());
        }
        inner_mut.memory.newest() > before
    }

    /// Calls `listener` on the recorder's thread whenever rows have come. It must return at once.
    pub fn on_growth(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.listeners.add(Arc::new(listener));
    }

    /// As [`on_growth`](Self::on_growth), until what is returned is dropped.
    pub fn listen(&self, listener: impl Fn() + Send + Sync + 'static) -> Listening {
        let listener: Listener = Arc::new(listener);
        self.listeners.add(Arc::clone(&listener));
        Listening { listener, listeners: Arc::downgrade(&self.listeners) }
    }

    /// How many rows there are, and where.
    pub fn counts(&self) -> Counts {
        self.lock().counts()
    }

    /// The number of the newest row, which is also how many there ever were.
    pub fn newest(&self) -> u64 {
        self.lock().memory.newest()
    }

    /// Copies of the rows of these numbers, one entry each; none for a row that is not in memory.
    pub fn rows(&self, numbers: Range<u64>) -> Vec<Option<Record>> {
        let inner = self.lock();
        numbers.map(|n| inner.memory.get(n).cloned()).collect()
    }

    /// As [`rows`](Self::rows), for numbers that do not follow one another.
    pub fn rows_at(&self, numbers: &[u64]) -> Vec<Option<Record>> {
        let inner = self.lock();
        numbers.iter().map(|n| inner.memory.get(*n).cloned()).collect()
    }

    /// All rows from number `from` on, at most to the end of the chunk that holds it: what a reader of everything asks for again and again, without
    /// copying a row. Rows that are gone are passed over. None when there is no such row yet.
    pub fn scan(&self, from: u64) -> Option<Scan> {
        let inner = self.lock();
        let from = from.max(inner.memory.gone() + 1);
        Scan::of(inner.memory.chunk(from)?, from)
    }

    /// The last number up to which the rows from number `from` on are known, without reading them, to hold no call that the lab itself made.
    pub(super) fn without_lab(&self, from: u64) -> Option<u64> {
        let inner = self.lock();
        let chunk = inner.memory.chunk(from)?;
        (chunk.of_lab() == 0).then(|| chunk.last())
    }

    /// The names of programs, threads and sockets, as known from all rows so far.
    pub fn names(&self) -> Arc<Names> {
        Arc::clone(&self.lock().names)
    }

    /// Waits until there are more than `known` rows, at most for `limit`; returns how many there are.
    pub fn wait(&self, known: u64, limit: Duration) -> u64 {
        let unchanged = |inner: &mut Inner| inner.memory.newest() <= known;
        let (inner, _) = self.grown.wait_timeout_while(self.lock(), limit, unchanged).unwrap_or_else(PoisonError::into_inner);
        inner.memory.newest()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("counts", &self.counts()).finish_non_exhaustive()
    }
}

type Listener = Arc<dyn Fn() + Send + Sync>;

/// Who is to be told when a store has rows that it had not before.
#[derive(Default)]
pub(super) struct Listeners {
    all: Mutex<Arc<Vec<Listener>>>,
}

impl Listeners {
    fn add(&self, listener: Listener) {
        Arc::make_mut(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner)).push(listener);
    }

    /// Calls every listener, with no lock held.
    pub(super) fn tell(&self) {
        let all = Arc::clone(&self.all.lock().unwrap_or_else(PoisonError::into_inner));
        for listener in all.iter() {
            listener();
        }
    }
}

/// Keeps a listener of a [`Store`] until it is dropped.
pub struct Listening {
    listener: Listener,
    listeners: Weak<Listeners>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(listeners) = self.listeners.upgrade() {
            let mut all = listeners.all.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::make_mut(&mut all).retain(|listener| !Arc::ptr_eq(listener, &self.listener));
        }
    }
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listening")
    }
}
