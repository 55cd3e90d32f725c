//! The fields that say how a program behaves in a conversation: rows of the table of fields, and the table of contacts.

use toml::Spanned;
use toml::de::DeValue;

use super::error::Fault;
use super::field::{Field, SERVERS, TALKERS, TALKING_CLIENTS, set, word};
use super::plain::at;
use super::setting::{Setting, quote};
use super::shape::{Reader, Shape, clip};
use crate::program::ProgramKind::{TcpServer, UdpClient, UdpServer};
use crate::program::{Contact, MOST_CONTACTS, MOST_SPIN, Role, Spec, StopAt, StopCase};
use crate::text;

/// The longest name of a contact, in characters.
const LONGEST: usize = 40;
/// The most connections and messages that can be counted.
const MOST: i64 = 1_000_000;
/// The names of the character sets; a test holds that none is missing.
const CHARSETS: &[&str] = &["UTF-8", "GBK", "GB18030", "Big5", "Shift-JIS", "UTF-16LE", "UTF-16BE", "Latin-1"];

/// The rows.
pub(super) const MANNER: &[Field<Spec>] = &[
    Field {
        key: "charset",
        kinds: TALKERS,
        shape: Shape::Word(CHARSETS),
        default: Some("\"UTF-8\""),
        example: "\"GBK\"",
        sentence: || text!("lab-field-charset"),
        ..at!(manner.charset)
    },
    Field {
        key: "greeting",
        kinds: &[TcpServer],
        shape: Shape::Data,
        example: "\"hello\\n\"",
        sentence: || text!("lab-field-greeting"),
        ..at!(manner.greeting)
    },
    Field {
        key: "notice",
        kinds: SERVERS,
        shape: Shape::Text { least: 1, most: 200 },
        example: "\"来自[{}]的一条消息\"",
        sentence: || text!("lab-field-notice"),
        ..at!(manner.notice)
    },
    Field {
        key: "prefix",
        kinds: TALKERS,
        shape: Shape::Text { least: 1, most: 200 },
        example: "\"[%c]:\"",
        sentence: || text!("lab-field-prefix"),
        ..at!(manner.prefix)
    },
    Field {
        key: "connections",
        kinds: &[TcpServer],
        shape: Shape::Number { least: 1, most: MOST },
        example: "1",
        sentence: || text!("lab-field-connections"),
        ..at!(manner.connections)
    },
    Field {
        key: "messages",
        kinds: &[TcpServer],
        shape: Shape::Number { least: 0, most: MOST },
        example: "1",
        sentence: || text!("lab-field-messages"),
        ..at!(manner.messages)
    },
    Field {
        key: "messages",
        kinds: &[UdpServer],
        shape: Shape::Number { least: 1, most: MOST },
        example: "1",
        sentence: || text!("lab-field-messages-udp"),
        ..at!(manner.messages)
    },
    Field {
        key: "spin",
        kinds: &[TcpServer],
        shape: Shape::Number { least: 0, most: MOST_SPIN as i64 },
        default: Some("0"),
        example: "20",
        sentence: || text!("lab-field-spin"),
        ..at!(manner.spin)
    },
    Field {
        key: "contacts",
        kinds: &[UdpClient],
        shape: Shape::Contacts,
        default: Some("{}"),
        example: "{ \"小明\" = \"127.0.0.1:8081\", \"小红\" = \"127.0.0.1:8081\" }",
        sentence: || text!("lab-field-contacts"),
        ..at!(manner.contacts)
    },
    Field {
        key: "skip_empty",
        kinds: TALKING_CLIENTS,
        shape: Shape::Flag,
        default: Some("false"),
        example: "true",
        sentence: || text!("lab-field-skip-empty"),
        ..at!(manner.skip_empty)
    },
    Field {
        key: "stop_empty",
        kinds: &[UdpServer],
        shape: Shape::Flag,
        default: Some("false"),
        example: "true",
        sentence: || text!("lab-field-stop-empty"),
        ..at!(manner.stop_empty)
    },
    Field {
        key: "stop_case",
        kinds: TALKERS,
        shape: Shape::Word(StopCase::NAMES),
        default: Some("\"typed\""),
        example: "\"either\"",
        sentence: || text!("lab-field-stop-case"),
        ..at!(manner.stop_case)
    },
    Field {
        key: "stop_at",
        kinds: SERVERS,
        shape: Shape::Word(StopAt::OF_SERVER),
        default: Some("\"received\""),
        example: "\"answered\"",
        sentence: || text!("lab-field-stop-at-server"),
        get: |spec| Some(word(spec.manner.stop_at.name(Role::Server))),
        set: set!(Text, |spec, word| spec.manner.stop_at = StopAt::by_name(Role::Server, &word).unwrap_or_default()),
        ..Field::BLANK
    },
    Field {
        key: "stop_at",
        kinds: TALKING_CLIENTS,
        shape: Shape::Word(StopAt::OF_CLIENT),
        default: Some("\"sent\""),
        example: "\"typed\"",
        sentence: || text!("lab-field-stop-at-client"),
        get: |spec| Some(word(spec.manner.stop_at.name(Role::Client))),
        set: set!(Text, |spec, word| spec.manner.stop_at = StopAt::by_name(Role::Client, &word).unwrap_or_default()),
        ..Field::BLANK
    },
];

/// Names and where they are, in the order of the file.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: &Spanned<DeValue<'_>>) -> Option<Vec<Contact>> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(value, text!("lab-expected-contacts"));
        return None;
    };
    let entries = Reader::entries(table);
    if entries.len() > MOST_CONTACTS {
        let most = text!("lab-expected-entries", most = MOST_CONTACTS.to_string());
        reader.wrong(value.span(), Fault::new(text!("lab-list-long", key = reader.key, count = entries.len()), most));
        return None;
    }
    let read = entries.into_iter().map(|(name, at)| {
        let known = name.get_ref().as_ref();
        if known.trim() != known || known.is_empty() || known.chars().count() > LONGEST || known.chars().any(char::is_control) {
            let what = text!("lab-contact-name", name = clip(name.get_ref()));
            reader.wrong(name.span(), Fault::new(what, text!("lab-expected-length", least = "1", most = LONGEST.to_string())));
            return None;
        }
        let mut reader = Reader { key: known, argument: reader.argument, errors: reader.errors };
        match Shape::Target.read(&mut reader, at) {
            Some(Setting::Target(at)) => Some(Contact { name: known.to_owned(), at }),
            _ => None,
        }
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

/// The contacts in TOML.
pub(super) fn write(contacts: &[Contact]) -> String {
    let contacts =
        contacts.iter().map(|contact| format!("{} = {}", quote(&contact.name), quote(&contact.at.to_string()))).collect::<Vec<_>>();
    if contacts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", contacts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Charset;

    #[test]
    fn a_contact_is_an_address_a_name_or_a_program() {
        let field = crate::lab::field(crate::program::ProgramKind::UdpClient, "contacts").expect("in the table");
        let written = r#"{ "a" = "127.0.0.1:1", "b" = "localhost:8081", "c" = "db_1.example.com:2", "d" = "@server" }"#;
        let read = field.typed(written).expect("contacts");
        assert_eq!(read.to_toml(), written);
        for wrong in ["localhost", "localhost:0", "127.0.0.256:1", "unix:/s", "a b:1"] {
            let told = field.typed(&format!(r#"{{ "a" = "{wrong}" }}"#)).expect_err(wrong).to_string();
            assert!(told.contains(wrong) && told.contains("localhost:9001"), "{told}");
        }
    }

    #[test]
    fn every_character_set_can_be_chosen() {
        assert_eq!(Charset::all().map(Charset::name).collect::<Vec<_>>(), CHARSETS);
    }
}
