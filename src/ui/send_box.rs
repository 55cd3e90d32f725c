//! Sending by hand: text with escapes or hexadecimal, to everyone or to one peer, through the chosen program.

use egui::{Align, ComboBox, Key, Layout, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_ARROW_FORWARD, ICON_CANCEL};

use super::command::{Action, Actions};
use super::look::{Look, paint_open};
use super::scene::{Phase, ProgramLine, Scene};
use super::theme;
use crate::program::SendTo;
use crate::text;
use crate::text::Message;
use crate::trace::activity::{Peer, SocketState};
use crate::wire::{escape, hex};

/// What is being written.
#[derive(Debug)]
pub(crate) struct SendBox {
    text: String,
    hex: bool,
    to: SendTo,
    error: Option<Message>,
}

impl Default for SendBox {
    fn default() -> Self {
        Self { text: String::new(), hex: false, to: SendTo::All, error: None }
    }
}

impl SendBox {
    /// The bytes that were written.
    fn bytes(&self) -> Result<Vec<u8>, Message> {
        if self.hex {
            hex::parse(&self.text).map_err(hex::Error::message)
        } else {
            escape::parse(&self.text).map_err(escape::Error::message)
        }
    }

    /// Draws the box for `line`.
    pub(crate) fn show(&mut self, ui: &mut Ui, scene: &Scene, line: &ProgramLine, look: &Look, actions: &mut Actions) {
        let peers = line.id.map(|id| scene.activity.peers(id)).unwrap_or_default();
        let peers = peers.into_iter().filter(|peer| peer.state != SocketState::Closed).collect::<Vec<_>>();
        ui.add_enabled_ui(line.phase == Phase::Ready, |ui| {
            ui.horizontal_centered(|ui| {
                ui.add_space(theme::EDGE);
                if ui.available_width() > 560.0 {
                    look.secondary(ui, look.say(&text!("ui-send-from", program = line.spec.name.as_str())));
                }
                self.receivers(ui, &peers, look);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(theme::EDGE);
                    let pressed = look.button(ui, ICON_ARROW_FORWARD, &look.say(&text!("ui-send")));
                    self.forms(ui, look);
                    let entered = self.field(ui, look);
                    if pressed.on_hover_text(look.say(&text!("ui-send-tip"))).clicked() || entered {
                        self.send(&line.spec.name, actions);
                    }
                });
            });
        });
        if let Some(error) = &self.error {
            let words = look.say(error);
            ui.horizontal(|ui| {
                ui.add_space(theme::EDGE);
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(look.roles.error));
                ui.add(egui::Label::new(RichText::new(words).font(theme::plain(12.0)).color(look.roles.error)).truncate());
            });
        }
    }

    /// Whether there is an error to show below the line.
    pub(crate) fn has_error(&self) -> bool {
        self.error.is_some()
    }

    fn receivers(&mut self, ui: &mut Ui, peers: &[Peer], look: &Look) {
        let all = look.say(&text!("ui-send-all"));
        let mut choices = vec![(SendTo::All, all)];
        for peer in peers {
            let address = peer.address.as_ref().map(ToString::to_string).unwrap_or_default();
            match &peer.address {
                Some(to) if !is_stream(peer) => choices.push((SendTo::Address(to.clone()), address)),
                _ => choices.push((SendTo::Socket(peer.socket), format!("{} {address}", peer.socket))),
            }
        }
        if !choices.iter().any(|(to, _)| *to == self.to) {
            self.to = SendTo::All;
        }
        let shown = choices.iter().find(|(to, _)| *to == self.to).map(|(_, words)| words.clone()).unwrap_or_default();
        let name = look.say(&text!("ui-send-to"));
        let combo =
            ComboBox::from_id_salt("send to").selected_text(RichText::new(shown).font(theme::mono(12.0))).width(120.0).icon(paint_open);
        let response = combo.show_ui(ui, |ui| {
            for (to, words) in choices {
                ui.selectable_value(&mut self.to, to, RichText::new(words).font(theme::mono(12.0)));
            }
        });
        response.response.accessible_name(&name).on_hover_text(name);
    }

    fn forms(&mut self, ui: &mut Ui, look: &Look) {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (hex, name) in [(true, text!("ui-bytes-hex")), (false, text!("ui-bytes-text"))] {
            let name = RichText::new(look.say(&name)).font(theme::plain(12.0));
            if ui.selectable_label(self.hex == hex, name).clicked() {
                self.hex = hex;
                self.error = None;
            }
        }
        ui.spacing_mut().item_spacing.x = 8.0;
    }

    /// The field; returns whether Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui, look: &Look) -> bool {
        let hint = look.say(&if self.hex { text!("ui-send-hint-hex") } else { text!("ui-send-hint") });
        let hint_text = RichText::new(&hint).font(theme::plain(12.0)).color(look.roles.text2);
        let field =
            TextEdit::singleline(&mut self.text).font(theme::mono(12.0)).hint_text(hint_text).desired_width(ui.available_width() - 8.0);
        let field = field.min_size(egui::vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
        let response = ui.add(field).accessible_name(look.say(&text!("ui-send-message")));
        if response.changed() {
            self.error = None;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered {
            response.request_focus();
        }
        entered
    }

    fn send(&mut self, program: &str, actions: &mut Actions) {
        match self.bytes() {
            Ok(bytes) => {
                actions.push(Action::Send(program.to_owned(), self.to.clone(), bytes));
                self.text.clear();
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }
}

/// Whether a peer is at the end of a connection of its own, rather than one of many on one socket.
fn is_stream(peer: &Peer) -> bool {
    !matches!(peer.state, SocketState::Made | SocketState::Bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_becomes_bytes_or_a_reason() {
        let of = |text: &str, hex| SendBox { text: text.to_owned(), hex, ..SendBox::default() }.bytes();
        assert_eq!(of("hi\\n\\xff", false), Ok(b"hi\n\xff".to_vec()));
        assert_eq!(of("00 ff", true), Ok(vec![0, 255]));
        assert!(of("\\q", false).is_err());
        assert!(of("0g", true).is_err());
    }
}
