//! A body in chunks (RFC 9112, section 7.1), read piece by piece: each chunk is a size in hexadecimal, a line end, so many bytes and a line end; an empty one is
//! the last, after which trailers may come.

use super::Malformed;

/// The longest line before a chunk, with what may stand behind the size, in bytes.
const LONGEST_LINE: u32 = 1024;
/// All trailers together, in bytes.
const LONGEST_TRAILERS: u32 = 8 << 10;

/// What a run of bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The line that states the size of a chunk, or a part of it.
    Size,
    /// Bytes of the body.
    Data,
    /// The line end behind a chunk.
    Border,
    /// What follows the last chunk, to the blank line that ends the message.
    Trailers,
}

/// How far such a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunked(State);

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// In the line of the size: what it says so far, how many digits and bytes were read, whether what follows the digits has begun, and whether a CR was.
    Size { size: u64, digits: u32, read: u32, extends: bool, cr: bool },
    /// So many bytes of the chunk are to come.
    Data(u64),
    /// The line end behind a chunk; whether its CR was read.
    Border(bool),
    /// In a line of the trailers: its length, that of all, and whether a CR was read.
    Trailers { line: u32, read: u32, cr: bool },
    /// The body has ended.
    Done,
}

const SIZE: State = State::Size { size: 0, digits: 0, read: 0, extends: false, cr: false };

impl Default for Chunked {
    fn default() -> Self {
        Self(SIZE)
    }
}

impl Chunked {
    /// Whether the last chunk and what follows it were read.
    pub fn is_done(&self) -> bool {
        self.0 == State::Done
    }

    /// The size of the chunk whose line was read last, or is being read.
    pub const fn size(&self) -> Option<u64> {
        match self.0 {
            State::Size { size, .. } | State::Data(size) => Some(size),
            State::Border(_) => None,
            State::Trailers { .. } | State::Done => Some(0),
        }
    }

    /// The next part at the beginning of `bytes`, and how long it is there; none where they are used up, or the body has ended.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<(Part, usize)>, Malformed> {
        if bytes.is_empty() || self.is_done() {
            return Ok(None);
        }
        if let State::Data(left) = self.0 {
            let length = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
            let left = left - length as u64;
            self.0 = if left == 0 { State::Border(false) } else { State::Data(left) };
            return Ok(Some((Part::Data, length)));
        }
        let part = match self.0 {
            State::Size { .. } => Part::Size,
            State::Border(_) => Part::Border,
            _ => Part::Trailers,
        };
        let mut taken = 0;
        for byte in bytes {
            let ends = self.step(*byte)?;
            taken += 1;
            if ends {
                break;
            }
        }
        Ok(Some((part, taken)))
    }

    /// Takes in one byte that is none of the body; returns whether its part ends with it.
    fn step(&mut self, byte: u8) -> Result<bool, Malformed> {
        self.0 = match self.0 {
            State::Size { size, cr: true, .. } if byte == b'\n' => {
                self.0 = if size == 0 { State::Trailers { line: 0, read: 0, cr: false } } else { State::Data(size) };
                return Ok(true);
            }
            State::Size { read: LONGEST_LINE.., .. } | State::Size { cr: true, .. } => return Err(Malformed::ChunkSize),
            State::Size { size, digits, read, extends, .. } => {
                let digit = char::from(byte).to_digit(16).filter(|_| !extends);
                match (byte, digit) {
                    (_, Some(digit)) if digits < 16 => {
                        State::Size { size: size << 4 | u64::from(digit), digits: digits + 1, read: read + 1, extends, cr: false }
                    }
                    (b'\r', _) if digits > 0 => State::Size { size, digits, read: read + 1, extends, cr: true },
                    (b';', _) if digits > 0 => State::Size { size, digits, read: read + 1, extends: true, cr: false },
                    (b'\t' | b' '..=b'~' | 0x80.., _) if extends => State::Size { size, digits, read: read + 1, extends, cr: false },
                    _ => return Err(Malformed::ChunkSize),
                }
            }
            State::Border(false) if byte == b'\r' => State::Border(true),
            State::Border(true) if byte == b'\n' => {
                self.0 = SIZE;
                return Ok(true);
            }
            State::Border(_) => return Err(Malformed::ChunkEnd),
            State::Trailers { line: 0, cr: true, .. } if byte == b'\n' => {
                self.0 = State::Done;
                return Ok(true);
            }
            State::Trailers { read, cr: true, .. } if byte == b'\n' => State::Trailers { line: 0, read: read + 1, cr: false },
            State::Trailers { read: LONGEST_TRAILERS.., .. } | State::Trailers { cr: true, .. } => return Err(Malformed::Trailers),
            State::Trailers { line, read, .. } => match byte {
                b'\r' => State::Trailers { line, read: read + 1, cr: true },
                b'\t' | b' '..=b'~' | 0x80.. => State::Trailers { line: line + 1, read: read + 1, cr: false },
                _ => return Err(Malformed::Trailers),
            },
            // Neither is stepped through.
            State::Data(_) | State::Done => return Ok(true),
        };
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The body, how many bytes were taken, and whether it has ended; `piece` bytes are given at a time.
    fn read(bytes: &[u8], piece: usize) -> Result<(Vec<u8>, usize, bool), Malformed> {
        let (mut chunked, mut body, mut taken) = (Chunked::default(), Vec::new(), 0);
        for mut rest in bytes.chunks(piece) {
            while let Some((part, length)) = chunked.take(rest)? {
                assert!(length > 0);
                if part == Part::Data {
                    body.extend_from_slice(&rest[..length]);
                }
                taken += length;
                rest = &rest[length..];
            }
        }
        Ok((body, taken, chunked.is_done()))
    }

    #[test]
    fn chunks_are_the_same_however_they_come() {
        let bytes = b"5\r\nhello\r\n00A;name=\"x\"\r\n, world!!!\r\n0\r\nTrailer: 1\r\n\r\nnext";
        for piece in 1..bytes.len() {
            assert_eq!(read(bytes, piece), Ok((b"hello, world!!!".to_vec(), bytes.len() - 4, true)), "{piece}");
        }
        assert_eq!(read(b"5\r\nhel", 2), Ok((b"hel".to_vec(), 6, false)));
    }

    #[test]
    fn what_is_no_chunk_is_refused() {
        let long = format!("1;{}\r\n", "x".repeat(2000));
        let trailers = format!("0\r\n{}", "A: 1\r\n".repeat(2000));
        for (bytes, malformed) in [
            ("\r\n", Malformed::ChunkSize),
            ("-1\r\n", Malformed::ChunkSize),
            ("0x5\r\nhello\r\n", Malformed::ChunkSize),
            ("5 \r\nhello\r\n", Malformed::ChunkSize),
            ("5\nhello\r\n", Malformed::ChunkSize),
            ("5\rhello\r\n", Malformed::ChunkSize),
            ("g\r\n", Malformed::ChunkSize),
            ("11111111111111111\r\n", Malformed::ChunkSize),
            ("1;a\0\r\n", Malformed::ChunkSize),
            (&long, Malformed::ChunkSize),
            ("5\r\nhello!\r\n", Malformed::ChunkEnd),
            ("5\r\nhello\n", Malformed::ChunkEnd),
            ("0\r\na\0", Malformed::Trailers),
            ("0\r\na\rb", Malformed::Trailers),
            (&trailers, Malformed::Trailers),
        ] {
            assert_eq!(read(bytes.as_bytes(), 7), Err(malformed), "{bytes:.40}");
        }
        assert_eq!(read(b"ffffffffffffffff\r\nabc", 3), Ok((b"abc".to_vec(), 21, false)), "a chunk without end is only awaited");
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_in_without_a_panic(bytes in "[0-9a-fg;\r\n\u{0}x]{0,60}", piece in 1_usize..20) {
            let (whole, parts) = (read(bytes.as_bytes(), 100), read(bytes.as_bytes(), piece));
            prop_assert_eq!(whole, parts);
        }
    }
}
