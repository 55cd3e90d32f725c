//! The one way to a window in a test.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use egui::accesskit::Role;
use egui::{Theme, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};
use socket_lab::lab::{Lab, Override, Session, sample};
use socket_lab::text::Language;
use socket_lab::ui::{Answer, App, Chooser, Purpose, Scene};

use super::renderer::CpuRenderer;

/// The size of a window where nothing depends on it: the rows that tests look for are in view.
const SIZE: [f32; 2] = [1280.0, 840.0];
/// How long a test waits for what must come.
const LIMIT: Duration = Duration::from_secs(20);

/// The first sample, its server on any free port.
pub(crate) fn first_echo() -> Lab {
    sample_at("first-echo", "127.0.0.1:0")
}

/// The sample of that name, its server at this address.
pub(crate) fn sample_at(name: &str, server: &str) -> Lab {
    let bind = Override { argument: format!("server.bind={server}") };
    sample(name).expect("in the table").lab(&[bind]).expect("a lab")
}

/// A window in a test.
pub(crate) struct Window {
    harness: Harness<'static, App>,
    asked: Receiver<()>,
}

impl Deref for Window {
    type Target = Harness<'static, App>;

    fn deref(&self) -> &Self::Target {
        &self.harness
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.harness
    }
}

/// Nobody to ask: every question is turned away.
struct Nobody;

impl Chooser for Nobody {
    fn choose(&self, _: Purpose, _: &str) -> Answer {
        Answer::TurnedAway
    }
}

impl Window {
    /// A window of `size` that shows `scene`, with all its rows taken in.
    pub(crate) fn of_scene(scene: Scene, size: impl Into<Vec2>, theme: Theme, language: Language) -> Self {
        let mut window = Self::build(size, theme, move |ctx| App::of_scene(ctx, scene, language, Arc::new(Nobody)).expect("threads"));
        window.until("the rows are taken in", App::is_settled);
        window
    }

    /// A window with a lab that can be run.
    pub(crate) fn of_lab(lab: Lab) -> Self {
        Self::of_lab_with(lab, Arc::new(Nobody))
    }

    /// A window with a session that the test holds too.
    pub(crate) fn of_session(session: Arc<Session>) -> Self {
        Self::of_session_in(session, SIZE, Theme::Light, Language::English)
    }

    /// The same in a window of `size`, in a theme and a language.
    pub(crate) fn of_session_in(session: Arc<Session>, size: impl Into<Vec2>, theme: Theme, language: Language) -> Self {
        Self::build(size, theme, move |ctx| App::of_session(ctx, session, language, Arc::new(Nobody)).expect("threads"))
    }

    /// The same in a window of `size`, in a theme and a language.
    pub(crate) fn of_lab_in(lab: Lab, size: impl Into<Vec2>, theme: Theme, language: Language) -> Self {
        Self::build(size, theme, move |ctx| App::of_lab(ctx, lab, language, Arc::new(Nobody)).expect("threads"))
    }

    /// A window that keeps its settings in the file `kept`, as it does from one start to the next.
    pub(crate) fn of_settings(session: Arc<Session>, kept: &Path) -> Self {
        Self::build(SIZE, Theme::Light, move |ctx| App::of_settings(ctx, session, kept, Arc::new(Nobody)).expect("threads"))
    }

    /// The same, with somebody who chooses files.
    pub(crate) fn of_lab_with(lab: Lab, chooser: Arc<dyn Chooser>) -> Self {
        Self::of_lab_with_in(lab, chooser, SIZE, Theme::Light, Language::English)
    }

    /// The same, of `size`, in a theme and a language.
    pub(crate) fn of_lab_with_in(lab: Lab, chooser: Arc<dyn Chooser>, size: impl Into<Vec2>, theme: Theme, language: Language) -> Self {
        Self::build(size, theme, move |ctx| App::of_lab(ctx, lab, language, chooser).expect("threads"))
    }

    /// The same, of `size`, in `theme` and `language`.
    pub(crate) fn of_lab_as(lab: Lab, size: impl Into<Vec2>, theme: Theme, language: Language) -> Self {
        Self::build(size, theme, move |ctx| App::of_lab(ctx, lab, language, Arc::new(Nobody)).expect("threads"))
    }

    /// A window with the lab or the recording in `file`.
    pub(crate) fn of_file(file: &Path) -> Self {
        Self::build(SIZE, Theme::Light, |ctx| App::of_file(ctx, file, Language::English, Arc::new(Nobody)).expect("a file to open"))
    }

    /// Draws frames until a widget of which `label` is the whole name is there.
    pub(crate) fn until_label(&mut self, label: &str) {
        self.until_drawn(label, |harness| harness.query_all_by_label(label).next().is_some());
    }

    /// Draws frames until a widget is there whose name holds `part`.
    pub(crate) fn until_label_contains(&mut self, part: &str) {
        self.until_drawn(part, |harness| harness.query_all_by_label_contains(part).next().is_some());
    }

    /// Draws frames until no widget is there of which `label` is the whole name.
    pub(crate) fn until_gone(&mut self, label: &str) {
        self.until_drawn(&format!("{label} is gone"), |harness| harness.query_all_by_label(label).next().is_none());
    }

    /// What the next frames put on the clipboard, within the time a test waits.
    pub(crate) fn copied(&mut self) -> String {
        let copied = |harness: &Harness<'static, App>| {
            harness.output().platform_output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        };
        self.until_drawn("something is copied", |harness| copied(harness).is_some());
        copied(&self.harness).expect("it was there")
    }

    /// Clicks the widget of that name.
    pub(crate) fn click(&mut self, label: &str) {
        self.until_label(label);
        self.harness.get_by_label(label).click();
        self.harness.run_steps(2);
    }

    /// Opens the menu of that name and chooses `value` in it.
    pub(crate) fn pick(&mut self, menu: &str, value: &str) {
        let count = |harness: &Harness<'static, App>| harness.query_all_by_role_and_label(Role::Button, value).count();
        // Others of that name are there before the menu is. Where what is above it has just moved, a click may have missed it.
        let before = count(&self.harness);
        for _ in 0..3 {
            self.click(menu);
            self.harness.run_steps(3);
            if count(&self.harness) > before {
                break;
            }
        }
        self.until_drawn(value, |harness| count(harness) > before);
        self.harness.query_all_by_role_and_label(Role::Button, value).last().expect("an entry").click();
        self.harness.run_steps(3);
    }

    /// Chooses row `n`, and draws until all that is told of it is there, so that nothing moves any more under a click.
    pub(crate) fn look_at(&mut self, n: u64) {
        self.harness.state_mut().choose_row(n);
        self.harness.run_steps(2);
        self.until("the row is looked at", App::is_settled);
    }

    /// Chooses the row that says `part`, which is to stand in view.
    pub(crate) fn choose(&mut self, part: &str) {
        self.until_label_contains(part);
        self.harness.get_by_label_contains(part).click();
        self.harness.run_steps(2);
    }

    /// Draws frames until what was drawn is as `condition` wants it.
    pub(crate) fn until_drawn(&mut self, what: &str, condition: impl Fn(&Harness<'static, App>) -> bool) {
        let limit = Instant::now() + LIMIT;
        loop {
            self.harness.step();
            if condition(&self.harness) {
                return;
            }
            if Instant::now() > limit {
                let shown = self
                    .harness
                    .root()
                    .children_recursive()
                    .filter_map(|node| node.accesskit_node().label())
                    .collect::<Vec<_>>()
                    .join("\n");
                panic!("waited in vain for {what:?}; there was\n{shown}");
            }
            self.asked.recv_timeout(Duration::from_millis(50)).ok();
        }
    }

    fn build(size: impl Into<Vec2>, theme: Theme, app: impl FnOnce(&egui::Context) -> App) -> Self {
        let options = SnapshotOptions::new().output_path(Path::new("screenshots")).threshold(0.6).max_failed_pixels(40);
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_max_steps(20)
            .renderer(CpuRenderer::default())
            .with_options(options)
            .with_context_setup(|ctx| {
                App::setup(ctx);
                // Or a picture would show the cursor now and then.
                ctx.all_styles_mut(|style| style.visuals.text_cursor.blink = false);
            })
            .build_eframe(|context| app(&context.egui_ctx));
        let (ask, asked) = bounded(1);
        harness.ctx.set_request_repaint_callback(move |_| {
            ask.try_send(()).ok();
        });
        Self { harness, asked }
    }

    /// Draws frames, as often as the window asks for them, until `condition` holds.
    pub(crate) fn until(&mut self, what: &str, condition: impl Fn(&App) -> bool) {
        let limit = Instant::now() + LIMIT;
        loop {
            self.harness.step();
            if condition(self.harness.state()) {
                break;
            }
            assert!(Instant::now() < limit, "waited in vain until {what}");
            // A frame is drawn when the window asks for one, and now and then in case the condition is not one that it asks for.
            self.asked.recv_timeout(Duration::from_millis(50)).ok();
        }
        self.harness.run_steps(2);
    }
}
