//! One lane: the name of a thread and what it is in, and its calls as bars over time.

use std::time::Duration;

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_HOURGLASS_TOP, ICON_MORE_HORIZ, ICON_STOP, ICON_STOP_CIRCLE};

use super::{NAME, track};
use crate::text;
use crate::text::Message;
use crate::trace::threads::{KnownThread, Step};
use crate::trace::{OpenCall, ThreadId, notation};
use crate::ui::command::Action;
use crate::ui::look::{Look, line_of, paint_line};
use crate::ui::scene::{Phase, ProgramLine, Scene};
use crate::ui::stepping::{self, HELD};
use crate::ui::theme;

/// From which length on a call that returned is said to have waited, in nanoseconds.
const WAITED: u64 = 5_000_000;
/// The width of what lets a held call go.
const STEPS: f32 = 62.0;
/// The least width of a bar.
const BAR: f32 = 3.0;

/// The time in view, and where it stands.
pub(super) struct Axis {
    pub(super) begin: u64,
    pub(super) span: u64,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Axis {
    /// Where a time stands.
    pub(super) fn x(&self, at: u64) -> f32 {
        let part = (at as f64 - self.begin as f64) / self.span as f64;
        self.left + (self.right - self.left) * part.clamp(-0.01, 1.01) as f32
    }

    pub(super) const fn end(&self) -> u64 {
        self.begin.saturating_add(self.span)
    }
}

/// A thread, and the call it is in.
pub(super) struct Lane<'known> {
    pub(super) thread: &'known KnownThread,
    id: ThreadId,
    open: Option<OpenCall>,
    /// Its program, while that runs.
    running: Option<&'known ProgramLine>,
}

/// What a thread is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A person holds it before a call.
    Held,
    /// In a call that has not returned.
    Blocked,
    /// Its program was asked to stop, and it has not come to its end.
    Stopping,
    /// In no call.
    Idle,
    /// At its end.
    Ended,
}

impl State {
    const fn icon(self) -> MaterialIcon {
        match self {
            Self::Held => HELD,
            Self::Blocked => ICON_HOURGLASS_TOP,
            Self::Stopping => ICON_STOP_CIRCLE,
            Self::Idle => ICON_MORE_HORIZ,
            Self::Ended => ICON_STOP,
        }
    }

    const fn colour(self, look: &Look) -> Color32 {
        match self {
            Self::Held => look.roles.text,
            Self::Blocked | Self::Stopping => look.roles.wait,
            Self::Idle | Self::Ended => look.roles.text2,
        }
    }
}

impl<'known> Lane<'known> {
    pub(super) fn of(id: ThreadId, thread: &'known KnownThread, scene: &'known Scene) -> Self {
        let running = scene.programs.iter().find(|line| line.id == Some(thread.program) && line.phase.is_running());
        Self { thread, id, open: scene.open.iter().find(|open| open.thread == id).cloned(), running }
    }

    fn state(&self) -> State {
        match (&self.open, self.running) {
            _ if self.thread.ended.is_some() => State::Ended,
            (Some(open), _) if open.held => State::Held,
            (_, Some(line)) if line.phase == Phase::Stopping => State::Stopping,
            (Some(_), _) => State::Blocked,
            (None, _) => State::Idle,
        }
    }

    /// Draws, over a lane that is held, what lets its call go; returns what was pressed.
    pub(super) fn steps(&self, ui: &mut Ui, rect: Rect, look: &Look) -> Option<Action> {
        let line = self.running.filter(|_| self.state() == State::Held)?;
        let area = Rect::from_x_y_ranges(rect.left() + NAME - STEPS..=rect.left() + NAME - 4.0, rect.y_range());
        let show = |ui: &mut Ui| ui.horizontal_centered(|ui| stepping::of_thread(ui, &self.thread.name, self.id, look)).inner;
        let command = ui.scope_builder(egui::UiBuilder::new().max_rect(area), show).inner;
        command.map(|command| Action::Tell(line.spec.name.clone(), command))
    }

    /// What the thread is in, in words.
    fn told(&self, scene: &Scene) -> Message {
        let time = |from: u64| notation::duration(rounded(scene.told.saturating_sub(from)));
        match (&self.open, self.thread.ended) {
            (Some(open), _) if open.held => stepping::before(open),
            (Some(open), _) if self.state() == State::Stopping => {
                text!("ui-threads-stopping-in", call = notation::call(open.call, &open.args), socket = socket(open.socket))
            }
            (None, None) if self.state() == State::Stopping => text!("ui-phase-stopping"),
            (Some(open), _) => {
                let call = notation::call(open.call, &open.args);
                text!("ui-threads-waits", call = call, socket = socket(open.socket), time = time(open.t0))
            }
            (None, Some(_)) => text!("ui-threads-has-ended"),
            (None, None) => match self.thread.steps().next_back() {
                Some(step) => text!("ui-threads-idle", call = step.call.name(), socket = socket(step.socket)),
                None => text!("ui-threads-no-call"),
            },
        }
    }

    /// Draws the lane; returns the number of a call's row that was clicked.
    pub(super) fn show(&self, ui: &Ui, rect: Rect, axis: &Axis, scene: &Scene, chosen: Option<u64>, look: &Look) -> Option<u64> {
        let roles = look.roles;
        let name = format!("{}/{}", scene.names.program_name(self.thread.program), self.thread.name);
        let (state, told) = (self.state(), look.say(&self.told(scene)));
        let id = ui.scope_id().with(("lane", self.thread.program.0, &*self.thread.name, self.thread.begun));
        let area = track(rect, axis);
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}: {told}")));
        look.ring(ui, rect, &response);
        let quiet = self.thread.ended.is_some();
        let x = rect.left() + theme::EDGE;
        let width = NAME - theme::EDGE - 8.0 - if state == State::Held { STEPS } else { 0.0 };
        paint_line(ui, x, rect.top() + 15.0, line_of(&[(&name, theme::strong(12.0), if quiet { roles.text2 } else { roles.text })], width));
        paint_line(ui, x, rect.top() + 32.0, line_of(&[(state.icon().codepoint, theme::icon(13.0), state.colour(look))], 16.0));
        paint_line(ui, x + 17.0, rect.top() + 32.0, line_of(&[(&told, theme::plain(11.0), state.colour(look))], width - 17.0));
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, roles.line));
        let pointer = response.hover_pos().filter(|at| area.contains(*at));
        let mut pointed = None;
        for step in self.thread.steps().filter(|step| step.t1 >= axis.begin && step.t0 <= axis.end()) {
            let bar = bar(area, axis, step.t0, step.t1);
            paint(ui, bar, &Bar::of(step, chosen, look), &notation_of(step), look);
            // Of several in one place the last is meant: it is drawn over the others.
            if pointer.is_some_and(|at| bar.expand2(egui::vec2(1.0, 8.0)).contains(at)) {
                pointed = Some(*step);
            }
        }
        if let Some(open) = self.open.as_ref().filter(|open| !open.held && open.t0 <= axis.end()) {
            let bar = bar(area, axis, open.t0, scene.told.max(open.t0));
            let words = format!("{} …", notation::call(open.call, &open.args));
            paint(ui, bar, &Bar { fill: roles.wait_soft, edge: roles.wait, text: roles.wait, is_chosen: false }, &words, look);
        }
        let Some(pointed) = pointed else {
            // By the keyboard, or beside all calls: the newest.
            return response.clicked().then(|| self.thread.steps().next_back()).flatten().map(|step| step.n);
        };
        let clicked = response.clicked().then_some(pointed.n);
        response.on_hover_text(look.say(&about(&pointed)));
        clicked
    }
}

/// How a call is drawn.
struct Bar {
    fill: Color32,
    edge: Color32,
    text: Color32,
    is_chosen: bool,
}

impl Bar {
    fn of(step: &Step, chosen: Option<u64>, look: &Look) -> Self {
        let roles = look.roles;
        let is_chosen = chosen == Some(step.n);
        if step.failed {
            Self { fill: roles.error_soft, edge: roles.error, text: roles.error, is_chosen }
        } else if step.t1 - step.t0 > WAITED {
            Self { fill: roles.wait_soft, edge: roles.wait, text: roles.text, is_chosen }
        } else {
            Self { fill: roles.text2, edge: roles.text2, text: roles.text, is_chosen }
        }
    }
}

fn bar(area: Rect, axis: &Axis, t0: u64, t1: u64) -> Rect {
    let (left, right) = (axis.x(t0), axis.x(t1));
    Rect::from_x_y_ranges(left..=right.max(left + BAR), area.center().y - 9.0..=area.center().y + 9.0)
}

fn paint(ui: &Ui, bar: Rect, how: &Bar, words: &str, look: &Look) {
    let painter = ui.painter().with_clip_rect(bar.intersect(ui.clip_rect()));
    painter.rect(bar, 2.0, how.fill, Stroke::new(1.0, how.edge), StrokeKind::Inside);
    if bar.width() > 40.0 {
        painter.text(pos2(bar.left() + 5.0, bar.center().y), Align2::LEFT_CENTER, words, theme::mono(11.0), how.text);
    }
    if how.is_chosen {
        ui.painter().rect_stroke(bar.expand(2.0), 2.0, Stroke::new(1.5, look.roles.accent), StrokeKind::Outside);
    }
}

fn notation_of(step: &Step) -> String {
    format!("{}()", step.call.name())
}

fn about(step: &Step) -> Message {
    let took = notation::duration(Duration::from_nanos(step.t1.saturating_sub(step.t0)));
    text!("ui-threads-step", row = step.n.to_string(), call = step.call.name(), socket = socket(step.socket), took = took)
}

fn socket(socket: Option<crate::trace::SocketId>) -> String {
    socket.map(|socket| socket.to_string()).unwrap_or_default()
}

/// As finely as it is told: what waits long is told in seconds.
fn rounded(nanoseconds: u64) -> Duration {
    Duration::from_millis(nanoseconds / 100_000_000 * 100)
}
