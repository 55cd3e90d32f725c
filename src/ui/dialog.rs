//! Asking a person for a file.

use std::path::PathBuf;

/// What a file is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a lab or a recording.
    OpenLab,
    /// To send its content.
    SendFile,
    /// To save the lab.
    SaveLab,
    /// To save a text; it may be called so.
    SaveText(String),
    /// To record what happens.
    Record,
    /// To offer what is in the folder: a folder is chosen, no file.
    ServeFolder,
    /// To put it on a server.
    PutFile,
    /// To save what is received; it may be called so.
    SaveReceived(String),
    /// To save all that was received: a folder is chosen, no file.
    ReceivedFolder,
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
        let dialog = rfd::FileDialog::new().set_title(title);
        match purpose {
            Purpose::OpenLab => dialog.add_filter("TOML, SLR", &["toml", "slr"]).add_filter("*", &["*"]).pick_file(),
            Purpose::SaveLab => dialog.add_filter("TOML", &["toml"]).set_file_name("lab.toml").save_file(),
            Purpose::Record => dialog.add_filter("SLR", &["slr"]).set_file_name("run.slr").save_file(),
            Purpose::SendFile | Purpose::PutFile => dialog.pick_file(),
            Purpose::ServeFolder | Purpose::ReceivedFolder => dialog.pick_folder(),
            Purpose::SaveText(name) | Purpose::SaveReceived(name) => dialog.set_file_name(name).save_file(),
        }
    }
}
