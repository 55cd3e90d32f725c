//! By what messages are told apart, in the form: the kind, and below it what that kind needs.

use egui::Ui;

use super::Form;
use super::drafts::Draft;
use super::rows::{choice, entry, label, row, show_error, text_row};
use crate::lab::{Setting, field};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::wire::framing::{Framing, Header, LineEnd, Order, Width};
use crate::wire::{escape, framing};

/// What is typed: the length of all messages, or the delimiter.
const TYPED: &str = "framing.typed";

fn name(framing: &str) -> Message {
    match framing {
        "fixed" => text!("ui-framing-fixed"),
        "delimiter" => text!("ui-framing-delimiter"),
        "length" => text!("ui-framing-length"),
        "line" => text!("ui-framing-line"),
        _ => text!("ui-framing-none"),
    }
}

/// Draws the rows of the framing.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Some(field) = field(form.spec().kind, "framing") else { return };
    let words = Framing::kinds().map(|framing| (framing.name(), look.say(&name(framing.name()))));
    let now = form.spec().framing.name();
    let tip = format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example);
    if let Some(chosen) = choice_row(ui, form, "framing", &label("framing"), &tip, &now, &words, look) {
        form.drafts.forget(TYPED);
        let framing = Framing::kinds().into_iter().find(|framing| framing.name() == chosen).unwrap_or_default();
        if matches!(framing, Framing::Fixed(_) | Framing::Delimiter(_)) {
            form.drafts.want(TYPED);
        }
        form.edit(|spec| spec.framing = framing);
    }
    match form.spec().framing.clone() {
        Framing::None => return,
        Framing::Fixed(length) => typed(ui, form, &text!("ui-framing-bytes"), &text!("ui-framing-bytes-tip"), length.to_string(), look),
        Framing::Delimiter(bytes) => {
            typed(ui, form, &text!("ui-framing-what"), &text!("ui-framing-what-tip"), escape::format(&bytes), look);
        }
        Framing::Line(end) => line(ui, form, end, look),
        Framing::Length(header) => length(ui, form, header, look),
    }
    if let Some(error) = form.wrong("framing") {
        show_error(ui, &error, look);
    }
    text_row(ui, form, "max_message", look);
}

#[expect(clippy::too_many_arguments, reason = "what a row is drawn with")]
fn choice_row<W: PartialEq + Clone>(
    ui: &mut Ui,
    form: &Form<'_>,
    salt: &str,
    name: &Message,
    tip: &str,
    now: &W,
    words: &[(W, String)],
    look: &Look,
) -> Option<W> {
    let name = look.say(name);
    let mut chosen = None;
    row(ui, &name, tip, look, |ui, width| chosen = choice(ui, salt, &name, width, now, words, form.hold));
    chosen
}

fn line(ui: &mut Ui, form: &mut Form<'_>, now: LineEnd, look: &Look) {
    let words = [(LineEnd::Lf, "LF".to_owned()), (LineEnd::CrLf, "CR LF".to_owned())];
    let tip = look.say(&text!("ui-framing-ending-tip"));
    if let Some(end) = choice_row(ui, form, "line end", &text!("ui-framing-ending"), &tip, &now, &words, look) {
        form.edit(|spec| spec.framing = Framing::Line(end));
    }
}

/// The number before each message: its width, its order, what it counts.
fn length(ui: &mut Ui, form: &mut Form<'_>, now: Header, look: &Look) {
    let widths = Width::ALL.map(|width| (width, look.say(&text!("ui-framing-width", bytes = width.bytes()))));
    let tip = look.say(&text!("ui-framing-header-tip"));
    let width = choice_row(ui, form, "length width", &text!("ui-framing-header"), &tip, &now.width, &widths, look);
    let orders = [(Order::Big, look.say(&text!("ui-framing-big"))), (Order::Little, look.say(&text!("ui-framing-little")))];
    let tip = look.say(&text!("ui-framing-order-tip"));
    let order = choice_row(ui, form, "length order", &text!("ui-framing-order"), &tip, &now.order, &orders, look);
    let counts = [(false, look.say(&text!("ui-framing-body"))), (true, look.say(&text!("ui-framing-itself")))];
    let tip = look.say(&text!("ui-framing-counts-tip"));
    let counted = choice_row(ui, form, "length counts", &text!("ui-framing-counts"), &tip, &now.counts_itself, &counts, look);
    let new = Header {
        width: width.unwrap_or(now.width),
        order: order.unwrap_or(now.order),
        counts_itself: counted.unwrap_or(now.counts_itself),
    };
    if new != now {
        form.edit(|spec| spec.framing = Framing::Length(new));
    }
}

/// A length or a delimiter, as it is typed.
fn typed(ui: &mut Ui, form: &mut Form<'_>, name: &Message, tip: &Message, now: String, look: &Look) {
    let mut draft = form.drafts.get(TYPED, || now);
    let (name, tip) = (look.say(name), look.say(tip));
    let mut left = false;
    row(ui, &name, &tip, look, |ui, width| {
        let response = entry(ui, &mut draft.text, &name, "", width, draft.error.is_some(), form.hold, look);
        if form.drafts.is_wanted(TYPED) {
            response.request_focus();
        }
        if response.changed() {
            let read = read(form.spec(), &draft.text);
            draft.error = read.as_ref().err().cloned();
            if let Ok(framing) = read {
                form.edit(|spec| spec.framing = framing);
            }
            form.drafts.put(TYPED, draft.clone());
        }
        left = response.lost_focus();
        response.on_hover_text(tip.as_str());
    });
    if left {
        form.drafts.leave(TYPED);
    }
    if let Draft { error: Some(error), .. } = &draft {
        show_error(ui, error, look);
    }
}

/// What is typed, as a framing of the kind that the program has: read as a lab file has it.
fn read(spec: &crate::program::Spec, typed: &str) -> Result<Framing, Message> {
    if !matches!(spec.framing, Framing::Fixed(_)) {
        let bytes = escape::parse(typed).map_err(escape::Error::message)?;
        if bytes.is_empty() || bytes.len() > framing::MOST_DELIMITER {
            return Err(text!("ui-framing-what-length", most = framing::MOST_DELIMITER));
        }
        return Ok(Framing::Delimiter(bytes));
    }
    let toml = format!("{{ fixed = {} }}", typed.trim());
    match field(spec.kind, "framing").map(|field| field.typed(&toml)) {
        Some(Ok(Setting::Framing(framing))) => Ok(framing),
        Some(Err(error)) => Err(error),
        _ => Err(text!("ui-framing-bytes-tip")),
    }
}
