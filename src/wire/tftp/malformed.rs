//! What can be wrong with a datagram that is to be a packet.

use super::error::ErrorCode;
use super::option::OptionName;
use super::{LONGEST_REQUEST, Opcode};
use crate::text;
use crate::text::Message;

/// Why a datagram is no packet. Offsets are those of bytes in the datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// It ends before the opcode, or before the four bytes that every DATA, ACK and ERROR has: the length that it has.
    Short(usize),
    /// No RFC defines this opcode.
    Opcode(u16),
    /// A request of more than 512 bytes: how many.
    Long(usize),
    /// The file name of a request is empty.
    NoName,
    /// The file name is not ended by a zero byte.
    NameOpen,
    /// The mode is missing or empty.
    NoMode,
    /// The mode is not ended by a zero byte.
    ModeOpen,
    /// The mode is none that can be served: its first characters, escaped.
    Mode(String),
    /// An option without a name, at this offset.
    NoOptionName(usize),
    /// The name of the option at this offset is not ended by a zero byte.
    OptionNameOpen(usize),
    /// The option has a name but no value: its first characters, escaped.
    NoValue(String),
    /// The value of the option is not ended by a zero byte: the first characters of its name, escaped.
    ValueOpen(String),
    /// The option is there twice.
    Twice(OptionName),
}

impl Malformed {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Short(length) => text!("wire-tftp-short", length = *length),
            Self::Opcode(number) => text!("wire-tftp-opcode", number = *number, last = Opcode::Oack as u16),
            Self::Long(length) => text!("wire-tftp-long", length = *length, most = LONGEST_REQUEST),
            Self::NoName => text!("wire-tftp-no-name"),
            Self::NameOpen => text!("wire-tftp-name-open"),
            Self::NoMode => text!("wire-tftp-no-mode"),
            Self::ModeOpen => text!("wire-tftp-mode-open"),
            Self::Mode(mode) => text!("wire-tftp-mode", mode = mode.as_str()),
            Self::NoOptionName(offset) => text!("wire-tftp-no-option-name", offset = *offset),
            Self::OptionNameOpen(offset) => text!("wire-tftp-option-name-open", offset = *offset),
            Self::NoValue(name) => text!("wire-tftp-no-value", name = name.as_str()),
            Self::ValueOpen(name) => text!("wire-tftp-value-open", name = name.as_str()),
            Self::Twice(name) => text!("wire-tftp-twice", name = name.word()),
        }
    }

    /// The ERROR that tells its sender: 8 where only an option is wrong, else 4.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Twice(_) => ErrorCode::Options,
            _ => ErrorCode::Illegal,
        }
    }

    /// The text of that ERROR: English and ASCII, as RFC 1350 (section 5) wants it.
    pub fn phrase(&self) -> &'static str {
        match self {
            Self::Short(_) => "Packet too short",
            Self::Opcode(_) => "Unknown opcode",
            Self::Long(_) => "Request longer than 512 bytes",
            Self::NoName => "File name missing",
            Self::NameOpen => "File name not terminated",
            Self::NoMode => "Mode missing",
            Self::ModeOpen => "Mode not terminated",
            Self::Mode(_) => "Mode not supported: use octet or netascii",
            Self::NoOptionName(_) => "Option without a name",
            Self::OptionNameOpen(_) => "Option name not terminated",
            Self::NoValue(_) => "Option without a value",
            Self::ValueOpen(_) => "Option value not terminated",
            Self::Twice(_) => "Option given twice",
        }
    }
}
