//! The thread that reads rows from disk for those who must not wait, and rebuilds the names where a recording lost its index.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use super::disk::Disk;
use crate::trace::chunk::Chunk;
use crate::trace::names::Names;
use crate::trace::record::Record;
use crate::trace::store::Store;

/// How many chunks may be asked for at a time. Older wishes are forgotten: whoever still has them asks again.
const MOST_WISHES: usize = 256;

/// How many chunks are read for the names before they are shown again.
const NAMES_STEP: usize = 32;

/// A store's access to its rows on disk.
#[derive(Debug)]
pub(in crate::trace) struct Pager {
    disk: Arc<Disk>,
    wishes: Arc<Wishes>,
}

#[derive(Debug, Default)]
struct Wishes {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Rows by whose numbers chunks are named, the last one asked for first.
    wanted: VecDeque<u64>,
    closed: bool,
}

impl Wishes {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pager {
    pub(super) fn new(disk: Arc<Disk>) -> Self {
        Self { disk, wishes: Arc::default() }
    }

    /// Starts the thread, which pages for `store` as long as there is one, and first reads its names from the rows if that is asked for.
    pub(in crate::trace) fn start(&self, store: Weak<Store>, names: bool) -> io::Result<()> {
        let names = names.then(|| (1, Names::default()));
        let work = Work { disk: Arc::clone(&self.disk), wishes: Arc::clone(&self.wishes), store, names };
        thread::Builder::new().name("pager".to_owned()).spawn(move || work.run()).map(drop)
    }

    /// The file.
    pub(in crate::trace) fn disk(&self) -> &Arc<Disk> {
        &self.disk
    }

    /// Puts in the rows that were read before, and asks for the others. Returns at once.
    pub(in crate::trace) fn fill<'a>(&self, wanted: impl Iterator<Item = (u64, &'a mut Option<Record>)>) {
        let mut last: Option<Arc<Chunk>> = None;
        let mut asked = None;
        for (n, row) in wanted {
            if let Some(known) = last.as_ref().and_then(|chunk| chunk.get(n)) {
                *row = Some(known.clone());
                continue;
            }
            match self.disk.cached(n) {
                Some(Ok(chunk)) => {
                    *row = chunk.get(n).cloned();
                    last = Some(chunk);
                }
                Some(Err(first)) if asked != Some(first) => {
                    asked = Some(first);
                    self.ask(first);
                }
                _ => {}
            }
        }
    }

    fn ask(&self, first: u64) {
        let mut state = self.wishes.lock();
        if !state.wanted.contains(&first) {
            state.wanted.push_front(first);
            state.wanted.truncate(MOST_WISHES);
            self.wishes.changed.notify_all();
        }
    }
}

impl Drop for Pager {
    /// Ends the thread, without waiting for it.
    fn drop(&mut self) {
        self.wishes.lock().closed = true;
        self.wishes.changed.notify_all();
    }
}

struct Work {
    disk: Arc<Disk>,
    wishes: Arc<Wishes>,
    store: Weak<Store>,
    /// The row to go on with, and the names so far; none when all are known.
    names: Option<(u64, Names)>,
}

impl Drop for Work {
    /// However the thread ends, nobody may go on waiting for names.
    fn drop(&mut self) {
        if let Some(store) = self.store.upgrade() {
            store.named_all();
        }
    }
}

impl Work {
    fn run(mut self) {
        loop {
            let mut state = self.wishes.lock();
            while !state.closed && state.wanted.is_empty() && self.names.is_none() {
                state = self.wishes.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.closed {
                return;
            }
            let wish = state.wanted.front().copied();
            drop(state);
            match wish {
                Some(first) => self.grant(first),
                None => self.read_names(),
            }
        }
    }

    fn grant(&self, first: u64) {
        self.disk.page_in(first);
        // It stays a wish until it is there, so that it is not asked for twice.
        self.wishes.lock().wanted.retain(|wanted| *wanted != first);
        if let Some(store) = self.store.upgrade() {
            store.tell();
        }
    }

    fn read_names(&mut self) {
        let Some((mut next, mut names)) = self.names.take() else { return };
        let mut ended = false;
        for _ in 0..NAMES_STEP {
            let Some(scan) = self.disk.scan(next, u64::MAX) else {
                ended = true;
                break;
            };
            for record in scan.rows() {
                names.learn(record);
                next = record.n + 1;
            }
        }
        if let Some(store) = self.store.upgrade() {
            store.set_names(names.clone(), (!ended).then_some(next - 1));
            store.tell();
        }
        self.names = (!ended).then_some((next, names));
    }
}
