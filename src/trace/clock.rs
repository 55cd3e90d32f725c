//! The one clock of a trace: nanoseconds since it began, which never go back.

use std::time::{Duration, Instant, SystemTime};

/// A monotonic clock that starts at 0, and the time of day when it did.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
    wall: SystemTime,
}

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { start: Instant::now(), wall: SystemTime::now() }
    }

    /// The clock of another process of this machine, which showed `now` at the moment `at`.
    pub(super) fn continued(at: Instant, now: Duration) -> Self {
        // Before this machine was started there was no clock.
        let start = at.checked_sub(now).unwrap_or(at);
        Self { start, wall: SystemTime::now() }
    }

    /// Nanoseconds since the start.
    pub fn now(&self) -> u64 {
        self.at(Instant::now())
    }

    /// `instant` in nanoseconds since the start; 0 for what was before.
    pub fn at(&self, instant: Instant) -> u64 {
        instant.saturating_duration_since(self.start).as_nanos() as u64
    }

    /// The time of day of the start.
    pub const fn wall(&self) -> SystemTime {
        self.wall
    }

    /// The time of day at `nanoseconds` since the start.
    pub fn wall_at(&self, nanoseconds: u64) -> SystemTime {
        self.wall + Duration::from_nanos(nanoseconds)
    }
}
