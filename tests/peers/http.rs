//! Our server asked by curl, urllib and the script that the lab writes; our client at Python's http.server.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;

use super::peer::{LIMIT, Peer};
use super::scripts::{alone, python};
use socket_lab::lab::{Lab, ProgramStatus, Session};
use socket_lab::program::{Handling, Phase, ProgramKind, Spec, Target};
use socket_lab::trace::{Kind, Life};
use tempfile::TempDir;

/// Our server of a folder with a page, a large file and one with a strange name.
fn server(change: impl FnOnce(&mut Spec)) -> (Session, String, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = (0..5_000_000_u32).map(|n| (n ^ (n >> 11)) as u8).collect::<Vec<_>>();
    for (name, content) in [("page.html", &b"<p>page</p>"[..]), ("large.bin", &bytes), ("再见 100%.txt", b"strange")] {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    let mut spec = Spec { bind: Some(SocketAddr::from(([127, 0, 0, 1], 0))), ..Spec::new(ProgramKind::HttpServer, "server") };
    spec.http.root = Some(folder.path().to_owned());
    change(&mut spec);
    let session = alone(spec);
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    let local = session.status()[0].local.as_ref().and_then(|local| local.ip()).expect("an address");
    (session, format!("http://{local}"), folder)
}

/// What curl prints.
fn curl(arguments: &[&str]) -> String {
    let mut curl = Command::new("curl");
    let (status, streams) = Peer::start(curl.args(["-sS", "--noproxy", "*", "--max-time", "15"]).args(arguments)).end();
    assert!(status.success(), "{arguments:?}: {status}: {}", String::from_utf8_lossy(&streams.err));
    String::from_utf8_lossy(&streams.out).into_owned()
}

#[test]
#[ignore = "needs curl"]
fn curl_asks_our_server() {
    for handling in Handling::ALL {
        let (session, at, folder) = server(|spec| {
            (spec.handling, spec.http.max_body) = (*handling, 3_000_000);
            spec.executable = Some(env!("CARGO_BIN_EXE_socket-lab").into());
        });
        let url = |path: &str| format!("{at}{path}");
        assert_eq!(curl(&[&url("/page.html")]), "<p>page</p>");
        assert!(curl(&["-I", &url("/page.html")]).contains("Content-Length: 11\r\n"));
        assert_eq!(curl(&["--http1.0", &url("/page.html")]), "<p>page</p>");
        assert_eq!(curl(&[&url("/%E5%86%8D%E8%A7%81%20100%25.txt")]), "strange");
        let code = |arguments: &[&str]| curl(&[&["-o", "/dev/null", "-w", "%{http_code} %{num_connects}"], arguments].concat());
        assert_eq!(code(&[&url("/none")]), "404 1");
        assert_eq!(code(&["--path-as-is", &url("/../secret")]), "400 1");
        assert_eq!(code(&["-X", "DELETE", &url("/page.html")]), "405 1");
        // Two over one connection.
        let two = curl(&["-w", "%{num_connects}\n", &url("/page.html"), &url("/page.html")]);
        assert_eq!(two, "<p>page</p>1\n<p>page</p>0\n");
        // A form, and a body that curl asks leave for: 100 Continue comes before it, or refuses it.
        assert!(curl(&["-d", "name=小明", &url("/form")]).contains("<pre>小明</pre>"));
        let large = folder.path().join("body");
        fs::write(&large, vec![b'x'; 2_000_000]).expect("a file");
        let body = format!("@{}", large.display());
        let verbose = curl(&["-v", "--stderr", "-", "-H", "Content-Type: text/plain", "--data-binary", &body, &url("/")]);
        assert!(verbose.contains("HTTP/1.1 100 Continue") && verbose.contains("2000000 bytes of text/plain"), "{verbose:.2000}");
        assert!(curl(&["-H", "Transfer-Encoding: chunked", "-H", "Expect:", "-d", "a=1&b=2", &url("/")]).contains("<th>b</th>"));
        fs::write(&large, vec![b'x'; 4_000_000]).expect("a file");
        assert_eq!(code(&["--data-binary", &body, &url("/")]), "413 1");
        let got = folder.path().join("got");
        curl(&["-o", &got.to_string_lossy(), &url("/large.bin")]);
        assert!(fs::read(got).expect("a file") == fs::read(folder.path().join("large.bin")).expect("a file"), "{handling}");
        assert!(!session.status()[0].has_failed(), "{handling}: {:#?}", session.status());
    }
}

/// curl goes on with a download, and asks only for what has changed.
#[test]
#[ignore = "needs curl"]
fn curl_asks_for_parts_and_for_what_has_changed() {
    for handling in Handling::ALL {
        let (session, at, folder) = server(|spec| {
            spec.handling = *handling;
            spec.executable = Some(env!("CARGO_BIN_EXE_socket-lab").into());
        });
        let (page, large) = (format!("{at}/page.html"), format!("{at}/large.bin"));
        let code = |arguments: &[&str]| curl(&[&["-o", "/dev/null", "-w", "%{http_code} %{size_download}"], arguments].concat());
        assert_eq!(curl(&["-r", "3-6", &page]), "page");
        assert_eq!((curl(&["-r", "-4", &page]), curl(&["-r", "7-", &page])), ("</p>".to_owned(), "</p>".to_owned()));
        assert!(code(&["-r", "100-", &page]).starts_with("416 "));
        let whole = fs::read(folder.path().join("large.bin")).expect("a file");
        let got = folder.path().join("got");
        fs::write(&got, &whole[..1_234_567]).expect("the beginning");
        let path = got.to_string_lossy().into_owned();
        curl(&["-C", "-", "-o", &path, &large]);
        assert!(fs::read(&got).expect("a file") == whole, "{handling}: it went on where it was");
        // A date, the time of a file, and a tag that was kept.
        assert_eq!((code(&["-z", "1 Jan 2200", &page]), code(&["-z", "1 Jan 1990", &page])), ("304 0".to_owned(), "200 11".to_owned()));
        let copy = folder.path().join("copy.html").to_string_lossy().into_owned();
        curl(&["-R", "-o", &copy, &page]);
        assert_eq!(code(&["-z", &copy, &page]), "304 0");
        let tag = folder.path().join("tag").to_string_lossy().into_owned();
        curl(&["--etag-save", &tag, "-o", &copy, &page]);
        assert_eq!(code(&["--etag-compare", &tag, &page]), "304 0");
        fs::write(folder.path().join("page.html"), "<p>other page</p>").expect("a file");
        assert_eq!(code(&["--etag-compare", &tag, &page]), "200 17");
        // 304 has no body: the connection stays in step.
        assert_eq!(curl(&["-z", "1 Jan 2200", "-w", "%{http_code} ", &page, &page]), "304 304 ");
        assert!(!session.status()[0].has_failed(), "{handling}: {:#?}", session.status());
    }
}

/// urllib, and http.client over one connection.
const PYTHON: &str = r#"
import http.client, sys, urllib.error, urllib.parse, urllib.request

at = "127.0.0.1:" + sys.argv[1]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
with opener.open("http://%s/page.html" % at, timeout=15) as answer:
    print(answer.status, answer.headers["Content-Type"], answer.read())
with opener.open("http://%s/form" % at, urllib.parse.urlencode({"a": "<b>"}).encode(), timeout=15) as answer:
    print(b"&lt;b&gt;" in answer.read())
try:
    opener.open("http://%s/none" % at, timeout=15)
except urllib.error.HTTPError as error:
    print(error.code, error.reason)
conn = http.client.HTTPConnection(at, timeout=15)
sock = None
for method, path in [("GET", "/"), ("HEAD", "/large.bin"), ("GET", "/large.bin"), ("PUT", "/x"), ("GET", "/page.html")]:
    conn.request(method, path)
    sock = sock or conn.sock
    answer = conn.getresponse()
    print(method, answer.status, len(answer.read()), sock is conn.sock)
conn.request("POST", "/", iter([b"a", b"bc"]), {"Content-Type": "text/plain"}, encode_chunked=True)
print(b"3 bytes of text/plain" in conn.getresponse().read())
"#;

#[test]
#[ignore = "needs python3"]
fn urllib_and_http_client_ask_our_server() {
    let (session, at, folder) = server(|_| ());
    let port = at.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let (status, streams) = python(&folder, PYTHON, port).end();
    let out = String::from_utf8_lossy(&streams.out);
    assert!(status.success(), "{out}{}", String::from_utf8_lossy(&streams.err));
    let lines = out.lines().collect::<Vec<_>>();
    assert_eq!(lines[..3], ["200 text/html; charset=utf-8 b'<p>page</p>'", "True", "404 Not Found"]);
    assert!(lines[3].starts_with("GET 200 ") && lines[3].ends_with(" True"), "{out}");
    assert_eq!(lines[4], "HEAD 200 0 True");
    assert_eq!(lines[5], "GET 200 5000000 True");
    assert!(lines[6].starts_with("PUT 405 ") && lines[6].ends_with(" True"), "{out}");
    assert_eq!(lines[7..], ["GET 200 11 True", "True"]);
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
}

/// The script that the lab writes asks this server.
pub(super) fn client_of(lab: &Lab, spec: &Spec) {
    let session = alone(Spec { bind: Some(SocketAddr::from(([127, 0, 0, 1], 0))), ..spec.clone() });
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    let local = session.status()[0].local.clone().expect("an address");
    let script = lab.other_side(&spec.name, Some(&local)).expect("a script");
    let folder = tempfile::tempdir().expect("a folder");
    let (status, streams) = python(&folder, &script.text, local.port().expect("a port")).end();
    let out = String::from_utf8_lossy(&streams.out);
    assert!(status.success(), "{}", String::from_utf8_lossy(&streams.err));
    assert!(out.contains("/nowhere 404 Not Found") && out.contains("<pre>hello, 你好</pre>"), "{out}");
}

/// This client asks the script that the lab writes: what it asks itself, and more.
pub(super) fn server_for(lab: &Lab, spec: &Spec) {
    let script = lab.other_side(&spec.name, None).expect("a script");
    let folder = tempfile::tempdir().expect("a folder");
    let peer = python(&folder, &script.text, 0);
    let port = peer.port_after("port ");
    let own = spec.http.request.clone();
    for (request, said) in [
        (own.as_str(), own.lines().find(|line| !line.is_empty()).unwrap_or_default()),
        ("HEAD /a HTTP/1.1\nHost: {host}\n\n", "HEAD /a HTTP/1.1 0 bytes"),
        ("POST / HTTP/1.0\nContent-Length: {length}\n\nhello", "POST / HTTP/1.0 5 bytes"),
        ("BREW / HTTP/1.1\nHost: {host}\n\n", ""),
    ] {
        let mut spec = spec.clone();
        spec.http.repeat = if request == own { spec.http.repeat } else { 1 };
        asked(&spec, port, request);
        peer.until(said, |streams| String::from_utf8_lossy(&streams.out).contains(said).then_some(()));
    }
}

/// Our client asks a server at this port, and reads its answer; the status.
fn asked(spec: &Spec, port: u16, request: &str) -> String {
    let mut spec = Spec { connect: Some(Target::Address(SocketAddr::from(([127, 0, 0, 1], port)))), ..spec.clone() };
    request.clone_into(&mut spec.http.request);
    let session = alone(spec);
    assert!(session.wait(|programs| programs.iter().all(ProgramStatus::has_ended), LIMIT), "{:#?}", session.status());
    assert!(!session.status()[0].has_failed(), "{request}: {:#?}", session.status());
    session.trace().flush();
    let store = session.trace().store();
    let rows = store.rows(1..store.newest() + 1).into_iter().flatten();
    let answered = |row| match row {
        Kind::Life(Life::Told(message)) if message.key() == "program-http-answered" => message.text("status").map(str::to_owned),
        _ => None,
    };
    rows.filter_map(|row| answered(row.kind)).last().unwrap_or_default()
}

#[test]
#[ignore = "needs python3"]
fn our_client_asks_the_server_of_python() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("page.html"), "<p>page</p>").expect("a file");
    let mut command = Command::new("python3");
    let command = command.args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]).current_dir(folder.path());
    let peer = Peer::start(command);
    let port = peer.port_after("127.0.0.1 port ");
    let spec = Spec::new(ProgramKind::HttpClient, "client");
    for (request, status) in [
        ("GET /page.html HTTP/1.1\nHost: {host}\n\n", "200 OK"),
        ("HEAD /page.html HTTP/1.0\n\n", "200 OK"),
        ("GET /none HTTP/1.1\nHost: {host}\n\n", "404 File not found"),
        ("DELETE / HTTP/1.1\nHost: {host}\n\n", "501 Unsupported method ('DELETE')"),
        ("GET / HTTP/1.1\n\nGET / HTTP/1.1\n\n", "200 OK"),
    ] {
        assert_eq!(asked(&spec, port, request), status, "{request}");
    }
}
