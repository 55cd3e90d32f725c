//! Parts of a file, as a client that goes on with a download or jumps in a film asks for them (RFC 9110, section 14).

use super::Head;

/// Which part of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it: nothing else was asked, or in no form that is known.
    Whole,
    /// Several parts, which a server need not send.
    Several,
    /// These bytes, the last among them: 206.
    Bytes(u64, u64),
    /// Bytes that the file does not have: 416.
    Nowhere,
}

impl Part {
    /// Which part of a file of `length` bytes a GET asks for.
    pub fn of(head: &Head, length: u64) -> Self {
        let mut values = head.values("range");
        let (Some(value), None) = (values.next(), values.next()) else { return Self::Whole };
        let Some((unit, ranges)) = std::str::from_utf8(value).ok().and_then(|value| value.split_once('=')) else { return Self::Whole };
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return Self::Whole;
        }
        let mut known = ranges.split(',').map(str::trim).filter(|range| !range.is_empty());
        match (known.next(), known.next()) {
            (Some(range), None) => Self::one(range, length).unwrap_or(Self::Whole),
            (Some(_), Some(_)) => Self::Several,
            (None, _) => Self::Whole,
        }
    }

    /// `0-99`, `100-`, or `-5` for the last five; none where it is nothing of these.
    fn one(range: &str, length: u64) -> Option<Self> {
        let (first, last) = range.split_once('-')?;
        if first.is_empty() {
            return Some(match number(last)? {
                0 => Self::Nowhere,
                _ if length == 0 => Self::Whole,
                count => Self::Bytes(length.saturating_sub(count), length - 1),
            });
        }
        let first = number(first)?;
        let last = if last.is_empty() { u64::MAX } else { number(last)? };
        if last < first {
            return None;
        }
        Some(if first < length { Self::Bytes(first, last.min(length - 1)) } else { Self::Nowhere })
    }
}

/// Digits; a number that no computer could hold is larger than whatever there is.
fn number(digits: &str) -> Option<u64> {
    (!digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::http::Side;

    fn part(headers: &str, length: u64) -> Part {
        Part::of(&Head::parse(Side::Request, format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes()).unwrap().unwrap(), length)
    }

    #[test]
    fn the_bytes_that_are_asked_for() {
        use Part::{Bytes, Nowhere, Several, Whole};
        for (value, expected) in [
            ("bytes=0-0", Bytes(0, 0)),
            ("bytes=0-99", Bytes(0, 9)),
            ("Bytes = 3-5 ", Bytes(3, 5)),
            ("bytes=9-", Bytes(9, 9)),
            ("bytes=-3", Bytes(7, 9)),
            ("bytes=-30", Bytes(0, 9)),
            ("bytes=0-99999999999999999999999", Bytes(0, 9)),
            ("bytes=,2-3,", Bytes(2, 3)),
            ("bytes=10-", Nowhere),
            ("bytes=99999999999999999999999-", Nowhere),
            ("bytes=-0", Nowhere),
            ("bytes=0-0,-1", Several),
            ("bytes=5-3", Whole),
            ("bytes=", Whole),
            ("bytes=a-b", Whole),
            ("bytes=+1-2", Whole),
            ("bytes=1", Whole),
            ("bytes=--1", Whole),
            ("lines=1-2", Whole),
            ("\u{ff}", Whole),
        ] {
            assert_eq!(part(&format!("Range: {value}\r\n"), 10), expected, "{value}");
        }
        assert_eq!((part("", 10), part("Range: bytes=0-1\r\nRange: bytes=2-3\r\n", 10)), (Whole, Whole));
        assert_eq!((part("Range: bytes=0-\r\n", 0), part("Range: bytes=-1\r\n", 0)), (Nowhere, Whole), "an empty file");
    }
}
