//! The trace: everything that was observed, and the only thing any view is derived from.
//!
//! A thread writes its calls with a [`Tracer`] into its lane; the recorder pulls the lanes, orders the rows, numbers them and puts them into
//! the [`Store`]. Readers take from the store. Nothing here knows how a socket works.

pub mod activity;
mod address;
mod call;
mod chunk;
mod clock;
mod errno;
pub mod filter;
mod lane;
pub mod line;
mod memory;
mod names;
pub mod notation;
mod paged;
mod record;
mod recorder;
mod store;
mod value;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::{fmt, io};

pub use address::Address;
pub use call::{Args, Call, Direction, Family, How, Interest, Name, SocketType};
pub use chunk::{Chunk, Scan};
pub use clock::Clock;
pub use errno::Errno;
pub use lane::{Keep, Open, OpenCall, Tracer};
pub use names::{Names, ProgramName, SocketEnds};
pub use record::{Flags, Kind, Life, Origin, Outcome, Payload, ProgramId, Record, SocketId, ThreadId};
pub use recorder::HOLD;
pub use store::{BUDGET, CHUNK, Counts, Listening, Store};
pub use value::{Interface, Value};

use lane::{Lane, Shared};
use recorder::{Alarm, Lanes, Recorder};

/// What a trace is made with.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The memory that rows may take, in bytes.
    pub budget: usize,
    /// How much of each payload is kept.
    pub keep: Keep,
}

impl Default for Settings {
    fn default() -> Self {
        Self { budget: BUDGET, keep: Keep::All }
    }
}

/// A trace that is being written: the lanes of its threads, its recorder and its store. Shared by `Arc`; ends with its last owner.
pub struct Trace {
    shared: Arc<Shared>,
    lanes: Lanes,
    store: Arc<Store>,
    programs: AtomicU32,
    threads: AtomicU32,
    recorder: Mutex<Option<JoinHandle<()>>>,
}

impl Trace {
    /// An empty trace, whose clock and recorder start now.
    ///
    /// # Errors
    /// The system's, where it gives no thread for the recorder.
    pub fn new(settings: Settings) -> io::Result<Arc<Self>> {
        let (alarm, requests) = Alarm::new();
        let shared = Arc::new(Shared {
            clock: Clock::start(),
            keep: settings.keep,
            alarm,
            sockets: AtomicU32::new(0),
            run: AtomicU32::new(1),
            closed: AtomicBool::new(false),
        });
        let lanes = Lanes::default();
        let store = Arc::new(Store::new(settings.budget));
        let recorder = Recorder { lanes: Arc::clone(&lanes), shared: Arc::clone(&shared), store: Arc::clone(&store), requests };
        let recorder = thread::Builder::new().name("recorder".to_owned()).spawn(move || recorder.run())?;
        Ok(Arc::new(Self {
            shared,
            lanes,
            store,
            programs: AtomicU32::new(0),
            threads: AtomicU32::new(0),
            recorder: Mutex::new(Some(recorder)),
        }))
    }

    /// An id for a program that is about to start.
    pub fn new_program(&self) -> ProgramId {
        ProgramId(self.programs.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// A pen for a new thread of `program`, and the row that names the thread.
    pub fn tracer(&self, program: ProgramId, thread: &str) -> Tracer {
        let id = ThreadId(self.threads.fetch_add(1, Ordering::Relaxed) + 1);
        let lane = Arc::new(Lane::new(program, id, Arc::clone(&self.shared)));
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&lane));
        let tracer = Tracer::new(lane, Origin::Program);
        tracer.life(Life::ThreadStarted { name: thread.into() });
        tracer
    }

    /// The rows that have a number.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The clock of `t0` and `t1`.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// The calls that are under way now, the longest first.
    pub fn open_calls(&self) -> Vec<OpenCall> {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut open = lanes.iter().filter_map(|lane| lane.open()).collect::<Vec<_>>();
        open.sort_by_key(|call| call.t0);
        open
    }

    /// Says that what follows belongs to the next run of the lab; returns its number.
    pub fn next_run(&self) -> u32 {
        self.shared.run.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Waits until every row that threads have finished so far is in the store.
    pub fn flush(&self) {
        self.shared.alarm.flush();
    }
}

impl Drop for Trace {
    /// Stores what stands in the lanes and ends the recorder.
    fn drop(&mut self) {
        self.shared.alarm.close();
        let recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(recorder) = recorder {
            // The recorder never waits for anything but its lanes; if it panicked, there is nothing left to say it to.
            recorder.join().ok();
        }
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").field("store", &self.store).finish_non_exhaustive()
    }
}
