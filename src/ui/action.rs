//! Doing what was asked for in a frame, after it was drawn.

use std::io;
use std::sync::Arc;

use egui::{Context, Theme, ThemePreference, ViewportCommand};

use super::app::{App, Open};
use super::command::{Action, Command};
use super::conversation::Talk;
use super::desk::Desk;
use super::errand::{Outcome, Which};
use super::overlay::Overlay;
use super::palette::Palette;
use super::room::Room;
use super::settings::ZOOM;
use super::{edit, launch, tools};
use crate::lab::SAMPLES;
use crate::text;
use crate::text::{Language, Message};
use crate::trace::conversation::write;

/// Does `action`.
pub(super) fn run(app: &mut App, ctx: &Context, action: Action) {
    if !launch::may(app, &action) {
        return;
    }
    match action {
        Action::Run(command) => run_command(app, ctx, command),
        Action::Choose(name) => app.open.program = Some(name),
        Action::Speak(language) => {
            app.shell.settings.language = language;
        }
        Action::Converse(socket) => app.open.talk = Some(Talk::of(socket)),
        Action::SaveTalk(ends, side, written) => {
            let (which, waking, store) = (asked(app, &text!("ui-dialog-talk")), ctx.clone(), Arc::clone(app.open.desk.store()));
            let work = move |mut out: &mut dyn io::Write| write(&store, ends, side, written, &mut out);
            app.shell.errand.save_text(which, work, move || waking.request_repaint());
        }
        Action::Charset(charset) => app.shell.settings.charset = charset,
        Action::Wear(theme) => wear(app, ctx, theme),
        Action::Sample(place) => open_sample(app, place),
        Action::OpenFile(file) => open(app, ctx, Which::Named(file)),
        Action::Add(kind) => match app.open.desk.add(kind) {
            Ok(name) => app.open.program = Some(name),
            Err(problem) => app.tell(vec![problem]),
        },
        Action::BeginRename(_) | Action::Rename(..) | Action::Duplicate(_) | Action::Remove(_) => edit::run(app, action),
        Action::RestartWith(spec) => {
            app.open.drafts.discard(&spec.name);
            let problem = app.open.desk.run(Action::RestartWith(spec));
            app.tell(problem.into_iter().collect());
        }
        other => {
            let problem = app.open.desk.run(other);
            app.tell(problem.into_iter().collect());
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
            let problem = app.open.desk.run(Action::Run(command));
            app.tell(problem.into_iter().collect());
        }
        Command::Undo | Command::Redo => edit::step(app, command == Command::Undo),
        Command::Duplicate | Command::Rename | Command::MoveUp | Command::MoveDown | Command::Remove => {
            if let Some(action) = chosen.and_then(|name| edit::of_command(command, name)) {
                run(app, ctx, action);
            }
        }
        Command::Open => {
            let which = asked(app, &text!("ui-dialog-open"));
            open(app, ctx, which);
        }
        Command::Save => {
            let (which, lab, waking) = (asked(app, &text!("ui-dialog-save")), app.open.desk.lab(), ctx.clone());
            app.shell.errand.save(which, lab, move || waking.request_repaint());
        }
        Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        Command::Converse => {
            let socket = app.open.details.socket(&app.open.log, app.open.desk.store());
            if let Some(socket) = socket {
                run(app, ctx, Action::Converse(socket));
            }
        }
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
        Command::FoldPrograms => app.shell.settings.layout.rail ^= true,
        Command::FoldForm => fold_form(app, ctx),
        Command::Palette => app.shell.overlays.toggle(ctx, Overlay::Palette(Palette::default())),
        Command::Keys => app.shell.overlays.toggle(ctx, Overlay::Keys),
        Command::Notices => app.shell.overlays.toggle(ctx, Overlay::Notices),
        Command::About => app.shell.overlays.toggle(ctx, Overlay::About),
    }
}

/// Where there is no room for the whole form it unfolds for now, and is folded again in the next lab.
fn fold_form(app: &mut App, ctx: &Context) {
    if Room::of(ctx.content_rect().size()).form {
        app.shell.settings.layout.form_folded ^= true;
    } else {
        app.open.unfolded ^= true;
    }
}

fn zoom(ctx: &Context, by: f32) {
    let zoom = (ctx.zoom_factor() * by * 100.0).round() / 100.0;
    ctx.set_zoom_factor(zoom.clamp(*ZOOM.start(), *ZOOM.end()));
}

fn wear(app: &mut App, ctx: &Context, theme: ThemePreference) {
    ctx.set_theme(theme);
    app.shell.settings.theme = theme;
}

/// Where the file comes from that a person is to be asked for.
fn asked(app: &App, title: &Message) -> Which {
    Which::Asked(Arc::clone(&app.shell.chooser), title.in_language(app.shell.settings.language))
}

fn open(app: &mut App, ctx: &Context, which: Which) {
    let ctx = ctx.clone();
    app.shell.errand.open(which, move || ctx.request_repaint());
}

/// An errand has come to its end.
pub(super) fn came(app: &mut App, outcome: Outcome) {
    match outcome {
        Outcome::Opened(opened, file) => replace(app, Desk::of(opened, &file)),
        Outcome::Problems(problems) => app.tell(problems),
        Outcome::Done => {}
    }
}

fn open_sample(app: &mut App, place: usize) {
    let Some(sample) = SAMPLES.get(place) else { return };
    match sample.lab(&[]) {
        Ok(lab) => replace(app, Desk::live(lab)),
        Err(errors) => app.tell(errors.messages()),
    }
}

/// Another lab or recording in place of this one, whose programs are stopped.
fn replace(app: &mut App, desk: Result<Desk, Message>) {
    let no_thread = |error: io::Error| text!("ui-note-no-thread", said = error.to_string());
    match desk.and_then(|desk| Open::new(desk, &app.shell.waker).map_err(no_thread)) {
        Ok(open) => {
            app.open = open;
            app.shell.notes.clear();
        }
        Err(problem) => app.tell(vec![problem]),
    }
}
