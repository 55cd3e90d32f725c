//! What is being typed into the fields of the form, until it is a value.

use std::collections::HashMap;

use crate::text::Message;

/// A text that a person is typing.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) error: Option<Message>,
}

/// The texts being typed for one program.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    program: String,
    drafts: HashMap<String, Draft>,
}

impl Drafts {
    /// Turns to `program`; what was typed for another is forgotten.
    pub(super) fn of(&mut self, program: &str) {
        if self.program != program {
            *self = Self { program: program.to_owned(), ..Self::default() };
        }
    }

    /// The draft of a field, which begins as `text`.
    pub(super) fn get(&self, field: &str, text: impl FnOnce() -> String) -> Draft {
        self.drafts.get(field).cloned().unwrap_or_else(|| Draft { text: text(), error: None })
    }

    /// Keeps what was typed.
    pub(super) fn put(&mut self, field: &str, draft: Draft) {
        self.drafts.insert(field.to_owned(), draft);
    }

    /// Forgets what was typed, unless something is wrong with it: then it stays until it is mended.
    pub(super) fn leave(&mut self, field: &str) {
        if self.drafts.get(field).is_some_and(|draft| draft.error.is_none()) {
            self.drafts.remove(field);
        }
    }
}
