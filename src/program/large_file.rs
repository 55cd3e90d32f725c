//! A file that a person sends and that is too large for one message: read and sent piece by piece, so that no more than a piece of it is in memory.
//!
//! On a stream the pieces follow each other and nothing of another message stands between them. Datagrams have a size of their own, and nobody puts them in order or
//! tells the other side where the file ends: that is told.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::command::SendTo;
use super::outgoing::DataError;
use super::run::{Run, tell};
use super::socket::Endpoint;
use super::state::FileProgress;
use crate::net::{self, option};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Errno, Interest, Origin, SocketType, Tracer, Value};

/// How much of a file is sent on a stream at a time, in bytes; a file that is no longer is one message.
const PIECE: usize = 64 << 10;
/// The least that is sent at a time, however small the send buffer is.
const LEAST: usize = 512;
/// The longest file that is one datagram, in bytes: what UDP over IPv4 holds.
const MOST_DATAGRAM: usize = 65_507;
/// The length of the datagrams of a longer one: what an Ethernet frame holds with some room.
const DATAGRAM: usize = 1_400;
/// How often is told how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(50);
/// How long is waited for room, before it is looked whether the file is still to be sent.
const LOOK: Duration = Duration::from_millis(100);

/// Why a file was not sent whole.
enum Stopped {
    /// A person wanted it to end, or the program or the connection has ended.
    Ended,
    /// It cannot be read.
    File(DataError),
    /// A call failed.
    Call(net::Error),
}

/// How far the work is.
struct Work<'run> {
    run: &'run Run,
    began: Instant,
    told: Instant,
    sent: u64,
}

impl Work<'_> {
    /// So many more bytes went.
    fn went(&mut self, count: usize) {
        self.sent += count as u64;
        if self.told.elapsed() >= TOLD_EVERY {
            self.told = Instant::now();
            self.tell(true);
        }
    }

    fn tell(&self, is_under_way: bool) {
        let (sent, elapsed) = (self.sent, self.began.elapsed());
        self.run.change(|inner| {
            if let Some(file) = &mut inner.state.sending.file {
                (file.sent, file.elapsed, file.is_under_way) = (sent, elapsed, is_under_way);
            }
        });
    }
}

/// At most `piece`, and no more than finds room at once where poll says that there is some: what blocks in send cannot be ended. Linux says so when a third of the send
/// buffer is free (`sk_stream_is_writeable`), of which its own notes take up to half.
fn fitting(on: &Tracer, endpoint: &Endpoint, piece: usize) -> usize {
    let buffer = option::by_name("SO_SNDBUF").map(|option| endpoint.socket.option(&on.on_behalf_of(Origin::Lab), option));
    match buffer {
        Some(Ok(Value::Int(buffer))) => usize::try_from(buffer / 8).unwrap_or(piece).clamp(LEAST, piece),
        _ => piece,
    }
}

impl Run {
    /// The file that is being sent is to end after the piece that is under way.
    pub(super) fn end_file(&self) {
        self.is_file_to_end.store(true, Ordering::SeqCst);
    }

    /// Sends a file in pieces; returns whether anybody got it whole. None where it is one message: it is short, is to be framed, or cannot be looked at.
    pub(super) fn send_in_pieces(&self, on: &Tracer, to: &SendTo, path: &Path) -> Option<bool> {
        let is_stream = self.spec.kind.socket_type() == SocketType::Stream;
        let length = path.metadata().ok().filter(|file| file.is_file())?.len();
        if self.spec.framing.is_framed() || length <= (if is_stream { PIECE } else { MOST_DATAGRAM }) as u64 {
            return None;
        }
        let targets = self.targets(to);
        if targets.is_empty() {
            self.was_not_sent(on, text!("program-told-nobody"));
            return Some(false);
        }
        let piece = if is_stream { PIECE } else { DATAGRAM };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = FileProgress {
            name: name.into(),
            sent: 0,
            all: length.saturating_mul(targets.len() as u64),
            elapsed: Duration::ZERO,
            datagram: (!is_stream).then_some(DATAGRAM as u32),
            is_under_way: true,
        };
        self.is_file_to_end.store(false, Ordering::SeqCst);
        self.change(|inner| inner.state.sending.file = Some(file));
        if !is_stream {
            let datagrams = length.div_ceil(DATAGRAM as u64).to_string();
            tell(on, None, text!("program-told-cut", datagrams = datagrams, size = DATAGRAM));
        }
        let mut work = Work { run: self, began: Instant::now(), told: Instant::now(), sent: 0 };
        let mut any = false;
        for (endpoint, peer) in targets {
            match self.send_file(on, &endpoint, peer.as_ref(), (path, piece), &mut work) {
                Ok(()) => any = true,
                Err(Stopped::Ended) => {
                    let sent = work.sent.to_string();
                    tell(on, Some(endpoint.socket.id()), text!("program-told-file-ended", sent = sent, all = length.to_string()));
                    if self.is_file_to_end.load(Ordering::SeqCst) || self.is_stopping() {
                        break;
                    }
                }
                Err(Stopped::File(error)) => self.was_not_sent(on, error.message()),
                Err(Stopped::Call(error)) => self.change(|inner| inner.state.sending.failed = Some(error.message())),
            }
        }
        work.tell(false);
        Some(any)
    }

    /// Sends the file to one peer.
    fn send_file(
        &self,
        on: &Tracer,
        endpoint: &Arc<Endpoint>,
        peer: Option<&Address>,
        (path, piece): (&Path, usize),
        work: &mut Work<'_>,
    ) -> Result<(), Stopped> {
        let failed = |error: io::Error| Stopped::File(DataError::File(path.to_owned(), Errno::of(&error)));
        let mut file = File::open(path).map_err(failed)?;
        // On a stream nobody else's bytes stand between the pieces.
        let turn = peer.is_none().then(|| endpoint.turn());
        let before = self.spec.manner.prefixed("", b"").into_owned();
        if !before.is_empty() {
            self.send_piece(on, endpoint, peer, &before, work)?;
        }
        let mut buffer = vec![0; if peer.is_none() { fitting(on, endpoint, piece) } else { piece }];
        loop {
            let mut filled = 0;
            while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
                match file.read(room).map_err(failed)? {
                    0 => break,
                    count => filled += count,
                }
            }
            if filled == 0 {
                break;
            }
            self.send_piece(on, endpoint, peer, buffer.get(..filled).unwrap_or_default(), work)?;
            work.went(filled);
        }
        drop(turn);
        Ok(())
    }

    /// Sends one piece, once there is room for it: until then it can be ended.
    fn send_piece(&self, on: &Tracer, endpoint: &Endpoint, peer: Option<&Address>, bytes: &[u8], work: &Work<'_>) -> Result<(), Stopped> {
        let lab = on.on_behalf_of(Origin::Lab);
        loop {
            if self.is_file_to_end.load(Ordering::SeqCst) || self.is_over(endpoint) {
                return Err(Stopped::Ended);
            }
            if peer.is_some() || endpoint.socket.poll(&lab, Interest::Writable, Some(LOOK)).map_err(Stopped::Call)? {
                break;
            }
            // Whoever looks is to see that it stands still, and where.
            work.tell(true);
        }
        let sent = match peer {
            Some(peer) => endpoint.send_to(self, on, bytes, peer).map(drop),
            None => endpoint.send_in_turn(self, on, bytes).map_err(|(_, error)| error),
        };
        match sent {
            Err(_) | Ok(()) if self.is_over(endpoint) => Err(Stopped::Ended),
            Err(error) => Err(Stopped::Call(error)),
            Ok(()) => Ok(()),
        }
    }

    /// Says why a person's message did not go.
    pub(super) fn was_not_sent(&self, on: &Tracer, why: Message) {
        tell(on, None, why.clone());
        self.change(|inner| inner.state.sending.failed = Some(why));
    }
}
