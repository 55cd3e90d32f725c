//! The buffer that a thread keeps and `recv_into` writes into: what is not written over stays.

use egui::{RichText, Ui};

use super::Sight;
use crate::text;
use crate::trace::ThreadId;
use crate::ui::look::inset;
use crate::ui::theme;
use crate::wire::{Charset, hex, preview};

/// How many bytes are shown.
const SHOWN: usize = 64;

/// Draws it.
pub(super) fn show(ui: &mut Ui, sight: &Sight<'_>, thread: Option<ThreadId>) {
    let look = sight.look;
    inset(ui, |ui| {
        let Some((row, bytes)) = thread.and_then(|thread| sight.stages.buffer(thread)) else {
            look.secondary(ui, look.say(&text!("ui-calls-buffer-none")));
            return;
        };
        let shown = bytes.get(..SHOWN).unwrap_or(bytes);
        look.secondary(ui, look.say(&text!("ui-calls-buffer", size = bytes.len(), row = row.to_string())));
        ui.label(RichText::new(hex::format(shown)).font(theme::mono(12.0)));
        ui.label(RichText::new(preview(shown, Charset::Utf8, SHOWN).text).font(theme::mono(12.0)).color(look.roles.recv));
    });
}
