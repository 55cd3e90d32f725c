//! What a load came to: how many messages a second, how long each took, how many threads served them. Derived from the calls of the load clients and the threads of
//! the servers, so that a recording tells it as a run does.
//!
//! A message has taken from the begin of its first send to the return of the recv that brought the last of as many bytes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::address::Address;
use super::call::{Args, Call};
use super::record::{Kind, Life, Outcome, ProgramId, Record, SocketId, ThreadId};

/// The kind of the programs that are followed, as a lab file has it.
pub const KIND: &str = "load";

/// How finely durations are told apart: each power of two in so many steps.
const STEPS: u32 = 32;
/// How many addresses of servers are remembered.
const MOST_SERVERS: usize = 1024;
/// How many loads are remembered; the oldest are forgotten.
const MOST_LOADS: usize = 256;

/// How long messages took, counted in steps of 3 % at most: any number of them takes the same room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latencies {
    counts: BTreeMap<u32, u64>,
    total: u64,
    most: u64,
}

impl Latencies {
    /// Counts a duration in nanoseconds.
    pub fn count(&mut self, took: u64) {
        *self.counts.entry(step(took)).or_default() += 1;
        self.total += 1;
        self.most = self.most.max(took);
    }

    /// How many were counted.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// The longest, in nanoseconds.
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// What `percent` of a hundred stayed below, in nanoseconds: 3 % too much at most. None where nothing was counted.
    pub fn percentile(&self, percent: u32) -> Option<u64> {
        let rank = (self.total * u64::from(percent.min(100))).div_ceil(100).max(1);
        let mut seen = 0;
        for (step, count) in &self.counts {
            seen += count;
            if seen >= rank {
                return Some(end(*step).min(self.most));
            }
        }
        None
    }
}

/// The step that a duration falls into.
const fn step(took: u64) -> u32 {
    let took = if took < STEPS as u64 { STEPS as u64 } else { took };
    let power = took.ilog2();
    let within = (took >> (power - STEPS.ilog2())) as u32 - STEPS;
    (power - STEPS.ilog2()) * STEPS + within
}

/// The longest duration of a step.
const fn end(step: u32) -> u64 {
    let (power, within) = (step / STEPS, (step % STEPS + STEPS) as u64);
    let next = (within + 1).checked_shl(power);
    match next {
        Some(next) if next >> power == within + 1 => next - 1,
        _ => u64::MAX,
    }
}

/// What one load client measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Its name in the lab.
    pub name: Arc<str>,
    /// The server it asked, where that is in the trace.
    pub server: Option<ProgramId>,
    /// How many connections were made.
    pub connected: u64,
    /// How many were open at a time, at most.
    pub at_once: u64,
    /// How many calls failed, but for those that would have had to wait.
    pub failed: u64,
    /// How long the messages took.
    pub latencies: Latencies,
    /// How many bytes came back.
    pub bytes: u64,
    /// When the first message was sent, in nanoseconds on the clock of the trace.
    pub begin: Option<u64>,
    /// When the last one was back.
    pub end: u64,
    /// How many threads the server had at a time, at most, while it was asked.
    pub threads: usize,
    /// How many processes it had, its own among them.
    pub processes: usize,
    /// Whether it has come to its end.
    pub is_over: bool,
    open: u64,
}

impl Load {
    /// Messages a second, from the first that was sent to the last that was back.
    pub fn rate(&self) -> Option<f64> {
        let took = self.end.checked_sub(self.begin?).filter(|took| *took > 0)?;
        Some(self.latencies.total() as f64 * 1e9 / took as f64)
    }
}

/// One connection of a load.
#[derive(Clone, Copy, Debug, Default)]
struct Talk {
    sent: u64,
    received: u64,
    begin: u64,
    connected: bool,
}

/// The threads of a program that run.
#[derive(Clone, Debug, Default)]
struct Threads {
    now: std::collections::BTreeSet<ThreadId>,
    /// Those of them that stand for processes of their own.
    processes: std::collections::BTreeSet<ThreadId>,
}

impl Load {
    /// The server has these threads now.
    fn is_served_by(&mut self, threads: &Threads) {
        self.threads = self.threads.max(threads.now.len());
        self.processes = self.processes.max(1 + threads.processes.len());
    }
}

/// The loads so far. See [`Loads::fold`].
#[derive(Clone, Debug, Default)]
pub struct Loads {
    read: u64,
    clients: BTreeMap<ProgramId, Load>,
    talks: HashMap<SocketId, Talk>,
    threads: HashMap<ProgramId, Threads>,
    /// Who is bound to which address.
    servers: HashMap<Address, ProgramId>,
}

impl Loads {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            match &record.kind {
                Kind::Life(life) => self.live(record, life),
                Kind::Call(call, args) => {
                    if self.clients.contains_key(&record.program) {
                        self.ask(record, *call, args);
                    } else if let (Call::GetSockName | Call::Bind, Some(address)) = (call, local(args, &record.outcome)) {
                        if self.servers.len() >= MOST_SERVERS {
                            self.servers.clear();
                        }
                        self.servers.insert(address.clone(), record.program);
                    }
                }
                _ => {}
            }
        }
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// All loads, in the order in which they were started.
    pub fn all(&self) -> impl Iterator<Item = (ProgramId, &Load)> {
        self.clients.iter().map(|(program, load)| (*program, load))
    }

    /// What was measured, without what is only needed to go on.
    pub fn told(&self) -> Self {
        Self { read: self.read, clients: self.clients.clone(), ..Self::default() }
    }

    fn live(&mut self, record: &Record, life: &Life) {
        match life {
            Life::ProgramStarted { name, kind } if &**kind == KIND => {
                self.clients.insert(record.program, Load { name: Arc::clone(name), ..Load::default() });
                if self.clients.len() > MOST_LOADS {
                    self.clients.pop_first();
                }
            }
            Life::ProgramEnded => {
                self.threads.remove(&record.program);
                if let Some(load) = self.clients.get_mut(&record.program) {
                    load.is_over = true;
                }
            }
            Life::ThreadStarted { .. } | Life::ProcessStarted { .. } => {
                let threads = self.threads.entry(record.program).or_default();
                threads.now.insert(record.thread);
                if matches!(life, Life::ProcessStarted { .. }) {
                    threads.processes.insert(record.thread);
                }
                for load in self.clients.values_mut().filter(|load| !load.is_over && load.server == Some(record.program)) {
                    load.is_served_by(threads);
                }
            }
            Life::ThreadEnded => {
                if let Some(threads) = self.threads.get_mut(&record.program) {
                    threads.now.remove(&record.thread);
                    threads.processes.remove(&record.thread);
                }
            }
            _ => {}
        }
    }

    /// A call of a load client.
    fn ask(&mut self, record: &Record, call: Call, args: &Args) {
        let (Some(load), Some(socket)) = (self.clients.get_mut(&record.program), record.socket) else { return };
        if let Outcome::Err(errno) = &record.outcome
            && !["EINPROGRESS", "EAGAIN", "EINTR"].iter().any(|name| errno.is(name))
        {
            load.failed += 1;
            return;
        }
        match (call, args) {
            (Call::Connect, Args::Address(to)) => {
                if load.server.is_none()
                    && let Some(server) = self.servers.get(to)
                {
                    load.server = Some(*server);
                    if let Some(threads) = self.threads.get(server) {
                        load.is_served_by(threads);
                    }
                }
                self.talks.insert(socket, Talk::default());
            }
            (Call::Send, _) => {
                let Some(talk) = self.talks.get_mut(&socket) else { return };
                if !std::mem::replace(&mut talk.connected, true) {
                    load.connected += 1;
                    load.open += 1;
                    load.at_once = load.at_once.max(load.open);
                }
                let moved = record.moved().unwrap_or_default();
                if moved > 0 && talk.sent == talk.received {
                    talk.begin = record.t0;
                    load.begin = Some(load.begin.map_or(record.t0, |begin| begin.min(record.t0)));
                }
                talk.sent += moved;
            }
            (Call::Recv, _) => {
                let Some(talk) = self.talks.get_mut(&socket) else { return };
                let moved = record.moved().unwrap_or_default();
                talk.received += moved;
                load.bytes += moved;
                if moved > 0 && talk.received == talk.sent {
                    load.latencies.count(record.t1.saturating_sub(talk.begin));
                    load.end = load.end.max(record.t1);
                }
            }
            (Call::Close, _) => {
                let was_open = self.talks.remove(&socket).is_some_and(|talk| talk.connected);
                load.open = load.open.saturating_sub(u64::from(was_open));
            }
            _ => {}
        }
    }
}

/// The address that a program turned out to be bound to.
fn local<'record>(args: &'record Args, outcome: &'record Outcome) -> Option<&'record Address> {
    match (args, outcome) {
        (_, Outcome::Address(address, _)) | (Args::Address(address), Outcome::Ok(_)) => Some(address),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percentiles_are_those_of_the_counted() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile(50), None);
        (1..=1000).for_each(|number| latencies.count(number * 1000));
        for (percent, expected) in [(50, 500_000_u64), (90, 900_000), (99, 990_000)] {
            let found = latencies.percentile(percent).unwrap();
            assert!((expected..=expected + expected / 30).contains(&found), "{percent} %: {found}");
        }
        assert_eq!((latencies.percentile(100), latencies.most(), latencies.total()), (Some(1_000_000), 1_000_000, 1000));
    }

    proptest! {
        #[test]
        fn a_duration_lies_in_its_step(took: u64) {
            let step = step(took);
            prop_assert!(took <= end(step));
            prop_assert!(step == 0 || took.max(u64::from(STEPS)) > end(step - 1));
            prop_assert!(took < u64::from(STEPS) || end(step) - took <= took / 16);
        }
    }
}
