//! The packets of one transfer, one after the other, as one of its ends sent and received them: what a ladder is drawn from.

use super::{Transfer, Transfers};
use crate::trace::call::Direction;
use crate::trace::record::{Fault, FaultKind, ProgramId, Record, SocketId};
use crate::trace::store::Store;
use crate::wire::tftp::{ErrorCode, HEADER, Packet};

/// How many packets a ladder holds. Of a longer transfer the first are there, and how many more there were.
pub const MOST_RUNGS: usize = 100_000;

/// A packet of a transfer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The number of its row.
    pub n: u64,
    /// When it was sent or came, in nanoseconds on the clock of the trace.
    pub at: u64,
    /// Which way it went, as its end sees it.
    pub direction: Direction,
    /// What it is.
    pub step: Step,
    /// Bytes of the file in it.
    pub length: u32,
    /// What is to be said of it.
    pub mark: RungMark,
}

/// What a packet is. Blocks are counted on where their numbers begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A request to read.
    Rrq,
    /// A request to write.
    Wrq,
    /// Options are granted.
    Oack,
    /// A block of the file.
    Data(u64),
    /// A block has come.
    Ack(u64),
    /// The transfer is ended.
    Error(ErrorCode),
}

/// What is to be said of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RungMark {
    /// Nothing: it goes or comes for the first time, in its turn.
    First,
    /// This end had sent it before.
    Again,
    /// This end had received it before.
    Duplicate,
    /// A block before it is missing.
    Ahead,
    /// It has no place in the transfer, or comes from another port.
    Stray,
    /// The lab let it be lost.
    Dropped,
    /// The lab let it go or come twice; this is the second.
    Doubled,
    /// The lab held it back.
    Late,
}

/// The packets of one transfer.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    /// The row in which the transfer begins.
    row: u64,
    /// The packets, in their order.
    pub rungs: Vec<Rung>,
    /// How many more there were.
    pub more: u64,
    /// Those that are held back: their rows are still to come.
    late: Vec<Step>,
}

/// What a transfer had counted before a packet.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    repeated: u64,
    duplicates: u64,
    gaps: u64,
    strays: u64,
    doubles: u64,
}

impl Counted {
    pub(super) const fn of(transfer: &Transfer) -> Self {
        Self {
            repeated: transfer.repeated,
            duplicates: transfer.duplicates,
            gaps: transfer.gaps,
            strays: transfer.strays,
            doubles: transfer.doubles,
        }
    }

    /// What `transfer`, which has taken in a packet since, makes of that.
    fn mark(self, transfer: &Transfer) -> RungMark {
        match () {
            () if transfer.doubles == 0 && self.doubles > 0 => RungMark::Doubled,
            () if transfer.repeated > self.repeated => RungMark::Again,
            () if transfer.duplicates > self.duplicates => RungMark::Duplicate,
            () if transfer.gaps > self.gaps => RungMark::Ahead,
            () if transfer.strays > self.strays => RungMark::Stray,
            () => RungMark::First,
        }
    }
}

impl Ladder {
    /// The packet in row `n`.
    pub fn rung(&self, n: u64) -> Option<&Rung> {
        let place = self.rungs.binary_search_by_key(&n, |rung| rung.n).ok()?;
        self.rungs.get(place)
    }

    fn push(&mut self, rung: Rung) {
        if self.rungs.len() < MOST_RUNGS {
            self.rungs.push(rung);
        } else {
            self.more += 1;
        }
    }
}

impl Transfers {
    /// Follows the transfer of `program` that begins in `row`, packet by packet. Reads on from that row.
    pub fn watching(program: ProgramId, row: u64) -> Self {
        let ladder = Some(Box::new(Ladder { row, ..Ladder::default() }));
        Self { read: row.saturating_sub(1), programs: [program].into(), ladder, ..Self::default() }
    }

    /// The packets of the transfer that is followed.
    pub fn ladder(&self) -> Option<&Ladder> {
        self.ladder.as_deref()
    }

    /// Whether nothing more comes of the transfer that is followed.
    pub fn is_over(&self) -> bool {
        let row = self.ladder.as_ref().map(|ladder| ladder.row);
        let ended = |transfer: &Transfer| Some(transfer.row) == row && transfer.end.is_some();
        self.kept.iter().any(|(number, transfer)| ended(transfer) && !self.by_end.values().any(|other| other == number))
    }

    /// The packet in row `record`, as its end sees it; none where it is of no transfer. Reads the transfer up to there: not for the window's thread.
    pub fn rung(&self, store: &Store, record: &Record) -> Option<Rung> {
        let (socket, n) = (record.socket?, record.n);
        let program = |transfer: &&Transfer| transfer.program == record.program && transfer.row <= n;
        // A request to a server comes on another socket than the answer goes from.
        let own = |transfer: &&Transfer| transfer.socket == socket || transfer.row == n;
        let facing = record.facing();
        let with = |transfer: &&Transfer| transfer.asks || facing.is_none() || transfer.peer.as_ref() == facing;
        let transfer = self.all().rev().map(|(_, transfer)| transfer).filter(program).filter(own).find(with)?;
        let mut watching = Self::watching(record.program, transfer.row);
        for scan in store.scans(transfer.row) {
            watching.fold(scan.rows());
            // What the lab let happen to it stands in the next rows.
            if watching.read > n.saturating_add(64) || watching.ladder().is_some_and(|ladder| ladder.more > 0) {
                break;
            }
        }
        watching.ladder()?.rung(n).copied()
    }

    /// Notes a packet of `transfer`, where that one is followed.
    pub(super) fn climb(
        ladder: &mut Option<Box<Ladder>>,
        transfer: &Transfer,
        before: Counted,
        record: &Record,
        packet: &Packet<'_>,
        is_sent: bool,
        length: u64,
    ) {
        let Some(ladder) = ladder.as_mut().filter(|ladder| ladder.row == transfer.row) else { return };
        let mut mark = before.mark(transfer);
        let step = step(transfer, packet);
        if is_sent && let Some(place) = ladder.late.iter().position(|late| *late == step) {
            ladder.late.remove(place);
            mark = RungMark::Late;
        }
        let direction = if is_sent { Direction::Sent } else { Direction::Received };
        let length = if let Step::Data(_) = step { length.saturating_sub(HEADER as u64) as u32 } else { 0 };
        ladder.push(Rung { n: record.n, at: record.place(), direction, step, length, mark });
    }

    /// Notes what the lab let happen to a packet of the transfer that is followed.
    pub(super) fn mark_fault(&mut self, record: &Record, socket: SocketId, packet: &Packet<'_>, fault: &Fault) {
        let number = self.number(socket, &fault.peer);
        let Some(transfer) = number.and_then(|number| self.kept.get(&number)) else { return };
        let Some(ladder) = self.ladder.as_mut().filter(|ladder| ladder.row == transfer.row) else { return };
        let step = step(transfer, packet);
        match (fault.what, fault.direction) {
            (FaultKind::Delayed(_), Direction::Sent) => ladder.late.push(step),
            (FaultKind::Duplicated, Direction::Sent) => {}
            (what, direction) => {
                // Of what was to be sent, and of the second that came, this is the row; what came has one before it.
                let is_this = |rung: &&mut Rung| rung.n == record.n || rung.direction == direction && what != FaultKind::Duplicated;
                if let Some(rung) = ladder.rungs.iter_mut().rev().take(8).find(is_this) {
                    rung.mark = match what {
                        FaultKind::Dropped => RungMark::Dropped,
                        FaultKind::Duplicated => RungMark::Doubled,
                        _ => RungMark::Late,
                    };
                }
            }
        }
    }
}

/// What a packet is in `transfer`.
fn step(transfer: &Transfer, packet: &Packet<'_>) -> Step {
    match packet {
        Packet::Rrq(_) => Step::Rrq,
        Packet::Wrq(_) => Step::Wrq,
        Packet::Oack(_) => Step::Oack,
        Packet::Data { block, .. } => Step::Data(super::course::unwrapped(transfer.highest, *block)),
        Packet::Ack { block } => Step::Ack(super::course::unwrapped(transfer.acked, *block)),
        Packet::Error { code, .. } => Step::Error(*code),
    }
}
