//! How long the kernel still keeps the addresses of connections that were closed (`TIME_WAIT`), where the system tells: `/proc/net/tcp` and `tcp6` on Linux.

use std::net::SocketAddr;
use std::time::Duration;

use super::sys;
use crate::trace::TcpState;

/// The connections in `TIME_WAIT`: their own addresses, and how long each stays. Reads files: not for the window's thread. Empty where nothing tells.
pub fn time_waits() -> Vec<(SocketAddr, Duration)> {
    let waits = sys::connections().into_iter().filter(|entry| entry.state == TcpState::TimeWait as u64);
    waits.map(|entry| (entry.local, Duration::from_millis(entry.left))).collect()
}
