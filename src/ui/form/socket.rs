//! The group of the socket: protocol, addresses, backlog, buffer, the limit of connect.

use egui::{RichText, Ui};

use super::rows::{label, pair_row, row, text_row, unframe};
use super::{Form, Hold, address, transfer};
use crate::lab::fields_of;
use crate::program::{ProgramKind, Role, Spec};
use crate::ui::look::Look;
use crate::ui::theme;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    kind(ui, form, look);
    match form.spec().kind.role() {
        Role::Server => address::show(ui, form, "bind", look),
        Role::Client => {
            address::show(ui, form, "connect", look);
            address::show(ui, form, "bind", look);
        }
    }
    pair_row(ui, form, ["backlog", "recv_size"], "B", look);
    text_row(ui, form, "connect_timeout", look);
    transfer::show(ui, form, true, look);
}

/// TCP, UDP or TFTP; whether it asks or is asked stays.
fn kind(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let name = look.say(&label("kind"));
    let (now, hold) = (form.spec().kind, form.hold);
    let mut chosen = None;
    row(ui, &name, &name, look, |ui, _| {
        ui.add_enabled_ui(hold != Hold::Fixed, |ui| {
            if hold != Hold::Free {
                unframe(ui);
            }
            ui.spacing_mut().item_spacing.x = 2.0;
            for kind in ProgramKind::ALL.iter().filter(|kind| kind.role() == now.role()) {
                let words = kind.protocol();
                if ui.selectable_label(*kind == now, RichText::new(words).font(theme::plain(12.0))).clicked() && *kind != now {
                    chosen = Some(*kind);
                }
            }
        });
    });
    if let Some(kind) = chosen {
        form.edit(|spec| change_kind(spec, kind));
    }
}

/// The same program as another kind: what that kind has is kept.
fn change_kind(spec: &mut Spec, kind: ProgramKind) {
    let mut changed = Spec::new(kind, spec.name.clone());
    for field in fields_of(kind).filter(|field| field.key != "kind") {
        if let Some(setting) = (field.get)(spec) {
            (field.set)(&mut changed, setting);
        }
    }
    // An option that the other type of socket lacks would be an error that nobody asked for.
    changed.options.retain(|(option, _)| option.types.contains(&kind.socket_type()));
    *spec = changed;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::by_name;
    use crate::trace::Value;

    #[test]
    fn what_the_other_kind_has_is_kept() {
        let mut spec = Spec::new(ProgramKind::TcpServer, "server");
        spec.recv_size = 16;
        let option = |name| (by_name(name).expect("in the table"), Value::Flag(true));
        spec.options = vec![option("SO_REUSEADDR"), option("TCP_NODELAY")];
        change_kind(&mut spec, ProgramKind::UdpServer);
        assert_eq!((spec.kind, spec.recv_size, spec.options.len()), (ProgramKind::UdpServer, 16, 1));
    }
}
