//! The head of the log: the names of the columns, their edges to be dragged, and the menu of what is shown.

use egui::{CursorIcon, EventFilter, Key, Modifiers, Popup, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::columns::Columns;
use super::kept::{Column, Kept, Time};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// How far an arrow key moves an edge, in points.
const STEP: f32 = 8.0;

/// Draws the head in `rect`.
pub(super) fn show(ui: &Ui, rect: Rect, columns: &Columns, kept: &mut Kept, dated: bool, look: &Look) {
    ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, look.roles.line));
    let id = ui.scope_id().with("log head");
    let response = ui.interact(rect, id, Sense::click());
    let name = look.say(&text!("ui-log-head"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), 0.0, look.roles.hover);
    }
    titles(ui, rect, columns, kept, look);
    look.ring(ui, rect, &response);
    let response = response.on_hover_text(look.say(&text!("ui-log-head-tip")));
    let popup = Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let popup = if response.secondary_clicked() { popup.open_memory(Some(egui::SetOpenCommand::Bool(true))) } else { popup };
    popup.show(|ui| menu(ui, kept, dated, look));
    for (column, from, to) in columns.edges() {
        edge(ui, rect, column, to - from, to, kept, look);
    }
}

fn titles(ui: &Ui, rect: Rect, columns: &Columns, kept: &Kept, look: &Look) {
    let y = rect.center().y;
    let title = |message: &Message| line_of(&[(&look.say(message), theme::plain(11.0), look.roles.text2)], f32::INFINITY);
    let x = |x: f32| rect.left() + x;
    if let Some(right) = columns.number {
        paint_line_right(ui, x(right), y, title(&text!("ui-log-number")));
    }
    if let Some(right) = columns.time {
        let name = match kept.time {
            Time::Run => text!("ui-log-time"),
            Time::Previous => text!("ui-log-since"),
            Time::Day => text!("ui-log-clock"),
        };
        paint_line_right(ui, x(right), y, title(&name));
    }
    if let Some(left) = columns.program {
        paint_line(ui, x(left), y, title(&text!("ui-log-program")));
    }
    if let Some(left) = columns.thread {
        paint_line(ui, x(left), y, title(&text!("ui-log-thread")));
    }
    paint_line(ui, x(columns.call), y, title(&text!("ui-log-call")));
    paint_line(ui, x(columns.result), y, title(&text!("ui-log-result")));
    if let Some(right) = columns.took {
        paint_line_right(ui, x(right), y, title(&text!("ui-log-took")));
    }
}

fn column_name(column: Column) -> Message {
    match column {
        Column::Number => text!("ui-log-number-name"),
        Column::Time => text!("ui-log-time"),
        Column::Program => text!("ui-log-program"),
        Column::Thread => text!("ui-log-thread"),
        Column::Call => text!("ui-log-call"),
        Column::Took => text!("ui-log-took"),
    }
}

fn menu(ui: &mut Ui, kept: &mut Kept, dated: bool, look: &Look) {
    look.heading(ui, &text!("ui-log-menu-time"));
    for (time, _) in Time::ALL {
        let name = match time {
            Time::Run => text!("ui-log-time-run"),
            Time::Previous => text!("ui-log-time-previous"),
            Time::Day => text!("ui-log-time-day"),
        };
        let choice = ui.add_enabled_ui(time != Time::Day || dated, |ui| ui.radio_value(&mut kept.time, time, look.say(&name))).inner;
        choice.on_disabled_hover_text(look.say(&text!("ui-log-time-unknown")));
    }
    ui.separator();
    look.heading(ui, &text!("ui-log-menu-columns"));
    for (column, _) in Column::ALL.into_iter().filter(|(column, _)| *column != Column::Call) {
        let mut shown = kept.shows(column);
        if ui.checkbox(&mut shown, look.say(&column_name(column))).changed() {
            kept.show(column, shown);
        }
    }
    ui.separator();
    if ui.add_enabled(kept.has_widths(), egui::Button::new(look.say(&text!("ui-log-menu-widths")))).clicked() {
        for (column, _) in Column::ALL {
            kept.set_width(column, None);
        }
    }
}

/// The right edge of a column: dragged, moved by the arrow keys, or let go by a double click.
fn edge(ui: &Ui, rect: Rect, column: Column, width: f32, at: f32, kept: &mut Kept, look: &Look) {
    // Left of the next column's title by the gap between cells.
    let x = rect.left() + at - 5.0;
    let area = Rect::from_min_max(pos2(x - 4.0, rect.top()), pos2(x + 4.0, rect.bottom()));
    let response = ui.interact(area, ui.scope_id().with(("edge", column as u8)), Sense::click_and_drag());
    let name = look.say(&text!("ui-log-edge", column = look.say(&column_name(column))));
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &name));
    let held = response.hovered() || response.dragged() || response.has_focus();
    let colour = if held { look.roles.accent } else { look.roles.line };
    ui.painter().vline(x, rect.shrink2(vec2(0.0, 4.0)).y_range(), Stroke::new(if held { 2.0 } else { 1.0 }, colour));
    if held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if response.double_clicked() {
        kept.set_width(column, None);
    } else if response.dragged() {
        if let Some(pointer) = response.interact_pointer_pos() {
            kept.set_width(column, Some(width + pointer.x - x));
        }
    } else if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        for (key, by) in [(Key::ArrowLeft, -STEP), (Key::ArrowRight, STEP)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                kept.set_width(column, Some(width + by));
            }
        }
    }
    response.on_hover_text(look.say(&text!("ui-log-edge-tip")));
}
