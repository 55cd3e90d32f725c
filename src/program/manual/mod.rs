//! manual: a program that a person drives call by call.
//!
//! Its own thread makes no call: it gives each call of the script to the thread that is to make it. A call begins when the one before it on its thread has
//! returned, and when the one before it in the script has returned or blocks; a call on a socket that another call is about to make waits for that one. What a
//! person presses goes to its thread at once. Nothing is prevented: the kernel answers, and threads that block are told apart by the trace.
//!
//! Without a person before a window the program ends when all of its calls have returned; else it stays, as it does without a script.

mod hand;
mod hint;
mod method;
mod perform;
mod press;

use std::sync::Arc;
use std::time::Duration;

pub(super) use hand::Hand;
pub use hint::{Hint, hint};
pub use method::{Method, Step};
pub use press::{MOST_CALLS, MOST_HANDS, Press};

use super::run::Run;
use super::state::Phase;
use crate::trace::{Origin, Tracer};

/// A call that has not returned after this blocks: the next of the script begins.
const BLOCKS: Duration = Duration::from_millis(20);
/// As long as the program lasts.
const FOR_EVER: Duration = Duration::from_secs(u32::MAX as u64);
/// How long its threads have to come out of their calls before its sockets are closed.
const TIME_TO_LEAVE: Duration = Duration::from_secs(2);

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    run.hand.begin(run);
    replay(run);
    run.is_ready(None);
    let stays = run.spec.calls.is_empty() || run.kept.is_some();
    run.wait(FOR_EVER, |inner| inner.state.phase >= Phase::Stopping || !stays && run.hand.is_idle());
    run.hand.dismiss();
    if run.begin_to_end() {
        run.wind_down(on);
    } else {
        // The thread that stops the program is there beside this one.
        run.wait(TIME_TO_LEAVE, |inner| inner.threads.len() <= 2);
    }
    run.hand.close_all(run, &on.on_behalf_of(Origin::Lab));
}

/// Gives the calls of the script to their threads, one after the other.
fn replay(run: &Arc<Run>) {
    for press in &run.spec.calls {
        let is_over = |phase: Phase| phase >= Phase::Stopping;
        let waits_for_socket = || press.makes() != Some(press.socket.as_str()) && !run.hand.has(&press.socket) && !run.hand.is_idle();
        let may_begin = || run.hand.is_free(press.thread) && !waits_for_socket();
        if !run.wait(BLOCKS, |inner| is_over(inner.state.phase) || may_begin()) {
            // Whoever waits for this program to be ready finds it waiting for something.
            run.is_ready(None);
            run.wait(FOR_EVER, |inner| is_over(inner.state.phase) || may_begin());
        }
        if run.is_stopping() {
            return;
        }
        if run.hand.give(run, press.clone(), Origin::Program).is_err() {
            return;
        }
        run.wait(BLOCKS, |inner| is_over(inner.state.phase) || run.hand.is_free(press.thread));
    }
}
