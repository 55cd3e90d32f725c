//! The field a message is written in: Enter sends, Shift+Enter begins a line, Up and Down call back what was sent.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align, Id, Key, KeyboardShortcut, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::history::{History, Recall};
use crate::program::{Draft, Form, MOST_TYPED};
use crate::text;
use crate::ui::look::Look;
use crate::ui::theme;

/// The height of a line, in points.
const LINE: f32 = 16.0;
/// How many lines are seen at once.
const SEEN: usize = 5;

/// The id of the field of this program, so that the cursor can be put there.
pub(crate) fn id(program: &str) -> Id {
    Id::unique(("message", program))
}

/// The height that a field with this many lines has beyond one line.
pub(super) fn extra(lines: usize) -> f32 {
    (lines.clamp(1, SEEN) - 1) as f32 * LINE
}

/// What came of drawing the field.
pub(super) struct Shown {
    /// Enter was pressed in it.
    pub(super) entered: bool,
    /// The text was changed.
    pub(super) changed: bool,
    /// How many lines it has, as it is wrapped.
    pub(super) lines: usize,
}

/// Draws the field, which had so many `lines` in the last frame.
pub(super) fn show(ui: &mut Ui, id: Id, draft: &mut Draft, lines: usize, recall: &mut Recall, history: &History, look: &Look) -> Shown {
    let focused = ui.memory(|memory| memory.has_focus(id));
    if focused {
        walk(ui, id, draft, recall, history);
    }
    // Before the field sees it: a line is begun with Shift only.
    let entered = focused && ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::Enter));
    let hint = look.say(&match draft.form {
        Form::Text => text!("ui-send-hint"),
        Form::Hex => text!("ui-send-hint-hex"),
        Form::File => text!("ui-send-hint-file"),
    });
    let hint = RichText::new(hint).font(theme::plain(12.0)).color(look.roles.text2);
    let width = ui.available_width() - 8.0;
    let height = theme::FIELD + extra(lines);
    let area = ScrollArea::vertical().id_salt("message").max_height(height).min_scrolled_height(height);
    // In a place of its own: a scroll area by itself is not centred in its row.
    let place = ui.allocate_ui_with_layout(egui::vec2(width + 8.0, height), Layout::top_down(Align::Min), |ui| {
        area.show(ui, |ui| {
            let field = TextEdit::multiline(&mut draft.text).id(id).font(theme::mono(12.0)).hint_text(hint).desired_width(width);
            let field = field.desired_rows(1).char_limit(MOST_TYPED).return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
            field.min_size(egui::vec2(0.0, theme::FIELD)).margin(egui::Margin::symmetric(6, 3)).show(ui)
        })
    });
    let output = place.inner.inner;
    let response = output.response.response.accessible_name(look.say(&text!("ui-send-message")));
    if response.changed() {
        *recall = Recall::default();
    }
    Shown { entered, changed: response.changed(), lines: output.galley.rows.len() }
}

/// Up in the first line and Down in the last one leave the message for the one before, or after.
fn walk(ui: &Ui, id: Id, draft: &mut Draft, recall: &mut Recall, history: &History) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let at = state.cursor.char_range().map_or(usize::MAX, |range| range.primary.index.0);
    let first = !draft.text.chars().take(at).any(|character| character == '\n');
    let last = !draft.text.chars().skip(at).any(|character| character == '\n');
    for (key, older, leaves) in [(Key::ArrowUp, true, first), (Key::ArrowDown, false, last)] {
        if leaves
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
            && history.step(recall, older, draft.form, &mut draft.text)
        {
            state.cursor.set_char_range(Some(CCursorRange::one(CCursor::end_of_str(&draft.text))));
            state.store(ui.ctx(), id);
            return;
        }
    }
}
