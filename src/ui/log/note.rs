//! The bar in which a note on a row is typed.

use std::sync::Arc;

use egui::{Key, Margin, Modifiers, RichText, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_BOOKMARK, ICON_CHECK, ICON_CLOSE};

use crate::lab::LONGEST_NOTE;
use crate::text;
use crate::trace::Names;
use crate::ui::command::{Action, Actions};
use crate::ui::look::Look;
use crate::ui::theme;

/// A note that is being typed.
#[derive(Debug)]
pub(super) struct Note {
    row: u64,
    text: String,
    focus: bool,
}

impl Note {
    /// The note on row `row`, as it is.
    pub(super) fn of(row: u64, names: &Names) -> Self {
        let text = names.mark(row).map(|note| note.to_string()).unwrap_or_default();
        Self { row, text, focus: true }
    }

    /// Draws the bar; returns whether it is done with.
    pub(super) fn show(&mut self, ui: &mut Ui, look: &Look, actions: &mut Actions) -> bool {
        let mut done = false;
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(8.0);
            ui.label(RichText::new(ICON_BOOKMARK.codepoint).font(theme::icon(14.0)).color(look.roles.accent));
            let name = look.say(&text!("ui-mark-note", row = self.row.to_string()));
            look.secondary(ui, &name);
            let field = TextEdit::singleline(&mut self.text).char_limit(LONGEST_NOTE).font(theme::plain(13.0)).desired_width(320.0);
            let field = field.margin(Margin::symmetric(6, 2)).min_size(vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
            let response = ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-mark-note-tip")));
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if look.icon_button(ui, ICON_CHECK, &look.say(&text!("ui-mark-keep"))).clicked() || entered {
                actions.push(Action::Mark(self.row, Some(self.text.trim().to_owned())));
                done = true;
            }
            if ui.button(RichText::new(look.say(&text!("ui-mark-remove"))).font(theme::plain(12.0))).clicked() {
                actions.push(Action::Mark(self.row, None));
                done = true;
            }
            let escaped = response.lost_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-mark-close"))).clicked() || escaped {
                done = true;
            }
        });
        done
    }
}

/// What a press of the key does to these rows: marks them, or takes the marks away where all have one and none has a note, which would be lost.
pub(super) fn toggle(rows: &[u64], names: &Names, actions: &mut Actions) -> Option<Note> {
    let first = *rows.first()?;
    if rows.iter().all(|row| names.mark(*row).is_some_and(|note| note.is_empty())) {
        actions.extend(rows.iter().map(|row| Action::Mark(*row, None)));
        return None;
    }
    let unmarked = rows.iter().filter(|row| names.mark(**row).is_none());
    actions.extend(unmarked.map(|row| Action::Mark(*row, Some(String::new()))));
    (rows.len() == 1).then(|| Note::of(first, names))
}

/// The note on a row as the log shows it.
pub(super) fn shown(note: &Arc<str>) -> String {
    note.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Settings, Trace};

    #[test]
    fn a_note_is_not_lost_by_a_key() {
        let trace = Trace::new(Settings::default()).unwrap();
        trace.mark(2, Some(""));
        trace.mark(3, Some("why?"));
        trace.flush();
        let names = trace.store().names();
        let press = |rows: &[u64]| {
            let mut actions = Actions::new();
            let note = toggle(rows, &names, &mut actions);
            (actions, note.map(|note| note.text))
        };
        let mark = |n, note: Option<&str>| Action::Mark(n, note.map(str::to_owned));
        assert_eq!(press(&[1]), (vec![mark(1, Some(""))], Some(String::new())));
        assert_eq!(press(&[2]), (vec![mark(2, None)], None));
        assert_eq!(press(&[3]), (vec![], Some("why?".to_owned())));
        assert_eq!(press(&[1, 2, 3]), (vec![mark(1, Some(""))], None));
        assert_eq!(press(&[]), (vec![], None));
    }
}
