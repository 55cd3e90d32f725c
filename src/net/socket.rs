//! A socket whose every call is a record.
//!
//! # Closing
//!
//! The kernel gives a closed descriptor's number to whoever asks next, on Linux even while another thread still blocks in a call on the old
//! one: that thread's next call would then reach a stranger's socket. So the descriptor is owned by an `Arc` that every call holds while it
//! runs. [`TracedSocket::close`] takes the socket's own share away, after which no new call can begin; the close(2) itself is made, and
//! traced, by whoever holds the last share: the caller at once when no call is under way, else the thread whose call was the last to
//! return. A thread that blocks for ever is first made to return by [`TracedSocket::wake`].

use std::io;
use std::net::{Shutdown, SocketAddr};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use socket2::Socket;

use super::error::Error;
use super::option::Opt;
use super::sys;
use crate::trace::{
    Address, Args, Call, Errno, Family, Figure, Flags, How, Interest, Kind, Moved, Origin, Outcome, SocketId, SocketType, Tracer, Value,
};

/// A kernel socket that writes its calls into the trace. Several threads may use it, each with its own [`Tracer`].
///
/// Calls are made once: `EINTR` is returned to the caller like any other error. A new socket blocks.
#[derive(Debug)]
pub struct TracedSocket {
    id: SocketId,
    family: Family,
    kind: SocketType,
    slot: Mutex<Slot>,
    nonblocking: AtomicBool,
    /// Another process has it too: what is closed here is a copy.
    is_copied: AtomicBool,
    /// The pen of the thread that made the socket, for the close of last resort.
    maker: Tracer,
}

#[derive(Debug)]
struct Slot {
    socket: Option<Arc<Socket>>,
    /// What was closed while calls were under way on it: it lives until the last of them returns.
    leaving: Weak<Socket>,
    /// What was detached: open, and no longer this socket's.
    detached: Option<Arc<Socket>>,
    /// On whose behalf it was closed.
    closed_for: Origin,
}

/// What was received.
#[derive(Debug)]
pub enum Received<'buffer> {
    /// It stands in the buffer that was given.
    Buffer(&'buffer [u8]),
    /// The trace keeps it, and the same is used.
    Kept(Bytes),
}

impl Deref for Received<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Buffer(bytes) => bytes,
            Self::Kept(bytes) => bytes,
        }
    }
}

/// A share of the kernel socket for the length of one call.
struct Share<'call> {
    /// None when it is closed.
    socket: Option<Arc<Socket>>,
    of: &'call TracedSocket,
    on: &'call Tracer,
}

impl Share<'_> {
    /// Makes the close that was asked for while this call, the last one, was under way.
    #[cold]
    fn close(&self, socket: Socket) {
        let origin = self.of.slot().closed_for;
        self.of.close_now(&self.on.on_behalf_of(origin), socket).ok();
    }
}

impl Drop for Share<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(socket) = self.socket.take().and_then(Arc::into_inner) {
            self.close(socket);
        }
    }
}

impl TracedSocket {
    /// socket(2), with protocol 0. The socket blocks, and is not inherited by child processes.
    ///
    /// # Errors
    /// `EAFNOSUPPORT`, `EMFILE`, `ENFILE`, `ENOBUFS`, ...
    pub fn socket(on: &Tracer, family: Family, kind: SocketType) -> Result<Self, Error> {
        let args = Args::Socket(family, kind);
        let open = on.begin(Call::Socket, args.clone(), None);
        if open.is_called_off() {
            return Err(Error { call: Call::Socket, args, socket: None, errno: sys::closed(), limit: None, made: false });
        }
        match sys::socket(family, kind) {
            Ok(socket) => {
                let id = on.new_socket();
                open.end_on(Some(id), Outcome::Ok(sys::descriptor(&socket)), None);
                Ok(Self::new(on, id, family, kind, socket))
            }
            Err(error) => {
                let errno = Errno::of(&error);
                open.end(Outcome::Err(errno), None);
                Err(Error { call: Call::Socket, args, socket: None, errno, limit: None, made: true })
            }
        }
    }

    pub(super) fn new(on: &Tracer, id: SocketId, family: Family, kind: SocketType, socket: Socket) -> Self {
        let slot = Mutex::new(Slot { socket: Some(Arc::new(socket)), leaving: Weak::new(), detached: None, closed_for: on.origin() });
        Self { id, family, kind, slot, nonblocking: AtomicBool::new(false), is_copied: AtomicBool::new(false), maker: on.clone() }
    }

    /// Its name in the trace.
    pub const fn id(&self) -> SocketId {
        self.id
    }

    /// The family it was made with.
    pub const fn family(&self) -> Family {
        self.family
    }

    /// The type it was made with.
    pub const fn kind(&self) -> SocketType {
        self.kind
    }

    /// Whether it was closed: no call can be made on it any more.
    pub fn is_closed(&self) -> bool {
        self.slot().socket.is_none()
    }

    /// A share of the kernel socket; none when it is closed.
    pub(super) fn shared(&self) -> Option<Arc<Socket>> {
        self.slot().socket.clone()
    }

    /// Whether its calls return at once.
    pub fn is_nonblocking(&self) -> bool {
        self.nonblocking.load(Ordering::Relaxed)
    }

    /// Whether it was closed while calls were under way on it that have not returned yet: close is made by the last of them.
    pub fn is_leaving(&self) -> bool {
        self.slot().leaving.strong_count() > 0
    }

    /// Takes the number away from the socket, which is as closed then; the kernel's socket stays open until this one is dropped. Returns its number.
    pub(super) fn take_number(&self) -> Option<i64> {
        let mut slot = self.slot();
        let socket = slot.socket.take()?;
        let number = sys::descriptor(&socket);
        slot.detached = Some(socket);
        Some(number)
    }

    /// Whether its number was taken away and is open still.
    pub fn is_detached(&self) -> bool {
        self.slot().detached.is_some()
    }

    /// Says that another process has the socket too, and goes on with it: closing it here ends nothing.
    pub fn set_copied(&self) {
        self.is_copied.store(true, Ordering::Relaxed);
    }

    fn close_call(&self) -> Call {
        if self.is_copied.load(Ordering::Relaxed) { Call::CloseCopy } else { Call::Close }
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        // Nothing between lock and unlock leaves the slot half changed.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn share<'call>(&'call self, on: &'call Tracer) -> Share<'call> {
        Share { socket: self.slot().socket.clone(), of: self, on }
    }

    pub(super) fn error(&self, call: Call, args: Args, errno: Errno, made: bool) -> Error {
        Error { call, args, socket: Some(self.id), errno, limit: None, made }
    }

    /// Makes one call and writes its row. A failure without a number of the kernel's means that the call was never made, and leaves no row.
    pub(super) fn make<'moved, T>(
        &self,
        on: &Tracer,
        call: Call,
        args: Args,
        with: impl FnOnce(&Socket) -> io::Result<T>,
        told: impl FnOnce(&T) -> Moves<'moved>,
    ) -> Result<T, Error> {
        self.make_by(&self.share(on), on, call, args, with, told).map(|(value, _)| value)
    }

    /// As [`make`](Self::make); returns beside it what is to be sent on ([`Moved::to_be_sent_on`]).
    fn make_by<'moved, T>(
        &self,
        share: &Share<'_>,
        on: &Tracer,
        call: Call,
        args: Args,
        with: impl FnOnce(&Socket) -> io::Result<T>,
        told: impl FnOnce(&T) -> Moves<'moved>,
    ) -> Result<(T, Option<Bytes>), Error> {
        let Some(socket) = share.socket.as_deref() else {
            return Err(self.error(call, args, sys::closed(), false));
        };
        let mut open = on.begin(call, args, Some(self.id));
        if open.is_called_off() {
            return Err(self.error(call, open.args(), sys::closed(), false));
        }
        let result = with(socket);
        open.returned();
        match result {
            Ok(value) => {
                let (outcome, moved) = told(&value);
                let to_send = open.end(outcome, moved);
                Ok((value, to_send))
            }
            Err(error) => {
                let (errno, args) = (Errno::of(&error), open.args());
                let made = error.raw_os_error().is_some();
                if made {
                    open.end(Outcome::Err(errno), None);
                } else {
                    drop(open);
                }
                Err(self.error(call, args, errno, made))
            }
        }
    }

    /// bind(2).
    ///
    /// # Errors
    /// `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `EINVAL` when it is bound already, ...
    pub fn bind(&self, on: &Tracer, address: &Address) -> Result<(), Error> {
        self.make(on, Call::Bind, Args::Address(address.clone()), |socket| socket.bind(&sys::to_kernel(address)?), done)
    }

    /// listen(2). Linux lets `backlog` + 1 connections wait, at most `net.core.somaxconn` + 1; a later call changes the number.
    ///
    /// # Errors
    /// `EADDRINUSE`, `EOPNOTSUPP` on a datagram socket, ...
    pub fn listen(&self, on: &Tracer, backlog: i32) -> Result<(), Error> {
        self.make(on, Call::Listen, Args::Backlog(backlog), |socket| socket.listen(backlog), done)
    }

    /// accept(2): the connection that has waited longest and its peer's address. The new socket blocks, even where the system lets it inherit
    /// otherwise from a listener that does not (macOS, Windows): there the lab adds a call of its own.
    ///
    /// # Errors
    /// `EAGAIN` when `SO_RCVTIMEO` has passed, `EINVAL` when the socket does not listen (any more), `EMFILE`, ...
    pub fn accept(&self, on: &Tracer) -> Result<(Self, Address), Error> {
        let accept = |socket: &Socket| sys::accept(socket).map(|(socket, peer)| (on.new_socket(), socket, sys::from_kernel(&peer)));
        let told = |(id, _, peer): &(SocketId, Socket, Address)| (Outcome::Socket(*id, peer.clone()), None);
        let (id, socket, peer) = self.make(on, Call::Accept, Args::None, accept, told)?;
        let accepted = Self::new(on, id, self.family, self.kind, socket);
        if sys::ACCEPT_INHERITS_NONBLOCKING && self.nonblocking.load(Ordering::Relaxed) {
            accepted.set_nonblocking(&on.on_behalf_of(Origin::Lab), false)?;
        }
        Ok((accepted, peer))
    }

    /// connect(2).
    ///
    /// # Errors
    /// `ECONNREFUSED`, `ETIMEDOUT`, `ENETUNREACH`, `EINPROGRESS` when the socket does not block or `SO_SNDTIMEO` has passed, ...
    pub fn connect(&self, on: &Tracer, to: &Address) -> Result<(), Error> {
        self.make(on, Call::Connect, Args::Address(to.clone()), |socket| socket.connect(&sys::to_kernel(to)?), done)
    }

    /// A connect that waits at most `limit`, spelled out as the calls it is: `set_nonblocking`, connect, poll, getsockopt(`SO_ERROR`),
    /// `set_nonblocking`.
    ///
    /// # Errors
    /// As [`connect`](Self::connect); `ETIMEDOUT` with [`Error::limit`] when `limit` has passed. The socket is then to be closed: the
    /// kernel goes on trying.
    pub fn connect_within(&self, on: &Tracer, to: &Address, limit: Duration) -> Result<(), Error> {
        self.set_nonblocking(on, true)?;
        let result = self.connect_started(on, to, limit);
        let restored = self.set_nonblocking(on, false);
        result.and(restored)
    }

    fn connect_started(&self, on: &Tracer, to: &Address, limit: Duration) -> Result<(), Error> {
        match self.connect(on, to) {
            Err(error) if sys::in_progress(error.errno) => {}
            other => return other,
        }
        let failed = |errno| self.error(Call::Connect, Args::Address(to.clone()), errno, true);
        if !self.poll(on, Interest::Writable, Some(limit))? {
            return Err(Error { limit: Some(limit), ..failed(sys::timed_out()) });
        }
        self.pending_error(on)?.map_or(Ok(()), |errno| Err(failed(errno)))
    }

    /// getsockopt(`SO_ERROR`): the error that waits to be told, which this call clears. In the trace its name, or 0.
    ///
    /// # Errors
    /// Those of [`option`](Self::option).
    pub fn pending_error(&self, on: &Tracer) -> Result<Option<Errno>, Error> {
        let told =
            |errno: &Option<Errno>| (Outcome::Value(errno.map_or(Value::Int(0), |errno| Value::Text(errno.name().into())).into()), None);
        let ask = |socket: &Socket| Ok(socket.take_error()?.map(|error| Errno::of(&error)));
        self.make(on, Call::GetSockOpt, Args::Option("SO_ERROR".into()), ask, told)
    }

    /// send(2): how many of `bytes` the kernel took, which may be fewer than all.
    ///
    /// # Errors
    /// `EPIPE`, `ECONNRESET`, `ENOTCONN`, `EAGAIN` when `SO_SNDTIMEO` has passed, `EMSGSIZE`, ...
    pub fn send(&self, on: &Tracer, bytes: &[u8]) -> Result<usize, Error> {
        let told = |count: &usize| sent(bytes, *count);
        self.make(on, Call::Send, length(bytes), |socket| sys::send(socket, bytes), told)
    }

    /// recv(2): how many bytes were read into `buffer`. 0 from a stream is its end; from a datagram socket an empty datagram. Whether a
    /// datagram was cut off is told by [`recv_from`](Self::recv_from) alone.
    ///
    /// # Errors
    /// `ECONNRESET`, `ECONNREFUSED` (datagrams), `ENOTCONN`, `EAGAIN` when `SO_RCVTIMEO` has passed, ...
    pub fn recv(&self, on: &Tracer, buffer: &mut [u8]) -> Result<usize, Error> {
        self.receive(on, buffer).map(|received| received.len())
    }

    /// As [`recv`](Self::recv), for who sends on what was received: many bytes are those that the trace keeps, which it knows again without looking at each.
    ///
    /// # Errors
    /// Those of [`recv`](Self::recv).
    pub fn receive<'buffer>(&self, on: &Tracer, buffer: &'buffer mut [u8]) -> Result<Received<'buffer>, Error> {
        let args = length(buffer);
        let told = |bytes: &&'buffer [u8]| (Outcome::Ok(bytes.len() as i64), Some(Moved::to_be_sent_on(bytes)));
        let (bytes, kept) = self.make_by(
            &self.share(on),
            on,
            Call::Recv,
            args,
            |socket| {
                let count = sys::recv(socket, buffer)?;
                Ok(buffer.get(..count).unwrap_or_default())
            },
            told,
        )?;
        Ok(kept.map_or(Received::Buffer(bytes), Received::Kept))
    }

    /// sendto(2): one datagram to one address.
    ///
    /// # Errors
    /// `EMSGSIZE`, `EACCES` (broadcast without `SO_BROADCAST`), `ENETUNREACH`, `ECONNREFUSED` (what an earlier one met), ...
    pub fn send_to(&self, on: &Tracer, bytes: &[u8], to: &Address) -> Result<usize, Error> {
        let told = |count: &usize| sent(bytes, *count);
        self.make(
            on,
            Call::SendTo,
            Args::LengthTo(bytes.len() as u32, to.clone()),
            |socket| socket.send_to(bytes, &sys::to_kernel(to)?),
            told,
        )
    }

    /// recvfrom(2), asked in a way that can tell truncation: how many bytes were read, from whom, and whether the datagram was longer than `buffer`.
    /// [`Address::Unnamed`] where the kernel names no sender: on a stream, and from a Unix socket that is not bound.
    ///
    /// # Errors
    /// As [`recv`](Self::recv).
    pub fn recv_from<'buffer>(&self, on: &Tracer, buffer: &'buffer mut [u8]) -> Result<(usize, Address, Flags), Error> {
        let args = length(buffer);
        // Only a Unix socket may have no name. On the others a receive that was woken tells no sender, because nobody sent anything.
        let nobody = |from: &Address| *from == Address::Unnamed && self.family != Family::Unix;
        let told = |(bytes, from, flags): &(&'buffer [u8], Address, Flags)| {
            let outcome = if nobody(from) { Outcome::Ok(bytes.len() as i64) } else { Outcome::Address(from.clone(), *flags) };
            (outcome, Some(Moved::from(*bytes)))
        };
        self.make(
            on,
            Call::RecvFrom,
            args,
            |socket: &Socket| {
                let (count, truncated, from) = sys::recv_from(socket, self.kind, buffer)?;
                Ok((buffer.get(..count).unwrap_or_default(), sys::from_kernel(&from), Flags { truncated }))
            },
            told,
        )
        .map(|(bytes, from, flags)| (bytes.len(), from, flags))
    }

    /// shutdown(2).
    ///
    /// # Errors
    /// `ENOTCONN`, ...
    pub fn shutdown(&self, on: &Tracer, how: How) -> Result<(), Error> {
        self.shutdown_by(&self.share(on), on, how)
    }

    fn shutdown_by(&self, share: &Share<'_>, on: &Tracer, how: How) -> Result<(), Error> {
        let half = match how {
            How::Read => Shutdown::Read,
            How::Write => Shutdown::Write,
            How::Both => Shutdown::Both,
        };
        self.make_by(share, on, Call::Shutdown, Args::How(how), |socket| socket.shutdown(half), done).map(|((), _)| ())
    }

    /// close(2). From now on no call can be made on the socket; while another thread is still in one, close is made by that thread when its call
    /// returns (see the module). Closing again does nothing.
    ///
    /// # Errors
    /// `EINTR`, `EIO`; the descriptor is gone all the same.
    pub fn close(&self, on: &Tracer) -> Result<(), Error> {
        let mut slot = self.slot();
        slot.closed_for = on.origin();
        let socket = slot.socket.take();
        if let Some(socket) = &socket {
            slot.leaving = Arc::downgrade(socket);
        }
        drop(slot);
        socket.and_then(Arc::into_inner).map_or(Ok(()), |socket| self.close_now(on, socket))
    }

    fn close_now(&self, on: &Tracer, socket: Socket) -> Result<(), Error> {
        let call = self.close_call();
        let open = on.begin(call, Args::None, Some(self.id));
        match sys::close(socket) {
            Ok(()) => {
                open.end(Outcome::Ok(0), None);
                Ok(())
            }
            Err(error) => {
                let errno = Errno::of(&error);
                open.end(Outcome::Err(errno), None);
                Err(self.error(call, Args::None, errno, true))
            }
        }
    }

    /// What the kernel knows of it now; none once it is closed. Not a call of any program, so no row: see [`Sampler`](super::Sampler).
    ///
    /// # Errors
    /// The system's, or `Unsupported` where it is not asked.
    pub(super) fn knowledge(&self) -> Option<io::Result<Vec<(Figure, u64)>>> {
        // Without a share: whoever closes it meanwhile is to make the call by itself.
        let slot = self.slot();
        let is_tcp = self.kind == SocketType::Stream && self.family != Family::Unix;
        slot.socket.as_deref().map(|socket| sys::knowledge(socket, self.kind, is_tcp))
    }

    /// The addresses of both sides of a TCP connection, as the kernel has them now; no row either.
    pub(super) fn ends(&self) -> Option<(SocketAddr, SocketAddr)> {
        let slot = self.slot();
        let socket = slot.socket.as_deref().filter(|_| self.kind == SocketType::Stream)?;
        socket.local_addr().ok()?.as_socket().zip(socket.peer_addr().ok()?.as_socket())
    }

    /// Where it can be reached, as the kernel has it now; no row either.
    pub(super) fn own_end(&self) -> Option<SocketAddr> {
        self.slot().socket.as_deref()?.local_addr().ok()?.as_socket()
    }

    /// getsockname(2): its own address.
    ///
    /// # Errors
    /// `EBADF`, `ENOBUFS`; on Windows `EINVAL` before it is bound.
    pub fn local_address(&self, on: &Tracer) -> Result<Address, Error> {
        self.make(on, Call::GetSockName, Args::None, |socket| socket.local_addr().map(|address| sys::from_kernel(&address)), address)
    }

    /// getpeername(2): the address of the other side.
    ///
    /// # Errors
    /// `ENOTCONN`.
    pub fn peer_address(&self, on: &Tracer) -> Result<Address, Error> {
        self.make(on, Call::GetPeerName, Args::None, |socket| socket.peer_addr().map(|address| sys::from_kernel(&address)), address)
    }

    /// setsockopt(2). The kernel judges the value; what it silently makes of it is told beforehand by [`Opt::check`].
    ///
    /// # Errors
    /// `EINVAL`, `ENOPROTOOPT`, `EOPNOTSUPP`, `EPERM`, ...; [`Error::made`] is false where the value cannot be put into the option's C type at all.
    pub fn set_option(&self, on: &Tracer, option: &'static Opt, value: &Value) -> Result<(), Error> {
        let args = Args::OptionValue(option.name.into(), value.clone().into());
        self.make(on, Call::SetSockOpt, args, |socket| option.set(socket, value), done)
    }

    /// getsockopt(2): the value as the kernel holds it.
    ///
    /// # Errors
    /// `ENOPROTOOPT`, `EOPNOTSUPP`, ...; [`Error::made`] is false for an option that cannot be read.
    pub fn option(&self, on: &Tracer, option: &'static Opt) -> Result<Value, Error> {
        let told = |value: &Value| (Outcome::Value(value.clone().into()), None);
        self.make(on, Call::GetSockOpt, Args::Option(option.name.into()), |socket| option.get(socket), told)
    }

    /// setsockopt(`IP_RECVERR` or `IPV6_RECVERR`): lets a datagram socket that is not connected learn what ICMP says about its datagrams, as `ECONNREFUSED`
    /// of its next call (ip(7)). Only on Linux; elsewhere nothing is done.
    ///
    /// # Errors
    /// Those of [`set_option`](Self::set_option).
    pub fn report_errors(&self, on: &Tracer) -> Result<(), Error> {
        let Some(name) = sys::report_errors_name(self.family) else { return Ok(()) };
        let args = Args::OptionValue(name.into(), Value::Flag(true).into());
        self.make(on, Call::SetSockOpt, args, |socket| sys::report_errors(socket, self.family), done)
    }

    /// Sets or clears `O_NONBLOCK` (`FIONBIO` on Windows).
    ///
    /// # Errors
    /// Those of fcntl(2).
    pub fn set_nonblocking(&self, on: &Tracer, nonblocking: bool) -> Result<(), Error> {
        let set = |socket: &Socket| socket.set_nonblocking(nonblocking);
        self.make(on, Call::SetNonblocking, Args::Flag(nonblocking), set, done)?;
        self.nonblocking.store(nonblocking, Ordering::Relaxed);
        Ok(())
    }

    /// poll(2) on this socket alone: whether it became ready, or has failed or ended, within `limit` (none waits for ever; whole
    /// milliseconds, rounded up).
    ///
    /// # Errors
    /// `EINTR`, `ENOMEM`.
    pub fn poll(&self, on: &Tracer, interest: Interest, limit: Option<Duration>) -> Result<bool, Error> {
        let told = |ready: &bool| (Outcome::Ok(i64::from(*ready)), None);
        self.make(on, Call::Poll, Args::Poll(interest, limit), |socket| sys::poll(socket, interest, limit), told)
    }

    /// Makes the threads that block in accept, recv, recvfrom or connect on this socket return, and with `sending` also those in send.
    /// Nothing of it goes on the wire unless `sending`. The rows are the lab's own; that shutdown says `ENOTCONN` on a socket without a
    /// peer is expected, on Linux it wakes all the same.
    ///
    /// A thread that is only about to connect is not stopped by it: ask again until the thread has come out.
    pub fn wake(&self, on: &Tracer, sending: bool) {
        let on = on.on_behalf_of(Origin::Lab);
        // What was closed or detached meanwhile is woken too: its calls go on.
        let slot = self.slot();
        let socket = slot.socket.clone().or_else(|| slot.leaving.upgrade()).or_else(|| slot.detached.clone());
        drop(slot);
        let share = Share { socket, of: self, on: &on };
        let stopped = self.shutdown_by(&share, &on, How::Read);
        if sending {
            self.shutdown_by(&share, &on, How::Write).ok();
        }
        if let Some(socket) = share.socket.as_deref() {
            sys::wake(socket, self.kind, stopped.is_ok());
        }
    }
}

impl Drop for TracedSocket {
    /// Closes what nobody closed. The row bears the name of the thread that made the socket and stands just before the close: there is
    /// nobody to tell its outcome.
    fn drop(&mut self) {
        let slot = self.slot.get_mut().unwrap_or_else(PoisonError::into_inner);
        let detached = slot.detached.take();
        for socket in [slot.socket.take(), detached].into_iter().flatten() {
            self.maker.write(Kind::Call(self.close_call(), Args::None), Some(self.id));
            drop(socket);
        }
    }
}

/// What is told of a call that succeeded: what it returned, and the bytes that it moved.
pub(super) type Moves<'moved> = (Outcome, Option<Moved<'moved>>);

/// What is told of a call that returns nothing but success.
pub(super) const fn done<T>(_: &T) -> Moves<'static> {
    (Outcome::Ok(0), None)
}

fn address(address: &Address) -> Moves<'static> {
    (Outcome::Address(address.clone(), Flags::default()), None)
}

pub(super) fn sent(bytes: &[u8], count: usize) -> Moves<'_> {
    (Outcome::Ok(count as i64), Some(bytes.get(..count).unwrap_or(bytes).into()))
}

pub(super) const fn length(bytes: &[u8]) -> Args {
    Args::Length(bytes.len() as u32)
}
