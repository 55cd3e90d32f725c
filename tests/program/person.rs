//! What a person does to a program while it runs.

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, TcpStream};

use bytes::Bytes;
use socket_lab::program::{Command, Handling, Phase, Program, ProgramKind, Refused, Reply, SendTo};
use socket_lab::trace::{Address, Call, Origin, Outcome, SocketId, Value};

use super::stage::{LIMIT, Stage, any, ask, ask_datagram, datagram_peer, ends, is_received, is_told, option, peer};

fn send(program: &Program, to: SendTo, text: &'static str) {
    program.command(Command::Send { to, bytes: Bytes::from_static(text.as_bytes()) }).unwrap();
}

fn read(stream: &mut TcpStream, length: usize) -> Vec<u8> {
    let mut buffer = vec![0; length];
    stream.read_exact(&mut buffer).expect("a message");
    buffer
}

/// The socket that was accepted for this peer.
fn accepted(stage: &Stage, peer: SocketAddr) -> SocketId {
    let is = |outcome: &Outcome| match outcome {
        Outcome::Socket(socket, from) if *from == Address::Ip(peer) => Some(*socket),
        _ => None,
    };
    is(&stage.row("accept", |row| is(&row.outcome).is_some()).outcome).unwrap()
}

#[test]
fn a_person_answers_while_the_server_is_blocked_in_recv() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.reply = Reply::Manual);
    let mut stream = peer(address);
    let socket = accepted(&stage, stream.local_addr().unwrap());
    let receiving = stage.blocked(server.id(), Call::Recv);
    send(&server, SendTo::Socket(socket), "by hand");
    assert_eq!(read(&mut stream, 7), b"by hand");
    let row = stage.row("the send", |row| row.call() == Some(Call::Send));
    assert_eq!((row.origin, row.socket), (Origin::Person, Some(socket)));
    assert_ne!(row.thread, receiving.thread);
    assert_eq!(stage.blocked(server.id(), Call::Recv).t0, receiving.t0, "the receive was disturbed");
    stage.stopped(&server);
}

#[test]
fn a_message_reaches_one_peer_or_all() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let mut streams = [peer(address), peer(address), peer(address)];
    for stream in &streams {
        accepted(&stage, stream.local_addr().unwrap());
    }
    send(&server, SendTo::All, "all");
    send(&server, SendTo::Address(streams[1].local_addr().unwrap().into()), "one");
    for stream in &mut streams {
        assert_eq!(read(stream, 3), b"all");
    }
    assert_eq!(read(&mut streams[1], 3), b"one");
    stage.stopped(&server);
    for stream in &mut streams {
        ends(stream);
    }
}

#[test]
fn datagrams_reach_those_who_were_heard() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |spec| spec.reply = Reply::Manual);
    send(&server, SendTo::All, "nobody");
    stage.row("that nobody is there", |row| is_told(row, "program-told-nobody"));
    let peers = [datagram_peer(), datagram_peer()];
    for (number, peer) in peers.iter().enumerate() {
        peer.send_to(&[number as u8], address).unwrap();
        stage.row("the datagram", |row| is_received(row, &[number as u8]));
    }
    let received = |peer: &std::net::UdpSocket| {
        let mut buffer = [0; 64];
        let (count, from) = peer.recv_from(&mut buffer).unwrap();
        assert_eq!(from, address);
        buffer[..count].to_vec()
    };
    let socket = stage.blocked(server.id(), Call::RecvFrom).socket.unwrap();
    send(&server, SendTo::All, "all");
    send(&server, SendTo::Socket(socket), "last");
    send(&server, SendTo::Address(peers[0].local_addr().unwrap().into()), "first");
    assert_eq!((received(&peers[0]), received(&peers[0])), (b"all".to_vec(), b"first".to_vec()));
    assert_eq!((received(&peers[1]), received(&peers[1])), (b"all".to_vec(), b"last".to_vec()));
    server.command(Command::Disconnect(socket)).unwrap();
    stage.row("that there is no connection", |row| is_told(row, "program-told-no-connection"));
    stage.stopped(&server);
}

#[test]
fn one_peer_is_disconnected_and_the_others_stay() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| spec.handling = Handling::ThreadPerConnection);
    let (mut first, mut second) = (peer(address), peer(address));
    let socket = accepted(&stage, first.local_addr().unwrap());
    accepted(&stage, second.local_addr().unwrap());
    server.command(Command::Disconnect(socket)).unwrap();
    ends(&mut first);
    let close = stage.row("the close", |row| row.call() == Some(Call::Close) && row.socket == Some(socket));
    assert_eq!(close.origin, Origin::Person);
    assert_eq!(ask(&mut second, b"here", 4), b"here");
    server.command(Command::Disconnect(socket)).unwrap();
    stage.row("that it is gone", |row| is_told(row, "program-told-gone"));
    assert_eq!(server.state().phase, Phase::Ready);
    stage.stopped(&server);
    assert!(!server.state().has_failed());
}

#[test]
fn a_stop_word_typed_in_either_case_ends_the_connection() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |spec| {
        spec.reply = Reply::Manual;
        spec.stop_word = Some("q".to_owned());
    });
    let mut stream = peer(address);
    let socket = accepted(&stage, stream.local_addr().unwrap());
    stage.blocked(server.id(), Call::Recv);
    send(&server, SendTo::Socket(socket), "Q");
    assert_eq!(read(&mut stream, 1), b"Q");
    ends(&mut stream);
    assert_eq!(server.state().phase, Phase::Ready);
    stage.stopped(&server);
}

#[test]
fn an_option_changes_while_the_owner_is_blocked() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::TcpServer, |_| ());
    let stream = peer(address);
    let socket = accepted(&stage, stream.local_addr().unwrap());
    stage.blocked(server.id(), Call::Recv);
    let (option, value) = option("TCP_NODELAY", Value::Flag(true));
    server.command(Command::SetOption { socket: Some(socket), option, value }).unwrap();
    let set = stage.row("the option", |row| row.call() == Some(Call::SetSockOpt) && row.socket == Some(socket));
    assert_eq!((set.origin, set.outcome), (Origin::Person, Outcome::Ok(0)));
    stage.row("its value", |row| row.call() == Some(Call::GetSockOpt) && row.outcome == Outcome::Value(Value::Flag(true).into()));
    stage.stopped(&server);
}

#[test]
fn a_client_without_a_list_is_driven_by_hand() {
    let stage = Stage::new();
    for (server, client) in [(ProgramKind::TcpServer, ProgramKind::TcpClient), (ProgramKind::UdpServer, ProgramKind::UdpClient)] {
        let (server, address) = stage.server(server, |_| ());
        let client = stage.client(client, address, &[], |spec| spec.stop_word = Some("quit".to_owned()));
        assert!(client.wait(|state| state.phase == Phase::Ready, LIMIT));
        for text in ["one", "two"] {
            send(&client, SendTo::All, text);
            stage.row("the reply", |row| row.program == client.id() && is_received(row, text.as_bytes()));
        }
        assert_eq!(client.state().phase, Phase::Ready);
        send(&client, SendTo::All, "QUIT");
        assert!(!stage.ended(&client).has_failed());
        assert_eq!(client.command(Command::Disconnect(SocketId(1))), Err(Refused::Ended));
        stage.stopped(&server);
    }
}

#[test]
fn commands_never_wait_and_say_when_there_are_too_many() {
    let stage = Stage::new();
    let listener = TcpListener::bind(any()).unwrap();
    let client = stage.client(ProgramKind::TcpClient, listener.local_addr().unwrap(), &[], |_| ());
    let (_stream, _) = listener.accept().unwrap();
    assert!(client.wait(|state| state.phase == Phase::Ready, LIMIT));
    // Nobody reads: sooner or later a send blocks, and the queue fills.
    let bytes = Bytes::from(vec![0; 1_000_000]);
    let refused = (0..1000).find_map(|_| client.command(Command::Send { to: SendTo::All, bytes: bytes.clone() }).err());
    assert_eq!(refused, Some(Refused::Full));
    let socket = stage.blocked(client.id(), Call::Send).socket.unwrap();
    // The other thread still obeys.
    client.command(Command::Disconnect(socket)).unwrap();
    assert!(!stage.ended(&client).has_failed());
}

#[test]
fn an_answer_by_hand_goes_on_after_another_datagram() {
    let stage = Stage::new();
    let (server, address) = stage.server(ProgramKind::UdpServer, |_| ());
    let socket = datagram_peer();
    assert_eq!(ask_datagram(&socket, address, b"a"), b"a");
    send(&server, SendTo::All, "b");
    let mut buffer = [0; 8];
    assert_eq!(socket.recv(&mut buffer).unwrap(), 1);
    stage.stopped(&server);
}
