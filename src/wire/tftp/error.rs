//! The codes of ERROR packets.

use std::fmt;

use crate::text;
use crate::text::Message;

/// Why a transfer ended (RFC 1350, appendix; 8: RFC 2347).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// 0: not defined, see the text.
    Undefined,
    /// 1: there is no such file.
    NotFound,
    /// 2: the file may not be read or written.
    Access,
    /// 3: the disk is full, or an allowance is used up.
    Full,
    /// 4: what came is no packet, or not one that has a place here.
    Illegal,
    /// 5: the packet came from a port that has no part in this transfer.
    UnknownTid,
    /// 6: the file is there already.
    Exists,
    /// 7: there is no such user (of mode mail, which nobody uses any more).
    NoUser,
    /// 8: the options are not acceptable.
    Options,
    /// A code that no RFC defines.
    Other(u16),
}

impl ErrorCode {
    /// Those that the RFCs define, in order.
    pub const ALL: [Self; 9] = [
        Self::Undefined,
        Self::NotFound,
        Self::Access,
        Self::Full,
        Self::Illegal,
        Self::UnknownTid,
        Self::Exists,
        Self::NoUser,
        Self::Options,
    ];

    /// The code with this number.
    pub fn of(number: u16) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(Self::Other(number))
    }

    /// Its number on the wire.
    pub fn number(self) -> u16 {
        match self {
            Self::Undefined => 0,
            Self::NotFound => 1,
            Self::Access => 2,
            Self::Full => 3,
            Self::Illegal => 4,
            Self::UnknownTid => 5,
            Self::Exists => 6,
            Self::NoUser => 7,
            Self::Options => 8,
            Self::Other(number) => number,
        }
    }

    /// The text that the RFC gives it: what is sent with it where nothing closer can be said.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Undefined | Self::Other(_) => "Not defined",
            Self::NotFound => "File not found",
            Self::Access => "Access violation",
            Self::Full => "Disk full or allocation exceeded",
            Self::Illegal => "Illegal TFTP operation",
            Self::UnknownTid => "Unknown transfer ID",
            Self::Exists => "File already exists",
            Self::NoUser => "No such user",
            Self::Options => "Option negotiation failed",
        }
    }

    /// What it means, for a person.
    pub fn meaning(self) -> Message {
        match self {
            Self::Undefined => text!("wire-tftp-error-undefined"),
            Self::NotFound => text!("wire-tftp-error-not-found"),
            Self::Access => text!("wire-tftp-error-access"),
            Self::Full => text!("wire-tftp-error-full"),
            Self::Illegal => text!("wire-tftp-error-illegal"),
            Self::UnknownTid => text!("wire-tftp-error-tid"),
            Self::Exists => text!("wire-tftp-error-exists"),
            Self::NoUser => text!("wire-tftp-error-user"),
            Self::Options => text!("wire-tftp-error-options"),
            Self::Other(number) => text!("wire-tftp-error-other", code = number),
        }
    }
}

impl fmt::Display for ErrorCode {
    /// As tcpdump names it; what it has no name for, by number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Undefined => "EUNDEF",
            Self::NotFound => "ENOTFOUND",
            Self::Access => "EACCESS",
            Self::Full => "ENOSPACE",
            Self::Illegal => "EBADOP",
            Self::UnknownTid => "EBADID",
            Self::Exists => "EEXISTS",
            Self::NoUser => "ENOUSER",
            Self::Options => "EOPTNEG",
            Self::Other(number) => return write!(f, "{number}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_numbers() {
        for number in 0..=u16::MAX {
            assert_eq!(ErrorCode::of(number).number(), number);
        }
        assert_eq!(ErrorCode::of(8), ErrorCode::Options);
        assert_eq!(ErrorCode::of(9), ErrorCode::Other(9));
    }
}
