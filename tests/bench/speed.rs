//! How fast a file is fetched from our server by our client, beside the same packets without anything else: as few or as many at a time, on one core and on two.

use std::net::{Ipv4Addr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use socket_lab::net;
use socket_lab::program::{Phase, Program, ProgramKind, Recorded, Spec, Target};
use socket_lab::trace::{Settings, Trace};

use super::median;

/// The size of the file, in bytes.
const FILE: usize = 64 << 20;
/// How often each contender has its turn; odd, so that one is the median.
const ROUNDS: usize = 3;
/// How long a transfer may take.
const LIMIT: Duration = Duration::from_mins(2);
/// The block sizes, and which part of the bare exchange is to be reached in lockstep: with counts only, and with every packet recorded.
const SIZES: [(u16, f64, f64); 4] = [(512, 0.75, 0.55), (1428, 0.6, 0.0), (8192, 0.6, 0.0), (65464, 0.4, 0.0)];
const WINDOWS: [u16; 4] = [1, 4, 16, 64];

/// One line of the table, measured by a process of its own.
#[derive(Clone, Copy)]
struct Cell {
    blksize: u16,
    windowsize: u16,
}

/// Measures every cell, on one core and on two.
pub(crate) fn measure(chosen: &[String]) {
    for cores in ["0", "0,1"] {
        println!("{} MiB, client and server on {}", FILE >> 20, if cores == "0" { "one core" } else { "two cores" });
        for (blksize, ..) in SIZES {
            for windowsize in WINDOWS {
                let name = format!("{blksize}/{windowsize}");
                if !chosen.is_empty() && !chosen.contains(&name) {
                    continue;
                }
                let this = std::env::current_exe().unwrap();
                let status = Command::new("taskset").args(["-c", cores]).arg(this).args(["--cell", &name]).status();
                if let Err(error) = status {
                    return println!("taskset, of util-linux, is needed: {error}");
                }
            }
        }
    }
}

/// Measures the cell of that name and prints its line.
pub(crate) fn cell(name: &str) {
    let (blksize, windowsize) = name.split_once('/').unwrap();
    let cell = Cell { blksize: blksize.parse().unwrap(), windowsize: windowsize.parse().unwrap() };
    let folder = tempfile::tempdir_in(memory()).unwrap();
    std::fs::write(folder.path().join("file"), vec![0x5a; FILE]).unwrap();
    let mut figures = [const { Vec::new() }; 3];
    let mut used = [Duration::ZERO; 2];
    for _ in 0..ROUNDS {
        figures[0].push(cell.bare());
        for (at, record) in [Recorded::Counts, Recorded::Packets].into_iter().enumerate() {
            let before = cpu_time();
            figures[1 + at].push(cell.ours(record, folder.path()));
            used[at] = cpu_time().saturating_sub(before);
        }
    }
    let ratio = |at: usize| median(figures[0].iter().zip(&figures[at]).map(|(bare, ours)| ours / bare));
    let [counted, recorded] = [1, 2].map(ratio);
    let [bare, counts, packets] = figures.clone().map(|figures| median(figures.into_iter()));
    let goals = SIZES.into_iter().find(|(size, ..)| *size == cell.blksize && cell.windowsize == 1);
    let verdict =
        goals.map_or("", |(_, counts, packets)| if counted >= counts && recorded >= packets { "; reached" } else { "; NOT REACHED" });
    println!(
        "{name:>9}: bare {bare:5.0} MB/s; counted {counts:5.0}, {counted:4.2} of it, {:.2} s of CPU; recorded {packets:5.0}, {recorded:4.2} of it, {:.2} s of \
         CPU; {} MB at most{verdict}",
        used[0].as_secs_f64(),
        used[1].as_secs_f64(),
        most_memory() >> 20
    );
}

impl Cell {
    /// The packets of a transfer and nothing else, in MB/s.
    fn bare(self) -> f64 {
        let [one, other] = [(); 2].map(|()| UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        one.connect(other.local_addr().unwrap()).unwrap();
        other.connect(one.local_addr().unwrap()).unwrap();
        for socket in [&one, &other] {
            socket.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
            socket2::SockRef::from(socket).set_recv_buffer_size(4 << 20).unwrap();
        }
        let blocks = FILE / usize::from(self.blksize) + 1;
        let (blksize, window) = (usize::from(self.blksize), usize::from(self.windowsize));
        let begin = Instant::now();
        let receive = move || {
            let mut buffer = vec![0; 1 << 16];
            for block in 1..=blocks {
                assert!(other.recv(&mut buffer).unwrap() >= 4);
                if block % window == 0 || block == blocks {
                    other.send(&[0, 4, 0, 0]).unwrap();
                }
            }
        };
        let receiver = thread::Builder::new().name("receiver".to_owned()).spawn(receive).unwrap();
        let (packet, mut ack) = (vec![0x5a; 4 + blksize], [0; 4]);
        for block in 1..=blocks {
            one.send(&packet).unwrap();
            if block % window == 0 || block == blocks {
                one.recv(&mut ack).unwrap();
            }
        }
        let took = begin.elapsed();
        receiver.join().unwrap();
        FILE as f64 / took.as_secs_f64() / 1e6
    }

    /// Our server and our client, in MB/s.
    fn ours(self, record: Recorded, folder: &Path) -> f64 {
        let trace = Trace::new(Settings { ticks: net::monotonic, ..Settings::default() }).unwrap();
        let mut spec = Spec { bind: Some((Ipv4Addr::LOCALHOST, 0).into()), ..Spec::new(ProgramKind::TftpServer, "server") };
        spec.tftp.root = Some(folder.to_owned());
        (spec.tftp.blksize, spec.tftp.windowsize) = (Some(65464), Some(64));
        spec.tftp.record = record;
        let server = Program::start(spec, None, &trace).unwrap();
        assert!(server.wait(|state| state.phase >= Phase::Ready, LIMIT));
        let address = server.state().local.and_then(|address| address.ip()).unwrap();
        let mut spec = Spec { connect: Some(Target::Address(address)), ..Spec::new(ProgramKind::TftpClient, "client") };
        let got = folder.join("got");
        spec.tftp.get = Some("file".to_owned());
        spec.tftp.to = Some(got.clone());
        (spec.tftp.blksize, spec.tftp.windowsize) = (Some(self.blksize), Some(self.windowsize));
        spec.tftp.record = record;
        let (told, heard) = bounded(1);
        let _listening = trace.store().listen(move || {
            told.try_send(()).ok();
        });
        let begin = Instant::now();
        let client = Program::start(spec, None, &trace).unwrap();
        // The client stays a while after its last ACK: the file is there before. Looking for it seldom would be seen in the figures of large blocks.
        while !got.exists() {
            assert!(begin.elapsed() < LIMIT && client.state().failure.is_none(), "{:?}", client.state());
            heard.recv_timeout(Duration::from_micros(200)).ok();
        }
        let took = begin.elapsed();
        assert_eq!(std::fs::metadata(&got).unwrap().len(), FILE as u64);
        std::fs::remove_file(got).unwrap();
        FILE as f64 / took.as_secs_f64() / 1e6
    }
}

/// A folder in memory, where the system has one: a disk is not what is measured.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// The processor time of this process so far, proc(5): `/proc/self/stat`, in ticks of 10 ms.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: u64 = stat
        .rsplit(") ")
        .next()
        .into_iter()
        .flat_map(|rest| rest.split(' ').skip(11).take(2))
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// The most memory this process had, in bytes, proc(5): `VmHWM` in `/proc/self/status`.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<usize>().ok()).unwrap_or_default() << 10
}
