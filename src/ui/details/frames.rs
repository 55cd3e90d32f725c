//! The messages of a row: where each begins and ends in what the call moved, and in which other row the rest of it is.

use egui::{Label, RichText, Ui};

use super::card::link;
use crate::text;
use crate::text::Message;
use crate::trace::frames::{Borders, Piece};
use crate::ui::look::Look;
use crate::ui::theme;

/// How many messages are listed.
const MOST: usize = 16;

/// Draws the messages; returns a row that is to be gone to.
pub(super) fn show(ui: &mut Ui, borders: &Borders, look: &Look) -> Option<u64> {
    let mut wanted = None;
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        look.heading(ui, &text!("ui-frames"));
        look.secondary(ui, borders.framing.to_string()).on_hover_text(look.say(&text!("ui-frames-tip")));
    });
    ui.add_space(2.0);
    for piece in borders.pieces.iter().take(MOST) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            wanted = one(ui, piece, borders.all, look).or(wanted);
        });
        if let Some(broken) = &piece.broken {
            ui.add(Label::new(RichText::new(look.say(&broken.message())).font(theme::plain(12.0)).color(look.roles.error)).wrap());
        }
    }
    let hidden = borders.pieces.len().saturating_sub(MOST) + borders.more;
    if hidden > 0 {
        look.secondary(ui, look.say(&text!("ui-frames-more", count = hidden)));
    }
    wanted
}

/// One message: its number, its bytes here, and where the rest of it is.
fn one(ui: &mut Ui, piece: &Piece, all: u64, look: &Look) -> Option<u64> {
    let Piece { message, from, to, begins, ends, .. } = piece;
    let (number, of) = (message.to_string(), all.to_string());
    let words = text!("ui-frames-message", message = number, all = of, from = *from, to = to.saturating_sub(1));
    ui.label(RichText::new(look.say(&words)).font(theme::plain(12.0)).color(look.roles.text));
    let mut wanted = None;
    let mut part = |ui: &mut Ui, row: Option<u64>, known: &Message, unknown: &Message| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let words = RichText::new(look.say(if row.is_some() { known } else { unknown })).font(theme::plain(12.0)).color(look.roles.wait);
        ui.label(words);
        if let Some(n) = row
            && link(ui, &look.say(&text!("ui-card-row", row = n.to_string())), look)
        {
            wanted = Some(n);
        }
    };
    if let Err(row) = begins {
        part(ui, *row, &text!("ui-frames-began"), &text!("ui-frames-began-before"));
    }
    if let Err(row) = ends {
        part(ui, *row, &text!("ui-frames-ends"), &text!("ui-frames-open"));
    }
    wanted
}
