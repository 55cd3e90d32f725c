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
mod errno;
mod fonts;
mod form;
mod header;
mod log;
mod look;
mod notes;
mod program_list;
mod scene;
mod send_box;
mod settings;
mod startup;
mod status_bar;
mod theme;
mod tools;
mod top_bar;
mod waker;

pub use app::App;
pub use dialog::{Chooser, Purpose, SystemChooser};
pub use scene::{Phase, ProgramLine, Scene};
pub use startup::StartError;
