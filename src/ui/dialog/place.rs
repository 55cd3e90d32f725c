//! What was typed as a path: where it leads, and why it will not do. Looks at the disk: not for the window's thread.

use std::fs::{self, File};
use std::io;
use std::path::{self, Path, PathBuf};

use directories::UserDirs;

use super::{Purpose, Want};
use crate::lab::FileError;
use crate::text;
use crate::text::Message;

/// What a person has typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// The path: from the proposed folder, where it does not begin at a root; `~` is the person's home folder.
    pub(super) path: String,
    /// Whether a file that is there may go.
    pub(super) replaces: bool,
}

/// Why what was typed is not taken yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// It will not do.
    Problem(Message),
    /// There is such a file already. May it go?
    Exists(PathBuf),
}

/// The folder that is proposed: the person's documents, else his home, else where the program was started.
pub(super) fn own_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let documents = dirs.as_ref().and_then(|dirs| dirs.document_dir()).filter(|folder| folder.is_dir()).map(Path::to_owned);
    let home = || dirs.as_ref().map(|dirs| dirs.home_dir().to_owned()).filter(|folder| folder.is_dir());
    documents.or_else(home).or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

/// What stands in the field at first: a name in `folder` for what is written, else the folder, to be gone on from.
pub(super) fn proposed(folder: &Path, purpose: &Purpose) -> String {
    // With an empty name the path ends in its separator.
    folder.join(purpose.name().unwrap_or_default()).to_string_lossy().into_owned()
}

/// Where `typed` leads, from `folder`, and that what is wanted is there or can be put there.
///
/// # Errors
/// Why not.
pub(super) fn look(want: Want, folder: &Path, typed: &Typed) -> Result<PathBuf, Said> {
    let text = typed.path.trim();
    if text.is_empty() {
        return Err(Said::Problem(text!("ui-typed-empty")));
    }
    let path = folder.join(from_home(text));
    let failed = |call: &'static str| {
        let failed = FileError::of(call, &path);
        move |error: io::Error| Said::Problem(failed(error).message())
    };
    match want {
        Want::File => {
            let data = path.metadata().map_err(failed("stat"))?;
            // A pipe would let open wait for whoever writes into it.
            if !data.is_file() {
                return Err(Said::Problem(text!("ui-typed-no-file", file = path.display().to_string())));
            }
            File::open(&path).map_err(failed("open"))?;
        }
        Want::Place => {
            let there = path.metadata().ok();
            if text.ends_with(path::is_separator) || there.as_ref().is_some_and(fs::Metadata::is_dir) {
                return Err(Said::Problem(text!("ui-typed-folder", file = path.display().to_string())));
            }
            try_room(path.parent().unwrap_or(folder)).map_err(failed("open"))?;
            if there.is_some() && !typed.replaces {
                return Err(Said::Exists(path));
            }
        }
        Want::Folder => drop(fs::read_dir(&path).map_err(failed("opendir"))?),
        Want::RoomyFolder => {
            fs::read_dir(&path).map_err(failed("opendir"))?;
            try_room(&path).map_err(failed("open"))?;
        }
    }
    Ok(path)
}

/// Whether a file can be made in `folder`: one without a name is, and goes at once.
fn try_room(folder: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder).map(drop)
}

/// The path with the person's home folder in place of a leading `~`.
fn from_home(text: &str) -> PathBuf {
    let rest = text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(path::is_separator));
    match (rest, UserDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest.trim_start_matches(path::is_separator)),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(path: impl Into<String>) -> Typed {
        Typed { path: path.into(), replaces: false }
    }

    /// The key of what is said, and the whole of it.
    fn problem(want: Want, folder: &Path, path: &str) -> (String, String) {
        match look(want, folder, &typed(path)) {
            Err(Said::Problem(message)) => (message.key().to_owned(), message.to_string()),
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn a_name_alone_is_put_in_the_proposed_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lab.toml");
        assert_eq!(proposed(folder.path(), &Purpose::SaveLab), path.display().to_string());
        for text in ["lab.toml", " lab.toml ", &path.display().to_string()] {
            assert_eq!(look(Want::Place, folder.path(), &typed(text)), Ok(path.clone()), "{text}");
        }
        assert!(proposed(folder.path(), &Purpose::OpenLab).ends_with(path::is_separator), "to be gone on from");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "looking leaves nothing behind");
    }

    #[test]
    fn a_file_that_is_there_is_asked_about() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let text = file.path().display().to_string();
        let nowhere = Path::new("nowhere");
        assert_eq!(look(Want::Place, nowhere, &typed(&text)), Err(Said::Exists(file.path().to_owned())));
        assert_eq!(look(Want::Place, nowhere, &Typed { path: text.clone(), replaces: true }), Ok(file.path().to_owned()));
        assert_eq!(look(Want::File, nowhere, &typed(&text)), Ok(file.path().to_owned()));
    }

    #[test]
    fn what_will_not_do_is_told_with_path_and_errno() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = |want, path: &str| problem(want, folder.path(), path);
        for want in [Want::File, Want::Place, Want::Folder, Want::RoomyFolder] {
            assert_eq!(told(want, "  ").0, "ui-typed-empty");
            let (key, words) = told(want, "none/lab.toml");
            assert!(key == "lab-file-failed" && words.contains("ENOENT") && words.contains("lab.toml"), "{words}");
        }
        fs::write(folder.path().join("file"), "").expect("written");
        assert_eq!(told(Want::File, ".").0, "ui-typed-no-file");
        assert_eq!(told(Want::Place, ".").0, "ui-typed-folder");
        assert_eq!(told(Want::Place, "new/").0, "ui-typed-folder");
        assert!(told(Want::Folder, "file").1.contains("file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_on_the_way_is_named_by_its_errno() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("written");
        for (want, path) in [(Want::File, "file/x"), (Want::Place, "file/x"), (Want::Folder, "file"), (Want::RoomyFolder, "file")] {
            let (_, words) = problem(want, folder.path(), path);
            assert!(words.contains("ENOTDIR"), "{words}");
        }
    }

    #[test]
    fn a_tilde_is_the_home_folder_only_by_itself() {
        let home = UserDirs::new().expect("a home").home_dir().to_owned();
        assert_eq!(from_home("~"), home);
        assert_eq!(from_home("~/lab.toml"), home.join("lab.toml"));
        assert_eq!(from_home("~other/lab.toml"), Path::new("~other/lab.toml"));
    }
}
