//! The table of fields: what a lab file may hold, and the only place that says so.
//!
//! Reader, writer, `--set`, form, documentation and tests are driven by these rows. A new field is one more row.

use std::time::Duration;

use super::setting::Setting;
use super::shape::Shape;
use crate::program::{Outgoing, ProgramKind, Spec};
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

impl<T> Field<T> {
    /// Whether programs of this kind have it.
    pub fn applies_to(&self, kind: ProgramKind) -> bool {
        self.kinds.contains(&kind)
    }
}

use ProgramKind::{TcpClient, TcpServer, UdpClient, UdpServer};

const ALL: &[ProgramKind] = ProgramKind::ALL;
const SERVERS: &[ProgramKind] = &[TcpServer, UdpServer];
const CLIENTS: &[ProgramKind] = &[TcpClient, UdpClient];

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

/// The fields of a program, in the order in which they are written.
pub static FIELDS: &[Field<Spec>] = &[
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
        kinds: CLIENTS,
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
        set: set!(Target, |spec, target| spec.connect = Some(target)),
    },
    Field {
        key: "connect_timeout",
        kinds: &[TcpClient],
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
        kinds: &[TcpServer],
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
        kinds: ALL,
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
        kinds: SERVERS,
        shape: Shape::Reply,
        default: Some("\"echo\""),
        required: false,
        example: "{ fixed = \"i am udp,i got it\" }",
        sentence: || text!("lab-field-reply"),
        get: |spec| Some(Setting::Reply(spec.reply.clone())),
        set: set!(Reply, |spec, reply| spec.reply = reply),
    },
    Field {
        key: "handling",
        kinds: &[TcpServer],
        shape: Shape::Handling,
        default: Some("\"one-at-a-time\""),
        required: false,
        example: "\"thread-per-connection\"",
        sentence: || text!("lab-field-handling"),
        get: |spec| Some(Setting::Handling(spec.handling)),
        set: set!(Handling, |spec, handling| spec.handling = handling),
    },
    Field {
        key: "stop_word",
        kinds: ALL,
        shape: Shape::Text { least: 1, most: 1_000 },
        default: None,
        required: false,
        example: "\"q\"",
        sentence: || text!("lab-field-stop-word"),
        get: |spec| spec.stop_word.clone().map(Setting::Text),
        set: set!(Text, |spec, word| spec.stop_word = Some(word)),
    },
    Field {
        key: "options",
        kinds: ALL,
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
        kinds: CLIENTS,
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
        kinds: CLIENTS,
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
        kinds: CLIENTS,
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
        kinds: CLIENTS,
        shape: Shape::Flag,
        default: Some("true"),
        required: false,
        example: "false",
        sentence: || text!("lab-field-wait-reply"),
        get: |outgoing| Some(Setting::Flag(outgoing.wait_reply)),
        set: set!(Flag, |outgoing, wait| outgoing.wait_reply = wait),
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
