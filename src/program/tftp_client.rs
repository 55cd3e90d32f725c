//! tftp-client: fetches one file from a server, or sends one, and ends.
//!
//! What it fetches stands in its place when it is whole: until then it is a part beside that place, and what stood there stays. Where that place is, is said by the
//! lab alone; nothing that a server sends names a file here. The client has failed where the file did not get across, whoever ended that.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::bound::family;
use super::content::{Place, Reader, Writer};
use super::denied::Denied;
use super::goal;
use super::outgoing::Data;
use super::port::Port;
use super::run::Run;
use super::socket::{Endpoint, Use};
use super::tftp_server::summary;
use super::transfer::carry;
use super::upload::Upload;
use crate::net;
use crate::text;
use crate::text::Message;
use crate::tftp::{Ask, Asked, Counts, Failure, Outcome, Patience, Receiver, Sender};
use crate::trace::{Address, Origin, Tracer};
use crate::wire::tftp::BLKSIZE;

pub(super) fn run(run: &Arc<Run>, on: &Tracer) {
    if !goal::settle(run, on) {
        return;
    }
    let Some(to) = run.to() else {
        return run.has_failed(text!("program-no-target").into());
    };
    let work = match prepare(run, on) {
        Ok(work) => work,
        Err(why) => return run.has_failed(why.into()),
    };
    let Some(socket) = run.open(on, family(to.ip()), Use::Transfer(to.clone())) else { return };
    match ready(run, on, &socket) {
        Ok(()) => transfer(run, on, &socket, to, work),
        Err(error) => run.met_on(&socket, &error),
    }
    socket.close(on);
}

/// What the client is to do, with everything that it needs here.
enum Work {
    Get(Box<Receiver>, Writer, String),
    Put(Box<Sender>, Reader, String),
}

fn prepare(run: &Run, on: &Tracer) -> Result<Work, Message> {
    let spec = &run.spec.tftp;
    let options = Asked { blksize: spec.blksize, timeout: spec.timeout, tsize: spec.tsize.then_some(0), windowsize: spec.windowsize };
    let failed = |name: &str, denied: &Denied| text!("program-tftp-disk", name = name, why = denied.message());
    match (&spec.get, &spec.put) {
        (Some(name), _) => {
            let place = match (&spec.to, &run.kept) {
                (Some(path), _) => Place::Upload(Upload::at(path).map_err(|denied| failed(&shown(path), &denied))?),
                (None, Some(files)) => Place::Kept(files.begin(run.id, name).map_err(|denied| not_kept(name, &denied))?),
                (None, None) => Place::Nowhere,
            };
            let ask = Ask { name: name.clone(), mode: spec.mode, options };
            let receiver = Receiver::ask(on.now(), &ask, Patience::default()).map_err(|why| why.message())?;
            Ok(Work::Get(Box::new(receiver), Writer::new(place, spec.mode), name.clone()))
        }
        (None, Some(data)) => {
            let name = spec.remote.clone().or_else(|| name_of(data)).ok_or_else(|| text!("program-tftp-nameless"))?;
            let reader = Reader::of_data(data, spec.mode).map_err(|denied| failed(&name, &denied))?;
            let options = Asked { tsize: options.tsize.and_then(|_| reader.length()), ..options };
            let ask = Ask { name: name.clone(), mode: spec.mode, options };
            let sender = Sender::ask(on.now(), &ask, Patience::default()).map_err(|why| why.message())?;
            Ok(Work::Put(Box::new(sender), reader, name))
        }
        (None, None) => Err(text!("program-tftp-idle")),
    }
}

/// Why a file cannot be kept, and what to do.
fn not_kept(name: &str, denied: &Denied) -> Message {
    match denied {
        Denied::TooMany(most) => text!("program-tftp-kept-many", name = name, most = *most),
        denied => text!("program-tftp-disk", name = name, why = denied.message()),
    }
}

/// The name of a file, without its folder.
fn name_of(data: &Data) -> Option<String> {
    match data {
        Data::File(path) => Some(path.file_name()?.to_string_lossy().into_owned()),
        Data::Text(_) | Data::Hex(_) => None,
    }
}

fn ready(run: &Run, on: &Tracer, endpoint: &Endpoint) -> Result<(), net::Error> {
    let mut local = None;
    if let Some(address) = run.spec.bind {
        endpoint.socket.bind(on, &address.into())?;
        local = endpoint.socket.local_address(&on.on_behalf_of(Origin::Lab)).ok();
    }
    endpoint.socket.report_errors(on)?;
    run.is_ready(local);
    Ok(())
}

fn transfer(run: &Run, on: &Tracer, endpoint: &Endpoint, to: Address, work: Work) {
    let mut port = Port::asking(run, on, endpoint, to);
    if let (Work::Get(..), Some(windowsize)) = (&work, run.spec.tftp.windowsize) {
        port.make_room(run.spec.tftp.blksize.unwrap_or(BLKSIZE), windowsize);
    }
    let begun = port.now();
    let ended = |port: &Port<'_>, name: &str, outcome: &Outcome, counts: &Counts| {
        port.tell(summary(name, outcome, counts, Duration::from_nanos(port.now().saturating_sub(begun))));
        if outcome.is_failure() && !is_expected(run, outcome) {
            run.has_failed(text!("program-tftp-failed", name = name, why = outcome.message()).into());
        }
    };
    match work {
        Work::Get(mut receiver, mut writer, name) => carry(&mut port, &mut *receiver, &mut writer, |port, outcome, counts, writer| {
            ended(port, &name, outcome, counts);
            if !outcome.is_failure() {
                let bytes = writer.length();
                port.tell(match &run.spec.tftp.to {
                    Some(path) => text!("program-tftp-saved", bytes = bytes, path = shown(path)),
                    None if run.kept.is_some() => text!("program-tftp-kept", bytes = bytes),
                    None => text!("program-tftp-not-kept", bytes = bytes),
                });
            }
        }),
        Work::Put(mut sender, mut reader, name) => carry(&mut port, &mut *sender, &mut reader, |port, outcome, counts, _| {
            ended(port, &name, outcome, counts);
        }),
    }
}

/// Whether the failure belongs to the lesson.
fn is_expected(run: &Run, outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed(Failure::Unreachable)) && run.spec.expect.iter().any(|name| name == "ECONNREFUSED")
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
