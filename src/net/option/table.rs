//! The table of options: by level, within a level sorted by the name in C.
//!
//! Ranges, units, inheritance: socket(7), ip(7), ipv6(7), tcp(7), and as observed on Linux 6.18.

use std::net::IpAddr;

use super::kernel::{address, bytes, flag, group4, group6, limit, linger, number, set_linger, size, time, word};
use super::{Effect, Level, Opt, Systems, Unit, ValueKind, When};
use crate::net::sys;
use crate::text;
use crate::text::Message;
use crate::trace::{Family, SocketType, Value};

const IP: &[Family] = &[Family::Inet, Family::Inet6];
const V4: &[Family] = &[Family::Inet];
const V6: &[Family] = &[Family::Inet6];
const ANY: &[Family] = &[Family::Inet, Family::Inet6, Family::Unix];

const STREAM: &[SocketType] = &[SocketType::Stream];
const DATAGRAM: &[SocketType] = &[SocketType::Datagram];
const BOTH: &[SocketType] = &[SocketType::Stream, SocketType::Datagram];

/// The largest C `int`.
const MOST: i64 = i32::MAX as i64;

/// A flag of TCP sockets that is kept as it is set and inherited: what a row does not say otherwise.
const FLAG: Opt = Opt {
    level: Level::Socket,
    name: "",
    kind: ValueKind::Flag,
    unit: Unit::None,
    when: When::AnyTime,
    inherited: Some(true),
    systems: Systems::ALL,
    effect: Effect::Kept,
    families: IP,
    types: STREAM,
    about: || Message::new(""),
    get: None,
    set: |_, _| Ok(()),
};

/// All options the lab knows.
pub static OPTIONS: &[Opt] = &[
    Opt {
        level: Level::Socket,
        name: "SO_BROADCAST",
        about: || text!("net-option-so-broadcast"),
        get: Some(|socket| socket.broadcast().map(Value::Flag)),
        set: |socket, value| socket.set_broadcast(flag(value)?),
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_KEEPALIVE",
        about: || text!("net-option-so-keepalive"),
        get: Some(|socket| socket.keepalive().map(Value::Flag)),
        set: |socket, value| socket.set_keepalive(flag(value)?),
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_LINGER",
        about: || text!("net-option-so-linger"),
        get: Some(linger),
        set: set_linger,
        kind: ValueKind::Linger { max: sys::LONGEST_LINGER },
        unit: Unit::Seconds,
        when: When::BeforeClose,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_OOBINLINE",
        about: || text!("net-option-so-oobinline"),
        get: Some(|socket| socket.out_of_band_inline().map(Value::Flag)),
        set: |socket, value| socket.set_out_of_band_inline(flag(value)?),
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_RCVBUF",
        about: || text!("net-option-so-rcvbuf"),
        get: Some(|socket| bytes(socket.recv_buffer_size())),
        set: |socket, value| socket.set_recv_buffer_size(size(value)?),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        when: When::BeforeConnect,
        effect: Effect::ReceiveBuffer,
        families: ANY,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_RCVTIMEO",
        about: || text!("net-option-so-rcvtimeo"),
        get: Some(|socket| limit(socket.read_timeout())),
        set: |socket, value| socket.set_read_timeout(time(value)?),
        kind: ValueKind::Time,
        unit: Unit::Seconds,
        effect: Effect::Tick,
        families: ANY,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_REUSEADDR",
        about: || text!("net-option-so-reuseaddr"),
        get: Some(|socket| socket.reuse_address().map(Value::Flag)),
        set: |socket, value| socket.set_reuse_address(flag(value)?),
        when: When::BeforeBind,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_REUSEPORT",
        about: || text!("net-option-so-reuseport"),
        get: Some(|socket| sys::reuse_port(socket).map(Value::Flag)),
        set: |socket, value| sys::set_reuse_port(socket, flag(value)?),
        when: When::BeforeBind,
        types: BOTH,
        systems: Systems::UNIX,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_SNDBUF",
        about: || text!("net-option-so-sndbuf"),
        get: Some(|socket| bytes(socket.send_buffer_size())),
        set: |socket, value| socket.set_send_buffer_size(size(value)?),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        effect: Effect::SendBuffer,
        families: ANY,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Socket,
        name: "SO_SNDTIMEO",
        about: || text!("net-option-so-sndtimeo"),
        get: Some(|socket| limit(socket.write_timeout())),
        set: |socket, value| socket.set_write_timeout(time(value)?),
        kind: ValueKind::Time,
        unit: Unit::Seconds,
        effect: Effect::Tick,
        families: ANY,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_ADD_MEMBERSHIP",
        about: || text!("net-option-ip-add-membership"),
        get: None,
        set: |socket, value| group4(value).and_then(|(group, interface)| socket.join_multicast_v4(&group, &interface)),
        kind: ValueKind::Group(Family::Inet),
        effect: Effect::Action,
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_DROP_MEMBERSHIP",
        about: || text!("net-option-ip-drop-membership"),
        get: None,
        set: |socket, value| group4(value).and_then(|(group, interface)| socket.leave_multicast_v4(&group, &interface)),
        kind: ValueKind::Group(Family::Inet),
        effect: Effect::Action,
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_MULTICAST_IF",
        about: || text!("net-option-ip-multicast-if"),
        get: Some(|socket| socket.multicast_if_v4().map(|address| Value::Address(IpAddr::V4(address)))),
        set: |socket, value| socket.set_multicast_if_v4(&address(value)?),
        kind: ValueKind::Address,
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_MULTICAST_LOOP",
        about: || text!("net-option-ip-multicast-loop"),
        get: Some(|socket| socket.multicast_loop_v4().map(Value::Flag)),
        set: |socket, value| socket.set_multicast_loop_v4(flag(value)?),
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_MULTICAST_TTL",
        about: || text!("net-option-ip-multicast-ttl"),
        get: Some(|socket| number(socket.multicast_ttl_v4())),
        set: |socket, value| socket.set_multicast_ttl_v4(word(value)?),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        families: V4,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_TOS",
        about: || text!("net-option-ip-tos"),
        get: Some(|socket| number(socket.tos_v4())),
        set: |socket, value| socket.set_tos_v4(word(value)?),
        kind: ValueKind::Int { min: 0, max: 255 },
        effect: Effect::EcnOnTcp,
        families: V4,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Ip,
        name: "IP_TTL",
        about: || text!("net-option-ip-ttl"),
        get: Some(|socket| number(socket.ttl_v4())),
        set: |socket, value| socket.set_ttl_v4(word(value)?),
        kind: ValueKind::Int { min: 1, max: 255 },
        unit: Unit::Hops,
        families: V4,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_JOIN_GROUP",
        about: || text!("net-option-ipv6-join-group"),
        get: None,
        set: |socket, value| group6(value).and_then(|(group, interface)| socket.join_multicast_v6(&group, interface)),
        kind: ValueKind::Group(Family::Inet6),
        effect: Effect::Action,
        families: V6,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_LEAVE_GROUP",
        about: || text!("net-option-ipv6-leave-group"),
        get: None,
        set: |socket, value| group6(value).and_then(|(group, interface)| socket.leave_multicast_v6(&group, interface)),
        kind: ValueKind::Group(Family::Inet6),
        effect: Effect::Action,
        families: V6,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_MULTICAST_HOPS",
        about: || text!("net-option-ipv6-multicast-hops"),
        get: Some(|socket| number(socket.multicast_hops_v6())),
        set: |socket, value| socket.set_multicast_hops_v6(word(value)?),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        families: V6,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_MULTICAST_IF",
        about: || text!("net-option-ipv6-multicast-if"),
        get: Some(|socket| number(socket.multicast_if_v6())),
        set: |socket, value| socket.set_multicast_if_v6(word(value)?),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        families: V6,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_MULTICAST_LOOP",
        about: || text!("net-option-ipv6-multicast-loop"),
        get: Some(|socket| socket.multicast_loop_v6().map(Value::Flag)),
        set: |socket, value| socket.set_multicast_loop_v6(flag(value)?),
        families: V6,
        types: DATAGRAM,
        inherited: None,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_UNICAST_HOPS",
        about: || text!("net-option-ipv6-unicast-hops"),
        get: Some(|socket| number(socket.unicast_hops_v6())),
        set: |socket, value| socket.set_unicast_hops_v6(word(value)?),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        families: V6,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Ipv6,
        name: "IPV6_V6ONLY",
        about: || text!("net-option-ipv6-v6only"),
        get: Some(|socket| socket.only_v6().map(Value::Flag)),
        set: |socket, value| socket.set_only_v6(flag(value)?),
        when: When::BeforeBind,
        families: V6,
        types: BOTH,
        ..FLAG
    },
    Opt {
        level: Level::Tcp,
        name: "TCP_KEEPCNT",
        about: || text!("net-option-tcp-keepcnt"),
        get: Some(|socket| number(sys::keep_count(socket))),
        set: |socket, value| sys::set_keep_count(socket, word(value)?),
        kind: ValueKind::Int { min: 1, max: 127 },
        unit: Unit::Probes,
        ..FLAG
    },
    Opt {
        level: Level::Tcp,
        name: "TCP_KEEPIDLE",
        about: || text!("net-option-tcp-keepidle"),
        get: Some(|socket| number(sys::keep_idle(socket))),
        set: |socket, value| sys::set_keep_idle(socket, word(value)?),
        kind: ValueKind::Int { min: 1, max: 32767 },
        unit: Unit::Seconds,
        ..FLAG
    },
    Opt {
        level: Level::Tcp,
        name: "TCP_KEEPINTVL",
        about: || text!("net-option-tcp-keepintvl"),
        get: Some(|socket| number(sys::keep_interval(socket))),
        set: |socket, value| sys::set_keep_interval(socket, word(value)?),
        kind: ValueKind::Int { min: 1, max: 32767 },
        unit: Unit::Seconds,
        ..FLAG
    },
    Opt {
        level: Level::Tcp,
        name: "TCP_NODELAY",
        about: || text!("net-option-tcp-nodelay"),
        get: Some(|socket| socket.tcp_nodelay().map(Value::Flag)),
        set: |socket, value| socket.set_tcp_nodelay(flag(value)?),
        ..FLAG
    },
];
