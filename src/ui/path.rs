//! A path for a field of a program, chosen in a dialog: the folder of a server, the file to put, where what is fetched goes.

use std::path::PathBuf;

use egui::Context;

use super::action;
use super::app::App;
use super::command::Action;
use super::dialog::Purpose;
use crate::lab::{Setting, field};
use crate::program::{Data, Spec, proposed_name};
use crate::text;

/// Asks for the path of the field `key` of a program.
pub(super) fn choose(app: &mut App, ctx: &Context, program: String, key: &'static str) {
    let spec = app.open.desk.lab().program(&program).cloned();
    let (purpose, title) = match key {
        "root" => (Purpose::ServeFolder, text!("ui-dialog-root")),
        "put" => (Purpose::PutFile, text!("ui-dialog-put")),
        _ => {
            let name = spec.and_then(|spec| spec.tftp.get).unwrap_or_default();
            (Purpose::SaveReceived(proposed_name(&name)), text!("ui-dialog-received"))
        }
    };
    let (which, waking) = (action::asked(app, ctx, title), ctx.clone());
    app.shell.errand.choose(which, purpose, (program, key), move || waking.request_repaint());
}

/// A path was chosen: it stands in the field as if it had been typed. While the program runs, it waits for a restart.
pub(super) fn chosen(app: &mut App, program: &str, key: &'static str, path: PathBuf) {
    let open = &mut app.open;
    let Some(now) = open.desk.lab().program(program).cloned() else { return };
    let Some(text) = path.to_str().map(str::to_owned) else {
        // A lab file is text: it could not name this one.
        return app.tell(vec![text!("ui-choose-no-text", file = path.display().to_string())]);
    };
    let mut spec = open.drafts.pending_of(program).cloned().unwrap_or(now);
    put(&mut spec, key, text);
    open.drafts.forget_of(program, key);
    if key == "to" {
        // The dialog has asked whether a file that is there may go.
        open.overwriting.allow(path);
    }
    if open.desk.is_running(program) {
        open.drafts.set_pending_of(program, spec);
        return;
    }
    let problem = open.desk.run(Action::Edit(program.to_owned(), Box::new(spec)));
    app.tell(problem.into_iter().collect());
}

fn put(spec: &mut Spec, key: &'static str, path: String) {
    let Some(field) = field(spec.kind, key) else { return };
    let setting = if key == "put" { Setting::Content(Data::File(path.into())) } else { Setting::Text(path) };
    (field.set)(spec, setting);
}
