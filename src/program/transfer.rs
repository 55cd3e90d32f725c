//! Carries one transfer: between its machine, which knows what is to be sent when, its end on the network, and its file.

use super::content::{Reader, Writer};
use super::denied::Denied;
use super::port::{Heard, Port};
use crate::net;
use crate::text;
use crate::text::Message;
use crate::tftp::{Agreement, Counts, Next, Outcome, Receiver, Sender};
use crate::wire::tftp::ErrorCode;

/// What an ERROR says where this side was told to end.
const CANCELLED: &str = "Transfer cancelled";
/// What an ERROR says where the system refused a call.
const BROKEN: &str = "Network trouble";

/// A machine of either side, with its file.
pub(super) trait Machine {
    type File;
    fn next(&mut self, now: u64) -> Next<'_>;
    fn filled(&mut self, length: usize);
    fn on_unreachable(&mut self);
    fn abort(&mut self, code: ErrorCode, phrase: &str, why: Message);
    fn outcome(&self) -> Option<&Outcome>;
    fn counts(&self) -> Counts;
    fn agreement(&self) -> Option<&Agreement>;
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

macro_rules! machine {
    () => {
        fn next(&mut self, now: u64) -> Next<'_> {
            self.next(now)
        }
        fn on_unreachable(&mut self) {
            self.on_unreachable();
        }
        fn abort(&mut self, code: ErrorCode, phrase: &str, why: Message) {
            self.abort(code, phrase, why);
        }
        fn outcome(&self) -> Option<&Outcome> {
            self.outcome()
        }
        fn counts(&self) -> Counts {
            self.counts()
        }
        fn agreement(&self) -> Option<&Agreement> {
            self.agreement()
        }
    };
}

impl Machine for Sender {
    type File = Reader;
    machine!();

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

impl Machine for Receiver {
    type File = Writer;
    machine!();

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
pub(super) fn carry<M: Machine>(
    port: &mut Port<'_>,
    machine: &mut M,
    file: &mut M::File,
    ended: impl FnOnce(&Port<'_>, &Outcome, &Counts, &M::File),
) {
    let mut ended = Some(ended);
    let mut is_over = false;
    // What has come and is not in the file yet. It stands in the buffer until the next wait.
    let mut brought = None;
    loop {
        if let Some(outcome) = machine.outcome()
            && let Some(ended) = ended.take()
        {
            port.tell_counted(machine.counts().bytes, Some(outcome));
            ended(port, outcome, &machine.counts(), file);
        }
        if machine.outcome().is_none() {
            note(port, machine);
        }
        let step = match machine.next(port.now()) {
            Next::Send(burst) => port.send_all(&burst).err().map(Step::Failed),
            Next::Fill(room) => match M::read(file, room) {
                Ok(length) => Some(Step::Filled(length)),
                Err(denied) => Some(Step::Denied(denied)),
            },
            Next::Told(message) => {
                port.tell(message);
                None
            }
            Next::Wait(_) if is_over => break,
            // The other side has its ACK and is at its next packet while the disk is at this one.
            Next::Wait(_) if brought.is_some() => {
                brought.take().and_then(|at| M::write(file, port.received(at), false).err()).map(Step::Denied)
            }
            Next::Wait(until) => match port.wait(until) {
                Heard::Nothing => None,
                Heard::Datagram(at) => match machine.take(port.now(), port.received(at.clone())) {
                    None => None,
                    // The last ACK says that the file is on the disk, under its name.
                    Some(Brought { length, last: true }) => {
                        M::write(file, port.received(at.end - length..at.end), true).err().map(Step::Denied)
                    }
                    Some(Brought { length, last: false }) => {
                        brought = Some(at.end - length..at.end);
                        None
                    }
                },
                Heard::Gone => Some(Step::Gone),
                Heard::Over => Some(Step::Over),
                Heard::Failed(error) => Some(Step::Failed(error)),
            },
            Next::Ended => break,
        };
        match step {
            None => {}
            Some(Step::Filled(length)) => machine.filled(length),
            Some(Step::Denied(denied)) => machine.abort(denied.code(), denied.phrase(), denied.message()),
            Some(Step::Gone) => machine.on_unreachable(),
            Some(Step::Failed(error)) if super::port::is_gone(&error) => machine.on_unreachable(),
            Some(Step::Failed(error)) => {
                is_over |= machine.outcome().is_some();
                port.met(&error);
                machine.abort(ErrorCode::Undefined, BROKEN, error.message());
                is_over |= !error.made;
            }
            Some(Step::Over) => {
                is_over = true;
                if machine.outcome().is_none() {
                    port.parts();
                    machine.abort(ErrorCode::Undefined, CANCELLED, text!("program-tftp-cancelled"));
                }
            }
        }
    }
    if let (Some(outcome), Some(ended)) = (machine.outcome(), ended) {
        ended(port, outcome, &machine.counts(), file);
    }
}

/// Once the first block is across, its request, options and first packets stand in the trace: a program that is to count what follows begins to.
fn note<M: Machine>(port: &mut Port<'_>, machine: &M) {
    if port.counts() {
        port.tell_counted(machine.counts().bytes, None);
    } else if port.is_to_count()
        && machine.counts().blocks > 0
        && let Some(agreement) = machine.agreement()
    {
        port.count(agreement.terms.windowsize);
    }
}

/// What a step of the loop came to.
enum Step {
    Filled(usize),
    Denied(Denied),
    Gone,
    Over,
    Failed(net::Error),
}
