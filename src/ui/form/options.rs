//! The group of the socket options: what is asked, and beside it what the kernel read back, or is expected to. While the program runs, an option that
//! acts on an open socket is set there at once; the others wait for a restart.

use egui::{Align, Key, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use super::rows::{entry, show_error};
use super::tick::tick;
use super::{Form, Hold, faults, link};
use crate::net::option::{OPTIONS, Opt, ValueKind, by_name};
use crate::program::Spec;
use crate::text;
use crate::text::Message;
use crate::trace::Value;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// The options that are always offered; others are added.
const USUAL: [&str; 3] = ["SO_REUSEADDR", "SO_RCVBUF", "SO_RCVTIMEO"];
/// The distance between two columns.
const GAP: f32 = 8.0;
/// The width of what the kernel read back: `5.004 s`.
const GOT: f32 = 54.0;
/// The width of a character of a name.
const LETTER: f32 = 7.2;
/// The widest a field is: a group and its interface have room.
const FIELD: f32 = 180.0;
/// The width of what takes an option back, and that of a field which it leaves.
const CLEAR: (f32, f32) = (20.0, 60.0);

/// The columns of the group, from the left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Columns {
    name: f32,
    field: f32,
}

impl Columns {
    /// For a group `width` points wide whose longest name has so many letters.
    fn of(width: f32, letters: usize) -> Self {
        let most = (width - GOT - 2.0 * GAP - CLEAR.1 - CLEAR.0).max(90.0);
        let name = (letters as f32 * LETTER + 2.0).clamp(90.0, most);
        Self { name, field: (width - name - GOT - 2.0 * GAP).clamp(40.0, FIELD) }
    }
}

/// What the field of an option is known by.
fn key(option: &Opt) -> String {
    format!("options.{}", option.name)
}

/// The options that are shown, in their order.
fn shown(form: &Form<'_>) -> Vec<&'static Opt> {
    let mut options = USUAL.iter().filter_map(|name| by_name(name)).collect::<Vec<_>>();
    let asked = form.spec().options.iter().map(|(option, _)| *option);
    for option in asked.chain(form.drafts.added_options().filter_map(by_name)) {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    options
}

/// Draws the group; the heads of its columns stand in the card's own head line, `head`.
pub(super) fn show(ui: &mut Ui, head: Rect, form: &mut Form<'_>, look: &Look) {
    let options = shown(form);
    let longest = options.iter().map(|option| option.name.len()).max().unwrap_or_default();
    let columns = Columns::of(ui.available_width(), longest);
    heads(ui, head, form.hold, columns, look);
    for option in options {
        show_option(ui, form, option, columns, look);
    }
    add(ui, form, look);
    // The group of a program that speaks TFTP is short.
    faults::show(ui, form, look);
    link::pieces(ui, form, look);
}

fn heads(ui: &Ui, head: Rect, hold: Hold, columns: Columns, look: &Look) {
    let (effective, tip) = match hold {
        Hold::Free => (text!("ui-option-expected"), text!("ui-option-expected-tip")),
        Hold::UntilRestart | Hold::Fixed => (text!("ui-option-got"), text!("ui-option-got-tip")),
    };
    let left = head.left() + columns.name + GAP;
    let asked = Rect::from_x_y_ranges(left..=left + columns.field, head.y_range());
    let got = Rect::from_x_y_ranges(asked.right()..=head.right(), head.y_range());
    for (place, words, tip) in [(asked, text!("ui-option-asked"), text!("ui-option-asked-tip")), (got, effective, tip)] {
        let words = look.say(&words);
        let line = line_of(&[(&words, theme::plain(11.0), look.roles.text2)], place.width());
        if place == asked {
            paint_line(ui, place.left(), place.center().y, line);
        } else {
            paint_line_right(ui, place.right(), place.center().y, line);
        }
        let response = ui.interact(place, ui.scope_id().with(&words), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
        response.on_hover_text(look.say(&tip));
    }
}

/// What a person has done to an option.
enum Change {
    Set(Value),
    Clear,
}

fn show_option(ui: &mut Ui, form: &mut Form<'_>, option: &'static Opt, columns: Columns, look: &Look) {
    let key = key(option);
    let asked = form.spec().options.iter().find(|(known, _)| *known == option).map(|(_, value)| value.clone());
    let is_live = form.hold == Hold::UntilRestart && option.acts_when_open(form.spec().kind.socket_type());
    let hold = if is_live { Hold::Free } else { form.hold };
    let tip = tip(option, form.hold, is_live, look);
    let mut change = None;
    let mut error = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.set_min_height(theme::FIELD);
        let (rect, response) = ui.allocate_exact_size(vec2(columns.name, theme::FIELD), Sense::hover());
        paint_line(ui, rect.left(), rect.center().y, line_of(&[(option.name, theme::mono(12.0), look.roles.text)], columns.name));
        response.on_hover_text(&tip);
        let (place, _) = ui.allocate_exact_size(vec2(columns.field, theme::FIELD), Sense::hover());
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center)));
        inner.spacing_mut().item_spacing.x = 0.0;
        let is_added = !USUAL.contains(&option.name);
        // A text is taken back by emptying its field, where there is no room for more.
        let has_room = option.kind == ValueKind::Flag || columns.field >= CLEAR.0 + CLEAR.1;
        if (is_added || asked.is_some()) && has_room && form.hold != Hold::Fixed && clear(&mut inner, option, look) {
            form.drafts.forget(&key);
            change = Some(Change::Clear);
        }
        inner.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if option.kind == ValueKind::Flag {
                let now = if let Some(Value::Flag(on)) = asked { Some(on) } else { None };
                let response = tick(ui, now, option.name, &flag_word(now, look), hold, look).on_hover_text(&tip);
                if form.drafts.is_wanted(&key) {
                    response.request_focus();
                }
                if response.clicked() {
                    change = Some(Change::Set(Value::Flag(now != Some(true))));
                }
            } else {
                let typed = text(ui, form, (&key, option), asked.as_ref(), (hold, is_live), look);
                change = typed.0.or_else(|| change.take());
                error = typed.1;
            }
        });
        let kept = form.line.spec.options.iter().find(|(known, _)| *known == option).map(|(_, value)| value);
        show_effective(ui, form, option, kept, look);
    });
    if let Some(change) = change {
        let value = if let Change::Set(value) = change { Some(value) } else { None };
        if value.is_none() && !form.drafts.is_typing(&key) {
            form.drafts.drop_option(option.name);
        }
        form.edit(|spec| set(&mut spec.options, option, value));
    }
    let fits = || form.wrong.iter().find(|wrong| wrong.entry == Some(option.name)).map(|wrong| wrong.fault.message());
    if let Some(error) = error.or_else(fits) {
        show_error(ui, &error, look);
    }
}

/// The field of an option whose value is typed; returns what is to be changed, and what is wrong with what is typed.
fn text(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (key, option): (&str, &'static Opt),
    asked: Option<&Value>,
    (hold, is_live): (Hold, bool),
    look: &Look,
) -> (Option<Change>, Option<Message>) {
    let mut draft = form.drafts.get(key, || asked.map(ToString::to_string).unwrap_or_default());
    let hint = look.say(&if option.is_readable() { text!("ui-field-default") } else { text!("ui-field-none") });
    let width = ui.available_width();
    let response = entry(ui, &mut draft.text, option.name, &hint, width, draft.error.is_some(), hold, look);
    if form.drafts.is_wanted(key) {
        response.request_focus();
    }
    let change = if draft.text.trim().is_empty() { Ok(Change::Clear) } else { option.parse(&draft.text).map(Change::Set) };
    if response.changed() {
        draft.error = change.as_ref().err().cloned();
        form.drafts.put(key, draft.clone());
    }
    let left = response.lost_focus();
    let taken_back = left && ui.input(|input| input.key_pressed(Key::Escape));
    let is_done = if is_live { left && !taken_back && form.drafts.is_typing(key) } else { response.changed() };
    if taken_back {
        form.drafts.forget(key);
    } else if left || is_live && !response.has_focus() {
        // What was left without Enter, by choosing another program, is not set behind the person's back.
        form.drafts.leave(key);
    }
    (change.ok().filter(|_| is_done), draft.error.filter(|_| !taken_back))
}

/// What takes an option back; returns whether it was pressed.
fn clear(ui: &mut Ui, option: &Opt, look: &Look) -> bool {
    let name = look.say(&text!("ui-option-clear", option = option.name));
    let (rect, response) = ui.allocate_exact_size(vec2(CLEAR.0, theme::FIELD), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &name));
    if response.hovered() {
        ui.painter().rect_filled(rect, theme::CORNER, look.roles.hover);
    }
    look.ring(ui, rect, &response);
    let at = pos2(rect.center().x, rect.center().y);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, ICON_CLOSE.codepoint, theme::icon(14.0), look.roles.text2);
    response.on_hover_text(name).clicked()
}

/// What the option does, what becomes of its value, and from when on.
fn tip(option: &Opt, hold: Hold, is_live: bool, look: &Look) -> String {
    let mut tip = format!("{}\n{}\n{}", option.name, look.say(&option.explanation()), look.say(&option.effect.message()));
    if hold == Hold::UntilRestart {
        let when = if is_live { text!("ui-option-live") } else { text!("ui-option-restart", when = option.when.message()) };
        tip = format!("{tip}\n{}", look.say(&when));
    }
    tip
}

fn set(options: &mut Vec<(&'static Opt, Value)>, option: &'static Opt, value: Option<Value>) {
    match (options.iter_mut().find(|(known, _)| *known == option), value) {
        (Some((_, old)), Some(value)) => *old = value,
        (None, Some(value)) => options.push((option, value)),
        (_, None) => options.retain(|(known, _)| *known != option),
    }
}

/// The names of the options that the two ask for differently.
pub(super) fn differing<'specs>(one: &'specs Spec, other: &'specs Spec) -> impl Iterator<Item = &'static str> + 'specs {
    let lacks = |from: &'specs Spec, what: &'specs Spec| {
        what.options.iter().filter(|pair| !from.options.contains(pair)).map(|(option, _)| option.name)
    };
    let gone = lacks(other, one).filter(|name| !other.options.iter().any(|(option, _)| option.name == *name));
    lacks(one, other).chain(gone)
}

fn flag_word(now: Option<bool>, look: &Look) -> String {
    look.say(&match now {
        None => text!("ui-field-default"),
        Some(true) => text!("ui-option-on"),
        Some(false) => text!("ui-option-off"),
    })
}

/// What the kernel read back or, before the program runs, is expected to on this system: amber and strong where it is not what was `asked`.
fn show_effective(ui: &mut Ui, form: &Form<'_>, option: &'static Opt, asked: Option<&Value>, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().max(GOT), theme::FIELD), Sense::hover());
    let expected = || form.around.limits.as_ref()?.expected(option, form.spec().kind.socket_type(), asked?);
    let known = match form.hold {
        Hold::Free => expected(),
        Hold::UntilRestart | Hold::Fixed => form.line.id.and_then(|id| form.counted.effective.value(id, option.name)).cloned(),
    };
    let Some(known) = known else { return };
    let other = asked.filter(|asked| **asked != known).map(ToString::to_string);
    let colour = if other.is_some() { look.roles.wait } else { look.roles.text };
    let words = known.to_string();
    paint_line_right(ui, rect.right(), rect.center().y, line_of(&[(&words, theme::mono(12.0), colour)], rect.width()));
    let (name, value) = (option.name, words.as_str());
    let spoken = look.say(&match (form.hold, &other) {
        (Hold::Free, None) => text!("ui-option-expects", option = name, value = value),
        (Hold::Free, Some(asked)) => text!("ui-option-expects-other", option = name, value = value, asked = asked.as_str()),
        (_, None) => text!("ui-option-read-back", option = name, value = value),
        (_, Some(asked)) => text!("ui-option-read-back-other", option = name, value = value, asked = asked.as_str()),
    });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    let why = if other.is_some() { format!("\n{}", look.say(&option.effect.message())) } else { String::new() };
    response.on_hover_text(format!("{spoken}{why}"));
}

/// What adds an option that is not shown yet. A flag is asked for at once; what takes a value waits for it.
fn add(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let family = form.lab.family(form.spec());
    let (kind, shown) = (form.spec().kind.socket_type(), shown(form));
    let offered = OPTIONS
        .iter()
        .filter(|option| option.is_settable() && option.applies_to(family, kind) && !shown.contains(option))
        .collect::<Vec<_>>();
    let Some(option) = form.drafts.options.show(ui, &offered, form.hold != Hold::Fixed, look) else { return };
    form.drafts.want(&key(option));
    if option.kind == ValueKind::Flag {
        form.edit(|spec| set(&mut spec.options, option, Some(Value::Flag(true))));
    } else {
        form.drafts.add_option(option.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_set_once_and_taken_away() {
        let (mut options, option) = (Vec::new(), by_name("SO_RCVBUF").expect("in the table"));
        set(&mut options, option, Some(Value::Int(1)));
        set(&mut options, option, Some(Value::Int(2)));
        assert_eq!(options, [(option, Value::Int(2))]);
        set(&mut options, option, None);
        assert!(options.is_empty());
    }

    #[test]
    fn the_usual_options_are_in_the_table_and_read_what_they_show() {
        for (name, value) in USUAL.into_iter().zip(["1", "4096", "5 s"]) {
            let option = by_name(name).expect(name);
            assert_eq!(option.parse(value).expect(name).to_string(), value);
        }
    }
}
