//! The views of a lab: what stands below the form of the chosen program.

use crate::text;
use crate::text::Message;

use super::command::Command;

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum View {
    /// Every call as a row.
    #[default]
    Log,
    /// Whom the chosen program talks to.
    Peers,
    /// The transfers of a program that speaks TFTP.
    Transfers,
    /// What load clients measured.
    Loads,
    /// What the kernel knows of the sockets.
    Kernel,
    /// What each thread is in.
    Threads,
    /// What options the sockets have.
    Options,
    /// A socket call by call.
    Calls,
}

impl View {
    /// All of them, in the order of their tabs.
    pub(crate) const ALL: &[Self] =
        &[Self::Log, Self::Peers, Self::Transfers, Self::Loads, Self::Kernel, Self::Threads, Self::Options, Self::Calls];

    /// What its tab is called.
    pub(crate) const fn name(self) -> Message {
        match self {
            Self::Log => text!("ui-log"),
            Self::Peers => text!("ui-peers"),
            Self::Transfers => text!("ui-transfers"),
            Self::Loads => text!("ui-loads"),
            Self::Kernel => text!("ui-kernel"),
            Self::Threads => text!("ui-threads"),
            Self::Options => text!("ui-options"),
            Self::Calls => text!("ui-calls"),
        }
    }

    /// The command that shows it.
    pub(crate) const fn command(self) -> Command {
        match self {
            Self::Log => Command::LogView,
            Self::Peers => Command::PeersView,
            Self::Transfers => Command::TransfersView,
            Self::Loads => Command::LoadsView,
            Self::Kernel => Command::KernelView,
            Self::Threads => Command::ThreadsView,
            Self::Options => Command::OptionsView,
            Self::Calls => Command::CallsView,
        }
    }
}
