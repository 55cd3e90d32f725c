//! A file that is being received: written beside its place under a name of its own, and put in its place when it is whole.
//!
//! Whatever happens before, what stood in that place stands there still, and nothing else is left: whoever drops an upload takes its part away.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

use super::denied::Denied;

/// How much is collected before it is written, in bytes.
const BUFFER: usize = 8 << 10;
/// How often another name is tried for a part whose name is taken: it is drawn from 2^64.
const TRIES: usize = 4;
/// What the name of every part ends with. It begins with a dot.
const PART: &str = ".tftp-part";

/// A file that is being received.
#[derive(Debug)]
pub(super) struct Upload {
    /// The folder it is to stand in.
    folder: Dir,
    /// Its name there.
    name: OsString,
    /// The name of the part; none once it is gone.
    part: Option<OsString>,
    file: BufWriter<File>,
    /// Whether it may take the place of another file.
    overwrites: bool,
    length: u64,
    most: u64,
}

impl Upload {
    /// Begins a file of at most `most` bytes that is to be called `name` in `folder`.
    ///
    /// # Errors
    /// Why it may not be there, or cannot be written.
    pub(super) fn begin(folder: Dir, name: &OsStr, overwrites: bool, most: u64) -> Result<Self, Denied> {
        let old = match folder.symlink_metadata(name) {
            // What is no file would be lost, and a link would point to nothing that was received.
            Ok(old) if !old.is_file() => return Err(Denied::NoFile),
            Ok(_) if !overwrites => return Err(Denied::Exists),
            Ok(old) => Some(old.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Denied::of("stat", &error)),
        };
        let (part, file) = part(&folder)?;
        if let Some(old) = old {
            // Who could read the old file can read the new one. Where the system refuses, it is as any new file.
            file.set_permissions(old).ok();
        }
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Self { folder, name: name.to_owned(), part: Some(part), file, overwrites, length: 0, most })
    }

    /// Begins a file at a place that a person chose; it takes the place of the file that is there. A link is followed: it goes on pointing at the file.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub(super) fn at(path: &Path) -> Result<Self, Denied> {
        let path = fs::canonicalize(path).unwrap_or_else(|_new| path.to_owned());
        let name = path.file_name().ok_or(Denied::NoFile)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let folder = Dir::open_ambient_dir(folder, ambient_authority()).map_err(|error| Denied::of("open", &error))?;
        Self::begin(folder, name, true, u64::MAX)
    }

    /// Appends what was received.
    ///
    /// # Errors
    /// The disk is full, or the file has become larger than it may be.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Denied> {
        self.length += bytes.len() as u64;
        if self.length > self.most {
            return Err(Denied::TooLarge(self.most));
        }
        self.file.write_all(bytes).map_err(|error| Denied::of("write", &error))
    }

    /// Puts the file in its place, whole and on the disk. Takes its time.
    ///
    /// # Errors
    /// The disk is full, or another file has taken the place meanwhile. Then nothing of it is left.
    pub(super) fn finish(mut self) -> Result<(), Denied> {
        self.file.flush().map_err(|error| Denied::of("write", &error))?;
        self.file.get_ref().sync_all().map_err(|error| Denied::of("fsync", &error))?;
        let Some(part) = self.part.clone() else { return Ok(()) };
        if self.overwrites {
            self.folder.rename(&part, &self.folder, &self.name).map_err(|error| Denied::of("rename", &error))?;
            self.part = None;
        } else {
            self.put_where_nothing_is(&part)?;
        }
        self.sync_folder();
        Ok(())
    }

    /// Gives the part its name without taking that of another file: link(2) fails where there is one.
    fn put_where_nothing_is(&mut self, part: &OsStr) -> Result<(), Denied> {
        match self.folder.hard_link(part, &self.folder, &self.name) {
            // The part goes with `self`: both names mean the same file until then.
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Denied::Exists),
            // A file system without links: an empty file keeps the place for the one call that it takes.
            Err(_no_links) => {
                let mut options = OpenOptions::new();
                options.write(true).create_new(true);
                self.folder.open_with(&self.name, &options).map_err(|error| Denied::of("open", &error))?;
                if let Err(error) = self.folder.rename(part, &self.folder, &self.name) {
                    self.folder.remove_file(&self.name).ok();
                    return Err(Denied::of("rename", &error));
                }
                self.part = None;
                Ok(())
            }
        }
    }

    /// Writes the new entry of the folder to the disk, where folders can be written so.
    fn sync_folder(&self) {
        if let Ok(folder) = self.folder.try_clone() {
            // Not on Windows, and not on every file system. The file itself is on the disk.
            folder.into_std_file().sync_all().ok();
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            // It was never at its place: whoever cannot remove it now could not do better later.
            self.folder.remove_file(part).ok();
        }
    }
}

/// Whether a file of that name is a part of one that is being received.
pub(super) fn is_part(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(PART)
}

/// A new file beside the place, under a name that nobody else has.
fn part(folder: &Dir) -> Result<(OsString, File), Denied> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut last = None;
    for _ in 0..TRIES {
        let name = OsString::from(format!(".{:016x}{PART}", RandomState::new().build_hasher().finish()));
        match folder.open_with(&name, &options) {
            Ok(file) => return Ok((name, file)),
            Err(error) => last = Some(Denied::of("open", &error)),
        }
        if last != Some(Denied::Exists) {
            break;
        }
    }
    Err(last.unwrap_or(Denied::Exists))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Dir) {
        let folder = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(folder.path(), ambient_authority()).unwrap();
        (folder, dir)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect::<Vec<_>>();
        names.sort();
        names
    }

    #[test]
    fn a_file_stands_under_its_name_when_it_is_whole() {
        for overwrites in [false, true] {
            let (path, dir) = folder();
            let mut upload = Upload::begin(dir, "new".as_ref(), overwrites, 100).unwrap();
            upload.write(b"hello").unwrap();
            let during = names(path.path());
            assert!(during.len() == 1 && is_part(&during[0]), "{during:?}");
            upload.finish().unwrap();
            assert_eq!(names(path.path()), ["new"]);
            assert_eq!(fs::read(path.path().join("new")).unwrap(), b"hello");
        }
    }

    #[test]
    fn an_aborted_one_leaves_nothing_and_the_old_file_as_it_was() {
        let (path, dir) = folder();
        fs::write(path.path().join("old"), b"old").unwrap();
        let mut upload = Upload::begin(dir.try_clone().unwrap(), "old".as_ref(), true, 100).unwrap();
        upload.write(&[7; 90]).unwrap();
        assert_eq!(upload.write(&[7; 90]), Err(Denied::TooLarge(100)));
        drop(upload);
        assert_eq!((names(path.path()), fs::read(path.path().join("old")).unwrap()), (vec!["old".to_owned()], b"old".to_vec()));
        assert_eq!(Upload::begin(dir, "old".as_ref(), false, 100).err(), Some(Denied::Exists));
    }

    #[test]
    fn of_two_that_create_the_same_file_one_does() {
        let (path, dir) = folder();
        let mut uploads = [b"a", b"b"].map(|bytes| {
            let mut upload = Upload::begin(dir.try_clone().unwrap(), "new".as_ref(), false, 100).unwrap();
            upload.write(bytes).unwrap();
            Some(upload)
        });
        assert_eq!(uploads[1].take().unwrap().finish(), Ok(()));
        assert_eq!(uploads[0].take().unwrap().finish(), Err(Denied::Exists));
        assert_eq!((names(path.path()), fs::read(path.path().join("new")).unwrap()), (vec!["new".to_owned()], b"b".to_vec()));
    }

    #[test]
    fn what_is_no_file_is_not_replaced() {
        let (path, dir) = folder();
        fs::create_dir(path.path().join("folder")).unwrap();
        assert_eq!(Upload::begin(dir, "folder".as_ref(), true, 100).err(), Some(Denied::NoFile));
        assert_eq!(Upload::at(&path.path().join("folder")).err(), Some(Denied::NoFile));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_of_a_person_is_followed_and_one_of_a_stranger_is_not() {
        let (path, dir) = folder();
        let (target, link) = (path.path().join("target"), path.path().join("link"));
        fs::write(&target, b"old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert_eq!(Upload::begin(dir, "link".as_ref(), true, 100).err(), Some(Denied::NoFile));
        let mut upload = Upload::at(&link).unwrap();
        upload.write(b"new").unwrap();
        upload.finish().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
