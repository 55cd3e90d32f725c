//! Every option of the table, set and read back on every kind of socket.

use std::collections::HashSet;
use std::time::Duration;

use socket_lab::net::TracedSocket;
use socket_lab::net::limits::{Limits, refusal};
use socket_lab::net::option::late::{Cure, Missed, for_later_clients, late};
use socket_lab::net::option::{Access, Defaults, Effect, Level, OPTIONS, Opt, Unit, ValueKind, by_name};
use socket_lab::text::Language;
use socket_lab::trace::options::Options;
use socket_lab::trace::{Address, Call, Family, Interface, Outcome, SocketType, Value};

use crate::lab::{Lab, loopback};

const FAMILIES: [Family; 3] = [Family::Inet, Family::Inet6, Family::Unix];
/// What older kernels have not: since Linux 6.3, 6.15, 5.14 and 6.5.
const NEW: [&str; 4] = ["IP_LOCAL_PORT_RANGE", "TCP_RTO_MAX_MS", "SO_BUF_LOCK", "SO_PEERPIDFD"];
/// What is there only where connections are tracked.
const TRACKED: [&str; 2] = ["SO_ORIGINAL_DST", "IP6T_SO_ORIGINAL_DST"];
const TYPES: [SocketType; 2] = [SocketType::Stream, SocketType::Datagram];

/// Values to set, each other than the one before it and other than what a fresh socket has.
fn samples(option: &Opt) -> Vec<Value> {
    match option.kind {
        // The loopback interface is the only one that is surely there.
        ValueKind::Int { .. } if option.unit == Unit::Index => vec![Value::Int(1), Value::Int(0)],
        // More than there is memory for would be granted, and then be missing.
        ValueKind::Int { .. } if option.name == "SO_RCVLOWAT" => [4096, 1, 1 << 30].map(Value::Int).to_vec(),
        // Some of the flags are for what is connected only, or go together only.
        ValueKind::Int { .. } if option.name == "SO_TIMESTAMPING" => [8 + 16, 2 + 8 + 16, 0].map(Value::Int).to_vec(),
        ValueKind::Int { min, max } => {
            let fits = |number: &i64| (min..=max).contains(number);
            [max, min, 5, 100, 1003].into_iter().filter(fits).map(Value::Int).collect()
        }
        // The other is what congestion control of a test machine is allowed to be, which the system says.
        ValueKind::Name(_) if option.name == "TCP_CONGESTION" => vec![Value::Text("reno".into())],
        ValueKind::Name(_) => vec![Value::Text("lo".into())],
        ValueKind::Ports => vec![Value::Text("40000-40009".into()), Value::Text("0-0".into())],
        // Of the others only one who has the rights may choose.
        ValueKind::Words(words) => words.iter().take(1).map(|word| Value::Text((*word).into())).collect(),
        ValueKind::Filter => ["lose 30%", "first 4", "none", "all"].map(|name| Value::Text(name.into())).to_vec(),
        ValueKind::Source => vec![Value::Text("239.1.2.3 127.0.0.1 127.0.0.1".into())],
        // It is for ever.
        ValueKind::Flag if option.name == "SO_LOCK_FILTER" => vec![Value::Flag(false), Value::Flag(true)],
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

/// The errno with which reading an option fails on sockets that it is not for; none where it is read all the same.
#[cfg(target_os = "linux")]
fn read_refusal(option: &Opt, family: Family, kind: SocketType) -> Option<&'static str> {
    if option.applies_to(family, kind) {
        return None;
    }
    match (family, option.level, kind) {
        (_, Level::Socket, _) => (option.name == "SO_PASSCRED").then_some("EOPNOTSUPP"),
        (Family::Unix, ..) | (Family::Inet, Level::Ipv6 | Level::Tcp | Level::Udp, _) => Some("EOPNOTSUPP"),
        (Family::Inet6, Level::Tcp | Level::Udp, _) => Some("ENOPROTOOPT"),
        (Family::Inet6, Level::Ipv6, _) => option.types.is_empty().then_some("ENOPROTOOPT"),
        _ => None,
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
        let nothing = if option.kind == ValueKind::Source { "EINVAL" } else { "EADDRNOTAVAIL" };
        if option.name.starts_with("IP_DROP_") && set.as_deref() == Some(nothing) {
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
    assert_eq!(missed(&listener, "SO_RCVBUF"), None, "the next connection has it");
    let since = |socket: &TracedSocket, name| for_later_clients(option(name), options.socket(socket.id()).expect("told of"));
    assert!(since(&listener, "SO_RCVBUF").is_some_and(|(set, listening)| listening < set));
    assert_eq!((since(&listener, "SO_REUSEADDR"), since(&client, "TCP_NODELAY")), (None, None));
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
            (Some(Err(errno)), Access::ReadConnected) => {
                let documented = if TRACKED.contains(&option.name) { &["ENOPROTOOPT", "ENOENT"][..] } else { &["ENOTCONN", "ENODATA"] };
                let is_new = NEW.contains(&option.name) && errno.is("ENOPROTOOPT");
                assert!(is_new || documented.contains(&&*errno.name()), "{}: {}", option.name, errno.name());
            }
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

/// A datagram socket of the loopback with its address, and one that is connected with it; of this family.
fn pair(lab: &Lab, family: Family) -> (TracedSocket, TracedSocket) {
    let (here, there) = (lab.socket(family, SocketType::Datagram), lab.socket(family, SocketType::Datagram));
    here.bind(&lab.on, &loopback(family, 0)).expect("bound");
    there.connect(&lab.on, &here.local_address(&lab.on).expect("an address")).expect("connected");
    (here, there)
}

/// What comes of these datagrams. Each is in the queue before its send returns, or in none.
fn received(lab: &Lab, (here, there): (&TracedSocket, &TracedSocket), sent: &[&[u8]]) -> Vec<Vec<u8>> {
    here.set_nonblocking(&lab.on, true).expect("set");
    let mut all = Vec::new();
    for bytes in sent {
        there.send(&lab.on, bytes).expect("sent");
        let mut buffer = [0; 64];
        if let Ok((length, ..)) = here.recv_from(&lab.on, &mut buffer) {
            all.push(buffer[..length].to_vec());
        }
    }
    all
}

/// A packet filter does what its name says, for IP and for Unix sockets, is taken away again, and can be fixed.
#[cfg(target_os = "linux")]
#[test]
fn a_filter_keeps_cuts_and_loses_datagrams() {
    let lab = Lab::new();
    let option = |name| by_name(name).expect(name);
    let name = |name: &str| Value::Text(name.to_owned().into());
    let (attach, detach, lock) = (option("SO_ATTACH_FILTER"), option("SO_DETACH_FILTER"), option("SO_LOCK_FILTER"));
    for family in [Family::Inet, Family::Inet6] {
        let (here, there) = pair(&lab, family);
        for (filter, comes) in [("all", &b"hello"[..]), ("first 2", b"he"), ("first 100", b"hello"), ("lose 0%", b"hello")] {
            here.set_option(&lab.on, attach, &name(filter)).expect(filter);
            assert_eq!(received(&lab, (&here, &there), &[b"hello"]), [comes], "{filter}");
        }
        for filter in ["none", "lose 100%"] {
            here.set_option(&lab.on, attach, &name(filter)).expect(filter);
            assert!(received(&lab, (&here, &there), &[b"hello"]).is_empty(), "{filter}");
        }
        here.set_option(&lab.on, detach, &Value::Flag(true)).expect("detached");
        assert_eq!(received(&lab, (&here, &there), &[b"hello"]).len(), 1);
        let none = here.set_option(&lab.on, detach, &Value::Flag(true)).expect_err("none is attached");
        assert!(none.errno.is("ENOENT"), "{none}");
        // Of 400 about 120 are lost; fewer than 60 or more than 200 once in very much longer than anybody waits.
        here.set_option(&lab.on, attach, &name("lose 30%")).expect("attached");
        let come = received(&lab, (&here, &there), &[&b"x"[..]; 400]).len();
        assert!((200..340).contains(&come), "{come} of 400 came");
        here.set_option(&lab.on, lock, &Value::Flag(true)).expect("locked");
        for (option, value) in [(attach, name("all")), (detach, Value::Flag(true)), (lock, Value::Flag(false))] {
            let fixed = here.set_option(&lab.on, option, &value).expect_err(option.name);
            assert!(fixed.errno.is("EPERM"), "{fixed}");
        }
    }
}

/// Of a group only the sender that was named is heard.
#[test]
fn a_group_is_joined_for_one_sender() {
    let lab = Lab::new();
    let (join, leave) = ("IP_ADD_SOURCE_MEMBERSHIP", "IP_DROP_SOURCE_MEMBERSHIP");
    let option = |name| by_name(name).expect(name);
    let value = |sender: &str| Value::Text(format!("239.1.2.3 {sender} 127.0.0.1").into());
    let (here, there) = (lab.socket(Family::Inet, SocketType::Datagram), lab.socket(Family::Inet, SocketType::Datagram));
    here.bind(&lab.on, &"0.0.0.0:0".parse().map(Address::Ip).expect("an address")).expect("bound");
    here.set_option(&lab.on, option("IP_MULTICAST_ALL"), &Value::Flag(false)).expect("set");
    there.set_option(&lab.on, option("IP_MULTICAST_IF"), &Value::Address([127, 0, 0, 1].into())).expect("set");
    let port = here.local_address(&lab.on).expect("an address").ip().expect("of IP").port();
    there.connect(&lab.on, &Address::Ip(([239, 1, 2, 3], port).into())).expect("connected");
    here.set_option(&lab.on, option(join), &value("127.0.0.9")).expect("joined");
    assert!(received(&lab, (&here, &there), &[b"not wanted"]).is_empty());
    here.set_option(&lab.on, option(join), &value("127.0.0.1")).expect("joined");
    assert_eq!(received(&lab, (&here, &there), &[b"wanted"]), [b"wanted"]);
    here.set_option(&lab.on, option(leave), &value("127.0.0.1")).expect("left");
    assert!(received(&lab, (&here, &there), &[b"no more"]).is_empty());
    let gone = here.set_option(&lab.on, option(leave), &value("127.0.0.1")).expect_err("it has left");
    assert!(gone.errno.is("EADDRNOTAVAIL"), "{gone}");
}

/// What can be read of a connected Unix socket tells who is at the other end.
#[cfg(target_os = "linux")]
#[test]
fn the_process_at_the_other_end_is_told() {
    let lab = Lab::new();
    let folder = tempfile::tempdir().expect("a folder");
    let address = Address::Path(folder.path().join("s").to_string_lossy().into());
    let listener = lab.socket(Family::Unix, SocketType::Stream);
    listener.bind(&lab.on, &address).expect("bound");
    listener.listen(&lab.on, 1).expect("listening");
    let client = lab.socket(Family::Unix, SocketType::Stream);
    client.connect(&lab.on, &address).expect("connected");
    match client.option(&lab.on, by_name("SO_PEERPIDFD").expect("a row")) {
        Ok(value) => assert_eq!(value, Value::Text(format!("pid {}", std::process::id()).into())),
        Err(error) => assert!(error.errno.is("ENOPROTOOPT"), "only an older kernel: {error}"),
    }
}

/// What setting the size of a buffer does to its growth is read, and taken back.
#[cfg(target_os = "linux")]
#[test]
fn setting_a_buffer_ends_its_growth_and_that_is_taken_back() {
    let lab = Lab::new();
    let socket = lab.socket(Family::Inet, SocketType::Stream);
    let (lock, size) = (by_name("SO_BUF_LOCK").expect("a row"), by_name("SO_RCVBUF").expect("a row"));
    let Ok(before) = socket.option(&lab.on, lock) else { return };
    socket.set_option(&lab.on, size, &Value::Int(9000)).expect("set");
    let after = socket.option(&lab.on, lock).expect("read");
    socket.set_option(&lab.on, lock, &Value::Int(0)).expect("set");
    let read = socket.option(&lab.on, lock).expect("read");
    assert_eq!([before, after, read], [0, 2, 0].map(Value::Int));
}

/// Every name of C that the sources of socket2 0.6.5 and nix 0.31.3 set or read (without DCCP) is a row here, or it is said why not.
#[test]
fn every_option_of_the_libraries_is_a_row_or_settled() {
    const NAMES: &str = "SO_TYPE SO_BROADCAST SO_ERROR SO_KEEPALIVE SO_LINGER SO_OOBINLINE SO_PASSCRED SO_PRIORITY SO_RCVBUF SO_RCVTIMEO SO_REUSEADDR \
        SO_SNDBUF SO_SNDTIMEO IP_HDRINCL IP_TRANSPARENT IP_ADD_MEMBERSHIP IP_DROP_MEMBERSHIP IP_ADD_SOURCE_MEMBERSHIP IP_DROP_SOURCE_MEMBERSHIP \
        IP_MULTICAST_ALL IP_MULTICAST_IF IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_TTL IP_TOS IP_RECVTOS SO_ORIGINAL_DST IPV6_HDRINCL IPV6_TRANSPARENT \
        IPV6_MULTICAST_HOPS IPV6_MULTICAST_ALL IPV6_MULTICAST_IF IPV6_MULTICAST_LOOP IPV6_UNICAST_HOPS IPV6_V6ONLY IPV6_RECVTCLASS \
        IPV6_RECVHOPLIMIT IP6T_SO_ORIGINAL_DST TCP_KEEPIDLE TCP_KEEPALIVE TCP_KEEPINTVL TCP_KEEPCNT SIO_KEEPALIVE_VALS TCP_NODELAY \
        SIO_TCP_SET_ACK_FREQUENCY SO_PEERCRED SO_NOSIGPIPE TCP_MAXSEG SO_ACCEPTCONN SO_DOMAIN SO_PROTOCOL SO_PROTOCOL_INFOW SO_MARK TCP_CORK \
        TCP_QUICKACK TCP_THIN_LINEAR_TIMEOUTS TCP_NOTSENT_LOWAT SO_BINDTODEVICE IP_BOUND_IF SO_BINDTOIFINDEX IPV6_BOUND_IF SO_INCOMING_CPU \
        SO_REUSEPORT IP_FREEBIND IPV6_FREEBIND TCP_USER_TIMEOUT SO_ATTACH_FILTER SO_DETACH_FILTER SO_LOCK_FILTER SO_COOKIE IPV6_TCLASS \
        TCP_CONGESTION SO_BUSY_POLL TCP_DEFER_ACCEPT TCP_SYNCNT TCP_LINGER2 TCP_WINDOW_CLAMP TCP_INQ TCP_RTO_MAX_MS SO_RCVLOWAT IP_MTU_DISCOVER \
        IPV6_MTU_DISCOVER IP_MINTTL SO_PEEK_OFF SO_ZEROCOPY SO_INCOMING_NAPI_ID SO_NO_CHECK SO_MAX_PACING_RATE IP_LOCAL_PORT_RANGE IP_UNICAST_IF \
        IPV6_RECVERR IPV6_AUTOFLOWLABEL TCP_FASTOPEN SO_TIMESTAMP SO_TIMESTAMPNS SO_TIMESTAMPING SO_RXQ_OVFL SO_TXTIME IP_PKTINFO \
        IPV6_RECVPKTINFO IP_RECVTTL IP_RECVERR IP_MTU IPV6_MTU IP_RECVORIGDSTADDR IPV6_DONTFRAG UDP_SEGMENT UDP_GRO SO_PEERPIDFD SO_RCVBUFFORCE \
        SO_SNDBUFFORCE SO_DONTROUTE IP_BIND_ADDRESS_NO_PORT SO_EXCLUSIVEADDRUSE SIO_TCP_INFO SIO_UDP_CONNRESET TCP_CONNECTION_INFO \
        TCP_CONNECTIONTIMEOUT TCP_NOPUSH SO_BUF_LOCK SO_LINGER_SEC TCP_MAXRT TCP_SENDMOREACKS TCP_RXT_CONNDROPTIME \
        IPV6_JOIN_GROUP IPV6_LEAVE_GROUP TCP_FASTOPEN_CONNECT IP_DONTFRAG IP_DONTFRAGMENT";
    // No rows: IPV6_ADD_MEMBERSHIP and IPV6_DROP_MEMBERSHIP are IPV6_JOIN_GROUP and IPV6_LEAVE_GROUP by other names; SO_SETFIB and SO_REUSEPORT_LB are
    // FreeBSD's; TCP_INFO and SO_MEMINFO are structures whose figures the view of what the kernel knows shows.
    let missing = NAMES.split_whitespace().filter(|name| by_name(name).is_none()).collect::<Vec<_>>();
    assert_eq!((missing, NAMES.split_whitespace().count()), (Vec::new(), OPTIONS.len()));
}

/// What is set on a listener while it listens acts on the connections that are made from then on, as the kernel shows; none of the options comes too late for them.
#[cfg(target_os = "linux")]
#[test]
fn a_listener_passes_on_what_it_was_given_while_it_listened() {
    let lab = Lab::new();
    let limits = Limits::observe().expect("the limits");
    let option = |name| by_name(name).expect(name);
    let (listener, address) = lab.listener(Family::Inet, 5);
    let asked = [
        ("SO_RCVBUF", Value::Int(9000)),
        ("TCP_MAXSEG", Value::Int(700)),
        ("TCP_SYNCNT", Value::Int(3)),
        ("TCP_NODELAY", Value::Flag(true)),
    ];
    let accept = || {
        let client = lab.socket(Family::Inet, SocketType::Stream);
        client.connect(&lab.on, &address).expect("connected");
        (listener.accept(&lab.on).expect("accepted").0, client)
    };
    let early = lab.socket(Family::Inet, SocketType::Stream);
    early.connect(&lab.on, &address).expect("connected");
    for (name, value) in &asked {
        listener.set_option(&lab.on, option(name), value).expect(name);
    }
    let (queued, _) = listener.accept(&lab.on).expect("accepted");
    let (after, _client) = accept();
    for (name, value) in &asked {
        let expected = match (*name, value) {
            ("TCP_MAXSEG", Value::Int(asked)) => Value::Int(limits.expected_segment(*asked)),
            _ => limits.expected(option(name), SocketType::Stream, value).expect(name),
        };
        let has = |socket: &TracedSocket| socket.option(&lab.on, option(name)).expect(name);
        assert_eq!(has(&after), expected, "{name}");
        assert_ne!(has(&queued), expected, "{name} of who waited already");
    }
}

/// The window scale of a connection is settled as it is made, by what the listener has then, no matter since when it listens.
#[cfg(target_os = "linux")]
#[test]
fn the_window_scale_is_that_of_the_listener_when_the_client_connects() {
    use nix::{getsockopt_impl, sockopt_impl};
    sockopt_impl!(Info, GetOnly, libc::IPPROTO_TCP, libc::TCP_INFO, [u8; 104]);
    let listener = |size: Option<usize>| {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
        socket.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("bound");
        if let Some(size) = size {
            socket.set_recv_buffer_size(size).expect("set");
        }
        socket.listen(5).expect("listening");
        socket
    };
    let connect = |listener: &socket2::Socket| {
        let client = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
        client.connect(&listener.local_addr().expect("an address")).expect("connected");
        client
    };
    // `tcpi_rcv_wscale`: the upper half of the byte at 6, on machines that begin with the lower.
    let scale = |listener: &socket2::Socket| {
        let (accepted, _) = listener.accept().expect("accepted");
        nix::sys::socket::getsockopt(&accepted, Info).expect("told")[6] >> 4
    };
    let (before, never, after) = (listener(Some(3000)), listener(None), listener(None));
    let _clients = [connect(&before), connect(&never), connect(&after)];
    after.set_recv_buffer_size(3000).expect("set");
    let _later = connect(&after);
    let (early, late) = (scale(&after), scale(&after));
    let (wanted, usual) = (scale(&before), scale(&never));
    assert_eq!((early, late), (usual, wanted));
    assert_ne!(usual, wanted, "or nothing is shown by it");
}
