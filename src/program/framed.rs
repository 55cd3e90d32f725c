//! A stream as messages: each reply, each stop word, each wait is about one of them, however the stream was cut on its way.
//!
//! Without a framing one receive is one message, as the tutorials have it.

use std::borrow::Cow;

use super::run::Run;
use super::socket::Endpoint;
use crate::text;
use crate::trace::Tracer;
use crate::wire::framing::{Broken, Decoder, Event};

/// How many faults of one stream are told one by one: a hostile one could have a fault in each byte.
const MOST_TOLD: u32 = 20;

/// The messages that come on one stream.
#[derive(Debug)]
pub(super) struct Incoming {
    decoder: Option<Decoder>,
    told: u32,
}

impl Incoming {
    /// At the beginning of a stream of this program.
    pub(super) fn new(run: &Run) -> Self {
        let spec = &run.spec;
        Self { decoder: spec.framing.is_framed().then(|| Decoder::new(&spec.framing, spec.max_message)), told: 0 }
    }

    /// The next message that is whole; none while more must come. Takes in what a receive has returned, where there is something. What is broken is told, and
    /// passed over.
    #[inline]
    pub(super) fn next<'received>(
        &mut self,
        on: &Tracer,
        endpoint: &Endpoint,
        received: &mut Option<&'received [u8]>,
    ) -> Option<Cow<'received, [u8]>> {
        let received = received.take();
        if self.decoder.is_none() {
            return received.map(Cow::Borrowed);
        }
        self.decode(on, endpoint, received).map(Cow::Owned)
    }

    fn decode(&mut self, on: &Tracer, endpoint: &Endpoint, received: Option<&[u8]>) -> Option<Vec<u8>> {
        let decoder = self.decoder.as_mut()?;
        if let Some(received) = received {
            decoder.feed(received);
        }
        loop {
            match decoder.take()? {
                Event::Message(message) => return Some(message.to_vec()),
                Event::Broken(broken) => tell(&mut self.told, on, endpoint, &broken),
            }
        }
    }

    /// The peer has ended the stream: tells what is missing of the message that was under way.
    pub(super) fn end(&mut self, on: &Tracer, endpoint: &Endpoint) {
        if let Some(broken) = self.decoder.as_ref().and_then(Decoder::unfinished) {
            tell(&mut self.told, on, endpoint, &broken);
        }
    }
}

fn tell(told: &mut u32, on: &Tracer, endpoint: &Endpoint, broken: &Broken) {
    *told = told.saturating_add(1);
    if *told <= MOST_TOLD {
        endpoint.tell(on, broken.message());
    } else if *told == MOST_TOLD + 1 {
        endpoint.tell(on, text!("program-told-more-broken", count = MOST_TOLD));
    }
}

/// The message in its frame; none where it does not fit, which is told.
pub(super) fn frame<'message>(run: &Run, on: &Tracer, endpoint: &Endpoint, message: &'message [u8]) -> Option<Cow<'message, [u8]>> {
    run.spec.framing.encode(message).inspect_err(|unfit| endpoint.tell(on, unfit.message())).ok()
}
