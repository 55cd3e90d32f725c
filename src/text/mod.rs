//! Every sentence a person reads, in English and Simplified Chinese.
//!
//! An error or a label anywhere in the lab is data: a [`Message`] of a key and its arguments. Only where a person reads it does it
//! become a sentence, in the language of that person. The sentences stand in `resources/languages`, one folder a language, one Fluent file a floor;
//! `tests/languages.rs` holds that every key used in the source exists in both languages with the same arguments.

mod bundle;
mod language;
mod nearest;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

pub use language::Language;
pub use nearest::nearest;

/// A sentence that has not been put into words yet: a key of `resources/languages` and the arguments it names.
///
/// Made by [`text!`](crate::text!), read by [`Message::in_language`].
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Message {
    key: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, Arg)>,
}

/// An argument of a [`Message`].
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Arg {
    /// Shown as it is: names, addresses, calls.
    Text(String),
    /// A number, which also chooses between one and many.
    Number(f64),
    /// A sentence of its own, put into the same language.
    Message(#[serde(deserialize_with = "nested")] Message),
}

/// How deep sentences may stand within sentences where they are read from a file. A file made for it could otherwise exhaust the stack.
const DEEPEST: u32 = 8;

fn nested<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Message, D::Error> {
    thread_local! {
        static DEPTH: Cell<u32> = const { Cell::new(0) };
    }
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        return Err(serde::de::Error::custom("sentences nested too deep"));
    }
    DEPTH.set(depth + 1);
    let message = serde::Deserialize::deserialize(from);
    DEPTH.set(depth);
    message
}

impl Message {
    /// A message without arguments. Use [`text!`](crate::text!), whose keys are checked by a test.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// The same message with one more argument.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// The key in `resources/languages`: what tests compare, since words may change.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The number of that name, for whoever goes by what was told.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.args.iter().find_map(|(known, arg)| match arg {
            Arg::Number(number) if known == name => Some(*number),
            _ => None,
        })
    }

    /// The text of that name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.args.iter().find_map(|(known, arg)| match arg {
            Arg::Text(text) if known == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// The sentence in `language`; the key itself, framed, where the language lacks it (a test holds that none does).
    pub fn in_language(&self, language: Language) -> String {
        bundle::format(language, &self.key, &self.args)
    }
}

impl fmt::Display for Message {
    /// In English: for logs and tests, which have no person whose language could be asked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

macro_rules! number {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Arg {
            fn from(number: $kind) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}
number!(i32 u32 i64 u64 usize u16 u8);

impl From<f64> for Arg {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A [`Message`]: `text!("lab-key-unknown", key = "bnid", nearest = "bind")`.
///
/// The key is written out at the place of use, so that the test of the languages finds it.
#[macro_export]
macro_rules! text {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new($key)$(.with(stringify!($name), $value))*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_only_so_deep() {
        let nest = |depth: u32| (0..depth).fold(Message::new("a"), |inner, _| Message::new("a").with("b", inner));
        let read = |depth| postcard::from_bytes::<Message>(&postcard::to_stdvec(&nest(depth)).unwrap());
        assert_eq!(read(DEEPEST).unwrap(), nest(DEEPEST));
        assert!(read(DEEPEST + 1).is_err());
        // As a hostile file would: a level is four bytes.
        assert!(postcard::from_bytes::<Message>(&[0, 1, 0, 2].repeat(1_000_000)).is_err());
        assert!(read(DEEPEST).is_ok(), "an error leaves no trace");
    }
}
