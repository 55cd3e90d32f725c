//! The memory of what calls moved: how much of it is kept, and where.
//!
//! What a thread does between a receive and its answer delays the answer: for most payloads nothing is allocated. (With glibc a thread's memory grows by a system
//! call for every few pages, which costs more than a datagram.)

use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};

use super::record::Payload;

/// The length from which comparing a payload with the one before it costs less than another copy.
const WORTH_SHARING: usize = 32;
/// The size of a lane's first and of its largest block of payloads, in bytes. A block stays while one of its payloads does; each is twice as large as the one
/// before, so that a lane never holds much more than it was given.
const BLOCKS: (usize, usize) = (512, 1 << 20);

/// How much of each payload is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// All of it.
    #[default]
    All,
    /// The first so many bytes of each call.
    First(u32),
    /// Only its length.
    None,
}

impl Keep {
    fn part_of(self, bytes: &[u8]) -> &[u8] {
        match self {
            Self::All => bytes,
            Self::First(most) => bytes.get(..most as usize).unwrap_or(bytes),
            Self::None => &[],
        }
    }
}

/// Bytes that a call moved, of which the trace is to keep its part.
#[derive(Clone, Copy, Debug)]
pub struct Moved<'bytes> {
    bytes: &'bytes [u8],
    full_len: u32,
    is_sent_on: bool,
}

impl<'bytes> Moved<'bytes> {
    /// So many bytes that nobody has seen, since the system threw them away.
    pub const fn unseen(count: usize) -> Self {
        Self { bytes: &[], full_len: count as u32, is_sent_on: false }
    }

    /// Bytes that are about to be sent on: whoever ends the call is given the memory in which the trace keeps them, where that is worth it, and where they are
    /// sent from there they are known again without looking at each.
    pub fn to_be_sent_on(bytes: &'bytes [u8]) -> Self {
        Self { is_sent_on: true, ..bytes.into() }
    }
}

impl<'bytes> From<&'bytes [u8]> for Moved<'bytes> {
    fn from(bytes: &'bytes [u8]) -> Self {
        Self { bytes, full_len: bytes.len() as u32, is_sent_on: false }
    }
}

/// The memory of the payloads of one thread.
#[derive(Debug, Default)]
pub(super) struct Payloads {
    /// The latest payload that is worth it: an echo sends what it received, and need not be kept twice.
    latest: Bytes,
    /// What is free of the block that payloads are put into.
    block: BytesMut,
    /// The size of that block.
    size: usize,
}

impl Payloads {
    /// Keeps the part of what was moved that is to be kept, in the memory of the payload before it where they are equal. Returns beside it the whole of it, where it
    /// is to be sent on from there.
    pub(super) fn take_in(&mut self, moved: Moved<'_>, keep: Keep) -> (Payload, Option<Bytes>) {
        let bytes = self.keep(keep.part_of(moved.bytes));
        let is_worth_it = moved.is_sent_on && bytes.len() >= WORTH_SHARING && bytes.len() == moved.full_len as usize;
        let to_send = is_worth_it.then(|| bytes.clone());
        (Payload { bytes, full_len: moved.full_len }, to_send)
    }

    fn keep(&mut self, bytes: &[u8]) -> Bytes {
        if bytes.len() < WORTH_SHARING {
            return self.put(bytes);
        }
        // What lies at the same place is the same: nobody can change it there.
        if !std::ptr::eq(&raw const *self.latest, bytes) && self.latest != bytes {
            self.latest = self.put(bytes);
        }
        self.latest.clone()
    }

    fn put(&mut self, bytes: &[u8]) -> Bytes {
        let (least, most) = BLOCKS;
        if bytes.len() > most / 4 {
            return Bytes::copy_from_slice(bytes);
        }
        if self.block.capacity() < bytes.len() {
            // Several of its size fit: the rest of the block before is given up.
            self.size = (self.size * 2).max(bytes.len() * 4).clamp(least, most);
            self.block = BytesMut::with_capacity(self.size);
        }
        self.block.extend_from_slice(bytes);
        self.block.split().freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_echo_is_kept_once() {
        for (keep, kept) in [(Keep::All, 4_096), (Keep::First(1_000), 1_000), (Keep::First(10), 10)] {
            let (first, other) = (vec![7; 4_096], vec![8; 4_096]);
            let mut payloads = Payloads::default();
            let (received, to_send) = payloads.take_in(Moved::to_be_sent_on(&first), keep);
            let (sent, next) = (payloads.take_in(first[..].into(), keep), payloads.take_in(other[..].into(), keep));
            assert_eq!((&*sent.0.bytes, sent.0.full_len, sent.1), (&first[..kept], 4_096, None));
            assert_eq!((&*next.0.bytes, next.0.full_len), (&other[..kept], 4_096));
            assert_eq!(received.bytes.as_ptr() == sent.0.bytes.as_ptr(), kept >= WORTH_SHARING);
            assert_eq!(to_send.is_some_and(|bytes| bytes.as_ptr() == received.bytes.as_ptr()), kept == first.len());
            assert_ne!(sent.0.bytes.as_ptr(), next.0.bytes.as_ptr());
        }
    }

    #[test]
    fn short_payloads_lie_side_by_side_and_stay_what_they_are() {
        let mut payloads = Payloads::default();
        let bytes = |n: usize| vec![n as u8; n % WORTH_SHARING];
        let kept = (0..2_000).map(|n| payloads.take_in(bytes(n)[..].into(), Keep::All).0.bytes).collect::<Vec<_>>();
        assert!(kept.iter().enumerate().all(|(n, payload)| *payload == bytes(n)));
        let joined = |pair: &[Bytes]| pair[0].as_ptr().wrapping_add(pair[0].len()) == pair[1].as_ptr();
        assert!(kept.windows(2).filter(|pair| joined(pair)).count() > 1_900);
    }
}
