//! Messages in a stream of bytes: where one ends and the next begins, which the stream itself does not say.
//!
//! [`Framing`] says by what messages are told apart, and puts a message into its frame. [`Cutter`] finds the borders in what comes, however it was cut into pieces,
//! and keeps no byte; [`Decoder`] gives the messages. What is broken or too long is told and passed over: the stream goes on.

mod cutter;
mod decoder;

use std::borrow::Cow;
use std::fmt;

use memchr::memmem;
use serde::{Deserialize, Serialize};

pub use cutter::{Cut, Cutter, State};
pub use decoder::{Decoder, Event};

use super::escape;
use crate::text;
use crate::text::Message;

/// The longest message that is taken where nothing else is stated, in bytes.
pub const MOST_MESSAGE: u32 = 64 << 10;
/// The longest that can be stated.
pub const LARGEST_MESSAGE: u32 = 16 << 20;
/// The longest delimiter, in bytes.
pub const MOST_DELIMITER: usize = 64;

/// By what messages are told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Framing {
    /// By nothing: what one receive returns is taken for one message.
    #[default]
    None,
    /// By their length, which is always the same. A shorter message is filled up with zero bytes, which the receiver takes away.
    Fixed(u32),
    /// By bytes that stand behind each message and in none.
    Delimiter(Vec<u8>),
    /// By a number before each message.
    Length(Header),
    /// By an end of line behind each message.
    Line(LineEnd),
}

/// The number that stands before a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// How many bytes the number has.
    pub width: Width,
    /// Which of them comes first.
    pub order: Order,
    /// Whether it counts its own bytes too.
    pub counts_itself: bool,
}

/// How many bytes a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Width {
    /// Up to 255.
    One,
    /// Up to 65 535.
    Two,
    /// Up to 4 294 967 295.
    Four,
    /// Up to 2^64 - 1.
    Eight,
}

impl Width {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Four, Self::Eight];

    /// The number of bytes.
    pub const fn bytes(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }

    /// The width of so many bytes.
    pub fn of(bytes: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|width| i64::from(width.bytes()) == bytes)
    }

    const fn most(self) -> u64 {
        u64::MAX >> (64 - 8 * self.bytes() as u32)
    }
}

/// Which byte of a number comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// The highest: the order of the network (RFC 1700).
    #[default]
    Big,
    /// The lowest.
    Little,
}

impl Order {
    /// The name in a lab file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Big => "big",
            Self::Little => "little",
        }
    }
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineEnd {
    /// A line feed.
    #[default]
    Lf,
    /// Carriage return and line feed, as most protocols of text have it.
    CrLf,
}

impl LineEnd {
    /// The name in a lab file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lf => "lf",
            Self::CrLf => "crlf",
        }
    }
}

/// Why a message cannot be put into its frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is longer than the frame can say or hold.
    Long {
        /// Its length in bytes.
        length: usize,
        /// What fits.
        most: u64,
    },
    /// It holds what would end it.
    Delimiter(Vec<u8>),
}

impl Unfit {
    /// What does not fit, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Long { length, most } => text!("wire-frame-unfit-long", length = length.to_string(), most = most.to_string()),
            Self::Delimiter(delimiter) => text!("wire-frame-unfit-delimiter", delimiter = escape::format(delimiter)),
        }
    }
}

/// What is wrong in a framed stream. Messages are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The delimiter did not come in time.
    NoDelimiter {
        /// Which message.
        message: u64,
        /// What was expected.
        delimiter: Vec<u8>,
        /// Within how many bytes.
        most: u32,
    },
    /// A message is longer than any that is taken.
    Long {
        /// Which message.
        message: u64,
        /// Its length in bytes.
        length: u64,
        /// What is taken.
        most: u32,
    },
    /// A number that counts itself is smaller than itself.
    Header {
        /// Which message.
        message: u64,
        /// What it says.
        said: u64,
        /// What it must say at least.
        least: u8,
    },
    /// The stream ended within a message.
    Unfinished {
        /// Which message.
        message: u64,
        /// How many bytes of its frame came.
        came: u64,
        /// How many its frame has, where that is known.
        expected: Option<u64>,
        /// What would have ended it, where a delimiter does.
        delimiter: Option<Vec<u8>>,
    },
}

impl Broken {
    /// What was expected and what came, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::NoDelimiter { message, delimiter, most } => {
                text!("wire-frame-no-delimiter", message = *message, delimiter = escape::format(delimiter), most = most.to_string())
            }
            Self::Long { message, length, most } => {
                text!("wire-frame-long", message = *message, length = length.to_string(), most = most.to_string())
            }
            Self::Header { message, said, least } => {
                text!("wire-frame-header", message = *message, said = said.to_string(), least = least.to_string())
            }
            Self::Unfinished { message, came, delimiter: Some(delimiter), .. } => {
                text!("wire-frame-undelimited", message = *message, came = came.to_string(), delimiter = escape::format(delimiter))
            }
            Self::Unfinished { message, came, expected: Some(expected), .. } => {
                text!("wire-frame-unfinished", message = *message, came = came.to_string(), expected = expected.to_string())
            }
            Self::Unfinished { message, came, .. } => text!("wire-frame-headless", message = *message, came = came.to_string()),
        }
    }
}

impl Framing {
    /// The name in a lab file: `delimiter`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Fixed(_) => "fixed",
            Self::Delimiter(_) => "delimiter",
            Self::Length(_) => "length",
            Self::Line(_) => "line",
        }
    }

    /// One of each kind, in the order in which a person is offered them.
    pub fn kinds() -> [Self; 5] {
        let header = Header { width: Width::Two, order: Order::Big, counts_itself: false };
        [Self::None, Self::Fixed(16), Self::Delimiter(b"|".to_vec()), Self::Length(header), Self::Line(LineEnd::Lf)]
    }

    /// Whether it says where messages end.
    pub const fn is_framed(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// What stands behind each message, where something does.
    pub fn delimiter(&self) -> Option<&[u8]> {
        match self {
            Self::Delimiter(delimiter) => Some(delimiter).filter(|delimiter| !delimiter.is_empty()).map(Vec::as_slice),
            Self::Line(LineEnd::Lf) => Some(b"\n"),
            Self::Line(LineEnd::CrLf) => Some(b"\r\n"),
            Self::None | Self::Fixed(_) | Self::Length(_) => None,
        }
    }

    /// The message in its frame.
    ///
    /// # Errors
    /// [`Unfit`], where the receiver would not get the same message.
    pub fn encode<'message>(&self, message: &'message [u8]) -> Result<Cow<'message, [u8]>, Unfit> {
        match self {
            Self::None => Ok(Cow::Borrowed(message)),
            Self::Fixed(length) => {
                let filling = (*length as usize).checked_sub(message.len());
                let filling = filling.ok_or_else(|| Unfit::Long { length: message.len(), most: u64::from(*length) })?;
                Ok(Cow::Owned([message, &vec![0; filling]].concat()))
            }
            Self::Length(header) => {
                let counted = message.len() as u64 + if header.counts_itself { u64::from(header.width.bytes()) } else { 0 };
                let most = header.width.most();
                if counted > most {
                    return Err(Unfit::Long { length: message.len(), most: most - (counted - message.len() as u64) });
                }
                let bytes = counted.to_be_bytes();
                let mut head = bytes.get(bytes.len() - usize::from(header.width.bytes())..).unwrap_or_default().to_vec();
                if header.order == Order::Little {
                    head.reverse();
                }
                Ok(Cow::Owned([&head, message].concat()))
            }
            Self::Delimiter(_) | Self::Line(_) => {
                let Some(delimiter) = self.delimiter() else { return Ok(Cow::Borrowed(message)) };
                let frame = [message, delimiter].concat();
                // Searched in the whole frame: the end of a message may begin what the delimiter goes on with.
                if memmem::find(&frame, delimiter) != Some(message.len()) {
                    return Err(Unfit::Delimiter(delimiter.to_vec()));
                }
                Ok(Cow::Owned(frame))
            }
        }
    }

    /// The message that a whole frame holds.
    pub fn message<'frame>(&self, frame: &'frame [u8]) -> &'frame [u8] {
        let message = match self {
            Self::None => Some(frame),
            Self::Fixed(_) => frame.get(..frame.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)),
            Self::Length(header) => frame.get(usize::from(header.width.bytes())..),
            Self::Delimiter(_) | Self::Line(_) => frame.strip_suffix(self.delimiter().unwrap_or_default()),
        };
        message.unwrap_or_default()
    }
}

impl fmt::Display for Framing {
    /// As a lab file states it, without its quotes: `line`, `delimiter \r\n`, `length 2, little, counts_header`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::None | Self::Line(LineEnd::Lf) => Ok(()),
            Self::Fixed(length) => write!(f, " {length}"),
            Self::Delimiter(delimiter) => write!(f, " {}", escape::format(delimiter)),
            Self::Line(LineEnd::CrLf) => write!(f, " {}", LineEnd::CrLf.name()),
            Self::Length(header) => {
                write!(f, " {}, {}", header.width.bytes(), header.order.name())?;
                if header.counts_itself { f.write_str(", counts_header") } else { Ok(()) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
