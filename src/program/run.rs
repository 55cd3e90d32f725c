//! What the threads of a running program share: its state, its threads, its open sockets.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use std::{fmt, io, thread};

use crossbeam_channel::Sender;

use super::command::{Command, Refused};
use super::failure;
use super::kept::KeptFiles;
use super::link::Desk;
use super::manual::Hand;
use super::offer::Offer;
use super::process::ChildProcess;
use super::socket::{Endpoint, Held, Use};
use super::spec::{MOST_RECV_SIZE, Spec};
use super::state::{Failure, Phase, State};
use super::target::{HostName, Target};
use crate::net::{self, TracedSocket};
use crate::text::Message;
use crate::trace::gate::Gate;
use crate::trace::{Address, Family, Kind, Life, Origin, ProgramId, SocketId, Trace, Tracer};

/// A running program. Shared by its threads; ends with the last of them.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) spec: Spec,
    /// Whom a client asks, once that is known.
    to: OnceLock<Address>,
    /// Where contacts are that are stated by the name of a computer, once that was looked up.
    names: OnceLock<Vec<(HostName, Address)>>,
    pub(super) id: ProgramId,
    pub(super) trace: Arc<Trace>,
    /// What holds its calls, where a person wants that.
    pub(super) gate: Arc<Gate>,
    /// Where a file goes that was received and has no place; none where nobody could save it.
    pub(super) kept: Option<Arc<KeptFiles>>,
    /// The folder of a http-server, once it has it.
    pub(super) site: OnceLock<Offer>,
    /// What a program has that is driven by hand.
    pub(super) hand: Hand,
    /// Where a person puts the ways of a link.
    pub(super) desk: Desk,
    /// A person has sent something: a client stays connected for more.
    pub(super) is_driven: AtomicBool,
    /// A person wants the file that is being sent to end.
    pub(super) is_file_to_end: AtomicBool,
    /// How many transfers there were.
    transfers: AtomicU64,
    /// As the phase says; every thread looks at it before every call.
    is_stopping: AtomicBool,
    inner: Mutex<Inner>,
    changed: Condvar,
    /// Who is told of every change.
    listener: Mutex<Option<Listener>>,
}

/// What is called when the state has changed.
#[derive(Clone)]
struct Listener(Arc<dyn Fn() + Send + Sync>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// What changes while a program runs.
#[derive(Debug, Default)]
pub(super) struct Inner {
    pub(super) state: State,
    /// The threads that have not ended, by numbers that are never reused. The first is the program's own.
    pub(super) threads: BTreeMap<u64, String>,
    last_thread: u64,
    sockets: BTreeMap<SocketId, Arc<Endpoint>>,
    /// The processes that serve connections, by the names of these.
    pub(super) children: BTreeMap<SocketId, Arc<ChildProcess>>,
    /// The time in which threads should have ended has passed.
    pub(super) is_overdue: bool,
    /// A person wants the list that is being sent to end.
    pub(super) is_list_to_end: bool,
    /// A thread already makes the others come to their end.
    is_winding_down: bool,
    /// The queues of `operator` and `control`, once they run.
    pub(super) operator: Option<Sender<Command>>,
    pub(super) control: Option<Sender<Command>>,
}

impl Inner {
    /// Whether this socket is open.
    pub(super) fn has_socket(&self, socket: SocketId) -> bool {
        self.sockets.contains_key(&socket)
    }

    /// Whether this is the only socket that is open, here and in the processes of the program.
    pub(super) fn is_only_socket(&self, socket: SocketId) -> bool {
        self.sockets.keys().all(|open| *open == socket) && self.children.is_empty()
    }

    fn tell_lingering(&mut self) {
        self.state.lingering = if self.is_overdue { self.threads.values().cloned().collect() } else { Vec::new() };
    }
}

impl Run {
    pub(super) fn new(spec: Spec, to: Option<Address>, trace: &Arc<Trace>, kept: Option<Arc<KeptFiles>>) -> Arc<Self> {
        let id = trace.new_program();
        let gate = trace.gate(id);
        let run = Arc::new(Self {
            spec,
            to: to.map(OnceLock::from).unwrap_or_default(),
            names: OnceLock::new(),
            id,
            trace: Arc::clone(trace),
            gate,
            kept,
            site: OnceLock::new(),
            hand: Hand::default(),
            desk: Desk::default(),
            is_driven: AtomicBool::new(false),
            is_file_to_end: AtomicBool::new(false),
            transfers: AtomicU64::new(0),
            is_stopping: AtomicBool::new(false),
            inner: Mutex::default(),
            changed: Condvar::new(),
            listener: Mutex::default(),
        });
        let of = Arc::downgrade(&run);
        run.gate.on_change(move || {
            if let Some(run) = of.upgrade() {
                run.change(|_| {});
            }
        });
        run
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves the state half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what the state does not tell, and wakes the threads of the program that wait for it.
    pub(super) fn touch<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Changes the state, wakes whoever waits for that and calls the listener.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let result = self.touch(change);
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(Listener(listener)) = listener {
            listener();
        }
        result
    }

    /// Calls `listener` after every change.
    pub(super) fn listen(&self, listener: Arc<dyn Fn() + Send + Sync>) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(Listener(listener));
    }

    /// Waits until `done`, at most for `limit`; returns whether it is.
    pub(super) fn wait(&self, limit: Duration, mut done: impl FnMut(&mut Inner) -> bool) -> bool {
        let waiting = self.changed.wait_timeout_while(self.lock(), limit, |inner| !done(inner));
        !waiting.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Lets `length` pass; returns at once when the program or `endpoint` is to end.
    pub(super) fn pause(&self, length: Duration, endpoint: &Endpoint) {
        self.wait(length, |inner| inner.state.phase >= Phase::Stopping || endpoint.is_ended());
    }

    /// Whether the program is to end.
    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::SeqCst)
    }

    /// Whether nothing more is to be done on the socket: the program is to end, or a person ended the connection.
    pub(super) fn is_over(&self, endpoint: &Endpoint) -> bool {
        endpoint.is_ended() || self.is_stopping()
    }

    /// Says that the program can be reached, or has reached the other side.
    pub(super) fn is_ready(&self, local: Option<Address>) {
        self.change(|inner| {
            if local.is_some() {
                inner.state.local = local;
            }
            if inner.state.phase == Phase::Starting {
                inner.state.phase = Phase::Ready;
            }
        });
    }

    /// A call of the program failed. Whether that makes the program fail is decided in [`failure`]; one that was not made because the program is to end does not.
    pub(super) fn met(&self, error: &net::Error) {
        if (error.made || !self.is_stopping()) && failure::counts(&self.spec, error) {
            self.has_failed(error.into());
        }
    }

    /// As [`met`](Self::met), for a call on a socket that might have been ended or stopped by others: then that is the reason.
    pub(super) fn met_on(&self, endpoint: &Endpoint, error: &net::Error) {
        if !self.is_over(endpoint) {
            self.met(error);
        }
    }

    /// The program has failed. What it met first stays.
    pub(super) fn has_failed(&self, failure: Failure) {
        self.change(|inner| {
            inner.state.failure.get_or_insert(failure);
        });
    }

    /// Whom a client asks; none where nobody is stated, or its name has not been looked up.
    pub(super) fn to(&self) -> Option<Address> {
        self.to.get().cloned()
    }

    /// From now on this address is asked: what the name of whom the client asks leads to.
    pub(super) fn asks(&self, address: Address) {
        self.to.set(address).ok();
    }

    /// Where the contact of this name is.
    pub(super) fn contact(&self, name: &str) -> Option<Address> {
        match &self.spec.manner.contact(name)?.at {
            Target::Address(address) => Some((*address).into()),
            Target::Name(name) => self.names.get()?.iter().find(|(known, _)| known == name).map(|(_, address)| address.clone()),
            // Whoever starts a program puts addresses in the place of those of other programs.
            Target::Program(_) | Target::Unix(_) => None,
        }
    }

    /// From now on contacts are there whose names were looked up.
    pub(super) fn knows(&self, names: Vec<(HostName, Address)>) {
        self.names.set(names).ok();
    }

    /// The number of a transfer that begins, from 0.
    pub(super) fn next_transfer(&self) -> u64 {
        self.transfers.fetch_add(1, Ordering::Relaxed)
    }

    // Sockets

    /// Makes a socket for the program and sets its options.
    pub(super) fn open(self: &Arc<Self>, on: &Tracer, family: Family, is_for: Use) -> Option<Held> {
        match TracedSocket::socket(on, family, self.spec.kind.socket_type()) {
            Ok(socket) => {
                let held = self.hold(socket, is_for);
                for (option, value) in &self.spec.options {
                    self.set_option(on, &held, option, value);
                }
                Some(held)
            }
            Err(error) => {
                self.met(&error);
                None
            }
        }
    }

    /// Takes the socket into the program's list.
    pub(super) fn hold(self: &Arc<Self>, socket: TracedSocket, is_for: Use) -> Held {
        let endpoint = Arc::new(Endpoint::new(socket, is_for));
        self.list(&endpoint);
        Held::new(self, endpoint)
    }

    /// Puts the socket into the program's list, where those who stop or wake look for it.
    pub(super) fn list(&self, endpoint: &Arc<Endpoint>) {
        self.touch(|inner| inner.sockets.insert(endpoint.socket.id(), Arc::clone(endpoint)));
    }

    pub(super) fn let_go(&self, socket: SocketId) {
        self.touch(|inner| inner.sockets.remove(&socket));
    }

    /// The open socket of that id.
    pub(super) fn socket(&self, id: SocketId) -> Option<Arc<Endpoint>> {
        self.lock().sockets.get(&id).cloned()
    }

    /// All open sockets, in order of birth.
    pub(super) fn sockets(&self) -> Vec<Arc<Endpoint>> {
        self.lock().sockets.values().cloned().collect()
    }

    /// Sets an option and, on the lab's own account, reads back what the kernel made of it: every view of options lives by that row.
    pub(super) fn set_option(&self, on: &Tracer, endpoint: &Endpoint, option: &'static net::Opt, value: &crate::trace::Value) {
        if let Err(error) = endpoint.socket.set_option(on, option, value) {
            if on.origin() == Origin::Program {
                self.met_on(endpoint, &error);
            }
            if !error.made {
                endpoint.tell(on, error.message());
            }
        } else if option.is_readable() {
            // A failure stands in the row.
            endpoint.socket.option(&on.on_behalf_of(Origin::Lab), option).ok();
        }
    }

    /// The buffer for what is received.
    pub(super) fn buffer(&self) -> Vec<u8> {
        vec![0; self.spec.recv_size.clamp(1, MOST_RECV_SIZE) as usize]
    }

    // Threads

    /// Starts a thread of the program. It does not run once the program has come to its end.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(super) fn spawn(self: &Arc<Self>, name: &str, work: impl FnOnce(&Arc<Self>, &Tracer) + Send + 'static) -> io::Result<()> {
        let Some(number) = self.enlist(name) else { return Ok(()) };
        let tracer = match number {
            1 => self.trace.first_tracer(self.id, name, self.spec.kind.name()),
            _ => self.trace.tracer(self.id, name),
        };
        let (run, on) = (Arc::clone(self), tracer.clone());
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
            run.guard(&on, |run| work(run, &on));
            run.leave(number, &on);
        });
        thread.map(drop).inspect_err(|_| self.leave(number, &tracer))
    }

    /// None when the last thread has ended: nothing may follow the end of a program.
    fn enlist(&self, name: &str) -> Option<u64> {
        let mut inner = self.lock();
        if inner.last_thread > 0 && inner.threads.is_empty() {
            return None;
        }
        inner.last_thread += 1;
        let number = inner.last_thread;
        inner.threads.insert(number, name.to_owned());
        Some(number)
    }

    /// Does `work`; a panic becomes a record, and a failure of the program.
    pub(super) fn guard(self: &Arc<Self>, on: &Tracer, work: impl FnOnce(&Arc<Self>)) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(self))) {
            on.panicked(&*panic);
            self.change(|inner| inner.state.panicked = true);
        }
    }

    /// A thread has ended; the last one ends the program.
    fn leave(&self, number: u64, on: &Tracer) {
        let on = on.on_behalf_of(Origin::Program);
        on.life(Life::ThreadEnded);
        let is_last = self.change(|inner| {
            inner.threads.remove(&number);
            inner.tell_lingering();
            inner.threads.is_empty()
        });
        if is_last {
            on.life(Life::ProgramEnded);
            self.change(|inner| {
                (inner.operator, inner.control) = (None, None);
                inner.state.phase = Phase::Ended;
            });
        }
    }

    /// From now on the program is to end: no more commands, no new calls. Returns whether the caller is the one to wake the threads that block.
    pub(super) fn begin_to_end(&self) -> bool {
        self.is_stopping.store(true, Ordering::SeqCst);
        self.gate.end();
        self.desk.ring();
        self.change(|inner| {
            inner.state.phase = inner.state.phase.max(Phase::Stopping);
            (inner.operator, inner.control) = (None, None);
            !std::mem::replace(&mut inner.is_winding_down, true)
        })
    }

    /// The threads had their time: those that are left are lingering.
    pub(super) fn is_overdue(&self) {
        self.change(|inner| {
            inner.is_overdue = true;
            inner.tell_lingering();
        });
    }

    /// A client's send by a person keeps it connected.
    pub(super) fn is_driven(&self) -> bool {
        self.is_driven.load(Ordering::SeqCst)
    }

    /// Why a command cannot be taken any more.
    pub(super) fn refusal(inner: &Inner) -> Option<Refused> {
        (inner.state.phase >= Phase::Stopping).then_some(Refused::Ended)
    }
}

/// Writes into the trace what a person should know.
pub(super) fn tell(on: &Tracer, socket: Option<SocketId>, message: Message) {
    on.write(Kind::Life(Life::Told(message)), socket);
}
