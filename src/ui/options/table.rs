//! The table: a row an option, as many columns as there is room for. What has no column stands in the row that is open.

use egui::{Align2, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE, ICON_SCHEDULE};

use super::subject::{Cells, shown};
use crate::net::Opt;
use crate::text;
use crate::text::Message;
use crate::ui::look::{Look, line_of, paint_line};
use crate::ui::theme;

/// The height of a row.
const ROW: f32 = 24.0;
/// The widths of the columns, from the left.
const NAME: f32 = 208.0;
const ASKED: f32 = 84.0;
const EFFECTIVE: f32 = 142.0;
const DEFAULT: f32 = 96.0;
const WHEN: f32 = 164.0;
const INHERITED: f32 = 66.0;
const SYSTEMS: f32 = 78.0;

/// Which columns there is room for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Columns {
    asked: f32,
    effective: f32,
    /// How many of [`MORE`] there is room for.
    more: usize,
}

/// The columns behind those of the sockets, the last giving way first.
const MORE: [(f32, fn() -> Message); 4] = [
    (DEFAULT, || text!("ui-options-default")),
    (WHEN, || text!("ui-options-when")),
    (INHERITED, || text!("ui-options-inherited")),
    (SYSTEMS, || text!("ui-options-systems")),
];

impl Columns {
    /// For a table so wide, of this many sockets.
    pub(super) fn of(width: f32, sockets: usize) -> Self {
        let pair = (width - NAME) / sockets.max(1) as f32;
        let (asked, effective) = if pair < ASKED + EFFECTIVE { (pair * 0.36, pair * 0.64) } else { (ASKED, EFFECTIVE) };
        let mut rest = width - NAME - (asked + effective) * sockets as f32;
        let fits = |(width, _): &&(f32, fn() -> Message)| {
            rest -= width;
            rest >= 0.0
        };
        Self { asked, effective, more: MORE.iter().take_while(fits).count() }
    }
}

/// Draws the heads of the columns, above them those of the sockets that are compared.
pub(super) fn heads(ui: &mut Ui, columns: Columns, names: &[String], look: &Look) {
    let is_compared = names.len() > 1;
    let height = if is_compared { 2.0 * theme::HEAD } else { theme::HEAD };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, look.say(&text!("ui-options-of", sockets = names.join(" | ")))));
    ui.painter().rect_filled(rect, 0.0, look.roles.panel);
    let y = rect.bottom() - theme::HEAD / 2.0;
    let mut x = rect.left() + theme::EDGE;
    let mut head = |width: f32, words: &Message| {
        let job = line_of(&[(&look.say(words), theme::plain(11.0), look.roles.text2)], width - 6.0);
        paint_line(ui, x, y, job);
        x += width;
    };
    head(NAME - theme::EDGE, &text!("ui-options-name"));
    for _ in names {
        head(columns.asked, &text!("ui-options-asked"));
        head(columns.effective, &text!("ui-options-effective"));
    }
    for (width, words) in MORE.iter().take(columns.more) {
        head(*width, &words());
    }
    if is_compared {
        let pair = columns.asked + columns.effective;
        for (place, name) in names.iter().enumerate() {
            let left = rect.left() + NAME + pair * place as f32;
            paint_line(ui, left, rect.top() + 11.0, line_of(&[(name, theme::strong(11.0), look.roles.text)], pair - 10.0));
            let colour = if place == 0 { look.roles.accent } else { look.roles.stroke };
            ui.painter().hline(left..=left + pair - 12.0, rect.top() + theme::HEAD - 1.0, Stroke::new(2.0, colour));
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, look.roles.line));
}

/// Draws the row of an option; returns whether it is to be opened or closed.
pub(super) fn row(ui: &mut Ui, option: &'static Opt, cells: &[Cells], (is_open, columns): (bool, Columns), look: &Look) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, egui::Id::unique(("option", option.name)), Sense::click());
    let words = spoken(option, cells, look);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_open, &words));
    if ui.is_rect_visible(rect) {
        look.row(ui, rect, is_open, response.hovered());
        paint(ui, rect, option, cells, (is_open, columns), look);
        look.ring(ui, rect, &response);
    }
    turn(ui, &response);
    let tip = format!("{words}\n{}", look.say(&option.explanation()));
    response.on_hover_text(tip).clicked()
}

/// The arrow keys go from row to row.
fn turn(ui: &Ui, response: &Response) {
    if !response.has_focus() {
        return;
    }
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let direction = match (pressed(Key::ArrowDown), pressed(Key::ArrowUp)) {
        (true, _) => egui::FocusDirection::Next,
        (_, true) => egui::FocusDirection::Previous,
        _ => return,
    };
    ui.memory_mut(|memory| memory.move_focus(direction));
}

/// What the row says to those who cannot see it.
fn spoken(option: &Opt, cells: &[Cells], look: &Look) -> String {
    let mut words = vec![option.name.to_owned()];
    if !option.systems.here() {
        words.push(look.say(&text!("ui-options-elsewhere")));
        return words.join(", ");
    }
    for cells in cells {
        if let Some(asked) = &cells.asked {
            words.push(look.say(&text!("ui-options-says-asked", value = shown(asked))));
        }
        words.push(look.say(&text!("ui-options-says-effective", value = cells.effective_text())));
        if cells.late.is_some() {
            words.push(look.say(&text!("ui-options-late")));
        }
    }
    words.join(", ")
}

fn paint(ui: &Ui, rect: Rect, option: &Opt, cells: &[Cells], (is_open, columns): (bool, Columns), look: &Look) {
    let (roles, y) = (look.roles, rect.center().y);
    let is_here = option.systems.here();
    let icon = if is_open { ICON_EXPAND_MORE } else { ICON_CHEVRON_RIGHT };
    let at = pos2(rect.left() + theme::EDGE, y);
    ui.painter().text(at, Align2::LEFT_CENTER, icon.codepoint, theme::icon(14.0), roles.text2);
    let colour = if is_here { roles.text } else { roles.text2 };
    let name = line_of(&[(option.name, theme::mono(12.0), colour)], NAME - theme::EDGE - 24.0);
    paint_line(ui, rect.left() + theme::EDGE + 18.0, y, name);
    let mut x = rect.left() + NAME;
    let cell = |x: f32, width: f32, words: &str, font, colour| paint_line(ui, x, y, line_of(&[(words, font, colour)], width - 6.0));
    for cells in cells {
        if is_here {
            let asked = cells.asked.as_ref().map_or_else(|| "–".to_owned(), shown);
            cell(x, columns.asked, &asked, theme::mono(12.0), if cells.asked.is_some() { roles.text } else { roles.text2 });
            effective(ui, Rect::from_x_y_ranges(x + columns.asked..=x + columns.asked + columns.effective, rect.y_range()), cells, look);
        } else {
            let words = look.say(&text!("ui-options-elsewhere"));
            cell(x + columns.asked, columns.effective, &words, theme::plain(12.0), roles.text2);
        }
        x += columns.asked + columns.effective;
    }
    let default = cells.first().and_then(|cells| cells.default.as_ref()).filter(|_| is_here);
    let default = default.map_or_else(|| "–".to_owned(), shown);
    let inherited = inherited(option).map_or_else(|| "–".to_owned(), |word| look.say(&word));
    // What is inherited is the rule.
    let is_rule = option.inherited != Some(false);
    let (font, colour) = if is_rule { (theme::plain(12.0), roles.text2) } else { (theme::strong(12.0), roles.text) };
    let rest = [
        (default, theme::mono(12.0), roles.text2),
        (look.say(&option.when.message()), theme::plain(12.0), roles.text2),
        (inherited, font, colour),
    ];
    for ((width, _), (words, font, colour)) in MORE.iter().zip(rest).take(columns.more) {
        cell(x, *width, &words, font, colour);
        x += width;
    }
    if columns.more == MORE.len() {
        systems(ui, x, y, option, look);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, roles.line));
}

/// Whether accepted sockets have it, in a word; none where that does not concern it.
pub(super) fn inherited(option: &Opt) -> Option<Message> {
    option.inherited.map(|inherited| if inherited { text!("ui-options-yes") } else { text!("ui-options-no") })
}

/// What the kernel has: strong where it is not what was asked for, with a mark where that came too late.
fn effective(ui: &Ui, rect: Rect, cells: &Cells, look: &Look) {
    let roles = look.roles;
    let (font, colour) = match cells.is_other() {
        true => (theme::mono(12.0), roles.wait),
        false if cells.effective.is_none() => (theme::mono(12.0), roles.text2),
        false => (theme::mono(12.0), roles.text),
    };
    let mark = if cells.late.is_some() { rect.width().min(84.0) } else { 0.0 };
    let room = (rect.width() - mark - 6.0).max(24.0);
    let end = paint_line(ui, rect.left(), rect.center().y, line_of(&[(&cells.effective_text(), font, colour)], room));
    if cells.late.is_none() {
        return;
    }
    let left = end + 6.0;
    let words = look.say(&text!("ui-options-late"));
    let chip = Rect::from_x_y_ranges(left..=(left + 82.0).min(rect.right() - 2.0), rect.top() + 3.0..=rect.bottom() - 3.0);
    ui.painter().rect_filled(chip, theme::CORNER, roles.wait_soft);
    let y = chip.center().y;
    ui.painter().text(pos2(left + 4.0, y), Align2::LEFT_CENTER, ICON_SCHEDULE.codepoint, theme::icon(13.0), roles.wait);
    paint_line(ui, left + 21.0, y, line_of(&[(&words, theme::plain(11.0), roles.wait)], (chip.right() - left - 23.0).max(1.0)));
}

/// A letter for each system: framed where it has the option, filled where it behaves differently there, struck through where it has it not.
fn systems(ui: &Ui, x: f32, y: f32, option: &Opt, look: &Look) {
    let roles = look.roles;
    for (place, ((name, has), (_, differs))) in option.systems.each().into_iter().zip(option.differs.each()).enumerate() {
        let side = Rect::from_center_size(pos2(x + 10.0 + 23.0 * place as f32, y), vec2(18.0, 17.0));
        let letter = name.chars().next().map(|letter| letter.to_ascii_uppercase().to_string()).unwrap_or_default();
        let colour = match (has, differs) {
            (true, true) => {
                ui.painter().rect_filled(side, theme::CORNER, roles.wait_soft);
                roles.wait
            }
            (true, false) => roles.text,
            (false, _) => roles.text2,
        };
        ui.painter().text(side.center(), Align2::CENTER_CENTER, letter, theme::mono(11.0), colour);
        if has {
            ui.painter().rect_stroke(
                side,
                theme::CORNER,
                Stroke::new(1.0, if differs { roles.wait } else { roles.stroke }),
                StrokeKind::Inside,
            );
        } else {
            ui.painter().hline(side.left() + 4.0..=side.right() - 4.0, y, Stroke::new(1.0, roles.text2));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_one_by_one() {
        let shown = |width: f32, sockets| Columns::of(width, sockets).more;
        assert_eq!((shown(1080.0, 1), shown(740.0, 1), shown(540.0, 1), shown(400.0, 1)), (4, 2, 1, 0), "{:?}", Columns::of(540.0, 1));
        assert!(shown(1080.0, 2) >= 3 && Columns::of(500.0, 2).effective > 60.0);
    }
}
