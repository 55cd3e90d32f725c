//! What a person chose for the window, kept between two starts: language, theme, zoom.
//!
//! A damaged file costs no more than the fields that are damaged, and never a start.

use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use egui::ThemePreference;

use crate::text::Language;
use crate::wire::Charset;

/// The least and the greatest zoom.
pub(crate) const ZOOM: std::ops::RangeInclusive<f32> = 0.6..=2.5;

/// The choices of a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settings {
    /// The language of every sentence.
    pub(crate) language: Language,
    /// Light, dark, or as the system is.
    pub(crate) theme: ThemePreference,
    /// How large everything is; 1 is the size it was drawn for.
    pub(crate) zoom: f32,
    /// In which character set bytes are read.
    pub(crate) charset: Charset,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::of_environment(), theme: ThemePreference::System, zoom: 1.0, charset: Charset::default() }
    }
}

/// The names of the themes in the file.
const THEMES: [(&str, ThemePreference); 3] =
    [("system", ThemePreference::System), ("light", ThemePreference::Light), ("dark", ThemePreference::Dark)];

impl Settings {
    /// The settings in `text`; the default for each field that is missing or makes no sense.
    fn parse(text: &str) -> Self {
        let default = Self::default();
        let Ok(table) = text.parse::<toml::Table>() else { return default };
        let word = |key: &str| table.get(key).and_then(toml::Value::as_str);
        let language = word("language").and_then(|tag| Language::ALL.into_iter().find(|language| language.tag() == tag));
        let theme = word("theme").and_then(|name| THEMES.into_iter().find(|(known, _)| *known == name));
        let zoom = table.get("zoom").and_then(toml::Value::as_float).map(|zoom| zoom as f32).filter(|zoom| ZOOM.contains(zoom));
        Self {
            language: language.unwrap_or(default.language),
            theme: theme.map_or(default.theme, |(_, theme)| theme),
            zoom: zoom.unwrap_or(default.zoom),
            charset: word("charset").and_then(Charset::by_name).unwrap_or(default.charset),
        }
    }

    fn write(self) -> String {
        let theme = THEMES.into_iter().find(|(_, theme)| *theme == self.theme).map_or("system", |(name, _)| name);
        format!("language = \"{}\"\ntheme = \"{theme}\"\nzoom = {:?}\ncharset = \"{}\"\n", self.language, self.zoom, self.charset)
    }
}

/// Where the settings are kept; nowhere in tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keeper {
    file: Option<PathBuf>,
}

impl Keeper {
    /// The file that this system has for it.
    pub(crate) fn of_system() -> Self {
        let dirs = directories::ProjectDirs::from("", "", "socket-lab");
        Self { file: dirs.map(|dirs| dirs.config_dir().join("settings.toml")) }
    }

    /// The settings as they were kept.
    pub(crate) fn read(&self) -> Settings {
        self.file.as_ref().and_then(|file| fs::read_to_string(file).ok()).map_or_else(Settings::default, |text| Settings::parse(&text))
    }

    /// Keeps `settings`, on a thread of its own: a slow disk does not hold up the window. A choice that cannot be kept still holds until the end.
    pub(crate) fn write(&self, settings: Settings) {
        if let Some(file) = self.file.clone() {
            thread::Builder::new().name("settings".to_owned()).spawn(move || replace(&file, &settings.write()).ok()).ok();
        }
    }
}

/// Puts `text` in place of `file`, whole or not at all.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = file.with_extension("new");
    fs::write(&new, text)?;
    fs::rename(new, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_field_costs_only_itself() {
        let chosen = Settings { language: Language::Chinese, theme: ThemePreference::Dark, zoom: 1.25, charset: Charset::Gbk };
        assert_eq!(Settings::parse(&chosen.write()), chosen);
        let damaged = Settings::parse("language = \"zh-CN\"\ntheme = 7\nzoom = 900.0\n");
        assert_eq!(damaged, Settings { language: Language::Chinese, ..Settings::default() });
        assert_eq!(Settings::parse("\0 no toml"), Settings::default());
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = Keeper { file: Some(folder.path().join("deep/settings.toml")) };
        assert_eq!(keeper.read(), Settings::default());
        let chosen = Settings { zoom: 1.5, ..Settings::default() };
        replace(keeper.file.as_deref().expect("stated"), &chosen.write()).expect("written");
        assert_eq!(keeper.read(), chosen);
    }
}
