//! Handing out the other side of a program: its script to copy or to save, or where the two meet.

use egui::Context;

use super::action::asked;
use super::app::App;
use crate::program::proposed_name;
use crate::text;

/// What is handed out of the other side of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// The script, to the clipboard.
    Copy,
    /// The script, into a file.
    Save,
    /// The address, to the clipboard.
    Address,
}

/// Hands out the other side of a program.
pub(super) fn hand_out(app: &mut App, ctx: &Context, name: &str, other: Other) {
    let lab = app.open.desk.lab();
    let local = app.open.desk.local(name);
    let script = match lab.other_side(name, local.as_ref()) {
        Ok(script) => script,
        Err(why) => return app.tell(vec![why.message()]),
    };
    match other {
        Other::Address => match lab.meeting_place(name, local.as_ref()) {
            Some(place) => {
                ctx.copy_text(place.to_string());
                app.shell.notes.done(text!("ui-script-address", address = place.to_string()));
            }
            None => app.tell(vec![text!("ui-script-no-address", program = name)]),
        },
        Other::Copy => {
            ctx.copy_text(script.text);
            app.shell.notes.done(text!("ui-script-copied", file = script.name));
        }
        Other::Save => {
            let (which, waking) = (asked(app, ctx, text!("ui-dialog-script")), ctx.clone());
            let work = move |out: &mut dyn std::io::Write| out.write_all(script.text.as_bytes());
            app.shell.errand.save_text(which, proposed_name(&script.name), work, move || waking.request_repaint());
        }
    }
}
