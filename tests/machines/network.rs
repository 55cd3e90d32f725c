//! Two ends of a transfer and the network between them, in virtual time: seconds of it take microseconds, and every run is the same.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use socket_lab::tftp::{
    Agreement, Ask, Asked, Counts, Judged, Limits, Machine as _, Next, Outcome, Patience, Receiver, SECOND, Sender, judge,
};
use socket_lab::wire::tftp::{Mode, Opcode, Packet};

/// A millionth of a second.
pub(crate) const US: u64 = SECOND / 1_000_000;

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Side {
    Client,
    Server,
}

impl Side {
    pub(crate) const BOTH: [Self; 2] = [Self::Client, Self::Server];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// One end: the lab's, or a model of another program's.
pub(crate) trait End {
    /// Goes on as far as it can: what it sends, and until when it then waits; `None` when it has ended.
    fn go(&mut self, now: u64, send: &mut dyn FnMut(&[u8])) -> Option<u64>;
    /// A datagram came.
    fn take(&mut self, now: u64, datagram: &[u8]);
    /// Whether it knows how the transfer ended.
    fn knows(&self) -> bool;
    /// What it has received.
    fn received(&self) -> &[u8] {
        &[]
    }
}

/// The lab's sender with the file it sends.
pub(crate) struct Sending {
    pub(crate) machine: Sender,
    pub(crate) file: Vec<u8>,
    at: usize,
    pub(crate) told: Vec<String>,
}

impl Sending {
    pub(crate) fn new(machine: Sender, file: &[u8]) -> Self {
        Self { machine, file: file.to_vec(), at: 0, told: Vec::new() }
    }
}

impl End for Sending {
    fn go(&mut self, now: u64, send: &mut dyn FnMut(&[u8])) -> Option<u64> {
        loop {
            match self.machine.next(now) {
                Next::Send(burst) => burst.packets().for_each(&mut *send),
                Next::Fill(room) => {
                    let rest = &self.file[self.at..];
                    let length = rest.len().min(room.len());
                    room[..length].copy_from_slice(&rest[..length]);
                    self.at += length;
                    self.machine.filled(length);
                }
                Next::Told(message) => self.told.push(message.key().to_owned()),
                Next::Wait(until) => return Some(until),
                Next::Ended => return None,
            }
        }
    }

    fn take(&mut self, now: u64, datagram: &[u8]) {
        self.machine.on_datagram(now, datagram);
    }

    fn knows(&self) -> bool {
        self.machine.outcome().is_some()
    }
}

/// The lab's receiver with what it received.
pub(crate) struct Receiving {
    pub(crate) machine: Receiver,
    pub(crate) file: Vec<u8>,
    pub(crate) is_whole: bool,
    pub(crate) told: Vec<String>,
}

impl Receiving {
    pub(crate) fn new(machine: Receiver) -> Self {
        Self { machine, file: Vec::new(), is_whole: false, told: Vec::new() }
    }
}

impl End for Receiving {
    fn go(&mut self, now: u64, send: &mut dyn FnMut(&[u8])) -> Option<u64> {
        loop {
            match self.machine.next(now) {
                Next::Send(burst) => burst.packets().for_each(&mut *send),
                Next::Fill(_) => unreachable!("a receiver has nothing to send"),
                Next::Told(message) => self.told.push(message.key().to_owned()),
                Next::Wait(until) => return Some(until),
                Next::Ended => return None,
            }
        }
    }

    fn take(&mut self, now: u64, datagram: &[u8]) {
        if let Some(piece) = self.machine.on_datagram(now, datagram) {
            assert!(!self.is_whole, "nothing comes after the last piece");
            self.file.extend_from_slice(piece.bytes);
            self.is_whole = piece.last;
        }
    }

    fn received(&self) -> &[u8] {
        &self.file
    }

    fn knows(&self) -> bool {
        self.machine.outcome().is_some()
    }
}

/// How long each copy of a packet is on its way; none where it is lost. It is asked for with who sent the packet, and the how-manieth of that end it is, from 0.
pub(crate) type Fate = VecDeque<u64>;

/// A packet on its way: when it arrives, in which order it was sent, at whom.
type Flying = (u64, usize, Side, Vec<u8>);

/// How a run went.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// When the last of both ended, dallying included.
    pub(crate) time: u64,
    /// When both knew how it ended.
    pub(crate) known: u64,
    /// When each of them ended: the client, the server.
    pub(crate) left: [u64; 2],
    /// Packets sent: by the client, by the server.
    pub(crate) sent: [usize; 2],
    /// Every packet sent, if asked for.
    pub(crate) log: Vec<(u64, Side, String)>,
}

/// Runs two ends until both have ended, or panics when that takes longer than `limit` of virtual time or more than `most` packets.
pub(crate) fn run(
    client: &mut dyn End,
    server: &mut dyn End,
    limit: u64,
    most: usize,
    log: bool,
    mut fate: impl FnMut(Side, usize) -> Fate,
) -> Run {
    let mut run = Run::default();
    let mut flying = BinaryHeap::<Reverse<Flying>>::new();
    let mut first_of = HashMap::<(Side, u16, u16), Vec<u8>>::new();
    let (mut now, mut serial) = (0, 0);
    let mut wakes = [Some(0), Some(0)];
    loop {
        for side in Side::BOTH {
            if wakes[side as usize].is_none_or(|wake| wake > now) {
                continue;
            }
            let sent = &mut run.sent[side as usize];
            let packets = &mut run.log;
            let mut send = |bytes: &[u8]| {
                assert!(*sent < most, "{side:?} sends more than {most} packets");
                if log {
                    let packet = Packet::parse(bytes).map_or_else(|wrong| wrong.message().to_string(), |packet| packet.to_string());
                    packets.push((now, side, packet));
                    // What is sent again is what was sent. (Only where no number is used twice, and so not in long transfers, which are not logged.)
                    if Opcode::first(bytes) == Some(Opcode::Data) {
                        let number = u16::from_be_bytes([bytes[2], bytes[3]]);
                        let first = first_of.entry((side, 3, number)).or_insert_with(|| bytes.to_vec());
                        assert_eq!(first, bytes, "block {number} differs when it is sent again");
                    }
                }
                for delay in fate(side, *sent) {
                    serial += 1;
                    flying.push(Reverse((now + delay, serial, side.other(), bytes.to_vec())));
                }
                *sent += 1;
            };
            let end: &mut dyn End = if side == Side::Client { &mut *client } else { &mut *server };
            let wake = end.go(now, &mut send);
            assert!(wake.is_none_or(|wake| wake > now), "{side:?} waits for a time that has passed");
            wakes[side as usize] = wake;
            if wake.is_none() {
                run.left[side as usize] = now;
            }
        }
        if run.known == 0 && client.knows() && server.knows() {
            run.known = now;
        }
        let arrival = flying.peek().map(|Reverse((time, ..))| *time);
        if wakes == [None, None] {
            run.time = now;
            return run;
        }
        now = wakes.into_iter().flatten().chain(arrival).min().unwrap_or(now);
        assert!(now <= limit, "not at an end after {} s: {:?}", limit / SECOND, run.log.iter().rev().take(20).collect::<Vec<_>>());
        while flying.peek().is_some_and(|Reverse((time, ..))| *time <= now) {
            let Some(Reverse((_, _, side, bytes))) = flying.pop() else { break };
            if let Some(wake) = &mut wakes[side as usize] {
                *wake = now;
                let end: &mut dyn End = if side == Side::Client { &mut *client } else { &mut *server };
                end.take(now, &bytes);
                // One datagram, one look: as a program does that is not fast enough for two.
                break;
            }
        }
    }
}

/// The lab's server: waits for a request, then is one end.
pub(crate) struct Serving {
    pub(crate) file: Vec<u8>,
    pub(crate) limits: Limits,
    pub(crate) patience: Patience,
    pub(crate) end: Option<Machine>,
    requests: usize,
}

/// Either end of the lab.
pub(crate) enum Machine {
    Sending(Sending),
    Receiving(Receiving),
}

impl Machine {
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Sending(end) => end.machine.outcome(),
            Self::Receiving(end) => end.machine.outcome(),
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Sending(end) => end.machine.counts(),
            Self::Receiving(end) => end.machine.counts(),
        }
    }
}

impl Serving {
    pub(crate) fn new(file: &[u8]) -> Self {
        Self { file: file.to_vec(), limits: Limits::default(), patience: Patience::default(), end: None, requests: 0 }
    }

    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.end.as_ref().and_then(Machine::outcome)
    }

    pub(crate) fn counts(&self) -> Counts {
        self.end.as_ref().map(Machine::counts).unwrap_or_default()
    }
}

impl End for Serving {
    fn go(&mut self, now: u64, send: &mut dyn FnMut(&[u8])) -> Option<u64> {
        match &mut self.end {
            // A server waits for ever; here until the client has given up too.
            None => (now < 3600 * SECOND).then_some(3600 * SECOND),
            Some(Machine::Sending(end)) => end.go(now, send),
            Some(Machine::Receiving(end)) => end.go(now, send),
        }
    }

    fn take(&mut self, now: u64, datagram: &[u8]) {
        if let Some(Opcode::Rrq | Opcode::Wrq) = Opcode::first(datagram) {
            self.requests += 1;
            if self.requests == 1 {
                self.end = Some(match judge(datagram) {
                    Judged::Read(request) => {
                        let agreement = Agreement::grant_read(&request, Some(self.file.len() as u64), &self.limits);
                        Machine::Sending(Sending::new(Sender::answer(now, &agreement, self.patience), &self.file))
                    }
                    Judged::Write(request) => Machine::Receiving(Receiving::new(Receiver::answer(
                        now,
                        &Agreement::grant_write(&request, &self.limits),
                        self.patience,
                    ))),
                    other => unreachable!("{other:?}"),
                });
            } else {
                match &mut self.end {
                    None => {}
                    Some(Machine::Sending(end)) => end.machine.on_request(now),
                    Some(Machine::Receiving(end)) => end.machine.on_request(now),
                }
            }
            return;
        }
        match &mut self.end {
            None => {}
            Some(Machine::Sending(end)) => end.take(now, datagram),
            Some(Machine::Receiving(end)) => end.take(now, datagram),
        }
    }

    fn received(&self) -> &[u8] {
        match &self.end {
            Some(Machine::Receiving(end)) => end.received(),
            _ => &[],
        }
    }

    fn knows(&self) -> bool {
        self.outcome().is_some()
    }
}

/// A request for the file “a”.
pub(crate) fn asking(options: Asked) -> Ask {
    Ask { name: "a".to_owned(), mode: Mode::Octet, options }
}

/// A client that reads.
pub(crate) fn reading(options: Asked) -> Receiving {
    Receiving::new(Receiver::ask(0, &asking(options), Patience::default()).expect("a good request"))
}

/// A client that writes.
pub(crate) fn writing(options: Asked, file: &[u8]) -> Sending {
    Sending::new(Sender::ask(0, &asking(options), Patience::default()).expect("a good request"), file)
}

/// Bytes that do not repeat soon.
pub(crate) fn bytes(length: usize) -> Vec<u8> {
    (0..length as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

/// A network that loses nothing, with this way from end to end.
pub(crate) fn calm(way: u64) -> impl FnMut(Side, usize) -> Fate {
    move |_, _| Fate::from([way])
}
