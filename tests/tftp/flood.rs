//! Many at once: clients, and senders of rubbish.

use std::time::{Duration, Instant};

use socket_lab::program::WriteRule;
use socket_lab::trace::{Call, Keep, Settings, Trace};

use crate::raw::{Raw, Served, ack, bytes, data, request};

#[test]
fn two_hundred_clients_are_served_at_once() {
    for single_port in [false, true] {
        let served = Served::new(WriteRule::Deny, |spec| spec.tftp.single_port = single_port);
        let file = bytes(2000);
        served.put("file", &file);
        let clients = (0..200).map(|_| Raw::new()).collect::<Vec<_>>();
        // All have begun before the first goes on.
        let tids = clients.iter().map(|raw| {
            raw.say(&request(1, "file", "blksize\x001024\0"), served.address);
            raw.hears(b"\0\x06blksize\x001024\0")
        });
        let tids = tids.collect::<Vec<_>>();
        for (raw, tid) in clients.iter().zip(&tids) {
            raw.say(&ack(0), *tid);
            while raw.hear().0 != data(1, &file[..1024]) {}
            raw.say(&ack(1), *tid);
            while raw.hear().0 != data(2, &file[1024..]) {}
            raw.say(&ack(2), *tid);
        }
        assert!(!served.server.state().has_failed());
        served.stage.stopped(&served.server);
    }
}

/// 20 000 datagrams that are no requests within a second or two do not keep a client from its file.
#[test]
fn rubbish_does_no_harm() {
    let served = Served::new(WriteRule::Create, |_| ());
    let file = bytes(100_000);
    served.put("file", &file);
    let address = served.address;
    let (stop, stopped) = crossbeam_channel::bounded::<()>(1);
    let flooding = std::thread::Builder::new().name("flood".to_owned()).spawn(move || {
        let raw = Raw::new();
        raw.socket.set_nonblocking(true).unwrap();
        let mut state = 1_u32;
        let mut sent = 0_u32;
        let mut buffer = [0; 100];
        while stopped.is_empty() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let length = (state >> 24) as usize % 64;
            let bytes = state.to_be_bytes().repeat(16);
            sent += u32::from(raw.socket.send_to(&bytes[..length], address).is_ok());
            raw.socket.recv_from(&mut buffer).ok();
        }
        sent
    });
    let begin = Instant::now();
    let to = served.folder.path().join("got");
    let mut fetched = 0;
    while fetched < 3 || begin.elapsed() < Duration::from_secs(1) {
        let client = served.stage.start(crate::raw::getting(address, "file", &to));
        assert!(client.wait(|state| state.phase >= socket_lab::program::Phase::Ended, Duration::from_secs(30)), "{:?}", client.state());
        assert_eq!(client.state().failure, None);
        assert!(std::fs::read(&to).unwrap() == file);
        fetched += 1;
    }
    stop.send(()).unwrap();
    let sent = flooding.unwrap().join().unwrap();
    assert!(sent > 20_000, "{sent} datagrams are no flood");
    assert!(!served.server.state().has_failed(), "{:?}", served.server.state());
    served.stage.stopped(&served.server);
    assert_eq!(served.names(), ["file"]);
}

/// A gigabyte would not fit into the memory that rows may take: the oldest leave it.
#[test]
fn a_long_transfer_stays_within_the_memory_of_the_trace() {
    let trace = Trace::new(Settings { budget: 4 << 20, keep: Keep::All, ..Settings::default() }).unwrap();
    let stage = crate::stage::Stage { trace };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), bytes(16 << 20)).unwrap();
    let (_server, address) =
        stage.server(socket_lab::program::ProgramKind::TftpServer, |spec| spec.tftp.root = Some(folder.path().to_owned()));
    let mut spec = crate::raw::getting(address, "file", &folder.path().join("got"));
    (spec.tftp.blksize, spec.tftp.windowsize) = (Some(8192), Some(16));
    let client = stage.start(spec);
    assert!(client.wait(|state| state.phase >= socket_lab::program::Phase::Ended, Duration::from_mins(1)));
    assert_eq!(client.state().failure, None);
    stage.trace.flush();
    let held =
        stage.trace.store().rows(1..stage.trace.store().newest() + 1).into_iter().flatten().filter(|row| row.call() == Some(Call::SendTo));
    let count = held.count();
    assert!(count < 3000, "{count} rows of {} are still in memory", stage.trace.store().newest());
}
