//! The folder whose files a server offers and takes. Nothing outside of it can be named.
//!
//! A name is looked at first: `..`, an absolute path, a backslash, a drive and control characters are refused, whether they would lead out or not. What is
//! left is opened below the folder, step by step or by openat2(2) with `RESOLVE_BENEATH`, so that no link leads out either, also where somebody changes the
//! folder meanwhile (cap-std).

use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cap_fs_ext::OpenOptionsSyncExt as _;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

use super::denied::Denied;
use super::upload::{Upload, is_part};

/// How much is read at once, in bytes.
const BUFFER: usize = 8 << 10;

/// How many entries of a folder are looked at.
const MOST_LOOKED: usize = 20_000;

/// The folder of a server.
#[derive(Debug)]
pub(super) struct Root {
    dir: Dir,
}

/// What a name in the folder leads to.
#[derive(Debug)]
pub(super) enum Entry {
    /// A file.
    File(Source),
    /// A folder.
    Folder,
}

/// A file or a folder of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    /// False sorts first: folders stand before files.
    pub(super) is_file: bool,
    pub(super) name: String,
    /// Of a file, in bytes.
    pub(super) length: u64,
}

/// A file that is being sent.
#[derive(Debug)]
pub(super) struct Source {
    file: BufReader<File>,
    length: u64,
    modified: Option<SystemTime>,
}

impl Root {
    /// The folder at `path`.
    ///
    /// # Errors
    /// The system's: there is no such folder, or this user may not open it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(|dir| Self { dir })
    }

    /// Opens the file of that name for reading.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn read(&self, name: &str) -> Result<Source, Denied> {
        let path = path_of(name)?;
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_part) {
            return Err(Denied::Missing);
        }
        open(&self.dir, &path)
    }

    /// What stands at `name`; nothing is the folder itself.
    ///
    /// # Errors
    /// Why it is not shown.
    pub(super) fn look(&self, name: &str) -> Result<Entry, Denied> {
        if name.is_empty() {
            return Ok(Entry::Folder);
        }
        let path = path_of(name)?;
        // The name is a good one: what is refused from here on is a link that leads out.
        let failed = |denied| if denied == Denied::Name { Denied::NoFile } else { denied };
        if self.dir.metadata(&path).map_err(|error| failed(Denied::of("open", &error)))?.is_dir() {
            return Ok(Entry::Folder);
        }
        self.read(name).map(Entry::File).map_err(failed)
    }

    /// The first `most` entries of the folder `name`, sorted, and whether there are more. What has no name that can be asked for, is neither file nor folder, or leads
    /// out, is left out.
    ///
    /// # Errors
    /// Why it is not shown.
    pub(super) fn list(&self, name: &str, most: usize) -> Result<(Vec<Listed>, bool), Denied> {
        let failed = |error: io::Error| Denied::of("open", &error);
        let folder = if name.is_empty() { self.dir.try_clone() } else { self.dir.open_dir(path_of(name)?) }.map_err(failed)?;
        let mut listed = Vec::new();
        let mut entries = folder.entries().map_err(failed)?;
        for entry in entries.by_ref().take(MOST_LOOKED) {
            let Ok(Ok(name)) = entry.map(|entry| entry.file_name().into_string()) else { continue };
            if path_of(&name).is_err() || is_part(&name) {
                continue;
            }
            // A link within the folder is what it leads to; one that leads out is refused here.
            let Ok(metadata) = folder.metadata(&name) else { continue };
            if metadata.is_file() || metadata.is_dir() {
                listed.push(Listed { is_file: metadata.is_file(), name, length: metadata.len() });
            }
        }
        let has_more = entries.next().is_some() || listed.len() > most;
        listed.sort();
        listed.truncate(most);
        Ok((listed, has_more))
    }

    /// Begins to take a file of that name, of at most `most` bytes.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn take(&self, name: &str, overwrites: bool, most: u64) -> Result<Upload, Denied> {
        let path = path_of(name)?;
        let file = path.file_name().ok_or(Denied::Name)?;
        if file.to_str().is_some_and(is_part) {
            return Err(Denied::Name);
        }
        let folder = match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => self.dir.open_dir(folder),
            None => self.dir.try_clone(),
        };
        Upload::begin(folder.map_err(|error| Denied::of("open", &error))?, file, overwrites, most)
    }
}

impl Source {
    /// Opens a file that a person chose.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn at(path: &Path) -> Result<Self, Denied> {
        let name = path.file_name().ok_or(Denied::NoFile)?;
        // A person's own links may lead anywhere.
        let real = std::fs::canonicalize(path).map_err(|error| Denied::of("open", &error))?;
        let (folder, name) = (real.parent().unwrap_or_else(|| Path::new("/")), real.file_name().unwrap_or(name));
        let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(|error| Denied::of("open", &error))?;
        open(&dir, Path::new(name))
    }

    /// How long it was when it was opened, in bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// When it was changed last, where the system knows.
    pub(super) const fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// Leaves out what stands before `place`.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn skip_to(&mut self, place: u64) -> Result<(), Denied> {
        self.file.seek(SeekFrom::Start(place)).map(drop).map_err(|error| Denied::of("lseek", &error))
    }

    /// Reads on, until `buffer` is full or the file ends; returns how many bytes were read.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Denied> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Denied::of("read", &error)),
            }
        }
        Ok(filled)
    }
}

/// Opens a file below `dir`. A pipe without a writer, or a device that is not ready, would let open wait for ever: `O_NONBLOCK` does not (and is nothing to a
/// file); what has been opened is then looked at, since what stood there before may be gone.
fn open(dir: &Dir, path: &Path) -> Result<Source, Denied> {
    let failed = |error: io::Error| Denied::of("open", &error);
    // Opening some devices does something: they are not even tried.
    if !dir.metadata(path).map_err(failed)?.is_file() {
        return Err(Denied::NoFile);
    }
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let file = dir.open_with(path, &options).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Denied::NoFile);
    }
    let modified = metadata.modified().ok().map(cap_std::time::SystemTime::into_std);
    Ok(Source { file: BufReader::with_capacity(BUFFER, file), length: metadata.len(), modified })
}

/// The path below the folder that `name` means.
fn path_of(name: &str) -> Result<PathBuf, Denied> {
    let has_drive = name.as_bytes().get(1) == Some(&b':') || cfg!(windows) && name.contains(':');
    if name.is_empty() || has_drive || name.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(Denied::Name);
    }
    let mut path = PathBuf::new();
    for part in name.split('/') {
        match part {
            // Nothing stands before the first stroke of an absolute path.
            "" | ".." => return Err(Denied::Name),
            "." => {}
            part => path.push(part),
        }
    }
    if path.as_os_str().is_empty() { Err(Denied::Name) } else { Ok(path) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::wire::tftp::ErrorCode;

    fn root() -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("root");
        fs::create_dir_all(inside.join("sub")).unwrap();
        fs::write(folder.path().join("secret"), b"secret").unwrap();
        fs::write(inside.join("file"), b"hello").unwrap();
        fs::write(inside.join("sub/file"), b"below").unwrap();
        let root = Root::open(&inside).unwrap();
        (folder, root)
    }

    fn read(root: &Root, name: &str) -> Result<Vec<u8>, Denied> {
        let mut source = root.read(name)?;
        let mut buffer = [0; 100];
        let count = source.fill(&mut buffer)?;
        assert_eq!(source.length(), count as u64);
        Ok(buffer[..count].to_vec())
    }

    #[test]
    fn files_of_the_folder_are_read_and_taken() {
        let (folder, root) = root();
        assert_eq!(read(&root, "file").as_deref(), Ok(&b"hello"[..]));
        assert_eq!(read(&root, "./sub/file").as_deref(), Ok(&b"below"[..]));
        assert_eq!(read(&root, "none"), Err(Denied::Missing));
        assert_eq!(read(&root, "file/none"), Err(Denied::Missing));
        assert_eq!(read(&root, "sub"), Err(Denied::NoFile));
        assert_eq!(root.take("sub/file", false, 10).err(), Some(Denied::Exists));
        let mut upload = root.take("sub/new", false, 10).unwrap();
        upload.write(b"new").unwrap();
        let part = fs::read_dir(folder.path().join("root/sub")).unwrap().map(|entry| entry.unwrap().file_name());
        let part = part.map(|name| name.to_string_lossy().into_owned()).find(|name| is_part(name)).unwrap();
        assert_eq!(read(&root, &format!("sub/{part}")), Err(Denied::Missing), "half a file is nobody's");
        assert_eq!(root.take(&part, true, 10).err(), Some(Denied::Name));
        upload.finish().unwrap();
        assert_eq!(read(&root, "sub/new").as_deref(), Ok(&b"new"[..]));
    }

    #[test]
    fn no_name_leads_out() {
        let (folder, root) = root();
        let absolute = folder.path().join("secret").to_string_lossy().into_owned();
        let long = "x".repeat(5000);
        let names = [
            "",
            ".",
            "..",
            "../secret",
            "sub/../../secret",
            "sub/..",
            "/file",
            "//file",
            "sub//file",
            "file/",
            "\\file",
            "..\\secret",
            "C:file",
            "c:/file",
            "C:\\file",
            "fi\0le",
            "file\0",
            "fi\nle",
            &absolute,
            &long,
        ];
        for name in names {
            assert!(matches!(read(&root, name), Err(Denied::Name | Denied::Missing)), "{name:?}");
            assert!(matches!(root.take(name, true, 10).err(), Some(Denied::Name | Denied::Missing)), "{name:?}");
        }
        assert_eq!(fs::read(folder.path().join("secret")).unwrap(), b"secret");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_and_one_within_may_be_read() {
        use std::os::unix::fs::symlink;
        let (folder, root) = root();
        let inside = folder.path().join("root");
        symlink("../secret", inside.join("relative")).unwrap();
        symlink(folder.path().join("secret"), inside.join("absolute")).unwrap();
        symlink("..", inside.join("up")).unwrap();
        symlink("loop", inside.join("loop")).unwrap();
        symlink("sub/file", inside.join("within")).unwrap();
        for name in ["relative", "absolute", "up/secret", "up", "loop"] {
            let denied = read(&root, name).unwrap_err();
            assert_eq!(denied.code(), ErrorCode::Access, "{name}: {denied:?}");
            let denied = root.take(name, true, 10).unwrap_err();
            assert_eq!(denied.code(), ErrorCode::Access, "{name}: {denied:?}");
        }
        assert_eq!(root.take("up/new", false, 10).err().map(|denied| denied.code()), Some(ErrorCode::Access));
        assert_eq!(read(&root, "within").as_deref(), Ok(&b"below"[..]));
        assert_eq!(fs::read(folder.path().join("secret")).unwrap(), b"secret");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_refused_at_once() {
        let (folder, root) = root();
        let pipe = folder.path().join("root/pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(read(&root, "pipe"), Err(Denied::NoFile));
        assert_eq!(root.take("pipe", true, 10).err(), Some(Denied::NoFile));
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("root/socket")).unwrap();
        assert_eq!(read(&root, "socket"), Err(Denied::NoFile));
        for device in ["/dev/null", "/dev/zero", "/dev"] {
            assert_eq!(Source::at(Path::new(device)).err(), Some(Denied::NoFile), "{device}");
        }
        assert_eq!(Source::at(&pipe).err(), Some(Denied::NoFile));
    }

    #[test]
    fn a_file_is_read_to_its_end_in_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        let bytes = (0..300_000_u32).map(|n| n as u8).collect::<Vec<_>>();
        fs::write(&path, &bytes).unwrap();
        let mut source = Source::at(&path).unwrap();
        let (mut all, mut buffer) = (Vec::new(), [0; 1428]);
        loop {
            let count = source.fill(&mut buffer).unwrap();
            all.extend_from_slice(&buffer[..count]);
            if count < buffer.len() {
                break;
            }
        }
        assert!(all == bytes && source.length() == 300_000);
    }
}
