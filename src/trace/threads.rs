//! What each thread has done lately, one call after the other: folded from the calls, so that a recording shows it as a run does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::call::Call;
use super::record::{Kind, Life, Origin, ProgramId, Record, SocketId, ThreadId};

/// How many calls of a thread are remembered; the oldest are forgotten.
const MOST_STEPS: usize = 512;
/// How many threads are remembered; those that ended first are forgotten.
const MOST_THREADS: usize = 512;

/// A call of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of its row.
    pub n: u64,
    /// The call.
    pub call: Call,
    /// On which socket.
    pub socket: Option<SocketId>,
    /// When it began, in nanoseconds on the clock of the trace.
    pub t0: u64,
    /// When it returned.
    pub t1: u64,
    /// Whether it failed.
    pub failed: bool,
}

/// One thread.
#[derive(Clone, Debug)]
pub struct KnownThread {
    /// Whose it is.
    pub program: ProgramId,
    /// What it is called; unique within its program.
    pub name: Arc<str>,
    /// When it began its work, in nanoseconds on the clock of the trace.
    pub begun: u64,
    /// When it ended; none while it runs.
    pub ended: Option<u64>,
    steps: VecDeque<Step>,
}

impl KnownThread {
    /// Its calls that have returned, the oldest first, 512 at most.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter()
    }
}

/// All threads. See [`Threads::fold`].
#[derive(Clone, Debug, Default)]
pub struct Threads {
    threads: BTreeMap<ThreadId, Arc<KnownThread>>,
    /// The time of the last row.
    last: u64,
}

impl Threads {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.last = self.last.max(record.t1);
            match &record.kind {
                Kind::Life(Life::ThreadStarted { name }) if record.program != ProgramId::LAB => self.begin(record, name),
                Kind::Life(Life::ThreadEnded) => {
                    if let Some(thread) = self.threads.get_mut(&record.thread) {
                        Arc::make_mut(thread).ended = Some(record.t1);
                    }
                }
                Kind::Call(call, _) if record.origin != Origin::Lab => {
                    if let Some(thread) = self.threads.get_mut(&record.thread) {
                        let steps = &mut Arc::make_mut(thread).steps;
                        if steps.len() >= MOST_STEPS {
                            steps.pop_front();
                        }
                        let Record { n, socket, t0, t1, .. } = *record;
                        steps.push_back(Step { n, call: *call, socket, t0, t1, failed: record.errno().is_some() });
                    }
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, record: &Record, name: &Arc<str>) {
        let thread = KnownThread { program: record.program, name: Arc::clone(name), begun: record.t1, ended: None, steps: VecDeque::new() };
        self.threads.insert(record.thread, Arc::new(thread));
        if self.threads.len() > MOST_THREADS {
            let ended = self.threads.iter().filter_map(|(id, thread)| Some((thread.ended?, *id))).min();
            let forgotten = ended.map(|(_, id)| id).or_else(|| self.threads.keys().next().copied());
            forgotten.and_then(|id| self.threads.remove(&id));
        }
    }

    /// The threads, in the order in which they began.
    pub fn all(&self) -> impl Iterator<Item = (ThreadId, &KnownThread)> {
        self.threads.iter().map(|(id, thread)| (*id, &**thread))
    }

    /// The time of the last row, in nanoseconds on the clock of the trace.
    pub const fn last(&self) -> u64 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Args, Outcome, Settings, Trace};
    use super::*;

    #[test]
    fn calls_stand_with_their_threads_and_memory_is_bounded() {
        let trace = Trace::new(Settings::default()).unwrap();
        let program = trace.new_program();
        let [one, other] = ["one", "other"].map(|name| trace.tracer(program, name));
        for _ in 0..MOST_STEPS + 10 {
            one.begin(Call::Recv, Args::Length(1), Some(SocketId(7))).end(Outcome::Ok(1), None);
        }
        other.on_behalf_of(Origin::Lab).begin(Call::GetSockName, Args::None, None).end(Outcome::Ok(0), None);
        other.life(Life::ThreadEnded);
        trace.flush();
        let mut threads = Threads::default();
        threads.fold(&trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect::<Vec<_>>());
        let all = threads.all().map(|(_, thread)| thread).collect::<Vec<_>>();
        assert_eq!(all.iter().map(|thread| (&*thread.name, thread.ended.is_some())).collect::<Vec<_>>(), [("one", false), ("other", true)]);
        assert_eq!(all.iter().map(|thread| thread.steps().count()).collect::<Vec<_>>(), [MOST_STEPS, 0]);
        let last = all[0].steps().next_back().unwrap();
        assert!(last.t1 <= threads.last() && last.socket == Some(SocketId(7)) && !last.failed);
    }

    #[test]
    fn of_too_many_those_that_ended_first_are_forgotten() {
        let trace = Trace::new(Settings::default()).unwrap();
        let program = trace.new_program();
        let stays = trace.tracer(program, "stays");
        for number in 0..MOST_THREADS + 50 {
            trace.tracer(program, &format!("thread {number}")).life(Life::ThreadEnded);
        }
        trace.flush();
        let mut threads = Threads::default();
        threads.fold(&trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect::<Vec<_>>());
        assert_eq!(threads.all().count(), MOST_THREADS);
        assert!(threads.all().any(|(id, _)| id == stays.thread()));
    }
}
