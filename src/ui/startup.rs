//! Opening the window, and saying what is missing where none can be opened.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use eframe::{AppCreator, NativeOptions, Renderer};
use egui::ViewportBuilder;

use super::settings::Place;
use crate::text;
use crate::text::Message;

/// What a window needs on Debian and Ubuntu, found by adding one after the other to an empty system.
const PACKAGES: &str = "apt-get install --no-install-recommends libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libegl1";

/// The icon of the window.
const ICON: &[u8] = include_bytes!("../../resources/icon/socket-lab.png");

/// The renderers, the one that is tried first coming first. In software OpenGL costs a fifth of what wgpu does; Windows in a virtual machine has
/// no OpenGL 2.
const RENDERERS: &[Renderer] = &[
    #[cfg(not(target_os = "linux"))]
    Renderer::Wgpu,
    Renderer::Glow,
    #[cfg(all(target_os = "linux", feature = "wgpu"))]
    Renderer::Wgpu,
];

/// Why no window could be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartError {
    /// Neither X11 nor Wayland is there.
    NoDisplay,
    /// The display that the environment names does not answer, or lets nobody in; what was said.
    Refused(String),
    /// A library of X11 is missing.
    NoX11(String),
    /// There is no OpenGL.
    NoGraphics(String),
    /// Something else; what the system said.
    Other(String),
    /// The window was open and ended by a panic; what it said.
    Panicked(String),
}

impl StartError {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::NoDisplay => text!("ui-start-no-display", packages = PACKAGES),
            Self::Refused(said) => text!("ui-start-refused", display = display(), said = said.as_str()),
            Self::NoX11(said) => text!("ui-start-no-x11", said = said.as_str(), packages = PACKAGES),
            Self::NoGraphics(said) => text!("ui-start-no-graphics", said = said.as_str(), packages = PACKAGES),
            Self::Other(said) => text!("ui-start-other", said = said.as_str(), packages = PACKAGES),
            Self::Panicked(said) => text!("ui-start-panicked", said = said.as_str()),
        }
    }

    /// What is wrong, from what eframe or a panic said.
    fn of(error: &eframe::Error) -> Self {
        let said = error.to_string();
        match error {
            eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => Self::NoGraphics(first_line(&said)),
            eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_) => Self::of_words(&said),
            eframe::Error::AppCreation(_) => Self::Other(first_line(&said)),
            #[cfg(any(not(target_os = "linux"), feature = "wgpu"))]
            eframe::Error::Wgpu(_) => Self::NoGraphics(first_line(&said)),
        }
    }

    fn of_words(said: &str) -> Self {
        if said.contains("DISPLAY") {
            Self::NoDisplay
        } else if said.contains("X server") || said.contains("compositor") || said.contains("Wayland") {
            Self::Refused(first_line(said))
        } else if said.contains("xlib") || said.contains("could not be loaded") || said.contains("X11") {
            Self::NoX11(first_line(said))
        } else {
            Self::Other(first_line(said))
        }
    }
}

/// The display that the environment names, as it names it.
fn display() -> String {
    let named = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)));
    named.collect::<Vec<_>>().join(", ")
}

/// What was said, without the place in the source that said it: `os error at .../mod.rs:788: Failed to ...`.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let said = line.rsplit_once(".rs:").and_then(|(_, after)| after.split_once(": ")).map_or(line, |(_, said)| said);
    said.trim_end_matches('.').chars().take(160).collect()
}

/// Runs a window until it is closed. `creator` makes the application, for each renderer that is tried.
///
/// # Errors
/// Why there was none, or how it ended.
pub(crate) fn run<'app>(title: &str, place: Option<Place>, creator: impl Fn() -> AppCreator<'app>) -> Result<(), StartError> {
    let mut error = StartError::NoDisplay;
    for renderer in RENDERERS {
        match run_with(options(title, *renderer, place), title, creator()) {
            Ok(()) => return Ok(()),
            // Another renderer may be there; a display that is not there stays away.
            Err(none @ StartError::NoGraphics(_)) => error = none,
            Err(other) => return Err(other),
        }
    }
    Err(error)
}

fn run_with(options: NativeOptions, title: &str, creator: AppCreator<'_>) -> Result<(), StartError> {
    let opened = Arc::new(AtomicBool::new(false));
    let quiet = QuietPanics::until(&opened);
    let creator: AppCreator<'_> = Box::new(move |context| {
        opened.store(true, Ordering::Relaxed);
        creator(context)
    });
    let result = panic::catch_unwind(AssertUnwindSafe(|| eframe::run_native(title, options, creator)));
    let was_open = quiet.opened.load(Ordering::Relaxed);
    let said = quiet.said.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
    match result {
        Ok(result) => result.map_err(|error| StartError::of(&error)),
        Err(_) if was_open => Err(StartError::Panicked(first_line(&said))),
        // winit panics where a library is missing that it loads late.
        Err(_) => Err(StartError::of_words(&said)),
    }
}

fn options(title: &str, renderer: Renderer, place: Option<Place>) -> NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("socket-lab")
        .with_inner_size(place.map_or([1280.0, 800.0], |place| place.size))
        .with_maximized(place.is_some_and(|place| place.maximized))
        .with_min_inner_size(Place::SMALLEST);
    let viewport = match place.and_then(|place| place.at) {
        Some(at) => viewport.with_position(at),
        None => viewport,
    };
    let viewport = match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport.with_icon(icon),
        // An icon that cannot be read is no reason to have no window; a test reads it.
        Err(_) => viewport,
    };
    NativeOptions { viewport, renderer, ..NativeOptions::default() }
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync + 'static>;

/// Keeps panics from being printed until a window is open: until then they are told as one sentence. The hook that was there is put back at the end.
struct QuietPanics {
    before: Option<Arc<Hook>>,
    opened: Arc<AtomicBool>,
    said: Arc<Mutex<Option<String>>>,
}

impl QuietPanics {
    fn until(opened: &Arc<AtomicBool>) -> Self {
        let before = Arc::new(panic::take_hook());
        let said = Arc::new(Mutex::new(None));
        let quiet = Self { before: Some(Arc::clone(&before)), opened: Arc::clone(opened), said: Arc::clone(&said) };
        let opened = Arc::clone(opened);
        panic::set_hook(Box::new(move |info| {
            *said.lock().unwrap_or_else(PoisonError::into_inner) = Some(info.payload_as_str().unwrap_or_default().to_owned());
            if opened.load(Ordering::Relaxed) {
                before(info);
            }
        }));
        quiet
    }
}

impl Drop for QuietPanics {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            drop(panic::take_hook());
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    /// What winit, glutin and xkbcommon-dl said on machines that lacked something.
    #[test]
    fn what_is_missing_is_known_by_what_was_said() {
        assert_eq!(first_line("winit EventLoopError: os error at /a/b/mod.rs:788: Failed to open it."), "Failed to open it");
        for (said, key) in [
            ("os error at platform_impl/linux/mod.rs:788: Failed to load one of xlib's shared libraries", "ui-start-no-x11"),
            ("os error at mod.rs:765: neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.", "ui-start-no-display"),
            ("Library libxkbcommon-x11.so could not be loaded.", "ui-start-no-x11"),
            ("something new", "ui-start-other"),
        ] {
            let message = StartError::of_words(said).message();
            assert_eq!(message.key(), key, "{said}");
            for language in Language::ALL {
                let sentence = message.in_language(language);
                assert!(sentence.contains("socket-lab run") && sentence.contains("libxkbcommon-x11-0"), "{sentence}");
            }
        }
    }

    /// Packages do not help against a server that lets nobody in: the X server said no, or nobody is there.
    #[test]
    fn a_display_that_refuses_is_no_lack_of_packages() {
        for said in [
            "os error at platform_impl/linux/x11/xdisplay.rs:131: Failed to open connection to X server",
            "os error at mod.rs:790: Could not find wayland compositor",
        ] {
            let message = StartError::of_words(said).message();
            assert_eq!(message.key(), "ui-start-refused", "{said}");
            for language in Language::ALL {
                let sentence = message.in_language(language);
                assert!(sentence.contains("socket-lab run") && !sentence.contains("apt-get"), "{sentence}");
            }
        }
    }

    #[test]
    fn a_panic_before_the_window_is_quiet_and_remembered() {
        let opened = Arc::new(AtomicBool::new(false));
        let quiet = QuietPanics::until(&opened);
        assert!(panic::catch_unwind(|| panic!("Library libxkbcommon-x11.so could not be loaded.")).is_err());
        let said = quiet.said.lock().expect("no panic holds it").take();
        assert_eq!(said.as_deref(), Some("Library libxkbcommon-x11.so could not be loaded."));
    }

    #[test]
    fn the_icon_can_be_read() {
        assert!(eframe::icon_data::from_png_bytes(ICON).is_ok());
    }
}
