//! A trace in a file: written as rows come, opened by paging.
//!
//! Writing has a thread of its own ([`Trace::record`](super::Trace::record)); so has paging, which a [`Store`] starts when it has rows on disk. What a file lost,
//! by being cut off or damaged, is told, and costs only the chunks that it concerns.

mod disk;
mod format;
mod open;
mod pager;
mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use std::{fmt, io};

use serde::{Deserialize, Serialize};

use super::errno::Errno;
use super::file_meaning::file_meaning;
use super::store::Store;
use crate::text;
use crate::text::Message;

use format::{MAGIC, NAME};
pub(super) use pager::Pager;
pub(super) use writer::Writing;
pub use writer::{RecordingState, RecordingStatus};

/// What a recording says about itself before its first row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the program that wrote it.
    pub version: String,
    /// The system it was made on: `linux x86_64`.
    pub system: String,
    /// The time of day at 0 of the trace's clock.
    pub started: SystemTime,
    /// The limits of the kernel that expectations depend on, by their names (`net.core.somaxconn`).
    pub limits: BTreeMap<String, String>,
    /// The lab file that was run, as text.
    pub lab: String,
    /// What its random choices began with.
    pub seed: u64,
}

impl Header {
    /// The header of a recording made here and now.
    pub fn here(lab: impl Into<String>, seed: u64, limits: BTreeMap<String, String>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        Self { version, system, started: SystemTime::now(), limits, lab: lab.into(), seed }
    }
}

/// A recording that was opened.
#[derive(Debug)]
pub struct Recording {
    /// What it says about itself.
    pub header: Header,
    /// Its rows, all on disk until they are asked for.
    pub store: Arc<Store>,
    /// What of it is lost, as far as it shows on opening; nothing where it is whole. What paging finds later is told by [`Store::losses`].
    pub losses: Vec<Message>,
}

impl Recording {
    /// Opens the recording at `path`: at once, whatever its size, since rows are read when they are asked for. Where its end is cut off, the frames
    /// are walked through once, and [`Store::names`] fills up while the rows are read.
    ///
    /// # Errors
    /// Where it cannot be read, or is no recording of a version that is known.
    pub fn open(path: &Path) -> Result<Self, RecordingError> {
        open::open(path)
    }

    /// Whether a file that begins with these bytes is a recording, or was one before it was sent as text.
    pub fn is_begun_by(head: &[u8]) -> bool {
        head.starts_with(&MAGIC[..NAME])
    }
}

/// Why a recording could not be opened or begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordingError {
    /// The system refused a call on the file.
    System {
        /// The call: `open`, `read`, `write`.
        call: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        errno: Errno,
    },
    /// The file does not begin as a recording does.
    NotOne(PathBuf),
    /// It is of a version of the format that is not known here.
    Version(PathBuf, u32),
    /// Its header is damaged.
    Damaged(PathBuf),
    /// A recording was to be begun where another file stands, which is none.
    Occupied(PathBuf),
    /// The trace is being recorded already.
    Already,
}

impl RecordingError {
    fn system(call: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::System { call, path: path.to_owned(), errno: Errno::of(error) }
    }

    /// What went wrong, with the call, the file and the errno.
    pub fn message(&self) -> Message {
        match self {
            Self::System { call, path, errno } => {
                text!("trace-recording-system", call = *call, file = shown(path), errno = errno.name(), meaning = file_meaning(*errno))
            }
            Self::NotOne(path) => text!("trace-recording-not-one", file = shown(path)),
            Self::Version(path, version) => text!("trace-recording-version", file = shown(path), version = *version),
            Self::Damaged(path) => text!("trace-recording-damaged", file = shown(path)),
            Self::Occupied(path) => text!("trace-recording-occupied", file = shown(path)),
            Self::Already => text!("trace-recording-already"),
        }
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for RecordingError {}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests;
