//! A network that loses packets: how long a transfer takes, in virtual time.

use crate::dice::Dice;
use crate::network::*;
use socket_lab::tftp::{Asked, Machine as _, SECOND};

/// A link like loopback, 40 to 120 µs one way, that loses so many packets of a thousand each way.
pub(crate) fn lossy(seed: u64, in_a_thousand: u64) -> impl FnMut(Side, usize) -> Fate {
    let mut dice = Dice(seed);
    move |_, _| if dice.happens(in_a_thousand) { Fate::new() } else { Fate::from([dice.between(40 * US, 120 * US)]) }
}

/// How long until the file is there and both know it, without the dallying; over this many seeds the median and the longest.
fn times(seeds: u64, options: Asked, in_a_thousand: u64, write: bool) -> (f64, f64) {
    let file = bytes(1 << 20);
    let mut times: Vec<u64> = (0..seeds)
        .map(|seed| {
            let mut server = Serving::new(if write { b"" } else { &file });
            let network = lossy(seed, in_a_thousand);
            let run = if write {
                let mut client = writing(options, &file);
                let run = run(&mut client, &mut server, 60 * SECOND, 50_000, false, network);
                assert!(server.received() == file && client.machine.outcome().is_some_and(|outcome| !outcome.is_failure()));
                run
            } else {
                let mut client = reading(options);
                let run = run(&mut client, &mut server, 60 * SECOND, 50_000, false, network);
                assert!(client.file == file && server.outcome().is_some_and(|outcome| !outcome.is_failure()));
                run
            };
            run.known
        })
        .collect();
    times.sort_unstable();
    let seconds = |time: u64| time as f64 / SECOND as f64;
    (seconds(times[times.len() / 2]), seconds(times[times.len() - 1]))
}

#[test]
fn a_megabyte_in_lockstep_with_a_tenth_lost_each_way_takes_less_than_five_seconds() {
    for write in [false, true] {
        let (median, longest) = times(200, Asked::NONE, 100, write);
        eprintln!("10 % each way, write {write}: median {median:.2} s, longest {longest:.2} s");
        assert!(longest < 5.0, "{longest}");
    }
}

#[test]
fn windows_are_worth_having_on_a_lossy_link_too() {
    let options = Asked { windowsize: Some(16), ..Asked::NONE };
    for (in_a_thousand, most) in [(10, 0.6), (100, 4.0)] {
        for write in [false, true] {
            let (median, longest) = times(50, options, in_a_thousand, write);
            eprintln!("windowsize 16, {in_a_thousand} of 1000 each way, write {write}: median {median:.2} s, longest {longest:.2} s");
            assert!(longest < most, "{longest}");
        }
    }
}

#[test]
fn a_link_that_becomes_slow_is_learnt_within_a_few_blocks() {
    for windowsize in [None, Some(8)] {
        let file = bytes(512 * 400);
        let (mut client, mut server) = (reading(Asked { windowsize, ..Asked::NONE }), Serving::new(&file));
        let slow = |_: Side, n: usize| Fate::from([if n < 50 { 50 * US } else { 30_000 * US }]);
        run(&mut client, &mut server, 60 * SECOND, 1000, false, slow);
        assert!(client.file == file);
        let again = server.counts().retransmissions;
        assert!(again > 0 && again <= 20 * u64::from(windowsize.unwrap_or(1)), "{again} of {} blocks sent again", server.counts().blocks);
    }
}

/// A receiver whose system keeps fewer datagrams than a window holds loses the end of each: it says so, rather than wait until the sender does.
#[test]
fn a_window_larger_than_the_receivers_memory_costs_little() {
    const KEPT: usize = 12;
    for (write, windowsize) in [(false, 16), (true, 16), (false, 64), (true, 64)] {
        let (file, options) = (bytes(512 * 1200), Asked { windowsize: Some(windowsize), ..Asked::NONE });
        let mut waiting = 0;
        // All that one side sends before the other answers comes at once.
        let fate = |from: Side, _: usize| {
            let gives = (from == Side::Client) == write;
            waiting = if gives { waiting + 1 } else { 0 };
            if gives && waiting > KEPT { Fate::new() } else { Fate::from([50 * US]) }
        };
        let known = if write {
            let (mut client, mut server) = (writing(options, &file), Serving::new(b""));
            let run = run(&mut client, &mut server, 60 * SECOND, 10_000, false, fate);
            assert!(server.received() == file);
            run.known
        } else {
            let (mut client, mut server) = (reading(options), Serving::new(&file));
            let run = run(&mut client, &mut server, 60 * SECOND, 10_000, false, fate);
            assert!(client.file == file);
            run.known
        };
        let seconds = known as f64 / SECOND as f64;
        eprintln!("{KEPT} of a window of {windowsize} kept, write {write}: {seconds:.2} s");
        assert!(seconds < 0.6, "{seconds}");
    }
}
