//! What a server answers: a menu of replies and, for those that state more, a field: the text, bytes or file of a fixed reply, the format of the time.

use egui::{RichText, Ui};

use super::Form;
use super::drafts::Draft;
use super::rows::{choice, entry, label, row, show_error};
use super::stated::Way;
use crate::lab::field;
use crate::program::{REPLIES, Remote, Reply};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::ui::theme;

/// The fields, as they are known to who looks for what is wrong.
const DATA: &str = "reply.data";
const WAY: &str = "reply.way";
const FORMAT: &str = "reply.format";
const COMMANDS: &str = "reply.commands";
/// The width of the choice of a way.
const WAYS: f32 = 62.0;

fn reply_name(name: &str) -> Message {
    match name {
        "echo" => text!("ui-reply-echo"),
        "upper" => text!("ui-reply-upper"),
        "reverse" => text!("ui-reply-reverse"),
        "fixed" => text!("ui-reply-fixed"),
        "time" => text!("ui-reply-time"),
        "command" => text!("ui-reply-command"),
        "rules" => text!("ui-reply-rules"),
        "manual" => text!("ui-reply-manual"),
        _ => text!("ui-reply-none"),
    }
}

/// Draws the rows of the reply.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Some(field) = field(form.spec().kind, "reply") else { return };
    let name = look.say(&label("reply"));
    let words = REPLIES.iter().map(|row| (row.name, look.say(&reply_name(row.name)))).collect::<Vec<_>>();
    let (now, hold) = (form.spec().reply.name(), form.hold);
    let tip = format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example);
    let mut chosen = None;
    row(ui, &name, &tip, look, |ui, width| chosen = choice(ui, "reply", &name, width, &now, &words, hold));
    if let Some(reply) = chosen.and_then(Reply::by_name) {
        for key in [DATA, WAY, FORMAT, COMMANDS] {
            form.drafts.forget(key);
        }
        if let Some(key) = stated(&reply) {
            form.drafts.want(key);
        }
        form.edit(|spec| spec.reply = reply);
    }
    match form.spec().reply.clone() {
        Reply::Fixed(_) => fixed(ui, form, look),
        Reply::Time { format } => time(ui, form, &format, look),
        Reply::Rules(rules) => super::rules::show(ui, form, &rules, look),
        Reply::Command(remote) => command(ui, form, &remote, look),
        _ => {}
    }
    if let Some(error) = form.wrong("reply") {
        show_error(ui, &error, look);
    }
}

/// The field in which more is stated of this reply.
const fn stated(reply: &Reply) -> Option<&'static str> {
    match reply {
        Reply::Fixed(_) => Some(DATA),
        Reply::Time { .. } => Some(FORMAT),
        Reply::Command(_) => Some(COMMANDS),
        _ => None,
    }
}

/// What is always answered: in which way it is stated, and itself.
fn fixed(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Reply::Fixed(data) = &form.spec().reply else { return };
    let (mut way, typed) = Way::of(data);
    let ways = Way::words(look);
    // While something is wrong, what was stated last is not yet what is answered.
    if let Some(draft) = form.drafts.of_field(WAY) {
        way = ways.iter().find(|(_, word)| *word == draft.text).map_or(way, |(way, _)| *way);
    }
    let mut draft = form.drafts.get(DATA, || typed);
    let name = look.say(&text!("ui-reply-data"));
    let tip = look.say(&text!("ui-reply-data-tip"));
    let (mut changed, mut left) = (false, false);
    row(ui, &name, &tip, look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if let Some(new) = choice(ui, "reply way", &look.say(&text!("ui-reply-way")), WAYS, &way, &ways, form.hold) {
            way = new;
            changed = true;
            form.drafts.want(DATA);
        }
        let response = entry(ui, &mut draft.text, &name, "", width - WAYS - 4.0, draft.error.is_some(), form.hold, look);
        if form.drafts.is_wanted(DATA) {
            response.request_focus();
        }
        changed |= response.changed();
        left = response.lost_focus();
        response.on_hover_text(tip.as_str());
    });
    if changed {
        let read = way.read(&draft.text);
        draft.error = read.as_ref().err().cloned();
        if let Ok(data) = read {
            form.edit(|spec| spec.reply = Reply::Fixed(data));
        }
        let word = ways.into_iter().find(|(known, _)| *known == way).map(|(_, word)| word).unwrap_or_default();
        form.drafts.put(WAY, Draft { text: word, error: None });
        form.drafts.put(DATA, draft.clone());
    }
    if left {
        form.drafts.leave(DATA);
        if draft.error.is_none() {
            form.drafts.forget(WAY);
        }
    }
    if let Some(error) = &draft.error {
        show_error(ui, error, look);
    }
}

/// The format of the time, and what it comes to now.
fn time(ui: &mut Ui, form: &mut Form<'_>, format: &str, look: &Look) {
    let mut draft = form.drafts.get(FORMAT, || format.to_owned());
    let name = look.say(&text!("ui-reply-format"));
    let tip = look.say(&text!("ui-reply-format-tip"));
    let sample = Reply::sample_time(&draft.text);
    row(ui, &name, &tip, look, |ui, width| {
        let hint = look.say(&text!("ui-reply-format-received"));
        let response = entry(ui, &mut draft.text, &name, &hint, width, sample.is_err(), form.hold, look);
        if form.drafts.is_wanted(FORMAT) {
            response.request_focus();
        }
        if response.changed() {
            let format = draft.text.clone();
            draft.error = Reply::sample_time(&format).err();
            if draft.error.is_none() {
                form.edit(|spec| spec.reply = Reply::Time { format });
            }
            form.drafts.put(FORMAT, draft.clone());
        }
        if response.lost_focus() {
            form.drafts.leave(FORMAT);
        }
        response.on_hover_text(tip.as_str());
    });
    match &sample {
        Ok(time) => {
            let words = look.say(&text!("ui-reply-sample", time = time.as_str()));
            row(ui, "", "", look, |ui, _| {
                let words = RichText::new(&words).font(theme::plain(12.0)).color(look.roles.text2);
                ui.add(egui::Label::new(words).truncate());
            });
        }
        Err(error) => show_error(ui, error, look),
    }
}

/// Which programs may be run: any, or those of a list.
fn command(ui: &mut Ui, form: &mut Form<'_>, remote: &Remote, look: &Look) {
    let name = look.say(&text!("ui-reply-any"));
    let words = [(false, look.say(&text!("ui-reply-any-listed"))), (true, look.say(&text!("ui-reply-any-all")))];
    let (mut any, hold) = (None, form.hold);
    row(ui, &name, &look.say(&text!("ui-reply-any-tip")), look, |ui, width| {
        any = choice(ui, "reply any", &name, width, &remote.any, &words, hold);
    });
    if let Some(any) = any {
        form.edit(|spec| spec.reply = Reply::Command(Remote { any, ..remote.clone() }));
    }
    if remote.any {
        return;
    }
    let mut draft = form.drafts.get(COMMANDS, || remote.allowed.join(", "));
    let name = look.say(&text!("ui-reply-commands"));
    let tip = look.say(&text!("ui-reply-commands-tip"));
    row(ui, &name, &tip, look, |ui, width| {
        let response = entry(ui, &mut draft.text, &name, "", width, false, form.hold, look);
        if form.drafts.is_wanted(COMMANDS) {
            response.request_focus();
        }
        if response.changed() {
            let names = draft.text.split([',', '，']).map(str::trim).filter(|name| !name.is_empty());
            let allowed = names.filter(|name| !name.contains(char::is_control)).map(str::to_owned).collect();
            form.edit(|spec| spec.reply = Reply::Command(Remote { allowed, any: false }));
            form.drafts.put(COMMANDS, draft.clone());
        }
        if response.lost_focus() {
            form.drafts.leave(COMMANDS);
        }
        response.on_hover_text(tip.as_str());
    });
}
