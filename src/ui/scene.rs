//! What there is to see in one frame: the programs, the rows, and the calls that are under way.

use std::sync::Arc;
use std::time::SystemTime;

use crate::net::limits::Limits;
use crate::program::{ProgramKind, Received, Sending, Spec};
use crate::text;
use crate::text::Message;
use crate::trace::activity::Activity;
use crate::trace::{Address, Names, OpenCall, Origin, ProgramId, RecordingStatus, SocketId, Store, Trace};

/// How long a call has to be under way before it is shown as blocked, in nanoseconds: shorter ones would flicker.
pub(crate) const BLOCKED: u64 = 150_000_000;

/// One moment of a lab. Rows are read from the store as they are needed.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The title of the lab.
    pub title: String,
    /// Its programs, in their order.
    pub programs: Vec<ProgramLine>,
    /// The rows.
    pub store: Arc<Store>,
    /// Names of programs, threads and sockets.
    pub names: Arc<Names>,
    /// What the programs have done.
    pub activity: Arc<Activity>,
    /// The number of the newest row.
    pub newest: u64,
    /// How many rows stand nowhere any more.
    pub lost: u64,
    /// The calls that are blocked, and those that are held, the longest first.
    pub open: Vec<OpenCall>,
    /// Whether a call is under way that is not blocked yet.
    pub soon: bool,
    /// The time, in nanoseconds since the start of the trace.
    pub now: u64,
    /// The time by which calls under way are told: now, or a little before, so that a frame is drawn only when what is told changes.
    pub told: u64,
    /// The time of day at 0 of the trace's clock, where it is known.
    pub started: Option<SystemTime>,
    /// What is known of the recording, where this is one: then nothing can be started or changed.
    pub recorded: Option<Arc<Facts>>,
    /// How the recording fares that is being made.
    pub recording: Option<RecordingStatus>,
    /// The files that were received and wait to be saved.
    pub kept: Vec<Received>,
    /// What the recorder said when it panicked: no row comes any more.
    pub broken: Option<Arc<str>>,
}

/// What a recording says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The name of its file.
    pub name: String,
    /// The file.
    pub path: String,
    /// The system it was made on: `linux x86_64`.
    pub system: String,
    /// The version of the program that made it.
    pub version: String,
    /// When it was begun, by the clock and the calendar of the person.
    pub started: String,
    /// The limits of the system it was made on, where it says them and that system is as this one.
    pub limits: Option<Limits>,
    /// What of it is lost, as far as is known.
    pub losses: Vec<Message>,
}

/// A program, as the lab has it now.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramLine {
    /// What it is to be.
    pub spec: Spec,
    /// What it is in the trace, once it was started.
    pub id: Option<ProgramId>,
    /// Where it stands.
    pub phase: Phase,
    /// Whether its calls are held before they are made, or will be.
    pub is_stepped: bool,
    /// The program before it that is held, where it is not started until that one is ready.
    pub awaits: Option<String>,
    /// Its address, once it has one.
    pub local: Option<Address>,
    /// Why it failed.
    pub failure: Option<Message>,
    /// The names of its threads that could not be woken.
    pub lingering: Vec<String>,
    /// What came of what a person let it send.
    pub sending: Sending,
    /// The sockets of a program that is driven by hand, by the names that they have there.
    pub by_hand: Vec<(String, SocketId)>,
}

impl ProgramLine {
    /// A program that was never started.
    pub fn new(spec: Spec) -> Self {
        Self {
            spec,
            id: None,
            phase: Phase::Stopped,
            is_stepped: false,
            awaits: None,
            local: None,
            failure: None,
            lingering: Vec::new(),
            sending: Sending::default(),
            by_hand: Vec::new(),
        }
    }
}

/// Where a program stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// It was not started, or it was stopped.
    #[default]
    Stopped,
    /// It is starting.
    Starting,
    /// It runs.
    Ready,
    /// It was asked to stop.
    Stopping,
    /// It came to its end.
    Ended,
    /// It ended by an error.
    Failed,
}

impl Phase {
    /// Whether it has threads.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Starting | Self::Ready | Self::Stopping)
    }
}

impl Scene {
    /// What a store holds that nothing is written to any more, with the calls that are to be shown as under way.
    pub fn still(store: &Arc<Store>, open: Vec<OpenCall>, now: u64) -> Self {
        let mut activity = Activity::default();
        store.scans(1).for_each(|scan| activity.fold(scan.rows()));
        let counts = store.counts();
        Self {
            title: String::new(),
            programs: Vec::new(),
            names: store.names(),
            activity: Arc::new(activity),
            newest: counts.total(),
            lost: counts.dropped,
            store: Arc::clone(store),
            open,
            soon: false,
            now,
            told: now,
            started: None,
            recorded: None,
            recording: None,
            kept: Vec::new(),
            broken: None,
        }
    }

    /// What a trace holds now.
    pub(crate) fn of(trace: &Trace, title: String, programs: Vec<ProgramLine>, activity: Arc<Activity>) -> Self {
        let now = trace.clock().now();
        let counts = trace.store().counts();
        let calls = trace.open_calls().into_iter().filter(|open| open.origin != Origin::Lab);
        let (open, short) = calls.partition::<Vec<_>, _>(|open| open.held || now.saturating_sub(open.t0) >= BLOCKED);
        Self {
            title,
            programs,
            names: trace.store().names(),
            activity,
            newest: counts.total(),
            lost: counts.dropped,
            store: Arc::clone(trace.store()),
            open,
            soon: !short.is_empty(),
            now,
            told: now,
            started: Some(trace.clock().wall()),
            recorded: None,
            recording: trace.recording(),
            kept: Vec::new(),
            broken: trace.failed(),
        }
    }

    /// Whether nothing here can be started or changed: it is a recording.
    pub(crate) fn is_recorded(&self) -> bool {
        self.recorded.is_some()
    }

    /// Why row `n`, which there is, cannot be shown now.
    pub(crate) fn missing(&self, n: u64) -> Message {
        let row = n.to_string();
        match (self.store.holds(n), self.is_recorded()) {
            (true, _) => text!("ui-log-reading", row = row),
            (false, true) => text!("ui-log-damaged", row = row),
            (false, false) => text!("ui-log-gone", row = row),
        }
    }

    /// Whether there is a program that loads a server.
    pub(crate) fn has_loads(&self) -> bool {
        self.programs.iter().any(|line| line.spec.kind == ProgramKind::Load)
    }

    /// The program of that name.
    pub(crate) fn program(&self, name: &str) -> Option<&ProgramLine> {
        self.programs.iter().find(|line| line.spec.name == name)
    }
}
