//! The causes of failed calls: each documented misuse is made to happen on real sockets, and the first of the ranked causes is to be the true one.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use socket_lab::lab::{Certainty, Remedy, Surroundings};
use socket_lab::net::TracedSocket;
use socket_lab::net::option::by_name;
use socket_lab::net::ports::{Bound, BoundState, Owner};
use socket_lab::text::Language;
use socket_lab::trace::{
    Address, Args, Call, Errno, Family, How, Interface, Kind, Outcome, ProgramId, Record, SocketId, SocketType, Value,
};

use super::bench::{Bench, LIMIT, at, bound, causes, path, ready, set};

/// A misuse: its name, how it is made to happen, the errno, and the key of what is really the cause.
type Misuse = (&'static str, fn(&Bench), &'static str, &'static str);

#[rustfmt::skip]
const MISUSES: &[Misuse] = &[
    ("bind what another has bound", |bench| {
        let first = Bench::tcp(&bench.server);
        let address = bound(&first, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        Bench::tcp(&bench.client).bind(&bench.client, &address).unwrap_err();
    }, "EADDRINUSE", "lab-cause-bound"),
    ("bind what another listens on", |bench| {
        let (_listener, address) = bench.listener(&[]);
        Bench::tcp(&bench.client).bind(&bench.client, &address).unwrap_err();
    }, "EADDRINUSE", "lab-cause-listening"),
    ("listen where another listens", |bench| {
        let (first, second) = (Bench::tcp(&bench.server), Bench::tcp(&bench.client));
        set(&first, &bench.server, &["SO_REUSEADDR"]);
        set(&second, &bench.client, &["SO_REUSEADDR"]);
        let address = bound(&first, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        bound(&second, &bench.client, &address);
        first.listen(&bench.server, 5).unwrap();
        second.listen(&bench.client, 5).unwrap_err();
    }, "EADDRINUSE", "lab-cause-listening"),
    ("bind while a connection is open", |bench| {
        let (listener, _client, _accepted, address) = bench.pair(&[]);
        listener.close(&bench.server).unwrap();
        Bench::tcp(&bench.server).bind(&bench.server, &address).unwrap_err();
    }, "EADDRINUSE", "lab-cause-still-open"),
    ("bind twice", |bench| {
        let socket = Bench::tcp(&bench.server);
        bound(&socket, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        socket.bind(&bench.server, &at(Ipv4Addr::LOCALHOST, 0)).unwrap_err();
    }, "EINVAL", "lab-cause-bound-before"),
    ("bind a foreign address", |bench| {
        Bench::tcp(&bench.server).bind(&bench.server, &at(Ipv4Addr::new(192, 0, 2, 1), 0)).unwrap_err();
    }, "EADDRNOTAVAIL", "lab-cause-not-mine"),
    ("bind an address of IPv6 to a socket of IPv4", |bench| {
        Bench::tcp(&bench.server).bind(&bench.server, &at(Ipv6Addr::LOCALHOST, 0)).unwrap_err();
    }, "EAFNOSUPPORT", "lab-cause-other-family"),
    ("connect where nobody has listened", |bench| {
        let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = Address::from(probe.local_addr().unwrap());
        drop(probe);
        Bench::tcp(&bench.client).connect(&bench.client, &address).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-nobody-listens"),
    ("connect before listen", |bench| {
        let server = Bench::tcp(&bench.server);
        let address = bound(&server, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        Bench::tcp(&bench.client).connect(&bench.client, &address).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-not-listening"),
    ("connect, and listen after it", |bench| {
        let server = Bench::tcp(&bench.server);
        let address = bound(&server, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        Bench::tcp(&bench.client).connect(&bench.client, &address).unwrap_err();
        server.listen(&bench.server, 5).unwrap();
        // What failed is looked at when both are known.
        server.close(&bench.server).unwrap();
    }, "ECONNREFUSED", "lab-cause-listens-later"),
    ("connect to one that was closed", |bench| {
        let (listener, address) = bench.listener(&[]);
        listener.close(&bench.server).unwrap();
        Bench::tcp(&bench.client).connect(&bench.client, &address).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-closed-before"),
    ("connect to a datagram socket's port", |bench| {
        let server = Bench::socket(&bench.server, Family::Inet, SocketType::Datagram);
        let address = bound(&server, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        Bench::tcp(&bench.client).connect(&bench.client, &address).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-other-protocol"),
    ("connect to another address of the port", |bench| {
        let (_listener, address) = bench.listener(&[]);
        let elsewhere = at(Ipv4Addr::new(127, 0, 0, 2), address.port().unwrap());
        Bench::tcp(&bench.client).connect(&bench.client, &elsewhere).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-other-address"),
    ("accept without listen", |bench| {
        let server = Bench::tcp(&bench.server);
        bound(&server, &bench.server, &at(Ipv4Addr::LOCALHOST, 0));
        server.accept(&bench.server).unwrap_err();
    }, "EINVAL", "lab-cause-no-listen"),
    ("listen with datagrams", |bench| {
        Bench::socket(&bench.server, Family::Inet, SocketType::Datagram).listen(&bench.server, 5).unwrap_err();
    }, "EOPNOTSUPP", "lab-cause-datagram"),
    ("connect twice", |bench| {
        let (_listener, client, _accepted, address) = bench.pair(&[]);
        client.connect(&bench.client, &address).unwrap_err();
    }, "EISCONN", "lab-cause-connected-before"),
    ("connect a listener", |bench| {
        let (listener, address) = bench.listener(&[]);
        listener.connect(&bench.server, &address).unwrap_err();
    }, "EISCONN", "lab-cause-listens-itself"),
    ("connect without blocking", |bench| {
        let (_listener, address) = bench.listener(&[]);
        let client = Bench::tcp(&bench.client);
        client.set_nonblocking(&bench.client, true).unwrap();
        client.connect(&bench.client, &address).unwrap_err();
    }, "EINPROGRESS", "lab-cause-nonblocking"),
    ("send unconnected", |bench| {
        Bench::tcp(&bench.client).send(&bench.client, b"x").unwrap_err();
    }, "EPIPE", "lab-cause-never-connected"),
    ("receive unconnected", |bench| {
        Bench::tcp(&bench.client).recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ENOTCONN", "lab-cause-never-connected"),
    ("shut down unconnected", |bench| {
        Bench::tcp(&bench.client).shutdown(&bench.client, How::Write).unwrap_err();
    }, "ENOTCONN", "lab-cause-never-connected"),
    ("ask a listener for its peer", |bench| {
        let (listener, _) = bench.listener(&[]);
        listener.peer_address(&bench.server).unwrap_err();
    }, "ENOTCONN", "lab-cause-listener-moves-nothing"),
    ("receive after a connect that failed", |bench| {
        let client = Bench::tcp(&bench.client);
        let (listener, address) = bench.listener(&[]);
        listener.close(&bench.server).unwrap();
        client.connect(&bench.client, &address).unwrap_err();
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ENOTCONN", "lab-cause-connect-failed"),
    ("send after its own shutdown", |bench| {
        let (_listener, client, _accepted, _) = bench.pair(&[]);
        client.shutdown(&bench.client, How::Write).unwrap();
        client.send(&bench.client, b"x").unwrap_err();
    }, "EPIPE", "lab-cause-shut-by-itself"),
    ("send twice to who has closed", |bench| {
        let (_listener, client, accepted, _) = bench.pair(&[]);
        accepted.close(&bench.server).unwrap();
        ready(&client, &bench.client);
        client.send(&bench.client, b"x").unwrap();
        let begin = Instant::now();
        while client.send(&bench.client, b"y").is_ok() {
            assert!(begin.elapsed() < LIMIT, "no answer to what was sent");
        }
    }, "EPIPE", "lab-cause-peer-closed"),
    ("receive from who reset", |bench| {
        let (_listener, client, accepted, _) = bench.pair(&[]);
        accepted.set_option(&bench.server, by_name("SO_LINGER").unwrap(), &Value::Linger(Some(0))).unwrap();
        accepted.close(&bench.server).unwrap();
        ready(&client, &bench.client);
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ECONNRESET", "lab-cause-peer-lingered"),
    ("receive from who left bytes unread", |bench| {
        let (_listener, client, accepted, _) = bench.pair(&[]);
        client.send(&bench.client, b"unread").unwrap();
        ready(&accepted, &bench.server);
        accepted.close(&bench.server).unwrap();
        ready(&client, &bench.client);
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ECONNRESET", "lab-cause-peer-left-unread"),
    ("receive from a listener that closed", |bench| {
        let (listener, address) = bench.listener(&[]);
        let client = Bench::tcp(&bench.client);
        client.connect(&bench.client, &address).unwrap();
        client.local_address(&bench.client).unwrap();
        ready(&listener, &bench.server);
        listener.close(&bench.server).unwrap();
        ready(&client, &bench.client);
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ECONNRESET", "lab-cause-listener-closed"),
    ("send a datagram nowhere", |bench| {
        Bench::socket(&bench.client, Family::Inet, SocketType::Datagram).send(&bench.client, b"x").unwrap_err();
    }, "EDESTADDRREQ", "lab-cause-no-destination"),
    ("send too long a datagram", |bench| {
        let client = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        client.send_to(&bench.client, &[0; 65_508], &at(Ipv4Addr::LOCALHOST, 9)).unwrap_err();
    }, "EMSGSIZE", "lab-cause-too-long"),
    ("receive after a datagram met nobody", |bench| {
        let probe = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = Address::from(probe.local_addr().unwrap());
        drop(probe);
        let client = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        client.connect(&bench.client, &address).unwrap();
        client.send(&bench.client, b"x").unwrap();
        ready(&client, &bench.client);
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-nobody-bound"),
    ("receive without blocking", |bench| {
        let (_listener, client, _accepted, _) = bench.pair(&[]);
        client.set_nonblocking(&bench.client, true).unwrap();
        client.recv(&bench.client, &mut [0; 4]).unwrap_err();
    }, "EAGAIN", "lab-cause-nonblocking"),
    ("accept within a limit", |bench| {
        let (listener, _) = bench.listener(&[]);
        listener.set_option(&bench.server, by_name("SO_RCVTIMEO").unwrap(), &Value::Time(Some(Duration::from_millis(5)))).unwrap();
        listener.accept(&bench.server).unwrap_err();
    }, "EAGAIN", "lab-cause-timeout"),
    ("set TCP_NODELAY for datagrams", |bench| {
        let socket = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        socket.set_option(&bench.client, by_name("TCP_NODELAY").unwrap(), &Value::Flag(true)).unwrap_err();
    }, "ENOPROTOOPT", "lab-cause-other-socket"),
    ("set an option of IPv6 on a socket of IPv4", |bench| {
        let option = by_name("IPV6_V6ONLY").unwrap();
        Bench::tcp(&bench.client).set_option(&bench.client, option, &Value::Flag(true)).unwrap_err();
    }, "ENOPROTOOPT", "lab-cause-other-socket"),
    ("set what the kernel does not take", |bench| {
        let option = by_name("TCP_KEEPCNT").unwrap();
        Bench::tcp(&bench.client).set_option(&bench.client, option, &Value::Int(200)).unwrap_err();
    }, "EINVAL", "lab-cause-out-of-range"),
    ("send to all without SO_BROADCAST", |bench| {
        let client = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        client.send_to(&bench.client, b"x", &at(Ipv4Addr::new(127, 255, 255, 255), 9)).unwrap_err();
    }, "EACCES", "lab-cause-broadcast"),
    ("join a group twice", |bench| {
        let socket = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        let group = Value::Group(Ipv4Addr::new(239, 1, 2, 3).into(), Interface::Address(Ipv4Addr::LOCALHOST.into()));
        let join = by_name("IP_ADD_MEMBERSHIP").unwrap();
        socket.set_option(&bench.client, join, &group).unwrap();
        socket.set_option(&bench.client, join, &group).unwrap_err();
    }, "EADDRINUSE", "lab-cause-joined"),
    ("connect where the queue is full", |bench| {
        let (_listener, _first, address) = bench.full();
        let client = Bench::tcp(&bench.client);
        client.set_option(&bench.client, by_name("TCP_USER_TIMEOUT").unwrap(), &Value::Int(300)).unwrap();
        client.connect(&bench.client, &address).unwrap_err();
    }, "ETIMEDOUT", "lab-cause-queue-full"),
    ("connect while a connect goes on", |bench| {
        let (_listener, _first, address) = bench.full();
        let client = Bench::tcp(&bench.client);
        client.set_nonblocking(&bench.client, true).unwrap();
        client.connect(&bench.client, &address).unwrap_err();
        client.connect(&bench.client, &address).unwrap_err();
    }, "EALREADY", "lab-cause-connecting"),
    ("connect beyond a router without one", |bench| {
        let client = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        set(&client, &bench.client, &["SO_DONTROUTE"]);
        client.connect(&bench.client, &at(Ipv4Addr::new(203, 0, 113, 1), 9)).unwrap_err();
    }, "ENETUNREACH", "lab-cause-no-router"),
    ("change a filter that is fixed", |bench| {
        let socket = Bench::socket(&bench.client, Family::Inet, SocketType::Datagram);
        let attach = |name: &'static str| socket.set_option(&bench.client, by_name("SO_ATTACH_FILTER").unwrap(), &Value::Text(name.into()));
        attach("none").unwrap();
        set(&socket, &bench.client, &["SO_LOCK_FILTER"]);
        attach("all").unwrap_err();
    }, "EPERM", "lab-cause-filter-locked"),
    ("connect to a path that is not there", |bench| {
        Bench::unix(&bench.client).connect(&bench.client, &path(&tempfile::tempdir().unwrap())).unwrap_err();
    }, "ENOENT", "lab-cause-no-path"),
    ("connect to a path that somebody left behind", |bench| {
        let folder = tempfile::tempdir().unwrap();
        drop(std::os::unix::net::UnixListener::bind(folder.path().join("s")).unwrap());
        Bench::unix(&bench.client).connect(&bench.client, &path(&folder)).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-path-stale"),
    ("connect to a path whose listener was closed", |bench| {
        let folder = tempfile::tempdir().unwrap();
        let listener = bench.unix_listener(&folder);
        listener.close(&bench.server).unwrap();
        Bench::unix(&bench.client).connect(&bench.client, &path(&folder)).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-path-closed"),
    ("connect to a path where nobody listens yet", |bench| {
        let folder = tempfile::tempdir().unwrap();
        let server = Bench::unix(&bench.server);
        server.bind(&bench.server, &path(&folder)).unwrap();
        Bench::unix(&bench.client).connect(&bench.client, &path(&folder)).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-not-listening"),
    ("bind a path that somebody left behind", |bench| {
        let folder = tempfile::tempdir().unwrap();
        drop(std::os::unix::net::UnixListener::bind(folder.path().join("s")).unwrap());
        Bench::unix(&bench.server).bind(&bench.server, &path(&folder)).unwrap_err();
    }, "EADDRINUSE", "lab-cause-path-left"),
    ("bind a path that another has", |bench| {
        let folder = tempfile::tempdir().unwrap();
        let _listener = bench.unix_listener(&folder);
        Bench::unix(&bench.client).bind(&bench.client, &path(&folder)).unwrap_err();
    }, "EADDRINUSE", "lab-cause-path-held"),
    ("connect to a path whose queue is full", |bench| {
        let folder = tempfile::tempdir().unwrap();
        let _listener = bench.unix_listener(&folder);
        let (first, second) = (Bench::unix(&bench.client), Bench::unix(&bench.client));
        first.connect(&bench.client, &path(&folder)).unwrap();
        second.set_nonblocking(&bench.client, true).unwrap();
        second.connect(&bench.client, &path(&folder)).unwrap_err();
    }, "EAGAIN", "lab-cause-queue-full"),
];

/// Those of two families need IPv6.
#[rustfmt::skip]
const OF_IPV6: &[Misuse] = &[
    ("bind IPv4 under all of IPv6", |bench| {
        let server = Bench::socket(&bench.server, Family::Inet6, SocketType::Stream);
        let address = bound(&server, &bench.server, &at(Ipv6Addr::UNSPECIFIED, 0));
        server.listen(&bench.server, 5).unwrap();
        Bench::tcp(&bench.client).bind(&bench.client, &at(Ipv4Addr::LOCALHOST, address.port().unwrap())).unwrap_err();
    }, "EADDRINUSE", "lab-cause-dual"),
    ("connect by IPv4 to IPv6 alone", |bench| {
        let server = Bench::socket(&bench.server, Family::Inet6, SocketType::Stream);
        set(&server, &bench.server, &["IPV6_V6ONLY"]);
        let address = bound(&server, &bench.server, &at(Ipv6Addr::UNSPECIFIED, 0));
        server.listen(&bench.server, 5).unwrap();
        Bench::tcp(&bench.client).connect(&bench.client, &at(Ipv4Addr::LOCALHOST, address.port().unwrap())).unwrap_err();
    }, "ECONNREFUSED", "lab-cause-only-v6"),
    ("set IPV6_V6ONLY after bind", |bench| {
        let server = Bench::socket(&bench.server, Family::Inet6, SocketType::Stream);
        bound(&server, &bench.server, &at(Ipv6Addr::LOCALHOST, 0));
        server.set_option(&bench.server, by_name("IPV6_V6ONLY").unwrap(), &Value::Flag(true)).unwrap_err();
    }, "EINVAL", "lab-cause-after-bind"),
    ("bind an address of IPv4 to a socket of IPv6", |bench| {
        let server = Bench::socket(&bench.server, Family::Inet6, SocketType::Stream);
        server.bind(&bench.server, &at(Ipv4Addr::LOCALHOST, 0)).unwrap_err();
    }, "EINVAL", "lab-cause-other-family"),
    ("connect from IPv6 alone to IPv4", |bench| {
        let client = Bench::socket(&bench.client, Family::Inet6, SocketType::Stream);
        set(&client, &bench.client, &["IPV6_V6ONLY"]);
        client.connect(&bench.client, &at(Ipv4Addr::LOCALHOST.to_ipv6_mapped(), 9)).unwrap_err();
    }, "ENETUNREACH", "lab-cause-v6-for-mapped"),
];

fn check((name, misuse, errno, cause): &Misuse) -> Result<(), String> {
    let bench = Bench::new();
    misuse(&bench);
    let rows = bench.rows();
    let failed = rows.iter().rfind(|row| row.errno().is_some() && !row.is_of_lab()).expect(name);
    assert_eq!(failed.errno().map(|errno| errno.name()).as_deref(), Some(*errno), "{name}");
    let causes = bench.causes();
    let told = causes.iter().map(|cause| format!("{:?} {}", cause.certainty, cause.says)).collect::<Vec<_>>().join("\n");
    if causes[0].says.key() != *cause {
        return Err(format!("{name}: not {cause}, but\n{told}"));
    }
    assert!(causes[0].rows.iter().all(|row| rows.iter().any(|known| known.n == *row)), "{name}: {:?}", causes[0].rows);
    for language in Language::ALL {
        assert!(causes.iter().all(|cause| !cause.says.in_language(language).contains('⟨')), "{name}: {told}");
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn the_first_cause_of_every_documented_misuse_is_the_true_one() {
    let has_ipv6 = std::net::TcpListener::bind("[::1]:0").is_ok();
    let wrong = MISUSES.iter().chain(OF_IPV6.iter().filter(|_| has_ipv6)).filter_map(|misuse| check(misuse).err());
    assert_eq!(wrong.collect::<Vec<_>>().join("\n\n"), "");
}

/// Both sides of the rule that Linux has: the old sockets and the new one.
#[cfg(target_os = "linux")]
#[test]
fn what_time_wait_keeps_is_told_with_how_long_and_whose_flag_is_missing() {
    for (old, new, why) in [
        (&[][..], &[][..], "on neither side"),
        (&[], &["SO_REUSEADDR"], "the old one had not"),
        (&["SO_REUSEADDR"], &[], "this one has not"),
    ] {
        let bench = Bench::new();
        let (listener, client, accepted, address) = bench.pair(old);
        accepted.close(&bench.server).unwrap();
        ready(&client, &bench.client);
        assert_eq!(client.recv(&bench.client, &mut [0; 4]).unwrap(), 0);
        client.close(&bench.client).unwrap();
        listener.close(&bench.server).unwrap();
        let local = address.ip().unwrap();
        let begin = Instant::now();
        while !socket_lab::net::time_waits().iter().any(|(waits, _)| *waits == local) {
            assert!(begin.elapsed() < LIMIT, "no TIME_WAIT at {local}");
        }
        let again = Bench::tcp(&bench.server);
        set(&again, &bench.server, new);
        again.bind(&bench.server, &address).unwrap_err();
        let first = bench.causes().swap_remove(0);
        assert_eq!((first.says.key(), first.certainty), ("lab-cause-time-wait", Certainty::Seen), "{}", first.says);
        let told = first.says.to_string();
        let left = told.split(" s more").next().and_then(|before| before.rsplit(' ').next()?.parse::<u64>().ok());
        assert!(told.contains(why) && left.is_some_and(|left| (30..=60).contains(&left)), "{told}");
        assert!(matches!(first.remedies[..], [Remedy::Option(_, option, _)] if option.name == "SO_REUSEADDR"), "{:?}", first.remedies);
        // A moment later, when the system tells nothing any more, the trace still does.
        let later = bench.causes_in(&Surroundings::default()).swap_remove(0);
        assert_eq!((later.says.key(), later.certainty), ("lab-cause-time-wait-before", Certainty::Likely));
    }
}

#[test]
fn what_the_system_tells_is_a_cause_too() {
    let bench = Bench::new();
    let failed = |call, address: &str, errno: &str| Record {
        n: 1,
        kind: Kind::Call(call, Args::Address(address.parse::<SocketAddr>().unwrap().into())),
        outcome: Outcome::Err(Errno::by_name(errno).unwrap()),
        socket: Some(SocketId(1)),
        ..Record { ..bench.rows()[0].clone() }
    };
    let owner = Owner { process: 7, name: "nc".to_owned() };
    let taken = Bound { kind: SocketType::Stream, local: "0.0.0.0:9001".parse().unwrap(), state: BoundState::Waiting, inode: 1 };
    let around = Surroundings { taken: vec![(taken, Some(owner))], first_port: 1024, ..Surroundings::default() };
    let first = |record: &Record| causes(&[], record, &bench.trace, &around).swap_remove(0);
    let process = first(&failed(Call::Bind, "127.0.0.1:9001", "EADDRINUSE"));
    assert_eq!((process.says.key(), process.says.to_string().contains("nc (process 7)")), ("lab-cause-process", true));
    let privileged = first(&failed(Call::Bind, "127.0.0.1:80", "EACCES"));
    assert_eq!((privileged.says.key(), privileged.certainty), ("lab-cause-privileged", Certainty::Seen));
}

/// What no test can bring about without rights or a network, as the rows would tell it.
#[test]
fn what_needs_rights_or_a_network_has_its_cause_too() {
    let bench = Bench::new();
    let (_listener, client, _accepted, _) = bench.pair(&[]);
    set(&client, &bench.client, &["SO_KEEPALIVE"]);
    client.send(&bench.client, b"x").unwrap();
    let (rows, id) = (bench.rows(), Some(client.id()));
    let last = rows.iter().rfind(|row| row.socket == id).unwrap();
    let to = |address: &str| Args::Address(address.parse::<SocketAddr>().unwrap().into());
    let mark = Args::OptionValue("SO_MARK".into(), Box::new(Value::Int(1)));
    for (call, args, errno, cause, certainty) in [
        (Call::Recv, Args::Length(4), "ETIMEDOUT", "lab-cause-probes", Certainty::Likely),
        (Call::Send, Args::Length(4), "EPERM", "lab-cause-firewall", Certainty::Likely),
        (Call::Connect, to("198.51.100.1:9"), "EPERM", "lab-cause-firewall", Certainty::Likely),
        (Call::Connect, to("198.51.100.1:9"), "EHOSTUNREACH", "lab-cause-no-host", Certainty::Likely),
        (Call::Connect, to("198.51.100.1:9"), "ENETUNREACH", "lab-cause-no-route-from", Certainty::Likely),
        (Call::Connect, to("198.51.100.1:9"), "ETIMEDOUT", "lab-cause-nobody-answers", Certainty::Likely),
        (Call::SetSockOpt, mark, "EPERM", "lab-cause-option-rights", Certainty::Seen),
    ] {
        let outcome = Outcome::Err(Errno::by_name(errno).unwrap());
        let failed = Record { n: last.n + 100, kind: Kind::Call(call, args), outcome, ..last.clone() };
        let first = causes(&rows, &failed, &bench.trace, &Surroundings::observe()).swap_remove(0);
        assert_eq!((first.says.key(), first.certainty), (cause, certainty), "{errno}: {}", first.says);
    }
}

/// A process of its own runs out of files: that of the tests must not.
#[cfg(target_os = "linux")]
#[test]
fn who_has_how_many_sockets_open_is_told_where_there_is_no_file_left() {
    const CHILD: &str = "SOCKET_LAB_TEST_FEW_FILES";
    if std::env::var_os(CHILD).is_none() {
        let name = "coach::who_has_how_many_sockets_open_is_told_where_there_is_no_file_left";
        let child = std::process::Command::new(std::env::current_exe().unwrap()).args(["--exact", name]).env(CHILD, "1").output().unwrap();
        let said = String::from_utf8_lossy(&child.stdout);
        assert!(child.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let bench = Bench::new();
    let limit = |most| nix::sys::resource::setrlimit(nix::sys::resource::Resource::RLIMIT_NOFILE, most, 4096);
    limit(60).unwrap();
    let mut open = Vec::new();
    let failed = loop {
        match TracedSocket::socket(&bench.client, Family::Inet, SocketType::Stream) {
            Ok(socket) => open.push(socket),
            Err(error) => break error,
        }
        assert!(open.len() < 100, "there is no limit");
    };
    limit(1024).unwrap();
    let first = bench.causes().swap_remove(0);
    assert_eq!((&*failed.errno.name(), first.says.key()), ("EMFILE", "lab-cause-many-files"));
    assert!(first.says.to_string().starts_with(&format!("{} sockets", open.len())), "{} of {}", first.says, open.len());
    assert!(matches!(first.remedies[..], [Remedy::Stop(program)] if program == ProgramId(2)), "{:?}", first.remedies);
}

#[test]
fn a_path_and_a_port_that_are_taken_are_told_apart() {
    let [in_use, refused] = ["EADDRINUSE", "ECONNREFUSED"].map(|name| Errno::by_name(name).unwrap());
    let (file, port) = (Args::Address(Address::Path("/tmp/s".into())), Args::Address(at(Ipv4Addr::LOCALHOST, 9001)));
    let said = |call, errno, args: &Args| socket_lab::net::meaning(call, errno, args).says.in_language(Language::English);
    assert!(!said(Call::Bind, in_use, &port).contains("path") && said(Call::Bind, in_use, &port).contains("TIME_WAIT"));
    assert!(!said(Call::Bind, in_use, &file).contains("TIME_WAIT") && said(Call::Bind, in_use, &file).contains("path"));
    assert!(!said(Call::Connect, refused, &file).contains("port"));
}

/// Whatever call fails with whatever errno, there is something to say, in both languages.
#[test]
fn every_errno_of_every_call_has_a_cause_in_words() {
    let bench = Bench::new();
    let row = bench.rows()[0].clone();
    for (call, code) in Call::ALL.iter().flat_map(|call| (1..=133).map(move |code| (*call, code))) {
        let args = Args::Address(at(Ipv4Addr::LOCALHOST, 9001));
        let outcome = Outcome::Err(Errno::from_code(code));
        let failed = Record { kind: Kind::Call(call, args), outcome, socket: Some(SocketId(1)), program: ProgramId(1), ..row.clone() };
        let causes = causes(std::slice::from_ref(&failed), &failed, &bench.trace, &Surroundings::default());
        assert!(causes.is_sorted_by_key(|cause| cause.certainty) && !causes.is_empty(), "{call} {code}");
        for (cause, language) in causes.iter().flat_map(|cause| Language::ALL.map(|language| (cause, language))) {
            let says = cause.says.in_language(language);
            assert!(!says.is_empty() && !says.contains('⟨'), "{call} {code}: {says}");
        }
    }
}
