//! Asking for a file: on a thread of its own, so that the window goes on while the person chooses.

use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a lab.
    OpenLab,
    /// To save the lab.
    SaveLab,
}

/// Whoever asks the person. Called on a thread of its own; may wait as long as the person does.
pub trait Chooser: Send + Sync {
    /// The file that was chosen; none where the person turned away, or where the system has no way to ask.
    fn choose(&self, purpose: Purpose, title: &str) -> Option<PathBuf>;
}

/// The system's own file dialogs.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChooser;

impl Chooser for SystemChooser {
    fn choose(&self, purpose: Purpose, title: &str) -> Option<PathBuf> {
        let dialog = rfd::FileDialog::new().set_title(title).add_filter("TOML", &["toml"]);
        match purpose {
            Purpose::OpenLab => dialog.pick_file(),
            Purpose::SaveLab => dialog.set_file_name("lab.toml").save_file(),
        }
    }
}

/// A question that was asked and not answered yet. One at a time.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pending: Option<(Purpose, Receiver<Option<PathBuf>>)>,
}

impl Question {
    /// Asks, unless a question is open already. `wake` is called with the answer.
    pub(crate) fn ask(&mut self, chooser: std::sync::Arc<dyn Chooser>, purpose: Purpose, title: String, wake: impl FnOnce() + Send + 'static) {
        if self.pending.is_some() {
            return;
        }
        let (answer, answers) = bounded(1);
        let ask = move || {
            answer.send(chooser.choose(purpose, &title)).ok();
            wake();
        };
        if thread::Builder::new().name("file dialog".to_owned()).spawn(ask).is_ok() {
            self.pending = Some((purpose, answers));
        }
    }

    /// The answer, once: what for, and the file, if there was one.
    pub(crate) fn answer(&mut self) -> Option<(Purpose, Option<PathBuf>)> {
        let (purpose, answers) = self.pending.as_ref()?;
        let answer = match answers.try_recv() {
            Ok(file) => (*purpose, file),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => (*purpose, None),
        };
        self.pending = None;
        Some(answer)
    }
}
