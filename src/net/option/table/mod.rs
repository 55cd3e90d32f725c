//! The table of options: by level, within a level sorted by the name in C.
//!
//! Ranges, units, inheritance: socket(7), ip(7), ipv6(7), tcp(7), udp(7), and as observed on Linux 6.18. A row of an option that this system has not is
//! there too, so that a person finds it under its name and reads where it is.

use super::{Access, Effect, Level, Opt, Systems, Unit, ValueKind, When};
use crate::text::Message;
use crate::trace::{Family, SocketType};

/// A function on Linux, none elsewhere: what it calls is not there.
#[cfg(target_os = "linux")]
macro_rules! linux {
    ($call:expr) => {
        Some($call)
    };
}
#[cfg(not(target_os = "linux"))]
macro_rules! linux {
    ($call:expr) => {
        None
    };
}

/// What a row of Linux begins with whose value is an `int` that is on or off.
macro_rules! linux_flag {
    ($number:ident) => {
        Opt {
            systems: crate::net::option::Systems::LINUX,
            get: linux!(|socket| crate::net::sys::get(socket, crate::net::sys::numbers::$number)
                .map(|number| crate::trace::Value::Flag(number != 0))),
            set: linux!(|socket, value| {
                let number = i32::from(crate::net::option::kernel::flag(value)?);
                crate::net::sys::set(socket, crate::net::sys::numbers::$number, &number)
            }),
            ..super::FLAG
        }
    };
}

/// What a row of Linux begins with whose value is an `int`.
macro_rules! linux_number {
    ($number:ident) => {
        Opt {
            systems: crate::net::option::Systems::LINUX,
            get: linux!(|socket| crate::net::option::kernel::int_read(crate::net::sys::get(socket, crate::net::sys::numbers::$number))),
            set: linux!(|socket, value| {
                let number = crate::net::option::kernel::int(value)?;
                crate::net::sys::set(socket, crate::net::sys::numbers::$number, &number)
            }),
            ..super::FLAG
        }
    };
}

mod ioctl;
mod ip;
mod ipv6;
mod socket;
mod tcp;
mod udp;

const IP: &[Family] = &[Family::Inet, Family::Inet6];
const V4: &[Family] = &[Family::Inet];
const V6: &[Family] = &[Family::Inet6];
const UNIX: &[Family] = &[Family::Unix];
const ANY: &[Family] = &[Family::Inet, Family::Inet6, Family::Unix];

const STREAM: &[SocketType] = &[SocketType::Stream];
const DATAGRAM: &[SocketType] = &[SocketType::Datagram];
const BOTH: &[SocketType] = &[SocketType::Stream, SocketType::Datagram];

/// The largest C `int`.
const MOST: i64 = i32::MAX as i64;

/// A flag of TCP sockets that is kept as it is set and inherited: what a row does not say otherwise.
const FLAG: Opt = Opt {
    level: Level::Socket,
    name: "",
    kind: ValueKind::Flag,
    unit: Unit::None,
    when: When::AnyTime,
    inherited: Some(true),
    systems: Systems::ALL,
    differs: Systems::NONE,
    access: Access::Both,
    is_privileged: false,
    side_effect: None,
    effect: Effect::Kept,
    families: IP,
    types: STREAM,
    manual: None,
    about: || Message::new(""),
    get: None,
    set: None,
};

/// What a row of Linux begins with whose value is none of the usual ones.
const LINUX: Opt = Opt { systems: Systems::LINUX, ..FLAG };

/// What a row begins with that only other systems have.
const ELSEWHERE: Opt = Opt { systems: Systems::NONE, inherited: None, ..FLAG };

/// What a row begins with that is read only, where the rest of it is as in `row`.
const fn told(row: Opt) -> Opt {
    Opt { access: Access::ReadOnly, when: When::Never, effect: Effect::Told, inherited: None, ..row }
}

/// What a row begins with that concerns datagrams alone: there are no listeners from which it could be inherited.
const fn datagrams(row: Opt) -> Opt {
    Opt { types: DATAGRAM, inherited: None, ..row }
}

/// What a row begins with that joins or leaves a multicast group.
const MEMBERSHIP: Opt = datagrams(Opt { access: Access::SetOnly, effect: Effect::Action, ..FLAG });

/// The rows of a level.
struct Part {
    level: Level,
    /// The families of all its sockets; none where the rows say it.
    families: Option<&'static [Family]>,
    rows: &'static [Opt],
}

const PARTS: [Part; 6] = [
    Part { level: Level::Socket, families: None, rows: socket::ROWS },
    Part { level: Level::Ip, families: Some(V4), rows: ip::ROWS },
    Part { level: Level::Ipv6, families: Some(V6), rows: ipv6::ROWS },
    Part { level: Level::Tcp, families: None, rows: tcp::ROWS },
    Part { level: Level::Udp, families: None, rows: udp::ROWS },
    Part { level: Level::Ioctl, families: None, rows: ioctl::ROWS },
];
const COUNT: usize = socket::ROWS.len() + ip::ROWS.len() + ipv6::ROWS.len() + tcp::ROWS.len() + udp::ROWS.len() + ioctl::ROWS.len();

static ALL: [Opt; COUNT] = joined();

/// All options the lab knows.
pub static OPTIONS: &[Opt] = &ALL;

/// The rows of all levels, one behind the other.
#[expect(
    clippy::indexing_slicing,
    clippy::large_stack_arrays,
    reason = "while it is compiled, where a place that is not there is an error and there is no stack"
)]
const fn joined() -> [Opt; COUNT] {
    let mut all = [FLAG; COUNT];
    let (mut place, mut part) = (0, 0);
    while part < PARTS.len() {
        let Part { level, families, rows } = PARTS[part];
        let mut row = 0;
        while row < rows.len() {
            all[place] = Opt { level, ..rows[row] };
            if let Some(families) = families {
                all[place].families = families;
            }
            (place, row) = (place + 1, row + 1);
        }
        part += 1;
    }
    all
}
