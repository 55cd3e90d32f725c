//! The course of one transfer, as the packets tell it that one end of it sent and received.

use super::{End, Pace, Transfer};
use crate::wire::tftp::{ErrorCode, HEADER, OptionName, Options, Packet};

/// The block in a packet: how far a transfer is.
const WRAP: u64 = 1 << 16;

/// The block that `number` on the wire stands for, where `near` is the last one: numbers begin again after 65 535.
pub(super) fn unwrapped(near: u64, number: u16) -> u64 {
    let same = near - near % WRAP + u64::from(number);
    let candidates = [same.checked_sub(WRAP), Some(same), same.checked_add(WRAP)];
    candidates.into_iter().flatten().min_by_key(|block| block.abs_diff(near)).unwrap_or(same)
}

impl Transfer {
    /// Takes in a packet of the transfer. `length` is that of the datagram: its end may not have been kept. `now` is when the call returned.
    pub(super) fn take(&mut self, packet: &Packet<'_>, is_sent: bool, length: u64, now: u64) {
        self.last = now;
        if is_sent && self.doubles > 0 {
            self.doubles -= 1;
            if self.doubles == 0 {
                return;
            }
        }
        match packet {
            Packet::Rrq(request) | Packet::Wrq(request) => self.asks(request.options, is_sent),
            Packet::Oack(options) => self.grants(*options, is_sent),
            Packet::Data { block, .. } => self.data(*block, is_sent, length.saturating_sub(HEADER as u64)),
            Packet::Ack { block } => self.ack(*block, is_sent),
            Packet::Error { code, text } => self.error(*code, text, is_sent),
        }
        self.pace.take(now.saturating_sub(self.since), self.bytes);
    }

    /// A request once more: the same, because nothing came, or without options, because of those.
    fn asks(&mut self, options: Options<'_>, is_sent: bool) {
        self.again(is_sent);
        self.asked = pairs(options);
        self.told_size(options);
    }

    fn grants(&mut self, options: Options<'_>, is_sent: bool) {
        if self.granted.is_some() {
            return self.again(is_sent);
        }
        let number = |option: OptionName| options.get(option).and_then(|value| option.value(value));
        self.blksize = number(OptionName::Blksize).unwrap_or(self.blksize);
        self.windowsize = number(OptionName::Windowsize).unwrap_or(1);
        self.granted = Some(pairs(options));
        self.told_size(options);
    }

    /// The size of the file, where whoever has it says it: a client that reads asks with 0.
    fn told_size(&mut self, options: Options<'_>) {
        let size = options.get(OptionName::Tsize).and_then(|value| OptionName::Tsize.value(value));
        self.size = size.filter(|size| *size > 0 || self.granted.is_some()).or(self.size);
    }

    fn data(&mut self, number: u16, is_sent: bool, length: u64) {
        let block = unwrapped(self.highest, number);
        if self.gives != is_sent {
            // Only one end gives DATA.
            self.strays += 1;
        } else if block <= self.highest {
            self.again(is_sent);
        } else if is_sent || block == self.highest + 1 {
            self.highest = block;
            if !is_sent {
                self.bytes += length;
            }
            if length < self.blksize {
                self.final_block = Some((block, length));
            }
        } else {
            // It shows that those before it were lost, or are late.
            self.gaps += 1;
        }
    }

    fn ack(&mut self, number: u16, is_sent: bool) {
        let block = unwrapped(self.acked, number);
        if self.gives == is_sent || block > self.highest {
            self.strays += 1;
        } else if block < self.acked || block == self.acked && self.has_acked {
            self.again(is_sent);
        } else {
            (self.acked, self.has_acked) = (block, true);
            if self.gives {
                self.bytes = match self.final_block {
                    Some((last, length)) if block == last => (last - 1).saturating_mul(self.blksize) + length,
                    _ => block.saturating_mul(self.blksize),
                };
            }
            if self.final_block.is_some_and(|(last, _)| last == block) {
                self.end.get_or_insert(End::Complete);
            }
        }
    }

    fn error(&mut self, code: ErrorCode, text: &[u8], is_sent: bool) {
        // Who has the whole file already is not concerned any more.
        self.end.get_or_insert_with(|| End::Error { code, words: Options::words(text), is_sent });
    }

    /// A packet that was there before: sent again, or received twice.
    fn again(&mut self, is_sent: bool) {
        if is_sent {
            self.repeated += 1;
        } else {
            self.duplicates += 1;
        }
    }

    /// Goes by what was counted: so many bytes are across, and where the transfer stands by its program.
    pub(super) fn count(&mut self, bytes: u64, state: Option<&str>, now: u64) {
        self.last = now;
        self.bytes = self.bytes.max(bytes);
        self.highest = self.highest.max(self.bytes.div_ceil(self.blksize.max(1)));
        self.acked = self.highest;
        self.pace.take(now.saturating_sub(self.since), self.bytes);
        let end = match state {
            Some("complete") => Some(End::Complete),
            Some("unconfirmed") => Some(End::Unconfirmed),
            _ => None,
        };
        if let Some(end) = end {
            self.end.get_or_insert(end);
        }
    }

    /// The socket was closed: nothing more comes.
    pub(super) fn leave(&mut self) {
        let sent_all = self.gives && self.final_block.is_some();
        self.end.get_or_insert(if sent_all { End::Unconfirmed } else { End::Left });
    }
}

fn pairs(options: Options<'_>) -> Vec<(String, String)> {
    options.iter().map(|(name, value)| (Options::words(name).to_ascii_lowercase(), Options::words(value))).collect()
}

/// How many points of time a [`Pace`] remembers.
const POINTS: usize = 240;
/// The least time between two of them, in nanoseconds.
const STEP: u64 = 1_000_000;

impl Pace {
    /// Forgets that more than `bytes` were across.
    pub(super) fn back_to(&mut self, bytes: u64) {
        while self.points.last().is_some_and(|(_, across)| *across > bytes) {
            self.points.pop();
        }
    }

    /// Takes in that `bytes` were across after `time` nanoseconds.
    fn take(&mut self, time: u64, bytes: u64) {
        let step = self.step.max(STEP);
        match self.points.last() {
            Some((last, _)) if time < last.saturating_add(step) => {}
            _ => self.points.push((time, bytes)),
        }
        if self.points.len() >= POINTS {
            // Half of them do for twice the time.
            let mut keep = false;
            self.points.retain(|_| {
                keep = !keep;
                keep
            });
            self.step = step * 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_again() {
        for (near, number, block) in
            [(0, 1, 1), (65_535, 0, 65_536), (65_536, 65_535, 65_535), (65_540, 1, 65_537), (200_000, 3_392, 200_000), (3, 65_535, 65_535)]
        {
            assert_eq!(unwrapped(near, number), block, "{near} {number}");
        }
    }

    #[test]
    fn a_long_transfer_keeps_few_points() {
        let mut pace = Pace::default();
        for second in 0..100_000_u64 {
            pace.take(second * 1_000_000_000, second);
        }
        assert!((POINTS / 2 - 1..POINTS).contains(&pace.points().len()), "{}", pace.points().len());
        assert!(pace.points().is_sorted());
    }
}
