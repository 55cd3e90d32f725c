//! A box to tick, with the word that says its state: on, off, or neither.

use egui::{Align2, Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::ICON_CHECK;

use super::Hold;
use crate::ui::look::Look;
use crate::ui::theme;

/// The side of the box.
const BOX: f32 = 15.0;

/// Draws the box of what is called `name`. What is held until a restart has a fainter border.
pub(super) fn tick(ui: &mut Ui, state: Option<bool>, name: &str, word: &str, hold: Hold, look: &Look) -> Response {
    let roles = look.roles;
    let enabled = ui.is_enabled() && hold != Hold::Fixed;
    let words = ui.painter().layout_no_wrap(word.to_owned(), theme::plain(12.0), roles.text2);
    let size = vec2((BOX + 6.0 + words.size().x).min(ui.available_width()), theme::FIELD);
    let (rect, response) = ui.allocate_exact_size(size, if enabled { Sense::click() } else { Sense::hover() });
    let on = state == Some(true);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, name));
    let place = egui::Rect::from_center_size(egui::pos2(rect.left() + BOX / 2.0, rect.center().y), vec2(BOX, BOX));
    let (fill, border) = match (on, hold) {
        (true, Hold::Fixed) => (roles.text2, roles.text2),
        (true, _) => (roles.accent_fill, roles.accent_fill),
        (false, Hold::Free) => (if response.hovered() { roles.hover } else { roles.surface }, roles.stroke),
        (false, _) => (Color32::TRANSPARENT, roles.line),
    };
    ui.painter().rect(place, theme::TICK, fill, Stroke::new(1.0, border), StrokeKind::Inside);
    if on {
        ui.painter().text(place.center(), Align2::CENTER_CENTER, ICON_CHECK.codepoint, theme::icon(13.0), roles.on_accent);
    }
    let at = egui::pos2(place.right() + 6.0, rect.center().y - words.size().y / 2.0);
    ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, words, roles.text2);
    look.ring(ui, rect.expand2(vec2(2.0, -1.0)), &response);
    response
}
