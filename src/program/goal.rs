//! Where a client goes: the addresses of whom it asks, a name among them looked up, and the first of them that answers.
//!
//! A name is looked up by a thread of its own, `resolver`: getaddrinfo(3) may wait for a name server, and nothing wakes it. A program that is stopped in the
//! meantime leaves that thread behind, which is shown until it ends. The addresses are tried one after the other, each with a socket of its own, as
//! `socket.create_connection` of Python does. Where nothing tells whether anybody answers (datagrams), and where many connections go the same way (a link), the
//! first address is taken, of the family that the program's own address has.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use super::bound::family;
use super::bound::{self, Bound};
use super::run::{Run, tell};
use super::socket::{Held, Use};
use super::state::Phase;
use super::target::{HostName, Target};
use super::{failure, tcp_client};
use crate::net::{self, resolver};
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Family, SocketType, Tracer, notation};

/// What looks a name up.
type Lookup = fn(&Tracer, &str, u16, Option<Family>, SocketType) -> Result<Vec<SocketAddr>, net::Error>;

/// The thread that looks names up.
const RESOLVER: &str = "resolver";
/// How long a lookup is waited for that only its end or the program's can end.
const FOR_EVER: Duration = Duration::from_secs(u32::MAX as u64);

/// The addresses of whom the program asks, in the order in which they are to be tried. None where there is none, which was told.
pub(super) fn all(run: &Arc<Run>, on: &Tracer) -> Option<Vec<Address>> {
    if let Some(to) = run.to() {
        return Some(vec![to]);
    }
    let Some(Target::Name(name)) = &run.spec.connect else {
        run.has_failed(text!("program-no-target").into());
        return None;
    };
    look_up(run, on, name, run.spec.bind.map(|bind| family(Some(bind))), resolver::look_up)
}

/// The one address that is asked from now on, where the program asks a name. Returns whether it has one, or needs none; where not, that was told.
pub(super) fn settle(run: &Arc<Run>, on: &Tracer) -> bool {
    let Some(Target::Name(name)) = &run.spec.connect else { return true };
    let Some(found) = look_up(run, on, name, Some(family(run.spec.bind)), resolver::look_up) else { return false };
    let Some(first) = first_of(on, name, found) else { return false };
    run.asks(first);
    true
}

/// Looks up where the contacts are that are stated by the name of a computer, each name once. What leads nowhere is told and is a failure of the program; the other
/// contacts can be talked to.
pub(super) fn contacts(run: &Arc<Run>, on: &Tracer) {
    contacts_by(run, on, resolver::look_up);
}

fn contacts_by(run: &Arc<Run>, on: &Tracer, by: Lookup) {
    let mut known = Vec::<(HostName, Address)>::new();
    let mut nowhere = Vec::new();
    for contact in &run.spec.manner.contacts {
        let Target::Name(name) = &contact.at else { continue };
        if run.is_stopping() || known.iter().any(|(known, _)| known == name) || nowhere.contains(&name) {
            continue;
        }
        match look_up(run, on, name, Some(run.family()), by).and_then(|found| first_of(on, name, found)) {
            Some(first) => known.push((name.clone(), first)),
            None => nowhere.push(name),
        }
    }
    run.knows(known);
}

/// The first of the addresses of a name, where only one is asked: that there are others is told.
pub(super) fn first_of(on: &Tracer, name: &HostName, found: Vec<Address>) -> Option<Address> {
    let mut found = found.into_iter();
    let first = found.next()?;
    let others = found.collect::<Vec<_>>();
    if !others.is_empty() {
        tell(on, None, text!("program-name-first", name = name.host(), address = first.to_string(), others = notation::list(&others)));
    }
    Some(first)
}

/// What the name leads to, at least one address; none where it leads nowhere, which was told, or the program is to end.
fn look_up(run: &Arc<Run>, on: &Tracer, name: &HostName, family: Option<Family>, by: Lookup) -> Option<Vec<Address>> {
    let found = match ask(run, name, family, by)? {
        Ok(found) => found,
        Err(error) => {
            run.met(&error);
            return None;
        }
    };
    allowed(on, name, found).map_err(|why| run.has_failed(why.into())).ok()
}

/// Those of the addresses of a name that may be asked: `localhost` is this computer alone, and about any other name a person was asked before.
///
/// # Errors
/// None is left.
pub(super) fn allowed(on: &Tracer, name: &HostName, found: Vec<SocketAddr>) -> Result<Vec<Address>, Message> {
    let found = found.into_iter().map(Address::from);
    if !name.is_localhost() {
        return Ok(found.collect());
    }
    let (own, others) = found.partition::<Vec<_>, _>(Address::is_local);
    if !others.is_empty() {
        tell(on, None, text!("program-name-outside", name = name.host(), addresses = notation::list(&others)));
    }
    if own.is_empty() { Err(text!("program-name-nowhere", name = name.host())) } else { Ok(own) }
}

/// Asks on a thread of its own; none where the program is to end before there is an answer.
fn ask(run: &Arc<Run>, name: &HostName, family: Option<Family>, by: Lookup) -> Option<Result<Vec<SocketAddr>, net::Error>> {
    let answer = Arc::new(OnceLock::new());
    let (to, asked) = (Arc::clone(&answer), name.clone());
    let started = run.spawn(RESOLVER, move |run, on| {
        let found = by(on, asked.host(), asked.port(), family, run.spec.kind.socket_type());
        to.set(found).ok();
        // Who waits looks again when the thread has ended.
    });
    if let Err(error) = started {
        run.has_failed(text!("program-name-unasked", name = name.host(), detail = error.to_string()).into());
        return None;
    }
    // The thread's share is gone where it panicked, too.
    run.wait(FOR_EVER, |inner| inner.state.phase >= Phase::Stopping || Arc::strong_count(&answer) == 1);
    if run.is_stopping() {
        return None;
    }
    Arc::into_inner(answer).and_then(OnceLock::into_inner)
}

/// A socket that is connected to the first of `goals` that answers, and what it is bound to. `prepare` is done to each before it connects. None where nobody answers,
/// which was told, with all that was tried.
pub(super) fn connect(run: &Arc<Run>, on: &Tracer, goals: &[Address], prepare: fn(&Run, &Tracer, &Held)) -> Option<(Held, Bound)> {
    let mut tried = Vec::new();
    for to in goals {
        if run.is_stopping() {
            return None;
        }
        let socket = run.open(on, run.family_of(to), Use::Connection(to.clone()))?;
        let Some(bound) = bound::bind(run, on, &socket) else {
            socket.close(on);
            return None;
        };
        prepare(run, on, &socket);
        let begin = Instant::now();
        match tcp_client::reach(run, on, &socket, to) {
            Ok(()) => return Some((socket, bound)),
            Err(error) if goals.len() == 1 => run.met_on(&socket, &error),
            Err(_) if run.is_over(&socket) => {}
            Err(error) => tried.push((to, begin.elapsed(), error)),
        }
        socket.close(on);
    }
    give_up(run, &tried);
    None
}

/// None of several answered: what each came to.
fn give_up(run: &Run, tried: &[(&Address, Duration, net::Error)]) {
    let (Some(Target::Name(name)), Some((.., last))) = (&run.spec.connect, tried.last()) else { return };
    if run.is_stopping() || !tried.iter().any(|(.., error)| failure::counts(&run.spec, error)) {
        return;
    }
    let attempt = |(to, took, error): &(&Address, Duration, net::Error)| format!("{to} {} ({})", error.errno, notation::duration(*took));
    let list = tried.iter().map(attempt).collect::<Vec<_>>().join(", ");
    let message =
        text!("program-name-unanswered", name = name.host(), list = list, why = net::meaning(last.call, last.errno, &last.args).says);
    run.has_failed(super::Failure { message, errno: Some(last.errno) });
}

/// The first of `goals` that answers a connection, which is closed again: where many connections are to follow. None as in [`connect`].
pub(super) fn first(run: &Arc<Run>, on: &Tracer, goals: Vec<Address>) -> Option<Address> {
    if goals.len() < 2 {
        return goals.into_iter().next();
    }
    let (socket, bound) = connect(run, on, &goals, |_, _, _| {})?;
    let Use::Connection(to) = socket.is_for.clone() else { return None };
    socket.tell(on, text!("program-name-probe", address = to.to_string()));
    socket.close(on);
    drop(bound);
    Some(to)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
    use std::sync::{Condvar, Mutex};

    use super::*;
    use crate::program::{Contact, Program, ProgramKind, Spec, State};
    use crate::trace::{Args, Call, Errno, Kind, Life, Outcome, Record, Settings, Trace};

    const LIMIT: Duration = Duration::from_secs(10);

    /// A tcp-client to `localhost` at this port whose thread does `body`.
    fn start(port: u16, expect: &[&str], body: fn(&Arc<Run>, &Tracer)) -> (Arc<Trace>, Program) {
        let trace = Trace::new(Settings::default()).unwrap();
        let mut spec = Spec::new(ProgramKind::TcpClient, "client");
        spec.connect = HostName::parse(&format!("localhost:{port}")).map(Target::Name);
        spec.expect = expect.iter().map(|name| (*name).to_owned()).collect();
        let program = Program::start_with(spec, &trace, body).unwrap();
        (trace, program)
    }

    fn outcome(port: u16, expect: &[&str], body: fn(&Arc<Run>, &Tracer)) -> (State, Vec<Record>) {
        let (trace, program) = start(port, expect, body);
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{:?}", program.state());
        trace.flush();
        (program.state(), trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect())
    }

    fn both(run: &Run) -> Vec<Address> {
        let Some(Target::Name(name)) = &run.spec.connect else { return Vec::new() };
        let six = SocketAddr::from((Ipv6Addr::LOCALHOST, name.port()));
        [six, (Ipv4Addr::LOCALHOST, name.port()).into()].map(Address::from).into()
    }

    fn tries_both(run: &Arc<Run>, on: &Tracer) {
        if let Some((socket, _)) = connect(run, on, &both(run), |_, _, _| {}) {
            socket.close(on);
        }
    }

    fn told<'rows>(rows: &'rows [Record], key: &str) -> Option<&'rows crate::text::Message> {
        rows.iter().find_map(|row| match &row.kind {
            Kind::Life(Life::Told(message)) if message.key() == key => Some(message),
            _ => None,
        })
    }

    #[test]
    fn each_address_is_tried_with_a_socket_of_its_own_until_one_answers() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (state, rows) = outcome(listener.local_addr().unwrap().port(), &[], tries_both);
        assert_eq!(state.failure, None, "one that does not answer is no failure where another does");
        let calls = rows.iter().filter_map(|row| Some((row.call()?, row.errno().is_none()))).collect::<Vec<_>>();
        let close = (Call::Close, true);
        let socket = (Call::Socket, true);
        assert_eq!(calls, [socket, (Call::Connect, false), close, socket, (Call::Connect, true), close]);
    }

    #[test]
    fn where_none_answers_all_are_named_unless_that_is_the_lesson() {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let (state, rows) = outcome(port, &[], tries_both);
        let failure = state.failure.expect("a failure");
        let said = failure.message.to_string();
        for errno in rows.iter().filter_map(Record::errno) {
            assert!(said.contains(&errno.name()), "{said}");
        }
        assert!(said.contains(&format!("[::1]:{port}")) && said.contains(&format!("127.0.0.1:{port}")), "{said}");
        assert!(failure.errno.is_some_and(|errno| errno.is("ECONNREFUSED")));
        // Without IPv6 the first says so.
        let (state, _) = outcome(port, &["ECONNREFUSED", "EADDRNOTAVAIL", "EAFNOSUPPORT"], tries_both);
        assert_eq!(state.failure, None);
    }

    #[test]
    fn localhost_leads_to_this_computer_only() {
        let (state, rows) = outcome(9, &[], |run, on| {
            let Some(Target::Name(name)) = &run.spec.connect else { return };
            let abroad: Lookup = |_, _, port, _, _| Ok(vec![([192, 0, 2, 1], port).into(), ([127, 0, 0, 1], port).into()]);
            assert_eq!(look_up(run, on, name, None, abroad), Some(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 9)).into()]));
            let other = HostName::parse("example.com:9").unwrap();
            assert_eq!(look_up(run, on, &other, None, abroad).map(|found| found.len()), Some(2), "a person was asked about it");
            assert_eq!(look_up(run, on, name, None, |_, _, port, _, _| Ok(vec![([192, 0, 2, 1], port).into()])), None);
        });
        assert!(!state.panicked, "{rows:?}");
        assert!(told(&rows, "program-name-outside").is_some_and(|message| message.to_string().contains("192.0.2.1:9")));
        assert!(state.failure.is_some_and(|failure| failure.message.key() == "program-name-nowhere"));
    }

    #[test]
    fn a_name_that_leads_nowhere_is_a_failure_by_its_own_error() {
        let none: Lookup = |on, host, port, family, kind| {
            let args = Args::Lookup(host.into(), port, family, kind);
            let errno = Errno::by_name("EAI_NONAME").unwrap();
            on.begin(Call::GetAddrInfo, args.clone(), None).end(Outcome::Err(errno), None);
            Err(net::Error { call: Call::GetAddrInfo, args, socket: None, errno, limit: None, made: true })
        };
        fn asks(run: &Arc<Run>, on: &Tracer, by: Lookup) {
            let Some(Target::Name(name)) = &run.spec.connect else { return };
            assert_eq!(look_up(run, on, name, None, by), None);
        }
        static NONE: OnceLock<Lookup> = OnceLock::new();
        NONE.get_or_init(|| none);
        let body: fn(&Arc<Run>, &Tracer) = |run, on| asks(run, on, *NONE.get().unwrap());
        let failure = outcome(9, &[], body).0.failure.expect("a failure");
        let said = failure.message.to_string();
        assert!(said.starts_with("getaddrinfo(localhost, 9, AF_UNSPEC, SOCK_STREAM): EAI_NONAME. There is no such name"), "{said}");
        assert_eq!(outcome(9, &["EAI_NONAME"], body).0.failure, None, "where it is the lesson");
    }

    #[test]
    fn contacts_are_looked_up_once_each_and_one_that_leads_nowhere_is_no_end() {
        let contact = |name: &str, at: &str| Contact { name: name.to_owned(), at: Target::Name(HostName::parse(at).unwrap()) };
        let mut spec = Spec::new(ProgramKind::UdpClient, "client");
        spec.manner.contacts = vec![
            contact("a", "localhost:9"),
            contact("b", "nobody.localhost:9"),
            contact("c", "localhost:9"),
            contact("d", "nobody.localhost:9"),
        ];
        let trace = Trace::new(Settings::default()).unwrap();
        let program = Program::start_with(spec, &trace, |run, on| {
            let some: Lookup = |on, host, port, family, kind| {
                let (args, is_there) = (Args::Lookup(host.into(), port, family, kind), host == "localhost");
                let errno = Errno::by_name("EAI_NONAME").unwrap();
                let open = on.begin(Call::GetAddrInfo, args.clone(), None);
                open.end(if is_there { Outcome::Addresses([].into()) } else { Outcome::Err(errno) }, None);
                let error = net::Error { call: Call::GetAddrInfo, args, socket: None, errno, limit: None, made: true };
                if is_there { Ok(vec![([192, 0, 2, 1], port).into(), ([127, 0, 0, 1], port).into()]) } else { Err(error) }
            };
            contacts_by(run, on, some);
            let own = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 9)).into());
            assert_eq!(["a", "b", "c", "d"].map(|name| run.contact(name)), [own.clone(), None, own, None]);
        })
        .unwrap();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT));
        let state = program.state();
        assert!(!state.panicked && state.failure.is_some_and(|failure| failure.errno.is_some_and(|errno| errno.is("EAI_NONAME"))));
        trace.flush();
        let rows = trace.store().rows(1..trace.store().newest() + 1).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(rows.iter().filter(|row| row.call() == Some(Call::GetAddrInfo)).count(), 2, "each name once: {rows:?}");
        assert!(told(&rows, "program-name-outside").is_some(), "localhost is this computer alone");
    }

    /// Nothing wakes getaddrinfo: its thread is left behind, named, and the program ends with it.
    #[test]
    fn a_program_that_waits_for_a_name_stops_and_names_the_thread_that_is_left() {
        static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
        static ENDED: OnceLock<Instant> = OnceLock::new();
        let (trace, program) = start(9, &[], |run, on| {
            let slow: Lookup = |on, host, port, family, kind| {
                let open = on.begin(Call::GetAddrInfo, Args::Lookup(host.into(), port, family, kind), None);
                drop(GATE.1.wait_while(GATE.0.lock().unwrap(), |open| !*open).unwrap());
                open.end(Outcome::Addresses([].into()), None);
                Ok(Vec::new())
            };
            let Some(Target::Name(name)) = &run.spec.connect else { return };
            assert_eq!(look_up(run, on, name, None, slow), None);
            ENDED.set(Instant::now()).ok();
        });
        let begin = Instant::now();
        while !trace.open_calls().iter().any(|open| open.call == Call::GetAddrInfo) {
            assert!(begin.elapsed() < LIMIT, "nobody looks the name up");
            std::thread::yield_now();
        }
        program.stop();
        assert!(program.wait(|state| state.lingering == [RESOLVER], LIMIT), "{:?}", program.state());
        assert!(ENDED.get().is_some(), "its own thread did not wait for the name");
        assert_eq!(program.state().phase, Phase::Stopping);
        *GATE.0.lock().unwrap() = true;
        GATE.1.notify_all();
        assert!(program.wait(|state| state.phase == Phase::Ended, LIMIT), "{:?}", program.state());
        assert!(!program.state().has_failed(), "{:?}", program.state());
    }
}
