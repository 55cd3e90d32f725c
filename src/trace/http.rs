//! What the calls of a program that speaks HTTP moved, as messages: where in one each call begins.
//!
//! A fold over the trace. A reader goes along each way of each socket and is remembered as it was before each call, so that the parts of one row can be told from its
//! bytes alone. A call whose bytes were not kept whole, and what is no message, end what can be said of that way.

use std::collections::{HashMap, VecDeque};

use super::call::{Call, Direction};
use super::record::{Kind, Life, ProgramId, Record, SocketId};
use crate::wire::http::{Event, Reader, Side};

/// How many calls that moved bytes are kept; the oldest are forgotten then.
const MOST: usize = 1 << 12;
/// How many sockets are followed at a time.
const MOST_SOCKETS: usize = 1 << 12;
/// The longest head that is followed, in bytes. Each call within one keeps what came of it before.
const MOST_HEAD: usize = 1 << 14;
/// How many requests may wait for their answers on one connection.
const MOST_ASKED: usize = 1 << 10;

/// The messages of all programs that speak HTTP.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// Programs that speak HTTP, and whether they are asked.
    programs: HashMap<ProgramId, bool>,
    sockets: HashMap<SocketId, Lane>,
    starts: VecDeque<(u64, Reader)>,
}

/// Both ways of a socket; none once nothing can be said of that way.
#[derive(Clone, Debug)]
struct Lane {
    requests: Option<Reader>,
    answers: Option<Reader>,
    /// The methods of the requests that were not answered yet.
    asked: VecDeque<String>,
    /// The status of the answer that is being read.
    status: u16,
}

impl Default for Lane {
    fn default() -> Self {
        let reader = |side| Some(Reader::new(side, MOST_HEAD));
        Self { requests: reader(Side::Request), answers: reader(Side::Answer), asked: VecDeque::new(), status: 0 }
    }
}

impl Messages {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            match (&record.kind, record.socket) {
                (Kind::Life(Life::ProgramStarted { kind, .. }), _) if kind.starts_with("http-") => {
                    self.programs.insert(record.program, kind.ends_with("server"));
                }
                (Kind::Call(Call::Close, _), Some(socket)) => drop(self.sockets.remove(&socket)),
                (Kind::Call(..), Some(socket)) => self.take(record, socket),
                _ => {}
            }
        }
    }

    fn take(&mut self, record: &Record, socket: SocketId) {
        let Some(is_server) = self.programs.get(&record.program) else { return };
        let (Some(direction), Some(payload)) = (record.direction(), &record.payload) else { return };
        if self.sockets.len() >= MOST_SOCKETS && !self.sockets.contains_key(&socket) {
            return;
        }
        let lane = self.sockets.entry(socket).or_default();
        let is_request = (direction == Direction::Received) == *is_server;
        let way = if is_request { &mut lane.requests } else { &mut lane.answers };
        let Some(reader) = way else { return };
        if let Some(method) = lane.asked.front().filter(|_| !is_request) {
            reader.answers(method);
        }
        self.starts.push_back((record.n, reader.clone()));
        if self.starts.len() > MOST {
            self.starts.pop_front();
        }
        reader.feed(&payload.bytes);
        let is_lost = loop {
            match reader.next() {
                Ok(None) => break payload.is_cut(),
                Err(_) => break true,
                Ok(Some(Event::Head(head, _))) => match (head.method(), head.status()) {
                    (Some(method), _) if lane.asked.len() < MOST_ASKED => lane.asked.push_back(method.to_owned()),
                    (_, status) => lane.status = status.unwrap_or_default(),
                },
                Ok(Some(Event::End)) if !is_request && !(100..200).contains(&lane.status) => {
                    lane.asked.pop_front();
                    if let Some(method) = lane.asked.front() {
                        reader.answers(method);
                    }
                }
                Ok(Some(Event::Body(_) | Event::End)) => {}
            }
        };
        if is_lost {
            *way = None;
        }
    }

    /// What had been read of its way when the call of `record` moved more; none where its program does not speak HTTP, or nothing can be said.
    pub fn before(&self, record: &Record) -> Option<&Reader> {
        let place = self.starts.binary_search_by_key(&record.n, |(n, _)| *n).ok()?;
        self.starts.get(place).map(|(_, reader)| reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Payload};
    use crate::wire::http::fields;

    fn record(n: u64, kind: Kind, payload: Option<Payload>) -> Record {
        Record { payload, ..Record::plain(n, kind) }
    }

    fn started(kind: &str) -> Record {
        record(1, Kind::Life(Life::ProgramStarted { name: "one".into(), kind: kind.into() }), None)
    }

    fn moved(n: u64, call: Call, bytes: &[u8]) -> Record {
        record(n, Kind::Call(call, Args::Length(16)), Some(Payload::whole(bytes.to_vec())))
    }

    fn said(messages: &Messages, row: &Record) -> Vec<String> {
        let parts = fields(messages.before(row).unwrap(), &row.payload.as_ref().unwrap().bytes);
        parts.iter().map(|part| format!("{}: {}", part.name, part.value)).collect()
    }

    #[test]
    fn a_message_is_told_in_every_row_that_moved_a_part_of_it() {
        let mut messages = Messages::default();
        let rows = [
            started("http-server"),
            moved(2, Call::Recv, b"POST / HTTP/1.1\r\nContent-Le"),
            moved(3, Call::Recv, b"ngth: 4\r\n\r\nab"),
            moved(4, Call::Recv, b"cdHEAD / HTTP/1.1\r\n\r\n"),
            moved(5, Call::Send, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"),
            moved(6, Call::Send, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"),
            moved(7, Call::Send, b"HTTP/1.1 404 x\r\n"),
        ];
        messages.fold(&rows);
        assert_eq!(said(&messages, &rows[2]), ["Header: Content-Length: 4", "Blank line: \\r\\n", "Body: 2 B"]);
        assert_eq!(said(&messages, &rows[3])[..2], ["Body: 2 B", "Method: HEAD"]);
        assert_eq!(said(&messages, &rows[4])[5], "Body: 2 B");
        assert_eq!(said(&messages, &rows[6])[1], "Status: 404", "an answer to HEAD has no body");
    }

    #[test]
    fn what_is_no_message_ends_what_can_be_said_and_others_are_left_alone() {
        let mut messages = Messages::default();
        let rows = [started("http-client"), moved(2, Call::Send, b"\0\0"), moved(3, Call::Send, b"GET"), moved(4, Call::Recv, b"HTTP/1.0")];
        messages.fold(&rows);
        assert!(messages.before(&rows[1]).is_some() && messages.before(&rows[2]).is_none());
        assert_eq!(said(&messages, &rows[3]), ["Version: HTTP/1.0"]);
        let mut others = Messages::default();
        others.fold(&[started("tcp-server"), rows[3].clone()]);
        assert!(others.before(&rows[3]).is_none());
    }
}
