//! What is being typed into the fields of the form, until it is a value.

use std::collections::{BTreeMap, HashMap};

use super::option_menu::OptionMenu;
use super::sending::Sending;
use crate::program::Spec;
use crate::text::Message;

/// A text that a person is typing.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) error: Option<Message>,
}

/// The texts being typed, by program. What is wrong stays until it is mended or taken back, whatever else is looked at meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    program: String,
    programs: HashMap<String, OfProgram>,
    /// The menu that adds an option.
    pub(super) options: OptionMenu,
    /// The field that is to have the keyboard, because something is wrong with it.
    wanted: Option<String>,
}

/// What is being typed for one program.
#[derive(Debug, Default)]
struct OfProgram {
    texts: BTreeMap<String, Draft>,
    /// What a running program is to be after a restart.
    pending: Option<Spec>,
    sending: Option<Sending>,
    /// The options that were added, and are not asked for before they have a value.
    options: Vec<&'static str>,
}

impl Drafts {
    /// Turns to `program`.
    pub(super) fn of(&mut self, program: &str) {
        if self.program != program {
            program.clone_into(&mut self.program);
        }
    }

    fn here(&self) -> Option<&OfProgram> {
        self.programs.get(&self.program)
    }

    fn here_mut(&mut self) -> &mut OfProgram {
        self.programs.entry(self.program.clone()).or_default()
    }

    /// The draft of a field, which begins as `text`.
    pub(super) fn get(&self, field: &str, text: impl FnOnce() -> String) -> Draft {
        let draft = self.here().and_then(|here| here.texts.get(field));
        draft.cloned().unwrap_or_else(|| Draft { text: text(), error: None })
    }

    /// The draft of a field, where there is one.
    pub(super) fn of_field(&self, field: &str) -> Option<&Draft> {
        self.here()?.texts.get(field)
    }

    /// Keeps what was typed.
    pub(super) fn put(&mut self, field: &str, draft: Draft) {
        self.here_mut().texts.insert(field.to_owned(), draft);
    }

    /// Whether something is being typed.
    pub(super) fn is_typing(&self, field: &str) -> bool {
        self.of_field(field).is_some()
    }

    /// Forgets what was typed, be it right or wrong.
    pub(super) fn forget(&mut self, field: &str) {
        if let Some(here) = self.programs.get_mut(&self.program) {
            here.texts.remove(field);
        }
    }

    /// Forgets what was typed, unless something is wrong with it: then it stays until it is mended.
    pub(super) fn leave(&mut self, field: &str) {
        self.here_mut().texts.retain(|name, draft| name != field || draft.error.is_some());
    }

    /// What the running program is to be after a restart; none where it stays as it is.
    pub(super) fn pending(&self) -> Option<&Spec> {
        self.here()?.pending.as_ref()
    }

    /// Keeps what the running program is to be after a restart.
    pub(super) fn set_pending(&mut self, pending: Option<Spec>) {
        if pending.is_some() || self.pending().is_some() {
            self.here_mut().pending = pending;
        }
    }

    /// The options that were added without a value.
    pub(super) fn added_options(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.here().into_iter().flat_map(|here| here.options.iter().copied())
    }

    /// Shows an option that has no value yet.
    pub(super) fn add_option(&mut self, name: &'static str) {
        self.here_mut().options.push(name);
    }

    /// Shows an option no longer where it has no value.
    pub(super) fn drop_option(&mut self, name: &str) {
        self.here_mut().options.retain(|added| *added != name);
    }

    /// The list of what is sent, while it is edited.
    pub(super) fn sending(&self) -> Option<&Sending> {
        self.here()?.sending.as_ref()
    }

    /// Keeps the list of what is sent.
    pub(super) fn set_sending(&mut self, sending: Sending) {
        self.here_mut().sending = Some(sending);
    }

    /// The first field of `program` in which something is wrong, and what.
    pub(crate) fn first_error(&self, program: &str) -> Option<(String, Message)> {
        let of = self.programs.get(program)?;
        let in_texts = of.texts.iter().find_map(|(field, draft)| Some((field.clone(), draft.error.clone()?)));
        in_texts.or_else(|| Some(("send".to_owned(), of.sending.as_ref()?.error()?.clone())))
    }

    /// Takes back what is wrong in the fields of `program`, and what it was to be after a restart; returns whether there was any.
    pub(crate) fn discard(&mut self, program: &str) -> bool {
        let Some(of) = self.programs.get_mut(program) else { return false };
        let before = of.texts.len();
        of.texts.retain(|_, draft| draft.error.is_none());
        let sending = of.sending.take_if(|sending| sending.error().is_some());
        of.pending.take().is_some() || sending.is_some() || of.texts.len() < before
    }

    /// Whether there is anything of `program` for [`discard`](Self::discard) to take back.
    pub(crate) fn is_pending(&self, program: &str) -> bool {
        let is_pending = |of: &OfProgram| {
            let wrong = of.texts.values().any(|draft| draft.error.is_some());
            wrong || of.pending.is_some() || of.sending.as_ref().is_some_and(|sending| sending.error().is_some())
        };
        self.programs.get(program).is_some_and(is_pending)
    }

    /// What the running program of that name is to be after a restart; none where it stays as it is.
    pub(crate) fn pending_of(&self, program: &str) -> Option<&Spec> {
        self.programs.get(program)?.pending.as_ref()
    }

    /// Keeps what the running program of that name is to be after a restart.
    pub(crate) fn set_pending_of(&mut self, program: &str, pending: Spec) {
        self.programs.entry(program.to_owned()).or_default().pending = Some(pending);
    }

    /// Forgets what was typed into a field of the program of that name: it was given another value.
    pub(crate) fn forget_of(&mut self, program: &str, field: &str) {
        if let Some(of) = self.programs.get_mut(program) {
            of.texts.remove(field);
        }
    }

    /// The program `old` is now called `new`.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        if let Some(of) = self.programs.remove(old) {
            self.programs.insert(new.to_owned(), of);
        }
    }

    /// Has `field` take the keyboard when it is drawn next.
    pub(crate) fn want(&mut self, field: &str) {
        self.wanted = Some(field.to_owned());
    }

    /// Whether `field` is to take the keyboard now.
    pub(super) fn is_wanted(&mut self, field: &str) -> bool {
        self.wanted.take_if(|wanted| wanted == field).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Draft {
        Draft { text: text.to_owned(), error: Some(crate::text!("ui-field-none")) }
    }

    #[test]
    fn what_is_wrong_stays_while_another_program_is_looked_at() {
        let mut drafts = Drafts::default();
        drafts.of("server");
        drafts.put("backlog", wrong("x"));
        drafts.put("recv_size", Draft { text: "1".to_owned(), error: None });
        drafts.leave("backlog");
        drafts.leave("recv_size");
        drafts.of("client");
        assert_eq!(drafts.get("backlog", String::new).text, "");
        assert_eq!(drafts.first_error("server").map(|(field, _)| field).as_deref(), Some("backlog"));
        drafts.rename("server", "echo");
        drafts.of("echo");
        assert_eq!(drafts.get("backlog", String::new).text, "x");
        assert!(drafts.is_pending("echo"));
        assert!(drafts.discard("echo"));
        assert!(!drafts.is_pending("echo"));
        assert!(!drafts.discard("echo"));
        assert!(drafts.first_error("echo").is_none());
    }

    #[test]
    fn a_field_is_given_the_keyboard_once() {
        let mut drafts = Drafts::default();
        drafts.want("backlog");
        assert!(!drafts.is_wanted("bind"));
        assert!(drafts.is_wanted("backlog"));
        assert!(!drafts.is_wanted("backlog"));
    }
}
