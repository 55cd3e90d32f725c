//! Rows as text to be pasted elsewhere: lines for people and programs, or their bytes as hexadecimal, Python or C.

use super::line;
use super::names::Names;
use super::notation;
use super::record::Record;
use crate::text::Language;

/// How long a copy may get, in bytes: more than anybody pastes, less than what would make a clipboard fail.
pub const LONGEST: usize = 16 << 20;

/// A way to write rows down elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One aligned line each.
    Text,
    /// The bytes of each as pairs of hexadecimal digits, a line each.
    Hex,
    /// The bytes of each as a bytes literal of Python.
    Python,
    /// The bytes of each as an array of C.
    C,
    /// One line of JSON each.
    Json,
}

impl Form {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Text, Self::Hex, Self::Python, Self::C, Self::Json];

    /// The row in this form; none where the form is of bytes and the row holds none.
    pub fn write(self, record: &Record, names: &Names, language: Language) -> Option<String> {
        let bytes = || record.payload.as_ref().map(|payload| &payload.bytes[..]).filter(|bytes| !bytes.is_empty());
        match self {
            Self::Text => Some(line::text(record, names, language)),
            Self::Json => Some(line::json(record, names)),
            Self::Hex => bytes().map(hex),
            Self::Python => bytes().map(|bytes| format!("row_{} = b\"{}\"  # {}", record.n, python(bytes), about(record, names))),
            Self::C => bytes().map(|bytes| {
                let (n, list) = (record.n, bytes.iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(", "));
                format!("/* {} */\nstatic const unsigned char row_{n}[{}] = {{ {list} }};", about(record, names), bytes.len())
            }),
        }
    }
}

/// What a comment says about a row.
fn about(record: &Record, names: &Names) -> String {
    let call = record.args().zip(record.call()).map(|(args, call)| notation::call(call, args)).unwrap_or_default();
    let cut = record.payload.as_ref().filter(|payload| payload.is_cut()).map(|payload| format!(", {} B in all", payload.full_len));
    let about = format!("row {}: {} {call}{}", record.n, names.program_name(record.program), cut.unwrap_or_default());
    // A name is a person's: it must not end the comment.
    about.replace("*/", "* /").replace(char::is_control, " ")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// The inside of a bytes literal: what `repr` of Python would write, but for the quotes.
fn python(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string().replace("\\'", "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Args, Call, Kind, Life, Outcome, Payload, SocketId};

    fn sent(bytes: &'static [u8]) -> Record {
        let kind = Kind::Call(Call::Send, Args::Length(bytes.len() as u32));
        let outcome = Outcome::Ok(bytes.len() as i64);
        Record { socket: Some(SocketId(2)), outcome, payload: Some(Payload::whole(bytes)), ..Record::plain(14, kind) }
    }

    #[test]
    fn each_form_is_what_its_reader_takes() {
        let record = sent(b"it's \"\xc3\n");
        let mut names = Names::default();
        let life = Life::ProgramStarted { name: "a*/b".into(), kind: "tcp-client".into() };
        names.learn(&Record { kind: Kind::Life(life), ..sent(b"") });
        let write = |form: Form| form.write(&record, &names, Language::English).unwrap();
        assert_eq!(write(Form::Hex), "69 74 27 73 20 22 c3 0a");
        assert_eq!(write(Form::Python), r#"row_14 = b"it's \"\xc3\n"  # row 14: a* /b send(8)"#);
        assert_eq!(
            write(Form::C),
            "/* row 14: a* /b send(8) */\nstatic const unsigned char row_14[8] = { 0x69, 0x74, 0x27, 0x73, 0x20, 0x22, 0xc3, 0x0a };"
        );
        assert!(write(Form::Text).contains("send(8)") && write(Form::Json).starts_with(r#"{"n":14,"#));
        for form in Form::ALL {
            let empty = form.write(&sent(b""), &names, Language::English);
            assert_eq!(empty.is_some(), matches!(form, Form::Text | Form::Json), "{form:?}: an array of C cannot be empty");
        }
    }
}
