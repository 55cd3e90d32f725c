//! Rows that follow one another, shared by reference once nobody adds to them.

use std::sync::Arc;

use super::record::Record;

/// Rows numbered one after the other.
#[derive(Debug, Default)]
pub struct Chunk {
    rows: Vec<Record>,
    bytes: usize,
    quiet: usize,
}

impl Chunk {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self { rows: Vec::with_capacity(rows), bytes: 0, quiet: 0 }
    }

    /// The rows, in order of their numbers.
    pub fn rows(&self) -> &[Record] {
        &self.rows
    }

    pub(super) fn push(&mut self, record: Record) {
        self.bytes += record.weight();
        self.quiet += usize::from(record.is_quiet());
        self.rows.push(record);
    }

    /// Takes over the rows of `later`, which follow its own; copies them where a reader holds them.
    pub(super) fn append(&mut self, later: Arc<Self>) {
        self.bytes += later.bytes;
        self.quiet += later.quiet;
        match Arc::try_unwrap(later) {
            Ok(mut later) => self.rows.append(&mut later.rows),
            Err(later) => self.rows.extend_from_slice(&later.rows),
        }
    }

    /// What it takes in memory, in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many of its rows are quiet ones ([`Record::is_quiet`]).
    pub(super) const fn quiet(&self) -> usize {
        self.quiet
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The number of the first row; 0 where there is none.
    pub(super) fn first(&self) -> u64 {
        self.rows.first().map_or(0, |row| row.n)
    }

    /// The number of the last row; 0 where there is none.
    pub(super) fn last(&self) -> u64 {
        self.rows.last().map_or(0, |row| row.n)
    }

    /// The row of this number.
    pub(super) fn get(&self, n: u64) -> Option<&Record> {
        self.rows.get(n.checked_sub(self.first())? as usize)
    }
}

/// Rows that a reader of everything works on.
#[derive(Clone, Debug)]
pub struct Scan {
    chunk: Arc<Chunk>,
    skip: usize,
}

impl Scan {
    /// The rows of `chunk` from number `from` on; none where it holds no such row.
    pub(super) fn of(chunk: &Arc<Chunk>, from: u64) -> Option<Self> {
        let skip = from.saturating_sub(chunk.first()) as usize;
        (skip < chunk.len()).then(|| Self { chunk: Arc::clone(chunk), skip })
    }

    /// The rows, in order of their numbers.
    pub fn rows(&self) -> &[Record] {
        self.chunk.rows.get(self.skip..).unwrap_or_default()
    }
}
