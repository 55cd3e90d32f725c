//! What the lab lets happen to datagrams, as a network might: which are lost, doubled or late. A plan with a seed, so that the same run meets the same faults.
//!
//! A plan knows nothing of sockets: [`Faults::meet`] says what becomes of the next datagram one way, and whoever carries datagrams does it (a program's end of a
//! transfer, a relay) and writes it into the trace as [`Kind::Fault`](crate::trace::Kind::Fault).
//!
//! A relay holds what it carries: [`Line`] is one way of it for datagrams, [`Pipe`] for a stream, [`Way`] says how they are. They know neither sockets nor a clock:
//! they are told what time it is, in nanoseconds, and say until when there is nothing to do.

mod line;
mod pipe;
mod way;

use std::time::Duration;

pub use line::Line;
pub use pipe::{Pipe, Step};
pub use way::{MOST_QUEUE, Way};

use crate::trace::Direction;

/// The longest a datagram may be held back.
pub const MOST_DELAY: Duration = Duration::from_mins(1);

/// What is to happen to datagrams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultPlan {
    /// What chance begins with.
    pub seed: u64,
    /// How many of a hundred datagrams are lost, each way.
    pub loss: u8,
    /// How many of a hundred are doubled, each way.
    pub duplicate: u8,
    /// How many of a hundred are late, each way.
    pub late: u8,
    /// By how much the late ones are.
    pub delay: Duration,
    /// Which pieces of data are lost, counted from 1, each time they come by.
    pub drop_data: Vec<u64>,
    /// Which acknowledgements are lost, counted likewise.
    pub drop_ack: Vec<u64>,
}

impl FaultPlan {
    /// Whether nothing happens.
    pub fn is_empty(&self) -> bool {
        let Self { seed: _, loss, duplicate, late, delay: _, drop_data, drop_ack } = self;
        (*loss, *duplicate, *late) == (0, 0, 0) && drop_data.is_empty() && drop_ack.is_empty()
    }
}

/// What a datagram is to those who count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A piece of what is carried.
    Data,
    /// Says that pieces came.
    Ack,
    /// Anything else.
    Other,
}

/// What becomes of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on.
    Pass,
    /// It is lost.
    Drop,
    /// It goes on twice.
    Double,
    /// It goes on after so long.
    Late(Duration),
}

/// A plan under way.
#[derive(Clone, Debug)]
pub struct Faults {
    plan: FaultPlan,
    /// Chance, one for each way: what goes one way does not change what happens to the other.
    chance: [u64; 2],
    data: u64,
    acks: u64,
}

impl Faults {
    /// A plan that begins. `number` tells apart those that run beside each other with one plan.
    pub fn new(plan: FaultPlan, number: u64) -> Self {
        let seed = plan.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self { plan, chance: [seed, seed ^ 0x5555_5555_5555_5555], data: 0, acks: 0 }
    }

    /// From now on this is the plan; chance goes on where it was. The seed and what was counted stay.
    pub fn follow(&mut self, plan: FaultPlan) {
        self.plan = plan;
    }

    /// What becomes of the next datagram that goes this way.
    pub fn meet(&mut self, direction: Direction, class: Class) -> Fate {
        let named = match class {
            Class::Data => {
                self.data += 1;
                self.plan.drop_data.contains(&self.data)
            }
            Class::Ack => {
                self.acks += 1;
                self.plan.drop_ack.contains(&self.acks)
            }
            Class::Other => false,
        };
        let [sent, received] = &mut self.chance;
        let chance = if direction == Direction::Sent { sent } else { received };
        // Drawn whether they decide or not: what one setting says does not change what another does.
        let [lost, doubled, late] = [self.plan.loss, self.plan.duplicate, self.plan.late].map(|percent| draw(chance) < u64::from(percent));
        match () {
            () if named || lost => Fate::Drop,
            () if doubled => Fate::Double,
            () if late => Fate::Late(self.plan.delay),
            () => Fate::Pass,
        }
    }
}

/// The next number of 0 to 99.
fn draw(state: &mut u64) -> u64 {
    next(state) % 100
}

/// A length of time from nothing to `most`, both included. Something is drawn in any case: a setting that changes does not change what chance says later.
fn part_of(most: Duration, state: &mut u64) -> Duration {
    let drawn = next(state);
    let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(drawn % most.saturating_add(1).max(1))
}

/// What chance for lengths of time begins with: another than that for fates.
const fn chance_of(seed: u64, number: u64, direction: Direction) -> u64 {
    let way = match direction {
        Direction::Sent => 0x3333_3333_3333_3333,
        Direction::Received => 0xcccc_cccc_cccc_cccc,
    };
    seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)) ^ way
}

/// How long `bytes` take at `rate` bytes a second, in nanoseconds.
fn time_of(bytes: usize, rate: u64) -> u64 {
    u64::try_from(bytes as u128 * 1_000_000_000 / u128::from(rate.max(1))).unwrap_or(u64::MAX)
}

/// The length in nanoseconds.
fn nanoseconds(length: Duration) -> u64 {
    u64::try_from(length.as_nanos()).unwrap_or(u64::MAX)
}

/// The next number (splitmix64, by Sebastiano Vigna: public domain).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fates(plan: &FaultPlan, number: u64) -> Vec<Fate> {
        let mut faults = Faults::new(plan.clone(), number);
        (0..10_000).map(|_| faults.meet(Direction::Sent, Class::Data)).collect()
    }

    #[test]
    fn a_seed_gives_the_same_faults_and_about_as_many_as_asked() {
        let plan = FaultPlan { seed: 7, loss: 10, duplicate: 5, late: 20, delay: Duration::from_millis(3), ..FaultPlan::default() };
        let first = fates(&plan, 0);
        assert_eq!(first, fates(&plan, 0));
        assert_ne!(first, fates(&plan, 1));
        assert_ne!(first, fates(&FaultPlan { seed: 8, ..plan.clone() }, 0));
        let count = |fate| first.iter().filter(|other| **other == fate).count();
        assert!((900..1100).contains(&count(Fate::Drop)), "{}", count(Fate::Drop));
        assert!((350..550).contains(&count(Fate::Double)), "{}", count(Fate::Double));
        assert!((1500..1900).contains(&count(Fate::Late(plan.delay))), "{}", count(Fate::Late(plan.delay)));
    }

    #[test]
    fn named_datagrams_are_lost_and_nothing_else_happens_without_a_plan() {
        assert!(FaultPlan::default().is_empty() && fates(&FaultPlan::default(), 0).iter().all(|fate| *fate == Fate::Pass));
        let plan = FaultPlan { drop_data: vec![2, 4], drop_ack: vec![1], ..FaultPlan::default() };
        assert!(!plan.is_empty());
        let mut faults = Faults::new(plan, 0);
        let mut meet = |direction, class| faults.meet(direction, class) == Fate::Drop;
        let data = [(); 5].map(|()| {
            assert!(!meet(Direction::Sent, Class::Other));
            meet(Direction::Sent, Class::Data)
        });
        assert_eq!(data, [false, true, false, true, false]);
        assert_eq!([(); 2].map(|()| meet(Direction::Received, Class::Ack)), [true, false]);
    }

    #[test]
    fn one_way_does_not_change_the_other() {
        let plan = FaultPlan { loss: 50, ..FaultPlan::default() };
        let alone = fates(&plan, 0);
        let mut faults = Faults::new(plan, 0);
        let beside = (0..10_000).map(|turn| {
            if turn % 3 == 0 {
                faults.meet(Direction::Received, Class::Ack);
            }
            faults.meet(Direction::Sent, Class::Data)
        });
        assert_eq!(beside.collect::<Vec<_>>(), alone);
    }
}
