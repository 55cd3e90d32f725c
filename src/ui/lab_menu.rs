//! The menu of the lab: its title, its files, recordings, and what can be opened.

use std::path::Path;

use egui::{Button, Context, Margin, Stroke, TextEdit, Ui, vec2};

use super::command::{Action, Actions, Command};
use super::look::Look;
use super::scene::Scene;
use super::theme;
use super::top_bar::{Menus, item, menu_row};
use crate::text;

/// Draws the menu.
pub(super) fn show(ui: &mut Ui, scene: &Scene, menus: &mut Menus<'_>, look: &Look, actions: &mut Actions) {
    if !scene.is_recorded() {
        title(ui, scene, look, actions);
        ui.separator();
    }
    for command in [Command::New, Command::Open, Command::Save, Command::SaveAs] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    let recording = if scene.is_recorded() {
        Command::OpenRecordedLab
    } else if menus.now.recording == Some(true) {
        Command::StopRecording
    } else {
        Command::Record
    };
    item(ui, recording, menus, look, actions);
    path_field(ui, scene.is_recorded(), menus.path, look, actions);
    ui.separator();
    item(ui, Command::Samples, menus, look, actions);
    recent(ui, &menus.settings.recent, look, actions);
    ui.separator();
    item(ui, Command::Quit, menus, look, actions);
}

/// The title of the lab, to be edited.
fn title(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    let name = look.say(&text!("ui-menu-title"));
    let mut title = scene.title.clone();
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.0, look.roles.stroke);
        let field = TextEdit::singleline(&mut title).hint_text(&name).desired_width(240.0).char_limit(200);
        let field = field.margin(Margin::symmetric(6, 2)).min_size(vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
        let response = ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-menu-title-tip")));
        if response.changed() {
            actions.push(Action::Title(title));
        }
    });
}

/// What was opened or saved last.
fn recent(ui: &mut Ui, recent: &[String], look: &Look, actions: &mut Actions) {
    if recent.is_empty() {
        return;
    }
    ui.separator();
    look.heading(ui, &text!("ui-menu-recent"));
    for file in recent {
        let name = Path::new(file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
        if menu_row(ui, " ", &name, "", look).on_hover_text(file).clicked() {
            actions.push(Action::OpenFile(file.into()));
            ui.close();
        }
    }
}

/// A path that is typed: where the system has no file dialog there is still a way.
fn path_field(ui: &mut Ui, recorded: bool, path: &mut String, look: &Look, actions: &mut Actions) {
    let name = look.say(&text!("ui-menu-path"));
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.0, look.roles.stroke);
        let field = TextEdit::singleline(path).font(theme::mono(12.0)).hint_text(&name).desired_width(240.0);
        let field = field.margin(Margin::symmetric(6, 2)).min_size(vec2(0.0, theme::FIELD)).align(egui::Align2::LEFT_CENTER);
        let response = ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-menu-path-tip")));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let typed = path.trim().to_owned();
        let mut meant = (entered && !typed.is_empty()).then(|| Action::OpenFile((&typed).into()));
        ui.horizontal(|ui| {
            for (words, tip, action) in [
                (text!("ui-menu-path-open"), text!("ui-menu-path-open-tip"), Some(Action::OpenFile((&typed).into()))),
                (text!("ui-menu-path-save"), text!("ui-menu-path-save-tip"), Some(Action::SaveIn((&typed).into()))),
                (text!("ui-menu-path-record"), text!("ui-menu-path-record-tip"), (!recorded).then(|| Action::RecordIn((&typed).into()))),
            ] {
                let Some(action) = action else { continue };
                let button = ui.add_enabled(!typed.is_empty(), Button::new(look.say(&words)).min_size(vec2(64.0, theme::FIELD)));
                if button.on_hover_text(look.say(&tip)).clicked() {
                    meant = Some(action);
                }
            }
        });
        if let Some(meant) = meant {
            actions.push(meant);
            path.clear();
            ui.close();
        }
    });
}

/// The first of the files that were dropped on the window, to be opened; while one is held over it, says so.
pub(super) fn dropped(ctx: &Context, look: &Look, actions: &mut Actions) {
    let (held, dropped) = ctx.input(|input| {
        let dropped = input.raw.dropped_files.first().map(|file| file.path().to_owned());
        (!input.raw.hovered_files.is_empty(), dropped)
    });
    if let Some(file) = dropped {
        actions.push(Action::OpenFile(file));
    }
    if held {
        let (rect, roles) = (ctx.content_rect(), look.roles);
        let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("dropped")));
        painter.rect(
            rect.shrink(4.0),
            theme::CARD,
            roles.accent.gamma_multiply(0.15),
            Stroke::new(2.0, roles.accent),
            egui::StrokeKind::Inside,
        );
        let words = look.say(&text!("ui-drop"));
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, words, theme::strong(20.0), roles.text);
    }
}
