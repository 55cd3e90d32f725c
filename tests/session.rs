//! Sessions: programs start in order, are told apart from one another, stop, and hold up nobody.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use bytes::Bytes;
use socket_lab::lab::{Lab, Obstacle, ProgramStatus, Session, SessionCommand, Surroundings};
use socket_lab::program::{Command, Phase, SendTo};
use socket_lab::trace::{Address, Args, Call, Keep, Kind, Origin, Record, Settings};

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(20);

fn session(text: &str) -> Session {
    let lab = Lab::parse(text, "x.toml").unwrap_or_else(|errors| panic_with(&errors.to_string()));
    Session::new(lab, Settings { keep: Keep::All, ..Settings::default() }).unwrap()
}

#[expect(clippy::panic, reason = "a test has failed")]
fn panic_with(text: &str) -> ! {
    panic!("{text}")
}

fn command(session: &Session, command: SessionCommand) {
    session.command(command).unwrap_or_else(|message| panic_with(&message.to_string()));
}

/// Waits until the status is so.
fn until(session: &Session, what: impl Fn(&[ProgramStatus]) -> bool) -> Vec<ProgramStatus> {
    assert!(session.wait(what, LIMIT), "{:#?}", session.status());
    session.status()
}

fn rows(session: &Session) -> Vec<Record> {
    session.trace().flush();
    let store = session.trace().store();
    store.rows(1..store.newest() + 1).into_iter().flatten().collect()
}

fn calls(session: &Session, program: &str, call: Call) -> Vec<Record> {
    let rows = rows(session);
    let names = session.trace().store().names();
    rows.into_iter().filter(|row| row.call() == Some(call) && names.program_name(row.program) == program).collect()
}

fn server(name: &str, bind: &str, more: &str) -> String {
    format!("[[program]]\nname = \"{name}\"\nkind = \"tcp-server\"\nbind = \"{bind}\"\n{more}\n")
}

fn client(name: &str, connect: &str, more: &str) -> String {
    format!("[[program]]\nname = \"{name}\"\nkind = \"tcp-client\"\nconnect = \"{connect}\"\n{more}\n")
}

fn port(status: &ProgramStatus) -> u16 {
    status.local.as_ref().and_then(|local| local.port()).expect("a bound socket")
}

#[test]
fn clients_find_the_port_that_the_kernel_chose_also_behind_a_wildcard() {
    for bind in ["127.0.0.1:0", "0.0.0.0:0", "[::1]:0", "[::]:0"] {
        let session = session(&[server("server", bind, ""), client("client", "@server", "send = [\"hi\"]")].concat());
        command(&session, SessionCommand::StartAll);
        let status = until(&session, |programs| programs[1].has_ended());
        assert!(!status.iter().any(ProgramStatus::has_failed), "{bind}: {status:#?}");
        assert!(status[0].phase == Some(Phase::Ready) && port(&status[0]) != 0, "{bind}");
        assert_eq!(calls(&session, "client", Call::Recv)[0].payload.as_ref().unwrap().bytes, "hi", "{bind}");
        let (listening, connecting) = (calls(&session, "server", Call::Listen)[0].t1, calls(&session, "client", Call::Connect)[0].t0);
        let asked = calls(&session, "client", Call::Connect)[0].args().cloned();
        assert!(matches!(asked, Some(Args::Address(Address::Ip(to))) if to.ip().is_loopback()), "{bind}");
        assert!(listening < connecting, "{bind}: the client waits until the server listens");
        command(&session, SessionCommand::StopAll);
        until(&session, |programs| programs.iter().all(ProgramStatus::has_ended));
    }
}

#[test]
fn a_server_that_cannot_start_holds_up_nobody() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = [server("one", &address, ""), client("asks-one", "@one", "stop_word = \"q\""), server("two", "127.0.0.1:0", "")].concat();
    let session = session(&text);
    command(&session, SessionCommand::StartAll);
    let status = until(&session, |programs| programs[0].has_ended() && programs[2].phase == Some(Phase::Ready));
    assert!(status[0].failure.as_ref().unwrap().errno.unwrap().is("EADDRINUSE"));
    // The client asks the address all the same: somebody else answers.
    let (mut peer, _) = taken.accept().unwrap();
    peer.write_all(b"q").unwrap();
    until(&session, |programs| programs[1].has_ended());
}

#[test]
fn whoever_has_nobody_to_ask_is_told() {
    // TEST-NET-3 (RFC 5737): no machine has this address.
    let session =
        session(&[server("server", "203.0.113.1:0", ""), client("client", "@server", ""), server("last", "127.0.0.1:0", "")].concat());
    command(&session, SessionCommand::StartAll);
    let status = until(&session, |programs| programs[2].phase == Some(Phase::Ready) && programs[1].has_ended());
    assert_eq!(status[1].failure.as_ref().unwrap().message.key(), "lab-target-not-running");
    assert!(status[1].id.is_none());
}

#[test]
fn a_client_that_hangs_holds_up_nobody_for_long() {
    let full = TcpListener::bind("127.0.0.1:0").unwrap();
    socket2::SockRef::from(&full).listen(0).unwrap();
    let address = full.local_addr().unwrap();
    // Fills the queue: one that is not answered at once is one too many.
    let waiting =
        (0..8).map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(100))).take_while(Result::is_ok).collect::<Vec<_>>();
    assert!(waiting.len() < 8, "the queue is never full on this system");
    let session = session(&[client("hangs", &address.to_string(), ""), server("server", "127.0.0.1:0", "")].concat());
    command(&session, SessionCommand::StartAll);
    let status = until(&session, |programs| programs[1].phase == Some(Phase::Ready));
    assert_eq!(status[0].phase, Some(Phase::Starting));
    command(&session, SessionCommand::StopAll);
    until(&session, |programs| programs.iter().all(ProgramStatus::has_ended));
}

#[test]
fn a_restart_is_a_new_program_and_a_fresh_start_a_new_run() {
    let session = session(&[server("a", "127.0.0.1:0", ""), server("b", "127.0.0.1:0", "")].concat());
    command(&session, SessionCommand::StartAll);
    let is_ready = |programs: &[ProgramStatus]| programs.iter().all(|program| program.phase == Some(Phase::Ready));
    let first = until(&session, is_ready);
    command(&session, SessionCommand::Restart("a".to_owned()));
    let second = until(&session, |programs| is_ready(programs) && programs[0].id != first[0].id);
    assert_eq!(second[1].id, first[1].id, "the other one runs on");
    command(&session, SessionCommand::StopAll);
    until(&session, |programs| programs.iter().all(ProgramStatus::has_ended));
    command(&session, SessionCommand::Start("b".to_owned()));
    until(&session, |programs| programs[1].phase == Some(Phase::Ready));
    let runs = calls(&session, "b", Call::Bind).iter().map(|row| row.run).collect::<Vec<_>>();
    assert_eq!((runs, calls(&session, "a", Call::Bind)[1].run), (vec![1, 2], 1), "a restart beside others belongs to their run");
}

#[test]
fn a_person_answers_for_a_server() {
    let session = session(&[server("server", "127.0.0.1:0", "reply = \"manual\""), client("client", "@server", "")].concat());
    let send = |program: &str, text: &'static str| SessionCommand::Tell {
        program: program.to_owned(),
        command: Command::Send { to: SendTo::All, bytes: Bytes::from_static(text.as_bytes()) },
    };
    assert_eq!(session.command(send("server", "x")).unwrap_err().key(), "lab-not-running");
    assert_eq!(session.command(send("nobody", "x")).unwrap_err().key(), "lab-unknown-program");
    command(&session, SessionCommand::StartAll);
    until(&session, |programs| programs.iter().all(|program| program.phase == Some(Phase::Ready)));
    command(&session, send("client", "你好"));
    wait_for_bytes(&session, "server", "你好");
    command(&session, send("server", "再见"));
    wait_for_bytes(&session, "client", "再见");
}

fn wait_for_bytes(session: &Session, program: &str, text: &str) {
    let is_there =
        || calls(session, program, Call::Recv).iter().any(|row| row.payload.as_ref().is_some_and(|payload| payload.bytes == text));
    wait_for_rows(session, &format!("{program} received {text}"), is_there);
}

/// Waits until the rows are so.
fn wait_for_rows(session: &Session, what: &str, are_there: impl Fn() -> bool) {
    let store = session.trace().store();
    let mut known = 0;
    while !are_there() {
        let newest = store.wait(known, LIMIT);
        assert!(newest > known, "waited in vain until {what}");
        known = newest;
    }
}

#[test]
fn what_runs_is_not_changed_under_itself() {
    let session = session(&server("a", "127.0.0.1:0", ""));
    command(&session, SessionCommand::StartAll);
    let first = until(&session, |programs| programs[0].phase == Some(Phase::Ready));
    let changed = Lab::parse(&server("a", "127.0.0.1:0", "recv_size = 1"), "x.toml").unwrap();
    assert_eq!(session.replace(changed.clone()).unwrap_err().key(), "lab-running");
    assert_eq!(session.edit("a", changed.programs[0].clone()).unwrap_err().key(), "lab-running");
    let more = Lab::parse(&[server("b", "127.0.0.1:0", ""), server("a", "127.0.0.1:0", "")].concat(), "x.toml").unwrap();
    session.replace(more).unwrap();
    let status = session.status();
    assert_eq!((status[0].phase, status[1].id), (None, first[0].id), "what runs keeps its place by its name");
    command(&session, SessionCommand::Stop("a".to_owned()));
    until(&session, |programs| programs[1].has_ended());
    session.edit("a", changed.programs[0].clone()).unwrap();
    assert_eq!(session.lab().programs[1].recv_size, 1);
    assert_eq!(session.edit("c", changed.programs[0].clone()).unwrap_err().key(), "lab-unknown-program");
}

#[test]
fn options_that_act_on_open_sockets_are_set_while_a_program_runs() {
    let session = session(&[server("a", "127.0.0.1:0", "handling = \"thread-per-connection\""), client("b", "@a", "")].concat());
    command(&session, SessionCommand::StartAll);
    let first = until(&session, |programs| programs.iter().all(|program| program.phase == Some(Phase::Ready)));
    wait_for_rows(&session, "the client is accepted", || calls(&session, "a", Call::Accept).len() == 1);
    let with = |options: &str| {
        let text = server("a", "127.0.0.1:0", &format!("handling = \"thread-per-connection\"\noptions = {{ {options} }}"));
        Lab::parse(&text, "x.toml").unwrap().programs.remove(0)
    };
    let set = |value: &str| {
        let rows = calls(&session, "a", Call::SetSockOpt);
        rows.iter().filter(|row| matches!(&row.kind, Kind::Call(_, Args::OptionValue(_, asked)) if asked.to_string() == value)).count()
    };
    for (options, value) in [("SO_RCVTIMEO = \"5s\"", "5 s"), ("SO_RCVTIMEO = \"7s\"", "7 s")] {
        session.edit("a", with(options)).unwrap();
        // What follows at once on a change of the same field would be one step with it.
        session.replace(Lab { title: value.to_owned(), ..session.lab() }).unwrap();
        wait_for_rows(&session, "it is set on the listener and on the connection", || set(value) == 2);
    }
    assert_eq!(session.lab().programs[0], with("SO_RCVTIMEO = \"7s\""), "the lab has it for the next start");
    assert_eq!(session.status()[0].id, first[0].id, "it runs on");
    // Back again is set too; what was never set cannot be taken back.
    assert_eq!([session.undo(), session.undo()], [Ok(true), Ok(true)]);
    wait_for_rows(&session, "it is set back", || set("5 s") == 4);
    assert_eq!(session.undo(), Ok(true), "the title");
    assert_eq!(session.undo().unwrap_err().key(), "lab-running");
    assert_eq!(session.edit("a", with("SO_RCVBUF = 4096")).unwrap_err().key(), "lab-running");
    let rows = calls(&session, "a", Call::SetSockOpt);
    assert!(rows.iter().all(|row| row.origin == Origin::Person), "a person did this: {rows:#?}");
}

#[test]
fn a_session_that_is_dropped_stops_its_programs() {
    let session = session(&server("server", "127.0.0.1:0", ""));
    command(&session, SessionCommand::StartAll);
    let address = SocketAddr::from(([127, 0, 0, 1], port(&until(&session, |programs| programs[0].phase == Some(Phase::Ready))[0])));
    let mut peer = TcpStream::connect(address).unwrap();
    peer.set_read_timeout(Some(LIMIT)).unwrap();
    peer.write_all(b"hi").unwrap();
    peer.read_exact(&mut [0; 2]).unwrap();
    drop(session);
    let end = peer.read(&mut [0; 1]);
    assert!(matches!(&end, Ok(0)) || end.as_ref().is_err_and(|error| error.kind() == ErrorKind::ConnectionReset), "{end:?}");
}

#[test]
fn files_are_looked_for_beside_the_lab() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data.bin"), b"\x00\xff").unwrap();
    let text = [server("server", "127.0.0.1:0", ""), client("client", "@server", "send = [{ file = \"data.bin\" }]")].concat();
    let lab = Lab::parse(&text, &folder.path().join("x.toml").to_string_lossy()).unwrap();
    let session = Session::new(lab, Settings::default()).unwrap();
    command(&session, SessionCommand::StartAll);
    let status = until(&session, |programs| programs[1].has_ended());
    assert!(!status[1].has_failed(), "{status:#?}");
    assert_eq!(calls(&session, "client", Call::Recv)[0].payload.as_ref().unwrap().bytes, &b"\x00\xff"[..]);
}

/// What two sockets are bound to, and whether each is for IPv6 only, is in each other's way exactly where the kernel says so. Only bound, so that nobody can
/// reach them.
#[test]
fn what_is_told_to_be_in_the_way_is_what_the_kernel_says() {
    let bind = |address: SocketAddr, only_v6: bool| -> std::io::Result<(socket2::Socket, u16)> {
        let socket = socket2::Socket::new(socket2::Domain::for_address(address), socket2::Type::STREAM, None)?;
        if address.is_ipv6() {
            socket.set_only_v6(only_v6)?;
        }
        socket.bind(&address.into())?;
        let port = socket.local_addr()?.as_socket().map_or(0, |local| local.port());
        Ok((socket, port))
    };
    if bind("[::1]:0".parse().unwrap(), true).is_err() {
        // A system without IPv6 has nothing to measure.
        return;
    }
    let sides = ["0.0.0.0", "127.0.0.1", "[::]", "[::1]", "[::ffff:127.0.0.1]"];
    let sides = sides.into_iter().flat_map(|host| [true, false].map(|only| (host, only)));
    // An address of IPv4 in the form of one of IPv6 is none for a socket that is for IPv6 only.
    let sides = sides.filter(|(host, only)| !host.contains("ffff") || !only).collect::<Vec<_>>();
    for (one, one_only) in &sides {
        let (_held, port) = bind(format!("{one}:0").parse().unwrap(), *one_only).unwrap();
        for (other, other_only) in &sides {
            let kernel = bind(format!("{other}:{port}").parse().unwrap(), *other_only);
            let taken = kernel.as_ref().is_err_and(|error| error.kind() == ErrorKind::AddrInUse);
            assert!(taken || kernel.is_ok(), "{other}: {kernel:?}");
            let of = |name, host: &str, only: bool| {
                let options = if host.contains(':') { format!("options = {{ IPV6_V6ONLY = {only} }}") } else { String::new() };
                server(name, &format!("{host}:{port}"), &options)
            };
            let lab = Lab::parse(&[of("one", one, *one_only), of("other", other, *other_only)].concat(), "x.toml").unwrap();
            let running = [("one".to_owned(), lab.programs[0].bind.unwrap())];
            let told = Surroundings::default().obstacle(&lab, "other", &running);
            let expected = taken.then(|| Obstacle::Running("one".to_owned()));
            assert_eq!(told, expected, "{other} ({other_only}) while {one} ({one_only}) is bound");
        }
    }
    // Where it is not set, this system's default holds.
    let (_held, port) = bind("127.0.0.1:0".parse().unwrap(), true).unwrap();
    let socket = socket2::Socket::new(socket2::Domain::IPV6, socket2::Type::STREAM, None).unwrap();
    let taken = socket.bind(&SocketAddr::from((std::net::Ipv6Addr::UNSPECIFIED, port)).into()).is_err();
    let lab =
        Lab::parse(&[server("one", &format!("127.0.0.1:{port}"), ""), server("other", &format!("[::]:{port}"), "")].concat(), "x.toml")
            .unwrap();
    assert_eq!(Surroundings::observe().obstacle(&lab, "other", &[("one".to_owned(), lab.programs[0].bind.unwrap())]).is_some(), taken);
}

#[test]
fn any_command_is_permitted_for_one_start() {
    let session = session(&server("server", "127.0.0.1:0", "reply = { command = \"any\" }"));
    let start = || command(&session, SessionCommand::Start("server".to_owned()));
    start();
    let status = until(&session, |programs| programs[0].has_ended());
    assert_eq!(status[0].failure.as_ref().unwrap().message.key(), "lab-command-unasked");
    for _ in 0..2 {
        session.permit(&["server".to_owned()]);
        start();
        until(&session, |programs| programs[0].phase == Some(Phase::Ready));
        command(&session, SessionCommand::StopAll);
        until(&session, |programs| programs[0].has_ended());
        start();
        until(&session, |programs| programs[0].failure.as_ref().is_some_and(|failure| failure.message.key() == "lab-command-unasked"));
    }
    let text = server("server", "0.0.0.0:0", "reply = \"command\"");
    assert!(Lab::parse(&text, "x.toml").unwrap_err().to_string().contains("0.0.0.0:0"), "others could reach it");
}
