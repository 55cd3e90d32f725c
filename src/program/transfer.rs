//! Carries one transfer: between its machine, which knows what is to be sent when, its end on the network, and its file.

use std::ops::Range;

use super::content::{Reader, Writer};
use super::denied::Denied;
use super::port::{Heard, Port};
use crate::net;
use crate::text;
use crate::tftp::{Counts, Machine, Next, Outcome, Receiver, Sender};
use crate::wire::tftp::ErrorCode;

/// What an ERROR says where this side was told to end.
const CANCELLED: &str = "Transfer cancelled";
/// What an ERROR says where the system refused a call.
const BROKEN: &str = "Network trouble";

/// A machine of either side, with its file.
pub(super) trait Carried: Machine {
    type File;
    fn filled(&mut self, length: usize);
    /// Takes a datagram of the partner; returns what of the file it brings, if anything.
    fn take(&mut self, now: u64, datagram: &[u8]) -> Option<Brought>;
    /// Puts into the file what a datagram brought.
    fn write(file: &mut Self::File, bytes: &[u8], last: bool) -> Result<(), Denied>;
    /// Reads the next bytes of the file; returns how many there were.
    fn read(file: &mut Self::File, room: &mut [u8]) -> Result<usize, Denied>;
}

/// What of the file a datagram brings: its last `length` bytes, and whether they are the file's last too.
pub(super) struct Brought {
    length: usize,
    last: bool,
}

impl Carried for Sender {
    type File = Reader;

    fn filled(&mut self, length: usize) {
        self.filled(length);
    }

    fn take(&mut self, now: u64, datagram: &[u8]) -> Option<Brought> {
        self.on_datagram(now, datagram);
        None
    }

    /// A sender is brought nothing.
    fn write(_file: &mut Reader, _bytes: &[u8], _last: bool) -> Result<(), Denied> {
        Ok(())
    }

    fn read(file: &mut Reader, room: &mut [u8]) -> Result<usize, Denied> {
        file.fill(room)
    }
}

impl Carried for Receiver {
    type File = Writer;

    /// A receiver never asks for bytes.
    fn filled(&mut self, _length: usize) {}

    fn take(&mut self, now: u64, datagram: &[u8]) -> Option<Brought> {
        self.on_datagram(now, datagram).map(|piece| Brought { length: piece.bytes.len(), last: piece.last })
    }

    fn write(file: &mut Writer, bytes: &[u8], last: bool) -> Result<(), Denied> {
        file.write(bytes)?;
        if last { file.finish() } else { Ok(()) }
    }

    /// A receiver never asks for bytes.
    fn read(_file: &mut Writer, _room: &mut [u8]) -> Result<usize, Denied> {
        Ok(0)
    }
}

/// Carries the transfer to its end. `ended` is told how it ended, as soon as that is known: a receiver then stays for a while, for whoever missed its last ACK.
pub(super) fn carry<M: Carried>(
    port: &mut Port<'_>,
    machine: &mut M,
    file: &mut M::File,
    ended: impl FnOnce(&Port<'_>, &Outcome, &Counts, &M::File),
) {
    let mut ended = Some(ended);
    let mut carriage = Carriage { port, machine, file, brought: None, is_over: false };
    loop {
        let Carriage { port, machine, file, .. } = &mut carriage;
        match machine.outcome() {
            None => note(port, &**machine),
            Some(outcome) => {
                if let Some(ended) = ended.take() {
                    port.tell_counted(machine.counts().bytes, Some(outcome));
                    ended(port, outcome, &machine.counts(), file);
                }
            }
        }
        let Some(step) = carriage.step() else { break };
        carriage.take(step);
    }
    let Carriage { port, machine, file, .. } = carriage;
    if let (Some(outcome), Some(ended)) = (machine.outcome(), ended) {
        ended(port, outcome, &machine.counts(), file);
    }
}

/// A transfer on its way.
struct Carriage<'a, 'run, M: Carried> {
    port: &'a mut Port<'run>,
    machine: &'a mut M,
    file: &'a mut M::File,
    /// What has come and is not in the file yet. It stands in the port's buffer until the next wait.
    brought: Option<Range<usize>>,
    /// It was told to end, or the socket can no longer be used.
    is_over: bool,
}

impl<M: Carried> Carriage<'_, '_, M> {
    /// Does what the machine wants next; none where there is nothing left to do.
    fn step(&mut self) -> Option<Step> {
        Some(match self.machine.next(self.port.now()) {
            Next::Send(burst) => self.port.send_all(&burst).map_or_else(Step::Failed, |()| Step::Done),
            Next::Fill(room) => M::read(self.file, room).map_or_else(Step::Denied, Step::Filled),
            Next::Told(message) => {
                self.port.tell(message);
                Step::Done
            }
            Next::Wait(_) if self.is_over => return None,
            Next::Wait(until) => match self.brought.take() {
                // The other side has its ACK and is at its next packet while the disk is at this one.
                Some(at) => M::write(self.file, self.port.received(at), false).map_or_else(Step::Denied, |()| Step::Done),
                None => self.wait(until),
            },
            Next::Ended => return None,
        })
    }

    /// Waits until this time at most, and hands the machine what comes.
    fn wait(&mut self, until: u64) -> Step {
        let at = match self.port.wait(until) {
            Heard::Datagram(at) => at,
            Heard::Nothing => return Step::Done,
            Heard::Gone => return Step::Gone,
            Heard::Over => return Step::Over,
            Heard::Failed(error) => return Step::Failed(error),
        };
        match self.machine.take(self.port.now(), self.port.received(at.clone())) {
            None => Step::Done,
            // The last ACK says that the file is on the disk, under its name.
            Some(Brought { length, last: true }) => {
                let written = M::write(self.file, self.port.received(at.end - length..at.end), true);
                written.map_or_else(Step::Denied, |()| Step::Done)
            }
            Some(Brought { length, last: false }) => {
                self.brought = Some(at.end - length..at.end);
                Step::Done
            }
        }
    }

    /// Tells the machine what came of a step.
    fn take(&mut self, step: Step) {
        match step {
            Step::Done => {}
            Step::Filled(length) => self.machine.filled(length),
            Step::Denied(denied) => self.machine.abort(denied.code(), denied.phrase(), denied.message()),
            Step::Gone => self.machine.on_unreachable(),
            Step::Failed(error) if super::port::is_gone(&error) => self.machine.on_unreachable(),
            Step::Failed(error) => {
                self.is_over |= self.machine.outcome().is_some() || !error.made;
                self.port.met(&error);
                self.machine.abort(ErrorCode::Undefined, BROKEN, error.message());
            }
            Step::Over => {
                self.is_over = true;
                if self.machine.outcome().is_none() {
                    self.port.parts();
                    self.machine.abort(ErrorCode::Undefined, CANCELLED, text!("program-tftp-cancelled"));
                }
            }
        }
    }
}

/// Once the first block is across, its request, options and first packets stand in the trace: a program that is to count what follows begins to.
fn note<M: Carried>(port: &mut Port<'_>, machine: &M) {
    if port.counts() {
        port.tell_counted(machine.counts().bytes, None);
    } else if port.is_to_count()
        && machine.counts().blocks > 0
        && let Some(agreement) = machine.agreement()
    {
        port.count(agreement.terms.windowsize);
    }
}

/// What a step came to.
enum Step {
    Done,
    Filled(usize),
    Denied(Denied),
    Gone,
    Over,
    Failed(net::Error),
}
