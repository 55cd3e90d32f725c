//! What becomes of a process that serves a connection, as `/proc` and the kernel of Linux tell it: the commands that it runs end with it, and its socket is looked at.

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use socket_lab::net::Sampler;
use socket_lab::program::{Phase, Program, Remote, Reply};
use socket_lab::trace::{Call, Figure, Kind, Origin, Record, Sample, SocketId, TcpState};

use super::processes::{is_gone, process, server, signal};
use super::stage::{LIMIT, Stage, ask, is_told, peer, shown};

/// A server whose process runs a command that has started another one; both numbers, and that of the process.
fn commanding(stage: &Stage, folder: &Path) -> (Program, TcpStream, i32, [i32; 2]) {
    let anything = Remote { any: true, ..Remote::default() };
    let (server, address) = server(stage, |spec| spec.reply = Reply::Command(anything));
    let mut client = peer(address);
    let numbers = folder.join("numbers");
    client.write_all(format!("sh -c 'sleep 1000 & echo $$ $! > {0}.new; mv {0}.new {0}; wait'", numbers.display()).as_bytes()).unwrap();
    let begin = Instant::now();
    let read = loop {
        if let Ok(read) = fs::read_to_string(&numbers) {
            break read;
        }
        assert!(begin.elapsed() < LIMIT, "no command runs\n{}", shown(&stage.rows()));
        std::thread::yield_now();
    };
    let numbers = read.split_whitespace().map(|number| number.parse().unwrap()).collect::<Vec<i32>>();
    let number = process(stage, &client).0;
    waits(number);
    (server, client, number, numbers.try_into().unwrap())
}

/// Waits until the thread that serves the connection sleeps: with a command under way it does that once it has told of it.
fn waits(process: i32) {
    let sleeps = |task: &Path| {
        let read = |file| fs::read_to_string(task.join(file)).unwrap_or_default();
        read("comm").trim() == "connection" && read("stat").contains(") S ")
    };
    let begin = Instant::now();
    while !fs::read_dir(format!("/proc/{process}/task")).unwrap().any(|task| sleeps(&task.unwrap().path())) {
        assert!(begin.elapsed() < LIMIT, "process {process} does not wait");
        std::thread::yield_now();
    }
}

/// Waits until there is no such process but for what its own parent has not taken note of.
fn is_over(process: i32) {
    let begin = Instant::now();
    while fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| !stat.contains(") Z ")) {
        assert!(begin.elapsed() < Duration::from_secs(3), "process {process} is still there");
        std::thread::yield_now();
    }
}

#[test]
fn a_command_does_not_outlive_the_process_that_has_to_be_killed() {
    let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
    let (server, _client, number, commands) = commanding(&stage, folder.path());
    signal(number, Signal::SIGSTOP);
    stage.stopped(&server);
    is_gone(number);
    assert!(stage.rows().iter().any(|row| is_told(row, "program-process-late")), "{}", shown(&stage.rows()));
    commands.into_iter().for_each(is_over);
}

#[test]
fn a_command_does_not_outlive_a_process_that_somebody_kills() {
    let (stage, folder) = (Stage::new(), tempfile::tempdir().unwrap());
    let (server, _client, number, commands) = commanding(&stage, folder.path());
    signal(number, Signal::SIGKILL);
    stage.row("it is told", |row| is_told(row, "program-process-killed"));
    is_gone(number);
    commands.into_iter().for_each(is_over);
    stage.stopped(&server);
}

/// Looks until a sample of this socket is as expected; returns it.
fn sampled(stage: &Stage, server: &Arc<Program>, sampler: &mut Sampler, of: SocketId, is: impl Fn(&Sample) -> bool) -> Record {
    let begin = Instant::now();
    loop {
        assert!(Program::sample(std::slice::from_ref(server), sampler), "Linux tells");
        let rows = stage.rows();
        let is = |row: &&Record| matches!(&row.kind, Kind::Sample(sample) if row.socket == Some(of) && is(sample));
        if let Some(row) = rows.iter().rfind(is) {
            return row.clone();
        }
        assert!(begin.elapsed() < LIMIT, "{}", shown(&rows));
    }
}

#[test]
fn the_kernel_is_asked_for_the_socket_by_the_process_that_has_it() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let server = Arc::new(server);
    let mut sampler = Sampler::new(stage.trace.lab_tracer("sampler"));
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let (number, socket) = process(&stage, &client);
    stage.row("the server has closed its copy", |row| row.call() == Some(Call::CloseCopy));
    stage.blocked(server.id(), Call::Recv);
    let of = |sample: &Sample| sample.get(Figure::State) == Some(TcpState::Established as u64) && sample.get(Figure::Rtt).is_some();
    let row = sampled(&stage, &server, &mut sampler, socket, of);
    assert_eq!((row.program, row.origin), (server.id(), Origin::Lab));
    // What it does not read waits: only who has the socket can say how much.
    signal(number, Signal::SIGSTOP);
    client.write_all(b"unread").unwrap();
    let late = Instant::now();
    assert!(Program::sample(std::slice::from_ref(&server), &mut sampler), "a process that does not answer is not waited for");
    assert!(late.elapsed() < Duration::from_secs(1));
    signal(number, Signal::SIGCONT);
    assert_eq!(ask(&mut client, b"", 6), b"unread");
    // Its connection is followed beyond its end: the client has closed first, the server's side is gone.
    drop(client);
    let closed = |sample: &Sample| sample.get(Figure::State) == Some(TcpState::Closed as u64);
    sampled(&stage, &server, &mut sampler, socket, closed);
    server.stop();
    assert!(server.wait(|state| state.phase == Phase::Ended, LIMIT));
}
