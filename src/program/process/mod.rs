//! A process for each connection of a server: the program starts itself again and hands the socket over, as inetd(8) does, as the standard input.
//!
//! The child serves the connection by the code that a thread would run, and tells each call, when it begins and when it has returned, to the process that has started it,
//! in whose trace it stands. What is told goes over a stream of its own (`frame.rs`); so do the orders of a person, which the parent passes on: it has closed its copy of
//! the socket. When either side of that stream ends, so does the child. Unix only: see `net/process.rs`.

mod handover;
mod orders;

#[cfg(unix)]
mod child;
#[cfg(unix)]
mod frame;
#[cfg(unix)]
mod glance;
#[cfg(unix)]
mod served;

#[cfg(not(unix))]
mod elsewhere;

#[cfg(unix)]
pub(super) use child::{ChildProcess, hand_over};
#[cfg(not(unix))]
pub(super) use elsewhere::{ChildProcess, hand_over};
pub(super) use handover::Order;

#[cfg(not(unix))]
pub use elsewhere::serve_handed_over;
#[cfg(unix)]
pub use served::serve_handed_over;

/// The argument by which the program is told that it is such a child. Nobody types it.
pub const ARGUMENT: &str = "serve-connection";
