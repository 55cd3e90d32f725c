//! One message of the send list: edited where it stands, moved, copied and taken out.

use egui::{Align, ComboBox, Layout, Margin, RichText, Stroke, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CANCEL, ICON_CLOSE, ICON_CONTENT_COPY};

use super::preview;
use crate::program::{Draft, Form, LineEnding, MOST_TYPED};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, paint_open};
use crate::ui::theme;
use crate::wire::Charset;

/// The height of one message.
pub(super) const LINE: f32 = 26.0;
/// The width of the choice of a form.
const FORMS: f32 = 64.0;
/// The width of an error beside the field.
const ERROR: f32 = 220.0;

/// A message of the list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its own number, which stays when it is moved: so the keyboard stays with it.
    pub(super) id: u64,
    /// The message, which may be wrong while it is edited.
    pub(super) draft: Draft,
}

/// What a person does to a message of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Up,
    Down,
    Copy,
    Remove,
}

impl Entry {
    /// What is wrong with it.
    pub(super) fn error(&self) -> Option<Message> {
        preview::data(&self.draft).err()
    }

    /// Draws it as the message of this `place` among `count`; returns what is to be done with it.
    pub(super) fn show(&mut self, ui: &mut Ui, place: usize, count: usize, look: &Look) -> Option<Change> {
        let mut change = None;
        let number = place + 1;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), LINE), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(theme::EDGE);
            let buttons = [
                (Change::Remove, ICON_CLOSE, text!("ui-list-remove", number = number), true),
                (Change::Copy, ICON_CONTENT_COPY, text!("ui-list-copy", number = number), true),
                (Change::Down, ICON_ARROW_DOWNWARD, text!("ui-list-down", number = number), number < count),
                (Change::Up, ICON_ARROW_UPWARD, text!("ui-list-up", number = number), place > 0),
            ];
            for (what, icon, name, possible) in buttons {
                ui.add_enabled_ui(possible, |ui| {
                    if look.icon_button(ui, icon, &look.say(&name)).clicked() {
                        change = Some(what);
                    }
                });
            }
            ui.spacing_mut().item_spacing.x = 6.0;
            let ending = if self.draft.ending == LineEnding::None { "" } else { self.draft.ending.name() };
            let charset = if self.draft.charset == Charset::default() { "" } else { self.draft.charset.name() };
            for word in [ending, charset].into_iter().filter(|word| self.draft.form == Form::Text && !word.is_empty()) {
                look.secondary(ui, word);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(theme::EDGE);
                ui.allocate_ui_with_layout(vec2(18.0, LINE), Layout::right_to_left(Align::Center), |ui| {
                    look.secondary(ui, number.to_string());
                });
                self.forms(ui, number, look);
                self.field(ui, number, look);
            });
        });
        change
    }

    fn forms(&mut self, ui: &mut Ui, number: usize, look: &Look) {
        let name = look.say(&text!("ui-list-form", number = number));
        let words = |form: Form| RichText::new(look.say(&super::form_name(form))).font(theme::plain(12.0));
        ui.spacing_mut().button_padding.x = 6.0;
        let combo = ComboBox::from_id_salt(("form", self.id)).selected_text(words(self.draft.form)).width(FORMS).icon(paint_open);
        let response = combo.show_ui(ui, |ui| {
            for form in Form::ALL {
                ui.selectable_value(&mut self.draft.form, *form, words(*form));
            }
        });
        response.response.accessible_name(&name).on_hover_text(name);
    }

    /// The field, and beside it what is wrong with what stands there.
    fn field(&mut self, ui: &mut Ui, number: usize, look: &Look) {
        let error = self.error().map(|error| look.say(&error));
        let room = ui.available_width() - if error.is_some() { ERROR + 20.0 } else { 4.0 };
        let field = TextEdit::singleline(&mut self.draft.text).id_salt(("message", self.id)).font(theme::mono(12.0));
        let field =
            field.char_limit(MOST_TYPED).margin(Margin::symmetric(6, 2)).desired_width(room.max(60.0)).min_size(vec2(0.0, theme::FIELD));
        let name = look.say(&text!("ui-list-message", number = number));
        let response = ui
            .scope(|ui| {
                if error.is_some() {
                    ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.5, look.roles.error);
                }
                ui.add(field.align(egui::Align2::LEFT_CENTER)).accessible_name(&name)
            })
            .inner;
        match error {
            Some(error) => {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(look.roles.error));
                let label = egui::Label::new(RichText::new(&error).font(theme::plain(12.0)).color(look.roles.error)).truncate();
                ui.add(label).on_hover_text(error);
            }
            None => drop(response.on_hover_text(preview::words_of(&self.draft).unwrap_or(name))),
        }
    }
}
