//! macOS alone. Unproven: written from xnu-11417 and the sources of socket2 and nix, never run.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use nix::sys::socket::sockopt;
use nix::time::{ClockId, clock_gettime};
use socket2::{Domain, SockAddr, Socket, Type};

use super::unix::{get, set};
use super::{domain, receive_message, socket_type};
use crate::trace::{Family, MessageFlag, Request, SocketType};

/// The longest linger time in seconds. The kernel keeps hundredths of a second in a `short`.
pub(in crate::net) const LONGEST_LINGER: u32 = 327;

/// Whether an accepted socket is non-blocking because its listener is: yes (`soisconnected` copies `SS_NBIO` in bsd/kern/uipc_socket2.c).
pub(in crate::net) const ACCEPT_INHERITS_NONBLOCKING: bool = true;

/// socket(2), and fcntl(2) for close-on-exec, which cannot be asked for in the same call: a process that is started between the two has the socket too.
pub(in crate::net) fn socket(family: Family, kind: SocketType) -> io::Result<Socket> {
    let socket = Socket::new_raw(domain(family), socket_type(kind), None)?;
    socket.set_cloexec(true)?;
    Ok(socket)
}

/// `clock_gettime(3)`, `CLOCK_UPTIME_RAW`, in nanoseconds: that of [`std::time::Instant`].
pub(in crate::net) fn monotonic() -> u64 {
    clock_gettime(ClockId::from_raw(libc::CLOCK_UPTIME_RAW)).map_or(0, |time| Duration::from(time).as_nanos() as u64)
}

/// recvmsg(2), whose flags tell truncation.
pub(in crate::net) fn receive(socket: &Socket, _kind: SocketType, buffer: &mut [MaybeUninit<u8>]) -> io::Result<(usize, bool, SockAddr)> {
    receive_message(socket, buffer)
}

/// accept(2), and fcntl(2) as for [`socket`].
pub(in crate::net) fn accept(socket: &Socket) -> io::Result<(Socket, SockAddr)> {
    let (accepted, from) = socket.accept_raw()?;
    accepted.set_cloexec(true)?;
    Ok((accepted, from))
}

/// Wakes what shutdown could not: it refuses every socket without a peer (`soshutdown` in bsd/kern/uipc_socket.c), so a listener and a datagram
/// socket that is not connected go on waiting. dup2 puts an empty socket in the place of the descriptor; the kernel makes those who
/// wait on the old one return with `EBADF` (`fileproc_drain` in bsd/kern/kern_descrip.c), and the number is never free.
pub(in crate::net) fn wake(socket: &Socket, _kind: SocketType, stopped: bool) {
    if stopped {
        return;
    }
    if let Ok(empty) = Socket::new_raw(Domain::UNIX, Type::DGRAM, None) {
        replace(socket, &empty);
    }
}

#[expect(unsafe_code, reason = "nix offers dup2 only for a descriptor that nobody shares")]
fn replace(socket: &Socket, with: &Socket) {
    // SAFETY: both descriptors are open for as long as the references live. The old number goes on to belong to `socket`, which closes it once.
    unsafe { libc::dup2(with.as_raw_fd(), socket.as_raw_fd()) };
}

/// The number of a flag of send and recv; none where there is no such flag here.
pub(super) const fn message_flag(flag: MessageFlag) -> Option<i32> {
    Some(match flag {
        MessageFlag::Peek => libc::MSG_PEEK,
        MessageFlag::DontWait => libc::MSG_DONTWAIT,
        MessageFlag::WaitAll => libc::MSG_WAITALL,
        MessageFlag::OutOfBand => libc::MSG_OOB,
        MessageFlag::Truncate => libc::MSG_TRUNC,
        MessageFlag::DontRoute => libc::MSG_DONTROUTE,
        MessageFlag::NoSignal | MessageFlag::More => return None,
    })
}

/// The numbers of what ioctl(2) is asked (sys/filio.h, sys/ttycom.h, sys/sockio.h).
pub(super) const fn request(request: Request) -> libc::c_ulong {
    match request {
        Request::Unread => libc::FIONREAD,
        Request::Unsent => libc::TIOCOUTQ,
        Request::AtMark => 0x4004_7307,
    }
}

/// getsockopt(2) of `SO_TYPE`; the others do not exist here.
///
/// # Errors
/// For another option, without an error number.
pub(in crate::net) fn made_as(socket: &Socket, option: &str) -> io::Result<i32> {
    if option == "SO_TYPE" { socket.r#type().map(i32::from) } else { Err(io::ErrorKind::Unsupported.into()) }
}

/// `TCP_KEEPALIVE` in seconds: what other systems call `TCP_KEEPIDLE`.
pub(in crate::net) fn keep_idle(socket: &Socket) -> io::Result<u32> {
    get(socket, sockopt::TcpKeepAlive)
}

/// `TCP_KEEPALIVE` in seconds.
pub(in crate::net) fn set_keep_idle(socket: &Socket, seconds: u32) -> io::Result<()> {
    set(socket, sockopt::TcpKeepAlive, &seconds)
}

/// Not looked up: of Linux's limits only somaxconn has a counterpart (`kern.ipc.somaxconn`), 128 unless someone changed it.
pub(in crate::net) fn kernel_limit(name: &str) -> Option<u32> {
    (name == "net/core/somaxconn").then_some(128)
}

/// There is no such option here.
pub(in crate::net) const fn report_errors_name(_family: Family) -> Option<&'static str> {
    None
}

/// There is no such option here.
pub(in crate::net) fn report_errors(_socket: &Socket, _family: Family) -> io::Result<()> {
    Ok(())
}
