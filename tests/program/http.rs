//! http-server and http-client over loopback: what is answered, what is refused, and what they survive.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use socket_lab::program::{Handling, Program, ProgramKind, Spec};
use socket_lab::trace::{Call, Kind, Life, Record};
use tempfile::TempDir;

use super::stage::{LIMIT, Stage, is_told, peer};

/// A folder with a site in it, beside which stands a secret.
pub(super) fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    fs::create_dir_all(root.join("sub/deeper")).unwrap();
    fs::write(folder.path().join("secret"), b"secret").unwrap();
    fs::write(root.join("page.html"), b"<p>page</p>").unwrap();
    fs::write(root.join("sub/<a&b>.txt"), b"escaped").unwrap();
    fs::write(root.join("sub/再见 100%.txt"), "再见").unwrap();
    fs::write(root.join("sub/.x.tftp-part"), b"x").unwrap();
    fs::create_dir(root.join("with")).unwrap();
    fs::write(root.join("with/index.html"), b"index").unwrap();
    folder
}

/// A server of that site.
pub(super) fn server(stage: &Stage, root: &Path, change: impl FnOnce(&mut Spec)) -> (Program, SocketAddr) {
    stage.server(ProgramKind::HttpServer, |spec| {
        spec.http.root = Some(root.join("root"));
        change(spec);
    })
}

/// Sends `request` and returns all that comes until the server ends the connection.
fn all(at: SocketAddr, request: &[u8]) -> String {
    let mut stream = peer(at);
    stream.write_all(request).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The answer to one request, line by line, whose connection it ends.
pub(super) fn ask(at: SocketAddr, first: &str, headers: &str, body: &str) -> String {
    all(at, format!("{first}\r\nHost: x\r\nConnection: close\r\n{headers}\r\n{body}").as_bytes())
}

/// The status of an answer, its head and its body.
pub(super) fn parts(answer: &str) -> (u16, &str, &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).and_then(|status| status.parse().ok());
    // 0 is no answer at all.
    (status.unwrap_or(0), head, body)
}

pub(super) fn status(answer: &str) -> u16 {
    parts(answer).0
}

/// Reads one answer with a Content-Length, and nothing more.
fn read_one(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).expect("a head"), 1, "{}", String::from_utf8_lossy(&answer));
        answer.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&answer).into_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    format!("{head}{}", String::from_utf8_lossy(&body))
}

#[test]
fn files_and_folders_are_served() {
    let (stage, folder) = (Stage::new(), site());
    let (program, at) = server(&stage, folder.path(), |_| ());
    let page = ask(at, "GET /page.html?x=1 HTTP/1.1", "", "");
    let (status, head, body) = parts(&page);
    assert_eq!((status, body), (200, "<p>page</p>"));
    for header in ["Content-Type: text/html; charset=utf-8", "Content-Length: 11", "Server: Socket Lab", "Connection: close"] {
        assert!(head.lines().any(|line| line == header), "{header} in {head}");
    }
    assert!(head.lines().any(|line| line.starts_with("Date: ") && line.ends_with(" GMT")), "{head}");

    let head = ask(at, "HEAD /page.html HTTP/1.1", "", "");
    assert!(head.ends_with("\r\n\r\n") && head.contains("Content-Length: 11\r\n"), "{head}");
    let index = ask(at, "GET / HTTP/1.1", "", "");
    let (_, _, body) = parts(&index);
    assert!(body.contains("<a href=\"./sub/\">sub/</a>") && body.find("sub/") < body.find("page.html"), "{body}");
    let index = ask(at, "GET /sub/ HTTP/1.1", "", "");
    assert!(index.contains(">&lt;a&amp;b&gt;.txt</a>") && index.contains("href=\"../\""), "{index}");
    let link = "./%E5%86%8D%E8%A7%81%20100%25.txt";
    assert!(index.contains(link) && index.contains("./%3Ca%26b%3E.txt"), "{index}");
    assert_eq!(parts(&ask(at, &format!("GET /sub/{} HTTP/1.1", &link[2..]), "", "")).2, "再见");
    assert_eq!(parts(&ask(at, "GET /with/ HTTP/1.1", "", "")).2, "index");
    assert_eq!(parts(&ask(at, "GET http://127.0.0.1:80/with/ HTTP/1.1", "", "")).2, "index");
    let moved = ask(at, "GET /sub/deeper HTTP/1.1", "", "");
    assert!(parts(&moved).0 == 301 && moved.contains("Location: /sub/deeper/\r\n"), "{moved}");
    stage.stopped(&program);
    assert!(!program.state().has_failed(), "{:?}", program.state());
}

#[test]
fn each_refusal_has_its_status() {
    let (stage, folder) = (Stage::new(), site());
    let (program, at) = server(&stage, folder.path(), |spec| (spec.http.max_head, spec.http.max_body) = (400, 20));
    let long = "x".repeat(500);
    for (request, expected) in [
        ("GET /none HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("GET /page.html/ HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("GET /page.html HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        ("GET /page.html HTTP/1.0\r\n\r\n", 200),
        ("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        ("BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n123456789012345678901\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n12345678901234567890", 200),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n", 417),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n folded\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: a\0b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        ("GET /\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}\u{2}", 400),
        (&format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"), 414),
        (&format!("GET / HTTP/1.1\r\nHost: x\r\nA: {long}\r\n\r\n"), 431),
    ] {
        let answer = all(at, request.as_bytes());
        let (status, head, body) = parts(&answer);
        assert_eq!(status, expected, "{request:?}: {answer}");
        assert!(body.starts_with("<!DOCTYPE html>") || status == 200, "{request:?}: {answer}");
        assert_eq!(
            head.contains("Allow: GET, HEAD, POST"),
            matches!(status, 405 | 501) && request.contains("Host: x\r\n\r\n") && !request.contains("Transfer"),
            "{answer}"
        );
    }
    stage.stopped(&program);
    assert!(!program.state().has_failed(), "{:?}", program.state());
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let (stage, folder) = (Stage::new(), site());
    let root = folder.path().join("root");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../secret", root.join("link")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("/dev/zero", root.join("zero")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
    }
    let (program, at) = server(&stage, folder.path(), |_| ());
    let absolute = folder.path().join("secret").to_string_lossy().into_owned();
    for path in [
        "/../secret",
        "/..",
        "/../",
        "/sub/../../secret",
        "/%2e%2e/secret",
        "/%2E./secret",
        "/%2e%2e%2fsecret",
        "/..%5csecret",
        "/..\\secret",
        "/sub/%2e%2e/%2e%2e/secret",
        "/%252e%252e/secret",
        "//secret",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/C:/secret",
        "/c%3a%5csecret",
        "/secret%00.html",
        "/page.html%00",
        "/%0a",
        "/link",
        "/up/secret",
        "/up/",
        "/zero",
        "/pipe",
        "/sub/.x.tftp-part",
        &absolute,
        "http://x/../secret",
    ] {
        let answer = ask(at, &format!("GET {path} HTTP/1.1"), "", "");
        assert!(matches!(status(&answer), 400 | 403 | 404) && !answer.ends_with("secret"), "{path}: {answer}");
    }
    if cfg!(unix) {
        assert_eq!(["/link", "/zero", "/pipe", "/up/"].map(|path| status(&ask(at, &format!("GET {path} HTTP/1.1"), "", ""))), [403; 4]);
    }
    let index = ask(at, "GET / HTTP/1.1", "", "");
    for hidden in ["link", "up", "zero", "pipe", "secret"] {
        assert!(!index.contains(&format!(">{hidden}")), "{hidden}: {index}");
    }
    stage.stopped(&program);
}

#[test]
fn a_form_is_shown_back_and_nothing_in_it_is_read_as_html() {
    let (stage, folder) = (Stage::new(), site());
    let (program, at) = server(&stage, folder.path(), |_| ());
    let body = "name=%E5%B0%8F%E6%98%8E&text=a+%3Cb%3E%0D%0Ac&=";
    let headers = format!("Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {}\r\n", body.len());
    let answer = ask(at, "POST /form HTTP/1.1", &headers, body);
    assert!(answer.contains("<th>name</th><td><pre>小明</pre></td>"), "{answer}");
    assert!(answer.contains("<th>text</th><td><pre>a &lt;b&gt;\r\nc</pre></td>"), "{answer}");
    let answer =
        ask(at, "POST / HTTP/1.1", "Transfer-Encoding: chunked\r\nContent-Type: text/<x>\r\n", "4\r\n<b>\u{7}\r\n2\r\nok\r\n0\r\n\r\n");
    assert!(answer.contains("<pre>&lt;b&gt;\u{7}ok</pre>") && answer.contains("6 bytes of text/&lt;x&gt;"), "{answer}");
    stage.stopped(&program);
}

#[test]
fn a_connection_stays_open_or_ends_as_both_say() {
    let (stage, folder) = (Stage::new(), site());
    for handling in Handling::ALL {
        let (program, at) = server(&stage, folder.path(), |spec| spec.handling = *handling);
        let mut stream = peer(at);
        for _ in 0..3 {
            stream.write_all(b"GET /page.html HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            assert!(read_one(&mut stream).contains("Connection: keep-alive\r\n"), "{handling}");
        }
        // Three at once, in pieces, with a body between; the last ends it.
        let pipelined = b"GET /page.html HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhiHEAD / HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\n";
        for piece in pipelined.chunks(7) {
            stream.write_all(piece).unwrap();
        }
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(rest.matches("HTTP/1.1 200 OK\r\n").count(), 3, "{handling}: {rest}");
        assert!(rest.ends_with("Connection: close\r\n\r\n"), "{handling}: {rest}");
        stage.stopped(&program);
        assert!(!program.state().has_failed(), "{handling}: {:?}", program.state());
    }
    let (program, at) = server(&stage, folder.path(), |spec| spec.http.keep_alive = false);
    let mut stream = peer(at);
    stream.write_all(b"GET /page.html HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("Connection: close\r\n"), "{answer}");
    let old = all(at, b"GET /page.html HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assert!(old.contains("Connection: close\r\n"), "{old}");
    stage.stopped(&program);
}

#[test]
fn who_waits_for_leave_to_send_the_body_gets_it() {
    let (stage, folder) = (Stage::new(), site());
    let (program, at) = server(&stage, folder.path(), |_| ());
    let mut stream = peer(at);
    stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n").unwrap();
    let mut leave = [0; 25];
    stream.read_exact(&mut leave).unwrap();
    assert_eq!(&leave, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"abc").unwrap();
    assert_eq!(status(&read_one(&mut stream)), 200);
    stage.stopped(&program);
}

#[test]
fn a_large_file_crosses_whole_in_every_handling() {
    let (stage, folder) = (Stage::new(), site());
    let bytes = (0..3_000_000_u32).map(|n| (n ^ (n >> 9)) as u8).collect::<Vec<_>>();
    fs::write(folder.path().join("root/large.bin"), &bytes).unwrap();
    for handling in Handling::ALL {
        let (program, at) = server(&stage, folder.path(), |spec| spec.handling = *handling);
        let mut stream = peer(at);
        stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.ends_with(&bytes), "{handling}: {} bytes", answer.len());
        stage.stopped(&program);
    }
}

#[test]
fn who_is_slow_or_silent_is_let_go() {
    let (stage, folder) = (Stage::new(), site());
    for handling in Handling::ALL {
        let (program, at) = server(&stage, folder.path(), |spec| {
            spec.handling = *handling;
            spec.http.idle_timeout = Duration::from_millis(150);
        });
        // Silent from the start, and after an answer.
        let begun = Instant::now();
        for request in [&b""[..], b"GET /page.html HTTP/1.1\r\nHost: x\r\n\r\n"] {
            let mut stream = peer(at);
            stream.write_all(request).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert_eq!(answer.matches("HTTP/1.1").count(), usize::from(!request.is_empty()), "{handling}: {answer}");
        }
        // A byte at a time, each in time: the request as a whole is not.
        let mut slow = peer(at);
        slow.set_read_timeout(Some(Duration::from_millis(40))).unwrap();
        let mut answer = Vec::new();
        for byte in b"GET /page.html HTTP/1.1\r\nA: ".iter().chain([b'x'; 200].iter()) {
            // Once it is let go, sending may fail.
            slow.write_all(&[*byte]).ok();
            let mut piece = [0; 4096];
            match slow.read(&mut piece) {
                Ok(count) if count > 0 => answer.extend_from_slice(&piece[..count]),
                Ok(_) => break,
                Err(_) => {}
            }
        }
        assert!(answer.starts_with(b"HTTP/1.1 408 "), "{handling}: {}", String::from_utf8_lossy(&answer));
        assert!(begun.elapsed() < LIMIT, "{handling}");
        stage.stopped(&program);
        assert!(!program.state().has_failed(), "{handling}: {:?}", program.state());
    }
}

#[test]
fn peers_that_vanish_hurt_nobody_and_stopping_does_not_wait_for_them() {
    let (stage, folder) = (Stage::new(), site());
    fs::write(folder.path().join("root/large.bin"), vec![7; 20_000_000]).unwrap();
    for handling in [Handling::ThreadPerConnection, Handling::Readiness] {
        let (program, at) = server(&stage, folder.path(), |spec| spec.handling = handling);
        for request in
            [&b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n"[..], b"GET /lar", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"]
        {
            let mut stream = peer(at);
            stream.write_all(request).unwrap();
            let socket = socket2::SockRef::from(&stream);
            socket.set_linger(Some(Duration::ZERO)).unwrap();
        }
        // One that does not read holds nobody up.
        let mut still = peer(at);
        still.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!(status(&ask(at, "GET /page.html HTTP/1.1", "", "")), 200);
        assert!(stage.stopped(&program) < Duration::from_secs(2), "{handling}");
        assert!(!program.state().has_failed(), "{handling}: {:?}", program.state());
    }
}

#[test]
fn a_refusal_arrives_although_the_body_was_not_read() {
    let (stage, folder) = (Stage::new(), site());
    for handling in [Handling::ThreadPerConnection, Handling::Readiness] {
        let (program, at) = server(&stage, folder.path(), |spec| (spec.handling, spec.http.max_body) = (handling, 10));
        let mut stream = peer(at);
        stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n").unwrap();
        stream.write_all(&vec![b'x'; 900_000]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("no reset");
        assert_eq!(status(&answer), 413, "{handling}");
        drop(stream);
        stage.stopped(&program);
    }
}

#[test]
fn without_a_root_there_is_something_to_try_and_a_root_that_is_none_is_told() {
    let stage = Stage::new();
    let (program, at) = stage.server(ProgramKind::HttpServer, |_| ());
    assert!(ask(at, "GET / HTTP/1.1", "", "").contains("Hello from Socket Lab"));
    assert!(ask(at, "GET /folder/%E4%BD%A0%E5%A5%BD.txt HTTP/1.1", "", "").contains("你好"));
    assert!(ask(at, "GET /folder/picture.svg HTTP/1.1", "", "").contains("Content-Type: image/svg+xml"));
    stage.stopped(&program);
    let mut spec = Spec::new(ProgramKind::HttpServer, "server");
    spec.http.root = Some("/nowhere/at/all".into());
    let program = stage.start(spec);
    let failure = stage.ended(&program).failure.expect("a failure");
    assert_eq!(failure.message.key(), "program-http-root");
}

#[test]
fn a_request_that_came_in_pieces_is_told_so() {
    let (stage, folder) = (Stage::new(), site());
    let (program, at) = server(&stage, folder.path(), |spec| spec.recv_size = 10);
    ask(at, "GET /page.html HTTP/1.1", "", "");
    let told = stage.row("what was served", |row| is_told(row, "program-http-served"));
    let Kind::Life(Life::Told(message)) = &told.kind else { panic!("{told:?}") };
    let received = |row: &&Record| {
        row.program == program.id() && row.call() == Some(Call::Recv) && row.payload.as_ref().is_some_and(|payload| payload.full_len > 0)
    };
    let count = stage.rows().iter().filter(received).count();
    assert_eq!(message.number("receives"), Some(count as f64));
    stage.stopped(&program);
}

/// A server that reads a request and answers with these bytes; what it read.
fn answering(answer: &'static [u8]) -> (SocketAddr, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let work = move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let mut request = Vec::new();
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            let mut piece = [0; 1000];
            match stream.read(&mut piece) {
                Ok(count) if count > 0 => request.extend_from_slice(&piece[..count]),
                _ => break,
            }
        }
        for piece in answer.chunks(11) {
            stream.write_all(piece).unwrap();
        }
        request
    };
    (at, std::thread::Builder::new().name("server".to_owned()).spawn(work).unwrap())
}

fn client(stage: &Stage, at: SocketAddr, change: impl FnOnce(&mut Spec)) -> Program {
    stage.client(ProgramKind::HttpClient, at, &[], change)
}

/// What the client tells last of an answer or of why there is none.
fn told(stage: &Stage, program: &Program) -> Vec<String> {
    let rows = stage.rows().into_iter().filter(|row| row.program == program.id());
    let told = rows.filter_map(|row| if let Kind::Life(Life::Told(message)) = row.kind { Some(message.key().to_owned()) } else { None });
    told.collect()
}

#[test]
fn an_answer_is_read_to_its_end_however_that_is_known() {
    let stage = Stage::new();
    for (answer, how) in [
        (&b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"[..], "length"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "chunked"),
        (b"HTTP/1.0 200 OK\r\n\r\nhello", "close"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "none"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "none"),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "none"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "length"),
    ] {
        let (at, server) = answering(answer);
        let program = client(&stage, at, |_| ());
        let state = stage.ended(&program);
        assert!(!state.has_failed(), "{state:?}");
        let row = stage.row("the answer", |row| row.program == program.id() && is_told(row, "program-http-answered"));
        let Kind::Life(Life::Told(message)) = &row.kind else { panic!("{row:?}") };
        assert_eq!(message.text("how"), Some(how), "{message}");
        let request = server.join().unwrap();
        assert_eq!(String::from_utf8(request).unwrap(), format!("GET / HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n"));
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_a_failure() {
    let stage = Stage::new();
    for (answer, key) in [
        (&b""[..], "program-http-silent-end"),
        (b"HTTP/1.1 200 OK\r\nA: ", "program-http-cut-head"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "program-http-cut"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello", "program-http-cut-chunks"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello", "program-http-unreadable"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", "program-http-unreadable"),
        (b"HTTP/1.1 OK\r\n\r\n", "program-http-unreadable"),
        (b"220 ready for mail\r\n", "program-http-unreadable"),
        (b"HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n", "program-http-unreadable"),
        (b"\0\0\0\0", "program-http-unreadable"),
    ] {
        let (at, server) = answering(answer);
        let program = client(&stage, at, |_| ());
        let failure = stage.ended(&program).failure.expect("a failure");
        assert_eq!(failure.message.key(), key, "{}", answer.escape_ascii());
        drop(server.join());
    }
    let (at, server) = answering(Box::leak(vec![b'A'; 100_000].into_boxed_slice()));
    let program = client(&stage, at, |spec| spec.http.max_head = 1000);
    assert!(stage.ended(&program).has_failed());
    drop(server.join());
}

#[test]
fn a_server_that_says_nothing_is_given_up_and_one_that_is_not_there_refuses() {
    let stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let program = client(&stage, at, |spec| spec.http.idle_timeout = Duration::from_millis(100));
    assert_eq!(stage.ended(&program).failure.expect("a failure").message.key(), "program-http-no-answer");
    let waiting = client(&stage, at, |_| ());
    stage.blocked(waiting.id(), Call::Recv);
    stage.stopped(&waiting);
    assert!(!waiting.state().has_failed(), "{:?}", waiting.state());
    drop(listener);
    let refused = client(&stage, at, |_| ());
    assert_eq!(stage.ended(&refused).failure.expect("a failure").errno.map(|errno| errno.name()).as_deref(), Some("ECONNREFUSED"));
}

#[test]
fn a_request_is_sent_as_it_stands_and_several_are_answered_in_turn() {
    let (stage, folder) = (Stage::new(), site());
    let (server, at) = server(&stage, folder.path(), |_| ());
    let answers = |program: &Program| told(&stage, program).iter().filter(|key| *key == "program-http-answered").count();
    let pipelined =
        "GET /page.html HTTP/1.1\nHost: {host}\n\nHEAD / HTTP/1.1\nHost: {host}\n\nGET /none HTTP/1.1\nHost: {host}\nConnection: close\n\n";
    let program = client(&stage, at, |spec| pipelined.clone_into(&mut spec.http.request));
    assert!(!stage.ended(&program).has_failed());
    assert_eq!(answers(&program), 3);

    // What the server leaves open carries the next one; what it ends does not.
    for (wish, connects) in [("keep-alive", 1), ("close", 4)] {
        let program = client(&stage, at, |spec| {
            spec.http.repeat = 4;
            spec.http.request = format!("GET /page.html HTTP/1.1\nHost: {{host}}\nConnection: {wish}\n\n");
        });
        assert!(!stage.ended(&program).has_failed(), "{wish}");
        let count = stage.calls(program.id()).iter().filter(|call| **call == "connect").count();
        assert_eq!((answers(&program), count), (4, connects), "{wish}");
    }

    // Two in one text, but the first says close: the second is not answered, which is no failure.
    let cut = "GET /page.html HTTP/1.1\nHost: {host}\nConnection: close\n\nGET / HTTP/1.1\nHost: {host}\n\n";
    let program = client(&stage, at, |spec| cut.clone_into(&mut spec.http.request));
    assert!(!stage.ended(&program).has_failed(), "{:?}", program.state());
    assert!(told(&stage, &program).contains(&"program-http-unanswered".to_owned()));

    // A wrong request gets an answer too.
    for (request, status) in [
        ("GET / HTTP/1.1\n\n", "400 Bad Request"),
        ("nonsense\n\n", "400 Bad Request"),
        ("GET / HTTP/9.9\n\n", "505 HTTP Version Not Supported"),
    ] {
        let program = client(&stage, at, |spec| request.clone_into(&mut spec.http.request));
        assert!(!stage.ended(&program).has_failed(), "{request}: {:?}", program.state());
        let row = stage.row("the answer", |row| row.program == program.id() && is_told(row, "program-http-answered"));
        let Kind::Life(Life::Told(message)) = &row.kind else { panic!("{row:?}") };
        assert_eq!(message.text("status"), Some(status));
    }
    stage.stopped(&server);
}

#[test]
fn the_body_is_kept_until_it_is_saved() {
    use socket_lab::program::{KeptFiles, Phase, Target};
    let (stage, folder) = (Stage::new(), site());
    let (server, at) = server(&stage, folder.path(), |_| ());
    let kept = std::sync::Arc::new(KeptFiles::default());
    for (path, name) in [("/page.html", Some("page.html")), ("/sub/", Some("sub")), ("/none", None)] {
        let mut spec = Spec { connect: Some(Target::Address(at)), ..Spec::new(ProgramKind::HttpClient, "client") };
        spec.http.request = format!("GET {path} HTTP/1.1\nHost: {{host}}\nConnection: close\n\n");
        let program = Program::start_keeping(spec, None, &stage.trace, Some(std::sync::Arc::clone(&kept))).unwrap();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT));
        assert_eq!(kept.list().first().map(|file| file.name.clone()).as_deref(), name, "{path}");
        let saved = folder.path().join("saved");
        if name == Some("page.html") {
            kept.save(program.id(), &saved).unwrap();
            assert_eq!(fs::read(saved).unwrap(), b"<p>page</p>");
        }
        kept.clear();
    }
    stage.stopped(&server);
}
