//! Transfers by TFTP: what the packets tell that the programs of a lab exchanged.
//!
//! A fold over the trace that reads each row once. A transfer is seen from each of its ends that belongs to the lab: what one end sent and the other never received
//! makes the two differ, and that is the lesson. Only programs that speak TFTP are looked at.

mod course;
mod faults;
mod ladder;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use self::faults::{Before, Late};
use self::ladder::Counted;
pub use self::ladder::{Ladder, MOST_RUNGS, Rung, RungMark, Step};
use super::address::Address;
use super::call::{Args, Call, Direction};
use super::names::Names;
use super::record::{Kind, Life, ProgramId, Record, SocketId};
use super::store::Store;
use crate::text::Message;
use crate::wire::tftp::{BLKSIZE, ErrorCode, HEADER, Mode, Opcode, Options, Packet};

/// How many transfers are kept; of further ones the oldest that have ended are forgotten.
pub const MOST: usize = 1_000;

/// One end of a transfer.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The program whose end this is.
    pub program: ProgramId,
    /// Its socket.
    pub socket: SocketId,
    /// The other end; none as long as a client has not been answered.
    pub peer: Option<Address>,
    /// Whether this end asked for it: it is the client.
    pub asks: bool,
    /// Whether this end gives the file.
    pub gives: bool,
    /// The name in the request, escaped.
    pub name: String,
    /// The mode in the request.
    pub mode: Mode,
    /// The options that the client asked for the last time, with their values as written.
    pub asked: Vec<(String, String)>,
    /// The options in the OACK; none where there was no OACK.
    pub granted: Option<Vec<(String, String)>>,
    /// Bytes of the file in a block.
    pub blksize: u64,
    /// Blocks for one ACK.
    pub windowsize: u64,
    /// Bytes of the whole file, where one side has told them.
    pub size: Option<u64>,
    /// Bytes of the file that were received in order, or acknowledged.
    pub bytes: u64,
    /// The last block that was given for the first time, or received in order.
    pub highest: u64,
    /// The last block that was acknowledged.
    pub acked: u64,
    /// Packets of this end that it had sent before.
    pub repeated: u64,
    /// Packets that this end had received before.
    pub duplicates: u64,
    /// Blocks that came before others which are missing.
    pub gaps: u64,
    /// Packets that had no place.
    pub strays: u64,
    /// Packets that the lab let be lost at this end, either way.
    pub dropped: u64,
    /// Packets that it let go or come twice.
    pub doubled: u64,
    /// Packets that it held back.
    pub delayed: u64,
    /// The number of the row in which it began: the request, as this end sent or received it.
    pub row: u64,
    /// When that was, in nanoseconds on the clock of the trace.
    pub since: u64,
    /// When the last packet went or came.
    pub last: u64,
    /// How it ended; none while it goes on.
    pub end: Option<End>,
    /// How fast it went.
    pub pace: Pace,
    /// The last block and its length, once it was seen.
    final_block: Option<(u64, u64)>,
    /// Whether there was an ACK: the first may be that of block 0.
    has_acked: bool,
    /// How many rows of sending are still to come of a packet that the lab sends twice.
    doubles: u64,
    /// Where it stood before the last packet came.
    before: Option<Before>,
}

/// How a transfer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every block was received and acknowledged.
    Complete,
    /// Every block was sent, but the ACK of the last was not received.
    Unconfirmed,
    /// An ERROR ended it.
    Error {
        /// Its code.
        code: ErrorCode,
        /// Its words, escaped.
        words: String,
        /// Whether this end sent it.
        is_sent: bool,
    },
    /// This end closed its socket before.
    Left,
}

/// How far a transfer was at points of time, few enough to be drawn: the longer it takes, the further apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    points: Vec<(u64, u64)>,
    step: u64,
}

impl Pace {
    /// Nanoseconds since the transfer began, and the bytes that were across by then; rising.
    pub fn points(&self) -> &[(u64, u64)] {
        &self.points
    }
}

impl Transfer {
    /// Bytes a second over all the time it took, as long as that can be told.
    pub fn rate(&self) -> Option<f64> {
        let time = self.last.saturating_sub(self.since);
        (time > 0 && self.bytes > 0).then(|| self.bytes as f64 * 1e9 / time as f64)
    }

    /// What part of the file is across, from 0 to 1, where its size is known.
    pub fn part(&self) -> Option<f32> {
        match (&self.end, self.size) {
            (Some(End::Complete), _) => Some(1.0),
            (_, Some(size)) if size > 0 => Some((self.bytes as f32 / size as f32).min(1.0)),
            _ => None,
        }
    }
}

/// The sentence in which a program tells how far a transfer is whose packets it counts.
const COUNTED: &str = "program-tftp-counted";

/// Which end: a socket, and where the socket serves several, the other end's address.
type Key = (SocketId, Option<Address>);

/// A request that a server received and has not answered.
#[derive(Clone, Debug)]
struct Pending {
    transfer: Transfer,
    from: (ProgramId, Address),
}

/// All transfers of a trace. See [`Transfers::update`].
#[derive(Clone, Debug, Default)]
pub struct Transfers {
    read: u64,
    programs: HashSet<ProgramId>,
    /// Whom a connect made the only peer of a socket.
    connected: HashMap<SocketId, Address>,
    pending: VecDeque<Pending>,
    kept: BTreeMap<u64, Transfer>,
    by_end: HashMap<Key, u64>,
    born: u64,
    forgotten: u64,
    /// The packets that are held back at their end.
    late: Vec<Late>,
    /// The packets of the one that is followed.
    ladder: Option<Box<Ladder>>,
}

impl Transfers {
    /// Takes in the rows of `store` that came since the last time; returns whether there were any. Reads a recording from its file: not for the
    /// window's thread.
    pub fn update(&mut self, store: &Store) -> bool {
        let before = self.read;
        for scan in store.scans(self.read + 1) {
            self.fold(scan.rows());
        }
        self.read > before
    }

    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            self.take(record);
        }
    }

    /// Up to which row was read.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The transfers, the oldest first, with numbers that stay.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (u64, &Transfer)> {
        self.kept.iter().map(|(number, transfer)| (*number, transfer))
    }

    /// The transfer of that number.
    pub fn get(&self, number: u64) -> Option<&Transfer> {
        self.kept.get(&number)
    }

    /// How many transfers there were that are not kept any more.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    fn take(&mut self, record: &Record) {
        match &record.kind {
            Kind::Life(Life::ProgramStarted { kind, .. }) if is_tftp(kind) => drop(self.programs.insert(record.program)),
            Kind::Life(Life::ProgramEnded) => self.leave(|transfer| transfer.program == record.program),
            Kind::Life(Life::Told(message)) if message.key() == COUNTED => self.take_counted(record, message),
            Kind::Call(call, args) if self.programs.contains(&record.program) => self.take_call(record, *call, args),
            Kind::Fault(fault) if self.programs.contains(&record.program) => self.take_fault(record, fault),
            _ => {}
        }
    }

    /// What a program counted that does not record each packet.
    fn take_counted(&mut self, record: &Record, message: &Message) {
        let Some(socket) = record.socket else { return };
        let number = self.by_end.iter().find(|((of, _), _)| *of == socket).map(|(_, number)| *number);
        if let Some(transfer) = number.and_then(|number| self.kept.get_mut(&number)) {
            transfer.count(message.number("bytes").unwrap_or_default() as u64, message.text("state"), record.t1);
        }
    }

    fn take_call(&mut self, record: &Record, call: Call, args: &Args) {
        let Some(socket) = record.socket else { return };
        if !self.late.is_empty() {
            self.release(socket, record.t0);
        }
        match (call, args, record.direction(), &record.payload) {
            (Call::Connect, Args::Address(peer), ..) if record.errno().is_none() => drop(self.connected.insert(socket, peer.clone())),
            (Call::Close, ..) => {
                self.connected.remove(&socket);
                self.leave(|transfer| transfer.socket == socket);
            }
            (_, _, Some(direction), Some(payload)) => {
                let peer = record.facing().cloned().or_else(|| self.connected.get(&socket).cloned());
                if let (Ok(packet), Some(peer)) = (Packet::parse(&payload.bytes), peer) {
                    self.take_packet(record, socket, &packet, direction, peer, u64::from(payload.full_len));
                }
            }
            _ => {}
        }
    }

    fn take_packet(&mut self, record: &Record, socket: SocketId, packet: &Packet<'_>, direction: Direction, peer: Address, length: u64) {
        let is_sent = direction == Direction::Sent;
        let is_request = matches!(packet.opcode(), Opcode::Rrq | Opcode::Wrq);
        let known = self.number(socket, &peer);
        match known.and_then(|number| self.kept.get_mut(&number)) {
            Some(transfer) if !is_request || transfer.end.is_none() => {
                let before = Counted::of(transfer);
                if !is_sent {
                    transfer.note();
                }
                if transfer.asks && !is_request && !joins(transfer, &peer, is_sent) {
                    transfer.strays += u64::from(!is_sent);
                } else {
                    transfer.take(packet, is_sent, length, record.t1);
                }
                Self::climb(&mut self.ladder, transfer, before, record, packet, is_sent, length);
            }
            _ if is_request => self.begin(record, socket, packet, is_sent, peer),
            _ if is_sent => self.answer(record, socket, packet, peer, length),
            _ => {}
        }
    }

    /// The transfer of a socket: a client has one, and who answers first from another port is its partner; of a server's socket, that with this peer.
    fn number(&self, socket: SocketId, peer: &Address) -> Option<u64> {
        let client = self.by_end.get(&(socket, None));
        client.or_else(|| self.by_end.get(&(socket, Some(peer.clone())))).copied()
    }

    /// A request: a client's own is a transfer at once, that which a server received may be refused or never answered.
    fn begin(&mut self, record: &Record, socket: SocketId, packet: &Packet<'_>, is_sent: bool, peer: Address) {
        let (Packet::Rrq(request) | Packet::Wrq(request)) = packet else { return };
        let is_read = packet.opcode() == Opcode::Rrq;
        let mut transfer = Transfer {
            program: record.program,
            socket,
            peer: None,
            asks: is_sent,
            gives: is_read != is_sent,
            name: Options::words(request.name),
            mode: request.mode,
            asked: Vec::new(),
            granted: None,
            blksize: u64::from(BLKSIZE),
            windowsize: 1,
            size: None,
            bytes: 0,
            highest: 0,
            acked: 0,
            repeated: 0,
            duplicates: 0,
            gaps: 0,
            strays: 0,
            dropped: 0,
            doubled: 0,
            delayed: 0,
            row: record.n,
            since: record.place(),
            last: record.t1,
            end: None,
            pace: Pace::default(),
            final_block: None,
            has_acked: false,
            doubles: 0,
            before: None,
        };
        transfer.take(packet, is_sent, 0, record.t1);
        (transfer.repeated, transfer.duplicates) = (0, 0);
        Self::climb(&mut self.ladder, &transfer, Counted::of(&transfer), record, packet, is_sent, 0);
        if is_sent {
            self.add((socket, None), transfer);
            return;
        }
        // On a server with one port, the client's next transfer has the end of the one before.
        self.by_end.remove(&(socket, Some(peer.clone())));
        let from = (record.program, peer.clone());
        transfer.peer = Some(peer);
        if let Some(before) = self.pending.iter_mut().find(|pending| pending.from == from) {
            transfer.duplicates = before.transfer.duplicates + 1;
            before.transfer = transfer;
        } else {
            self.pending.push_back(Pending { transfer, from });
        }
        if self.pending.len() > MOST {
            self.pending.pop_front();
        }
    }

    /// The first packet to somebody whose request waits for one: from now on it is a transfer, on the socket that answers.
    fn answer(&mut self, record: &Record, socket: SocketId, packet: &Packet<'_>, peer: Address, length: u64) {
        let from = (record.program, peer.clone());
        let Some(place) = self.pending.iter().position(|pending| pending.from == from) else { return };
        let Some(Pending { mut transfer, .. }) = self.pending.remove(place) else { return };
        transfer.socket = socket;
        let before = Counted::of(&transfer);
        transfer.take(packet, true, length, record.t1);
        Self::climb(&mut self.ladder, &transfer, before, record, packet, true, length);
        self.add((socket, Some(peer)), transfer);
    }

    fn add(&mut self, key: Key, transfer: Transfer) {
        self.born += 1;
        self.by_end.insert(key, self.born);
        self.kept.insert(self.born, transfer);
        if self.kept.len() > MOST {
            let ended = self.kept.iter().find(|(_, transfer)| transfer.end.is_some()).or_else(|| self.kept.iter().next());
            if let Some(oldest) = ended.map(|(number, _)| *number) {
                self.kept.remove(&oldest);
                self.by_end.retain(|_, number| *number != oldest);
                self.forgotten += 1;
            }
        }
    }

    fn leave(&mut self, left: impl Fn(&Transfer) -> bool) {
        for transfer in self.kept.values_mut().filter(|transfer| left(transfer)) {
            transfer.leave();
        }
        let kept = &self.kept;
        self.by_end.retain(|_, number| kept.get(number).is_some_and(|transfer| !left(transfer)));
    }
}

/// Whether a packet from or to `peer` belongs to the transfer of a client. The first that answers from a new port becomes its partner.
fn joins(transfer: &mut Transfer, peer: &Address, is_sent: bool) -> bool {
    match &transfer.peer {
        Some(partner) => partner == peer,
        None if is_sent => true,
        None => {
            transfer.peer = Some(peer.clone());
            true
        }
    }
}

/// The packet that a row moved, as tcpdump writes it: `DATA block 3, 512 bytes`; none where the row's program does not speak TFTP, or moved no packet.
pub fn packet(record: &Record, names: &Names) -> Option<String> {
    let payload = record.payload.as_ref()?;
    names.program(record.program).filter(|program| is_tftp(&program.kind))?;
    match Packet::parse(&payload.bytes).ok()? {
        // The end of the block may not have been kept.
        Packet::Data { block, .. } => {
            Some(format!("{} block {block}, {} bytes", Opcode::Data, (payload.full_len as usize).saturating_sub(HEADER)))
        }
        packet => Some(packet.to_string()),
    }
}

/// Whether programs of this kind speak TFTP.
pub fn is_tftp(kind: &str) -> bool {
    kind.starts_with("tftp")
}

#[cfg(test)]
mod tests;
