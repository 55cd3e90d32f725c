//! What the lab lets happen to the packets of a transfer: counted, and told apart from what the network does.
//!
//! A packet that was to be sent and is dropped has no row of a call: to its end it is sent all the same. One that came and is dropped is the row of a receive, of
//! which the program does not learn: what that row told is taken back.

use super::{Transfer, Transfers};
use crate::trace::address::Address;
use crate::trace::call::Direction;
use crate::trace::record::{Fault, FaultKind, Record, SocketId};
use crate::wire::tftp::Packet;

/// How many packets that are held back are remembered; as many as a program holds back at a time.
const MOST_LATE: usize = 1024;

/// Where a transfer stood before a packet came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Before {
    bytes: u64,
    highest: u64,
    acked: u64,
    duplicates: u64,
    gaps: u64,
    strays: u64,
    last: u64,
    blksize: u64,
    windowsize: u64,
    size: Option<u64>,
    final_block: Option<(u64, u64)>,
    has_acked: bool,
    had_granted: bool,
    had_ended: bool,
}

/// A packet that came and is held back: its program learns of it later.
#[derive(Clone, Debug)]
pub(super) struct Late {
    until: u64,
    record: Record,
    peer: Address,
}

impl Transfer {
    /// Notes where it stands, before a packet that came is taken in.
    pub(super) fn note(&mut self) {
        self.before = Some(Before {
            bytes: self.bytes,
            highest: self.highest,
            acked: self.acked,
            duplicates: self.duplicates,
            gaps: self.gaps,
            strays: self.strays,
            last: self.last,
            blksize: self.blksize,
            windowsize: self.windowsize,
            size: self.size,
            final_block: self.final_block,
            has_acked: self.has_acked,
            had_granted: self.granted.is_some(),
            had_ended: self.end.is_some(),
        });
    }

    /// Takes back what the packet told that came last.
    fn take_back(&mut self) {
        let Some(before) = self.before.take() else { return };
        (self.bytes, self.highest, self.acked) = (before.bytes, before.highest, before.acked);
        (self.duplicates, self.gaps, self.strays) = (before.duplicates, before.gaps, before.strays);
        (self.last, self.blksize, self.windowsize, self.size) = (before.last, before.blksize, before.windowsize, before.size);
        (self.final_block, self.has_acked) = (before.final_block, before.has_acked);
        self.granted.take_if(|_| !before.had_granted);
        self.end.take_if(|_| !before.had_ended);
        self.pace.back_to(self.bytes);
    }
}

impl Transfers {
    /// Takes in what the lab let happen to a packet.
    pub(super) fn take_fault(&mut self, record: &Record, fault: &Fault) {
        let (Some(socket), Some(payload)) = (record.socket, &record.payload) else { return };
        let Ok(packet) = Packet::parse(&payload.bytes) else { return };
        let (peer, length) = (fault.peer.clone(), u64::from(payload.full_len));
        match (fault.what, fault.direction) {
            (FaultKind::Dropped, Direction::Sent) => self.take_packet(record, socket, &packet, Direction::Sent, peer.clone(), length),
            // The second has no row of its own.
            (FaultKind::Duplicated, Direction::Received) => {
                self.take_packet(record, socket, &packet, Direction::Received, peer.clone(), length);
            }
            (FaultKind::Dropped | FaultKind::Delayed(_), Direction::Received) => {
                self.take_back(socket, &peer);
                if let (FaultKind::Delayed(by), true) = (fault.what, self.late.len() < MOST_LATE) {
                    let until = record.t1.saturating_add(by.as_nanos() as u64);
                    self.late.push(Late { until, record: record.clone(), peer: peer.clone() });
                }
            }
            // The rest happens on a link, which is no end of a transfer.
            _ => {}
        }
        let Some(transfer) = self.facing(record, socket, &peer) else { return };
        match fault.what {
            FaultKind::Dropped => transfer.dropped += 1,
            FaultKind::Duplicated => transfer.doubled += 1,
            FaultKind::Delayed(_) => transfer.delayed += 1,
            _ => {}
        }
        // The second row of what goes twice is not the program's doing.
        if fault.what == FaultKind::Duplicated && fault.direction == Direction::Sent {
            transfer.doubles = 2;
        }
        self.mark_fault(record, socket, &packet, fault);
    }

    /// The transfer of a socket with this peer, also while its first answer is on its way.
    fn facing(&mut self, record: &Record, socket: SocketId, peer: &Address) -> Option<&mut Transfer> {
        if let Some(number) = self.number(socket, peer) {
            return self.kept.get_mut(&number);
        }
        let is_from = |from: &(_, Address)| *from == (record.program, peer.clone());
        self.pending.iter_mut().find(|pending| is_from(&pending.from)).map(|pending| &mut pending.transfer)
    }

    fn take_back(&mut self, socket: SocketId, peer: &Address) {
        let number = self.number(socket, peer);
        if let Some(transfer) = number.and_then(|number| self.kept.get_mut(&number)) {
            transfer.take_back();
        }
    }

    /// Lets a program learn of the packets that were held back until `now`.
    pub(super) fn release(&mut self, socket: SocketId, now: u64) {
        while let Some(place) = self.late.iter().position(|late| late.record.socket == Some(socket) && late.until <= now) {
            let Late { until, record, peer } = self.late.swap_remove(place);
            let number = self.number(socket, &peer);
            if let (Some(transfer), Some(payload)) = (number.and_then(|number| self.kept.get_mut(&number)), &record.payload)
                && let Ok(packet) = Packet::parse(&payload.bytes)
            {
                transfer.take(&packet, false, u64::from(payload.full_len), until);
            }
        }
    }
}
