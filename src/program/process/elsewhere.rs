//! Where no process can be given a socket in a way that is safe: nobody asks for it, and who does is told.

use std::sync::Arc;
use std::time::Instant;

use super::Order;
use crate::net::Looked;
use crate::program::run::Run;
use crate::program::socket::Held;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, SocketId, ThreadId, Tracer};

/// There is none.
#[derive(Debug)]
pub(in crate::program) enum ChildProcess {}

impl ChildProcess {
    pub(in crate::program) fn peer(&self) -> &Address {
        match *self {}
    }

    pub(in crate::program) fn order(&self, _order: &Order) -> bool {
        match *self {}
    }

    pub(in crate::program) fn look(&self) {
        match *self {}
    }

    pub(in crate::program) fn looked(&self, _limit: Instant) -> Option<Looked> {
        match *self {}
    }

    pub(in crate::program) fn socket(&self) -> SocketId {
        match *self {}
    }

    pub(in crate::program) fn stop(&self) {
        match *self {}
    }

    pub(in crate::program) fn name_there(&self, _thread: ThreadId) -> Option<ThreadId> {
        match *self {}
    }
}

/// Says why not, and closes the connection.
pub(in crate::program) fn hand_over(run: &Arc<Run>, on: &Tracer, held: Held) {
    run.has_failed(text!("program-process-elsewhere").into());
    held.close(on);
}

/// Nobody has handed anything over.
///
/// # Errors
/// That.
pub fn serve_handed_over() -> Result<(), Message> {
    Err(text!("program-process-elsewhere"))
}
