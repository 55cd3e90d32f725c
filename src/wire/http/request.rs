//! A request as a person writes it: a text, of which two places are filled in when it is sent.
//!
//! `{host}` becomes the address that is asked, `{length}` the number of bytes behind the blank line; each only in the head, and only where it is written: whoever
//! writes something else there sends something else.

use serde::{Deserialize, Serialize};

/// What a client asks where nothing else is stated.
pub const STANDARD: &str = "GET / HTTP/1.1\nHost: {host}\nConnection: close\n\n";

/// With what lines end when they are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineEnds {
    /// CR LF, as HTTP wants it.
    #[default]
    CrLf,
    /// LF alone.
    Lf,
}

impl LineEnds {
    /// The names in a lab file.
    pub const NAMES: &[&str] = &["crlf", "lf"];

    /// The name in a lab file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CrLf => "crlf",
            Self::Lf => "lf",
        }
    }

    /// The one of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::CrLf, Self::Lf].into_iter().find(|ends| ends.name() == name)
    }
}

/// A request that a person may begin with.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name: the first words, or what is to be seen.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Requests to begin with: right ones, and some that a server has to refuse.
pub const TEMPLATES: &[Template] = &[
    Template { name: "GET", text: STANDARD },
    Template { name: "HEAD", text: "HEAD / HTTP/1.1\nHost: {host}\nConnection: close\n\n" },
    Template {
        name: "POST",
        text: "POST /form HTTP/1.1\nHost: {host}\nContent-Type: application/x-www-form-urlencoded\nContent-Length: {length}\nConnection: close\n\nname=Ann&text=hello+world",
    },
    Template {
        name: "POST, chunked",
        text: "POST /form HTTP/1.1\nHost: {host}\nContent-Type: text/plain\nTransfer-Encoding: chunked\nConnection: close\n\n5\nhello\n6\n world\n0\n\n",
    },
    Template {
        name: "GET + GET (keep-alive)",
        text: "GET / HTTP/1.1\nHost: {host}\nConnection: keep-alive\n\nGET /hello.txt HTTP/1.1\nHost: {host}\nConnection: close\n\n",
    },
    Template { name: "Range (206)", text: "GET /hello.txt HTTP/1.1\nHost: {host}\nRange: bytes=0-4\nConnection: close\n\n" },
    Template { name: "If-None-Match (304)", text: "GET /hello.txt HTTP/1.1\nHost: {host}\nIf-None-Match: *\nConnection: close\n\n" },
    Template { name: "HTTP/1.0", text: "GET / HTTP/1.0\n\n" },
    Template { name: "404", text: "GET /nowhere HTTP/1.1\nHost: {host}\nConnection: close\n\n" },
    Template { name: "405", text: "DELETE /hello.txt HTTP/1.1\nHost: {host}\nConnection: close\n\n" },
    Template { name: "400", text: "GET / HTTP/1.1\n\n" },
    Template { name: "505", text: "GET / HTTP/3.0\nHost: {host}\n\n" },
];

/// The bytes that are sent for `text` to a server at `host`, in one line end throughout.
pub fn compose(text: &str, host: &str, ends: LineEnds) -> Vec<u8> {
    let text = text.replace("\r\n", "\n");
    let written = |part: &str| match ends {
        LineEnds::CrLf => part.replace('\n', "\r\n"),
        LineEnds::Lf => part.to_owned(),
    };
    // What stands behind the first blank line is the body, or further requests whose heads are filled in likewise.
    let (head, body) = text.split_at(text.find("\n\n").map_or(text.len(), |at| at + 2));
    let body = written(&filled(body, host));
    let head = filled(head, host).replace("{length}", &body.len().to_string());
    [written(&head), body].concat().into_bytes()
}

/// The text with the address in its place, where a line is a Host.
fn filled(text: &str, host: &str) -> String {
    let line = |line: &str| match line.get(..5) {
        Some(name) if name.eq_ignore_ascii_case("host:") => line.replace("{host}", host),
        _ => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::http::{Event, Reader, Side};

    fn text(text: &str, ends: LineEnds) -> String {
        String::from_utf8(compose(text, "127.0.0.1:8080", ends)).unwrap()
    }

    #[test]
    fn two_places_are_filled_in_and_the_rest_is_as_it_was_written() {
        assert_eq!(text(STANDARD, LineEnds::CrLf), "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n");
        let post = "POST / HTTP/1.1\nContent-Length: {length}\n\n{\"a\": \"{length} 再\"}\n";
        assert_eq!(text(post, LineEnds::Lf), "POST / HTTP/1.1\nContent-Length: 22\n\n{\"a\": \"{length} 再\"}\n");
        assert_eq!(text("GET {host} x\r\nLength: 7\n", LineEnds::CrLf), "GET {host} x\r\nLength: 7\r\n");
    }

    #[test]
    fn the_templates_are_what_they_say() {
        for template in TEMPLATES {
            let mut reader = Reader::new(Side::Request, 1000);
            reader.feed(&compose(template.text, "127.0.0.1:8080", LineEnds::CrLf));
            let mut ends = 0;
            let result = loop {
                match reader.next() {
                    Ok(Some(Event::End)) => ends += 1,
                    Ok(Some(_)) => {}
                    other => break other,
                }
            };
            let expected = if template.name == "505" { (0, true) } else { (1 + usize::from(template.name.contains('+')), false) };
            assert_eq!((ends, result.is_err()), expected, "{}", template.name);
        }
    }
}
