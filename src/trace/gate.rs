//! The gate of a program: whether its calls are held before they are made, and which of them is let go.
//!
//! A thread that nobody holds pays one relaxed load a call. What is held has not been made: nothing of it is in the kernel, and no row tells of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::errno::Errno;
use super::failure::USUAL;
use super::record::ThreadId;

/// What a person asks of the calls of a program, or of one of its threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Go {
    /// From now on every call is held before it is made.
    Hold,
    /// The call that is held goes, the one after it is held. Where none is, as [`Hold`](Self::Hold).
    Step,
    /// All calls go, and none is held any more.
    On,
    /// All calls go up to this point; from there on every call is held.
    To(Goal),
}

/// Where a program is to be held again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Goal {
    /// Before the next accept.
    Accept,
    /// Before the next receive.
    Recv,
    /// After the next call that fails; one that says to try again has not.
    Error,
}

impl Goal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Recv, Self::Error];

    /// Whether it is before this call.
    const fn is_before(self, call: Call) -> bool {
        match self {
            Self::Accept => matches!(call, Call::Accept),
            Self::Recv => matches!(call, Call::Recv | Call::RecvFrom),
            Self::Error => false,
        }
    }
}

/// How far calls go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Rule {
    #[default]
    Free,
    Each,
    To(Goal),
}

/// The gate through which every call of a program goes, but those that are the lab's own.
#[derive(Debug, Default)]
pub struct Gate {
    /// Whether any call is to be looked at.
    is_on: AtomicBool,
    inner: Mutex<Inner>,
    changed: Condvar,
    listener: OnceLock<Listener>,
}

/// What is called when a call is held or goes.
struct Listener(Box<dyn Fn() + Send + Sync>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

#[derive(Debug, Default)]
struct Inner {
    rule: Rule,
    /// The threads that have a rule of their own.
    threads: BTreeMap<ThreadId, Rule>,
    /// The threads that are held, the longest first.
    held: Vec<ThreadId>,
    /// Those of them whose call is decided: whether it is made.
    decided: BTreeMap<ThreadId, bool>,
    is_over: bool,
}

impl Inner {
    fn rule_of(&self, thread: ThreadId) -> Rule {
        self.threads.get(&thread).copied().unwrap_or(self.rule)
    }

    /// From now on every call of whoever had the rule of `thread` is held.
    fn reached(&mut self, thread: ThreadId) {
        match self.threads.get_mut(&thread) {
            Some(rule) => *rule = Rule::Each,
            None => self.rule = Rule::Each,
        }
    }

    fn set(&mut self, thread: Option<ThreadId>, rule: Rule) {
        if let Some(thread) = thread {
            self.threads.insert(thread, rule);
        } else {
            self.threads.clear();
            self.rule = rule;
        }
    }

    /// Lets the call go that is held longest, or that of `thread`; returns whether there was one.
    fn step(&mut self, thread: Option<ThreadId>) -> bool {
        let waits = |held: &&ThreadId| thread.is_none_or(|thread| thread == **held) && !self.decided.contains_key(held);
        let Some(thread) = self.held.iter().find(waits).copied() else { return false };
        self.decided.insert(thread, true);
        true
    }

    fn is_on(&self) -> bool {
        !self.is_over && (self.rule != Rule::Free || self.threads.values().any(|rule| *rule != Rule::Free))
    }
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has `listener` called whenever a call is held or goes, on the thread whose call it is. It must return at once. Only the first is called.
    pub fn on_change(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.listener.set(Listener(Box::new(listener))).ok();
    }

    fn tell(&self) {
        if let Some(Listener(listener)) = self.listener.get() {
            listener();
        }
    }

    /// Does what a person asks, of all threads or of one.
    pub fn go(&self, thread: Option<ThreadId>, go: Go) {
        let mut inner = self.lock();
        match go {
            Go::Step if inner.step(thread) => {}
            // All are in calls of their own, or on their way to the next.
            Go::Step if thread.is_none() && inner.rule == Rule::Each => {}
            Go::Hold | Go::Step => inner.set(thread, Rule::Each),
            Go::On => inner.set(thread, Rule::Free),
            Go::To(goal) => inner.set(thread, Rule::To(goal)),
        }
        self.is_on.store(inner.is_on(), Ordering::Relaxed);
        drop(inner);
        self.changed.notify_all();
        self.tell();
    }

    /// What holds for a thread that begins now, as it would be asked for.
    pub fn now(&self) -> Go {
        match self.lock().rule {
            Rule::Free => Go::On,
            Rule::Each => Go::Hold,
            Rule::To(goal) => Go::To(goal),
        }
    }

    /// Whether calls of the program are held, or will be.
    pub fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Relaxed)
    }

    /// No call is held any more, for ever. Those that are held now are not made.
    pub fn end(&self) {
        self.lock().is_over = true;
        self.is_on.store(false, Ordering::Relaxed);
        self.changed.notify_all();
    }

    /// The call that `thread` is held before is not made.
    pub fn call_off(&self, thread: ThreadId) {
        let mut inner = self.lock();
        if inner.held.contains(&thread) {
            inner.decided.insert(thread, false);
        }
        drop(inner);
        self.changed.notify_all();
    }

    /// Whether `thread` is held before `call`. From then on it is, and is to [`wait`](Self::wait): whoever sees it held may let it go before it does.
    pub(super) fn holds(&self, thread: ThreadId, call: Call) -> bool {
        self.is_on() && {
            let mut inner = self.lock();
            let rule = inner.rule_of(thread);
            let is_held = match rule {
                _ if inner.is_over => false,
                Rule::Free => false,
                Rule::Each => true,
                Rule::To(goal) => goal.is_before(call),
            };
            if is_held {
                if let Rule::To(_) = rule {
                    inner.reached(thread);
                }
                inner.held.push(thread);
            }
            is_held
        }
    }

    /// Lets `thread`, which is held, wait until its call is let go; returns whether the call is to be made.
    pub(super) fn wait(&self, thread: ThreadId) -> bool {
        self.tell();
        let is_held = |inner: &mut Inner| !inner.is_over && !inner.decided.contains_key(&thread) && inner.rule_of(thread) == Rule::Each;
        let mut inner = self.changed.wait_while(self.lock(), is_held).unwrap_or_else(PoisonError::into_inner);
        let is_over = inner.is_over;
        inner.held.retain(|held| *held != thread);
        inner.decided.remove(&thread).unwrap_or(!is_over)
    }

    /// A call of `thread` failed.
    pub(super) fn failed(&self, thread: ThreadId, errno: Errno) {
        if self.is_on() && !USUAL.iter().any(|name| errno.is(name)) {
            let mut inner = self.lock();
            if inner.rule_of(thread) == Rule::To(Goal::Error) {
                inner.reached(thread);
            }
        }
    }

    /// A call that was held has gone, or was called off.
    pub(super) fn gone(&self) {
        self.tell();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::super::{Args, OpenCall, Origin, Outcome, ProgramId, Settings, Trace, Tracer};
    use super::*;

    struct Two {
        trace: Arc<Trace>,
        program: ProgramId,
        gate: Arc<Gate>,
    }

    impl Two {
        fn new() -> Self {
            let trace = Trace::new(Settings::default()).unwrap();
            let program = trace.new_program();
            let gate = trace.gate(program);
            Self { trace, program, gate }
        }

        /// A thread that makes these calls; its number.
        fn calls(&self, name: &str, calls: &'static [(Call, Option<&str>)]) -> (ThreadId, thread::JoinHandle<()>) {
            let on = self.trace.tracer(self.program, name);
            let id = on.thread();
            let work = move || calls.iter().for_each(|(call, errno)| make(&on, *call, *errno));
            (id, thread::Builder::new().name(name.to_owned()).spawn(work).unwrap())
        }

        fn held(&self) -> Vec<OpenCall> {
            self.trace.open_calls().into_iter().filter(|open| open.held).collect()
        }

        /// Waits until these calls are held.
        fn until(&self, wanted: &[(ThreadId, Call)]) {
            let begin = Instant::now();
            loop {
                let held = self.held().iter().map(|open| (open.thread, open.call)).collect::<std::collections::BTreeSet<_>>();
                if held == wanted.iter().copied().collect() {
                    return;
                }
                assert!(begin.elapsed() < Duration::from_secs(20), "{held:?} instead of {wanted:?}");
                thread::yield_now();
            }
        }

        fn made(&self) -> Vec<Call> {
            self.trace.flush();
            self.trace.store().rows(1..self.trace.store().newest() + 1).into_iter().flatten().filter_map(|row| row.call()).collect()
        }
    }

    fn make(on: &Tracer, call: Call, errno: Option<&str>) {
        let open = on.begin(call, Args::None, None);
        if !open.is_called_off() {
            let outcome = errno.map_or(Outcome::Ok(0), |name| Outcome::Err(Errno::by_name(name).unwrap()));
            open.end(outcome, None);
        }
    }

    const PLAIN: &[(Call, Option<&str>)] =
        &[(Call::Socket, None), (Call::Bind, None), (Call::Listen, None), (Call::Accept, None), (Call::Recv, None), (Call::Close, None)];

    #[test]
    fn each_step_is_one_call_and_the_time_begins_when_it_goes() {
        let two = Two::new();
        two.gate.go(None, Go::Hold);
        let (id, thread) = two.calls("one", PLAIN);
        two.until(&[(id, Call::Socket)]);
        assert_eq!(two.made(), []);
        let let_go = two.trace.clock().now();
        two.gate.go(None, Go::Step);
        two.until(&[(id, Call::Bind)]);
        assert_eq!(two.made(), [Call::Socket]);
        let rows = two.trace.store().rows(1..two.trace.store().newest() + 1).into_iter().flatten().collect::<Vec<_>>();
        assert!(
            rows.iter().find(|row| row.call() == Some(Call::Socket)).unwrap().t0 >= let_go,
            "the time it was held is none of the call's"
        );
        two.gate.go(None, Go::On);
        thread.join().unwrap();
        assert_eq!(two.made().len(), PLAIN.len());
        assert!(!two.gate.is_on() && two.held().is_empty());
    }

    #[test]
    fn it_runs_to_the_next_accept_receive_or_error() {
        let two = Two::new();
        two.gate.go(None, Go::To(Goal::Accept));
        let (id, thread) = two.calls("one", PLAIN);
        two.until(&[(id, Call::Accept)]);
        assert_eq!(two.made(), [Call::Socket, Call::Bind, Call::Listen]);
        two.gate.go(None, Go::To(Goal::Recv));
        two.until(&[(id, Call::Recv)]);
        two.gate.go(None, Go::Step);
        two.until(&[(id, Call::Close)]);
        two.gate.go(None, Go::On);
        thread.join().unwrap();
        two.gate.go(None, Go::To(Goal::Error));
        let calls = &[(Call::Socket, None), (Call::Recv, Some("EAGAIN")), (Call::Send, Some("EPIPE")), (Call::Shutdown, None)];
        let (id, thread) = two.calls("two", calls);
        two.until(&[(id, Call::Shutdown)]);
        two.gate.end();
        thread.join().unwrap();
        assert_eq!(two.made().last(), Some(&Call::Send), "what was held at the end is not made");
    }

    /// Whoever sees a call held may press at once: the thread need not have come to its waiting.
    #[test]
    fn what_is_pressed_before_a_thread_waits_is_not_lost() {
        let gate = Gate::default();
        let one = ThreadId(1);
        for (first, then) in [(Go::To(Goal::Recv), Go::To(Goal::Recv)), (Go::Hold, Go::Step), (Go::To(Goal::Recv), Go::On)] {
            gate.go(None, first);
            assert!(gate.holds(one, Call::Recv));
            gate.go(None, then);
            assert!(gate.wait(one), "{then:?} lets it go");
        }
        gate.go(None, Go::Hold);
        assert!(gate.holds(one, Call::Recv));
        gate.call_off(one);
        assert!(!gate.wait(one));
    }

    #[test]
    fn one_thread_is_held_while_another_runs() {
        let two = Two::new();
        two.gate.go(None, Go::Hold);
        let (one, first) = two.calls("one", PLAIN);
        let (other, second) = two.calls("other", PLAIN);
        two.until(&[(one, Call::Socket), (other, Call::Socket)]);
        two.gate.go(Some(other), Go::Step);
        two.until(&[(one, Call::Socket), (other, Call::Bind)]);
        two.gate.go(Some(other), Go::On);
        second.join().unwrap();
        two.until(&[(one, Call::Socket)]);
        assert!(two.gate.is_on());
        two.gate.call_off(one);
        two.until(&[(one, Call::Bind)]);
        two.gate.go(None, Go::On);
        first.join().unwrap();
        let sockets = two.made().into_iter().filter(|call| *call == Call::Socket).count();
        assert_eq!(sockets, 1, "the other's was called off");
    }

    #[test]
    fn what_the_lab_does_is_never_held_and_a_close_never_left_out() {
        let two = Two::new();
        two.gate.go(None, Go::Hold);
        let on = two.trace.tracer(two.program, "lab");
        make(&on.on_behalf_of(Origin::Lab), Call::GetSockName, None);
        assert_eq!(two.made(), [Call::GetSockName]);
        let (id, thread) = two.calls("one", &[(Call::Close, None)]);
        two.until(&[(id, Call::Close)]);
        two.gate.end();
        thread.join().unwrap();
        assert_eq!(two.made(), [Call::GetSockName, Call::Close]);
    }

    #[test]
    fn a_step_of_what_runs_freely_holds_it() {
        let two = Two::new();
        two.gate.go(None, Go::Step);
        let (id, thread) = two.calls("one", &[(Call::Socket, None)]);
        two.until(&[(id, Call::Socket)]);
        two.gate.go(Some(id), Go::On);
        thread.join().unwrap();
        assert!(two.trace.gate(two.program).is_on(), "the rule of the others stays");
    }
}
