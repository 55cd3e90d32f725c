//! Opens lab files, and recordings where one may be meant: what keeps a file from being read is told like what is wrong in it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::error::{Fault, LabError, Place};
use super::file::Lab;
use super::read::{LONGEST, Override};
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Recording, file_meaning};

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
pub fn open(path: &Path) -> Result<Opened, Vec<Message>> {
    match is_recording(path) {
        Ok(Some(true)) => Recording::open(path).map(Opened::Recording).map_err(|error| vec![error.message()]),
        Ok(Some(false)) => Lab::open(path, &[]).map(Opened::Lab),
        Ok(None) => Err(vec![text!("lab-file-not-one", file = path.to_string_lossy().into_owned())]),
        Err(error) => Err(vec![unreadable(&path.to_string_lossy(), &error)]),
    }
}

/// Whether the file begins like a recording; none where it is no file: a pipe would let `open` wait for whoever writes into it.
fn is_recording(path: &Path) -> io::Result<Option<bool>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(HEAD as u64).read_to_end(&mut bytes)?;
    Ok(Some(Recording::is_begun_by(&bytes)))
}

impl Lab {
    /// The lab in the file at `path`, with some of its values replaced.
    ///
    /// # Errors
    /// Why it cannot be read, or everything that is wrong in it: a sentence each.
    pub fn open(path: &Path, overrides: &[Override]) -> Result<Self, Vec<Message>> {
        let shown = path.to_string_lossy();
        let bytes = read_bytes(path).map_err(|error| vec![unreadable(&shown, &error)])?;
        let text = as_text(&shown, &bytes).map_err(|wrong| vec![wrong])?;
        Self::parse_with(text, &shown, overrides).map_err(|errors| errors.messages())
    }
}

/// What the file holds; of one that is too long no more than shows that it is.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(file: &str, error: &io::Error) -> Message {
    let errno = Errno::of(error);
    text!("lab-file-unreadable", file = file, errno = errno.name(), meaning = file_meaning(errno))
}

/// The text of a file, which is to be UTF-8: where it is not, the first byte that is none is named.
fn as_text<'bytes>(file: &str, bytes: &'bytes [u8]) -> Result<&'bytes str, Message> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let before = bytes.get(..error.valid_up_to()).and_then(|before| std::str::from_utf8(before).ok()).unwrap_or_default();
    if bytes.len() > LONGEST && error.error_len().is_none() {
        // A character was cut where reading stopped: that it is too long is what is wrong with the file.
        return Err(LabError { place: Place::in_file(file, before, 0), fault: too_long() }.message());
    }
    let byte = bytes.get(before.len()).copied().unwrap_or_default();
    let fault = Fault::new(text!("lab-file-encoding", byte = format!("{byte:02x}")), text!("lab-expected-encoding"));
    Err(LabError { place: Place::in_file(file, before, before.len()), fault }.message())
}

/// The file is longer than a lab file may be.
pub(super) fn too_long() -> Fault {
    Fault::new(text!("lab-file-long"), text!("lab-expected-bytes", most = LONGEST.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Header, Settings, Trace};

    fn wrong(file: &Path) -> String {
        open(file).expect_err("wrong")[0].to_string()
    }

    fn told(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.toml");
        std::fs::write(&file, bytes).unwrap();
        let messages = Lab::open(&file, &[]).unwrap_err();
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages[0].to_string().replace(&format!("{}", file.display()), "x.toml")
    }

    #[test]
    fn a_byte_that_is_not_utf_8_is_named_with_its_place() {
        let sentence = told("title = \"你好\"\n# é ".as_bytes().iter().chain(b"\xe9\n").copied().collect::<Vec<_>>().as_slice());
        assert!(sentence.starts_with("x.toml:2:5: ") && sentence.contains("e9") && sentence.contains("UTF-8"), "{sentence}");
        assert!(told(b"\xff\xfet\0i\0").starts_with("x.toml:1:1: "));
    }

    #[test]
    fn a_file_that_is_too_long_is_told_so_wherever_reading_stopped() {
        for shift in 0..3 {
            let text = format!("{}{}", "x".repeat(shift), "好".repeat(LONGEST));
            let sentence = told(text.as_bytes());
            assert!(sentence.contains(&LONGEST.to_string()) && !sentence.contains(&(LONGEST + 1).to_string()), "{sentence}");
        }
    }

    #[test]
    fn what_cannot_be_read_names_its_errno() {
        let folder = tempfile::tempdir().unwrap();
        for (path, name) in [(folder.path().to_owned(), "EISDIR"), (folder.path().join("no.toml"), "ENOENT")] {
            let [message] = Lab::open(&path, &[]).unwrap_err().try_into().unwrap();
            let sentence = message.to_string();
            assert!(cfg!(windows) || sentence.contains(name) && !sentence.contains("os error"), "{sentence}");
        }
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
}
