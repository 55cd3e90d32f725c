//! The counters: folded from the rows on a thread of their own, shown at most four times a second.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

use crossbeam_channel::{RecvTimeoutError, Sender, TryRecvError, bounded};

use super::effective::Effective;
use super::waker::Waker;
use crate::trace::activity::Activity;
use crate::trace::asked::Asked;
use crate::trace::compare::Courses;
use crate::trace::known::Known;
use crate::trace::load::Loads;
use crate::trace::options::Options;
use crate::trace::stages::Stages;
use crate::trace::threads::Threads;
use crate::trace::transfer::Transfers;
use crate::trace::{Listening, Record, Store};

/// The pause between two counts.
const PAUSE: Duration = Duration::from_millis(250);

/// What was counted last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted {
    /// What programs and sockets have done.
    pub(crate) activity: Arc<Activity>,
    /// What the kernel read back for options.
    pub(crate) effective: Arc<Effective>,
    /// What programs asked for, beside which stands what was read.
    pub(crate) asked: Arc<Asked>,
    /// The transfers by TFTP.
    pub(crate) transfers: Arc<Transfers>,
    /// What load clients measured.
    pub(crate) loads: Arc<Loads>,
    /// What each program did to send and receive.
    pub(crate) courses: Arc<Courses>,
    /// What the kernel knew.
    pub(crate) known: Arc<Known>,
    /// What the threads have done lately.
    pub(crate) threads: Arc<Threads>,
    /// What was asked and read of the options of each socket.
    pub(crate) options: Arc<Options>,
    /// Where the sockets stand that are driven by hand.
    pub(crate) stages: Arc<Stages>,
}

/// What is being counted: all of it from one reading of the rows.
#[derive(Default)]
struct Counters {
    activity: Activity,
    effective: Effective,
    asked: Asked,
    transfers: Transfers,
    loads: Loads,
    courses: Courses,
    known: Known,
    threads: Threads,
    options: Options,
    stages: Stages,
}

impl Counters {
    /// Takes in rows, which follow those taken in before.
    fn fold(&mut self, rows: &[Record]) {
        self.activity.fold(rows);
        self.transfers.fold(rows);
        self.loads.fold(rows);
        self.courses.fold(rows);
        self.known.fold(rows);
        self.threads.fold(rows);
        self.options.fold(rows);
        self.stages.fold(rows);
        for record in rows {
            self.effective.learn(record);
            self.asked.learn(record);
        }
    }

    fn counted(&self) -> Counted {
        Counted {
            activity: Arc::new(self.activity.clone()),
            effective: Arc::new(self.effective.clone()),
            asked: Arc::new(self.asked.clone()),
            transfers: Arc::new(self.transfers.clone()),
            loads: Arc::new(self.loads.told()),
            courses: Arc::new(self.courses.told()),
            known: Arc::new(self.known.clone()),
            threads: Arc::new(self.threads.clone()),
            options: Arc::new(self.options.clone()),
            stages: Arc::new(self.stages.clone()),
        }
    }
}

/// Counts what a store holds, while it grows.
pub(crate) struct Counting {
    counted: Arc<Mutex<Counted>>,
    _listening: Listening,
    /// Dropped with this handle, which ends the thread.
    _stop: Sender<()>,
}

impl Counting {
    /// Begins to count the rows of `store`.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn start(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        let counted = Arc::new(Mutex::new(Counted::default()));
        let (grown, growth) = bounded(1);
        let (stop, stopped) = bounded::<()>(0);
        grown.try_send(()).ok();
        let listening = store.listen(move || {
            grown.try_send(()).ok();
        });
        let (store, shared, waker) = (Arc::clone(store), Arc::clone(&counted), waker.clone());
        let count = move || {
            let mut counters = Counters::default();
            let tell = |counters: &Counters| {
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = counters.counted();
                waker.ring();
            };
            while growth.recv().is_ok() {
                let mut told = Instant::now();
                for scan in store.scans(counters.activity.read() + 1) {
                    counters.fold(scan.rows());
                    if let Err(TryRecvError::Disconnected) = stopped.try_recv() {
                        return;
                    }
                    // A long recording is counted before the eyes of who opened it.
                    if told.elapsed() > PAUSE {
                        tell(&counters);
                        told = Instant::now();
                    }
                }
                tell(&counters);
                if let Err(RecvTimeoutError::Disconnected) = stopped.recv_timeout(PAUSE) {
                    return;
                }
            }
        };
        thread::Builder::new().name("counting".to_owned()).spawn(count)?;
        Ok(Self { counted, _listening: listening, _stop: stop })
    }

    /// What was counted last. Returns at once.
    pub(crate) fn counted(&self) -> Counted {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl std::fmt::Debug for Counting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Counting").finish_non_exhaustive()
    }
}
