//! How far the conversation of one connection of a server is: what was received goes in, what is to be done next comes out, whichever way the bytes are moved.

use std::borrow::Cow;

use super::answering::{is_stop_word, reply};
use super::framed::{self, Incoming};
use super::http_talk::Talk;
use super::manner::StopAt;
use super::reply::Answer;
use super::run::Run;
use super::socket::Endpoint;
use crate::text;
use crate::trace::Tracer;

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<'received> {
    /// To send these bytes, which are in their frame.
    Send(Cow<'received, [u8]>),
    /// To receive: nothing is left to answer.
    Receive,
    /// To end the connection.
    Close,
}

impl Next<'_> {
    fn into_owned(self) -> Next<'static> {
        match self {
            Self::Send(bytes) => Next::Send(bytes.into_owned().into()),
            Self::Receive => Next::Receive,
            Self::Close => Next::Close,
        }
    }
}

/// The conversation of one connection.
#[derive(Debug)]
pub(super) struct Course {
    incoming: Incoming,
    /// How many messages are answered still, where that is limited.
    left: Option<u32>,
    /// There, where HTTP is spoken.
    pub(super) http: Option<Box<Talk>>,
}

impl Course {
    pub(super) fn new(run: &Run, on: &Tracer) -> Self {
        let http = run.spec.kind.speaks_http().then(|| Box::new(Talk::new(run, on)));
        Self { incoming: Incoming::new(run), left: run.spec.manner.messages, http }
    }

    /// Whether no message is answered any more.
    pub(super) fn is_spent(&self) -> bool {
        self.left == Some(0)
    }

    /// What is to be done next, which is asked until there is nothing more to send. `received` is what has come since it was last asked, and is taken.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see the head of `stream`")]
    pub(super) fn next<'received>(
        &mut self,
        run: &Run,
        on: &Tracer,
        endpoint: &Endpoint,
        received: &mut Option<&'received [u8]>,
    ) -> Next<'received> {
        if let Some(http) = &mut self.http {
            return http_next(http, run, on, endpoint, received.take());
        }
        while self.left != Some(0) && !run.is_over(endpoint) {
            let next = match self.incoming.next(on, endpoint, received) {
                None => return Next::Receive,
                Some(Cow::Borrowed(message)) => self.answer(run, on, endpoint, message),
                Some(Cow::Owned(message)) => self.answer(run, on, endpoint, &message).map(Next::into_owned),
            };
            if let Some(next) = next {
                return next;
            }
        }
        Next::Close
    }

    /// Answers a message; none where that takes no sending.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see the head of `stream`")]
    fn answer<'message>(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, message: &'message [u8]) -> Option<Next<'message>> {
        let is_last = is_stop_word(run, message);
        self.left = if is_last { Some(0) } else { self.left.map(|left| left.saturating_sub(1)) };
        if is_last && run.spec.manner.stop_at != StopAt::Answered {
            return Some(Next::Close);
        }
        let Answer { bytes, told } = reply(run, on, endpoint, message);
        if let Some(told) = told {
            endpoint.tell(on, told);
        }
        bytes.and_then(|bytes| dressed(run, on, endpoint, bytes)).map(Next::Send)
    }

    /// Whether the last piece of the last answer was given.
    pub(super) fn is_over(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_over())
    }

    /// Whether the peer may be sending what nobody reads any more.
    pub(super) fn is_cut(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_cut())
    }

    /// The peer has ended its side: tells what is missing, and shows what a server meets that does not look for it.
    pub(super) fn ended(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
        if let Some(http) = &self.http {
            return http.ended(on, endpoint);
        }
        self.incoming.end(on, endpoint);
        spin(run, on, endpoint, buffer);
    }
}

fn http_next<'piece>(http: &mut Talk, run: &Run, on: &Tracer, endpoint: &Endpoint, received: Option<&[u8]>) -> Next<'piece> {
    if let Some(received) = received {
        http.received(on, received);
    }
    if run.is_over(endpoint) {
        return Next::Close;
    }
    match http.more(run, on, endpoint) {
        Some(piece) => Next::Send(piece.into()),
        None if http.is_over() => Next::Close,
        None => Next::Receive,
    }
}

/// An answer behind its prefix and in its frame; none where it does not fit into one, which is told.
fn dressed<'message>(run: &Run, on: &Tracer, endpoint: &Endpoint, message: Cow<'message, [u8]>) -> Option<Cow<'message, [u8]>> {
    if run.spec.manner.prefix.is_none() && !run.spec.framing.is_framed() {
        return Some(message);
    }
    let message = run.spec.manner.prefixed("", &message);
    framed::frame(run, on, endpoint, &message).map(|frame| frame.into_owned().into())
}

/// The greeting of a new peer in its frame, where there is one.
pub(super) fn greeting(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Vec<u8>> {
    let greeting = run.spec.manner.greeting.as_ref()?.bytes_in(run.spec.manner.charset);
    let greeting = greeting.inspect_err(|error| endpoint.tell(on, error.message())).ok()?;
    framed::frame(run, on, endpoint, &greeting).map(Cow::into_owned)
}

/// The peer has ended its side, so recv returns 0 bytes at once, however often it is called: shows that, as often as is stated.
fn spin(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
    let spins = run.spec.manner.spin;
    let turns = (0..spins).take_while(|_| !run.is_over(endpoint) && matches!(endpoint.socket.recv(on, buffer), Ok(0))).count();
    if turns > 0 {
        endpoint.tell(on, text!("program-told-spin", count = turns));
    }
}
