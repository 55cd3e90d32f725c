//! What the kernel does that nobody would guess.

use std::time::{Duration, Instant};

use socket_lab::net::TracedSocket;
use socket_lab::net::limits::Limits;
use socket_lab::net::option::by_name;
use socket_lab::trace::{Address, Call, Family, How, Interest, Interface, Outcome, SocketType, Value};

use crate::lab::{LIMIT, Lab, loopback};

fn set(lab: &Lab, socket: &TracedSocket, name: &str, value: &Value) {
    socket.set_option(&lab.on, by_name(name).expect(name), value).expect(name);
}

fn failed<T>(result: Result<T, socket_lab::net::Error>) -> String {
    result.err().map(|error| error.errno.name()).expect("an error")
}

/// A receive timeout ends recv and accept with `EAGAIN`, not before it has passed but for the tick it began in, and the socket works on.
#[test]
fn a_receive_timeout_ends_recv_and_accept() {
    let lab = Lab::new();
    let limit = Duration::from_millis(60);
    let tick = Limits::observe().expect("the limits").ticks.map_or(Duration::ZERO, |ticks| Duration::from_secs(1) / ticks);
    let (client, accepted) = lab.pair();
    let (listener, _) = lab.listener(Family::Inet, 1);
    let (datagrams, _) = lab.bound(Family::Inet, SocketType::Datagram);
    for socket in [&accepted, &listener, &datagrams] {
        set(&lab, socket, "SO_RCVTIMEO", &Value::Time(Some(limit)));
    }
    let timed = |call: &dyn Fn() -> String| {
        let start = Instant::now();
        let errno = call();
        assert!(start.elapsed() + tick >= limit, "{:?}", start.elapsed());
        errno
    };
    let expected = if cfg!(windows) { "ETIMEDOUT" } else { "EAGAIN" };
    assert_eq!(timed(&|| failed(accepted.recv(&lab.on, &mut [0; 8]))), expected);
    assert_eq!(timed(&|| failed(listener.accept(&lab.on))), expected);
    assert_eq!(timed(&|| failed(datagrams.recv_from(&lab.on, &mut [0; 8]))), expected);
    client.send(&lab.on, b"x").expect("sent");
    assert_eq!(accepted.recv(&lab.on, &mut [0; 8]).expect("received"), 1);
}

/// A timeout of 0 is none: recv would wait for ever. The lab says so (`Opt::check`); the kernel does not.
#[test]
fn a_timeout_of_zero_is_none() {
    let lab = Lab::new();
    let socket = lab.socket(Family::Inet, SocketType::Datagram);
    let option = by_name("SO_RCVTIMEO").expect("a row");
    set(&lab, &socket, "SO_RCVTIMEO", &Value::Time(Some(LIMIT)));
    set(&lab, &socket, "SO_RCVTIMEO", &Value::Time(Some(Duration::ZERO)));
    assert_eq!(socket.option(&lab.on, option), Ok(Value::Time(None)));
    assert!(option.check(&Value::Time(Some(Duration::ZERO))).is_err());
}

/// `SO_LINGER` of 0 s makes close reset the connection; a second of it does not.
#[test]
fn linger_of_zero_resets() {
    let lab = Lab::new();
    for (seconds, end) in [(0, "ECONNRESET"), (1, "0")] {
        let (client, accepted) = lab.pair();
        set(&lab, &client, "SO_LINGER", &Value::Linger(Some(seconds)));
        client.close(&lab.on).expect("closed");
        let read = accepted.recv(&lab.on, &mut [0; 8]).map_or_else(|error| error.errno.name(), |count| count.to_string());
        assert_eq!(read, end, "{seconds} s");
    }
}

/// The second send after the peer has closed is `EPIPE` on Linux, never `ECONNRESET`.
#[cfg(target_os = "linux")]
#[test]
fn the_second_send_after_the_end_is_a_broken_pipe() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    accepted.close(&lab.on).expect("closed");
    assert_eq!(client.recv(&lab.on, &mut [0; 8]).expect("the end"), 0);
    client.send(&lab.on, b"one").expect("taken");
    assert_eq!(failed(client.send(&lab.on, b"two")), "EPIPE");
    assert_eq!(client.recv(&lab.on, &mut [0; 8]).expect("the end"), 0);
}

/// A close with bytes that nobody read resets the connection.
#[cfg(unix)]
#[test]
fn a_close_with_unread_bytes_resets() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    client.send(&lab.on, b"unread").expect("sent");
    assert!(accepted.poll(&lab.on, Interest::Readable, Some(LIMIT)).expect("polled"));
    accepted.close(&lab.on).expect("closed");
    assert_eq!(failed(client.recv(&lab.on, &mut [0; 8])), "ECONNRESET");
}

/// `TIME_WAIT` holds the port unless both the socket that waits and the one that binds have `SO_REUSEADDR`.
#[cfg(target_os = "linux")]
#[test]
fn reusing_a_port_takes_both_sides() {
    let lab = Lab::new();
    for (old, new, outcome) in
        [(false, false, Some("EADDRINUSE")), (false, true, Some("EADDRINUSE")), (true, false, Some("EADDRINUSE")), (true, true, None)]
    {
        let (listener, address) = lab.bound(Family::Inet, SocketType::Stream);
        set(&lab, &listener, "SO_REUSEADDR", &Value::Flag(old));
        listener.listen(&lab.on, 1).expect("listening");
        let client = lab.socket(Family::Inet, SocketType::Stream);
        client.connect(&lab.on, &address).expect("connected");
        let (accepted, _) = listener.accept(&lab.on).expect("accepted");
        // Who closes first waits.
        accepted.close(&lab.on).expect("closed");
        assert_eq!(client.recv(&lab.on, &mut [0; 8]).expect("the end"), 0);
        client.close(&lab.on).expect("closed");
        listener.close(&lab.on).expect("closed");
        let again = lab.socket(Family::Inet, SocketType::Stream);
        set(&lab, &again, "SO_REUSEADDR", &Value::Flag(new));
        let bound = again.bind(&lab.on, &address).err().map(|error| error.errno.name());
        assert_eq!(bound.as_deref(), outcome, "old {old}, new {new}");
    }
}

/// A listener lets as many connections wait as this system's limits say.
#[cfg(target_os = "linux")]
#[test]
fn a_queue_admits_what_is_expected() {
    let lab = Lab::new();
    let limits = Limits::observe().expect("the limits");
    for backlog in [0, 1, 5] {
        let (_listener, address) = lab.listener(Family::Inet, backlog);
        let expected = limits.waiting(backlog).expect("known");
        let clients = (0..expected + 4).map(|_| lab.socket(Family::Inet, SocketType::Stream)).collect::<Vec<_>>();
        let mut connected = 0;
        for client in &clients {
            client.set_nonblocking(&lab.on, true).expect("set");
            assert_eq!(failed(client.connect(&lab.on, &address)), "EINPROGRESS");
            // On loopback the answer comes at once or, before the next try a second later, not at all.
            connected += u64::from(client.poll(&lab.on, Interest::Writable, Some(Duration::from_millis(50))).expect("polled"));
        }
        assert_eq!(connected, expected, "backlog {backlog}");
    }
}

/// A connect that gets no answer within its limit says so, and where the limit came from.
#[cfg(target_os = "linux")]
#[test]
fn a_connect_runs_out_of_time() {
    let lab = Lab::new();
    let (_listener, address) = lab.listener(Family::Inet, 0);
    let _queued = lab.full_queue(&address);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    let limit = Duration::from_millis(80);
    let error = client.connect_within(&lab.on, &address, limit).expect_err("no answer");
    assert!(error.errno.is("ETIMEDOUT") && error.limit == Some(limit) && error.call == Call::Connect, "{error}");
    assert_eq!(error.address(), Some(&address));
    let poll = lab.calls_of(Call::Poll).pop().expect("a row");
    assert_eq!(poll.outcome, Outcome::Ok(0));
    assert!(poll.took() >= limit.as_nanos() as u64);
}

#[test]
fn a_connect_within_a_limit_tells_a_refusal() {
    let lab = Lab::new();
    let (closed, address) = lab.bound(Family::Inet, SocketType::Stream);
    let client = lab.socket(Family::Inet, SocketType::Stream);
    let error = client.connect_within(&lab.on, &address, LIMIT).expect_err("nobody listens");
    assert!(error.errno.is("ECONNREFUSED") && error.limit.is_none() && error.call == Call::Connect, "{error}");
    drop(closed);
}

/// A datagram longer than the buffer is cut off, and that is told.
#[test]
fn a_datagram_that_is_cut_off_is_told() {
    let lab = Lab::new();
    let (receiver, to) = lab.bound(Family::Inet, SocketType::Datagram);
    let (sender, from) = lab.bound(Family::Inet, SocketType::Datagram);
    let mut buffer = [0; 4];
    for (bytes, count, truncated) in [(&b"0123456789"[..], 4, true), (b"0123", 4, false), (b"", 0, false)] {
        sender.send_to(&lab.on, bytes, &to).expect("sent");
        let (read, address, flags) = receiver.recv_from(&lab.on, &mut buffer).expect("received");
        assert_eq!((read, &address, flags.truncated), (count, &from, truncated));
        let row = lab.calls_of(Call::RecvFrom).pop().expect("a row");
        assert_eq!(row.outcome, Outcome::Address(from.clone(), flags));
        assert_eq!(row.payload.map(|payload| payload.full_len), Some(count as u32));
    }
}

/// `IPV6_V6ONLY` is too late after bind.
#[test]
fn v6only_is_too_late_after_bind() {
    let lab = Lab::new();
    let (socket, _) = lab.bound(Family::Inet6, SocketType::Stream);
    let result = socket.set_option(&lab.on, by_name("IPV6_V6ONLY").expect("a row"), &Value::Flag(true));
    assert_eq!(failed(result), "EINVAL");
}

/// What accept returns blocks, though its listener does not.
#[test]
fn an_accepted_socket_blocks() {
    let lab = Lab::new();
    let (listener, address) = lab.listener(Family::Inet, 1);
    listener.set_nonblocking(&lab.on, true).expect("set");
    assert_eq!(failed(listener.accept(&lab.on)), "EAGAIN");
    let client = lab.socket(Family::Inet, SocketType::Stream);
    client.connect(&lab.on, &address).expect("connected");
    assert!(listener.poll(&lab.on, Interest::Readable, Some(LIMIT)).expect("polled"));
    let (accepted, _) = listener.accept(&lab.on).expect("accepted");
    let limit = Duration::from_millis(40);
    set(&lab, &accepted, "SO_RCVTIMEO", &Value::Time(Some(limit)));
    let start = Instant::now();
    failed(accepted.recv(&lab.on, &mut [0; 8]));
    assert!(start.elapsed() >= limit / 2);
}

/// A UDP send to a port where nobody is succeeds; the error comes with a later call, once.
#[cfg(target_os = "linux")]
#[test]
fn a_refused_datagram_is_told_later() {
    let lab = Lab::new();
    // A socket that hears only another keeps the port for itself, and is nobody to everyone else.
    let (deaf, address) = lab.bound(Family::Inet, SocketType::Datagram);
    deaf.connect(&lab.on, &loopback(Family::Inet, 9)).expect("connected");
    let socket = lab.socket(Family::Inet, SocketType::Datagram);
    socket.connect(&lab.on, &address).expect("connected");
    socket.send(&lab.on, b"x").expect("sent");
    assert!(socket.poll(&lab.on, Interest::Readable, Some(LIMIT)).expect("polled"));
    assert_eq!(socket.pending_error(&lab.on).expect("asked").map(|errno| errno.name()).as_deref(), Some("ECONNREFUSED"));
    assert_eq!(socket.pending_error(&lab.on), Ok(None));
}

#[test]
fn broadcast_takes_an_option() {
    let lab = Lab::new();
    let (socket, _) = lab.bound(Family::Inet, SocketType::Datagram);
    let everyone: Address = std::net::SocketAddr::from(([127, 255, 255, 255], 9)).into();
    assert_eq!(failed(socket.send_to(&lab.on, b"x", &everyone)), "EACCES");
    set(&lab, &socket, "SO_BROADCAST", &Value::Flag(true));
    #[cfg(target_os = "linux")]
    assert_eq!(socket.send_to(&lab.on, b"x", &everyone), Ok(1));
}

/// A group is joined once, left once, and what is sent to it arrives.
#[cfg(target_os = "linux")]
#[test]
fn a_multicast_group_is_joined_and_left() {
    let lab = Lab::new();
    let group = std::net::Ipv4Addr::new(239, 1, 2, 3);
    let on_loopback = Value::Group(group.into(), Interface::Address([127, 0, 0, 1].into()));
    let receiver = lab.socket(Family::Inet, SocketType::Datagram);
    receiver.bind(&lab.on, &std::net::SocketAddr::from(([0, 0, 0, 0], 0)).into()).expect("bound");
    let port = receiver.local_address(&lab.on).expect("an address").port().expect("a port");
    let change = |name: &str| receiver.set_option(&lab.on, by_name(name).expect(name), &on_loopback);
    change("IP_ADD_MEMBERSHIP").expect("joined");
    assert_eq!(failed(change("IP_ADD_MEMBERSHIP")), "EADDRINUSE");
    let (sender, _) = lab.bound(Family::Inet, SocketType::Datagram);
    set(&lab, &sender, "IP_MULTICAST_IF", &Value::Address([127, 0, 0, 1].into()));
    sender.send_to(&lab.on, b"to all", &std::net::SocketAddr::from((group, port)).into()).expect("sent");
    assert_eq!(receiver.recv(&lab.on, &mut [0; 16]).expect("received"), 6);
    change("IP_DROP_MEMBERSHIP").expect("left");
    assert_eq!(failed(change("IP_DROP_MEMBERSHIP")), "EADDRNOTAVAIL");

    let six = lab.socket(Family::Inet6, SocketType::Datagram);
    let on_loopback = Value::Group("ff15::1".parse().expect("an address"), Interface::Index(1));
    let change = |name: &str| six.set_option(&lab.on, by_name(name).expect(name), &on_loopback);
    change("IPV6_JOIN_GROUP").expect("joined");
    assert_eq!(failed(change("IPV6_JOIN_GROUP")), "EADDRINUSE");
    change("IPV6_LEAVE_GROUP").expect("left");
    assert_eq!(failed(change("IPV6_LEAVE_GROUP")), "EADDRNOTAVAIL");
}

/// Half a connection ends, the other half goes on.
#[test]
fn shutdown_ends_one_half() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    client.shutdown(&lab.on, How::Write).expect("shut");
    assert_eq!(accepted.recv(&lab.on, &mut [0; 8]).expect("the end"), 0);
    accepted.send(&lab.on, b"still").expect("sent");
    assert_eq!(client.recv(&lab.on, &mut [0; 8]).expect("received"), 5);
    assert_eq!(failed(client.send(&lab.on, b"x")), if cfg!(windows) { "ESHUTDOWN" } else { "EPIPE" });
}

/// A non-blocking send takes what fits, and no more.
#[test]
fn a_send_may_be_partial() {
    let lab = Lab::new();
    let (client, _accepted) = lab.pair();
    client.set_nonblocking(&lab.on, true).expect("set");
    let block = vec![7; 64 << 20];
    let sent = client.send(&lab.on, &block).expect("some");
    assert!(sent < block.len());
    let row = lab.calls_of(Call::Send).pop().expect("a row");
    assert_eq!(row.payload.map(|payload| payload.full_len), Some(sent as u32));
}

#[test]
fn misuse_has_its_errno() {
    let lab = Lab::new();
    let stream = lab.socket(Family::Inet, SocketType::Stream);
    assert_eq!(failed(stream.recv(&lab.on, &mut [0; 8])), "ENOTCONN");
    assert_eq!(failed(stream.peer_address(&lab.on)), "ENOTCONN");
    assert_eq!(failed(stream.shutdown(&lab.on, How::Both)), "ENOTCONN");
    assert_eq!(failed(stream.accept(&lab.on)), "EINVAL");
    let datagram = lab.socket(Family::Inet, SocketType::Datagram);
    assert_eq!(failed(datagram.listen(&lab.on, 1)), "EOPNOTSUPP");
    let (bound, address) = lab.bound(Family::Inet, SocketType::Stream);
    assert_eq!(failed(lab.socket(Family::Inet, SocketType::Stream).bind(&lab.on, &address)), "EADDRINUSE");
    assert_eq!(failed(bound.bind(&lab.on, &loopback(Family::Inet, 0))), "EINVAL");
    #[cfg(target_os = "linux")]
    {
        assert_eq!(failed(stream.bind(&lab.on, &loopback(Family::Inet6, 0))), "EAFNOSUPPORT");
        assert_eq!(failed(stream.send(&lab.on, b"x")), "EPIPE");
        assert_eq!(failed(datagram.send(&lab.on, b"x")), "EDESTADDRREQ");
        assert_eq!(failed(datagram.send_to(&lab.on, &vec![0; 65508], &address)), "EMSGSIZE");
    }
}
