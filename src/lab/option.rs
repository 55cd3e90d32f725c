//! Socket options in a lab file: read by the table of [`net`](crate::net::option), written so that it reads them again.

use toml::de::DeValue;

use super::error::Fault;
use super::setting::quote;
use super::shape::{Read, Reader, clip};
use crate::net::option::{OPTIONS, Opt, by_name};
use crate::text;
use crate::text::nearest;
use crate::trace::Value;
use crate::wire::time;

/// The names of all options that can be set on some system, as in C.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().filter(|option| option.is_settable()).map(|option| option.name)
}

/// The options of a table, in the order of the file.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Vec<(&'static Opt, Value)>> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(value, text!("lab-expected-options"));
        return None;
    };
    let mut options = Some(Vec::new());
    for (name, value) in Reader::entries(table) {
        let read = if let Some(option) = by_name(name.get_ref()).filter(|option| option.is_settable()) {
            read_one(reader, option, value).map(|value| (option, value))
        } else {
            let fault = Fault::new(text!("lab-option-unknown", option = clip(name.get_ref())), text!("lab-expected-option"));
            reader.wrong(name.span(), fault.near(nearest(name.get_ref(), names())));
            None
        };
        options = options.zip(read).map(|(mut options, read)| {
            options.push(read);
            options
        });
    }
    options
}

/// The name of an option.
pub(super) fn read_name(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<&'static str> {
    let name = reader.text(value, || text!("lab-expected-option"))?;
    let known = by_name(name).map(|option| option.name);
    if known.is_none() {
        let fault = Fault::new(text!("lab-option-unknown", option = clip(name)), text!("lab-expected-option"));
        reader.wrong(value.span(), fault.near(nearest(name, names())));
    }
    known
}

fn read_one(reader: &mut Reader<'_, '_>, option: &Opt, value: Read<'_, '_>) -> Option<Value> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.to_string(), |number| number.to_string())
        }
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
            reader.wrong_type(value, text!("lab-expected-option-value", option = option.name));
            return None;
        }
    };
    option.parse(&text).map_err(|what| reader.wrong(value.span(), Fault { what, expected: None, nearest: None })).ok()
}

/// The value in TOML.
pub(super) fn write(value: &Value) -> String {
    match value {
        Value::Flag(on) => on.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Time(Some(limit)) => quote(&time::write(*limit)),
        Value::Linger(Some(seconds)) => quote(&format!("{seconds}s")),
        Value::Time(None) | Value::Linger(None) | Value::Address(_) | Value::Group(..) | Value::Text(_) => quote(&value.to_string()),
    }
}
