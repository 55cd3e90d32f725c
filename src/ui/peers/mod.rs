//! Whom the chosen program talks to: its connections, or the addresses it exchanges datagrams with; and what can be done with one of them.
//!
//! Derived from the counters alone, so that a recording shows its peers as a run does. Lays out only the rows in view.

mod reply;
mod row;

use std::sync::Arc;

use egui::{Align, EventFilter, Key, Layout, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::ICON_ARROW_FORWARD;

use self::reply::Replies;
use self::row::Columns;
use super::command::{Action, Actions};
use super::look::{Look, line_of, paint_line, paint_line_right};
use super::scene::{ProgramLine, Scene};
use super::send_box::{SendBox, field};
use super::theme;
use crate::program::{Command, Role as ProgramRole, SendTo};
use crate::text;
use crate::text::Message;
use crate::trace::activity::{Activity, Peer, SocketState};
use crate::trace::known::Known;
use crate::trace::{Address, ProgramId, SocketId, SocketType};

/// The height of a row.
const ROW: f32 = 26.0;

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    State,
    Address,
    Socket,
    #[default]
    Since,
    Last,
    Received,
    Sent,
}

/// Which peer a row is: a program may know one address on two sockets.
type Which = (SocketId, Option<Address>);

/// The peers of the program that is looked at, and where the view stands.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    /// What the rows were made of.
    of: Option<(Arc<Activity>, Option<ProgramId>)>,
    rows: Vec<Peer>,
    sort: (Column, bool),
    chosen: Option<Which>,
    /// A row that is to be brought into view.
    wanted: Option<usize>,
    offset: f32,
    replies: Replies,
}

/// To whom a message to this peer is addressed.
pub(crate) fn receiver(line: &ProgramLine, peer: &Peer) -> SendTo {
    match (&peer.address, line.spec.kind.socket_type()) {
        (Some(address), SocketType::Datagram) => SendTo::Address(address.clone()),
        _ => SendTo::Socket(peer.socket),
    }
}

/// Whether something can be sent to it.
fn is_open(peer: &Peer) -> bool {
    !matches!(peer.state, SocketState::Closed | SocketState::Listening)
}

fn key(peer: &Peer) -> Which {
    (peer.socket, peer.address.clone())
}

impl Peers {
    /// What a program said to what was asked of it last: none where it has taken it. Returns whether that was a reply from a row.
    pub(crate) fn answered(&mut self, problem: Option<&Message>) -> bool {
        self.replies.answered(problem)
    }

    /// Follows the counters and the chosen program.
    pub(crate) fn update(&mut self, scene: &Scene, id: Option<ProgramId>) {
        if self.of.as_ref().is_some_and(|(activity, of)| Arc::ptr_eq(activity, &scene.activity) && *of == id) {
            return;
        }
        self.rows = id.map(|id| [scene.activity.peers(id), scene.activity.waiting(id)].concat()).unwrap_or_default();
        self.of = Some((Arc::clone(&scene.activity), id));
        self.arrange();
    }

    /// Those to whom something can be sent, in the order of the rows.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Peer> {
        self.rows.iter().filter(|peer| is_open(peer))
    }

    /// Closed ones last, whatever the rows are sorted by.
    fn arrange(&mut self) {
        let (column, descending) = self.sort;
        self.rows.sort_by(|one, other| {
            let order = match column {
                Column::State => row::rank(one).cmp(&row::rank(other)),
                Column::Address => address_order(one).cmp(&address_order(other)),
                Column::Socket => one.socket.cmp(&other.socket),
                Column::Since => one.since.cmp(&other.since),
                Column::Last => one.last.cmp(&other.last),
                Column::Received => one.tally.received.bytes.cmp(&other.tally.received.bytes),
                Column::Sent => one.tally.sent.bytes.cmp(&other.tally.sent.bytes),
            };
            let order = if descending { order.reverse() } else { order };
            let closed = |peer: &Peer| peer.state == SocketState::Closed;
            closed(one).cmp(&closed(other)).then(order).then_with(|| one.socket.cmp(&other.socket))
        });
    }

    /// Draws what stands at the right of the tab.
    pub(crate) fn tools(&self, ui: &mut Ui, line: &ProgramLine, known: &Known, send_box: &mut SendBox, look: &Look) {
        let open = self.open().count();
        ui.add_enabled_ui(open > 0 && line.phase.is_running(), |ui| {
            let tip = look.say(&text!("ui-peers-all-tip"));
            if look.button(ui, ICON_ARROW_FORWARD, &look.say(&text!("ui-peers-all"))).on_hover_text(tip).clicked() {
                write_to(ui, line, SendTo::All, send_box);
            }
        });
        let waiting = self.rows.iter().filter(|peer| peer.state == SocketState::Listening).count();
        let closed = self.rows.len() - open - waiting;
        look.secondary(ui, look.say(&text!("ui-peers-count", open = open, waiting = waiting, closed = closed)));
        if let Some((count, most)) = line.id.filter(|_| line.phase.is_running()).and_then(|id| known.waiting(id)) {
            // Linux lets one more wait than it was told.
            let queue = text!("ui-peers-queue", count = count.to_string(), most = (most + 1).to_string());
            ui.add_space(10.0);
            look.secondary(ui, look.say(&queue)).on_hover_text(look.say(&text!("ui-peers-queue-tip")));
        }
    }

    /// Draws the head and the rows in all the space there is.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene,
        line: &ProgramLine,
        send_box: &mut SendBox,
        look: &Look,
        actions: &mut Actions,
    ) {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), theme::HEAD));
        let list = Rect::from_min_max(pos2(rect.left(), head.bottom()), rect.max);
        let room = reply::room(line, rect.width());
        let columns = Columns::of(rect.width() - room);
        self.head(ui, head, &columns, look);
        ui.painter().rect_filled(list, 0.0, look.roles.surface);
        if self.rows.is_empty() {
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list.shrink(24.0)).layout(Layout::top_down(Align::Center)));
            inner.add_space((list.height() * 0.3 - 24.0).max(0.0));
            let (title, what) = nobody(line);
            inner.label(egui::RichText::new(look.say(&title)).font(theme::strong(15.0)));
            look.secondary(&mut inner, look.say(&what));
            return;
        }
        self.list(ui, list, scene, line, (&columns, room), send_box, look, actions);
    }

    #[expect(clippy::too_many_arguments, reason = "what the rows are drawn with and what they change")]
    fn list(
        &mut self,
        ui: &mut Ui,
        list: Rect,
        scene: &Scene,
        line: &ProgramLine,
        (columns, room): (&Columns, f32),
        send_box: &mut SendBox,
        look: &Look,
        actions: &mut Actions,
    ) {
        let id = ui.scope_id().with("peers");
        let response = ui.interact(list, id, Sense::click());
        let name = look.say(&text!("ui-peers-rows"));
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        if response.has_focus() {
            self.keys(ui, id, list.height(), line, send_box, actions);
        }
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list));
        inner.set_clip_rect(list.intersect(ui.clip_rect()));
        inner.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("peers").auto_shrink(false);
        if let Some(wanted) = self.wanted.take() {
            let top = wanted as f32 * ROW;
            area = area.vertical_scroll_offset(self.offset.clamp((top + ROW - list.height()).max(0.0), top));
        }
        let output = area.show_rows(&mut inner, ROW, self.rows.len(), |ui, range| {
            for place in range {
                let Some(peer) = self.rows.get(place) else { continue };
                let chosen = self.chosen.as_ref() == Some(&key(peer));
                let top = ui.next_widget_position();
                let asked = row::show(ui, peer, line, scene, chosen, columns, look);
                if room > 0.0 && is_open(peer) {
                    let right = top.x + list.width() - row::BUTTONS;
                    let rect = Rect::from_min_max(pos2(right - room, top.y), pos2(right, top.y + ROW));
                    if let Some(bytes) = self.replies.show(ui, rect, key(peer), peer, line, look) {
                        let command = Command::Send { to: receiver(line, peer), bytes: bytes.into() };
                        actions.push(Action::Tell(line.spec.name.clone(), command));
                    }
                }
                match asked {
                    None => {}
                    Some(row::Asked::Choose) => {
                        self.chosen = Some(key(peer));
                        response.request_focus();
                    }
                    Some(row::Asked::Send) => write_to(ui, line, receiver(line, peer), send_box),
                    Some(row::Asked::Disconnect) => disconnect(line, peer, actions),
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
        look.ring(ui, list, &response);
    }

    fn keys(&mut self, ui: &Ui, id: egui::Id, height: f32, line: &ProgramLine, send_box: &mut SendBox, actions: &mut Actions) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.rows.len().saturating_sub(1);
        let at = self.chosen.as_ref().and_then(|chosen| self.rows.iter().position(|peer| key(peer) == *chosen));
        let page = ((height / ROW) as usize).max(2) - 1;
        let down = |by: usize| at.map_or(0, |at| at.saturating_add(by).min(last));
        let up = |by: usize| at.map_or(last, |at| at.saturating_sub(by));
        let moves = [
            (Key::ArrowDown, down(1)),
            (Key::ArrowUp, up(1)),
            (Key::PageDown, down(page)),
            (Key::PageUp, up(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (pressed_key, place) in moves {
            if pressed(pressed_key) {
                self.chosen = self.rows.get(place).map(key);
                self.wanted = Some(place);
            }
        }
        let Some(peer) = at.and_then(|at| self.rows.get(at)) else { return };
        if is_open(peer) && pressed(Key::Enter) {
            write_to(ui, line, receiver(line, peer), send_box);
        } else if pressed(Key::Delete) {
            disconnect(line, peer, actions);
        }
    }

    fn head(&mut self, ui: &Ui, rect: Rect, columns: &Columns, look: &Look) {
        ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, look.roles.line));
        for (column, place) in columns.all() {
            let name = look.say(&column_name(column));
            let sorted = self.sort.0 == column;
            let mark = if !sorted {
                ""
            } else if self.sort.1 {
                " ↓"
            } else {
                " ↑"
            };
            let words = format!("{name}{mark}");
            let colour = if sorted { look.roles.text } else { look.roles.text2 };
            let job = line_of(&[(&words, theme::plain(11.0), colour)], f32::INFINITY);
            let cell = Rect::from_min_max(pos2(rect.left() + place.left, rect.top()), pos2(rect.left() + place.right, rect.bottom()));
            let response = ui.interact(cell, ui.scope_id().with(("sort", column as u8)), Sense::click());
            let tip = look.say(&text!("ui-peers-sort", column = name));
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, sorted, &tip));
            if place.is_number {
                paint_line_right(ui, cell.right(), cell.center().y, job);
            } else {
                paint_line(ui, cell.left(), cell.center().y, job);
            }
            look.ring(ui, cell, &response);
            if response.on_hover_text(tip).clicked() {
                self.sort = (column, sorted && !self.sort.1);
                self.arrange();
            }
        }
    }
}

/// What an address is sorted by: numbers as numbers.
fn address_order(peer: &Peer) -> (Option<std::net::SocketAddr>, Option<String>) {
    let ip = peer.address.as_ref().and_then(Address::ip);
    (ip, peer.address.as_ref().filter(|_| ip.is_none()).map(ToString::to_string))
}

fn column_name(column: Column) -> Message {
    match column {
        Column::State => text!("ui-peers-state"),
        Column::Address => text!("ui-peers-address"),
        Column::Socket => text!("ui-peers-socket"),
        Column::Since => text!("ui-peers-since"),
        Column::Last => text!("ui-peers-last"),
        Column::Received => text!("ui-peers-received"),
        Column::Sent => text!("ui-peers-sent"),
    }
}

/// The next message goes to `to`, and the cursor stands where it is written.
fn write_to(ui: &Ui, line: &ProgramLine, to: SendTo, send_box: &mut SendBox) {
    send_box.address(line, to);
    ui.memory_mut(|memory| memory.request_focus(field::id(&line.spec.name)));
}

/// Whether its connection can be ended by hand.
fn can_end(line: &ProgramLine, peer: &Peer) -> bool {
    is_open(peer) && line.phase.is_running() && line.spec.kind.socket_type() == SocketType::Stream
}

fn disconnect(line: &ProgramLine, peer: &Peer, actions: &mut Actions) {
    if can_end(line, peer) {
        actions.push(Action::Tell(line.spec.name.clone(), Command::Disconnect(peer.socket)));
    }
}

/// What there is to do where there are no peers.
fn nobody(line: &ProgramLine) -> (Message, Message) {
    let program = line.spec.name.as_str();
    let title = text!("ui-peers-none", program = program);
    let address = line.local.as_ref().map(ToString::to_string).or_else(|| line.spec.bind.map(|bind| bind.to_string())).unwrap_or_default();
    let what = match (line.spec.kind.role(), line.phase.is_running(), line.spec.kind.socket_type()) {
        (_, false, _) => text!("ui-peers-none-start", program = program),
        (ProgramRole::Server, true, SocketType::Stream) => text!("ui-peers-none-connect", address = address),
        (ProgramRole::Server, true, SocketType::Datagram) => text!("ui-peers-none-datagram", address = address),
        (ProgramRole::Client, true, _) => text!("ui-peers-none-client"),
    };
    (title, what)
}
