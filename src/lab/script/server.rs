//! A server for a client of connections or of datagrams, as Python: a loop, and a function that answers.

use super::client::talk;
use super::framing;
use super::lines::{Lines, bytes_of, quoted};
use super::meeting::Meeting;
use super::reply;
use crate::program::{Handling, ProgramKind, Reply, StopAt};
use crate::trace::SocketType;

/// A server for `meeting.client` that behaves as `meeting.server`.
pub(super) fn script(meeting: &Meeting, kind: SocketType) -> String {
    let Meeting { server, client, place, script, .. } = meeting;
    let mut lines = Lines::default();
    let lines = &mut lines;
    place.constants(lines, *script);
    talk(lines, server);
    if let Some(word) = &server.stop_word {
        lines.add(0, &format!("STOP = {}.encode(CHARSET)", quoted(word)));
    }
    if let Reply::Command(remote) = &server.reply {
        lines.add(0, &format!("ALLOWED = [{}]", remote.allowed.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")));
    }
    // What comes is framed as the client frames it.
    let receives = server.manner.messages != Some(0);
    let sends = server.manner.greeting.is_some() || receives;
    if kind == SocketType::Stream {
        framing::functions(lines, &client.framing, client.max_message, sends, receives);
    }
    if receives {
        lines.gap();
        lines.add(0, "def answer(data):");
        reply::body(lines, server);
    }
    let ends = match kind {
        SocketType::Stream => {
            connections(lines, meeting);
            server.manner.connections.is_some()
        }
        SocketType::Datagram => {
            datagrams(lines, meeting);
            server.manner.messages.is_some() || server.manner.stop_empty || server.stop_word.is_some()
        }
    };
    lines.only(ends, 0, "s.close()");
    std::mem::take(lines).end()
}

/// A function for one connection, and the loop that accepts.
fn connections(lines: &mut Lines, meeting: &Meeting) {
    let Meeting { server, client, place, .. } = meeting;
    let is_framed = client.framing.is_framed();
    let framed = |bytes: &str| if is_framed { format!("conn.sendall(encode({bytes}))") } else { format!("conn.sendall({bytes})") };
    lines.gap();
    lines.add(0, "def talk(conn, peer):");
    let who = place.peer(SocketType::Stream);
    lines.add(1, &format!("print(\"connected\", {who}flush=True)"));
    if let Some(greeting) = &server.manner.greeting {
        lines.add(1, &framed(&bytes_of(greeting)));
    }
    match (server.manner.messages, is_framed) {
        (Some(0), _) => {}
        (None, true) => lines.add(1, "for data in messages(conn):"),
        (Some(count), true) => {
            lines.uses(&["itertools"]);
            lines.add(1, &format!("for data in itertools.islice(messages(conn), {count}):"));
        }
        (messages, false) => {
            lines.add(1, &turns(messages));
            lines.add(2, "data = conn.recv(RECV)");
            lines.add(2, "if not data:");
            lines.add(3, "break  # the client has closed");
        }
    }
    if server.manner.messages != Some(0) {
        exchange(lines, meeting, who, &framed("reply"), 2);
    }
    lines.add(1, "conn.close()");
    lines.gap();
    place.serve(lines, SocketType::Stream, server.backlog);
    lines.add(0, &turns(server.manner.connections));
    lines.add(1, "conn, peer = s.accept()");
    if client.kind == ProgramKind::Load || server.handling != Handling::OneAtATime {
        lines.uses(&["threading"]);
        lines.add(1, "threading.Thread(target=talk, args=(conn, peer)).start()");
        return;
    }
    lines.add(1, "try:");
    lines.add(2, "talk(conn, peer)");
    lines.add(1, "except (ConnectionError, ValueError) as error:");
    lines.add(2, "print(error, flush=True)  # this client is gone; the next one may come");
    lines.add(2, "conn.close()");
}

/// The loop that receives.
fn datagrams(lines: &mut Lines, meeting: &Meeting) {
    let Meeting { server, place, .. } = meeting;
    lines.gap();
    place.serve(lines, SocketType::Datagram, 0);
    lines.add(0, &turns(server.manner.messages));
    lines.add(1, "data, peer = s.recvfrom(RECV)");
    lines.only(server.manner.stop_empty, 1, "if not data:");
    lines.only(server.manner.stop_empty, 2, "break");
    exchange(lines, meeting, place.peer(SocketType::Datagram), "s.sendto(reply, peer)", 1);
}

/// A loop of so many turns.
fn turns(count: Option<u32>) -> String {
    count.map_or_else(|| "while True:".to_owned(), |count| format!("for _ in range({count}):"))
}

/// What a server does with one message.
fn exchange(lines: &mut Lines, meeting: &Meeting, who: &str, send: &str, depth: usize) {
    let server = &meeting.server;
    // A load says the same thousands of times.
    let is_shown = meeting.client.kind != ProgramKind::Load;
    lines.only(is_shown, depth, &format!("print({who}data.decode(CHARSET, \"replace\"), flush=True)"));
    let answers_word = server.manner.stop_at == StopAt::Answered;
    let word = server.stop_word.is_some();
    lines.only(word && !answers_word, depth, "if data == STOP:");
    lines.only(word && !answers_word, depth + 1, "break");
    lines.add(depth, "reply = answer(data)");
    lines.add(depth, "if reply is not None:");
    lines.add(depth + 1, send);
    lines.only(word && answers_word, depth, "if data == STOP:");
    lines.only(word && answers_word, depth + 1, "break");
}
