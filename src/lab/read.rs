//! Reads a lab file: TOML, then the fields of each program, then what holds between them. Every error is told, not only the first.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::check;
use super::error::{Errors, Fault, LabErrors, Source};
use super::field::{FIELDS, Field, field, fields_of};
use super::open::too_long;
use super::setting::Setting;
use super::shape::{Reader, Shape, clip};
use crate::program::{ProgramKind, Spec};
use crate::text;
use crate::text::Message;
use crate::text::nearest;

/// The longest lab file, in bytes: longer ones are something else.
pub const LONGEST: usize = 1 << 20;

/// The keys of the lab itself.
const KEYS: [&str; 2] = ["title", "program"];

/// A value that replaces one of the file: `--set server.bind=127.0.0.1:0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// As it was given: `server.bind=127.0.0.1:0`, or `server.options.SO_REUSEADDR=true` for one option.
    pub argument: String,
}

/// A program of the file, before its fields are read.
struct Raw<'text> {
    header: Source,
    entries: Vec<Entry<'text>>,
}

/// One `key = value`.
struct Entry<'text> {
    key: Cow<'text, str>,
    source: Source,
    value: Spanned<DeValue<'text>>,
    argument: Option<&'text str>,
}

/// A program that was read, and where its fields stand.
struct Placed {
    spec: Spec,
    header: Source,
    keys: Vec<(String, Source)>,
    /// The entries of fields that are tables, by the key and the name in it.
    entries: Vec<(String, String, Source)>,
    /// Whether it was read without an error, so that what it says of other programs can be relied on.
    whole: bool,
}

impl Placed {
    fn source(&self, key: &str, entry: Option<&str>) -> &Source {
        let named = self.entries.iter().find(|(known, name, _)| known == key && Some(name.as_str()) == entry);
        if let Some((.., source)) = named {
            return source;
        }
        self.keys.iter().find(|(known, _)| known == key).map_or(&self.header, |(_, source)| source)
    }
}

/// The title and the programs of a lab file.
pub(super) fn read(text: &str, file: &str, overrides: &[Override]) -> Result<(String, Vec<Spec>), LabErrors> {
    let mut errors = Errors::new(file, text);
    if text.len() > LONGEST {
        errors.push(&Source::Span(0..0), too_long());
        errors.end()?;
    }
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        for error in syntax {
            let span = error.span().unwrap_or_default();
            let found = text.get(span.clone()).unwrap_or_default();
            let next = text.get(span.start..).and_then(|rest| rest.chars().next());
            errors.push(&Source::Span(span), super::syntax::fault(error.message(), found, next));
        }
        // What stands behind a mistake of syntax may have been read as something else.
        errors.end()?;
    }
    let mut title = String::new();
    let mut raw = Vec::new();
    for (key, value) in Reader::entries(document.get_ref()) {
        let source = Source::Span(key.span());
        match key.get_ref().as_ref() {
            "title" => title = read_title(&mut errors, value).unwrap_or_default(),
            "program" => raw = read_programs(&mut errors, &source, value),
            other => {
                let fault =
                    Fault::new(text!("lab-key-unknown-lab", key = clip(other)), text!("lab-expected-word", words = KEYS.join(", ")));
                errors.push(&source, fault.near(nearest(other, KEYS)));
            }
        }
    }
    for replacement in overrides {
        replace(&mut errors, &mut raw, replacement);
    }
    let programs = raw.iter().map(|raw| read_program(&mut errors, raw)).collect::<Vec<_>>();
    relations(&mut errors, &programs);
    errors.end()?;
    Ok((title, programs.into_iter().map(|placed| placed.spec).collect()))
}

fn read_title(errors: &mut Errors<'_>, value: &Spanned<DeValue<'_>>) -> Option<String> {
    let mut reader = Reader { key: "title", argument: None, errors };
    match (Shape::Text { least: 0, most: 200 }).read(&mut reader, value) {
        Some(Setting::Text(title)) => Some(title),
        _ => None,
    }
}

fn read_programs<'text>(errors: &mut Errors<'_>, source: &Source, value: &Spanned<DeValue<'text>>) -> Vec<Raw<'text>> {
    let tables = value
        .get_ref()
        .as_array()
        .map(|array| array.iter().map(|program| (program.get_ref().as_table(), program.span())).collect::<Vec<_>>());
    let Some(tables) = tables.filter(|tables| tables.iter().all(|(table, _)| table.is_some())) else {
        errors.push(source, Fault::new(text!("lab-program-single"), text!("lab-expected-program")));
        return Vec::new();
    };
    let raw = |(table, span): (Option<&DeTable<'text>>, _)| {
        let entries = table.map(Reader::entries).unwrap_or_default().into_iter();
        let entries = entries.map(|(key, value)| Entry {
            key: key.get_ref().clone(),
            source: Source::Span(key.span()),
            value: value.clone(),
            argument: None,
        });
        Raw { header: Source::Span(span), entries: entries.collect() }
    };
    tables.into_iter().map(raw).collect()
}

/// Puts a replacement in the place of what the file says.
fn replace<'text>(errors: &mut Errors<'_>, raw: &mut [Raw<'text>], replacement: &'text Override) {
    let argument = replacement.argument.as_str();
    let source = Source::Argument(argument.to_owned());
    let parts = argument.split_once('=').map(|(path, value)| (path.trim().splitn(3, '.').collect::<Vec<_>>(), value));
    let parts = parts.filter(|(path, _)| path.iter().all(|part| !part.is_empty()));
    let Some(([name, key, rest @ ..], value)) = parts.as_ref().map(|(path, value)| (path.as_slice(), *value)) else {
        errors.push(&source, Fault::new(text!("lab-set-form", argument = clip(argument)), text!("lab-expected-set")));
        return;
    };
    let names = raw.iter().map(|raw| text_of(raw, "name")).collect::<Vec<_>>();
    let Some(program) = names.iter().position(|known| known.as_deref() == Some(name)).and_then(|place| raw.get_mut(place)) else {
        let known = names.into_iter().flatten().collect::<Vec<_>>();
        let fault = Fault::new(text!("lab-set-program", name = clip(name)), text!("lab-expected-word", words = known.join(", ")));
        errors.push(&source, fault.near(nearest(name, known.iter().map(String::as_str))));
        return;
    };
    let place = program.entries.iter().position(|entry| entry.key == *key);
    let value = match rest {
        [] => value_of(FIELDS.iter().find(|field| field.key == *key), value),
        [option, ..] => {
            let table = place.and_then(|place| program.entries.get(place)).and_then(|entry| entry.value.get_ref().as_table());
            let mut table = table.cloned().unwrap_or_default();
            table.insert(Spanned::new(0..0, Cow::Borrowed(*option)), value_of(None::<&Field<Spec>>, value));
            Spanned::new(0..0, DeValue::Table(table))
        }
    };
    let entry = Entry { key: Cow::Borrowed(key), source, value, argument: Some(argument) };
    match place.and_then(|place| program.entries.get_mut(place)) {
        Some(old) => *old = entry,
        None => program.entries.push(entry),
    }
}

/// What a person has typed as the value of a field: TOML, or text without quotes where the field holds text.
pub(super) fn value_of<'text, T>(field: Option<&Field<T>>, typed: &'text str) -> Spanned<DeValue<'text>> {
    let plain = || Spanned::new(0..typed.len(), DeValue::String(Cow::Borrowed(typed)));
    if field.is_some_and(|field| field.shape.is_text()) && !typed.starts_with(['"', '\'', '{', '[']) {
        return plain();
    }
    DeValue::parse(typed).unwrap_or_else(|_| plain())
}

fn text_of(raw: &Raw<'_>, key: &str) -> Option<String> {
    raw.entries.iter().find(|entry| entry.key == key).and_then(|entry| entry.value.get_ref().as_str()).map(str::to_owned)
}

fn read_program(errors: &mut Errors<'_>, raw: &Raw<'_>) -> Placed {
    let keys = raw.entries.iter().map(|entry| (entry.key.to_string(), entry.source.clone())).collect();
    let entries = raw.entries.iter().flat_map(entries_of).collect();
    // The kind decides what the other keys mean, so it is read first, wherever it stands.
    let named = raw.entries.iter().find(|entry| entry.key == "kind");
    let kind = named.and_then(|entry| {
        let mut reader = Reader { key: "kind", argument: entry.argument, errors };
        match Shape::Kind.read(&mut reader, &entry.value) {
            Some(Setting::Kind(kind)) => Some(kind),
            _ => None,
        }
    });
    let mut whole = kind.is_some();
    let mut spec = Spec::new(kind.unwrap_or(ProgramKind::TcpServer), "");
    for entry in raw.entries.iter().filter(|entry| entry.key != "kind") {
        let found = match kind {
            Some(kind) => field(kind, &entry.key),
            // Without its kind only what every program has can be read, and only what no program has is wrong.
            None => FIELDS.iter().find(|field| field.key == entry.key),
        };
        if let Some(field) = found {
            whole &= Reader { key: field.key, argument: entry.argument, errors }.put(field, &mut spec, &entry.value);
        } else {
            errors.push(&entry.source, unknown_key(&entry.key, kind));
            whole = false;
        }
    }
    for field in FIELDS.iter().filter(|field| field.required && !raw.entries.iter().any(|entry| entry.key == field.key)) {
        errors.push(&raw.header, Fault::new(text!("lab-key-missing", key = field.key), expected_of(field)));
        whole = false;
    }
    Placed { spec, header: raw.header.clone(), keys, entries, whole }
}

/// Where the entries of a field stand that is a table in the file.
fn entries_of(entry: &Entry<'_>) -> Vec<(String, String, Source)> {
    let table = entry.value.get_ref().as_table().filter(|_| entry.argument.is_none());
    let places = table.into_iter().flat_map(|table| table.keys());
    places.map(|name| (entry.key.to_string(), name.get_ref().to_string(), Source::Span(name.span()))).collect()
}

/// What a required field may hold.
fn expected_of(field: &Field<Spec>) -> Message {
    let names = ProgramKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>();
    if field.shape == Shape::Kind { text!("lab-expected-word", words = names.join(", ")) } else { text!("lab-expected-name") }
}

fn unknown_key(key: &str, kind: Option<ProgramKind>) -> Fault {
    let known = |kind: Option<ProgramKind>| match kind {
        Some(kind) => fields_of(kind).map(|field| field.key).collect::<Vec<_>>(),
        None => FIELDS.iter().map(|field| field.key).collect(),
    };
    let of = kind.map_or("program", ProgramKind::name);
    let others = FIELDS.iter().filter(|field| field.key == key).flat_map(|field| field.kinds).map(|kind| kind.name()).collect::<Vec<_>>();
    let mut keys = known(kind);
    keys.dedup();
    let expected = text!("lab-expected-word", words = keys.join(", "));
    if others.is_empty() {
        return Fault::new(text!("lab-key-unknown", key = clip(key), of = of), expected).near(nearest(key, keys));
    }
    Fault::new(text!("lab-key-elsewhere", key = key, of = of, others = others.join(", ")), expected)
}

/// What holds between programs. A program that was not read whole is left out of it: what it lacks has been told.
fn relations(errors: &mut Errors<'_>, programs: &[Placed]) {
    let specs = programs.iter().map(|placed| placed.spec.clone()).collect::<Vec<_>>();
    // A name that could not be read may be the one that another program means.
    let all_named = programs.iter().all(|placed| !placed.spec.name.is_empty());
    for wrong in check(&specs) {
        if let Some(placed) = programs.get(wrong.program).filter(|placed| placed.whole && all_named) {
            errors.push(placed.source(wrong.key, wrong.entry), wrong.fault);
        }
    }
}
