//! Which rows the log shows: the numbers of those that the person wants to see.

use std::ops::Range;

use crate::trace::{Kind, Life, Origin, Record, Store};

/// How many chunks are looked through in one frame, so that a frame stays short.
const CHUNKS: usize = 16;

/// The numbers of the rows that are shown, rising.
#[derive(Debug, Default)]
pub(super) struct Index {
    numbers: Vec<u64>,
    seen: u64,
    everything: bool,
}

impl Index {
    /// Takes in rows that have come since; returns whether there are more to take in.
    pub(super) fn follow(&mut self, store: &Store, everything: bool) -> bool {
        if everything != self.everything {
            *self = Self { everything, ..Self::default() };
        }
        for _ in 0..CHUNKS {
            let Some(scan) = store.scan(self.seen + 1) else { return false };
            for record in scan.rows() {
                self.seen = record.n;
                if everything || shown(record) {
                    self.numbers.push(record.n);
                }
            }
        }
        true
    }

    /// How many rows are shown.
    pub(super) fn len(&self) -> u64 {
        self.numbers.len() as u64
    }

    /// The numbers of the rows in these places.
    pub(super) fn numbers(&self, places: Range<u64>) -> &[u64] {
        self.numbers.get(places.start as usize..(places.end as usize).min(self.numbers.len())).unwrap_or_default()
    }

    /// The place of the row of this number, or of the next one that is shown.
    pub(super) fn place(&self, n: u64) -> u64 {
        self.numbers.partition_point(|number| *number < n) as u64
    }
}

/// Whether a row is shown to a person who did not ask for everything: what the lab itself did is not, nor are births and deaths.
fn shown(record: &Record) -> bool {
    match &record.kind {
        Kind::Call(..) => record.origin != Origin::Lab,
        Kind::Life(Life::Told(_) | Life::LaneFull) | Kind::Panic(_) => true,
        Kind::Life(_) => false,
    }
}
