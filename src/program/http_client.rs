//! http-client: sends the request that a person wrote, byte by byte as it stands there, and reads the answer.
//!
//! A text of several requests is sent at once, and each is answered in turn. What is sent again goes over the same connection as long as the server leaves it open. An
//! answer that cannot be read makes the program fail; a 404 is an answer.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::accept;
use super::content::{Place, Writer};
use super::failure;
use super::goal;
use super::run::Run;
use super::socket::{Endpoint, Held, again};
use crate::net;
use crate::text;
use crate::text::Message;
use crate::trace::{Origin, Tracer};
use crate::wire::http::{Event, First, Head, Length, Reader, Side, Stage, Target, compose};
use crate::wire::tftp::Mode;
use crate::wire::{Charset, preview};

/// How much of a first line is shown, in characters.
const SHOWN: usize = 120;

/// A request that waits for its answer.
#[derive(Debug)]
struct Asked {
    method: String,
    target: String,
}

/// What the client does.
struct Client<'run> {
    run: &'run Arc<Run>,
    on: &'run Tracer,
    /// What is sent.
    bytes: Vec<u8>,
    /// The last body that came whole, and the one that is coming.
    kept: [Option<Writer>; 2],
}

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(goals) = goal::all(run, on) else { return };
    // A server is asked by its name, where it has one: it may have several.
    let host = match (&run.spec.connect, goals.as_slice()) {
        (Some(super::Target::Name(name)), _) => name.to_string(),
        (_, goals) => goals.first().map(ToString::to_string).unwrap_or_default(),
    };
    let bytes = compose(&run.spec.http.request, &host, run.spec.http.line_ends);
    if bytes.is_empty() {
        return run.has_failed(text!("program-http-empty").into());
    }
    let mut client = Client { run, on, bytes, kept: [None, None] };
    let mut left = run.spec.http.repeat.max(1);
    while left > 0 && !run.is_stopping() {
        let Some((socket, _bound)) = goal::connect(run, on, &goals, |run, on, socket| accept::limit(run, on, socket)) else { break };
        run.is_ready(socket.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
        let goes_on = client.converse(&socket, &mut left);
        socket.close(on);
        if goes_on.is_break() {
            break;
        }
    }
    client.keep();
}

/// The requests in what is sent; what is none is one all the same, since the server will say something to it.
fn asked(bytes: &[u8]) -> VecDeque<Asked> {
    let mut reader = Reader::new(Side::Request, bytes.len().max(1));
    reader.feed(bytes);
    let mut asked = VecDeque::new();
    while let Ok(Some(event)) = reader.next() {
        if let Event::Head(Head { first: First::Request { method, target }, .. }, _) = event {
            asked.push_back(Asked { method, target });
        }
    }
    if asked.is_empty() {
        let word = bytes.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
        asked.push_back(Asked { method: String::from_utf8_lossy(word).into_owned(), target: String::new() });
    }
    asked
}

impl Client<'_> {
    /// Asks, as often as the server lets it; breaks when the client is to end.
    fn converse(&mut self, socket: &Held, left: &mut u32) -> ControlFlow<()> {
        let (run, on) = (self.run, self.on);
        let mut reader = Reader::new(Side::Answer, run.spec.http.max_head as usize);
        let mut is_first = true;
        while *left > 0 && !run.is_over(socket) {
            *left -= 1;
            let sent = socket.send_whole(run, on, &self.bytes).map_err(|(_, error)| error);
            let mut asked = asked(&self.bytes);
            // The server may have answered before it had read all, and ended the connection.
            match self.answers(socket, &mut reader, &mut asked) {
                Ok(keeps) => {
                    if !asked.is_empty() {
                        socket.tell(on, text!("program-http-unanswered", count = asked.len()));
                    }
                    if !keeps {
                        if *left > 0 {
                            socket.tell(on, text!("program-http-anew"));
                        }
                        return ControlFlow::Continue(());
                    }
                }
                // Between two requests a server may end a connection whenever it likes (RFC 9112, section 9.5).
                Err(None) if !is_first && !run.is_over(socket) => {
                    socket.tell(on, text!("program-http-anew"));
                    *left += 1;
                    return ControlFlow::Continue(());
                }
                Err(why) => {
                    match sent {
                        Err(error) => run.met_on(socket, &error),
                        Ok(()) => self.failed(socket, why.unwrap_or_else(|| text!("program-http-silent-end"))),
                    }
                    return ControlFlow::Break(());
                }
            }
            is_first = false;
        }
        ControlFlow::Break(())
    }

    fn failed(&self, socket: &Endpoint, why: Message) {
        if !self.run.is_over(socket) {
            socket.tell(self.on, why.clone());
            self.run.has_failed(why.into());
        }
    }

    /// Reads the answers to what was asked; returns whether the connection stays open. An error without a reason is an end where an answer would have begun.
    fn answers(&mut self, socket: &Held, reader: &mut Reader, asked: &mut VecDeque<Asked>) -> Result<bool, Option<Message>> {
        let mut buffer = self.run.buffer();
        let mut keeps = true;
        let mut has_answer = false;
        while keeps && let Some(question) = asked.front() {
            reader.answers(&question.method);
            match self.answer(socket, reader, question, &mut buffer) {
                Ok(Some(stays)) => {
                    keeps = stays;
                    has_answer = true;
                    asked.pop_front();
                }
                // An answer on the way.
                Ok(None) => {}
                Err(None) if has_answer => return Ok(false),
                Err(why) => return Err(why),
            }
        }
        if !reader.rest().is_empty() {
            socket.tell(self.on, text!("program-http-beyond", bytes = reader.rest().len()));
            return Ok(false);
        }
        Ok(keeps)
    }

    /// Reads one answer; returns whether the connection stays open, or none where the real answer follows.
    fn answer(&mut self, socket: &Held, reader: &mut Reader, question: &Asked, buffer: &mut [u8]) -> Result<Option<bool>, Option<Message>> {
        let mut read: Option<(Head, Length, u64)> = None;
        loop {
            match reader.next().map_err(|malformed| Some(text!("program-http-unreadable", why = malformed.message())))? {
                Some(Event::Head(head, length)) => {
                    self.kept[1] = self.place(socket, question, &head, length);
                    read = Some((head, length, 0));
                }
                Some(Event::Body(bytes)) => {
                    self.write(socket, &bytes);
                    if let Some((.., came)) = &mut read {
                        *came += bytes.len() as u64;
                    }
                }
                Some(Event::End) => {
                    let Some((head, length, came)) = read else { return Err(None) };
                    return Ok(self.ended(socket, question, &head, length, came));
                }
                None => {
                    let count = self.receive(socket, buffer)?;
                    if count > 0 {
                        reader.feed(buffer.get(..count).unwrap_or_default());
                        continue;
                    }
                    return match read {
                        Some((head, length, came)) if reader.ends_with_connection() => {
                            self.ended(socket, question, &head, length, came);
                            Ok(Some(false))
                        }
                        Some((.., came)) => Err(Some(match reader.left() {
                            Some(left) => text!("program-http-cut", came = came, all = came + left),
                            None => text!("program-http-cut-chunks", came = came),
                        })),
                        None if reader.stage() == Stage::Between => Err(None),
                        None => Err(Some(text!("program-http-cut-head"))),
                    };
                }
            }
        }
    }

    /// One receive; 0 is the end of the connection.
    fn receive(&self, socket: &Held, buffer: &mut [u8]) -> Result<usize, Option<Message>> {
        match again(|| socket.socket.recv(self.on, buffer), || self.run.is_over(socket)) {
            Ok(count) => Ok(count),
            Err(error) if failure::is_timeout(&error) => {
                Err(Some(text!("program-http-no-answer", seconds = self.run.spec.http.idle_timeout.as_secs_f64())))
            }
            Err(error) => {
                self.met(socket, &error);
                Err(Some(text!("program-http-broken", errno = error.errno.name())))
            }
        }
    }

    fn met(&self, socket: &Held, error: &net::Error) {
        self.run.met_on(socket, error);
    }

    /// An answer is whole: tells it; none where it was one on the way.
    fn ended(&mut self, socket: &Held, question: &Asked, head: &Head, length: Length, came: u64) -> Option<bool> {
        let is_interim = head.status().is_some_and(|status| (100..200).contains(&status));
        let keeps = head.keeps_alive() && length != Length::UntilClose;
        let how = match length {
            Length::Exact(0) => "none",
            Length::Exact(_) => "length",
            Length::Chunked => "chunked",
            Length::UntilClose => "close",
        };
        let shown = |text: &str| preview(text.as_bytes(), Charset::Utf8, SHOWN).text;
        let request = shown(format!("{} {}", question.method, question.target).trim_end());
        let status = shown(&head.first.words());
        if is_interim {
            socket.tell(self.on, text!("program-http-interim", request = request, status = status));
            return None;
        }
        let told = text!(
            "program-http-answered",
            request = request,
            status = status,
            headers = head.headers.len(),
            bytes = came,
            how = how,
            connection = if keeps { "stays" } else { "ends" }
        );
        socket.tell(self.on, told);
        if let Some(whole) = self.kept[1].take().filter(|_| came > 0) {
            self.kept[0] = Some(whole);
        }
        Some(keeps)
    }

    /// Where the body goes: what was asked for is kept for a person to save, where one can.
    fn place(&self, socket: &Held, question: &Asked, head: &Head, length: Length) -> Option<Writer> {
        let files = self.run.kept.as_ref()?;
        if length == Length::Exact(0) || !head.status().is_some_and(|status| (200..300).contains(&status)) {
            return None;
        }
        let path = Target::of(&question.target).map(|target| target.path).unwrap_or_default();
        let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html");
        match files.begin(self.run.id, name) {
            Ok(part) => Some(Writer::new(Place::Kept(part), Mode::Octet)),
            Err(denied) => {
                socket.tell(self.on, text!("program-http-not-kept", name = name, why = denied.message()));
                None
            }
        }
    }

    fn write(&mut self, socket: &Held, bytes: &[u8]) {
        if let Some(Err(denied)) = self.kept[1].as_mut().map(|writer| writer.write(bytes)) {
            socket.tell(self.on, text!("program-http-not-kept", name = "-", why = denied.message()));
            self.kept[1] = None;
        }
    }

    /// Keeps the last body that came whole.
    fn keep(&mut self) {
        let Some(mut writer) = self.kept[0].take() else { return };
        let bytes = writer.length();
        let told = match writer.finish() {
            Ok(()) => text!("program-http-kept", bytes = bytes),
            Err(denied) => text!("program-http-not-kept", name = "-", why = denied.message()),
        };
        super::run::tell(self.on, None, told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_of_a_text_are_counted_and_what_is_none_is_one() {
        let count = |text: &str| asked(text.as_bytes()).iter().map(|asked| asked.method.clone()).collect::<Vec<_>>();
        assert_eq!(count("GET / HTTP/1.1\r\n\r\nHEAD /a HTTP/1.1\r\n\r\n"), ["GET", "HEAD"]);
        assert_eq!(count("GET / HTTP/9\r\n\r\n"), ["GET"]);
        assert_eq!(count("\0"), ["\0"]);
    }
}
