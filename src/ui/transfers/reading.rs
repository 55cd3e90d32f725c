//! Reads the packets of one transfer, from the first on, on a thread of its own: a long transfer is drawn while it is read, and while it goes on.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, select};

use crate::trace::transfer::{Ladder, Transfers};
use crate::trace::{Listening, ProgramId, Store};
use crate::ui::waker::Waker;

/// The pause between two readings of rows that come.
const PAUSE: Duration = Duration::from_millis(250);

/// A transfer: the program whose end is looked at, and the row in which it begins.
type Question = Option<(ProgramId, u64)>;

/// What was read last.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    /// Of which transfer.
    pub(super) of: Question,
    /// Its packets.
    pub(super) ladder: Arc<Ladder>,
    /// Up to which row of the trace was read.
    to: u64,
    /// Whether there is nothing more to read.
    is_over: bool,
}

impl Read {
    /// Whether every packet up to row `newest` was read.
    pub(super) fn is_settled(&self, newest: u64) -> bool {
        self.is_over || self.to >= newest
    }
}

/// Asks for the packets of a transfer, and has what was read.
pub(super) struct Reading {
    read: Arc<Mutex<Read>>,
    asked: Question,
    /// Dropped with this handle, which ends the thread.
    questions: Sender<Question>,
    _listening: Listening,
}

impl Reading {
    /// Begins to wait for a question about the rows of `store`.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(super) fn start(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        let read = Arc::new(Mutex::new(Read::default()));
        let (questions, asked) = bounded(4);
        let (grown, growth) = bounded(1);
        let listening = store.listen(move || {
            grown.try_send(()).ok();
        });
        let work = Work { store: Arc::clone(store), waker: waker.clone(), read: Arc::clone(&read), asked, growth };
        thread::Builder::new().name("ladder".to_owned()).spawn(move || work.run())?;
        Ok(Self { read, asked: None, questions, _listening: listening })
    }

    /// From now on the packets of this transfer are wanted.
    pub(super) fn ask(&mut self, question: Question) {
        // A full queue is asked again with the next frame.
        if question != self.asked && self.questions.try_send(question).is_ok() {
            self.asked = question;
        }
    }

    /// What was read last. Returns at once.
    pub(super) fn read(&self) -> Read {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("asked", &self.asked).finish_non_exhaustive()
    }
}

/// What the thread works with.
struct Work {
    store: Arc<Store>,
    waker: Waker,
    read: Arc<Mutex<Read>>,
    asked: Receiver<Question>,
    growth: Receiver<()>,
}

/// Why a reading stopped.
enum Stop {
    /// There are no more rows.
    End,
    /// Another transfer is wanted.
    Asked(Question),
    /// Nobody reads any more.
    Gone,
}

impl Work {
    fn run(self) {
        let mut question: Question = None;
        let mut transfers = Transfers::default();
        let mut new = None;
        loop {
            let asked = if new.is_some() {
                new.take()
            } else {
                select! {
                    recv(self.asked) -> asked => match asked {
                        Ok(asked) => Some(asked),
                        Err(_) => return,
                    },
                    // Rows come in crowds: a moment later there are more.
                    recv(self.growth) -> _ => select! {
                        recv(self.asked) -> asked => match asked {
                            Ok(asked) => Some(asked),
                            Err(_) => return,
                        },
                        default(if question.is_some() { PAUSE } else { Duration::ZERO }) => None,
                    },
                }
            };
            if let Some(asked) = asked {
                question = asked;
                transfers = question.map(|(program, row)| Transfers::watching(program, row)).unwrap_or_default();
            }
            if question.is_none() || transfers.is_over() && asked.is_none() {
                continue;
            }
            match self.read_on(question, &mut transfers) {
                Stop::End => {}
                Stop::Asked(other) => new = Some(other),
                Stop::Gone => return,
            }
        }
    }

    fn read_on(&self, question: Question, transfers: &mut Transfers) -> Stop {
        let mut told = Instant::now();
        for scan in self.store.scans(transfers.read() + 1) {
            transfers.fold(scan.rows());
            match self.asked.try_recv() {
                Ok(asked) => return Stop::Asked(asked),
                Err(TryRecvError::Disconnected) => return Stop::Gone,
                Err(TryRecvError::Empty) => {}
            }
            if transfers.is_over() {
                break;
            }
            if told.elapsed() > PAUSE {
                self.tell(question, transfers);
                told = Instant::now();
            }
        }
        self.tell(question, transfers);
        Stop::End
    }

    fn tell(&self, of: Question, transfers: &Transfers) {
        let ladder = Arc::new(transfers.ladder().cloned().unwrap_or_default());
        let read = Read { of, ladder, to: transfers.read(), is_over: transfers.is_over() };
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = read;
        self.waker.ring();
    }
}
