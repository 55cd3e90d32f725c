//! Pictures of the window, compared with those that were looked at.

use egui::Theme;
use egui_kittest::SnapshotResults;
use socket_lab::text::Language;

use super::harness::Window;
use super::traces;

const SIZE: [f32; 2] = [1280.0, 800.0];

#[test]
fn the_window() {
    let mut results = SnapshotResults::new();
    for (theme, language, name) in [
        (Theme::Light, Language::English, "light-en"),
        (Theme::Dark, Language::English, "dark-en"),
        (Theme::Light, Language::Chinese, "light-zh"),
        (Theme::Dark, Language::Chinese, "dark-zh"),
    ] {
        let mut window = Window::of_scene(traces::stopped(), SIZE, theme, language);
        window.snapshot(format!("stopped-{name}"));
        results.extend_harness(&mut window);
        let mut window = Window::of_scene(traces::echo(), SIZE, theme, language);
        window.state_mut().choose_row(traces::RECEIVED);
        window.run_steps(2);
        window.snapshot(format!("running-{name}"));
        results.extend_harness(&mut window);
    }
    let mut window = Window::of_scene(traces::echo(), [1024.0, 640.0], Theme::Dark, Language::English);
    window.state_mut().choose_row(traces::FAILED);
    window.run_steps(2);
    window.snapshot("running-1024-dark-en");
    results.extend_harness(&mut window);
}
