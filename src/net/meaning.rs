//! What an errno means for the call that returned it.

use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno};

/// What an errno means: for these calls, for all calls where none is named; under this name.
pub(super) type Meaning = (&'static [Call], &'static str, fn() -> Message);

/// The table, the calls that are named before those that are not.
///
/// From the manual pages of the calls (section 2), of ip(7), tcp(7), udp(7) and unix(7), and from what was seen on Linux 6.18.
#[rustfmt::skip]
pub(super) static MEANINGS: &[Meaning] = &[
    (&[Call::Spawn], "EAGAIN", || text!("net-meaning-spawn-many")),
    (&[Call::Spawn], "ENOENT", || text!("net-meaning-spawn-gone")),
    (&[Call::Spawn], "EACCES", || text!("net-meaning-spawn-access")),
    (&[Call::Socket, Call::Accept, Call::Spawn], "EMFILE", || text!("net-meaning-files-process")),
    (&[Call::Socket, Call::Accept, Call::Spawn], "ENFILE", || text!("net-meaning-files-system")),
    (&[Call::Socket], "EAFNOSUPPORT", || text!("net-meaning-family")),
    (&[Call::Socket], "EPROTONOSUPPORT", || text!("net-meaning-socket-type")),
    (&[Call::Bind], "EADDRINUSE", || text!("net-meaning-bind-in-use")),
    (&[Call::Bind], "EACCES", || text!("net-meaning-bind-access")),
    (&[Call::Bind], "EPERM", || text!("net-meaning-bind-permission")),
    (&[Call::Bind], "EADDRNOTAVAIL", || text!("net-meaning-bind-not-here")),
    (&[Call::Bind], "EINVAL", || text!("net-meaning-bind-again")),
    (&[Call::Bind, Call::Connect, Call::SendTo], "EAFNOSUPPORT", || text!("net-meaning-address-family")),
    (&[Call::Bind, Call::Connect, Call::SendTo], "ENOENT", || text!("net-meaning-path-missing")),
    (&[Call::Bind, Call::Connect, Call::SendTo], "ENOTDIR", || text!("net-meaning-path-folder")),
    (&[Call::Bind, Call::Connect, Call::SendTo], "ENAMETOOLONG", || text!("net-meaning-path-long")),
    (&[Call::Bind], "EROFS", || text!("net-meaning-path-read-only")),
    (&[Call::Listen], "EADDRINUSE", || text!("net-meaning-listen-in-use")),
    (&[Call::Listen, Call::Accept], "EOPNOTSUPP", || text!("net-meaning-listen-datagram")),
    (&[Call::Listen], "EINVAL", || text!("net-meaning-listen-state")),
    (&[Call::Accept], "EINVAL", || text!("net-meaning-accept-not-listening")),
    (&[Call::Accept], "EAGAIN", || text!("net-meaning-accept-nobody")),
    (&[Call::Accept], "ECONNABORTED", || text!("net-meaning-accept-aborted")),
    (&[Call::Connect], "ECONNREFUSED", || text!("net-meaning-connect-refused")),
    (&[Call::Connect], "ETIMEDOUT", || text!("net-meaning-connect-no-answer")),
    (&[Call::Connect, Call::Send, Call::SendTo], "ENETUNREACH", || text!("net-meaning-net-unreachable")),
    (&[Call::Connect, Call::Send, Call::SendTo], "EHOSTUNREACH", || text!("net-meaning-host-unreachable")),
    (&[Call::Connect], "EADDRNOTAVAIL", || text!("net-meaning-connect-no-port")),
    (&[Call::Connect], "EADDRINUSE", || text!("net-meaning-connect-in-use")),
    (&[Call::Connect, Call::SendTo], "EISCONN", || text!("net-meaning-connected")),
    (&[Call::Connect], "EINPROGRESS", || text!("net-meaning-connect-going-on")),
    (&[Call::Connect], "EALREADY", || text!("net-meaning-connect-already")),
    (&[Call::Connect], "EAGAIN", || text!("net-meaning-connect-queue")),
    (&[Call::Connect], "EPROTOTYPE", || text!("net-meaning-connect-type")),
    (&[Call::Connect], "EINVAL", || text!("net-meaning-connect-address")),
    (&[Call::Connect], "EACCES", || text!("net-meaning-connect-access")),
    (&[Call::Connect], "ECONNABORTED", || text!("net-meaning-connect-aborted")),
    (&[Call::Connect], "ECONNRESET", || text!("net-meaning-connect-reset")),
    (&[Call::Send, Call::SendTo], "EPIPE", || text!("net-meaning-send-pipe")),
    (&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom], "ECONNRESET", || text!("net-meaning-reset")),
    (&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom], "ECONNREFUSED", || text!("net-meaning-datagram-refused")),
    (&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom, Call::Shutdown, Call::GetPeerName], "ENOTCONN", || text!("net-meaning-not-connected")),
    (&[Call::Send, Call::SendTo], "EDESTADDRREQ", || text!("net-meaning-no-destination")),
    (&[Call::Send, Call::SendTo], "EAGAIN", || text!("net-meaning-send-full")),
    (&[Call::Send, Call::SendTo], "EMSGSIZE", || text!("net-meaning-datagram-too-long")),
    (&[Call::Send, Call::SendTo], "EACCES", || text!("net-meaning-send-access")),
    (&[Call::Connect, Call::Send, Call::SendTo], "EPERM", || text!("net-meaning-send-firewall")),
    (&[Call::Send, Call::SendTo], "ENOBUFS", || text!("net-meaning-send-buffers")),
    (&[Call::SendTo], "EINVAL", || text!("net-meaning-send-address")),
    (&[Call::Recv, Call::RecvFrom], "EAGAIN", || text!("net-meaning-recv-nothing")),
    (&[Call::Recv, Call::RecvFrom, Call::Send, Call::SendTo], "ETIMEDOUT", || text!("net-meaning-peer-silent")),
    (&[Call::Recv, Call::RecvFrom], "EMSGSIZE", || text!("net-meaning-datagram-cut")),
    (&[Call::SetSockOpt], "EINVAL", || text!("net-meaning-option-value")),
    (&[Call::SetSockOpt, Call::GetSockOpt], "ENOPROTOOPT", || text!("net-meaning-option-unknown")),
    (&[Call::SetSockOpt, Call::GetSockOpt], "EOPNOTSUPP", || text!("net-meaning-option-family")),
    (&[Call::SetSockOpt], "EPERM", || text!("net-meaning-option-rights")),
    (&[Call::SetSockOpt], "EACCES", || text!("net-meaning-option-rights")),
    (&[Call::SetSockOpt], "EDOM", || text!("net-meaning-option-domain")),
    (&[Call::SetSockOpt], "EADDRINUSE", || text!("net-meaning-group-joined")),
    (&[Call::SetSockOpt], "EADDRNOTAVAIL", || text!("net-meaning-group-not-joined")),
    (&[Call::SetSockOpt], "ENODEV", || text!("net-meaning-no-interface")),
    (&[Call::GetSockOpt], "ENOTCONN", || text!("net-meaning-option-unconnected")),
    (&[Call::GetSockOpt], "ENODATA", || text!("net-meaning-option-unconnected")),
    (&[Call::SetSockOpt], "ENOENT", || text!("net-meaning-option-nothing")),
    (&[Call::SetSockOpt], "EPROTO", || text!("net-meaning-group-stream")),
    (&[Call::SetSockOpt], "ENOBUFS", || text!("net-meaning-groups-full")),
    (&[Call::GetAddrInfo], "EAI_NONAME", || text!("net-resolver-no-name")),
    (&[Call::GetAddrInfo], "EAI_AGAIN", || text!("net-resolver-again")),
    (&[Call::GetAddrInfo], "EAI_FAIL", || text!("net-resolver-fail")),
    (&[Call::GetAddrInfo], "EAI_FAMILY", || text!("net-resolver-family")),
    (&[Call::GetAddrInfo], "EAI_SERVICE", || text!("net-resolver-service")),
    (&[Call::GetAddrInfo], "EAI_SYSTEM", || text!("net-resolver-system")),
    (&[], "EINTR", || text!("net-meaning-interrupted")),
    (&[], "ENOBUFS", || text!("net-meaning-memory")),
    (&[], "ENOMEM", || text!("net-meaning-memory")),
    (&[], "EPERM", || text!("net-meaning-permission")),
    (&[], "EACCES", || text!("net-meaning-permission")),
];

/// Those that say what to try, not only what has happened.
const ADVISING: &[&str] = &[
    "net-meaning-files-process",
    "net-meaning-files-system",
    "net-meaning-bind-in-use",
    "net-meaning-path-in-use",
    "net-meaning-bind-access",
    "net-meaning-bind-not-here",
    "net-meaning-bind-again",
    "net-meaning-path-missing",
    "net-meaning-path-nobody",
    "net-meaning-path-long",
    "net-meaning-listen-datagram",
    "net-meaning-accept-nobody",
    "net-meaning-accept-aborted",
    "net-meaning-connect-refused",
    "net-meaning-net-unreachable",
    "net-meaning-host-unreachable",
    "net-meaning-connected",
    "net-meaning-connect-going-on",
    "net-meaning-connect-already",
    "net-meaning-connect-queue",
    "net-meaning-no-destination",
    "net-meaning-send-full",
    "net-meaning-send-firewall",
    "net-meaning-datagram-too-long",
    "net-meaning-send-buffers",
    "net-meaning-recv-nothing",
    "net-meaning-datagram-cut",
    "net-meaning-option-unconnected",
    "net-meaning-option-nothing",
    "net-meaning-no-interface",
    "net-meaning-interrupted",
];

/// Whether a meaning says what to try.
pub fn advises(meaning: &Message) -> bool {
    ADVISING.contains(&meaning.key())
}

/// What `errno` means for `call` with these arguments: of a path in the file system other things are true than of an address.
pub fn meaning_of(call: Call, errno: Errno, args: &Args) -> Message {
    match (args.address(), call) {
        (Some(Address::Path(_)), Call::Bind) if errno.is("EADDRINUSE") => text!("net-meaning-path-in-use"),
        (Some(Address::Path(_) | Address::Abstract(_)), Call::Connect | Call::Send | Call::SendTo) if errno.is("ECONNREFUSED") => {
            text!("net-meaning-path-nobody")
        }
        _ => meaning(call, errno),
    }
}

/// What `errno` means for `call`, in words, and what to try.
pub fn meaning(call: Call, errno: Errno) -> Message {
    let fits = |(calls, name, _): &&Meaning| errno.is(name) && (calls.is_empty() || calls.contains(&call));
    MEANINGS.iter().find(fits).map_or_else(|| text!("net-meaning-other", name = call.name()), |(.., message)| message())
}
