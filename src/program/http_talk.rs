//! What a http-server says on one connection, whichever way its bytes are moved: requests are read as they come, one after the other, and each is answered before the
//! next is looked at.

use super::denied::Denied;
use super::http_answer::{self, Answer, Body};
use super::root::Source;
use super::run::Run;
use super::socket::Endpoint;
use crate::text;
use crate::text::Message;
use crate::trace::Tracer;
use crate::wire::http::{Event, Head, Length, Malformed, Reader, Side, Stage, phrase};
use crate::wire::{Charset, preview};

/// How much of a file is read and sent at once, in bytes.
const PIECE: usize = 64 << 10;
/// How much of a request is shown, in characters.
const SHOWN: usize = 120;
/// What says that the body may come.
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// How far the conversation is.
#[derive(Debug)]
pub(super) struct Talk {
    reader: Reader,
    /// The request whose body is being read.
    asked: Option<(Head, Vec<u8>)>,
    /// The file that is being sent, and how much of it is to come.
    file: Option<(Source, u64)>,
    /// Nothing more is answered.
    is_last: bool,
    /// The peer may be sending what nobody reads any more.
    is_cut: bool,
    /// How many receives the request took so far.
    receives: u32,
    /// When the request that is being read began to come, or the last one was answered: nanoseconds on the clock of the trace.
    since: u64,
}

impl Talk {
    /// At the beginning of a connection.
    pub(super) fn new(run: &Run, on: &Tracer) -> Self {
        let reader = Reader::new(Side::Request, run.spec.http.max_head as usize);
        Self { reader, asked: None, file: None, is_last: false, is_cut: false, receives: 0, since: on.now() }
    }

    /// Takes in what was received.
    pub(super) fn received(&mut self, on: &Tracer, bytes: &[u8]) {
        if self.is_last {
            return;
        }
        if self.is_between() {
            self.since = on.now();
        }
        self.receives += 1;
        self.reader.feed(bytes);
    }

    /// Whether no request has begun to come.
    fn is_between(&self) -> bool {
        self.asked.is_none() && self.reader.stage() == Stage::Between
    }

    /// Whether the connection is to end when all that was given by [`more`](Self::more) is sent.
    pub(super) const fn is_over(&self) -> bool {
        self.is_last && self.file.is_none()
    }

    /// Whether something that is not read may still come: a close at once would reset the connection, and the answer might be lost with it (RFC 9112, section 9.6).
    pub(super) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether the peer has taken more time than it has.
    pub(super) fn is_late(&self, run: &Run, on: &Tracer) -> bool {
        !self.is_last && self.file.is_none() && on.now().saturating_sub(self.since) > run.spec.http.idle_timeout.as_nanos() as u64
    }

    /// The peer has taken more time than it has: says so, and gives the answer, where a request had begun.
    pub(super) fn give_up(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Vec<u8>> {
        let seconds = run.spec.http.idle_timeout.as_secs_f64();
        if self.is_between() {
            endpoint.tell(on, text!("program-http-idle", seconds = seconds));
            self.is_last = true;
            return None;
        }
        Some(self.refuse(on, endpoint, 408, &text!("program-http-late", seconds = seconds)))
    }

    /// The peer has ended its side: says so, where that is in the middle of a request.
    pub(super) fn ended(&self, on: &Tracer, endpoint: &Endpoint) {
        if !self.is_last && !self.is_between() {
            endpoint.tell(on, text!("program-http-unfinished"));
        }
    }

    /// The next bytes that are to be sent; none until more is received.
    pub(super) fn more(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Vec<u8>> {
        loop {
            if self.file.is_some() {
                return self.piece(on, endpoint, Vec::new());
            }
            if self.is_last {
                return None;
            }
            if !self.is_between() && self.is_late(run, on) {
                return self.give_up(run, on, endpoint);
            }
            let answer = match self.reader.next() {
                Ok(None) => return None,
                Ok(Some(Event::Head(head, length))) => self.begin(run, on, endpoint, head, length),
                Ok(Some(Event::Body(bytes))) => self.body(run, on, endpoint, &bytes),
                Ok(Some(Event::End)) => self.end(run, on, endpoint),
                Err(malformed) => Some(self.refuse_malformed(on, endpoint, &malformed)),
            };
            if answer.is_some() {
                return answer;
            }
        }
    }

    /// A head was read: it is refused, or its body is awaited.
    fn begin(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, head: Head, length: Length) -> Option<Vec<u8>> {
        let hosts = head.values("host").count();
        let most = run.spec.http.max_body;
        if hosts > 1 || hosts == 0 && head.minor >= 1 {
            let malformed = if hosts > 1 { Malformed::Hosts } else { Malformed::NoHost };
            self.asked = Some((head, Vec::new()));
            return Some(self.refuse_malformed(on, endpoint, &malformed));
        }
        let is_long = matches!(length, Length::Exact(length) if length > most);
        let expects = if head.minor >= 1 { head.list("expect") } else { Vec::new() };
        let has_body = length != Length::Exact(0);
        self.asked = Some((head, Vec::new()));
        if is_long {
            return Some(self.refuse(on, endpoint, 413, &text!("program-http-too-large", most = most)));
        }
        if let Some(unknown) = expects.iter().find(|expects| *expects != "100-continue") {
            let shown = preview(unknown.as_bytes(), Charset::Utf8, SHOWN).text;
            return Some(self.refuse(on, endpoint, 417, &text!("program-http-expect", found = shown)));
        }
        // Who has begun to send the body waits for nothing.
        (!expects.is_empty() && has_body && self.reader.rest().is_empty()).then(|| CONTINUE.to_vec())
    }

    fn body(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, bytes: &[u8]) -> Option<Vec<u8>> {
        let (_, body) = self.asked.as_mut()?;
        let most = run.spec.http.max_body;
        if (body.len() + bytes.len()) as u64 > most {
            return Some(self.refuse(on, endpoint, 413, &text!("program-http-too-large", most = most)));
        }
        body.extend_from_slice(bytes);
        None
    }

    /// The request is whole: answers it.
    fn end(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint) -> Option<Vec<u8>> {
        let (head, body) = self.asked.take()?;
        let answer = http_answer::of(run, &head, &body);
        let keeps = run.spec.http.keep_alive && head.keeps_alive() && !answer.ends;
        self.is_last = !keeps;
        let told = text!(
            "program-http-served",
            request = preview(head.first.words().as_bytes(), Charset::Utf8, SHOWN).text,
            receives = std::mem::take(&mut self.receives),
            status = format!("{} {}", answer.status, phrase(answer.status)),
            bytes = answer.body.length(),
            connection = if keeps { "stays" } else { "ends" }
        );
        endpoint.tell(on, told);
        if let Some(why) = &answer.why {
            endpoint.tell(on, why.clone());
        }
        self.receives = u32::from(!self.reader.rest().is_empty());
        self.since = on.now();
        let is_head = head.method() == Some("HEAD");
        let written = answer.head(keeps);
        match answer.body {
            Body::File(source, length) if !is_head && length > 0 => {
                self.file = Some((source, length));
                // The beginning goes with the head: a small file is one send.
                self.piece(on, endpoint, written)
            }
            Body::Page(page) if !is_head => Some([written, page.into_bytes()].concat()),
            _ => Some(written),
        }
    }

    /// The next piece of the file behind `before`.
    fn piece(&mut self, on: &Tracer, endpoint: &Endpoint, before: Vec<u8>) -> Option<Vec<u8>> {
        let (source, left) = self.file.as_mut()?;
        let mut piece = before;
        let begin = piece.len();
        piece.resize(begin + usize::try_from(*left).unwrap_or(PIECE).min(PIECE), 0);
        let asked = piece.len() - begin;
        let filled = source.fill(piece.get_mut(begin..).unwrap_or_default());
        let (count, why) = match filled {
            Ok(count) if count == asked => (count, None),
            Ok(count) => (count, Some(text!("program-http-shorter"))),
            Err(denied) => (0, Some(denied.message())),
        };
        *left -= count as u64;
        if *left == 0 || why.is_some() {
            self.file = None;
            self.since = on.now();
        }
        if let Some(why) = why {
            // Its length is promised already: only the end of the connection says that it is not whole.
            endpoint.tell(on, why);
            self.is_last = true;
        }
        piece.truncate(begin + count);
        Some(piece)
    }

    fn refuse_malformed(&mut self, on: &Tracer, endpoint: &Endpoint, malformed: &Malformed) -> Vec<u8> {
        self.refuse(on, endpoint, malformed.status(), &malformed.message())
    }

    /// An answer that ends the connection.
    fn refuse(&mut self, on: &Tracer, endpoint: &Endpoint, status: u16, why: &Message) -> Vec<u8> {
        let is_head = self.asked.as_ref().is_some_and(|(head, _)| head.method() == Some("HEAD"));
        (self.is_last, self.is_cut) = (true, true);
        endpoint.tell(on, text!("program-http-refused", status = format!("{status} {}", phrase(status)), why = why.clone()));
        let answer = Answer::error(status, why);
        let written = answer.head(false);
        match answer.body {
            Body::Page(page) if !is_head => [written, page.into_bytes()].concat(),
            _ => written,
        }
    }
}

impl Denied {
    /// The status of the answer that says so.
    pub(super) const fn status(&self) -> u16 {
        match self {
            Self::Missing => 404,
            Self::Name => 400,
            Self::System(..) => 500,
            _ => 403,
        }
    }
}
