//! What a lab was before it was changed: undo and redo of every change, be it a program that was added or a digit that was typed.
//!
//! A step is the whole lab as it was: labs are small, and so nothing that can be changed needs a way back of its own.

use std::time::{Duration, Instant};

use super::field::fields_of;
use super::file::Lab;

/// How many steps back there are.
const MOST: usize = 200;
/// Changes of one field that follow each other within this time are one step: a number that is typed is not taken back digit by digit.
const ONE_STEP: Duration = Duration::from_secs(1);

/// The steps back and forth.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Lab>,
    future: Vec<Lab>,
    /// The field that was changed last, and when.
    last: Option<(Touch, Instant)>,
}

/// A field of a program, by the place of the program in the lab.
type Touch = (usize, &'static str);

impl History {
    /// Keeps `before`, which has just become `after`. Where nothing is different nothing is kept.
    pub fn record(&mut self, before: Lab, after: &Lab, at: Instant) {
        if before == *after {
            return;
        }
        let touch = touched(&before, after);
        let goes_on = self
            .last
            .is_some_and(|(last, when)| Some(last) == touch && at.saturating_duration_since(when) < ONE_STEP && self.future.is_empty());
        self.last = touch.map(|touch| (touch, at));
        self.future.clear();
        if goes_on {
            return;
        }
        self.past.push(before);
        let over = self.past.len().saturating_sub(MOST);
        self.past.drain(..over);
    }

    /// The lab before the last change; none where there is nothing to take back.
    pub fn undone(&self) -> Option<&Lab> {
        self.past.last()
    }

    /// The lab after the change that was taken back last; none where there is none.
    pub fn redone(&self) -> Option<&Lab> {
        self.future.last()
    }

    /// [`undone`](Self::undone) has taken the place of `now`.
    pub fn undo(&mut self, now: Lab) {
        if self.past.pop().is_some() {
            self.future.push(now);
            self.last = None;
        }
    }

    /// [`redone`](Self::redone) has taken the place of `now`.
    pub fn redo(&mut self, now: Lab) {
        if self.future.pop().is_some() {
            self.past.push(now);
            self.last = None;
        }
    }
}

/// The one field in which the two differ; none where there are more differences, or others.
fn touched(before: &Lab, after: &Lab) -> Option<Touch> {
    if before.title != after.title || before.folder != after.folder || before.programs.len() != after.programs.len() {
        return None;
    }
    let mut differing = before.programs.iter().zip(&after.programs).enumerate().filter(|(_, (old, new))| old != new);
    let (place, (old, new)) = differing.next()?;
    if differing.next().is_some() || old.kind != new.kind {
        return None;
    }
    let mut fields = fields_of(old.kind).filter(|field| (field.get)(old) != (field.get)(new));
    let field = fields.next()?;
    // Each call that is pressed is a step.
    (fields.next().is_none() && field.key != "calls").then_some((place, field.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{ProgramKind, Spec};

    fn lab(backlogs: &[i32]) -> Lab {
        let programs = backlogs
            .iter()
            .enumerate()
            .map(|(place, backlog)| Spec { backlog: *backlog, ..Spec::new(ProgramKind::TcpServer, format!("server-{place}")) });
        Lab { programs: programs.collect(), ..Lab::default() }
    }

    /// Does one step back; the lab as it is then.
    fn back(history: &mut History, now: Lab) -> Lab {
        let old = history.undone().expect("a step").clone();
        history.undo(now);
        old
    }

    #[test]
    fn steps_go_back_and_forth() {
        let (mut history, start) = (History::default(), Instant::now());
        history.record(lab(&[]), &lab(&[5]), start);
        history.record(lab(&[5]), &lab(&[5, 5]), start);
        assert_eq!(back(&mut history, lab(&[5, 5])), lab(&[5]));
        assert_eq!(history.redone(), Some(&lab(&[5, 5])));
        assert_eq!(back(&mut history, lab(&[5])), lab(&[]));
        assert_eq!(history.undone(), None);
        history.redo(lab(&[]));
        assert_eq!(history.redone(), Some(&lab(&[5, 5])));
        // What is done anew takes the place of what was taken back.
        history.record(lab(&[5]), &lab(&[7]), start);
        assert_eq!(history.redone(), None);
        assert_eq!(history.undone(), Some(&lab(&[5])));
    }

    #[test]
    fn what_is_typed_without_a_pause_is_one_step() {
        let (mut history, start) = (History::default(), Instant::now());
        for (before, after) in [(5, 1), (1, 12), (12, 128)] {
            history.record(lab(&[before]), &lab(&[after]), start);
        }
        history.record(lab(&[128]), &lab(&[1]), start + ONE_STEP);
        assert_eq!(back(&mut history, lab(&[1])), lab(&[128]));
        assert_eq!(back(&mut history, lab(&[128])), lab(&[5]));
    }

    #[test]
    fn another_field_is_another_step() {
        let (mut history, start) = (History::default(), Instant::now());
        history.record(lab(&[5, 5]), &lab(&[1, 5]), start);
        history.record(lab(&[1, 5]), &lab(&[1, 2]), start);
        assert_eq!(history.undone(), Some(&lab(&[1, 5])));
        history.record(lab(&[1, 2]), &lab(&[1, 2]), start);
        assert_eq!(history.undone(), Some(&lab(&[1, 5])), "nothing has changed");
    }

    #[test]
    fn the_oldest_steps_give_way() {
        let (mut history, start) = (History::default(), Instant::now());
        for count in 0..MOST + 10 {
            history.record(lab(&vec![5; count]), &lab(&vec![5; count + 1]), start);
        }
        assert_eq!(history.past.len(), MOST);
    }
}
