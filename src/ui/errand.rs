//! What takes its time - asking for a file, reading it, writing it - on a thread of its own: the window goes on meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{io, thread};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::dialog::{Asker, Purpose};
use crate::lab::{self, Lab, Opened, Session};
use crate::text;
use crate::text::Message;
use crate::trace::RecordingStatus;
use crate::trace::conversation::Excerpt;

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
    /// A text was written to this file.
    Written(PathBuf),
    /// What was received was saved in this file or folder.
    Received(PathBuf),
    /// For this field of the program of this name this path was chosen.
    Chosen(String, &'static str, PathBuf),
    /// A conversation is to be copied.
    Copied(Excerpt),
    /// This file is not there; what is to be said of it.
    Missing(PathBuf, Vec<Message>),
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
    Asked(Asker, Message),
}

/// An errand that is under way. One at a time.
#[derive(Debug, Default)]
pub(crate) struct Errand {
    pending: Option<Receiver<Outcome>>,
    /// Whether another one was asked for meanwhile.
    refused: bool,
}

impl Errand {
    /// Opens a lab or a recording; `wake` is called when there is an outcome. Nothing happens while another errand is under way.
    pub(crate) fn open(&mut self, which: Which, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || {
            let file = which.file(Purpose::OpenLab)?;
            match lab::open(&file) {
                Ok(opened) => Ok(Outcome::Opened(opened, file)),
                Err(problems) if is_missing(&file) => Ok(Outcome::Missing(file, problems)),
                Err(problems) => Err(problems.into()),
            }
        });
    }

    /// Saves `lab`, which `mark` tells from others, as [`open`](Self::open) opens one.
    pub(crate) fn save(&mut self, which: Which, lab: Lab, mark: Arc<()>, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || {
            let file = which.file(Purpose::SaveLab)?;
            lab.save(&file).map_err(|error| error.message())?;
            Ok(Outcome::Saved(file, Box::new(lab), mark))
        });
    }

    /// Writes a text with `work`, as [`open`](Self::open) opens a lab.
    pub(crate) fn save_text(
        &mut self,
        which: Which,
        name: String,
        work: impl FnOnce(&mut dyn io::Write) -> io::Result<()> + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) {
        self.go(wake, move || {
            let file = which.file(Purpose::SaveText(name))?;
            lab::write_whole(&file, work).map_err(|error| error.message())?;
            Ok(Outcome::Written(file))
        });
    }

    /// Saves what was received with `work`, which is told the path.
    pub(crate) fn save_received(
        &mut self,
        which: Which,
        purpose: Purpose,
        work: impl FnOnce(&Path) -> Result<(), Message> + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) {
        self.go(wake, move || {
            let path = which.file(purpose)?;
            work(&path)?;
            Ok(Outcome::Received(path))
        });
    }

    /// Does `work`, of which there is nothing to tell.
    pub(crate) fn quietly(&mut self, work: impl FnOnce() + Send + 'static, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || {
            work();
            Ok(Outcome::Nothing)
        });
    }

    /// Asks for the path that is to stand in the field `key` of a program.
    pub(crate) fn choose(
        &mut self,
        which: Which,
        purpose: Purpose,
        (program, key): (String, &'static str),
        wake: impl FnOnce() + Send + 'static,
    ) {
        self.go(wake, move || Ok(Outcome::Chosen(program, key, which.file(purpose)?)));
    }

    /// Copies what `work` reads.
    pub(crate) fn copy(&mut self, work: impl FnOnce() -> Excerpt + Send + 'static, wake: impl FnOnce() + Send + 'static) {
        self.go(wake, move || Ok(Outcome::Copied(work())));
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
            self.refused = true;
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

    /// Why an errand was not gone on since this was last asked, where one was not.
    pub(crate) fn refusal(&mut self) -> Option<Message> {
        std::mem::take(&mut self.refused).then(|| text!("ui-note-busy"))
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

fn is_missing(file: &Path) -> bool {
    file.metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
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
            Self::Asked(asker, title) => asker.ask(purpose, &title).ok_or(Stop(Vec::new())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::ui::dialog::{Answer, Chooser, Dialogs};

    #[test]
    fn an_errand_tells_its_outcome_once() {
        struct Fixed(PathBuf);
        impl Chooser for Fixed {
            fn choose(&self, _: Purpose, _: &str) -> Answer {
                Answer::Chosen(self.0.clone())
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        let mut errand = Errand::default();
        let (tell, told) = bounded(1);
        let dialogs = Dialogs::new(Arc::new(Fixed(folder.path().join("none"))));
        let which = Which::Asked(dialogs.asker(Language::English, &egui::Context::default()), text!("ui-dialog-open"));
        errand.open(which, move || {
            tell.send(()).ok();
        });
        told.recv_timeout(std::time::Duration::from_secs(20)).expect("an outcome");
        assert!(matches!(errand.outcome(), Some(Outcome::Missing(file, problems)) if file.ends_with("none") && problems.len() == 1));
        assert!(errand.outcome().is_none());
        assert!(errand.refusal().is_none());
    }

    #[test]
    fn a_second_errand_is_refused_while_one_is_under_way() {
        let (go, wait) = bounded::<()>(0);
        let mut errand = Errand::default();
        let slow = move || {
            wait.recv().ok();
            Excerpt::default()
        };
        errand.copy(slow, || {});
        assert!(errand.refusal().is_none());
        errand.copy(Excerpt::default, || {});
        assert_eq!(errand.refusal().map(|why| why.key().to_owned()).as_deref(), Some("ui-note-busy"));
        assert!(errand.refusal().is_none(), "told once");
        go.send(()).expect("it waits");
    }

    #[test]
    fn a_typed_name_puts_nothing_in_the_place_of_a_file() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        assert!(Which::New(file.path().to_owned()).file(Purpose::SaveLab).is_err());
        assert!(Which::New(file.path().with_extension("other")).file(Purpose::SaveLab).is_ok());
    }
}
