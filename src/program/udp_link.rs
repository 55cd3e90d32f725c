//! udp-link: stands between clients and a server of datagrams, and loses, doubles, holds and mixes what they send.
//!
//! Each client has a socket of its own to the server, so that the answers find their way back. It is not connected, for a server may answer from another port than it
//! was asked at, as TFTP does for each transfer (RFC 1350, section 4): from then on what the client sends goes to that port, while the client sees the link's port
//! alone. The kernel is asked to tell when nobody is there all the same. One thread, and no call of it blocks but the wait for the next datagram or the next time at
//! which one goes on.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::bound::family;
use super::failure;
use super::link::{Front, MOST_CLIENTS, happens};
use super::run::{Run, tell};
use super::socket::{Held, Use};
use crate::net::{self, Line};
use crate::text;
use crate::trace::{Address, Direction, FaultKind, Interest, Origin, SocketId, Tracer};
use crate::wire::tftp::Packet;

/// A buffer that holds every datagram.
const BUFFER: usize = 1 << 16;

/// A client, and what is under way for it.
struct Flow {
    client: Address,
    /// The socket towards the server.
    server: Held,
    /// Where what the client sends goes now: the server, or the port from which it answers this client.
    to: Address,
    /// Whether was told that another port has no part in it.
    has_told_stranger: bool,
    there: Line,
    back: Line,
    /// When the last datagram came, either way.
    last: u64,
    /// Whether was told that nobody answers.
    has_told: bool,
}

/// The link at work.
struct Relay<'run> {
    run: &'run Arc<Run>,
    on: &'run Tracer,
    front: Front,
    flows: BTreeMap<u64, Flow>,
    by_client: HashMap<Address, u64>,
    by_socket: HashMap<SocketId, u64>,
    /// How many clients there were.
    count: u64,
    /// Whether was told that there are too many, or nobody to ask.
    has_told: bool,
    buffer: Vec<u8>,
}

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let Some(front) = Front::open(run, on, Use::Datagrams(None)) else { return };
    let mut relay = Relay {
        run,
        on,
        front,
        flows: BTreeMap::new(),
        by_client: HashMap::new(),
        by_socket: HashMap::new(),
        count: 0,
        has_told: false,
        buffer: vec![0; BUFFER],
    };
    relay.work();
    relay.close();
}

impl Relay<'_> {
    fn work(&mut self) {
        let id = self.front.listener.socket.id();
        while !self.run.is_stopping() {
            if self.front.steering.look(self.run, self.on) {
                let (now, ways) = (self.on.now(), &self.front.steering.ways);
                for flow in self.flows.values_mut() {
                    flow.there.changed(&ways.there, now);
                    flow.back.changed(&ways.back, now);
                }
            }
            self.let_go();
            self.forget_the_silent();
            let next = self.next();
            let Some(ready) = self.front.wait(self.run, self.on, next) else { return };
            for ready in ready {
                if ready.socket == id {
                    self.hear_clients();
                } else if let Some(number) = self.by_socket.get(&ready.socket) {
                    self.hear_server(*number);
                }
            }
        }
    }

    fn close(mut self) {
        let all = self.flows.keys().copied().collect::<Vec<_>>();
        for number in all {
            self.forget(number);
        }
        self.front.close(self.on);
    }

    /// When the next flow has something to do.
    fn next(&self) -> Option<u64> {
        let idle = self.run.spec.link.idle.as_nanos() as u64;
        let of = move |flow: &Flow| {
            let idle = (flow.there.is_empty() && flow.back.is_empty()).then(|| flow.last.saturating_add(idle));
            [flow.there.next(), flow.back.next(), idle].into_iter().flatten().min()
        };
        self.flows.values().filter_map(of).min()
    }

    /// Takes in what a client sent. What waits behind it makes the socket ready again: nothing is asked for in vain.
    fn hear_clients(&mut self) {
        let received = self.front.listener.socket.recv_from(self.on, &mut self.buffer);
        match received {
            Ok(_) if self.run.is_over(&self.front.listener) => {}
            Ok((count, from, _)) => {
                let Some(number) = self.flow_of(&from) else { return };
                let (now, datagram) = (self.on.now(), self.buffer.get(..count).unwrap_or_default());
                let Some(flow) = self.flows.get_mut(&number) else { return };
                flow.last = now;
                if let Some(server) = self.run.to().filter(|server| flow.to != *server && is_request(datagram)) {
                    // A new transfer, or the same one asked for again: both are the server's affair.
                    flow.to = server;
                }
                for what in flow.there.take(&self.front.steering.ways.there, now, datagram) {
                    happens(self.on, what, flow.server.socket.id(), &flow.to, datagram);
                }
                self.front.listener.heard_from(&from);
            }
            Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
            // What became of an answer that a client does not wait for any more.
            Err(error) => self.run.met_on(&self.front.listener, &error),
        }
    }

    /// The client at this address, which may be new; none where there is no room for it.
    fn flow_of(&mut self, client: &Address) -> Option<u64> {
        if let Some(number) = self.by_client.get(client) {
            return Some(*number);
        }
        let told = std::mem::replace(&mut self.has_told, true);
        let Some(to) = self.run.to() else {
            if !told {
                self.front.listener.tell(self.on, text!("program-link-nowhere"));
            }
            return None;
        };
        if self.flows.len() >= MOST_CLIENTS {
            if !told {
                self.front.listener.tell(self.on, text!("program-link-full", most = MOST_CLIENTS));
            }
            return None;
        }
        self.has_told = false;
        let server = self.run.open(self.on, family(to.ip()), Use::Datagrams(Some(to.clone())))?;
        let begun = server.socket.bind(self.on, &towards(&to)).and_then(|()| server.socket.set_nonblocking(self.on, true));
        let begun = begun.and_then(|()| server.socket.report_errors(&self.on.on_behalf_of(Origin::Lab)));
        if let Err(error) = begun.and_then(|()| self.front.readiness.add(self.on, &server.socket, Interest::Readable)) {
            server.tell(self.on, text!("program-link-unreachable", to = to.to_string(), why = error.message()));
            self.run.met_on(&server, &error);
            server.close(self.on);
            return None;
        }
        let (seed, number, client) = (self.run.spec.link.seed, self.count, client.clone());
        self.count += 1;
        self.by_client.insert(client.clone(), number);
        self.by_socket.insert(server.socket.id(), number);
        let [there, back] = [Direction::Sent, Direction::Received].map(|direction| Line::new(seed, number, direction));
        let flow = Flow { client, server, to, has_told_stranger: false, there, back, last: self.on.now(), has_told: false };
        self.flows.insert(number, flow);
        Some(number)
    }

    /// Takes in what the server sent for a client.
    fn hear_server(&mut self, number: u64) {
        let Some(flow) = self.flows.get_mut(&number) else { return };
        if self.run.is_over(&flow.server) {
            return self.forget(number);
        }
        match flow.server.socket.recv_from(self.on, &mut self.buffer) {
            Ok(_) if self.run.is_over(&flow.server) => self.forget(number),
            Ok((_, from, _)) if !flow.hears(self.run, self.on, &from) => {}
            Ok((count, ..)) => {
                let (now, datagram) = (self.on.now(), self.buffer.get(..count).unwrap_or_default());
                flow.last = now;
                flow.has_told = false;
                for what in flow.back.take(&self.front.steering.ways.back, now, datagram) {
                    happens(self.on, what, self.front.listener.socket.id(), &flow.client, datagram);
                }
            }
            Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
            Err(error) => self.nobody_there(number, &error),
        }
    }

    /// Sends on what is due.
    fn let_go(&mut self) {
        let now = self.on.now();
        let mut refused = Vec::new();
        for (number, flow) in &mut self.flows {
            while let Some(datagram) = flow.there.pop(now) {
                if let Err(error) = flow.server.socket.send_to(self.on, &datagram, &flow.to) {
                    if failure::is_timeout(&error) {
                        happens(self.on, FaultKind::Overflowed, flow.server.socket.id(), &flow.to, &datagram);
                    } else {
                        refused.push((*number, error));
                    }
                }
            }
            while let Some(datagram) = flow.back.pop(now) {
                if let Err(error) = self.front.listener.socket.send_to(self.on, &datagram, &flow.client) {
                    if failure::is_timeout(&error) {
                        happens(self.on, FaultKind::Overflowed, self.front.listener.socket.id(), &flow.client, &datagram);
                    } else {
                        self.run.met_on(&self.front.listener, &error);
                    }
                }
            }
        }
        for (number, error) in refused {
            self.nobody_there(number, &error);
        }
    }

    /// The kernel said that the server's port is nobody's, or the way there is none.
    fn nobody_there(&mut self, number: u64, error: &net::Error) {
        let Some(flow) = self.flows.get_mut(&number) else { return };
        let Some(to) = self.run.to() else { return };
        if flow.to != to {
            // The port of a transfer that is over: what its client has still to say is lost, as it would be without a link.
            flow.server.tell(self.on, text!("program-link-port-gone", from = flow.to.to_string(), to = to.to_string()));
            flow.to = to;
            return;
        }
        self.run.met_on(&flow.server, error);
        if !std::mem::replace(&mut flow.has_told, true) {
            let told = text!("program-link-unheard", to = to.to_string(), client = flow.client.to_string(), why = error.message());
            flow.server.tell(self.on, told);
        }
    }

    /// Forgets the clients that said and heard nothing for so long.
    fn forget_the_silent(&mut self) {
        let (now, idle) = (self.on.now(), self.run.spec.link.idle.as_nanos() as u64);
        let is_silent = |flow: &Flow| flow.there.is_empty() && flow.back.is_empty() && flow.last.saturating_add(idle) <= now;
        let over = |flow: &Flow| is_silent(flow) || flow.server.is_ended();
        let silent = self.flows.iter().filter(|(_, flow)| over(flow)).map(|(number, _)| *number).collect::<Vec<_>>();
        for number in silent {
            if let Some(flow) = self.flows.get(&number).filter(|flow| !flow.server.is_ended()) {
                let seconds = Duration::from_nanos(now.saturating_sub(flow.last)).as_secs();
                tell(
                    self.on,
                    Some(flow.server.socket.id()),
                    text!("program-link-idle", client = flow.client.to_string(), seconds = seconds),
                );
            }
            self.forget(number);
        }
    }

    fn forget(&mut self, number: u64) {
        let Some(flow) = self.flows.remove(&number) else { return };
        self.by_client.remove(&flow.client);
        self.by_socket.remove(&flow.server.socket.id());
        self.front.readiness.remove(self.on, flow.server.socket.id());
        flow.server.close(self.on);
    }
}

impl Flow {
    /// Whether what comes from `from` is for the client: it is from the server, or from the port from which the server's host answers. The first such port is taken.
    fn hears(&mut self, run: &Run, on: &Tracer, from: &Address) -> bool {
        let Some(server) = &run.to() else { return false };
        if from == server || *from == self.to {
            return true;
        }
        if self.to == *server && is_same_host(from, server) {
            let told = text!("program-link-follows", from = from.to_string(), to = server.to_string(), client = self.client.to_string());
            self.server.tell(on, told);
            self.to = from.clone();
            return true;
        }
        if !std::mem::replace(&mut self.has_told_stranger, true) {
            self.server.tell(on, text!("program-link-stranger", from = from.to_string(), to = self.to.to_string()));
        }
        false
    }
}

/// Whether both are addresses of one computer, as far as the addresses tell.
fn is_same_host(one: &Address, other: &Address) -> bool {
    let ip = |address: &Address| address.ip().map(|address| address.ip().to_canonical());
    ip(one).is_some() && ip(one) == ip(other)
}

/// Whether this asks for a transfer by TFTP: that goes to the port where the server is asked.
fn is_request(datagram: &[u8]) -> bool {
    matches!(Packet::parse(datagram), Ok(Packet::Rrq(_) | Packet::Wrq(_)))
}

/// The address of the socket towards the server: within this computer where the server is, so that nobody else can send to it.
fn towards(server: &Address) -> Address {
    let ip = match server.ip().map(|address| address.ip()) {
        Some(IpAddr::V4(address)) if address.is_loopback() => Ipv4Addr::LOCALHOST.into(),
        Some(IpAddr::V6(address)) if address.is_loopback() => Ipv6Addr::LOCALHOST.into(),
        Some(IpAddr::V6(_)) => IpAddr::from(Ipv6Addr::UNSPECIFIED),
        _ => Ipv4Addr::UNSPECIFIED.into(),
    };
    Address::Ip(SocketAddr::new(ip, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_to_a_server_of_this_computer_is_of_this_computer() {
        for (server, own) in
            [("127.9.0.1:69", "127.0.0.1:0"), ("[::1]:69", "[::1]:0"), ("192.0.2.1:69", "0.0.0.0:0"), ("[2001:db8::1]:9", "[::]:0")]
        {
            let address = |text: &str| Address::Ip(text.parse().expect("an address"));
            assert_eq!(towards(&address(server)), address(own));
        }
    }

    #[test]
    fn only_requests_begin_anew() {
        assert!(is_request(b"\0\x01a\0octet\0") && is_request(b"\0\x02a\0octet\0"));
        for other in [&b"\0\x03\0\x01abc"[..], b"\0\x04\0\x01", b"\0\x01a", b"hello", b""] {
            assert!(!is_request(other), "{other:?}");
        }
    }
}
