//! Random transfers over random networks.
//!
//! `TFTP_CASES=1000000 cargo test --release --test machines random` looks for longer.

use crate::dice::Dice;
use crate::network::*;
use proptest::prelude::*;
use socket_lab::tftp::{Asked, Counts, Machine as _, Outcome, SECOND};

/// How many transfers are tried.
fn cases() -> u32 {
    std::env::var("TFTP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

/// A network: chances in a thousand, and how long packets are on their way.
#[derive(Clone, Copy, Debug)]
struct Weather {
    seed: u64,
    lost: u64,
    doubled: u64,
    fastest: u64,
    slowest: u64,
}

impl Weather {
    fn network(self) -> impl FnMut(Side, usize) -> Fate {
        let mut dice = Dice(self.seed);
        move |_, _| {
            let mut fate = Fate::new();
            if !dice.happens(self.lost) {
                fate.push_back(dice.between(self.fastest, self.slowest));
            }
            if dice.happens(self.doubled) {
                fate.push_back(dice.between(self.fastest, 2 * self.slowest));
            }
            fate
        }
    }
}

/// The ways that packets take, in microseconds.
const WAYS: [u64; 4] = [50, 1000, 30_000, 300_000];

fn weather(most_lost: u64, ways: &'static [u64]) -> impl Strategy<Value = Weather> {
    let way = prop::sample::select(ways).prop_map(|way| way * US);
    (any::<u64>(), 0..=most_lost, 0..=300_u64, way, 1..=20_u64).prop_map(|(seed, lost, doubled, way, spread)| Weather {
        seed,
        lost,
        doubled,
        fastest: way,
        slowest: way * spread,
    })
}

fn options() -> impl Strategy<Value = Asked> {
    let blksize = prop_oneof![Just(None), (8..40_u16).prop_map(Some), Just(Some(512))];
    let windowsize = prop_oneof![Just(None), (1..=16_u16).prop_map(Some)];
    let timeout = prop_oneof![9 => Just(None), 1 => (1..=3_u8).prop_map(Some)];
    (blksize, windowsize, timeout).prop_map(|(blksize, windowsize, timeout)| Asked { blksize, windowsize, timeout, tsize: None })
}

/// A sender sends a window at most for every ACK that it got, every time that it waited in vain, and once to begin with.
fn is_measured(sender: &Counts, window: u64) -> bool {
    sender.sent <= window * (sender.received + sender.lost + 1) + 1
}

/// A receiver sends no more than one ACK for every packet that it got and every time that it waited in vain, and what it began with.
fn is_answering(receiver: &Counts) -> bool {
    receiver.sent <= receiver.received + receiver.lost + 2
}

fn transfer(write: bool, options: Asked, file: &[u8], weather: Weather) -> (Option<Outcome>, Option<Outcome>, bool) {
    let window = u64::from(options.windowsize.unwrap_or(1));
    let (limit, most) = (24 * 3600 * SECOND, 200_000);
    if write {
        let (mut client, mut server) = (writing(options, file), Serving::new(b""));
        run(&mut client, &mut server, limit, most, false, weather.network());
        assert!(is_measured(&client.machine.counts(), window) && is_answering(&server.counts()));
        let whole = server.received() == file;
        assert!(file.starts_with(server.received()));
        (client.machine.outcome().cloned(), server.outcome().cloned(), whole)
    } else {
        let (mut client, mut server) = (reading(options), Serving::new(file));
        run(&mut client, &mut server, limit, most, false, weather.network());
        assert!(is_measured(&server.counts(), window) && is_answering(&client.machine.counts()));
        assert!(file.starts_with(&client.file));
        (server.outcome().cloned(), client.machine.outcome().cloned(), client.file == file)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_to_be_complete_is(write: bool, options in options(), size in 0..4000_usize, weather in weather(500, &WAYS)) {
        let file = bytes(size);
        let (sender, receiver, whole) = transfer(write, options, &file, weather);
        if receiver == Some(Outcome::Complete) {
            prop_assert!(whole);
        }
        if sender == Some(Outcome::Complete) {
            prop_assert_eq!(receiver, Some(Outcome::Complete));
        }
    }

    #[test]
    fn a_network_that_loses_a_tenth_only_slows(write: bool, options in options(), size in 0..4000_usize, weather in weather(100, &WAYS[..2])) {
        // On a way of seconds 25 s are few tries; here they are so many that not one in millions of blocks is given up.
        let file = bytes(size);
        let (sender, receiver, whole) = transfer(write, options, &file, weather);
        prop_assert!(whole);
        prop_assert_eq!(receiver, Some(Outcome::Complete));
        // The last ACK may be lost until the receiver has left.
        prop_assert!(sender.is_some_and(|outcome| !outcome.is_failure()));
    }
}
