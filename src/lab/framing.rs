//! By what messages are told apart, as a lab file states it: a word, or a table of the word with what it needs.

use super::error::Fault;
use super::setting::quote;
use super::shape::{Read, Reader, clip};
use crate::text;
use crate::text::nearest;
use crate::wire::escape;
use crate::wire::framing::{Framing, Header, LARGEST_MESSAGE, LineEnd, MOST_DELIMITER, Order, Width};

/// The words that state a framing in a table.
const WORDS: [&str; 4] = ["fixed", "delimiter", "length", "line"];
/// What a length may have beside.
const OF_LENGTH: [&str; 2] = ["order", "counts_header"];
/// The framings that a word alone states.
const ALONE: [&str; 2] = ["none", "line"];

/// The framing that a value states.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Framing> {
    let Some(table) = value.get_ref().as_table() else {
        let word = reader.text(value, || text!("lab-expected-framing"))?;
        return match word {
            "none" => Some(Framing::None),
            "line" => Some(Framing::Line(LineEnd::Lf)),
            other => {
                let near = nearest(other, ALONE.into_iter().chain(WORDS));
                reader.wrong_value(value, other, text!("lab-expected-framing"), near);
                None
            }
        };
    };
    let mut framing = None;
    let mut whole = true;
    let (mut order, mut counts_itself) = (Order::default(), false);
    let mut beside = None;
    for (key, value) in Reader::entries(table) {
        let name = key.get_ref().as_ref();
        match name {
            "order" => match reader.text(value, || text!("lab-expected-word", words = "big, little")) {
                Some("big") => order = Order::Big,
                Some("little") => order = Order::Little,
                Some(other) => {
                    reader.wrong_value(value, other, text!("lab-expected-word", words = "big, little"), nearest(other, ["big", "little"]));
                    whole = false;
                }
                None => whole = false,
            },
            "counts_header" => match reader.flag(value) {
                Some(counts) => counts_itself = counts,
                None => whole = false,
            },
            _ if WORDS.contains(&name) && framing.is_some() => {
                reader.wrong(key.span(), Fault::new(text!("lab-data-twice", key = reader.key), text!("lab-expected-framing")));
                whole = false;
            }
            _ if WORDS.contains(&name) => {
                framing = one(reader, name, value);
                whole &= framing.is_some();
            }
            _ => {
                reader.unknown(key, &WORDS.into_iter().chain(OF_LENGTH).collect::<Vec<_>>());
                whole = false;
            }
        }
        if OF_LENGTH.contains(&name) {
            beside = Some((name, key.span()));
        }
    }
    match &mut framing {
        Some(Framing::Length(header)) => (header.order, header.counts_itself) = (order, counts_itself),
        Some(_) => {
            if let Some((name, span)) = beside {
                reader.wrong(span, Fault::new(text!("lab-framing-beside", key = name), text!("lab-expected-framing")));
                whole = false;
            }
        }
        None if whole => reader.wrong_type(value, text!("lab-expected-framing")),
        None => {}
    }
    framing.filter(|_| whole)
}

/// The framing that an entry `fixed = ..`, `delimiter = ..`, `length = ..` or `line = ..` states.
fn one(reader: &mut Reader<'_, '_>, name: &str, value: Read<'_, '_>) -> Option<Framing> {
    match name {
        "fixed" => {
            let length = reader.number(value, 1, i64::from(LARGEST_MESSAGE))?;
            u32::try_from(length).ok().map(Framing::Fixed)
        }
        "length" => {
            let bytes = reader.number(value, 1, 8)?;
            let width = Width::of(bytes);
            if width.is_none() {
                reader.wrong_value(value, &bytes.to_string(), text!("lab-expected-word", words = "1, 2, 4, 8"), None);
            }
            width.map(|width| Framing::Length(Header { width, order: Order::Big, counts_itself: false }))
        }
        "line" => {
            let expected = || text!("lab-expected-word", words = "lf, crlf");
            match reader.text(value, expected)? {
                "lf" => Some(Framing::Line(LineEnd::Lf)),
                "crlf" => Some(Framing::Line(LineEnd::CrLf)),
                other => {
                    reader.wrong_value(value, other, expected(), nearest(other, ["lf", "crlf"]));
                    None
                }
            }
        }
        _ => {
            let typed = reader.text(value, || text!("lab-expected-delimiter", most = MOST_DELIMITER))?;
            let bytes = delimiter(typed);
            if let Err(fault) = &bytes {
                reader.wrong(value.span(), fault.clone());
            }
            bytes.ok().map(Framing::Delimiter)
        }
    }
}

/// The bytes of a delimiter that is typed with escapes.
fn delimiter(typed: &str) -> Result<Vec<u8>, Fault> {
    let expected = || text!("lab-expected-delimiter", most = MOST_DELIMITER);
    let bytes = escape::parse(typed).map_err(|error| Fault::new(error.message(), expected()))?;
    if (1..=MOST_DELIMITER).contains(&bytes.len()) {
        return Ok(bytes);
    }
    Err(Fault::new(text!("lab-value-wrong", key = "delimiter", value = clip(typed)), expected()))
}

/// The framing in TOML.
pub(super) fn write(framing: &Framing) -> String {
    match framing {
        Framing::None | Framing::Line(LineEnd::Lf) => quote(framing.name()),
        Framing::Line(end) => format!("{{ line = {} }}", quote(end.name())),
        Framing::Fixed(length) => format!("{{ fixed = {length} }}"),
        Framing::Delimiter(bytes) => {
            let typed = escape::format(bytes);
            // As it is typed, where TOML lets it stand.
            let quoted = if typed.contains('\'') { quote(&typed) } else { format!("'{typed}'") };
            format!("{{ delimiter = {quoted} }}")
        }
        Framing::Length(header) => {
            let order = if header.order == Order::Little { ", order = \"little\"" } else { "" };
            let counts = if header.counts_itself { ", counts_header = true" } else { "" };
            format!("{{ length = {}{order}{counts} }}", header.width.bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Setting, field};
    use crate::program::ProgramKind;

    fn typed(text: &str) -> Result<Framing, String> {
        let field = field(ProgramKind::TcpServer, "framing").expect("in the table");
        match field.typed(text) {
            Ok(Setting::Framing(framing)) => Ok(framing),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn every_framing_reads_what_it_writes() {
        for width in Width::ALL {
            for (order, counts_itself) in [(Order::Big, false), (Order::Little, true), (Order::Big, true)] {
                let framing = Framing::Length(Header { width, order, counts_itself });
                assert_eq!(typed(&write(&framing)), Ok(framing));
            }
        }
        let delimiters =
            [&b"\r\n\r\n"[..], b"|", b"\xff\0", b"'", b"\\", b"\"", "。".as_bytes()].map(|bytes| Framing::Delimiter(bytes.to_vec()));
        for framing in Framing::kinds().into_iter().chain(delimiters).chain([Framing::Line(LineEnd::CrLf)]) {
            assert_eq!(typed(&write(&framing)), Ok(framing));
        }
        assert_eq!(typed("line"), Ok(Framing::Line(LineEnd::Lf)));
        assert_eq!(typed("{ delimiter = \"\\r\\n\" }"), Ok(Framing::Delimiter(b"\r\n".to_vec())), "an escape of TOML's is one too");
    }

    #[test]
    fn what_is_no_framing_is_told() {
        for wrong in [
            "lines",
            "5",
            "{}",
            "{ fixed = 0 }",
            "{ length = 3 }",
            "{ delimiter = '' }",
            r"{ delimiter = '\q' }",
            "{ order = \"big\" }",
            "{ line = \"cr\" }",
            "{ fixed = 4, line = \"lf\" }",
            "{ fixed = 4, order = \"big\" }",
            "{ lenght = 2 }",
        ] {
            assert!(typed(wrong).is_err(), "{wrong}");
        }
    }
}
