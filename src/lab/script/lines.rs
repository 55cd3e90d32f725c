//! Python as it is written: lines, and what they import.

use std::collections::BTreeSet;

use crate::program::Data;
use crate::wire::hex;

/// Lines of Python.
#[derive(Debug, Default)]
pub(super) struct Lines {
    modules: BTreeSet<&'static str>,
    text: String,
}

impl Lines {
    /// One line, so far indented.
    pub(super) fn add(&mut self, depth: usize, line: &str) {
        for _ in 0..depth {
            self.text.push_str("    ");
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The line where it is wanted.
    pub(super) fn only(&mut self, wanted: bool, depth: usize, line: &str) {
        if wanted {
            self.add(depth, line);
        }
    }

    /// Lines as they stand.
    pub(super) fn block(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// What is left free before and behind a function.
    pub(super) fn gap(&mut self) {
        self.text.push_str("\n\n");
    }

    /// The lines use these modules.
    pub(super) fn uses(&mut self, modules: &[&'static str]) {
        self.modules.extend(modules);
    }

    /// The whole script.
    pub(super) fn end(self) -> String {
        let imports = self.modules.into_iter().flat_map(|module| ["import ", module, "\n"]).collect::<String>();
        format!("{imports}\n{}", self.text)
    }
}

/// A text as Python writes it: nothing in it can end the quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => quoted.push_str(&escaped(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A character by its number.
fn escaped(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

/// What is sent, as an expression of bytes. A file is read by the script.
pub(super) fn bytes_of(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("{}.encode(CHARSET)", quoted(text)),
        Data::Hex(bytes) => format!("bytes.fromhex({})", quoted(&hex::format(bytes))),
        Data::File(path) => format!("open({}, \"rb\").read()", quoted(&path.to_string_lossy())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_can_leave_its_quotes() {
        assert_eq!(quoted("a\"\\\n\u{0}你"), "\"a\\\"\\\\\\n\\u0000你\"");
    }

    #[test]
    fn what_is_used_is_imported_once_and_in_order() {
        let mut lines = Lines::default();
        lines.uses(&["sys", "socket"]);
        lines.add(0, "if True:");
        lines.uses(&["sys"]);
        lines.only(true, 1, "pass");
        lines.only(false, 1, "fail");
        assert_eq!(lines.end(), "import socket\nimport sys\n\nif True:\n    pass\n");
    }
}
