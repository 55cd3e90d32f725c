//! Character sets: text to bytes and back, and which bytes make which character.
//!
//! The tables are those of the Encoding Standard of the WHATWG (crate `encoding_rs`), with two differences: Latin-1 is ISO 8859-1 and not
//! windows-1252, and a character that would not come back as itself counts as missing.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use encoding_rs::{DecoderResult, Encoding};
use serde::{Deserialize, Serialize};

use super::Position;
use crate::text;
use crate::text::Message;

/// A character set that a program may speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Charset {
    /// UTF-8 (RFC 3629).
    #[default]
    Utf8,
    /// GBK, the encoding of simplified Chinese on older systems; holds all of GB 2312.
    Gbk,
    /// GB 18030, which has every character of Unicode in one, two or four bytes.
    Gb18030,
    /// Big5, with the additions of Hong Kong.
    Big5,
    /// Shift-JIS.
    ShiftJis,
    /// UTF-16, the low byte first, without a mark.
    Utf16Le,
    /// UTF-16, the high byte first (network order), without a mark.
    Utf16Be,
    /// ISO 8859-1: each byte is the character of that number.
    Latin1,
}

/// The name a lab file writes, then other names that people write.
const NAMES: &[(Charset, &[&str])] = &[
    (Charset::Utf8, &["UTF-8", "utf8"]),
    (Charset::Gbk, &["GBK", "gb2312", "gb-2312", "cp936"]),
    (Charset::Gb18030, &["GB18030", "gb-18030"]),
    (Charset::Big5, &["Big5", "big-5", "big5-hkscs"]),
    (Charset::ShiftJis, &["Shift-JIS", "shift_jis", "sjis", "cp932"]),
    (Charset::Utf16Le, &["UTF-16LE", "utf16le", "utf-16-le"]),
    (Charset::Utf16Be, &["UTF-16BE", "utf16be", "utf-16-be"]),
    (Charset::Latin1, &["Latin-1", "latin1", "iso-8859-1", "iso8859-1"]),
];

/// A character that a character set lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where in the text it stands.
    pub position: Position,
    /// The character.
    pub character: char,
    /// What lacks it.
    pub charset: Charset,
}

impl Missing {
    /// The sentence.
    pub fn message(self) -> Message {
        missing(self.position.column, self.character, self.charset)
    }
}

pub(super) fn missing(column: usize, character: char, charset: Charset) -> Message {
    text!("wire-charset-missing", column = column, character = character.to_string(), charset = charset.name())
}

impl Charset {
    /// All of them, in the order in which a person is offered them.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(charset, _)| *charset)
    }

    /// The name as a lab file writes it: `UTF-8`, `GBK`.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(charset, _)| *charset == self).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// The character set of this name, in capitals or not; other usual names (`gb2312`, `latin1`) are understood too.
    pub fn by_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name))).map(|(charset, _)| *charset)
    }

    /// Its tables; Latin-1 needs none.
    fn encoding(self) -> Option<&'static Encoding> {
        Some(match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gbk => encoding_rs::GBK,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Latin1 => return None,
        })
    }

    /// The bytes of `text`, without a byte order mark.
    ///
    /// # Errors
    /// The first character that this character set lacks.
    pub fn encode(self, text: &str) -> Result<Cow<'_, [u8]>, Missing> {
        let bytes = match self {
            Self::Utf8 => return Ok(Cow::Borrowed(text.as_bytes())),
            Self::Utf16Le => return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Self::Utf16Be => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::Latin1 => text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect::<Option<_>>(),
            _ => self.by_table(text),
        };
        bytes.map(Cow::Owned).ok_or_else(|| self.first_missing(text))
    }

    /// The bytes of `text`; none where any character is missing, or would come back as another (Shift-JIS writes a yen sign as a backslash).
    fn by_table(self, text: &str) -> Option<Vec<u8>> {
        let (bytes, _, any_missing) = self.encoding()?.encode(text);
        (!any_missing && self.decode(&bytes) == text).then(|| bytes.into_owned())
    }

    fn first_missing(self, text: &str) -> Missing {
        let lacks = |character: char| match self {
            Self::Latin1 => u32::from(character) > 0xff,
            _ => self.by_table(character.encode_utf8(&mut [0; 4])).is_none(),
        };
        // Where each character by itself could be encoded the text could too, so that one is found.
        let (offset, character) = text.char_indices().find(|(_, character)| lacks(*character)).unwrap_or_default();
        Missing { position: Position::of(text, offset), character, charset: self }
    }

    /// The text of `bytes`; what is no character becomes U+FFFD. A byte order mark is a character like any other.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.encoding() {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
        }
    }

    /// The characters of `bytes` in order, each with the bytes that make it. The ranges join without a gap.
    pub fn cells(self, bytes: &[u8]) -> Cells<'_> {
        Cells { charset: self, bytes, at: 0 }
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Bytes that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which bytes.
    pub range: Range<usize>,
    /// What they are.
    pub meaning: Meaning,
}

/// What the bytes of a [`Cell`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A character; two in the few places where Big5 has a letter with its accent.
    Text(char, Option<char>),
    /// No character begins or goes on like that.
    Invalid,
    /// The beginning of a character; the bytes end before it does.
    Cut,
}

/// The characters of some bytes; made by [`Charset::cells`].
#[derive(Clone, Debug)]
pub struct Cells<'bytes> {
    charset: Charset,
    bytes: &'bytes [u8],
    at: usize,
}

impl Cells<'_> {
    /// The length and the meaning of what `rest` begins with. `rest` is not empty.
    fn first(&self, rest: &[u8]) -> (usize, Meaning) {
        let wide = matches!(self.charset, Charset::Utf16Le | Charset::Utf16Be);
        let first = rest.first().copied().unwrap_or_default();
        let Some(encoding) = self.charset.encoding().filter(|_| wide || !first.is_ascii()) else {
            return (1, Meaning::Text(char::from(first), None));
        };
        // A new decoder for each character, fed byte by byte, tells where the character ends; the standard's rules say what is an error.
        let mut decoder = encoding.new_decoder_without_bom_handling();
        for (index, byte) in rest.iter().enumerate() {
            let mut text = [0; 16];
            let (result, _, written) = decoder.decode_to_utf8_without_replacement(std::slice::from_ref(byte), &mut text, false);
            if let DecoderResult::Malformed(length, _) = result {
                return (usize::from(length).clamp(1, rest.len()), Meaning::Invalid);
            }
            let mut text = text.get(..written).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default().chars();
            if let Some(character) = text.next() {
                return (index + 1, Meaning::Text(character, text.next()));
            }
        }
        (rest.len(), Meaning::Cut)
    }
}

impl Iterator for Cells<'_> {
    type Item = Cell;

    fn next(&mut self) -> Option<Cell> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (length, meaning) = self.first(rest);
        let range = self.at..self.at + length;
        self.at = range.end;
        Some(Cell { range, meaning })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meanings(charset: Charset, bytes: &[u8]) -> Vec<(Range<usize>, String)> {
        let word = |meaning| match meaning {
            Meaning::Text(first, second) => [Some(first), second].into_iter().flatten().collect(),
            Meaning::Invalid => "invalid".to_owned(),
            Meaning::Cut => "cut".to_owned(),
        };
        charset.cells(bytes).map(|cell| (cell.range, word(cell.meaning))).collect()
    }

    #[test]
    fn the_table_names_each_once() {
        for charset in Charset::all() {
            assert_eq!(Charset::by_name(charset.name()), Some(charset));
            assert_eq!(Charset::by_name(&charset.name().to_lowercase()), Some(charset));
        }
        let mut names: Vec<_> = NAMES.iter().flat_map(|(_, names)| *names).map(|name| name.to_lowercase()).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "a name stands for one character set");
        assert_eq!(Charset::by_name("gb2312"), Some(Charset::Gbk));
        assert_eq!(Charset::by_name("klingon"), None);
    }

    /// The bytes are those that Python's codecs write.
    #[test]
    fn each_writes_its_own_bytes() {
        for (charset, text, bytes) in [
            (Charset::Utf8, "你好", &b"\xe4\xbd\xa0\xe5\xa5\xbd"[..]),
            (Charset::Gbk, "你好", b"\xc4\xe3\xba\xc3"),
            (Charset::Gb18030, "好😀", b"\xba\xc3\x94\x39\xfc\x36"),
            (Charset::Big5, "你好", b"\xa7\x41\xa6\x6e"),
            (Charset::ShiftJis, "日本ｱ", b"\x93\xfa\x96\x7b\xb1"),
            (Charset::Utf16Le, "a好😀", b"a\0\x7d\x59\x3d\xd8\x00\xde"),
            (Charset::Utf16Be, "a好😀", b"\0a\x59\x7d\xd8\x3d\xde\x00"),
            (Charset::Latin1, "é\u{80}", b"\xe9\x80"),
        ] {
            assert_eq!(charset.encode(text).as_deref(), Ok(bytes), "{charset}");
            assert_eq!(charset.decode(bytes), text, "{charset}");
        }
    }

    #[test]
    fn a_missing_character_is_named() {
        for (charset, text, offset, column, character) in [
            (Charset::Gbk, "好a😀", 4, 3, '😀'),
            (Charset::Latin1, "é€", 2, 2, '€'),
            (Charset::ShiftJis, "a¥", 1, 2, '¥'),
            (Charset::Big5, "们", 0, 1, '们'),
        ] {
            let position = Position { offset, column };
            assert_eq!(charset.encode(text), Err(Missing { position, character, charset }));
        }
        let missing = Charset::Gbk.encode("好a😀").expect_err("no such character");
        assert_eq!(missing.message().to_string(), "GBK has no character “😀” (character 3 of the text)");
    }

    #[test]
    fn bytes_group_into_characters() {
        let own =
            |cells: &[(Range<usize>, &str)]| cells.iter().map(|(range, text)| (range.clone(), (*text).to_owned())).collect::<Vec<_>>();
        for (charset, bytes, cells) in [
            (Charset::Utf8, &b"a\xe4\xbd\xa0\xc3\xa9"[..], own(&[(0..1, "a"), (1..4, "你"), (4..6, "é")])),
            (Charset::Utf8, b"\xe4\xbd", own(&[(0..2, "cut")])),
            (Charset::Utf8, b"\xe4\xbdx", own(&[(0..2, "invalid"), (2..3, "x")])),
            (Charset::Utf8, b"\xff\xc0\x80", own(&[(0..1, "invalid"), (1..2, "invalid"), (2..3, "invalid")])),
            (Charset::Utf8, b"\xf0\x9f\x98\x80\xf0\x9f", own(&[(0..4, "😀"), (4..6, "cut")])),
            // The second half of 你 and the first of 好: a border at an odd byte shifts all that follows in GBK, though not in UTF-8.
            (Charset::Gbk, b"\xe3\xba\xc3", own(&[(0..2, "愫"), (2..3, "cut")])),
            (Charset::Gb18030, b"\x94\x39\xfc\x36\x94\x39", own(&[(0..4, "😀"), (4..6, "cut")])),
            (Charset::Gb18030, b"\x81\x30\x81", own(&[(0..3, "cut")])),
            (Charset::Big5, b"\x88\x62", own(&[(0..2, "Ê\u{304}")])),
            (Charset::Utf16Le, b"a\0\x3d\xd8\x00\xde\x3d", own(&[(0..2, "a"), (2..6, "😀"), (6..7, "cut")])),
            (Charset::Utf16Be, b"\xde\x00\0a", own(&[(0..2, "invalid"), (2..4, "a")])),
            (Charset::Latin1, b"\xe9\n", own(&[(0..1, "é"), (1..2, "\n")])),
        ] {
            assert_eq!(meanings(charset, bytes), cells, "{charset} {bytes:x?}");
        }
    }

    proptest! {
        #[test]
        fn what_can_be_written_is_read_back(text: String, chinese in "[一-龥ぁ-んa-z]{0,20}") {
            for charset in Charset::all() {
                for text in [&text, &chinese] {
                    match charset.encode(text) {
                        Ok(bytes) => prop_assert_eq!(&charset.decode(&bytes), text),
                        Err(missing) => prop_assert!(text[missing.position.offset..].starts_with(missing.character)),
                    }
                }
            }
        }

        #[test]
        fn cells_cover_any_bytes_and_agree_with_the_text(bytes: Vec<u8>) {
            for charset in Charset::all() {
                let mut end = 0;
                let mut text = String::new();
                for cell in charset.cells(&bytes) {
                    prop_assert_eq!(cell.range.start, end);
                    prop_assert!(cell.range.end > end);
                    end = cell.range.end;
                    match cell.meaning {
                        Meaning::Text(first, second) => text.extend([Some(first), second].into_iter().flatten()),
                        Meaning::Invalid | Meaning::Cut => text.push('\u{fffd}'),
                    }
                }
                prop_assert_eq!(end, bytes.len());
                prop_assert_eq!(text, charset.decode(&bytes), "{}", charset);
            }
        }
    }
}
