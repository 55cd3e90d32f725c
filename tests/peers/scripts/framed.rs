//! Messages that run together in a stream, between our program and the script, under every framing and in both directions.

use bytes::Bytes;
use socket_lab::lab::{Lab, Session, SessionCommand};
use socket_lab::program::{Command, Phase, ProgramKind, SendTo, Spec, Target};
use socket_lab::trace::{Call, Direction, Origin, Record};
use socket_lab::wire::framing::{Framing, Header, LineEnd, Order, Width};

use super::super::peer::LIMIT;
use super::{alone, argument, ended, local, other_side, place_of, python_with, says, until};

/// Of every kind, and of each what is peculiar to it.
fn framings() -> Vec<Framing> {
    let mut framings = vec![
        Framing::Fixed(24),
        Framing::Line(LineEnd::Lf),
        Framing::Line(LineEnd::CrLf),
        Framing::Delimiter(b"|".to_vec()),
        Framing::Delimiter(b"\r\n\r\n".to_vec()),
        Framing::Delimiter(b"\xff\0'\"\\".to_vec()),
    ];
    for width in Width::ALL {
        for (order, counts_itself) in [(Order::Big, false), (Order::Little, true)] {
            framings.push(Framing::Length(Header { width, order, counts_itself }));
        }
    }
    framings
}

const KINDS: [(ProgramKind, ProgramKind); 2] =
    [(ProgramKind::TcpServer, ProgramKind::TcpClient), (ProgramKind::UnixServer, ProgramKind::UnixClient)];

fn rows(session: &Session) -> Vec<Record> {
    session.trace().flush();
    let store = session.trace().store();
    store.rows(1..store.newest() + 1).into_iter().flatten().filter(|row| row.origin != Origin::Lab).collect()
}

#[test]
#[ignore = "needs python3"]
fn a_client_in_python_finds_messages_that_stick_together() {
    for framing in framings() {
        for (kind, _) in KINDS.into_iter().filter(|(kind, _)| cfg!(unix) || !kind.is_unix()) {
            let spec = Spec { framing: framing.clone(), recv_size: 3, ..Spec::new(kind, "server") };
            let bind = spec.bind.map(|_| std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
            let session = alone(Spec { bind, ..spec.clone() });
            let at = local(&session, 0);
            let script = other_side(&Lab { programs: vec![spec], ..Lab::default() }, "server", Some(&at));
            let folder = tempfile::tempdir().expect("there");
            let mut python = python_with(folder.path(), &script, &[&argument(&at)]);
            until(&session, "a connection", || rows(&session).iter().any(|row| row.call() == Some(Call::Accept) && row.errno().is_none()));
            // Both stand in the stream before anything is read of it, and the answers behind them.
            for message in ["first", "再见"] {
                let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(message.as_bytes()) };
                session.command(SessionCommand::Tell { program: "server".to_owned(), command }).expect("there");
            }
            let sent = || rows(&session).iter().filter(|row| row.direction() == Some(Direction::Sent)).count() >= 2;
            until(&session, "two messages", sent);
            python.say("one\n二\n\nfour\n".as_bytes());
            says(&python, "二\n");
            assert_eq!(ended(python, &script), "first\n再见\none\n二\n", "{framing} {kind}\n{script}");
            assert!(!session.status()[0].has_failed(), "{framing}: {:#?}", session.status());
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn a_server_in_python_finds_messages_that_stick_together() {
    let said = ["one", "", "二 三", "four"];
    for framing in framings() {
        for (_, kind) in KINDS.into_iter().filter(|(kind, _)| cfg!(unix) || !kind.is_unix()) {
            let target = Target::Address(std::net::SocketAddr::from(([127, 0, 0, 1], 9)));
            let mut spec = Spec { framing: framing.clone(), connect: Some(target), ..Spec::new(kind, "client") };
            let script = other_side(&Lab { programs: vec![spec.clone()], ..Lab::default() }, "client", None);
            let folder = tempfile::tempdir().expect("there");
            let stated = if kind.is_unix() { folder.path().join("s").to_string_lossy().into_owned() } else { "0".to_owned() };
            let python = python_with(folder.path(), &script, &[&stated]);
            spec.connect = Some(place_of(&python, false));
            let session = alone(spec);
            assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
            for text in said {
                let command = Command::Send { to: SendTo::All, bytes: Bytes::from_static(text.as_bytes()) };
                session.command(SessionCommand::Tell { program: "client".to_owned(), command }).expect("there");
            }
            let heard = python.until("four", |streams| {
                let text = String::from_utf8_lossy(&streams.out).into_owned();
                text.ends_with("four\n").then_some(text)
            });
            // Behind the place and the connection, whose lines end in a port where there is one.
            let heard =
                heard.lines().skip(2).map(|line| if kind.is_unix() { line } else { line.splitn(3, ' ').nth(2).unwrap_or_default() });
            assert_eq!(heard.collect::<Vec<_>>(), said, "{framing} {kind}\n{script}");
            // The echo is framed alike.
            let expected = said.map(|text| framing.encode(text.as_bytes()).expect("it fits").into_owned()).concat();
            let received = || {
                let received = rows(&session).into_iter().filter(|row| row.direction() == Some(Direction::Received));
                received.filter_map(|row| row.payload).flat_map(|payload| payload.bytes.to_vec()).collect::<Vec<_>>()
            };
            until(&session, &format!("{framing} {kind}: the echo"), || received() == expected);
            assert!(!session.status()[0].has_failed(), "{framing}: {:#?}", session.status());
        }
    }
}
