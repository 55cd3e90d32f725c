//! What the lab lets happen to datagrams: how many are lost, doubled or late, which ones by their number, and what chance begins with.

use egui::{RichText, Ui};

use super::Form;
use super::rows::{entry, label_of, row, show_error};
use crate::lab::{FAULTS, Field, field};
use crate::net::FaultPlan;
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::ui::theme;

/// The fields, two in a row.
const ROWS: [[&str; 2]; 4] = [["loss", "seed"], ["duplicate", "late"], ["drop_data", "drop_ack"], ["delay", ""]];
/// The width of the second label.
const SECOND: f32 = 58.0;

/// What a field is known by.
fn key(field: &Field<FaultPlan>) -> String {
    format!("faults.{}", field.key)
}

fn label(key: &str) -> Message {
    match key {
        "seed" => text!("ui-fault-seed"),
        "loss" => text!("ui-fault-loss"),
        "duplicate" => text!("ui-fault-duplicate"),
        "late" => text!("ui-fault-late"),
        "delay" => text!("ui-fault-delay"),
        "drop_data" => text!("ui-fault-drop-data"),
        _ => text!("ui-fault-drop-ack"),
    }
}

/// Draws the fields, for programs whose datagrams the lab may lose.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Some(faults) = field(form.spec().kind, "faults") else { return };
    ui.add_space(4.0);
    look.heading(ui, &text!("ui-fault-title")).on_hover_text(look.say(&(faults.sentence)()));
    for [one, other] in ROWS {
        let [Some(one), other] = [one, other].map(|key| FAULTS.iter().find(|field| field.key == key)) else { continue };
        let mut errors = Vec::new();
        row(ui, &look.say(&label(one.key)), &tip(one, look), look, |ui, width| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let each = ((width - SECOND - 12.0) / 2.0).max(30.0);
            errors.extend(fault_field(ui, form, one, each, look));
            if let Some(other) = other {
                label_of(ui, &look.say(&label(other.key)), &tip(other, look), SECOND, look);
                errors.extend(fault_field(ui, form, other, each, look));
            }
        });
        for error in errors {
            show_error(ui, &error, look);
        }
    }
    if form.spec().tftp.faults.is_empty() {
        return;
    }
    let words = look.say(&text!("ui-fault-on"));
    ui.label(RichText::new(words).font(theme::plain(11.0)).color(look.roles.wait));
}

fn tip(field: &Field<FaultPlan>, look: &Look) -> String {
    format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example)
}

/// One field; returns what is wrong with it.
fn fault_field(ui: &mut Ui, form: &mut Form<'_>, field: &'static Field<FaultPlan>, width: f32, look: &Look) -> Option<Message> {
    let key = key(field);
    let of = |plan: &FaultPlan| (field.get)(plan);
    let mut draft = form.drafts.get(&key, || {
        let now = of(&form.spec().tftp.faults);
        now.filter(|now| Some(now) != of(&FaultPlan::default()).as_ref()).map(|now| now.to_text()).unwrap_or_default()
    });
    let name = look.say(&label(field.key));
    let response = entry(ui, &mut draft.text, &name, "", width, draft.error.is_some(), form.hold, look).on_hover_text(tip(field, look));
    if form.drafts.is_wanted(&key) {
        response.request_focus();
    }
    if response.changed() {
        let typed = draft.text.trim();
        // Numbers in a row are a list, with or without its brackets.
        let list = field.key.starts_with("drop") && !typed.starts_with('[');
        let typed = match typed {
            "" => field.default.unwrap_or_default().to_owned(),
            numbers if list => format!("[{numbers}]"),
            typed => typed.to_owned(),
        };
        match field.typed(&typed) {
            Ok(setting) => {
                draft.error = None;
                form.edit(|spec| (field.set)(&mut spec.tftp.faults, setting));
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
