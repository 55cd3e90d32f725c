//! The ways to write bytes down elsewhere.

use egui::{RichText, Ui};
use egui_material_icons::icons::ICON_CONTENT_COPY;

use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::wire::{Charset, hex};

/// A way to write bytes down elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyAs {
    /// Their characters.
    Text,
    /// Their digits.
    Hex,
    /// A literal of Python.
    Python,
    /// An array of C.
    C,
}

impl CopyAs {
    /// All of them, in the order in which a person is offered them.
    pub(crate) const ALL: [Self; 4] = [Self::Text, Self::Hex, Self::Python, Self::C];

    /// What it is called.
    pub(crate) fn name(self) -> Message {
        match self {
            Self::Text => text!("ui-copy-text"),
            Self::Hex => text!("ui-copy-hex"),
            Self::Python => text!("ui-copy-python"),
            Self::C => text!("ui-copy-c"),
        }
    }

    /// `bytes`, so written.
    pub(crate) fn write(self, bytes: &[u8], charset: Charset) -> String {
        match self {
            Self::Text => charset.decode(bytes).into_owned(),
            Self::Hex => hex::format(bytes),
            Self::Python => format!("b\"{}\"", bytes.escape_ascii()),
            Self::C => {
                let bytes = bytes.iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(", ");
                format!("unsigned char data[] = {{ {bytes} }};")
            }
        }
    }
}

/// The menu of all ways; copies `bytes`.
pub(crate) fn menu(ui: &mut Ui, bytes: &[u8], charset: Charset, look: &Look) {
    let name = look.say(&text!("ui-copy-as"));
    let label = format!("{} {name}", ICON_CONTENT_COPY.codepoint);
    let menu = ui.menu_button(RichText::new(label).font(theme::plain(12.0)), |ui| {
        for choice in CopyAs::ALL {
            if ui.button(look.say(&choice.name())).clicked() {
                ui.copy_text(choice.write(bytes, charset));
                ui.close();
            }
        }
    });
    named(menu.response, egui::Role::Button, &name).on_hover_text(look.say(&text!("ui-copy-tip", bytes = bytes.len())));
}

/// The menu of character sets; returns the one that was chosen.
pub(crate) fn charset_menu(ui: &mut Ui, charset: Charset, look: &Look) -> Option<Charset> {
    let mut chosen = None;
    let menu = ui.menu_button(RichText::new(charset.name()).font(theme::plain(12.0)), |ui| {
        for other in Charset::all() {
            if ui.selectable_label(other == charset, other.name()).clicked() {
                chosen = Some(other).filter(|other| *other != charset);
                ui.close();
            }
        }
    });
    let name = look.say(&text!("ui-bytes-charset", charset = charset.name()));
    named(menu.response, egui::Role::Button, &name).on_hover_text(look.say(&text!("ui-bytes-charset-tip")));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_what_a_program_reads_back() {
        let bytes = "é\n\"".as_bytes();
        assert_eq!(CopyAs::Hex.write(bytes, Charset::Utf8), "c3 a9 0a 22");
        assert_eq!(CopyAs::Python.write(bytes, Charset::Utf8), r#"b"\xc3\xa9\n\"""#);
        assert_eq!(CopyAs::C.write(b"\x00\xff", Charset::Utf8), "unsigned char data[] = { 0x00, 0xff };");
        assert_eq!(CopyAs::Text.write(bytes, Charset::Utf8), "é\n\"");
        assert_eq!(CopyAs::Text.write(b"\xc4\xe3", Charset::Gbk), "你");
    }
}
