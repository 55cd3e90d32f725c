//! What makes a blocked thread return, and when the descriptor is given back.

use std::sync::Arc;

use socket_lab::net::TracedSocket;
use socket_lab::trace::{Args, Call, Family, How, Origin, Outcome, SocketType, Tracer};

use crate::lab::{LIMIT, Lab, joined, loopback, until};

type Work = fn(&TracedSocket, &Tracer) -> String;

fn accept(socket: &TracedSocket, on: &Tracer) -> String {
    socket.accept(on).map_or_else(|error| error.errno.name(), |(accepted, _)| accepted.id().to_string())
}

fn recv(socket: &TracedSocket, on: &Tracer) -> String {
    socket.recv(on, &mut [0; 64]).map_or_else(|error| error.errno.name(), |count| count.to_string())
}

fn recv_from(socket: &TracedSocket, on: &Tracer) -> String {
    socket.recv_from(on, &mut [0; 64]).map_or_else(|error| error.errno.name(), |(count, ..)| count.to_string())
}

fn send_all(socket: &TracedSocket, on: &Tracer) -> String {
    let block = vec![0; 1 << 20];
    loop {
        if let Err(error) = socket.send(on, &block) {
            return error.errno.name();
        }
    }
}

/// Blocks a thread in `work` on `socket`, wakes it, and returns what its call returned.
fn woken(lab: &Lab, socket: TracedSocket, call: Call, work: Work, sending: bool) -> (Arc<TracedSocket>, String) {
    let socket = Arc::new(socket);
    let shared = Arc::clone(&socket);
    let blocked = lab.spawn("blocked", move |on| work(&shared, on));
    lab.wait_for_blocked(call);
    socket.wake(&lab.on, sending);
    (socket, joined(blocked))
}

#[test]
fn wake_frees_accept() {
    let lab = Lab::new();
    let (listener, _) = lab.listener(Family::Inet, 1);
    let (_, result) = woken(&lab, listener, Call::Accept, accept, false);
    assert_eq!(result, "EINVAL");
}

#[test]
fn wake_frees_recv_and_puts_nothing_on_the_wire() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let (client, result) = woken(&lab, client, Call::Recv, recv, false);
    assert_eq!(result, "0");
    // The other side has neither an end of stream nor an error, and still receives.
    accepted.set_nonblocking(&lab.on, true).expect("set");
    assert_eq!(recv(&accepted, &lab.on), "EAGAIN");
    client.send(&lab.on, b"still here").expect("sent");
    until(|| recv(&accepted, &lab.on) == "10");
}

/// shutdown says `ENOTCONN` on a UDP socket without a peer, and wakes all the same.
#[test]
fn wake_frees_an_unconnected_datagram_socket() {
    let lab = Lab::new();
    for family in [Family::Inet, Family::Inet6] {
        let (socket, _) = lab.bound(family, SocketType::Datagram);
        let (_, result) = woken(&lab, socket, Call::RecvFrom, recv_from, false);
        assert_eq!(result, "0", "{family:?}");
        let row = lab.calls_of(Call::RecvFrom).pop().expect("a row");
        assert_eq!(row.outcome, Outcome::Ok(0), "nobody sent anything");
    }
    #[cfg(target_os = "linux")]
    for row in lab.calls_of(Call::Shutdown) {
        assert!(row.errno().is_some_and(|errno| errno.is("ENOTCONN")), "{row:?}");
        assert_eq!((row.origin, row.args()), (Origin::Lab, Some(&Args::How(How::Read))));
    }
}

#[test]
fn wake_frees_a_connected_datagram_socket() {
    let lab = Lab::new();
    let (socket, _) = lab.bound(Family::Inet, SocketType::Datagram);
    let (_other, address) = lab.bound(Family::Inet, SocketType::Datagram);
    socket.connect(&lab.on, &address).expect("connected");
    let (_, result) = woken(&lab, socket, Call::Recv, recv, false);
    assert_eq!(result, "0");
}

/// Woken before it blocks, a thread never does: on Linux the half that was shut stays shut.
#[cfg(target_os = "linux")]
#[test]
fn wake_holds_for_calls_that_come_later() {
    let lab = Lab::new();
    let (listener, _) = lab.listener(Family::Inet, 1);
    let (datagrams, _) = lab.bound(Family::Inet, SocketType::Datagram);
    let (client, _accepted) = lab.pair();
    for (socket, work, result) in [(listener, accept as Work, "EINVAL"), (datagrams, recv_from, "0"), (client, recv, "0")] {
        socket.wake(&lab.on, false);
        assert_eq!(work(&socket, &lab.on), result);
    }
}

#[test]
fn wake_frees_a_blocked_send() {
    let lab = Lab::new();
    let (client, _accepted) = lab.pair();
    let (_, result) = woken(&lab, client, Call::Send, send_all, true);
    assert_eq!(result, "EPIPE");
}

/// A listener whose queue is full leaves a further connect waiting for an answer, in connect itself or, with a limit, in poll.
#[cfg(target_os = "linux")]
#[test]
fn wake_frees_connect() {
    let lab = Lab::new();
    let (_listener, address) = lab.listener(Family::Inet, 0);
    let _queued = lab.full_queue(&address);
    for call in [Call::Connect, Call::Poll] {
        let client = Arc::new(lab.socket(Family::Inet, SocketType::Stream));
        let (shared, to) = (Arc::clone(&client), address.clone());
        let blocked = lab.spawn("blocked", move |on| match call {
            Call::Poll => shared.connect_within(on, &to, LIMIT),
            _ => shared.connect(on, &to),
        });
        lab.wait_for_blocked(call);
        client.wake(&lab.on, false);
        let error = joined(blocked).expect_err("no connection");
        assert_eq!((error.call, error.limit), (Call::Connect, None), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn wake_frees_unix_sockets() {
    let lab = Lab::new();
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, call, work, result) in
        [(SocketType::Stream, Call::Accept, accept as Work, "EINVAL"), (SocketType::Datagram, Call::RecvFrom, recv_from, "0")]
    {
        let socket = lab.socket(Family::Unix, kind);
        socket.bind(&lab.on, &crate::lab::path(&folder, kind.name())).expect("bound");
        if kind == SocketType::Stream {
            socket.listen(&lab.on, 1).expect("listening");
        }
        assert_eq!(woken(&lab, socket, call, work, false).1, result, "{kind:?}");
    }
}

/// The descriptor of a socket that a thread blocks on goes to nobody else, and close is told when it happens: after that thread's call.
#[test]
fn close_waits_for_the_call_that_is_under_way() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let client = Arc::new(client);
    let shared = Arc::clone(&client);
    let blocked = lab.spawn("blocked", move |on| (recv(&shared, on), on.thread()));
    lab.wait_for_blocked(Call::Recv);
    client.close(&lab.on).expect("asked");
    assert!(client.is_closed());
    let closes = || lab.calls_of(Call::Close).into_iter().filter(|row| row.socket == Some(client.id())).collect::<Vec<_>>();
    assert_eq!(closes(), []);
    // The number is still taken.
    let taken = lab.descriptor(&client);
    let others = (0..8).map(|_| lab.socket(Family::Inet, SocketType::Stream)).collect::<Vec<_>>();
    assert!(others.iter().all(|other| lab.descriptor(other) != taken));
    accepted.send(&lab.on, b"x").expect("sent");
    let (result, thread) = joined(blocked);
    assert_eq!(result, "1");
    let rows = closes();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].thread, rows[0].origin, &rows[0].outcome), (thread, Origin::Program, &Outcome::Ok(0)));
    assert_eq!(recv(&accepted, &lab.on), "0");
}

#[test]
fn a_closed_socket_takes_no_calls_and_leaves_no_rows() {
    let lab = Lab::new();
    let socket = lab.socket(Family::Inet, SocketType::Stream);
    socket.close(&lab.on).expect("closed");
    let rows = lab.calls().len();
    let error = socket.bind(&lab.on, &loopback(Family::Inet, 0)).expect_err("closed");
    assert!(error.errno.is("EBADF") && !error.made, "{error}");
    socket.close(&lab.on).expect("nothing to do");
    assert_eq!(lab.calls().len(), rows);
}

/// The close of last resort is a row too.
#[test]
fn a_socket_that_nobody_closed_is_closed_when_it_is_dropped() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let id = client.id();
    drop(client);
    assert_eq!(recv(&accepted, &lab.on), "0");
    let closes = lab.calls_of(Call::Close);
    assert_eq!(closes.iter().filter(|row| row.socket == Some(id)).count(), 1);
}
