//! What takes its time - asking for a file, reading it, writing it - on a thread of its own: the window goes on meanwhile.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::dialog::{Chooser, Purpose};
use crate::lab::{LONGEST, Lab};
use crate::text;
use crate::text::Message;

/// What came of an errand.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A lab was read.
    Opened(Lab),
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
    /// Opens a lab; `wake` is called when there is an outcome. Nothing happens while another errand is under way.
    pub(crate) fn open(&mut self, which: Which, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || match which.file(Purpose::OpenLab) {
            Some(file) => read(&file).map_or_else(Outcome::Problems, Outcome::Opened),
            None => Outcome::Done,
        });
    }

    /// Saves `lab`, as [`open`](Self::open) opens one.
    pub(crate) fn save(&mut self, which: Which, lab: Lab, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || match which.file(Purpose::SaveLab).map(|file| write(&file, &lab)) {
            Some(Err(problem)) => Outcome::Problems(vec![problem]),
            Some(Ok(())) | None => Outcome::Done,
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

impl Which {
    fn file(self, purpose: Purpose) -> Option<PathBuf> {
        match self {
            Self::Named(file) => Some(file),
            Self::Asked(chooser, title) => chooser.choose(purpose, &title),
        }
    }
}

/// The lab in `file`.
///
/// # Errors
/// Why it cannot be read, or everything that is wrong in it.
pub(crate) fn read(file: &Path) -> Result<Lab, Vec<Message>> {
    let name = file.to_string_lossy();
    let text =
        read_text(file).map_err(|error| vec![text!("ui-note-not-read", file = name.clone().into_owned(), said = error.to_string())])?;
    Lab::parse(&text, &name).map_err(|errors| errors.messages())
}

/// The text of a file, of which no more is read than a lab may have.
fn read_text(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// Puts the lab in place of `file`, whole or not at all.
fn write(file: &Path, lab: &Lab) -> Result<(), Message> {
    let new = file.with_extension("toml.new");
    let written = fs::write(&new, lab.to_toml()).and_then(|()| fs::rename(&new, file));
    written.map_err(|error| text!("ui-note-not-written", file = file.to_string_lossy().into_owned(), said = error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::sample;

    #[test]
    fn what_is_saved_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lab.toml");
        let lab = sample("first-echo").expect("in the table").lab(&[]).expect("a lab");
        write(&file, &lab).expect("written");
        assert_eq!(read(&file).expect("read").programs, lab.programs);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
        assert_eq!(read(&folder.path().join("none")).expect_err("not there")[0].key(), "ui-note-not-read");
    }

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
