//! The other side of a program of TFTP, as Python: a server of a folder, and a client that gets or puts one file.
//!
//! Both know blksize and tsize; what they do not know, windowsize too, they leave out of their answer, as RFC 2347 has it: the other side then goes on without. They
//! hold the file in memory, which keeps the two loops that matter short. What turns lines into netascii is there where the lab's client speaks it.

use std::path::Path;

use super::lines::{Lines, bytes_of, quoted};
use super::meeting::Meeting;
use crate::program::{Data, Spec, TO_TRY};
use crate::wire::tftp::Mode;

/// What both sides need: one exchange, which repeats what is lost, and the two directions of a file.
const BOTH: &str = r#"RRQ, WRQ, DATA, ACK, ERROR, OACK = b"\0\1", b"\0\2", b"\0\3", b"\0\4", b"\0\5", b"\0\6"
TIMEOUT, TRIES = 0.5, 10  # seconds until a packet is sent again, and how often


class Ended(Exception):
    """The other side has sent an ERROR, or nothing any more."""


def block(number):
    return (number % 65536).to_bytes(2, "big")  # after block 65535 comes block 0


def exchange(s, packet, wanted):
    """Sends packet, again where it is lost, until the one that begins with wanted is there."""
    for _ in range(TRIES):
        s.send(packet)
        try:
            answer = s.recv(65536)
            while wanted.startswith(ACK) and not answer.startswith((wanted, ERROR)):
                answer = s.recv(65536)  # an ACK that comes twice asks for nothing
        except socket.timeout:
            continue
        if answer.startswith(ERROR):
            raise Ended(answer[4:].rstrip(b"\0").decode("utf-8", "replace"))
        if answer.startswith(wanted):
            return answer
    raise Ended("no answer")


def send_blocks(s, data, size):
    """Block after block; the one that is not full, maybe empty, is the last."""
    for number, start in enumerate(range(0, len(data) + 1, size), 1):
        exchange(s, DATA + block(number) + data[start:start + size], ACK + block(number))


def receive_blocks(s, answer, size):
    """The file whose first block is there already."""
    data, number = answer[4:], 1
    while len(answer) == 4 + size:
        answer = exchange(s, ACK + block(number), DATA + block(number + 1))
        data += answer[4:]
        number += 1
    try:
        while True:
            s.send(ACK + block(number))
            s.recv(65536)  # the last ACK was lost: it is asked for again
    except OSError:
        return data  # it was not
"#;

/// What turns text into netascii and back.
const NETASCII: &str = r#"

def to_netascii(data):
    """A line ends with CR LF; a CR that is not the end of one has a zero byte behind it."""
    return data.replace(b"\r", b"\r\0").replace(b"\n", b"\r\n")


def from_netascii(data):
    return data.replace(b"\r\n", b"\n").replace(b"\r\0", b"\r")
"#;

/// A client: what it asks for, and what it does with the answer.
const CLIENT: &str = r#"

def ask(s, request):
    """Sends the request until the server answers: from a port of its own, and with that one s speaks from then on."""
    for _ in range(TRIES):
        s.sendto(request, (HOST, PORT))
        try:
            answer, peer = s.recvfrom(65536)
        except socket.timeout:
            continue
        s.connect(peer)
        if answer.startswith(ERROR):
            raise Ended(answer[4:].rstrip(b"\0").decode("utf-8", "replace"))
        return answer
    raise Ended("no answer")


if WHAT == "put":
    data = {content}
    OPTIONS.update({"tsize": len(data)} if "tsize" in OPTIONS else {})
fields = [os.path.basename(NAME) if WHAT == "put" else NAME, MODE]
for option, value in OPTIONS.items():
    fields += [option, str(value)]
request = (RRQ if WHAT == "get" else WRQ) + "".join(field + "\0" for field in fields).encode()
with socket.socket(socket.{family}, socket.SOCK_DGRAM) as s:
    s.settimeout(TIMEOUT)
    answer = ask(s, request)
    granted = {}  # a server that knows no options goes on without
    if answer.startswith(OACK):
        options = answer[2:].decode().split("\0")
        granted = dict(zip(options[0::2], options[1::2]))
        print("the server grants", granted, flush=True)
    size = int(granted.get("blksize", 512))
    if WHAT == "put":
        send_blocks(s, data, size)
        print(len(data), "bytes sent", flush=True)
    else:
        if answer.startswith(OACK):
            answer = exchange(s, ACK + block(0), DATA + block(1))
        data = receive_blocks(s, answer, size)
        with open(os.path.basename(NAME), "wb") as file:
            file.write({received})
        print(len(data), "bytes received:", os.path.basename(NAME), flush=True)
"#;

/// A server: each request is answered by a thread with a socket of its own.
const SERVER: &str = r#"

class Refused(Exception):
    """An ERROR for the other side: its code and its text."""


def grant(asked, size):
    """The options that are understood, which the answer repeats; the others are left out."""
    granted = {}
    if asked.get("blksize", "").isdigit() and int(asked["blksize"]) >= 8:
        granted["blksize"] = min(int(asked["blksize"]), 65464)
    if asked.get("tsize", "").isdigit():
        granted["tsize"] = asked["tsize"] if size is None else size
    return granted, OACK + "".join("{}\0{}\0".format(*option) for option in granted.items()).encode()


def transfer(s, request):
    name, mode, *options = request[2:].decode().rstrip("\0").split("\0")
    asked = dict(zip((option.lower() for option in options[0::2]), options[1::2]))
    print("asked for", name, mode, asked, flush=True)
    if request[:2] not in (RRQ, WRQ) or mode.lower() != "{mode}":
        raise Refused(4, "only {mode} is served here")
    if os.path.basename(name) != name:
        raise Refused(2, "only what stands in the folder itself is served")
    path = os.path.join(FOLDER, name)
    if request.startswith(RRQ):
        with open(path, "rb") as file:
            data = {sent}
        granted, oack = grant(asked, len(data))
        if granted:
            exchange(s, oack, ACK + block(0))
        send_blocks(s, data, granted.get("blksize", 512))
    elif os.path.exists(path):
        raise Refused(6, "the file is there already")
    else:
        granted, oack = grant(asked, None)
        answer = exchange(s, oack if granted else ACK + block(0), DATA + block(1))
        data = receive_blocks(s, answer, granted.get("blksize", 512))
        with open(path, "xb") as file:
            file.write({received})
    print(name, len(data), "bytes", flush=True)


def serve(request, peer):
    with socket.socket(socket.{family}, socket.SOCK_DGRAM) as s:
        s.bind((HOST, 0))  # a port for this transfer alone
        s.connect(peer)  # where nobody else is heard
        s.settimeout(TIMEOUT)
        try:
            return transfer(s, request)
        except Ended as error:
            return print(error, flush=True)  # an ERROR is not answered
        except Refused as error:
            code, text = error.args
        except FileNotFoundError:
            code, text = 1, "there is no such file"
        except (OSError, ValueError) as error:
            code, text = 0, type(error).__name__
        print("refused:", text, flush=True)
        s.send(ERROR + block(code) + text.encode() + b"\0")


"#;

/// The loop of a server.
const LOOP: &str = r#"with socket.socket(socket.{family}, socket.SOCK_DGRAM) as listener:
    listener.bind((HOST, PORT))
    print("port", listener.getsockname()[1], flush=True)
    while True:
        request, peer = listener.recvfrom(65536)
        threading.Thread(target=serve, args=(request, peer), daemon=True).start()
"#;

/// A client of the server: it does what the lab's own client does, or what its arguments say.
pub(super) fn client(meeting: &Meeting) -> String {
    let Meeting { client, place, script, .. } = meeting;
    let tftp = &client.tftp;
    let mut lines = Lines::default();
    lines.uses(&["os", "socket"]);
    lines.add(0, "# Arguments: PORT get NAME fetches that file, PORT put NAME sends it.");
    place.constants(&mut lines, *script);
    let (what, name) = asked(client);
    lines.add(0, &format!("WHAT, NAME = {}, {}", quoted(what), quoted(&name)));
    lines.add(0, "if len(sys.argv) > 3:");
    lines.add(1, "WHAT, NAME = sys.argv[2:4]");
    lines.add(0, &format!("MODE = {}", quoted(tftp.mode.word())));
    let options = [("blksize", tftp.blksize.map(u64::from)), ("tsize", tftp.tsize.then_some(0))];
    let options = options.into_iter().filter_map(|(name, value)| value.map(|value| format!("\"{name}\": {value}")));
    lines.add(0, &format!("OPTIONS = {{{}}}  # what the request asks for", options.collect::<Vec<_>>().join(", ")));
    let content = match tftp.put.as_ref().filter(|_| tftp.get.is_none()) {
        Some(data @ (Data::Text(_) | Data::Hex(_))) => {
            lines.add(0, "CHARSET = \"utf-8\"");
            format!("open(NAME, \"rb\").read() if len(sys.argv) > 3 else {}", bytes_of(data))
        }
        Some(Data::File(path)) => format!("open(NAME if len(sys.argv) > 3 else {}, \"rb\").read()", quoted(&path.to_string_lossy())),
        None => "open(NAME, \"rb\").read()".to_owned(),
    };
    let (content, received) = match tftp.mode {
        Mode::Octet => (content, "data"),
        Mode::Netascii => (format!("to_netascii({content})"), "from_netascii(data)"),
    };
    lines.block(BOTH);
    lines.block(if tftp.mode == Mode::Netascii { NETASCII } else { "" });
    lines.block(&CLIENT.replace("{family}", place.family()).replace("{received}", received).replace("{content}", &content));
    lines.end()
}

/// A server for the client: of a folder, with a file of the name that the client asks for.
pub(super) fn server(meeting: &Meeting) -> String {
    let Meeting { client, place, script, .. } = meeting;
    let mode = client.tftp.mode;
    let mut lines = Lines::default();
    lines.uses(&["os", "socket", "threading"]);
    lines.add(0, "# Arguments: PORT FOLDER offers that folder, and puts there what comes.");
    place.constants(&mut lines, *script);
    lines.add(0, "FOLDER = sys.argv[2] if len(sys.argv) > 2 else \"tftp-files\"");
    // A name that leads out of the folder is for the server to refuse.
    let sample = client.tftp.get.as_ref().filter(|name| Path::new(name.as_str()).file_name().is_some_and(|file| file == name.as_str()));
    lines.only(sample.is_some(), 0, &format!("SAMPLE = {}  # a file to begin with", quoted(sample.map_or("", String::as_str))));
    lines.block(BOTH);
    let (sent, received) = match mode {
        Mode::Octet => ("file.read()", "data"),
        Mode::Netascii => ("to_netascii(file.read())", "from_netascii(data)"),
    };
    lines.block(if mode == Mode::Netascii { NETASCII } else { "" });
    let text = SERVER.replace("{family}", place.family()).replace("{mode}", mode.word());
    lines.block(&text.replace("{sent}", sent).replace("{received}", received));
    lines.add(0, "os.makedirs(FOLDER, exist_ok=True)");
    if sample.is_some() {
        lines.add(0, "if not os.path.exists(os.path.join(FOLDER, SAMPLE)):");
        lines.add(1, "with open(os.path.join(FOLDER, SAMPLE), \"wb\") as file:");
        lines.add(2, "file.write(bytes(range(256)) * 4)  # two whole blocks: an empty third one ends it");
    }
    lines.block(&LOOP.replace("{family}", place.family()));
    lines.end()
}

/// What a client does, and with which file; a file to try where it states none.
fn asked(client: &Spec) -> (&'static str, String) {
    let tftp = &client.tftp;
    match (&tftp.get, &tftp.put) {
        (None, Some(data)) => {
            let file = match data {
                Data::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
                Data::Text(_) | Data::Hex(_) => None,
            };
            ("put", tftp.remote.clone().or(file).unwrap_or_else(|| TO_TRY.to_owned()))
        }
        (get, _) => ("get", get.clone().unwrap_or_else(|| TO_TRY.to_owned())),
    }
}
