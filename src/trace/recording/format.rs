//! The bytes of a recording.
//!
//! ```text
//! file   := magic version frame(HEAD) frame(ROWS)* [frame(INDX) frame(DONE)]
//! frame  := kind[4] length u32, first u64, count u32, quiet u32, crc u32 of the body, crc u32 of the head; body[length]
//! ```
//!
//! Numbers are little-endian. Bodies are postcard: HEAD the [`Header`], ROWS `count` records numbered from `first` on, INDX where the frames of rows
//! stand and the names known at the end. DONE has no body; its `first` is where INDX stands. The checksum of a head begins with a number drawn for the file, so
//! that a recording within a payload is never mistaken for a part of this one. A file that was cut off is read by walking from head to head.

use crc32fast::Hasher;
use serde::{Deserialize, Serialize};

use super::Header;
use crate::trace::chunk::Chunk;
use crate::trace::names::Names;
use crate::trace::record::Record;
use crate::trace::store::CHUNK;

/// What every recording begins with. The line ends and the control character show a file that was sent as text (as in PNG).
pub(super) const MAGIC: [u8; 8] = *b"\x89SLab\r\n\x1a";

/// How many bytes of [`MAGIC`] stay as they are in whatever way a file was sent.
pub(super) const NAME: usize = 5;

/// The version of the format: another one for every change to what is stored, the layout of `Record` included. 3 has faults, 4 has framings and calls of readiness, 5
/// the faults of a link and samples, 6 flags of messages and the methods of Python's sockets, 7 the lookup of names, 8 processes, and each is else as the one before.
pub(super) const VERSION: u32 = 8;

/// The oldest version that is read: what came since only adds to it.
pub(super) const OLDEST: u32 = 2;

/// The bytes before the first frame.
pub(super) const PREFIX: u64 = 12;

/// The bytes of a frame's head.
pub(super) const HEAD_LEN: usize = 32;

/// Numbers of rows beyond this were not written by this program; far below where sums of them overflow.
const LAST_NUMBER: u64 = 1 << 53;

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    Head,
    Rows,
    Index,
    Done,
}

impl FrameKind {
    const ALL: [Self; 4] = [Self::Head, Self::Rows, Self::Index, Self::Done];

    pub(super) const fn name(self) -> [u8; 4] {
        match self {
            Self::Head => *b"HEAD",
            Self::Rows => *b"ROWS",
            Self::Index => *b"INDX",
            Self::Done => *b"DONE",
        }
    }
}

/// The head of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) length: u32,
    pub(super) first: u64,
    pub(super) count: u32,
    pub(super) quiet: u32,
    pub(super) crc: u32,
}

impl Frame {
    /// The head of a frame with this body; none where it is longer than a frame can be.
    pub(super) fn of(kind: FrameKind, body: &[u8], first: u64) -> Option<Self> {
        Some(Self { kind, length: u32::try_from(body.len()).ok()?, first, count: 0, quiet: 0, crc: crc32fast::hash(body) })
    }

    pub(super) fn to_bytes(self, salt: u32) -> Vec<u8> {
        let mut bytes = [
            &self.kind.name()[..],
            &self.length.to_le_bytes(),
            &self.first.to_le_bytes(),
            &self.count.to_le_bytes(),
            &self.quiet.to_le_bytes(),
            &self.crc.to_le_bytes(),
        ]
        .concat();
        bytes.extend(Self::check(&bytes, salt).to_le_bytes());
        bytes
    }

    /// The head that `bytes` begins with; none where it is too short or its checksum is wrong.
    pub(super) fn from_bytes(bytes: &[u8], salt: u32) -> Option<Self> {
        let (fields, mut check) = bytes.get(..HEAD_LEN)?.split_at_checked(HEAD_LEN - 4)?;
        let mut rest = fields;
        let name = take::<4>(&mut rest)?;
        let frame = Self {
            kind: FrameKind::ALL.into_iter().find(|kind| kind.name() == name)?,
            length: u32::from_le_bytes(take(&mut rest)?),
            first: u64::from_le_bytes(take(&mut rest)?),
            count: u32::from_le_bytes(take(&mut rest)?),
            quiet: u32::from_le_bytes(take(&mut rest)?),
            crc: u32::from_le_bytes(take(&mut rest)?),
        };
        (u32::from_le_bytes(take(&mut check)?) == Self::check(fields, salt)).then_some(frame)
    }

    /// The checksum of the fields.
    fn check(fields: &[u8], salt: u32) -> u32 {
        let mut hasher = Hasher::new();
        hasher.update(&salt.to_le_bytes());
        hasher.update(fields);
        hasher.finalize()
    }

    pub(super) fn body_fits(&self, body: &[u8]) -> bool {
        body.len() == self.length as usize && crc32fast::hash(body) == self.crc
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

/// Where a frame of rows stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Block {
    /// Of the frame's head, from the start of the file.
    pub(super) offset: u64,
    pub(super) length: u32,
    pub(super) first: u64,
    pub(super) count: u32,
    pub(super) quiet: u32,
    pub(super) crc: u32,
}

impl Block {
    pub(super) const fn of(frame: &Frame, offset: u64) -> Self {
        Self { offset, length: frame.length, first: frame.first, count: frame.count, quiet: frame.quiet, crc: frame.crc }
    }

    pub(super) const fn last(&self) -> u64 {
        self.first + self.count as u64 - 1
    }

    /// Where the frame after it stands.
    pub(super) const fn end(&self) -> u64 {
        self.offset + HEAD_LEN as u64 + self.length as u64
    }

    /// Whether it can be what it says: within the first `limit` bytes of the file, its rows numbered after `last`, and no more of them than its bytes
    /// can hold. Whoever wrote the file, what is allocated for a block is bounded by this.
    pub(super) fn is_sane(&self, last: u64, limit: u64) -> bool {
        self.offset <= limit
            && self.end() <= limit
            && (1..=CHUNK as u32).contains(&self.count)
            && self.count <= self.length
            && self.first > last
            && self.first <= LAST_NUMBER
    }
}

/// The body of INDX.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct IndexBody {
    pub(super) blocks: Vec<Block>,
    pub(super) names: Names,
}

/// The body of HEAD.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HeadBody {
    pub(super) salt: u32,
    pub(super) header: Header,
}

/// A frame of these rows, head and body; none where it would be longer than a frame can be.
pub(super) fn rows_to_bytes(rows: &[Record], salt: u32) -> Option<(Frame, Vec<u8>)> {
    let mut bytes = vec![0; HEAD_LEN];
    for row in rows {
        bytes = postcard::to_extend(row, bytes).ok()?;
    }
    let (head, body) = bytes.split_at_mut_checked(HEAD_LEN)?;
    let frame = Frame {
        count: u32::try_from(rows.len()).ok()?,
        quiet: rows.iter().filter(|row| row.is_quiet()).count() as u32,
        ..Frame::of(FrameKind::Rows, body, rows.first()?.n)?
    };
    head.copy_from_slice(&frame.to_bytes(salt));
    Some((frame, bytes))
}

/// The rows of a block with this body; none where it does not hold them.
pub(super) fn rows_from_bytes(block: &Block, body: &[u8]) -> Option<Chunk> {
    if crc32fast::hash(body) != block.crc {
        return None;
    }
    let mut chunk = Chunk::with_capacity((block.count as usize).min(CHUNK));
    let mut rest = body;
    for n in block.first..=block.last() {
        let (record, after) = postcard::take_from_bytes::<Record>(rest).ok()?;
        if record.n != n {
            return None;
        }
        chunk.push(record);
        rest = after;
    }
    rest.is_empty().then_some(chunk)
}
