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
