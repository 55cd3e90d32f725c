//! Other processes: one that is given a connection, and those that the lab has started for a peer.
//!
//! A process is given a connection as its standard input, as inetd(8) does it: no other way takes so little. That is a thing of Unix: Windows copies a socket for a
//! process by `WSADuplicateSocket`, which nothing safe offers.

use std::process::{Child, Command};

use super::error::Error;
use super::sys;
use crate::trace::{Args, Call, Errno, Outcome, SocketId, Tracer};

/// `posix_spawn(3)`, by which the standard library starts a process on Linux and macOS: what `command` says, for the connection `socket`.
///
/// # Errors
/// `EAGAIN` where the user has as many processes as he may, `EMFILE`, `ENOENT`, `EACCES`, `ENOMEM`.
pub fn spawn(on: &Tracer, socket: SocketId, command: &mut Command) -> Result<Child, Error> {
    let name = command.get_program().to_string_lossy();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let args = Args::Program(name.into());
    let failed = |errno, made| Error { call: Call::Spawn, args: args.clone(), socket: Some(socket), errno, limit: None, made };
    let open = on.begin(Call::Spawn, args.clone(), Some(socket));
    if open.is_called_off() {
        return Err(failed(sys::closed(), false));
    }
    match command.spawn() {
        Ok(child) => {
            open.end(Outcome::Ok(i64::from(child.id())), None);
            Ok(child)
        }
        Err(error) => {
            let errno = Errno::of(&error);
            open.end(Outcome::Err(errno), None);
            Err(failed(errno, true))
        }
    }
}

/// Ends the group of processes that the process `id` leads or has led, but never the one of this process. The number must still be theirs: that of a leader who was
/// waited for is anybody's once nobody is left in the group. Where the system has no such groups nothing happens.
pub(crate) fn end_group(id: u32) {
    sys::end_group(id);
}

#[cfg(unix)]
pub(crate) use handed_over::{HandedOver, copy, signal_name};

#[cfg(unix)]
mod handed_over {
    use std::io;
    use std::os::fd::OwnedFd;

    use socket2::Socket;

    use crate::net::{TracedSocket, sys};
    use crate::trace::{Family, SocketId, SocketType, Tracer};

    /// A copy of the socket, to be the standard input of a process. No call of the program's: to a process that forks, its child has one by itself.
    ///
    /// # Errors
    /// `EMFILE`; `EBADF` where it is closed.
    pub(crate) fn copy(socket: &TracedSocket) -> io::Result<OwnedFd> {
        let share = socket.shared().ok_or_else(|| io::Error::from_raw_os_error(sys::closed().code()))?;
        sys::copy(&share)
    }

    /// The connection that this process was given.
    #[derive(Debug)]
    pub(crate) struct HandedOver(Socket);

    impl HandedOver {
        /// What stands at the standard input, which is empty from then on.
        ///
        /// # Errors
        /// `ENOTSOCK`, where that is no socket.
        pub(crate) fn take() -> io::Result<Self> {
            sys::inherited().map(Self)
        }

        /// By the name that it has in the trace.
        pub(crate) fn traced(self, on: &Tracer, id: SocketId, family: Family) -> TracedSocket {
            TracedSocket::new(on, id, family, SocketType::Stream, self.0)
        }
    }

    /// The name of a signal: `SIGKILL`; none where this system has none of that number.
    pub(crate) fn signal_name(number: i32) -> Option<&'static str> {
        sys::signal_name(number)
    }
}
