//! The course of a transfer as far as it is the same for both ends: the opening packet, the timer, the counters, the end.

use std::collections::VecDeque;

use super::agreement::{Agreement, Terms};
use super::ask::{Ask, Asked, Unaskable};
use super::counts::Counts;
use super::outcome::{Failure, Outcome};
use super::timer::{ASKING, Expired, Patience, Timer};
use super::{Burst, Next, error_packet};
use crate::text;
use crate::text::Message;
use crate::wire::tftp::{ErrorCode, Malformed, Opcode, Options, Packet};

/// After so many unanswered requests with options a client asks without.
const TRIES_WITH_OPTIONS: u32 = 2;

/// The packet that one end begins with, until it is answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Opening {
    packet: Vec<u8>,
    /// The same request without options, until it takes the place of the other.
    plain: Option<Vec<u8>>,
    /// How often it was sent.
    tries: u32,
}

/// What both ends have.
#[derive(Clone, Debug)]
pub struct Course {
    pub(super) timer: Timer,
    pub(super) counts: Counts,
    pub(super) outcome: Option<Outcome>,
    pub(super) agreement: Option<Agreement>,
    /// What it goes by, from its beginning on.
    pub(super) terms: Terms,
    /// Whether it has begun: the opening was answered, or there was none.
    pub(super) is_open: bool,
    /// What was asked for, at a client; `None` at a server.
    asked: Option<Asked>,
    opening: Opening,
    told: VecDeque<Message>,
    /// The ERROR that ends it, and whether it was sent.
    last_word: Vec<u8>,
    parted: bool,
}

impl Course {
    /// That of a client which begins with a request.
    pub(super) fn ask(now: u64, opcode: Opcode, ask: &Ask, patience: Patience) -> Result<Self, Unaskable> {
        let packet = ask.packet(opcode, true)?;
        let plain = if ask.options.any() { Some(ask.packet(opcode, false)?) } else { None };
        Ok(Self { asked: Some(ask.options), opening: Opening { packet, plain, tries: 0 }, ..Self::new(Timer::new(now, patience, ASKING)) })
    }

    /// That of a server which begins with an OACK, or with nothing to be answered. `first` is the interval until that is sent again.
    pub(super) fn answer(now: u64, agreement: &Agreement, patience: Patience, first: u64) -> Self {
        let mut course = Self::new(Timer::new(now, patience, first));
        course.opening.packet = agreement.oack().unwrap_or_default();
        course.agree(agreement.clone());
        course
    }

    fn new(timer: Timer) -> Self {
        Self {
            timer,
            counts: Counts::default(),
            outcome: None,
            agreement: None,
            terms: Terms::default(),
            is_open: false,
            asked: None,
            opening: Opening::default(),
            told: VecDeque::new(),
            last_word: Vec::new(),
            parted: false,
        }
    }

    /// Whether this is a client.
    pub(super) fn is_client(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether it begins with a packet that wants an answer.
    pub(super) fn has_opening(&self) -> bool {
        !self.opening.packet.is_empty()
    }

    fn agree(&mut self, agreement: Agreement) {
        self.timer.agree(agreement.terms);
        self.agreement = Some(agreement);
    }

    /// The opening was answered by an OACK. Whether the transfer goes on.
    pub(super) fn accept(&mut self, options: Options<'_>) -> bool {
        let Some(asked) = &self.asked else { return false };
        match Agreement::accept(asked, options) {
            Ok(agreement) => {
                self.agree(agreement);
                true
            }
            Err(why) => {
                self.illegal(ErrorCode::Options, "Option not acceptable", why);
                false
            }
        }
    }

    /// The opening of a client was answered as RFC 1350 has it.
    pub(super) fn accept_plain(&mut self) {
        let asked = self.asked.unwrap_or_default();
        if asked.any() {
            self.told.push_back(text!("tftp-told-no-oack"));
        }
        self.agree(Agreement::plain(&asked));
    }

    /// Both sides agree: blocks go from here on. Who stands back leaves the other side the time to be first.
    pub(super) fn begin(&mut self, stands_back: bool) {
        self.terms = self.agreement.as_ref().map(|agreement| agreement.terms).unwrap_or_default();
        self.timer.begin(stands_back);
        self.is_open = true;
    }

    /// Sends the opening, again when it is time, or waits.
    pub(super) fn open(&mut self, now: u64) -> Next<'_> {
        let mut again = false;
        if self.opening.tries == 0 {
            self.timer.sent(now);
        } else if !self.timer.is_due(now) {
            return Next::Wait(self.timer.deadline());
        } else {
            match self.timer.expire(now) {
                Expired::GaveUp(time, tries) => {
                    self.outcome = Some(Outcome::Failed(Failure::Silent(time, tries)));
                    return Next::Ended;
                }
                Expired::Again => {
                    self.counts.lost += 1;
                    again = self.repeat_opening();
                }
            }
        }
        self.opening.tries += 1;
        self.counts.sent += 1;
        self.counts.retransmissions += u64::from(again);
        Next::Send(Burst::one(&self.opening.packet, again))
    }

    /// The client has asked again: it did not see the opening, which is then due at once. (A request that came twice at once is one.)
    pub(super) fn on_request(&mut self, now: u64) {
        if self.is_open {
            return;
        }
        self.counts.duplicates += 1;
        if self.opening.tries > 0 {
            self.timer.hurry(now);
        }
    }

    /// Whether what is sent now was sent before.
    fn repeat_opening(&mut self) -> bool {
        if self.opening.tries == TRIES_WITH_OPTIONS
            && let Some(plain) = self.opening.plain.take()
        {
            self.opening.packet = plain;
            self.told.push_back(text!("tftp-told-plain", tries = TRIES_WITH_OPTIONS));
            return false;
        }
        true
    }

    /// What is said before anything else.
    pub(super) fn tell(&mut self) -> Option<Message> {
        self.told.pop_front()
    }

    /// The ERROR that ends the transfer, once; then its end.
    pub(super) fn part(&mut self) -> Next<'_> {
        if self.last_word.is_empty() || self.parted {
            return Next::Ended;
        }
        self.parted = true;
        self.counts.sent += 1;
        Next::Send(Burst::one(&self.last_word, false))
    }

    /// The other side did what it may not: ERROR, and the end.
    pub(super) fn illegal(&mut self, code: ErrorCode, phrase: &str, what: Message) {
        self.counts.strays += 1;
        self.last_word = error_packet(code, phrase);
        self.outcome = Some(Outcome::Failed(Failure::Illegal(code, what)));
    }

    /// A datagram is no packet. One too short to be any is passed over (RFC 1350 knows no sender of it); any other ends the transfer.
    pub(super) fn malformed(&mut self, datagram: &[u8], malformed: &Malformed) {
        if let Malformed::Short(_) = malformed {
            self.counts.strays += 1;
            return;
        }
        let code = if Opcode::first(datagram) == Some(Opcode::Oack) { ErrorCode::Options } else { malformed.code() };
        self.illegal(code, malformed.phrase(), malformed.message());
    }

    /// A packet came that is never sent to this end.
    pub(super) fn misplaced(&mut self, packet: &Packet<'_>) {
        self.illegal(ErrorCode::Illegal, ErrorCode::Illegal.phrase(), text!("tftp-misplaced", packet = packet.to_string()));
    }

    /// The other side has ended it.
    pub(super) fn refused(&mut self, code: ErrorCode, words: &[u8]) {
        self.outcome = Some(Outcome::Failed(Failure::Refused(code, Options::words(words))));
    }

    /// This side ends it. A client whom nobody has answered has nobody to tell.
    pub(super) fn abort(&mut self, code: ErrorCode, phrase: &str, why: Message) {
        if self.outcome.is_none() {
            if self.agreement.is_some() {
                self.last_word = error_packet(code, phrase);
            }
            self.outcome = Some(Outcome::Failed(Failure::Aborted(code, why)));
        }
    }
}
