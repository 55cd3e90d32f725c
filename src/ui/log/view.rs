//! Which of the rows that pass the filter are shown: those after what was hidden, up to where the view was paused.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::trace::Store;
use crate::trace::filter::{Filter, Filtering};
use crate::ui::waker::Waker;

/// The rows that are shown, by their places from 0. Hiding and pausing cost nothing: the filter goes on with all rows.
#[derive(Debug)]
pub(super) struct View {
    filtering: Arc<Filtering>,
    /// Rows up to this number are hidden.
    after: u64,
    /// The number of the newest row when the view was paused.
    paused: Option<u64>,
    /// The places, among all rows that pass, of the first row that is shown and of the one after the last.
    places: Range<u64>,
    /// How many rows pass in all.
    all: u64,
}

impl View {
    /// All rows of `store`.
    ///
    /// # Errors
    /// The system's, where it gives no thread for the filter.
    pub(super) fn new(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        let waker = waker.clone();
        let filtering = Arc::new(Filtering::new(store, move || waker.ring())?);
        Ok(Self { filtering, after: 0, paused: None, places: 0..0, all: 0 })
    }

    /// Takes in what the filter has found since the last frame.
    pub(super) fn update(&mut self) {
        self.all = self.filtering.count();
        let start = if self.after == 0 { 0 } else { self.filtering.place(self.after + 1).min(self.all) };
        let end = self.paused.map_or(self.all, |newest| self.filtering.place(newest + 1).min(self.all));
        self.places = start..end.max(start);
    }

    /// From now on the rows that pass `filter`.
    pub(super) fn set(&self, filter: Filter, show_lab: bool) {
        self.filtering.set(filter, show_lab);
    }

    /// How many rows are shown.
    pub(super) fn len(&self) -> u64 {
        self.places.end - self.places.start
    }

    /// Whether the filter has looked at every row, and this frame knows of it.
    pub(super) fn is_settled(&self) -> bool {
        self.filtering.progress().is_done() && self.all == self.filtering.count()
    }

    /// The numbers of the rows at these places.
    pub(super) fn numbers(&self, places: Range<u64>) -> Vec<u64> {
        let start = self.places.start.saturating_add(places.start);
        let end = self.places.start.saturating_add(places.end).min(self.places.end);
        if start < end { self.filtering.numbers(start..end) } else { Vec::new() }
    }

    /// The number of the row at `place`.
    pub(super) fn number(&self, place: u64) -> Option<u64> {
        self.numbers(place..place + 1).first().copied()
    }

    /// The place of row `n`, or of the first that is shown after it.
    pub(super) fn place(&self, n: u64) -> u64 {
        self.filtering.place(n).clamp(self.places.start, self.places.end) - self.places.start
    }

    /// The filter at work, for those who go through its rows on other threads.
    pub(super) fn filtering(&self) -> &Arc<Filtering> {
        &self.filtering
    }

    /// Hides the rows up to number `n`; 0 hides none.
    pub(super) fn hide_to(&mut self, n: u64) {
        self.after = n;
        self.update();
    }

    /// How many rows are hidden.
    pub(super) fn hidden(&self) -> u64 {
        self.places.start
    }

    /// Stands still at row `newest`, or goes on.
    pub(super) fn pause_at(&mut self, newest: Option<u64>) {
        self.paused = newest;
        self.update();
    }

    /// How many rows have come since it was paused; none where it is not.
    pub(super) fn since(&self) -> Option<u64> {
        self.paused.map(|_| self.all.saturating_sub(self.places.end))
    }

    /// How many of these rows, by their numbers, are shown.
    pub(super) fn count(&self, first: u64, last: u64) -> u64 {
        self.place(last.saturating_add(1)) - self.place(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, ProgramId, Record, ThreadId};

    fn row() -> Record {
        let (program, thread) = (ProgramId(1), ThreadId(1));
        let kind = Kind::Call(Call::Send, Args::Length(1));
        Record {
            n: 0,
            kind,
            origin: Origin::Program,
            run: 1,
            program,
            thread,
            socket: None,
            t0: 0,
            t1: 0,
            outcome: Outcome::Ok(1),
            payload: None,
        }
    }

    #[test]
    fn hidden_and_later_rows_are_neither_shown_nor_lost() {
        let store = Arc::new(Store::new(usize::MAX));
        store.append((0..100).map(|_| row()));
        let mut view = View::new(&store, &Waker::new(&egui::Context::default())).unwrap();
        view.set(Filter::default(), true);
        view.update();
        assert_eq!((view.len(), view.number(0), view.place(50)), (100, Some(1), 49));
        view.hide_to(40);
        assert_eq!((view.len(), view.hidden(), view.number(0), view.place(50), view.place(3)), (60, 40, Some(41), 9, 0));
        view.pause_at(Some(100));
        store.append((0..7).map(|_| row()));
        view.update();
        assert_eq!((view.len(), view.since(), view.numbers(59..70), view.count(99, 105)), (60, Some(7), vec![100], 2));
        view.pause_at(None);
        view.hide_to(0);
        assert_eq!((view.len(), view.since()), (107, None));
    }
}
