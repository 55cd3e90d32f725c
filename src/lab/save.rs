//! Saves a lab file or a script: whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::file::Lab;
use super::script::Script;
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, file_meaning};

impl Lab {
    /// Puts the lab in the place of `file`, whole or not at all: it is written beside it and renamed. Takes its time.
    ///
    /// # Errors
    /// Which call failed, and how. What stood there before stands there still.
    pub fn save(&self, file: &Path) -> Result<(), Message> {
        let file = followed(file);
        replace(&file, &self.in_folder_of(&file).to_toml())
    }

    /// The same lab for a file at another place: the files it names are still found.
    fn in_folder_of(&self, file: &Path) -> Self {
        let folder = file.parent().unwrap_or_else(|| Path::new(""));
        let same = |one: &Path, other: &Path| match (absolute(one), absolute(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        };
        if same(&self.folder, folder) {
            return self.clone();
        }
        let from = absolute(&self.folder).unwrap_or_else(|| self.folder.clone());
        let programs = self.programs.iter().map(|spec| Self { folder: from.clone(), ..Self::default() }.in_its_folder(spec)).collect();
        Self { programs, ..self.clone() }
    }
}

impl Script {
    /// Puts the script in the place of `file`, as [`Lab::save`] does it with a lab.
    ///
    /// # Errors
    /// As those of [`Lab::save`].
    pub fn save(&self, file: &Path) -> Result<(), Message> {
        replace(&followed(file), &self.text)
    }
}

/// What a link points at: it goes on pointing there.
fn followed(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_new| file.to_owned())
}

fn replace(file: &Path, text: &str) -> Result<(), Message> {
    let part = beside(file);
    let saved = write(&part, text).and_then(|()| {
        let renamed = fs::rename(&part, file);
        renamed.map_err(|error| failure("rename", file, &error))
    });
    if saved.is_err() {
        // Half a file is of no use; the error says more than this one could.
        fs::remove_file(&part).ok();
    }
    saved
}

/// The folder without links in its path; none where it does not exist. The empty path is the current folder.
fn absolute(folder: &Path) -> Option<PathBuf> {
    fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()
}

fn write(file: &Path, text: &str) -> Result<(), Message> {
    let failed = |call: &'static str| move |error: io::Error| failure(call, file, &error);
    let mut out = File::create(file).map_err(failed("open"))?;
    out.write_all(text.as_bytes()).map_err(failed("write"))?;
    out.sync_all().map_err(failed("fsync"))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".part");
    file.with_file_name(name)
}

fn failure(call: &'static str, file: &Path, error: &io::Error) -> Message {
    let errno = Errno::of(error);
    text!("lab-file-failed", call = call, file = file.to_string_lossy().into_owned(), errno = errno.name(), meaning = file_meaning(errno))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Opened, open, sample};
    use crate::program::{Data, Reply};

    fn first_echo() -> Lab {
        sample("first-echo").expect("in the table").lab(&[]).expect("a lab")
    }

    #[test]
    fn what_is_saved_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lab.toml");
        first_echo().save(&file).expect("saved");
        first_echo().save(&file).expect("saved again");
        assert!(matches!(open(&file), Ok(Opened::Lab(lab)) if lab.programs == first_echo().programs));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
        let nowhere = first_echo().save(&folder.path().join("none/lab.toml")).expect_err("no such folder").to_string();
        assert!(nowhere.contains("open") && nowhere.contains("ENOENT"), "{nowhere}");
    }

    #[test]
    fn files_that_a_lab_names_are_found_from_its_new_place() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let mut lab = first_echo();
        lab.folder = from.path().to_owned();
        lab.programs[0].reply = Reply::Fixed(Data::File("page.html".into()));
        for (folder, path) in [(&from, PathBuf::from("page.html")), (&to, absolute(from.path()).expect("there").join("page.html"))] {
            let file = folder.path().join("lab.toml");
            lab.save(&file).expect("saved");
            let Ok(Opened::Lab(saved)) = open(&file) else { panic!("no lab") };
            assert_eq!(saved.programs[0].reply, Reply::Fixed(Data::File(path)));
        }
    }
}
