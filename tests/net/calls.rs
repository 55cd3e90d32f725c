//! Each call: what it returns, and the row it leaves.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use socket_lab::net::option::by_name;
use socket_lab::trace::{Address, Args, Call, Family, Flags, Interest, Outcome, SocketType, Value};

use crate::lab::{LIMIT, Lab, joined, loopback, path};

#[test]
fn a_connection_is_a_row_for_each_call() {
    let lab = Lab::new();
    let (listener, address) = lab.listener(Family::Inet, 5);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    client.connect(&lab.on, &address).expect("connected");
    let (accepted, peer) = listener.accept(&lab.on).expect("accepted");
    assert_eq!(peer, client.local_address(&lab.on).expect("an address"));
    assert_eq!(client.send(&lab.on, b"hello").expect("sent"), 5);
    let mut buffer = [0; 16];
    assert_eq!(accepted.recv(&lab.on, &mut buffer).expect("received"), 5);
    assert_eq!(&buffer[..5], b"hello");
    client.close(&lab.on).expect("closed");
    assert_eq!(accepted.recv(&lab.on, &mut buffer).expect("the end"), 0);

    let calls = lab.calls();
    let names = calls.iter().filter_map(|record| record.call()).map(Call::name).collect::<Vec<_>>();
    assert_eq!(
        names,
        ["socket", "bind", "getsockname", "listen", "socket", "connect", "accept", "getsockname", "send", "recv", "close", "recv"]
    );
    let accept = &calls[6];
    assert_eq!((accept.socket, &accept.outcome), (Some(listener.id()), &Outcome::Socket(accepted.id(), peer)));
    let recv = &calls[9];
    assert_eq!((recv.args(), &recv.outcome), (Some(&Args::Length(16)), &Outcome::Ok(5)));
    assert_eq!(recv.payload.as_ref().map(|payload| &payload.bytes[..]), Some(&b"hello"[..]));
}

#[test]
fn a_connect_within_a_limit_is_spelled_out() {
    let lab = Lab::new();
    let (_listener, address) = lab.listener(Family::Inet, 5);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    let before = lab.calls().len();
    client.connect_within(&lab.on, &address, LIMIT).expect("connected");
    let calls = lab.calls().into_iter().skip(before).filter_map(|record| record.call()).map(Call::name).collect::<Vec<_>>();
    assert_eq!(calls, ["set_nonblocking", "connect", "poll", "getsockopt", "set_nonblocking"]);
}

#[test]
fn two_threads_talk_and_are_told_apart() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let reader = lab.spawn("reader", move |on| {
        let mut buffer = [0; 8];
        accepted.recv(on, &mut buffer).map(|count| (count, on.thread()))
    });
    lab.wait_for_open(Call::Recv);
    client.send(&lab.on, b"x").expect("sent");
    let (count, thread) = joined(reader).expect("received");
    let recv = lab.calls_of(Call::Recv);
    assert_eq!((count, recv.len(), recv[0].thread), (1, 1, thread));
}

/// The peer of an IPv6 connection is an IPv6 address, and on a socket for both families an IPv4 peer is a mapped one.
#[test]
fn ipv6_connects_and_serves_both() {
    let lab = Lab::new();
    let (listener, address) = lab.listener(Family::Inet6, 5);
    let client = lab.socket(Family::Inet6, SocketType::Stream);
    client.connect(&lab.on, &address).expect("connected");
    let (_, peer) = listener.accept(&lab.on).expect("accepted");
    assert_eq!(Ok(peer), client.local_address(&lab.on));
    assert_eq!(client.peer_address(&lab.on), Ok(address));

    let both = lab.socket(Family::Inet6, SocketType::Stream);
    both.set_option(&lab.on, by_name("IPV6_V6ONLY").expect("a row"), &Value::Flag(false)).expect("set");
    both.bind(&lab.on, &SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)).into()).expect("bound");
    both.listen(&lab.on, 5).expect("listening");
    let port = both.local_address(&lab.on).expect("an address").port().expect("a port");
    let client = lab.socket(Family::Inet, SocketType::Stream);
    client.connect(&lab.on, &loopback(Family::Inet, port)).expect("connected");
    let (_, peer) = both.accept(&lab.on).expect("accepted");
    assert!(peer.to_string().starts_with("[::ffff:127.0.0.1]:") && peer.is_local(), "{peer}");
}

#[cfg(unix)]
#[test]
fn unix_sockets_are_named_by_paths() {
    let lab = Lab::new();
    let folder = tempfile::tempdir().expect("a folder");
    let address = path(&folder, "stream");
    let listener = lab.socket(Family::Unix, SocketType::Stream);
    assert_eq!(listener.local_address(&lab.on), Ok(Address::Unnamed));
    let client = lab.socket(Family::Unix, SocketType::Stream);
    assert_eq!(client.connect(&lab.on, &address).expect_err("nothing there").errno.name(), "ENOENT");
    listener.bind(&lab.on, &address).expect("bound");
    assert_eq!(client.connect(&lab.on, &address).expect_err("not listening").errno.name(), "ECONNREFUSED");
    listener.listen(&lab.on, 5).expect("listening");
    client.connect(&lab.on, &address).expect("connected");
    let (accepted, peer) = listener.accept(&lab.on).expect("accepted");
    assert_eq!(peer, Address::Unnamed);
    assert_eq!(client.peer_address(&lab.on), Ok(address.clone()));
    client.send(&lab.on, b"hi").expect("sent");
    assert_eq!(accepted.recv_from(&lab.on, &mut [0; 8]), Ok((2, Address::Unnamed, Flags::default())));
    listener.close(&lab.on).expect("closed");
    let again = lab.socket(Family::Unix, SocketType::Stream);
    assert_eq!(again.bind(&lab.on, &address).expect_err("the file is still there").errno.name(), "EADDRINUSE");

    let long = Address::Path("x".repeat(200).into());
    let rows = lab.calls().len();
    assert!(!again.bind(&lab.on, &long).expect_err("too long").made);
    assert_eq!(lab.calls().len(), rows);
}

#[cfg(unix)]
#[test]
fn unix_datagrams_tell_their_sender() {
    let lab = Lab::new();
    let folder = tempfile::tempdir().expect("a folder");
    let (to, from) = (path(&folder, "to"), path(&folder, "from"));
    let receiver = lab.socket(Family::Unix, SocketType::Datagram);
    receiver.bind(&lab.on, &to).expect("bound");
    let sender = lab.socket(Family::Unix, SocketType::Datagram);
    sender.send_to(&lab.on, b"no name", &to).expect("sent");
    assert_eq!(receiver.recv_from(&lab.on, &mut [0; 8]), Ok((7, Address::Unnamed, Flags::default())));
    sender.bind(&lab.on, &from).expect("bound");
    sender.send_to(&lab.on, b"with a name", &to).expect("sent");
    assert_eq!(receiver.recv_from(&lab.on, &mut [0; 8]), Ok((8, from, Flags { truncated: true })));
}

#[cfg(target_os = "linux")]
#[test]
fn unix_sockets_have_abstract_names() {
    let lab = Lab::new();
    // Bound to no name, a Unix socket is given an abstract one that is free (unix(7), autobind).
    let listener = lab.socket(Family::Unix, SocketType::Stream);
    listener.bind(&lab.on, &Address::Unnamed).expect("bound");
    let name = listener.local_address(&lab.on).expect("a name");
    assert!(matches!(name, Address::Abstract(_)), "{name:?}");
    listener.listen(&lab.on, 1).expect("listening");
    let client = lab.socket(Family::Unix, SocketType::Stream);
    client.connect(&lab.on, &name).expect("connected");
    assert_eq!(client.peer_address(&lab.on), Ok(name));
}

/// A call that fails is a row with the errno's name, and an error that names call, address and errno.
#[test]
fn a_failure_is_a_row_and_a_sentence() {
    let lab = Lab::new();
    let (_bound, address) = lab.bound(Family::Inet, SocketType::Stream);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    let error = client.connect(&lab.on, &address).expect_err("nobody listens");
    let row = lab.calls_of(Call::Connect).pop().expect("a row");
    assert_eq!((row.errno().map(|errno| errno.name()).as_deref(), row.socket), (Some("ECONNREFUSED"), Some(client.id())));
    let sentence = error.message().to_string();
    assert!(sentence.starts_with(&format!("connect({address}): ECONNREFUSED. ")), "{sentence}");
    assert_eq!((error.socket, error.address(), error.made), (Some(client.id()), Some(&address), true));
}

/// poll waits as long as it was told and says what it found.
#[test]
fn poll_waits_for_what_it_was_asked() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let limit = Duration::from_micros(20_500);
    let start = Instant::now();
    assert_eq!(accepted.poll(&lab.on, Interest::Readable, Some(limit)), Ok(false));
    assert!(start.elapsed() >= limit);
    assert_eq!(accepted.poll(&lab.on, Interest::Writable, None), Ok(true));
    client.send(&lab.on, b"x").expect("sent");
    assert_eq!(accepted.poll(&lab.on, Interest::Readable, Some(LIMIT)), Ok(true));
}
