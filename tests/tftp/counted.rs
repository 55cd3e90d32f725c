//! Transfers whose packets are counted in place of being recorded, many of them in a call; and the room that windows are given.

use std::time::Duration;

use socket_lab::net::option;
use socket_lab::program::{Phase, Recorded, WriteRule};
use socket_lab::trace::transfer::{End, Transfer, Transfers};
use socket_lab::trace::{Args, Call, Kind, Life, Record, Value};

use crate::raw::{Raw, Served, ack, bytes, data, getting, putting, request};

/// Fetches or puts a file of so many bytes; the rows of it.
fn transfer(put: bool, length: usize, blksize: u16, windowsize: u16) -> (Served, Vec<Record>) {
    let served = Served::new(WriteRule::Overwrite, |spec| spec.tftp.record = Recorded::Counts);
    let (file, to) = (bytes(length), served.folder.path().join("got"));
    served.put("file", &file);
    let mut spec = if put { putting(served.address, "put", &file) } else { getting(served.address, "file", &to) };
    (spec.tftp.blksize, spec.tftp.windowsize, spec.tftp.tsize) = (Some(blksize), Some(windowsize), true);
    spec.tftp.record = Recorded::Counts;
    let client = served.stage.start(spec);
    assert!(client.wait(|state| state.phase == Phase::Ended, Duration::from_mins(1)), "{:?}", client.state());
    assert_eq!(client.state().failure, None);
    assert!(std::fs::read(if put { served.path("put") } else { to }).unwrap() == file);
    // The server tells it a moment later where it is the one that gives.
    served.stage.stopped(&served.server);
    let rows = served.stage.rows();
    (served, rows)
}

fn moved(rows: &[Record]) -> usize {
    rows.iter().filter(|row| row.direction().is_some()).count()
}

fn told(rows: &[Record]) -> Vec<(f64, &str)> {
    let counted = rows.iter().filter_map(|row| match &row.kind {
        Kind::Life(Life::Told(message)) if message.key() == "program-tftp-counted" => Some(message),
        _ => None,
    });
    counted
        .filter(|message| message.text("state") != Some("running"))
        .map(|message| (message.number("packets").unwrap(), message.text("state").unwrap()))
        .collect()
}

fn ends(served: &Served) -> Vec<Transfer> {
    let mut transfers = Transfers::default();
    transfers.update(served.stage.trace.store());
    transfers.all().map(|(_, transfer)| transfer.clone()).collect()
}

#[test]
fn packets_are_counted_and_few_of_them_are_rows() {
    for put in [false, true] {
        for (blksize, windowsize, length) in
            [(512, 1, 100_000), (512, 16, 200_001), (1428, 64, 1 << 20), (8192, 4, 300_000), (65_464, 8, 1 << 20)]
        {
            let (served, rows) = transfer(put, length, blksize, windowsize);
            let what = format!("put {put}, {blksize}/{windowsize}");
            let blocks = length / usize::from(blksize) + 1;
            // Of both sides: the request, its answer, the first blocks until their ACK.
            let opening = 8 + 6 * usize::from(windowsize);
            assert!(moved(&rows) <= opening, "{what}: {} packets are rows", moved(&rows));
            let is_told = |row: &&Record| matches!(&row.kind, Kind::Life(Life::Told(told)) if told.key() == "program-tftp-counted");
            let last = rows.iter().rev().find(is_told).map(|row| row.kind.clone());
            assert!(matches!(last, Some(Kind::Life(Life::Told(told))) if told.text("state") == Some("complete")), "{what}: told once more");
            let told = told(&rows);
            assert_eq!(told.len(), 2, "{what}: {told:?}");
            for (packets, state) in told {
                assert_eq!(state, "complete", "{what}");
                let first = usize::from(windowsize);
                assert!(
                    packets as usize + 2 * first + 2 > blocks && (packets as usize) < 3 * blocks,
                    "{what}: {packets} of {blocks} blocks"
                );
            }
            for transfer in ends(&served) {
                assert_eq!((transfer.bytes, transfer.end), (length as u64, Some(End::Complete)), "{what}");
            }
        }
    }
}

/// What shares a call here is one datagram after the other for whoever knows nothing of it; what is missed comes again.
#[test]
fn a_stranger_sees_single_packets() {
    let served = Served::new(WriteRule::Deny, |spec| spec.tftp.record = Recorded::Counts);
    let file = bytes(512 * 9 + 5);
    served.put("file", &file);
    let raw = Raw::new();
    raw.say(&request(1, "file", "windowsize\x004\0"), served.address);
    let tid = raw.hears(b"\0\x06windowsize\x004\0");
    let block = |n: usize| data(n as u16, &file[512 * (n - 1)..file.len().min(512 * n)]);
    // On a busy machine some come again.
    let until = |n: usize| while raw.hear().0 != block(n) {};
    raw.say(&ack(0), tid);
    for n in 1..=4 {
        until(n);
    }
    raw.say(&ack(4), tid);
    for n in 5..=8 {
        until(n);
    }
    // The last two of that window were lost: it begins anew behind what is here.
    raw.say(&ack(6), tid);
    for n in 7..=10 {
        until(n);
    }
    raw.say(&ack(10), tid);
    served.stage.row("it is told", |row| matches!(&row.kind, Kind::Life(Life::Told(told)) if told.key() == "program-tftp-counted"));
    assert!(!served.server.state().has_failed());
}

#[test]
fn a_window_is_given_room_where_nobody_has_said_how_much() {
    let asked = |windowsize: u16, own: Option<i64>| {
        let served = Served::new(WriteRule::Deny, |_| ());
        served.put("file", &bytes(10));
        let mut spec = getting(served.address, "file", &served.folder.path().join("got"));
        (spec.tftp.blksize, spec.tftp.windowsize) = (Some(8192), Some(windowsize));
        spec.options.extend(own.map(|bytes| (option::by_name("SO_RCVBUF").unwrap(), Value::Int(bytes))));
        let client = served.stage.start(spec);
        assert!(client.wait(|state| state.phase == Phase::Ended, Duration::from_mins(1)), "{:?}", client.state());
        let rows = served.stage.rows();
        let asked = rows.iter().filter_map(|row| match &row.kind {
            Kind::Call(Call::SetSockOpt, Args::OptionValue(name, value))
                if &**name == "SO_RCVBUF"
                    && let Value::Int(bytes) = **value =>
            {
                Some(bytes)
            }
            _ => None,
        });
        asked.collect::<Vec<_>>()
    };
    assert!(asked(1, None).is_empty());
    assert_eq!(asked(64, None), [64 * 16_384]);
    assert_eq!(asked(64, Some(20_000)), [20_000]);
}
