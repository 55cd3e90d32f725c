//! What a http-server and a http-client are to be, beside what every program has: plain data, as a lab file holds it.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::wire::http::{LineEnds, STANDARD};

/// The longest head that may be allowed, in bytes.
pub const MOST_HEAD: u32 = 1 << 20;
/// The longest body that may be allowed, in bytes: a server holds it in memory.
pub const MOST_BODY: u64 = 64 << 20;
/// How often a client asks at most.
pub const MOST_REPEAT: u32 = 1000;

/// What a http-server and a http-client have beside what every program has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Http {
    /// The folder that a server offers. None: a folder of its own with a few files to try, which goes with the program.
    pub root: Option<PathBuf>,
    /// Whether a server leaves connections open after an answer, where the client wants that too.
    pub keep_alive: bool,
    /// The longest head that is read, in bytes.
    pub max_head: u32,
    /// The longest body that a server takes, in bytes.
    pub max_body: u64,
    /// How long a request, or a piece of an answer, may take to come, and how long a server leaves a silent connection open.
    pub idle_timeout: Duration,
    /// What a client sends, as [`compose`](crate::wire::http::compose) reads it.
    pub request: String,
    /// With what the lines of the request end.
    pub line_ends: LineEnds,
    /// How often the request is sent: over the same connection, as long as the server leaves it open.
    pub repeat: u32,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            root: None,
            keep_alive: true,
            max_head: 16 << 10,
            max_body: 1 << 20,
            idle_timeout: Duration::from_secs(15),
            request: STANDARD.to_owned(),
            line_ends: LineEnds::CrLf,
            repeat: 1,
        }
    }
}
