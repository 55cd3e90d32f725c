//! The bar above the log: the filter, search, pause, follow, and what the lab itself did.

use egui::{Align, Layout, Pos2, Sense, Stroke, Ui, vec2};
use egui_material_icons::icons::{ICON_CLEAR_ALL, ICON_PAUSE, ICON_SCIENCE, ICON_SEARCH, ICON_VERTICAL_ALIGN_BOTTOM};

use super::command::{Action, Actions, Command};
use super::log::Log;
use super::look::Look;
use super::theme;
use crate::text;
use crate::trace::Names;

/// Draws the bar.
pub(crate) fn show(ui: &mut Ui, log: &mut Log, names: &Names, look: &Look, actions: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        tab(ui, &look.say(&text!("ui-log")), look);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(6.0);
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
            log.filter_field(ui, names, look);
        });
    });
}

/// The tab of the one view there is.
fn tab(ui: &mut Ui, name: &str, look: &Look) {
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::strong(13.0), look.roles.text);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 20.0, ui.available_height()), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, true, name));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, look.roles.text);
    let y = rect.bottom() - 1.0;
    ui.painter().line_segment([Pos2::new(rect.left(), y), Pos2::new(rect.right(), y)], Stroke::new(2.0, look.roles.accent));
}
