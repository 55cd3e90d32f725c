//! What two ends said to each other: every send and receive on a socket, and on the socket at the other end where that is in the trace, as lines.
//!
//! A fold over the trace that keeps where lines begin and end and no bytes; whoever shows them reads the few rows in view. The oldest lines are forgotten
//! beyond [`MOST_LINES`], and that is counted. A socket of datagrams that is not connected talks to many: its conversation is that with one of them.

use std::collections::VecDeque;
use std::io;

use super::address::Address;
use super::call::Direction;
use super::names::Names;
use super::pairing::{Pairing, is_same};
use super::record::{Record, SocketId};
use super::store::Store;
use crate::wire::{Charset, Meaning, hex};

/// How many lines are kept.
pub const MOST_LINES: usize = 1 << 18;
/// How many characters stand in a line.
pub const WIDE: usize = 96;
/// How many peers of one socket are told apart.
pub const MOST_PEERS: usize = 200;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The socket that was asked for.
    pub one: SocketId,
    /// The socket at its other end.
    pub other: Option<SocketId>,
    /// With whom, where the first socket is not connected; none there means with everybody.
    pub with: Option<With>,
}

/// Whose datagrams belong to a conversation of a socket that is not connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct With {
    /// The address of the peer.
    pub peer: Address,
    /// The socket's own address, as far as it is known.
    pub here: Option<Address>,
}

impl Ends {
    /// The ends of the conversation that `socket` takes part in; where it is not connected, that with `peer`.
    pub fn of(pairing: &Pairing, names: &Names, socket: SocketId, peer: Option<&Address>) -> Self {
        let ends = names.socket(socket);
        let is_connected = ends.is_some_and(|ends| ends.peer.is_some());
        match peer.filter(|_| !is_connected) {
            Some(peer) => {
                let with = With { peer: peer.clone(), here: ends.and_then(|ends| ends.local.clone()) };
                Self { one: socket, other: pairing.bound_to(names, socket, peer), with: Some(with) }
            }
            None => Self { one: socket, other: pairing.other_end(names, socket), with: None },
        }
    }

    /// Whether what `record` moved belongs to it, as seen from `side`.
    fn has(&self, side: Side, record: &Record) -> bool {
        let Some(socket) = record.socket else { return false };
        let shown = match side {
            Side::Both => true,
            Side::Of(only) => only == socket,
        };
        let fits = |wanted: Option<&Address>| wanted.zip(record.facing()).is_none_or(|(wanted, facing)| is_same(wanted, facing));
        shown
            && if socket == self.one {
                fits(self.with.as_ref().map(|with| &with.peer))
            } else {
                self.other == Some(socket) && fits(self.with.as_ref().and_then(|with| with.here.as_ref()))
            }
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
    peers: Vec<Address>,
}

impl Conversation {
    /// Of these ends, as seen from one side, so written. Nothing is taken in yet.
    pub const fn new(ends: Ends, side: Side, written: Written) -> Self {
        Self { ends, side, written, read: 0, lines: VecDeque::new(), forgotten: 0, peers: Vec::new() }
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
        for peer in later.peers {
            self.meet(&peer);
        }
    }

    /// Keeps the address of another peer.
    fn meet(&mut self, peer: &Address) {
        if self.peers.len() < MOST_PEERS && !self.peers.contains(peer) {
            self.peers.push(peer.clone());
        }
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

    /// With whom the first socket exchanged datagrams, those it met first: at most [`MOST_PEERS`].
    pub fn peers(&self) -> &[Address] {
        &self.peers
    }

    fn take(&mut self, record: &Record) {
        let (Some(socket), Some(direction), Some(payload)) = (record.socket, record.direction(), &record.payload) else { return };
        if let Some(peer) = record.facing().filter(|_| socket == self.ends.one) {
            self.meet(peer);
        }
        if !self.ends.has(self.side, record) {
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
pub fn write(store: &Store, ends: &Ends, side: Side, written: Written, out: &mut impl io::Write) -> io::Result<()> {
    each(store, ends, side, written, |line| writeln!(out, "{}", line()))
}

/// A conversation as text, as far as it was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many lines it holds.
    pub lines: u64,
    /// How many lines follow that it does not hold.
    pub left_out: u64,
}

/// The beginning of a conversation, as [`write()`] writes it: whole lines, `most` bytes of text at most. Reads every row, too.
pub fn excerpt(store: &Store, ends: &Ends, side: Side, written: Written, most: usize) -> Excerpt {
    let mut excerpt = Excerpt::default();
    let whole = each(store, ends, side, written, |line| {
        // What follows is counted, not written.
        let line = if excerpt.left_out == 0 { line() } else { String::new() };
        if excerpt.left_out > 0 || excerpt.text.len() + line.len() + 1 > most {
            excerpt.left_out += 1;
        } else {
            excerpt.text.push_str(&line);
            excerpt.text.push('\n');
            excerpt.lines += 1;
        }
        Ok(())
    });
    debug_assert!(whole.is_ok(), "memory takes what is written");
    excerpt
}

/// Gives each line of the conversation to `tell`, as what writes it.
fn each(
    store: &Store,
    ends: &Ends,
    side: Side,
    written: Written,
    mut tell: impl FnMut(&dyn Fn() -> String) -> io::Result<()>,
) -> io::Result<()> {
    let names = store.names();
    for scan in store.scans(1) {
        for record in scan.rows() {
            let mut one = Conversation::new(ends.clone(), side, written);
            one.take(record);
            for line in one.lines {
                tell(&|| {
                    let bytes = record.payload.as_ref().and_then(|payload| payload.bytes.get(line.from as usize..line.to as usize));
                    let head = head(&line, record, &names);
                    let head = if line.first { head } else { " ".repeat(head.chars().count()) };
                    format!("{head}{}", words(bytes.unwrap_or_default(), written))
                })?;
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
    use crate::trace::{Args, Call, Flags, Kind, Outcome, Payload};

    fn row(n: u64, socket: u32, call: Call, bytes: &[u8]) -> Record {
        Record {
            socket: Some(SocketId(socket)),
            outcome: Outcome::Ok(bytes.len() as i64),
            payload: Some(Payload::whole(bytes.to_vec())),
            ..Record::plain(n, Kind::Call(call, Args::Length(9)))
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
        let ends = Ends { one: SocketId(2), other: Some(SocketId(3)), with: None };
        let rows = [row(1, 2, Call::Send, b"hello"), row(2, 3, Call::Recv, b"hello"), row(3, 7, Call::Send, b"other")];
        for (side, told) in [(Side::Both, vec![1, 2]), (Side::Of(SocketId(3)), vec![2])] {
            let mut conversation = Conversation::new(ends.clone(), side, Written::Hex);
            conversation.fold(&rows);
            assert_eq!(conversation.lines().iter().map(|line| line.n).collect::<Vec<_>>(), told);
        }
        let store = Store::new(1 << 20);
        store.append(rows);
        let mut text = Vec::new();
        write(&store, &ends, Side::Both, Written::Text(Charset::Utf8), &mut text).expect("memory");
        let text = String::from_utf8(text).expect("text");
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains("s2 → hello") && text.contains("s3 ← hello"), "{text}");
    }

    #[test]
    fn the_oldest_lines_are_forgotten_and_counted() {
        let mut conversation = Conversation::new(Ends { one: SocketId(1), other: None, with: None }, Side::Both, Written::Hex);
        let long = vec![0; 16 * MOST_LINES];
        conversation.fold(&[row(1, 1, Call::Send, &long), row(2, 1, Call::Send, &long[..160])]);
        assert_eq!((conversation.lines().len(), conversation.forgotten()), (MOST_LINES, 10));
    }

    #[test]
    fn an_excerpt_counts_what_it_leaves_out() {
        let ends = Ends { one: SocketId(2), other: None, with: None };
        let store = Store::new(1 << 20);
        store.append([row(1, 2, Call::Send, b"one\ntwo\nthree\n"), row(2, 2, Call::Recv, b"four"), row(3, 9, Call::Recv, b"five")]);
        let text = Written::Text(Charset::Utf8);
        let whole = excerpt(&store, &ends, Side::Both, text, 1 << 20);
        assert_eq!((whole.lines, whole.left_out), (4, 0));
        let mut written = Vec::new();
        write(&store, &ends, Side::Both, text, &mut written).expect("memory");
        assert_eq!(whole.text.as_bytes(), written);
        let most = whole.text.match_indices('\n').nth(1).expect("two lines").0 + 1;
        let part = excerpt(&store, &ends, Side::Both, text, most);
        assert_eq!((part.lines, part.left_out, part.text.len()), (2, 2, most));
        assert_eq!(excerpt(&store, &ends, Side::Both, text, most - 1).lines, 1, "no line is half there");
    }

    #[test]
    fn a_socket_that_is_not_connected_is_shown_with_one_peer() {
        let at = |port: u16| Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], port)));
        let datagram = |n: u64, socket: u32, call: Call, facing: Address, bytes: &[u8]| {
            let record = row(n, socket, call, bytes);
            match call {
                Call::SendTo => Record { kind: Kind::Call(call, Args::LengthTo(9, facing)), ..record },
                _ => Record { outcome: Outcome::Address(facing, Flags::default()), ..record },
            }
        };
        let bound = |n: u64, socket: u32, port: u16| {
            let record = Record { payload: None, ..row(n, socket, Call::Bind, b"") };
            Record { kind: Kind::Call(Call::Bind, Args::Address(at(port))), ..record }
        };
        let rows = [
            bound(1, 1, 9000),
            bound(2, 2, 7001),
            bound(3, 3, 7002),
            datagram(4, 2, Call::SendTo, at(9000), b"from two"),
            datagram(5, 1, Call::RecvFrom, at(7001), b"from two"),
            datagram(6, 3, Call::SendTo, at(9000), b"from three"),
            datagram(7, 1, Call::RecvFrom, at(7002), b"from three"),
            datagram(8, 1, Call::SendTo, at(7002), b"to three"),
            datagram(9, 3, Call::SendTo, at(8000), b"to somebody else"),
        ];
        let (mut pairing, mut names) = (Pairing::default(), Names::default());
        for record in &rows {
            names.learn(record);
        }
        pairing.fold(&rows);
        let told = |socket: u32, peer: Option<u16>| {
            let ends = Ends::of(&pairing, &names, SocketId(socket), peer.map(at).as_ref());
            let mut conversation = Conversation::new(ends, Side::Both, Written::Hex);
            conversation.fold(&rows);
            let numbers = conversation.lines().iter().map(|line| line.n).collect::<Vec<_>>();
            (numbers, conversation.peers().to_vec())
        };
        assert_eq!(told(1, Some(7001)), (vec![4, 5], vec![at(7001), at(7002)]));
        assert_eq!(told(1, Some(7002)).0, [6, 7, 8]);
        assert_eq!(told(3, Some(9000)).0, [6, 7, 8], "seen from the other end");
        assert_eq!(told(1, None).0, [5, 7, 8], "with everybody");
    }
}
