//! Every packet of short transfers lost, doubled or late, alone and two at a time.

use std::collections::BTreeMap;

use crate::network::*;
use socket_lab::tftp::{Asked, Machine as _, Outcome, SECOND};

/// One way.
const WAY: u64 = 50 * US;

/// What happens to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Lost,
    /// A second copy right behind it.
    Twice,
    /// A second copy when its sender has long gone on.
    Echo,
    /// Behind the packet sent after it.
    Late,
    /// When everybody has given it up and sent again.
    VeryLate,
}

const FAULTS: [Fault; 5] = [Fault::Lost, Fault::Twice, Fault::Echo, Fault::Late, Fault::VeryLate];

impl Fault {
    fn fate(self) -> Fate {
        match self {
            Self::Lost => Fate::new(),
            Self::Twice => Fate::from([WAY, WAY + US]),
            Self::Echo => Fate::from([WAY, WAY + 3000 * US]),
            Self::Late => Fate::from([WAY + 3 * US]),
            Self::VeryLate => Fate::from([WAY + 30_000 * US]),
        }
    }
}

/// The packets of one transfer that fare ill: who sent them, the how-manieth they are, and what befalls them.
type Faults = BTreeMap<(Side, usize), Fault>;

/// A transfer of `blocks` blocks of 8 bytes, the last one short; packets of each side, and those of them sent again.
fn transfer(write: bool, windowsize: u16, blocks: usize, faults: &Faults) -> ([usize; 2], [u64; 2]) {
    let options = Asked { blksize: Some(8), windowsize: (windowsize > 1).then_some(windowsize), ..Asked::NONE };
    let file = bytes(8 * blocks - 3);
    let fate = |from: Side, at: usize| faults.get(&(from, at)).map_or_else(|| Fate::from([WAY]), |fault| fault.fate());
    let said = || format!("write {write}, windowsize {windowsize}, {blocks} blocks, {faults:?}");
    let (limit, most) = (30 * SECOND, 200);
    let (run, again) = if write {
        let (mut client, mut server) = (writing(options, &file), Serving::new(b""));
        let run = run(&mut client, &mut server, limit, most, true, fate);
        assert!(server.received() == file, "{}", said());
        assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)), "{}", said());
        let again = [client.machine.counts().retransmissions, server.counts().retransmissions];
        (run, again)
    } else {
        let (mut client, mut server) = (reading(options), Serving::new(&file));
        let run = run(&mut client, &mut server, limit, most, true, fate);
        assert!(client.file == file && client.is_whole, "{}", said());
        assert_eq!((client.machine.outcome(), server.outcome()), (Some(&Outcome::Complete), Some(&Outcome::Complete)), "{}", said());
        let again = [client.machine.counts().retransmissions, server.counts().retransmissions];
        (run, again)
    };
    // Two losses of the opening are the worst: 0.2 s and 0.4 s, or 0.5 s for an OACK.
    assert!(run.known < 2 * SECOND, "{} s: {}", run.known as f64 / SECOND as f64, said());
    let doubling = faults.values().all(|fault| matches!(fault, Fault::Twice | Fault::Echo));
    if doubling {
        // Sorcerer's apprentice: doubled packets make nobody send a block again.
        assert_eq!(again[usize::from(!write)], 0, "{}: {:?}", said(), run.log);
    }
    (run.sent, again)
}

/// Every way in which `faults` packets of the transfer can fare ill.
fn every(write: bool, windowsize: u16, blocks: usize, faults: usize) {
    let (calm, again) = transfer(write, windowsize, blocks, &Faults::new());
    assert_eq!(again, [0, 0]);
    // Those that are sent because of the first fault can meet the second.
    let positions: Vec<(Side, usize)> =
        Side::BOTH.into_iter().flat_map(|side| (0..calm[side as usize] + 2).map(move |n| (side, n))).collect();
    let mut worst = [0; 2];
    let mut check = |faulty: &Faults| {
        let (sent, _) = transfer(write, windowsize, blocks, faulty);
        for side in Side::BOTH {
            worst[side as usize] = worst[side as usize].max(sent[side as usize] - calm[side as usize].min(sent[side as usize]));
        }
    };
    for (at, first) in positions.iter().enumerate() {
        for fault in FAULTS {
            let mut faulty = Faults::from([(*first, fault)]);
            if faults == 1 {
                check(&faulty);
                continue;
            }
            for second in &positions[at + 1..] {
                for fault in FAULTS {
                    faulty.insert(*second, fault);
                    check(&faulty);
                    faulty.remove(second);
                }
            }
        }
    }
    // A fault costs whoever sends the file a window at most, whoever receives it an ACK, and one more where the rest of a window was given up; two of them one more.
    let (sender, receiver) = if write { (worst[0], worst[1]) } else { (worst[1], worst[0]) };
    let said = format!("write {write}, windowsize {windowsize}, {blocks} blocks, {faults} faults: {worst:?} packets more");
    assert!(sender <= faults * usize::from(windowsize) && receiver < 2 * faults + usize::from(windowsize > 1), "{said}");
    assert!(sender > 0 && receiver > 0, "the faults did something: {said}");
}

#[test]
fn any_one_packet_may_fare_ill() {
    for write in [false, true] {
        for windowsize in 1..=4 {
            for blocks in [1, 2, 3, 4, 5, 8, 9] {
                every(write, windowsize, blocks, 1);
            }
        }
    }
}

#[test]
fn any_two_packets_may_fare_ill() {
    for write in [false, true] {
        for windowsize in 1..=4 {
            for blocks in [1, 5] {
                every(write, windowsize, blocks, 2);
            }
        }
    }
}
