//! The kinds of programs: what each is called in a lab file, and what sort of socket it has.

use std::fmt;
use std::sync::Arc;

use super::run::Run;
use super::{
    http_client, http_server, load, manual, tcp_client, tcp_link, tcp_server, tftp_client, tftp_server, udp_client, udp_link, udp_server,
};
use crate::trace::{SocketType, Tracer};

/// A kind of program. One row of its table and one file each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProgramKind {
    /// Accepts TCP connections and answers what comes on them.
    TcpServer,
    /// Connects by TCP, sends and shows what comes back.
    TcpClient,
    /// Answers datagrams.
    UdpServer,
    /// Sends datagrams and shows what comes back.
    UdpClient,
    /// Accepts connections on a Unix socket and answers what comes on them.
    UnixServer,
    /// Connects to a Unix socket, sends and shows what comes back.
    UnixClient,
    /// Answers datagrams on a Unix socket.
    UnixDatagramServer,
    /// Sends datagrams to a Unix socket and shows what comes back.
    UnixDatagramClient,
    /// Makes many connections by TCP and measures how long answers take.
    Load,
    /// Stands between clients and a server of TCP, and holds, cuts, glues and resets.
    TcpLink,
    /// Stands between clients and a server of datagrams, and loses, doubles, holds and mixes.
    UdpLink,
    /// Offers the files of a folder by TFTP.
    TftpServer,
    /// Fetches or sends a file by TFTP.
    TftpClient,
    /// Offers the files of a folder to browsers, by HTTP.
    HttpServer,
    /// Sends a request of HTTP that a person wrote, and reads the answer.
    HttpClient,
    /// Is driven by a person, call by call.
    Manual,
}

/// Who begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Waits to be asked: it is bound to an address that others know.
    Server,
    /// Asks: it knows the address of the other side.
    Client,
}

/// What is known of a kind.
struct Row {
    name: &'static str,
    role: Role,
    socket: SocketType,
    run: fn(&Arc<Run>, &Tracer),
}

impl ProgramKind {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[
        Self::TcpServer,
        Self::TcpClient,
        Self::UdpServer,
        Self::UdpClient,
        Self::UnixServer,
        Self::UnixClient,
        Self::UnixDatagramServer,
        Self::UnixDatagramClient,
        Self::Load,
        Self::TcpLink,
        Self::UdpLink,
        Self::TftpServer,
        Self::TftpClient,
        Self::HttpServer,
        Self::HttpClient,
        Self::Manual,
    ];

    /// Those that make their calls by themselves, as they are configured: all but one.
    pub const BY_THEMSELVES: &[Self] = match Self::ALL.split_last() {
        Some((Self::Manual, others)) => others,
        _ => Self::ALL,
    };

    const fn row(self) -> Row {
        match self {
            Self::TcpServer => Row { name: "tcp-server", role: Role::Server, socket: SocketType::Stream, run: tcp_server::run },
            Self::TcpClient => Row { name: "tcp-client", role: Role::Client, socket: SocketType::Stream, run: tcp_client::run },
            Self::UdpServer => Row { name: "udp-server", role: Role::Server, socket: SocketType::Datagram, run: udp_server::run },
            Self::UdpClient => Row { name: "udp-client", role: Role::Client, socket: SocketType::Datagram, run: udp_client::run },
            Self::UnixServer => Row { name: "unix-server", role: Role::Server, socket: SocketType::Stream, run: tcp_server::run },
            Self::UnixClient => Row { name: "unix-client", role: Role::Client, socket: SocketType::Stream, run: tcp_client::run },
            Self::UnixDatagramServer => {
                Row { name: "unix-datagram-server", role: Role::Server, socket: SocketType::Datagram, run: udp_server::run }
            }
            Self::UnixDatagramClient => {
                Row { name: "unix-datagram-client", role: Role::Client, socket: SocketType::Datagram, run: udp_client::run }
            }
            Self::Load => Row { name: "load", role: Role::Client, socket: SocketType::Stream, run: load::run },
            Self::TcpLink => Row { name: "tcp-link", role: Role::Server, socket: SocketType::Stream, run: tcp_link::run },
            Self::UdpLink => Row { name: "udp-link", role: Role::Server, socket: SocketType::Datagram, run: udp_link::run },
            Self::TftpServer => Row { name: "tftp-server", role: Role::Server, socket: SocketType::Datagram, run: tftp_server::run },
            Self::TftpClient => Row { name: "tftp-client", role: Role::Client, socket: SocketType::Datagram, run: tftp_client::run },
            Self::HttpServer => Row { name: "http-server", role: Role::Server, socket: SocketType::Stream, run: http_server::run },
            Self::HttpClient => Row { name: "http-client", role: Role::Client, socket: SocketType::Stream, run: http_client::run },
            // It ends when its calls have, as a client does.
            Self::Manual => Row { name: "manual", role: Role::Client, socket: SocketType::Stream, run: manual::run },
        }
    }

    /// The name in a lab file: `tcp-server`.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The kind of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether it waits to be asked or asks.
    pub const fn role(self) -> Role {
        self.row().role
    }

    /// The type of its socket.
    pub const fn socket_type(self) -> SocketType {
        self.row().socket
    }

    /// Whether its sockets are Unix sockets, which have paths and no ports.
    pub const fn is_unix(self) -> bool {
        matches!(self, Self::UnixServer | Self::UnixClient | Self::UnixDatagramServer | Self::UnixDatagramClient)
    }

    /// Whether it speaks HTTP.
    pub const fn speaks_http(self) -> bool {
        matches!(self, Self::HttpServer | Self::HttpClient)
    }

    /// Whether it stands between others: it is asked, and asks.
    pub const fn is_link(self) -> bool {
        matches!(self, Self::TcpLink | Self::UdpLink)
    }

    /// The port that a server of this kind has where none is stated.
    pub(super) const fn port(self) -> u16 {
        match self {
            // 69, the one of RFC 1350, belongs to the administrator.
            Self::TftpServer => 6969,
            // So does 80, the one of RFC 9110.
            Self::HttpServer => crate::wire::http::PORT,
            Self::TcpLink | Self::UdpLink => 9002,
            _ => 9001,
        }
    }

    /// What it speaks, as a person says it: `TCP`, `UDP`, `Unix`, `TFTP`, `HTTP`.
    pub const fn protocol(self) -> &'static str {
        match (self, self.row().socket) {
            (Self::TftpServer | Self::TftpClient, _) => "TFTP",
            (Self::HttpServer | Self::HttpClient, _) => "HTTP",
            (Self::Manual, _) => "manual",
            (Self::UnixServer | Self::UnixClient, _) => "Unix",
            (Self::UnixDatagramServer | Self::UnixDatagramClient, _) => "Unix datagram",
            (_, SocketType::Stream) => "TCP",
            (_, SocketType::Datagram) => "UDP",
        }
    }

    /// What its own thread does.
    pub(super) const fn body(self) -> fn(&Arc<Run>, &Tracer) {
        self.row().run
    }
}

impl fmt::Display for ProgramKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_by_its_name() {
        for kind in ProgramKind::ALL {
            assert_eq!(ProgramKind::by_name(kind.name()), Some(*kind));
        }
        assert_eq!(ProgramKind::by_name("tcp-sever"), None);
        assert_eq!(ProgramKind::BY_THEMSELVES.len() + 1, ProgramKind::ALL.len());
    }
}
