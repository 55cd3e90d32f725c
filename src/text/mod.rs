//! Every sentence a person reads, in English and Simplified Chinese.
//!
//! An error or a label anywhere in the lab is data: a [`Message`] of a key and its arguments. Only where a person reads it does it
//! become a sentence, in the language of that person. The sentences stand in `resources/languages`, one folder a language, one Fluent file a floor;
//! `tests/languages.rs` holds that every key used in the source exists in both languages with the same arguments.

mod bundle;
mod language;

use std::borrow::Cow;
use std::fmt;

pub use language::Language;

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
    Message(Message),
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
