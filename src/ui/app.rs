//! The window's state, and the order of a frame: take in, draw, do what was asked for.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::{CentralPanel, Color32, Context, Frame, Margin, Panel, Ui};

use super::command::{self, Actions};
use super::counting::{Counted, Counting};
use super::desk::Desk;
use super::details::Details;
use super::dialog::Chooser;
use super::errand::Errand;
use super::form::{self, Drafts};
use super::log::Log;
use super::look::Look;
use super::scene::Scene;
use super::send_box::SendBox;
use super::settings::{Keeper, Settings};
use super::top_bar::{self, Menus};
use super::waker::Waker;
use super::{action, empty, fonts, header, launch, notes, program_list, status_bar, theme, tools};
use crate::lab::{self, Lab};
use crate::text;
use crate::text::{Language, Message};
use crate::trace::Listening;

/// What belongs to one lab: thrown away whole when another is opened.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) desk: Desk,
    pub(super) log: Log,
    pub(super) counting: Counting,
    pub(super) list: program_list::List,
    pub(super) leaving: launch::Leaving,
    pub(super) drafts: Drafts,
    pub(super) send_box: SendBox,
    pub(super) details: Details,
    pub(super) program: Option<String>,
    /// Whether the form is unfolded where there is little room.
    pub(super) unfolded: bool,
    /// Asks for a frame when rows have come or were read.
    _listening: Listening,
}

impl Open {
    pub(super) fn new(desk: Desk, waker: &Waker) -> io::Result<Self> {
        desk.wake(waker);
        let ring = waker.clone();
        Ok(Self {
            _listening: desk.store().listen(move || ring.ring()),
            log: Log::new(desk.store(), waker)?,
            counting: Counting::start(desk.store(), waker)?,
            list: program_list::List::default(),
            leaving: launch::Leaving::default(),
            drafts: Drafts::default(),
            send_box: SendBox::default(),
            details: Details::new(desk.store(), waker)?,
            desk,
            program: None,
            unfolded: false,
        })
    }
}

/// What belongs to the window, whatever it shows.
pub(super) struct Shell {
    pub(super) settings: Settings,
    pub(super) keeper: Keeper,
    pub(super) waker: Waker,
    pub(super) errand: Errand,
    pub(super) chooser: Arc<dyn Chooser>,
    pub(super) notes: notes::Notes,
    /// A path that is typed into the menu.
    pub(super) path: String,
}

/// The application, as a window.
pub struct App {
    pub(super) open: Open,
    pub(super) shell: Shell,
    pub(super) actions: Actions,
}

impl App {
    /// Gives egui the themes and the fonts, before anything is drawn.
    pub fn setup(ctx: &Context) {
        theme::install(ctx);
        fonts::install(ctx);
    }

    /// A window that shows a moment which does not change.
    ///
    /// # Errors
    /// The system's, where it gives no threads.
    pub fn of_scene(ctx: &Context, scene: Scene, language: Language, chooser: Arc<dyn Chooser>) -> io::Result<Self> {
        let settings = Settings { language, ..Settings::default() };
        Self::new(ctx, Desk::Still(Box::new(scene)), settings, Keeper::default(), chooser)
    }

    pub(super) fn new(ctx: &Context, desk: Desk, settings: Settings, keeper: Keeper, chooser: Arc<dyn Chooser>) -> io::Result<Self> {
        let waker = Waker::new(ctx);
        let open = Open::new(desk, &waker)?;
        let shell =
            Shell { settings, keeper, waker, errand: Errand::default(), chooser, notes: notes::Notes::default(), path: String::new() };
        Ok(Self { open, shell, actions: Vec::new() })
    }

    /// A window with a lab that can be run.
    ///
    /// # Errors
    /// The system's, where it gives no threads.
    pub fn of_lab(ctx: &Context, lab: Lab, language: Language, chooser: Arc<dyn Chooser>) -> Result<Self, Message> {
        let settings = Settings { language, ..Settings::default() };
        let new = Self::new(ctx, Desk::live(lab)?, settings, Keeper::default(), chooser);
        new.map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
    }

    /// A window with the lab or the recording in `file`.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn of_file(ctx: &Context, file: &Path, language: Language, chooser: Arc<dyn Chooser>) -> Result<Self, Message> {
        let first = |mut problems: Vec<Message>| problems.swap_remove(0);
        let desk = Desk::of(lab::open(file).map_err(first)?, file)?;
        let settings = Settings { language, ..Settings::default() };
        Self::new(ctx, desk, settings, Keeper::default(), chooser).map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
    }

    /// Shows what went wrong before there was a window.
    pub(super) fn tell(&mut self, problems: Vec<Message>) {
        for problem in problems {
            self.shell.notes.say(problem);
        }
    }

    /// Chooses a row, as a click on it does.
    pub fn choose_row(&mut self, n: u64) {
        self.open.log.choose(n);
    }

    /// Whether every row there is was looked at by the filter and by the counters.
    pub fn is_settled(&self) -> bool {
        let newest = self.open.desk.store().newest();
        self.open.log.is_settled()
            && self.open.details.is_settled(&self.open.log, newest)
            && self.open.counting.counted().activity.read() >= newest
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.shell.waker.begin(frame.info().cpu_usage);
        self.open.log.update();
        self.open.details.update(&self.open.log);
        for loss in self.open.desk.new_losses() {
            self.shell.notes.say(loss);
        }
        if let Some(outcome) = self.shell.errand.outcome() {
            action::came(self, outcome);
        }
        let zoom = ctx.zoom_factor();
        if zoom != self.shell.settings.zoom {
            self.shell.settings.zoom = zoom;
            self.shell.keeper.write(self.shell.settings);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let look = Look::of(ui, self.shell.settings.language);
        let counted = self.open.counting.counted();
        let scene = self.open.desk.scene(&counted);
        let known = |name: &String| scene.program(name).is_some();
        if !self.open.program.as_ref().is_some_and(known) {
            self.open.program = scene.programs.first().map(|line| line.spec.name.clone());
        }
        command::pressed(ui.ctx(), &mut self.actions);
        self.frame(ui, &scene, &counted, &look);
        launch::show(ui, &mut self.open.leaving, &look, &mut self.actions);
        tick(ui, &scene);
        for action in std::mem::take(&mut self.actions) {
            action::run(self, ui.ctx(), action);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// Draws again while a call is blocked: its time ticks, ten times a second at first, then once.
fn tick(ui: &Ui, scene: &Scene) {
    let youngest = scene.open.iter().map(|open| scene.now.saturating_sub(open.t0)).min();
    let pause = match youngest {
        _ if scene.soon => 100,
        None => return,
        Some(age) if age < 10_000_000_000 => 100,
        Some(_) => 1_000,
    };
    ui.ctx().request_repaint_after(Duration::from_millis(pause));
}

/// A bar or side of the window, in one colour and without margins.
fn flat(fill: Color32) -> Frame {
    Frame::new().fill(fill).inner_margin(Margin::ZERO)
}

impl App {
    fn frame(&mut self, ui: &mut Ui, scene: &Scene, counted: &Counted, look: &Look) {
        let size = ui.max_rect().size();
        let (panel, actions) = (flat(look.roles.panel), &mut self.actions);
        let Self { open, shell, .. } = self;
        Panel::top("top").exact_size(40.0).resizable(false).frame(panel).show(ui, |ui| {
            let menus = Menus {
                settings: shell.settings,
                show_lab: open.log.show_lab,
                follow: open.log.follow,
                path: &mut shell.path,
                titled: size.x >= 1000.0,
            };
            top_bar::show(ui, scene, menus, look, actions);
        });
        Panel::bottom("status").exact_size(24.0).resizable(false).frame(panel).show(ui, |ui| status_bar::show(ui, scene, look));
        shell.notes.show(ui, look);
        let narrow = size.x < 1150.0;
        let width = if narrow { 52.0 } else { 200.0 };
        Panel::left("programs").exact_size(width).resizable(false).frame(panel).show(ui, |ui| {
            program_list::show(ui, scene, &mut open.list, open.program.as_deref(), narrow, look, actions);
        });
        if open.details.is_open(&open.log) {
            let (width, most) = if narrow { (276.0, 340.0) } else { (306.0, 560.0) };
            // A panel for each kind of window: what a person made wide there may be too wide here.
            let side = Panel::right(if narrow { "details narrow" } else { "details" }).resizable(true);
            side.default_size(width).size_range(264.0..=most).frame(panel).show(ui, |ui| {
                open.details.show(ui, &mut open.log, scene, shell.settings.charset, look, actions);
            });
        }
        let folded = narrow || size.y < 720.0;
        program(ui, open, scene, counted, folded, look, actions);
    }
}

/// The chosen program, and the log.
fn program(ui: &mut Ui, open: &mut Open, scene: &Scene, counted: &Counted, folded: bool, look: &Look, actions: &mut Actions) {
    let panel = flat(look.roles.panel);
    if let Some(line) = open.program.as_deref().and_then(|name| scene.program(name)) {
        Panel::top("header").exact_size(44.0).resizable(false).frame(flat(look.roles.surface)).show(ui, |ui| {
            header::show(ui, scene, line, look, actions);
        });
        if folded {
            let unfolded = &mut open.unfolded;
            Panel::top("summary").exact_size(34.0).resizable(false).frame(panel).show(ui, |ui| {
                if form::summary(ui, line, *unfolded, look) {
                    *unfolded = !*unfolded;
                }
            });
        }
        if !folded || open.unfolded {
            Panel::top("form").resizable(false).frame(panel).show(ui, |ui| {
                form::show(ui, scene, line, counted, &mut open.drafts, look, actions);
            });
        }
        if !scene.is_recorded() {
            let height = if open.send_box.has_error() { 60.0 } else { 38.0 };
            Panel::bottom("send").exact_size(height).resizable(false).frame(panel).show(ui, |ui| {
                open.send_box.show(ui, scene, line, look, actions);
            });
        }
    }
    Panel::top("tools").exact_size(34.0).resizable(false).frame(panel).show(ui, |ui| tools::show(ui, &mut open.log, look, actions));
    CentralPanel::default().frame(flat(look.roles.surface)).show(ui, |ui| {
        let whole = ui.available_rect_before_wrap();
        open.log.show(ui, scene, look);
        if open.log.is_empty() && scene.open.is_empty() {
            let below = whole.with_min_y(whole.top() + theme::HEAD);
            ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| empty::show(ui, scene, look, actions));
        }
    });
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("program", &self.open.program).finish_non_exhaustive()
    }
}
