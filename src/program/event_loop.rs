//! A server that serves all its connections on one thread: no call of it blocks but the one that waits until some of its sockets are ready.
//!
//! What cannot be sent at once is kept, and nothing more is read from that connection until it is gone: a peer that does not read makes nobody else wait.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::accept::{Arrival, accept};
use super::course::{self, Course, Next};
use super::failure;
use super::files;
use super::run::Run;
use super::socket::{Endpoint, Held};
use super::stream;
use super::watched::{Connections, Watched, wait, watch};
use crate::net::Ready;
use crate::trace::{How, Interest, SocketId, Tracer};

/// How many connections are accepted in a row before those that are open have their turn.
const MOST_ACCEPTED: usize = 64;
/// The shortest and the longest time between two looks at who takes too much time.
const LEAST_TICK: Duration = Duration::from_millis(20);
const MOST_TICK: Duration = Duration::from_secs(1);
/// For how many connections room is made.
const ROOM: u64 = 10_000;

/// How far a connection is, and what its peer has not taken yet.
struct Connection {
    course: Course,
    pending: Vec<u8>,
    sent: usize,
    /// It ends when all is sent.
    is_last: bool,
    /// Its answer was the last, and what still comes is thrown away: how much may, and until when.
    drain: Option<(usize, Instant)>,
}

impl Connection {
    /// Takes in what was received, and keeps what is to be sent. Of an answer by HTTP it is one piece, since a whole file may follow.
    fn answer(&mut self, run: &Run, on: &Tracer, endpoint: &Endpoint, mut received: Option<&[u8]>) {
        loop {
            match self.course.next(run, on, endpoint, &mut received) {
                Next::Send(bytes) => self.pending.extend_from_slice(&bytes),
                Next::Receive => return,
                Next::Close => {
                    self.is_last = true;
                    return;
                }
            }
            if self.course.http.is_some() {
                return;
            }
        }
    }
}

/// The server at work.
struct Loop<'run> {
    run: &'run Arc<Run>,
    on: &'run Tracer,
    connections: Connections<'run, Connection>,
    buffer: Vec<u8>,
    /// How many connections are accepted still, where that is limited.
    left: Option<u32>,
    /// When it was looked last who takes more time than there is.
    swept: Instant,
}

/// Accepts and serves until the program is to end.
pub(super) fn serve_all(run: &Arc<Run>, on: &Tracer, listener: &Endpoint) {
    files::make_room(on, ROOM);
    let Some(readiness) = watch(run, on, listener) else { return };
    let left = run.spec.manner.connections;
    let mut work = Loop { run, on, connections: Connections::new(run, on, readiness), buffer: run.buffer(), left, swept: Instant::now() };
    work.turn(listener);
    work.connections.readiness.remove(on, listener.socket.id());
    work.connections.end_all();
}

impl Loop<'_> {
    fn turn(&mut self, listener: &Endpoint) {
        let id = listener.socket.id();
        while !self.run.is_stopping() && (self.left != Some(0) || !self.connections.open.is_empty()) {
            let tick = self.tick();
            let Some(ready) = wait(self.run, self.on, &mut self.connections.readiness, listener, tick) else { return };
            if tick.is_some_and(|tick| self.swept.elapsed() >= tick) {
                self.sweep();
            }
            for ready in ready {
                if ready.socket != id {
                    self.go_on(ready);
                } else if !self.accept(listener) {
                    return;
                }
            }
        }
    }

    /// How often it is looked who takes more time than there is; none where nobody has a limit.
    fn tick(&self) -> Option<Duration> {
        let limited = self.run.spec.kind.speaks_http() && !self.connections.open.is_empty();
        limited.then(|| (self.run.spec.http.idle_timeout / 4).clamp(LEAST_TICK, MOST_TICK))
    }

    /// Ends the connections whose peers take more time than there is.
    fn sweep(&mut self) {
        self.swept = Instant::now();
        let (run, on) = (self.run, self.on);
        let is_late = |connection: &Watched<Connection>| match connection.state.drain {
            Some((_, until)) => Instant::now() >= until,
            None => {
                connection.interest == Interest::Readable && connection.state.course.http.as_ref().is_some_and(|http| http.is_late(run, on))
            }
        };
        let late = self.connections.open.iter().filter(|(_, connection)| is_late(connection)).map(|(socket, _)| *socket);
        let mut late = late.collect::<Vec<_>>();
        late.sort_unstable();
        for socket in late {
            let Some(Watched { held, state, .. }) = self.connections.open.get_mut(&socket) else { continue };
            if state.drain.is_some() {
                self.connections.end(socket);
                continue;
            }
            if let Some(http) = &mut state.course.http {
                state.pending.extend(http.give_up(run, on, held).unwrap_or_default());
            }
            state.is_last = true;
            self.flush(socket);
        }
    }

    /// Accepts those who wait; returns whether the listener can go on.
    fn accept(&mut self, listener: &Endpoint) -> bool {
        for _ in 0..MOST_ACCEPTED {
            if self.run.is_stopping() || self.left == Some(0) {
                return true;
            }
            match accept(self.run, self.on, listener) {
                Arrival::Client(held) => {
                    self.left = self.left.map(|left| left - 1);
                    if self.left == Some(0) {
                        // Who else waits makes it ready for ever: from now on only its end is asked for.
                        self.connections.readiness.change(self.on, listener.socket.id(), Interest::Writable).ok();
                    }
                    self.welcome(held);
                }
                Arrival::Nobody | Arrival::Failed => return true,
                Arrival::Over => return false,
            }
        }
        true
    }

    fn welcome(&mut self, held: Held) {
        let socket = held.socket.id();
        let begun = held
            .socket
            .set_nonblocking(self.on, true)
            .and_then(|()| self.connections.readiness.add(self.on, &held.socket, Interest::Readable));
        let course = Course::new(self.run, self.on);
        let is_last = course.is_spent();
        let pending = course::greeting(self.run, self.on, &held).unwrap_or_default();
        let state = Connection { course, pending, sent: 0, is_last, drain: None };
        let connection = Watched { held, state, interest: Interest::Readable };
        if let Err(error) = begun {
            self.run.met_on(&connection.held, &error);
            connection.held.close(self.on);
            return;
        }
        self.connections.open.insert(socket, connection);
        self.flush(socket);
    }

    /// Takes a connection that is ready one step further.
    fn go_on(&mut self, ready: Ready) {
        let Some(connection) = self.connections.open.get_mut(&ready.socket) else { return };
        if self.run.is_over(&connection.held) {
            return self.connections.end(ready.socket);
        }
        if connection.interest == Interest::Writable {
            return self.flush(ready.socket);
        }
        if connection.state.drain.is_some() {
            return self.throw_away(ready.socket);
        }
        let Watched { held, state, .. } = connection;
        match held.socket.recv(self.on, &mut self.buffer) {
            Ok(0) => {
                state.course.ended(self.run, self.on, held, &mut self.buffer);
                state.is_last = true;
            }
            Ok(count) => {
                state.answer(self.run, self.on, held, self.buffer.get(..count));
            }
            Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => return,
            Err(error) => return self.connections.fail(ready.socket, &error),
        }
        self.flush(ready.socket);
    }

    /// Throws away what comes after the last answer.
    fn throw_away(&mut self, socket: SocketId) {
        let Some(Watched { held, state, .. }) = self.connections.open.get_mut(&socket) else { return };
        match (held.socket.recv(self.on, &mut self.buffer), &mut state.drain) {
            (Err(error), _) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
            (Ok(count), Some((left, _))) if count > 0 && *left > count => *left -= count,
            // Whatever it met, the connection is at its end.
            _ => self.connections.end(socket),
        }
    }

    /// The last answer is sent: closes the connection, or ends this half of it where something may still come that a close would meet with a reset.
    fn finish(&mut self, socket: SocketId) {
        let Some(Watched { held, state, .. }) = self.connections.open.get_mut(&socket) else { return };
        if !state.course.is_cut() || held.socket.shutdown(self.on, How::Write).is_err() {
            return self.connections.end(socket);
        }
        state.drain = Some((stream::MOST_DRAINED, Instant::now() + stream::DRAINED));
        self.connections.ask(socket, Interest::Readable);
    }

    /// Sends what is kept, as far as it is taken, and asks for what comes next.
    fn flush(&mut self, socket: SocketId) {
        let Some(Watched { held, state, .. }) = self.connections.open.get_mut(&socket) else { return };
        if state.course.http.is_some() && state.sent >= state.pending.len() {
            state.pending.clear();
            state.sent = 0;
            state.answer(self.run, self.on, held, None);
        }
        while let Some(rest) = state.pending.get(state.sent..).filter(|rest| !rest.is_empty()) {
            match held.socket.send(self.on, rest) {
                Ok(count) => state.sent += count,
                Err(error) if failure::is_interruption(&error) => {}
                Err(error) if failure::is_timeout(&error) => break,
                Err(error) => return self.connections.fail(socket, &error),
            }
        }
        if state.sent < state.pending.len() {
            return self.connections.ask(socket, Interest::Writable);
        }
        let has_more = !state.pending.is_empty() && state.course.http.is_some();
        state.pending.clear();
        state.sent = 0;
        if state.course.is_over() {
            state.is_last = true;
        }
        if state.is_last {
            return self.finish(socket);
        }
        if has_more {
            // Others have their turn before the next piece; where none is left, that turns out then.
            return self.connections.ask(socket, Interest::Writable);
        }
        self.connections.ask(socket, Interest::Readable);
    }
}
