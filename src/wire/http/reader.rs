//! One way of a connection as messages, read piece by piece.

use super::chunked::{Chunked, Part};
use super::{Head, Length, Malformed, Side};

/// What comes next on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The head of a message, and how the end of its body is known.
    Head(Head, Length),
    /// The next bytes of its body.
    Body(Vec<u8>),
    /// The message has ended.
    End,
}

/// Where in a message the way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Between two messages.
    Between,
    /// In a head.
    Head,
    /// In a body.
    Body,
}

/// Reads the messages of one way.
#[derive(Clone, Debug)]
pub struct Reader {
    side: Side,
    /// The longest head, in bytes.
    most: usize,
    /// What came and was not read.
    input: Vec<u8>,
    /// How much of it was.
    at: usize,
    state: State,
    /// The method that the next answer is an answer to.
    method: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Head,
    Exact(u64),
    Chunked(Chunked),
    UntilClose,
}

impl Reader {
    /// At the beginning of a connection. Heads may have `most` bytes.
    pub fn new(side: Side, most: usize) -> Self {
        Self { side, most, input: Vec::new(), at: 0, state: State::Head, method: String::new() }
    }

    /// Which way it reads.
    pub const fn side(&self) -> Side {
        self.side
    }

    /// The next answer is an answer to this method, which says whether it can have a body.
    pub fn answers(&mut self, method: &str) {
        method.clone_into(&mut self.method);
    }

    /// Takes in what was received.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// What came and was not read.
    pub fn rest(&self) -> &[u8] {
        self.input.get(self.at..).unwrap_or_default()
    }

    /// What follows, if it has come.
    ///
    /// # Errors
    /// What is wrong with it. Where the next message begins is not known then: the connection is of no more use.
    #[expect(clippy::should_implement_trait, reason = "more may come after none")]
    pub fn next(&mut self) -> Result<Option<Event>, Malformed> {
        let event = self.read()?;
        if event.is_none() {
            // Only what is to be read still is held, however long the connection lasts.
            self.input.drain(..self.at);
            self.at = 0;
        }
        Ok(event)
    }

    fn read(&mut self) -> Result<Option<Event>, Malformed> {
        match &mut self.state {
            State::Head => self.head(),
            State::Exact(0) => {
                self.state = State::Head;
                Ok(Some(Event::End))
            }
            State::Exact(left) => {
                let has = self.input.len() - self.at;
                let length = usize::try_from(*left).unwrap_or(usize::MAX).min(has);
                *left -= length as u64;
                Ok((length > 0).then(|| Event::Body(self.take(length))))
            }
            State::Chunked(chunked) if chunked.is_done() => {
                self.state = State::Head;
                Ok(Some(Event::End))
            }
            State::Chunked(_) => self.chunk(),
            State::UntilClose => {
                let has = self.rest().len();
                Ok((has > 0).then(|| Event::Body(self.take(has))))
            }
        }
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let taken = self.rest().get(..length).unwrap_or_default().to_vec();
        self.at += taken.len();
        taken
    }

    fn head(&mut self) -> Result<Option<Event>, Malformed> {
        let rest = self.input.get(self.at..).unwrap_or_default();
        let within = rest.get(..self.most).unwrap_or(rest);
        let Some(head) = Head::parse(self.side, within)? else {
            if rest.len() < self.most {
                return Ok(None);
            }
            let is_line = !within.trim_ascii_start().contains(&b'\n');
            return Err(if is_line { Malformed::LongLine(self.most) } else { Malformed::LongHead(self.most) });
        };
        let length = match self.side {
            Side::Request => Length::of_request(&head)?,
            Side::Answer => Length::of_answer(&head, &self.method)?,
        };
        self.at += head.length;
        self.state = match length {
            Length::Exact(length) => State::Exact(length),
            Length::Chunked => State::Chunked(Chunked::default()),
            Length::UntilClose => State::UntilClose,
        };
        Ok(Some(Event::Head(head, length)))
    }

    fn chunk(&mut self) -> Result<Option<Event>, Malformed> {
        let State::Chunked(chunked) = &mut self.state else { return Ok(None) };
        while let Some((part, length)) = chunked.take(self.input.get(self.at..).unwrap_or_default())? {
            if part == Part::Data {
                return Ok(Some(Event::Body(self.take(length))));
            }
            self.at += length;
        }
        if chunked.is_done() {
            self.state = State::Head;
            return Ok(Some(Event::End));
        }
        Ok(None)
    }

    /// Where it is.
    pub fn stage(&self) -> Stage {
        match self.state {
            State::Head if self.rest().iter().all(|byte| matches!(byte, b'\r' | b'\n')) => Stage::Between,
            State::Head => Stage::Head,
            _ => Stage::Body,
        }
    }

    /// How many bytes of the body are to come still, where that is known.
    pub const fn left(&self) -> Option<u64> {
        match &self.state {
            State::Exact(left) => Some(*left),
            _ => None,
        }
    }

    /// Whether the message is whole when the connection ends now: its body goes on until then.
    pub fn ends_with_connection(&self) -> bool {
        self.state == State::UntilClose
    }

    /// The method that the next answer is an answer to.
    pub(super) fn method(&self) -> &str {
        &self.method
    }

    /// Where it is in a body in chunks.
    pub(super) const fn chunks(&self) -> Option<&Chunked> {
        match &self.state {
            State::Chunked(chunked) => Some(chunked),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What was read: the first words of heads, bodies, and `.` for an end.
    fn read(side: Side, bytes: &[u8], piece: usize, most: usize) -> (String, Result<(), Malformed>, Stage) {
        let (mut reader, mut said) = (Reader::new(side, most), String::new());
        for piece in bytes.chunks(piece) {
            reader.feed(piece);
            loop {
                match reader.next() {
                    Ok(Some(Event::Head(head, _))) => said += head.method().unwrap_or("answer"),
                    Ok(Some(Event::Body(body))) => said += &body.escape_ascii().to_string(),
                    Ok(Some(Event::End)) => said.push('.'),
                    Ok(None) => break,
                    Err(malformed) => return (said, Err(malformed), reader.stage()),
                }
            }
        }
        (said, Ok(()), reader.stage())
    }

    #[test]
    fn requests_that_follow_each_other_are_told_apart_however_they_come() {
        let bytes =
            b"GET / HTTP/1.1\r\n\r\nPOST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcPUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\
            2\r\nde\r\n0\r\n\r\nGET";
        for piece in 1..bytes.len() {
            assert_eq!(read(Side::Request, bytes, piece, 1000), ("GET.POSTabc.PUTde.".into(), Ok(()), Stage::Head), "{piece}");
        }
    }

    #[test]
    fn a_body_without_a_length_goes_on() {
        let (said, result, stage) = read(Side::Answer, b"HTTP/1.0 200 OK\r\n\r\nHTTP/1.1", 3, 1000);
        assert_eq!((said.as_str(), result, stage), ("answerHTTP/1.1", Ok(()), Stage::Body));
    }

    #[test]
    fn what_was_read_is_not_held() {
        let mut reader = Reader::new(Side::Request, 1000);
        // Each receive ends within a head.
        reader.feed(b"GET / HTTP");
        for _ in 0..1000 {
            reader.feed(b"/1.1\r\n\r\nGET / HTTP");
            while let Ok(Some(_)) = reader.next() {}
            assert_eq!(reader.rest(), b"GET / HTTP");
        }
        assert_eq!(reader.input.len(), b"GET / HTTP".len());
    }

    #[test]
    fn a_head_has_a_bound() {
        let line = format!("GET /{}", "x".repeat(200));
        assert_eq!(read(Side::Request, line.as_bytes(), 9, 100).1, Err(Malformed::LongLine(100)));
        let head = format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(200));
        assert_eq!(read(Side::Request, head.as_bytes(), 9, 100).1, Err(Malformed::LongHead(100)));
        let empty = "\r\n".repeat(200);
        assert!(read(Side::Request, empty.as_bytes(), 9, 100).1.is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_alike_however_they_come(bytes: Vec<u8>, piece in 1_usize..30, which in 0_usize..3) {
            let begin = [&b""[..], b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"PUT / HTTP/1.1\r\nContent-Length: 20\r\n\r\n"][which];
            let bytes = [begin, &bytes].concat();
            let (said, result, _) = read(Side::Request, &bytes, bytes.len().max(1), 64);
            let (other, same, _) = read(Side::Request, &bytes, piece, 64);
            prop_assert_eq!((said, result.is_err()), (other, same.is_err()));
        }
    }
}
