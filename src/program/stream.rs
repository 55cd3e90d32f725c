//! One connection of a server: receive, answer, until the peer has ended or is to be ended.
//!
//! What lies between a receive and the send that answers it is one function for the compiler: a processor foretells returns by a stack of its own, which the
//! kernel's calls push out, so that after each system call every return costs as much as a wrong guess. With short messages that is one round trip in a hundred.

use std::time::{Duration, Instant};

use super::course::{self, Course, Next};
use super::failure;
use super::reply::Reply;
use super::run::Run;
use super::socket::{Endpoint, Held, Use};
use crate::net::{self, option};
use crate::text;
use crate::trace::{How, Tracer, Value};

/// How long what nobody reads any more is thrown away.
pub(super) const DRAINED: Duration = Duration::from_secs(1);
/// How much of it is, in bytes.
pub(super) const MOST_DRAINED: usize = 4 << 20;

/// Serves the peer of an accepted socket until the connection is over, and closes it.
pub(super) fn serve(run: &Run, on: &Tracer, held: Held) {
    let mut buffer = run.buffer();
    let mut course = Course::new(run, on);
    let greeting = course::greeting(run, on, &held);
    let mut goes_on = greeting.is_none_or(|greeting| send(run, on, &held, &greeting)) && !course.is_spent();
    while goes_on && !run.is_over(&held) {
        match held.socket.receive(on, &mut buffer) {
            Ok(received) if received.is_empty() => {
                course.ended(run, on, &held, &mut buffer);
                goes_on = false;
            }
            Ok(received) => goes_on = answer(run, on, &held, &mut course, &received),
            Err(error) if failure::is_interruption(&error) => {}
            Err(error) if failure::is_timeout(&error) && !run.is_over(&held) => goes_on = waits_on(run, on, &held, &mut course),
            Err(error) => {
                run.met_on(&held, &error);
                goes_on = false;
            }
        }
    }
    if course.is_cut() && !run.is_over(&held) {
        drain(run, on, &held, &mut buffer);
    }
    held.close(on);
}

/// Ends this half of the connection and throws away what still comes, for a while: a close with unread bytes would reset the connection, and the peer might lose the
/// answer (RFC 9112, section 9.6).
fn drain(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
    if endpoint.socket.shutdown(on, How::Write).is_err() {
        return;
    }
    if let Some(option) = option::by_name("SO_RCVTIMEO") {
        endpoint.socket.set_option(on, option, &Value::Time(Some(DRAINED))).ok();
    }
    let (begun, mut left) = (Instant::now(), MOST_DRAINED);
    while left > 0 && begun.elapsed() < DRAINED && !run.is_over(endpoint) {
        // Whatever it met, the connection is at its end.
        match endpoint.socket.recv(on, buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) => left = left.saturating_sub(count),
        }
    }
}

/// Answers what was received; returns whether the connection goes on.
#[inline(always)]
#[expect(clippy::inline_always, reason = "see the head of `stream`")]
fn answer(run: &Run, on: &Tracer, endpoint: &Endpoint, course: &mut Course, received: &[u8]) -> bool {
    let mut received = Some(received);
    loop {
        match course.next(run, on, endpoint, &mut received) {
            Next::Send(bytes) if send(run, on, endpoint, &bytes) => {}
            Next::Receive => return true,
            Next::Send(_) | Next::Close => return false,
        }
    }
}

/// Sends all of it; returns whether the connection can go on. What was sent in part cannot be taken back, so a stream on which the rest was given up is of no more
/// use.
#[inline(always)]
#[expect(clippy::inline_always, reason = "see the head of `stream`")]
pub(super) fn send(run: &Run, on: &Tracer, endpoint: &Endpoint, bytes: &[u8]) -> bool {
    match endpoint.send_whole(run, on, bytes) {
        Ok(()) => true,
        Err((sent, error)) => {
            tell_given_up(on, endpoint, (sent, bytes.len()), &error);
            run.met_on(endpoint, &error);
            false
        }
    }
}

fn tell_given_up(on: &Tracer, endpoint: &Endpoint, (sent, all): (usize, usize), error: &net::Error) {
    if failure::is_timeout(error) {
        endpoint.tell(on, text!("program-told-send-timeout", sent = sent, all = all));
    }
}

/// The receive timeout has passed. A peer that is silent for so long is let go, so that others have their turn; but who is answered by a person may have to
/// wait for that person.
fn waits_on(run: &Run, on: &Tracer, endpoint: &Endpoint, course: &mut Course) -> bool {
    if let Some(http) = &mut course.http {
        if let Some(answer) = http.give_up(run, on, endpoint) {
            send(run, on, endpoint, &answer);
        }
        return false;
    }
    if run.spec.reply == Reply::Manual {
        return true;
    }
    if let Use::Connection(peer) = &endpoint.is_for {
        endpoint.tell(on, text!("program-told-silent", peer = peer.to_string()));
    }
    false
}
