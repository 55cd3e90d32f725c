//! Who is at the other side of a program, and where the two meet.
//!
//! The script takes the place of a program of the lab where there is one (the server that a client asks, a client of a server), and behaves as that one does. What
//! stands behind a link counts as the link's own: its clients speak with the server through it.

use std::time::Duration;

use super::place::Place;
use super::{NoScript, hand};
use crate::lab::Lab;
use crate::net::option;
use crate::program::{ProgramKind, Role, Spec, Target, reachable};
use crate::trace::{Address, SocketType, Value};

/// The option by which a receive ends without a datagram.
pub(super) const RECEIVE_TIMEOUT: &str = "SO_RCVTIMEO";

/// What a program speaks, whichever family its addresses have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// Messages, by a stream or by datagrams.
    Talk(SocketType),
    Tftp,
    Http,
}

impl Speech {
    /// What programs of this kind speak; none for those that pass on what others say or do what a person tells them.
    fn of(kind: ProgramKind) -> Option<Self> {
        match kind {
            ProgramKind::TcpServer
            | ProgramKind::TcpClient
            | ProgramKind::UdpServer
            | ProgramKind::UdpClient
            | ProgramKind::UnixServer
            | ProgramKind::UnixClient
            | ProgramKind::UnixDatagramServer
            | ProgramKind::UnixDatagramClient
            | ProgramKind::Load => Some(Self::Talk(kind.socket_type())),
            ProgramKind::TftpServer | ProgramKind::TftpClient => Some(Self::Tftp),
            ProgramKind::HttpServer | ProgramKind::HttpClient => Some(Self::Http),
            ProgramKind::TcpLink | ProgramKind::UdpLink | ProgramKind::Manual => None,
        }
    }

    /// A program of this role that speaks so, with everything at its default.
    fn speaker(self, role: Role, is_unix: bool) -> Spec {
        let known = ProgramKind::ALL.iter().find(|kind| Self::of(**kind) == Some(self) && kind.role() == role && kind.is_unix() == is_unix);
        let name = if role == Role::Server { "server" } else { "client" };
        Spec::new(known.copied().unwrap_or(ProgramKind::TcpServer), name)
    }
}

/// A program and its other side.
#[derive(Clone, Debug)]
pub(super) struct Meeting {
    /// What they speak.
    pub(super) speech: Speech,
    /// What the script is.
    pub(super) script: Role,
    /// Where the server is.
    pub(super) place: Place,
    /// The server: the program itself, or the one whose place the script takes.
    pub(super) server: Spec,
    /// The client, likewise.
    pub(super) client: Spec,
}

impl Meeting {
    /// Of this program, which is at `local` where it runs.
    ///
    /// # Errors
    /// Why it has no other side.
    pub(super) fn of(lab: &Lab, spec: &Spec, local: Option<&Address>) -> Result<Self, NoScript> {
        match spec.kind.role() {
            Role::Client => Self::with_client(lab, spec),
            Role::Server => match spec.connect.as_ref().filter(|_| spec.kind.is_link()) {
                // Nobody of the lab is behind the link, and somebody before it: who is missing is the server.
                Some(behind) if behind_link(lab, spec).is_none() => match lab.programs.iter().find(|other| asks(other, spec)) {
                    Some(client) => Self::with(lab, client, behind, None),
                    None => Ok(Self::with_server(lab, spec, local)),
                },
                _ => Ok(Self::with_server(lab, spec, local)),
            },
        }
    }

    /// A server for this client.
    fn with_client(lab: &Lab, client: &Spec) -> Result<Self, NoScript> {
        let target = targets(client).next().ok_or_else(|| NoScript::NoTarget(client.name.clone()))?;
        let asked = lab.programs.iter().find(|other| leads_to(target, client, other));
        let served = asked.and_then(|asked| if asked.kind.is_link() { behind_link(lab, asked) } else { Some(asked) });
        Self::with(lab, client, target, served)
    }

    /// A server for this client at this target, which behaves as `served` does.
    fn with(lab: &Lab, client: &Spec, target: &Target, served: Option<&Spec>) -> Result<Self, NoScript> {
        let speech = Speech::of(client.kind).unwrap_or_else(|| Speech::Talk(client.kind.socket_type()));
        let is_unix = client.kind.is_unix();
        let server = served.filter(|served| Speech::of(served.kind) == Some(speech)).cloned();
        let server = server.unwrap_or_else(|| speech.speaker(Role::Server, is_unix));
        let place = Place::new(address(lab, target), is_unix, &server.name);
        if !is_unix && place.target().is_none() {
            return Err(NoScript::NoPlace(target.to_string()));
        }
        Ok(Self { speech, script: Role::Server, place, server, client: client.clone() })
    }

    /// A client of this server, or of the one behind this link.
    fn with_server(lab: &Lab, spec: &Spec, local: Option<&Address>) -> Self {
        let behind = if spec.kind.is_link() { behind_link(lab, spec) } else { Some(spec) };
        let known = behind.and_then(|server| Speech::of(server.kind));
        let asking = lab.programs.iter().filter(|other| asks(other, spec)).find_map(|other| Speech::of(other.kind));
        let speech = known.or(asking).unwrap_or_else(|| Speech::Talk(spec.kind.socket_type()));
        let is_unix = spec.kind.is_unix();
        let server = behind.filter(|_| known.is_some()).cloned().unwrap_or_else(|| speech.speaker(Role::Server, is_unix));
        let fits = |other: &&Spec| Speech::of(other.kind) == Some(speech);
        let mut clients = lab.programs.iter().filter(fits);
        let client = clients.clone().find(|other| asks(other, spec)).or_else(|| clients.find(|other| comes_through(lab, other, spec)));
        let client = client.cloned().unwrap_or_else(|| {
            let mut client = speech.speaker(Role::Client, is_unix);
            // What a link loses is not waited for.
            let limit = option::by_name(RECEIVE_TIMEOUT).filter(|_| spec.kind == ProgramKind::UdpLink);
            client.options.extend(limit.map(|limit| (limit, Value::Time(Some(Duration::from_secs(1))))));
            client
        });
        let at = local.cloned().map(target).or_else(|| own(spec)).map(from_here);
        let name = match &client.connect {
            Some(Target::Name(name)) if name.is_localhost() => Some(name.host()),
            _ => None,
        };
        let place = Place::new(at, is_unix, &spec.name).named(name);
        Self { speech, script: Role::Client, place, server, client }
    }
}

/// Whom a program asks.
fn targets(spec: &Spec) -> impl Iterator<Item = &Target> {
    spec.connect.iter().chain(spec.manner.contacts.iter().map(|contact| &contact.at))
}

/// Whether `client` asks `server`.
fn asks(client: &Spec, server: &Spec) -> bool {
    targets(client).any(|target| leads_to(target, client, server))
}

/// Whether `client` asks a link behind which `server` is.
fn comes_through(lab: &Lab, client: &Spec, server: &Spec) -> bool {
    let mut links = lab.programs.iter().filter(|other| other.kind.is_link() && asks(client, other));
    links.any(|link| behind_link(lab, link).is_some_and(|behind| behind.name == server.name))
}

/// Whether the target of `client` leads to `server`.
fn leads_to(target: &Target, client: &Spec, server: &Spec) -> bool {
    let is_fit = server.kind.role() == Role::Server
        && server.name != client.name
        && server.kind.socket_type() == client.kind.socket_type()
        && server.kind.is_unix() == client.kind.is_unix();
    is_fit
        && match target {
            Target::Program(name) => *name == server.name,
            Target::Unix(path) => server.path.as_ref() == Some(path),
            Target::Address(at) => server.bind.is_some_and(|bind| {
                bind.port() == at.port() && (bind.ip() == at.ip() || bind.ip().is_unspecified() && at.ip().is_loopback())
            }),
            Target::Name(name) => name.is_localhost() && server.bind.is_some_and(|bind| bind.port() == name.port()),
        }
}

/// The server at the end of a chain of links; none where it is no program of the lab.
fn behind_link<'lab>(lab: &'lab Lab, link: &'lab Spec) -> Option<&'lab Spec> {
    let mut at = link;
    // A chain that is longer than the lab is a ring.
    for _ in 0..=lab.programs.len() {
        if !at.kind.is_link() {
            return Some(at);
        }
        let target = at.connect.as_ref()?;
        at = lab.programs.iter().find(|other| leads_to(target, at, other))?;
    }
    None
}

/// The address that a target states, or that the program has which it names.
pub(super) fn address(lab: &Lab, stated: &Target) -> Option<Target> {
    match stated {
        Target::Program(name) => own(lab.program(name)?).map(from_here),
        stated => Some(stated.clone()),
    }
}

/// The address that a program states for itself.
fn own(spec: &Spec) -> Option<Target> {
    match spec.kind {
        ProgramKind::Manual => hand::bound(&spec.calls),
        _ => spec.bind.map(Target::Address).or_else(|| spec.path.clone().map(Target::Unix)),
    }
}

fn target(address: Address) -> Target {
    match address {
        Address::Ip(at) => Target::Address(at),
        other => Target::Unix(other),
    }
}

/// The address under which it is reached from this computer.
fn from_here(target: Target) -> Target {
    match target {
        Target::Address(at) => Target::Address(reachable(at)),
        target => target,
    }
}
