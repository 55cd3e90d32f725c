//! A TFTP packet field by field, or a message of HTTP part by part: what each byte is, what it says, and which rule says so.

use egui::{Frame, Label, Margin, RichText, Ui};

use crate::text;
use crate::trace::Payload;
use crate::trace::transfer::{Rung, RungMark};
use crate::ui::look::Look;
use crate::ui::theme;
use crate::ui::transfers::rung;
use crate::wire::Field;
use crate::wire::hex;
use crate::wire::http::{self, Reader};
use crate::wire::tftp::fields;

/// How many bytes of a field are written in hexadecimal.
const MOST_BYTES: usize = 16;
/// How many fields are shown: a hostile packet may have hundreds.
const MOST_FIELDS: usize = 24;

/// Draws the fields of what `payload` carries, and what is odd about it as a packet of its transfer.
pub(super) fn show(ui: &mut Ui, payload: &Payload, rung: Option<&Rung>, look: &Look) {
    ui.add_space(8.0);
    look.heading(ui, &text!("ui-packet"));
    ui.add_space(2.0);
    if let Some(rung) = rung {
        odd(ui, rung, look);
    }
    list(ui, &fields(&payload.bytes), payload, look);
}

/// Draws the parts of what `payload` carries of messages of HTTP; `before` has read what came before it.
pub(super) fn message(ui: &mut Ui, before: &Reader, payload: &Payload, look: &Look) {
    ui.add_space(8.0);
    look.heading(ui, &text!("ui-http-message"));
    ui.add_space(2.0);
    list(ui, &http::fields(before, &payload.bytes), payload, look);
}

fn list(ui: &mut Ui, fields: &[Field], payload: &Payload, look: &Look) {
    for field in fields.iter().take(MOST_FIELDS) {
        let fill = if field.fault.is_some() { look.roles.error_soft } else { look.roles.sunken };
        Frame::new().fill(fill).corner_radius(theme::CORNER).inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 1.0;
            one(ui, field, payload, look);
        });
        ui.add_space(3.0);
    }
    let hidden = fields.len().saturating_sub(MOST_FIELDS);
    if hidden > 0 {
        look.secondary(ui, look.say(&text!("ui-packet-more", count = hidden)));
    }
}

/// Why it goes or comes once more, or not at all.
fn odd(ui: &mut Ui, rung: &Rung, look: &Look) {
    let (Some((words, rule)), Some(icon)) = (rung::oddity(rung.mark), rung::icon(rung.mark)) else { return };
    let (ink, fill) = match rung.mark {
        RungMark::Dropped => (look.roles.error, look.roles.error_soft),
        _ => (look.roles.wait, look.roles.wait_soft),
    };
    Frame::new().fill(fill).corner_radius(theme::CORNER).inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(ink));
            ui.label(RichText::new(format!("{}: {}", rung::name(rung.step), look.say(&words))).font(theme::strong(12.0)).color(ink));
        });
        ui.add(Label::new(RichText::new(look.say(&rule)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
    });
    ui.add_space(3.0);
}

fn one(ui: &mut Ui, field: &Field, payload: &Payload, look: &Look) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(RichText::new(look.say(&field.name)).font(theme::plain(12.0)).color(look.roles.text2));
        // The block of a payload that was kept in part is as long as it was on the wire.
        let is_cut = payload.is_cut() && field.range.end == payload.bytes.len();
        let length = field.range.len() + if is_cut { payload.full_len as usize - payload.bytes.len() } else { 0 };
        let value = if field.is_data() { format!("{length} B") } else { field.value.clone() };
        ui.add(Label::new(RichText::new(value).font(theme::mono(13.0))).wrap());
    });
    if field.is_data() {
        // Its bytes stand below, character by character.
    } else {
        let bytes = payload.bytes.get(field.range.clone()).unwrap_or_default();
        let mut written = hex::format(bytes.get(..MOST_BYTES).unwrap_or(bytes));
        if bytes.len() > MOST_BYTES {
            written.push_str(" …");
        }
        let place = text!("ui-packet-bytes", from = field.range.start, to = field.range.end.saturating_sub(1), bytes = written);
        ui.label(RichText::new(look.say(&place)).font(theme::mono(11.0)).color(look.roles.text2));
    }
    if let Some(fault) = &field.fault {
        ui.add(Label::new(RichText::new(look.say(fault)).font(theme::plain(12.0)).color(look.roles.error)).wrap());
    }
    ui.add(Label::new(RichText::new(look.say(&field.rule)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
}
