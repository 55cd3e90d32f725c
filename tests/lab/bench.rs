//! A server and a client with sockets of their own in one trace, and the causes of what they meet.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use socket_lab::lab::{Cause, Coach, Surroundings};
use socket_lab::net::TracedSocket;
use socket_lab::net::option::by_name;
use socket_lab::trace::failure::Failures;
use socket_lab::trace::lives::Lives;
use socket_lab::trace::{Address, Family, Interest, Record, Settings, SocketType, Trace, Tracer, Value};

/// How long a test waits for what must come.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// A trace with two programs, a server and a client.
pub(super) struct Bench {
    pub(super) trace: Arc<Trace>,
    pub(super) server: Tracer,
    pub(super) client: Tracer,
}

impl Bench {
    pub(super) fn new() -> Self {
        let trace = Trace::new(Settings::default()).expect("a trace");
        let pen = |name| trace.first_tracer(trace.new_program(), name, "manual");
        let [server, client] = ["server", "client"].map(pen);
        Self { trace, server, client }
    }

    pub(super) fn socket(on: &Tracer, family: Family, kind: SocketType) -> TracedSocket {
        TracedSocket::socket(on, family, kind).expect("a socket")
    }

    pub(super) fn tcp(on: &Tracer) -> TracedSocket {
        Self::socket(on, Family::Inet, SocketType::Stream)
    }

    /// A listener with these flags set before bind, and its address.
    pub(super) fn listener(&self, flags: &[&str]) -> (TracedSocket, Address) {
        let listener = Self::tcp(&self.server);
        set(&listener, &self.server, flags);
        let address = bound(&listener, &self.server, &at(Ipv4Addr::LOCALHOST, 0));
        listener.listen(&self.server, 5).expect("listening");
        (listener, address)
    }

    pub(super) fn unix(on: &Tracer) -> TracedSocket {
        Self::socket(on, Family::Unix, SocketType::Stream)
    }

    /// A listener at the path of the folder in whose queue there is room for one.
    pub(super) fn unix_listener(&self, folder: &tempfile::TempDir) -> TracedSocket {
        let listener = Self::unix(&self.server);
        listener.bind(&self.server, &path(folder)).expect("bound");
        listener.listen(&self.server, 0).expect("listening");
        listener
    }

    /// A listener whose queue is full, with who waits in it.
    pub(super) fn full(&self) -> (TracedSocket, TracedSocket, Address) {
        let (listener, first) = (Self::tcp(&self.server), Self::tcp(&self.client));
        let address = bound(&listener, &self.server, &at(Ipv4Addr::LOCALHOST, 0));
        listener.listen(&self.server, 0).expect("listening");
        first.connect(&self.client, &address).expect("the queue has one place");
        ready(&listener, &self.server);
        (listener, first, address)
    }

    /// A listener, a client and the accepted socket, each of which knows its addresses.
    pub(super) fn pair(&self, flags: &[&str]) -> (TracedSocket, TracedSocket, TracedSocket, Address) {
        let (listener, address) = self.listener(flags);
        let client = Self::tcp(&self.client);
        client.connect(&self.client, &address).expect("connected");
        client.local_address(&self.client).expect("an address");
        let (accepted, _) = listener.accept(&self.server).expect("accepted");
        (listener, client, accepted, address)
    }

    pub(super) fn rows(&self) -> Vec<Record> {
        self.trace.flush();
        self.trace.store().rows(1..self.trace.store().newest() + 1).into_iter().flatten().collect()
    }

    /// The causes of the last call that failed, on this computer as it is now.
    pub(super) fn causes(&self) -> Vec<Cause> {
        self.causes_in(&Surroundings::observe())
    }

    pub(super) fn causes_in(&self, around: &Surroundings) -> Vec<Cause> {
        let rows = self.rows();
        let failed = rows.iter().rfind(|row| row.errno().is_some() && !row.is_of_lab()).expect("a failed call");
        causes(&rows, failed, &self.trace, around)
    }
}

pub(super) fn causes(rows: &[Record], failed: &Record, trace: &Trace, around: &Surroundings) -> Vec<Cause> {
    let (mut lives, mut failures) = (Lives::default(), Failures::default());
    lives.fold(rows);
    failures.fold(rows);
    Coach { lives: &lives, failures: &failures, names: &trace.store().names(), around }.causes(failed)
}

pub(super) fn at(ip: impl Into<std::net::IpAddr>, port: u16) -> Address {
    SocketAddr::new(ip.into(), port).into()
}

pub(super) fn path(folder: &tempfile::TempDir) -> Address {
    Address::Path(folder.path().join("s").to_string_lossy().into())
}

pub(super) fn bound(socket: &TracedSocket, on: &Tracer, address: &Address) -> Address {
    socket.bind(on, address).expect("bound");
    socket.local_address(on).expect("an address")
}

pub(super) fn set(socket: &TracedSocket, on: &Tracer, flags: &[&str]) {
    for name in flags {
        socket.set_option(on, by_name(name).expect(name), &Value::Flag(true)).expect(name);
    }
}

/// Waits until what the other side did has come.
pub(super) fn ready(socket: &TracedSocket, on: &Tracer) {
    assert!(socket.poll(on, Interest::Readable, Some(LIMIT)).expect("polled"), "nothing came");
}
