//! The counters: folded from the rows on a thread of their own, shown at most four times a second.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};

use crossbeam_channel::{RecvTimeoutError, Sender, TryRecvError, bounded};

use super::effective::Effective;
use super::waker::Waker;
use crate::trace::activity::Activity;
use crate::trace::asked::Asked;
use crate::trace::transfer::Transfers;
use crate::trace::{Listening, Store};

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
            let (mut activity, mut effective, mut asked) = (Activity::default(), Effective::default(), Asked::default());
            let mut transfers = Transfers::default();
            while growth.recv().is_ok() {
                while activity.update(&store) && !matches!(stopped.try_recv(), Err(TryRecvError::Disconnected)) {}
                effective.update(&store);
                asked.update(&store);
                transfers.update(&store);
                let new = Counted {
                    activity: Arc::new(activity.clone()),
                    effective: Arc::new(effective.clone()),
                    asked: Arc::new(asked.clone()),
                    transfers: Arc::new(transfers.clone()),
                };
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = new;
                waker.ring();
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
