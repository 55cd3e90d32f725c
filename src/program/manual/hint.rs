//! Which calls make sense next, which can be made, and which the kernel will refuse, and how: by where a socket stands.
//!
//! Seen on Linux 6.18, and held against the kernel by a test that makes each call in each stage; from the sources named in `facts` of other systems nothing is
//! claimed, so that there whatever is refused here only counts as possible.

use super::method::Method;
use crate::trace::SocketType;
use crate::trace::stages::Stage;

/// What is to be expected of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// It is what one would do next.
    Sensible,
    /// It can be made.
    Possible,
    /// It will be refused, with this errno.
    Refused(&'static str),
}

use Hint::{Possible, Refused, Sensible};

/// What is to be expected of `method` on an IP socket of this type that stands there.
pub fn hint(stage: Stage, kind: SocketType, method: Method) -> Hint {
    let hint = match (stage, method) {
        (_, Method::Socket) => Possible,
        (Stage::Closed | Stage::Detached, _) => gone(method),
        (_, Method::Close) if matches!(stage, Stage::PeerDone | Stage::BothDone | Stage::Broken(_)) => Sensible,
        _ if method.step() == super::Step::Ask && method != Method::Ioctl => Possible,
        (_, Method::Close | Method::Detach | Method::GetSockName) => Possible,
        _ if kind == SocketType::Stream => stream(stage, method),
        _ => datagram(stage, method),
    };
    if matches!(hint, Refused(_)) && !cfg!(target_os = "linux") { Possible } else { hint }
}

/// The number is gone: Python passes -1, and the kernel would say EBADF.
const fn gone(method: Method) -> Hint {
    match method {
        Method::Close | Method::Detach | Method::FileNo | Method::GetTimeout => Possible,
        _ => Refused("EBADF"),
    }
}

#[expect(clippy::match_same_arms, reason = "one call after the other")]
fn stream(stage: Stage, method: Method) -> Hint {
    let is_connected = matches!(stage, Stage::Connected | Stage::PeerDone | Stage::SendingDone | Stage::BothDone);
    match (method, stage) {
        (Method::Bind, Stage::Fresh) => Sensible,
        // The connection is gone, and with it the port that was never asked for by bind.
        (Method::Bind, Stage::BothDone | Stage::Broken(_)) => Possible,
        (Method::Bind, _) => Refused("EINVAL"),
        (Method::Listen, Stage::Bound) => Sensible,
        (Method::Listen, Stage::Fresh | Stage::Listening) => Possible,
        (Method::Listen, _) => Refused("EINVAL"),
        (Method::Accept, Stage::Listening) => Sensible,
        (Method::Accept, _) => Refused("EINVAL"),
        (Method::Connect | Method::ConnectEx, Stage::Fresh | Stage::Connecting) => Sensible,
        (Method::Connect | Method::ConnectEx, Stage::Bound) => Possible,
        (Method::Connect | Method::ConnectEx, _) => Refused("EISCONN"),
        (Method::GetPeerName, Stage::Connected | Stage::PeerDone | Stage::SendingDone) => Possible,
        // Who has closed first has nothing more than an entry in TIME_WAIT, and who has closed last not even that.
        (Method::GetPeerName, _) => Refused("ENOTCONN"),
        (Method::Shutdown, Stage::Connected | Stage::PeerDone) => Sensible,
        (Method::Shutdown, Stage::Listening | Stage::Connecting | Stage::SendingDone) => Possible,
        (Method::Shutdown, _) => Refused("ENOTCONN"),
        (Method::Ioctl, Stage::Listening) => Refused("EINVAL"),
        (Method::Send | Method::SendAll, Stage::Connected) => Sensible,
        (Method::Send | Method::SendAll | Method::SendTo, Stage::Connected | Stage::PeerDone | Stage::Connecting) => Possible,
        (Method::Send | Method::SendAll | Method::SendTo, _) => Refused("EPIPE"),
        (Method::Recv | Method::RecvInto | Method::MakeFile, Stage::Connected | Stage::SendingDone) => Sensible,
        _ if method.receives() && !is_connected && !matches!(stage, Stage::Connecting | Stage::Broken(_)) => Refused("ENOTCONN"),
        _ => Possible,
    }
}

#[expect(clippy::match_same_arms, reason = "one call after the other")]
const fn datagram(stage: Stage, method: Method) -> Hint {
    match (method, stage) {
        (Method::Listen | Method::Accept, _) => Refused("EOPNOTSUPP"),
        (Method::Bind, Stage::Fresh) => Sensible,
        (Method::Bind, _) => Refused("EINVAL"),
        (Method::SendTo, Stage::Fresh | Stage::Bound) | (Method::RecvFrom | Method::RecvFromInto, Stage::Bound) => Sensible,
        (Method::Send | Method::SendAll, Stage::Fresh | Stage::Bound) => Refused("EDESTADDRREQ"),
        (Method::Send | Method::SendAll | Method::Recv | Method::RecvInto, Stage::Connected) => Sensible,
        (Method::Send | Method::SendAll | Method::SendTo, Stage::SendingDone | Stage::BothDone) => Refused("EPIPE"),
        (Method::GetPeerName | Method::Shutdown, Stage::Fresh | Stage::Bound) => Refused("ENOTCONN"),
        _ => Possible,
    }
}
