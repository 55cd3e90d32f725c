//! How finely the time of a call under way is told, and when it is told anew: no frame is drawn in which nothing would be different.
//!
//! Without 3D a frame is dear. What has waited long is told in longer steps, and all calls step at the same instants, so that ten of them cost no more than one.

use std::time::Duration;

use super::scene::Scene;

/// A tenth of a second, in nanoseconds.
const TENTH: u64 = 100_000_000;

/// The step in which the time of the youngest of the calls is told that are under way; both in nanoseconds.
const fn step(age: u64) -> u64 {
    match age / (10 * TENTH) {
        0..2 => TENTH,
        2..10 => 5 * TENTH,
        10..60 => 50 * TENTH,
        60..600 => 100 * TENTH,
        _ => 600 * TENTH,
    }
}

/// The time that calls under way are told by.
#[derive(Debug, Default)]
pub(super) struct Ticking {
    told: u64,
}

impl Ticking {
    /// That time, in nanoseconds since the start of the trace: now, or a little before. It never goes back.
    pub(super) fn told(&mut self, scene: &Scene) -> u64 {
        let now = youngest(scene).map_or(scene.now, |age| scene.now - age % step(age));
        self.told = self.told.max(now);
        self.told
    }
}

/// After which time something that is shown will be different by itself; none where nothing will.
pub(super) fn pause(scene: &Scene) -> Option<Duration> {
    let soon = scene.soon.then_some(TENTH);
    let ticks = youngest(scene).map(|age| step(age) - age % step(age));
    // Rows stand in the file about a second after they came.
    let written = scene.recording.as_ref().filter(|recording| recording.rows < scene.newest).map(|_| 10 * TENTH);
    soon.into_iter().chain(ticks).chain(written).min().map(Duration::from_nanos)
}

fn youngest(scene: &Scene) -> Option<u64> {
    scene.open.iter().filter(|open| !open.held).map(|open| scene.now.saturating_sub(open.t0)).min()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::trace::{Args, Call, OpenCall, Origin, ProgramId, Store, ThreadId};

    /// A scene at `now` in which a call has begun at each of `begun`, in milliseconds.
    fn scene(begun: &[u64], now: u64) -> Scene {
        let open = |t0: &u64| OpenCall {
            call: Call::Recv,
            args: Args::Length(9),
            socket: None,
            program: ProgramId(1),
            thread: ThreadId(1),
            origin: Origin::Program,
            t0: t0 * 1_000_000,
            held: false,
        };
        Scene::still(&Arc::new(Store::new(1 << 16)), begun.iter().map(open).collect(), now * 1_000_000)
    }

    #[test]
    fn what_is_told_changes_when_the_pause_is_over_and_not_before() {
        for begun in [&[0][..], &[300], &[0, 700, 12_345]] {
            let mut now = 13_000;
            for _ in 0..200 {
                let pause = pause(&scene(begun, now)).expect("a call is under way").as_millis() as u64;
                let told = |now| Ticking::default().told(&scene(begun, now));
                let before = told(now);
                assert_eq!(told(now + pause - 1), before, "{begun:?} at {now}");
                assert!(told(now + pause) > before, "{begun:?} at {now}");
                now += pause;
            }
        }
    }

    #[test]
    fn what_was_told_is_not_taken_back() {
        let mut ticking = Ticking::default();
        let told = ticking.told(&scene(&[0, 13_000], 13_400));
        assert_eq!(told, 13_400_000_000);
        assert_eq!(ticking.told(&scene(&[0], 13_500)), told, "the younger call has returned");
        assert_eq!(ticking.told(&scene(&[0], 15_000)), 15_000_000_000);
    }

    #[test]
    fn what_waits_long_is_told_seldom() {
        let frames = |from: u64, to: u64| {
            let (mut now, mut frames) = (from, 0);
            while now < to {
                now += pause(&scene(&[0], now)).expect("a call is under way").as_millis() as u64;
                frames += 1;
            }
            frames
        };
        assert_eq!((frames(0, 1_000), frames(10_000, 40_000), frames(60_000, 120_000)), (10, 6, 6));
        assert_eq!(pause(&scene(&[], 5_000)), None, "nothing waits");
    }
}
