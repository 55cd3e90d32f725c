//! How calls and results are written: as in C and in a manual page, the same in every language.

use std::fmt;
use std::time::Duration;

use super::address::Address;
use super::call::{Args, Call, Direction, Family};
use super::record::{Kind, Outcome, Record};

/// A call with its arguments: `socket(AF_INET, SOCK_STREAM, 0)`, `recv(1024)`.
pub fn call(call: Call, args: &Args) -> String {
    format!("{}({})", call.name(), arguments(args))
}

/// The arguments alone, as they stand between the brackets.
pub fn arguments(args: &Args) -> String {
    match args {
        Args::None => String::new(),
        Args::Socket(family, kind) => format!("{}, {}, 0", family.name(), kind.name()),
        Args::Address(address) => address.to_string(),
        Args::Backlog(backlog) => backlog.to_string(),
        Args::Length(length) => length.to_string(),
        Args::LengthTo(length, to) => format!("{length}, {to}"),
        Args::How(how) => how.name().to_owned(),
        Args::Option(name) | Args::Program(name) => name.to_string(),
        Args::OptionValue(name, value) => format!("{name}, {value}"),
        Args::Flag(on) => on.to_string(),
        Args::Control(name, interest) => format!("{name}, {}", interest.name()),
        Args::Poll(interest, limit) => format!("{}, {}", interest.name(), Limit(*limit)),
        Args::LengthToFlags(length, to, flags) => format!("{length}, {flags}, {to}"),
        Args::Into(length, flags) if flags.is_empty() => length.to_string(),
        Args::LengthFlags(length, flags) | Args::Into(length, flags) => format!("{length}, {flags}"),
        Args::Request(request) => request.name().to_owned(),
        Args::Limit(limit) => Limit(*limit).to_string(),
        Args::Lookup(name, port, family, kind) => format!("{name}, {port}, {}, {}", family.map_or("AF_UNSPEC", Family::name), kind.name()),
    }
}

/// What a record's call returned, without the payload: `fd 12`, `s3 from 127.0.0.1:52236`, `ok`, `5 B`, `EADDRINUSE`.
pub fn outcome(record: &Record) -> String {
    match (&record.kind, &record.outcome) {
        (_, Outcome::Err(errno)) => errno.name(),
        (Kind::Life(_) | Kind::Panic(_) | Kind::Mark(_) | Kind::Fault(_) | Kind::Sample(_), _) => String::new(),
        (_, Outcome::Addresses(found)) => list(found),
        (_, Outcome::Socket(socket, peer)) => format!("{socket} from {peer}"),
        (_, Outcome::Value(value)) => value.to_string(),
        (_, Outcome::Address(address, flags)) => match (&record.payload, flags.truncated) {
            (Some(payload), false) => format!("{} B from {address}", payload.full_len),
            (Some(payload), true) => format!("{} B from {address} (MSG_TRUNC)", payload.full_len),
            (None, _) => address.to_string(),
        },
        (Kind::Call(Call::Socket | Call::FileNo | Call::Detach, _), Outcome::Ok(descriptor)) => format!("fd {descriptor}"),
        (Kind::Call(Call::Spawn, _), Outcome::Ok(process)) => format!("pid {process}"),
        (Kind::Call(Call::Poll | Call::EpollWait, _), Outcome::Ok(ready)) => ready.to_string(),
        (Kind::Call(call, _), Outcome::Ok(bytes)) if call.direction().is_some() => format!("{bytes} B"),
        (_, Outcome::Ok(_)) => "ok".to_owned(),
    }
}

/// Addresses one after the other: `[::1]:9001, 127.0.0.1:9001`.
pub fn list(addresses: &[Address]) -> String {
    addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The arrow of a direction: bytes that leave go right.
pub const fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "→",
        Direction::Received => "←",
    }
}

struct Limit(Option<Duration>);

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(limit) => duration(limit).fmt(f),
            None => f.write_str("none"),
        }
    }
}

/// A length of time in the unit that fits it: `6 µs`, `412.3 ms`, `3.2 s`.
pub fn duration(length: Duration) -> String {
    let nanoseconds = length.as_nanos();
    match nanoseconds {
        0..1_000 => format!("{nanoseconds} ns"),
        1_000..1_000_000 => format!("{} µs", nanoseconds / 1_000),
        1_000_000..1_000_000_000 => format!("{} ms", tenths(nanoseconds / 100_000, 10)),
        _ if nanoseconds < 10_000_000_000 => format!("{} s", tenths(nanoseconds / 1_000_000, 1_000)),
        _ => format!("{} s", tenths(nanoseconds / 100_000_000, 10)),
    }
}

/// `number` parts of `unit`, written without zeros that say nothing.
fn tenths(number: u128, unit: u128) -> String {
    let digits = unit.ilog10() as usize;
    let text = format!("{}.{:0digits$}", number / unit, number % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A time since the start, in seconds with microseconds: `0.412 468`.
pub fn time(nanoseconds: u64) -> String {
    let microseconds = nanoseconds / 1_000;
    format!("{}.{:03} {:03}", microseconds / 1_000_000, microseconds / 1_000 % 1_000, microseconds % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_carry_their_unit() {
        for (nanoseconds, text) in [
            (0, "0 ns"),
            (6_400, "6 µs"),
            (412_312_000, "412.3 ms"),
            (5_000_000_000, "5 s"),
            (5_250_000_000, "5.25 s"),
            (61_000_000_000, "61 s"),
            (500_000_000, "500 ms"),
        ] {
            assert_eq!(duration(Duration::from_nanos(nanoseconds)), text);
        }
        assert_eq!(time(412_468_999), "0.412 468");
        assert_eq!(time(61_000_001_000), "61.000 001");
    }
}
