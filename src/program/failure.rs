//! Which errors make a program fail. The one place where that is decided.
//!
//! A program has failed when one of its threads panicked, or when a call that it made of its own accord returned an error that
//!
//! - its `expect` does not list: the lesson may be the error; and
//! - is not part of normal life: a row of `LIFE`, each with its reason; and
//! - was not brought about by stopping the program or disconnecting the peer (the callers know that and do not ask here).
//!
//! What a person's command met does not count either: the person sees it, and no lab file can foresee it.

use super::kind::ProgramKind;
use super::spec::Spec;
use crate::net;
use crate::trace::Call;

/// Errors that belong to normal life.
struct Life {
    kinds: &'static [ProgramKind],
    calls: &'static [Call],
    errnos: &'static [&'static str],
}

const STREAM_SERVERS: &[ProgramKind] = &[ProgramKind::TcpServer, ProgramKind::UnixServer, ProgramKind::TcpLink, ProgramKind::HttpServer];

const LIFE: &[Life] = &[
    // A signal came (signal(7): with SO_RCVTIMEO or SO_SNDTIMEO set the kernel does not restart the call). The program calls again. (A poll that is interrupted
    // ends the connect it waited for; a close has closed.)
    Life {
        kinds: ProgramKind::ALL,
        calls: &[Call::Accept, Call::Connect, Call::Recv, Call::RecvFrom, Call::Send, Call::SendTo, Call::Close],
        errnos: &["EINTR"],
    },
    // A limit that the student set has passed: SO_RCVTIMEO, SO_SNDTIMEO. It is told, and what follows is the program's plan. (A connect that runs into
    // SO_SNDTIMEO says EINPROGRESS and has failed: nobody is connected.)
    Life { kinds: ProgramKind::ALL, calls: &[Call::Accept, Call::Recv, Call::RecvFrom, Call::Send, Call::SendTo], errnos: &["EAGAIN"] },
    // One peer went away, whichever way it did: a server is there for the others.
    Life {
        kinds: STREAM_SERVERS,
        calls: &[Call::Recv, Call::Send, Call::Shutdown, Call::SetSockOpt],
        errnos: &[
            "ECONNRESET",
            "EPIPE",
            "ECONNABORTED",
            "ETIMEDOUT",
            "ENOTCONN",
            "ESHUTDOWN",
            "EHOSTUNREACH",
            "ENETUNREACH",
            "ENETRESET",
            "EHOSTDOWN",
        ],
    },
    // A client gave up while it waited to be accepted (accept(2), "Error handling"; Windows says ECONNRESET).
    Life { kinds: STREAM_SERVERS, calls: &[Call::Accept], errnos: &["ECONNABORTED", "ECONNRESET", "EPROTO"] },
    // An answer met no socket: the client is gone, and ICMP says so at the next call (on Windows also for sockets that are not connected). The file of a
    // Unix socket may be gone too.
    Life {
        kinds: &[ProgramKind::UdpServer, ProgramKind::UnixDatagramServer],
        calls: &[Call::RecvFrom, Call::SendTo],
        errnos: &["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETRESET", "ENOENT"],
    },
    // One transfer's partner is gone or cannot be reached: a server is there for the others, and a client says why its own transfer failed.
    Life {
        kinds: &[ProgramKind::TftpServer],
        calls: &[Call::RecvFrom, Call::SendTo],
        errnos: &["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENETRESET", "EHOSTDOWN", "EPERM", "EACCES", "ENOBUFS"],
    },
    // Either side of one client is gone or cannot be reached: that is told to the other side, and a link is there for the others.
    Life {
        kinds: &[ProgramKind::TcpLink, ProgramKind::UdpLink],
        calls: &[Call::Connect, Call::Recv, Call::RecvFrom, Call::Send, Call::SendTo, Call::Shutdown],
        errnos: &["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENETRESET", "EHOSTDOWN", "ENOTCONN"],
    },
    // Windows says so of a datagram that was cut off; Linux and macOS return it with MSG_TRUNC.
    Life { kinds: &[ProgramKind::UdpServer, ProgramKind::UdpClient], calls: &[Call::RecvFrom], errnos: &["EMSGSIZE"] },
];

/// Whether `error` makes the program fail.
pub(super) fn counts(spec: &Spec, error: &net::Error) -> bool {
    let name = error.errno.name();
    let is_life = |life: &Life| life.kinds.contains(&spec.kind) && life.calls.contains(&error.call) && life.errnos.contains(&&*name);
    !spec.expect.contains(&name) && !is_timeout(error) && !LIFE.iter().any(is_life)
}

/// Whether the call gave up because a receive or send timeout that the student set has passed.
pub(super) fn is_timeout(error: &net::Error) -> bool {
    let limited = matches!(error.call, Call::Accept | Call::Recv | Call::RecvFrom | Call::Send | Call::SendTo);
    // Windows has ETIMEDOUT for it, which elsewhere means that the other side is gone.
    limited && (error.errno.is("EAGAIN") || cfg!(windows) && error.errno.is("ETIMEDOUT"))
}

/// Whether the same call is simply to be made again.
pub(super) fn is_interruption(error: &net::Error) -> bool {
    error.errno.is("EINTR")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Errno};

    fn error(call: Call, errno: &str) -> net::Error {
        net::Error { call, args: Args::None, socket: None, errno: Errno::by_name(errno).unwrap(), limit: None, made: true }
    }

    #[test]
    fn a_peer_that_vanishes_fails_a_client_but_no_server() {
        let reset = error(Call::Recv, "ECONNRESET");
        assert!(!counts(&Spec::new(ProgramKind::TcpServer, "server"), &reset));
        assert!(counts(&Spec::new(ProgramKind::TcpClient, "client"), &reset));
        let expecting = Spec { expect: vec!["ECONNRESET".to_owned()], ..Spec::new(ProgramKind::TcpClient, "client") };
        assert!(!counts(&expecting, &reset));
    }

    #[test]
    fn a_timeout_fails_nobody_but_a_connect_that_gave_up_does() {
        for kind in ProgramKind::ALL {
            let spec = Spec::new(*kind, "any");
            assert!(!counts(&spec, &error(Call::Recv, "EAGAIN")), "{kind}");
            assert!(counts(&spec, &error(Call::Connect, "EINPROGRESS")), "{kind}");
            assert!(counts(&spec, &error(Call::Bind, "EADDRINUSE")), "{kind}");
            assert!(!counts(&spec, &error(Call::Recv, "EINTR")), "{kind}: it calls again");
            assert!(counts(&spec, &error(Call::Poll, "EINTR")), "{kind}: it does not");
        }
    }

    #[test]
    fn every_name_of_the_table_is_an_errno() {
        for name in LIFE.iter().flat_map(|life| life.errnos) {
            assert!(Errno::by_name(name).is_some(), "{name}");
        }
    }
}
