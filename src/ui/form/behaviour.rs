//! The group of the behaviour: what is answered, how clients are shared, what is sent, what ends a conversation.

use egui::Ui;

use super::rows::{choice, label, row, text_row};
use super::{Form, framing, link, manner, reply, request, sending, transfer};
use crate::lab::field;
use crate::program::{Handling, ProgramKind};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    reply::show(ui, form, look);
    framing::show(ui, form, look);
    if field(form.spec().kind, "handling").is_some() {
        handling(ui, form, look);
        if form.spec().handling == Handling::ThreadPool {
            text_row(ui, form, "pool_size", look);
        }
    }
    if form.spec().kind == ProgramKind::Load {
        for key in ["connections", "messages", "size", "think"] {
            text_row(ui, form, key, look);
        }
    }
    link::show(ui, form, look);
    if field(form.spec().kind, "send").is_some() {
        sending::show(ui, form, look);
    }
    request::show(ui, form, look);
    transfer::show(ui, form, false, look);
    manner::show(ui, form, look);
    if field(form.spec().kind, "stop_word").is_none() {
        text_row(ui, form, "expect", look);
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
        Handling::ThreadPool => text!("ui-handling-pool"),
        Handling::ProcessPerConnection => text!("ui-handling-processes"),
        Handling::Readiness => text!("ui-handling-readiness"),
    }
}
