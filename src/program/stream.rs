//! One connection of a server: receive, answer, until the peer has ended or is to be ended.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::failure;
use super::framed::{self, Incoming};
use super::http_talk::Talk;
use super::manner::{Said, StopAt};
use super::reply::{Answer, Reply};
use super::run::Run;
use super::socket::{Endpoint, Held, Use};
use crate::net::{self, option};
use crate::text;
use crate::trace::{How, Tracer, Value};

/// How long what nobody reads any more is thrown away.
pub(super) const DRAINED: Duration = Duration::from_secs(1);
/// How much of it is, in bytes.
pub(super) const MOST_DRAINED: usize = 4 << 20;

/// What becomes of a message: whoever takes it says whether the connection goes on.
pub(super) type Send<'send> = dyn FnMut(&[u8]) -> bool + 'send;

/// How far the conversation of one connection is, whichever way its bytes are moved.
#[derive(Debug)]
pub(super) struct Course {
    incoming: Incoming,
    /// How many messages are answered still, where that is limited.
    left: Option<u32>,
    /// There, where HTTP is spoken: what is answered is then asked for, piece by piece.
    pub(super) http: Option<Box<Talk>>,
}

impl Course {
    pub(super) fn new(run: &Run, on: &Tracer) -> Self {
        let http = run.spec.kind.speaks_http().then(|| Box::new(Talk::new(run, on)));
        Self { incoming: Incoming::new(run), left: run.spec.manner.messages, http }
    }

    /// Answers the messages that are whole with `received`; returns whether the connection goes on.
    pub(super) fn received(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, received: &[u8], send: &mut Send<'_>) -> bool {
        if let Some(http) = &mut self.http {
            http.received(on, received);
            return true;
        }
        let left = &mut self.left;
        let each = |message: &[u8]| {
            let goes_on = answer(run, on, endpoint, message, send);
            *left = left.map(|left| left.saturating_sub(1));
            if goes_on && *left != Some(0) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        self.incoming.take(on, endpoint, received, each).is_continue()
    }

    /// The next bytes of an answer that is given piece by piece; none where there are none, or more must be received first.
    pub(super) fn more(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Vec<u8>> {
        self.http.as_mut().and_then(|http| http.more(run, on, endpoint))
    }

    /// Whether the last of those pieces was given.
    pub(super) fn is_over(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_over())
    }

    /// Whether the peer may be sending what nobody reads any more.
    pub(super) fn is_cut(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_cut())
    }

    /// The peer has ended its side.
    pub(super) fn ended(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
        if let Some(http) = &self.http {
            return http.ended(on, endpoint);
        }
        self.incoming.end(on, endpoint);
        spin(run, on, endpoint, buffer);
    }
}

/// Serves the peer of an accepted socket until the connection is over, and closes it.
pub(super) fn serve(run: &Run, on: &Tracer, held: Held) {
    let mut buffer = run.buffer();
    let mut course = Course::new(run, on);
    let mut send = |message: &[u8]| send(run, on, &held, message);
    let mut goes_on = greet(run, on, &held, &mut send) && course.left != Some(0);
    while goes_on && !run.is_over(&held) {
        match held.socket.receive(on, &mut buffer) {
            Ok(received) if received.is_empty() => {
                course.ended(run, on, &held, &mut buffer);
                goes_on = false;
            }
            Ok(received) => goes_on = course.received(run, on, &held, &received, &mut send) && pour(run, on, &held, &mut course),
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

/// Sends what is answered piece by piece, as far as it is known; returns whether the connection goes on.
fn pour(run: &Run, on: &Tracer, endpoint: &Endpoint, course: &mut Course) -> bool {
    while let Some(piece) = course.more(run, on, endpoint) {
        if !send_bytes(run, on, endpoint, &piece) || run.is_over(endpoint) {
            return false;
        }
    }
    !course.is_over()
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

/// Greets a new peer; returns whether the connection goes on.
pub(super) fn greet(run: &Run, on: &Tracer, endpoint: &Endpoint, send: &mut Send<'_>) -> bool {
    match run.spec.manner.greeting.as_ref().map(|greeting| greeting.bytes_in(run.spec.manner.charset)) {
        None => true,
        Some(Ok(greeting)) => send(&greeting),
        Some(Err(error)) => {
            endpoint.tell(on, error.message());
            true
        }
    }
}

/// The peer has ended its side, so recv returns 0 bytes at once, however often it is called: shows that, as often as is stated.
fn spin(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
    let spins = run.spec.manner.spin;
    let turns = (0..spins).take_while(|_| !run.is_over(endpoint) && matches!(endpoint.socket.recv(on, buffer), Ok(0))).count();
    if turns > 0 {
        endpoint.tell(on, text!("program-told-spin", count = turns));
    }
}

/// Answers what was received; returns whether the connection goes on.
fn answer(run: &Run, on: &Tracer, endpoint: &Endpoint, received: &[u8], send: &mut Send<'_>) -> bool {
    let is_last = is_stop_word(run, received);
    if run.is_over(endpoint) || is_last && run.spec.manner.stop_at != StopAt::Answered {
        return false;
    }
    let Answer { bytes, told } = reply(run, on, endpoint, received);
    if let Some(told) = told {
        endpoint.tell(on, told);
    }
    bytes.is_none_or(|bytes| send(&run.spec.manner.prefixed("", &bytes))) && !is_last
}

/// The answer to what was received.
pub(super) fn reply<'received>(run: &Run, on: &Tracer, endpoint: &Endpoint, received: &'received [u8]) -> Answer<'received> {
    match &run.spec.reply {
        Reply::Command(remote) => remote.answer(run, on, endpoint, received).into(),
        reply => reply.answer(received, run.spec.manner.charset),
    }
}

/// Whether the program may do what its reply asks for: commands are run for this computer alone. Where not, it has failed.
pub(super) fn may_reply(run: &Run) -> bool {
    let is_inside = run.spec.bind.is_some_and(|bind| bind.ip().to_canonical().is_loopback());
    let may = is_inside || !matches!(run.spec.reply, Reply::Command(_));
    if !may {
        run.has_failed(text!("program-command-outside").into());
    }
    may
}

/// Whether what was received, or stands in the lab file, is the stop word.
pub(super) fn is_stop_word(run: &Run, bytes: &[u8]) -> bool {
    run.spec.stop_word.as_ref().is_some_and(|word| run.spec.manner.is_word(word, bytes, Said::Exactly))
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
fn waits_on(run: &Run, on: &Tracer, endpoint: &Endpoint, course: &mut Course) -> bool {
    if let Some(http) = &mut course.http {
        if let Some(answer) = http.give_up(run, on, endpoint) {
            send_bytes(run, on, endpoint, &answer);
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
