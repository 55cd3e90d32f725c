//! What differs between systems, behind the same names.
//!
//! Only Linux has been run. macOS and Windows are written from the sources of socket2, nix and xnu and from Microsoft's documentation; they are
//! unproven.

#[cfg(target_os = "linux")]
mod knowledge;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "linux")]
pub(super) mod numbers;
#[cfg(not(target_os = "linux"))]
mod plain;
#[cfg(target_os = "linux")]
mod tables;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::io;
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::sync::Arc;

use polling::{Event, PollMode, Poller};
use socket2::{Domain, MaybeUninitSlice, SockAddr, Socket, Type};

#[cfg(target_os = "linux")]
pub(super) use knowledge::{connections, knowledge};
#[cfg(target_os = "linux")]
pub(super) use linux::*;
#[cfg(target_os = "macos")]
pub(super) use macos::*;
#[cfg(not(target_os = "linux"))]
pub(super) use plain::*;
#[cfg(target_os = "linux")]
pub(super) use tables::*;
#[cfg(unix)]
pub(super) use unix::*;
#[cfg(windows)]
pub(super) use windows::*;

use crate::trace::{Address, Errno, Family, MessageFlags, SocketType};

/// A connection in the tables of this machine, also one that no process has any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    /// As [`TcpState`](crate::trace::TcpState) numbers it.
    pub(super) state: u64,
    /// Which timer runs, 0 for none.
    pub(super) timer: u64,
    /// How long it still runs, in milliseconds.
    pub(super) left: u64,
}

pub(super) const fn domain(family: Family) -> Domain {
    match family {
        Family::Inet => Domain::IPV4,
        Family::Inet6 => Domain::IPV6,
        Family::Unix => Domain::UNIX,
    }
}

pub(super) const fn socket_type(kind: SocketType) -> Type {
    match kind {
        SocketType::Stream => Type::STREAM,
        SocketType::Datagram => Type::DGRAM,
    }
}

/// The address as the kernel takes it.
///
/// # Errors
/// Without an error number when a path does not fit into `sun_path`.
pub(super) fn to_kernel(address: &Address) -> io::Result<SockAddr> {
    match address {
        Address::Ip(address) => Ok((*address).into()),
        Address::Path(path) => SockAddr::unix(&**path),
        Address::Abstract(name) => SockAddr::unix(format!("\0{name}")),
        Address::Unnamed => SockAddr::unix(""),
    }
}

/// The address as the lab writes it; [`Address::Unnamed`] where the kernel gave none.
pub(super) fn from_kernel(address: &SockAddr) -> Address {
    address.as_socket().map_or_else(|| unix_name(address), Address::Ip)
}

/// recvfrom(2): how many bytes were read, whether the datagram was longer than `buffer`, and who sent it.
pub(super) fn recv_from(socket: &Socket, kind: SocketType, buffer: &mut [u8]) -> io::Result<(usize, bool, SockAddr)> {
    receive(socket, kind, uninitialised(buffer))
}

/// The buffer as socket2 wants it.
#[expect(unsafe_code, reason = "socket2 takes uninitialised buffers only")]
fn uninitialised(buffer: &mut [u8]) -> &mut [MaybeUninit<u8>] {
    // SAFETY: `u8` and `MaybeUninit<u8>` have the same layout, the length is that of `buffer`, which stays borrowed while the new slice is used, and
    // socket2, to which alone it is given, promises never to write uninitialised bytes into it.
    unsafe { std::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast::<MaybeUninit<u8>>(), buffer.len()) }
}

/// recv(2) with these flags: the number that it returned, which with `MSG_TRUNC` may be more than the buffer holds.
pub(super) fn recv_with(socket: &Socket, buffer: &mut [u8], flags: MessageFlags) -> io::Result<usize> {
    socket.recv_with_flags(uninitialised(buffer), bits(flags)?)
}

/// recvfrom(2) with these flags, by recvmsg(2), whose flags tell truncation: the number that it returned, whether it was cut off, and who sent it.
pub(super) fn recv_from_with(socket: &Socket, buffer: &mut [u8], flags: MessageFlags) -> io::Result<(usize, bool, SockAddr)> {
    let buffers = &mut [MaybeUninitSlice::new(uninitialised(buffer))];
    socket.recv_from_vectored_with_flags(buffers, bits(flags)?).map(|(count, flags, from)| (count, flags.is_truncated(), from))
}

/// send(2) with these flags.
pub(super) fn send_with(socket: &Socket, bytes: &[u8], flags: MessageFlags) -> io::Result<usize> {
    socket.send_with_flags(bytes, bits(flags)?)
}

/// sendto(2) with these flags.
pub(super) fn send_to_with(socket: &Socket, bytes: &[u8], to: &SockAddr, flags: MessageFlags) -> io::Result<usize> {
    socket.send_to_with_flags(bytes, to, bits(flags)?)
}

/// The flags as this system's number; without an error number where it has not all of them.
fn bits(flags: MessageFlags) -> io::Result<i32> {
    flags.iter().try_fold(0, |all, flag| Some(all | message_flag(flag)?)).ok_or_else(|| io::ErrorKind::Unsupported.into())
}

/// Has `poller` tell when the socket is ready, as long as it is. The caller keeps a share of the socket until it has taken it out again.
#[expect(unsafe_code, reason = "polling cannot know how long the socket lives")]
pub(super) fn watch(poller: &Poller, socket: &Arc<Socket>, event: Event) -> io::Result<()> {
    // SAFETY: a source must be taken out of the poller before it is dropped. `Readiness`, the only caller, keeps a share of the socket beside the poller for as
    // long as it is watched, and takes every socket out before it lets go of its share: in `remove`, and in its `drop` before its fields are dropped.
    unsafe { poller.add_with_mode(&**socket, event, PollMode::Level) }
}

/// recvmsg(2) into one buffer, which tells truncation by a flag; on Windows `WSARecvFrom`.
fn receive_message(socket: &Socket, buffer: &mut [MaybeUninit<u8>]) -> io::Result<(usize, bool, SockAddr)> {
    socket.recv_from_vectored(&mut [MaybeUninitSlice::new(buffer)]).map(|(count, flags, from)| (count, flags.is_truncated(), from))
}

/// The error of this name.
fn errno(name: &str) -> Errno {
    Errno::by_name(name).unwrap_or_else(|| Errno::from_code(0))
}

/// What a call on a closed descriptor returns.
pub(super) fn closed() -> Errno {
    errno("EBADF")
}

/// What a connect that ran out of time is said to have met.
pub(super) fn timed_out() -> Errno {
    errno("ETIMEDOUT")
}
