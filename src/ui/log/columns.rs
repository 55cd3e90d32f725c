//! Where the columns of the log stand, and which give way when it is narrow.

/// The advance of a character of the monospace font at 12 points.
pub(super) const ADVANCE: f32 = 7.2;

/// The columns, in points from the left edge of the log. What is none has given way; call and result never do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Columns {
    /// Where the number ends.
    pub(super) number: Option<f32>,
    /// Where the time ends.
    pub(super) time: Option<f32>,
    /// Where the program's name begins.
    pub(super) program: f32,
    /// Where the call begins.
    pub(super) call: f32,
    /// Where the result begins.
    pub(super) result: f32,
    /// Where the result has to end.
    pub(super) result_end: f32,
    /// Where the time it took ends.
    pub(super) took: f32,
}

impl Columns {
    /// The columns of a log `width` points wide, whose newest row has `newest` as its number and was written at `seconds`.
    pub(super) fn of(width: f32, newest: u64, seconds: u64) -> Self {
        let digits = |number: u64| number.max(1).ilog10() + 1;
        let mut left = 0.0;
        let mut place = |shown: bool, before: f32, characters: u32| {
            shown.then(|| {
                left += before + characters as f32 * ADVANCE;
                left
            })
        };
        let number = place(width >= 480.0, 8.0, digits(newest).max(2));
        let time = place(width >= 600.0, 18.0, digits(seconds).max(2) + 8);
        let program = left + if number.is_some() { 8.0 } else { 12.0 };
        let took = width - 12.0;
        let result_end = took - 9.0 * ADVANCE;
        let rest = result_end - program;
        // As much as `socket(AF_INET, SOCK_STREAM, 0)` needs, where there is room for it.
        let call = program + (rest * 0.18).clamp(84.0, 160.0);
        let result = call + (rest * 0.48).clamp(120.0, 31.0 * ADVANCE + 14.0);
        Self { number, time, program, call, result, result_end, took }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_gives_way_before_the_number_and_nothing_overlaps() {
        let mut seen = (true, true);
        for width in (300..2000).rev() {
            let columns = Columns::of(width as f32, 123_456, 99);
            let shown = (columns.time.is_some(), columns.number.is_some());
            assert!(shown <= seen, "{width}: what gave way came back");
            assert!(shown.1 || !shown.0, "{width}: time is shown without the number");
            assert!(columns.number.unwrap_or(0.0) <= columns.time.unwrap_or(f32::MAX));
            assert!(columns.time.unwrap_or(0.0) < columns.program);
            assert!(columns.program < columns.call && columns.call < columns.result);
            if width >= 420 {
                assert!(columns.result < columns.result_end, "{width}");
            }
            seen = shown;
        }
    }
}
