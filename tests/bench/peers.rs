//! How fast our recorded echo server is beside others, in one run on one machine: `cargo bench --bench peers`.
//!
//! The contenders are the same loop bare in Rust, socat, ncat and Python's socket module, as far as they are installed. All are driven by the same
//! client, one after the other in many short rounds, so that what else the machine does hits all alike; the median round counts. On one core and on all: taskset,
//! of util-linux, is needed. The bare loop takes part twice: by what it differs from itself, any other two differ by chance.

#![expect(clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "figures are printed; a contender that fails ends the run")]

#[expect(dead_code, reason = "the tests use the rest of it")]
#[path = "../peer/mod.rs"]
mod peer;

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use peer::Peer;
use socket_lab::net;
use socket_lab::program::{Handling, Phase, Program, ProgramKind, Reply, Spec};
use socket_lab::trace::{Settings, Trace};

/// How often each contender has its turn. Odd, so that one round is the median.
const ROUNDS: usize = 101;
/// How long one turn lasts. Short: whatever else the machine does is then more often in all turns of a round, or in none.
const TURN: Duration = Duration::from_millis(60);
/// After so many turns without a figure a contender has no more of them.
const FAILURES: usize = 2;
/// How long nothing may come back until a contender counts as stalled.
const STALLED: Duration = Duration::from_secs(1);
/// The size of the buffer every contender receives into, where it can be told.
const BUFFER: usize = 16 << 10;
/// What our server is to reach of the bare loop.
const GOAL: f64 = 0.6;

/// What is measured.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// 64 bytes there and back, one after the other.
    TcpRoundTrips,
    /// A stream of writes of 16 KiB, echoed.
    TcpThroughput,
    /// Datagrams of 64 bytes there and back.
    UdpRoundTrips,
}

impl Measure {
    const ALL: [Self; 3] = [Self::TcpRoundTrips, Self::TcpThroughput, Self::UdpRoundTrips];

    const fn title(self) -> &'static str {
        match self {
            Self::TcpRoundTrips => "TCP echo, 64 B, round trips a second",
            Self::TcpThroughput => "TCP echo, 16 KiB writes, MB/s",
            Self::UdpRoundTrips => "UDP echo, 64 B, round trips a second",
        }
    }

    const fn is_tcp(self) -> bool {
        !matches!(self, Self::UdpRoundTrips)
    }

    /// One turn against the server at `port`. An error of `TimedOut` or `WouldBlock`: it stopped answering.
    fn turn(self, port: u16) -> io::Result<f64> {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        match self {
            Self::TcpRoundTrips => tcp_round_trips(server),
            Self::TcpThroughput => tcp_throughput(server),
            Self::UdpRoundTrips => udp_round_trips(server),
        }
    }
}

fn connect(server: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(server)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(STALLED))?;
    stream.set_write_timeout(Some(STALLED))?;
    Ok(stream)
}

/// Counts how often `once` can be done in a turn, per second, after a few times that do not count.
fn rate(mut once: impl FnMut() -> io::Result<()>) -> io::Result<f64> {
    for _ in 0..50 {
        once()?;
    }
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < TURN {
        once()?;
        count += 1;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

fn tcp_round_trips(server: SocketAddr) -> io::Result<f64> {
    let mut stream = connect(server)?;
    let mut buffer = [7; 64];
    rate(|| {
        stream.write_all(&buffer)?;
        stream.read_exact(&mut buffer)
    })
}

fn tcp_throughput(server: SocketAddr) -> io::Result<f64> {
    let mut stream = connect(server)?;
    let mut writer = stream.try_clone()?;
    let start = Instant::now();
    let write = move || -> io::Result<u64> {
        let chunk = [7; 16 << 10];
        let mut sent = 0;
        while start.elapsed() < TURN {
            writer.write_all(&chunk)?;
            sent += chunk.len() as u64;
        }
        writer.shutdown(Shutdown::Write)?;
        Ok(sent)
    };
    let writing = thread::Builder::new().name("writer".to_owned()).spawn(write)?;
    let (mut received, mut buffer) = (0_u64, vec![0; 64 << 10]);
    loop {
        match stream.read(&mut buffer)? {
            0 => break,
            read => received += read as u64,
        }
    }
    let took = start.elapsed().as_secs_f64();
    let sent = writing.join().expect("the writer does not panic")?;
    if received < sent {
        return Err(io::Error::other(format!("{} of {sent} bytes did not come back", sent - received)));
    }
    Ok(received as f64 / took / 1e6)
}

fn udp_round_trips(server: SocketAddr) -> io::Result<f64> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.connect(server)?;
    socket.set_read_timeout(Some(STALLED))?;
    let mut buffer = [7; 64];
    rate(|| {
        socket.send(&buffer)?;
        socket.recv(&mut buffer).map(drop)
    })
}

/// Whose server it is.
#[derive(Clone, Copy, PartialEq)]
enum Server {
    Bare,
    /// The same once more.
    Again,
    Ours,
    Other,
}

/// A server, its name and where it listens.
struct Contender {
    name: &'static str,
    port: u16,
    server: Server,
    _peer: Peer,
    /// Its figure in each round; none where it failed.
    turns: Vec<Option<f64>>,
    failures: Vec<io::Error>,
}

impl Contender {
    fn take_turn(&mut self, measure: Measure) {
        let turn = if self.failures.len() < FAILURES { measure.turn(self.port) } else { return self.turns.push(None) };
        match (&self.server, turn) {
            (_, Ok(figure)) => self.turns.push(Some(figure)),
            (Server::Other, Err(error)) => {
                self.turns.push(None);
                self.failures.push(error);
            }
            (_, Err(error)) => panic!("{}: {error}", self.name),
        }
    }

    /// The median of what `other` reached, as a part of what this one reached in the same round.
    fn ahead_of(&self, other: &Self) -> Option<f64> {
        median(self.turns.iter().zip(&other.turns).filter_map(|(own, other)| Some((*own)? / (*other)?)))
    }

    /// How it compares with the same server, which took part twice.
    fn control(&self, bare: &Self) -> String {
        self.ahead_of(bare).map(|ratio| format!("{ratio:.2} of the first: what differs by less is chance")).unwrap_or_default()
    }

    fn line(&self, ours: &Self, bare: &Self) -> (String, bool) {
        let Some(figure) = median(self.turns.iter().flatten().copied()) else {
            let error = self.failures.first().map(ToString::to_string).unwrap_or_default();
            return (format!("  {:<22} failed: {error}", self.name), true);
        };
        let ratio = ours.ahead_of(self).unwrap_or(f64::NAN);
        let (goal, reached) = match self.server {
            Server::Bare => (format!("Socket Lab reaches {ratio:.2} of it; goal {GOAL}"), ratio >= GOAL),
            Server::Ours => (String::new(), true),
            Server::Again => (self.control(bare), true),
            Server::Other => (format!("Socket Lab reaches {ratio:.2} of it; goal more than 1"), ratio > 1.0),
        };
        (format!("  {:<22} {figure:>9.0}   {goal}{}", self.name, if reached { "" } else { "   NOT REACHED" }), reached)
    }
}

/// The same loop as ours, with nothing else. Never returns.
fn serve_bare(measure: Measure) -> io::Result<()> {
    let local = (Ipv4Addr::LOCALHOST, 0);
    let mut buffer = vec![0; BUFFER];
    if measure.is_tcp() {
        let listener = TcpListener::bind(local)?;
        println!("port {}", listener.local_addr()?.port());
        loop {
            let (mut stream, _) = listener.accept()?;
            while let Ok(read @ 1..) = stream.read(&mut buffer) {
                if stream.write_all(buffer.get(..read).unwrap_or_default()).is_err() {
                    break;
                }
            }
        }
    }
    let socket = UdpSocket::bind(local)?;
    println!("port {}", socket.local_addr()?.port());
    loop {
        let (read, from) = socket.recv_from(&mut buffer)?;
        socket.send_to(buffer.get(..read).unwrap_or_default(), from)?;
    }
}

/// Ours, recorded as always: every call with all of its bytes. Never returns.
fn serve_ours(measure: Measure) -> io::Result<()> {
    let kind = if measure.is_tcp() { ProgramKind::TcpServer } else { ProgramKind::UdpServer };
    let mut spec = Spec::new(kind, "server");
    spec.bind = Some((Ipv4Addr::LOCALHOST, 0).into());
    spec.reply = Reply::Echo;
    spec.handling = Handling::OneAtATime;
    spec.recv_size = BUFFER as u32;
    // The clock is that of every session.
    let trace = Trace::new(Settings { ticks: net::monotonic, ..Settings::default() })?;
    let program = Program::start(spec, None, &trace)?;
    program.wait(|state| state.phase >= Phase::Ready, peer::LIMIT);
    println!("port {}", program.state().local.and_then(|address| address.port()).unwrap_or_default());
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// A server of this file, in a process of its own like all the others: threads of the client's process would be scheduled unlike them.
fn own(server: &str, measure: Measure) -> (u16, Peer) {
    let this = std::env::current_exe().expect("the path of this program");
    let peer = Peer::start(Command::new(this).args(["--serve", server, if measure.is_tcp() { "tcp" } else { "udp" }]));
    (peer.port_after("port "), peer)
}

fn socat(measure: Measure) -> Option<(u16, Peer)> {
    let (listen, mark) =
        if measure.is_tcp() { ("TCP4-LISTEN", "listening on AF=2 127.0.0.1:") } else { ("UDP4-LISTEN", "UDP AF=2 127.0.0.1:") };
    let listen = format!("{listen}:0,bind=127.0.0.1,fork");
    let peer = start(Command::new("socat").args(["-d", "-d", "-b", "16384", "-T", "2", "-t", "2", &listen, "PIPE"]))?;
    Some((peer.port_after(mark), peer))
}

/// Ncat does not say which port it was given: Linux does.
fn ncat(measure: Measure) -> Option<(u16, Peer)> {
    let mut command = Command::new("ncat");
    if !measure.is_tcp() {
        command.arg("-u");
    }
    let peer = start(command.args(["-v", "-l", "-k", "127.0.0.1", "0", "--exec", "/bin/cat"]))?;
    peer.until("listening", |streams| streams.err.windows(12).any(|words| words == b"Listening on").then_some(()));
    let port = port_in_proc(peer.id(), if measure.is_tcp() { "tcp" } else { "udp" })?;
    Some((port, peer))
}

/// The port of the first socket of that protocol that a process has (proc(5): `/proc/net/tcp`, `/proc/PID/fd`).
fn port_in_proc(process: u32, protocol: &str) -> Option<u16> {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    let links: Vec<_> = open.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok()).collect();
    let table = std::fs::read_to_string(format!("/proc/net/{protocol}")).ok()?;
    table.lines().skip(1).find_map(|line| {
        let columns: Vec<_> = line.split_whitespace().collect();
        let name = format!("socket:[{}]", columns.get(9)?);
        let (_, port) = columns.get(1)?.rsplit_once(':')?;
        links.iter().any(|link| link.as_os_str() == name.as_str()).then(|| u16::from_str_radix(port, 16).ok())?
    })
}

const PYTHON: &str = r#"
import socket, sys
size = int(sys.argv[2])
if sys.argv[1] == "tcp":
    s = socket.create_server(("127.0.0.1", 0))
    print("port", s.getsockname()[1], flush=True)
    while True:
        c, _ = s.accept()
        with c:
            while data := c.recv(size):
                c.sendall(data)
else:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    print("port", s.getsockname()[1], flush=True)
    while True:
        data, peer = s.recvfrom(size)
        s.sendto(data, peer)
"#;

fn python(measure: Measure) -> Option<(u16, Peer)> {
    let protocol = if measure.is_tcp() { "tcp" } else { "udp" };
    let peer = start(Command::new("python3").args(["-c", PYTHON, protocol, &BUFFER.to_string()]))?;
    Some((peer.port_after("port "), peer))
}

/// The program, where it is installed.
fn start(command: &mut Command) -> Option<Peer> {
    let path = std::env::var_os("PATH")?;
    let installed = std::env::split_paths(&path).any(|folder| folder.join(command.get_program()).is_file());
    installed.then(|| Peer::start(command))
}

fn contenders(measure: Measure) -> Vec<Contender> {
    let of = |name, server, started: Option<(u16, Peer)>| {
        started.map(|(port, peer)| Contender { name, port, server, _peer: peer, turns: Vec::new(), failures: Vec::new() })
    };
    let all = [
        of("bare loop in Rust", Server::Bare, Some(own("bare", measure))),
        of("bare loop, once more", Server::Again, Some(own("bare", measure))),
        of("Socket Lab, recorded", Server::Ours, Some(own("ours", measure))),
        of("socat", Server::Other, socat(measure)),
        of("ncat --exec cat", Server::Other, ncat(measure)),
        of("Python", Server::Other, python(measure)),
    ];
    all.into_iter().flatten().collect()
}

/// The middle of some figures.
fn median(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [serve, server, protocol] = arguments.as_slice()
        && serve == "--serve"
    {
        let measure = if protocol == "tcp" { Measure::TcpRoundTrips } else { Measure::UdpRoundTrips };
        let served = if server == "bare" { serve_bare(measure) } else { serve_ours(measure) };
        served.unwrap_or_else(|error| panic!("{server}: {error}"));
        return ExitCode::SUCCESS;
    }
    let is_asked = |word: &str| arguments.iter().any(|argument| argument == word);
    // `cargo test --benches` runs it too, without this word: a debug build has nothing to say about speed.
    if !is_asked("--bench") {
        println!("run by `cargo bench --bench peers`");
        return ExitCode::SUCCESS;
    }
    if is_asked("--here") {
        return ExitCode::from(u8::from(!measure(&arguments)));
    }
    let start = Instant::now();
    let word = if on_one_core_and_on_all(&arguments) { "all goals reached" } else { "not all goals reached" };
    println!("{word}; medians of {ROUNDS} rounds, {:.0} s in all", start.elapsed().as_secs_f64());
    ExitCode::SUCCESS
}

/// Measures twice, each in a process of its own. On one core, what a server costs is all that counts; on several, so does how long the system takes to wake
/// a thread on another core, which differs from one second to the next.
fn on_one_core_and_on_all(arguments: &[String]) -> bool {
    let this = std::env::current_exe().expect("the path of this program");
    let run = |title: &str, command: &mut Command| {
        println!("\n{title}");
        command.args(arguments).arg("--here").status().is_ok_and(|status| status.success())
    };
    let one = run("Client and server on one core", Command::new("taskset").args(["-c", "0"]).arg(&this));
    let all = run("Client and server on all cores", &mut Command::new(&this));
    one && all
}

/// Measures what was chosen; returns whether all goals were reached. `cargo bench --bench peers -- 16` measures only what has that in its title.
fn measure(arguments: &[String]) -> bool {
    let words = || arguments.iter().filter(|word| !word.starts_with("--"));
    let mut all_reached = true;
    for measure in Measure::ALL.into_iter().filter(|measure| words().all(|word| measure.title().contains(word.as_str()))) {
        let mut contenders = contenders(measure);
        for round in 0..ROUNDS {
            // Nobody always has its turn after the same one.
            let begin = round % contenders.len();
            let (last, first) = contenders.split_at_mut(begin);
            for contender in first.iter_mut().chain(last) {
                contender.take_turn(measure);
            }
        }
        println!("{}", measure.title());
        let of = |server| contenders.iter().find(|contender| contender.server == server).expect("one of them");
        for contender in &contenders {
            let (line, reached) = contender.line(of(Server::Ours), of(Server::Bare));
            println!("{line}");
            all_reached &= reached;
        }
    }
    all_reached
}
