//! The messages of a stream that comes in pieces. Holds what belongs to the message that is under way, and no more of it than the longest may have.

use std::sync::Arc;

use super::{Broken, Cutter, Framing};

/// What a stream turned out to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'buffer> {
    /// A whole message, without its frame.
    Message(&'buffer [u8]),
    /// A message that is passed over.
    Broken(Broken),
}

/// Gives the messages of a stream.
#[derive(Clone, Debug)]
pub struct Decoder {
    cutter: Cutter,
    buffer: Vec<u8>,
    /// Where the message begins that is under way.
    begin: usize,
    /// Up to where bytes were looked at.
    at: usize,
}

impl Decoder {
    /// At the beginning of a stream so framed; a message of more than `most` bytes is passed over.
    pub fn new(framing: &Framing, most: u32) -> Self {
        Self { cutter: Cutter::new(Arc::new(framing.clone()), most), buffer: Vec::new(), begin: 0, at: 0 }
    }

    /// Takes in what came. [`take`](Self::take) is to be called until it gives nothing before more is taken in.
    pub fn feed(&mut self, piece: &[u8]) {
        self.buffer.drain(..self.begin);
        self.at -= self.begin;
        self.begin = 0;
        self.buffer.extend_from_slice(piece);
    }

    /// The next message, or what is wrong with it; none until more comes.
    pub fn take(&mut self) -> Option<Event<'_>> {
        while let Some(cut) = self.cutter.cut(self.buffer.get(self.at..).unwrap_or_default()) {
            self.at += cut.taken;
            let begin = self.begin;
            if cut.ends || cut.skipped {
                self.begin = self.at;
            }
            if let Some(broken) = cut.broken {
                return Some(Event::Broken(broken));
            }
            if cut.ends && !cut.skipped {
                let frame = self.buffer.get(begin..self.at).unwrap_or_default();
                return Some(Event::Message(self.cutter.framing().message(frame)));
            }
        }
        None
    }

    /// What is missing where the stream ends now.
    pub fn unfinished(&self) -> Option<Broken> {
        self.cutter.unfinished()
    }

    /// How many bytes are held.
    pub fn held(&self) -> usize {
        self.buffer.len()
    }
}
