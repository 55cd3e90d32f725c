//! Every option of the table, set and read back on every kind of socket.

use std::collections::HashSet;
use std::time::Duration;

use socket_lab::net::TracedSocket;
use socket_lab::net::limits::{Limits, read_refusal, refusal};
use socket_lab::net::option::late::{Cure, Missed, late};
use socket_lab::net::option::{Access, Defaults, Effect, Level, OPTIONS, Opt, Unit, ValueKind, by_name};
use socket_lab::text::Language;
use socket_lab::trace::options::Options;
use socket_lab::trace::{Call, Family, Interface, Outcome, SocketType, Value};

use crate::lab::{Lab, loopback};

const FAMILIES: [Family; 3] = [Family::Inet, Family::Inet6, Family::Unix];
/// What older kernels have not: since Linux 6.3 and 6.15.
const NEW: [&str; 2] = ["IP_LOCAL_PORT_RANGE", "TCP_RTO_MAX_MS"];
const TYPES: [SocketType; 2] = [SocketType::Stream, SocketType::Datagram];

/// Values to set, each other than the one before it and other than what a fresh socket has.
fn samples(option: &Opt) -> Vec<Value> {
    match option.kind {
        // The loopback interface is the only one that is surely there.
        ValueKind::Int { .. } if option.unit == Unit::Index => vec![Value::Int(1), Value::Int(0)],
        // More than there is memory for would be granted, and then be missing.
        ValueKind::Int { .. } if option.name == "SO_RCVLOWAT" => [4096, 1, 1 << 30].map(Value::Int).to_vec(),
        ValueKind::Int { min, max } => {
            let fits = |number: &i64| (min..=max).contains(number);
            [max, min, 5, 100, 1003].into_iter().filter(fits).map(Value::Int).collect()
        }
        // The other is what congestion control of a test machine is allowed to be, which the system says.
        ValueKind::Name(_) if option.name == "TCP_CONGESTION" => vec![Value::Text("reno".into())],
        ValueKind::Name(_) => vec![Value::Text("lo".into())],
        ValueKind::Ports => vec![Value::Text("40000-40009".into()), Value::Text("0-0".into())],
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
        if option.access != Access::Both {
            continue;
        }
        let socket = lab.socket(family, kind);
        for value in samples(option) {
            let place = format!("{} = {value} on {} {}", option.name, family.name(), kind.name());
            match socket.set_option(&lab.on, option, &value) {
                Err(error) if option.is_privileged && error.errno.is("EPERM") => continue,
                // An older kernel.
                Err(error) if error.errno.is("ENOPROTOOPT") && NEW.contains(&option.name) => continue,
                set => set.unwrap_or_else(|error| panic!("{place}: {error}")),
            }
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
        if !option.systems.here() || !option.is_settable() {
            continue;
        }
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
        let is_asked = option.applies_to(*family, *kind) && option.inherited.is_some();
        *kind == SocketType::Stream && *family != Family::Unix && is_asked
    }) {
        let asked = match option.kind {
            ValueKind::Flag => Value::Flag(option.name != "TCP_QUICKACK"),
            ValueKind::Int { .. } if option.unit == Unit::Index => Value::Int(1),
            ValueKind::Int { min, max } => Value::Int((min.max(24) + 16).min(max)),
            _ => samples(option).swap_remove(0),
        };
        let listener = lab.socket(family, SocketType::Stream);
        match listener.set_option(&lab.on, option, &asked) {
            Err(error) if option.is_privileged && error.errno.is("EPERM") => continue,
            Err(error) if error.errno.is("ENOPROTOOPT") && NEW.contains(&option.name) => continue,
            set => set.expect(option.name),
        }
        listener.bind(&lab.on, &loopback(family, 0)).expect("bound");
        listener.listen(&lab.on, 1).expect("listening");
        // With IP_BIND_ADDRESS_NO_PORT there is no port before.
        let address = listener.local_address(&lab.on).expect("an address");
        let client = lab.socket(family, SocketType::Stream);
        client.connect(&lab.on, &address).expect(option.name);
        // With TCP_DEFER_ACCEPT there is nobody to accept before.
        client.send(&lab.on, b"x").expect(option.name);
        let (accepted, _) = listener.accept(&lab.on).expect(option.name);
        let has = accepted.option(&lab.on, option).expect(option.name);
        let expected = match (option.effect, &asked) {
            (Effect::Segment, Value::Int(asked)) => Some(Value::Int(limits.expected_segment(*asked))),
            _ => limits.expected(option, SocketType::Stream, &asked),
        };
        assert_eq!(Some(Some(&has) == expected.as_ref()), option.inherited, "{} = {asked}: {has}", option.name);
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
            (Some(Call::GetSockOpt), Outcome::Value(Value::Int(7).into()))
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

/// What the kernel takes and can no longer heed is told from the rows alone.
#[test]
fn what_comes_too_late_is_told_from_the_trace() {
    let lab = Lab::new();
    let (listener, address) = lab.listener(Family::Inet, 5);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    let option = |name| by_name(name).expect(name);
    client.set_option(&lab.on, option("SO_RCVBUF"), &Value::Int(4096)).expect("taken in time");
    client.connect(&lab.on, &address).expect("connected");
    client.local_address(&lab.on).expect("an address");
    // It waits to be accepted: what the listener is given now is not for it.
    listener.set_option(&lab.on, option("SO_KEEPALIVE"), &Value::Flag(true)).expect("taken");
    let (accepted, _) = listener.accept(&lab.on).expect("accepted");
    assert_eq!(accepted.option(&lab.on, option("SO_KEEPALIVE")).ok(), Some(Value::Flag(false)), "the kernel agrees");
    for (socket, name, value) in [
        (&client, "SO_REUSEADDR", Value::Flag(true)),
        (&client, "TCP_MAXSEG", Value::Int(1000)),
        (&listener, "SO_RCVBUF", Value::Int(5000)),
        (&client, "TCP_NODELAY", Value::Flag(true)),
    ] {
        socket.set_option(&lab.on, option(name), &value).expect(name);
    }
    let mut options = Options::default();
    options.fold(&lab.calls());
    let missed = |socket: &TracedSocket, name| late(option(name), socket.id(), &options).map(|late| late.missed);
    assert_eq!(missed(&client, "SO_RCVBUF"), None);
    assert_eq!(missed(&client, "TCP_NODELAY"), None);
    assert_eq!(missed(&client, "SO_REUSEADDR"), Some(Missed::Bind));
    assert_eq!(missed(&client, "TCP_MAXSEG"), Some(Missed::Connect));
    assert_eq!(missed(&listener, "SO_RCVBUF"), Some(Missed::Listen));
    assert_eq!(missed(&listener, "SO_KEEPALIVE"), None, "the next connection has it");
    assert_eq!(missed(&accepted, "SO_KEEPALIVE"), Some(Missed::Queue(listener.id())));
    let told = late(option("SO_KEEPALIVE"), accepted.id(), &options).expect("late");
    assert_eq!(told.cure(option("SO_KEEPALIVE")), Cure::SetHere);
    let said = told.message(option("SO_KEEPALIVE"), accepted.id(), |time| time.to_string()).in_language(Language::English);
    assert!(said.contains(&format!("and has only what {} had then", listener.id())), "{said}");
}

/// What a fresh socket has is read here, of every option that can be read.
#[test]
fn defaults_are_those_of_fresh_sockets() {
    let lab = Lab::new();
    let defaults = Defaults::observe();
    for (option, family, kind) in everywhere().filter(|(option, family, kind)| option.applies_to(*family, *kind)) {
        let known = defaults.value(family, kind, option.name);
        assert_eq!(known.is_some(), option.is_harmless_to_read(), "{}", option.name);
        let read = lab.socket(family, kind).option(&lab.on, option);
        match (known, option.access) {
            (Some(Ok(_)), Access::ReadOnly) | (None, _) => {}
            (Some(Ok(value)), _) => assert_eq!(read.as_ref().ok(), Some(value), "{}", option.name),
            (Some(Err(errno)), Access::ReadConnected) => assert!(errno.is("ENOTCONN"), "{}: {}", option.name, errno.name()),
            (Some(Err(errno)), _) => assert!(NEW.contains(&option.name), "{}: {}", option.name, errno.name()),
        }
    }
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
