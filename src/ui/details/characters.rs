//! A payload as boxes, one for each character: its bytes above, itself below. A character of several bytes is one box.

use std::ops::Range;

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::look::Look;
use crate::ui::theme;
use crate::wire::{Charset, Meaning, hex, preview};

/// A character with the bytes that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Where its bytes stand in the payload.
    pub(super) range: Range<usize>,
    /// What stands below the bytes.
    pub(super) shown: String,
    /// What it is.
    pub(super) kind: GroupKind,
}

/// What a group of bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// A character that can be shown.
    Character,
    /// A character without a shape: a line feed, say.
    Control,
    /// Bytes that are no character, or a character that was cut.
    Broken,
}

/// The characters of `bytes` in UTF-8.
pub(super) fn groups(bytes: &[u8]) -> Vec<Group> {
    let group = |cell: crate::wire::Cell| {
        let one = preview(bytes.get(cell.range.clone()).unwrap_or_default(), Charset::Utf8, 1);
        let (kind, shown) = match cell.meaning {
            Meaning::Invalid | Meaning::Cut => (GroupKind::Broken, "?".to_owned()),
            Meaning::Text(' ', _) => (GroupKind::Control, "\u{2423}".to_owned()),
            Meaning::Text(..) if one.escapes.is_empty() => (GroupKind::Character, one.text),
            Meaning::Text(..) => (GroupKind::Control, one.text),
        };
        Group { range: cell.range, shown, kind }
    };
    Charset::Utf8.cells(bytes).map(group).collect()
}

/// The bytes in hexadecimal, as large as they are shown in boxes.
fn upper_hex(bytes: &[u8]) -> String {
    hex::format(bytes).to_uppercase()
}

const OFFSET: f32 = 34.0;
const HEIGHT: f32 = 38.0;
const GAP: f32 = 4.0;

/// The first and last group of each line that fits into `width`.
fn lines(groups: &[Group], width: f32) -> Vec<&[Group]> {
    let mut lines = Vec::new();
    let mut first = 0;
    let mut x = 0.0;
    for (index, group) in groups.iter().enumerate() {
        let wide = cell_width(group);
        if index > first && x + wide > width {
            lines.push(&groups[first..index]);
            (first, x) = (index, 0.0);
        }
        x += wide + GAP;
    }
    if first < groups.len() {
        lines.push(&groups[first..]);
    }
    lines
}

fn cell_width(group: &Group) -> f32 {
    (group.range.len() * 3 - 1) as f32 * 7.2 + 16.0
}

/// Draws the boxes.
pub(super) fn show(ui: &mut Ui, bytes: &[u8], ink: Color32, look: &Look) {
    let groups = groups(bytes);
    let width = ui.available_width() - OFFSET;
    for line in lines(&groups, width) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let Some(first) = line.first() else { continue };
        let offset = format!("{:04}", first.range.start);
        let left = pos2(rect.left(), rect.center().y);
        ui.painter().text(left, Align2::LEFT_CENTER, offset, theme::mono(11.0), look.roles.text2);
        let mut x = rect.left() + OFFSET;
        for group in line {
            let cell = Rect::from_min_size(pos2(x, rect.top()), vec2(cell_width(group), HEIGHT));
            x = cell.right() + GAP;
            show_cell(ui, cell, bytes, group, ink, look);
        }
    }
}

fn show_cell(ui: &Ui, cell: Rect, bytes: &[u8], group: &Group, ink: Color32, look: &Look) {
    let roles = look.roles;
    let hex = upper_hex(bytes.get(group.range.clone()).unwrap_or_default());
    let border = if group.kind == GroupKind::Broken { Stroke::new(2.0, roles.wait) } else { Stroke::new(1.0, roles.line) };
    let colour = match group.kind {
        GroupKind::Character => ink,
        GroupKind::Control => roles.text2,
        GroupKind::Broken => roles.wait,
    };
    let response = ui.interact(cell, ui.scope_id().with(("cell", group.range.start)), Sense::HOVER);
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{} {hex}", group.shown)));
    if response.hovered() {
        ui.painter().rect_filled(cell, theme::CORNER, roles.hover);
    }
    ui.painter().rect_stroke(cell, theme::CORNER, border, StrokeKind::Inside);
    ui.painter().text(pos2(cell.center().x, cell.top() + 11.0), Align2::CENTER_CENTER, hex, theme::mono(12.0), roles.text);
    let font = if group.kind == GroupKind::Character { theme::mono(14.0) } else { theme::mono(12.0) };
    ui.painter().text(pos2(cell.center().x, cell.bottom() - 11.0), Align2::CENTER_CENTER, &group.shown, font, colour);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_in_one_group() {
        for bytes in [&b"a\n\xe4\xbd\xa0\xe5\xa5 b\xff"[..], b"", "你好，服务器".as_bytes(), b"\xe4\xbd"] {
            let groups = groups(bytes);
            let mut next = 0;
            for group in &groups {
                assert_eq!(group.range.start, next);
                next = group.range.end;
            }
            assert_eq!(next, bytes.len());
            assert_eq!(lines(&groups, 100.0).concat(), groups);
        }
        let cut = groups(b"\xe4\xbd\xa0\xe5\xa5");
        assert_eq!((cut[0].range.clone(), cut[1].range.clone(), cut[1].kind), (0..3, 3..5, GroupKind::Broken));
    }
}
