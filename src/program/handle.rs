//! A program that was started, in the hands of whoever started it.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::net::{Looked, MOST_LOOKED_AT, Sampler};
use crate::trace::gate::Go;
use crate::trace::{Address, Life, Origin, ProgramId, Trace, Tracer};

use super::command::{Command, Refused};
use super::kept::KeptFiles;
use super::run::Run;
use super::socket::Endpoint;
use super::spec::Spec;
use super::state::{Phase, State};
use super::target::Target;

/// How long the processes of servers may take to say what the kernel knows of their connections; who is later is heard with the next look.
const PATIENCE: Duration = Duration::from_millis(20);

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
        Self::launch(spec, to, trace, None, Go::On, body)
    }

    /// As [`start`](Self::start); a file that it receives and has no place for is put into `kept`, for a person to save.
    ///
    /// # Errors
    /// As there.
    pub fn start_keeping(spec: Spec, to: Option<Address>, trace: &Arc<Trace>, kept: Option<Arc<KeptFiles>>) -> io::Result<Self> {
        let body = spec.kind.body();
        Self::launch(spec, to, trace, kept, Go::On, body)
    }

    /// As [`start_keeping`](Self::start_keeping); its first call is held before it is made, and so are those that follow: see [`Command::Step`].
    ///
    /// # Errors
    /// As there.
    pub fn start_held(spec: Spec, to: Option<Address>, trace: &Arc<Trace>, kept: Option<Arc<KeptFiles>>) -> io::Result<Self> {
        let body = spec.kind.body();
        Self::launch(spec, to, trace, kept, Go::Hold, body)
    }

    /// What runs already.
    #[cfg(unix)]
    pub(super) const fn of(run: Arc<Run>) -> Self {
        Self { run }
    }

    fn launch(
        spec: Spec,
        to: Option<Address>,
        trace: &Arc<Trace>,
        kept: Option<Arc<KeptFiles>>,
        go: Go,
        body: fn(&Arc<Run>, &Tracer),
    ) -> io::Result<Self> {
        let to = to.or_else(|| match spec.connect {
            Some(Target::Address(address)) => Some(address.into()),
            Some(Target::Unix(ref address)) => Some(address.clone()),
            _ => None,
        });
        let run = Run::new(spec, to, trace, kept);
        run.gate.go(None, go);
        run.spawn(&run.spec.name, move |run, on| {
            if run.spec.framing.is_framed() {
                on.life(Life::Framed(run.spec.framing.clone(), run.spec.max_message));
            }
            run.guard(on, |run| body(run, on));
            if run.begin_to_end() {
                run.wind_down(on);
            }
        })?;
        Ok(Self { run })
    }

    /// A program whose thread does `body`.
    #[cfg(test)]
    pub(super) fn start_with(spec: Spec, trace: &Arc<Trace>, body: fn(&Arc<Run>, &Tracer)) -> io::Result<Self> {
        Self::launch(spec, None, trace, None, Go::On, body)
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

    /// Whether its calls are held before they are made, or will be.
    pub fn is_stepped(&self) -> bool {
        self.run.gate.is_on()
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

    /// Has `sampler` look at the open sockets of these programs, [`MOST_LOOKED_AT`] of each at most, and as many that processes of theirs serve. Returns false where this system does not tell.
    pub fn sample(programs: &[Arc<Self>], sampler: &mut Sampler) -> bool {
        let children = |program: &Arc<Self>| {
            let id = program.id();
            program.run.children().into_iter().take(MOST_LOOKED_AT).map(move |child| (id, child))
        };
        // All are asked before any is waited for.
        let children = programs.iter().flat_map(children).collect::<Vec<_>>();
        for (_, child) in &children {
            child.look();
        }
        let own = |program: &Arc<Self>| {
            let id = program.id();
            let looked = |endpoint: &Arc<Endpoint>| Some((id, endpoint.socket.id(), Looked::at(&endpoint.socket)?));
            program.run.sockets().iter().take(MOST_LOOKED_AT).filter_map(looked).collect::<Vec<_>>()
        };
        let mut looked = programs.iter().flat_map(own).collect::<Vec<_>>();
        let limit = Instant::now() + PATIENCE;
        looked.extend(children.iter().filter_map(|(program, child)| Some((*program, child.socket(), Ok(child.looked(limit)?)))));
        sampler.look(looked)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::ProgramKind;
    use crate::trace::{Kind, Record, Settings};

    const LIMIT: Duration = Duration::from_secs(10);

    fn rows_of(body: fn(&Arc<Run>, &Tracer)) -> (State, Vec<Record>) {
        let trace = Trace::new(Settings::default()).unwrap();
        let program = Program::launch(Spec::new(ProgramKind::TcpServer, "server"), None, &trace, None, Go::On, body).unwrap();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{:?}", program.state());
        trace.flush();
        (program.state(), trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect())
    }

    fn panics(rows: &[Record]) -> Vec<&str> {
        rows.iter().filter_map(|row| if let Kind::Panic(said) = &row.kind { Some(&**said) } else { None }).collect()
    }

    #[test]
    fn the_name_of_a_program_stands_before_all_else() {
        let (_, rows) = rows_of(|_, _| {});
        assert!(matches!(&rows[0].kind, Kind::Life(Life::ProgramStarted { name, .. }) if &**name == "server"), "{:?}", rows[0]);
        assert!(matches!(rows[1].kind, Kind::Life(Life::ThreadStarted { .. })), "{:?}", rows[1]);
    }

    #[test]
    fn a_panic_of_the_programs_own_thread_is_a_record_and_ends_the_program() {
        let (state, rows) = rows_of(|_, _| panic!("it {}", "broke"));
        assert_eq!(panics(&rows), ["it broke"]);
        assert!(state.panicked && state.has_failed());
        assert_eq!(rows.last().map(|row| &row.kind), Some(&Kind::Life(Life::ProgramEnded)));
    }

    #[test]
    fn a_panic_of_one_connection_is_a_record_and_the_program_goes_on() {
        let (state, rows) = rows_of(|run, _| {
            run.spawn("connection s1", |_, _| panic!("broke")).unwrap();
            assert!(run.wait(LIMIT, |inner| inner.state.panicked && inner.threads.len() == 1));
            assert!(!run.is_stopping());
        });
        assert_eq!(panics(&rows), ["broke"]);
        assert!(state.panicked);
        assert_eq!(rows.iter().filter(|row| row.kind == Kind::Life(Life::ThreadEnded)).count(), 2);
    }

    #[test]
    fn a_panic_beside_a_held_thread_is_told_and_the_thread_stays_held() {
        let trace = Trace::new(Settings::default()).unwrap();
        let body = |run: &Arc<Run>, on: &Tracer| {
            run.spawn("other", |_, _| panic!("broke")).unwrap();
            drop(run.open(on, crate::trace::Family::Inet, crate::program::socket::Use::Listener));
        };
        let program = Program::launch(Spec::new(ProgramKind::TcpServer, "server"), None, &trace, None, Go::Hold, body).unwrap();
        assert!(program.wait(|state| state.panicked, LIMIT));
        let begin = std::time::Instant::now();
        while !trace.open_calls().iter().any(|open| open.held) {
            assert!(begin.elapsed() < LIMIT, "nothing is held");
            std::thread::yield_now();
        }
        assert_eq!(program.state().phase, Phase::Starting);
        program.stop();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{:?}", program.state());
        trace.flush();
        let rows = trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(rows.iter().filter_map(Record::call).count(), 0, "the call that was held was not made");
        assert_eq!((panics(&rows), program.state().failure), (vec!["broke"], None));
    }

    #[test]
    fn a_socket_of_a_thread_that_panicked_is_closed() {
        let (_, rows) = rows_of(|run, on| {
            let _held = run.open(on, crate::trace::Family::Inet, crate::program::socket::Use::Listener);
            panic!("with an open socket");
        });
        let calls = rows.iter().filter_map(Record::call).map(crate::trace::Call::name).collect::<Vec<_>>();
        assert_eq!(calls, ["socket", "close"]);
    }
}
