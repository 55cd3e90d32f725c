//! The addresses of sockets: IPv4, IPv6 and Unix.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The address of one end of a socket.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Address {
    /// IPv4 or IPv6, with a port.
    Ip(SocketAddr),
    /// A path in the file system (unix(7)).
    Path(Arc<str>),
    /// A name in Linux's abstract namespace (unix(7)), without its leading NUL.
    Abstract(Arc<str>),
    /// None: a Unix socket that was never bound.
    Unnamed,
}

impl Address {
    /// The IP address and port, where it is one.
    pub const fn ip(&self) -> Option<SocketAddr> {
        match self {
            Self::Ip(address) => Some(*address),
            _ => None,
        }
    }

    /// The port, where the address has one.
    pub fn port(&self) -> Option<u16> {
        self.ip().map(|address| address.port())
    }

    /// Whether only programs on this machine can reach it: the loopback addresses, and every Unix address.
    pub fn is_local(&self) -> bool {
        match self {
            Self::Ip(address) => address.ip().to_canonical().is_loopback(),
            _ => true,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self::Ip(address)
    }
}

impl fmt::Display for Address {
    /// As a lab file writes it: `127.0.0.1:9001`, `[::1]:9001`, `unix:/tmp/s`, `unix:@name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(address) => address.fmt(f),
            Self::Path(path) => write!(f, "unix:{path}"),
            Self::Abstract(name) => write!(f, "unix:@{name}"),
            Self::Unnamed => f.write_str("unix:"),
        }
    }
}
