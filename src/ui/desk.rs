//! The lab behind the window: one that can be run, or a moment that is only looked at.

use std::sync::Arc;

use super::command::{Action, Command};
use super::counting::Counted;
use super::scene::{Phase, ProgramLine, Scene};
use super::waker::Waker;
use crate::lab::{Lab, ProgramStatus, Session, SessionCommand};
use crate::program::{self, ProgramKind, Role, Spec, Target};
use crate::text;
use crate::text::Message;
use crate::trace::{Settings, Store};

/// What the window shows and works on.
#[derive(Debug)]
pub(crate) enum Desk {
    /// A moment that does not change.
    Still(Box<Scene>),
    /// A lab that can be run.
    Live(Session),
}

impl Desk {
    /// A lab that can be run. Nothing runs yet.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn live(lab: Lab) -> Result<Self, Message> {
        Session::new(lab, Settings::default()).map(Self::Live).map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
    }

    /// The rows.
    pub(crate) fn store(&self) -> &Arc<Store> {
        match self {
            Self::Still(scene) => &scene.store,
            Self::Live(session) => session.trace().store(),
        }
    }

    /// Has the window drawn anew when a program comes to another state.
    pub(crate) fn wake(&self, waker: &Waker) {
        if let Self::Live(session) = self {
            let waker = waker.clone();
            session.on_change(move || waker.ring());
        }
    }

    /// What there is to see now.
    pub(crate) fn scene(&self, counted: &Counted) -> Scene {
        match self {
            Self::Still(scene) => Scene { activity: Arc::clone(&counted.activity), ..(**scene).clone() },
            Self::Live(session) => {
                let lab = session.lab();
                let lines = lab.programs.into_iter().zip(session.status()).map(|(spec, status)| line(spec, status)).collect();
                Scene::of(session.trace(), lab.title, lines, Arc::clone(&counted.activity))
            }
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
        }
    }

    /// Whether the program of that name runs.
    pub(crate) fn is_running(&self, name: &str) -> bool {
        match self {
            Self::Still(_) => false,
            Self::Live(session) => session.status().iter().any(|status| status.name == name && status.is_running()),
        }
    }

    /// Adds a program of that kind; returns its name, or why it could not be added.
    pub(crate) fn add(&mut self, kind: ProgramKind) -> Result<String, Message> {
        let mut lab = self.lab();
        let spec = new_program(kind, &lab);
        let name = spec.name.clone();
        lab.programs.push(spec);
        self.replace(lab).map(|()| name)
    }

    fn replace(&mut self, lab: Lab) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.replace(lab),
            Self::Still(scene) => {
                scene.programs.retain(|line| lab.program(&line.spec.name).is_some());
                Ok(())
            }
        }
    }

    /// Does what concerns programs; returns why it was not done.
    pub(crate) fn run(&mut self, action: Action) -> Option<Message> {
        match action {
            Action::Edit(name, spec) => self.edit(&name, *spec),
            Action::Remove(name) => {
                let mut lab = self.lab();
                lab.programs.retain(|spec| spec.name != name);
                self.replace(lab)
            }
            Action::Start(name) => self.command(SessionCommand::Start(name)),
            Action::Stop(name) => self.command(SessionCommand::Stop(name)),
            Action::Restart(name) => self.command(SessionCommand::Restart(name)),
            Action::Run(Command::StartAll) => self.command(SessionCommand::StartAll),
            Action::Run(Command::StopAll) => self.command(SessionCommand::StopAll),
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
        }
    }

    fn command(&self, command: SessionCommand) -> Result<(), Message> {
        match self {
            Self::Live(session) => session.command(command),
            Self::Still(_) => Ok(()),
        }
    }
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
    ProgramLine { spec, id: status.id, phase, local: status.local, failure, lingering: status.lingering, sending: status.sending }
}

/// A program with a name and, for a server, a port that no other of the lab has; a client asks the first server of its protocol.
fn new_program(kind: ProgramKind, lab: &Lab) -> Spec {
    let stem = match kind.role() {
        Role::Server => "server",
        Role::Client => "client",
    };
    let is_free = |name: &String| lab.program(name).is_none();
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let name = std::iter::once(stem.to_owned()).chain(numbered).find(is_free).unwrap_or_default();
    let mut spec = Spec::new(kind, name);
    if let Some(bind) = &mut spec.bind {
        let taken = |port: u16| lab.programs.iter().any(|other| other.bind.is_some_and(|other| other.port() == port));
        bind.set_port((bind.port()..u16::MAX).find(|port| !taken(*port)).unwrap_or_default());
    }
    if kind.role() == Role::Client {
        let serves = |other: &&Spec| other.kind.role() == Role::Server && other.kind.socket_type() == kind.socket_type();
        spec.connect = lab.programs.iter().find(serves).map(|server| Target::Program(server.name.clone()));
    }
    spec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_program_is_in_nobody_s_way() {
        let mut lab = Lab::default();
        for kind in [ProgramKind::TcpServer, ProgramKind::TcpServer, ProgramKind::UdpServer, ProgramKind::TcpClient, ProgramKind::UdpClient]
        {
            let spec = new_program(kind, &lab);
            lab.programs.push(spec);
        }
        assert_eq!(lab.check(), [], "{lab:?}");
        assert_eq!(lab.programs[1].name, "server-2");
        assert_eq!(lab.programs[3].connect, Some(Target::Program("server".to_owned())));
        assert_eq!(lab.programs[4].connect, Some(Target::Program("server-3".to_owned())));
    }
}
