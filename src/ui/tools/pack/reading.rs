//! What the typed format and values come to: worked out anew only when something was typed.

use crate::text;
use crate::text::Message;
use crate::wire::pack::{Error, Format, Takes, Value};
use crate::wire::{hex, literal};

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Whether values are unpacked from bytes; else they are packed.
    pub(super) unpacks: bool,
    /// The format.
    pub(super) format: String,
    /// The values, one for each slot that takes one.
    pub(super) values: Vec<String>,
    /// The bytes, in hex or as Python writes them.
    pub(super) data: String,
}

/// What it comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The format, as far as it is one: else the last that was.
    pub(super) format: Format,
    /// What is wrong with it.
    pub(super) problem: Option<Message>,
    /// What is wrong with the data.
    pub(super) data: Option<Message>,
    /// The bytes, that of a value which does not fit missing.
    pub(super) bytes: Vec<Option<u8>>,
    /// The values by their places: as they are written, and what is wrong with them or what is to be noted.
    pub(super) values: Vec<Read>,
    /// Which value each slot takes.
    pub(super) places: Vec<Option<usize>>,
    /// What is wrong with all of it together.
    pub(super) whole: Option<Message>,
}

/// A value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Read {
    /// The value; none where it is wrong or missing.
    pub(super) value: Option<Value>,
    /// What is wrong with it.
    pub(super) error: Option<Message>,
    /// What is lost of it without a word.
    pub(super) note: Option<Message>,
}

/// The bytes that are typed: in hex, or as Python writes them.
///
/// # Errors
/// What is wrong with them.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, Message> {
    if literal::begins(text) {
        literal::parse(text).map_err(literal::Error::message)
    } else {
        hex::parse(text).map_err(hex::Error::message)
    }
}

impl Reading {
    /// What `typed` comes to; it gets a value for each slot that takes one.
    pub(super) fn of(typed: &mut Typed, before: &Self) -> Self {
        let (format, problem) = match Format::parse(&typed.format) {
            Ok(format) => (format, None),
            Err(problem) => (before.format.clone(), Some(problem.message())),
        };
        let mut count = 0;
        let place = |takes: Takes| {
            let place = count;
            count += usize::from(takes != Takes::Nothing);
            (takes != Takes::Nothing).then_some(place)
        };
        let places = format.slots().iter().map(|slot| slot.takes).map(place).collect();
        let mut reading = Self { format, problem, places, ..Self::default() };
        if typed.unpacks {
            reading.unpack(typed);
        } else {
            reading.pack(typed);
        }
        reading
    }

    fn pack(&mut self, typed: &mut Typed) {
        self.bytes = vec![Some(0); self.format.size()];
        let taking = self.format.slots().iter().filter(|slot| slot.takes != Takes::Nothing);
        for (place, slot) in taking.enumerate() {
            if place == typed.values.len() {
                typed.values.push(Value::blank(slot).to_owned());
            }
            let text = typed.values.get(place).map(String::as_str).unwrap_or_default();
            let value = Value::parse(text, slot).and_then(|value| self.format.fits(slot, &value).map(|()| value));
            let lost = value.as_ref().map(|value| value.cut(slot)).unwrap_or_default();
            let note = (lost > 0).then(|| text!("ui-pack-cut", code = slot.code.to_string(), bytes = lost));
            let (value, error) = match value {
                Ok(value) => (Some(value), None),
                Err(unfit) => (None, Some(unfit.message())),
            };
            if error.is_some() {
                self.bytes.iter_mut().skip(slot.offset).take(slot.length).for_each(|byte| *byte = None);
            }
            self.values.push(Read { value, error, note });
        }
        typed.values.truncate(self.values.len());
        let blank = |slot| Value::parse(Value::blank(slot), slot).unwrap_or(Value::Int(0));
        let taking = self.format.slots().iter().filter(|slot| slot.takes != Takes::Nothing);
        let values =
            self.values.iter().zip(taking).map(|(read, slot)| read.value.clone().unwrap_or_else(|| blank(slot))).collect::<Vec<_>>();
        for (byte, packed) in self.bytes.iter_mut().zip(self.format.pack(&values).unwrap_or_default()) {
            *byte = byte.map(|_| packed);
        }
    }

    fn unpack(&mut self, typed: &Typed) {
        let data = bytes(&typed.data);
        self.data = data.as_ref().err().cloned();
        let mut data = data.unwrap_or_default();
        // Only what was pasted by mistake is longer.
        data.truncate(crate::wire::pack::MOST * 2);
        let (wanted, given) = (self.format.size(), data.len());
        if wanted != given && self.data.is_none() {
            self.whole = Some(Error::Length { wanted, given }.message());
        }
        let missing = || text!("ui-pack-missing");
        let read = |value: Option<Value>| Read { error: value.is_none().then(missing), value, note: None };
        self.values = self.format.unpack_some(&data).into_iter().map(read).collect();
        self.bytes = data.into_iter().map(Some).collect();
        self.bytes.resize(self.bytes.len().max(wanted), None);
    }

    /// The bytes, where all are there.
    pub(super) fn whole_bytes(&self) -> Option<Vec<u8>> {
        self.bytes.iter().copied().collect()
    }

    /// The values as Python writes them, where none is wrong.
    pub(super) fn written(&self) -> Option<Vec<String>> {
        self.values.iter().map(|read| read.value.as_ref().map(Value::written)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::EXAMPLES;
    use super::*;

    fn typed(format: &str, values: &[&str]) -> Typed {
        Typed { format: format.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect(), ..Typed::default() }
    }

    #[test]
    fn every_example_packs_and_unpacks() {
        for example in EXAMPLES {
            let mut packing = typed(example.format, example.values);
            let reading = Reading::of(&mut packing, &Reading::default());
            let bytes = reading.whole_bytes().expect(example.format);
            assert_eq!(packing.values, example.values, "{}", example.format);
            assert!(example.meanings.is_empty() || example.meanings.len() == example.values.len());
            let mut unpacking = Typed { unpacks: true, data: literal::format(&bytes), ..packing };
            let back = Reading::of(&mut unpacking, &Reading::default());
            assert!(back.whole.is_none() && back.data.is_none(), "{}", example.format);
            assert_eq!(back.values.len(), example.values.len());
            assert_eq!(back.whole_bytes(), Some(bytes));
        }
    }

    #[test]
    fn what_is_wrong_stands_at_its_value_and_the_rest_is_packed() {
        let mut packing = typed("!HbH", &["1", "200"]);
        let reading = Reading::of(&mut packing, &Reading::default());
        assert_eq!(packing.values, ["1", "200", "0"]);
        assert_eq!(reading.bytes, [Some(0), Some(1), None, Some(0), Some(0)]);
        assert!(reading.values[1].error.is_some() && reading.values[0].error.is_none() && reading.whole_bytes().is_none());
        let mut wrong = Typed { format: "!HzH".to_owned(), ..packing };
        let after = Reading::of(&mut wrong, &reading);
        assert!(after.problem.is_some() && after.bytes == reading.bytes, "the last format stands");
    }

    #[test]
    fn data_that_is_too_short_or_too_long_is_shown_and_told() {
        let unpack =
            |data: &str| Reading::of(&mut Typed { unpacks: true, data: data.to_owned(), ..typed("!HH", &[]) }, &Reading::default());
        let short = unpack("00 01 00");
        assert_eq!((short.bytes.len(), short.bytes[3], short.values[0].value.clone()), (4, None, Some(Value::Int(1))));
        assert!(short.whole.is_some() && short.values[1].error.is_some());
        let long = unpack("b'abcdef'");
        assert!(long.whole.is_some() && long.bytes.len() == 6 && long.values[1].error.is_none());
        assert!(unpack("0 1").data.is_some());
        assert!(unpack("00 01 00 02").whole.is_none());
    }
}
