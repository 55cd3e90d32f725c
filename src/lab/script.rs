//! The other side of a program as a Python script, for a person who wants to write one: made of the lab's own settings.
//!
//! The script speaks as the tutorials' programs do, and runs with Python 3.8 and nothing else. Its first argument, where there is one, takes the place of the port.

use std::net::{Ipv4Addr, SocketAddr};

use super::file::Lab;
use super::http_script;
use crate::program::{Data, HostName, ProgramKind, Reply, Role, Spec, StopAt, Target, When};
use crate::wire::framing::Framing;

/// The other side of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// What its file may be called.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Lab {
    /// The address that the other side of the program called `name` has to know, or to have: where its server is. `local` is the address that program really
    /// has, where it runs.
    pub fn meeting_place(&self, name: &str, local: Option<SocketAddr>) -> Option<SocketAddr> {
        let spec = self.program(name)?;
        match spec.kind.role() {
            Role::Server => local.or(spec.bind),
            Role::Client => match spec.connect.as_ref().or_else(|| spec.manner.contacts.first().map(|contact| &contact.at))? {
                Target::Address(address) => Some(*address),
                Target::Program(server) => self.program(server)?.bind,
                // Where a server in Python is that is bound to the name.
                Target::Name(name) if name.is_localhost() => Some((Ipv4Addr::LOCALHOST, name.port()).into()),
                Target::Unix(_) | Target::Name(_) => None,
            },
        }
    }

    /// The other side of the program called `name`, as a Python script: a client of a server, a server for a client. None for programs of TFTP, for Unix sockets and
    /// for those with a framing, whose other sides are longer than what is to be learned from them.
    pub fn other_side(&self, name: &str, local: Option<SocketAddr>) -> Option<Script> {
        let spec = self.program(name)?;
        if spec.framing != Framing::None {
            return None;
        }
        let at = self.meeting_place(name, local)?;
        let asks = |client: &&Spec| {
            let own = Target::Program(name.to_owned());
            let by_name = |spec: &Spec| name_of(client).is_some_and(|name| spec.bind.is_some_and(|bind| bind.port() == name.port()));
            matches!(client.kind, ProgramKind::TcpClient | ProgramKind::UdpClient)
                && client.kind.socket_type() == spec.kind.socket_type()
                && (client.connect.as_ref() == Some(&own) || by_name(spec))
                || client.manner.contacts.iter().any(|contact| contact.at == own)
        };
        let asked = || match spec.connect.as_ref().or_else(|| spec.manner.contacts.first().map(|contact| &contact.at))? {
            Target::Program(server) => self.program(server).cloned(),
            Target::Address(_) | Target::Unix(_) | Target::Name(_) => None,
        };
        let text = match spec.kind {
            ProgramKind::TcpServer | ProgramKind::UdpServer => {
                let kind = if spec.kind == ProgramKind::TcpServer { ProgramKind::TcpClient } else { ProgramKind::UdpClient };
                let client = self.programs.iter().find(asks).cloned().unwrap_or_else(|| Spec::new(kind, "client"));
                client_of(spec, &client, at)
            }
            ProgramKind::TcpClient => server_for(spec, &asked().unwrap_or_else(|| Spec::new(ProgramKind::TcpServer, "server")), at),
            ProgramKind::UdpClient => server_for(spec, &asked().unwrap_or_else(|| Spec::new(ProgramKind::UdpServer, "server")), at),
            ProgramKind::HttpServer => http_script::client(at),
            ProgramKind::HttpClient => http_script::server(at),
            _ => return None,
        };
        let role = if spec.kind.role() == Role::Server { "client" } else { "server" };
        Some(Script { name: format!("{}-{role}.py", spec.kind.protocol().to_ascii_lowercase()), text })
    }
}

/// The name of this computer by which a client asks, where it does.
fn name_of(client: &Spec) -> Option<&HostName> {
    match &client.connect {
        Some(Target::Name(name)) if name.is_localhost() => Some(name),
        _ => None,
    }
}

/// Lines of Python.
#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    /// One line, so far indented.
    fn add(&mut self, depth: usize, line: &str) {
        for _ in 0..depth {
            self.0.push_str("    ");
        }
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// The line where it is wanted.
    fn only(&mut self, wanted: bool, depth: usize, line: &str) {
        if wanted {
            self.add(depth, line);
        }
    }
}

/// A text as Python writes it: nothing in it can end the quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => quoted.push_str(&escaped(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A character by its number.
fn escaped(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

/// What is always answered or greeted with, as an expression of bytes.
fn bytes_of(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("{}.encode(CHARSET)", quoted(text)),
        Data::Hex(bytes) => format!("bytes.fromhex({})", quoted(&crate::wire::hex::format(bytes))),
        Data::File(path) => format!("open({}, \"rb\").read()", quoted(&path.to_string_lossy())),
    }
}

fn head(spec: &Spec, host: &str, port: u16, modules: &str) -> Lines {
    let mut lines = Lines::default();
    lines.add(0, &format!("import {modules}"));
    lines.add(0, "");
    lines.add(0, &format!("HOST, PORT = {}, {}", quoted(host), port));
    lines.add(0, "if len(sys.argv) > 1:");
    lines.add(1, "PORT = int(sys.argv[1])");
    lines.add(0, &format!("RECV = {}  # bytes that each recv asks for", spec.recv_size));
    lines.add(0, &format!("CHARSET = {}", quoted(&spec.manner.charset.name().to_ascii_lowercase())));
    lines
}

/// An expression that stands before each message; none where nothing does.
fn prefix(spec: &Spec) -> Option<String> {
    let prefix = spec.manner.prefix.as_ref()?;
    let name = spec.manner.contacts.first().map(|contact| contact.name.as_str()).unwrap_or_default();
    Some(format!("time.strftime({})", quoted(&prefix.replace("{}", &name.replace('%', "%%")))))
}

/// A client of `server` that behaves as `client`.
fn client_of(server: &Spec, client: &Spec, at: SocketAddr) -> String {
    let is_tcp = server.kind == ProgramKind::TcpServer;
    let answers = !matches!(server.reply, Reply::None);
    let named = name_of(client).filter(|_| at.ip().is_loopback());
    let host = named.map_or_else(|| at.ip().to_string(), |name| name.host().to_owned());
    let mut lines = head(server, &host, at.port(), "socket, sys, time");
    let family = if at.is_ipv6() { "AF_INET6" } else { "AF_INET" };
    let word = client.stop_word.as_ref().or(server.stop_word.as_ref());
    if let Some(word) = word {
        lines.add(0, &format!("STOP = {}", quoted(word)));
    }
    lines.add(0, "");
    let kind = if is_tcp { "SOCK_STREAM" } else { "SOCK_DGRAM" };
    if is_tcp && named.is_some() {
        lines.add(0, "s = socket.create_connection((HOST, PORT))  # tries each address of the name, in order");
    } else {
        lines.add(0, &format!("s = socket.socket(socket.{family}, socket.{kind})"));
        lines.only(is_tcp, 0, "s.connect((HOST, PORT))");
    }
    if is_tcp && server.manner.greeting.is_some() {
        lines.add(0, "print(s.recv(RECV).decode(CHARSET, \"replace\"), flush=True)");
    }
    if is_tcp && server.manner.messages == Some(0) {
        lines.add(0, "print(\"recv returned\", len(s.recv(RECV)), \"bytes: the server has closed\", flush=True)");
        lines.add(0, "s.close()");
        return lines.0;
    }
    lines.add(0, "for line in sys.stdin:");
    lines.add(1, "line = line.rstrip(\"\\n\")");
    let skips = client.manner.skip_empty || is_tcp && !server.manner.stop_empty;
    lines.only(skips, 1, "if not line:");
    lines.only(skips, 2, "continue  # send of 0 bytes would send nothing, and recv wait for ever");
    // With contacts the word ends the talk with one of them, and stays here.
    let is_kept = client.manner.stop_at == StopAt::Kept || !client.manner.contacts.is_empty();
    lines.only(word.is_some() && is_kept, 1, "if line == STOP:");
    lines.only(word.is_some() && is_kept, 2, "break");
    match prefix(client) {
        Some(prefix) if word.is_some() && !is_kept => {
            lines.add(1, &format!("message = line if line == STOP else {prefix} + line"));
        }
        Some(prefix) => lines.add(1, &format!("message = {prefix} + line")),
        None => lines.add(1, "message = line"),
    }
    lines.add(1, if is_tcp { "s.sendall(message.encode(CHARSET))" } else { "s.sendto(message.encode(CHARSET), (HOST, PORT))" });
    if !is_tcp && server.manner.stop_empty {
        lines.add(1, "if not line:");
        lines.add(2, "break  # an empty datagram ends the server");
    }
    let ends_unanswered = word.is_some() && !is_kept && server.stop_word.is_some() && server.manner.stop_at != StopAt::Answered;
    lines.only(ends_unanswered, 1, "if line == STOP:");
    lines.only(ends_unanswered, 2, "break");
    if answers && is_tcp {
        lines.add(1, "data = s.recv(RECV)");
        lines.add(1, "if not data:");
        lines.add(2, "break  # the server has closed");
        lines.add(1, "print(data.decode(CHARSET, \"replace\"), flush=True)");
    } else if answers {
        lines.add(1, "data, peer = s.recvfrom(RECV)");
        lines.add(1, "print(data.decode(CHARSET, \"replace\"), flush=True)");
    }
    lines.only(word.is_some() && !is_kept && !ends_unanswered, 1, "if line == STOP:");
    lines.only(word.is_some() && !is_kept && !ends_unanswered, 2, "break");
    lines.add(0, "s.close()");
    lines.0
}

/// A server for `client` that behaves as `server`.
fn server_for(client: &Spec, server: &Spec, at: SocketAddr) -> String {
    let is_tcp = client.kind == ProgramKind::TcpClient;
    let mut lines = head(server, &at.ip().to_string(), at.port(), "re, socket, subprocess, shlex, sys, time");
    let family = if at.is_ipv6() { "AF_INET6" } else { "AF_INET" };
    if let Some(word) = &server.stop_word {
        lines.add(0, &format!("STOP = {}.encode(CHARSET)", quoted(word)));
    }
    if let Reply::Command(remote) = &server.reply {
        lines.add(0, &format!("ALLOWED = [{}]", remote.allowed.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")));
    }
    lines.add(0, "");
    lines.add(0, "");
    lines.add(0, "def answer(data):");
    reply(&mut lines, server);
    lines.add(0, "");
    lines.add(0, "");
    let kind = if is_tcp { "SOCK_STREAM" } else { "SOCK_DGRAM" };
    lines.add(0, &format!("s = socket.socket(socket.{family}, socket.{kind})"));
    lines.only(is_tcp, 0, "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)");
    lines.add(0, "s.bind((HOST, PORT))");
    lines.only(is_tcp, 0, &format!("s.listen({})", server.backlog));
    lines.add(0, "print(\"port\", s.getsockname()[1], flush=True)");
    if is_tcp {
        let connections = server.manner.connections;
        lines.add(0, &connections.map_or_else(|| "while True:".to_owned(), |count| format!("for _ in range({count}):")));
        lines.add(1, "conn, peer = s.accept()");
        lines.add(1, "print(\"connected from\", peer[0], peer[1], flush=True)");
        if let Some(greeting) = &server.manner.greeting {
            lines.add(1, &format!("conn.sendall({})", bytes_of(greeting)));
        }
        let messages = server.manner.messages;
        lines.add(1, &messages.map_or_else(|| "while True:".to_owned(), |count| format!("for _ in range({count}):")));
        lines.add(2, "data = conn.recv(RECV)");
        lines.add(2, "if not data:");
        lines.add(3, "break  # the client has closed");
        exchange(&mut lines, server, "conn.sendall(reply)", 2);
        lines.add(1, "conn.close()");
    } else {
        let messages = server.manner.messages;
        lines.add(0, &messages.map_or_else(|| "while True:".to_owned(), |count| format!("for _ in range({count}):")));
        lines.add(1, "data, peer = s.recvfrom(RECV)");
        lines.only(server.manner.stop_empty, 1, "if not data:");
        lines.only(server.manner.stop_empty, 2, "break");
        exchange(&mut lines, server, "s.sendto(reply, peer)", 1);
    }
    lines.add(0, "s.close()");
    lines.0
}

/// What a server does with one message.
fn exchange(lines: &mut Lines, server: &Spec, send: &str, depth: usize) {
    lines.add(depth, "print(peer[0], peer[1], data.decode(CHARSET, \"replace\"), flush=True)");
    let answers_word = server.manner.stop_at == StopAt::Answered;
    let word = server.stop_word.is_some();
    lines.only(word && !answers_word, depth, "if data == STOP:");
    lines.only(word && !answers_word, depth + 1, "break");
    lines.add(depth, "reply = answer(data)");
    lines.add(depth, "if reply is not None:");
    lines.add(depth + 1, send);
    lines.only(word && answers_word, depth, "if data == STOP:");
    lines.only(word && answers_word, depth + 1, "break");
}

/// The body of `answer`.
fn reply(lines: &mut Lines, server: &Spec) {
    let before = prefix(server).map(|prefix| format!("{prefix}.encode(CHARSET) + ")).unwrap_or_default();
    match &server.reply {
        Reply::Echo => lines.add(1, &format!("return {before}data")),
        Reply::Upper => lines.add(1, &format!("return {before}data.upper()")),
        Reply::Reverse => lines.add(1, &format!("return {before}data.decode(CHARSET)[::-1].encode(CHARSET)")),
        Reply::Fixed(data) => lines.add(1, &format!("return {before}{}", bytes_of(data))),
        Reply::Time { format } if format.is_empty() => {
            lines.add(1, "return time.strftime(data.decode(CHARSET, \"replace\") or \"%Y-%m-%d %X\").encode(CHARSET)");
        }
        Reply::Time { format } => {
            lines.add(1, &format!("parts = [time.strftime(part).encode(CHARSET) for part in {}.split(\"{{}}\")]", quoted(format)));
            lines.add(1, "return data.join(parts)");
        }
        Reply::Command(_) => {
            lines.add(1, "try:");
            lines.add(2, "words = shlex.split(data.decode(CHARSET))");
            lines.add(2, "if not words or words[0] not in ALLOWED:");
            lines.add(3, "return b\"refused: not on the list\\n\"");
            lines.add(2, "ran = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=5)");
            lines.add(2, "return ran.stdout + ran.stderr");
            lines.add(1, "except (OSError, ValueError, subprocess.SubprocessError) as error:");
            lines.add(2, "return str(error).encode(CHARSET, \"replace\") + b\"\\n\"");
        }
        Reply::Rules(rules) => {
            for rule in &rules.rules {
                let answer = bytes_of(&rule.answer);
                let condition = match &rule.when {
                    When::Exact(data) => format!("data == {}", bytes_of(data)),
                    When::Prefix(data) => format!("data.startswith({})", bytes_of(data)),
                    When::Contains(data) => format!("{} in data", bytes_of(data)),
                    When::Regex(pattern) => {
                        // Groups are named, and put into an answer, in Python's own way.
                        let source = pattern.source().replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!");
                        let template = match &rule.answer {
                            Data::Text(text) => quoted(text),
                            _ => format!("{answer}.decode(CHARSET, \"surrogateescape\")"),
                        };
                        lines.add(1, &format!("found = re.search({}, data.decode(CHARSET, \"surrogateescape\"))", quoted(&source)));
                        lines.add(1, "if found:");
                        lines.add(2, "def put(part):");
                        lines.add(3, "name = part[1] or part[2]");
                        lines.add(3, "return \"$\" if not name else found[int(name) if name.isdigit() else name] or \"\"");
                        let put = r#"re.sub(r"\$(?:\$|\{(\w+)\}|(\w+))", put, "#;
                        lines.add(2, &format!("return {before}{put}{template}).encode(CHARSET, \"surrogateescape\")"));
                        continue;
                    }
                };
                lines.add(1, &format!("if {condition}:"));
                lines.add(2, &format!("return {before}{answer}"));
            }
            let otherwise = rules.otherwise.as_ref().map_or_else(|| "None".to_owned(), |data| format!("{before}{}", bytes_of(data)));
            lines.add(1, &format!("return {otherwise}"));
        }
        Reply::Manual => lines.add(1, &format!("return {before}input(\"> \").encode(CHARSET)")),
        Reply::None => lines.add(1, "return None"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::SAMPLES;

    const SIDES: [ProgramKind; 6] = [
        ProgramKind::TcpServer,
        ProgramKind::TcpClient,
        ProgramKind::UdpServer,
        ProgramKind::UdpClient,
        ProgramKind::HttpServer,
        ProgramKind::HttpClient,
    ];

    #[test]
    fn every_side_of_every_sample_but_tftp_has_its_other_side() {
        for sample in SAMPLES {
            let lab = sample.lab(&[]).expect("a lab");
            for spec in &lab.programs {
                let script = lab.other_side(&spec.name, None);
                assert_eq!(script.is_some(), SIDES.contains(&spec.kind) && spec.framing == Framing::None, "{}", sample.name);
                let Some(script) = script else { continue };
                let place = lab.meeting_place(&spec.name, None).expect("a place");
                let at = |host: &str| script.text.contains(&format!("HOST, PORT = \"{host}\", {}", place.port()));
                assert!(at(&place.ip().to_string()) || sample.name == "localhost" && at("localhost"), "{}", script.text);
            }
        }
    }

    #[test]
    fn no_setting_can_leave_its_quotes() {
        assert_eq!(quoted("a\"\\\n\u{0}你"), "\"a\\\"\\\\\\n\\u0000你\"");
    }
}
