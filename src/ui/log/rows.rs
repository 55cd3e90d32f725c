//! The rows in view: drawn, chosen by mouse and keyboard, and their menu.

use std::collections::BTreeSet;

use egui::{Color32, Event, EventFilter, Id, Key, Modifiers, Popup, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::Log;
use super::columns::Columns;
use super::menu::{self, Choice};
use super::place::Place;
use super::row::{self, Row, Telling};
use super::{note, scroll_bar};
use crate::text;
use crate::text::Message;
use crate::trace::copy::Form;
use crate::trace::{OpenCall, Record};
use crate::ui::command::{Action, Actions};
use crate::ui::counting::Counted;
use crate::ui::look::{Look, line_of, paint_line};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, ROW};

/// How far the pointer has to go for a press to become a drag, in points.
const DRAG: f32 = 4.0;

/// What the rows are drawn with.
pub(super) struct Drawn<'frame> {
    pub(super) scene: &'frame Scene,
    pub(super) counted: &'frame Counted,
    pub(super) columns: &'frame Columns,
    pub(super) look: &'frame Look,
}

/// What a search found among the rows in view.
struct Search {
    found: BTreeSet<u64>,
    text: Option<String>,
}

/// What was done with a row in this frame.
enum Touched {
    Clicked(u64),
    Menu(u64, Choice),
    /// Pressed at this place in the view, from 0.
    Pressed(usize),
}

impl Log {
    /// Draws the rows in `list`, and does what was done with them.
    pub(super) fn rows(&mut self, ui: &mut Ui, list: Rect, drawn: &Drawn<'_>, actions: &mut Actions) {
        let look = drawn.look;
        let id = ui.scope_id().with("log");
        let name = look.say(&text!("ui-log-rows"));
        let response = ui.interact(list, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        if response.clicked() {
            response.request_focus();
        }
        let height = f64::from(list.height() / ROW);
        let total = self.view.len() + if self.is_paused() { 0 } else { drawn.scene.open.len() as u64 };
        if response.has_focus() {
            self.keys(ui, id, height, look);
        }
        self.wheel(ui, list, total, height);
        self.settle(total, height);
        let mut clip = ui.new_child(egui::UiBuilder::new().max_rect(list));
        clip.set_clip_rect(list.intersect(ui.clip_rect()));
        let (numbers, touched) = self.draw_rows(&clip, list, id, drawn);
        for touched in touched {
            response.request_focus();
            self.touched(ui, touched, drawn, actions);
        }
        self.seen = numbers;
        if !ui.input(|input| input.pointer.any_down()) {
            self.pressed = None;
        }
        self.drag(ui, list, total, height);
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
            self.place = self.place.showing(self.view.place(n), total, height);
        }
    }

    fn keys(&mut self, ui: &Ui, id: Id, height: f64, look: &Look) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (height as i64 - 1).max(1);
        let far = i64::MAX / 2;
        for (key, by) in
            [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -page), (Key::PageDown, page), (Key::Home, -far), (Key::End, far)]
        {
            // With Shift first: the key alone would take it too.
            if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key)) {
                if let Some(n) = self.row_from_chosen(by) {
                    self.selection.extend(n);
                    self.go_to(n);
                }
            } else if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.step(by);
                self.follow = key == Key::End;
            }
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            self.select_all();
        }
        if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
            self.copy(Form::Text, look.language);
        }
        let asked = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu));
        if let Some(n) = self.chosen.filter(|_| asked) {
            self.menu_of = Some(n);
            self.menu_by_key = Some(true);
            // The menu hangs on its row, which has to be in view for it.
            self.wanted = Some(n);
            self.follow = false;
            Popup::open_id(ui.ctx(), menu_id(id, n));
        }
    }

    fn select_all(&mut self) {
        let last = self.view.len().checked_sub(1).and_then(|last| self.view.number(last));
        if let Some((first, last)) = self.view.number(0).zip(last) {
            self.selection.all(first, last);
            self.chosen = self.chosen.or(Some(last));
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

    /// Chooses rows from where the pointer was pressed to where it is.
    fn drag(&mut self, ui: &Ui, list: Rect, total: u64, height: f64) {
        let Some(from) = self.dragged_from else { return };
        let (down, pointer) = ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
        let Some(pointer) = pointer.filter(|_| down) else {
            self.dragged_from = None;
            return;
        };
        // Rows that move below a pointer that stands still are not chosen by it.
        if ui.input(|input| input.pointer.press_origin()).is_none_or(|origin| origin.distance(pointer) < DRAG) {
            return;
        }
        let beyond = if pointer.y < list.top() { -1.0 } else { f64::from(u8::from(pointer.y > list.bottom())) };
        if beyond != 0.0 {
            self.place = self.place.moved(beyond, total, height);
            self.follow = false;
            ui.ctx().request_repaint();
        }
        let y = pointer.y.clamp(list.top(), list.bottom() - 1.0) - list.top();
        let down = self.place.part + f64::from(y / ROW);
        let place = (self.place.row + down as u64).min(self.view.len().saturating_sub(1));
        let Some(n) = self.view.number(place).filter(|n| *n != from || self.selected_count() > 1) else { return };
        self.selection.one(from);
        self.selection.extend(n);
        self.chosen = Some(n);
        self.follow = false;
    }

    fn touched(&mut self, ui: &Ui, touched: Touched, drawn: &Drawn<'_>, actions: &mut Actions) {
        match touched {
            Touched::Pressed(place) => {
                // What the person saw is what the last frame showed.
                self.pressed = self.seen.get(place).copied();
                self.dragged_from = self.pressed.filter(|_| ui.input(|input| !input.modifiers.any()));
            }
            Touched::Clicked(n) => {
                let n = self.pressed.take().unwrap_or(n);
                let modifiers = ui.input(|input| input.modifiers);
                if modifiers.shift {
                    self.selection.extend(n);
                } else if modifiers.command {
                    self.selection.toggle(n);
                } else {
                    self.selection.one(n);
                }
                self.chosen = Some(n);
            }
            Touched::Menu(n, choice) => {
                if !self.selection.contains(n) {
                    self.selection.one(n);
                }
                self.chosen = Some(n);
                match choice {
                    Choice::Filter(term) => self.filter_by(&term),
                    Choice::Copy(form) => self.copy(form, drawn.look.language),
                    Choice::Mark => {
                        let rows = self.selected(super::MOST_MARKS);
                        self.note = note::toggle(&rows, &drawn.scene.names, actions);
                    }
                    Choice::HideBefore => self.hide_before(),
                    Choice::Layers => actions.push(Action::Layers(n)),
                    Choice::Unpack => actions.push(Action::Unpack(n)),
                    Choice::Converse(socket, peer) => actions.push(Action::Converse(socket, peer)),
                    Choice::Details => {}
                }
            }
        }
    }

    /// Adds a term to the filter, unless it stands there.
    fn filter_by(&mut self, term: &str) {
        if !self.filter.contains(term) {
            let filter = format!("{} {term}", self.filter.trim());
            filter.trim().clone_into(&mut self.filter);
        }
        self.apply_filter();
        self.wanted = self.chosen;
    }

    /// Draws the rows in view; returns their numbers and what was done with them.
    fn draw_rows(&mut self, ui: &Ui, list: Rect, id: Id, drawn: &Drawn<'_>) -> (Vec<u64>, Vec<Touched>) {
        let (scene, look) = (drawn.scene, drawn.look);
        let rows = (list.height() / ROW).ceil() as u64 + 1;
        // The row before the first in view is read too: the time of the first may be told since that one.
        let before = u64::from(self.place.row > 0);
        let mut numbers = self.view.numbers(self.place.row - before..self.place.row + rows);
        let mut records = scene.store.rows_at(&numbers).into_iter();
        let mut previous = None;
        if before == 1 && !numbers.is_empty() {
            numbers.remove(0);
            previous = records.next().flatten().map(|record| record.place());
        }
        let found = numbers.first().zip(numbers.last()).map(|(first, last)| self.find.found(*first, *last)).unwrap_or_default();
        let search = Search { found, text: self.find.underlined().map(str::to_owned) };
        let time = self.kept.get_or_insert_default().time;
        let mut top = list.top() - self.place.part as f32 * ROW;
        let mut touched = Vec::new();
        for (place, (n, record)) in numbers.iter().zip(records).enumerate() {
            let rect = row::rect(list, top);
            top += ROW;
            let Some(record) = record else {
                paint_missing(ui, rect, &scene.missing(*n), drawn.columns, look);
                previous = None;
                continue;
            };
            let asked = drawn.counted.asked.differing(&record);
            let telling = Telling { names: &scene.names, time, started: scene.started, previous, asked };
            let row = Row::of(&record, &telling, look);
            previous = Some(record.place());
            // Known by its place, not by its number: while rows come fast, no number stays in view until a button is let go.
            let response = self.draw_row(ui, rect, id.with(place), &row, Some((*n, &search)), drawn);
            touched.extend(response.and_then(|response| self.touched_row(&response, id, place, &record, drawn)));
        }
        if self.is_paused() {
            return (numbers, touched);
        }
        let telling = |open: &OpenCall| Row::of_open(open, scene.told, &scene.names, look);
        for (slot, open) in scene.open.iter().enumerate().skip(self.place.row.saturating_sub(self.view.len()) as usize) {
            let rect = row::rect(list, top);
            top += ROW;
            self.draw_row(ui, rect, id.with(("open", slot)), &telling(open), None, drawn);
        }
        (numbers, touched)
    }

    fn touched_row(&mut self, response: &Response, id: Id, place: usize, record: &Record, drawn: &Drawn<'_>) -> Option<Touched> {
        let n = record.n;
        if response.secondary_clicked() {
            self.menu_of = Some(n);
            self.menu_by_key = None;
            // Rows that flow would take the menu with them.
            self.follow = false;
        }
        if self.menu_of == Some(n) {
            let copies = if self.selection.contains(n) { self.selected_count() } else { 1 };
            let popup = Popup::context_menu(response).id(menu_id(id, n));
            let popup =
                if self.menu_by_key.is_some() { popup.anchor(response.rect.with_max_x(response.rect.left() + 160.0)) } else { popup };
            let focus = self.menu_by_key == Some(true);
            let shown = popup.show(|ui| menu::show(ui, record, copies, focus, &drawn.scene.names, drawn.look));
            match shown {
                Some(shown) => {
                    self.menu_by_key = self.menu_by_key.map(|_| false);
                    return shown.inner.map(|choice| Touched::Menu(n, choice));
                }
                // Closed: the keyboard goes back to the rows.
                None if self.menu_by_key.is_some() => {
                    (self.menu_of, self.menu_by_key) = (None, None);
                    response.ctx.memory_mut(|memory| memory.request_focus(id));
                }
                None => {}
            }
        }
        if response.clicked() {
            return Some(Touched::Clicked(n));
        }
        let pressed = response.is_pointer_button_down_on() && response.ctx.input(|input| input.pointer.primary_pressed());
        pressed.then_some(Touched::Pressed(place))
    }

    fn draw_row(&self, ui: &Ui, rect: Rect, id: Id, row: &Row, n: Option<(u64, &Search)>, drawn: &Drawn<'_>) -> Option<Response> {
        if !ui.is_rect_visible(rect) {
            return None;
        }
        let look = drawn.look;
        let chosen = n.is_some_and(|(n, _)| self.selection.contains(n));
        let found = n.is_some_and(|(n, search)| search.found.contains(&n));
        let response = ui.interact(rect, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, row.spoken(found, look)));
        let fill = if chosen {
            look.roles.select
        } else if response.hovered() && row.fill().is_none() {
            look.roles.hover
        } else {
            row.fill().unwrap_or(Color32::TRANSPARENT)
        };
        ui.painter().rect_filled(rect, 0.0, fill);
        if n.is_some_and(|(n, _)| Some(n) == self.chosen) {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, look.roles.accent);
        }
        if found {
            // At the other edge, so that a row can be chosen and found.
            let mark =
                Rect::from_min_max(egui::pos2(rect.right() - 11.0, rect.top() + 4.0), egui::pos2(rect.right() - 8.0, rect.bottom() - 4.0));
            ui.painter().rect_filled(mark, 1.0, look.roles.accent);
        }
        let underlined = n.and_then(|(_, search)| search.text.as_deref()).filter(|_| found);
        row.paint(ui, rect, drawn.columns, underlined, look);
        Some(response)
    }
}

/// The id of the menu of row `n`.
fn menu_id(id: Id, n: u64) -> Id {
    id.with(("menu", n))
}

/// A row that is being read, or cannot be shown any more.
fn paint_missing(ui: &Ui, rect: Rect, why: &Message, columns: &Columns, look: &Look) {
    let left = columns.program.or(columns.thread).unwrap_or(columns.call);
    let line = line_of(&[(&look.say(why), theme::plain(12.0), look.roles.text2)], rect.width() - left);
    paint_line(ui, rect.left() + left, rect.center().y, line);
}
