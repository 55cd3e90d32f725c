//! Servers and clients that run on named threads, and make every call through a traced socket.
//!
//! A [`Spec`] says what a program is to be; plain data, which a lab file holds.

mod kind;
mod outgoing;
mod reply;
mod spec;

pub use kind::{ProgramKind, Role};
pub use outgoing::{Data, Outgoing};
pub use reply::{REPLIES, Reply, ReplyRow};
pub use spec::{Handling, Spec, Target};
