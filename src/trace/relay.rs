//! What a process tells that serves a connection for another one: its calls stand in the trace of the process that has started it.
//!
//! A thread there writes with a [`Tracer`] as any other does; in place of being kept, each row is told through the [`Relay`] when it is written, and each call when
//! it begins. A [`Guest`] takes all that in. It believes no more than it must: what comes from another process may be anything.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::lane::{OpenCall, Tracer};
use super::record::{Kind, Life, Outcome, ProgramId, Record, SocketId, ThreadId};
use super::{Args, Call, Origin, Trace};

/// How many threads a process may have at a time: it has four at most.
const MOST_THREADS: usize = 16;

/// What is told of a thread of another process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Told {
    /// It has written this row.
    Row(Record),
    /// It is in this call now.
    Begun(OpenCall),
    /// It is in no call any more, and no row tells of it.
    Over(ThreadId),
}

/// Takes what a process tells, at once. It must not trace anything itself.
#[derive(Clone)]
pub struct Relay(Arc<dyn Fn(Told) + Send + Sync>);

impl Relay {
    /// One that calls `take`.
    pub fn new(take: impl Fn(Told) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    pub(super) fn tell(&self, told: Told) {
        (self.0)(told);
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relay")
    }
}

/// What was told cannot be true of a process that serves one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// A process that serves one connection, in the trace of the one that has started it.
#[derive(Debug)]
pub struct Guest {
    trace: Arc<Trace>,
    program: ProgramId,
    socket: SocketId,
    number: u32,
    main: Tracer,
    /// Its threads, by the names that they have there. The first is the one that serves.
    threads: BTreeMap<ThreadId, Tracer>,
    first: Option<ThreadId>,
}

impl Guest {
    /// The process `number`, which serves the connection `socket` of `program`; `main` is the pen of its first thread, which is told of here.
    pub fn new(trace: &Arc<Trace>, program: ProgramId, socket: SocketId, number: u32, main: Tracer) -> Self {
        main.life(Life::ProcessStarted { number });
        Self { trace: Arc::clone(trace), program, socket, number, main, threads: BTreeMap::new(), first: None }
    }

    /// Takes in what was told.
    ///
    /// # Errors
    /// It cannot be.
    pub fn take(&mut self, told: Told) -> Result<(), Broken> {
        match told {
            Told::Row(record) => self.row(record),
            Told::Begun(open) => {
                let on = self.thread(open.thread)?;
                let socket = open.socket.map(|_| self.socket);
                on.set_open(Some(OpenCall { socket, ..open }));
                Ok(())
            }
            Told::Over(thread) => {
                self.thread(thread)?.set_open(None);
                Ok(())
            }
        }
    }

    fn row(&mut self, record: Record) -> Result<(), Broken> {
        match &record.kind {
            // It is no program of its own here.
            Kind::Life(Life::ProgramStarted { .. } | Life::ProgramEnded) => Ok(()),
            Kind::Life(Life::ThreadStarted { name }) => self.begin(record.thread, &Arc::clone(name)),
            // The first one stands for the process, and ends with it.
            Kind::Life(Life::ThreadEnded) if self.first == Some(record.thread) => Ok(()),
            Kind::Life(Life::ThreadEnded) => {
                self.threads.remove(&record.thread).ok_or(Broken)?.life(Life::ThreadEnded);
                Ok(())
            }
            // It makes no sockets and no processes, and says nothing of other programs.
            Kind::Call(Call::Socket | Call::Accept | Call::Spawn, _)
            | Kind::Life(Life::ProcessStarted { .. })
            | Kind::Mark(_)
            | Kind::Sample(_)
            | Kind::Fault(_) => Err(Broken),
            Kind::Call(..) if matches!(record.outcome, Outcome::Socket(..)) => Err(Broken),
            Kind::Call(..) | Kind::Panic(_) | Kind::Life(Life::LaneFull | Life::Told(_) | Life::Framed(..)) => {
                let socket = record.socket.map(|_| self.socket);
                self.thread(record.thread)?.put(Record { socket, ..record });
                Ok(())
            }
        }
    }

    fn begin(&mut self, thread: ThreadId, name: &str) -> Result<(), Broken> {
        if self.threads.len() >= MOST_THREADS || self.threads.contains_key(&thread) {
            return Err(Broken);
        }
        let on = match self.first {
            None => {
                self.first = Some(thread);
                self.main.clone()
            }
            Some(_) => self.trace.tracer(self.program, &format!("{name} (pid {})", self.number)),
        };
        self.threads.insert(thread, on);
        Ok(())
    }

    fn thread(&self, thread: ThreadId) -> Result<&Tracer, Broken> {
        self.threads.get(&thread).ok_or(Broken)
    }

    /// The name that a thread has there.
    pub fn name_there(&self, thread: ThreadId) -> Option<ThreadId> {
        self.threads.iter().find(|(_, on)| on.thread() == thread).map(|(there, _)| *there)
    }

    /// Whether a call of its is held.
    pub fn is_held(told: &Told) -> bool {
        matches!(told, Told::Begun(open) if open.held)
    }

    /// The process has ended: so have its threads. With `closed_by_kernel` it has not closed the connection itself.
    pub fn end(mut self, closed_by_kernel: bool) {
        for (thread, on) in std::mem::take(&mut self.threads) {
            on.set_open(None);
            if self.first != Some(thread) {
                on.life(Life::ThreadEnded);
            }
        }
        if closed_by_kernel {
            // No call was made: with a process the kernel closes what it had open.
            self.main.on_behalf_of(Origin::Lab).write(Kind::Call(Call::Close, Args::None), Some(self.socket));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::super::{Address, Keep, Settings};
    use super::*;

    fn guest(trace: &Arc<Trace>) -> Guest {
        let main = trace.tracer(ProgramId(1), "process s3");
        Guest::new(trace, ProgramId(1), SocketId(3), 4711, main)
    }

    fn row(thread: u32, kind: Kind) -> Told {
        let row = Record::plain(7, kind);
        Told::Row(Record { thread: ThreadId(thread), socket: Some(SocketId(9)), program: ProgramId(8), run: 7, ..row })
    }

    fn started(thread: u32) -> Told {
        row(thread, Kind::Life(Life::ThreadStarted { name: "any".into() }))
    }

    fn rows(trace: &Trace) -> Vec<Record> {
        trace.flush();
        trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect()
    }

    #[test]
    fn what_a_tracer_of_another_process_writes_is_taken_in() {
        let trace = Trace::new(Settings::default()).unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&told);
        let there =
            Trace::relayed(Relay::new(move |told| into.lock().unwrap().push(told)), Keep::First(2), super::super::standard_ticks, 0);
        let one = there.first_tracer(there.new_program(), "program", "kind");
        let open = one.begin(Call::Recv, Args::Length(9), Some(SocketId(3)));
        open.end(Outcome::Ok(5), Some(b"hello"[..].into()));
        let other = there.tracer(ProgramId(1), "operator");
        drop(other.begin(Call::Send, Args::Length(1), Some(SocketId(3))));
        let begun = one.begin(Call::Recv, Args::Length(9), Some(SocketId(3)));
        let mut guest = guest(&trace);
        let all = std::mem::take(&mut *told.lock().unwrap());
        for told in all {
            guest.take(told).unwrap();
        }
        let open = trace.open_calls();
        assert_eq!((open.len(), open[0].call, open[0].program, open[0].socket), (1, Call::Recv, ProgramId(1), Some(SocketId(3))));
        let names = {
            let rows = rows(&trace);
            let recv = rows.iter().find(|row| row.call().is_some()).unwrap();
            assert_eq!(
                (recv.program, recv.thread, recv.payload.as_ref().map(|payload| payload.full_len)),
                (ProgramId(1), guest.main.thread(), Some(5))
            );
            assert_eq!(rows.iter().filter(|row| row.call().is_some()).count(), 1, "the send was never made");
            trace.store().names()
        };
        assert!(names.threads().any(|name| &**name == "operator (pid 4711)"));
        assert_eq!(guest.name_there(open[0].thread), Some(one.thread()));
        guest.end(true);
        assert!(trace.open_calls().is_empty());
        let last = rows(&trace);
        let is = |kind: &Kind| last.iter().any(|row| row.kind == *kind);
        assert!(is(&Kind::Call(Call::Close, Args::None)) && is(&Kind::Life(Life::ThreadEnded)), "{last:?}");
        drop(begun);
    }

    #[test]
    fn nothing_is_believed_that_cannot_be() {
        let trace = Trace::new(Settings::default()).unwrap();
        let mut guest = guest(&trace);
        let call = |call| Kind::Call(call, Args::None);
        assert_eq!(guest.take(row(1, call(Call::Recv))), Err(Broken), "a thread that has not begun");
        assert_eq!(guest.take(Told::Over(ThreadId(1))), Err(Broken));
        guest.take(started(1)).unwrap();
        assert_eq!(guest.take(started(1)), Err(Broken), "once more");
        let mut accepted = row(1, call(Call::Recv));
        if let Told::Row(record) = &mut accepted {
            record.outcome = Outcome::Socket(SocketId(77), Address::Unnamed);
        }
        let mark = Kind::Mark(super::super::Mark { row: 1, note: None });
        for told in [accepted, row(1, call(Call::Accept)), row(1, call(Call::Socket)), row(1, call(Call::Spawn)), row(1, mark)] {
            assert_eq!(guest.take(told.clone()), Err(Broken), "{told:?}");
        }
        // The program and the socket are those that it has, and no time lies ahead.
        let mut late = row(1, call(Call::Recv));
        if let Told::Row(record) = &mut late {
            (record.t0, record.t1) = (u64::MAX, u64::MAX);
        }
        guest.take(late).unwrap();
        guest.take(row(1, Kind::Life(Life::ProgramEnded))).unwrap();
        let rows = rows(&trace);
        let recv = rows.iter().find(|row| row.call() == Some(Call::Recv)).unwrap();
        assert_eq!((recv.program, recv.socket, recv.run), (ProgramId(1), Some(SocketId(3)), 1));
        assert!(recv.t0 <= recv.t1 && recv.t1 <= trace.clock().now());
        assert!(rows.iter().all(|row| row.kind != Kind::Life(Life::ProgramEnded)));
        assert!((2..=MOST_THREADS as u32).all(|thread| guest.take(started(thread)).is_ok()));
        assert_eq!(guest.take(started(100)), Err(Broken), "more than it has");
    }
}
