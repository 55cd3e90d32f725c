//! The session's thread: starts the programs in order, stops them, and starts them again.
//!
//! Each is started when the one before is ready, has ended, or has had its time: one that cannot start holds up nobody. Who asks it then meets what a person would meet,
//! `ECONNREFUSED`; only where not even its address is known, since its port was to be any, is there nobody to ask, and that program is told so in place of its start.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, bounded, never, select_biased};

use super::{SessionCommand, Shared, Slot};
use crate::program::{Phase, Program, Role, Spec};
use crate::text;

/// How long the next program waits for a server to be reachable: bind and listen take microseconds, unless something is wrong.
const SERVER_TIME: Duration = Duration::from_secs(5);
/// How long the next program waits for a client to be connected: long enough to keep the order, short enough when the lesson is that it is not.
const CLIENT_TIME: Duration = Duration::from_millis(500);

/// Whether it is a server that is not reachable because a person holds it: those after it are started when it is, however long that takes.
fn waits_for_a_person(program: &Program) -> bool {
    program.spec().kind.role() == Role::Server && program.is_stepped()
}

/// The session's thread, and whom it has still to start.
pub(super) struct Keeper {
    shared: Arc<Shared>,
    commands: Receiver<SessionCommand>,
    /// Rung by a program whose state has changed.
    bell: Sender<()>,
    rung: Receiver<()>,
    /// Who is to be started, in this order, and whether held.
    queue: VecDeque<(String, bool)>,
    /// Who was started last, and until when the next waits for it.
    current: Option<(Arc<Program>, Instant)>,
    /// Who is to be started again once it has ended, and as what where that is new.
    restarting: Vec<(String, Option<Box<Spec>>)>,
    has_run: bool,
}

impl Keeper {
    /// Starts nobody yet; `commands` are obeyed, and their end is the session's.
    pub(super) fn new(shared: Arc<Shared>, commands: Receiver<SessionCommand>) -> Self {
        let (bell, rung) = bounded(1);
        Self { shared, commands, bell, rung, queue: VecDeque::new(), current: None, restarting: Vec::new(), has_run: false }
    }

    /// Obeys until the session is gone; then all programs are told to stop.
    pub(super) fn run(mut self) {
        loop {
            let timed = self.current.as_ref().filter(|(program, _)| !waits_for_a_person(program));
            let timer = timed.map_or_else(never, |(_, until)| after(until.saturating_duration_since(Instant::now())));
            select_biased! {
                recv(self.commands) -> command => match command {
                    Ok(command) => self.obey(command),
                    // The session is gone; nobody could ask for anything any more.
                    Err(_gone) => return self.stop_all(),
                },
                recv(self.rung) -> _ => {}
                recv(timer) -> _ => {}
            }
            self.advance();
            self.shared.has_changed();
        }
    }

    fn obey(&mut self, command: SessionCommand) {
        match command {
            SessionCommand::Start(name) => self.start_next(name, false),
            SessionCommand::StartHeld(name) => self.start_next(name, true),
            SessionCommand::Stop(name) => self.stop(&name),
            SessionCommand::Restart(name) => {
                self.stop(&name);
                self.restarting.push((name, None));
            }
            SessionCommand::RestartWith(spec) => {
                self.stop(&spec.name);
                self.restarting.push((spec.name.clone(), Some(spec)));
            }
            SessionCommand::StartAll | SessionCommand::StartAllHeld => {
                let is_held = command == SessionCommand::StartAllHeld;
                let names = self.shared.lock().lab.programs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>();
                for name in names {
                    self.enqueue(name, is_held);
                }
            }
            SessionCommand::StopAll => self.stop_all(),
            // Done by the session itself.
            SessionCommand::Tell { .. } => {}
        }
    }

    /// A person asks for this one: it does not wait for one that is held.
    fn start_next(&mut self, name: String, is_held: bool) {
        self.current = self.current.take().filter(|(program, _)| !program.is_stepped());
        self.enqueue(name, is_held);
    }

    fn enqueue(&mut self, name: String, is_held: bool) {
        let mut inner = self.shared.lock();
        if let Some(slot) = inner.slot(&name).filter(|slot| !slot.is_waiting && !slot.is_running()) {
            slot.is_waiting = true;
            slot.refused = None;
            self.queue.push_back((name, is_held));
        }
    }

    fn stop(&mut self, name: &str) {
        self.queue.retain(|(waiting, _)| waiting != name);
        self.restarting.retain(|(waiting, _)| waiting != name);
        let mut inner = self.shared.lock();
        if let Some(slot) = inner.slot(name) {
            slot.is_waiting = false;
            if let Some(program) = &slot.program {
                program.stop();
            }
        }
    }

    /// Stops the last first: clients take leave before servers are gone.
    fn stop_all(&mut self) {
        let names = self.shared.lock().lab.programs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>();
        for name in names.iter().rev() {
            self.stop(name);
        }
        self.current = None;
    }

    /// Does what can be done now: starts programs until one is not ready yet.
    fn advance(&mut self) {
        let ended = |(name, _): &(String, _)| self.shared.lock().slot(name).is_none_or(|slot| !slot.is_running());
        let (again, restarting) = std::mem::take(&mut self.restarting).into_iter().partition::<Vec<_>, _>(ended);
        self.restarting = restarting;
        for (name, spec) in again {
            self.renew(&name, spec);
            self.enqueue(name, false);
        }
        loop {
            if let Some((_, until)) = self.current.as_mut().filter(|(program, _)| waits_for_a_person(program)) {
                // Its time begins when it runs on.
                *until = Instant::now() + SERVER_TIME;
            }
            let is_late = |until: &Instant| *until <= Instant::now();
            if self.current.as_ref().is_some_and(|(program, until)| program.state().phase == Phase::Starting && !is_late(until)) {
                return;
            }
            self.current = None;
            let Some((name, is_held)) = self.queue.pop_front() else { return };
            self.start(&name, is_held);
        }
    }

    /// Puts `spec` in the place of the program called `name`, which has ended.
    fn renew(&self, name: &str, spec: Option<Box<Spec>>) {
        let Some(spec) = spec else { return };
        let mut inner = self.shared.lock();
        let mut lab = inner.lab.clone();
        if let Some(old) = lab.programs.iter_mut().find(|old| old.name == name) {
            *old = *spec;
        }
        // Nothing is in the way: it is the only program that is different, and it does not run.
        inner.change(lab).ok();
    }

    fn start(&mut self, name: &str, is_held: bool) {
        let mut inner = self.shared.lock();
        let nobody_runs = !inner.slots.iter().any(Slot::is_running);
        let Some(plan) = inner.plan(name) else {
            if let Some(slot) = inner.slot(name) {
                slot.is_waiting = false;
            }
            return;
        };
        // It goes on waiting until it runs, so that nobody puts another lab in the place of this one in between.
        drop(inner);
        if nobody_runs && self.has_run {
            self.shared.trace.next_run();
        }
        let started = plan.and_then(|(spec, to)| {
            let time = if spec.kind.role() == Role::Server { SERVER_TIME } else { CLIENT_TIME };
            let kept = self.shared.kept.get().cloned();
            let start = if is_held { Program::start_held } else { Program::start_keeping };
            let started = start(spec, to, &self.shared.trace, kept);
            let not_started = |error: io::Error| text!("lab-not-started", program = name, detail = error.to_string()).into();
            started.map(|program| (Arc::new(program), time)).map_err(not_started)
        });
        let mut inner = self.shared.lock();
        let Some(slot) = inner.slot(name) else { return };
        slot.is_waiting = false;
        match started {
            Ok((program, time)) => {
                self.has_run = true;
                let bell = self.bell.clone();
                // Full means that it rings already.
                program.on_change(move || {
                    bell.try_send(()).ok();
                });
                self.current = Some((Arc::clone(&program), Instant::now() + time));
                slot.program = Some(program);
                slot.refused = None;
            }
            Err(refused) => slot.refused = Some(refused),
        }
    }
}
