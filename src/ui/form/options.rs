//! The group of the socket options: what is asked, and beside it what the kernel read back.

use egui::{ComboBox, RichText, Sense, Ui, vec2};

use super::rows::{choice, entry, show_error};
use super::{Form, Hold};
use crate::net::option::{OPTIONS, Opt, ValueKind, by_name};
use crate::text;
use crate::text::Message;
use crate::trace::{Family, Value};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right, paint_open};
use crate::ui::theme;

/// The options that are always offered; others are added.
const USUAL: [&str; 3] = ["SO_REUSEADDR", "SO_RCVBUF", "SO_RCVTIMEO"];
/// The width of a name.
const NAME: f32 = 100.0;
/// The width of what the kernel read back.
const GOT: f32 = 46.0;

/// The heads of the columns stand in the card's own head line.
pub(super) fn heads(ui: &Ui, head: egui::Rect, hold: Hold, look: &Look) {
    if hold != Hold::Free {
        return;
    }
    let format = |message: Message| line_of(&[(&look.say(&message), theme::plain(11.0), look.roles.text2)], 80.0);
    paint_line(ui, head.left() + NAME + 8.0, head.center().y, format(text!("ui-option-asked")));
    paint_line_right(ui, head.right(), head.center().y, format(text!("ui-option-got")));
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let mut options = USUAL.iter().filter_map(|name| by_name(name)).collect::<Vec<_>>();
    let others = form.spec().options.iter().map(|(option, _)| *option).filter(|option| !USUAL.contains(&option.name));
    options.extend(others);
    for option in options {
        show_option(ui, form, option, look);
    }
    add(ui, form, look);
}

fn show_option(ui: &mut Ui, form: &mut Form<'_>, option: &'static Opt, look: &Look) {
    let key = format!("options.{}", option.name);
    let asked = form.spec().options.iter().find(|(known, _)| *known == option).map(|(_, value)| value.clone());
    let got = form.line.id.and_then(|id| form.counted.effective.value(id, option.name)).cloned();
    let mut draft = form.drafts.get(&key, || asked.as_ref().map(ToString::to_string).unwrap_or_default());
    let tip = format!("{}\n{}\n{}", option.name, look.say(&option.explanation()), look.say(&option.effect.message()));
    let hold = form.hold;
    let mut changed = None;
    let mut left = false;
    ui.horizontal(|ui| {
        ui.set_min_height(theme::FIELD);
        let field = (ui.available_width() - NAME - GOT - 16.0).max(40.0);
        let (rect, response) = ui.allocate_exact_size(vec2(NAME, theme::FIELD), Sense::hover());
        paint_line(ui, rect.left(), rect.center().y, line_of(&[(option.name, theme::mono(12.0), look.roles.text)], NAME));
        response.on_hover_text(&tip);
        if option.kind == ValueKind::Flag {
            let now = match asked {
                Some(Value::Flag(on)) => Some(on),
                _ => None,
            };
            let new = choice(ui, &key, option.name, field, &now, &flag_words(look), hold);
            changed = new.map(|new| new.map(Value::Flag).ok_or(None));
        } else {
            let response =
                entry(ui, &mut draft.text, option.name, &look.say(&text!("ui-field-default")), field, draft.error.is_some(), hold, look);
            changed = response.changed().then(|| typed(option, &draft.text));
            left = response.lost_focus();
        }
        show_got(ui, asked.as_ref(), got.as_ref(), look);
    });
    if left {
        form.drafts.leave(&key);
    }
    if let Some(changed) = changed {
        draft.error = changed.as_ref().err().cloned().flatten();
        if draft.error.is_none() {
            form.edit(|spec| set(&mut spec.options, option, changed.ok()));
        }
        if option.kind != ValueKind::Flag {
            form.drafts.put(&key, draft.clone());
        }
    }
    if let Some(error) = &draft.error {
        show_error(ui, error, look);
    }
}

/// A value, or none where nothing was typed, or what is wrong with what was.
fn typed(option: &Opt, text: &str) -> Result<Value, Option<Message>> {
    let text = text.trim();
    if text.is_empty() { Err(None) } else { option.parse(text).map_err(Some) }
}

fn set(options: &mut Vec<(&'static Opt, Value)>, option: &'static Opt, value: Option<Value>) {
    match (options.iter_mut().find(|(known, _)| *known == option), value) {
        (Some((_, old)), Some(value)) => *old = value,
        (None, Some(value)) => options.push((option, value)),
        (_, None) => options.retain(|(known, _)| *known != option),
    }
}

fn flag_words(look: &Look) -> [(Option<bool>, String); 3] {
    let say = |message: Message| look.say(&message);
    [(None, say(text!("ui-field-default"))), (Some(true), say(text!("ui-option-on"))), (Some(false), say(text!("ui-option-off")))]
}

/// What the kernel read back: amber where it is not what was asked.
fn show_got(ui: &mut Ui, asked: Option<&Value>, got: Option<&Value>, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(vec2(GOT, theme::FIELD), Sense::hover());
    let Some(got) = got else { return };
    let other = asked.is_some_and(|asked| asked != got);
    let colour = if other { look.roles.wait } else { look.roles.text };
    let words = got.to_string();
    paint_line_right(ui, rect.right(), rect.center().y, line_of(&[(&words, theme::mono(12.0), colour)], GOT));
    let spoken = look.say(&text!("ui-option-read-back", value = words.as_str()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    response.on_hover_text(spoken);
}

/// What adds an option that is not shown yet.
fn add(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let spec = form.spec();
    let family = match spec.bind {
        Some(std::net::SocketAddr::V6(_)) => Family::Inet6,
        _ => Family::Inet,
    };
    let shown = |option: &Opt| USUAL.contains(&option.name) || spec.options.iter().any(|(known, _)| *known == option);
    let kind = spec.kind.socket_type();
    let offered = OPTIONS.iter().filter(|option| option.applies_to(family, kind) && !shown(option) && standard(option).is_some());
    let offered = offered.collect::<Vec<_>>();
    let name = look.say(&text!("ui-option-add"));
    let mut chosen = None;
    ui.add_enabled_ui(form.hold != Hold::Fixed, |ui| {
        let combo =
            ComboBox::from_id_salt("add option").selected_text(RichText::new(&name).font(theme::plain(12.0))).width(NAME).icon(paint_open);
        let response = combo.height(320.0).show_ui(ui, |ui| {
            for option in offered {
                let label = ui.selectable_label(false, RichText::new(option.name).font(theme::mono(12.0)));
                if label.on_hover_text(look.say(&option.explanation())).clicked() {
                    chosen = Some(option);
                }
            }
        });
        response.response.accessible_name(&name);
    });
    if let Some(option) = chosen
        && let Some(value) = standard(option)
    {
        form.edit(|spec| spec.options.push((option, value)));
    }
}

/// A value to begin with, for options whose value a person can type.
fn standard(option: &Opt) -> Option<Value> {
    ["true", "1", "1s", "off"].into_iter().find_map(|text| option.parse(text).ok())
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
        for name in USUAL {
            let option = by_name(name).expect(name);
            let value = standard(option).expect(name);
            assert_eq!(option.parse(&value.to_string()).expect(name), value);
        }
    }
}
