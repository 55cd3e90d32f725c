//! The application without a window: lab files, their fields and errors, and sessions that run them.
//!
//! Whatever a button can do, this floor can do; the command line, the window and the tests use exactly this.

mod calls;
mod check;
mod coach;
mod edit;
mod error;
mod fault;
mod field;
mod file;
mod framing;
mod history;
mod http;
mod link;
mod live;
mod manner;
mod open;
mod option;
mod outside;
mod plain;
mod pressing;
mod read;
mod rules;
mod sample;
mod sampling;
mod save;
mod script;
mod session;
mod setting;
mod shape;
mod status;
mod surroundings;
mod syntax;
mod typed;
mod way;

pub use calls::{CALLING, call_field, write_one as call_in_toml};
pub use check::{MOST_PROGRAMS, Wrong};
pub use coach::{Cause, Certainty, Coach, Remedy};
pub use error::{Fault, LabError, LabErrors, MOST_ERRORS, Place};
pub use fault::FAULTS;
pub use field::{FIELDS, Field, SENDING, field, fields_of};
pub use file::Lab;
pub use history::History;
pub use link::WAY;
pub use live::live;
pub use open::{Opened, open};
pub(crate) use outside::{beyond, beyond_by_hand};
pub use read::{LONGEST, Override};
pub use sample::{Named, SAMPLES, Sample, Topic, sample};
pub use script::{NoScript, Script};
pub use session::{LONGEST_NOTE, Session, SessionCommand};
pub use setting::Setting;
pub use shape::Shape;
pub use status::ProgramStatus;
pub use surroundings::{Obstacle, Surroundings};
