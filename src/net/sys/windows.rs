//! Windows. Unproven: written from Microsoft's documentation and the source of socket2, never run.

use std::io;
use std::mem::MaybeUninit;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::windows::io::{AsRawSocket as _, IntoRawSocket as _};
use std::time::Duration;

use socket2::{SockAddr, Socket};
use windows_sys::Win32::Networking::WinSock::{
    FIONREAD, IPPROTO_TCP, MSG_DONTROUTE, MSG_OOB, MSG_PEEK, MSG_WAITALL, POLLOUT, POLLRDNORM, SIOCATMARK, SOCKET, TCP_KEEPCNT,
    TCP_KEEPIDLE, TCP_KEEPINTVL, WSAPOLLFD, WSAPoll, closesocket, getsockopt, ioctlsocket, setsockopt,
};
use windows_sys::Win32::System::IO::CancelIoEx;

use super::{domain, receive_message, socket_type};
pub(in crate::net) use crate::trace::standard_ticks as monotonic;
use crate::trace::{Address, Errno, Family, Interest, MessageFlag, Request, SocketType};

/// The longest linger time in seconds. `l_onoff` and `l_linger` are `u_short`; half of it, so that no sign can get in the way.
pub(in crate::net) const LONGEST_LINGER: u32 = 32_767;

/// Whether an accepted socket is non-blocking because its listener is: yes ("the same properties as socket s", accept in winsock2).
pub(in crate::net) const ACCEPT_INHERITS_NONBLOCKING: bool = true;

/// `WSASocketW` with `WSA_FLAG_NO_HANDLE_INHERIT`: one call.
pub(in crate::net) fn socket(family: Family, kind: SocketType) -> io::Result<Socket> {
    Socket::new(domain(family), socket_type(kind), None)
}

/// `WSARecvFrom`, whose error tells truncation.
pub(in crate::net) fn receive(socket: &Socket, _kind: SocketType, buffer: &mut [MaybeUninit<u8>]) -> io::Result<(usize, bool, SockAddr)> {
    receive_message(socket, buffer)
}

/// accept.
pub(in crate::net) fn accept(socket: &Socket) -> io::Result<(Socket, SockAddr)> {
    socket.accept_raw()
}

/// The handle of the socket.
pub(in crate::net) fn descriptor(socket: &Socket) -> i64 {
    socket.as_raw_socket() as i64
}

/// -1 is `SOCKET_ERROR`: the error is the thread's last.
fn result(returned: i32) -> io::Result<i32> {
    if returned == -1 { Err(io::Error::last_os_error()) } else { Ok(returned) }
}

/// `ioctlsocket` with one of the requests that write a `u_long`; `SIOCOUTQ` does not exist here.
#[expect(unsafe_code, reason = "no crate of ours offers ioctlsocket")]
pub(in crate::net) fn ioctl(socket: &Socket, what: Request) -> io::Result<i64> {
    let request = match what {
        Request::Unread => FIONREAD,
        Request::AtMark => SIOCATMARK,
        Request::Unsent => return unknown(),
    };
    let mut number = 0_u32;
    // SAFETY: both requests write one `u_long` through the pointer that is given; `number` is one, and lives over the call, as does the handle.
    result(unsafe { ioctlsocket(socket.as_raw_socket() as SOCKET, request, &raw mut number) })?;
    Ok(i64::from(number))
}

/// The number of a flag of send and recv; none where there is no such flag here.
pub(super) const fn message_flag(flag: MessageFlag) -> Option<i32> {
    match flag {
        MessageFlag::Peek => Some(MSG_PEEK),
        MessageFlag::WaitAll => Some(MSG_WAITALL),
        MessageFlag::OutOfBand => Some(MSG_OOB),
        MessageFlag::DontRoute => Some(MSG_DONTROUTE),
        MessageFlag::DontWait | MessageFlag::Truncate | MessageFlag::NoSignal | MessageFlag::More => None,
    }
}

/// getsockopt of `SO_TYPE`; the others are not asked for here.
///
/// # Errors
/// For another option, without an error number.
pub(in crate::net) fn made_as(socket: &Socket, option: &str) -> io::Result<i32> {
    if option == "SO_TYPE" { socket.r#type().map(i32::from) } else { unknown() }
}

/// closesocket, with its outcome.
#[expect(unsafe_code, reason = "socket2 and std throw the outcome of close away")]
pub(in crate::net) fn close(socket: Socket) -> io::Result<()> {
    // SAFETY: the handle was owned by `socket`, which has given it up, so that it is closed here once.
    result(unsafe { closesocket(socket.into_raw_socket() as SOCKET) }).map(drop)
}

/// Whether a connect that returned `errno` goes on in the background: `WSAEWOULDBLOCK`, or `WSAEINPROGRESS`.
pub(in crate::net) fn in_progress(errno: Errno) -> bool {
    errno.is("EAGAIN") || errno.is("EINPROGRESS")
}

/// `WSAPoll` on one socket; `limit` in whole milliseconds, rounded up so that it never returns early.
#[expect(unsafe_code, reason = "no crate of ours offers WSAPoll")]
pub(in crate::net) fn poll(socket: &Socket, interest: Interest, limit: Option<Duration>) -> io::Result<bool> {
    let events = match interest {
        Interest::Readable => POLLRDNORM,
        Interest::Writable => POLLOUT,
        Interest::Both => POLLRDNORM | POLLOUT,
    };
    let limit = limit.map_or(-1, |limit| i32::try_from(limit.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX));
    let mut entry = WSAPOLLFD { fd: socket.as_raw_socket() as SOCKET, events, revents: 0 };
    // SAFETY: `entry` is one whole entry that lives over the call, and the socket is open for as long as it is borrowed.
    result(unsafe { WSAPoll(&raw mut entry, 1, limit) }).map(|ready| ready > 0)
}

/// The name of a Unix socket: socket2 does not read it on Windows.
pub(super) fn unix_name(_address: &SockAddr) -> Address {
    Address::Unnamed
}

/// Cancels the calls that are under way on the socket: `SD_RECEIVE` alone wakes nobody here. They return with `WSA_OPERATION_ABORTED`. What
/// begins after it is not cancelled, so that whoever stops a program asks again until its threads have come out.
#[expect(unsafe_code, reason = "no crate of ours offers CancelIoEx")]
pub(in crate::net) fn wake(socket: &Socket, _kind: SocketType, _stopped: bool) {
    // SAFETY: the handle is open for as long as the socket is borrowed; a null pointer asks for all operations on it. That there are none
    // is no failure here.
    unsafe { CancelIoEx(socket.as_raw_socket() as _, std::ptr::null()) };
}

fn unknown<T>() -> io::Result<T> {
    Err(io::ErrorKind::Unsupported.into())
}

/// `SO_REUSEPORT` does not exist here.
pub(in crate::net) fn reuse_port(_socket: &Socket) -> io::Result<bool> {
    unknown()
}

/// `SO_REUSEPORT` does not exist here.
pub(in crate::net) fn set_reuse_port(_socket: &Socket, _on: bool) -> io::Result<()> {
    unknown()
}

/// getsockopt of a `DWORD` of `IPPROTO_TCP`.
#[expect(unsafe_code, reason = "socket2 sets the keepalive times only together")]
fn tcp(socket: &Socket, option: i32) -> io::Result<u32> {
    let mut value = 0_u32;
    let mut length = size_of::<u32>() as i32;
    // SAFETY: `value` has the `length` bytes that the option is read into, and both live over the call.
    result(unsafe { getsockopt(socket.as_raw_socket() as SOCKET, IPPROTO_TCP, option, (&raw mut value).cast(), &raw mut length) })?;
    Ok(value)
}

/// setsockopt of a `DWORD` of `IPPROTO_TCP`.
#[expect(unsafe_code, reason = "socket2 sets the keepalive times only together")]
fn set_tcp(socket: &Socket, option: i32, value: u32) -> io::Result<()> {
    // SAFETY: `value` has the number of bytes that is given, and lives over the call.
    let returned =
        unsafe { setsockopt(socket.as_raw_socket() as SOCKET, IPPROTO_TCP, option, (&raw const value).cast(), size_of::<u32>() as i32) };
    result(returned).map(drop)
}

/// `TCP_KEEPIDLE` in seconds.
pub(in crate::net) fn keep_idle(socket: &Socket) -> io::Result<u32> {
    tcp(socket, TCP_KEEPIDLE)
}

/// `TCP_KEEPIDLE` in seconds.
pub(in crate::net) fn set_keep_idle(socket: &Socket, seconds: u32) -> io::Result<()> {
    set_tcp(socket, TCP_KEEPIDLE, seconds)
}

/// `TCP_KEEPINTVL` in seconds.
pub(in crate::net) fn keep_interval(socket: &Socket) -> io::Result<u32> {
    tcp(socket, TCP_KEEPINTVL)
}

/// `TCP_KEEPINTVL` in seconds.
pub(in crate::net) fn set_keep_interval(socket: &Socket, seconds: u32) -> io::Result<()> {
    set_tcp(socket, TCP_KEEPINTVL, seconds)
}

/// `TCP_KEEPCNT`.
pub(in crate::net) fn keep_count(socket: &Socket) -> io::Result<u32> {
    tcp(socket, TCP_KEEPCNT)
}

/// `TCP_KEEPCNT`.
pub(in crate::net) fn set_keep_count(socket: &Socket, probes: u32) -> io::Result<()> {
    set_tcp(socket, TCP_KEEPCNT, probes)
}

/// The system publishes none of these limits.
pub(in crate::net) const fn kernel_limit(_name: &str) -> Option<u32> {
    None
}

/// The loopback addresses alone: `GetAdaptersAddresses` would tell the others, and is not asked yet.
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail")]
pub(in crate::net) fn interface_addresses() -> io::Result<Vec<(String, IpAddr)>> {
    Ok(vec![(String::new(), Ipv4Addr::LOCALHOST.into()), (String::new(), Ipv6Addr::LOCALHOST.into())])
}

/// There is no such option here.
pub(in crate::net) const fn report_errors_name(_family: Family) -> Option<&'static str> {
    None
}

/// There is no such option here.
pub(in crate::net) fn report_errors(_socket: &Socket, _family: Family) -> io::Result<()> {
    Ok(())
}

/// Windows has jobs in place of groups of processes: who started a process ends that one alone.
pub(in crate::net) fn end_group(_id: u32) {}
