//! `SOL_SOCKET`: any socket. socket(7), unix(7).

use super::{ANY, BOTH, ELSEWHERE, FLAG, LINUX, MOST, STREAM, UNIX, V4, datagrams, told};
#[cfg(target_os = "linux")]
use crate::net::option::kernel;
use crate::net::option::kernel::{bytes, flag, limit, linger, set_linger, size, time};
use crate::net::option::{Access, Effect, Opt, Systems, Unit, ValueKind, When};
use crate::net::sys;
use crate::text;
use crate::trace::{Errno, Value};

/// The clocks by which a time of sending can be meant.
#[cfg(target_os = "linux")]
const CLOCKS: &[(i32, &str)] =
    &[(libc::CLOCK_MONOTONIC, "CLOCK_MONOTONIC"), (libc::CLOCK_TAI, "CLOCK_TAI"), (libc::CLOCK_REALTIME, "CLOCK_REALTIME")];

/// The rows.
pub(super) const ROWS: &[Opt] = &[
    Opt {
        name: "SO_ACCEPTCONN",
        about: || text!("net-option-so-acceptconn"),
        types: STREAM,
        families: ANY,
        ..told(linux_flag!(AcceptConn))
    },
    Opt {
        name: "SO_ATTACH_FILTER",
        about: || text!("net-option-so-attach-filter"),
        kind: ValueKind::Filter,
        types: BOTH,
        families: ANY,
        access: Access::SetOnly,
        effect: Effect::Action,
        inherited: None,
        side_effect: Some(|| text!("net-side-filter")),
        manual: Some("Documentation/networking/filter.rst"),
        set: linux!(|socket, value| socket.attach_filter(&kernel::filter(value)?)),
        ..LINUX
    },
    Opt {
        name: "SO_BINDTODEVICE",
        about: || text!("net-option-so-bindtodevice"),
        kind: ValueKind::Name(15),
        when: When::BeforeConnect,
        types: BOTH,
        get: linux!(|socket| Ok(kernel::words(&socket.device()?.unwrap_or_default()))),
        set: linux!(|socket, value| socket.bind_device(Some(kernel::name(value)?.as_bytes()))),
        ..LINUX
    },
    Opt {
        name: "SO_BINDTOIFINDEX",
        about: || text!("net-option-so-bindtoifindex"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Index,
        when: When::BeforeConnect,
        types: BOTH,
        manual: Some("include/uapi/asm-generic/socket.h"),
        ..linux_number!(BindToIfIndex)
    },
    Opt {
        name: "SO_BROADCAST",
        about: || text!("net-option-so-broadcast"),
        get: Some(|socket| socket.broadcast().map(Value::Flag)),
        set: Some(|socket, value| socket.set_broadcast(flag(value)?)),
        families: V4,
        ..datagrams(FLAG)
    },
    Opt {
        name: "SO_BUF_LOCK",
        about: || text!("net-option-so-buf-lock"),
        kind: ValueKind::Int { min: 0, max: 3 },
        types: BOTH,
        families: ANY,
        manual: Some("net/core/sock.c"),
        ..linux_number!(BufLock)
    },
    Opt {
        name: "SO_BUSY_POLL",
        about: || text!("net-option-so-busy-poll"),
        kind: ValueKind::Int { min: 0, max: MOST },
        unit: Unit::Micros,
        types: BOTH,
        is_privileged: true,
        ..linux_number!(BusyPoll)
    },
    Opt {
        name: "SO_COOKIE",
        about: || text!("net-option-so-cookie"),
        kind: ValueKind::Name(20),
        types: BOTH,
        families: ANY,
        manual: Some("include/uapi/asm-generic/socket.h"),
        get: linux!(|socket| socket.cookie().map(|cookie| Value::Text(cookie.to_string().into()))),
        ..told(LINUX)
    },
    Opt {
        name: "SO_DETACH_FILTER",
        about: || text!("net-option-so-detach-filter"),
        types: BOTH,
        families: ANY,
        access: Access::SetOnly,
        effect: Effect::Action,
        inherited: None,
        set: linux!(|socket, _| socket.detach_filter()),
        ..LINUX
    },
    Opt {
        name: "SO_DOMAIN",
        about: || text!("net-option-so-domain"),
        kind: ValueKind::Name(20),
        types: BOTH,
        families: ANY,
        get: linux!(|socket| kernel::named(
            sys::get(socket, sys::numbers::Domain),
            &[(libc::AF_UNIX, "AF_UNIX"), (libc::AF_INET, "AF_INET"), (libc::AF_INET6, "AF_INET6")]
        )),
        ..told(LINUX)
    },
    Opt { name: "SO_DONTROUTE", about: || text!("net-option-so-dontroute"), types: BOTH, systems: Systems::ALL, ..linux_flag!(DontRoute) },
    Opt {
        name: "SO_ERROR",
        about: || text!("net-option-so-error"),
        kind: ValueKind::Name(20),
        types: BOTH,
        families: ANY,
        systems: Systems::ALL,
        access: Access::Taken,
        get: Some(|socket| Ok(socket.take_error()?.map_or(Value::Int(0), |error| Value::Text(Errno::of(&error).name().into())))),
        ..told(LINUX)
    },
    Opt {
        name: "SO_EXCLUSIVEADDRUSE",
        about: || text!("net-option-so-exclusiveaddruse"),
        systems: Systems::WINDOWS,
        types: BOTH,
        when: When::BeforeBind,
        manual: Some("setsockopt (Winsock)"),
        ..ELSEWHERE
    },
    Opt {
        name: "SO_INCOMING_CPU",
        about: || text!("net-option-so-incoming-cpu"),
        kind: ValueKind::Int { min: -1, max: MOST },
        types: BOTH,
        inherited: Some(false),
        ..linux_number!(IncomingCpu)
    },
    Opt {
        name: "SO_INCOMING_NAPI_ID",
        about: || text!("net-option-so-incoming-napi-id"),
        kind: ValueKind::Int { min: 0, max: MOST },
        types: BOTH,
        get: linux!(|socket| kernel::int_read(sys::get(socket, sys::numbers::IncomingNapiId))),
        ..told(LINUX)
    },
    Opt {
        name: "SO_KEEPALIVE",
        about: || text!("net-option-so-keepalive"),
        get: Some(|socket| socket.keepalive().map(Value::Flag)),
        set: Some(|socket, value| socket.set_keepalive(flag(value)?)),
        ..FLAG
    },
    Opt {
        name: "SO_LINGER",
        about: || text!("net-option-so-linger"),
        get: Some(linger),
        set: Some(set_linger),
        kind: ValueKind::Linger { max: sys::LONGEST_LINGER },
        unit: Unit::Seconds,
        when: When::BeforeClose,
        differs: Systems::NOT_LINUX,
        ..FLAG
    },
    Opt {
        name: "SO_LINGER_SEC",
        about: || text!("net-option-so-linger-sec"),
        systems: Systems::MACOS,
        manual: Some("bsd/sys/socket.h"),
        ..ELSEWHERE
    },
    Opt { name: "SO_LOCK_FILTER", about: || text!("net-option-so-lock-filter"), types: BOTH, families: ANY, ..linux_flag!(LockFilter) },
    Opt {
        name: "SO_MARK",
        about: || text!("net-option-so-mark"),
        kind: ValueKind::Int { min: 0, max: MOST },
        types: BOTH,
        is_privileged: true,
        ..linux_number!(Mark)
    },
    Opt {
        name: "SO_MAX_PACING_RATE",
        about: || text!("net-option-so-max-pacing-rate"),
        kind: ValueKind::Int { min: 1, max: u32::MAX as i64 },
        unit: Unit::Rate,
        types: STREAM,
        manual: Some("tc-fq(8)"),
        get: linux!(|socket| sys::get(socket, sys::numbers::MaxPacingRate).map(|rate| Value::Int(i64::from(rate)))),
        set: linux!(|socket, value| sys::set(socket, sys::numbers::MaxPacingRate, &kernel::rate(value)?)),
        ..LINUX
    },
    Opt {
        name: "SO_NOSIGPIPE",
        about: || text!("net-option-so-nosigpipe"),
        systems: Systems::MACOS,
        types: BOTH,
        manual: Some("setsockopt(2) of macOS"),
        ..ELSEWHERE
    },
    Opt {
        name: "SO_NO_CHECK",
        about: || text!("net-option-so-no-check"),
        families: V4,
        manual: Some("net/core/sock.c"),
        ..datagrams(linux_flag!(NoCheck))
    },
    Opt {
        name: "SO_OOBINLINE",
        about: || text!("net-option-so-oobinline"),
        get: Some(|socket| socket.out_of_band_inline().map(Value::Flag)),
        set: Some(|socket, value| socket.set_out_of_band_inline(flag(value)?)),
        ..FLAG
    },
    Opt {
        name: "SO_PASSCRED",
        about: || text!("net-option-so-passcred"),
        types: BOTH,
        families: UNIX,
        manual: Some("unix(7)"),
        ..linux_flag!(PassCred)
    },
    Opt {
        name: "SO_PEEK_OFF",
        about: || text!("net-option-so-peek-off"),
        kind: ValueKind::Int { min: -1, max: MOST },
        unit: Unit::Bytes,
        types: BOTH,
        families: UNIX,
        ..linux_number!(PeekOff)
    },
    Opt {
        name: "SO_PEERCRED",
        about: || text!("net-option-so-peercred"),
        kind: ValueKind::Name(60),
        types: STREAM,
        families: UNIX,
        manual: Some("unix(7)"),
        get: linux!(|socket| sys::get(socket, nix::sys::socket::sockopt::PeerCredentials)
            .map(|peer| Value::Text(format!("pid {} uid {} gid {}", peer.pid(), peer.uid() as i32, peer.gid() as i32).into()))),
        ..told(LINUX)
    },
    Opt {
        name: "SO_PEERPIDFD",
        about: || text!("net-option-so-peerpidfd"),
        kind: ValueKind::Name(20),
        types: STREAM,
        families: UNIX,
        manual: Some("unix(7)"),
        access: Access::ReadConnected,
        get: linux!(|socket| sys::peer_process(socket).map(|number| Value::Text(format!("pid {number}").into()))),
        ..told(LINUX)
    },
    Opt {
        name: "SO_PRIORITY",
        about: || text!("net-option-so-priority"),
        kind: ValueKind::Int { min: 0, max: 6 },
        types: BOTH,
        inherited: Some(false),
        ..linux_number!(Priority)
    },
    Opt {
        name: "SO_PROTOCOL",
        about: || text!("net-option-so-protocol"),
        kind: ValueKind::Name(20),
        types: BOTH,
        families: ANY,
        get: linux!(|socket| kernel::named(
            sys::get(socket, sys::numbers::Protocol),
            &[(0, "0"), (libc::IPPROTO_TCP, "IPPROTO_TCP"), (libc::IPPROTO_UDP, "IPPROTO_UDP")]
        )),
        ..told(LINUX)
    },
    Opt {
        name: "SO_PROTOCOL_INFOW",
        about: || text!("net-option-so-protocol-infow"),
        systems: Systems::WINDOWS,
        types: BOTH,
        access: Access::ReadOnly,
        when: When::Never,
        manual: Some("SOL_SOCKET (Winsock)"),
        ..ELSEWHERE
    },
    Opt {
        name: "SO_RCVBUF",
        about: || text!("net-option-so-rcvbuf"),
        get: Some(|socket| bytes(socket.recv_buffer_size())),
        set: Some(|socket, value| socket.set_recv_buffer_size(size(value)?)),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        when: When::BeforeConnect,
        effect: Effect::ReceiveBuffer,
        families: ANY,
        types: BOTH,
        differs: Systems::NOT_LINUX,
        side_effect: Some(|| text!("net-side-buffer")),
        ..FLAG
    },
    Opt {
        name: "SO_RCVBUFFORCE",
        about: || text!("net-option-so-rcvbufforce"),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        types: BOTH,
        families: ANY,
        when: When::BeforeConnect,
        effect: Effect::Forced,
        access: Access::SetOnly,
        is_privileged: true,
        inherited: None,
        set: linux!(|socket, value| sys::set(socket, sys::numbers::RcvBufForce, &kernel::int(value)?)),
        ..LINUX
    },
    Opt {
        name: "SO_RCVLOWAT",
        about: || text!("net-option-so-rcvlowat"),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        effect: Effect::LowWater,
        systems: Systems::UNIX,
        side_effect: Some(|| text!("net-side-low-water")),
        ..linux_number!(RcvLowat)
    },
    Opt {
        name: "SO_RCVTIMEO",
        about: || text!("net-option-so-rcvtimeo"),
        get: Some(|socket| limit(socket.read_timeout())),
        set: Some(|socket, value| socket.set_read_timeout(time(value)?)),
        kind: ValueKind::Time,
        unit: Unit::Seconds,
        effect: Effect::Tick,
        families: ANY,
        types: BOTH,
        differs: Systems::WINDOWS,
        ..FLAG
    },
    Opt {
        name: "SO_REUSEADDR",
        about: || text!("net-option-so-reuseaddr"),
        get: Some(|socket| socket.reuse_address().map(Value::Flag)),
        set: Some(|socket, value| socket.set_reuse_address(flag(value)?)),
        when: When::BeforeBind,
        types: BOTH,
        differs: Systems::NOT_LINUX,
        ..FLAG
    },
    Opt {
        name: "SO_REUSEPORT",
        about: || text!("net-option-so-reuseport"),
        get: Some(|socket| sys::reuse_port(socket).map(Value::Flag)),
        set: Some(|socket, value| sys::set_reuse_port(socket, flag(value)?)),
        when: When::BeforeBind,
        types: BOTH,
        systems: Systems::UNIX,
        differs: Systems::MACOS,
        ..FLAG
    },
    Opt { name: "SO_RXQ_OVFL", about: || text!("net-option-so-rxq-ovfl"), ..datagrams(linux_flag!(RxqOvfl)) },
    Opt {
        name: "SO_SNDBUF",
        about: || text!("net-option-so-sndbuf"),
        get: Some(|socket| bytes(socket.send_buffer_size())),
        set: Some(|socket, value| socket.set_send_buffer_size(size(value)?)),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        effect: Effect::SendBuffer,
        families: ANY,
        types: BOTH,
        differs: Systems::NOT_LINUX,
        side_effect: Some(|| text!("net-side-buffer")),
        ..FLAG
    },
    Opt {
        name: "SO_SNDBUFFORCE",
        about: || text!("net-option-so-sndbufforce"),
        kind: ValueKind::Int { min: 1, max: MOST },
        unit: Unit::Bytes,
        types: BOTH,
        families: ANY,
        effect: Effect::Forced,
        access: Access::SetOnly,
        is_privileged: true,
        inherited: None,
        set: linux!(|socket, value| sys::set(socket, sys::numbers::SndBufForce, &kernel::int(value)?)),
        ..LINUX
    },
    Opt {
        name: "SO_SNDTIMEO",
        about: || text!("net-option-so-sndtimeo"),
        get: Some(|socket| limit(socket.write_timeout())),
        set: Some(|socket, value| socket.set_write_timeout(time(value)?)),
        kind: ValueKind::Time,
        unit: Unit::Seconds,
        effect: Effect::Tick,
        families: ANY,
        types: BOTH,
        differs: Systems::WINDOWS,
        ..FLAG
    },
    Opt {
        name: "SO_TIMESTAMP",
        about: || text!("net-option-so-timestamp"),
        systems: Systems::UNIX,
        side_effect: Some(|| text!("net-side-timestamp")),
        ..datagrams(linux_flag!(Timestamp))
    },
    Opt {
        name: "SO_TIMESTAMPING",
        about: || text!("net-option-so-timestamping"),
        kind: ValueKind::Int { min: 0, max: 4095 },
        types: BOTH,
        inherited: None,
        manual: Some("Documentation/networking/timestamping.rst"),
        ..linux_number!(Timestamping)
    },
    Opt {
        name: "SO_TIMESTAMPNS",
        about: || text!("net-option-so-timestampns"),
        side_effect: Some(|| text!("net-side-timestamp")),
        manual: Some("Documentation/networking/timestamping.rst"),
        ..datagrams(linux_flag!(TimestampNs))
    },
    Opt {
        name: "SO_TXTIME",
        about: || text!("net-option-so-txtime"),
        kind: ValueKind::Words(&["CLOCK_MONOTONIC", "CLOCK_TAI", "CLOCK_REALTIME"]),
        manual: Some("tc-etf(8)"),
        get: linux!(|socket| kernel::named(sys::send_clock(socket), CLOCKS)),
        set: linux!(|socket, value| sys::set_send_clock(socket, kernel::numbered(value, CLOCKS)?)),
        ..datagrams(LINUX)
    },
    Opt {
        name: "SO_TYPE",
        about: || text!("net-option-so-type"),
        kind: ValueKind::Name(20),
        types: BOTH,
        families: ANY,
        systems: Systems::ALL,
        get: linux!(|socket| kernel::named(
            sys::get(socket, sys::numbers::Type),
            &[(libc::SOCK_STREAM, "SOCK_STREAM"), (libc::SOCK_DGRAM, "SOCK_DGRAM")]
        )),
        ..told(LINUX)
    },
    Opt {
        name: "SO_ZEROCOPY",
        about: || text!("net-option-so-zerocopy"),
        types: BOTH,
        manual: Some("Documentation/networking/msg_zerocopy.rst"),
        ..linux_flag!(ZeroCopy)
    },
];
