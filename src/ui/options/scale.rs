//! The sizes of a buffer on one line, by their magnitude: the smallest and the largest that this machine gives, the default, what was asked and what was got.

use egui::{Align2, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::subject::Cells;
use crate::text;
use crate::trace::Value;
use crate::ui::look::Look;
use crate::ui::theme;

/// The height of the line with its words, and the most width it takes.
const HEIGHT: f32 = 62.0;
const WIDTH: f32 = 420.0;

/// Draws the line between `least` and `most`.
pub(super) fn show(ui: &mut Ui, (least, most): (i64, i64), cells: &Cells, is_recorded: bool, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(WIDTH), HEIGHT), Sense::hover());
    let number = |value: &Option<Value>| if let Some(Value::Int(number)) = value { Some(*number) } else { None };
    let (asked, got, default) = (number(&cells.asked), number(&cells.effective), number(&cells.default));
    let all = [Some(least), Some(most), asked, got, default];
    let low = all.iter().flatten().copied().filter(|size| *size > 0).min().unwrap_or(1).max(1);
    let high = all.iter().flatten().copied().max().unwrap_or(low).max(low + 1);
    let (left, right, y) = (rect.left() + 8.0, rect.right() - 8.0, rect.center().y);
    let part = |size: i64| ((size.max(low) as f64 / low as f64).ln() / (high as f64 / low as f64).ln()) as f32;
    let x = |size: i64| left + (right - left) * part(size);
    let (painter, roles) = (ui.painter(), look.roles);
    painter.line_segment([pos2(left, y), pos2(right, y)], Stroke::new(6.0, roles.sunken));
    painter.line_segment([pos2(x(least), y), pos2(x(most), y)], Stroke::new(6.0, roles.line));
    let words = |at: f32, above: bool, words: String, colour| {
        let width = painter.layout_no_wrap(words.clone(), theme::mono(11.0), colour).size().x;
        let at = at.clamp(rect.left() + width / 2.0, rect.right() - width / 2.0);
        let (align, dy) = if above { (Align2::CENTER_BOTTOM, -9.0) } else { (Align2::CENTER_TOP, 9.0) };
        painter.text(pos2(at, y + dy), align, words, theme::mono(11.0), colour);
    };
    if let Some(default) = default {
        painter.vline(x(default), y - 7.0..=y + 7.0, Stroke::new(2.0, roles.text));
    }
    if let Some(asked) = asked {
        painter.circle(pos2(x(asked), y), 6.0, roles.surface, Stroke::new(2.0, roles.text));
        words(x(asked), true, look.say(&text!("ui-options-scale-asked", size = asked.to_string())), roles.text);
    } else if let Some(default) = default {
        words(x(default), true, look.say(&text!("ui-options-scale-default", size = default.to_string())), roles.text2);
    }
    if let Some(got) = got {
        let colour = if cells.is_other() { roles.wait } else { roles.text };
        painter.circle_filled(pos2(x(got), y), 5.0, colour);
        words(x(got), false, look.say(&text!("ui-options-scale-got", size = got.to_string())), colour);
    }
    let (least, most) = (least.to_string(), most.to_string());
    let said = look.say(&if is_recorded {
        text!("ui-options-scale-recorded", least = least, most = most)
    } else {
        text!("ui-options-scale", least = least, most = most)
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    response.on_hover_text(&said);
    look.secondary(ui, said);
}
