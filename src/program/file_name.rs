//! A name that came from elsewhere, made fit to be proposed to a person as the name of a file here. It never chooses where a file goes: that is a person's to say.

/// The longest name that is proposed, in bytes: file systems bear 255.
const LONGEST: usize = 120;
/// Names that mean devices on Windows, with whatever ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
/// What is proposed where nothing of a name can be.
const NAMELESS: &str = "received";

/// The name that is proposed for what a server calls `name`: its last part, without what leads elsewhere, deceives the eye, or no file system bears.
pub fn proposed_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\', ':']).find(|part| !part.trim_matches(['.', ' ']).is_empty()).unwrap_or_default();
    let mut kept = String::new();
    for c in last.chars().filter(|c| !is_harmful(*c)) {
        if kept.len() + c.len_utf8() > LONGEST {
            break;
        }
        kept.push(c);
    }
    // A dot in front hides a file; at the end, as a space, Windows drops it.
    let kept = kept.trim_matches(['.', ' ']);
    let stem = kept.split('.').next().unwrap_or_default().to_lowercase();
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    match kept {
        "" => NAMELESS.to_owned(),
        device if DEVICES.contains(&stem) => format!("_{device}"),
        name => name.to_owned(),
    }
}

/// What no name should have: control characters, those that Windows gives a meaning, and those that turn the direction of reading.
fn is_harmful(c: char) -> bool {
    let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    c.is_control() || turns || "<>\"|?*".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_part_is_proposed_and_nothing_that_harms() {
        for (name, proposed) in [
            ("kernel.img", "kernel.img"),
            ("boot/kernel.img", "kernel.img"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\win.ini", "win.ini"),
            ("..", "received"),
            ("", "received"),
            ("/", "received"),
            ("folder/", "folder"),
            (".bashrc", "bashrc"),
            ("a\0b\nc\u{202e}gpj.exe", "abcgpj.exe"),
            ("what?<>*|\".txt", "what.txt"),
            ("nul", "_nul"),
            ("COM1.txt", "_COM1.txt"),
            ("computer.txt", "computer.txt"),
            ("名字.txt ", "名字.txt"),
        ] {
            assert_eq!(proposed_name(name), proposed, "{name:?}");
        }
        assert!(proposed_name(&"长".repeat(5_000)).len() <= LONGEST);
    }
}
