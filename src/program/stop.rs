//! How threads that block are made to return.
//!
//! close(2) does not wake a thread that blocks on the socket on Linux; shutdown(2) does. `SHUT_RD` wakes accept, recv, recvfrom and connect and puts
//! nothing on the wire, so it is what the lab does first; `SHUT_WR`, which the peer notices, is for a send that really blocks. Which thread is
//! in which call is read from the trace. A thread that was on its way into a call when it was looked at is found the next time. A call that is
//! held is not made any more.

use std::time::{Duration, Instant};

use super::run::{Inner, Run};
use crate::trace::{Call, Life, OpenCall, Origin, Tracer};

/// How long threads are woken before those that are left count as lingering.
const LIMIT: Duration = Duration::from_millis(1500);
/// A send that takes longer than this blocks.
const BLOCKED: Duration = Duration::from_millis(20);
/// The time between two looks at who still blocks: the first, and the longest.
const STEPS: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(50));

impl Run {
    /// Makes all other threads of the program come to their end: what the thread `stop` does, or the program's own when its work is done.
    pub(super) fn wind_down(&self, on: &Tracer) {
        if !self.release(on, |_| true, |inner| inner.threads.len() <= 1) {
            self.is_overdue();
        }
    }

    /// Wakes the threads whose calls `concern` the caller until `done`; returns whether that came to be in time.
    pub(super) fn release(&self, on: &Tracer, concerns: impl Fn(&OpenCall) -> bool, mut done: impl FnMut(&mut Inner) -> bool) -> bool {
        let on = on.on_behalf_of(Origin::Lab);
        let begin = Instant::now();
        let mut step = STEPS.0;
        while !done(&mut self.lock()) {
            if begin.elapsed() > LIMIT {
                return false;
            }
            self.wake(&on, &concerns);
            self.wait(step, &mut done);
            step = (step * 2).min(STEPS.1);
        }
        true
    }

    /// Wakes, without a thread to do it, whoever blocks at this moment.
    pub(super) fn wake_once(&self) {
        let on = self.trace.tracer(self.id, "stop").on_behalf_of(Origin::Lab);
        self.wake(&on, |_| true);
        on.life(Life::ThreadEnded);
    }

    /// Wakes those who block now.
    fn wake(&self, on: &Tracer, concerns: impl Fn(&OpenCall) -> bool) {
        if self.is_stopping() {
            self.children().iter().for_each(|child| child.stop());
        }
        let calls = self.trace.open_calls();
        for open in calls.iter().filter(|open| open.program == self.id && open.thread != on.thread() && concerns(open)) {
            if open.held {
                self.gate.call_off(open.thread);
                continue;
            }
            let Some(endpoint) = open.socket.and_then(|socket| self.socket(socket)) else { continue };
            match open.call {
                Call::Accept | Call::Recv | Call::RecvFrom | Call::Connect | Call::Poll | Call::EpollWait => {
                    endpoint.socket.wake(on, false);
                }
                Call::Send | Call::SendTo if on.now().saturating_sub(open.t0) > BLOCKED.as_nanos() as u64 => endpoint.socket.wake(on, true),
                // The rest does not block, or cannot be woken (a close that lingers).
                _ => {}
            }
        }
    }
}
