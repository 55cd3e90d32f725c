//! What a program sends of its own accord: text, bytes or a file, how often, and whether it waits for a reply.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;

use crate::text;
use crate::text::Message;
use crate::trace::Errno;

/// The largest file that is sent as one message, in bytes: it is held in memory, and in the trace.
pub(super) const MOST: u64 = 256_000_000;

/// One entry of a client's send list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What is sent.
    pub data: Data,
    /// How often, at least once.
    pub repeat: u32,
    /// The time between the end of one turn and the begin of the next.
    pub every: Duration,
    /// Whether one receive follows each send, before anything else is sent. On TCP that is one recv and not one message: what it leaves behind
    /// (sticky packets) is read by the next one.
    pub wait_reply: bool,
}

impl Outgoing {
    /// `data`, sent once, with a wait for the reply.
    pub fn new(data: Data) -> Self {
        Self { data, repeat: 1, every: Duration::ZERO, wait_reply: true }
    }
}

/// The bytes of a message, as a person states them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// Text, sent as UTF-8 exactly as it stands: escapes were resolved by whoever read it (TOML in a lab file, [`Data::typed`] in a field).
    Text(String),
    /// Bytes, stated in hexadecimal.
    Hex(Vec<u8>),
    /// The content of a file, read when the message is due.
    File(PathBuf),
}

/// What is wrong with the [`Data`] a person stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataError {
    /// A backslash begins no escape that is known; how it goes on.
    Escape(String),
    /// This is no hexadecimal digit.
    Digit(char),
    /// The last byte has one digit only.
    HalfByte,
    /// The file cannot be read.
    File(PathBuf, Errno),
    /// It is a folder, a device or a pipe.
    NoFile(PathBuf),
    /// It is larger than 256 MB.
    TooLarge(PathBuf),
}

impl DataError {
    /// What is wrong, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Escape(rest) => text!("program-data-escape", escape = rest.as_str()),
            Self::Digit(digit) => text!("program-data-digit", digit = digit.to_string()),
            Self::HalfByte => text!("program-data-half-byte"),
            Self::File(path, errno) => text!("program-data-file", path = path.display().to_string(), errno = errno.name()),
            Self::NoFile(path) => text!("program-data-no-file", path = path.display().to_string()),
            Self::TooLarge(path) => text!("program-data-too-large", path = path.display().to_string(), most = MOST / 1_000_000),
        }
    }
}

impl Data {
    /// What a person typed, with its escapes resolved: `\n \r \t \0 \\ \" \xHH \u{H..}`. `\x80` to `\xff` are bytes, not code points: a text that
    /// is no UTF-8 because of them becomes [`Data::Hex`].
    ///
    /// # Errors
    /// [`DataError::Escape`] where a backslash begins something else.
    pub fn typed(text: &str) -> Result<Self, DataError> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, escape)) = rest.split_once('\\') {
            bytes.extend_from_slice(before.as_bytes());
            rest = resolve(escape, &mut bytes)
                .ok_or_else(|| DataError::Escape(format!("\\{}", escape.chars().take(6).collect::<String>())))?;
        }
        bytes.extend_from_slice(rest.as_bytes());
        Ok(String::from_utf8(bytes).map_or_else(|error| Self::Hex(error.into_bytes()), Self::Text))
    }

    /// Bytes stated in hexadecimal, two digits each; blanks, colons and `0x` between them are passed over: `00 ff`, `0x00ff`, `00:FF`.
    ///
    /// # Errors
    /// [`DataError::Digit`], [`DataError::HalfByte`].
    pub fn hex(text: &str) -> Result<Self, DataError> {
        let mut bytes = Vec::with_capacity(text.len() / 2);
        for word in text.split(|c: char| c.is_whitespace() || c == ':').filter(|word| !word.is_empty()) {
            let mut digits = word.strip_prefix("0x").unwrap_or(word).chars().map(|c| c.to_digit(16).ok_or(DataError::Digit(c)));
            while let Some(high) = digits.next() {
                let low = digits.next().ok_or(DataError::HalfByte)?;
                bytes.push((high? * 16 + low?) as u8);
            }
        }
        Ok(Self::Hex(bytes))
    }

    /// The bytes that are to be sent. Reads the file, where it is one.
    ///
    /// # Errors
    /// [`DataError::File`], [`DataError::NoFile`], [`DataError::TooLarge`].
    pub fn bytes(&self) -> Result<Bytes, DataError> {
        match self {
            Self::Text(text) => Ok(Bytes::copy_from_slice(text.as_bytes())),
            Self::Hex(bytes) => Ok(Bytes::copy_from_slice(bytes)),
            Self::File(path) => read(path),
        }
    }
}

/// Resolves the escape at the begin of `text`, which follows a backslash; returns what follows the escape.
fn resolve<'text>(text: &'text str, bytes: &mut Vec<u8>) -> Option<&'text str> {
    let mut rest = text.chars();
    let plain = match rest.next()? {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        '0' => 0,
        '\\' => b'\\',
        '"' => b'"',
        'x' => {
            let digits = rest.as_str().get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            return rest.as_str().get(2..);
        }
        'u' => {
            let (digits, after) = rest.as_str().strip_prefix('{')?.split_once('}')?;
            let code = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            bytes.extend_from_slice(code.encode_utf8(&mut [0; 4]).as_bytes());
            return Some(after);
        }
        _ => return None,
    };
    bytes.push(plain);
    Some(rest.as_str())
}

/// A whole file. A pipe or a device is refused: reading it could take for ever.
fn read(path: &Path) -> Result<Bytes, DataError> {
    let failed = |error: io::Error| DataError::File(path.to_owned(), Errno::of(&error));
    if !path.metadata().map_err(failed)?.is_file() {
        return Err(DataError::NoFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST {
        return Err(DataError::TooLarge(path.to_owned()));
    }
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        for (typed, text) in [
            ("", ""),
            ("plain 再见", "plain 再见"),
            (r"a\nb\r\n\t\0", "a\nb\r\n\t\0"),
            (r#"\\ \""#, "\\ \""),
            (r"\x41\x7a", "Az"),
            (r"\u{518d}\u{1F980}", "再\u{1F980}"),
            (r"\xe5\x86\x8d", "再"),
        ] {
            assert_eq!(Data::typed(typed), Ok(Data::Text(text.to_owned())), "{typed}");
        }
        assert_eq!(Data::typed(r"\xff."), Ok(Data::Hex(vec![0xff, b'.'])));
    }

    #[test]
    fn what_is_no_escape_is_told() {
        for typed in [r"a\", r"\q", r"\x4", r"\x+4", r"\x再", r"\u41", r"\u{110000}", r"\u{d800}", r"\u{41"] {
            assert!(matches!(Data::typed(typed), Err(DataError::Escape(rest)) if rest.starts_with('\\')), "{typed}");
        }
    }

    #[test]
    fn hexadecimal_is_read_as_people_write_it() {
        for text in ["00 ff 1A", "00ff1a", "0x00 0xFF 0x1a", "00:ff:1a", " 00\nff1A "] {
            assert_eq!(Data::hex(text), Ok(Data::Hex(vec![0, 0xff, 0x1a])), "{text}");
        }
        assert_eq!(Data::hex(""), Ok(Data::Hex(Vec::new())));
        assert_eq!(Data::hex("0f f"), Err(DataError::HalfByte));
        assert_eq!(Data::hex("0g"), Err(DataError::Digit('g')));
    }

    #[test]
    fn a_file_is_read_when_it_is_due() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("message.bin");
        let data = Data::File(path.clone());
        assert_eq!(data.bytes(), Err(DataError::File(path.clone(), Errno::by_name("ENOENT").unwrap())));
        std::fs::write(&path, [0, 1, 255]).unwrap();
        assert_eq!(data.bytes().as_deref(), Ok(&[0, 1, 255][..]));
        let folder = folder.path().to_owned();
        assert_eq!(Data::File(folder.clone()).bytes(), Err(DataError::NoFile(folder)));
    }
}
