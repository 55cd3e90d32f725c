//! The bytes of a file on their way into packets and out of them: as they are, or as text (netascii).

use std::io::{self, Cursor};

use bytes::Bytes;

use super::denied::Denied;
use super::kept::Part;
use super::outgoing::Data;
use super::root::Source;
use super::upload::Upload;
use crate::wire::tftp::Mode;
use crate::wire::tftp::netascii::{Decoder, Encoder};

/// How much of a file is read at once before it is encoded, in bytes.
const PIECE: usize = 16 << 10;

/// What is sent.
#[derive(Debug)]
pub(super) struct Reader {
    from: From,
    text: Option<Encoding>,
}

#[derive(Debug)]
enum From {
    File(Source),
    Bytes(Cursor<Bytes>),
}

/// What was read of a text and not yet encoded.
#[derive(Debug, Default)]
struct Encoding {
    encoder: Encoder,
    piece: Vec<u8>,
    /// How much of the piece was taken.
    taken: usize,
    is_at_end: bool,
}

impl Reader {
    /// A file, to be sent in this mode.
    pub(super) fn of(source: Source, mode: Mode) -> Self {
        Self::new(From::File(source), mode)
    }

    /// What a person states: a file, text or bytes.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub(super) fn of_data(data: &Data, mode: Mode) -> Result<Self, Denied> {
        let from = match data {
            Data::File(path) => From::File(Source::at(path)?),
            Data::Text(text) => From::Bytes(Cursor::new(Bytes::copy_from_slice(text.as_bytes()))),
            Data::Hex(bytes) => From::Bytes(Cursor::new(Bytes::copy_from_slice(bytes))),
        };
        Ok(Self::new(from, mode))
    }

    fn new(from: From, mode: Mode) -> Self {
        Self { from, text: (mode == Mode::Netascii).then(Encoding::default) }
    }

    /// How many bytes will be sent; none where that is not known before (a text grows by its line ends).
    pub(super) fn length(&self) -> Option<u64> {
        let length = match &self.from {
            From::File(source) => source.length(),
            From::Bytes(bytes) => bytes.get_ref().len() as u64,
        };
        self.text.is_none().then_some(length)
    }

    /// Puts the next bytes into `room`, fewer than fit only at the end; returns how many.
    ///
    /// # Errors
    /// The file could not be read.
    pub(super) fn fill(&mut self, room: &mut [u8]) -> Result<usize, Denied> {
        match &mut self.text {
            None => self.from.fill(room),
            Some(encoding) => encoding.fill(&mut self.from, room),
        }
    }
}

impl From {
    fn fill(&mut self, room: &mut [u8]) -> Result<usize, Denied> {
        match self {
            Self::File(source) => source.fill(room),
            Self::Bytes(bytes) => io::Read::read(bytes, room).map_err(|error| Denied::of("read", &error)),
        }
    }
}

impl Encoding {
    fn fill(&mut self, from: &mut From, room: &mut [u8]) -> Result<usize, Denied> {
        let mut filled = 0;
        while let Some(rest) = room.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            if self.taken >= self.piece.len() && !self.is_at_end {
                self.piece.resize(PIECE, 0);
                let length = from.fill(&mut self.piece)?;
                self.is_at_end = length < PIECE;
                self.piece.truncate(length);
                self.taken = 0;
            }
            let (taken, written) = self.encoder.encode(self.piece.get(self.taken..).unwrap_or_default(), rest);
            self.taken += taken;
            filled += written;
            if written == 0 && self.is_at_end && self.taken >= self.piece.len() {
                break;
            }
        }
        Ok(filled)
    }
}

/// Where a file goes.
#[derive(Debug)]
pub(super) enum Place {
    /// To where it is to stand.
    Upload(Upload),
    /// Among those that a person may save.
    Kept(Part),
    /// Nowhere: its bytes are counted.
    Nowhere,
}

/// Where what is received goes.
#[derive(Debug)]
pub(super) struct Writer {
    to: Place,
    text: Option<Decoder>,
    decoded: Vec<u8>,
    length: u64,
}

impl Writer {
    /// Into this place.
    pub(super) fn new(to: Place, mode: Mode) -> Self {
        Self { to, text: (mode == Mode::Netascii).then(Decoder::default), decoded: Vec::new(), length: 0 }
    }

    /// How many bytes of the file have come.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Appends what a packet brought.
    ///
    /// # Errors
    /// The disk is full, or the file larger than it may be.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Denied> {
        match &mut self.text {
            None => put(&mut self.to, &mut self.length, bytes),
            Some(decoder) => {
                self.decoded.clear();
                decoder.decode(bytes, &mut self.decoded);
                put(&mut self.to, &mut self.length, &self.decoded)
            }
        }
    }

    /// All has come: the file is put in its place.
    ///
    /// # Errors
    /// The disk is full, or another file has taken the place.
    pub(super) fn finish(&mut self) -> Result<(), Denied> {
        if let Some(decoder) = &mut self.text {
            self.decoded.clear();
            decoder.finish(&mut self.decoded);
            put(&mut self.to, &mut self.length, &self.decoded)?;
        }
        match std::mem::replace(&mut self.to, Place::Nowhere) {
            Place::Upload(upload) => upload.finish(),
            Place::Kept(part) => part.finish(),
            Place::Nowhere => Ok(()),
        }
    }
}

fn put(to: &mut Place, length: &mut u64, bytes: &[u8]) -> Result<(), Denied> {
    *length += bytes.len() as u64;
    match to {
        Place::Upload(upload) => upload.write(bytes),
        Place::Kept(part) => part.write(bytes),
        Place::Nowhere => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(bytes: &[u8], mode: Mode, block: usize) -> Vec<u8> {
        let mut reader = Reader::of_data(&Data::Hex(bytes.to_vec()), mode).unwrap();
        let (mut sent, mut room) = (Vec::new(), vec![0; block]);
        loop {
            let length = reader.fill(&mut room).unwrap();
            sent.extend_from_slice(&room[..length]);
            if length < block {
                return sent;
            }
        }
    }

    #[test]
    fn text_is_the_same_wherever_blocks_end() {
        let lines = b"a\nb\r\n\r".repeat(9_000);
        let expected = sent(&lines, Mode::Netascii, 1 << 20);
        assert_eq!(&expected[..8], b"a\r\nb\r\0\r\n");
        for block in [8, 511, 512, 1428] {
            assert!(sent(&lines, Mode::Netascii, block) == expected, "{block}");
            assert!(sent(&lines, Mode::Octet, block) == lines, "{block}");
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("text");
            let mut writer = Writer::new(Place::Upload(Upload::at(&path).unwrap()), Mode::Netascii);
            for piece in expected.chunks(block) {
                writer.write(piece).unwrap();
            }
            writer.finish().unwrap();
            assert!(std::fs::read(&path).unwrap() == lines && writer.length() == lines.len() as u64, "{block}");
        }
    }

    #[test]
    fn only_octets_have_a_length_that_is_known_before() {
        let length = |mode| Reader::of_data(&Data::Text("a\nb".to_owned()), mode).unwrap().length();
        assert_eq!((length(Mode::Octet), length(Mode::Netascii)), (Some(3), None));
    }
}
