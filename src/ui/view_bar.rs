//! The bar above the log: the filter, search, pause, follow, and what the lab itself did.

use egui::{Align, Layout, Pos2, Response, Sense, Stroke, Ui, vec2};
use egui_material_icons::icons::{ICON_CLEAR_ALL, ICON_PAUSE, ICON_SCIENCE, ICON_SEARCH, ICON_VERTICAL_ALIGN_BOTTOM};

use super::command::{Action, Actions, Command};
use super::log::Log;
use super::look::Look;
use super::room::Room;
use super::theme;
use super::view::View;
use crate::trace::Names;

/// Draws the bar: a tab for each of these views, and at the right what belongs to the one that is shown.
pub(crate) fn show(ui: &mut Ui, views: &[View], view: View, look: &Look, actions: &mut Actions, right: impl FnOnce(&mut Ui, &mut Actions)) {
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        for one in views {
            let row = one.command().row();
            let tip = format!("{} ({})", look.say(&(row.tooltip)()), ui.ctx().format_shortcut(&row.keys));
            if tab(ui, &look.say(&one.name()), *one == view, look).on_hover_text(tip).clicked() {
                actions.push(Action::Run(one.command()));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(6.0);
            right(ui, actions);
        });
    });
}

/// What belongs to the log, from the right.
pub(crate) fn of_log(ui: &mut Ui, log: &mut Log, room: Room, names: &Names, look: &Look, actions: &mut Actions) {
    for (command, icon, on) in [
        (Command::ShowLab, ICON_SCIENCE, log.show_lab),
        (Command::Follow, ICON_VERTICAL_ALIGN_BOTTOM, log.follow),
        (Command::Pause, ICON_PAUSE, log.is_paused()),
        (Command::HideBefore, ICON_CLEAR_ALL, log.hides()),
        (Command::Find, ICON_SEARCH, log.is_finding()),
    ] {
        if look.icon_toggle(ui, icon, on, &look.say(&(command.row().tooltip)())).clicked() {
            actions.push(Action::Run(command));
        }
    }
    log.filter_field(ui, !room.words, names, look);
}

/// A tab; the one of the view that is shown is underlined.
pub(super) fn tab(ui: &mut Ui, name: &str, on: bool, look: &Look) -> Response {
    let (font, colour) = if on { (theme::strong(13.0), look.roles.text) } else { (theme::plain(13.0), look.roles.text2) };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, colour);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 20.0, ui.available_height()), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, on, name));
    if response.hovered() && !on {
        ui.painter().rect_filled(rect, 0.0, look.roles.hover);
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    if on {
        let y = rect.bottom() - 1.0;
        ui.painter().line_segment([Pos2::new(rect.left(), y), Pos2::new(rect.right(), y)], Stroke::new(2.0, look.roles.accent));
    }
    look.ring(ui, rect, &response);
    response
}
