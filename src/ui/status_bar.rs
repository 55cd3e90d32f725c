//! The line at the bottom: what runs, what was counted, what waits, and whether anything can be reached from outside.

use egui::{Align, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_NOTIFICATIONS, ICON_SHIELD_LOCK, ICON_WARNING};

use super::command::{Action, Actions, Command};
use super::look::{Look, format, line_of, named};
use super::notes::Notes;
use super::room::Room;
use super::scene::{Facts, Phase, Scene};
use super::theme;
use crate::lab::beyond;
use crate::program::Reply;
use crate::text;
use crate::trace::{Call, RecordingState, RecordingStatus};

/// Draws the bar.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, notes: &Notes, room: Room, look: &Look, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 16.0;
    let full = ui.available_rect_before_wrap();
    let mut newest = false;
    ui.horizontal_centered(|ui| {
        ui.add_space(theme::EDGE);
        if let Some(facts) = &scene.recorded {
            recorded(ui, scene, facts, look);
            newest = right(ui, scene, notes, look, actions);
            return;
        }
        let running = scene.programs.iter().filter(|line| line.phase.is_running()).count();
        let failed = scene.programs.iter().filter(|line| line.phase == Phase::Failed).count();
        let words = if running == 0 { text!("ui-status-nothing") } else { text!("ui-status-running", count = running) };
        look.secondary(ui, look.say(&words));
        if failed > 0 {
            look.secondary(ui, look.say(&text!("ui-status-failed", count = failed)));
        }
        if scene.broken.is_some() {
            let words = look.say(&text!("ui-status-broken"));
            let label = ui.label(RichText::new(words).font(theme::strong(12.0)).color(look.roles.error));
            label.on_hover_text(look.say(&text!("ui-status-broken-tip")));
        }
        look.secondary(ui, look.say(&text!("ui-status-calls", count = scene.activity.total().calls)));
        let lost = look.say(&text!("ui-status-lost", count = scene.lost));
        let colour = if scene.lost > 0 { look.roles.wait } else { look.roles.text2 };
        ui.label(RichText::new(lost).font(theme::plain(12.0)).color(colour)).on_hover_text(look.say(&text!("ui-status-lost-tip")));
        if let Some(status) = &scene.recording {
            recording(ui, status, look);
        }
        newest = right(ui, scene, notes, look, actions);
    });
    if newest || !room.words && notes.count() > 0 {
        return;
    }
    if let Some(words) = waiting(scene, look) {
        let line = line_of(&[(&words, theme::plain(12.0), look.roles.wait)], full.width() * 0.36);
        let galley = ui.painter().layout_job(line);
        let place = egui::Align2::CENTER_CENTER.align_size_within_rect(galley.size(), full).min;
        let response = ui.interact(egui::Rect::from_min_size(place, galley.size()), ui.scope_id().with("waiting"), egui::Sense::HOVER);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, &words));
        ui.painter().galley(place, galley, look.roles.wait);
    }
}

/// How much was told, which opens the list of it.
fn told(ui: &mut Ui, notes: &Notes, look: &Look, actions: &mut Actions) {
    let name = look.say(&text!("ui-status-notices", count = notes.count()));
    let mut job = egui::text::LayoutJob::default();
    job.append(ICON_NOTIFICATIONS.codepoint, 0.0, format(theme::icon(14.0), look.roles.text2));
    job.append(&notes.count().to_string(), 4.0, format(theme::plain(12.0), look.roles.text2));
    let button = egui::Button::new(job).frame(false);
    let keys = ui.ctx().format_shortcut(&Command::Notices.row().keys);
    if named(ui.add(button), egui::Role::Button, &name).on_hover_text(format!("{name} ({keys})")).clicked() {
        actions.push(Action::Run(Command::Notices));
    }
}

/// From the right: what can be reached, how much was told, and what finished a moment ago; returns whether there was anything.
fn right(ui: &mut Ui, scene: &Scene, notes: &Notes, look: &Look, actions: &mut Actions) -> bool {
    let mut newest = false;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(theme::EDGE);
        if !scene.is_recorded() {
            reach(ui, scene, look);
            commands(ui, scene, look);
        }
        if notes.count() > 0 {
            told(ui, notes, look, actions);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            newest = notes.newest(ui, look);
        });
    });
    newest
}

/// How the recording fares that is being made.
fn recording(ui: &mut Ui, status: &RecordingStatus, look: &Look) {
    let roles = look.roles;
    let name = status.path.file_name().unwrap_or(status.path.as_os_str()).to_string_lossy().into_owned();
    let (words, tip, colour) = match &status.state {
        RecordingState::Writing => (text!("ui-status-recording", file = name, rows = status.rows), None, roles.error),
        RecordingState::Finished => (text!("ui-status-recorded", file = name, rows = status.rows), None, roles.text2),
        RecordingState::Failed(why) => (text!("ui-status-recording-failed", file = name), Some(why), roles.wait),
    };
    let tip = tip.map_or_else(|| status.path.display().to_string(), |why| look.say(why));
    if status.state == RecordingState::Writing {
        let (dot, _) = ui.allocate_exact_size(egui::vec2(8.0, 8.0), egui::Sense::hover());
        ui.painter().circle_filled(dot.center(), 4.0, roles.error);
        ui.add_space(-10.0);
    }
    ui.label(RichText::new(look.say(&words)).font(theme::plain(12.0)).color(colour)).on_hover_text(tip);
}

/// What is said of a recording in place of what runs.
fn recorded(ui: &mut Ui, scene: &Scene, facts: &Facts, look: &Look) {
    let roles = look.roles;
    ui.spacing_mut().item_spacing.x = 16.0;
    let of = text!("ui-recording-of", file = facts.name.as_str());
    let made = text!("ui-recording-made", system = facts.system.as_str(), time = facts.started.as_str());
    let tip = text!("ui-recording-tip", file = facts.path.as_str(), version = facts.version.as_str());
    ui.label(RichText::new(look.say(&of)).font(theme::plain(12.0)).color(roles.accent)).on_hover_text(look.say(&tip));
    look.secondary(ui, look.say(&made));
    look.secondary(ui, look.say(&text!("ui-recording-rows", count = scene.newest)));
    look.secondary(ui, look.say(&text!("ui-status-calls", count = scene.activity.total().calls)));
    if facts.losses.is_empty() {
        look.secondary(ui, look.say(&text!("ui-recording-whole")));
    } else {
        let words = look.say(&text!("ui-recording-losses", count = facts.losses.len()));
        let losses = facts.losses.iter().map(|loss| look.say(loss)).collect::<Vec<_>>().join("\n");
        ui.label(RichText::new(words).font(theme::plain(12.0)).color(roles.wait)).on_hover_text(losses);
    }
}

/// What has been blocked longest, a listener last: it is meant to wait.
fn waiting(scene: &Scene, look: &Look) -> Option<String> {
    // What is held waits for a person, who knows it.
    let mut open = scene.open.iter().filter(|open| !open.held);
    let blocked = open.clone().find(|open| open.call != Call::Accept).or_else(|| open.next())?;
    let program = scene.names.program_name(blocked.program);
    let socket = blocked.socket.map(|socket| socket.to_string()).unwrap_or_default();
    Some(look.say(&text!("ui-status-waits", program = program, socket = socket, call = blocked.call.name())))
}

/// Whether anything leaves this computer, or can be reached from another.
fn reach(ui: &mut Ui, scene: &Scene, look: &Look) {
    let roles = look.roles;
    let outside = scene.programs.iter().find_map(|line| beyond(&line.spec).next());
    let (icon, words, tip, colour) = match &outside {
        None => (ICON_SHIELD_LOCK, text!("ui-status-loopback"), text!("ui-status-loopback-tip"), roles.text2),
        Some(address) => (ICON_WARNING, text!("ui-status-outside", address = address.as_str()), text!("ui-status-outside-tip"), roles.wait),
    };
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(RichText::new(look.say(&words)).font(theme::plain(12.0)).color(colour)).on_hover_text(look.say(&tip));
    ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(colour));
}

/// Whether a program that runs lets others run what is not known to be harmless.
fn commands(ui: &mut Ui, scene: &Scene, look: &Look) {
    let running = scene.programs.iter().filter(|line| line.phase.is_running());
    let mut beyond = running.filter_map(|line| match &line.spec.reply {
        Reply::Command(remote) => Some((line, remote.beyond())).filter(|(_, beyond)| !beyond.is_empty()),
        _ => None,
    });
    let Some((line, beyond)) = beyond.next() else { return };
    let tip = text!("ui-status-commands-tip", program = line.spec.name.as_str(), commands = beyond.join(", "));
    ui.label(RichText::new(look.say(&text!("ui-status-commands"))).font(theme::strong(12.0)).color(look.roles.error))
        .on_hover_text(look.say(&tip));
    ui.label(RichText::new(ICON_WARNING.codepoint).font(theme::icon(14.0)).color(look.roles.error));
}
