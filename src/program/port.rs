//! One end of a transfer on the network: a socket, the partner's port, how long to wait for it, and what the lab lets happen to its datagrams.
//!
//! The socket is not connected: a connected one never sees what comes from a port that has no part in the transfer, and could not tell it so (RFC 1350,
//! section 4). How long a receive waits is set by `SO_RCVTIMEO`, and only when the time to wait has become quite another: one call for many packets. But that time
//! is counted in ticks of the kernel (4 ms each at 250 a second, and one more than asked), so where packets are lost on a fast link a poll, which is exact, goes
//! before each receive: it pays as long as packets are missed.

use std::ops::Range;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::failure;
use super::run::Run;
use super::socket::Endpoint;
use super::tftp::Recorded;
use crate::net::fault::{Class, Fate};
use crate::net::{self, Faults, option};
use crate::text;
use crate::text::Message;
use crate::tftp::{Burst, Outcome, wrong_port};
use crate::trace::{Address, Direction, Fault, FaultKind, Interest, Origin, Tracer, Value};
use crate::wire::tftp::Opcode;

/// A buffer that holds every datagram: none is cut.
pub(super) const BUFFER: usize = 1 << 16;
/// What a datagram takes beyond its block, in bytes.
const OVERHEAD: usize = 512;
/// The most that is asked for a window, in bytes.
const MOST_ROOM: usize = 8 << 20;
/// The shortest time that `SO_RCVTIMEO` is set to: 0 would mean for ever.
const SHORTEST: Duration = Duration::from_millis(1);
/// Times below this are waited exactly where packets are lost.
const SHORT: Duration = Duration::from_millis(20);
/// How many receives have to bring something before time is taken lightly again.
const EXACT: u32 = 64;
/// How often is told what was counted in place of rows, in nanoseconds.
const COUNTED_EVERY: u64 = 250_000_000;
/// How soon a transfer that shares its socket finds that a person ended it: nothing wakes it before.
const PROMPT: Duration = Duration::from_millis(100);
/// How many datagrams are held back at a time. What comes beyond is lost, as in a router.
const MOST_HELD: usize = 1024;

/// What a wait for a datagram came to.
#[derive(Debug)]
pub(super) enum Heard {
    /// One came from the partner: it stands here in the buffer.
    Datagram(Range<usize>),
    /// None came in time.
    Nothing,
    /// The kernel says that nobody has the partner's port.
    Gone,
    /// The program is to end, or a person ended the transfer.
    Over,
    /// The call failed, and will again.
    Failed(net::Error),
}

/// Where datagrams come from.
#[derive(Debug)]
enum Source {
    /// From the socket, which is of this transfer alone.
    Socket,
    /// From the thread that reads the one port of the server.
    Channel(Receiver<Vec<u8>>),
}

/// A datagram that is held back.
#[derive(Debug)]
struct Held {
    /// Until when, on the clock of the trace.
    until: u64,
    direction: Direction,
    bytes: Vec<u8>,
}

/// What a transfer is carried with whose packets are only counted: as many of them in a call as the system takes.
#[derive(Debug)]
struct Counting {
    on: Tracer,
    /// Whether the socket is connected to the partner.
    connected: bool,
    /// Whether datagrams may come several at a time.
    coalesces: bool,
    /// Whether the system takes several at a time.
    segments: bool,
    /// What came and has not been looked at: where it stands in the buffer, and how long each datagram of it is but the last.
    waiting: (Range<usize>, usize),
    counted: Counted,
    /// When was told what was counted.
    told: u64,
}

/// What was counted in place of rows.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    /// Packets that went and that came.
    packets: u64,
    /// The calls that they took.
    calls: u64,
}

impl Counting {
    fn next(&mut self) -> Option<Range<usize>> {
        let (waiting, segment) = &mut self.waiting;
        if waiting.start >= waiting.end {
            return None;
        }
        let end = waiting.end.min(waiting.start + (*segment).max(1));
        let next = waiting.start..end;
        waiting.start = end;
        self.counted.packets += 1;
        Some(next)
    }
}

/// One end of a transfer.
#[derive(Debug)]
pub(super) struct Port<'run> {
    run: &'run Run,
    on: Tracer,
    endpoint: &'run Endpoint,
    /// Whom the first packet goes to.
    asked: Address,
    /// The partner; none as long as a client has heard nothing.
    partner: Option<Address>,
    source: Source,
    buffer: Vec<u8>,
    /// What `SO_RCVTIMEO` is set to.
    limit: Option<Duration>,
    /// Whether a receive came back too soon because of that.
    is_short: bool,
    /// For how many more receives a poll goes before each, as packets were missed.
    exact: u32,
    /// Whether a port was told that it has no part in this: then what the kernel says may be about that one.
    has_strangers: bool,
    faults: Option<Faults>,
    held: Vec<Held>,
    /// There, where packets are only counted from now on.
    counting: Option<Box<Counting>>,
}

impl<'run> Port<'run> {
    /// A client's end: who answers the request is the partner.
    pub(super) fn asking(run: &'run Run, on: &Tracer, endpoint: &'run Endpoint, asked: Address) -> Self {
        let mut port = Self::new(run, on, endpoint, asked, Source::Socket);
        port.partner = None;
        port
    }

    /// A server's end with a socket of its own.
    pub(super) fn fresh(run: &'run Run, on: &Tracer, endpoint: &'run Endpoint, partner: Address) -> Self {
        Self::new(run, on, endpoint, partner, Source::Socket)
    }

    /// A server's end on the one socket of the server, which another thread reads.
    pub(super) fn shared(run: &'run Run, on: &Tracer, endpoint: &'run Endpoint, partner: Address, datagrams: Receiver<Vec<u8>>) -> Self {
        Self::new(run, on, endpoint, partner, Source::Channel(datagrams))
    }

    fn new(run: &'run Run, on: &Tracer, endpoint: &'run Endpoint, asked: Address, source: Source) -> Self {
        let buffer = if matches!(source, Source::Socket) { vec![0; BUFFER] } else { Vec::new() };
        let plan = &run.spec.tftp.faults;
        let faults = (!plan.is_empty()).then(|| Faults::new(plan.clone(), run.next_transfer()));
        let partner = Some(asked.clone());
        Self {
            run,
            on: on.clone(),
            endpoint,
            asked,
            partner,
            source,
            buffer,
            limit: None,
            is_short: false,
            exact: 0,
            has_strangers: false,
            faults,
            held: Vec::new(),
            counting: None,
        }
    }

    /// Whether packets are counted in place of being recorded.
    pub(super) fn counts(&self) -> bool {
        self.counting.is_some()
    }

    /// Whether they are to be: the program says so, and its datagrams are left alone and are its own.
    pub(super) fn is_to_count(&self) -> bool {
        self.run.spec.tftp.record == Recorded::Counts && self.faults.is_none() && matches!(self.source, Source::Socket)
    }

    /// From now on packets are counted. `windowsize` is what was agreed.
    pub(super) fn count(&mut self, windowsize: u16) {
        let socket = &self.endpoint.socket;
        let coalesces = windowsize > 1 && socket.coalesce(&self.on).is_ok();
        // A connected socket saves the kernel the way to the partner for each packet, and the strangers: they meet a port that is not there for them.
        let connected = self.partner.as_ref().is_some_and(|partner| socket.connect(&self.on, partner).is_ok());
        self.counting = Some(Box::new(Counting {
            on: self.on.brief(),
            connected,
            coalesces,
            segments: true,
            waiting: (0..0, 0),
            counted: Counted::default(),
            told: self.on.now(),
        }));
    }

    /// Tells what was counted, now and then or, where the transfer has ended, for the last time.
    pub(super) fn tell_counted(&mut self, bytes: u64, outcome: Option<&Outcome>) {
        let now = self.now();
        let Some(counting) = &mut self.counting else { return };
        if outcome.is_none() && now.saturating_sub(counting.told) < COUNTED_EVERY {
            return;
        }
        counting.told = now;
        let Counted { packets, calls } = counting.counted;
        let state = match outcome {
            None => "running",
            Some(Outcome::Complete) => "complete",
            Some(Outcome::Unconfirmed(_)) => "unconfirmed",
            Some(_) => "ended",
        };
        self.tell(text!("program-tftp-counted", bytes = bytes, packets = packets, calls = calls, state = state));
    }

    /// Asks for a receive buffer that holds a window, where the system gives less and the options of the program say nothing of it. What does not fit is lost as
    /// if the network had lost it, and costs a wait each time.
    pub(super) fn make_room(&self, blksize: u16, windowsize: u16) {
        let Some(option) = option::by_name("SO_RCVBUF") else { return };
        let is_asked = self.run.spec.options.iter().any(|(asked, _)| asked.name == option.name);
        if windowsize <= 1 || is_asked || !matches!(self.source, Source::Socket) {
            return;
        }
        // What Linux counts for a datagram is the memory it lies in: a power of two, headers and its own notes included.
        let datagram = (usize::from(blksize) + OVERHEAD).next_power_of_two();
        let wanted = Value::Int((datagram * usize::from(windowsize)).min(MOST_ROOM) as i64);
        let has = self.endpoint.socket.option(&self.on.on_behalf_of(Origin::Lab), option);
        if matches!((&has, &wanted), (Ok(Value::Int(has)), Value::Int(wanted)) if has < wanted) {
            // Refused is no loss: the row says so, and windows arrive in part.
            self.endpoint.socket.set_option(&self.on, option, &wanted).ok();
        }
    }

    /// Nanoseconds on the clock of the trace.
    pub(super) fn now(&self) -> u64 {
        self.on.now()
    }

    /// Writes into the trace what a person should know about this transfer.
    pub(super) fn tell(&self, message: Message) {
        self.endpoint.tell(&self.on, message);
    }

    /// A call failed.
    pub(super) fn met(&self, error: &net::Error) {
        self.run.met_on(self.endpoint, error);
    }

    /// What follows is done on behalf of whoever ended the transfer.
    pub(super) fn parts(&mut self) {
        let origin = if self.is_ended() { Origin::Person } else { Origin::Lab };
        self.on = self.on.on_behalf_of(origin);
    }

    fn peer(&self) -> &Address {
        self.partner.as_ref().unwrap_or(&self.asked)
    }

    fn is_over(&self) -> bool {
        self.run.is_over(self.endpoint) || self.is_ended()
    }

    /// Whether a person ended this transfer.
    fn is_ended(&self) -> bool {
        let shares = matches!(self.source, Source::Channel(_));
        self.endpoint.is_ended() || shares && self.endpoint.is_ended_with(self.peer())
    }

    /// What was received: where it stands in the buffer.
    pub(super) fn received(&self, at: Range<usize>) -> &[u8] {
        self.buffer.get(at).unwrap_or_default()
    }

    /// Sends packets to the partner, in order.
    ///
    /// # Errors
    /// Those of sendto(2).
    pub(super) fn send_all(&mut self, burst: &Burst<'_>) -> Result<(), net::Error> {
        let Some(to) = self.counting.as_ref().map(|counting| (!counting.connected).then(|| self.peer().ip()).flatten()) else {
            return burst.packets().try_for_each(|packet| self.send(packet));
        };
        let most = net::TracedSocket::most_segments(burst.segment);
        for part in burst.bytes.chunks(most.saturating_mul(burst.segment)) {
            let packets = part.len().div_ceil(burst.segment.max(1));
            let Some(counting) = &mut self.counting else { break };
            counting.counted.packets += packets as u64;
            let together = (packets > 1 && counting.segments).then(|| u16::try_from(burst.segment).ok()).flatten();
            if let Some(segment) = together {
                counting.counted.calls += 1;
                match self.endpoint.socket.send_segments(&counting.on, part, segment, to) {
                    Ok(_) => continue,
                    Err(error) if is_gone(&error) => return Err(error),
                    // Where the interface does not carry them so: one by one.
                    Err(_) => counting.segments = false,
                }
            }
            counting.counted.calls += packets as u64;
            for packet in part.chunks(burst.segment.max(1)) {
                self.transmit(packet)?;
            }
        }
        Ok(())
    }

    /// Sends one packet to the partner, if nothing happens to it.
    ///
    /// # Errors
    /// Those of sendto(2).
    pub(super) fn send(&mut self, packet: &[u8]) -> Result<(), net::Error> {
        match self.meet(Direction::Sent, packet) {
            Fate::Pass => self.transmit(packet),
            Fate::Drop => Ok(()),
            Fate::Double => self.transmit(packet).and_then(|()| self.transmit(packet)),
            Fate::Late(by) => {
                self.hold(Direction::Sent, by, packet.to_vec());
                Ok(())
            }
        }
    }

    fn transmit(&self, packet: &[u8]) -> Result<(), net::Error> {
        let (on, connected) = self.counting.as_ref().map_or((&self.on, false), |counting| (&counting.on, counting.connected));
        if connected {
            return self.endpoint.socket.send(on, packet).map(drop);
        }
        let send = || self.endpoint.send_to(self.run, on, packet, self.peer()).map(drop);
        match send() {
            // What the kernel has to say about a stranger takes the place of this send.
            Err(error) if self.has_strangers && is_gone(&error) => send(),
            result => result,
        }
    }

    /// What becomes of a datagram; what happens to it stands in the trace.
    fn meet(&mut self, direction: Direction, datagram: &[u8]) -> Fate {
        let Some(faults) = &mut self.faults else { return Fate::Pass };
        let class = match Opcode::first(datagram) {
            Some(Opcode::Data) => Class::Data,
            Some(Opcode::Ack) => Class::Ack,
            _ => Class::Other,
        };
        let fate = faults.meet(direction, class);
        let what = match fate {
            Fate::Pass => return fate,
            Fate::Drop => FaultKind::Dropped,
            Fate::Double => FaultKind::Duplicated,
            Fate::Late(by) => FaultKind::Delayed(by),
        };
        let fault = Fault { what, direction, peer: self.peer().clone() };
        self.on.on_behalf_of(Origin::Lab).fault(fault, self.endpoint.socket.id(), datagram);
        fate
    }

    fn hold(&mut self, direction: Direction, by: Duration, bytes: Vec<u8>) {
        if self.held.len() < MOST_HELD {
            self.held.push(Held { until: self.now().saturating_add(by.as_nanos() as u64), direction, bytes });
        }
    }

    /// Waits for a datagram of the partner until `until`, on the clock of the trace.
    pub(super) fn wait(&mut self, until: u64) -> Heard {
        loop {
            if self.is_over() {
                return Heard::Over;
            }
            if let Some(at) = self.counting.as_mut().and_then(|counting| counting.next()) {
                return Heard::Datagram(at);
            }
            let now = self.now();
            match self.release(now) {
                Ok(None) => {}
                Ok(Some(length)) => return Heard::Datagram(0..length),
                Err(error) => return Heard::Failed(error),
            }
            if now >= until {
                return Heard::Nothing;
            }
            let until = self.held.iter().map(|held| held.until).min().unwrap_or(until).min(until);
            if let Some(heard) = self.receive(Duration::from_nanos(until.saturating_sub(now))) {
                match heard {
                    Heard::Datagram(at) if !self.passes(at.clone()) => {}
                    heard => return heard,
                }
            }
        }
    }

    /// Lets go what was held back long enough. What came is put into the buffer, one at a time: its length.
    fn release(&mut self, now: u64) -> Result<Option<usize>, net::Error> {
        while let Some(place) = self.held.iter().position(|held| held.until <= now) {
            let held = self.held.remove(place);
            match held.direction {
                Direction::Sent => self.transmit(&held.bytes)?,
                Direction::Received => return Ok(Some(self.put(held.bytes))),
            }
        }
        Ok(None)
    }

    fn put(&mut self, datagram: Vec<u8>) -> usize {
        let length = datagram.len();
        match self.buffer.get_mut(..length) {
            Some(buffer) => buffer.copy_from_slice(&datagram),
            None => self.buffer = datagram,
        }
        length
    }

    /// Whether nothing happens to what was received.
    fn passes(&mut self, at: Range<usize>) -> bool {
        if self.faults.is_none() {
            return true;
        }
        let datagram = self.received(at).to_vec();
        match self.meet(Direction::Received, &datagram) {
            Fate::Pass => return true,
            Fate::Drop => {}
            Fate::Double => {
                self.hold(Direction::Received, Duration::ZERO, datagram);
                return true;
            }
            Fate::Late(by) => self.hold(Direction::Received, by, datagram),
        }
        false
    }

    /// One receive; none where it brought nothing for this transfer.
    fn receive(&mut self, left: Duration) -> Option<Heard> {
        match &self.source {
            Source::Socket => self.receive_from_socket(left),
            Source::Channel(datagrams) => match datagrams.recv_timeout(left.min(PROMPT)) {
                Ok(datagram) => Some(Heard::Datagram(0..self.put(datagram))),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Heard::Over),
            },
        }
    }

    fn receive_from_socket(&mut self, left: Duration) -> Option<Heard> {
        if left < SHORT && self.exact > 0 {
            self.exact -= 1;
            match self.endpoint.socket.poll(&self.on, Interest::Readable, Some(left)) {
                Ok(true) => {}
                Ok(false) => {
                    self.exact = EXACT;
                    return None;
                }
                Err(error) if failure::is_interruption(&error) => return None,
                Err(error) => return Some(Heard::Failed(error)),
            }
        } else if let Err(error) = self.set_limit(left) {
            return Some(Heard::Failed(error));
        }
        match self.call() {
            // What wakes a thread that is to end looks like an empty datagram.
            Ok(_) | Err(_) if self.is_over() => Some(Heard::Over),
            Ok((count, segment, from)) => {
                let first = 0..segment.min(count);
                if self.counting.as_ref().is_none_or(|counting| !counting.connected) && !self.is_of_partner(&from, first.clone()) {
                    return None;
                }
                if let Some(counting) = &mut self.counting {
                    counting.counted.packets += 1;
                    counting.waiting = (first.end..count, segment);
                }
                Some(Heard::Datagram(first))
            }
            Err(error) if failure::is_timeout(&error) => {
                self.is_short = self.limit.is_some_and(|limit| limit < left / 2);
                if !self.is_short {
                    self.exact = EXACT;
                }
                None
            }
            Err(error) if failure::is_interruption(&error) => None,
            Err(error) if is_gone(&error) => (!self.has_strangers).then_some(Heard::Gone),
            Err(error) => Some(Heard::Failed(error)),
        }
    }

    /// The receive itself: how many bytes came, how long each datagram of them is but perhaps the last, and from whom.
    fn call(&mut self) -> Result<(usize, usize, Address), net::Error> {
        let socket = &self.endpoint.socket;
        let Some(counting) = &mut self.counting else {
            return socket.recv_from(&self.on, &mut self.buffer).map(|(count, from, _)| (count, count, from));
        };
        counting.counted.calls += 1;
        if counting.coalesces {
            socket.recv_segments(&counting.on, &mut self.buffer)
        } else if counting.connected {
            socket.recv(&counting.on, &mut self.buffer).map(|count| (count, count, Address::Unnamed))
        } else {
            socket.recv_from(&counting.on, &mut self.buffer).map(|(count, from, _)| (count, count, from))
        }
    }

    /// Lets the next receive wait for about `left`. What it is set to may be one and a quarter of that: the clock decides, not the kernel. It may be less as long
    /// as what is waited for comes in less: within a window the waits are short, and after its ACK long, which is to cost no call each time.
    fn set_limit(&mut self, left: Duration) -> Result<(), net::Error> {
        let wanted = left.max(SHORTEST);
        if self.limit.is_some_and(|limit| limit <= wanted + wanted / 4 && (limit >= wanted / 2 || !self.is_short)) {
            return Ok(());
        }
        self.is_short = false;
        if let Some(option) = option::by_name("SO_RCVTIMEO") {
            self.endpoint.socket.set_option(&self.on, option, &Value::Time(Some(wanted)))?;
        }
        self.limit = Some(wanted);
        Ok(())
    }

    /// Whether a datagram is the partner's. A client's first answer says who that is; others are told that they are not.
    fn is_of_partner(&mut self, from: &Address, at: Range<usize>) -> bool {
        match &self.partner {
            Some(partner) if partner == from => return true,
            Some(_) => {}
            None => {
                let is_request = |opcode| matches!(opcode, Opcode::Rrq | Opcode::Wrq);
                let answers = Opcode::first(self.received(at.clone())).is_some_and(|opcode| !is_request(opcode));
                if answers && same_host(&self.asked, from) {
                    self.partner = Some(from.clone());
                    return true;
                }
            }
        }
        if let Some(answer) = wrong_port(self.received(at)) {
            if !std::mem::replace(&mut self.has_strangers, true) {
                self.tell(text!("program-tftp-stranger", from = from.to_string()));
            }
            // A stranger that cannot be told is no loss.
            self.endpoint.socket.send_to(&self.on, &answer, from).ok();
        }
        false
    }
}

/// Whether the kernel says that an earlier datagram met no socket.
pub(super) fn is_gone(error: &net::Error) -> bool {
    // Windows says so with ECONNRESET.
    ["ECONNREFUSED", "ECONNRESET"].iter().any(|name| error.errno.is(name))
}

fn same_host(one: &Address, other: &Address) -> bool {
    match (one.ip(), other.ip()) {
        (Some(one), Some(other)) => one.ip().to_canonical() == other.ip().to_canonical(),
        _ => false,
    }
}
