//! Mistakes of TOML's own syntax: the most usual ones in our words, the rest in the words of the parser.

use super::error::Fault;
use crate::text;
use crate::text::Message;

/// What the parser says, and what we say.
type Known = (&'static str, fn() -> Message);

/// The mistakes that have words of ours.
const KNOWN: &[Known] = &[
    ("duplicate key", || text!("lab-toml-duplicate")),
    ("string values must be quoted", || text!("lab-toml-unquoted")),
    ("key with no value", || text!("lab-toml-no-value")),
    ("missing value", || text!("lab-toml-no-value")),
    ("unclosed array", || text!("lab-toml-unclosed-list")),
    ("unclosed inline table", || text!("lab-toml-unclosed-table")),
    ("unclosed table", || text!("lab-toml-unclosed-header")),
    ("missing comma", || text!("lab-toml-comma")),
    ("extra comma", || text!("lab-toml-extra-comma")),
    ("invalid basic string", || text!("lab-toml-string")),
    ("missing escaped value", || text!("lab-toml-escape")),
    ("invalid unquoted key", || text!("lab-toml-key")),
];

/// Characters that a Chinese keyboard or a word processor puts in the place of those of TOML.
const LOOKALIKES: &[(char, &str)] = &[
    ('“', "\""),
    ('”', "\""),
    ('‘', "'"),
    ('’', "'"),
    ('＂', "\""),
    ('＝', "="),
    ('，', ","),
    ('【', "["),
    ('】', "]"),
    ('［', "["),
    ('］', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('＃', "#"),
];

/// The fault behind the message of the parser, which is English (`duplicate key`, `string values must be quoted, expected literal string`); `found` is what
/// it stumbled over, `next` the character that stands where it did.
pub(super) fn fault(message: &str, found: &str, next: Option<char>) -> Fault {
    let said = message.split(", expected").next().unwrap_or(message);
    let known = KNOWN.iter().find(|(theirs, _)| message.starts_with(theirs)).map(|(_, ours)| ours);
    // In a text that is not closed all characters are in order.
    let is_text = said.starts_with("invalid basic string") || said.starts_with("invalid literal string");
    let lookalike = found.chars().chain(next).filter(|_| !is_text).find_map(|c| LOOKALIKES.iter().find(|(wrong, _)| *wrong == c));
    let what = match known {
        _ if let Some((wrong, right)) = lookalike => text!("lab-toml-lookalike", found = wrong.to_string(), wanted = *right),
        // It takes the end of the line for text without quotes.
        Some(_) if said == "string values must be quoted" && found.trim().is_empty() => text!("lab-toml-no-value"),
        Some(ours) => ours(),
        None => text!("lab-toml-other", detail = said),
    };
    Fault::new(what, text!("lab-expected-toml"))
}
