//! What the kernel read back for each option, beside what was asked: folded from the rows.

use std::collections::HashMap;

use crate::trace::{Args, Kind, Name, Outcome, ProgramId, Record, Value};

/// The last value that `getsockopt` returned, by program and option.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effective {
    values: HashMap<(ProgramId, Name), Value>,
}

impl Effective {
    /// Takes in one record.
    pub(crate) fn learn(&mut self, record: &Record) {
        if let (Kind::Call(_, Args::Option(name)), Outcome::Value(value)) = (&record.kind, &record.outcome) {
            self.values.insert((record.program, name.clone()), value.clone());
        }
    }

    /// What the kernel last said about an option of a program.
    pub(crate) fn value(&self, program: ProgramId, option: &str) -> Option<&Value> {
        self.values.get(&(program, Name::Owned(option.to_owned())))
    }
}
