//! The system's own file dialogs, and how it is known that none was shown.
//!
//! On Linux rfd asks the desktop portal over D-Bus and, where that does not answer, starts zenity; where that cannot be started either it returns
//! the same as where the person turned away. Only to the log it says why, on the thread that asks: its last word is then an error, while before
//! zenity is shown its last word is a warning.

use std::cell::Cell;
use std::sync::Once;
use std::time::{Duration, Instant};

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::{Answer, Chooser, Purpose, Want};

/// Nobody sees a dialog and turns away from it within this time: none was there.
const AT_ONCE: Duration = Duration::from_millis(150);

/// The system's own file dialogs.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChooser;

impl Chooser for SystemChooser {
    fn choose(&self, purpose: Purpose, title: &str) -> Answer {
        listen();
        LAST_WORD.set(None);
        let asked = Instant::now();
        let path = show(&purpose, title);
        match path {
            Some(path) => Answer::Chosen(path),
            None => without_path(LAST_WORD.get(), asked.elapsed()),
        }
    }
}

/// Shows a dialog, where the system has one.
fn show(purpose: &Purpose, title: &str) -> Option<std::path::PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(title);
    let dialog = match purpose.name() {
        Some(name) => dialog.set_file_name(name),
        None => dialog,
    };
    let dialog = match purpose {
        Purpose::OpenLab => dialog.add_filter("TOML, SLR", &["toml", "slr"]).add_filter("*", &["*"]),
        Purpose::SaveLab => dialog.add_filter("TOML", &["toml"]),
        Purpose::Record => dialog.add_filter("SLR", &["slr"]),
        _ => dialog,
    };
    match purpose.want() {
        Want::File => dialog.pick_file(),
        Want::Place => dialog.save_file(),
        Want::Folder | Want::RoomyFolder => dialog.pick_folder(),
    }
}

/// What it means that there is no path, after rfd's last word and this time.
fn without_path(last: Option<Level>, took: Duration) -> Answer {
    if last == Some(Level::Error) || took < AT_ONCE { Answer::NoDialog } else { Answer::TurnedAway }
}

thread_local! {
    /// The level of what rfd said last on this thread.
    static LAST_WORD: Cell<Option<Level>> = const { Cell::new(None) };
}

/// Hears what rfd says to the log, and nobody else.
struct Ear;

impl Log for Ear {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target().split("::").next() == Some("rfd")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            LAST_WORD.set(Some(record.level()));
        }
    }

    fn flush(&self) {}
}

/// Begins to listen, once.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where another listens already, only the time tells.
        if log::set_logger(&Ear).is_ok() {
            log::set_max_level(LevelFilter::Warn);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rfd_says_last_tells_whether_there_was_a_dialog() {
        listen();
        let long = Duration::from_mins(1);
        let (portal, zenity) = ("Failed to connect to session bus", "Failed to pick file with zenity");
        LAST_WORD.set(None);
        log::error!(target: "rfd::backend::xdg_desktop_portal::portal::libdbus", "{portal}");
        log::warn!(target: "rfd::backend::xdg_desktop_portal", "Using zenity fallback");
        assert_eq!(without_path(LAST_WORD.get(), long), Answer::TurnedAway, "zenity was shown");
        log::error!(target: "rfd::backend::xdg_desktop_portal", "{zenity}");
        log::warn!(target: "other", "not of rfd");
        assert_eq!(without_path(LAST_WORD.get(), long), Answer::NoDialog);
        let other = std::thread::Builder::new().spawn(|| LAST_WORD.get()).expect("a thread");
        let elsewhere = other.join().expect("no panic");
        assert_eq!(elsewhere, None, "each thread hears its own");
        LAST_WORD.set(None);
        assert_eq!(without_path(None, long), Answer::TurnedAway);
        assert_eq!(without_path(None, Duration::from_millis(5)), Answer::NoDialog, "nobody is so quick");
    }
}
