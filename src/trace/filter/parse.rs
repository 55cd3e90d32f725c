//! From the text of a filter to a filter.

use std::net::{IpAddr, SocketAddr};

use super::{Filter, PeerTest, Term, Test};
use crate::text;
use crate::text::{Message, nearest};
use crate::trace::call::{Call, Direction};
use crate::trace::errno::Errno;
use crate::trace::record::SocketId;
use crate::wire;

/// The keys that may stand before a colon, in the order in which they are offered.
pub const KEYS: &[&str] = &["program", "thread", "socket", "peer", "call", "dir", "errno", "hex"];

/// The word that stands for every failure.
pub const FAILED: &str = "failed";

/// The word that stands for every row that is marked.
pub const MARKED: &str = "marked";

/// Why a filter was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Where the term or value begins: characters from the start of the text, from 0.
    pub position: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What can be wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No such key; the nearest that there is.
    UnknownKey(String, Option<&'static str>),
    /// The value is none of the names that the key takes; the key, the value, and the nearest name.
    UnknownName(&'static str, String, Option<&'static str>),
    /// The value does not have the form that the key asks for.
    BadValue(&'static str, String),
    /// Nothing stands behind the key or the `-`.
    Missing(String),
    /// A quotation mark is not closed.
    OpenQuote,
}

impl FilterError {
    /// What is wrong, where, and what was expected.
    pub fn message(&self) -> Message {
        let place = self.position + 1;
        match &self.reason {
            Reason::UnknownKey(key, nearest) => {
                let keys = KEYS.join(", ");
                with_nearest(text!("trace-filter-key", place = place, key = key.as_str(), keys = keys), *nearest)
            }
            Reason::UnknownName(key, value, nearest) => {
                with_nearest(text!("trace-filter-name", place = place, key = *key, value = value.as_str()), *nearest)
            }
            Reason::BadValue("hex", value) => text!("trace-filter-hex", place = place, value = value.as_str()),
            Reason::BadValue("socket", value) => text!("trace-filter-socket", place = place, value = value.as_str()),
            Reason::BadValue(key, value) => text!("trace-filter-value", place = place, key = *key, value = value.as_str()),
            Reason::Missing(term) => text!("trace-filter-missing", place = place, term = term.as_str()),
            Reason::OpenQuote => text!("trace-filter-quote", place = place),
        }
    }
}

fn with_nearest(message: Message, nearest: Option<&'static str>) -> Message {
    match nearest {
        Some(nearest) => text!("trace-filter-nearest", what = message, nearest = nearest),
        None => message,
    }
}

/// A piece of the text between spaces.
struct Token {
    /// In characters, from 0.
    position: usize,
    not: bool,
    key: Option<String>,
    value: String,
    /// Whether the value began with a quotation mark: it is then taken as it is.
    quoted: bool,
}

pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let mut terms = Vec::<(Option<&'static str>, Term)>::new();
    for token in tokens(text)? {
        let (key, any) = tests(&token)?;
        // The same key again widens the choice; words and `failed` each stand for themselves.
        let same = |(other, term): &&mut (Option<&'static str>, Term)| key.is_some() && *other == key && term.not == token.not;
        match terms.iter_mut().find(same) {
            Some((_, term)) => term.any.extend(any),
            None => terms.push((key, Term { not: token.not, any })),
        }
    }
    Ok(Filter { terms: terms.into_iter().map(|(_, term)| term).collect() })
}

fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut characters = text.chars().enumerate().peekable();
    let mut tokens = Vec::new();
    while let Some((position, character)) = characters.next_if(|_| true) {
        if character.is_whitespace() {
            continue;
        }
        let mut token = Token { position, not: false, key: None, value: String::new(), quoted: false };
        let mut quote = None;
        let mut next = Some((position, character));
        while let Some((at, character)) = next {
            match character {
                '"' => {
                    token.quoted |= quote.is_none() && token.value.is_empty();
                    quote = if quote.is_some() { None } else { Some(at) };
                }
                '-' if at == position => token.not = true,
                ':' if quote.is_none() && token.key.is_none() && !token.quoted && is_like_a_key(&token.value) => {
                    token.key = Some(std::mem::take(&mut token.value));
                }
                _ => token.value.push(character),
            }
            next = characters.next_if(|(_, character)| quote.is_some() || !character.is_whitespace());
        }
        if let Some(position) = quote {
            return Err(FilterError { position, reason: Reason::OpenQuote });
        }
        tokens.push(token);
    }
    Ok(tokens)
}

/// Whether what stands before a colon is meant as a key: `127.0.0.1:9001` is text.
fn is_like_a_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_alphabetic())
}

/// What a token asks for, and the key it asks under.
fn tests(token: &Token) -> Result<(Option<&'static str>, Vec<Test>), FilterError> {
    let error = |reason| FilterError { position: token.position, reason };
    let Some(key) = &token.key else {
        return match token.value.as_str() {
            "" => Err(error(Reason::Missing(if token.not { "-" } else { "\"\"" }.to_owned()))),
            FAILED if !token.quoted => Ok((None, vec![Test::Failed])),
            MARKED if !token.quoted => Ok((None, vec![Test::Marked])),
            words => Ok((None, vec![Test::Words(words.to_ascii_lowercase())])),
        };
    };
    let Some(known) = KEYS.iter().find(|known| known.eq_ignore_ascii_case(key)) else {
        return Err(error(Reason::UnknownKey(key.clone(), nearest(key, KEYS.iter().copied()))));
    };
    if token.value.is_empty() {
        return Err(error(Reason::Missing(format!("{key}:"))));
    }
    let start = token.position + usize::from(token.not) + key.chars().count() + 1;
    let values = if token.quoted { vec![token.value.as_str()] } else { token.value.split(',').collect() };
    let mut position = start;
    let mut any = Vec::with_capacity(values.len());
    for value in values {
        any.push(test(known, value).map_err(|reason| FilterError { position, reason })?);
        position += value.chars().count() + 1;
    }
    Ok((Some(known), any))
}

fn test(key: &'static str, value: &str) -> Result<Test, Reason> {
    let bad = || Reason::BadValue(key, value.to_owned());
    let unknown = |nearest| Reason::UnknownName(key, value.to_owned(), nearest);
    if value.is_empty() {
        return Err(Reason::Missing(format!("{key}:")));
    }
    match key {
        "program" => Ok(Test::Program(value.to_owned())),
        "thread" => Ok(Test::Thread(value.to_owned())),
        "socket" => value.trim_start_matches(['s', 'S']).parse().ok().map(|id| Test::Socket(SocketId(id))).ok_or_else(bad),
        "peer" => Ok(Test::Peer(peer(value))),
        "call" => {
            let calls = || Call::ALL.iter().map(|call| call.name());
            Call::by_name(&value.to_ascii_lowercase()).map(Test::Call).ok_or_else(|| unknown(nearest(value, calls())))
        }
        "dir" => match value.to_ascii_lowercase().as_str() {
            "sent" | "send" | "out" => Ok(Test::Direction(Direction::Sent)),
            "received" | "recv" | "in" => Ok(Test::Direction(Direction::Received)),
            _ => Err(unknown(nearest(value, ["sent", "received"]))),
        },
        "errno" => errno(value).ok_or_else(|| unknown(nearest(value, Errno::names()))),
        "hex" => hex(value).map(Test::Hex).ok_or_else(bad),
        _ => Err(bad()),
    }
}

/// An address, a host, a port with or without its colon; what is none of these is compared with the whole address as it is written.
fn peer(value: &str) -> PeerTest {
    if let Ok(address) = value.parse::<SocketAddr>() {
        PeerTest::Whole(address)
    } else if let Ok(host) = value.trim_matches(['[', ']']).parse::<IpAddr>() {
        PeerTest::Host(host)
    } else if let Ok(port) = value.trim_start_matches(':').parse::<u16>() {
        PeerTest::Port(port)
    } else {
        PeerTest::Written(value.to_owned())
    }
}

fn errno(value: &str) -> Option<Test> {
    let named = Errno::by_name(&value.to_ascii_uppercase());
    named.or_else(|| value.parse().ok().filter(|code| *code != 0).map(Errno::from_code)).map(Test::Errno)
}

/// The bytes that `value` writes in hexadecimal, at least one.
pub(super) fn hex(value: &str) -> Option<Vec<u8>> {
    wire::hex::parse(value).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_where_and_what_was_expected() {
        for (text, position, key) in [
            ("porgram:x", 0, "trace-filter-nearest"),
            ("再见 zzzzzzzz:x", 3, "trace-filter-key"),
            ("call:send,rcv", 10, "trace-filter-nearest"),
            ("  -call:rcv", 8, "trace-filter-nearest"),
            ("dir:up", 4, "trace-filter-name"),
            ("errno:EADDRINUSED", 6, "trace-filter-nearest"),
            ("hex:0", 4, "trace-filter-hex"),
            ("hex:\"0 00\"", 4, "trace-filter-hex"),
            ("socket:x", 7, "trace-filter-socket"),
            ("call:", 0, "trace-filter-missing"),
            ("call:send,", 10, "trace-filter-missing"),
            ("a -", 2, "trace-filter-missing"),
            ("a \"b c", 2, "trace-filter-quote"),
        ] {
            let error = Filter::parse(text).expect_err(text);
            assert_eq!((error.position, error.message().key()), (position, key), "{text}: {}", error.message());
        }
        let error = Filter::parse("errno:EADDRINUSED").expect_err("a name that is not one");
        assert!(error.message().to_string().contains("EADDRINUSE?"), "{}", error.message());
    }

    #[test]
    fn keys_and_their_values_are_read() {
        assert!(Filter::parse(" \t").unwrap().is_empty());
        let filter = Filter::parse("call:send,recv Call:poll -call:close a failed \"failed\"").unwrap();
        let term = |not, any| Term { not, any };
        assert_eq!(
            filter.terms,
            [
                term(false, vec![Test::Call(Call::Send), Test::Call(Call::Recv), Test::Call(Call::Poll)]),
                term(true, vec![Test::Call(Call::Close)]),
                term(false, vec![Test::Words("a".into())]),
                term(false, vec![Test::Failed]),
                term(false, vec![Test::Words("failed".into())]),
            ]
        );
        for key in KEYS {
            let error = Filter::parse(&format!("{key}:")).expect_err("no value");
            assert!(matches!(error.reason, Reason::Missing(_)));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-a-z:\", \\[\\]0-9再]{0,24}") {
            if let Err(error) = Filter::parse(&text) {
                proptest::prop_assert!(error.position <= text.chars().count(), "{error:?}");
            }
        }
    }
}
