//! A box in the row of each peer, where a person answers by hand: an operator who talks with several types beside each of them.

use std::collections::HashMap;

use egui::{Id, Key, Margin, Rect, Stroke, TextEdit, Ui, UiBuilder};

use super::Which;
use crate::program::{MOST_TYPED, Reply};
use crate::text;
use crate::text::Message;
use crate::trace::activity::Peer;
use crate::ui::look::Look;
use crate::ui::scene::ProgramLine;
use crate::ui::theme;

/// How many replies that were begun are remembered.
const MOST: usize = 1024;

/// What was typed for each peer and not sent yet.
#[derive(Debug, Default)]
pub(super) struct Replies {
    begun: HashMap<Which, Begun>,
}

#[derive(Debug, Default)]
struct Begun {
    text: String,
    /// Why it was not sent.
    problem: Option<Message>,
    /// It was handed over; not known yet whether the program took it.
    is_pending: bool,
}

/// How much of a row `width` points wide such a box takes; nothing where the program answers by itself, or where there is no room: then there is the box below.
pub(super) fn room(line: &ProgramLine, width: f32) -> f32 {
    if line.spec.reply != Reply::Manual || !line.phase.is_running() {
        return 0.0;
    }
    match width {
        width if width >= 820.0 => 260.0,
        width if width >= 560.0 => 170.0,
        _ => 0.0,
    }
}

impl Replies {
    /// What the program said to the reply that was handed over last: none where it has taken it. Returns whether there was one.
    pub(super) fn answered(&mut self, problem: Option<&Message>) -> bool {
        let Some(begun) = self.begun.values_mut().find(|begun| begun.is_pending) else { return false };
        begun.is_pending = false;
        if problem.is_none() {
            begun.text.clear();
        }
        begun.problem = problem.cloned();
        true
    }

    /// Draws the box of `peer`; the bytes of what was typed when Enter was pressed in it.
    pub(super) fn show(&mut self, ui: &mut Ui, rect: Rect, which: Which, peer: &Peer, line: &ProgramLine, look: &Look) -> Option<Vec<u8>> {
        if self.begun.len() >= MOST && !self.begun.contains_key(&which) {
            self.begun.retain(|_, begun| !begun.text.is_empty());
        }
        let address = peer.address.as_ref().map(ToString::to_string).unwrap_or_default();
        let id = Id::unique(("reply", &line.spec.name, peer.socket, &address));
        let begun = self.begun.entry(which).or_default();
        let entered = ui.memory(|memory| memory.has_focus(id)) && ui.input(|input| input.key_pressed(Key::Enter));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(egui::vec2(4.0, 2.0))));
        if begun.problem.is_some() {
            let wrong = Stroke::new(1.5, look.roles.error);
            inner.visuals_mut().widgets.inactive.bg_stroke = wrong;
            inner.visuals_mut().widgets.active.bg_stroke = wrong;
        }
        let hint = egui::RichText::new(look.say(&text!("ui-peers-reply-hint"))).font(theme::plain(12.0)).color(look.roles.text2);
        let field = TextEdit::singleline(&mut begun.text).id(id).hint_text(hint).font(theme::mono(12.0)).char_limit(MOST_TYPED);
        let field = field
            .margin(Margin::symmetric(6, 1))
            .min_size(egui::vec2(0.0, theme::FIELD))
            .align(egui::Align2::LEFT_CENTER)
            .text_color(look.roles.send);
        let response = inner.add_sized(inner.available_size(), field).accessible_name(look.say(&text!("ui-peers-reply", peer = address)));
        if response.changed() {
            begun.problem = None;
        }
        if let Some(problem) = &begun.problem {
            beside(&response, &look.say(problem), look);
        }
        if !entered {
            return None;
        }
        // The next one is for the same peer, until one goes elsewhere.
        response.request_focus();
        match line.spec.manner.charset.encode(&begun.text) {
            Ok(bytes) => {
                begun.is_pending = true;
                Some(bytes.into_owned())
            }
            Err(missing) => {
                begun.problem = Some(missing.message());
                None
            }
        }
    }
}

/// What is wrong, at the box, for which its row has no room.
fn beside(field: &egui::Response, words: &str, look: &Look) {
    let popup = egui::Popup::from_response(field).open(true).align(egui::RectAlign::BOTTOM_START).width(field.rect.width().max(240.0));
    popup.close_behavior(egui::PopupCloseBehavior::IgnoreClicks).show(|ui| {
        ui.add(egui::Label::new(egui::RichText::new(words).font(theme::plain(12.0)).color(look.roles.error)).wrap());
    });
}
