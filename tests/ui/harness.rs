//! The one way to a window in a test.

use std::path::Path;

use egui::{Theme, Vec2};
use egui_kittest::{Harness, SnapshotOptions};
use socket_lab::text::Language;
use socket_lab::ui::{App, Scene};

use super::renderer::CpuRenderer;

/// A window of `size` that shows `scene`.
pub(crate) fn window(scene: Scene, size: impl Into<Vec2>, theme: Theme, language: Language) -> Harness<'static, Option<App>> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .renderer(CpuRenderer::default())
        .with_options(SnapshotOptions::new().output_path(Path::new("tests/ui/pictures")).threshold(0.6).max_failed_pixels(40))
        .with_context_setup(App::setup)
        .build_ui_state(move |ui, app: &mut Option<App>| app.get_or_insert_with(|| App::of_scene(scene.clone(), language)).ui(ui), None);
    harness.run();
    harness
}
