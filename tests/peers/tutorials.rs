//! The programs of the tutorials, written anew in Python as they are described (tests/peers/tutorials), each at the other end of the lab's sample, both ways round.
//!
//! The scripts the lab writes itself stand in `scripts.rs`: these here know nothing of the lab.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command as Process;

use bytes::Bytes;
use socket_lab::lab::{Lab, Session, SessionCommand, sample};
use socket_lab::program::{Command, Data, ErrorStyle, Phase, SendTo, Spec, Target};
use socket_lab::trace::{Call, Direction, Kind, Life, Outcome, Record};
use socket_lab::wire::Charset;

use super::peer::{LIMIT, Peer, Streams};
use super::scripts::{alone, messages, until};

const UTF8: Charset = Charset::Utf8;

/// A script with its arguments.
fn script(name: &str, args: &[&str]) -> Peer {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/peers/tutorials").join(format!("{name}.py"));
    Peer::start(Process::new("python3").args(["-X", "utf8"]).env("PYTHONDONTWRITEBYTECODE", "1").arg(file).args(args))
}

/// A script as the other side of a server of ours.
fn client(name: &str, port: u16) -> Peer {
    script(name, &["client", &port.to_string()])
}

/// A script that serves, and where.
fn server(name: &str, args: &[&str]) -> (Peer, SocketAddr) {
    let peer = script(name, &[&["server", "0"], args].concat());
    let port = peer.port_after("port ");
    (peer, SocketAddr::from(([127, 0, 0, 1], port)))
}

fn says(peer: &Peer, text: &str) {
    peer.until(text, |streams| String::from_utf8_lossy(&streams.out).contains(text).then_some(()));
}

/// Says these lines one after the other, each when the answer to the one before it has come.
fn talk(peer: &mut Peer, lines: &[(&str, &str)]) {
    for (line, answer) in lines {
        peer.say(format!("{line}\n").as_bytes());
        says(peer, answer);
    }
}

fn out(streams: &Streams) -> String {
    String::from_utf8_lossy(&streams.out).into_owned()
}

/// Ends its standard input; what it has written. It must have succeeded.
fn ended(peer: Peer) -> String {
    let (status, streams) = peer.end();
    assert!(status.success(), "{}\n{}", out(&streams), String::from_utf8_lossy(&streams.err));
    out(&streams)
}

fn lab(name: &str) -> Lab {
    sample(name).expect("in the table").lab(&[]).expect("a lab")
}

/// The server of a sample, which runs alone, and its port.
fn serving(name: &str, change: impl FnOnce(&mut Spec)) -> (Session, u16) {
    let mut spec = lab(name).program("server").expect("a server").clone();
    spec.bind = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    change(&mut spec);
    let session = alone(spec);
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    let port = session.status()[0].local.as_ref().and_then(|local| local.port()).expect("a port");
    (session, port)
}

/// The client of a sample, which asks somebody else.
fn asking(name: &str, at: SocketAddr, change: impl FnOnce(&mut Spec)) -> Session {
    let mut spec = lab(name).program("client").expect("a client").clone();
    spec.connect = spec.connect.map(|_| Target::Address(at));
    for contact in &mut spec.manner.contacts {
        contact.at = Target::Address(at);
    }
    change(&mut spec);
    alone(spec)
}

fn finished(session: &Session) {
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{:#?}", session.status());
    succeeded(session);
}

fn succeeded(session: &Session) {
    assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
}

/// What a person lets the program say.
fn type_in(session: &Session, to: SendTo, text: &str, charset: Charset) {
    let bytes = charset.encode(text).expect("it has these characters");
    let command = Command::Send { to, bytes: Bytes::from(bytes.into_owned()) };
    session.command(SessionCommand::Tell { program: session.status()[0].name.clone(), command }).expect("it runs");
}

fn received(session: &Session) -> Vec<String> {
    messages(session, Direction::Received, UTF8)
}

fn rows(session: &Session) -> Vec<Record> {
    session.trace().flush();
    let store = session.trace().store();
    store.rows(1..store.newest() + 1).into_iter().flatten().collect()
}

fn told(session: &Session, key: &str) -> bool {
    rows(session).iter().any(|row| matches!(&row.kind, Kind::Life(Life::Told(message)) if format!("{message:?}").contains(key)))
}

fn hears(session: &Session, text: &str) {
    until(session, text, || received(session).iter().any(|received| received.ends_with(text)));
}

/// A time as ctime(3) writes it, in brackets, before `rest`.
fn is_stamped(text: &str, rest: &str) -> bool {
    let Some((stamp, after)) = text.split_once(']') else { return false };
    let words = stamp.trim_start_matches('[').split_whitespace().collect::<Vec<_>>();
    let is_time = words.get(3).is_some_and(|time| time.split(':').count() == 3);
    words.len() == 5 && is_time && words[4].parse::<u32>().is_ok_and(|year| year > 2000) && after == rest
}

#[test]
#[ignore = "needs python3"]
fn t1_echo() {
    let (session, port) = serving("echo-stamped", |_| {});
    let mut python = client("t01", port);
    talk(&mut python, &[("hello", "]:hello"), ("你好", "]:你好")]);
    // More than the server receives at once comes back all the same, in more than one piece.
    python.say(format!("{}\n", "x".repeat(1400)).as_bytes());
    says(&python, "xxx");
    python.say(b"q\n");
    ended(python);
    assert!(told(&session, "program-told-notice"), "a new peer is greeted in the log");
    assert!(received(&session).iter().all(|message| message.len() <= 1024));
    let mut next = client("t01", port);
    talk(&mut next, &[("next", "]:next")]);
    succeeded(&session);

    let (python, at) = server("t01", &[]);
    let session = asking("echo-stamped", at, |_| {});
    finished(&session);
    let answers = received(&session);
    assert!(answers.len() == 2 && is_stamped(&answers[0], ":hello") && is_stamped(&answers[1], ":你好"), "{answers:?}");
    says(&python, "gone");
    // 1024 bytes at a time, either way.
    let long = "长".repeat(500);
    let session = asking("echo-stamped", at, |spec| {
        spec.recv_size = 1024;
        spec.send.truncate(1);
        spec.send[0].data = Data::Text(long.clone());
        spec.manner.prefix = None;
    });
    until(&session, "1500 bytes", || {
        let bytes = rows(&session).into_iter().filter(|row| row.direction() == Some(Direction::Received));
        bytes.filter_map(|row| row.payload).map(|payload| payload.full_len).sum::<u32>() >= 1024
    });
    says(&python, "1024 ");
}

#[test]
#[ignore = "needs python3"]
fn t2_udp_answer() {
    let (session, port) = serving("udp-answer", |_| {});
    let mut python = client("t02", port);
    talk(&mut python, &[("在吗", "i am udp,i got it")]);
    assert!(is_stamped(&received(&session)[0], ":在吗"));
    python.say(b"\n");
    finished(&session);
    python.say(b"quit\n");
    ended(python);

    let (python, at) = server("t02", &[]);
    let session = asking("udp-answer", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["i am udp,i got it"; 2]);
    says(&python, "]:在吗");
}

#[test]
#[ignore = "needs python3"]
fn t3_a_person_chooses() {
    let both = lab("tcp-or-udp");
    let of = |name: &str| Spec { bind: Some(SocketAddr::from(([127, 0, 0, 1], 0))), ..both.program(name).expect("there").clone() };
    let servers = ["server", "udp-server"].map(|name| alone(of(name)));
    let ports = servers.each_ref().map(|session| {
        assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT));
        session.status()[0].local.as_ref().and_then(|local| local.port()).expect("a port").to_string()
    });
    for (choice, answer) in [("tcp", "你好"), ("udp", "i am udp,i got it")] {
        let mut python = script("t03", &["client", &ports[0], &ports[1]]);
        talk(&mut python, &[("both", "type tcp or udp, not both"), (choice, answer)]);
        ended(python);
    }
    for (choice, name, answer) in [("tcp", "client", "hello"), ("udp", "udp-client", "i am udp,i got it")] {
        let mut python = script("t03", &["server", "0", "0"]);
        talk(&mut python, &[("", "type tcp or udp"), (choice, "port ")]);
        let at = SocketAddr::from(([127, 0, 0, 1], python.port_after("port ")));
        let session = alone(Spec { connect: Some(Target::Address(at)), ..both.program(name).expect("there").clone() });
        finished(&session);
        assert_eq!(received(&session), [answer]);
    }
}

#[test]
#[ignore = "needs python3"]
fn t4_an_operator_answers_one_at_a_time() {
    let (session, port) = serving("bank-clerk", |_| {});
    let mut first = client("t04", port);
    says(&first, "connected");
    let mut second = client("t04", port);
    // The kernel has seen to that, although nobody has accepted it.
    says(&second, "connected");
    let answer = |python: &mut Peer, line: &str, typed: &str| {
        python.say(format!("{line}\n").as_bytes());
        hears(&session, line);
        type_in(&session, SendTo::All, typed, UTF8);
        says(python, typed);
    };
    // Whoever came first is served first.
    second.say("我在等\n".as_bytes());
    answer(&mut first, "早上好", "您好");
    assert!(!received(&session).iter().any(|message| message == "我在等"), "the second one waits, and so do its words");
    first.say(b"q\n");
    hears(&session, "我在等");
    type_in(&session, SendTo::All, "轮到您了", UTF8);
    says(&second, "轮到您了");
    // The operator ends it too.
    second.say(b"thanks\n");
    hears(&session, "thanks");
    type_in(&session, SendTo::All, "q", UTF8);
    ended(second);
    ended(first);
    succeeded(&session);

    let (mut python, at) = server("t04", &[]);
    let session = asking("chat", at, |_| {});
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    type_in(&session, SendTo::All, "在吗", UTF8);
    says(&python, "heard 在吗");
    python.say("在\n".as_bytes());
    hears(&session, "在");
    type_in(&session, SendTo::All, "q", UTF8);
    finished(&session);
    says(&python, "closed");
}

#[test]
#[ignore = "needs python3"]
fn t4b_the_time_is_in_the_answer() {
    let (session, port) = serving("time-reply", |_| {});
    let mut python = client("t04b", port);
    talk(&mut python, &[("你好", "] 你好")]);
    assert!(is_stamped(ended(python).trim_end(), " 你好"));
    succeeded(&session);
    let (_python, at) = server("t04b", &[]);
    let session = asking("time-reply", at, |_| {});
    finished(&session);
    let answers = received(&session);
    assert!(is_stamped(&answers[0], " hello") && is_stamped(&answers[1], " 你好"), "{answers:?}");
}

#[test]
#[ignore = "needs python3"]
fn t5_accepted_and_closed() {
    let (session, port) = serving("accept-close", |_| {});
    let said = ended(client("t05", port));
    assert!(said.contains("heard b''"), "{said}");
    finished(&session);
    let own = said.lines().next().and_then(|line| line.rsplit(' ').next()).expect("its port").to_owned();
    assert!(rows(&session).iter().any(
        |row| matches!(&row.kind, Kind::Life(Life::Told(message)) if message.text("notice").is_some_and(|notice| notice.ends_with(&own)))
    ));
    let (python, at) = server("t05", &[]);
    let session = asking("accept-close", at, |_| {});
    finished(&session);
    assert!(rows(&session).iter().any(|row| row.call() == Some(Call::Recv) && row.outcome == Outcome::Ok(0)), "the end is 0 bytes");
    assert!(ended(python).contains("peer 127.0.0.1 "));
}

#[test]
#[ignore = "needs python3"]
fn t6_reversed_by_character() {
    for (charset, name) in [(UTF8, "utf-8"), (Charset::Gbk, "gbk")] {
        let (session, port) = serving("reverse", |spec| spec.manner.charset = charset);
        let mut python = script("t06", &["client", &port.to_string(), name]);
        talk(&mut python, &[("", ""), ("上海自来水", "heard 水来自海上"), ("abc", "heard cba"), ("quit", "after b''")]);
        ended(python);
        succeeded(&session);
        let (python, at) = server("t06", &[name]);
        let session = asking("reverse", at, |spec| spec.manner.charset = charset);
        finished(&session);
        assert_eq!(messages(&session, Direction::Received, charset), ["olleh", "水来自海上"]);
        says(&python, "heard quit");
    }
    // What is no text is dropped by it, and it goes on to the next.
    let (python, at) = server("t06", &[]);
    let session = asking("reverse", at, |spec| {
        spec.send.truncate(1);
        spec.send[0].data = Data::hex("ff fe").expect("bytes");
    });
    assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{:#?}", session.status());
    says(&python, "dropped");
}

#[test]
#[ignore = "needs python3"]
fn t7_to_t9_upper_case() {
    let (session, port) = serving("upper-once", |_| {});
    let mut python = client("t07", port);
    talk(&mut python, &[("hello, straße 世界", "heard HELLO, STRAßE 世界"), ("", "after b''")]);
    ended(python);
    finished(&session);
    let (_python, at) = server("t07", &[]);
    let session = asking("upper-once", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["HELLO, 世界"]);

    let (session, port) = serving("upper-loop", |_| {});
    let mut python = client("t08", port);
    talk(&mut python, &[("one", "heard ONE"), ("two", "heard TWO")]);
    ended(python);
    finished(&session);
    let empty = rows(&session).iter().filter(|row| row.call() == Some(Call::Recv) && row.outcome == Outcome::Ok(0)).count();
    assert_eq!(empty, 21, "the end, and then it spins as often as it may");
    let (python, at) = server("t08", &[]);
    let session = asking("upper-loop", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["ONE", "TWO", "THREE"]);
    assert!(ended(python).contains("spun 100"), "so does theirs");

    let (session, port) = serving("upper", |_| {});
    for line in ["first", "second"] {
        let mut python = client("t09", port);
        talk(&mut python, &[(line, &format!("heard {}", line.to_uppercase()))]);
        python.say(b"q\n");
        ended(python);
    }
    succeeded(&session);
    let (python, at) = server("t09", &[]);
    let session = asking("upper", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["HELLO", "STRAßE", "你好 ABC"]);
    says(&python, "closed");
}

#[test]
#[ignore = "needs python3"]
fn t10_remote_command() {
    for (charset, name) in [(UTF8, "utf-8"), (Charset::Gbk, "gbk")] {
        let (session, port) = serving("remote-command", |spec| spec.manner.charset = charset);
        let mut python = script("t10", &["client", &port.to_string(), name]);
        talk(&mut python, &[("echo 你好", "你好\n"), ("no-such-program", "heard ")]);
        // More than 1024 bytes: the rest of it is what the next recv brings.
        python.say(b"ls /usr/bin\n");
        says(&python, "heard 1024 ");
        python.say(b"echo the-last\n");
        let second = |streams: &Streams| out(streams).matches("heard ").count().ge(&4).then(|| out(streams));
        let said = python.until("what was left over", second);
        assert!(!said.rsplit("heard ").next().expect("there").starts_with("9 the-last"), "{said}");
        drop(python);
        succeeded(&session);
    }
    let (python, at) = server("t10", &[]);
    let session = asking("remote-command", at, |_| {});
    finished(&session);
    let answers = received(&session);
    assert!(answers[1].starts_with(answers[0].trim_end()) || answers[1].contains('\n'), "{answers:?}");
    assert!(answers[2].contains("not found"), "{answers:?}");
    says(&python, "heard no-such-program");
}

#[test]
#[ignore = "needs python3"]
fn t11_one_datagram_each_way() {
    let (session, port) = serving("udp-hello", |_| {});
    assert_eq!(ended(client("t11", port)), "heard hi\n");
    finished(&session);
    let (python, at) = server("t11", &[]);
    let session = asking("udp-hello", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["hi"]);
    assert!(ended(python).contains("heard hello"));
}

#[test]
#[ignore = "needs python3"]
fn t12_contacts() {
    for (charset, name) in [(UTF8, "utf-8"), (Charset::Gbk, "gbk")] {
        let (session, port) = serving("contacts", |spec| spec.manner.charset = charset);
        let mut python = script("t12", &["client", &port.to_string(), name]);
        python.say("小明\n吃了吗\n".as_bytes());
        until(&session, "it came", || messages(&session, Direction::Received, charset).contains(&"发给小明: 吃了吗".to_owned()));
        until(&session, "it is noted", || told(&session, "来自[127.0.0.1:"));
        type_in(&session, SendTo::All, "吃了", charset);
        says(&python, "heard 吃了");
        talk(&mut python, &[("q", "back to the list"), ("小王", "nobody 小王")]);
        drop(python);
        succeeded(&session);

        let (mut python, at) = server("t12", &[name]);
        let session = asking("contacts", at, |spec| spec.manner.charset = charset);
        assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
        type_in(&session, SendTo::Contact("小红".to_owned()), "在家吗", charset);
        says(&python, "]的一条消息：发给小红: 在家吗");
        python.say("在\n".as_bytes());
        until(&session, "the answer", || messages(&session, Direction::Received, charset).contains(&"在".to_owned()));
        succeeded(&session);
    }
}

#[test]
#[ignore = "needs python3"]
fn t13_time() {
    let (session, port) = serving("time", |_| {});
    let mut python = client("t13", port);
    let year = super::year();
    talk(&mut python, &[("%Y", &format!("heard {year}\n")), ("今天", "heard 今天"), ("", &format!("heard {year}-")), ("%!", "heard ")]);
    ended(python);
    succeeded(&session);
    let (_python, at) = server("t13", &[]);
    let session = asking("time", at, |_| {});
    finished(&session);
    assert!(received(&session)[0].starts_with(&year));
}

#[test]
#[ignore = "needs python3"]
fn t14_to_t16_single_datagrams_and_echo() {
    let (session, port) = serving("udp-send", |_| {});
    let mut python = client("t14", port);
    talk(&mut python, &[("喂", "sent")]);
    hears(&session, "喂");
    let (python, at) = server("t14", &[]);
    finished(&asking("udp-send", at, |_| {}));
    assert!(ended(python).contains("heard hello"));

    let (session, port) = serving("udp-receive", |_| {});
    let from = client("t15", port).port_after("own ");
    finished(&session);
    let is_whole = |row: &Record| {
        let bytes = row.payload.as_ref().map(|payload| payload.bytes.to_vec()).unwrap_or_default();
        matches!(&row.outcome, Outcome::Address(address, _) if address.port() == Some(from)) && bytes == "我爱你".as_bytes()
    };
    assert!(rows(&session).iter().any(is_whole), "both halves of recvfrom");
    let (python, at) = server("t15", &[]);
    finished(&asking("udp-receive", at, |_| {}));
    assert!(ended(python).contains("b'\\xe6\\x88\\x91\\xe7\\x88\\xb1\\xe4\\xbd\\xa0' ('127.0.0.1', "));

    for (charset, name) in [(UTF8, "utf-8"), (Charset::Gbk, "gbk")] {
        let (session, port) = serving("udp-echo", |spec| spec.manner.charset = charset);
        let mut python = script("t16", &["client", &port.to_string(), name]);
        talk(&mut python, &[("hello", "heard 5 hello"), ("我爱你", "heard 3 我爱你")]);
        // A datagram of more than 1024 bytes is cut, and comes back cut: what is beyond is lost for ever.
        python.say(format!("{}\n", "y".repeat(1500)).as_bytes());
        says(&python, "heard 1024 ");
        assert!(told(&session, "program-told-truncated"));
        talk(&mut python, &[("exit", "heard 4 exit")]);
        ended(python);
        succeeded(&session);
        let (_python, at) = server("t16", &[name]);
        let session = asking("udp-echo", at, |spec| spec.manner.charset = charset);
        finished(&session);
        assert_eq!(messages(&session, Direction::Received, charset), ["hello", "我爱你", "exit"]);
    }
}

#[test]
#[ignore = "needs python3"]
fn t17_a_server_that_knows_no_options_and_leaves_early() {
    let (python, at) = server("t17", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let get = |name: &str, change: &dyn Fn(&mut Spec)| {
        let session = asking("tftp-tutorial", at, |spec| {
            spec.tftp.get = Some(name.to_owned());
            spec.tftp.to = Some(folder.path().join(name));
            change(spec);
        });
        assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{:#?}", session.status());
        session
    };
    for (name, size) in [("hello.txt", 16), ("long.bin", 1536), ("even.bin", 1024)] {
        let session = get(name, &|_| {});
        // It has closed its port by the time of the last ACK: that hurts nobody.
        succeeded(&session);
        assert_eq!(std::fs::metadata(folder.path().join(name)).expect("it is there").len(), size, "{name}");
    }
    let session = get("nothing", &|_| {});
    assert!(session.status()[0].has_failed());
    let failed = session.status()[0].failure.as_ref().map(|failure| format!("{failure:?}"));
    assert!(failed.as_ref().is_some_and(|why| why.contains("tftp-refused") && why.contains("\"error\"")), "{failed:?}");
    assert!(!folder.path().join("nothing").exists());
    // A request with options is met with silence; without them it is answered.
    let session = get("long.bin", &|spec| (spec.tftp.blksize, spec.tftp.tsize) = (Some(1024), true));
    succeeded(&session);
    assert!(told(&session, "tftp-told-plain"));
    says(&python, "ignored b'\\x00\\x01long.bin\\x00octet\\x00blksize\\x001024");
}

#[test]
#[ignore = "needs python3"]
fn t18_a_client_that_never_acknowledges_the_last_block() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::write(root.path().join("乐谱"), vec![7; 1300]).expect("written");
    for style in ErrorStyle::ALL {
        let (session, port) =
            serving("tftp-tutorial", |spec| (spec.tftp.root, spec.tftp.error_style) = (Some(root.path().to_owned()), *style));
        let folder = tempfile::tempdir().expect("a folder");
        let python = |name: &str| {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/peers/tutorials/t18.py");
            let mut command = Process::new("python3");
            Peer::start(command.args(["-X", "utf8"]).arg(file).args(["client", &port.to_string(), name]).current_dir(folder.path()))
        };
        let said = ended(python("乐谱"));
        assert!(said.contains("block 3 276 from another port\nwhole 1300"), "{said}");
        assert_eq!(std::fs::read(folder.path().join("client_乐谱")).expect("it is there"), vec![7; 1300]);
        until(&session, "sent, last ACK not seen", || told(&session, "tftp-unconfirmed"));
        succeeded(&session);
        let said = ended(python("nothing"));
        let expected = if *style == ErrorStyle::Tutorial { "error 5 error\n" } else { "error 1 " };
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
#[ignore = "needs python3"]
fn t19_one_question() {
    let (session, port) = serving("one-shot", |_| {});
    let mut python = client("t19", port);
    talk(&mut python, &[("请问", "heard Thank ou!"), ("", "after b''")]);
    ended(python);
    finished(&session);
    hears(&session, "请问");
    let (python, at) = server("t19", &[]);
    let session = asking("one-shot", at, |_| {});
    finished(&session);
    assert_eq!(received(&session), ["Thank ou!"]);
    assert!(ended(python).contains("heard hello"));
}

#[test]
#[ignore = "needs python3"]
fn t20_turn_by_turn() {
    let (session, port) = serving("turns", |_| {});
    let mut python = client("t20", port);
    // Empty lines are not sent.
    python.say("\n\n该我了\n".as_bytes());
    hears(&session, "该我了");
    type_in(&session, SendTo::All, "该你了", UTF8);
    says(&python, "heard 该你了");
    python.say(b"more\n");
    hears(&session, "more");
    type_in(&session, SendTo::All, "exit", UTF8);
    assert!(ended(python).ends_with("end\n"));
    succeeded(&session);

    let (mut python, at) = server("t20", &[]);
    let session = asking("turns", at, |_| {});
    assert!(session.wait(|programs| programs[0].phase == Some(Phase::Ready), LIMIT), "{:#?}", session.status());
    type_in(&session, SendTo::All, "hello", UTF8);
    says(&python, "heard hello");
    python.say("你好\n".as_bytes());
    hears(&session, "你好");
    type_in(&session, SendTo::All, "exit", UTF8);
    finished(&session);
    assert!(ended(python).ends_with("end\n"));
}
