//! An address: its host and its port, each in a field of its own, with the addresses of this computer to choose from and who can reach each.

use std::net::{IpAddr, SocketAddr};

use egui::{Popup, RichText, Ui, vec2};
use egui_material_icons::icons::{ICON_EXPAND_MORE, ICON_WARNING};

use super::drafts::Draft;
use super::rows::{clear, entry, label, row, show_error};
use super::{Form, Hold};
use crate::lab::field;
use crate::net::interfaces::Reach;
use crate::program::{HostName, Spec, Target};
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, format, named};
use crate::ui::theme;

/// The width of a port.
const PORT: f32 = 46.0;
/// The width of what opens the list of addresses.
const OPEN: f32 = 18.0;

/// The row of the address that is called `key`: `bind` or `connect`.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, key: &'static str, look: &Look) {
    let Some(field) = field(form.spec().kind, key) else { return };
    let port_key = if key == "bind" { "bind.port" } else { "connect.port" };
    let name = look.say(&label(key));
    let tip = format!("{}\n{key} = {}", look.say(&(field.sentence)()), field.example);
    let now = parts(form.spec(), key);
    let mut host = form.drafts.get(key, || now.0);
    let mut port = form.drafts.get(port_key, || now.1);
    let (mut changed, mut left) = (false, false);
    let is_program = host.text.trim_start().starts_with('@');
    let wrong_port = host.error.is_some() && is_host(&host.text, key);
    row(ui, &name, &tip, look, |ui, width| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let open = if form.hold == Hold::Fixed { 0.0 } else { OPEN + 2.0 };
        let width = width - open - if is_program { 0.0 } else { PORT + 2.0 };
        let hint = look.say(&text!("ui-field-none"));
        let response = entry(ui, &mut host.text, &name, &hint, width, host.error.is_some() && !wrong_port, form.hold, look);
        if form.drafts.is_wanted(key) {
            response.request_focus();
        }
        changed |= response.changed();
        left |= response.lost_focus();
        response.on_hover_text(&tip);
        if let Some(chosen) = choose(ui, form, key, look) {
            host.text = chosen;
            changed = true;
            left = true;
        }
        if !is_program {
            let name = look.say(&text!("ui-field-port", field = name.as_str()));
            let response = entry(ui, &mut port.text, &name, "", PORT, wrong_port, form.hold, look);
            changed |= response.changed();
            left |= response.lost_focus();
            response.on_hover_text(look.say(&text!("ui-field-port-tip")));
        }
    });
    if changed {
        host.error = change(form, key, &mut host.text, &mut port.text).err();
        form.drafts.put(port_key, Draft { error: None, ..port });
        form.drafts.put(key, host.clone());
    }
    if left && host.error.is_none() {
        form.drafts.leave(key);
        form.drafts.leave(port_key);
    }
    let wrong = form.wrong(key);
    if let Some(error) = host.error.as_ref().or(wrong.as_ref()) {
        show_error(ui, error, look);
    } else if key == "bind" {
        warnings(ui, form, look);
    }
}

/// The host and the port of an address, as they are typed.
fn parts(spec: &Spec, key: &str) -> (String, String) {
    let of = |address: SocketAddr| (address.ip().to_string(), address.port().to_string());
    match (key, spec.bind, &spec.connect) {
        ("bind", Some(bind), _) => of(bind),
        ("connect", _, Some(Target::Address(address))) => of(*address),
        ("connect", _, Some(Target::Name(name))) => (name.host().to_owned(), name.port().to_string()),
        ("connect", _, Some(target @ Target::Program(_))) => (target.to_string(), String::new()),
        _ => Default::default(),
    }
}

/// Makes a value of what was typed; an address that was typed or pasted whole is taken apart.
fn change(form: &mut Form<'_>, key: &str, host: &mut String, port: &mut String) -> Result<(), Message> {
    let Some(field) = field(form.spec().kind, key) else { return Ok(()) };
    if let Ok(whole) = host.trim().parse::<SocketAddr>() {
        (*host, *port) = (whole.ip().to_string(), whole.port().to_string());
    } else if let Some(whole) = HostName::parse(host.trim()) {
        (*host, *port) = (whole.host().to_owned(), whole.port().to_string());
    }
    let typed = host.trim().trim_matches(['[', ']']);
    if typed.is_empty() && (port.trim().is_empty() || field.default.is_none()) {
        port.clear();
        form.edit(|spec| clear(spec, field));
        return Ok(());
    }
    let setting = field.typed(&whole(typed, port.trim()))?;
    form.edit(|spec| (field.set)(spec, setting));
    Ok(())
}

/// The address as the lab file has it.
fn whole(host: &str, port: &str) -> String {
    match host {
        program if program.starts_with('@') => program.to_owned(),
        six if six.contains(':') => format!("[{six}]:{port}"),
        other => format!("{other}:{port}"),
    }
}

/// Whether it is an address or, where one may stand, a name: then the port is what is wrong.
fn is_host(typed: &str, key: &str) -> bool {
    typed.trim().parse::<IpAddr>().is_ok() || key == "connect" && HostName::parse(&format!("{}:1", typed.trim())).is_some()
}

/// The list of what can be chosen; returns what was.
fn choose(ui: &mut Ui, form: &Form<'_>, key: &str, look: &Look) -> Option<String> {
    if form.hold == Hold::Fixed {
        return None;
    }
    let name = look.say(&if key == "bind" { text!("ui-form-addresses") } else { text!("ui-form-targets") });
    let icon = RichText::new(ICON_EXPAND_MORE.codepoint).font(theme::icon(15.0)).color(look.roles.text2);
    ui.spacing_mut().button_padding.x = 1.0;
    let button = named(ui.add(egui::Button::new(icon).frame(false).min_size(vec2(OPEN, theme::FIELD))), egui::Role::Button, &name);
    let mut chosen = None;
    Popup::menu(&button.on_hover_text(&name)).show(|ui| {
        ui.set_min_width(300.0);
        let mut offer = |ui: &mut Ui, value: String, words: &str| {
            let mut job = egui::text::LayoutJob::default();
            job.append(&value, 0.0, format(theme::mono(12.0), look.roles.text));
            job.append(words, 12.0, format(theme::plain(12.0), look.roles.text2));
            if named(ui.button(job), egui::Role::MenuItem, &format!("{value} {words}")).clicked() {
                chosen = Some(value);
                ui.close();
            }
        };
        if key == "connect" {
            for spec in form.lab.programs.iter().filter(|spec| spec.bind.is_some() && spec.name != form.line.spec.name) {
                let bind = spec.bind.map(|bind| bind.to_string()).unwrap_or_default();
                offer(ui, format!("@{}", spec.name), &bind);
            }
            offer(ui, "localhost".to_owned(), &look.say(&text!("ui-form-localhost")));
        }
        for own in &form.around.addresses {
            let reach = look.say(&Reach::of(own.address).message());
            let words = if own.interface.is_empty() { reach } else { format!("{reach} ({})", own.interface) };
            if key == "bind" {
                offer(ui, own.address.to_string(), &words);
            } else if !own.address.is_unspecified() {
                offer(ui, own.address.to_string(), &own.interface);
            }
        }
    });
    chosen
}

/// Who can reach the address, where others can; and what is in its way.
fn warnings(ui: &mut Ui, form: &Form<'_>, look: &Look) {
    let Some(bind) = form.spec().bind else { return };
    let reach = Reach::of(bind.ip());
    let reach = (reach != Reach::Computer).then(|| text!("ui-form-reach", reach = reach.message()));
    let stopped = form.hold == Hold::Free;
    let obstacle = stopped.then(|| form.around.obstacle(&form.lab, &form.line.spec.name, &form.running)).flatten();
    for words in reach.into_iter().chain(obstacle.map(|obstacle| obstacle.message())) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(ICON_WARNING.codepoint).font(theme::icon(13.0)).color(look.roles.wait));
            ui.add(egui::Label::new(RichText::new(look.say(&words)).font(theme::plain(11.0)).color(look.roles.wait)).wrap());
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_address_that_a_lab_file_has() {
        for (host, port, expected) in
            [("127.0.0.1", "9001", "127.0.0.1:9001"), ("::1", "0", "[::1]:0"), ("@server", "9", "@server"), ("x", "", "x:")]
        {
            assert_eq!(whole(host, port), expected);
        }
    }
}
