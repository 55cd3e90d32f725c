//! A client's send list, whichever way the client exchanges one message.

use std::ops::ControlFlow;

use bytes::Bytes;

use super::answering;
use super::manner::StopAt;
use super::outgoing::Outgoing;
use super::run::Run;
use super::socket::Endpoint;
use crate::text;
use crate::trace::Tracer;

/// Exchanges the messages of the list, one after the other; breaks when the client is to end before the list does: it was stopped, `exchange` says so, a message
/// cannot be read, or it was the stop word, which may be left unsent.
pub(super) fn each(
    run: &Run,
    on: &Tracer,
    endpoint: &Endpoint,
    mut exchange: impl FnMut(&Outgoing, &Bytes) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for outgoing in &run.spec.send {
        for turn in 0..outgoing.repeat.max(1) {
            if turn > 0 {
                run.pause(outgoing.every, endpoint);
            }
            if run.is_over(endpoint) {
                return ControlFlow::Break(());
            }
            let Some(bytes) = read(run, on, endpoint, outgoing) else { return ControlFlow::Break(()) };
            match (answering::is_stop_word(run, &bytes), run.spec.manner.stop_at) {
                // The word itself stands alone.
                (true, StopAt::Passed) => {
                    exchange(outgoing, &bytes)?;
                    return ControlFlow::Break(());
                }
                (true, StopAt::Kept) => {
                    endpoint.tell(on, text!("program-told-kept"));
                    return ControlFlow::Break(());
                }
                (true, _) => exchange(outgoing, &bytes)?,
                (false, _) if bytes.is_empty() && run.spec.manner.skip_empty => endpoint.tell(on, text!("program-told-skipped")),
                (false, _) => {
                    let name = outgoing.to.as_deref().unwrap_or_default();
                    exchange(outgoing, &run.spec.manner.prefixed(name, &bytes).into_owned().into())?;
                }
            }
        }
    }
    ControlFlow::Continue(())
}

/// The bytes of a message. Where they cannot be read the client has failed: what follows in the list may build on them.
fn read(run: &Run, on: &Tracer, endpoint: &Endpoint, outgoing: &Outgoing) -> Option<Bytes> {
    match outgoing.data.bytes_in(run.spec.manner.charset) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            endpoint.tell(on, error.message());
            run.has_failed(error.message().into());
            None
        }
    }
}

/// Whether the client stays when the list is done: it has none, or a person has sent something.
pub(super) fn stays(run: &Run) -> bool {
    run.spec.send.is_empty() || run.is_driven()
}
