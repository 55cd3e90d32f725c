//! The programs that the lab has started for a peer: how one is ended together with what it has started.

use super::sys;

/// Ends the group of processes that the process `id` leads, which must not have been waited for yet: a number that was is anybody's. Where the system has no
/// such groups nothing happens.
pub(crate) fn end_group(id: u32) {
    sys::end_group(id);
}
