//! A socket as a card: what it is, where it stands, and which way it came there.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::Sight;
use crate::text;
use crate::text::Message;
use crate::trace::stages::{Known, Stage};
use crate::trace::{Family, SocketId, SocketType};
use crate::ui::look::{line_of, paint_line, paint_line_right};
use crate::ui::theme;

const SIZE: egui::Vec2 = vec2(300.0, 70.0);
/// How many steps of the way are drawn, the latest.
const STEPS: usize = 4;

/// Where a socket stands, in words.
pub(super) fn stage_name(stage: Stage) -> Message {
    match stage {
        Stage::Fresh => text!("ui-stage-fresh"),
        Stage::Bound => text!("ui-stage-bound"),
        Stage::Listening => text!("ui-stage-listening"),
        Stage::Connecting => text!("ui-stage-connecting"),
        Stage::Connected => text!("ui-stage-connected"),
        Stage::PeerDone => text!("ui-stage-peer-done"),
        Stage::SendingDone => text!("ui-stage-sending-done"),
        Stage::BothDone => text!("ui-stage-both-done"),
        Stage::Broken(errno) => text!("ui-stage-broken", errno = errno.name()),
        Stage::Detached => text!("ui-stage-detached"),
        Stage::Closed => text!("ui-stage-closed"),
    }
}

fn protocol(made: Option<(Family, SocketType)>) -> &'static str {
    match made {
        Some((Family::Unix, _)) => "Unix",
        Some((_, SocketType::Datagram)) => "UDP",
        _ => "TCP",
    }
}

/// Draws it; whether it was chosen.
pub(super) fn show(ui: &mut Ui, sight: &Sight<'_>, id: SocketId, known: &Known, is_chosen: bool) -> bool {
    let (look, roles) = (sight.look, sight.look.roles);
    let (rect, response) = ui.allocate_exact_size(vec2(SIZE.x.min(ui.available_width().max(180.0)), SIZE.y), Sense::click());
    let stage = known.stage();
    let state = look.say(&stage_name(stage));
    let at = |address: &Option<crate::trace::Address>| address.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let name = sight.name_of(id).unwrap_or_default();
    let ends = look.say(&text!("ui-calls-ends", local = at(&known.local), peer = at(&known.peer)));
    let protocol = protocol(known.made);
    let first = known.way.len().saturating_sub(STEPS);
    let way = known.way.iter().skip(first).map(|(_, stage)| look.say(&stage_name(*stage))).collect::<Vec<_>>().join(" → ");
    let whole = format!("{id} {name} {protocol}: {state}, {ends}");
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &whole));
    let fill = if response.hovered() { roles.hover } else { roles.surface };
    let border = if is_chosen { Stroke::new(1.5, roles.accent) } else { Stroke::new(1.0, roles.line) };
    ui.painter().rect(rect, theme::CARD, fill, border, StrokeKind::Inside);
    look.ring(ui, rect, &response);
    let inner = Rect::from_min_max(rect.min + vec2(10.0, 6.0), rect.max - vec2(10.0, 6.0));
    let (small, ink) = (theme::plain(12.0), roles.text2);
    let number = known.number.map(|number| format!("fd {number}")).unwrap_or_default();
    let colour = match stage {
        Stage::Broken(_) => roles.error,
        Stage::Listening | Stage::Connected => roles.accent,
        _ => roles.text2,
    };
    let half = inner.width() * 0.6;
    let id = id.to_string();
    let head = [(id.as_str(), theme::mono(13.0), roles.text), ("  ", small.clone(), ink), (name, theme::mono(12.0), ink)];
    let head = [
        &head[..],
        &[("  ", small.clone(), ink), (protocol, small.clone(), ink), ("  ", small.clone(), ink)],
        &[(number.as_str(), theme::mono(11.0), ink)],
    ]
    .concat();
    paint_line(ui, inner.left(), inner.top() + 9.0, line_of(&head, half));
    paint_line_right(ui, inner.right(), inner.top() + 9.0, line_of(&[(&state, theme::strong(12.0), colour)], inner.width() * 0.4));
    paint_line(ui, inner.left(), inner.top() + 29.0, line_of(&[(&ends, theme::mono(11.0), ink)], inner.width()));
    paint_line(ui, inner.left(), inner.top() + 48.0, line_of(&[(&way, theme::plain(11.0), ink)], inner.width()));
    response.on_hover_text(look.say(&text!("ui-calls-card-tip", socket = id, way = way))).clicked()
}
