//! What a process that serves a connection answers when it is asked what the kernel knows of it: a look from afar.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::net::Looked;

/// The last answer, and whether another is due. One question at a time: who does not answer is not asked again.
#[derive(Debug, Default)]
pub(super) struct Glance {
    inner: Mutex<Inner>,
    answered: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    last: Option<Looked>,
    is_due: bool,
}

impl Glance {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing between lock and unlock leaves it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a question is to be asked: none is under way.
    pub(super) fn begins(&self) -> bool {
        !std::mem::replace(&mut self.lock().is_due, true)
    }

    /// Takes an answer.
    pub(super) fn put(&self, looked: Option<Looked>) {
        *self.lock() = Inner { last: looked, is_due: false };
        self.answered.notify_all();
    }

    /// The answer; what was answered before, where there is none until `limit`.
    pub(super) fn wait(&self, limit: Instant) -> Option<Looked> {
        let left = limit.saturating_duration_since(Instant::now());
        let inner = self.answered.wait_timeout_while(self.lock(), left, |inner| inner.is_due);
        inner.unwrap_or_else(PoisonError::into_inner).0.last.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_question_is_asked_at_a_time_and_what_is_late_counts_the_next_time() {
        let (glance, soon) = (Glance::default(), || Instant::now() + Duration::from_millis(5));
        assert!(glance.begins() && !glance.begins());
        assert_eq!(glance.wait(soon()), None, "nobody answers");
        let looked = Looked { figures: Vec::new(), ends: None, own: None };
        glance.put(Some(looked.clone()));
        assert_eq!(glance.wait(Instant::now()), Some(looked.clone()));
        assert!(glance.begins());
        assert_eq!(glance.wait(soon()), Some(looked), "as it was");
        glance.put(None);
        assert_eq!(glance.wait(soon()), None, "there is nothing to be known any more");
    }
}
