//! udp-server: answers each datagram to its sender.
//!
//! An empty datagram is a message like any other, and no end unless that is asked for. Errors that tell what became of an earlier answer are survived.

use std::sync::Arc;

use super::failure;
use super::manner::StopAt;
use super::reply::Answer;
use super::run::Run;
use super::socket::{Endpoint, Use};
use super::stream;
use super::tcp_server::family;
use crate::net;
use crate::text;
use crate::trace::{Address, Flags, Origin, Tracer};

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    if !stream::may_reply(run) {
        return;
    }
    let Some(socket) = run.open(on, family(run.spec.bind), Use::Datagrams(None)) else { return };
    match bind(run, on, &socket) {
        Ok(()) => answer_all(run, on, &socket),
        Err(error) => run.met_on(&socket, &error),
    }
    socket.close(on);
}

fn bind(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Result<(), net::Error> {
    if let Some(address) = run.spec.bind {
        endpoint.socket.bind(on, &address.into())?;
    }
    run.is_ready(endpoint.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    Ok(())
}

fn answer_all(run: &Run, on: &Tracer, endpoint: &Endpoint) {
    let mut buffer = run.buffer();
    let mut told = false;
    let mut left = run.spec.manner.messages;
    while left != Some(0) && !run.is_over(endpoint) {
        match endpoint.socket.recv_from(on, &mut buffer) {
            // What wakes a thread that is to end looks like an empty datagram.
            Ok(_) if run.is_over(endpoint) => return,
            Ok((count, from, flags)) => {
                tell_if_cut(on, endpoint, flags, buffer.len());
                let received = buffer.get(..count).unwrap_or_default();
                if let Some(notice) = run.spec.manner.notice_of(&from.to_string()) {
                    endpoint.tell(on, text!("program-told-notice", notice = notice));
                }
                let is_last = stream::is_stop_word(run, received) || received.is_empty() && run.spec.manner.stop_empty;
                if !is_last || run.spec.manner.stop_at == StopAt::Answered {
                    answer(run, on, endpoint, received, &from);
                }
                if is_last {
                    return;
                }
                left = left.map(|left| left - 1);
            }
            Err(error) if failure::is_timeout(&error) => {
                if !std::mem::replace(&mut told, true) {
                    endpoint.tell(on, text!("program-told-waiting-again"));
                }
            }
            Err(error) => {
                run.met_on(endpoint, &error);
                if !error.made {
                    return;
                }
            }
        }
    }
}

/// Tells that a datagram was longer than the buffer.
pub(super) fn tell_if_cut(on: &Tracer, endpoint: &Endpoint, flags: Flags, size: usize) {
    if flags.truncated {
        endpoint.tell(on, text!("program-told-truncated", size = size));
    }
}

fn answer(run: &Run, on: &Tracer, endpoint: &Endpoint, received: &[u8], from: &Address) {
    endpoint.heard_from(from);
    let Answer { bytes, told } = stream::reply(run, on, endpoint, received);
    if let Some(told) = told {
        endpoint.tell(on, told);
    }
    if let Some(bytes) = bytes
        && let Err(error) = endpoint.send_to(run, on, &run.spec.manner.prefixed("", &bytes), from)
    {
        run.met_on(endpoint, &error);
    }
}
