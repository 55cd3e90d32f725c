//! TFTP as it stands on the wire: RFC 1350, with the options of RFC 2347, 2348, 2349 and 7440.
//!
//! [`Packet::parse`] reads any datagram without panicking and without copying; a datagram that is no packet is [`Malformed`], which says in words what is
//! wrong and with which ERROR it is answered. [`Packet::emit`] writes it back. [`netascii`] is the text mode, and [`fields`] shows a datagram to a person:
//! every byte of it belongs to one field, whether it is a packet or not.

pub mod error;
pub mod field;
pub mod malformed;
pub mod netascii;
pub mod option;
pub mod packet;
pub mod request;

pub use super::field::Field;
pub use error::ErrorCode;
pub use field::fields;
pub use malformed::Malformed;
pub use option::{OptionName, Options};
pub use packet::{Opcode, Packet};
pub use request::{Mode, Request};

use std::fmt::{self, Write as _};

/// The port at which servers wait for requests (RFC 1350, section 4).
pub const PORT: u16 = 69;

/// The bytes before those of the file in DATA: opcode and block number.
pub const HEADER: usize = 4;

/// The bytes of the file in every DATA but the last, where nothing else was agreed (RFC 1350, section 2).
pub const BLKSIZE: u16 = 512;

/// The longest request (RFC 2347, "Packet Formats").
pub const LONGEST_REQUEST: usize = 512;

/// Writes bytes from the network between quotation marks, as tcpdump does: UTF-8 as it is, everything that cannot be seen escaped.
fn quoted(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    shown(bytes, f)?;
    f.write_char('"')
}

/// The same without the marks.
fn shown(bytes: &[u8], to: &mut impl fmt::Write) -> fmt::Result {
    for chunk in bytes.utf8_chunks() {
        write!(to, "{}", chunk.valid().escape_debug())?;
        for byte in chunk.invalid() {
            write!(to, "\\x{byte:02x}")?;
        }
    }
    Ok(())
}

/// The first characters of bytes from the network, escaped, for a sentence.
fn excerpt(bytes: &[u8]) -> String {
    const MOST: usize = 64;
    let mut text = String::new();
    shown(bytes.get(..MOST).unwrap_or(bytes), &mut text).ok();
    if bytes.len() > MOST {
        text.push('…');
    }
    text
}
