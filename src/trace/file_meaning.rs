//! What an errno means where a file was to be opened, read or written, and what to try.

use super::errno::Errno;
use crate::text;
use crate::text::Message;

/// A name, and what it means.
type Meaning = (&'static str, fn() -> Message);

/// From the manual pages of open(2), read(2) and write(2).
const MEANINGS: &[Meaning] = &[
    ("ENOENT", || text!("trace-file-missing")),
    ("ENOTDIR", || text!("trace-file-no-folder")),
    ("EISDIR", || text!("trace-file-folder")),
    ("EACCES", || text!("trace-file-access")),
    ("EPERM", || text!("trace-file-access")),
    ("EROFS", || text!("trace-file-read-only")),
    ("ENOSPC", || text!("trace-file-full")),
    ("EDQUOT", || text!("trace-file-full")),
    ("EFBIG", || text!("trace-file-large")),
    ("EMFILE", || text!("trace-file-many")),
    ("ENFILE", || text!("trace-file-many")),
    ("ENAMETOOLONG", || text!("trace-file-name")),
    ("EIO", || text!("trace-file-damaged")),
];

/// What `errno`, which a call on a file returned, means, in words.
pub fn file_meaning(errno: Errno) -> Message {
    MEANINGS.iter().find(|(name, _)| errno.is(name)).map_or_else(|| text!("trace-file-other"), |(_, meaning)| meaning())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_meaning_has_words_and_a_known_name() {
        for (name, _) in MEANINGS {
            let meaning = file_meaning(Errno::by_name(name).unwrap());
            assert_ne!(meaning.key(), "trace-file-other");
            for language in Language::ALL {
                assert!(!meaning.in_language(language).contains('⟨'), "{name}");
            }
        }
        assert_eq!(file_meaning(Errno::from_code(4711)).key(), "trace-file-other");
    }
}
