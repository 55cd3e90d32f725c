//! A client of a server of connections or of datagrams, as Python: it sends each line that is typed, and shows what comes back.

use std::time::Duration;

use super::framing;
use super::lines::{Lines, quoted};
use super::meeting::{Meeting, RECEIVE_TIMEOUT};
use super::reply;
use crate::program::{Reply, Spec, StopAt};
use crate::trace::{SocketType, Value};

/// A client of `meeting.server` that behaves as `meeting.client`.
pub(super) fn script(meeting: &Meeting, kind: SocketType) -> String {
    let Meeting { server, client, place, .. } = meeting;
    let is_stream = kind == SocketType::Stream;
    let is_framed = server.framing.is_framed();
    let answers = !matches!(server.reply, Reply::None);
    let is_closed_at_once = is_stream && server.manner.messages == Some(0);
    let greeting = server.manner.greeting.as_ref().filter(|_| is_stream);
    let word = client.stop_word.as_ref().or(server.stop_word.as_ref()).filter(|_| !is_closed_at_once);

    let mut lines = constants(meeting);
    let lines = &mut lines;
    lines.only(word.is_some(), 0, &format!("STOP = {}", quoted(word.map_or("", String::as_str))));
    let receives = greeting.is_some() || answers && !is_closed_at_once;
    framing::functions(lines, &server.framing, server.max_message, !is_closed_at_once, receives);
    if is_framed && (receives || !is_closed_at_once) {
        lines.gap();
    } else {
        lines.add(0, "");
    }
    place.ask(lines, kind, "s");
    // A datagram may be lost: who waits with a limit hears that nothing came.
    let limit = receive_timeout(client).filter(|_| !is_stream);
    lines.only(limit.is_some(), 0, &format!("s.settimeout({})", limit.unwrap_or_default().as_secs_f64()));
    lines.only(is_framed && receives, 0, "received = messages(s)");
    if greeting.is_some() {
        let greeting = if is_framed { "next(received, b\"\")" } else { "s.recv(RECV)" };
        lines.add(0, &format!("print({greeting}.decode(CHARSET, \"replace\"), flush=True)"));
    }
    if is_closed_at_once {
        lines.add(0, "print(\"recv returned\", len(s.recv(RECV)), \"bytes: the server has closed\", flush=True)");
        lines.add(0, "s.close()");
        return std::mem::take(lines).end();
    }
    lines.add(0, "for line in sys.stdin:");
    say(lines, meeting, kind, word.is_some());
    if answers {
        hear(lines, kind, is_framed, limit.is_some());
    }
    let ends = word.is_some() && !is_kept(client) && !ends_unanswered(server, client);
    lines.only(ends, 1, "if line == STOP:");
    lines.only(ends, 2, "break");
    lines.add(0, "s.close()");
    std::mem::take(lines).end()
}

/// The constants of a client.
fn constants(meeting: &Meeting) -> Lines {
    let Meeting { server, script, place, .. } = meeting;
    let mut lines = Lines::default();
    place.constants(&mut lines, *script);
    talk(&mut lines, server);
    lines
}

/// The constants of everybody who talks.
pub(super) fn talk(lines: &mut Lines, server: &Spec) {
    lines.add(0, &format!("RECV = {}  # bytes that each recv asks for", server.recv_size));
    lines.add(0, &format!("CHARSET = {}", quoted(&server.manner.charset.name().to_ascii_lowercase())));
}

/// Whether the stop word ends the client in place of being sent. With contacts it ends the talk with one of them, and stays here.
fn is_kept(client: &Spec) -> bool {
    client.manner.stop_at == StopAt::Kept || !client.manner.contacts.is_empty()
}

/// Whether nobody answers the stop word.
fn ends_unanswered(server: &Spec, client: &Spec) -> bool {
    !is_kept(client) && server.stop_word.is_some() && server.manner.stop_at != StopAt::Answered
}

/// How long a receive of this program waits, where that is limited.
fn receive_timeout(spec: &Spec) -> Option<Duration> {
    spec.options.iter().find_map(|(option, value)| match value {
        Value::Time(limit) if option.name == RECEIVE_TIMEOUT => *limit,
        _ => None,
    })
}

/// Sends the line that was typed.
fn say(lines: &mut Lines, meeting: &Meeting, kind: SocketType, has_word: bool) {
    let Meeting { server, client, place, .. } = meeting;
    let is_stream = kind == SocketType::Stream;
    let is_framed = server.framing.is_framed();
    lines.add(1, "line = line.rstrip(\"\\n\")");
    if is_stream && !is_framed {
        lines.add(1, "if not line:");
        lines.add(2, "continue  # send of 0 bytes would send nothing, and recv wait for ever");
    } else if client.manner.skip_empty {
        lines.add(1, "if not line:");
        lines.add(2, "continue");
    }
    lines.only(has_word && is_kept(client), 1, "if line == STOP:");
    lines.only(has_word && is_kept(client), 2, "break");
    let message = match reply::prefix(lines, client) {
        Some(prefix) if has_word && !is_kept(client) => format!("(line if line == STOP else {prefix} + line)"),
        Some(prefix) => format!("({prefix} + line)"),
        None => "line".to_owned(),
    };
    lines.add(1, &format!("message = {message}.encode(CHARSET)"));
    lines.add(
        1,
        &match (kind, is_framed) {
            (SocketType::Stream, false) => "s.sendall(message)".to_owned(),
            (SocketType::Stream, true) => "s.sendall(encode(message))".to_owned(),
            (SocketType::Datagram, _) => format!("s.sendto(message, {})", place.address()),
        },
    );
    if !is_stream && server.manner.stop_empty {
        lines.add(1, "if not line:");
        lines.add(2, "break  # an empty datagram ends the server");
    }
    let unanswered = has_word && ends_unanswered(server, client);
    lines.only(unanswered, 1, "if line == STOP:");
    lines.only(unanswered, 2, "break");
}

/// Shows what comes back.
fn hear(lines: &mut Lines, kind: SocketType, is_framed: bool, is_limited: bool) {
    match (kind, is_framed) {
        (SocketType::Stream, true) => {
            lines.add(1, "data = next(received, None)");
            lines.add(1, "if data is None:");
            lines.add(2, "break  # the server has closed");
        }
        (SocketType::Stream, false) => {
            lines.add(1, "data = s.recv(RECV)");
            lines.add(1, "if not data:");
            lines.add(2, "break  # the server has closed");
        }
        (SocketType::Datagram, _) if is_limited => {
            lines.add(1, "try:");
            lines.add(2, "data, peer = s.recvfrom(RECV)");
            lines.add(1, "except socket.timeout:");
            lines.add(2, "data = b\"no answer\"");
        }
        (SocketType::Datagram, _) => lines.add(1, "data, peer = s.recvfrom(RECV)"),
    }
    lines.add(1, "print(data.decode(CHARSET, \"replace\"), flush=True)");
}
