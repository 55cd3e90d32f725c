//! What a program is to be: plain data, as a lab file holds it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use super::http::Http;
use super::kind::{ProgramKind, Role};
use super::link::Link;
use super::load::Load;
use super::manner::Manner;
use super::manual::{Method, Press};
use super::outgoing::Outgoing;
use super::reply::Reply;
use super::target::Target;
use super::tftp::Tftp;
use crate::net::Opt;
use crate::trace::{Address, Value};
use crate::wire::framing::{Framing, MOST_MESSAGE};

/// The largest buffer that a receive is given, in bytes. A thread has one each.
pub const MOST_RECV_SIZE: u32 = 16 << 20;

/// The most threads of a pool.
pub const MOST_POOL: u32 = 1000;

/// A program as it is configured. Made by [`Spec::new`], which knows the defaults of each kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// Its name in the lab; its first thread bears it too.
    pub name: String,
    /// Its kind.
    pub kind: ProgramKind,
    /// The address its socket is bound to; none leaves that to the kernel. Port 0 asks for any free port.
    pub bind: Option<SocketAddr>,
    /// The path or the abstract name that a Unix socket is bound to. Without one a server, and a client of datagrams, which could not be answered otherwise, has
    /// a path of its own that goes with it.
    pub path: Option<Address>,
    /// Whom a client asks. A udp-client with none has no default address: only messages to a stated address leave it.
    pub connect: Option<Target>,
    /// How many connections may wait to be accepted (listen(2)); Linux lets one more wait.
    pub backlog: i32,
    /// The buffer that each recv or recvfrom is given, in bytes: 1 to [`MOST_RECV_SIZE`].
    pub recv_size: u32,
    /// How long a connect may take; none leaves that to the kernel.
    pub connect_timeout: Option<Duration>,
    /// What a server answers.
    pub reply: Reply,
    /// By what messages are told apart in the streams that it sends and receives.
    pub framing: Framing,
    /// The longest message that it takes where it has a framing, in bytes.
    pub max_message: u32,
    /// How a server of connections shares itself among its clients.
    pub handling: Handling,
    /// How many threads a pool has: 1 to [`MOST_POOL`].
    pub pool_size: u32,
    /// What a load client does.
    pub load: Load,
    /// What a link does.
    pub link: Link,
    /// A message that ends the connection it comes on, compared and treated as the manner says. It ends a client that sends it (after the reply, where one is
    /// awaited) or receives it, and a udp-server, which has no connections.
    pub stop_word: Option<String>,
    /// How it behaves in a conversation.
    pub manner: Manner,
    /// Socket options in the order in which they are set: after socket, before bind, listen and connect.
    pub options: Vec<(&'static Opt, Value)>,
    /// What a client sends by itself, in order. With none it stays connected and sends what a person types.
    pub send: Vec<Outgoing>,
    /// What a tftp-server or tftp-client has beside.
    pub tftp: Tftp,
    /// What a http-server or http-client has beside.
    pub http: Http,
    /// The calls that were given by hand, in order, which are made again when it starts.
    pub calls: Vec<Press>,
    /// Names of errors that belong to the lesson, such as `ECONNREFUSED`: they do not fail the run.
    pub expect: Vec<String>,
    /// The program that is started for a connection where each has a process of its own; none for the one that runs. Not in a lab file.
    pub executable: Option<PathBuf>,
}

impl Spec {
    /// A program of that kind with everything at its default: the values of the first tutorial.
    pub fn new(kind: ProgramKind, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            bind: match kind.role() {
                _ if kind.is_unix() => None,
                Role::Server => Some(SocketAddr::from((Ipv4Addr::LOCALHOST, kind.port()))),
                Role::Client => None,
            },
            path: None,
            connect: None,
            backlog: 5,
            recv_size: if kind.speaks_http() { 8192 } else { 1024 },
            connect_timeout: None,
            reply: Reply::Echo,
            framing: Framing::None,
            max_message: MOST_MESSAGE,
            // A browser opens several connections and leaves them open.
            handling: if kind == ProgramKind::HttpServer { Handling::ThreadPerConnection } else { Handling::OneAtATime },
            pool_size: 4,
            load: Load::default(),
            link: Link::default(),
            stop_word: None,
            manner: Manner::default(),
            options: Vec::new(),
            send: Vec::new(),
            tftp: if kind == ProgramKind::TftpServer { Tftp::of_server() } else { Tftp::default() },
            http: Http::default(),
            calls: Vec::new(),
            expect: Vec::new(),
            executable: None,
        }
    }

    /// The address that it is bound to, or is to be bound to by hand, where other machines can reach it.
    pub fn outside(&self) -> Option<SocketAddr> {
        let by_hand = self.calls.iter().filter(|press| press.call == Method::Bind).filter_map(|press| match press.address {
            Some(Target::Address(address)) => Some(address),
            _ => None,
        });
        self.bind.into_iter().chain(by_hand).find(|bind| !bind.ip().to_canonical().is_loopback())
    }
}

/// The address under which this machine reaches a socket bound to `address`: all addresses include the loopback one.
pub fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// How a tcp-server shares itself among its clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Handling {
    /// The thread that accepts also answers: the next client waits in the queue until this one is done.
    #[default]
    OneAtATime,
    /// Each connection has its own thread.
    ThreadPerConnection,
    /// A fixed number of threads; each serves one connection at a time, and those that are left over wait for the next that is free.
    ThreadPool,
    /// Each connection has its own process, which is given the socket: Unix only.
    ProcessPerConnection,
    /// One thread serves all: its sockets do not block, and the kernel says which are ready.
    Readiness,
}

impl Handling {
    /// All of them: what a lab file may say on any system.
    pub const EVERYWHERE: &[Self] =
        &[Self::OneAtATime, Self::ThreadPerConnection, Self::ThreadPool, Self::Readiness, Self::ProcessPerConnection];

    /// Those that this system has, in the order in which a person is offered them.
    pub const ALL: &[Self] = match Self::EVERYWHERE.split_last() {
        Some((_, others)) if cfg!(not(unix)) => others,
        _ => Self::EVERYWHERE,
    };

    /// The name in a lab file: `one-at-a-time`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneAtATime => "one-at-a-time",
            Self::ThreadPerConnection => "thread-per-connection",
            Self::ThreadPool => "thread-pool",
            Self::ProcessPerConnection => "process-per-connection",
            Self::Readiness => "readiness",
        }
    }

    /// The handling of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::EVERYWHERE.iter().copied().find(|handling| handling.name() == name)
    }
}

impl fmt::Display for Handling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handling_is_known_by_its_name() {
        for handling in Handling::ALL {
            assert_eq!(Handling::by_name(handling.name()), Some(*handling));
        }
    }
}
