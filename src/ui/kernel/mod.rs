//! What the kernel knows of the sockets of a lab: which state each is in and was in, what waits, round trips, windows, memory.
//!
//! Derived from the samples in the trace, so that a recording shows it as a run does.

mod diagram;
mod figures;

use std::sync::Arc;

use egui::{
    Align, ComboBox, EventFilter, Id, Key, Layout, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::command::{Action, Actions};
use super::desk::Desk;
use super::look::{Look, line_of, named, paint_line, paint_line_right, paint_open};
use super::theme;
use crate::text;
use crate::text::Message;
use crate::trace::known::{Known, KnownSocket};
use crate::trace::{Names, SocketId, TcpState};

/// The height of a row of the list.
const ROW: f32 = 40.0;
/// The width of the list, and below which width of all it stands above the rest.
const LIST: f32 = 250.0;
const NARROW: f32 = 620.0;
/// The height of the list where it stands above.
const SHORT: f32 = 132.0;

/// How often the kernel can be looked at, in milliseconds; 0 for never.
pub(crate) const PERIODS: [u64; 4] = [0, 1000, 250, 50];

/// Which socket is looked at.
#[derive(Debug, Default)]
pub(crate) struct Kernel {
    /// The socket; of none, the first one is.
    chosen: Option<SocketId>,
    /// How often the kernel is looked at, in milliseconds; 0 for never.
    period: u64,
}

/// How a period is called.
fn period(milliseconds: u64) -> Message {
    match milliseconds {
        0 => text!("ui-kernel-never"),
        1000 => text!("ui-kernel-second"),
        _ => text!("ui-kernel-every", time = format!("{milliseconds} ms")),
    }
}

impl Kernel {
    /// Shows this socket from now on.
    pub(crate) const fn choose(&mut self, socket: SocketId) {
        self.chosen = Some(socket);
    }

    /// Has the kernel looked at so often, where there is a lab that can run.
    pub(crate) fn follow(&mut self, desk: &Desk, period: u64) {
        desk.look_at_kernel(period);
        self.period = period;
    }

    /// What is said where there are no samples.
    fn said(&self, desk: &Desk) -> Message {
        match self.period {
            _ if desk.is_recorded() => text!("ui-kernel-none-recorded"),
            _ if desk.kernel_is_silent() => text!("ui-kernel-silent", system = std::env::consts::OS),
            0 => text!("ui-kernel-off"),
            _ => text!("ui-kernel-none"),
        }
    }

    /// Draws what stands at the right of the tab: how often the kernel is looked at.
    pub(crate) fn tools(&self, ui: &mut Ui, look: &Look, actions: &mut Actions) {
        let mut chosen = self.period;
        let combo = ComboBox::from_id_salt("kernel period").selected_text(look.say(&period(chosen))).icon(paint_open);
        let response = combo.width(110.0).show_ui(ui, |ui| {
            for one in PERIODS {
                ui.selectable_value(&mut chosen, one, look.say(&period(one)));
            }
        });
        let name = look.say(&text!("ui-kernel-period-name"));
        named(response.response, Role::ComboBox, &name).on_hover_text(look.say(&text!("ui-kernel-period-tip")));
        look.aside(ui, look.say(&text!("ui-kernel-period")));
        if chosen != self.period {
            actions.push(Action::LookEvery(chosen));
        }
    }

    /// Draws the list of sockets and, of the chosen one, its states and figures.
    pub(crate) fn show(&mut self, ui: &mut Ui, desk: &Desk, known: &Arc<Known>, names: &Names, look: &Look) {
        let sockets = known.sockets().collect::<Vec<_>>();
        let Some(place) = sockets.iter().position(|(socket, _)| Some(*socket) == self.chosen).or(Some(0)).filter(|_| !sockets.is_empty())
        else {
            ui.add_space(24.0);
            ui.vertical_centered(|ui| look.secondary(ui, look.say(&self.said(desk))));
            return;
        };
        let whole = ui.available_rect_before_wrap();
        let (list, rest) = if whole.width() < NARROW {
            whole.split_top_bottom_at_y(whole.top() + SHORT)
        } else {
            whole.split_left_right_at_x(whole.left() + LIST)
        };
        ui.scope_builder(UiBuilder::new().max_rect(list), |ui| self.list(ui, &sockets, place, names, look));
        let line = egui::Stroke::new(1.0, look.roles.line);
        if whole.width() < NARROW {
            ui.painter().hline(list.x_range(), list.bottom(), line);
        } else {
            ui.painter().vline(list.right(), list.y_range(), line);
        }
        let Some((socket, chosen)) = sockets.get(place) else { return };
        ui.scope_builder(UiBuilder::new().max_rect(rest.shrink2(vec2(theme::EDGE, 0.0))), |ui| {
            ScrollArea::vertical().id_salt("kernel figures").auto_shrink(false).show(ui, |ui| one(ui, *socket, chosen, names, look));
        });
    }

    fn list(&mut self, ui: &mut Ui, sockets: &[(SocketId, &KnownSocket)], place: usize, names: &Names, look: &Look) {
        let scroll = ScrollArea::vertical().id_salt("kernel sockets").auto_shrink(false);
        scroll.show_rows(ui, ROW, sockets.len(), |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in rows {
                let Some((socket, known)) = sockets.get(row) else { continue };
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let response = ui.interact(rect, id(*socket), Sense::click());
                let words = words(*socket, known, names, look);
                response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, row == place, words.join(", ")));
                look.row(ui, rect, row == place, response.hovered());
                look.ring(ui, rect, &response);
                entry(ui, rect, &words, known, look);
                if response.clicked() {
                    response.request_focus();
                }
                if response.clicked() || response.gained_focus() {
                    self.chosen = Some(*socket);
                }
                if response.has_focus() {
                    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
                    self.chosen = turn(ui, sockets, row).or(self.chosen);
                }
            }
        });
    }
}

/// The row of a socket.
fn id(socket: SocketId) -> Id {
    Id::unique(("kernel socket", socket.0))
}

/// The arrow keys go through the list: the socket that they lead to.
fn turn(ui: &Ui, sockets: &[(SocketId, &KnownSocket)], row: usize) -> Option<SocketId> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowDown) {
        row.checked_add(1)
    } else if pressed(Key::ArrowUp) {
        row.checked_sub(1)
    } else {
        None
    };
    let (socket, _) = to.and_then(|to| sockets.get(to))?;
    ui.memory_mut(|memory| memory.request_focus(id(*socket)));
    Some(*socket)
}

/// What a row of the list says: whose socket it is, its addresses, its state.
fn words(socket: SocketId, known: &KnownSocket, names: &Names, look: &Look) -> [String; 3] {
    let ends = names.socket(socket);
    let local = ends.and_then(|ends| ends.local.as_ref()).map(ToString::to_string);
    let peer = ends.and_then(|ends| ends.peer.as_ref()).map(ToString::to_string);
    let addresses = match (local, peer) {
        (Some(local), Some(peer)) => format!("{local} – {peer}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    };
    let state = match known.state() {
        Some(state) => state.name().to_owned(),
        None if ends.is_some_and(|ends| ends.closed) => look.say(&text!("ui-peers-closed")),
        None => String::new(),
    };
    [format!("{} {socket}", names.program_name(known.program)), addresses, state]
}

fn entry(ui: &Ui, rect: Rect, words: &[String; 3], known: &KnownSocket, look: &Look) {
    let roles = look.roles;
    let [who, addresses, state] = words;
    let colour = known.state().map_or(roles.text2, |state| state_colour(state, look));
    let (x, width) = (rect.left() + theme::EDGE, rect.width() - 2.0 * theme::EDGE);
    let top = rect.top() + 12.0;
    paint_line(ui, x, top, line_of(&[(who, theme::strong(12.0), roles.text)], width));
    paint_line_right(ui, rect.right() - theme::EDGE, top, line_of(&[(state, theme::mono(11.0), colour)], width * 0.6));
    paint_line(ui, x, rect.top() + 28.0, line_of(&[(addresses, theme::mono(11.0), roles.text2)], width));
}

/// States in which something is open, in which an end waits, and in which nothing is left.
fn state_colour(state: TcpState, look: &Look) -> egui::Color32 {
    match state {
        TcpState::Established | TcpState::Listen => look.roles.ok,
        TcpState::Closed => look.roles.text2,
        _ => look.roles.wait,
    }
}

/// One socket: what its state means, the diagram with its path, its figures.
fn one(ui: &mut Ui, socket: SocketId, known: &KnownSocket, names: &Names, look: &Look) {
    ui.add_space(8.0);
    let [who, addresses, _] = words(socket, known, names, look);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(who).font(theme::strong(14.0)).color(look.roles.text));
        ui.label(RichText::new(addresses).font(theme::mono(12.0)).color(look.roles.text2));
    });
    let Some((_, sample)) = known.last() else { return };
    if let Some(state) = known.state() {
        ui.horizontal_wrapped(|ui| {
            let tip = text!("ui-kernel-in-ss", name = state.name_in_ss());
            look.chip(ui, state.name(), state_colour(state, look), None, theme::mono(12.0)).on_hover_text(look.say(&tip));
            ui.label(RichText::new(look.say(&state.sentence())).font(theme::plain(12.0)).color(look.roles.text));
        });
    }
    ui.add_space(6.0);
    let has_diagram = !known.path.is_empty();
    if has_diagram && ui.available_width() > figures::LEAST + diagram::SIZE.x + 24.0 {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            let width = ui.available_width() - diagram::SIZE.x - 20.0;
            ui.allocate_ui(vec2(width, 0.0), |ui| ui.vertical(|ui| figures::show(ui, known, sample, look)));
            ui.add_space(20.0);
            ui.vertical(|ui| diagram::show(ui, known, look));
        });
    } else {
        figures::show(ui, known, sample, look);
        if has_diagram {
            ui.add_space(12.0);
            diagram::show(ui, known, look);
        }
    }
    ui.add_space(12.0);
}

/// The middle of the top of a rectangle, and of its other sides: where arrows begin and end.
fn sides(rect: Rect) -> [egui::Pos2; 4] {
    [rect.center_top(), rect.right_center(), rect.center_bottom(), pos2(rect.left(), rect.center().y)]
}
