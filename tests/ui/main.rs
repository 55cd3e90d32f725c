//! The window, driven and drawn without a display.

mod harness;
mod journeys;
mod pictures;
mod renderer;
mod traces;
