//! How a program behaves in a conversation, beside what it answers: what it says first, what stands before its messages, how much it takes, what ends it.
//!
//! Each entry is one habit of the tutorials' programs, and does one thing: a program of theirs is a combination of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::kind::Role;
use super::outgoing::Data;
use super::reply::Reply;
use super::target::Target;
use crate::trace::Address;
use crate::wire::Charset;

/// How often recv may be called again after the end of a stream.
pub const MOST_SPIN: u32 = 1_000;
/// How many contacts a program may have.
pub const MOST_CONTACTS: usize = 100;

/// How a program behaves in a conversation. The default is what a program does that has none of these habits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manner {
    /// What a tcp-server sends to each new peer before it receives.
    pub greeting: Option<Data>,
    /// What is told in the log of each new peer of a tcp-server and each datagram of a udp-server, with the peer's address in the place of `{}`.
    pub notice: Option<String>,
    /// What stands before each message that is sent: a format of strftime(3) with the name of the contact in the place of `{}`.
    pub prefix: Option<String>,
    /// How many connections a tcp-server accepts before it ends; none for any number.
    pub connections: Option<u32>,
    /// How many messages are taken: of each connection before a tcp-server closes it (none at all: it is closed at once), of everyone before a udp-server ends.
    pub messages: Option<u32>,
    /// How often a tcp-server calls recv again after it has returned 0 bytes, as a loop does that never looks.
    pub spin: u32,
    /// The character set in which text is sent and reversed.
    pub charset: Charset,
    /// How the stop word is compared.
    pub stop_case: StopCase,
    /// What becomes of the stop word itself.
    pub stop_at: StopAt,
    /// Whether an empty datagram ends a udp-server.
    pub stop_empty: bool,
    /// Whether a client leaves empty messages unsent.
    pub skip_empty: bool,
    /// Whom a udp-client may talk to by name, in the order in which a person is offered them.
    // A server has none: nobody hands them over.
    #[serde(skip)]
    pub contacts: Vec<Contact>,
}

/// Somebody who is known by a name. Several names may share an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// Where.
    pub at: Target,
}

/// How the stop word is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StopCase {
    /// What is received exactly, what a person types in either case.
    #[default]
    Typed,
    /// Exactly.
    Exact,
    /// In either case, as far as the letters of ASCII go.
    Either,
}

impl StopCase {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::Typed, Self::Exact, Self::Either];
    /// Their names in a lab file.
    pub const NAMES: &[&str] = &["typed", "exact", "either"];

    /// The name in a lab file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Exact => "exact",
            Self::Either => "either",
        }
    }

    /// The one of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|case| case.name() == name)
    }
}

/// What becomes of the stop word itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StopAt {
    /// A server ends when it has come, unanswered; a client when it has gone.
    #[default]
    Passed,
    /// A server answers it, and ends.
    Answered,
    /// A client ends in place of sending it.
    Kept,
    /// A client sends it like any other message, and ends when it comes back.
    Returned,
}

impl StopAt {
    /// The words of a server.
    pub const OF_SERVER: &[&str] = &["received", "answered"];
    /// The words of a client.
    pub const OF_CLIENT: &[&str] = &["sent", "typed", "returned"];

    /// Those that a program of this role may have, in the order in which a person is offered them.
    pub const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Server => &[Self::Passed, Self::Answered],
            Role::Client => &[Self::Passed, Self::Kept, Self::Returned],
        }
    }

    /// The name in a lab file, for a program of this role.
    pub const fn name(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Passed, Role::Server) => "received",
            (Self::Passed, Role::Client) => "sent",
            (Self::Answered, _) => "answered",
            (Self::Kept, _) => "typed",
            (Self::Returned, _) => "returned",
        }
    }

    /// The one of that name.
    pub fn by_name(role: Role, name: &str) -> Option<Self> {
        Self::of(role).iter().copied().find(|at| at.name(role) == name)
    }
}

/// Who has said something, as far as the stop word cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The other side, or the lab file.
    Exactly,
    /// A person.
    ByHand,
}

impl Manner {
    /// Whether `bytes` are this stop word.
    pub(super) fn is_word(&self, word: &str, bytes: &[u8], said: Said) -> bool {
        let Ok(word) = self.charset.encode(word) else { return false };
        match (self.stop_case, said) {
            (StopCase::Exact, _) | (StopCase::Typed, Said::Exactly) => *word == *bytes,
            (StopCase::Either, _) | (StopCase::Typed, Said::ByHand) => word.eq_ignore_ascii_case(bytes),
        }
    }

    /// The message with what stands before it, for the contact of this name.
    pub(super) fn prefixed<'message>(&self, name: &str, message: &'message [u8]) -> Cow<'message, [u8]> {
        // A format that is none is refused before a program starts.
        let Some(before) = self.prefix.as_deref().and_then(|format| Reply::time_by(format, name)) else { return Cow::Borrowed(message) };
        let before = self.charset.encode(&before).unwrap_or_default();
        [&before, message].concat().into()
    }

    /// The notice about `peer`.
    pub(super) fn notice_of(&self, peer: &Address) -> Option<String> {
        self.notice.as_ref().map(|notice| notice.replace("{}", &peer.to_string()))
    }

    /// The contact of that name.
    pub fn contact(&self, name: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_by_its_name() {
        let names = StopCase::ALL.iter().map(|case| case.name()).collect::<Vec<_>>();
        assert_eq!(names, StopCase::NAMES);
        for (role, names) in [(Role::Server, StopAt::OF_SERVER), (Role::Client, StopAt::OF_CLIENT)] {
            assert_eq!(StopAt::of(role).iter().map(|at| at.name(role)).collect::<Vec<_>>(), names);
            for name in names {
                assert_eq!(StopAt::by_name(role, name).map(|at| at.name(role)), Some(*name));
            }
        }
    }

    #[test]
    fn the_stop_word_is_compared_as_stated() {
        for (case, received, typed) in [(StopCase::Typed, false, true), (StopCase::Exact, false, false), (StopCase::Either, true, true)] {
            let manner = Manner { stop_case: case, ..Manner::default() };
            assert!(manner.is_word("q", b"q", Said::Exactly) && manner.is_word("q", b"q", Said::ByHand));
            assert_eq!(manner.is_word("q", b"Q", Said::Exactly), received, "{case:?}");
            assert_eq!(manner.is_word("q", b"Q", Said::ByHand), typed, "{case:?}");
            assert!(!manner.is_word("q", b"qq", Said::ByHand) && !manner.is_word("q", b"q\n", Said::Exactly));
        }
        let gbk = Manner { charset: Charset::Gbk, ..Manner::default() };
        assert!(gbk.is_word("再见", b"\xd4\xd9\xbc\xfb", Said::Exactly) && !gbk.is_word("再见", "再见".as_bytes(), Said::Exactly));
    }

    #[test]
    fn what_stands_before_a_message_holds_the_time_and_the_name() {
        let manner = |prefix: &str, charset| Manner { prefix: Some(prefix.to_owned()), charset, ..Manner::default() };
        assert_eq!(&*manner("发给{}: ", Charset::Utf8).prefixed("小明", b"hi"), "发给小明: hi".as_bytes());
        assert_eq!(&*manner("发给{}: ", Charset::Gbk).prefixed("小明", b"hi"), b"\xb7\xa2\xb8\xf8\xd0\xa1\xc3\xf7: hi");
        let stamped = manner("[%c]:", Charset::Utf8);
        let stamped = stamped.prefixed("", b"hi");
        assert!(stamped.len() == "[Fri Nov 20 19:56:14 2026]:hi".len() && stamped.ends_with(b"]:hi"), "{stamped:?}");
        assert_eq!(&*Manner::default().prefixed("x", b"hi"), b"hi");
        assert_eq!(&*manner("%!", Charset::Utf8).prefixed("x", b"hi"), b"hi");
    }
}
