//! Why the system gave no more, or did not allow it: files, rights, routes.

use std::collections::BTreeMap;

use super::case::Case;
use super::{Cause, Certainty, Remedy};
use crate::net::option::by_name;
use crate::text;
use crate::trace::{Address, Value};

/// Who has how many sockets open, where there is no room for another file.
pub(super) fn many_files(case: &Case<'_>) -> Option<Cause> {
    let mut counts = BTreeMap::new();
    let is_open = |born: Option<u64>, closed: Option<u64>| born.is_none_or(|born| born < case.record.n) && case.before(closed).is_none();
    let open = case.coach.lives.all().filter(|(_, life)| is_open(life.connected.or(life.bound), life.closed));
    open.for_each(|(_, life)| *counts.entry(life.program).or_insert(0_u64) += 1);
    let all = counts.values().sum::<u64>();
    let (program, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let says = text!("lab-cause-many-files", all = all.to_string(), program = case.name(program), most = most.to_string());
    Some(Cause::new(Certainty::Likely, says).or(Some(Remedy::Stop(program))))
}

/// Its filter was fixed.
pub(super) fn filter_locked(case: &Case<'_>) -> Option<Cause> {
    case.option().filter(|(option, _)| option.name.ends_with("_FILTER"))?;
    let (row, _) = case.life?.option("SO_LOCK_FILTER").filter(|_| case.has("SO_LOCK_FILTER"))?;
    Some(Cause::seen(text!("lab-cause-filter-locked", row = row.to_string())).by(*row))
}

/// The option belongs to the administrator.
pub(super) fn option_rights(case: &Case<'_>) -> Option<Cause> {
    let (option, value) = case.option()?;
    let certainty = if option.is_privileged { Certainty::Seen } else { Certainty::Likely };
    let value = value.map(ToString::to_string).unwrap_or_default();
    Some(Cause::new(certainty, text!("lab-cause-option-rights", option = option.name, value = value)))
}

/// A firewall forbids what is sent.
pub(super) fn firewall(case: &Case<'_>) -> Option<Cause> {
    let to = case.ip().or_else(|| case.life?.peer.as_ref()?.ip())?;
    Some(Cause::new(Certainty::Likely, text!("lab-cause-firewall", address = to.to_string())))
}

/// The socket was told to use no router.
pub(super) fn no_router(case: &Case<'_>) -> Option<Cause> {
    let (row, _) = case.life?.option("SO_DONTROUTE").filter(|_| case.has("SO_DONTROUTE"))?;
    let clear = by_name("SO_DONTROUTE").map(|option| Remedy::Option(case.record.program, option, Value::Flag(false)));
    Some(Cause::seen(text!("lab-cause-no-router", row = row.to_string())).by(*row).or(clear))
}

/// No route of this computer leads there.
pub(super) fn no_route(case: &Case<'_>) -> Option<Cause> {
    let to = case.ip().or_else(|| case.life?.peer.as_ref()?.ip())?;
    let addresses = &case.coach.around.addresses;
    let own = addresses.iter().filter(|own| own.address.is_ipv4() == to.ip().to_canonical().is_ipv4());
    let own = own.map(|own| own.address.to_string()).take(4).collect::<Vec<_>>().join(", ");
    let to = Address::from(to).to_string();
    let says =
        if own.is_empty() { text!("lab-cause-no-route", address = to) } else { text!("lab-cause-no-route-from", address = to, own = own) };
    Some(Cause::new(Certainty::Likely, says))
}

/// The network is there, the machine is not.
pub(super) fn no_host(case: &Case<'_>) -> Option<Cause> {
    let to = case.ip().or_else(|| case.life?.peer.as_ref()?.ip())?;
    Some(Cause::new(Certainty::Likely, text!("lab-cause-no-host", address = to.ip().to_string())))
}
