//! What this program is: its version, its licence, and whose work it is built on.

use egui::{RichText, Ui};

use super::look::Look;
use super::theme;
use crate::text;

/// The licences of the program, in full.
const LICENCES: [(&str, &str); 2] = [("MIT", include_str!("../../LICENSE-MIT")), ("Apache-2.0", include_str!("../../LICENSE-APACHE"))];

/// The licence of the letters, in full.
const OFL: (&str, &str) = ("OFL-1.1", include_str!("../../resources/fonts/OFL.txt"));

/// The embedded fonts: name, licence, where from.
static FONTS: &[(&str, &str, &str)] = &[
    ("Inter", "OFL-1.1", "https://rsms.me/inter"),
    ("JetBrains Mono", "OFL-1.1", "https://www.jetbrains.com/lp/mono"),
    ("Noto Sans SC", "OFL-1.1", "https://github.com/notofonts/noto-cjk"),
    ("Material Symbols", "Apache-2.0", "https://fonts.google.com/icons"),
];

/// The libraries that it uses by itself: crate, licence. A test compares them with the manifest.
static LIBRARIES: &[(&str, &str)] = &[
    ("base64", "MIT OR Apache-2.0"),
    ("bytes", "MIT"),
    ("cap-fs-ext", "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"),
    ("cap-std", "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"),
    ("clap", "MIT OR Apache-2.0"),
    ("crc32fast", "MIT OR Apache-2.0"),
    ("crossbeam-channel", "MIT OR Apache-2.0"),
    ("ctrlc", "MIT OR Apache-2.0"),
    ("directories", "MIT OR Apache-2.0"),
    ("dns-lookup", "MIT OR Apache-2.0"),
    ("eframe", "MIT OR Apache-2.0"),
    ("egui", "MIT OR Apache-2.0"),
    ("egui_material_icons", "MIT"),
    ("encoding_rs", "(Apache-2.0 OR MIT) AND BSD-3-Clause"),
    ("fluent-bundle", "Apache-2.0 OR MIT"),
    ("form_urlencoded", "MIT OR Apache-2.0"),
    ("httparse", "MIT OR Apache-2.0"),
    ("httpdate", "MIT OR Apache-2.0"),
    ("jiff", "Unlicense OR MIT"),
    ("libc", "MIT OR Apache-2.0"),
    ("log", "MIT OR Apache-2.0"),
    ("memchr", "Unlicense OR MIT"),
    ("nix", "MIT"),
    ("percent-encoding", "MIT OR Apache-2.0"),
    ("polling", "MIT OR Apache-2.0"),
    ("postcard", "MIT OR Apache-2.0"),
    ("regex", "MIT OR Apache-2.0"),
    ("regex-syntax", "MIT OR Apache-2.0"),
    ("rfd", "MIT"),
    ("rustix", "Apache-2.0 OR MIT"),
    ("serde", "MIT OR Apache-2.0"),
    ("serde_json", "MIT OR Apache-2.0"),
    ("shlex", "MIT OR Apache-2.0"),
    ("socket2", "MIT OR Apache-2.0"),
    ("strsim", "MIT"),
    ("tempfile", "MIT OR Apache-2.0"),
    ("thiserror", "MIT OR Apache-2.0"),
    ("toml", "MIT OR Apache-2.0"),
    ("unic-langid", "MIT OR Apache-2.0"),
    ("windows-sys", "MIT OR Apache-2.0"),
];

/// Draws it.
pub(crate) fn show(ui: &mut Ui, look: &Look) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(look.say(&text!("ui-name"))).font(theme::strong(20.0)));
        look.secondary(ui, look.say(&text!("ui-about-version", version = env!("CARGO_PKG_VERSION"))));
    });
    ui.label(look.say(&text!("ui-about-what")));
    heading(ui, look.say(&text!("ui-about-licence")), look);
    ui.label(look.say(&text!("ui-about-licence-words")));
    for (name, whole) in LICENCES {
        text_of(ui, name, whole);
    }
    heading(ui, look.say(&text!("ui-about-fonts")), look);
    for (name, licence, link) in FONTS {
        ui.horizontal(|ui| {
            ui.hyperlink_to(*name, *link).on_hover_text(*link);
            look.secondary(ui, *licence);
        });
    }
    text_of(ui, OFL.0, OFL.1);
    heading(ui, look.say(&text!("ui-about-libraries")), look);
    ui.label(look.say(&text!("ui-about-libraries-words")));
    for (name, licence) in LIBRARIES {
        ui.horizontal(|ui| {
            let link = format!("https://crates.io/crates/{name}");
            ui.hyperlink_to(*name, &link).on_hover_text(&link);
            look.secondary(ui, *licence);
        });
    }
}

fn heading(ui: &mut Ui, words: String, look: &Look) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).font(theme::strong(12.0)).color(look.roles.text2));
}

/// A licence that unfolds.
fn text_of(ui: &mut Ui, name: &str, whole: &str) {
    ui.collapsing(name, |ui| ui.label(RichText::new(whole).font(theme::mono(11.0))));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_libraries_are_those_of_the_manifest() {
        let manifest = include_str!("../../Cargo.toml").parse::<toml::Table>().expect("a manifest");
        let mut named = BTreeSet::new();
        let mut take = |table: &toml::Value| {
            let crates = table.get("dependencies").and_then(toml::Value::as_table);
            named.extend(crates.into_iter().flat_map(|crates| crates.keys().cloned()));
        };
        take(&toml::Value::Table(manifest.clone()));
        for target in manifest["target"].as_table().expect("targets").values() {
            take(target);
        }
        assert_eq!(LIBRARIES.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>(), named);
    }

    #[test]
    fn the_fonts_are_those_that_are_embedded() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/resources/fonts")).expect("the folder");
        for file in folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()) {
            if let Some((stem, "otf" | "ttf")) = file.rsplit_once('.') {
                let family = stem.split('-').next().unwrap_or_default();
                assert!(FONTS.iter().any(|(name, ..)| name.replace(' ', "") == family), "{file}");
            }
        }
    }
}
