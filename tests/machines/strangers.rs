//! Models of other programs at the other end: how they wait and repeat, as their sources say, at the least that matters.

use crate::loss::lossy;
use crate::network::*;
use socket_lab::tftp::SECOND;
use socket_lab::wire::tftp::{Mode, Opcode, Options, Packet, Request};

/// Another program's end in lockstep without options: it waits a fixed time.
struct Stranger {
    /// How long.
    patience: u64,
    /// The file that it writes; `None` where it reads.
    file: Option<Vec<u8>>,
    received: Vec<u8>,
    /// Sends its block again for any ACK that it does not expect (curl), or passes that over (tftp-hpa).
    is_apprentice: bool,
    block: u64,
    packet: Vec<u8>,
    is_to_send: bool,
    deadline: u64,
    is_done: bool,
    /// Packets sent since something came that it could use; it gives up after some.
    tries: usize,
    /// Blocks sent again because of an ACK.
    provoked: usize,
}

/// As many as curl makes.
const MOST_TRIES: usize = 60;

impl Stranger {
    fn new(patience: u64, file: Option<&[u8]>, is_apprentice: bool) -> Self {
        let request = Request { name: b"a", mode: Mode::Octet, options: Options::NONE };
        let packet = if file.is_some() { Packet::Wrq(request) } else { Packet::Rrq(request) }.to_bytes();
        let file = file.map(<[u8]>::to_vec);
        Self {
            patience,
            file,
            received: Vec::new(),
            is_apprentice,
            block: 0,
            packet,
            is_to_send: true,
            deadline: 0,
            is_done: false,
            tries: 0,
            provoked: 0,
        }
    }
}

impl End for Stranger {
    fn go(&mut self, now: u64, send: &mut dyn FnMut(&[u8])) -> Option<u64> {
        if self.is_to_send || now >= self.deadline && !self.is_done {
            send(&self.packet);
            self.tries += 1;
            self.is_done = self.is_done || self.tries > MOST_TRIES;
            self.is_to_send = false;
            self.deadline = now + self.patience;
        }
        // It leaves as soon as it is done.
        (!self.is_done).then_some(self.deadline)
    }

    fn take(&mut self, _: u64, datagram: &[u8]) {
        match (Packet::parse(datagram).expect("a packet"), &self.file) {
            (Packet::Data { block, bytes }, None) => {
                if block == (self.block + 1) as u16 {
                    self.block += 1;
                    self.tries = 0;
                    self.received.extend_from_slice(bytes);
                    self.packet = Packet::Ack { block }.to_bytes();
                    self.is_done = bytes.len() < 512;
                    self.is_to_send = true;
                } else {
                    self.is_to_send = block == self.block as u16;
                }
            }
            (Packet::Ack { block }, Some(file)) if block == self.block as u16 => {
                let at = self.block as usize * 512;
                self.is_done = at > file.len();
                let bytes = &file[at.min(file.len())..(at + 512).min(file.len())];
                self.block += 1;
                self.tries = 0;
                self.packet = Packet::Data { block: self.block as u16, bytes }.to_bytes();
                self.is_to_send = !self.is_done;
            }
            (Packet::Ack { .. }, Some(_)) => {
                self.is_to_send = self.is_apprentice && Opcode::first(&self.packet) == Some(Opcode::Data);
                self.provoked += usize::from(self.is_to_send);
            }
            (packet, _) => unreachable!("{packet}"),
        }
    }

    fn knows(&self) -> bool {
        self.is_done
    }

    fn received(&self) -> &[u8] {
        &self.received
    }
}

/// So many transfers of 1 MiB with a tenth lost each way: the longest, in seconds of virtual time until the stranger is done, of those that it did not give up;
/// and how many it did, all of the file being there.
fn longest(seeds: u64, write: bool, patience: u64, is_apprentice: bool) -> (f64, u64) {
    let file = bytes(1 << 20);
    let (mut longest, mut given_up) = (0, 0);
    for seed in 0..seeds {
        let mut client = Stranger::new(patience, write.then_some(&file[..]), is_apprentice);
        let mut server = Serving::new(if write { b"" } else { &file });
        let run = run(&mut client, &mut server, 3600 * SECOND, 200_000, false, lossy(seed, 100));
        assert!(if write { server.received() == file } else { client.received() == file });
        assert!(server.outcome().is_some_and(|outcome| !outcome.is_failure()));
        if client.tries > MOST_TRIES {
            given_up += 1;
        } else {
            longest = longest.max(run.left[Side::Client as usize]);
        }
    }
    (longest as f64 / SECOND as f64, given_up)
}

#[test]
fn who_reads_with_a_patience_of_seconds_is_served_in_less_than_twenty() {
    // It waits itself only where its request is lost; 5 s is curl's patience, 1 s that of tftp-hpa.
    for patience in [1, 5] {
        let (longest, given_up) = longest(100, false, patience * SECOND, false);
        eprintln!("reads, patience {patience} s: longest {longest:.2} s");
        assert!(longest < 20.0 && given_up == 0, "{longest}, {given_up}");
    }
}

#[test]
fn who_writes_and_repeats_for_an_ack_is_served_in_less_than_twenty_seconds() {
    // As curl does. Who keeps RFC 1123 (tftp-hpa) is not to be hurried: it waits its second or more for each block that is lost.
    let (longest, given_up) = longest(100, true, 5 * SECOND, true);
    eprintln!("writes, patience 5 s, repeats for an ACK: longest {longest:.2} s, {given_up} of 100 missed the last ACK");
    assert!(longest < 20.0, "{longest}");
    // Its last block or the ACK of it was lost three times in a row, at 0, 5 and 10 s.
    assert!(given_up <= 3, "{given_up}");
}

#[test]
fn an_apprentice_is_not_fed() {
    // One doubled DATA among many: whoever answers each duplicate with one of its own doubles every packet to the end.
    let file = bytes(512 * 1000 + 1);
    let (mut client, mut server) = (Stranger::new(SECOND, Some(&file), true), Serving::new(b""));
    let twice = |from: Side, n: usize| if from == Side::Client && n == 5 { Fate::from([50 * US, 51 * US]) } else { Fate::from([50 * US]) };
    let run = run(&mut client, &mut server, 60 * SECOND, 2000, false, twice);
    assert!(server.received() == file);
    assert!(client.provoked <= 1, "{} blocks sent again", client.provoked);
    assert!(run.sent[0] <= 1001 + 2, "{:?}", run.sent);
}
