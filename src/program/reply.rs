//! What a server answers.

use std::borrow::Cow;

use jiff::Zoned;
use jiff::fmt::strtime::{BrokenDownTime, Config, PosixCustom};
use serde::{Deserialize, Serialize};

use super::outgoing::Data;
use super::remote::Remote;
use super::rules::Rules;
use crate::text;
use crate::text::Message;
use crate::wire::{Charset, preview};

/// The format of the time where none is stated, as the tutorials have it.
const TIME: &str = "%Y-%m-%d %X";
/// The longest answer that a received format is put into, in bytes: what a datagram holds.
const MOST_TIME: usize = 65_507;

/// What a server answers to what it has received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The same bytes.
    #[default]
    Echo,
    /// The same bytes with ASCII letters in upper case.
    Upper,
    /// The text backwards, code point by code point. What is no UTF-8 keeps its bytes in their order, and is told.
    Reverse,
    /// Always the same. A file is read anew for each answer.
    Fixed(Data),
    /// The time of day by a format of strftime(3), in the locale C.
    Time {
        /// The format, in which `{}` stands for what was received: `[%c] {}`. Empty: what was received is the format, and where that is empty too
        /// it is `%Y-%m-%d %X`.
        format: String,
    },
    /// What the command line wrote that was received.
    Command(Remote),
    /// What the first rule that fits says.
    Rules(Rules),
    /// Whatever a person types.
    Manual,
    /// Nothing.
    None,
}

/// A row of [`REPLIES`].
#[derive(Clone, Debug)]
pub struct ReplyRow {
    /// The name in a lab file.
    pub name: &'static str,
    /// One of that name with everything else at its default.
    pub default: fn() -> Reply,
}

/// Every kind of reply, in the order in which a person is offered them.
pub const REPLIES: &[ReplyRow] = &[
    ReplyRow { name: "echo", default: || Reply::Echo },
    ReplyRow { name: "upper", default: || Reply::Upper },
    ReplyRow { name: "reverse", default: || Reply::Reverse },
    ReplyRow { name: "fixed", default: || Reply::Fixed(Data::Text(String::new())) },
    ReplyRow { name: "time", default: || Reply::Time { format: String::new() } },
    ReplyRow { name: "command", default: || Reply::Command(Remote::default()) },
    ReplyRow { name: "rules", default: || Reply::Rules(Rules::default()) },
    ReplyRow { name: "manual", default: || Reply::Manual },
    ReplyRow { name: "none", default: || Reply::None },
];

/// An answer, and what a person should know about it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Answer<'received> {
    /// What is to be sent; none where nothing is.
    pub(super) bytes: Option<Cow<'received, [u8]>>,
    /// What was unusual.
    pub(super) told: Option<Message>,
}

impl From<Vec<u8>> for Answer<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(Cow::Owned(bytes)), told: None }
    }
}

impl Reply {
    /// The name in a lab file: `echo`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Echo => "echo",
            Self::Upper => "upper",
            Self::Reverse => "reverse",
            Self::Fixed(_) => "fixed",
            Self::Time { .. } => "time",
            Self::Command(_) => "command",
            Self::Rules(_) => "rules",
            Self::Manual => "manual",
            Self::None => "none",
        }
    }

    /// The reply of that name, with everything else at its default.
    pub fn by_name(name: &str) -> Option<Self> {
        REPLIES.iter().find(|row| row.name == name).map(|row| (row.default)())
    }

    /// What the time comes to by `format` now, with `{}` in the place of what is received; where the format is what is received, that of an empty one.
    ///
    /// # Errors
    /// What is wrong with the format.
    pub fn sample_time(format: &str) -> Result<String, Message> {
        let answer = if format.is_empty() { time(b"") } else { stated_time(format, b"{}") };
        match answer {
            Answer { told: Some(told), .. } => Err(told),
            Answer { bytes, .. } => Ok(String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()),
        }
    }

    /// The time by `format` now, with `name` in the place of each `{}`; none where it is no format.
    pub(super) fn time_by(format: &str, name: &str) -> Option<String> {
        let answer = stated_time(format, name.as_bytes());
        answer.bytes.filter(|_| answer.told.is_none()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The answer to `received`: what one recv or recvfrom returned. Text is in this character set.
    pub(super) fn answer<'received>(&self, received: &'received [u8], charset: Charset) -> Answer<'received> {
        match self {
            Self::Echo => Answer { bytes: Some(Cow::Borrowed(received)), told: None },
            Self::Upper => received.to_ascii_uppercase().into(),
            Self::Reverse if charset == Charset::Utf8 => reversed(received),
            Self::Reverse => reversed_in(charset, received),
            Self::Fixed(data) => match data.bytes_in(charset) {
                Ok(bytes) => Vec::from(bytes).into(),
                Err(error) => Answer { bytes: None, told: Some(error.message()) },
            },
            Self::Time { format } if format.is_empty() => time(received),
            Self::Time { format } => stated_time(format, received),
            Self::Rules(rules) => rules.answer(received, charset),
            // A command needs time and a place to be told: whoever runs it answers.
            Self::Command(_) | Self::Manual | Self::None => Answer::default(),
        }
    }
}

/// The code points of `received` in reverse, each invalid piece as it stands: nothing is lost, and reversing again gives the same bytes.
fn reversed(received: &[u8]) -> Answer<'static> {
    let mut pieces = Vec::new();
    let mut invalid = 0_usize;
    for chunk in received.utf8_chunks() {
        pieces.extend(chunk.valid().split_inclusive(|_: char| true).map(str::as_bytes));
        if !chunk.invalid().is_empty() {
            invalid += chunk.invalid().len();
            pieces.push(chunk.invalid());
        }
    }
    let bytes = pieces.into_iter().rev().flatten().copied().collect();
    Answer { bytes: Some(Cow::Owned(bytes)), told: (invalid > 0).then(|| text!("program-told-not-utf8", bytes = invalid)) }
}

/// The characters of `received` in reverse. What is no text in this character set keeps its bytes in their order, and is told.
fn reversed_in(charset: Charset, received: &[u8]) -> Answer<'_> {
    let text = charset.decode(received);
    let is_text = charset.encode(&text).is_ok_and(|bytes| *bytes == *received);
    match charset.encode(&text.chars().rev().collect::<String>()) {
        Ok(bytes) if is_text => Vec::from(bytes).into(),
        _ => Answer { bytes: Some(Cow::Borrowed(received)), told: Some(text!("program-told-not-charset", charset = charset.name())) },
    }
}

/// The time by the format that was received. A bad format is answered in words: whoever sent it has no other way to learn of it.
fn time(format: &[u8]) -> Answer<'static> {
    let format = if format.is_empty() { TIME.as_bytes() } else { format };
    match strftime(format) {
        Ok(time) => time.into(),
        Err(error) => {
            // What was received is shown as the log shows it: nothing in it may act on whoever reads the sentence.
            let [shown, error] =
                [(format, 60), (error.to_string().as_bytes(), 300)].map(|(text, most)| preview(text, Charset::Utf8, most).text);
            let told = text!("program-told-bad-format", format = shown, error = error);
            // On the wire it is always English: the other side's language is not known, and the same lab sends the same bytes everywhere.
            Answer { bytes: Some(Cow::Owned(told.to_string().into_bytes())), told: Some(told) }
        }
    }
}

/// The time by a stated format, with what was received in the place of each `{}`.
fn stated_time(format: &str, received: &[u8]) -> Answer<'static> {
    let mut bytes = Vec::new();
    for (place, part) in format.split("{}").enumerate() {
        if place > 0 {
            bytes.extend_from_slice(received);
        }
        if part.is_empty() {
            continue;
        }
        match time(part.as_bytes()) {
            Answer { bytes: Some(time), told: None } => bytes.extend_from_slice(&time),
            bad => return bad,
        }
    }
    bytes.into()
}

/// strftime(3) of now, in local time and the locale C.
fn strftime(format: &[u8]) -> Result<Vec<u8>, jiff::Error> {
    let mut bytes = Bounded(Vec::new());
    let config = Config::new().custom(PosixCustom::new());
    BrokenDownTime::from(&Zoned::now()).format_with_config(&config, format, &mut bytes)?;
    Ok(bytes.0)
}

/// Takes what fits into a datagram: a short format can ask for much.
struct Bounded(Vec<u8>);

impl jiff::fmt::Write for Bounded {
    fn write_str(&mut self, string: &str) -> Result<(), jiff::Error> {
        if self.0.len() + string.len() > MOST_TIME {
            return Err(jiff::Error::from_args(format_args!("the answer is longer than {MOST_TIME} bytes")));
        }
        self.0.extend_from_slice(string.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_knows_its_name() {
        for row in REPLIES {
            assert_eq!((row.default)().name(), row.name);
            assert_eq!(Reply::by_name(row.name).map(|reply| reply.name()), Some(row.name));
        }
    }

    fn sent(reply: &Reply, received: &[u8]) -> Vec<u8> {
        let answer = reply.answer(received, Charset::Utf8);
        assert_eq!(answer.told, None, "{reply:?}");
        answer.bytes.unwrap().into_owned()
    }

    #[test]
    fn replies_answer_as_their_names_say() {
        assert_eq!(sent(&Reply::Echo, b"a\0\xff"), b"a\0\xff");
        assert_eq!(sent(&Reply::Echo, b""), b"");
        assert_eq!(sent(&Reply::Upper, "straße z{\u{e9}".as_bytes()), "STRAßE Z{\u{e9}".as_bytes());
        assert_eq!(sent(&Reply::Reverse, "ab再见\n".as_bytes()), "\n见再ba".as_bytes());
        // By code point and not by grapheme, as Python's [::-1]: the accent goes to another letter.
        assert_eq!(sent(&Reply::Reverse, "xe\u{301}".as_bytes()), "\u{301}ex".as_bytes());
        assert_eq!(sent(&Reply::Fixed(Data::Text("hi".to_owned())), b"hello"), b"hi");
        assert_eq!(Reply::Manual.answer(b"x", Charset::Utf8), Answer::default());
        assert_eq!(Reply::None.answer(b"x", Charset::Utf8), Answer::default());
    }

    #[test]
    fn reversing_loses_nothing_and_tells_what_is_no_text() {
        let answer = Reply::Reverse.answer(b"a\xe5\x86b\xffc", Charset::Utf8);
        assert_eq!(answer.bytes.as_deref(), Some(&b"c\xffb\xe5\x86a"[..]));
        assert_eq!(answer.told, Some(text!("program-told-not-utf8", bytes = 3)));
    }

    #[test]
    fn text_is_reversed_in_its_character_set() {
        let answer = Reply::Reverse.answer(b"\xd4\xd9a\xbc\xfb", Charset::Gbk);
        assert_eq!((answer.bytes.as_deref(), answer.told), (Some(&b"\xbc\xfba\xd4\xd9"[..]), None));
        let answer = Reply::Reverse.answer(b"ab\xff", Charset::Gbk);
        assert_eq!(answer.bytes.as_deref(), Some(&b"ab\xff"[..]));
        assert_eq!(answer.told, Some(text!("program-told-not-charset", charset = "GBK")));
        assert_eq!(Reply::Fixed(Data::Text("见".to_owned())).answer(b"", Charset::Gbk).bytes.as_deref(), Some(&b"\xbc\xfb"[..]));
    }

    #[test]
    fn a_fixed_reply_whose_file_is_gone_is_told() {
        let answer = Reply::Fixed(Data::File("/nowhere/at/all".into())).answer(b"x", Charset::Utf8);
        assert_eq!((answer.bytes, answer.told.map(|told| told.key().to_owned())), (None, Some("program-data-file".to_owned())));
    }

    fn received_format(format: &[u8]) -> Answer<'_> {
        Reply::Time { format: String::new() }.answer(format, Charset::Utf8)
    }

    /// Whether `text` is as `pattern`, in which 9 stands for a digit, A for a letter and the rest for itself.
    fn is_like(text: &[u8], pattern: &str) -> bool {
        text.len() == pattern.len()
            && text.iter().zip(pattern.bytes()).all(|(byte, like)| match like {
                b'9' => byte.is_ascii_digit(),
                b'A' => byte.is_ascii_alphabetic(),
                _ => *byte == like,
            })
    }

    #[test]
    fn the_time_is_that_of_the_locale_c() {
        for (format, pattern) in [("", "9999-99-99 99:99:99"), ("%H", "99"), ("%X", "99:99:99"), ("%x", "99/99/99"), ("100%%", "100%")] {
            let answer = received_format(format.as_bytes());
            assert!(is_like(answer.bytes.as_deref().unwrap(), pattern), "{format}: {answer:?}");
        }
        let ctime = sent(&Reply::Time { format: "%c".to_owned() }, b"ignored");
        let pattern = if ctime[8] == b' ' { "AAA AAA  9 99:99:99 9999" } else { "AAA AAA 99 99:99:99 9999" };
        assert!(is_like(&ctime, pattern), "{}", String::from_utf8_lossy(&ctime));
    }

    #[test]
    fn a_stated_format_may_hold_what_was_received() {
        let answer = sent(&Reply::Time { format: "[%Y] {}".to_owned() }, b"100%q\xff");
        assert!(is_like(&answer[..7], "[9999] "), "{answer:?}");
        assert_eq!(&answer[7..], b"100%q\xff");
        assert_eq!(sent(&Reply::Time { format: "{}{}".to_owned() }, b"ab"), b"abab");
        assert!(Reply::Time { format: "{} %!".to_owned() }.answer(b"", Charset::Utf8).told.is_some());
    }

    #[test]
    fn a_sample_of_the_time_is_what_would_be_answered() {
        let sample = |format: &str| Reply::sample_time(format).unwrap();
        assert!(is_like(sample("").as_bytes(), "9999-99-99 99:99:99"));
        assert!(is_like(sample("[%H:%M] {}").as_bytes(), "[99:99] {}"));
        assert_eq!(Reply::sample_time("%!").unwrap_err().key(), "program-told-bad-format");
    }

    #[test]
    fn a_bad_format_gets_a_readable_answer() {
        // The last one asks for more than a datagram holds.
        for format in [&b"%!"[..], b"%", b"\xff", b"\x1b[2J\n%!", b"%\x1b", b"%300Y", &b"%c".repeat(3_000)] {
            let answer = received_format(format);
            let told = answer.told.as_ref().map(Message::key);
            assert_eq!(told, Some("program-told-bad-format"), "{}", String::from_utf8_lossy(format));
            let bytes = answer.bytes.unwrap();
            assert!(bytes.len() < 500 && !String::from_utf8(bytes.into_owned()).unwrap().contains(char::is_control));
        }
    }
}
