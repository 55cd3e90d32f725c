//! tcp-server: accepts connections and answers what comes on them.

use std::sync::Arc;
use std::time::Duration;

use super::accept::{Arrival, accept};
use super::answering;
use super::bound;
use super::event_loop;
use super::pool::Pool;
use super::process;
use super::run::{Run, tell};
use super::socket::{Endpoint, Held, Use};
use super::spec::Handling;
use super::state::Phase;
use super::stream;
use crate::net;
use crate::text;
use crate::trace::{Origin, Tracer};

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
        match accept(run, on, listener) {
            Arrival::Client(held) => {
                welcome(run, on, held, pool.as_ref());
                left = left.map(|left| left - 1);
            }
            Arrival::Nobody => {
                if !std::mem::replace(&mut told, true) {
                    listener.tell(on, text!("program-told-waiting-again"));
                }
            }
            Arrival::Failed => {}
            Arrival::Over => return,
        }
    }
    // Connections that have threads of their own are served to their end.
    run.wait(FOR_EVER, |inner| inner.state.phase >= Phase::Stopping || inner.is_only_socket(listener.socket.id()));
}

/// Serves a new connection, as the handling says.
fn welcome(run: &Arc<Run>, on: &Tracer, held: Held, pool: Option<&Pool>) {
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
