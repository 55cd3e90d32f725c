//! The window, driven and drawn without a display.

mod harness;
mod renderer;
mod traces;

use egui::Theme;
use socket_lab::text::Language;

#[test]
fn the_log_and_the_details_of_a_row() {
    for (name, theme, language, row) in [
        ("log-dark-en", Theme::Dark, Language::English, 18),
        ("log-light-zh", Theme::Light, Language::Chinese, 22),
    ] {
        let mut window = harness::window(traces::echo(), [1080.0, 620.0], theme, language);
        window.state_mut().as_mut().expect("drawn once").choose(row);
        window.run();
        window.snapshot(name);
    }
}
