//! What an errno means: in two or three words beside its name in a row of the log. What to try is said by [`crate::net::meaning`].

use crate::text;
use crate::text::Message;
use crate::trace::Errno;

macro_rules! table {
    ($(#[$doc:meta])* $of:ident: $($name:literal => $key:literal,)*) => {
        $(#[$doc])*
        pub(crate) fn $of(errno: Errno) -> Option<Message> {
            match errno.known_name()? {
                $($name => Some(text!($key)),)*
                _ => None,
            }
        }
    };
}

table! {
    /// The few words for an errno, where it has some.
    short:
    "EACCES" => "ui-errno-eacces",
    "EADDRINUSE" => "ui-errno-eaddrinuse",
    "EADDRNOTAVAIL" => "ui-errno-eaddrnotavail",
    "EAFNOSUPPORT" => "ui-errno-eafnosupport",
    "EAGAIN" => "ui-errno-eagain",
    "EBADF" => "ui-errno-ebadf",
    "ECONNABORTED" => "ui-errno-econnaborted",
    "ECONNREFUSED" => "ui-errno-econnrefused",
    "ECONNRESET" => "ui-errno-econnreset",
    "EDESTADDRREQ" => "ui-errno-edestaddrreq",
    "EHOSTUNREACH" => "ui-errno-ehostunreach",
    "EINPROGRESS" => "ui-errno-einprogress",
    "EINTR" => "ui-errno-eintr",
    "EINVAL" => "ui-errno-einval",
    "EISCONN" => "ui-errno-eisconn",
    "EMFILE" => "ui-errno-emfile",
    "EMSGSIZE" => "ui-errno-emsgsize",
    "ENETUNREACH" => "ui-errno-enetunreach",
    "ENOBUFS" => "ui-errno-enobufs",
    "ENOMEM" => "ui-errno-enomem",
    "ENOPROTOOPT" => "ui-errno-enoprotoopt",
    "ENOTCONN" => "ui-errno-enotconn",
    "EOPNOTSUPP" => "ui-errno-eopnotsupp",
    "EPERM" => "ui-errno-eperm",
    "EPIPE" => "ui-errno-epipe",
    "ETIMEDOUT" => "ui-errno-etimedout",
}
