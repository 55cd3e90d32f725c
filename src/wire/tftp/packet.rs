//! The six kinds of packets.

use std::fmt;

use super::error::ErrorCode;
use super::malformed::Malformed;
use super::option::{Options, split};
use super::quoted;
use super::request::Request;

/// The number that a packet begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Opcode {
    /// Asks to read a file.
    Rrq = 1,
    /// Asks to write one.
    Wrq = 2,
    /// A block of it.
    Data = 3,
    /// Acknowledges a block, and with it all before.
    Ack = 4,
    /// Ends a transfer.
    Error = 5,
    /// Grants options (RFC 2347).
    Oack = 6,
}

impl Opcode {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Rrq, Self::Wrq, Self::Data, Self::Ack, Self::Error, Self::Oack];

    /// The opcode with this number.
    pub fn of(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|opcode| *opcode as u16 == number)
    }

    /// The opcode that a datagram begins with, whatever follows.
    pub fn first(datagram: &[u8]) -> Option<Self> {
        Self::of(number(datagram, 0)?)
    }

    /// Its name in the RFC.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rrq => "RRQ",
            Self::Wrq => "WRQ",
            Self::Data => "DATA",
            Self::Ack => "ACK",
            Self::Error => "ERROR",
            Self::Oack => "OACK",
        }
    }
}

impl fmt::Display for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A packet, read from a datagram without copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet<'a> {
    /// Asks to read a file.
    Rrq(Request<'a>),
    /// Asks to write a file.
    Wrq(Request<'a>),
    /// A block of the file; fewer bytes than agreed make it the last.
    Data {
        /// Its number, modulo 65 536.
        block: u16,
        /// The bytes of the file.
        bytes: &'a [u8],
    },
    /// Acknowledges a block and all before it.
    Ack {
        /// Its number, modulo 65 536.
        block: u16,
    },
    /// Ends the transfer.
    Error {
        /// Why.
        code: ErrorCode,
        /// What the other side says about it: any bytes but zero.
        text: &'a [u8],
    },
    /// Grants options.
    Oack(Options<'a>),
}

impl<'a> Packet<'a> {
    /// Reads a datagram. What follows the block number of an ACK or the end of an ERROR's text is not looked at, and that text may lack its end:
    /// such a packet still says all it has to say.
    ///
    /// # Errors
    /// What makes it no packet.
    pub fn parse(datagram: &'a [u8]) -> Result<Self, Malformed> {
        let short = Malformed::Short(datagram.len());
        let Some(opcode) = number(datagram, 0) else { return Err(short) };
        Ok(match Opcode::of(opcode) {
            None => return Err(Malformed::Opcode(opcode)),
            Some(Opcode::Rrq) => Self::Rrq(Request::parse(datagram)?),
            Some(Opcode::Wrq) => Self::Wrq(Request::parse(datagram)?),
            Some(Opcode::Oack) => Self::Oack(Options::parse(datagram.get(2..).unwrap_or_default(), 2)?),
            Some(Opcode::Data | Opcode::Ack | Opcode::Error) if datagram.len() < 4 => return Err(short),
            Some(Opcode::Data) => Self::Data { block: number(datagram, 2).ok_or(short)?, bytes: datagram.get(4..).unwrap_or_default() },
            Some(Opcode::Ack) => Self::Ack { block: number(datagram, 2).ok_or(short)? },
            Some(Opcode::Error) => {
                let text = datagram.get(4..).unwrap_or_default();
                Self::Error { code: ErrorCode::of(number(datagram, 2).ok_or(short)?), text: split(text).map_or(text, |(text, _)| text) }
            }
        })
    }

    /// Its opcode.
    pub fn opcode(&self) -> Opcode {
        match self {
            Self::Rrq(_) => Opcode::Rrq,
            Self::Wrq(_) => Opcode::Wrq,
            Self::Data { .. } => Opcode::Data,
            Self::Ack { .. } => Opcode::Ack,
            Self::Error { .. } => Opcode::Error,
            Self::Oack(_) => Opcode::Oack,
        }
    }

    /// Appends it as it stands on the wire. [`Packet::parse`] reads the same packet back.
    pub fn emit(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&(self.opcode() as u16).to_be_bytes());
        match self {
            Self::Rrq(request) | Self::Wrq(request) => request.emit(to),
            Self::Data { block, bytes } => {
                to.extend_from_slice(&block.to_be_bytes());
                to.extend_from_slice(bytes);
            }
            Self::Ack { block } => to.extend_from_slice(&block.to_be_bytes()),
            Self::Error { code, text } => {
                to.extend_from_slice(&code.number().to_be_bytes());
                to.extend_from_slice(text);
                to.push(0);
            }
            Self::Oack(options) => to.extend_from_slice(options.bytes()),
        }
    }

    /// As it stands on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.emit(&mut bytes);
        bytes
    }
}

/// The number of two bytes at `at`.
pub(super) fn number(datagram: &[u8], at: usize) -> Option<u16> {
    datagram.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

impl fmt::Display for Packet<'_> {
    /// As tcpdump writes it, with the length of a block beside its number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.opcode())?;
        match self {
            Self::Rrq(request) | Self::Wrq(request) => write!(f, " {request}"),
            Self::Data { block, bytes } => write!(f, " block {block}, {} bytes", bytes.len()),
            Self::Ack { block } => write!(f, " block {block}"),
            Self::Error { code, text } => {
                write!(f, " {code} ")?;
                quoted(text, f)
            }
            Self::Oack(options) => write!(f, "{options}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mode, OptionName};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn packets_read_like_tcpdump() {
        for (datagram, said) in [
            (&b"\0\x01kernel.img\0octet\0blksize\x001428\0tsize\x000\0"[..], "RRQ \"kernel.img\" octet blksize 1428 tsize 0"),
            (b"\0\x02a \"b\"\xff\0NetASCII\0", "WRQ \"a \\\"b\\\"\\xff\" netascii"),
            ("\0\x01再见\n\0octet\0".as_bytes(), "RRQ \"再见\\n\" octet"),
            (b"\0\x03\0\x01abc", "DATA block 1, 3 bytes"),
            (b"\0\x04\xff\xff", "ACK block 65535"),
            (b"\0\x05\0\x01File not found\0", "ERROR ENOTFOUND \"File not found\""),
            (b"\0\x05\x01\0unfinished", "ERROR 256 \"unfinished\""),
            (b"\0\x06blksize\x001428\0", "OACK blksize 1428"),
        ] {
            assert_eq!(Packet::parse(datagram).unwrap().to_string(), said);
        }
    }

    #[test]
    fn what_is_no_packet_says_why() {
        let name = "n".repeat(600);
        for (datagram, wrong) in [
            (&b""[..], Malformed::Short(0)),
            (b"\0", Malformed::Short(1)),
            (b"\0\x03\0", Malformed::Short(3)),
            (b"\0\x04", Malformed::Short(2)),
            (b"\0\x05\0", Malformed::Short(3)),
            (b"\0\0", Malformed::Opcode(0)),
            (b"\0\x07", Malformed::Opcode(7)),
            (b"\x01\x01a\0octet\0", Malformed::Opcode(257)),
            (b"\0\x01", Malformed::NoName),
            (b"\0\x01\0octet\0", Malformed::NoName),
            (b"\0\x01a", Malformed::NameOpen),
            (b"\0\x01a\0", Malformed::NoMode),
            (b"\0\x01a\0\0", Malformed::NoMode),
            (b"\0\x01a\0octet", Malformed::ModeOpen),
            (b"\0\x01a\0mail\0", Malformed::Mode("mail".into())),
            (b"\0\x01a\0octet\0blksize\0", Malformed::NoValue("blksize".into())),
            (b"\0\x01a\0octet\0blksize\x008", Malformed::ValueOpen("blksize".into())),
            (b"\0\x06blksize", Malformed::OptionNameOpen(2)),
            (b"\0\x02a\0octet\0tsize\x001\0TSIZE\x001\0", Malformed::Twice(OptionName::Tsize)),
        ] {
            assert_eq!(Packet::parse(datagram), Err(wrong.clone()), "{datagram:?}");
            assert!(!wrong.message().to_string().contains('⟨') && wrong.phrase().is_ascii());
        }
        let request = |length: usize| [b"\0\x01", &name.as_bytes()[..length - 9], b"\0octet\0"].concat();
        assert!(Packet::parse(&request(512)).is_ok());
        assert_eq!(Packet::parse(&request(513)), Err(Malformed::Long(513)));
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(1..=255_u8, 1..40)
    }

    /// Options as they stand on the wire, of any names but none twice.
    fn options() -> impl Strategy<Value = Vec<u8>> {
        let value = prop_oneof!["[0-9]{0,6}", "\\PC{0,9}".prop_map(|text: String| text.replace('\0', ""))];
        let known = prop::sample::subsequence(OptionName::ALL.to_vec(), 0..=4).prop_shuffle();
        (known, prop::collection::vec(value, 4), any::<bool>()).prop_map(|(names, values, loud)| {
            let mut bytes = Vec::new();
            for (name, value) in names.iter().zip(&values) {
                let name = if loud { name.word().to_uppercase() } else { name.word().to_owned() };
                Options::push(&mut bytes, &name, value);
            }
            bytes
        })
    }

    fn packet() -> impl Strategy<Value = Vec<u8>> {
        let request = |write: bool, name: &[u8], mode: Mode, options: &[u8]| {
            let request = Request { name, mode, options: Options::parse(options, 0).unwrap() };
            if write { Packet::Wrq(request) } else { Packet::Rrq(request) }.to_bytes()
        };
        prop_oneof![
            (any::<bool>(), text(), prop::sample::select(&Mode::ALL[..]), options())
                .prop_map(move |(write, name, mode, options)| request(write, &name, mode, &options)),
            (any::<u16>(), prop::collection::vec(any::<u8>(), 0..600))
                .prop_map(|(block, bytes)| Packet::Data { block, bytes: &bytes }.to_bytes()),
            any::<u16>().prop_map(|block| Packet::Ack { block }.to_bytes()),
            (any::<u16>(), prop_oneof![Just(Vec::new()), text()]).prop_map(|(code, text)| Packet::Error {
                code: ErrorCode::of(code),
                text: &text
            }
            .to_bytes()),
            options().prop_map(|options| Packet::Oack(Options::parse(&options, 2).unwrap()).to_bytes()),
        ]
    }

    /// Reading never panics, and what was read is written and read again as the same.
    fn check(datagram: &[u8]) {
        match Packet::parse(datagram) {
            Ok(packet) => {
                let emitted = packet.to_bytes();
                assert!(emitted.len() <= datagram.len() + 1, "at most the zero byte that a text lacked");
                assert_eq!(Packet::parse(&emitted).as_ref(), Ok(&packet));
                assert!(packet.to_string().len() <= 64 + 16 * datagram.len());
            }
            // What is kept of the datagram is short, however long that is.
            Err(Malformed::Mode(text) | Malformed::NoValue(text) | Malformed::ValueOpen(text)) => assert!(text.len() <= 64 * 8 + 3),
            Err(_) => {}
        }
    }

    /// How many datagrams are tried: `TFTP_CASES=10000000 cargo test --release --lib tftp::packet` looks for longer.
    fn cases() -> u32 {
        std::env::var("TFTP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

        #[test]
        fn a_packet_is_written_as_it_was_read(bytes in packet()) {
            let packet = Packet::parse(&bytes).unwrap();
            prop_assert_eq!(packet.to_bytes(), bytes);
        }

        #[test]
        fn a_mutated_packet_does_no_harm(mut bytes in packet(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6)) {
            for (at, byte, change) in changes {
                let at = at.index(bytes.len() + 1);
                match change {
                    0 => bytes.truncate(at),
                    1 => bytes.insert(at, byte),
                    2 if at < bytes.len() => bytes[at] = byte,
                    3 if at < bytes.len() => drop(bytes.remove(at)),
                    _ => bytes.insert(at, 0),
                }
            }
            check(&bytes);
        }

        #[test]
        fn any_datagram_does_no_harm(head in 0..8_u8, bytes in prop::collection::vec(prop_oneof![Just(0), any::<u8>()], 0..1000)) {
            check(&bytes);
            check(&[&[0, head][..], &bytes].concat());
        }
    }

    #[test]
    fn the_longest_datagrams_are_read_in_no_time() {
        for piece in [&b"a\0"[..], b"\0", b"a", b"blksize\0", b"\xff\0"] {
            for opcode in 0..8 {
                let mut datagram = vec![0, opcode];
                datagram.extend(piece.iter().cycle().take(65_505));
                check(&datagram);
            }
        }
    }
}
