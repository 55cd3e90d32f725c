//! The table of fields: what a lab file may hold, and the only place that says so.
//!
//! Reader, writer, `--set`, form, documentation and tests are driven by these rows. A new field is one more row.

use std::time::Duration;

use super::calls::CALLS;
use super::http::HTTP;
use super::link::LINK;
use super::manner::MANNER;
use super::plain::at;
use super::setting::Setting;
use super::shape::Shape;
use super::way::WAYS;
use crate::program::{ErrorStyle, LEAST_BLKSIZE, MOST_BLKSIZE, MOST_TRANSFERS, Outgoing, ProgramKind, Recorded, Spec, Target, WriteRule};
use crate::text;
use crate::text::Message;

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
    /// What a row does not say otherwise: a field of every kind of program that may be absent. [`at`](super::plain::at) says where its value stands.
    pub(super) const BLANK: Self = Self {
        key: "",
        kinds: ProgramKind::ALL,
        shape: Shape::Flag,
        default: None,
        required: false,
        example: "true",
        sentence: || Message::new(""),
        get: |_| None,
        set: |_, _| {},
    };

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
const CARRIERS: &[ProgramKind] = &[TftpServer, TftpClient];

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

/// The `set` of whom to ask by TCP or UDP: a Unix socket is nobody to them.
pub(super) fn put_ip_target(spec: &mut Spec, setting: Setting) {
    if let Setting::Target(target) = setting
        && !matches!(target, Target::Unix(_))
    {
        spec.connect = Some(target);
    }
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
        required: true,
        example: "\"server\"",
        sentence: || text!("lab-field-name"),
        ..at!(name)
    },
    Field {
        key: "kind",
        kinds: ALL,
        shape: Shape::Kind,
        required: true,
        example: "\"tcp-server\"",
        sentence: || text!("lab-field-kind"),
        ..at!(kind)
    },
    Field {
        key: "bind",
        kinds: SERVERS,
        shape: Shape::Address,
        default: Some("\"127.0.0.1:9001\""),
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind"),
        ..at!(bind)
    },
    Field {
        key: "bind",
        kinds: &[TftpServer],
        shape: Shape::Address,
        default: Some("\"127.0.0.1:6969\""),
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-tftp"),
        ..at!(bind)
    },
    Field {
        key: "bind",
        kinds: BOUND_CLIENTS,
        shape: Shape::Address,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-client"),
        ..at!(bind)
    },
    Field {
        key: "connect",
        kinds: CLIENTS,
        shape: Shape::Target,
        example: "\"@server\"",
        sentence: || text!("lab-field-connect"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: put_ip_target,
        ..Field::BLANK
    },
    Field {
        key: "bind",
        kinds: UNIX,
        shape: Shape::Path,
        example: "\"unix:/tmp/lab.socket\"",
        sentence: || text!("lab-field-bind-unix"),
        ..at!(path)
    },
    Field {
        key: "connect",
        kinds: UNIX_CLIENTS,
        shape: Shape::PathTarget,
        example: "\"unix:@lab\"",
        sentence: || text!("lab-field-connect-unix"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: set!(Target, |spec, target| {
            if !matches!(target, Target::Address(_)) {
                spec.connect = Some(target);
            }
        }),
        ..Field::BLANK
    },
    Field {
        key: "connect_timeout",
        kinds: &[TcpClient, HttpClient],
        shape: Shape::Time { least: Duration::from_millis(1), most: Duration::from_hours(1) },
        example: "\"5s\"",
        sentence: || text!("lab-field-connect-timeout"),
        ..at!(connect_timeout)
    },
    Field {
        key: "backlog",
        kinds: &[TcpServer, UnixServer, TcpLink, HttpServer],
        shape: Shape::Number { least: 0, most: i32::MAX as i64 },
        default: Some("5"),
        example: "1",
        sentence: || text!("lab-field-backlog"),
        ..at!(backlog)
    },
    Field {
        key: "recv_size",
        kinds: TALKERS,
        shape: Shape::Number { least: 1, most: 16 << 20 },
        default: Some("1024"),
        example: "16",
        sentence: || text!("lab-field-recv-size"),
        ..at!(recv_size)
    },
    Field {
        key: "reply",
        kinds: ANSWERERS,
        shape: Shape::Reply,
        default: Some("\"echo\""),
        example: "{ fixed = \"i am udp,i got it\" }",
        sentence: || text!("lab-field-reply"),
        ..at!(reply)
    },
    Field {
        key: "root",
        kinds: &[TftpServer],
        shape: Shape::Text { least: 1, most: 4_096 },
        example: "\"./files\"",
        sentence: || text!("lab-field-root"),
        ..at!(tftp.root)
    },
    Field {
        key: "write",
        kinds: &[TftpServer],
        shape: Shape::Word(WriteRule::NAMES),
        default: Some("\"deny\""),
        example: "\"create\"",
        sentence: || text!("lab-field-write"),
        ..at!(tftp.write)
    },
    Field {
        key: "get",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 400 },
        example: "\"kernel.img\"",
        sentence: || text!("lab-field-get"),
        ..at!(tftp.get)
    },
    Field {
        key: "to",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 4_096 },
        example: "\"kernel.img\"",
        sentence: || text!("lab-field-to"),
        ..at!(tftp.to)
    },
    Field {
        key: "put",
        kinds: &[TftpClient],
        shape: Shape::Content,
        example: "\"local.bin\"",
        sentence: || text!("lab-field-put"),
        get: |spec| spec.tftp.put.clone().map(Setting::Content),
        set: set!(Content, |spec, content| spec.tftp.put = Some(content)),
        ..Field::BLANK
    },
    Field {
        key: "as",
        kinds: &[TftpClient],
        shape: Shape::Text { least: 1, most: 400 },
        example: "\"name-on-the-server.bin\"",
        sentence: || text!("lab-field-as"),
        ..at!(tftp.remote)
    },
    Field {
        key: "mode",
        kinds: &[TftpClient],
        shape: Shape::Word(&["octet", "netascii"]),
        default: Some("\"octet\""),
        example: "\"netascii\"",
        sentence: || text!("lab-field-mode"),
        ..at!(tftp.mode)
    },
    Field {
        key: "blksize",
        kinds: &[TftpServer],
        shape: Shape::Number { least: LEAST_BLKSIZE as i64, most: MOST_BLKSIZE as i64 },
        default: Some("65464"),
        example: "1428",
        sentence: || text!("lab-field-blksize-server"),
        ..at!(tftp.blksize)
    },
    Field {
        key: "blksize",
        kinds: &[TftpClient],
        shape: Shape::Number { least: LEAST_BLKSIZE as i64, most: MOST_BLKSIZE as i64 },
        example: "1428",
        sentence: || text!("lab-field-blksize"),
        ..at!(tftp.blksize)
    },
    Field {
        key: "windowsize",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: u16::MAX as i64 },
        default: Some("64"),
        example: "16",
        sentence: || text!("lab-field-windowsize-server"),
        ..at!(tftp.windowsize)
    },
    Field {
        key: "windowsize",
        kinds: &[TftpClient],
        shape: Shape::Number { least: 1, most: u16::MAX as i64 },
        example: "16",
        sentence: || text!("lab-field-windowsize"),
        ..at!(tftp.windowsize)
    },
    Field {
        key: "timeout",
        kinds: &[TftpClient],
        shape: Shape::Number { least: 1, most: 255 },
        example: "2",
        sentence: || text!("lab-field-timeout"),
        ..at!(tftp.timeout)
    },
    Field {
        key: "tsize",
        kinds: &[TftpClient],
        shape: Shape::Flag,
        default: Some("false"),
        example: "true",
        sentence: || text!("lab-field-tsize"),
        ..at!(tftp.tsize)
    },
    Field {
        key: "record",
        kinds: &[TftpServer, TftpClient],
        shape: Shape::Word(Recorded::NAMES),
        default: Some("\"packets\""),
        example: "\"counts\"",
        sentence: || text!("lab-field-record"),
        ..at!(tftp.record)
    },
    Field {
        key: "error_style",
        kinds: &[TftpServer],
        shape: Shape::Word(ErrorStyle::NAMES),
        default: Some("\"rfc\""),
        example: "\"tutorial\"",
        sentence: || text!("lab-field-error-style"),
        ..at!(tftp.error_style)
    },
    Field {
        key: "single_port",
        kinds: &[TftpServer],
        shape: Shape::Flag,
        default: Some("false"),
        example: "true",
        sentence: || text!("lab-field-single-port"),
        ..at!(tftp.single_port)
    },
    Field {
        key: "max_transfers",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: MOST_TRANSFERS as i64 },
        default: Some("256"),
        example: "8",
        sentence: || text!("lab-field-max-transfers"),
        ..at!(tftp.max_transfers)
    },
    Field {
        key: "max_size",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: 1 << 40 },
        default: Some("1073741824"),
        example: "1000000",
        sentence: || text!("lab-field-max-size"),
        ..at!(tftp.max_size)
    },
    Field {
        key: "max_files",
        kinds: &[TftpServer],
        shape: Shape::Number { least: 1, most: 1_000_000 },
        default: Some("10000"),
        example: "10",
        sentence: || text!("lab-field-max-files"),
        ..at!(tftp.max_files)
    },
    Field {
        key: "faults",
        kinds: CARRIERS,
        shape: Shape::Faults,
        default: Some("{}"),
        example: "{ seed = 7, loss = 10, drop_data = [3] }",
        sentence: || text!("lab-field-faults"),
        ..at!(tftp.faults)
    },
    Field {
        key: "stop_word",
        kinds: TALKERS,
        shape: Shape::Text { least: 1, most: 1_000 },
        example: "\"q\"",
        sentence: || text!("lab-field-stop-word"),
        ..at!(stop_word)
    },
];

/// What it does with its socket, and what it sends by itself.
const SCRIPT: &[Field<Spec>] = &[
    Field {
        key: "options",
        kinds: ProgramKind::BY_THEMSELVES,
        shape: Shape::Options,
        default: Some("{}"),
        example: "{ SO_REUSEADDR = true, SO_RCVTIMEO = \"5s\" }",
        sentence: || text!("lab-field-options"),
        ..at!(options)
    },
    Field {
        key: "expect",
        kinds: ALL,
        shape: Shape::Errors,
        default: Some("[]"),
        example: "[\"ECONNREFUSED\"]",
        sentence: || text!("lab-field-expect"),
        ..at!(expect)
    },
    Field {
        key: "send",
        kinds: TALKING_CLIENTS,
        shape: Shape::Outgoings,
        default: Some("[]"),
        example: "[\"hello\", { hex = \"00 ff\", repeat = 3, every = \"10ms\", wait_reply = false }]",
        sentence: || text!("lab-field-send"),
        ..at!(send)
    },
];

/// The fields of one entry of `send`, beside the data itself (`text`, `hex` or `file`).
pub static SENDING: &[Field<Outgoing>] = &[
    Field {
        key: "repeat",
        kinds: TALKING_CLIENTS,
        shape: Shape::Number { least: 1, most: u32::MAX as i64 },
        default: Some("1"),
        example: "100",
        sentence: || text!("lab-field-repeat"),
        ..at!(repeat)
    },
    Field {
        key: "every",
        kinds: TALKING_CLIENTS,
        shape: Shape::Time { least: Duration::ZERO, most: Duration::from_hours(24) },
        default: Some("\"0s\""),
        example: "\"10ms\"",
        sentence: || text!("lab-field-every"),
        ..at!(every)
    },
    Field {
        key: "wait_reply",
        kinds: TALKING_CLIENTS,
        shape: Shape::Flag,
        default: Some("true"),
        example: "false",
        sentence: || text!("lab-field-wait-reply"),
        ..at!(wait_reply)
    },
    Field {
        key: "to",
        kinds: &[UdpClient],
        shape: Shape::Text { least: 1, most: 40 },
        example: "\"小明\"",
        sentence: || text!("lab-field-send-to"),
        ..at!(to)
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
