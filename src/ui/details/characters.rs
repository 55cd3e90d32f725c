//! A payload as characters: each with its bytes, those that make one character together. Only what is in view is laid out.

use std::ops::Range;

use egui::{Align2, Color32, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::selection::Selection;
use crate::ui::look::Look;
use crate::ui::theme;
use crate::wire::{Charset, Meaning, hex, preview};

/// A character with the bytes that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Where its bytes stand.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: GroupKind,
}

/// What a group of bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// A character.
    Text,
    /// Bytes that are no character.
    Broken,
    /// A part of a character; the rest is in the call before or after.
    Cut,
    /// A character that was put together from the bytes of two calls.
    Joined,
}

/// The characters of `bytes`, whose first `lead` bytes end a character that began before.
pub(super) fn groups(bytes: &[u8], lead: usize, charset: Charset) -> Vec<Group> {
    let lead = lead.min(bytes.len());
    let first = (lead > 0).then_some(Group { range: 0..lead, kind: GroupKind::Cut });
    let group = |cell: crate::wire::Cell| {
        let kind = match cell.meaning {
            Meaning::Text(..) => GroupKind::Text,
            Meaning::Invalid => GroupKind::Broken,
            Meaning::Cut => GroupKind::Cut,
        };
        Group { range: cell.range.start + lead..cell.range.end + lead, kind }
    };
    first.into_iter().chain(charset.cells(bytes.get(lead..).unwrap_or_default()).map(group)).collect()
}

/// What stands for a group, and whether that is the character itself and not a sign for one without a shape.
fn shown(bytes: &[u8], group: &Group, charset: Charset) -> (String, bool) {
    if matches!(group.kind, GroupKind::Broken | GroupKind::Cut) {
        return ("?".to_owned(), false);
    }
    let one = preview(bytes.get(group.range.clone()).unwrap_or_default(), charset, 2);
    if one.text == " " {
        return ("\u{b7}".to_owned(), false);
    }
    let plain = one.escapes.is_empty();
    (one.text, plain)
}

/// The width of the places at the left: four digits, and a gap.
const OFFSET: f32 = 31.0;
const HEIGHT: f32 = 38.0;
const GAP: f32 = 4.0;
/// The width of a digit.
const DIGIT: f32 = 7.2;
/// What stands left and right of the digits of a box, together: where there is room, and where there is little.
const ROOM: std::ops::RangeInclusive<f32> = 8.0..=16.0;

/// Which groups stand in which line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    /// The first and last group of each.
    pub(super) lines: Vec<Range<usize>>,
    /// What stands left and right of the digits of a box, together.
    room: f32,
}

impl Lines {
    /// Those in a pane of that width, of which `tall` points of height are in view; beyond that a bar of width `bar` is needed. Boxes are so narrow
    /// that three characters of three bytes fit into a line, as most of Chinese are in UTF-8.
    pub(super) fn of(groups: &[Group], pane: f32, tall: f32, bar: f32) -> Self {
        let whole = Self::within(groups, pane - OFFSET);
        if whole.height() <= tall { whole } else { Self::within(groups, pane - OFFSET - bar) }
    }

    fn within(groups: &[Group], width: f32) -> Self {
        let room = ((width - 2.0 * GAP) / 3.0 - digits(3)).clamp(*ROOM.start(), *ROOM.end());
        let mut lines = Vec::new();
        let mut first = 0;
        let mut x = 0.0;
        for (index, group) in groups.iter().enumerate() {
            let wide = digits(group.range.len()) + room;
            if index > first && x + wide > width {
                lines.push(first..index);
                (first, x) = (index, 0.0);
            }
            x += wide + GAP;
        }
        if first < groups.len() {
            lines.push(first..groups.len());
        }
        Self { lines, room }
    }

    fn height(&self) -> f32 {
        self.lines.len() as f32 * (HEIGHT + GAP)
    }
}

/// The width of so many bytes in hexadecimal.
fn digits(bytes: usize) -> f32 {
    (bytes * 3).saturating_sub(1) as f32 * DIGIT
}

/// What is drawn.
pub(super) struct Shown<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) groups: &'a [Group],
    pub(super) charset: Charset,
    /// What is added to the place of a byte where it is written.
    pub(super) base: i64,
    pub(super) ink: Color32,
}

impl Shown<'_> {
    /// Draws the lines as boxes, in all the height they take; returns whether what is selected is to be copied.
    pub(super) fn boxes(&self, ui: &mut Ui, lines: &Lines, selection: &mut Selection, look: &Look) -> bool {
        let (step, room) = (HEIGHT + GAP, lines.room);
        let (rect, response) = area(ui, lines.height(), look);
        let lines = &lines.lines;
        let visible = visible(ui, rect, step, lines.len());
        let mut pointed = None;
        for place in visible {
            let Some(groups) = lines.get(place).and_then(|line| self.groups.get(line.clone())) else { continue };
            let top = rect.top() + place as f32 * step;
            self.paint_offset(ui, pos2(rect.left(), top + HEIGHT / 2.0), groups, look);
            let mut x = rect.left() + OFFSET;
            for group in groups {
                let cell = Rect::from_min_size(pos2(x, top), vec2(digits(group.range.len()) + room, HEIGHT));
                x = cell.right() + GAP;
                self.paint_cell(ui, cell, group, selection, look);
                if pointer(&response).is_some_and(|at| cell.expand(GAP / 2.0).contains(at)) {
                    pointed = Some(group.range.clone());
                }
            }
        }
        selection.drag(ui, &response, pointed, self.bytes.len())
    }

    fn paint_offset(&self, ui: &Ui, at: Pos2, groups: &[Group], look: &Look) {
        let first = groups.first().map_or(0, |group| group.range.start as i64 + self.base).max(0);
        ui.painter().text(at, Align2::LEFT_CENTER, format!("{first:04}"), theme::mono(11.0), look.roles.text2);
    }

    fn paint_cell(&self, ui: &Ui, cell: Rect, group: &Group, selection: &Selection, look: &Look) {
        let roles = look.roles;
        let hex = hex::format(self.bytes.get(group.range.clone()).unwrap_or_default()).to_uppercase();
        let (text, plain) = shown(self.bytes, group, self.charset);
        let border = match group.kind {
            GroupKind::Text => Stroke::new(1.0, roles.line),
            GroupKind::Broken => Stroke::new(1.0, roles.wait),
            // The thickest frame there is: a cut character is what to look at.
            GroupKind::Cut | GroupKind::Joined => Stroke::new(2.5, roles.wait),
        };
        let colour = match group.kind {
            GroupKind::Broken | GroupKind::Cut => roles.wait,
            _ if plain => self.ink,
            _ => roles.text2,
        };
        let response = ui.interact(cell, ui.scope_id().with(("cell", group.range.start)), Sense::HOVER);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{text} {hex}")));
        let fill = if selection.touches(&group.range) {
            roles.select
        } else if response.hovered() {
            roles.hover
        } else {
            Color32::TRANSPARENT
        };
        ui.painter().rect(cell, theme::CORNER, fill, border, StrokeKind::Inside);
        ui.painter().text(pos2(cell.center().x, cell.top() + 11.0), Align2::CENTER_CENTER, hex, theme::mono(12.0), roles.text);
        let font = if plain { theme::mono(14.0) } else { theme::mono(12.0) };
        ui.painter().text(pos2(cell.center().x, cell.bottom() - 11.0), Align2::CENTER_CENTER, text, font, colour);
    }

    /// Draws lines of bytes in hexadecimal with their characters beside them, as many in a line as fit.
    pub(super) fn dump(&self, ui: &mut Ui, selection: &mut Selection, look: &Look) -> bool {
        let (byte, column) = (21.6, 7.4);
        let fits = |count: usize| OFFSET + count as f32 * (byte + column) + 6.0 <= ui.available_width();
        let per_line = if fits(16) { 16 } else { 8 };
        let count = self.bytes.len().div_ceil(per_line);
        let (rect, response) = area(ui, count as f32 * theme::ROW, look);
        let (hexes, texts) = (rect.left() + OFFSET, rect.left() + OFFSET + per_line as f32 * byte + 6.0);
        for place in visible(ui, rect, theme::ROW, count) {
            let y = rect.top() + (place as f32 + 0.5) * theme::ROW;
            let at = place * per_line;
            let offset = format!("{:04}", (at as i64 + self.base).max(0));
            ui.painter().text(pos2(rect.left(), y), Align2::LEFT_CENTER, offset, theme::mono(11.0), look.roles.text2);
            let line = self.bytes.get(at..(at + per_line).min(self.bytes.len())).unwrap_or_default();
            for (index, value) in line.iter().enumerate() {
                let x = hexes + index as f32 * byte;
                if selection.touches(&(at + index..at + index + 1)) {
                    let behind = Rect::from_center_size(pos2(x + 7.2, y), vec2(byte, theme::ROW));
                    ui.painter().rect_filled(behind, 0.0, look.roles.select);
                }
                ui.painter().text(pos2(x, y), Align2::LEFT_CENTER, format!("{value:02x}"), theme::mono(12.0), look.roles.text);
            }
            let first = self.groups.partition_point(|group| group.range.start < at);
            for group in self.groups.iter().skip(first).take_while(|group| group.range.start < at + per_line) {
                let (text, plain) = shown(self.bytes, group, self.charset);
                let ink = if plain { self.ink } else { look.roles.text2 };
                let text = if plain { text } else { "·".to_owned() };
                let x = texts + (group.range.start - at) as f32 * column;
                ui.painter().text(pos2(x, y), Align2::LEFT_CENTER, text, theme::mono(12.0), ink);
            }
        }
        let pointed = pointer(&response).map(|at| {
            let line = ((at.y - rect.top()) / theme::ROW).max(0.0) as usize;
            let index = if at.x >= texts { (at.x - texts) / column } else { (at.x - hexes) / byte };
            let place = (line * per_line + (index.max(0.0) as usize).min(per_line - 1)).min(self.bytes.len().saturating_sub(1));
            place..place + 1
        });
        selection.drag(ui, &response, pointed, self.bytes.len())
    }
}

/// The space for all lines.
fn area(ui: &mut Ui, height: f32, look: &Look) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, look.say(&crate::text!("ui-bytes-select"))));
    look.ring(ui, rect, &response);
    (rect, response)
}

fn pointer(response: &Response) -> Option<Pos2> {
    (response.clicked() || response.dragged()).then(|| response.interact_pointer_pos()).flatten()
}

/// Which of `count` lines of `step` points are in view.
fn visible(ui: &Ui, rect: Rect, step: f32, count: usize) -> Range<usize> {
    let clip = ui.clip_rect();
    let first = ((clip.top() - rect.top()) / step).max(0.0) as usize;
    let last = ((clip.bottom() - rect.top()) / step).max(0.0).ceil() as usize;
    first.min(count)..last.min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_in_one_group() {
        for bytes in [&b"a\n\xe4\xbd\xa0\xe5\xa5 b\xff"[..], b"", "你好，服务器".as_bytes(), b"\xe4\xbd"] {
            for lead in [0, 1, 9] {
                let groups = groups(bytes, lead, Charset::Utf8);
                let mut next = 0;
                for group in &groups {
                    assert_eq!(group.range.start, next);
                    next = group.range.end;
                }
                assert_eq!(next, bytes.len());
                let lines = Lines::within(&groups, 100.0);
                assert_eq!(lines.lines.into_iter().flatten().collect::<Vec<_>>(), (0..groups.len()).collect::<Vec<_>>());
            }
        }
        let cut = groups(b"\xa0\xe4\xbd\xa0\xe5\xa5", 1, Charset::Utf8);
        let kinds = cut.iter().map(|group| (group.range.clone(), group.kind)).collect::<Vec<_>>();
        assert_eq!(kinds, [(0..1, GroupKind::Cut), (1..4, GroupKind::Text), (4..6, GroupKind::Cut)]);
    }

    #[test]
    fn three_chinese_characters_stand_in_a_line_of_the_narrowest_pane() {
        let groups = groups("你好，服务器".as_bytes(), 0, Charset::Utf8);
        let narrowest = 264.0 - 28.0;
        for pane in [narrowest, 272.0 - 28.0, 306.0 - 28.0] {
            assert_eq!(Lines::of(&groups, pane, 256.0, 6.0).lines, [0..3, 3..6], "{pane}");
        }
        let long = super::groups("再见".repeat(40).as_bytes(), 0, Charset::Utf8);
        assert_eq!(Lines::of(&long, 272.0 - 28.0, 256.0, 6.0).lines[0], 0..3, "beside a scroll bar");
    }
}
