//! The find bar: text or bytes looked for in the rows that are shown, by the filter's machinery on a thread of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, Margin, Modifiers, RichText, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CLOSE, ICON_KEYBOARD_ARROW_DOWN, ICON_KEYBOARD_ARROW_UP, ICON_SEARCH};

use super::view::View;
use crate::text;
use crate::text::Message;
use crate::trace::Store;
use crate::trace::filter::{Filter, Filtering};
use crate::ui::look::Look;
use crate::ui::theme;
use crate::ui::waker::Waker;

/// The height of the bar, in points.
pub(super) const HEIGHT: f32 = 32.0;

/// What is looked for, and what was found so far.
#[derive(Debug, Default)]
pub(super) struct Find {
    open: bool,
    text: String,
    what: What,
    error: Option<Message>,
    /// At work while something is looked for.
    filtering: Option<Filtering>,
    /// Whether the last step went on from the other end: from the first row again, or from the last.
    wrapped: Option<bool>,
    /// The field is to have the keyboard from the next frame on.
    focus: bool,
}

/// What is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    /// Text to be looked for.
    #[default]
    Text,
    /// Bytes to be looked for, in hexadecimal.
    Hex,
    /// The number of a row to go to.
    Row,
}

/// What was asked for in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
    /// Something else is looked for.
    Changed,
    Closed,
}

impl Find {
    /// Opens the bar for the number of a row or for something else, and puts the cursor into its field.
    pub(super) fn open(&mut self, row: bool) {
        self.open = true;
        self.focus = true;
        if row != (self.what == What::Row) {
            self.what = if row { What::Row } else { What::Text };
            self.text.clear();
        }
    }

    /// The number of the row to go to, where one is typed.
    pub(super) fn row(&self) -> Option<u64> {
        self.text.trim().parse().ok().filter(|_| self.open && self.what == What::Row)
    }

    /// Whether the bar is there.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Closes the bar; nothing is looked for any more.
    pub(super) fn close(&mut self) {
        self.open = false;
        self.filtering = None;
    }

    /// Looks for what is typed, among the rows that pass `filter`.
    pub(super) fn look(&mut self, filter: &Filter, show_lab: bool, store: &Arc<Store>, waker: &Waker) {
        self.error = None;
        self.wrapped = None;
        if !self.open || self.text.is_empty() {
            self.filtering = None;
            return;
        }
        let wanted = match self.what {
            What::Text => Ok(Filter::of_text(&self.text)),
            What::Hex => Filter::of_hex(&self.text).ok_or(Some(text!("ui-find-hex-error"))),
            What::Row => Err(self.row().is_none().then(|| text!("ui-find-row-error"))),
        };
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(error) => {
                self.error = error;
                self.filtering = None;
                return;
            }
        };
        if self.filtering.is_none() {
            let waker = waker.clone();
            match Filtering::new(store, move || waker.ring()) {
                Ok(filtering) => self.filtering = Some(filtering),
                Err(error) => self.error = Some(text!("ui-note-no-thread", said = error.to_string())),
            }
        }
        if let Some(filtering) = &self.filtering {
            filtering.set(filter.and(&wanted), show_lab);
        }
    }

    /// Whether all rows were looked at.
    pub(super) fn is_settled(&self) -> bool {
        self.filtering.as_ref().is_none_or(|filtering| filtering.progress().is_done())
    }

    /// The text to underline in the cells; none where bytes are looked for.
    pub(super) fn underlined(&self) -> Option<&str> {
        (self.filtering.is_some() && self.what == What::Text).then_some(self.text.as_str())
    }

    /// Those of the rows from number `first` to `last` that were found.
    pub(super) fn found(&self, first: u64, last: u64) -> BTreeSet<u64> {
        let Some(filtering) = &self.filtering else { return BTreeSet::new() };
        filtering.numbers(filtering.place(first)..filtering.place(last.saturating_add(1))).into_iter().collect()
    }

    /// The next or previous row that was found from row `from` on, among those that are shown; from the other end when there is none.
    pub(super) fn step(&mut self, forward: bool, from: Option<u64>, view: &View) -> Option<u64> {
        let filtering = self.filtering.as_ref()?;
        let (start, end) = places(filtering, view)?;
        let next = match (forward, from) {
            (true, Some(n)) => filtering.place(n + 1),
            (true, None) => start,
            (false, Some(n)) => filtering.place(n).checked_sub(1).unwrap_or(end),
            (false, None) => end,
        };
        let (place, wrapped) = match next {
            next if (start..end).contains(&next) => (next, None),
            _ if forward => (start, Some(true)),
            _ => (end - 1, from.map(|_| false)),
        };
        self.wrapped = wrapped;
        filtering.numbers(place..place + 1).first().copied()
    }

    /// Draws the bar; returns what was asked for.
    pub(super) fn show(&mut self, ui: &mut Ui, chosen: Option<u64>, view: &View, look: &Look) -> Option<Step> {
        let roles = look.roles;
        let mut step = None;
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(8.0);
            let name = look.say(&text!("ui-find"));
            let prefix = RichText::new(ICON_SEARCH.codepoint).font(theme::icon(14.0)).color(roles.text2);
            let hint = RichText::new(&name).font(theme::plain(12.0)).color(roles.text2);
            let field = TextEdit::singleline(&mut self.text).id(field_id()).font(theme::mono(12.0)).prefix(prefix).hint_text(hint);
            let field = field.desired_width(220.0).margin(Margin::symmetric(6, 2)).min_size(vec2(0.0, theme::FIELD));
            let response = ui.add(field.align(egui::Align2::LEFT_CENTER)).accessible_name(&name);
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            if response.changed() {
                step = Some(Step::Changed);
            }
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                let back = ui.input(|input| input.modifiers.shift);
                step = Some(if back { Step::Previous } else { Step::Next });
                response.request_focus();
            }
            if response.lost_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                step = Some(Step::Closed);
            }
            let response = response.on_hover_text(look.say(&text!("ui-find-tip")));
            for (what, name, tip) in [
                (What::Text, text!("ui-find-text"), text!("ui-find-text-tip")),
                (What::Hex, text!("ui-find-hex"), text!("ui-find-hex-tip")),
                (What::Row, text!("ui-find-row"), text!("ui-find-row-tip")),
            ] {
                let choice = ui.selectable_label(self.what == what, RichText::new(look.say(&name)).font(theme::plain(12.0)));
                if choice.on_hover_text(look.say(&tip)).clicked() {
                    self.what = what;
                    step = Some(Step::Changed);
                    response.request_focus();
                }
            }
            for (icon, name, wanted) in [
                (ICON_KEYBOARD_ARROW_UP, text!("ui-command-find-previous"), Step::Previous),
                (ICON_KEYBOARD_ARROW_DOWN, text!("ui-command-find-next"), Step::Next),
                (ICON_CLOSE, text!("ui-find-close"), Step::Closed),
            ] {
                if look.icon_button(ui, icon, &look.say(&name)).clicked() {
                    step = Some(wanted);
                }
            }
            if let Some(error) = &self.error {
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(roles.error));
                ui.add(egui::Label::new(RichText::new(look.say(error)).font(theme::plain(12.0)).color(roles.error)).truncate());
            } else if let Some(count) = self.count(chosen, view) {
                look.secondary(ui, look.say(&count));
            }
        });
        step
    }

    /// How many rows were found, and which of them is chosen.
    fn count(&self, chosen: Option<u64>, view: &View) -> Option<Message> {
        let filtering = self.filtering.as_ref()?;
        let Some((start, end)) = places(filtering, view) else {
            return Some(if self.is_settled() { text!("ui-find-none") } else { text!("ui-find-looking") });
        };
        let count = (end - start).to_string();
        let at = chosen.map(|n| filtering.place(n)).filter(|at| (start..end).contains(at));
        let at = at.filter(|at| filtering.numbers(*at..at + 1).first().copied() == chosen).map(|at| (at - start + 1).to_string());
        Some(match (at, self.is_settled()) {
            (Some(at), true) => match self.wrapped {
                None => text!("ui-find-at", at = at, count = count),
                Some(true) => text!("ui-find-first-again", at = at, count = count),
                Some(false) => text!("ui-find-last-again", at = at, count = count),
            },
            (None, true) => text!("ui-find-count", count = end - start),
            (_, false) => text!("ui-find-so-far", count = count),
        })
    }
}

/// The places of what was found among the rows that are shown; none where nothing was.
fn places(filtering: &Filtering, view: &View) -> Option<(u64, u64)> {
    let first = view.number(0)?;
    let last = view.number(view.len() - 1)?;
    let (start, end) = (filtering.place(first), filtering.place(last + 1));
    (start < end).then_some((start, end))
}

/// The id of the field, so that it keeps the keyboard.
fn field_id() -> egui::Id {
    egui::Id::unique("log find")
}
