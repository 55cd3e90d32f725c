//! `IPPROTO_IP`: sockets of IPv4. ip(7).

use std::net::IpAddr;

use super::{BOTH, ELSEWHERE, FLAG, LINUX, MEMBERSHIP, MOST, STREAM, datagrams, told};
#[cfg(target_os = "linux")]
use crate::net::option::kernel;
use crate::net::option::kernel::{address, flag, group4, number, source4, word};
use crate::net::option::{Access, Effect, Opt, Systems, Unit, ValueKind, When};
use crate::net::sys;
use crate::text;
use crate::trace::{Family, Value};

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt {
        name: "IP_ADD_MEMBERSHIP",
        about: || text!("net-option-ip-add-membership"),
        set: Some(|socket, value| group4(value).and_then(|(group, interface)| socket.join_multicast_v4(&group, &interface))),
        kind: ValueKind::Group(Family::Inet),
        ..MEMBERSHIP
    },
    Opt {
        name: "IP_ADD_SOURCE_MEMBERSHIP",
        about: || text!("net-option-ip-add-source-membership"),
        set: Some(|socket, value| source4(value).and_then(|(group, sender, interface)| socket.join_ssm_v4(&sender, &group, &interface))),
        kind: ValueKind::Source,
        ..MEMBERSHIP
    },
    Opt {
        name: "IP_BIND_ADDRESS_NO_PORT",
        about: || text!("net-option-ip-bind-address-no-port"),
        types: BOTH,
        when: When::BeforeBind,
        ..linux_flag!(BindAddressNoPort)
    },
    Opt {
        name: "IP_BOUND_IF",
        about: || text!("net-option-ip-bound-if"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        systems: Systems::MACOS,
        types: BOTH,
        manual: Some("bsd/netinet/in.h"),
        ..ELSEWHERE
    },
    Opt {
        name: "IP_DONTFRAG",
        about: || text!("net-option-ip-dontfrag"),
        systems: Systems::MACOS,
        manual: Some("ip(4) of macOS"),
        ..datagrams(ELSEWHERE)
    },
    Opt {
        name: "IP_DONTFRAGMENT",
        about: || text!("net-option-ip-dontfragment"),
        systems: Systems::WINDOWS,
        manual: Some("IPPROTO_IP (Winsock)"),
        ..datagrams(ELSEWHERE)
    },
    Opt {
        name: "IP_DROP_MEMBERSHIP",
        about: || text!("net-option-ip-drop-membership"),
        set: Some(|socket, value| group4(value).and_then(|(group, interface)| socket.leave_multicast_v4(&group, &interface))),
        kind: ValueKind::Group(Family::Inet),
        ..MEMBERSHIP
    },
    Opt {
        name: "IP_DROP_SOURCE_MEMBERSHIP",
        about: || text!("net-option-ip-drop-source-membership"),
        set: Some(|socket, value| source4(value).and_then(|(group, sender, interface)| socket.leave_ssm_v4(&sender, &group, &interface))),
        kind: ValueKind::Source,
        ..MEMBERSHIP
    },
    Opt { name: "IP_FREEBIND", about: || text!("net-option-ip-freebind"), types: BOTH, when: When::BeforeBind, ..linux_flag!(FreeBind) },
    Opt {
        name: "IP_HDRINCL",
        about: || text!("net-option-ip-hdrincl"),
        types: &[],
        systems: Systems::ALL,
        inherited: None,
        ..linux_flag!(HeaderIncluded)
    },
    Opt {
        name: "IP_LOCAL_PORT_RANGE",
        about: || text!("net-option-ip-local-port-range"),
        kind: ValueKind::Ports,
        types: BOTH,
        when: When::BeforeBind,
        get: linux!(|socket| kernel::range(sys::get(socket, sys::numbers::LocalPortRange))),
        set: linux!(|socket, value| sys::set(socket, sys::numbers::LocalPortRange, &kernel::ports(value)?)),
        ..LINUX
    },
    Opt {
        name: "IP_MINTTL",
        about: || text!("net-option-ip-minttl"),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        types: STREAM,
        ..linux_number!(MinTtl)
    },
    Opt {
        name: "IP_MTU",
        about: || text!("net-option-ip-mtu"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Bytes,
        types: BOTH,
        access: Access::ReadConnected,
        get: linux!(|socket| kernel::int_read(sys::get(socket, sys::numbers::Mtu))),
        ..told(LINUX)
    },
    Opt {
        name: "IP_MTU_DISCOVER",
        about: || text!("net-option-ip-mtu-discover"),
        kind: ValueKind::Int { min: 0, max: 5 },
        types: BOTH,
        ..linux_number!(MtuDiscover)
    },
    Opt { name: "IP_MULTICAST_ALL", about: || text!("net-option-ip-multicast-all"), ..datagrams(linux_flag!(MulticastAll)) },
    Opt {
        name: "IP_MULTICAST_IF",
        about: || text!("net-option-ip-multicast-if"),
        get: Some(|socket| socket.multicast_if_v4().map(|address| Value::Address(IpAddr::V4(address)))),
        set: Some(|socket, value| socket.set_multicast_if_v4(&address(value)?)),
        kind: ValueKind::Address,
        ..datagrams(FLAG)
    },
    Opt {
        name: "IP_MULTICAST_LOOP",
        about: || text!("net-option-ip-multicast-loop"),
        get: Some(|socket| socket.multicast_loop_v4().map(Value::Flag)),
        set: Some(|socket, value| socket.set_multicast_loop_v4(flag(value)?)),
        differs: Systems::WINDOWS,
        ..datagrams(FLAG)
    },
    Opt {
        name: "IP_MULTICAST_TTL",
        about: || text!("net-option-ip-multicast-ttl"),
        get: Some(|socket| number(socket.multicast_ttl_v4())),
        set: Some(|socket, value| socket.set_multicast_ttl_v4(word(value)?)),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        ..datagrams(FLAG)
    },
    Opt { name: "IP_PKTINFO", about: || text!("net-option-ip-pktinfo"), systems: Systems::ALL, ..datagrams(linux_flag!(PacketInfo)) },
    Opt { name: "IP_RECVERR", about: || text!("net-option-ip-recverr"), ..datagrams(linux_flag!(RecvErr)) },
    Opt { name: "IP_RECVORIGDSTADDR", about: || text!("net-option-ip-recvorigdstaddr"), ..datagrams(linux_flag!(RecvOriginalDestination)) },
    Opt { name: "IP_RECVTOS", about: || text!("net-option-ip-recvtos"), systems: Systems::ALL, ..datagrams(linux_flag!(RecvTos)) },
    Opt { name: "IP_RECVTTL", about: || text!("net-option-ip-recvttl"), systems: Systems::ALL, ..datagrams(linux_flag!(RecvTtl)) },
    Opt {
        name: "IP_TOS",
        about: || text!("net-option-ip-tos"),
        get: Some(|socket| number(socket.tos_v4())),
        set: Some(|socket, value| socket.set_tos_v4(word(value)?)),
        kind: ValueKind::Int { min: 0, max: 255 },
        effect: Effect::EcnOnTcp,
        types: BOTH,
        differs: Systems::WINDOWS,
        side_effect: Some(|| text!("net-side-tos")),
        ..FLAG
    },
    Opt {
        name: "IP_TRANSPARENT",
        about: || text!("net-option-ip-transparent"),
        types: BOTH,
        when: When::BeforeBind,
        is_privileged: true,
        ..linux_flag!(Transparent)
    },
    Opt {
        name: "IP_TTL",
        about: || text!("net-option-ip-ttl"),
        get: Some(|socket| number(socket.ttl_v4())),
        set: Some(|socket, value| socket.set_ttl_v4(word(value)?)),
        kind: ValueKind::Int { min: 1, max: 255 },
        unit: Unit::Hops,
        types: BOTH,
        ..FLAG
    },
    Opt {
        name: "IP_UNICAST_IF",
        about: || text!("net-option-ip-unicast-if"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        types: BOTH,
        systems: Systems::NOT_MACOS,
        get: linux!(|socket| sys::get(socket, sys::numbers::UnicastIf).map(|index| Value::Int(i64::from(i32::from_be(index))))),
        set: linux!(|socket, value| sys::set(socket, sys::numbers::UnicastIf, &kernel::int(value)?.to_be())),
        ..LINUX
    },
    Opt {
        name: "SO_ORIGINAL_DST",
        about: || text!("net-option-so-original-dst"),
        kind: ValueKind::Name(60),
        types: STREAM,
        access: Access::ReadConnected,
        manual: Some("include/uapi/linux/netfilter_ipv4.h"),
        get: linux!(|socket| kernel::original(socket.original_dst_v4())),
        ..told(LINUX)
    },
];
