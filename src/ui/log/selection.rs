//! Which rows are chosen: ranges of numbers, so that all rows of ten million cost no more than one.

use std::ops::RangeInclusive;

/// Rows chosen by mouse or keyboard. Ranges are of all rows; of these, those count that the log shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    /// In order, apart from each other.
    ranges: Vec<RangeInclusive<u64>>,
    /// Where a range begins that is being extended.
    anchor: Option<u64>,
}

impl Selection {
    /// This row alone.
    pub(super) fn one(&mut self, n: u64) {
        *self = Self { ranges: vec![n..=n], anchor: Some(n) };
    }

    /// All from the row that was chosen before to `n`.
    pub(super) fn extend(&mut self, n: u64) {
        let anchor = self.anchor.unwrap_or(n);
        *self = Self { ranges: vec![anchor.min(n)..=anchor.max(n)], anchor: Some(anchor) };
    }

    /// Adds row `n`, or takes it away; the others stay.
    pub(super) fn toggle(&mut self, n: u64) {
        self.anchor = Some(n);
        let Some(at) = self.ranges.iter().position(|range| range.contains(&n)) else {
            self.ranges.push(n..=n);
            self.ranges.sort_by_key(|range| *range.start());
            return;
        };
        let range = self.ranges.remove(at);
        let parts = [*range.start()..=n.saturating_sub(1), n + 1..=*range.end()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        self.ranges.splice(at..at, parts);
    }

    /// All from `first` to `last`.
    pub(super) fn all(&mut self, first: u64, last: u64) {
        *self = Self { ranges: vec![first..=last], anchor: Some(first) };
    }

    /// Whether row `n` is chosen.
    pub(super) fn contains(&self, n: u64) -> bool {
        let at = self.ranges.partition_point(|range| *range.end() < n);
        self.ranges.get(at).is_some_and(|range| range.contains(&n))
    }

    /// The ranges, in order.
    pub(super) fn ranges(&self) -> &[RangeInclusive<u64>] {
        &self.ranges
    }

    /// Nothing.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_extended_and_taken_away() {
        let mut selection = Selection::default();
        selection.extend(5);
        assert_eq!(selection.ranges(), [5..=5], "without a row before it, it is the first");
        selection.extend(9);
        selection.extend(2);
        assert_eq!(selection.ranges(), [2..=5], "from where it began");
        selection.toggle(4);
        selection.toggle(20);
        selection.toggle(2);
        assert_eq!(selection.ranges(), [3..=3, 5..=5, 20..=20]);
        assert!([3, 5, 20].iter().all(|n| selection.contains(*n)) && ![2, 4, 6, 19, 21].iter().any(|n| selection.contains(*n)));
        selection.all(1, u64::MAX - 1);
        assert!(selection.contains(1 << 60));
        selection.one(3);
        assert_eq!(selection.ranges(), [3..=3]);
        selection.clear();
        assert!(!selection.contains(3));
    }
}
