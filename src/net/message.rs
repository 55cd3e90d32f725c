//! send and recv with flags, as a person chooses them.

use super::error::Error;
use super::socket::{TracedSocket, sent};
use super::sys;
use crate::trace::{Address, Args, Call, Family, Flags, MessageFlag, MessageFlags, Moved, Outcome, SocketType, Tracer};

/// Into what a receive writes, which the trace tells apart.
#[derive(Debug)]
pub enum Buffer<'buffer> {
    /// One that is made for the call.
    New(&'buffer mut [u8]),
    /// One that the thread keeps from call to call: what is not written over stays in it.
    Kept(&'buffer mut [u8]),
}

impl<'buffer> Buffer<'buffer> {
    fn args(&self, flags: MessageFlags) -> Args {
        match self {
            Self::New(bytes) if flags.is_empty() => Args::Length(bytes.len() as u32),
            Self::New(bytes) => Args::LengthFlags(bytes.len() as u32, flags),
            Self::Kept(bytes) => Args::Into(bytes.len() as u32, flags),
        }
    }

    const fn bytes(self) -> &'buffer mut [u8] {
        match self {
            Self::New(bytes) | Self::Kept(bytes) => bytes,
        }
    }
}

impl TracedSocket {
    /// send(2) with flags: how many of `bytes` the kernel took.
    ///
    /// # Errors
    /// As [`send`](Self::send); `EOPNOTSUPP` for `MSG_OOB` where there is nothing urgent. [`Error::made`] is false where the system lacks a flag.
    pub fn send_with(&self, on: &Tracer, bytes: &[u8], flags: MessageFlags) -> Result<usize, Error> {
        if flags.is_empty() {
            return self.send(on, bytes);
        }
        let told = |count: &usize| sent(bytes, *count);
        let args = Args::LengthFlags(bytes.len() as u32, flags);
        self.make(on, Call::Send, args, |socket| sys::send_with(socket, bytes, flags), told)
    }

    /// sendto(2) with flags.
    ///
    /// # Errors
    /// As [`send_to`](Self::send_to), and as [`send_with`](Self::send_with).
    pub fn send_to_with(&self, on: &Tracer, bytes: &[u8], to: &Address, flags: MessageFlags) -> Result<usize, Error> {
        if flags.is_empty() {
            return self.send_to(on, bytes, to);
        }
        let told = |count: &usize| sent(bytes, *count);
        let args = Args::LengthToFlags(bytes.len() as u32, to.clone(), flags);
        self.make(on, Call::SendTo, args, |socket| sys::send_to_with(socket, bytes, &sys::to_kernel(to)?, flags), told)
    }

    /// recv(2) with flags: the number that it returned. With `MSG_TRUNC` that is the whole length of a datagram, of which the buffer may hold less, and on a
    /// stream the count of bytes that were thrown away, of which it holds none (tcp(7)).
    ///
    /// # Errors
    /// As [`recv`](Self::recv); `EINVAL` for `MSG_OOB` where nothing urgent waits. [`Error::made`] is false where the system lacks a flag.
    pub fn recv_with<'buffer>(&self, on: &Tracer, buffer: Buffer<'buffer>, flags: MessageFlags) -> Result<usize, Error> {
        let args = buffer.args(flags);
        let bytes = buffer.bytes();
        let told = |(count, moved): &(usize, Moved<'buffer>)| (Outcome::Ok(*count as i64), Some(*moved));
        let received = self.make(
            on,
            Call::Recv,
            args,
            |socket| {
                let count = sys::recv_with(socket, bytes, flags)?;
                Ok((count, self.read(bytes, count, flags)))
            },
            told,
        );
        received.map(|(count, _)| count)
    }

    /// recvfrom(2) with flags: the number that it returned, who sent it, and whether a datagram was longer than the buffer.
    ///
    /// # Errors
    /// As [`recv_with`](Self::recv_with).
    pub fn recv_from_with<'buffer>(
        &self,
        on: &Tracer,
        buffer: Buffer<'buffer>,
        flags: MessageFlags,
    ) -> Result<(usize, Address, Flags), Error> {
        let args = buffer.args(flags);
        let bytes = buffer.bytes();
        let is_nobody = |from: &Address| *from == Address::Unnamed && self.family() != Family::Unix;
        let told = |(count, from, cut, moved): &(usize, Address, Flags, Moved<'buffer>)| {
            let outcome = if is_nobody(from) { Outcome::Ok(*count as i64) } else { Outcome::Address(from.clone(), *cut) };
            (outcome, Some(*moved))
        };
        let received = self.make(
            on,
            Call::RecvFrom,
            args,
            |socket| {
                let (count, truncated, from) = sys::recv_from_with(socket, bytes, flags)?;
                Ok((count, sys::from_kernel(&from), Flags { truncated }, self.read(bytes, count, flags)))
            },
            told,
        );
        received.map(|(count, from, flags, _)| (count, from, flags))
    }

    /// What a receive that returned `count` put into its buffer.
    fn read<'buffer>(&self, buffer: &'buffer [u8], count: usize, flags: MessageFlags) -> Moved<'buffer> {
        if self.kind() == SocketType::Stream && flags.has(MessageFlag::Truncate) && self.family() != Family::Unix {
            // Thrown away: nobody has seen them.
            return Moved::unseen(count);
        }
        buffer.get(..count).unwrap_or(buffer).into()
    }
}
