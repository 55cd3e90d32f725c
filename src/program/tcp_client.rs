//! tcp-client: connects, sends its list and shows what comes back.
//!
//! With a list it ends after the last reply, or when the server ends the connection. Where the last message awaits no reply it ends its half first and reads
//! what still comes, so that nothing is left unread (a close with unread bytes resets the connection). Without a list, or once a person has sent
//! something, it stays connected and shows what it receives until the server ends the connection or the program is stopped.

use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;

use super::answering;
use super::failure;
use super::framed::{self, Incoming};
use super::goal;
use super::list;
use super::outgoing::Outgoing;
use super::run::Run;
use super::socket::{Endpoint, again};
use super::stream;
use crate::net;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, How, Origin, Tracer};

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(goals) = goal::all(run, on) else { return };
    let Some((socket, _bound)) = goal::connect(run, on, &goals, |_, _, _| {}) else { return };
    run.is_ready(socket.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    talk(run, on, &socket);
    socket.close(on);
}

/// Connects, within the limit of the program where it has one.
pub(super) fn reach(run: &Run, on: &Tracer, endpoint: &Endpoint, to: &Address) -> Result<(), net::Error> {
    match run.spec.connect_timeout {
        Some(limit) => endpoint.socket.connect_within(on, to, limit)?,
        // Where a signal came the kernel goes on connecting: the second call waits for the same connection.
        None => again(|| endpoint.socket.connect(on, to), || run.is_over(endpoint))?,
    }
    Ok(())
}

fn talk(run: &Run, on: &Tracer, endpoint: &Endpoint) {
    let mut inbox = Inbox { buffer: run.buffer(), incoming: Incoming::new(run) };
    let exchange = |outgoing: &Outgoing, bytes: &Bytes| {
        // What does not fit into a frame is told; the next may fare better.
        let Some(frame) = framed::frame(run, on, endpoint, bytes) else { return ControlFlow::Continue(()) };
        if !stream::send(run, on, endpoint, &frame) {
            return ControlFlow::Break(());
        }
        if outgoing.wait_reply { receive(run, on, endpoint, &mut inbox, text!("program-told-no-reply")) } else { ControlFlow::Continue(()) }
    };
    if list::each(run, on, endpoint, exchange).is_break() {
        return;
    }
    if list::stays(run) {
        receive_all(run, on, endpoint, &mut inbox);
    } else if run.spec.send.last().is_some_and(|last| !last.wait_reply) && !run.is_over(endpoint) {
        match endpoint.socket.shutdown(on, How::Write) {
            Ok(()) => receive_all(run, on, endpoint, &mut inbox),
            Err(error) => run.met_on(endpoint, &error),
        }
    }
}

/// What comes: the buffer of each recv, and the messages in it.
struct Inbox {
    buffer: Vec<u8>,
    incoming: Incoming,
}

/// Receives until the server ends the connection.
fn receive_all(run: &Run, on: &Tracer, endpoint: &Endpoint, inbox: &mut Inbox) {
    while !run.is_over(endpoint) {
        if receive(run, on, endpoint, inbox, text!("program-told-waiting-again")).is_break() {
            return;
        }
    }
}

/// One message: without a framing one recv, else as many as it takes. Breaks when the connection is over. `silent` is told when the receive timeout passes.
fn receive(run: &Run, on: &Tracer, endpoint: &Endpoint, inbox: &mut Inbox, silent: Message) -> ControlFlow<()> {
    let goes_on = |message: &[u8]| if answering::is_stop_word(run, message) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    if let Some(message) = inbox.incoming.next(on, endpoint, &mut None) {
        return goes_on(&message);
    }
    while !run.is_over(endpoint) {
        match again(|| endpoint.socket.recv(on, &mut inbox.buffer), || run.is_over(endpoint)) {
            Ok(0) => {
                inbox.incoming.end(on, endpoint);
                break;
            }
            Ok(count) => {
                let mut received = inbox.buffer.get(..count);
                if let Some(message) = inbox.incoming.next(on, endpoint, &mut received) {
                    return goes_on(&message);
                }
            }
            Err(error) if failure::is_timeout(&error) => {
                if !run.is_over(endpoint) {
                    endpoint.tell(on, silent);
                }
                return ControlFlow::Continue(());
            }
            Err(error) => {
                run.met_on(endpoint, &error);
                break;
            }
        }
    }
    ControlFlow::Break(())
}
