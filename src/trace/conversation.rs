//! What two ends said to each other: every send and receive on a socket, and on the socket at the other end where that is in the trace, as lines.
//!
//! A fold over the trace that keeps where lines begin and end and no bytes; whoever shows them reads the few rows in view. The oldest lines are forgotten
//! beyond [`MOST_LINES`], and that is counted.

use std::collections::VecDeque;
use std::io;

use super::call::Direction;
use super::names::Names;
use super::pairing::Pairing;
use super::record::{Record, SocketId};
use super::store::Store;
use crate::wire::{Charset, Meaning, hex};

/// How many lines are kept.
pub const MOST_LINES: usize = 1 << 18;
/// How many characters stand in a line.
pub const WIDE: usize = 96;

/// How bytes become lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As text of this character set: a line ends at a line feed, or after [`WIDE`] characters.
    Text(Charset),
    /// In hexadecimal, sixteen bytes a line.
    Hex,
}

/// Whose calls are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those of both ends.
    Both,
    /// Those on one socket.
    Of(SocketId),
}

/// A part of what one call moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row of the call.
    pub n: u64,
    /// The socket it was made on.
    pub socket: SocketId,
    /// Which way the bytes went.
    pub direction: Direction,
    /// Whether it is the first line of the call.
    pub first: bool,
    /// Where its bytes begin in the payload that was kept, and where they end.
    pub from: u32,
    /// See `from`.
    pub to: u32,
}

/// The two ends of a conversation; the second only where it is in the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The socket that was asked for.
    pub one: SocketId,
    /// The socket at its other end.
    pub other: Option<SocketId>,
}

impl Ends {
    /// The ends of the conversation that `socket` takes part in.
    pub fn of(pairing: &Pairing, names: &Names, socket: SocketId) -> Self {
        Self { one: socket, other: pairing.other_end(names, socket) }
    }

    /// Whether the calls on `socket` belong to it, as seen from `side`.
    pub fn has(self, side: Side, socket: SocketId) -> bool {
        let shown = match side {
            Side::Both => true,
            Side::Of(only) => only == socket,
        };
        shown && (socket == self.one || Some(socket) == self.other)
    }
}

/// The lines of a conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    ends: Ends,
    side: Side,
    written: Written,
    read: u64,
    lines: VecDeque<Line>,
    forgotten: u64,
}

impl Conversation {
    /// Of these ends, as seen from one side, so written. Nothing is taken in yet.
    pub const fn new(ends: Ends, side: Side, written: Written) -> Self {
        Self { ends, side, written, read: 0, lines: VecDeque::new(), forgotten: 0 }
    }

    /// Takes in rows, which follow those taken in before.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            self.take(record);
        }
    }

    /// Adds the lines of `later`, which were taken in after its own.
    pub fn append(&mut self, later: Self) {
        self.read = self.read.max(later.read);
        self.forgotten += later.forgotten;
        self.lines.extend(later.lines);
        self.keep();
    }

    fn keep(&mut self) {
        let most = self.lines.len().saturating_sub(MOST_LINES);
        self.lines.drain(..most);
        self.forgotten += most as u64;
    }

    /// The lines, oldest first.
    pub const fn lines(&self) -> &VecDeque<Line> {
        &self.lines
    }

    /// How many lines were forgotten because there were too many.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    fn take(&mut self, record: &Record) {
        let (Some(socket), Some(direction), Some(payload)) = (record.socket, record.direction(), &record.payload) else { return };
        if !self.ends.has(self.side, socket) {
            return;
        }
        let mut from = 0;
        for to in ends(&payload.bytes, self.written) {
            let line = Line { n: record.n, socket, direction, first: from == 0, from: from as u32, to: to as u32 };
            self.lines.push_back(line);
            from = to;
        }
        self.keep();
    }
}

/// Where each line of `bytes` ends: one line at least.
fn ends(bytes: &[u8], written: Written) -> Vec<usize> {
    let mut ends = Vec::new();
    match written {
        Written::Hex => ends.extend((hex::LINE..bytes.len()).step_by(hex::LINE)),
        Written::Text(charset) => {
            let mut characters = 0;
            for cell in charset.cells(bytes) {
                characters += 1;
                let is_feed = cell.meaning == Meaning::Text('\n', None);
                if (is_feed || characters == WIDE) && cell.range.end < bytes.len() {
                    ends.push(cell.range.end);
                    characters = 0;
                }
            }
        }
    }
    ends.push(bytes.len());
    ends
}

/// The bytes of a line, as they are written.
pub fn words(bytes: &[u8], written: Written) -> String {
    match written {
        Written::Hex => {
            let printable = |byte: &u8| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '.' };
            format!("{:48} {}", hex::format(bytes), bytes.iter().map(printable).collect::<String>())
        }
        Written::Text(charset) => crate::wire::preview(bytes, charset, WIDE).text,
    }
}

/// Writes the whole conversation as text: for each line the time, the row, who and which way. Reads every row: not for the window's thread.
///
/// # Errors
/// Those of `out`.
pub fn write(store: &Store, ends: Ends, side: Side, written: Written, out: &mut impl io::Write) -> io::Result<()> {
    let names = store.names();
    for scan in store.scans(1) {
        for record in scan.rows() {
            let mut one = Conversation::new(ends, side, written);
            one.take(record);
            for line in one.lines {
                let bytes = record.payload.as_ref().and_then(|payload| payload.bytes.get(line.from as usize..line.to as usize));
                let head = head(&line, record, &names);
                let head = if line.first { head } else { " ".repeat(head.chars().count()) };
                writeln!(out, "{head}{}", words(bytes.unwrap_or_default(), written))?;
            }
        }
    }
    Ok(())
}

/// Time, row, program, socket and arrow.
fn head(line: &Line, record: &Record, names: &Names) -> String {
    let arrow = super::notation::arrow(line.direction);
    format!("{}  {:>6}  {} {} {arrow} ", super::notation::time(record.place()), line.n, names.program_name(record.program), line.socket)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, Payload, ProgramId, ThreadId};

    fn row(n: u64, socket: u32, call: Call, bytes: &[u8]) -> Record {
        Record {
            n,
            kind: Kind::Call(call, Args::Length(9)),
            origin: Origin::Program,
            run: 1,
            program: ProgramId(1),
            thread: ThreadId(1),
            socket: Some(SocketId(socket)),
            t0: n,
            t1: n,
            outcome: Outcome::Ok(bytes.len() as i64),
            payload: Some(Payload::whole(bytes.to_vec())),
        }
    }

    #[test]
    fn lines_end_where_the_text_says() {
        let text = Written::Text(Charset::Utf8);
        assert_eq!(ends(b"one\ntwo\n", text), [4, 8]);
        assert_eq!(ends(b"", text), [0]);
        assert_eq!(ends("你".repeat(WIDE + 1).as_bytes(), text), [WIDE * 3, WIDE * 3 + 3]);
        assert_eq!(ends(&[0; 33], Written::Hex), [16, 32, 33]);
        assert_eq!(words(b"a\n", text), "a\\n");
        assert!(words(b"a\n", Written::Hex).ends_with(" a."));
    }

    #[test]
    fn only_the_chosen_ends_are_told() {
        let ends = Ends { one: SocketId(2), other: Some(SocketId(3)) };
        let rows = [row(1, 2, Call::Send, b"hello"), row(2, 3, Call::Recv, b"hello"), row(3, 7, Call::Send, b"other")];
        for (side, told) in [(Side::Both, vec![1, 2]), (Side::Of(SocketId(3)), vec![2])] {
            let mut conversation = Conversation::new(ends, side, Written::Hex);
            conversation.fold(&rows);
            assert_eq!(conversation.lines().iter().map(|line| line.n).collect::<Vec<_>>(), told);
        }
        let store = Store::new(1 << 20);
        store.append(rows);
        let mut text = Vec::new();
        write(&store, ends, Side::Both, Written::Text(Charset::Utf8), &mut text).expect("memory");
        let text = String::from_utf8(text).expect("text");
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains("s2 → hello") && text.contains("s3 ← hello"), "{text}");
    }

    #[test]
    fn the_oldest_lines_are_forgotten_and_counted() {
        let mut conversation = Conversation::new(Ends { one: SocketId(1), other: None }, Side::Both, Written::Hex);
        let long = vec![0; 16 * MOST_LINES];
        conversation.fold(&[row(1, 1, Call::Send, &long), row(2, 1, Call::Send, &long[..160])]);
        assert_eq!((conversation.lines().len(), conversation.forgotten()), (MOST_LINES, 10));
    }
}
