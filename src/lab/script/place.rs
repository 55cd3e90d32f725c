//! Where a script and a program meet, as Python: the constants that say it, and a socket that is there.

use std::net::{Ipv4Addr, SocketAddr};

use super::lines::{Lines, quoted};
use crate::program::{Role, Target};
use crate::trace::{Address, SocketType};

/// Where a script and a program meet.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The address, if it is known already: a server whose path is its own has one when it runs.
    at: Option<Target>,
    /// Whether it is a Unix socket.
    is_unix: bool,
    /// The name by which a client asks for the address.
    name: Option<String>,
    /// What the file of a Unix socket is called where nothing else is stated.
    stem: String,
}

impl Place {
    /// The place at this address; `stem` is what its file may be called, where it has one and states none.
    pub(super) fn new(at: Option<Target>, is_unix: bool, stem: &str) -> Self {
        Self { at: at.map(own), is_unix, name: None, stem: stem.to_owned() }
    }

    /// The same, asked for by a name.
    pub(super) fn named(self, name: Option<&str>) -> Self {
        let is_own = matches!(&self.at, Some(Target::Address(at)) if at.ip().is_loopback());
        Self { name: name.filter(|_| is_own).map(str::to_owned), ..self }
    }

    /// The address, as far as it is known.
    pub(super) const fn target(&self) -> Option<&Target> {
        self.at.as_ref()
    }

    fn is_v6(&self) -> bool {
        matches!(self.at, Some(Target::Address(SocketAddr::V6(_))))
    }

    /// The family, as Python names it.
    pub(super) fn family(&self) -> &'static str {
        match (self.is_unix, self.is_v6()) {
            (true, _) => "AF_UNIX",
            (_, true) => "AF_INET6",
            _ => "AF_INET",
        }
    }

    /// The expression of the address.
    pub(super) const fn address(&self) -> &'static str {
        if self.is_unix { "PATH" } else { "(HOST, PORT)" }
    }

    /// What tells who `peer` is, as arguments of print; empty where a peer has no name.
    pub(super) const fn peer(&self, kind: SocketType) -> &'static str {
        match (self.is_unix, kind) {
            (false, _) => "peer[0], peer[1], ",
            (true, SocketType::Datagram) => "peer, ",
            (true, SocketType::Stream) => "",
        }
    }

    /// The constants that say where it is, for a script of this role: its first argument takes the place of the port, the path or the name.
    pub(super) fn constants(&self, lines: &mut Lines, role: Role) {
        lines.uses(&["sys"]);
        match &self.at {
            Some(Target::Unix(Address::Path(path))) => argument(lines, "PATH", &format!("PATH = {}", quoted(path)), "sys.argv[1]"),
            Some(Target::Unix(Address::Abstract(name))) => {
                let name = quoted(&format!("\0{name}"));
                argument(lines, "PATH", &format!("PATH = {name}  # a name of Linux, and no file"), "\"\\0\" + sys.argv[1]");
            }
            _ if self.is_unix && role == Role::Server => {
                lines.uses(&["os", "tempfile"]);
                let file = quoted(&format!("socket-lab-{}.sock", self.stem));
                argument(lines, "PATH", &format!("PATH = os.path.join(tempfile.gettempdir(), {file})"), "sys.argv[1]");
            }
            _ if self.is_unix => required(lines, "PATH"),
            Some(Target::Address(at)) => {
                let host = self.name.clone().unwrap_or_else(|| at.ip().to_string());
                if at.port() == 0 && role == Role::Client {
                    lines.add(0, &format!("HOST = {}", quoted(&host)));
                    return required(lines, "PORT");
                }
                argument(lines, "PORT", &format!("HOST, PORT = {}, {}", quoted(&host), at.port()), "int(sys.argv[1])");
            }
            Some(Target::Name(name)) => {
                argument(lines, "PORT", &format!("HOST, PORT = {}, {}", quoted(name.host()), name.port()), "int(sys.argv[1])");
            }
            Some(Target::Program(_) | Target::Unix(_)) | None => {
                lines.add(0, &format!("HOST = {}", quoted(&Ipv4Addr::LOCALHOST.to_string())));
                required(lines, "PORT");
            }
        }
    }

    /// Opens the socket `variable` of a client; a stream is connected.
    pub(super) fn ask(&self, lines: &mut Lines, kind: SocketType, variable: &str) {
        lines.uses(&["socket"]);
        if kind == SocketType::Stream && self.name.is_some() {
            lines.add(0, &format!("{variable} = socket.create_connection((HOST, PORT))  # tries each address of the name, in order"));
            return;
        }
        self.socket(lines, kind, variable);
        match kind {
            SocketType::Stream => lines.add(0, &format!("{variable}.connect({})", self.address())),
            SocketType::Datagram if self.is_unix => {
                lines.uses(&["os", "tempfile"]);
                lines.add(0, "folder = tempfile.TemporaryDirectory()  # goes with the script");
                lines.add(0, &format!("{variable}.bind(os.path.join(folder.name, \"client\"))  # who has no name cannot be answered"));
            }
            SocketType::Datagram => {}
        }
    }

    /// Opens the socket `s` of a server, and says where it is.
    pub(super) fn serve(&self, lines: &mut Lines, kind: SocketType, backlog: i32) {
        lines.uses(&["socket"]);
        self.socket(lines, kind, "s");
        let is_stream = kind == SocketType::Stream;
        lines.only(is_stream && !self.is_unix, 0, "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)");
        lines.add(0, &format!("s.bind({})", self.address()));
        let is_file = self.is_unix && !matches!(self.at, Some(Target::Unix(Address::Abstract(_))));
        if is_file {
            lines.uses(&["atexit", "os"]);
            lines.add(0, "atexit.register(os.unlink, PATH)  # close leaves the file where bind made it");
        }
        lines.only(is_stream, 0, &format!("s.listen({backlog})"));
        lines.add(
            0,
            match (self.is_unix, is_file) {
                (false, _) => "print(\"port\", s.getsockname()[1], flush=True)",
                (true, true) => "print(\"path\", PATH, flush=True)",
                (true, false) => "print(\"name\", PATH[1:], flush=True)",
            },
        );
    }

    fn socket(&self, lines: &mut Lines, kind: SocketType, variable: &str) {
        lines.add(0, &format!("{variable} = socket.socket(socket.{}, socket.{})", self.family(), kind.name()));
    }
}

/// A place on this computer by its address, where it was asked for by this computer's name for itself: where a server in Python is that is bound to the name.
fn own(target: Target) -> Target {
    match target {
        Target::Name(name) if name.is_localhost() => Target::Address((Ipv4Addr::LOCALHOST, name.port()).into()),
        target => target,
    }
}

/// A constant that the first argument replaces.
fn argument(lines: &mut Lines, name: &str, line: &str, value: &str) {
    lines.add(0, line);
    lines.add(0, "if len(sys.argv) > 1:");
    lines.add(1, &format!("{name} = {value}"));
}

/// A constant that only the first argument can state: nobody knows it before the program runs.
fn required(lines: &mut Lines, name: &str) {
    lines.add(0, "if len(sys.argv) < 2:");
    lines.add(1, &format!("sys.exit(\"usage: python3 \" + sys.argv[0] + \" {name}, which the program has when it runs\")"));
    let value = if name == "PORT" { "int(sys.argv[1])" } else { "sys.argv[1]" };
    lines.add(0, &format!("{name} = {value}"));
}
