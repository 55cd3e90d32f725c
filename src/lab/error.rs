//! What is wrong in a lab file or in a `--set`, and where: file, line, column, key, what was expected, the nearest known name.

use std::ops::Range;
use std::{fmt, mem};

use crate::text;
use crate::text::{Language, Message};

/// How many errors of one file are told: who has more begins with these.
pub const MOST_ERRORS: usize = 20;

/// Where something wrong stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the lab file.
    File {
        /// The file, as it was given.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1. Characters, not bytes: `你` is one.
        column: usize,
    },
    /// In an argument: `--set server.bind=nowhere`.
    Argument(String),
}

impl Place {
    /// The place of byte `at` of `text`, which is the content of `file`.
    pub fn in_file(file: &str, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::File { file: file.to_owned(), line, column }
    }

    /// The place as compilers write it: `echo.toml:7:9`, `--set server.bind=nowhere`. The same in every language.
    pub fn notation(&self) -> String {
        match self {
            Self::File { file, line, column } => format!("{file}:{line}:{column}"),
            Self::Argument(argument) => format!("--set {argument}"),
        }
    }
}

/// What is wrong, what was expected instead, and the known name that was probably meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong; names the key.
    pub what: Message,
    /// What was expected; none where `what` says it.
    pub expected: Option<Message>,
    /// The nearest known name.
    pub nearest: Option<String>,
}

impl Fault {
    /// A fault for which no known name is near.
    pub const fn new(what: Message, expected: Message) -> Self {
        Self { what, expected: Some(expected), nearest: None }
    }

    /// The same fault, with the known name that was probably meant.
    pub fn near(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }

    /// All of it as one sentence.
    pub fn message(&self) -> Message {
        let what = self.what.clone();
        match (self.expected.clone(), &self.nearest) {
            (Some(expected), Some(nearest)) => text!("lab-fault-nearest", what = what, expected = expected, nearest = nearest.as_str()),
            (Some(expected), None) => text!("lab-fault", what = what, expected = expected),
            (None, _) => what,
        }
    }
}

/// One error of a lab file.
#[derive(Clone, Debug, PartialEq)]
pub struct LabError {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub fault: Fault,
}

impl LabError {
    /// The error as one sentence, its place first.
    pub fn message(&self) -> Message {
        text!("lab-error-at", place = self.place.notation(), fault = self.fault.message())
    }
}

/// All errors of one lab file, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabErrors {
    /// The first of them, at most [`MOST_ERRORS`].
    pub errors: Vec<LabError>,
    /// How many more there are.
    pub more: usize,
}

impl LabErrors {
    /// One sentence an error, and one for those that are not shown.
    pub fn messages(&self) -> Vec<Message> {
        let more = (self.more > 0).then(|| text!("lab-errors-more", count = self.more));
        self.errors.iter().map(LabError::message).chain(more).collect()
    }
}

impl fmt::Display for LabErrors {
    /// In English, one line an error: for logs and tests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.messages().iter().map(|message| message.in_language(Language::English)).collect::<Vec<_>>();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for LabErrors {}

/// Where a value came from: a span of the file's bytes, or the argument of this index. What is not told of a file stands at its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Bytes of the file.
    Span(Range<usize>),
    /// The argument, `server.bind=127.0.0.1:0`.
    Argument(String),
}

/// Collects the errors of one file while it is read.
#[derive(Debug)]
pub(super) struct Errors<'text> {
    file: &'text str,
    text: &'text str,
    /// Where each stands is worked out when it is told: a file may hold far more of them than that.
    found: Vec<(usize, Source, Fault)>,
}

impl<'text> Errors<'text> {
    pub(super) const fn new(file: &'text str, text: &'text str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    pub(super) fn push(&mut self, source: &Source, fault: Fault) {
        let order = match source {
            Source::Span(span) => span.start,
            // Arguments are told after the file.
            Source::Argument(_) => usize::MAX,
        };
        self.found.push((order, source.clone(), fault));
    }

    fn place(&self, source: Source) -> Place {
        match source {
            Source::Span(span) => Place::in_file(self.file, self.text, span.start),
            Source::Argument(argument) => Place::Argument(argument),
        }
    }

    /// How many were found so far.
    pub(super) const fn count(&self) -> usize {
        self.found.len()
    }

    /// Nothing where nothing was wrong, else what is to be told.
    pub(super) fn end(&mut self) -> Result<(), LabErrors> {
        if self.found.is_empty() {
            return Ok(());
        }
        let mut found = mem::take(&mut self.found);
        found.sort_by_key(|(order, ..)| *order);
        let more = found.len().saturating_sub(MOST_ERRORS);
        let errors = found.into_iter().take(MOST_ERRORS);
        let errors = errors.map(|(_, source, fault)| LabError { place: self.place(source), fault }).collect();
        Err(LabErrors { errors, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a = 1\nstop_word = \"再见\" # x\n";
        let at = text.find('#').expect("there");
        assert_eq!(Place::in_file("f", text, at), Place::File { file: "f".to_owned(), line: 2, column: 18 });
        assert_eq!(Place::in_file("f", text, 0).notation(), "f:1:1");
        assert_eq!(Place::in_file("f", text, text.len()).notation(), "f:3:1");
        assert_eq!(Place::in_file("f", text, 9999).notation(), "f:3:1", "past the end is the end");
    }

    #[test]
    fn what_is_told_is_bounded_and_in_order() {
        let text = "\n".repeat(50);
        let mut errors = Errors::new("f", &text);
        for at in (0..40).rev() {
            errors.push(&Source::Span(at..at + 1), Fault::new(text!("lab-fault"), text!("lab-fault")));
        }
        let told = errors.end().expect_err("forty errors");
        assert_eq!((told.errors.len(), told.more), (MOST_ERRORS, 20));
        assert_eq!(told.errors[0].place.notation(), "f:1:1");
        assert_eq!(told.messages().len(), MOST_ERRORS + 1);
    }
}
