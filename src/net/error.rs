//! A call that failed: which, with which arguments, on which socket, and what the kernel said.

use std::fmt;
use std::time::Duration;

use super::meaning::meaning;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno, SocketId, notation};

/// A call that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The call.
    pub call: Call,
    /// Its arguments.
    pub args: Args,
    /// The socket it was made on; none for socket itself.
    pub socket: Option<SocketId>,
    /// What the kernel said.
    pub errno: Errno,
    /// The limit of a connect that ran out of time: no call failed, poll found nothing within it.
    pub limit: Option<Duration>,
    /// Whether the kernel was asked at all. It was not when the socket is closed, or the arguments cannot be put into C's types; there is
    /// no row then.
    pub made: bool,
}

impl Error {
    /// The address it was about: bind, connect, sendto.
    pub const fn address(&self) -> Option<&Address> {
        self.args.address()
    }

    /// The call with its arguments and the errno, what that means for this call, and what to try.
    pub fn message(&self) -> Message {
        let call = notation::call(self.call, &self.args);
        match self.limit {
            Some(limit) => text!(
                "net-error-limit",
                call = call,
                limit = notation::duration(limit),
                errno = self.errno.name(),
                meaning = self.meaning()
            ),
            None => text!("net-error", call = call, errno = self.errno.name(), meaning = self.meaning()),
        }
    }

    /// What the errno means for this call.
    fn meaning(&self) -> Message {
        match (self.made, self.errno.is("EBADF")) {
            (true, _) => meaning(self.call, self.errno, &self.args).says,
            (false, true) => text!("net-meaning-closed"),
            (false, false) => text!("net-meaning-inexpressible"),
        }
    }
}

impl fmt::Display for Error {
    /// For logs and tests: `bind(127.0.0.1:9001): EADDRINUSE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", notation::call(self.call, &self.args), self.errno)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::super::meaning::MEANINGS;
    use super::*;
    use crate::text::Language;

    fn error(call: Call, errno: Errno) -> Error {
        let address = Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 9001)));
        Error { call, args: Args::Address(address), socket: None, errno, limit: None, made: true }
    }

    #[test]
    fn a_message_names_call_address_errno_and_meaning() {
        for row in MEANINGS {
            let errno = Errno::by_name(row.errno).expect(row.errno);
            for call in if row.calls.is_empty() { &[Call::Listen] } else { row.calls } {
                let message = error(*call, errno).message();
                for language in Language::ALL {
                    let sentence = message.in_language(language);
                    assert!(!sentence.contains('⟨'), "{sentence}");
                    for part in [call.name(), "127.0.0.1:9001", row.errno, &(row.says)().in_language(language)] {
                        assert!(sentence.contains(part), "{part}: {sentence}");
                    }
                }
            }
        }
    }

    /// The first row that fits is taken: one for all calls would hide those after it.
    #[test]
    fn every_meaning_is_reached() {
        for (index, row) in MEANINGS.iter().enumerate() {
            for earlier in &MEANINGS[..index] {
                let hidden = earlier.calls.is_empty() || row.calls.iter().any(|call| earlier.calls.contains(call));
                assert!(earlier.errno != row.errno || !hidden, "{} for {:?}", row.errno, row.calls);
            }
        }
    }

    /// Whether the call may be made again is not the same for all (connect(2), close(2), signal(7)).
    #[test]
    fn what_an_interruption_leaves_depends_on_the_call() {
        let errno = Errno::by_name("EINTR").expect("a name");
        let path = Args::Address(Address::Path("/tmp/a".into()));
        for (call, args, key) in [
            (Call::Connect, Args::None, "net-meaning-interrupted-connect"),
            (Call::Connect, path, "net-meaning-interrupted"),
            (Call::Accept, Args::None, "net-meaning-interrupted-wait"),
            (Call::Recv, Args::None, "net-meaning-interrupted-wait"),
            (Call::RecvFrom, Args::None, "net-meaning-interrupted-wait"),
            (Call::Poll, Args::None, "net-meaning-interrupted-wait"),
            (Call::Close, Args::None, "net-meaning-interrupted-close"),
            (Call::Send, Args::None, "net-meaning-interrupted"),
        ] {
            let meaning = meaning(call, errno, &args);
            assert!(meaning.says.key() == key && meaning.advises, "{call:?} {args:?}: {}", meaning.says.key());
        }
    }

    #[test]
    fn what_no_row_tells_has_a_general_sentence() {
        let sentence = error(Call::Listen, Errno::from_code(4711)).message().to_string();
        assert_eq!(sentence, "listen(127.0.0.1:9001): errno 4711. The manual page of listen says when that happens.");
    }

    #[test]
    fn a_limit_is_named() {
        let errno = Errno::by_name("ETIMEDOUT").expect("a name");
        let error = Error { limit: Some(Duration::from_secs(2)), ..error(Call::Connect, errno) };
        assert!(
            error.message().to_string().starts_with("connect(127.0.0.1:9001) got no answer within 2 s (ETIMEDOUT). "),
            "{}",
            error.message()
        );
    }
}
