//! A map from ids to what is known about them, whose clone shares everything that neither side changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How many ids a page stands for.
const PAGE: u32 = 64;

/// How many pages are looked at for values that may go.
const LOOKED_AT: usize = 256;

/// How many pages whoever folds a whole trace keeps: those of the latest 262 144 ids, and of older ones that may not go.
pub(super) const MOST_PAGES: usize = 4096;

/// Values by id. Ids are given one after the other, so pages are nearly always full; one that is not costs only what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Paged<T> {
    pages: BTreeMap<u32, Arc<Vec<(u32, T)>>>,
}

impl<T> Default for Paged<T> {
    fn default() -> Self {
        Self { pages: BTreeMap::new() }
    }
}

impl<T> Paged<T> {
    pub(super) fn get(&self, id: u32) -> Option<&T> {
        let page = self.pages.get(&(id / PAGE))?;
        let index = page.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        page.get(index).map(|(_, value)| value)
    }

    /// All ids with their values, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, &T)> {
        self.pages.values().flat_map(|page| page.iter().map(|(id, value)| (*id, value)))
    }
}

impl<T: Clone> Paged<T> {
    /// The value of `id`, to be changed.
    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut T> {
        let page = Arc::make_mut(self.pages.get_mut(&(id / PAGE))?);
        let index = page.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        page.get_mut(index).map(|(_, value)| value)
    }

    /// Forgets the oldest values that `may_go` where there are more than `most` pages; where none may go, the oldest page.
    pub(super) fn keep(&mut self, most: usize, may_go: impl Fn(&T) -> bool) {
        while self.pages.len() > most {
            let oldest = self.pages.iter_mut().take(LOOKED_AT).find_map(|(index, page)| {
                if page.iter().any(|(_, value)| may_go(value)) {
                    Arc::make_mut(page).retain(|(_, value)| !may_go(value));
                }
                page.is_empty().then_some(*index)
            });
            match oldest {
                Some(index) => drop(self.pages.remove(&index)),
                None => drop(self.pages.pop_first()),
            }
        }
    }

    pub(super) fn insert(&mut self, id: u32, value: T) {
        self.change(id, || value.clone(), |old| *old = value.clone());
    }

    /// Lets `change` work on the value of `id`, which is `fresh` where there was none.
    pub(super) fn change<R>(&mut self, id: u32, fresh: impl FnOnce() -> T, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let page = Arc::make_mut(self.pages.entry(id / PAGE).or_default());
        let index = page.binary_search_by_key(&id, |(id, _)| *id).unwrap_or_else(|index| {
            page.insert(index, (id, fresh()));
            index
        });
        page.get_mut(index).map(|(_, value)| change(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_that_may_go_is_forgotten() {
        let mut map = Paged::default();
        for id in 0..64 * 40 {
            map.insert(id, id % 1000 == 0);
            map.keep(16, |stays| !stays);
        }
        let kept = map.iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert!(kept.starts_with(&[0, 1000]) && kept.contains(&2000) && kept.ends_with(&[2558, 2559]), "{kept:?}");
        assert!(map.pages.len() <= 16 && !kept.contains(&1), "{kept:?}");
        for id in 64 * 40..64 * 80 {
            map.insert(id, true);
            map.keep(16, |stays| !stays);
        }
        assert_eq!((map.pages.len(), map.get(64 * 80 - 1)), (16, Some(&true)), "where all stay, the oldest go");
    }

    #[test]
    fn a_clone_shares_the_pages_that_did_not_change() {
        let mut map = Paged::default();
        for id in [500, 3, 64, 1, 65, 2] {
            map.insert(id, id * 10);
        }
        let before = map.clone();
        map.change(64, || 0, |value| *value += 1);
        map.insert(4, 40);
        assert_eq!((map.get(64), before.get(64), map.get(63)), (Some(&641), Some(&640), None));
        assert_eq!(map.iter().map(|(id, _)| id).collect::<Vec<_>>(), [1, 2, 3, 4, 64, 65, 500]);
        assert!(Arc::ptr_eq(&map.pages[&7], &before.pages[&7]) && !Arc::ptr_eq(&map.pages[&1], &before.pages[&1]));
    }
}
