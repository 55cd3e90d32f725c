//! The payload of the chosen row: as characters, as hexadecimal, as text; and its copies.

use egui::{Align, Layout, RichText, TextEdit, TextStyle, Ui};
use egui_material_icons::icons::ICON_CONTENT_COPY;

use super::characters::{self, GroupKind};
use crate::text;
use crate::text::Message;
use crate::trace::{Direction, Payload, Record};
use crate::ui::look::Look;
use crate::ui::theme;
use crate::wire::hex;

/// How many bytes are drawn as boxes.
const BOXES: usize = 192;
/// How many bytes are shown as text or hexadecimal. Copies are of all.
const SHOWN: usize = 4096;

/// How the bytes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// A box for each character.
    #[default]
    Characters,
    /// Lines of sixteen bytes, in hexadecimal.
    Hex,
    /// As text.
    Text,
}

impl Form {
    const ALL: [Self; 3] = [Self::Characters, Self::Hex, Self::Text];

    fn name(self) -> Message {
        match self {
            Self::Characters => text!("ui-bytes-characters"),
            Self::Hex => text!("ui-bytes-hex"),
            Self::Text => text!("ui-bytes-text"),
        }
    }
}

/// A way to write bytes down elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CopyAs {
    Text,
    Hex,
    Python,
    C,
}

impl CopyAs {
    const ALL: [Self; 4] = [Self::Text, Self::Hex, Self::Python, Self::C];

    fn name(self) -> Message {
        match self {
            Self::Text => text!("ui-copy-text"),
            Self::Hex => text!("ui-copy-hex"),
            Self::Python => text!("ui-copy-python"),
            Self::C => text!("ui-copy-c"),
        }
    }

    fn write(self, bytes: &[u8]) -> String {
        match self {
            Self::Text => String::from_utf8_lossy(bytes).into_owned(),
            Self::Hex => hex::format(bytes),
            Self::Python => format!("b\"{}\"", bytes.escape_ascii()),
            Self::C => {
                let bytes = bytes.iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(", ");
                format!("unsigned char data[] = {{ {bytes} }};")
            }
        }
    }
}

/// Draws the heading, the bytes in the chosen form and what can be said about them.
pub(super) fn show(ui: &mut Ui, record: &Record, payload: &Payload, form: &mut Form, look: &Look) {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        look.heading(ui, &text!("ui-bytes"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| copy_menu(ui, &payload.bytes, look));
    });
    if payload.bytes.is_empty() {
        let message = if payload.full_len == 0 { text!("ui-bytes-none") } else { text!("ui-bytes-not-kept") };
        look.secondary(ui, look.say(&message));
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for choice in Form::ALL {
            let name = look.say(&choice.name());
            if ui.selectable_label(*form == choice, RichText::new(name).font(theme::plain(12.0))).clicked() {
                *form = choice;
            }
        }
    });
    ui.add_space(2.0);
    match form {
        Form::Characters => boxes(ui, record, payload, look),
        Form::Hex => block(ui, "hex", &hex_lines(payload.bytes.get(..SHOWN).unwrap_or(&payload.bytes)), look),
        Form::Text => block(ui, "text", &String::from_utf8_lossy(payload.bytes.get(..SHOWN).unwrap_or(&payload.bytes)), look),
    }
    let shown = if *form == Form::Characters { BOXES } else { SHOWN };
    if payload.bytes.len() > shown {
        let message = text!("ui-bytes-first", shown = shown.to_string(), all = payload.bytes.len().to_string());
        look.secondary(ui, look.say(&message));
    }
    if payload.is_cut() {
        let message = text!("ui-bytes-cut", kept = payload.bytes.len().to_string(), all = payload.full_len.to_string());
        look.secondary(ui, look.say(&message));
    }
}

fn boxes(ui: &mut Ui, record: &Record, payload: &Payload, look: &Look) {
    let ink = match record.direction() {
        Some(Direction::Sent) => look.roles.send,
        _ => look.roles.recv,
    };
    let shown = payload.bytes.get(..BOXES).unwrap_or(&payload.bytes);
    characters::show(ui, shown, ink, look);
    if shown.len() == payload.bytes.len() && !payload.is_cut() {
        let groups = characters::groups(shown);
        let broken = groups.iter().filter(|group| group.kind == GroupKind::Broken).count();
        let message = if broken == 0 {
            text!("ui-bytes-whole", bytes = shown.len(), characters = groups.len())
        } else {
            text!("ui-bytes-broken", bytes = shown.len(), broken = broken)
        };
        look.secondary(ui, look.say(&message));
    }
}

/// Text that can be selected and copied, and cannot be changed.
fn block(ui: &mut Ui, salt: &str, text: &str, look: &Look) {
    let mut text = text;
    let edit = TextEdit::multiline(&mut text).id_salt(salt).font(TextStyle::Monospace).desired_width(f32::INFINITY).desired_rows(2);
    ui.add(edit.background_color(look.roles.surface)).accessible_name(look.say(&text!("ui-bytes")));
}

/// Lines of eight bytes with their offset: what fits into the pane.
fn hex_lines(bytes: &[u8]) -> String {
    let line = |(index, line): (usize, &[u8])| format!("{:04}  {}", index * 8, hex::format(line));
    bytes.chunks(8).enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn copy_menu(ui: &mut Ui, bytes: &[u8], look: &Look) {
    let name = look.say(&text!("ui-copy-as"));
    let label = format!("{} {name}", ICON_CONTENT_COPY.codepoint);
    let menu = ui.menu_button(RichText::new(label).font(theme::plain(12.0)), |ui| {
        for choice in CopyAs::ALL {
            if ui.button(look.say(&choice.name())).clicked() {
                ui.copy_text(choice.write(bytes));
                ui.close();
            }
        }
    });
    crate::ui::look::named(menu.response, egui::Role::Button, &name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_what_a_program_reads_back() {
        let bytes = "é\n\"".as_bytes();
        assert_eq!(CopyAs::Hex.write(bytes), "c3 a9 0a 22");
        assert_eq!(CopyAs::Python.write(bytes), r#"b"\xc3\xa9\n\"""#);
        assert_eq!(CopyAs::C.write(b"\x00\xff"), "unsigned char data[] = { 0x00, 0xff };");
        assert_eq!(CopyAs::Text.write(bytes), "é\n\"");
    }
}
