//! Doing what was asked for in a frame, after it was drawn.

use std::path::PathBuf;

use egui::{Context, Theme, ThemePreference, ViewportCommand};

use super::app::{App, Open};
use super::command::{Action, Command};
use super::desk::Desk;
use super::dialog::Purpose;
use super::settings::ZOOM;
use super::tools;
use crate::lab::SAMPLES;
use crate::text;
use crate::text::Language;

/// Does `action`.
pub(super) fn run(app: &mut App, ctx: &Context, action: Action) {
    match action {
        Action::Run(command) => run_command(app, ctx, command),
        Action::Choose(name) => app.open.program = Some(name),
        Action::Speak(language) => {
            app.shell.settings.language = language;
            app.shell.keeper.write(app.shell.settings);
        }
        Action::Wear(theme) => wear(app, ctx, theme),
        Action::Sample(place) => open_sample(app, place),
        Action::OpenFile(file) => answered(app, Purpose::OpenLab, file),
        Action::Add(kind) => app.open.program = app.open.desk.add(kind).or(app.open.program.take()),
        other => {
            if let Some(problem) = app.open.desk.run(other) {
                app.shell.notes.say(problem);
            }
        }
    }
}

fn run_command(app: &mut App, ctx: &Context, command: Command) {
    let chosen = app.open.program.clone();
    match command {
        Command::StartOrStop => {
            if let Some(name) = chosen {
                let action = if app.open.desk.is_running(&name) { Action::Stop(name) } else { Action::Start(name) };
                run(app, ctx, action);
            }
        }
        Command::Restart => {
            if let Some(name) = chosen {
                run(app, ctx, Action::Restart(name));
            }
        }
        Command::StartAll | Command::StopAll => {
            if let Some(problem) = app.open.desk.run(Action::Run(command)) {
                app.shell.notes.say(problem);
            }
        }
        Command::Open => ask(app, ctx, Purpose::OpenLab),
        Command::Save => ask(app, ctx, Purpose::SaveLab),
        Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        Command::Follow => app.open.log.follow = !app.open.log.follow,
        Command::ShowLab => {
            app.open.log.show_lab = !app.open.log.show_lab;
            app.open.log.apply_filter();
        }
        Command::Filter => ctx.memory_mut(|memory| memory.request_focus(tools::filter_id())),
        Command::Language => {
            let next = match app.shell.settings.language {
                Language::English => Language::Chinese,
                Language::Chinese => Language::English,
            };
            run(app, ctx, Action::Speak(next));
        }
        Command::Theme => {
            let other = match ctx.theme() {
                Theme::Dark => ThemePreference::Light,
                Theme::Light => ThemePreference::Dark,
            };
            wear(app, ctx, other);
        }
        Command::ZoomIn => zoom(ctx, 1.1),
        Command::ZoomOut => zoom(ctx, 1.0 / 1.1),
        Command::ZoomReset => ctx.set_zoom_factor(1.0),
    }
}

fn zoom(ctx: &Context, by: f32) {
    let zoom = (ctx.zoom_factor() * by * 100.0).round() / 100.0;
    ctx.set_zoom_factor(zoom.clamp(*ZOOM.start(), *ZOOM.end()));
}

fn wear(app: &mut App, ctx: &Context, theme: ThemePreference) {
    ctx.set_theme(theme);
    app.shell.settings.theme = theme;
    app.shell.keeper.write(app.shell.settings);
}

fn ask(app: &mut App, ctx: &Context, purpose: Purpose) {
    let title = match purpose {
        Purpose::OpenLab => text!("ui-dialog-open"),
        Purpose::SaveLab => text!("ui-dialog-save"),
    };
    let ctx = ctx.clone();
    let title = title.in_language(app.shell.settings.language);
    app.shell.question.ask(std::sync::Arc::clone(&app.shell.chooser), purpose, title, move || ctx.request_repaint());
}

/// The person has said which file.
pub(super) fn answered(app: &mut App, purpose: Purpose, file: PathBuf) {
    match purpose {
        Purpose::OpenLab => match Desk::open(&file) {
            Ok(desk) => replace(app, desk),
            Err(problems) => problems.into_iter().for_each(|problem| app.shell.notes.say(problem)),
        },
        Purpose::SaveLab => {
            if let Some(problem) = app.open.desk.save(&file) {
                app.shell.notes.say(problem);
            }
        }
    }
}

fn open_sample(app: &mut App, place: usize) {
    let Some(sample) = SAMPLES.get(place) else { return };
    match sample.lab(&[]).map_err(|errors| errors.messages()).and_then(Desk::live) {
        Ok(desk) => replace(app, desk),
        Err(problems) => problems.into_iter().for_each(|problem| app.shell.notes.say(problem)),
    }
}

/// Another lab in place of this one, whose programs are stopped.
fn replace(app: &mut App, desk: Desk) {
    match Open::new(desk, &app.shell.waker) {
        Ok(open) => {
            app.open.desk.close();
            app.open = open;
            app.shell.notes.clear();
        }
        Err(error) => app.shell.notes.say(text!("ui-note-no-thread", said = error.to_string())),
    }
}
