//! The fields of a http-server and a http-client: rows of the table of fields.

use std::time::Duration;

use super::field::{Field, path, set, word};
use super::setting::Setting;
use super::shape::Shape;
use crate::program::ProgramKind::{HttpClient, HttpServer};
use crate::program::{MOST_BODY, MOST_HEAD, MOST_RECV_SIZE, MOST_REPEAT, ProgramKind, Spec};
use crate::text;
use crate::wire::http::LineEnds;

const BOTH: &[ProgramKind] = &[HttpServer, HttpClient];
const SERVER: &[ProgramKind] = &[HttpServer];
const CLIENT: &[ProgramKind] = &[HttpClient];

/// The rows.
pub(super) const HTTP: &[Field<Spec>] = &[
    Field {
        key: "bind",
        kinds: SERVER,
        shape: Shape::Address,
        default: Some("\"127.0.0.1:8080\""),
        required: false,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-http"),
        get: |spec| spec.bind.map(Setting::Address),
        set: set!(Address, |spec, address| spec.bind = Some(address)),
    },
    Field {
        key: "recv_size",
        kinds: BOTH,
        shape: Shape::Number { least: 1, most: MOST_RECV_SIZE as i64 },
        default: Some("8192"),
        required: false,
        example: "64",
        sentence: || text!("lab-field-recv-size"),
        get: |spec| Some(Setting::Number(i64::from(spec.recv_size))),
        set: set!(Number, |spec, size| spec.recv_size = u32::try_from(size).unwrap_or(1)),
    },
    Field {
        key: "request",
        kinds: CLIENT,
        shape: Shape::Lines { most: 100_000 },
        default: Some("\"GET / HTTP/1.1\\nHost: {host}\\nConnection: close\\n\\n\""),
        required: false,
        example: "\"HEAD / HTTP/1.0\\n\\n\"",
        sentence: || text!("lab-field-request"),
        get: |spec| Some(Setting::Lines(spec.http.request.clone())),
        set: set!(Lines, |spec, request| spec.http.request = request),
    },
    Field {
        key: "line_ends",
        kinds: CLIENT,
        shape: Shape::Word(LineEnds::NAMES),
        default: Some("\"crlf\""),
        required: false,
        example: "\"lf\"",
        sentence: || text!("lab-field-line-ends"),
        get: |spec| Some(word(spec.http.line_ends.name())),
        set: set!(Text, |spec, word| spec.http.line_ends = LineEnds::by_name(&word).unwrap_or_default()),
    },
    Field {
        key: "repeat",
        kinds: CLIENT,
        shape: Shape::Number { least: 1, most: MOST_REPEAT as i64 },
        default: Some("1"),
        required: false,
        example: "3",
        sentence: || text!("lab-field-repeat-request"),
        get: |spec| Some(Setting::Number(i64::from(spec.http.repeat))),
        set: set!(Number, |spec, number| spec.http.repeat = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "root",
        kinds: SERVER,
        shape: Shape::Text { least: 1, most: 4_096 },
        default: None,
        required: false,
        example: "\"./site\"",
        sentence: || text!("lab-field-root-http"),
        get: |spec| spec.http.root.as_deref().map(path),
        set: set!(Text, |spec, path| spec.http.root = Some(path.into())),
    },
    Field {
        key: "keep_alive",
        kinds: SERVER,
        shape: Shape::Flag,
        default: Some("true"),
        required: false,
        example: "false",
        sentence: || text!("lab-field-keep-alive"),
        get: |spec| Some(Setting::Flag(spec.http.keep_alive)),
        set: set!(Flag, |spec, keeps| spec.http.keep_alive = keeps),
    },
    Field {
        key: "idle_timeout",
        kinds: BOTH,
        shape: Shape::Time { least: Duration::from_millis(10), most: Duration::from_hours(1) },
        default: Some("\"15s\""),
        required: false,
        example: "\"2s\"",
        sentence: || text!("lab-field-idle-timeout"),
        get: |spec| Some(Setting::Time(spec.http.idle_timeout)),
        set: set!(Time, |spec, limit| spec.http.idle_timeout = limit),
    },
    Field {
        key: "max_head",
        kinds: BOTH,
        shape: Shape::Number { least: 64, most: MOST_HEAD as i64 },
        default: Some("16384"),
        required: false,
        example: "1024",
        sentence: || text!("lab-field-max-head"),
        get: |spec| Some(Setting::Number(i64::from(spec.http.max_head))),
        set: set!(Number, |spec, size| spec.http.max_head = u32::try_from(size).unwrap_or(MOST_HEAD)),
    },
    Field {
        key: "max_body",
        kinds: SERVER,
        shape: Shape::Number { least: 0, most: MOST_BODY as i64 },
        default: Some("1048576"),
        required: false,
        example: "1000",
        sentence: || text!("lab-field-max-body"),
        get: |spec| Some(Setting::Number(spec.http.max_body as i64)),
        set: set!(Number, |spec, size| spec.http.max_body = u64::try_from(size).unwrap_or(0)),
    },
];
