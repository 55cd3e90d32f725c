//! `IPPROTO_IPV6`: sockets of IPv6. ipv6(7).

use super::{BOTH, ELSEWHERE, FLAG, LINUX, MEMBERSHIP, MOST, STREAM, datagrams, told};
#[cfg(target_os = "linux")]
use crate::net::option::kernel;
use crate::net::option::kernel::{flag, group6, number, word};
use crate::net::option::{Access, Effect, Opt, Systems, Unit, ValueKind, When};
use crate::net::sys;
use crate::text;
use crate::trace::{Family, Value};

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt {
        name: "IP6T_SO_ORIGINAL_DST",
        about: || text!("net-option-ip6t-so-original-dst"),
        kind: ValueKind::Name(60),
        types: STREAM,
        access: Access::ReadConnected,
        manual: Some("include/uapi/linux/netfilter_ipv6/ip6_tables.h"),
        get: linux!(|socket| kernel::original(socket.original_dst_v6())),
        ..told(LINUX)
    },
    Opt {
        name: "IPV6_AUTOFLOWLABEL",
        about: || text!("net-option-ipv6-autoflowlabel"),
        types: BOTH,
        manual: Some("Documentation/networking/ip-sysctl.rst"),
        ..linux_flag!(AutoFlowLabel6)
    },
    Opt {
        name: "IPV6_BOUND_IF",
        about: || text!("net-option-ipv6-bound-if"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        systems: Systems::MACOS,
        types: BOTH,
        manual: Some("bsd/netinet6/in6.h"),
        ..ELSEWHERE
    },
    Opt {
        name: "IPV6_DONTFRAG",
        about: || text!("net-option-ipv6-dontfrag"),
        systems: Systems::ALL,
        ..datagrams(linux_flag!(DontFragment6))
    },
    Opt {
        name: "IPV6_FREEBIND",
        about: || text!("net-option-ipv6-freebind"),
        types: BOTH,
        when: When::BeforeBind,
        ..linux_flag!(FreeBind6)
    },
    Opt {
        name: "IPV6_HDRINCL",
        about: || text!("net-option-ipv6-hdrincl"),
        types: &[],
        inherited: None,
        systems: Systems::NOT_MACOS,
        ..linux_flag!(HeaderIncluded6)
    },
    Opt {
        name: "IPV6_JOIN_GROUP",
        about: || text!("net-option-ipv6-join-group"),
        set: Some(|socket, value| group6(value).and_then(|(group, interface)| socket.join_multicast_v6(&group, interface))),
        kind: ValueKind::Group(Family::Inet6),
        ..MEMBERSHIP
    },
    Opt {
        name: "IPV6_LEAVE_GROUP",
        about: || text!("net-option-ipv6-leave-group"),
        set: Some(|socket, value| group6(value).and_then(|(group, interface)| socket.leave_multicast_v6(&group, interface))),
        kind: ValueKind::Group(Family::Inet6),
        ..MEMBERSHIP
    },
    Opt {
        name: "IPV6_MTU",
        about: || text!("net-option-ipv6-mtu"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Bytes,
        types: BOTH,
        access: Access::ReadConnected,
        get: linux!(|socket| kernel::int_read(sys::get(socket, sys::numbers::Mtu6))),
        ..told(LINUX)
    },
    Opt {
        name: "IPV6_MTU_DISCOVER",
        about: || text!("net-option-ipv6-mtu-discover"),
        kind: ValueKind::Int { min: 0, max: 5 },
        types: BOTH,
        ..linux_number!(MtuDiscover6)
    },
    Opt { name: "IPV6_MULTICAST_ALL", about: || text!("net-option-ipv6-multicast-all"), ..datagrams(linux_flag!(MulticastAll6)) },
    Opt {
        name: "IPV6_MULTICAST_HOPS",
        about: || text!("net-option-ipv6-multicast-hops"),
        get: Some(|socket| number(socket.multicast_hops_v6())),
        set: Some(|socket, value| socket.set_multicast_hops_v6(word(value)?)),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        ..datagrams(FLAG)
    },
    Opt {
        name: "IPV6_MULTICAST_IF",
        about: || text!("net-option-ipv6-multicast-if"),
        get: Some(|socket| number(socket.multicast_if_v6())),
        set: Some(|socket, value| socket.set_multicast_if_v6(word(value)?)),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        ..datagrams(FLAG)
    },
    Opt {
        name: "IPV6_MULTICAST_LOOP",
        about: || text!("net-option-ipv6-multicast-loop"),
        get: Some(|socket| socket.multicast_loop_v6().map(Value::Flag)),
        set: Some(|socket, value| socket.set_multicast_loop_v6(flag(value)?)),
        differs: Systems::WINDOWS,
        ..datagrams(FLAG)
    },
    Opt { name: "IPV6_RECVERR", about: || text!("net-option-ipv6-recverr"), ..datagrams(linux_flag!(RecvErr6)) },
    Opt {
        name: "IPV6_RECVHOPLIMIT",
        about: || text!("net-option-ipv6-recvhoplimit"),
        systems: Systems::ALL,
        ..datagrams(linux_flag!(RecvHopLimit6))
    },
    Opt {
        name: "IPV6_RECVPKTINFO",
        about: || text!("net-option-ipv6-recvpktinfo"),
        systems: Systems::UNIX,
        ..datagrams(linux_flag!(RecvPacketInfo6))
    },
    Opt {
        name: "IPV6_RECVTCLASS",
        about: || text!("net-option-ipv6-recvtclass"),
        systems: Systems::ALL,
        ..datagrams(linux_flag!(RecvTrafficClass6))
    },
    Opt {
        name: "IPV6_TCLASS",
        about: || text!("net-option-ipv6-tclass"),
        kind: ValueKind::Int { min: 0, max: 255 },
        effect: Effect::EcnOnTcp,
        types: BOTH,
        systems: Systems::ALL,
        ..linux_number!(TrafficClass6)
    },
    Opt {
        name: "IPV6_TRANSPARENT",
        about: || text!("net-option-ipv6-transparent"),
        types: BOTH,
        when: When::BeforeBind,
        is_privileged: true,
        ..linux_flag!(Transparent6)
    },
    Opt {
        name: "IPV6_UNICAST_HOPS",
        about: || text!("net-option-ipv6-unicast-hops"),
        get: Some(|socket| number(socket.unicast_hops_v6())),
        set: Some(|socket, value| socket.set_unicast_hops_v6(word(value)?)),
        kind: ValueKind::Int { min: 0, max: 255 },
        unit: Unit::Hops,
        types: BOTH,
        ..FLAG
    },
    Opt {
        name: "IPV6_V6ONLY",
        about: || text!("net-option-ipv6-v6only"),
        get: Some(|socket| socket.only_v6().map(Value::Flag)),
        set: Some(|socket, value| socket.set_only_v6(flag(value)?)),
        when: When::BeforeBind,
        types: BOTH,
        differs: Systems::WINDOWS,
        ..FLAG
    },
];
