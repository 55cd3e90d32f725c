//! The fields that say by what messages are told apart, how a server shares itself among its clients, and what a load client asks of it: rows of the table of fields.

use std::time::Duration;

use super::field::{Field, LISTENERS, STREAMS};
use super::plain::at;
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
        example: "{ length = 2, order = \"little\", counts_header = true }",
        sentence: || text!("lab-field-framing"),
        ..at!(framing)
    },
    Field {
        key: "max_message",
        kinds: STREAMS,
        shape: Shape::Number { least: 1, most: LARGEST_MESSAGE as i64 },
        default: Some("65536"),
        example: "1024",
        sentence: || text!("lab-field-max-message"),
        ..at!(max_message)
    },
    Field {
        key: "handling",
        kinds: &[HttpServer],
        shape: Shape::Handling,
        default: Some("\"thread-per-connection\""),
        example: "\"readiness\"",
        sentence: || text!("lab-field-handling"),
        ..at!(handling)
    },
    Field {
        key: "handling",
        kinds: &[TcpServer, UnixServer],
        shape: Shape::Handling,
        default: Some("\"one-at-a-time\""),
        example: "\"thread-per-connection\"",
        sentence: || text!("lab-field-handling"),
        ..at!(handling)
    },
    Field {
        key: "pool_size",
        kinds: LISTENERS,
        shape: Shape::Number { least: 1, most: MOST_POOL as i64 },
        default: Some("4"),
        example: "8",
        sentence: || text!("lab-field-pool-size"),
        ..at!(pool_size)
    },
    Field {
        key: "connections",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_CONNECTIONS as i64 },
        default: Some("20"),
        example: "1000",
        sentence: || text!("lab-field-load-connections"),
        ..at!(load.connections)
    },
    Field {
        key: "messages",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_LOAD_MESSAGES as i64 },
        default: Some("10"),
        example: "100",
        sentence: || text!("lab-field-load-messages"),
        ..at!(load.messages)
    },
    Field {
        key: "size",
        kinds: &[Load],
        shape: Shape::Number { least: 1, most: MOST_LOAD_SIZE as i64 },
        default: Some("64"),
        example: "1024",
        sentence: || text!("lab-field-load-size"),
        ..at!(load.size)
    },
    Field {
        key: "think",
        kinds: &[Load],
        shape: Shape::Time { least: Duration::ZERO, most: Duration::from_hours(1) },
        default: Some("\"0s\""),
        example: "\"100ms\"",
        sentence: || text!("lab-field-load-think"),
        ..at!(load.think)
    },
];
