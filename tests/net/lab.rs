//! A trace to test in, and sockets on loopback.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket_lab::net::TracedSocket;
use socket_lab::trace::{Address, Call, Family, OpenCall, Outcome, ProgramId, Record, Settings, SocketType, Trace, Tracer};

/// How long a test waits for what must happen.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// How long a call must last to count as blocked, in nanoseconds.
const BLOCKED: u64 = 50_000_000;

/// A trace, and the pen of the test's own thread.
pub(crate) struct Lab {
    pub(crate) trace: Arc<Trace>,
    pub(crate) program: ProgramId,
    pub(crate) on: Tracer,
}

impl Lab {
    pub(crate) fn new() -> Self {
        let trace = Trace::new(Settings::default()).expect("a trace");
        let program = trace.new_program();
        let on = trace.tracer(program, "test");
        Self { trace, program, on }
    }

    pub(crate) fn socket(&self, family: Family, kind: SocketType) -> TracedSocket {
        TracedSocket::socket(&self.on, family, kind).expect("a socket")
    }

    /// A socket bound to a free port of loopback, and its address.
    pub(crate) fn bound(&self, family: Family, kind: SocketType) -> (TracedSocket, Address) {
        let socket = self.socket(family, kind);
        socket.bind(&self.on, &loopback(family, 0)).expect("bound");
        let address = socket.local_address(&self.on).expect("an address");
        (socket, address)
    }

    /// A listener on loopback, and its address.
    pub(crate) fn listener(&self, family: Family, backlog: i32) -> (TracedSocket, Address) {
        let (socket, address) = self.bound(family, SocketType::Stream);
        socket.listen(&self.on, backlog).expect("listening");
        (socket, address)
    }

    /// The two ends of a connection: client, accepted.
    pub(crate) fn pair(&self) -> (TracedSocket, TracedSocket) {
        let (listener, address) = self.listener(Family::Inet, 5);
        let client = self.socket(Family::Inet, SocketType::Stream);
        client.connect(&self.on, &address).expect("connected");
        let (accepted, _) = listener.accept(&self.on).expect("accepted");
        (client, accepted)
    }

    /// Runs `work` on a thread of its own with a pen of its own.
    pub(crate) fn spawn<T: Send + 'static>(&self, name: &str, work: impl FnOnce(&Tracer) -> T + Send + 'static) -> JoinHandle<T> {
        let on = self.trace.tracer(self.program, name);
        thread::Builder::new().name(name.to_owned()).spawn(move || work(&on)).expect("a thread")
    }

    /// Waits until some thread is in `call`; returns that open call.
    pub(crate) fn wait_for_open(&self, call: Call) -> OpenCall {
        let mut found = None;
        until(|| {
            found = self.trace.open_calls().into_iter().find(|open| open.call == call);
            found.is_some()
        });
        found.expect("an open call")
    }

    /// Waits until some thread has been in `call` for longer than a call that does not block takes.
    pub(crate) fn wait_for_blocked(&self, call: Call) {
        until(|| {
            let open = self.trace.open_calls().into_iter().find(|open| open.call == call);
            open.is_some_and(|open| self.on.now().saturating_sub(open.t0) > BLOCKED)
        });
    }

    /// Connections that fill the queue of a listener with backlog 0, so that the next connect waits.
    pub(crate) fn full_queue(&self, address: &Address) -> Vec<TracedSocket> {
        let client = self.socket(Family::Inet, SocketType::Stream);
        client.connect(&self.on, address).expect("connected");
        vec![client]
    }

    /// The number the kernel gave a socket, from its row.
    pub(crate) fn descriptor(&self, socket: &TracedSocket) -> Outcome {
        let mut rows = self.calls_of(Call::Socket);
        rows.retain(|row| row.socket == Some(socket.id()));
        rows.pop().expect("a row").outcome
    }

    /// All rows so far that are calls.
    pub(crate) fn calls(&self) -> Vec<Record> {
        self.trace.flush();
        let newest = self.trace.store().newest();
        self.trace.store().rows(1..newest + 1).into_iter().flatten().filter(|record| record.call().is_some()).collect()
    }

    /// The calls of one kind so far.
    pub(crate) fn calls_of(&self, call: Call) -> Vec<Record> {
        self.calls().into_iter().filter(|record| record.call() == Some(call)).collect()
    }
}

/// Waits until `happened`, with a limit.
pub(crate) fn until(mut happened: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !happened() {
        assert!(start.elapsed() < LIMIT, "it did not happen");
        thread::yield_now();
    }
}

/// Waits for a thread to end, with a limit; returns what it returned.
pub(crate) fn joined<T>(thread: JoinHandle<T>) -> T {
    until(|| thread.is_finished());
    thread.join().expect("no panic")
}

pub(crate) fn loopback(family: Family, port: u16) -> Address {
    match family {
        Family::Inet6 => SocketAddr::from((Ipv6Addr::LOCALHOST, port)).into(),
        _ => SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into(),
    }
}

/// An address in a folder of the test's own.
#[cfg(unix)]
pub(crate) fn path(folder: &tempfile::TempDir, name: &str) -> Address {
    Address::Path(folder.path().join(name).to_string_lossy().into())
}
