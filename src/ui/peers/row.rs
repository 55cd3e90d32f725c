//! One peer as a row: its state in a mark and a word, its address and its numbers, and what can be done with it.

use egui::{Align, Align2, Color32, Layout, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_ARROW_FORWARD, ICON_CANCEL, ICON_CLOSE, ICON_HOURGLASS_TOP};

use super::{Column, ROW, can_end, is_open};
use crate::text;
use crate::text::Message;
use crate::trace::SocketType;
use crate::trace::activity::{Moved, Peer, SocketState};
use crate::trace::notation;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::scene::{ProgramLine, Scene};
use crate::ui::theme;

/// What a person asks by a row.
pub(super) enum Asked {
    Choose,
    Send,
    Disconnect,
}

/// Where a column stands, from the left edge of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Whether it ends at the right, as numbers do.
    pub(super) is_number: bool,
}

/// The columns that there is room for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    places: Vec<(Column, Place)>,
}

/// The room for the buttons.
pub(super) const BUTTONS: f32 = 72.0;

impl Columns {
    /// The columns of a table `width` points wide: times give way first, then the socket.
    pub(super) fn of(width: f32) -> Self {
        use Column::{Address, Last, Received, Sent, Since, Socket, State};
        let all = [
            (State, 140.0, false, 0.0),
            (Address, 168.0, false, 0.0),
            (Socket, 44.0, false, 560.0),
            (Since, 84.0, true, 730.0),
            (Last, 84.0, true, 640.0),
            (Received, 104.0, true, 0.0),
            (Sent, 104.0, true, 0.0),
        ];
        let wanted = all.iter().filter(|(_, _, _, least)| width >= *least);
        let sum = wanted.clone().map(|(_, width, ..)| width + 8.0).sum::<f32>();
        // Narrow tables squeeze what is left; it is cut with an ellipsis.
        let scale = ((width - BUTTONS - theme::EDGE) / sum).min(1.3);
        let mut left = theme::EDGE;
        let places = wanted.map(|(column, width, is_number, _)| {
            let place = Place { left, right: left + width * scale, is_number: *is_number };
            left += (width + 8.0) * scale;
            (*column, place)
        });
        Self { places: places.collect() }
    }

    /// All of them, from the left.
    pub(super) fn all(&self) -> impl Iterator<Item = (Column, Place)> + '_ {
        self.places.iter().copied()
    }
}

/// The order of states: what goes on first.
pub(super) fn rank(peer: &Peer) -> u8 {
    match peer.state {
        SocketState::Connected | SocketState::Made | SocketState::Bound => 0,
        SocketState::Listening => 1,
        SocketState::SendingDone => 2,
        SocketState::PeerDone => 3,
        SocketState::Broken(_) => 4,
        SocketState::Closed => 5,
    }
}

/// The state of the peer in words.
fn state_name(line: &ProgramLine, peer: &Peer) -> Message {
    match (peer.state, line.spec.kind.socket_type()) {
        (SocketState::Made | SocketState::Bound, SocketType::Datagram) => text!("ui-peers-datagrams"),
        (SocketState::Made | SocketState::Bound, SocketType::Stream) => text!("ui-peers-connecting"),
        (SocketState::Connected, _) => text!("ui-peers-connected"),
        (SocketState::Listening, _) => text!("ui-peers-waiting"),
        (SocketState::PeerDone, _) => text!("ui-peers-peer-done"),
        (SocketState::SendingDone, _) => text!("ui-peers-sending-done"),
        (SocketState::Broken(errno), _) if errno.is("ECONNRESET") => text!("ui-peers-reset"),
        (SocketState::Broken(errno), _) => text!("ui-peers-broken", errno = errno.name()),
        (SocketState::Closed, _) => text!("ui-peers-closed"),
    }
}

/// The state as a mark.
fn paint_state(ui: &Ui, at: egui::Pos2, state: SocketState, look: &Look) {
    let roles = look.roles;
    let icon = |icon: &str, colour: Color32| {
        ui.painter().text(at, Align2::CENTER_CENTER, icon, theme::icon(13.0), colour);
    };
    match state {
        SocketState::Connected | SocketState::Made | SocketState::Bound => drop(ui.painter().circle_filled(at, 4.5, roles.ok)),
        SocketState::PeerDone | SocketState::SendingDone => drop(ui.painter().circle(at, 4.0, roles.ok_soft, Stroke::new(1.5, roles.ok))),
        SocketState::Listening => icon(ICON_HOURGLASS_TOP.codepoint, roles.wait),
        SocketState::Broken(_) => icon(ICON_CANCEL.codepoint, roles.error),
        SocketState::Closed => drop(ui.painter().circle_stroke(at, 4.0, Stroke::new(1.0, roles.text2))),
    }
}

/// Bytes and messages: `30 B · 3`. For a stream the messages are the calls that moved them.
fn moved(moved: Moved) -> String {
    format!("{} B · {}", moved.bytes, moved.messages)
}

/// Draws the row; returns what was asked by it.
pub(super) fn show(
    ui: &mut Ui,
    peer: &Peer,
    line: &ProgramLine,
    scene: &Scene,
    chosen: bool,
    columns: &Columns,
    look: &Look,
) -> Option<Asked> {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let state = look.say(&state_name(line, peer));
    let address = peer.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let (received, sent) = (moved(peer.tally.received), moved(peer.tally.sent));
    response.widget_info(|| {
        let words = text!(
            "ui-peers-spoken",
            address = address.as_str(),
            socket = peer.socket.to_string(),
            state = state.as_str(),
            received = peer.tally.received.bytes.to_string(),
            sent = peer.tally.sent.bytes.to_string()
        );
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, look.say(&words))
    });
    let is_blocked = scene.open.iter().any(|open| open.socket == Some(peer.socket) && peer.state == SocketState::Connected);
    look.row(ui, rect, chosen, response.hovered());
    let y = rect.center().y;
    for (column, place) in columns.all() {
        let (left, room) = (rect.left() + place.left, place.right - place.left);
        let cell = |words: &str, font, colour, room| line_of(&[(words, font, colour)], room);
        let mono = theme::mono(12.0);
        let job = match column {
            Column::State => {
                paint_state(ui, pos2(left + 6.0, y), peer.state, look);
                let colour = match peer.state {
                    SocketState::Broken(_) => roles.error,
                    SocketState::Listening => roles.wait,
                    SocketState::Closed => roles.text2,
                    _ => roles.text,
                };
                let words = if is_blocked { look.say(&text!("ui-peers-blocked", state = state.as_str())) } else { state.clone() };
                paint_line(ui, left + 18.0, y, cell(&words, theme::plain(12.0), colour, room - 18.0));
                continue;
            }
            Column::Address => cell(&address, mono, roles.text, room),
            Column::Socket => cell(&peer.socket.to_string(), mono, roles.text2, room),
            Column::Since => cell(&notation::time(scene.names.in_run(peer.since)), mono, roles.text2, room),
            Column::Last => cell(&notation::time(scene.names.in_run(peer.last)), mono, roles.text2, room),
            Column::Received => cell(&received, mono, roles.recv, room),
            Column::Sent => cell(&sent, mono, roles.send, room),
        };
        if place.is_number {
            paint_line_right(ui, rect.left() + place.right, y, job);
        } else {
            paint_line(ui, left, y, job);
        }
    }
    let asked = buttons(ui, rect, peer, line, &address, look);
    let double = response.double_clicked() && is_open(peer) && line.phase.is_running();
    let of_row = if double { Some(Asked::Send) } else { response.clicked().then_some(Asked::Choose) };
    asked.or(of_row)
}

/// What can be done with the peer, at the right end of the row.
fn buttons(ui: &mut Ui, rect: Rect, peer: &Peer, line: &ProgramLine, address: &str, look: &Look) -> Option<Asked> {
    let mut asked = None;
    let place = Rect::from_min_max(pos2(rect.right() - BUTTONS, rect.top()), pos2(rect.right() - 10.0, rect.bottom()));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center)));
    inner.spacing_mut().item_spacing.x = 2.0;
    if can_end(line, peer) && look.icon_button(&mut inner, ICON_CLOSE, &look.say(&text!("ui-peers-disconnect", peer = address))).clicked() {
        asked = Some(Asked::Disconnect);
    }
    let can_send = is_open(peer) && line.phase.is_running();
    if can_send && look.icon_button(&mut inner, ICON_ARROW_FORWARD, &look.say(&text!("ui-peers-send", peer = address))).clicked() {
        asked = Some(Asked::Send);
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_never_overlap_and_leave_room_for_the_buttons() {
        for width in 300..2000 {
            let columns = Columns::of(width as f32);
            let mut left = 0.0;
            for (column, place) in columns.all() {
                assert!(place.left >= left && place.right > place.left, "{width}: {column:?}");
                left = place.right;
            }
            assert!(left <= width as f32 - BUTTONS, "{width}");
        }
        assert_eq!(Columns::of(900.0).places.len(), 7);
        assert_eq!(Columns::of(600.0).places.len(), 5);
    }
}
