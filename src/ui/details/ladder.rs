//! "What happened": the chosen call and those on the other side that belong to it, as two lines with arrows between them.

use egui::{Align2, Color32, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use std::time::Duration;

use crate::text;
use crate::trace::pairing::{Paired, Partner};
use crate::trace::{Call, Names, Record, SocketId, notation};
use crate::ui::look::Look;
use crate::ui::theme;

/// How many calls of the other side are drawn.
const MOST: usize = 4;
/// The height of a step of time: instants stand in order, not to scale.
const STEP: f32 = 22.0;
/// The height of the heading and the gap above it.
const HEADING: f32 = 42.0;
/// From when on a call that takes is drawn as blocked, in nanoseconds.
const BLOCKED: u64 = 1_000_000;

/// A call on one of the lines.
struct Mark {
    n: u64,
    call: Call,
    t0: u64,
    t1: u64,
    bytes: u64,
}

impl Mark {
    fn of(partner: &Partner) -> Self {
        Self { n: partner.n, call: partner.call, t0: partner.t0, t1: partner.t1, bytes: partner.shared }
    }

    fn is_blocked(&self) -> bool {
        !self.call.gives() && self.t1.saturating_sub(self.t0) > BLOCKED
    }

    /// Where its mark stands: what gives, where it began; what takes, where it returned.
    fn instant(&self) -> u64 {
        if self.call.gives() { self.t0 } else { self.t1 }
    }
}

/// The chosen call and those that belong to it, made ready to be drawn.
pub(super) struct Ladder {
    left: Vec<Mark>,
    right: Vec<Mark>,
    sockets: (SocketId, SocketId),
    /// The times at which something stands, in order.
    instants: Vec<u64>,
    /// How many more calls belong to it.
    hidden: usize,
}

impl Ladder {
    /// That of `record`; none where it is no call on a socket.
    pub(super) fn of(record: &Record, paired: &Paired) -> Option<Self> {
        let (call, socket) = (record.call()?, record.socket?);
        // The line of an accept is that of the socket it gave.
        let socket = match record.outcome {
            crate::trace::Outcome::Socket(accepted, _) => accepted,
            _ => socket,
        };
        let mine = Mark { n: record.n, call, t0: record.t0, t1: record.t1, bytes: 0 };
        let theirs = paired.partners.iter().take(MOST).map(Mark::of).collect::<Vec<_>>();
        let (left, right, sockets) =
            if call.gives() { (vec![mine], theirs, (socket, paired.socket)) } else { (theirs, vec![mine], (paired.socket, socket)) };
        let mut instants = left.iter().map(Mark::instant).collect::<Vec<_>>();
        instants.extend(right.iter().flat_map(|mark| [mark.t0, mark.instant()].into_iter().skip(usize::from(!mark.is_blocked()))));
        instants.sort_unstable();
        instants.dedup();
        let hidden = paired.partners.len().saturating_sub(MOST) + paired.more;
        Some(Self { left, right, sockets, instants, hidden })
    }

    /// How high it is with its heading, in points.
    pub(super) fn height(&self) -> f32 {
        HEADING + self.lines() + if self.hidden > 0 { 20.0 } else { 0.0 }
    }

    fn lines(&self) -> f32 {
        40.0 + self.instants.len() as f32 * STEP
    }

    /// Draws both lines; returns the row whose mark was clicked.
    pub(super) fn show(&self, ui: &mut Ui, names: &Names, look: &Look) -> Option<u64> {
        let clicked = self.draw(ui, names, look);
        if self.hidden > 0 {
            look.secondary(ui, look.say(&text!("ui-happened-more", count = self.hidden)));
        }
        clicked
    }

    fn draw(&self, ui: &mut Ui, names: &Names, look: &Look) -> Option<u64> {
        let (roles, left, right) = (look.roles, &self.left, &self.right);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), self.lines()), Sense::hover());
        let y = |instant: u64| rect.top() + 34.0 + self.instants.partition_point(|other| *other < instant) as f32 * STEP;
        let (from, to) = (rect.left() + 52.0, rect.right() - 62.0);
        for (x, socket) in [(from, self.sockets.0), (to, self.sockets.1)] {
            ui.painter().vline(x, rect.top() + 18.0..=rect.bottom(), Stroke::new(1.5, roles.stroke));
            let name = names.socket(socket).map(|ends| names.program_name(ends.program)).unwrap_or_default();
            ui.painter().text(
                pos2(x, rect.top() + 7.0),
                Align2::CENTER_CENTER,
                format!("{name} {socket}"),
                theme::plain(11.0),
                roles.text2,
            );
        }
        let mut clicked = None;
        for mark in right.iter().filter(|mark| mark.is_blocked()) {
            let bar = Rect::from_x_y_ranges(to - 4.0..=to + 4.0, y(mark.t0)..=y(mark.instant()));
            ui.painter().rect(bar, 2.0, roles.wait_soft, Stroke::new(1.5, roles.wait), StrokeKind::Inside);
            let waited = notation::duration(Duration::from_nanos(mark.t1.saturating_sub(mark.t0)));
            let words = format!("{}\n{waited}", look.say(&text!("ui-happened-waits")));
            // Beside the bar and clear of the name of the call at its end.
            let middle = (bar.center().y).min(bar.bottom() - 20.0);
            ui.painter().text(pos2(to + 8.0, middle), Align2::LEFT_CENTER, words, theme::plain(11.0), roles.wait);
        }
        for (index, one) in left.iter().enumerate() {
            for two in
                right.iter().enumerate().filter(|(other, _)| left.len() == 1 || right.len() == 1 || *other == index).map(|(_, two)| two)
            {
                let bytes = if right.len() > 1 { two.bytes } else { one.bytes.max(two.bytes) };
                arrow(ui, pos2(from + 6.0, y(one.instant())), pos2(to - 6.0, y(two.instant())), bytes, roles.send, roles.panel);
            }
        }
        for (marks, x, ink, side) in [(left, from, roles.send, Align2::RIGHT_CENTER), (right, to, roles.recv, Align2::LEFT_CENTER)] {
            for mark in marks {
                clicked = paint_mark(ui, mark, x, y(mark.instant()), (ink, side), look).or(clicked);
            }
        }
        clicked
    }
}

/// A call as a mark with its name; returns its row where it was clicked.
fn paint_mark(ui: &Ui, mark: &Mark, x: f32, y: f32, (ink, side): (Color32, Align2), look: &Look) -> Option<u64> {
    let rect = Rect::from_center_size(pos2(x, y), vec2(10.0, 8.0));
    ui.painter().rect_filled(rect, 2.0, ink);
    let beside = if side == Align2::RIGHT_CENTER { x - 9.0 } else { x + 9.0 };
    let name = ui.painter().text(pos2(beside, y), side, mark.call.name(), theme::plain(11.0), ink);
    let response = ui.interact(rect.union(name).expand(2.0), ui.scope_id().with(("mark", mark.n)), Sense::click());
    let words = look.say(&text!("ui-happened-mark", row = mark.n.to_string(), call = mark.call.name()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    look.ring(ui, rect.expand(2.0), &response);
    let clicked = response.clicked();
    response.on_hover_text(words).on_hover_cursor(egui::CursorIcon::PointingHand);
    clicked.then_some(mark.n)
}

/// A dashed arrow, as everything that is inferred, with the bytes on it.
fn arrow(ui: &Ui, from: egui::Pos2, to: egui::Pos2, bytes: u64, ink: Color32, behind: Color32) {
    let along = (to - from).normalized();
    let head = to - along * 7.0;
    let side = along.rot90() * 3.0;
    ui.painter().extend(Shape::dashed_line(&[from, head], Stroke::new(1.2, ink), 4.0, 3.0));
    ui.painter().add(Shape::convex_polygon(vec![to, head + side, head - side], ink, Stroke::NONE));
    if bytes > 0 {
        let galley = ui.painter().layout_no_wrap(format!("{bytes} B"), theme::mono(11.0), ink);
        let at = Rect::from_center_size(from + (to - from) * 0.5, galley.size() + vec2(6.0, 0.0));
        ui.painter().rect_filled(at, 0.0, behind);
        ui.painter().galley(at.min + vec2(3.0, 0.0), galley, ink);
    }
}
