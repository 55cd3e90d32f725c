//! What Linux tells of a socket to whoever has it: getsockopt(2) and ioctl(2), without privileges.

use std::io;
use std::os::fd::AsRawFd as _;

use socket2::Socket;

use super::Entry;
use crate::net::ports;
use crate::trace::{Figure, SocketType};

/// Room for `tcp_info` as it has grown so far (280 bytes in Linux 6.18), and as it may still grow.
const ROOM: usize = 512;
/// `TIOCOUTQ` of tcp(7) under the name that only some headers have: `SIOCOUTQNSD`, what was not sent yet.
const NOT_SENT: libc::c_ulong = 0x894B;

/// The option's value as bytes, as many as this kernel has.
#[expect(unsafe_code, reason = "no crate of ours reads an option whose length differs from kernel to kernel")]
fn option(socket: &Socket, level: libc::c_int, name: libc::c_int) -> io::Result<Vec<u8>> {
    let mut room = [0_u8; ROOM];
    let mut length = ROOM as libc::socklen_t;
    // SAFETY: the kernel writes at most `length` bytes to the buffer, which is that long, and how many into `length`; both outlive the call. Any bytes are valid `u8`s.
    let result = unsafe { libc::getsockopt(socket.as_raw_fd(), level, name, room.as_mut_ptr().cast(), &raw mut length) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(room.get(..length as usize).unwrap_or_default().to_vec())
}

/// The number that this request of ioctl(2) tells of the socket, in bytes.
#[expect(unsafe_code, reason = "nix and rustix have SIOCOUTQ only as unsafe functions")]
fn queue(socket: &Socket, request: libc::c_ulong) -> Option<u64> {
    let mut number: libc::c_int = 0;
    // SAFETY: each of the three requests asked here writes one `int` to where its argument points, which outlives the call (tcp(7), udp(7), unix(7)).
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), request, &raw mut number) };
    (result == 0).then(|| u64::try_from(number).unwrap_or_default())
}

/// Numbers of a structure of the kernel, by their place in bytes; none behind its end.
struct Fields(Vec<u8>);

#[expect(clippy::host_endian_bytes, reason = "the kernel writes its own order")]
impl Fields {
    fn byte(&self, at: usize) -> Option<u64> {
        self.0.get(at).copied().map(u64::from)
    }

    fn word(&self, at: usize) -> Option<u64> {
        self.0.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(|bytes| u64::from(u32::from_ne_bytes(bytes)))
    }

    fn long(&self, at: usize) -> Option<u64> {
        self.0.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_ne_bytes)
    }
}

/// What is known of the socket now.
///
/// # Errors
/// Those of getsockopt(2) with `SO_MEMINFO`, which every socket of Linux has since 4.12.
pub(in crate::net) fn knowledge(socket: &Socket, kind: SocketType, is_tcp: bool) -> io::Result<Vec<(Figure, u64)>> {
    // `sk_get_meminfo` in net/core/sock.c: nine numbers, of which the last is the drops.
    let memory = Fields(option(socket, libc::SOL_SOCKET, libc::SO_MEMINFO)?);
    let mut known = Vec::with_capacity(Figure::ALL.len());
    let mut tell = |figure, value: Option<u64>| known.extend(value.map(|value| (figure, value)));
    tell(Figure::RecvMemory, memory.word(0));
    tell(Figure::RecvMemoryMost, memory.word(4));
    tell(Figure::SendMemory, memory.word(20));
    tell(Figure::SendMemoryMost, memory.word(12));
    if kind == SocketType::Datagram {
        tell(Figure::Drops, memory.word(32));
    }
    let info = is_tcp.then(|| option(socket, libc::IPPROTO_TCP, libc::TCP_INFO).ok()).flatten().map(Fields);
    let Some(info) = info else {
        tell(Figure::Unread, queue(socket, libc::FIONREAD));
        tell(Figure::Unsent, queue(socket, libc::TIOCOUTQ));
        return Ok(known);
    };
    let state = info.byte(0);
    tell(Figure::State, state);
    match state {
        // A listener has its queue where a connection has segments on their way (`tcp_get_info` in net/ipv4/tcp.c).
        Some(10) => {
            tell(Figure::Waiting, info.word(24));
            tell(Figure::WaitingMost, info.word(28));
        }
        Some(7) | None => {}
        _ => {
            let (outgoing, unsent) = (queue(socket, libc::TIOCOUTQ), queue(socket, NOT_SENT));
            tell(Figure::Unread, queue(socket, libc::FIONREAD));
            tell(Figure::Unacknowledged, outgoing.map(|all| all.saturating_sub(unsent.unwrap_or_default())));
            tell(Figure::Unsent, unsent);
            connection(&info, &mut tell);
        }
    }
    Ok(known)
}

/// The figures of a connection, by their places in `struct tcp_info` (`include/uapi/linux/tcp.h`).
fn connection(info: &Fields, tell: &mut impl FnMut(Figure, Option<u64>)) {
    // Not measured yet.
    let measured = |value: Option<u64>| value.filter(|value| *value > 0 && *value < u64::from(u32::MAX));
    tell(Figure::Rtt, measured(info.word(68)));
    tell(Figure::RttVariation, info.word(72));
    tell(Figure::RttLeast, measured(info.word(148)));
    tell(Figure::Rto, info.word(8));
    tell(Figure::Cwnd, info.word(80));
    // 0x7fffffff: no threshold yet.
    tell(Figure::Ssthresh, info.word(76).filter(|value| *value < 0x7fff_ffff));
    tell(Figure::Retransmitted, info.word(100));
    tell(Figure::Retries, info.byte(2));
    tell(Figure::Lost, info.word(32));
    tell(Figure::DeliveryRate, info.long(160).filter(|rate| *rate > 0));
    tell(Figure::Busy, info.long(168));
    tell(Figure::RecvLimited, info.long(176));
    tell(Figure::SendLimited, info.long(184));
    tell(Figure::Mss, info.word(16));
    tell(Figure::SendWindow, info.word(228));
    tell(Figure::RecvWindow, info.word(232));
}

/// The connections of this machine: `/proc/net/tcp` and `tcp6`.
pub(in crate::net) fn connections() -> Vec<Entry> {
    let read = |table: &str| std::fs::read_to_string(format!("/proc/net/{table}")).unwrap_or_default();
    ["tcp", "tcp6"].iter().flat_map(|table| entries(&read(table))).collect()
}

/// The lines of such a table. What is none is passed over.
fn entries(table: &str) -> Vec<Entry> {
    table.lines().skip(1).filter_map(|line| entry(&line.split_ascii_whitespace().collect::<Vec<_>>())).collect()
}

/// A line of such a table, in words (proc(5)): addresses, state, queues and the timer are the 2nd to 6th.
pub(super) fn entry(words: &[&str]) -> Option<Entry> {
    let (timer, left) = words.get(5)?.split_once(':')?;
    Some(Entry {
        local: ports::address(words.get(1)?)?,
        remote: ports::address(words.get(2)?)?,
        state: u64::from_str_radix(words.get(3)?, 16).ok()?,
        timer: u64::from_str_radix(timer, 16).ok()?,
        // In hundredths of a second, whatever the kernel ticks with (`USER_HZ`).
        left: u64::from_str_radix(left, 16).ok()?.saturating_mul(10),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_endian = "little")]
    #[test]
    fn lines_of_the_table_are_read_and_nonsense_is_passed_over() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n\
             1: 0100007F:2329 0100007F:CF08 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0\n\
             2: nonsense\n\
             3: 0100007F:2329 0100007F:CF08 zz 0:0 03:1 0\n";
        let expected = Entry {
            local: "127.0.0.1:9001".parse().unwrap(),
            remote: "127.0.0.1:53000".parse().unwrap(),
            state: 6,
            timer: 3,
            left: 60_000,
        };
        assert_eq!(entries(table), [expected]);
    }

    #[test]
    fn what_a_shorter_structure_lacks_is_not_made_up() {
        let fields = Fields(vec![1; 104]);
        assert_eq!((fields.byte(103), fields.word(100), fields.word(101), fields.long(160)), (Some(1), Some(0x0101_0101), None, None));
    }
}
