//! Pictures of the window, drawn from recorded traces and compared with those that were looked at.

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
        let (scene, rows) = traces::running();
        let mut window = Window::of_scene(scene, SIZE, theme, language);
        window.state_mut().choose_row(rows.received);
        window.run_steps(2);
        window.snapshot(format!("running-{name}"));
        results.extend_harness(&mut window);
    }
    let (scene, rows) = traces::running();
    let mut window = Window::of_scene(scene, [1024.0, 640.0], Theme::Dark, Language::English);
    window.state_mut().choose_row(rows.failed);
    window.run_steps(2);
    window.snapshot("running-1024-dark-en");
    results.extend_harness(&mut window);
}
