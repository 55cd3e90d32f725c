//! What Python's sockets have beside the calls of a manual page: fileno, detach, settimeout, ioctl, family, type, proto.
//!
//! fileno, detach and gettimeout ask no kernel, and settimeout asks it for nothing but `O_NONBLOCK`. They are rows all the same: what is done by hand can be seen.

use std::time::Duration;

use super::error::Error;
use super::socket::TracedSocket;
use super::sys;
use crate::trace::{Args, Call, Family, Outcome, Request, SocketType, Tracer, Value};

impl TracedSocket {
    /// ioctl(2): what it wrote.
    ///
    /// # Errors
    /// `EINVAL` on a listener, `ENOTTY`; [`Error::made`] is false where the system lacks the request.
    pub fn ioctl(&self, on: &Tracer, request: Request) -> Result<i64, Error> {
        let told = |number: &i64| (Outcome::Value(Value::Int(*number).into()), None);
        self.make(on, Call::Ioctl, Args::Request(request), |socket| sys::ioctl(socket, request), told)
    }

    /// The socket's number in this process, as `fileno` of Python tells it: -1 once it is closed or detached. No call into the kernel.
    pub fn file_number(&self, on: &Tracer) -> i64 {
        let open = on.begin(Call::FileNo, Args::None, Some(self.id()));
        let number = self.shared().map_or(-1, |socket| sys::descriptor(&socket));
        open.end(Outcome::Ok(number), None);
        number
    }

    /// Takes the number away from the socket, as `detach` of Python does: the socket is as closed, the kernel's one stays open, and who has the number is to
    /// close it. Here that is done when this is dropped. Returns the number; -1 where it had none any more. No call into the kernel.
    pub fn detach(&self, on: &Tracer) -> i64 {
        let open = on.begin(Call::Detach, Args::None, Some(self.id()));
        let number = self.take_number().unwrap_or(-1);
        open.end(Outcome::Ok(number), None);
        number
    }

    /// What `settimeout` of Python does: keeps the limit, which is the caller's to hold to by a poll before each call, and makes the socket one that does not
    /// block where there is a limit (`internal_setblocking` in socketmodule.c).
    ///
    /// # Errors
    /// Those of [`set_nonblocking`](Self::set_nonblocking).
    pub fn set_timeout(&self, on: &Tracer, limit: Option<Duration>) -> Result<(), Error> {
        on.begin(Call::SetTimeout, Args::Limit(limit), Some(self.id())).end(Outcome::Ok(0), None);
        self.set_nonblocking(on, limit.is_some())
    }

    /// Writes what `gettimeout` of Python returns, which the caller has kept. No call into the kernel.
    pub fn tell_timeout(&self, on: &Tracer, limit: Option<Duration>) {
        on.begin(Call::GetTimeout, Args::None, Some(self.id())).end(Outcome::Value(Value::Time(limit).into()), None);
    }

    /// getsockopt(2) of `SO_DOMAIN`, `SO_TYPE` or `SO_PROTOCOL`: how the socket was made, by its name in C where it has one.
    ///
    /// # Errors
    /// Those of [`option`](Self::option); [`Error::made`] is false where the system lacks the option.
    pub fn made_as(&self, on: &Tracer, option: &'static str) -> Result<Value, Error> {
        let ask = |socket: &socket2::Socket| sys::made_as(socket, option).map(|number| named(option, number));
        self.make(on, Call::GetSockOpt, Args::Option(option.into()), ask, |value| (Outcome::Value(value.clone().into()), None))
    }
}

/// A number of C by its name.
fn named(option: &str, number: i32) -> Value {
    let families = [Family::Inet, Family::Inet6, Family::Unix].map(|family| (i32::from(sys::domain(family)), family.name()));
    let types = [SocketType::Stream, SocketType::Datagram].map(|kind| (i32::from(sys::socket_type(kind)), kind.name()));
    let protocols = [(i32::from(socket2::Protocol::TCP), "IPPROTO_TCP"), (i32::from(socket2::Protocol::UDP), "IPPROTO_UDP")];
    let known: &[(i32, &'static str)] = match option {
        "SO_DOMAIN" => &families,
        "SO_TYPE" => &types,
        "SO_PROTOCOL" => &protocols,
        _ => &[],
    };
    let name = known.iter().find(|(known, _)| *known == number).map(|(_, name)| *name);
    name.map_or_else(|| Value::Int(i64::from(number)), |name| Value::Text(name.into()))
}
