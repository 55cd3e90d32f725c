//! The repository as its tests read it: its text files, and Rust source split into code, comments and strings.

use std::fs;
use std::path::{Path, PathBuf};

/// The text files of the repository with their paths from its root, in order; not what is built.
pub(crate) fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, to: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the repository").map(|entry| entry.expect("an entry").path()) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_dir() && ![".git", "target"].contains(&name.as_str()) {
                walk(&entry, to);
            } else if entry.is_file() && name != ".git" && name != "Cargo.lock" {
                to.push(entry);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(root, &mut paths);
    paths.sort();
    // What is not UTF-8 is a picture or a font.
    let text = |path: &PathBuf| Some((path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/"), fs::read_to_string(path).ok()?));
    paths.iter().filter_map(text).collect()
}

/// A piece of Rust source. All pieces in order are the whole source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'source> {
    /// Neither of the others.
    Code(&'source str),
    /// With its marks.
    Comment(&'source str),
    /// A string or a character, with its quotes.
    Quoted(&'source str),
}

impl<'source> Piece<'source> {
    /// As it stands in the source.
    pub(crate) fn text(self) -> &'source str {
        match self {
            Self::Code(text) | Self::Comment(text) | Self::Quoted(text) => text,
        }
    }
}

/// The pieces of `source`, in order.
pub(crate) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let up_to = |end: &str, skip: usize| rest[skip..].find(end).map_or(rest.len(), |found| skip + found + end.len());
        let (length, comment) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else if rest.starts_with("/*") {
            (up_to("*/", 2), true)
        } else if let Some(hashes) = raw(&source[..at], rest) {
            (up_to(&format!("\"{}", "#".repeat(hashes)), hashes + 2), false)
        } else if first == '"' {
            (quoted(rest, '"'), false)
        } else if first == '\'' && is_character(rest) {
            (quoted(rest, '\''), false)
        } else {
            at += first.len_utf8();
            continue;
        };
        if from < at {
            pieces.push(Piece::Code(&source[from..at]));
        }
        let piece = &rest[..length];
        pieces.push(if comment { Piece::Comment(piece) } else { Piece::Quoted(piece) });
        at += length;
        from = at;
    }
    if from < source.len() {
        pieces.push(Piece::Code(&source[from..]));
    }
    pieces
}

/// The number of `#` of the raw string that `rest` begins with.
fn raw(before: &str, rest: &str) -> Option<usize> {
    let before = before.strip_suffix('b').unwrap_or(before);
    let hashes = rest.strip_prefix('r').filter(|_| !before.ends_with(is_word))?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    hashes[count..].starts_with('"').then_some(count)
}

/// Whether the quote that `rest` begins with is that of a character, not of a lifetime.
fn is_character(rest: &str) -> bool {
    let mut after = rest.chars().skip(1);
    match after.next() {
        Some('\\') => true,
        Some(_) => after.next() == Some('\''),
        None => false,
    }
}

/// The length of the string or character that `rest` begins with.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + 1;
        }
        escaped = !escaped && character == '\\';
    }
    rest.len()
}

/// Whether a character may stand in a name.
pub(crate) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The line of the byte `offset`, counted from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

#[test]
fn source_falls_into_pieces() {
    use Piece::{Code, Comment, Quoted};
    let all = [
        Code("a "),
        Quoted("\"b\\\" // c\""),
        Code(" d "),
        Comment("// e"),
        Code("\nlet x = "),
        Quoted("'\"'"),
        Code("; f::<'g>(b"),
        Quoted("r\"\\\""),
        Code(", "),
        Quoted("r#\"h\" i\"#"),
        Code("); "),
        Comment("/* j\n k */"),
        Code(" l "),
        Quoted("'\\''"),
        Code(" 'm: loop"),
    ];
    let source: String = all.iter().map(|piece| piece.text()).collect();
    assert_eq!(pieces(&source), all);
}
