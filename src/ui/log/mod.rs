//! The log: every call as one row, newest last, with the calls that are under way pinned below.
//!
//! A list of its own making: it stands at a row, not at a distance in points, and lays out only the rows in view.

mod columns;
mod place;
pub(super) mod row;
mod scroll_bar;

use std::io;
use std::sync::Arc;

use egui::{Color32, EventFilter, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use self::columns::Columns;
use self::place::Place;
use self::row::Row;
use super::look::{Look, line_of, paint_line, paint_line_right};
use super::scene::Scene;
use super::theme::{self, ROW};
use super::waker::Waker;
use crate::text;
use crate::text::Message;
use crate::trace::Store;
use crate::trace::filter::{Filter, Filtering};

/// The state of the log: which rows it shows, where it stands, and which row is chosen.
#[derive(Debug)]
pub(crate) struct Log {
    filtering: Filtering,
    /// How many rows there are to show, as of this frame.
    len: u64,
    /// The filter as it was typed, and what is wrong with it.
    pub(crate) filter: String,
    pub(crate) filter_error: Option<Message>,
    place: Place,
    /// Whether it stays at the newest row.
    pub(crate) follow: bool,
    /// Whether the rows of the lab itself are shown too.
    pub(crate) show_lab: bool,
    /// The number of the chosen row.
    pub(crate) chosen: Option<u64>,
    /// A row that is to be brought into view.
    wanted: Option<u64>,
}

impl Log {
    /// The log of `store`, at its newest row.
    ///
    /// # Errors
    /// The system's, where it gives no thread for the filter.
    pub(crate) fn new(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        let waker = waker.clone();
        Ok(Self {
            filtering: Filtering::new(store, move || waker.ring())?,
            len: 0,
            filter: String::new(),
            filter_error: None,
            place: Place::default(),
            follow: true,
            show_lab: false,
            chosen: None,
            wanted: None,
        })
    }

    /// Takes in what the filter has found since the last frame.
    pub(crate) fn update(&mut self) {
        self.len = self.filtering.count();
    }

    /// Shows the rows that the typed filter describes; where it describes none, says why and shows the rows as before.
    pub(crate) fn apply_filter(&mut self) {
        match Filter::parse(&self.filter) {
            Ok(filter) => {
                self.filtering.set(filter, self.show_lab);
                self.filter_error = None;
                self.wanted = self.chosen.filter(|_| !self.follow);
            }
            Err(error) => self.filter_error = Some(error.message()),
        }
    }

    /// Whether the filter has looked at every row.
    pub(crate) fn is_settled(&self) -> bool {
        self.filtering.progress().is_done() && self.len == self.filtering.count()
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0 && self.filter.is_empty()
    }

    /// Chooses the row of number `n` and brings it into view.
    pub(crate) fn choose(&mut self, n: u64) {
        self.chosen = Some(n);
        self.wanted = Some(n);
        self.follow = false;
    }

    /// Chooses the row that is `by` places further down among those that are shown.
    pub(crate) fn step(&mut self, by: i64) {
        let Some(last) = self.len.checked_sub(1) else { return };
        // With none chosen, the steps count from below the newest.
        let from = self.chosen.map_or(self.len, |n| self.filtering.place(n));
        let place = from.saturating_add_signed(by).min(last);
        if let Some(n) = self.filtering.numbers(place..place + 1).first() {
            self.choose(*n);
        }
    }

    /// Draws the head and the rows in all the space there is.
    pub(crate) fn show(&mut self, ui: &mut Ui, scene: &Scene, look: &Look) {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), theme::HEAD));
        let list = Rect::from_min_max(pos2(rect.left(), head.bottom()), rect.max);
        let columns = Columns::of(rect.width(), scene.newest, scene.now / 1_000_000_000);
        paint_head(ui, head, &columns, look);
        ui.painter().rect_filled(list, 0.0, look.roles.surface);
        self.rows(ui, list, scene, &columns, look);
    }

    fn rows(&mut self, ui: &mut Ui, list: Rect, scene: &Scene, columns: &Columns, look: &Look) {
        let id = ui.scope_id().with("log");
        let name = look.say(&text!("ui-log-rows"));
        let response = ui.interact(list, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        if response.clicked() {
            response.request_focus();
        }
        let height = f64::from(list.height() / ROW);
        let total = self.len + scene.open.len() as u64;
        if response.has_focus() {
            self.keys(ui, id, height);
        }
        self.wheel(ui, list, total, height);
        self.settle(total, height);
        let mut clip = ui.new_child(egui::UiBuilder::new().max_rect(list));
        clip.set_clip_rect(list.intersect(ui.clip_rect()));
        let clicked = self.draw_rows(&clip, list, id, scene, columns, look);
        if let Some(n) = clicked {
            self.chosen = Some(n);
            response.request_focus();
        }
        // After the rows, so that it is above them; what it says holds from the next frame on.
        if let Some(place) = scroll_bar::show(ui, list, id, self.place, total, height, look) {
            self.place = place;
            self.follow = place == Place::end(total, height);
            ui.ctx().request_repaint();
        }
        look.ring(ui, list, &response);
    }

    /// Brings the place in line with what there is to show.
    fn settle(&mut self, total: u64, height: f64) {
        self.place = if self.follow { Place::end(total, height) } else { self.place.within(total, height) };
        if let Some(n) = self.wanted.take() {
            self.place = self.place.showing(self.filtering.place(n), total, height);
        }
    }

    fn keys(&mut self, ui: &Ui, id: egui::Id, height: f64) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (height as i64 - 1).max(1);
        let far = i64::MAX / 2;
        for (key, by) in
            [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -page), (Key::PageDown, page), (Key::Home, -far), (Key::End, far)]
        {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.step(by);
                self.follow = key == Key::End;
            }
        }
    }

    fn wheel(&mut self, ui: &Ui, list: Rect, total: u64, height: f64) {
        if !ui.rect_contains_pointer(list) {
            return;
        }
        let points = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if points != 0.0 {
            self.place = self.place.moved(-f64::from(points / ROW), total, height);
            self.follow = points < 0.0 && self.place == Place::end(total, height);
        }
    }

    /// Draws the rows in view; returns the number of the one that was clicked.
    fn draw_rows(&self, ui: &Ui, list: Rect, id: egui::Id, scene: &Scene, columns: &Columns, look: &Look) -> Option<u64> {
        let rows = (list.height() / ROW).ceil() as u64 + 1;
        let numbers = self.filtering.numbers(self.place.row..self.place.row + rows);
        let records = scene.store.rows_at(&numbers);
        let mut top = list.top() - self.place.part as f32 * ROW;
        let mut clicked = None;
        for (n, record) in numbers.iter().zip(records) {
            let rect = row::rect(list, top);
            top += ROW;
            let Some(record) = record else {
                paint_missing(ui, rect, &scene.missing(*n), columns, look);
                continue;
            };
            let row = Row::of(&record, &scene.names, look);
            if self.draw_row(ui, rect, id.with(n), &row, Some(*n), columns, look) {
                clicked = Some(*n);
            }
        }
        for (slot, open) in scene.open.iter().enumerate().skip(self.place.row.saturating_sub(self.len) as usize) {
            let rect = row::rect(list, top);
            top += ROW;
            self.draw_row(ui, rect, id.with(("open", slot)), &Row::of_open(open, scene.now, &scene.names, look), None, columns, look);
        }
        clicked
    }

    #[expect(clippy::too_many_arguments, reason = "what a row is drawn with; a struct of them would be made for this call alone")]
    fn draw_row(&self, ui: &Ui, rect: Rect, id: egui::Id, row: &Row, n: Option<u64>, columns: &Columns, look: &Look) -> bool {
        if !ui.is_rect_visible(rect) {
            return false;
        }
        let chosen = n.is_some() && n == self.chosen;
        let response = ui.interact(rect, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, row.spoken()));
        let fill = if chosen {
            look.roles.select
        } else if response.hovered() && row.fill().is_none() {
            look.roles.hover
        } else {
            row.fill().unwrap_or(Color32::TRANSPARENT)
        };
        ui.painter().rect_filled(rect, 0.0, fill);
        if chosen {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, look.roles.accent);
        }
        row.paint(ui, rect, columns, look);
        response.clicked()
    }
}

fn paint_head(ui: &Ui, rect: Rect, columns: &Columns, look: &Look) {
    ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, look.roles.line));
    let y = rect.center().y;
    let title = |message| line_of(&[(&look.say(&message), theme::plain(11.0), look.roles.text2)], f32::INFINITY);
    let x = |x: f32| rect.left() + x;
    if let Some(right) = columns.number {
        paint_line_right(ui, x(right), y, title(text!("ui-log-number")));
    }
    if let Some(right) = columns.time {
        paint_line_right(ui, x(right), y, title(text!("ui-log-time")));
    }
    paint_line(ui, x(columns.program), y, title(text!("ui-log-program")));
    paint_line(ui, x(columns.call), y, title(text!("ui-log-call")));
    paint_line(ui, x(columns.result), y, title(text!("ui-log-result")));
    paint_line_right(ui, x(columns.took), y, title(text!("ui-log-took")));
}

/// A row that is being read, or cannot be shown any more.
fn paint_missing(ui: &Ui, rect: Rect, why: &Message, columns: &Columns, look: &Look) {
    let line = line_of(&[(&look.say(why), theme::plain(12.0), look.roles.text2)], rect.width() - columns.program);
    paint_line(ui, rect.left() + columns.program, rect.center().y, line);
}
