//! What a process that serves a connection is given, what it is told to do, and what it tells.

use std::net::SocketAddr;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::net::Looked;
use crate::program::http::Http;
use crate::program::kind::ProgramKind;
use crate::program::manner::Manner;
use crate::program::outgoing::Data;
use crate::program::reply::Reply;
use crate::program::run::Run;
use crate::program::spec::Spec;
use crate::program::state::{Failure, FileProgress, State};
use crate::text::Message;
use crate::trace::gate::Go;
use crate::trace::{Address, Family, Keep, SocketId, ThreadId, Told, Value};
use crate::wire::Framing;

/// The connection, and all that the code which serves it looks at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Handover {
    pub(super) socket: SocketId,
    pub(super) family: Family,
    pub(super) peer: Address,
    /// What the clock of this machine showed at 0 of the trace, in nanoseconds.
    pub(super) zero: u64,
    pub(super) keep: Keep,
    pub(super) go: Go,
    name: String,
    kind: String,
    bind: Option<SocketAddr>,
    recv_size: u32,
    reply: Reply,
    framing: Framing,
    max_message: u32,
    stop_word: Option<String>,
    manner: Manner,
    http: Http,
    expect: Vec<String>,
}

impl Handover {
    /// A connection of `run`.
    pub(super) fn of(run: &Run, socket: SocketId, family: Family, peer: Address, zero: u64) -> Self {
        let spec = run.spec.clone();
        // A folder of its own is there already.
        let own = run.site.get().and_then(|offer| offer.own().map(ToOwned::to_owned));
        Self {
            socket,
            family,
            peer,
            zero,
            keep: run.trace.keep(),
            go: run.gate.now(),
            name: spec.name,
            kind: spec.kind.name().to_owned(),
            bind: spec.bind,
            recv_size: spec.recv_size,
            reply: spec.reply,
            framing: spec.framing,
            max_message: spec.max_message,
            stop_word: spec.stop_word,
            manner: spec.manner,
            http: Http { root: own.or(spec.http.root), ..spec.http },
            expect: spec.expect,
        }
    }

    /// The program that serves it; none of a kind that nobody knows.
    pub(super) fn spec(self) -> Option<Spec> {
        let kind = ProgramKind::by_name(&self.kind)?;
        Some(Spec {
            bind: self.bind,
            recv_size: self.recv_size,
            reply: self.reply,
            framing: self.framing,
            max_message: self.max_message,
            stop_word: self.stop_word,
            manner: self.manner,
            http: self.http,
            expect: self.expect,
            ..Spec::new(kind, self.name)
        })
    }
}

/// What a person asks of a connection that a process serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::program) enum Order {
    /// Send these bytes as one message.
    Send(Bytes),
    /// Send what this states.
    SendData(Data),
    /// End the file that is being sent.
    EndFile,
    /// End the connection.
    Disconnect,
    /// Read all its options.
    ReadOptions,
    /// Set the option of this name.
    SetOption(String, Value),
    /// Hold calls, or let them go. The thread has the name that it has there.
    Step(Option<ThreadId>, Go),
    /// Wake a thread that blocks.
    Wake(ThreadId),
    /// Say what the kernel knows of the connection now.
    Look,
    /// Come to the end.
    Stop,
}

/// What a process tells.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Report {
    /// A row, or where a thread is.
    Told(Told),
    /// How it is doing.
    State(Known),
    /// What the kernel knows of the connection, as it was asked; nothing where there is nothing to be known.
    Looked(Option<Looked>),
}

/// What the parent is to know of the state of a child.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) failure: Option<Failure>,
    pub(super) panicked: bool,
    /// Why a person's message did not go.
    pub(super) unsent: Option<Message>,
    pub(super) file: Option<FileProgress>,
    /// The commands that it runs for the peer, by their groups.
    pub(super) commands: Vec<u32>,
}

impl Known {
    pub(super) fn of(state: &State) -> Self {
        let State { failure, panicked, sending, commands, .. } = state.clone();
        Self { failure, panicked, unsent: sending.failed, file: sending.file, commands }
    }
}
