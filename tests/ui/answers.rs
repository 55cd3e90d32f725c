//! A person who is asked for files.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use socket_lab::ui::{Answer, Chooser, Purpose};

/// Answers what a person would choose, in this order; then turns away.
pub(crate) struct Answers(Mutex<VecDeque<(Purpose, PathBuf)>>);

impl Answers {
    pub(crate) fn of(answers: impl IntoIterator<Item = (Purpose, PathBuf)>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(answers.into_iter().collect())))
    }
}

impl Chooser for Answers {
    fn choose(&self, purpose: Purpose, _: &str) -> Answer {
        let Some((asked, file)) = self.0.lock().expect("no panic holds it").pop_front() else { return Answer::TurnedAway };
        assert_eq!(asked, purpose);
        Answer::Chosen(file)
    }
}
