//! The fields of a format as rows: code, what it is, where it stands, and its value, typed or read.

use egui::{Align2, Label, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::reading::Reading;
use super::{EXAMPLES, Pack, code};
use crate::text;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;
use crate::ui::tools::field;
use crate::wire::pack::Value;

/// The height of a row.
const ROW: f32 = 26.0;

/// Where the columns stand: the right ends of offset and bytes, the left ends of the others.
struct Columns {
    code: f32,
    meaning: f32,
    offset: f32,
    bytes: f32,
    value: f32,
}

impl Columns {
    fn of(width: f32) -> Self {
        // Where it is narrow there is less room for what a field is.
        let meaning = if width < 420.0 { 40.0 } else { 96.0 };
        Self { code: 14.0, meaning: 70.0, offset: 110.0 + meaning, bytes: 160.0 + meaning, value: 176.0 + meaning }
    }
}

impl Pack {
    /// Draws the rows; returns the one under the pointer, or whose field has the keyboard.
    pub(super) fn table(&mut self, ui: &mut Ui, reading: &Reading, under: Option<usize>, look: &Look) -> Option<usize> {
        let columns = Columns::of(ui.available_width());
        head(ui, &columns, look);
        let rows = reading.format.slots().len();
        let mut area = ScrollArea::vertical().id_salt("fields").auto_shrink(false);
        if let Some(wanted) = self.wanted.take() {
            area = area.vertical_scroll_offset((wanted as f32 * ROW - ROW).max(0.0));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = area.show_rows(ui, ROW, rows, |ui, range| {
            let mut on = None;
            for place in range {
                if self.row(ui, reading, place, under == Some(place), &columns, look) {
                    on = Some(place);
                }
            }
            on
        });
        shown.inner
    }

    fn row(&mut self, ui: &mut Ui, reading: &Reading, place: usize, under: bool, columns: &Columns, look: &Look) -> bool {
        let Some(slot) = reading.format.slots().get(place) else { return false };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let roles = look.roles;
        let value = reading.places.get(place).copied().flatten();
        let hovered = response.contains_pointer();
        look.row(ui, rect, false, hovered || under || self.lit == Some(place));
        let (_, line) = roles.field(slot.item);
        let y = rect.center().y;
        ui.painter().rect_filled(Rect::from_center_size(pos2(rect.left() + 5.0, y), vec2(8.0, 14.0)), 2.0, line);
        let write = |x: f32, width: f32, text: &str, strong: bool| {
            let font = if strong { theme::mono(12.0) } else { theme::plain(12.0) };
            paint_line(ui, rect.left() + x, y, line_of(&[(text, font, roles.text)], width));
        };
        let written = code(slot, &self.typed.format);
        write(columns.code, columns.meaning - columns.code - 4.0, &written, true);
        let meaning = look.say(&self.meaning(value, slot.code));
        write(columns.meaning, columns.offset - columns.meaning - 44.0, &meaning, false);
        for (x, number) in [(columns.offset, slot.offset), (columns.bytes, slot.length)] {
            let job = line_of(&[(&number.to_string(), theme::mono(12.0), roles.text2)], 60.0);
            paint_line_right(ui, rect.left() + x, y, job);
        }
        let rest = Rect::from_min_max(pos2(rect.left() + columns.value, rect.top()), rect.right_bottom());
        let focused = match value {
            Some(value) if self.typed.unpacks => Self::read_value(ui, rest, reading, value, look),
            Some(value) => self.typed_value(
                ui,
                rest,
                reading,
                value,
                &format!("{} {meaning}", look.say(&text!("ui-pack-value", place = value + 1, code = written.as_str()))),
                look,
            ),
            None => {
                ui.painter().text(pos2(rest.left(), y), Align2::LEFT_CENTER, "–", theme::mono(12.0), roles.text2);
                false
            }
        };
        hovered || focused
    }

    /// What the value of that place is, where the example says so; else what its code is for.
    fn meaning(&self, value: Option<usize>, code: char) -> crate::text::Message {
        let named = self.example.and_then(|place| EXAMPLES.get(place)).filter(|example| example.format == self.typed.format);
        let meaning = named.zip(value).and_then(|(example, value)| example.meanings.get(value));
        meaning.map_or_else(|| of_code(code), |meaning| meaning())
    }

    fn read_value(ui: &mut Ui, rect: Rect, reading: &Reading, value: usize, look: &Look) -> bool {
        let Some(read) = reading.values.get(value) else { return false };
        let (text, colour) = match (&read.value, &read.error) {
            (Some(value), _) => (value.written(), look.roles.text),
            (None, Some(error)) => (look.say(error), look.roles.error),
            (None, None) => (String::new(), look.roles.text),
        };
        let builder = UiBuilder::new().max_rect(rect).id_salt(value).layout(egui::Layout::left_to_right(egui::Align::Center));
        let shown = ui.scope_builder(builder, |ui| {
            // Of many thousand bytes a line shows only the first.
            let short = text.chars().take(200).collect::<String>();
            let also = number_in_hex(read.value.as_ref());
            let response = ui.add(Label::new(RichText::new(short).font(theme::mono(12.0)).color(colour)).truncate());
            if let Some(also) = also {
                response.on_hover_text(also);
            }
        });
        shown.response.contains_pointer()
    }

    fn typed_value(&mut self, ui: &mut Ui, rect: Rect, reading: &Reading, value: usize, name: &str, look: &Look) -> bool {
        let read = reading.values.get(value);
        let error = read.and_then(|read| read.error.as_ref());
        let note = read.and_then(|read| read.note.as_ref());
        let Some(text) = self.typed.values.get_mut(value) else { return false };
        let builder = UiBuilder::new().max_rect(rect).id_salt(value).layout(egui::Layout::left_to_right(egui::Align::Center));
        let shown = ui.scope_builder(builder, |ui| {
            let width = if error.is_some() || note.is_some() { 120.0_f32.min(rect.width() - 60.0) } else { rect.width().min(200.0) };
            let tip = error.or(note).map(|said| look.say(said)).unwrap_or_default();
            let focused = field::entry(ui, text, name, &tip, width.max(60.0), error.is_some(), look).has_focus();
            if let Some(said) = error.or(note) {
                let colour = if error.is_some() { look.roles.error } else { look.roles.wait };
                let words = look.say(said);
                ui.add(Label::new(RichText::new(&words).font(theme::plain(11.0)).color(colour)).truncate()).on_hover_text(words);
            }
            focused
        });
        shown.inner
    }
}

fn head(ui: &mut Ui, columns: &Columns, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::HEAD), Sense::hover());
    let y = rect.center().y;
    let job = |text: crate::text::Message| line_of(&[(&look.say(&text), theme::plain(11.0), look.roles.text2)], 160.0);
    for (x, text) in
        [(0.0, text!("ui-pack-code")), (columns.meaning, text!("ui-pack-meaning")), (columns.value, text!("ui-pack-column-value"))]
    {
        paint_line(ui, rect.left() + x, y, job(text));
    }
    for (x, text) in [(columns.offset, text!("ui-pack-offset")), (columns.bytes, text!("ui-pack-bytes"))] {
        paint_line_right(ui, rect.left() + x, y, job(text));
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, look.roles.line));
}

/// A number in hexadecimal, for whoever knows it so.
fn number_in_hex(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Int(number) if *number >= 0 => Some(format!("{number} = 0x{number:x}")),
        _ => None,
    }
}

/// What a code is for.
fn of_code(code: char) -> crate::text::Message {
    match code {
        ' ' => text!("ui-pack-code-aligned"),
        'x' => text!("ui-pack-code-x"),
        'c' => text!("ui-pack-code-c"),
        '?' => text!("ui-pack-code-bool"),
        's' => text!("ui-pack-code-s"),
        'p' => text!("ui-pack-code-p"),
        'P' => text!("ui-pack-code-pointer"),
        'e' | 'f' | 'd' => text!("ui-pack-code-float"),
        'n' => text!("ui-pack-code-ssize"),
        'N' => text!("ui-pack-code-size"),
        code if code.is_ascii_uppercase() => text!("ui-pack-code-unsigned"),
        _ => text!("ui-pack-code-signed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_do_not_meet() {
        for width in [300.0, 420.0, 600.0] {
            let columns = Columns::of(width);
            let edges = [columns.code, columns.meaning, columns.offset, columns.bytes, columns.value, width];
            assert!(edges.is_sorted_by(|one, other| other - one >= 10.0), "{edges:?}");
        }
        assert_eq!(of_code('Q').key(), "ui-pack-code-unsigned");
    }
}
