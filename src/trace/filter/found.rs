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
        let (word, skip) = self.pages.get(page).map_or((0, 0), |page| page.word_of(skip));
        let first = self.pages.get(page).into_iter().flat_map(move |page| page.numbers_from(word)).skip(skip as usize);
        first.chain(self.pages.iter().skip(page + 1).flat_map(|page| page.numbers_from(0)))
    }

    /// The place of `n`, or of the first number after it.
    pub(super) fn place(&self, n: u64) -> u64 {
        let index = self.pages.partition_point(|page| page.index < n / PAGE);
        match self.pages.get(index) {
            Some(page) if page.index == n / PAGE => page.before + page.below(n % PAGE),
            Some(page) => page.before,
            None => self.len(),
        }
    }
}

impl Page {
    /// The numbers from word `word` on.
    fn numbers_from(&self, word: usize) -> impl Iterator<Item = u64> {
        let start = self.index * PAGE;
        let words = self.bits.iter().zip((start..).step_by(64)).skip(word);
        words.flat_map(|(word, first)| Bits(*word).map(move |bit| first + u64::from(bit)))
    }

    /// The word that holds the number at place `place` of the page, and the place within that word.
    fn word_of(&self, mut place: u64) -> (usize, u64) {
        for (at, word) in self.bits.iter().enumerate() {
            let count = u64::from(word.count_ones());
            if place < count {
                return (at, place);
            }
            place -= count;
        }
        (self.bits.len(), 0)
    }

    /// How many numbers stand before bit `bit` of the page.
    fn below(&self, bit: u64) -> u64 {
        let whole = (bit / 64) as usize;
        let before = self.bits.iter().take(whole).map(|word| u64::from(word.count_ones())).sum::<u64>();
        let part = self.bits.get(whole).map_or(0, |word| (word & ((1 << (bit % 64)) - 1)).count_ones());
        before + u64::from(part)
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
