//! One way of a link for a stream: when bytes go on, and in which pieces. Every byte goes on, once and in order, unless the connection is reset: a link cannot take
//! from a stream what the kernel of the sender was told that it came.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::{Buf as _, BytesMut};

use super::{Way, chance_of, nanoseconds, part_of, time_of};
use crate::trace::{Direction, FaultKind};

/// The most that is sent at a time.
const MOST: usize = 64 << 10;
/// How many pieces a second a limit of the rate makes.
const PIECES: u64 = 50;

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing, until something comes or the way changes.
    Idle,
    /// Nothing before this time.
    Wait(u64),
    /// Send so many bytes: [`Pipe::front`].
    Send(usize),
    /// Say that the stream has ended.
    End,
    /// Reset both connections.
    Reset,
}

/// What one receive brought, or where it is empty the end.
#[derive(Clone, Copy, Debug)]
struct Mark {
    due: u64,
    length: usize,
}

/// One way, for one connection.
#[derive(Debug)]
pub struct Pipe {
    chance: u64,
    bytes: BytesMut,
    marks: VecDeque<Mark>,
    /// When the last goes, at the earliest.
    last: u64,
    /// How many bytes wait for no company any more.
    released: usize,
    /// Since when bytes are collected.
    since: Option<u64>,
    /// When the limit of the rate lets more go.
    free: u64,
    /// When the pause behind a piece is over.
    next: u64,
    /// How many bytes went.
    passed: u64,
    /// Since when they are held.
    stalled: Option<u64>,
}

impl Pipe {
    /// An empty one. The same seed, number of the connection and direction, and the same bytes at the same times give the same decisions.
    pub fn new(seed: u64, number: u64, direction: Direction) -> Self {
        Self {
            chance: chance_of(seed, number, direction),
            bytes: BytesMut::new(),
            marks: VecDeque::new(),
            last: 0,
            released: 0,
            since: None,
            free: 0,
            next: 0,
            passed: 0,
            stalled: None,
        }
    }

    /// How many bytes it takes still.
    pub fn room(&self, way: &Way) -> usize {
        (way.queue as usize).saturating_sub(self.bytes.len())
    }

    /// Takes in what a receive brought at `now`; returns what happens to it.
    pub fn take(&mut self, way: &Way, now: u64, bytes: &[u8]) -> Vec<FaultKind> {
        let delay = self.mark(way, now, bytes.len());
        self.bytes.extend_from_slice(bytes);
        let mut met = Vec::new();
        if way.rate > 0 {
            let through = self.free.max(now).saturating_add(time_of(self.bytes.len(), way.rate));
            met.push(FaultKind::Limited(Duration::from_nanos(through - now)));
        }
        if !delay.is_zero() {
            met.push(FaultKind::Delayed(delay));
        }
        met
    }

    /// The stream ends here: nothing is taken in any more.
    pub fn end(&mut self, way: &Way, now: u64) {
        self.mark(way, now, 0);
    }

    fn mark(&mut self, way: &Way, now: u64, length: usize) -> Duration {
        let delay = way.delay.saturating_add(part_of(way.jitter, &mut self.chance));
        let due = now.saturating_add(nanoseconds(delay)).max(self.last);
        self.last = due;
        self.marks.push_back(Mark { due, length });
        delay
    }

    /// What is to be done at `now`, and what happens to the bytes that wait, with how many of them.
    pub fn step(&mut self, way: &Way, now: u64) -> (Step, Option<(FaultKind, usize)>) {
        if way.reset_after > 0 && self.passed >= way.reset_after {
            return (Step::Reset, None);
        }
        if way.stall {
            let begins = self.stalled.is_none() && !self.marks.is_empty();
            if begins {
                self.stalled = Some(now);
            }
            return (Step::Idle, begins.then_some((FaultKind::Stalled(None), self.bytes.len())));
        }
        let stalled = self.stalled.take().map(|since| {
            let by = Duration::from_nanos(now.saturating_sub(since));
            (FaultKind::Stalled(Some(by)), self.bytes.len())
        });
        let (step, glued) = self.flow(way, now);
        (step, stalled.or(glued))
    }

    fn flow(&mut self, way: &Way, now: u64) -> (Step, Option<(FaultKind, usize)>) {
        let are_due = self.marks.iter().take_while(|mark| mark.due <= now);
        let (due, receives) = are_due.fold((0, 0), |(due, count), mark| (due + mark.length, count + u32::from(mark.length > 0)));
        let later = self.marks.iter().find(|mark| mark.due > now).map(|mark| mark.due);
        let ends = later.is_none() && self.marks.back().is_some_and(|mark| mark.length == 0);
        if due == 0 {
            let wait = later.map_or(Step::Idle, Step::Wait);
            return (if ends { Step::End } else { wait }, None);
        }
        let mut glued = None;
        if way.glue == 0 {
            self.released = due;
        } else if self.released == 0 {
            let since = *self.since.get_or_insert_with(|| self.marks.front().map_or(now, |mark| mark.due));
            let until = since.saturating_add(nanoseconds(way.glue_time));
            if due < way.glue as usize && !ends && now < until {
                return (Step::Wait(later.map_or(until, |later| later.min(until))), None);
            }
            self.released = due;
            glued = (receives > 1).then_some((FaultKind::Glued(receives), due));
        }
        self.since = None;
        if way.rate > 0 && now < self.free {
            return (Step::Wait(self.free), glued);
        }
        if way.slice > 0 && now < self.next {
            return (Step::Wait(self.next), glued);
        }
        let mut piece = self.released.min(MOST);
        if way.slice > 0 {
            piece = piece.min(way.slice as usize);
        }
        if way.rate > 0 {
            piece = piece.min(usize::try_from((way.rate / PIECES).max(1)).unwrap_or(MOST));
        }
        if way.reset_after > 0 {
            piece = piece.min(usize::try_from(way.reset_after - self.passed).unwrap_or(MOST));
        }
        (Step::Send(piece), glued)
    }

    /// The first bytes that wait, at most so many.
    pub fn front(&self, most: usize) -> &[u8] {
        self.bytes.get(..most).unwrap_or(&self.bytes)
    }

    /// So many bytes went at `now`. Returns what was done to them by that: they were cut from what waits.
    pub fn sent(&mut self, way: &Way, now: u64, count: usize) -> Option<FaultKind> {
        let count = count.min(self.bytes.len());
        self.bytes.advance(count);
        self.released = self.released.saturating_sub(count);
        self.passed = self.passed.saturating_add(count as u64);
        let mut left = count;
        while left > 0
            && let Some(mark) = self.marks.front_mut()
        {
            let part = mark.length.min(left);
            (mark.length, left) = (mark.length - part, left - part);
            if mark.length == 0 {
                self.marks.pop_front();
            }
        }
        if way.rate > 0 {
            self.free = self.free.max(now).saturating_add(time_of(count, way.rate));
        }
        if way.slice == 0 {
            return None;
        }
        self.next = now.saturating_add(nanoseconds(way.gap));
        (self.released > 0).then_some(FaultKind::Sliced(u32::try_from(self.released).unwrap_or(u32::MAX)))
    }

    /// How many bytes went.
    pub const fn passed(&self) -> u64 {
        self.passed
    }

    /// The way is another from now on: what waits longer than it would now goes sooner.
    pub fn changed(&mut self, way: &Way, now: u64) {
        let most = now.saturating_add(nanoseconds(way.delay.saturating_add(way.jitter)));
        for mark in &mut self.marks {
            mark.due = mark.due.min(most);
        }
        self.last = self.last.min(most);
        self.free = self.free.min(now);
        self.next = self.next.min(now.saturating_add(nanoseconds(way.gap)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    fn pipe() -> Pipe {
        Pipe::new(0, 0, Direction::Sent)
    }

    /// Does all that can be done until there is nothing more: what was sent when, and what the last step was.
    fn run(pipe: &mut Pipe, way: &Way, mut now: u64) -> (Vec<(u64, String)>, Vec<FaultKind>, Step) {
        let (mut sent, mut met) = (Vec::new(), Vec::new());
        loop {
            let (step, happened) = pipe.step(way, now);
            met.extend(happened.map(|(kind, _)| kind));
            match step {
                Step::Wait(until) => {
                    assert!(until > now, "time goes on");
                    now = until;
                }
                Step::Send(count) => {
                    assert!(count > 0);
                    sent.push((now / MS, String::from_utf8_lossy(pipe.front(count)).into_owned()));
                    met.extend(pipe.sent(way, now, count));
                }
                step => return (sent, met, step),
            }
        }
    }

    fn pieces(sent: &[(u64, String)]) -> Vec<(u64, &str)> {
        sent.iter().map(|(when, text)| (*when, text.as_str())).collect()
    }

    #[test]
    fn a_perfect_pipe_passes_at_once_and_says_nothing() {
        let (way, mut pipe) = (Way::default(), pipe());
        assert_eq!(pipe.take(&way, 0, b"hello"), []);
        let (sent, met, step) = run(&mut pipe, &way, 0);
        assert_eq!((pieces(&sent), met, step), (vec![(0, "hello")], vec![], Step::Idle));
        pipe.take(&way, MS, b"bye");
        pipe.end(&way, MS);
        let (sent, _, step) = run(&mut pipe, &way, MS);
        assert_eq!((pieces(&sent), step, pipe.passed()), (vec![(1, "bye")], Step::End, 8));
    }

    #[test]
    fn slices_go_by_themselves_with_a_pause() {
        let way = Way { slice: 3, gap: Duration::from_millis(10), ..Way::default() };
        let mut pipe = pipe();
        pipe.take(&way, 0, b"abcd");
        pipe.take(&way, 0, b"efg");
        let (sent, met, _) = run(&mut pipe, &way, 0);
        assert_eq!(pieces(&sent), [(0, "abc"), (10, "def"), (20, "g")]);
        assert_eq!(met, [FaultKind::Sliced(4), FaultKind::Sliced(1)]);
    }

    #[test]
    fn glue_waits_for_bytes_or_time_or_the_end() {
        let way = Way { glue: 6, glue_time: Duration::from_millis(50), ..Way::default() };
        let mut first = pipe();
        first.take(&way, 0, b"ab");
        assert_eq!(first.step(&way, 0).0, Step::Wait(50 * MS));
        first.take(&way, 10 * MS, b"cdef");
        let (sent, met, _) = run(&mut first, &way, 10 * MS);
        assert_eq!((pieces(&sent), met), (vec![(10, "abcdef")], vec![FaultKind::Glued(2)]));
        first.take(&way, 20 * MS, b"g");
        let (sent, met, _) = run(&mut first, &way, 20 * MS);
        assert_eq!((pieces(&sent), met), (vec![(70, "g")], vec![]), "alone after its time");
        first.take(&way, 80 * MS, b"h");
        first.end(&way, 80 * MS);
        let (sent, _, step) = run(&mut first, &way, 80 * MS);
        assert_eq!((pieces(&sent), step), (vec![(80, "h")], Step::End));
    }

    #[test]
    fn a_stall_holds_all_and_tells_for_how_long() {
        let (still, open) = (Way { stall: true, ..Way::default() }, Way::default());
        let mut pipe = pipe();
        pipe.take(&still, 0, b"ab");
        assert_eq!(pipe.step(&still, 0), (Step::Idle, Some((FaultKind::Stalled(None), 2))));
        pipe.take(&still, MS, b"c");
        pipe.end(&still, MS);
        assert_eq!(pipe.step(&still, 5 * MS), (Step::Idle, None));
        let (sent, met, step) = run(&mut pipe, &open, 7 * MS);
        assert_eq!((pieces(&sent), step), (vec![(7, "abc")], Step::End));
        assert_eq!(met, [FaultKind::Stalled(Some(Duration::from_millis(7)))]);
    }

    #[test]
    fn a_reset_comes_after_just_so_many_bytes() {
        let way = Way { reset_after: 4, ..Way::default() };
        let mut pipe = pipe();
        pipe.take(&way, 0, b"abcdef");
        let (sent, _, step) = run(&mut pipe, &way, 0);
        assert_eq!((pieces(&sent), step, pipe.passed()), (vec![(0, "abcd")], Step::Reset, 4));
    }

    #[test]
    fn a_rate_takes_as_long_as_it_says() {
        let way = Way { rate: 1_000, ..Way::default() };
        let mut pipe = pipe();
        assert_eq!(pipe.take(&way, 0, &[b'x'; 500]), [FaultKind::Limited(Duration::from_millis(500))]);
        let (sent, _, _) = run(&mut pipe, &way, 0);
        assert_eq!(sent.iter().map(|(_, text)| text.len()).sum::<usize>(), 500);
        assert_eq!(sent.last().map(|(when, _)| *when), Some(480));
    }

    #[test]
    fn a_full_pipe_has_no_room_and_a_shorter_delay_holds_for_what_waits() {
        let slow = Way { delay: Duration::from_secs(9), queue: 4, ..Way::default() };
        let mut pipe = pipe();
        assert_eq!(pipe.room(&slow), 4);
        assert_eq!(pipe.take(&slow, 0, b"abcd"), [FaultKind::Delayed(Duration::from_secs(9))]);
        assert_eq!((pipe.room(&slow), pipe.step(&slow, 0).0), (0, Step::Wait(9_000 * MS)));
        let quick = Way::default();
        pipe.changed(&quick, MS);
        assert_eq!(pieces(&run(&mut pipe, &quick, MS).0), [(1, "abcd")]);
    }

    proptest::proptest! {
        /// Whatever the way is, and however it changes: every byte goes on, once and in order, and the end behind the last.
        #[test]
        fn no_byte_is_lost_or_moved(
            seed: u64,
            parts in proptest::collection::vec((proptest::collection::vec(proptest::prelude::any::<u8>(), 1..50), 0_u64..30), 0..20),
            ways in proptest::collection::vec((0_u64..40, 0_u64..40, 0_u32..9, 0_u32..30, 0_u64..9_000), 1..4),
        ) {
            let way = |(delay, jitter, slice, glue, rate)| Way {
                delay: Duration::from_millis(delay),
                jitter: Duration::from_millis(jitter),
                slice,
                glue,
                rate,
                ..Way::default()
            };
            let ways = ways.into_iter().map(way).collect::<Vec<_>>();
            let transfer = || {
                let mut pipe = Pipe::new(seed, 0, Direction::Sent);
                let (mut now, mut out, mut sends) = (0, Vec::new(), Vec::new());
                for (turn, (bytes, pause)) in parts.iter().enumerate() {
                    let way = &ways[turn % ways.len()];
                    pipe.changed(way, now);
                    pipe.take(way, now, bytes);
                    if let (Step::Send(count), _) = pipe.step(way, now) {
                        out.extend_from_slice(pipe.front(count));
                        pipe.sent(way, now, count);
                    }
                    now += pause * MS;
                }
                let way = &ways[0];
                pipe.changed(way, now);
                pipe.end(way, now);
                loop {
                    match pipe.step(way, now).0 {
                        Step::Wait(until) => now = until,
                        Step::Send(count) => {
                            out.extend_from_slice(pipe.front(count));
                            sends.push((now, count));
                            pipe.sent(way, now, count);
                        }
                        step => {
                            assert_eq!(step, Step::End);
                            return (out, sends);
                        }
                    }
                }
            };
            let all = parts.iter().flat_map(|(bytes, _)| bytes.clone()).collect::<Vec<_>>();
            let (out, sends) = transfer();
            proptest::prop_assert_eq!(out, all);
            proptest::prop_assert_eq!(sends, transfer().1, "the same seed and input, the same decisions");
        }
    }
}
