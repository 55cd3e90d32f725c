//! Doing what was asked for in a frame, after it was drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Theme, ThemePreference};

use super::app::App;
use super::command::{Action, Command};
use super::conversation::Talk;
use super::desk::Desk;
use super::dialog::Asker;
use super::document::{self, Next};
use super::errand::{Outcome, Which};
use super::opened::Open;
use super::overlay::Overlay;
use super::palette::Palette;
use super::room::Room;
use super::send_box::field;
use super::settings::ZOOM;
use super::tools::Tool;
use super::view::View;
use super::{edit, launch, log, other_side, path, received, stepping};
use crate::lab::{Lab, SAMPLES};
use crate::program::{self, ProgramKind};
use crate::text;
use crate::text::{Language, Message};
use crate::trace::conversation::{Ends, Side, Written, excerpt, write};
use crate::trace::copy::LONGEST;
use crate::trace::{Address, RecordingState, SocketId};

/// Does `action`.
pub(super) fn run(app: &mut App, ctx: &Context, action: Action) {
    if !launch::may(app, ctx, &action) {
        return;
    }
    app.shell.tools.is_open &= !is_of_views(&action);
    match action {
        Action::Run(command) => {
            run_command(app, ctx, command);
        }
        Action::Hindered(why) => app.shell.notes.hint(why),
        Action::Choose(name) => app.open.program = Some(name),
        Action::Speak(language) => app.shell.settings.language = language,
        Action::OtherSide(name, other) => other_side::hand_out(app, ctx, &name, other),
        Action::Converse(socket, peer) => app.open.talk = Some(Talk::of(socket, peer)),
        Action::SaveTalk(ends, side, written) => save_talk(app, ctx, *ends, side, written),
        Action::CopyTalk(ends, side, written) => copy_talk(app, ctx, *ends, side, written),
        Action::Packets(socket, peer) => show_packets(app, socket, peer.as_ref()),
        Action::LookEvery(milliseconds) => app.shell.settings.kernel = milliseconds,
        Action::Unpack(n) => unpack(app, n),
        Action::Layers(n) => show_layers(app, n),
        Action::Charset(charset) => app.shell.settings.charset = charset,
        Action::Wear(theme) => wear(app, ctx, theme),
        Action::Sample(place) => open_sample(app, ctx, place),
        Action::SaveIn(file) => save(app, ctx, Which::New(file)),
        Action::RecordIn(file) => record(app, ctx, Which::New(file)),
        Action::Title(title) => retitle(app, title),
        Action::OpenFile(file) => open(app, ctx, Which::Named(file)),
        Action::Add(kind) => add(app, kind),
        Action::Tell(name, command) => tell(app, &name, command),
        Action::ChooseFile(name) => app.open.send_box.choose(&name, asker(app, ctx), ctx),
        Action::SaveReceived(program, typed) => received::save(app, ctx, Some(program), typed),
        Action::DiscardReceived(program) => received::discard(app, ctx, program),
        Action::ChoosePath(name, key) => path::choose(app, ctx, name, key),
        Action::BeginRename(_) | Action::Rename(..) | Action::Duplicate(_) | Action::Remove(_) => edit::run(app, action),
        Action::RestartWith(spec) => {
            app.open.drafts.discard(&spec.name);
            hand_on(app, Action::RestartWith(spec));
        }
        other => hand_on(app, other),
    }
}

/// Has the lab do what concerns programs, and tells why where it does not.
fn hand_on(app: &mut App, action: Action) {
    let problem = app.open.desk.run(action);
    app.tell(problem.into_iter().collect());
}

/// Saves a conversation where the person says.
fn save_talk(app: &mut App, ctx: &Context, ends: Ends, side: Side, written: Written) {
    let (which, waking, store) = (asked(app, ctx, text!("ui-dialog-talk")), ctx.clone(), Arc::clone(app.open.desk.store()));
    let work = move |mut out: &mut dyn std::io::Write| write(&store, &ends, side, written, &mut out);
    app.shell.errand.save_text(which, "conversation.txt".to_owned(), work, move || waking.request_repaint());
}

/// Copies a conversation, as far as the clipboard bears it.
fn copy_talk(app: &mut App, ctx: &Context, ends: Ends, side: Side, written: Written) {
    let (waking, store) = (ctx.clone(), Arc::clone(app.open.desk.store()));
    let work = move || excerpt(&store, &ends, side, written, LONGEST);
    app.shell.errand.copy(work, move || waking.request_repaint());
}

/// Shows in the log what went through a socket, to and from one peer where there are many.
fn show_packets(app: &mut App, socket: SocketId, peer: Option<&Address>) {
    let peer = peer.map(|peer| format!(" peer:{peer}")).unwrap_or_default();
    app.open.log.filter = format!("socket:{socket}{peer}");
    app.open.log.apply_filter();
    app.open.view = View::Log;
}

/// Gives the lab another title.
fn retitle(app: &mut App, title: String) {
    let problem = app.open.desk.retitle(title);
    app.tell(problem.err().into_iter().collect());
}

/// Adds a program of that kind, and shows it.
fn add(app: &mut App, kind: ProgramKind) {
    match app.open.desk.add(kind) {
        Ok(name) => app.open.program = Some(name),
        Err(problem) => app.tell(vec![problem]),
    }
}

/// Asks a program for something. What it says to a message stands beside the message, all else is a note.
fn tell(app: &mut App, name: &str, command: program::Command) {
    let is_message = !matches!(
        command,
        program::Command::Wake(_)
            | program::Command::Disconnect(_)
            | program::Command::Cancel(..)
            | program::Command::ReadOptions(_)
            | program::Command::SetOption { .. }
            | program::Command::Step(..)
    );
    let problem = app.open.desk.run(Action::Tell(name.to_owned(), command));
    if is_message && app.open.peers.answered(problem.as_ref()) {
        // It stands in its row.
    } else if is_message {
        app.open.send_box.answered(name, problem);
    } else {
        app.tell(problem.into_iter().collect());
    }
}

/// Does what a command asks for; returns whether it is anybody's, which a test asks for each of them.
fn run_command(app: &mut App, ctx: &Context, command: Command) -> bool {
    run_programs(app, ctx, command) || run_files(app, ctx, command) || run_views(app, ctx, command) || run_window(app, ctx, command)
}

/// What is done with programs: one is started, changed, or chosen.
fn run_programs(app: &mut App, ctx: &Context, command: Command) -> bool {
    let chosen = app.open.program.clone();
    let action = match command {
        Command::StartOrStop => chosen.map(|name| if app.open.desk.is_running(&name) { Action::Stop(name) } else { Action::Start(name) }),
        Command::Restart => chosen.map(Action::Restart),
        Command::Duplicate
        | Command::Rename
        | Command::MoveUp
        | Command::MoveDown
        | Command::CopyScript
        | Command::SaveScript
        | Command::CopyAddress
        | Command::Remove => chosen.and_then(|name| edit::of_command(command, name)),
        Command::StartAll | Command::StartAllHeld | Command::StopAll => {
            hand_on(app, Action::Run(command));
            None
        }
        Command::Undo | Command::Redo => {
            edit::step(app, command == Command::Undo);
            None
        }
        _ => {
            if let Some(go) = stepping::asked(command) {
                stepping::run(app, ctx, go);
            } else if let Some(place) = command.place() {
                switch(app, ctx, place);
            } else {
                return false;
            }
            None
        }
    };
    if let Some(action) = action {
        run(app, ctx, action);
    }
    true
}

/// What is done with files: labs, recordings, what was received.
fn run_files(app: &mut App, ctx: &Context, command: Command) -> bool {
    match command {
        Command::New => leave(app, ctx, Desk::live(Lab::default()), None),
        Command::Open => {
            let which = asked(app, ctx, text!("ui-dialog-open"));
            open(app, ctx, which);
        }
        Command::Save => {
            let which = where_to_save(app, ctx);
            save(app, ctx, which);
        }
        Command::SaveAs => {
            let which = asked(app, ctx, text!("ui-dialog-save"));
            save(app, ctx, which);
        }
        Command::SaveReceived => received::save(app, ctx, None, None),
        Command::Record => {
            let which = asked(app, ctx, text!("ui-dialog-record"));
            record(app, ctx, which);
        }
        Command::StopRecording => finish_recording(app, ctx),
        Command::OpenRecordedLab => {
            let lab = app.open.desk.lab();
            leave(app, ctx, Desk::live(lab), None);
        }
        Command::Quit => document::leave(app, ctx, Next::Quit),
        _ => return false,
    }
    true
}

/// What is done in the views of the lab, and in the tools.
fn run_views(app: &mut App, ctx: &Context, command: Command) -> bool {
    match command {
        Command::Converse => converse(app, ctx),
        Command::Follow
        | Command::ShowLab
        | Command::Filter
        | Command::Find
        | Command::GoToRow
        | Command::FindNext
        | Command::FindPrevious
        | Command::Pause
        | Command::HideBefore
        | Command::ShowEarlier
        | Command::Mark => run_in_log(app, ctx, command),
        Command::LogView
        | Command::PeersView
        | Command::LoadsView
        | Command::TransfersView
        | Command::PacketLadder
        | Command::KernelView
        | Command::ThreadsView
        | Command::OptionsView
        | Command::CallsView => show_view(app, command),
        Command::Tools => app.shell.tools.is_open ^= true,
        _ => return show_tool(app, command),
    }
    true
}

/// What is done with the window: how it looks, what lies over it.
fn run_window(app: &mut App, ctx: &Context, command: Command) -> bool {
    match command {
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
        Command::Samples => app.shell.overlays.toggle(ctx, Overlay::Samples),
        Command::Notices => app.shell.overlays.toggle(ctx, Overlay::Notices),
        Command::About => app.shell.overlays.toggle(ctx, Overlay::About),
        _ => return false,
    }
    true
}

/// Shows the tool of this command, in place of the lab's views; returns whether there is one.
fn show_tool(app: &mut App, command: Command) -> bool {
    let Some(tool) = Tool::of(command) else { return false };
    app.shell.settings.tools.choose(tool);
    app.shell.tools.is_open = true;
    true
}

/// Shows row `n` in the layers of the network.
fn show_layers(app: &mut App, n: u64) {
    app.open.log.choose(n);
    show_tool(app, Command::LayersTool);
}

/// Shows the tool of this command, with the bytes of row `n`.
fn unpack(app: &mut App, n: u64) {
    app.open.log.choose(n);
    let store = app.open.desk.store();
    if let Some(record) = store.rows_at(&[n]).into_iter().next().flatten() {
        app.shell.tools.pack.take(&record, &store.names());
        show_tool(app, Command::PackTool);
    }
}

/// Whether what is asked for is seen in a view of the lab: the tools make way for it.
const fn is_of_views(action: &Action) -> bool {
    match action {
        Action::Run(command) => {
            matches!(
                command,
                Command::LogView
                    | Command::PeersView
                    | Command::LoadsView
                    | Command::KernelView
                    | Command::ThreadsView
                    | Command::CallsView
                    | Command::OptionsView
                    | Command::TransfersView
                    | Command::PacketLadder
                    | Command::Converse
                    | Command::Filter
                    | Command::Find
                    | Command::GoToRow
                    | Command::FindNext
                    | Command::FindPrevious
                    | Command::Mark
            ) || command.place().is_some()
        }
        Action::Choose(_) | Action::Converse(..) | Action::Packets(..) | Action::Add(_) | Action::Sample(_) => true,
        _ => false,
    }
}

fn show_view(app: &mut App, command: Command) {
    let before = app.open.view;
    if matches!(command, Command::KernelView | Command::OptionsView)
        && let Some(socket) = app.open.details.record(&app.open.log, app.open.desk.store()).and_then(|record| record.socket)
    {
        if command == Command::KernelView {
            app.open.kernel.choose(socket);
        } else {
            app.open.options.choose(socket);
        }
    }
    app.open.view = match command {
        Command::LogView => View::Log,
        Command::PeersView => View::Peers,
        Command::LoadsView => View::Loads,
        Command::KernelView => View::Kernel,
        Command::ThreadsView => View::Threads,
        Command::CallsView => View::Calls,
        Command::OptionsView => View::Options,
        _ => View::Transfers,
    };
    if command == Command::PacketLadder {
        // From elsewhere it shows; here it turns between packets and figures.
        app.open.transfers.has_ladder = before != View::Transfers || !app.open.transfers.has_ladder;
    }
}

/// Shows the conversation that the shown row is of.
fn converse(app: &mut App, ctx: &Context) {
    let shown = app.open.details.record(&app.open.log, app.open.desk.store());
    if let Some((record, socket)) = shown.and_then(|record| record.socket.map(|socket| (record, socket))) {
        run(app, ctx, Action::Converse(socket, record.facing().cloned()));
    }
}

/// Shows the program of a place. Who was writing a message goes on with that of the other program.
fn switch(app: &mut App, ctx: &Context, place: usize) {
    let programs = app.open.desk.lab().programs;
    let Some(spec) = programs.get(place) else { return };
    let old = app.open.program.replace(spec.name.clone());
    let was_writing = old.is_some_and(|old| ctx.memory(|memory| memory.has_focus(field::id(&old))));
    if was_writing {
        ctx.memory_mut(|memory| memory.request_focus(field::id(&spec.name)));
    }
}

/// What works on the log also brings it into view.
fn run_in_log(app: &mut App, ctx: &Context, command: Command) {
    app.open.view = View::Log;
    match command {
        Command::Follow => app.open.log.follow = !app.open.log.follow,
        Command::ShowLab => {
            app.open.log.show_lab = !app.open.log.show_lab;
            app.open.log.apply_filter();
        }
        Command::Filter => ctx.memory_mut(|memory| memory.request_focus(log::filter_id())),
        Command::Find => app.open.log.open_find(false),
        Command::GoToRow => app.open.log.open_find(true),
        Command::FindNext => app.open.log.find_step(true),
        Command::FindPrevious => app.open.log.find_step(false),
        Command::Pause => app.open.log.pause(),
        Command::HideBefore => app.open.log.hide_before(),
        Command::ShowEarlier => app.open.log.show_earlier(),
        Command::Mark => {
            let mut marks = Vec::new();
            let names = app.open.desk.store().names();
            app.open.log.mark(&names, &mut marks);
            for mark in marks {
                run(app, ctx, mark);
            }
        }
        _ => {}
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
pub(super) fn asked(app: &App, ctx: &Context, title: Message) -> Which {
    Which::Asked(asker(app, ctx), title)
}

fn asker(app: &App, ctx: &Context) -> Asker {
    app.shell.dialogs.asker(app.shell.settings.language, ctx)
}

fn open(app: &mut App, ctx: &Context, which: Which) {
    let ctx = ctx.clone();
    app.shell.errand.open(which, move || ctx.request_repaint());
}

/// The file of the lab; where it has none, the person is asked.
pub(super) fn where_to_save(app: &App, ctx: &Context) -> Which {
    app.open
        .document
        .file
        .clone()
        .filter(|_| !app.open.desk.is_recorded())
        .map_or_else(|| asked(app, ctx, text!("ui-dialog-save")), Which::Named)
}

/// Saves the lab as it stands.
pub(super) fn save(app: &mut App, ctx: &Context, which: Which) {
    let (lab, mark, waking) = (app.open.desk.lab(), Arc::clone(&app.open.document.mark), ctx.clone());
    app.shell.errand.save(which, lab, mark, move || waking.request_repaint());
}

fn record(app: &mut App, ctx: &Context, which: Which) {
    match app.open.desk.session() {
        Ok(session) => {
            let waking = ctx.clone();
            app.shell.errand.record(which, session, move || waking.request_repaint());
        }
        Err(problem) => app.tell(vec![problem]),
    }
}

/// An errand has come to its end.
pub(super) fn came(app: &mut App, ctx: &Context, outcome: Outcome) {
    let name = |file: &Path| file.display().to_string();
    let is_saved = matches!(outcome, Outcome::Saved(..) | Outcome::Received(_));
    match outcome {
        Outcome::Opened(opened, file) => leave(app, ctx, Desk::of(opened, &file), Some(file)),
        Outcome::Saved(file, lab, mark) => {
            document::remember(&mut app.shell.settings.recent, &file);
            app.shell.notes.done(text!("ui-note-saved", file = name(&file)));
            // Another lab may have been opened in the meantime; a recording's lab is only copied.
            if Arc::ptr_eq(&mark, &app.open.document.mark) && !app.open.desk.is_recorded() {
                app.open.document.saved_as(file, *lab);
            }
        }
        Outcome::Recording(file) => app.shell.notes.done(text!("ui-note-recording", file = name(&file))),
        Outcome::Recorded(status) => {
            if let RecordingState::Failed(why) = status.state {
                app.tell(vec![why]);
            } else {
                document::remember(&mut app.shell.settings.recent, &status.path);
                app.shell.notes.done(text!("ui-note-recorded", count = status.rows, file = name(&status.path)));
            }
        }
        Outcome::Chosen(program, key, file) => path::chosen(app, &program, key, file),
        Outcome::Written(file) | Outcome::Received(file) => app.shell.notes.done(text!("ui-note-saved", file = name(&file))),
        Outcome::Copied(excerpt) => {
            let (lines, left_out) = (excerpt.lines, excerpt.left_out);
            ctx.copy_text(excerpt.text);
            if left_out > 0 {
                app.tell(vec![text!("ui-talk-copied-cut", lines = lines, left = left_out)]);
            } else {
                app.shell.notes.done(text!("ui-talk-copied", lines = lines));
            }
        }
        Outcome::Missing(file, problems) => {
            let is_gone = document::forget(&mut app.shell.settings.recent, &file);
            app.tell(if is_gone { vec![text!("ui-note-missing", file = name(&file))] } else { problems });
        }
        Outcome::Problems(problems) => app.tell(problems),
        Outcome::Nothing => {}
    }
    document::saved(app, ctx, is_saved);
}

/// Ends the recording that is being made.
fn finish_recording(app: &mut App, ctx: &Context) {
    match app.open.desk.session() {
        Ok(session) => {
            let waking = ctx.clone();
            app.shell.errand.finish(session, move || waking.request_repaint());
        }
        Err(problem) => app.tell(vec![problem]),
    }
}

fn open_sample(app: &mut App, ctx: &Context, place: usize) {
    let Some(sample) = SAMPLES.get(place) else { return };
    match sample.lab(&[]) {
        Ok(lab) => leave(app, ctx, Desk::live(lab), None),
        Err(errors) => app.tell(errors.messages()),
    }
}

/// Another lab or recording in place of this one, once nothing is lost by it.
fn leave(app: &mut App, ctx: &Context, desk: Result<Desk, Message>, file: Option<PathBuf>) {
    match desk {
        Ok(desk) => document::leave(app, ctx, Next::Replace(desk, file)),
        Err(problem) => app.tell(vec![problem]),
    }
}

/// Another lab or recording in place of this one, whose programs are stopped.
pub(super) fn replace(app: &mut App, desk: Desk, file: Option<PathBuf>) {
    match Open::new(desk, file.clone(), &app.shell.waker) {
        Ok(open) => {
            app.open = open;
            app.shell.notes.clear();
            if let Some(file) = file {
                document::remember(&mut app.shell.settings.recent, &file);
            }
        }
        Err(error) => app.tell(vec![text!("ui-note-no-thread", said = error.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ui::command::COMMANDS;
    use crate::ui::dialog::{Answer, Chooser, Purpose};

    struct Nobody;

    impl Chooser for Nobody {
        fn choose(&self, _: Purpose, _: &str) -> Answer {
            Answer::TurnedAway
        }
    }

    #[test]
    fn every_command_is_somebodys() {
        let ctx = Context::default();
        App::setup(&ctx);
        let mut app = App::of_lab(&ctx, Lab::default(), Language::English, Arc::new(Nobody)).expect("threads");
        let left = COMMANDS.iter().filter(|row| !run_command(&mut app, &ctx, row.command)).map(|row| format!("{:?}", row.command));
        assert_eq!(left.collect::<BTreeSet<_>>(), BTreeSet::new());
    }
}
