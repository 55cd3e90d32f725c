//! tcp-link: stands between clients and a server of streams, and holds, cuts, glues and resets what goes through it.
//!
//! Each connection that it accepts has one of its own to the server: a pair, and a pipe each way. One thread serves all; no call of it blocks but the wait for a socket
//! that is ready or the next time at which bytes go on. What does not fit into a pipe is not read: the sender's own kernel makes it wait. An end goes on as an end
//! (`SHUT_WR`), a reset as a reset.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::accept::{Arrival, accept};
use super::bound::family;
use super::failure;
use super::link::{Front, MOST_CLIENTS, happens};
use super::run::{Run, tell};
use super::socket::{Held, Use};
use crate::net::{self, Pipe, Ready, Step, Way, option};
use crate::text;
use crate::trace::{Address, Args, Call, Direction, Errno, FaultKind, How, Interest, SocketId, Tracer, Value};

/// How much is received at a time.
const BUFFER: usize = 64 << 10;
/// How many connections are accepted in a row before those that are open have their turn.
const MOST_ACCEPTED: usize = 64;

/// One way through a pair.
struct Half {
    pipe: Pipe,
    /// No more comes.
    has_ended: bool,
    /// What waits cannot be sent now: the kernel of the link has no room.
    is_blocked: bool,
    /// The end was sent on.
    is_done: bool,
}

/// A side of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Client,
    Server,
}

/// A connection of a client, and the one to the server that belongs to it.
struct Pair {
    client: Held,
    server: Held,
    is_connecting: bool,
    there: Half,
    back: Half,
}

impl Pair {
    const fn side(&self, side: Side) -> &Held {
        match side {
            Side::Client => &self.client,
            Side::Server => &self.server,
        }
    }

    /// What is asked of a side: to read where there is room for what comes, to write where something waits for that.
    fn interest(&self, side: Side, ways: (&Way, &Way)) -> Option<Interest> {
        let (from, to, way) = match side {
            Side::Client => (&self.there, &self.back, ways.0),
            Side::Server => (&self.back, &self.there, ways.1),
        };
        if side == Side::Server && self.is_connecting {
            return Some(Interest::Writable);
        }
        match (!from.has_ended && from.pipe.room(way) > 0, to.is_blocked) {
            (true, true) => Some(Interest::Both),
            (true, false) => Some(Interest::Readable),
            (false, true) => Some(Interest::Writable),
            (false, false) => None,
        }
    }
}

/// The link at work.
struct Relay<'run> {
    run: &'run Arc<Run>,
    on: &'run Tracer,
    front: Front,
    pairs: BTreeMap<u64, Pair>,
    sockets: HashMap<SocketId, (u64, Side)>,
    /// What is asked of each socket now; of the others nothing is.
    asked: HashMap<SocketId, Interest>,
    /// How many connections there were.
    count: u64,
    buffer: Vec<u8>,
}

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(front) = Front::open(run, on, Use::Listener) else { return };
    let asked = HashMap::from([(front.listener.socket.id(), Interest::Readable)]);
    let mut relay = Relay { run, on, front, pairs: BTreeMap::new(), sockets: HashMap::new(), asked, count: 0, buffer: vec![0; BUFFER] };
    relay.work();
    relay.close();
}

impl Relay<'_> {
    fn work(&mut self) {
        let id = self.front.listener.socket.id();
        while !self.run.is_stopping() {
            if self.front.steering.look(self.run, self.on) {
                let (now, ways) = (self.on.now(), &self.front.steering.ways);
                for pair in self.pairs.values_mut() {
                    pair.there.pipe.changed(&ways.there, now);
                    pair.back.pipe.changed(&ways.back, now);
                }
            }
            let numbers = self.pairs.keys().copied().collect::<Vec<_>>();
            let times = numbers.into_iter().filter_map(|number| self.go_on(number)).collect::<Vec<_>>();
            // Who waits to be accepted waits in the queue of the kernel while there are too many.
            self.ask(id, (self.pairs.len() < MOST_CLIENTS).then_some(Interest::Readable));
            let Some(ready) = self.front.wait(self.run, self.on, times) else { return };
            for ready in ready {
                if ready.socket != id {
                    self.is_ready(ready);
                } else if !self.accept() {
                    return;
                }
            }
        }
    }

    fn close(mut self) {
        let all = self.pairs.keys().copied().collect::<Vec<_>>();
        for number in all {
            self.end(number);
        }
        self.front.close(self.on);
    }

    /// Accepts those who wait; returns whether the listener can go on.
    fn accept(&mut self) -> bool {
        for _ in 0..MOST_ACCEPTED {
            if self.run.is_stopping() || self.pairs.len() >= MOST_CLIENTS {
                return true;
            }
            match accept(self.run, self.on, &self.front.listener) {
                Arrival::Client(held) => self.welcome(held),
                Arrival::Nobody | Arrival::Failed => return true,
                Arrival::Over => return false,
            }
        }
        true
    }

    /// Makes the connection to the server that belongs to a client's.
    fn welcome(&mut self, client: Held) {
        let Some(to) = self.run.to() else {
            client.tell(self.on, text!("program-link-nowhere"));
            return self.reset(client);
        };
        let Some(server) = self.run.open(self.on, family(to.ip()), Use::Connection(to.clone())) else { return self.reset(client) };
        let begun = [&client, &server].into_iter().try_for_each(|held| {
            held.socket.set_nonblocking(self.on, true)?;
            // A piece that is to go by itself would else wait for what was sent before it.
            option::by_name("TCP_NODELAY").map_or(Ok(()), |option| held.socket.set_option(self.on, option, &Value::Flag(true)))
        });
        let begun = begun.and_then(|()| match server.socket.connect(self.on, &to) {
            Err(error) if error.errno.is("EINPROGRESS") => Ok(true),
            other => other.map(|()| false),
        });
        match begun {
            Ok(is_connecting) => {
                let (seed, number) = (self.run.spec.link.seed, self.count);
                self.count += 1;
                let half =
                    |direction| Half { pipe: Pipe::new(seed, number, direction), has_ended: false, is_blocked: false, is_done: false };
                self.sockets.insert(client.socket.id(), (number, Side::Client));
                self.sockets.insert(server.socket.id(), (number, Side::Server));
                let [there, back] = [Direction::Sent, Direction::Received].map(half);
                self.pairs.insert(number, Pair { client, server, is_connecting, there, back });
                self.go_on(number);
            }
            Err(error) => self.unreachable(client, server, &to, &error),
        }
    }

    /// The server cannot be reached: that is told, and the client gets a reset.
    fn unreachable(&self, client: Held, server: Held, to: &Address, error: &net::Error) {
        self.run.met_on(&server, error);
        server.tell(self.on, text!("program-link-unreachable", to = to.to_string(), why = error.message()));
        server.close(self.on);
        self.reset(client);
    }

    /// Closes a connection so that its peer gets an RST.
    fn reset(&self, held: Held) {
        if let Some(option) = option::by_name("SO_LINGER")
            && let Err(error) = held.socket.set_option(self.on, option, &Value::Linger(Some(0)))
        {
            self.run.met_on(&held, &error);
        }
        held.close(self.on);
    }

    /// Takes in what a socket that is ready has.
    fn is_ready(&mut self, ready: Ready) {
        let Some((number, side)) = self.sockets.get(&ready.socket).copied() else { return };
        let Some(pair) = self.pairs.get_mut(&number) else { return };
        if self.run.is_over(pair.side(side)) {
            return self.end(number);
        }
        if side == Side::Server && pair.is_connecting {
            pair.is_connecting = false;
            return match pair.server.socket.pending_error(self.on) {
                Ok(None) => {}
                Ok(Some(errno)) => self.not_connected(number, errno),
                Err(error) => self.broken(number, side, &error),
            };
        }
        let ways = &self.front.steering.ways;
        let (from, to, way) = match side {
            Side::Client => (&mut pair.there, &mut pair.back, &ways.there),
            Side::Server => (&mut pair.back, &mut pair.there, &ways.back),
        };
        if ready.writable {
            to.is_blocked = false;
        }
        let room = from.pipe.room(way).min(self.buffer.len());
        if !ready.readable || from.has_ended || room == 0 {
            return;
        }
        let (held, other) = match side {
            Side::Client => (&pair.client, &pair.server),
            Side::Server => (&pair.server, &pair.client),
        };
        match held.socket.recv(self.on, self.buffer.get_mut(..room).unwrap_or_default()) {
            Ok(0) => {
                from.has_ended = true;
                from.pipe.end(way, self.on.now());
            }
            Ok(count) => {
                let bytes = self.buffer.get(..count).unwrap_or_default();
                for what in from.pipe.take(way, self.on.now(), bytes) {
                    happens(self.on, what, other.socket.id(), peer(other), bytes);
                }
            }
            Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
            Err(error) => self.broken(number, side, &error),
        }
    }

    /// The connect to the server failed.
    fn not_connected(&mut self, number: u64, errno: Errno) {
        let Some((pair, to)) = self.take(number).zip(self.run.to()) else { return };
        let (args, socket) = (Args::Address(to.clone()), Some(pair.server.socket.id()));
        let error = net::Error { call: Call::Connect, args, socket, errno, limit: None, made: true };
        self.unreachable(pair.client, pair.server, &to, &error);
    }

    /// Sends on what is due in a pair; returns when there is more to do.
    fn go_on(&mut self, number: u64) -> Option<u64> {
        if self.pairs.get(&number).is_some_and(|pair| self.run.is_over(&pair.client) || self.run.is_over(&pair.server)) {
            self.end(number);
        }
        let there = self.flow(number, Side::Server);
        let back = self.flow(number, Side::Client);
        let pair = self.pairs.get(&number)?;
        if pair.there.is_done && pair.back.is_done {
            self.end(number);
            return None;
        }
        let ways = (&self.front.steering.ways.there, &self.front.steering.ways.back);
        let asked = [Side::Client, Side::Server].map(|side| (pair.side(side).socket.id(), pair.interest(side, ways)));
        for (socket, interest) in asked {
            self.ask(socket, interest);
        }
        there.into_iter().chain(back).min()
    }

    /// Sends on what is due on one side of a pair; returns when there is more to do.
    fn flow(&mut self, number: u64, side: Side) -> Option<u64> {
        loop {
            let pair = self.pairs.get_mut(&number)?;
            let (half, held, way) = match side {
                Side::Server => (&mut pair.there, &pair.server, &self.front.steering.ways.there),
                Side::Client => (&mut pair.back, &pair.client, &self.front.steering.ways.back),
            };
            if half.is_done || half.is_blocked || side == Side::Server && pair.is_connecting {
                return None;
            }
            let now = self.on.now();
            let (step, happened) = half.pipe.step(way, now);
            if let Some((what, count)) = happened {
                happens(self.on, what, held.socket.id(), peer(held), half.pipe.front(count));
            }
            match step {
                Step::Idle => return None,
                Step::Wait(until) => return Some(until),
                Step::Send(count) => match held.socket.send(self.on, half.pipe.front(count)) {
                    Ok(count) => {
                        let piece = if way.slice > 0 { half.pipe.front(count).to_vec() } else { Vec::new() };
                        if let Some(what) = half.pipe.sent(way, self.on.now(), count) {
                            happens(self.on, what, held.socket.id(), peer(held), &piece);
                        }
                    }
                    Err(error) if failure::is_timeout(&error) => half.is_blocked = true,
                    Err(error) if failure::is_interruption(&error) => {}
                    Err(error) => {
                        self.broken(number, side, &error);
                        return None;
                    }
                },
                Step::End => {
                    half.is_done = true;
                    if let Err(error) = held.socket.shutdown(self.on, How::Write) {
                        self.broken(number, side, &error);
                    }
                    return None;
                }
                Step::Reset => {
                    happens(self.on, FaultKind::Reset(half.pipe.passed()), held.socket.id(), peer(held), &[]);
                    if let Some(pair) = self.take(number) {
                        self.reset(pair.client);
                        self.reset(pair.server);
                    }
                    return None;
                }
            }
        }
    }

    /// A side of a pair is gone: the other side gets a reset.
    fn broken(&mut self, number: u64, side: Side, error: &net::Error) {
        let Some(pair) = self.take(number) else { return };
        let (broken, other) = match side {
            Side::Client => (pair.client, pair.server),
            Side::Server => (pair.server, pair.client),
        };
        self.run.met_on(&broken, error);
        tell(
            self.on,
            Some(other.socket.id()),
            text!("program-link-broken", peer = peer(&broken).to_string(), other = peer(&other).to_string()),
        );
        broken.close(self.on);
        self.reset(other);
    }

    /// Closes both sides of a pair.
    fn end(&mut self, number: u64) {
        if let Some(pair) = self.take(number) {
            pair.client.close(self.on);
            pair.server.close(self.on);
        }
    }

    /// Takes a pair out; nothing is asked of its sockets any more.
    fn take(&mut self, number: u64) -> Option<Pair> {
        let pair = self.pairs.remove(&number)?;
        for held in [&pair.client, &pair.server] {
            self.sockets.remove(&held.socket.id());
            if self.asked.remove(&held.socket.id()).is_some() {
                self.front.readiness.remove(self.on, held.socket.id());
            }
        }
        Some(pair)
    }

    /// Asks of a socket what is to be asked, where that is another than now. One of which nothing is asked is taken out: the kernel would tell its end again and again.
    fn ask(&mut self, socket: SocketId, interest: Option<Interest>) {
        let now = self.asked.get(&socket).copied();
        if now == interest {
            return;
        }
        let Some(interest) = interest else {
            self.asked.remove(&socket);
            return self.front.readiness.remove(self.on, socket);
        };
        let result = if now.is_some() {
            self.front.readiness.change(self.on, socket, interest)
        } else if let Some(endpoint) = self.run.socket(socket) {
            self.front.readiness.add(self.on, &endpoint.socket, interest)
        } else {
            return;
        };
        match result {
            Ok(()) => drop(self.asked.insert(socket, interest)),
            Err(error) => {
                if let Some((number, side)) = self.sockets.get(&socket).copied() {
                    self.broken(number, side, &error);
                } else {
                    self.run.met_on(&self.front.listener, &error);
                }
            }
        }
    }
}

/// Who is at the other end.
fn peer(held: &Held) -> &Address {
    match &held.is_for {
        Use::Connection(peer) => peer,
        _ => &Address::Unnamed,
    }
}
