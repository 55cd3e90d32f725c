//! Linux alone.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::os::fd::AsRawFd as _;

use nix::sys::socket::{ControlMessage, ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg, sendmsg, sockopt};
use rustix::time::{ClockId, clock_gettime};
use socket2::{SockAddr, Socket};

use super::unix::{get, set};
use super::{domain, receive_message, socket_type};
use crate::trace::{Family, MessageFlag, Request, SocketType};

/// The longest linger time in seconds. What `l_linger` holds everywhere but on macOS; Linux itself would take more.
pub(in crate::net) const LONGEST_LINGER: u32 = 32_767;

/// Whether an accepted socket is non-blocking because its listener is (accept(2), "Linux ... does not inherit").
pub(in crate::net) const ACCEPT_INHERITS_NONBLOCKING: bool = false;

/// socket(2) with `SOCK_CLOEXEC`: one call.
pub(in crate::net) fn socket(family: Family, kind: SocketType) -> io::Result<Socket> {
    Socket::new(domain(family), socket_type(kind), None)
}

/// accept4(2) with `SOCK_CLOEXEC`: one call.
pub(in crate::net) fn accept(socket: &Socket) -> io::Result<(Socket, SockAddr)> {
    socket.accept()
}

/// `clock_gettime(2)`, `CLOCK_MONOTONIC`, in nanoseconds: that of [`std::time::Instant`], for fewer instructions. Each row asks for it twice.
#[inline]
pub(in crate::net) fn monotonic() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// send(2), straight into the kernel: the C library's is a point where a thread can be cancelled (pthreads(7)), which takes two atomic operations more in a
/// process of several threads.
pub(in crate::net) fn send(socket: &Socket, bytes: &[u8]) -> io::Result<usize> {
    Ok(rustix::net::send(socket, bytes, rustix::net::SendFlags::empty())?)
}

/// recv(2), as [`send`].
pub(in crate::net) fn recv(socket: &Socket, buffer: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::net::recv(socket, buffer, rustix::net::RecvFlags::empty())?.0)
}

/// recvfrom(2) with `MSG_TRUNC`, which returns the length of the datagram also where `buffer` is shorter (udp(7), unix(7)), at less cost than recvmsg(2). On
/// a stream the flag would throw the bytes away (tcp(7)).
pub(in crate::net) fn receive(socket: &Socket, kind: SocketType, buffer: &mut [MaybeUninit<u8>]) -> io::Result<(usize, bool, SockAddr)> {
    match kind {
        SocketType::Stream => receive_message(socket, buffer),
        SocketType::Datagram => {
            let (length, from) = socket.recv_from_with_flags(buffer, libc::MSG_TRUNC)?;
            Ok((length.min(buffer.len()), length > buffer.len(), from))
        }
    }
}

/// Nothing is left to do: `SHUT_RD` has woken every kind of socket, also where it returned `ENOTCONN` (`inet_shutdown` in `net/ipv4/af_inet.c`).
pub(in crate::net) const fn wake(_socket: &Socket, _kind: SocketType, _stopped: bool) {}

/// The option that makes a datagram socket learn what ICMP says, for this family.
pub(in crate::net) const fn report_errors_name(family: Family) -> Option<&'static str> {
    match family {
        Family::Inet => Some("IP_RECVERR"),
        Family::Inet6 => Some("IPV6_RECVERR"),
        Family::Unix => None,
    }
}

/// Sets that option.
pub(in crate::net) fn report_errors(socket: &Socket, family: Family) -> io::Result<()> {
    match family {
        Family::Inet6 => set(socket, sockopt::Ipv6RecvErr, &true),
        _ => set(socket, sockopt::Ipv4RecvErr, &true),
    }
}

/// The most datagrams that one call sends (`UDP_MAX_SEGMENTS` in `include/linux/udp.h`; 128 since Linux 6.9), and the most bytes of them together.
pub(in crate::net) const MOST_SEGMENTS: (usize, usize) = (64, 65_507);

/// sendmsg(2) with `UDP_SEGMENT` (udp(7)): `bytes` as datagrams of `segment` bytes each, the last perhaps shorter.
pub(in crate::net) fn send_segments(socket: &Socket, bytes: &[u8], segment: u16, to: Option<SocketAddr>) -> io::Result<usize> {
    let cut = [ControlMessage::UdpGsoSegments(&segment)];
    Ok(sendmsg(socket.as_raw_fd(), &[IoSlice::new(bytes)], &cut, MsgFlags::empty(), to.map(SockaddrStorage::from).as_ref())?)
}

/// `UDP_GRO` (udp(7)): datagrams that come together from one sender are received together.
pub(in crate::net) fn coalesce(socket: &Socket) -> io::Result<()> {
    set(socket, sockopt::UdpGroSegment, &true)
}

/// recvmsg(2) on such a socket: how many bytes were read, how long each datagram of them is but perhaps the last, and who sent them.
pub(in crate::net) fn recv_segments(socket: &Socket, buffer: &mut [u8]) -> io::Result<(usize, usize, Option<SocketAddr>)> {
    let mut control = nix::cmsg_space!(i32);
    let mut parts = [IoSliceMut::new(buffer)];
    let message = recvmsg::<SockaddrStorage>(socket.as_raw_fd(), &mut parts, Some(&mut control), MsgFlags::empty())?;
    let segment = message.cmsgs()?.find_map(|control| match control {
        ControlMessageOwned::UdpGroSegments(segment) => usize::try_from(segment).ok(),
        _ => None,
    });
    let from = message.address.and_then(|from| {
        let four = from.as_sockaddr_in().map(|from| SocketAddr::V4((*from).into()));
        four.or_else(|| from.as_sockaddr_in6().map(|from| SocketAddr::V6((*from).into())))
    });
    Ok((message.bytes, segment.unwrap_or(message.bytes), from))
}

/// The number of a flag of send and recv.
#[expect(clippy::unnecessary_wraps, reason = "other systems lack some")]
pub(super) const fn message_flag(flag: MessageFlag) -> Option<i32> {
    Some(match flag {
        MessageFlag::Peek => libc::MSG_PEEK,
        MessageFlag::DontWait => libc::MSG_DONTWAIT,
        MessageFlag::WaitAll => libc::MSG_WAITALL,
        MessageFlag::OutOfBand => libc::MSG_OOB,
        MessageFlag::Truncate => libc::MSG_TRUNC,
        MessageFlag::NoSignal => libc::MSG_NOSIGNAL,
        MessageFlag::More => libc::MSG_MORE,
        MessageFlag::DontRoute => libc::MSG_DONTROUTE,
    })
}

/// The numbers of what ioctl(2) is asked (`ioctl_list(2)`, sockios.h; `SIOCATMARK` stands in asm-generic/sockios.h).
pub(super) const fn request(request: Request) -> libc::Ioctl {
    match request {
        Request::Unread => libc::FIONREAD,
        Request::Unsent => libc::TIOCOUTQ,
        Request::AtMark => 0x8905,
    }
}

/// getsockopt(2) of `SO_DOMAIN`, `SO_TYPE` or `SO_PROTOCOL`, by its name in C; none for another.
pub(in crate::net) fn made_as(socket: &Socket, option: &str) -> io::Result<i32> {
    match option {
        "SO_DOMAIN" => socket.domain().map(i32::from),
        "SO_TYPE" => socket.r#type().map(i32::from),
        "SO_PROTOCOL" => socket.protocol().map(|protocol| protocol.map_or(0, i32::from)),
        _ => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// `SO_TXTIME` (tc-etf(8)): the number of the clock by which the times of what is sent are meant.
pub(in crate::net) fn send_clock(socket: &Socket) -> io::Result<i32> {
    get(socket, sockopt::TxTime).map(|kept| kept.clockid)
}

/// `SO_TXTIME`, without its flags.
pub(in crate::net) fn set_send_clock(socket: &Socket, clockid: i32) -> io::Result<()> {
    set(socket, sockopt::TxTime, &libc::sock_txtime { clockid, flags: 0 })
}

/// `SO_PEERPIDFD` (unix(7)): the number of the process that a descriptor of it stands for, which is closed again; -1 where it has ended and nobody has its
/// number any more (`proc_pid_fdinfo(5)`).
pub(in crate::net) fn peer_process(socket: &Socket) -> io::Result<i64> {
    let process = get(socket, sockopt::PeerPidfd)?;
    let about = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", process.as_raw_fd()))?;
    let number = about.lines().find_map(|line| line.strip_prefix("Pid:")?.trim().parse().ok());
    number.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// `TCP_KEEPIDLE` in seconds.
pub(in crate::net) fn keep_idle(socket: &Socket) -> io::Result<u32> {
    get(socket, sockopt::TcpKeepIdle)
}

/// `TCP_KEEPIDLE` in seconds.
pub(in crate::net) fn set_keep_idle(socket: &Socket, seconds: u32) -> io::Result<()> {
    set(socket, sockopt::TcpKeepIdle, &seconds)
}

/// A number below `/proc/sys`, the last where there are several; none where there is no such file. What is larger than a `u32` counts as the largest.
pub(in crate::net) fn kernel_limit(name: &str) -> Option<u32> {
    let text = std::fs::read_to_string(format!("/proc/sys/{name}")).ok()?;
    let number = text.split_whitespace().next_back()?.parse::<u64>().ok()?;
    Some(u32::try_from(number).unwrap_or(u32::MAX))
}
