//! What an errno means for the call that returned it.

use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno};

/// What an errno means for a call.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// In words.
    pub says: Message,
    /// Whether the words say what to try, not only what has happened.
    pub advises: bool,
}

/// A row of the table.
pub(super) struct Row {
    /// The calls it is about; all where none is named.
    pub(super) calls: &'static [Call],
    /// The errno by its name.
    pub(super) errno: &'static str,
    pub(super) says: fn() -> Message,
    advises: bool,
}

/// A row that says what has happened.
const fn tells(calls: &'static [Call], errno: &'static str, says: fn() -> Message) -> Row {
    Row { calls, errno, says, advises: false }
}

/// A row that says what to try, too.
const fn advises(calls: &'static [Call], errno: &'static str, says: fn() -> Message) -> Row {
    Row { calls, errno, says, advises: true }
}

/// The table, the calls that are named before those that are not.
///
/// From the manual pages of the calls (section 2), of ip(7), tcp(7), udp(7) and unix(7), and from what was seen on Linux 6.18.
#[rustfmt::skip]
pub(super) static MEANINGS: &[Row] = &[
    tells(&[Call::Spawn], "EAGAIN", || text!("net-meaning-spawn-many")),
    tells(&[Call::Spawn], "ENOENT", || text!("net-meaning-spawn-gone")),
    tells(&[Call::Spawn], "EACCES", || text!("net-meaning-spawn-access")),
    advises(&[Call::Socket, Call::Accept, Call::Spawn], "EMFILE", || text!("net-meaning-files-process")),
    advises(&[Call::Socket, Call::Accept, Call::Spawn], "ENFILE", || text!("net-meaning-files-system")),
    tells(&[Call::Socket], "EAFNOSUPPORT", || text!("net-meaning-family")),
    tells(&[Call::Socket], "EPROTONOSUPPORT", || text!("net-meaning-socket-type")),
    advises(&[Call::Bind], "EADDRINUSE", || text!("net-meaning-bind-in-use")),
    advises(&[Call::Bind], "EACCES", || text!("net-meaning-bind-access")),
    tells(&[Call::Bind], "EPERM", || text!("net-meaning-bind-permission")),
    advises(&[Call::Bind], "EADDRNOTAVAIL", || text!("net-meaning-bind-not-here")),
    advises(&[Call::Bind], "EINVAL", || text!("net-meaning-bind-again")),
    tells(&[Call::Bind, Call::Connect, Call::SendTo], "EAFNOSUPPORT", || text!("net-meaning-address-family")),
    advises(&[Call::Bind, Call::Connect, Call::SendTo], "ENOENT", || text!("net-meaning-path-missing")),
    tells(&[Call::Bind, Call::Connect, Call::SendTo], "ENOTDIR", || text!("net-meaning-path-folder")),
    advises(&[Call::Bind, Call::Connect, Call::SendTo], "ENAMETOOLONG", || text!("net-meaning-path-long")),
    tells(&[Call::Bind], "EROFS", || text!("net-meaning-path-read-only")),
    tells(&[Call::Listen], "EADDRINUSE", || text!("net-meaning-listen-in-use")),
    advises(&[Call::Listen, Call::Accept], "EOPNOTSUPP", || text!("net-meaning-listen-datagram")),
    tells(&[Call::Listen], "EINVAL", || text!("net-meaning-listen-state")),
    tells(&[Call::Accept], "EINVAL", || text!("net-meaning-accept-not-listening")),
    advises(&[Call::Accept], "EAGAIN", || text!("net-meaning-accept-nobody")),
    advises(&[Call::Accept], "ECONNABORTED", || text!("net-meaning-accept-aborted")),
    advises(&[Call::Connect], "ECONNREFUSED", || text!("net-meaning-connect-refused")),
    tells(&[Call::Connect], "ETIMEDOUT", || text!("net-meaning-connect-no-answer")),
    advises(&[Call::Connect, Call::Send, Call::SendTo], "ENETUNREACH", || text!("net-meaning-net-unreachable")),
    advises(&[Call::Connect, Call::Send, Call::SendTo], "EHOSTUNREACH", || text!("net-meaning-host-unreachable")),
    tells(&[Call::Connect], "EADDRNOTAVAIL", || text!("net-meaning-connect-no-port")),
    tells(&[Call::Connect], "EADDRINUSE", || text!("net-meaning-connect-in-use")),
    advises(&[Call::Connect, Call::SendTo], "EISCONN", || text!("net-meaning-connected")),
    advises(&[Call::Connect], "EINPROGRESS", || text!("net-meaning-connect-going-on")),
    advises(&[Call::Connect], "EALREADY", || text!("net-meaning-connect-already")),
    advises(&[Call::Connect], "EAGAIN", || text!("net-meaning-connect-queue")),
    tells(&[Call::Connect], "EPROTOTYPE", || text!("net-meaning-connect-type")),
    tells(&[Call::Connect], "EINVAL", || text!("net-meaning-connect-address")),
    tells(&[Call::Connect], "EACCES", || text!("net-meaning-connect-access")),
    tells(&[Call::Connect], "ECONNABORTED", || text!("net-meaning-connect-aborted")),
    tells(&[Call::Connect], "ECONNRESET", || text!("net-meaning-connect-reset")),
    tells(&[Call::Send, Call::SendTo], "EPIPE", || text!("net-meaning-send-pipe")),
    tells(&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom], "ECONNRESET", || text!("net-meaning-reset")),
    tells(&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom], "ECONNREFUSED", || text!("net-meaning-datagram-refused")),
    tells(&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom, Call::Shutdown, Call::GetPeerName], "ENOTCONN", || text!("net-meaning-not-connected")),
    advises(&[Call::Send, Call::SendTo], "EDESTADDRREQ", || text!("net-meaning-no-destination")),
    advises(&[Call::Send, Call::SendTo], "EAGAIN", || text!("net-meaning-send-full")),
    advises(&[Call::Send, Call::SendTo], "EMSGSIZE", || text!("net-meaning-datagram-too-long")),
    tells(&[Call::Send, Call::SendTo], "EACCES", || text!("net-meaning-send-access")),
    advises(&[Call::Connect, Call::Send, Call::SendTo], "EPERM", || text!("net-meaning-send-firewall")),
    advises(&[Call::Send, Call::SendTo], "ENOBUFS", || text!("net-meaning-send-buffers")),
    tells(&[Call::SendTo], "EINVAL", || text!("net-meaning-send-address")),
    advises(&[Call::Recv, Call::RecvFrom], "EAGAIN", || text!("net-meaning-recv-nothing")),
    tells(&[Call::Recv, Call::RecvFrom, Call::Send, Call::SendTo], "ETIMEDOUT", || text!("net-meaning-peer-silent")),
    advises(&[Call::Recv, Call::RecvFrom], "EMSGSIZE", || text!("net-meaning-datagram-cut")),
    tells(&[Call::SetSockOpt], "EINVAL", || text!("net-meaning-option-value")),
    tells(&[Call::SetSockOpt, Call::GetSockOpt], "ENOPROTOOPT", || text!("net-meaning-option-unknown")),
    tells(&[Call::SetSockOpt, Call::GetSockOpt], "EOPNOTSUPP", || text!("net-meaning-option-family")),
    tells(&[Call::SetSockOpt], "EPERM", || text!("net-meaning-option-rights")),
    tells(&[Call::SetSockOpt], "EACCES", || text!("net-meaning-option-rights")),
    tells(&[Call::SetSockOpt], "EDOM", || text!("net-meaning-option-domain")),
    tells(&[Call::SetSockOpt], "EADDRINUSE", || text!("net-meaning-group-joined")),
    tells(&[Call::SetSockOpt], "EADDRNOTAVAIL", || text!("net-meaning-group-not-joined")),
    advises(&[Call::SetSockOpt], "ENODEV", || text!("net-meaning-no-interface")),
    advises(&[Call::GetSockOpt], "ENOTCONN", || text!("net-meaning-option-unconnected")),
    advises(&[Call::GetSockOpt], "ENODATA", || text!("net-meaning-option-unconnected")),
    advises(&[Call::SetSockOpt], "ENOENT", || text!("net-meaning-option-nothing")),
    tells(&[Call::SetSockOpt], "EPROTO", || text!("net-meaning-group-stream")),
    tells(&[Call::SetSockOpt], "ENOBUFS", || text!("net-meaning-groups-full")),
    tells(&[Call::GetAddrInfo], "EAI_NONAME", || text!("net-resolver-no-name")),
    tells(&[Call::GetAddrInfo], "EAI_AGAIN", || text!("net-resolver-again")),
    tells(&[Call::GetAddrInfo], "EAI_FAIL", || text!("net-resolver-fail")),
    tells(&[Call::GetAddrInfo], "EAI_FAMILY", || text!("net-resolver-family")),
    tells(&[Call::GetAddrInfo], "EAI_SERVICE", || text!("net-resolver-service")),
    tells(&[Call::GetAddrInfo], "EAI_SYSTEM", || text!("net-resolver-system")),
    advises(&[Call::Connect], "EINTR", || text!("net-meaning-interrupted-connect")),
    advises(&[Call::Accept, Call::Recv, Call::RecvFrom, Call::Poll], "EINTR", || text!("net-meaning-interrupted-wait")),
    advises(&[Call::Close], "EINTR", || text!("net-meaning-interrupted-close")),
    advises(&[], "EINTR", || text!("net-meaning-interrupted")),
    tells(&[], "ENOBUFS", || text!("net-meaning-memory")),
    tells(&[], "ENOMEM", || text!("net-meaning-memory")),
    tells(&[], "EPERM", || text!("net-meaning-permission")),
    tells(&[], "EACCES", || text!("net-meaning-permission")),
];

/// The rows about a path in the file system or a name of a Unix socket, of which other things are true than of an address: looked at first.
#[rustfmt::skip]
static OF_PATHS: &[Row] = &[
    advises(&[Call::Bind], "EADDRINUSE", || text!("net-meaning-path-in-use")),
    advises(&[Call::Connect, Call::Send, Call::SendTo], "ECONNREFUSED", || text!("net-meaning-path-nobody")),
    // There is no handshake that could go on: it waited for a place in the queue (unix_stream_connect of Linux).
    advises(&[Call::Connect], "EINTR", || text!("net-meaning-interrupted")),
];

/// What `errno` means for `call` with these arguments.
pub fn meaning(call: Call, errno: Errno, args: &Args) -> Meaning {
    let of_paths = match (args.address(), call) {
        (Some(Address::Path(_)), _) => OF_PATHS,
        // An abstract name leaves nothing behind that could be in the way.
        (Some(Address::Abstract(_)), call) if call != Call::Bind => OF_PATHS,
        _ => &[],
    };
    let fits = |row: &&Row| errno.is(row.errno) && (row.calls.is_empty() || row.calls.contains(&call));
    of_paths.iter().chain(MEANINGS).find(fits).map_or_else(
        || Meaning { says: text!("net-meaning-other", name = call.name()), advises: false },
        |row| Meaning { says: (row.says)(), advises: row.advises },
    )
}
