//! What surrounds a lab on this computer: its addresses, the ports that are taken, those that one may not bind; and what of it is in the way of a
//! program.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::file::Lab;
use crate::net::interfaces::{OwnAddress, own_addresses};
use crate::net::limits::Limits;
use crate::net::option::Defaults;
use crate::net::ports::{Bound, BoundState, Owner, bound, first_free_to_bind, only_v6_by_default, owners};
use crate::net::time_waits;
use crate::program::Spec;
use crate::text;
use crate::text::Message;
use crate::trace::{SocketType, Value};

/// This computer, as it was when it was looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// The addresses a socket can be bound to.
    pub addresses: Vec<OwnAddress>,
    /// The sockets that have an address, with their owners where these can be known.
    pub taken: Vec<(Bound, Option<Owner>)>,
    /// The addresses that closed connections still have, and for how long.
    pub time_waits: Vec<(SocketAddr, Duration)>,
    /// The first port that may be bound.
    pub first_port: u32,
    /// Whether a socket for all addresses of IPv6 leaves those of IPv4 alone where `IPV6_V6ONLY` is not set.
    pub only_v6: bool,
    /// What the system does to the values of options; none where it gives no socket to look at.
    pub limits: Option<Limits>,
    /// What the options of sockets are before anybody has set them.
    pub defaults: Defaults,
}

/// What is in the way of a program, before it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Ports below this one belong to the administrator.
    Privileged {
        /// The port that is asked for.
        port: u16,
        /// The first that everyone may bind.
        first: u32,
    },
    /// A program of this lab that runs has the address.
    Running(String),
    /// A program of this lab that does not run is to have it too.
    Planned(String),
    /// Another process has it.
    Process(Owner),
    /// Somebody has it who cannot be known.
    Somebody,
    /// Somebody has all addresses of IPv6, and those of IPv4 too unless `IPV6_V6ONLY` is set there, which cannot be known.
    Perhaps(Option<Owner>),
    /// Closed connections have it, and `SO_REUSEADDR` is not set.
    Closed,
}

impl Obstacle {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            Self::Privileged { port, first } => text!("lab-obstacle-privileged", port = port.to_string(), first = first.to_string()),
            Self::Running(name) => text!("lab-obstacle-running", program = name.as_str()),
            Self::Planned(name) => text!("lab-obstacle-planned", program = name.as_str()),
            Self::Process(owner) => {
                text!("lab-obstacle-process", process = owner.name.as_str(), number = owner.process.to_string())
            }
            Self::Somebody => text!("lab-obstacle-somebody"),
            Self::Perhaps(Some(owner)) => {
                text!("lab-obstacle-perhaps-process", process = owner.name.as_str(), number = owner.process.to_string())
            }
            Self::Perhaps(None) => text!("lab-obstacle-perhaps-somebody"),
            Self::Closed => text!("lab-obstacle-closed"),
        }
    }
}

impl Surroundings {
    /// Looks around. Reads files: not for the window's thread. What the system does not tell is missing.
    pub fn observe() -> Self {
        let bound = bound();
        let inodes = bound.iter().map(|bound| bound.inode).filter(|inode| *inode != 0).collect::<BTreeSet<_>>();
        let owners = owners(&inodes);
        Self {
            addresses: own_addresses().unwrap_or_default(),
            taken: bound.into_iter().map(|bound| (bound, owners.get(&bound.inode).cloned())).collect(),
            time_waits: time_waits(),
            first_port: first_free_to_bind(),
            only_v6: only_v6_by_default(),
            limits: Limits::observe().ok(),
            defaults: Defaults::observe(),
        }
    }

    /// What is in the way of the program called `name`, which does not run; `running` are the addresses of the programs of the lab that do.
    pub fn obstacle(&self, lab: &Lab, name: &str, running: &[(String, SocketAddr)]) -> Option<Obstacle> {
        let spec = lab.program(name)?;
        let bind = spec.bind.filter(|bind| bind.port() != 0)?;
        if u32::from(bind.port()) < self.first_port {
            return Some(Obstacle::Privileged { port: bind.port(), first: self.first_port });
        }
        let kind = spec.kind.socket_type();
        if has(spec, "SO_REUSEPORT") || kind == SocketType::Datagram && has(spec, "SO_REUSEADDR") {
            // It may be shared, if the others say so too.
            return None;
        }
        let alike = |other: &&Spec| other.name != name && other.kind.socket_type() == kind;
        let others = || lab.programs.iter().filter(alike);
        let own = self.claim(spec, bind);
        let runs = |other: &&Spec| running.iter().any(|(name, local)| *name == other.name && self.claim(other, *local).meets(&own));
        if let Some(other) = others().find(runs) {
            return Some(Obstacle::Running(other.name.clone()));
        }
        if let Some(obstacle) = self.taken(&own, kind, has(spec, "SO_REUSEADDR")) {
            return Some(obstacle);
        }
        let plans = |other: &&Spec| other.bind.is_some_and(|bind| self.claim(other, bind).meets(&own));
        others().find(plans).map(|other| Obstacle::Planned(other.name.clone()))
    }

    /// What the socket of `spec` takes when it is bound to `address`.
    fn claim(&self, spec: &Spec, address: SocketAddr) -> Claim {
        Claim::new(address, flag(spec, "IPV6_V6ONLY").unwrap_or(self.only_v6))
    }

    fn taken(&self, own: &Claim, kind: SocketType, reuse: bool) -> Option<Obstacle> {
        // Of a socket of another process it cannot be known whether it leaves IPv4 alone.
        let is_certain = |bound: &Bound| Claim::new(bound.local, true).meets(own);
        let mut here = self
            .taken
            .iter()
            .filter(|(bound, _)| bound.kind == kind && Claim::new(bound.local, false).meets(own))
            .filter(|(bound, _)| bound.state == BoundState::Waiting || !reuse)
            .collect::<Vec<_>>();
        here.sort_by_key(|(bound, _)| (bound.state != BoundState::Waiting, !is_certain(bound)));
        let (bound, owner) = here.first()?;
        Some(match (bound.state, owner) {
            (BoundState::Closed, _) => Obstacle::Closed,
            (_, owner) if !is_certain(bound) => Obstacle::Perhaps(owner.clone()),
            (_, Some(owner)) => Obstacle::Process(owner.clone()),
            (_, None) => Obstacle::Somebody,
        })
    }
}

fn has(spec: &Spec, name: &str) -> bool {
    flag(spec, name) == Some(true)
}

/// What is asked for by a flag; none where it is not set.
fn flag(spec: &Spec, name: &str) -> Option<bool> {
    spec.options
        .iter()
        .find(|(option, _)| option.name == name)
        .and_then(|(_, value)| if let Value::Flag(on) = value { Some(*on) } else { None })
}

/// What a socket takes of a port: an address of IPv4, one of IPv6, or both; the unspecified address is all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    port: u16,
    four: Option<Ipv4Addr>,
    six: Option<Ipv6Addr>,
}

impl Claim {
    /// Of a socket bound to `address`: all addresses of IPv6 take those of IPv4 with them, unless it is for IPv6 only (ipv6(7)).
    fn new(address: SocketAddr, only_v6: bool) -> Self {
        let (four, six) = match address.ip() {
            IpAddr::V4(ip) => (Some(ip), None),
            IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
                Some(ip) => (Some(ip), None),
                None => ((ip.is_unspecified() && !only_v6).then_some(Ipv4Addr::UNSPECIFIED), Some(ip)),
            },
        };
        Self { port: address.port(), four, six }
    }

    /// Whether the two cannot both be had.
    fn meets(&self, other: &Self) -> bool {
        fn meet<A: PartialEq>(one: Option<A>, other: Option<A>, all: &A) -> bool {
            one.zip(other).is_some_and(|(one, other)| one == other || one == *all || other == *all)
        }
        let four = || meet(self.four, other.four, &Ipv4Addr::UNSPECIFIED);
        self.port == other.port && (four() || meet(self.six, other.six, &Ipv6Addr::UNSPECIFIED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::by_name;
    use crate::program::ProgramKind;

    fn address(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    fn lab() -> Lab {
        let mut lab = Lab::default();
        lab.add(ProgramKind::TcpServer);
        lab.add(ProgramKind::TcpServer);
        lab.add(ProgramKind::UdpServer);
        lab.programs[2].bind = lab.programs[0].bind;
        lab
    }

    fn taken(state: BoundState, owner: Option<Owner>) -> Surroundings {
        let bound = Bound { kind: SocketType::Stream, local: address("0.0.0.0:9001"), state, inode: 1 };
        Surroundings { taken: vec![(bound, owner)], ..Surroundings::default() }
    }

    #[test]
    fn who_has_the_address_is_told() {
        let (mut lab, nothing) = (lab(), Surroundings::default());
        assert_eq!(nothing.obstacle(&lab, "server", &[]), None, "UDP has ports of its own");
        lab.programs[1].bind = Some(address("[::]:9001"));
        assert_eq!(nothing.obstacle(&lab, "server", &[]), Some(Obstacle::Planned("server-2".to_owned())));
        let running = [("server-2".to_owned(), address("[::]:9001"))];
        assert_eq!(nothing.obstacle(&lab, "server", &running), Some(Obstacle::Running("server-2".to_owned())));
        let owner = Owner { process: 7, name: "nc".to_owned() };
        assert_eq!(taken(BoundState::Waiting, Some(owner.clone())).obstacle(&lab, "server", &[]), Some(Obstacle::Process(owner)));
        assert_eq!(taken(BoundState::Waiting, None).obstacle(&lab, "server", &[]), Some(Obstacle::Somebody));
        lab.programs[0].bind = Some(address("127.0.0.1:0"));
        assert_eq!(taken(BoundState::Waiting, None).obstacle(&lab, "server", &[]), None, "any port is free");
    }

    #[test]
    fn of_whoever_has_all_of_ipv6_it_is_not_known_whether_ipv4_is_free() {
        let (mut lab, owner) = (lab(), Owner { process: 7, name: "nc".to_owned() });
        let bound = Bound { kind: SocketType::Stream, local: address("[::]:9001"), state: BoundState::Waiting, inode: 1 };
        let mut around = Surroundings { taken: vec![(bound, Some(owner.clone()))], ..Surroundings::default() };
        assert_eq!(around.obstacle(&lab, "server", &[]), Some(Obstacle::Perhaps(Some(owner.clone()))));
        // Whoever has the address itself is certain.
        around.taken.push((Bound { local: address("127.0.0.1:9001"), ..bound }, None));
        assert_eq!(around.obstacle(&lab, "server", &[]), Some(Obstacle::Somebody));
        around.taken.pop();
        lab.programs[0].bind = Some(address("[::1]:9001"));
        assert_eq!(around.obstacle(&lab, "server", &[]), Some(Obstacle::Process(owner)));
    }

    #[test]
    fn closed_connections_are_in_the_way_without_reuseaddr() {
        let mut lab = lab();
        let closed = taken(BoundState::Closed, None);
        assert_eq!(closed.obstacle(&lab, "server", &[]), Some(Obstacle::Closed));
        lab.programs[0].options = vec![(by_name("SO_REUSEADDR").expect("in the table"), Value::Flag(true))];
        assert_eq!(closed.obstacle(&lab, "server", &[]), None);
        assert_eq!(taken(BoundState::Waiting, None).obstacle(&lab, "server", &[]), Some(Obstacle::Somebody));
    }

    #[test]
    fn ports_of_the_administrator_are_told_by_this_system_s_rule() {
        let mut lab = lab();
        lab.programs[0].bind = Some(address("127.0.0.1:80"));
        let rule = |first_port| Surroundings { first_port, ..Surroundings::default() };
        assert_eq!(rule(1024).obstacle(&lab, "server", &[]), Some(Obstacle::Privileged { port: 80, first: 1024 }));
        assert_eq!(rule(80).obstacle(&lab, "server", &[]), None);
    }
}
