//! The end that takes a file: a client that reads, a server that is written to.

use super::agreement::Agreement;
use super::ask::{Ask, Unaskable};
use super::course::Course;
use super::machine::Machine;
use super::outcome::{Failure, Outcome};
use super::timer::{ANSWERING, Expired, GRANTING, Patience, Timer};
use super::{Burst, Next};
use crate::text;
use crate::wire::tftp::{ErrorCode, HEADER, Opcode, Packet};

/// Bytes of the file, in order, each exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'p> {
    /// The bytes; none where the last block is empty.
    pub bytes: &'p [u8],
    /// Whether these are the last. They are acknowledged by the next [`Receiver::next`]: make the file complete before, or abort.
    pub last: bool,
}

/// Receives one file.
///
/// Blocks are taken in order only. Every window is acknowledged once; a gap in it is told at once, and once (RFC 7440, section 4). A block that was received before
/// is acknowledged again, but not within two milliseconds of its ACK: a sender that repeats for each duplicate ACK is thus not fed.
#[derive(Clone, Debug)]
pub struct Receiver {
    course: Course,
    /// The last block that was received in order.
    last: u64,
    /// Blocks received since the sender's window began.
    since: u64,
    /// The last block that was acknowledged; `None` before the first ACK.
    acknowledged: Option<u64>,
    /// When that was.
    acknowledged_at: u64,
    /// An ACK is to be sent now.
    is_due: bool,
    /// An ACK is to be sent at this time, unless something comes before.
    settle: Option<u64>,
    /// When the last block came in order.
    came_at: u64,
    /// How long after one block of a window the next one comes, smoothed; none before that was seen.
    pace: Option<u64>,
    /// The last block beyond a gap that was seen since the ACK which told the gap.
    beyond: Option<u64>,
    /// Blocks that were seen again, one behind the other, some time after the last ACK: the sender has begun its window anew, at the first of them.
    again: Option<(u64, u64)>,
    /// The last block of the file was received.
    is_whole: bool,
    /// Until when to stay, once all is acknowledged.
    leave: u64,
    packet: [u8; HEADER],
}

impl Machine for Receiver {
    fn next(&mut self, now: u64) -> Next<'_> {
        if let Some(message) = self.course.tell() {
            return Next::Told(message);
        }
        match self.course.outcome {
            Some(Outcome::Complete) => return self.dally(now),
            Some(_) => return self.course.part(),
            None if !self.course.is_open => return self.course.open(now),
            None => {}
        }
        if self.is_due || self.settle.is_some_and(|settle| now >= settle) {
            return Next::Send(self.acknowledge(now));
        }
        if self.course.timer.is_due(now) {
            match self.course.timer.expire(now) {
                Expired::Again => {
                    self.course.counts.lost += 1;
                    return Next::Send(self.acknowledge(now));
                }
                Expired::GaveUp(time, tries) => {
                    self.course.outcome = Some(Outcome::Failed(Failure::Silent(time, tries)));
                    return self.course.part();
                }
            }
        }
        let deadline = self.course.timer.deadline();
        Next::Wait(self.settle.map_or(deadline, |settle| settle.min(deadline)))
    }

    /// That is no failure once the whole file is here.
    fn on_unreachable(&mut self) {
        if self.course.outcome.is_none() && !self.is_whole {
            self.course.outcome = Some(Outcome::Failed(Failure::Unreachable));
        }
    }

    fn course(&self) -> &Course {
        &self.course
    }

    fn course_mut(&mut self) -> &mut Course {
        &mut self.course
    }
}

impl Receiver {
    /// A client that asks to read. The request comes out of the first `next`.
    ///
    /// # Errors
    /// Why the request cannot be made.
    pub fn ask(now: u64, ask: &Ask, patience: Patience) -> Result<Self, Unaskable> {
        Ok(Self::new(Course::ask(now, Opcode::Rrq, ask, patience)?))
    }

    /// A server that is asked to be written to. The OACK or ACK 0 comes out of the first `next`.
    pub fn answer(now: u64, agreement: &Agreement, patience: Patience) -> Self {
        let mut receiver =
            Self::new(Course::answer(now, agreement, patience, if agreement.oack().is_some() { GRANTING } else { ANSWERING }));
        if !receiver.course.has_opening() {
            receiver.course.begin(true);
            receiver.is_due = true;
        }
        receiver
    }

    fn new(course: Course) -> Self {
        Self {
            course,
            last: 0,
            since: 0,
            acknowledged: None,
            acknowledged_at: 0,
            is_due: false,
            settle: None,
            came_at: 0,
            pace: None,
            beyond: None,
            again: None,
            is_whole: false,
            leave: 0,
            packet: [0; HEADER],
        }
    }

    /// All is there: the last ACK again for whoever missed it, then the end.
    fn dally(&mut self, now: u64) -> Next<'_> {
        if self.is_due || self.settle.is_some_and(|settle| now >= settle) {
            return Next::Send(self.acknowledge(now));
        }
        if now >= self.leave {
            return Next::Ended;
        }
        Next::Wait(self.settle.map_or(self.leave, |settle| settle.min(self.leave)))
    }

    /// The ACK of the last block that was received in order.
    fn acknowledge(&mut self, now: u64) -> Burst<'_> {
        let again = self.acknowledged == Some(self.last);
        let [high, low] = (self.last as u16).to_be_bytes();
        self.packet = [0, Opcode::Ack as u8, high, low];
        self.course.counts.sent += 1;
        self.course.counts.retransmissions += u64::from(again);
        (self.acknowledged, self.acknowledged_at) = (Some(self.last), now);
        (self.is_due, self.settle, self.since, self.again) = (false, None, 0, None);
        if again {
            self.course.timer.repeated();
        }
        self.course.timer.sent(now);
        if self.is_whole && self.course.outcome.is_none() {
            self.course.outcome = Some(Outcome::Complete);
            self.leave = now.saturating_add(self.course.timer.dally(self.course.is_client()));
        }
        Burst::one(&self.packet, again)
    }

    /// A datagram came from the partner. The bytes of the file that it brings, if any: write the last of them before the next `next`, which acknowledges them, and the
    /// others before the next datagram.
    pub fn on_datagram<'p>(&mut self, now: u64, datagram: &'p [u8]) -> Option<Piece<'p>> {
        let is_over = match self.course.outcome {
            None => self.is_whole,
            Some(Outcome::Complete) => true,
            Some(_) => return None,
        };
        self.course.counts.received += 1;
        match Packet::parse(datagram) {
            Ok(Packet::Data { block, bytes }) => return self.data(now, block, bytes),
            // Whatever comes now cannot take the file away again.
            _ if is_over => self.course.counts.strays += 1,
            Ok(Packet::Oack(options)) if self.course.is_client() => self.granted(now, options),
            Ok(Packet::Error { code, text }) => self.course.refused(code, text),
            Ok(Packet::Wrq(_)) if !self.course.is_client() => self.on_request(now),
            Ok(packet) => self.course.misplaced(&packet),
            Err(malformed) => self.course.malformed(datagram, &malformed),
        }
        None
    }

    /// An OACK: the answer to the request, or that answer again because ACK 0 was lost.
    fn granted(&mut self, now: u64, options: crate::wire::tftp::Options<'_>) {
        if self.course.is_open {
            self.course.counts.duplicates += 1;
            if self.last == 0 && self.acknowledged == Some(0) {
                self.repeat(now, true);
            }
        } else if self.course.accept(options) {
            self.course.timer.opened(now);
            self.course.begin(true);
            self.is_due = true;
        }
    }

    fn data<'p>(&mut self, now: u64, block: u16, bytes: &'p [u8]) -> Option<Piece<'p>> {
        let ahead = u64::from(block.wrapping_sub((self.last + 1) as u16));
        if !self.course.is_open {
            if ahead != 0 {
                self.course.counts.strays += 1;
                return None;
            }
            if self.course.is_client() {
                self.course.accept_plain();
            }
            self.course.begin(true);
        }
        let behind = u64::from((self.last as u16).wrapping_sub(block));
        if ahead == 0 && !self.is_whole {
            return self.in_order(now, bytes);
        }
        if ahead < u64::from(self.course.terms.windowsize) && !self.is_whole {
            self.beyond_gap(now, self.last + 1 + ahead);
        } else if behind < self.last && behind <= u64::from(u16::MAX / 2) {
            self.course.counts.duplicates += 1;
            self.seen(now, self.last - behind);
        } else {
            self.course.counts.strays += 1;
        }
        None
    }

    fn in_order<'p>(&mut self, now: u64, bytes: &'p [u8]) -> Option<Piece<'p>> {
        let blksize = usize::from(self.course.terms.blksize);
        if bytes.len() > blksize {
            let what = text!("tftp-block-long", length = bytes.len(), most = blksize);
            self.course.illegal(ErrorCode::Illegal, "More data than agreed", what);
            return None;
        }
        if let Some((first, last)) = self.again
            && last == self.last
        {
            self.since = self.since.max(last + 1 - first);
        }
        self.last += 1;
        self.since += 1;
        self.course.counts.blocks += 1;
        self.course.counts.bytes += bytes.len() as u64;
        (self.settle, self.beyond, self.again) = (None, None, None);
        if self.since == 1 {
            // The answer to the last ACK; the others of the window come behind it.
            let measures = self.course.timer.is_clean();
            self.course.timer.progress(now, measures);
        } else {
            self.course.timer.advance(now);
        }
        self.course.timer.sent(now);
        self.is_whole = bytes.len() < blksize;
        self.is_due = self.is_due || self.is_whole || self.since >= u64::from(self.course.terms.windowsize);
        self.keep_pace(now);
        Some(Piece { bytes, last: self.is_whole })
    }

    /// The rest of a window that does not come was lost, as where a window is larger than the memory that the system gives the socket: the sender is told what is
    /// here much sooner than either side would have waited for an answer (RFC 7440, section 4).
    fn keep_pace(&mut self, now: u64) {
        let gap = now.saturating_sub(std::mem::replace(&mut self.came_at, now));
        if self.since > 1 {
            self.pace = Some(self.pace.map_or(gap, |pace| pace - pace / 8 + gap / 8));
        }
        if !self.is_due {
            self.settle = self.pace.map(|pace| now.saturating_add(Timer::break_off(pace)));
        }
    }

    /// A block of the window, but not the next one: told once for each time that the sender goes through its window because it waited in vain.
    fn beyond_gap(&mut self, now: u64, block: u64) {
        if self.beyond.is_none_or(|before| block <= before && now >= self.quiet()) {
            self.course.counts.lost += 1;
            self.is_due = true;
        }
        self.beyond = Some(block);
    }

    /// A block that was received before: a copy that the network made, or the sender has begun its window anew.
    fn seen(&mut self, now: u64, block: u64) {
        self.again = match self.again {
            Some((first, before)) if block == before + 1 => Some((first, block)),
            _ => (now >= self.quiet()).then_some((block, block)),
        };
        if block == self.last {
            let window = self.again.map_or(1, |(first, last)| last + 1 - first);
            self.repeat(now, self.is_whole || window >= u64::from(self.course.terms.windowsize));
        }
    }

    /// From when on a block that comes again was sent again because the ACK was lost.
    fn quiet(&self) -> u64 {
        self.acknowledged_at.saturating_add(Timer::settle())
    }

    /// Acknowledges again: at once where the sender waits for it (and the ACK was not sent just now), else a little later, unless something new comes before.
    fn repeat(&mut self, now: u64, waits: bool) {
        let quiet = self.quiet();
        if waits && now >= quiet {
            self.is_due = true;
        } else if self.settle.is_none() {
            self.settle = Some(if waits { quiet } else { now.saturating_add(Timer::settle()) });
        }
    }
}
