//! Calls one by one: what the head of a program and the lane of a thread offer to hold its calls and to let them go.

use egui::{RichText, Ui};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_EXPAND_MORE, ICON_FRONT_HAND, ICON_RESUME, ICON_STEP};

use super::action;
use super::app::App;
use super::command::{Action, Actions, Command};
use super::look::Look;
use super::scene::{ProgramLine, Scene};
use super::theme;
use crate::program;
use crate::text;
use crate::text::Message;
use crate::trace::gate::{Go, Goal};
use crate::trace::{OpenCall, ThreadId, notation};

/// What is shown beside a call that is held.
pub(crate) const HELD: MaterialIcon = ICON_FRONT_HAND;

/// What a command asks of the calls of the chosen program; none for the others.
pub(crate) const fn asked(command: Command) -> Option<Go> {
    match command {
        Command::Step => Some(Go::Step),
        Command::StepOn => Some(Go::On),
        Command::StepToAccept => Some(Go::To(Goal::Accept)),
        Command::StepToRecv => Some(Go::To(Goal::Recv)),
        Command::StepToError => Some(Go::To(Goal::Error)),
        _ => None,
    }
}

/// Does what was asked of the chosen program. One that does not run is started, held before its first call.
pub(super) fn run(app: &mut App, ctx: &egui::Context, go: Go) {
    let Some(name) = app.open.program.clone() else { return };
    let is_running = app.open.desk.is_running(&name);
    let action = if is_running { Action::Tell(name, program::Command::Step(None, go)) } else { Action::StartHeld(name) };
    action::run(app, ctx, action);
}

/// The call of a program that is held, the longest first.
pub(crate) fn held<'scene>(scene: &'scene Scene, line: &ProgramLine) -> Option<&'scene OpenCall> {
    scene.open.iter().find(|open| open.held && Some(open.program) == line.id)
}

/// Before which call: `before recv(1024) s2`.
pub(crate) fn before(open: &OpenCall) -> Message {
    let socket = open.socket.map(|socket| format!(" {socket}")).unwrap_or_default();
    text!("ui-step-held", call = format!("{}{socket}", notation::call(open.call, &open.args)))
}

/// Draws, from the right, what lets the calls of a running program go, or begins to hold them.
pub(crate) fn buttons(ui: &mut Ui, line: &ProgramLine, look: &Look, actions: &mut Actions) {
    let keys = |ui: &Ui, command: Command| ui.ctx().format_shortcut(&command.row().keys);
    let tip = |ui: &Ui, command: Command| format!("{} ({})", look.say(&(command.row().tooltip)()), keys(ui, command));
    if !line.is_stepped {
        let hold = look.icon_button(ui, HELD, &look.say(&text!("ui-step-hold")));
        if hold.on_hover_text(look.say(&text!("ui-step-hold-tip", keys = keys(ui, Command::Step)))).clicked() {
            actions.push(Action::Run(Command::Step));
        }
        return;
    }
    let more = look.icon_button(ui, ICON_EXPAND_MORE, &look.say(&text!("ui-step-to")));
    egui::Popup::menu(&more).show(|ui| {
        for command in [Command::StepToAccept, Command::StepToRecv, Command::StepToError] {
            let words = look.say(&(command.row().name)());
            let keys = RichText::new(keys(ui, command)).font(theme::mono(11.0)).color(look.roles.text2);
            let item = super::look::named(ui.add(egui::Button::new(&words).right_text(keys)), egui::Role::MenuItem, &words);
            if item.on_hover_text(look.say(&(command.row().tooltip)())).clicked() {
                actions.push(Action::Run(command));
                ui.close();
            }
        }
    });
    let tip_on = tip(ui, Command::StepOn);
    if look.button(ui, ICON_RESUME, &look.say(&text!("ui-step-on"))).on_hover_text(tip_on).clicked() {
        actions.push(Action::Run(Command::StepOn));
    }
    let tip_step = tip(ui, Command::Step);
    if look.button(ui, ICON_STEP, &look.say(&text!("ui-step-step"))).on_hover_text(tip_step).clicked() {
        actions.push(Action::Run(Command::Step));
    }
}

/// Draws what lets the call of one thread go; what was pressed is returned.
pub(crate) fn of_thread(ui: &mut Ui, name: &str, thread: ThreadId, look: &Look) -> Option<program::Command> {
    let mut button = |icon: MaterialIcon, words: Message| look.icon_button(ui, icon, &look.say(&words)).clicked();
    let steps = button(ICON_STEP, text!("ui-step-thread", thread = name));
    let runs = button(ICON_RESUME, text!("ui-step-thread-on", thread = name));
    let go = if steps { Some(Go::Step) } else { runs.then_some(Go::On) };
    go.map(|go| program::Command::Step(Some(thread), go))
}
