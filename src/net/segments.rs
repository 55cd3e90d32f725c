//! Datagrams that share a call, where the system can: those of one size to one address, and those that came together from one sender.

use std::net::SocketAddr;

use super::error::Error;
use super::socket::{TracedSocket, done, length};
use super::sys;
use crate::trace::{Address, Args, Call, Outcome, Tracer, Value};

impl TracedSocket {
    /// `bytes` as datagrams of `segment` bytes each, the last perhaps shorter, by one call where the system can (`UDP_SEGMENT` of sendmsg(2), udp(7)): at most
    /// [`most_segments`](Self::most_segments) of them. A connected socket needs no address. For a [`brief`](Tracer::brief) pen: the trace has no words for datagrams that share a call.
    ///
    /// # Errors
    /// `EINVAL` where a datagram is longer than the interface carries in one piece; else those of [`send_to`](Self::send_to).
    pub fn send_segments(&self, on: &Tracer, bytes: &[u8], segment: u16, to: Option<SocketAddr>) -> Result<usize, Error> {
        let told = |count: &usize| (Outcome::Ok(*count as i64), None);
        let (call, args) =
            to.map_or_else(|| (Call::Send, length(bytes)), |to| (Call::SendTo, Args::LengthTo(bytes.len() as u32, to.into())));
        self.make(on, call, args, |socket| sys::send_segments(socket, bytes, segment, to), told)
    }

    /// How many datagrams of `segment` bytes one [`send_segments`](Self::send_segments) sends at most; at least 1.
    pub fn most_segments(segment: usize) -> usize {
        let (most, bytes) = sys::MOST_SEGMENTS;
        (bytes / segment.max(1)).clamp(1, most)
    }

    /// setsockopt(`UDP_GRO`): datagrams that come together from one sender are received together, by [`recv_segments`](Self::recv_segments) (udp(7)).
    ///
    /// # Errors
    /// `ENOPROTOOPT`; [`Error::made`] is false where the system has nothing like it.
    pub fn coalesce(&self, on: &Tracer) -> Result<(), Error> {
        self.make(on, Call::SetSockOpt, Args::OptionValue("UDP_GRO".into(), Value::Flag(true).into()), sys::coalesce, done)
    }

    /// Datagrams of one sender, one behind the other in `buffer`: how many bytes, the length of each but perhaps the last, and who sent them. For a
    /// [`brief`](Tracer::brief) pen, as [`send_segments`](Self::send_segments).
    ///
    /// # Errors
    /// Those of [`recv_from`](Self::recv_from).
    pub fn recv_segments(&self, on: &Tracer, buffer: &mut [u8]) -> Result<(usize, usize, Address), Error> {
        let args = length(buffer);
        let told = |(count, ..): &(usize, usize, Option<SocketAddr>)| (Outcome::Ok(*count as i64), None);
        let (count, segment, from) = self.make(on, Call::RecvFrom, args, |socket| sys::recv_segments(socket, buffer), told)?;
        Ok((count, segment, from.map_or(Address::Unnamed, Address::Ip)))
    }
}
