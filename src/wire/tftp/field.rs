//! A datagram shown field by field with its bytes, whether it is a packet or not.

use super::error::ErrorCode;
use super::malformed::Malformed;
use super::option::{OptionName, split};
use super::packet::{Opcode, Packet, number};
use super::request::Mode;
use super::{LONGEST_REQUEST, excerpt};
use crate::text;
use crate::text::Message;
use crate::wire::field::Field;

/// Options after this many are shown as one field: no packet that is one has more.
const MOST_OPTIONS: usize = LONGEST_REQUEST / 2;

/// The fields of a datagram, in order.
pub fn fields(datagram: &[u8]) -> Vec<Field> {
    let mut reader = Reader { datagram, at: 0, fields: Vec::new() };
    reader.read();
    // The reader goes on where the parser gives up; both must agree on what is wrong, and where nothing shows it, the last field does.
    if let Err(malformed) = Packet::parse(datagram)
        && reader.fields.iter().all(|field| field.fault.is_none())
        && let Some(last) = reader.fields.last_mut()
    {
        last.fault = Some(malformed.message());
    }
    reader.fields
}

struct Reader<'a> {
    datagram: &'a [u8],
    at: usize,
    fields: Vec<Field>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        self.datagram.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, length: usize, name: Message, value: String, rule: Message, fault: Option<Message>) {
        let range = self.at..(self.at + length).min(self.datagram.len());
        self.at = range.end;
        self.fields.push(Field { range, name, value, rule, fault });
    }

    /// What is left and has no place in a packet.
    fn surplus(&mut self) {
        let length = self.rest().len();
        if length > 0 {
            self.push(length, text!("wire-tftp-field-surplus"), format!("{length} B"), text!("wire-tftp-rule-surplus"), None);
        }
    }

    fn read(&mut self) {
        let short = || Some(Malformed::Short(self.datagram.len()).message());
        let Some(opcode) = number(self.datagram, 0) else {
            let (length, fault) = (self.datagram.len(), short());
            self.push(length, text!("wire-tftp-field-opcode"), excerpt(self.datagram), text!("wire-tftp-rule-opcode"), fault);
            return;
        };
        let known = Opcode::of(opcode);
        let fault = known.is_none().then(|| Malformed::Opcode(opcode).message());
        let value = known.map_or_else(|| opcode.to_string(), |known| format!("{opcode} {known}"));
        let rule = match known {
            Some(Opcode::Rrq) => text!("wire-tftp-rule-rrq"),
            Some(Opcode::Wrq) => text!("wire-tftp-rule-wrq"),
            Some(Opcode::Data) => text!("wire-tftp-rule-data"),
            Some(Opcode::Ack) => text!("wire-tftp-rule-ack"),
            Some(Opcode::Error) => text!("wire-tftp-rule-error"),
            Some(Opcode::Oack) => text!("wire-tftp-rule-oack"),
            None => text!("wire-tftp-rule-opcode"),
        };
        self.push(2, text!("wire-tftp-field-opcode"), value, rule, fault);
        match known {
            Some(Opcode::Rrq | Opcode::Wrq) => self.request(),
            Some(Opcode::Oack) => self.options(),
            Some(Opcode::Data) => {
                self.block(text!("wire-tftp-rule-block"));
                let length = self.rest().len();
                self.push(length, text!("wire-tftp-field-data"), format!("{length} B"), text!("wire-tftp-rule-bytes"), None);
            }
            Some(Opcode::Ack) => self.block(text!("wire-tftp-rule-acknowledged")),
            Some(Opcode::Error) => self.error(),
            None => {}
        }
        self.surplus();
    }

    fn block(&mut self, rule: Message) {
        let block = number(self.datagram, self.at);
        let fault = block.is_none().then(|| Malformed::Short(self.datagram.len()).message());
        self.push(2, text!("wire-tftp-field-block"), block.map(|block| block.to_string()).unwrap_or_default(), rule, fault);
    }

    fn error(&mut self) {
        let Some(code) = number(self.datagram, self.at) else {
            let fault = Some(Malformed::Short(self.datagram.len()).message());
            self.push(2, text!("wire-tftp-field-code"), String::new(), text!("wire-tftp-rule-code"), fault);
            return;
        };
        let code = ErrorCode::of(code);
        self.push(2, text!("wire-tftp-field-code"), format!("{} {}", code.number(), code.phrase()), code.meaning(), None);
        let (length, value, fault) = match split(self.rest()) {
            Some((text, _)) => (text.len() + 1, excerpt(text), None),
            None => (self.rest().len(), excerpt(self.rest()), Some(text!("wire-tftp-text-open"))),
        };
        self.push(length, text!("wire-tftp-field-text"), value, text!("wire-tftp-rule-text"), fault);
    }

    /// A text that a zero byte ends, and its length with that byte; without where there is none.
    fn text(&self) -> (&'a [u8], usize, bool) {
        match split(self.rest()) {
            Some((text, _)) => (text, text.len() + 1, true),
            None => (self.rest(), self.rest().len(), false),
        }
    }

    fn request(&mut self) {
        if self.datagram.len() > LONGEST_REQUEST {
            let length = self.rest().len();
            let fault = Some(Malformed::Long(self.datagram.len()).message());
            self.push(length, text!("wire-tftp-field-name"), excerpt(self.text().0), text!("wire-tftp-rule-length"), fault);
            return;
        }
        let (name, length, closed) = self.text();
        let fault = match (name.is_empty(), closed) {
            (true, _) => Some(Malformed::NoName.message()),
            (false, false) => Some(Malformed::NameOpen.message()),
            (false, true) => None,
        };
        self.push(length, text!("wire-tftp-field-name"), excerpt(name), text!("wire-tftp-rule-name"), fault);
        let (mode, length, closed) = self.text();
        let fault = match (mode.is_empty(), closed) {
            (true, _) => Some(Malformed::NoMode.message()),
            (false, false) => Some(Malformed::ModeOpen.message()),
            (false, true) => Mode::of(mode).is_none().then(|| Malformed::Mode(excerpt(mode)).message()),
        };
        let rule = match Mode::of(mode) {
            Some(Mode::Octet) => text!("wire-tftp-rule-octet"),
            Some(Mode::Netascii) => text!("wire-tftp-rule-netascii"),
            None => text!("wire-tftp-rule-mode"),
        };
        self.push(length, text!("wire-tftp-field-mode"), excerpt(mode), rule, fault);
        self.options();
    }

    fn options(&mut self) {
        let mut seen = [false; OptionName::ALL.len()];
        for _ in 0..MOST_OPTIONS {
            if self.rest().is_empty() {
                return;
            }
            let (name, length, closed) = self.text();
            let known = OptionName::of(name);
            let twice = known.and_then(|known| seen.get_mut(known as usize).map(|seen| (known, std::mem::replace(seen, true))));
            let fault = match (name.is_empty(), closed, twice) {
                (_, false, _) => Some(Malformed::OptionNameOpen(self.at).message()),
                (true, true, _) => Some(Malformed::NoOptionName(self.at).message()),
                (false, true, Some((known, true))) => Some(Malformed::Twice(known).message()),
                (false, true, _) if self.rest().len() == length => Some(Malformed::NoValue(excerpt(name)).message()),
                (false, true, _) => None,
            };
            let rule = known.map_or_else(|| text!("wire-tftp-rule-unknown"), OptionName::rule);
            self.push(length, text!("wire-tftp-field-option"), excerpt(name), rule, fault);
            if self.rest().is_empty() {
                return;
            }
            let (value, length, closed) = self.text();
            let fault = match (closed, known) {
                (false, _) => Some(Malformed::ValueOpen(excerpt(name)).message()),
                (true, Some(known)) if known.value(value).is_none() => Some(out_of_range(known)),
                (true, _) => None,
            };
            self.push(length, text!("wire-tftp-field-value"), excerpt(value), text!("wire-tftp-rule-value"), fault);
        }
    }
}

/// That a value is none that the RFC allows. Such an option is not granted.
pub(crate) fn out_of_range(option: OptionName) -> Message {
    let range = option.range();
    if option == OptionName::Tsize {
        text!("wire-tftp-no-number", name = option.word())
    } else {
        text!("wire-tftp-range", name = option.word(), least = *range.start(), most = *range.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(datagram: &[u8]) -> Vec<String> {
        fields(datagram).iter().map(|field| format!("{:?} {}: {}", field.range, field.name, field.value)).collect()
    }

    #[test]
    fn every_field_has_its_bytes() {
        assert_eq!(
            said(b"\0\x01kernel.img\0octet\0blksize\x001428\0"),
            ["0..2 Opcode: 1 RRQ", "2..13 File name: kernel.img", "13..19 Mode: octet", "19..27 Option: blksize", "27..32 Value: 1428",]
        );
        assert_eq!(said(b"\0\x03\0\x07abc"), ["0..2 Opcode: 3 DATA", "2..4 Block: 7", "4..7 Data: 3 B"]);
        assert_eq!(said(b"\0\x04\0\x07\0"), ["0..2 Opcode: 4 ACK", "2..4 Block: 7", "4..5 Surplus: 1 B"]);
        assert_eq!(said(b"\0\x05\0\x01no\0"), ["0..2 Opcode: 5 ERROR", "2..4 Error code: 1 File not found", "4..7 Text: no"]);
    }

    proptest! {
        #[test]
        fn the_fields_cover_any_datagram_and_find_what_the_parser_finds(head in 0_u8..8, mut rest: Vec<u8>, zeros: Vec<prop::sample::Index>) {
            for zero in zeros {
                if !rest.is_empty() {
                    let at = zero.index(rest.len());
                    rest[at] = 0;
                }
            }
            let datagram = [&[0, head][..], &rest].concat();
            for datagram in [&datagram[..], &datagram[1..], &rest] {
                let fields = fields(datagram);
                let mut at = 0;
                for field in &fields {
                    prop_assert_eq!(field.range.start, at);
                    at = field.range.end;
                }
                prop_assert_eq!(at, datagram.len());
                if let Err(malformed) = Packet::parse(datagram) {
                    let said: Vec<String> = fields.iter().filter_map(|field| Some(field.fault.as_ref()?.to_string())).collect();
                    prop_assert!(said.contains(&malformed.message().to_string()), "{:?} not in {:?}", malformed, said);
                }
            }
        }
    }

    #[test]
    fn a_flood_of_options_stays_small() {
        let datagram = [&[0, 6][..], &b"a\0".repeat(30_000)].concat();
        assert!(fields(&datagram).len() <= 2 * MOST_OPTIONS + 2);
    }
}
