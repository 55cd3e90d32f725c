//! The methods of Python's sockets that a person can call by hand, in the order of a socket's life.

use crate::trace::Call;

/// A step in a socket's life, under which methods stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It is made.
    Create,
    /// It has a name.
    Name,
    /// It waits for clients.
    Wait,
    /// Or it asks a server.
    Connect,
    /// Bytes go both ways.
    Exchange,
    /// It ends.
    End,
    /// What can be asked and set at any time.
    Ask,
}

impl Step {
    /// All of them, in order.
    pub const ALL: &[Self] = &[Self::Create, Self::Name, Self::Wait, Self::Connect, Self::Exchange, Self::End, Self::Ask];
}

/// What is known of a method.
struct Row {
    name: &'static str,
    step: Step,
    /// The arguments, by their keys in a lab file.
    keys: &'static [&'static str],
    /// How Python writes it.
    python: &'static str,
    /// How C declares what it asks of the kernel; empty where it asks for nothing.
    c: &'static str,
    /// The calls of which it is made, the first as it names itself.
    calls: &'static [Call],
}

macro_rules! methods {
    ($($(#[$doc:meta])* $variant:ident: $name:literal $step:ident [$($key:literal)*] $python:literal $c:literal [$($call:ident)*],)*) => {
        /// A method of a socket.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Method {
            $($(#[$doc])* $variant,)*
        }

        impl Method {
            /// All of them, in the order of a socket's life.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// Their names, in the same order.
            pub const NAMES: &[&str] = &[$($name,)*];

            const fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row {
                        name: $name,
                        step: Step::$step,
                        keys: &[$($key,)*],
                        python: $python,
                        c: $c,
                        calls: &[$(Call::$call,)*],
                    },)*
                }
            }
        }
    };
}

methods! {
    /// Makes a socket.
    Socket: "socket" Create ["family" "type"] "socket.socket(family, type)" "int socket(int domain, int type, int protocol)" [Socket],
    /// Gives it an address.
    Bind: "bind" Name ["address"] "s.bind(address)" "int bind(int fd, const struct sockaddr *addr, socklen_t len)" [Bind],
    /// Its own address.
    GetSockName: "getsockname" Name [] "s.getsockname()" "int getsockname(int fd, struct sockaddr *addr, socklen_t *len)" [GetSockName],
    /// The address of the other side.
    GetPeerName: "getpeername" Name [] "s.getpeername()" "int getpeername(int fd, struct sockaddr *addr, socklen_t *len)" [GetPeerName],
    /// Lets connections wait.
    Listen: "listen" Wait ["backlog"] "s.listen(backlog)" "int listen(int fd, int backlog)" [Listen],
    /// Takes the connection that has waited longest.
    Accept: "accept" Wait ["as"] "conn, address = s.accept()" "int accept(int fd, struct sockaddr *addr, socklen_t *len)" [Accept Poll],
    /// Asks a server.
    Connect: "connect" Connect ["address"] "s.connect(address)" "int connect(int fd, const struct sockaddr *addr, socklen_t len)" [Connect Poll],
    /// As connect, and tells the number in place of an exception.
    ConnectEx: "connect_ex" Connect ["address"] "number = s.connect_ex(address)" "int connect(int fd, const struct sockaddr *addr, socklen_t len)" [Connect Poll],
    /// Sends what the kernel takes at once.
    Send: "send" Exchange ["data" "flags"] "count = s.send(data, flags)" "ssize_t send(int fd, const void *buf, size_t len, int flags)" [Send Poll],
    /// Sends until all is gone.
    SendAll: "sendall" Exchange ["data" "flags"] "s.sendall(data, flags)" "ssize_t send(int fd, const void *buf, size_t len, int flags)" [Send Poll],
    /// Sends a datagram to an address.
    SendTo: "sendto" Exchange ["data" "flags" "address"] "count = s.sendto(data, flags, address)" "ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *to, socklen_t tolen)" [SendTo Poll],
    /// Receives.
    Recv: "recv" Exchange ["size" "flags"] "data = s.recv(size, flags)" "ssize_t recv(int fd, void *buf, size_t len, int flags)" [Recv Poll],
    /// Receives into a buffer that stays.
    RecvInto: "recv_into" Exchange ["size" "flags"] "count = s.recv_into(buffer, size, flags)" "ssize_t recv(int fd, void *buf, size_t len, int flags)" [Recv Poll],
    /// Receives, and tells the sender.
    RecvFrom: "recvfrom" Exchange ["size" "flags"] "data, address = s.recvfrom(size, flags)" "ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)" [RecvFrom Poll],
    /// Receives into a buffer that stays, and tells the sender.
    RecvFromInto: "recvfrom_into" Exchange ["size" "flags"] "count, address = s.recvfrom_into(buffer, size, flags)" "ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)" [RecvFrom Poll],
    /// Reads a line, by as many receives as that takes.
    MakeFile: "makefile" Exchange [] "line = s.makefile(\"rb\").readline()" "ssize_t recv(int fd, void *buf, size_t len, int flags)" [Recv Poll],
    /// Ends a half of a connection.
    Shutdown: "shutdown" End ["how"] "s.shutdown(how)" "int shutdown(int fd, int how)" [Shutdown],
    /// Gives the number back.
    Close: "close" End [] "s.close()" "int close(int fd)" [Close],
    /// Takes the number away from the socket, and leaves it open.
    Detach: "detach" End [] "number = s.detach()" "" [Detach],
    /// Reads an option.
    GetSockOpt: "getsockopt" Ask ["option"] "s.getsockopt(level, option)" "int getsockopt(int fd, int level, int option, void *value, socklen_t *len)" [GetSockOpt],
    /// Sets an option.
    SetSockOpt: "setsockopt" Ask ["options"] "s.setsockopt(level, option, value)" "int setsockopt(int fd, int level, int option, const void *value, socklen_t len)" [SetSockOpt],
    /// Whether calls wait.
    SetBlocking: "setblocking" Ask ["on"] "s.setblocking(on)" "int fcntl(int fd, F_SETFL, int flags)" [SetNonblocking],
    /// How long calls wait.
    SetTimeout: "settimeout" Ask ["timeout"] "s.settimeout(seconds)" "int fcntl(int fd, F_SETFL, int flags)" [SetTimeout SetNonblocking],
    /// How long calls wait, as it was set.
    GetTimeout: "gettimeout" Ask [] "s.gettimeout()" "" [GetTimeout],
    /// What else the kernel can be asked.
    Ioctl: "ioctl" Ask ["request"] "fcntl.ioctl(s, request, buffer)" "int ioctl(int fd, unsigned long request, int *value)" [Ioctl],
    /// The socket's number.
    FileNo: "fileno" Ask [] "s.fileno()" "" [FileNo],
    /// The family.
    Family: "family" Ask [] "s.family" "getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &value, &len)" [GetSockOpt],
    /// The type.
    Type: "type" Ask [] "s.type" "getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len)" [GetSockOpt],
    /// The protocol.
    Proto: "proto" Ask [] "s.proto" "getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &value, &len)" [GetSockOpt],
}

impl Method {
    /// The name, as in Python and in a lab file.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The method of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|method| method.name() == name)
    }

    /// Where in a socket's life it stands.
    pub const fn step(self) -> Step {
        self.row().step
    }

    /// Its arguments, by their keys in a lab file.
    pub const fn keys(self) -> &'static [&'static str] {
        self.row().keys
    }

    /// How Python writes it.
    pub const fn python(self) -> &'static str {
        self.row().python
    }

    /// How C declares what it asks of the kernel; empty where it asks for nothing.
    pub const fn c(self) -> &'static str {
        self.row().c
    }

    /// The calls of which it is made, the first as it names itself.
    pub const fn calls(self) -> &'static [Call] {
        self.row().calls
    }

    /// Whether it receives.
    pub const fn receives(self) -> bool {
        matches!(self, Self::Recv | Self::RecvInto | Self::RecvFrom | Self::RecvFromInto | Self::MakeFile)
    }

    /// Whether it sends.
    pub const fn sends(self) -> bool {
        matches!(self, Self::Send | Self::SendAll | Self::SendTo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The methods of the tutorials' table, and socket itself.
    #[test]
    fn every_method_of_the_tutorials_is_there() {
        let table = "bind listen accept connect connect_ex recv recv_into send sendall recvfrom recvfrom_into sendto getpeername getsockname \
                     getsockopt setsockopt shutdown close detach ioctl setblocking settimeout gettimeout fileno makefile family type proto socket";
        for name in table.split_whitespace() {
            assert_eq!(Method::by_name(name).map(Method::name), Some(name));
        }
        assert_eq!(Method::ALL.len(), table.split_whitespace().count());
        assert!(Method::ALL.is_sorted_by_key(|method| Step::ALL.iter().position(|step| *step == method.step())), "they stand in order");
        for method in Method::ALL {
            assert_eq!(method.c().is_empty(), method.calls().iter().all(|call| call.is_of_library()), "{}", method.name());
        }
    }
}
