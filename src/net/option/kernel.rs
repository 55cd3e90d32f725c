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
