//! `IPPROTO_UDP`: datagram sockets of IPv4 and IPv6. udp(7).

use super::datagrams;
use crate::net::option::{Opt, Unit, ValueKind};
use crate::text;

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt { name: "UDP_GRO", about: || text!("net-option-udp-gro"), ..datagrams(linux_flag!(UdpGro)) },
    Opt {
        name: "UDP_SEGMENT",
        about: || text!("net-option-udp-segment"),
        kind: ValueKind::Int { min: 0, max: 65535 },
        unit: Unit::Bytes,
        ..datagrams(linux_number!(UdpSegment))
    },
];
