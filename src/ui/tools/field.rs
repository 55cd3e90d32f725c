//! What is typed into a tool, with what is wrong with it below; and the small things that tools share.

use egui::{Button, Label, Margin, Response, RichText, Role, Stroke, TextEdit, Ui, vec2};
use egui_material_icons::icons::ICON_CANCEL;

use crate::text::Message;
use crate::ui::look::{Look, named};
use crate::ui::theme;

/// One line that is typed, of this width; framed as wrong where `wrong`.
pub(super) fn entry(ui: &mut Ui, text: &mut String, name: &str, tip: &str, width: f32, wrong: bool, look: &Look) -> Response {
    ui.scope(|ui| {
        if wrong {
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.5, look.roles.error);
            ui.visuals_mut().widgets.active.bg_stroke = Stroke::new(1.5, look.roles.error);
        }
        let field = TextEdit::singleline(text).font(theme::mono(12.0)).margin(Margin::symmetric(6, 2)).desired_width(width - 12.0);
        let field = field.min_size(vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
        let response = ui.add(field).accessible_name(name);
        if tip.is_empty() { response } else { response.on_hover_text(tip) }
    })
    .inner
}

/// The sentence below a field that says what is wrong with it.
pub(super) fn error(ui: &mut Ui, error: &Message, look: &Look) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(look.roles.error));
        ui.add(Label::new(RichText::new(look.say(error)).font(theme::plain(11.0)).color(look.roles.error)).wrap());
    });
}

/// A label before a field.
pub(super) fn label(ui: &mut Ui, text: &Message, look: &Look) -> Response {
    ui.label(RichText::new(look.say(text)).font(theme::plain(12.0)).color(look.roles.text2))
}

/// A few choices of which one holds, as buttons that touch. Returns what was chosen, where it is another than before.
pub(super) fn segments<W: PartialEq + Copy>(ui: &mut Ui, now: W, words: &[(W, String, String)], look: &Look) -> Option<W> {
    let mut chosen = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = -1.0;
        for (word, text, tip) in words {
            let on = *word == now;
            let (font, colour) = if on { (theme::strong(12.0), look.roles.accent) } else { (theme::plain(12.0), look.roles.text2) };
            let fill = if on { look.roles.select } else { look.roles.surface };
            let button =
                Button::new(RichText::new(text).font(font).color(colour)).fill(fill).min_size(vec2(0.0, theme::FIELD)).corner_radius(2);
            let response = ui.add(button);
            let enabled = response.enabled();
            response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, enabled, on, text));
            if response.on_hover_text(tip).clicked() && !on {
                chosen = Some(*word);
            }
        }
    });
    chosen
}

/// A word that can be pressed, as a link is.
pub(super) fn link(ui: &mut Ui, words: &str, tip: &str, look: &Look) -> Response {
    let text = RichText::new(words).font(theme::plain(12.0)).color(look.roles.accent);
    let response = named(ui.add(Button::new(text).frame(false)), Role::Button, words);
    look.ring(ui, response.rect, &response);
    response.on_hover_text(tip)
}
