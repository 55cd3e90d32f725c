//! The ranges of ports as three bars, with the services that have names above, and below them the other reading and what this system gives to clients.

use std::ops::RangeInclusive;

use egui::{Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::text;
use crate::ui::look::{Look, line_of, paint_line};
use crate::ui::theme;
use crate::wire::port::{OTHER_READING, RANGES, SERVICES};

/// The share of the width that each range takes: a scale would leave nothing to read of the first.
const SHARES: [f32; 3] = [0.2, 0.5, 0.3];
/// The height of it all.
const HEIGHT: f32 = 92.0;
/// The height of a bar.
const BAR: f32 = 22.0;

/// How far to the right a port stands, from 0 to 1.
fn place(port: u16) -> f32 {
    let mut begin = 0.0;
    for (range, share) in RANGES.iter().zip(SHARES) {
        if port <= range.last {
            let part = f32::from(port - range.first) / (f32::from(range.last - range.first) + 1.0);
            return begin + part * share;
        }
        begin += share;
    }
    1.0
}

/// Draws them; `ephemeral` are the ports that this system gives to clients, as far as that is known.
pub(super) fn show(ui: &mut Ui, ephemeral: Option<(u16, u16)>, look: &Look) {
    services(ui, look);
    let roles = look.roles;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let x = |port: u16| rect.left() + place(port) * rect.width();
    for (number, range) in RANGES.iter().enumerate() {
        let (fill, line) = roles.field(number);
        let end = if range.last == u16::MAX { rect.right() } else { x(range.last + 1) - 2.0 };
        let area = Rect::from_min_max(pos2(x(range.first), rect.top()), pos2(end, rect.top() + BAR));
        ui.painter().rect(area, theme::CORNER, fill, Stroke::new(1.0, line), StrokeKind::Inside);
        let words = format!("{}–{} {}", range.first, range.last, look.say(&(range.name)()));
        let job = line_of(&[(&words, theme::plain(11.0), roles.text)], area.width() - 8.0);
        let wide = ui.painter().layout_job(job.clone()).size().x;
        paint_line(ui, area.center().x - wide / 2.0, area.center().y, job);
        told(ui, area, number, &words, &look.say(&(range.sentence)()));
    }
    let second = rect.top() + BAR + 12.0;
    let words = format!("{}–{} {}", OTHER_READING.first, OTHER_READING.last, look.say(&(OTHER_READING.name)()));
    let other = (x(OTHER_READING.first)..=rect.right(), second);
    span(ui, other, roles.text2, (&words, &look.say(&(OTHER_READING.sentence)())), 3);
    if let Some((first, last)) = ephemeral {
        let words = look.say(&text!("ui-ports-ephemeral", first = first.to_string(), last = last.to_string()));
        let own = (x(first)..=x(last), second + 30.0);
        span(ui, own, roles.accent, (&words, &look.say(&text!("ui-ports-ephemeral-tip"))), 4);
    }
}

/// A line from one port to another with its words below.
fn span(ui: &Ui, (along, y): (RangeInclusive<f32>, f32), colour: Color32, (words, tip): (&str, &str), number: usize) {
    let (from, to) = (*along.start(), *along.end());
    ui.painter().hline(along, y, Stroke::new(2.0, colour));
    for end in [from, to - 1.0] {
        ui.painter().vline(end, y - 4.0..=y + 4.0, Stroke::new(2.0, colour));
    }
    let job = line_of(&[(words, theme::plain(11.0), colour)], ui.available_width().max(to - from));
    let wide = ui.painter().layout_job(job.clone()).size().x;
    let left = ((from + to - wide) / 2.0).max(from.min(to - wide)).max(ui.min_rect().left());
    paint_line(ui, left, y + 13.0, job);
    let area = Rect::from_min_max(pos2(from.min(left), y - 5.0), pos2(to, y + 20.0));
    told(ui, area, number, words, tip);
}

/// What is told of an area under the pointer and to screen readers.
fn told(ui: &Ui, area: Rect, number: usize, words: &str, tip: &str) {
    let response = ui.interact(area, ui.scope_id().with(("range", number)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{words}: {tip}")));
    response.on_hover_text(tip);
}

/// The services that everyone should have heard of, by their ports.
fn services(ui: &mut Ui, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let common = || SERVICES.iter().filter(|service| service.is_common);
    let all = common().map(|service| format!("{} {}", service.port, service.name)).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &all));
    let mut left = rect.left();
    for service in common() {
        let port = service.port.to_string();
        let job = line_of(
            &[
                (&port, theme::mono(11.0), look.roles.text),
                (" ", theme::plain(11.0), look.roles.text),
                (service.name, theme::plain(11.0), look.roles.text2),
            ],
            f32::INFINITY,
        );
        let wide = ui.painter().layout_job(job.clone()).size().x;
        if left + wide > rect.right() {
            break;
        }
        left = paint_line(ui, left, rect.center().y, job) + 14.0;
    }
    let every = SERVICES.iter().map(|service| format!("{:>5}  {}", service.port, service.name)).collect::<Vec<_>>().join("\n");
    response.on_hover_ui(|ui| drop(ui.label(egui::RichText::new(every).font(theme::mono(11.0)))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_stand_in_their_order_from_one_end_to_the_other() {
        assert_eq!(place(0), 0.0);
        assert!((place(1024) - SHARES[0]).abs() < 1e-6);
        assert!((place(49_152) - SHARES[0] - SHARES[1]).abs() < 1e-6);
        assert!((0..u16::MAX).all(|port| place(port) < place(port + 1)));
        assert!(place(u16::MAX) <= 1.0);
    }
}
