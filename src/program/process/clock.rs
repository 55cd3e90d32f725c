//! One clock for two processes: that of the trace is counted from a moment on the clock that all processes of a machine have in common.

use std::time::{Duration, Instant};

use crate::net::process::monotonic;
use crate::trace::Clock;

/// How often it is tried to look at two clocks at the same moment: a thread may be stopped in between.
const TRIES: u32 = 8;

/// What `clock` shows, and what the common clock shows at the same moment, in nanoseconds.
fn together<T>(clock: impl Fn() -> T) -> (T, u64) {
    let look = || {
        let before = monotonic();
        let shown = clock();
        let after = monotonic();
        (after.saturating_sub(before), shown, before.midpoint(after))
    };
    let (_, shown, common) = (1..TRIES).map(|_| look()).fold(look(), |best, now| if now.0 < best.0 { now } else { best });
    (shown, common)
}

/// What the common clock showed at 0 of the trace.
pub(super) fn zero(of: &Clock) -> u64 {
    let (shown, common) = together(|| of.now());
    common.saturating_sub(shown)
}

/// A moment, and what the clock of the trace with this 0 shows then.
pub(super) fn now(zero: u64) -> (Instant, Duration) {
    let (moment, common) = together(Instant::now);
    (moment, Duration::from_nanos(common.saturating_sub(zero)))
}
