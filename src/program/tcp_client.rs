//! tcp-client: connects, sends its list and shows what comes back.
//!
//! With a list it ends after the last reply, or when the server ends the connection. Where the last message awaits no reply it ends its half first and reads
//! what still comes, so that nothing is left unread (a close with unread bytes resets the connection). Without a list, or once a person has sent
//! something, it stays connected and shows what it receives until the server ends the connection or the program is stopped.

use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;

use super::failure;
use super::list;
use super::outgoing::Outgoing;
use super::run::Run;
use super::socket::{Endpoint, Use, again};
use super::stream;
use super::tcp_server::family;
use crate::net;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, How, Origin, Tracer};

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(to) = run.to.clone() else {
        run.has_failed(text!("program-no-target").into());
        return;
    };
    let Some(socket) = run.open(on, family(to.ip()), Use::Connection(to.clone())) else { return };
    match connect(run, on, &socket, &to) {
        Ok(()) => talk(run, on, &socket),
        Err(error) => run.met_on(&socket, &error),
    }
    socket.close(on);
}

fn connect(run: &Run, on: &Tracer, endpoint: &Endpoint, to: &Address) -> Result<(), net::Error> {
    if let Some(address) = run.spec.bind {
        endpoint.socket.bind(on, &address.into())?;
    }
    match run.spec.connect_timeout {
        Some(limit) => endpoint.socket.connect_within(on, to, limit)?,
        // Where a signal came the kernel goes on connecting: the second call waits for the same connection.
        None => again(|| endpoint.socket.connect(on, to), || run.is_over(endpoint))?,
    }
    run.is_ready(endpoint.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    Ok(())
}

fn talk(run: &Run, on: &Tracer, endpoint: &Endpoint) {
    let mut buffer = run.buffer();
    let exchange = |outgoing: &Outgoing, bytes: &Bytes| {
        if !stream::send(run, on, endpoint, bytes) {
            return ControlFlow::Break(());
        }
        if outgoing.wait_reply {
            receive(run, on, endpoint, &mut buffer, text!("program-told-no-reply"))
        } else {
            ControlFlow::Continue(())
        }
    };
    if list::each(run, on, endpoint, exchange).is_break() {
        return;
    }
    if list::stays(run) {
        receive_all(run, on, endpoint, &mut buffer);
    } else if run.spec.send.last().is_some_and(|last| !last.wait_reply) && !run.is_over(endpoint) {
        match endpoint.socket.shutdown(on, How::Write) {
            Ok(()) => receive_all(run, on, endpoint, &mut buffer),
            Err(error) => run.met_on(endpoint, &error),
        }
    }
}

/// Receives until the server ends the connection.
fn receive_all(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8]) {
    while !run.is_over(endpoint) {
        if receive(run, on, endpoint, buffer, text!("program-told-waiting-again")).is_break() {
            return;
        }
    }
}

/// One recv; breaks when the connection is over. `silent` is told when the receive timeout passes.
fn receive(run: &Run, on: &Tracer, endpoint: &Endpoint, buffer: &mut [u8], silent: Message) -> ControlFlow<()> {
    match again(|| endpoint.socket.recv(on, buffer), || run.is_over(endpoint)) {
        Ok(0) => ControlFlow::Break(()),
        Ok(count) if stream::is_stop_word(run, buffer.get(..count).unwrap_or_default()) => ControlFlow::Break(()),
        Ok(_) => ControlFlow::Continue(()),
        Err(error) if failure::is_timeout(&error) => {
            if !run.is_over(endpoint) {
                endpoint.tell(on, silent);
            }
            ControlFlow::Continue(())
        }
        Err(error) => {
            run.met_on(endpoint, &error);
            ControlFlow::Break(())
        }
    }
}
