//! The end that gives a file away: a server that is read from, a client that writes.

use super::agreement::Agreement;
use super::ask::{Ask, Unaskable};
use super::course::Course;
use super::machine::Machine;
use super::outcome::{Failure, Outcome};
use super::timer::{ANSWERING, Expired, Patience};
use super::{Burst, Next};
use crate::wire::tftp::{HEADER, Opcode, Packet};

/// Bytes that are read ahead of the window, at most (but always a block).
const AHEAD: usize = 256 << 10;

/// The bytes of a window that a client may ask for when it writes.
const MOST_WINDOW: usize = 64 << 20;

/// Sends one file.
///
/// Blocks are numbered from 1 without end; the number on the wire is that modulo 65 536. Packets stand in a ring, built once: a block that is sent again is the very
/// bytes of the first time. Only an ACK that brings the transfer on makes it send; one that was seen before, or that acknowledges what was never sent, is counted and
/// passed over, so that no duplicate breeds another ("sorcerer's apprentice", RFC 1123, section 4.2.3.1).
#[derive(Clone, Debug)]
pub struct Sender {
    course: Course,
    ring: Vec<u8>,
    /// The length of a packet that is not the last.
    stride: usize,
    slots: u64,
    /// The first block that is not acknowledged.
    base: u64,
    /// The next block to send; back at `base` when the window is sent again.
    next: u64,
    /// The block behind the window.
    goal: u64,
    /// The block behind a window that was cut short by another while it was on its way.
    former: u64,
    /// The last block that was ever sent.
    highest: u64,
    /// The last block that is in the ring.
    filled: u64,
    /// The length of the file's last block, once that is in the ring: its number is then `filled`.
    tail: Option<usize>,
}

impl Machine for Sender {
    fn next(&mut self, now: u64) -> Next<'_> {
        if let Some(message) = self.course.tell() {
            return Next::Told(message);
        }
        if self.course.outcome.is_none()
            && self.course.is_open
            && self.next >= self.end()
            && self.is_window_full()
            && self.course.timer.is_due(now)
        {
            self.expire(now);
        }
        if self.course.outcome.is_some() {
            return self.course.part();
        }
        if !self.course.is_open {
            return self.course.open(now);
        }
        let end = self.end();
        if self.next < end && self.is_window_full() {
            return Next::Send(self.burst(now, end));
        }
        if self.tail.is_none() && self.filled + 1 - self.base < self.slots {
            let room = self.slot(self.filled + 1);
            return Next::Fill(self.ring.get_mut(room + HEADER..room + self.stride).unwrap_or_default());
        }
        Next::Wait(self.course.timer.deadline())
    }

    /// Where only the last ACK is missing, its owner has simply left.
    fn on_unreachable(&mut self) {
        if self.course.outcome.is_none() {
            self.course.outcome = Some(self.unanswered(Failure::Unreachable));
        }
    }

    fn course(&self) -> &Course {
        &self.course
    }

    fn course_mut(&mut self) -> &mut Course {
        &mut self.course
    }
}

impl Sender {
    /// A client that asks to write. The request comes out of the first `next`.
    ///
    /// # Errors
    /// Why the request cannot be made.
    pub fn ask(now: u64, ask: &Ask, patience: Patience) -> Result<Self, Unaskable> {
        let block = usize::from(ask.options.blksize.unwrap_or(crate::wire::tftp::BLKSIZE));
        let window = usize::from(ask.options.windowsize.unwrap_or(1));
        if (block + HEADER) * window > MOST_WINDOW {
            return Err(Unaskable::Window((block + HEADER) * window, MOST_WINDOW));
        }
        Ok(Self::new(Course::ask(now, Opcode::Wrq, ask, patience)?))
    }

    /// A server that is asked to be read from. The OACK or the first block comes out of the first `next`s.
    pub fn answer(now: u64, agreement: &Agreement, patience: Patience) -> Self {
        let mut sender = Self::new(Course::answer(now, agreement, patience, ANSWERING));
        if !sender.course.has_opening() {
            sender.begin();
        }
        sender
    }

    fn new(course: Course) -> Self {
        Self { course, ring: Vec::new(), stride: 0, slots: 0, base: 1, next: 1, goal: 1, former: 0, highest: 0, filled: 0, tail: None }
    }

    /// Both sides agree: room for the window and what is read ahead of it.
    fn begin(&mut self) {
        self.course.begin(false);
        self.stride = HEADER + usize::from(self.course.terms.blksize);
        let window = usize::from(self.course.terms.windowsize);
        let slots = window + (AHEAD / self.stride).clamp(1, window);
        self.slots = slots as u64;
        self.ring = vec![0; slots * self.stride];
        self.goal = 1 + u64::from(self.course.terms.windowsize);
    }

    /// `length` bytes were put into the room that [`Next::Fill`] gave. Fewer than it had make this the last block of the file.
    pub fn filled(&mut self, length: usize) {
        if self.tail.is_some() || !self.course.is_open || self.filled + 1 - self.base >= self.slots {
            return;
        }
        self.filled += 1;
        let at = self.slot(self.filled);
        if let Some(header) = self.ring.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<HEADER>) {
            let [high, low] = (self.filled as u16).to_be_bytes();
            *header = [0, Opcode::Data as u8, high, low];
        }
        if length < usize::from(self.course.terms.blksize) {
            self.tail = Some(length);
        }
    }

    /// A datagram came from the partner.
    pub fn on_datagram(&mut self, now: u64, datagram: &[u8]) {
        if self.course.outcome.is_some() {
            return;
        }
        self.course.counts.received += 1;
        match Packet::parse(datagram) {
            Ok(Packet::Ack { block }) if self.course.is_open => self.acknowledged(now, block),
            Ok(Packet::Ack { block: 0 }) => {
                if self.course.is_client() {
                    self.course.accept_plain();
                }
                self.course.timer.opened(now);
                self.begin();
            }
            Ok(Packet::Ack { .. }) => self.course.counts.strays += 1,
            Ok(Packet::Oack(_)) if self.course.is_client() && self.course.is_open => self.course.counts.duplicates += 1,
            Ok(Packet::Oack(options)) if self.course.is_client() => {
                if self.course.accept(options) {
                    self.course.timer.opened(now);
                    self.begin();
                }
            }
            Ok(Packet::Error { code, text }) => self.course.refused(code, text),
            Ok(Packet::Rrq(_)) if !self.course.is_client() => self.on_request(now),
            Ok(packet) => self.course.misplaced(&packet),
            Err(malformed) => self.course.malformed(datagram, &malformed),
        }
    }

    /// Where the packet of a block stands in the ring.
    fn slot(&self, block: u64) -> usize {
        (block % self.slots.max(1)) as usize * self.stride
    }

    /// The block after the last one that may be on its way now.
    fn end(&self) -> u64 {
        self.goal.min(self.filled + 1)
    }

    /// Whether all that the window may hold is in the ring.
    fn is_window_full(&self) -> bool {
        self.tail.is_some() || self.filled + 1 >= self.goal
    }

    /// What may be sent, as far as it lies in one piece.
    fn burst(&mut self, now: u64, end: u64) -> Burst<'_> {
        let first = self.slot(self.next);
        let count = (end - self.next).min(self.slots - self.next % self.slots);
        let mut length = count as usize * self.stride;
        if let Some(tail) = self.tail
            && self.next + count == self.filled + 1
        {
            length -= usize::from(self.course.terms.blksize) - tail;
        }
        let repeated = (self.highest + 1).saturating_sub(self.next).min(count);
        self.course.counts.sent += count;
        self.course.counts.retransmissions += repeated;
        self.next += count;
        self.highest = self.highest.max(self.next - 1);
        if repeated > 0 {
            self.course.timer.repeated();
        }
        self.course.timer.sent(now);
        Burst { bytes: self.ring.get(first..first + length).unwrap_or_default(), segment: self.stride, again: repeated > 0 }
    }

    /// A window from the first block that is not acknowledged.
    fn restart(&mut self) {
        let goal = self.base + u64::from(self.course.terms.windowsize);
        if goal != self.goal {
            self.former = if self.base < self.next { self.next } else { 0 };
        }
        self.next = self.base;
        self.goal = goal;
    }

    /// No answer in time: the window again, or the end.
    fn expire(&mut self, now: u64) {
        match self.course.timer.expire(now) {
            Expired::Again => {
                self.course.counts.lost += 1;
                self.restart();
            }
            Expired::GaveUp(time, tries) => self.course.outcome = Some(self.unanswered(Failure::Silent(time, tries))),
        }
    }

    /// The end where nothing more comes.
    fn unanswered(&self, failure: Failure) -> Outcome {
        if self.tail.is_some() && self.highest == self.filled {
            Outcome::Unconfirmed(self.filled + 1 - self.base)
        } else {
            Outcome::Failed(failure)
        }
    }

    /// An ACK for the block with this number on the wire, and all before it.
    fn acknowledged(&mut self, now: u64, block: u16) {
        let ahead = u64::from(block.wrapping_sub(self.base as u16));
        let acknowledged = self.base + ahead;
        if acknowledged > self.highest {
            // Behind by less than half the numbers there are: seen before. Else from the future.
            if ahead > u64::from(u16::MAX / 2) {
                self.course.counts.duplicates += 1;
            } else {
                self.course.counts.strays += 1;
            }
            return;
        }
        // The end of a window that was cut short comes late: the one that followed is still on its way, and is answered by an ACK of its own. Who took this one for a
        // gap would send that window again, and so every one to the end of the file.
        let is_late = self.former == acknowledged + 1 && acknowledged + 1 < self.next;
        self.course.timer.progress(now, !is_late);
        self.course.counts.blocks += ahead + 1;
        self.course.counts.bytes += (ahead + 1) * u64::from(self.course.terms.blksize);
        self.base = acknowledged + 1;
        if !is_late {
            // Where the receiver misses what follows, the window begins anew behind what it has (RFC 7440, section 4).
            self.course.counts.lost += u64::from(self.next > self.base);
            self.restart();
        }
        if let Some(tail) = self.tail
            && acknowledged == self.filled
        {
            self.course.counts.bytes -= u64::from(self.course.terms.blksize) - tail as u64;
            self.course.outcome = Some(Outcome::Complete);
        }
    }
}
