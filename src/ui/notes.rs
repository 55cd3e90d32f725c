//! What went wrong outside of any field or row: told in a strip above the status bar until it is put away.

use egui::{Frame, Margin, Panel, RichText, Ui};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CLOSE};

use super::look::Look;
use super::theme;
use crate::text;
use crate::text::Message;

/// How many are shown at once; the oldest give way.
const MOST: usize = 4;

/// The notes that are shown.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    notes: Vec<Message>,
}

impl Notes {
    /// Shows one more.
    pub(crate) fn say(&mut self, note: Message) {
        self.notes.retain(|known| *known != note);
        self.notes.push(note);
        let over = self.notes.len().saturating_sub(MOST);
        self.notes.drain(..over);
    }

    /// Puts all away.
    pub(crate) fn clear(&mut self) {
        self.notes.clear();
    }

    /// Draws the strip, where there is anything to tell.
    pub(crate) fn show(&mut self, ui: &mut Ui, look: &Look) {
        if self.notes.is_empty() {
            return;
        }
        let frame = Frame::new().fill(look.roles.error_soft).inner_margin(Margin::symmetric(12, 4));
        Panel::bottom("notes").resizable(false).frame(frame).show(ui, |ui| {
            let mut away = None;
            for (place, note) in self.notes.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(14.0)).color(look.roles.error));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-note-away"))).clicked() {
                            away = Some(place);
                        }
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            ui.add(egui::Label::new(look.say(note)).wrap());
                        });
                    });
                });
            }
            if let Some(place) = away {
                self.notes.remove(place);
            }
        });
    }
}
