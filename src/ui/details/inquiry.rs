//! What belongs to the chosen row on the other side, and what failed last: derived from the rows on a thread of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, select};

use crate::lab::{Cause, Coach, Surroundings};
use crate::trace::failure::{Failures, Holder};
use crate::trace::frames::{Borders, Frames};
use crate::trace::http::Messages;
use crate::trace::lives::Lives;
use crate::trace::pairing::{Neighbours, Paired, Pairing};
use crate::trace::transfer::{Rung, Transfers};
use crate::trace::{Listening, Record, Store};
use crate::ui::waker::Waker;
use crate::wire::http::Reader;

/// The pause between two looks at rows that come, while nobody asks.
const PAUSE: Duration = Duration::from_millis(100);

/// What was derived last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned {
    /// The row it is about.
    pub(crate) row: Option<u64>,
    /// What belongs to that row on the other side.
    pub(crate) paired: Option<Paired>,
    /// The rows next to it on its stream.
    pub(crate) neighbours: Neighbours,
    /// The messages that it moved, where its program tells messages apart.
    pub(crate) borders: Option<Borders>,
    /// Who has, or had, the address that the row was about.
    pub(crate) holder: Option<Holder>,
    /// Why the row failed, where it has.
    pub(crate) causes: Vec<Cause>,
    /// The last failure that stands.
    pub(crate) failure: Option<Failed>,
    /// Who has which address.
    pub(crate) failures: Arc<Failures>,
    /// What it is as a packet of a transfer by TFTP.
    pub(crate) rung: Option<Rung>,
    /// What had come of its way before it, where its program speaks HTTP.
    pub(crate) http: Option<Reader>,
    /// Up to which row it was looked.
    pub(crate) read: u64,
}

/// A call that failed.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    pub(crate) record: Arc<Record>,
    /// Who has the address that it was about.
    pub(crate) holder: Option<Holder>,
    /// Why it failed, the likeliest cause first.
    pub(crate) causes: Vec<Cause>,
}

/// Asks about rows, and has the answers.
pub(crate) struct Inquiry {
    learned: Arc<Mutex<Arc<Learned>>>,
    asked: Option<u64>,
    /// Dropped with this handle, which ends the thread.
    questions: Sender<Option<u64>>,
    _listening: Listening,
}

impl Inquiry {
    /// Begins to look at the rows of `store`, and where these come from now also at this computer.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn start(store: &Arc<Store>, is_live: bool, waker: &Waker) -> io::Result<Self> {
        let learned = Arc::new(Mutex::new(Arc::new(Learned::default())));
        let (questions, asked) = bounded(4);
        let (grown, growth) = bounded(1);
        grown.try_send(()).ok();
        let listening = store.listen(move || {
            grown.try_send(()).ok();
        });
        let around = Around { is_live, ..Around::default() };
        let work = Work { store: Arc::clone(store), waker: waker.clone(), learned: Arc::clone(&learned), asked, growth, around };
        thread::Builder::new().name("pairing".to_owned()).spawn(move || work.run())?;
        Ok(Self { learned, asked: None, questions, _listening: listening })
    }

    /// From now on the question is about row `n`.
    pub(crate) fn ask(&mut self, n: Option<u64>) {
        // A full queue is asked again with the next frame.
        if n != self.asked && self.questions.try_send(n).is_ok() {
            self.asked = n;
        }
    }

    /// What was derived last. Returns at once.
    pub(crate) fn learned(&self) -> Arc<Learned> {
        Arc::clone(&self.learned.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for Inquiry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inquiry").field("asked", &self.asked).finish_non_exhaustive()
    }
}

/// What is derived: all of it from one reading of the rows.
#[derive(Default)]
struct Folds {
    pairing: Pairing,
    failures: Failures,
    lives: Lives,
    transfers: Transfers,
    frames: Frames,
    messages: Messages,
}

impl Folds {
    /// Takes in rows, which follow those taken in before.
    fn fold(&mut self, rows: &[Record]) {
        self.pairing.fold(rows);
        self.failures.fold(rows);
        self.lives.fold(rows);
        self.transfers.fold(rows);
        self.frames.fold(rows);
        self.messages.fold(rows);
    }
}

/// What the thread works with.
struct Work {
    store: Arc<Store>,
    waker: Waker,
    learned: Arc<Mutex<Arc<Learned>>>,
    asked: Receiver<Option<u64>>,
    growth: Receiver<()>,
    around: Around,
}

/// How many looks at this computer are remembered.
const MOST_LOOKS: usize = 16;

/// This computer, as it was when calls failed.
#[derive(Default)]
struct Around {
    is_live: bool,
    /// By the rows of those calls.
    looks: BTreeMap<u64, Surroundings>,
    /// What does not change from one moment to the next.
    lasting: Option<Surroundings>,
}

impl Around {
    /// A call has failed a moment ago.
    fn look(&mut self, n: u64) {
        if self.is_live && !self.looks.contains_key(&n) {
            self.looks.insert(n, Surroundings::observe());
            if self.looks.len() > MOST_LOOKS {
                self.looks.pop_first();
            }
        }
    }

    /// What is known of it for the call of row `n`.
    fn of(&mut self, n: u64) -> &Surroundings {
        let Self { is_live, looks, lasting } = self;
        let lasting = lasting.get_or_insert_with(|| {
            let now = if *is_live { Surroundings::observe() } else { Surroundings::default() };
            Surroundings { taken: Vec::new(), time_waits: Vec::new(), ..now }
        });
        looks.get(&n).unwrap_or(lasting)
    }
}

impl Work {
    fn run(mut self) {
        let mut folds = Folds::default();
        let (mut question, mut behind) = (None, false);
        loop {
            // A question is answered at once, new rows at most ten times a second.
            let idle = if behind { Duration::ZERO } else { Duration::MAX };
            select! {
                default(idle) => {},
                recv(self.asked) -> asked => match asked {
                    Ok(asked) => question = asked,
                    Err(_) => return,
                },
                recv(self.growth) -> _ => select! {
                    recv(self.asked) -> asked => match asked {
                        Ok(asked) => question = asked,
                        Err(_) => return,
                    },
                    default(if folds.pairing.read() == 0 { Duration::ZERO } else { PAUSE }) => {}
                },
            }
            question = self.asked.try_iter().last().unwrap_or(question);
            behind = false;
            for scan in self.store.scans(folds.pairing.read() + 1) {
                folds.fold(scan.rows());
                match self.asked.try_recv() {
                    // Answered from what is known so far; then it reads on.
                    Ok(asked) => {
                        (question, behind) = (asked, true);
                        break;
                    }
                    Err(TryRecvError::Disconnected) => return,
                    Err(TryRecvError::Empty) => {}
                }
            }
            let learned = Arc::new(self.learn(question, &folds));
            *self.learned.lock().unwrap_or_else(PoisonError::into_inner) = learned;
            self.waker.ring();
        }
    }

    fn learn(&mut self, question: Option<u64>, folds: &Folds) -> Learned {
        let Folds { pairing, failures, lives, transfers, frames, messages } = folds;
        let names = self.store.names();
        let around = &mut self.around;
        if let Some(failed) = failures.last() {
            around.look(failed.n);
        }
        let mut causes = |record: &Record| Coach { lives, failures, names: &names, around: around.of(record.n) }.causes(record);
        let failure = failures.last().map(|record| {
            let holder = failures.holder(record).cloned();
            Failed { record: Arc::clone(record), holder, causes: causes(record) }
        });
        let learned = Learned { row: question, failure, failures: Arc::new(failures.clone()), read: pairing.read(), ..Learned::default() };
        let Some(record) = question.and_then(|n| self.store.scan(n)?.rows().first().filter(|record| record.n == n).cloned()) else {
            return learned;
        };
        Learned {
            paired: pairing.of(&names, &record),
            neighbours: pairing.neighbours(&names, &record).unwrap_or_default(),
            borders: frames.of(&record),
            http: messages.before(&record).cloned(),
            rung: transfers.rung(&self.store, &record),
            causes: if record.errno().is_some() { causes(&record) } else { Vec::new() },
            holder: record.errno().and_then(|_| failures.holder(&record).cloned()),
            ..learned
        }
    }
}
