//! What the kernel read back for each option, beside what was asked: folded from the rows.

use std::collections::{HashMap, HashSet};

use crate::trace::{Args, Kind, Name, Outcome, ProgramId, Record, SocketId, Value};

/// How many settings are remembered that nobody has read back yet.
const MOST: usize = 4096;

/// The last value that `getsockopt` returned, by program and option.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effective {
    values: HashMap<(ProgramId, Name), Value>,
    /// What was set and is to be read back. That the lab reads all options of a socket says nothing of what was asked for.
    set: HashSet<(SocketId, Name)>,
}

impl Effective {
    /// Takes in one record.
    pub(crate) fn learn(&mut self, record: &Record) {
        let Some(socket) = record.socket else { return };
        match (&record.kind, &record.outcome) {
            (Kind::Call(_, Args::OptionValue(name, _)), Outcome::Ok(_)) => {
                if self.set.len() >= MOST {
                    self.set.clear();
                }
                self.set.insert((socket, name.clone()));
            }
            (Kind::Call(_, Args::Option(name)), Outcome::Value(value)) if self.set.remove(&(socket, name.clone())) => {
                self.values.insert((record.program, name.clone()), Value::clone(value));
            }
            _ => {}
        }
    }

    /// What the kernel last said about an option of a program.
    pub(crate) fn value(&self, program: ProgramId, option: &str) -> Option<&Value> {
        self.values.get(&(program, Name::Owned(option.to_owned())))
    }
}
