//! Servers and clients as they run: what they answer, how they are driven, how they end.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "what a test stands on must be there")]

#[path = "program/clients.rs"]
mod clients;
#[path = "program/framing.rs"]
mod framing;
#[path = "program/handling.rs"]
mod handling;
#[path = "program/http.rs"]
mod http;
#[path = "program/http_copies.rs"]
mod http_copies;
#[path = "program/link.rs"]
mod link;
#[path = "program/manner.rs"]
mod manner;
#[path = "program/manual.rs"]
mod manual;
#[path = "program/person.rs"]
mod person;
#[cfg(target_os = "linux")]
#[path = "program/process_linux.rs"]
mod process_linux;
#[cfg(unix)]
#[path = "program/processes.rs"]
mod processes;
#[path = "program/remote.rs"]
mod remote;
#[path = "program/sending.rs"]
mod sending;
#[path = "program/servers.rs"]
mod servers;
#[path = "program/stage.rs"]
mod stage;
#[path = "program/stepping.rs"]
mod stepping;
#[path = "program/stopping.rs"]
mod stopping;
#[path = "program/unix.rs"]
mod unix;
