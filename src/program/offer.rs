//! The folder that a server of files offers: the one that is stated, or one of its own with a few files to try. How a tftp-server comes by it.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::root::Root;
use super::run::{Run, tell};
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Tracer, file_meaning};

/// A file that every server without a root has.
pub const TO_TRY: &str = "hello.txt";

/// A text of a few lines, so that netascii has something to do.
const HELLO: &str = "Hello from the TFTP server.\nThis file goes with the program.\n";
/// Two blocks of 512 bytes and not one more: an empty block ends it.
const TWO_BLOCKS: usize = 1024;
/// More than a thousand blocks of 512 bytes.
const MANY_BLOCKS: usize = 1_000_000;

/// The files of a folder of its own.
const FILES: &[(&str, usize)] = &[(TO_TRY, HELLO.len()), ("empty", 0), ("1024.bin", TWO_BLOCKS), ("million.bin", MANY_BLOCKS)];

/// What a tftp-server offers.
#[derive(Debug)]
pub(super) struct Offer {
    root: Root,
    /// A folder of its own goes with the last who uses it.
    own: Option<TempDir>,
}

impl Offer {
    /// The folder of the program.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn make(run: &Run, on: &Tracer) -> Result<Self, Message> {
        if let Some(path) = &run.spec.tftp.root {
            let failed = |error: io::Error| {
                let errno = Errno::of(&error);
                text!("program-tftp-root", path = shown(path), errno = errno.name(), meaning = file_meaning(errno))
            };
            return Ok(Self { root: Root::open(path).map_err(failed)?, own: None });
        }
        let failed = |error: io::Error| {
            let errno = Errno::of(&error);
            text!("program-tftp-own-folder-failed", errno = errno.name(), meaning = file_meaning(errno))
        };
        let own = tempfile::Builder::new().prefix("socket-lab-tftp-").tempdir().map_err(failed)?;
        for (name, length) in FILES {
            fs::write(own.path().join(name), content(*length)).map_err(failed)?;
        }
        let names = FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        tell(on, None, text!("program-tftp-own-folder", path = shown(own.path()), files = names));
        Ok(Self { root: Root::open(own.path()).map_err(failed)?, own: Some(own) })
    }

    /// A folder; one of its own goes with the last who uses it.
    pub(super) const fn of(root: Root, own: Option<TempDir>) -> Self {
        Self { root, own }
    }

    /// Where the folder of its own is.
    pub(super) fn own(&self) -> Option<&Path> {
        self.own.as_ref().map(TempDir::path)
    }

    /// The folder.
    pub(super) const fn root(&self) -> &Root {
        &self.root
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The text, or bytes that differ from block to block.
fn content(length: usize) -> Vec<u8> {
    if length == HELLO.len() {
        return HELLO.as_bytes().to_vec();
    }
    (0..length).map(|place| (place ^ (place / 512)) as u8).collect()
}
