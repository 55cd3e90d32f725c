//! A payload as boxes, one for each character: its bytes above, itself below. A character of several bytes is one box.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::log::preview;
use crate::ui::look::Look;
use crate::ui::theme;

/// A character with the bytes that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Where its first byte stands in the payload.
    pub(super) offset: usize,
    /// How many bytes it has.
    pub(super) len: usize,
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
    /// Bytes that are no UTF-8, or a character that was cut.
    Broken,
}

/// The characters of `bytes` in UTF-8.
pub(super) fn groups(bytes: &[u8]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let escape = preview::escape(character);
            let kind = if escape.is_some() { GroupKind::Control } else { GroupKind::Character };
            let shown = escape.unwrap_or_else(|| if character == ' ' { "␣".to_owned() } else { character.to_string() });
            groups.push(Group { offset, len: character.len_utf8(), shown, kind });
            offset += character.len_utf8();
        }
        if !chunk.invalid().is_empty() {
            groups.push(Group { offset, len: chunk.invalid().len(), shown: "?".to_owned(), kind: GroupKind::Broken });
            offset += chunk.invalid().len();
        }
    }
    groups
}

/// Bytes in hexadecimal, a space between two.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
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
    (group.len * 3 - 1) as f32 * 7.2 + 16.0
}

/// Draws the boxes.
pub(super) fn show(ui: &mut Ui, bytes: &[u8], ink: egui::Color32, look: &Look) {
    let groups = groups(bytes);
    let width = ui.available_width() - OFFSET;
    for line in lines(&groups, width) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let Some(first) = line.first() else { continue };
        let offset = format!("{:04}", first.offset);
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

fn show_cell(ui: &Ui, cell: Rect, bytes: &[u8], group: &Group, ink: egui::Color32, look: &Look) {
    let roles = look.roles;
    let hex = hex(bytes.get(group.offset..group.offset + group.len).unwrap_or_default());
    let border = if group.kind == GroupKind::Broken { Stroke::new(2.0, roles.wait) } else { Stroke::new(1.0, roles.line) };
    let colour = match group.kind {
        GroupKind::Character => ink,
        GroupKind::Control => roles.text2,
        GroupKind::Broken => roles.wait,
    };
    let response = ui.interact(cell, ui.scope_id().with(("cell", group.offset)), Sense::HOVER);
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
                assert_eq!(group.offset, next);
                next += group.len;
            }
            assert_eq!(next, bytes.len());
            assert_eq!(lines(&groups, 100.0).concat(), groups);
        }
        let cut = groups(b"\xe4\xbd\xa0\xe5\xa5");
        assert_eq!((cut[0].len, cut[1].len, cut[1].kind), (3, 2, GroupKind::Broken));
    }
}
