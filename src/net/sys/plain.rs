//! Systems on which each datagram is a call of its own, or on which nobody has tried otherwise. (Windows has `UDP_SEND_MSG_SIZE`.)

use std::io::{self, Read as _};
use std::net::SocketAddr;

use socket2::Socket;

use super::Entry;
use crate::net::machine::Line;
use crate::trace::{Figure, SocketType};

/// The most datagrams that one call sends, and the most bytes of them together.
pub(in crate::net) const MOST_SEGMENTS: (usize, usize) = (1, 65_507);

/// send(2).
pub(in crate::net) fn send(socket: &Socket, bytes: &[u8]) -> io::Result<usize> {
    socket.send(bytes)
}

/// recv(2).
pub(in crate::net) fn recv(mut socket: &Socket, buffer: &mut [u8]) -> io::Result<usize> {
    socket.read(buffer)
}

/// One datagram.
pub(in crate::net) fn send_segments(socket: &Socket, bytes: &[u8], _segment: u16, to: Option<SocketAddr>) -> io::Result<usize> {
    to.map_or_else(|| socket.send(bytes), |to| socket.send_to(bytes, &to.into()))
}

/// Datagrams cannot be received together.
///
/// # Errors
/// Always, without an error number.
pub(in crate::net) fn coalesce(_socket: &Socket) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Is not asked for.
///
/// # Errors
/// Always, without an error number.
pub(in crate::net) fn recv_segments(_socket: &Socket, _buffer: &mut [u8]) -> io::Result<(usize, usize, Option<SocketAddr>)> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Is not asked for: Windows has `SIO_TCP_INFO`, macOS `TCP_CONNECTION_INFO`.
///
/// # Errors
/// Always, without an error number.
pub(in crate::net) fn knowledge(_socket: &Socket, _kind: SocketType, _is_tcp: bool) -> io::Result<Vec<(Figure, u64)>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Is not asked for.
pub(in crate::net) fn connections() -> Vec<Entry> {
    Vec::new()
}

/// Is not asked for: Windows has `GetExtendedTcpTable`, macOS `proc_pidfdinfo`.
pub(in crate::net) const fn machine_sockets(_unix: bool) -> Option<Vec<Line>> {
    None
}

/// Is not asked for: Windows has `netsh int ipv4 show dynamicport`, macOS `net.inet.ip.portrange`.
pub(in crate::net) const fn ephemeral_ports() -> Option<(u16, u16)> {
    None
}

/// Is not asked for: nobody's number is told here.
pub(in crate::net) const fn user_name(_user: u32) -> Option<String> {
    None
}
