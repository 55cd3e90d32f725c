//! What stands where in a window of a given size, and what gives way first where there is little room.

use std::ops::RangeInclusive;

use egui::Vec2;

/// What a person chose: the widths of the sides, in points, and what is folded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layout {
    /// The width of the programs at the left.
    pub(crate) programs: f32,
    /// Whether they are folded to the rail also where there is room.
    pub(crate) rail: bool,
    /// The width of the details at the right.
    pub(crate) details: f32,
    /// Whether the form is folded to one line also where there is room.
    pub(crate) form_folded: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { programs: 200.0, rail: false, details: 306.0, form_folded: false }
    }
}

impl Layout {
    /// How wide the programs can be.
    pub(crate) const PROGRAMS: RangeInclusive<f32> = 160.0..=360.0;
    /// How wide the details can be.
    pub(crate) const DETAILS: RangeInclusive<f32> = 264.0..=560.0;
}

/// The width of the rail of programs.
pub(crate) const RAIL: f32 = 52.0;

/// Where the details stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Details {
    /// Beside the view, this wide at most.
    Beside(f32),
    /// Over the view, from the right.
    Over,
}

/// What there is room for. Things give way in the order of the fields, always the same; the columns of the log come last and are the log's own.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is there or has given way")]
pub(crate) struct Room {
    /// The lab's title stands in the top bar.
    pub(crate) titled: bool,
    /// The form is shown whole; else it is one line that unfolds.
    pub(crate) form: bool,
    /// The programs are a list; else a rail of states.
    pub(crate) list: bool,
    /// The bars have words; else icons with tooltips.
    pub(crate) words: bool,
    /// Where the details stand.
    pub(crate) details: Details,
}

impl Room {
    /// What a window of `size` points has room for.
    pub(crate) fn of(size: Vec2) -> Self {
        let details = match size.x {
            // Beside it the log keeps the width at which all its columns are shown.
            920.0.. => Details::Beside((size.x - RAIL - 700.0).clamp(*Layout::DETAILS.start(), *Layout::DETAILS.end())),
            _ => Details::Over,
        };
        Self {
            titled: size.x >= 1180.0,
            form: size.x >= 1150.0 && size.y >= 720.0,
            list: size.x >= 1100.0,
            words: size.x >= 1040.0,
            details,
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn things_give_way_in_one_order() {
        let mut before = [true; 5];
        for width in (800..2400).rev() {
            let room = Room::of(vec2(width as f32, 1000.0));
            let shown = [room.titled, room.form, room.list, room.words, room.details != Details::Over];
            assert!(shown.is_sorted(), "{width}: {shown:?} keeps something for which another gave way");
            assert!(shown.iter().zip(before).all(|(now, before)| !now || before), "{width}: what gave way came back");
            assert!(shown.iter().filter(|now| **now).count() + 1 >= before.iter().filter(|now| **now).count(), "{width}: two at once");
            before = shown;
        }
        assert_eq!(before, [false; 5], "the narrowest has given way everywhere");
        assert!(!Room::of(vec2(1280.0, 700.0)).form && Room::of(vec2(1280.0, 720.0)).form);
    }

    #[test]
    fn the_details_leave_the_log_its_columns() {
        for width in 800..2400 {
            if let Details::Beside(most) = Room::of(vec2(width as f32, 600.0)).details {
                assert!(Layout::DETAILS.contains(&most), "{width}");
                assert!(width as f32 - RAIL - most >= 600.0, "{width}");
            }
        }
    }
}
