//! A socket of a running program, as its own thread and those who act for a person share it.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::failure;
use super::run::{Run, tell};
use crate::net::{Error, TracedSocket};
use crate::text::Message;
use crate::trace::{Address, Interest, Origin, Tracer};

/// How long a person's message waits for room on a socket that does not block, before it is looked whether it still can.
const LOOK: Duration = Duration::from_millis(100);
/// How many peers a datagram socket remembers, for a message to all.
const MOST_PEERS: usize = 1024;

/// What a socket is there for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Use {
    /// Accepts connections.
    Listener,
    /// Is connected with a peer, or about to be.
    Connection(Address),
    /// Sends and receives datagrams; a client's have a server.
    Datagrams(Option<Address>),
    /// Carries one transfer by datagrams, with this peer.
    Transfer(Address),
    /// Whatever a person makes of it.
    ByHand,
}

/// An open socket of a program.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) socket: TracedSocket,
    pub(super) is_for: Use,
    /// A person ended it: its thread is to close it.
    ended: AtomicBool,
    /// A datagram went out of it.
    has_sent: AtomicBool,
    /// Held for the length of a whole message, so that what two threads send is not mixed.
    sending: Mutex<()>,
    peers: Mutex<Peers>,
    /// With whom a person ended the transfer, where several share the socket.
    ended_with: Mutex<HashSet<Address>>,
}

/// Who sent datagrams, each once, the one that was new last at the end.
#[derive(Debug, Default)]
struct Peers {
    order: VecDeque<Address>,
    known: HashSet<Address>,
    last: Option<Address>,
}

impl Endpoint {
    pub(super) fn new(socket: TracedSocket, is_for: Use) -> Self {
        Self {
            socket,
            is_for,
            ended: AtomicBool::new(false),
            has_sent: AtomicBool::new(false),
            sending: Mutex::default(),
            peers: Mutex::default(),
            ended_with: Mutex::default(),
        }
    }

    /// Whether a person ended it.
    pub(super) fn is_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// Writes into the trace what a person should know about it.
    pub(super) fn tell(&self, on: &Tracer, message: Message) {
        tell(on, Some(self.socket.id()), message);
    }

    /// Says that a person ended it.
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    /// Says that a person ended the transfer with this partner.
    pub(super) fn end_with(&self, partner: Address) {
        self.ended_with.lock().unwrap_or_else(PoisonError::into_inner).insert(partner);
    }

    /// Whether a person ended the transfer with this partner.
    pub(super) fn is_ended_with(&self, partner: &Address) -> bool {
        self.ended_with.lock().unwrap_or_else(PoisonError::into_inner).contains(partner)
    }

    /// A transfer with this partner begins or is over: nobody has ended the next one.
    pub(super) fn begin_with(&self, partner: &Address) {
        self.ended_with.lock().unwrap_or_else(PoisonError::into_inner).remove(partner);
    }

    /// Whether a datagram went out of it: from then on it has an address.
    pub(super) fn has_sent(&self) -> bool {
        self.has_sent.load(Ordering::SeqCst)
    }

    /// sendto(2). With its first datagram a socket that was not bound gets its address, which the lab asks for.
    pub(super) fn send_to(&self, run: &Run, on: &Tracer, bytes: &[u8], peer: &Address) -> Result<usize, Error> {
        let sent = again(|| self.socket.send_to(on, bytes, peer), || run.is_over(self))?;
        if !self.has_sent.swap(true, Ordering::SeqCst) {
            let local = if run.spec.bind.is_none() { self.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok() } else { None };
            // Whoever waits for the first datagram looks again.
            run.is_ready(local);
        }
        Ok(sent)
    }

    /// Sends a person's message: whole on a stream, to `peer` as a datagram. What it met stands in its row too.
    pub(super) fn send_for_person(&self, run: &Run, on: &Tracer, bytes: &[u8], peer: Option<&Address>) -> Result<(), Error> {
        match peer {
            Some(peer) => self.send_to(run, on, bytes, peer).map(drop),
            None => self.send_whole(run, on, bytes).map_err(|(_, error)| error),
        }
    }

    /// Remembers who sent a datagram.
    pub(super) fn heard_from(&self, peer: &Address) {
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if peers.last.as_ref() == Some(peer) {
            return;
        }
        peers.last = Some(peer.clone());
        if peers.known.insert(peer.clone()) {
            peers.order.push_back(peer.clone());
        }
        if peers.order.len() > MOST_PEERS
            && let Some(oldest) = peers.order.pop_front()
        {
            peers.known.remove(&oldest);
        }
    }

    /// Who sent datagrams.
    pub(super) fn peers(&self) -> Vec<Address> {
        self.peers.lock().unwrap_or_else(PoisonError::into_inner).order.iter().cloned().collect()
    }

    /// Who sent the last datagram.
    pub(super) fn last_peer(&self) -> Option<Address> {
        self.peers.lock().unwrap_or_else(PoisonError::into_inner).last.clone()
    }

    /// Sends `bytes` on the stream, by as many sends as it takes; an empty message is one send of nothing. Ends early when the socket is to be closed.
    /// Returns how many bytes went, and the error that kept the rest.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see the head of `stream`")]
    pub(super) fn send_whole(&self, run: &Run, on: &Tracer, bytes: &[u8]) -> Result<(), (usize, Error)> {
        let _turn = self.turn();
        self.send_in_turn(run, on, bytes)
    }

    /// The right to send on the stream: as long as it is held, nobody else does.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`send_whole`](Self::send_whole), for who has the right to send.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see the head of `stream`")]
    pub(super) fn send_in_turn(&self, run: &Run, on: &Tracer, bytes: &[u8]) -> Result<(), (usize, Error)> {
        let mut sent = 0;
        loop {
            match self.socket.send(on, bytes.get(sent..).unwrap_or_default()) {
                Ok(count) => sent += count,
                Err(error) if failure::is_interruption(&error) => {}
                Err(error) if error.errno.is("EAGAIN") && self.socket.is_nonblocking() && !run.is_over(self) => {
                    self.socket.poll(on, Interest::Writable, Some(LOOK)).map_err(|error| (sent, error))?;
                }
                Err(error) => return Err((sent, error)),
            }
            if sent >= bytes.len() || run.is_over(self) {
                return Ok(());
            }
        }
    }
}

/// Makes a call, and makes it again when a signal interrupted it, unless nothing more is to be done.
pub(super) fn again<T>(mut call: impl FnMut() -> Result<T, Error>, is_over: impl Fn() -> bool) -> Result<T, Error> {
    loop {
        match call() {
            Err(error) if failure::is_interruption(&error) && !is_over() => {}
            result => return result,
        }
    }
}

/// A socket in the hands of the thread that made it: it stands in the program's list until that thread lets go of it.
#[derive(Debug)]
pub(super) struct Held {
    run: Arc<Run>,
    endpoint: Arc<Endpoint>,
}

impl Held {
    pub(super) fn new(run: &Arc<Run>, endpoint: Arc<Endpoint>) -> Self {
        Self { run: Arc::clone(run), endpoint }
    }

    /// Closes the socket, on behalf of whoever brought that about. Who is in the midst of a message comes to its end before: while the socket stands in the list,
    /// a send that blocks can be woken.
    pub(super) fn close(self, on: &Tracer) {
        let turn = self.endpoint.sending.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = match () {
            () if self.run.is_stopping() => Origin::Lab,
            () if self.endpoint.is_ended() => Origin::Person,
            () => Origin::Program,
        };
        self.run.let_go(self.endpoint.socket.id());
        drop(turn);
        if let Err(error) = self.endpoint.socket.close(&on.on_behalf_of(origin)) {
            self.run.met(&error);
        }
    }
}

impl std::ops::Deref for Held {
    type Target = Arc<Endpoint>;

    fn deref(&self) -> &Arc<Endpoint> {
        &self.endpoint
    }
}

impl Drop for Held {
    /// Where the thread panicked: the socket leaves the list, and closes with its last user.
    fn drop(&mut self) {
        self.run.let_go(self.endpoint.socket.id());
    }
}
