//! The bar above the log: the filter, follow, and what the lab itself did.

use egui::{Align, Layout, Margin, Pos2, RichText, Sense, Stroke, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CLOSE, ICON_FILTER_LIST, ICON_SCIENCE, ICON_VERTICAL_ALIGN_BOTTOM};

use super::command::{Action, Actions, Command};
use super::log::Log;
use super::look::Look;
use super::theme;
use crate::text;

/// The id of the filter's field, so that a key can put the cursor there.
pub(crate) fn filter_id() -> egui::Id {
    egui::Id::unique("log filter")
}

/// Draws the bar.
pub(crate) fn show(ui: &mut Ui, log: &mut Log, look: &Look, actions: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        tab(ui, &look.say(&text!("ui-log")), look);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(6.0);
            for (command, icon, on) in
                [(Command::ShowLab, ICON_SCIENCE, log.show_lab), (Command::Follow, ICON_VERTICAL_ALIGN_BOTTOM, log.follow)]
            {
                if look.icon_toggle(ui, icon, on, &look.say(&(command.row().tooltip)())).clicked() {
                    actions.push(Action::Run(command));
                }
            }
            filter(ui, log, look);
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
