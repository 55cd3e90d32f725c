//! The packets of one transfer as a ladder: client at the left, server at the right, a rung for each packet that this end sent or received.
//!
//! Lays out only the rungs in view. The line of the end that is looked at is solid; the other is dashed: what happens there is only inferred.

use egui::{Align2, Color32, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::rung::{ENDS, icon, ink, name, oddity};
use crate::text;
use crate::trace::transfer::{Ladder, Rung, RungMark, Step, Transfer};
use crate::trace::{Direction, Names, notation};
use crate::ui::list::{List, Rows};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// The height of a rung.
const RUNG: f32 = 22.0;
/// The height of the names of both ends.
const HEAD: f32 = 34.0;
/// The width of the times.
const TIME: f32 = 84.0;
/// The width of what is odd, in words.
const WORDS: f32 = 150.0;
/// From which width on there is room for words.
const ROOM: f32 = 460.0;

/// Where things stand from left to right.
#[derive(Clone, Copy)]
struct Lanes {
    left: f32,
    right: f32,
    /// Whether what is odd is told in words.
    words: bool,
    /// Whether this end is the client, at the left.
    is_client: bool,
}

impl Lanes {
    fn of(rect: Rect, is_client: bool) -> Self {
        let words = rect.width() >= ROOM;
        let marks = if words { WORDS } else { 30.0 };
        Self { left: rect.left() + TIME + 14.0, right: rect.right() - marks - 12.0, words, is_client }
    }

    fn own(&self) -> f32 {
        if self.is_client { self.left } else { self.right }
    }

    fn other(&self) -> f32 {
        if self.is_client { self.right } else { self.left }
    }
}

/// Draws the ladder; returns the row of the packet that was chosen.
pub(super) fn show(
    ui: &mut Ui,
    (ladder, transfer): (&Ladder, &Transfer),
    names: &Names,
    in_view: &mut List,
    chosen: Option<u64>,
    look: &Look,
) -> Option<u64> {
    let whole = ui.available_rect_before_wrap();
    head(ui, whole.with_max_y(whole.top() + HEAD), transfer, names, look);
    let list = whole.with_min_y(whole.top() + HEAD);
    let at = chosen.and_then(|n| ladder.rungs.binary_search_by_key(&n, |rung| rung.n).ok());
    let rungs = Rows { height: RUNG, count: ladder.rungs.len() };
    let place = (ui.scope_id().with("ladder"), list);
    let (response, to) = in_view.keys(ui, place, &look.say(&text!("ui-ladder-rungs")), rungs, at);
    let mut picked = to.and_then(|to| ladder.rungs.get(to)).map(|rung| rung.n);
    let chosen = picked.or(chosen);
    // It goes along with what comes until a packet is chosen.
    let follows = transfer.end.is_none() && chosen.is_none();
    let rows = Rows { count: rungs.count + usize::from(ladder.more > 0), ..rungs };
    in_view.show(ui, &response, rows, follows, look, |ui, place| match ladder.rungs.get(place) {
        Some(rung) => {
            if draw(ui, rung, transfer, Some(rung.n) == chosen, look) {
                picked = Some(rung.n);
                response.request_focus();
            }
        }
        None => drop(look.secondary(ui, look.say(&text!("ui-ladder-more", count = ladder.more)))),
    });
    if ladder.rungs.is_empty() {
        let words = look.say(&text!("ui-ladder-reading"));
        paint_line(ui, list.left() + 14.0, list.top() + 14.0, line_of(&[(&words, theme::plain(12.0), look.roles.text2)], list.width()));
    }
    picked
}

/// The names of both ends, over their lines.
fn head(ui: &Ui, rect: Rect, transfer: &Transfer, names: &Names, look: &Look) {
    let lanes = Lanes::of(rect, transfer.asks);
    ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, look.roles.line));
    let own = (names.program_name(transfer.program), transfer.socket.to_string());
    let peer = transfer.peer.as_ref().map(ToString::to_string).unwrap_or_default();
    let other = look.say(&if transfer.asks { text!("ui-ladder-server") } else { text!("ui-ladder-client") });
    let (left, right) = if transfer.asks { (own, (other, peer)) } else { ((other, peer), own) };
    for (x, (name, below)) in [(lanes.left, left), (lanes.right, right)] {
        ui.painter().text(pos2(x, rect.top() + 11.0), Align2::CENTER_CENTER, name, theme::strong(12.0), look.roles.text);
        ui.painter().text(pos2(x, rect.top() + 25.0), Align2::CENTER_CENTER, below, theme::mono(11.0), look.roles.text2);
    }
}

/// One packet; returns whether it was clicked.
fn draw(ui: &mut Ui, rung: &Rung, transfer: &Transfer, chosen: bool, look: &Look) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), RUNG), Sense::click());
    let lanes = Lanes::of(rect, transfer.asks);
    let at = notation::duration(std::time::Duration::from_nanos(rung.at.saturating_sub(transfer.since)));
    let packet = name(rung.step);
    let size = if let Step::Data(_) = rung.step { format!("{} B", rung.length) } else { String::new() };
    let odd = oddity(rung.mark).map(|(words, _)| look.say(&words)).unwrap_or_default();
    response.widget_info(|| {
        let way = match rung.direction {
            Direction::Sent => text!("ui-ladder-sent"),
            Direction::Received => text!("ui-ladder-received"),
        };
        let parts = [packet.clone(), size.clone(), look.say(&way), odd.clone(), at.clone()];
        let spoken = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, spoken)
    });
    look.row(ui, rect, chosen, response.hovered());
    let (y, colour) = (rect.center().y, ink(rung, look));
    paint_line_right(ui, rect.left() + TIME - 6.0, y, line_of(&[(&at, theme::mono(11.0), look.roles.text2)], TIME - 10.0));
    let line = Stroke::new(1.5, look.roles.stroke);
    ui.painter().vline(lanes.own(), rect.y_range(), line);
    let dashes = [pos2(lanes.other(), rect.top() + 2.0), pos2(lanes.other(), rect.bottom())];
    ui.painter().extend(Shape::dashed_line(&dashes, Stroke::new(1.2, look.roles.text2), 4.0, 3.0));
    arrow(ui, rung, lanes, y, colour);
    ui.painter().rect_filled(Rect::from_center_size(pos2(lanes.own(), y), vec2(8.0, 8.0)), 2.0, colour);
    label(ui, (&packet, &size), lanes, y, colour, background(chosen, response.hovered(), look));
    let mark = if let Step::Error(_) = rung.step { Some(ENDS) } else { icon(rung.mark) };
    if let Some(mark) = mark {
        let x = lanes.right + 24.0;
        ui.painter().text(pos2(x, y), Align2::CENTER_CENTER, mark.codepoint, theme::icon(14.0), colour);
        if lanes.words {
            paint_line(ui, x + 12.0, y, line_of(&[(&odd, theme::plain(12.0), colour)], rect.right() - x - 16.0));
        }
    }
    let clicked = response.clicked();
    if let Some((words, rule)) = oddity(rung.mark) {
        response.on_hover_text(format!("{}\n{}", look.say(&words), look.say(&rule)));
    }
    clicked
}

fn background(chosen: bool, hovered: bool, look: &Look) -> Color32 {
    match (chosen, hovered) {
        (true, _) => look.roles.select,
        (_, true) => look.roles.hover,
        _ => look.roles.surface,
    }
}

/// From one line to the other; what is dropped stops half way, at a cross.
fn arrow(ui: &Ui, rung: &Rung, lanes: Lanes, y: f32, colour: Color32) {
    let (from, to) = if rung.direction == Direction::Sent { (lanes.own(), lanes.other()) } else { (lanes.other(), lanes.own()) };
    let ahead = (to - from).signum();
    let stroke = Stroke::new(1.5, colour);
    if rung.mark == RungMark::Dropped {
        // What came and is dropped had already crossed.
        let end = from + (to - from) * if rung.direction == Direction::Sent { 0.8 } else { 0.92 };
        ui.painter().line_segment([pos2(from, y), pos2(end, y)], stroke);
        for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
            ui.painter().line_segment([pos2(end - dx, y - dy), pos2(end + dx, y + dy)], Stroke::new(2.0, colour));
        }
        return;
    }
    let tip = to - ahead * 5.0;
    let back = tip - ahead * 7.0;
    ui.painter().line_segment([pos2(from, y), pos2(back, y)], stroke);
    let head: Vec<Pos2> = vec![pos2(tip, y), pos2(back, y - 3.0), pos2(back, y + 3.0)];
    ui.painter().add(Shape::convex_polygon(head, colour, Stroke::NONE));
}

/// The name of the packet, on its line.
fn label(ui: &Ui, (packet, size): (&str, &str), lanes: Lanes, y: f32, colour: Color32, behind: Color32) {
    let gap = if size.is_empty() { "" } else { "  " };
    let runs = [(packet, theme::mono(12.0), colour), (gap, theme::mono(11.0), colour), (size, theme::mono(11.0), colour)];
    let galley = ui.painter().layout_job(line_of(&runs, (lanes.right - lanes.left - 60.0).max(40.0)));
    let middle = pos2(f32::midpoint(lanes.left, lanes.right), y);
    let at = Rect::from_center_size(middle, galley.size() + vec2(10.0, 0.0));
    ui.painter().rect_filled(at, 0.0, behind);
    ui.painter().galley(Align2::CENTER_CENTER.align_size_within_rect(galley.size(), at).min, galley, colour);
}
