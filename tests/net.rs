//! Traced sockets against this system's kernel.

#![expect(clippy::expect_used, reason = "what a test stands on must be there")]

#[path = "net/calls.rs"]
mod calls;
#[path = "net/flags.rs"]
mod flags;
#[path = "net/kernel.rs"]
mod kernel;
#[path = "net/lab.rs"]
mod lab;
#[path = "net/machine.rs"]
mod machine;
#[path = "net/options.rs"]
mod options;
#[path = "net/stopping.rs"]
mod stopping;
#[path = "net/traps.rs"]
mod traps;
