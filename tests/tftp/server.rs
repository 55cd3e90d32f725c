//! A server that is read from, by clients that do what they may and what they may not.

use std::net::{Ipv6Addr, SocketAddr};

use socket_lab::program::{Command, ErrorStyle, WriteRule};
use socket_lab::trace::Call;

use crate::raw::{Raw, Served, ack, bytes, data, request};
use crate::stage::is_told;

fn reading(length: usize) -> Served {
    let served = Served::new(WriteRule::Deny, |_| ());
    served.put("file", &bytes(length));
    served
}

#[test]
fn each_refusal_has_the_code_of_the_rfc() {
    let served = reading(10);
    std::fs::create_dir(served.path("folder")).unwrap();
    std::fs::write(served.folder.path().join("secret"), b"secret").unwrap();
    for (name, code) in [
        ("none", 1),
        ("folder", 2),
        ("../secret", 2),
        ("folder/../../secret", 2),
        ("/etc/passwd", 2),
        ("..\\secret", 2),
        ("C:\\file", 2),
        ("c:file", 2),
        ("file/", 2),
        (".", 2),
    ] {
        served.refuses(&request(1, name, ""), code);
        served.refuses(&request(2, name, ""), 2);
    }
    served.refuses(b"\0\x01\xff\xfe\0octet\0", 2);
    for illegal in [
        &b"\0\x09what"[..],
        b"\0\0",
        b"\0\x01file\0octet",
        b"\0\x01file",
        b"\0\x01\0octet\0",
        b"\0\x01file\0mail\0",
        b"\0\x01file\0noise\0",
        b"\0\x01file\0octet\0blksize\0",
        &request(1, &"x".repeat(600), ""),
    ] {
        served.refuses(illegal, 4);
    }
    served.refuses(&request(1, "file", "blksize\x008\0blksize\x009\0"), 8);
    served.refuses(&data(1, b"x"), 5);
    served.refuses(&ack(1), 5);
    assert_eq!(served.names(), ["file", "folder"]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_refused_at_once() {
    let served = reading(10);
    std::fs::write(served.folder.path().join("secret"), b"secret").unwrap();
    std::os::unix::fs::symlink("../secret", served.path("link")).unwrap();
    std::os::unix::fs::symlink("/", served.path("root")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(served.path("pipe")).status().unwrap().success());
    for name in ["link", "root", "root/etc/passwd", "pipe"] {
        served.refuses(&request(1, name, ""), 2);
    }
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    raw.hears(&data(1, &bytes(10)));
}

#[test]
fn an_error_and_what_is_too_short_are_never_answered() {
    let served = reading(10);
    let raw = Raw::new();
    for packet in [&b"\0\x05\0\x04no\0"[..], b"\0\x05\0\x05", b"\0\x05", b"\0", b""] {
        raw.say(packet, served.address);
    }
    raw.hears_nothing();
}

#[test]
fn a_file_comes_block_by_block_from_a_fresh_port() {
    let served = reading(1024);
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    let file = bytes(1024);
    let tid = raw.hears(&data(1, &file[..512]));
    assert_ne!(tid, served.address);
    raw.say(&ack(1), tid);
    assert_eq!(raw.hears(&data(2, &file[512..])), tid);
    raw.say(&ack(2), tid);
    raw.hears(&data(3, b""));
    raw.say(&ack(3), tid);
    served.ended();
    raw.hears_nothing();
    assert!(!served.server.state().has_failed());
}

#[test]
fn a_lost_packet_comes_again_as_it_was_and_a_duplicate_ack_brings_nothing() {
    let served = reading(600);
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    let file = bytes(600);
    let tid = raw.hears(&data(1, &file[..512]));
    assert_eq!(raw.hears(&data(1, &file[..512])), tid, "nobody acknowledged it");
    raw.say(&ack(1), tid);
    raw.say(&ack(1), tid);
    raw.say(&ack(7), tid);
    while raw.hear().0 != data(2, &file[512..]) {}
    raw.say(&ack(2), tid);
    served.ended();
}

#[test]
fn a_request_that_comes_again_is_answered_once() {
    let served = reading(600);
    let raw = Raw::new();
    for _ in 0..5 {
        raw.say(&request(1, "file", ""), served.address);
    }
    let tid = raw.hears(&data(1, &bytes(600)[..512]));
    served.stage.row("that it is the same request", |row| is_told(row, "program-tftp-again"));
    raw.say(&ack(1), tid);
    assert_eq!(raw.hear().1, tid);
    raw.say(&ack(2), tid);
    served.ended();
    let sockets = served.stage.rows().iter().filter(|row| row.call() == Some(Call::Socket)).count();
    assert_eq!(sockets, 2, "the server's and one transfer's");
}

#[test]
fn a_stranger_is_told_and_the_transfer_goes_on() {
    let served = reading(600);
    let (raw, stranger) = (Raw::new(), Raw::new());
    raw.say(&request(1, "file", ""), served.address);
    let tid = raw.hears(&data(1, &bytes(600)[..512]));
    for packet in [ack(1), data(9, b"x"), b"rubbish".to_vec(), request(1, "file", "")] {
        stranger.say(&packet, tid);
        assert_eq!(stranger.hears_error(5), tid);
    }
    stranger.say(b"\0\x05\0\0no\0", tid);
    stranger.hears_nothing();
    drop(stranger);
    // One that is gone before it can be told: what the kernel says about it is not about the partner.
    Raw::new().say(&ack(1), tid);
    raw.say(&ack(1), tid);
    loop {
        let (heard, from) = raw.hear();
        assert_eq!(from, tid);
        if heard == data(2, &bytes(600)[512..]) {
            break;
        }
        assert_eq!(heard, data(1, &bytes(600)[..512]), "only what was sent before comes again");
    }
    raw.say(&ack(2), tid);
    served.ended();
}

#[test]
fn options_are_granted_as_the_rfcs_say() {
    let served = Served::new(WriteRule::Deny, |spec| (spec.tftp.blksize, spec.tftp.windowsize) = (Some(1000), Some(4)));
    served.put("file", &bytes(5));
    for (asked, granted) in [
        ("blksize\x00512\0", "blksize\x00512\0"),
        ("BLKSIZE\x001428\0", "blksize\x001000\0"),
        ("tsize\x000\0", "tsize\x005\0"),
        ("timeout\x002\0", "timeout\x002\0"),
        ("windowsize\x0064\0", "windowsize\x004\0"),
        ("blksize\x007\0tsize\x000\0", "tsize\x005\0"),
        ("blksize\x0065465\0tsize\x000\0", "tsize\x005\0"),
        ("timeout\x000\0windowsize\x000\0unknown\x001\0tsize\x000\0", "tsize\x005\0"),
    ] {
        let raw = Raw::new();
        raw.say(&request(1, "file", asked), served.address);
        let tid = raw.hears(&[b"\0\x06", granted.as_bytes()].concat());
        raw.say(b"\0\x05\0\x08no\0", tid);
    }
    for asked in ["blksize\x007\0", "windowsize\x000\0", "timeout\x00256\0", "nothing\x001\0", "blksize\x00x\0"] {
        let raw = Raw::new();
        raw.say(&request(1, "file", asked), served.address);
        let tid = raw.hears(&data(1, &bytes(5)));
        raw.say(&ack(1), tid);
    }
}

#[test]
fn an_oack_that_is_lost_comes_again() {
    let served = reading(5);
    let raw = Raw::new();
    raw.say(&request(1, "file", "tsize\x000\0"), served.address);
    let tid = raw.hears(b"\0\x06tsize\x005\0");
    assert_eq!(raw.hears(b"\0\x06tsize\x005\0"), tid);
    raw.say(&ack(0), tid);
    while raw.hear().0 != data(1, &bytes(5)) {}
    raw.say(&ack(1), tid);
    served.ended();
}

#[test]
fn a_client_that_leaves_before_the_last_ack_fails_nobody() {
    let served = reading(5);
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    raw.hears(&data(1, &bytes(5)));
    // Its socket is gone: the kernel says so.
    drop(raw);
    let told = served.stage.row("the end of a transfer", |row| is_told(row, "program-tftp-ended"));
    let told = socket_lab::trace::line::told(&told, socket_lab::text::Language::English);
    assert!(told.contains("not") && !told.contains("failed"), "{told}");
    assert!(!served.server.state().has_failed());
}

#[test]
fn the_server_of_the_tutorials_says_error_and_knows_no_options() {
    let served = Served::new(WriteRule::Deny, |spec| spec.tftp.error_style = ErrorStyle::Tutorial);
    served.put("file", &bytes(5));
    let raw = Raw::new();
    raw.say(&request(1, "none", ""), served.address);
    raw.hears(b"\0\x05\0\x05error\0");
    raw.say(&request(1, "file", "blksize\x001428\0"), served.address);
    raw.hears(&data(1, &bytes(5)));
}

#[test]
fn one_port_serves_many_clients() {
    let served = Served::new(WriteRule::Create, |spec| spec.tftp.single_port = true);
    served.put("file", &bytes(600));
    let clients = [(); 3].map(|()| Raw::new());
    for raw in &clients {
        raw.say(&request(1, "file", ""), served.address);
        assert_eq!(raw.hears(&data(1, &bytes(600)[..512])), served.address);
    }
    for raw in clients.iter().rev() {
        raw.say(&ack(1), served.address);
        while raw.hear().0 != data(2, &bytes(600)[512..]) {}
        raw.say(&ack(2), served.address);
    }
    let writer = Raw::new();
    writer.say(&request(2, "new", ""), served.address);
    assert_eq!(writer.hears(&ack(0)), served.address);
    writer.say(&data(1, b"new"), served.address);
    writer.hears(&ack(1));
    assert_eq!(std::fs::read(served.path("new")).unwrap(), b"new");
    served.refuses(&ack(1), 5);
}

/// A transfer that shares the port is ended alone; its client is told and may ask again.
#[test]
fn of_those_that_share_a_port_one_is_cancelled() {
    let served = Served::new(WriteRule::Deny, |spec| spec.tftp.single_port = true);
    served.put("file", &bytes(600));
    let clients = [(); 2].map(|()| Raw::new());
    for raw in &clients {
        raw.say(&request(1, "file", ""), served.address);
        raw.hears(&data(1, &bytes(600)[..512]));
    }
    let row =
        served.stage.row("the request", |row| row.call() == Some(Call::RecvFrom) && row.facing() == Some(&clients[0].address().into()));
    served.server.command(Command::Cancel(row.socket.unwrap(), clients[0].address().into())).unwrap();
    while clients[0].hear().0 != b"\0\x05\0\0Transfer cancelled\0" {}
    served.stage.row("it is over", |row| is_told(row, "program-tftp-ended"));
    clients[0].say(&request(1, "file", ""), served.address);
    clients[0].hears(&data(1, &bytes(600)[..512]));
    clients[1].say(&ack(1), served.address);
    while clients[1].hear().0 != data(2, &bytes(600)[512..]) {}
    clients[1].say(&ack(2), served.address);
    assert!(!served.server.state().has_failed());
}

#[test]
fn ipv6_is_served_as_ipv4_is() {
    let any = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    let served = Served::new(WriteRule::Deny, |spec| spec.bind = Some(any));
    served.put("file", &bytes(5));
    let raw = Raw::on(std::net::UdpSocket::bind(any).unwrap());
    raw.say(&request(1, "file", ""), served.address);
    let tid = raw.hears(&data(1, &bytes(5)));
    raw.say(&ack(1), tid);
    served.ended();
}

#[test]
fn a_server_that_is_stopped_tells_its_clients() {
    let served = reading(600);
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    let tid = raw.hears(&data(1, &bytes(600)[..512]));
    served.stage.stopped(&served.server);
    loop {
        let (heard, from) = raw.hear();
        assert_eq!(from, tid);
        if heard[..2] == [0, 5] {
            assert_eq!(heard[..4], [0, 5, 0, 0]);
            break;
        }
    }
    assert!(!served.server.state().has_failed(), "{:?}", served.server.state());
}

#[test]
fn transfers_beyond_the_limit_are_refused() {
    let served = Served::new(WriteRule::Deny, |spec| spec.tftp.max_transfers = 2);
    served.put("file", &bytes(600));
    let clients = [(); 2].map(|()| Raw::new());
    let tids = clients.each_ref().map(|raw| {
        raw.say(&request(1, "file", ""), served.address);
        raw.hear().1
    });
    served.refuses(&request(1, "file", ""), 0);
    clients[0].say(b"\0\x05\0\0enough\0", tids[0]);
    served.ended();
    let raw = Raw::new();
    raw.say(&request(1, "file", ""), served.address);
    raw.hears(&data(1, &bytes(600)[..512]));
}

#[test]
fn a_root_that_is_not_there_fails_the_server() {
    let stage = crate::stage::Stage::new();
    let mut spec = socket_lab::program::Spec::new(socket_lab::program::ProgramKind::TftpServer, "server");
    spec.tftp.root = Some("nowhere/at/all".into());
    let server = stage.start(spec);
    let failure = stage.ended(&server).failure.expect("a failure").message.to_string();
    assert!(failure.contains("nowhere/at/all") && failure.contains("ENOENT"), "{failure}");
}
