//! Bytes as Python writes them: `b'a\x00'`. Read as Python reads them, written as its `repr` does.

use std::fmt::Write as _;

use super::Position;
use crate::text;
use crate::text::Message;

/// Why a text is no bytes of Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It does not begin with `b'` or `b"`.
    NoBytes,
    /// The quote that ends it is missing.
    Open(Position),
    /// Something stands behind it.
    More(Position),
    /// A character that is none of ASCII.
    NotAscii(Position, char),
    /// `\x` without two hex digits behind it.
    Hex(Position),
}

impl Error {
    /// The sentence.
    pub fn message(self) -> Message {
        match self {
            Self::NoBytes => text!("wire-literal-none"),
            Self::Open(_) => text!("wire-literal-open"),
            Self::More(at) => text!("wire-literal-more", column = at.column),
            Self::NotAscii(at, found) => text!("wire-literal-ascii", column = at.column, found = found.to_string()),
            Self::Hex(at) => text!("wire-escape-byte", column = at.column),
        }
    }
}

/// Whether `text` begins as bytes of Python do.
pub fn begins(text: &str) -> bool {
    let text = text.trim_start();
    ["b'", "b\"", "B'", "B\""].iter().any(|start| text.starts_with(start))
}

/// The bytes that `text` writes.
///
/// # Errors
/// The first character that does not fit, with its place.
pub fn parse(text: &str) -> Result<Vec<u8>, Error> {
    if !begins(text) {
        return Err(Error::NoBytes);
    }
    let mut rest = text.char_indices().skip_while(|(_, character)| character.is_whitespace()).skip(1).peekable();
    let Some((_, quote)) = rest.next() else { return Err(Error::NoBytes) };
    let at = |offset| Position::of(text, offset);
    let mut bytes = Vec::with_capacity(text.len());
    while let Some((offset, character)) = rest.next() {
        match character {
            _ if character == quote => {
                let more = rest.find(|(_, character)| !character.is_whitespace());
                return more.map_or(Ok(bytes), |(offset, _)| Err(Error::More(at(offset))));
            }
            '\n' | '\r' => return Err(Error::Open(at(offset))),
            '\\' => {
                let Some((_, escape)) = rest.next() else { return Err(Error::Open(at(offset))) };
                let single = match escape {
                    '\\' | '\'' | '"' => escape as u8,
                    'a' => 7,
                    'b' => 8,
                    't' => b'\t',
                    'n' => b'\n',
                    'v' => 11,
                    'f' => 12,
                    'r' => b'\r',
                    '0'..='7' => {
                        let mut number = escape as u32 - '0' as u32;
                        for _ in 0..2 {
                            let Some((_, digit)) = rest.next_if(|(_, next)| next.is_digit(8)) else { break };
                            number = number * 8 + digit as u32 - '0' as u32;
                        }
                        number as u8
                    }
                    'x' => {
                        let mut digit = || rest.next().and_then(|(_, digit)| digit.to_digit(16));
                        let (high, low) = (digit(), digit());
                        let byte = high.zip(low).map(|(high, low)| (high * 16 + low) as u8);
                        byte.ok_or_else(|| Error::Hex(at(offset)))?
                    }
                    // Python leaves what is no escape as it stands.
                    other if other.is_ascii() => {
                        bytes.push(b'\\');
                        other as u8
                    }
                    other => return Err(Error::NotAscii(at(offset + 1), other)),
                };
                bytes.push(single);
            }
            _ if character.is_ascii() => bytes.push(character as u8),
            _ => return Err(Error::NotAscii(at(offset), character)),
        }
    }
    Err(Error::Open(at(text.len())))
}

/// The bytes as `repr` of Python writes them. [`parse`] reads it back.
pub fn format(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut text = format!("b{quote}");
    for byte in bytes {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'\t' => text.push_str("\\t"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            byte if char::from(*byte) == quote => {
                text.push('\\');
                text.push(quote);
            }
            b' '..=b'~' => text.push(char::from(*byte)),
            byte => drop(write!(text, "\\x{byte:02x}")),
        }
    }
    text.push(quote);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_are_read_as_python_reads_them() {
        for (text, bytes) in [
            ("b''", &b""[..]),
            (" b'abc' ", b"abc"),
            (r#"b"it's""#, b"it's"),
            (r"b'\x00\xff\n\r\t\\\'\a\b\v\f'", b"\0\xff\n\r\t\\'\x07\x08\x0b\x0c"),
            (r"b'\0\12\377\400\1234'", b"\0\n\xff\0S4"),
            (r"b'\q'", b"\\q"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn an_error_says_where() {
        let at = |offset, column| Position { offset, column };
        for (text, error) in [
            ("abc", Error::NoBytes),
            ("'abc'", Error::NoBytes),
            ("", Error::NoBytes),
            ("b", Error::NoBytes),
            ("b'abc", Error::Open(at(5, 6))),
            (r"b'abc\'", Error::Open(at(7, 8))),
            ("b'a' b", Error::More(at(5, 6))),
            ("b'你'", Error::NotAscii(at(2, 3), '你')),
            (r"b'a\x4'", Error::Hex(at(3, 4))),
            (r"b'\你'", Error::NotAscii(at(3, 4), '你')),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
            assert!(!error.message().to_string().contains('⟨'), "{text}");
        }
    }

    #[test]
    fn bytes_are_written_as_repr_does() {
        for (bytes, text) in
            [(&b"a'b"[..], r#"b"a'b""#), (b"a'\"b", r#"b'a\'"b'"#), (b"\0\t\n\r\\\x7f\xff~", r"b'\x00\t\n\r\\\x7f\xff~'"), (b"", "b''")]
        {
            assert_eq!(format(bytes), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(parse(&format(&bytes)), Ok(bytes));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String, inner in r#"(\\[abtnvfrx0-9"'\\]{0,3}|[a-z你'"]){0,9}"#) {
            for text in [text, format!("b'{inner}'"), format!("b\"{inner}")] {
                if let Ok(bytes) = parse(&text) {
                    prop_assert!(bytes.len() <= text.len());
                }
            }
        }
    }
}
