//! The two ways of a link: a slider and a field for each thing that can happen there. They act at once, also while the link runs.

use std::time::Duration;

use egui::{Id, Slider, Ui, vec2};

use super::rows::{entry, row, show_error};
use super::tick::tick;
use super::{Form, Hold};
use crate::lab::{Field, Setting, WAY};
use crate::net::Way;
use crate::program::ProgramKind;
use crate::text;
use crate::text::Message;
use crate::ui::joined::{Frame, joined};
use crate::ui::look::Look;
use crate::ui::theme;

/// The width of the field beside a slider.
const FIELD: f32 = 62.0;
/// The fields about pieces of a stream, which stand in a group of their own.
const PIECES: [&str; 5] = ["slice", "gap", "glue", "glue_time", "reset_after"];

/// Which way a slider moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Which {
    /// Both.
    #[default]
    Both,
    /// To the server.
    There,
    /// Back to the clients.
    Back,
}

impl Which {
    const ALL: [Self; 3] = [Self::Both, Self::There, Self::Back];

    const fn word(self) -> Message {
        match self {
            Self::Both => text!("ui-link-both"),
            Self::There => text!("ui-link-there"),
            Self::Back => text!("ui-link-back"),
        }
    }

    const fn tip(self) -> Message {
        match self {
            Self::Both => text!("ui-link-both-tip"),
            Self::There => text!("ui-link-there-tip"),
            Self::Back => text!("ui-link-back-tip"),
        }
    }
}

/// Where a slider ends, and from where on it tells values apart; none for what is no number.
const fn reach(key: &str) -> Option<(f64, f64, bool)> {
    Some(match key.as_bytes() {
        b"delay" | b"jitter" | b"gap" | b"glue_time" => (5_000.0, 1.0, true),
        b"loss" | b"duplicate" | b"reorder" => (100.0, 1.0, false),
        b"rate" | b"reset_after" => (1_000_000.0, 10.0, true),
        b"queue" => (4_194_304.0, 64.0, true),
        b"slice" => (1_500.0, 1.0, true),
        b"glue" => (65_536.0, 1.0, true),
        _ => return None,
    })
}

fn label(key: &str) -> Message {
    match key {
        "delay" => text!("ui-way-delay"),
        "jitter" => text!("ui-way-jitter"),
        "loss" => text!("ui-way-loss"),
        "duplicate" => text!("ui-way-duplicate"),
        "reorder" => text!("ui-way-reorder"),
        "rate" => text!("ui-way-rate"),
        "queue" => text!("ui-way-queue"),
        "slice" => text!("ui-way-slice"),
        "gap" => text!("ui-way-gap"),
        "glue" => text!("ui-way-glue"),
        "glue_time" => text!("ui-way-glue-time"),
        "stall" => text!("ui-way-stall"),
        _ => text!("ui-way-reset-after"),
    }
}

fn id(form: &Form<'_>) -> Id {
    Id::unique(("way of", &form.line.spec.name))
}

/// Draws what happens to all that goes through the link.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let kind = form.spec().kind;
    if !kind.is_link() {
        return;
    }
    let id = id(form);
    let mut which = ui.data(|data| data.get_temp::<Which>(id)).unwrap_or_default();
    let words = Which::ALL.map(|which| (which, look.say(&which.word()), look.say(&which.tip())));
    // What is looked at may be chosen of a recording too.
    let frame = if form.hold == Hold::Fixed { Frame::Held } else { Frame::Plain };
    let (name, tip) = (look.say(&text!("ui-link-way")), look.say(&text!("ui-link-way-tip")));
    row(ui, &name, &tip, look, |ui, _| which = joined(ui, which, &words, frame, look).unwrap_or(which));
    ui.data_mut(|data| data.insert_temp(id, which));
    rows(ui, form, which, false, look);
    let link = &form.spec().link;
    if which == Which::Both && link.there != link.back {
        note(ui, &text!("ui-link-differ"), look);
    }
    note(ui, &if kind == ProgramKind::TcpLink { text!("ui-link-honest-tcp") } else { text!("ui-link-honest-udp") }, look);
}

/// Draws what happens to the pieces of a stream, in the group of the options, which is short.
pub(super) fn pieces(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    if form.spec().kind != ProgramKind::TcpLink {
        return;
    }
    let which = ui.data(|data| data.get_temp::<Which>(id(form))).unwrap_or_default();
    ui.add_space(4.0);
    look.heading(ui, &text!("ui-link-pieces"));
    rows(ui, form, which, true, look);
}

fn note(ui: &mut Ui, words: &Message, look: &Look) {
    let words = egui::RichText::new(look.say(words)).font(theme::plain(11.0)).color(look.roles.text2);
    ui.add(egui::Label::new(words).wrap());
}

fn rows(ui: &mut Ui, form: &mut Form<'_>, which: Which, pieces: bool, look: &Look) {
    let kind = form.spec().kind;
    for field in WAY.iter().filter(|field| field.applies_to(kind) && PIECES.contains(&field.key) == pieces) {
        let mut error = None;
        let tip = format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example);
        row(ui, &look.say(&label(field.key)), &tip, look, |ui, width| error = way_field(ui, form, field, (which, width), &tip, look));
        if let Some(error) = error {
            show_error(ui, &error, look);
        }
    }
}

/// The value of the way that is looked at.
fn value(form: &Form<'_>, field: &Field<Way>, which: Which) -> Option<Setting> {
    let link = &form.spec().link;
    (field.get)(if which == Which::Back { &link.back } else { &link.there })
}

fn put(form: &mut Form<'_>, field: &Field<Way>, which: Which, setting: &Setting) {
    form.edit(|spec| {
        if which != Which::Back {
            (field.set)(&mut spec.link.there, setting.clone());
        }
        if which != Which::There {
            (field.set)(&mut spec.link.back, setting.clone());
        }
    });
}

/// A slider and a field; returns what is wrong with what is typed.
fn way_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &'static Field<Way>,
    (which, width): (Which, f32),
    tip: &str,
    look: &Look,
) -> Option<Message> {
    // A link that runs is changed at once.
    let hold = if form.hold == Hold::Fixed { Hold::Fixed } else { Hold::Free };
    let name = look.say(&text!("ui-way-named", field = label(field.key), way = which.word()));
    let now = value(form, field, which)?;
    if let Setting::Flag(on) = now {
        let word = look.say(&if on { text!("ui-option-on") } else { text!("ui-option-off") });
        if tick(ui, Some(on), &name, &word, hold, look).on_hover_text(tip).clicked() {
            put(form, field, which, &Setting::Flag(!on));
        }
        return None;
    }
    let key = format!("link.{which:?}.{}", field.key);
    ui.spacing_mut().item_spacing.x = 6.0;
    if let Some((most, least, is_logarithmic)) = reach(field.key) {
        let mut at = number(&now);
        let before = at;
        ui.spacing_mut().slider_width = (width - FIELD - 6.0).max(40.0);
        let range = if field.key == "queue" { least..=most } else { 0.0..=most };
        let slider = Slider::new(&mut at, range).logarithmic(is_logarithmic).smallest_positive(least).show_value(false);
        // The rail is to be seen where the slider is at its begin too.
        ui.visuals_mut().widgets.inactive.bg_fill = look.roles.line;
        let response = ui.add_enabled(hold == Hold::Free, slider.trailing_fill(true).clamping(egui::SliderClamping::Never));
        let response = response.accessible_name(look.say(&text!("ui-way-slider", field = name.as_str())));
        look.ring(ui, response.rect, &response);
        if response.on_hover_text(tip).changed() && rounded(at) != before {
            form.drafts.forget(&key);
            put(form, field, which, &setting(&now, rounded(at)));
        }
    }
    let mut draft = form.drafts.get(&key, || value(form, field, which).map(|now| now.to_text()).unwrap_or_default());
    let width = FIELD.min(ui.available_width());
    let response =
        ui.allocate_ui(vec2(width, theme::FIELD), |ui| entry(ui, &mut draft.text, &name, "", width, draft.error.is_some(), hold, look));
    let response = response.inner.on_hover_text(tip);
    if response.changed() {
        let typed = if draft.text.trim().is_empty() { field.default.unwrap_or_default() } else { draft.text.trim() };
        match field.typed(typed) {
            Ok(setting) => {
                draft.error = None;
                put(form, field, which, &setting);
            }
            Err(error) => draft.error = Some(error),
        }
        form.drafts.put(&key, draft.clone());
    }
    if response.lost_focus() {
        form.drafts.leave(&key);
    }
    draft.error
}

/// The value as a slider has it: milliseconds, or a number.
fn number(setting: &Setting) -> f64 {
    match setting {
        Setting::Time(length) => length.as_secs_f64() * 1_000.0,
        Setting::Number(number) => *number as f64,
        _ => 0.0,
    }
}

/// The value of the kind of `like` that a slider says.
fn setting(like: &Setting, at: f64) -> Setting {
    if matches!(like, Setting::Time(_)) { Setting::Time(Duration::from_millis(at as u64)) } else { Setting::Number(at as i64) }
}

/// As far as a hand can tell values apart: two digits.
fn rounded(at: f64) -> f64 {
    let at = at.max(0.0);
    let unit = 10_f64.powf((at.max(1.0).log10().floor() - 1.0).max(0.0));
    (at / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_slider_or_is_a_flag_and_says_what_the_slider_says() {
        for field in WAY {
            let example = field.typed(field.example).expect("an example");
            assert_eq!(reach(field.key).is_none(), matches!(example, Setting::Flag(_)), "{}", field.key);
            if let Some((most, ..)) = reach(field.key) {
                assert_eq!(setting(&example, number(&example)), example, "{}", field.key);
                assert!(field.typed(&setting(&example, most).to_text()).is_ok(), "{}: the slider ends where no value is", field.key);
            }
        }
    }

    #[test]
    fn a_slider_has_round_values() {
        for (at, round) in [(0.2, 0.0), (3.4, 3.0), (57.6, 58.0), (123.0, 120.0), (4_567.0, 4_600.0)] {
            assert_eq!(rounded(at), round);
        }
    }
}
