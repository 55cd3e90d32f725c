//! The fields that say by what messages are told apart, how a server shares itself among its clients, and what a load client asks of it: rows of the table of fields.

use std::time::Duration;

use super::field::{Field, LISTENERS, STREAMS, set};
use super::setting::Setting;
use super::shape::Shape;
use crate::program::ProgramKind::{HttpServer, Load, TcpServer, UnixServer};
use crate::program::{MOST_CONNECTIONS, MOST_LOAD_MESSAGES, MOST_LOAD_SIZE, MOST_POOL, Spec};
use crate::text;
use crate::wire::framing::LARGEST_MESSAGE;

/// The rows.
pub(super) const WAYS: &[Field<Spec>] = &[
    Field {
        key: "framing",
        kinds: STREAMS,
        shape: Shape::Framing,
        default: Some("\"none\""),
        required: false,
        example: "{ length = 2, order = \"little\", counts_header = true }",
        sentence: || text!("lab-field-framing"),
        get: |spec| Some(Setting::Framing(spec.framing.clone())),
        set: set!(Framing, |spec, framing| spec.framing = framing),
    },
    Field {
        key: "max_message",
        kinds: STREAMS,
        shape: Shape::Number { least: 1, most: LARGEST_MESSAGE as i64 },
        default: Some("65536"),
        required: false,
        example: "1024",
        sentence: || text!("lab-field-max-message"),
        get: |spec| Some(Setting::Number(i64::from(spec.max_message))),
        set: set!(Number, |spec, size| spec.max_message = u32::try_from(size).unwrap_or(1)),
    },
    Field {
        key: "handling",
        kinds: &[HttpServer],
        shape: Shape::Handling,
        default: Some("\"thread-per-connection\""),
        required: false,
        example: "\"readiness\"",
        sentence: || text!("lab-field-handling"),
        get: |spec| Some(Setting::Handling(spec.handling)),
        set: set!(Handling, |spec, handling| spec.handling = handling),
    },
    Field {
        key: "handling",
        kinds: &[TcpServer, UnixServer],
        shape: Shape::Handling,
        default: Some("\"one-at-a-time\""),
        required: false,
        example: "\"thread-per-connection\"",
        sentence: || text!("lab-field-handling"),
        get: |spec| Some(Setting::Handling(spec.handling)),
        set: set!(Handling, |spec, handling| spec.handling = handling),
    },
    Field {
        key: "pool_size",
        kinds: LISTENERS,
        shape: Shape::Number { least: 1, most: MOST_POOL as i64 },
        default: Some("4"),
        required: false,
        example: "8",
        sentence: || text!("lab-field-pool-size"),
        get: |spec| Some(Setting::Number(i64::from(spec.pool_size))),
        set: set!(Number, |spec, size| spec.pool_size = u32::try_from(size).unwrap_or(1)),
    },
    Field {
        key: "connections",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_CONNECTIONS as i64 },
        default: Some("20"),
        required: false,
        example: "1000",
        sentence: || text!("lab-field-load-connections"),
        get: |spec| Some(Setting::Number(i64::from(spec.load.connections))),
        set: set!(Number, |spec, number| spec.load.connections = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "messages",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_LOAD_MESSAGES as i64 },
        default: Some("10"),
        required: false,
        example: "100",
        sentence: || text!("lab-field-load-messages"),
        get: |spec| Some(Setting::Number(i64::from(spec.load.messages))),
        set: set!(Number, |spec, number| spec.load.messages = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "size",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_LOAD_SIZE as i64 },
        default: Some("64"),
        required: false,
        example: "1024",
        sentence: || text!("lab-field-load-size"),
        get: |spec| Some(Setting::Number(i64::from(spec.load.size))),
        set: set!(Number, |spec, number| spec.load.size = u32::try_from(number).unwrap_or(1)),
    },
    Field {
        key: "think",
        kinds: &[Load],
        shape: Shape::Time { least: Duration::ZERO, most: Duration::from_hours(1) },
        default: Some("\"0s\""),
        required: false,
        example: "\"100ms\"",
        sentence: || text!("lab-field-load-think"),
        get: |spec| Some(Setting::Time(spec.load.think)),
        set: set!(Time, |spec, think| spec.load.think = think),
    },
];
