//! The flags of send and recv, by their names in C. A system has its own number for each, and not each flag.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! flags {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A flag of send(2) or recv(2).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum MessageFlag {
            $($(#[$doc])* $variant,)*
        }

        impl MessageFlag {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// Their names in C, in the same order.
            pub const NAMES: &[&str] = &[$($name,)*];

            /// The name in C.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

// Recordings hold them by their places: a new one goes to the end.
flags! {
    /// Reads bytes and leaves them where they are.
    Peek = "MSG_PEEK",
    /// Does not wait, this once.
    DontWait = "MSG_DONTWAIT",
    /// Waits until the buffer is full.
    WaitAll = "MSG_WAITALL",
    /// The urgent byte of TCP, beside the stream.
    OutOfBand = "MSG_OOB",
    /// Returns the whole length of a datagram that was cut off; on a stream throws the bytes away.
    Truncate = "MSG_TRUNC",
    /// No SIGPIPE where the connection is gone.
    NoSignal = "MSG_NOSIGNAL",
    /// More follows at once: what was sent may wait for it.
    More = "MSG_MORE",
    /// Only to who is on the same network, past all routers.
    DontRoute = "MSG_DONTROUTE",
}

impl MessageFlag {
    /// The flag of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|flag| flag.name() == name)
    }

    /// Whether it means something to recv.
    pub const fn is_for_recv(self) -> bool {
        matches!(self, Self::Peek | Self::DontWait | Self::WaitAll | Self::OutOfBand | Self::Truncate)
    }

    /// Whether it means something to send.
    pub const fn is_for_send(self) -> bool {
        matches!(self, Self::DontWait | Self::OutOfBand | Self::NoSignal | Self::More | Self::DontRoute)
    }
}

/// Some of these flags, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageFlags(u16);

impl MessageFlags {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Whether `flag` is among them.
    pub const fn has(self, flag: MessageFlag) -> bool {
        self.0 & (1 << flag as u16) != 0
    }

    /// Puts `flag` in or takes it out.
    pub const fn set(&mut self, flag: MessageFlag, on: bool) {
        if on {
            self.0 |= 1 << flag as u16;
        } else {
            self.0 &= !(1 << flag as u16);
        }
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are known, in the order of the table. (A recording that nobody made here may hold others.)
    pub fn iter(self) -> impl Iterator<Item = MessageFlag> {
        MessageFlag::ALL.iter().copied().filter(move |flag| self.has(*flag))
    }
}

impl FromIterator<MessageFlag> for MessageFlags {
    fn from_iter<I: IntoIterator<Item = MessageFlag>>(flags: I) -> Self {
        let mut all = Self::NONE;
        for flag in flags {
            all.set(flag, true);
        }
        all
    }
}

impl fmt::Display for MessageFlags {
    /// As in C: `MSG_PEEK|MSG_DONTWAIT`, `0` for none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.iter().next().is_none() {
            return f.write_str("0");
        }
        for (place, flag) in self.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "|" })?;
            f.write_str(flag.name())?;
        }
        Ok(())
    }
}

/// What ioctl(2) is asked of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Request {
    /// How many bytes wait to be read; of a datagram socket those of the next datagram.
    Unread,
    /// How many bytes were sent and are not acknowledged or not sent yet.
    Unsent,
    /// Whether the next byte is the one behind the urgent mark.
    AtMark,
}

impl Request {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Unread, Self::Unsent, Self::AtMark];
    /// Their names in C, in the same order.
    pub const NAMES: &[&str] = &["FIONREAD", "SIOCOUTQ", "SIOCATMARK"];

    /// The name in C. (Linux says SIOCINQ for FIONREAD, and TIOCOUTQ for SIOCOUTQ, too.)
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unread => "FIONREAD",
            Self::Unsent => "SIOCOUTQ",
            Self::AtMark => "SIOCATMARK",
        }
    }

    /// The request of that name, or of its other one.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "SIOCINQ" => Some(Self::Unread),
            "TIOCOUTQ" => Some(Self::Unsent),
            _ => Self::ALL.iter().copied().find(|request| request.name() == name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_written_as_in_c() {
        let flags = [MessageFlag::DontWait, MessageFlag::Peek].into_iter().collect::<MessageFlags>();
        assert_eq!(flags.to_string(), "MSG_PEEK|MSG_DONTWAIT");
        assert_eq!(MessageFlags::NONE.to_string(), "0");
        assert_eq!(MessageFlags(0x8000).to_string(), "0", "one that nobody knows");
        for (flag, name) in MessageFlag::ALL.iter().zip(MessageFlag::NAMES) {
            assert_eq!(MessageFlag::by_name(name), Some(*flag));
            assert!(flag.is_for_recv() || flag.is_for_send());
        }
        for (request, name) in Request::ALL.iter().zip(Request::NAMES) {
            assert_eq!((Request::by_name(name), request.name()), (Some(*request), *name));
        }
    }
}
