//! One row of the form: a label, and a field that says beside itself what is wrong.

use egui::{ComboBox, Margin, RichText, Sense, Stroke, TextEdit, Ui, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::ICON_CANCEL;

use super::sending::expected;
use super::{Form, Hold};
use crate::lab::{Field, field};
use crate::program::Spec;
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, line_of, named, paint_line, paint_open};
use crate::ui::theme;

/// The width of the labels.
const LABEL: f32 = 66.0;
/// The width of what opens a dialog.
const OPEN: f32 = 22.0;
/// The width of a field for four digits.
const DIGITS: f32 = 44.0;

/// What the fields are called.
const LABELS: &[(&str, Message)] = &[
    ("kind", text!("ui-field-kind")),
    ("bind", text!("ui-field-bind")),
    ("connect", text!("ui-field-connect")),
    ("connect_timeout", text!("ui-field-connect-timeout")),
    ("backlog", text!("ui-field-backlog")),
    ("recv_size", text!("ui-field-recv-size")),
    ("reply", text!("ui-field-reply")),
    ("framing", text!("ui-field-framing")),
    ("max_message", text!("ui-field-max-message")),
    ("handling", text!("ui-field-handling")),
    ("stop_word", text!("ui-field-stop-word")),
    ("charset", text!("ui-field-charset")),
    ("greeting", text!("ui-field-greeting")),
    ("notice", text!("ui-field-notice")),
    ("prefix", text!("ui-field-prefix")),
    ("connections", text!("ui-field-connections")),
    ("messages", text!("ui-field-messages")),
    ("spin", text!("ui-field-spin")),
    ("contacts", text!("ui-field-contacts")),
    ("skip_empty", text!("ui-field-skip-empty")),
    ("stop_empty", text!("ui-field-stop-empty")),
    ("stop_case", text!("ui-field-stop-case")),
    ("stop_at", text!("ui-field-stop-at")),
    ("options", text!("ui-form-options")),
    ("expect", text!("ui-field-expect")),
    ("send", text!("ui-field-send")),
    ("seed", text!("ui-field-seed")),
    ("idle", text!("ui-field-idle")),
    ("there", text!("ui-field-there")),
    ("back", text!("ui-field-back")),
    ("faults", text!("ui-field-faults")),
    ("pool_size", text!("ui-field-pool-size")),
    ("size", text!("ui-field-load-size")),
    ("think", text!("ui-field-load-think")),
    ("root", text!("ui-field-root")),
    ("write", text!("ui-field-write")),
    ("get", text!("ui-field-get")),
    ("to", text!("ui-field-to")),
    ("put", text!("ui-field-put")),
    ("as", text!("ui-field-as")),
    ("mode", text!("ui-field-mode")),
    ("blksize", text!("ui-field-blksize")),
    ("windowsize", text!("ui-field-windowsize")),
    ("timeout", text!("ui-field-timeout")),
    ("tsize", text!("ui-field-tsize")),
    ("record", text!("ui-field-record")),
    ("error_style", text!("ui-field-error-style")),
    ("single_port", text!("ui-field-single-port")),
    ("max_transfers", text!("ui-field-max-transfers")),
    ("max_size", text!("ui-field-max-size")),
    ("max_files", text!("ui-field-max-files")),
    ("request", text!("ui-field-request")),
    ("line_ends", text!("ui-field-line-ends")),
    ("repeat", text!("ui-field-repeat")),
    ("keep_alive", text!("ui-field-keep-alive")),
    ("idle_timeout", text!("ui-field-idle-timeout")),
    ("max_head", text!("ui-field-max-head")),
    ("max_body", text!("ui-field-max-body")),
];

/// What a field is called. The key itself is in the tooltip, as the lab file has it.
pub(super) fn label(key: &str) -> Message {
    LABELS.iter().find(|(name, _)| *name == key).map_or(text!("ui-field-name"), |(_, label)| label.clone())
}

/// A row: the label at the left, what `control` draws at the right, in the width it is given.
pub(super) fn row(ui: &mut Ui, name: &str, tip: &str, look: &Look, control: impl FnOnce(&mut Ui, f32)) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::FIELD);
        label_of(ui, name, tip, LABEL, look);
        let width = ui.available_width();
        control(ui, width);
    });
}

/// A label of this width.
pub(super) fn label_of(ui: &mut Ui, name: &str, tip: &str, width: f32, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::FIELD), Sense::hover());
    let job = line_of(&[(name, theme::plain(12.0), look.roles.text2)], width);
    paint_line(ui, rect.left(), rect.center().y, job);
    response.on_hover_text(tip);
}

/// A row for a field of the lab file that is typed as text.
pub(super) fn text_row(ui: &mut Ui, form: &mut Form<'_>, key: &'static str, look: &Look) {
    let Some(field) = field(form.spec().kind, key) else { return };
    let mut error = None;
    row(ui, &look.say(&label(key)), &tip(field, look), look, |ui, width| error = text_field(ui, form, field, width, look));
    if let Some(error) = error {
        show_error(ui, &error, look);
    }
}

/// A row for a path: typed, or chosen in a dialog.
pub(super) fn path_row(ui: &mut Ui, form: &mut Form<'_>, key: &'static str, (icon, choose): (MaterialIcon, Message), look: &Look) {
    let Some(field) = field(form.spec().kind, key) else { return };
    let mut error = None;
    row(ui, &look.say(&label(key)), &tip(field, look), look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let room = if form.hold == Hold::Fixed { 0.0 } else { OPEN + 2.0 };
        error = text_field(ui, form, field, width - room, look);
        if room == 0.0 {
            return;
        }
        let name = look.say(&choose);
        let icon = RichText::new(icon.codepoint).font(theme::icon(16.0)).color(look.roles.text2);
        ui.spacing_mut().button_padding.x = 1.0;
        let button = egui::Button::new(icon).frame(false).min_size(vec2(OPEN, theme::FIELD));
        let response = named(ui.add(button), egui::Role::Button, &name).on_hover_text(&name);
        look.ring(ui, response.rect, &response);
        if response.clicked() {
            form.asked = Some(key);
        }
    });
    if let Some(error) = error {
        show_error(ui, &error, look);
    }
}

/// Two short fields in one row, the second with its unit.
pub(super) fn pair_row(ui: &mut Ui, form: &mut Form<'_>, keys: [&'static str; 2], unit: &str, look: &Look) {
    let [Some(one), Some(other)] = keys.map(|key| field(form.spec().kind, key)) else {
        return keys.into_iter().for_each(|key| text_row(ui, form, key, look));
    };
    let mut errors = Vec::new();
    row(ui, &look.say(&label(one.key)), &tip(one, look), look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let name = look.say(&label(other.key));
        let words = ui.painter().layout_no_wrap(name, theme::plain(12.0), look.roles.text2);
        // What the second needs comes first: it has more digits.
        let room = width - words.size().x - 12.0 - DIGITS;
        errors.extend(text_field(ui, form, one, room.clamp(34.0, 64.0), look));
        ui.label(words).on_hover_text(tip(other, look));
        // Four digits matter more than their unit, which the tooltip tells too.
        let room = ui.available_width() - 14.0;
        let has_unit = room >= DIGITS;
        errors.extend(text_field(ui, form, other, if has_unit { room.min(80.0) } else { room + 14.0 }, look));
        if has_unit {
            look.secondary(ui, unit);
        }
    });
    for error in errors {
        show_error(ui, &error, look);
    }
}

/// What a field means, and how a lab file has it.
fn tip(field: &Field<Spec>, look: &Look) -> String {
    format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example)
}

/// A field of the lab file that is typed as text; returns what is wrong with it.
fn text_field(ui: &mut Ui, form: &mut Form<'_>, field: &'static Field<Spec>, width: f32, look: &Look) -> Option<Message> {
    let key = field.key;
    let hint = look.say(&match field.default {
        None | Some("[]" | "{}") => text!("ui-field-none"),
        Some(_) => text!("ui-field-default"),
    });
    let mut draft = form.drafts.get(key, || shown(field, form.spec()));
    let name = look.say(&label(key));
    let response = entry(ui, &mut draft.text, &name, &hint, width, draft.error.is_some(), form.hold, look).on_hover_text(tip(field, look));
    if form.drafts.is_wanted(key) {
        response.request_focus();
    }
    if response.changed() {
        draft.error = None;
        if draft.text.trim().is_empty() && !field.required {
            form.edit(|spec| clear(spec, field));
        } else {
            let typed = draft.text.trim();
            let toml = match key {
                "expect" => expected(typed),
                "contacts" => contacts(typed),
                _ => typed.to_owned(),
            };
            match field.typed(&toml) {
                Ok(setting) => form.edit(|spec| (field.set)(spec, setting)),
                Err(error) => draft.error = Some(error),
            }
        }
        form.drafts.put(key, draft.clone());
    }
    if response.lost_focus() {
        form.drafts.leave(key);
    }
    draft.error.or_else(|| form.wrong(key))
}

/// The value of a field as it is typed; nothing for an empty list.
fn shown(field: &Field<Spec>, spec: &Spec) -> String {
    if field.key == "expect" {
        return spec.expect.join(", ");
    }
    let is_plain = |name: &str| !name.contains(['"', '\'', ',', '=', '{', '}', '\\']);
    if field.key == "contacts" && spec.manner.contacts.iter().all(|contact| is_plain(&contact.name)) {
        return spec.manner.contacts.iter().map(|contact| format!("{} = {}", contact.name, contact.at)).collect::<Vec<_>>().join(", ");
    }
    let text = (field.get)(spec).map(|setting| setting.to_text()).unwrap_or_default();
    if matches!(text.as_str(), "[]" | "{}") { String::new() } else { text }
}

/// Contacts as a person lists them, `Ann = 127.0.0.1:8081, Bob = @server`, in TOML.
fn contacts(typed: &str) -> String {
    if typed.starts_with('{') {
        return typed.to_owned();
    }
    let quote = |text: &str| format!("\"{}\"", text.trim().trim_matches('"').replace('\\', "\\\\").replace('"', "\\\""));
    let entries = typed.split([',', '，']).map(str::trim).filter(|entry| !entry.is_empty());
    let entries = entries.map(|entry| {
        let (name, at) = entry.split_once('=').unwrap_or((entry, ""));
        format!("{} = {}", quote(name), quote(at))
    });
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// One line that is typed. What is held has no border.
#[expect(clippy::too_many_arguments, reason = "what a field is drawn with; a struct of them would be made for two calls alone")]
pub(super) fn entry(
    ui: &mut Ui,
    text: &mut String,
    name: &str,
    hint: &str,
    width: f32,
    wrong: bool,
    hold: Hold,
    look: &Look,
) -> egui::Response {
    let roles = look.roles;
    ui.scope(|ui| {
        if wrong {
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.5, roles.error);
            ui.visuals_mut().widgets.active.bg_stroke = Stroke::new(1.5, roles.error);
        }
        if hold != Hold::Free {
            unframe(ui);
        }
        let hint = RichText::new(hint).font(theme::plain(12.0)).color(roles.disabled);
        let field = TextEdit::singleline(text).font(theme::mono(12.0)).hint_text(hint).margin(Margin::symmetric(6, 2));
        let field = field.desired_width(width).min_size(vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
        ui.add(field.interactive(hold != Hold::Fixed).text_color(if hold == Hold::Free { roles.text } else { roles.text2 }))
            .accessible_name(name)
    })
    .inner
}

/// Takes the border from what cannot change while the program runs, until it is touched.
pub(super) fn unframe(ui: &mut Ui) {
    ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
}

/// The sentence below a field that says what is wrong with it.
pub(super) fn show_error(ui: &mut Ui, error: &Message, look: &Look) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(look.roles.error));
        ui.add(egui::Label::new(RichText::new(look.say(error)).font(theme::plain(11.0)).color(look.roles.error)).wrap());
    });
}

/// A choice of a few words. Returns what was chosen, where it is another than before.
pub(super) fn choice<W: PartialEq + Clone>(
    ui: &mut Ui,
    salt: &str,
    name: &str,
    width: f32,
    now: &W,
    words: &[(W, String)],
    hold: Hold,
) -> Option<W> {
    let shown = words.iter().find(|(word, _)| word == now).map(|(_, text)| text.clone()).unwrap_or_default();
    let mut new = now.clone();
    ui.add_enabled_ui(hold != Hold::Fixed, |ui| {
        if hold != Hold::Free {
            unframe(ui);
        }
        ui.spacing_mut().button_padding.x = 6.0;
        let combo = ComboBox::from_id_salt(salt).selected_text(RichText::new(shown).font(theme::plain(12.0))).width(width);
        let response = combo.icon(paint_open).show_ui(ui, |ui| {
            for (word, text) in words {
                ui.selectable_value(&mut new, word.clone(), RichText::new(text).font(theme::plain(12.0)));
            }
        });
        response.response.accessible_name(name);
    });
    (new != *now).then_some(new)
}

/// Takes a field back to its default, by making the program anew with all other fields.
pub(super) fn clear(spec: &mut Spec, cleared: &Field<Spec>) {
    let mut fresh = Spec::new(spec.kind, spec.name.clone());
    for field in crate::lab::fields_of(spec.kind).filter(|field| field.key != cleared.key) {
        if let Some(setting) = (field.get)(spec) {
            (field.set)(&mut fresh, setting);
        }
    }
    *spec = fresh;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::fields_of;
    use crate::program::ProgramKind;

    #[test]
    fn contacts_are_listed_as_people_do() {
        let field = field(ProgramKind::UdpClient, "contacts").expect("in the table");
        let mut spec = Spec::new(ProgramKind::UdpClient, "one");
        for typed in ["小明 = 127.0.0.1:8081, 小红 = @server, 小刚 = localhost:8081", "{ \"a, b\" = \"127.0.0.1:1\" }"] {
            (field.set)(&mut spec, field.typed(&contacts(typed)).expect(typed));
            assert_eq!(shown(field, &spec), typed);
        }
        for wrong in ["小明", "小明 = nowhere", "= 127.0.0.1:1", "a = 127.0.0.1:1, a = 127.0.0.1:2", "a\"b\\ = \\"] {
            assert!(field.typed(&contacts(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_that_is_cleared_leaves_the_others_alone() {
        for kind in ProgramKind::ALL {
            let mut spec = Spec::new(*kind, "one");
            for field in fields_of(*kind).filter(|field| field.key != "kind") {
                (field.set)(&mut spec, field.typed(field.example).expect(field.key));
            }
            for field in fields_of(*kind).filter(|field| !field.required) {
                let mut cleared = spec.clone();
                clear(&mut cleared, field);
                for other in fields_of(*kind) {
                    let expected = if other.key == field.key { (other.get)(&Spec::new(*kind, "one")) } else { (other.get)(&spec) };
                    assert_eq!((other.get)(&cleared), expected, "{} without {}", other.key, field.key);
                }
            }
        }
    }
}
