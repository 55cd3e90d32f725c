//! The window: draws what the trace tells, and collects commands.
//!
//! Nothing here blocks: no receive, no join, no lock held while drawing, no file dialog on the window's thread.

mod app;
mod details;
mod errno;
mod fonts;
mod log;
mod look;
mod scene;
mod theme;

pub use app::App;
pub use scene::Scene;
