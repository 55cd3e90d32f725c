//! Which bytes of a payload are selected: by the mouse, or with the keyboard.

use std::ops::Range;

use egui::{EventFilter, Key, Modifiers, Response, Ui};

/// The selected bytes: those between where it was begun and where it is now, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    ends: Option<(usize, usize)>,
}

impl Selection {
    /// The bytes; none where nothing is selected.
    pub(super) fn range(self) -> Option<Range<usize>> {
        self.ends.map(|(anchor, head)| anchor.min(head)..anchor.max(head) + 1)
    }

    /// Whether one of these bytes is selected.
    pub(super) fn touches(self, bytes: &Range<usize>) -> bool {
        self.range().is_some_and(|range| range.start < bytes.end && bytes.start < range.end)
    }

    /// Takes what the person did: `pointed` is what the pointer is on while it is pressed. Returns whether what is selected is to be copied.
    pub(super) fn drag(&mut self, ui: &Ui, response: &Response, pointed: Option<Range<usize>>, len: usize) -> bool {
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if let Some(pointed) = pointed {
            let extend = !response.drag_started() && (response.dragged() || ui.input(|input| input.modifiers.shift));
            self.point(&pointed, extend);
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, escape: self.ends.is_some(), ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            self.keys(ui, len);
        }
        response.has_focus() && self.ends.is_some() && ui.input(|input| input.events.contains(&egui::Event::Copy))
    }

    fn point(&mut self, pointed: &Range<usize>, extend: bool) {
        let (first, last) = (pointed.start, pointed.end.saturating_sub(1).max(pointed.start));
        self.ends = Some(match self.ends {
            Some((anchor, _)) if extend => (anchor, if first < anchor { first } else { last }),
            _ => (first, last),
        });
    }

    fn keys(&mut self, ui: &Ui, len: usize) {
        let Some(last) = len.checked_sub(1) else { return };
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let step = |by: isize, head: usize| head.saturating_add_signed(by).min(last);
        for (key, by) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
            if pressed(Modifiers::SHIFT, key) {
                let (anchor, head) = self.ends.unwrap_or((0, 0));
                self.ends = Some((anchor, step(by, head)));
            } else if pressed(Modifiers::NONE, key) {
                let head = self.ends.map_or(0, |(_, head)| step(by, head));
                self.ends = Some((head, head));
            }
        }
        if pressed(Modifiers::COMMAND, Key::A) {
            self.ends = Some((0, last));
        }
        if self.ends.is_some() && pressed(Modifiers::NONE, Key::Escape) {
            self.ends = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_it() {
        let mut selection = Selection::default();
        assert_eq!(selection.range(), None);
        selection.point(&(3..6), false);
        assert_eq!(selection.range(), Some(3..6));
        selection.point(&(9..10), true);
        assert_eq!(selection.range(), Some(3..10));
        selection.point(&(0..2), true);
        assert_eq!(selection.range(), Some(0..4));
        assert!(selection.touches(&(3..4)) && !selection.touches(&(4..9)));
    }
}
