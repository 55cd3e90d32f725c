//! What the tutorials promise to the eye and the hand, and no log can show: the colours of a chat (T12), and the choice before anything starts (T3).

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Color32, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use socket_lab::lab::{Override, Session, sample};
use socket_lab::text::Language;
use socket_lab::trace::{Address, Settings};
use socket_lab::ui::App;

use super::harness::{Window, sample_at};

const LIMIT: Duration = Duration::from_secs(20);

/// A colour as mock-ups and settings write it.
fn colour(hex: &str) -> Color32 {
    Color32::from_hex(hex).expect("a colour")
}

/// What is painted, piece by piece, each with its colour.
fn pieces(window: &Window) -> Vec<(String, Color32)> {
    fn collect(shape: &egui::Shape, pieces: &mut Vec<(String, Color32)>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, pieces)),
            egui::Shape::Text(text) => {
                let job = &text.galley.job;
                let whole = |range: &egui::text::ByteRange| job.text.get(range.start.0..range.end.0).unwrap_or_default().to_owned();
                pieces.extend(job.sections.iter().map(|section| (whole(&section.byte_range), section.format.color)));
            }
            _ => {}
        }
    }
    let mut pieces = Vec::new();
    window.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut pieces));
    pieces
}

/// The colours in which a piece of that text is painted.
fn colours(window: &Window, text: &str) -> BTreeSet<[u8; 4]> {
    pieces(window).into_iter().filter(|(piece, _)| piece.trim() == text).map(|(_, colour)| colour.to_array()).collect()
}

fn say(window: &mut Window, text: &str) {
    window.until_label("Message");
    window.get_by_label("Message").focus();
    window.run_steps(2);
    window.get_by_label("Message").type_text(text);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
}

/// T12: shown messages are coloured. What goes and what comes have a colour each, the same in the log, where the arrow and the length have it, and in the
/// conversation, where the words do.
#[test]
fn the_messages_of_a_chat_are_coloured_by_their_way() {
    for (theme, sent, received) in [(Theme::Light, "#0B4DA2", "#0B7264"), (Theme::Dark, "#86B6FA", "#5BE3C6")] {
        let [sent, received] = [sent, received].map(|hex| colour(hex).to_array());
        let both = BTreeSet::from([sent, received]);
        let mut window = Window::of_lab_as(sample_at("contacts", "127.0.0.1:0"), [1280.0, 840.0], theme, Language::English);
        window.key_press(Key::F5);
        window.until_label("client, UDP client, running");
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        window.pick("Whom to send to", "小红");
        say(&mut window, "hi");
        // 14 bytes of the prefix for her, and two.
        let (said, length) = ("发给小红: hi", "16 B");
        window.until_label_contains("recvfrom(1024), 16 B");
        assert_eq!(colours(&window, length), both, "each row has the colour of its way, in {theme:?}");
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
        window.until_label("server, UDP server, bound");
        say(&mut window, "hello to you");
        window.until_label_contains("recvfrom(1024), 12 B");
        assert_eq!(colours(&window, "12 B"), both);
        // The word ends the talk with her: the list of contacts is there again, and another is spoken to.
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        say(&mut window, "q");
        window.until_label_contains("The talk with 小红 is over");
        window.pick("Whom to send to", "小刚");
        say(&mut window, "you?");
        window.until_label_contains("recvfrom(1024), 18 B");
        window.choose("recvfrom(1024), 12 B");
        window.until("the row is looked at", App::is_settled);
        window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        // Both ends say what they have seen of it: each message is sent by one, and received by the other.
        for said in [said, "hello to you"] {
            let ways = |window: &Window| {
                let pieces = pieces(window);
                let lines = pieces.windows(2).filter(|line| line[1].0 == said);
                lines.map(|line| (line[0].0.chars().next(), line[1].1.to_array())).collect::<BTreeSet<_>>()
            };
            window.until_label_contains(&format!("← {said}"));
            assert_eq!(ways(&window), BTreeSet::from([(Some('→'), sent), (Some('←'), received)]), "{said}, {theme:?}");
        }
    }
}

/// Contacts by the names of computers, as a person types them: looked up when the client starts.
#[test]
fn a_contact_is_stated_by_the_name_of_a_computer() {
    let server = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    server.set_read_timeout(Some(LIMIT)).expect("a limit");
    let port = server.local_addr().expect("an address").port();
    let mut window = Window::of_lab(sample_at("contacts", "127.0.0.1:0"));
    window.click("client, UDP client, stopped");
    let state = |window: &mut Window, contacts: &str| {
        window.until_label("Contacts");
        window.get_by_role_and_label(Role::TextInput, "Contacts").focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get_by_role_and_label(Role::TextInput, "Contacts").type_text(contacts);
        window.run_steps(2);
    };
    state(&mut window, "小明 = localhost");
    window.until_label_contains("localhost:9001");
    state(&mut window, &format!("小明 = localhost:{port}, 小红 = localhost:{port}"));
    window.key_press(Key::F6);
    window.until_label("client, UDP client, running");
    window.until_label_contains(&format!("getaddrinfo(localhost, {port}, AF_INET, SOCK_DGRAM)"));
    window.pick("Whom to send to", "小红");
    say(&mut window, "hi");
    let mut bytes = [0; 64];
    let length = server.recv(&mut bytes).expect("a datagram");
    assert_eq!(bytes.get(..length), Some("发给小红: hi".as_bytes()));
}

/// A datagram to `address`, and the answer.
fn ask_udp(address: SocketAddr, message: &[u8]) -> Vec<u8> {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.set_read_timeout(Some(LIMIT)).expect("a limit");
    socket.send_to(message, address).expect("sent");
    let mut bytes = [0; 64];
    let length = socket.recv(&mut bytes).expect("an answer");
    bytes.get(..length).expect("as many").to_vec()
}

/// A message over a connection to `address`, and as many bytes back.
fn ask_tcp(address: SocketAddr, message: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    stream.write_all(message).expect("sent");
    let mut bytes = vec![0; message.len()];
    stream.read_exact(&mut bytes).expect("an answer");
    bytes
}

/// T3: TCP or UDP is chosen before anything starts; whatever else is refused with a hint.
#[test]
fn tcp_or_udp_is_chosen_before_the_start_and_not_after() {
    let bind = |name: &str| Override { argument: format!("{name}.bind=127.0.0.1:0") };
    let free = || [bind("server"), bind("udp-server")];
    let lab = sample("tcp-or-udp").expect("in the table").lab(&free()).expect("a lab");
    let session = Arc::new(Session::new(lab, Settings::default()).expect("a session"));
    let mut window = Window::of_session(Arc::clone(&session));
    let address = || session.status()[0].local.as_ref().and_then(Address::ip).expect("an address");
    window.click("UDP");
    window.until_label("server, UDP server, stopped");
    window.key_press(Key::F6);
    window.until_label("server, UDP server, bound");
    assert_eq!(ask_udp(address(), b"hello"), b"hello");
    // From then on another choice is one for the next start.
    window.click("TCP");
    window.until_label_contains("After a restart");
    window.until_label("server, UDP server, bound");
    assert_eq!(ask_udp(address(), b"still"), b"still");
    window.click("Restart with these");
    window.until_label("server, TCP server, listening");
    assert_eq!(ask_tcp(address(), b"hello"), b"hello");
    // What the window does not offer a lab file may say: it is refused, with what could be meant.
    let kind = Override { argument: "server.kind=both".to_owned() };
    let refused = sample("tcp-or-udp").expect("in the table").lab(&[kind]).expect_err("neither").to_string();
    assert!(["both", "tcp-server", "udp-server"].iter().all(|part| refused.contains(part)), "{refused}");
}
