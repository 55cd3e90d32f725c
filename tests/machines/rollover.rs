//! Files of more blocks than there are numbers: after 65 535 comes 0.

use crate::network::*;
use socket_lab::tftp::{Asked, Machine as _, Outcome, SECOND};

/// Reads and writes a file of so many blocks of 8 bytes, where those packets are lost that `lost` says.
fn both_ways(blocks: usize, windowsize: u16, lost: fn(Side, usize) -> bool) {
    let options = Asked { blksize: Some(8), windowsize: (windowsize > 1).then_some(windowsize), ..Asked::NONE };
    let file = bytes(blocks * 8 - 3);
    let network = || move |from: Side, n: usize| if lost(from, n) { Fate::new() } else { Fate::from([20 * US]) };
    let most = blocks + blocks / 10 + 100;

    let (mut client, mut server) = (reading(options), Serving::new(&file));
    run(&mut client, &mut server, 3600 * SECOND, most, false, network());
    assert!(client.file == file);
    assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)));
    assert_eq!((client.machine.counts().blocks, server.counts().blocks), (blocks as u64, blocks as u64));
    assert_eq!(server.counts().bytes, file.len() as u64);

    let (mut client, mut server) = (writing(options, &file), Serving::new(b""));
    run(&mut client, &mut server, 3600 * SECOND, most, false, network());
    assert!(server.received() == file);
    assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)));
}

#[test]
fn numbers_wrap_in_lockstep_and_in_windows() {
    for windowsize in [1, 7, 64] {
        both_ways(70_000, windowsize, |_, _| false);
    }
}

#[test]
fn packets_are_lost_where_numbers_wrap() {
    for windowsize in [1, 4, 7] {
        // With windows fewer ACKs are sent, so that these are other blocks; some fall on the border in each case.
        both_ways(70_000, windowsize, |_, n| (65_530..65_545).contains(&n) && n % 2 == 0);
        both_ways(70_000, windowsize, |from, n| from == Side::Client && n % 937 == 936);
        both_ways(70_000, windowsize, |_, n| n % 1000 == 999);
    }
}

#[test]
fn a_million_blocks_are_no_matter() {
    both_ways(1_000_000, 16, |_, _| false);
}
