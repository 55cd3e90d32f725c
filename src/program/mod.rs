//! Servers and clients that run on named threads, and make every call through a traced socket.
//!
//! A [`Spec`] says what a program is to be: plain data, which a lab file holds. [`Program::start`] lets it run; from then on it is told by its [`State`]
//! and by the trace, and driven by [`Command`]s. Nothing here blocks the caller.
//!
//! A program's own thread bears the program's name. Beside it there are, when they are needed: one thread for each connection of a server that
//! handles them so (`connection s3`), `resolver`, which looks a name up, `operator`, which sends what a person types, `list`, which sends what a person lets it send again and again, `control`,
//! which does what else a person asks for, and `stop`, which makes blocked calls return. A new kind of program is a row in `kind.rs` and a file of its own.

mod accept;
mod answering;
mod bound;
mod command;
mod content;
mod course;
mod denied;
mod draft;
mod event_loop;
mod failure;
mod file_name;
mod files;
mod framed;
mod goal;
mod handle;
mod http;
mod http_answer;
mod http_client;
mod http_server;
mod http_talk;
mod kept;
mod kind;
mod large_file;
mod link;
mod list;
mod load;
mod manner;
pub mod manual;
mod offer;
mod outgoing;
mod person;
mod pool;
mod port;
mod process;
mod remote;
mod reply;
mod root;
mod rules;
mod run;
mod sending;
mod site;
mod socket;
mod spec;
mod state;
mod stop;
mod stream;
mod target;
mod tcp_client;
mod tcp_link;
mod tcp_server;
mod tftp;
mod tftp_client;
mod tftp_server;
mod transfer;
mod udp_client;
mod udp_link;
mod udp_server;
mod upload;
mod watched;

pub use command::{Command, Refused, SendTo};
pub use draft::{Draft, Form, LineEnding, MOST_TYPED};
pub use file_name::proposed_name;
pub use handle::Program;
pub use http::{Http, MOST_BODY, MOST_HEAD, MOST_REPEAT};
pub use kept::{KeptFiles, MOST_KEPT, MOST_KEPT_BYTES, Received};
pub use kind::{ProgramKind, Role};
pub use link::{Link, MOST_IDLE};
pub use load::{Load, MOST_CONNECTIONS, MOST_LOAD_MESSAGES, MOST_LOAD_SIZE};
pub use manner::{Contact, MOST_CONTACTS, MOST_SPIN, Manner, StopAt, StopCase};
pub use offer::TO_TRY;
pub use outgoing::{Data, DataError, MOST_FILE, Outgoing, look_at};
pub use process::{ARGUMENT, serve_handed_over};
pub use remote::{MOST_OUTPUT, MOST_TIME, Remote};
pub use reply::{REPLIES, Reply, ReplyRow};
pub use rules::{MOST_RULES, Pattern, Rule, Rules, When};
pub use sending::{MOST_MESSAGES, MOST_PAUSE, MOST_ROUNDS, SendList};
pub use spec::{Handling, MOST_POOL, MOST_RECV_SIZE, Spec, reachable};
pub use state::{Failure, FileProgress, Phase, Progress, Sending, State};
pub use target::{HostName, Target};
pub use tftp::{ErrorStyle, LEAST_BLKSIZE, MOST_BLKSIZE, MOST_TRANSFERS, Recorded, Tftp, WriteRule};
