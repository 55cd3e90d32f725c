//! What is written for whom, and that it is tidy and cannot be broken out of: without Python.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::*;
use crate::lab::SAMPLES;
use crate::program::manual::{Method, Press};
use crate::program::{Contact, Data, Outgoing, Reply, Rule, Rules, When};
use crate::wire::framing::{Framing, Header, LineEnd, Order, Width};

fn lab(programs: &str) -> Lab {
    let programs = programs.lines().map(str::trim).filter(|line| !line.is_empty());
    let text = programs.flat_map(|line| ["[[program]]\n".to_owned(), line.replace("; ", "\n"), "\n".to_owned()]).collect::<String>();
    Lab::parse(&text, "lab.toml").unwrap_or_else(|errors| panic!("{errors}"))
}

fn script(lab: &Lab, name: &str) -> String {
    lab.other_side(name, None).unwrap_or_else(|why| panic!("{name}: {}", why.message())).text
}

#[test]
fn every_program_of_every_sample_has_its_other_side() {
    for sample in SAMPLES {
        let lab = sample.lab(&[]).expect("a lab");
        let mut names = BTreeSet::new();
        for spec in &lab.programs {
            let script = lab.other_side(&spec.name, None).unwrap_or_else(|why| panic!("{}: {}", sample.name, why.message()));
            assert!(names.insert(script.name.clone()), "{}: {} twice", sample.name, script.name);
            let name = script.name.strip_suffix(&format!("-for-{}.py", spec.name));
            assert!(matches!(name, Some("client" | "server")), "{}", script.name);
            let longest = script.text.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(140), "{}: {longest:?}\n{}", sample.name, script.text);
            is_tidy(&script.text);
            let Some(place) = lab.meeting_place(&spec.name, None) else {
                assert!(spec.kind.is_unix(), "{}: {} has no place", sample.name, spec.name);
                continue;
            };
            let Target::Address(place) = place else { panic!("{place}") };
            let at = |host: &str| script.text.contains(&format!("HOST, PORT = \"{host}\", {}", place.port()));
            assert!(at(&place.ip().to_string()) || sample.name == "localhost" && at("localhost"), "{}", script.text);
        }
    }
}

/// What is imported is used, nothing stands behind a line, and no more than two lines are left free.
fn is_tidy(text: &str) {
    let imported = text.lines().filter_map(|line| line.strip_prefix("import ")).collect::<Vec<_>>();
    assert!(!imported.is_empty() && imported.is_sorted(), "{text}");
    for module in imported {
        assert!(text.contains(&format!("{module}.")), "{module} is imported for nothing\n{text}");
    }
    assert!(text.lines().all(|line| line.trim_end() == line) && !text.contains("\n\n\n\n") && text.ends_with('\n'), "{text}");
    let functions = text.lines().filter_map(|line| line.strip_prefix("def ")?.split_once('(')).map(|(name, _)| name);
    for function in functions {
        assert!(
            text.matches(&format!("{function}(")).count() + text.matches(&format!("={function},")).count() > 1,
            "{function} is not used\n{text}"
        );
    }
    assert!(text.is_ascii() || text.contains('"'), "what is no ASCII stands in quotes");
}

#[test]
fn every_kind_has_an_other_side_as_soon_as_its_settings_say_of_whom() {
    for kind in ProgramKind::ALL {
        let mut spec = Spec::new(*kind, "it");
        let mut lab = Lab { programs: vec![spec.clone()], ..Lab::default() };
        let is_there = kind.role() == Role::Server;
        assert_eq!(lab.other_side("it", None).is_ok(), is_there, "{kind}");
        spec.connect = (!is_there).then(|| Target::Address(SocketAddr::from(([127, 0, 0, 1], 9001))));
        if *kind == ProgramKind::Manual {
            spec.calls = vec![Press { address: spec.connect.clone(), ..Press::new("s", Method::Connect) }];
        }
        lab.programs = vec![spec];
        assert!(lab.other_side("it", None).is_ok(), "{kind}");
    }
}

#[test]
fn why_there_is_none_is_told() {
    let why = |lab: &Lab, name: &str| lab.other_side(name, None).expect_err("no script").message().key().to_owned();
    let mut lab = Lab::default();
    assert_eq!(why(&lab, "it"), "lab-script-no-program");
    lab.programs = vec![Spec::new(ProgramKind::TcpClient, "it"), Spec::new(ProgramKind::Manual, "hand")];
    assert_eq!(why(&lab, "it"), "lab-script-no-target");
    lab.programs[0].connect = Some(Target::Program("hand".to_owned()));
    assert_eq!(why(&lab, "it"), "lab-script-no-place");
    assert_eq!(why(&lab, "hand"), "lab-script-no-calls");
    let own = Some(Target::Program("a".to_owned()));
    lab.programs[1].calls = vec![
        Press::new("a", Method::Socket),
        Press { address: Some(Target::Address(SocketAddr::from(([127, 0, 0, 1], 0)))), ..Press::new("a", Method::Bind) },
        Press::new("a", Method::Listen),
        Press { address: own, ..Press::new("b", Method::Connect) },
    ];
    assert_eq!(why(&lab, "hand"), "lab-script-both-sides");
}

#[test]
fn the_script_behaves_as_the_program_whose_place_it_takes() {
    // By name, by address, by the name of this computer, and through a link.
    let lab = lab(r#"
        name = "server"; kind = "tcp-server"; bind = "127.0.0.1:9001"; reply = "upper"; recv_size = 77
        name = "link"; kind = "tcp-link"; bind = "127.0.0.1:9002"; connect = "@server"
        name = "second"; kind = "tcp-link"; bind = "127.0.0.1:9003"; connect = "127.0.0.1:9002"
        name = "named"; kind = "tcp-client"; connect = "@server"
        name = "addressed"; kind = "tcp-client"; connect = "127.0.0.1:9001"
        name = "local"; kind = "tcp-client"; connect = "localhost:9001"
        name = "linked"; kind = "tcp-client"; connect = "@second"; stop_word = "bye"
        name = "load"; kind = "load"; connect = "@link"
        name = "far"; kind = "udp-server"; bind = "127.0.0.1:9005"
        name = "lossy"; kind = "udp-link"; bind = "127.0.0.1:9006"; connect = "@far"
        name = "waits"; kind = "udp-client"; connect = "@lossy"; stop_word = "over"; options = { SO_RCVTIMEO = "500ms" }
        name = "alone"; kind = "tcp-client"; connect = "127.0.0.1:9004"
    "#);
    for (name, port) in [("named", 9001), ("addressed", 9001), ("local", 9001), ("linked", 9003), ("load", 9002)] {
        let script = script(&lab, name);
        assert!(script.contains("data.upper()") && script.contains("RECV = 77"), "{name}\n{script}");
        assert!(script.contains(&format!("HOST, PORT = \"127.0.0.1\", {port}\n")), "{name}\n{script}");
        assert_eq!(script.contains("threading.Thread"), name == "load", "{name}\n{script}");
    }
    assert!(script(&lab, "alone").contains("return data\n"));
    // Whoever stands before a link asks through it, and as its client does.
    let through = script(&lab, "second");
    assert!(
        through.contains("PORT = \"127.0.0.1\", 9003\n") && through.contains("STOP = \"bye\"") && through.contains("RECV = 77"),
        "{through}"
    );
    // A datagram that is lost is not waited for, whether the script asks through the link or the server behind it.
    for name in ["lossy", "far"] {
        let lossy = script(&lab, name);
        assert!(
            lossy.contains("s.settimeout(0.5)") && lossy.contains("STOP = \"over\"") && lossy.contains("except socket.timeout:"),
            "{lossy}"
        );
    }
}

#[test]
fn of_a_link_that_nobody_serves_the_server_is_missing() {
    let text = |client: &str| {
        let programs = format!("name = \"link\"; kind = \"udp-link\"; bind = \"127.0.0.1:9002\"; connect = \"127.0.0.1:7000\"\n{client}");
        lab(&programs).other_side("link", None).expect("a script")
    };
    assert_eq!(text("").name, "client-for-link.py");
    let server = text("name = \"client\"; kind = \"tftp-client\"; connect = \"@link\"; get = \"a\"");
    assert_eq!(server.name, "server-for-link.py");
    assert!(server.text.contains("HOST, PORT = \"127.0.0.1\", 7000\n") && server.text.contains("def send_blocks"), "{}", server.text);
}

#[test]
fn a_ring_of_links_has_an_end() {
    let lab = lab(r#"
        name = "a"; kind = "tcp-link"; bind = "127.0.0.1:9002"; connect = "@b"
        name = "b"; kind = "tcp-link"; bind = "127.0.0.1:9003"; connect = "@a"
    "#);
    assert!(lab.other_side("a", None).is_ok());
}

#[test]
fn a_unix_socket_is_at_the_path_that_is_stated_or_that_it_has() {
    let lab = lab(r#"
        name = "own"; kind = "unix-server"
        name = "own-client"; kind = "unix-client"; connect = "@own"
        name = "stated"; kind = "unix-datagram-server"; bind = "unix:/tmp/a\"b"
        name = "asker"; kind = "unix-datagram-client"; connect = "@stated"
        name = "abstract"; kind = "unix-server"; bind = "unix:@name"
    "#);
    assert!(script(&lab, "own").contains("sys.exit(\"usage: "));
    let local = Address::Path("/tmp/own".into());
    let known = lab.other_side("own", Some(&local)).expect("a script").text;
    assert!(known.contains("PATH = \"/tmp/own\"\nif len(sys.argv) > 1:\n    PATH = sys.argv[1]\n"), "{known}");
    assert!(script(&lab, "own-client").contains("tempfile.gettempdir(), \"socket-lab-own.sock\""));
    let asked = script(&lab, "stated");
    assert!(
        asked.contains(r#"PATH = "/tmp/a\"b""#) && asked.contains("s.bind(os.path.join(folder.name") && asked.contains("SOCK_DGRAM"),
        "{asked}"
    );
    let asks = script(&lab, "asker");
    assert!(asks.contains("atexit.register(os.unlink, PATH)") && asks.contains("s.bind(PATH)"), "{asks}");
    assert!(script(&lab, "abstract").contains("PATH = \"\\u0000name\""));
    assert_eq!(lab.meeting_place("own", Some(&local)).map(|place| place.to_string()).as_deref(), Some("unix:/tmp/own"));
    assert_eq!(lab.meeting_place("own", None), None);
}

/// What no setting may do: stand outside of quotes.
const EVIL: &str = "EVIL\"'\n\"\"\"EVIL\\\"\r\u{2028}\u{0}{family}{content}";

#[test]
fn no_setting_stands_outside_of_quotes() {
    let evil = || EVIL.to_owned();
    let data = || [Data::Text(evil()), Data::Hex(EVIL.as_bytes().to_vec()), Data::File(EVIL.into())];
    for kind in ProgramKind::ALL {
        for data in data() {
            let mut spec = Spec::new(*kind, "it");
            spec.stop_word = Some(evil());
            spec.manner.prefix = Some(evil());
            spec.manner.greeting = Some(data.clone());
            spec.manner.notice = Some(evil());
            spec.manner.contacts = vec![Contact { name: evil(), at: Target::Address(SocketAddr::from(([127, 0, 0, 1], 1))) }];
            spec.send = vec![Outgoing::new(data.clone())];
            spec.http.request = evil();
            spec.framing = Framing::Delimiter(EVIL.as_bytes().to_vec());
            spec.tftp.root = Some(EVIL.into());
            (spec.tftp.get, spec.tftp.remote) = (matches!(data, Data::Hex(_)).then(evil), Some(evil()));
            spec.tftp.put = Some(data.clone());
            let path = Address::Path(EVIL.into());
            (spec.path, spec.connect) =
                (kind.is_unix().then(|| path.clone()), Some(Target::Address(SocketAddr::from(([127, 0, 0, 1], 2)))));
            if kind.is_unix() && kind.role() == Role::Client {
                spec.connect = Some(Target::Unix(path));
            }
            let at = spec.connect.clone();
            let said = |call| Press { data: data.clone(), address: at.clone(), ..Press::new("s", call) };
            spec.calls = vec![said(Method::Connect), said(Method::SendAll), said(Method::Recv)];
            let rules = [When::Exact(data.clone()), When::Prefix(data.clone()), When::Contains(data.clone())];
            let rules = rules.into_iter().map(|when| Rule { when, answer: data.clone() }).collect();
            let replies = [
                Reply::Fixed(data.clone()),
                Reply::Time { format: evil() },
                Reply::Command(crate::program::Remote { allowed: vec![evil()], ..Default::default() }),
                Reply::Rules(Rules { rules, otherwise: Some(data.clone()) }),
            ];
            for reply in replies {
                spec.reply = reply;
                let partner = kind.role() == Role::Client;
                let mut other = spec.clone();
                "other".clone_into(&mut other.name);
                other.kind = ProgramKind::ALL
                    .iter()
                    .copied()
                    .find(|other| partner && other.role() == Role::Server && other.protocol() == kind.protocol())
                    .unwrap_or(*kind);
                other.bind = Some(SocketAddr::from(([127, 0, 0, 1], 2)));
                let lab = Lab { programs: vec![spec.clone(), other], ..Lab::default() };
                let script = script(&lab, "it");
                assert!(!outside_of_quotes(&script).contains("EVIL"), "{kind}\n{script}");
            }
        }
    }
    assert!(outside_of_quotes("a = \"EVIL\\\"\" + EVIL").contains("EVIL"), "it would be seen");
}

/// What of a script of Python stands in no quotes.
fn outside_of_quotes(text: &str) -> String {
    let mut outside = String::new();
    for line in text.replace("\"\"\"", "").lines() {
        // No string of these scripts goes over a line, but for the sentences on functions.
        let mut quote = None;
        let mut characters = line.chars();
        while let Some(c) = characters.next() {
            match quote {
                Some(_) if c == '\\' => drop(characters.next()),
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None => outside.push(c),
            }
        }
        outside.push('\n');
    }
    outside
}

#[test]
fn each_framing_has_one_function_for_each_way() {
    let header = |width, order, counts_itself| Framing::Length(Header { width, order, counts_itself });
    for (framing, encodes, finds) in [
        (Framing::Fixed(9), "message.ljust(LENGTH, b\"\\0\")", "data[:LENGTH].rstrip"),
        (Framing::Delimiter(b"\xff'".to_vec()), "END = b\"\\xff'\"", "data.split(END, 1)"),
        (Framing::Line(LineEnd::CrLf), "END = b'\\r\\n'", "data.split(END, 1)"),
        (
            header(Width::Four, Order::Little, true),
            "(len(message) + WIDTH).to_bytes(WIDTH, \"little\")",
            "from_bytes(data[:WIDTH], \"little\") - WIDTH",
        ),
        (header(Width::One, Order::Big, false), "return len(message).to_bytes(WIDTH, \"big\")", "int.from_bytes(data[:WIDTH], \"big\")\n"),
    ] {
        for kind in [ProgramKind::TcpServer, ProgramKind::TcpClient, ProgramKind::UnixServer] {
            let connect = (kind.role() == Role::Client).then(|| Target::Address(SocketAddr::from(([127, 0, 0, 1], 1))));
            let spec = Spec { framing: framing.clone(), connect, ..Spec::new(kind, "it") };
            let script = script(&Lab { programs: vec![spec], ..Lab::default() }, "it");
            assert!(script.contains(encodes) && script.contains(finds), "{framing} {kind}\n{script}");
            assert_eq!((script.matches("def encode(").count(), script.matches("def messages(").count()), (1, 1));
            is_tidy(&script);
        }
    }
}

#[test]
fn calls_by_hand_are_answered_by_the_calls_that_fit() {
    let lab = crate::lab::sample("calls").expect("a sample").lab(&[]).expect("a lab");
    let client = script(&lab, "server-side");
    let talk =
        client.split_once("\n\n\n").and_then(|(_, rest)| rest.rsplit_once("\n\n\n")).map(|(_, talk)| talk.lines().collect::<Vec<_>>());
    assert_eq!(
        talk.unwrap_or_default(),
        [
            "s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
            "s.connect((HOST, PORT))",
            "s.sendall(\"who is there?\".encode(CHARSET))",
            "print(receive(s, 5).decode(CHARSET, \"replace\"), flush=True)",
            "s.sendall(b\"message 2\")",
            "print(s.recv(RECV), flush=True)  # b\"\": the other side has ended",
            "s.close()",
        ],
        "{client}"
    );
    let server = script(&lab, "client-side");
    assert!(
        server.contains("conn, peer = s.accept()\nprint(receive(conn, 13)") && server.contains("conn.sendall(\"hello\".encode(CHARSET))"),
        "{server}"
    );
}
