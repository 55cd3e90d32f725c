//! Socket options: one table of what each is, which sockets it fits, and what becomes of the value it is given.
//!
//! The table drives the lab file, the window's form and inspector, and the tests. An option is known by its name in C, as `SO_RCVBUF`.

mod kernel;
mod table;
mod value;

use std::io;

use socket2::Socket;

use crate::text::Message;
use crate::trace::{Family, SocketType, Value};

pub use table::OPTIONS;

/// One socket option.
#[derive(Debug)]
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
    /// What the kernel does to the value.
    pub effect: Effect,
    /// The families of the sockets on which it does something.
    pub families: &'static [Family],
    /// The types of the sockets on which it does something.
    pub types: &'static [SocketType],
    about: fn() -> Message,
    get: Option<fn(&Socket) -> io::Result<Value>>,
    set: fn(&Socket, &Value) -> io::Result<()>,
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
}

impl Level {
    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Socket => "SOL_SOCKET",
            Self::Ip => "IPPROTO_IP",
            Self::Ipv6 => "IPPROTO_IPV6",
            Self::Tcp => "IPPROTO_TCP",
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
}

impl Unit {
    /// The sign that stands after the value; empty where there is none.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Bytes => "B",
            Self::Seconds => "s",
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
    /// At any time.
    AnyTime,
}

impl When {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BeforeBind, Self::BeforeConnect, Self::BeforeClose, Self::AnyTime];

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::BeforeBind => crate::text!("net-when-before-bind"),
            Self::BeforeConnect => crate::text!("net-when-before-connect"),
            Self::BeforeClose => crate::text!("net-when-before-close"),
            Self::AnyTime => crate::text!("net-when-any-time"),
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
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Kept, Self::ReceiveBuffer, Self::SendBuffer, Self::Tick, Self::EcnOnTcp, Self::Action];

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::Kept => crate::text!("net-effect-kept"),
            Self::ReceiveBuffer => crate::text!("net-effect-receive-buffer"),
            Self::SendBuffer => crate::text!("net-effect-send-buffer"),
            Self::Tick => crate::text!("net-effect-tick"),
            Self::EcnOnTcp => crate::text!("net-effect-ecn"),
            Self::Action => crate::text!("net-effect-action"),
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
            When::AnyTime | When::BeforeClose => true,
            // TCP settles its window when the connection is made; datagrams have none.
            When::BeforeConnect => kind == SocketType::Datagram,
            When::BeforeBind => false,
        }
    }

    /// What it does, and when that matters: two sentences.
    pub fn explanation(&self) -> Message {
        (self.about)()
    }

    /// Whether it can be read back.
    pub const fn is_readable(&self) -> bool {
        self.get.is_some()
    }

    pub(super) fn get(&self, socket: &Socket) -> io::Result<Value> {
        self.get.map_or_else(|| Err(io::ErrorKind::Unsupported.into()), |get| get(socket))
    }

    pub(super) fn set(&self, socket: &Socket, value: &Value) -> io::Result<()> {
        (self.set)(socket, value)
    }
}
