//! Every option of the table, set and read back on every kind of socket.

use std::collections::HashSet;
use std::time::Duration;

use socket_lab::net::limits::{Limits, read_refusal, refusal};
use socket_lab::net::option::{Effect, Level, OPTIONS, Opt, ValueKind, by_name};
use socket_lab::text::Language;
use socket_lab::trace::{Call, Family, Interface, Outcome, SocketType, Value};

use crate::lab::{Lab, loopback};

const FAMILIES: [Family; 3] = [Family::Inet, Family::Inet6, Family::Unix];
const TYPES: [SocketType; 2] = [SocketType::Stream, SocketType::Datagram];

/// Values to set, each other than the one before it and other than what a fresh socket has.
fn samples(option: &Opt) -> Vec<Value> {
    match option.kind {
        // The loopback interface is the only one that is surely there.
        ValueKind::Int { .. } if option.name == "IPV6_MULTICAST_IF" => vec![Value::Int(1), Value::Int(0)],
        ValueKind::Int { min, max } => [max, min, 5, 100].map(Value::Int).to_vec(),
        ValueKind::Flag => vec![Value::Flag(false), Value::Flag(true), Value::Flag(false)],
        ValueKind::Time => [1_u64, 5_250_000, 1_000_000]
            .map(|micros| Value::Time(Some(Duration::from_micros(micros))))
            .into_iter()
            .chain([Value::Time(None)])
            .collect(),
        ValueKind::Linger { max } => vec![Value::Linger(Some(max)), Value::Linger(Some(0)), Value::Linger(None)],
        ValueKind::Address => vec![Value::Address([127, 0, 0, 1].into()), Value::Address([0, 0, 0, 0].into())],
        ValueKind::Group(Family::Inet6) => vec![Value::Group("ff15::1".parse().expect("an address"), Interface::Index(1))],
        ValueKind::Group(_) => vec![Value::Group([239, 1, 2, 3].into(), Interface::Address([127, 0, 0, 1].into()))],
    }
}

/// Where it applies, every option reads back what this system's limits say it will.
#[test]
fn every_option_reads_back_what_is_expected() {
    let lab = Lab::new();
    let limits = Limits::observe().expect("the limits");
    for (option, family, kind) in everywhere().filter(|(option, family, kind)| option.applies_to(*family, *kind)) {
        if option.effect == Effect::Action {
            continue;
        }
        let socket = lab.socket(family, kind);
        for value in samples(option) {
            let place = format!("{} = {value} on {} {}", option.name, family.name(), kind.name());
            socket.set_option(&lab.on, option, &value).unwrap_or_else(|error| panic!("{place}: {error}"));
            let read = socket.option(&lab.on, option).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(Some(read), limits.expected(option, kind, &value), "{place}");
        }
    }
}

/// Where it does not apply, the kernel refuses it with the errno that is documented, or takes it.
#[cfg(target_os = "linux")]
#[test]
fn every_option_is_refused_as_documented() {
    let lab = Lab::new();
    let mut refused = 0;
    for (option, family, kind) in everywhere().filter(|(option, family, kind)| !option.applies_to(*family, *kind)) {
        let socket = lab.socket(family, kind);
        let place = format!("{} on {} {}", option.name, family.name(), kind.name());
        let value = samples(option).into_iter().find(|value| *value != Value::Flag(false)).expect("a value");
        let set = socket.set_option(&lab.on, option, &value).err().map(|error| error.errno.name());
        if option.name.ends_with("DROP_MEMBERSHIP") && set.as_deref() == Some("EADDRNOTAVAIL") {
            continue; // Taken: only there is nothing to leave.
        }
        assert_eq!(set.as_deref(), refusal(option, family, kind), "{place}: set");
        refused += usize::from(set.is_some());
        if option.is_readable() {
            let read = socket.option(&lab.on, option).err().map(|error| error.errno.name());
            assert_eq!(read.as_deref(), read_refusal(option, family, kind), "{place}: read");
        }
    }
    assert!(refused > 50, "only {refused} were refused");
}

fn everywhere() -> impl Iterator<Item = (&'static Opt, Family, SocketType)> {
    let sockets = move |option| FAMILIES.into_iter().flat_map(move |family| TYPES.into_iter().map(move |kind| (option, family, kind)));
    OPTIONS.iter().flat_map(sockets)
}

/// What accept returns has the listener's options as the table says, set before the connection came.
#[test]
fn options_are_inherited_as_the_table_says() {
    let lab = Lab::new();
    let limits = Limits::observe().expect("the limits");
    for (option, family, _) in everywhere().filter(|(option, family, kind)| {
        *kind == SocketType::Stream && *family != Family::Unix && option.applies_to(*family, *kind) && option.inherited.is_some()
    }) {
        let asked = match option.kind {
            ValueKind::Flag => Value::Flag(true),
            ValueKind::Int { min, .. } => Value::Int(min.max(64) + 40),
            _ => samples(option).swap_remove(0),
        };
        let listener = lab.socket(family, SocketType::Stream);
        listener.set_option(&lab.on, option, &asked).expect(option.name);
        listener.bind(&lab.on, &loopback(family, 0)).expect("bound");
        let address = listener.local_address(&lab.on).expect("an address");
        listener.listen(&lab.on, 1).expect("listening");
        let client = lab.socket(family, SocketType::Stream);
        client.connect(&lab.on, &address).expect("connected");
        let (accepted, _) = listener.accept(&lab.on).expect("accepted");
        let has = accepted.option(&lab.on, option).expect(option.name);
        let inherited = Some(has) == limits.expected(option, SocketType::Stream, &asked);
        assert_eq!(Some(inherited), option.inherited, "{}", option.name);
    }
}

#[test]
fn setting_is_one_row_and_reading_another() {
    let lab = Lab::new();
    let socket = lab.socket(Family::Inet, SocketType::Stream);
    let option = by_name("TCP_KEEPIDLE").expect("a row");
    let before = lab.calls().len();
    socket.set_option(&lab.on, option, &Value::Int(7)).expect("set");
    let error = socket.set_option(&lab.on, option, &Value::Int(0)).expect_err("too little");
    assert!(error.errno.is("EINVAL") && error.made, "{error}");
    socket.option(&lab.on, option).expect("read");
    let rows = lab.calls().into_iter().skip(before).map(|row| (row.call(), row.outcome)).collect::<Vec<_>>();
    assert_eq!(
        rows,
        [
            (Some(Call::SetSockOpt), Outcome::Ok(0)),
            (Some(Call::SetSockOpt), Outcome::Err(error.errno)),
            (Some(Call::GetSockOpt), Outcome::Value(Value::Int(7)))
        ]
    );
    // The keepalive times are calls of their own: none of them turns keepalive on.
    let on = socket.option(&lab.on, by_name("SO_KEEPALIVE").expect("a row")).expect("read");
    assert_eq!(on, Value::Flag(false));
}

/// What C's type cannot hold never reaches the kernel, where it would become something else.
#[test]
fn what_cannot_be_expressed_is_no_call() {
    let lab = Lab::new();
    let socket = lab.socket(Family::Inet, SocketType::Stream);
    let before = lab.calls().len();
    for (name, value) in [
        ("SO_LINGER", Value::Linger(Some(u32::MAX))),
        ("SO_RCVTIMEO", Value::Time(Some(Duration::from_nanos(500)))),
        ("SO_RCVBUF", Value::Int(4_000_000_000)),
        ("SO_RCVBUF", Value::Flag(true)),
        ("IP_MULTICAST_IF", Value::Address("::1".parse().expect("an address"))),
    ] {
        let error = socket.set_option(&lab.on, by_name(name).expect(name), &value).expect_err(name);
        assert!(!error.made, "{error}");
    }
    assert_eq!(lab.calls().len(), before);
}

#[test]
fn the_table_is_sorted_and_explained() {
    let place = |option: &Opt| (option.level, option.name);
    assert!(OPTIONS.is_sorted_by_key(place), "by level, then by the name in C");
    let mut explanations = HashSet::new();
    for option in OPTIONS {
        assert!(std::ptr::eq(by_name(option.name).expect(option.name), option));
        assert_eq!(option.level == Level::Tcp, option.name.starts_with("TCP_"), "{}", option.name);
        for language in Language::ALL {
            let sentence = option.explanation().in_language(language);
            let stops = sentence.matches(['.', '。']).count();
            assert!(!sentence.contains('⟨') && stops >= 2, "{}: {sentence}", option.name);
            assert!(explanations.insert(sentence), "{}", option.name);
        }
    }
}
