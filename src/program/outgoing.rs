//! What a program sends of its own accord: text, bytes or a file, how often, and whether it waits for a reply.

use std::path::PathBuf;
use std::time::Duration;

/// One entry of a client's send list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What is sent.
    pub data: Data,
    /// How often, at least once.
    pub repeat: u32,
    /// The time between the end of one turn and the begin of the next; also before the next entry.
    pub every: Duration,
    /// Whether one receive follows each send, before anything else is sent.
    pub wait_reply: bool,
}

impl Outgoing {
    /// `data`, sent once, with a wait for the reply.
    pub fn new(data: Data) -> Self {
        Self { data, repeat: 1, every: Duration::ZERO, wait_reply: true }
    }
}

/// The bytes of a message, as a person states them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// Text, sent as UTF-8 exactly as it stands: escapes were resolved by whoever read it (TOML's own in a lab file, the window for a field).
    Text(String),
    /// Bytes, stated in hexadecimal.
    Hex(Vec<u8>),
    /// The content of a file, read when the message is due.
    File(PathBuf),
}
