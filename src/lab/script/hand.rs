//! The other side of calls that are given by hand, as Python: what fits to each of them, one after the other.
//!
//! Where they accept the script connects, where they receive it sends, where they send it receives. What it sends is what the lab's own other side sends, where
//! there is one.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Lines, bytes_of, quoted};
use super::meeting::address;
use super::place::Place;
use super::{NoScript, client};
use crate::lab::Lab;
use crate::program::manual::{Method, Press};
use crate::program::{Data, ProgramKind, Role, Spec, Target};
use crate::trace::{Family, How, MessageFlag, SocketType};

/// Calls that are given by hand, and their other side.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    /// What the script is.
    pub(super) script: Role,
    /// Where the server is.
    pub(super) place: Place,
    kind: SocketType,
    calls: Vec<Press>,
    /// What the script says, in order.
    words: Vec<Data>,
}

/// The address that calls bind a socket to, the first.
pub(super) fn bound(calls: &[Press]) -> Option<Target> {
    calls.iter().find(|press| press.call == Method::Bind)?.address.clone()
}

/// The call that decides who begins, and where the two meet.
struct Begin<'calls> {
    script: Role,
    socket: &'calls str,
    at: &'calls Target,
}

impl Hand {
    /// Of the calls of this program.
    ///
    /// # Errors
    /// Why nobody is at their other side.
    pub(super) fn of(lab: &Lab, spec: &Spec) -> Result<Self, NoScript> {
        let calls = &spec.calls;
        let is_own = |press: &Press| match &press.address {
            Some(Target::Program(name)) => calls.iter().any(|made| made.call == Method::Socket && made.socket == *name),
            _ => false,
        };
        if calls.iter().any(|press| is_asking(press.call) && is_own(press)) {
            return Err(NoScript::BothSides(spec.name.clone()));
        }
        let begin = begin(calls).ok_or_else(|| NoScript::NoCalls(spec.name.clone()))?;
        let at = address(lab, begin.at).ok_or_else(|| NoScript::NoPlace(begin.at.to_string()))?;
        let made = calls.iter().find(|press| press.call == Method::Socket && press.socket == begin.socket);
        let kind = made.map_or(SocketType::Stream, |press| press.kind);
        let is_unix = made.is_some_and(|press| press.family == Family::Unix) || matches!(at, Target::Unix(_));
        let partner = lab.programs.iter().find(|other| {
            let asks = |one: &Spec, two: &Spec| one.calls.iter().any(|press| press.address == Some(Target::Program(two.name.clone())));
            other.kind == ProgramKind::Manual && other.name != spec.name && (asks(other, spec) || asks(spec, other))
        });
        let words = partner.into_iter().flat_map(|partner| &partner.calls).filter(|press| press.call.sends());
        Ok(Self {
            script: begin.script,
            place: Place::new(Some(at), is_unix, &spec.name),
            kind,
            words: words.map(|press| press.data.clone()).collect(),
            calls: calls.clone(),
        })
    }

    /// The script.
    pub(super) fn text(&self) -> String {
        let mut lines = Lines::default();
        self.place.constants(&mut lines, self.script);
        client::talk(&mut lines, &Spec::new(ProgramKind::TcpServer, ""));
        let is_stream = self.kind == SocketType::Stream;
        let receives = is_stream && self.calls.iter().any(|press| press.call.sends());
        lines.block(if receives { RECEIVE } else { "\n" });
        if self.script == Role::Server {
            self.place.serve(&mut lines, self.kind, 5);
        } else if !is_stream {
            self.place.ask(&mut lines, self.kind, "s");
        }
        let mut mirror = Mirror {
            hand: self,
            lines,
            open: BTreeMap::new(),
            ended: BTreeSet::new(),
            has_said: false,
            knows_peer: false,
            words: self.words.iter(),
            said: 0,
        };
        for press in &self.calls {
            if is_stream { mirror.stream(press) } else { mirror.datagram(press) }
        }
        mirror.end()
    }
}

/// A function for what comes on a stream, of which it is known how much that is.
const RECEIVE: &str = r#"

def receive(conn, length):
    """So many bytes of the stream, however recv cuts it; fewer at its end."""
    data = b""
    while len(data) < length:
        piece = conn.recv(length - len(data))
        if not piece:
            break
        data += piece
    return data


"#;

const fn is_asking(call: Method) -> bool {
    matches!(call, Method::Connect | Method::ConnectEx | Method::SendTo)
}

/// The first call that says who is at the other side.
fn begin(calls: &[Press]) -> Option<Begin<'_>> {
    calls.iter().enumerate().find_map(|(place, press)| {
        let is_server = press.call == Method::Listen || press.call.receives();
        if is_server {
            let before = calls.get(..place).unwrap_or_default();
            let at = before.iter().find(|other| other.call == Method::Bind && other.socket == press.socket)?.address.as_ref()?;
            return Some(Begin { script: Role::Client, socket: &press.socket, at });
        }
        is_asking(press.call).then_some(())?;
        Some(Begin { script: Role::Server, socket: &press.socket, at: press.address.as_ref()? })
    })
}

/// Writes what fits to one call after the other.
struct Mirror<'hand> {
    hand: &'hand Hand,
    lines: Lines,
    /// The script's sockets, by the names of those that they are connected to.
    open: BTreeMap<String, String>,
    /// Those of them whose other side has ended its half.
    ended: BTreeSet<String>,
    /// Whether the last call said something too.
    has_said: bool,
    /// Whether a datagram has told who is at the other side.
    knows_peer: bool,
    words: std::slice::Iter<'hand, Data>,
    said: u32,
}

impl Mirror<'_> {
    fn stream(&mut self, press: &Press) {
        let new = |stem: &str, count: usize| if count == 0 { stem.to_owned() } else { format!("{stem}{}", count + 1) };
        match (press.call, self.hand.script) {
            (Method::Accept, Role::Client) => {
                let variable = new("s", self.open.len());
                self.hand.place.ask(&mut self.lines, SocketType::Stream, &variable);
                let name = press.made.clone().unwrap_or_else(|| format!("{}-{}", press.socket, self.open.len() + 2));
                self.ended.remove(&name);
                self.open.insert(name, variable);
            }
            (Method::Connect | Method::ConnectEx, Role::Server) => {
                let variable = new("conn", self.open.len());
                self.lines.add(0, &format!("{variable}, peer = s.accept()"));
                self.ended.remove(&press.socket);
                self.open.insert(press.socket.clone(), variable);
            }
            _ => {}
        }
        let Some(variable) = self.open.get(&press.socket).cloned() else { return };
        match press.call {
            call if call.receives() && !press.flags.has(MessageFlag::Peek) => {
                let word = self.word(press);
                if std::mem::replace(&mut self.has_said, true) {
                    self.lines.uses(&["time"]);
                    self.lines.add(0, "time.sleep(0.5)  # or one recv might return both messages");
                }
                self.lines.add(0, &format!("{variable}.sendall({word})"));
            }
            call if call.sends() => {
                let received = match length(&press.data) {
                    Some(0) => return,
                    Some(length) => format!("receive({variable}, {length})"),
                    None => format!("{variable}.recv(RECV)"),
                };
                self.show(&received);
            }
            Method::Shutdown if press.how != How::Read => self.hear_end(&press.socket, &variable),
            Method::Close => {
                self.hear_end(&press.socket, &variable);
                self.lines.add(0, &format!("{variable}.close()"));
                self.open.remove(&press.socket);
            }
            _ => {}
        }
    }

    /// The other side of the socket of that name ends its half.
    fn hear_end(&mut self, name: &str, variable: &str) {
        if self.ended.insert(name.to_owned()) {
            self.lines.add(0, &format!("print({variable}.recv(RECV), flush=True)  # b\"\": the other side has ended"));
            self.has_said = false;
        }
    }

    fn datagram(&mut self, press: &Press) {
        if press.call.sends() {
            self.lines.add(0, "data, peer = s.recvfrom(RECV)");
            self.knows_peer = true;
            self.show("data");
        } else if press.call.receives() && !press.flags.has(MessageFlag::Peek) {
            let word = self.word(press);
            let to = match self.hand.script {
                Role::Client => self.hand.place.address(),
                Role::Server if self.knows_peer => "peer",
                // Nobody knows yet where to.
                Role::Server => return,
            };
            self.lines.add(0, &format!("s.sendto({word}, {to})"));
        }
    }

    /// What the script says next to a call that receives.
    fn word(&mut self, press: &Press) -> String {
        self.said += 1;
        let word = self.words.next().map_or_else(|| format!("b\"message {}\"", self.said), bytes_of);
        match press.call {
            Method::MakeFile => format!("{word} + b\"\\n\""),
            // It returns when its buffer is full.
            _ if press.flags.has(MessageFlag::WaitAll) => format!("{word}.ljust({}, b\".\")", press.size),
            _ => word,
        }
    }

    fn show(&mut self, bytes: &str) {
        self.has_said = false;
        self.lines.add(0, &format!("print({bytes}.decode(CHARSET, {}), flush=True)", quoted("replace")));
    }

    /// Closes what is open still.
    fn end(mut self) -> String {
        for variable in self.open.values() {
            self.lines.add(0, &format!("{variable}.close()"));
        }
        let is_listener = self.hand.script == Role::Server || self.hand.kind == SocketType::Datagram;
        self.lines.only(is_listener, 0, "s.close()");
        self.lines.end()
    }
}

/// How many bytes are sent; none where only the file knows.
fn length(data: &Data) -> Option<usize> {
    match data {
        Data::Text(text) => Some(text.len()),
        Data::Hex(bytes) => Some(bytes.len()),
        Data::File(_) => None,
    }
}
