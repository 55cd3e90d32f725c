//! The rows that are in memory: sealed chunks, and the open end that rows are added to.

use std::collections::VecDeque;
use std::sync::Arc;

use super::chunk::Chunk;
use super::record::Record;
use super::store::CHUNK;

/// A chunk is sealed when it holds so many bytes, even if it has room for more rows: they leave memory one chunk at a time.
const CHUNK_BYTES: usize = 8 << 20;

/// The open end is made of parts, since nobody can add to a part while a reader holds it. So many of them are put together again.
const MOST_PARTS: usize = 64;

/// Rows numbered one after the other, from the oldest that was kept to the newest.
#[derive(Debug)]
pub(super) struct Memory {
    sealed: VecDeque<Arc<Chunk>>,
    parts: Vec<Arc<Chunk>>,
    bytes: usize,
    part_bytes: usize,
    part_rows: usize,
    /// The number of the last row that is no longer in memory.
    gone: u64,
    newest: u64,
    budget: usize,
}

impl Memory {
    /// Room for rows of `budget` bytes, for a trace of which `gone` rows stand elsewhere.
    pub(super) const fn new(budget: usize, gone: u64) -> Self {
        Self { sealed: VecDeque::new(), parts: Vec::new(), bytes: 0, part_bytes: 0, part_rows: 0, gone, newest: gone, budget }
    }

    /// The number of the last row that is no longer in memory.
    pub(super) const fn gone(&self) -> u64 {
        self.gone
    }

    /// The number of the newest row.
    pub(super) const fn newest(&self) -> u64 {
        self.newest
    }

    /// Adds a row, whose number is the next.
    pub(super) fn push(&mut self, record: Record) {
        let weight = record.weight();
        self.newest = record.n;
        self.bytes += weight;
        self.part_bytes += weight;
        self.part_rows += 1;
        match self.parts.last_mut().and_then(Arc::get_mut) {
            Some(part) => part.push(record),
            None => self.begin_part(record),
        }
        if self.part_rows >= CHUNK || self.part_bytes >= CHUNK_BYTES.min(self.budget / 4) {
            self.seal();
        }
    }

    fn begin_part(&mut self, record: Record) {
        if self.parts.len() >= MOST_PARTS {
            let whole = self.take_parts();
            self.parts.push(whole);
        }
        let mut part = Chunk::with_capacity(if self.parts.is_empty() { CHUNK } else { 0 });
        part.push(record);
        self.parts.push(Arc::new(part));
    }

    /// The parts of the open end in one.
    fn take_parts(&mut self) -> Arc<Chunk> {
        let mut parts = self.parts.drain(..);
        let Some(whole) = parts.next() else { return Arc::default() };
        if parts.len() == 0 {
            return whole;
        }
        let mut all = Chunk::with_capacity(CHUNK);
        all.append(whole);
        for part in parts {
            all.append(part);
        }
        Arc::new(all)
    }

    fn seal(&mut self) {
        let chunk = self.take_parts();
        self.sealed.push_back(chunk);
        self.part_bytes = 0;
        self.part_rows = 0;
    }

    /// Whether more is in memory than there should be, and there is something to let go.
    pub(super) fn is_over_budget(&self) -> bool {
        self.bytes > self.budget && self.sealed.len() > 1
    }

    /// The number of the last row of the oldest chunk.
    pub(super) fn oldest_last(&self) -> u64 {
        self.sealed.front().map_or(self.gone, |chunk| chunk.last())
    }

    /// The number of the last row that stands in a chunk which nothing is added to; that of the last row that is gone where there is none.
    pub(super) fn sealed_last(&self) -> u64 {
        self.sealed.back().map_or(self.gone, |chunk| chunk.last())
    }

    /// Lets go of the oldest chunk. It is for the caller to drop, when it holds no lock.
    pub(super) fn evict(&mut self) -> Option<Arc<Chunk>> {
        let chunk = self.sealed.pop_front()?;
        self.bytes -= chunk.bytes();
        self.gone = chunk.last();
        Some(chunk)
    }

    /// The chunk or part that holds row `n`.
    pub(super) fn chunk(&self, n: u64) -> Option<&Arc<Chunk>> {
        if n <= self.gone || n > self.newest {
            return None;
        }
        let sealed = self.sealed.partition_point(|chunk| chunk.last() < n);
        self.sealed.get(sealed).or_else(|| self.parts.get(self.parts.partition_point(|part| part.last() < n)))
    }

    /// The row of this number.
    pub(super) fn get(&self, n: u64) -> Option<&Record> {
        self.chunk(n)?.get(n)
    }
}
