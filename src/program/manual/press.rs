//! A call that a person gives by hand: which method, on which socket, by which thread, with which arguments. Plain data, as a lab file holds it.

use std::time::Duration;

use super::method::Method;
use crate::net::Opt;
use crate::program::outgoing::Data;
use crate::program::target::Target;
use crate::trace::{Family, How, MessageFlags, Request, SocketType, Value};

/// The most calls that a program keeps.
pub const MOST_CALLS: usize = 2_000;
/// The most threads of a program that is driven by hand.
pub const MOST_HANDS: u32 = 64;

/// One call. What of it means something is said by its [`Method::keys`].
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// The socket, by its name in this program; of `socket` the one that is made.
    pub socket: String,
    /// The method.
    pub call: Method,
    /// The thread that makes it, from 1 on.
    pub thread: u32,
    /// socket: the family.
    pub family: Family,
    /// socket: the type.
    pub kind: SocketType,
    /// bind, connect, `connect_ex`, sendto: the address; a program of the lab, or a socket of this program that is bound.
    pub address: Option<Target>,
    /// listen: how many connections may wait.
    pub backlog: i32,
    /// accept: what the new socket is called here; none leaves that to the program.
    pub made: Option<String>,
    /// Receives: the length of the buffer in bytes.
    pub size: u32,
    /// Sends and receives: the flags.
    pub flags: MessageFlags,
    /// Sends: what.
    pub data: Data,
    /// shutdown: which half.
    pub how: How,
    /// getsockopt: the option.
    pub option: Option<&'static Opt>,
    /// setsockopt: the option and its value, one of them.
    pub options: Vec<(&'static Opt, Value)>,
    /// setblocking: whether it blocks.
    pub on: bool,
    /// settimeout: the limit; none waits for ever.
    pub timeout: Option<Duration>,
    /// ioctl: what is asked.
    pub request: Request,
}

impl Press {
    /// A call with its arguments at their defaults, by thread 1.
    pub fn new(socket: impl Into<String>, call: Method) -> Self {
        Self {
            socket: socket.into(),
            call,
            thread: 1,
            family: Family::Inet,
            kind: SocketType::Stream,
            address: None,
            backlog: 5,
            made: None,
            size: 1024,
            flags: MessageFlags::NONE,
            data: Data::Text("hello".to_owned()),
            how: How::Write,
            option: None,
            options: Vec::new(),
            on: true,
            timeout: None,
            request: Request::Unread,
        }
    }

    /// The name of the socket that the call makes, where it makes one that has a name already.
    pub fn makes(&self) -> Option<&str> {
        match self.call {
            Method::Socket => Some(&self.socket),
            Method::Accept => self.made.as_deref(),
            _ => None,
        }
    }
}
