//! What a field may hold: reads a TOML value, and says what was expected where it is another.

use std::path::PathBuf;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Errors, Fault, Source};
use super::field::{Field, SENDING};
use super::option;
use super::setting::Setting;
use crate::net::MOST_PATH;
use crate::program::{Data, Handling, HostName, Outgoing, ProgramKind, REPLIES, Remote, Reply, Target};
use crate::text;
use crate::text::Message;
use crate::text::nearest;
use crate::trace::{Address, Errno, SocketType};
use crate::wire::time;

/// The values a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A program's name: letters, digits, `-` and `_`.
    Name,
    /// A kind of program.
    Kind,
    /// Text of so many characters.
    Text {
        /// At least.
        least: usize,
        /// At most.
        most: usize,
    },
    /// Text of many lines, of so many characters at most.
    Lines {
        /// At most.
        most: usize,
    },
    /// A whole number in this range.
    Number {
        /// At least.
        least: i64,
        /// At most.
        most: i64,
    },
    /// `true` or `false`.
    Flag,
    /// A length of time in this range.
    Time {
        /// At least.
        least: Duration,
        /// At most.
        most: Duration,
    },
    /// An IP address with a port.
    Address,
    /// A Unix socket: `unix:` and its path, or `unix:@` and its name.
    Path,
    /// A Unix socket, or `@` and the name of a program.
    PathTarget,
    /// An address, or `@` and the name of a program.
    Target,
    /// How a server shares itself.
    Handling,
    /// What a server answers.
    Reply,
    /// Socket options.
    Options,
    /// What a client sends.
    Outgoings,
    /// Names of errors.
    Errors,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A file, by its path, or what it would hold: text or bytes.
    Content,
    /// Whole numbers from 1 on.
    Numbers,
    /// What the lab lets happen to datagrams.
    Faults,
    /// What happens one way of a link, to a stream or to datagrams.
    Way(SocketType),
    /// By what messages are told apart.
    Framing,
    /// Bytes: text, hexadecimal, or a file.
    Data,
    /// Names and where they are.
    Contacts,
    /// Some of these words.
    Words(&'static [&'static str]),
    /// An address of any family, a name with a port, or `@` and the name of a program or a socket.
    AnyTarget,
    /// The name of a socket option.
    OptionName,
    /// A length of time up to this, or `none`.
    Limit {
        /// At most.
        most: Duration,
    },
    /// Calls that are given by hand.
    Calls,
}

/// The longest name of a program, in characters.
const LONGEST_NAME: usize = 40;
/// The most entries of one list.
const MOST_ENTRIES: usize = 10_000;
/// The words that state data in a table.
const DATA: [&str; 3] = ["text", "hex", "file"];

/// A value of the file while it is read.
pub(super) type Read<'value, 'text> = &'value Spanned<DeValue<'text>>;

/// Reads the values of one key: knows where they stand and collects what is wrong with them.
pub(super) struct Reader<'reader, 'text> {
    /// The key, as messages name it.
    pub(super) key: &'reader str,
    /// The argument that the value was given in, where it was not in the file.
    pub(super) argument: Option<&'reader str>,
    /// What is wrong so far.
    pub(super) errors: &'reader mut Errors<'text>,
}

impl Reader<'_, '_> {
    pub(super) fn wrong(&mut self, span: std::ops::Range<usize>, fault: Fault) {
        let source = self.argument.map_or(Source::Span(span), |argument| Source::Argument(argument.to_owned()));
        self.errors.push(&source, fault);
    }

    /// The value is of another type than the key wants.
    pub(super) fn wrong_type(&mut self, value: Read<'_, '_>, expected: Message) {
        let fault = Fault::new(text!("lab-type-wrong", key = self.key, found = found(value.get_ref())), expected);
        self.wrong(value.span(), fault);
    }

    pub(super) fn wrong_value(&mut self, value: Read<'_, '_>, shown: &str, expected: Message, near: Option<&str>) {
        let fault = Fault::new(text!("lab-value-wrong", key = self.key, value = clip(shown)), expected).near(near);
        self.wrong(value.span(), fault);
    }

    pub(super) fn text<'value>(&mut self, value: Read<'value, '_>, expected: impl FnOnce() -> Message) -> Option<&'value str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, expected());
        }
        text
    }

    /// The text as one of a few words.
    fn word<W>(&mut self, value: Read<'_, '_>, by_name: fn(&str) -> Option<W>, names: &[&str]) -> Option<W> {
        let expected = || text!("lab-expected-word", words = names.join(", "));
        let text = self.text(value, expected)?;
        let word = by_name(text);
        if word.is_none() {
            self.wrong_value(value, text, expected(), nearest(text, names.iter().copied()));
        }
        word
    }

    fn parsed<P>(&mut self, value: Read<'_, '_>, parse: impl FnOnce(&str) -> Option<P>, expected: fn() -> Message) -> Option<P> {
        let text = self.text(value, expected)?;
        let parsed = parse(text);
        if parsed.is_none() {
            self.wrong_value(value, text, expected(), None);
        }
        parsed
    }

    pub(super) fn number(&mut self, value: Read<'_, '_>, least: i64, most: i64) -> Option<i64> {
        let expected = || text!("lab-expected-number", least = least.to_string(), most = most.to_string());
        let Some(digits) = value.get_ref().as_integer() else {
            self.wrong_type(value, expected());
            return None;
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.wrong_value(value, &digits.to_string(), expected(), None);
        }
        number
    }

    fn time(&mut self, value: Read<'_, '_>, least: Duration, most: Duration) -> Option<Duration> {
        let expected = || text!("lab-expected-time", least = time::write(least), most = time::write(most));
        let text = self.text(value, expected)?;
        let length = time::parse(text).filter(|length| (least..=most).contains(length));
        if length.is_none() {
            self.wrong_value(value, text, expected(), None);
        }
        length
    }

    pub(super) fn flag(&mut self, value: Read<'_, '_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(value, text!("lab-expected-flag"));
        }
        flag
    }

    /// The entries of a table, in the order of the file.
    pub(super) fn entries<'value, 'text>(
        table: &'value DeTable<'text>,
    ) -> Vec<(&'value Spanned<std::borrow::Cow<'text, str>>, Read<'value, 'text>)> {
        let mut entries = table.iter().collect::<Vec<_>>();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// A list, not too long.
    pub(super) fn list<'value, 'text>(
        &mut self,
        value: Read<'value, 'text>,
        expected: fn() -> Message,
    ) -> Option<&'value [Spanned<DeValue<'text>>]> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(value, expected());
            return None;
        };
        if list.len() > MOST_ENTRIES {
            let fault = Fault::new(
                text!("lab-list-long", key = self.key, count = list.len()),
                text!("lab-expected-entries", most = MOST_ENTRIES.to_string()),
            );
            self.wrong(value.span(), fault);
            return None;
        }
        Some(list)
    }

    fn reply(&mut self, value: Read<'_, '_>) -> Option<Reply> {
        let names = REPLIES.iter().map(|row| row.name).collect::<Vec<_>>();
        let Some(table) = value.get_ref().as_table() else {
            let reply = self.word(value, Reply::by_name, &names)?;
            let expected = match reply {
                Reply::Fixed(_) => text!("lab-expected-fixed"),
                Reply::Rules(_) => text!("lab-expected-rules"),
                _ => return Some(reply),
            };
            self.wrong_value(value, reply.name(), expected, None);
            return None;
        };
        let entries = Self::entries(table);
        if entries.iter().any(|(key, _)| matches!(key.get_ref().as_ref(), "rules" | "otherwise")) {
            return super::rules::read(self, value, &entries).map(Reply::Rules);
        }
        let &[(name, argument)] = entries.as_slice() else {
            self.wrong_type(value, text!("lab-expected-reply"));
            return None;
        };
        match name.get_ref().as_ref() {
            "fixed" => self.data(argument).map(Reply::Fixed),
            "time" => self.text(argument, || text!("lab-expected-format")).map(|format| Reply::Time { format: format.to_owned() }),
            "command" => self.remote(argument).map(Reply::Command),
            other => {
                let near = nearest(other, ["fixed", "time", "command", "rules"]);
                let fault =
                    Fault::new(text!("lab-value-wrong", key = self.key, value = clip(other)), text!("lab-expected-reply")).near(near);
                self.wrong(name.span(), fault);
                None
            }
        }
    }

    /// Programs by their names, or any.
    fn remote(&mut self, value: Read<'_, '_>) -> Option<Remote> {
        if value.get_ref().as_str() == Some("any") {
            return Some(Remote { any: true, ..Remote::default() });
        }
        let list = self.list(value, || text!("lab-expected-commands"))?;
        let name = |text: &str| (!text.trim().is_empty() && !text.contains(char::is_control)).then(|| text.to_owned());
        let read = list.iter().map(|entry| self.parsed(entry, name, || text!("lab-expected-commands"))).collect::<Vec<_>>();
        let allowed = read.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Remote { allowed, any: false })
    }

    /// Text, or a table that states the data in hexadecimal or names a file.
    pub(super) fn data(&mut self, value: Read<'_, '_>) -> Option<Data> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(Data::Text(text.to_owned()));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, text!("lab-expected-data"));
            return None;
        };
        let mut data = None;
        for (key, value) in Self::entries(table) {
            match self.stated(key.get_ref(), value) {
                Stated::Data(read) if data.is_none() => data = Some(read),
                Stated::Data(_) => self.twice(key.span()),
                Stated::Wrong => return None,
                Stated::Other => {
                    self.unknown(key, &DATA);
                    return None;
                }
            }
        }
        if data.is_none() {
            self.wrong_type(value, text!("lab-expected-data"));
        }
        data
    }

    /// The path of a file, or a table that states what it would hold.
    fn content(&mut self, value: Read<'_, '_>) -> Option<Data> {
        match value.get_ref().as_str() {
            Some("") => {
                self.wrong_value(value, "", text!("lab-expected-content"), None);
                None
            }
            Some(path) => Some(Data::File(PathBuf::from(path))),
            None if value.get_ref().as_table().is_some() => self.data(value),
            None => {
                self.wrong_type(value, text!("lab-expected-content"));
                None
            }
        }
    }

    /// The data that an entry `text = ..`, `hex = ..` or `file = ..` states.
    fn stated(&mut self, key: &str, value: Read<'_, '_>) -> Stated {
        let mut reader = Reader { key, argument: self.argument, errors: self.errors };
        let data = match key {
            "text" => reader.text(value, || text!("lab-expected-text")).map(|text| Data::Text(text.to_owned())),
            "hex" => reader.parsed(value, |text| Data::hex(text).ok(), || text!("lab-expected-hex")),
            "file" => {
                let path = |text: &str| (!text.is_empty()).then(|| PathBuf::from(text));
                reader.parsed(value, path, || text!("lab-expected-file")).map(Data::File)
            }
            _ => return Stated::Other,
        };
        data.map_or(Stated::Wrong, Stated::Data)
    }

    fn twice(&mut self, span: std::ops::Range<usize>) {
        let fault = Fault::new(text!("lab-data-twice", key = self.key), text!("lab-expected-data"));
        self.wrong(span, fault);
    }

    pub(super) fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let name = key.get_ref().as_ref();
        let near = nearest(name, known.iter().copied());
        let fault =
            Fault::new(text!("lab-key-unknown", key = clip(name), of = self.key), text!("lab-expected-word", words = known.join(", ")))
                .near(near);
        self.wrong(key.span(), fault);
    }

    fn outgoing(&mut self, value: Read<'_, '_>) -> Option<Outgoing> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(Outgoing::new(Data::Text(text.to_owned())));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, text!("lab-expected-outgoing"));
            return None;
        };
        let mut outgoing = Outgoing::new(Data::Text(String::new()));
        let (mut stated, mut whole) = (false, true);
        for (key, value) in Self::entries(table) {
            let name = key.get_ref().as_ref();
            if let Some(field) = SENDING.iter().find(|field| field.key == name) {
                whole &= self.put(field, &mut outgoing, value);
                continue;
            }
            match self.stated(name, value) {
                Stated::Data(_) if stated => self.twice(key.span()),
                Stated::Data(data) => outgoing.data = data,
                Stated::Wrong => whole = false,
                Stated::Other => {
                    self.unknown(key, &DATA.into_iter().chain(SENDING.iter().map(|field| field.key)).collect::<Vec<_>>());
                    whole = false;
                    continue;
                }
            }
            stated = true;
        }
        if !stated && whole {
            self.wrong_type(value, text!("lab-expected-outgoing"));
        }
        (stated && whole).then_some(outgoing)
    }

    /// Reads the value of a field into its place; whether it was right.
    pub(super) fn put<T>(&mut self, field: &Field<T>, to: &mut T, value: Read<'_, '_>) -> bool {
        let before = self.errors.count();
        let mut reader = Reader { key: field.key, argument: self.argument, errors: self.errors };
        if let Some(setting) = field.shape.read(&mut reader, value) {
            (field.set)(to, setting);
        }
        self.errors.count() == before
    }
}

/// What an entry of a table that states data turned out to be.
enum Stated {
    Data(Data),
    Wrong,
    Other,
}

impl Shape {
    /// The value that was written, where it is one of this shape; else says what is wrong with it.
    pub(super) fn read(self, reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Setting> {
        match self {
            Self::Name => reader.parsed(value, parse_name, || text!("lab-expected-name")).map(Setting::Text),
            Self::Kind => reader.word(value, ProgramKind::by_name, &names(ProgramKind::ALL, |kind| kind.name())).map(Setting::Kind),
            Self::Handling => reader.word(value, Handling::by_name, &names(Handling::ALL, |way| way.name())).map(Setting::Handling),
            Self::Text { least, most } => read_text(reader, value, least, most).map(Setting::Text),
            Self::Lines { most } => read_text(reader, value, 1, most).map(Setting::Lines),
            Self::Word(words) => {
                let known = |word: &str| words.iter().find(|known| **known == word).copied();
                let word = reader.text(value, || text!("lab-expected-word", words = words.join(", ")))?;
                let known = known(word);
                if known.is_none() {
                    let expected = text!("lab-expected-word", words = words.join(", "));
                    reader.wrong_value(value, word, expected, nearest(word, words.iter().copied()));
                }
                known.map(|word| Setting::Text(word.to_owned()))
            }
            Self::Content => reader.content(value).map(Setting::Content),
            Self::Numbers => {
                let list = reader.list(value, || text!("lab-expected-numbers"))?;
                let read = list.iter().map(|entry| reader.number(entry, 1, i64::MAX).map(i64::unsigned_abs)).collect::<Vec<_>>();
                read.into_iter().collect::<Option<_>>().map(Setting::Numbers)
            }
            Self::Words(words) => {
                let list = reader.list(value, || text!("lab-expected-words"))?;
                let read = list.iter().map(|entry| Self::Word(words).read(reader, entry)).collect::<Vec<_>>();
                let read = read.into_iter().collect::<Option<Vec<_>>>()?;
                Some(Setting::Names(
                    read.into_iter().filter_map(|one| if let Setting::Text(word) = one { Some(word) } else { None }).collect(),
                ))
            }
            Self::AnyTarget => reader.parsed(value, parse_any_target, || text!("lab-expected-any-target")).map(Setting::Target),
            Self::OptionName => option::read_name(reader, value).map(|name| Setting::Text(name.to_owned())),
            Self::Limit { .. } if value.get_ref().as_str() == Some("none") => Some(Setting::Limit(None)),
            Self::Limit { most } => reader.time(value, Duration::ZERO, most).map(|limit| Setting::Limit(Some(limit))),
            Self::Calls => super::calls::read(reader, value).map(Setting::Calls),
            Self::Data => reader.data(value).map(Setting::Data),
            Self::Contacts => super::manner::read(reader, value).map(Setting::Contacts),
            Self::Faults => super::fault::read(reader, value).map(Setting::Faults),
            Self::Way(kind) => super::link::read(reader, value, kind).map(Setting::Way),
            Self::Framing => super::framing::read(reader, value).map(Setting::Framing),
            Self::Number { least, most } => reader.number(value, least, most).map(Setting::Number),
            Self::Flag => reader.flag(value).map(Setting::Flag),
            Self::Time { least, most } => reader.time(value, least, most).map(Setting::Time),
            Self::Address => reader.parsed(value, |text| text.parse().ok(), || text!("lab-expected-address")).map(Setting::Address),
            Self::Path => reader.parsed(value, parse_path, expected_path).map(Setting::Path),
            Self::PathTarget => reader.parsed(value, parse_path_target, || text!("lab-expected-path-target")).map(Setting::Target),
            Self::Target => reader.parsed(value, parse_target, || text!("lab-expected-target")).map(Setting::Target),
            Self::Reply => reader.reply(value).map(Setting::Reply),
            Self::Options => option::read(reader, value).map(Setting::Options),
            Self::Outgoings => {
                let list = reader.list(value, || text!("lab-expected-send"))?;
                let read = list.iter().map(|entry| reader.outgoing(entry)).collect::<Vec<_>>();
                read.into_iter().collect::<Option<_>>().map(Setting::Outgoings)
            }
            Self::Errors => {
                let list = reader.list(value, || text!("lab-expected-errors"))?;
                let read = list.iter().map(|entry| read_error(reader, entry)).collect::<Vec<_>>();
                read.into_iter().collect::<Option<_>>().map(Setting::Names)
            }
        }
    }

    /// Whether a person may type the value without quotes where it is the only thing that is typed: in `--set` and in a form.
    pub(super) const fn is_text(self) -> bool {
        !matches!(
            self,
            Self::Number { .. }
                | Self::Flag
                | Self::Options
                | Self::Outgoings
                | Self::Errors
                | Self::Numbers
                | Self::Faults
                | Self::Way(_)
                | Self::Contacts
                | Self::Words(_)
                | Self::Calls
        )
    }
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(name).collect()
}

fn read_text(reader: &mut Reader<'_, '_>, value: Read<'_, '_>, least: usize, most: usize) -> Option<String> {
    let expected = || text!("lab-expected-length", least = least.to_string(), most = most.to_string());
    let text = reader.text(value, expected)?;
    if !(least..=most).contains(&text.chars().count()) {
        reader.wrong_value(value, text, expected(), None);
        return None;
    }
    Some(text.to_owned())
}

fn read_error(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<String> {
    let expected = || text!("lab-expected-errno");
    let name = reader.text(value, expected)?;
    let known = Errno::by_name(name).and_then(Errno::known_name);
    if known.is_none() {
        reader.wrong_value(value, name, expected(), nearest(name, Errno::names()));
    }
    known.map(str::to_owned)
}

fn parse_name(text: &str) -> Option<String> {
    let fits = (1..=LONGEST_NAME).contains(&text.chars().count()) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    fits.then(|| text.to_owned())
}

fn expected_path() -> Message {
    text!("lab-expected-path", most = MOST_PATH)
}

/// A Unix socket as a lab file has it; the `unix:` before a path may be left out.
fn parse_path(text: &str) -> Option<Address> {
    let name = text.strip_prefix("unix:");
    if let Some(name) = name.and_then(|name| name.strip_prefix('@')) {
        return Some(Address::Abstract(name.into())).filter(|_| (1..=MOST_PATH).contains(&name.len()) && !name.contains('\0'));
    }
    let path = name.unwrap_or(text);
    let fits = (1..=MOST_PATH).contains(&path.len()) && !path.contains('\0') && !path.starts_with('@');
    fits.then(|| Address::Path(path.into()))
}

fn parse_path_target(text: &str) -> Option<Target> {
    match text.strip_prefix('@') {
        Some(name) => parse_name(name).map(Target::Program),
        None => parse_path(text).map(Target::Unix),
    }
}

fn parse_any_target(text: &str) -> Option<Target> {
    if text.starts_with("unix:") {
        return parse_path(text).map(Target::Unix);
    }
    // It may be one's own, and its port then any.
    parse_place(text).or_else(|| HostName::parse_own(text).map(Target::Name))
}

fn parse_target(text: &str) -> Option<Target> {
    parse_place(text).or_else(|| HostName::parse(text).map(Target::Name))
}

fn parse_place(text: &str) -> Option<Target> {
    match text.strip_prefix('@') {
        Some(name) => parse_name(name).map(Target::Program),
        None => text.parse().ok().map(Target::Address),
    }
}

/// What a value is, in words.
fn found(value: &DeValue<'_>) -> Message {
    match value {
        DeValue::String(_) => text!("lab-found-text"),
        DeValue::Integer(_) => text!("lab-found-number"),
        DeValue::Float(_) => text!("lab-found-fraction"),
        DeValue::Boolean(_) => text!("lab-found-flag"),
        DeValue::Datetime(_) => text!("lab-found-date"),
        DeValue::Array(_) => text!("lab-found-list"),
        DeValue::Table(_) => text!("lab-found-table"),
    }
}

/// What is shown of a value that may be long: control characters escaped, at most 60 characters.
pub(super) fn clip(text: &str) -> String {
    const MOST: usize = 60;
    let shown = text.chars().take(MOST).flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] });
    let rest = text.chars().nth(MOST).map(|_| '…');
    shown.chain(rest).collect()
}
