//! Which ports of this computer are taken, and by whom, where the system tells: the tables below `/proc/net` on Linux, nothing elsewhere.
//!
//! The tables are read as text that may hold anything: a line that is none is passed over. Sockets that are only bound are in none of them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

use super::sys;
use crate::trace::SocketType;

/// A socket that has an address of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Its type.
    pub kind: SocketType,
    /// Its address.
    pub local: SocketAddr,
    /// What it does with it.
    pub state: BoundState,
    /// The inode by which its owner is found; 0 where it has none any more.
    pub inode: u64,
}

/// What a socket does with its address (`include/net/tcp_states.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundState {
    /// It waits to be asked.
    Waiting,
    /// It has another side.
    Connected,
    /// It was closed, and the kernel keeps its address for a minute (`TIME_WAIT`).
    Closed,
}

/// The process that has a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its number.
    pub process: u32,
    /// What it is called (`/proc/PID/comm`).
    pub name: String,
}

/// The sockets of this computer that have an address. Reads files: not for the window's thread.
pub fn bound() -> Vec<Bound> {
    let tables = [("tcp", SocketType::Stream), ("tcp6", SocketType::Stream), ("udp", SocketType::Datagram), ("udp6", SocketType::Datagram)];
    let read = |(table, kind)| parse(&fs::read_to_string(format!("/proc/net/{table}")).unwrap_or_default(), kind);
    tables.into_iter().flat_map(read).collect()
}

/// The sockets of a table of `/proc/net` (`tcp4_seq_show` in `net/ipv4/tcp_ipv4.c`): local address, state and inode are the 2nd, 4th and 10th word.
pub fn parse(table: &str, kind: SocketType) -> Vec<Bound> {
    let line = |line: &str| {
        let words = line.split_ascii_whitespace().collect::<Vec<_>>();
        let state = match (*words.get(3)?, kind) {
            ("0A", SocketType::Stream) | ("07", SocketType::Datagram) => BoundState::Waiting,
            ("06", SocketType::Stream) => BoundState::Closed,
            (state, _) => u8::from_str_radix(state, 16).ok().map(|_| BoundState::Connected)?,
        };
        Some(Bound { kind, local: address(words.get(1)?)?, state, inode: words.get(9)?.parse().ok()? })
    };
    table.lines().skip(1).filter_map(line).collect()
}

/// An address as the kernel writes it: words of 32 bits in the order of this machine, in hexadecimal, and the port.
#[expect(clippy::host_endian_bytes, reason = "the kernel writes its own order")]
pub(super) fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let mut bytes = Vec::with_capacity(16);
    for word in ip.as_bytes().chunks(8) {
        bytes.extend(u32::from_str_radix(std::str::from_utf8(word).ok()?, 16).ok()?.to_ne_bytes());
    }
    let four = <[u8; 4]>::try_from(bytes.as_slice()).map(|bytes| IpAddr::V4(Ipv4Addr::from(bytes)));
    let ip = four.or_else(|_| <[u8; 16]>::try_from(bytes.as_slice()).map(|bytes| IpAddr::V6(Ipv6Addr::from(bytes)))).ok()?;
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

/// The owners of these sockets, as far as they may be looked at: mostly one's own processes. Reads files: not for the window's thread.
pub fn owners(inodes: &BTreeSet<u64>) -> HashMap<u64, Owner> {
    let mut owners = HashMap::new();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    for process in processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()) {
        if owners.len() == inodes.len() {
            break;
        }
        let descriptors = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
        for inode in descriptors.filter_map(|entry| socket_inode(fs::read_link(entry.path()).ok()?.to_str()?)) {
            if inodes.contains(&inode) {
                let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default().trim().to_owned();
                owners.entry(inode).or_insert(Owner { process, name });
            }
        }
    }
    owners
}

/// The inode of `socket:[12345]`.
fn socket_inode(link: &str) -> Option<u64> {
    link.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
}

/// The first port that this process may bind; 0 where it may bind all, or where that is not known (ip(7), `ip_unprivileged_port_start`).
pub fn first_free_to_bind() -> u32 {
    let may = fs::read_to_string("/proc/self/status").is_ok_and(|status| may_bind_all(&status));
    if may { 0 } else { sys::kernel_limit("net/ipv4/ip_unprivileged_port_start").unwrap_or_default() }
}

/// Whether this system's sockets of IPv6 leave the addresses of IPv4 alone as long as nobody says otherwise (`net.ipv6.bindv6only` on Linux; always on
/// Windows). Seen on a socket made for it, which is no program's and is not traced.
pub fn only_v6_by_default() -> bool {
    Socket::new(Domain::IPV6, Type::STREAM, None).and_then(|probe| probe.only_v6()).unwrap_or_default()
}

/// Whether the effective capabilities of a `/proc/PID/status` hold `CAP_NET_BIND_SERVICE` (capabilities(7)).
fn may_bind_all(status: &str) -> bool {
    const CAP_NET_BIND_SERVICE: u32 = 10;
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    effective.and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok()).is_some_and(|set| set >> CAP_NET_BIND_SERVICE & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_endian = "little")]
    const TABLE: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2329 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 0 100 0 0 10 0
   1: 0100007F:2329 0100007F:CF08 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0
  99999: nonsense
   2: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 01 0:0 00:0 0 0 0 7 1
";

    #[cfg(target_endian = "little")]
    #[test]
    fn lines_are_read_and_nonsense_is_passed_over() {
        let of = |local: &str, state, inode| Bound { kind: SocketType::Stream, local: local.parse().expect("an address"), state, inode };
        let expected = [
            of("127.0.0.1:9001", BoundState::Waiting, 12345),
            of("127.0.0.1:9001", BoundState::Closed, 0),
            of("[::1]:80", BoundState::Connected, 7),
        ];
        assert_eq!(parse(TABLE, SocketType::Stream), expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_listener_of_this_process_is_found_with_its_owner() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
        let local = listener.local_addr().expect("its address");
        let found = bound().into_iter().find(|bound| bound.local == local).expect("in the table");
        assert_eq!(found.state, BoundState::Waiting);
        let owners = owners(&BTreeSet::from([found.inode]));
        assert_eq!(owners.get(&found.inode).map(|owner| owner.process), Some(std::process::id()));
    }

    #[test]
    fn the_right_to_bind_all_ports_is_read_from_the_capabilities() {
        assert!(may_bind_all("Name:\tx\nCapEff:\t0000000000000400\n"));
        assert!(!may_bind_all("CapEff:\t0000000000000000\n"));
        assert!(!may_bind_all("CapEff:\tmany\n"));
        assert!(!may_bind_all(""));
    }

    proptest::proptest! {
        #[test]
        fn no_table_makes_it_panic(head: String, lines in proptest::collection::vec("[0-9A-F: ]{0,60}|.{0,80}", 0..8)) {
            parse(&format!("{head}\n{}", lines.join("\n")), SocketType::Stream);
            may_bind_all(&head);
            socket_inode(&head);
        }
    }
}
