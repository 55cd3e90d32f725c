//! Commands that are run for a peer: what is refused, and that whatever runs has an end.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::time::{Duration, Instant};

use socket_lab::program::{MOST_OUTPUT, MOST_TIME, Phase, Program, ProgramKind, Remote, Reply, Spec};
use socket_lab::wire::Charset;

use super::stage::{LIMIT, Stage, any, is_told, peer};

fn server(stage: &Stage, remote: Remote) -> (Program, SocketAddr) {
    stage.server(ProgramKind::TcpServer, |spec| (spec.reply, spec.manner.messages) = (Reply::Command(remote), Some(1)))
}

fn anything() -> Remote {
    Remote { any: true, ..Remote::default() }
}

/// What one command line is answered: a connection each, so that the end of the answer is known.
fn answer(address: SocketAddr, line: &[u8]) -> Vec<u8> {
    let mut stream = peer(address);
    stream.write_all(line).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    answer
}

fn text(address: SocketAddr, line: &str) -> String {
    String::from_utf8(answer(address, line.as_bytes())).unwrap()
}

#[test]
#[cfg(unix)]
fn programs_of_the_list_run_with_their_words() {
    let stage = Stage::new();
    let (server, address) = server(&stage, Remote::default());
    assert_eq!(text(address, "echo a 'b  c' \"d\" e\\ f\n"), "a b  c d e f\n");
    assert_eq!(text(address, "date +%Y"), format!("{}\n", jiff_year()));
    assert!(text(address, "ls /no/such/folder").contains("/no/such/folder"), "standard error is answered too");
    assert!(!text(address, "uname").is_empty() && !text(address, "pwd").is_empty() && !text(address, "whoami").is_empty());
    stage.row("what it told", |row| is_told(row, "program-told-command"));
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[cfg(unix)]
fn jiff_year() -> String {
    let out = std::process::Command::new("date").arg("+%Y").output().expect("date(1)").stdout;
    String::from_utf8_lossy(&out).trim().to_owned()
}

#[test]
#[cfg(unix)]
fn nothing_is_expanded_and_nothing_else_is_run() {
    let stage = Stage::new();
    let folder = tempfile::tempdir().unwrap();
    let trap = folder.path().join("trap");
    let (server, address) = server(&stage, Remote::default());
    let touch = format!("touch {}", trap.display());
    for line in [
        format!("echo x; {touch}"),
        format!("echo x && {touch}"),
        format!("echo x || {touch}"),
        format!("echo x | {touch}"),
        format!("echo x & {touch}"),
        format!("echo $({touch})"),
        format!("echo `{touch}`"),
        format!("echo x > {}", trap.display()),
        format!("echo $HOME ~ * ${{IFS}} %PATH% ; {touch}"),
    ] {
        let answer = text(address, &line);
        let words = line.strip_prefix("echo ").unwrap();
        assert_eq!(answer.trim_end(), words, "echo says its words and no more");
    }
    for line in [
        touch.clone(),
        format!("/usr/bin/{touch}"),
        "/bin/echo x".to_owned(),
        "./echo x".to_owned(),
        "../../bin/echo x".to_owned(),
        "ECHO x".to_owned(),
        "echo\\ x".to_owned(),
        "'echo x'".to_owned(),
        "\"\" x".to_owned(),
        "sh -c 'echo x'".to_owned(),
        "env echo x".to_owned(),
    ] {
        assert!(text(address, &line).contains("not on the list"), "{line}");
    }
    for (line, part) in [
        ("echo a\necho b", "More than one line"),
        ("echo a\recho b", "More than one line"),
        ("echo a\0b", "NUL"),
        ("echo 'a", "quote"),
        ("echo a\\", "quote"),
        ("  \n", "empty"),
        ("hostname pwned", "refused with pwned"),
        ("date -s 2000-01-01", "refused with -s"),
        ("date 010100002000", "refused with"),
        ("date -us 2000-01-01", "refused with -us"),
    ] {
        let answer = text(address, line);
        assert!(answer.contains(part), "{line:?}: {answer}");
    }
    assert!(answer(address, b"\xff\xfe").len() < 500, "what is no text is refused too");
    assert!(!trap.exists(), "somebody touched it");
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
#[cfg(unix)]
fn output_has_an_end_and_that_is_told() {
    let stage = Stage::new();
    let (server, address) = server(&stage, anything());
    for line in ["sh -c 'head -c 10000000 /dev/zero'", "sh -c 'yes 1>&2'"] {
        let begin = Instant::now();
        let answer = answer(address, line.as_bytes());
        assert!(answer.len() > MOST_OUTPUT && answer.len() < MOST_OUTPUT + 200, "{line}: {}", answer.len());
        assert!(answer.ends_with(b"cut after 65536 bytes, the most that is answered]\n"), "{line}");
        assert!(begin.elapsed() < MOST_TIME, "{line}: cut at once");
    }
    stage.row("that it was cut", |row| is_told(row, "program-command-long"));
    stage.stopped(&server);
}

#[test]
#[cfg(unix)]
fn time_has_an_end_also_for_a_child_that_holds_the_pipe() {
    let stage = Stage::new();
    let (server, address) = server(&stage, anything());
    // Both at once would wait for each other on a server that serves one at a time: one program is enough for both.
    let begin = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let number = folder.path().join("number");
    let answer = text(address, &format!("sh -c 'echo said; sleep 1000 & echo $! > {}'", number.display()));
    assert!(answer.starts_with("said\n") && answer.contains("ended after 5 s"), "{answer}");
    assert!(begin.elapsed() >= MOST_TIME && begin.elapsed() < MOST_TIME + LIMIT);
    let child = std::fs::read_to_string(&number).unwrap();
    let is_gone = || {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", child.trim()));
        !cfg!(target_os = "linux") || state.is_err() || state.is_ok_and(|state| state.contains(") Z"))
    };
    while !is_gone() {
        assert!(begin.elapsed() < LIMIT + MOST_TIME, "the child of the child lives");
        std::thread::yield_now();
    }
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
#[cfg(unix)]
fn a_program_that_is_stopped_does_not_wait_for_its_command() {
    let stage = Stage::new();
    let (server, address) = server(&stage, anything());
    let mut stream = peer(address);
    stream.write_all(b"sleep 1000").unwrap();
    stage.row("the command", |row| super::stage::is_received(row, b"sleep 1000"));
    assert!(stage.stopped(&server) < Duration::from_secs(2));
}

#[test]
#[cfg(unix)]
fn the_answer_is_in_the_character_set_that_was_chosen() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| {
        (spec.reply, spec.manner.charset) = (Reply::Command(Remote::default()), Charset::Gbk);
    });
    let socket = super::stage::datagram_peer();
    assert_eq!(super::stage::ask_datagram(&socket, address, b"echo \xd4\xd9\xbc\xfb"), b"\xd4\xd9\xbc\xfb\n");
    stage.stopped(&server);
}

#[test]
fn commands_are_run_for_this_computer_alone() {
    let stage = Stage::new();
    for kind in [ProgramKind::TcpServer, ProgramKind::UdpServer] {
        let bind = Some(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)));
        let spec = Spec { bind, reply: Reply::Command(Remote::default()), ..Spec::new(kind, "server") };
        let program = stage.start(spec);
        let state = stage.ended(&program);
        assert_eq!(state.failure.expect("refused").message.key(), "program-command-outside");
        assert_eq!(stage.calls(program.id()), Vec::<&str>::new());
    }
    let spec = Spec { bind: Some(any()), reply: Reply::Command(Remote::default()), ..Spec::new(ProgramKind::UdpServer, "server") };
    let (program, _) = stage.ready(spec);
    assert_eq!(program.state().phase, Phase::Ready);
    stage.stopped(&program);
}
