//! `IPPROTO_UDP`: datagram sockets of IPv4 and IPv6. udp(7).

use super::DATAGRAM;
use crate::net::option::{Level, Opt, Unit, ValueKind};
use crate::text;

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt {
        level: Level::Udp,
        name: "UDP_GRO",
        about: || text!("net-option-udp-gro"),
        types: DATAGRAM,
        inherited: None,
        ..linux_flag!(UdpGro)
    },
    Opt {
        level: Level::Udp,
        name: "UDP_SEGMENT",
        about: || text!("net-option-udp-segment"),
        kind: ValueKind::Int { min: 0, max: 65535 },
        unit: Unit::Bytes,
        types: DATAGRAM,
        inherited: None,
        ..linux_number!(UdpSegment)
    },
];
