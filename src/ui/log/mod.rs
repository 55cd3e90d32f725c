//! The log: every call as one row, newest last, with the calls that are under way pinned below.
//!
//! A list of its own making: it stands at a row, not at a distance in points, and lays out only the rows in view.

mod columns;
mod copying;
mod filter_field;
mod find;
mod head;
pub(super) mod kept;
mod menu;
mod note;
mod place;
pub(super) mod row;
mod rows;
mod scroll_bar;
mod selection;
mod strip;
mod view;

use std::io;
use std::sync::Arc;

use egui::{Rect, Sense, Ui, pos2, vec2};

use self::columns::Columns;
use self::copying::{Copying, Wanted};
use self::filter_field::Offer;
pub(crate) use self::filter_field::filter_id;
use self::find::{Find, Step};
use self::kept::Kept;
use self::note::Note;
use self::place::Place;
use self::selection::Selection;
use self::view::View;
use super::command::Actions;
use super::counting::Counted;
use super::look::Look;
use super::now::LogNow;
use super::scene::Scene;
use super::theme;
use super::waker::Waker;
use crate::text;
use crate::text::{Language, Message};
use crate::trace::copy::Form;
use crate::trace::filter::Filter;
use crate::trace::{Names, Store};

/// Of how many rows marks are set or taken away by one press.
const MOST_MARKS: usize = 1_000;

/// What the log tells outside of its rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told {
    /// What was done.
    Done(Message),
    /// Why something was not done, or not wholly.
    Problem(Message),
}

/// The state of the log: which rows it shows, where it stands, and which rows are chosen.
#[derive(Debug)]
pub(crate) struct Log {
    view: View,
    /// The filter as it was typed, and what is wrong with it.
    pub(crate) filter: String,
    pub(crate) filter_error: Option<Message>,
    /// The filter that was understood last.
    applied: Filter,
    place: Place,
    /// Whether it stays at the newest row.
    pub(crate) follow: bool,
    /// Whether the rows of the lab itself are shown too.
    pub(crate) show_lab: bool,
    /// The number of the row whose details are shown.
    pub(crate) chosen: Option<u64>,
    selection: Selection,
    /// The row at which a drag over rows began.
    dragged_from: Option<u64>,
    /// The row on which the button was pressed.
    pressed: Option<u64>,
    /// The numbers of the rows that the last frame showed, from the top.
    seen: Vec<u64>,
    /// The row whose menu is open.
    menu_of: Option<u64>,
    /// Whether a key has opened it, and it has yet to get the keyboard.
    menu_by_key: Option<bool>,
    /// A row that is to be brought into view.
    wanted: Option<u64>,
    offer: Offer,
    find: Find,
    note: Option<Note>,
    copying: Copying,
    kept: Option<Kept>,
    /// What is to be told to the person.
    told: Vec<Told>,
    store: Arc<Store>,
    waker: Waker,
}

impl Log {
    /// The log of `store`, at its newest row.
    ///
    /// # Errors
    /// The system's, where it gives no thread for the filter.
    pub(crate) fn new(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        Ok(Self {
            view: View::new(store, waker)?,
            filter: String::new(),
            filter_error: None,
            applied: Filter::default(),
            place: Place::default(),
            follow: true,
            show_lab: false,
            chosen: None,
            selection: Selection::default(),
            dragged_from: None,
            pressed: None,
            seen: Vec::new(),
            menu_of: None,
            menu_by_key: None,
            wanted: None,
            offer: Offer::default(),
            find: Find::default(),
            note: None,
            copying: Copying::default(),
            kept: None,
            told: Vec::new(),
            store: Arc::clone(store),
            waker: waker.clone(),
        })
    }

    /// Takes in what the filter has found since the last frame.
    pub(crate) fn update(&mut self) {
        self.view.update();
    }

    /// Takes over what was kept, once; later changes `kept` to what was chosen since.
    pub(crate) fn keep(&mut self, kept: &mut Kept) {
        let own = self.kept.get_or_insert_with(|| kept.clone());
        if own != kept {
            own.clone_into(kept);
        }
    }

    /// What is to be told since the last time.
    pub(crate) fn told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    /// Shows the rows that the typed filter describes; where it describes none, says why and shows the rows as before.
    pub(crate) fn apply_filter(&mut self) {
        match Filter::parse(&self.filter) {
            Ok(filter) => {
                self.view.set(filter.clone(), self.show_lab);
                self.applied = filter;
                self.filter_error = None;
                self.wanted = self.chosen.filter(|_| !self.follow);
                self.look_for();
            }
            Err(error) => self.filter_error = Some(error.message()),
        }
    }

    fn look_for(&mut self) {
        self.find.look(&self.applied, self.show_lab, &self.store, &self.waker);
    }

    /// Opens the find bar; for the number of a row, or for text and bytes.
    pub(crate) fn open_find(&mut self, row: bool) {
        self.find.open(row);
        self.look_for();
    }

    /// Goes to the row whose number is typed, or the nearest that is shown.
    fn go_to_typed(&mut self) {
        let last = self.view.len().checked_sub(1);
        let place = self.find.row().zip(last).map(|(n, last)| self.view.place(n).min(last));
        if let Some(n) = place.and_then(|place| self.view.number(place)) {
            self.choose(n);
        }
    }

    /// Whether the find bar is open.
    pub(crate) fn is_finding(&self) -> bool {
        self.find.is_open()
    }

    /// Goes to the next row that was found, or the previous one.
    pub(crate) fn find_step(&mut self, forward: bool) {
        if !self.find.is_open() {
            self.open_find(false);
        } else if self.find.row().is_some() {
            self.go_to_typed();
        } else if let Some(n) = self.find.step(forward, self.chosen, &self.view) {
            self.choose(n);
        }
    }

    /// Whether the view stands still while rows come.
    pub(crate) fn is_paused(&self) -> bool {
        self.view.since().is_some()
    }

    /// Lets the view stand still, or go on.
    pub(crate) fn pause(&mut self) {
        let newest = (!self.is_paused()).then(|| self.store.newest());
        self.view.pause_at(newest);
    }

    /// Hides the rows before the chosen one; where none is chosen, all there are.
    pub(crate) fn hide_before(&mut self) {
        let last = self.view.len().checked_sub(1).and_then(|last| self.view.number(last));
        let to = match (self.chosen, last) {
            (Some(n), _) => n - 1,
            (None, Some(last)) => last,
            (None, None) => return,
        };
        self.view.hide_to(to);
        self.place = Place::default();
    }

    /// Shows the rows that were hidden.
    pub(crate) fn show_earlier(&mut self) {
        self.wanted = self.view.number(0);
        self.view.hide_to(0);
    }

    /// Whether there are rows that were hidden.
    pub(crate) fn hides(&self) -> bool {
        self.view.hidden() > 0
    }

    /// What of it decides which commands are possible.
    pub(crate) fn now(&self) -> LogNow {
        LogNow { shows: self.view.len() > 0, hides: self.hides(), chosen: !self.selection.ranges().is_empty() }
    }

    /// Marks the chosen rows, or takes their marks away.
    pub(crate) fn mark(&mut self, names: &Names, actions: &mut Actions) {
        let rows = self.selected(MOST_MARKS);
        if rows.is_empty() {
            self.told.push(Told::Problem(text!("ui-mark-none")));
        }
        self.note = note::toggle(&rows, names, actions);
    }

    /// The numbers of the rows that are chosen and shown, the first so many.
    fn selected(&self, most: usize) -> Vec<u64> {
        let ranges = self.selection.ranges().iter();
        let rows = ranges.flat_map(|range| {
            let (first, end) = (self.view.place(*range.start()), self.view.place(range.end().saturating_add(1)));
            self.view.numbers(first..end.min(first + most as u64))
        });
        rows.take(most).collect()
    }

    /// How many rows are chosen and shown.
    fn selected_count(&self) -> u64 {
        self.selection.ranges().iter().map(|range| self.view.count(*range.start(), *range.end())).sum()
    }

    /// Copies the chosen rows.
    fn copy(&mut self, form: Form, language: Language) {
        if self.selected_count() == 0 {
            self.told.push(Told::Problem(text!("ui-row-none")));
            return;
        }
        let wanted = Wanted { form, language, ranges: self.selection.ranges().to_vec() };
        self.copying.begin(wanted, &self.store, &self.view, &self.waker);
    }

    /// Puts what was copied on the clipboard, and says so.
    fn take_copy(&mut self, ui: &Ui) {
        let Some(copied) = self.copying.copied() else { return };
        if copied.rows == 0 {
            self.told.push(Told::Problem(text!("ui-row-no-bytes")));
            return;
        }
        ui.copy_text(copied.text.trim_end_matches('\n').to_owned());
        let rows = copied.rows;
        let cut = text!("ui-row-copied-cut", rows = rows);
        self.told.push(if copied.cut { Told::Problem(cut) } else { Told::Done(text!("ui-row-copied", rows = rows)) });
    }

    /// Whether the filter has looked at every row.
    pub(crate) fn is_settled(&self) -> bool {
        self.view.is_settled() && self.find.is_settled()
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.view.len() == 0 && self.filter.is_empty() && !self.hides() && !self.is_paused()
    }

    /// Whether the filter has looked at every row, and passes none.
    pub(crate) fn passes_none(&self) -> bool {
        self.view.len() == 0 && self.view.is_settled() && !self.applied.is_empty()
    }

    /// Shows all rows again.
    pub(crate) fn clear_filter(&mut self) {
        self.filter.clear();
        self.apply_filter();
    }

    /// Chooses the row of number `n` and brings it into view.
    pub(crate) fn choose(&mut self, n: u64) {
        self.selection.one(n);
        self.go_to(n);
    }

    /// Shows the details of row `n` and brings it into view.
    fn go_to(&mut self, n: u64) {
        self.chosen = Some(n);
        self.wanted = Some(n);
        self.follow = false;
    }

    /// Chooses the row that is `by` places further down among those that are shown.
    pub(crate) fn step(&mut self, by: i64) {
        if let Some(n) = self.row_from_chosen(by) {
            self.choose(n);
        }
    }

    fn row_from_chosen(&self, by: i64) -> Option<u64> {
        let last = self.view.len().checked_sub(1)?;
        // With none chosen, the steps count from below the newest.
        let from = self.chosen.map_or(self.view.len(), |n| self.view.place(n));
        self.view.number(from.saturating_add_signed(by).min(last))
    }

    /// Draws the bars, the head and the rows in all the space there is.
    pub(crate) fn show(&mut self, ui: &mut Ui, scene: &Scene, counted: &Counted, look: &Look, actions: &mut Actions) {
        self.take_copy(ui);
        if self.chosen.is_none() {
            self.selection.clear();
        }
        let mut rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        if self.find.is_open() {
            let step = bar(ui, &mut rect, look, |ui| self.find.show(ui, self.chosen, &self.view, look));
            match step {
                Some(Step::Next) => self.find_step(true),
                Some(Step::Previous) => self.find_step(false),
                Some(Step::Changed) => {
                    self.look_for();
                    self.go_to_typed();
                }
                Some(Step::Closed) => self.find.close(),
                None => {}
            }
        }
        if let Some(note) = &mut self.note
            && bar(ui, &mut rect, look, |ui| note.show(ui, look, actions))
        {
            self.note = None;
        }
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), theme::HEAD));
        let list = Rect::from_min_max(pos2(rect.left(), head.bottom()), rect.max);
        let kept = self.kept.get_or_insert_default();
        let columns = Columns::of(rect.width(), scene.newest, scene.now / 1_000_000_000, kept);
        head::show(ui, head, &columns, kept, scene.started.is_some(), look);
        ui.painter().rect_filled(list, 0.0, look.roles.surface);
        let list = self.strips(ui, list, look);
        self.rows(ui, list, &rows::Drawn { scene, counted, columns: &columns, look }, actions);
    }
}

/// A bar at the top of `rect`, which is less afterwards.
fn bar<R>(ui: &mut Ui, rect: &mut Rect, look: &Look, content: impl FnOnce(&mut Ui) -> R) -> R {
    let area = Rect::from_min_size(rect.min, vec2(rect.width(), find::HEIGHT));
    rect.min.y = area.bottom();
    ui.painter().rect_filled(area, 0.0, look.roles.panel);
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, egui::Stroke::new(1.0, look.roles.line));
    ui.scope_builder(egui::UiBuilder::new().max_rect(area), content).inner
}
