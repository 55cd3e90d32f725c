//! Linux and macOS alike.

use std::fs::File;
use std::io;
use std::net::IpAddr;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::time::Duration;

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll as nix_poll};
use nix::sys::signal::Signal;
use nix::sys::socket::{GetSockOpt, SetSockOpt, getsockopt, setsockopt, sockopt};
use nix::unistd::dup2_stdin;
use socket2::{SockAddr, Socket};

use super::request;
use crate::trace::{Address, Errno, Interest, Request};

/// The number of the socket in this process.
pub(in crate::net) fn descriptor(socket: &Socket) -> i64 {
    i64::from(socket.as_raw_fd())
}

/// ioctl(2) with one of the requests that write a C int.
#[expect(unsafe_code, reason = "nix offers ioctl(2) only as functions that are unsafe too")]
pub(in crate::net) fn ioctl(socket: &Socket, what: Request) -> io::Result<i64> {
    let mut number: libc::c_int = 0;
    // SAFETY: each of the requests writes one C int through the pointer that is given (tcp(7), unix(7), sockatmark(3)); `number` is one, and lives over the
    // call, as does the descriptor, since the socket is borrowed.
    let returned = unsafe { libc::ioctl(socket.as_raw_fd(), request(what), &raw mut number) };
    if returned == -1 { Err(io::Error::last_os_error()) } else { Ok(i64::from(number)) }
}

/// close(2), with its outcome.
pub(in crate::net) fn close(socket: Socket) -> io::Result<()> {
    nix::unistd::close(socket).map_err(io::Error::from)
}

/// Whether a connect that returned `errno` goes on in the background.
pub(in crate::net) fn in_progress(errno: Errno) -> bool {
    errno.is("EINPROGRESS")
}

/// poll(2) on one descriptor; `limit` in whole milliseconds, rounded up so that it never returns early.
pub(in crate::net) fn poll(socket: &Socket, interest: Interest, limit: Option<Duration>) -> io::Result<bool> {
    let events = match interest {
        Interest::Readable => PollFlags::POLLIN,
        Interest::Writable => PollFlags::POLLOUT,
        Interest::Both => PollFlags::POLLIN | PollFlags::POLLOUT,
    };
    let limit = limit.map_or(PollTimeout::NONE, |limit| {
        let milliseconds = limit.as_nanos().div_ceil(1_000_000);
        PollTimeout::try_from(milliseconds).unwrap_or(PollTimeout::MAX)
    });
    Ok(nix_poll(&mut [PollFd::new(socket.as_fd(), events)], limit)? > 0)
}

/// The name of a Unix socket.
pub(super) fn unix_name(address: &SockAddr) -> Address {
    if let Some(path) = address.as_pathname() {
        return Address::Path(path.to_string_lossy().into());
    }
    address.as_abstract_namespace().map_or(Address::Unnamed, |name| Address::Abstract(String::from_utf8_lossy(name).into()))
}

/// getsockopt(2) of an option that socket2 lacks or wraps in several calls.
pub(in crate::net) fn get<O: GetSockOpt>(socket: &Socket, option: O) -> io::Result<O::Val> {
    getsockopt(socket, option).map_err(io::Error::from)
}

/// setsockopt(2) of such an option.
pub(in crate::net) fn set<O: SetSockOpt<Val: Sized>>(socket: &Socket, option: O, value: &O::Val) -> io::Result<()> {
    setsockopt(socket, option, value).map_err(io::Error::from)
}

/// `SO_REUSEPORT`.
pub(in crate::net) fn reuse_port(socket: &Socket) -> io::Result<bool> {
    socket.reuse_port()
}

/// `SO_REUSEPORT`.
pub(in crate::net) fn set_reuse_port(socket: &Socket, on: bool) -> io::Result<()> {
    socket.set_reuse_port(on)
}

/// `TCP_KEEPINTVL` in seconds.
pub(in crate::net) fn keep_interval(socket: &Socket) -> io::Result<u32> {
    get(socket, sockopt::TcpKeepInterval)
}

/// `TCP_KEEPINTVL` in seconds.
pub(in crate::net) fn set_keep_interval(socket: &Socket, seconds: u32) -> io::Result<()> {
    set(socket, sockopt::TcpKeepInterval, &seconds)
}

/// `TCP_KEEPCNT`.
pub(in crate::net) fn keep_count(socket: &Socket) -> io::Result<u32> {
    get(socket, sockopt::TcpKeepCount)
}

/// `TCP_KEEPCNT`.
pub(in crate::net) fn set_keep_count(socket: &Socket, probes: u32) -> io::Result<()> {
    set(socket, sockopt::TcpKeepCount, &probes)
}

/// The addresses of the interfaces that are up (getifaddrs(3)), with the names of the interfaces.
pub(in crate::net) fn interface_addresses() -> io::Result<Vec<(String, IpAddr)>> {
    let up = getifaddrs()?.filter(|interface| interface.flags.contains(InterfaceFlags::IFF_UP));
    let addresses = up.filter_map(|interface| {
        let address = interface.address?;
        let four = address.as_sockaddr_in().map(|address| IpAddr::V4(address.ip()));
        Some((interface.interface_name, four.or_else(|| address.as_sockaddr_in6().map(|address| IpAddr::V6(address.ip())))?))
    });
    Ok(addresses.collect())
}

/// SIGKILL to a group of processes (killpg(2)).
pub(in crate::net) fn end_group(id: u32) {
    if let Ok(id) = i32::try_from(id)
        && id > 1
        && id != nix::unistd::getpgrp().as_raw()
    {
        // Nobody may be left in it.
        nix::sys::signal::killpg(nix::unistd::Pid::from_raw(id), Signal::SIGKILL).ok();
    }
}

/// A copy of the socket that a process may inherit.
pub(in crate::net) fn copy(socket: &Socket) -> io::Result<OwnedFd> {
    socket.as_fd().try_clone_to_owned()
}

/// The socket that stands at the standard input of this process, which is empty from then on.
pub(in crate::net) fn inherited() -> io::Result<Socket> {
    let socket = Socket::from(io::stdin().as_fd().try_clone_to_owned()?);
    // What is no socket says so here. A second number of it would keep the connection open when the first is closed.
    socket.r#type()?;
    dup2_stdin(File::open("/dev/null")?)?;
    Ok(socket)
}

/// The name of a signal: `SIGKILL`.
pub(in crate::net) fn signal_name(number: i32) -> Option<&'static str> {
    Signal::try_from(number).ok().map(Signal::as_str)
}
