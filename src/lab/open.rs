//! Opens a lab file: what keeps it from being read is told like what is wrong in it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::error::{Fault, LabError, Place};
use super::file::Lab;
use super::read::{LONGEST, Override};
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, file_meaning};

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
}
