//! What a person presses and notes: a call is made at once, and kept in the lab.

use super::session::{Inner, LONGEST_NOTE, Session, SessionCommand};
use crate::program::manual::{MOST_CALLS, Press};
use crate::program::{Command, Target};
use crate::text;
use crate::text::Message;
use crate::trace::Address;

impl Session {
    /// Makes a call by hand, which the lab then keeps: it is made again when the program starts. Where the program does not run it is started, and makes it last.
    ///
    /// # Errors
    /// Why it was not made; the lab has it not then.
    pub fn press(&self, name: &str, press: Press) -> Result<(), Message> {
        let mut spec = self.lab().program(name).cloned().ok_or_else(|| text!("lab-unknown-program", name = name))?;
        if spec.calls.len() >= MOST_CALLS {
            return Err(text!("lab-calls-full", most = MOST_CALLS.to_string()));
        }
        let runs = self.status().iter().any(|status| status.name == name && status.is_running());
        if runs {
            self.command(SessionCommand::Tell { program: name.to_owned(), command: Command::Press(Box::new(press.clone())) })?;
        }
        spec.calls.push(press);
        self.edit(name, spec)?;
        if runs { Ok(()) } else { self.command(SessionCommand::Start(name.to_owned())) }
    }

    /// Marks row `n` with a note, of which the first [`LONGEST_NOTE`] characters are kept and which may be empty; none takes its mark away. The mark stands in
    /// the trace, and so in a recording of it.
    pub fn mark(&self, n: u64, note: Option<&str>) {
        let note = note.map(|note| note.chars().take(LONGEST_NOTE).collect::<String>());
        self.shared.trace.mark(n, note.as_deref());
    }
}

impl Inner {
    /// Puts the address of a program in the place of its name. Where it has none yet the name stays, and the call says so when it is due.
    /// A socket of the program's own that bears the name is meant before a program.
    pub(super) fn aim(&self, program: &str, press: &mut Press) {
        let is_own = |name: &str| self.lab.program(program).is_some_and(|spec| spec.calls.iter().any(|call| call.makes() == Some(name)));
        if let Some(Target::Program(name)) = press.address.as_ref()
            && !is_own(name)
            && let Some(address) = self.address_of(name)
        {
            press.address = Some(match address {
                Address::Ip(address) => Target::Address(address),
                other => Target::Unix(other),
            });
        }
    }
}
