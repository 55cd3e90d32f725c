//! Why an option could not be set or read.

use super::case::Case;
use super::{Cause, Certainty};
use crate::text;
use crate::trace::{Call, Value};

/// `IPV6_V6ONLY` is fixed by bind.
pub(super) fn after_bind(case: &Case<'_>) -> Option<Cause> {
    let (option, _) = case.option().filter(|(option, _)| option.name == "IPV6_V6ONLY")?;
    let row = case.before(case.life?.bound).or_else(|| case.before(case.life?.connected))?;
    Some(Cause::seen(text!("lab-cause-after-bind", option = option.name, row = row.to_string())).by(row))
}

/// The kernel does not take the value.
pub(super) fn out_of_range(case: &Case<'_>) -> Option<Cause> {
    let (option, value) = case.option()?;
    Some(Cause::new(Certainty::Likely, text!("lab-cause-out-of-range", option = option.name, value = value?.to_string())))
}

/// It can only be read.
pub(super) fn read_only(case: &Case<'_>) -> Option<Cause> {
    let (option, _) = case.option().filter(|_| case.call == Call::SetSockOpt)?;
    let is_of_this = is_of(case)?;
    is_of_this.then(|| Cause::new(Certainty::Likely, text!("lab-cause-read-only", option = option.name)))
}

fn is_of(case: &Case<'_>) -> Option<bool> {
    let ((option, _), (family, kind)) = (case.option()?, case.life?.made?);
    Some(option.families.contains(&family) && option.types.contains(&kind))
}

/// It belongs to sockets of another family or type.
pub(super) fn other_socket(case: &Case<'_>) -> Option<Cause> {
    let ((option, _), (family, kind)) = (case.option()?, case.life?.made?);
    let says = text!("lab-cause-other-socket", option = option.name, family = family.name(), kind = kind.name());
    (!is_of(case)?).then(|| Cause::seen(says))
}

/// It is in the group.
pub(super) fn joined(case: &Case<'_>) -> Option<Cause> {
    let group = case.option()?.1?;
    let row = case.before(case.life?.joined(group))?;
    Some(Cause::seen(text!("lab-cause-joined", row = row.to_string())).by(row))
}

/// It is not in the group.
pub(super) fn not_joined(case: &Case<'_>) -> Option<Cause> {
    let group = case.option()?.1?;
    let is_group = matches!(group, Value::Group(..));
    (is_group && case.life?.joined(group).is_none()).then(|| Cause::seen(text!("lab-cause-not-joined")))
}
