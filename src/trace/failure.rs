//! The last call that failed and was not made good, and who has the address that it was about: for the card that explains it.
//!
//! A fold over the trace, so that it explains a recording as it does a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::Address;
use super::call::{Args, Call};
use super::record::{Kind, Life, Outcome, ProgramId, Record, SocketId};

/// Errors that are no trouble: the call may be made again, or goes on.
pub(super) const USUAL: [&str; 3] = ["EAGAIN", "EINPROGRESS", "EINTR"];

/// How many of those are kept that had an address.
const MOST_HOLDERS: usize = 4096;

/// A socket that has, or had, an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The socket.
    pub socket: SocketId,
    /// The program that owns it.
    pub program: ProgramId,
    /// The address.
    pub address: Address,
    /// The row of its bind.
    pub bound: u64,
    /// The row of its listen.
    pub listening: Option<u64>,
    /// The row of its close.
    pub closed: Option<u64>,
}

/// What has failed, and who has which address. See [`Failures::fold`].
#[derive(Clone, Debug, Default)]
pub struct Failures {
    read: u64,
    last: Option<Arc<Record>>,
    names: BTreeMap<ProgramId, Arc<str>>,
    holders: BTreeMap<SocketId, Holder>,
}

impl Failures {
    /// Takes in rows, which follow those taken in before: those of [`Store::scans`](super::Store::scans) from [`read`](Self::read) on.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            match &record.kind {
                Kind::Life(Life::ProgramStarted { name, .. }) => drop(self.names.insert(record.program, Arc::clone(name))),
                Kind::Call(call, args) => self.take(record, *call, args),
                _ => {}
            }
        }
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The last call of a program that failed, unless the same call of that program has succeeded since.
    pub fn last(&self) -> Option<&Arc<Record>> {
        self.last.as_ref()
    }

    fn take(&mut self, record: &Record, call: Call, args: &Args) {
        if let Outcome::Err(errno) = &record.outcome {
            if !record.is_of_lab() && !USUAL.iter().any(|name| errno.is(name)) {
                self.last = Some(Arc::new(record.clone()));
            }
            return;
        }
        if self.last.as_deref().is_some_and(|failed| failed.call() == Some(call) && self.is_same(failed.program, record.program)) {
            self.last = None;
        }
        let Some(socket) = record.socket else { return };
        match (call, args) {
            (Call::Bind, Args::Address(address)) => {
                let address = address.clone();
                let holder = Holder { socket, program: record.program, address, bound: record.n, listening: None, closed: None };
                self.holders.insert(socket, holder);
                // The oldest that no longer has its address.
                let gone = self.holders.iter().find(|(_, holder)| holder.closed.is_some()).map(|(socket, _)| *socket);
                if let Some(gone) = gone.filter(|_| self.holders.len() > MOST_HOLDERS) {
                    self.holders.remove(&gone);
                }
            }
            (Call::GetSockName, _) => {
                if let (Some(holder), Outcome::Address(address, _)) = (self.holders.get_mut(&socket), &record.outcome) {
                    holder.address = address.clone();
                }
            }
            (Call::Listen, _) => drop(self.holders.get_mut(&socket).map(|holder| holder.listening = Some(record.n))),
            (Call::Close, _) => drop(self.holders.get_mut(&socket).map(|holder| holder.closed = Some(record.n))),
            _ => {}
        }
    }

    /// Whether both are starts of the program of one name.
    fn is_same(&self, one: ProgramId, other: ProgramId) -> bool {
        one == other || self.names.get(&one).is_some_and(|name| self.names.get(&other) == Some(name))
    }

    /// Who of the lab had the address of the failed call `record` when it was made; for a connect that met nobody, who had it last or has it since.
    pub fn holder(&self, record: &Record) -> Option<&Holder> {
        let (Some(Args::Address(address)), Some(call)) = (record.args(), record.call()) else { return None };
        let wanted = address.ip()?;
        let fits = |holder: &&Holder| {
            let has = holder.address.ip().is_some_and(|has| {
                let (first, second) = (has.ip().to_canonical(), wanted.ip().to_canonical());
                has.port() == wanted.port() && (first == second || first.is_unspecified() || second.is_unspecified())
            });
            has && Some(holder.socket) != record.socket
        };
        let had = |holder: &&Holder| holder.bound < record.n && holder.closed.is_none_or(|closed| closed > record.n);
        let then = self.holders.values().filter(fits).find(had);
        match call {
            Call::Connect => then.or_else(|| self.holders.values().rfind(fits)),
            _ => then,
        }
    }

    /// Whether a socket of this lab has that port now.
    pub fn is_taken(&self, port: u16) -> bool {
        self.holders.values().any(|holder| holder.closed.is_none() && holder.address.port() == Some(port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Errno, Origin, ThreadId};
    use std::net::SocketAddr;

    fn row(n: u64, program: u32, socket: u32, call: Call, args: Args, outcome: Outcome) -> Record {
        let (kind, socket) = (Kind::Call(call, args), Some(SocketId(socket)));
        let (program, thread) = (ProgramId(program), ThreadId(program));
        Record { n, kind, origin: Origin::Program, run: 1, program, thread, socket, t0: n, t1: n, outcome, payload: None }
    }

    fn bind(n: u64, program: u32, outcome: Outcome) -> Record {
        let address = SocketAddr::from(([127, 0, 0, 1], 9001)).into();
        row(n, program, program, Call::Bind, Args::Address(address), outcome)
    }

    fn started(n: u64, program: u32, name: &str) -> Record {
        let kind = Kind::Life(Life::ProgramStarted { name: name.into(), kind: "tcp-server".into() });
        Record { kind, socket: None, ..bind(n, program, Outcome::Ok(0)) }
    }

    #[test]
    fn a_failure_stands_until_the_same_call_of_that_program_succeeds() {
        let in_use = || Outcome::Err(Errno::by_name("EADDRINUSE").expect("a name"));
        let mut failures = Failures::default();
        failures.fold(&[started(1, 1, "server"), bind(2, 1, Outcome::Ok(0)), row(3, 1, 1, Call::Listen, Args::Backlog(5), Outcome::Ok(0))]);
        assert!(failures.last().is_none() && failures.is_taken(9001));
        let failed = bind(5, 2, in_use());
        failures.fold(&[started(4, 2, "second"), failed.clone()]);
        assert_eq!(failures.last().map(|record| record.n), Some(5));
        let holder = failures.holder(&failed).expect("the first");
        assert_eq!((holder.socket, holder.bound, holder.listening), (SocketId(1), 2, Some(3)));
        // Another program's success, and another call of the same, change nothing; a later start of the same does.
        failures.fold(&[row(6, 1, 1, Call::Close, Args::None, Outcome::Ok(0)), row(7, 2, 2, Call::Close, Args::None, Outcome::Ok(0))]);
        assert!(failures.last().is_some() && !failures.is_taken(9001));
        assert!(failures.holder(&failed).is_some(), "it had the address then");
        failures.fold(&[started(8, 3, "second"), bind(9, 3, Outcome::Ok(0))]);
        assert!(failures.last().is_none());
    }

    #[test]
    fn of_those_that_had_an_address_the_latest_are_kept() {
        let mut failures = Failures::default();
        failures.fold(&[bind(1, 1, Outcome::Ok(0))]);
        for n in 2..3 * MOST_HOLDERS as u64 {
            failures.fold(&[bind(2 * n, n as u32, Outcome::Ok(0)), row(2 * n + 1, 1, n as u32, Call::Close, Args::None, Outcome::Ok(0))]);
        }
        assert_eq!(failures.holders.len(), MOST_HOLDERS);
        assert!(failures.holders.contains_key(&SocketId(1)), "it still has its address");
    }

    #[test]
    fn what_is_no_trouble_is_no_failure() {
        let mut failures = Failures::default();
        let again = Outcome::Err(Errno::by_name("EAGAIN").expect("a name"));
        failures.fold(&[row(1, 1, 1, Call::Recv, Args::Length(8), again)]);
        let of_lab = Record { origin: Origin::Lab, ..bind(2, 1, Outcome::Err(Errno::by_name("EACCES").expect("a name"))) };
        failures.fold(&[of_lab]);
        assert!(failures.last().is_none());
    }
}
