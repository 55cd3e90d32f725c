//! The window, driven and drawn without a display.

mod harness;
mod pictures;
mod renderer;
mod traces;
