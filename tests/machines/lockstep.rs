//! Whole transfers over a calm network: sizes, options, both directions.

use crate::network::*;
use socket_lab::tftp::{Asked, Machine as _, Outcome, SECOND};

const OPTIONS: &[Asked] = &[
    Asked::NONE,
    Asked { blksize: Some(8), ..Asked::NONE },
    Asked { blksize: Some(1428), tsize: Some(0), ..Asked::NONE },
    Asked { windowsize: Some(4), ..Asked::NONE },
    Asked { blksize: Some(512), windowsize: Some(7), timeout: Some(2), tsize: Some(0) },
];

#[test]
fn every_size_arrives_whole_in_both_directions() {
    for options in OPTIONS {
        for size in [0, 1, 7, 8, 9, 511, 512, 513, 1024, 1427, 1428, 1429, 4096, 100_000] {
            let file = bytes(size);
            let blocks = size / usize::from(options.blksize.unwrap_or(512)) + 1;
            let most = blocks + 10;

            let (mut client, mut server) = (reading(*options), Serving::new(&file));
            let run = run(&mut client, &mut server, 60 * SECOND, most, true, calm(50 * US));
            assert!(client.file == file && client.is_whole, "{size} {options:?}");
            assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)));
            let windows = blocks.div_ceil(usize::from(options.windowsize.unwrap_or(1)));
            let opening = usize::from(options.any());
            assert_eq!(run.sent, [1 + opening + windows, opening + blocks], "{size} {options:?}: no packet too many");
            assert_eq!(client.machine.agreement().unwrap().terms.tsize, options.tsize.map(|_| size as u64).filter(|size| *size > 0));

            let (mut client, mut server) = (writing(*options, &file), Serving::new(b""));
            let run = crate::network::run(&mut client, &mut server, 60 * SECOND, most, true, calm(50 * US));
            assert!(server.received() == file, "{size} {options:?}");
            assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)));
            assert_eq!(run.sent, [1 + blocks, 1 + windows], "{size} {options:?}: no packet too many");
            assert_eq!(client.machine.counts().bytes, size as u64);
        }
    }
}
