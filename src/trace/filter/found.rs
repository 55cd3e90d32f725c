//! The numbers of the rows that a filter passed: one bit a row, so that ten million matches take little more than a megabyte.

use std::ops::RangeInclusive;

/// Rows of one page.
const PAGE: u64 = 4096;

/// Numbers of rows, taken in rising and given out by their place among themselves.
#[derive(Debug, Default)]
pub(super) struct Found {
    pages: Vec<Page>,
}

#[derive(Debug)]
struct Page {
    /// Which rows: those of the numbers `index * PAGE ..`.
    index: u64,
    /// How many numbers stand in the pages before.
    before: u64,
    count: u64,
    bits: Box<[u64; (PAGE / 64) as usize]>,
}

impl Found {
    /// Takes in one number. Those of a page that was left already are not to come again.
    pub(super) fn add(&mut self, n: u64) {
        let last = self.pages.last();
        if last.is_none_or(|last| last.index < n / PAGE) {
            let before = self.len();
            self.pages.push(Page { index: n / PAGE, before, count: 0, bits: Box::new([0; (PAGE / 64) as usize]) });
        }
        if let Some(page) = self.pages.last_mut()
            && let Some(word) = page.bits.get_mut((n % PAGE / 64) as usize)
        {
            let bit = 1 << (n % 64);
            page.count += u64::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// Takes in all numbers of a range.
    pub(super) fn add_all(&mut self, numbers: RangeInclusive<u64>) {
        for n in numbers {
            self.add(n);
        }
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> u64 {
        self.pages.last().map_or(0, |page| page.before + page.count)
    }

    /// The numbers from the one at place `start` on, counted from 0.
    pub(super) fn from(&self, start: u64) -> impl Iterator<Item = u64> {
        let page = self.pages.partition_point(|page| page.before + page.count <= start);
        let skip = self.pages.get(page).map_or(0, |page| start - page.before);
        self.pages.iter().skip(page).flat_map(Page::numbers).skip(skip as usize)
    }

    /// The place of `n`, or of the first number after it.
    pub(super) fn place(&self, n: u64) -> u64 {
        let index = self.pages.partition_point(|page| page.index < n / PAGE);
        match self.pages.get(index) {
            Some(page) if page.index == n / PAGE => page.before + page.numbers().take_while(|found| *found < n).count() as u64,
            Some(page) => page.before,
            None => self.len(),
        }
    }
}

impl Page {
    fn numbers(&self) -> impl Iterator<Item = u64> {
        let start = self.index * PAGE;
        self.bits.iter().zip((start..).step_by(64)).flat_map(|(word, first)| Bits(*word).map(move |bit| first + u64::from(bit)))
    }
}

/// The places of the bits that are set, the lowest first.
struct Bits(u64);

impl Iterator for Bits {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let bit = (self.0 != 0).then(|| self.0.trailing_zeros())?;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back_in_order(numbers in btree_set(1_u64..20_000, 0..300), start in 0_u64..310, n in 0_u64..20_100) {
            let mut found = Found::default();
            let (mut kept, mut last) = (BTreeSet::new(), 0);
            for number in &numbers {
                // In ranges where they are close, one by one otherwise.
                if number - last < 40 { found.add_all(last + 1..=*number); kept.extend(last + 1..=*number); } else { found.add(*number); kept.insert(*number); }
                last = *number;
            }
            prop_assert_eq!(found.len(), kept.len() as u64);
            prop_assert_eq!(found.from(start).collect::<Vec<_>>(), kept.iter().copied().skip(start as usize).collect::<Vec<_>>());
            prop_assert_eq!(found.place(n), kept.range(..n).count() as u64);
        }
    }
}
