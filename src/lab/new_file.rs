//! A file that is whole or not there: written beside its place, and moved there once it is complete.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::text;
use crate::text::Message;
use crate::trace::{Errno, file_meaning};

/// A call on a file that failed.
#[derive(Debug)]
pub struct FileError {
    /// The call, by its name in C.
    pub call: &'static str,
    /// The file or folder.
    pub file: PathBuf,
    /// How it failed.
    pub error: io::Error,
}

impl FileError {
    /// That `call` failed on `file`, for what returns an error of the system's.
    pub fn of(call: &'static str, file: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self { call, file: file.to_owned(), error }
    }

    /// What failed, how, and what to try.
    pub fn message(&self) -> Message {
        let (file, errno) = (self.file.display().to_string(), Errno::of(&self.error));
        text!("lab-file-failed", call = self.call, file = file, errno = errno.name(), meaning = file_meaning(errno))
    }
}

/// A file that is being written. What was in its place stays there until [`take_place`](Self::take_place); without that, nothing is left of it.
#[derive(Debug)]
pub struct NewFile {
    out: BufWriter<File>,
    part: PathBuf,
    place: PathBuf,
}

impl NewFile {
    /// Begins to write what is to be at `place`. Where that is a link, it goes on pointing where it does.
    ///
    /// # Errors
    /// Those of open(2).
    pub fn at(place: &Path) -> Result<Self, FileError> {
        let place = fs::canonicalize(place).unwrap_or_else(|_new| place.to_owned());
        let mut name = place.file_name().map_or_else(OsString::new, OsString::from);
        name.push(".part");
        let part = place.with_file_name(name);
        let out = BufWriter::new(File::create(&part).map_err(FileError::of("open", &place))?);
        Ok(Self { out, part, place })
    }

    /// Puts it in its place, complete and on the disk.
    ///
    /// # Errors
    /// Those of write(2), fsync(2) and rename(2).
    pub fn take_place(mut self) -> Result<(), FileError> {
        self.out.flush().map_err(FileError::of("write", &self.place))?;
        self.out.get_ref().sync_all().map_err(FileError::of("fsync", &self.place))?;
        fs::rename(&self.part, &self.place).map_err(FileError::of("rename", &self.place))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Half a file is of no use. Of one that has taken its place there is no part any more.
        fs::remove_file(&self.part).ok();
    }
}

/// Puts what `work` writes at `place`, whole or not at all. Takes its time.
///
/// # Errors
/// Which call failed, and how. What stood there before stands there still.
pub fn write_whole(place: &Path, work: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileError> {
    let mut new = NewFile::at(place)?;
    work(&mut new).map_err(FileError::of("write", place))?;
    new.take_place()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("talk.txt");
        let names =
            || fs::read_dir(folder.path()).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect::<Vec<_>>();
        let half = |out: &mut dyn Write| out.write_all(b"half").and_then(|()| Err(io::Error::other("full")));
        assert_eq!(write_whole(&file, half).expect_err("full").call, "write");
        assert_eq!(names(), Vec::<OsString>::new());
        write_whole(&file, |out| out.write_all(b"whole")).expect("written");
        assert!(write_whole(&file, half).is_err());
        assert_eq!((fs::read(&file).expect("read"), names()), (b"whole".to_vec(), vec![OsString::from("talk.txt")]));
    }

    #[test]
    fn the_call_that_failed_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = write_whole(&folder.path().join("none/lab.toml"), |_| Ok(())).expect_err("no such folder").message().to_string();
        assert!(nowhere.starts_with("open of") && nowhere.contains("ENOENT"), "{nowhere}");
        let taken = write_whole(folder.path(), |_| Ok(())).expect_err("a folder").message().to_string();
        assert!(taken.starts_with("rename of") && taken.contains("EISDIR"), "{taken}");
        assert!(!folder.path().with_extension("part").exists(), "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_goes_on_pointing_where_it_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "old").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        write_whole(&link, |out| out.write_all(b"new")).expect("written");
        assert!(link.is_symlink() && fs::read(&file).expect("read") == b"new");
    }
}
