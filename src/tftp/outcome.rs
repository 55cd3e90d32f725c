//! How a transfer ended.

use crate::text;
use crate::text::Message;
use crate::wire::tftp::ErrorCode;

/// How a transfer ended, as one end knows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The whole file was received, or sent and acknowledged.
    Complete,
    /// The whole file was sent, but its last window was not acknowledged: many receivers leave without it. No failure. So many blocks are in doubt.
    Unconfirmed(u64),
    /// The file did not get across.
    Failed(Failure),
}

impl Outcome {
    /// Whether it is a failure.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Complete => text!("tftp-complete"),
            Self::Unconfirmed(blocks) => text!("tftp-unconfirmed", blocks = *blocks),
            Self::Failed(failure) => failure.message(),
        }
    }
}

/// Why a file did not get across.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The other side sent an ERROR: its code and its words, escaped.
    Refused(ErrorCode, String),
    /// Nothing came for this long (nanoseconds), although the last packet was sent again this many times.
    Silent(u64, u32),
    /// The system said that nobody has the partner's port (any more).
    Unreachable,
    /// The other side did what the RFCs do not allow: what, and the code of the ERROR that told it so.
    Illegal(ErrorCode, Message),
    /// This side gave up: why, and the code of the ERROR that told the other side.
    Aborted(ErrorCode, Message),
}

impl Failure {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Refused(code, words) if words.is_empty() => {
                text!("tftp-refused-silently", code = code.number(), meaning = code.meaning())
            }
            Self::Refused(code, words) => text!("tftp-refused", code = code.number(), words = words.as_str(), meaning = code.meaning()),
            Self::Silent(time, tries) => text!("tftp-silent", seconds = (*time as f64 / 1e8).round() / 10.0, tries = *tries),
            Self::Unreachable => text!("tftp-unreachable"),
            Self::Illegal(code, what) => text!("tftp-illegal", what = what.clone(), code = code.number()),
            Self::Aborted(code, why) => text!("tftp-aborted", why = why.clone(), code = code.number()),
        }
    }
}
