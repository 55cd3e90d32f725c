//! A server with a fixed number of threads: one accepts, the others serve one connection each. A connection that finds none free waits until one is.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, SendTimeoutError, Sender, bounded};

use super::run::{Run, tell};
use super::socket::Held;
use super::stream;
use crate::text;
use crate::trace::Tracer;

/// How many accepted connections may wait for a thread: more wait in the queue of the listener.
const MOST_WAITING: usize = 1024;
/// How long the accepting thread waits for room before it looks whether the program is to end.
const LOOK: Duration = Duration::from_millis(100);

/// The threads of a pool, as the one that accepts sees them.
#[derive(Debug)]
pub(super) struct Pool {
    connections: Sender<Held>,
}

impl Pool {
    /// Starts the threads; none where the system gives not even one.
    pub(super) fn start(run: &Arc<Run>, on: &Tracer) -> Option<Self> {
        let (connections, waiting) = bounded(MOST_WAITING);
        let mut threads = 0;
        for number in 1..=run.spec.pool_size {
            let waiting = waiting.clone();
            match run.spawn(&format!("worker {number}"), move |run, on| work(run, on, &waiting)) {
                Ok(()) => threads += 1,
                Err(error) => {
                    let told = text!("program-told-no-worker", threads = threads, asked = run.spec.pool_size, error = error.to_string());
                    tell(on, None, told.clone());
                    if threads == 0 {
                        run.has_failed(told.into());
                        return None;
                    }
                    break;
                }
            }
        }
        Some(Self { connections })
    }

    /// Hands a connection to the next thread that is free.
    pub(super) fn take(&self, run: &Run, on: &Tracer, held: Held) {
        let mut held = held;
        loop {
            match self.connections.send_timeout(held, LOOK) {
                Ok(()) => return,
                Err(SendTimeoutError::Timeout(back)) if !run.is_stopping() => held = back,
                Err(SendTimeoutError::Timeout(back) | SendTimeoutError::Disconnected(back)) => return back.close(on),
            }
        }
    }
}

/// Serves one connection after the other, until the thread that accepts has ended and none waits any more.
fn work(run: &Arc<Run>, on: &Tracer, waiting: &Receiver<Held>) {
    for held in waiting {
        if run.is_over(&held) {
            held.close(on);
        } else {
            stream::serve(run, on, held);
        }
    }
}
