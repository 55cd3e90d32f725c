//! tcp-server: accepts connections and answers what comes on them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::answering;
use super::bound;
use super::event_loop;
use super::failure;
use super::pool::Pool;
use super::process;
use super::run::{Run, tell};
use super::socket::{Endpoint, Held, Use};
use super::spec::Handling;
use super::state::Phase;
use super::stream;
use crate::net::{self, TracedSocket, option};
use crate::text;
use crate::trace::{Address, Family, Origin, Tracer, Value};

/// How long a server that cannot accept (no descriptors, no memory) leaves the queue alone before it tries again.
pub(super) const REST: Duration = Duration::from_millis(100);
/// As long as the connections last.
const FOR_EVER: Duration = Duration::from_secs(u32::MAX as u64);

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    if !answering::may_reply(run) {
        return;
    }
    if !Handling::ALL.contains(&run.spec.handling) {
        return run.has_failed(text!("program-process-elsewhere").into());
    }
    let Some(listener) = run.open(on, run.family(), Use::Listener) else { return };
    let bound = bound::bind(run, on, &listener);
    if bound.is_some() {
        match listen(run, on, &listener) {
            Ok(()) => accept_all(run, on, &listener),
            Err(error) => run.met_on(&listener, &error),
        }
    }
    listener.close(on);
}

/// The family of an address; IPv4 where none is stated.
pub(super) fn family(address: Option<SocketAddr>) -> Family {
    match address {
        Some(SocketAddr::V6(_)) => Family::Inet6,
        _ => Family::Inet,
    }
}

fn listen(run: &Run, on: &Tracer, listener: &Endpoint) -> Result<(), net::Error> {
    listener.socket.listen(on, run.spec.backlog)?;
    run.is_ready(listener.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    Ok(())
}

fn accept_all(run: &Arc<Run>, on: &Tracer, listener: &Endpoint) {
    if run.spec.handling == Handling::Readiness {
        return event_loop::serve_all(run, on, listener);
    }
    let pool = match run.spec.handling {
        Handling::ThreadPool => {
            let Some(pool) = Pool::start(run, on) else { return };
            Some(pool)
        }
        _ => None,
    };
    let mut told = false;
    let mut left = run.spec.manner.connections;
    while left != Some(0) && !run.is_stopping() {
        match listener.socket.accept(on) {
            Ok((socket, peer)) => {
                welcome(run, on, socket, peer, pool.as_ref());
                left = left.map(|left| left - 1);
            }
            Err(error) if failure::is_interruption(&error) => {}
            Err(error) if failure::is_timeout(&error) => {
                if !std::mem::replace(&mut told, true) {
                    listener.tell(on, text!("program-told-waiting-again"));
                }
            }
            Err(error) => {
                run.met_on(listener, &error);
                if is_final(&error) {
                    return;
                }
                run.pause(REST, listener);
            }
        }
    }
    // Connections that have threads of their own are served to their end.
    run.wait(FOR_EVER, |inner| inner.state.phase >= Phase::Stopping || inner.is_only_socket(listener.socket.id()));
}

/// Whether accept will never succeed again: the socket does not listen. Anything else passes: a client that gave up, or a lack of descriptors or memory.
pub(super) fn is_final(error: &net::Error) -> bool {
    !error.made || ["EINVAL", "EBADF", "ENOTSOCK", "EOPNOTSUPP"].iter().any(|name| error.errno.is(name))
}

/// Takes in a new connection: its options, its address, what is told of it.
pub(super) fn greeted(run: &Arc<Run>, on: &Tracer, socket: TracedSocket, peer: Address) -> Held {
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

/// Serves a new connection, as the handling says.
fn welcome(run: &Arc<Run>, on: &Tracer, socket: TracedSocket, peer: Address, pool: Option<&Pool>) {
    let held = greeted(run, on, socket, peer);
    match (run.spec.handling, pool) {
        (Handling::ThreadPerConnection, _) => on_own_thread(run, on, held),
        (Handling::ProcessPerConnection, _) => process::hand_over(run, on, held),
        (_, Some(pool)) => pool.take(run, on, held),
        _ => stream::serve(run, on, held),
    }
}

fn on_own_thread(run: &Arc<Run>, on: &Tracer, held: Held) {
    let id = held.socket.id();
    if let Err(error) = run.spawn(&format!("connection {id}"), |run, on| stream::serve(run, on, held)) {
        // The connection was closed with the work that held it.
        let message = text!("program-told-no-thread", socket = id.to_string(), error = error.to_string());
        tell(on, Some(id), message.clone());
        run.has_failed(message.into());
    }
}
