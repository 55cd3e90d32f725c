//! What of a lab, of its chosen program and of the log decides which commands are possible now.

use super::scene::Scene;
use crate::trace::transfer::is_tftp;
use crate::trace::{RecordingState, SocketId};

/// What of a lab decides which commands are possible.
#[derive(Clone, Debug, Default)]
pub(crate) struct Now {
    /// How many programs there are.
    pub(crate) programs: usize,
    /// How many of them run.
    pub(crate) running: usize,
    /// The chosen program.
    pub(crate) chosen: Option<Chosen>,
    /// Whether there is a change of the lab to take back, and one to make again.
    pub(crate) steps: (bool, bool),
    /// What of the log decides.
    pub(crate) log: LogNow,
    /// The socket of the row that is shown in the details.
    pub(crate) socket: Option<SocketId>,
    /// Whether this is a recording.
    pub(crate) is_recorded: bool,
    /// Whether what happens is recorded in a file: yes, no more, or never.
    pub(crate) recording: Option<bool>,
    /// Whether the lab is not what was saved.
    pub(crate) is_changed: bool,
    /// How many received files wait to be saved.
    pub(crate) kept: usize,
    /// Whether there is a program that loads a server.
    pub(crate) has_loads: bool,
}

/// What of the chosen program decides which commands are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Its name.
    pub(crate) name: String,
    /// Its place in the list.
    pub(crate) place: usize,
    /// Whether it runs.
    pub(crate) runs: bool,
    /// Whether its calls are held.
    pub(crate) stepped: bool,
    /// Whether it speaks TFTP.
    pub(crate) speaks_tftp: bool,
}

/// What of the log decides which commands are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogNow {
    /// Whether it shows rows.
    pub(crate) shows: bool,
    /// Whether rows are hidden.
    pub(crate) hides: bool,
    /// Whether rows are chosen.
    pub(crate) chosen: bool,
}

impl Now {
    /// What decides now, with the program of that name chosen.
    pub(crate) fn of(scene: &Scene, chosen: Option<&str>, is_changed: bool) -> Self {
        let place = chosen.and_then(|name| scene.programs.iter().position(|line| line.spec.name == name));
        let chosen = place.and_then(|place| {
            let line = scene.programs.get(place)?;
            let speaks_tftp = is_tftp(line.spec.kind.name());
            Some(Chosen { name: line.spec.name.clone(), place, runs: line.phase.is_running(), stepped: line.is_stepped, speaks_tftp })
        });
        Self {
            programs: scene.programs.len(),
            running: scene.programs.iter().filter(|line| line.phase.is_running()).count(),
            chosen,
            steps: (false, false),
            log: LogNow::default(),
            socket: None,
            is_recorded: scene.is_recorded(),
            recording: scene.recording.as_ref().map(|recording| recording.state == RecordingState::Writing),
            is_changed,
            kept: scene.kept.len(),
            has_loads: scene.has_loads(),
        }
    }
}
