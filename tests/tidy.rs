//! What holds for the whole source, and no compiler checks: floors, headings, sizes, and what is kept out of where.
//!
//! Each rule is a function from a file to its faults, and stands in [`RULES`] beside an example that it must find fault with.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod source;

use source::{Piece, files, is_word, line_of, pieces};

/// The floors, from the ground up; those on one line do not know each other. A floor uses only floors of lines above its own.
const FLOORS: &[&[&str]] = &[&["text"], &["wire"], &["trace"], &["net", "tftp"], &["program"], &["lab"], &["cli", "ui"]];

/// Who may use which crate, by the beginning of the file's path.
const CRATES: &[(&str, &[&str])] = &[
    ("egui", &["src/ui/", "tests/ui", "tests/bench/"]),
    ("eframe", &["src/ui/", "tests/ui", "tests/bench/"]),
    ("egui_material_icons", &["src/ui/", "tests/ui"]),
    ("rfd", &["src/ui/"]),
    ("clap", &["src/cli/", "src/main.rs"]),
    ("socket2", &["src/net/", "tests/"]),
    ("libc", &["src/net/", "tests/"]),
    ("nix", &["src/net/", "tests/"]),
    ("polling", &["src/net/"]),
    ("windows_sys", &["src/net/"]),
    ("cap_fs_ext", &["src/program/"]),
    ("cap_std", &["src/program/"]),
    ("dns_lookup", &["src/net/"]),
    ("encoding_rs", &["src/wire/"]),
    ("fluent_bundle", &["src/text/", "tests/languages.rs"]),
];

/// The longest a file may be, with its tests.
const MOST_LINES: usize = 600;

/// A rule, and an example of what it forbids.
struct Rule {
    name: &'static str,
    /// The faults of the file at a path: line from 1, and what is wrong.
    find: fn(&str, &str) -> Vec<(usize, String)>,
    /// Only files whose path ends so.
    of: &'static str,
    /// A path and a text at that path in which the rule finds exactly one fault.
    wrong: &'static [(&'static str, &'static str)],
    /// A text in which it finds none.
    right: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        name: "imports go down only",
        find: imports,
        of: ".rs",
        wrong: &[
            ("src/trace/store.rs", "use crate::net::Error;"),
            ("src/trace/store.rs", "use crate::{text::Message, lab::Lab};"),
            ("src/wire/mod.rs", "fn f() { crate::trace::now() }"),
            ("src/net/socket.rs", "use super::super::program::Spec;"),
            ("src/net/mod.rs", "use super::ui::open;"),
            ("src/net/mod.rs", "use crate::tftp::Sender;"),
            ("src/lab/session.rs", "use socket_lab::cli::run;"),
            ("src/ui/app.rs", "use crate::cli::run;"),
            ("src/cli/mod.rs", "use crate::ui::App;"),
            ("src/nowhere/mod.rs", "//! A folder that is no floor."),
        ],
        right: &[
            ("src/program/mod.rs", "use crate::net::Error; use crate::{text, trace::{self, Trace}};"),
            ("src/cli/mod.rs", "crate::ui::open(lab)"),
            ("src/trace/mod.rs", "mod record; use super::text; // not crate::ui::App"),
            ("src/lab/mod.rs", "use self::program; use crate::lab::field;\n#[cfg(test)]\nmod tests { use super::ui; }"),
            ("src/lib.rs", "pub mod ui;"),
        ],
    },
    Rule {
        name: "a crate is used on its floor only",
        find: crates,
        of: ".rs",
        wrong: &[("src/lab/session.rs", "use egui::Color32;"), ("src/program/mod.rs", "let n = libc::EINTR;")],
        right: &[("src/ui/theme.rs", "use egui::Color32;"), ("src/lab/mod.rs", "let clap = \"egui::Color32\"; // libc::c_int")],
    },
    Rule {
        name: "a file begins with what it is for",
        find: heading,
        of: ".rs",
        wrong: &[("src/a.rs", "use std::fs;\n"), ("src/a.rs", "//!\nuse std::fs;\n")],
        right: &[("src/a.rs", "//! Files.\n")],
    },
    Rule { name: "a file is not too long", find: length, of: ".rs", wrong: &[("src/a.rs", LONG)], right: &[("src/a.rs", "//! Short.\n")] },
    Rule {
        name: "a file is named after what it holds",
        find: drawers,
        of: ".rs",
        wrong: &[("src/lab/utils.rs", ""), ("src/ui/helpers/mod.rs", "")],
        right: &[("src/lab/field.rs", "")],
    },
    Rule {
        name: "nobody sleeps",
        find: |_, text| words(text, &["sleep"], "wait on a condition with a limit"),
        of: ".rs",
        wrong: &[("src/a.rs", "std::thread::sleep(limit)"), ("tests/a.rs", "use std::thread::{self, sleep};")],
        right: &[("src/a.rs", "// never sleep\nlet asleep = \"sleep\";")],
    },
    Rule {
        name: "colours stand in ui/theme.rs",
        find: colours,
        of: ".rs",
        wrong: &[
            ("src/ui/log/mod.rs", "Color32::from_rgb(1, 2, 3)"),
            ("src/ui/log/mod.rs", "let c = Color32::RED;"),
            ("src/ui/log/mod.rs", "egui::hex_color!(\"#fff\")"),
        ],
        right: &[("src/ui/theme.rs", "Color32::from_rgb(1, 2, 3)"), ("src/ui/a.rs", "fn f(c: Color32) { Color32::TRANSPARENT }")],
    },
    Rule {
        name: "unsafe stands in net/sys",
        find: |path, text| if path.starts_with("src/net/sys") { Vec::new() } else { words(text, &["unsafe"], "only net/sys") },
        of: ".rs",
        wrong: &[("src/net/socket.rs", "unsafe { close(3) }")],
        right: &[("src/net/sys/linux.rs", "unsafe { close(3) }"), ("src/a.rs", "#![deny(unsafe_code)] // unsafe")],
    },
    Rule {
        name: "a lint is expected with a reason, not allowed",
        find: |_, text| found(text, &code(text), "[allow(", "write #[expect(.., reason = \"..\")]"),
        of: ".rs",
        wrong: &[("src/a.rs", "#[allow(dead_code)]"), ("src/a.rs", "#![allow(dead_code)]")],
        right: &[("src/a.rs", "#[expect(dead_code, reason = \"why\")]")],
    },
    Rule {
        name: "no path of one machine",
        find: machine,
        of: "",
        wrong: &[("README.md", concat!("see /", "home/me/lab")), ("src/a.rs", concat!("//! C:\\", "Users\\me"))],
        right: &[("README.md", "see ./lab and https://example.org/homepage")],
    },
    Rule {
        name: "lines end cleanly",
        find: line_ends,
        of: "",
        wrong: &[("a.md", "a \nb\n"), ("a.md", "a\t\n"), ("a.md", "a\r\n"), ("a.md", "a"), ("a.md", "a\n\n")],
        right: &[("a.md", "a\n\nb\n"), ("a.md", "")],
    },
];

const LONG: &str = {
    const NEWLINES: [u8; MOST_LINES + 1] = [b'\n'; MOST_LINES + 1];
    match std::str::from_utf8(&NEWLINES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

#[test]
fn the_source_keeps_every_rule() {
    let files = files();
    assert!(files.iter().any(|(path, _)| path == "src/trace/store.rs"), "the source was found");
    let mut faults = Vec::new();
    for rule in RULES {
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(rule.of)) {
            for (line, fault) in (rule.find)(path, text) {
                faults.push(format!("{path}:{line}: {}: {fault}", rule.name));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    for rule in RULES {
        assert!(!rule.wrong.is_empty() && !rule.right.is_empty(), "{}", rule.name);
        for (path, text) in rule.wrong {
            assert_eq!((rule.find)(path, text).len(), 1, "{}: {path}: {text:?}: {:?}", rule.name, (rule.find)(path, text));
        }
        for (path, text) in rule.right {
            assert_eq!((rule.find)(path, text), [], "{}: {path}: {text:?}", rule.name);
        }
    }
}

/// The text with comments and the contents of strings blanked out, every line where it was.
fn code(text: &str) -> String {
    let blank = |text: &str| text.chars().map(|character| if character == '\n' { '\n' } else { ' ' }).collect();
    pieces(text).iter().map(|piece| if let Piece::Code(code) = piece { (*code).to_owned() } else { blank(piece.text()) }).collect()
}

/// A fault for each place of `code` where `needle` stands. `code` has the lines of `text`.
fn found(text: &str, code: &str, needle: &str, fault: &str) -> Vec<(usize, String)> {
    let line = |line: usize| text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
    code.match_indices(needle).map(|(at, _)| line_of(code, at)).map(|at| (at, format!("{fault}: {}", line(at)))).collect()
}

/// A fault for each place in the code where one of `words` stands by itself.
fn words(text: &str, words: &[&str], fault: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let bounded = |(at, word): &(usize, &str)| !code[..*at].ends_with(is_word) && !code[at + word.len()..].starts_with(is_word);
    words
        .iter()
        .flat_map(|word| code.match_indices(word).filter(bounded).collect::<Vec<_>>())
        .map(|(at, word)| (line_of(&code, at), format!("`{word}`: {fault}")))
        .collect()
}

fn rank(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|floors| floors.contains(&floor))
}

/// The names that follow `crate::`, `socket_lab::` or enough `super::` in the code, with their line and what comes after them.
fn from_the_root(path: &str, code: &str) -> Vec<(usize, String, String)> {
    let folders = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    let mut names = Vec::new();
    let up = "super::".repeat(folders);
    for root in ["crate::", "socket_lab::", &up] {
        // Tests within a file are one module deeper: their `super::` is the file itself.
        let code = if root == up { code.split("#[cfg(test)]").next().unwrap_or_default() } else { code };
        for (at, _) in code.match_indices(root) {
            let before = &code[..at];
            if before.ends_with(is_word) || before.ends_with(':') {
                continue;
            }
            let rest = &code[at + root.len()..];
            for part in parts(rest) {
                let name: String = part.chars().take_while(|character| is_word(*character)).collect();
                names.push((line_of(code, at), name.clone(), part[name.len()..].to_owned()));
            }
        }
    }
    names
}

/// The paths at the beginning of `rest`: one, or those within braces.
fn parts(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![rest.chars().take(64).collect()];
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        parts.last_mut().expect("at least one").push(character);
    }
    parts.iter().map(|part| part.trim_start_matches(|character: char| character == ',' || character.is_whitespace()).to_owned()).collect()
}

fn imports(path: &str, text: &str) -> Vec<(usize, String)> {
    let Some((floor, _)) = path.strip_prefix("src/").and_then(|path| path.split_once('/')) else {
        return Vec::new();
    };
    let Some(own) = rank(floor) else {
        return vec![(1, format!("`{floor}` is no floor; add it to FLOORS"))];
    };
    let mut faults = Vec::new();
    for (line, name, rest) in from_the_root(path, &code(text)) {
        let Some(other) = rank(&name).filter(|_| name != floor) else { continue };
        // The one way from the command line to the window.
        let opens = floor == "cli" && name == "ui" && rest.starts_with("::open") && !rest["::open".len()..].starts_with(is_word);
        if other >= own && !opens {
            faults.push((line, format!("{floor} uses {name}")));
        }
    }
    faults
}

fn crates(path: &str, text: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let mut faults = Vec::new();
    for (name, places) in CRATES.iter().filter(|(_, places)| !places.iter().any(|place| path.starts_with(place))) {
        for (at, _) in code.match_indices(&format!("{name}::")) {
            if !code[..at].ends_with(|before| is_word(before) || before == ':') {
                faults.push((line_of(&code, at), format!("{name} belongs to {}", places.join(", "))));
            }
        }
    }
    faults
}

fn heading(_: &str, text: &str) -> Vec<(usize, String)> {
    let said = text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|words| words.trim().len() > 3);
    if said { Vec::new() } else { vec![(1, "begin with //! and what the file is for".to_owned())] }
}

fn length(_: &str, text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().count();
    if lines <= MOST_LINES { Vec::new() } else { vec![(lines, format!("{lines} lines, at most {MOST_LINES}"))] }
}

fn drawers(path: &str, _: &str) -> Vec<(usize, String)> {
    let drawer = |part: &&str| ["util", "utils", "helper", "helpers", "type", "types", "manager", "common", "misc"].contains(part);
    path.trim_end_matches(".rs").split('/').filter(drawer).map(|part| (1, format!("`{part}` says nothing"))).collect()
}

fn colours(path: &str, text: &str) -> Vec<(usize, String)> {
    if path == "src/ui/theme.rs" || path.starts_with("tests/") {
        return Vec::new();
    }
    let code = code(text);
    let mut faults = found(text, &code, "hex_color!", "a colour is a role of the theme");
    for colour in ["Color32::", "Rgba::", "Hsva::"] {
        for (at, _) in code.match_indices(colour) {
            let rest = &code[at + colour.len()..];
            let none = ["TRANSPARENT", "PLACEHOLDER"].iter().any(|none| rest.starts_with(none));
            if !none && (rest.starts_with(|first: char| first.is_ascii_uppercase()) || rest.starts_with("from_") || rest.starts_with("new"))
            {
                faults.push((line_of(&code, at), "a colour is a role of the theme".to_owned()));
            }
        }
    }
    faults
}

fn machine(_: &str, text: &str) -> Vec<(usize, String)> {
    let homes = [concat!("/", "home/"), concat!("/", "root/"), concat!("/", "Users/"), concat!("\\", "Users\\"), concat!("/", "work/")];
    homes.iter().flat_map(|home| found(text, text, home, "a path of one machine")).collect()
}

fn line_ends(path: &str, text: &str) -> Vec<(usize, String)> {
    // These are made by tools.
    if ["svg", "txt"].iter().any(|end| path.rsplit_once('.').is_some_and(|(_, extension)| extension == *end)) {
        return Vec::new();
    }
    let ends_in_space = |line: &str| line.ends_with(char::is_whitespace);
    let mut faults: Vec<_> = text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| ends_in_space(line))
        .map(|(line, _)| (line + 1, "white space at the end".to_owned()))
        .collect();
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        faults.push((text.lines().count(), "the file does not end with one line end".to_owned()));
    }
    faults
}
