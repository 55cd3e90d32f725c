//! What takes its time - asking for a file, reading it, writing it - on a thread of its own: the window goes on meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io, thread};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::dialog::{Chooser, Purpose};
use crate::lab::{self, Lab, Opened};
use crate::text;
use crate::text::Message;

/// What came of an errand.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A lab or a recording was read from this file.
    Opened(Opened, PathBuf),
    /// The lab was written, or nobody wanted anything.
    Done,
    /// What went wrong.
    Problems(Vec<Message>),
}

/// Where a file comes from.
pub(crate) enum Which {
    /// The person has named it.
    Named(PathBuf),
    /// The person is asked, under this title.
    Asked(Arc<dyn Chooser>, String),
}

/// An errand that is under way. One at a time.
#[derive(Debug, Default)]
pub(crate) struct Errand {
    pending: Option<Receiver<Outcome>>,
}

impl Errand {
    /// Opens a lab or a recording; `wake` is called when there is an outcome. Nothing happens while another errand is under way.
    pub(crate) fn open(&mut self, which: Which, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || match which.file(Purpose::OpenLab) {
            Some(file) => lab::open(&file).map_or_else(Outcome::Problems, |opened| Outcome::Opened(opened, file)),
            None => Outcome::Done,
        });
    }

    /// Saves `lab`, as [`open`](Self::open) opens one.
    pub(crate) fn save(&mut self, which: Which, lab: Lab, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || match which.file(Purpose::SaveLab).map(|file| lab.save(&file)) {
            Some(Err(problem)) => Outcome::Problems(vec![problem]),
            Some(Ok(())) | None => Outcome::Done,
        });
    }

    /// Writes a text with `work`, as [`open`](Self::open) opens a lab.
    pub(crate) fn save_text(
        &mut self,
        which: Which,
        work: impl FnOnce(&mut dyn io::Write) -> io::Result<()> + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) {
        self.go(wake, move || {
            let Some(file) = which.file(Purpose::SaveText) else { return Outcome::Done };
            let written = write_whole(&file, work);
            let problem = |error: io::Error| {
                Outcome::Problems(vec![text!("ui-talk-not-written", file = file.to_string_lossy().into_owned(), said = error.to_string())])
            };
            written.map_or_else(problem, |()| Outcome::Done)
        });
    }

    fn go(&mut self, wake: impl FnOnce() + Send + 'static, work: impl FnOnce() -> Outcome + Send + 'static) {
        if self.pending.is_some() {
            return;
        }
        let (tell, told) = bounded(1);
        let work = move || {
            tell.send(work()).ok();
            wake();
        };
        if thread::Builder::new().name("file".to_owned()).spawn(work).is_ok() {
            self.pending = Some(told);
        }
    }

    /// The outcome, once.
    pub(crate) fn outcome(&mut self) -> Option<Outcome> {
        let outcome = match self.pending.as_ref()?.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Outcome::Done,
        };
        self.pending = None;
        Some(outcome)
    }
}

/// Puts what `work` writes in place of `file`, whole or not at all.
fn write_whole(file: &Path, work: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let mut new = file.as_os_str().to_owned();
    new.push(".new");
    let mut out = io::BufWriter::new(fs::File::create(&new)?);
    work(&mut out)?;
    io::Write::flush(&mut out)?;
    fs::rename(&new, file)
}

impl Which {
    fn file(self, purpose: Purpose) -> Option<PathBuf> {
        match self {
            Self::Named(file) => Some(file),
            Self::Asked(chooser, title) => chooser.choose(purpose, &title),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_errand_tells_its_outcome_once() {
        struct Fixed(PathBuf);
        impl Chooser for Fixed {
            fn choose(&self, _: Purpose, _: &str) -> Option<PathBuf> {
                Some(self.0.clone())
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        let mut errand = Errand::default();
        let (tell, told) = bounded(1);
        let which = Which::Asked(Arc::new(Fixed(folder.path().join("none"))), String::new());
        errand.open(which, move || {
            tell.send(()).ok();
        });
        told.recv_timeout(std::time::Duration::from_secs(20)).expect("an outcome");
        assert!(matches!(errand.outcome(), Some(Outcome::Problems(_))));
        assert!(errand.outcome().is_none());
    }
}
