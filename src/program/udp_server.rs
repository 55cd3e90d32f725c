//! udp-server: answers each datagram to its sender.
//!
//! An empty datagram is a message like any other, and no end unless that is asked for. Errors that tell what became of an earlier answer are survived.

use std::sync::Arc;

use super::answering;
use super::bound;
use super::failure;
use super::manner::StopAt;
use super::reply::Answer;
use super::run::Run;
use super::socket::{Endpoint, Use};
use crate::text;
use crate::trace::{Address, Flags, Origin, Tracer};

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    if !answering::may_reply(run) {
        return;
    }
    let Some(socket) = run.open(on, run.family(), Use::Datagrams(None)) else { return };
    let bound = bound::bind(run, on, &socket);
    if bound.is_some() {
        run.is_ready(socket.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
        answer_all(run, on, &socket);
    }
    socket.close(on);
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
                if let Some(notice) = run.spec.manner.notice_of(&from) {
                    endpoint.tell(on, text!("program-told-notice", notice = notice));
                }
                let is_last = answering::is_stop_word(run, received) || received.is_empty() && run.spec.manner.stop_empty;
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
    if *from != Address::Unnamed {
        endpoint.heard_from(from);
    }
    let Answer { bytes, told } = answering::reply(run, on, endpoint, received);
    if let Some(told) = told {
        endpoint.tell(on, told);
    }
    if *from == Address::Unnamed {
        endpoint.tell(on, text!("program-unix-unnamed"));
        return;
    }
    if let Some(bytes) = bytes
        && let Err(error) = endpoint.send_to(run, on, &run.spec.manner.prefixed("", &bytes), from)
    {
        run.met_on(endpoint, &error);
    }
}
