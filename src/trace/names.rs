//! What the trace tells about its programs, threads and sockets - names, ends, who accepted whom - and about its rows: marks and notes.
//!
//! A fold over the rows that outlives rows which have left memory; opening a recording rebuilds it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::call::{Args, Call, Family, SocketType};
use super::paged::{MOST_PAGES, Paged};
use super::record::{Kind, Life, Mark, Outcome, ProgramId, Record, SocketId, ThreadId};

/// Names of programs and threads, the ends of sockets, and the marks on rows.
///
/// A clone shares what neither side changes, so that a reader may hold one while a hundred thousand connections come and go. Of closed sockets and of threads
/// those are kept that were born last, a quarter of a million of each; an older one is told by its id alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Names {
    programs: Paged<ProgramName>,
    threads: Paged<Arc<str>>,
    sockets: Paged<SocketEnds>,
    /// The notes on marked rows, by their numbers.
    marks: Arc<BTreeMap<u64, Arc<str>>>,
    /// When the first program of each run was started.
    runs: BTreeMap<u32, u64>,
}

/// A program, as it was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramName {
    /// Its name in the lab.
    pub name: Arc<str>,
    /// Its kind, as in the lab file.
    pub kind: Arc<str>,
}

/// What is known about a socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SocketEnds {
    /// The program that owns it.
    pub program: ProgramId,
    /// Its family and type; none where its birth was not seen.
    pub made: Option<(Family, SocketType)>,
    /// The listener that accepted it.
    pub accepted_by: Option<SocketId>,
    /// Its own address, as last asked for or read.
    pub local: Option<Address>,
    /// The other side's address.
    pub peer: Option<Address>,
    /// Whether it was closed.
    pub closed: bool,
}

impl Names {
    /// Whether a record tells anything that is kept here: the rows that move bytes do not.
    pub fn concerns(record: &Record) -> bool {
        match &record.kind {
            Kind::Call(call, _) => {
                let moves = matches!(call, Call::Send | Call::Recv | Call::SendTo | Call::RecvFrom);
                let asks = call.is_of_library()
                    || matches!(
                        call,
                        Call::GetAddrInfo
                            | Call::Ioctl
                            | Call::Poll
                            | Call::EpollCreate
                            | Call::EpollCtl
                            | Call::EpollWait
                            | Call::Spawn
                            | Call::CloseCopy
                    );
                !moves && !asks && !matches!(call, Call::SetSockOpt | Call::GetSockOpt)
            }
            Kind::Life(Life::ProgramStarted { .. } | Life::ThreadStarted { .. }) | Kind::Mark(_) => true,
            Kind::Life(_) | Kind::Panic(_) | Kind::Fault(_) | Kind::Sample(_) => false,
        }
    }

    /// Takes in one record.
    pub fn learn(&mut self, record: &Record) {
        match &record.kind {
            Kind::Life(Life::ProgramStarted { name, kind }) => {
                self.runs.entry(record.run).or_insert(record.t0);
                self.programs.insert(record.program.0, ProgramName { name: Arc::clone(name), kind: Arc::clone(kind) });
            }
            Kind::Life(Life::ThreadStarted { name }) => {
                self.threads.insert(record.thread.0, Arc::clone(name));
                self.threads.keep(MOST_PAGES, |_| false);
            }
            Kind::Call(call, args) => {
                if let Some(socket) = record.socket {
                    self.learn_call(record, *call, args, socket);
                    self.sockets.keep(MOST_PAGES, |ends| ends.closed);
                }
            }
            Kind::Mark(mark) => self.learn_mark(mark),
            Kind::Life(_) | Kind::Panic(_) | Kind::Fault(_) | Kind::Sample(_) => {}
        }
    }

    fn learn_mark(&mut self, mark: &Mark) {
        let marks = Arc::make_mut(&mut self.marks);
        match &mark.note {
            Some(note) => drop(marks.insert(mark.row, Arc::clone(note))),
            None => drop(marks.remove(&mark.row)),
        }
    }

    fn learn_call(&mut self, record: &Record, call: Call, args: &Args, socket: SocketId) {
        let program = record.program;
        let fresh = || SocketEnds { program, made: None, accepted_by: None, local: None, peer: None, closed: false };
        let listener = self.sockets.change(socket.0, fresh, |ends| {
            ends.learn(record, call, args);
            (ends.made, ends.local.clone())
        });
        if let (Call::Accept, Outcome::Socket(accepted, peer), Some((made, local))) = (call, &record.outcome, listener) {
            self.sockets.change(accepted.0, fresh, |ends| {
                ends.made = made;
                ends.accepted_by = Some(socket);
                ends.local = ends.local.take().or(local);
                ends.peer = Some(peer.clone());
            });
        }
    }

    /// The program's name and kind.
    pub fn program(&self, program: ProgramId) -> Option<&ProgramName> {
        self.programs.get(program.0)
    }

    /// The program's name; its id where the name is not known.
    pub fn program_name(&self, program: ProgramId) -> String {
        if program == ProgramId::LAB {
            return "lab".to_owned();
        }
        self.program(program).map_or_else(|| program.to_string(), |program| program.name.to_string())
    }

    /// The thread's name.
    pub fn thread(&self, thread: ThreadId) -> Option<&Arc<str>> {
        self.threads.get(thread.0)
    }

    /// The thread's name; its id where the name is not known.
    pub fn thread_name(&self, thread: ThreadId) -> String {
        self.thread(thread).map_or_else(|| thread.to_string(), |name| name.to_string())
    }

    /// What is known about a socket.
    pub fn socket(&self, socket: SocketId) -> Option<&SocketEnds> {
        self.sockets.get(socket.0)
    }

    /// When a run began, in nanoseconds on the clock of the trace: when its first program was started. 0 where that was not seen.
    pub fn run_start(&self, run: u32) -> u64 {
        self.runs.get(&run).copied().unwrap_or_default()
    }

    /// How long after the start of its run something was, in nanoseconds: the run is the last that had begun `at` this time on the clock of the trace.
    pub fn in_run(&self, at: u64) -> u64 {
        at - self.runs.values().rev().copied().find(|start| *start <= at).unwrap_or_default()
    }

    /// The note on row `n`, which may be empty; none where it is not marked.
    pub fn mark(&self, n: u64) -> Option<&Arc<str>> {
        self.marks.get(&n)
    }

    /// The marked rows with their notes, in order of their numbers.
    pub fn marks(&self) -> &BTreeMap<u64, Arc<str>> {
        &self.marks
    }

    /// All programs seen, in order of their ids.
    pub fn programs(&self) -> Vec<(ProgramId, &ProgramName)> {
        self.programs.iter().map(|(id, name)| (ProgramId(id), name)).collect()
    }

    /// The names of the threads seen, in order of their ids.
    pub fn threads(&self) -> impl Iterator<Item = &Arc<str>> {
        self.threads.iter().map(|(_, name)| name)
    }

    /// The sockets born last, at most so many, the latest first.
    pub fn latest_sockets(&self, most: usize) -> Vec<(SocketId, &SocketEnds)> {
        self.sockets.iter().rev().take(most).map(|(id, ends)| (SocketId(id), ends)).collect()
    }

    /// All sockets seen, in order of birth.
    pub fn sockets(&self) -> Vec<(SocketId, &SocketEnds)> {
        self.sockets.iter().map(|(id, ends)| (SocketId(id), ends)).collect()
    }
}

impl SocketEnds {
    fn learn(&mut self, record: &Record, call: Call, args: &Args) {
        match (call, args, &record.outcome) {
            // A connect that goes on in the background has its peer; whether it succeeds is told by a later call.
            (Call::Connect, Args::Address(address), Outcome::Err(errno)) if errno.is("EINPROGRESS") => self.peer = Some(address.clone()),
            (_, _, Outcome::Err(_)) => {}
            (Call::Socket, Args::Socket(family, kind), _) => self.made = Some((*family, *kind)),
            (Call::Bind, Args::Address(address), _) | (Call::GetSockName, _, Outcome::Address(address, _)) => {
                self.local = Some(address.clone());
            }
            (Call::Connect, Args::Address(address), _) | (Call::GetPeerName, _, Outcome::Address(address, _)) => {
                self.peer = Some(address.clone());
            }
            (Call::Close, ..) => self.closed = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Settings, Trace};

    #[test]
    fn a_time_is_that_of_the_run_it_falls_into() {
        let names = Names { runs: BTreeMap::from([(1, 100), (2, 5_000)]), ..Names::default() };
        assert_eq!([50, 100, 4_999, 5_000, 5_007].map(|at| names.in_run(at)), [50, 0, 4_899, 0, 7]);
    }

    #[test]
    fn the_latest_mark_of_a_row_holds() {
        let trace = Trace::new(Settings::default()).unwrap();
        trace.mark(7, Some("here"));
        trace.mark(3, Some(""));
        trace.mark(7, Some("there"));
        trace.mark(3, None);
        trace.flush();
        let names = trace.store().names();
        assert_eq!((names.mark(7).map(|note| &**note), names.mark(3), names.marks().len()), (Some("there"), None, 1));
        let rows = trace.store().rows(1..9).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(rows.len(), 4, "each is a row");
        assert!(rows.iter().all(Record::is_quiet));
        let mut replayed = Names::default();
        for row in &rows {
            replayed.learn(row);
        }
        assert_eq!(replayed, *names);
    }
}
