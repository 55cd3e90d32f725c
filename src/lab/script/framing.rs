//! Messages in a stream, as Python: a function that puts one into its frame, and a generator that finds them again however recv cuts the stream.

use super::lines::Lines;
use crate::wire::framing::{Framing, Header, Order};
use crate::wire::literal;

/// Writes `encode` for a script that sends and `messages` for one that receives, for exactly this framing. A message longer than `most` bytes is an error of the
/// other side. Nothing where there is no framing: one recv is one message then.
pub(super) fn functions(lines: &mut Lines, framing: &Framing, most: u32, sends: bool, receives: bool) {
    let Some(Parts { constants, encode, take }) = parts(framing, most) else { return };
    for constant in constants {
        lines.add(0, &constant);
    }
    if sends {
        lines.gap();
        lines.add(0, "def encode(message):");
        lines.add(1, "\"\"\"The message in its frame.\"\"\"");
        lines.block(&encode);
    }
    if receives {
        lines.gap();
        lines.add(0, "def messages(conn):");
        lines.add(1, "\"\"\"The messages that come on conn, however recv cuts the stream.\"\"\"");
        lines.add(1, "data = b\"\"");
        lines.add(1, "while True:");
        lines.block(&take);
        lines.add(2, "piece = conn.recv(RECV)");
        lines.add(2, "if not piece:");
        lines.add(3, "return  # the other side has closed");
        lines.add(2, "data += piece");
    }
}

/// What of the two functions is peculiar to a framing.
struct Parts {
    constants: Vec<String>,
    /// The body of `encode`.
    encode: String,
    /// What takes the whole messages out of `data`.
    take: String,
}

fn parts(framing: &Framing, most: u32) -> Option<Parts> {
    match framing {
        Framing::None => None,
        Framing::Fixed(length) => Some(Parts {
            constants: vec![format!("LENGTH = {length}  # bytes of each message: zero bytes fill up what is shorter")],
            encode: r#"    if len(message) > LENGTH:
        raise ValueError("the message has {} bytes, {} fit".format(len(message), LENGTH))
    return message.ljust(LENGTH, b"\0")
"#
            .to_owned(),
            take: r#"        while len(data) >= LENGTH:
            yield data[:LENGTH].rstrip(b"\0")
            data = data[LENGTH:]
"#
            .to_owned(),
        }),
        Framing::Length(header) => Some(counted(*header, most)),
        Framing::Delimiter(_) | Framing::Line(_) => Some(Parts {
            constants: vec![
                format!("END = {}  # what stands behind each message", literal::format(framing.delimiter().unwrap_or_default())),
                longest(most),
            ],
            encode: r#"    frame = message + END
    if frame.find(END) != len(message):
        raise ValueError("the message holds what would end it")
    return frame
"#
            .to_owned(),
            take: r#"        while END in data:
            message, data = data.split(END, 1)
            yield message
        if len(data) > MOST:
            raise ValueError("no end within {} bytes".format(MOST))
"#
            .to_owned(),
        }),
    }
}

/// A number before each message.
fn counted(header: Header, most: u32) -> Parts {
    let order = if header.order == Order::Big { "\"big\"" } else { "\"little\"" };
    let (length, minus) = if header.counts_itself { ("(len(message) + WIDTH)", " - WIDTH") } else { ("len(message)", "") };
    let counts = if header.counts_itself { "the message and itself" } else { "the message" };
    Parts {
        constants: vec![
            format!("WIDTH = {}  # bytes of the number before each message, which counts {counts}", header.width.bytes()),
            longest(most),
        ],
        encode: format!("    return {length}.to_bytes(WIDTH, {order}) + message\n"),
        take: format!(
            r#"        while len(data) >= WIDTH:
            length = int.from_bytes(data[:WIDTH], {order}){minus}
            if not 0 <= length <= MOST:
                raise ValueError("a message of {{}} bytes".format(length))
            if len(data) < WIDTH + length:
                break
            yield data[WIDTH:WIDTH + length]
            data = data[WIDTH + length:]
"#
        ),
    }
}

fn longest(most: u32) -> String {
    format!("MOST = {most}  # bytes of a message; more is a broken stream")
}
