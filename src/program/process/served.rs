//! What a process does that was given a connection: it serves it, tells each call to the process that has started it, and obeys that.

use std::io::{self, BufReader, Read};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::frame;
use super::handover::{Handover, Known, Order, Report};
use crate::net::process::HandedOver;
use crate::net::{self, Looked, option};
use crate::program::command::{Command, SendTo};
use crate::program::handle::Program;
use crate::program::run::Run;
use crate::program::socket::Use;
use crate::program::state::Phase;
use crate::program::{site, stream};
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Relay, SocketId, Trace};

/// How long it waits for what it is to do.
const PATIENCE: Duration = Duration::from_secs(10);
/// As long as the connection lasts.
const FOR_EVER: Duration = Duration::from_secs(u32::MAX as u64);

/// Serves the connection that stands at the standard input of this process, and returns when it is over. The standard output is a stream to the process that has
/// started this one.
///
/// # Errors
/// Why not: nobody has handed a connection over.
pub fn serve_handed_over() -> Result<(), Message> {
    let failed = |error: io::Error| text!("program-process-alone", errno = Errno::of(&error).name());
    let connection = HandedOver::take().map_err(failed)?;
    let stream = UnixStream::from(io::stdout().as_fd().try_clone_to_owned().map_err(failed)?);
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let mut orders = BufReader::new(stream.try_clone().map_err(failed)?);
    let handover = frame::read::<Handover>(&mut orders).map_err(failed)?;
    let handover = handover.ok_or_else(|| failed(io::ErrorKind::UnexpectedEof.into()))?;
    stream.set_read_timeout(None).map_err(failed)?;

    let reports = Arc::new(Mutex::new(stream));
    let relay = {
        let reports = Arc::clone(&reports);
        Relay::new(move |told| report(&reports, &Report::Told(told)))
    };
    let trace = Trace::relayed(relay, handover.keep, net::monotonic, handover.zero);
    let (id, family, peer, go) = (handover.socket, handover.family, handover.peer.clone(), handover.go);
    let spec = handover.spec().ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))?;
    let run = Run::new(spec, None, &trace, None);
    run.gate.go(None, go);
    tell_state(&run, Arc::clone(&reports));
    run.spawn("connection", move |run, on| {
        let held = run.hold(connection.traced(on, id, family), Use::Connection(peer));
        run.guard(on, |run| {
            if run.spec.kind.speaks_http() {
                match site::make(run, on) {
                    Ok(offer) => drop(run.site.set(offer)),
                    Err(why) => run.has_failed(why.into()),
                }
            }
            stream::serve(run, on, held);
        });
        if run.begin_to_end() {
            run.wind_down(on);
        }
    })
    .map_err(failed)?;
    let program = Arc::new(Program::of(Arc::clone(&run)));
    let obeying = Arc::clone(&program);
    thread::Builder::new().name("orders".to_owned()).spawn(move || obey(&run, &obeying, id, orders, &reports)).map_err(failed)?;
    // Who cannot be woken ends with the process.
    program.wait(|state| state.phase == Phase::Ended || !state.lingering.is_empty(), FOR_EVER);
    Ok(())
}

/// Tells something. Where nobody listens any more the orders have ended too, and with them the process.
fn report(to: &Mutex<UnixStream>, what: &Report) {
    frame::write(&mut *to.lock().unwrap_or_else(PoisonError::into_inner), what).ok();
}

/// Tells the state whenever what the other process is to know of it has changed.
fn tell_state(run: &Arc<Run>, reports: Arc<Mutex<UnixStream>>) {
    let (of, last) = (Arc::downgrade(run), Mutex::new(Known::default()));
    run.listen(Arc::new(move || {
        let Some(run) = of.upgrade() else { return };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = Known::of(&run.lock().state);
        if *last != known {
            report(&reports, &Report::State(known.clone()));
            *last = known;
        }
    }));
}

/// Does what a person asks of the connection, until the other process ends or wants this one to.
fn obey(run: &Arc<Run>, program: &Program, socket: SocketId, mut orders: impl Read, reports: &Mutex<UnixStream>) {
    while let Ok(Some(order)) = frame::read(&mut orders) {
        let command = match order {
            Order::Stop => break,
            Order::Send(bytes) => Command::Send { to: SendTo::All, bytes },
            Order::SendData(data) => Command::SendData { to: SendTo::All, data },
            Order::EndFile => Command::EndFile,
            Order::Disconnect => Command::Disconnect(socket),
            Order::ReadOptions => Command::ReadOptions(socket),
            Order::SetOption(name, value) => match option::by_name(&name) {
                Some(option) => Command::SetOption { socket: Some(socket), option, value },
                None => continue,
            },
            Order::Step(thread, go) => Command::Step(thread, go),
            Order::Wake(thread) => Command::Wake(thread),
            Order::Look => {
                let looked = run.socket(socket).and_then(|endpoint| Looked::at(&endpoint.socket)?.ok());
                report(reports, &Report::Looked(looked));
                continue;
            }
        };
        if let Err(refused) = program.command(command) {
            run.change(|inner| inner.state.sending.failed = Some(refused.message()));
        }
    }
    program.stop();
}
