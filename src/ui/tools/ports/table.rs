//! The table: a head to sort by, and as many rows as are in view.

use egui::{Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::column::{Column, copied, told};
use super::reading::Row;
use crate::net::machine::{Known, Protocol, State};
use crate::text;
use crate::trace::{Address, TcpState};
use crate::ui::list::{Head, List, Rows};
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
    list: List,
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
        let known = |place: usize| order.get(place).and_then(|place| rows.get(*place)).map(|row| &row.known);
        let at =
            self.chosen.as_ref().and_then(|chosen| (0..order.len()).find(|place| known(*place).is_some_and(|known| key(known) == *chosen)));
        let in_list = Rows { height: theme::ROW, count: order.len() };
        let place = (ui.scope_id().with("sockets"), list);
        let (response, to) = self.list.keys(ui, place, &look.say(&text!("ui-ports-rows")), in_list, at);
        let copies = response.has_focus() && ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
        if let Some(chosen) = at.and_then(known).filter(|_| copies) {
            ui.copy_text(copied(chosen, look.language));
        }
        if let Some(to) = to {
            self.chosen = known(to).map(key);
        }
        let mut clicked = None;
        self.list.show(ui, &response, in_list, false, look, |ui, place| {
            if let Some(known) = known(place)
                && row(ui, place, (known, self.chosen.as_ref() == Some(&key(known))), &columns, look)
            {
                clicked = Some(key(known));
            }
        });
        if clicked.is_some() {
            self.chosen = clicked;
            response.request_focus();
        }
        if order.is_empty() && is_read {
            let mut inner = ui.new_child(UiBuilder::new().max_rect(list.with_min_y(list.top() + 12.0)));
            inner.label(RichText::new(look.say(&text!("ui-ports-none"))).color(look.roles.text2));
        }
        sorted
    }

    fn head(&mut self, ui: &Ui, rect: Rect, columns: &[(Column, f32, f32)], look: &Look) -> bool {
        ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, look.roles.line));
        let mut clicked = false;
        for (column, from, to) in columns {
            let name = look.say(&column.name());
            let left = rect.left() + EDGE;
            let right = left + to - if column.is_number() { 12.0 } else { 8.0 };
            let cell = Rect::from_min_max(pos2(left + from, rect.top()), pos2(right, rect.bottom()));
            let sorted = (self.sort.0 == *column).then_some(self.sort.1);
            let (tip, about) = (look.say(&text!("ui-ports-sort", column = name.clone())), look.say(&column.tip()));
            let head = Head { name: &name, sorted, is_number: column.is_number(), room: to - from - 4.0, tip: &tip, about: &about };
            if head.show(ui, cell, ui.scope_id().with(("sort", *column as u8)), look) {
                self.sort = (*column, sorted == Some(false));
                clicked = true;
            }
        }
        clicked
    }
}

/// A row. Returns whether it was clicked.
fn row(ui: &mut Ui, place: usize, (known, chosen): (&Known, bool), columns: &[(Column, f32, f32)], look: &Look) -> bool {
    let roles = look.roles;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(place), Sense::CLICK);
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
