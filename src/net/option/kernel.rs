//! Values of options on their way into the kernel and out of it.
//!
//! What C's type for an option cannot hold is refused here, with an error that has no number: nothing is clamped or wrapped on the way. socket2 would
//! turn a linger time of 2^33 s into 0, which resets the connection.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use socket2::Socket;

use crate::trace::{Interface, Value};

fn unfit<T>() -> io::Result<T> {
    Err(io::ErrorKind::InvalidInput.into())
}

/// The value as a `bool`.
pub(super) fn flag(value: &Value) -> io::Result<bool> {
    match value {
        Value::Flag(on) => Ok(*on),
        _ => unfit(),
    }
}

/// The value as a C `int`.
pub(super) fn int(value: &Value) -> io::Result<i32> {
    match value {
        Value::Int(number) => i32::try_from(*number).or_else(|_| unfit()),
        _ => unfit(),
    }
}

/// The value as the `u32` behind which socket2 hides a C `int`.
pub(super) fn word(value: &Value) -> io::Result<u32> {
    int(value).map(|number| number as u32)
}

/// The value as the `usize` behind which socket2 hides a C `int`.
pub(super) fn size(value: &Value) -> io::Result<usize> {
    int(value).map(|number| number as usize)
}

/// The value as a limit. A limit of 0 is C's way of writing none, and goes on as such.
pub(super) fn time(value: &Value) -> io::Result<Option<Duration>> {
    match value {
        Value::Time(limit) if limit.is_none_or(|limit| limit.is_zero() || limit >= Duration::from_micros(1)) => Ok(*limit),
        _ => unfit(),
    }
}

/// Sets `SO_LINGER`.
pub(super) fn set_linger(socket: &Socket, value: &Value) -> io::Result<()> {
    let Value::Linger(seconds) = value else { return unfit() };
    if seconds.is_some_and(|seconds| i32::try_from(seconds).is_err()) {
        return unfit();
    }
    socket.set_linger(seconds.map(|seconds| Duration::from_secs(u64::from(seconds))))
}

/// Reads `SO_LINGER`.
pub(super) fn linger(socket: &Socket) -> io::Result<Value> {
    Ok(Value::Linger(socket.linger()?.map(|time| time.as_secs() as u32)))
}

/// The value as an IPv4 address.
pub(super) fn address(value: &Value) -> io::Result<Ipv4Addr> {
    match value {
        Value::Address(IpAddr::V4(address)) => Ok(*address),
        _ => unfit(),
    }
}

/// The value as an IPv4 group, and the address of an interface (`0.0.0.0`: any).
pub(super) fn group4(value: &Value) -> io::Result<(Ipv4Addr, Ipv4Addr)> {
    match value {
        Value::Group(IpAddr::V4(group), Interface::Any) => Ok((*group, Ipv4Addr::UNSPECIFIED)),
        Value::Group(IpAddr::V4(group), Interface::Address(IpAddr::V4(interface))) => Ok((*group, *interface)),
        _ => unfit(),
    }
}

/// The value as an IPv6 group, and the index of an interface (0: any).
pub(super) fn group6(value: &Value) -> io::Result<(Ipv6Addr, u32)> {
    match value {
        Value::Group(IpAddr::V6(group), Interface::Any) => Ok((*group, 0)),
        Value::Group(IpAddr::V6(group), Interface::Index(index)) => Ok((*group, *index)),
        _ => unfit(),
    }
}

/// The value as a name.
#[cfg(target_os = "linux")]
pub(super) fn name(value: &Value) -> io::Result<&str> {
    match value {
        // What is longer would be cut.
        Value::Text(name) if name.len() < crate::net::sys::numbers::LONGEST_NAME => Ok(name),
        _ => unfit(),
    }
}

/// The value as a range of ports, as `IP_LOCAL_PORT_RANGE` packs it (ip(7)).
#[cfg(target_os = "linux")]
pub(super) fn ports(value: &Value) -> io::Result<i32> {
    match value {
        Value::Text(range) => {
            super::value::ports(range).map_or_else(unfit, |(first, last)| Ok((u32::from(last) << 16 | u32::from(first)) as i32))
        }
        _ => unfit(),
    }
}

/// The value as a group, one who sends to it, and the address of an interface (`0.0.0.0`: any).
pub(super) fn source4(value: &Value) -> io::Result<(Ipv4Addr, Ipv4Addr, Ipv4Addr)> {
    match value {
        Value::Text(text) => super::value::source(text).map_or_else(unfit, Ok),
        _ => unfit(),
    }
}

/// The value as a packet filter.
#[cfg(target_os = "linux")]
pub(super) fn filter(value: &Value) -> io::Result<Vec<socket2::SockFilter>> {
    match value {
        Value::Text(name) => super::filter::Filter::parse(name).map_or_else(unfit, |filter| Ok(filter.program())),
        _ => unfit(),
    }
}

/// The value as one of these names, as the number that it stands for.
#[cfg(target_os = "linux")]
pub(super) fn numbered(value: &Value, names: &[(i32, &'static str)]) -> io::Result<i32> {
    match value {
        Value::Text(word) => names.iter().find(|(_, name)| *name == &**word).map_or_else(unfit, |(number, _)| Ok(*number)),
        _ => unfit(),
    }
}

/// What was read as an address that netfilter has changed.
#[cfg(target_os = "linux")]
pub(super) fn original(read: io::Result<socket2::SockAddr>) -> io::Result<Value> {
    read.map(|address| Value::Text(crate::net::sys::from_kernel(&address).to_string().into()))
}

/// What was read as a range of ports.
#[cfg(target_os = "linux")]
pub(super) fn range(read: io::Result<i32>) -> io::Result<Value> {
    read.map(|packed| Value::Text(format!("{}-{}", packed & 0xffff, (packed as u32) >> 16).into()))
}

/// What was read as bytes that end with 0.
#[cfg(target_os = "linux")]
pub(super) fn words(bytes: &[u8]) -> Value {
    let name = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    Value::Text(String::from_utf8_lossy(name).into_owned().into())
}

/// What was read as a number that C has a name for.
#[cfg(target_os = "linux")]
pub(super) fn named(read: io::Result<i32>, names: &[(i32, &'static str)]) -> io::Result<Value> {
    let number = read?;
    let name = names.iter().find(|(known, _)| *known == number).map(|(_, name)| *name);
    Ok(Value::Text(name.map_or_else(|| number.to_string().into(), Into::into)))
}

/// The value as a rate, for which C has an `unsigned int`.
#[cfg(target_os = "linux")]
pub(super) fn rate(value: &Value) -> io::Result<u32> {
    match value {
        Value::Int(rate) => u32::try_from(*rate).or_else(|_| unfit()),
        _ => unfit(),
    }
}

/// What was read as an `int`.
#[cfg(target_os = "linux")]
pub(super) fn int_read(read: io::Result<i32>) -> io::Result<Value> {
    read.map(|number| Value::Int(i64::from(number)))
}

/// What was read as a number.
pub(super) fn number(read: io::Result<u32>) -> io::Result<Value> {
    // The kernel holds an `int`: what socket2 shows as 4294967295 is -1.
    read.map(|number| Value::Int(i64::from(number as i32)))
}

/// What was read as a size.
pub(super) fn bytes(read: io::Result<usize>) -> io::Result<Value> {
    read.map(|size| Value::Int(size as i64))
}

/// What was read as a limit.
pub(super) fn limit(read: io::Result<Option<Duration>>) -> io::Result<Value> {
    read.map(Value::Time)
}
