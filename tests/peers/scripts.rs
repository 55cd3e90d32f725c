//! The other side of every sample as the Python script that the lab writes: it talks with the lab's own program, in both directions.

use std::net::SocketAddr;
use std::process::Command as Process;
use std::time::{Duration, Instant};

use super::peer::{LIMIT, Peer};
use bytes::Bytes;
use socket_lab::lab::{Lab, ProgramStatus, SAMPLES, Session, SessionCommand, Topic, sample};
use socket_lab::program::{Command, Data, Phase, Reply, Role, SendTo, Spec, StopAt, Target};
use socket_lab::trace::{Direction, Keep, Origin, Record, Settings};
use socket_lab::wire::Charset;

/// The lab with one program alone in it, which runs.
pub(super) fn alone(spec: Spec) -> Session {
    // A process for each connection is the program itself, which this one is not.
    let spec = Spec { executable: Some(env!("CARGO_BIN_EXE_socket-lab").into()), ..spec };
    let lab = Lab { programs: vec![spec], ..Lab::default() };
    let session = Session::new(lab, Settings { keep: Keep::All, ..Settings::default() }).expect("there");
    session.command(SessionCommand::StartAll).expect("there");
    session
}

pub(super) fn python(folder: &tempfile::TempDir, text: &str, port: u16) -> Peer {
    let file = folder.path().join("script.py");
    std::fs::write(&file, text).expect("there");
    Peer::start(Process::new("python3").env("PYTHONIOENCODING", "utf-8").arg(file).arg(port.to_string()))
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

fn client_of(lab: &Lab, spec: &Spec) {
    let session = alone(Spec { bind: Some(SocketAddr::from(([127, 0, 0, 1], 0))), ..spec.clone() });
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    let local = session.status()[0].local.as_ref().and_then(|local| local.ip()).expect("there");
    let script = lab.other_side(&spec.name, Some(local)).expect("a script");
    let folder = tempfile::tempdir().expect("there");
    let mut python = python(&folder, &script.text, local.port());
    let charset = spec.manner.charset;
    if spec.manner.messages == Some(0) {
        python.until("the end", |streams| String::from_utf8_lossy(&streams.out).contains("recv returned 0").then_some(()));
        return;
    }
    let line = question(spec);
    python.say(format!("{line}\n").as_bytes());
    until(&session, line, || messages(&session, Direction::Received, charset).iter().any(|text| text.ends_with(line)));
    if spec.reply == Reply::Manual {
        let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(b"typed") };
        session.command(SessionCommand::Tell { program: spec.name.clone(), command }).expect("there");
    }
    if let Some(answer) = answer(spec, line) {
        python.until(&answer, |streams| String::from_utf8_lossy(&streams.out).contains(&answer).then_some(()));
    }
    // Its own stop word, or else that of the server, ends it; where there is none the end of what is typed does.
    if let Some(word) = lab.programs.iter().filter(|other| other.kind.role() == Role::Client).find_map(|other| other.stop_word.clone()) {
        python.say(format!("{word}\n").as_bytes());
    }
    let (status, streams) = python.end();
    assert!(status.success(), "{}\n{}", script.text, String::from_utf8_lossy(&streams.err));
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
}

fn server_for(lab: &Lab, spec: &Spec) {
    let script = lab.other_side(&spec.name, None).expect("a script");
    let folder = tempfile::tempdir().expect("there");
    let mut python = python(&folder, &script.text, 0);
    let port = python.port_after("port ");
    let at = Target::Address(SocketAddr::from(([127, 0, 0, 1], port)));
    let target = spec.connect.as_ref().or_else(|| spec.manner.contacts.first().map(|contact| &contact.at)).expect("a target");
    let server = match target {
        Target::Program(name) => lab.program(name).expect("a server").clone(),
        Target::Address(_) | Target::Unix(_) | Target::Name(_) => panic!("samples name their servers"),
    };
    let mut own = Spec { connect: spec.connect.as_ref().map(|_| at.clone()), ..spec.clone() };
    for contact in &mut own.manner.contacts {
        contact.at = at.clone();
    }
    let charset = own.manner.charset;
    let session = alone(own.clone());
    let ended = |programs: &[ProgramStatus]| programs[0].has_ended();
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
            assert!(session.wait(ended, LIMIT), "{:#?}", session.status());
        }
        assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
        return;
    }
    assert!(session.wait(ended, LIMIT), "{}\n{:#?}", script.text, session.status());
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
    if let Some(Data::Text(first)) = own.send.first().map(|outgoing| outgoing.data.clone()).filter(|_| own.send[0].wait_reply) {
        let received = messages(&session, Direction::Received, charset);
        let is_kept = own.manner.stop_at == StopAt::Kept;
        let answer = match &server.reply {
            Reply::Time { .. } | Reply::Command(_) => String::new(),
            _ => answer(&server, &first).expect("an answer"),
        };
        assert!(received.first().is_some_and(|text| text.ends_with(&answer)), "{is_kept} {first}: {received:?}\n{}", script.text);
    }
}

#[test]
#[ignore = "needs python3"]
fn every_sample_talks_with_the_script_of_its_other_side() {
    // What is asked of the families of addresses is asked of this system, not of the other side; HTTP has tests of its own.
    for sample in SAMPLES.iter().filter(|sample| !matches!(sample.topic, Topic::Families | Topic::Http)) {
        let lab = sample.lab(&[]).expect("there");
        for spec in lab.programs.iter().filter(|spec| lab.other_side(&spec.name, None).is_some()) {
            match spec.kind.role() {
                Role::Server => client_of(&lab, spec),
                // Where nobody is on purpose.
                Role::Client if matches!(spec.connect, Some(Target::Address(_))) => {}
                Role::Client => server_for(&lab, spec),
            }
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn rules_answer_alike_in_python() {
    let lab = sample("auto-reply").expect("there").lab(&[]).expect("there");
    let client = lab.program("client").expect("there");
    let script = lab.other_side("client", None).expect("a script");
    let folder = tempfile::tempdir().expect("there");
    let python = python(&folder, &script.text, 0);
    let at = SocketAddr::from(([127, 0, 0, 1], python.port_after("port ")));
    let session = alone(Spec { connect: Some(Target::Address(at)), ..client.clone() });
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{}\n{:#?}", script.text, session.status());
    let received = messages(&session, Direction::Received, Charset::Utf8);
    let answers = ["hi", "nice to meet you, 小明", "apples times 3", "晴天", "\u{fffd}\0", "I do not understand"];
    assert_eq!(received, answers, "{}", script.text);
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
