//! The states of a TCP connection as RFC 9293 draws them (section 3.3.2, figure 5), with the way that this one has taken.

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::{figures, sides};
use crate::text;
use crate::text::Message;
use crate::trace::TcpState;
use crate::trace::known::KnownSocket;
use crate::ui::look::Look;
use crate::ui::theme;

/// The size of the drawing.
pub(super) const SIZE: Vec2 = vec2(392.0, 290.0);
/// The size of a state.
const STATE: Vec2 = vec2(108.0, 22.0);
/// From one row of states to the next, and from one column to the next.
const STEP: Vec2 = vec2(132.0, 43.0);

/// Where each state stands: column and row.
const PLACES: [(TcpState, [u8; 2]); 11] = [
    (TcpState::Closed, [1, 0]),
    (TcpState::Listen, [0, 1]),
    (TcpState::SynSent, [2, 1]),
    (TcpState::SynReceived, [0, 2]),
    (TcpState::Established, [1, 3]),
    (TcpState::FinWait1, [0, 4]),
    (TcpState::CloseWait, [2, 4]),
    (TcpState::FinWait2, [0, 5]),
    (TcpState::Closing, [1, 5]),
    (TcpState::LastAck, [2, 5]),
    (TcpState::TimeWait, [1, 6]),
];

/// Which state follows which, and which of the sides (top, right, bottom, left) the arrow leaves and meets.
const STEPS: [(TcpState, TcpState, usize, usize); 15] = [
    (TcpState::Closed, TcpState::Listen, 3, 0),
    (TcpState::Closed, TcpState::SynSent, 1, 0),
    (TcpState::Listen, TcpState::SynReceived, 2, 0),
    (TcpState::SynSent, TcpState::SynReceived, 3, 1),
    (TcpState::SynReceived, TcpState::Established, 2, 3),
    (TcpState::SynSent, TcpState::Established, 2, 1),
    (TcpState::Established, TcpState::FinWait1, 2, 0),
    (TcpState::Established, TcpState::CloseWait, 2, 0),
    (TcpState::FinWait1, TcpState::FinWait2, 2, 0),
    (TcpState::FinWait1, TcpState::Closing, 1, 0),
    (TcpState::CloseWait, TcpState::LastAck, 2, 0),
    (TcpState::FinWait2, TcpState::TimeWait, 2, 3),
    (TcpState::Closing, TcpState::TimeWait, 2, 0),
    (TcpState::LastAck, TcpState::Closed, 1, 1),
    (TcpState::TimeWait, TcpState::Closed, 1, 1),
];

/// Draws the diagram.
pub(super) fn show(ui: &mut Ui, known: &KnownSocket, look: &Look) {
    look.heading(ui, &text!("ui-kernel-diagram"));
    let (rect, response) = ui.allocate_exact_size(SIZE, Sense::focusable_noninteractive());
    let words = look.say(&text!("ui-kernel-path", states = figures::path(known)));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    look.ring(ui, rect, &response);
    let painter = ui.painter_at(rect.expand(2.0));
    for (from, to, leaves, meets) in STEPS {
        let taken = known.path.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if *one == from && *other == to));
        let stroke = if taken { Stroke::new(2.5, look.roles.accent) } else { Stroke::new(1.0, look.roles.text2.gamma_multiply(0.6)) };
        arrow(&painter, rect, (from, leaves), (to, meets), stroke);
    }
    let is_step = |from: &TcpState, to: &TcpState| STEPS.iter().any(|(one, other, ..)| (one, other) == (from, to));
    let pairs = known.path.windows(2).filter_map(|pair| if let [(from, _), (to, _)] = pair { Some((*from, *to)) } else { None });
    let unseen = pairs.filter(|(from, to)| !is_step(from, to)).collect::<Vec<_>>();
    for (from, to) in &unseen {
        skipped(&painter, rect, *from, *to, look.roles.accent);
    }
    for (state, _) in PLACES {
        self::state(&painter, rect, state, known, look);
    }
    let hovered = ui.input(|input| input.pointer.hover_pos()).filter(|at| rect.contains(*at));
    let pointed = PLACES.iter().find(|(state, _)| hovered.is_some_and(|at| place(rect, *state).contains(at)));
    let tip = pointed.map_or(words, |(state, _)| look.say(&about(*state)));
    response.on_hover_text(tip);
    if !unseen.is_empty() {
        look.secondary(ui, look.say(&text!("ui-kernel-unseen")));
    }
}

/// What a state is, for who points at it.
fn about(state: TcpState) -> Message {
    text!("ui-kernel-state", state = state.name(), ss = state.name_in_ss(), sentence = state.sentence())
}

fn place(rect: Rect, state: TcpState) -> Rect {
    let [column, row] = PLACES.iter().find(|(known, _)| *known == state).map_or([1, 0], |(_, place)| *place);
    Rect::from_min_size(rect.min + vec2(f32::from(column) * STEP.x, 4.0 + f32::from(row) * STEP.y), STATE)
}

fn state(painter: &Painter, rect: Rect, state: TcpState, known: &KnownSocket, look: &Look) {
    let roles = look.roles;
    let box_ = place(rect, state);
    let was = known.path.iter().any(|(seen, _)| *seen == state);
    let is = known.state() == Some(state);
    let (fill, edge, colour, font) = match (is, was) {
        (true, _) => (roles.select, Stroke::new(2.0, roles.accent), roles.text, theme::strong(11.0)),
        (_, true) => (roles.select, Stroke::new(1.0, roles.accent), roles.text, theme::mono(11.0)),
        _ => (roles.surface, Stroke::new(1.0, roles.line), roles.text2, theme::mono(11.0)),
    };
    painter.rect(box_, f32::from(theme::CORNER), fill, edge, egui::StrokeKind::Inside);
    painter.text(box_.center(), Align2::CENTER_CENTER, state.name(), font, colour);
}

/// An arrow from one side of a state to one of another, with one bend where both do not face each other.
fn arrow(painter: &Painter, rect: Rect, (from, leaves): (TcpState, usize), (to, meets): (TcpState, usize), stroke: Stroke) {
    let [Some(begin), Some(end)] = [(from, leaves), (to, meets)].map(|(state, side)| sides(place(rect, state)).get(side).copied()) else {
        return;
    };
    let points = match (leaves % 2 == 1, meets % 2 == 1) {
        (true, true) => {
            // From the right of one to the right of the other: around all that lies between.
            let out = if leaves == meets { rect.right() - 4.0 } else { begin.x.midpoint(end.x) };
            vec![begin, Pos2::new(out, begin.y), Pos2::new(out, end.y), end]
        }
        (true, false) => vec![begin, Pos2::new(end.x, begin.y), end],
        (false, true) => vec![begin, Pos2::new(begin.x, end.y), end],
        (false, false) => {
            let between = begin.y.midpoint(end.y);
            vec![begin, Pos2::new(begin.x, between), Pos2::new(end.x, between), end]
        }
    };
    painter.line(points.clone(), stroke);
    if let [.., before, last] = points.as_slice() {
        head(painter, *before, *last, stroke);
    }
}

fn head(painter: &Painter, from: Pos2, to: Pos2, stroke: Stroke) {
    let along = (to - from).normalized();
    let across = along.rot90();
    for side in [1.0, -1.0] {
        painter.line_segment([to, to - along * 6.0 + across * side * 3.5], stroke);
    }
}

/// A step that nobody saw: what came in between was over before the next look.
fn skipped(painter: &Painter, rect: Rect, from: TcpState, to: TcpState, colour: Color32) {
    let (begin, end) = (place(rect, from).center(), place(rect, to).center());
    painter.extend(egui::Shape::dashed_line(&[begin, end], Stroke::new(1.5, colour), 5.0, 4.0));
}
