//! The store: all rows that have a number, in chunks shared by reference, within a memory budget.
//!
//! Readers copy the few rows they show, or hold whole chunks, and never hold the lock while they work.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::{fmt, io};

use super::chunk::Scan;
use super::memory::Memory;
use super::names::Names;
use super::record::Record;
use super::recording::Pager;
use crate::text::Message;

/// How many rows a sealed chunk holds, unless their payloads are large.
pub const CHUNK: usize = 4096;

/// The memory that rows may take if nobody says otherwise, in bytes.
pub const BUDGET: usize = 512_000_000;

/// How long rows beyond the budget wait to be written to a recording before they are let go unwritten.
const PATIENCE: Duration = Duration::from_secs(5);

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
    /// A recording has taken rows, or takes none any more.
    written: Condvar,
    listeners: Arc<Listeners>,
}

#[derive(Debug)]
struct Inner {
    memory: Memory,
    names: Arc<Names>,
    /// Up to which row the names are known where the pager has yet to read them from the rows; none where it has not.
    named: Option<u64>,
    pager: Option<Arc<Pager>>,
    /// While the rows are being recorded, the number of the last one that stands in the file.
    recorded: Option<u64>,
    /// Whether the recording did not keep up: until it takes rows again, nobody waits for it.
    late: bool,
}

impl Inner {
    fn counts(&self) -> Counts {
        let gone = self.memory.gone();
        let disk = self.pager.as_ref().map_or(0, |pager| pager.disk().rows_to(gone));
        Counts { memory: self.memory.newest() - gone, disk, dropped: gone - disk }
    }

    /// Whether the oldest chunk would be lost if it left memory now, and will not be soon.
    fn waits_for_disk(&self) -> bool {
        self.memory.is_over_budget() && !self.late && self.recorded.is_some_and(|last| last < self.memory.oldest_last())
    }
}

impl Store {
    /// An empty store that keeps rows of at most `budget` bytes in memory.
    pub fn new(budget: usize) -> Self {
        Self::with(Memory::new(budget, 0), Names::default(), None)
    }

    /// The store of a recording: its rows, up to number `last`, are on disk.
    pub(super) fn on_disk(pager: Pager, names: Names, last: u64) -> Self {
        Self::with(Memory::new(BUDGET, last), names, Some(Arc::new(pager)))
    }

    fn with(memory: Memory, names: Names, pager: Option<Arc<Pager>>) -> Self {
        let inner = Inner { memory, names: Arc::new(names), named: None, pager, recorded: None, late: false };
        Self { inner: Mutex::new(inner), grown: Condvar::new(), written: Condvar::new(), listeners: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves a row half there.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers `rows` and keeps them. Whoever waits or listens is told once. Waits for a recording that does not keep up, for a while: it slows whoever
    /// makes the rows before any is lost.
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
        if inner.waits_for_disk() {
            // The recording may not have heard yet of the rows that came before in the same breath.
            self.grown.notify_all();
            let waits = |inner: &mut Inner| inner.waits_for_disk();
            inner = self.written.wait_timeout_while(inner, PATIENCE, waits).unwrap_or_else(PoisonError::into_inner).0;
            inner.late = inner.waits_for_disk();
        }
        let inner_mut = &mut *inner;
        let before = inner_mut.memory.newest();
        for mut record in rows.take(BATCH) {
            record.n = inner_mut.memory.newest() + 1;
            if Names::concerns(&record) {
                Arc::make_mut(&mut inner_mut.names).learn(&record);
            }
            inner_mut.memory.push(record);
        }
        while inner_mut.memory.is_over_budget() && !inner_mut.waits_for_disk() {
            evicted.extend(inner_mut.memory.evict());
        }
        inner_mut.memory.newest() > before
    }

    /// Calls `listener` whenever rows have come or can be had that could not before, on the thread that brought them. It must
    /// return at once, and wait for no row: [`Trace::flush`](super::Trace::flush) would wait for the thread it is called on.
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

    /// Copies of the rows of these numbers, one entry each; none for a row that is not in memory. A row that is on disk is read in by another thread, and
    /// the listeners are told when it can be had.
    pub fn rows(&self, numbers: Range<u64>) -> Vec<Option<Record>> {
        self.copies(numbers)
    }

    /// As [`rows`](Self::rows), for numbers that do not follow one another.
    pub fn rows_at(&self, numbers: &[u64]) -> Vec<Option<Record>> {
        self.copies(numbers.iter().copied())
    }

    fn copies(&self, numbers: impl Iterator<Item = u64> + Clone) -> Vec<Option<Record>> {
        let inner = self.lock();
        let mut rows = numbers.clone().map(|n| inner.memory.get(n).cloned()).collect::<Vec<_>>();
        let gone = inner.memory.gone();
        let pager = inner.pager.clone();
        drop(inner);
        if let Some(pager) = pager {
            pager.fill(numbers.zip(&mut rows).filter(|(n, row)| row.is_none() && *n <= gone));
        }
        rows
    }

    /// Whether row `n` can be had: at once, or once it is read in.
    pub fn holds(&self, n: u64) -> bool {
        let inner = self.lock();
        let in_memory = n > inner.memory.gone() && n <= inner.memory.newest();
        in_memory || inner.pager.as_ref().is_some_and(|pager| pager.disk().holds(n))
    }

    /// All rows from number `from` on, at most to the end of the chunk that holds it: what a reader of everything asks for again and again, without
    /// copying a row. Rows that are gone are passed over; rows that are on disk are read from there, which takes its time. None when there is no such row yet.
    pub fn scan(&self, from: u64) -> Option<Scan> {
        let inner = self.lock();
        let gone = inner.memory.gone();
        let pager = inner.pager.clone().filter(|_| from <= gone);
        drop(inner);
        // What stands on disk beyond `gone` is passed over: memory has it, and may have rows before it.
        let on_disk = pager.and_then(|pager| pager.disk().scan(from, gone));
        on_disk.or_else(|| self.scan_memory(from))
    }

    /// What [`scan`](Self::scan) gives for row `from`, for the row after that, and so on, until there are no more rows: how whoever derives something from
    /// all rows reads on from where it was.
    pub fn scans(&self, from: u64) -> impl Iterator<Item = Scan> {
        let mut next = from;
        std::iter::from_fn(move || {
            let scan = self.scan(next)?;
            next = scan.rows().last()?.n + 1;
            Some(scan)
        })
    }

    fn scan_memory(&self, from: u64) -> Option<Scan> {
        let inner = self.lock();
        let from = from.max(inner.memory.gone() + 1);
        Scan::of(inner.memory.chunk(from)?, from)
    }

    /// The last number up to which the rows from number `from` on are known, without reading them, to hold no quiet one ([`Record::is_quiet`]).
    pub(super) fn without_quiet(&self, from: u64) -> Option<u64> {
        let inner = self.lock();
        if from <= inner.memory.gone() {
            return inner.pager.as_ref()?.disk().without_quiet(from);
        }
        let chunk = inner.memory.chunk(from)?;
        (chunk.quiet() == 0).then(|| chunk.last())
    }

    /// What was found to be lost of the rows on disk: one sentence each.
    pub fn losses(&self) -> Vec<Message> {
        let pager = self.lock().pager.clone();
        pager.map(|pager| pager.disk().losses()).unwrap_or_default()
    }

    /// The names of programs, threads and sockets, as known from all rows so far. Of a recording without an index those of its first rows, until all are read.
    pub fn names(&self) -> Arc<Names> {
        Arc::clone(&self.lock().names)
    }

    /// Waits until [`names`](Self::names) holds those of all rows: at once but for a recording without an index, of which all rows are read for it.
    pub fn wait_for_names(&self) -> Arc<Names> {
        let inner = self.grown.wait_while(self.lock(), |inner| inner.named.is_some()).unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&inner.names)
    }

    /// Waits until there are more than `known` rows, at most for `limit`; returns how many there are.
    pub fn wait(&self, known: u64, limit: Duration) -> u64 {
        let unchanged = |inner: &mut Inner| inner.memory.newest() <= known;
        let (inner, _) = self.grown.wait_timeout_while(self.lock(), limit, unchanged).unwrap_or_else(PoisonError::into_inner);
        inner.memory.newest()
    }
}

/// What a recording asks of its store.
impl Store {
    /// From now on rows are recorded: they stay in memory until they are written, and what leaves it can be paged in.
    pub(super) fn record_on(&self, pager: Pager) {
        let mut inner = self.lock();
        inner.pager = Some(Arc::new(pager));
        inner.recorded = Some(0);
    }

    /// Rows up to this number stand in the file.
    pub(super) fn written(&self, last: u64) {
        let mut inner = self.lock();
        inner.recorded = Some(last);
        inner.late = false;
        drop(inner);
        self.written.notify_all();
    }

    /// No further row will be written.
    pub(super) fn written_all(&self) {
        self.lock().recorded = None;
        self.written.notify_all();
    }

    /// Starts the thread that pages rows in; it reads the names from the rows first where they are not known.
    pub(super) fn start_pager(self: &Arc<Self>, names: bool) -> io::Result<()> {
        let mut inner = self.lock();
        inner.named = names.then_some(0);
        let pager = inner.pager.clone();
        drop(inner);
        pager.map_or(Ok(()), |pager| pager.start(Arc::downgrade(self), names))
    }

    /// These are the names in the rows up to number `named`; none where they are those of all rows.
    pub(super) fn set_names(&self, names: Names, named: Option<u64>) {
        let mut inner = self.lock();
        inner.names = Arc::new(names);
        inner.named = named;
        drop(inner);
        self.grown.notify_all();
    }

    /// No more names will be read.
    pub(super) fn named_all(&self) {
        self.lock().named = None;
        self.grown.notify_all();
    }

    /// Whether the names in row `n` are known. Listeners are told when more are.
    pub(super) fn knows_names_of(&self, n: u64) -> bool {
        self.lock().named.is_none_or(|named| n <= named)
    }

    /// Tells the listeners that there are rows or names which they could not have before.
    pub(super) fn tell(&self) {
        self.listeners.tell();
    }

    /// Lets those who wait for rows look at what else they wait for.
    pub(super) fn wake(&self) {
        // With the lock, so that whoever has just looked is waiting by now.
        drop(self.lock());
        self.grown.notify_all();
    }

    /// Waits while `holds` does, at most until `deadline`; it is given the number of the newest row and that of the last sealed one. Returns the latter.
    pub(super) fn wait_while(&self, deadline: Option<Instant>, holds: impl Fn(u64, u64) -> bool) -> u64 {
        let mut inner = self.lock();
        while holds(inner.memory.newest(), inner.memory.sealed_last()) {
            let left = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                break;
            }
            inner = self.grown.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        inner.memory.sealed_last()
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

    fn remove(&self, listener: &Listener) {
        Arc::make_mut(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner)).retain(|other| !Arc::ptr_eq(other, listener));
    }

    /// Calls every listener, with no lock held. One that panics is not called again: what it is called on is the recorder's thread, which must go on.
    pub(super) fn tell(&self) {
        let all = Arc::clone(&self.all.lock().unwrap_or_else(PoisonError::into_inner));
        for listener in all.iter() {
            if catch_unwind(AssertUnwindSafe(|| listener())).is_err() {
                self.remove(listener);
            }
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
            listeners.remove(&self.listener);
        }
    }
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listening")
    }
}
