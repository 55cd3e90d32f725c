//! Why an address could not be had or reached: bind, listen, connect, sendto.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::case::{Case, meet};
use super::{Cause, Certainty, Remedy};
use crate::net::ports::{Bound, BoundState, Owner};
use crate::text;
use crate::text::Message;
use crate::trace::lives::SocketLife;
use crate::trace::{Address, Call, Family, SocketId, SocketType, notation};

/// How long Linux keeps a connection in `TIME_WAIT` (`TCP_TIMEWAIT_LEN` in include/net/tcp.h).
const TIME_WAIT: Duration = Duration::from_mins(1);

fn any(ip: IpAddr) -> bool {
    ip.to_canonical().is_unspecified()
}

/// A socket of the lab listens there.
pub(super) fn listened_on(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder.filter(|_| case.call == Call::Bind);
    let (socket, program, row) = match holder {
        Some(holder) => (holder.socket, holder.program, case.before(holder.listening)?),
        None => other_listener(case)?,
    };
    let dual = dual(case, socket);
    let name = case.name(program);
    let says = if dual {
        text!("lab-cause-dual", program = name, socket = socket.to_string(), row = row.to_string())
    } else {
        text!("lab-cause-listening", program = name, socket = socket.to_string(), row = row.to_string())
    };
    let only = if dual { case.flag(Some(program), "IPV6_V6ONLY") } else { None };
    Some(Cause::seen(says).by(row).or(only).or(Some(Remedy::Stop(program))))
}

/// The other socket that listens on the address of the socket of a listen.
fn other_listener(case: &Case<'_>) -> Option<(SocketId, crate::trace::ProgramId, u64)> {
    let wanted = case.ip().filter(|_| case.call == Call::Listen)?;
    let listens = |(socket, life): &(SocketId, &SocketLife)| {
        let is_other = Some(*socket) != case.record.socket && life.closed.is_none_or(|closed| closed > case.record.n);
        let at = life.local.as_ref().and_then(Address::ip).filter(|at| is_other && meet(*at, wanted));
        at.and_then(|_| case.before(life.listening)).map(|row| (*socket, life.program, row))
    };
    case.coach.lives.all().find_map(|entry| listens(&entry))
}

/// Whether a socket of all addresses of IPv6 is in the way of one of IPv4.
fn dual(case: &Case<'_>, socket: SocketId) -> bool {
    let theirs = case.coach.lives.socket(socket).and_then(|life| life.local.as_ref()?.ip());
    case.ip().is_some_and(|wanted| wanted.is_ipv4()) && theirs.is_some_and(|theirs| theirs.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED))
}

/// A socket of the lab has it, without listening.
pub(super) fn bound_by(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder.filter(|holder| case.before(holder.listening).is_none())?;
    let (program, socket, row) = (case.name(holder.program), holder.socket.to_string(), holder.bound.to_string());
    let is_dual = dual(case, holder.socket);
    let says = if is_dual {
        text!("lab-cause-dual", program = program, socket = socket, row = row)
    } else {
        text!("lab-cause-bound", program = program, socket = socket, row = row)
    };
    let only = if is_dual { case.flag(Some(holder.program), "IPV6_V6ONLY") } else { None };
    Some(Cause::seen(says).by(holder.bound).or(only).or(Some(Remedy::Stop(holder.program))))
}

/// A connection that was closed keeps the port for a while.
pub(super) fn time_wait(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|wanted| wanted.port() != 0 && case.holder.is_none())?;
    let left = case.coach.around.time_waits.iter().filter(|(local, _)| meet(*local, wanted)).map(|(_, left)| *left).max();
    let old = closed_first(case, wanted);
    let says = match (left, &old) {
        (Some(left), _) => {
            text!(
                "lab-cause-time-wait",
                left = notation::duration(Duration::from_secs(left.as_secs())),
                why = reuse(case, old.map(|(_, life)| life))
            )
        }
        (None, Some((_, life))) => text!("lab-cause-time-wait-before", why = reuse(case, Some(life))),
        (None, None) => return None,
    };
    let mut cause = Cause::new(if left.is_some() { Certainty::Seen } else { Certainty::Likely }, says);
    if let Some(row) = old.and_then(|(_, life)| life.closed) {
        cause = cause.by(row);
    }
    Some(cause.or(case.flag(None, "SO_REUSEADDR")))
}

/// The connection of this port that this lab closed last, before the other side did, and not long ago.
fn closed_first<'case>(case: &Case<'case>, wanted: SocketAddr) -> Option<(SocketId, &'case SocketLife)> {
    let is_it = |(_, life): &(SocketId, &SocketLife)| {
        let here = life.local.as_ref().and_then(Address::ip).is_some_and(|local| meet(local, wanted));
        let first =
            life.connected.is_some() && life.ended.is_none_or(|ended| life.shut.is_some_and(|shut| shut < ended)) && life.reset.is_none();
        here && first && case.before(life.closed).is_some()
    };
    let recent = |(_, life): &(SocketId, &SocketLife)| {
        let ago = life.closed_at.map(|closed| case.record.t0.saturating_sub(closed));
        ago.is_some_and(|ago| Duration::from_nanos(ago) < TIME_WAIT)
    };
    case.coach.lives.all().filter(recent).rfind(is_it)
}

/// On which of both sides `SO_REUSEADDR` was set.
fn reuse(case: &Case<'_>, old: Option<&SocketLife>) -> Message {
    match (old.map(|old| old.has("SO_REUSEADDR")), case.has("SO_REUSEADDR")) {
        (Some(false), true) => text!("lab-why-reuse-only-new"),
        (Some(true), false) => text!("lab-why-reuse-only-old"),
        (Some(false), false) => text!("lab-why-reuse-neither"),
        (None, true) => text!("lab-why-reuse-perhaps-old"),
        _ => text!("lab-why-reuse-not-new"),
    }
}

/// A connection that a listener accepted is open while the listener is closed.
pub(super) fn still_open(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|_| case.holder.is_none())?;
    let is_it = |(_, life): &(SocketId, &SocketLife)| {
        let here = life.local.as_ref().and_then(Address::ip).is_some_and(|local| meet(local, wanted));
        here && life.accepted_by.is_some()
            && case.before(life.connected).is_some()
            && life.closed.is_none_or(|closed| closed > case.record.n)
    };
    let (socket, life) = case.coach.lives.all().find(is_it)?;
    let row = life.connected?;
    let says = text!("lab-cause-still-open", program = case.name(life.program), socket = socket.to_string(), row = row.to_string());
    Some(Cause::seen(says).by(row).or(case.flag(None, "SO_REUSEADDR")))
}

fn kind_here(case: &Case<'_>, bound: &Bound) -> bool {
    case.kind().is_none_or(|kind| kind == bound.kind)
}

/// Another process has it.
pub(super) fn process(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|_| case.holder.is_none())?;
    let own = std::process::id();
    let is_it = |(bound, owner): &&(Bound, Option<Owner>)| {
        bound.state == BoundState::Waiting
            && kind_here(case, bound)
            && meet(bound.local, wanted)
            && owner.as_ref().is_none_or(|owner| owner.process != own)
    };
    let (bound, owner) = case.coach.around.taken.iter().find(is_it)?;
    let says = match owner {
        Some(Owner { process, name }) => {
            text!("lab-cause-process", process = name.as_str(), number = process.to_string(), address = bound.local.to_string())
        }
        None => text!("lab-cause-somebody", address = bound.local.to_string()),
    };
    Some(Cause::seen(says))
}

/// No port of the range is left.
pub(super) fn ports_out(case: &Case<'_>) -> Option<Cause> {
    case.ip().filter(|wanted| wanted.port() == 0).map(|_| Cause::seen(text!("lab-cause-ports-out")))
}

/// A socket that is only bound stands in no table.
pub(super) fn unlisted(case: &Case<'_>) -> Option<Cause> {
    case.ip().filter(|_| case.holder.is_none()).map(|_| Cause::new(Certainty::Possible, text!("lab-cause-unlisted")))
}

/// The port belongs to the administrator.
pub(super) fn privileged(case: &Case<'_>) -> Option<Cause> {
    let (port, first) = (case.ip()?.port(), case.coach.around.first_port);
    let says = text!("lab-cause-privileged", port = port.to_string(), first = first.to_string());
    (port > 0 && u32::from(port) < first).then(|| Cause::seen(says))
}

/// No interface of this computer has the address.
pub(super) fn not_mine(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip()?.ip();
    let addresses = &case.coach.around.addresses;
    let is_known = !addresses.is_empty() && !addresses.iter().any(|own| own.address == wanted);
    let certainty = if is_known { Certainty::Seen } else { Certainty::Likely };
    let loopback = if wanted.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { IpAddr::from(Ipv6Addr::LOCALHOST) };
    let own = addresses.iter().map(|own| own.address.to_string()).take(4).collect::<Vec<_>>().join(", ");
    let says = text!("lab-cause-not-mine", address = wanted.to_string(), own = if own.is_empty() { loopback.to_string() } else { own });
    Some(Cause::new(certainty, says).or(Some(Remedy::Bind(case.record.program, loopback))))
}

/// The socket is of one family, the address of another.
pub(super) fn other_family(case: &Case<'_>) -> Option<Cause> {
    let family = case.family()?;
    let other = match case.address()? {
        Address::Ip(SocketAddr::V4(_)) => Family::Inet,
        Address::Ip(SocketAddr::V6(_)) => Family::Inet6,
        _ => Family::Unix,
    };
    let says = text!("lab-cause-other-family", address = case.address()?.to_string(), socket = family.name(), wanted = other.name());
    (family != other).then(|| Cause::seen(says))
}

/// It has an address.
pub(super) fn bound_before(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    let row = case.before(life.bound).or_else(|| case.before(life.connected)).or_else(|| case.before(life.listening))?;
    Some(Cause::seen(text!("lab-cause-bound-before", row = row.to_string())).by(row))
}

/// No file has that name.
pub(super) fn no_path(case: &Case<'_>) -> Option<Cause> {
    match case.address()? {
        Address::Path(path) => Some(Cause::new(Certainty::Likely, text!("lab-cause-no-path", path = &**path))),
        _ => None,
    }
}

/// Datagrams have no connections.
pub(super) fn datagram(case: &Case<'_>) -> Option<Cause> {
    (case.kind()? == SocketType::Datagram).then(|| Cause::seen(text!("lab-cause-datagram", call = case.call.name())))
}

/// It is connected.
pub(super) fn connected_before(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.connected)?;
    let peer = case.life?.peer.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(Cause::seen(text!("lab-cause-connected-before", row = row.to_string(), peer = peer)).by(row))
}

/// It listens.
pub(super) fn listens_itself(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.listening)?;
    Some(Cause::seen(text!("lab-cause-listens-itself", row = row.to_string())).by(row))
}

/// A listener without an address.
pub(super) fn unbound(case: &Case<'_>) -> Option<Cause> {
    case.life.filter(|life| life.bound.is_none()).map(|_| Cause::new(Certainty::Likely, text!("lab-cause-unbound")))
}

/// An accept without a listen.
pub(super) fn not_listening(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    Some(match case.before(life.listening) {
        None => Cause::seen(text!("lab-cause-no-listen")),
        // Nothing else makes a listener refuse.
        Some(row) => Cause::new(Certainty::Likely, text!("lab-cause-listener-shut", row = row.to_string())).by(row),
    })
}

/// The listener was closed before.
pub(super) fn closed_before(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder?;
    let (row, _) = (case.before(holder.closed)?, holder.listening?);
    let (program, socket) = (case.name(holder.program), holder.socket.to_string());
    Some(Cause::seen(text!("lab-cause-closed-before", program = program, socket = socket, row = row.to_string())).by(row))
}

/// It listens only since.
pub(super) fn listens_later(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder?;
    let row = holder.listening.filter(|row| *row > case.record.n)?;
    let (program, socket) = (case.name(holder.program), holder.socket.to_string());
    Some(Cause::seen(text!("lab-cause-listens-later", program = program, socket = socket, row = row.to_string())).by(row))
}

/// It is bound, and does not listen.
pub(super) fn not_yet_listening(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder.filter(|holder| holder.listening.is_none() && holder.closed.is_none_or(|closed| closed > case.record.n))?;
    let is_stream = case.coach.lives.socket(holder.socket).and_then(|life| life.made).is_none_or(|(_, kind)| kind == SocketType::Stream);
    let says = text!(
        "lab-cause-not-listening",
        program = case.name(holder.program),
        socket = holder.socket.to_string(),
        row = holder.bound.to_string()
    );
    is_stream.then(|| Cause::seen(says).by(holder.bound))
}

/// A listener of the lab that fits `is`, with the row of its listen or bind.
fn open_socket<'case>(case: &Case<'case>, is: impl Fn(&SocketLife, SocketAddr) -> bool) -> Option<(SocketId, &'case SocketLife, u64)> {
    case.coach.lives.all().find_map(|(socket, life)| {
        let local = life.local.as_ref()?.ip()?;
        let row = case.before(life.listening.or(life.bound))?;
        let is_open = life.closed.is_none_or(|closed| closed > case.record.n) && life.accepted_by.is_none();
        (is_open && is(life, local)).then_some((socket, life, row))
    })
}

/// Who listens does so for IPv6 alone.
pub(super) fn only_v6(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|wanted| wanted.ip().to_canonical().is_ipv4())?;
    let is_it = |life: &SocketLife, local: SocketAddr| {
        life.has("IPV6_V6ONLY") && local.is_ipv6() && any(local.ip()) && local.port() == wanted.port()
    };
    let (socket, life, row) = open_socket(case, is_it)?;
    let set = life.option("IPV6_V6ONLY").map_or(row, |(set, _)| *set);
    let says = text!("lab-cause-only-v6", program = case.name(life.program), socket = socket.to_string(), row = set.to_string());
    let clear =
        crate::net::option::by_name("IPV6_V6ONLY").map(|option| Remedy::Option(life.program, option, crate::trace::Value::Flag(false)));
    Some(Cause::seen(says).by(set).or(clear))
}

/// A datagram socket has the port.
pub(super) fn other_protocol(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip()?;
    let is_it =
        |life: &SocketLife, local: SocketAddr| life.made.is_some_and(|(_, kind)| kind == SocketType::Datagram) && meet(local, wanted);
    let (socket, life, row) = open_socket(case, is_it)?;
    let says =
        text!("lab-cause-other-protocol", program = case.name(life.program), socket = socket.to_string(), port = wanted.port().to_string());
    Some(Cause::seen(says).by(row))
}

/// Somebody listens on this port, at another address.
pub(super) fn other_address(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip()?;
    let is_it = |life: &SocketLife, local: SocketAddr| life.listening.is_some() && local.port() == wanted.port() && !meet(local, wanted);
    let (socket, life, row) = open_socket(case, is_it)?;
    let at = life.local.as_ref().map(ToString::to_string).unwrap_or_default();
    let says = text!("lab-cause-other-address", program = case.name(life.program), socket = socket.to_string(), address = at);
    Some(Cause::seen(says).by(row))
}

/// Whoever was to listen there has failed itself.
pub(super) fn failed_to_start(case: &Case<'_>) -> Option<Cause> {
    let last = case.coach.failures.last().filter(|last| last.n < case.record.n)?;
    let wanted = case.ip()?;
    let about = match last.args() {
        Some(crate::trace::Args::Address(address)) => address.ip(),
        _ => None,
    };
    let is_it = matches!(last.call(), Some(Call::Bind | Call::Listen)) && about.is_some_and(|about| meet(about, wanted));
    let says = text!("lab-cause-failed-to-start", program = case.name(last.program), row = last.n.to_string());
    is_it.then(|| Cause::seen(says).by(last.n))
}

/// Nobody of the lab has ever listened there.
pub(super) fn nobody_listens(case: &Case<'_>) -> Option<Cause> {
    let address = case.ip()?;
    case.holder.is_none().then(|| Cause::new(Certainty::Likely, text!("lab-cause-nobody-listens", address = address.to_string())))
}

/// The listener takes nobody out of its queue.
pub(super) fn queue_full(case: &Case<'_>) -> Option<Cause> {
    let holder = case.holder?;
    let row = case.before(holder.listening)?;
    let (program, socket) = (case.name(holder.program), holder.socket.to_string());
    Some(Cause::new(Certainty::Likely, text!("lab-cause-queue-full", program = program, socket = socket, row = row.to_string())).by(row))
}

/// Somewhere else nobody says anything.
pub(super) fn nobody_answers(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|wanted| !wanted.ip().is_loopback())?;
    Some(Cause::new(Certainty::Likely, text!("lab-cause-nobody-answers", address = wanted.to_string())))
}

/// An earlier connect goes on.
pub(super) fn connecting(case: &Case<'_>) -> Option<Cause> {
    let row = case.before(case.life?.connecting)?;
    Some(Cause::seen(text!("lab-cause-connecting", row = row.to_string())).by(row))
}

/// An earlier connect failed.
pub(super) fn refused_before(case: &Case<'_>) -> Option<Cause> {
    let life = case.life?;
    let row = case.before(life.connecting).or_else(|| case.before(life.refused))?;
    Some(Cause::seen(text!("lab-cause-refused-before", row = row.to_string())).by(row))
}

/// A socket for IPv6 alone asks an address of IPv4.
pub(super) fn v6_for_mapped(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip()?;
    let IpAddr::V6(ip) = wanted.ip() else { return None };
    ip.to_ipv4_mapped()?;
    let (row, _) = case.life?.option("IPV6_V6ONLY").filter(|_| case.has("IPV6_V6ONLY"))?;
    Some(Cause::seen(text!("lab-cause-v6-for-mapped", address = wanted.to_string(), row = row.to_string())).by(*row))
}

/// Port 0 is nobody's.
pub(super) fn port_zero(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().filter(|wanted| wanted.port() == 0)?;
    Some(Cause::seen(text!("lab-cause-port-zero", address = wanted.to_string())))
}

/// To all of a network.
pub(super) fn broadcast(case: &Case<'_>) -> Option<Cause> {
    let wanted = case.ip().or_else(|| case.life?.peer.as_ref()?.ip())?;
    let IpAddr::V4(ip) = wanted.ip() else { return None };
    let is_one = ip.is_broadcast() || ip == Ipv4Addr::new(127, 255, 255, 255);
    let certainty = if is_one { Certainty::Seen } else { Certainty::Likely };
    let says = text!("lab-cause-broadcast", address = wanted.to_string());
    (!case.has("SO_BROADCAST")).then(|| Cause::new(certainty, says).or(case.flag(None, "SO_BROADCAST")))
}
