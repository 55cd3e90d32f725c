//! The store: all rows that have a number, in sealed chunks shared by reference, within a memory budget.
//!
//! Readers copy the few rows they show, or hold whole sealed chunks, and never hold the lock while they work.

use std::collections::VecDeque;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::names::Names;
use super::record::Record;

/// How many rows a sealed chunk holds.
pub const CHUNK: usize = 4096;

/// The memory that rows may take if nobody says otherwise, in bytes.
pub const BUDGET: usize = 512_000_000;

/// Rows that will never change, numbered one after the other.
#[derive(Debug)]
pub struct Chunk {
    rows: Vec<Record>,
    bytes: usize,
}

impl Chunk {
    /// The rows, in order of their numbers.
    pub fn rows(&self) -> &[Record] {
        &self.rows
    }
}

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
    listeners: Mutex<Vec<Listener>>,
}

type Listener = Arc<dyn Fn() + Send + Sync>;

#[derive(Debug)]
struct Inner {
    sealed: VecDeque<Arc<Chunk>>,
    tail: Vec<Record>,
    tail_bytes: usize,
    sealed_bytes: usize,
    /// Rows that are no longer in memory: those before the first sealed chunk.
    gone: u64,
    budget: usize,
    names: Arc<Names>,
}

impl Inner {
    fn memory(&self) -> u64 {
        (self.sealed.len() * CHUNK + self.tail.len()) as u64
    }

    fn counts(&self) -> Counts {
        Counts { memory: self.memory(), disk: 0, dropped: self.gone }
    }

    fn get(&self, n: u64) -> Option<&Record> {
        let index = n.checked_sub(self.gone + 1)? as usize;
        match self.sealed.get(index / CHUNK) {
            Some(chunk) => chunk.rows.get(index % CHUNK),
            None => self.tail.get(index.checked_sub(self.sealed.len() * CHUNK)?),
        }
    }

    fn push(&mut self, record: Record) {
        self.tail_bytes += record.weight();
        self.tail.push(record);
        if self.tail.len() == CHUNK {
            let rows = std::mem::replace(&mut self.tail, Vec::with_capacity(CHUNK));
            let bytes = std::mem::take(&mut self.tail_bytes);
            self.sealed_bytes += bytes;
            self.sealed.push_back(Arc::new(Chunk { rows, bytes }));
            self.evict();
        }
    }

    /// Lets go of the oldest chunks until the budget holds. The newest sealed chunk always stays.
    fn evict(&mut self) {
        while self.sealed_bytes > self.budget && self.sealed.len() > 1 {
            if let Some(chunk) = self.sealed.pop_front() {
                self.sealed_bytes -= chunk.bytes;
                self.gone += chunk.rows.len() as u64;
            }
        }
    }
}

impl Store {
    /// An empty store that keeps rows of at most `budget` bytes in memory.
    pub fn new(budget: usize) -> Self {
        let inner = Inner {
            sealed: VecDeque::new(),
            tail: Vec::with_capacity(CHUNK),
            tail_bytes: 0,
            sealed_bytes: 0,
            gone: 0,
            budget,
            names: Arc::default(),
        };
        Self { inner: Mutex::new(inner), grown: Condvar::new(), listeners: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves a row half there.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers `rows` and keeps them. Whoever waits or listens is told once.
    pub fn append(&self, rows: impl IntoIterator<Item = Record>) {
        let mut inner = self.lock();
        let before = inner.gone + inner.memory();
        let mut n = before;
        for mut record in rows {
            n += 1;
            record.n = n;
            if Names::concerns(&record) {
                Arc::make_mut(&mut inner.names).learn(&record);
            }
            inner.push(record);
        }
        drop(inner);
        if n > before {
            self.grown.notify_all();
            self.tell();
        }
    }

    /// Calls every listener.
    fn tell(&self) {
        let listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for listener in listeners {
            listener();
        }
    }

    /// Calls `listener` on the recorder's thread whenever rows have come. It must return at once.
    pub fn on_growth(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::new(listener));
    }

    /// How many rows there are, and where.
    pub fn counts(&self) -> Counts {
        self.lock().counts()
    }

    /// The number of the newest row, which is also how many there ever were.
    pub fn newest(&self) -> u64 {
        self.counts().total()
    }

    /// Copies of the rows of these numbers, one entry each; none for a row that is not in memory.
    pub fn rows(&self, numbers: Range<u64>) -> Vec<Option<Record>> {
        let inner = self.lock();
        numbers.map(|n| inner.get(n).cloned()).collect()
    }

    /// As [`rows`](Self::rows), for numbers that do not follow one another.
    pub fn rows_at(&self, numbers: &[u64]) -> Vec<Option<Record>> {
        let inner = self.lock();
        numbers.iter().map(|n| inner.get(*n).cloned()).collect()
    }

    /// All rows in memory from number `from` on, at most to the end of the chunk that holds it: what a reader of everything asks for again and again,
    /// without copying what is sealed. None when there is no such row yet.
    pub fn scan(&self, from: u64) -> Option<Scan> {
        let inner = self.lock();
        let from = from.max(inner.gone + 1);
        let index = (from - inner.gone - 1) as usize;
        if let Some(chunk) = inner.sealed.get(index / CHUNK) {
            return Some(Scan { chunk: Arc::clone(chunk), skip: index % CHUNK });
        }
        let rows = inner.tail.get(index - inner.sealed.len() * CHUNK..).filter(|rows| !rows.is_empty())?.to_vec();
        Some(Scan { chunk: Arc::new(Chunk { rows, bytes: 0 }), skip: 0 })
    }

    /// The names of programs, threads and sockets, as known from all rows so far.
    pub fn names(&self) -> Arc<Names> {
        Arc::clone(&self.lock().names)
    }

    /// Waits until there are more than `known` rows, at most for `limit`; returns how many there are.
    pub fn wait(&self, known: u64, limit: Duration) -> u64 {
        let unchanged = |inner: &mut Inner| inner.counts().total() <= known;
        let (inner, _) = self.grown.wait_timeout_while(self.lock(), limit, unchanged).unwrap_or_else(PoisonError::into_inner);
        inner.counts().total()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("counts", &self.counts()).finish_non_exhaustive()
    }
}

/// Rows that a reader of everything works on.
#[derive(Clone, Debug)]
pub struct Scan {
    chunk: Arc<Chunk>,
    skip: usize,
}

impl Scan {
    /// The rows, in order of their numbers.
    pub fn rows(&self) -> &[Record] {
        self.chunk.rows.get(self.skip..).unwrap_or_default()
    }
}
