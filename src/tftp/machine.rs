//! What either end of a transfer is asked and told, whichever way the file goes.

use super::Next;
use super::agreement::Agreement;
use super::counts::Counts;
use super::course::Course;
use super::outcome::Outcome;
use crate::text::Message;
use crate::wire::tftp::ErrorCode;

/// One end of a transfer: a [`Sender`](super::Sender) or a [`Receiver`](super::Receiver).
pub trait Machine {
    /// What to do now. Only a sender asks for bytes ([`Next::Fill`]).
    fn next(&mut self, now: u64) -> Next<'_>;

    /// The system says that nobody has the partner's port (ECONNREFUSED). That is no failure where every block was sent, or taken: no more than
    /// ACKs were still to go.
    fn on_unreachable(&mut self);

    /// What both ends have. Nobody else can name it, so that there are no machines but these two.
    #[doc(hidden)]
    fn course(&self) -> &Course;

    /// The same, to change it.
    #[doc(hidden)]
    fn course_mut(&mut self) -> &mut Course;

    /// The client has made the same request again, at whichever port: an OACK that it has not seen is sent again. It is never answered by a second transfer.
    fn on_request(&mut self, now: u64) {
        self.course_mut().on_request(now);
    }

    /// Ends the transfer with an ERROR: its code, its text (English and ASCII), and why, for a person. Does nothing to one that has ended.
    fn abort(&mut self, code: ErrorCode, phrase: &str, why: Message) {
        self.course_mut().abort(code, phrase, why);
    }

    /// How it ended, once it has. Complete is said while a receiver still stays to acknowledge again.
    fn outcome(&self) -> Option<&Outcome> {
        self.course().outcome.as_ref()
    }

    /// What both sides agreed on, once they did.
    fn agreement(&self) -> Option<&Agreement> {
        self.course().agreement.as_ref()
    }

    /// The counters.
    fn counts(&self) -> Counts {
        self.course().counts
    }
}
