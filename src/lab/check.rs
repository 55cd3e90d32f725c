//! Combinations that cannot be run: what is wrong only together with something else, in the same program or in another.

use std::cmp::Ordering;
use std::net::SocketAddr;

use super::error::Fault;
use super::file::Lab;
use crate::net::Opt;
use crate::net::option::OPTIONS;
use crate::program::{Data, ProgramKind, Reply, Role, Spec, Target};
use crate::text;
use crate::text::nearest;
use crate::trace::{Family, SocketType};
use crate::wire::Framing;

/// How many programs a lab may have: each has threads of its own.
pub const MOST_PROGRAMS: usize = 100;

/// Something that cannot be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The program, by its place in the lab.
    pub program: usize,
    /// The field beside which it is to be told.
    pub key: &'static str,
    /// The entry of that field, where it has entries that are named: a socket option.
    pub entry: Option<&'static str>,
    /// What it is.
    pub fault: Fault,
}

/// Everything in `programs` that cannot be run.
pub(super) fn check(programs: &[Spec]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (program, spec) in programs.iter().enumerate() {
        let mut push = |key, entry, fault| wrong.push(Wrong { program, key, entry, fault });
        if program == MOST_PROGRAMS {
            let most = MOST_PROGRAMS.to_string();
            push("name", None, Fault::new(text!("lab-programs-many", count = programs.len()), text!("lab-expected-programs", most = most)));
        }
        if let Some(fault) = name(programs, program, spec) {
            push("name", None, fault);
        }
        if let Some(fault) = target(programs, program, spec) {
            push("connect", None, fault);
        }
        for contact in &spec.manner.contacts {
            if let Some(fault) = reachable(programs, program, spec, Some(&contact.at)).err() {
                push("contacts", None, fault);
            }
        }
        for (key, fault) in manner(spec) {
            push(key, None, fault);
        }
        let is_nowhere = spec.connect.is_none() && spec.send.iter().any(|outgoing| outgoing.to.is_none());
        if is_nowhere && matches!(spec.kind, ProgramKind::UdpClient | ProgramKind::UnixDatagramClient) {
            push("send", None, Fault::new(text!("lab-send-nowhere", program = spec.name.as_str()), text!("lab-expected-connect")));
        }
        if let Framing::Fixed(length) = spec.framing
            && length > spec.max_message
        {
            let what = text!("lab-framing-long", length = length.to_string(), most = spec.max_message.to_string());
            push("framing", None, Fault::new(what, text!("lab-expected-max-message", length = length.to_string())));
        }
        if let Some((key, fault)) = transfer(spec) {
            push(key, None, fault);
        }
        for (option, fault) in options(programs, spec) {
            push("options", Some(option), fault);
        }
        wrong.extend(super::calls::check(programs, program, spec));
    }
    wrong
}

fn name(programs: &[Spec], program: usize, spec: &Spec) -> Option<Fault> {
    let twice = programs.iter().take(program).any(|other| other.name == spec.name);
    twice.then(|| Fault::new(text!("lab-name-twice", name = spec.name.as_str()), text!("lab-expected-own-name")))
}

/// A tftp-client either gets a file or puts one, and what it puts has a name.
fn transfer(spec: &Spec) -> Option<(&'static str, Fault)> {
    if spec.kind != ProgramKind::TftpClient {
        return None;
    }
    let program = spec.name.as_str();
    let expected = || text!("lab-expected-get");
    match (&spec.tftp.get, &spec.tftp.put) {
        (None, None) => Some(("get", Fault::new(text!("lab-get-or-put", program = program), expected()))),
        (Some(_), Some(_)) => Some(("put", Fault::new(text!("lab-get-and-put", program = program), expected()))),
        (None, Some(Data::Text(_) | Data::Hex(_))) if spec.tftp.remote.is_none() => {
            Some(("as", Fault::new(text!("lab-put-nameless", program = program), text!("lab-expected-as"))))
        }
        _ => None,
    }
}

/// What a program says that it cannot say so.
fn manner(spec: &Spec) -> Vec<(&'static str, Fault)> {
    let mut wrong = Vec::new();
    if let Some(told) = spec.manner.prefix.as_ref().and_then(|prefix| Reply::sample_time(prefix).err()) {
        wrong.push(("prefix", Fault::new(told, text!("lab-expected-format"))));
    }
    if let Some(name) = spec.send.iter().filter_map(|outgoing| outgoing.to.as_deref()).find(|name| spec.manner.contact(name).is_none()) {
        let names = spec.manner.contacts.iter().map(|contact| contact.name.as_str()).collect::<Vec<_>>();
        let expected = text!("lab-expected-contact", contacts = names.join(", "));
        wrong.push(("send", Fault::new(text!("lab-contact-unknown", name = name), expected).near(nearest(name, names))));
    }
    let is_inside = spec.bind.is_some_and(|bind| bind.ip().to_canonical().is_loopback());
    if matches!(spec.reply, Reply::Command(_)) && !is_inside {
        let bind = spec.bind.map_or_else(|| "-".to_owned(), |bind| bind.to_string());
        wrong.push(("bind", Fault::new(text!("lab-command-outside", bind = bind), text!("lab-expected-loopback"))));
    }
    let fixed = if let Reply::Fixed(data) = &spec.reply { Some(data) } else { None };
    let rules = if let Reply::Rules(rules) = &spec.reply { Some(rules) } else { None };
    let ruled = rules.into_iter().flat_map(|rules| {
        let each = rules.rules.iter().flat_map(|rule| rule.when.data().into_iter().chain([&rule.answer]));
        each.chain(&rules.otherwise)
    });
    let said = spec.send.iter().map(|outgoing| &outgoing.data).chain(fixed).chain(&spec.manner.greeting).chain(ruled);
    let said = said.filter_map(|data| if let Data::Text(text) = data { Some(text.as_str()) } else { None });
    let names = spec.manner.contacts.iter().map(|contact| contact.name.as_str()).filter(|_| spec.manner.prefix.is_some());
    let mut said = said.chain(spec.manner.prefix.as_deref()).chain(spec.stop_word.as_deref()).chain(names);
    if let Some(missing) = said.find_map(|text| spec.manner.charset.encode(text).err()) {
        wrong.push(("charset", Fault::new(missing.message(), text!("lab-expected-charset"))));
    }
    wrong
}

fn target(programs: &[Spec], program: usize, spec: &Spec) -> Option<Fault> {
    reachable(programs, program, spec, spec.connect.as_ref()).err()
}

/// Whether the program could ask this target.
fn reachable(programs: &[Spec], program: usize, spec: &Spec, target: Option<&Target>) -> Result<(), Fault> {
    let expected = || text!("lab-expected-target");
    let to = match target {
        None if spec.kind.is_link()
            || matches!(
                spec.kind,
                ProgramKind::TcpClient | ProgramKind::TftpClient | ProgramKind::UnixClient | ProgramKind::Load | ProgramKind::HttpClient
            ) =>
        {
            return Err(Fault::new(text!("lab-connect-missing", program = spec.name.as_str(), kind = spec.kind.name()), expected()));
        }
        Some(Target::Address(address)) if address.port() == 0 => {
            return Err(Fault::new(text!("lab-connect-port", address = address.to_string()), text!("lab-expected-port")));
        }
        Some(Target::Address(address)) => *address,
        None | Some(Target::Unix(_) | Target::Name(_)) => return Ok(()),
        Some(Target::Program(name)) => {
            let Some((place, other)) = programs.iter().enumerate().find(|(_, other)| other.name == *name) else {
                let can = |other: &&Spec| other.bind.is_some() || other.kind.is_unix() && other.kind.role() == Role::Server;
                let bound = programs.iter().filter(can).map(|other| other.name.as_str()).collect::<Vec<_>>();
                let near = nearest(name, bound.iter().copied()).map(|near| format!("@{near}"));
                let known = bound.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(", ");
                let expected = if known.is_empty() { text!("lab-expected-address") } else { text!("lab-expected-word", words = known) };
                return Err(Fault { nearest: near, ..Fault::new(text!("lab-connect-unknown", name = name.as_str()), expected) });
            };
            if spec.kind.is_unix() || other.kind.is_unix() {
                return unix_target(spec, other, place.cmp(&program)).map_or(Ok(()), Err);
            }
            let Some(bind) = other.bind else {
                return Err(Fault::new(text!("lab-connect-unbound", name = name.as_str()), text!("lab-expected-bound")));
            };
            if place == program {
                return Err(Fault::new(text!("lab-connect-self", name = name.as_str()), expected()));
            }
            if place > program && bind.port() == 0 {
                return Err(Fault::new(text!("lab-connect-later", name = name.as_str()), text!("lab-expected-earlier")));
            }
            bind
        }
    };
    match spec.bind {
        // A link has a socket for either side, and may join the two families.
        Some(own) if !spec.kind.is_link() && own.is_ipv4() != to.is_ipv4() => {
            let what = text!("lab-connect-family", bind = own.to_string(), connect = to.to_string());
            Err(Fault::new(what, text!("lab-expected-family")))
        }
        _ => Ok(()),
    }
}

/// What is in the way of a Unix socket that asks a program of the lab; `place` is where that stands.
fn unix_target(spec: &Spec, other: &Spec, place: Ordering) -> Option<Fault> {
    let name = other.name.as_str();
    if other.name == spec.name {
        return Some(Fault::new(text!("lab-connect-self", name = name), text!("lab-expected-target")));
    }
    if spec.kind.is_unix() != other.kind.is_unix() || spec.kind.socket_type() != other.kind.socket_type() {
        let what = text!("lab-connect-kind", name = name, kind = other.kind.name(), own = spec.kind.name());
        return Some(Fault::new(what, text!("lab-expected-alike")));
    }
    if other.kind.role() == Role::Client && other.path.is_none() && other.kind.socket_type() == SocketType::Stream {
        return Some(Fault::new(text!("lab-connect-unbound", name = name), text!("lab-expected-bound")));
    }
    let is_late = place == Ordering::Greater && other.path.is_none();
    is_late.then(|| Fault::new(text!("lab-connect-later", name = name), text!("lab-expected-earlier")))
}

fn options(programs: &[Spec], spec: &Spec) -> Vec<(&'static str, Fault)> {
    let (family, kind) = (family(programs, spec), spec.kind.socket_type());
    // Of another system is not wrong: a lab is carried from one to the other, and the trace tells what this one says to it.
    let fits = |option: &Opt| option.families.contains(&family) && option.types.contains(&kind);
    let known =
        || OPTIONS.iter().filter(|option| option.is_settable() && fits(option)).map(|option| option.name).collect::<Vec<_>>().join(", ");
    let fault = |option: &Opt| {
        let what = text!("lab-option-refused", option = option.name, family = family.name(), kind = kind.name());
        Fault::new(what, text!("lab-expected-word", words = known()))
    };
    spec.options.iter().filter(|(option, _)| !fits(option)).map(|(option, _)| (option.name, fault(option))).collect()
}

impl Lab {
    /// The family of the socket of `spec`, a program of this lab.
    pub fn family(&self, spec: &Spec) -> Family {
        family(&self.programs, spec)
    }
}

/// The family of the program's socket: that of its own address, else that of the other side's.
pub(super) fn family(programs: &[Spec], spec: &Spec) -> Family {
    if spec.kind.is_unix() {
        return Family::Unix;
    }
    let target = || match spec.connect.as_ref()? {
        Target::Address(address) => Some(*address),
        // Of which family the addresses are is known when it is looked up.
        Target::Unix(_) | Target::Name(_) => None,
        Target::Program(name) => programs.iter().find(|other| other.name == *name)?.bind,
    };
    let contact = || match &spec.manner.contacts.first()?.at {
        Target::Address(address) => Some(*address),
        Target::Unix(_) | Target::Program(_) | Target::Name(_) => None,
    };
    if spec.bind.or_else(target).or_else(contact).is_some_and(|address: SocketAddr| address.is_ipv6()) {
        Family::Inet6
    } else {
        Family::Inet
    }
}
