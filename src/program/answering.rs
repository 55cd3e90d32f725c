//! What is answered to a message, of a stream or as a datagram.

use super::manner::Said;
use super::reply::{Answer, Reply};
use super::run::Run;
use super::socket::Endpoint;
use crate::text;
use crate::trace::Tracer;

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
