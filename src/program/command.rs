//! What a person may ask a running program to do.

use bytes::Bytes;

use super::manual::Press;
use super::outgoing::Data;
use super::sending::SendList;
use crate::net::{Opt, Way};
use crate::text;
use crate::text::Message;
use crate::trace::gate::Go;
use crate::trace::{Address, SocketId, ThreadId, Value};

/// What a person asks a running program to do. What comes of it stands in the trace, with [`Origin::Person`](crate::trace::Origin::Person).
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Send these bytes as one message.
    Send {
        /// To whom.
        to: SendTo,
        /// What.
        bytes: Bytes,
    },
    /// Send what this states as one message: a file is read by the program's thread.
    SendData {
        /// To whom.
        to: SendTo,
        /// What.
        data: Data,
    },
    /// Send these messages one after the other, while the program goes on.
    SendList(SendList),
    /// End the list that is being sent, after the message that is under way.
    EndList,
    /// End the file that is being sent, after the piece that is under way.
    EndFile,
    /// End the connection of this socket; the other side reads its end. A client ends with it.
    Disconnect(SocketId),
    /// End the transfer with this partner on a socket that several transfers share; the partner is told.
    Cancel(SocketId, Address),
    /// Read all options of this socket, on the lab's own account: what the kernel holds now stands in the trace.
    ReadOptions(SocketId),
    /// Change the two ways of a link: from the clients, and back to them.
    Steer(Box<(Way, Way)>),
    /// Make a call by hand, on a thread of the program's.
    Press(Box<Press>),
    /// Wake a thread that blocks, as a stop would; the socket has then lost what that takes.
    Wake(ThreadId),
    /// Hold calls before they are made, or let them go: of one thread, or of all.
    Step(Option<ThreadId>, Go),
    /// Set an option on open sockets, and read back what the kernel made of it.
    SetOption {
        /// The socket; none for all that are open.
        socket: Option<SocketId>,
        /// The option.
        option: &'static Opt,
        /// The value asked for.
        value: Value,
    },
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendTo {
    /// Everyone: all connections; all who sent a udp-server a datagram (the last 1024); a client's server.
    All,
    /// The other side of this socket. On a udp-server whoever sent the last datagram.
    Socket(SocketId),
    /// The peer at this address; over UDP any address.
    Address(Address),
    /// The contact of this name, over UDP.
    Contact(String),
}

/// Why a command was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// As many as can wait are waiting: one that is being carried out is blocked.
    Full,
    /// The program is stopping or has ended.
    Ended,
    /// Another list is being sent.
    Sending,
    /// The system gave no thread for it.
    NoThread,
}

impl Refused {
    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::Full => text!("program-refused-full"),
            Self::Ended => text!("program-refused-ended"),
            Self::Sending => text!("program-refused-sending"),
            Self::NoThread => text!("program-refused-no-thread"),
        }
    }
}
