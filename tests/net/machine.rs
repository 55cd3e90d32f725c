//! The table of this machine's sockets, with sockets of the test in it.

#![cfg(target_os = "linux")]

use std::net::{TcpListener, TcpStream, UdpSocket};

use socket_lab::net::machine::{Holder, Known, Protocol, State, Timer, ephemeral_ports, look};
use socket_lab::trace::{Address, Family, Names, SocketType, TcpState};

use super::lab::{Lab, until};

/// Reads the table until it is as expected; returns the row.
fn seen(names: &Names, expected: impl Fn(&Known) -> bool) -> Known {
    let mut found = None;
    until(|| {
        found = look(true, names).expect("Linux tells").into_iter().find(|known| expected(known));
        found.is_some()
    });
    found.expect("a row")
}

fn at(local: std::net::SocketAddr, remote: Option<std::net::SocketAddr>) -> impl Fn(&Known) -> bool {
    move |known| known.line.local == Address::Ip(local) && known.line.remote == remote.map(Address::Ip)
}

fn is_own(known: &Known) -> bool {
    matches!(&known.holder, Holder::Process(owner) if owner.process == std::process::id())
}

#[test]
fn a_connection_is_seen_from_its_beginning_to_the_end_of_time_wait() {
    let nobody = Names::default();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let local = listener.local_addr().expect("its address");
    let waiting = seen(&nobody, at(local, None));
    assert_eq!((waiting.line.protocol, waiting.line.state), (Protocol::Tcp, State::Tcp(TcpState::Listen)));
    assert!(is_own(&waiting) && waiting.program.is_none(), "{waiting:?}");
    let client = TcpStream::connect(local).expect("connected");
    let from = client.local_addr().expect("its address");
    assert_eq!(seen(&nobody, at(local, None)).line.waiting, Some(1), "one waits to be accepted");
    std::io::Write::write_all(&mut &client, b"hello").expect("sent");
    let (accepted, _) = listener.accept().expect("accepted");
    let connected = seen(&nobody, |known| at(local, Some(from))(known) && known.line.waiting == Some(5));
    assert_eq!(connected.line.state, State::Tcp(TcpState::Established));
    assert!(is_own(&connected), "{connected:?}");
    assert_eq!(connected.line.unsent, Some(0));
    // What waits must be taken, or closing would reset the connection.
    std::io::Read::read_exact(&mut &accepted, &mut [0; 5]).expect("received");
    drop(client);
    drop(accepted);
    let old = seen(&nobody, |known| at(from, Some(local))(known) && known.line.state == State::Tcp(TcpState::TimeWait));
    assert_eq!((&old.holder, &old.user), (&Holder::Kernel, &None));
    assert!(matches!(old.line.timer, Some((Timer::TimeWait, left)) if left.as_secs() <= 60), "{old:?}");
}

#[test]
fn datagrams_of_both_families_and_names_of_unix_are_there() {
    let nobody = Names::default();
    let one = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let other = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let (local, remote) = (one.local_addr().expect("bound"), other.local_addr().expect("bound"));
    assert_eq!(seen(&nobody, at(local, None)).line.state, State::Unconnected);
    one.connect(remote).expect("connected");
    assert_eq!(seen(&nobody, at(local, Some(remote))).line.state, State::Connected);
    one.send(b"seven b").expect("sent");
    assert!(seen(&nobody, at(remote, None)).line.waiting > Some(0), "something waits");
    if let Ok(six) = UdpSocket::bind("[::1]:0") {
        assert_eq!(seen(&nobody, at(six.local_addr().expect("bound"), None)).line.protocol, Protocol::Udp6);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a b");
    let _listener = std::os::unix::net::UnixListener::bind(&path).expect("a listener");
    let name = Address::Path(path.to_string_lossy().into());
    let row = seen(&nobody, |known| known.line.local == name);
    assert_eq!((row.line.protocol, row.line.state), (Protocol::Unix, State::Listening));
    assert!(is_own(&row));
    assert!(look(false, &nobody).expect("Linux tells").iter().all(|known| known.line.protocol != Protocol::Unix));
}

#[test]
fn sockets_of_the_lab_have_their_program_as_long_as_they_are_its() {
    let lab = Lab::new();
    let on = &lab.on;
    let names = || {
        lab.trace.flush();
        lab.trace.store().names()
    };
    let (listener, address) = lab.listener(Family::Inet, 5);
    let local = address.ip().expect("an address");
    let client = lab.socket(Family::Inet, SocketType::Stream);
    client.connect(on, &address).expect("connected");
    let from = client.local_address(on).expect("an address").ip().expect("an address");
    let (accepted, _) = listener.accept(on).expect("accepted");
    let program = Some(lab.program.to_string());
    for row in [at(local, None), at(local, Some(from)), at(from, Some(local))] {
        assert_eq!(seen(&names(), row).program, program);
    }
    client.close(on).expect("closed");
    accepted.close(on).expect("closed");
    let old = seen(&names(), |known| at(from, Some(local))(known) && known.line.state == State::Tcp(TcpState::TimeWait));
    assert_eq!((old.program, old.holder), (program, Holder::Kernel), "the kernel keeps it for the program");
    listener.close(on).expect("closed");
    // Another's socket takes its place: what the lab has closed is no longer the lab's.
    let stranger = TcpListener::bind(local).expect("the port is free again");
    assert_eq!(seen(&names(), at(local, None)).program, None);
    drop(stranger);
}

#[test]
fn a_client_gets_a_port_of_the_range() {
    let (first, last) = ephemeral_ports().expect("Linux tells");
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = socket.local_addr().expect("bound").port();
    assert!((first..=last).contains(&port), "{port} in {first}-{last}");
}
