//! Why bytes could not be moved: accept, send, recv and their kin.

use super::case::{Case, meet};
use super::{Cause, Certainty};
use crate::text;
use crate::trace::lives::{Set, SocketLife};
use crate::trace::{Address, Args, Family, SocketType, Value};

/// The longest datagram over IPv4 and over IPv6, in bytes (udp(7)).
const LONGEST: (u32, u32) = (65_507, 65_527);

/// It was told not to block.
pub(super) fn nonblocking(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.nonblocking)?;
    Some(Cause::seen(text!("lab-cause-nonblocking", row = row.to_string())).by(row))
}

fn timed<'case>(case: &Case<'case>, name: &str) -> Option<&'case Set> {
    case.life?.option(name).filter(|(_, value)| matches!(value, Value::Time(Some(_))))
}

/// Its limit for receives has passed.
pub(super) fn receive_timeout(case: &Case<'_>) -> Option<Cause> {
    let (row, value) = timed(case, "SO_RCVTIMEO")?;
    Some(Cause::seen(text!("lab-cause-timeout", option = "SO_RCVTIMEO", value = value.to_string(), row = row.to_string())).by(*row))
}

/// Its limit for sends has passed.
pub(super) fn send_timeout(case: &Case<'_>) -> Option<Cause> {
    let (row, value) = timed(case, "SO_SNDTIMEO")?;
    Some(Cause::seen(text!("lab-cause-timeout", option = "SO_SNDTIMEO", value = value.to_string(), row = row.to_string())).by(*row))
}

/// The other side has taken less than was sent.
pub(super) fn peer_does_not_read(case: &Case<'_>) -> Option<Cause> {
    let (socket, other) = case.other().filter(|_| case.kind() == Some(SocketType::Stream))?;
    let left = case.life?.moved.0.saturating_sub(other.moved.1);
    let says =
        text!("lab-cause-peer-does-not-read", program = case.name(other.program), socket = socket.to_string(), left = left.to_string());
    (left > 0 && other.closed.is_none()).then(|| Cause::new(Certainty::Likely, says))
}

/// It has shut its own sending half.
pub(super) fn shut_by_itself(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.shut)?;
    Some(Cause::seen(text!("lab-cause-shut-by-itself", row = row.to_string())).by(row))
}

/// It was never connected.
pub(super) fn never_connected(case: &Case<'_>) -> Option<Cause> {
    let life = case.life.filter(|life| case.before(life.connected).or_else(|| case.before(life.connecting)).is_none())?;
    life.made?;
    Some(Cause::seen(text!("lab-cause-never-connected")))
}

/// Its connect failed.
pub(super) fn connect_failed(case: &Case<'_>) -> Option<Cause> {
    let life = case.life.filter(|life| case.before(life.connected).is_none())?;
    let row = case.before(life.refused).or_else(|| case.before(life.connecting))?;
    Some(Cause::seen(text!("lab-cause-connect-failed", row = row.to_string())).by(row))
}

/// It is a listener.
pub(super) fn listens(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.listening)?;
    Some(Cause::seen(text!("lab-cause-listener-moves-nothing", row = row.to_string())).by(row))
}

/// An earlier call was told already that the connection is gone.
pub(super) fn reset_before(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.reset)?;
    Some(Cause::seen(text!("lab-cause-reset-before", row = row.to_string())).by(row))
}

/// The connection is over.
pub(super) fn connection_over(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    let row = case.before(life.ended)?;
    Some(Cause::seen(text!("lab-cause-peer-ended", row = row.to_string())).by(row))
}

/// The other side, which is in the trace, has closed.
pub(super) fn peer_closed(case: &Case<'_>) -> Option<Cause> {
    let (socket, other) = case.other()?;
    let row = case.before(other.closed)?;
    let says = text!("lab-cause-peer-closed", program = case.name(other.program), socket = socket.to_string(), row = row.to_string());
    Some(Cause::seen(says).by(row))
}

/// The end of what the other side sends was read before.
pub(super) fn peer_ended(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.ended)?;
    let certainty = if case.other().is_some() { Certainty::Likely } else { Certainty::Seen };
    Some(Cause::new(certainty, text!("lab-cause-peer-ended", row = row.to_string())).by(row))
}

/// The other side closed with `SO_LINGER` at 0.
pub(super) fn peer_lingered(case: &Case<'_>) -> Option<Cause> {
    let (socket, other) = case.other()?;
    let row = case.before(other.closed)?;
    let (set, _) = other.option("SO_LINGER").filter(|(_, value)| *value == Value::Linger(Some(0)))?;
    let (program, socket) = (case.name(other.program), socket.to_string());
    let says = text!("lab-cause-peer-lingered", program = program, socket = socket, row = row.to_string(), set = set.to_string());
    Some(Cause::seen(says).by(row).by(*set))
}

/// The other side closed before it had read all that was sent to it.
pub(super) fn peer_left_unread(case: &Case<'_>) -> Option<Cause> {
    let (socket, other) = case.other()?;
    let row = case.before(other.closed)?;
    let left = case.life?.moved.0.saturating_sub(other.moved.1);
    let (program, socket) = (case.name(other.program), socket.to_string());
    let says = text!("lab-cause-peer-left-unread", program = program, socket = socket, row = row.to_string(), left = left.to_string());
    (left > 0).then(|| Cause::seen(says).by(row))
}

/// The listener was closed while the connection waited in its queue.
pub(super) fn listener_closed(case: &Case<'_>) -> Option<Cause> {
    let peer = case.life.filter(|_| case.other().is_none())?.peer.as_ref()?.ip()?;
    let is_it =
        |life: &SocketLife| life.listening.is_some() && life.local.as_ref().and_then(Address::ip).is_some_and(|local| meet(local, peer));
    let (socket, life) = case.coach.lives.all().rfind(|(_, life)| is_it(life))?;
    let row = case.before(life.closed)?;
    let says = text!("lab-cause-listener-closed", program = case.name(life.program), socket = socket.to_string(), row = row.to_string());
    Some(Cause::new(Certainty::Likely, says).by(row))
}

/// The other side is no program of this lab.
pub(super) fn peer_outside(case: &Case<'_>) -> Option<Cause> {
    let life = case.life.filter(|_| case.other().is_none())?;
    let peer = life.peer.as_ref()?;
    Some(Cause::new(Certainty::Possible, text!("lab-cause-peer-outside", address = peer.to_string())))
}

/// A datagram has no address to go to.
pub(super) fn no_destination(case: &Case<'_>) -> Option<Cause> {
    let life = case.life.filter(|life| case.before(life.connected).is_none())?;
    life.made?;
    Some(Cause::seen(text!("lab-cause-no-destination")))
}

/// The datagram is longer than any can be.
pub(super) fn too_long(case: &Case<'_>) -> Option<Cause> {
    let (Some(Args::Length(length) | Args::LengthTo(length, _)), Some(family)) = (case.record.args(), case.family()) else { return None };
    let most = if family == Family::Inet6 { LONGEST.1 } else { LONGEST.0 };
    let says = text!("lab-cause-too-long", length = length.to_string(), most = most.to_string());
    (*length > most && family != Family::Unix).then(|| Cause::seen(says))
}

/// An earlier datagram met nobody.
pub(super) fn nobody_bound(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    let row = case.before(life.last_sent)?;
    Some(Cause::seen(text!("lab-cause-nobody-bound", row = row.to_string())).by(row))
}

/// Keepalive, or a limit for what is not acknowledged.
pub(super) fn probes(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    let (name, (row, value)) = ["TCP_USER_TIMEOUT", "SO_KEEPALIVE"].iter().find_map(|name| Some((*name, life.option(name)?)))?;
    Some(Cause::new(Certainty::Likely, text!("lab-cause-probes", option = name, value = value.to_string(), row = row.to_string())).by(*row))
}
