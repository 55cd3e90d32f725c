//! One observed fact: a call with its arguments and its outcome, or something that happened to a program.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::call::{Args, Call, Direction};
use super::errno::Errno;
use super::message::MessageFlag;
use super::sample::Sample;
use super::value::Value;
use crate::text::Message;
use crate::wire::Framing;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// A program of the lab, counted from 1.
    ProgramId, "p"
);
impl ProgramId {
    /// The lab itself, where it tells something that no program did.
    pub const LAB: Self = Self(0);
}

id!(
    /// A thread of a program, counted from 1 over the whole trace.
    ThreadId, "t"
);
id!(
    /// A kernel socket: s1, s2, ... in order of birth. Never reused, unlike the kernel's descriptors.
    SocketId, "s"
);

/// One row of the trace. Immutable; written when the call has returned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The row's number, from 1: dense, rising, final. 0 until the recorder has given it.
    pub n: u64,
    /// What it is.
    pub kind: Kind,
    /// On whose behalf it was done.
    pub origin: Origin,
    /// Which run of the lab it belongs to, from 1.
    pub run: u32,
    /// The program it belongs to.
    pub program: ProgramId,
    /// The thread that made it.
    pub thread: ThreadId,
    /// The socket the call was made on.
    pub socket: Option<SocketId>,
    /// When the call began: nanoseconds on the clock of the trace.
    pub t0: u64,
    /// When it returned: nanoseconds on the same clock.
    pub t1: u64,
    /// What came back.
    pub outcome: Outcome,
    /// The bytes that it moved.
    pub payload: Option<Payload>,
}

/// What kind of fact a [`Record`] holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// A call into the kernel.
    Call(Call, Args),
    /// Something in the life of a program or a thread.
    Life(Life),
    /// A thread of a program panicked; what it said.
    Panic(Arc<str>),
    /// A person marked a row, or took its mark away.
    Mark(Mark),
    /// The lab let something happen to a datagram or to a part of a stream, as the network might.
    Fault(Box<Fault>),
    /// What the kernel knew of the socket.
    Sample(Sample),
}

/// What the lab let happen to a datagram, or a link to a part of a stream; that is the payload of the record. One that was to be sent and is dropped never reached
/// the kernel; one that came and is dropped is the row of a receive too, which its program does not learn of. A link says it of what it is to send on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What happened to it.
    pub what: FaultKind,
    /// Which way it went.
    pub direction: Direction,
    /// The other side.
    pub peer: Address,
}

/// What can happen to a datagram or to a part of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// It is lost.
    Dropped,
    /// It comes twice.
    Duplicated,
    /// It comes later, by so much.
    Delayed(std::time::Duration),
    /// It waits until the one behind it has gone.
    Reordered,
    /// It is lost, because the queue was full.
    Overflowed,
    /// A limit of the rate lets its last byte go after so long.
    Limited(std::time::Duration),
    /// A part of a stream is cut off and goes by itself; so many bytes that could have gone with it wait.
    Sliced(u32),
    /// What so many receives brought is held together and goes as one.
    Glued(u32),
    /// It is held until the link moves again; where that is known, for so long.
    Stalled(Option<std::time::Duration>),
    /// The connection is reset, after so many bytes went that way.
    Reset(u64),
}

impl FaultKind {
    /// Its name in every language: `dropped`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Duplicated => "duplicated",
            Self::Delayed(_) => "delayed",
            Self::Reordered => "reordered",
            Self::Overflowed => "overflowed",
            Self::Limited(_) => "limited",
            Self::Sliced(_) => "sliced",
            Self::Glued(_) => "glued",
            Self::Stalled(_) => "stalled",
            Self::Reset(_) => "reset",
        }
    }
}

/// A mark that a person set on a row, with a note. A row of its own, since rows never change; the latest about a row holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number of the row that is marked.
    pub row: u64,
    /// What the person noted, which may be nothing; none takes the mark away.
    pub note: Option<Arc<str>>,
}

/// What happens to a program beside its calls. The names of programs and threads are known from these alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Life {
    /// A program was started.
    ProgramStarted {
        /// Its name in the lab.
        name: Arc<str>,
        /// Its kind, as in the lab file: `tcp-server`.
        kind: Arc<str>,
    },
    /// A program has ended; all its threads have.
    ProgramEnded,
    /// A thread began its work.
    ThreadStarted {
        /// Its name, unique within the program.
        name: Arc<str>,
    },
    /// A thread has ended.
    ThreadEnded,
    /// The thread had to wait because its rows came faster than they could be recorded. From `t0` to `t1`.
    LaneFull,
    /// Something a person should know: what a program could not do, and why.
    Told(Message),
    /// By what the program tells messages apart in its streams, and the longest that it takes, in bytes.
    Framed(Framing, u32),
    /// The thread is the first one of a process of its own, with this number: what it tells comes from there.
    ProcessStarted {
        /// The number of the process.
        number: u32,
    },
}

/// On whose behalf something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// The program, as it was configured.
    Program,
    /// A person who pressed a button: a message typed, a peer disconnected.
    Person,
    /// The lab itself, in order to stop a program or to look at it. Hidden by default.
    Lab,
}

/// What a call returned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// It succeeded, with the number it returned: a descriptor, a count of bytes, 0.
    Ok(i64),
    /// It gave a new socket (accept), and the address of the other side.
    Socket(SocketId, Address),
    /// It gave an address (getsockname, getpeername), or the sender of a datagram with what was told about it.
    Address(Address, Flags),
    /// It gave the value of an option.
    Value(Box<Value>),
    /// It failed.
    Err(Errno),
    /// It gave the addresses of a name, in order (getaddrinfo).
    Addresses(Arc<[Address]>),
}

/// What `recvfrom` told beside the bytes (recvmsg(2), `msg_flags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// `MSG_TRUNC`: the datagram was longer than the buffer; the rest is gone.
    pub truncated: bool,
}

/// The bytes a call moved, shared by every view.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The part that was kept ([`Keep`](super::Keep)).
    pub bytes: Bytes,
    /// How many bytes the call moved.
    pub full_len: u32,
}

impl Payload {
    /// All of `bytes`, kept.
    pub fn whole(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { full_len: bytes.len() as u32, bytes }
    }

    /// Whether bytes were moved that were not kept.
    pub fn is_cut(&self) -> bool {
        (self.bytes.len() as u32) < self.full_len
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} of {} B)", self.bytes.len(), self.full_len)
    }
}

impl Record {
    /// The call, where the record is one.
    pub const fn call(&self) -> Option<Call> {
        match &self.kind {
            Kind::Call(call, _) => Some(*call),
            _ => None,
        }
    }

    /// The call's arguments, where the record is a call.
    pub const fn args(&self) -> Option<&Args> {
        match &self.kind {
            Kind::Call(_, args) => Some(args),
            _ => None,
        }
    }

    /// The errno, where the call failed.
    pub const fn errno(&self) -> Option<Errno> {
        match &self.outcome {
            Outcome::Err(errno) => Some(*errno),
            _ => None,
        }
    }

    /// How long it took, in nanoseconds.
    pub const fn took(&self) -> u64 {
        self.t1.saturating_sub(self.t0)
    }

    /// Whether it is a receive that left what it read where it was (`MSG_PEEK`): what it shows has not moved.
    pub fn is_peek(&self) -> bool {
        self.args().is_some_and(|args| args.flags().has(MessageFlag::Peek))
    }

    /// Which way bytes went, where any did.
    pub fn direction(&self) -> Option<Direction> {
        self.payload.as_ref().filter(|_| !self.is_peek()).and_then(|_| self.call()).and_then(Call::direction)
    }

    /// How many bytes the call moved; none where it failed, or is not one that moves bytes. A receive that found the end of a stream moved 0.
    pub fn moved(&self) -> Option<u64> {
        self.call().and_then(Call::direction).filter(|_| !self.is_peek())?;
        match (&self.outcome, &self.payload) {
            (Outcome::Err(_), _) => None,
            (_, Some(payload)) => Some(u64::from(payload.full_len)),
            (Outcome::Ok(bytes), None) => u64::try_from(*bytes).ok(),
            _ => Some(0),
        }
    }

    /// The other side's address of a datagram, where the call that moved it has one.
    pub fn facing(&self) -> Option<&Address> {
        match (self.args(), &self.outcome) {
            (_, Outcome::Err(_)) => None,
            (Some(Args::LengthTo(_, address) | Args::LengthToFlags(_, address, _)), _) | (_, Outcome::Address(address, _))
                if self.payload.is_some() =>
            {
                Some(address)
            }
            _ => None,
        }
    }

    /// Whether it is a call that the lab itself made, in order to stop a program or to look at it: views hide it unless they are asked not to.
    pub const fn is_of_lab(&self) -> bool {
        matches!((&self.kind, self.origin), (Kind::Call(..), Origin::Lab))
    }

    /// Whether views hide it unless they are asked not to: what the lab itself did; that programs and threads begin and end and how they frame, which states and forms show already;
    /// what the kernel knew, which has a view of its own; and marks, which are shown on the rows they name.
    pub const fn is_quiet(&self) -> bool {
        let births_and_ends = matches!(
            self.kind,
            Kind::Life(
                Life::ProgramStarted { .. }
                    | Life::ProgramEnded
                    | Life::ThreadStarted { .. }
                    | Life::ThreadEnded
                    | Life::ProcessStarted { .. }
                    | Life::Framed(..)
            ) | Kind::Mark(_)
                | Kind::Sample(_)
        );
        births_and_ends || self.is_of_lab()
    }

    /// A row for a test: by the first program, thread and socket, at `n` nanoseconds, with success.
    #[cfg(test)]
    pub(crate) const fn plain(n: u64, kind: Kind) -> Self {
        let (program, thread, socket) = (ProgramId(1), ThreadId(1), Some(SocketId(1)));
        Self { n, kind, origin: Origin::Program, run: 1, program, thread, socket, t0: n, t1: n, outcome: Outcome::Ok(0), payload: None }
    }

    /// The bytes the record holds beside itself, for the memory budget.
    pub fn weight(&self) -> usize {
        let sample = if let Kind::Sample(sample) = &self.kind { size_of_val(sample.figures()) } else { 0 };
        size_of::<Self>() + sample + self.payload.as_ref().map_or(0, |payload| payload.bytes.len())
    }

    /// Where the row stands in time, in nanoseconds. A call that gives (send, connect, shutdown, close) stands where it began if it returned within
    /// 5 ms, any other where it returned: on loopback a receive often returns before the send that fed it.
    pub fn place(&self) -> u64 {
        if self.call().is_some_and(Call::gives) && self.took() <= super::HOLD { self.t0 } else { self.t1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<Record>() <= 184, "{} bytes: a trace holds millions of them", size_of::<Record>());
    }
}
