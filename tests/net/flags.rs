//! Flags of send and recv, ioctl, and what Python's sockets have beside the calls of a manual page, against this system's kernel.

use std::time::Duration;

use socket_lab::net::{Buffer, TracedSocket};
use socket_lab::trace::{
    Args, Call, Family, How, Interest, MessageFlag, MessageFlags, Origin, Outcome, Record, Request, SocketId, SocketType, Value,
};

use crate::lab::{LIMIT, Lab, joined, loopback, until};

fn flags(all: &[MessageFlag]) -> MessageFlags {
    all.iter().copied().collect()
}

fn recv(lab: &Lab, socket: &TracedSocket, size: usize, with: &[MessageFlag]) -> Result<(usize, Vec<u8>), String> {
    let mut bytes = vec![0; size];
    let count = socket.recv_with(&lab.on, Buffer::New(&mut bytes), flags(with)).map_err(|error| error.errno.name())?;
    bytes.truncate(count);
    Ok((count, bytes))
}

/// The rows that say that this socket was closed.
fn closes(lab: &Lab, socket: SocketId) -> Vec<Record> {
    lab.calls_of(Call::Close).into_iter().filter(|row| row.socket == Some(socket)).collect()
}

fn readable(lab: &Lab, socket: &TracedSocket) {
    assert_eq!(socket.poll(&lab.on, Interest::Readable, Some(LIMIT)), Ok(true));
}

#[test]
fn what_is_peeked_at_stays_and_has_not_moved() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    client.send(&lab.on, b"hello").expect("sent");
    readable(&lab, &accepted);
    for _ in 0..2 {
        assert_eq!(recv(&lab, &accepted, 3, &[MessageFlag::Peek]), Ok((3, b"hel".to_vec())));
    }
    assert_eq!(accepted.ioctl(&lab.on, Request::Unread), Ok(5));
    assert_eq!(recv(&lab, &accepted, 9, &[]), Ok((5, b"hello".to_vec())));
    let rows = lab.calls_of(Call::Recv);
    assert_eq!(rows[0].args(), Some(&Args::LengthFlags(3, flags(&[MessageFlag::Peek]))));
    assert_eq!((rows[0].moved(), rows[0].direction(), rows[2].moved()), (None, None, Some(5)));
    assert_eq!(rows[0].payload.as_ref().map(|payload| &payload.bytes[..]), Some(&b"hel"[..]), "it can be seen");
}

#[test]
fn one_call_need_not_wait_and_another_waits_for_all() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    assert_eq!(recv(&lab, &accepted, 4, &[MessageFlag::DontWait]), Err("EAGAIN".to_owned()));
    let reader = lab.spawn("reader", move |on| {
        let mut bytes = [0; 6];
        accepted.recv_with(on, Buffer::Kept(&mut bytes), flags(&[MessageFlag::WaitAll])).map(|count| (count, bytes))
    });
    client.send(&lab.on, b"abc").expect("sent");
    lab.wait_for_blocked(Call::Recv);
    client.send_with(&lab.on, b"def", flags(&[MessageFlag::NoSignal, MessageFlag::More])).expect("sent");
    client.shutdown(&lab.on, How::Write).expect("what was held goes");
    assert_eq!(joined(reader), Ok((6, *b"abcdef")));
    let row = lab.calls_of(Call::Recv).pop().expect("a row");
    assert_eq!(row.args(), Some(&Args::Into(6, flags(&[MessageFlag::WaitAll]))));
}

/// `facts`: the urgent byte is received once and beside the stream, and a receive stops at its mark (tcp(7)).
#[cfg(target_os = "linux")]
#[test]
fn an_urgent_byte_stands_beside_the_stream() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let urgent = [MessageFlag::OutOfBand];
    assert_eq!(recv(&lab, &accepted, 1, &urgent), Err("EINVAL".to_owned()), "nothing urgent waits");
    client.send(&lab.on, b"abc").expect("sent");
    client.send_with(&lab.on, b"U", flags(&urgent)).expect("sent");
    client.send(&lab.on, b"def").expect("sent");
    until(|| accepted.ioctl(&lab.on, Request::Unread) == Ok(3)); // those before the mark
    assert_eq!(accepted.ioctl(&lab.on, Request::AtMark), Ok(0));
    assert_eq!(recv(&lab, &accepted, 1, &urgent), Ok((1, b"U".to_vec())));
    assert_eq!(recv(&lab, &accepted, 1, &urgent), Err("EINVAL".to_owned()), "once");
    assert_eq!(recv(&lab, &accepted, 99, &[]), Ok((3, b"abc".to_vec())));
    assert_eq!(accepted.ioctl(&lab.on, Request::AtMark), Ok(1));
    assert_eq!(recv(&lab, &accepted, 99, &[]), Ok((3, b"def".to_vec())));
    let udp = lab.socket(Family::Inet, SocketType::Datagram);
    let (_other, address) = lab.bound(Family::Inet, SocketType::Datagram);
    let error = udp.send_to_with(&lab.on, b"U", &address, flags(&urgent)).expect_err("nothing is urgent there");
    assert_eq!(error.errno.name(), "EOPNOTSUPP");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_cut_off_is_counted_and_what_is_thrown_away_is_not_shown() {
    let lab = Lab::new();
    let (receiver, address) = lab.bound(Family::Inet, SocketType::Datagram);
    let sender = lab.socket(Family::Inet, SocketType::Datagram);
    for _ in 0..2 {
        sender.send_to_with(&lab.on, b"0123456789", &address, flags(&[MessageFlag::DontRoute])).expect("sent");
    }
    assert_eq!(receiver.ioctl(&lab.on, Request::Unread), Ok(10), "those of the next datagram");
    let mut bytes = [0; 4];
    assert_eq!(receiver.recv_with(&lab.on, Buffer::New(&mut bytes), flags(&[MessageFlag::Truncate])), Ok(10));
    let (count, from, cut) =
        receiver.recv_from_with(&lab.on, Buffer::New(&mut bytes), flags(&[MessageFlag::DontWait])).expect("the second");
    assert_eq!(
        (count, cut.truncated, Ok(from)),
        (4, true, sender.local_address(&lab.on).map(|from| loopback(Family::Inet, from.port().expect("a port"))))
    );
    let rows = lab.calls();
    let cut = rows.iter().find(|row| row.call() == Some(Call::Recv)).expect("a row");
    assert_eq!((&cut.outcome, cut.moved()), (&Outcome::Ok(10), Some(4)));

    let (client, accepted) = lab.pair();
    client.send(&lab.on, b"thrown away").expect("sent");
    readable(&lab, &accepted);
    assert_eq!(accepted.recv_with(&lab.on, Buffer::New(&mut [0; 64]), flags(&[MessageFlag::Truncate])), Ok(11));
    let row = lab.calls_of(Call::Recv).pop().expect("a row");
    assert_eq!(row.payload.map(|payload| (payload.bytes.len(), payload.full_len)), Some((0, 11)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_listener_has_no_queue_of_bytes_and_what_is_sent_is_acknowledged() {
    let lab = Lab::new();
    let (listener, _) = lab.listener(Family::Inet, 1);
    for request in [Request::Unread, Request::Unsent] {
        assert_eq!(listener.ioctl(&lab.on, request).expect_err("no bytes").errno.name(), "EINVAL");
    }
    let (client, _accepted) = lab.pair();
    client.send(&lab.on, b"x").expect("sent");
    until(|| client.ioctl(&lab.on, Request::Unsent) == Ok(0));
    let row = lab.calls_of(Call::Ioctl).pop().expect("a row");
    assert_eq!((row.args(), &row.outcome), (Some(&Args::Request(Request::Unsent)), &Outcome::Value(Value::Int(0).into())));
}

#[test]
fn a_detached_number_is_open_still() {
    let lab = Lab::new();
    let (client, accepted) = lab.pair();
    let Outcome::Ok(number) = lab.descriptor(&client) else { panic!("no number") };
    assert_eq!((client.file_number(&lab.on), client.is_detached()), (number, false));
    assert_eq!(client.detach(&lab.on), number);
    assert_eq!((client.detach(&lab.on), client.file_number(&lab.on), client.is_detached()), (-1, -1, true));
    let error = client.send(&lab.on, b"x").expect_err("its number is gone");
    assert!(!error.made && error.errno.is("EBADF"));
    client.close(&lab.on).expect("does nothing");
    assert_eq!(accepted.poll(&lab.on, Interest::Readable, Some(Duration::from_millis(20))), Ok(false), "the connection goes on");
    let number_of = client.id();
    drop(client);
    assert_eq!(recv(&lab, &accepted, 1, &[]), Ok((0, Vec::new())));
    let rows = lab.calls();
    let kept = [Call::FileNo, Call::Detach].map(|call| rows.iter().filter(|row| row.call() == Some(call)).count());
    assert_eq!((kept, closes(&lab, number_of).len()), ([2, 2], 1));
}

#[test]
fn a_timeout_of_python_makes_the_socket_one_that_does_not_block() {
    let lab = Lab::new();
    let (_client, accepted) = lab.pair();
    for limit in [Some(Duration::from_secs(2)), None] {
        accepted.set_timeout(&lab.on, limit).expect("set");
        accepted.tell_timeout(&lab.on, limit);
        assert_eq!(accepted.is_nonblocking(), limit.is_some());
    }
    let rows = lab.calls();
    let told = rows.iter().filter_map(|row| row.call().filter(|call| call.is_of_library() || *call == Call::SetNonblocking));
    let expected = [Call::SetTimeout, Call::SetNonblocking, Call::GetTimeout];
    assert_eq!(told.collect::<Vec<_>>(), [expected, expected].concat());
    assert_eq!(rows.last().map(|row| row.outcome.clone()), Some(Outcome::Value(Value::Time(None).into())));
}

#[test]
fn a_socket_knows_how_it_was_made() {
    let lab = Lab::new();
    for (family, kind, protocol) in [
        (Family::Inet, SocketType::Stream, Value::Text("IPPROTO_TCP".into())),
        (Family::Inet6, SocketType::Datagram, Value::Text("IPPROTO_UDP".into())),
    ] {
        let socket = lab.socket(family, kind);
        assert_eq!(socket.made_as(&lab.on, "SO_TYPE"), Ok(Value::Text(kind.name().into())));
        if cfg!(target_os = "linux") {
            assert_eq!(socket.made_as(&lab.on, "SO_DOMAIN"), Ok(Value::Text(family.name().into())));
            assert_eq!(socket.made_as(&lab.on, "SO_PROTOCOL"), Ok(protocol));
        }
    }
}

/// close does not wake a thread that blocks (on Linux), and is made when that thread has come out; who asks can still wake it.
#[test]
fn what_was_closed_while_a_thread_blocks_can_still_be_woken() {
    let lab = Lab::new();
    let (_client, accepted) = lab.pair();
    let accepted = std::sync::Arc::new(accepted);
    let reader = lab.spawn("reader", {
        let accepted = std::sync::Arc::clone(&accepted);
        move |on| accepted.recv(on, &mut [0; 8])
    });
    lab.wait_for_blocked(Call::Recv);
    accepted.close(&lab.on).expect("asked for");
    assert!(accepted.is_closed() && accepted.is_leaving());
    assert_eq!(closes(&lab, accepted.id()).len(), 0, "it is not made yet");
    accepted.wake(&lab.on, false);
    assert_eq!(joined(reader), Ok(0));
    until(|| !accepted.is_leaving());
    let close = closes(&lab, accepted.id());
    assert_eq!((close.len(), close[0].origin), (1, Origin::Program));
}
