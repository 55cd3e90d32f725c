//! Why a Unix socket could not have its path, or not reach one.

use super::case::Case;
use super::{Cause, Certainty, Remedy};
use crate::text;
use crate::trace::lives::SocketLife;
use crate::trace::{Address, SocketId};

/// The path or the abstract name that the call was about.
fn wanted<'case>(case: &Case<'case>) -> Option<&'case Address> {
    case.address().filter(|address| matches!(address, Address::Path(_) | Address::Abstract(_)))
}

/// The last socket of the lab that was bound to it before the call, other than that of the call.
fn bound<'case>(case: &Case<'case>) -> Option<(SocketId, &'case SocketLife)> {
    let wanted = wanted(case)?;
    let is_it = |(socket, life): &(SocketId, &SocketLife)| {
        let is_bound = life.accepted_by.is_none() && case.before(life.bound).is_some() && life.local.as_ref() == Some(wanted);
        is_bound && Some(*socket) != case.record.socket
    };
    case.coach.lives.all().rfind(is_it)
}

fn open<'case>(case: &Case<'case>) -> Option<(SocketId, &'case SocketLife)> {
    bound(case).filter(|(_, life)| case.before(life.closed).is_none())
}

/// A socket of the lab has it.
pub(super) fn held(case: &Case<'_>) -> Option<Cause> {
    let (socket, life) = open(case)?;
    let row = life.bound?;
    let (program, socket) = (case.name(life.program), socket.to_string());
    let says = text!("lab-cause-path-held", program = program, socket = socket, path = wanted(case)?.to_string(), row = row.to_string());
    Some(Cause::seen(says).by(row).or(Some(Remedy::Stop(life.program))))
}

/// The file of a socket that is gone.
pub(super) fn left(case: &Case<'_>) -> Option<Cause> {
    let Address::Path(path) = wanted(case).filter(|_| open(case).is_none())? else { return None };
    Some(Cause::new(Certainty::Likely, text!("lab-cause-path-left", path = &**path)))
}

/// The file is there, and nobody behind it.
pub(super) fn stale(case: &Case<'_>) -> Option<Cause> {
    let address = wanted(case)?;
    let Some((socket, life)) = bound(case) else {
        let says = text!("lab-cause-path-stale", path = address.to_string());
        return Some(Cause::new(Certainty::Likely, says));
    };
    let (program, name) = (case.name(life.program), socket.to_string());
    Some(match (case.before(life.closed), case.before(life.listening)) {
        (Some(row), _) => {
            let says = text!("lab-cause-path-closed", program = program, socket = name, path = address.to_string(), row = row.to_string());
            Cause::seen(says).by(row)
        }
        (None, None) => {
            let row = life.bound?;
            Cause::seen(text!("lab-cause-not-listening", program = program, socket = name, row = row.to_string())).by(row)
        }
        (None, Some(_)) => return None,
    })
}

/// The listener takes nobody out of its queue.
pub(super) fn queue_full(case: &Case<'_>) -> Option<Cause> {
    let (socket, life) = open(case)?;
    let row = case.before(life.listening)?;
    let (program, socket) = (case.name(life.program), socket.to_string());
    Some(Cause::new(Certainty::Likely, text!("lab-cause-queue-full", program = program, socket = socket, row = row.to_string())).by(row))
}
