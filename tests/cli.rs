//! The command line, by running it: statuses, lines, signals, languages.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "cli/script.rs"]
mod script;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossbeam_channel::{Receiver, bounded};
use serde_json::Value;
use socket_lab::cli::{self, Start};
use socket_lab::lab::{Named, SAMPLES};
use socket_lab::text::Language;

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(30);

/// The command line with these arguments, in English whatever the environment says.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_socket-lab"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to its end, which comes by itself.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (sender, ended) = bounded::<Output>(1);
    let id = child.id();
    thread::Builder::new().name("run".to_owned()).spawn(move || sender.send(child.wait_with_output().unwrap()).ok()).unwrap();
    let Ok(output) = ended.recv_timeout(LIMIT) else {
        signal(id, "KILL");
        panic!("{arguments:?} does not end");
    };
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// One that runs until it is told to end.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = bounded(100_000);
        let read = move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
        thread::Builder::new().name("lines".to_owned()).spawn(read).unwrap();
        Self { child, lines }
    }

    /// The next line that is so; all before it are passed over.
    fn line(&self, what: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.lines.recv_timeout(LIMIT).expect("a line");
            let record = serde_json::from_str(&line).unwrap();
            if what(&record) {
                return record;
            }
        }
    }

    fn end(&mut self) -> (ExitStatus, String) {
        let status = wait(&mut self.child).expect("it ends");
        let mut told = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        (status, told)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for the child, on a thread that can be waited for with a limit.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let (sender, ended) = bounded(1);
    thread::scope(|scope| {
        let id = child.id();
        scope.spawn(move || sender.send(child.wait().unwrap()).ok());
        let status = ended.recv_timeout(LIMIT).ok();
        if status.is_none() {
            signal(id, "KILL");
        }
        status
    })
}

fn signal(id: u32, name: &str) {
    Command::new("kill").args([&format!("-{name}"), &id.to_string()]).status().unwrap();
}

/// A lab file in a folder of its own.
fn lab_file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

/// What a program received, as text.
fn received(records: &[Value], program: &str) -> Vec<String> {
    let calls = records.iter().filter(|row| row["program"] == program && (row["call"] == "recv" || row["call"] == "recvfrom"));
    let data = calls.filter(|row| row["origin"].is_null()).filter_map(|row| row["data"].as_str());
    data.map(|data| String::from_utf8(STANDARD.decode(data).unwrap()).unwrap()).collect()
}

const SERVER: &str = "[[program]]\nname = \"server\"\nkind = \"tcp-server\"\nbind = \"127.0.0.1:0\"\n";

#[test]
fn the_status_follows_a_transfer() {
    let folder = tempfile::tempdir().unwrap();
    let to = format!("client.to={}", folder.path().join("got").display());
    let arguments = ["run", "tftp-download", "--set", "server.bind=127.0.0.1:0", "--set", &to];
    assert_eq!(run(&arguments).0, Some(0));
    assert_eq!(std::fs::read(folder.path().join("got")).unwrap().len(), 1024);
    let (status, _, told) = run(&[&arguments[..], &["--set", "client.get=none.bin"]].concat());
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("client") && told.contains("none.bin") && told.contains("ERROR 1"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_sample_runs_by_its_name() {
    for (name, expected) in [("first-echo", ["hello", "你好，服务器", "再见"]), ("udp-echo", ["hello", "我爱你", "exit"])] {
        let (status, out, told) = run(&["run", name, "--set", "server.bind=127.0.0.1:0", "--format", "jsonl", "--for", "20"]);
        assert_eq!((status, told.as_str()), (Some(0), ""), "{name}");
        assert_eq!(received(&records(&out), "client"), expected);
    }
}

#[test]
fn the_window_takes_what_run_takes() {
    let start = |name: &str| cli::start(["socket-lab", name].map(Into::into));
    assert!(matches!(start("first-echo"), Start::Window { lab: Some(Named::Sample(sample)), .. } if sample.name == "first-echo"));
    let (_folder, file) = lab_file(SERVER);
    assert!(matches!(start(&file), Start::Window { lab: Some(Named::File(path)), .. } if path.as_os_str() == &*file));
    assert!(matches!(start("first-ecko"), Start::Ended(_)));
}

#[test]
fn a_file_goes_before_the_sample_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("first-echo"), "bnid = 5\n").unwrap();
    let output = command(&["run", "first-echo", "--lang", "en"]).current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("first-echo:1:1") && told.contains("bnid"), "{told}");
}

#[test]
fn a_line_of_json_has_the_fields_of_the_design() {
    const FIELDS: &str = "n t program thread socket call args result errno took bytes data";
    let (status, out, _) = run(&["run", "first-echo", "--set", "server.bind=127.0.0.1:0", "--format", "jsonl"]);
    assert_eq!(status, Some(0));
    for (line, record) in out.lines().zip(records(&out)) {
        let places = FIELDS.split(' ').map(|field| line.find(&format!("\"{field}\":")).unwrap_or_else(|| panic!("{field}: {line}")));
        assert!(places.is_sorted(), "{line}");
        assert!(record["t"].is_number() && record["took"].is_number(), "{line}");
    }
    let records = records(&out);
    assert!(records.iter().map(|row| row["n"].as_u64().unwrap()).eq(1..=records.len() as u64), "dense, from 1");
    let bind = records.iter().find(|row| row["call"] == "bind").unwrap();
    assert_eq!((&bind["args"]["address"], &bind["result"], &bind["errno"]), (&"127.0.0.1:0".into(), &"ok".into(), &Value::Null));
}

#[test]
fn text_and_csv_have_a_line_a_record() {
    let (status, out, _) = run(&["run", "udp-echo", "--set", "server.bind=127.0.0.1:0"]);
    assert!(status == Some(0) && out.lines().any(|line| line.contains("bind(127.0.0.1:0)")), "{out}");
    let (status, out, _) = run(&["run", "udp-echo", "--set", "server.bind=127.0.0.1:0", "--format", "csv"]);
    assert!(status == Some(0) && out.starts_with("n,t,program,") && out.lines().count() > 10, "{out}");
}

#[test]
fn a_program_that_fails_makes_status_1_unless_it_was_expected_to() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let bind = format!("server.bind={}", taken.local_addr().unwrap());
    let (_folder, file) = lab_file(SERVER);
    let (status, out, told) = run(&["run", &file, "--set", &bind]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("server") && told.contains("EADDRINUSE"), "{told}");
    assert!(out.contains("EADDRINUSE") && !out.contains("failed:"), "{out}");
    let (status, _, told) = run(&["run", &file, "--set", &bind, "--set", "server.expect=[\"EADDRINUSE\"]"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
}

#[test]
fn what_is_wrong_makes_status_2_and_is_told_in_both_languages() {
    let (_folder, file) = lab_file(&format!("{SERVER}recv_size = 0\nbnid = 5\n"));
    let cases: [(&[&str], &[&str]); 17] = [
        (&["run", &file], &["x.toml:5:13", "recv_size", "16777216", "x.toml:6:1", "bnid", "bind"]),
        (&["run", &file, "--set", "server.bind=x"], &["--set server.bind=x"]),
        (&["run", "first-ecko"], &["first-ecko", "first-echo"]),
        (&["run", "chat", "--fro", "1"], &["--fro", "--for"]),
        (&["run", "chat", "--for", "never"], &["--for", "never"]),
        (&["run", "chat", "--for", "1e18"], &["--for", "1e18", "3155760000"]),
        (&["run", "chat", "--record", "Cargo.toml"], &["Cargo.toml"]),
        (&["run", "resources"], &["resources", "EISDIR"]),
        (&["run", &file, "--set", "server.=5"], &["server.=5", "program.key=value"]),
        (&["run"], &["LAB"]),
        (&["rum"], &["rum", "run"]),
        (&["first-ecko"], &["first-ecko", "first-echo"]),
        (&["run", "chat", "--record", "/nowhere/at/all.slr"], &["/nowhere/at/all.slr", "ENOENT"]),
        (&["script", "first-ecko"], &["first-ecko", "first-echo"]),
        (&["script", "first-echo", "cliend"], &["cliend", "server, client"]),
        (&["script", "first-echo", "client", "-o", "Cargo.toml"], &["Cargo.toml", "--overwrite"]),
        (&["export", &file, "--to", "csv", "y.csv"], &["x.toml"]),
    ];
    for (arguments, names) in cases {
        for language in Language::ALL {
            let (status, out, told) = run(&[arguments, &["--lang", language.tag()]].concat());
            assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}\n{told}");
            for name in names {
                assert!(told.contains(name), "{arguments:?}: {name}\n{told}");
            }
            let is_chinese = told.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(is_chinese == (language == Language::Chinese) && !told.contains('⟨'), "{arguments:?}\n{told}");
        }
    }
}

#[test]
fn the_environment_chooses_the_language() {
    let output = command(&["run", "--list"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    assert!(list.contains("first-echo") && list.contains("回显"), "{list}");
    let (status, list, _) = run(&["run", "--list"]);
    assert!(status == Some(0) && list.lines().count() == SAMPLES.len() && list.is_ascii(), "{list}");
}

#[test]
fn an_address_that_others_can_reach_is_told() {
    let (_folder, file) = lab_file(SERVER);
    let (status, out, told) = run(&["run", &file, "--set", "server.bind=0.0.0.0:0", "--for", "0.1"]);
    assert!(status == Some(0) && told.contains("0.0.0.0:0") && !out.contains("other machines"), "{told}");
}

#[test]
fn a_signal_ends_it_cleanly() {
    if cfg!(windows) {
        return;
    }
    let (_folder, file) = lab_file(SERVER);
    for name in ["TERM", "INT", "HUP"] {
        let mut running = Running::start(&["run", &file, "--format", "jsonl"]);
        let bound = running.line(|row| row["call"] == "getsockname");
        let address = bound["args"]["address"].as_str().unwrap().parse::<SocketAddr>().unwrap();
        let mut peer = TcpStream::connect(address).unwrap();
        peer.set_read_timeout(Some(LIMIT)).unwrap();
        running.line(|row| row["call"] == "accept");
        signal(running.child.id(), name);
        let (status, told) = running.end();
        assert_eq!((status.code(), told.as_str()), (Some(0), ""), "{name}");
        // A closed connection: its end, or a reset where the server left bytes unread.
        assert!(matches!(peer.read(&mut [0; 1]), Ok(0) | Err(_)), "{name}");
        assert!(TcpStream::connect(address).is_err(), "{name}: the listener is gone");
        let last = running.lines.iter().last().unwrap();
        assert!(last.contains("program-ended"), "{last}");
    }
}

/// timeout(1) sends SIGTERM twice at once; a terminal that closes sends several signals.
#[cfg(unix)]
#[test]
fn signals_that_come_together_are_one_request() {
    let (folder, file) = lab_file(SERVER);
    let recording = folder.path().join("x.slr");
    for _ in 0..5 {
        let mut running = Running::start(&["run", &file, "--format", "jsonl", "--overwrite", "--record", recording.to_str().unwrap()]);
        running.line(|row| row["call"] == "getsockname");
        let id = running.child.id().to_string();
        Command::new("sh").args(["-c", "kill -INT $0; kill -TERM $0; kill -HUP $0", &id]).status().unwrap();
        let (status, told) = running.end();
        assert_eq!((status.code(), told.as_str()), (Some(0), ""));
        let whole = socket_lab::trace::Recording::open(&recording).unwrap();
        assert!(whole.losses.is_empty(), "{:?}", whole.losses);
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    if cfg!(windows) {
        return;
    }
    // Nobody reads the pipe: after the first signal it still has rows to print, and waits for a reader.
    let flood = "[[program]]\nname = \"client\"\nkind = \"tcp-client\"\nconnect = \"@server\"\nsend = [{ text = \"xxxxxxxxxxxxxxxx\", repeat = 4000000000 }]\n";
    let (folder, file) = lab_file(&format!("{SERVER}{flood}"));
    let record = folder.path().join("run.trace");
    let arguments = ["run", &file, "--record", &record.to_string_lossy()];
    let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let told = child.stderr.take().unwrap();
    let _unread = child.stdout.take().unwrap();
    // By then there are many more rows than a pipe holds.
    let limit = Instant::now() + LIMIT;
    while std::fs::metadata(&record).map_or(0, |file| file.len()) < 1 << 20 {
        assert!(Instant::now() < limit, "few rows");
        thread::yield_now();
    }
    let (sender, ended) = bounded(1);
    let id = child.id();
    let waiter = thread::Builder::new().name("wait".to_owned()).spawn(move || sender.send(child.wait().unwrap())).unwrap();
    let mut status = None;
    signal(id, "INT");
    // Who asked once learns why it has not ended.
    let (sender, sentences) = bounded(1);
    let read = move || BufReader::new(told).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
    thread::Builder::new().name("told".to_owned()).spawn(read).unwrap();
    let said = sentences.recv_timeout(LIMIT);
    if said.as_ref().is_ok_and(|said| !said.contains("Ctrl+C")) || said.is_err() {
        signal(id, "KILL");
        panic!("{said:?}");
    }
    for _ in 0..300 {
        signal(id, "INT");
        status = ended.recv_timeout(Duration::from_millis(100)).ok();
        if status.is_some() {
            break;
        }
    }
    if status.is_none() {
        signal(id, "KILL");
    }
    waiter.join().unwrap().ok();
    assert_eq!(status.expect("it ends").code(), Some(130));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let (_folder, file) = lab_file(SERVER);
    let mut running = command(&["run", &file, "--format", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(running.stdout.take().unwrap());
    let mut address = None;
    while address.is_none() {
        let mut line = String::new();
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "it has not ended");
        let row = serde_json::from_str::<Value>(&line).unwrap();
        address = (row["call"] == "getsockname").then(|| row["args"]["address"].as_str().unwrap().parse::<SocketAddr>().unwrap());
    }
    drop(out);
    // The next rows meet a closed pipe.
    drop(TcpStream::connect(address.unwrap()));
    let status = wait(&mut running).expect("it ends");
    let mut told = String::new();
    running.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((status.code(), told.as_str()), (Some(0), ""));
}

#[test]
fn time_is_up_and_clients_that_have_ended_end_the_run() {
    let (_folder, file) = lab_file(SERVER);
    let (status, out, told) = run(&["run", &file, "--for", "0.1", "--format", "jsonl"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(out.lines().last().unwrap().contains("program-ended"));
}

#[test]
fn a_window_that_cannot_be_opened_makes_status_3() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let mut command = command(&["--lang", "en"]);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(3), &b""[..]), "{told}");
    assert!(!told.is_empty(), "it says why");
}

#[test]
fn a_recording_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.slr");
    let recording = path.to_str().unwrap();
    let record = |more: &[&str]| {
        let arguments = ["run", "first-echo", "--set", "server.bind=127.0.0.1:0", "--record", recording];
        run(&[&arguments, more].concat())
    };
    std::fs::write(&path, "").unwrap();
    assert_eq!(record(&[]).0, Some(0), "an empty file is no recording");
    let first = std::fs::read(&path).unwrap();
    let (status, out, told) = record(&[]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(told.contains("x.slr") && told.contains("--overwrite"), "{told}");
    assert_eq!(std::fs::read(&path).unwrap(), first, "it is as it was");
    assert_eq!(record(&["--overwrite"]).0, Some(0));
    assert_ne!(std::fs::read(&path).unwrap(), first);
    // What is no recording is not replaced either way.
    std::fs::write(&path, "mine").unwrap();
    assert_eq!(record(&["--overwrite"]).0, Some(2));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
}

#[test]
fn a_recording_holds_what_was_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (recording, jsonl, csv) = (path("x.slr"), path("x.jsonl"), path("x.csv"));
    let (status, printed, told) =
        run(&["run", "first-echo", "--set", "server.bind=127.0.0.1:0", "--format", "jsonl", "--record", &recording]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    let header = socket_lab::trace::Recording::open(Path::new(&recording)).unwrap().header;
    assert!(header.lab.contains("tcp-server") && header.limits.contains_key("SO_RCVBUF least"), "{header:?}");
    let (status, out, told) = run(&["export", &recording, "--to", "jsonl", &jsonl]);
    assert_eq!((status, out.as_str(), told.as_str()), (Some(0), "", ""));
    assert_eq!(std::fs::read_to_string(&jsonl).unwrap(), printed);
    let (status, _, told) = run(&["export", &recording, "--to", "csv", "--program", "client", &csv]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    let table = std::fs::read_to_string(&csv).unwrap();
    assert!(
        table.starts_with("n,t,program,") && table.lines().skip(1).all(|line| line.contains(",client,")) && table.lines().count() > 5,
        "{table}"
    );
    // Without its end it is read row by row, names included.
    let whole = std::fs::read(&recording).unwrap();
    let (cut, again) = (path("cut.slr"), path("again.jsonl"));
    std::fs::write(&cut, &whole[..whole.len() - 1]).unwrap();
    let (status, _, told) = run(&["export", &cut, "--to", "jsonl", &again]);
    assert!(status == Some(1) && told.contains("cut.slr"), "{told}");
    assert_eq!(std::fs::read_to_string(&again).unwrap(), printed);
    for file in [cut, again] {
        std::fs::remove_file(file).unwrap();
    }
    let (status, _, told) = run(&["export", &recording, "--to", "csv", "--program", "cliend", &path("y.csv")]);
    assert!(status == Some(2) && told.contains("client"), "{told}");
    let (status, _, told) = run(&["export", &recording, "--to", "csv", &recording]);
    assert!(status == Some(2) && told.contains(&recording), "{told}");
    assert_eq!(run(&["export", &recording, "--to", "jsonl", &jsonl]).0, Some(0), "the recording is as it was");
    let lines = std::fs::read_to_string(&jsonl).unwrap();
    let there = if cfg!(unix) { &["-", "/dev/stdout"][..] } else { &["-"] };
    for file in there {
        let (status, out, told) = run(&["export", &recording, "--to", "jsonl", file]);
        assert_eq!((status, out.as_str()), (Some(0), lines.as_str()), "{file}: {told}");
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(left == 3 && !Path::new(&path("y.csv")).exists(), "no half file stays");
}

#[test]
fn any_command_takes_a_word_on_the_command_line() {
    for reply in ["\"any\"", "[\"date\", \"rm\"]"] {
        let (_folder, file) = lab_file(&format!("{SERVER}reply = {{ command = {reply} }}\n"));
        let (status, out, told) = run(&["run", &file, "--for", "0.2"]);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{told}");
        assert!(told.contains("--allow-command"), "{told}");
        assert_eq!(run(&["run", &file, "--for", "0.2", "--allow-command"]).0, Some(0));
    }
}

/// Held calls as they are told on standard error, let go by lines on standard input.
#[test]
fn a_step_is_a_line_and_the_end_of_the_input_runs_on() {
    let arguments = ["run", "first-echo", "--step", "--set", "server.bind=127.0.0.1:0", "--format", "jsonl"];
    let mut child = command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut input, out, errors) = (child.stdin.take().unwrap(), child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (sender, told) = bounded(1_000);
    let read = move || BufReader::new(errors).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
    thread::Builder::new().name("told".to_owned()).spawn(read).unwrap();
    let (sender, rows) = bounded(100_000);
    let read = move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
    thread::Builder::new().name("rows".to_owned()).spawn(read).unwrap();
    let next = |part: &str| loop {
        let line = told.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("nothing told of {part}"));
        if line.contains(part) {
            return line;
        }
    };
    next("held: server socket(AF_INET, SOCK_STREAM, 0)");
    input.write_all(b"\n").unwrap();
    next("held: server s1 setsockopt(SO_REUSEADDR, 1)");
    let row = loop {
        let row = rows.recv_timeout(LIMIT).expect("a row");
        if row.contains("\"call\"") {
            break row;
        }
    };
    assert!(row.contains("\"socket\""), "{row}");
    input.write_all(b"\n").unwrap();
    next("held: server s1 bind(127.0.0.1:0)");
    let before = rows.try_iter().collect::<Vec<_>>();
    assert!(!before.iter().any(|row| row.contains("\"bind\"")), "{before:?}");
    drop(input);
    assert!(wait(&mut child).expect("it ends").success());
    let rest = rows.iter().collect::<Vec<_>>();
    assert!(rest.iter().any(|row| row.contains("\"connect\"")), "all run on: {rest:?}");
}

/// The sentence of a program that failed names the likeliest cause.
#[test]
fn what_failed_is_told_with_its_cause() {
    let (_folder, file) = lab_file("[[program]]\nname = \"server\"\nkind = \"tcp-server\"\nbind = \"192.0.2.1:0\"\n");
    let (status, _, told) = run(&["run", &file]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("server failed:") && told.contains("Cause: No interface of this computer has 192.0.2.1."), "{told}");
}
