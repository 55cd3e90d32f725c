//! What a person chose for the window, kept between two starts: language, theme, zoom, what stands where.
//!
//! One table of fields reads and writes the file. A damaged file costs no more than the fields that are damaged, and never a start.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use egui::ThemePreference;
use toml::Value;

use super::kernel::PERIODS;
use super::log::kept::Kept;
use super::room::Layout;
use super::tools;
use crate::lab::{FileError, write_whole};
use crate::text::Language;
use crate::wire::Charset;

/// The least and the greatest zoom.
pub(crate) const ZOOM: std::ops::RangeInclusive<f32> = 0.6..=2.5;

/// How many labs and recordings are offered again.
pub(crate) const MOST_RECENT: usize = 8;

/// No settings are longer, in bytes.
const LONGEST: u64 = 256 * 1024;

/// The choices of a person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    /// The language of every sentence.
    pub(crate) language: Language,
    /// Light, dark, or as the system is.
    pub(crate) theme: ThemePreference,
    /// How large everything is; 1 is the size it was drawn for.
    pub(crate) zoom: f32,
    /// In which character set bytes are read.
    pub(crate) charset: Charset,
    /// How often the kernel is looked at, in milliseconds; 0 for never.
    pub(crate) kernel: u64,
    /// What stands where.
    pub(crate) layout: Layout,
    /// What was chosen for the log.
    pub(crate) log: Kept,
    /// Which tools were shown.
    pub(crate) tools: tools::Shown,
    /// Where the window was; none before the first start.
    pub(crate) window: Option<Place>,
    /// The labs and recordings that were opened or saved last, the newest first.
    pub(crate) recent: Vec<String>,
}

/// Where a window is, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// The upper left corner of its frame; none where the system tells nobody (Wayland).
    pub(crate) at: Option<[f32; 2]>,
    /// Its width and height within the frame.
    pub(crate) size: [f32; 2],
    /// The width and height of the screen it is on: on another screen it is not put where it was.
    pub(crate) screen: [f32; 2],
    /// Whether it fills the screen.
    pub(crate) maximized: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::of_environment(),
            theme: ThemePreference::System,
            zoom: 1.0,
            charset: Charset::default(),
            kernel: 250,
            layout: Layout::default(),
            log: Kept::default(),
            tools: tools::Shown::default(),
            window: None,
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// Those of a window whose caller keeps none: nothing happens in it that the caller did not ask for, a look at the kernel included.
    pub(crate) fn of_caller(language: Language) -> Self {
        Self { language, kernel: 0, ..Self::default() }
    }
}

/// The names of the themes in the file.
const THEMES: [(&str, ThemePreference); 3] =
    [("system", ThemePreference::System), ("light", ThemePreference::Light), ("dark", ThemePreference::Dark)];

/// A row of [`FIELDS`]: one line of the file.
struct Field {
    key: &'static str,
    /// The value; none leaves the line out.
    get: fn(&Settings) -> Option<Value>,
    /// Takes a value in; none where it makes no sense, which leaves the settings as they are.
    set: fn(&mut Settings, &Value) -> Option<()>,
}

/// Every setting, in the order of the file.
static FIELDS: &[Field] = &[
    Field {
        key: "language",
        get: |settings| Some(settings.language.tag().into()),
        set: |settings, value| {
            let tag = value.as_str()?;
            settings.language = Language::ALL.into_iter().find(|language| language.tag() == tag)?;
            Some(())
        },
    },
    Field {
        key: "theme",
        get: |settings| THEMES.into_iter().find(|(_, theme)| *theme == settings.theme).map(|(name, _)| name.into()),
        set: |settings, value| {
            let name = value.as_str()?;
            settings.theme = THEMES.into_iter().find(|(known, _)| *known == name)?.1;
            Some(())
        },
    },
    Field {
        key: "zoom",
        get: |settings| Some(number(settings.zoom)),
        set: |settings, value| {
            settings.zoom = float(value).filter(|zoom| ZOOM.contains(zoom))?;
            Some(())
        },
    },
    Field {
        key: "charset",
        get: |settings| Some(settings.charset.name().into()),
        set: |settings, value| {
            settings.charset = Charset::by_name(value.as_str()?)?;
            Some(())
        },
    },
    Field {
        key: "kernel",
        get: |settings| i64::try_from(settings.kernel).ok().map(Value::from),
        set: |settings, value| {
            let milliseconds = u64::try_from(value.as_integer()?).ok()?;
            settings.kernel = PERIODS.into_iter().find(|period| *period == milliseconds)?;
            Some(())
        },
    },
    Field {
        key: "programs_width",
        get: |settings| Some(number(settings.layout.programs)),
        set: |settings, value| {
            settings.layout.programs = float(value).filter(|width| Layout::PROGRAMS.contains(width))?;
            Some(())
        },
    },
    Field {
        key: "programs_folded",
        get: |settings| Some(settings.layout.rail.into()),
        set: |settings, value| {
            settings.layout.rail = value.as_bool()?;
            Some(())
        },
    },
    Field {
        key: "details_width",
        get: |settings| Some(number(settings.layout.details)),
        set: |settings, value| {
            settings.layout.details = float(value).filter(|width| Layout::DETAILS.contains(width))?;
            Some(())
        },
    },
    Field {
        key: "form_folded",
        get: |settings| Some(settings.layout.form_folded.into()),
        set: |settings, value| {
            settings.layout.form_folded = value.as_bool()?;
            Some(())
        },
    },
    Field {
        key: "log",
        get: |settings| Some(settings.log.value()),
        set: |settings, value| {
            settings.log = Kept::of(value);
            Some(())
        },
    },
    Field {
        key: "tools",
        get: |settings| Some(settings.tools.value()),
        set: |settings, value| {
            settings.tools = tools::Shown::of(value)?;
            Some(())
        },
    },
    Field {
        key: "recent",
        get: |settings| Some(Value::Array(settings.recent.iter().cloned().map(Value::String).collect())),
        set: |settings, value| {
            let files = value.as_array()?.iter().filter_map(Value::as_str);
            settings.recent = files.take(MOST_RECENT).map(str::to_owned).collect();
            Some(())
        },
    },
    Field {
        key: "window",
        get: |settings| settings.window.map(Place::value),
        set: |settings, value| {
            settings.window = Some(Place::of(value)?);
            Some(())
        },
    },
];

/// A number as it is written: 1.1 and not 1.10000002.
fn number(number: f32) -> Value {
    Value::Float((f64::from(number) * 1000.0).round() / 1000.0)
}

fn float(value: &Value) -> Option<f32> {
    let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))?;
    number.is_finite().then_some(number as f32)
}

impl Place {
    /// No window is smaller, in points.
    pub(crate) const SMALLEST: [f32; 2] = [800.0, 500.0];
    /// Nothing is larger, or further away.
    const FAR: f32 = 16_384.0;

    fn value(self) -> Value {
        let pair = |[one, other]: [f32; 2]| Value::Array(vec![number(one), number(other)]);
        let mut table = toml::Table::new();
        table.extend(self.at.map(|at| ("at".to_owned(), pair(at))));
        table.insert("size".to_owned(), pair(self.size));
        table.insert("screen".to_owned(), pair(self.screen));
        table.insert("maximized".to_owned(), self.maximized.into());
        Value::Table(table)
    }

    fn of(value: &Value) -> Option<Self> {
        let pair = |key: &str| match value.get(key)?.as_array()?.as_slice() {
            [one, other] => Some([float(one)?, float(other)?]),
            _ => None,
        };
        let size = pair("size")
            .filter(|[width, height]| (Self::SMALLEST[0]..Self::FAR).contains(width) && (Self::SMALLEST[1]..Self::FAR).contains(height))?;
        let at = pair("at").filter(|at| at.iter().all(|far| (-Self::FAR..Self::FAR).contains(far)));
        let maximized = value.get("maximized").and_then(Value::as_bool).unwrap_or_default();
        Some(Self { at, size, screen: pair("screen").unwrap_or_default(), maximized })
    }
}

impl Settings {
    /// The settings in `text`; the default for each field that is missing or makes no sense. Each line is read for itself: one that is
    /// damaged does not damage the next.
    fn parse(text: &str) -> Self {
        let mut settings = Self::default();
        for table in text.lines().filter_map(|line| line.parse::<toml::Table>().ok()) {
            for (key, value) in &table {
                if let Some(field) = FIELDS.iter().find(|field| field.key == key) {
                    // A value that makes no sense leaves the default.
                    (field.set)(&mut settings, value).unwrap_or_default();
                }
            }
        }
        settings
    }

    fn to_text(&self) -> String {
        let line = |field: &Field| (field.get)(self).map(|value| format!("{} = {value}\n", field.key));
        FIELDS.iter().filter_map(line).collect()
    }
}

/// Where the settings are kept; nowhere in tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keeper {
    file: Option<PathBuf>,
    writing: Arc<(Mutex<Writing>, Condvar)>,
}

/// What is to be written, and whether a thread is there that writes.
#[derive(Debug, Default)]
struct Writing {
    next: Option<String>,
    busy: bool,
}

impl Keeper {
    /// The file that this system has for it.
    pub(crate) fn of_system() -> Self {
        let dirs = directories::ProjectDirs::from("", "", "socket-lab");
        Self { file: dirs.map(|dirs| dirs.config_dir().join("settings.toml")), writing: Arc::default() }
    }

    /// The file at this path.
    pub(crate) fn of_file(file: &Path) -> Self {
        Self { file: Some(file.to_owned()), writing: Arc::default() }
    }

    /// The settings as they were kept.
    pub(crate) fn read(&self) -> Settings {
        self.file.as_deref().and_then(|file| read(file).ok()).map_or_else(Settings::default, |text| Settings::parse(&text))
    }

    /// Keeps `settings`, on a thread of its own: a slow disk does not hold up the window. What comes while it writes is written after it, the
    /// newest alone. A choice that cannot be kept still holds until the end.
    pub(crate) fn write(&self, settings: &Settings) {
        let Some(file) = self.file.clone() else { return };
        let mut state = self.writing.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.next = Some(settings.to_text());
        if state.busy {
            return;
        }
        let writing = Arc::clone(&self.writing);
        state.busy = thread::Builder::new().name("settings".to_owned()).spawn(move || write_all(&file, &writing)).is_ok();
    }

    /// Waits until all is written, at the end; no longer than `limit`.
    pub(crate) fn finish(&self, limit: Duration) {
        let state = self.writing.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.writing.1.wait_timeout_while(state, limit, |state| state.busy));
    }
}

/// Writes what there is to write until there is nothing more.
fn write_all(file: &Path, (state, done): &(Mutex<Writing>, Condvar)) {
    loop {
        let mut writing = state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(text) = writing.next.take() else {
            writing.busy = false;
            done.notify_all();
            return;
        };
        drop(writing);
        // Where it cannot be kept, the choice holds until the window is closed.
        replace(file, &text).ok();
    }
}

/// The text of `file`, whatever bytes are in it.
fn read(file: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Puts `text` in place of `file`, whose folder is made.
fn replace(file: &Path, text: &str) -> Result<(), FileError> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(FileError::of("mkdir", folder))?;
    }
    write_whole(file, |out| out.write_all(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unlike the default in every field.
    fn chosen() -> Settings {
        let standard = Settings::default();
        let mut log = Kept::default();
        log.keep_filter("failures", "failed");
        let place = Place { at: Some([-10.0, 20.5]), size: [900.0, 600.0], screen: [1920.0, 1080.0], maximized: true };
        Settings {
            language: Language::ALL.into_iter().find(|language| *language != standard.language).expect("two languages"),
            theme: ThemePreference::Dark,
            zoom: 1.25,
            charset: Charset::Gbk,
            kernel: 50,
            layout: Layout { programs: 260.0, rail: true, details: 400.0, form_folded: true },
            log,
            tools: tools::Shown::of(&"recent = ['pack']\nsingle = true".parse::<toml::Table>().expect("a table").into()).expect("kept"),
            window: Some(place),
            recent: vec!["/labs/\"a\".toml".to_owned(), "/labs/你.slr".to_owned()],
        }
    }

    #[test]
    fn every_field_is_kept() {
        let chosen = chosen();
        for field in FIELDS {
            assert_ne!((field.get)(&chosen), (field.get)(&Settings::default()), "{} is not tried", field.key);
        }
        assert_eq!(chosen.to_text().lines().count(), FIELDS.len());
        assert_eq!(Settings::parse(&chosen.to_text()), chosen);
    }

    #[test]
    fn a_damaged_field_costs_only_itself() {
        let chosen = chosen();
        let lines = chosen.to_text();
        let lines = lines.lines().collect::<Vec<_>>();
        let damages = ["= [[[", "= 1979-05-27", "= \"\u{fffd}\0\"", "= 1e300", "= -7", "= nan", "= {}", "= { size = [1, 2] }", ""];
        for (place, field) in FIELDS.iter().enumerate() {
            assert!(lines[place].starts_with(field.key));
            for damage in damages {
                let damaged = format!("{} {damage}", field.key);
                let text = lines.iter().enumerate().map(|(at, line)| if at == place { damaged.as_str() } else { line });
                let read = Settings::parse(&text.collect::<Vec<_>>().join("\n"));
                for other in FIELDS {
                    let standard = Settings::default();
                    let expected = if other.key == field.key { &standard } else { &chosen };
                    assert_eq!((other.get)(&read), (other.get)(expected), "{} after {damaged:?}", other.key);
                }
            }
        }
        assert_eq!(Settings::parse("\0 no toml"), Settings::default());
    }

    #[test]
    fn what_is_kept_is_read_back_even_where_bytes_are_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = Keeper { file: Some(folder.path().join("deep/settings.toml")), ..Keeper::default() };
        assert_eq!(keeper.read(), Settings::default());
        for zoom in [0.7, 0.8, 0.9, 1.5] {
            keeper.write(&Settings { zoom, ..chosen() });
        }
        keeper.finish(Duration::from_secs(20));
        assert_eq!(keeper.read(), Settings { zoom: 1.5, ..chosen() }, "the last one stays");
        let file = keeper.file.as_deref().expect("stated");
        let mut bytes = fs::read(file).expect("written");
        let place = bytes.windows(4).position(|part| part == b"dark").expect("the theme");
        bytes[place] = 0xff;
        fs::write(file, bytes).expect("written");
        assert_eq!(keeper.read(), Settings { zoom: 1.5, theme: ThemePreference::System, ..chosen() });
    }
}
