//! What a server answers.

use super::outgoing::Data;

/// What a server answers to what it has received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reply {
    /// The same bytes.
    #[default]
    Echo,
    /// The same bytes with ASCII letters in upper case.
    Upper,
    /// The text backwards, code point by code point.
    Reverse,
    /// Always the same.
    Fixed(Data),
    /// The time of day in the strftime format that was received (udp-server) or stated here.
    Time {
        /// The format; where it is empty, what was received is the format, and where that is empty too, `%Y-%m-%d %X`.
        format: String,
    },
    /// Whatever a person types.
    Manual,
    /// Nothing.
    None,
}

/// A row of [`REPLIES`].
#[derive(Clone, Debug)]
pub struct ReplyRow {
    /// The name in a lab file.
    pub name: &'static str,
    /// One of that name with everything else at its default.
    pub default: fn() -> Reply,
}

/// Every kind of reply, in the order in which a person is offered them.
pub const REPLIES: &[ReplyRow] = &[
    ReplyRow { name: "echo", default: || Reply::Echo },
    ReplyRow { name: "upper", default: || Reply::Upper },
    ReplyRow { name: "reverse", default: || Reply::Reverse },
    ReplyRow { name: "fixed", default: || Reply::Fixed(Data::Text(String::new())) },
    ReplyRow { name: "time", default: || Reply::Time { format: String::new() } },
    ReplyRow { name: "manual", default: || Reply::Manual },
    ReplyRow { name: "none", default: || Reply::None },
];

impl Reply {
    /// The name in a lab file: `echo`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Echo => "echo",
            Self::Upper => "upper",
            Self::Reverse => "reverse",
            Self::Fixed(_) => "fixed",
            Self::Time { .. } => "time",
            Self::Manual => "manual",
            Self::None => "none",
        }
    }

    /// The reply of that name, with everything else at its default.
    pub fn by_name(name: &str) -> Option<Self> {
        REPLIES.iter().find(|row| row.name == name).map(|row| (row.default)())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_knows_its_name() {
        for row in REPLIES {
            assert_eq!((row.default)().name(), row.name);
            assert_eq!(Reply::by_name(row.name).map(|reply| reply.name()), Some(row.name));
        }
    }
}
