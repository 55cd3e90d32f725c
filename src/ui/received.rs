//! A file that was received and is kept until a person says where it goes.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::action;
use super::app::App;
use super::dialog::Purpose;
use super::errand::Which;
use crate::program::{KeptFiles, proposed_name};
use crate::text;
use crate::trace::ProgramId;

/// Saves the file that `program` received: in `typed`, which there is not yet, or where the person says who is asked. Without a program, the one whose transfer
/// is shown, else the one that was received last.
pub(super) fn save(app: &mut App, ctx: &Context, program: Option<ProgramId>, typed: Option<PathBuf>) {
    let Some(files) = kept(app) else { return };
    let list = files.list();
    let wanted = program.or_else(|| app.open.transfers.program());
    let file = list.iter().find(|file| Some(file.program) == wanted).or_else(|| list.last().filter(|_| program.is_none()));
    let Some(file) = file.cloned() else { return };
    let which = match typed {
        Some(path) => Which::New(path),
        None => action::asked(app, ctx, text!("ui-dialog-received")),
    };
    let (purpose, waking) = (Purpose::SaveReceived(proposed_name(&file.name)), ctx.clone());
    app.shell.errand.save_received(which, purpose, move |path| files.save(file.program, path), move || waking.request_repaint());
}

/// Saves all files that are kept: one where the person says, many in a folder. `typed` is that path, where it is not empty.
pub(super) fn save_all(app: &mut App, ctx: &Context, typed: &str) {
    let Some(files) = kept(app) else { return };
    let waking = ctx.clone();
    let wake = move || waking.request_repaint();
    let list = files.list();
    if let [only] = list.as_slice() {
        let typed = (!typed.is_empty()).then(|| PathBuf::from(typed));
        return save(app, ctx, Some(only.program), typed);
    }
    let which = if typed.is_empty() { action::asked(app, ctx, text!("ui-dialog-received-all")) } else { Which::Named(typed.into()) };
    app.shell.errand.save_received(which, Purpose::ReceivedFolder, move |folder| files.save_all(folder), wake);
}

/// Keeps the file that `program` received no longer.
pub(super) fn discard(app: &mut App, ctx: &Context, program: ProgramId) {
    if let Some(files) = kept(app) {
        let waking = ctx.clone();
        // A large file takes its time to go.
        app.shell.errand.quietly(move || files.discard(program), move || waking.request_repaint());
    }
}

/// The files that are kept.
pub(super) fn kept(app: &App) -> Option<Arc<KeptFiles>> {
    app.open.desk.session().ok()?.kept()
}
