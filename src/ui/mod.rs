//! The window: draws what the trace tells, and collects commands.
//!
//! Nothing here blocks: no receive, no join, no lock held while drawing, no file dialog on the window's thread. A frame takes in what threads have
//! left for it, draws, and at its end does what the person asked for.

mod about;
mod action;
mod app;
mod calls;
mod command;
mod conversation;
mod counting;
mod desk;
mod details;
mod dialog;
mod document;
mod edit;
mod effective;
mod empty;
mod errand;
mod errno;
mod fonts;
mod form;
mod header;
mod joined;
mod kernel;
mod keys;
mod lab_menu;
mod launch;
mod list;
mod loads;
mod log;
mod look;
mod middle;
mod notes;
mod now;
mod opened;
mod options;
mod other_side;
mod overlay;
mod overwrite;
mod palette;
mod path;
mod peers;
mod program_list;
mod received;
mod recorded;
mod room;
mod sample_list;
mod scene;
mod send_box;
mod settings;
mod shortcuts;
mod startup;
mod status_bar;
mod stepping;
mod survey;
mod theme;
mod threads;
mod ticking;

mod tools;
mod top_bar;
mod transfers;
mod view;
mod view_bar;
mod waker;

use std::sync::Arc;

pub use app::App;
pub use dialog::{Answer, Chooser, Purpose, SystemChooser};
pub use scene::{Facts, Phase, ProgramLine, Scene};
pub use startup::StartError;

use desk::Desk;
use settings::Keeper;

use crate::lab::{self, Named, SAMPLES};
use crate::text::{Language, Message};

/// Opens the window and returns when it was closed: with `named`, a sample, a lab file or a recording; else with the first sample, ready to run.
/// `language` is spoken in place of the one that was chosen last.
///
/// # Errors
/// Why there is no window.
pub fn open(named: Option<&Named>, language: Option<Language>) -> Result<(), StartError> {
    let keeper = Keeper::of_system();
    let mut settings = keeper.read();
    settings.language = language.unwrap_or(settings.language);
    startup::run("Socket Lab", settings.window, || {
        let (keeper, settings) = (keeper.clone(), settings.clone());
        Box::new(move |context| {
            App::setup(&context.egui_ctx);
            context.egui_ctx.set_theme(settings.theme);
            context.egui_ctx.set_zoom_factor(settings.zoom);
            let (desk, problems) = first_desk(named);
            let file = match named {
                Some(Named::File(file)) if problems.is_empty() => Some(file.as_path()),
                _ => None,
            };
            let desk = desk.map_err(|problem| problem.in_language(settings.language))?;
            let mut app = App::new(&context.egui_ctx, desk, file, settings, keeper, Arc::new(SystemChooser))?;
            app.tell(problems);
            Ok(Box::new(app))
        })
    })
}

/// What the window opens with, and what was wrong with what it was asked for: then it opens with the first sample.
fn first_desk(named: Option<&Named>) -> (Result<Desk, Message>, Vec<Message>) {
    let mut problems = Vec::new();
    let mut sample = SAMPLES.first();
    match named {
        None => {}
        Some(Named::Sample(named)) => sample = Some(named),
        Some(Named::File(file)) => match lab::open(file) {
            Ok(opened) => return (Desk::of(opened, file), Vec::new()),
            Err(errors) => problems = errors,
        },
    }
    let sample = sample.map(|sample| sample.lab(&[])).transpose();
    let sample = sample.unwrap_or_else(|errors| {
        problems.extend(errors.messages());
        None
    });
    (Desk::live(sample.unwrap_or_default()), problems)
}
