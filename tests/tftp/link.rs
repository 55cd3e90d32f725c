//! A link in front of a server that answers from a fresh port for each transfer.

use std::net::SocketAddr;
use std::time::Duration;

use socket_lab::net::Way;
use socket_lab::program::{Phase, Program, ProgramKind, Spec, Target, WriteRule};
use socket_lab::trace::{FaultKind, Kind};

use crate::raw::{Raw, Served, ack, bytes, data, getting, putting, request};
use crate::stage::{Stage, datagram_peer, is_told};

/// A link to `server`.
fn link(stage: &Stage, server: SocketAddr, way: &Way) -> (Program, SocketAddr) {
    stage.server(ProgramKind::UdpLink, |spec| {
        (spec.name, spec.connect) = ("link".to_owned(), Some(Target::Address(server)));
        (spec.link.seed, spec.link.there, spec.link.back) = (5, way.clone(), way.clone());
    })
}

fn whole(served: &Served, spec: Spec) {
    let client = served.stage.start(spec);
    assert!(client.wait(|state| state.phase == Phase::Ended, Duration::from_mins(1)), "{:?}", client.state());
    assert_eq!(client.state().failure, None);
}

#[test]
fn files_get_through_a_link_that_loses_both_ways() {
    for single_port in [false, true] {
        let served = Served::new(WriteRule::Overwrite, |spec| spec.tftp.single_port = single_port);
        let way = Way { loss: 10, duplicate: 3, ..Way::default() };
        let (_link, address) = link(&served.stage, served.address, &way);
        let file = bytes(12_000);
        served.put("file", &file);
        for number in 0..2 {
            let to = served.folder.path().join(format!("got{number}"));
            whole(&served, getting(address, "file", &to));
            assert!(std::fs::read(to).unwrap() == file, "get {number}");
        }
        whole(&served, putting(address, "put", &file));
        assert!(std::fs::read(served.path("put")).unwrap() == file, "put");
        let rows = served.stage.rows();
        let lost = rows.iter().filter(|row| matches!(&row.kind, Kind::Fault(fault) if fault.what == FaultKind::Dropped)).count();
        assert!(lost > 3, "{lost}");
        assert_eq!(rows.iter().any(|row| is_told(row, "program-link-follows")), !single_port);
    }
}

#[test]
fn the_client_sees_one_port_and_strangers_are_not_passed_on() {
    let stage = Stage::new();
    let (server, fresh, stranger, client) = (Raw::new(), Raw::new(), Raw::new(), Raw::new());
    let (link, at) = link(&stage, server.address(), &Way::default());
    client.say(&request(1, "file", ""), at);
    let from = server.hears(&request(1, "file", ""));
    fresh.say(&data(1, &[7; 512]), from);
    assert_eq!(client.hears(&data(1, &[7; 512])), at, "not the fresh port");
    stranger.say(&data(1, b"other"), from);
    stage.row("the stranger is told of", |row| is_told(row, "program-link-stranger"));
    client.say(&ack(1), at);
    assert_eq!(fresh.hears(&ack(1)), from);
    // The server's own port may still say something.
    server.say(b"\0\x05\0\0busy\0", from);
    assert_eq!(client.hears(b"\0\x05\0\0busy\0"), at);
    // What is asked anew goes where one asks, also from the same port.
    client.say(&request(1, "next", ""), at);
    assert_eq!(server.hears(&request(1, "next", "")), from);
    stranger.say(&data(1, b"next"), from);
    assert_eq!(client.hears(&data(1, b"next")), at, "whoever answers that request");
    stage.stopped(&link);
    assert!(!link.state().has_failed(), "{:?}", link.state());
}

#[cfg(target_os = "linux")]
#[test]
fn a_port_that_is_gone_is_left() {
    let stage = Stage::new();
    let server = Raw::new();
    let (link, at) = link(&stage, server.address(), &Way::default());
    let client = Raw::new();
    client.say(b"hello", at);
    let from = server.hears(b"hello");
    let fresh = datagram_peer();
    fresh.send_to(b"from elsewhere", from).unwrap();
    client.hears(b"from elsewhere");
    drop(fresh);
    client.say(b"lost", at);
    stage.row("it is told", |row| is_told(row, "program-link-port-gone"));
    client.say(b"again", at);
    server.hears(b"again");
    stage.stopped(&link);
    assert!(!link.state().has_failed(), "{:?}", link.state());
}
