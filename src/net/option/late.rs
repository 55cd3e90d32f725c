//! Options that were set when they could no longer act. The kernel says ok to most of them: whether it was too late is seen from when it was, in the trace.

use super::{Opt, When};
use crate::text;
use crate::text::Message;
use crate::trace::options::{Options, SocketCourse};
use crate::trace::{SocketId, SocketType};

/// An option that was set too late to act on a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Which moment was missed.
    pub missed: Missed,
    /// When it was set, in nanoseconds on the clock of the trace.
    pub set: u64,
    /// When the moment was.
    pub moment: u64,
}

/// A moment that was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The socket had its address.
    Bind,
    /// It was connected, or about to be.
    Connect,
    /// It was set on this listener after the connection was made: what is accepted has what the listener had then.
    Queue(SocketId),
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Set it on the socket itself.
    SetHere,
    /// Ask for it before the program is started, and start it anew.
    Restart,
}

impl Late {
    /// What was missed, in a sentence. Times are said by `time`, given nanoseconds.
    pub fn message(&self, option: &Opt, socket: SocketId, time: impl Fn(u64) -> String) -> Message {
        let (name, socket, set, moment) = (option.name, socket.to_string(), time(self.set), time(self.moment));
        match self.missed {
            Missed::Bind => text!("net-late-bind", option = name, socket = socket, set = set, moment = moment),
            Missed::Connect => text!("net-late-connect", option = name, socket = socket, set = set, moment = moment),
            Missed::Queue(listener) => {
                text!("net-late-queue", option = name, socket = socket, listener = listener.to_string(), set = set, moment = moment)
            }
        }
    }

    /// What can be done about it.
    pub fn cure(&self, option: &Opt) -> Cure {
        match self.missed {
            Missed::Queue(_) if option.acts_when_open(SocketType::Stream) => Cure::SetHere,
            _ => Cure::Restart,
        }
    }
}

/// Whether the option, as it was set last on this socket or its listener, came too late for this socket.
pub fn late(option: &Opt, socket: SocketId, options: &Options) -> Option<Late> {
    late_in(option, options.socket(socket)?, options)
}

/// The same of a socket as it was at some time.
pub fn late_in(option: &Opt, course: &SocketCourse, options: &Options) -> Option<Late> {
    let asked = course.option(option.name).and_then(|known| known.asked_at);
    match asked {
        Some(set) => missed(option, course).filter(|(moment, _)| *moment < set).map(|(moment, missed)| Late { missed, set, moment }),
        None => not_inherited(option, course, options),
    }
}

/// The moment by which the option had to be set on the socket itself, where that has been.
fn missed(option: &Opt, course: &SocketCourse) -> Option<(u64, Missed)> {
    let is_stream = course.made.is_none_or(|(_, kind)| kind == SocketType::Stream);
    let connected = course.connected().map(|at| (at, Missed::Connect));
    match option.when {
        When::BeforeBind => course.bound.map(|at| (at, Missed::Bind)),
        // A listener passes on what it has when a client connects, also what it was given since it listens (`tcp_openreq_init_rwin`, `inet_csk_clone_lock`).
        When::BeforeConnect if is_stream => connected,
        When::BeforeClients => connected,
        _ => None,
    }
}

/// Of what accept returned: whether the listener was given the option after this connection was made.
fn not_inherited(option: &Opt, course: &SocketCourse, options: &Options) -> Option<Late> {
    let (listener, accepted) = course.accepted?;
    let moment = course.queued.unwrap_or(accepted);
    let set = options.socket(listener)?.option(option.name)?.asked_at?;
    let concerns = option.inherited == Some(true) || option.when == When::BeforeClients;
    (concerns && set > moment).then_some(Late { missed: Missed::Queue(listener), set, moment })
}

/// When an option that is settled as a connection is made was set on a socket that listened already: for the connections made since it acts in full, those made
/// before have what the listener had then. The time at which it was set, and since when the socket listened.
pub fn for_later_clients(option: &Opt, course: &SocketCourse) -> Option<(u64, u64)> {
    let (set, listening) = (course.option(option.name)?.asked_at?, course.listening?);
    let concerns = option.inherited == Some(true) || option.when == When::BeforeClients;
    (concerns && option.when != When::BeforeBind && listening < set).then_some((set, listening))
}
