//! Which sends fed a receive, which connect an accept answered, what ended a stream: joined from the calls of both ends, where both are in the trace.
//!
//! Nothing of this is observed: the kernel does not say whose bytes it hands over. Two sockets are the ends of one connection when each has the other's
//! address; the bytes of a stream are counted from its first, so that a receive was fed by those sends whose places overlap its own. Datagrams have no
//! places: they are joined in order for each pair of addresses, and one that was lost is passed over where its length tells. What is joined is therefore
//! inferred, and views say so.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::address::Address;
use super::call::{Args, Call, Direction, How, SocketType};
use super::names::{Names, SocketEnds};
use super::record::{Outcome, Record, SocketId};

/// How many calls that move bytes are kept; then the older half is forgotten, and is not joined any more.
const MOST: usize = 1 << 19;
/// How many sockets are kept before the older half of the closed ones is forgotten.
const MOST_SOCKETS: usize = 1 << 17;
/// How many partners of one row are told one by one.
pub const MOST_PARTNERS: usize = 16;

/// A call on the other end that belongs to the asked one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its row.
    pub n: u64,
    /// The call.
    pub call: Call,
    /// When it began and when it returned, in nanoseconds on the clock of the trace.
    pub t0: u64,
    /// See `t0`.
    pub t1: u64,
    /// How many bytes it moved.
    pub len: u64,
    /// How many of these belong to the asked row.
    pub shared: u64,
}

/// What the trace can say about the other side of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// The socket at the other end.
    pub socket: SocketId,
    /// The calls on it that belong to the row, in order: at most [`MOST_PARTNERS`].
    pub partners: Vec<Partner>,
    /// How many more there are.
    pub more: usize,
}

/// The receives, or the sends, before and after a row on the same stream: what has the rest of a character that the row holds a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Where the row's first byte stands in the stream, counted from 0.
    pub offset: u64,
    /// The row before.
    pub before: Option<u64>,
    /// The row after.
    pub after: Option<u64>,
}

/// A call that happened once in the life of a socket.
#[derive(Clone, Copy, Debug)]
struct Seen {
    n: u64,
    call: Call,
    t0: u64,
    t1: u64,
}

impl Seen {
    const fn of(record: &Record, call: Call) -> Self {
        Self { n: record.n, call, t0: record.t0, t1: record.t1 }
    }

    const fn partner(self) -> Partner {
        Partner { n: self.n, call: self.call, t0: self.t0, t1: self.t1, len: 0, shared: 0 }
    }
}

/// Bytes that one call moved.
#[derive(Clone, Copy, Debug)]
struct Piece {
    seen: Seen,
    /// Where its first byte stands in the stream.
    from: u64,
    len: u32,
    /// The address of a datagram, in the table of addresses.
    address: Option<u32>,
    /// Whether the datagram was longer than what was received of it.
    truncated: bool,
}

impl Piece {
    fn end(&self) -> u64 {
        self.from.saturating_add(u64::from(self.len))
    }
}

/// What one socket moved one way.
#[derive(Clone, Debug, Default)]
struct Lane {
    total: u64,
    pieces: VecDeque<Piece>,
    /// Whether pieces were forgotten: order alone joins nothing then.
    forgot: bool,
}

impl Lane {
    /// The pieces that share bytes with the places `from` to `end`.
    fn overlapping(&self, from: u64, end: u64) -> impl Iterator<Item = &Piece> {
        let first = self.pieces.partition_point(|piece| piece.end() <= from);
        self.pieces.range(first..).take_while(move |piece| piece.from < end).filter(|piece| piece.len > 0)
    }

    fn place(&self, n: u64) -> Option<usize> {
        self.pieces.binary_search_by_key(&n, |piece| piece.seen.n).ok()
    }
}

/// What is known of a socket.
#[derive(Clone, Debug, Default)]
struct Moves {
    sent: Lane,
    received: Lane,
    connected: Option<Seen>,
    accepted: Option<Seen>,
    /// What said that nothing more is sent: shutdown of the sending half, or close.
    done: Option<Seen>,
    born: u64,
    closed: Option<u64>,
}

impl Moves {
    fn lane(&self, direction: Direction) -> &Lane {
        match direction {
            Direction::Sent => &self.sent,
            Direction::Received => &self.received,
        }
    }

    /// Whether there was a time when both were open.
    fn lived_with(&self, other: &Self) -> bool {
        let ends_after = |closed: Option<u64>, born: u64| closed.is_none_or(|closed| closed > born);
        ends_after(self.closed, other.born) && ends_after(other.closed, self.born)
    }
}

/// A fold over the trace that can say of a row which calls on the other end belong to it.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    read: u64,
    kept: usize,
    sockets: BTreeMap<SocketId, Moves>,
    addresses: HashMap<Address, u32>,
}

impl Pairing {
    /// Takes in rows, which follow those taken in before: those of [`Store::scans`](super::Store::scans) from [`read`](Self::read) on.
    pub fn fold(&mut self, rows: &[Record]) {
        for record in rows {
            self.read = record.n;
            self.take(record);
        }
        if self.kept > MOST {
            self.forget();
        }
        if self.sockets.len() > MOST_SOCKETS {
            self.forget_sockets();
        }
    }

    /// The number of the last row that was taken in.
    pub const fn read(&self) -> u64 {
        self.read
    }

    fn take(&mut self, record: &Record) {
        let (Some(call), Some(socket)) = (record.call(), record.socket) else { return };
        if let Outcome::Socket(accepted, _) = record.outcome {
            let moves = self.sockets.entry(accepted).or_default();
            moves.accepted = Some(Seen::of(record, call));
            moves.born = record.t1;
        }
        let address = self.address(record);
        let moves = self.sockets.entry(socket).or_default();
        let seen = Seen::of(record, call);
        match (call, record.args(), record.errno()) {
            (Call::Socket, ..) => moves.born = record.t0,
            // What goes on in the background began here too.
            (Call::Connect, _, errno) if errno.is_none_or(|errno| errno.is("EINPROGRESS")) => moves.connected = Some(seen),
            (Call::Shutdown, Some(Args::How(How::Write | How::Both)), None) => moves.done = moves.done.or(Some(seen)),
            (Call::Close, _, None) => {
                moves.done = moves.done.or(Some(seen));
                moves.closed = Some(record.t1);
            }
            _ => {}
        }
        if let (Some(direction), Some(bytes)) = (call.direction(), record.moved()) {
            let lane = match direction {
                Direction::Sent => &mut moves.sent,
                Direction::Received => &mut moves.received,
            };
            let truncated = matches!(&record.outcome, Outcome::Address(_, flags) if flags.truncated);
            let len = u32::try_from(bytes).unwrap_or(u32::MAX);
            lane.pieces.push_back(Piece { seen, from: lane.total, len, address, truncated });
            lane.total = lane.total.saturating_add(bytes);
            self.kept += 1;
        }
    }

    /// The number under which the address of a datagram is known.
    fn address(&mut self, record: &Record) -> Option<u32> {
        let address = record.facing()?;
        let next = self.addresses.len() as u32;
        if next as usize >= MOST && !self.addresses.contains_key(address) {
            return None;
        }
        Some(*self.addresses.entry(address.clone()).or_insert(next))
    }

    /// Forgets the older half of what was moved. Places in a stream stay true.
    fn forget(&mut self) {
        let lanes = self.sockets.values().flat_map(|moves| [&moves.sent, &moves.received]);
        let mut numbers = lanes.flat_map(|lane| lane.pieces.iter().map(|piece| piece.seen.n)).collect::<Vec<_>>();
        let middle = numbers.len() / 2;
        let (_, cut, _) = numbers.select_nth_unstable(middle);
        let cut = *cut;
        self.kept = 0;
        for lane in self.sockets.values_mut().flat_map(|moves| [&mut moves.sent, &mut moves.received]) {
            let old = lane.pieces.partition_point(|piece| piece.seen.n < cut);
            lane.pieces.drain(..old);
            lane.forgot |= old > 0;
            self.kept += lane.pieces.len();
        }
    }

    /// Forgets the older half of the sockets that were closed, with what they moved.
    fn forget_sockets(&mut self) {
        let closed = self.sockets.iter().filter(|(_, moves)| moves.closed.is_some()).map(|(id, _)| *id).collect::<Vec<_>>();
        for id in closed.iter().take(closed.len().div_ceil(2)) {
            let moves = self.sockets.remove(id).unwrap_or_default();
            self.kept -= moves.sent.pieces.len() + moves.received.pieces.len();
        }
    }

    /// The socket at the other end of the connection of `socket`, where it is in the trace.
    pub fn other_end(&self, names: &Names, socket: SocketId) -> Option<SocketId> {
        let ends = names.socket(socket)?;
        let (local, peer) = (ends.local.as_ref()?, ends.peer.as_ref()?);
        let moves = self.sockets.get(&socket)?;
        let is_other = |id: SocketId, other: &SocketEnds| {
            let faces = other.local.as_ref().is_some_and(|theirs| is_same(theirs, peer))
                && other.peer.as_ref().is_some_and(|theirs| is_same(theirs, local));
            faces && id != socket && self.sockets.get(&id).is_some_and(|theirs| theirs.lived_with(moves))
        };
        // Addresses are used again: of several that fit, the one that was born next to it.
        let candidates = names.sockets().into_iter().filter(|(id, other)| is_other(*id, other));
        candidates.min_by_key(|(id, _)| id.0.abs_diff(socket.0)).map(|(id, _)| id)
    }

    /// The socket of datagrams that has `address` and lived when `socket` did, where it is in the trace.
    pub fn bound_to(&self, names: &Names, socket: SocketId, address: &Address) -> Option<SocketId> {
        let moves = self.sockets.get(&socket)?;
        let is_datagram = |ends: &SocketEnds| ends.made.is_none_or(|(_, kind)| kind == SocketType::Datagram);
        let has = |ends: &SocketEnds| is_datagram(ends) && ends.local.as_ref().is_some_and(|local| is_same(local, address));
        let lived = |id: &SocketId| *id != socket && self.sockets.get(id).is_some_and(|theirs| theirs.lived_with(moves));
        let candidates = names.sockets().into_iter().filter(|(id, ends)| has(ends) && lived(id)).map(|(id, _)| id);
        candidates.min_by_key(|id| id.0.abs_diff(socket.0))
    }

    /// What on the other side belongs to `record`.
    pub fn of(&self, names: &Names, record: &Record) -> Option<Paired> {
        let (call, mine) = (record.call()?, record.socket?);
        if let Outcome::Socket(accepted, _) = record.outcome {
            let other = self.other_end(names, accepted)?;
            return Some(Paired::one(other, self.sockets.get(&other)?.connected?));
        }
        if record.errno().is_none()
            && let Some(direction) = call.direction()
        {
            let is_datagram = names.socket(mine).and_then(|ends| ends.made).is_some_and(|(_, kind)| kind == SocketType::Datagram);
            return if is_datagram { self.datagram(names, record, mine, direction) } else { self.stream(names, record, mine, direction) };
        }
        let other = self.other_end(names, mine)?;
        let theirs = self.sockets.get(&other)?;
        match call {
            Call::Connect => Some(Paired::one(other, theirs.accepted?)),
            Call::Shutdown | Call::Close => {
                // The receive that found the end, if this is what ended the stream.
                let done = self.sockets.get(&mine)?.done.filter(|done| done.n == record.n)?;
                let end = theirs.received.pieces.iter().rfind(|piece| piece.len == 0 && piece.seen.t1 >= done.t0)?;
                Some(Paired::one(other, end.seen))
            }
            _ => None,
        }
    }

    /// The rows next to one that moved bytes of a stream.
    pub fn neighbours(&self, names: &Names, record: &Record) -> Option<Neighbours> {
        let (socket, direction) = (record.socket?, record.direction()?);
        if names.socket(socket).and_then(|ends| ends.made).is_some_and(|(_, kind)| kind == SocketType::Datagram) {
            return None;
        }
        let lane = self.sockets.get(&socket)?.lane(direction);
        let place = lane.place(record.n)?;
        let number = |place: usize| lane.pieces.get(place).filter(|piece| piece.len > 0).map(|piece| piece.seen.n);
        let before = place.checked_sub(1).and_then(number);
        Some(Neighbours { offset: lane.pieces.get(place)?.from, before, after: number(place + 1) })
    }

    fn stream(&self, names: &Names, record: &Record, mine: SocketId, direction: Direction) -> Option<Paired> {
        let other = self.other_end(names, mine)?;
        let theirs = self.sockets.get(&other)?;
        let lane = self.sockets.get(&mine)?.lane(direction);
        let piece = lane.pieces.get(lane.place(record.n)?)?;
        if piece.len == 0 {
            let done = theirs.done.filter(|done| direction == Direction::Received && done.t0 <= record.t1)?;
            return Some(Paired::one(other, done));
        }
        let facing = theirs.lane(opposite(direction));
        let shared = |theirs: &Piece| theirs.end().min(piece.end()) - theirs.from.max(piece.from);
        let mut overlapping = facing.overlapping(piece.from, piece.end());
        let partners = overlapping.by_ref().take(MOST_PARTNERS).map(|theirs| theirs.partner(shared(theirs))).collect::<Vec<_>>();
        let more = overlapping.count();
        (!partners.is_empty()).then_some(Paired { socket: other, partners, more })
    }

    fn datagram(&self, names: &Names, record: &Record, mine: SocketId, direction: Direction) -> Option<Paired> {
        let lane = self.sockets.get(&mine)?.lane(direction);
        let piece = lane.pieces.get(lane.place(record.n)?)?;
        let here = names.socket(mine)?.local.as_ref()?;
        let there = self.facing(names, mine, piece)?;
        let is_other = |id: &SocketId, ends: &SocketEnds| *id != mine && ends.local.as_ref().is_some_and(|local| is_same(local, there));
        let others = names.sockets().into_iter().filter(|(id, ends)| is_other(id, ends)).map(|(id, _)| id);
        others.into_iter().find_map(|other| {
            let (sender, receiver) = if direction == Direction::Sent { (mine, other) } else { (other, mine) };
            let (from, to) = if direction == Direction::Sent { (here, there) } else { (there, here) };
            let sent = self.between(names, sender, Direction::Sent, to)?;
            let received = self.between(names, receiver, Direction::Received, from)?;
            let joined = join(&sent, &received).into_iter();
            let theirs = joined.into_iter().find_map(|(send, receive)| match direction {
                Direction::Sent => (send.seen.n == record.n).then_some(receive),
                Direction::Received => (receive.seen.n == record.n).then_some(send),
            })?;
            Some(Paired { socket: other, partners: vec![theirs.partner(u64::from(theirs.len.min(piece.len)))], more: 0 })
        })
    }

    /// The other side's address of a datagram.
    fn facing<'a>(&'a self, names: &'a Names, socket: SocketId, piece: &Piece) -> Option<&'a Address> {
        match piece.address {
            Some(number) => self.addresses.iter().find(|(_, known)| **known == number).map(|(address, _)| address),
            None => names.socket(socket)?.peer.as_ref(),
        }
    }

    /// The datagrams that `socket` exchanged with `address`, in order; none where some were forgotten.
    fn between(&self, names: &Names, socket: SocketId, direction: Direction, address: &Address) -> Option<Vec<Piece>> {
        let lane = self.sockets.get(&socket)?.lane(direction);
        let fitting = self.addresses.iter().filter(|(known, _)| is_same(known, address)).map(|(_, number)| *number).collect::<Vec<_>>();
        let by_connect = names.socket(socket)?.peer.as_ref().is_some_and(|peer| is_same(peer, address));
        let fits = |piece: &&Piece| piece.address.map_or(by_connect, |number| fitting.contains(&number));
        (!lane.forgot).then(|| lane.pieces.iter().filter(fits).copied().collect())
    }
}

impl Paired {
    fn one(socket: SocketId, seen: Seen) -> Self {
        Self { socket, partners: vec![seen.partner()], more: 0 }
    }
}

impl Piece {
    fn partner(&self, shared: u64) -> Partner {
        Partner { len: u64::from(self.len), shared, ..self.seen.partner() }
    }
}

const fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Sent => Direction::Received,
        Direction::Received => Direction::Sent,
    }
}

/// Whether both are one address; all addresses of a machine include each of its own.
pub(super) fn is_same(one: &Address, other: &Address) -> bool {
    match (one.ip(), other.ip()) {
        (Some(a), Some(b)) => {
            let (first, second) = (a.ip().to_canonical(), b.ip().to_canonical());
            a.port() == b.port() && (first == second || first.is_unspecified() || second.is_unspecified())
        }
        _ => one == other && *one != Address::Unnamed,
    }
}

/// Each receive with the first send after the one before that it can have come from.
fn join(sent: &[Piece], received: &[Piece]) -> Vec<(Piece, Piece)> {
    let mut sends = sent.iter();
    let mut joined = Vec::new();
    for receive in received {
        let fits = |send: &&Piece| {
            let length = send.len == receive.len || (receive.truncated && send.len > receive.len);
            length && send.seen.t0 <= receive.seen.t1
        };
        let mut ahead = sends.clone();
        if let Some(send) = ahead.find(fits) {
            joined.push((*send, *receive));
            sends = ahead;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Errno, Family, Flags, Kind, Payload};
    use std::net::SocketAddr;

    fn address(port: u16) -> Address {
        SocketAddr::from(([127, 0, 0, 1], port)).into()
    }

    #[derive(Default)]
    struct Rows(Vec<Record>);

    impl Rows {
        fn call(&mut self, socket: u32, call: Call, args: Args, outcome: Outcome) -> u64 {
            let n = self.0.len() as u64 + 1;
            let row = Record::plain(n, Kind::Call(call, args));
            self.0.push(Record { socket: Some(SocketId(socket)), t0: n * 10, t1: n * 10 + 5, outcome, ..row });
            n
        }

        fn moved(&mut self, socket: u32, call: Call, args: Args, outcome: Outcome, len: usize) -> u64 {
            let n = self.call(socket, call, args, outcome);
            self.0.last_mut().expect("just pushed").payload = Some(Payload::whole(vec![7; len]));
            n
        }

        fn send(&mut self, socket: u32, len: usize) -> u64 {
            self.moved(socket, Call::Send, Args::Length(len as u32), Outcome::Ok(len as i64), len)
        }

        fn recv(&mut self, socket: u32, len: usize) -> u64 {
            self.moved(socket, Call::Recv, Args::Length(64), Outcome::Ok(len as i64), len)
        }

        /// Socket `client` connects to the listener 1, which accepts `server`.
        fn connection(&mut self, client: u32, server: u32, port: u16) -> (u64, u64) {
            self.call(client, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(client.into()));
            let connect = self.call(client, Call::Connect, Args::Address(address(9001)), Outcome::Ok(0));
            let accept = self.call(1, Call::Accept, Args::None, Outcome::Socket(SocketId(server), address(port)));
            self.call(client, Call::GetSockName, Args::None, Outcome::Address(address(port), Flags::default()));
            (connect, accept)
        }

        fn listener() -> Self {
            let mut rows = Self::default();
            rows.call(1, Call::Socket, Args::Socket(Family::Inet, SocketType::Stream), Outcome::Ok(3));
            rows.call(1, Call::Bind, Args::Address(address(9001)), Outcome::Ok(0));
            rows.call(1, Call::Listen, Args::Backlog(5), Outcome::Ok(0));
            rows
        }

        /// The partners of row `n`, as numbers and shared bytes.
        fn partners(&self, n: u64) -> Option<Vec<(u64, u64)>> {
            let (mut pairing, mut names) = (Pairing::default(), Names::default());
            self.0.iter().for_each(|record| names.learn(record));
            pairing.fold(&self.0);
            let paired = pairing.of(&names, &self.0[n as usize - 1])?;
            Some(paired.partners.iter().map(|partner| (partner.n, partner.shared)).collect())
        }
    }

    #[test]
    fn a_receive_knows_the_sends_that_fed_it() {
        let mut rows = Rows::listener();
        let (connect, accept) = rows.connection(2, 3, 50_000);
        assert_eq!(rows.partners(connect), Some(vec![(accept, 0)]));
        assert_eq!(rows.partners(accept), Some(vec![(connect, 0)]));
        let sends = [rows.send(2, 5), rows.send(2, 10), rows.send(2, 3)];
        let first = rows.recv(3, 8);
        let second = rows.recv(3, 10);
        assert_eq!(rows.partners(first), Some(vec![(sends[0], 5), (sends[1], 3)]));
        assert_eq!(rows.partners(second), Some(vec![(sends[1], 7), (sends[2], 3)]));
        assert_eq!(rows.partners(sends[1]), Some(vec![(first, 3), (second, 7)]));
        // What nobody has taken yet.
        let waiting = rows.send(2, 1);
        assert_eq!(rows.partners(waiting), None);
        let done = rows.call(2, Call::Shutdown, Args::How(How::Write), Outcome::Ok(0));
        rows.recv(3, 1);
        let end = rows.recv(3, 0);
        assert_eq!(rows.partners(end), Some(vec![(done, 0)]));
        assert_eq!(rows.partners(done), Some(vec![(end, 0)]));
    }

    #[test]
    fn a_port_that_is_used_again_is_another_connection() {
        let mut rows = Rows::listener();
        rows.connection(2, 3, 50_000);
        let old = rows.send(2, 5);
        rows.recv(3, 5);
        for socket in [2, 3] {
            rows.call(socket, Call::Close, Args::None, Outcome::Ok(0));
        }
        rows.connection(4, 5, 50_000);
        let new = rows.send(4, 5);
        let got = rows.recv(5, 5);
        assert_eq!(rows.partners(got), Some(vec![(new, 5)]));
        assert_ne!(rows.partners(old), Some(vec![(got, 5)]));
    }

    #[test]
    fn datagrams_are_joined_in_order_and_a_lost_one_is_passed_over() {
        let mut rows = Rows::default();
        for (socket, port) in [(1, 9001), (2, 9002)] {
            rows.call(socket, Call::Socket, Args::Socket(Family::Inet, SocketType::Datagram), Outcome::Ok(3));
            rows.call(socket, Call::Bind, Args::Address(address(port)), Outcome::Ok(0));
        }
        let mut send = |len: usize| rows.moved(2, Call::SendTo, Args::LengthTo(len as u32, address(9001)), Outcome::Ok(len as i64), len);
        let (first, lost, third, long) = (send(4), send(9), send(5), send(60));
        let mut recv = |len: usize, truncated: bool| {
            let from = Outcome::Address(address(9002), Flags { truncated });
            rows.moved(1, Call::RecvFrom, Args::Length(50), from, len)
        };
        let got = [recv(4, false), recv(5, false), recv(50, true)];
        assert_eq!(got.map(|n| rows.partners(n)), [(first, 4), (third, 5), (long, 50)].map(|partner| Some(vec![partner])));
        assert_eq!(rows.partners(lost), None);
        assert_eq!(rows.partners(third), Some(vec![(got[1], 5)]));
    }

    #[test]
    fn neighbours_are_of_the_same_way() {
        let mut rows = Rows::listener();
        rows.connection(2, 3, 50_000);
        let sends = [rows.send(2, 5), rows.send(2, 10)];
        let first = rows.recv(3, 8);
        rows.send(3, 2);
        let second = rows.recv(3, 7);
        let (mut pairing, mut names) = (Pairing::default(), Names::default());
        rows.0.iter().for_each(|record| names.learn(record));
        pairing.fold(&rows.0);
        let of = |n: u64| pairing.neighbours(&names, &rows.0[n as usize - 1]);
        assert_eq!(of(first), Some(Neighbours { offset: 0, before: None, after: Some(second) }));
        assert_eq!(of(second), Some(Neighbours { offset: 8, before: Some(first), after: None }));
        assert_eq!(of(sends[1]), Some(Neighbours { offset: 5, before: Some(sends[0]), after: None }));
    }

    #[test]
    fn what_is_kept_stays_bounded_and_places_stay_true() {
        let mut rows = Rows::listener();
        rows.connection(2, 3, 50_000);
        let (mut pairing, mut names) = (Pairing::default(), Names::default());
        rows.0.iter().for_each(|record| names.learn(record));
        pairing.fold(&rows.0);
        let (mut send, mut receive) = (rows.0.len(), 0);
        rows.send(2, 3);
        rows.recv(3, 3);
        let (first, second) = (rows.0.remove(send), rows.0.remove(send));
        for n in 0..MOST as u64 {
            send = 100 + 2 * n as usize;
            receive = send + 1;
            pairing.fold(&[Record { n: send as u64, ..first.clone() }, Record { n: receive as u64, ..second.clone() }]);
            assert!(pairing.kept <= MOST + 2);
        }
        let last = Record { n: receive as u64, ..second };
        let paired = pairing.of(&names, &last).expect("a send");
        assert_eq!((paired.partners[0].n, paired.partners[0].shared), (send as u64, 3));
    }

    #[test]
    fn a_call_that_failed_fed_nobody() {
        let mut rows = Rows::listener();
        rows.connection(2, 3, 50_000);
        let failed = rows.call(2, Call::Send, Args::Length(5), Outcome::Err(Errno::by_name("EPIPE").expect("a name")));
        let sent = rows.send(2, 5);
        let got = rows.recv(3, 5);
        assert_eq!((rows.partners(failed), rows.partners(got)), (None, Some(vec![(sent, 5)])));
    }
}
