//! A call that failed: which, with which arguments, on which socket, and what the kernel said.

use std::fmt;
use std::time::Duration;

use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno, SocketId, notation};

/// A call that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The call.
    pub call: Call,
    /// Its arguments.
    pub args: Args,
    /// The socket it was made on; none for socket itself.
    pub socket: Option<SocketId>,
    /// What the kernel said.
    pub errno: Errno,
    /// The limit of a connect that ran out of time: no call failed, poll found nothing within it.
    pub limit: Option<Duration>,
    /// Whether the kernel was asked at all. It was not when the socket is closed, or the arguments cannot be put into C's types; there is no row then.
    pub made: bool,
}

impl Error {
    /// The address it was about: bind, connect, sendto.
    pub const fn address(&self) -> Option<&Address> {
        match &self.args {
            Args::Address(address) | Args::LengthTo(_, address) => Some(address),
            _ => None,
        }
    }

    /// The call with its arguments, the errno, and what that means here.
    pub fn message(&self) -> Message {
        text!("net-error", call = notation::call(self.call, &self.args), errno = self.errno.name())
    }
}

impl fmt::Display for Error {
    /// For logs and tests: `bind(127.0.0.1:9001): EADDRINUSE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", notation::call(self.call, &self.args), self.errno)
    }
}

impl std::error::Error for Error {}
