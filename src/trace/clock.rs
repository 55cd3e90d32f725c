//! The one clock of a trace: nanoseconds since it began, which never go back.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime};

/// Reads a clock that only goes forward, in nanoseconds since some moment before.
pub type Ticks = fn() -> u64;

/// [`Ticks`] of the standard library's clock, since it was first read in this process.
pub fn standard_ticks() -> u64 {
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    FIRST.elapsed().as_nanos() as u64
}

/// A monotonic clock that starts at 0, and the time of day when it did.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    ticks: Ticks,
    zero: u64,
    wall: SystemTime,
}

impl Clock {
    /// A clock that starts now.
    pub(super) fn start(ticks: Ticks) -> Self {
        Self::since(ticks, ticks())
    }

    /// The clock of a trace at whose 0 the ticks were `zero`.
    pub(super) fn since(ticks: Ticks, zero: u64) -> Self {
        Self { ticks, zero, wall: SystemTime::now() }
    }

    /// Nanoseconds since the start.
    pub fn now(&self) -> u64 {
        (self.ticks)().saturating_sub(self.zero)
    }

    /// What `ticks` were at the start: exactly where it is read by them, else as near as two readings, one after the other, can tell.
    pub fn zero_on(&self, ticks: Ticks) -> u64 {
        if std::ptr::fn_addr_eq(self.ticks, ticks) { self.zero } else { ticks().saturating_sub(self.now()) }
    }

    /// The time of day of the start.
    pub const fn wall(&self) -> SystemTime {
        self.wall
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AHEAD: u64 = 3_600_000_000_000;

    fn ahead() -> u64 {
        standard_ticks() + AHEAD
    }

    #[test]
    fn a_clock_goes_on_in_another_process_whichever_ticks_that_one_has() {
        let clock = Clock::start(standard_ticks);
        assert_eq!(clock.zero_on(standard_ticks), clock.zero);
        let before = clock.now();
        let there = Clock::since(ahead, clock.zero_on(ahead));
        let (shown, after) = (there.now(), clock.now());
        assert!(before <= shown && shown - before < AHEAD / 2 && after >= before, "{before} {shown} {after}");
    }
}
