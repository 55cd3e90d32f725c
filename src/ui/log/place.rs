//! Where a long list stands: a row and a part of a row, never a distance in points.
//!
//! A distance in points as f32 moves no more once a list has some millions of rows.

/// The height of a list, and where its upper edge stands in it. All in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// The row at the upper edge, from 0.
    pub(super) row: u64,
    /// How much of that row is above the edge, from 0 to 1.
    pub(super) part: f64,
}

impl Place {
    /// The place at which the last of `total` rows ends at the lower edge of a view of `height` rows.
    pub(super) fn end(total: u64, height: f64) -> Self {
        let above = total as f64 - height;
        if above <= 0.0 {
            return Self::default();
        }
        // The fraction is of the height alone: `total` is whole, and may be too large for a fraction.
        let whole = height.ceil();
        Self { row: total - whole as u64, part: whole - height }
    }

    /// This place moved by `rows`, kept within a list of `total` rows.
    pub(super) fn moved(self, rows: f64, total: u64, height: f64) -> Self {
        let sum = self.part + rows;
        let whole = sum.floor();
        let part = sum - whole;
        let moved = if whole < 0.0 {
            self.row.checked_sub(-whole as u64).map_or_else(Self::default, |row| Self { row, part })
        } else {
            Self { row: self.row.saturating_add(whole as u64), part }
        };
        moved.within(total, height)
    }

    /// The nearest place that a list of `total` rows has.
    pub(super) fn within(self, total: u64, height: f64) -> Self {
        let end = Self::end(total, height);
        if (self.row, self.part) > (end.row, end.part) { end } else { self }
    }

    /// The nearest place at which `row` is whole in view.
    pub(super) fn showing(self, row: u64, total: u64, height: f64) -> Self {
        let above = row < self.row || (row == self.row && self.part > 0.0);
        let below = row.saturating_sub(self.row) as f64 + 1.0 - self.part > height;
        if above {
            Self { row, part: 0.0 }.within(total, height)
        } else if below {
            Self::end(row + 1, height)
        } else {
            self
        }
    }

    /// How far down the list it stands, from 0 to 1: for a scroll bar.
    pub(super) fn fraction(self, total: u64, height: f64) -> f64 {
        let above = total as f64 - height;
        if above <= 0.0 { 0.0 } else { ((self.row as f64 + self.part) / above).clamp(0.0, 1.0) }
    }

    /// The place that stands `fraction` down the list.
    pub(super) fn at_fraction(fraction: f64, total: u64, height: f64) -> Self {
        let rows = fraction.clamp(0.0, 1.0) * (total as f64 - height).max(0.0);
        Self { row: rows as u64, part: rows.fract() }.within(total, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_step_moves_a_long_list() {
        for total in [1_000, 1_000_000, 50_000_000, 1 << 50] {
            let start = Place { row: total / 10 * 9, part: 0.0 };
            let mut place = start;
            for _ in 0..40 {
                place = place.moved(1.7 / 20.0, total, 30.0);
            }
            let moved = (place.row - start.row) as f64 + place.part;
            assert!((moved - 3.4).abs() < 1e-9, "{total}: {moved}");
        }
    }

    #[test]
    fn a_list_ends_at_the_lower_edge() {
        assert_eq!(Place::end(10, 30.5), Place::default());
        assert_eq!(Place::end(100, 30.5), Place { row: 69, part: 0.5 });
        assert_eq!(Place::default().moved(1e9, 100, 30.5), Place { row: 69, part: 0.5 });
        assert_eq!(Place { row: 5, part: 0.5 }.moved(-100.0, 100, 30.5), Place::default());
    }

    #[test]
    fn a_row_is_brought_into_view_by_the_shortest_way() {
        let place = Place { row: 50, part: 0.5 };
        assert_eq!(place.showing(50, 100, 10.0), Place { row: 50, part: 0.0 });
        assert_eq!(place.showing(55, 100, 10.0), place);
        assert_eq!(place.showing(60, 100, 10.0), Place { row: 51, part: 0.0 });
        assert_eq!(place.showing(3, 100, 10.0), Place { row: 3, part: 0.0 });
    }

    #[test]
    fn the_scroll_bar_and_the_list_agree() {
        let place = Place { row: 40, part: 0.25 };
        let back = Place::at_fraction(place.fraction(100, 10.0), 100, 10.0);
        assert_eq!(back.row, 40);
        assert!((back.part - 0.25).abs() < 1e-9);
    }
}
