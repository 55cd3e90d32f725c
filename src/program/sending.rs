//! Messages that a person lets a running program send one after the other, again and again: the thread `list`.
//!
//! They go inside the connections that are open, beside what the program does by itself. One list at a time; it ends when it is through, when nobody is there
//! any more, when a person ends it, or with the program.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::command::{Refused, SendTo};
use super::outgoing::Data;
use super::process::Order;
use super::run::Run;
use super::state::{Phase, Progress};
use crate::text;
use crate::trace::{Origin, Tracer};

/// The most messages of one list.
pub const MOST_MESSAGES: usize = 100;
/// How often a list is sent at most.
pub const MOST_ROUNDS: u32 = 1_000_000;
/// The longest pause between two messages.
pub const MOST_PAUSE: Duration = Duration::from_hours(1);

/// Messages to send one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendList {
    /// To whom.
    pub to: SendTo,
    /// What, in order: at most [`MOST_MESSAGES`]. A file is read whenever it is due.
    pub messages: Vec<Data>,
    /// How often all of them are sent: at least once, at most [`MOST_ROUNDS`].
    pub rounds: u32,
    /// The pause after each message, at most [`MOST_PAUSE`].
    pub every: Duration,
}

impl Run {
    /// Begins a list on its own thread, or says why not. Never waits.
    pub(super) fn take_list(self: &Arc<Self>, list: SendList) -> Result<(), Refused> {
        let rounds = list.rounds.clamp(1, MOST_ROUNDS);
        let all = list.messages.len().min(MOST_MESSAGES) as u64 * u64::from(rounds);
        let is_free = self.change(|inner| {
            if inner.state.sending.is_under_way() {
                return false;
            }
            inner.is_list_to_end = false;
            inner.state.sending.failed = None;
            inner.state.sending.list = Some(Progress { done: 0, all, is_under_way: true });
            true
        });
        if !is_free {
            return Err(Refused::Sending);
        }
        self.spawn("list", move |run, on| run.send_list(&on.on_behalf_of(Origin::Person), &list, rounds)).map_err(|_error| {
            self.list_is_over();
            Refused::NoThread
        })
    }

    /// The list that is being sent is to end after the message that is under way.
    pub(super) fn end_list(&self) {
        self.touch(|inner| inner.is_list_to_end = true);
    }

    fn list_is_over(&self) {
        self.change(|inner| {
            if let Some(progress) = &mut inner.state.sending.list {
                progress.is_under_way = false;
            }
        });
    }

    fn send_list(&self, on: &Tracer, list: &SendList, rounds: u32) {
        let messages = list.messages.get(..MOST_MESSAGES).unwrap_or(&list.messages);
        'list: for round in 0..rounds {
            for (place, data) in messages.iter().enumerate() {
                if (round, place) != (0, 0) {
                    let is_to_end =
                        self.wait(list.every.min(MOST_PAUSE), |inner| inner.is_list_to_end || inner.state.phase >= Phase::Stopping);
                    if is_to_end || self.lock().is_list_to_end || self.is_stopping() {
                        break 'list;
                    }
                }
                if !self.send_data(on, &list.to, data) {
                    break 'list;
                }
                self.change(|inner| {
                    if let Some(progress) = &mut inner.state.sending.list {
                        progress.done += 1;
                    }
                });
            }
        }
        self.list_is_over();
    }

    /// Sends what `data` states; returns whether anybody got it. Why not is told.
    pub(super) fn send_data(&self, on: &Tracer, to: &SendTo, data: &Data) -> bool {
        if let Some(any) = self.pass_on(on, to, || Order::SendData(data.clone())) {
            return any;
        }
        if let Data::File(path) = data
            && let Some(sent) = self.send_in_pieces(on, to, path)
        {
            return sent;
        }
        match data.bytes_in(self.spec.manner.charset) {
            Ok(bytes) => self.send_for_person(on, to, &bytes),
            Err(error) => {
                self.was_not_sent(on, error.message());
                false
            }
        }
    }

    /// Sends a message; returns whether anybody got it. Why not is told.
    pub(super) fn send_for_person(&self, on: &Tracer, to: &SendTo, typed: &Bytes) -> bool {
        if let Some(any) = self.pass_on(on, to, || Order::Send(typed.clone())) {
            return any;
        }
        let Some(bytes) = self.spoken(on, to, typed) else { return true };
        let frame = match self.spec.framing.encode(&bytes) {
            Ok(frame) => frame,
            Err(unfit) => {
                self.was_not_sent(on, unfit.message());
                return false;
            }
        };
        let targets = self.targets(to);
        if targets.is_empty() && !self.is_stopping() {
            self.was_not_sent(
                on,
                match to {
                    SendTo::Contact(name) if self.spec.manner.contact(name).is_some() => {
                        text!("program-contact-nowhere", name = name.as_str())
                    }
                    _ => text!("program-told-nobody"),
                },
            );
        }
        let mut any = false;
        for (endpoint, peer) in targets {
            if self.is_stopping() {
                break;
            }
            match endpoint.send_for_person(self, on, &frame, peer.as_ref()) {
                Ok(()) => any = true,
                // It stands in its row; here it is told where the person looks.
                Err(_) if self.is_over(&endpoint) => {}
                Err(error) => self.change(|inner| inner.state.sending.failed = Some(error.message())),
            }
            self.end_by_word(on, &endpoint, peer.as_ref(), typed);
        }
        any
    }
}
