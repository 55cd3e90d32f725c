//! The group of the behaviour: what is answered, how clients are shared, what is sent, what ends a conversation.

use egui::Ui;

use super::rows::{choice, label, row, text_row};
use super::{Form, sending, transfer};
use crate::lab::field;
use crate::program::{Handling, REPLIES, Reply};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    if field(form.spec().kind, "reply").is_some() {
        reply(ui, form, look);
    }
    if field(form.spec().kind, "handling").is_some() {
        handling(ui, form, look);
    }
    if field(form.spec().kind, "send").is_some() {
        sending::show(ui, form, look);
    }
    transfer::show(ui, form, false, look);
    text_row(ui, form, "stop_word", look);
    text_row(ui, form, "expect", look);
}

fn reply_name(name: &str) -> Message {
    match name {
        "echo" => text!("ui-reply-echo"),
        "upper" => text!("ui-reply-upper"),
        "reverse" => text!("ui-reply-reverse"),
        "fixed" => text!("ui-reply-fixed"),
        "time" => text!("ui-reply-time"),
        "manual" => text!("ui-reply-manual"),
        _ => text!("ui-reply-none"),
    }
}

fn reply(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let name = look.say(&label("reply"));
    let words = REPLIES.iter().map(|row| (row.name, look.say(&reply_name(row.name)))).collect::<Vec<_>>();
    let (now, hold) = (form.spec().reply.name(), form.hold);
    let tip = field(form.spec().kind, "reply").map(|field| look.say(&(field.sentence)())).unwrap_or_default();
    let mut chosen = None;
    row(ui, &name, &tip, look, |ui, width| chosen = choice(ui, "reply", &name, width, &now, &words, hold));
    if let Some(reply) = chosen.and_then(Reply::by_name) {
        form.edit(|spec| spec.reply = reply);
    }
    // What is said, and in which form the time is told, is typed as the lab file has it.
    if matches!(form.spec().reply, Reply::Fixed(_) | Reply::Time { .. }) {
        text_row(ui, form, "reply", look);
    }
}

fn handling(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let name = look.say(&label("handling"));
    let words = Handling::ALL.iter().map(|handling| (*handling, look.say(&handling_name(*handling)))).collect::<Vec<_>>();
    let (now, hold) = (form.spec().handling, form.hold);
    let tip = field(form.spec().kind, "handling").map(|field| look.say(&(field.sentence)())).unwrap_or_default();
    let mut chosen = None;
    row(ui, &name, &tip, look, |ui, width| chosen = choice(ui, "handling", &name, width, &now, &words, hold));
    if let Some(handling) = chosen {
        form.edit(|spec| spec.handling = handling);
    }
}

fn handling_name(handling: Handling) -> Message {
    match handling {
        Handling::OneAtATime => text!("ui-handling-one"),
        Handling::ThreadPerConnection => text!("ui-handling-threads"),
    }
}
