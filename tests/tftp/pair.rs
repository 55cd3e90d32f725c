//! Server and client of the lab with each other: sizes, options, modes, loss.

use std::time::{Duration, Instant};

use socket_lab::net::FaultPlan;
use socket_lab::program::{Phase, Spec, Tftp, WriteRule};
use socket_lab::trace::{FaultKind, Kind};

use crate::raw::{Served, bytes, getting, putting};
use crate::stage::is_told;

/// Where a block, and where a number on the wire, begins and ends.
const SIZES: [usize; 7] = [0, 1, 511, 512, 513, 1024, (1 << 20) + 1];

fn run(served: &Served, spec: Spec, limit: Duration) {
    let client = served.stage.start(spec);
    assert!(client.wait(|state| state.phase == Phase::Ended, limit), "{:?}", client.state());
    assert_eq!(client.state().failure, None);
}

/// Fetches and puts a file of every size, with what `change` asks for.
fn both_ways(served: &Served, sizes: &[usize], change: impl Fn(&mut Tftp)) {
    for size in sizes {
        let (file, limit) = (bytes(*size), Duration::from_mins(1));
        served.put("file", &file);
        let to = served.folder.path().join("got");
        let mut spec = getting(served.address, "file", &to);
        change(&mut spec.tftp);
        run(served, spec, limit);
        assert!(std::fs::read(&to).unwrap() == file, "get {size}");
        let mut spec = putting(served.address, "put", &file);
        change(&mut spec.tftp);
        run(served, spec, limit);
        assert!(std::fs::read(served.path("put")).unwrap() == file, "put {size}");
    }
}

#[test]
fn every_size_gets_across_both_ways() {
    both_ways(&Served::new(WriteRule::Overwrite, |_| ()), &SIZES, |_| ());
}

#[test]
fn large_blocks_and_windows_get_across_both_ways() {
    let served = Served::new(WriteRule::Overwrite, |_| ());
    for (blksize, windowsize) in [(1428, 8), (65_464, 1), (65_464, 8), (8, 64)] {
        let sizes = if blksize == 8 { &SIZES[..6] } else { &SIZES[4..] };
        both_ways(&served, sizes, |tftp| {
            (tftp.blksize, tftp.windowsize, tftp.tsize) = (Some(blksize), Some(windowsize), true);
        });
    }
}

#[test]
fn one_port_carries_both_ways() {
    both_ways(&Served::new(WriteRule::Overwrite, |spec| spec.tftp.single_port = true), &SIZES[4..], |tftp| tftp.windowsize = Some(8));
}

#[test]
fn text_gets_across_as_it_was() {
    both_ways(&Served::new(WriteRule::Overwrite, |_| ()), &SIZES, |tftp| tftp.mode = socket_lab::wire::tftp::Mode::Netascii);
}

/// Block numbers go beyond 65535 and begin anew.
#[test]
fn more_blocks_than_there_are_numbers_get_across() {
    both_ways(&Served::new(WriteRule::Overwrite, |_| ()), &[8 * 66_000], |tftp| (tftp.blksize, tftp.windowsize) = (Some(8), Some(64)));
}

/// 87 of 88 pairs of other programs need more than a minute for this.
#[test]
fn a_tenth_lost_each_way_costs_seconds() {
    let served = Served::new(WriteRule::Overwrite, |_| ());
    let file = bytes(1 << 20);
    served.put("file", &file);
    let to = served.folder.path().join("got");
    for writes in [false, true] {
        let mut spec = if writes { putting(served.address, "put", &file) } else { getting(served.address, "file", &to) };
        spec.tftp.faults = FaultPlan { seed: 1, loss: 10, ..FaultPlan::default() };
        let begin = Instant::now();
        let client = served.stage.start(spec);
        served.stage.row("the end", |row| row.program == client.id() && is_told(row, "program-tftp-ended"));
        let took = begin.elapsed();
        // Also on a machine that is busy with other tests.
        assert!(took < Duration::from_secs(20), "{took:?}");
        client.wait(|state| state.phase == Phase::Ended, Duration::from_secs(10));
        assert_eq!(client.state().failure, None);
        assert!(std::fs::read(if writes { served.path("put") } else { to.clone() }).unwrap() == file, "{writes}");
    }
    let lost = |row: &&socket_lab::trace::Record| matches!(&row.kind, Kind::Fault(fault) if fault.what == FaultKind::Dropped);
    let count = served.stage.rows().iter().filter(lost).count();
    assert!(count > 400, "{count} of about 8400 datagrams, of which some come again");
}

#[test]
fn what_is_named_is_lost_doubled_or_late_and_the_file_is_whole() {
    let served = Served::new(WriteRule::Overwrite, |spec| {
        spec.tftp.faults = FaultPlan { drop_data: vec![2, 3], drop_ack: vec![1], ..FaultPlan::default() };
    });
    let change = |tftp: &mut Tftp| {
        tftp.faults = FaultPlan { seed: 3, duplicate: 20, late: 20, delay: Duration::from_millis(3), ..FaultPlan::default() };
    };
    both_ways(&served, &[20_000], change);
    let rows = served.stage.rows();
    for what in ["dropped", "duplicated", "delayed"] {
        assert!(rows.iter().any(|row| matches!(&row.kind, Kind::Fault(fault) if fault.what.name() == what)), "{what}");
    }
}
