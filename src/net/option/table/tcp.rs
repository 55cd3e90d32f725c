//! `IPPROTO_TCP`: stream sockets of IPv4 and IPv6. tcp(7).

use super::{ELSEWHERE, FLAG, LINUX, MOST};
#[cfg(target_os = "linux")]
use crate::net::option::kernel;
use crate::net::option::kernel::{flag, number, word};
use crate::net::option::{Access, Effect, Opt, Systems, Unit, ValueKind, When};
use crate::net::sys;
use crate::text;
use crate::trace::Value;

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt {
        name: "TCP_CONGESTION",
        about: || text!("net-option-tcp-congestion"),
        kind: ValueKind::Name(15),
        get: linux!(|socket| Ok(kernel::words(&socket.tcp_congestion()?))),
        set: linux!(|socket, value| socket.set_tcp_congestion(kernel::name(value)?.as_bytes())),
        ..LINUX
    },
    Opt {
        name: "TCP_CONNECTIONTIMEOUT",
        about: || text!("net-option-tcp-connectiontimeout"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Seconds,
        systems: Systems::MACOS,
        when: When::BeforeConnect,
        manual: Some("tcp(4) of macOS"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_CONNECTION_INFO",
        about: || text!("net-option-tcp-connection-info"),
        systems: Systems::MACOS,
        access: Access::ReadOnly,
        when: When::Never,
        manual: Some("bsd/netinet/tcp.h"),
        ..ELSEWHERE
    },
    Opt { name: "TCP_CORK", about: || text!("net-option-tcp-cork"), side_effect: Some(|| text!("net-side-cork")), ..linux_flag!(Cork) },
    Opt {
        name: "TCP_DEFER_ACCEPT",
        about: || text!("net-option-tcp-defer-accept"),
        kind: ValueKind::Int { min: 0, max: 1000 },
        unit: Unit::Seconds,
        when: When::BeforeClients,
        effect: Effect::Retries,
        inherited: Some(false),
        ..linux_number!(DeferAccept)
    },
    Opt {
        name: "TCP_FASTOPEN",
        about: || text!("net-option-tcp-fastopen"),
        kind: ValueKind::Int { min: 0, max: MOST },
        when: When::BeforeClients,
        effect: Effect::QueueLength,
        inherited: Some(false),
        systems: Systems::ALL,
        differs: Systems::NOT_LINUX,
        ..linux_number!(FastOpen)
    },
    Opt {
        name: "TCP_FASTOPEN_CONNECT",
        about: || text!("net-option-tcp-fastopen-connect"),
        when: When::BeforeConnect,
        ..linux_flag!(FastOpenConnect)
    },
    Opt { name: "TCP_INQ", about: || text!("net-option-tcp-inq"), ..linux_flag!(Inq) },
    Opt {
        name: "TCP_KEEPALIVE",
        about: || text!("net-option-tcp-keepalive"),
        kind: ValueKind::Int { min: 1, max: 32767 },
        unit: Unit::Seconds,
        systems: Systems::MACOS,
        manual: Some("tcp(4) of macOS"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_KEEPCNT",
        about: || text!("net-option-tcp-keepcnt"),
        get: Some(|socket| number(sys::keep_count(socket))),
        set: Some(|socket, value| sys::set_keep_count(socket, word(value)?)),
        kind: ValueKind::Int { min: 1, max: 127 },
        unit: Unit::Probes,
        differs: Systems::NOT_LINUX,
        ..FLAG
    },
    Opt {
        name: "TCP_KEEPIDLE",
        about: || text!("net-option-tcp-keepidle"),
        get: Some(|socket| number(sys::keep_idle(socket))),
        set: Some(|socket, value| sys::set_keep_idle(socket, word(value)?)),
        kind: ValueKind::Int { min: 1, max: 32767 },
        unit: Unit::Seconds,
        ..FLAG
    },
    Opt {
        name: "TCP_KEEPINTVL",
        about: || text!("net-option-tcp-keepintvl"),
        get: Some(|socket| number(sys::keep_interval(socket))),
        set: Some(|socket, value| sys::set_keep_interval(socket, word(value)?)),
        kind: ValueKind::Int { min: 1, max: 32767 },
        unit: Unit::Seconds,
        ..FLAG
    },
    Opt {
        name: "TCP_LINGER2",
        about: || text!("net-option-tcp-linger2"),
        kind: ValueKind::Int { min: -1, max: MOST },
        unit: Unit::Seconds,
        when: When::BeforeClose,
        effect: Effect::FinTimeout,
        ..linux_number!(Linger2)
    },
    Opt {
        name: "TCP_MAXRT",
        about: || text!("net-option-tcp-maxrt"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Seconds,
        systems: Systems::WINDOWS,
        when: When::BeforeConnect,
        manual: Some("IPPROTO_TCP (Winsock)"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_MAXSEG",
        about: || text!("net-option-tcp-maxseg"),
        kind: ValueKind::Int { min: 88, max: 32767 },
        unit: Unit::Bytes,
        when: When::BeforeConnect,
        effect: Effect::Segment,
        systems: Systems::UNIX,
        differs: Systems::MACOS,
        ..linux_number!(MaxSeg)
    },
    Opt {
        name: "TCP_NODELAY",
        about: || text!("net-option-tcp-nodelay"),
        get: Some(|socket| socket.tcp_nodelay().map(Value::Flag)),
        set: Some(|socket, value| socket.set_tcp_nodelay(flag(value)?)),
        ..FLAG
    },
    Opt {
        name: "TCP_NOPUSH",
        about: || text!("net-option-tcp-nopush"),
        systems: Systems::MACOS,
        manual: Some("tcp(4) of macOS"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_NOTSENT_LOWAT",
        about: || text!("net-option-tcp-notsent-lowat"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Bytes,
        systems: Systems::UNIX,
        ..linux_number!(NotSentLowat)
    },
    Opt {
        name: "TCP_QUICKACK",
        about: || text!("net-option-tcp-quickack"),
        inherited: Some(false),
        side_effect: Some(|| text!("net-side-quickack")),
        ..linux_flag!(QuickAck)
    },
    Opt {
        name: "TCP_RTO_MAX_MS",
        about: || text!("net-option-tcp-rto-max-ms"),
        kind: ValueKind::Int { min: 1000, max: 120000 },
        unit: Unit::Millis,
        effect: Effect::TickMillis,
        manual: Some("Documentation/networking/ip-sysctl.rst"),
        ..linux_number!(RtoMax)
    },
    Opt {
        name: "TCP_RXT_CONNDROPTIME",
        about: || text!("net-option-tcp-rxt-conndroptime"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Seconds,
        systems: Systems::MACOS,
        manual: Some("tcp(4) of macOS"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_SENDMOREACKS",
        about: || text!("net-option-tcp-sendmoreacks"),
        systems: Systems::MACOS,
        manual: Some("bsd/netinet/tcp.h"),
        ..ELSEWHERE
    },
    Opt {
        name: "TCP_SYNCNT",
        about: || text!("net-option-tcp-syncnt"),
        kind: ValueKind::Int { min: 1, max: 127 },
        when: When::BeforeConnect,
        ..linux_number!(SynCount)
    },
    Opt {
        name: "TCP_THIN_LINEAR_TIMEOUTS",
        about: || text!("net-option-tcp-thin-linear-timeouts"),
        manual: Some("Documentation/networking/tcp-thin.rst"),
        ..linux_flag!(ThinLinearTimeouts)
    },
    Opt {
        name: "TCP_USER_TIMEOUT",
        about: || text!("net-option-tcp-user-timeout"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Millis,
        ..linux_number!(UserTimeout)
    },
    Opt {
        name: "TCP_WINDOW_CLAMP",
        about: || text!("net-option-tcp-window-clamp"),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        effect: Effect::WindowClamp,
        ..linux_number!(WindowClamp)
    },
];
