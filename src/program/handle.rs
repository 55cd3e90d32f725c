//! A program that was started, in the hands of whoever started it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::trace::{Address, Life, Origin, ProgramId, Trace, Tracer};

use super::command::{Command, Refused};
use super::run::Run;
use super::spec::{Spec, Target};
use super::state::{Phase, State};

/// A program that was started. Stopped when it is dropped; nothing here blocks but [`wait`](Self::wait).
#[derive(Debug)]
pub struct Program {
    run: Arc<Run>,
}

impl Program {
    /// Starts a program and returns at once: what comes of it is told by its state and the trace. `to` is whom a client asks, where its
    /// [`Spec::connect`] names another program.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub fn start(spec: Spec, to: Option<Address>, trace: &Arc<Trace>) -> io::Result<Self> {
        let body = spec.kind.body();
        Self::launch(spec, to, trace, body)
    }

    fn launch(spec: Spec, to: Option<Address>, trace: &Arc<Trace>, body: fn(&Arc<Run>, &Tracer)) -> io::Result<Self> {
        let to = to.or_else(|| match spec.connect {
            Some(Target::Address(address)) => Some(address.into()),
            _ => None,
        });
        let run = Run::new(spec, to, trace);
        run.spawn(&run.spec.name, move |run, on| {
            on.life(Life::ProgramStarted { name: run.spec.name.as_str().into(), kind: run.spec.kind.name().into() });
            run.guard(on, |run| body(run, on));
            if run.begin_to_end() {
                run.wind_down(on);
            }
        })?;
        Ok(Self { run })
    }

    /// Its id in the trace.
    pub fn id(&self) -> ProgramId {
        self.run.id
    }

    /// How it is configured.
    pub fn spec(&self) -> &Spec {
        &self.run.spec
    }

    /// How it is doing.
    pub fn state(&self) -> State {
        self.run.lock().state.clone()
    }

    /// Asks it to do something. Never waits: what comes of it stands in the trace.
    ///
    /// # Errors
    /// [`Refused`], where it cannot be asked.
    pub fn command(&self, command: Command) -> Result<(), Refused> {
        self.run.take(command)
    }

    /// Asks it to end. Threads that block are woken by a thread of their own; the state tells when all have ended, and which could not be woken.
    pub fn stop(&self) {
        let run = &self.run;
        if run.lock().state.phase == Phase::Ended || !run.begin_to_end() {
            return;
        }
        if run.spawn("stop", |run, on| run.wind_down(&on.on_behalf_of(Origin::Lab))).is_err() {
            // Without a thread they are woken once; whoever is missed is shown until it ends by itself.
            run.wake_once();
            run.is_overdue();
        }
    }

    /// Calls `listener` whenever the state has changed, on the thread that changed it. It must return at once. There is one; a later one takes its place.
    /// What changed before is not told again: whoever listens looks at the state once.
    pub fn on_change(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.run.listen(Arc::new(listener));
    }

    /// Waits until the state is `what`, at most for `limit`; returns whether it is.
    pub fn wait(&self, what: impl Fn(&State) -> bool, limit: Duration) -> bool {
        self.run.wait(limit, |inner| what(&inner.state))
    }
}

impl Drop for Program {
    /// Nobody could stop it any more.
    fn drop(&mut self) {
        self.stop();
    }
}
