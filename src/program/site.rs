//! How a http-server comes by the folder that it offers: the one that is stated, or one of its own with pages to try.

use std::fs;
use std::io;
use std::path::Path;

use super::offer::Offer;
use super::root::Root;
use super::run::{Run, tell};
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Tracer, file_meaning};

/// The files of a folder of its own.
const FILES: &[(&str, &str)] = &[
    ("index.html", include_str!("../../resources/site/index.html")),
    ("hello.txt", include_str!("../../resources/site/hello.txt")),
    ("folder/你好.txt", include_str!("../../resources/site/folder/nihao.txt")),
    ("folder/picture.svg", include_str!("../../resources/site/folder/picture.svg")),
];

/// The folder of the program.
///
/// # Errors
/// Why there is none.
pub(super) fn make(run: &Run, on: &Tracer) -> Result<Offer, Message> {
    if let Some(path) = &run.spec.http.root {
        let failed = |error: io::Error| {
            let errno = Errno::of(&error);
            text!("program-http-root", path = shown(path), errno = errno.name(), meaning = file_meaning(errno))
        };
        return Ok(Offer::of(Root::open(path).map_err(failed)?, None));
    }
    let failed = |error: io::Error| {
        let errno = Errno::of(&error);
        text!("program-http-own-folder-failed", errno = errno.name(), meaning = file_meaning(errno))
    };
    let own = tempfile::Builder::new().prefix("socket-lab-http-").tempdir().map_err(failed)?;
    for (name, content) in FILES {
        let path = own.path().join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content)).map_err(failed)?;
    }
    tell(on, None, text!("program-http-own-folder", path = shown(own.path())));
    let root = Root::open(own.path()).map_err(failed)?;
    Ok(Offer::of(root, Some(own)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
