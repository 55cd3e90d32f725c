//! How a program of a lab is doing, as its session tells.

use crate::program::{Failure, Phase, ProgramKind, Role, Sending};
use crate::trace::{Address, ProgramId, SocketId};

/// How a program of the lab is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramStatus {
    /// Its name in the lab.
    pub name: String,
    /// Its kind.
    pub kind: ProgramKind,
    /// Its id in the trace, from its last start.
    pub id: Option<ProgramId>,
    /// How far it is; none where it was never started.
    pub phase: Option<Phase>,
    /// Whether it is to be started as soon as those before it are ready.
    pub is_waiting: bool,
    /// Whether its calls are held before they are made, or will be.
    pub is_stepped: bool,
    /// The server before it that a person holds, where it waits for that one.
    pub awaits: Option<String>,
    /// The address of its first socket.
    pub local: Option<Address>,
    /// What made it fail, or kept it from starting.
    pub failure: Option<Failure>,
    /// Whether one of its threads panicked.
    pub panicked: bool,
    /// The threads that could not be woken after it was stopped.
    pub lingering: Vec<String>,
    /// What came of what a person let it send.
    pub sending: Sending,
    /// The sockets of a program that is driven by hand, by the names that they have there.
    pub by_hand: Vec<(String, SocketId)>,
}

impl ProgramStatus {
    /// Whether it has threads.
    pub fn is_running(&self) -> bool {
        self.phase.is_some_and(|phase| phase != Phase::Ended)
    }

    /// Whether it was started and has come to its end, or could not be started.
    pub fn has_ended(&self) -> bool {
        self.phase == Some(Phase::Ended) && !self.is_waiting
    }

    /// Whether it has failed.
    pub const fn has_failed(&self) -> bool {
        self.panicked || self.failure.is_some()
    }
}

/// Says of those that wait for a server which a person holds that they do.
pub(super) fn tell_who_awaits(programs: &mut [ProgramStatus]) {
    let is_held = |program: &&ProgramStatus| {
        program.kind.role() == Role::Server && program.is_stepped && program.phase == Some(Phase::Starting) && !program.is_waiting
    };
    let held = programs.iter().find(is_held).map(|program| program.name.clone());
    for program in programs.iter_mut().filter(|program| program.is_waiting) {
        program.awaits.clone_from(&held);
    }
}
