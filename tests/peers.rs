//! The program against programs that others wrote: nc, ncat, curl, socat and Python's socket module, both ways round.
//!
//! Each test runs `socket-lab run` with a lab file, as a person would, and asserts the bytes that arrive.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "peers/exceptions.rs"]
mod exceptions;
#[path = "peers/http.rs"]
mod http;
#[path = "peers/packing.rs"]
mod packing;
mod peer;
#[path = "peers/scripts/mod.rs"]
mod scripts;
#[path = "peers/tutorials.rs"]
mod tutorials;

use std::fs;
use std::process::Command;

use peer::Peer;
use serde_json::Value;
use tempfile::TempDir;

/// `socket-lab run` with a lab.
struct Lab {
    program: Peer,
    _folder: TempDir,
}

impl Lab {
    fn run(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lab.toml");
        fs::write(&file, text).expect("a lab file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_socket-lab"));
        let program = Peer::start(command.arg("run").arg(file).args(["--format", "jsonl"]).current_dir(folder.path()));
        Self { program, _folder: folder }
    }

    /// A server of this kind with this reply, and its port.
    fn server(kind: &str, reply: &str) -> (Self, u16) {
        let lab = Self::run(&format!("[[program]]\nname = \"server\"\nkind = \"{kind}\"\nbind = \"127.0.0.1:0\"\nreply = {reply}\n"));
        let port = lab.program.until("local address", |streams| {
            let named = rows(&streams.out).into_iter().find(|row| row["call"] == "getsockname" && row["result"] == "ok")?;
            port_of(&named["args"]["address"])
        });
        (lab, port)
    }

    /// A client of this kind that sends `messages` (TOML) to `port`; the bytes of each of its receives.
    fn client(kind: &str, port: u16, messages: &str) -> Vec<String> {
        let lab =
            Self::run(&format!("[[program]]\nname = \"client\"\nkind = \"{kind}\"\nconnect = \"127.0.0.1:{port}\"\nsend = {messages}\n"));
        let (status, streams) = lab.program.end();
        assert!(status.success(), "{status}: {}{}", String::from_utf8_lossy(&streams.out), String::from_utf8_lossy(&streams.err));
        let received =
            |row: &Value| matches!(row["call"].as_str(), Some("recv" | "recvfrom")) && row["bytes"].as_u64().is_some_and(|bytes| bytes > 0);
        rows(&streams.out).iter().filter(|row| received(row)).map(|row| row["data"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// The whole lines of a trace.
fn rows(out: &[u8]) -> Vec<Value> {
    let text = String::from_utf8_lossy(out);
    let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn port_of(address: &Value) -> Option<u16> {
    address.as_str()?.rsplit_once(':')?.1.parse().ok()
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// Runs `peer` against our server, says `ask` and expects exactly `answer`.
fn asks(kind: &str, reply: &str, peer: impl Fn(u16) -> Command, ask: &str, answer: &str) {
    let (_lab, port) = Lab::server(kind, reply);
    let mut peer = Peer::start(&mut peer(port));
    peer.say(ask.as_bytes());
    peer.answers(answer.as_bytes());
}

fn command(words: &str, port: u16) -> Command {
    let words = words.replace("PORT", &port.to_string());
    let mut words = words.split(' ');
    let mut command = Command::new(words.next().expect("a program"));
    command.args(words);
    command
}

#[test]
#[ignore = "needs nc"]
fn nc_talks_to_our_servers() {
    asks("tcp-server", "\"echo\"", |port| command("nc 127.0.0.1 PORT", port), "hello\n", "hello\n");
    asks("tcp-server", "\"reverse\"", |port| command("nc 127.0.0.1 PORT", port), "再见\n", "\n见再");
    asks("udp-server", "\"upper\"", |port| command("nc -u 127.0.0.1 PORT", port), "hello\n", "HELLO\n");
}

#[test]
#[ignore = "needs nc"]
fn nc_sees_the_end_of_our_server() {
    let (_lab, port) = Lab::server("tcp-server", "\"echo\"");
    let mut nc = Peer::start(&mut command("nc -N 127.0.0.1 PORT", port));
    nc.say(b"the last\n");
    // Its standard input ends, so it sends a FIN; ours answers what it has received and closes, and nc ends.
    let (status, streams) = nc.end();
    assert!(status.success());
    assert_eq!(streams.out, b"the last\n");
}

#[test]
#[ignore = "needs ncat"]
fn ncat_talks_to_our_servers() {
    asks("tcp-server", "\"echo\"", |port| command("ncat 127.0.0.1 PORT", port), "hello\r\n", "hello\r\n");
    asks("tcp-server", "\"upper\"", |port| command("ncat 127.0.0.1 PORT", port), "abc é\n", "ABC é\n");
    asks("udp-server", "\"reverse\"", |port| command("ncat -u 127.0.0.1 PORT", port), "abc", "cba");
    asks("tcp-server", "{ fixed = \"i am tcp\" }", |port| command("ncat 127.0.0.1 PORT", port), "who?\n", "i am tcp");
}

#[test]
#[ignore = "needs curl"]
fn curl_talks_to_our_server() {
    asks("tcp-server", "\"echo\"", |port| command("curl -sN telnet://127.0.0.1:PORT", port), "hello\r\n", "hello\r\n");
}

#[test]
#[ignore = "needs socat"]
fn socat_talks_to_our_servers() {
    asks("tcp-server", "\"echo\"", |port| command("socat - TCP4:127.0.0.1:PORT", port), "a\0b", "a\0b");
    asks("udp-server", "\"echo\"", |port| command("socat - UDP4:127.0.0.1:PORT", port), "a\0b", "a\0b");
}

/// Asks our server as the tutorials do it, and prints what came back.
const PYTHON_CLIENT: &str = r#"
import socket, sys
kind, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as s:
    s.connect(("127.0.0.1", port))
    for line in sys.stdin:
        s.send(line.rstrip("\n").encode())
        print(s.recv(1024).decode(), flush=True)
"#;

fn python_client(kind: &'static str) -> impl Fn(u16) -> Command {
    move |port| {
        let mut python = Command::new("python3");
        python.args(["-c", PYTHON_CLIENT, kind, &port.to_string()]);
        python
    }
}

#[test]
#[ignore = "needs python3"]
fn python_talks_to_our_servers() {
    asks("tcp-server", "\"echo\"", python_client("tcp"), "hello\n再见\n", "hello\n再见\n");
    asks("tcp-server", "\"upper\"", python_client("tcp"), "hello\nz\n", "HELLO\nZ\n");
    asks("udp-server", "\"reverse\"", python_client("udp"), "再见\nab\n", "见再\nba\n");
    asks("udp-server", "{ time = \"%Y {}\" }", python_client("udp"), "x\n", &format!("{} x\n", year()));
    asks("tcp-server", "\"time\"", python_client("tcp"), "%Y\n", &format!("{}\n", year()));
}

/// The year here and now, as date(1) says it.
fn year() -> String {
    let out = Command::new("date").arg("+%Y").output().expect("date(1)").stdout;
    String::from_utf8_lossy(&out).trim().to_owned()
}

#[test]
#[ignore = "needs socat"]
fn our_clients_talk_to_socat() {
    for (kind, listen, mark) in
        [("tcp-client", "TCP4-LISTEN", "listening on AF=2 127.0.0.1:"), ("udp-client", "UDP4-LISTEN", "UDP AF=2 127.0.0.1:")]
    {
        let socat = Peer::start(&mut command(&format!("socat -d -d {listen}:0,bind=127.0.0.1,fork PIPE"), 0));
        let port = socat.port_after(mark);
        assert_eq!(Lab::client(kind, port, "[\"hello\", \"再见\"]"), [base64("hello"), base64("再见")], "{kind}");
    }
}

/// A server that answers each receive with what it got, between brackets, and prints what it got in hex.
const PYTHON_SERVER: &str = r#"
import socket, sys
if sys.argv[1] == "tcp":
    s = socket.create_server(("127.0.0.1", 0))
    print("port", s.getsockname()[1], flush=True)
    c, _ = s.accept()
    while data := c.recv(1024):
        print(data.hex(), flush=True)
        c.sendall(b"[" + data + b"]")
    print("end", flush=True)
else:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    print("port", s.getsockname()[1], flush=True)
    for _ in range(2):
        data, peer = s.recvfrom(1024)
        print(data.hex(), flush=True)
        s.sendto(b"[" + data + b"]", peer)
"#;

#[test]
#[ignore = "needs python3"]
fn our_clients_talk_to_python() {
    for kind in ["tcp", "udp"] {
        let python = Peer::start(Command::new("python3").args(["-c", PYTHON_SERVER, kind]));
        let port = python.port_after("port ");
        let received = Lab::client(&format!("{kind}-client"), port, "[\"hello\", { hex = \"00 5b 7f\" }]");
        assert_eq!(received, [base64("[hello]"), base64("[\0[\x7f]")], "{kind}");
        let (status, streams) = python.end();
        assert!(status.success());
        let end = if kind == "tcp" { "end\n" } else { "" };
        assert_eq!(String::from_utf8_lossy(&streams.out), format!("port {port}\n68656c6c6f\n005b7f\n{end}"));
    }
}

#[test]
#[ignore = "needs python3"]
fn two_at_once_are_served_by_threads_and_wait_without() {
    const HOLD: &str = r#"
import socket, sys
a, b = (socket.create_connection(("127.0.0.1", int(sys.argv[1]))) for _ in range(2))
b.settimeout(0.3 if sys.argv[2] == "wait" else 10)
b.sendall(b"second")
try:
    print(b.recv(10).decode(), flush=True)
except TimeoutError:
    print("waits", flush=True)
a.close()
b.settimeout(10)
if sys.argv[2] == "wait":
    print(b.recv(10).decode(), flush=True)
"#;
    for (handling, word, seen) in [("thread-per-connection", "no", "second\n"), ("one-at-a-time", "wait", "waits\nsecond\n")] {
        let (_lab, port) = Lab::server("tcp-server", &format!("\"echo\"\nhandling = \"{handling}\""));
        let python = Peer::start(Command::new("python3").args(["-c", HOLD, &port.to_string(), word]));
        let (status, streams) = python.end();
        assert!(status.success(), "{}", String::from_utf8_lossy(&streams.err));
        assert_eq!(String::from_utf8_lossy(&streams.out), seen, "{handling}");
    }
}

#[test]
#[ignore = "needs sh"]
fn a_server_that_is_told_to_stop_ends_well() {
    let (lab, port) = Lab::server("tcp-server", "\"echo\"");
    assert_ne!(port, 0);
    let kill = Command::new("sh").arg("-c").arg(format!("kill -INT {}", lab.program.id())).status().expect("sh(1)");
    assert!(kill.success());
    let (status, streams) = lab.program.end();
    assert_eq!(status.code(), Some(0), "{}", String::from_utf8_lossy(&streams.err));
    let rows = rows(&streams.out);
    assert!(rows.iter().any(|row| row["call"] == "close" && row["result"] == "ok"), "its socket was closed");
    let numbers: Vec<_> = rows.iter().filter_map(|row| row["n"].as_u64()).collect();
    assert!(numbers.iter().copied().eq(1..=rows.len() as u64), "rows are dense: {numbers:?}");
}
