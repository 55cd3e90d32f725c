//! The fields of a link, and what a lab file says of each of its two ways: a table of its own fields.

use std::time::Duration;

use super::fault::{read_table, write_table};
use super::field::{Field, put_ip_target};
use super::plain::at;
use super::setting::Setting;
use super::shape::{Read, Reader, Shape};
use crate::net::Way;
use crate::net::fault::{MOST_DELAY, MOST_QUEUE};
use crate::program::ProgramKind::{self, TcpLink, UdpLink};
use crate::program::{MOST_IDLE, Spec};
use crate::text;
use crate::trace::SocketType;

const LINKS: &[ProgramKind] = &[TcpLink, UdpLink];
const TCP: &[ProgramKind] = &[TcpLink];
const UDP: &[ProgramKind] = &[UdpLink];

/// The rows of a link.
pub(super) const LINK: &[Field<Spec>] = &[
    Field {
        key: "bind",
        kinds: LINKS,
        shape: Shape::Address,
        default: Some("\"127.0.0.1:9002\""),
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-link"),
        ..at!(bind)
    },
    Field {
        key: "connect",
        kinds: LINKS,
        shape: Shape::Target,
        example: "\"@server\"",
        sentence: || text!("lab-field-connect-link"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: put_ip_target,
        ..Field::BLANK
    },
    Field {
        key: "seed",
        kinds: LINKS,
        shape: Shape::Number { least: 0, most: i64::MAX },
        default: Some("0"),
        example: "7",
        sentence: || text!("lab-field-seed"),
        ..at!(link.seed)
    },
    Field {
        key: "idle",
        kinds: UDP,
        shape: Shape::Time { least: Duration::from_millis(100), most: MOST_IDLE },
        default: Some("\"60s\""),
        example: "\"5s\"",
        sentence: || text!("lab-field-idle"),
        ..at!(link.idle)
    },
    Field {
        key: "there",
        kinds: TCP,
        shape: Shape::Way(SocketType::Stream),
        default: Some("{}"),
        example: "{ delay = \"20ms\", slice = 5 }",
        sentence: || text!("lab-field-there"),
        ..at!(link.there)
    },
    Field {
        key: "back",
        kinds: TCP,
        shape: Shape::Way(SocketType::Stream),
        default: Some("{}"),
        example: "{ stall = true }",
        sentence: || text!("lab-field-back"),
        ..at!(link.back)
    },
    Field {
        key: "there",
        kinds: UDP,
        shape: Shape::Way(SocketType::Datagram),
        default: Some("{}"),
        example: "{ delay = \"20ms\", loss = 20 }",
        sentence: || text!("lab-field-there"),
        ..at!(link.there)
    },
    Field {
        key: "back",
        kinds: UDP,
        shape: Shape::Way(SocketType::Datagram),
        default: Some("{}"),
        example: "{ loss = 20 }",
        sentence: || text!("lab-field-back"),
        ..at!(link.back)
    },
];

const DELAY: Shape = Shape::Time { least: Duration::ZERO, most: MOST_DELAY };
const PERCENT: Shape = Shape::Number { least: 0, most: 100 };
const BYTES: Shape = Shape::Number { least: 0, most: 1 << 20 };

/// The fields of one way, in the order in which they are shown.
pub static WAY: &[Field<Way>] = &[
    Field {
        key: "delay",
        kinds: LINKS,
        shape: DELAY,
        default: Some("\"0s\""),
        example: "\"20ms\"",
        sentence: || text!("lab-way-delay"),
        ..at!(delay)
    },
    Field {
        key: "jitter",
        kinds: LINKS,
        shape: DELAY,
        default: Some("\"0s\""),
        example: "\"5ms\"",
        sentence: || text!("lab-way-jitter"),
        ..at!(jitter)
    },
    Field { key: "loss", kinds: UDP, shape: PERCENT, default: Some("0"), example: "20", sentence: || text!("lab-way-loss"), ..at!(loss) },
    Field {
        key: "duplicate",
        kinds: UDP,
        shape: PERCENT,
        default: Some("0"),
        example: "5",
        sentence: || text!("lab-way-duplicate"),
        ..at!(duplicate)
    },
    Field {
        key: "reorder",
        kinds: UDP,
        shape: PERCENT,
        default: Some("0"),
        example: "5",
        sentence: || text!("lab-way-reorder"),
        ..at!(reorder)
    },
    Field {
        key: "rate",
        kinds: LINKS,
        shape: Shape::Number { least: 0, most: 1_000_000_000 },
        default: Some("0"),
        example: "10000",
        sentence: || text!("lab-way-rate"),
        ..at!(rate)
    },
    Field {
        key: "queue",
        kinds: LINKS,
        shape: Shape::Number { least: 1, most: MOST_QUEUE as i64 },
        default: Some("262144"),
        example: "4096",
        sentence: || text!("lab-way-queue"),
        ..at!(queue)
    },
    Field { key: "slice", kinds: TCP, shape: BYTES, default: Some("0"), example: "5", sentence: || text!("lab-way-slice"), ..at!(slice) },
    Field {
        key: "gap",
        kinds: TCP,
        shape: DELAY,
        default: Some("\"20ms\""),
        example: "\"50ms\"",
        sentence: || text!("lab-way-gap"),
        ..at!(gap)
    },
    Field { key: "glue", kinds: TCP, shape: BYTES, default: Some("0"), example: "64", sentence: || text!("lab-way-glue"), ..at!(glue) },
    Field {
        key: "glue_time",
        kinds: TCP,
        shape: Shape::Time { least: Duration::from_millis(1), most: MOST_DELAY },
        default: Some("\"200ms\""),
        example: "\"1s\"",
        sentence: || text!("lab-way-glue-time"),
        ..at!(glue_time)
    },
    Field {
        key: "stall",
        kinds: TCP,
        shape: Shape::Flag,
        default: Some("false"),
        example: "true",
        sentence: || text!("lab-way-stall"),
        ..at!(stall)
    },
    Field {
        key: "reset_after",
        kinds: TCP,
        shape: Shape::Number { least: 0, most: i64::MAX },
        default: Some("0"),
        example: "100",
        sentence: || text!("lab-way-reset-after"),
        ..at!(reset_after)
    },
];

/// The way that a table states; a stream has other fields than datagrams.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>, kind: SocketType) -> Option<Way> {
    let link = if kind == SocketType::Stream { TcpLink } else { UdpLink };
    let fields = WAY.iter().filter(|field| field.applies_to(link)).collect::<Vec<_>>();
    read_table(reader, value, &fields, || text!("lab-expected-way"))
}

/// The way in TOML: what differs from one that lets nothing happen.
pub(super) fn write(way: &Way) -> String {
    write_table(way, WAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_field_is_described_and_reads_what_it_writes() {
        for link in LINKS {
            let there = super::super::field(*link, "there").expect("in the table");
            let fields = || WAY.iter().filter(|field| field.applies_to(*link));
            let all = fields().map(|field| format!("{} = {}", field.key, field.example)).collect::<Vec<_>>().join(", ");
            let Ok(Setting::Way(way)) = there.typed(&format!("{{ {all} }}")) else { panic!("{all}") };
            assert_eq!(there.typed(&write(&way)), Ok(Setting::Way(way.clone())));
            for field in fields() {
                assert_ne!((field.get)(&way), (field.get)(&Way::default()), "{}", field.key);
                assert_eq!(field.typed(field.default.expect("a default")).ok(), (field.get)(&Way::default()), "{}", field.key);
                assert!(way.to_string().contains(field.key), "{way}");
                for language in Language::ALL {
                    assert!(!(field.sentence)().in_language(language).contains('⟨'), "{}", field.key);
                }
            }
        }
        assert_eq!(write(&Way::default()), "{}");
    }

    #[test]
    fn a_stream_loses_nothing_and_datagrams_are_not_cut() {
        let of = |link, typed: &str| super::super::field(link, "there").expect("in the table").typed(typed);
        for wrong in ["{ loss = 1 }", "{ delay = \"2min\" }", "{ slice = -1 }", "{ queue = 0 }", "5"] {
            assert!(of(TcpLink, wrong).is_err(), "{wrong}");
        }
        for wrong in ["{ slice = 1 }", "{ stall = true }", "{ loss = 101 }"] {
            assert!(of(UdpLink, wrong).is_err(), "{wrong}");
        }
    }
}
