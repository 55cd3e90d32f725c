//! The other side of a program as a Python script, for a person who wants to write one: made of the lab's own settings.
//!
//! The script speaks as the tutorials' programs do, and runs with Python 3.8 and nothing else. Its first argument, where there is one, takes the place of the port,
//! or of the path of a Unix socket. A server has a client for its other side, a client a server, a link a client that asks through it (or the server behind it, where
//! the lab has none), calls that are given by hand the calls that fit to them.

mod client;
mod framing;
mod hand;
mod http;
mod lines;
mod meeting;
mod place;
mod reply;
mod server;
mod tftp;

use super::file::Lab;
use crate::program::{ProgramKind, Role, Spec, Target};
use crate::text;
use crate::text::Message;
use crate::trace::Address;
use hand::Hand;
use meeting::{Meeting, Speech};

/// The other side of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// What its file may be called: `client-for-server.py`. No two programs of a lab have the same.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Why a program has no other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoScript {
    /// There is no program of this name.
    NoProgram(String),
    /// The program of this name asks nobody.
    NoTarget(String),
    /// Whoever is asked, named so, has no address.
    NoPlace(String),
    /// No call was given by hand yet at whose other side anybody could be.
    NoCalls(String),
    /// The calls are both sides already.
    BothSides(String),
}

impl NoScript {
    /// The sentence, with what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::NoProgram(name) => text!("lab-script-no-program", program = name.as_str()),
            Self::NoTarget(name) => text!("lab-script-no-target", program = name.as_str()),
            Self::NoPlace(target) => text!("lab-script-no-place", target = target.as_str()),
            Self::NoCalls(name) => text!("lab-script-no-calls", program = name.as_str()),
            Self::BothSides(name) => text!("lab-script-both-sides", program = name.as_str()),
        }
    }
}

/// A program and its other side, whoever drives it.
enum Sides {
    ByItself(Box<Meeting>),
    ByHand(Box<Hand>),
}

impl Lab {
    /// The address that the other side of the program called `name` has to know, or to have: where its server is. `local` is the address that program really
    /// has, where it runs. None where it is not known yet: a Unix server without a path has one of its own when it runs.
    pub fn meeting_place(&self, name: &str, local: Option<&Address>) -> Option<Target> {
        let (_, sides) = self.sides(name, local).ok()?;
        let place = match &sides {
            Sides::ByItself(meeting) => &meeting.place,
            Sides::ByHand(hand) => &hand.place,
        };
        place.target().cloned()
    }

    /// The other side of the program called `name`, as a Python script: a client of a server, a server for a client. `local` as in
    /// [`meeting_place`](Self::meeting_place).
    ///
    /// # Errors
    /// [`NoScript`], where the settings say of nobody that he is at the other side.
    pub fn other_side(&self, name: &str, local: Option<&Address>) -> Result<Script, NoScript> {
        let (spec, sides) = self.sides(name, local)?;
        let (role, text) = match sides {
            Sides::ByHand(hand) => (hand.script, hand.text()),
            Sides::ByItself(meeting) => (
                meeting.script,
                match (meeting.speech, meeting.script) {
                    (Speech::Talk(kind), Role::Client) => client::script(&meeting, kind),
                    (Speech::Talk(kind), Role::Server) => server::script(&meeting, kind),
                    (Speech::Tftp, Role::Client) => tftp::client(&meeting),
                    (Speech::Tftp, Role::Server) => tftp::server(&meeting),
                    (Speech::Http, Role::Client) => http::client(&meeting.place),
                    (Speech::Http, Role::Server) => http::server(&meeting.place),
                },
            ),
        };
        let role = if role == Role::Client { "client" } else { "server" };
        Ok(Script { name: format!("{role}-for-{}.py", spec.name), text })
    }

    fn sides(&self, name: &str, local: Option<&Address>) -> Result<(&Spec, Sides), NoScript> {
        let spec = self.program(name).ok_or_else(|| NoScript::NoProgram(name.to_owned()))?;
        let sides = match spec.kind {
            ProgramKind::Manual => Sides::ByHand(Box::new(Hand::of(self, spec)?)),
            _ => Sides::ByItself(Box::new(Meeting::of(self, spec, local)?)),
        };
        Ok((spec, sides))
    }
}

#[cfg(test)]
mod tests;
