//! The window without a window: its frames are drawn as eframe draws them, to the triangles, and nobody paints these.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eframe::App as _;
use egui::epaint::ClippedShape;
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, Vec2, pos2, vec2};
use socket_lab::ui::App;

/// The size of the window, in points.
const SIZE: Vec2 = vec2(1280.0, 800.0);

/// The application, and who draws it.
pub(crate) struct Headless {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    start: Instant,
    /// When the next frame is due.
    due: Arc<Mutex<Option<Instant>>>,
    /// What the last frame showed.
    shapes: Vec<ClippedShape>,
}

impl Headless {
    /// The application that `make` gives, after `wake` was told to be called whenever it asks for a frame.
    pub(crate) fn new(wake: impl Fn() + Send + Sync + 'static, make: impl FnOnce(&Context) -> App) -> Self {
        let ctx = Context::default();
        App::setup(&ctx);
        let due = Arc::new(Mutex::new(Some(Instant::now())));
        let asked = Arc::clone(&due);
        ctx.set_request_repaint_callback(move |request| {
            sooner(&asked, request.delay);
            wake();
        });
        let app = make(&ctx);
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), start: Instant::now(), due, shapes: Vec::new() }
    }

    /// When the application wants the next frame.
    pub(crate) fn due(&self) -> Option<Instant> {
        *self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws a frame; returns what it took, triangles included.
    pub(crate) fn draw(&mut self, events: Vec<Event>) -> Duration {
        let began = Instant::now();
        *self.due.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.start.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui.ctx(), &mut self.frame);
            self.app.ui(ui, &mut self.frame);
        });
        // No texture is painted, so no change of one need be taken over.
        output.textures_delta.clear();
        let delay = output.viewport_output.values().map(|view| view.repaint_delay).min();
        sooner(&self.due, delay.unwrap_or(Duration::MAX));
        let triangles = self.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        let took = began.elapsed();
        std::hint::black_box(triangles);
        self.shapes = output.shapes;
        took
    }

    /// Draws frames until `holds`, at most for `limit`; returns how long it took.
    pub(crate) fn until(&mut self, limit: Duration, holds: impl Fn(&Self) -> bool) -> Duration {
        let began = Instant::now();
        while !holds(self) {
            assert!(began.elapsed() < limit, "it did not come: {:?}", self.texts().collect::<Vec<_>>());
            self.draw(Vec::new());
        }
        began.elapsed()
    }

    /// Whether every row was looked at by all who look at rows.
    pub(crate) fn is_settled(&self) -> bool {
        self.app.is_settled()
    }

    /// Chooses row `n`.
    pub(crate) fn choose(&mut self, n: u64) {
        self.app.choose_row(n);
    }

    /// The texts that the last frame showed, each with the place of its upper left corner.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Pos2, &str)> {
        let mut texts = Vec::new();
        self.shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
        texts.into_iter()
    }

    /// Whether the last frame showed a text that begins so.
    pub(crate) fn shows(&self, start: &str) -> bool {
        self.texts().any(|(_, text)| text.starts_with(start))
    }

    /// The numbers of the rows that the last frame showed: each says `row N;`.
    pub(crate) fn rows(&self) -> BTreeSet<u64> {
        let number = |text: &str| text.split_once("row ")?.1.split_once(';')?.0.parse().ok();
        let in_log = |at: &Pos2| at.x < 960.0;
        self.texts().filter(|(at, _)| in_log(at)).filter_map(|(_, text)| number(text)).collect()
    }
}

fn sooner(due: &Mutex<Option<Instant>>, delay: Duration) {
    let Some(at) = Instant::now().checked_add(delay) else { return };
    let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
    *due = Some(due.map_or(at, |due| due.min(at)));
}

fn collect<'a>(shape: &'a Shape, texts: &mut Vec<(Pos2, &'a str)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
        Shape::Text(text) => texts.push((text.pos, text.galley.text())),
        _ => {}
    }
}

/// A key that is pressed and let go.
pub(crate) fn key(modifiers: Modifiers, key: egui::Key) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

/// The primary button of the mouse, pressed or let go.
pub(crate) fn button(at: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// A turn of the wheel by so many points over the log.
pub(crate) fn wheel(points: f32) -> Vec<Event> {
    let delta = vec2(0.0, points);
    let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Wheel);
    vec![
        Event::PointerMoved(LOG),
        Event::MouseWheel { unit: egui::MouseWheelUnit::Point, delta, phase, modifiers: Modifiers::NONE, source },
    ]
}

/// A place among the rows.
pub(crate) const LOG: Pos2 = pos2(600.0, 600.0);
