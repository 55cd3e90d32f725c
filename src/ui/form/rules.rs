//! The rules by which a server answers: each a condition and an answer, moved up and down, since the first that fits answers.

use egui::{Response, RichText, ScrollArea, Ui, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE};

use super::drafts::Draft;
use super::rows::{choice, entry, row, show_error};
use super::{Form, Hold};
use crate::program::{Data, MOST_RULES, Pattern, Reply, Rule, Rules, When};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::wire::{Charset, escape};

/// The width of the choice of a condition.
const WHEN: f32 = 98.0;
/// The height in which the rules are seen: three of them, and the others by scrolling.
const SEEN: f32 = 164.0;
/// The width of a button behind an answer.
const BUTTON: f32 = 18.0;

/// What a person has done to the list.
enum Change {
    Put(usize, Rule),
    Up(usize),
    Down(usize),
    Remove(usize),
    Add,
    Otherwise(Option<Data>),
}

fn when_name(name: &str) -> Message {
    match name {
        "exact" => text!("ui-rule-exact"),
        "prefix" => text!("ui-rule-prefix"),
        "contains" => text!("ui-rule-contains"),
        _ => text!("ui-rule-regex"),
    }
}

/// What is said, as it is typed: with escapes.
fn typed(data: &Data) -> String {
    match data {
        Data::Text(text) => escape::format(text.as_bytes()),
        Data::Hex(bytes) => escape::format(bytes),
        Data::File(path) => path.to_string_lossy().into_owned(),
    }
}

fn data(text: &str) -> Result<Data, Message> {
    Data::typed(text, Charset::Utf8).map_err(|error| error.message())
}

/// The condition of that name, of what is typed.
fn when(name: &str, text: &str) -> Result<When, Message> {
    match When::of(name, Data::Text(String::new())) {
        None => Pattern::new(text).map(When::Regex),
        Some(_) => data(text).map(|data| When::of(name, data).unwrap_or_else(|| When::Exact(Data::Text(String::new())))),
    }
}

/// Draws the list.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, rules: &Rules, look: &Look) {
    let mut changes = Vec::new();
    let area = ScrollArea::vertical().id_salt("rules").max_height(SEEN).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (place, rule) in rules.rules.iter().enumerate() {
            changes.extend(condition(ui, form, place, rule, look));
            changes.extend(answer(ui, form, place, rules, look));
        }
    });
    changes.extend(otherwise(ui, form, rules, look));
    if form.hold != Hold::Fixed && rules.rules.len() < MOST_RULES {
        let name = look.say(&text!("ui-rule-add"));
        row(ui, "", "", look, |ui, _| {
            let button = look.button(ui, ICON_ADD, &name).on_hover_text(look.say(&text!("ui-rule-add-tip")));
            changes.extend(button.clicked().then_some(Change::Add));
        });
    }
    if let Some(change) = changes.pop() {
        let mut rules = rules.clone();
        carry_out(form, &mut rules, change);
        form.edit(|spec| spec.reply = Reply::Rules(rules));
    }
}

/// Does to the list what a person has done. What was being typed stays with its rule only where no rule moves.
fn carry_out(form: &mut Form<'_>, rules: &mut Rules, change: Change) {
    let list = &mut rules.rules;
    if !matches!(change, Change::Put(..) | Change::Otherwise(_)) {
        for place in 0..=list.len() {
            for part in ["when", "what", "answer"] {
                form.drafts.forget(&key(place, part));
            }
        }
    }
    match change {
        Change::Put(place, rule) => {
            if let Some(old) = list.get_mut(place) {
                *old = rule;
            }
        }
        Change::Up(place) if place > 0 && place < list.len() => list.swap(place, place - 1),
        Change::Down(place) if place + 1 < list.len() => list.swap(place, place + 1),
        Change::Up(_) | Change::Down(_) => {}
        Change::Remove(place) => {
            list.remove(place);
        }
        Change::Add => {
            form.drafts.want(&key(list.len(), "what"));
            list.push(Rule { when: When::Exact(Data::Text(String::new())), answer: Data::Text(String::new()) });
        }
        Change::Otherwise(data) => rules.otherwise = data,
    }
}

fn key(place: usize, part: &str) -> String {
    format!("reply.rules.{place}.{part}")
}

/// What a message has to be like.
fn condition(ui: &mut Ui, form: &mut Form<'_>, place: usize, rule: &Rule, look: &Look) -> Option<Change> {
    let number = place + 1;
    let (when_key, what_key) = (key(place, "when"), key(place, "what"));
    let mut kind = form.drafts.of_field(&when_key).map_or_else(|| rule.when.name().to_owned(), |draft| draft.text.clone());
    let now = match &rule.when {
        When::Regex(pattern) => pattern.source().to_owned(),
        When::Exact(data) | When::Prefix(data) | When::Contains(data) => typed(data),
    };
    let mut draft = form.drafts.get(&what_key, || now);
    let words = When::NAMES.iter().map(|name| ((*name).to_owned(), look.say(&when_name(name)))).collect::<Vec<_>>();
    let tip = look.say(&text!("ui-rule-tip"));
    let (mut changed, mut left) = (false, false);
    row(ui, &look.say(&text!("ui-rule", number = number)), &tip, look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let name = look.say(&text!("ui-rule-when", number = number));
        if let Some(new) = choice(ui, &when_key, &name, WHEN, &kind, &words, form.hold) {
            kind = new;
            changed = true;
        }
        let name = look.say(&text!("ui-rule-what", number = number));
        let response = entry(ui, &mut draft.text, &name, "", width - WHEN - 4.0, draft.error.is_some(), form.hold, look);
        if form.drafts.is_wanted(&what_key) {
            response.request_focus();
        }
        follow(&response);
        changed |= response.changed();
        left = response.lost_focus();
        response.on_hover_text(tip.as_str());
    });
    let mut change = None;
    if changed {
        match when(&kind, &draft.text) {
            Ok(when) => {
                draft.error = None;
                change = Some(Change::Put(place, Rule { when, ..rule.clone() }));
            }
            Err(error) => draft.error = Some(error),
        }
        form.drafts.put(&when_key, Draft { text: kind, error: None });
        form.drafts.put(&what_key, draft.clone());
    }
    if left && draft.error.is_none() {
        form.drafts.forget(&when_key);
        form.drafts.forget(&what_key);
    }
    if let Some(error) = &draft.error {
        show_error(ui, error, look);
    }
    change
}

/// What is answered, and what moves the rule or takes it away.
fn answer(ui: &mut Ui, form: &mut Form<'_>, place: usize, rules: &Rules, look: &Look) -> Option<Change> {
    let rule = rules.rules.get(place)?;
    let number = place + 1;
    let mut change = None;
    let tip = look.say(&text!("ui-rule-answer-tip"));
    let is_free = form.hold != Hold::Fixed;
    let mut buttons = None;
    let changed = said(ui, form, (&key(place, "answer"), &text!("ui-rule-answer")), Some(&rule.answer), &tip, look, |ui| {
        let others = [
            (ICON_ARROW_UPWARD, text!("ui-rule-up", number = number), place > 0, Change::Up(place)),
            (ICON_ARROW_DOWNWARD, text!("ui-rule-down", number = number), place + 1 < rules.rules.len(), Change::Down(place)),
            (ICON_CLOSE, text!("ui-rule-remove", number = number), true, Change::Remove(place)),
        ];
        for (icon, name, can, change) in others {
            if button(ui, icon, &look.say(&name), can && is_free, look) {
                buttons = Some(change);
            }
        }
    });
    if let Some(answer) = changed {
        change = Some(Change::Put(place, Rule { answer, ..rule.clone() }));
    }
    buttons.or(change)
}

/// What is answered where no rule fits.
fn otherwise(ui: &mut Ui, form: &mut Form<'_>, rules: &Rules, look: &Look) -> Option<Change> {
    let tip = look.say(&text!("ui-rule-otherwise-tip"));
    let key = "reply.rules.otherwise";
    let changed = said(ui, form, (key, &text!("ui-rule-otherwise")), rules.otherwise.as_ref(), &tip, look, |_| {});
    // An empty field answers nothing.
    changed.map(|data| Change::Otherwise(Some(data).filter(|data| *data != Data::Text(String::new()))))
}

/// A row with a field for text with escapes, and what stands behind it; returns what was typed, where that is right.
fn said(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (key, name): (&str, &Message),
    now: Option<&Data>,
    tip: &str,
    look: &Look,
    behind: impl FnOnce(&mut Ui),
) -> Option<Data> {
    let mut draft = form.drafts.get(key, || now.map(typed).unwrap_or_default());
    let name = look.say(name);
    let (mut changed, mut left) = (false, false);
    let has_buttons = key != "reply.rules.otherwise";
    // Each field is known by its own name: who hears the form must know of which rule it is.
    let number = key.split('.').nth(2).and_then(|place| place.parse::<usize>().ok()).map(|place| place + 1);
    let spoken = number.map_or_else(|| name.clone(), |number| look.say(&text!("ui-rule-answer-of", number = number)));
    row(ui, &name, tip, look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let room = if has_buttons { 3.0 * (BUTTON + 2.0) } else { 0.0 };
        let hint = look.say(&text!("ui-field-none"));
        let hint = if has_buttons { "" } else { hint.as_str() };
        let response = entry(ui, &mut draft.text, &spoken, hint, width - room, draft.error.is_some(), form.hold, look);
        changed = response.changed();
        left = response.lost_focus();
        follow(&response);
        response.on_hover_text(tip);
        behind(ui);
    });
    let mut result = None;
    if changed {
        match data(&draft.text) {
            Ok(data) => {
                draft.error = None;
                result = Some(data);
            }
            Err(error) => draft.error = Some(error),
        }
        form.drafts.put(key, draft.clone());
    }
    if left {
        form.drafts.leave(key);
    }
    if let Some(error) = &draft.error {
        show_error(ui, error, look);
    }
    result
}

/// A small button; returns whether it was pressed.
fn button(ui: &mut Ui, icon: MaterialIcon, name: &str, enabled: bool, look: &Look) -> bool {
    let icon = RichText::new(icon.codepoint).font(theme::icon(14.0)).color(if enabled { look.roles.text2 } else { look.roles.disabled });
    ui.spacing_mut().button_padding.x = 1.0;
    let response = ui.add_enabled(enabled, egui::Button::new(icon).frame(false).min_size(vec2(BUTTON, theme::FIELD)));
    let response = named(response, egui::Role::Button, name).on_hover_text(name);
    look.ring(ui, response.rect, &response);
    follow(&response);
    response.clicked()
}

/// What has got the keyboard is to be seen.
fn follow(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_typed_as_it_is_shown() {
        for (name, text) in [("exact", r"a\n你"), ("prefix", r"\xff\0"), ("contains", ""), ("regex", r"^(\d+)$")] {
            let condition = when(name, text).expect("a condition");
            assert_eq!(condition.name(), name);
            let shown = match &condition {
                When::Regex(pattern) => pattern.source().to_owned(),
                When::Exact(data) | When::Prefix(data) | When::Contains(data) => typed(data),
            };
            assert_eq!(shown, text);
        }
        assert!(when("regex", "(").is_err() && when("exact", r"\q").is_err());
    }
}
