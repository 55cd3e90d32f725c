//! Transfers by TFTP as state machines: no socket, no clock, no file.
//!
//! A [`Sender`] gives a file away, a [`Receiver`] takes one; each is the end of one transfer, of a client (`ask`) as of a server (`answer`). Time is an argument:
//! nanoseconds on any clock that never goes back. So every rule is tested in virtual time, and a program is only this loop around a socket and a file. What both ends
//! are asked and told is [`Machine`]; what the file is to each is its own.
//!
//! ```text
//! loop {
//!     match sender.next(now()) {
//!         Next::Send(burst)   => for packet in burst.packets() { socket.send(packet) },
//!         Next::Fill(room)    => { let n = read_as_much_as_fits(room); sender.filled(n) }      // only senders ask for this
//!         Next::Told(message) => trace.told(message),
//!         Next::Wait(until)   => if let Some(datagram) = socket.recv(until) { sender.on_datagram(now(), datagram) },
//!         Next::Ended         => break,                                                        // outcome() is there
//!     }
//! }
//! ```
//!
//! What a receiver takes in comes back from [`Receiver::on_datagram`], in order and exactly once; it is acknowledged by the following `next`, so that what could not
//! be written is not acknowledged but [aborted](Machine::abort). The outcome of a receiver is there as soon as it has the whole file; it stays on for a while only to
//! acknowledge the last block again (RFC 1350, section 6, "dallying").
//!
//! The caller owns the socket and so the ports: what comes from another than the partner's is answered with [`wrong_port`] and never shown to the machine.
//! Requests are judged by [`judge`] before there is a machine, and an [`Agreement`] says what a server grants.
//!
//! A read transfer of a server: `judge` → `Agreement::grant` → `Sender::answer`; of a client: `Receiver::ask`. A write transfer: `Receiver::answer`, `Sender::ask`.

#![warn(clippy::indexing_slicing)]

mod agreement;
mod ask;
mod counts;
mod course;
mod judge;
mod machine;
mod outcome;
mod receiver;
mod sender;
mod timer;

pub use agreement::{Agreement, Limits, Row, Terms};
pub use ask::{Ask, Asked, Unaskable};
pub use counts::Counts;
pub use judge::{Judged, judge};
pub use machine::Machine;
pub use outcome::{Failure, Outcome};
pub use receiver::{Piece, Receiver};
pub use sender::Sender;
pub use timer::Patience;

use crate::text::Message;
use crate::wire::tftp::{ErrorCode, Packet};

/// Nanoseconds in a second.
pub const SECOND: u64 = 1_000_000_000;

/// What a machine wants next.
#[derive(Debug)]
pub enum Next<'m> {
    /// Send these packets, in order. They count as sent, whatever becomes of them.
    Send(Burst<'m>),
    /// Put the next bytes of the file here, as many as fit (only the end of the file may leave room), then call [`Sender::filled`].
    Fill(&'m mut [u8]),
    /// Something that a person should know: for the trace.
    Told(Message),
    /// Wait for a datagram, at most until this time; then call `next` again.
    Wait(u64),
    /// Nothing more: the outcome is there.
    Ended,
}

/// Packets that lie one behind the other, all of one length but perhaps the last: as `UDP_SEGMENT` takes them.
#[derive(Clone, Copy, Debug)]
pub struct Burst<'m> {
    /// The packets.
    pub bytes: &'m [u8],
    /// The length of each but the last; at least 1.
    pub segment: usize,
    /// Whether the first of them was sent before.
    pub again: bool,
}

impl<'m> Burst<'m> {
    /// Packet by packet.
    pub fn packets(&self) -> std::slice::Chunks<'m, u8> {
        self.bytes.chunks(self.segment.max(1))
    }

    /// One packet.
    fn one(bytes: &'m [u8], again: bool) -> Self {
        Self { bytes, segment: bytes.len().max(1), again }
    }
}

/// An ERROR packet. `text` is English and ASCII, as RFC 1350 (section 5) wants it; a zero byte in it would end it, and is left out.
pub fn error_packet(code: ErrorCode, text: &str) -> Vec<u8> {
    let text: Vec<u8> = text.bytes().filter(|byte| *byte != 0).collect();
    Packet::Error { code, text: &text }.to_bytes()
}

/// The answer to `datagram` that came, on the socket of a transfer, from another port than the partner's: ERROR 5 (RFC 1350, section 4). The transfer goes on
/// undisturbed. `None` where it is an ERROR itself, which is never answered.
pub fn wrong_port(datagram: &[u8]) -> Option<Vec<u8>> {
    use crate::wire::tftp::Opcode;
    let answered = Opcode::first(datagram) != Some(Opcode::Error);
    answered.then(|| error_packet(ErrorCode::UnknownTid, ErrorCode::UnknownTid.phrase()))
}
