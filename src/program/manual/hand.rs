//! What the threads of a program share that is driven by hand: its sockets by name, and who is busy.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::perform;
use super::press::Press;
use crate::net::TracedSocket;
use crate::program::command::Refused;
use crate::program::run::Run;
use crate::program::socket::{Endpoint, Use};
use crate::trace::{Origin, ThreadId, Tracer};

/// How many calls may wait for a thread.
const MOST_WAITING: usize = 64;

/// What a program has that is driven by hand.
#[derive(Debug, Default)]
pub(in crate::program) struct Hand {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    sockets: BTreeMap<String, Arc<Held>>,
    threads: BTreeMap<u32, Worker>,
    /// The threads that a person has woken: what their calls then say was asked for.
    woken: HashSet<ThreadId>,
}

/// A thread, and how much it has to do.
#[derive(Debug)]
struct Worker {
    jobs: Sender<Job>,
    due: Arc<AtomicUsize>,
}

/// A call that is due, and who asked for it.
struct Job {
    press: Press,
    by: Origin,
}

/// A socket, and what Python keeps beside it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) endpoint: Arc<Endpoint>,
    /// What settimeout has set.
    timeout: Mutex<Option<Duration>>,
    /// What makefile has received and not given out.
    pub(super) file: Mutex<Vec<u8>>,
}

impl Held {
    pub(super) fn timeout(&self) -> Option<Duration> {
        *self.timeout.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_timeout(&self, limit: Option<Duration>) {
        *self.timeout.lock().unwrap_or_else(PoisonError::into_inner) = limit;
    }
}

impl Hand {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first thread is there from the beginning.
    pub(super) fn begin(&self, run: &Arc<Run>) {
        // Where the system gives none, the first call says so.
        self.worker(run, 1).ok();
    }

    /// Whether the thread has nothing to do; one that is not there yet has nothing to do.
    pub(super) fn is_free(&self, thread: u32) -> bool {
        self.lock().threads.get(&thread).is_none_or(|worker| worker.due.load(Ordering::SeqCst) == 0)
    }

    /// Whether no thread has anything to do.
    pub(super) fn is_idle(&self) -> bool {
        self.lock().threads.values().all(|worker| worker.due.load(Ordering::SeqCst) == 0)
    }

    /// Whether there is, or was, a socket of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.lock().sockets.contains_key(name)
    }

    /// The socket of that name.
    pub(super) fn socket(&self, name: &str) -> Option<Arc<Held>> {
        self.lock().sockets.get(name).cloned()
    }

    /// Takes in a new socket: under `name`, or where that is none or taken under `stem` with a number.
    pub(super) fn put(&self, run: &Run, name: Option<&str>, stem: &str, socket: TracedSocket) -> Arc<Held> {
        let endpoint = run.keep(socket, Use::ByHand);
        let held = Arc::new(Held { endpoint, timeout: Mutex::default(), file: Mutex::default() });
        let mut inner = self.lock();
        let wanted = name.filter(|name| !inner.sockets.contains_key(*name)).map(str::to_owned);
        let numbered = || (2..=u32::MAX).map(|number| format!("{stem}-{number}")).find(|name| !inner.sockets.contains_key(name));
        let name = wanted.or_else(numbered).unwrap_or_default();
        inner.sockets.insert(name, Arc::clone(&held));
        let all = inner.sockets.iter().map(|(name, held)| (name.clone(), held.endpoint.socket.id())).collect::<Vec<_>>();
        drop(inner);
        run.change(|inner| inner.state.by_hand = all);
        held
    }

    /// Whether a person has woken this thread since it was asked last.
    pub(super) fn was_woken(&self, thread: ThreadId) -> bool {
        self.lock().woken.remove(&thread)
    }

    /// A person wakes this thread.
    pub(in crate::program) fn is_woken(&self, thread: ThreadId) {
        self.lock().woken.insert(thread);
    }

    /// Gives a call to its thread, which begins with its first call.
    pub(in crate::program) fn give(&self, run: &Arc<Run>, press: Press, by: Origin) -> Result<(), Refused> {
        let (jobs, due) = self.worker(run, press.thread)?;
        due.fetch_add(1, Ordering::SeqCst);
        jobs.try_send(Job { press, by }).map_err(|error| {
            due.fetch_sub(1, Ordering::SeqCst);
            match error {
                TrySendError::Full(_) => Refused::Full,
                TrySendError::Disconnected(_) => Refused::Ended,
            }
        })
    }

    fn worker(&self, run: &Arc<Run>, thread: u32) -> Result<(Sender<Job>, Arc<AtomicUsize>), Refused> {
        let mut inner = self.lock();
        if let Some(worker) = inner.threads.get(&thread) {
            return Ok((worker.jobs.clone(), Arc::clone(&worker.due)));
        }
        let (jobs, queue) = bounded(MOST_WAITING);
        let due = Arc::new(AtomicUsize::new(0));
        inner.threads.insert(thread, Worker { jobs: jobs.clone(), due: Arc::clone(&due) });
        drop(inner);
        let counted = Arc::clone(&due);
        match run.spawn(&format!("thread {thread}"), move |run, on| work(run, on, queue, &counted)) {
            Ok(()) => Ok((jobs, due)),
            Err(_no_thread) => {
                self.lock().threads.remove(&thread);
                Err(Refused::NoThread)
            }
        }
    }

    /// No thread has anything to do any more: each ends when its call has returned.
    pub(super) fn dismiss(&self) {
        self.lock().threads.clear();
    }

    /// Closes what is open.
    pub(super) fn close_all(&self, run: &Run, on: &Tracer) {
        let sockets = std::mem::take(&mut self.lock().sockets);
        for held in sockets.into_values() {
            run.let_go(held.endpoint.socket.id());
            // What it says stands in its row: the program is over.
            held.endpoint.socket.close(on).ok();
        }
    }
}

/// What a thread does: one call after the other.
fn work(run: &Arc<Run>, on: &Tracer, jobs: Receiver<Job>, due: &AtomicUsize) {
    let mut buffer = Vec::new();
    for Job { press, by } in jobs {
        if !run.is_stopping() {
            // A panic ends the call and not the thread: others may wait for it.
            run.guard(on, |run| perform::perform(run, &on.on_behalf_of(by), &press, &mut buffer));
        }
        run.touch(|_| due.fetch_sub(1, Ordering::SeqCst));
    }
}

impl Run {
    /// Wakes a thread of the program that blocks, on behalf of a person.
    pub(in crate::program) fn wake_thread(&self, on: &Tracer, thread: ThreadId) {
        let is_open = |open: &crate::trace::OpenCall| open.thread == thread && open.program == self.id;
        let begun = || self.trace.open_calls().into_iter().find(is_open).map(|open| open.t0);
        let Some(since) = begun() else { return };
        self.hand.is_woken(thread);
        self.release(on, is_open, |_| begun() != Some(since));
    }

    /// The sockets of the program by the names that a person gave them.
    pub(in crate::program) fn keep(&self, socket: TracedSocket, is_for: Use) -> Arc<Endpoint> {
        let endpoint = Arc::new(Endpoint::new(socket, is_for));
        self.list(&endpoint);
        endpoint
    }
}
