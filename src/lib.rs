//! Socket Lab: run real servers and clients and see every socket call they make.
//!
//! The floors, from the ground up; a floor uses only those below it (held by `tests/tidy.rs`):
//!
//! | floor | holds |
//! |-------------|-------|
//! | [`mod@text`] | every sentence a person reads, in English and Simplified Chinese |
//! | [`wire`]    | bytes to meaning and back, without I/O |
//! | [`trace`]   | what was observed: records, their order, their store, filters, recordings |
//! | [`net`]     | traced sockets: one method, one system call, one record |
//! | [`tftp`]    | transfers by TFTP as state machines, without socket, clock or file |
//! | [`program`] | servers and clients on named threads |
//! | [`lab`]     | the application without a window: lab files, sessions |
//! | [`cli`], [`ui`] | the two ways in: the command line and the window |

pub mod text;
pub mod wire;

pub mod trace;

pub mod net;
pub mod tftp;

pub mod program;

pub mod lab;

pub mod cli;
pub mod ui;
