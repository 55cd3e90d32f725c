//! A socket call by call: what each socket of a program that is driven by hand is, which calls make sense next, and what waits.
//!
//! All that is seen is derived from the trace; what a person presses goes to the program and is kept in the lab. The view holds only what is chosen and typed.

mod argument;
mod buffer;
mod card;
mod methods;
mod waits;

use std::sync::Arc;

use egui::{Button, RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_ADD, ICON_CLEAR_ALL, ICON_REPLAY};

use self::argument::Draft;
use super::command::{Action, Actions};
use super::counting::Counted;
use super::look::{Look, inset, named};
use super::scene::{ProgramLine, Scene};
use super::theme;
use super::threads::ThreadLanes;
use crate::program::ProgramKind;
use crate::program::manual::{Method, Press};
use crate::text;
use crate::text::Message;
use crate::trace::stages::Stages;
use crate::trace::{Kind, Life, Record, SocketId, ThreadId, notation};
use crate::wire::Charset;

/// The least height of the lanes.
const LANES: f32 = 150.0;
/// Below which height of the view the lanes, which have one of their own, make way.
const LOW: f32 = 380.0;

/// What is chosen and typed.
#[derive(Debug)]
pub(crate) struct Calls {
    /// The chosen socket; none for the newest.
    socket: Option<SocketId>,
    draft: Draft,
    /// Whether buttons tell what makes sense.
    hints: bool,
}

impl Default for Calls {
    fn default() -> Self {
        Self { socket: None, draft: Draft::default(), hints: true }
    }
}

/// What a frame of the view is drawn from.
struct Sight<'a> {
    scene: &'a Scene,
    line: &'a ProgramLine,
    stages: &'a Stages,
    counted: &'a Counted,
    charset: Charset,
    look: &'a Look,
}

impl Sight<'_> {
    /// The name of a socket in its program.
    fn name_of(&self, socket: SocketId) -> Option<&str> {
        self.line.by_hand.iter().find(|(_, id)| *id == socket).map(|(name, _)| name.as_str())
    }

    /// The threads of the program that make calls: their numbers, and what each is in the trace.
    fn threads(&self) -> Vec<(u32, ThreadId)> {
        let of = |(id, thread): (ThreadId, &crate::trace::threads::KnownThread)| {
            let number = thread.name.strip_prefix("thread ")?.parse().ok()?;
            (Some(thread.program) == self.line.id && thread.ended.is_none()).then_some((number, id))
        };
        let mut threads = self.counted.threads.all().filter_map(of).collect::<Vec<_>>();
        threads.sort_unstable();
        threads
    }

    /// Whether that thread is blocked.
    fn is_blocked(&self, thread: ThreadId) -> bool {
        self.scene.open.iter().any(|open| open.thread == thread)
    }

    /// A name that no socket of the program has yet, and no program of the lab.
    fn free_name(&self) -> String {
        let letters = ('a'..='z').map(String::from).chain((1_u32..).map(|number| format!("s{number}")));
        let is_taken = |name: &str| {
            self.line.by_hand.iter().any(|(known, _)| known == name)
                || self.line.spec.calls.iter().any(|call| call.makes() == Some(name))
                || self.scene.program(name).is_some()
        };
        letters.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
    }
}

impl Calls {
    /// Draws what stands at the right of the tab.
    pub(crate) fn tools(&mut self, ui: &mut Ui, line: &ProgramLine, look: &Look, actions: &mut Actions) {
        if line.spec.kind != ProgramKind::Manual {
            return;
        }
        let name = &line.spec.name;
        let has_calls = !line.spec.calls.is_empty();
        ui.add_enabled_ui(has_calls, |ui| {
            if look.icon_button(ui, ICON_CLEAR_ALL, &look.say(&text!("ui-calls-clear", count = line.spec.calls.len()))).clicked() {
                let mut spec = line.spec.clone();
                spec.calls.clear();
                actions.push(Action::Edit(name.clone(), Box::new(spec)));
            }
            if look.icon_button(ui, ICON_REPLAY, &look.say(&text!("ui-calls-replay", count = line.spec.calls.len()))).clicked() {
                actions.push(if line.phase.is_running() { Action::Restart(name.clone()) } else { Action::Start(name.clone()) });
            }
        });
        ui.add_space(6.0);
        ui.checkbox(&mut self.hints, look.say(&text!("ui-calls-hints"))).on_hover_text(look.say(&text!("ui-calls-hints-tip")));
    }

    /// Draws the view; the number of a row that was clicked is returned.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        (scene, line): (&Scene, Option<&ProgramLine>),
        counted: &Counted,
        (lanes, chosen): (&ThreadLanes, Option<u64>),
        (charset, look): (Charset, &Look),
        actions: &mut Actions,
    ) -> Option<u64> {
        let Some(line) = line.filter(|line| line.spec.kind == ProgramKind::Manual) else {
            other(ui, scene, look, actions);
            return None;
        };
        let stages: &Arc<Stages> = &counted.stages;
        let sight = Sight { scene, line, stages, counted, charset, look };
        let mut row = None;
        let whole = ui.available_height();
        let has_lanes = whole >= LOW;
        let height = if has_lanes { (whole - LANES).max(whole * 0.55) } else { whole };
        ScrollArea::vertical().id_salt("calls").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.add_space(6.0);
            self.sockets(ui, &sight);
            ui.separator();
            if !scene.is_recorded() {
                self.choose(ui, &sight);
                ui.separator();
                self.line(ui, &sight, actions);
            }
            row = said(ui, &sight);
            waits::show(ui, &sight, actions);
            if matches!(self.draft.method, Method::RecvInto | Method::RecvFromInto) {
                buffer::show(ui, &sight, self.draft.thread(&sight));
            }
            ui.add_space(6.0);
        });
        if !has_lanes {
            return row;
        }
        ui.separator();
        lanes.show(ui, scene, counted, (line.id, chosen), look, actions).or(row)
    }

    /// The socket that is chosen, else the newest.
    fn socket(&self, sight: &Sight<'_>) -> Option<SocketId> {
        let all = || sight.line.id.into_iter().flat_map(|program| sight.stages.of(program)).map(|(id, _)| id);
        self.socket.filter(|chosen| all().any(|id| id == *chosen)).or_else(|| all().last())
    }

    fn sockets(&mut self, ui: &mut Ui, sight: &Sight<'_>) {
        let chosen = self.socket(sight);
        inset(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(8.0, 8.0);
            let program = sight.line.id;
            for (id, known) in program.into_iter().flat_map(|program| sight.stages.of(program)) {
                if card::show(ui, sight, id, known, chosen == Some(id)) {
                    self.socket = Some(id);
                    if self.draft.method == Method::Socket {
                        self.draft.method = Method::Bind;
                    }
                }
            }
            if !sight.scene.is_recorded() {
                let words = sight.look.say(&text!("ui-calls-new-socket"));
                let tip = sight.look.say(&text!("ui-calls-new-socket-tip"));
                if sight.look.button(ui, ICON_ADD, &words).on_hover_text(tip).clicked() {
                    self.draft.method = Method::Socket;
                }
            }
        });
    }

    fn choose(&mut self, ui: &mut Ui, sight: &Sight<'_>) {
        let known = self.socket(sight).and_then(|id| sight.stages.socket(id));
        if let Some(method) = methods::show(ui, known, self.draft.method, self.hints, sight.look) {
            self.draft.method = method;
        }
    }

    /// The chosen call with its arguments, its thread and its button.
    fn line(&mut self, ui: &mut Ui, sight: &Sight<'_>, actions: &mut Actions) {
        let look = sight.look;
        let socket = self.socket(sight);
        let name = if self.draft.method == Method::Socket {
            Some(sight.free_name())
        } else {
            socket.and_then(|socket| sight.name_of(socket)).map(str::to_owned)
        };
        let press = name.map(|name| self.draft.press(&name, sight));
        inset(ui, |ui| {
            let on = if self.draft.method == Method::Socket { None } else { socket };
            let head = on.map_or_else(|| self.draft.method.name().to_owned(), |id| format!("{id}.{}", self.draft.method.name()));
            ui.label(RichText::new(head).font(theme::mono(14.0)));
            self.draft.arguments(ui, sight);
            self.draft.threads(ui, sight);
            let words = look.say(&text!("ui-calls-call", call = self.draft.method.name()));
            let button =
                Button::new(RichText::new(&words).font(theme::strong(13.0)).color(look.roles.on_accent)).fill(look.roles.accent_fill);
            let ready = press.as_ref().is_some_and(Result::is_ok);
            let response = named(ui.add_enabled(ready, button.min_size(egui::vec2(0.0, theme::BUTTON))), egui::Role::Button, &words);
            let tip = look.say(&text!("ui-calls-call-tip", python = self.draft.method.python()));
            if response.on_hover_text(tip).clicked()
                && let Some(Ok(press)) = &press
            {
                actions.push(Action::Press(sight.line.spec.name.clone(), Box::new(press.clone())));
                if self.draft.method == Method::Socket {
                    self.socket = None;
                    self.draft.method = Method::Bind;
                }
            }
        });
        let wrong = match &press {
            Some(Ok(_)) => None,
            Some(Err(wrong)) => Some(wrong.clone()),
            None if sight.line.phase.is_running() => Some(text!("ui-calls-no-socket")),
            None => Some(text!("ui-calls-not-running")),
        };
        if let Some(wrong) = wrong {
            inset(ui, |ui| {
                ui.label(RichText::new(look.say(&wrong)).font(theme::plain(12.0)).color(look.roles.error));
            });
        }
    }
}

/// What the last call said, and what it means; the row that is asked for.
fn said(ui: &mut Ui, sight: &Sight<'_>) -> Option<u64> {
    let look = sight.look;
    let record: &Record = sight.stages.last(sight.line.id?)?;
    let socket = record.socket.map(|socket| format!("{socket}.")).unwrap_or_default();
    let (words, wrong) = match (&record.kind, record.errno()) {
        (Kind::Call(call, args), Some(errno)) => {
            let meaning = crate::net::meaning(*call, errno, args).says;
            (
                text!(
                    "ui-calls-failed",
                    call = format!("{socket}{}", notation::call(*call, args)),
                    errno = errno.name(),
                    meaning = meaning
                ),
                true,
            )
        }
        (Kind::Call(call, args), None) => {
            let library = call.is_of_library();
            let call = format!("{socket}{}", notation::call(*call, args));
            let result = notation::outcome(record);
            (
                if library {
                    text!("ui-calls-library", call = call, result = result)
                } else {
                    text!("ui-calls-said", call = call, result = result)
                },
                false,
            )
        }
        (Kind::Life(Life::Told(message)), _) => (message.clone(), false),
        _ => return None,
    };
    let mut clicked = None;
    inset(ui, |ui| {
        let colour = if wrong { look.roles.error } else { look.roles.text };
        ui.label(RichText::new(look.say(&words)).font(theme::plain(12.0)).color(colour));
        let link = look.say(&text!("ui-card-row", row = record.n.to_string()));
        if ui.link(RichText::new(link).font(theme::plain(12.0))).clicked() {
            clicked = Some(record.n);
        }
    });
    clicked
}

/// For every other program: what the view is for.
fn other(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        look.secondary(ui, look.say(&text!("ui-calls-for")));
        look.secondary(ui, look.say(&text!("ui-calls-for-more")));
        ui.add_space(8.0);
        if scene.is_recorded() {
            return;
        }
        let manual = scene.programs.iter().find(|line| line.spec.kind == ProgramKind::Manual);
        let words = manual
            .map_or_else(|| look.say(&text!("ui-calls-add")), |line| look.say(&text!("ui-calls-go", program = line.spec.name.as_str())));
        if look.button(ui, ICON_ADD, &words).clicked() {
            actions.push(manual.map_or(Action::Add(ProgramKind::Manual), |line| Action::Choose(line.spec.name.clone())));
        }
    });
}

/// What a person may press, for one socket by that name.
type Pressed = Result<Press, Message>;
