//! What TFTP costs: `cargo bench --bench tftp`. First the machines alone, end to end without a socket: what is left for the system calls of a transfer. Then whole
//! transfers: `-- speed` those alone, `-- speed 512/1` that block size and window.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use socket_lab::tftp::{Ask, Asked, Machine as _, Next, Patience, Receiver, Sender};
use socket_lab::wire::tftp::{Mode, Options};

mod speed;

const RUNS: usize = 5;

fn main() {
    let words = std::env::args().skip(1).filter(|word| word != "--bench").collect::<Vec<_>>();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--cell", name] => speed::cell(name),
        ["speed", ..] => speed::measure(words.get(1..).unwrap_or_default()),
        ["machines"] => machines(),
        _ => {
            machines();
            speed::measure(&[]);
        }
    }
}

/// The middle of some figures.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures = figures.collect::<Vec<_>>();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The machines alone, end to end without a socket.
fn machines() {
    println!("machines alone, both ends, file bytes copied once into the packets");
    for (blksize, windowsize, blocks) in [(512, 1, 400_000), (512, 64, 400_000), (1428, 1, 200_000), (8192, 16, 50_000), (65464, 1, 5_000)]
    {
        let took = (0..RUNS).map(|_| transfer(blksize, windowsize, blocks)).min().unwrap_or_default();
        let bytes = blocks * u64::from(blksize);
        let per_block = took.as_nanos() as f64 / blocks as f64;
        println!(
            "blksize {blksize:>5}, windowsize {windowsize:>2}: {per_block:7.0} ns a block, {:6.0} MB/s",
            bytes as f64 / took.as_secs_f64() / 1e6
        );
    }
}

/// A client reads so many blocks of a file; its OACK is made by hand.
fn transfer(blksize: u16, windowsize: u16, blocks: u64) -> Duration {
    let options = Asked { blksize: Some(blksize), windowsize: Some(windowsize), ..Asked::NONE };
    let ask = Ask { name: "a".to_owned(), mode: Mode::Octet, options };
    let mut sender = Sender::ask(0, &ask, Patience::default()).unwrap();
    let mut receiver = Receiver::ask(0, &ask, Patience::default()).unwrap();
    while let Next::Send(_) | Next::Told(_) = sender.next(0) {}
    while let Next::Send(_) | Next::Told(_) = receiver.next(0) {}
    let mut oack = vec![0, 6];
    Options::push(&mut oack, "blksize", &blksize.to_string());
    Options::push(&mut oack, "windowsize", &windowsize.to_string());
    sender.on_datagram(1, &oack);
    receiver.on_datagram(1, &oack);
    let file = vec![0x5a; usize::from(blksize)];
    let (mut read, mut now, mut written) = (0, 2, 0);
    let start = Instant::now();
    while sender.outcome().is_none() || receiver.outcome().is_none() {
        now += 1000;
        let (mut length, mut ack) = (None, None);
        match sender.next(now) {
            Next::Send(burst) => {
                for packet in burst.packets() {
                    if let Some(piece) = receiver.on_datagram(now, packet) {
                        written += black_box(piece.bytes).len();
                    }
                    while let Next::Send(burst) = receiver.next(now) {
                        ack = burst.bytes.first_chunk::<4>().copied();
                    }
                }
            }
            Next::Fill(room) => {
                let rest = if read < blocks { room.len() } else { 0 };
                room[..rest].copy_from_slice(&file[..rest]);
                read += 1;
                length = Some(rest);
            }
            Next::Told(_) | Next::Wait(_) | Next::Ended => {}
        }
        if let Some(length) = length {
            sender.filled(length);
        }
        if let Some(ack) = ack {
            sender.on_datagram(now, &ack);
        }
    }
    let took = start.elapsed();
    assert_eq!(written as u64, blocks * u64::from(blksize));
    took
}
