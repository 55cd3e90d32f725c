//! Sending by hand and the peers it goes to, on live sockets.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use socket_lab::lab::{Lab, Session, SessionCommand};
use socket_lab::net::option::by_name;
use socket_lab::program::{Command, Data, Handling, Reply, SendTo};
use socket_lab::trace::{Address, Call, Settings, Value};
use socket_lab::ui::{Answer, Chooser, Purpose};
use socket_lab::wire::Charset;

use super::harness::{Window, first_echo, sample_at};

/// A sample on a port that is free now; what it is.
fn on_a_free_port(name: &str) -> (Lab, SocketAddr) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    (sample_at(name, &free.to_string()), free)
}

fn connect(to: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    stream
}

fn read(stream: &mut TcpStream, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).expect("a message");
    bytes
}

fn write(window: &mut Window, text: &str) {
    window.until_label("Message");
    window.get_by_label("Message").focus();
    window.run_steps(2);
    window.get_by_label("Message").type_text(text);
    window.run_steps(2);
}

/// Puts these messages into the send list; the last one stays in the field, all of it chosen.
fn list(window: &mut Window, messages: [&str; 2]) {
    for message in messages {
        write(window, message);
        window.click("Add this message to the send list");
        // What is typed next takes its place.
        window.get_by_label("Message").focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    }
}

fn enter(window: &mut Window) {
    window.key_press(Key::Enter);
    window.run_steps(2);
}

/// The chat sample with its server running, and nobody else.
fn served(handling: Handling) -> (Window, SocketAddr) {
    let (mut lab, address) = on_a_free_port("chat");
    lab.programs.truncate(1);
    lab.programs[0].handling = handling;
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
    (window, address)
}

#[test]
fn text_in_gbk_is_echoed_with_its_line_ending() {
    let (mut lab, _) = on_a_free_port("first-echo");
    lab.programs[1].send.clear();
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("client, TCP client, connected");
    window.click("client, TCP client, connected");
    window.pick("Character set", "GBK");
    window.pick("Line ending, put behind each line", "CRLF");
    write(&mut window, "你好€");
    window.until_label_contains("7 B  c4 e3 ba c3 80 0d 0a");
    enter(&mut window);
    window.until_label_contains("recv(1024), 7 B");
    window.key_press(Key::ArrowUp);
    window.run_steps(2);
    assert_eq!(window.get_by_label("Message").value().as_deref(), Some("你好€"), "it was not called back");
    window.get_by_label("Message").type_text("ñ");
    window.until_label_contains("ñ");
    window.until_label_contains("character 4");
}

#[test]
fn two_people_talk_at_one_window() {
    let (lab, _) = on_a_free_port("chat");
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("client, TCP client, connected");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(2);
    write(&mut window, "from the client");
    enter(&mut window);
    window.until_label_contains("recv(1024), 15 B from the client");
    window.get_by_label("Message").type_text("half a");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    assert_eq!(window.get_by_label("Message").value().as_deref(), Some(""), "what one writes stood in the field of the other");
    window.get_by_label("Message").type_text("first\nsecond");
    window.run_steps(2);
    enter(&mut window);
    window.until_label_contains("recv(1024), 12 B first\\nsecond");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(3);
    assert_eq!(window.get_by_label("Message").value().as_deref(), Some("half a"));
}

#[test]
fn one_of_three_peers_is_written_to_and_another_disconnected() {
    let (mut window, address) = served(Handling::ThreadPerConnection);
    let mut streams = [connect(address), connect(address), connect(address)];
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    let names = streams.each_ref().map(|stream| stream.local_addr().expect("an address").to_string());
    for name in &names {
        window.until_label_contains(&format!("{name}, s"));
    }
    window.click(&format!("Send to {}", names[1]));
    window.get_by_label("Message").type_text("only you");
    window.run_steps(2);
    enter(&mut window);
    assert_eq!(read(&mut streams[1], 8), b"only you");
    window.click("Send to all");
    window.get_by_label("Message").type_text("all");
    window.run_steps(2);
    enter(&mut window);
    for stream in &mut streams {
        assert_eq!(read(stream, 3), b"all");
    }
    window.click(&format!("Disconnect {}", names[2]));
    assert_eq!(streams[2].read(&mut [0; 8]).expect("an orderly end"), 0);
    window.until_label_contains("closed, received 0 B, sent 3 B");
    streams[0].write_all(b"more").expect("sent");
    window.until_label_contains("connected, received 4 B, sent 3 B");
    // By keys alone: the first row, and what Enter and Delete do with it.
    window.get_by_label("Peers of the program").focus();
    window.run_steps(2);
    for key in [Key::Home, Key::Delete] {
        window.key_press(key);
        window.run_steps(2);
    }
    assert_eq!(streams[0].read(&mut [0; 8]).expect("an orderly end"), 0);
}

#[test]
fn a_message_to_a_peer_that_is_gone_reaches_nobody_else_and_says_so() {
    let (mut window, address) = served(Handling::ThreadPerConnection);
    let (gone, mut other) = (connect(address), connect(address));
    let name = gone.local_addr().expect("an address").to_string();
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    window.click(&format!("Send to {name}"));
    drop(gone);
    window.until_label_contains("closed, received 0 B");
    window.get_by_label("Message").type_text("secret");
    window.run_steps(2);
    enter(&mut window);
    window.until_label_contains("There is nobody to send to.");
    window.click("Send to all");
    window.get_by_label("Message").type_text("public");
    window.run_steps(2);
    enter(&mut window);
    assert_eq!(read(&mut other, 6), b"public");
}

#[test]
fn who_is_not_accepted_yet_is_shown_as_waiting() {
    let (mut lab, _) = on_a_free_port("first-echo");
    lab.programs[0].reply = Reply::Manual;
    let mut second = lab.programs[1].clone();
    second.name = "second".to_owned();
    lab.programs.push(second);
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("second, TCP client, connected");
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    window.until_label_contains("waits for accept");
}

#[test]
fn an_operator_answers_each_peer_in_its_own_row() {
    let (mut lab, address) = on_a_free_port("chat");
    lab.programs.truncate(1);
    (lab.programs[0].handling, lab.programs[0].manner.charset) = (Handling::ThreadPerConnection, Charset::Gbk);
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
    let mut clients = [(); 2].map(|()| connect(address));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    let boxes = clients.each_ref().map(|client| format!("Reply to {}", client.local_addr().expect("an address")));
    for name in &boxes {
        window.until_label(name);
    }
    window.until("nothing moves", socket_lab::ui::App::is_settled);
    let say = |window: &mut Window, name: &str, text: &str| {
        window.get_by_label(name).focus();
        window.run_steps(2);
        window.get_by_label(name).type_text(text);
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(2);
    };
    say(&mut window, &boxes[1], "您好");
    assert_eq!(read(&mut clients[1], 4), [0xc4, 0xfa, 0xba, 0xc3], "GBK, and for nobody else");
    say(&mut window, &boxes[0], "请稍等");
    assert_eq!(read(&mut clients[0], 6).len(), 6);
    // The cursor has stayed: the next one is for the same peer.
    window.get_by_label(&boxes[0]).type_text("ok");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert_eq!(read(&mut clients[0], 2), b"ok");
    // What the character set lacks is not sent, and stays to be mended, with what is wrong beside it.
    say(&mut window, &boxes[0], "好ñ");
    window.until_label_contains("GBK has no");
    assert_eq!(window.get_by_label(&boxes[0]).value().as_deref(), Some("好ñ"));
    say(&mut window, &boxes[1], "next");
    assert_eq!(read(&mut clients[1], 4), b"next");
    clients[0].set_nonblocking(true).expect("set");
    assert!(clients[0].read(&mut [0; 8]).is_err(), "nothing came");
    clients[0].set_nonblocking(false).expect("set");
    // Mended, it goes, and nothing is told any more.
    window.get_by_label(&boxes[0]).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label(&boxes[0]).type_text("好");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert_eq!(read(&mut clients[0], 2), [0xba, 0xc3]);
    window.until_drawn("nothing is wrong", |harness| harness.query_all_by_label_contains("GBK has no").next().is_none());
    assert_eq!(window.get_by_label(&boxes[0]).value().unwrap_or_default(), "");
}

#[test]
fn a_reply_that_the_program_does_not_take_stays_in_its_box() {
    let mut lab = first_echo();
    lab.programs.truncate(1);
    (lab.programs[0].reply, lab.programs[0].bind) = (Reply::Manual, Some(SocketAddr::from(([127, 0, 0, 1], 0))));
    let session = Arc::new(Session::new(lab, Settings::default()).expect("a session"));
    session.command(SessionCommand::Start("server".to_owned())).expect("taken");
    assert!(session.wait(|programs| programs[0].local.is_some(), Duration::from_secs(20)));
    // Somebody who does not read: what is sent to them keeps the program busy, and what is asked of it waits, until no more can.
    let deaf = connect(session.status()[0].local.as_ref().and_then(Address::ip).expect("an address"));
    let mut window = Window::of_session(Arc::clone(&session));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    let name = format!("Reply to {}", deaf.local_addr().expect("an address"));
    window.until_label(&name);
    let command = Command::Send { to: SendTo::All, bytes: bytes::Bytes::from(vec![b'x'; 16 << 20]) };
    let send = || session.command(SessionCommand::Tell { program: "server".to_owned(), command: command.clone() }).is_ok();
    assert!(send());
    window.until("it is being sent", |_| session.trace().open_calls().iter().any(|open| open.call == Call::Send));
    while send() {}
    window.until("nothing moves", socket_lab::ui::App::is_settled);
    window.get_by_label(&name).focus();
    window.run_steps(2);
    window.get_by_label(&name).type_text("later");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.until_label_contains("blocked in what it was asked before");
    assert_eq!(window.get_by_label(&name).value().as_deref(), Some("later"));
    drop(deaf);
}

#[test]
fn bytes_and_files_are_sent() {
    struct Fixed(PathBuf);
    impl Chooser for Fixed {
        fn choose(&self, purpose: Purpose, _: &str) -> Answer {
            assert_eq!(purpose, Purpose::SendFile);
            Answer::Chosen(self.0.clone())
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("message.bin");
    std::fs::write(&file, vec![0xab; 40_000]).expect("written");
    let (mut lab, address) = on_a_free_port("chat");
    lab.programs.truncate(1);
    let mut window = Window::of_lab_with(lab, Arc::new(Fixed(file)));
    window.key_press(Key::F5);
    window.until_label("server, TCP server, listening");
    let mut stream = connect(address);
    window.until_label_contains("accept()");
    window.get_by_label("Hex").click();
    window.run_steps(2);
    write(&mut window, "00 ff 0g");
    window.until_label_contains("character 8");
    enter(&mut window);
    window.key_press(Key::Backspace);
    window.run_steps(2);
    window.get_by_label("Message").type_text("d");
    window.until_label_contains("3 B  00 ff 0d");
    enter(&mut window);
    assert_eq!(read(&mut stream, 3), [0, 0xff, 0x0d]);
    window.get_by_label("File").click();
    window.run_steps(2);
    window.click("Choose a file...");
    window.until_label_contains("40000 B  ab ab");
    window.click("Send");
    assert_eq!(read(&mut stream, 40_000), vec![0xab; 40_000]);
}

#[test]
fn a_list_is_sent_again_and_again_until_it_is_stopped() {
    let (mut window, address) = served(Handling::OneAtATime);
    let mut stream = connect(address);
    window.until_label_contains("accept()");
    list(&mut window, ["one", "two"]);
    window.click("Start list");
    assert_eq!(read(&mut stream, 3), b"one");
    window.until_label_contains("1 of 20 sent");
    window.click("Stop list");
    window.until_drawn("the list has ended", |harness| harness.query_by_label("Start list").is_some());
}

#[test]
fn what_is_not_taken_stays_in_the_field_and_says_why() {
    let (lab, _) = on_a_free_port("chat");
    let mut window = Window::of_lab(lab);
    write(&mut window, "too early");
    enter(&mut window);
    window.until_label_contains("server is not running");
    assert_eq!(window.get_by_label("Message").value().as_deref(), Some("too early"));
}

#[test]
fn a_list_is_edited_where_it_stands_before_it_is_sent() {
    let (mut window, address) = served(Handling::OneAtATime);
    let mut stream = connect(address);
    window.until_label_contains("accept()");
    list(&mut window, ["one", "two"]);
    window.click("Copy message 1 of the list");
    window.until_label("Message 3 of the list");
    window.get_by_label("Message 2 of the list").click();
    window.run_steps(2);
    window.get_by_label("Message 2 of the list").type_text(" \\q");
    window.until_label("Message 2 cannot be sent");
    window.until_label_contains("character 5");
    assert!(window.get_by_label("Start list").accesskit_node().is_disabled(), "it can be begun");
    for _ in 0..2 {
        window.key_press(Key::Backspace);
        window.run_steps(2);
    }
    window.get_by_label("Message 2 of the list").type_text("more");
    // By keys alone: the last one goes up twice, and the keyboard stays with it.
    window.get_by_label("Move message 3 of the list up").focus();
    window.run_steps(2);
    for _ in 0..2 {
        window.key_press(Key::Space);
        window.run_steps(3);
    }
    window.pick("What message 1 of the list is stated in", "Hex");
    window.until_label("Message 1 cannot be sent");
    window.get_by_label("Message 1 of the list").click();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label("Message 1 of the list").type_text("00 ff");
    window.run_steps(2);
    window.click("Take message 2 out of the list");
    window.click("Start list");
    assert_eq!(read(&mut stream, 2), [0, 0xff]);
    window.until_label_contains("1 of 20 sent");
    window.click("Stop list");
}

#[test]
fn what_would_go_is_shown_in_every_character_set_and_with_every_line_ending() {
    let mut window = Window::of_lab(first_echo());
    write(&mut window, "中");
    for (charset, shown) in [
        ("UTF-8", "3 B  e4 b8 ad"),
        ("GBK", "2 B  d6 d0"),
        ("GB18030", "2 B  d6 d0"),
        ("Big5", "2 B  a4 a4"),
        ("Shift-JIS", "2 B  92 86"),
        ("UTF-16LE", "2 B  2d 4e"),
        ("UTF-16BE", "2 B  4e 2d"),
        // It has no such character.
        ("Latin-1", "character 1"),
    ] {
        window.pick("Character set", charset);
        window.until_label_contains(shown);
    }
    window.pick("Character set", "UTF-16BE");
    for (ending, shown) in
        [("LF", "4 B  4e 2d 00 0a"), ("CRLF", "6 B  4e 2d 00 0d 00 0a"), ("CR", "4 B  4e 2d 00 0d"), ("no ending", "2 B  4e 2d")]
    {
        window.pick("Line ending, put behind each line", ending);
        window.until_label_contains(shown);
    }
}

#[test]
fn what_was_sent_comes_back_and_what_was_being_written_after_it() {
    let (mut window, address) = served(Handling::OneAtATime);
    let mut stream = connect(address);
    window.until_label_contains("accept()");
    for message in ["first", "second"] {
        write(&mut window, message);
        enter(&mut window);
        assert_eq!(read(&mut stream, message.len()), message.as_bytes());
    }
    write(&mut window, "half");
    let value = |window: &Window| window.get_by_label("Message").value().unwrap_or_default();
    for (key, expected) in
        [(Key::ArrowUp, "second"), (Key::ArrowUp, "first"), (Key::ArrowUp, "first"), (Key::ArrowDown, "second"), (Key::ArrowDown, "half")]
    {
        window.key_press(key);
        window.run_steps(3);
        assert_eq!(value(&window), expected);
    }
}

#[test]
fn a_list_is_sent_as_often_as_is_asked_for() {
    let (mut window, address) = served(Handling::OneAtATime);
    let mut stream = connect(address);
    window.until_label_contains("accept()");
    list(&mut window, ["a", "b"]);
    for (number, value) in [("Repeat", "2"), ("Pause", "1")] {
        window.get_by_role_and_label(Role::SpinButton, number).click();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run_steps(2);
        window.event(egui::Event::Text(value.to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(2);
    }
    window.click("Start list");
    assert_eq!(read(&mut stream, 4), b"abab");
    window.until_label("4 of 4 sent");
    window.until_label("Start list");
}

#[test]
fn datagrams_go_to_one_peer_or_to_all() {
    let (lab, address) = on_a_free_port("udp-echo");
    let mut window = Window::of_lab(lab);
    window.key_press(Key::F6);
    window.until_label("server, UDP server, bound");
    let peers = [(); 2].map(|()| std::net::UdpSocket::bind("127.0.0.1:0").expect("a socket"));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    for peer in &peers {
        peer.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        peer.send_to(b"?", address).expect("sent");
        window.until_label_contains(&peer.local_addr().expect("an address").to_string());
    }
    let received = |peer: &std::net::UdpSocket| {
        let mut bytes = [0; 16];
        let count = peer.recv(&mut bytes).expect("a datagram");
        bytes[..count].to_vec()
    };
    for peer in &peers {
        assert_eq!(received(peer), b"?", "the echo");
    }
    window.click(&format!("Send to {}", peers[1].local_addr().expect("an address")));
    window.get_by_label("Message").type_text("one");
    window.run_steps(2);
    enter(&mut window);
    assert_eq!(received(&peers[1]), b"one");
    window.click("Send to all");
    window.get_by_label("Message").type_text("all");
    window.run_steps(2);
    enter(&mut window);
    for peer in &peers {
        assert_eq!(received(peer), b"all");
    }
}

#[test]
fn a_contact_is_chosen_before_something_is_said_to_it() {
    let mut window = Window::of_lab(sample_at("contacts", "127.0.0.1:0"));
    window.key_press(Key::F5);
    window.until_label("client, UDP client, running");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    // The first stands there at once.
    write(&mut window, "one");
    window.key_press(Key::Enter);
    window.until_label_contains("发给小明: one");
    window.pick("Whom to send to", "小红");
    write(&mut window, "two");
    window.key_press(Key::Enter);
    window.until_label_contains("发给小红: two");
}

#[test]
fn a_large_file_shows_how_far_it_is_and_can_be_cancelled() {
    let mut lab = first_echo();
    let small = (by_name("SO_SNDBUF").expect("in the table"), Value::Int(65_536));
    lab.programs.truncate(1);
    (lab.programs[0].reply, lab.programs[0].bind) = (Reply::Manual, Some(SocketAddr::from(([127, 0, 0, 1], 0))));
    lab.programs[0].options.push(small);
    let session = Arc::new(Session::new(lab, Settings::default()).expect("a session"));
    session.command(SessionCommand::Start("server".to_owned())).expect("taken");
    assert!(session.wait(|programs| programs[0].local.is_some(), Duration::from_secs(20)));
    // Somebody who does not read.
    let _deaf = connect(session.status()[0].local.as_ref().and_then(Address::ip).expect("an address"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("big.bin");
    std::fs::File::create(&path).and_then(|file| file.set_len(2_000_000_000)).expect("a file");
    let mut window = Window::of_session(Arc::clone(&session));
    window.until("connected", |_| session.trace().store().names().sockets().len() > 1);
    let command = Command::SendData { to: SendTo::All, data: Data::File(path) };
    session.command(SessionCommand::Tell { program: "server".to_owned(), command }).expect("taken");
    window.until_label_contains("big.bin, 0 % sent");
    window.until_label_contains("of 2.00 GB");
    window.click("Cancel");
    window.until_gone("Cancel");
    window.click("File");
    window.until_label_contains("big.bin: ended after");
}
