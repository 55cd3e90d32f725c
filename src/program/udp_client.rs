//! udp-client: sends datagrams and shows what comes back.
//!
//! It does not connect its socket: as in the tutorials each datagram is given its address, and an answer may come from anywhere. With a list it ends after the last
//! reply. An answer that never comes is waited for as long as `SO_RCVTIMEO` says: without it for ever, as real programs do. Without a list,
//! or once a person has sent something, it shows what it receives until it is stopped.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::answering;
use super::bound;
use super::failure;
use super::goal;
use super::list;
use super::outgoing::Outgoing;
use super::run::Run;
use super::socket::{Endpoint, Use, again};
use super::state::Phase;
use super::udp_server::tell_if_cut;
use crate::text;
use crate::text::Message;
use crate::trace::{Origin, Tracer};

/// How long a pause lasts that only a change can end.
const FOR_EVER: Duration = Duration::from_secs(u32::MAX as u64);

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    if !goal::settle(run, on) {
        return;
    }
    if run.to().is_none() && run.spec.send.iter().any(|outgoing| outgoing.to.is_none()) {
        run.has_failed(text!("program-no-target").into());
        return;
    }
    goal::contacts(run, on);
    if run.is_stopping() {
        return;
    }
    let Some(socket) = run.open(on, run.family(), Use::Datagrams(run.to())) else { return };
    let bound = bound::bind(run, on, &socket);
    if bound.is_some() {
        // Else the kernel gives it an address with the first datagram.
        let local = run.is_bound_first().then(|| socket.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
        run.is_ready(local.flatten());
        talk(run, on, &socket);
    }
    socket.close(on);
}

fn talk(run: &Run, on: &Tracer, endpoint: &Endpoint) {
    let mut buffer = run.buffer();
    let exchange = |outgoing: &Outgoing, bytes: &Bytes| {
        let to = match &outgoing.to {
            Some(name) => run.contact(name),
            None => run.to(),
        };
        let Some(to) = to else {
            // Why not was told when its name was looked up.
            if let Some(name) = &outgoing.to {
                endpoint.tell(on, text!("program-contact-nowhere", name = name.as_str()));
                return ControlFlow::Continue(());
            }
            run.has_failed(text!("program-no-target").into());
            return ControlFlow::Break(());
        };
        match endpoint.send_to(run, on, bytes, &to) {
            // A datagram that could not be sent gets no reply; the next may fare better.
            Err(error) => run.met_on(endpoint, &error),
            Ok(_) if outgoing.wait_reply => receive(run, on, endpoint, &mut buffer, text!("program-told-no-reply"))?,
            Ok(_) => {}
        }
        ControlFlow::Continue(())
    };
    if list::each(run, on, endpoint, exchange).is_break() || !list::stays(run) {
        return;
    }
    // Before it is bound, by bind or by its first datagram, nothing can reach it (and Windows refuses to receive).
    if !run.is_bound_first() {
        run.wait(FOR_EVER, |inner| inner.state.phase >= Phase::Stopping || endpoint.is_ended() || endpoint.has_sent());
    }
    while !run.is_over(endpoint) {
        if receive(run, on, endpoint, &mut buffer, text!("program-told-waiting-again")).is_break() {
            return;
        }
    }
}

/// One recvfrom; breaks when the client is to end. `silent` is told when the receive timeout passes.
fn receive(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8], silent: Message) -> ControlFlow<()> {
    match again(|| endpoint.socket.recv_from(on, buffer), || run.is_over(endpoint)) {
        Ok((count, _, flags)) => {
            tell_if_cut(on, endpoint, flags, buffer.len());
            if run.is_over(endpoint) || answering::is_stop_word(run, buffer.get(..count).unwrap_or_default()) {
                return ControlFlow::Break(());
            }
        }
        Err(error) if failure::is_timeout(&error) => {
            if !run.is_over(endpoint) {
                endpoint.tell(on, silent);
            }
        }
        Err(error) => {
            run.met_on(endpoint, &error);
            if !error.made {
                return ControlFlow::Break(());
            }
        }
    }
    ControlFlow::Continue(())
}
