//! The bar above the log: the filter, follow, and what the lab itself did.

use egui::{Align, Layout, Margin, Pos2, Response, RichText, Sense, Stroke, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CLOSE, ICON_FILTER_LIST, ICON_SCIENCE, ICON_VERTICAL_ALIGN_BOTTOM};

use super::command::{Action, Actions, Command};
use super::log::Log;
use super::look::Look;
use super::theme;
use super::view::View;
use crate::text;

/// The id of the filter's field, so that a key can put the cursor there.
pub(crate) fn filter_id() -> egui::Id {
    egui::Id::unique("log filter")
}

/// Draws the bar: a tab for each view, and at the right what belongs to the one that is shown.
pub(crate) fn show(ui: &mut Ui, view: View, look: &Look, actions: &mut Actions, right: impl FnOnce(&mut Ui, &mut Actions)) {
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        for one in View::ALL {
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
pub(crate) fn of_log(ui: &mut Ui, log: &mut Log, look: &Look, actions: &mut Actions) {
    for (command, icon, on) in [(Command::ShowLab, ICON_SCIENCE, log.show_lab), (Command::Follow, ICON_VERTICAL_ALIGN_BOTTOM, log.follow)] {
        if look.icon_toggle(ui, icon, on, &look.say(&(command.row().tooltip)())).clicked() {
            actions.push(Action::Run(command));
        }
    }
    filter(ui, log, look);
}

/// A tab; the one of the view that is shown is underlined.
fn tab(ui: &mut Ui, name: &str, on: bool, look: &Look) -> Response {
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

fn filter(ui: &mut Ui, log: &mut Log, look: &Look) {
    let roles = look.roles;
    let name = look.say(&text!("ui-command-filter"));
    if !log.filter.is_empty() && look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-filter-clear"))).clicked() {
        log.filter.clear();
        log.apply_filter();
    }
    let width = (ui.available_width() - 150.0).clamp(120.0, 260.0);
    let prefix = RichText::new(ICON_FILTER_LIST.codepoint).font(theme::icon(14.0)).color(roles.text2);
    let field = TextEdit::singleline(&mut log.filter).id(filter_id()).font(theme::mono(12.0)).prefix(prefix);
    let hint = RichText::new(&name).font(theme::plain(12.0)).color(roles.text2);
    let response = ui
        .add(
            field
                .hint_text(hint)
                .desired_width(width)
                .margin(Margin::symmetric(6, 2))
                .min_size(vec2(0.0, theme::FIELD))
                .align(egui::Align2::LEFT_CENTER),
        )
        .accessible_name(&name);
    if response.changed() {
        log.apply_filter();
    }
    match &log.filter_error {
        None => drop(response.on_hover_text(look.say(&text!("ui-filter-tip")))),
        Some(error) => {
            let error = look.say(error);
            response.on_hover_text(&error);
            let label = egui::Label::new(RichText::new(&error).font(theme::plain(12.0)).color(roles.error)).truncate();
            ui.add(label).on_hover_text(&error);
            ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(roles.error));
        }
    }
}
