//! What a server or client of TFTP or HTTP has beside what every program has: a row for each field, by its shape.

use egui::Ui;
use egui_material_icons::icons::{ICON_FOLDER_OPEN, ICON_SAVE_AS};

use super::Form;
use super::rows::{choice, label, path_row, row, text_row};
use crate::lab::{Field, Setting, Shape, fields_of};
use crate::program::{ProgramKind, Spec};
use crate::text;
use crate::ui::look::Look;

/// The fields that have rows of their own.
const ELSEWHERE: [&str; 13] = [
    "name",
    "kind",
    "bind",
    "connect",
    "options",
    "expect",
    "faults",
    "backlog",
    "recv_size",
    "connect_timeout",
    "handling",
    "pool_size",
    "request",
];
/// The fields about packets, ports and waiting: they stand with the socket.
const OF_SOCKET: [&str; 7] = ["blksize", "windowsize", "timeout", "tsize", "single_port", "max_transfers", "idle_timeout"];

/// The rows that stand in the group of the socket, or those that stand in the group of the behaviour.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, of_socket: bool, look: &Look) {
    let kind = form.spec().kind;
    if !matches!(kind, ProgramKind::TftpServer | ProgramKind::TftpClient) && !kind.speaks_http() {
        return;
    }
    for field in fields_of(kind).filter(|field| !ELSEWHERE.contains(&field.key) && OF_SOCKET.contains(&field.key) == of_socket) {
        match field.shape {
            Shape::Word(words) => {
                let words = words.iter().map(|word| (Setting::Text((*word).to_owned()), (*word).to_owned())).collect::<Vec<_>>();
                choice_row(ui, form, field, &words, look);
            }
            Shape::Flag => {
                let words = [true, false].map(|flag| (Setting::Flag(flag), flag.to_string()));
                choice_row(ui, form, field, &words, look);
            }
            _ => match field.key {
                "root" => path_row(ui, form, field.key, (ICON_FOLDER_OPEN, text!("ui-choose-root")), look),
                "put" => path_row(ui, form, field.key, (ICON_FOLDER_OPEN, text!("ui-choose-put")), look),
                "to" => path_row(ui, form, field.key, (ICON_SAVE_AS, text!("ui-choose-to")), look),
                key => text_row(ui, form, key, look),
            },
        }
    }
}

/// A field that is one of a few values.
pub(super) fn choice_row(ui: &mut Ui, form: &mut Form<'_>, field: &'static Field<Spec>, words: &[(Setting, String)], look: &Look) {
    let name = look.say(&label(field.key));
    let tip = format!("{}\n{} = {}", look.say(&(field.sentence)()), field.key, field.example);
    let Some(now) = (field.get)(form.spec()) else { return };
    let hold = form.hold;
    let mut chosen = None;
    row(ui, &name, &tip, look, |ui, width| chosen = choice(ui, field.key, &name, width, &now, words, hold));
    if let Some(setting) = chosen {
        form.edit(|spec| (field.set)(spec, setting));
    }
}
