//! The sockets of this machine as Linux lists them below `/proc/net`, and the range of ports that it gives to clients.
//!
//! The tables are read as text that may hold anything: a line that is none is passed over.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use nix::unistd::{Uid, User};

use super::knowledge::entry;
use crate::net::machine::{Line, Protocol, State, Timer};
use crate::trace::{Address, TcpState};

/// The sockets of this machine; with `unix` also those of Unix, of which there are often hundreds.
pub(in crate::net) fn machine_sockets(unix: bool) -> Option<Vec<Line>> {
    let read = |table: &str| fs::read_to_string(format!("/proc/net/{table}")).ok();
    let internet = [("tcp", Protocol::Tcp), ("tcp6", Protocol::Tcp6), ("udp", Protocol::Udp), ("udp6", Protocol::Udp6)];
    let tables = internet.map(|(table, protocol)| Some(internet_lines(&read(table)?, protocol)));
    // A system without IPv6 lacks its tables, but none lacks all.
    tables.iter().any(Option::is_some).then_some(())?;
    let mut lines = tables.into_iter().flatten().flatten().collect::<Vec<_>>();
    if unix {
        lines.extend(read("unix").map(|table| unix_lines(&table)).unwrap_or_default());
    }
    Some(lines)
}

/// The range from which bind(2) with port 0 and connect(2) take their ports (ip(7), `ip_local_port_range`): first and last.
pub(in crate::net) fn ephemeral_ports() -> Option<(u16, u16)> {
    let text = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok()?;
    let (first, last) = text.trim().split_once(char::is_whitespace)?;
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// What the user of this number is called (getpwuid(3)): may ask a directory, so not for the window's thread.
pub(in crate::net) fn user_name(user: u32) -> Option<String> {
    User::from_uid(Uid::from_raw(user)).ok().flatten().map(|user| user.name)
}

/// The lines of `/proc/net/tcp` and its like (proc(5)): beside what an [`entry`] holds, queues, user and inode are the 5th, 8th and 10th word.
fn internet_lines(table: &str, protocol: Protocol) -> Vec<Line> {
    let line = |line: &str| {
        let words = line.split_ascii_whitespace().collect::<Vec<_>>();
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let entry = entry(&words)?;
        let (unsent, waiting) = words.get(4)?.split_once(':')?;
        let state = match protocol {
            Protocol::Tcp | Protocol::Tcp6 => State::Tcp(TcpState::from_number(entry.state)?),
            _ if entry.state == 1 => State::Connected,
            _ => State::Unconnected,
        };
        Some(Line {
            protocol,
            local: Address::Ip(entry.local),
            remote: is_somebody(entry.remote).then_some(Address::Ip(entry.remote)),
            state,
            waiting: Some(number(waiting)?),
            unsent: Some(number(unsent)?),
            timer: Timer::from_number(entry.timer).zip(Some(Duration::from_millis(entry.left))),
            user: words.get(7)?.parse().ok(),
            inode: words.get(9)?.parse().ok()?,
        })
    };
    table.lines().skip(1).filter_map(line).collect()
}

/// Whether this is an address at all: who has no other side has all zeros.
fn is_somebody(address: SocketAddr) -> bool {
    address.port() > 0 || !address.ip().is_unspecified()
}

/// The lines of `/proc/net/unix` (`unix_seq_show` in `net/unix/af_unix.c`): flags, type, state, inode and name are the 4th to 8th word.
fn unix_lines(table: &str) -> Vec<Line> {
    /// `__SO_ACCEPTCON` in `include/linux/net.h`.
    const LISTENS: u64 = 0x1_0000;
    let line = |line: &str| {
        let words = line.split_ascii_whitespace().collect::<Vec<_>>();
        let number = |place: usize| u64::from_str_radix(words.get(place)?, 16).ok();
        let state = match (number(3)? & LISTENS, number(5)?) {
            (0, 1) => State::Unconnected,
            (0, 2) => State::Connecting,
            (0, 3) => State::Connected,
            (0, _) => State::Disconnecting,
            _ => State::Listening,
        };
        // What follows the inode is the name, which may hold spaces.
        let name = words.get(7).and_then(|name| line.find(&format!(" {name}")).and_then(|at| line.get(at + 1..)));
        let name = name.map(|name| name.trim_end_matches('\n'));
        Some(Line {
            protocol: Protocol::Unix,
            local: match name {
                Some(name) => name.strip_prefix('@').map_or_else(|| Address::Path(name.into()), |name| Address::Abstract(Arc::from(name))),
                None => Address::Unnamed,
            },
            remote: None,
            state,
            waiting: None,
            unsent: None,
            timer: None,
            user: None,
            inode: words.get(6)?.parse().ok()?,
        })
    };
    table.lines().skip(1).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_endian = "little")]
    #[test]
    fn a_line_is_read_whole_and_nonsense_is_passed_over() {
        let table = "head\n\
             0: 0100007F:2329 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 12345 1 0 100 0\n\
             1: 0100007F:2329 0100007F:CF08 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0\n\
             2: nonsense\n\
             3: 0100007F:2329 0100007F:CF08 01 0000000A:00000012 01:00000014 00000001  1000        0 77 1 0\n";
        let lines = internet_lines(table, Protocol::Tcp);
        let [listener, old, connected] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((listener.state, listener.waiting, &listener.remote), (State::Tcp(TcpState::Listen), Some(2), &None));
        assert_eq!((listener.user, listener.inode), (Some(1000), 12345));
        assert_eq!((old.state, old.timer), (State::Tcp(TcpState::TimeWait), Some((Timer::TimeWait, Duration::from_mins(1)))));
        assert_eq!((connected.unsent, connected.waiting), (Some(10), Some(18)));
        assert_eq!(connected.timer, Some((Timer::Retransmit, Duration::from_millis(200))));
        assert_eq!(connected.remote, Some(Address::Ip("127.0.0.1:53000".parse().unwrap())));
    }

    #[test]
    fn names_of_unix_sockets_are_told_apart() {
        let table = "head\n\
             0000: 00000002 00000000 00010000 0001 01 42 /run/a b\n\
             0000: 00000003 00000000 00000000 0001 03 43\n\
             0000: 00000002 00000000 00000000 0002 01 44 @name\n\
             0000: many\n";
        let lines = unix_lines(table).into_iter().map(|line| (line.local.to_string(), line.state, line.inode)).collect::<Vec<_>>();
        let expected = [("unix:/run/a b", State::Listening, 42), ("unix:", State::Connected, 43), ("unix:@name", State::Unconnected, 44)];
        assert_eq!(lines, expected.map(|(name, state, inode)| (name.to_owned(), state, inode)));
    }

    #[test]
    fn the_range_for_clients_is_read() {
        let (first, last) = ephemeral_ports().expect("a range");
        assert!(first < last, "{first} {last}");
    }

    proptest::proptest! {
        #[test]
        fn no_table_makes_it_panic(lines in proptest::collection::vec("[0-9A-F: @/]{0,80}|.{0,80}", 0..8)) {
            let table = format!("\n{}", lines.join("\n"));
            internet_lines(&table, Protocol::Tcp6);
            internet_lines(&table, Protocol::Udp);
            unix_lines(&table);
        }
    }
}
