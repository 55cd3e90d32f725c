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
        choose(&mut window, rows.received);
        window.snapshot(format!("running-{name}"));
        results.extend_harness(&mut window);
    }
    let (scene, rows) = traces::running();
    let mut window = Window::of_scene(scene, [1024.0, 640.0], Theme::Dark, Language::English);
    choose(&mut window, rows.failed);
    window.snapshot("running-1024-dark-en");
    results.extend_harness(&mut window);
}

/// Chooses a row, and draws until all that is told of it is there: it is found out on another thread.
fn choose(window: &mut Window, row: u64) {
    window.state_mut().choose_row(row);
    window.run_steps(2);
    window.until("the row is looked at", |app| app.is_settled());
    window.run_steps(2);
}
