//! One way of a link for datagrams: which are lost, doubled, late or out of order, and when each goes on.

use std::collections::VecDeque;
use std::time::Duration;

use super::way::PATIENCE;
use super::{Class, Fate, FaultPlan, Faults, Way, chance_of, nanoseconds, part_of, time_of};
use crate::trace::{Direction, FaultKind};

/// What a datagram takes beside its bytes, in the queue: empty ones are not endless either.
const OVERHEAD: usize = 64;

/// A datagram that waits.
#[derive(Debug)]
struct Held {
    due: u64,
    bytes: Vec<u8>,
}

/// One way, for the datagrams of one client.
#[derive(Debug)]
pub struct Line {
    direction: Direction,
    faults: Faults,
    /// What chance says about lengths of time.
    chance: u64,
    /// In the order in which they go.
    held: VecDeque<Held>,
    /// One that goes after the next.
    aside: Option<Held>,
    /// What all of them take in the queue.
    length: usize,
    /// When the last goes, at the earliest.
    last: u64,
    /// When the limit of the rate lets the next begin.
    free: u64,
}

impl Line {
    /// An empty one. The same seed, number of the client and direction, and the same datagrams give the same decisions.
    pub fn new(seed: u64, number: u64, direction: Direction) -> Self {
        Self {
            direction,
            faults: Faults::new(FaultPlan { seed, ..FaultPlan::default() }, number),
            chance: chance_of(seed, number, direction),
            held: VecDeque::new(),
            aside: None,
            length: 0,
            last: 0,
            free: 0,
        }
    }

    /// Takes a datagram in at `now`; returns what happens to it.
    pub fn take(&mut self, way: &Way, now: u64, datagram: &[u8]) -> Vec<FaultKind> {
        self.faults.follow(way.plan());
        let fate = self.faults.meet(self.direction, Class::Other);
        let jitter = part_of(way.jitter, &mut self.chance);
        if fate == Fate::Drop {
            return vec![FaultKind::Dropped];
        }
        let mut met = Vec::new();
        if self.put(way, now, jitter, datagram, matches!(fate, Fate::Late(_)), &mut met) && fate == Fate::Double {
            met.push(FaultKind::Duplicated);
            // What happens to the second happened to the first.
            self.put(way, now, jitter, datagram, false, &mut Vec::new());
        }
        met
    }

    /// Puts a datagram into the queue; returns whether it fits.
    fn put(&mut self, way: &Way, now: u64, jitter: Duration, datagram: &[u8], late: bool, met: &mut Vec<FaultKind>) -> bool {
        let cost = datagram.len() + OVERHEAD;
        // One always fits: else nothing would pass a small queue.
        if self.length > 0 && self.length + cost > way.queue as usize {
            met.push(FaultKind::Overflowed);
            return false;
        }
        let mut due = now;
        if way.rate > 0 {
            due = self.free.max(now).saturating_add(time_of(datagram.len(), way.rate));
            self.free = due;
            met.push(FaultKind::Limited(Duration::from_nanos(due - now)));
        }
        let delay = way.delay.saturating_add(jitter);
        if !delay.is_zero() {
            met.push(FaultKind::Delayed(delay));
        }
        due = due.saturating_add(nanoseconds(delay)).max(self.last);
        self.length += cost;
        let held = Held { due, bytes: datagram.to_vec() };
        if late && self.aside.is_none() {
            met.push(FaultKind::Reordered);
            self.aside = Some(held);
            return true;
        }
        self.push(held);
        if let Some(aside) = self.aside.take() {
            self.push(aside);
        }
        true
    }

    fn push(&mut self, held: Held) {
        let due = held.due.max(self.last);
        self.last = due;
        self.held.push_back(Held { due, ..held });
    }

    /// When there is something to do next; none while nothing waits.
    pub fn next(&self) -> Option<u64> {
        let patience = self.aside.as_ref().map(|aside| aside.due.saturating_add(nanoseconds(PATIENCE)));
        self.held.front().map(|held| held.due).into_iter().chain(patience).min()
    }

    /// The next datagram that goes on by `now`.
    pub fn pop(&mut self, now: u64) -> Option<Vec<u8>> {
        if self.aside.as_ref().is_some_and(|aside| aside.due.saturating_add(nanoseconds(PATIENCE)) <= now)
            && let Some(aside) = self.aside.take()
        {
            self.push(aside);
        }
        let held = self.held.pop_front_if(|held| held.due <= now)?;
        self.length = self.length.saturating_sub(held.bytes.len() + OVERHEAD);
        Some(held.bytes)
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.aside.is_none()
    }

    /// The way is another from now on: what waits longer than it would now goes sooner.
    pub fn changed(&mut self, way: &Way, now: u64) {
        let most = now.saturating_add(nanoseconds(way.delay.saturating_add(way.jitter)));
        if way.rate == 0 {
            for held in self.held.iter_mut().chain(&mut self.aside) {
                held.due = held.due.min(most);
            }
            self.last = self.last.min(most);
        }
        self.free = self.free.min(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    /// All that is due by `now`.
    fn due(line: &mut Line, now: u64) -> Vec<u8> {
        std::iter::from_fn(|| line.pop(now)).filter_map(|datagram| datagram.first().copied()).collect()
    }

    #[test]
    fn a_perfect_line_passes_at_once_and_says_nothing() {
        let (way, mut line) = (Way::default(), Line::new(0, 0, Direction::Sent));
        for number in 0..100 {
            assert_eq!(line.take(&way, 7, &[number]), []);
            assert_eq!(line.next(), Some(7));
            assert_eq!(line.pop(6), None);
            assert_eq!(line.pop(7), Some(vec![number]));
        }
        assert!(line.is_empty() && line.next().is_none() && line.length == 0);
    }

    #[test]
    fn the_same_seed_makes_the_same_of_the_same_datagrams() {
        let way = Way { loss: 20, duplicate: 10, reorder: 10, jitter: Duration::from_millis(5), ..Way::default() };
        let run = |seed, number, direction| {
            let mut line = Line::new(seed, number, direction);
            let met = (0..=255).map(|datagram| line.take(&way, u64::from(datagram) * MS, &[datagram])).collect::<Vec<_>>();
            (met, std::iter::from_fn(|| line.next().and_then(|next| Some((next, line.pop(next.max(400 * MS))?)))).collect::<Vec<_>>())
        };
        let first = run(7, 1, Direction::Sent);
        assert_eq!(first, run(7, 1, Direction::Sent));
        for other in [run(8, 1, Direction::Sent), run(7, 2, Direction::Sent), run(7, 1, Direction::Received)] {
            assert_ne!(first, other);
        }
        for kind in [FaultKind::Dropped, FaultKind::Duplicated, FaultKind::Reordered] {
            assert!((10..80).contains(&first.0.iter().filter(|met| met.contains(&kind)).count()), "{kind:?}");
        }
    }

    #[test]
    fn what_changes_while_it_runs_changes_nothing_of_what_chance_says_later() {
        let lossy = Way { loss: 50, ..Way::default() };
        let fates = |at: u8, other: &Way| {
            let mut line = Line::new(3, 0, Direction::Sent);
            let fates = (0..200).map(|number| line.take(if number == at { other } else { &lossy }, 0, b"") == [FaultKind::Dropped]);
            fates.collect::<Vec<_>>()
        };
        let (usual, changed) = (fates(255, &lossy), fates(100, &Way { jitter: Duration::from_secs(1), loss: 100, ..Way::default() }));
        assert_eq!((&usual[..100], &usual[101..]), (&changed[..100], &changed[101..]));
    }

    #[test]
    fn one_out_of_order_goes_after_the_next_or_when_none_comes() {
        let (always, never) = (Way { reorder: 100, ..Way::default() }, Way::default());
        let mut line = Line::new(0, 0, Direction::Sent);
        assert_eq!(line.take(&always, 0, b"1"), [FaultKind::Reordered]);
        assert_eq!(due(&mut line, 50 * MS), b"");
        line.take(&never, 60 * MS, b"2");
        assert_eq!(due(&mut line, 60 * MS), b"21");
        line.take(&always, 100 * MS, b"3");
        assert_eq!(line.next(), Some(200 * MS));
        assert_eq!(due(&mut line, 200 * MS), b"3");
        assert!(line.is_empty());
    }

    #[test]
    fn a_rate_lets_one_go_after_the_other_and_a_full_queue_loses() {
        let way = Way { rate: 1_000, queue: 600, delay: Duration::from_millis(10), ..Way::default() };
        let mut line = Line::new(0, 0, Direction::Sent);
        let by = |milliseconds| FaultKind::Limited(Duration::from_millis(milliseconds));
        let delayed = FaultKind::Delayed(Duration::from_millis(10));
        assert_eq!(line.take(&way, 0, &[1; 100]), [by(100), delayed]);
        assert_eq!(line.take(&way, 0, &[2; 100]), [by(200), delayed]);
        assert_eq!(line.take(&way, 0, &[3; 100]), [by(300), delayed]);
        assert_eq!(line.take(&way, 0, &[4; 100]), [FaultKind::Overflowed]);
        assert_eq!(due(&mut line, 109 * MS), b"");
        assert_eq!(due(&mut line, 110 * MS), [1]);
        assert_eq!(due(&mut line, 310 * MS), [2, 3]);
        let huge = Way { queue: 1, ..Way::default() };
        assert_eq!(line.take(&huge, 400 * MS, &[5; 1000]), [], "one always fits");
    }

    #[test]
    fn a_shorter_delay_holds_for_what_waits_too() {
        let slow = Way { delay: Duration::from_mins(1), ..Way::default() };
        let mut line = Line::new(0, 0, Direction::Sent);
        line.take(&slow, 0, b"1");
        line.take(&slow, MS, b"2");
        let quick = Way { delay: Duration::from_millis(5), ..Way::default() };
        line.changed(&quick, 10 * MS);
        assert_eq!(line.next(), Some(15 * MS));
        assert_eq!(due(&mut line, 15 * MS), b"12");
        line.take(&quick, 20 * MS, b"3");
        assert_eq!(line.next(), Some(25 * MS));
    }
}
