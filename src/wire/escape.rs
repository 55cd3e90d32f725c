//! Text with escapes: how a person types bytes that no key has, and how such bytes are shown.
//!
//! `\n \r \t \0 \\ \" \'`, `\xNN` for one byte and `\u{...}` for one character, as in Rust and, but for `\u`, as in C and Python.

use std::fmt::Write as _;

use super::Position;
use super::charset::{self, Charset};
use crate::text;
use crate::text::Message;

/// Why a text with escapes has no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// No escape begins like that.
    Unknown(Position, char),
    /// The text ends within an escape.
    Unfinished(Position),
    /// `\x` without two hex digits behind it.
    Byte(Position),
    /// `\u` without `{`, hex digits and `}` behind it, or with a number that is no character.
    Character(Position),
    /// The character set lacks a character.
    Charset(Position, char, Charset),
}

impl Error {
    /// Where it stands.
    pub const fn position(self) -> Position {
        match self {
            Self::Unknown(at, _) | Self::Unfinished(at) | Self::Byte(at) | Self::Character(at) | Self::Charset(at, ..) => at,
        }
    }

    /// The sentence.
    pub fn message(self) -> Message {
        let column = self.position().column;
        match self {
            Self::Unknown(_, found) => text!("wire-escape-unknown", column = column, found = found.escape_debug().to_string()),
            Self::Unfinished(_) => text!("wire-escape-unfinished", column = column),
            Self::Byte(_) => text!("wire-escape-byte", column = column),
            Self::Character(_) => text!("wire-escape-character", column = column),
            Self::Charset(_, character, charset) => charset::missing(column, character, charset),
        }
    }
}

/// The bytes of a text with escapes, in UTF-8.
///
/// # Errors
/// The first escape that is none, with its place.
pub fn parse(text: &str) -> Result<Vec<u8>, Error> {
    parse_in(text, Charset::Utf8)
}

/// The bytes of a text with escapes in `charset`. `\xNN` is that byte in every character set.
///
/// # Errors
/// The first escape that is none, or the first character that `charset` lacks, with its place.
pub fn parse_in(text: &str, charset: Charset) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.find('\\') {
        let (plain, escape) = rest.split_at(next);
        let at = text.len() - rest.len();
        encode(plain, charset, &mut bytes, |offset| Position::of(text, at + offset))?;
        let here = Position::of(text, at + next);
        let (what, length) = one(escape, here)?;
        match what {
            Escaped::Byte(byte) => bytes.push(byte),
            Escaped::Character(character) => encode(character.encode_utf8(&mut [0; 4]), charset, &mut bytes, |_| here)?,
        }
        rest = escape.get(length..).unwrap_or_default();
    }
    let at = text.len() - rest.len();
    encode(rest, charset, &mut bytes, |offset| Position::of(text, at + offset))?;
    Ok(bytes)
}

fn encode(plain: &str, charset: Charset, to: &mut Vec<u8>, place: impl Fn(usize) -> Position) -> Result<(), Error> {
    let bytes = charset.encode(plain).map_err(|error| Error::Charset(place(error.position.offset), error.character, charset))?;
    to.extend_from_slice(&bytes);
    Ok(())
}

enum Escaped {
    Byte(u8),
    Character(char),
}

/// The escape at the beginning of `text`, and its length in bytes.
fn one(text: &str, at: Position) -> Result<(Escaped, usize), Error> {
    let character = match text.get(1..).and_then(|rest| rest.chars().next()) {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('0') => '\0',
        Some(same @ ('\\' | '"' | '\'')) => same,
        Some('x') => {
            let digits = text.get(2..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())).ok_or(Error::Byte(at))?;
            return u8::from_str_radix(digits, 16).map(|byte| (Escaped::Byte(byte), 4)).or(Err(Error::Byte(at)));
        }
        Some('u') => {
            let digits =
                text.get(2..).and_then(|rest| rest.strip_prefix('{')).and_then(|rest| rest.split_once('}')).map(|(digits, _)| digits);
            let digits = digits.filter(|digits| matches!(digits.len(), 1..=6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
            let character = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
            let length = digits.map_or(0, str::len) + r"\u{}".len();
            return character.map(|character| (Escaped::Character(character), length)).ok_or(Error::Character(at));
        }
        Some(other) => return Err(Error::Unknown(at, other)),
        None => return Err(Error::Unfinished(at)),
    };
    Ok((Escaped::Character(character), 2))
}

/// The bytes as a text with escapes: characters of UTF-8 that can be seen as they are, all else escaped. [`parse`] reads it back.
pub fn format(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if character == '\\' {
                text.push_str("\\\\");
            } else if !push_escape(&mut text, character) {
                text.push(character);
            }
        }
        for byte in chunk.invalid() {
            push_byte(&mut text, *byte);
        }
    }
    text
}

/// Writes `character` as an escape where it cannot be seen or would disturb the line, and says whether it did.
pub(super) fn push_escape(to: &mut String, character: char) -> bool {
    match character {
        '\n' => to.push_str("\\n"),
        '\r' => to.push_str("\\r"),
        '\t' => to.push_str("\\t"),
        '\0' => to.push_str("\\0"),
        '\x01'..='\x1f' | '\x7f' => push_byte(to, character as u8),
        // Other controls, line ends, and what has no width or turns the direction of writing: they would make a row say what it does not hold.
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            write!(to, "\\u{{{:x}}}", character as u32).ok();
        }
        _ => return false,
    }
    true
}

/// Writes a byte that is part of no character: `\xff`.
pub(super) fn push_byte(to: &mut String, byte: u8) {
    write!(to, "\\x{byte:02x}").ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_escape_is_read() {
        for (text, bytes) in [
            ("plain 你", "plain 你".as_bytes()),
            (r"a\r\n\t\0\\\x22", b"a\r\n\t\0\\\""),
            (r#"\"\'"#, b"\"'"),
            (r"\xff\x00z", b"\xff\0z"),
            (r"\u{4f60}\u{a}", "你\n".as_bytes()),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(bytes), "{text}");
        }
        assert_eq!(parse_in(r"你\x80\u{597d}", Charset::Gbk), Ok(b"\xc4\xe3\x80\xba\xc3".to_vec()));
    }

    #[test]
    fn an_error_says_where() {
        let at = |offset, column| Position { offset, column };
        for (text, error) in [
            (r"ab\q", Error::Unknown(at(2, 3), 'q')),
            (r"你\", Error::Unfinished(at(3, 2))),
            (r"\x4", Error::Byte(at(0, 1))),
            (r"\x4g", Error::Byte(at(0, 1))),
            (r"\x+1", Error::Byte(at(0, 1))),
            (r"\x你", Error::Byte(at(0, 1))),
            (r"\u4f60", Error::Character(at(0, 1))),
            (r"\u{}", Error::Character(at(0, 1))),
            (r"a\u{d800}", Error::Character(at(1, 2))),
            (r"\u{110000}", Error::Character(at(0, 1))),
            (r"\u{4f60", Error::Character(at(0, 1))),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
            assert!(!error.message().to_string().contains('⟨'), "{text}");
        }
        assert_eq!(parse_in(r"a\nb你", Charset::Latin1), Err(Error::Charset(at(4, 5), '你', Charset::Latin1)));
        assert_eq!(parse_in(r"a\u{4f60}", Charset::Latin1), Err(Error::Charset(at(1, 2), '你', Charset::Latin1)));
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(format(b"a\tb\\\x1b\xff\xe4\xbd"), r"a\tb\\\x1b\xff\xe4\xbd");
        assert_eq!(format("你\u{202e}好\u{85}".as_bytes()), r"你\u{202e}好\u{85}");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(bytes: Vec<u8>, text: String) {
            prop_assert_eq!(parse(&format(&bytes)), Ok(bytes));
            prop_assert_eq!(parse(&format(text.as_bytes())), Ok(text.into_bytes()));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String, escapes in r"(\\[nrt0xu{}0-9a-f\\]{0,9}|你){0,9}") {
            for text in [text, escapes] {
                if let Err(error) = parse(&text) {
                    prop_assert!(text.is_char_boundary(error.position().offset));
                }
            }
        }
    }
}
