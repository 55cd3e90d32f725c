//! The fields of a http-server and a http-client: rows of the table of fields.

use std::time::Duration;

use super::field::{Field, set};
use super::plain::at;
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
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-http"),
        ..at!(bind)
    },
    Field {
        key: "recv_size",
        kinds: BOTH,
        shape: Shape::Number { least: 1, most: MOST_RECV_SIZE as i64 },
        default: Some("8192"),
        example: "64",
        sentence: || text!("lab-field-recv-size"),
        ..at!(recv_size)
    },
    Field {
        key: "request",
        kinds: CLIENT,
        shape: Shape::Lines { most: 100_000 },
        default: Some("\"GET / HTTP/1.1\\nHost: {host}\\nConnection: close\\n\\n\""),
        example: "\"HEAD / HTTP/1.0\\n\\n\"",
        sentence: || text!("lab-field-request"),
        get: |spec| Some(Setting::Lines(spec.http.request.clone())),
        set: set!(Lines, |spec, request| spec.http.request = request),
        ..Field::BLANK
    },
    Field {
        key: "line_ends",
        kinds: CLIENT,
        shape: Shape::Word(LineEnds::NAMES),
        default: Some("\"crlf\""),
        example: "\"lf\"",
        sentence: || text!("lab-field-line-ends"),
        ..at!(http.line_ends)
    },
    Field {
        key: "repeat",
        kinds: CLIENT,
        shape: Shape::Number { least: 1, most: MOST_REPEAT as i64 },
        default: Some("1"),
        example: "3",
        sentence: || text!("lab-field-repeat-request"),
        ..at!(http.repeat)
    },
    Field {
        key: "root",
        kinds: SERVER,
        shape: Shape::Text { least: 1, most: 4_096 },
        example: "\"./site\"",
        sentence: || text!("lab-field-root-http"),
        ..at!(http.root)
    },
    Field {
        key: "keep_alive",
        kinds: SERVER,
        shape: Shape::Flag,
        default: Some("true"),
        example: "false",
        sentence: || text!("lab-field-keep-alive"),
        ..at!(http.keep_alive)
    },
    Field {
        key: "idle_timeout",
        kinds: BOTH,
        shape: Shape::Time { least: Duration::from_millis(10), most: Duration::from_hours(1) },
        default: Some("\"15s\""),
        example: "\"2s\"",
        sentence: || text!("lab-field-idle-timeout"),
        ..at!(http.idle_timeout)
    },
    Field {
        key: "max_head",
        kinds: BOTH,
        shape: Shape::Number { least: 64, most: MOST_HEAD as i64 },
        default: Some("16384"),
        example: "1024",
        sentence: || text!("lab-field-max-head"),
        ..at!(http.max_head)
    },
    Field {
        key: "max_body",
        kinds: SERVER,
        shape: Shape::Number { least: 0, most: MOST_BODY as i64 },
        default: Some("1048576"),
        example: "1000",
        sentence: || text!("lab-field-max-body"),
        ..at!(http.max_body)
    },
];
