//! The window: draws what the trace tells, and collects commands.
//!
//! Nothing here blocks: no receive, no join, no lock held while drawing, no file dialog on the window's thread. A frame takes in what threads have
//! left for it, draws, and at its end does what the person asked for.

mod action;
mod app;
mod command;
mod counting;
mod desk;
mod details;
mod dialog;
mod effective;
mod empty;
mod errand;
mod errno;
mod fonts;
mod form;
mod header;
mod log;
mod look;
mod notes;
mod peers;
mod program_list;
mod scene;
mod send_box;
mod settings;
mod startup;
mod status_bar;
mod theme;
mod tools;
mod top_bar;
mod view;
mod waker;

use std::path::Path;
use std::sync::Arc;

pub use app::App;
pub use dialog::{Chooser, Purpose, SystemChooser};
pub use scene::{Phase, ProgramLine, Scene};
pub use startup::StartError;

use desk::Desk;
use settings::Keeper;

use crate::lab::{Lab, SAMPLES};
use crate::text::{Language, Message};

/// Opens the window and returns when it was closed: with the lab of `file`, else with the first sample, ready to run.
/// `language` is spoken in place of the one that was chosen last.
///
/// # Errors
/// Why there is no window.
pub fn open(file: Option<&Path>, language: Option<Language>) -> Result<(), StartError> {
    let keeper = Keeper::of_system();
    let mut settings = keeper.read();
    settings.language = language.unwrap_or(settings.language);
    let (lab, problems) = first_lab(file);
    startup::run("Socket Lab", || {
        let (lab, problems, keeper) = (lab.clone(), problems.clone(), keeper.clone());
        Box::new(move |context| {
            App::setup(&context.egui_ctx);
            context.egui_ctx.set_theme(settings.theme);
            context.egui_ctx.set_zoom_factor(settings.zoom);
            let desk = Desk::live(lab).map_err(|problem| problem.in_language(settings.language))?;
            let mut app = App::new(&context.egui_ctx, desk, settings, keeper, Arc::new(SystemChooser))?;
            app.tell(problems);
            Ok(Box::new(app))
        })
    })
}

/// The lab that the window opens with, and what was wrong with the one it was asked for.
fn first_lab(file: Option<&Path>) -> (Lab, Vec<Message>) {
    let (lab, mut problems) = match file.map(errand::read) {
        Some(Ok(lab)) => return (lab, Vec::new()),
        Some(Err(problems)) => (SAMPLES.first(), problems),
        None => (SAMPLES.first(), Vec::new()),
    };
    let sample = lab.map(|sample| sample.lab(&[])).transpose();
    let sample = sample.unwrap_or_else(|errors| {
        problems.extend(errors.messages());
        None
    });
    (sample.unwrap_or_default(), problems)
}
