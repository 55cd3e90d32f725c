//! Bytes to meaning and back: hex, escapes, character sets, previews, lengths of time, framing, TFTP packets, HTTP messages, values packed by a format,
//! what ports are for.
//!
//! Nothing here does I/O or knows what a socket is, and nothing here panics: these functions read what strangers send.

#![warn(clippy::indexing_slicing)]

pub mod charset;
pub mod escape;
pub mod field;
pub mod framing;
pub mod headers;
pub mod hex;
pub mod http;
pub mod ipv4;
pub mod ipv6;
pub mod literal;
pub mod pack;
pub mod port;
pub mod preview;
pub mod tftp;
pub mod time;

pub use charset::{Cell, Charset, Meaning};
pub use field::Field;
pub use framing::Framing;
pub use preview::{Preview, preview};

/// Where in a text an error stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The byte offset in the text: where a cursor is put.
    pub offset: usize,
    /// The character, counted from 1: what a sentence says.
    pub column: usize,
}

impl Position {
    /// The position of the byte `offset` in `text`; the end of the text where it is shorter, or where `offset` is within a character.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        Self { offset: before.len(), column: before.chars().count() + 1 }
    }
}
