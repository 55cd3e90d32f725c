//! The calls the lab makes, by their names in the manual, and their arguments.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::message::{MessageFlags, Request};
use super::value::Value;

macro_rules! calls {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A call into the kernel, by its name in POSIX.1.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Call {
            $($(#[$doc])* $variant,)*
        }

        impl Call {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name as it is written in a manual page.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

calls! {
    /// socket(2).
    Socket = "socket",
    /// bind(2).
    Bind = "bind",
    /// listen(2).
    Listen = "listen",
    /// accept(2).
    Accept = "accept",
    /// connect(2).
    Connect = "connect",
    /// send(2).
    Send = "send",
    /// recv(2).
    Recv = "recv",
    /// sendto(2).
    SendTo = "sendto",
    /// recvfrom(2).
    RecvFrom = "recvfrom",
    /// shutdown(2).
    Shutdown = "shutdown",
    /// close(2); `closesocket` on Windows.
    Close = "close",
    /// getsockname(2).
    GetSockName = "getsockname",
    /// getpeername(2).
    GetPeerName = "getpeername",
    /// setsockopt(2).
    SetSockOpt = "setsockopt",
    /// getsockopt(2).
    GetSockOpt = "getsockopt",
    /// `O_NONBLOCK` by fcntl(2); `FIONBIO` by `ioctlsocket` on Windows.
    SetNonblocking = "set_nonblocking",
    /// poll(2); `WSAPoll` on Windows.
    Poll = "poll",
    /// `epoll_create1(2)`; `kqueue` on macOS, `CreateIoCompletionPort` on Windows.
    EpollCreate = "epoll_create1",
    /// `epoll_ctl(2)`; `kevent` on macOS, `NtDeviceIoControlFile` on Windows.
    EpollCtl = "epoll_ctl",
    /// `epoll_wait(2)`; `kevent` on macOS, `GetQueuedCompletionStatusEx` on Windows.
    EpollWait = "epoll_wait",
    /// ioctl(2); `ioctlsocket` on Windows.
    Ioctl = "ioctl",
    /// What Python's method of this name asks of no kernel: the number of the socket.
    FileNo = "fileno",
    /// What Python's method of this name does without the kernel: the number is no longer the socket's.
    Detach = "detach",
    /// What Python's method of this name keeps for itself; the `set_nonblocking` that it makes is a row of its own.
    SetTimeout = "settimeout",
    /// What Python's method of this name remembers.
    GetTimeout = "gettimeout",
    /// getaddrinfo(3): no call into the kernel, but one that waits for name servers.
    GetAddrInfo = "getaddrinfo",
    /// `posix_spawn(3)`: another process, which has a copy of the socket as its standard input.
    Spawn = "posix_spawn",
    /// close(2) of a copy: another process has the same socket, and goes on with it. Nothing ends by it.
    CloseCopy = "close",
}

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Out of the program.
    Sent,
    /// Into the program.
    Received,
}

impl Call {
    /// The call of that name. A `close` may be that of a copy too: see [`is_called`](Self::is_called).
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|call| call.name() == name)
    }

    /// Whether it has the name of `other`.
    pub fn is_called(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Close | Self::CloseCopy, Self::Close | Self::CloseCopy))
    }

    /// Whether it closes a number of the process, which nobody else would do.
    pub const fn closes(self) -> bool {
        matches!(self, Self::Close | Self::CloseCopy)
    }

    /// Whether it gives something to the other side, which may answer before the call has returned.
    pub const fn gives(self) -> bool {
        matches!(self, Self::Send | Self::SendTo | Self::Connect | Self::Shutdown | Self::Close)
    }

    /// Whether no kernel is asked: a method of Python's that only looks at, or changes, what Python keeps.
    pub const fn is_of_library(self) -> bool {
        matches!(self, Self::FileNo | Self::Detach | Self::SetTimeout | Self::GetTimeout)
    }

    /// Which way its bytes go, if it moves any.
    pub const fn direction(self) -> Option<Direction> {
        match self {
            Self::Send | Self::SendTo => Some(Direction::Sent),
            Self::Recv | Self::RecvFrom => Some(Direction::Received),
            _ => None,
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The family of a socket's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Family {
    /// `AF_INET`: IPv4.
    Inet,
    /// `AF_INET6`: IPv6.
    Inet6,
    /// `AF_UNIX`: sockets within one machine, named by a path.
    Unix,
}

impl Family {
    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inet => "AF_INET",
            Self::Inet6 => "AF_INET6",
            Self::Unix => "AF_UNIX",
        }
    }
}

/// The type of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SocketType {
    /// `SOCK_STREAM`: a stream of bytes.
    Stream,
    /// `SOCK_DGRAM`: datagrams.
    Datagram,
}

impl SocketType {
    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stream => "SOCK_STREAM",
            Self::Datagram => "SOCK_DGRAM",
        }
    }
}

/// Which half of a connection `shutdown` ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum How {
    /// `SHUT_RD`.
    Read,
    /// `SHUT_WR`: what the other side then reads ends with 0 bytes.
    Write,
    /// `SHUT_RDWR`.
    Both,
}

impl How {
    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "SHUT_RD",
            Self::Write => "SHUT_WR",
            Self::Both => "SHUT_RDWR",
        }
    }
}

/// What `poll` waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Interest {
    /// `POLLIN`.
    Readable,
    /// `POLLOUT`.
    Writable,
    /// Both.
    Both,
}

impl Interest {
    /// The name in C.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Readable => "POLLIN",
            Self::Writable => "POLLOUT",
            Self::Both => "POLLIN|POLLOUT",
        }
    }
}

/// The arguments of a call, without the socket it is made on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Args {
    /// None: accept, close, getsockname, getpeername.
    None,
    /// socket: family and type; the protocol is always 0, the family's own.
    Socket(Family, SocketType),
    /// bind, connect.
    Address(Address),
    /// listen: the backlog.
    Backlog(i32),
    /// send, recv, recvfrom: the length of the buffer in bytes.
    Length(u32),
    /// sendto: the length in bytes, and where to.
    LengthTo(u32, Address),
    /// shutdown.
    How(How),
    /// getsockopt: the option's name in C.
    Option(Name),
    /// setsockopt: the option's name in C, and the value asked for.
    OptionValue(Name, Box<Value>),
    /// `set_nonblocking`.
    Flag(bool),
    /// poll: what for, and the limit; none waits for ever.
    Poll(Interest, Option<Duration>),
    /// `epoll_ctl`: what is done, in C, and what for.
    Control(Name, Interest),
    /// send, recv, recvfrom with flags: the length of the buffer in bytes.
    LengthFlags(u32, MessageFlags),
    /// sendto with flags: the length in bytes, and where to.
    LengthToFlags(u32, Address, MessageFlags),
    /// recv, recvfrom into a buffer that the thread keeps from call to call, as Python's `recv_into` does: its length in bytes.
    Into(u32, MessageFlags),
    /// ioctl.
    Request(Request),
    /// settimeout: none waits for ever.
    Limit(Option<Duration>),
    /// getaddrinfo: the name, the port, and of which family and for which type of socket; no family asks for all.
    Lookup(Arc<str>, u16, Option<Family>, SocketType),
    /// `posix_spawn`: the program that is started.
    Program(Name),
}

impl Args {
    /// The address that the call is about: bind, connect, sendto.
    pub const fn address(&self) -> Option<&Address> {
        match self {
            Self::Address(address) | Self::LengthTo(_, address) | Self::LengthToFlags(_, address, _) => Some(address),
            _ => None,
        }
    }

    /// Where a datagram goes.
    pub const fn destination(&self) -> Option<&Address> {
        match self {
            Self::LengthTo(_, to) | Self::LengthToFlags(_, to, _) => Some(to),
            _ => None,
        }
    }

    /// The flags of a send or a receive.
    pub const fn flags(&self) -> MessageFlags {
        match self {
            Self::LengthFlags(_, flags) | Self::LengthToFlags(_, _, flags) | Self::Into(_, flags) => *flags,
            _ => MessageFlags::NONE,
        }
    }
}

/// A name that stands in a table of the lab, or was read from a recording.
pub type Name = std::borrow::Cow<'static, str>;
