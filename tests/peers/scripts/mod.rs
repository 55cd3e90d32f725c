//! The other side of every sample as the Python script that the lab writes: it talks with the lab's own program, in both directions.

mod framed;
mod tftp;
mod unix;

use std::net::{Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command as Process;
use std::time::{Duration, Instant};

use super::peer::{LIMIT, Peer};
use bytes::Bytes;
use socket_lab::lab::{Lab, ProgramStatus, SAMPLES, Session, SessionCommand, sample};
use socket_lab::program::manual::Method;
use socket_lab::program::{Command, Data, Phase, ProgramKind, Reply, Role, SendTo, Spec, StopAt, Target};
use socket_lab::trace::{Address, Call, Direction, Keep, Origin, Record, Settings, SocketType};
use socket_lab::wire::Charset;

/// The lab with these programs alone in it, which run.
pub(super) fn running(programs: Vec<Spec>) -> Session {
    // A process for each connection is the program itself, which this one is not.
    let own = |spec| Spec { executable: Some(env!("CARGO_BIN_EXE_socket-lab").into()), ..spec };
    let lab = Lab { programs: programs.into_iter().map(own).collect(), ..Lab::default() };
    let session = Session::new(lab, Settings { keep: Keep::All, ..Settings::default() }).expect("there");
    session.command(SessionCommand::StartAll).expect("there");
    session
}

/// The lab with one program alone in it, which runs.
pub(super) fn alone(spec: Spec) -> Session {
    running(vec![spec])
}

/// The script, which runs in this folder.
pub(super) fn python_with(folder: &Path, text: &str, arguments: &[&str]) -> Peer {
    let file = folder.join("script.py");
    std::fs::write(&file, text).expect("there");
    Peer::start(Process::new("python3").env("PYTHONIOENCODING", "utf-8").arg(file).args(arguments).current_dir(folder))
}

pub(super) fn python(folder: &tempfile::TempDir, text: &str, port: u16) -> Peer {
    python_with(folder.path(), text, &[&port.to_string()])
}

/// The address of the program at this place in the lab, once it is ready.
fn local(session: &Session, place: usize) -> Address {
    assert!(session.wait(|programs| programs[place].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    session.status()[place].local.clone().expect("an address")
}

/// What a script is told in the place of the address that it states.
fn argument(at: &Address) -> String {
    match at {
        Address::Ip(at) => at.port().to_string(),
        Address::Path(path) => path.to_string(),
        Address::Abstract(name) => name.to_string(),
        Address::Unnamed => String::new(),
    }
}

/// Where a script says it is.
fn place_of(python: &Peer, is_v6: bool) -> Target {
    let said = python.until("a place", |streams| {
        let text = String::from_utf8_lossy(&streams.out).into_owned();
        text.split_once('\n').map(|(first, _)| first.to_owned())
    });
    match said.split_once(' ') {
        Some(("port", port)) => {
            let port = port.parse().expect("a port");
            Target::Address(if is_v6 { (Ipv6Addr::LOCALHOST, port).into() } else { SocketAddr::from(([127, 0, 0, 1], port)) })
        }
        Some(("path", path)) => Target::Unix(Address::Path(path.into())),
        Some(("name", name)) => Target::Unix(Address::Abstract(name.into())),
        _ => panic!("{said}"),
    }
}

/// The script ends by itself and without a fault; what it wrote.
fn ended(python: Peer, script: &str) -> String {
    let (status, streams) = python.end();
    assert!(status.success(), "{script}\n{}", String::from_utf8_lossy(&streams.err));
    String::from_utf8_lossy(&streams.out).into_owned()
}

fn says(python: &Peer, what: &str) {
    python.until(what, |streams| String::from_utf8_lossy(&streams.out).contains(what).then_some(()));
}

fn other_side(lab: &Lab, name: &str, local: Option<&Address>) -> String {
    lab.other_side(name, local).unwrap_or_else(|why| panic!("{name}: {}", why.message())).text
}

/// The messages that went one way, read in the program's character set.
pub(super) fn messages(session: &Session, direction: Direction, charset: Charset) -> Vec<String> {
    session.trace().flush();
    let store = session.trace().store();
    let rows = store.rows(1..store.newest() + 1).into_iter().flatten();
    let rows = rows.filter(|row| row.origin != Origin::Lab && row.direction() == Some(direction) && row.errno().is_none());
    let bytes = |row: &Record| row.payload.as_ref().map(|payload| payload.bytes.to_vec()).unwrap_or_default();
    rows.map(|row| charset.decode(&bytes(&row)).into_owned()).filter(|text| !text.is_empty()).collect()
}

pub(super) fn until(session: &Session, what: &str, is: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is() {
        assert!(begin.elapsed() < LIMIT, "{what}: {:#?}", session.status());
        session.trace().store().wait(session.trace().store().newest(), Duration::from_millis(20));
    }
}

/// What is to be found in the answer to `message`; none where none comes.
fn answer(server: &Spec, message: &str) -> Option<String> {
    Some(match &server.reply {
        Reply::Echo => message.to_owned(),
        Reply::Upper => message.to_ascii_uppercase(),
        Reply::Reverse => message.chars().rev().collect(),
        Reply::Fixed(Data::Text(text)) => text.clone(),
        Reply::Time { .. } => message.replace("%%", "%"),
        Reply::Command(_) => message.trim_start_matches("echo ").to_owned(),
        Reply::Manual => "typed".to_owned(),
        Reply::Rules(_) if message == "hello" => "hi".to_owned(),
        Reply::Rules(_) => "I do not understand".to_owned(),
        _ => return None,
    })
}

/// What a person could say to such a server.
fn question(server: &Spec) -> &'static str {
    match &server.reply {
        Reply::Time { .. } => "100%%",
        Reply::Command(_) => "echo 你好",
        _ => "hi 你好",
    }
}

/// The script is a client of this server.
fn client_of(lab: &Lab, spec: &Spec) {
    let bind = spec.bind.map(|bind| SocketAddr::new(bind.ip(), 0));
    let session = alone(Spec { bind, ..spec.clone() });
    let local = local(&session, 0);
    let script = other_side(lab, &spec.name, Some(&local));
    let folder = tempfile::tempdir().expect("there");
    let mut python = python_with(folder.path(), &script, &[&argument(&local)]);
    let charset = spec.manner.charset;
    if spec.manner.messages == Some(0) {
        says(&python, "recv returned 0");
        return;
    }
    let line = question(spec);
    python.say(format!("{line}\n").as_bytes());
    let came = |text: &String| if spec.framing.is_framed() { text.contains(line) } else { text.ends_with(line) };
    until(&session, line, || messages(&session, Direction::Received, charset).iter().any(came) || spec.framing.is_framed());
    if spec.reply == Reply::Manual {
        let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(b"typed") };
        session.command(SessionCommand::Tell { program: spec.name.clone(), command }).expect("there");
    }
    if let Some(answer) = answer(spec, line) {
        says(&python, &answer);
    }
    // Its own stop word, or else that of the server, ends it; where there is none the end of what is typed does.
    if let Some(word) = lab.programs.iter().filter(|other| other.kind.role() == Role::Client).find_map(|other| other.stop_word.clone()) {
        python.say(format!("{word}\n").as_bytes());
    }
    ended(python, &script);
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
}

/// The server that this client asks, behind whatever links; an echo where nobody of the lab is there.
fn asked(lab: &Lab, spec: &Spec) -> Spec {
    let mut asks = spec;
    loop {
        let target = asks.connect.as_ref().or_else(|| asks.manner.contacts.first().map(|contact| &contact.at)).expect("a target");
        let Target::Program(name) = target else { return Spec::new(ProgramKind::TcpServer, "nobody") };
        asks = lab.program(name).expect("a server");
        if !asks.kind.is_link() {
            return asks.clone();
        }
    }
}

/// The script is a server for this client.
fn server_for(lab: &Lab, spec: &Spec) {
    let script = other_side(lab, &spec.name, None);
    let folder = tempfile::tempdir().expect("there");
    let stated = if spec.kind.is_unix() { folder.path().join("s").to_string_lossy().into_owned() } else { "0".to_owned() };
    let mut python = python_with(folder.path(), &script, &[&stated]);
    let at = place_of(&python, script.contains("AF_INET6"));
    let server = asked(lab, spec);
    let mut own = Spec { connect: spec.connect.as_ref().map(|_| at.clone()), ..spec.clone() };
    for contact in &mut own.manner.contacts {
        contact.at = at.clone();
    }
    let charset = own.manner.charset;
    let session = alone(own.clone());
    let has_ended = |programs: &[ProgramStatus]| programs[0].has_ended();
    if own.kind == ProgramKind::Load {
        assert!(session.wait(has_ended, LIMIT) && !session.status()[0].has_failed(), "{script}\n{:#?}", session.status());
        return;
    }
    if own.send.is_empty() && server.manner.messages != Some(0) {
        assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
        let to = || own.manner.contacts.first().map_or(SendTo::All, |contact| SendTo::Contact(contact.name.clone()));
        let say = |text: String| {
            let command = Command::Send { to: to(), bytes: text.into_bytes().into() };
            session.command(SessionCommand::Tell { program: own.name.clone(), command }).expect("there");
        };
        say("hi 你好".to_owned());
        if server.reply == Reply::Manual {
            python.say(b"typed\n");
        }
        let answer = answer(&server, "hi 你好").expect("an answer");
        until(&session, &answer, || messages(&session, Direction::Received, charset).iter().any(|text| text.ends_with(&answer)));
        if let Some(word) = own.stop_word.clone().filter(|_| own.manner.contacts.is_empty()) {
            say(word);
            assert!(session.wait(has_ended, LIMIT), "{:#?}", session.status());
        }
        assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
        return;
    }
    assert!(session.wait(has_ended, LIMIT), "{script}\n{:#?}", session.status());
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
    // Who closes with answers unread resets the connection: of what such a client says only the first is sure to be read.
    let is_whole = own.send.iter().all(|outgoing| outgoing.wait_reply) || own.kind.socket_type() == SocketType::Datagram;
    for outgoing in own.send.iter().take(if is_whole { usize::MAX } else { 1 }).filter(|_| own.framing.is_framed() || is_whole) {
        if let Data::Text(text) = &outgoing.data
            && own.stop_word.as_ref() != Some(text)
        {
            says(&python, text);
        }
    }
    if let Some(Data::Text(first)) = own.send.first().map(|outgoing| outgoing.data.clone()).filter(|_| own.send[0].wait_reply) {
        let received = messages(&session, Direction::Received, charset);
        let is_kept = own.manner.stop_at == StopAt::Kept;
        let answer = match &server.reply {
            Reply::Time { .. } | Reply::Command(_) => String::new(),
            _ => answer(&server, &first).expect("an answer"),
        };
        assert!(received.first().is_some_and(|text| text.ends_with(&answer)), "{is_kept} {first}: {received:?}\n{script}");
    }
}

/// The script asks through this link.
fn through(lab: &Lab, spec: &Spec) {
    let free = |spec: &Spec| Spec { bind: spec.bind.map(|bind| SocketAddr::new(bind.ip(), 0)), ..spec.clone() };
    let server = free(&asked(lab, spec));
    if server.kind == ProgramKind::TftpServer {
        return tftp::through(lab, server, free(spec));
    }
    let session = running(vec![server, free(spec)]);
    let local = local(&session, 1);
    let script = other_side(lab, &spec.name, Some(&local));
    let folder = tempfile::tempdir().expect("there");
    let mut python = python_with(folder.path(), &script, &[&argument(&local)]);
    // What is lost is told by the script, and said again here; what is cut comes back in pieces.
    for turn in 1..=30 {
        python.say(b"hello\n");
        let heard = python.until("an answer, or none", |streams| {
            let text = String::from_utf8_lossy(&streams.out).into_owned();
            (text.lines().count() >= turn).then_some(text)
        });
        if heard.contains("hell") {
            ended(python, &script);
            assert!(session.status().iter().all(|status| !status.has_failed()), "{:#?}", session.status());
            return;
        }
    }
    panic!("nothing comes through {}\n{script}", spec.name);
}

/// The script is at the other side of calls that are given by hand.
fn by_hand(lab: &Lab, spec: &Spec) {
    let script = other_side(lab, &spec.name, None);
    let folder = tempfile::tempdir().expect("there");
    let mut own = spec.clone();
    let listens = own.calls.iter().any(|press| press.call == Method::Listen);
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let asking = (!listens).then(|| python_with(folder.path(), &script, &["0"]));
    let at = asking.as_ref().map_or(Target::Address(any), |python| place_of(python, false));
    for press in own.calls.iter_mut().filter(|press| press.address.is_some()) {
        press.address = Some(at.clone());
    }
    let session = alone(own);
    let python = asking.unwrap_or_else(|| {
        let listening = || {
            session.trace().flush();
            let store = session.trace().store();
            store.rows(1..store.newest() + 1).into_iter().flatten().any(|row| row.call() == Some(Call::Listen))
        };
        until(&session, "listen", listening);
        let local = session.status()[0].local.clone().expect("an address");
        python_with(folder.path(), &script, &[&argument(&local)])
    });
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{script}\n{:#?}", session.status());
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
    let out = ended(python, &script);
    for press in spec.calls.iter().filter(|press| press.call.sends()) {
        let Data::Text(said) = &press.data else { panic!("text is said") };
        assert!(out.contains(said), "{said}: {out}\n{script}");
    }
}

/// The script talks with this program of the lab.
fn talk(lab: &Lab, spec: &Spec) {
    match (spec.kind, spec.kind.role()) {
        (ProgramKind::Manual, _) => by_hand(lab, spec),
        (ProgramKind::TftpServer, _) => tftp::client_of(lab, spec),
        (ProgramKind::TftpClient, _) => tftp::server_for(lab, spec),
        (ProgramKind::HttpServer, _) => super::http::client_of(lab, spec),
        (ProgramKind::HttpClient, _) => super::http::server_for(lab, spec),
        (ProgramKind::TcpLink | ProgramKind::UdpLink, _) => through(lab, spec),
        (_, Role::Server) => client_of(lab, spec),
        (_, Role::Client) => server_for(lab, spec),
    }
}

#[test]
#[ignore = "needs python3"]
fn every_program_of_every_sample_talks_with_the_script_of_its_other_side() {
    let has_v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    for sample in SAMPLES {
        let lab = sample.lab(&[]).expect("there");
        for spec in &lab.programs {
            let is_v6 = lab.meeting_place(&spec.name, None).is_some_and(|place| matches!(place, Target::Address(SocketAddr::V6(_))));
            // A system may be without IPv6, and without Unix sockets in Python: nobody could talk there.
            if is_v6 && !has_v6 || spec.kind.is_unix() && !cfg!(unix) {
                continue;
            }
            talk(&lab, spec);
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn rules_answer_alike_in_python() {
    let lab = sample("auto-reply").expect("there").lab(&[]).expect("there");
    let client = lab.program("client").expect("there");
    let script = other_side(&lab, "client", None);
    let folder = tempfile::tempdir().expect("there");
    let python = python(&folder, &script, 0);
    let at = SocketAddr::from(([127, 0, 0, 1], python.port_after("port ")));
    let session = alone(Spec { connect: Some(Target::Address(at)), ..client.clone() });
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{script}\n{:#?}", session.status());
    let received = messages(&session, Direction::Received, Charset::Utf8);
    let answers = ["hi", "nice to meet you, 小明", "apples times 3", "晴天", "\u{fffd}\0", "I do not understand"];
    assert_eq!(received, answers, "{script}");
}

#[test]
#[ignore = "needs python3"]
fn both_speak_the_character_set_that_was_chosen() {
    for name in ["reverse", "chat", "udp-echo", "contacts", "remote-command"] {
        let mut lab = socket_lab::lab::sample(name).expect("in the table").lab(&[]).expect("there");
        for spec in &mut lab.programs {
            spec.manner.charset = Charset::Gbk;
        }
        for spec in &lab.programs {
            match spec.kind.role() {
                Role::Server => client_of(&lab, spec),
                Role::Client => server_for(&lab, spec),
            }
        }
    }
}
