//! What one call moved of a connection, shown part by part: lines of heads, bodies, chunks, wherever in a message it begins or ends.

use super::chunked::Chunked;
use super::chunked::Part;
use super::head::excerpt;
use super::{First, Head, Length, METHODS, Malformed, Reader, Side};
use crate::text;
use crate::text::Message;
use crate::wire::Field;

/// After so many parts the rest is one.
const MOST_PARTS: usize = 400;

/// The parts of `bytes`, in order, where `start` has read what came before them on the same way.
pub fn fields(start: &Reader, bytes: &[u8]) -> Vec<Field> {
    // A head that began before is told whole where a line of it ends here.
    let before = start.rest().len();
    let all = [start.rest(), bytes].concat();
    let mut walk = Walk { side: start.side(), all: &all, at: 0, before, fields: Vec::new() };
    walk.go(start);
    walk.fields
}

struct Walk<'a> {
    side: Side,
    all: &'a [u8],
    at: usize,
    /// How many of the bytes came before.
    before: usize,
    fields: Vec<Field>,
}

/// What is at the place where the walk is.
enum Next {
    Head,
    Body(Length),
    Chunks(Chunked),
    /// Nothing can be said of what follows.
    Lost,
}

impl Walk<'_> {
    fn rest(&self) -> &[u8] {
        self.all.get(self.at..).unwrap_or_default()
    }

    /// The next `length` bytes are this.
    fn push(&mut self, length: usize, name: Message, value: String, rule: Message, fault: Option<Message>) {
        let end = (self.at + length).min(self.all.len());
        let range = self.at.saturating_sub(self.before)..end.saturating_sub(self.before);
        self.at = end;
        if !range.is_empty() {
            self.fields.push(Field { range, name, value, rule, fault });
        }
    }

    fn data(&mut self, length: usize, name: Message, rule: Message) {
        self.push(length, name, format!("{length} B"), rule, None);
    }

    fn go(&mut self, start: &Reader) {
        let mut next = match (start.chunks(), start.left()) {
            (Some(chunks), _) => Next::Chunks(chunks.clone()),
            (None, Some(left)) => Next::Body(Length::Exact(left)),
            (None, None) if start.ends_with_connection() => Next::Body(Length::UntilClose),
            _ => Next::Head,
        };
        while !self.rest().is_empty() && self.fields.len() < MOST_PARTS {
            next = match next {
                Next::Head => self.head(start),
                Next::Body(Length::Exact(left)) => {
                    let length = usize::try_from(left).unwrap_or(usize::MAX).min(self.rest().len());
                    self.data(length, text!("wire-http-part-body"), text!("wire-http-rule-body-exact"));
                    Next::Head
                }
                Next::Body(_) => {
                    self.data(self.rest().len(), text!("wire-http-part-body"), text!("wire-http-rule-body-close"));
                    Next::Lost
                }
                Next::Chunks(chunks) => self.chunk(chunks),
                Next::Lost => break,
            };
        }
        let left = self.rest().len();
        self.data(left, text!("wire-http-part-rest"), text!("wire-http-rule-rest"));
    }

    fn chunk(&mut self, mut chunks: Chunked) -> Next {
        match chunks.take(self.rest()) {
            Ok(Some((part, length))) => {
                match part {
                    Part::Size => {
                        let size = chunks.size().unwrap_or_default();
                        let line = excerpt(self.rest().get(..length).unwrap_or_default().trim_ascii());
                        let value = if line == size.to_string() { line } else { format!("{line} = {size}") };
                        self.push(length, text!("wire-http-part-size"), value, text!("wire-http-rule-size"), None);
                    }
                    Part::Data => self.data(length, text!("wire-http-part-chunk"), text!("wire-http-rule-chunk")),
                    Part::Border => {
                        self.push(length, text!("wire-http-part-border"), "\\r\\n".to_owned(), text!("wire-http-rule-border"), None);
                    }
                    Part::Trailers => {
                        let value = excerpt(self.rest().get(..length).unwrap_or_default());
                        self.push(length, text!("wire-http-part-trailers"), value, text!("wire-http-rule-trailers"), None);
                    }
                }
                if chunks.is_done() { Next::Head } else { Next::Chunks(chunks) }
            }
            Ok(None) => Next::Head,
            Err(malformed) => self.lost(&malformed),
        }
    }

    /// All that follows has no place.
    fn lost(&mut self, malformed: &Malformed) -> Next {
        let length = self.rest().len();
        let rest = (text!("wire-http-part-rest"), text!("wire-http-rule-rest"));
        self.push(length, rest.0, format!("{length} B"), rest.1, Some(malformed.message()));
        Next::Lost
    }

    /// The length of the next line with its end; whether it has one.
    fn line(&self) -> (usize, bool) {
        match self.rest().iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (self.rest().len(), false),
        }
    }

    fn head(&mut self, start: &Reader) -> Next {
        let whole = Head::parse(self.side, self.rest());
        let first = self.fields.len();
        while matches!(self.rest().first(), Some(b'\r' | b'\n')) {
            let (length, _) = self.line();
            self.blank(length, text!("wire-http-rule-early"));
        }
        let (length, ends) = self.line();
        let fault = match &whole {
            Err(malformed @ (Malformed::Line | Malformed::Version(_))) => Some(malformed.message()),
            _ => None,
        };
        self.first_line(length, fault.as_ref());
        let mut ended = false;
        while ends && !ended && !self.rest().is_empty() && self.fields.len() < MOST_PARTS {
            let (length, has_end) = self.line();
            let line = self.rest().get(..length).unwrap_or_default();
            ended = matches!(line, b"\r\n" | b"\n");
            if ended {
                self.blank(length, text!("wire-http-rule-blank"));
            } else {
                self.header(length, has_end);
            }
        }
        match whole {
            Ok(Some(head)) => self.after(&head, start),
            Ok(None) => Next::Lost,
            Err(malformed) => {
                self.blame(first, &malformed);
                if ended { Next::Head } else { Next::Lost }
            }
        }
    }

    /// Where no part shows what is wrong with the head, its last one does.
    fn blame(&mut self, first: usize, malformed: &Malformed) {
        let parts = self.fields.get_mut(first..).unwrap_or_default();
        if parts.iter().all(|field| field.fault.is_none())
            && let Some(last) = parts.last_mut()
        {
            last.fault = Some(malformed.message());
        }
    }

    fn blank(&mut self, length: usize, rule: Message) {
        let value = excerpt(self.rest().get(..length).unwrap_or_default());
        self.push(length, text!("wire-http-part-blank"), value, rule, None);
    }

    /// What follows a head.
    fn after(&mut self, head: &Head, start: &Reader) -> Next {
        let length = match self.side {
            Side::Request => Length::of_request(head),
            Side::Answer => Length::of_answer(head, start.method()),
        };
        match length {
            Ok(Length::Chunked) => Next::Chunks(Chunked::default()),
            Ok(Length::Exact(0)) => Next::Head,
            Ok(length) => Next::Body(length),
            Err(malformed) => {
                let first = self.fields.len().saturating_sub(1);
                self.blame(first, &malformed);
                Next::Lost
            }
        }
    }

    fn first_line(&mut self, length: usize, fault: Option<&Message>) {
        let line = self.rest().get(..length).unwrap_or_default().to_vec();
        let words = line.splitn(3, |byte| *byte == b' ').map(<[u8]>::to_vec).collect::<Vec<_>>();
        let last = words.len().saturating_sub(1);
        for (place, word) in words.iter().enumerate() {
            let value = excerpt(word.trim_ascii_end());
            // What stands in the place of the last word is what the parser stumbles over, mostly.
            let fault = fault.cloned().filter(|_| place == last);
            let (name, rule) = match (self.side, place) {
                (Side::Request, 0) => (text!("wire-http-part-method"), method_rule(&value)),
                (Side::Request, 1) => (text!("wire-http-part-target"), text!("wire-http-rule-target")),
                (Side::Request, _) | (Side::Answer, 0) => (text!("wire-http-part-version"), version_rule(&value)),
                (Side::Answer, 1) => (text!("wire-http-part-status"), status_rule(&value)),
                (Side::Answer, _) => (text!("wire-http-part-reason"), text!("wire-http-rule-reason")),
            };
            self.push(word.len() + usize::from(place < last), name, value, rule, fault);
        }
    }

    fn header(&mut self, length: usize, has_end: bool) {
        let line = self.rest().get(..length).unwrap_or_default();
        let fault = if has_end { wrong(line) } else { None };
        let value = crate::wire::preview(line.trim_ascii_end(), crate::wire::Charset::Utf8, 300).text;
        let name = line.split(|byte| *byte == b':').next().map(<[u8]>::to_ascii_lowercase).unwrap_or_default();
        let rule = header_rule(&String::from_utf8_lossy(&name));
        self.push(length, text!("wire-http-part-header"), value, rule, fault);
    }
}

/// What is wrong with one line that should be a header.
fn wrong(line: &[u8]) -> Option<Message> {
    // The parser reads heads: this one has an ordinary first line, and none but this header.
    let head = [b"GET / HTTP/1.1\r\n", line, b"\r\n"].concat();
    Head::parse(Side::Request, &head).err().map(|malformed| malformed.message())
}

fn method_rule(method: &str) -> Message {
    match method {
        "GET" => text!("wire-http-rule-get"),
        "HEAD" => text!("wire-http-rule-head"),
        "POST" => text!("wire-http-rule-post"),
        "PUT" => text!("wire-http-rule-put"),
        "DELETE" => text!("wire-http-rule-delete"),
        "CONNECT" => text!("wire-http-rule-connect"),
        "OPTIONS" => text!("wire-http-rule-options"),
        "TRACE" => text!("wire-http-rule-trace"),
        "PATCH" => text!("wire-http-rule-patch"),
        _ => text!("wire-http-rule-method", known = METHODS.join(", ")),
    }
}

fn version_rule(version: &str) -> Message {
    match version {
        "HTTP/1.0" => text!("wire-http-rule-version-0"),
        _ => text!("wire-http-rule-version"),
    }
}

fn status_rule(status: &str) -> Message {
    match status.bytes().next() {
        Some(b'1') => text!("wire-http-rule-status-1"),
        Some(b'2') => text!("wire-http-rule-status-2"),
        Some(b'3') => text!("wire-http-rule-status-3"),
        Some(b'4') => text!("wire-http-rule-status-4"),
        _ => text!("wire-http-rule-status-5"),
    }
}

fn header_rule(name: &str) -> Message {
    match name {
        "host" => text!("wire-http-rule-host"),
        "connection" => text!("wire-http-rule-connection"),
        "content-length" => text!("wire-http-rule-content-length"),
        "content-type" => text!("wire-http-rule-content-type"),
        "transfer-encoding" => text!("wire-http-rule-transfer-encoding"),
        "user-agent" => text!("wire-http-rule-user-agent"),
        "server" => text!("wire-http-rule-server"),
        "date" => text!("wire-http-rule-date"),
        "location" => text!("wire-http-rule-location"),
        "allow" => text!("wire-http-rule-allow"),
        "expect" => text!("wire-http-rule-expect"),
        "referer" => text!("wire-http-rule-referer"),
        "cookie" | "set-cookie" => text!("wire-http-rule-cookie"),
        "accept" | "accept-encoding" | "accept-language" | "accept-charset" => text!("wire-http-rule-accept"),
        "cache-control" | "expires" | "age" | "vary" => text!("wire-http-rule-cache"),
        "etag" | "last-modified" => text!("wire-http-rule-version-of"),
        "if-none-match" | "if-modified-since" => text!("wire-http-rule-if-changed"),
        "if-match" | "if-unmodified-since" => text!("wire-http-rule-if-same"),
        "range" | "if-range" => text!("wire-http-rule-range"),
        "content-range" | "accept-ranges" => text!("wire-http-rule-content-range"),
        "authorization" | "www-authenticate" => text!("wire-http-rule-authorization"),
        _ => text!("wire-http-rule-header"),
    }
}

impl First {
    /// The line without its version, as it is told: `GET /a`, `404 Not Found`.
    pub fn words(&self) -> String {
        match self {
            Self::Request { method, target } => format!("{method} {target}"),
            Self::Answer { status, reason } => format!("{status} {reason}").trim_end().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reader(side: Side, before: &[u8]) -> Reader {
        let mut reader = Reader::new(side, 10_000);
        reader.feed(before);
        while let Ok(Some(_)) = reader.next() {}
        reader
    }

    fn said(side: Side, before: &[u8], bytes: &[u8]) -> Vec<String> {
        let fields = fields(&reader(side, before), bytes);
        fields.iter().map(|field| format!("{:?} {}: {}", field.range, field.name, field.value)).collect()
    }

    #[test]
    fn every_part_has_its_bytes() {
        assert_eq!(
            said(Side::Request, b"", b"POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGE"),
            [
                "0..5 Method: POST",
                "5..8 Target: /a",
                "8..18 Version: HTTP/1.1",
                "18..37 Header: Content-Length: 2",
                "37..39 Blank line: \\r\\n",
                "39..41 Body: 2 B",
                "41..43 Method: GE",
            ]
        );
        assert_eq!(
            said(Side::Answer, b"", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabc")[5..],
            ["47..51 Chunk size: 1a = 26", "51..54 Chunk: 3 B"]
        );
    }

    #[test]
    fn a_message_that_began_before_goes_on() {
        let head = b"PUT / HTTP/1.1\r\nContent-Le";
        assert_eq!(
            said(Side::Request, head, b"ngth: 4\r\n\r\nab"),
            ["0..9 Header: Content-Length: 4", "9..11 Blank line: \\r\\n", "11..13 Body: 2 B"]
        );
        let chunked = b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab";
        assert_eq!(
            said(Side::Request, chunked, b"cde\r\n0\r\n\r\n"),
            ["0..3 Chunk: 3 B", "3..5 End of chunk: \\r\\n", "5..8 Chunk size: 0", "8..10 Trailers: \\r\\n"]
        );
        assert_eq!(said(Side::Answer, b"HTTP/1.0 200 OK\r\n\r\n", b"abc"), ["0..3 Body: 3 B"]);
    }

    #[test]
    fn what_is_wrong_stands_at_its_part() {
        let fault = |bytes: &[u8]| {
            let fields = fields(&reader(Side::Request, b""), bytes);
            let field = fields.iter().find(|field| field.fault.is_some()).unwrap();
            (field.value.clone(), field.fault.as_ref().unwrap().key().to_owned())
        };
        assert_eq!(fault(b"GET / HTTP/7.0\r\n\r\n"), ("HTTP/7.0".into(), "wire-http-bad-version".into()));
        assert_eq!(fault(b"GET / HTTP/1.1\r\nA: 1\r\nHost : x\r\n\r\n"), ("Host : x".into(), "wire-http-bad-name".into()));
        assert_eq!(fault(b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\nabc").1, "wire-http-bad-length");
        assert_eq!(fault(b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz").1, "wire-http-chunk-size");
    }

    proptest! {
        #[test]
        fn the_parts_cover_any_bytes(before: Vec<u8>, bytes: Vec<u8>, which in 0_usize..4, answer: bool) {
            let begin = [&b""[..], b"GET / HTTP/1.1\r\nA", b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"][which];
            let side = if answer { Side::Answer } else { Side::Request };
            for (before, bytes) in [(before.as_slice(), [begin, &bytes].concat()), (begin, bytes)] {
                let fields = fields(&reader(side, before), &bytes);
                let mut at = 0;
                for field in &fields {
                    prop_assert_eq!(field.range.start, at);
                    at = field.range.end;
                }
                prop_assert_eq!(at, bytes.len());
                prop_assert!(fields.len() <= MOST_PARTS + 4);
            }
        }
    }
}
