//! The value of a field, and how it is written in TOML.

use std::net::SocketAddr;
use std::time::Duration;

use crate::net::{FaultPlan, Opt, Way};
use crate::program::manual::Press;
use crate::program::{Contact, Data, Handling, Outgoing, ProgramKind, Remote, Reply, Target};
use crate::trace::{Address, Value};
use crate::wire::{Framing, hex, time};

/// The value of a field. Which variant a field has is said by its [`Shape`](super::Shape).
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// Text.
    Text(String),
    /// Text of many lines.
    Lines(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A length of time.
    Time(Duration),
    /// An address of a socket.
    Address(SocketAddr),
    /// The path or the abstract name of a Unix socket.
    Path(Address),
    /// An address, or a program of this lab.
    Target(Target),
    /// A kind of program.
    Kind(ProgramKind),
    /// How a server shares itself.
    Handling(Handling),
    /// What a server answers.
    Reply(Reply),
    /// Bytes, as text, in hexadecimal or from a file.
    Data(Data),
    /// What a file holds, or the file.
    Content(Data),
    /// Whole numbers.
    Numbers(Vec<u64>),
    /// What the lab lets happen to datagrams.
    Faults(FaultPlan),
    /// What happens one way of a link.
    Way(Way),
    /// Socket options and their values.
    Options(Vec<(&'static Opt, Value)>),
    /// What a client sends.
    Outgoings(Vec<Outgoing>),
    /// Names.
    Names(Vec<String>),
    /// By what messages are told apart.
    Framing(Framing),
    /// Names and where they are.
    Contacts(Vec<Contact>),
    /// A length of time; none is without end.
    Limit(Option<Duration>),
    /// Calls that are given by hand.
    Calls(Vec<Press>),
}

/// The longest line of a list; a longer one is written one entry a line.
const LINE: usize = 100;

impl Setting {
    /// The value in TOML, as it stands behind the `=`.
    pub fn to_toml(&self) -> String {
        match self {
            Self::Text(text) => quote(text),
            Self::Lines(text) => quote_lines(text),
            Self::Number(number) => number.to_string(),
            Self::Flag(on) => on.to_string(),
            Self::Time(length) => quote(&time::write(*length)),
            Self::Address(address) => quote(&address.to_string()),
            Self::Path(address) => quote(&address.to_string()),
            Self::Target(target) => quote(&target.to_string()),
            Self::Kind(kind) => quote(kind.name()),
            Self::Handling(handling) => quote(handling.name()),
            Self::Reply(reply) => write_reply(reply),
            Self::Data(data) => write_data(data),
            Self::Content(Data::File(path)) => quote(&path.to_string_lossy()),
            Self::Content(data) => format!("{{ {} }}", data_entry(data)),
            Self::Numbers(numbers) => list(numbers.iter().map(u64::to_string)),
            Self::Faults(plan) => super::fault::write(plan),
            Self::Way(way) => super::link::write(way),
            Self::Options(options) => write_options(options),
            Self::Outgoings(outgoings) => list(outgoings.iter().map(write_outgoing)),
            Self::Framing(framing) => super::framing::write(framing),
            Self::Names(names) => list(names.iter().map(|name| quote(name))),
            Self::Contacts(contacts) => super::manner::write(contacts),
            Self::Limit(limit) => quote(&limit.map_or_else(|| "none".to_owned(), time::write)),
            Self::Calls(calls) => super::calls::write(calls),
        }
    }

    /// The value as a person types it into a field: text without its quotes, everything else as in TOML.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Lines(text) => text.clone(),
            Self::Time(length) => time::write(*length),
            Self::Limit(limit) => limit.map_or_else(|| "none".to_owned(), time::write),
            Self::Address(address) => address.to_string(),
            Self::Path(address) => address.to_string(),
            Self::Target(target) => target.to_string(),
            Self::Kind(kind) => kind.name().to_owned(),
            Self::Handling(handling) => handling.name().to_owned(),
            Self::Content(Data::File(path)) => path.to_string_lossy().into_owned(),
            // What would be read as TOML stays in quotes.
            Self::Data(Data::Text(text)) if !text.starts_with(['"', '\'', '{', '[']) && !text.contains(char::is_control) => text.clone(),
            _ => self.to_toml(),
        }
    }
}

/// `text` as a multi-line basic string of TOML 1.0: as a person would write it.
fn quote_lines(text: &str) -> String {
    if !text.contains('\n') {
        return quote(text);
    }
    // A line end behind the opening quotes is none of the text.
    format!("\"\"\"\n{}\"\"\"", text.split('\n').map(escape).collect::<Vec<_>>().join("\n"))
}

/// `text` as a basic string of TOML 1.0: on one line, control characters escaped.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

fn escape(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted += &unicode_escape(c),
            c => quoted.push(c),
        }
    }
    quoted
}

fn unicode_escape(c: char) -> String {
    format!("\\u{:04X}", u32::from(c))
}

/// A list in one line, or with an entry in each where that would be long.
pub(super) fn list(entries: impl Iterator<Item = String>) -> String {
    let entries = entries.collect::<Vec<_>>();
    let line = format!("[{}]", entries.join(", "));
    if line.chars().count() <= LINE {
        return line;
    }
    format!("[\n    {},\n]", entries.join(",\n    "))
}

fn write_reply(reply: &Reply) -> String {
    match reply {
        Reply::Fixed(data) => format!("{{ fixed = {} }}", write_data(data)),
        Reply::Command(remote) if remote.any => "{ command = \"any\" }".to_owned(),
        Reply::Command(remote) if *remote != Remote::default() => {
            format!("{{ command = {} }}", list(remote.allowed.iter().map(|name| quote(name))))
        }
        Reply::Rules(rules) => super::rules::write(rules),
        Reply::Time { format } if !format.is_empty() => format!("{{ time = {} }}", quote(format)),
        _ => quote(reply.name()),
    }
}

/// What is sent or compared, in TOML.
pub(super) fn write_data(data: &Data) -> String {
    match data {
        Data::Text(text) => quote(text),
        Data::Hex(_) | Data::File(_) => format!("{{ {} }}", data_entry(data)),
    }
}

fn data_entry(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("text = {}", quote(text)),
        Data::Hex(bytes) => format!("hex = \"{}\"", hex::format(bytes)),
        Data::File(path) => format!("file = {}", quote(&path.to_string_lossy())),
    }
}

fn write_outgoing(outgoing: &Outgoing) -> String {
    let standard = Outgoing::new(outgoing.data.clone());
    if let (Data::Text(text), true) = (&outgoing.data, *outgoing == standard) {
        return quote(text);
    }
    let mut entries = vec![data_entry(&outgoing.data)];
    for field in super::field::SENDING {
        if let Some(setting) = (field.get)(outgoing)
            && (field.get)(&standard).as_ref() != Some(&setting)
        {
            entries.push(format!("{} = {}", field.key, setting.to_toml()));
        }
    }
    format!("{{ {} }}", entries.join(", "))
}

fn write_options(options: &[(&'static Opt, Value)]) -> String {
    let options = options.iter().map(|(option, value)| format!("{} = {}", option.name, super::option::write(value))).collect::<Vec<_>>();
    if options.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", options.join(", ")) }
}
