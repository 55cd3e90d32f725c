//! Where the columns of the log stand, how wide they are, and which give way when it is narrow.

use super::kept::{Column, Kept, Time};

/// The advance of a character of the monospace font at 12 points.
pub(super) const ADVANCE: f32 = 7.2;

/// The room that the result needs at least, in points.
const RESULT: f32 = 90.0;

/// The columns, in points from the left edge of the log. What is none is hidden or has given way; call and result never do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Columns {
    /// Where the number ends.
    pub(super) number: Option<f32>,
    /// Where the time ends.
    pub(super) time: Option<f32>,
    /// Where the program's name begins.
    pub(super) program: Option<f32>,
    /// Where the thread's name begins.
    pub(super) thread: Option<f32>,
    /// Where the call begins.
    pub(super) call: f32,
    /// Where the result begins.
    pub(super) result: f32,
    /// Where the result has to end.
    pub(super) result_end: f32,
    /// Where the time it took ends.
    pub(super) took: Option<f32>,
}

impl Columns {
    /// The columns of a log `width` points wide, whose newest row has `newest` as its number and was written at `seconds`.
    pub(super) fn of(width: f32, newest: u64, seconds: u64, kept: &Kept) -> Self {
        let digits = |number: u64| number.max(1).ilog10() + 1;
        let mut left = 0.0;
        let mut place = |shown: bool, before: f32, characters: u32| {
            shown.then(|| {
                left += before + characters as f32 * ADVANCE;
                left
            })
        };
        let number = place(kept.shows(Column::Number) && width >= 480.0, 8.0, digits(newest).max(2));
        let time_characters = match kept.time {
            Time::Run => digits(seconds).max(2) + 8,
            Time::Previous => digits(seconds).max(2) + 9,
            Time::Day => 16,
        };
        let time = place(kept.shows(Column::Time) && width >= 600.0, if number.is_some() { 18.0 } else { 10.0 }, time_characters);
        let mut left = left + if number.is_some() { 8.0 } else { 12.0 };
        let took = kept.shows(Column::Took).then_some(width - 12.0);
        let result_end = took.map_or(width - 12.0, |took| took - 9.0 * ADVANCE);
        let rest = result_end - left;
        // As much as `socket(AF_INET, SOCK_STREAM, 0)` needs, where there is room for it.
        let program = kept.shows(Column::Program).then(|| {
            let at = left;
            left += kept.width(Column::Program).unwrap_or_else(|| (rest * 0.18).clamp(84.0, 160.0));
            at
        });
        let thread = (kept.shows(Column::Thread) && width >= 600.0).then(|| {
            let at = left;
            left += kept.width(Column::Thread).unwrap_or_else(|| (rest * 0.14).clamp(60.0, 130.0));
            at
        });
        // Whatever was chosen, the call and the result keep some room.
        let call = left.min(result_end - 2.0 * RESULT).max(program.or(thread).unwrap_or(0.0) + 20.0);
        let wide = kept.width(Column::Call).unwrap_or_else(|| (rest * 0.48).clamp(120.0, 31.0 * ADVANCE + 14.0));
        let result = (call + wide).min(result_end - RESULT).max(call + 20.0);
        let thread = thread.filter(|at| *at + 20.0 < call);
        Self { number, time, program, thread, call, result, result_end, took }
    }

    /// The edges that can be dragged: the column at their left, where that begins, and where it ends.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Column, f32, f32)> {
        let program = self.program.map(|at| (Column::Program, at, self.thread.unwrap_or(self.call)));
        let thread = self.thread.map(|at| (Column::Thread, at, self.call));
        program.into_iter().chain(thread).chain([(Column::Call, self.call, self.result)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_gives_way_before_the_number_and_nothing_overlaps() {
        let mut seen = (true, true);
        for width in (300..2000).rev() {
            let columns = Columns::of(width as f32, 123_456, 99, &Kept::default());
            let shown = (columns.time.is_some(), columns.number.is_some());
            assert!(shown <= seen, "{width}: what gave way came back");
            assert!(shown.1 || !shown.0, "{width}: time is shown without the number");
            assert!(columns.number.unwrap_or(0.0) <= columns.time.unwrap_or(f32::MAX));
            let program = columns.program.expect("shown");
            assert!(columns.time.unwrap_or(0.0) < program);
            assert!(program < columns.call && columns.call < columns.result);
            if width >= 420 {
                assert!(columns.result < columns.result_end, "{width}");
            }
            seen = shown;
        }
    }

    #[test]
    fn chosen_widths_hold_as_far_as_there_is_room() {
        let mut kept = Kept::default();
        kept.show(Column::Thread, true);
        kept.set_width(Column::Program, Some(100.0));
        kept.set_width(Column::Thread, Some(70.0));
        kept.set_width(Column::Call, Some(150.0));
        let columns = Columns::of(1000.0, 9, 9, &kept);
        let widths = columns.edges().map(|(_, from, to)| (to - from).round()).collect::<Vec<_>>();
        assert_eq!(widths, [100.0, 70.0, 150.0]);
        kept.set_width(Column::Call, Some(1200.0));
        kept.set_width(Column::Program, Some(1200.0));
        for width in (420..2000).step_by(7) {
            let columns = Columns::of(width as f32, 9, 9, &kept);
            assert!(columns.call < columns.result && columns.result < columns.result_end, "{width}: {columns:?}");
        }
        for (column, _) in Column::ALL {
            kept.show(column, false);
        }
        let columns = Columns::of(800.0, 9, 9, &kept);
        assert_eq!((columns.number, columns.time, columns.program, columns.thread, columns.took), (None, None, None, None, None));
    }
}
