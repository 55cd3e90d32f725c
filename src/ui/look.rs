//! What every part of the window needs in order to draw: the language, the colours, and the small things that look alike everywhere.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Button, Color32, FontId, Frame, Label, Margin, Pos2, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    vec2,
};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::ICON_EXPAND_MORE;

use super::theme::{self, Roles};
use crate::text::{Language, Message};

/// The language and the colours of one frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The language of the person.
    pub(crate) language: Language,
    /// The colours.
    pub(crate) roles: &'static Roles,
}

impl Look {
    /// The look of `ui`, whose theme egui knows, in `language`.
    pub(crate) fn of(ui: &Ui, language: Language) -> Self {
        Self { language, roles: theme::roles(ui.theme()) }
    }

    /// The sentence in the language of the person.
    pub(crate) fn say(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    /// A heading of a pane: small, semibold.
    pub(crate) fn heading(&self, ui: &mut Ui, message: &Message) -> Response {
        ui.label(RichText::new(self.say(message)).font(theme::strong(11.0)).color(self.roles.text2))
    }

    /// Secondary text.
    pub(crate) fn secondary(&self, ui: &mut Ui, text: impl Into<String>) -> Response {
        ui.label(RichText::new(text).font(theme::plain(12.0)).color(self.roles.text2))
    }

    /// Secondary text beside what matters more: shortened where there is little room, and left out where there is next to none.
    pub(crate) fn aside(&self, ui: &mut Ui, text: impl Into<String>) -> Option<Response> {
        let text = RichText::new(text).font(theme::plain(12.0)).color(self.roles.text2);
        (ui.available_width() >= 48.0).then(|| ui.add(Label::new(text).truncate()))
    }

    /// A button that shows only an icon; `name` is what it is called and its tooltip.
    pub(crate) fn icon_button(&self, ui: &mut Ui, icon: MaterialIcon, name: &str) -> Response {
        self.icon(ui, icon, None, name)
    }

    /// As [`icon_button`](Self::icon_button) for what stays on or off, drawn as chosen where `on`.
    pub(crate) fn icon_toggle(&self, ui: &mut Ui, icon: MaterialIcon, on: bool, name: &str) -> Response {
        self.icon(ui, icon, Some(on), name)
    }

    fn icon(&self, ui: &mut Ui, icon: MaterialIcon, state: Option<bool>, name: &str) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(28.0, 26.0), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| match state {
            Some(on) => WidgetInfo::selected(Role::Button, enabled, on, name),
            None => WidgetInfo::labeled(Role::Button, enabled, name),
        });
        let on = state.unwrap_or_default();
        let fill = if on {
            self.roles.select
        } else if response.hovered() {
            self.roles.hover
        } else {
            Color32::TRANSPARENT
        };
        ui.painter().rect_filled(rect, theme::CORNER, fill);
        self.ring(ui, rect, &response);
        let colour = if !enabled {
            self.roles.disabled
        } else if on {
            self.roles.accent
        } else {
            self.roles.text2
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon.codepoint, theme::icon(17.0), colour);
        response.on_hover_text(name)
    }

    /// What lies under a row of a list that is chosen or under the pointer.
    pub(crate) fn row(&self, ui: &Ui, rect: Rect, chosen: bool, hovered: bool) {
        let fill = if chosen { self.roles.select } else { self.roles.hover };
        if chosen || hovered {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        if chosen {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, self.roles.accent);
        }
    }

    /// The ring around what has the keyboard.
    pub(crate) fn ring(&self, ui: &Ui, rect: Rect, response: &Response) {
        if response.has_focus() {
            ui.painter().rect_stroke(rect, theme::CORNER, Stroke::new(2.0, self.roles.accent), StrokeKind::Inside);
        }
    }

    /// An outlined button with an icon and a word.
    pub(crate) fn button(&self, ui: &mut Ui, icon: MaterialIcon, text: &str) -> Response {
        let mut job = LayoutJob::default();
        job.append(icon.codepoint, 0.0, format(theme::icon(16.0), self.roles.text));
        job.append(text, 6.0, format(theme::plain(13.0), self.roles.text));
        named(ui.add(Button::new(job).min_size(vec2(0.0, theme::BUTTON))), Role::Button, text)
    }

    /// A small framed text, such as a state.
    pub(crate) fn chip(&self, ui: &mut Ui, text: &str, colour: Color32, fill: Option<Color32>, font: FontId) -> Response {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 12.0, 18.0), Sense::hover());
        match fill {
            Some(fill) => drop(ui.painter().rect_filled(rect, theme::CORNER, fill)),
            None => drop(ui.painter().rect_stroke(rect, theme::CORNER, Stroke::new(1.0, self.roles.line), StrokeKind::Inside)),
        }
        ui.painter().galley(Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min, galley, colour);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        response
    }
}

/// The format of a run of text.
pub(crate) fn format(font: FontId, colour: Color32) -> TextFormat {
    TextFormat { font_id: font, color: colour, valign: egui::Align::Center, ..TextFormat::default() }
}

/// One line of runs, cut with an ellipsis at `width`.
pub(crate) fn line_of(runs: &[(&str, FontId, Color32)], width: f32) -> LayoutJob {
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_rows: 1,
            break_anywhere: true,
            ..TextWrapping::from_wrap_mode_and_width(egui::TextWrapMode::Truncate, width)
        },
        ..LayoutJob::default()
    };
    for (text, font, colour) in runs {
        job.append(text, 0.0, format(font.clone(), *colour));
    }
    job
}

/// Gives a control its name.
pub(crate) fn named(response: Response, role: Role, name: &str) -> Response {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, name));
    response
}

/// Paints one line of runs, centred on `y`; from `x` to the right.
pub(crate) fn paint_line(ui: &Ui, x: f32, y: f32, job: LayoutJob) -> f32 {
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    ui.painter().galley(Pos2::new(x, y - size.y / 2.0), galley, Color32::PLACEHOLDER);
    x + size.x
}

/// As [`paint_line`], ending at `x`.
pub(crate) fn paint_line_right(ui: &Ui, x: f32, y: f32, job: LayoutJob) {
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    ui.painter().galley(Pos2::new(x - size.x, y - size.y / 2.0), galley, Color32::PLACEHOLDER);
}

/// The mark of what opens a list.
pub(crate) fn paint_open(ui: &Ui, rect: Rect, visuals: &egui::style::WidgetVisuals, _open: bool) {
    let colour = visuals.fg_stroke.color;
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, ICON_EXPAND_MORE.codepoint, theme::icon(16.0), colour);
}

/// What wraps stays within the margins on every line.
pub(crate) fn inset<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin::symmetric(theme::EDGE as i8, 0);
    Frame::new().inner_margin(margin).show(ui, |ui| ui.horizontal_wrapped(add).inner).inner
}
