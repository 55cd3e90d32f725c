//! Files that were received and have no place yet: kept until a person saves or discards them.
//!
//! Each is a file without a name, on the disk: whatever becomes of this process, nothing of it stays behind. All together they take no more than a bound.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::denied::Denied;
use super::file_name::proposed_name;
use super::upload::Upload;
use crate::text;
use crate::text::Message;
use crate::trace::ProgramId;

/// How many files are kept at a time.
pub const MOST_KEPT: u32 = 200;
/// How many bytes all of them have together.
pub const MOST_KEPT_BYTES: u64 = 4 << 30;
/// How much is copied at once, in bytes.
const PIECE: usize = 256 << 10;
/// How many names are tried for a file whose name is taken.
const TRIES: u32 = 10_000;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The run of the program that received it.
    pub program: ProgramId,
    /// What the server calls it.
    pub name: String,
    /// Its length.
    pub bytes: u64,
}

#[derive(Debug)]
struct Kept {
    received: Received,
    /// Read from its beginning by whoever saves it.
    file: Mutex<File>,
}

/// The files that are kept. Shared by the programs that receive them and by whoever offers to save them.
#[derive(Debug, Default)]
pub struct KeptFiles {
    files: Mutex<Vec<Arc<Kept>>>,
}

/// A file that is being received, to be kept when it is whole; dropped before, nothing of it is left.
#[derive(Debug)]
pub(super) struct Part {
    files: Arc<KeptFiles>,
    program: ProgramId,
    name: String,
    file: BufWriter<File>,
    length: u64,
    most: u64,
}

impl KeptFiles {
    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Kept>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files, the oldest first. Returns at once.
    pub fn list(&self) -> Vec<Received> {
        self.lock().iter().map(|kept| kept.received.clone()).collect()
    }

    /// Begins a file.
    ///
    /// # Errors
    /// So many are kept already, or the disk gives none.
    pub(super) fn begin(self: &Arc<Self>, program: ProgramId, name: &str) -> Result<Part, Denied> {
        let (count, bytes) = {
            let files = self.lock();
            (files.len(), files.iter().map(|kept| kept.received.bytes).sum::<u64>())
        };
        if count >= MOST_KEPT as usize {
            return Err(Denied::TooMany(MOST_KEPT));
        }
        let file = tempfile::tempfile_in(place()).map_err(|error| Denied::of("open", &error))?;
        let most = MOST_KEPT_BYTES.saturating_sub(bytes);
        Ok(Part { files: Arc::clone(self), program, name: name.to_owned(), file: BufWriter::new(file), length: 0, most })
    }

    /// Puts the file that `program` received at `path`, whole, in place of what stands there; then it is kept no more. Takes its time.
    ///
    /// # Errors
    /// Why it cannot be there; it is still kept then.
    pub fn save(&self, program: ProgramId, path: &Path) -> Result<(), Message> {
        let upload = Upload::at(path).map_err(|denied| not_saved(path, &denied))?;
        self.put(program, upload).map_err(|denied| not_saved(path, &denied))
    }

    /// Puts all files into `folder`, each under the name that is proposed for it, or one like it where that is taken; then they are kept no more. Takes its
    /// time.
    ///
    /// # Errors
    /// Why one of them cannot be there; it and those after it are still kept then.
    pub fn save_all(&self, folder: &Path) -> Result<(), Message> {
        let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(|error| not_saved(folder, &Denied::of("open", &error)))?;
        for received in self.list() {
            let wanted = proposed_name(&received.name);
            let mut wanted = names_like(&wanted);
            let upload = loop {
                let Some(name) = wanted.next() else { return Err(not_saved(folder, &Denied::Exists)) };
                let begun = dir.try_clone().map_err(|error| Denied::of("dup", &error));
                match begun.and_then(|dir| Upload::begin(dir, name.as_ref(), false, u64::MAX)) {
                    Err(Denied::Exists | Denied::NoFile) => {}
                    begun => break begun.map_err(|denied| not_saved(&folder.join(name), &denied))?,
                }
            };
            self.put(received.program, upload).map_err(|denied| not_saved(folder, &denied))?;
        }
        Ok(())
    }

    fn put(&self, program: ProgramId, mut upload: Upload) -> Result<(), Denied> {
        let kept = self.lock().iter().find(|kept| kept.received.program == program).cloned().ok_or(Denied::Missing)?;
        let mut file = kept.file.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |error: io::Error| Denied::of("read", &error);
        file.rewind().map_err(failed)?;
        let mut piece = vec![0; PIECE];
        loop {
            let length = file.read(&mut piece).map_err(failed)?;
            if length == 0 {
                break;
            }
            upload.write(piece.get(..length).unwrap_or_default())?;
        }
        upload.finish()?;
        self.discard(program);
        Ok(())
    }

    /// Keeps the file that `program` received no longer.
    pub fn discard(&self, program: ProgramId) {
        self.lock().retain(|kept| kept.received.program != program);
    }

    /// Keeps none any longer.
    pub fn clear(&self) {
        self.lock().clear();
    }
}

impl Part {
    /// Appends what was received.
    ///
    /// # Errors
    /// The disk is full, or more is kept than may be.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Denied> {
        self.length += bytes.len() as u64;
        if self.length > self.most {
            return Err(Denied::TooLarge(self.most));
        }
        self.file.write_all(bytes).map_err(|error| Denied::of("write", &error))
    }

    /// All has come: from now on it is kept.
    ///
    /// # Errors
    /// The disk is full.
    pub(super) fn finish(self) -> Result<(), Denied> {
        let file = self.file.into_inner().map_err(|error| Denied::of("write", error.error()))?;
        let received = Received { program: self.program, name: self.name, bytes: self.length };
        self.files.lock().push(Arc::new(Kept { received, file: Mutex::new(file) }));
        Ok(())
    }
}

/// The folder of what has no place yet. On Linux `/tmp` may be memory, which large files are not to fill.
fn place() -> PathBuf {
    let large = Path::new("/var/tmp");
    if cfg!(unix) && std::env::var_os("TMPDIR").is_none() && large.is_dir() { large.to_owned() } else { std::env::temp_dir() }
}

/// `kernel.img`, `kernel (2).img`, `kernel (3).img` and so on.
fn names_like(name: &str) -> impl Iterator<Item = String> {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
        _ => (name.to_owned(), String::new()),
    };
    (1..=TRIES).map(move |number| if number == 1 { format!("{stem}{ending}") } else { format!("{stem} ({number}){ending}") })
}

fn not_saved(path: &Path, denied: &Denied) -> Message {
    text!("program-tftp-disk", name = path.to_string_lossy().into_owned(), why = denied.message())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn keep(files: &Arc<KeptFiles>, program: u32, name: &str, bytes: &[u8]) {
        let mut part = files.begin(ProgramId(program), name).unwrap();
        part.write(bytes).unwrap();
        part.finish().unwrap();
    }

    #[test]
    fn a_file_is_kept_when_it_is_whole_and_until_it_is_saved() {
        let files = Arc::new(KeptFiles::default());
        let mut part = files.begin(ProgramId(1), "half").unwrap();
        part.write(b"half").unwrap();
        assert!(files.list().is_empty());
        drop(part);
        keep(&files, 2, "a.bin", &vec![7; 700_000]);
        assert_eq!(files.list(), [Received { program: ProgramId(2), name: "a.bin".into(), bytes: 700_000 }]);
        let folder = tempfile::tempdir().unwrap();
        assert!(files.save(ProgramId(2), &folder.path().join("none/a.bin")).is_err());
        assert_eq!(files.list().len(), 1, "what could not be saved is kept");
        let path = folder.path().join("mine.bin");
        fs::write(&path, b"old").unwrap();
        files.save(ProgramId(2), &path).unwrap();
        assert_eq!((fs::read(&path).unwrap(), files.list()), (vec![7; 700_000], Vec::new()));
        assert!(files.save(ProgramId(2), &path).is_err(), "it is kept no more");
    }

    #[test]
    fn all_are_saved_under_harmless_names_and_over_nothing() {
        let files = Arc::new(KeptFiles::default());
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.bin"), b"old").unwrap();
        for (program, name) in [(1, "a.bin"), (2, "../../a.bin"), (3, "..")] {
            keep(&files, program, name, name.as_bytes());
        }
        files.save_all(folder.path()).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!([read("a.bin"), read("a (2).bin"), read("a (3).bin"), read("received")], ["old", "a.bin", "../../a.bin", ".."]);
        assert!(files.list().is_empty());
        keep(&files, 4, "b", b"b");
        assert!(files.save_all(&folder.path().join("none")).is_err());
        assert_eq!(files.list().len(), 1);
    }

    #[test]
    fn so_much_is_kept_and_no_more() {
        let files = Arc::new(KeptFiles::default());
        let mut part = files.begin(ProgramId(1), "large").unwrap();
        part.most = 10;
        part.write(&[0; 10]).unwrap();
        assert_eq!(part.write(&[0]), Err(Denied::TooLarge(10)));
        for program in 0..MOST_KEPT {
            keep(&files, program, "x", b"");
        }
        assert_eq!(files.begin(ProgramId(1), "x").err(), Some(Denied::TooMany(MOST_KEPT)));
        files.discard(ProgramId(7));
        assert!(files.begin(ProgramId(1), "x").is_ok());
        files.clear();
        assert!(files.list().is_empty());
    }
}
