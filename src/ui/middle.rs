//! The middle of the window: the chosen program with its form, and the view of the trace below it.

use egui::{Area, CentralPanel, Id, Order, Panel, Rect, Ui};

use super::app::flat;
use super::command::{Action, Actions, Command};
use super::counting::Counted;
use super::look::Look;
use super::opened::Open;
use super::options::Matter;
use super::room::Room;
use super::scene::{ProgramLine, Scene};
use super::view::View;
use super::{empty, form, header, loads, theme, view_bar};
use crate::program::ProgramKind;
use crate::trace::transfer::is_tftp;
use crate::wire::Charset;

/// The details over the view, where there is no room beside it.
pub(super) fn details_over(ui: &Ui, open: &mut Open, beside: Rect, scene: &Scene, charset: Charset, look: &Look, actions: &mut Actions) {
    let rect = beside.with_min_x((beside.right() - 306.0).max(beside.left() + 120.0));
    Area::new(Id::unique("details over")).order(Order::Middle).fixed_pos(rect.min).constrain(false).show(ui.ctx(), |ui| {
        let frame = flat(look.roles.panel).stroke(egui::Stroke::new(1.0, look.roles.stroke));
        frame.show(ui, |ui| {
            ui.set_width(rect.width() - 2.0);
            ui.set_height(rect.height() - 2.0);
            open.details.show(ui, &mut open.log, scene, charset, look, actions);
        });
    });
    if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        open.details.close(&mut open.log);
    }
}

/// The chosen program, and below it a view of the trace: a conversation, where one was asked for.
pub(super) fn show(
    ui: &mut Ui,
    open: &mut Open,
    scene: &Scene,
    counted: &Counted,
    (room, folded, charset): (Room, bool, Charset),
    look: &Look,
    actions: &mut Actions,
) {
    let line = open.program.as_deref().and_then(|name| scene.program(name));
    if let Some(line) = line {
        program(ui, open, (scene, line), counted, (room, folded), look, actions);
    }
    if let Some(talk) = &mut open.talk {
        let view = CentralPanel::default().frame(flat(look.roles.surface));
        if view.show(ui, |ui| talk.show(ui, &mut open.log, scene, charset, look, actions)).inner {
            open.talk = None;
        }
        return;
    }
    let views = offered(scene, line);
    let view = if views.contains(&open.view) { open.view } else { View::default() };
    Panel::top("tools").exact_size(34.0).resizable(false).frame(flat(look.roles.panel)).show(ui, |ui| {
        view_bar::show(ui, &views, view, look, actions, |ui, actions| match (view, line) {
            (View::Peers, Some(line)) => open.peers.tools(ui, line, &counted.known, &mut open.send_box, look),
            (View::Kernel, _) => open.kernel.tools(ui, look, actions),
            (View::Threads, _) => open.threads.tools(ui, look),
            (View::Calls, Some(line)) => open.calls.tools(ui, line, look, actions),
            (View::Calls, None) | (View::Options, _) => {}
            (View::Transfers, Some(line)) => open.transfers.tools(ui, line, look, actions),
            _ => view_bar::of_log(ui, &mut open.log, room, &scene.names, look, actions),
        });
    });
    let whole = CentralPanel::default().frame(flat(look.roles.surface));
    let row = whole.show(ui, |ui| one(ui, open, (scene, line), counted, (view, charset), look, actions)).inner;
    if let Some(n) = row {
        open.log.choose(n);
    }
}

/// The views that have something to show of what is chosen.
fn offered(scene: &Scene, line: Option<&ProgramLine>) -> Vec<View> {
    let speaks_tftp = line.is_some_and(|line| is_tftp(line.spec.kind.name()));
    let has_matter = |view: &View| match view {
        View::Transfers => speaks_tftp,
        View::Loads => scene.has_loads(),
        _ => true,
    };
    View::ALL.iter().copied().filter(has_matter).collect()
}

/// The header of a program, its form, and the box to send from, where a person may send by it.
fn program(
    ui: &mut Ui,
    open: &mut Open,
    (scene, line): (&Scene, &ProgramLine),
    counted: &Counted,
    (room, folded): (Room, bool),
    look: &Look,
    actions: &mut Actions,
) {
    let panel = flat(look.roles.panel);
    Panel::top("header").exact_size(44.0).resizable(false).frame(flat(look.roles.surface)).show(ui, |ui| {
        header::show(ui, scene, line, look, actions);
    });
    // What is driven by hand is not configured.
    let is_manual = line.spec.kind == ProgramKind::Manual;
    if folded && !is_manual {
        let unfolded = open.unfolded && !room.form;
        Panel::top("summary").exact_size(34.0).resizable(false).frame(panel).show(ui, |ui| {
            if form::summary(ui, line, unfolded, look) {
                actions.push(Action::Run(Command::FoldForm));
            }
        });
    }
    if !is_manual && (!folded || open.unfolded && !room.form) {
        Panel::top("form").resizable(false).frame(panel).show(ui, |ui| {
            let around = open.survey.look(scene, ui.input(|input| input.focused));
            form::show(ui, scene, line, &form::Known { counted, around: &around }, &mut open.drafts, look, actions);
        });
    }
    open.peers.update(scene, line.id);
    open.transfers.update(&counted.transfers, scene, line);
    // What a program of TFTP or HTTP sends is its own affair.
    let kind = line.spec.kind;
    let is_silent = is_tftp(kind.name()) || kind.speaks_http() || kind == ProgramKind::Load || kind.is_link() || is_manual;
    if !scene.is_recorded() && !is_silent {
        let height = open.send_box.height(&line.spec.name);
        Panel::bottom("send").exact_size(height).resizable(false).frame(panel).show(ui, |ui| {
            open.send_box.show(ui, &open.peers, line, look, actions);
        });
    }
}

/// One view; returns the row that was chosen in it, where one was.
fn one(
    ui: &mut Ui,
    open: &mut Open,
    (scene, line): (&Scene, Option<&ProgramLine>),
    counted: &Counted,
    (view, charset): (View, Charset),
    look: &Look,
    actions: &mut Actions,
) -> Option<u64> {
    match (view, line) {
        (View::Peers, Some(line)) => open.peers.show(ui, scene, line, &mut open.send_box, look, actions),
        (View::Loads, _) => loads::show(ui, &counted.loads, &scene.names, look),
        (View::Kernel, _) => open.kernel.show(ui, &open.desk, &counted.known, &scene.names, look),
        (View::Threads, _) => return open.threads.show(ui, scene, counted, (None, open.log.chosen), look, actions),
        (View::Calls, _) => {
            let lanes = (&open.threads, open.log.chosen);
            return open.calls.show(ui, (scene, line), counted, lanes, (charset, look), actions);
        }
        (View::Options, _) => {
            let around = open.survey.look(scene, ui.input(|input| input.focused));
            let desk = &open.desk;
            let family = |name: &str| {
                let lab = desk.lab();
                lab.program(name).map(|spec| lab.family(spec))
            };
            let matter = Matter { scene, counted, around: &around, family: &family, program: open.program.as_deref() };
            return open.options.show(ui, &matter, look, actions);
        }
        (View::Transfers, Some(line)) => return open.transfers.show(ui, scene, line, open.log.chosen, look, actions),
        _ => log(ui, open, scene, counted, look, actions),
    }
    None
}

/// The log, or what stands in its place while there is no row to show.
fn log(ui: &mut Ui, open: &mut Open, scene: &Scene, counted: &Counted, look: &Look, actions: &mut Actions) {
    let whole = ui.available_rect_before_wrap();
    open.log.show(ui, scene, counted, look, actions);
    let below = egui::UiBuilder::new().max_rect(whole.with_min_y(whole.top() + theme::HEAD));
    if open.log.is_empty() && scene.open.is_empty() {
        ui.scope_builder(below, |ui| empty::show(ui, scene, look, actions));
    } else if open.log.passes_none() && ui.scope_builder(below, |ui| empty::none_passes(ui, look)).inner {
        open.log.clear_filter();
    }
}
