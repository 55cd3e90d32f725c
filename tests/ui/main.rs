//! The window, driven and drawn without a display.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that lacks what it needs has failed")]

mod answers;
mod calls;
mod choosing;
mod details;
mod form;
mod framing;
mod harness;
mod http;
mod journeys;
mod kernel;
mod labs;
mod ladder;
mod link;
mod log;
mod long;
mod options;
mod pictures;
mod places;
mod programs;
mod received;
mod recordings;
mod renderer;
mod rules;
mod sending;
mod shell;
mod stepping;
mod threads;
mod tools;
mod traces;
mod transfers;
mod tutorials;
mod typed;
