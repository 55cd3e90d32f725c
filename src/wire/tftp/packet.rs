//! The six kinds of packets.

use std::fmt;

use super::error::ErrorCode;
use super::malformed::Malformed;
use super::option::{Options, split};
use super::quoted;
use super::request::Request;

/// The number that a packet begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Opcode {
    /// Asks to read a file.
    Rrq = 1,
    /// Asks to write one.
    Wrq = 2,
    /// A block of it.
    Data = 3,
    /// Acknowledges a block, and with it all before.
    Ack = 4,
    /// Ends a transfer.
    Error = 5,
    /// Grants options (RFC 2347).
    Oack = 6,
}

impl Opcode {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Rrq, Self::Wrq, Self::Data, Self::Ack, Self::Error, Self::Oack];

    /// The opcode with this number.
    pub fn of(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|opcode| *opcode as u16 == number)
    }

    /// The opcode that a datagram begins with, whatever follows.
    pub fn first(datagram: &[u8]) -> Option<Self> {
        Self::of(number(datagram, 0)?)
    }

    /// Its name in the RFC.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rrq => "RRQ",
            Self::Wrq => "WRQ",
            Self::Data => "DATA",
            Self::Ack => "ACK",
            Self::Error => "ERROR",
            Self::Oack => "OACK",
        }
    }
}

impl fmt::Display for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A packet, read from a datagram without copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet<'a> {
    /// Asks to read a file.
    Rrq(Request<'a>),
    /// Asks to write a file.
    Wrq(Request<'a>),
    /// A block of the file; fewer bytes than agreed make it the last.
    Data {
        /// Its number, modulo 65 536.
        block: u16,
        /// The bytes of the file.
        bytes: &'a [u8],
    },
    /// Acknowledges a block and all before it.
    Ack {
        /// Its number, modulo 65 536.
        block: u16,
    },
    /// Ends the transfer.
    Error {
        /// Why.
        code: ErrorCode,
        /// What the other side says about it: any bytes but zero.
        text: &'a [u8],
    },
    /// Grants options.
    Oack(Options<'a>),
}

impl<'a> Packet<'a> {
    /// Reads a datagram. What follows the block number of an ACK or the end of an ERROR's text is not looked at, and that text may lack its end:
    /// such a packet still says all it has to say.
    ///
    /// # Errors
    /// What makes it no packet.
    pub fn parse(datagram: &'a [u8]) -> Result<Self, Malformed> {
        let short = Malformed::Short(datagram.len());
        let Some(opcode) = number(datagram, 0) else { return Err(short) };
        Ok(match Opcode::of(opcode) {
            None => return Err(Malformed::Opcode(opcode)),
            Some(Opcode::Rrq) => Self::Rrq(Request::parse(datagram)?),
            Some(Opcode::Wrq) => Self::Wrq(Request::parse(datagram)?),
            Some(Opcode::Oack) => Self::Oack(Options::parse(datagram.get(2..).unwrap_or_default(), 2)?),
            Some(Opcode::Data | Opcode::Ack | Opcode::Error) if datagram.len() < 4 => return Err(short),
            Some(Opcode::Data) => Self::Data { block: number(datagram, 2).ok_or(short)?, bytes: datagram.get(4..).unwrap_or_default() },
            Some(Opcode::Ack) => Self::Ack { block: number(datagram, 2).ok_or(short)? },
            Some(Opcode::Error) => {
                let text = datagram.get(4..).unwrap_or_default();
                Self::Error { code: ErrorCode::of(number(datagram, 2).ok_or(short)?), text: split(text).map_or(text, |(text, _)| text) }
            }
        })
    }

    /// Its opcode.
    pub fn opcode(&self) -> Opcode {
        match self {
            Self::Rrq(_) => Opcode::Rrq,
            Self::Wrq(_) => Opcode::Wrq,
            Self::Data { .. } => Opcode::Data,
            Self::Ack { .. } => Opcode::Ack,
            Self::Error { .. } => Opcode::Error,
            Self::Oack(_) => Opcode::Oack,
        }
    }

    /// Appends it as it stands on the wire. [`Packet::parse`] reads the same packet back.
    pub fn emit(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&(self.opcode() as u16).to_be_bytes());
        match self {
            Self::Rrq(request) | Self::Wrq(request) => request.emit(to),
            Self::Data { block, bytes } => {
                to.extend_from_slice(&block.to_be_bytes());
                to.extend_from_slice(bytes);
            }
            Self::Ack { block } => to.extend_from_slice(&block.to_be_bytes()),
            Self::Error { code, text } => {
                to.extend_from_slice(&code.number().to_be_bytes());
                to.extend_from_slice(text);
                to.push(0);
            }
            Self::Oack(options) => to.extend_from_slice(options.bytes()),
        }
    }

    /// As it stands on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.emit(&mut bytes);
        bytes
    }
}

/// The number of two bytes at `at`.
pub(super) fn number(datagram: &[u8], at: usize) -> Option<u16> {
    datagram.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

impl fmt::Display for Packet<'_> {
    /// As tcpdump writes it, with the length of a block beside its number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.opcode())?;
        match self {
            Self::Rrq(request) | Self::Wrq(request) => write!(f, " {request}"),
            Self::Data { block, bytes } => write!(f, " block {block}, {} bytes", bytes.len()),
            Self::Ack { block } => write!(f, " block {block}"),
            Self::Error { code, text } => {
                write!(f, " {code} ")?;
                quoted(text, f)
            }
            Self::Oack(options) => write!(f, "{options}"),
        }
    }
}
