//! What this system does to what it is asked for, computed from its own limits: sizes of buffers, ticks of its clock, queues of listeners.
//!
//! Nothing here is a number of the machine this was written on. An expectation that is not known for the system at hand is none.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use super::option::{Effect, Level, Opt, ValueKind};
use super::sys;
use crate::trace::{Family, SocketType, Value};

/// The limits of this system, as they were when they were looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most that `SO_RCVBUF` can ask for, in bytes: `net.core.rmem_max` on Linux.
    pub receive_most: Option<u32>,
    /// The most that `SO_SNDBUF` can ask for, in bytes: `net.core.wmem_max` on Linux.
    pub send_most: Option<u32>,
    /// What `SO_RCVBUF` reads back when as little as possible was asked for, in bytes.
    pub receive_least: i64,
    /// What `SO_SNDBUF` reads back when as little as possible was asked for, in bytes.
    pub send_least: i64,
    /// The ticks of the kernel's clock in a second: time limits are counted in them. None where they are kept exactly.
    pub ticks: Option<u32>,
    /// The most that `listen` can ask for: `net.core.somaxconn` on Linux, `kern.ipc.somaxconn` on macOS.
    pub backlog_most: Option<u32>,
    /// How many seconds `TCP_LINGER2` stands for where it is 0: `net.ipv4.tcp_fin_timeout` on Linux.
    pub fin_timeout: Option<u32>,
    /// What the receive buffer of TCP may grow to by itself, in bytes: the last of `net.ipv4.tcp_rmem` on Linux.
    pub receive_growth: Option<u32>,
    /// Whether segments of TCP carry timestamps: `net.ipv4.tcp_timestamps` on Linux.
    pub timestamps: Option<u32>,
    /// The most groups a socket can join: `net.ipv4.igmp_max_memberships` on Linux.
    pub groups_most: Option<u32>,
}

impl Limits {
    /// Looks them up: some are written down by the system, others are seen on a socket made for it. These calls are no program's and are not traced.
    ///
    /// # Errors
    /// The system's, where it gives no socket.
    pub fn observe() -> io::Result<Self> {
        let probe = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
        probe.set_recv_buffer_size(1)?;
        probe.set_send_buffer_size(1)?;
        probe.set_read_timeout(Some(Duration::from_micros(1)))?;
        let tick = probe.read_timeout()?.filter(|tick| *tick > Duration::from_micros(1));
        Ok(Self {
            receive_most: sys::kernel_limit("net/core/rmem_max"),
            send_most: sys::kernel_limit("net/core/wmem_max"),
            receive_least: probe.recv_buffer_size()? as i64,
            send_least: probe.send_buffer_size()? as i64,
            ticks: tick.map(|tick| (1.0 / tick.as_secs_f64()).round() as u32),
            backlog_most: sys::kernel_limit("net/core/somaxconn"),
            fin_timeout: sys::kernel_limit("net/ipv4/tcp_fin_timeout"),
            receive_growth: sys::kernel_limit("net/ipv4/tcp_rmem"),
            timestamps: sys::kernel_limit("net/ipv4/tcp_timestamps"),
            groups_most: sys::kernel_limit("net/ipv4/igmp_max_memberships"),
        })
    }

    /// Those that are known, by their names: what the header of a recording keeps, since expectations depend on them.
    pub fn by_name(&self) -> BTreeMap<String, String> {
        let known = [
            ("SO_RCVBUF most", self.receive_most.map(i64::from)),
            ("SO_SNDBUF most", self.send_most.map(i64::from)),
            ("SO_RCVBUF least", Some(self.receive_least)),
            ("SO_SNDBUF least", Some(self.send_least)),
            ("ticks", self.ticks.map(i64::from)),
            ("backlog most", self.backlog_most.map(i64::from)),
            ("groups most", self.groups_most.map(i64::from)),
            ("fin timeout", self.fin_timeout.map(i64::from)),
            ("SO_RCVBUF growth", self.receive_growth.map(i64::from)),
            ("timestamps", self.timestamps.map(i64::from)),
        ];
        known.into_iter().filter_map(|(name, limit)| Some((name.to_owned(), limit?.to_string()))).collect()
    }

    /// Those that [`by_name`](Self::by_name) wrote; none where they say too little, as in a recording of another version.
    pub fn of_names(names: &BTreeMap<String, String>) -> Option<Self> {
        fn limit<T: std::str::FromStr>(names: &BTreeMap<String, String>, name: &str) -> Option<T> {
            names.get(name)?.parse().ok()
        }
        Some(Self {
            receive_most: limit(names, "SO_RCVBUF most"),
            send_most: limit(names, "SO_SNDBUF most"),
            receive_least: limit(names, "SO_RCVBUF least").filter(|least: &i64| *least > 0)?,
            send_least: limit(names, "SO_SNDBUF least").filter(|least: &i64| *least > 0)?,
            // The clock is divided by it.
            ticks: limit(names, "ticks").filter(|ticks| (1..=1_000_000).contains(ticks)),
            backlog_most: limit(names, "backlog most"),
            groups_most: limit(names, "groups most"),
            fin_timeout: limit(names, "fin timeout"),
            receive_growth: limit(names, "SO_RCVBUF growth"),
            timestamps: limit(names, "timestamps"),
        })
    }

    /// What `option` reads back on a socket of this type after it was set to `asked`; none where that is not known, or nothing can be read.
    pub fn expected(&self, option: &Opt, kind: SocketType, asked: &Value) -> Option<Value> {
        match (option.effect, asked) {
            (Effect::Kept, _) => (option.check(asked).is_ok()).then(|| asked.clone()),
            (Effect::ReceiveBuffer, Value::Int(bytes)) => Some(buffer(*bytes, self.receive_most, self.receive_least)),
            (Effect::SendBuffer, Value::Int(bytes)) => Some(buffer(*bytes, self.send_most, self.send_least)),
            (Effect::Tick, Value::Time(limit)) => Some(Value::Time(limit.and_then(|limit| self.in_ticks(limit)))),
            (Effect::EcnOnTcp, Value::Int(tos)) if cfg!(target_os = "linux") && kind == SocketType::Stream => Some(Value::Int(tos & 0xfc)),
            (Effect::EcnOnTcp, Value::Int(tos)) => Some(Value::Int(tos & 0xff)),
            // Until there is a connection.
            (Effect::Segment, _) => (option.check(asked).is_ok()).then(|| asked.clone()),
            (effect, Value::Int(number)) => self.expected_number(effect, *number).map(Value::Int),
            _ => None,
        }
    }

    /// What becomes of a number, where that takes a limit or a rule of TCP.
    fn expected_number(&self, effect: Effect, asked: i64) -> Option<i64> {
        match effect {
            // `tcp_set_rcvlowat` in `net/ipv4/tcp.c`, while `SO_RCVBUF` is not set.
            Effect::LowWater => Some(asked.min(i64::from(self.receive_growth? / 2))),
            Effect::Retries => Some(seconds_of(retries_in(asked))),
            // `TCP_FIN_TIMEOUT_MAX` in `include/net/tcp.h`.
            Effect::FinTimeout if asked == 0 => self.fin_timeout.map(i64::from),
            Effect::FinTimeout => Some(asked.clamp(-1, LONGEST_FIN_TIMEOUT)),
            // `tcp_set_window_clamp`: half of `SOCK_MIN_RCVBUF`.
            Effect::WindowClamp => Some(asked.max(self.receive_least / 2)),
            Effect::QueueLength => Some(asked.min(i64::from(self.backlog_most?))),
            Effect::TickMillis => {
                let ticks = i64::from(self.ticks?);
                Some((asked.saturating_mul(ticks).saturating_add(999) / 1000).saturating_mul(1000) / ticks)
            }
            _ => None,
        }
    }

    /// What a connection reads whose `TCP_MAXSEG` was set to `asked` before it was made: each segment carries 12 bytes of options where both sides use
    /// timestamps (RFC 7323).
    pub fn expected_segment(&self, asked: i64) -> i64 {
        if self.timestamps.unwrap_or_default() > 0 { asked.saturating_sub(TIMESTAMP_BYTES) } else { asked }
    }

    /// How a time limit is kept; none when it is none (`sock_set_timeout` and `sock_get_timeout` in `net/core/sock.c`).
    fn in_ticks(&self, limit: Duration) -> Option<Duration> {
        let Some(ticks) = self.ticks.map(u64::from) else { return Some(limit) };
        let tick = 1_000_000 / ticks;
        let count = limit.as_secs().saturating_mul(ticks).saturating_add(u64::from(limit.subsec_micros()).div_ceil(tick));
        (count > 0).then(|| Duration::from_secs(count / ticks) + Duration::from_micros(count % ticks * 1_000_000 / ticks))
    }

    /// How many connections a listener with this backlog lets wait to be accepted; none where that is not known.
    pub fn waiting(&self, backlog: i32) -> Option<u64> {
        let most = self.backlog_most?;
        if cfg!(target_os = "linux") {
            // One more than asked (`sk_acceptq_is_full` compares with >); a negative number is a very large one.
            Some(u64::from((backlog as u32).min(most)) + 1)
        } else {
            // macOS takes 0 and less for the most (`solisten` in bsd/kern/uipc_socket.c).
            Some(u32::try_from(backlog).map_or(most, |backlog| if backlog == 0 { most } else { backlog.min(most) }).into())
        }
    }
}

/// The bytes of a timestamp and of what fills its place up (`TCPOLEN_TSTAMP_ALIGNED`).
const TIMESTAMP_BYTES: i64 = 12;
/// The longest time in seconds that Linux keeps a connection which waits for the other side's end.
const LONGEST_FIN_TIMEOUT: i64 = 120;
/// The longest pause in seconds between two SYN+ACKs (`TCP_RTO_MAX`).
const LONGEST_PAUSE: i64 = 120;

/// How many SYN+ACKs are sent in so many seconds, each pause twice as long as the one before (`secs_to_retrans` in `net/ipv4/tcp.c`).
fn retries_in(seconds: i64) -> u8 {
    if seconds <= 0 {
        return 0;
    }
    let (mut retries, mut pause, mut passed) = (1_u8, 1, 1);
    while seconds > passed && retries < u8::MAX {
        retries += 1;
        pause = LONGEST_PAUSE.min(pause * 2);
        passed += pause;
    }
    retries
}

/// How many seconds so many SYN+ACKs take (`retrans_to_secs`).
fn seconds_of(retries: u8) -> i64 {
    let pauses = std::iter::successors(Some(1), |pause: &i64| Some(LONGEST_PAUSE.min(pause * 2)));
    pauses.take(usize::from(retries)).sum()
}

/// What a buffer's size reads back. Linux doubles what it was asked for, after it has cut it to the most and before it raises it to the least;
/// a negative size is a very large one (`sk_setsockopt` in `net/core/sock.c`).
fn buffer(asked: i64, most: Option<u32>, least: i64) -> Value {
    let Some(most) = most else { return Value::Int(asked) };
    Value::Int((i64::from((asked as u32).min(most)) * 2).max(least))
}

/// The errno of setting `option` on a socket that it is not for; none where it is taken, be it to no effect, and on systems other than
/// Linux, of which it is not known.
pub fn refusal(option: &Opt, family: Family, kind: SocketType) -> Option<&'static str> {
    if !cfg!(target_os = "linux") || option.applies_to(family, kind) {
        return None;
    }
    match (family, option.level, kind) {
        (Family::Unix, Level::Socket, _) => ["SO_REUSEPORT", "SO_ZEROCOPY"].contains(&option.name).then_some("EOPNOTSUPP"),
        (_, Level::Socket, _) => (option.name == "SO_PASSCRED").then_some("EOPNOTSUPP"),
        (Family::Unix, ..) => Some("EOPNOTSUPP"),
        (_, Level::Tcp | Level::Udp, _) | (Family::Inet, Level::Ipv6, _) => Some("ENOPROTOOPT"),
        _ if option.types.is_empty() => Some("ENOPROTOOPT"),
        (_, _, SocketType::Stream) => match (option.kind, option.level) {
            (ValueKind::Group(_), _) => Some("EPROTO"),
            (ValueKind::Int { .. } | ValueKind::Address, Level::Ip) => multicast(option, "EINVAL"),
            (ValueKind::Int { .. }, Level::Ipv6) => multicast(option, "ENOPROTOOPT"),
            _ => None,
        },
        _ => None,
    }
}

fn multicast(option: &Opt, errno: &'static str) -> Option<&'static str> {
    option.name.contains("_MULTICAST_").then_some(errno)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::by_name;

    /// Another machine's limits, so that nothing of this one can creep in.
    const LIMITS: Limits = Limits {
        receive_most: Some(212_992),
        send_most: Some(212_992),
        receive_least: 2304,
        send_least: 4608,
        ticks: Some(300),
        backlog_most: Some(128),
        groups_most: Some(20),
        fin_timeout: Some(45),
        receive_growth: Some(6_291_456),
        timestamps: Some(1),
    };

    #[test]
    fn numbers_of_tcp_become_what_their_rules_say() {
        for (name, asked, read) in [
            ("TCP_DEFER_ACCEPT", 0, 0),
            ("TCP_DEFER_ACCEPT", 2, 3),
            ("TCP_DEFER_ACCEPT", 5, 7),
            ("TCP_DEFER_ACCEPT", 10, 15),
            ("TCP_DEFER_ACCEPT", 100, 127),
            ("TCP_DEFER_ACCEPT", 1000, 1087),
            ("TCP_LINGER2", 0, 45),
            ("TCP_LINGER2", -5, -1),
            ("TCP_LINGER2", 121, 120),
            ("TCP_WINDOW_CLAMP", 1, 1152),
            ("TCP_WINDOW_CLAMP", 4000, 4000),
            ("TCP_FASTOPEN", 1000, 128),
            ("TCP_RTO_MAX_MS", 1001, 1003),
            ("SO_RCVLOWAT", 10_000_000, 3_145_728),
            ("TCP_MAXSEG", 700, 700),
        ] {
            let option = by_name(name).expect(name);
            assert_eq!(LIMITS.expected(option, SocketType::Stream, &Value::Int(asked)), Some(Value::Int(read)), "{name} {asked}");
        }
        assert_eq!(LIMITS.expected_segment(700), 688);
    }

    #[test]
    fn limits_are_read_back_as_they_were_written() {
        let names = LIMITS.by_name();
        assert_eq!(Limits::of_names(&names), Some(LIMITS));
        let few = Limits { ticks: None, backlog_most: None, ..LIMITS };
        assert_eq!(Limits::of_names(&few.by_name()), Some(few));
        for (name, value) in [("SO_RCVBUF least", "0"), ("SO_SNDBUF least", "many")] {
            let odd = names.clone().into_iter().chain([(name.to_owned(), value.to_owned())]).collect();
            assert_eq!(Limits::of_names(&odd), None, "{name}");
        }
        let odd = names.into_iter().chain([("ticks".to_owned(), "0".to_owned())]).collect();
        assert_eq!(Limits::of_names(&odd).map(|limits| limits.ticks), Some(None));
        assert_eq!(Limits::of_names(&BTreeMap::new()), None);
    }

    #[test]
    fn buffers_are_doubled_between_their_limits() {
        let option = by_name("SO_RCVBUF").expect("a row");
        for (asked, read) in [(4096, 8192), (0, 2304), (1152, 2304), (1153, 2306), (212_992, 425_984), (1_000_000, 425_984), (-1, 425_984)]
        {
            assert_eq!(LIMITS.expected(option, SocketType::Stream, &Value::Int(asked)), Some(Value::Int(read)), "{asked}");
        }
    }

    #[test]
    fn time_limits_are_counted_in_ticks() {
        let option = by_name("SO_SNDTIMEO").expect("a row");
        // A tick of 1/300 s is 3333 microseconds to the kernel.
        for (asked, read) in [(1, 3_333), (3_333, 3_333), (3_334, 6_666), (1_000_000, 1_000_000), (5_250_000, 5_253_333)] {
            let value = |micros| Value::Time(Some(Duration::from_micros(micros)));
            assert_eq!(LIMITS.expected(option, SocketType::Stream, &value(asked)), Some(value(read)), "{asked}");
        }
        assert_eq!(LIMITS.expected(option, SocketType::Stream, &Value::Time(Some(Duration::ZERO))), Some(Value::Time(None)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_queue_holds_one_more_than_asked_and_no_more_than_allowed() {
        for (backlog, waiting) in [(0, 1), (5, 6), (128, 129), (1000, 129), (-1, 129)] {
            assert_eq!(LIMITS.waiting(backlog), Some(waiting), "{backlog}");
        }
    }
}
