//! Asking a person for a file or a folder: with the system's dialog, and where there is none, with a field of the window in which a path is typed.
//!
//! Whoever needs a path asks on a thread of its own and waits there as long as the person does. The window only shows the field, and hands on what
//! was typed: it is that thread which looks at the disk.

mod place;
mod system;
mod typed;

use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};
use egui::{Context, Id};

pub use self::system::SystemChooser;
use self::typed::{Request, Typing};
use super::look::Look;
use crate::text::{Language, Message};

/// How many paths can be waited for before whoever asks for another waits until there is room.
const MOST: usize = 8;

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

/// What is to be at the path that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    /// A file that is read.
    File,
    /// A file that is written: a new one, or in the place of one that may go.
    Place,
    /// A folder that is read.
    Folder,
    /// A folder in which files are written.
    RoomyFolder,
}

impl Purpose {
    /// What is to be there.
    const fn want(&self) -> Want {
        match self {
            Self::OpenLab | Self::SendFile | Self::PutFile => Want::File,
            Self::SaveLab | Self::SaveText(_) | Self::Record | Self::SaveReceived(_) => Want::Place,
            Self::ServeFolder => Want::Folder,
            Self::ReceivedFolder => Want::RoomyFolder,
        }
    }

    /// The name that is proposed for what is written.
    fn name(&self) -> Option<&str> {
        match self {
            Self::SaveLab => Some("lab.toml"),
            Self::Record => Some("run.slr"),
            Self::SaveText(name) | Self::SaveReceived(name) => Some(name),
            Self::OpenLab | Self::SendFile | Self::PutFile | Self::ServeFolder | Self::ReceivedFolder => None,
        }
    }
}

/// What came of asking with a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This was chosen. Where it is to be written and is there already, the person has agreed that it goes.
    Chosen(PathBuf),
    /// The person turned away.
    TurnedAway,
    /// No dialog was shown: the person has not been asked.
    NoDialog,
}

/// Whoever asks the person. Called on a thread of its own; may wait as long as the person does.
pub trait Chooser: Send + Sync {
    /// What came of asking for `purpose` under `title`.
    fn choose(&self, purpose: Purpose, title: &str) -> Answer;

    /// The folder that is proposed where a path has to be typed.
    fn folder(&self) -> PathBuf {
        place::own_folder()
    }
}

/// Asks the person from another thread.
#[derive(Clone)]
pub(crate) struct Asker {
    chooser: Arc<dyn Chooser>,
    language: Language,
    window: Sender<Request>,
    ctx: Context,
}

impl Asker {
    /// The path that the person states, for `purpose`, under `title`; none where he turns away or the window is closed. Waits for him.
    pub(crate) fn ask(&self, purpose: Purpose, title: &Message) -> Option<PathBuf> {
        match self.chooser.choose(purpose.clone(), &title.in_language(self.language)) {
            Answer::Chosen(path) => Some(path),
            Answer::TurnedAway => None,
            Answer::NoDialog => self.have_typed(purpose, title.clone()),
        }
    }

    /// Has a path typed in the window until it will do.
    fn have_typed(&self, purpose: Purpose, title: Message) -> Option<PathBuf> {
        let (folder, want) = (self.chooser.folder(), purpose.want());
        let (answer, answers) = bounded(1);
        let (tell, told) = bounded(1);
        let proposed = place::proposed(&folder, &purpose);
        let request = Request { purpose, title, proposed, folder: folder.clone(), answer, told };
        self.window.send(request).ok()?;
        self.ctx.request_repaint();
        let path = loop {
            // The window lets go of its end where the person turns away.
            let answer = answers.recv().ok()?;
            match place::look(want, &folder, &answer) {
                Ok(path) => break path,
                Err(said) => tell.send(said).ok()?,
            }
            self.ctx.request_repaint();
        };
        drop(tell);
        self.ctx.request_repaint();
        Some(path)
    }
}

/// The dialogs of a window: the one place that asks for paths.
pub(crate) struct Dialogs {
    chooser: Arc<dyn Chooser>,
    requests: (Sender<Request>, Receiver<Request>),
    typing: Option<Typing>,
    /// What had the keyboard before.
    before: Option<Id>,
}

impl Dialogs {
    /// Those of a window in which `chooser` asks.
    pub(crate) fn new(chooser: Arc<dyn Chooser>) -> Self {
        Self { chooser, requests: bounded(MOST), typing: None, before: None }
    }

    /// Who asks for a path, in `language`.
    pub(crate) fn asker(&self, language: Language, ctx: &Context) -> Asker {
        Asker { chooser: Arc::clone(&self.chooser), language, window: self.requests.0.clone(), ctx: ctx.clone() }
    }

    /// Draws the field in which a path is typed, where one is asked for.
    pub(crate) fn show(&mut self, ctx: &Context, look: &Look) {
        if self.typing.is_none() {
            let Ok(request) = self.requests.1.try_recv() else { return };
            self.before = ctx.memory(|memory| memory.focused());
            self.typing = Some(Typing::of(request));
        }
        if self.typing.as_mut().is_some_and(|typing| typing.show(ctx, look)) {
            self.typing = None;
            if let Some(before) = self.before.take() {
                ctx.memory_mut(|memory| memory.request_focus(before));
            }
            // Another may wait.
            ctx.request_repaint();
        }
    }
}
