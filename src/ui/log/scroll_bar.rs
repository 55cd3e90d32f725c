//! The scroll bar of the log, which counts in rows.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use super::place::Place;
use crate::text;
use crate::ui::look::Look;

/// The width of the bar, in points.
const WIDTH: f32 = 8.0;
/// The smallest handle that a pointer can catch.
const SMALLEST: f32 = 24.0;

/// Draws the bar at the right of `list`; returns where the person moved it to.
pub(super) fn show(ui: &Ui, list: Rect, id: Id, place: Place, total: u64, height: f64, look: &Look) -> Option<Place> {
    if total as f64 <= height {
        return None;
    }
    let track = Rect::from_min_max(pos2(list.right() - WIDTH, list.top()), list.max);
    let length = (track.height() * (height / total as f64) as f32).clamp(SMALLEST.min(track.height()), track.height());
    let room = track.height() - length;
    let top = track.top() + room * place.fraction(total, height) as f32;
    let handle = Rect::from_min_max(pos2(track.left() + 2.0, top), pos2(track.right() - 1.0, top + length));

    let response = ui.interact(track, id.with("bar"), Sense::CLICK | Sense::DRAG);
    let name = look.say(&text!("ui-log-scroll"));
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, &name));
    let held = response.dragged() || response.hovered();
    let colour = if held { look.roles.stroke } else { look.roles.disabled.gamma_multiply(0.6) };
    ui.painter().rect_filled(handle, 3.0, colour);

    let pointer = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked())?;
    let catch = id.with("catch");
    let offset = if response.drag_started() || response.clicked() {
        let offset = if handle.contains(pos2(handle.center().x, pointer.y)) { pointer.y - top } else { length / 2.0 };
        ui.data_mut(|data| data.insert_temp(catch, offset));
        offset
    } else {
        ui.data(|data| data.get_temp(catch)).unwrap_or(length / 2.0)
    };
    let fraction = f64::from((pointer.y - offset - track.top()) / room.max(1.0));
    Some(Place::at_fraction(fraction, total, height))
}
