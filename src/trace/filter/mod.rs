//! Which rows a person wants to see: a filter is a line of text such as `program:server call:recv -dir:sent hello`.
//!
//! | term | rows that pass |
//! |------|----------------|
//! | `program:NAME`, `thread:NAME` | those of the program or thread of that name |
//! | `socket:s3` | those on that socket |
//! | `peer:127.0.0.1:5000`, `peer:127.0.0.1`, `peer::5000` | those whose other side has that address, or that part of it |
//! | `call:recv` | those of that call |
//! | `dir:sent`, `dir:received` | those that moved bytes that way |
//! | `errno:EADDRINUSE` | those that failed so |
//! | `failed` | those that failed |
//! | `marked` | those that a person marked |
//! | `hex:"00 ff"` | those whose payload holds these bytes |
//! | `hello`, `"two words"` | those whose payload holds the text as UTF-8, or whose call, arguments, result or note do; ASCII letters in either case |
//!
//! Several values may stand behind one key (`call:send,recv`, or the key again): one of them must fit. All else must fit together. A `-` before a term
//! takes away what fits it.

mod filtering;
mod found;
mod parse;
mod search;
mod suggest;

use std::net::{IpAddr, SocketAddr};

pub use filtering::{Filtering, Progress};
pub use parse::{FAILED, FilterError, KEYS, MARKED};
pub use suggest::{Suggestions, suggest};

use super::address::Address;
use super::call::{Args, Call, Direction};
use super::errno::Errno;
use super::names::Names;
use super::record::{Kind, Outcome, Record, SocketId};
use super::{line, notation};
use crate::text::Language;

/// A filter that was understood. The empty one passes every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    terms: Vec<Term>,
}

/// Passes what fits one of its tests; negated, what fits none.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    not: bool,
    any: Vec<Test>,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Program(String),
    Thread(String),
    Socket(SocketId),
    Peer(PeerTest),
    Call(Call),
    Direction(Direction),
    Errno(Errno),
    Failed,
    Marked,
    Hex(Vec<u8>),
    /// In lower case as far as it is ASCII.
    Words(String),
}

/// An address, or the part of one that was given.
#[derive(Clone, Debug, PartialEq)]
enum PeerTest {
    Whole(SocketAddr),
    Host(IpAddr),
    Port(u16),
    Written(String),
}

impl Filter {
    /// The filter that `text` describes.
    ///
    /// # Errors
    /// Where a term cannot be understood: its place in the text, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }

    /// What holds `text` in its bytes, its call, its result or its note, as a search looks for it: nothing in it is a key.
    pub fn of_text(text: &str) -> Self {
        Self { terms: vec![Term { not: false, any: vec![Test::Words(text.to_ascii_lowercase())] }] }
    }

    /// What holds in its payload the bytes that `text` gives as pairs of hexadecimal digits; none where it gives none.
    pub fn of_hex(text: &str) -> Option<Self> {
        parse::hex(text).map(|bytes| Self { terms: vec![Term { not: false, any: vec![Test::Hex(bytes)] }] })
    }

    /// What passes this filter and `other`.
    pub fn and(&self, other: &Self) -> Self {
        Self { terms: self.terms.iter().chain(&other.terms).cloned().collect() }
    }

    /// Whether it passes every row.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it passes this row. `names` are those of the trace the row is of.
    pub fn passes(&self, record: &Record, names: &Names) -> bool {
        self.terms.iter().all(|term| term.not != term.any.iter().any(|test| test.fits(record, names)))
    }
}

impl Test {
    fn fits(&self, record: &Record, names: &Names) -> bool {
        match self {
            Self::Program(name) => names.program(record.program).is_some_and(|program| same_name(&program.name, name)),
            Self::Thread(name) => names.thread(record.thread).is_some_and(|thread| same_name(thread, name)),
            Self::Socket(socket) => {
                record.socket == Some(*socket) || matches!(record.outcome, Outcome::Socket(accepted, _) if accepted == *socket)
            }
            Self::Peer(peer) => peer_of(record, names).is_some_and(|address| peer.fits(address)),
            Self::Call(call) => record.call().is_some_and(|made| made.is_called(*call)),
            Self::Direction(direction) => record.direction() == Some(*direction),
            Self::Errno(errno) => record.errno() == Some(*errno),
            Self::Failed => record.errno().is_some() || matches!(record.kind, Kind::Panic(_)),
            Self::Hex(bytes) => record.payload.as_ref().is_some_and(|payload| search::holds(&payload.bytes, bytes)),
            Self::Words(words) => {
                let noted = names.mark(record.n).is_some_and(|note| search::holds_in_any_case(note.as_bytes(), words.as_bytes()));
                noted || holds_words(record, words.as_bytes())
            }
            Self::Marked => names.mark(record.n).is_some(),
        }
    }
}

impl PeerTest {
    fn fits(&self, address: &Address) -> bool {
        match (self, address) {
            (Self::Whole(whole), Address::Ip(address)) => whole == address,
            (Self::Host(host), Address::Ip(address)) => *host == address.ip().to_canonical(),
            (Self::Port(port), Address::Ip(address)) => *port == address.port(),
            (Self::Written(text), address) => same_name(&address.to_string(), text),
            _ => false,
        }
    }
}

/// Names are compared without case: a student types them.
fn same_name(name: &str, typed: &str) -> bool {
    name.eq_ignore_ascii_case(typed)
}

/// The address on the other side of a call: the one it names or was told, else the one its socket is connected to.
fn peer_of<'a>(record: &'a Record, names: &'a Names) -> Option<&'a Address> {
    if let Kind::Fault(fault) = &record.kind {
        return Some(&fault.peer);
    }
    let Kind::Call(call, args) = &record.kind else { return None };
    match (call, args, &record.outcome) {
        (Call::GetSockName | Call::Bind, ..) => {}
        (_, Args::LengthTo(_, address) | Args::LengthToFlags(_, address, _), _)
        | (Call::Connect, Args::Address(address), _)
        | (_, _, Outcome::Socket(_, address) | Outcome::Address(address, _)) => return Some(address),
        _ => {}
    }
    names.socket(record.socket?)?.peer.as_ref()
}

fn holds_words(record: &Record, words: &[u8]) -> bool {
    if record.payload.as_ref().is_some_and(|payload| search::holds_in_any_case(&payload.bytes, words)) {
        return true;
    }
    match &record.kind {
        Kind::Call(call, args) => {
            search::holds_in_any_case(notation::call(*call, args).as_bytes(), words)
                || search::holds_in_any_case(notation::outcome(record).as_bytes(), words)
        }
        // What such a row says is looked for in each language: nobody should have to switch to find it.
        Kind::Life(_) | Kind::Panic(_) | Kind::Mark(_) | Kind::Fault(_) | Kind::Sample(_) => {
            Language::ALL.iter().any(|language| search::holds_in_any_case(line::told(record, *language).as_bytes(), words))
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::trace::{Flags, Life, Origin, Payload, ProgramId, ThreadId};

    fn at(text: &str) -> Address {
        Address::Ip(text.parse().unwrap())
    }

    fn row(kind: Kind, outcome: Outcome, bytes: &'static [u8]) -> Record {
        let payload = (!bytes.is_empty()).then(|| Payload::whole(Bytes::from_static(bytes)));
        let (program, thread, socket) = (ProgramId(1), ThreadId(1), Some(SocketId(3)));
        Record { n: 1, kind, origin: Origin::Program, run: 1, program, thread, socket, t0: 0, t1: 0, outcome, payload }
    }

    fn call(call: Call, args: Args, outcome: Outcome, bytes: &'static [u8]) -> Record {
        row(Kind::Call(call, args), outcome, bytes)
    }

    fn names() -> Names {
        let mut names = Names::default();
        names.learn(&row(Kind::Life(Life::ProgramStarted { name: "Server".into(), kind: "tcp-server".into() }), Outcome::Ok(0), b""));
        names.learn(&row(Kind::Life(Life::ThreadStarted { name: "accept loop".into() }), Outcome::Ok(0), b""));
        names.learn(&call(Call::Connect, Args::Address(at("127.0.0.1:5000")), Outcome::Ok(0), b""));
        names
    }

    /// Every term, with a row that it passes and one that it does not.
    #[test]
    fn every_term_passes_what_it_says() {
        let failed = Outcome::Err(Errno::by_name("EADDRINUSE").unwrap());
        let send = call(Call::Send, Args::Length(5), Outcome::Ok(5), b"He\x00\xffo");
        let bind = call(Call::Bind, Args::Address(at("127.0.0.1:9001")), failed, b"");
        let received = call(Call::RecvFrom, Args::Length(9), Outcome::Address(at("[::1]:77"), Flags::default()), b"abc");
        let mut other = row(Kind::Panic("index out of bounds".into()), Outcome::Ok(0), b"");
        (other.program, other.thread, other.socket) = (ProgramId(2), ThreadId(2), None);
        for (text, passed, not) in [
            ("", &other, None),
            ("program:server", &send, Some(&other)),
            ("thread:\"accept loop\"", &send, Some(&other)),
            ("socket:s3", &send, Some(&other)),
            ("socket:3", &send, Some(&other)),
            ("peer:127.0.0.1:5000", &send, Some(&received)),
            ("peer:127.0.0.1", &send, Some(&received)),
            ("peer::77", &received, Some(&send)),
            ("peer:77", &received, Some(&send)),
            ("peer:[::1]:77", &received, Some(&send)),
            ("peer:::1", &received, Some(&send)),
            ("call:bind", &bind, Some(&send)),
            ("call:send,bind", &bind, Some(&received)),
            ("call:send call:bind", &bind, Some(&received)),
            ("-call:bind", &send, Some(&bind)),
            ("-call:send,bind", &received, Some(&bind)),
            ("dir:sent", &send, Some(&received)),
            ("dir:received", &received, Some(&send)),
            ("errno:eaddrinuse", &bind, Some(&send)),
            ("failed", &bind, Some(&send)),
            ("failed", &other, Some(&send)),
            ("-failed", &send, Some(&bind)),
            ("hex:\"00 ff\"", &send, Some(&received)),
            ("hex:00ff", &send, Some(&received)),
            ("hE", &send, Some(&other)),
            ("9001", &bind, Some(&send)),
            ("127.0.0.1:9001", &bind, Some(&send)),
            ("\"5 b\"", &send, Some(&bind)),
            ("bounds", &other, Some(&send)),
            ("崩溃", &other, Some(&send)),
            ("program:server call:send he", &send, Some(&bind)),
            ("\"call:bind\"", &call(Call::Send, Args::Length(9), Outcome::Ok(9), b"call:bind"), Some(&bind)),
        ] {
            let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.message()));
            assert!(filter.passes(passed, &names()), "{text} must pass {passed:?}");
            assert!(not.is_none_or(|not| !filter.passes(not, &names())), "{text} must not pass {not:?}");
        }
    }
}
