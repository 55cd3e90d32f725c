//! http-server and who has a copy already, or a part of it: conditions and ranges, as browsers and downloads use them.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use socket_lab::program::Handling;

use super::http::{ask, parts, server, site, status};
use super::stage::{Stage, is_told};

/// Changes when a file was changed last.
fn touch(path: &Path, seconds: u64) {
    File::options().write(true).open(path).unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

/// The value of a header.
fn value(answer: &str, name: &str) -> Option<String> {
    let line = parts(answer).1.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.map(str::to_owned)
}

fn get(at: SocketAddr, headers: &str) -> String {
    ask(at, "GET /page.html HTTP/1.1", headers, "")
}

#[test]
fn a_browser_that_has_the_page_gets_it_only_when_it_has_changed() {
    let (stage, folder) = (Stage::new(), site());
    let page = folder.path().join("root/page.html");
    touch(&page, 784_111_777);
    let (program, at) = server(&stage, folder.path(), |_| ());
    let first = get(at, "");
    assert_eq!((status(&first), value(&first, "Last-Modified").as_deref()), (200, Some("Sun, 06 Nov 1994 08:49:37 GMT")));
    assert_eq!(value(&first, "Cache-Control").as_deref(), Some("no-cache"), "it is to be asked again");
    let tag = value(&first, "ETag").expect("a tag");
    for (condition, expected) in [
        (format!("If-None-Match: {tag}\r\n"), 304),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n".to_owned(), 304),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\n".to_owned(), 200),
        ("If-None-Match: \"another\"\r\n".to_owned(), 200),
        ("If-Match: \"another\"\r\n".to_owned(), 412),
        ("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\n".to_owned(), 412),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(at, &format!("{method} /page.html HTTP/1.1"), &condition, "");
            assert_eq!(status(&answer), expected, "{method}, {condition}: {answer}");
            assert_eq!(value(&answer, "ETag").as_ref(), Some(&tag), "{answer}");
            if expected == 304 {
                assert_eq!(
                    (parts(&answer).2, value(&answer, "Content-Length"), value(&answer, "Content-Type")),
                    ("", None, None),
                    "{answer}"
                );
            }
        }
    }
    stage.row("why", |row| is_told(row, "program-http-not-modified"));
    // A second later it is another one.
    touch(&page, 784_111_778);
    let changed = get(at, &format!("If-None-Match: {tag}\r\n"));
    assert!(status(&changed) == 200 && value(&changed, "ETag").is_some_and(|changed| changed != tag), "{changed}");
    // What is made for the occasion has no version, and conditions mean nothing.
    let index = ask(at, "GET /sub/ HTTP/1.1", "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n", "");
    assert_eq!((status(&index), value(&index, "ETag")), (200, None));
    stage.stopped(&program);
    assert!(!program.state().has_failed(), "{:?}", program.state());
}

#[test]
fn a_part_of_a_file_goes_and_what_it_lacks_is_told() {
    for handling in [Handling::OneAtATime, Handling::Readiness] {
        let (stage, folder) = (Stage::new(), site());
        // Longer than a piece, so that a part ends within one.
        let large = (0..200_000_u32).map(|n| b'a' + (n % 25) as u8).collect::<Vec<_>>();
        fs::write(folder.path().join("root/large.txt"), &large).unwrap();
        let (program, at) = server(&stage, folder.path(), |spec| spec.handling = handling);
        let get = |headers: &str| ask(at, "GET /large.txt HTTP/1.1", headers, "");
        for (range, from, to) in [("0-0", 0, 0), ("100000-", 100_000, 199_999), ("-5", 199_995, 199_999), ("70000-170000", 70_000, 170_000)]
        {
            let answer = get(&format!("Range: bytes={range}\r\n"));
            let (status, _, body) = parts(&answer);
            assert!(status == 206 && body.as_bytes() == &large[from..=to], "{range}: {status}, {} B", body.len());
            assert_eq!(value(&answer, "Content-Range"), Some(format!("bytes {from}-{to}/200000")));
            assert_eq!(value(&answer, "Content-Length"), Some((to - from + 1).to_string()));
        }
        let answer = get("Range: bytes=200000-\r\n");
        assert_eq!((status(&answer), value(&answer, "Content-Range").as_deref()), (416, Some("bytes */200000")));
        let tag = value(&answer, "ETag").expect("a tag");
        for (headers, expected) in [
            ("Range: bytes=0-0,5-5\r\n".to_owned(), 200),
            ("Range: bytes=5-3\r\n".to_owned(), 200),
            (format!("Range: bytes=0-9\r\nIf-Range: {tag}\r\n"), 206),
            ("Range: bytes=0-9\r\nIf-Range: \"another\"\r\n".to_owned(), 200),
            (format!("Range: bytes=0-9\r\nIf-None-Match: {tag}\r\n"), 304),
        ] {
            let answer = get(&headers);
            let length =
                [(200, 200_000), (206, 10), (304, 0)].into_iter().find_map(|(status, length)| (status == expected).then_some(length));
            assert_eq!((status(&answer), Some(parts(&answer).2.len())), (expected, length), "{headers}");
        }
        stage.row("why", |row| is_told(row, "program-http-several"));
        let head = ask(at, "HEAD /large.txt HTTP/1.1", "Range: bytes=0-9\r\n", "");
        let told = (value(&head, "Content-Length"), value(&head, "Accept-Ranges"));
        assert_eq!((status(&head), told), (200, (Some("200000".to_owned()), Some("bytes".to_owned()))), "only a GET has parts");
        stage.stopped(&program);
        assert!(!program.state().has_failed(), "{:?}", program.state());
    }
}
