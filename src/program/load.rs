//! load: many connections at once, each of which sends messages and waits for as many bytes to come back. What it measures stands in the trace.
//!
//! One thread serves all of them by readiness, so that the client is not what is measured.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failure;
use super::files;
use super::goal;
use super::run::Run;
use super::socket::Use;
use super::watched::{Connections, Watched};
use crate::net::{self, Readiness, Ready};
use crate::text;
use crate::trace::{Address, Interest, SocketId, Tracer};

/// The most connections of one load.
pub const MOST_CONNECTIONS: u32 = 20_000;
/// The most messages of a connection.
pub const MOST_LOAD_MESSAGES: u32 = 1_000_000;
/// The longest message, in bytes.
pub const MOST_LOAD_SIZE: u32 = 1 << 20;
/// How many connects are under way at a time: more would overflow the queue of a server that is quick to accept.
const CONNECTING: usize = 32;

/// What a load client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// How many connections it makes.
    pub connections: u32,
    /// How many messages each sends, one after the other.
    pub messages: u32,
    /// The length of each, in bytes.
    pub size: u32,
    /// The pause of each connection between an answer and the next message.
    pub think: Duration,
}

impl Default for Load {
    fn default() -> Self {
        Self { connections: 20, messages: 10, size: 64, think: Duration::ZERO }
    }
}

/// How far a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Connecting,
    Thinking,
    /// So many bytes of the message were sent.
    Sending(usize),
    /// So many bytes of the answer came.
    Receiving(usize),
}

struct Connection {
    step: Step,
    /// How many messages are to be sent still.
    left: u32,
}

/// All connections of a load.
struct Work<'run> {
    run: &'run Arc<Run>,
    on: &'run Tracer,
    to: Address,
    connections: Connections<'run, Connection>,
    /// When who has thought enough.
    due: BinaryHeap<Reverse<(Instant, SocketId)>>,
    message: Vec<u8>,
    buffer: Vec<u8>,
    to_open: u32,
    connecting: usize,
}

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(to) = goal::all(run, on).and_then(|goals| goal::first(run, on, goals)) else { return };
    files::make_room(on, u64::from(run.spec.load.connections));
    let readiness = match Readiness::new(on) {
        Ok(readiness) => readiness,
        Err(error) => return run.met(&error),
    };
    let message = (0..run.spec.load.size).map(|place| b'a' + (place % 26) as u8).collect();
    let mut work = Work {
        run,
        on,
        to,
        connections: Connections::new(run, on, readiness),
        due: BinaryHeap::new(),
        message,
        buffer: vec![0; run.spec.load.size.clamp(1, 1 << 16) as usize],
        to_open: run.spec.load.connections,
        connecting: 0,
    };
    run.is_ready(None);
    work.all();
    work.connections.end_all();
}

impl Work<'_> {
    fn all(&mut self) {
        while !self.run.is_stopping() {
            while self.to_open > 0 && self.connecting < CONNECTING && !self.run.is_stopping() {
                self.to_open -= 1;
                self.open();
            }
            if self.connections.open.is_empty() {
                if self.to_open == 0 {
                    return;
                }
                continue;
            }
            let limit = self.due.peek().map(|Reverse((when, _))| when.saturating_duration_since(Instant::now()));
            // Waking any of them ends the wait.
            let one = self.connections.open.keys().next().copied();
            match self.connections.readiness.wait(self.on, one, limit) {
                Ok(ready) => ready.into_iter().for_each(|ready| self.go_on(ready)),
                Err(error) if failure::is_interruption(&error) => {}
                Err(error) => return self.run.met(&error),
            }
            let now = Instant::now();
            while let Some(Reverse((_, socket))) = self.due.peek().copied().filter(|Reverse((when, _))| *when <= now) {
                self.due.pop();
                self.send(socket, 0);
            }
        }
    }

    /// Begins a connection.
    fn open(&mut self) {
        let Some(held) = self.run.open(self.on, self.run.family_of(&self.to), Use::Connection(self.to.clone())) else { return };
        let begun = held.socket.set_nonblocking(self.on, true).and_then(|()| match held.socket.connect(self.on, &self.to) {
            Err(error) if error.errno.is("EINPROGRESS") => Ok(()),
            other => other,
        });
        let added = begun.and_then(|()| self.connections.readiness.add(self.on, &held.socket, Interest::Writable));
        if let Err(error) = added {
            self.run.met(&error);
            held.close(self.on);
            return;
        }
        self.connecting += 1;
        let state = Connection { step: Step::Connecting, left: self.run.spec.load.messages };
        let connection = Watched { held, state, interest: Interest::Writable };
        self.connections.open.insert(connection.held.socket.id(), connection);
    }

    /// Takes a connection one step further.
    fn go_on(&mut self, ready: Ready) {
        let socket = ready.socket;
        let Some(connection) = self.connections.open.get(&socket) else { return };
        if self.run.is_over(&connection.held) {
            return self.connections.end(socket);
        }
        match connection.state.step {
            Step::Connecting => {
                self.connecting -= 1;
                match connection.held.socket.pending_error(self.on) {
                    Ok(None) => self.send(socket, 0),
                    Ok(Some(errno)) => {
                        let error = net::Error {
                            call: crate::trace::Call::Connect,
                            args: crate::trace::Args::Address(self.to.clone()),
                            socket: Some(socket),
                            errno,
                            limit: None,
                            made: true,
                        };
                        self.connections.fail(socket, &error);
                    }
                    Err(error) => self.connections.fail(socket, &error),
                }
            }
            Step::Sending(sent) => self.send(socket, sent),
            Step::Receiving(_) => self.receive(socket),
            // It has ended while it was thought.
            Step::Thinking => self.connections.end(socket),
        }
    }

    /// Sends what is left of a message.
    fn send(&mut self, socket: SocketId, mut sent: usize) {
        let Some(connection) = self.connections.open.get_mut(&socket) else { return };
        if connection.state.left == 0 {
            return self.connections.end(socket);
        }
        while sent < self.message.len() {
            match connection.held.socket.send(self.on, self.message.get(sent..).unwrap_or_default()) {
                Ok(count) => sent += count,
                Err(error) if error.errno.is("EAGAIN") => {
                    connection.state.step = Step::Sending(sent);
                    return self.connections.ask(socket, Interest::Writable);
                }
                Err(error) if failure::is_interruption(&error) => {}
                Err(error) => return self.connections.fail(socket, &error),
            }
        }
        connection.state.left -= 1;
        connection.state.step = Step::Receiving(0);
        self.connections.ask(socket, Interest::Readable);
    }

    /// Takes in what came of an answer.
    fn receive(&mut self, socket: SocketId) {
        let Some(connection) = self.connections.open.get_mut(&socket) else { return };
        let Step::Receiving(got) = connection.state.step else { return };
        match connection.held.socket.recv(self.on, &mut self.buffer) {
            Ok(0) => {
                connection.held.tell(self.on, text!("program-load-ended"));
                self.run.has_failed(text!("program-load-ended").into());
                self.connections.end(socket);
            }
            Ok(count) if got + count < self.message.len() => connection.state.step = Step::Receiving(got + count),
            Ok(_) if connection.state.left == 0 => self.connections.end(socket),
            Ok(_) if self.run.spec.load.think.is_zero() => self.send(socket, 0),
            Ok(_) => {
                connection.state.step = Step::Thinking;
                self.due.push(Reverse((Instant::now() + self.run.spec.load.think, socket)));
            }
            Err(error) if error.errno.is("EAGAIN") || failure::is_interruption(&error) => {}
            Err(error) => self.connections.fail(socket, &error),
        }
    }
}
