//! The figures of a socket by what belongs together: name, value, and how it went where it changed.

use std::cmp::Ordering;

use egui::{Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::text;
use crate::trace::known::KnownSocket;
use crate::trace::sample::{Group, Unit};
use crate::trace::{Figure, Sample, TcpState};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;

/// The width that one column of figures needs.
pub(super) const LEAST: f32 = 300.0;
/// The height of a figure.
const ROW: f32 = 20.0;
/// The width of what shows how it went.
const TREND: f32 = 90.0;
const VALUE: f32 = 110.0;

/// Draws the groups, side by side where there is room.
pub(super) fn show(ui: &mut Ui, known: &KnownSocket, sample: &Sample, look: &Look) {
    let of = |group: Group| sample.figures().iter().copied().filter(move |(figure, _)| figure.group() == group && *figure != Figure::State);
    let groups = Group::ALL.iter().copied().filter(|group| of(*group).next().is_some()).collect::<Vec<_>>();
    let columns = ((ui.available_width() + 24.0) / (LEAST + 24.0)).floor().clamp(1.0, 3.0) as usize;
    let each = groups.len().div_ceil(columns).max(1);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.columns(columns, |columns| {
        for (groups, ui) in groups.chunks(each).zip(columns) {
            for group in groups {
                look.heading(ui, &group.name());
                ui.add_space(3.0);
                for (figure, value) in of(*group) {
                    line(ui, known, figure, value, look);
                }
                ui.add_space(10.0);
            }
        }
    });
}

fn line(ui: &mut Ui, known: &KnownSocket, figure: Figure, value: u64, look: &Look) {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(LEAST + 120.0), ROW), Sense::focusable_noninteractive());
    let (name, value) = (look.say(&figure.name()), figure.text(value));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {value}")));
    let y = rect.center().y;
    let right = rect.right() - TREND - 8.0;
    paint_line(ui, rect.left(), y, line_of(&[(&name, theme::plain(12.0), roles.text2)], right - VALUE - rect.left() + 20.0));
    let colour = if figure == Figure::Drops && value != "0" { roles.error } else { roles.text };
    paint_line_right(ui, right, y, line_of(&[(&value, theme::mono(12.0), colour)], VALUE));
    if known.varies(figure) && figure.unit() != Unit::Timer {
        trend(
            ui,
            egui::Rect::from_min_max(pos2(right + 8.0, rect.top() + 3.0), pos2(rect.right(), rect.bottom() - 3.0)),
            known,
            figure,
            look,
        );
    }
    look.ring(ui, rect, &response);
    response.on_hover_text(tip(known, figure, look));
}

/// What the figure says, and between which values it was.
fn tip(known: &KnownSocket, figure: Figure, look: &Look) -> String {
    let sentence = look.say(&figure.sentence());
    let values = || known.history(figure).map(|(_, value)| value);
    match (values().min(), values().max()) {
        (Some(least), Some(most)) if least < most => {
            let range = text!("ui-kernel-between", least = figure.text(least), most = figure.text(most));
            format!("{sentence}\n{}", look.say(&range))
        }
        _ => sentence,
    }
}

/// The values as steps over time, from the first sample to the last.
fn trend(ui: &Ui, rect: egui::Rect, known: &KnownSocket, figure: Figure, look: &Look) {
    let points = known.history(figure).collect::<Vec<_>>();
    let (Some(&(begin, _)), Some(&(end, _))) = (points.first(), points.last()) else { return };
    let most = points.iter().map(|(_, value)| *value).max().unwrap_or_default().max(1);
    let x = |at: u64| rect.left() + rect.width() * ((at - begin) as f64 / (end - begin).max(1) as f64) as f32;
    let y = |value: u64| rect.bottom() - rect.height() * (value as f64 / most as f64) as f32;
    let mut line = Vec::with_capacity(points.len() * 2);
    for (at, value) in points {
        if let Some(before) = line.last().map(|point: &egui::Pos2| point.y)
            && before.total_cmp(&y(value)) != Ordering::Equal
        {
            line.push(pos2(x(at), before));
        }
        line.push(pos2(x(at), y(value)));
    }
    ui.painter().rect_filled(rect, 2.0, look.roles.sunken);
    ui.painter().line(line, Stroke::new(1.2, look.roles.accent));
}

/// The states, for those who cannot see the diagram.
pub(super) fn path(known: &KnownSocket) -> String {
    known.path.iter().map(|(state, _)| TcpState::name(*state)).collect::<Vec<_>>().join(" → ")
}
