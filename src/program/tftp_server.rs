//! tftp-server: waits for requests, and lets each transfer run on a thread and a port of its own.
//!
//! What is refused is answered by the thread that waits; it opens files too, so that a request that comes to nothing costs no thread. A client is known by its
//! address and port: as long as its transfer runs, another request of it is the same one again and is not answered twice. With `single_port` the
//! transfers share the one socket: the thread that waits hands each what its partner sends.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Sender, bounded};

use super::bound::family;
use super::content::{Place, Reader, Writer};
use super::denied::Denied;
use super::failure;
use super::offer::Offer;
use super::port::{self, Port};
use super::run::Run;
use super::socket::{Endpoint, Held, Use};
use super::tftp::{ErrorStyle, WriteRule};
use super::transfer::carry;
use crate::net;
use crate::text;
use crate::text::Message;
use crate::tftp::{self, Agreement, Counts, Judged, Limits, Machine as _, Outcome, Patience, error_packet, judge};
use crate::trace::{Address, Origin, Tracer};
use crate::wire::tftp::{ErrorCode, Opcode, PORT, Request};
use crate::wire::{Charset, preview};

/// How many datagrams may wait for a transfer that shares the port. What comes beyond is lost, as in a full socket.
const MOST_WAITING: usize = 2048;
/// What is told of datagrams that are no requests is told once in this time, whoever floods the server.
const TOLD_EVERY: u64 = 1_000_000_000;
/// How much of a name is shown, in characters.
const SHOWN: usize = 100;

/// What the threads of a server share.
struct Server {
    offer: Offer,
    limits: Limits,
    style: ErrorStyle,
    /// Who has a transfer, and where its datagrams go if it shares the port.
    transfers: Mutex<HashMap<Address, Slot>>,
    /// The number of the last transfer.
    last: AtomicU64,
    /// How many files were taken.
    taken: AtomicU32,
    /// When something that may come again and again was last told.
    told: AtomicU64,
}

/// A transfer, as the thread that waits knows it.
struct Slot {
    number: u64,
    to: Option<Sender<Vec<u8>>>,
}

/// What a request comes to.
enum Work {
    Read(Box<tftp::Sender>, Reader),
    Write(Box<tftp::Receiver>, Writer),
}

/// A transfer that is to be carried.
struct Job {
    number: u64,
    partner: Address,
    /// The name that was asked for, as it is shown.
    name: String,
    work: Work,
}

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    let offer = match Offer::make(run, on) {
        Ok(offer) => offer,
        Err(why) => return run.has_failed(why.into()),
    };
    let Some(socket) = run.open(on, family(run.spec.bind), Use::Datagrams(None)) else { return };
    match bind(run, on, &socket) {
        Ok(()) => {
            let spec = &run.spec.tftp;
            let limits = Limits {
                options: spec.error_style == ErrorStyle::Rfc,
                blksize: spec.blksize.unwrap_or(512),
                windowsize: spec.windowsize.unwrap_or(1),
                ..Limits::default()
            };
            let server = Arc::new(Server {
                offer,
                limits,
                style: spec.error_style,
                transfers: Mutex::default(),
                last: AtomicU64::new(0),
                taken: AtomicU32::new(0),
                told: AtomicU64::new(0),
            });
            server.wait(run, on, &socket);
        }
        Err(error) => {
            if error.errno.is("EACCES") && run.spec.bind.is_some_and(|bind| bind.port() == PORT) {
                socket.tell(on, text!("program-tftp-port-69"));
            }
            run.met_on(&socket, &error);
        }
    }
    socket.close(on);
}

fn bind(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Result<(), net::Error> {
    if let Some(address) = run.spec.bind {
        endpoint.socket.bind(on, &address.into())?;
    }
    run.is_ready(endpoint.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok());
    Ok(())
}

impl Server {
    fn transfers(&self) -> MutexGuard<'_, HashMap<Address, Slot>> {
        // Nothing between lock and unlock leaves the table half changed.
        self.transfers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for requests until the program is to end.
    fn wait(self: &Arc<Self>, run: &Arc<Run>, on: &Tracer, endpoint: &Arc<Endpoint>) {
        let mut buffer = vec![0; port::BUFFER];
        while !run.is_over(endpoint) {
            match endpoint.socket.recv_from(on, &mut buffer) {
                // What wakes a thread that is to end looks like an empty datagram.
                Ok(_) if run.is_over(endpoint) => return,
                Ok((count, from, _)) => self.hear(run, on, endpoint, buffer.get(..count).unwrap_or_default(), &from),
                Err(error) if failure::is_timeout(&error) || failure::is_interruption(&error) => {}
                Err(error) => {
                    run.met_on(endpoint, &error);
                    if !error.made {
                        return;
                    }
                }
            }
        }
    }

    /// One datagram at the port where the server waits.
    fn hear(self: &Arc<Self>, run: &Arc<Run>, on: &Tracer, endpoint: &Arc<Endpoint>, datagram: &[u8], from: &Address) {
        let is_request = matches!(Opcode::first(datagram), Some(Opcode::Rrq | Opcode::Wrq));
        if !is_request && self.hand_on(datagram, from) {
            return;
        }
        let answer = match judge(datagram) {
            Judged::Read(_) | Judged::Write(_) if self.transfers().contains_key(from) => {
                self.tell(on, endpoint, || text!("program-tftp-again", peer = from.to_string()));
                return;
            }
            Judged::Read(request) => self.begin(run, on, endpoint, from, &request, false),
            Judged::Write(request) => self.begin(run, on, endpoint, from, &request, true),
            Judged::Refuse(packet, why) => {
                self.tell(on, endpoint, || text!("program-tftp-no-request", peer = from.to_string(), why = why));
                Some(self.styled(packet))
            }
            Judged::Ignore(why) => {
                self.tell(on, endpoint, || text!("program-tftp-no-request", peer = from.to_string(), why = why));
                None
            }
        };
        if let Some(packet) = answer
            && let Err(error) = endpoint.socket.send_to(on, &packet, from)
        {
            run.met_on(endpoint, &error);
        }
    }

    /// Hands a datagram to the transfer that shares the port with this client; returns whether there is one.
    fn hand_on(&self, datagram: &[u8], from: &Address) -> bool {
        let to = self.transfers().get(from).and_then(|slot| slot.to.clone());
        // Full: it is lost. Gone: the transfer has just ended.
        to.is_some_and(|to| to.try_send(datagram.to_vec()).is_ok() || to.is_full())
    }

    /// Tells what strangers can cause again and again, but not again and again.
    fn tell(&self, on: &Tracer, endpoint: &Endpoint, message: impl FnOnce() -> Message) {
        let (now, last) = (on.now(), self.told.load(Ordering::Relaxed));
        if last == 0 || now.saturating_sub(last) > TOLD_EVERY {
            self.told.store(now.max(1), Ordering::Relaxed);
            endpoint.tell(on, message());
        }
    }

    /// An ERROR as this server speaks.
    fn styled(&self, packet: Vec<u8>) -> Vec<u8> {
        match self.style {
            ErrorStyle::Rfc => packet,
            ErrorStyle::Tutorial => error_packet(ErrorCode::UnknownTid, "error"),
        }
    }

    /// Begins what a client asks for. Returns the ERROR that answers what is refused.
    fn begin(
        self: &Arc<Self>,
        run: &Arc<Run>,
        on: &Tracer,
        endpoint: &Arc<Endpoint>,
        from: &Address,
        request: &Request<'_>,
        writes: bool,
    ) -> Option<Vec<u8>> {
        let most = run.spec.tftp.max_transfers;
        if self.transfers().len() >= most as usize {
            self.tell(on, endpoint, || text!("program-tftp-busy", peer = from.to_string(), most = most));
            return Some(self.styled(error_packet(ErrorCode::Undefined, "Too many transfers")));
        }
        let name = preview(request.name, Charset::Utf8, SHOWN).text;
        let work = if writes { self.write(run, on, request) } else { self.read(on, request) };
        match work {
            Ok(work) => {
                let number = self.last.fetch_add(1, Ordering::Relaxed);
                self.start(run, on, endpoint, Job { number, partner: from.clone(), name, work });
                None
            }
            Err(denied) => {
                let why = denied.message();
                self.tell(on, endpoint, || text!("program-tftp-denied", peer = from.to_string(), name = name, why = why));
                Some(self.styled(error_packet(denied.code(), denied.phrase())))
            }
        }
    }

    fn read(&self, on: &Tracer, request: &Request<'_>) -> Result<Work, Denied> {
        let name = std::str::from_utf8(request.name).map_err(|_no_text| Denied::Name)?;
        let reader = Reader::of(self.offer.root().read(name)?, request.mode);
        let agreement = Agreement::grant_read(request, reader.length(), &self.limits);
        Ok(Work::Read(Box::new(tftp::Sender::answer(on.now(), &agreement, Patience::default())), reader))
    }

    fn write(&self, run: &Run, on: &Tracer, request: &Request<'_>) -> Result<Work, Denied> {
        let spec = &run.spec.tftp;
        if spec.write == WriteRule::Deny {
            return Err(Denied::ReadOnly);
        }
        let name = std::str::from_utf8(request.name).map_err(|_no_text| Denied::Name)?;
        let upload = self.offer.root().take(name, spec.write == WriteRule::Overwrite, spec.max_size)?;
        let agreement = Agreement::grant_write(request, &self.limits);
        if agreement.terms.tsize.is_some_and(|size| size > spec.max_size) {
            return Err(Denied::TooLarge(spec.max_size));
        }
        if self.taken.fetch_add(1, Ordering::Relaxed) >= spec.max_files {
            self.taken.fetch_sub(1, Ordering::Relaxed);
            return Err(Denied::TooMany(spec.max_files));
        }
        let writer = Writer::new(Place::Upload(upload), request.mode);
        Ok(Work::Write(Box::new(tftp::Receiver::answer(on.now(), &agreement, Patience::default())), writer))
    }

    /// Lets a transfer run on a thread of its own.
    fn start(self: &Arc<Self>, run: &Arc<Run>, on: &Tracer, endpoint: &Arc<Endpoint>, job: Job) {
        let (number, partner) = (job.number, job.partner.clone());
        let server = Arc::clone(self);
        let begun = if run.spec.tftp.single_port {
            let (to, datagrams) = bounded(MOST_WAITING);
            self.transfers().insert(partner.clone(), Slot { number, to: Some(to) });
            let shared = Arc::clone(endpoint);
            shared.begin_with(&partner);
            run.spawn(&format!("transfer {partner}"), move |run, on| {
                server.carry(Port::shared(run, on, &shared, job.partner.clone(), datagrams), job);
            })
        } else {
            let Some(held) = run.open(on, endpoint.socket.family(), Use::Transfer(partner.clone())) else { return };
            self.transfers().insert(partner.clone(), Slot { number, to: None });
            run.spawn(&format!("transfer {}", held.socket.id()), move |run, on| server.serve(run, on, held, job))
        };
        if let Err(error) = begun {
            self.forget(&partner, number);
            endpoint.tell(on, text!("program-told-no-thread", socket = endpoint.socket.id().to_string(), error = error.to_string()));
        }
    }

    /// Carries a transfer on a fresh port.
    fn serve(&self, run: &Arc<Run>, on: &Tracer, held: Held, job: Job) {
        match open(run, on, &held) {
            Ok(()) => self.carry(Port::fresh(run, on, &held, job.partner.clone()), job),
            Err(error) => {
                run.met_on(&held, &error);
                self.forget(&job.partner, job.number);
            }
        }
        held.close(on);
    }

    fn carry(&self, mut port: Port<'_>, job: Job) {
        let Job { number, ref partner, ref name, work } = job;
        let begun = port.now();
        let ended = |port: &Port<'_>, outcome: &Outcome, counts: &Counts| {
            port.tell(summary(name, outcome, counts, Duration::from_nanos(port.now().saturating_sub(begun))));
        };
        match work {
            Work::Read(mut sender, mut reader) => carry(&mut port, &mut *sender, &mut reader, |port, outcome, counts, _| {
                self.forget(partner, number);
                ended(port, outcome, counts);
            }),
            Work::Write(mut receiver, mut writer) => {
                if let Some(agreement) = receiver.agreement() {
                    port.make_room(agreement.terms.blksize, agreement.terms.windowsize);
                }
                carry(&mut port, &mut *receiver, &mut writer, |port, outcome, counts, _| {
                    if outcome.is_failure() {
                        self.taken.fetch_sub(1, Ordering::Relaxed);
                    }
                    // It stays for whoever missed its last ACK, but its client may ask for another transfer by now.
                    self.forget_unless_shared(partner, number);
                    ended(port, outcome, counts);
                });
            }
        }
        self.forget(partner, number);
    }

    /// A transfer has ended: its client may ask for another.
    fn forget(&self, partner: &Address, number: u64) {
        let mut transfers = self.transfers();
        if transfers.get(partner).is_some_and(|slot| slot.number == number) {
            transfers.remove(partner);
        }
    }

    fn forget_unless_shared(&self, partner: &Address, number: u64) {
        if self.transfers().get(partner).is_some_and(|slot| slot.to.is_none()) {
            self.forget(partner, number);
        }
    }
}

/// Gives the socket of a transfer a port, at the address that was asked, and lets it learn when its partner is gone.
fn open(run: &Run, on: &Tracer, held: &Held) -> Result<(), net::Error> {
    if let Some(bind) = run.spec.bind {
        held.socket.bind(on, &SocketAddr::new(bind.ip(), 0).into())?;
        // The port is a fact that every view needs; a failure stands in the row.
        held.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok();
    }
    held.socket.report_errors(on)
}

/// How a transfer ended, in one sentence.
pub(super) fn summary(name: &str, outcome: &Outcome, counts: &Counts, took: Duration) -> Message {
    text!(
        "program-tftp-ended",
        name = name,
        what = outcome.message(),
        bytes = counts.bytes,
        took = crate::trace::notation::duration(took),
        again = counts.retransmissions,
        duplicates = counts.duplicates
    )
}
