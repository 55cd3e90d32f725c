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

/// One row: level, name, what explains it, how it is read and set, and where it differs from [`FLAG`].
macro_rules! row {
    ($level:ident $name:literal, $about:literal, $get:expr, $set:expr, { $($field:ident: $value:expr),* }) => {
        Opt { level: Level::$level, name: $name, about: || text!($about), get: $get, set: $set, $($field: $value,)* ..FLAG }
    };
}

/// All options the lab knows.
#[rustfmt::skip]
pub static OPTIONS: &[Opt] = &[
    row!(Socket "SO_BROADCAST", "net-option-so-broadcast", Some(|socket| socket.broadcast().map(Value::Flag)), |socket, value| socket.set_broadcast(flag(value)?), { families: V4, types: DATAGRAM, inherited: None }),
    row!(Socket "SO_KEEPALIVE", "net-option-so-keepalive", Some(|socket| socket.keepalive().map(Value::Flag)), |socket, value| socket.set_keepalive(flag(value)?), {}),
    row!(Socket "SO_LINGER", "net-option-so-linger", Some(linger), set_linger, { kind: ValueKind::Linger { max: 327 }, unit: Unit::Seconds, when: When::BeforeClose }),
    row!(Socket "SO_OOBINLINE", "net-option-so-oobinline", Some(|socket| socket.out_of_band_inline().map(Value::Flag)), |socket, value| socket.set_out_of_band_inline(flag(value)?), {}),
    row!(Socket "SO_RCVBUF", "net-option-so-rcvbuf", Some(|socket| bytes(socket.recv_buffer_size())), |socket, value| socket.set_recv_buffer_size(size(value)?), { kind: ValueKind::Int { min: 1, max: MOST }, unit: Unit::Bytes, when: When::BeforeConnect, effect: Effect::ReceiveBuffer, families: ANY, types: BOTH }),
    row!(Socket "SO_RCVTIMEO", "net-option-so-rcvtimeo", Some(|socket| limit(socket.read_timeout())), |socket, value| socket.set_read_timeout(time(value)?), { kind: ValueKind::Time, unit: Unit::Seconds, effect: Effect::Tick, families: ANY, types: BOTH }),
    row!(Socket "SO_REUSEADDR", "net-option-so-reuseaddr", Some(|socket| socket.reuse_address().map(Value::Flag)), |socket, value| socket.set_reuse_address(flag(value)?), { when: When::BeforeBind, types: BOTH }),
    row!(Socket "SO_REUSEPORT", "net-option-so-reuseport", Some(|socket| sys::reuse_port(socket).map(Value::Flag)), |socket, value| sys::set_reuse_port(socket, flag(value)?), { when: When::BeforeBind, types: BOTH, systems: Systems::UNIX }),
    row!(Socket "SO_SNDBUF", "net-option-so-sndbuf", Some(|socket| bytes(socket.send_buffer_size())), |socket, value| socket.set_send_buffer_size(size(value)?), { kind: ValueKind::Int { min: 1, max: MOST }, unit: Unit::Bytes, effect: Effect::SendBuffer, families: ANY, types: BOTH }),
    row!(Socket "SO_SNDTIMEO", "net-option-so-sndtimeo", Some(|socket| limit(socket.write_timeout())), |socket, value| socket.set_write_timeout(time(value)?), { kind: ValueKind::Time, unit: Unit::Seconds, effect: Effect::Tick, families: ANY, types: BOTH }),
    row!(Ip "IP_ADD_MEMBERSHIP", "net-option-ip-add-membership", None, |socket, value| group4(value).and_then(|(group, interface)| socket.join_multicast_v4(&group, &interface)), { kind: ValueKind::Group(Family::Inet), effect: Effect::Action, families: V4, types: DATAGRAM, inherited: None }),
    row!(Ip "IP_DROP_MEMBERSHIP", "net-option-ip-drop-membership", None, |socket, value| group4(value).and_then(|(group, interface)| socket.leave_multicast_v4(&group, &interface)), { kind: ValueKind::Group(Family::Inet), effect: Effect::Action, families: V4, types: DATAGRAM, inherited: None }),
    row!(Ip "IP_MULTICAST_IF", "net-option-ip-multicast-if", Some(|socket| socket.multicast_if_v4().map(|address| Value::Address(IpAddr::V4(address)))), |socket, value| socket.set_multicast_if_v4(&address(value)?), { kind: ValueKind::Address, families: V4, types: DATAGRAM, inherited: None }),
    row!(Ip "IP_MULTICAST_LOOP", "net-option-ip-multicast-loop", Some(|socket| socket.multicast_loop_v4().map(Value::Flag)), |socket, value| socket.set_multicast_loop_v4(flag(value)?), { families: V4, types: DATAGRAM, inherited: None }),
    row!(Ip "IP_MULTICAST_TTL", "net-option-ip-multicast-ttl", Some(|socket| number(socket.multicast_ttl_v4())), |socket, value| socket.set_multicast_ttl_v4(word(value)?), { kind: ValueKind::Int { min: 0, max: 255 }, unit: Unit::Hops, families: V4, types: DATAGRAM, inherited: None }),
    row!(Ip "IP_TOS", "net-option-ip-tos", Some(|socket| number(socket.tos_v4())), |socket, value| socket.set_tos_v4(word(value)?), { kind: ValueKind::Int { min: 0, max: 255 }, effect: Effect::EcnOnTcp, families: V4, types: BOTH }),
    row!(Ip "IP_TTL", "net-option-ip-ttl", Some(|socket| number(socket.ttl_v4())), |socket, value| socket.set_ttl_v4(word(value)?), { kind: ValueKind::Int { min: 1, max: 255 }, unit: Unit::Hops, families: V4, types: BOTH }),
    row!(Ipv6 "IPV6_JOIN_GROUP", "net-option-ipv6-join-group", None, |socket, value| group6(value).and_then(|(group, interface)| socket.join_multicast_v6(&group, interface)), { kind: ValueKind::Group(Family::Inet6), effect: Effect::Action, families: V6, types: DATAGRAM, inherited: None }),
    row!(Ipv6 "IPV6_LEAVE_GROUP", "net-option-ipv6-leave-group", None, |socket, value| group6(value).and_then(|(group, interface)| socket.leave_multicast_v6(&group, interface)), { kind: ValueKind::Group(Family::Inet6), effect: Effect::Action, families: V6, types: DATAGRAM, inherited: None }),
    row!(Ipv6 "IPV6_MULTICAST_HOPS", "net-option-ipv6-multicast-hops", Some(|socket| number(socket.multicast_hops_v6())), |socket, value| socket.set_multicast_hops_v6(word(value)?), { kind: ValueKind::Int { min: 0, max: 255 }, unit: Unit::Hops, families: V6, types: DATAGRAM, inherited: None }),
    row!(Ipv6 "IPV6_MULTICAST_IF", "net-option-ipv6-multicast-if", Some(|socket| number(socket.multicast_if_v6())), |socket, value| socket.set_multicast_if_v6(word(value)?), { kind: ValueKind::Int { min: 0, max: MOST }, unit: Unit::Index, families: V6, types: DATAGRAM, inherited: None }),
    row!(Ipv6 "IPV6_MULTICAST_LOOP", "net-option-ipv6-multicast-loop", Some(|socket| socket.multicast_loop_v6().map(Value::Flag)), |socket, value| socket.set_multicast_loop_v6(flag(value)?), { families: V6, types: DATAGRAM, inherited: None }),
    row!(Ipv6 "IPV6_UNICAST_HOPS", "net-option-ipv6-unicast-hops", Some(|socket| number(socket.unicast_hops_v6())), |socket, value| socket.set_unicast_hops_v6(word(value)?), { kind: ValueKind::Int { min: 0, max: 255 }, unit: Unit::Hops, families: V6, types: BOTH }),
    row!(Ipv6 "IPV6_V6ONLY", "net-option-ipv6-v6only", Some(|socket| socket.only_v6().map(Value::Flag)), |socket, value| socket.set_only_v6(flag(value)?), { when: When::BeforeBind, families: V6, types: BOTH }),
    row!(Tcp "TCP_KEEPCNT", "net-option-tcp-keepcnt", Some(|socket| number(sys::keep_count(socket))), |socket, value| sys::set_keep_count(socket, word(value)?), { kind: ValueKind::Int { min: 1, max: 127 }, unit: Unit::Probes }),
    row!(Tcp "TCP_KEEPIDLE", "net-option-tcp-keepidle", Some(|socket| number(sys::keep_idle(socket))), |socket, value| sys::set_keep_idle(socket, word(value)?), { kind: ValueKind::Int { min: 1, max: 32767 }, unit: Unit::Seconds }),
    row!(Tcp "TCP_KEEPINTVL", "net-option-tcp-keepintvl", Some(|socket| number(sys::keep_interval(socket))), |socket, value| sys::set_keep_interval(socket, word(value)?), { kind: ValueKind::Int { min: 1, max: 32767 }, unit: Unit::Seconds }),
    row!(Tcp "TCP_NODELAY", "net-option-tcp-nodelay", Some(|socket| socket.tcp_nodelay().map(Value::Flag)), |socket, value| socket.set_tcp_nodelay(flag(value)?), {}),
];
