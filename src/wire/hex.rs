//! Bytes written as hex digits, as people type them and as a dump shows them.

use std::fmt::Write as _;

use super::Position;
use crate::text;
use crate::text::Message;

/// The bytes of one line of a dump.
pub const LINE: usize = 16;

/// Why a text is not a row of bytes in hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// A character that is neither a hex digit nor stands between bytes.
    NotADigit(Position, char),
    /// A byte has one digit only; here it begins.
    HalfAByte(Position),
}

impl Error {
    /// Where it stands.
    pub const fn position(self) -> Position {
        match self {
            Self::NotADigit(position, _) | Self::HalfAByte(position) => position,
        }
    }

    /// The sentence.
    pub fn message(self) -> Message {
        match self {
            Self::NotADigit(at, found) => text!("wire-hex-digit", column = at.column, found = found.escape_debug().to_string()),
            Self::HalfAByte(at) => text!("wire-hex-half", column = at.column),
        }
    }
}

/// The bytes that `text` writes in hex.
///
/// Takes what people have at hand: `00 ff`, `00ff`, `0x00, 0xFF`, `00:ff`, `\x00\xff`; two digits a byte, one where `0x` stands before it.
///
/// # Errors
/// The first character that does not fit, with its place.
pub fn parse(text: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut rest = text.char_indices().peekable();
    while let Some((at, first)) = rest.next() {
        if is_between(first) {
            continue;
        }
        let next = rest.peek().map(|(_, next)| *next);
        if matches!((first, next), ('0', Some('x' | 'X')) | ('\\', Some('x'))) {
            rest.next();
            // `0x` alone has no digit: the error stands at what follows it.
            let Some((at, digit)) = rest.next() else { return Err(Error::HalfAByte(Position::of(text, at))) };
            let high = value(text, at, digit)?;
            match rest.peek().and_then(|(_, next)| next.to_digit(16)) {
                Some(low) => {
                    rest.next();
                    bytes.push(high << 4 | low as u8);
                }
                None => bytes.push(high),
            }
            continue;
        }
        let high = value(text, at, first)?;
        match rest.next() {
            Some((_, between)) if is_between(between) => return Err(Error::HalfAByte(Position::of(text, at))),
            Some((at, second)) => bytes.push(high << 4 | value(text, at, second)?),
            None => return Err(Error::HalfAByte(Position::of(text, at))),
        }
    }
    Ok(bytes)
}

/// Whether a character may stand between two bytes.
fn is_between(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';' | ':' | '-')
}

/// The value of the digit that stands at `at`.
fn value(text: &str, at: usize, digit: char) -> Result<u8, Error> {
    digit.to_digit(16).map(|value| value as u8).ok_or_else(|| Error::NotADigit(Position::of(text, at), digit))
}

/// The bytes as a lab file writes them: `00 ff`. [`parse`] reads it back.
pub fn format(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        let space = if index == 0 { "" } else { " " };
        write!(text, "{space}{byte:02x}").ok();
    }
    text
}

/// The lines of a dump, 16 bytes each: offset, bytes, and those characters of ASCII that can be seen.
///
/// `0000  68 65 6c 6c 6f 0a                                 hello.`: as hexdump(1) writes them, with at least four digits of offset.
pub fn dump(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    let digits = if bytes.len() > 0x1_0000 { 8 } else { 4 };
    bytes.chunks(LINE).enumerate().map(move |(line, bytes)| {
        let seen: String = bytes.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' }).collect();
        format!("{:0digits$x}  {:<47}  {seen}", line * LINE, format(bytes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_of_writing_bytes_is_read() {
        for text in ["00 ff 1A", "00ff1a", "0x00,0xFF,0x1a", "0x00ff1a", "00:ff:1a", "\\x00\\xff\\x1a", " 00-ff;1a\n"] {
            assert_eq!(parse(text), Ok(vec![0x00, 0xff, 0x1a]), "{text}");
        }
        assert_eq!(parse(""), Ok(Vec::new()));
        assert_eq!(parse("0x0, 0xa"), Ok(vec![0, 10]));
    }

    #[test]
    fn an_error_says_where() {
        let at = |offset, column| Position { offset, column };
        for (text, error) in [
            ("00 fg", Error::NotADigit(at(4, 5), 'g')),
            ("00 f", Error::HalfAByte(at(3, 4))),
            ("0 1", Error::HalfAByte(at(0, 1))),
            ("00，ff", Error::NotADigit(at(2, 3), '，')),
            ("０0", Error::NotADigit(at(0, 1), '０')),
            ("0x", Error::HalfAByte(at(0, 1))),
            ("ff 0xz", Error::NotADigit(at(5, 6), 'z')),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
            assert_eq!(error.position().column, text[..error.position().offset].chars().count() + 1);
        }
        assert_eq!(Error::NotADigit(at(4, 5), 'g').message().to_string(), "character 5, “g”, is not a hex digit");
    }

    #[test]
    fn a_dump_has_sixteen_bytes_a_line() {
        let bytes: Vec<u8> = (0x18..0x3a).collect();
        let lines: Vec<String> = dump(&bytes).collect();
        assert_eq!(
            lines,
            [
                "0000  18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27  ........ !\"#$%&'",
                "0010  28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37  ()*+,-./01234567",
                "0020  38 39                                            89",
            ]
        );
        assert!(dump(&vec![0; 0x1_0001]).last().is_some_and(|line| line.starts_with("00010000  00 ")));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(parse(&format(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(dump(&bytes).count(), bytes.len().div_ceil(LINE));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            if let Err(error) = parse(&text) {
                prop_assert!(text.is_char_boundary(error.position().offset));
                prop_assert!(!error.message().to_string().contains('⟨'));
            }
        }
    }
}
