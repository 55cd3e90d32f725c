//! What was sent by hand before, the newest last: called back into the field by Up and Down.

use crate::program::Form;

/// How many messages are kept.
const MOST: usize = 100;

/// The messages of one lab.
#[derive(Debug, Default)]
pub(super) struct History {
    entries: Vec<(Form, String)>,
}

/// How far back the field has gone, and what was being written before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recall {
    back: usize,
    written: String,
}

impl History {
    /// Keeps what was sent; the same twice in a row once.
    pub(super) fn keep(&mut self, form: Form, text: &str) {
        let entry = (form, text.to_owned());
        if text.is_empty() || self.entries.last() == Some(&entry) {
            return;
        }
        self.entries.push(entry);
        let over = self.entries.len().saturating_sub(MOST);
        self.entries.drain(..over);
    }

    /// Puts the message before, or after, the one in the field in its place; says whether there is one. Only those of the same form.
    pub(super) fn step(&self, recall: &mut Recall, older: bool, form: Form, text: &mut String) -> bool {
        let of_form = || self.entries.iter().rev().filter(|(kept, _)| *kept == form).map(|(_, text)| text);
        let back = if older { recall.back + 1 } else { recall.back.saturating_sub(1) };
        if back == recall.back {
            return false;
        }
        if recall.back == 0 {
            recall.written.clone_from(text);
        }
        match back.checked_sub(1) {
            None => text.clone_from(&recall.written),
            Some(place) => match of_form().nth(place) {
                Some(kept) => text.clone_from(kept),
                None => return false,
            },
        }
        recall.back = back;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_comes_back_and_so_does_what_was_being_written() {
        let mut history = History::default();
        for text in ["one", "two", "two", ""] {
            history.keep(Form::Text, text);
        }
        history.keep(Form::Hex, "00");
        let (mut recall, mut text) = (Recall::default(), "half".to_owned());
        let mut step = |older, text: &mut String| (history.step(&mut recall, older, Form::Text, text), text.clone());
        assert_eq!(step(false, &mut text), (false, "half".to_owned()));
        assert_eq!(step(true, &mut text), (true, "two".to_owned()));
        assert_eq!(step(true, &mut text), (true, "one".to_owned()));
        assert_eq!(step(true, &mut text), (false, "one".to_owned()));
        assert_eq!(step(false, &mut text), (true, "two".to_owned()));
        assert_eq!(step(false, &mut text), (true, "half".to_owned()));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut history = History::default();
        for number in 0..3 * MOST {
            history.keep(Form::Text, &number.to_string());
        }
        assert_eq!(history.entries.len(), MOST);
        assert_eq!(history.entries[0].1, (2 * MOST).to_string());
    }
}
