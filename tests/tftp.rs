//! TFTP programs against the rules of the RFCs: hostile peers on raw datagrams, each other, and programs of strangers.

#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "what a test stands on must be there")]

#[path = "tftp/client.rs"]
mod client;
#[path = "tftp/counted.rs"]
mod counted;
#[path = "tftp/flood.rs"]
mod flood;
#[path = "tftp/link.rs"]
mod link;
#[path = "tftp/pair.rs"]
mod pair;
#[path = "peer/mod.rs"]
#[expect(dead_code, reason = "shared with tests/peers.rs, which uses the rest")]
mod peer;
#[path = "tftp/raw.rs"]
mod raw;
#[path = "tftp/server.rs"]
mod server;
#[path = "program/stage.rs"]
#[expect(dead_code, reason = "shared with tests/program.rs, which uses the rest")]
mod stage;
#[path = "tftp/stranger.rs"]
mod stranger;
#[path = "tftp/upload.rs"]
mod upload;
