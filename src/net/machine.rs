//! The sockets of this machine, whoever has them, as `netstat -an` and `ss` list them; and from which ports its clients are given theirs.
//!
//! Reads files and asks for users: not for the window's thread. No privileges are needed; what cannot be seen without them is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use super::ports::{Owner, owners};
use super::sys;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Names, SocketEnds, SocketType, TcpState};

/// What a socket speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP over IPv4.
    Tcp,
    /// TCP over IPv6.
    Tcp6,
    /// UDP over IPv4.
    Udp,
    /// UDP over IPv6.
    Udp6,
    /// What stays within this machine.
    Unix,
}

impl Protocol {
    /// Its name as `netstat` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Tcp6 => "tcp6",
            Self::Udp => "udp",
            Self::Udp6 => "udp6",
            Self::Unix => "unix",
        }
    }
}

/// What a socket is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The state of a TCP connection.
    Tcp(TcpState),
    /// It has no other side: datagrams of anyone are taken.
    Unconnected,
    /// It has another side.
    Connected,
    /// A Unix socket that waits to be connected to.
    Listening,
    /// A Unix socket whose connection is not accepted yet.
    Connecting,
    /// A Unix socket whose connection is ending.
    Disconnecting,
}

impl State {
    /// What it is called: the states of TCP as RFC 9293 writes them, which are the same in every language.
    pub fn name(self) -> Result<&'static str, Message> {
        match self {
            Self::Tcp(state) => Ok(state.name()),
            Self::Unconnected => Err(text!("net-state-unconnected")),
            Self::Connected => Err(text!("net-state-connected")),
            Self::Listening => Err(text!("net-state-listening")),
            Self::Connecting => Err(text!("net-state-connecting")),
            Self::Disconnecting => Err(text!("net-state-disconnecting")),
        }
    }

    /// What `ss` of Linux calls it.
    pub const fn name_in_ss(self) -> &'static str {
        match self {
            Self::Tcp(state) => state.name_in_ss(),
            Self::Unconnected => "UNCONN",
            Self::Connected => "ESTAB",
            Self::Listening => "LISTEN",
            Self::Connecting => "SYN-SENT",
            Self::Disconnecting => "CLOSING",
        }
    }

    /// Where it stands among the others.
    pub fn rank(self) -> usize {
        match self {
            Self::Tcp(state) => TcpState::ALL.iter().position(|known| *known == state).unwrap_or_default(),
            Self::Listening => 20,
            Self::Unconnected => 21,
            Self::Connecting => 22,
            Self::Connected => 23,
            Self::Disconnecting => 24,
        }
    }

    /// Whether what waits are connections, not bytes.
    pub const fn counts_clients(self) -> bool {
        matches!(self, Self::Tcp(TcpState::Listen) | Self::Listening)
    }
}

/// What the kernel waits for before it does something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// Something is sent again.
    Retransmit,
    /// The other side is asked whether it is there.
    KeepAlive,
    /// The address is free again.
    TimeWait,
    /// The other side is asked whether it has room.
    Probe,
}

impl Timer {
    /// The timer of this number (`get_tcp4_sock` in `net/ipv4/tcp_ipv4.c`).
    pub(super) const fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Retransmit),
            2 => Some(Self::KeepAlive),
            3 => Some(Self::TimeWait),
            4 => Some(Self::Probe),
            _ => None,
        }
    }

    /// What happens when it has run, after `left`.
    pub fn message(self, left: &str) -> Message {
        match self {
            Self::Retransmit => text!("net-timer-retransmit", left = left),
            Self::KeepAlive => text!("net-timer-keepalive", left = left),
            Self::TimeWait => text!("net-timer-time-wait", left = left),
            Self::Probe => text!("net-timer-probe", left = left),
        }
    }
}

/// A socket, as the system lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its own address.
    pub local: Address,
    /// The other side's address; none where it has none.
    pub remote: Option<Address>,
    /// What it is doing.
    pub state: State,
    /// The bytes that nobody has received yet, or the connections that nobody has accepted; none where that is not told.
    pub waiting: Option<u64>,
    /// The bytes that were given to the kernel and not acknowledged; none where that is not told.
    pub unsent: Option<u64>,
    /// What it waits for, and how long still.
    pub timer: Option<(Timer, Duration)>,
    /// The number of the user who made it.
    pub user: Option<u32>,
    /// By what its process is found; 0 where it has none any more.
    pub inode: u64,
}

/// Who has a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The kernel alone: every process has closed it.
    Kernel,
    /// A process.
    Process(Owner),
    /// A process that may not be looked into.
    Hidden,
}

/// A socket with whom it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The socket.
    pub line: Line,
    /// Who has it.
    pub holder: Holder,
    /// What its user is called.
    pub user: Option<String>,
    /// The program of the lab that has it, or had it.
    pub program: Option<String>,
}

/// The sockets of this machine with their owners, those of the lab with their programs' names; with `unix` also those of Unix. None on a system that is not
/// asked: on all but Linux.
pub fn look(unix: bool, names: &Names) -> Option<Vec<Known>> {
    let lines = sys::machine_sockets(unix)?;
    let inodes = lines.iter().map(|line| line.inode).filter(|inode| *inode > 0).collect::<BTreeSet<_>>();
    let owners = owners(&inodes);
    let users = lines.iter().filter_map(|line| line.user).collect::<BTreeSet<_>>();
    let users = users.into_iter().filter_map(|user| Some((user, sys::user_name(user)?))).collect::<BTreeMap<_, _>>();
    let own = Own::of(names);
    let known = |line: Line| {
        let holder = match owners.get(&line.inode) {
            _ if line.inode == 0 => Holder::Kernel,
            Some(owner) => Holder::Process(owner.clone()),
            None => Holder::Hidden,
        };
        // What the kernel keeps it keeps for nobody.
        let user = line.user.filter(|_| holder != Holder::Kernel).map(|user| users.get(&user).cloned().unwrap_or_else(|| user.to_string()));
        Known { program: own.program(&line, &holder), line, holder, user }
    };
    Some(lines.into_iter().map(known).collect())
}

/// The ports that this system gives to clients: first and last. None where that is not known.
pub fn ephemeral_ports() -> Option<(u16, u16)> {
    sys::ephemeral_ports()
}

/// What tells sockets of one protocol from each other.
type Ends = (bool, SocketAddr, Option<SocketAddr>);

/// The sockets of the lab, by their ends, with whether they were closed; of two with the same ends the one that is open, else the later one.
struct Own {
    by_ends: BTreeMap<Ends, (String, bool)>,
    by_path: BTreeMap<String, String>,
}

/// The most sockets of the lab that are told apart from others'.
const MOST: usize = 50_000;

impl Own {
    fn of(names: &Names) -> Self {
        let (mut by_ends, mut by_path) = (BTreeMap::new(), BTreeMap::new());
        // The latest come first, so that of two with the same ends the later one stays.
        for (_, ends) in names.latest_sockets(MOST) {
            let program = || names.program_name(ends.program);
            match &ends.local {
                Some(Address::Ip(local)) => {
                    let known = by_ends.entry(Self::ends(ends, *local)).or_insert_with(|| (program(), ends.closed));
                    if known.1 && !ends.closed {
                        *known = (program(), false);
                    }
                }
                Some(local @ (Address::Path(_) | Address::Abstract(_))) if !ends.closed => {
                    by_path.entry(local.to_string()).or_insert_with(program);
                }
                _ => {}
            }
        }
        Self { by_ends, by_path }
    }

    fn ends(ends: &SocketEnds, local: SocketAddr) -> Ends {
        let is_stream = ends.made.is_none_or(|(_, kind)| kind == SocketType::Stream);
        let remote = ends.peer.as_ref().and_then(Address::ip);
        (is_stream, plain(local), remote.map(plain))
    }

    /// The program that has it, or has left it to the kernel. What the lab has closed may be another's by now: its port is free for all.
    fn program(&self, line: &Line, holder: &Holder) -> Option<String> {
        let Address::Ip(local) = line.local else { return self.by_path.get(&line.local.to_string()).cloned() };
        let is_stream = matches!(line.protocol, Protocol::Tcp | Protocol::Tcp6);
        let remote = line.remote.as_ref().and_then(Address::ip).map(plain);
        let (program, is_closed) = self.by_ends.get(&(is_stream, plain(local), remote))?;
        (!is_closed || *holder == Holder::Kernel).then(|| program.clone())
    }
}

/// The address without what only one of two spellings has: IPv4 within IPv6, scopes.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}
