//! The options of requests and OACK packets (RFC 2347) and those four that are understood.

use std::fmt;
use std::ops::RangeInclusive;

use memchr::memchr;

use super::malformed::Malformed;
use super::{excerpt, shown};
use crate::text;
use crate::text::Message;

/// An option that this lab understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionName {
    /// Bytes of the file in a DATA packet (RFC 2348).
    Blksize,
    /// Seconds until a packet is sent again (RFC 2349).
    Timeout,
    /// Bytes of the whole file (RFC 2349).
    Tsize,
    /// Blocks sent for one ACK (RFC 7440).
    Windowsize,
}

impl OptionName {
    /// All of them, in the order in which a client asks for them.
    pub const ALL: [Self; 4] = [Self::Blksize, Self::Timeout, Self::Tsize, Self::Windowsize];

    /// The option with this name, in whichever case it is written (RFC 2347).
    pub fn of(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|option| name.eq_ignore_ascii_case(option.word().as_bytes()))
    }

    /// Its name on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blksize => "blksize",
            Self::Timeout => "timeout",
            Self::Tsize => "tsize",
            Self::Windowsize => "windowsize",
        }
    }

    /// The values that its RFC allows.
    pub const fn range(self) -> RangeInclusive<u64> {
        match self {
            Self::Blksize => 8..=65464,
            Self::Timeout => 1..=255,
            Self::Tsize => 0..=u64::MAX,
            Self::Windowsize => 1..=65535,
        }
    }

    /// What its RFC says about it.
    pub fn rule(self) -> Message {
        match self {
            Self::Blksize => text!("wire-tftp-rule-blksize"),
            Self::Timeout => text!("wire-tftp-rule-timeout"),
            Self::Tsize => text!("wire-tftp-rule-tsize"),
            Self::Windowsize => text!("wire-tftp-rule-windowsize"),
        }
    }

    /// The number that `value` writes, where the RFC allows it; `None` for any other text.
    pub fn value(self, value: &[u8]) -> Option<u64> {
        if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number: u64 = std::str::from_utf8(value).ok()?.parse().ok()?;
        self.range().contains(&number).then_some(number)
    }
}

impl fmt::Display for OptionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The options of a packet: names and values as they stand in it, every one ended by a zero byte.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Options<'a>(&'a [u8]);

impl<'a> Options<'a> {
    /// None at all.
    pub const NONE: Self = Self(&[]);

    /// Reads options. `offset` is that of `bytes` in the datagram, for what is said about an error.
    ///
    /// # Errors
    /// The first option that has no name, no value or no end, or that is there a second time (RFC 2347: "an option may only be specified once";
    /// unknown ones are not looked at).
    pub fn parse(bytes: &'a [u8], offset: usize) -> Result<Self, Malformed> {
        let mut seen = [false; OptionName::ALL.len()];
        let mut rest = bytes;
        while !rest.is_empty() {
            let at = offset + bytes.len() - rest.len();
            let (name, after) = split(rest).ok_or(Malformed::OptionNameOpen(at))?;
            if name.is_empty() {
                return Err(Malformed::NoOptionName(at));
            }
            if after.is_empty() {
                return Err(Malformed::NoValue(excerpt(name)));
            }
            let (_, after) = split(after).ok_or_else(|| Malformed::ValueOpen(excerpt(name)))?;
            if let Some(known) = OptionName::of(name) {
                match seen.get_mut(known as usize) {
                    Some(seen) if !*seen => *seen = true,
                    _ => return Err(Malformed::Twice(known)),
                }
            }
            rest = after;
        }
        Ok(Self(bytes))
    }

    /// Names and values, in order.
    pub fn iter(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (name, after) = split(rest)?;
            let (value, after) = split(after)?;
            rest = after;
            Some((name, value))
        })
    }

    /// The value of an option.
    pub fn get(self, option: OptionName) -> Option<&'a [u8]> {
        self.iter().find(|(name, _)| OptionName::of(name) == Some(option)).map(|(_, value)| value)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// As they stand on the wire.
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// A name, a value or another text from the network, escaped and cut short, for a person.
    pub fn words(text: &[u8]) -> String {
        excerpt(text)
    }

    /// Appends one option as it stands on the wire.
    pub fn push(to: &mut Vec<u8>, name: &str, value: &str) {
        for part in [name, value] {
            to.extend_from_slice(part.as_bytes());
            to.push(0);
        }
    }
}

/// What stands before the first zero byte, and what after it.
pub(super) fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (text, rest) = bytes.split_at_checked(memchr(0, bytes)?)?;
    Some((text, rest.get(1..)?))
}

impl fmt::Display for Options<'_> {
    /// As tcpdump writes them: ` blksize 1428 tsize 0`, with a space before each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.iter() {
            f.write_str(" ")?;
            shown(name, f)?;
            f.write_str(" ")?;
            shown(value, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Options({})", self.to_string().trim_start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case_and_values_within_their_range() {
        assert_eq!(OptionName::of(b"BlkSize"), Some(OptionName::Blksize));
        assert_eq!(OptionName::of(b"blksize2"), None);
        for (option, good, bad) in [
            (OptionName::Blksize, ["8", "65464"], ["7", "65465"]),
            (OptionName::Timeout, ["1", "255"], ["0", "256"]),
            (OptionName::Tsize, ["0", "18446744073709551615"], ["-1", "18446744073709551616"]),
            (OptionName::Windowsize, ["1", "65535"], ["0", "65536"]),
        ] {
            for value in good {
                assert_eq!(option.value(value.as_bytes()), value.parse().ok(), "{option} {value}");
            }
            for value in bad.into_iter().chain(["", " 512", "512 ", "+512", "0x200", "5e2", "５"]) {
                assert_eq!(option.value(value.as_bytes()), None, "{option} {value}");
            }
        }
    }

    #[test]
    fn what_is_wrong_with_options_is_named() {
        let wrong = |bytes: &[u8]| Options::parse(bytes, 10).unwrap_err();
        assert_eq!(wrong(b"blksize"), Malformed::OptionNameOpen(10));
        assert_eq!(wrong(b"a\x001\0b"), Malformed::OptionNameOpen(14));
        assert_eq!(wrong(b"\x001\0"), Malformed::NoOptionName(10));
        assert_eq!(wrong(b"blksize\0"), Malformed::NoValue("blksize".into()));
        assert_eq!(wrong(b"blksize\x00512"), Malformed::ValueOpen("blksize".into()));
        assert_eq!(wrong(b"blksize\x00512\0BLKSIZE\x00513\0"), Malformed::Twice(OptionName::Blksize));
        assert!(
            Options::parse(b"own\x001\0own\x002\0blksize\0\0", 0).is_ok(),
            "unknown options are ignored, and an empty value is a value"
        );
    }
}
