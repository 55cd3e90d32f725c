//! A call that failed, with what is known of its socket, of the other sockets and of this computer.

use std::net::SocketAddr;

use super::{Coach, Remedy};
use crate::net::Opt;
use crate::net::option::by_name;
use crate::trace::failure::Holder;
use crate::trace::lives::SocketLife;
use crate::trace::{Address, Args, Call, Family, ProgramId, Record, SocketId, SocketType, Value};

/// A call that failed.
pub(super) struct Case<'case> {
    pub(super) coach: &'case Coach<'case>,
    pub(super) record: &'case Record,
    pub(super) call: Call,
    /// Its socket.
    pub(super) life: Option<&'case SocketLife>,
    /// Who has the address that the call was about.
    pub(super) holder: Option<&'case Holder>,
}

impl<'case> Case<'case> {
    pub(super) fn new(coach: &'case Coach<'case>, record: &'case Record, call: Call) -> Self {
        let life = record.socket.and_then(|socket| coach.lives.socket(socket));
        Self { coach, record, call, life, holder: coach.failures.holder(record) }
    }

    /// The name of a program.
    pub(super) fn name(&self, program: ProgramId) -> String {
        self.coach.names.program_name(program)
    }

    /// The row, where it stands before this call.
    pub(super) fn before(&self, row: Option<u64>) -> Option<u64> {
        row.filter(|row| *row < self.record.n)
    }

    /// The address that the call was about: its own, or for a listen that of its socket.
    pub(super) fn address(&self) -> Option<&'case Address> {
        match self.record.args() {
            Some(Args::Address(address) | Args::LengthTo(_, address)) => Some(address),
            _ => self.life.and_then(|life| life.local.as_ref()),
        }
    }

    pub(super) fn ip(&self) -> Option<SocketAddr> {
        self.address().and_then(Address::ip)
    }

    pub(super) fn family(&self) -> Option<Family> {
        self.life?.made.map(|(family, _)| family)
    }

    pub(super) fn kind(&self) -> Option<SocketType> {
        self.life?.made.map(|(_, kind)| kind)
    }

    /// The other end of the connection, where it is in the trace.
    pub(super) fn other(&self) -> Option<(SocketId, &'case SocketLife)> {
        self.coach.lives.other_end(self.record.socket?)
    }

    /// The option that the call was about, and the value that was asked for.
    pub(super) fn option(&self) -> Option<(&'static Opt, Option<&'case Value>)> {
        match self.record.args()? {
            Args::OptionValue(name, value) => Some((by_name(name)?, Some(value))),
            Args::Option(name) => Some((by_name(name)?, None)),
            _ => None,
        }
    }

    /// Whether the socket had this flag set before the call.
    pub(super) fn has(&self, name: &str) -> bool {
        self.life.is_some_and(|life| life.has(name))
    }

    /// Gives the program of the call, or another one, this flag.
    pub(super) fn flag(&self, program: Option<ProgramId>, name: &str) -> Option<Remedy> {
        Some(Remedy::Option(program.unwrap_or(self.record.program), by_name(name)?, Value::Flag(true)))
    }
}

/// Whether two addresses are one, or one of them is all of them. Of IPv6 all addresses are those of IPv4 too.
pub(super) fn meet(one: SocketAddr, other: SocketAddr) -> bool {
    let (first, second) = (one.ip().to_canonical(), other.ip().to_canonical());
    one.port() == other.port() && (first == second || first.is_unspecified() || second.is_unspecified())
}
