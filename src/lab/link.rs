//! The fields of a link, and what a lab file says of each of its two ways: a table of its own fields.

use std::time::Duration;

use super::fault::{read_table, write_table};
use super::field::{Field, set};
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
        required: false,
        example: "\"127.0.0.1:0\"",
        sentence: || text!("lab-field-bind-link"),
        get: |spec| spec.bind.map(Setting::Address),
        set: set!(Address, |spec, address| spec.bind = Some(address)),
    },
    Field {
        key: "connect",
        kinds: LINKS,
        shape: Shape::Target,
        default: None,
        required: false,
        example: "\"@server\"",
        sentence: || text!("lab-field-connect-link"),
        get: |spec| spec.connect.clone().map(Setting::Target),
        set: set!(Target, |spec, target| {
            if !matches!(target, crate::program::Target::Unix(_)) {
                spec.connect = Some(target);
            }
        }),
    },
    Field {
        key: "seed",
        kinds: LINKS,
        shape: Shape::Number { least: 0, most: i64::MAX },
        default: Some("0"),
        required: false,
        example: "7",
        sentence: || text!("lab-field-seed"),
        get: |spec| Some(number(spec.link.seed)),
        set: set!(Number, |spec, seed| spec.link.seed = seed.unsigned_abs()),
    },
    Field {
        key: "idle",
        kinds: UDP,
        shape: Shape::Time { least: Duration::from_millis(100), most: MOST_IDLE },
        default: Some("\"60s\""),
        required: false,
        example: "\"5s\"",
        sentence: || text!("lab-field-idle"),
        get: |spec| Some(Setting::Time(spec.link.idle)),
        set: set!(Time, |spec, idle| spec.link.idle = idle),
    },
    way_field(TCP, "there", "{ delay = \"20ms\", slice = 5 }"),
    way_field(TCP, "back", "{ stall = true }"),
    way_field(UDP, "there", "{ delay = \"20ms\", loss = 20 }"),
    way_field(UDP, "back", "{ loss = 20 }"),
];

/// The row of one way of the links of a kind.
const fn way_field(kinds: &'static [ProgramKind], key: &'static str, example: &'static str) -> Field<Spec> {
    let is_there = matches!(key.as_bytes(), [b't', ..]);
    Field {
        key,
        kinds,
        shape: Shape::Way(kinds[0].socket_type()),
        default: Some("{}"),
        required: false,
        example,
        sentence: if is_there { || text!("lab-field-there") } else { || text!("lab-field-back") },
        get: if is_there { |spec| Some(Setting::Way(spec.link.there.clone())) } else { |spec| Some(Setting::Way(spec.link.back.clone())) },
        set: if is_there { set!(Way, |spec, way| spec.link.there = way) } else { set!(Way, |spec, way| spec.link.back = way) },
    }
}

macro_rules! field {
    ($key:literal, $kinds:expr, $shape:expr, $default:literal, $example:literal, $sentence:literal, $get:expr, $set:expr) => {
        Field {
            key: $key,
            kinds: $kinds,
            shape: $shape,
            default: Some($default),
            required: false,
            example: $example,
            sentence: || text!($sentence),
            get: $get,
            set: $set,
        }
    };
}

const DELAY: Shape = Shape::Time { least: Duration::ZERO, most: MOST_DELAY };
const PERCENT: Shape = Shape::Number { least: 0, most: 100 };
const BYTES: Shape = Shape::Number { least: 0, most: 1 << 20 };

/// The fields of one way, in the order in which they are shown.
pub static WAY: &[Field<Way>] = &[
    field!(
        "delay",
        LINKS,
        DELAY,
        "\"0s\"",
        "\"20ms\"",
        "lab-way-delay",
        |way| Some(Setting::Time(way.delay)),
        set!(Time, |way, delay| way.delay = delay)
    ),
    field!(
        "jitter",
        LINKS,
        DELAY,
        "\"0s\"",
        "\"5ms\"",
        "lab-way-jitter",
        |way| Some(Setting::Time(way.jitter)),
        set!(Time, |way, jitter| way.jitter = jitter)
    ),
    field!(
        "loss",
        UDP,
        PERCENT,
        "0",
        "20",
        "lab-way-loss",
        |way| Some(number(way.loss)),
        set!(Number, |way, many| way.loss = percent(many))
    ),
    field!(
        "duplicate",
        UDP,
        PERCENT,
        "0",
        "5",
        "lab-way-duplicate",
        |way| Some(number(way.duplicate)),
        set!(Number, |way, many| way.duplicate = percent(many))
    ),
    field!(
        "reorder",
        UDP,
        PERCENT,
        "0",
        "5",
        "lab-way-reorder",
        |way| Some(number(way.reorder)),
        set!(Number, |way, many| way.reorder = percent(many))
    ),
    field!(
        "rate",
        LINKS,
        Shape::Number { least: 0, most: 1_000_000_000 },
        "0",
        "10000",
        "lab-way-rate",
        |way| Some(number(way.rate)),
        set!(Number, |way, rate| way.rate = rate.unsigned_abs())
    ),
    field!(
        "queue",
        LINKS,
        Shape::Number { least: 1, most: MOST_QUEUE as i64 },
        "262144",
        "4096",
        "lab-way-queue",
        |way| Some(number(way.queue)),
        set!(Number, |way, queue| way.queue = bytes(queue))
    ),
    field!(
        "slice",
        TCP,
        BYTES,
        "0",
        "5",
        "lab-way-slice",
        |way| Some(number(way.slice)),
        set!(Number, |way, slice| way.slice = bytes(slice))
    ),
    field!(
        "gap",
        TCP,
        DELAY,
        "\"20ms\"",
        "\"50ms\"",
        "lab-way-gap",
        |way| Some(Setting::Time(way.gap)),
        set!(Time, |way, gap| way.gap = gap)
    ),
    field!("glue", TCP, BYTES, "0", "64", "lab-way-glue", |way| Some(number(way.glue)), set!(Number, |way, glue| way.glue = bytes(glue))),
    field!(
        "glue_time",
        TCP,
        Shape::Time { least: Duration::from_millis(1), most: MOST_DELAY },
        "\"200ms\"",
        "\"1s\"",
        "lab-way-glue-time",
        |way| Some(Setting::Time(way.glue_time)),
        set!(Time, |way, time| way.glue_time = time)
    ),
    field!(
        "stall",
        TCP,
        Shape::Flag,
        "false",
        "true",
        "lab-way-stall",
        |way| Some(Setting::Flag(way.stall)),
        set!(Flag, |way, stall| way.stall = stall)
    ),
    field!(
        "reset_after",
        TCP,
        Shape::Number { least: 0, most: i64::MAX },
        "0",
        "100",
        "lab-way-reset-after",
        |way| Some(number(way.reset_after)),
        set!(Number, |way, after| way.reset_after = after.unsigned_abs())
    ),
];

fn number(number: impl Into<u64>) -> Setting {
    Setting::Number(i64::try_from(number.into()).unwrap_or(i64::MAX))
}

fn percent(number: i64) -> u8 {
    u8::try_from(number.clamp(0, 100)).unwrap_or_default()
}

fn bytes(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

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
