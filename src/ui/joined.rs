//! A few words joined to one control, one of which holds: TCP or UDP, server or client.

use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::look::Look;
use super::theme;

/// The room at each side of a word.
const PAD: f32 = 10.0;

/// How the control is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// With a border.
    Plain,
    /// Without: what is chosen does not hold at once.
    Held,
    /// As that, and nothing can be chosen.
    Fixed,
}

/// How wide the control is with these words.
pub(crate) fn width<'words>(ui: &Ui, words: impl Iterator<Item = &'words str>) -> f32 {
    words.map(|word| segment(ui, word)).sum()
}

fn segment(ui: &Ui, word: &str) -> f32 {
    // In the heavier of the two weights, so that nothing moves when another is chosen.
    ui.painter().layout_no_wrap(word.to_owned(), theme::strong(12.0), Color32::PLACEHOLDER).size().x.ceil() + 2.0 * PAD
}

/// Draws the control of which `now` holds. Each word has its name and its tip. Returns what was chosen, where it is another than before.
pub(crate) fn joined<W: PartialEq + Copy>(ui: &mut Ui, now: W, words: &[(W, String, String)], frame: Frame, look: &Look) -> Option<W> {
    let roles = look.roles;
    let whole = width(ui, words.iter().map(|(_, word, _)| word.as_str()));
    let (rect, response) = ui.allocate_exact_size(vec2(whole, theme::FIELD), Sense::hover());
    let mut chosen = None;
    let mut left = rect.left();
    let last = words.len().saturating_sub(1);
    for (place, (value, word, tip)) in words.iter().enumerate() {
        let part = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(segment(ui, word), rect.height()));
        left = part.right();
        let sense = if frame == Frame::Fixed { Sense::hover() } else { Sense::click() };
        let response = ui.interact(part, response.id.with(place), sense);
        let holds = *value == now;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, frame != Frame::Fixed, holds, word));
        let round = |yes: bool| if yes { theme::CORNER } else { 0 };
        let corners = CornerRadius { nw: round(place == 0), sw: round(place == 0), ne: round(place == last), se: round(place == last) };
        let fill = match (holds, response.hovered() && frame != Frame::Fixed) {
            (true, _) => roles.select,
            (_, true) => roles.hover,
            _ if frame == Frame::Plain => roles.surface,
            _ => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(part, corners, fill);
        if place > 0 {
            let line = if frame == Frame::Plain { roles.stroke } else { roles.line };
            ui.painter().vline(part.left(), part.shrink2(vec2(0.0, 1.0)).y_range(), Stroke::new(1.0, line));
        }
        let (font, colour) = if holds { (theme::strong(12.0), roles.accent) } else { (theme::plain(12.0), roles.text2) };
        ui.painter().text(part.center(), Align2::CENTER_CENTER, word, font, colour);
        look.ring(ui, part, &response);
        if response.on_hover_text(tip).clicked() && !holds {
            chosen = Some(*value);
        }
    }
    let border = if frame == Frame::Plain { roles.stroke } else { roles.line };
    ui.painter().rect_stroke(rect, theme::CORNER, Stroke::new(1.0, border), StrokeKind::Inside);
    chosen
}
