//! How every server of streams takes in who comes: the next connection of its listener, and what to make of an accept that failed.

use std::sync::Arc;
use std::time::Duration;

use super::failure;
use super::run::Run;
use super::socket::{Endpoint, Held, Use};
use super::spec::Handling;
use crate::net::{self, TracedSocket, option};
use crate::text;
use crate::trace::{Address, Origin, Tracer, Value};

/// How long a server that cannot accept (no descriptors, no memory) leaves the queue alone before it tries again.
const REST: Duration = Duration::from_millis(100);

/// What came of an accept.
pub(super) enum Arrival {
    /// A connection, with its options.
    Client(Held),
    /// Nobody waits, or came within the listener's timeout.
    Nobody,
    /// It failed, as it may not the next time. That was told, and the server has rested.
    Failed,
    /// It will never succeed again. That was told.
    Over,
}

/// Accepts on the listener once, but for what a signal interrupts.
pub(super) fn accept(run: &Arc<Run>, on: &Tracer, listener: &Endpoint) -> Arrival {
    loop {
        let error = match listener.socket.accept(on) {
            Ok((socket, peer)) => return Arrival::Client(take_in(run, on, socket, peer)),
            Err(error) => error,
        };
        if failure::is_timeout(&error) {
            return Arrival::Nobody;
        }
        if failure::is_interruption(&error) && !run.is_stopping() {
            continue;
        }
        run.met_on(listener, &error);
        if is_final(&error) {
            return Arrival::Over;
        }
        run.pause(REST, listener);
        return Arrival::Failed;
    }
}

/// Whether accept will never succeed again: the socket does not listen. Anything else passes: a client that gave up, or a lack of descriptors or memory.
fn is_final(error: &net::Error) -> bool {
    !error.made || ["EINVAL", "EBADF", "ENOTSOCK", "EOPNOTSUPP"].iter().any(|name| error.errno.is(name))
}

/// A new connection with its options, its address, and what is told of it.
fn take_in(run: &Arc<Run>, on: &Tracer, socket: TracedSocket, peer: Address) -> Held {
    let notice = run.spec.manner.notice_of(&peer);
    let held = run.hold(socket, Use::Connection(peer));
    for (option, value) in run.spec.options.iter().filter(|(option, _)| option.inherited == Some(false)) {
        run.set_option(on, &held, option, value);
    }
    if run.spec.kind.speaks_http() && run.spec.handling != Handling::Readiness {
        limit(run, on, &held);
    }
    if !run.spec.kind.is_unix() && run.spec.bind.is_none_or(|address| address.ip().is_unspecified()) {
        // Only the connection knows which of this machine's addresses its peer asked. What fails stands in the row.
        held.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok();
    }
    if let Some(notice) = notice {
        held.tell(on, text!("program-told-notice", notice = notice));
    }
    held
}

/// Lets a receive end when the peer is silent for longer than the program says, where its options say nothing of that.
pub(super) fn limit(run: &Run, on: &Tracer, endpoint: &Endpoint) {
    let Some(option) = option::by_name("SO_RCVTIMEO") else { return };
    if !run.spec.options.iter().any(|(asked, _)| asked.name == option.name) {
        run.set_option(on, endpoint, option, &Value::Time(Some(run.spec.http.idle_timeout)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Phase, Program, ProgramKind, Spec};
    use crate::trace::{Family, Settings, Trace};

    #[test]
    fn a_socket_that_does_not_listen_is_not_asked_again() {
        let trace = Trace::new(Settings::default()).unwrap();
        let program = Program::start_with(Spec::new(ProgramKind::TcpServer, "server"), &trace, |run, on| {
            let listener = run.open(on, Family::Inet, Use::Listener).expect("a socket");
            assert!(matches!(accept(run, on, &listener), Arrival::Over));
            listener.close(on);
        });
        let program = program.unwrap();
        assert!(program.wait(|state| state.phase == Phase::Ended, Duration::from_secs(10)));
        let state = program.state();
        assert!(!state.panicked && state.failure.is_some_and(|failure| failure.errno.is_some_and(|errno| errno.is("EINVAL"))));
    }
}
