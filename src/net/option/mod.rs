//! Socket options: one table of what each is, which sockets it fits, and what becomes of the value it is given.
//!
//! The table drives the lab file, the window's form and inspector, and the tests. An option is known by its name in C, as `SO_RCVBUF`.

mod defaults;
mod filter;
mod kernel;
pub mod late;
mod table;
mod value;

use std::io;

use socket2::Socket;

use crate::text::Message;
use crate::trace::{Family, SocketType, Value};

pub use defaults::Defaults;
pub use table::OPTIONS;

/// One socket option.
#[derive(Clone, Copy, Debug)]
pub struct Opt {
    /// The level it belongs to.
    pub level: Level,
    /// Its name in C.
    pub name: &'static str,
    /// What kind of value it takes.
    pub kind: ValueKind,
    /// The unit of that value.
    pub unit: Unit,
    /// Until when it must be set to matter.
    pub when: When,
    /// Whether a socket that accept returns has the listener's value, as it was when the connection was made; none where it does not
    /// concern listeners.
    pub inherited: Option<bool>,
    /// The systems that have it.
    pub systems: Systems,
    /// Those of them on which it does something else than on Linux, or takes other values.
    pub differs: Systems,
    /// Whether it is set, read, or both.
    pub access: Access,
    /// Whether setting it takes rights that a program of a student has not (`CAP_NET_ADMIN`, `CAP_NET_RAW`; capabilities(7)).
    pub is_privileged: bool,
    /// What else changes when it is set.
    pub side_effect: Option<fn() -> Message>,
    /// What the kernel does to the value.
    pub effect: Effect,
    /// The families of the sockets on which it does something.
    pub families: &'static [Family],
    /// The types of the sockets on which it does something.
    pub types: &'static [SocketType],
    manual: Option<&'static str>,
    about: fn() -> Message,
    get: Option<fn(&Socket) -> io::Result<Value>>,
    set: Option<fn(&Socket, &Value) -> io::Result<()>>,
}

/// Which way the value of an option goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is set and read.
    Both,
    /// It is set only: it joins, leaves, or is read as another.
    SetOnly,
    /// It is read only.
    ReadOnly,
    /// It is read only, and only of a socket that has a peer: `ENOTCONN` before.
    ReadConnected,
    /// It is read only, and reading takes it away: nobody reads it but the program itself.
    Taken,
}

/// The level of an option: the protocol that understands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `SOL_SOCKET`: socket(7).
    Socket,
    /// `IPPROTO_IP`: ip(7).
    Ip,
    /// `IPPROTO_IPV6`: ipv6(7).
    Ipv6,
    /// `IPPROTO_TCP`: tcp(7).
    Tcp,
    /// `IPPROTO_UDP`: udp(7).
    Udp,
    /// `WSAIoctl` of Windows, which settles there what options settle elsewhere.
    Ioctl,
}

impl Level {
    /// All of them, in the order of the table.
    pub const ALL: &[Self] = &[Self::Socket, Self::Ip, Self::Ipv6, Self::Tcp, Self::Udp, Self::Ioctl];

    /// Whose options they are, in words.
    pub const fn about(self) -> Message {
        match self {
            Self::Socket => crate::text!("net-level-socket"),
            Self::Ip => crate::text!("net-level-ip"),
            Self::Ipv6 => crate::text!("net-level-ipv6"),
            Self::Tcp => crate::text!("net-level-tcp"),
            Self::Udp => crate::text!("net-level-udp"),
            Self::Ioctl => crate::text!("net-level-ioctl"),
        }
    }

    /// The page of the manual that explains them.
    pub const fn manual(self) -> &'static str {
        match self {
            Self::Socket => "socket(7)",
            Self::Ip => "ip(7)",
            Self::Ipv6 => "ipv6(7)",
            Self::Tcp => "tcp(7)",
            Self::Udp => "udp(7)",
            Self::Ioctl => "WSAIoctl (Winsock)",
        }
    }

    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Socket => "SOL_SOCKET",
            Self::Ip => "IPPROTO_IP",
            Self::Ipv6 => "IPPROTO_IPV6",
            Self::Tcp => "IPPROTO_TCP",
            Self::Udp => "IPPROTO_UDP",
            Self::Ioctl => "WSAIoctl",
        }
    }
}

/// What kind of value an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// [`Value::Flag`].
    Flag,
    /// [`Value::Int`], of which the kernel takes these without an error and without bending them to a limit of its own.
    Int {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// [`Value::Time`]: none waits for ever.
    Time,
    /// [`Value::Linger`]: off, or whole seconds up to this many.
    Linger {
        /// The most seconds that this system holds.
        max: u32,
    },
    /// [`Value::Address`]: the IPv4 address of an interface.
    Address,
    /// [`Value::Group`]: a multicast group of this family and the interface on which it is joined.
    Group(Family),
    /// [`Value::Text`]: a name, as that of an interface, of at most so many bytes.
    Name(usize),
    /// [`Value::Text`]: the first and the last of a range of ports, `40000-40009`; `0-0` for the system's own.
    Ports,
    /// [`Value::Text`]: one of these words.
    Words(&'static [&'static str]),
    /// [`Value::Text`]: a packet filter by its name: `all`, `none`, `first 100`, `lose 30%`.
    Filter,
    /// [`Value::Text`]: an IPv4 multicast group, the sender whose datagrams are wanted and, where it is to be one interface, its address.
    Source,
}

/// The unit of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// It has none.
    None,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
    /// Hops a packet may go.
    Hops,
    /// Probes that go unanswered.
    Probes,
    /// The index of a network interface.
    Index,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Bytes a second.
    Rate,
}

impl Unit {
    /// The sign that stands after the value; empty where there is none.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Bytes => "B",
            Self::Seconds => "s",
            Self::Millis => "ms",
            Self::Micros => "µs",
            Self::Rate => "B/s",
            Self::None | Self::Hops | Self::Probes | Self::Index => "",
        }
    }
}

/// Until when an option must be set to matter. Linux mostly takes it later too, silently and without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before bind.
    BeforeBind,
    /// Before connect or listen.
    BeforeConnect,
    /// Before close.
    BeforeClose,
    /// On a listener, before the client connects.
    BeforeClients,
    /// At any time.
    AnyTime,
    /// It cannot be set.
    Never,
}

impl When {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::BeforeBind, Self::BeforeConnect, Self::BeforeClose, Self::BeforeClients, Self::AnyTime, Self::Never];

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::BeforeBind => crate::text!("net-when-before-bind"),
            Self::BeforeConnect => crate::text!("net-when-before-connect"),
            Self::BeforeClose => crate::text!("net-when-before-close"),
            Self::BeforeClients => crate::text!("net-when-before-clients"),
            Self::AnyTime => crate::text!("net-when-any-time"),
            Self::Never => crate::text!("net-when-never"),
        }
    }
}

/// What the kernel does to the value it is given. How much exactly is computed by [`limits`](super::limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It reads back as it was set.
    Kept,
    /// Linux cuts it to `net.core.rmem_max` and doubles it, for what it spends on its own records.
    ReceiveBuffer,
    /// As that, with `net.core.wmem_max`.
    SendBuffer,
    /// Linux rounds it up to the next tick of its clock.
    Tick,
    /// Linux keeps the lowest two bits (ECN) of a TCP socket for itself.
    EcnOnTcp,
    /// It joins or leaves something; there is nothing to read back.
    Action,
    /// It is read back as another option, of which it passes the limit.
    Forced,
    /// It is not set at all.
    Told,
    /// Linux cuts it, on TCP, to half of what the receive buffer may grow to.
    LowWater,
    /// A connection has less of it than was asked for, by the options in each segment.
    Segment,
    /// Linux keeps it as a number of SYN+ACKs, and tells how long these take.
    Retries,
    /// Linux takes 0 for `net.ipv4.tcp_fin_timeout`, and cuts it to 120 s.
    FinTimeout,
    /// Linux raises it to half of the smallest receive buffer.
    WindowClamp,
    /// Linux cuts it to `net.core.somaxconn`.
    QueueLength,
    /// As [`Tick`](Self::Tick), in milliseconds.
    TickMillis,
}

impl Effect {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Kept,
        Self::ReceiveBuffer,
        Self::SendBuffer,
        Self::Tick,
        Self::EcnOnTcp,
        Self::Action,
        Self::Forced,
        Self::Told,
        Self::LowWater,
        Self::Segment,
        Self::Retries,
        Self::FinTimeout,
        Self::WindowClamp,
        Self::QueueLength,
        Self::TickMillis,
    ];

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::Kept => crate::text!("net-effect-kept"),
            Self::ReceiveBuffer => crate::text!("net-effect-receive-buffer"),
            Self::SendBuffer => crate::text!("net-effect-send-buffer"),
            Self::Tick | Self::TickMillis => crate::text!("net-effect-tick"),
            Self::EcnOnTcp => crate::text!("net-effect-ecn"),
            Self::Action => crate::text!("net-effect-action"),
            Self::Forced => crate::text!("net-effect-forced"),
            Self::Told => crate::text!("net-effect-told"),
            Self::LowWater => crate::text!("net-effect-low-water"),
            Self::Segment => crate::text!("net-effect-segment"),
            Self::Retries => crate::text!("net-effect-retries"),
            Self::FinTimeout => crate::text!("net-effect-fin-timeout"),
            Self::WindowClamp => crate::text!("net-effect-window-clamp"),
            Self::QueueLength => crate::text!("net-effect-queue-length"),
        }
    }
}

/// The systems that have an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Systems {
    /// Linux.
    pub linux: bool,
    /// macOS.
    pub macos: bool,
    /// Windows 10 1709 and later.
    pub windows: bool,
}

impl Systems {
    /// All of them.
    pub const ALL: Self = Self { linux: true, macos: true, windows: true };
    /// Not Windows.
    pub const UNIX: Self = Self { windows: false, ..Self::ALL };
    /// None of them.
    pub const NONE: Self = Self { linux: false, macos: false, windows: false };
    /// Linux alone.
    pub const LINUX: Self = Self { linux: true, ..Self::NONE };
    /// macOS alone.
    pub const MACOS: Self = Self { macos: true, ..Self::NONE };
    /// Windows alone.
    pub const WINDOWS: Self = Self { windows: true, ..Self::NONE };
    /// Linux and Windows.
    pub const NOT_MACOS: Self = Self { macos: false, ..Self::ALL };
    /// macOS and Windows.
    pub const NOT_LINUX: Self = Self { linux: false, ..Self::ALL };

    /// Each with the name of the system and whether it is one of them.
    pub const fn each(self) -> [(&'static str, bool); 3] {
        [("Linux", self.linux), ("Windows", self.windows), ("macOS", self.macos)]
    }

    /// Whether the system this runs on is one of them.
    pub const fn here(self) -> bool {
        (self.linux && cfg!(target_os = "linux")) || (self.macos && cfg!(target_os = "macos")) || (self.windows && cfg!(windows))
    }
}

/// The option of that name in C.
pub fn by_name(name: &str) -> Option<&'static Opt> {
    OPTIONS.iter().find(|option| option.name == name)
}

impl PartialEq for Opt {
    /// Names are unique.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Opt {}

impl Opt {
    /// Whether it does something on sockets of this family and type. On others the kernel refuses it, or takes it to no effect
    /// ([`limits::refusal`](super::limits::refusal)).
    pub fn applies_to(&self, family: Family, kind: SocketType) -> bool {
        self.systems.here() && self.families.contains(&family) && self.types.contains(&kind)
    }

    /// Whether setting it on an open socket of this type still matters; else it waits for the next socket.
    pub fn acts_when_open(&self, kind: SocketType) -> bool {
        match self.when {
            // What connects later has what a listener was given last.
            When::AnyTime | When::BeforeClose | When::BeforeClients => true,
            // TCP settles its window when the connection is made; datagrams have none.
            When::BeforeConnect => kind == SocketType::Datagram,
            When::BeforeBind | When::Never => false,
        }
    }

    /// What it does, and when that matters: two sentences.
    pub fn explanation(&self) -> Message {
        (self.about)()
    }

    /// The page of the manual, or the header, that says more.
    pub fn manual(&self) -> &'static str {
        self.manual.unwrap_or_else(|| self.level.manual())
    }

    /// Whether it can be read back.
    pub const fn is_readable(&self) -> bool {
        self.get.is_some()
    }

    /// Whether reading it disturbs nobody: the pending error of a socket is taken away by who reads it.
    pub const fn is_harmless_to_read(&self) -> bool {
        self.get.is_some() && !matches!(self.access, Access::Taken)
    }

    /// Whether it can be set at all, on a system that has it.
    pub const fn is_settable(&self) -> bool {
        matches!(self.access, Access::Both | Access::SetOnly)
    }

    pub(super) fn get(&self, socket: &Socket) -> io::Result<Value> {
        self.get.map_or_else(|| Err(io::ErrorKind::Unsupported.into()), |get| get(socket))
    }

    pub(super) fn set(&self, socket: &Socket, value: &Value) -> io::Result<()> {
        self.set.map_or_else(|| Err(io::ErrorKind::Unsupported.into()), |set| set(socket, value))
    }
}
