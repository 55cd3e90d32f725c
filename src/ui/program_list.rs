//! The programs of the lab at the left: name, state, counters; and what starts, stops and adds them.

use egui::{Align, Align2, Button, Layout, Rect, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_ADD, ICON_CANCEL, ICON_PLAY_ARROW, ICON_STOP};

use super::command::{Action, Actions, Command};
use super::look::{Look, format, line_of, named, paint_line, paint_line_right};
use super::other_side::Other;
use super::scene::{Phase, ProgramLine, Scene};
use super::{sample_list, theme};
use crate::program::ProgramKind;
use crate::text;
use crate::text::Message;

/// The height of a program.
const LINE: f32 = 44.0;

/// What is being done to the list.
#[derive(Debug, Default)]
pub(crate) struct List {
    renaming: Option<Renaming>,
    /// The program that is being moved.
    dragged: Option<String>,
}

/// A name that is being typed.
#[derive(Debug)]
struct Renaming {
    program: String,
    text: String,
    error: Option<Message>,
    /// Whether it has had the keyboard.
    begun: bool,
    /// Whether there is something to tell, for which the row has no room.
    roomy: bool,
}

impl List {
    /// Begins to give `program` another name.
    pub(crate) fn rename(&mut self, program: String) {
        self.renaming = Some(Renaming { text: program.clone(), program, error: None, begun: false, roomy: false });
    }

    /// The name was not taken: it stays to be mended.
    pub(crate) fn refuse(&mut self, program: String, text: String, why: Message) {
        self.renaming = Some(Renaming { program, text, error: Some(why), begun: false, roomy: true });
    }
}

/// Draws the list. `narrow` draws only a rail of states.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, list: &mut List, chosen: Option<&str>, narrow: bool, look: &Look, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if !narrow {
        head(ui, scene, look, actions);
    }
    egui::ScrollArea::vertical().id_salt("programs").auto_shrink([false, true]).show(ui, |ui| {
        let top = ui.cursor().top();
        for (place, line) in scene.programs.iter().enumerate() {
            let on = chosen == Some(line.spec.name.as_str());
            let response = if narrow { rail_row(ui, line, on, look) } else { row(ui, scene, line, on, look) };
            let keys = Command::of_place(place).map(|row| ui.ctx().format_shortcut(&row.keys));
            let response = match keys {
                Some(keys) => response.on_hover_text(look.say(&text!("ui-programs-keys", keys = keys))),
                None => response,
            };
            if scene.is_recorded() {
                actions.extend(response.clicked().then(|| Action::Choose(line.spec.name.clone())));
                continue;
            }
            act(ui, list, line, &response, look, actions);
            if list.renaming.as_ref().is_some_and(|renaming| renaming.program == line.spec.name) {
                rename(ui, list, &response, narrow, look, actions);
            }
        }
        drag(ui, scene, list, top, look, actions);
        if !narrow {
            sample_list::show(ui, scene, look, actions);
        }
    });
    if narrow && !scene.is_recorded() {
        ui.vertical_centered(|ui| add_menu(ui, look, actions));
    }
}

/// What is done to a program by pointer and by keys.
fn act(ui: &Ui, list: &mut List, line: &ProgramLine, response: &Response, look: &Look, actions: &mut Actions) {
    let name = || line.spec.name.clone();
    if response.double_clicked() {
        actions.push(Action::BeginRename(name()));
    } else if response.clicked() || response.secondary_clicked() || response.drag_started() {
        actions.push(Action::Choose(name()));
    }
    if response.drag_started() {
        list.dragged = Some(name());
    }
    if response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Delete)) {
        actions.push(Action::Remove(name()));
    }
    response.context_menu(|ui| menu(ui, line, look, actions));
}

/// What can be done to one program: the menu of a row and of the head.
pub(crate) fn menu(ui: &mut Ui, line: &ProgramLine, look: &Look, actions: &mut Actions) {
    let name = || line.spec.name.clone();
    let mut item = |ui: &mut Ui, command: Command, words: Option<String>, action: Action| {
        let row = command.row();
        let words = words.unwrap_or_else(|| look.say(&(row.name)()));
        let icon = row.icon.map_or("", |icon| icon.codepoint);
        let keys = RichText::new(ui.ctx().format_shortcut(&row.keys)).font(theme::mono(11.0)).color(look.roles.text2);
        let mut job = egui::text::LayoutJob::default();
        job.append(icon, 0.0, format(theme::icon(16.0), look.roles.text2));
        job.append(&words, 8.0, format(theme::plain(13.0), look.roles.text));
        let enabled = command != Command::Remove || !line.phase.is_running();
        let response = named(ui.add_enabled(enabled, Button::new(job).right_text(keys)), Role::MenuItem, &words);
        let response = response.on_hover_text(look.say(&(row.tooltip)()));
        if response.on_disabled_hover_text(look.say(&text!("ui-programs-running", program = line.spec.name.as_str()))).clicked() {
            actions.push(action);
            ui.close();
        }
    };
    item(ui, Command::Duplicate, None, Action::Duplicate(name()));
    item(ui, Command::Rename, None, Action::BeginRename(name()));
    item(ui, Command::MoveUp, None, Action::Shift(name(), false));
    item(ui, Command::MoveDown, None, Action::Shift(name(), true));
    ui.separator();
    for (command, other) in [(Command::CopyScript, Other::Copy), (Command::SaveScript, Other::Save), (Command::CopyAddress, Other::Address)]
    {
        item(ui, command, None, Action::OtherSide(name(), other));
    }
    ui.separator();
    let remove = look.say(&text!("ui-header-remove", program = line.spec.name.as_str()));
    item(ui, Command::Remove, Some(remove), Action::Remove(name()));
}

/// The field in which the name of a program is typed, in the place of the name.
fn rename(ui: &mut Ui, list: &mut List, row: &Response, narrow: bool, look: &Look, actions: &mut Actions) {
    let Some(renaming) = &mut list.renaming else { return };
    let error = renaming.error.as_ref().map(|error| look.say(error));
    let roomy = renaming.roomy;
    let name = look.say(&text!("ui-programs-name", program = renaming.program.as_str()));
    let mut field = |ui: &mut Ui, width: f32| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if error.is_some() {
            ui.visuals_mut().selection.stroke = Stroke::new(1.5, look.roles.error);
        }
        let edit = egui::TextEdit::singleline(&mut renaming.text).font(theme::plain(13.0)).desired_width(width);
        let response = ui.add(edit.min_size(vec2(0.0, theme::FIELD))).accessible_name(&name);
        if !std::mem::replace(&mut renaming.begun, true) {
            response.request_focus();
        }
        if let Some(error) = &error {
            ui.add(egui::Label::new(RichText::new(error).font(theme::plain(11.0)).color(look.roles.error)).wrap());
        }
        response
    };
    let response = if narrow || roomy {
        let popup = egui::Popup::from_response(row).open(true).align(egui::RectAlign::RIGHT_START).width(220.0);
        popup.close_behavior(egui::PopupCloseBehavior::IgnoreClicks).show(|ui| field(ui, 206.0)).map(|shown| shown.inner)
    } else {
        let place = Rect::from_min_max(row.rect.min + vec2(28.0, 4.0), pos2(row.rect.right() - 8.0, row.rect.top() + 27.0));
        Some(ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| field(ui, place.width() - 8.0)).inner)
    };
    let Some(response) = response else { return };
    if response.changed() {
        renaming.error = None;
    }
    if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        list.renaming = None;
    } else if response.lost_focus() {
        let done = list.renaming.take();
        actions.extend(done.filter(|done| done.text != done.program).map(|done| Action::Rename(done.program, done.text)));
    }
}

/// Where a program goes that is being moved, and that it has arrived.
fn drag(ui: &Ui, scene: &Scene, list: &mut List, top: f32, look: &Look, actions: &mut Actions) {
    let Some(dragged) = &list.dragged else { return };
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let (Some(pointer), Some(from)) = (pointer, scene.programs.iter().position(|line| line.spec.name == *dragged)) else {
        list.dragged = None;
        return;
    };
    let gap = (((pointer.y - top) / LINE).round().max(0.0) as usize).min(scene.programs.len());
    let y = top + gap as f32 * LINE;
    let x = ui.max_rect().x_range();
    ui.painter().hline(x, y, Stroke::new(2.0, look.roles.accent));
    if !ui.input(|input| input.pointer.any_down()) {
        let to = if gap > from { gap - 1 } else { gap };
        if to != from {
            actions.push(Action::Put(dragged.clone(), to));
        }
        list.dragged = None;
    }
}

fn head(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 32.0), Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(theme::EDGE);
        look.heading(ui, &text!("ui-programs"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if scene.is_recorded() {
                return;
            }
            add_menu(ui, look, actions);
            let running = scene.programs.iter().any(|line| line.phase.is_running());
            let (icon, command) = if running { (ICON_STOP, Command::StopAll) } else { (ICON_PLAY_ARROW, Command::StartAll) };
            let name = look.say(&(command.row().name)());
            ui.add_enabled_ui(!scene.programs.is_empty(), |ui| {
                if look.icon_button(ui, icon, &name).clicked() {
                    actions.push(Action::Run(command));
                }
                if !running {
                    let row = Command::StartAllHeld.row();
                    let tip = format!("{} ({})", look.say(&(row.tooltip)()), ui.ctx().format_shortcut(&row.keys));
                    if look.icon_button(ui, super::stepping::HELD, &look.say(&(row.name)())).on_hover_text(tip).clicked() {
                        actions.push(Action::Run(Command::StartAllHeld));
                    }
                }
            });
        });
    });
}

fn add_menu(ui: &mut Ui, look: &Look, actions: &mut Actions) {
    let name = look.say(&text!("ui-programs-add"));
    let response = look.icon_button(ui, ICON_ADD, &name);
    egui::Popup::menu(&response).show(|ui| {
        for kind in ProgramKind::ALL {
            if ui.button(look.say(&kind_name(*kind))).clicked() {
                actions.push(Action::Add(*kind));
                ui.close();
            }
        }
    });
}

/// A kind in words.
pub(crate) fn kind_name(kind: ProgramKind) -> Message {
    match kind {
        ProgramKind::TcpServer => text!("ui-kind-tcp-server"),
        ProgramKind::TcpClient => text!("ui-kind-tcp-client"),
        ProgramKind::UdpServer => text!("ui-kind-udp-server"),
        ProgramKind::UdpClient => text!("ui-kind-udp-client"),
        ProgramKind::UnixServer => text!("ui-kind-unix-server"),
        ProgramKind::UnixClient => text!("ui-kind-unix-client"),
        ProgramKind::UnixDatagramServer => text!("ui-kind-unix-datagram-server"),
        ProgramKind::UnixDatagramClient => text!("ui-kind-unix-datagram-client"),
        ProgramKind::Load => text!("ui-kind-load"),
        ProgramKind::TcpLink => text!("ui-kind-tcp-link"),
        ProgramKind::UdpLink => text!("ui-kind-udp-link"),
        ProgramKind::TftpServer => text!("ui-kind-tftp-server"),
        ProgramKind::TftpClient => text!("ui-kind-tftp-client"),
        ProgramKind::HttpServer => text!("ui-kind-http-server"),
        ProgramKind::HttpClient => text!("ui-kind-http-client"),
        ProgramKind::Manual => text!("ui-kind-manual"),
    }
}

/// The state in words.
pub(crate) fn phase_name(line: &ProgramLine) -> Message {
    match (line.phase, line.spec.kind) {
        (Phase::Starting, _) if line.awaits.is_some() => {
            text!("ui-phase-awaits", program = line.awaits.clone().unwrap_or_default())
        }
        (Phase::Stopped, _) => text!("ui-phase-stopped"),
        (Phase::Starting, _) => text!("ui-phase-starting"),
        (Phase::Ready, ProgramKind::TcpServer | ProgramKind::UnixServer | ProgramKind::TcpLink | ProgramKind::HttpServer) => {
            text!("ui-phase-listening")
        }
        (Phase::Ready, ProgramKind::UdpServer | ProgramKind::UnixDatagramServer | ProgramKind::TftpServer | ProgramKind::UdpLink) => {
            text!("ui-phase-bound")
        }
        (Phase::Ready, ProgramKind::TcpClient | ProgramKind::UnixClient | ProgramKind::HttpClient) => text!("ui-phase-connected"),
        (Phase::Ready, _) => text!("ui-phase-running"),
        (Phase::Stopping, _) if !line.lingering.is_empty() => text!("ui-phase-lingering", threads = line.lingering.join(", ")),
        (Phase::Stopping, _) => text!("ui-phase-stopping"),
        (Phase::Ended, _) => text!("ui-phase-ended"),
        (Phase::Failed, _) => text!("ui-phase-failed"),
    }
}

/// The state as a dot: full while it runs, a ring while it does not, a cross where it failed.
pub(crate) fn paint_dot(ui: &Ui, at: egui::Pos2, phase: Phase, look: &Look) {
    let roles = look.roles;
    match phase {
        Phase::Ready => drop(ui.painter().circle_filled(at, 5.0, roles.ok)),
        Phase::Starting | Phase::Stopping => drop(ui.painter().circle(at, 4.5, roles.wait_soft, Stroke::new(1.5, roles.wait))),
        Phase::Stopped | Phase::Ended => drop(ui.painter().circle_stroke(at, 4.5, Stroke::new(1.0, roles.text2))),
        Phase::Failed => drop(ui.painter().text(at, Align2::CENTER_CENTER, ICON_CANCEL.codepoint, theme::icon(14.0), roles.error)),
    }
}

/// `TCP :9001`: the protocol and, for what others ask, the port.
fn protocol(line: &ProgramLine) -> String {
    let name = line.spec.kind.protocol();
    let port = line.local.as_ref().and_then(|local| local.port()).or_else(|| line.spec.bind.map(|bind| bind.port()));
    match port.filter(|_| line.spec.kind.role() == crate::program::Role::Server) {
        Some(port) => format!("{name} :{port}"),
        None => name.to_owned(),
    }
}

/// What was received and sent, once there was something.
fn counters(scene: &Scene, line: &ProgramLine) -> Option<(String, String)> {
    let tally = scene.activity.program(line.id?).tally;
    (tally.sent.bytes + tally.received.bytes > 0)
        .then(|| (format!("←{}", short(tally.received.bytes)), format!("→{}", short(tally.sent.bytes))))
}

/// A count of bytes in few characters: `29`, `12.3k`, `4.5M`. k is 1000.
fn short(count: u64) -> String {
    let scaled = |unit: u64, sign: &str| format!("{}.{}{sign}", count / unit, count / (unit / 10) % 10);
    match count {
        0..10_000 => count.to_string(),
        10_000..1_000_000 => scaled(1_000, "k"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "M"),
        _ => scaled(1_000_000_000, "G"),
    }
}

fn row(ui: &mut Ui, scene: &Scene, line: &ProgramLine, on: bool, look: &Look) -> Response {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click_and_drag());
    let phase = look.say(&phase_name(line));
    response.widget_info(|| {
        let kind = look.say(&kind_name(line.spec.kind));
        WidgetInfo::selected(Role::ListBoxOption, true, on, format!("{}, {kind}, {phase}", line.spec.name))
    });
    paint_ground(ui, rect, &response, on, look);
    paint_dot(ui, pos2(rect.left() + 20.0, rect.top() + 15.0), line.phase, look);
    let protocol = protocol(line);
    let right = rect.right() - 11.0;
    paint_line_right(ui, right, rect.top() + 15.0, line_of(&[(&protocol, theme::mono(11.0), roles.text2)], 90.0));
    let room = right - rect.left() - 33.0 - protocol.chars().count() as f32 * 6.6 - 8.0;
    paint_line(ui, rect.left() + 33.0, rect.top() + 15.0, line_of(&[(&line.spec.name, theme::strong(13.0), roles.text)], room));
    let colour = if line.phase == Phase::Failed { roles.error } else { roles.text2 };
    let mut left = right;
    if let Some((received, sent)) = counters(scene, line) {
        let job = line_of(
            &[(&received, theme::mono(11.0), roles.recv), (" ", theme::mono(11.0), roles.text2), (&sent, theme::mono(11.0), roles.send)],
            120.0,
        );
        left -= (received.chars().count() + sent.chars().count() + 1) as f32 * 6.6;
        paint_line_right(ui, right, rect.top() + 31.0, job);
    }
    paint_line(ui, rect.left() + 33.0, rect.top() + 31.0, line_of(&[(&phase, theme::plain(11.0), colour)], left - rect.left() - 39.0));
    let tip = line.failure.as_ref().map_or(phase, |failure| look.say(failure));
    response.on_hover_text(tip)
}

fn rail_row(ui: &mut Ui, line: &ProgramLine, on: bool, look: &Look) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click_and_drag());
    let phase = look.say(&phase_name(line));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, format!("{}, {phase}", line.spec.name)));
    paint_ground(ui, rect, &response, on, look);
    paint_dot(ui, pos2(rect.center().x, rect.top() + 14.0), line.phase, look);
    let job = line_of(&[(&line.spec.name, theme::plain(11.0), look.roles.text)], rect.width() - 6.0);
    let galley = ui.painter().layout_job(job);
    let place = Align2::CENTER_CENTER
        .align_size_within_rect(galley.size(), Rect::from_center_size(pos2(rect.center().x, rect.top() + 32.0), galley.size()));
    ui.painter().galley(place.min, galley, look.roles.text);
    response.on_hover_text(format!("{}, {phase}", line.spec.name))
}

fn paint_ground(ui: &Ui, rect: Rect, response: &egui::Response, on: bool, look: &Look) {
    look.row(ui, rect, on, response.hovered());
    look.ring(ui, rect, response);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_stay_short() {
        for (count, text) in [(0, "0"), (9_999, "9999"), (12_345, "12.3k"), (4_560_000, "4.5M"), (7_000_000_000, "7.0G")] {
            assert_eq!(short(count), text);
        }
    }
}
