//! A process for each connection: what it does stands in the trace of the server, and however it ends, nothing of it is left behind.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use bytes::Bytes;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use socket_lab::program::{Command, Data, Handling, Program, ProgramKind, Reply, SendList, SendTo, Spec};
use socket_lab::trace::gate::{Go, Goal};
use socket_lab::trace::{Call, Kind, Life, Origin, Outcome, Record, SocketId, Value};

use super::stage::{LIMIT, Stage, any, ask, ends, is_received, is_told, option, peer, shown};

pub(super) fn server(stage: &Stage, change: impl FnOnce(&mut Spec)) -> (Program, SocketAddr) {
    stage.server(ProgramKind::TcpServer, |spec| {
        spec.handling = Handling::ProcessPerConnection;
        change(spec);
    })
}

/// The process that serves this client: its number and its socket.
pub(super) fn process(stage: &Stage, client: &TcpStream) -> (i32, SocketId) {
    let from = client.local_addr().unwrap();
    let is_accept = |row: &Record| matches!(&row.outcome, Outcome::Socket(_, peer) if peer.ip() == Some(from));
    let Outcome::Socket(socket, _) = stage.row("accept", is_accept).outcome else { unreachable!() };
    let spawn = stage.row("a process", |row| row.call() == Some(Call::Spawn) && row.socket == Some(socket));
    let Outcome::Ok(number) = spawn.outcome else { unreachable!("{spawn:?}") };
    (number as i32, socket)
}

pub(super) fn signal(process: i32, signal: Signal) {
    kill(Pid::from_raw(process), signal).unwrap();
}

/// Waits until there is no such process, not even a zombie.
pub(super) fn is_gone(process: i32) {
    let begin = Instant::now();
    while kill(Pid::from_raw(process), None).is_ok() {
        assert!(begin.elapsed() < LIMIT, "process {process} is still there: {:?}", fs::read_to_string(format!("/proc/{process}/stat")));
        std::thread::yield_now();
    }
}

#[test]
fn the_server_closes_its_copy_and_the_process_goes_on() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |spec| spec.options = vec![option("SO_KEEPALIVE", Value::Flag(true))]);
    let client = stage.client(ProgramKind::TcpClient, address, &["hello", "again"], |_| ());
    assert!(!stage.ended(&client).has_failed());
    stage.row("the process has closed", |row| row.program == server.id() && row.call() == Some(Call::Close));
    stage.stopped(&server);
    assert!(!server.state().has_failed(), "{:?}", server.state());
    let rows = stage.rows();
    let socket = rows.iter().find_map(|row| if let Outcome::Socket(socket, _) = row.outcome { Some(socket) } else { None }).unwrap();
    let of = |row: &&Record| row.socket == Some(socket) && row.origin == Origin::Program;
    let names = stage.trace.store().names();
    // Each in its own order: nobody waits for the other.
    let calls = |name: &str| {
        let own = rows.iter().filter(of).filter(|row| names.thread_name(row.thread) == name);
        own.filter_map(Record::call).collect::<Vec<_>>()
    };
    let number = rows.iter().find_map(|row| match (row.call(), &row.outcome) {
        (Some(Call::Spawn), Outcome::Ok(number)) => Some(*number),
        _ => None,
    });
    let own = format!("process {socket} (pid {})", number.unwrap());
    let served = [Call::Recv, Call::Send, Call::Recv, Call::Send, Call::Recv, Call::Close];
    assert_eq!((calls("server"), calls(&own)), (vec![Call::Spawn, Call::CloseCopy], served.to_vec()), "{}", shown(&rows));
    assert_eq!((Call::CloseCopy.name(), names.socket(socket).map(|ends| ends.closed)), ("close", Some(true)));
    // The clocks of both processes are one: what was sent is received after the send began and answered before the answer is there.
    for text in ["hello", "again"] {
        let row = |call: Call, program| {
            let is = |row: &&Record| {
                row.call() == Some(call) && row.program == program && row.payload.as_ref().is_some_and(|payload| payload.bytes == text)
            };
            rows.iter().find(is).unwrap()
        };
        let (sent, got) = (row(Call::Send, client.id()), row(Call::Recv, server.id()));
        let (answered, back) = (row(Call::Send, server.id()), row(Call::Recv, client.id()));
        assert!(sent.t0 <= got.t1 && got.t1 <= answered.t0 && answered.t0 <= back.t1, "{}", shown(&rows));
    }
    is_gone(number.unwrap() as i32);
}

#[test]
fn a_socket_whose_copy_was_closed_is_not_closed() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let (_, socket) = process(&stage, &client);
    stage.row("the copy is closed", |row| row.call() == Some(Call::CloseCopy));
    assert!(!stage.trace.store().names().socket(socket).unwrap().closed);
    let open = stage.blocked(server.id(), Call::Recv);
    assert_eq!(open.socket, Some(socket), "what the other process is in is seen");
    stage.stopped(&server);
}

#[test]
fn two_silent_clients_do_not_block_the_third() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let silent = [peer(address), peer(address)];
    assert_eq!(ask(&mut peer(address), b"third", 5), b"third");
    let numbers = silent.each_ref().map(|client| process(&stage, client).0);
    assert_ne!(numbers[0], numbers[1]);
    assert!(stage.stopped(&server) < Duration::from_secs(1));
    numbers.into_iter().for_each(is_gone);
}

#[test]
fn a_process_that_is_killed_is_told_and_the_server_goes_on() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let (number, socket) = process(&stage, &client);
    assert_eq!(stage.blocked(server.id(), Call::Recv).socket, Some(socket));
    signal(number, Signal::SIGKILL);
    ends(&mut client);
    let told = stage.row("it is told", |row| is_told(row, "program-process-killed"));
    assert!(format!("{told:?}").contains("SIGKILL"), "{told:?}");
    is_gone(number);
    let closed = stage.row("the kernel has closed it", |row| row.call() == Some(Call::Close) && row.socket == Some(socket));
    assert_eq!(closed.origin, Origin::Lab, "nobody has made that call");
    stage.row("the end of its thread", |row| row.thread == told.thread && row.kind == Kind::Life(Life::ThreadEnded));
    assert!(stage.trace.open_calls().iter().all(|open| open.socket != Some(socket)), "it is in no call any more");
    assert_eq!(ask(&mut peer(address), b"y", 1), b"y");
    stage.stopped(&server);
    assert!(!server.state().has_failed(), "somebody else has ended it: {:?}", server.state());
}

#[test]
fn a_process_that_crashes_is_a_fault_of_the_server() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    signal(process(&stage, &client).0, Signal::SIGABRT);
    assert!(server.wait(|state| state.failure.is_some(), LIMIT));
    assert_eq!(server.state().failure.unwrap().message.key(), "program-process-killed");
    stage.stopped(&server);
}

#[test]
fn processes_that_block_in_receive_and_in_send_are_stopped() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |spec| spec.reply = Reply::Fixed(Data::Hex(vec![0; 30_000_000])));
    let silent = peer(address);
    let mut deaf = peer(address);
    assert_eq!(ask(&mut deaf, b"much", 1), [0]);
    stage.blocked(server.id(), Call::Recv);
    stage.blocked(server.id(), Call::Send);
    let numbers = [&silent, &deaf].map(|client| process(&stage, client).0);
    assert!(stage.stopped(&server) < Duration::from_secs(1), "{}", shown(&stage.rows()));
    assert!(!server.state().has_failed() && server.state().lingering.is_empty(), "{:?}", server.state());
    numbers.into_iter().for_each(is_gone);
    assert_eq!(stage.rows().iter().filter(|row| is_told(row, "program-process-ended")).count(), 2, "both in good order");
}

#[test]
fn a_process_that_does_not_obey_is_killed() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let (number, _) = process(&stage, &client);
    signal(number, Signal::SIGSTOP);
    stage.stopped(&server);
    is_gone(number);
    assert!(stage.rows().iter().any(|row| is_told(row, "program-process-late")), "{}", shown(&stage.rows()));
    assert!(!server.state().has_failed());
}

#[test]
fn a_process_that_cannot_be_started_closes_its_connection_alone() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |spec| spec.executable = Some("/no/such/program".into()));
    for _ in 0..2 {
        ends(&mut peer(address));
    }
    let row = stage.row("the call", |row| row.call() == Some(Call::Spawn));
    assert!(row.errno().is_some_and(|errno| errno.is("ENOENT")), "{row:?}");
    let failure = server.state().failure.expect("a failure");
    assert!(
        failure.errno.is_some_and(|errno| errno.is("ENOENT")) && failure.message.to_string().contains("posix_spawn(program)"),
        "{failure:?}"
    );
    stage.stopped(&server);
    let rows = stage.rows();
    let count = |call: Call| rows.iter().filter(|row| row.call() == Some(call)).count();
    assert_eq!((count(Call::Spawn), count(Call::Close), count(Call::CloseCopy)), (2, 3, 0), "{}", shown(&rows));
}

#[test]
fn a_program_that_is_another_one_is_found_out() {
    // One does nothing, and one says the same again and again in the place of its calls.
    for (path, key) in [("/bin/true", "program-process-failed"), ("/usr/bin/yes", "program-process-broken")] {
        if !Path::new(path).exists() {
            continue;
        }
        let stage = Stage::new();
        let (server, address) = server(&stage, |spec| spec.executable = Some(path.into()));
        let mut client = peer(address);
        let (number, _) = process(&stage, &client);
        assert_eq!(client.read(&mut [0; 8]).unwrap(), 0, "its connection is closed");
        stage.row(key, |row| is_told(row, key));
        is_gone(number);
        stage.stopped(&server);
        assert_eq!(server.state().failure.map(|failure| failure.message.key().to_owned()).as_deref(), Some(key));
    }
}

#[test]
fn a_person_reaches_the_processes_of_all_and_of_one() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |spec| (spec.reply, spec.stop_word) = (Reply::Manual, Some("q".to_owned())));
    let mut clients = [peer(address), peer(address), peer(address)];
    for client in &mut clients {
        client.write_all(b"?").unwrap();
    }
    let sockets = clients.each_ref().map(|client| process(&stage, client).1);
    for socket in sockets {
        stage.row("the question", |row| row.socket == Some(socket) && is_received(row, b"?"));
    }
    let [first, second, third] = &mut clients;
    let send = |to, text: &'static str| server.command(Command::Send { to, bytes: Bytes::from_static(text.as_bytes()) }).unwrap();
    send(SendTo::All, "all");
    for client in [&mut *first, &mut *second, &mut *third] {
        assert_eq!(ask(client, b"", 3), b"all");
    }
    send(SendTo::Address(second.local_addr().unwrap().into()), "one");
    assert_eq!(ask(second, b"", 3), b"one");
    let row = stage
        .row("by the person", |row| row.socket == Some(sockets[1]) && row.payload.as_ref().is_some_and(|payload| payload.bytes == "one"));
    assert_eq!((row.origin, row.call()), (Origin::Person, Some(Call::Send)));
    let messages = vec![Data::Text("a".to_owned()), Data::Text("b".to_owned())];
    let list = SendList { to: SendTo::Socket(sockets[0]), messages, rounds: 2, every: Duration::ZERO };
    server.command(Command::SendList(list)).unwrap();
    assert_eq!(ask(first, b"", 4), b"abab");
    // Options are set and read there.
    let (option, value) = option("TCP_NODELAY", Value::Flag(true));
    server.command(Command::SetOption { socket: Some(sockets[0]), option, value: value.clone() }).unwrap();
    let is_read = |row: &Record| {
        row.socket == Some(sockets[0]) && row.call() == Some(Call::GetSockOpt) && row.outcome == Outcome::Value(Box::new(value.clone()))
    };
    stage.row("the option", is_read);
    server.command(Command::ReadOptions(sockets[2])).unwrap();
    stage.row("all options", |row| row.socket == Some(sockets[2]) && row.call() == Some(Call::GetSockOpt));
    // One is ended, another ends by the word.
    server.command(Command::Disconnect(sockets[2])).unwrap();
    ends(third);
    send(SendTo::Socket(sockets[1]), "q");
    assert_eq!(ask(second, b"", 1), b"q");
    ends(second);
    assert_eq!(ask(first, b"", 0), b"");
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large");
    fs::write(&large, vec![7; 300_000]).unwrap();
    server.command(Command::SendData { to: SendTo::All, data: Data::File(large) }).unwrap();
    assert!(ask(first, b"", 300_000).iter().all(|byte| *byte == 7));
    assert!(server.wait(|state| state.sending.file.as_ref().is_some_and(|file| file.sent == 300_000 && !file.is_under_way), LIMIT));
    send(SendTo::Address(SocketAddr::from(([127, 0, 0, 1], 1)).into()), "nobody");
    assert!(server.wait(|state| state.sending.failed.as_ref().is_some_and(|why| why.key() == "program-told-nobody"), LIMIT));
    stage.stopped(&server);
    assert!(!server.state().has_failed(), "{:?}", server.state());
}

#[test]
fn the_calls_of_a_process_are_held_and_let_go_one_by_one() {
    let stage = Stage::new();
    let (server, address) = server(&stage, |_| ());
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let (_, socket) = process(&stage, &client);
    let go = |go| server.command(Command::Step(None, go)).unwrap();
    stage.blocked(server.id(), Call::Recv);
    go(Go::Hold);
    stage.trace.flush();
    let held = |call: Call| {
        let begin = Instant::now();
        let is = |open: &socket_lab::trace::OpenCall| open.held && open.call == call && open.socket == Some(socket);
        while !stage.trace.open_calls().iter().any(is) {
            assert!(begin.elapsed() < LIMIT, "{:?}", stage.trace.open_calls());
            std::thread::yield_now();
        }
    };
    // The word to hold is on its way to the process: the first answers may be quicker.
    let held_now = || stage.trace.open_calls().into_iter().find(|open| open.held && open.socket == Some(socket));
    let (begin, mut stepped) = (Instant::now(), None);
    client.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
    client.write_all(b"held").unwrap();
    loop {
        assert!(begin.elapsed() < LIMIT, "{:?}", stage.trace.open_calls());
        match held_now() {
            Some(open) if open.call == Call::Send => break,
            Some(open) if stepped != Some(open.t0) => {
                stepped = Some(open.t0);
                go(Go::Step);
            }
            _ => {}
        }
        if client.read_exact(&mut [0; 4]).is_ok() {
            client.write_all(b"held").unwrap();
        }
    }
    client.set_nonblocking(true).unwrap();
    assert!(client.read(&mut [0; 8]).is_err(), "answered though it is held");
    client.set_nonblocking(false).unwrap();
    // The step is that of whoever is held longest: the only one.
    let begin = Instant::now();
    client.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut buffer = [0; 4];
    while client.read_exact(&mut buffer).is_err() {
        assert!(begin.elapsed() < LIMIT);
        go(Go::Step);
    }
    assert_eq!(&buffer, b"held");
    held(Call::Recv);
    go(Go::On);
    assert_eq!(ask(&mut client, b"free", 4), b"free");
    stage.stopped(&server);
}

/// What processes do is gone on with up to the next receive, and no further: the one that comes to it has all be held again.
#[test]
fn processes_run_to_the_next_receive() {
    let stage = Stage::new();
    let spec = Spec {
        bind: Some(any()),
        executable: Some(env!("CARGO_BIN_EXE_socket-lab").into()),
        handling: Handling::ProcessPerConnection,
        ..Spec::new(ProgramKind::TcpServer, "server")
    };
    let server = Program::start_held(spec, None, &stage.trace, None).expect("a program");
    let go = |go| server.command(Command::Step(None, go)).unwrap();
    let held = |call: Call| {
        let begin = Instant::now();
        loop {
            let open = stage.trace.open_calls();
            if let Some(open) = open.iter().find(|open| open.held && open.call == call) {
                return open.clone();
            }
            assert!(begin.elapsed() < LIMIT, "nobody is held in {call}: {open:?}\n{}", shown(&stage.rows()));
            std::thread::yield_now();
        }
    };
    held(Call::Socket);
    go(Go::To(Goal::Accept));
    held(Call::Accept);
    let mut client = peer(server.state().local.and_then(|local| local.ip()).expect("it listens"));
    client.write_all(b"first").unwrap();
    // The server accepts, starts a process, and closes its copy; the process comes to its first receive.
    go(Go::To(Goal::Recv));
    let (_, socket) = process(&stage, &client);
    let first = held(Call::Recv);
    assert_eq!(first.socket, Some(socket), "in the process");
    let is_made = |call: Call| stage.rows().iter().any(|row| row.call() == Some(call) && row.socket == Some(socket));
    assert!(is_made(Call::Spawn) && !is_made(Call::Recv), "{}", shown(&stage.rows()));
    // From one receive to the next: the answer goes, and the process stands before its second receive, though something is there.
    go(Go::To(Goal::Recv));
    assert_eq!(ask(&mut client, b"", 5), b"first");
    client.write_all(b"second").unwrap();
    let begin = Instant::now();
    let second = loop {
        let open = held(Call::Recv);
        if open.t0 != first.t0 {
            break open;
        }
        assert!(begin.elapsed() < LIMIT, "it was not let go");
    };
    assert_eq!(second.socket, Some(socket));
    let received = stage.rows().iter().filter(|row| row.call() == Some(Call::Recv) && row.socket == Some(socket)).count();
    assert_eq!(received, 1, "{}", shown(&stage.rows()));
    // With it the server is held, on a slow machine before it has closed its copy: who comes now is accepted at most, and not served.
    let other = peer(server.state().local.and_then(|local| local.ip()).expect("it listens"));
    let begin = Instant::now();
    while !stage.trace.open_calls().iter().any(|open| open.held && matches!(open.call, Call::Accept | Call::Spawn | Call::CloseCopy)) {
        assert!(begin.elapsed() < LIMIT, "{:?}", stage.trace.open_calls());
        std::thread::yield_now();
    }
    drop(other);
    go(Go::On);
    let mut rest = Vec::new();
    client.shutdown(std::net::Shutdown::Write).unwrap();
    client.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"second"), "{rest:?}");
    stage.stopped(&server);
    assert!(!server.state().has_failed(), "{:?}", server.state());
}

#[test]
fn pages_and_unix_sockets_are_served_by_processes_too() {
    let stage = Stage::new();
    let (http, address) = stage.server(ProgramKind::HttpServer, |spec| spec.handling = Handling::ProcessPerConnection);
    let mut client = peer(address);
    client.write_all(b"GET /hello.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    client.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert_eq!(stage.rows().iter().filter(|row| is_told(row, "program-http-own-folder")).count(), 1, "the folder is the server's");
    stage.stopped(&http);
    let (unix, _) = stage.server(ProgramKind::UnixServer, |spec| (spec.bind, spec.handling) = (None, Handling::ProcessPerConnection));
    let client = Program::start(
        Spec {
            send: vec![socket_lab::program::Outgoing::new(Data::Text("by path".to_owned()))],
            ..Spec::new(ProgramKind::UnixClient, "client")
        },
        unix.state().local,
        &stage.trace,
    );
    assert!(!stage.ended(&client.unwrap()).has_failed());
    stage.row("the answer", |row| row.program != unix.id() && is_received(row, b"by path"));
    stage.stopped(&unix);
    assert!(!http.state().has_failed() && !unix.state().has_failed());
}

/// `socket-lab run` with a server of this handling, and its port.
fn run_alone(prefix: &[&str]) -> (std::process::Child, BufReader<std::process::ChildStdout>, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let lab = folder.path().join("lab.toml");
    let text = "[[program]]\nname = \"server\"\nkind = \"tcp-server\"\nbind = \"127.0.0.1:0\"\nbacklog = 64\nhandling = \"process-per-connection\"\n";
    fs::write(&lab, text).unwrap();
    let mut words = prefix.to_vec();
    words.extend([env!("CARGO_BIN_EXE_socket-lab"), "run", lab.to_str().unwrap(), "--format", "jsonl", "--for", "20", "--lang", "en"]);
    let mut child = std::process::Command::new(words[0]).args(&words[1..]).stdout(Stdio::piped()).spawn().unwrap();
    let mut rows = BufReader::new(child.stdout.take().unwrap());
    let line = until(&mut rows, "\"getsockname\"");
    let row: serde_json::Value = serde_json::from_str(&line).unwrap();
    let address = row["args"]["address"].as_str().expect(&line).parse().unwrap();
    (child, rows, address)
}

/// The next line that holds `part`.
fn until(rows: &mut impl std::io::BufRead, part: &str) -> String {
    rows.lines().map_while(Result::ok).find(|line| line.contains(part)).expect(part)
}

#[test]
fn with_the_server_its_processes_end() {
    let (mut lab, mut rows, address) = run_alone(&[]);
    let mut client = peer(address);
    assert_eq!(ask(&mut client, b"x", 1), b"x");
    let row: serde_json::Value = serde_json::from_str(&until(&mut rows, "\"process-started\"")).unwrap();
    let number = row["args"]["number"].as_i64().unwrap() as i32;
    kill(Pid::from_raw(number), None).expect("it is there");
    lab.kill().unwrap();
    lab.wait().unwrap();
    ends(&mut client);
    // Nobody of the lab is left to wait for it: init does, or whoever stands in for it, in its own time.
    let is_over = || fs::read_to_string(format!("/proc/{number}/stat")).map_or(true, |stat| stat.contains(") Z "));
    let begin = Instant::now();
    while !is_over() {
        assert!(begin.elapsed() < LIMIT, "process {number} is still there");
        std::thread::yield_now();
    }
}

#[test]
fn a_server_that_runs_out_of_files_says_so_and_goes_on() {
    let (mut lab, mut rows, address) = run_alone(&["sh", "-c", "ulimit -n 40; exec \"$0\" \"$@\""]);
    let mut clients = Vec::new();
    let refused = loop {
        let mut client = peer(address);
        client.write_all(b"x").unwrap();
        let mut byte = [0];
        match client.read(&mut byte) {
            Ok(1) => clients.push(client),
            end => break end,
        }
        assert!(clients.len() < 40);
    };
    assert!(!matches!(refused, Ok(1)));
    let line = until(&mut rows, "EMFILE");
    assert!(line.contains("program-process-lacks") || line.contains("posix_spawn") || line.contains("accept"), "{line}");
    assert!(clients.len() > 2, "{}", clients.len());
    assert_eq!(ask(&mut clients[0], b"y", 1), b"y");
    drop(clients);
    lab.kill().unwrap();
    lab.wait().unwrap();
}
