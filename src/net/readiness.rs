//! Many sockets on one thread: the kernel says which of them are ready.
//!
//! epoll(7) on Linux, kqueue(2) on macOS, an I/O completion port on Windows (through the crate `polling`); each is a row by the name it has on Linux. Readiness is
//! told as long as it lasts (level-triggered).

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, Events, PollMode, Poller};
use socket2::Socket;

use super::error::Error;
use super::socket::TracedSocket;
use super::sys;
use crate::trace::{Args, Call, Errno, Interest, Outcome, SocketId, Tracer};

/// A socket that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Which.
    pub socket: SocketId,
    /// Whether a receive or an accept returns at once: with bytes, an end or an error.
    pub readable: bool,
    /// Whether a send takes bytes at once.
    pub writable: bool,
}

/// Ends a wait from another thread.
#[derive(Clone, Debug)]
pub struct Waker(Arc<Poller>);

impl Waker {
    /// The wait that is under way returns, or else the next. Makes no row: it is no call on a socket.
    pub fn wake(&self) {
        // What fails would find nobody to wake.
        self.0.notify().ok();
    }
}

/// The sockets whose readiness is asked for.
#[derive(Debug)]
pub struct Readiness {
    poller: Arc<Poller>,
    events: Events,
    /// A share of each socket: none can be closed before it is taken out here.
    sockets: BTreeMap<SocketId, Arc<Socket>>,
}

impl Readiness {
    /// `epoll_create1(2)`.
    ///
    /// # Errors
    /// `EMFILE`, `ENFILE`, `ENOMEM`.
    pub fn new(on: &Tracer) -> Result<Self, Error> {
        let made = make(on, Call::EpollCreate, None, Args::None, Poller::new, |_| 0)?;
        Ok(Self { poller: Arc::new(made), events: Events::new(), sockets: BTreeMap::new() })
    }

    /// What ends a wait without a socket.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.poller))
    }

    /// `epoll_ctl(2)`, `EPOLL_CTL_ADD`: from now on the readiness of `socket` is asked for. It is to be taken out before it is closed.
    ///
    /// # Errors
    /// `ENOMEM`, `ENOSPC`, `EPERM`, `EBADF` for a socket that is closed.
    pub fn add(&mut self, on: &Tracer, socket: &TracedSocket, interest: Interest) -> Result<(), Error> {
        let Some(share) = socket.shared() else { return Err(closed(socket.id())) };
        let poller = &self.poller;
        let args = Args::Control("EPOLL_CTL_ADD".into(), interest);
        make(on, Call::EpollCtl, Some(socket.id()), args, || sys::watch(poller, &share, event(socket.id(), interest)), |()| 0)?;
        self.sockets.insert(socket.id(), share);
        Ok(())
    }

    /// `epoll_ctl(2)`, `EPOLL_CTL_MOD`: what is asked of a socket from now on.
    ///
    /// # Errors
    /// `ENOENT` for a socket that was not added, `ENOMEM`.
    pub fn change(&self, on: &Tracer, socket: SocketId, interest: Interest) -> Result<(), Error> {
        let Some(share) = self.sockets.get(&socket) else { return Err(closed(socket)) };
        let change = || self.poller.modify_with_mode(share, event(socket, interest), PollMode::Level);
        make(on, Call::EpollCtl, Some(socket), Args::Control("EPOLL_CTL_MOD".into(), interest), change, |()| 0)
    }

    /// `epoll_ctl(2)`, `EPOLL_CTL_DEL`: the socket is not asked for any more, and may be closed. What was not added is none.
    pub fn remove(&mut self, on: &Tracer, socket: SocketId) {
        if let Some(share) = self.sockets.remove(&socket) {
            let take = || self.poller.delete(&share);
            // What fails stands in its row. What was held and called off is done all the same: the socket is closed next.
            if make(on, Call::EpollCtl, Some(socket), Args::Option("EPOLL_CTL_DEL".into()), take, |()| 0).is_err_and(|error| !error.made) {
                take().ok();
            }
        }
    }

    /// `epoll_wait(2)`: the sockets that are ready, at most for `limit`; none waits for ever. In the trace the call stands with `listener`: waking that one ends it.
    ///
    /// # Errors
    /// `EINTR`.
    pub fn wait(&mut self, on: &Tracer, listener: Option<SocketId>, limit: Option<Duration>) -> Result<Vec<Ready>, Error> {
        self.events.clear();
        let (poller, events) = (&self.poller, &mut self.events);
        make(on, Call::EpollWait, listener, Args::None, || poller.wait(events, limit), |count| *count as i64)?;
        let ready = |event: Event| Ready { socket: SocketId(event.key as u32), readable: event.readable, writable: event.writable };
        Ok(self.events.iter().map(ready).collect())
    }
}

impl Drop for Readiness {
    /// What is still watched is let go before its socket can be.
    fn drop(&mut self) {
        for share in self.sockets.values() {
            self.poller.delete(share).ok();
        }
    }
}

fn event(socket: SocketId, interest: Interest) -> Event {
    match interest {
        Interest::Readable => Event::readable(socket.0 as usize),
        Interest::Writable => Event::writable(socket.0 as usize),
        Interest::Both => Event::all(socket.0 as usize),
    }
}

fn closed(socket: SocketId) -> Error {
    Error { call: Call::EpollCtl, args: Args::None, socket: Some(socket), errno: sys::closed(), limit: None, made: false }
}

/// Makes one call and writes its row.
fn make<T>(
    on: &Tracer,
    call: Call,
    socket: Option<SocketId>,
    args: Args,
    with: impl FnOnce() -> io::Result<T>,
    told: impl FnOnce(&T) -> i64,
) -> Result<T, Error> {
    let mut open = on.begin(call, args, socket);
    if open.is_called_off() {
        return Err(Error { call, args: open.args(), socket, errno: sys::closed(), limit: None, made: false });
    }
    let result = with();
    open.returned();
    match result {
        Ok(value) => {
            let count = told(&value);
            open.end(Outcome::Ok(count), None);
            Ok(value)
        }
        Err(error) => {
            let (errno, args) = (Errno::of(&error), open.args());
            open.end(Outcome::Err(errno), None);
            Err(Error { call, args, socket, errno, limit: None, made: true })
        }
    }
}
