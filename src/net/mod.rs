//! Traced sockets: one method, one system call, one record.
//!
//! A [`TracedSocket`] makes the calls of socket(7) and writes each into the trace: its arguments, what came back, how long it took and which
//! bytes it moved. A call that fails is a record too, and an [`Error`] that a person can read. [`option`] is the one table of socket options,
//! [`limits`] says what this system does to the values they are given.
//!
//! Whatever differs between systems stands in `sys`. Only Linux has been run: the code for macOS and Windows follows the sources and manuals of those
//! systems and is unproven.

mod error;
pub mod families;
pub mod fault;
mod files;
pub mod formula;
pub mod interfaces;
pub mod limits;
pub mod machine;
mod meaning;
mod message;
mod method;
pub mod option;
pub mod ports;
pub mod process;
mod readiness;
pub mod resolver;
mod sampler;
mod segments;
mod socket;
mod sys;
mod time_wait;

pub use error::Error;
pub use fault::{FaultPlan, Faults, Line, Pipe, Step, Way};
pub use files::{OpenFiles, raise_open_files};
pub use meaning::{Meaning, meaning};
pub use message::Buffer;
pub use option::Opt;
pub use readiness::{Readiness, Ready, Waker};
pub use sampler::{Looked, MOST_LOOKED_AT, Sampler};
pub use socket::{Received, TracedSocket};
pub use time_wait::time_waits;

/// The clock that only goes forward, in nanoseconds; on Linux and macOS it is the one that all processes of the machine have in common.
pub fn monotonic() -> u64 {
    sys::monotonic()
}

/// The longest path, or abstract name, of a Unix socket in bytes: what fits into `sun_path` with a NUL at its end (unix(7)).
pub const MOST_PATH: usize = if cfg!(target_os = "macos") { 103 } else { 107 };
