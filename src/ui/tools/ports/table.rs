//! The table: a head to sort by, and as many rows as are in view.

use egui::{EventFilter, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::column::{Column, copied, told};
use super::reading::Row;
use crate::net::machine::{Known, Protocol, State};
use crate::text;
use crate::trace::{Address, TcpState};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// Which socket a row is, from one reading to the next.
type Which = (Protocol, Address, Option<Address>, u64);

/// How far the rows begin from the edge, for the bar of those that are the lab's.
const EDGE: f32 = 8.0;

/// How the table is sorted, and which row is chosen.
#[derive(Debug, Default)]
pub(super) struct Table {
    sort: (Column, bool),
    chosen: Option<Which>,
    /// A row that is to be brought into view.
    wanted: Option<usize>,
    offset: f32,
}

fn key(known: &Known) -> Which {
    let line = &known.line;
    (line.protocol, line.local.clone(), line.remote.clone(), line.inode)
}

impl Table {
    /// Puts the places of `rows` into the order in which they are shown.
    pub(super) fn sort(&self, order: &mut [usize], rows: &[Row]) {
        let (column, descending) = self.sort;
        let by = |one: &usize, other: &usize| {
            let (Some(one), Some(other)) = (rows.get(*one), rows.get(*other)) else { return std::cmp::Ordering::Equal };
            let order = column.order(&one.known, &other.known);
            let order = if descending { order.reverse() } else { order };
            // The order of the system's tables changes from one reading to the next.
            order.then_with(|| Column::Local.order(&one.known, &other.known)).then_with(|| Column::Remote.order(&one.known, &other.known))
        };
        order.sort_by(by);
    }

    /// The chosen row, as long as it is there.
    pub(super) fn chosen<'rows>(&self, rows: &'rows [Row]) -> Option<&'rows Known> {
        let chosen = self.chosen.as_ref()?;
        rows.iter().map(|row| &row.known).find(|known| key(known) == *chosen)
    }

    /// Draws it in all the space there is. Returns whether it is to be sorted anew.
    pub(super) fn show(&mut self, ui: &mut Ui, rows: &[Row], order: &[usize], is_read: bool, look: &Look) -> bool {
        let whole = ui.available_rect_before_wrap();
        ui.allocate_rect(whole, Sense::hover());
        let head = Rect::from_min_size(whole.min, vec2(whole.width(), theme::HEAD));
        let list = Rect::from_min_max(pos2(whole.left(), head.bottom()), whole.max);
        let columns = Column::placed(whole.width() - EDGE);
        let sorted = self.head(ui, head, &columns, look);
        let id = ui.scope_id().with("sockets");
        let response = ui.interact(list, id, Sense::click());
        let name = look.say(&text!("ui-ports-rows"));
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        if response.has_focus() {
            self.keys(ui, id, list.height(), rows, order, look);
        }
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list));
        inner.set_clip_rect(list.intersect(ui.clip_rect()));
        inner.spacing_mut().item_spacing.y = 0.0;
        if order.is_empty() && is_read {
            inner.add_space(12.0);
            inner.label(RichText::new(look.say(&text!("ui-ports-none"))).color(look.roles.text2));
        }
        let mut area = ScrollArea::vertical().id_salt("sockets").auto_shrink(false);
        if let Some(wanted) = self.wanted.take() {
            let top = wanted as f32 * theme::ROW;
            area = area.vertical_scroll_offset(self.offset.clamp((top + theme::ROW - list.height()).max(0.0), top));
        }
        let output = area.show_rows(&mut inner, theme::ROW, order.len(), |ui, range| {
            for place in range {
                let Some(row) = order.get(place).and_then(|place| rows.get(*place)) else { continue };
                if self.row(ui, place, &row.known, &columns, look) {
                    self.chosen = Some(key(&row.known));
                    response.request_focus();
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
        look.ring(ui, list, &response);
        sorted
    }

    /// A row. Returns whether it was clicked.
    fn row(&self, ui: &mut Ui, place: usize, known: &Known, columns: &[(Column, f32, f32)], look: &Look) -> bool {
        let roles = look.roles;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
        let response = ui.interact(rect, ui.scope_id().with(place), Sense::CLICK);
        let chosen = self.chosen.as_ref() == Some(&key(known));
        let words = told(known, look.language);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, words.replace('\n', ", ")));
        look.row(ui, rect, chosen, response.hovered());
        if known.program.is_some() {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, roles.accent);
        }
        for (column, from, to) in columns {
            let text = column.cell(known, look.language);
            let font = if column.is_mono() { theme::mono(12.0) } else { theme::plain(12.0) };
            let passes = matches!(known.line.state, State::Tcp(TcpState::TimeWait)) && matches!(column, Column::State | Column::Timer);
            let colour = match column {
                _ if passes => roles.wait,
                Column::Protocol => roles.text2,
                Column::Owner if known.program.is_none() => roles.text2,
                _ => roles.text,
            };
            let job = line_of(&[(&text, font, colour)], to - from - 8.0);
            let (left, y) = (rect.left() + EDGE, rect.center().y);
            if column.is_number() {
                paint_line_right(ui, left + to - 12.0, y, job);
            } else {
                paint_line(ui, left + from, y, job);
            }
        }
        let clicked = response.clicked();
        response.on_hover_text(words);
        clicked
    }

    fn keys(&mut self, ui: &Ui, id: egui::Id, height: f32, rows: &[Row], order: &[usize], look: &Look) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let known = |place: usize| order.get(place).and_then(|place| rows.get(*place)).map(|row| &row.known);
        let at =
            self.chosen.as_ref().and_then(|chosen| (0..order.len()).find(|place| known(*place).is_some_and(|known| key(known) == *chosen)));
        let last = order.len().saturating_sub(1);
        let page = ((height / theme::ROW) as usize).max(2) - 1;
        let down = |by: usize| at.map_or(0, |at| at.saturating_add(by).min(last));
        let up = |by: usize| at.map_or(last, |at| at.saturating_sub(by));
        let moves = [
            (Key::ArrowDown, down(1)),
            (Key::ArrowUp, up(1)),
            (Key::PageDown, down(page)),
            (Key::PageUp, up(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (pressed, place) in moves {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, pressed)) {
                self.chosen = known(place).map(key);
                self.wanted = Some(place);
            }
        }
        let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
        if let Some(chosen) = at.and_then(known).filter(|_| copies) {
            ui.copy_text(copied(chosen, look.language));
        }
    }

    fn head(&mut self, ui: &Ui, rect: Rect, columns: &[(Column, f32, f32)], look: &Look) -> bool {
        ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, look.roles.line));
        let mut clicked = false;
        for (column, from, to) in columns {
            let name = look.say(&column.name());
            let sorted = self.sort.0 == *column;
            let mark = match self.sort.1 {
                _ if !sorted => "",
                true => " ↓",
                false => " ↑",
            };
            let colour = if sorted { look.roles.text } else { look.roles.text2 };
            let words = format!("{name}{mark}");
            let job = line_of(&[(&words, theme::plain(11.0), colour)], to - from - 4.0);
            let left = rect.left() + EDGE;
            let cell = Rect::from_min_max(pos2(left + from, rect.top()), pos2(left + to - 8.0, rect.bottom()));
            let response = ui.interact(cell, ui.scope_id().with(("sort", *column as u8)), Sense::click());
            let tip = look.say(&text!("ui-ports-sort", column = name));
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, sorted, &tip));
            if column.is_number() {
                paint_line_right(ui, cell.right() - 4.0, cell.center().y, job);
            } else {
                paint_line(ui, cell.left(), cell.center().y, job);
            }
            look.ring(ui, cell, &response);
            if response.on_hover_text(format!("{tip}\n{}", look.say(&column.tip()))).clicked() {
                self.sort = (*column, sorted && !self.sort.1);
                clicked = true;
            }
        }
        clicked
    }
}
