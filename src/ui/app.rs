//! The window's state, and the order of a frame: take in, draw, do what was asked for.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Color32, Context, Frame, Margin, Panel, Ui, Vec2};

use super::command::Actions;
use super::counting::Counted;
use super::desk::Desk;
use super::dialog::{Chooser, Dialogs};
use super::document::{self, Unsaved};
use super::errand::Errand;
use super::log::Told;
use super::look::Look;
use super::now::Now;
use super::opened::Open;
use super::overlay::Overlays;
use super::room::{self, Layout, RAIL, Room};
use super::scene::Scene;
use super::settings::{Keeper, Place, Settings};
use super::tools::{self, Tools};
use super::top_bar::{self, Menus};
use super::waker::Waker;
use super::{action, fonts, lab_menu, launch, middle, notes, overwrite, program_list, shortcuts, status_bar, theme, ticking};
use crate::lab::{self, Lab, Session};
use crate::text;
use crate::text::{Language, Message};

/// What belongs to the window, whatever it shows.
pub(super) struct Shell {
    pub(super) settings: Settings,
    /// The settings as they were written last, and when.
    kept: (Settings, Option<Instant>),
    /// Whether the window stands where it can be seen.
    placed: bool,
    pub(super) keeper: Keeper,
    pub(super) waker: Waker,
    pub(super) errand: Errand,
    pub(super) unsaved: Unsaved,
    pub(super) dialogs: Dialogs,
    pub(super) notes: notes::Notes,
    pub(super) overlays: Overlays,
    pub(super) tools: Tools,
    /// A path that is typed into the menu.
    pub(super) path: String,
    /// The title of the window, as the system was told it last.
    title: String,
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
        let settings = Settings::of_caller(language);
        Self::new(ctx, Desk::Still(Box::new(scene)), None, settings, Keeper::default(), chooser)
    }

    pub(super) fn new(
        ctx: &Context,
        desk: Desk,
        file: Option<&Path>,
        mut settings: Settings,
        keeper: Keeper,
        chooser: Arc<dyn Chooser>,
    ) -> io::Result<Self> {
        let waker = Waker::new(ctx);
        let kept = (settings.clone(), None);
        if let Some(file) = file {
            document::remember(&mut settings.recent, file);
        }
        let open = Open::new(desk, file.map(Path::to_owned), &waker)?;
        let (errand, unsaved, notes, overlays) = (Errand::default(), Unsaved::default(), notes::Notes::default(), Overlays::default());
        let shell = Shell {
            settings,
            kept,
            placed: false,
            keeper,
            waker,
            errand,
            unsaved,
            dialogs: Dialogs::new(chooser),
            notes,
            overlays,
            tools: Tools::default(),
            path: String::new(),
            title: String::new(),
        };
        Ok(Self { open, shell, actions: Vec::new() })
    }

    /// A window with a lab that can be run.
    ///
    /// # Errors
    /// The system's, where it gives no threads.
    pub fn of_lab(ctx: &Context, lab: Lab, language: Language, chooser: Arc<dyn Chooser>) -> Result<Self, Message> {
        let settings = Settings::of_caller(language);
        let new = Self::new(ctx, Desk::live(lab)?, None, settings, Keeper::default(), chooser);
        new.map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
    }

    /// A window with a session that others may hold too.
    ///
    /// # Errors
    /// The system's, where it gives no threads.
    pub fn of_session(ctx: &Context, session: Arc<Session>, language: Language, chooser: Arc<dyn Chooser>) -> io::Result<Self> {
        let settings = Settings::of_caller(language);
        Self::new(ctx, Desk::Live(session), None, settings, Keeper::default(), chooser)
    }

    /// As [`of_session`](Self::of_session), with the settings that are kept in the file `kept`.
    ///
    /// # Errors
    /// The system's, where it gives no threads.
    pub fn of_settings(ctx: &Context, session: Arc<Session>, kept: &Path, chooser: Arc<dyn Chooser>) -> io::Result<Self> {
        let keeper = Keeper::of_file(kept);
        let settings = keeper.read();
        Self::new(ctx, Desk::Live(session), None, settings, keeper, chooser)
    }

    /// A window with the lab or the recording in `file`.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn of_file(ctx: &Context, file: &Path, language: Language, chooser: Arc<dyn Chooser>) -> Result<Self, Message> {
        let first = |mut problems: Vec<Message>| problems.swap_remove(0);
        let desk = Desk::of(lab::open(file).map_err(first)?, file)?;
        let settings = Settings::of_caller(language);
        Self::new(ctx, desk, Some(file), settings, Keeper::default(), chooser)
            .map_err(|error| text!("ui-note-no-thread", said = error.to_string()))
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

    /// Whether every row there is was looked at by the filter, by the counters and by the conversation where one is shown.
    pub fn is_settled(&self) -> bool {
        let newest = self.open.desk.store().newest();
        self.open.log.is_settled()
            && self.open.details.is_settled(&self.open.log, newest)
            && self.open.counting.counted().activity.read() >= newest
            && self.open.transfers.is_settled(newest)
            && self.open.talk.as_ref().is_none_or(|talk| talk.is_settled(newest))
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.shell.waker.begin(frame.info().cpu_usage);
        self.open.log.update();
        self.open.log.keep(&mut self.shell.settings.log);
        for told in self.open.log.told() {
            match told {
                Told::Done(message) => self.shell.notes.done(message),
                Told::Problem(message) => self.shell.notes.say(message),
            }
        }
        self.open.details.update(&self.open.log);
        for loss in self.open.desk.new_losses() {
            self.shell.notes.say(loss);
        }
        if let Some(outcome) = self.shell.errand.outcome() {
            action::came(self, ctx, outcome);
        }
        self.shell.waker.hide(ctx.input(|input| input.viewport().visible()) == Some(false));
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let look = Look::of(ui, self.shell.settings.language);
        let counted = self.open.counting.counted();
        let mut scene = self.open.desk.scene(&counted);
        self.open.kernel.follow(&self.open.desk, self.shell.settings.kernel);
        if matches!(self.open.desk, Desk::Live(_)) {
            scene.told = self.open.ticking.told(&scene);
        }
        let known = |name: &String| scene.program(name).is_some();
        if !self.open.program.as_ref().is_some_and(known) {
            self.open.program = scene.programs.first().map(|line| line.spec.name.clone());
        }
        if !scene.is_recorded() {
            self.shell.notes.watch(&scene);
        }
        let is_changed = self.open.document.is_changed(&self.open.desk.lab());
        let socket = self.open.details.record(&self.open.log, &scene.store).and_then(|record| record.socket);
        let now =
            Now { socket, log: self.open.log.now(), steps: self.steps(), ..Now::of(&scene, self.open.program.as_deref(), is_changed) };
        self.shell.name(ui.ctx(), &document::window_title(&scene, is_changed, &look));
        shortcuts::pressed(ui.ctx(), &now, &mut self.actions);
        self.frame(ui, &scene, &counted, &now, &look);
        self.shell.overlays.show(ui.ctx(), &scene, &now, &self.shell.notes, &look, &mut self.actions);
        launch::show(ui, &mut self.open.leaving, &look, &mut self.actions);
        overwrite::show(ui, &mut self.open.overwriting, &look, &mut self.actions);
        if let Some(pause) = ticking::pause(&scene).filter(|_| !self.shell.waker.is_hidden()) {
            ui.ctx().request_repaint_after(pause);
        }
        lab_menu::dropped(ui.ctx(), &look, &mut self.actions);
        document::hold(self, ui.ctx());
        document::ask(self, ui.ctx(), &look);
        self.shell.dialogs.show(ui.ctx(), &look);
        for action in std::mem::take(&mut self.actions) {
            action::run(self, ui.ctx(), action);
        }
        let refusal = self.shell.errand.refusal();
        self.tell(refusal.into_iter().collect());
        self.shell.keep(ui.ctx());
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        if self.shell.settings != self.shell.kept.0 {
            self.shell.keeper.write(&self.shell.settings);
        }
        self.shell.keeper.finish(Duration::from_secs(2));
        self.open.desk.finish(Duration::from_secs(2));
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

impl Shell {
    /// Tells the system what the window is called, where it is called otherwise now.
    fn name(&mut self, ctx: &Context, title: &str) {
        if self.title != title {
            title.clone_into(&mut self.title);
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.to_owned()));
        }
    }

    /// Notes zoom and place of the window, and keeps the settings where they were changed: twice a second at most, as a window that is
    /// being resized changes them in every frame.
    fn keep(&mut self, ctx: &Context) {
        self.bring_into_view(ctx);
        let zoom = ctx.zoom_factor();
        self.settings.zoom = zoom;
        self.settings.window = place(ctx, self.settings.window, zoom).or(self.settings.window);
        if self.settings == self.kept.0 {
            return;
        }
        let pause = Duration::from_millis(500);
        match self.kept.1.map(|before| before.elapsed()) {
            Some(since) if since < pause => ctx.request_repaint_after(pause.saturating_sub(since)),
            _ => {
                self.keeper.write(&self.settings);
                self.kept = (self.settings.clone(), Some(Instant::now()));
            }
        }
    }
}

impl Shell {
    /// On a screen other than the one it was on, the window may stand where nothing is shown: it is put into the corner, once.
    fn bring_into_view(&mut self, ctx: &Context) {
        let Some(screen) = ctx.input(|input| input.viewport().monitor_size).filter(|_| !self.placed) else { return };
        self.placed = true;
        let screen = screen * ctx.zoom_factor();
        let other = |place: &Place| place.at.is_some() && (Vec2::from(place.screen) - screen).length() > 2.0;
        if self.settings.window.as_ref().is_some_and(other) {
            ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(egui::pos2(40.0, 40.0)));
        }
    }
}

/// Where the window is now; while it fills the screen, where it was before.
fn place(ctx: &Context, before: Option<Place>, zoom: f32) -> Option<Place> {
    ctx.input(|input| {
        let view = input.viewport();
        let maximized = view.maximized.unwrap_or_default() || view.fullscreen.unwrap_or_default();
        if let Some(before) = before.filter(|_| maximized) {
            return Some(Place { maximized, ..before });
        }
        let inner = view.inner_rect.filter(|_| view.minimized != Some(true))?;
        // Whole points of the screen: the zoom is no matter of the window's size.
        let pair = |one: f32, other: f32| [(one * zoom).round(), (other * zoom).round()];
        let screen = view.monitor_size.map(|size| pair(size.x, size.y)).unwrap_or_default();
        let at = view.outer_rect.map(|rect| pair(rect.left(), rect.top()));
        Some(Place { at, size: pair(inner.width(), inner.height()), screen, maximized })
    })
}

/// A bar or side of the window, in one colour and without margins.
pub(super) fn flat(fill: Color32) -> Frame {
    Frame::new().fill(fill).inner_margin(Margin::ZERO)
}

impl App {
    /// Whether there is something to take back, and something to make again. What was typed and is no value yet is taken back, too.
    fn steps(&self) -> (bool, bool) {
        let (back, again) = self.open.desk.steps();
        let pending = self.open.program.as_ref().is_some_and(|name| self.open.drafts.is_pending(name));
        (back || pending, again)
    }

    fn frame(&mut self, ui: &mut Ui, scene: &Scene, counted: &Counted, now: &Now, look: &Look) {
        let whole = ui.max_rect();
        let room = Room::of(whole.size());
        let (panel, actions) = (flat(look.roles.panel), &mut self.actions);
        let Self { open, shell, .. } = self;
        Panel::top("top").exact_size(40.0).resizable(false).frame(panel).show(ui, |ui| {
            let menus = Menus {
                settings: &shell.settings,
                show_lab: open.log.show_lab,
                follow: open.log.follow,
                file: open.document.file.as_deref(),
                path: &mut shell.path,
                room,
                now,
            };
            top_bar::show(ui, scene, menus, look, actions);
        });
        let status = Panel::bottom("status").exact_size(24.0).resizable(false).frame(panel);
        status.show(ui, |ui| status_bar::show(ui, scene, &shell.notes, room, look, actions));
        shell.notes.show(ui, look);
        let charset = shell.settings.charset;
        let layout = &mut shell.settings.layout;
        let rail = !room.list || layout.rail;
        let side = Panel::left(if rail { "rail" } else { "programs" }).frame(panel);
        let side = if rail {
            side.exact_size(RAIL).resizable(false)
        } else {
            side.default_size(layout.programs).size_range(Layout::PROGRAMS).resizable(true)
        };
        let side = side.show(ui, |ui| {
            program_list::show(ui, scene, &mut open.list, open.program.as_deref(), rail, look, actions);
        });
        if !rail {
            edge(ui, "programs", look);
            layout.programs = dragged(ui, side.response.rect.width(), layout.programs, &Layout::PROGRAMS);
        }
        let beside = ui.available_rect_before_wrap();
        if shell.tools.is_open {
            let row = open.details.record(&open.log, &scene.store);
            let given = tools::Given { scene, courses: &counted.courses, row: row.as_ref(), look };
            shell.tools.show(ui, &mut shell.settings.tools, &given, actions);
            return;
        }
        if let (true, room::Details::Beside(most)) = (open.details.is_open(&open.log), room.details) {
            let (least, width) = (*Layout::DETAILS.start(), layout.details.min(most));
            let side = Panel::right("details").frame(panel).default_size(width).size_range(least..=most).resizable(true);
            let side = side.show(ui, |ui| open.details.show(ui, &mut open.log, scene, charset, look, actions));
            edge(ui, "details", look);
            if most >= layout.details || side.response.rect.width() < most {
                layout.details = dragged(ui, side.response.rect.width(), layout.details, &Layout::DETAILS);
            }
        }
        let folded = !room.form || layout.form_folded;
        middle::show(ui, open, scene, counted, (room, folded, charset), look, actions);
        if open.details.row(&open.log).is_some() && room.details == room::Details::Over {
            middle::details_over(ui, open, beside, scene, charset, look, actions);
        }
    }
}

/// Names the edge by which a side is resized: egui does so in English alone.
fn edge(ui: &Ui, side: &str, look: &Look) {
    let id = ui.scope_id().with(side).with("__resize");
    let name = look.say(&text!("ui-edge", side = side));
    if ui.ctx().has_accesskit_node(id) {
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    }
}

/// The width of a side, in whole points, once a person has let go of its edge; until then the width that was chosen before.
fn dragged(ui: &Ui, width: f32, before: f32, range: &std::ops::RangeInclusive<f32>) -> f32 {
    if ui.input(|input| input.pointer.any_down()) || (width - before).abs() < 1.0 {
        return before;
    }
    width.round().clamp(*range.start(), *range.end())
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("program", &self.open.program).finish_non_exhaustive()
    }
}
