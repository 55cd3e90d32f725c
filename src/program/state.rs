//! How a program is doing: a snapshot.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::net;
use crate::text::Message;
use crate::trace::{Address, Errno, SocketId};

/// How a program is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// How far it is.
    pub phase: Phase,
    /// The address of its first socket, as soon as it has one: a server's tells the port the kernel chose.
    pub local: Option<Address>,
    /// What made it fail: the first error that neither its `expect` lists nor belongs to normal life.
    pub failure: Option<Failure>,
    /// Whether one of its threads panicked.
    pub panicked: bool,
    /// The names of the threads that could not be woken after it was stopped; each leaves the list when it ends.
    pub lingering: Vec<String>,
    /// What came of what a person let it send.
    pub sending: Sending,
    /// The sockets of a program that is driven by hand, by the names that they have there.
    pub by_hand: Vec<(String, SocketId)>,
    /// The commands that run for peers, each by the number of the group of processes that it leads.
    pub commands: Vec<u32>,
}

impl State {
    /// Whether the program has failed: by an error or by a panic.
    pub const fn has_failed(&self) -> bool {
        self.panicked || self.failure.is_some()
    }
}

/// What came of what a person let a program send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sending {
    /// How far the last list is, where there was one.
    pub list: Option<Progress>,
    /// How far the last file is that was sent in pieces.
    pub file: Option<FileProgress>,
    /// Why the last message reached nobody, or not everybody.
    pub failed: Option<Message>,
}

impl Sending {
    /// Whether a list is being sent.
    pub fn is_under_way(&self) -> bool {
        self.list.is_some_and(|list| list.is_under_way)
    }
}

/// How far a file is that is sent in pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProgress {
    /// Its name, without its folder.
    pub name: Arc<str>,
    /// How many bytes went.
    pub sent: u64,
    /// How many are to go, to all who get it.
    pub all: u64,
    /// How long that took so far.
    pub elapsed: Duration,
    /// The length of the datagrams in which it goes, in bytes; none on a stream.
    pub datagram: Option<u32>,
    /// Whether it is still being sent.
    pub is_under_way: bool,
}

impl FileProgress {
    /// How many bytes go a second; none before a tenth of a second has passed.
    pub fn rate(&self) -> Option<u64> {
        let seconds = self.elapsed.as_secs_f64();
        (seconds >= 0.1).then(|| (self.sent as f64 / seconds) as u64)
    }

    /// How long the rest takes at that rate; none while nobody knows.
    pub fn left(&self) -> Option<Duration> {
        let rate = self.rate().filter(|rate| *rate > 0)?;
        Some(Duration::from_secs(self.all.saturating_sub(self.sent).div_ceil(rate)))
    }
}

/// How far a list of messages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many messages were sent.
    pub done: u64,
    /// How many there are, with all repetitions.
    pub all: u64,
    /// Whether it is still being sent.
    pub is_under_way: bool,
}

/// How far a program is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Its sockets are being made.
    #[default]
    Starting,
    /// A server can be reached, a client is connected; a udp-client has its socket.
    Ready,
    /// Its threads are coming to their end.
    Stopping,
    /// All its threads have ended.
    Ended,
}

/// What made a program fail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// In words.
    pub message: Message,
    /// What the kernel said, where it was a call that failed.
    pub errno: Option<Errno>,
}

impl From<&net::Error> for Failure {
    fn from(error: &net::Error) -> Self {
        Self { message: error.message(), errno: Some(error.errno) }
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self { message, errno: None }
    }
}
