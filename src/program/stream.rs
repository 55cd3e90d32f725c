//! One connection of a server: receive, answer, until the peer has ended or is to be ended.

use std::ops::ControlFlow;

use super::failure;
use super::framed::{self, Incoming};
use super::reply::{Answer, Reply};
use super::run::Run;
use super::socket::{Endpoint, Held, Use};
use crate::net;
use crate::text;
use crate::trace::Tracer;

/// Serves the peer of an accepted socket until the connection is over, and closes it.
pub(super) fn serve(run: &Run, on: &Tracer, held: Held) {
    let mut buffer = run.buffer();
    let mut incoming = Incoming::new(run);
    while !run.is_over(&held) {
        match held.socket.recv(on, &mut buffer) {
            Ok(0) => {
                incoming.end(on, &held);
                break;
            }
            Ok(count) => {
                let received = buffer.get(..count).unwrap_or_default();
                let goes_on = |on_with: bool| if on_with { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
                if incoming.take(on, &held, received, |message| goes_on(answer(run, on, &held, message))).is_break() {
                    break;
                }
            }
            Err(error) if failure::is_interruption(&error) => {}
            Err(error) if failure::is_timeout(&error) && !run.is_over(&held) => {
                if !waits_on(run, on, &held) {
                    break;
                }
            }
            Err(error) => {
                run.met_on(&held, &error);
                break;
            }
        }
    }
    held.close(on);
}

/// Answers what was received; returns whether the connection goes on.
fn answer(run: &Run, on: &Tracer, endpoint: &Endpoint, received: &[u8]) -> bool {
    if run.is_over(endpoint) || is_stop_word(run, received) {
        return false;
    }
    let Answer { bytes, told } = run.spec.reply.answer(received);
    if let Some(told) = told {
        endpoint.tell(on, told);
    }
    bytes.is_none_or(|bytes| send(run, on, endpoint, &bytes))
}

/// Whether what was received is the stop word: exactly, as the tutorials compare it.
pub(super) fn is_stop_word(run: &Run, received: &[u8]) -> bool {
    run.spec.stop_word.as_ref().is_some_and(|word| received == word.as_bytes())
}

/// Sends a whole message in its frame; returns whether the connection can go on. What was sent in part cannot be taken back, so a stream on which the rest was
/// given up is of no more use. What does not fit into a frame is told and not sent.
fn send(run: &Run, on: &Tracer, endpoint: &Endpoint, message: &[u8]) -> bool {
    framed::frame(run, on, endpoint, message).is_none_or(|frame| send_bytes(run, on, endpoint, &frame))
}

/// As [`send`], for bytes that need no frame or have it.
pub(super) fn send_bytes(run: &Run, on: &Tracer, endpoint: &Endpoint, bytes: &[u8]) -> bool {
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
fn waits_on(run: &Run, on: &Tracer, endpoint: &Endpoint) -> bool {
    if run.spec.reply == Reply::Manual {
        return true;
    }
    if let Use::Connection(peer) = &endpoint.is_for {
        endpoint.tell(on, text!("program-told-silent", peer = peer.to_string()));
    }
    false
}
