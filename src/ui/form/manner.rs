//! How a program behaves in a conversation: the stop word and what becomes of it, and the rarer habits, which unfold.

use egui::{Id, RichText, Ui};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE};

use super::Form;
use super::rows::{label, row, text_row};
use super::tick::tick;
use super::transfer::choice_row;
use crate::lab::{Field, Setting, Shape, field, fields_of};
use crate::program::{Manner, Spec};
use crate::text;
use crate::ui::look::Look;
use crate::ui::theme;

/// The fields that unfold, in the order of the table.
const FOLDED: &[&str] =
    &["charset", "greeting", "notice", "prefix", "connections", "messages", "spin", "contacts", "skip_empty", "stop_empty", "expect"];

/// Draws the rows.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    if field(form.spec().kind, "stop_word").is_none() {
        return;
    }
    text_row(ui, form, "stop_word", look);
    if form.spec().stop_word.is_some() {
        words(ui, form, "stop_case", look);
        words(ui, form, "stop_at", look);
    }
    if unfolded(ui, form, look) {
        for field in fields_of(form.spec().kind).filter(|field| FOLDED.contains(&field.key)) {
            match field.shape {
                Shape::Word(_) => words(ui, form, field.key, look),
                Shape::Flag => flag(ui, form, field, look),
                _ => text_row(ui, form, field.key, look),
            }
        }
    }
}

/// The line that folds and unfolds the rarer habits: they stand open where the program has one. Returns whether they are to be drawn.
fn unfolded(ui: &mut Ui, form: &Form<'_>, look: &Look) -> bool {
    let id = Id::unique(("habits of", &form.line.spec.name));
    let plain = Manner { stop_case: form.spec().manner.stop_case, stop_at: form.spec().manner.stop_at, ..Manner::default() };
    let mut open = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| form.spec().manner != plain || !form.spec().expect.is_empty());
    let icon = if open { ICON_EXPAND_MORE } else { ICON_CHEVRON_RIGHT };
    let words = look.say(&text!("ui-form-habits"));
    let mut job = egui::text::LayoutJob::default();
    job.append(icon.codepoint, 0.0, crate::ui::look::format(theme::icon(14.0), look.roles.text2));
    job.append(&words, 4.0, crate::ui::look::format(theme::plain(12.0), look.roles.text2));
    let button = egui::Button::new(job).frame(false);
    let response = crate::ui::look::named(ui.add(button), egui::Role::Button, &words);
    if response.on_hover_text(look.say(&text!("ui-form-habits-tip"))).clicked() {
        open = !open;
        ui.data_mut(|data| data.insert_temp(id, open));
    }
    open
}

/// One of the words of a field.
fn words(ui: &mut Ui, form: &mut Form<'_>, key: &str, look: &Look) {
    let Some(field) = field(form.spec().kind, key) else { return };
    let Shape::Word(words) = field.shape else { return };
    let words = words.iter().map(|word| (Setting::Text((*word).to_owned()), (*word).to_owned())).collect::<Vec<_>>();
    choice_row(ui, form, field, &words, look);
    if let Some(error) = form.wrong(field.key) {
        super::rows::show_error(ui, &error, look);
    }
}

/// Yes or no.
fn flag(ui: &mut Ui, form: &mut Form<'_>, field: &'static Field<Spec>, look: &Look) {
    let Some(Setting::Flag(on)) = (field.get)(form.spec()) else { return };
    let (name, tip) = (look.say(&label(field.key)), look.say(&(field.sentence)()));
    let hold = form.hold;
    let mut clicked = false;
    row(ui, &name, &tip, look, |ui, _| {
        let word = look.say(&if on { text!("ui-form-yes") } else { text!("ui-form-no") });
        clicked = tick(ui, Some(on), &name, &word, hold, look).on_hover_text(RichText::new(&tip)).clicked();
    });
    if clicked {
        form.edit(|spec| (field.set)(spec, Setting::Flag(!on)));
    }
}
