//! A list of rows of one height, one of which is chosen: its keys, and where it is scrolled to. Lays out only the rows in view.

use egui::{Context, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo};

use super::look::{Look, line_of, paint_line, paint_line_right};
use super::theme;

/// Where a list is scrolled to.
#[derive(Debug, Default)]
pub(crate) struct List {
    offset: f32,
    /// A row that is to be brought into view.
    wanted: Option<usize>,
}

/// How high the rows of a list are, and how many there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    pub(crate) height: f32,
    pub(crate) count: usize,
}

impl List {
    /// The list as a whole, which has this name and takes the keyboard; and the row to which a key has just led from `chosen`, if one has.
    pub(crate) fn keys(
        &mut self,
        ui: &Ui,
        (id, rect): (Id, Rect),
        name: &str,
        rows: Rows,
        chosen: Option<usize>,
    ) -> (Response, Option<usize>) {
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
        let last = rows.count.checked_sub(1).filter(|_| response.has_focus());
        let to = last.and_then(|last| {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            let page = ((rect.height() / rows.height) as usize).max(2) - 1;
            let down = |by: usize| chosen.map_or(0, |at| at.saturating_add(by).min(last));
            let up = |by: usize| chosen.map_or(last, |at| at.saturating_sub(by).min(last));
            let moves = [
                (Key::ArrowDown, down(1)),
                (Key::ArrowUp, up(1)),
                (Key::PageDown, down(page)),
                (Key::PageUp, up(page)),
                (Key::Home, 0),
                (Key::End, last),
            ];
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            moves.into_iter().find(|(key, _)| pressed(*key)).map(|(_, to)| to)
        });
        self.wanted = to.or(self.wanted);
        (response, to)
    }

    /// Draws the rows in view where the list is, each by `row`; at its end from now on where it `follows`.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        list: &Response,
        rows: Rows,
        follows: bool,
        look: &Look,
        mut row: impl FnMut(&mut Ui, usize),
    ) {
        let mut inner = ui.new_child(UiBuilder::new().max_rect(list.rect));
        inner.set_clip_rect(list.rect.intersect(ui.clip_rect()));
        inner.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt(list.id).auto_shrink(false).stick_to_bottom(follows);
        if let Some(wanted) = self.wanted.take() {
            let top = wanted as f32 * rows.height;
            area = area.vertical_scroll_offset(self.offset.clamp((top + rows.height - list.rect.height()).max(0.0), top));
        }
        let output = area.show_rows(&mut inner, rows.height, rows.count, |ui, range| range.for_each(|place| row(ui, place)));
        self.offset = output.state.clamped_offset().y;
        look.ring(ui, list.rect, list);
    }
}

/// Moves the choice among `count` entries by the arrow keys, which a field beside it does not get; returns whether it moved.
pub(crate) fn choose(ctx: &Context, chosen: &mut usize, count: usize, page: isize) -> bool {
    let before = *chosen;
    for (key, by) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -page), (Key::PageDown, page)] {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            *chosen = chosen.saturating_add_signed(by);
        }
    }
    *chosen = (*chosen).min(count.saturating_sub(1));
    *chosen != before
}

/// The head of a column by which rows can be sorted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) name: &'a str,
    /// Whether the rows are sorted by it, and whether the largest comes first.
    pub(crate) sorted: Option<bool>,
    pub(crate) is_number: bool,
    /// The most that its words may take, in points.
    pub(crate) room: f32,
    /// What a click does.
    pub(crate) tip: &'a str,
    /// What the column holds; empty where its name says it.
    pub(crate) about: &'a str,
}

impl Head<'_> {
    /// Draws it; returns whether it was clicked.
    pub(crate) fn show(self, ui: &Ui, cell: Rect, id: Id, look: &Look) -> bool {
        let (mark, colour) = match self.sorted {
            None => ("", look.roles.text2),
            Some(true) => (" ↓", look.roles.text),
            Some(false) => (" ↑", look.roles.text),
        };
        let job = line_of(&[(&format!("{}{mark}", self.name), theme::plain(11.0), colour)], self.room);
        let response = ui.interact(cell, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.sorted.is_some(), self.tip));
        if self.is_number {
            paint_line_right(ui, cell.right(), cell.center().y, job);
        } else {
            paint_line(ui, cell.left(), cell.center().y, job);
        }
        look.ring(ui, cell, &response);
        let tip = if self.about.is_empty() { self.tip.to_owned() } else { format!("{}\n{}", self.tip, self.about) };
        response.on_hover_text(tip).clicked()
    }
}
