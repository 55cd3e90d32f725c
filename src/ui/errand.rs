//! What takes its time - asking for a file, reading it, writing it - on a thread of its own: the window goes on meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io, thread};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::dialog::{Chooser, Purpose};
use crate::lab::{self, Lab, Opened, Session};
use crate::text;
use crate::text::Message;
use crate::trace::RecordingStatus;

/// What came of an errand.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A lab or a recording was read from this file.
    Opened(Opened, PathBuf),
    /// The lab of this mark was written to this file.
    Saved(PathBuf, Box<Lab>, Arc<()>),
    /// What happens is recorded in this file from now on.
    Recording(PathBuf),
    /// A recording was ended.
    Recorded(RecordingStatus),
    /// Nobody wanted anything.
    Nothing,
    /// What went wrong.
    Problems(Vec<Message>),
}

/// Where a file comes from.
pub(crate) enum Which {
    /// The person has named it.
    Named(PathBuf),
    /// The person has named it, and has not been asked whether a file of that name may go: there must be none.
    New(PathBuf),
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
        self.go(wake, move || {
            let file = which.file(Purpose::OpenLab)?;
            Ok(lab::open(&file).map(|opened| Outcome::Opened(opened, file))?)
        });
    }

    /// Saves `lab`, which `mark` tells from others, as [`open`](Self::open) opens one.
    pub(crate) fn save(&mut self, which: Which, lab: Lab, mark: Arc<()>, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || {
            let file = which.file(Purpose::SaveLab)?;
            lab.save(&file)?;
            Ok(Outcome::Saved(file, Box::new(lab), mark))
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
            let file = which.file(Purpose::SaveText)?;
            let problem =
                |error: io::Error| text!("ui-talk-not-written", file = file.to_string_lossy().into_owned(), said = error.to_string());
            write_whole(&file, work).map_err(problem)?;
            Ok(Outcome::Nothing)
        });
    }

    /// Records what happens in `session`.
    pub(crate) fn record(&mut self, which: Which, session: Arc<Session>, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || {
            let file = which.file(Purpose::Record)?;
            session.record(&file).map_err(|error| error.message())?;
            Ok(Outcome::Recording(file))
        });
    }

    /// Ends the recording of `session`.
    pub(crate) fn finish(&mut self, session: Arc<Session>, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || Ok(session.trace().finish_recording().map_or(Outcome::Nothing, Outcome::Recorded)));
    }

    fn go(&mut self, wake: impl FnOnce() + Send + 'static, work: impl FnOnce() -> Result<Outcome, Stop> + Send + 'static) {
        if self.pending.is_some() {
            return;
        }
        let (tell, told) = bounded(1);
        let work = move || {
            let outcome =
                work().unwrap_or_else(|Stop(problems)| if problems.is_empty() { Outcome::Nothing } else { Outcome::Problems(problems) });
            tell.send(outcome).ok();
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
            Err(TryRecvError::Disconnected) => Outcome::Nothing,
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

/// Why an errand ends before its time: what went wrong; nothing where the person turned away.
struct Stop(Vec<Message>);

impl From<Message> for Stop {
    fn from(problem: Message) -> Self {
        Self(vec![problem])
    }
}

impl From<Vec<Message>> for Stop {
    fn from(problems: Vec<Message>) -> Self {
        Self(problems)
    }
}

impl Which {
    fn file(self, purpose: Purpose) -> Result<PathBuf, Stop> {
        match self {
            Self::New(file) if file.symlink_metadata().is_ok() => Err(text!("ui-file-exists", file = file.display().to_string()).into()),
            Self::Named(file) | Self::New(file) => Ok(file),
            Self::Asked(chooser, title) => chooser.choose(purpose, &title).ok_or(Stop(Vec::new())),
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

    #[test]
    fn a_typed_name_puts_nothing_in_the_place_of_a_file() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        assert!(Which::New(file.path().to_owned()).file(Purpose::SaveLab).is_err());
        assert!(Which::New(file.path().with_extension("other")).file(Purpose::SaveLab).is_ok());
    }
}
