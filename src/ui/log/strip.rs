//! What the log says about rows that it does not show: those hidden above, and those that came while it stood still.

use egui::{Rect, RichText, Ui, pos2, vec2};
use egui_material_icons::icons::{ICON_HISTORY, ICON_PAUSE};

use super::Log;
use crate::text;
use crate::ui::look::Look;
use crate::ui::theme;

/// The height of a strip, in points.
const HEIGHT: f32 = 26.0;

impl Log {
    /// Draws the strips; returns the room that is left for the rows.
    pub(super) fn strips(&mut self, ui: &mut Ui, list: Rect, look: &Look) -> Rect {
        let mut left = list;
        if self.hides() {
            let strip = Rect::from_min_size(left.min, vec2(left.width(), HEIGHT));
            left.min.y = strip.bottom();
            let said = look.say(&text!("ui-log-hidden", count = self.view.hidden()));
            let tip = look.say(&text!("ui-command-show-earlier-tip"));
            if show(ui, strip, ICON_HISTORY, &said, &look.say(&text!("ui-command-show-earlier")), &tip, look) {
                self.show_earlier();
            }
        }
        if let Some(since) = self.view.since() {
            let strip = Rect::from_min_max(pos2(left.left(), left.bottom() - HEIGHT), left.max);
            left.max.y = strip.top();
            let said = look.say(&text!("ui-log-paused", count = since));
            let tip = look.say(&text!("ui-command-pause-tip"));
            if show(ui, strip, ICON_PAUSE, &said, &look.say(&text!("ui-log-go-on")), &tip, look) {
                self.pause();
            }
        }
        left
    }
}

/// One strip; returns whether its button was pressed.
fn show(ui: &mut Ui, rect: Rect, icon: egui_material_icons::MaterialIcon, said: &str, button: &str, tip: &str, look: &Look) -> bool {
    ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
    let content = |ui: &mut Ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.add_space(theme::EDGE);
            ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(look.roles.text2));
            look.secondary(ui, said);
            let link = egui::Button::new(RichText::new(button).font(theme::plain(12.0)).color(look.roles.accent)).frame(false);
            ui.add(link).on_hover_text(tip).clicked()
        })
        .inner
    };
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), content).inner
}
