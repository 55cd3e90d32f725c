//! The table of fields: what a lab file may hold, and the only place that says so.
//!
//! Reader, writer, `--set`, form, documentation and tests are driven by these rows. A new field is one more row.

use std::path::Path;
use std::time::Duration;

use super::calls::CALLS;
use super::http::HTTP;
use super::link::LINK;
use super::manner::MANNER;
use super::setting::Setting;
use super::shape::Shape;
use super::way::WAYS;
use crate::program::{ErrorStyle, LEAST_BLKSIZE, MOST_BLKSIZE, MOST_TRANSFERS, Outgoing, ProgramKind, Recorded, Spec, Target, WriteRule};
use crate::text;
use crate::text::Message;
use crate::wire::tftp::Mode;

/// A field of a `T`: its key, what it may hold, and how it is reached.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// The key in the lab file.
    pub key: &'static str,
    /// The kinds of programs that have it.
    pub kinds: &'static [ProgramKind],
    /// The values it may have.
    pub shape: Shape,
    /// What it is where the file does not say, in TOML; none where it is then absent.
    pub default: Option<&'static str>,
    /// Whether the file must say it.
    pub required: bool,
    /// One value it may have, in TOML: for the documentation, and for a test that it is one.
    pub example: &'static str,
    /// What it means, in one sentence.
    pub sentence: fn() -> Message,
    /// The value it has in a `T`; none where it is absent.
    pub get: fn(&T) -> Option<Setting>,
    /// Puts a value of its shape into a `T`; leaves the `T` alone where the value is of another shape.
    pub set: fn(&mut T, Setting),
}

// Derived ones would want the same of T.
impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> Field<T> {
    /// Whether programs of this kind have it.
    pub fn applies_to(&self, kind: ProgramKind) -> bool {
        self.kinds.contains(&kind)
    }
}

use ProgramKind::{
    HttpClient, HttpServer, Load, TcpClient, TcpLink, TcpServer, TftpClient, TftpServer, UdpClient, UdpServer, UnixClient,
    UnixDatagramClient, UnixDatagramServer, UnixServer,
};

const ALL: &[ProgramKind] = ProgramKind::ALL;
/// Those that say and hear what a person or a lab file says.
pub(super) const TALKERS: &[ProgramKind] =
    &[TcpServer, TcpClient, UdpServer, UdpClient, UnixServer, UnixClient, UnixDatagramServer, UnixDatagramClient];
/// Those whose bytes come as a stream.
pub(super) const STREAMS: &[ProgramKind] = &[TcpServer, TcpClient, UnixServer, UnixClient];
const UNIX: &[ProgramKind] = &[UnixServer, UnixClient, UnixDatagramServer, UnixDatagramClient];
const UNIX_CLIENTS: &[ProgramKind] = &[UnixClient, UnixDatagramClient];
/// Those that wait for connections.
pub(super) const LISTENERS: &[ProgramKind] = &[TcpServer, UnixServer, HttpServer];
/// Those that answer.
const ANSWERERS: &[ProgramKind] = &[TcpServer, UdpServer, UnixServer, UnixDatagramServer];
pub(super) const SERVERS: &[ProgramKind] = &[TcpServer, UdpServer];
pub(super) const TALKING_CLIENTS: &[ProgramKind] = &[TcpClient, UdpClient, UnixClient, UnixDatagramClient];
const CLIENTS: &[ProgramKind] = &[TcpClient, UdpClient, Load, TftpClient, HttpClient];
/// Those with one socket: many cannot share a port.
const BOUND_CLIENTS: &[ProgramKind] = &[TcpClient, UdpClient, TftpClient, HttpClient];
/// Those whose datagrams the lab may lose.
pub(super) const CARRIERS: &[ProgramKind] = &[TftpServer, TftpClient];

/// The `set` of a field: takes the value out of its variant.
macro_rules! set {
    ($variant:ident, |$of:ident, $value:ident| $put:expr) => {
        |$of, setting| {
            if let Setting::$variant($value) = setting {
                $put;
            }
        }
    };
}

pub(super) use set;

pub(super) fn path(path: &Path) -> Setting {
    Setting::Text(path.to_string_lossy().into_owned())
}

/// A word as a setting.
pub(super) fn word(word: &str) -> Setting {
    Setting::Text(word.to_owned())
}

/// The fields of a program, in the order in which they are written.
pub static FIELDS: &[Field<Spec>] = &{
    const FIRST: Field<Spec> = PLACE[0];
    const GROUPS: [&[Field<Spec>]; 7] = [PLACE, LINK, HTTP, WAYS, MANNER, SCRIPT, CALLS];
    let mut all = [FIRST; PLACE.len() + LINK.len() + HTTP.len() + WAYS.len() + MANNER.len() + SCRIPT.len() + CALLS.len()];
    let (mut at, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut place = 0;
        while place < GROUPS[group].len() {
            all[at] = GROUPS[group][place];
            (at, place) = (at + 1, place + 1);
        }
        group += 1;
    }
    all
};

/// What a program is, where it is, how it answers and transfers.
const PLACE: &[Field<Spec>] = &[
    Field {
        key: "name",
        kinds: ALL,
        shape: Shape::Name,
        default: None,
        required: true,
        example: "\"server\"",
        sentence: || text!("lab-field-name"),
        get: |spec| Some(Setting::Text(spec.name.clone())),
        set: set!(Text, |spec, name| spec.name = name),
    },
    Field {
        key: "kind",
        kinds: ALL,
        shape: Shape::Kind,
        default: None,
        required: true,
        example: "\"tcp-server\"",
        sentence: || text!("lab-field-kind"),
        get: |spec| Some(Setting::Kind(spec.kind)),
        set: set!(Kind, |spec, kind| spec.kind = kind),
    },
    Field {
        key: "bind",
        kinds: SERVERS,
        shape: Shape::Address,
        default: Some("\"127.0.0.1:9001\""),
        required: false,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind"),
        get: |spec| spec.bind.map(Setting::Address),
        set: set!(Address, |spec, address| spec.bind = Some(address)),
    },
    Field {
        key: "bind",
        kinds: &[TftpServer],
        shape: Shape::Address,
        default: Some("\"127.0.0.1:6969\""),
        required: false,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-tftp"),
        get: |spec| spec.bind.map(Setting::Address),
        set: set!(Address, |spec, address| spec.bind = Some(address)),
    },
    Field {
        key: "bind",
        kinds: BOUND_CLIENTS,
        shape: Shape::Address,
        default: None,
        required: false,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-client"),
        get: |spec| spec.bind.map(Setting::Address),
        set: set!(Address, |spec, address| spec.bind = Some(address)),
    },
    Field {
        key: "connect",
        kinds: CLIENTS,
        shape: Shape::Target,
        default: None,
        required: false,
        example: "\"@server\"",
        sentence: || text!("lab-field-connect"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: set!(Target, |spec, target| {
            if !matches!(target, Target::Unix(_)) {
                spec.connect = Some(target);
            }
        }),
    },
    Field {
        key: "bind",
        kinds: UNIX,
        shape: Shape::Path,
        default: None,
        required: false,
        example: "\"unix:/tmp/lab.socket\"",
        sentence: || text!("lab-field-bind-unix"),
        get: |spec| spec.path.clone().map(Setting::Path),
        set: set!(Path, |spec, path| spec.path = Some(path)),
    },
    Field {
        key: "connect",
        kinds: UNIX_CLIENTS,
        shape: Shape::PathTarget,
        default: None,
        required: false,
        example: "\"unix:@lab\"",
        sentence: || text!("lab-field-connect-unix"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: set!(Target, |spec, target| {
            if !matches!(target, Target::Address(_)) {
                spec.connect = Some(target);
            }
        }),
    },
    Field {
        key: "connect_timeout",
        kinds: &[TcpClient, HttpClient],
        shape: Shape::Time { least: Duration::from_millis(1), most: Duration::from_hours(1) },
        default: None,
        required: false,
        example: "\"5s\"",
        sentence: || text!("lab-field-connect-timeout"),
        get: |spec| spec.connect_timeout.map(Setting::Time),
        set: set!(Time, |spec, limit| spec.connect_timeout = Some(limit)),
    },
    Field {
        key: "backlog",
        kinds: &[TcpServer, UnixServer, TcpLink, HttpServer],
        shape: Shape::Number { least: 0, most: i32::MAX as i64 },
        default: Some("5"),
        required: false,
        example: "1",
        sentence: || text!("lab-field-backlog"),
        get: |spec| Some(Setting::Number(i64::from(spec.backlog))),
        set: set!(Number, |spec, backlog| spec.backlog = i32::try_from(backlog).unwrap_or(i32::MAX)),
    },
    Field {
        key: "recv_size",
        kinds: TALKERS,
        shape: Shape::Number { least: 1, most: 16 << 20 },
        default: Some("1024"),
        required: false,
        example: "16",
        sentence: || text!("lab-field-recv-size"),
        get: |spec| Some(Setting::Number(i64::from(spec.recv_size))),
        set: set!(Number, |spec, size| spec.recv_size = u32::try_from(size).unwrap_or(1)),
    },
    Field {
        key: "reply",
        kinds: ANSWERERS,
        shape: Shape::Reply,
        default: Some("\"echo\""),
        required: false,
        example: "{ fixed = \"i am udp,i got it\" }",
        sentence: || text!("lab-field-reply"),
        get: |spec| Some(Setting::Reply(spec.reply.clone())),
        set: set!(Reply, |spec, reply| spec.reply = reply),
    },
    Field {
        key: "root",
        kinds: &[TftpServer],
        shape: Shape::Text { least: 1, most: 4_096 },
        default: None,
        required: false,
        example: "\"./files\"",
        sentence: || text!("lab-field-root"),
        get: |spec| spec.tftp.root.as_deref().map(path),
        set: set!(Text, |spec, path| spec.tftp.root = Some(path.into())),
    },
    Field {
        key: "write",
        kinds: &[TftpServer],
        shape: Shape::Word(WriteRule::NAMES),
        default: Some("\"deny\""),
        required: false,
        example: "\"create\"",
        sentence: || text!("lab-field-write"),
        get: |spec| Some(word(spec.tftp.write.name())),
        set: set!(Text, |spec, word| spec.tftp.write = WriteRule::by_name(&word).unwrap_or_default()),
    },
    Field {
        key: "get",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 400 },
        default: None,
        required: false,
        example: "\"kernel.img\"",
        sentence: || text!("lab-field-get"),
        get: |spec| spec.tftp.get.clone().map(Setting::Text),
        set: set!(Text, |spec, name| spec.tftp.get = Some(name)),
    },
    Field {
        key: "to",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 4_096 },
        default: None,
        required: false,
        example: "\"kernel.img\"",
        sentence: || text!("lab-field-to"),
        get: |spec| spec.tftp.to.as_deref().map(path),
        set: set!(Text, |spec, path| spec.tftp.to = Some(path.into())),
    },
    Field {
        key: "put",
        kinds: &[TftpClient],
        shape: Shape::Content,
        default: None,
        required: false,
        example: "\"local.bin\"",
        sentence: || text!("lab-field-put"),
        get: |spec| spec.tftp.put.clone().map(Setting::Content),
        set: set!(Content, |spec, content| spec.tftp.put = Some(content)),
    },
    Field {
        key: "as",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 400 },
        default: None,
        required: false,
        example: "\"name-on-the-server.bin\"",
        sentence: || text!("lab-field-as"),
        get: |spec| spec.tftp.remote.clone().map(Setting::Text),
        set: set!(Text, |spec, name| spec.tftp.remote = Some(name)),
    },
    Field {
        key: "mode",
        kinds: &[TftpClient],
        shape: Shape::Word(&["octet", "netascii"]),
        default: Some("\"octet\""),
        required: false,
        example: "\"netascii\"",
        sentence: || text!("lab-field-mode"),
        get: |spec| Some(word(spec.tftp.mode.word())),
        set: set!(Text, |spec, word| spec.tftp.mode = Mode::of(word.as_bytes()).unwrap_or(Mode::Octet)),
    },
    Field {
        key: "blksize",
        kinds: &[TftpServer],
        shape: Shape::Number { least: LEAST_BLKSIZE as i64, most: MOST_BLKSIZE as i64 },
        default: Some("65464"),
        required: false,
        example: "1428",
        sentence: || text!("lab-field-blksize-server"),
        get: |spec| spec.tftp.blksize.map(|number| Setting::Number(i64::from(number))),
        set: set!(Number, |spec, number| spec.tftp.blksize = u16::try_from(number).ok()),
    },
    Field {
        key: "blksize",
        kinds: &[TftpClient],
        shape: Shape::Number { least: LEAST_BLKSIZE as i64, most: MOST_BLKSIZE as i64 },
        default: None,
        required: false,
        example: "1428",
        sentence: || text!("lab-field-blksize"),
        get: |spec| spec.tftp.blksize.map(|number| Setting::Number(i64::from(number))),
        set: set!(Number, |spec, number| spec.tftp.blksize = u16::try_from(number).ok()),
    },
    Field {
        key: "windowsize",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: u16::MAX as i64 },
        default: Some("64"),
        required: false,
        example: "16",
        sentence: || text!("lab-field-windowsize-server"),
        get: |spec| spec.tftp.windowsize.map(|number| Setting::Number(i64::from(number))),
        set: set!(Number, |spec, number| spec.tftp.windowsize = u16::try_from(number).ok()),
    },
    Field {
        key: "windowsize",
        kinds: &[TftpClient],
        shape: Shape::Number { least: 1, most: u16::MAX as i64 },
        default: None,
        required: false,
        example: "16",
        sentence: || text!("lab-field-windowsize"),
        get: |spec| spec.tftp.windowsize.map(|number| Setting::Number(i64::from(number))),
        set: set!(Number, |spec, number| spec.tftp.windowsize = u16::try_from(number).ok()),
    },
    Field {
        key: "timeout",
        kinds: &[TftpClient],
        shape: Shape::Number { least: 1, most: 255 },
        default: None,
        required: false,
        example: "2",
        sentence: || text!("lab-field-timeout"),
        get: |spec| spec.tftp.timeout.map(|number| Setting::Number(i64::from(number))),
        set: set!(Number, |spec, number| spec.tftp.timeout = u8::try_from(number).ok()),
    },
    Field {
        key: "tsize",
        kinds: &[TftpClient],
        shape: Shape::Flag,
        default: Some("false"),
        required: false,
        example: "true",
        sentence: || text!("lab-field-tsize"),
        get: |spec| Some(Setting::Flag(spec.tftp.tsize)),
        set: set!(Flag, |spec, asks| spec.tftp.tsize = asks),
    },
    Field {
        key: "record",
        kinds: &[TftpServer, TftpClient],
        shape: Shape::Word(Recorded::NAMES),
        default: Some("\"packets\""),
        required: false,
        example: "\"counts\"",
        sentence: || text!("lab-field-record"),
        get: |spec| Some(word(spec.tftp.record.name())),
        set: set!(Text, |spec, word| spec.tftp.record = Recorded::by_name(&word).unwrap_or_default()),
    },
    Field {
        key: "error_style",
        kinds: &[TftpServer],
        shape: Shape::Word(ErrorStyle::NAMES),
        default: Some("\"rfc\""),
        required: false,
        example: "\"tutorial\"",
        sentence: || text!("lab-field-error-style"),
        get: |spec| Some(word(spec.tftp.error_style.name())),
        set: set!(Text, |spec, word| spec.tftp.error_style = ErrorStyle::by_name(&word).unwrap_or_default()),
    },
    Field {
        key: "single_port",
        kinds: &[TftpServer],
        shape: Shape::Flag,
        default: Some("false"),
        required: false,
        example: "true",
        sentence: || text!("lab-field-single-port"),
        get: |spec| Some(Setting::Flag(spec.tftp.single_port)),
        set: set!(Flag, |spec, single| spec.tftp.single_port = single),
    },
    Field {
        key: "max_transfers",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: MOST_TRANSFERS as i64 },
        default: Some("256"),
        required: false,
        example: "8",
        sentence: || text!("lab-field-max-transfers"),
        get: |spec| Some(Setting::Number(i64::from(spec.tftp.max_transfers))),
        set: set!(Number, |spec, number| spec.tftp.max_transfers = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "max_size",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: 1 << 40 },
        default: Some("1073741824"),
        required: false,
        example: "1000000",
        sentence: || text!("lab-field-max-size"),
        get: |spec| Some(Setting::Number(spec.tftp.max_size as i64)),
        set: set!(Number, |spec, size| spec.tftp.max_size = u64::try_from(size).unwrap_or(1)),
    },
    Field {
        key: "max_files",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: 1_000_000 },
        default: Some("10000"),
        required: false,
        example: "10",
        sentence: || text!("lab-field-max-files"),
        get: |spec| Some(Setting::Number(i64::from(spec.tftp.max_files))),
        set: set!(Number, |spec, number| spec.tftp.max_files = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "faults",
        kinds: CARRIERS,
        shape: Shape::Faults,
        default: Some("{}"),
        required: false,
        example: "{ seed = 7, loss = 10, drop_data = [3] }",
        sentence: || text!("lab-field-faults"),
        get: |spec| Some(Setting::Faults(spec.tftp.faults.clone())),
        set: set!(Faults, |spec, plan| spec.tftp.faults = plan),
    },
    Field {
        key: "stop_word",
        kinds: TALKERS,
        shape: Shape::Text { least: 1, most: 1_000 },
        default: None,
        required: false,
        example: "\"q\"",
        sentence: || text!("lab-field-stop-word"),
        get: |spec| spec.stop_word.clone().map(Setting::Text),
        set: set!(Text, |spec, word| spec.stop_word = Some(word)),
    },
];

/// What it does with its socket, and what it sends by itself.
const SCRIPT: &[Field<Spec>] = &[
    Field {
        key: "options",
        kinds: ProgramKind::BY_THEMSELVES,
        shape: Shape::Options,
        default: Some("{}"),
        required: false,
        example: "{ SO_REUSEADDR = true, SO_RCVTIMEO = \"5s\" }",
        sentence: || text!("lab-field-options"),
        get: |spec| Some(Setting::Options(spec.options.clone())),
        set: set!(Options, |spec, options| spec.options = options),
    },
    Field {
        key: "expect",
        kinds: ALL,
        shape: Shape::Errors,
        default: Some("[]"),
        required: false,
        example: "[\"ECONNREFUSED\"]",
        sentence: || text!("lab-field-expect"),
        get: |spec| Some(Setting::Names(spec.expect.clone())),
        set: set!(Names, |spec, names| spec.expect = names),
    },
    Field {
        key: "send",
        kinds: TALKING_CLIENTS,
        shape: Shape::Outgoings,
        default: Some("[]"),
        required: false,
        example: "[\"hello\", { hex = \"00 ff\", repeat = 3, every = \"10ms\", wait_reply = false }]",
        sentence: || text!("lab-field-send"),
        get: |spec| Some(Setting::Outgoings(spec.send.clone())),
        set: set!(Outgoings, |spec, outgoings| spec.send = outgoings),
    },
];

/// The fields of one entry of `send`, beside the data itself (`text`, `hex` or `file`).
pub static SENDING: &[Field<Outgoing>] = &[
    Field {
        key: "repeat",
        kinds: TALKING_CLIENTS,
        shape: Shape::Number { least: 1, most: u32::MAX as i64 },
        default: Some("1"),
        required: false,
        example: "100",
        sentence: || text!("lab-field-repeat"),
        get: |outgoing| Some(Setting::Number(i64::from(outgoing.repeat))),
        set: set!(Number, |outgoing, repeat| outgoing.repeat = u32::try_from(repeat).unwrap_or(1)),
    },
    Field {
        key: "every",
        kinds: TALKING_CLIENTS,
        shape: Shape::Time { least: Duration::ZERO, most: Duration::from_hours(24) },
        default: Some("\"0s\""),
        required: false,
        example: "\"10ms\"",
        sentence: || text!("lab-field-every"),
        get: |outgoing| Some(Setting::Time(outgoing.every)),
        set: set!(Time, |outgoing, every| outgoing.every = every),
    },
    Field {
        key: "wait_reply",
        kinds: TALKING_CLIENTS,
        shape: Shape::Flag,
        default: Some("true"),
        required: false,
        example: "false",
        sentence: || text!("lab-field-wait-reply"),
        get: |outgoing| Some(Setting::Flag(outgoing.wait_reply)),
        set: set!(Flag, |outgoing, wait| outgoing.wait_reply = wait),
    },
    Field {
        key: "to",
        kinds: &[UdpClient],
        shape: Shape::Text { least: 1, most: 40 },
        default: None,
        required: false,
        example: "\"小明\"",
        sentence: || text!("lab-field-send-to"),
        get: |outgoing| outgoing.to.clone().map(Setting::Text),
        set: set!(Text, |outgoing, name| outgoing.to = Some(name)),
    },
];

/// The fields of that key and kind of program.
pub fn field(kind: ProgramKind, key: &str) -> Option<&'static Field<Spec>> {
    FIELDS.iter().find(|field| field.key == key && field.applies_to(kind))
}

/// The fields that programs of this kind have, in the order in which they are written.
pub fn fields_of(kind: ProgramKind) -> impl Iterator<Item = &'static Field<Spec>> {
    FIELDS.iter().filter(move |field| field.applies_to(kind))
}
