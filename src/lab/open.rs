//! Lab files and recordings on the disk: opened, told apart by what they hold, and saved whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::file::Lab;
use super::read::LONGEST;
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Recording};

/// How many bytes of a file are looked at to tell what it is.
const HEAD: usize = 8;

/// What a file turned out to hold.
#[derive(Debug)]
pub enum Opened {
    /// A lab.
    Lab(Lab),
    /// A recording.
    Recording(Recording),
}

/// Opens a lab file or a recording, whatever it is called. Takes its time: not for the window's thread.
///
/// # Errors
/// Why it cannot be read, or everything that is wrong in it.
pub fn open(file: &Path) -> Result<Opened, Vec<Message>> {
    let bytes = read(file).map_err(|problem| vec![problem])?;
    if Recording::is_begun_by(&bytes) {
        return Recording::open(file).map(Opened::Recording).map_err(|error| vec![error.message()]);
    }
    let text = String::from_utf8(bytes).map_err(|_not_text| vec![text!("lab-file-not-text", file = shown(file))])?;
    Lab::parse(&text, &file.to_string_lossy()).map(Opened::Lab).map_err(|errors| errors.messages())
}

/// The bytes of a lab file, of which no more is read than a lab may have, or the first ones of a recording.
fn read(file: &Path) -> Result<Vec<u8>, Message> {
    let failed = |call: &'static str| move |error: io::Error| failure(call, file, &error);
    // A pipe would let `open` wait for whoever writes into it.
    if !fs::metadata(file).map_err(failed("open"))?.is_file() {
        return Err(text!("lab-file-not-one", file = shown(file)));
    }
    let mut source = File::open(file).map_err(failed("open"))?;
    let mut bytes = Vec::new();
    io::Read::by_ref(&mut source).take(HEAD as u64).read_to_end(&mut bytes).map_err(failed("read"))?;
    if !Recording::is_begun_by(&bytes) {
        source.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(failed("read"))?;
    }
    Ok(bytes)
}

impl Lab {
    /// Puts the lab in the place of `file`, whole or not at all: it is written beside it and renamed. Takes its time.
    ///
    /// # Errors
    /// Which call failed, and how. What stood there before stands there still.
    pub fn save(&self, file: &Path) -> Result<(), Message> {
        // A link is followed: it goes on pointing at the lab.
        let file = fs::canonicalize(file).unwrap_or_else(|_new| file.to_owned());
        let part = beside(&file);
        let saved = write(&part, &self.in_folder_of(&file).to_toml()).and_then(|()| {
            let renamed = fs::rename(&part, &file);
            renamed.map_err(|error| failure("rename", &file, &error))
        });
        if saved.is_err() {
            // Half a file is of no use; the error says more than this one could.
            fs::remove_file(&part).ok();
        }
        saved
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

fn shown(file: &Path) -> String {
    file.display().to_string()
}

fn failure(call: &'static str, file: &Path, error: &io::Error) -> Message {
    text!("lab-file-failed", call = call, file = shown(file), errno = Errno::of(error).name(), said = error.kind().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::sample;
    use crate::program::{Data, Reply};
    use crate::trace::{Header, Settings, Trace};

    fn first_echo() -> Lab {
        sample("first-echo").expect("in the table").lab(&[]).expect("a lab")
    }

    fn wrong(file: &Path) -> String {
        open(file).expect_err("wrong")[0].to_string()
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
    fn a_recording_is_known_by_its_first_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("looks-like-a-lab.toml");
        let trace = Trace::new(Settings::default()).expect("a thread");
        trace.record(&file, Header::here("", 0, std::collections::BTreeMap::default())).expect("recorded");
        trace.finish_recording();
        assert!(matches!(open(&file), Ok(Opened::Recording(_))));
        // Sent as text: its line end was changed.
        let bytes = fs::read(&file).expect("bytes");
        fs::write(&file, [&bytes[..5], b"\n", &bytes[7..]].concat()).expect("written");
        assert!(wrong(&file).contains("is not a recording"));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("x");
        assert!(wrong(&file).contains("ENOENT"));
        assert!(wrong(folder.path()).contains("is no file"));
        fs::write(&file, b"title = \"\xff\"").expect("written");
        assert!(wrong(&file).contains("UTF-8"));
        fs::write(&file, b"title = \"a\"\nx = 1").expect("written");
        assert!(wrong(&file).contains("x:2:1"), "{}", wrong(&file));
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
