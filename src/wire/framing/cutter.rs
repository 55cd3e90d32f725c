//! Where messages end in a stream that comes in pieces: a machine of a few numbers that keeps no byte of it.

use std::sync::Arc;

use super::{Broken, Framing, Order};

/// How far the message is that is under way. Small: a trace keeps one for each receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Its number, from 1.
    pub message: u64,
    /// How many bytes of its frame were taken.
    pub taken: u64,
    /// How many bytes of the delimiter the last ones taken are.
    matched: u32,
    /// The bytes of the number before it, as far as they came.
    header: u64,
    /// Whether it is passed over, and that was told.
    skipped: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { message: 1, taken: 0, matched: 0, header: 0, skipped: false }
    }
}

/// What a piece of a stream holds of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many bytes of the piece belong to the message.
    pub taken: usize,
    /// Whether the message ends with them.
    pub ends: bool,
    /// Whether it is passed over.
    pub skipped: bool,
    /// What turned out to be wrong with it now.
    pub broken: Option<Broken>,
}

/// Finds the borders of messages.
#[derive(Clone, Debug)]
pub struct Cutter {
    framing: Arc<Framing>,
    /// For each place of the delimiter, how much of its beginning the bytes before that place end with (Knuth, Morris, Pratt).
    falls: Arc<[u32]>,
    most: u32,
    state: State,
}

impl Cutter {
    /// At the beginning of a stream so framed, in which no message is longer than `most` bytes.
    pub fn new(framing: Arc<Framing>, most: u32) -> Self {
        let falls = falls(framing.delimiter().unwrap_or_default()).into();
        Self { framing, falls, most, state: State::default() }
    }

    /// The same, as it was in `state`.
    pub fn at(&self, state: State) -> Self {
        Self { state, ..self.clone() }
    }

    /// How far the message is that is under way.
    pub const fn state(&self) -> State {
        self.state
    }

    /// The framing.
    pub const fn framing(&self) -> &Arc<Framing> {
        &self.framing
    }

    /// Takes bytes of `piece` up to the end of the message that is under way; none where the piece is empty.
    pub fn cut(&mut self, piece: &[u8]) -> Option<Cut> {
        if piece.is_empty() {
            return None;
        }
        let mut cut = match self.framing.as_ref() {
            Framing::Fixed(length) => self.take_known(piece, u64::from(*length).max(1), 0),
            Framing::Length(header) => self.take_counted(piece, *header),
            Framing::None | Framing::Delimiter(_) | Framing::Line(_) => self.take_delimited(piece),
        };
        self.state.skipped |= cut.broken.is_some();
        cut.skipped = self.state.skipped;
        if cut.ends {
            self.state = State { message: self.state.message.saturating_add(1), ..State::default() };
        }
        Some(cut)
    }

    /// What is missing where the stream ends now; none where it ends between two messages.
    pub fn unfinished(&self) -> Option<Broken> {
        let State { message, taken, skipped, .. } = self.state;
        if taken == 0 || skipped {
            return None;
        }
        let expected = match self.framing.as_ref() {
            Framing::Fixed(length) => Some(u64::from(*length)),
            Framing::Length(header) if taken >= u64::from(header.width.bytes()) => Some(self.whole(*header).0),
            _ => None,
        };
        let delimiter = self.framing.delimiter().map(<[u8]>::to_vec);
        Some(Broken::Unfinished { message, came: taken, expected, delimiter })
    }

    /// Takes bytes of a frame of `length` bytes, `head` of which are no part of the message.
    fn take_known(&mut self, piece: &[u8], length: u64, head: u8) -> Cut {
        let left = length.saturating_sub(self.state.taken);
        let taken = left.min(piece.len() as u64);
        self.state.taken += taken;
        let body = length - u64::from(head);
        let is_long = body > u64::from(self.most) && !self.state.skipped;
        let broken = is_long.then_some(Broken::Long { message: self.state.message, length: body, most: self.most });
        Cut { taken: taken as usize, ends: self.state.taken >= length, skipped: false, broken }
    }

    fn take_counted(&mut self, piece: &[u8], header: super::Header) -> Cut {
        let width = header.width.bytes();
        let missing = u64::from(width).saturating_sub(self.state.taken) as usize;
        let head = piece.get(..missing.min(piece.len())).unwrap_or_default();
        for byte in head {
            let place = self.state.taken as u32;
            self.state.header = match header.order {
                Order::Big => self.state.header << 8 | u64::from(*byte),
                Order::Little => self.state.header | u64::from(*byte) << (8 * place.min(7)),
            };
            self.state.taken += 1;
        }
        let nothing = Cut { taken: head.len(), ends: false, skipped: false, broken: None };
        if self.state.taken < u64::from(width) {
            return nothing;
        }
        let (length, said) = self.whole(header);
        if length < u64::from(width) {
            let broken = Broken::Header { message: self.state.message, said, least: width };
            return Cut { ends: true, broken: Some(broken), ..nothing };
        }
        let rest = self.take_known(piece.get(head.len()..).unwrap_or_default(), length, width);
        Cut { taken: head.len() + rest.taken, ..rest }
    }

    /// How many bytes the frame has by its number, itself included, and what the number says. Less than the number takes where it is wrong.
    fn whole(&self, header: super::Header) -> (u64, u64) {
        let said = self.state.header;
        (if header.counts_itself { said } else { said.saturating_add(u64::from(header.width.bytes())) }, said)
    }

    fn take_delimited(&mut self, piece: &[u8]) -> Cut {
        let framing = Arc::clone(&self.framing);
        let Some((delimiter, first)) = framing.delimiter().and_then(|delimiter| Some((delimiter, delimiter.first()?))) else {
            self.state.taken += piece.len() as u64;
            return Cut { taken: piece.len(), ends: true, skipped: false, broken: None };
        };
        let mut at = 0;
        while at < piece.len() && (self.state.matched as usize) < delimiter.len() {
            if self.state.matched == 0 {
                let rest = piece.get(at..).unwrap_or_default();
                at += memchr::memchr(*first, rest).unwrap_or(rest.len());
            }
            let Some(byte) = piece.get(at) else { break };
            while self.state.matched > 0 && delimiter.get(self.state.matched as usize) != Some(byte) {
                self.state.matched = self.falls.get(self.state.matched as usize).copied().unwrap_or_default();
            }
            if delimiter.get(self.state.matched as usize) == Some(byte) {
                self.state.matched += 1;
            }
            at += 1;
        }
        self.state.taken = self.state.taken.saturating_add(at as u64);
        let ends = self.state.matched as usize == delimiter.len();
        let body = self.state.taken - u64::from(self.state.matched);
        let is_long = body > u64::from(self.most) && !self.state.skipped;
        let broken = is_long.then(|| Broken::NoDelimiter { message: self.state.message, delimiter: delimiter.to_vec(), most: self.most });
        Cut { taken: at, ends, skipped: false, broken }
    }
}

/// For each number of bytes of `pattern` that match, how many still match when the next does not.
fn falls(pattern: &[u8]) -> Vec<u32> {
    let mut falls = vec![0; pattern.len() + 1];
    let mut matched = 0_usize;
    for (place, byte) in pattern.iter().enumerate().skip(1) {
        while matched > 0 && pattern.get(matched) != Some(byte) {
            matched = falls.get(matched).copied().unwrap_or_default() as usize;
        }
        if pattern.get(matched) == Some(byte) {
            matched += 1;
        }
        if let Some(fall) = falls.get_mut(place + 1) {
            *fall = matched as u32;
        }
    }
    falls
}
