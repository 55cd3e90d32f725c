//! A process that serves one connection, in the hands of the program that has started it.

use std::io::{self, BufReader};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::glance::Glance;
use super::handover::{Handover, Known, Report};
use super::{ARGUMENT, Order, frame};
use crate::net::{self, Looked, meaning, process};
use crate::program::run::{Run, tell};
use crate::program::socket::{Held, Use};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno, Guest, SocketId, ThreadId, Told, Tracer};

/// How long a process that is to end may take before it is killed: less than a stop may take.
const GRACE: Duration = Duration::from_secs(1);
/// How long an order may wait for a process that reads none.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two looks whether a process that tells nothing any more has ended.
const STEP: Duration = Duration::from_millis(2);
/// The signals by which a process is ended from outside; any other is a fault of its own.
const FROM_OUTSIDE: &[&str] = &["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"];

/// A process that serves one connection. Dropped, it is no more.
#[derive(Debug)]
pub(in crate::program) struct ChildProcess {
    socket: SocketId,
    peer: Address,
    number: u32,
    child: Mutex<Child>,
    /// Where orders go.
    orders: Mutex<UnixStream>,
    /// Its threads in the trace, once they are followed.
    guest: Mutex<Option<Guest>>,
    /// When it was told to end.
    stopped: OnceLock<Instant>,
    is_killed: AtomicBool,
    /// The commands that it runs for the peer, by their groups.
    commands: Mutex<Vec<u32>>,
    glance: Glance,
}

/// Why there is no process.
enum Refused {
    /// It could not be started, or is not to be.
    Call(net::Error),
    /// What it takes for that is not there.
    Other(Message),
}

/// Has a new process serve the connection, and closes this one's copy of it.
pub(in crate::program) fn hand_over(run: &Arc<Run>, on: &Tracer, held: Held) {
    if !run.is_over(&held) {
        let socket = held.socket.id();
        match start(run, on, &held) {
            Ok(number) => {
                held.socket.set_copied();
                held.tell(on, text!("program-process-handed", socket = socket.to_string(), number = number.to_string()));
            }
            Err(Refused::Call(error)) => run.met_on(&held, &error),
            Err(Refused::Other(why)) => {
                held.tell(on, why.clone());
                run.has_failed(why.into());
            }
        }
    }
    held.close(on);
}

/// Starts a process for the connection, and a thread that follows it; its number.
fn start(run: &Arc<Run>, on: &Tracer, held: &Held) -> Result<u32, Refused> {
    let socket = held.socket.id();
    let Use::Connection(peer) = &held.is_for else {
        return Err(Refused::Other(text!("program-told-no-connection", socket = socket.to_string())));
    };
    let lacks = |error: io::Error| {
        let errno = Errno::of(&error);
        let why = meaning(Call::Spawn, errno, &Args::None).says;
        Refused::Other(text!("program-process-lacks", socket = socket.to_string(), errno = errno.name(), meaning = why))
    };
    let (ours, theirs) = UnixStream::pair().map_err(lacks)?;
    ours.set_write_timeout(Some(PATIENCE)).map_err(lacks)?;
    let orders = ours.try_clone().map_err(lacks)?;
    let copy = process::copy(&held.socket).map_err(lacks)?;
    let path = run.spec.executable.clone().map_or_else(std::env::current_exe, Ok).map_err(lacks)?;
    let mut command = Command::new(path);
    // A signal of the terminal is for the program: it ends the process in good order.
    command.arg(ARGUMENT).stdin(Stdio::from(copy)).stdout(Stdio::from(OwnedFd::from(theirs))).process_group(0);
    let child = process::spawn(on, socket, &mut command).map_err(Refused::Call)?;
    // With it goes this process's copy of the child's end of the stream.
    drop(command);
    let number = child.id();
    let child = Arc::new(ChildProcess {
        socket,
        peer: peer.clone(),
        number,
        child: Mutex::new(child),
        orders: Mutex::new(orders),
        guest: Mutex::new(None),
        stopped: OnceLock::new(),
        is_killed: AtomicBool::new(false),
        commands: Mutex::default(),
        glance: Glance::default(),
    });
    let handover = Handover::of(run, socket, held.socket.family(), peer.clone(), run.trace.clock().zero_on(net::monotonic));
    // Before anybody can give it an order. Where it is gone already, its end tells.
    frame::write(&mut *lock(&child.orders), &handover).ok();
    run.touch(|inner| inner.children.insert(socket, Arc::clone(&child)));
    let work = {
        let child = Arc::clone(&child);
        move |run: &Arc<Run>, on: &Tracer| {
            run.guard(on, |run| child.follow(run, on, ours));
            run.touch(|inner| inner.children.remove(&socket));
        }
    };
    run.spawn(&format!("process {socket} (pid {number})"), work).map_err(|error| {
        run.touch(|inner| inner.children.remove(&socket));
        Refused::Other(text!("program-told-no-thread", socket = socket.to_string(), error = error.to_string()))
    })?;
    Ok(number)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing between lock and unlock leaves it half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ChildProcess {
    /// The other side of its connection.
    pub(in crate::program) const fn peer(&self) -> &Address {
        &self.peer
    }

    /// Gives an order; returns whether it went. A process that takes none any more is at its end.
    pub(in crate::program) fn order(&self, order: &Order) -> bool {
        frame::write(&mut *lock(&self.orders), order).is_ok()
    }

    /// Has it come to its end, and kills it when it has had its time.
    pub(in crate::program) fn stop(&self) {
        if self.stopped.set(Instant::now()).is_ok() {
            self.order(&Order::Stop);
        } else if self.stopped.get().is_some_and(|since| since.elapsed() > GRACE) && !self.is_killed.swap(true, Ordering::SeqCst) {
            lock(&self.child).kill().ok();
        }
    }

    /// The name that one of its threads has there.
    pub(in crate::program) fn name_there(&self, thread: ThreadId) -> Option<ThreadId> {
        lock(&self.guest).as_ref().and_then(|guest| guest.name_there(thread))
    }

    /// Takes in what it tells, until it has ended.
    fn follow(&self, run: &Arc<Run>, on: &Tracer, stream: UnixStream) {
        *lock(&self.guest) = Some(Guest::new(&run.trace, run.id, self.socket, self.number, on.clone()));
        let mut from = BufReader::new(stream);
        let (mut has_closed, mut has_spoken) = (false, false);
        let is_sane = loop {
            match frame::read(&mut from) {
                Ok(Some(Report::Told(told))) => {
                    has_spoken = true;
                    has_closed |= matches!(&told, Told::Row(row) if row.call() == Some(Call::Close));
                    // Before it is seen that a call is held: whoever sees that may go on to the next goal.
                    if Guest::is_held(&told) {
                        run.has_come_to_goal();
                    }
                    if lock(&self.guest).as_mut().is_none_or(|guest| guest.take(told).is_err()) {
                        break false;
                    }
                }
                Ok(Some(Report::State(known))) => {
                    lock(&self.commands).clone_from(&known.commands);
                    know(run, known);
                }
                Ok(Some(Report::Looked(looked))) => self.glance.put(looked),
                Ok(None) => break true,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break false,
            }
        };
        if !is_sane {
            let message = text!("program-process-broken", number = self.number.to_string());
            tell(on, Some(self.socket), message.clone());
            run.has_failed(message.into());
        }
        let status = self.reap(run, if is_sane { GRACE } else { Duration::ZERO });
        self.end_commands();
        if let Some(guest) = lock(&self.guest).take() {
            guest.end(!has_closed);
        }
        if is_sane {
            self.tell_end(run, on, status, has_spoken);
        }
    }

    /// Waits for its end, which is there or near, at most so long; then it is killed. Nothing of it is left.
    fn reap(&self, run: &Run, limit: Duration) -> io::Result<ExitStatus> {
        let begin = Instant::now();
        loop {
            let ended = lock(&self.child).try_wait();
            match ended {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if begin.elapsed() < limit => drop(run.wait(STEP, |_| false)),
                Ok(None) | Err(_) => break,
            }
        }
        self.is_killed.store(true, Ordering::SeqCst);
        let mut child = lock(&self.child);
        child.kill().ok();
        child.wait()
    }

    /// What it ran for the peer does not outlive it. Where it has ended in good order there is nothing.
    fn end_commands(&self) {
        lock(&self.commands).drain(..).for_each(process::end_group);
    }

    /// Asks it what the kernel knows of its connection.
    pub(in crate::program) fn look(&self) {
        if self.glance.begins() {
            self.order(&Order::Look);
        }
    }

    /// What it has answered, or else what it answered last; waited for until `limit`.
    pub(in crate::program) fn looked(&self, limit: Instant) -> Option<Looked> {
        self.glance.wait(limit)
    }

    /// The connection that it serves.
    pub(in crate::program) const fn socket(&self) -> SocketId {
        self.socket
    }

    /// Says how it has ended.
    fn tell_end(&self, run: &Run, on: &Tracer, status: io::Result<ExitStatus>, has_spoken: bool) {
        let number = self.number.to_string();
        let (code, signal) = status.map_or((None, None), |status| (status.code(), status.signal()));
        let name = signal.map(|signal| process::signal_name(signal).map_or_else(|| signal.to_string(), str::to_owned)).unwrap_or_default();
        let (message, is_fault) = match (code, signal) {
            (Some(0), _) if has_spoken => (text!("program-process-ended", number = number), false),
            (Some(code), _) => (text!("program-process-failed", number = number, status = code), true),
            (None, Some(_)) if self.is_killed.load(Ordering::SeqCst) => {
                let seconds = GRACE.as_secs_f64();
                (text!("program-process-late", number = number, seconds = seconds, signal = name), false)
            }
            (None, Some(_)) => {
                let is_fault = !FROM_OUTSIDE.contains(&&*name);
                (text!("program-process-killed", number = number, signal = name), is_fault)
            }
            (None, None) => (text!("program-process-lost", number = number), true),
        };
        tell(on, Some(self.socket), message.clone());
        if is_fault {
            run.has_failed(message.into());
        }
    }
}

impl Drop for ChildProcess {
    /// Where nobody has followed it.
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        // Both do nothing where it was waited for.
        child.kill().ok();
        child.wait().ok();
        self.end_commands();
    }
}

/// Takes over what a child says of its state.
fn know(run: &Run, known: Known) {
    if let Some(failure) = known.failure {
        run.has_failed(failure);
    }
    run.change(|inner| {
        inner.state.panicked |= known.panicked;
        if known.unsent.is_some() {
            inner.state.sending.failed = known.unsent;
        }
        if known.file.is_some() {
            inner.state.sending.file = known.file;
        }
    });
}
