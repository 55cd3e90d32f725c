//! When a packet is sent again: from the measured round trip, with back-off, and bounded.
//!
//! After RFC 6298, with three departures that lockstep on a fast link needs. The least interval is 4 ms instead of 1 s (a packet sent again too early costs one
//! duplicate, which a correct peer ignores). The first is 200 ms for a
//! request, 50 ms for the answer to one. And while Karn's rule keeps
//! doubtful measurements out, back-off does not persist after a single loss: only when several exchanges in a row needed repeating does the next begin with a longer
//! interval, until one is clean and measured. So a lossy link stays fast, and a slow one is still learnt within a few blocks.

use std::time::Duration;

use super::SECOND;
use super::agreement::Terms;

/// A client's interval before anything was measured: the server may have to be started, and a file to be opened.
pub(super) const ASKING: u64 = SECOND / 5;

/// A server's: the client is there and waits.
pub(super) const ANSWERING: u64 = SECOND / 20;

/// That of a server whose OACK answers a request to write. It is for the client to be first, with its request or its first block; and curl 8, which takes a second
/// OACK for a command to go on with the file, is to be given no reason.
pub(super) const GRANTING: u64 = SECOND / 2;

/// The least interval from measurement.
const LEAST: u64 = SECOND / 250;

/// What is added to it for each byte of a window: what a slow disk takes to write it (100 MB/s). A large window is not to be sent again because it is large.
const PER_BYTE: u64 = 10;

/// The longest interval from measurement and back-off.
const MOST: u64 = 5 * SECOND;

/// The same of a receiver, which is no shorter than what senders wait on their own (tftp-hpa 5 s, curl 6 s): tftp-hpa's begins to wait anew with each ACK that it knows, so
/// that ACKs in shorter intervals would keep it from ever sending again.
const MOST_STANDING_BACK: u64 = 7 * SECOND;

/// After so many ACKs in vain a receiver takes it that ACKs do not help, and leaves it to the sender's own waiting.
const FEW: u32 = 5;

/// The same until the opening is answered: a request is small, and somebody waits.
const MOST_OPENING: u64 = SECOND;

/// How long silence is borne. The default is that of the lab: at least 5 retries, over at least 25 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A packet is sent again at least so often before giving up.
    pub retries: u32,
    /// And nothing has come for at least so long.
    pub silence: Duration,
    /// How long a client that has received a file stays after its last ACK, to send it again where it was lost; twice the negotiated timeout where that is
    /// longer.
    pub dally: Duration,
    /// The same of a server. It can afford to outstay two waits of clients that repeat only after 5 or 6 s, as curl's do.
    pub server_dally: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { retries: 5, silence: Duration::from_secs(25), dally: Duration::from_secs(2), server_dally: Duration::from_secs(13) }
    }
}

/// The timer of one end.
#[derive(Clone, Debug)]
pub(super) struct Timer {
    patience: Patience,
    /// The interval before anything was measured.
    first: u64,
    /// Smoothed round trip and its variation, once measured.
    measured: Option<(u64, u64)>,
    /// The negotiated timeout, obeyed as it is.
    fixed: Option<u64>,
    /// The least interval from measurement.
    least: u64,
    most: u64,
    /// The interval is that of the measurement times this: a receiver leaves the sender the time to be first.
    factor: u64,
    /// The interval is doubled so often.
    level: u32,
    /// Exchanges in a row that needed a packet sent again.
    doubtful: u32,
    retries: u32,
    /// Since when nothing has come that brought the transfer on.
    since: u64,
    /// When what is waited for was sent.
    sent: u64,
    /// When something was sent before that.
    sent_before: u64,
    deadline: u64,
    /// Whether it was sent only once.
    clean: bool,
    /// Whether the deadline has passed since the last progress.
    is_late: bool,
}

/// What a deadline that has passed asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expired {
    /// Send it again.
    Again,
    /// Give up: nothing came for so long, after so many retries.
    GaveUp(u64, u32),
}

impl Timer {
    pub(super) fn new(now: u64, patience: Patience, first: u64) -> Self {
        Self {
            patience,
            first,
            measured: None,
            fixed: None,
            least: LEAST,
            most: MOST_OPENING,
            factor: 1,
            level: 0,
            doubtful: 0,
            retries: 0,
            since: now,
            sent: now,
            sent_before: now,
            deadline: now,
            clean: true,
            is_late: false,
        }
    }

    /// Goes by what was agreed: obeys a timeout, and gives a window the time that it takes.
    pub(super) fn agree(&mut self, terms: Terms) {
        self.fixed = terms.timeout.map(|seconds| u64::from(seconds) * SECOND);
        self.least = LEAST + PER_BYTE * u64::from(terms.blksize) * u64::from(terms.windowsize);
    }

    /// The opening is over. Who stands back leaves the other side the time to be first.
    pub(super) fn begin(&mut self, stands_back: bool) {
        (self.most, self.factor) = if stands_back { (MOST_STANDING_BACK, 3) } else { (MOST, 1) };
    }

    fn interval(&self) -> u64 {
        if let Some(fixed) = self.fixed {
            return fixed;
        }
        if self.factor > 1 && self.level >= FEW {
            return self.most;
        }
        let base = self.measured.map_or(self.first, |(trip, variation)| trip.saturating_add(variation.saturating_mul(4)));
        let interval = base.max(self.least).saturating_mul(self.factor);
        interval.saturating_mul(1_u64.checked_shl(self.level).unwrap_or(u64::MAX)).min(self.most)
    }

    fn arm(&mut self, now: u64) {
        self.deadline = now.saturating_add(self.interval());
        let end = self.since.saturating_add(nanoseconds(self.patience.silence));
        if self.retries >= self.patience.retries && end > now {
            // The last wait ends with the patience, not a whole interval later.
            self.deadline = self.deadline.min(end);
        }
    }

    /// Something was sent (the first time since the last progress) whose answer is waited for.
    pub(super) fn sent(&mut self, now: u64) {
        self.sent_before = self.sent;
        self.sent = now;
        self.arm(now);
    }

    /// What is waited for need not be waited for any longer, if it was sent long enough ago.
    pub(super) fn hurry(&mut self, now: u64) {
        if now >= self.sent.saturating_add(ANSWERING) {
            self.deadline = self.deadline.min(now);
        }
    }

    pub(super) fn deadline(&self) -> u64 {
        self.deadline
    }

    pub(super) fn is_due(&self, now: u64) -> bool {
        now >= self.deadline
    }

    /// The deadline has passed. Where the answer is `Again`, the timer runs anew.
    pub(super) fn expire(&mut self, now: u64) -> Expired {
        let silence = now.saturating_sub(self.since);
        if self.retries >= self.patience.retries && silence >= nanoseconds(self.patience.silence) {
            return Expired::GaveUp(silence, self.retries);
        }
        self.retries = self.retries.saturating_add(1);
        self.level = (self.level + 1).min(32);
        self.clean = false;
        self.is_late = true;
        self.arm(now);
        Expired::Again
    }

    /// Whether what is waited for was sent only once.
    pub(super) fn is_clean(&self) -> bool {
        self.clean
    }

    /// What is sent now was sent before.
    pub(super) fn repeated(&mut self) {
        self.clean = false;
    }

    /// The answer came. `measures` where it was sent for what was sent last, so that the time in between is a round trip. Karn: but not if that was sent again since
    /// no answer came. If a window began anew in the middle, the answer may be one to its blocks as they were sent the first time, at most one round trip before:
    /// the longer time is taken.
    pub(super) fn progress(&mut self, now: u64, measures: bool) {
        if measures && !self.is_late {
            self.measure(now.saturating_sub(if self.clean { self.sent } else { self.sent_before }));
        }
        // An answer within the interval shows that the interval is long enough, whatever it answers.
        self.doubtful = if self.is_late { self.doubtful.saturating_add(1) } else { 0 };
        self.is_late = false;
        self.level = self.doubtful.saturating_sub(1).min(32);
        self.retries = 0;
        self.since = now;
        self.clean = true;
    }

    /// More of the same answer came.
    pub(super) fn advance(&mut self, now: u64) {
        self.retries = 0;
        self.since = now;
    }

    /// RFC 6298, section 2; but an answer that comes sooner than usual is no reason to wait longer, and is believed sooner (as Linux does for TCP).
    fn measure(&mut self, trip: u64) {
        self.measured = Some(match self.measured {
            None => (trip, trip / 2),
            Some((smoothed, variation)) if trip < smoothed => {
                let surprise = smoothed - trip;
                (smoothed - surprise / 4, variation - variation / 4 + surprise / 32)
            }
            Some((smoothed, variation)) => {
                let surprise = trip - smoothed;
                (smoothed + surprise / 8, variation - variation / 4 + surprise / 4)
            }
        });
    }

    /// The opening was answered. What that took is no round trip of the blocks to come: the answer may have waited for a file, or been sent twice. It only bounds
    /// the first interval, as a first measurement would (RFC 6298, rule 2.2).
    pub(super) fn opened(&mut self, now: u64) {
        if self.clean {
            self.first = self.first.min(now.saturating_sub(self.sent).saturating_mul(3));
        }
        self.progress(now, false);
    }

    /// How long to stay after the last ACK.
    pub(super) fn dally(&self, is_client: bool) -> u64 {
        let dally = if is_client { self.patience.dally } else { self.patience.server_dally };
        nanoseconds(dally).max(self.fixed.map_or(0, |fixed| fixed.saturating_mul(2)))
    }

    /// How long to wait for the next block of a window, where they come at this pace: on a fast link less than the sender waits for the ACK.
    pub(super) const fn break_off(pace: u64) -> u64 {
        LEAST / 2 + pace.saturating_mul(8)
    }

    /// Half the least interval: what comes again sooner after an answer was not sent again because the answer was lost.
    pub(super) const fn settle() -> u64 {
        LEAST / 2
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
