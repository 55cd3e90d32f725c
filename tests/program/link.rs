//! Links on real sockets: what goes through, what is lost, cut, held and reset, and what either side sees of it.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use socket_lab::net::{Line, Way};
use socket_lab::program::{Command, Handling, Load, Phase, Program, ProgramKind, Spec, Target};
use socket_lab::trace::{Call, Direction, FaultKind, Kind, Origin, Record};

use super::stage::{LIMIT, Stage, any, ask, datagram_peer, is_told, peer, shown};

/// A link to `server`.
fn link(stage: &Stage, kind: ProgramKind, server: SocketAddr, change: impl FnOnce(&mut Spec)) -> (Program, SocketAddr) {
    stage.server(kind, |spec| {
        (spec.name, spec.connect) = ("link".to_owned(), Some(Target::Address(server)));
        change(spec);
    })
}

fn received(socket: &UdpSocket) -> (Vec<u8>, SocketAddr) {
    let mut buffer = [0; 2_000];
    let (count, from) = socket.recv_from(&mut buffer).unwrap();
    (buffer[..count].to_vec(), from)
}

fn faults(rows: &[Record]) -> Vec<FaultKind> {
    rows.iter().filter_map(|row| if let Kind::Fault(fault) = &row.kind { Some(fault.what) } else { None }).collect()
}

/// A listener, and the two ends of a connection through a link to it.
fn through(stage: &Stage, change: impl FnOnce(&mut Spec)) -> (Program, TcpStream, TcpStream) {
    let listener = TcpListener::bind(any()).unwrap();
    let (link, address) = link(stage, ProgramKind::TcpLink, listener.local_addr().unwrap(), change);
    let client = peer(address);
    let (server, _) = listener.accept().unwrap();
    server.set_read_timeout(Some(LIMIT)).unwrap();
    (link, client, server)
}

fn steer(link: &Program, there: Way, back: Way) {
    link.command(Command::Steer(Box::new((there, back)))).unwrap();
}

#[test]
fn each_client_of_a_udp_link_has_its_own_way_back() {
    let stage = Stage::new();
    let server = datagram_peer();
    let (link, address) = link(&stage, ProgramKind::UdpLink, server.local_addr().unwrap(), |_| {});
    let clients = [datagram_peer(), datagram_peer(), datagram_peer()];
    for (number, client) in clients.iter().enumerate() {
        client.send_to(&[number as u8], address).unwrap();
    }
    let mut asked = (0..3).map(|_| received(&server)).collect::<Vec<_>>();
    asked.reverse();
    for (bytes, from) in &asked {
        server.send_to(&[bytes[0] + 10], from).unwrap();
        server.send_to(b"", from).unwrap();
    }
    for (number, client) in clients.iter().enumerate() {
        assert_eq!(received(client), (vec![number as u8 + 10], address));
        assert_eq!(received(client), (vec![], address), "an empty datagram is one too");
    }
    stage.stopped(&link);
    let rows = stage.rows();
    assert_eq!(faults(&rows), []);
    assert!(!link.state().has_failed(), "{:?}", link.state());
    let count = |call| rows.iter().filter(|row| row.call() == Some(call)).count();
    assert_eq!((count(Call::Socket), count(Call::Close)), (4, 4), "{}", shown(&rows));
}

#[test]
fn a_seed_loses_the_same_datagrams_whenever_it_is_run() {
    let way = Way { loss: 30, duplicate: 10, ..Way::default() };
    let run = || {
        let stage = Stage::new();
        let server = datagram_peer();
        let (link, address) = link(&stage, ProgramKind::UdpLink, server.local_addr().unwrap(), |spec| {
            (spec.link.seed, spec.link.there) = (7, way.clone());
        });
        let client = datagram_peer();
        for number in 0..100 {
            client.send_to(&[number], address).unwrap();
        }
        // The last one, which a second client sends, may be lost too: what the link did is in its rows.
        stage.row("all came", |row| row.call() == Some(Call::RecvFrom) && row.payload.as_ref().is_some_and(|bytes| *bytes.bytes == [99]));
        stage.stopped(&link);
        let rows = stage.rows();
        let sent =
            rows.iter().filter(|row| row.call() == Some(Call::SendTo)).filter_map(|row| row.payload.as_ref()?.bytes.first().copied());
        (sent.collect::<Vec<_>>(), faults(&rows))
    };
    let (sent, met) = run();
    assert_eq!((&sent, &met), (&run().0, &run().1));
    let mut line = Line::new(7, 0, Direction::Sent);
    let expected = (0..100).flat_map(|number| line.take(&way, 0, &[number])).collect::<Vec<_>>();
    assert_eq!(met, expected);
    let count = |kind| met.iter().filter(|met| **met == kind).count();
    assert_eq!(sent.len(), 100 - count(FaultKind::Dropped) + count(FaultKind::Duplicated));
    assert!(count(FaultKind::Dropped) > 10);
}

#[test]
fn a_link_is_changed_while_it_runs() {
    let stage = Stage::new();
    let server = datagram_peer();
    let lossy = Way { loss: 100, ..Way::default() };
    let (link, address) = link(&stage, ProgramKind::UdpLink, server.local_addr().unwrap(), |spec| spec.link.there = lossy.clone());
    let client = datagram_peer();
    client.send_to(b"lost", address).unwrap();
    stage.row("it is lost", |row| matches!(&row.kind, Kind::Fault(fault) if fault.what == FaultKind::Dropped));
    steer(&link, Way::default(), Way::default());
    stage.row("that is told", |row| is_told(row, "program-link-changed") && row.origin == Origin::Person);
    client.send_to(b"passes", address).unwrap();
    assert_eq!(received(&server).0, b"passes");
    // What waits for an hour goes at once when the delay is taken away.
    steer(&link, Way { delay: Duration::from_hours(1), ..Way::default() }, Way::default());
    stage.row("that is told too", |row| is_told(row, "program-link-changed") && format!("{:?}", row.kind).contains("3600s"));
    client.send_to(b"held", address).unwrap();
    stage.row("it is held", |row| matches!(&row.kind, Kind::Fault(fault) if matches!(fault.what, FaultKind::Delayed(_))));
    steer(&link, Way::default(), Way::default());
    assert_eq!(received(&server).0, b"held");
    assert!(stage.stopped(&link) < Duration::from_secs(2));
}

#[test]
fn a_silent_client_is_forgotten_and_comes_back() {
    let stage = Stage::new();
    let server = datagram_peer();
    let idle = Duration::from_millis(100);
    let (link, address) = link(&stage, ProgramKind::UdpLink, server.local_addr().unwrap(), |spec| spec.link.idle = idle);
    let client = datagram_peer();
    client.send_to(b"a", address).unwrap();
    received(&server);
    stage.row("it is forgotten", |row| is_told(row, "program-link-idle"));
    client.send_to(b"b", address).unwrap();
    let (_, from) = received(&server);
    server.send_to(b"c", from).unwrap();
    assert_eq!(received(&client).0, b"c");
    stage.stopped(&link);
    let made = stage.rows().iter().filter(|row| row.call() == Some(Call::Socket)).count();
    assert_eq!(made, 3, "its own, and one for each time that the client came");
}

#[test]
fn nobody_at_the_other_end_is_told_and_fails_no_link() {
    let stage = Stage::new();
    let gone = UdpSocket::bind(any()).unwrap().local_addr().unwrap();
    let (link, address) = link(&stage, ProgramKind::UdpLink, gone, |_| {});
    let client = datagram_peer();
    client.send_to(b"anyone?", address).unwrap();
    stage.row("nobody answers", |row| is_told(row, "program-link-unheard"));
    stage.stopped(&link);
    assert!(!link.state().has_failed(), "{:?}", link.state());

    let gone = TcpListener::bind(any()).unwrap().local_addr().unwrap();
    let (link, address) = super::link::link(&stage, ProgramKind::TcpLink, gone, |_| {});
    let mut client = peer(address);
    assert_eq!(client.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::ConnectionReset);
    stage.row("it cannot be reached", |row| is_told(row, "program-link-unreachable"));
    stage.stopped(&link);
    assert!(!link.state().has_failed(), "{:?}", link.state());
}

#[test]
fn a_stream_goes_through_whole_both_ways_though_the_queue_is_small() {
    let stage = Stage::new();
    let (link, mut client, server) = through(&stage, |spec| {
        (spec.link.there.queue, spec.link.back.queue) = (1_000, 70_000);
        spec.link.there.jitter = Duration::from_millis(1);
    });
    let sent = (0..300_000_u32).map(|number| (number / 3) as u8).collect::<Vec<_>>();
    let back = (0..2_000_000_u32).map(|number| (number / 7) as u8).collect::<Vec<_>>();
    let echo = {
        let (mut server, back) = (server, back.clone());
        let serve = move || {
            let mut came = Vec::new();
            server.read_to_end(&mut came).unwrap();
            // The client has ended its half alone: the other way is open still.
            server.write_all(&back).unwrap();
            came
        };
        std::thread::Builder::new().name("server".to_owned()).spawn(serve).unwrap()
    };
    client.write_all(&sent).unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut came = Vec::new();
    client.read_to_end(&mut came).unwrap();
    assert!(came == back, "{} of {} bytes came back", came.len(), back.len());
    assert!(echo.join().unwrap() == sent, "what came to the server is not what was sent");
    stage.row("both are closed", |row| row.call() == Some(Call::Close));
    stage.stopped(&link);
    assert!(!link.state().has_failed(), "{:?}", link.state());
}

#[test]
fn pieces_are_cut_and_glued() {
    let stage = Stage::new();
    let (link, mut client, mut server) = through(&stage, |spec| {
        spec.link.there = Way { slice: 3, gap: Duration::from_millis(30), ..Way::default() };
        spec.link.back = Way { glue: 6, glue_time: LIMIT * 2, ..Way::default() };
    });
    client.write_all(b"abcdefgh").unwrap();
    let mut came = [0; 8];
    server.read_exact(&mut came).unwrap();
    assert_eq!(&came, b"abcdefgh");
    let is_recv = |row: &Record, bytes: &[u8]| row.call() == Some(Call::Recv) && row.payload.as_ref().is_some_and(|it| it.bytes == bytes);
    server.write_all(b"12").unwrap();
    stage.row("the first came", |row| is_recv(row, b"12"));
    server.write_all(b"3456").unwrap();
    client.read_exact(&mut came[..6]).unwrap();
    assert_eq!(&came[..6], b"123456");
    stage.stopped(&link);
    let rows = stage.rows();
    let sends = rows.iter().filter(|row| row.call() == Some(Call::Send)).map(|row| row.moved().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!((sends, faults(&rows)), (vec![3, 3, 2, 6], vec![FaultKind::Sliced(5), FaultKind::Sliced(2), FaultKind::Glued(2)]));
}

#[test]
fn a_stall_holds_until_it_is_taken_away_and_a_stalled_link_stops_at_once() {
    let stage = Stage::new();
    let still = Way { stall: true, queue: 10, ..Way::default() };
    let (link, mut client, mut server) = through(&stage, |spec| spec.link.there = still.clone());
    client.write_all(b"held by the link, more than fits").unwrap();
    stage.row("it is held", |row| matches!(&row.kind, Kind::Fault(fault) if fault.what == FaultKind::Stalled(None)));
    server.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert!(server.read(&mut [0; 1]).is_err(), "nothing goes on");
    server.set_read_timeout(Some(LIMIT)).unwrap();
    steer(&link, Way::default(), Way::default());
    let mut came = [0; 32];
    server.read_exact(&mut came).unwrap();
    assert_eq!(&came, b"held by the link, more than fits");
    stage.row("for how long", |row| matches!(&row.kind, Kind::Fault(fault) if matches!(fault.what, FaultKind::Stalled(Some(_)))));
    steer(&link, still.clone(), still);
    client.write_all(b"again").unwrap();
    assert!(stage.stopped(&link) < Duration::from_secs(2));
}

#[test]
fn a_reset_goes_to_both_sides_after_so_many_bytes() {
    let stage = Stage::new();
    let (link, mut client, mut server) = through(&stage, |spec| spec.link.there.reset_after = 4);
    client.write_all(b"abcdef").unwrap();
    let reset = |stream: &mut TcpStream| {
        let mut came = Vec::new();
        (stream.read_to_end(&mut came).unwrap_err().kind(), came)
    };
    assert_eq!(reset(&mut client), (ErrorKind::ConnectionReset, vec![]));
    assert_eq!(reset(&mut server).0, ErrorKind::ConnectionReset);
    stage.stopped(&link);
    assert_eq!(faults(&stage.rows()), [FaultKind::Reset(4)]);
}

#[test]
fn a_reset_of_one_side_reaches_the_other() {
    let stage = Stage::new();
    for from_client in [true, false] {
        let (link, client, server) = through(&stage, |_| {});
        let (one, mut other) = if from_client { (client, server) } else { (server, client) };
        let gone = socket2::Socket::from(one);
        gone.set_linger(Some(Duration::ZERO)).unwrap();
        drop(gone);
        assert_eq!(other.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::ConnectionReset, "{from_client}");
        stage.row("it is told", |row| is_told(row, "program-link-broken"));
        stage.stopped(&link);
        assert!(!link.state().has_failed(), "{:?}", link.state());
    }
}

#[test]
fn many_go_through_one_link_at_once() {
    let stage = Stage::new();
    let (server, at) = stage.server(ProgramKind::TcpServer, |spec| (spec.handling, spec.backlog) = (Handling::Readiness, 100));
    let way = Way {
        delay: Duration::from_millis(2),
        jitter: Duration::from_millis(3),
        slice: 40,
        gap: Duration::from_millis(1),
        ..Way::default()
    };
    let (link, address) =
        link(&stage, ProgramKind::TcpLink, at, |spec| (spec.backlog, spec.link.there, spec.link.back) = (100, way.clone(), way));
    let load = Load { connections: 60, messages: 5, size: 100, think: Duration::ZERO };
    let client = stage.client(ProgramKind::Load, address, &[], |spec| spec.load = load);
    let state = stage.ended(&client);
    let of_link =
        || stage.rows().into_iter().filter(|row| row.program == link.id() && row.call() != Some(Call::EpollCtl)).collect::<Vec<_>>();
    assert_eq!((state.phase, &state.failure), (Phase::Ended, &None), "{}", shown(&of_link()));
    assert!(stage.stopped(&link) < Duration::from_secs(2));
    stage.stopped(&server);
    let got = stage
        .rows()
        .iter()
        .filter(|row| row.program == client.id() && row.call() == Some(Call::Recv))
        .filter_map(Record::moved)
        .sum::<u64>();
    assert_eq!(got, 60 * 5 * 100);
}

#[test]
fn a_link_joins_the_families() {
    if UdpSocket::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        return;
    }
    let stage = Stage::new();
    let (server, at) = stage.server(ProgramKind::TcpServer, |_| {});
    let six = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    let (link, address) = link(&stage, ProgramKind::TcpLink, at, |spec| spec.bind = Some(six));
    assert!(address.is_ipv6());
    assert_eq!(ask(&mut peer(address), b"hello", 5), b"hello");
    stage.stopped(&link);
    stage.stopped(&server);
}

#[test]
fn a_full_link_leaves_clients_in_the_queue_of_the_kernel_and_bounds_what_it_holds() {
    let stage = Stage::new();
    let still = Way { stall: true, queue: 100_000, ..Way::default() };
    let (link, client, _server) = through(&stage, |spec| spec.link.there = still);
    client.set_nonblocking(true).unwrap();
    // The client's kernel is full in the end: the link has not read on.
    let (mut written, begin) = (0, Instant::now());
    let mut client = client;
    let mut refused = 0;
    while refused < 20 && begin.elapsed() < LIMIT {
        match client.write(&[7; 16_000]) {
            Ok(count) => (written, refused) = (written + count, 0),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                refused += 1;
                stage.trace.store().wait(stage.trace.store().newest(), Duration::from_millis(10));
            }
        }
    }
    assert!(refused == 20, "{written} bytes were taken, and more would be");
    let read =
        stage.rows().iter().filter(|row| row.program == link.id() && row.call() == Some(Call::Recv)).filter_map(Record::moved).sum::<u64>();
    assert_eq!(read, 100_000);
    assert!(stage.stopped(&link) < Duration::from_secs(2));
}
