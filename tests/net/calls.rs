//! Each call: what it returns, and the row it leaves.

use socket_lab::trace::{Args, Call, Family, Outcome, SocketType};

use crate::lab::{LIMIT, Lab, joined};

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
