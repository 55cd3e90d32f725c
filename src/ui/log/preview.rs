//! The first characters of a payload, in one line.

/// A run of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Run {
    /// Characters that can be shown.
    Text(String),
    /// A control character or a byte that is none, as C would write it: `\n`, `\xff`.
    Escape(String),
}

impl Run {
    /// What it shows.
    pub(in crate::ui) fn text(&self) -> &str {
        let (Self::Text(text) | Self::Escape(text)) = self;
        text
    }
}

/// `bytes` as text in UTF-8, at most the first `most` characters.
pub(in crate::ui) fn runs(bytes: &[u8], most: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut left = most;
    for chunk in bytes.get(..most * 4).unwrap_or(bytes).utf8_chunks() {
        for character in chunk.valid().chars() {
            if left == 0 {
                return runs;
            }
            left -= 1;
            push(&mut runs, character);
        }
        for byte in chunk.invalid() {
            if left == 0 {
                return runs;
            }
            left -= 1;
            runs.push(Run::Escape(format!("\\x{byte:02x}")));
        }
    }
    runs
}

fn push(runs: &mut Vec<Run>, character: char) {
    if let Some(escape) = escape(character) {
        runs.push(Run::Escape(escape));
    } else if let Some(Run::Text(text)) = runs.last_mut() {
        text.push(character);
    } else {
        runs.push(Run::Text(character.to_string()));
    }
}

/// How C writes a character that has no shape of its own; none for those that have.
pub(in crate::ui) fn escape(character: char) -> Option<String> {
    match character {
        '\n' => Some("\\n".to_owned()),
        '\r' => Some("\\r".to_owned()),
        '\t' => Some("\\t".to_owned()),
        '\0' => Some("\\0".to_owned()),
        // Marks that turn the direction of writing would rearrange the row (Unicode TR 36, 3.2).
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Some(format!("\\u{:04x}", u32::from(character)))
        }
        character if character.is_control() => Some(format!("\\x{:02x}", u32::from(character))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_broken_bytes_are_escaped() {
        let shown = runs("héllo\r\n再见\u{202e}".as_bytes(), 40);
        assert_eq!(shown.iter().map(Run::text).collect::<String>(), "héllo\\r\\n再见\\u202e");
        assert_eq!(shown.len(), 5);
        assert_eq!(runs(b"a\xff\xe5", 40).iter().map(Run::text).collect::<String>(), "a\\xff\\xe5");
        assert_eq!(runs(b"abcdef", 3), [Run::Text("abc".to_owned())]);
    }
}
