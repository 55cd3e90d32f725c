//! One record as one line: JSON for programs, aligned text for people, CSV for tables.
//!
//! The lines of a trace are what `socket-lab run` prints and what an export writes. JSON and CSV are the same in every language.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::address::Address;
use super::call::{Args, Call, Direction, Family};
use super::names::Names;
use super::notation;
use super::record::{Fault, FaultKind, Kind, Life, Mark, Origin, Outcome, Record};
use super::sample::Figure;
use super::transfer;
use super::value::{Interface, Value};
use crate::text;
use crate::text::{Language, Message};
use crate::wire::{self, Charset, Preview};

/// The first line of a CSV file: the names of the columns that [`csv`] fills.
pub const CSV_HEADER: &str = "n,t,program,thread,socket,call,args,result,errno,took,bytes,data,kind,origin,returned";

/// How much of a payload [`text`] shows, in characters.
const PREVIEW: usize = 48;

/// The record as one line of JSON, without its line end.
///
/// Fields: `n`, `t` (seconds since the start), `program`, `thread`, `socket` (its number), `call`, `args`, `result` (`"ok"` or `"error"`), `errno`
/// (its name), `took` (seconds), `bytes` (how many were moved), `data` (the kept payload in base64). `args` are those of the call in C, so it also holds what
/// the kernel wrote into them: the `address` of accept, recvfrom, getsockname and getpeername, the `value` of getsockopt.
/// A record that is not a call has null for `call` and `result`, and carries `kind`; one that the program did not make itself carries `origin`.
pub fn json(record: &Record, names: &Names) -> String {
    let mut line = Object::new();
    line.raw("n", &record.n.to_string());
    line.raw("t", &seconds(record.t0));
    line.string("program", &names.program_name(record.program));
    line.string("thread", &names.thread_name(record.thread));
    line.raw("socket", &record.socket.map_or_else(null, |socket| socket.0.to_string()));
    line.optional("call", record.call().map(|call| call.name()));
    line.raw("args", &arguments(record));
    line.optional("result", result(record));
    line.optional("errno", record.errno().map(|errno| errno.name()).as_deref());
    line.raw("took", &seconds(record.took()));
    line.raw("bytes", &record.moved().map_or_else(null, |bytes| bytes.to_string()));
    line.optional("data", data(record).as_deref());
    if !matches!(record.kind, Kind::Call(..)) {
        line.string("kind", kind(record));
    }
    if record.origin != Origin::Program {
        line.string("origin", origin(record));
    }
    line.end()
}

/// The record as one line of CSV (RFC 4180), without its line end. Columns as in [`CSV_HEADER`]; what a record lacks is empty. `returned` holds what the
/// kernel gave beside numbers: the address of the peer, the value of an option.
pub fn csv(record: &Record, names: &Names) -> String {
    let columns = [
        record.n.to_string(),
        seconds(record.t0),
        names.program_name(record.program),
        names.thread_name(record.thread),
        record.socket.map(|socket| socket.0.to_string()).unwrap_or_default(),
        record.call().map(|call| call.name().to_owned()).unwrap_or_default(),
        record.args().map_or_else(|| harmless(&told(record, Language::English)), notation::arguments),
        result(record).unwrap_or_default().to_owned(),
        record.errno().map(|errno| errno.name()).unwrap_or_default(),
        seconds(record.took()),
        record.moved().map(|bytes| bytes.to_string()).unwrap_or_default(),
        data(record).unwrap_or_default(),
        kind(record).to_owned(),
        origin(record).to_owned(),
        notation::outcome(record),
    ];
    columns.map(quoted).join(",")
}

/// The record as one aligned line for a person, without its line end: number, time, program, socket, call, result, how long it took, and the begin of
/// what it moved. The time is the one at which the row is placed, so that it never goes back within a run. A thread is named where it is not called like its
/// program.
pub fn text(record: &Record, names: &Names, language: Language) -> String {
    let program = names.program_name(record.program);
    let thread = names.thread_name(record.thread);
    let who = if thread == program { program } else { format!("{program}/{thread}") };
    let socket = record.socket.map(|socket| socket.to_string()).unwrap_or_default();
    let start = format!("{:>7}  {:>11}  {who:<22}  {socket:<5}", record.n, notation::time(record.place()));
    let Kind::Call(call, args) = &record.kind else {
        return format!("{start}  {}", harmless(&told(record, language))).trim_end().to_owned();
    };
    let took = notation::duration(std::time::Duration::from_nanos(record.took()));
    let call = notation::call(*call, args);
    let line = format!("{start}  {call:<34}  {:<28}  {took:>9}  {}", notation::outcome(record), preview(record, names));
    line.trim_end().to_owned()
}

/// What a record that is not a call says.
pub fn told(record: &Record, language: Language) -> String {
    match &record.kind {
        Kind::Call(..) => String::new(),
        Kind::Panic(what) => text!("trace-panic", what = &**what).in_language(language),
        Kind::Life(Life::ProgramStarted { name, kind }) => {
            text!("trace-program-started", name = &**name, kind = &**kind).in_language(language)
        }
        Kind::Life(Life::ProgramEnded) => text!("trace-program-ended").in_language(language),
        Kind::Life(Life::ThreadStarted { name }) => text!("trace-thread-started", name = &**name).in_language(language),
        Kind::Life(Life::ThreadEnded) => text!("trace-thread-ended").in_language(language),
        Kind::Life(Life::LaneFull) => {
            let took = notation::duration(std::time::Duration::from_nanos(record.took()));
            text!("trace-lane-full", took = took).in_language(language)
        }
        Kind::Life(Life::Told(message)) => message.in_language(language),
        Kind::Life(Life::Framed(framing, _)) => text!("trace-framed", framing = framing.to_string()).in_language(language),
        Kind::Life(Life::ProcessStarted { number }) => text!("trace-process-started", number = number.to_string()).in_language(language),
        Kind::Mark(mark) => marked(mark).in_language(language),
        Kind::Fault(fault) => happened(fault, record).in_language(language),
        Kind::Sample(sample) => text!("trace-sample", figures = sample.summary()).in_language(language),
    }
}

/// What a mark says.
fn marked(mark: &Mark) -> Message {
    let row = mark.row.to_string();
    match mark.note.as_deref() {
        None => text!("trace-mark-gone", row = row),
        Some("") => text!("trace-mark", row = row),
        Some(note) => text!("trace-mark-note", row = row, note = note),
    }
}

/// What a fault says.
fn happened(fault: &Fault, record: &Record) -> Message {
    let peer = fault.peer.to_string();
    let bytes = record.payload.as_ref().map_or(0, |payload| payload.full_len);
    match (fault.what, fault.direction) {
        (FaultKind::Dropped, Direction::Sent) => text!("trace-fault-dropped-sent", bytes = bytes, peer = peer),
        (FaultKind::Dropped, Direction::Received) => text!("trace-fault-dropped-received", bytes = bytes, peer = peer),
        (FaultKind::Duplicated, Direction::Sent) => text!("trace-fault-duplicated-sent", bytes = bytes, peer = peer),
        (FaultKind::Duplicated, Direction::Received) => text!("trace-fault-duplicated-received", bytes = bytes, peer = peer),
        (FaultKind::Delayed(by), Direction::Sent) => {
            text!("trace-fault-delayed-sent", bytes = bytes, peer = peer, by = notation::duration(by))
        }
        (FaultKind::Delayed(by), Direction::Received) => {
            text!("trace-fault-delayed-received", bytes = bytes, peer = peer, by = notation::duration(by))
        }
        (FaultKind::Reordered, _) => text!("trace-fault-reordered", bytes = bytes, peer = peer),
        (FaultKind::Overflowed, _) => text!("trace-fault-overflowed", bytes = bytes, peer = peer),
        (FaultKind::Limited(by), _) => text!("trace-fault-limited", bytes = bytes, peer = peer, by = notation::duration(by)),
        (FaultKind::Sliced(rest), _) => text!("trace-fault-sliced", bytes = bytes, peer = peer, rest = rest),
        (FaultKind::Glued(count), _) => text!("trace-fault-glued", bytes = bytes, peer = peer, count = count),
        (FaultKind::Stalled(None), _) => text!("trace-fault-stalls", bytes = bytes, peer = peer),
        (FaultKind::Stalled(Some(by)), _) => text!("trace-fault-stalled", bytes = bytes, peer = peer, by = notation::duration(by)),
        (FaultKind::Reset(after), _) => text!("trace-fault-reset", after = after.to_string(), peer = peer),
    }
}

/// The packet that was moved, where it is one; else the begin of the payload in quotes, with all that is not printable escaped.
fn preview(record: &Record, names: &Names) -> String {
    if let Some(packet) = transfer::packet(record, names) {
        return packet;
    }
    let Some(payload) = record.payload.as_ref().filter(|payload| !payload.bytes.is_empty()) else { return String::new() };
    let Preview { text, more, .. } = wire::preview(&payload.bytes, Charset::Utf8, PREVIEW);
    format!("\"{}\"{}", text.replace('"', "\\\""), if more || payload.is_cut() { "…" } else { "" })
}

/// What may hold received characters, in one line in which none of them commands the terminal.
fn harmless(text: &str) -> String {
    wire::preview(text.as_bytes(), Charset::Utf8, usize::MAX).text
}

const fn result(record: &Record) -> Option<&'static str> {
    match (&record.kind, &record.outcome) {
        (Kind::Call(..), Outcome::Err(_)) => Some("error"),
        (Kind::Call(..), _) => Some("ok"),
        _ => None,
    }
}

const fn kind(record: &Record) -> &'static str {
    match record.kind {
        Kind::Call(..) => "call",
        Kind::Life(_) => "life",
        Kind::Panic(_) => "panic",
        Kind::Mark(_) => "mark",
        Kind::Fault(_) => "fault",
        Kind::Sample(_) => "sample",
    }
}

const fn origin(record: &Record) -> &'static str {
    match record.origin {
        Origin::Program => "program",
        Origin::Person => "person",
        Origin::Lab => "lab",
    }
}

fn data(record: &Record) -> Option<String> {
    record.payload.as_ref().map(|payload| STANDARD.encode(&payload.bytes))
}

fn null() -> String {
    "null".to_owned()
}

/// Nanoseconds as seconds, exactly, with at least six decimals.
fn seconds(nanoseconds: u64) -> String {
    let (whole, part) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    if part.is_multiple_of(1_000) { format!("{whole}.{:06}", part / 1_000) } else { format!("{whole}.{part:09}") }
}

/// A field of CSV: in quotes where RFC 4180 asks for them.
fn quoted(field: String) -> String {
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// The arguments as a JSON object, with what the kernel wrote into them.
fn arguments(record: &Record) -> String {
    let mut object = Object::new();
    match &record.kind {
        Kind::Call(call, args) => {
            call_arguments(&mut object, args);
            match (call, &record.outcome) {
                (Call::Spawn, Outcome::Ok(process)) => object.raw("process", &process.to_string()),
                (Call::CloseCopy, _) => object.raw("copy", "true"),
                (_, outcome) => written_arguments(&mut object, outcome),
            }
        }
        Kind::Panic(what) => object.string("text", what),
        Kind::Mark(mark) => {
            object.raw("row", &mark.row.to_string());
            object.optional("note", mark.note.as_deref());
        }
        Kind::Life(life) => life_arguments(&mut object, life),
        Kind::Fault(fault) => {
            object.string("fault", fault.what.name());
            object.string("direction", if fault.direction == Direction::Sent { "sent" } else { "received" });
            object.address(&fault.peer);
            match fault.what {
                FaultKind::Delayed(by) | FaultKind::Limited(by) | FaultKind::Stalled(Some(by)) => {
                    object.raw("by", &seconds(by.as_nanos() as u64));
                }
                FaultKind::Sliced(rest) => object.raw("waiting", &rest.to_string()),
                FaultKind::Glued(count) => object.raw("receives", &count.to_string()),
                FaultKind::Reset(after) => object.raw("after", &after.to_string()),
                FaultKind::Dropped | FaultKind::Duplicated | FaultKind::Reordered | FaultKind::Overflowed | FaultKind::Stalled(None) => {}
            }
        }
        Kind::Sample(sample) => {
            for (figure, value) in sample.figures() {
                match sample.state().filter(|_| *figure == Figure::State) {
                    Some(state) => object.string(figure.key(), state.name()),
                    None => object.raw(figure.key(), &value.to_string()),
                }
            }
        }
    }
    object.end()
}

fn call_arguments(object: &mut Object, args: &Args) {
    match args {
        Args::None => {}
        Args::Socket(family, kind) => {
            object.string("family", family.name());
            object.string("type", kind.name());
            object.raw("protocol", "0");
        }
        Args::Address(address) => object.address(address),
        Args::Backlog(backlog) => object.raw("backlog", &backlog.to_string()),
        Args::Length(length) => object.raw("length", &length.to_string()),
        Args::LengthTo(length, to) => {
            object.raw("length", &length.to_string());
            object.address(to);
        }
        Args::LengthFlags(length, flags) | Args::Into(length, flags) => {
            object.raw("length", &length.to_string());
            object.string("flags", &flags.to_string());
        }
        Args::LengthToFlags(length, to, flags) => {
            object.raw("length", &length.to_string());
            object.address(to);
            object.string("flags", &flags.to_string());
        }
        Args::Request(request) => object.string("request", request.name()),
        Args::Limit(limit) => object.raw("timeout", &limit.map_or_else(null, |limit| seconds(limit.as_nanos() as u64))),
        Args::Lookup(name, port, family, kind) => {
            object.string("name", name);
            object.raw("port", &port.to_string());
            object.string("family", family.map_or("AF_UNSPEC", Family::name));
            object.string("type", kind.name());
        }
        Args::How(how) => object.string("how", how.name()),
        Args::Option(name) => object.string("option", name),
        Args::Program(name) => object.string("program", name),
        Args::OptionValue(name, value) => {
            object.string("option", name);
            object.value(value);
        }
        Args::Flag(on) => object.raw("on", &on.to_string()),
        Args::Control(name, interest) => {
            object.string("operation", name);
            object.string("events", interest.name());
        }
        Args::Poll(interest, limit) => {
            object.string("events", interest.name());
            object.raw("timeout", &limit.map_or_else(null, |limit| seconds(limit.as_nanos() as u64)));
        }
    }
}

fn written_arguments(object: &mut Object, outcome: &Outcome) {
    match outcome {
        Outcome::Ok(_) | Outcome::Err(_) => {}
        Outcome::Socket(socket, peer) => {
            object.address(peer);
            object.raw("accepted", &socket.0.to_string());
        }
        Outcome::Address(address, flags) => {
            object.address(address);
            if flags.truncated {
                object.raw("truncated", "true");
            }
        }
        Outcome::Value(value) => object.value(value),
        Outcome::Addresses(found) => {
            let found = found.iter().map(|address| serde_json::Value::from(address.to_string()).to_string()).collect::<Vec<_>>();
            object.raw("addresses", &format!("[{}]", found.join(",")));
        }
    }
}

fn life_arguments(object: &mut Object, life: &Life) {
    match life {
        Life::ProgramStarted { name, kind } => {
            object.string("event", "program-started");
            object.string("name", name);
            object.string("kind", kind);
        }
        Life::ProgramEnded => object.string("event", "program-ended"),
        Life::ThreadStarted { name } => {
            object.string("event", "thread-started");
            object.string("name", name);
        }
        Life::ThreadEnded => object.string("event", "thread-ended"),
        Life::LaneFull => object.string("event", "lane-full"),
        Life::Told(message) => {
            object.string("event", "told");
            object.string("key", message.key());
            object.string("text", &message.in_language(Language::English));
        }
        Life::Framed(framing, most) => {
            object.string("event", "framed");
            object.string("framing", &framing.to_string());
            object.raw("max_message", &most.to_string());
        }
        Life::ProcessStarted { number } => {
            object.string("event", "process-started");
            object.raw("number", &number.to_string());
        }
    }
}

/// A JSON object that is being written, its fields in the order in which they come.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self("{".to_owned())
    }

    /// A field whose value is JSON already.
    fn raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.extend(["\"", name, "\":", json]);
    }

    fn string(&mut self, name: &str, text: &str) {
        self.raw(name, &serde_json::Value::from(text).to_string());
    }

    fn optional(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.string(name, text),
            None => self.raw(name, "null"),
        }
    }

    fn address(&mut self, address: &Address) {
        self.string("address", &address.to_string());
    }

    fn value(&mut self, value: &Value) {
        let json = match value {
            Value::Flag(on) => on.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Time(limit) => limit.map_or_else(null, |limit| seconds(limit.as_nanos() as u64)),
            Value::Linger(limit) => limit.map_or_else(null, |limit| limit.to_string()),
            Value::Address(_) | Value::Group(_, Interface::Any | Interface::Address(_) | Interface::Index(_)) | Value::Text(_) => {
                return self.string("value", &value.to_string());
            }
        };
        self.raw("value", &json);
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::trace::{Call, Errno, Payload, SocketId};

    fn row(kind: Kind, outcome: Outcome) -> Record {
        Record { t0: 44_000, t1: 47_000, outcome, ..Record::plain(3, kind) }
    }

    fn names() -> Names {
        let mut names = Names::default();
        names.learn(&row(Kind::Life(Life::ProgramStarted { name: "server".into(), kind: "tcp-server".into() }), Outcome::Ok(0)));
        names.learn(&row(Kind::Life(Life::ThreadStarted { name: "server".into() }), Outcome::Ok(0)));
        names
    }

    fn bind() -> Record {
        row(Kind::Call(Call::Bind, Args::Address(Address::Ip(([127, 0, 0, 1], 9001).into()))), Outcome::Ok(0))
    }

    #[test]
    fn a_json_line_is_the_one_of_the_design() {
        assert_eq!(
            json(&bind(), &names()),
            r#"{"n":3,"t":0.000044,"program":"server","thread":"server","socket":1,"call":"bind","args":{"address":"127.0.0.1:9001"},"result":"ok","errno":null,"took":0.000003,"bytes":null,"data":null}"#
        );
        let failed =
            Record { outcome: Outcome::Err(Errno::by_name("EADDRINUSE").unwrap()), t0: 1_000_000_001, t1: 1_000_000_001, ..bind() };
        let line = json(&failed, &names());
        assert!(
            line.contains(r#""t":1.000000001,"#) && line.contains(r#""result":"error","errno":"EADDRINUSE","took":0.000000,"#),
            "{line}"
        );
        let received =
            Record { payload: Some(Payload::whole(&b"hi"[..])), ..row(Kind::Call(Call::Recv, Args::Length(1024)), Outcome::Ok(2)) };
        assert!(
            json(&received, &names())
                .ends_with(r#""args":{"length":1024},"result":"ok","errno":null,"took":0.000003,"bytes":2,"data":"aGk="}"#)
        );
    }

    #[test]
    fn every_kind_of_record_is_valid_json_and_full_csv() {
        let nasty = "say \"no\",\n\u{1}再见";
        let address = Address::Path(nasty.into());
        let calls = [
            (Call::Accept, Args::None, Outcome::Socket(SocketId(7), address.clone())),
            (Call::GetSockName, Args::None, Outcome::Address(address.clone(), crate::trace::Flags { truncated: true })),
            (Call::GetSockOpt, Args::Option("SO_LINGER".into()), Outcome::Value(Value::Linger(Some(3)).into())),
            (Call::SetSockOpt, Args::OptionValue("X".into(), Value::Text(nasty.into()).into()), Outcome::Ok(0)),
            (Call::SetSockOpt, Args::OptionValue("X".into(), Value::Time(Some(Duration::from_millis(5))).into()), Outcome::Ok(0)),
            (Call::Poll, Args::Poll(crate::trace::Interest::Readable, None), Outcome::Ok(1)),
            (
                Call::GetAddrInfo,
                Args::Lookup("localhost".into(), 9, None, crate::trace::SocketType::Stream),
                Outcome::Addresses([Address::Ip(([127, 0, 0, 1], 9).into()), address.clone()].into()),
            ),
            (Call::SendTo, Args::LengthTo(4, address), Outcome::Ok(4)),
        ];
        let calls = calls.map(|(call, args, outcome)| row(Kind::Call(call, args), outcome));
        let told = Life::Told(text!("trace-thread-ended"));
        let others = [
            Kind::Panic(nasty.into()),
            Kind::Life(told),
            Kind::Life(Life::LaneFull),
            Kind::Mark(Mark { row: 7, note: Some(nasty.into()) }),
            Kind::Fault(Fault { what: FaultKind::Dropped, direction: Direction::Sent, peer: Address::Path(nasty.into()) }.into()),
            Kind::Fault(Box::new(Fault {
                what: FaultKind::Delayed(Duration::from_millis(5)),
                direction: Direction::Received,
                peer: Address::Unnamed,
            })),
        ]
        .map(|kind| row(kind, Outcome::Ok(0)));
        for record in calls.iter().chain(&others) {
            let line = json(record, &names());
            let value: serde_json::Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert_eq!(value.get("kind").is_some(), record.call().is_none(), "{line}");
            assert!(!line.contains('\n'));
            // Quoted fields may hold commas; outside of quotes there is one fewer than columns.
            let outside = csv(record, &names()).split('"').step_by(2).map(|part| part.matches(',').count()).sum::<usize>();
            assert_eq!(outside, CSV_HEADER.matches(',').count());
        }
        assert!(csv(&calls[2], &names()).ends_with(",3 s"), "{}", csv(&calls[2], &names()));
        assert!(
            csv(
                &row(Kind::Call(Call::Accept, Args::None), Outcome::Socket(SocketId(7), Address::Ip(([127, 0, 0, 1], 9).into()))),
                &names()
            )
            .ends_with(",s7 from 127.0.0.1:9")
        );
        assert!(json(&calls[0], &names()).contains(r#""accepted":7"#));
        assert!(json(&calls[2], &names()).contains(r#""value":3"#));
        assert!(json(&calls[4], &names()).contains(r#""value":0.005000"#));
    }

    /// Whoever sends to a server must not write to the terminal of whoever looks at it.
    #[test]
    fn nothing_received_commands_the_terminal() {
        let nasty = "\u{1b}[2J\u{7}\r\n\u{9b}31m\u{202e}";
        let payload = Some(Payload::whole(nasty.as_bytes()));
        let received = Record { payload, ..row(Kind::Call(Call::Recv, Args::Length(64)), Outcome::Ok(18)) };
        let told = row(Kind::Life(Life::Told(text!("program-told-bad-format", format = nasty, error = nasty))), Outcome::Ok(0));
        for record in [received, told, row(Kind::Panic(nasty.into()), Outcome::Ok(0))] {
            for line in Language::ALL.map(|language| text(&record, &names(), language)).into_iter().chain([csv(&record, &names())]) {
                assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
            }
        }
    }

    #[test]
    fn a_text_line_shows_what_a_person_reads() {
        assert_eq!(
            text(&bind(), &names(), Language::English).split_whitespace().collect::<Vec<_>>().join(" "),
            "3 0.000 047 server s1 bind(127.0.0.1:9001) ok 3 µs"
        );
        let bytes = [b"a\n\"\xff\x1b".as_slice(), &[b'x'; 100]].concat();
        let sent = Record { payload: Some(Payload::whole(bytes)), ..row(Kind::Call(Call::Send, Args::Length(105)), Outcome::Ok(105)) };
        let line = text(&sent, &names(), Language::English);
        assert!(line.ends_with(&format!("\"a\\n\\\"\\xff\\x1b{}\"…", "x".repeat(PREVIEW - 5))), "{line}");
        assert!(line.contains("  0.000 044  "), "a call that gives stands where it began: {line}");
        let ended = text(&row(Kind::Life(Life::ThreadEnded), Outcome::Ok(0)), &names(), Language::Chinese);
        assert!(ended.ends_with("线程已结束"), "{ended}");
    }
}
