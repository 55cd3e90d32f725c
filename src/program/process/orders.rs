//! How what a person asks of a connection reaches the process that serves it.

use std::sync::Arc;

use super::{ChildProcess, Order};
use crate::program::command::{Command, SendTo};
use crate::program::run::Run;
use crate::program::spec::Handling;
use crate::text;
use crate::trace::gate::Go;
use crate::trace::{SocketId, ThreadId, Tracer};

impl Run {
    /// The processes that serve connections.
    pub(in crate::program) fn children(&self) -> Vec<Arc<ChildProcess>> {
        self.lock().children.values().cloned().collect()
    }

    fn child(&self, socket: SocketId) -> Option<Arc<ChildProcess>> {
        self.lock().children.get(&socket).cloned()
    }

    /// The process that this thread belongs to, and the name that it has there.
    fn child_of(&self, thread: ThreadId) -> Option<(Arc<ChildProcess>, ThreadId)> {
        self.children().into_iter().find_map(|child| child.name_there(thread).map(|there| (child, there)))
    }

    /// Gives an order to all processes.
    pub(in crate::program) fn order_all(&self, order: &Order) {
        for child in self.children() {
            child.order(order);
        }
    }

    /// Passes a message on to the processes of those it is for; returns whether there was any. None where the program's connections are its own.
    pub(in crate::program) fn pass_on(&self, on: &Tracer, to: &SendTo, order: impl FnOnce() -> Order) -> Option<bool> {
        if self.spec.handling != Handling::ProcessPerConnection {
            return None;
        }
        let children = match to {
            SendTo::All => self.children(),
            SendTo::Socket(socket) => self.child(*socket).into_iter().collect(),
            SendTo::Address(address) => self.children().into_iter().filter(|child| child.peer() == address).collect(),
            SendTo::Contact(_) => Vec::new(),
        };
        if children.is_empty() {
            if !self.is_stopping() {
                self.was_not_sent(on, text!("program-told-nobody"));
            }
            return Some(false);
        }
        let order = order();
        Some(children.iter().filter(|child| child.order(&order)).count() > 0)
    }

    /// Passes on what is asked of a connection that a process serves; gives back what is not.
    pub(in crate::program) fn of_child(&self, command: Command) -> Option<Command> {
        let (child, order) = match &command {
            Command::Disconnect(socket) => (self.child(*socket), Order::Disconnect),
            Command::ReadOptions(socket) => (self.child(*socket), Order::ReadOptions),
            Command::SetOption { socket: Some(socket), option, value } => {
                (self.child(*socket), Order::SetOption(option.name.to_owned(), value.clone()))
            }
            Command::Wake(thread) => match self.child_of(*thread) {
                Some((child, there)) => (Some(child), Order::Wake(there)),
                None => return Some(command),
            },
            _ => return Some(command),
        };
        match child {
            Some(child) => {
                child.order(&order);
                None
            }
            None => Some(command),
        }
    }

    /// Holds calls or lets them go, wherever they are made. One step is that of whoever is held longest.
    pub(in crate::program) fn step(&self, thread: Option<ThreadId>, go: Go) {
        let thread = match (thread, go) {
            (None, Go::Step) => {
                let held = self.trace.open_calls().into_iter().find(|open| open.held && open.program == self.id);
                held.map(|open| open.thread).filter(|thread| self.child_of(*thread).is_some())
            }
            (thread, _) => thread,
        };
        if let Some((child, there)) = thread.and_then(|thread| self.child_of(thread)) {
            child.order(&Order::Step(Some(there), go));
            return;
        }
        self.gate.go(thread, go);
        if thread.is_none() && go != Go::Step {
            self.order_all(&Order::Step(None, go));
        }
    }

    /// A process has come to where all calls are to be held.
    pub(in crate::program) fn has_come_to_goal(&self) {
        if matches!(self.gate.now(), Go::To(_)) {
            self.step(None, Go::Hold);
        }
    }
}
