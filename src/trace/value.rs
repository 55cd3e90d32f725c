//! Values of socket options: what was asked for, and what the kernel reads back.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::call::Name;

/// The value of a socket option.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// On or off.
    Flag(bool),
    /// A number: bytes, hops, seconds, a count; its unit stands in the table of options.
    Int(i64),
    /// A time limit; none waits for ever.
    Time(Option<Duration>),
    /// `SO_LINGER`: off, or how many seconds close may wait (0 resets the connection).
    Linger(Option<u32>),
    /// An address: the interface that multicast leaves by.
    Address(IpAddr),
    /// A multicast group, and the interface (an address, or for IPv6 an index) on which it is joined.
    Group(IpAddr, Interface),
    /// A name.
    Text(Name),
}

/// A network interface, named as the multicast options name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Interface {
    /// The kernel chooses, by its routes.
    Any,
    /// The interface that has this address.
    Address(IpAddr),
    /// The interface of this index (`if_nametoindex(3)`).
    Index(u32),
}

impl fmt::Display for Value {
    /// As C would be given it, with its unit where it has one: `1`, `4096`, `5 s`, `none`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(on) => write!(f, "{}", u8::from(*on)),
            Self::Int(number) => number.fmt(f),
            Self::Time(None) => f.write_str("none"),
            Self::Time(Some(limit)) => super::notation::duration(*limit).fmt(f),
            Self::Linger(None) => f.write_str("off"),
            Self::Linger(Some(seconds)) => write!(f, "{seconds} s"),
            Self::Address(address) => address.fmt(f),
            Self::Group(group, Interface::Any) => group.fmt(f),
            Self::Group(group, Interface::Address(address)) => write!(f, "{group} {address}"),
            Self::Group(group, Interface::Index(index)) => write!(f, "{group} {index}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}
