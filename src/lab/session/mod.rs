//! A lab that can be run. The window and the command line use exactly this.
//!
//! One thread, named "lab", starts the programs and watches them; whoever holds the session never waits for a program, save in [`Session::wait`].

mod keeper;

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use crossbeam_channel::{Sender, bounded};

use self::keeper::Keeper;
use super::file::Lab;
use super::history::History;
use super::live::steps;
use super::outside::beyond_harmless;
use super::sampling::Sampling;
use super::status::{ProgramStatus, tell_who_awaits};
use crate::net;
use crate::net::limits::Limits;
use crate::program::{Command, Failure, KeptFiles, Phase, Program, Refused, Spec, State, Target, reachable};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Header, RecordingError, Settings, Trace};

/// How many commands may wait.
const MOST_COMMANDS: usize = 64;
/// How many characters of a note on a row are kept.
pub const LONGEST_NOTE: usize = 500;

/// What can be asked of a session.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// Start the program of this name.
    Start(String),
    /// Stop it.
    Stop(String),
    /// Stop it, and start it again when it has ended.
    Restart(String),
    /// Stop the program of this name, and start it again as this, which the lab then has in its place.
    RestartWith(Box<Spec>),
    /// Start the program of this name, held before its first call.
    StartHeld(String),
    /// Start all programs, in the order of the lab.
    StartAll,
    /// Start them, each held before its first call.
    StartAllHeld,
    /// Stop all programs; what has not started yet is not started.
    StopAll,
    /// Ask a running program to do something.
    Tell {
        /// Its name.
        program: String,
        /// What it is asked.
        command: Command,
    },
}

/// A lab, and those of its programs that run. Dropped, it stops them.
pub struct Session {
    pub(super) shared: Arc<Shared>,
    /// Looks at the kernel, once somebody has asked for it.
    pub(super) sampling: OnceLock<Sampling>,
    commands: Sender<SessionCommand>,
}

/// What the session and its thread share.
pub(super) struct Shared {
    pub(super) trace: Arc<Trace>,
    inner: Mutex<Inner>,
    changed: Condvar,
    listeners: Mutex<Vec<Listener>>,
    /// The files that wait to be saved, where somebody can save them.
    kept: OnceLock<Arc<KeptFiles>>,
}

type Listener = Arc<dyn Fn() + Send + Sync>;

/// The lab as it stands, and one slot for each of its programs.
pub(super) struct Inner {
    pub(super) lab: Lab,
    slots: Vec<Slot>,
    history: History,
    /// The programs that may run commands which are not known to be harmless, each at its next start.
    permitted: Vec<String>,
}

/// What became of a program.
#[derive(Default)]
struct Slot {
    program: Option<Arc<Program>>,
    /// What kept it from starting.
    refused: Option<Failure>,
    is_waiting: bool,
}

impl Slot {
    fn state(&self) -> Option<State> {
        self.program.as_ref().map(|program| program.state())
    }

    fn is_running(&self) -> bool {
        self.state().is_some_and(|state| state.phase != Phase::Ended)
    }

    fn status(&self, spec: &Spec) -> ProgramStatus {
        let state = self.state().unwrap_or_default();
        let was_started = self.program.is_some();
        ProgramStatus {
            name: spec.name.clone(),
            kind: spec.kind,
            id: self.program.as_ref().map(|program| program.id()),
            phase: if self.refused.is_some() { Some(Phase::Ended) } else { was_started.then_some(state.phase) },
            is_waiting: self.is_waiting,
            awaits: None,
            is_stepped: self.program.as_ref().is_some_and(|program| program.is_stepped()),
            local: state.local,
            failure: self.refused.clone().or(state.failure),
            panicked: state.panicked,
            lingering: state.lingering,
            sending: state.sending,
            by_hand: state.by_hand,
        }
    }
}

impl Session {
    /// A session of `lab`, with a trace of its own. Nothing runs yet.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub fn new(lab: Lab, settings: Settings) -> io::Result<Self> {
        let slots = lab.programs.iter().map(|_| Slot::default()).collect();
        let shared = Arc::new(Shared {
            trace: Trace::new(Settings { ticks: net::monotonic, ..settings })?,
            inner: Mutex::new(Inner { lab, slots, history: History::default(), permitted: Vec::new() }),
            changed: Condvar::new(),
            listeners: Mutex::default(),
            kept: OnceLock::new(),
        });
        let (commands, queue) = bounded(MOST_COMMANDS);
        let keeper = Keeper::new(Arc::clone(&shared), queue);
        thread::Builder::new().name("lab".to_owned()).spawn(move || keeper.run())?;
        Ok(Self { shared, sampling: OnceLock::new(), commands })
    }

    /// The trace of all its programs.
    pub fn trace(&self) -> &Arc<Trace> {
        &self.shared.trace
    }

    /// Records the trace, with the lab as it stands, in the file at `path` from its first row on. [`Trace::finish_recording`] ends it.
    ///
    /// # Errors
    /// Where the file cannot be written, or the trace is recorded already.
    pub fn record(&self, path: &Path) -> Result<(), RecordingError> {
        // A system that gives no socket to look at has limits that nobody knows; what runs on it will tell.
        let limits = Limits::observe().map(|limits| limits.by_name()).unwrap_or_default();
        self.shared.trace.record(path, Header::here(self.lab().to_toml(), 0, limits))
    }

    /// From now on a file that is received and has no place is kept, for whoever can ask a person where it goes: see [`kept`](Self::kept).
    pub fn keep_received(&self) {
        self.shared.kept.get_or_init(Arc::default);
    }

    /// The files that were received and wait to be saved; none where none are kept.
    pub fn kept(&self) -> Option<Arc<KeptFiles>> {
        self.shared.kept.get().cloned()
    }

    /// The lab as it stands.
    pub fn lab(&self) -> Lab {
        self.shared.lock().lab.clone()
    }

    /// Asks for something, and returns at once. What comes of it is told by [`status`](Self::status) and by the trace.
    ///
    /// # Errors
    /// Why it was not taken: no such program, too many commands, or a running program that cannot do it.
    pub fn command(&self, command: SessionCommand) -> Result<(), Message> {
        use SessionCommand::{Restart, RestartWith, Start, StartAll, StartAllHeld, StartHeld, Stop, StopAll, Tell};
        match &command {
            RestartWith(spec) => {
                self.shared.lock().place(&spec.name).ok_or_else(|| text!("lab-unknown-program", name = spec.name.as_str()))?;
            }
            Start(name) | StartHeld(name) | Stop(name) | Restart(name) | Tell { program: name, .. } => {
                let inner = self.shared.lock();
                let place = inner.place(name).ok_or_else(|| text!("lab-unknown-program", name = name.as_str()))?;
                if let Tell { command, .. } = &command {
                    // A program takes or refuses a command without waiting: whoever asks learns it at once.
                    let mut command = command.clone();
                    if let Command::Press(press) = &mut command {
                        inner.aim(name, press);
                    }
                    let running = inner.slots.get(place).and_then(|slot| slot.program.clone());
                    drop(inner);
                    let not_running = || text!("lab-not-running", program = name.as_str());
                    return running.ok_or_else(not_running)?.command(command).map_err(|refused| refused.message());
                }
            }
            StartAll | StartAllHeld | StopAll => {}
        }
        // Full, or its thread is gone: either way it will not be done.
        self.commands.try_send(command).map_err(|_refused| text!("lab-busy"))
    }

    /// Permits these programs, at their next start, to run commands that are not known to be harmless. Without it they are not started.
    pub fn permit(&self, names: &[String]) {
        self.shared.lock().permitted.extend_from_slice(names);
    }

    /// How the programs are doing, in the order of the lab.
    pub fn status(&self) -> Vec<ProgramStatus> {
        self.shared.lock().status()
    }

    /// Puts another lab in the place of this one, as a step that can be taken back. Programs of the same name that run go on; for these nothing may be
    /// different but [`live`](super::live()) options, which are then set on their sockets.
    ///
    /// # Errors
    /// Which running program is in the way, or has not taken an option.
    pub fn replace(&self, lab: Lab) -> Result<(), Message> {
        let due = self.shared.lock().change(lab)?;
        self.shared.has_changed();
        carry_out(due)
    }

    /// Takes the last change of the lab back; returns whether there was one.
    ///
    /// # Errors
    /// Which running program is in the way.
    pub fn undo(&self) -> Result<bool, Message> {
        self.step(History::undone, History::undo)
    }

    /// Makes the change again that was taken back last; returns whether there was one.
    ///
    /// # Errors
    /// Which running program is in the way.
    pub fn redo(&self) -> Result<bool, Message> {
        self.step(History::redone, History::redo)
    }

    /// Whether there is a change to take back, and one to make again.
    pub fn steps(&self) -> (bool, bool) {
        let inner = self.shared.lock();
        (inner.history.undone().is_some(), inner.history.redone().is_some())
    }

    fn step(&self, to: fn(&History) -> Option<&Lab>, done: fn(&mut History, Lab)) -> Result<bool, Message> {
        let mut inner = self.shared.lock();
        let Some(lab) = to(&inner.history).cloned() else { return Ok(false) };
        let (before, due) = inner.replace(lab)?;
        done(&mut inner.history, before);
        drop(inner);
        self.shared.has_changed();
        carry_out(due).map(|()| true)
    }

    /// Puts `spec` in the place of the program called `name`. While it runs only [`live`](super::live()) options may be different, which are then set on its
    /// sockets.
    ///
    /// # Errors
    /// Why not: it runs, or there is none.
    pub fn edit(&self, name: &str, spec: Spec) -> Result<(), Message> {
        let mut lab = self.lab();
        let old = lab.programs.iter_mut().find(|old| old.name == name).ok_or_else(|| text!("lab-unknown-program", name = name))?;
        *old = spec;
        self.replace(lab)
    }

    /// Calls `listener` on the session's thread whenever the status of a program may have changed. It must return at once.
    pub fn on_change(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.shared.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::new(listener));
    }

    /// Waits until the status is `what`, at most for `limit`; returns whether it is. For the command line and for tests.
    pub fn wait(&self, what: impl Fn(&[ProgramStatus]) -> bool, limit: Duration) -> bool {
        let waiting = self.shared.changed.wait_timeout_while(self.shared.lock(), limit, |inner| !what(&inner.status()));
        !waiting.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Shared {
    /// The programs that run.
    pub(super) fn running(&self) -> Vec<Arc<Program>> {
        self.lock().slots.iter().filter(|slot| slot.is_running()).filter_map(|slot| slot.program.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves a slot half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_changed(&self) {
        // With the lock: what changed is mostly the state of a program, which stands behind another one. Whoever has just looked at it is waiting by now.
        drop(self.lock());
        self.changed.notify_all();
        let listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for listener in listeners {
            listener();
        }
    }
}

impl Inner {
    /// As [`Session::replace`].
    fn change(&mut self, lab: Lab) -> Result<Due, Message> {
        let (before, due) = self.replace(lab)?;
        self.history.record(before, &self.lab, Instant::now());
        Ok(due)
    }

    /// Puts another lab in the place of this one; returns this one, and what running programs are to be asked.
    fn replace(&mut self, lab: Lab) -> Result<(Lab, Due), Message> {
        let mut due = Due::new();
        for (spec, slot) in self.lab.programs.iter().zip(&self.slots).filter(|(_, slot)| slot.is_running() || slot.is_waiting) {
            let new = lab.program(&spec.name).filter(|new| !slot.is_waiting || *new == spec);
            let steps = new.and_then(|new| steps(spec, new)).ok_or_else(|| text!("lab-running", program = spec.name.as_str()))?;
            let command = |command| Some((slot.program.clone()?, command));
            due.extend(steps.into_iter().filter_map(command));
        }
        let keep = |spec: &Spec| {
            let place = self.place(&spec.name)?;
            (self.lab.programs.get(place)? == spec || self.slots.get(place)?.is_running()).then_some(place)
        };
        let places = lab.programs.iter().map(keep).collect::<Vec<_>>();
        let mut slots = std::mem::take(&mut self.slots).into_iter().map(Some).collect::<Vec<_>>();
        let mut take = |place: usize| slots.get_mut(place).and_then(Option::take);
        self.slots = places.into_iter().map(|place| place.and_then(&mut take).unwrap_or_default()).collect();
        Ok((std::mem::replace(&mut self.lab, lab), due))
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.lab.programs.iter().position(|spec| spec.name == name)
    }

    fn slot(&mut self, name: &str) -> Option<&mut Slot> {
        let place = self.place(name)?;
        self.slots.get_mut(place)
    }

    fn status(&self) -> Vec<ProgramStatus> {
        let mut status = self.lab.programs.iter().zip(&self.slots).map(|(spec, slot)| slot.status(spec)).collect::<Vec<_>>();
        tell_who_awaits(&mut status);
        status
    }

    /// What is needed to start a program: how it is configured, and whom it asks where that is another program.
    fn plan(&mut self, name: &str) -> Option<Result<(Spec, Option<Address>), Failure>> {
        let place = self.place(name)?;
        let spec = self.lab.programs.get(place)?;
        if self.slots.get(place)?.is_running() {
            return None;
        }
        if beyond_harmless(spec).is_some() {
            // One start for one answer.
            let Some(permit) = self.permitted.iter().position(|permitted| permitted == name) else {
                return Some(Err(text!("lab-command-unasked", program = name).into()));
            };
            self.permitted.remove(permit);
        }
        let to = match &spec.connect {
            Some(Target::Program(target)) => match self.address_of(target) {
                Some(address) => Some(address),
                None => return Some(Err(text!("lab-target-not-running", program = name, target = target.as_str()).into())),
            },
            _ => None,
        };
        let mut spec = self.lab.in_its_folder(spec);
        for contact in &mut spec.manner.contacts {
            let Target::Program(target) = &contact.at else { continue };
            match self.address_of(target) {
                Some(Address::Ip(address)) => contact.at = Target::Address(address),
                _ => return Some(Err(text!("lab-target-not-running", program = name, target = target.as_str()).into())),
            }
        }
        for press in &mut spec.calls {
            self.aim(name, press);
        }
        Some(Ok((spec, to)))
    }

    /// Where the program of that name can be reached: its socket's address, or the one it will be bound to.
    pub(super) fn address_of(&self, name: &str) -> Option<Address> {
        let place = self.place(name)?;
        let local = self.slots.get(place).filter(|slot| slot.is_running()).and_then(Slot::state).and_then(|state| state.local);
        let spec = self.lab.programs.get(place)?;
        if spec.kind.is_unix() {
            return local.filter(|local| *local != Address::Unnamed).or_else(|| self.lab.in_its_folder(spec).path);
        }
        local.and_then(|local| local.ip()).or(spec.bind).filter(|address| address.port() != 0).map(reachable).map(Address::from)
    }
}

/// What programs are to be asked once the lab is changed.
type Due = Vec<(Arc<Program>, Command)>;

fn carry_out(due: Due) -> Result<(), Message> {
    due.into_iter().try_for_each(|(program, command)| program.command(command)).map_err(Refused::message)
}
