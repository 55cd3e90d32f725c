//! Connections whose readiness is asked for, all on one thread: what a server and a load client that work so have in common.

use std::collections::HashMap;
use std::time::Duration;

use super::failure;
use super::run::Run;
use super::socket::{Endpoint, Held};
use crate::net::{self, Readiness, Ready};
use crate::trace::{Interest, SocketId, Tracer};

/// Asks of `listener`, which no longer blocks, when it can be accepted or received from. None where the system refuses, which the program has then met.
pub(super) fn watch(run: &Run, on: &Tracer, listener: &Endpoint) -> Option<Readiness> {
    let begun = Readiness::new(on).and_then(|mut readiness| {
        listener.socket.set_nonblocking(on, true)?;
        readiness.add(on, &listener.socket, Interest::Readable)?;
        Ok(readiness)
    });
    begun.map_err(|error| run.met_on(listener, &error)).ok()
}

/// Waits for `limit` at most, as long as nothing is ready where it is none. Returns what is ready, nothing of it where a signal came; none where the system refuses, which
/// the program has then met. The end of `listener` ends the wait.
pub(super) fn wait(run: &Run, on: &Tracer, readiness: &mut Readiness, listener: &Endpoint, limit: Option<Duration>) -> Option<Vec<Ready>> {
    match readiness.wait(on, Some(listener.socket.id()), limit) {
        Ok(ready) => Some(ready),
        Err(error) if failure::is_interruption(&error) => Some(Vec::new()),
        Err(error) => {
            run.met_on(listener, &error);
            None
        }
    }
}

/// A connection, how far it is, and what is asked of it.
pub(super) struct Watched<S> {
    pub(super) held: Held,
    pub(super) state: S,
    pub(super) interest: Interest,
}

/// The connections of one thread.
pub(super) struct Connections<'run, S> {
    run: &'run Run,
    on: &'run Tracer,
    pub(super) readiness: Readiness,
    pub(super) open: HashMap<SocketId, Watched<S>>,
}

impl<'run, S> Connections<'run, S> {
    /// None so far.
    pub(super) fn new(run: &'run Run, on: &'run Tracer, readiness: Readiness) -> Self {
        Self { run, on, readiness, open: HashMap::new() }
    }

    /// Asks for the other readiness, where it is another.
    pub(super) fn ask(&mut self, socket: SocketId, interest: Interest) {
        let Some(connection) = self.open.get_mut(&socket) else { return };
        if std::mem::replace(&mut connection.interest, interest) != interest
            && let Err(error) = self.readiness.change(self.on, socket, interest)
        {
            self.fail(socket, &error);
        }
    }

    /// Says what a connection met, and closes it.
    pub(super) fn fail(&mut self, socket: SocketId, error: &net::Error) {
        if let Some(connection) = self.open.get(&socket) {
            self.run.met_on(&connection.held, error);
        }
        self.end(socket);
    }

    /// Closes a connection.
    pub(super) fn end(&mut self, socket: SocketId) {
        if let Some(connection) = self.open.remove(&socket) {
            self.readiness.remove(self.on, socket);
            connection.held.close(self.on);
        }
    }

    /// Closes all.
    pub(super) fn end_all(&mut self) {
        let open = self.open.keys().copied().collect::<Vec<_>>();
        for socket in open {
            self.end(socket);
        }
    }
}
