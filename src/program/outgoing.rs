//! What a program sends of its own accord: text, bytes or a file, how often, and whether it waits for a reply.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::text;
use crate::text::Message;
use crate::trace::Errno;
use crate::wire::{Charset, Position, escape, hex};

/// The largest file that is sent as one message, in bytes: it is held in memory, and in the trace.
pub const MOST_FILE: u64 = 256_000_000;

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
    /// The contact of a udp-client whom it goes to; none for whom the client asks.
    pub to: Option<String>,
}

impl Outgoing {
    /// `data`, sent once, with a wait for the reply.
    pub fn new(data: Data) -> Self {
        Self { data, repeat: 1, every: Duration::ZERO, wait_reply: true, to: None }
    }
}

/// The bytes of a message, as a person states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Data {
    /// Text, sent exactly as it stands, in UTF-8 where nothing else is stated: escapes were resolved by whoever read it (TOML in a lab file, [`Data::typed`] in a field).
    Text(String),
    /// Bytes, stated in hexadecimal.
    Hex(Vec<u8>),
    /// The content of a file, read when the message is due.
    File(PathBuf),
}

/// What is wrong with the [`Data`] a person stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataError {
    /// The text has no bytes, and where: an escape that is none, or a character that the character set lacks.
    Text(escape::Error),
    /// It is no row of bytes in hexadecimal, and where.
    Hex(hex::Error),
    /// The file cannot be read.
    File(PathBuf, Errno),
    /// It is a folder, a device or a pipe.
    NoFile(PathBuf),
    /// It is larger than 256 MB.
    TooLarge(PathBuf),
}

impl DataError {
    /// Where in what was typed it stands.
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::Text(error) => Some(error.position()),
            Self::Hex(error) => Some(error.position()),
            Self::File(..) | Self::NoFile(_) | Self::TooLarge(_) => None,
        }
    }

    /// What is wrong, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Text(error) => error.message(),
            Self::Hex(error) => error.message(),
            Self::File(path, errno) => text!("program-data-file", path = path.display().to_string(), errno = errno.name()),
            Self::NoFile(path) => text!("program-data-no-file", path = path.display().to_string()),
            Self::TooLarge(path) => text!("program-data-too-large", path = path.display().to_string(), most = MOST_FILE / 1_000_000),
        }
    }
}

impl Data {
    /// What a person typed in `charset`, with its escapes resolved. What is no UTF-8, by `\xff` or by the character set, becomes [`Data::Hex`].
    ///
    /// # Errors
    /// [`DataError::Text`].
    pub fn typed(text: &str, charset: Charset) -> Result<Self, DataError> {
        let bytes = escape::parse_in(text, charset).map_err(DataError::Text)?;
        Ok(String::from_utf8(bytes).map_or_else(|error| Self::Hex(error.into_bytes()), Self::Text))
    }

    /// Bytes as a person states them in hexadecimal: `00 ff`, `0x00, 0xff`, `00:FF`.
    ///
    /// # Errors
    /// [`DataError::Hex`].
    pub fn hex(text: &str) -> Result<Self, DataError> {
        hex::parse(text).map(Self::Hex).map_err(DataError::Hex)
    }

    /// The bytes that are to be sent. Reads the file, where it is one.
    ///
    /// # Errors
    /// [`DataError::File`], [`DataError::NoFile`], [`DataError::TooLarge`].
    pub fn bytes(&self) -> Result<Bytes, DataError> {
        self.bytes_in(Charset::Utf8)
    }

    /// As [`bytes`](Self::bytes), with text in this character set.
    ///
    /// # Errors
    /// As there, and [`DataError::Text`] where the character set lacks a character.
    pub fn bytes_in(&self, charset: Charset) -> Result<Bytes, DataError> {
        match self {
            Self::Text(text) => match charset.encode(text) {
                Ok(bytes) => Ok(Bytes::copy_from_slice(&bytes)),
                Err(missing) => Err(DataError::Text(escape::Error::Charset(missing.position, missing.character, missing.charset))),
            },
            Self::Hex(bytes) => Ok(Bytes::copy_from_slice(bytes)),
            Self::File(path) => read(path),
        }
    }
}

/// How large a file is that is to be sent, in bytes, and the first `most` of them.
///
/// # Errors
/// As [`Data::bytes`], but a file may be of any size: what is too large for one message may go in pieces.
pub fn look_at(path: &Path, most: u64) -> Result<(u64, Bytes), DataError> {
    let failed = |error: io::Error| DataError::File(path.to_owned(), Errno::of(&error));
    let kind = path.metadata().map_err(failed)?;
    // A pipe or a device is refused: reading it could take for ever.
    if !kind.is_file() {
        return Err(DataError::NoFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok((kind.len().max(bytes.len() as u64), bytes.into()))
}

/// A whole file.
fn read(path: &Path) -> Result<Bytes, DataError> {
    match look_at(path, 0)? {
        (length, _) if length > MOST_FILE => Err(DataError::TooLarge(path.to_owned())),
        _ => look_at(path, MOST_FILE).map(|(_, bytes)| bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_bytes_or_says_where_not() {
        assert_eq!(Data::typed(r"\u{518d}见\n", Charset::Utf8), Ok(Data::Text("再见\n".to_owned())));
        assert_eq!(Data::typed(r"\xff.", Charset::Utf8), Ok(Data::Hex(vec![0xff, b'.'])));
        assert_eq!(Data::typed("你", Charset::Gbk), Ok(Data::Hex(vec![0xc4, 0xe3])));
        assert_eq!(Data::hex("00 ff:1A"), Ok(Data::Hex(vec![0, 0xff, 0x1a])));
        let column = |error: Result<Data, DataError>| error.err().and_then(|error| error.position()).map(|at| at.column);
        assert_eq!(column(Data::typed(r"ab\q", Charset::Utf8)), Some(3));
        assert_eq!(column(Data::typed("ab你", Charset::Latin1)), Some(3));
        assert_eq!(column(Data::hex("00 f")), Some(4));
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
