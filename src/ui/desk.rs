//! The lab behind the window: one that can be run, a recording, or a moment that does not change.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::command::{Action, Command};
use super::counting::Counted;
use super::recorded::Recorded;
use super::scene::{Phase, ProgramLine, Scene};
use super::waker::Waker;
use crate::lab::{Lab, Opened, ProgramStatus, Session, SessionCommand};
use crate::program::manual::Press;
use crate::program::{self, ProgramKind, Spec};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, RecordingState, Settings, Store};

/// What the window shows and works on.
#[derive(Debug)]
pub(crate) enum Desk {
    /// A moment that does not change.
    Still(Box<Scene>),
    /// A lab that can be run.
    Live(Arc<Session>),
    /// A recording.
    Recorded(Box<Recorded>),
}

impl Desk {
    /// A lab that can be run. Nothing runs yet.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn live(lab: Lab) -> Result<Self, Message> {
        Session::new(lab, Settings::default())
            .map(|session| Self::Live(Arc::new(session)))
            .map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
    }

    /// What was found in `file`. Nothing runs yet.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn of(opened: Opened, file: &Path) -> Result<Self, Message> {
        match opened {
            Opened::Lab(lab) => Self::live(lab),
            Opened::Recording(recording) => Ok(Self::Recorded(Box::new(Recorded::new(recording, file)))),
        }
    }

    /// The rows.
    pub(crate) fn store(&self) -> &Arc<Store> {
        match self {
            Self::Still(scene) => &scene.store,
            Self::Live(session) => session.trace().store(),
            Self::Recorded(recorded) => recorded.store(),
        }
    }

    /// Has the window drawn anew when a program comes to another state.
    pub(crate) fn wake(&self, waker: &Waker) {
        if let Self::Live(session) = self {
            let waker = waker.clone();
            session.on_change(move || waker.ring());
        }
    }

    /// Has the kernel looked at so often, in milliseconds; 0 for never.
    pub(crate) fn look_at_kernel(&self, milliseconds: u64) {
        if let Self::Live(session) = self {
            // Without a thread nothing is looked at: the view says so.
            session.sample_every((milliseconds > 0).then(|| Duration::from_millis(milliseconds))).ok();
        }
    }

    /// Whether this system tells nothing of its sockets beyond what calls return.
    pub(crate) fn kernel_is_silent(&self) -> bool {
        matches!(self, Self::Live(session) if session.kernel_is_silent())
    }

    /// What there is to see now.
    pub(crate) fn scene(&mut self, counted: &Counted) -> Scene {
        match self {
            Self::Still(scene) => Scene { activity: Arc::clone(&counted.activity), ..(**scene).clone() },
            Self::Live(session) => {
                let lab = session.lab();
                let lines = lab.programs.into_iter().zip(session.status()).map(|(spec, status)| line(spec, status)).collect();
                let kept = session.kept().map(|files| files.list()).unwrap_or_default();
                Scene { kept, ..Scene::of(session.trace(), lab.title, lines, Arc::clone(&counted.activity)) }
            }
            Self::Recorded(recorded) => recorded.scene(counted),
        }
    }

    /// The lab as it stands.
    pub(crate) fn lab(&self) -> Lab {
        match self {
            Self::Still(scene) => Lab {
                title: scene.title.clone(),
                programs: scene.programs.iter().map(|line| line.spec.clone()).collect(),
                ..Lab::default()
            },
            Self::Live(session) => session.lab(),
            Self::Recorded(recorded) => recorded.lab().clone(),
        }
    }

    /// How many programs run.
    pub(crate) fn running(&self) -> usize {
        match self {
            Self::Live(session) => {
                session.status().into_iter().filter(|status| status.phase.is_some_and(|phase| phase < program::Phase::Ended)).count()
            }
            Self::Still(_) | Self::Recorded(_) => 0,
        }
    }

    /// Whether this is a recording.
    pub(crate) const fn is_recorded(&self) -> bool {
        matches!(self, Self::Recorded(_))
    }

    /// The session, where there is one.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn session(&self) -> Result<Arc<Session>, Message> {
        match self {
            Self::Live(session) => Ok(Arc::clone(session)),
            Self::Still(_) | Self::Recorded(_) => Err(only_looked_at()),
        }
    }

    /// Before the process ends: lets a recording that is being made get all its rows, waiting for the programs no longer than `limit`.
    pub(crate) fn finish(&self, limit: Duration) {
        let Self::Live(session) = self else { return };
        if session.trace().recording().is_some_and(|recording| recording.state == RecordingState::Writing) {
            session.command(SessionCommand::StopAll).ok();
            session.wait(|programs| !programs.iter().any(ProgramStatus::is_running), limit);
            session.trace().finish_recording();
        }
    }

    /// Gives the lab another title; its programs run on.
    ///
    /// # Errors
    /// Why it keeps the old one.
    pub(crate) fn retitle(&mut self, title: String) -> Result<(), Message> {
        self.change(|lab| {
            lab.title = title;
            Ok(())
        })
    }

    /// What was found to be lost of a recording since this was last asked for.
    pub(crate) fn new_losses(&mut self) -> Vec<Message> {
        match self {
            Self::Recorded(recorded) => recorded.new_losses(),
            Self::Still(_) | Self::Live(_) => Vec::new(),
        }
    }

    /// Whether the program of that name runs.
    pub(crate) fn is_running(&self, name: &str) -> bool {
        match self {
            Self::Still(_) | Self::Recorded(_) => false,
            Self::Live(session) => session.status().iter().any(|status| status.name == name && status.is_running()),
        }
    }

    /// The address that the running program called `name` has.
    pub(crate) fn local(&self, name: &str) -> Option<Address> {
        match self {
            Self::Still(_) | Self::Recorded(_) => None,
            Self::Live(session) => {
                let running = session.status().into_iter().find(|status| status.name == name && status.is_running());
                running?.local
            }
        }
    }

    /// Adds a program of that kind; returns its name, or why it could not be added.
    pub(crate) fn add(&mut self, kind: ProgramKind) -> Result<String, Message> {
        self.change(|lab| Ok(lab.add(kind)))
    }

    /// Changes the lab.
    ///
    /// # Errors
    /// Why it stays as it is.
    pub(crate) fn change<T>(&mut self, how: impl FnOnce(&mut Lab) -> Result<T, Message>) -> Result<T, Message> {
        let mut lab = self.lab();
        let came = how(&mut lab)?;
        self.replace(lab).map(|()| came)
    }

    /// Takes the last change back, or makes it again; returns whether there was one.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn step(&self, back: bool) -> Result<bool, Message> {
        match self {
            Self::Live(session) if back => session.undo(),
            Self::Live(session) => session.redo(),
            Self::Recorded(_) => Err(only_looked_at()),
            Self::Still(_) => Ok(false),
        }
    }

    /// Whether there is a change to take back, and one to make again.
    pub(crate) fn steps(&self) -> (bool, bool) {
        match self {
            Self::Live(session) => session.steps(),
            Self::Recorded(_) | Self::Still(_) => (false, false),
        }
    }

    fn replace(&mut self, lab: Lab) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.replace(lab),
            Self::Still(scene) => {
                scene.programs.retain(|line| lab.program(&line.spec.name).is_some());
                Ok(())
            }
            Self::Recorded(_) => Err(only_looked_at()),
        }
    }

    /// Does what concerns programs; returns why it was not done.
    pub(crate) fn run(&mut self, action: Action) -> Option<Message> {
        match action {
            Action::Edit(name, spec) => self.edit(&name, *spec),
            Action::Remove(name) => self.change(|lab| lab.remove(&name)),
            Action::Shift(name, down) => self.change(|lab| lab.shift(&name, down)),
            Action::Put(name, place) => self.change(|lab| lab.put(&name, place)),
            Action::RestartWith(spec) => self.command(SessionCommand::RestartWith(spec)),
            Action::Start(name) => self.command(SessionCommand::Start(name)),
            Action::StartHeld(name) => self.command(SessionCommand::StartHeld(name)),
            Action::Stop(name) => self.command(SessionCommand::Stop(name)),
            Action::Restart(name) => self.command(SessionCommand::Restart(name)),
            Action::Run(Command::StartAll) => self.command(SessionCommand::StartAll),
            Action::Run(Command::StartAllHeld) => self.command(SessionCommand::StartAllHeld),
            Action::Run(Command::StopAll) => self.command(SessionCommand::StopAll),
            Action::Mark(n, note) => self.mark(n, note.as_deref()),
            Action::Press(name, press) => self.press(&name, *press),
            Action::Tell(program, command) => self.command(SessionCommand::Tell { program, command }),
            _ => Ok(()),
        }
        .err()
    }

    fn edit(&mut self, name: &str, spec: Spec) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.edit(name, spec),
            Self::Still(scene) => {
                if let Some(line) = scene.programs.iter_mut().find(|line| line.spec.name == name) {
                    line.spec = spec;
                }
                Ok(())
            }
            Self::Recorded(_) => Err(only_looked_at()),
        }
    }

    fn command(&self, command: SessionCommand) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.command(command),
            Self::Still(_) => Ok(()),
            Self::Recorded(_) => Err(only_looked_at()),
        }
    }
}

/// What is done by hand, and what can be written down beside the rows.
impl Desk {
    fn press(&self, name: &str, press: Press) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.press(name, press),
            Self::Still(_) => Ok(()),
            Self::Recorded(_) => Err(only_looked_at()),
        }
    }

    fn mark(&self, n: u64, note: Option<&str>) -> Result<(), Message> {
        match self {
            Self::Live(session) => {
                session.mark(n, note);
                Ok(())
            }
            Self::Still(_) | Self::Recorded(_) => Err(text!("ui-mark-recorded")),
        }
    }
}

/// Why nothing is done with a recording.
fn only_looked_at() -> Message {
    text!("ui-recording-only-looked-at")
}

/// A program as the window shows it.
fn line(spec: Spec, status: ProgramStatus) -> ProgramLine {
    let phase = match status.phase {
        _ if status.is_waiting => Phase::Starting,
        None => Phase::Stopped,
        Some(program::Phase::Starting) => Phase::Starting,
        Some(program::Phase::Ready) => Phase::Ready,
        Some(program::Phase::Stopping) => Phase::Stopping,
        Some(program::Phase::Ended) if status.has_failed() => Phase::Failed,
        Some(program::Phase::Ended) => Phase::Ended,
    };
    let failure = status.failure.map(|failure| failure.message);
    let ProgramStatus { id, is_stepped, awaits, local, lingering, sending, by_hand, .. } = status;
    ProgramLine { spec, id, phase, is_stepped, awaits, local, failure, lingering, sending, by_hand }
}
