//! The head of the chosen program: name, kind, address, state, and what starts and stops it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use egui::{Align, Layout, RichText, Sense, Ui, vec2};
use egui_material_icons::icons::{ICON_MORE_VERT, ICON_PLAY_ARROW, ICON_REPLAY, ICON_STOP};

use super::command::{Action, Actions, Command};
use super::look::Look;
use super::program_list::{kind_name, menu, paint_dot, phase_name};
use super::scene::{Phase, ProgramLine, Scene};
use super::stepping::{self, HELD};
use super::theme;
use crate::program::{ProgramKind, Role};
use crate::text;
use crate::trace::Address;

/// Draws the head of `line`.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, line: &ProgramLine, look: &Look, actions: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.add_space(theme::EDGE);
        let (dot, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
        paint_dot(ui, dot.center(), line.phase, look);
        ui.label(RichText::new(&line.spec.name).font(theme::strong(15.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            if !scene.is_recorded() {
                buttons(ui, line, look, actions);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
                facts(ui, scene, line, look);
            });
        });
    });
}

fn facts(ui: &mut Ui, scene: &Scene, line: &ProgramLine, look: &Look) {
    let roles = look.roles;
    look.chip(ui, &look.say(&kind_name(line.spec.kind)), roles.text2, None, theme::plain(12.0));
    let configured = match line.spec.kind.role() {
        Role::Server => line.spec.bind.map(|bind| bind.to_string()).or_else(|| line.spec.path.as_ref().map(ToString::to_string)),
        Role::Client => line.spec.connect.as_ref().map(ToString::to_string),
    };
    let link = line.local.as_ref().filter(|_| line.spec.kind == ProgramKind::HttpServer && line.phase == Phase::Ready).and_then(browsed);
    if let Some(link) = link {
        let words = RichText::new(&link).font(theme::mono(12.0));
        ui.hyperlink_to(words, &link).on_hover_text(look.say(&text!("ui-header-browse")));
    } else if let Some(address) = line.local.as_ref().map(ToString::to_string).or(configured) {
        ui.add(egui::Label::new(RichText::new(address).font(theme::mono(12.0)).color(roles.text2)).truncate());
    }
    if let Some(open) = stepping::held(scene, line) {
        let held = look.say(&stepping::before(open));
        ui.label(RichText::new(HELD.codepoint).font(theme::icon(14.0)).color(roles.text));
        look.chip(ui, &held, roles.text, Some(roles.select), theme::mono(12.0)).on_hover_text(look.say(&text!("ui-step-held-tip")));
    }
    let phase = look.say(&phase_name(line));
    let font = theme::plain(12.0);
    match line.phase {
        Phase::Ready => look.chip(ui, &phase, roles.ok, Some(roles.ok_soft), font),
        Phase::Starting | Phase::Stopping => look.chip(ui, &phase, roles.wait, Some(roles.wait_soft), font),
        Phase::Failed => look.chip(ui, &phase, roles.error, Some(roles.error_soft), font),
        Phase::Stopped | Phase::Ended => look.secondary(ui, phase),
    };
    if let Some(failure) = &line.failure {
        let failure = look.say(failure);
        let label = egui::Label::new(RichText::new(&failure).font(theme::plain(12.0)).color(roles.error)).truncate();
        ui.add(label).on_hover_text(failure);
    } else if let Some(id) = line.id.filter(|_| line.phase == Phase::Ready) {
        let peers = scene.activity.peers(id).iter().filter(|peer| peer.state != crate::trace::activity::SocketState::Closed).count();
        if peers > 0 {
            look.secondary(ui, look.say(&text!("ui-header-peers", count = peers)));
        }
    }
}

/// What a browser on this computer asks a server at this address for.
fn browsed(local: &Address) -> Option<String> {
    let mut at = local.ip()?;
    match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => at.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => at.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    Some(format!("http://{at}/"))
}

/// From the right: more, then what starts or stops.
fn buttons(ui: &mut Ui, line: &ProgramLine, look: &Look, actions: &mut Actions) {
    let name = &line.spec.name;
    let more = look.icon_button(ui, ICON_MORE_VERT, &look.say(&text!("ui-header-more")));
    egui::Popup::menu(&more).show(|ui| menu(ui, line, look, actions));
    if line.phase.is_running() {
        let keys = |command: Command| ui_keys(ui, command);
        let (stop_keys, restart_keys) = (keys(Command::StartOrStop), keys(Command::Restart));
        let tip = look.say(&text!("ui-header-stop-tip", keys = stop_keys));
        if look.button(ui, ICON_STOP, &look.say(&text!("ui-header-stop"))).on_hover_text(tip).clicked() {
            actions.push(Action::Stop(name.clone()));
        }
        let tip = look.say(&text!("ui-header-restart-tip", keys = restart_keys));
        let restart = look.say(&text!("ui-command-restart"));
        // What lets calls go needs its room.
        let response = if line.is_stepped { look.icon_button(ui, ICON_REPLAY, &restart) } else { look.button(ui, ICON_REPLAY, &restart) };
        if response.on_hover_text(tip).clicked() {
            actions.push(Action::Restart(name.clone()));
        }
        stepping::buttons(ui, line, look, actions);
    } else {
        let tip = look.say(&text!("ui-header-start-tip", keys = ui_keys(ui, Command::StartOrStop)));
        let words = look.say(&text!("ui-header-start", program = name.as_str()));
        if look.button(ui, ICON_PLAY_ARROW, &words).on_hover_text(tip).clicked() {
            actions.push(Action::Start(name.clone()));
        }
        let tip = look.say(&text!("ui-step-start-tip", keys = ui_keys(ui, Command::Step)));
        if look.icon_button(ui, HELD, &look.say(&text!("ui-step-start", program = name.as_str()))).on_hover_text(tip).clicked() {
            actions.push(Action::StartHeld(name.clone()));
        }
    }
}

fn ui_keys(ui: &Ui, command: Command) -> String {
    ui.ctx().format_shortcut(&command.row().keys)
}
