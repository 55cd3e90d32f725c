//! What a tftp-server and a tftp-client are to be, beside what every program has: plain data, as a lab file holds it.

use std::fmt;
use std::path::PathBuf;

use super::outgoing::Data;
use crate::net::FaultPlan;
use crate::wire::tftp::Mode;

/// The most transfers of one server at a time: each has a thread.
pub const MOST_TRANSFERS: u32 = 1000;
/// The largest block, in bytes (RFC 2348).
pub const MOST_BLKSIZE: u16 = 65_464;
/// The smallest block, in bytes (RFC 2348).
pub const LEAST_BLKSIZE: u16 = 8;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which a person is offered them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// Their names in a lab file, in the same order.
            pub const NAMES: &[&str] = &[$($text,)*];

            /// The name in a lab file.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The one of that name.
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

words! {
    /// What a tftp-server lets others write.
    WriteRule {
        /// Nothing.
        #[default]
        Deny = "deny",
        /// Files whose names are free.
        Create = "create",
        /// Any file; an old one is replaced.
        Overwrite = "overwrite",
    }
}

words! {
    /// How a tftp-server speaks.
    ErrorStyle {
        /// As the RFCs say: each error with its code, options answered.
        #[default]
        Rfc = "rfc",
        /// As the bare server of the tutorials: ERROR 5 "error" whatever is wrong, and no options.
        Tutorial = "tutorial",
    }
}

words! {
    /// What of a transfer stands in the trace.
    Recorded {
        /// Every packet.
        #[default]
        Packets = "packets",
        /// The opening, and how many packets and bytes followed: many packets then share a call, which is much faster.
        Counts = "counts",
    }
}

/// What a tftp-server and a tftp-client have beside what every program has.
#[derive(Clone, Debug, PartialEq)]
pub struct Tftp {
    /// The folder that a server offers. None: a folder of its own with a few files to try, which goes with the program.
    pub root: Option<PathBuf>,
    /// What others may write.
    pub write: WriteRule,
    /// How a server speaks.
    pub error_style: ErrorStyle,
    /// Whether a server answers from the port it is asked at, in place of a fresh one for each transfer.
    pub single_port: bool,
    /// How many transfers a server has at a time, at most: 1 to [`MOST_TRANSFERS`].
    pub max_transfers: u32,
    /// The largest file that a server takes, in bytes.
    pub max_size: u64,
    /// How many files a server takes while it runs, at most.
    pub max_files: u32,
    /// The name of the file that a client fetches.
    pub get: Option<String>,
    /// What a client sends.
    pub put: Option<Data>,
    /// The name that what is sent is to have on the server; that of the file where none is stated.
    pub remote: Option<String>,
    /// Where a client puts what it fetched. None: it is kept until a person saves it, where one can; else its bytes are counted.
    pub to: Option<PathBuf>,
    /// How the bytes are put into packets.
    pub mode: Mode,
    /// The block size that a client asks for, or a server grants at most, in bytes: [`LEAST_BLKSIZE`] to [`MOST_BLKSIZE`]. A client that states none does
    /// not ask, and blocks have 512.
    pub blksize: Option<u16>,
    /// The blocks that go before an ACK: what a client asks for, or a server grants at most (RFC 7440).
    pub windowsize: Option<u16>,
    /// The retransmission time that a client asks for, in seconds (RFC 2349).
    pub timeout: Option<u8>,
    /// Whether a client asks how large the file is, or says so (RFC 2349).
    pub tsize: bool,
    /// What of a transfer stands in the trace. Packets to which the lab lets something happen stand there in any case.
    pub record: Recorded,
    /// What the lab lets happen to its datagrams.
    pub faults: FaultPlan,
}

impl Default for Tftp {
    fn default() -> Self {
        Self {
            root: None,
            write: WriteRule::Deny,
            error_style: ErrorStyle::Rfc,
            single_port: false,
            max_transfers: 256,
            max_size: 1 << 30,
            max_files: 10_000,
            get: None,
            put: None,
            remote: None,
            to: None,
            mode: Mode::Octet,
            blksize: None,
            windowsize: None,
            timeout: None,
            tsize: false,
            record: Recorded::Packets,
            faults: FaultPlan::default(),
        }
    }
}

impl Tftp {
    /// What a tftp-server has where nothing else is stated.
    pub(super) fn of_server() -> Self {
        Self { blksize: Some(MOST_BLKSIZE), windowsize: Some(64), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_by_its_name() {
        for (rule, name) in WriteRule::ALL.iter().zip(WriteRule::NAMES) {
            assert_eq!((rule.name(), WriteRule::by_name(name)), (*name, Some(*rule)));
        }
        assert_eq!(ErrorStyle::by_name("tutorial"), Some(ErrorStyle::Tutorial));
        assert_eq!(ErrorStyle::by_name("mail"), None);
    }
}
