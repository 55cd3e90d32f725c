//! Requests to read or write a file.

use std::fmt;

use super::malformed::Malformed;
use super::option::{Options, split};
use super::{LONGEST_REQUEST, excerpt, quoted};

/// How the bytes of a file stand in DATA packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As they are.
    Octet,
    /// As text with CR LF at the end of a line; see [`netascii`](super::netascii).
    Netascii,
}

impl Mode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Octet, Self::Netascii];

    /// The mode with this name, in whichever case it is written (RFC 1350, section 5). Mail is obsolete, and refused like a mode that does not exist.
    pub fn of(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| name.eq_ignore_ascii_case(mode.word().as_bytes()))
    }

    /// Its name on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Octet => "octet",
            Self::Netascii => "netascii",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What RRQ and WRQ say after the opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The name of the file, as the client wrote it: any bytes but zero, at least one. Never a path to be trusted.
    pub name: &'a [u8],
    /// How its bytes are to be sent.
    pub mode: Mode,
    /// What the client would like to agree on.
    pub options: Options<'a>,
}

impl<'a> Request<'a> {
    /// Reads what follows the opcode in `datagram`.
    pub(super) fn parse(datagram: &'a [u8]) -> Result<Self, Malformed> {
        if datagram.len() > LONGEST_REQUEST {
            return Err(Malformed::Long(datagram.len()));
        }
        let rest = datagram.get(2..).unwrap_or_default();
        let (name, rest) = split(rest).ok_or(if rest.is_empty() { Malformed::NoName } else { Malformed::NameOpen })?;
        if name.is_empty() {
            return Err(Malformed::NoName);
        }
        let (mode, rest) = split(rest).ok_or(if rest.is_empty() { Malformed::NoMode } else { Malformed::ModeOpen })?;
        if mode.is_empty() {
            return Err(Malformed::NoMode);
        }
        let mode = Mode::of(mode).ok_or_else(|| Malformed::Mode(excerpt(mode)))?;
        let options = Options::parse(rest, datagram.len() - rest.len())?;
        Ok(Self { name, mode, options })
    }

    /// Appends what follows the opcode.
    pub(super) fn emit(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.name);
        to.push(0);
        to.extend_from_slice(self.mode.word().as_bytes());
        to.push(0);
        to.extend_from_slice(self.options.bytes());
    }
}

impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        quoted(self.name, f)?;
        write!(f, " {}{}", self.mode, self.options)
    }
}
