//! The calls of a program that is driven by hand, in a lab file: `calls = [{ socket = "a", call = "socket" }, { socket = "a", call = "listen", backlog = 1 }]`.

use std::ops::Range;
use std::time::Duration;

use super::check::Wrong;
use super::error::Fault;
use super::field::{Field, set, word};
use super::plain::at;
use super::setting::Setting;
use super::shape::{Read, Reader, Shape, clip};
use crate::net::option;
use crate::program::manual::{MOST_CALLS, MOST_HANDS, Method, Press};
use crate::program::{MOST_RECV_SIZE, ProgramKind, Spec, Target};
use crate::text;
use crate::text::nearest;
use crate::trace::{Family, How, MessageFlag, Request, SocketType};

const FAMILIES: &[Family] = &[Family::Inet, Family::Inet6, Family::Unix];
const TYPES: &[SocketType] = &[SocketType::Stream, SocketType::Datagram];
const HALVES: &[How] = &[How::Read, How::Write, How::Both];

/// The longest timeout of settimeout.
const LONGEST: Duration = Duration::from_hours(1);

/// The fields that every call has; the others belong to some.
const ALWAYS: [&str; 3] = ["socket", "call", "thread"];

/// The row of the table of a program's fields.
pub(super) const CALLS: &[Field<Spec>] = &[Field {
    key: "calls",
    kinds: &[ProgramKind::Manual],
    shape: Shape::Calls,
    default: Some("[]"),
    example: "[{ socket = \"a\", call = \"socket\" }, { socket = \"a\", call = \"listen\", backlog = 1 }]",
    sentence: || text!("lab-field-calls"),
    ..at!(calls)
}];

/// The fields of a call, in the order in which they are written.
pub static CALLING: &[Field<Press>] = &[
    Field { key: "socket", shape: Shape::Name, required: true, example: "\"a\"", sentence: || text!("lab-call-socket"), ..at!(socket) },
    Field {
        key: "call",
        shape: Shape::Word(Method::NAMES),
        required: true,
        example: "\"listen\"",
        sentence: || text!("lab-call-call"),
        ..at!(call)
    },
    Field {
        key: "thread",
        shape: Shape::Number { least: 1, most: MOST_HANDS as i64 },
        default: Some("1"),
        example: "2",
        sentence: || text!("lab-call-thread"),
        ..at!(thread)
    },
    Field {
        key: "family",
        shape: Shape::Word(&["AF_INET", "AF_INET6", "AF_UNIX"]),
        default: Some("\"AF_INET\""),
        example: "\"AF_INET6\"",
        sentence: || text!("lab-call-family"),
        get: |press| Some(word(press.family.name())),
        set: set!(Text, |press, name| press.family = by_name(FAMILIES, Family::name, &name).unwrap_or(press.family)),
        ..Field::BLANK
    },
    Field {
        key: "type",
        shape: Shape::Word(&["SOCK_STREAM", "SOCK_DGRAM"]),
        default: Some("\"SOCK_STREAM\""),
        example: "\"SOCK_DGRAM\"",
        sentence: || text!("lab-call-type"),
        get: |press| Some(word(press.kind.name())),
        set: set!(Text, |press, name| press.kind = by_name(TYPES, SocketType::name, &name).unwrap_or(press.kind)),
        ..Field::BLANK
    },
    Field {
        key: "address",
        shape: Shape::AnyTarget,
        example: "\"127.0.0.1:9001\"",
        sentence: || text!("lab-call-address"),
        ..at!(address)
    },
    Field {
        key: "backlog",
        shape: Shape::Number { least: i32::MIN as i64, most: i32::MAX as i64 },
        default: Some("5"),
        example: "1",
        sentence: || text!("lab-call-backlog"),
        ..at!(backlog)
    },
    Field { key: "as", shape: Shape::Name, example: "\"b\"", sentence: || text!("lab-call-as"), ..at!(made) },
    Field { key: "data", shape: Shape::Data, example: "\"hello\"", sentence: || text!("lab-call-data"), ..at!(data) },
    Field {
        key: "size",
        shape: Shape::Number { least: 0, most: MOST_RECV_SIZE as i64 },
        default: Some("1024"),
        example: "16",
        sentence: || text!("lab-call-size"),
        ..at!(size)
    },
    Field {
        key: "flags",
        shape: Shape::Words(MessageFlag::NAMES),
        default: Some("[]"),
        example: "[\"MSG_PEEK\", \"MSG_DONTWAIT\"]",
        sentence: || text!("lab-call-flags"),
        get: |press| Some(Setting::Names(press.flags.iter().map(|flag| flag.name().to_owned()).collect())),
        set: set!(Names, |press, names| press.flags = names.iter().filter_map(|name| MessageFlag::by_name(name)).collect()),
        ..Field::BLANK
    },
    Field {
        key: "how",
        shape: Shape::Word(&["SHUT_RD", "SHUT_WR", "SHUT_RDWR"]),
        default: Some("\"SHUT_WR\""),
        example: "\"SHUT_RDWR\"",
        sentence: || text!("lab-call-how"),
        get: |press| Some(word(press.how.name())),
        set: set!(Text, |press, name| press.how = by_name(HALVES, How::name, &name).unwrap_or(press.how)),
        ..Field::BLANK
    },
    Field {
        key: "option",
        shape: Shape::OptionName,
        example: "\"SO_RCVBUF\"",
        sentence: || text!("lab-call-option"),
        get: |press| press.option.map(|option| word(option.name)),
        set: set!(Text, |press, name| press.option = option::by_name(&name)),
        ..Field::BLANK
    },
    Field {
        key: "options",
        shape: Shape::Options,
        example: "{ SO_REUSEADDR = true }",
        sentence: || text!("lab-call-options"),
        get: |press| (!press.options.is_empty()).then(|| Setting::Options(press.options.clone())),
        set: set!(Options, |press, options| press.options = options),
        ..Field::BLANK
    },
    Field { key: "on", default: Some("true"), example: "false", sentence: || text!("lab-call-on"), ..at!(on) },
    Field {
        key: "timeout",
        shape: Shape::Limit { most: LONGEST },
        default: Some("\"none\""),
        example: "\"2s\"",
        sentence: || text!("lab-call-timeout"),
        get: |press| Some(Setting::Limit(press.timeout)),
        set: set!(Limit, |press, limit| press.timeout = limit),
        ..Field::BLANK
    },
    Field {
        key: "request",
        shape: Shape::Word(Request::NAMES),
        default: Some("\"FIONREAD\""),
        example: "\"SIOCATMARK\"",
        sentence: || text!("lab-call-request"),
        ..at!(request)
    },
];

fn by_name<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|one| name_of(*one) == name)
}

/// The field of that key.
pub fn call_field(key: &str) -> Option<&'static Field<Press>> {
    CALLING.iter().find(|field| field.key == key)
}

/// The calls of a list: each by itself, then what they say of each other's sockets.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Vec<Press>> {
    let entries = reader.list(value, || text!("lab-expected-calls"))?;
    if entries.len() > MOST_CALLS {
        let what = text!("lab-list-long", key = reader.key, count = entries.len());
        reader.wrong(value.span(), Fault::new(what, text!("lab-expected-entries", most = MOST_CALLS.to_string())));
        return None;
    }
    let read = entries.iter().map(|entry| one(reader, entry)).collect::<Vec<_>>();
    let whole = read.into_iter().collect::<Option<Vec<_>>>()?;
    let mut known = Vec::new();
    let mut is_right = true;
    for (press, at) in &whole {
        is_right &= of_known_socket(reader, press, at, &known);
        known.extend(press.makes().map(str::to_owned));
    }
    is_right.then(|| whole.into_iter().map(|(press, _)| press).collect())
}

/// One call, and where its socket and the name it makes stand.
fn one(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<(Press, Range<usize>)> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(value, text!("lab-expected-call"));
        return None;
    };
    let entries = Reader::entries(table);
    let mut press = Press::new("", Method::Socket);
    let (mut at, mut is_right) = (value.span(), true);
    for (key, value) in &entries {
        let name = key.get_ref().as_ref();
        let Some(field) = call_field(name) else {
            reader.unknown(key, &CALLING.iter().map(|field| field.key).collect::<Vec<_>>());
            is_right = false;
            continue;
        };
        if name == "socket" {
            at = value.span();
        }
        is_right &= reader.put(field, &mut press, value);
    }
    let has = |key: &str| entries.iter().any(|(name, _)| name.get_ref() == key);
    for key in ["socket", "call"].into_iter().filter(|key| !has(key)) {
        reader.wrong(value.span(), Fault::new(text!("lab-call-missing", key = key, call = "calls"), text!("lab-expected-call")));
        is_right = false;
    }
    if !is_right {
        return None;
    }
    let call = press.call;
    for (key, _) in entries.iter().filter(|(key, _)| !ALWAYS.contains(&key.get_ref().as_ref())) {
        let name = key.get_ref().as_ref();
        if !call.keys().contains(&name) {
            let words = ALWAYS.into_iter().chain(call.keys().iter().copied()).collect::<Vec<_>>();
            let what = text!("lab-call-key", key = name, call = call.name());
            reader.wrong(key.span(), Fault::new(what, text!("lab-expected-word", words = words.join(", "))).near(nearest(name, words)));
            is_right = false;
        }
    }
    for key in needed(call).iter().filter(|key| !has(key)) {
        let expected = call_field(key).map_or("", |field| field.example);
        let what = text!("lab-call-missing", key = *key, call = call.name());
        reader.wrong(value.span(), Fault::new(what, text!("lab-expected-like", example = format!("{key} = {expected}"))));
        is_right = false;
    }
    if call == Method::SetSockOpt && press.options.len() != 1 && is_right {
        let what = text!("lab-call-one-option", count = press.options.len());
        reader.wrong(value.span(), Fault::new(what, text!("lab-expected-like", example = "options = { SO_REUSEADDR = true }")));
        is_right = false;
    }
    is_right.then_some((press, at))
}

/// What a call cannot do without.
const fn needed(call: Method) -> &'static [&'static str] {
    match call {
        Method::Bind | Method::Connect | Method::ConnectEx => &["address"],
        Method::Send | Method::SendAll => &["data"],
        Method::SendTo => &["data", "address"],
        Method::GetSockOpt => &["option"],
        Method::SetSockOpt => &["options"],
        Method::SetTimeout => &["timeout"],
        _ => &[],
    }
}

/// Whether the call is on a socket that one before it makes, or makes one that none before it does.
fn of_known_socket(reader: &mut Reader<'_, '_>, press: &Press, at: &Range<usize>, known: &[String]) -> bool {
    let is_known = |name: &str| known.iter().any(|known| known == name);
    if press.call != Method::Socket && !is_known(&press.socket) {
        let near = nearest(&press.socket, known.iter().map(String::as_str));
        let expected = if known.is_empty() { text!("lab-expected-made") } else { text!("lab-expected-word", words = known.join(", ")) };
        reader.wrong(at.clone(), Fault::new(text!("lab-call-unmade", socket = clip(&press.socket)), expected).near(near));
        return false;
    }
    if let Some(name) = press.makes().filter(|name| is_known(name)) {
        reader.wrong(at.clone(), Fault::new(text!("lab-call-twice", socket = clip(name)), text!("lab-expected-own-name")));
        return false;
    }
    true
}

/// The calls in TOML.
pub(super) fn write(calls: &[Press]) -> String {
    let lines = calls.iter().map(write_one).collect::<Vec<_>>();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n    {},\n]", lines.join(",\n    ")) }
}

/// One call in TOML: what it has that is not as it would be anyway.
pub fn write_one(press: &Press) -> String {
    let standard = Press::new("", press.call);
    let is_meant = |field: &&Field<Press>| ALWAYS.contains(&field.key) || press.call.keys().contains(&field.key);
    let entries = CALLING.iter().filter(is_meant).filter_map(|field| {
        let setting = (field.get)(press)?;
        let is_told = field.required || needed(press.call).contains(&field.key) || (field.get)(&standard).as_ref() != Some(&setting);
        is_told.then(|| format!("{} = {}", field.key, setting.to_toml()))
    });
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// Addresses that name nobody: neither a socket of the program nor another program of the lab.
pub(super) fn check(programs: &[Spec], program: usize, spec: &Spec) -> Vec<Wrong> {
    let mut made = Vec::new();
    let mut wrong = Vec::new();
    for (place, press) in spec.calls.iter().enumerate() {
        if let Some(Target::Program(name)) = &press.address
            && press.call.keys().contains(&"address")
        {
            let others = || programs.iter().filter(|other| other.name != spec.name).map(|other| other.name.as_str());
            if !made.contains(&name.as_str()) && !others().any(|other| other == name) {
                let known = made.iter().copied().chain(others()).map(|name| format!("@{name}")).collect::<Vec<_>>();
                let near = nearest(&format!("@{name}"), known.iter().map(String::as_str)).map(str::to_owned);
                let what = text!("lab-call-nobody", number = (place + 1).to_string(), call = press.call.name(), name = name.as_str());
                let expected =
                    if known.is_empty() { text!("lab-expected-address") } else { text!("lab-expected-word", words = known.join(", ")) };
                wrong.push(Wrong { program, key: "calls", entry: None, fault: Fault::new(what, expected).near(near.as_deref()) });
            }
        }
        made.extend(press.makes());
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Lab;

    fn lab(calls: &str) -> Result<Vec<Press>, String> {
        let text = format!("[[program]]\nname = \"m\"\nkind = \"manual\"\ncalls = [\n{calls}\n]\n");
        Lab::parse(&text, "m.toml").map(|lab| lab.programs[0].calls.clone()).map_err(|errors| errors.to_string())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let made = "{ socket = \"a\", call = \"socket\" }";
        for method in Method::ALL {
            let arguments = method.keys().iter().map(|key| format!(", {key} = {}", call_field(key).expect("a field").example));
            let name = if *method == Method::Socket { "b" } else { "a" };
            let call = format!("{{ socket = \"{name}\", call = \"{}\", thread = 2{} }}", method.name(), arguments.collect::<String>());
            let calls = lab(&format!("{made},\n{call}")).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(lab(&calls.iter().map(write_one).collect::<Vec<_>>().join(",\n")), Ok(calls.clone()), "{call}");
            assert_eq!(calls[1].thread, 2);
        }
        for at in ["localhost:0", "example.com:80", "unix:/tmp/s", "@a"] {
            let calls = lab(&format!("{made},\n{{ socket = \"a\", call = \"bind\", address = \"{at}\" }}"))
                .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(calls[1].address.as_ref().map(ToString::to_string).as_deref(), Some(at));
        }
        for field in CALLING {
            let setting = field.typed(field.example).unwrap_or_else(|error| panic!("{}: {error}", field.key));
            assert_eq!(field.typed(&setting.to_toml()), Ok(setting), "{}", field.key);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_the_nearest_name() {
        let made = "{ socket = \"abc\", call = \"socket\" },\n";
        for (calls, parts) in [
            ("{ socket = \"abc\", call = \"lisen\" }", &["m.toml:6:26", "lisen", "listen"] as &[&str]),
            ("{ socket = \"abd\", call = \"listen\" }", &["m.toml:6:12", "abd", "abc"]),
            ("{ socket = \"abc\", call = \"listen\", backlock = 1 }", &["m.toml:6:36", "backlock", "backlog"]),
            ("{ socket = \"abc\", call = \"listen\", size = 1 }", &["m.toml:6:36", "size", "listen", "backlog"]),
            ("{ socket = \"abc\", call = \"bind\" }", &["m.toml:6:1", "address"]),
            ("{ socket = \"abc\", call = \"bind\", address = \"localhost\" }", &["m.toml:6:44", "localhost", "a name with a port"]),
            ("{ socket = \"abc\", call = \"recv\", flags = [\"MSG_PEAK\"] }", &["m.toml:6:43", "MSG_PEAK", "MSG_PEEK"]),
            ("{ socket = \"abc\", call = \"setsockopt\", options = { SO_RCVBUFF = 1 } }", &["m.toml:6:52", "SO_RCVBUF"]),
            ("{ socket = \"abc\", call = \"settimeout\", timeout = \"soon\" }", &["m.toml:6:50", "soon"]),
            ("{ socket = \"abc\", call = \"socket\" }", &["m.toml:6:12", "abc"]),
            ("{ socket = \"abc\", call = \"connect\", address = \"@ab\" }", &["m.toml:4:1", "@ab", "@abc", "2"]),
            ("\"listen\"", &["m.toml:6:1"]),
        ] {
            let error = lab(&format!("{made}{calls}")).expect_err(calls);
            assert!(parts.iter().all(|part| error.contains(part)), "{parts:?}: {error}");
        }
    }
}
