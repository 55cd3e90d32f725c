//! Where messages begin and end in what one call moved: the borders that a program's framing gives to its streams.
//!
//! A fold over the trace. The framing of a program stands in it as a row; a machine of a few numbers goes along each stream and remembers how far it was before each
//! call, so that the borders within one row can be found again from its bytes. A call whose bytes were not kept whole ends what can be said of its stream.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use super::call::{Call, Direction};
use super::record::{Kind, Life, ProgramId, Record, SocketId};
use crate::wire::Framing;
use crate::wire::framing::{Broken, Cutter, State};

/// How many calls that moved bytes are kept; the oldest are forgotten then.
const MOST: usize = 1 << 17;
/// How many streams are followed at a time.
const MOST_STREAMS: usize = 1 << 16;
/// How many calls before and after a row are looked at for where its first message began and its last one ends.
const FAR: usize = 1 << 12;
/// How many messages of one row are told one by one.
pub const MOST_PIECES: usize = 64;

/// One way of one socket.
type Stream = (SocketId, Direction);

/// A part of a row that belongs to one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The message, counted from 1 on its stream.
    pub message: u64,
    /// Where the part begins in what the call moved, and where it ends.
    pub from: usize,
    /// See `from`.
    pub to: usize,
    /// Whether the message begins here; else the row in which it does, where that is known.
    pub begins: Result<(), Option<u64>>,
    /// Whether the message ends here; else the row in which it does, where that is known.
    pub ends: Result<(), Option<u64>>,
    /// What turned out to be wrong with it here.
    pub broken: Option<Broken>,
}

/// The messages of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borders {
    /// By what they are told apart.
    pub framing: Arc<Framing>,
    /// The parts, in order: at most [`MOST_PIECES`].
    pub pieces: Vec<Piece>,
    /// How many more there are.
    pub more: usize,
    /// How many messages of the stream have begun so far.
    pub all: u64,
}

/// How far a stream was when a call began to move bytes of it.
#[derive(Clone, Copy, Debug)]
struct Start {
    n: u64,
    stream: Stream,
    state: State,
}

/// A stream that is followed; none where bytes of it are missing.
#[derive(Clone, Debug)]
struct Lane {
    cutter: Option<Cutter>,
}

/// The streams so far. See [`Frames::fold`].
#[derive(Clone, Debug, Default)]
pub struct Frames {
    read: u64,
    programs: BTreeMap<ProgramId, Cutter>,
    lanes: HashMap<Stream, Lane>,
    starts: VecDeque<Start>,
}

impl Frames {
    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            match (&record.kind, record.socket) {
                (Kind::Life(Life::Framed(framing, most)), _) => {
                    self.programs.insert(record.program, Cutter::new(Arc::new(framing.clone()), *most));
                }
                (Kind::Call(Call::Close, _), Some(socket)) if !self.lanes.is_empty() => {
                    for stream in [Direction::Sent, Direction::Received].map(|direction| (socket, direction)) {
                        // What it came to stays known.
                        if let Some(cutter) = self.lanes.remove(&stream).and_then(|lane| lane.cutter) {
                            self.remember(Start { n: record.n, stream, state: cutter.state() });
                        }
                    }
                }
                (Kind::Call(..), Some(socket)) => self.take(record, socket),
                _ => {}
            }
        }
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    fn take(&mut self, record: &Record, socket: SocketId) {
        let Some(program) = self.programs.get(&record.program) else { return };
        let (Some(direction), Some(payload)) = (record.direction(), &record.payload) else { return };
        let stream = (socket, direction);
        if self.lanes.len() >= MOST_STREAMS && !self.lanes.contains_key(&stream) {
            return;
        }
        let lane = self.lanes.entry(stream).or_insert_with(|| Lane { cutter: Some(program.clone()) });
        let Some(cutter) = &mut lane.cutter else { return };
        let start = Start { n: record.n, stream, state: cutter.state() };
        let mut rest = &payload.bytes[..];
        while let Some(cut) = cutter.cut(rest) {
            rest = rest.get(cut.taken..).unwrap_or_default();
        }
        if payload.is_cut() {
            lane.cutter = None;
        }
        self.remember(start);
    }

    fn remember(&mut self, start: Start) {
        self.starts.push_back(start);
        if self.starts.len() > MOST {
            self.starts.pop_front();
        }
    }

    /// The messages that the call of `record` moved; none where its program has no framing, or bytes before it are missing.
    pub fn of(&self, record: &Record) -> Option<Borders> {
        let place = self.starts.binary_search_by_key(&record.n, |start| start.n).ok()?;
        let start = self.starts.get(place)?;
        let payload = record.payload.as_ref()?;
        let mut cutter = self.programs.get(&record.program)?.at(start.state);
        let mut borders = Borders { framing: Arc::clone(cutter.framing()), pieces: Vec::new(), more: 0, all: self.begun(start) };
        let mut from = 0;
        loop {
            let State { message, taken, .. } = cutter.state();
            let Some(cut) = cutter.cut(payload.bytes.get(from..).unwrap_or_default()) else { break };
            let to = from + cut.taken;
            if borders.pieces.len() >= MOST_PIECES {
                borders.more += usize::from(cut.ends);
            } else if cut.taken > 0 {
                let begins = if taken == 0 { Ok(()) } else { Err(self.beginning(place, message)) };
                let ends = if cut.ends { Ok(()) } else { Err(self.end(place, message)) };
                borders.pieces.push(Piece { message, from, to, begins, ends, broken: cut.broken });
            }
            from = to;
        }
        Some(borders)
    }

    /// How many messages of the stream have begun.
    fn begun(&self, start: &Start) -> u64 {
        let now = self.lanes.get(&start.stream).and_then(|lane| lane.cutter.as_ref()).map(Cutter::state);
        let last = || self.starts.iter().rev().take(FAR).find(|later| later.stream == start.stream).map_or(start.state, |last| last.state);
        let state = now.unwrap_or_else(last);
        if state.taken > 0 { state.message } else { state.message - 1 }
    }

    /// The row in which a message began that was under way at `place`.
    fn beginning(&self, place: usize, message: u64) -> Option<u64> {
        let stream = self.starts.get(place)?.stream;
        let earlier = self.starts.range(..place).rev().take(FAR).filter(|start| start.stream == stream);
        earlier.into_iter().find(|start| start.state.message < message || start.state.taken == 0).map(|start| start.n)
    }

    /// The row in which a message ends that is still under way after `place`.
    fn end(&self, place: usize, message: u64) -> Option<u64> {
        let stream = self.starts.get(place)?.stream;
        let mut last = None;
        for start in self.starts.range(place + 1..).take(FAR).filter(|start| start.stream == stream) {
            if start.state.message > message {
                return last;
            }
            last = Some(start.n);
        }
        let now = self.lanes.get(&stream)?.cutter.as_ref()?.state();
        last.filter(|_| now.message > message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Payload};
    use crate::wire::framing::LineEnd;

    fn record(n: u64, kind: Kind, payload: Option<Payload>) -> Record {
        Record { payload, ..Record::plain(n, kind) }
    }

    fn framed() -> Record {
        record(1, Kind::Life(Life::Framed(Framing::Line(LineEnd::Lf), 100)), None)
    }

    fn received(n: u64, bytes: &[u8]) -> Record {
        record(n, Kind::Call(Call::Recv, Args::Length(16)), Some(Payload::whole(bytes.to_vec())))
    }

    fn piece(message: u64, from: usize, to: usize, begins: Result<(), Option<u64>>, ends: Result<(), Option<u64>>) -> Piece {
        Piece { message, from, to, begins, ends, broken: None }
    }

    #[test]
    fn a_row_tells_its_messages_and_where_the_others_parts_are() {
        let mut frames = Frames::default();
        let rows = [framed(), received(2, b"one\ntw"), received(3, b"o-and"), received(4, b"-more\nthree\nf")];
        frames.fold(&rows);
        let first = frames.of(&rows[1]).unwrap();
        assert_eq!(first.pieces, [piece(1, 0, 4, Ok(()), Ok(())), piece(2, 4, 6, Ok(()), Err(Some(4)))]);
        assert_eq!(first.all, 4);
        assert_eq!(frames.of(&rows[2]).unwrap().pieces, [piece(2, 0, 5, Err(Some(2)), Err(Some(4)))]);
        let last = frames.of(&rows[3]).unwrap().pieces;
        assert_eq!(last[0], piece(2, 0, 6, Err(Some(2)), Ok(())));
        assert_eq!(last[2], piece(4, 12, 13, Ok(()), Err(None)), "the rest has not come");
    }

    #[test]
    fn what_was_not_kept_ends_what_can_be_said() {
        let mut frames = Frames::default();
        let mut cut = received(2, b"one\ntw");
        cut.payload = Some(Payload { full_len: 900, ..Payload::whole(b"one\ntw".to_vec()) });
        let rows = [framed(), cut, received(3, b"o\n")];
        frames.fold(&rows);
        assert_eq!(frames.of(&rows[1]).unwrap().pieces.len(), 2);
        assert_eq!(frames.of(&rows[2]), None);
    }

    #[test]
    fn a_program_without_a_framing_has_no_borders_and_a_closed_socket_is_forgotten() {
        let mut frames = Frames::default();
        let row = received(2, b"one\n");
        frames.fold(std::slice::from_ref(&row));
        assert_eq!(frames.of(&row), None);
        frames.fold(&[framed(), row.clone(), record(3, Kind::Call(Call::Close, Args::None), None)]);
        assert!(frames.lanes.is_empty());
        let borders = frames.of(&row).unwrap();
        assert_eq!((borders.pieces.len(), borders.all), (1, 1), "its rows are still told");
    }

    #[test]
    fn a_row_of_many_messages_tells_the_first() {
        let mut frames = Frames::default();
        let row = received(2, &b"x\n".repeat(100));
        frames.fold(&[framed(), row.clone()]);
        let borders = frames.of(&row).unwrap();
        assert_eq!((borders.pieces.len(), borders.more, borders.all), (MOST_PIECES, 100 - MOST_PIECES, 100));
    }
}
