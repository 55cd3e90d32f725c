//! udp-link: stands between clients and a server of datagrams, and loses, doubles, holds and mixes what they send.
//!
//! Each client has a socket of its own to the server, so that the answers find their way back; it is connected, so that the kernel tells when nobody is there. One
//! thread, and no call of it blocks but the wait for the next datagram or the next time at which one goes on.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::bound;
use super::failure;
use super::link::{MOST_CLIENTS, Steering, happens, limit};
use super::run::{Run, tell};
use super::socket::{Endpoint, Held, Use};
use super::tcp_server::family;
use super::watched::watch;
use crate::net::{self, Line, Readiness};
use crate::text;
use crate::trace::{Address, Direction, FaultKind, Interest, Origin, SocketId, Tracer};

/// A buffer that holds every datagram.
const BUFFER: usize = 1 << 16;

/// A client, and what is under way for it.
struct Flow {
    client: Address,
    server: Held,
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
    listener: &'run Endpoint,
    readiness: Readiness,
    steering: Steering,
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
    let Some(listener) = run.open(on, family(run.spec.bind), Use::Datagrams(None)) else { return };
    if bound::bind(run, on, &listener).is_some() {
        relay(run, on, &listener);
    }
    listener.close(on);
}

fn relay(run: &Arc<Run>, on: &Tracer, listener: &Endpoint) {
    let Some(readiness) = watch(run, on, listener) else { return };
    let steering = Steering::begin(run, on, readiness.waker());
    let mut relay = Relay {
        run,
        on,
        listener,
        readiness,
        steering,
        flows: BTreeMap::new(),
        by_client: HashMap::new(),
        by_socket: HashMap::new(),
        count: 0,
        has_told: false,
        buffer: vec![0; BUFFER],
    };
    run.is_ready(listener.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    relay.work();
    let all = relay.flows.keys().copied().collect::<Vec<_>>();
    for number in all {
        relay.forget(number);
    }
    relay.readiness.remove(on, listener.socket.id());
}

impl Relay<'_> {
    fn work(&mut self) {
        let id = self.listener.socket.id();
        while !self.run.is_stopping() {
            if self.steering.look(self.run, self.on) {
                let (now, ways) = (self.on.now(), &self.steering.ways);
                for flow in self.flows.values_mut() {
                    flow.there.changed(&ways.there, now);
                    flow.back.changed(&ways.back, now);
                }
            }
            self.let_go();
            self.forget_the_silent();
            let limit = limit(self.on, self.times());
            match self.readiness.wait(self.on, Some(id), limit) {
                Ok(ready) => {
                    for ready in ready {
                        if ready.socket == id {
                            self.hear_clients();
                        } else if let Some(number) = self.by_socket.get(&ready.socket) {
                            self.hear_server(*number);
                        }
                    }
                }
                Err(error) if failure::is_interruption(&error) => {}
                Err(error) => return self.run.met_on(self.listener, &error),
            }
        }
    }

    /// When something is to be done.
    fn times(&self) -> impl Iterator<Item = u64> {
        let idle = self.run.spec.link.idle.as_nanos() as u64;
        let of = move |flow: &Flow| {
            let idle = (flow.there.is_empty() && flow.back.is_empty()).then(|| flow.last.saturating_add(idle));
            [flow.there.next(), flow.back.next(), idle].into_iter().flatten().min()
        };
        self.flows.values().filter_map(of).chain(self.steering.until())
    }

    /// Takes in what a client sent. What waits behind it makes the socket ready again: nothing is asked for in vain.
    fn hear_clients(&mut self) {
        let received = self.listener.socket.recv_from(self.on, &mut self.buffer);
        match received {
            Ok(_) if self.run.is_over(self.listener) => {}
            Ok((count, from, _)) => {
                let Some(number) = self.flow_of(&from) else { return };
                let (now, datagram) = (self.on.now(), self.buffer.get(..count).unwrap_or_default());
                let Some(flow) = self.flows.get_mut(&number) else { return };
                flow.last = now;
                let to = self.run.to.as_ref().unwrap_or(&flow.client);
                for what in flow.there.take(&self.steering.ways.there, now, datagram) {
                    happens(self.on, what, flow.server.socket.id(), to, datagram);
                }
                self.listener.heard_from(&from);
            }
            Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
            // What became of an answer that a client does not wait for any more.
            Err(error) => self.run.met_on(self.listener, &error),
        }
    }

    /// The client at this address, which may be new; none where there is no room for it.
    fn flow_of(&mut self, client: &Address) -> Option<u64> {
        if let Some(number) = self.by_client.get(client) {
            return Some(*number);
        }
        let told = std::mem::replace(&mut self.has_told, true);
        let Some(to) = self.run.to.clone() else {
            if !told {
                self.listener.tell(self.on, text!("program-link-nowhere"));
            }
            return None;
        };
        if self.flows.len() >= MOST_CLIENTS {
            if !told {
                self.listener.tell(self.on, text!("program-link-full", most = MOST_CLIENTS));
            }
            return None;
        }
        self.has_told = false;
        let server = self.run.open(self.on, family(to.ip()), Use::Datagrams(Some(to.clone())))?;
        let begun = server.socket.connect(self.on, &to).and_then(|()| server.socket.set_nonblocking(self.on, true));
        if let Err(error) = begun.and_then(|()| self.readiness.add(self.on, &server.socket, Interest::Readable)) {
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
        self.flows.insert(number, Flow { client, server, there, back, last: self.on.now(), has_told: false });
        Some(number)
    }

    /// Takes in what the server sent for a client.
    fn hear_server(&mut self, number: u64) {
        let Some(flow) = self.flows.get_mut(&number) else { return };
        if self.run.is_over(&flow.server) {
            return self.forget(number);
        }
        match flow.server.socket.recv(self.on, &mut self.buffer) {
            Ok(_) if self.run.is_over(&flow.server) => self.forget(number),
            Ok(count) => {
                let (now, datagram) = (self.on.now(), self.buffer.get(..count).unwrap_or_default());
                flow.last = now;
                flow.has_told = false;
                for what in flow.back.take(&self.steering.ways.back, now, datagram) {
                    happens(self.on, what, self.listener.socket.id(), &flow.client, datagram);
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
                if let Err(error) = flow.server.socket.send(self.on, &datagram) {
                    match self.run.to.as_ref().filter(|_| failure::is_timeout(&error)) {
                        Some(to) => happens(self.on, FaultKind::Overflowed, flow.server.socket.id(), to, &datagram),
                        None => refused.push((*number, error)),
                    }
                }
            }
            while let Some(datagram) = flow.back.pop(now) {
                if let Err(error) = self.listener.socket.send_to(self.on, &datagram, &flow.client) {
                    if failure::is_timeout(&error) {
                        happens(self.on, FaultKind::Overflowed, self.listener.socket.id(), &flow.client, &datagram);
                    } else {
                        self.run.met_on(self.listener, &error);
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
        self.run.met_on(&flow.server, error);
        if !std::mem::replace(&mut flow.has_told, true)
            && let Some(to) = &self.run.to
        {
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
        self.readiness.remove(self.on, flow.server.socket.id());
        flow.server.close(self.on);
    }
}
