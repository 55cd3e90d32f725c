//! What Windows settles by `WSAIoctl` where other systems have options. Unproven: nobody has run it.

use super::{DATAGRAM, ELSEWHERE};
use crate::net::option::{Access, Opt, Systems, When};
use crate::text;

/// A row of Windows.
const WINDOWS: Opt = Opt { systems: Systems::WINDOWS, access: Access::SetOnly, ..ELSEWHERE };

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt { name: "SIO_KEEPALIVE_VALS", about: || text!("net-option-sio-keepalive-vals"), ..WINDOWS },
    Opt { name: "SIO_TCP_INFO", about: || text!("net-option-sio-tcp-info"), access: Access::ReadOnly, when: When::Never, ..WINDOWS },
    Opt { name: "SIO_TCP_SET_ACK_FREQUENCY", about: || text!("net-option-sio-tcp-set-ack-frequency"), ..WINDOWS },
    Opt { name: "SIO_UDP_CONNRESET", about: || text!("net-option-sio-udp-connreset"), types: DATAGRAM, ..WINDOWS },
];
