//! Whom the chosen program talks to: its connections, or the addresses it exchanges datagrams with; and what can be done with one of them.
//!
//! Derived from the counters alone, so that a recording shows its peers as a run does. Lays out only the rows in view.

mod reply;
mod row;

use std::sync::Arc;

use egui::{Align, Key, Layout, Modifiers, Rect, Sense, Ui, pos2, vec2};
use egui_material_icons::icons::ICON_ARROW_FORWARD;

use self::reply::Replies;
use self::row::Columns;
use super::command::{Action, Actions};
use super::list::{Head, List, Rows};
use super::look::Look;
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
    list: List,
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
        look.aside(ui, look.say(&text!("ui-peers-count", open = open, waiting = waiting, closed = closed)));
        if let Some((count, most)) = line.id.filter(|_| line.phase.is_running()).and_then(|id| known.waiting(id)) {
            // Linux lets one more wait than it was told.
            let queue = text!("ui-peers-queue", count = count.to_string(), most = (most + 1).to_string());
            ui.add_space(10.0);
            if let Some(response) = look.aside(ui, look.say(&queue)) {
                response.on_hover_text(look.say(&text!("ui-peers-queue-tip")));
            }
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
        let rows = Rows { height: ROW, count: self.rows.len() };
        let at = self.chosen.as_ref().and_then(|chosen| self.rows.iter().position(|peer| key(peer) == *chosen));
        let place = (ui.scope_id().with("peers"), list);
        let (response, to) = self.list.keys(ui, place, &look.say(&text!("ui-peers-rows")), rows, at);
        if let Some(to) = to {
            self.chosen = self.rows.get(to).map(key);
        }
        if let Some(peer) = at.and_then(|at| self.rows.get(at)).filter(|_| response.has_focus()) {
            act(ui, line, peer, send_box, actions);
        }
        let Self { rows: peers, chosen, list: rows_in_view, replies, .. } = self;
        rows_in_view.show(ui, &response, rows, false, look, |ui, place| {
            let Some(peer) = peers.get(place) else { return };
            let is_chosen = chosen.as_ref() == Some(&key(peer));
            let top = ui.next_widget_position();
            let asked = row::show(ui, peer, line, scene, is_chosen, columns, look);
            if room > 0.0 && is_open(peer) {
                let right = top.x + list.width() - row::BUTTONS;
                let rect = Rect::from_min_max(pos2(right - room, top.y), pos2(right, top.y + ROW));
                if let Some(bytes) = replies.show(ui, rect, key(peer), peer, line, look) {
                    let command = Command::Send { to: receiver(line, peer), bytes: bytes.into() };
                    actions.push(Action::Tell(line.spec.name.clone(), command));
                }
            }
            match asked {
                None => {}
                Some(row::Asked::Choose) => {
                    *chosen = Some(key(peer));
                    response.request_focus();
                }
                Some(row::Asked::Send) => write_to(ui, line, receiver(line, peer), send_box),
                Some(row::Asked::Disconnect) => disconnect(line, peer, actions),
            }
        });
    }

    fn head(&mut self, ui: &Ui, rect: Rect, columns: &Columns, look: &Look) {
        ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, look.roles.line));
        for (column, place) in columns.all() {
            let name = look.say(&column_name(column));
            let cell = Rect::from_min_max(pos2(rect.left() + place.left, rect.top()), pos2(rect.left() + place.right, rect.bottom()));
            let sorted = (self.sort.0 == column).then_some(self.sort.1);
            let tip = look.say(&text!("ui-peers-sort", column = name.clone()));
            let head = Head { name: &name, sorted, is_number: place.is_number, room: f32::INFINITY, tip: &tip, about: "" };
            if head.show(ui, cell, ui.scope_id().with(("sort", column as u8)), look) {
                self.sort = (column, sorted == Some(false));
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

/// What a key does with the chosen peer.
fn act(ui: &Ui, line: &ProgramLine, peer: &Peer, send_box: &mut SendBox, actions: &mut Actions) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if is_open(peer) && pressed(Key::Enter) {
        write_to(ui, line, receiver(line, peer), send_box);
    } else if pressed(Key::Delete) {
        disconnect(line, peer, actions);
    }
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
