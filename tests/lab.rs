//! Lab files: what is read, what is written, and how what is wrong is told.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "lab/bench.rs"]
mod bench;
#[path = "lab/coach.rs"]
mod coach;

use std::net::SocketAddr;
use std::time::Duration;

use proptest::prelude::*;
use socket_lab::lab::{FIELDS, Lab, LabErrors, MOST_ERRORS, Override, SENDING, field};
use socket_lab::net::Opt;
use socket_lab::net::option::by_name;
use socket_lab::program::{
    Contact, Data, Handling, Manner, Outgoing, ProgramKind, REPLIES, Remote, Reply, Role, Spec, StopAt, StopCase, Target,
};
use socket_lab::text::Language;
use socket_lab::trace::{Errno, Value};

fn errors(text: &str, overrides: &[&str]) -> LabErrors {
    let overrides = overrides.iter().map(|argument| Override { argument: (*argument).to_owned() }).collect::<Vec<_>>();
    Lab::parse_with(text, "x.toml", &overrides).expect_err(text)
}

/// The design's own example, as far as its kinds exist.
const EXAMPLE: &str = r#"title = "TCP echo"

[[program]]
name = "server"
kind = "tcp-server"
bind = "127.0.0.1:9001"
backlog = 5
recv_size = 1024
reply = "echo"
handling = "one-at-a-time"
stop_word = "q"
options = { SO_REUSEADDR = true, SO_RCVTIMEO = "5s" }

[[program]]
name = "client"
kind = "tcp-client"
connect = "@server"
expect = []
send = ["hello", "再见", { hex = "00 ff" }, { file = "x.bin", repeat = 3, every = "10ms", wait_reply = false }]
"#;

#[test]
fn the_example_is_read_as_it_is_meant() {
    let lab = Lab::parse(EXAMPLE, "labs/x.toml").unwrap();
    assert_eq!((lab.title.as_str(), lab.folder.to_str()), ("TCP echo", Some("labs")));
    let server = lab.program("server").unwrap();
    assert_eq!(server.options[0], (by_name("SO_REUSEADDR").unwrap(), Value::Flag(true)));
    assert_eq!(server.options[1], (by_name("SO_RCVTIMEO").unwrap(), Value::Time(Some(Duration::from_secs(5)))));
    assert_eq!(server.stop_word.as_deref(), Some("q"));
    let client = lab.program("client").unwrap();
    assert_eq!(client.connect, Some(Target::Program("server".to_owned())));
    let sent = client.send.iter().map(|outgoing| outgoing.data.clone()).collect::<Vec<_>>();
    assert_eq!(sent, [Data::Text("hello".into()), Data::Text("再见".into()), Data::Hex(vec![0, 255]), Data::File("x.bin".into())]);
    assert_eq!((client.send[3].repeat, client.send[3].every, client.send[3].wait_reply), (3, Duration::from_millis(10), false));
}

/// One program beside a server, of which `wrong` is the last line: line 9.
fn with_line(kind: &str, wrong: &str) -> String {
    format!(
        "[[program]]\nname = \"server\"\nkind = \"tcp-server\"\nbind = \"127.0.0.1:0\"\n\n[[program]]\nname = \"p\"\nkind = \"{kind}\"\n{wrong}\n"
    )
}

#[test]
fn every_error_names_its_place_and_the_nearest_name() {
    // Kind, line, where (line:column), the key of what is wrong, the nearest name.
    let cases: &[(&str, &str, &str, &str, Option<&str>)] = &[
        ("tcp-server", "bnid = \"127.0.0.1:0\"", "9:1", "lab-key-unknown", Some("bind")),
        ("tcp-server", "quux = 1", "9:1", "lab-key-unknown", None),
        ("tcp-client", "backlog = 5", "9:1", "lab-key-elsewhere", None),
        ("udp-server", "handling = \"one-at-a-time\"", "9:1", "lab-key-elsewhere", None),
        ("tcp-server", "connect = \"@server\"", "9:1", "lab-key-elsewhere", None),
        ("tcp-server", "recv_size = 0", "9:13", "lab-value-wrong", None),
        ("tcp-server", "recv_size = 16777217", "9:13", "lab-value-wrong", None),
        ("tcp-server", "recv_size = \"1024\"", "9:13", "lab-type-wrong", None),
        ("tcp-server", "recv_size = 1.5", "9:13", "lab-type-wrong", None),
        ("tcp-server", "backlog = -1", "9:11", "lab-value-wrong", None),
        ("tcp-server", "bind = 9001", "9:8", "lab-type-wrong", None),
        ("tcp-server", "bind = \"127.0.0.1\"", "9:8", "lab-value-wrong", None),
        ("tcp-server", "reply = \"ecko\"", "9:9", "lab-value-wrong", Some("echo")),
        ("tcp-server", "reply = \"fixed\"", "9:9", "lab-value-wrong", None),
        ("tcp-server", "reply = { fixed = 5 }", "9:19", "lab-type-wrong", None),
        ("tcp-server", "reply = { fixd = \"x\" }", "9:11", "lab-value-wrong", Some("fixed")),
        ("tcp-server", "reply = { fixed = { hex = \"0\" } }", "9:27", "lab-value-wrong", None),
        ("tcp-server", "handling = \"threads\"", "9:12", "lab-value-wrong", Some("thread-pool")),
        ("tcp-server", "stop_word = \"\"", "9:13", "lab-value-wrong", None),
        ("tcp-server", "options = { SO_REUSEADR = true }", "9:13", "lab-option-unknown", Some("SO_REUSEADDR")),
        ("tcp-server", "options = { SO_REUSEADDR = \"maybe\" }", "9:28", "net-value-flag", None),
        ("tcp-server", "options = { SO_RCVTIMEO = 5 }", "9:27", "net-value-time", None),
        ("tcp-server", "options = [\"SO_REUSEADDR\"]", "9:11", "lab-type-wrong", None),
        ("udp-server", "options = { TCP_NODELAY = true }", "9:13", "lab-option-refused", None),
        ("tcp-server", "options = { IPV6_V6ONLY = true }", "9:13", "lab-option-refused", None),
        ("tcp-server", "expect = [\"ECONREFUSED\"]", "9:11", "lab-value-wrong", Some("ECONNREFUSED")),
        ("tcp-client", "connect = \"@sever\"", "9:1", "lab-connect-unknown", Some("@server")),
        ("tcp-client", "connect = \"@p\"", "9:1", "lab-connect-unbound", None),
        ("tcp-client", "connect = \"server\"", "9:11", "lab-value-wrong", None),
        ("tcp-client", "connect = \"127.0.0.1:0\"", "9:1", "lab-connect-port", None),
        ("tcp-client", "connect = \"@server\"\nbind = \"[::1]:0\"", "9:1", "lab-connect-family", None),
        ("tcp-client", "connect_timeout = \"5\"", "9:19", "lab-value-wrong", None),
        ("tcp-client", "", "6:1", "lab-connect-missing", None),
        ("udp-client", "send = [\"x\"]", "9:1", "lab-send-nowhere", None),
        ("tftp-client", "connect = \"@server\"", "6:1", "lab-get-or-put", None),
        ("tftp-client", "connect = \"@server\"\nget = \"x\"\nput = \"y\"", "11:1", "lab-get-and-put", None),
        ("tftp-client", "connect = \"@server\"\nput = { text = \"y\" }", "6:1", "lab-put-nameless", None),
        ("tftp-client", "connect = \"@server\"\nput = \"\"\nget = \"x\"", "10:7", "lab-value-wrong", None),
        ("tftp-client", "get = \"x\"", "6:1", "lab-connect-missing", None),
        ("tftp-client", "connect = \"@server\"\nget = \"x\"\nblksize = 7", "11:11", "lab-value-wrong", None),
        ("tftp-client", "connect = \"@server\"\nget = \"x\"\nmode = \"octets\"", "11:8", "lab-value-wrong", Some("octet")),
        ("tftp-server", "write = \"overwrit\"", "9:9", "lab-value-wrong", Some("overwrite")),
        ("tftp-server", "get = \"x\"", "9:1", "lab-key-elsewhere", None),
        ("tftp-server", "recv_size = 5", "9:1", "lab-key-elsewhere", None),
        ("tftp-server", "faults = { los = 5 }", "9:12", "lab-key-unknown", Some("loss")),
        ("udp-client", "send = \"x\"", "9:8", "lab-type-wrong", None),
        ("udp-client", "send = [5]", "9:9", "lab-type-wrong", None),
        ("udp-client", "send = [{ hex = \"0\" }]", "9:17", "lab-value-wrong", None),
        ("udp-client", "send = [{ text = \"你好\", hex = \"00\" }]", "9:24", "lab-data-twice", None),
        ("udp-client", "send = [{ repeat = 3 }]", "9:9", "lab-type-wrong", None),
        ("udp-client", "send = [{ text = \"x\", repeat = 0 }]", "9:32", "lab-value-wrong", None),
        ("udp-client", "send = [{ text = \"x\", evry = \"1s\" }]", "9:23", "lab-key-unknown", Some("every")),
        ("tcp-sever", "", "8:8", "lab-value-wrong", Some("tcp-server")),
        ("ftp-server", "", "8:8", "lab-value-wrong", Some("tftp-server")),
        ("tcp-server", "backlog = 5\nbacklog = 6", "10:1", "lab-toml-duplicate", None),
        ("tcp-server", "reply = echo", "9:9", "lab-toml-unquoted", None),
        ("tcp-server", "reply = “echo”", "9:9", "lab-toml-lookalike", None),
        ("tcp-server", "backlog ＝ 5", "9:9", "lab-toml-lookalike", None),
        ("tcp-server", "backlog =", "9:10", "lab-toml-no-value", None),
    ];
    for (kind, line, place, key, near) in cases {
        let found = errors(&with_line(kind, line), &[]);
        let told = found.errors.iter().map(|error| (error.place.notation(), error.fault.what.key().to_owned())).collect::<Vec<_>>();
        assert_eq!(told, [(format!("x.toml:{place}"), (*key).to_owned())], "{line}\n{found}");
        assert_eq!(found.errors[0].fault.nearest.as_deref(), *near, "{line}\n{found}");
        let shown = found.errors[0].message();
        for language in Language::ALL {
            let shown = shown.in_language(language);
            assert!(
                shown.starts_with("x.toml:") && !shown.contains(['⟨', '⟩']) && !shown.contains("{ $") && !shown.contains("{$"),
                "{shown}"
            );
        }
    }
}

#[test]
fn what_a_lab_lacks_is_told_beside_its_heading() {
    for (text, expected) in [
        ("[[program]]\nkind = \"tcp-server\"\n", vec!["x.toml:1:1 lab-key-missing"]),
        ("\n[[program]]\n", vec!["x.toml:2:1 lab-key-missing", "x.toml:2:1 lab-key-missing"]),
        ("titel = \"x\"\n", vec!["x.toml:1:1 lab-key-unknown-lab"]),
        ("title = 5\n", vec!["x.toml:1:9 lab-type-wrong"]),
        ("[program]\nname = \"a\"\n", vec!["x.toml:1:2 lab-program-single"]),
        ("program = [5]\n", vec!["x.toml:1:1 lab-program-single"]),
        (
            "[[program]]\nname = \"a\"\nkind = \"udp-client\"\n[[program]]\nname = \"a\"\nkind = \"udp-client\"\n",
            vec!["x.toml:5:1 lab-name-twice"],
        ),
        ("[[program]]\nname = \"a b\"\nkind = \"udp-client\"\n", vec!["x.toml:2:8 lab-value-wrong"]),
        (
            "[[program]]\nname = \"c\"\nkind = \"tcp-client\"\nconnect = \"@s\"\n[[program]]\nname = \"s\"\nkind = \"tcp-server\"\nbind = \"127.0.0.1:0\"\n",
            vec!["x.toml:4:1 lab-connect-later"],
        ),
    ] {
        let found = errors(text, &[]);
        let told = found.errors.iter().map(|error| format!("{} {}", error.place.notation(), error.fault.what.key())).collect::<Vec<_>>();
        assert_eq!(told, expected, "{found}");
    }
    assert_eq!(Lab::parse("", "x.toml"), Ok(Lab::default()), "nothing is a lab without programs");
}

#[test]
fn all_errors_are_told_in_the_order_of_the_file_up_to_a_limit() {
    let text = with_line("tcp-server", "reply = \"ecko\"\nrecv_size = 0\nbnid = 5\nbacklog = true");
    let places = errors(&text, &[]).errors.iter().map(|error| error.place.notation()).collect::<Vec<_>>();
    assert_eq!(places, ["x.toml:9:9", "x.toml:10:13", "x.toml:11:1", "x.toml:12:11"]);
    let many = (0..50).map(|n| format!("key{n} = 1")).collect::<Vec<_>>().join("\n");
    let found = errors(&with_line("tcp-server", &many), &[]);
    assert_eq!((found.errors.len(), found.more), (MOST_ERRORS, 30));
    assert!(found.to_string().ends_with("and 30 more errors"), "{found}");
    let found = errors(&"\n".repeat(2 << 20), &[]);
    assert_eq!(found.errors[0].fault.what.key(), "lab-file-long");
}

#[test]
fn what_is_set_replaces_what_the_file_says() {
    let overrides =
        ["server.bind=[::1]:7", "server.recv_size=16", "server.reply=upper", "server.options.SO_KEEPALIVE=true", "client.send=[\"x\"]"];
    let overrides = overrides.map(|argument| Override { argument: argument.to_owned() });
    let lab = Lab::parse_with(EXAMPLE, "x.toml", &overrides).unwrap();
    let server = lab.program("server").unwrap();
    assert_eq!((server.bind, server.recv_size, &server.reply), ("[::1]:7".parse().ok(), 16, &Reply::Upper));
    assert_eq!(server.options.len(), 3, "one more: {:?}", server.options);
    assert_eq!(lab.program("client").unwrap().send, [Outgoing::new(Data::Text("x".to_owned()))]);
    // A value that is replaced need not be right.
    assert!(
        Lab::parse_with(&with_line("tcp-server", "recv_size = 0"), "x.toml", &[Override { argument: "p.recv_size=1".to_owned() }]).is_ok()
    );
    for (argument, key, near) in [
        ("server.bnid=127.0.0.1:0", "lab-key-unknown", Some("bind")),
        ("sever.bind=127.0.0.1:0", "lab-set-program", Some("server")),
        ("server.bind", "lab-set-form", None),
        ("server=5", "lab-set-form", None),
        ("server.recv_size=0", "lab-value-wrong", None),
        ("server.recv_size=many", "lab-type-wrong", None),
        ("server.options.SO_LINGR=1s", "lab-option-unknown", Some("SO_LINGER")),
        ("server.bind=nowhere", "lab-value-wrong", None),
        ("client.connect=@sever", "lab-connect-unknown", Some("@server")),
    ] {
        let found = errors(EXAMPLE, &[argument]);
        let error = &found.errors[0];
        assert_eq!((error.place.notation(), error.fault.what.key()), (format!("--set {argument}"), key), "{found}");
        assert_eq!((error.fault.nearest.as_deref(), found.errors.len()), (near, 1), "{found}");
    }
}

#[test]
fn every_field_is_described_and_reads_its_own_default_and_example() {
    for field in FIELDS {
        for kind in field.kinds {
            for value in field.default.into_iter().chain([field.example]) {
                if kind.is_unix() && field.key == "options" && value == field.example {
                    // Those of IP.
                    continue;
                }
                let text = match field.key {
                    "name" => format!("[[program]]\nname = {value}\nkind = \"{kind}\"\n"),
                    "kind" => format!("[[program]]\nname = \"p\"\nkind = {value}\n"),
                    key => format!("[[program]]\nname = \"p\"\nkind = \"{kind}\"\n{key} = {value}\n"),
                };
                // A client or a link must have a target, and the target a place.
                let asks = kind.role() == Role::Client && *kind != ProgramKind::Manual || kind.is_link();
                let target = if asks && field.key != "connect" && field.key != "kind" { "connect = \"@s\"\n" } else { "" };
                let server = if field.key == "name" { "s" } else { "server" };
                let mut target = target.replace('s', server);
                // A tftp-client must have something to do.
                if kind.name() == "tftp-client" && !matches!(field.key, "get" | "put" | "kind") {
                    target += "get = \"x\"\n";
                }
                let other = match kind {
                    ProgramKind::UnixClient => "unix-server",
                    ProgramKind::UnixDatagramClient => "unix-datagram-server",
                    _ => "tcp-server",
                };
                let text = format!("[[program]]\nname = \"{server}\"\nkind = \"{other}\"\n{text}{target}");
                let lab = Lab::parse(&text, "x.toml").unwrap_or_else(|errors| panic!("{text}\n{errors}"));
                if field.default == Some(value) {
                    assert_eq!((field.get)(&lab.programs[1]), (field.get)(&Spec::new(*kind, "p")), "{} {kind}", field.key);
                }
            }
        }
        for language in Language::ALL {
            assert!(!(field.sentence)().in_language(language).contains('⟨'), "{}", field.key);
        }
    }
    for field in SENDING {
        let standard = Outgoing::new(Data::Text("x".to_owned()));
        for value in field.default.into_iter().chain([field.example]) {
            let text = with_line(
                "udp-client",
                &format!(
                    "connect = \"127.0.0.1:1\"\ncontacts = {{ \"小明\" = \"127.0.0.1:1\" }}\nsend = [{{ text = \"x\", {} = {value} }}]",
                    field.key
                ),
            );
            let lab = Lab::parse(&text, "x.toml").unwrap_or_else(|errors| panic!("{text}\n{errors}"));
            assert_eq!((field.get)(&lab.programs[1].send[0]) == (field.get)(&standard), field.default == Some(value), "{}", field.key);
        }
        assert!(!(field.sentence)().in_language(Language::Chinese).contains('⟨'), "{}", field.key);
    }
    for kind in ProgramKind::ALL {
        assert!(field(*kind, "name").is_some() && field(*kind, "kind").is_some(), "{kind}");
    }
}

/// Any text: also quotes, controls and what is not ASCII.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop_oneof![any::<char>(), Just('"'), Just('\\'), Just('\n'), Just('\r'), Just('\u{7f}'), Just('你')], 0..12)
        .prop_map(|chars| chars.into_iter().collect())
}

fn data() -> impl Strategy<Value = Data> {
    prop_oneof![
        text().prop_map(Data::Text),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(Data::Hex),
        "[a-z./ ]{1,12}".prop_map(|path| Data::File(path.into())),
    ]
}

fn outgoing() -> impl Strategy<Value = Outgoing> {
    (data(), 1..5_u32, 0..86_400_000_000_000_u64, any::<bool>()).prop_map(|(data, repeat, every, wait_reply)| Outgoing {
        to: None,
        data,
        repeat,
        every: Duration::from_nanos(every),
        wait_reply,
    })
}

fn address() -> impl Strategy<Value = SocketAddr> {
    prop_oneof![any::<([u8; 4], u16)>().prop_map(SocketAddr::from), any::<([u16; 8], u16)>().prop_map(SocketAddr::from)]
}

fn reply() -> impl Strategy<Value = Reply> {
    let simple = proptest::sample::select(REPLIES).prop_map(|row| (row.default)());
    let remote = (proptest::collection::vec("[a-z/.]{1,8}", 0..4), any::<bool>()).prop_map(|(allowed, any)| {
        // Any program needs no list.
        Reply::Command(if any { Remote { any, ..Remote::default() } } else { Remote { allowed, any } })
    });
    prop_oneof![simple, remote, data().prop_map(Reply::Fixed), text().prop_map(|format| Reply::Time { format })]
}

/// Of a server, of a client.
fn manners() -> impl Strategy<Value = (Manner, Manner)> {
    let notice = proptest::option::of("[a-z{}你\"]{1,9}");
    let prefix = proptest::option::of("[a-z{}你 \"\\\\]{1,9}");
    let at = proptest::sample::select(vec![(StopAt::Answered, StopAt::Kept), (StopAt::Passed, StopAt::Returned)]);
    let counts = (proptest::option::of(1..9_u32), proptest::option::of(0..9_u32), 0..1_000_u32, any::<bool>());
    let case = proptest::sample::select(StopCase::ALL);
    let contacts = proptest::collection::btree_map("[a-z你\"=][a-z= ]{0,3}[a-z好\"]", address(), 0..4);
    (proptest::option::of(data()), notice, prefix, counts, at, case, contacts).prop_map(
        |(greeting, notice, prefix, (connections, messages, spin, skip_empty), at, stop_case, contacts)| {
            let contacts = contacts.into_iter().filter(|(_, at)| at.port() != 0);
            let contacts = contacts.map(|(name, at)| Contact { name, at: Target::Address(at) }).collect();
            let server = Manner { greeting, notice, prefix, connections, messages, spin, stop_at: at.0, stop_case, ..Manner::default() };
            let client = Manner { prefix: server.prefix.clone(), skip_empty, contacts, stop_at: at.1, stop_case, ..Manner::default() };
            (server, client)
        },
    )
}

fn options() -> impl Strategy<Value = Vec<(&'static Opt, Value)>> {
    let limit = proptest::option::of(1_000..1_000_000_000_000_u64).prop_map(|limit| Value::Time(limit.map(Duration::from_nanos)));
    let linger = proptest::option::of(0..300_u32).prop_map(Value::Linger);
    (any::<bool>(), 1..100_000_i64, limit, linger, proptest::sample::subsequence(vec![0, 1, 2, 3], 0..=4)).prop_map(
        |(flag, size, limit, linger, which)| {
            let all = [("SO_RCVBUF", Value::Int(size)), ("SO_KEEPALIVE", Value::Flag(flag)), ("SO_SNDTIMEO", limit), ("SO_LINGER", linger)];
            which.into_iter().map(|n: usize| (by_name(all[n].0).unwrap(), all[n].1.clone())).collect()
        },
    )
}

prop_compose! {
    fn lab()(
        title in text(),
        server_address in address(),
        own in proptest::option::of(0..1_u8),
        backlog in 0..i32::MAX,
        recv_size in 1..(16_u32 << 20),
        reply in reply(),
        handling in proptest::sample::select(Handling::ALL),
        stop_word in proptest::option::of("[a-z\"\\\\\n你]{1,5}"),
        options in options(),
        content in data(),
        send in proptest::collection::vec(outgoing(), 0..6),
        expect in proptest::sample::subsequence(Errno::names().collect::<Vec<_>>(), 0..4),
        manners in manners(),
        timeout in proptest::option::of(1_000_000..3_600_000_000_000_u64),
    ) -> Lab {
        let server_address = if matches!(reply, Reply::Command(_)) { SocketAddr::from(([127, 0, 0, 1], 9)) } else { server_address };
        let manners = if matches!(reply, Reply::Command(_)) { (manners.0, Manner::default()) } else { manners };
        let server = Spec { bind: Some(server_address), backlog, recv_size, reply: reply.clone(), handling, stop_word: stop_word.clone(), options: options.clone(), manner: manners.0, ..Spec::new(ProgramKind::TcpServer, "server") };
        let bind = own.map(|_| SocketAddr::new(server_address.ip(), 0));
        let expect = expect.into_iter().map(str::to_owned).collect();
        let connect = Some(Target::Program("server".to_owned()));
        let client = Spec { bind, connect, send, expect, options, connect_timeout: timeout.map(Duration::from_nanos), ..Spec::new(ProgramKind::TcpClient, "客户-1") };
        let udp = Spec { bind: Some(server_address), reply, stop_word, ..Spec::new(ProgramKind::UdpServer, "udp_2") };
        let idle = Spec { manner: manners.1, ..Spec::new(ProgramKind::UdpClient, "idle") };
        let mut files = Spec::new(ProgramKind::TftpServer, "files");
        (files.tftp.root, files.tftp.faults.loss) = (Some("a \"b\"".into()), 5);
        let mut put = Spec { connect: Some(Target::Program("files".to_owned())), ..Spec::new(ProgramKind::TftpClient, "put") };
        (put.tftp.put, put.tftp.remote, put.tftp.windowsize) = (Some(content), Some("x".to_owned()), Some(4));
        Lab { title, programs: vec![server, client, udp, idle, files, put], ..Lab::default() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(lab in lab()) {
        let text = lab.to_toml();
        let read = Lab::parse(&text, "x.toml").map_err(|errors| TestCaseError::fail(format!("{text}\n{errors}")))?;
        prop_assert_eq!(read, lab);
    }

    #[test]
    fn no_text_breaks_the_reader(text in text(), line in "[a-z_]{0,8} ?=? ?[\\[\\]{}\"'a-z0-9=,. ]{0,20}") {
        // Whatever comes out: it comes out.
        Lab::parse(&text, "x.toml").ok();
        Lab::parse(&with_line("tcp-client", &line), "x.toml").ok();
        Lab::parse_with(EXAMPLE, "x.toml", &[Override { argument: line }]).ok();
    }
}
