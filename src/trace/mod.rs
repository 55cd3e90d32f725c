//! The trace: everything that was observed, and the only thing any view is derived from.
//!
//! A thread writes its calls with a [`Tracer`] into its lane; the recorder pulls the lanes, orders the rows, numbers them and puts them into
//! the [`Store`]. Readers take from the store. Nothing here knows how a socket works.

pub mod activity;
mod address;
pub mod asked;
mod call;
mod chunk;
mod clock;
pub mod compare;
pub mod conversation;
pub mod copy;
mod errno;
pub mod failure;
mod file_meaning;
pub mod filter;
pub mod frames;
pub mod gate;
pub mod http;
pub mod known;
mod lane;
pub mod line;
pub mod lives;
pub mod load;
mod memory;
mod message;
mod names;
pub mod notation;
pub mod options;
mod paged;
pub mod pairing;
mod payloads;
mod record;
mod recorder;
pub mod recording;
mod relay;
pub mod sample;
pub mod stages;
mod store;
pub mod threads;
pub mod transfer;
mod value;

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::{fmt, io};

pub use address::Address;
pub use call::{Args, Call, Direction, Family, How, Interest, Name, SocketType};
pub use chunk::{Chunk, Scan};
pub use clock::{Clock, Ticks, standard_ticks};
pub use errno::{Elsewhere, Errno};
pub use file_meaning::file_meaning;
pub use lane::{Open, OpenCall, Tracer};
pub use message::{MessageFlag, MessageFlags, Request};
pub use names::{Names, ProgramName, SocketEnds};
pub use payloads::{Keep, Moved};
pub use record::{Fault, FaultKind, Flags, Kind, Life, Mark, Origin, Outcome, Payload, ProgramId, Record, SocketId, ThreadId};
pub use recorder::HOLD;
pub use recording::{Header, Recording, RecordingError, RecordingState, RecordingStatus};
pub use relay::{Broken, Guest, Relay, Told};
pub use sample::{Figure, Sample, TcpState};
pub use store::{BUDGET, CHUNK, Counts, Listening, Store};
pub use value::{Interface, Value};

use gate::Gate;
use lane::{Lane, Shared};
use recorder::{Alarm, Lanes, Recorder};
use recording::Writing;

/// What a trace is made with.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The memory that rows may take, in bytes.
    pub budget: usize,
    /// How much of each payload is kept.
    pub keep: Keep,
    /// What its clock is read by.
    pub ticks: Ticks,
}

impl Default for Settings {
    fn default() -> Self {
        Self { budget: BUDGET, keep: Keep::All, ticks: standard_ticks }
    }
}

/// A trace that is being written: the lanes of its threads, its recorder and its store. Shared by `Arc`; ends with its last owner.
pub struct Trace {
    shared: Arc<Shared>,
    lanes: Lanes,
    store: Arc<Store>,
    programs: AtomicU32,
    threads: AtomicU32,
    /// The gates of the programs that have one.
    gates: Mutex<BTreeMap<ProgramId, Weak<Gate>>>,
    recorder: Mutex<Option<JoinHandle<()>>>,
    recording: Mutex<Option<Writing>>,
    /// What marks are written with, once there are any.
    marking: Mutex<Option<Tracer>>,
}

impl Trace {
    /// An empty trace, whose clock and recorder start now.
    ///
    /// # Errors
    /// The system's, where it gives no thread for the recorder.
    pub fn new(settings: Settings) -> io::Result<Arc<Self>> {
        let (alarm, requests) = Alarm::new();
        let shared = Arc::new(Shared::new(Clock::start(settings.ticks), settings.keep, alarm, None));
        let lanes = Lanes::default();
        let store = Arc::new(Store::new(settings.budget));
        let recorder = Recorder { lanes: Arc::clone(&lanes), shared: Arc::clone(&shared), store: Arc::clone(&store), requests };
        let (watched, told) = (Arc::clone(&shared), Arc::clone(&store));
        let work = move || {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| recorder.run())) {
                watched.failed.set(said(&*panic).unwrap_or_default().into()).ok();
                told.tell();
            }
        };
        let recorder = thread::Builder::new().name("recorder".to_owned()).spawn(work)?;
        Ok(Arc::new(Self::of(shared, lanes, store, Some(recorder))))
    }

    /// The trace of a process that keeps none: every row and every call that begins is told to `relay` at once. Its clock goes on with that of another process,
    /// at whose 0 the same `ticks` were `zero`.
    pub fn relayed(relay: Relay, keep: Keep, ticks: Ticks, zero: u64) -> Arc<Self> {
        // Nobody hears the alarm: there is no recorder that could sleep.
        let (alarm, _) = Alarm::new();
        let shared = Arc::new(Shared::new(Clock::since(ticks, zero), keep, alarm, Some(relay)));
        Arc::new(Self::of(shared, Lanes::default(), Arc::new(Store::new(0)), None))
    }

    fn of(shared: Arc<Shared>, lanes: Lanes, store: Arc<Store>, recorder: Option<JoinHandle<()>>) -> Self {
        Self {
            shared,
            lanes,
            store,
            programs: AtomicU32::new(0),
            threads: AtomicU32::new(0),
            gates: Mutex::default(),
            recorder: Mutex::new(recorder),
            recording: Mutex::new(None),
            marking: Mutex::new(None),
        }
    }

    /// How much of each payload is kept.
    pub fn keep(&self) -> Keep {
        self.shared.keep
    }

    /// An id for a program that is about to start.
    pub fn new_program(&self) -> ProgramId {
        ProgramId(self.programs.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// The gate through which the calls of `program` go: the same as long as one of its threads runs, or somebody has it.
    pub fn gate(&self, program: ProgramId) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(&program).and_then(Weak::upgrade) {
            return gate;
        }
        gates.retain(|_, gate| gate.strong_count() > 0);
        let gate = Arc::default();
        gates.insert(program, Arc::downgrade(&gate));
        gate
    }

    /// A pen for the first thread of `program`, the row that names the program and the row that names the thread, in this order: whoever reads the one can
    /// read the other.
    pub fn first_tracer(&self, program: ProgramId, name: &str, kind: &str) -> Tracer {
        let tracer = self.unnamed_tracer(program, Origin::Program);
        tracer.lives([Life::ProgramStarted { name: name.into(), kind: kind.into() }, Life::ThreadStarted { name: name.into() }]);
        tracer
    }

    /// A pen for a new thread of `program`, and the row that names the thread.
    pub fn tracer(&self, program: ProgramId, thread: &str) -> Tracer {
        let tracer = self.unnamed_tracer(program, Origin::Program);
        tracer.life(Life::ThreadStarted { name: thread.into() });
        tracer
    }

    /// A pen for what the lab itself writes, on a thread that belongs to no program.
    pub fn lab_tracer(&self, thread: &str) -> Tracer {
        let tracer = self.unnamed_tracer(ProgramId::LAB, Origin::Lab);
        tracer.life(Life::ThreadStarted { name: thread.into() });
        tracer
    }

    fn unnamed_tracer(&self, program: ProgramId, origin: Origin) -> Tracer {
        let id = ThreadId(self.threads.fetch_add(1, Ordering::Relaxed) + 1);
        let lane = Arc::new(Lane::new(program, id, Arc::clone(&self.shared), self.gate(program)));
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&lane));
        Tracer::new(lane, origin)
    }

    /// Marks row `row` on behalf of a person, with a note that may be empty; none takes its mark away. The mark is a row of its own, so that it stands in a
    /// recording too; [`Names::mark`] tells it.
    pub fn mark(&self, row: u64, note: Option<&str>) {
        let mut marking = self.marking.lock().unwrap_or_else(PoisonError::into_inner);
        let tracer = marking.get_or_insert_with(|| self.unnamed_tracer(ProgramId::LAB, Origin::Person));
        tracer.write(Kind::Mark(Mark { row, note: note.map(Arc::from) }), None);
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

    /// Records every row, from the oldest in memory on, into the file at `path`, which is made, or emptied where there is a recording
    /// already; no other file is touched. A trace is recorded once.
    ///
    /// The file can be opened at any time, also after the program was killed: rows stand in it about a second after they came. When the disk does not keep
    /// up, rows wait and slow the programs down; when it refuses rows, a row of the lab tells so once, the programs go on, and rows that leave memory count as
    /// dropped.
    ///
    /// # Errors
    /// Where the file cannot be written or is another one, or the trace has been recorded before.
    pub fn record(&self, path: &Path, header: Header) -> Result<(), RecordingError> {
        let mut recording = self.recording.lock().unwrap_or_else(PoisonError::into_inner);
        if recording.is_some() {
            return Err(RecordingError::Already);
        }
        let header = Header { started: self.shared.clock.wall(), ..header };
        let tracer = self.unnamed_tracer(ProgramId::LAB, Origin::Lab);
        *recording = Some(Writing::begin(path, header, &self.store, tracer)?);
        Ok(())
    }

    /// How the recording fares; none where there is none.
    pub fn recording(&self) -> Option<RecordingStatus> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(Writing::status)
    }

    /// Ends the recording, with every row that threads have finished so far: returns when the file is closed, with how it fared. Also done when the trace ends.
    pub fn finish_recording(&self) -> Option<RecordingStatus> {
        self.flush();
        let mut recording = self.recording.lock().unwrap_or_else(PoisonError::into_inner);
        let thread = recording.as_mut().and_then(Writing::finish);
        drop(recording);
        if let Some(thread) = thread {
            thread.join().ok();
        }
        self.recording()
    }

    /// What the recorder said when it panicked, which is a fault of the lab: since then no row is stored, while the programs go on.
    pub fn failed(&self) -> Option<Arc<str>> {
        self.shared.failed.get().cloned()
    }

    /// Waits until every row that threads have finished so far is in the store.
    pub fn flush(&self) {
        self.shared.alarm.flush();
    }
}

/// The words of a panic; nothing where it has none.
fn said(panic: &(dyn Any + Send)) -> Option<&str> {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str))
}

impl Drop for Trace {
    /// Stores what stands in the lanes, ends the recorder and finishes the recording.
    fn drop(&mut self) {
        self.shared.alarm.close();
        let recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(recorder) = recorder {
            // The recorder never waits for anything but its lanes; if it panicked, there is nothing left to say it to.
            recorder.join().ok();
        }
        // All rows are in the store now; the recording writes them before it ends.
        *self.recording.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").field("store", &self.store).finish_non_exhaustive()
    }
}
