//! Makes the call that a person gave, as Python makes it.
//!
//! With a timeout `CPython` waits in poll before each call that could block, on a socket that does not (`sock_call_impl` in socketmodule.c): so does this. A connect
//! begins first and is waited for then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::hand::Held;
use super::method::Method;
use super::press::Press;
use crate::net::{Buffer, Error, TracedSocket, resolver};
use crate::program::run::{Run, tell};
use crate::program::spec::MOST_RECV_SIZE;
use crate::program::target::{HostName, Target};
use crate::program::{failure, goal};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Call, Family, Interest, MessageFlags, Origin, SocketType, Tracer};
use crate::wire::{Charset, preview};

/// What `makefile` asks recv for: `io.DEFAULT_BUFFER_SIZE` of Python.
const FILE_BUFFER: usize = 8192;
/// The longest line that makefile reads, in bytes.
const LONGEST_LINE: usize = 1 << 20;
/// How many characters of a line are told.
const SHOWN: usize = 120;

/// What became of a call that was not refused.
enum Done {
    /// It returned.
    Returned,
    /// The timeout of settimeout passed before it could be made.
    TimedOut(Duration),
}

/// Makes one call; `buffer` is the one that the thread keeps.
pub(super) fn perform(run: &Arc<Run>, on: &Tracer, press: &Press, buffer: &mut Vec<u8>) {
    let made = if press.call == Method::Socket {
        TracedSocket::socket(on, press.family, press.kind).map(|socket| {
            run.hand.put(run, Some(&press.socket), &press.socket, socket);
            Done::Returned
        })
    } else {
        let Some(held) = run.hand.socket(&press.socket) else {
            let told = text!("program-manual-no-socket", call = press.call.name(), socket = press.socket.as_str());
            tell(on, None, told.clone());
            if on.origin() == Origin::Program {
                run.has_failed(told.into());
            }
            return;
        };
        By { run, on, held: &held, press }.call(buffer)
    };
    match made {
        Ok(Done::Returned) => {}
        Ok(Done::TimedOut(limit)) => {
            let id = run.hand.socket(&press.socket).map(|held| held.endpoint.socket.id());
            tell(on, id, text!("program-manual-timed-out", call = press.call.name(), limit = crate::trace::notation::duration(limit)));
        }
        Err(error) => failed(run, on, press, &error),
    }
}

/// Says what the rows do not, and whether the program has failed.
fn failed(run: &Run, on: &Tracer, press: &Press, error: &Error) {
    if !error.made {
        tell(on, error.socket, error.message());
    }
    let was_woken = run.hand.was_woken(on.thread());
    // A name that leads nowhere is an exception of connect_ex too.
    let is_returned = press.call == Method::ConnectEx && error.call != Call::GetAddrInfo;
    let is_asked = was_woken || run.is_stopping() || is_returned || failure::is_timeout(error);
    if on.origin() == Origin::Program && !is_asked {
        run.met(error);
    }
}

/// A call on a socket that is there.
struct By<'call> {
    run: &'call Arc<Run>,
    on: &'call Tracer,
    held: &'call Held,
    press: &'call Press,
}

impl By<'_> {
    fn socket(&self) -> &TracedSocket {
        &self.held.endpoint.socket
    }

    fn call(&self, buffer: &mut Vec<u8>) -> Result<Done, Error> {
        let (socket, on, press) = (self.socket(), self.on, self.press);
        let returned = |()| Done::Returned;
        match press.call {
            Method::Socket => Ok(Done::Returned),
            Method::Bind => self.to(|to| socket.bind(on, to).map(|()| self.is_bound())),
            Method::Listen => socket.listen(on, press.backlog).map(|()| self.listens()).map(returned),
            Method::Accept => self.waiting(Interest::Readable, || socket.accept(on).map(|(socket, _)| self.accepted(socket))),
            Method::Connect => self.to(|to| self.connect(to)),
            Method::ConnectEx => self.connect_ex(),
            Method::Send => self.data(|bytes| self.waiting(Interest::Writable, || socket.send_with(on, bytes, press.flags).map(drop))),
            Method::SendAll => self.data(|bytes| self.send_all(bytes)),
            Method::SendTo => self.to_whom(|to| {
                self.data(|bytes| self.waiting(Interest::Writable, || socket.send_to_with(on, bytes, to, press.flags).map(drop)))
            }),
            Method::Recv | Method::RecvInto | Method::RecvFrom | Method::RecvFromInto => self.receive(buffer),
            Method::MakeFile => self.line(),
            Method::GetSockName => socket.local_address(on).map(|_| Done::Returned),
            Method::GetPeerName => socket.peer_address(on).map(|_| Done::Returned),
            Method::GetSockOpt => press.option.map_or(Ok(Done::Returned), |option| socket.option(on, option).map(|_| Done::Returned)),
            Method::SetSockOpt => {
                for (option, value) in &press.options {
                    self.run.set_option(on, &self.held.endpoint, option, value);
                }
                Ok(Done::Returned)
            }
            Method::Shutdown => socket.shutdown(on, press.how).map(returned),
            Method::Close => socket.close(on).map(|()| self.is_closed()).map(returned),
            Method::Detach => {
                self.detach();
                Ok(Done::Returned)
            }
            Method::SetBlocking => {
                self.held.set_timeout((!press.on).then_some(Duration::ZERO));
                socket.set_nonblocking(on, !press.on).map(returned)
            }
            Method::SetTimeout => {
                self.held.set_timeout(press.timeout);
                socket.set_timeout(on, press.timeout).map(returned)
            }
            Method::GetTimeout => {
                socket.tell_timeout(on, self.held.timeout());
                Ok(Done::Returned)
            }
            Method::Ioctl => socket.ioctl(on, press.request).map(|_| Done::Returned),
            Method::FileNo => {
                socket.file_number(on);
                Ok(Done::Returned)
            }
            Method::Family => socket.made_as(on, "SO_DOMAIN").map(|_| Done::Returned),
            Method::Type => socket.made_as(on, "SO_TYPE").map(|_| Done::Returned),
            Method::Proto => socket.made_as(on, "SO_PROTOCOL").map(|_| Done::Returned),
        }
    }

    // What is waited for

    /// The timeout that is to be held to; none where the call blocks, or never does.
    fn limit(&self) -> Option<Duration> {
        self.held.timeout().filter(|limit| *limit > Duration::ZERO)
    }

    /// Makes a call that may block: with a timeout once poll has said that it will not, and again where that was not so.
    fn waiting(&self, interest: Interest, mut call: impl FnMut() -> Result<(), Error>) -> Result<Done, Error> {
        let Some(limit) = self.limit() else { return call().map(|()| Done::Returned) };
        let begin = Instant::now();
        loop {
            let left = limit.saturating_sub(begin.elapsed());
            if !self.socket().poll(self.on, interest, Some(left))? {
                return Ok(Done::TimedOut(limit));
            }
            match call() {
                Err(error) if failure::is_timeout(&error) && !self.run.is_stopping() && begin.elapsed() < limit => {}
                result => return result.map(|()| Done::Returned),
            }
        }
    }

    // Addresses

    /// Makes a call to the address of the press.
    fn to(&self, call: impl FnOnce(&Address) -> Result<(), Error>) -> Result<Done, Error> {
        self.to_whom(|to| call(to).map(|()| Done::Returned))
    }

    fn to_whom(&self, call: impl FnOnce(&Address) -> Result<Done, Error>) -> Result<Done, Error> {
        let whom = self.press.address.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let address = match &self.press.address {
            Some(Target::Name(name)) => self.named(name)?,
            _ => self.address().ok_or_else(|| text!("program-manual-no-address", call = self.press.call.name(), whom = whom)),
        };
        match address {
            Ok(address) => call(&address),
            Err(told) => {
                tell(self.on, Some(self.socket().id()), told.clone());
                if self.on.origin() == Origin::Program {
                    self.run.has_failed(told.into());
                }
                Ok(Done::Returned)
            }
        }
    }

    /// The first address of a name, of the family of the socket, as Python takes it (`getsockaddrarg` in socketmodule.c): looked up by the thread that makes the call. Or
    /// why there is none.
    fn named(&self, name: &HostName) -> Result<Result<Address, Message>, Error> {
        let socket = self.socket();
        if socket.family() == Family::Unix {
            return Ok(Err(text!("program-manual-unix-name", call = self.press.call.name(), whom = name.to_string())));
        }
        let found = resolver::look_up(self.on, name.host(), name.port(), Some(socket.family()), socket.kind())?;
        let nowhere = || text!("program-name-nowhere", name = name.host());
        Ok(goal::allowed(self.on, name, found).and_then(|found| goal::first_of(self.on, name, found).ok_or_else(nowhere)))
    }

    /// The address; that of a socket of this program is asked for when it is needed.
    fn address(&self) -> Option<Address> {
        match self.press.address.as_ref()? {
            Target::Address(address) => Some((*address).into()),
            Target::Unix(address) => Some(address.clone()),
            Target::Name(_) => None,
            Target::Program(name) => {
                let held = self.run.hand.socket(name)?;
                let address = held.endpoint.socket.local_address(&self.on.on_behalf_of(Origin::Lab)).ok()?;
                Some(address.ip().map_or(address, |ip| crate::program::spec::reachable(ip).into()))
            }
        }
    }

    /// What the lab asks so that the window can show it.
    fn local(&self) -> Option<Address> {
        self.socket().local_address(&self.on.on_behalf_of(Origin::Lab)).ok()
    }

    fn is_bound(&self) {
        let local = self.local();
        if self.socket().kind() == SocketType::Datagram {
            self.run.is_ready(local);
        } else {
            self.run.change(|inner| inner.state.local = inner.state.local.take().or(local));
        }
    }

    fn listens(&self) {
        self.run.is_ready(self.local());
    }

    fn accepted(&self, socket: TracedSocket) {
        let held = self.run.hand.put(self.run, self.press.made.as_deref(), &self.press.socket, socket);
        if held.endpoint.socket.family() != Family::Unix {
            held.endpoint.socket.local_address(&self.on.on_behalf_of(Origin::Lab)).ok();
        }
    }

    // Connecting

    /// A connect; with a timeout the poll and the getsockopt that follow it (`internal_connect` in socketmodule.c).
    fn connect(&self, to: &Address) -> Result<(), Error> {
        match (self.socket().connect(self.on, to), self.limit()) {
            (Err(error), Some(limit)) if error.errno.is("EINPROGRESS") || cfg!(windows) && error.errno.is("EAGAIN") => {
                if !self.socket().poll(self.on, Interest::Writable, Some(limit))? {
                    tell(
                        self.on,
                        error.socket,
                        text!("program-manual-timed-out", call = "connect", limit = crate::trace::notation::duration(limit)),
                    );
                    return Ok(());
                }
                match self.socket().pending_error(self.on)? {
                    Some(errno) => Err(Error { errno, ..error }),
                    None => Ok(()),
                }
            }
            (result, _) => result,
        }?;
        self.local();
        Ok(())
    }

    fn connect_ex(&self) -> Result<Done, Error> {
        self.to_whom(|to| {
            let result = self.connect(to);
            let id = self.socket().id();
            match &result {
                Ok(()) => tell(self.on, Some(id), text!("program-manual-connect-ex-zero")),
                Err(error) => {
                    let (number, name) = (error.errno.code().to_string(), error.errno.name());
                    tell(self.on, Some(id), text!("program-manual-connect-ex", number = number, errno = name));
                }
            }
            result.map(|()| Done::Returned)
        })
    }

    // Bytes

    /// Makes a call with the bytes of the press.
    fn data(&self, call: impl FnOnce(&[u8]) -> Result<Done, Error>) -> Result<Done, Error> {
        match self.press.data.bytes() {
            Ok(bytes) => call(&bytes),
            Err(error) => {
                tell(self.on, Some(self.socket().id()), error.message());
                Ok(Done::Returned)
            }
        }
    }

    /// As many sends as it takes, within one timeout together.
    fn send_all(&self, bytes: &[u8]) -> Result<Done, Error> {
        let (mut sent, mut sends) = (0, 0_u32);
        loop {
            let mut count = 0;
            let call = || {
                count = self.socket().send_with(self.on, bytes.get(sent..).unwrap_or_default(), self.press.flags)?;
                Ok(())
            };
            match self.waiting(Interest::Writable, call) {
                Err(error) if failure::is_interruption(&error) && !self.run.is_stopping() => continue,
                Ok(Done::Returned) => {}
                other => return other,
            }
            (sent, sends) = (sent + count, sends + 1);
            if sent >= bytes.len() || self.run.is_stopping() {
                break;
            }
        }
        if sends > 1 {
            tell(self.on, Some(self.socket().id()), text!("program-manual-sendall", sends = sends, bytes = sent.to_string()));
        }
        Ok(Done::Returned)
    }

    fn receive(&self, kept: &mut Vec<u8>) -> Result<Done, Error> {
        let (socket, on, press, flags) = (self.socket(), self.on, self.press, self.press.flags);
        let size = self.press.size.min(MOST_RECV_SIZE) as usize;
        let mut fresh = Vec::new();
        let is_kept = matches!(self.press.call, Method::RecvInto | Method::RecvFromInto);
        let bytes = if is_kept { kept } else { &mut fresh };
        bytes.resize(size, 0);
        self.waiting(Interest::Readable, || {
            let buffer = if is_kept { Buffer::Kept(bytes) } else { Buffer::New(bytes) };
            match press.call {
                Method::Recv | Method::RecvInto => socket.recv_with(on, buffer, flags).map(drop),
                _ => socket.recv_from_with(on, buffer, flags).map(drop),
            }
        })
    }

    /// A line, out of what was received before and as many receives as it takes.
    fn line(&self) -> Result<Done, Error> {
        let mut file = self.held.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut buffer = vec![0; FILE_BUFFER];
        let mut is_over = false;
        while !file.contains(&b'\n') && file.len() < LONGEST_LINE && !is_over {
            let mut count = 0;
            let call = || {
                count = self.socket().recv_with(self.on, Buffer::New(&mut buffer), MessageFlags::NONE)?;
                Ok(())
            };
            match self.waiting(Interest::Readable, call) {
                Ok(Done::Returned) => {}
                other => return other,
            }
            is_over = count == 0;
            file.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
        let end = file.iter().position(|byte| *byte == b'\n').map_or(file.len(), |place| place + 1);
        let line = file.drain(..end).collect::<Vec<_>>();
        let shown = preview(&line, Charset::Utf8, SHOWN).text;
        tell(self.on, Some(self.socket().id()), text!("program-manual-line", line = shown, length = line.len(), left = file.len()));
        Ok(Done::Returned)
    }

    // The end

    fn is_closed(&self) {
        let socket = self.socket();
        if socket.is_leaving() {
            tell(self.on, Some(socket.id()), text!("program-manual-close-waits", socket = socket.id().to_string()));
        } else if !socket.is_detached() {
            self.run.let_go(socket.id());
        }
    }

    fn detach(&self) {
        let socket = self.socket();
        let number = socket.detach(self.on);
        if number >= 0 {
            let (name, number) = (socket.id().to_string(), number.to_string());
            tell(self.on, Some(socket.id()), text!("program-manual-detached", socket = name, number = number));
        }
    }
}
