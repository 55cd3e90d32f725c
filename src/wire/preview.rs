//! One line of text that stands for a payload: what the log shows beside a call.

use std::ops::Range;

use super::charset::{Charset, Meaning};
use super::escape;

/// The beginning of a payload, as one line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The line: characters as they are, controls as `\n`, what is no character as `\xff`. A backslash stays one backslash.
    pub text: String,
    /// Those parts of `text` that are escapes and not characters of the payload, in order, in bytes: the log draws them in grey.
    pub escapes: Vec<Range<usize>>,
    /// Whether the payload goes on after what is shown.
    pub more: bool,
}

/// The first `most` characters of `bytes` in `charset`. Reads no further than it shows, however long the payload is.
pub fn preview(bytes: &[u8], charset: Charset, most: usize) -> Preview {
    let mut preview = Preview::default();
    let mut end = 0;
    for cell in charset.cells(bytes).take(most) {
        let from = preview.text.len();
        let escaped = match cell.meaning {
            Meaning::Text(first, second) => {
                let escaped = escape::push_escape(&mut preview.text, first);
                if !escaped {
                    preview.text.extend([Some(first), second].into_iter().flatten());
                }
                escaped
            }
            Meaning::Invalid | Meaning::Cut => {
                for byte in bytes.get(cell.range.clone()).unwrap_or_default() {
                    escape::push_byte(&mut preview.text, *byte);
                }
                true
            }
        };
        if escaped {
            preview.mark(from);
        }
        end = cell.range.end;
    }
    preview.more = end < bytes.len();
    preview
}

impl Preview {
    /// Marks what was written since `from` as an escape; escapes that touch are one.
    fn mark(&mut self, from: usize) {
        let end = self.text.len();
        match self.escapes.last_mut() {
            Some(last) if last.end == from => last.end = end,
            _ => self.escapes.push(from..end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_payload_becomes_one_line() {
        let line = preview("你好\r\nC:\\x\u{1b}[31m".as_bytes(), Charset::Utf8, 40);
        assert_eq!(line.text, r"你好\r\nC:\x\x1b[31m");
        assert_eq!(line.escapes, [6..10, 14..18]);
        assert!(!line.more);
        assert_eq!(preview(b"\xc4\xe3\xba", Charset::Gbk, 40).text, r"你\xba");
    }

    #[test]
    fn a_long_payload_is_cut_at_a_character() {
        let long = "再见".repeat(1 << 20);
        let line = preview(long.as_bytes(), Charset::Utf8, 3);
        assert_eq!((line.text.as_str(), line.more), ("再见再", true));
        assert!(!preview("再见".as_bytes(), Charset::Utf8, 2).more);
        assert_eq!(preview(b"ab", Charset::Utf8, 0), Preview { more: true, ..Preview::default() });
    }

    proptest! {
        #[test]
        fn any_bytes_become_one_line(bytes: Vec<u8>, most in 0_usize..40) {
            for charset in Charset::all() {
                let line = preview(&bytes, charset, most);
                prop_assert!(!line.text.contains(char::is_control), "{:?}", line.text);
                for escape in &line.escapes {
                    prop_assert!(line.text.get(escape.clone()).is_some_and(|text| text.starts_with('\\')));
                }
            }
        }
    }
}
