//! Every sample lab runs, and shows what it is there to show.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use bytes::Bytes;
use socket_lab::lab::{Lab, Override, ProgramStatus, SAMPLES, Sample, Session, SessionCommand};
use socket_lab::program::manual::Method;
use socket_lab::program::{Command, Phase, ProgramKind, Role, SendTo, Spec, Target};
use socket_lab::trace::load::Loads;
use socket_lab::trace::{Call, Direction, Keep, Kind, Life, Origin, Outcome, Record, Settings};

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(20);

/// A sample that runs, its servers on any free ports.
struct Running {
    name: &'static str,
    session: Session,
}

/// What a person types: for which program, to which contact, what, and what another program has received when it has arrived.
type Typed = (&'static str, Option<&'static str>, &'static str, (&'static str, &'static str));

fn any_ports(sample: &Sample) -> Lab {
    let lab = sample.lab(&[]).unwrap();
    let servers = lab.programs.iter().filter(|spec| spec.kind.role() == Role::Server && spec.bind.is_some());
    let mut arguments = servers.map(|spec| format!("{}.bind=127.0.0.1:0", spec.name)).collect::<Vec<_>>();
    if sample.name == "ipv6" {
        let free = || TcpListener::bind("[::]:0").and_then(|listener| listener.local_addr()).expect("a port").port();
        let (both, six) = (free(), free());
        arguments = vec![format!("both.bind=[::]:{both}"), format!("six.connect=[::1]:{both}"), format!("four.connect=127.0.0.1:{both}")];
        arguments.extend([format!("only-six.bind=[::1]:{six}"), format!("refused.connect=127.0.0.1:{six}")]);
    }
    if sample.name == "localhost" {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
        arguments = vec![format!("server.bind=127.0.0.1:{free}"), format!("client.connect=localhost:{free}")];
    }
    let mut lab = sample.lab(&arguments.into_iter().map(|argument| Override { argument }).collect::<Vec<_>>()).unwrap();
    for press in lab.programs.iter_mut().flat_map(|spec| &mut spec.calls).filter(|press| press.call == Method::Bind) {
        press.address = Some(Target::Address(std::net::SocketAddr::from(([127, 0, 0, 1], 0))));
    }
    lab.programs.iter_mut().for_each(|spec| spec.executable = Some(env!("CARGO_BIN_EXE_socket-lab").into()));
    lab
}

impl Running {
    fn of(sample: &Sample) -> Self {
        let settings = Settings { keep: Keep::All, ..Settings::default() };
        let this = Self { name: sample.name, session: Session::new(any_ports(sample), settings).unwrap() };
        this.session.command(SessionCommand::StartAll).unwrap();
        this
    }

    fn until(&self, what: &str, is: impl Fn(&[ProgramStatus]) -> bool) {
        assert!(self.session.wait(is, LIMIT), "{}: {what}: {:#?}\n{}", self.name, self.session.status(), self.shown());
    }

    fn rows(&self, program: &str) -> Vec<Record> {
        self.all_rows(program).into_iter().filter(|row| row.origin != Origin::Lab).collect()
    }

    /// Also what the lab itself did.
    fn all_rows(&self, program: &str) -> Vec<Record> {
        self.session.trace().flush();
        let store = self.session.trace().store();
        let names = store.names();
        let rows = store.rows(1..store.newest() + 1).into_iter().flatten();
        rows.filter(|row| names.program_name(row.program) == program).collect()
    }

    fn shown(&self) -> String {
        let programs = self.session.lab().programs;
        let rows = programs.iter().flat_map(|spec| self.rows(&spec.name));
        rows.map(|row| format!("{} {} {:?} {:?}", row.n, row.program, row.kind, row.outcome)).collect::<Vec<_>>().join("\n")
    }

    /// What went one way through a program, as text; empty messages too.
    fn messages(&self, program: &str, direction: Direction) -> Vec<String> {
        let rows = self.rows(program).into_iter().filter(|row| row.direction() == Some(direction) && row.errno().is_none());
        let bytes = |row: &Record| row.payload.as_ref().map(|payload| payload.bytes.to_vec()).unwrap_or_default();
        rows.map(|row| String::from_utf8_lossy(&bytes(&row)).into_owned()).collect()
    }

    fn received(&self, program: &str) -> Vec<String> {
        self.messages(program, Direction::Received)
    }

    fn calls(&self, program: &str) -> Vec<&'static str> {
        self.rows(program).iter().filter_map(Record::call).map(Call::name).collect()
    }

    /// Waits until a program has received `message`.
    fn has_received(&self, program: &str, message: &str) {
        let begin = Instant::now();
        while !self.received(program).iter().any(|received| received == message) {
            assert!(begin.elapsed() < LIMIT, "{}: {program} has not received {message}\n{}", self.name, self.shown());
            self.session.trace().store().wait(self.session.trace().store().newest(), Duration::from_millis(20));
        }
    }

    /// How many faults of that name a link committed.
    fn faults(&self, program: &str, name: &str) -> usize {
        self.all_rows(program).iter().filter(|row| matches!(&row.kind, Kind::Fault(fault) if fault.what.name() == name)).count()
    }

    fn told(&self, program: &str, key: &str) -> usize {
        let rows = self.rows(program);
        rows.iter().filter(|row| matches!(&row.kind, Kind::Life(Life::Told(message)) if message.key() == key)).count()
    }

    fn is_told(&self, program: &str, key: &str) -> bool {
        self.rows(program).iter().any(|row| matches!(&row.kind, Kind::Life(Life::Told(message)) if message.key() == key))
    }

    /// Types, and waits until it has arrived.
    fn type_in(&self, typed: &[Typed]) {
        let status = |programs: &[ProgramStatus], name: &str| {
            programs.iter().any(|program| program.name == name && program.phase == Some(Phase::Ready))
        };
        for (program, contact, text, (other, arrives)) in typed {
            self.until(program, |programs| status(programs, program));
            let to = contact.map_or(SendTo::All, |name| SendTo::Contact(name.to_owned()));
            let command = Command::Send { to, bytes: Bytes::from_static(text.as_bytes()) };
            self.session.command(SessionCommand::Tell { program: (*program).to_owned(), command }).unwrap();
            self.has_received(other, arrives);
        }
    }

    /// Waits until these have ended, and nothing has failed.
    fn ended(&self, names: &[&str]) {
        let has_ended = |program: &ProgramStatus| program.has_ended() || !names.contains(&program.name.as_str());
        self.until("the end", |programs| programs.iter().all(has_ended));
        let failed = self.session.status().into_iter().filter(ProgramStatus::has_failed).collect::<Vec<_>>();
        assert!(failed.is_empty(), "{}: {failed:#?}", self.name);
    }
}

/// The same text with the digits of a time taken out.
fn timeless(text: &str) -> String {
    let (Some(from), Some(to)) = (text.find('['), text.find(']')) else { return text.to_owned() };
    assert_eq!(to - from, "[Fri Nov 20 19:56:14 2026".len(), "{text}");
    format!("[]{}", &text[to + 1..])
}

/// Runs one sample and holds it to what it is there for.
#[expect(clippy::too_many_lines, reason = "one arm a sample")]
fn shows(run: &Running) {
    let client = |answers: &[&str]| {
        run.ended(&["client"]);
        let received = run.received("client").into_iter().filter(|text| !text.is_empty()).map(|text| timeless(&text)).collect::<Vec<_>>();
        assert_eq!(received, answers, "{}\n{}", run.name, run.shown());
    };
    match run.name {
        "first-echo" => client(&["hello", "你好，服务器", "再见"]),
        "echo-stamped" => {
            client(&["[]:hello", "[]:你好"]);
            assert!(run.is_told("server", "program-told-notice") && run.is_told("client", "program-told-kept"));
        }
        "tcp-or-udp" => {
            client(&["hello"]);
            run.ended(&["udp-client"]);
            assert_eq!(run.received("udp-client"), ["i am udp,i got it"]);
        }
        "tcp-against-udp" => {
            run.ended(&["tcp-client", "udp-client", "tcp-nobody", "udp-nobody"]);
            assert_eq!(run.received("tcp-server").concat(), "onetwothree");
            assert_eq!(run.received("udp-server"), ["one", "two", "three"]);
            assert_eq!(run.calls("tcp-nobody")[..2], ["socket", "connect"]);
            assert!(run.calls("udp-nobody").contains(&"sendto"));
        }
        "time-reply" => client(&["[] hello", "[] 你好"]),
        "accept-close" => {
            run.ended(&["client", "server"]);
            assert_eq!(run.calls("client"), ["socket", "connect", "recv", "close"]);
            assert!(run.calls("server").ends_with(&["accept", "close", "close"]), "{:?}", run.calls("server"));
        }
        "reverse" => client(&["olleh", "水来自海上"]),
        "upper-once" => {
            client(&["HELLO, 世界"]);
            run.ended(&["server"]);
            assert_eq!(run.calls("server").iter().filter(|call| **call == "close").count(), 2);
        }
        "upper-loop" => {
            client(&["ONE", "TWO", "THREE"]);
            run.ended(&["server"]);
            assert_eq!(run.received("server").iter().filter(|text| text.is_empty()).count(), 21, "once, and 20 times more");
        }
        "upper" => {
            client(&["HELLO", "STRAßE", "你好 ABC"]);
            run.ended(&["next"]);
            assert_eq!((run.received("next"), run.received("server").contains(&"q".to_owned())), (vec!["NEXT".to_owned()], false));
        }
        "one-shot" => {
            client(&["Thank ou!"]);
            run.ended(&["server"]);
        }
        "nothing-sent" => {
            client(&["HELLO"]);
            assert!(run.is_told("client", "program-told-no-reply"));
            let nothing = |row: &Record| row.call() == Some(Call::Send) && row.outcome == Outcome::Ok(0);
            assert!(run.rows("client").iter().any(nothing));
        }
        "remote-command" => {
            run.ended(&["client"]);
            let answers = run.received("client");
            assert!(answers.len() == 3 && answers[1].contains("hostname;") && answers[2].contains("not on the list"), "{answers:?}");
            assert!(run.is_told("server", "program-told-command") && run.is_told("server", "program-command-refused"));
        }
        "unix" => {
            client(&["hello", "你好", "再见"]);
            run.ended(&["asker"]);
            assert_eq!(run.received("asker"), ["ONE", "TWO"]);
        }
        "ipv6" => {
            run.ended(&["six", "four", "six-again", "refused"]);
            assert_eq!((run.received("six"), run.received("four")), (vec!["by IPv6".to_owned()], vec!["by IPv4".to_owned()]));
            let mapped =
                |row: &Record| matches!(&row.outcome, Outcome::Socket(_, peer) if peer.to_string().starts_with("[::ffff:127.0.0.1]:"));
            assert!(run.rows("both").iter().any(mapped), "{}", run.shown());
            assert!(run.rows("refused").iter().any(|row| row.errno().is_some_and(|errno| errno.is("ECONNREFUSED"))));
        }
        "localhost" => {
            client(&["hello"]);
            let asked = run.rows("client").into_iter().find(|row| row.call() == Some(Call::GetAddrInfo)).expect("the lookup");
            let Outcome::Addresses(found) = &asked.outcome else { panic!("{asked:?}") };
            assert!(found.iter().any(|address| address.to_string().starts_with("127.0.0.1:")), "{found:?}");
            let connects = run.rows("client").into_iter().filter(|row| row.call() == Some(Call::Connect)).collect::<Vec<_>>();
            assert!(
                connects
                    .split_last()
                    .is_some_and(|(last, others)| last.errno().is_none() && others.iter().all(|row| row.errno().is_some()))
            );
        }
        "handling" => {
            run.ended(&["load-one", "load-threads", "load-pool", "load-processes", "load-readiness"]);
            run.session.trace().flush();
            let mut loads = Loads::default();
            run.session.trace().store().scans(1).for_each(|scan| loads.fold(scan.rows()));
            let told = loads.all().map(|(_, load)| (load.name.to_string(), load.latencies.total(), load.threads)).collect::<Vec<_>>();
            let told = told.iter().map(|(name, messages, threads)| (name.as_str(), *messages, *threads)).collect::<Vec<_>>();
            let [one, threads, pool, processes, readiness] = told.as_slice() else { panic!("{told:?}") };
            assert_eq!([*one, *pool, *readiness], [("load-one", 320, 1), ("load-pool", 320, 5), ("load-readiness", 320, 1)]);
            assert!([threads, processes].iter().all(|load| load.1 == 320 && load.2 > 5), "{told:?}");
            assert_eq!(loads.all().map(|(_, load)| load.processes > 5).collect::<Vec<_>>(), [false, false, false, true, false]);
        }
        "sticky" => {
            let messages =
                ["one", "two", "three", "a message of more than sixteen bytes", "你好", "再见", "seven", "8", "nine", "the last"];
            let plain = messages.concat().len() as u64;
            for (framing, all) in [("none", plain), ("fixed", 400), ("delimiter", plain + 10), ("length", plain + 20), ("line", plain + 10)]
            {
                let (client, server) = (format!("client-{framing}"), format!("server-{framing}"));
                run.ended(&[&client]);
                let moved =
                    |program: &str| run.rows(program).iter().filter(|row| row.call() == Some(Call::Recv)).filter_map(Record::moved).sum();
                assert_eq!((moved(&client), moved(&server)), (all, all), "{framing}");
            }
        }
        "udp-echo" => {
            client(&["hello", "我爱你", "exit"]);
            assert_eq!(run.calls("client").iter().filter(|call| **call == "recvfrom").count(), 3);
        }
        "udp-answer" => {
            client(&["i am udp,i got it", "i am udp,i got it"]);
            assert_eq!(run.received("server").iter().map(|text| timeless(text)).collect::<Vec<_>>(), ["[]:hello", "[]:在吗"]);
        }
        "udp-hello" => {
            client(&["hi"]);
            run.ended(&["server"]);
            assert_eq!(run.received("server"), ["hello"]);
        }
        "time" => {
            run.ended(&["client"]);
            let answers = run.received("client");
            assert_eq!((answers.len(), answers[0].len(), answers[1].len(), answers[2].len()), (4, 10, 8, 19), "{answers:?}");
            assert!(answers[3].contains("%!"), "{answers:?}");
        }
        "udp-send" => {
            run.ended(&["client"]);
            run.has_received("server", "hello");
            assert_eq!(run.calls("client"), ["socket", "sendto", "close"]);
        }
        "udp-receive" => {
            run.ended(&["client", "server"]);
            assert_eq!(run.received("server"), ["我爱你"]);
            let from = |row: &Record| row.call() == Some(Call::RecvFrom) && matches!(row.outcome, Outcome::Address(..));
            assert!(run.rows("server").iter().any(from), "who sent it");
        }
        "chat" => {
            run.type_in(&[("client", None, "在吗", ("server", "在吗")), ("server", None, "在", ("client", "在"))]);
            run.type_in(&[("client", None, "Q", ("server", "Q"))]);
            run.ended(&["client"]);
        }
        "bank-clerk" => {
            run.type_in(&[("client", None, "first", ("server", "first")), ("server", None, "q", ("client", "q"))]);
            run.ended(&["client"]);
            run.type_in(&[("second", None, "second", ("server", "second"))]);
            // The order of numbers is not that of causes: times are. The end of the first is taken from its thread, not from its close: where the clerk's last
            // words are still on their way out of their own call, the descriptor goes with that call.
            let rows = run.rows("server");
            let times = |of: &dyn Fn(&Record) -> bool| rows.iter().filter(|row| of(row)).map(|row| row.t1).collect::<Vec<_>>();
            let accepts = times(&|row| row.call() == Some(Call::Accept));
            let ends = times(&|row| row.call() == Some(Call::Recv) && row.outcome == Outcome::Ok(0));
            assert!(accepts[0] < ends[0] && ends[0] < accepts[1], "{accepts:?} {ends:?}");
        }
        "turns" => {
            run.type_in(&[("client", None, "a", ("server", "a")), ("server", None, "b", ("client", "b"))]);
            let nothing = Command::Send { to: SendTo::All, bytes: Bytes::new() };
            run.session.command(SessionCommand::Tell { program: "client".to_owned(), command: nothing }).unwrap();
            run.type_in(&[("server", None, "exit", ("client", "exit"))]);
            run.ended(&["client"]);
            assert_eq!(run.messages("client", Direction::Sent), ["a"]);
        }
        "contacts" => {
            run.type_in(&[("client", Some("小红"), "在吗", ("server", "发给小红: 在吗")), ("server", None, "在", ("client", "在"))]);
            assert!(run.is_told("server", "program-told-notice"));
            run.type_in(&[("client", Some("小明"), "q", ("client", "在")), ("client", Some("小刚"), "你呢", ("server", "发给小刚: 你呢"))]);
            assert!(run.is_told("client", "program-told-talk-over"));
        }
        "tftp-download" => {
            run.ended(&["client"]);
            let lengths = run.messages("server", Direction::Sent).iter().map(String::len).collect::<Vec<_>>();
            assert_eq!((lengths.len(), lengths[3]), (4, 4), "the options, two blocks, and an empty one: {lengths:?}");
        }
        "tftp-upload" => {
            run.ended(&["client"]);
            let sent = run.messages("client", Direction::Sent);
            assert!(sent.iter().any(|packet| packet.starts_with("\0\u{3}\0\u{1}Hello from the client.\r\nThe second")), "{sent:?}");
        }
        "tftp-tutorial" => {
            run.ended(&["client"]);
            assert_eq!(run.messages("client", Direction::Sent)[0], "\0\u{1}hello.txt\0octet\0");
            assert!(run.received("client")[0].starts_with("\0\u{3}\0\u{1}Hello"));
        }
        "auto-reply" => {
            client(&["hi", "nice to meet you, 小明", "apples times 3", "晴天", "\u{fffd}\0", "I do not understand"]);
            assert_eq!((run.told("server", "program-told-rule"), run.told("server", "program-told-otherwise")), (5, 1));
        }
        "http-browser" => {
            let ready = |programs: &[ProgramStatus]| programs.iter().all(|program| program.phase == Some(Phase::Ready));
            run.until("server", ready);
            let local = run.session.status()[0].local.clone().and_then(|local| local.ip()).unwrap();
            let mut browser = TcpStream::connect(local).unwrap();
            browser.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
            let mut page = String::new();
            browser.read_to_string(&mut page).unwrap();
            assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("Hello from Socket Lab"), "{page}");
            run.ended(&[]);
        }
        "http-client" => {
            run.ended(&["client"]);
            assert!(run.is_told("server", "program-http-served") && run.is_told("client", "program-http-answered"));
            assert!(run.received("server")[0].contains("Content-Length: 25\r\n"), "{}", run.shown());
            assert!(run.received("client").concat().contains("<td><pre>hello world</pre></td>"), "{:?}", run.received("client"));
        }
        "http-close" => {
            run.ended(&["keep", "close"]);
            let connects = ["keep", "close"].map(|name| run.calls(name).iter().filter(|call| **call == "connect").count());
            assert_eq!(connects, [1, 3], "{}", run.shown());
        }
        "link-tcp" => {
            run.ended(&["client"]);
            assert_eq!(run.received("client"), ["one message", "and another"]);
            assert_eq!(run.received("server").concat(), "one messageand another");
            assert_eq!(run.received("server")[..3], ["one ", "mess", "age"]);
            assert_eq!((run.faults("link", "sliced"), run.faults("link", "glued")), (4, 2));
        }
        "link-udp" => {
            run.ended(&["client"]);
            // What is late on a slow machine is lost too, for the client.
            let (lost, unheard) = (run.faults("link", "dropped"), run.told("client", "program-told-no-reply"));
            assert!(lost > 0 && unheard >= lost && run.received("client").len() <= 10 - lost, "{lost} {unheard}\n{}", run.shown());
            assert!(run.is_told("link", "program-link-begins"));
        }
        "link-tftp" => {
            run.ended(&["client"]);
            assert!(run.faults("link", "dropped") > 0);
            let blocks = run.received("client").iter().filter(|packet| packet.starts_with("\0\u{3}")).count();
            assert!(blocks > 700, "{blocks}");
        }
        "calls" => {
            run.ended(&["server-side", "client-side"]);
            assert_eq!(
                (run.received("server-side"), run.received("client-side")),
                (vec!["who is there?".to_owned(), String::new()], vec!["hello".to_owned(), String::new()])
            );
        }
        name => panic!("nobody knows what {name} is to show"),
    }
}

#[test]
fn every_sample_shows_what_it_is_there_for() {
    // A machine without IPv6 has nothing to show of it.
    let has_six = TcpListener::bind("[::1]:0").is_ok();
    for sample in SAMPLES.iter().filter(|sample| has_six || sample.name != "ipv6") {
        shows(&Running::of(sample));
    }
}

#[test]
fn both_sides_of_every_sample_start_alone() {
    for sample in SAMPLES.iter().filter(|sample| sample.name != "ipv6") {
        let lab = any_ports(sample);
        for spec in &lab.programs {
            let alone = Lab { programs: vec![Spec { connect: None, ..spec.clone() }], ..lab.clone() };
            if spec.kind == ProgramKind::Manual {
                // It has no other side: what it is asked for is in its calls.
                continue;
            }
            if spec.kind.role() == Role::Client {
                // Whoever is at the other end may be a person's own script: the address is there without its server.
                let told = sample.lab(&[]).unwrap();
                let server = told.programs.iter().find(|other| other.kind.role() == Role::Server).unwrap();
                assert!(server.kind.is_unix() || server.bind.is_some_and(|address| address.port() >= 1024), "{}", sample.name);
                continue;
            }
            let session = Session::new(alone, Settings::default()).unwrap();
            session.command(SessionCommand::Start(spec.name.clone())).unwrap();
            assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{}", sample.name);
        }
    }
}
