//! The head of a message: its first line and its headers.

use httparse::{EMPTY_HEADER, Error, Status};

use super::Malformed;
use crate::wire::{Charset, preview};

/// The most headers of one message.
pub const MOST_HEADERS: usize = 100;
/// How much of what is wrong is shown, in characters.
const SHOWN: usize = 40;

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From client to server.
    Request,
    /// From server to client.
    Answer,
}

/// The first line of a message, without its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    /// A request line.
    Request {
        /// What is to be done: `GET`.
        method: String,
        /// With what: `/index.html`.
        target: String,
    },
    /// A status line.
    Answer {
        /// Three digits.
        status: u16,
        /// What they mean, as the server puts it; may be empty.
        reason: String,
    },
}

/// The head of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The first line.
    pub first: First,
    /// The version is HTTP/1.`minor`: 0 or 1.
    pub minor: u8,
    /// The headers in their order: names as they were written, values without the blanks around them.
    pub headers: Vec<(String, Vec<u8>)>,
    /// How long it is with the blank line that ends it, in bytes.
    pub length: usize,
}

/// A part of what is wrong, fit to be shown.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    preview(bytes, Charset::Utf8, SHOWN).text
}

impl Head {
    /// The head at the beginning of `bytes`; none while more of it must come.
    ///
    /// # Errors
    /// What is wrong with it, as soon as that is seen.
    pub fn parse(side: Side, bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut headers = [EMPTY_HEADER; MOST_HEADERS];
        let failed = |error| malformed(side, bytes, error);
        match side {
            Side::Request => {
                let mut request = httparse::Request::new(&mut headers);
                let Status::Complete(length) = request.parse(bytes).map_err(failed)? else { return Ok(None) };
                let (method, target) = (request.method.unwrap_or_default().to_owned(), request.path.unwrap_or_default().to_owned());
                Ok(Some(Self::of(First::Request { method, target }, request.version, request.headers, length)))
            }
            Side::Answer => {
                let mut answer = httparse::Response::new(&mut headers);
                let Status::Complete(length) = answer.parse(bytes).map_err(failed)? else { return Ok(None) };
                let (status, reason) = (answer.code.unwrap_or_default(), answer.reason.unwrap_or_default().to_owned());
                Ok(Some(Self::of(First::Answer { status, reason }, answer.version, answer.headers, length)))
            }
        }
    }

    fn of(first: First, minor: Option<u8>, headers: &[httparse::Header<'_>], length: usize) -> Self {
        let headers = headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec())).collect();
        Self { first, minor: minor.unwrap_or_default(), headers, length }
    }

    /// The method of a request.
    pub fn method(&self) -> Option<&str> {
        match &self.first {
            First::Request { method, .. } => Some(method),
            First::Answer { .. } => None,
        }
    }

    /// The status of an answer.
    pub const fn status(&self) -> Option<u16> {
        match &self.first {
            First::Answer { status, .. } => Some(*status),
            First::Request { .. } => None,
        }
    }

    /// The values of all headers of that name, in whatever case it was written.
    pub fn values<'head>(&'head self, name: &'head str) -> impl Iterator<Item = &'head [u8]> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// The elements of all headers of that name, which are lists with commas (RFC 9110, section 5.6.1), in lower case.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.values(name).map(String::from_utf8_lossy).collect::<Vec<_>>();
        let elements = values.iter().flat_map(|value| value.split(','));
        elements.map(|element| element.trim_matches([' ', '\t']).to_ascii_lowercase()).filter(|element| !element.is_empty()).collect()
    }

    /// Whether the connection may carry another message after this one (RFC 9112, section 9.3).
    pub fn keeps_alive(&self) -> bool {
        let wishes = self.list("connection");
        let has = |wish: &str| wishes.iter().any(|known| known == wish);
        !has("close") && (self.minor >= 1 || has("keep-alive"))
    }
}

/// What the parser met, as it is told.
fn malformed(side: Side, bytes: &[u8], error: Error) -> Malformed {
    match error {
        Error::HeaderName => Malformed::Name,
        Error::HeaderValue => Malformed::Value,
        Error::NewLine => Malformed::LineEnd,
        Error::TooManyHeaders => Malformed::ManyHeaders(MOST_HEADERS),
        Error::Version => version(side, bytes).map_or(Malformed::Line, |found| Malformed::Version(excerpt(found))),
        Error::Status | Error::Token => Malformed::Line,
    }
}

/// What stands in the place of the version, where it looks like one.
fn version(side: Side, bytes: &[u8]) -> Option<&[u8]> {
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let line = bytes.get(begin..)?.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let mut words = line.split(|byte| *byte == b' ');
    let word = if side == Side::Request { words.next_back()? } else { words.next()? };
    word.strip_prefix(b"HTTP/")?.first().is_some_and(u8::is_ascii_digit).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn request(text: &str) -> Result<Option<Head>, Malformed> {
        Head::parse(Side::Request, text.as_bytes())
    }

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let text = "GET /a?b=1 HTTP/1.1\r\nHost: x\r\nAccept:  */* \r\nEmpty:\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(request(&text[..end]), Ok(None), "{end}");
        }
        let head = request(&format!("{text}body")).unwrap().unwrap();
        assert_eq!(head.first, First::Request { method: "GET".into(), target: "/a?b=1".into() });
        assert_eq!((head.minor, head.length, head.values("ACCEPT").next()), (1, text.len(), Some(&b"*/*"[..])));
        let answer = Head::parse(Side::Answer, b"HTTP/1.0 404 Not Found\nA: 1\n\n").unwrap().unwrap();
        assert_eq!((answer.first, answer.minor), (First::Answer { status: 404, reason: "Not Found".into() }, 0));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_status() {
        let long = "A: 1\r\n".repeat(MOST_HEADERS + 1);
        for (text, malformed, status) in [
            ("GET /\r\n\r\n", Malformed::Line, 400),
            ("\0\0\0\0", Malformed::Line, 400),
            ("GET / HTTP/2.0\r\n\r\n", Malformed::Version("HTTP/2.0".into()), 505),
            ("GET / HTTX/1.1\r\n\r\n", Malformed::Line, 400),
            ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", Malformed::Name, 400),
            ("GET / HTTP/1.1\r\nHost\r\n\r\n", Malformed::Name, 400),
            ("GET / HTTP/1.1\r\nA: 1\r\n folded\r\n\r\n", Malformed::Name, 400),
            ("GET / HTTP/1.1\r\nA: a\0b\r\n\r\n", Malformed::Value, 400),
            (&format!("GET / HTTP/1.1\r\n{long}\r\n"), Malformed::ManyHeaders(MOST_HEADERS), 431),
        ] {
            assert_eq!(request(text), Err(malformed.clone()), "{text:?}");
            assert_eq!(malformed.status(), status);
        }
    }

    #[test]
    fn who_keeps_the_connection_is_said_by_version_and_header() {
        for (version, header, keeps) in [
            ("1.1", "", true),
            ("1.0", "", false),
            ("1.1", "Connection: close\r\n", false),
            ("1.1", "Connection: x, Close\r\n", false),
            ("1.0", "Connection: Keep-Alive\r\n", true),
            ("1.0", "Connection: keep-alive\r\nconnection: close\r\n", false),
        ] {
            let head = request(&format!("GET / HTTP/{version}\r\n{header}\r\n")).unwrap().unwrap();
            assert_eq!(head.keeps_alive(), keeps, "{version} {header}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, tail: Vec<u8>) {
            for begin in [&b""[..], b"GET / HTTP/1.1\r\n", b"HTTP/1.1 200 OK\r\nA: "] {
                let bytes = [begin, &bytes, b"\r\n\r\n", &tail].concat();
                for side in [Side::Request, Side::Answer] {
                    if let Ok(Some(head)) = Head::parse(side, &bytes) {
                        prop_assert!(head.length <= bytes.len() && head.headers.len() <= MOST_HEADERS && head.minor <= 1);
                    }
                }
            }
        }
    }
}
