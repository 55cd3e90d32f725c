//! Lengths of time as people write them, in a lab file or in a field: `5s`, `1.5 s`, `200ms`.

use std::time::Duration;

/// The units, the longest first, in nanoseconds. `µs` is written `us`: it can be typed on every keyboard.
const UNITS: &[(&str, u64)] =
    &[("h", 3_600_000_000_000), ("min", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("µs", 1_000), ("ns", 1)];

/// The length that `text` states, exactly; none where it states none, or one of more than 2^64 nanoseconds (584 years).
pub fn parse(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at_checked(split)?;
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit.trim())?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || number.ends_with('.') || part.len() > 9 {
        return None;
    }
    let mut nanoseconds = whole.parse::<u64>().ok()?.checked_mul(*unit)?;
    if !part.is_empty() {
        let scale = 10_u64.checked_pow(part.len() as u32)?;
        let part = u128::from(part.parse::<u64>().ok()?) * u128::from(*unit);
        nanoseconds = nanoseconds.checked_add(u64::try_from(part / u128::from(scale)).ok()?)?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// The text that [`parse`] reads as `length`, in the longest of s, ms, us and ns that holds it as a whole number.
pub fn write(length: Duration) -> String {
    let nanoseconds = length.as_nanos();
    [("s", 1_000_000_000_u128), ("ms", 1_000_000), ("us", 1_000)]
        .into_iter()
        .find(|(_, unit)| nanoseconds.is_multiple_of(*unit))
        .map_or_else(|| format!("{nanoseconds}ns"), |(name, unit)| format!("{}{name}", nanoseconds / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_exactly() {
        for (text, nanoseconds) in [
            ("5s", Some(5_000_000_000)),
            ("5 s", Some(5_000_000_000)),
            ("1.5s", Some(1_500_000_000)),
            ("0.000000001s", Some(1)),
            ("200ms", Some(200_000_000)),
            ("10us", Some(10_000)),
            ("10µs", Some(10_000)),
            ("2min", Some(120_000_000_000)),
            ("1h", Some(3_600_000_000_000)),
            ("0s", Some(0)),
            ("5", None),
            ("s", None),
            (".5s", None),
            ("5.s", None),
            ("5.5.5s", None),
            ("-5s", None),
            ("5 parsecs", None),
            ("18446744073709551616ns", None),
            ("6000000h", None),
            ("", None),
        ] {
            assert_eq!(parse(text), nanoseconds.map(Duration::from_nanos), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(nanoseconds: u64) {
            let length = Duration::from_nanos(nanoseconds);
            proptest::prop_assert_eq!(parse(&write(length)), Some(length));
        }
    }
}
