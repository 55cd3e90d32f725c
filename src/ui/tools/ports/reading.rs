//! The table of this machine's sockets as it was last read, on a thread of its own.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::column::search_words;
use crate::net::machine::{Holder, Known, ephemeral_ports, look};
use crate::text;
use crate::text::Message;
use crate::trace::Names;
use crate::ui::waker::Waker;

/// A socket, and the words by which it is found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) known: Known,
    pub(super) words: String,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Whether sockets of Unix were asked for, too.
    pub(super) unix: bool,
    /// The sockets; none on a system that is not asked.
    pub(super) rows: Option<Vec<Row>>,
    /// Of how many the process may not be looked into.
    pub(super) hidden: usize,
    /// The ports that this system gives to clients.
    pub(super) ephemeral: Option<(u16, u16)>,
    /// How long it took.
    pub(super) took: Duration,
}

impl Reading {
    /// Reads it. Takes its time.
    fn now(unix: bool, names: &Names) -> Self {
        let begin = Instant::now();
        let rows =
            look(unix, names).map(|known| known.into_iter().map(|known| Row { words: search_words(&known), known }).collect::<Vec<_>>());
        let hidden = rows.iter().flatten().filter(|row| row.known.holder == Holder::Hidden).count();
        Self { unix, rows, hidden, ephemeral: ephemeral_ports(), took: begin.elapsed() }
    }
}

/// Reads the table when it is asked to.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pending: Option<Receiver<Reading>>,
    /// When it was asked last.
    asked: Option<Instant>,
    /// Why it was not.
    pub(super) problem: Option<Message>,
}

impl Reader {
    /// Reads it anew, unless that is under way.
    pub(super) fn ask(&mut self, unix: bool, names: &Arc<Names>, waker: Waker) {
        if self.pending.is_some() {
            return;
        }
        let (tell, told) = bounded(1);
        let names = Arc::clone(names);
        let work = move || {
            tell.send(Reading::now(unix, &names)).ok();
            waker.ring();
        };
        self.asked = Some(Instant::now());
        match thread::Builder::new().name("ports".to_owned()).spawn(work) {
            Ok(_) => (self.pending, self.problem) = (Some(told), None),
            Err(error) => self.problem = Some(text!("ui-note-no-thread", said = error.to_string())),
        }
    }

    /// What was read, once.
    pub(super) fn read(&mut self) -> Option<Reading> {
        match self.pending.as_ref()?.try_recv() {
            Ok(reading) => {
                self.pending = None;
                Some(reading)
            }
            Err(TryRecvError::Disconnected) => {
                self.pending = None;
                None
            }
            Err(TryRecvError::Empty) => None,
        }
    }

    /// How long until it is to be read again, where that is every `every`.
    pub(super) fn left(&self, every: Duration) -> Duration {
        self.asked.map_or(Duration::ZERO, |asked| every.saturating_sub(asked.elapsed()))
    }
}
