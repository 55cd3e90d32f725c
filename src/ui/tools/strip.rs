//! Bytes as cells: in hexadecimal, as characters, with their offsets, coloured by the field that has them; in rows, of which those in view are laid out.

use egui::{Align2, Color32, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::text;
use crate::ui::look::Look;
use crate::ui::theme;

/// The width of a cell, and its height.
const CELL: f32 = 28.0;
const TALL: f32 = 40.0;
/// The height of a row: names above, cells, offsets below.
pub(super) const ROW: f32 = 16.0 + TALL + 18.0;

/// A byte in a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its value; none where it is missing, or cannot be made.
    pub(super) byte: Option<u8>,
    /// The field that has it, counted from 0 as bytes go; none where none has it.
    pub(super) field: Option<usize>,
    /// By which the field is coloured.
    pub(super) colour: usize,
}

/// What a strip shows.
pub(super) struct Strip<'strip> {
    /// How many bytes.
    pub(super) count: usize,
    /// The byte at this offset.
    pub(super) cell: &'strip dyn Fn(usize) -> Cell,
    /// What stands above the cells of this field.
    pub(super) name: &'strip dyn Fn(usize) -> String,
    /// The field that is lit.
    pub(super) lit: Option<usize>,
    /// The most rows in view.
    pub(super) most: usize,
    /// Whether a byte that is missing is only not known; else it is wrong that it is.
    pub(super) dashed: bool,
}

/// What the pointer does in a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
    /// The field under it.
    pub(super) under: Option<usize>,
    /// The field that was clicked.
    pub(super) clicked: Option<usize>,
}

/// A byte as a character: those of ASCII that can be seen.
pub(super) fn character(byte: u8) -> char {
    if matches!(byte, b' '..=b'~') { char::from(byte) } else { '·' }
}

impl Strip<'_> {
    /// Draws it in the width there is.
    pub(super) fn show(&self, ui: &mut Ui, look: &Look) -> Touched {
        let across = ((ui.available_width() / CELL) as usize).max(4);
        let rows = self.count.div_ceil(across);
        let mut touched = Touched::default();
        let height = rows.min(self.most) as f32 * ROW;
        let area = ScrollArea::vertical().id_salt("bytes").max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, rows, |ui, range| {
            for row in range {
                let found = self.row(ui, row * across..((row + 1) * across).min(self.count), look);
                touched = Touched { under: touched.under.or(found.under), clicked: touched.clicked.or(found.clicked) };
            }
        });
        touched
    }

    fn row(&self, ui: &mut Ui, range: std::ops::Range<usize>, look: &Look) -> Touched {
        let (rect, response) = ui.allocate_exact_size(vec2(CELL * range.len() as f32, ROW), Sense::click());
        let spoken = || {
            range
                .clone()
                .map(|at| (self.cell)(at).byte.map_or_else(|| "--".to_owned(), |byte| format!("{byte:02x}")))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let name = || look.say(&text!("ui-strip-row", first = range.start, last = range.end.saturating_sub(1), bytes = spoken()));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name()));
        let mut at = range.start;
        while at < range.end {
            let field = (self.cell)(at).field;
            let end = (at..range.end).find(|next| (self.cell)(*next).field != field).unwrap_or(range.end);
            let left = rect.left() + (at - range.start) as f32 * CELL;
            let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + (end - at) as f32 * CELL, rect.bottom()));
            self.part(ui, part, at..end, look);
            at = end;
        }
        let over =
            response.hover_pos().map(|pointer| range.start + ((pointer.x - rect.left()) / CELL) as usize).filter(|at| range.contains(at));
        let under = over.and_then(|at| (self.cell)(at).field);
        let clicked = under.filter(|_| response.clicked());
        if let Some(at) = over {
            let byte = (self.cell)(at).byte.map_or_else(|| "–".to_owned(), |byte| format!("0x{byte:02x} = {byte}"));
            response.on_hover_text_at_pointer(look.say(&text!("ui-strip-byte", offset = at, byte = byte)));
        }
        Touched { under, clicked }
    }

    /// The cells of one field in one row.
    fn part(&self, ui: &Ui, rect: Rect, range: std::ops::Range<usize>, look: &Look) {
        let roles = look.roles;
        let first = (self.cell)(range.start);
        let (fill, line) = if first.field.is_some() { roles.field(first.colour) } else { (roles.sunken, roles.stroke) };
        let top = rect.top() + 16.0;
        if let Some(field) = first.field {
            let y = top - 1.5;
            ui.painter().hline(rect.left() + 1.0..=rect.right() - 2.0, y, Stroke::new(2.0, line));
            let name = ui.painter().layout_no_wrap((self.name)(field), theme::mono(11.0), roles.text);
            if name.size().x <= rect.width() {
                ui.painter().galley(pos2(rect.center().x - name.size().x / 2.0, rect.top() - 1.0), name, roles.text);
            }
        }
        let lit = first.field.is_some() && first.field == self.lit;
        for (place, at) in range.clone().enumerate() {
            let left = rect.left() + place as f32 * CELL;
            let cell = Rect::from_min_size(pos2(left, top + 1.0), vec2(CELL - 1.0, TALL - 2.0));
            self.draw(ui, cell, at, fill, look);
        }
        if lit {
            let around = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right() - 1.0, top + TALL));
            ui.painter().rect_stroke(around, 2.0, Stroke::new(2.0, roles.accent), StrokeKind::Inside);
        }
    }

    fn draw(&self, ui: &Ui, cell: Rect, at: usize, fill: Color32, look: &Look) {
        let roles = look.roles;
        let write = |at: Pos2, text: &str, size: f32, colour: Color32| {
            ui.painter().text(at, Align2::CENTER_CENTER, text, theme::mono(size), colour);
        };
        let (x, y) = (cell.center().x, cell.center().y);
        if let Some(byte) = (self.cell)(at).byte {
            ui.painter().rect_filled(cell, 2.0, fill);
            write(pos2(x, y - 9.0), &format!("{byte:02x}"), 12.0, roles.text);
            write(pos2(x, y + 9.0), &character(byte).to_string(), 12.0, roles.text2);
        } else if self.dashed {
            let corners = [cell.left_top(), cell.right_top(), cell.right_bottom(), cell.left_bottom(), cell.left_top()];
            ui.painter().extend(egui::Shape::dashed_line(&corners, Stroke::new(1.0, roles.stroke), 4.0, 3.0));
            write(pos2(x, y), "?", 12.0, roles.text2);
        } else {
            ui.painter().rect(cell, 2.0, roles.error_soft, Stroke::new(1.0, roles.error), StrokeKind::Inside);
            write(pos2(x, y), "×", 12.0, roles.error);
        }
        write(pos2(x, cell.bottom() + 8.0), &at.to_string(), 10.0, roles.text2);
    }
}
