//! What a person asks of a running program, carried out by threads of their own: the program's may be blocked.
//!
//! `operator` sends, and may block in that; `control` does the rest, so that a peer who does not read can still be disconnected. Both begin with the
//! first command that is theirs.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::command::{Command, Refused, SendTo};
use super::kind::Role;
use super::manner::{Said, StopAt};
use super::process::Order;
use super::run::{Inner, Run, tell};
use super::socket::{Endpoint, Use};
use crate::net::Opt;
use crate::net::option::OPTIONS;
use crate::text;
use crate::trace::{Address, Origin, SocketId, Tracer, Value};

/// How many commands may wait.
const MOST: usize = 64;

/// A thread that carries out commands.
struct Clerk {
    name: &'static str,
    /// Where its commands wait; none before the first.
    queue: fn(&mut Inner) -> &mut Option<Sender<Command>>,
}

const OPERATOR: Clerk = Clerk { name: "operator", queue: |inner| &mut inner.operator };
const CONTROL: Clerk = Clerk { name: "control", queue: |inner| &mut inner.control };

impl Run {
    /// Takes a command, or says why not. Never waits.
    pub(super) fn take(self: &Arc<Self>, command: Command) -> Result<(), Refused> {
        if let Some(refusal) = Self::refusal(&self.lock()) {
            return Err(refusal);
        }
        if matches!(command, Command::Send { .. } | Command::SendData { .. } | Command::SendList(_)) {
            self.is_driven.store(true, Ordering::SeqCst);
        }
        match command {
            Command::Send { .. } | Command::SendData { .. } => {
                self.lock().state.sending.failed = None;
                self.queue(&OPERATOR, command)
            }
            Command::Wake(_) | Command::Disconnect(_) | Command::Cancel(..) | Command::ReadOptions(_) | Command::SetOption { .. } => {
                self.queue(&CONTROL, command)
            }
            Command::SendList(list) => self.take_list(list),
            Command::Press(press) => self.hand.give(self, *press, Origin::Person),
            Command::EndList => {
                self.end_list();
                Ok(())
            }
            Command::EndFile => {
                self.end_file();
                self.order_all(&Order::EndFile);
                Ok(())
            }
            Command::Step(thread, go) => {
                self.step(thread, go);
                Ok(())
            }
            Command::Steer(ways) => {
                let (there, back) = *ways;
                self.desk.put(there, back);
                Ok(())
            }
        }
    }

    /// Leaves the command to this thread, which begins with the first that is its own.
    fn queue(self: &Arc<Self>, clerk: &Clerk, command: Command) -> Result<(), Refused> {
        let mut inner = self.lock();
        // It may have ended meanwhile.
        if let Some(refusal) = Self::refusal(&inner) {
            return Err(refusal);
        }
        let mut fresh = None;
        let sender = (clerk.queue)(&mut inner).get_or_insert_with(|| {
            let (sender, receiver) = bounded(MOST);
            fresh = Some(receiver);
            sender
        });
        let sender = sender.clone();
        drop(inner);
        if let Some(receiver) = fresh
            && self.spawn(clerk.name, |run, on| run.obey(&on.on_behalf_of(Origin::Person), receiver)).is_err()
        {
            self.touch(|inner| *(clerk.queue)(inner) = None);
            return Err(Refused::NoThread);
        }
        sender.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => Refused::Full,
            TrySendError::Disconnected(_) => Refused::Ended,
        })
    }

    /// Carries out commands until the program is to end.
    fn obey(self: &Arc<Self>, on: &Tracer, commands: Receiver<Command>) {
        for command in commands {
            if self.is_stopping() {
                return;
            }
            let Some(command) = self.of_child(command) else { continue };
            match command {
                Command::Send { to, bytes } => drop(self.send_for_person(on, &to, &bytes)),
                Command::SendData { to, data } => drop(self.send_data(on, &to, &data)),
                // Taken by a thread of their own, or the program's.
                Command::SendList(_) | Command::EndList | Command::EndFile | Command::Steer(_) | Command::Press(_) | Command::Step(..) => {}
                Command::Wake(thread) => self.wake_thread(on, thread),
                Command::Disconnect(socket) => self.disconnect(on, socket),
                Command::Cancel(socket, partner) => match self.socket(socket) {
                    Some(endpoint) => endpoint.end_with(partner),
                    None => tell(on, Some(socket), text!("program-told-gone", socket = socket.to_string())),
                },
                // A socket that is gone has nothing to be read any more.
                Command::ReadOptions(socket) => drop(self.socket(socket).map(|endpoint| read_options(on, &endpoint))),
                Command::SetOption { socket: None, option, value } => self.set_on_all(on, option, &value),
                Command::SetOption { socket: Some(socket), option, value } => match self.socket(socket) {
                    Some(endpoint) => self.set_option(on, &endpoint, option, &value),
                    None => tell(on, Some(socket), text!("program-told-gone", socket = socket.to_string())),
                },
            }
        }
    }

    /// Ends the connection where what was sent is the stop word.
    pub(super) fn end_by_word(&self, on: &Tracer, endpoint: &Endpoint, peer: Option<&Address>, bytes: &Bytes) {
        if self.is_typed_word(bytes)
            && self.spec.manner.stop_at != StopAt::Returned
            && (peer.is_none() || self.spec.kind.role() == Role::Client)
        {
            self.end(on, endpoint);
        }
    }

    /// Whether what a person has typed is the stop word.
    fn is_typed_word(&self, bytes: &[u8]) -> bool {
        self.spec.stop_word.as_ref().is_some_and(|word| self.spec.manner.is_word(word, bytes, Said::ByHand))
    }

    /// What becomes of a person's message: the bytes to send; none where it is not to be sent, which is told.
    pub(super) fn spoken<'message>(&self, on: &Tracer, to: &SendTo, bytes: &'message [u8]) -> Option<Cow<'message, [u8]>> {
        let is_client = self.spec.kind.role() == Role::Client;
        let is_word = self.is_typed_word(bytes);
        let why = match to {
            // The talk with one contact is over: there are others.
            SendTo::Contact(name) if is_word => Some(text!("program-told-talk-over", name = name.as_str())),
            _ if is_word && self.spec.manner.stop_at == StopAt::Kept => Some(text!("program-told-kept")),
            _ if is_client && bytes.is_empty() && self.spec.manner.skip_empty => Some(text!("program-told-skipped")),
            _ => None,
        };
        if let Some(why) = why {
            tell(on, None, why);
            if is_word && !matches!(to, SendTo::Contact(_)) {
                for (endpoint, _) in self.targets(to) {
                    self.end(on, &endpoint);
                }
            }
            return None;
        }
        let name = if let SendTo::Contact(name) = to { name.as_str() } else { "" };
        // The word itself stands alone.
        Some(if is_word { Cow::Borrowed(bytes) } else { self.spec.manner.prefixed(name, bytes) })
    }

    /// The sockets on which a message goes, and for datagrams where to.
    pub(super) fn targets(&self, to: &SendTo) -> Vec<(Arc<Endpoint>, Option<Address>)> {
        let mut targets = Vec::new();
        for endpoint in self.sockets() {
            if matches!(to, SendTo::Socket(socket) if *socket != endpoint.socket.id()) {
                continue;
            }
            match (&endpoint.is_for, to) {
                (Use::Listener | Use::ByHand, _) => {}
                (Use::Connection(peer), SendTo::Address(address)) if peer != address => {}
                (Use::Connection(_), _) => targets.push((endpoint, None)),
                (Use::Datagrams(_), SendTo::Address(address)) => targets.push((Arc::clone(&endpoint), Some(address.clone()))),
                (Use::Datagrams(_), SendTo::Contact(name)) => {
                    targets.extend(self.contact(name).map(|address| (Arc::clone(&endpoint), Some(address))));
                }
                (Use::Transfer(peer), SendTo::Address(address)) if peer != address => {}
                (Use::Transfer(peer), _) => {
                    let peer = peer.clone();
                    targets.push((endpoint, Some(peer)));
                }
                (Use::Datagrams(Some(server)), _) => targets.push((Arc::clone(&endpoint), Some(server.clone()))),
                (Use::Datagrams(None), SendTo::All) => {
                    targets.extend(endpoint.peers().into_iter().map(|peer| (Arc::clone(&endpoint), Some(peer))));
                }
                (Use::Datagrams(None), SendTo::Socket(_)) => {
                    targets.extend(endpoint.last_peer().map(|peer| (Arc::clone(&endpoint), Some(peer))));
                }
            }
        }
        targets
    }

    /// Sets an option on every open socket, the first one first: what is accepted meanwhile has it from the listener.
    fn set_on_all(&self, on: &Tracer, option: &'static Opt, value: &Value) {
        let sockets = self.sockets();
        if sockets.is_empty() {
            tell(on, None, text!("program-told-no-socket", option = option.name));
        }
        for endpoint in sockets {
            self.set_option(on, &endpoint, option, value);
        }
        self.order_all(&Order::SetOption(option.name.to_owned(), value.clone()));
    }

    fn disconnect(&self, on: &Tracer, socket: SocketId) {
        match self.socket(socket) {
            None => tell(on, Some(socket), text!("program-told-gone", socket = socket.to_string())),
            Some(endpoint) => match (&endpoint.is_for, self.spec.kind.role()) {
                (Use::Connection(_) | Use::Transfer(_), _) | (_, Role::Client) => self.end(on, &endpoint),
                _ => tell(on, Some(socket), text!("program-told-no-connection", socket = socket.to_string())),
            },
        }
    }

    /// Ends a socket: its own thread comes out of its call and closes it.
    fn end(&self, on: &Tracer, endpoint: &Endpoint) {
        self.touch(|_| endpoint.end());
        let id = endpoint.socket.id();
        if endpoint.socket.is_nonblocking() {
            // No thread blocks on it: it becomes ready, and whoever waits for that finds that it was ended.
            endpoint.socket.wake(on, false);
            self.desk.ring();
        }
        self.release(on, |open| open.socket == Some(id), |inner| !inner.has_socket(id));
    }
}

/// Reads what the kernel holds for each option that does something on this socket, and that nobody misses when it was read.
fn read_options(on: &Tracer, endpoint: &Endpoint) {
    let (family, kind) = (endpoint.socket.family(), endpoint.socket.kind());
    for option in OPTIONS.iter().filter(|option| option.applies_to(family, kind) && option.is_harmless_to_read()) {
        // What it refuses stands in its row.
        endpoint.socket.option(&on.on_behalf_of(Origin::Lab), option).ok();
    }
}
