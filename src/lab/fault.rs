//! What the lab lets happen to the datagrams of a program, as a lab file states it: a table of its own fields.

use std::time::Duration;

use super::field::Field;
use super::plain::at;
use super::shape::{Read, Reader, Shape};
use crate::net::FaultPlan;
use crate::net::fault::MOST_DELAY;
use crate::text;
use crate::text::Message;

const PERCENT: Shape = Shape::Number { least: 0, most: 100 };
const SEED: Shape = Shape::Number { least: 0, most: i64::MAX };
const DELAY: Shape = Shape::Time { least: Duration::ZERO, most: MOST_DELAY };

/// The fields of `faults`.
pub static FAULTS: &[Field<FaultPlan>] = &[
    Field { key: "seed", shape: SEED, default: Some("0"), example: "7", sentence: || text!("lab-fault-seed"), ..at!(seed) },
    Field { key: "loss", shape: PERCENT, default: Some("0"), example: "10", sentence: || text!("lab-fault-loss"), ..at!(loss) },
    Field {
        key: "duplicate",
        shape: PERCENT,
        default: Some("0"),
        example: "5",
        sentence: || text!("lab-fault-duplicate"),
        ..at!(duplicate)
    },
    Field { key: "late", shape: PERCENT, default: Some("0"), example: "5", sentence: || text!("lab-fault-late"), ..at!(late) },
    Field { key: "delay", shape: DELAY, default: Some("\"0s\""), example: "\"20ms\"", sentence: || text!("lab-fault-delay"), ..at!(delay) },
    Field {
        key: "drop_data",
        shape: Shape::Numbers,
        default: Some("[]"),
        example: "[3, 4]",
        sentence: || text!("lab-fault-drop-data"),
        ..at!(drop_data)
    },
    Field {
        key: "drop_ack",
        shape: Shape::Numbers,
        default: Some("[]"),
        example: "[2]",
        sentence: || text!("lab-fault-drop-ack"),
        ..at!(drop_ack)
    },
];

/// The plan that a table states.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<FaultPlan> {
    read_table(reader, value, &FAULTS.iter().collect::<Vec<_>>(), || text!("lab-expected-faults"))
}

/// What a table of these fields states.
pub(super) fn read_table<T: Default>(
    reader: &mut Reader<'_, '_>,
    value: Read<'_, '_>,
    fields: &[&Field<T>],
    expected: fn() -> Message,
) -> Option<T> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(value, expected());
        return None;
    };
    let (mut plan, mut whole) = (T::default(), true);
    for (key, value) in Reader::entries(table) {
        if let Some(field) = fields.iter().find(|field| field.key == key.get_ref().as_ref()) {
            whole &= reader.put(field, &mut plan, value);
        } else {
            reader.unknown(key, &fields.iter().map(|field| field.key).collect::<Vec<_>>());
            whole = false;
        }
    }
    whole.then_some(plan)
}

/// The plan in TOML: what differs from none.
pub(super) fn write(plan: &FaultPlan) -> String {
    write_table(plan, FAULTS)
}

/// A table of these fields in TOML: what differs from the default.
pub(super) fn write_table<T: Default>(plan: &T, fields: &[Field<T>]) -> String {
    let none = T::default();
    let entries = fields.iter().filter(|field| (field.get)(plan) != (field.get)(&none)).filter_map(|field| {
        let setting = (field.get)(plan)?;
        Some(format!("{} = {}", field.key, setting.to_toml()))
    });
    let entries = entries.collect::<Vec<_>>();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::setting::Setting;
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_field_is_described_and_reads_what_it_writes() {
        let faults = super::super::field(crate::program::ProgramKind::TftpClient, "faults").expect("in the table");
        let all = FAULTS.iter().map(|field| format!("{} = {}", field.key, field.example)).collect::<Vec<_>>().join(", ");
        let Ok(Setting::Faults(plan)) = faults.typed(&format!("{{ {all} }}")) else { panic!("{all}") };
        assert_eq!(
            plan,
            FaultPlan {
                seed: 7,
                loss: 10,
                duplicate: 5,
                late: 5,
                delay: Duration::from_millis(20),
                drop_data: vec![3, 4],
                drop_ack: vec![2]
            }
        );
        assert_eq!(faults.typed(&write(&plan)), Ok(Setting::Faults(plan)));
        assert_eq!(write(&FaultPlan::default()), "{}");
        for field in FAULTS {
            assert_eq!(field.typed(field.default.expect("a default")).ok(), (field.get)(&FaultPlan::default()), "{}", field.key);
            for language in Language::ALL {
                assert!(!(field.sentence)().in_language(language).contains('⟨'), "{}", field.key);
            }
        }
        for wrong in ["{ loss = 101 }", "{ los = 1 }", "{ drop_data = [0] }", "{ drop_data = 3 }", "5", "{ delay = \"2m\" }"] {
            assert!(faults.typed(wrong).is_err(), "{wrong}");
        }
    }
}
