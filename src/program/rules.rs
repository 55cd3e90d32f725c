//! Answers by rules: the first rule that fits what was received says what is answered.
//!
//! What is compared is bytes: what was received need not be text. A regular expression is run over the characters where the message is text of the program's character
//! set, else over its bytes; it takes time linear in the length of the message, whatever it is (the crate `regex`), and has little memory.

use std::fmt;

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ast;
use serde::{Deserialize, Serialize};

use super::outgoing::Data;
use super::reply::Answer;
use crate::text;
use crate::text::Message;
use crate::wire::{Charset, preview};

/// The most rules of a program.
pub const MOST_RULES: usize = 100;
/// The longest regular expression, in bytes.
pub(super) const MOST_PATTERN: usize = 1_000;
/// What a regular expression may take when it is compiled, and what its automaton may take at work, in bytes.
const MOST_MEMORY: usize = 1 << 20;
/// The longest answer that captures are put into, in bytes.
const MOST_ANSWER: usize = 1 << 20;
/// How much of a pattern is shown when its rule answers, in characters.
const SHOWN: usize = 40;

/// An ordered list of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The rules; the first that fits answers.
    pub rules: Vec<Rule>,
    /// What is answered where none fits; none for nothing.
    pub otherwise: Option<Data>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What the message has to be like.
    pub when: When,
    /// What is answered. Behind a regular expression `$1` and `${name}` stand for what its groups found, `$$` for a dollar sign.
    pub answer: Data,
}

/// What a message has to be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// Just this.
    Exact(Data),
    /// It begins with this.
    Prefix(Data),
    /// It holds this.
    Contains(Data),
    /// A regular expression finds something in it.
    Regex(Pattern),
}

impl When {
    /// The names in a lab file, in the order in which a person is offered them.
    pub const NAMES: &[&str] = &["exact", "prefix", "contains", "regex"];

    /// The name in a lab file: `exact`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Prefix(_) => "prefix",
            Self::Contains(_) => "contains",
            Self::Regex(_) => "regex",
        }
    }

    /// What is compared; none where that is an expression.
    pub const fn data(&self) -> Option<&Data> {
        match self {
            Self::Exact(data) | Self::Prefix(data) | Self::Contains(data) => Some(data),
            Self::Regex(_) => None,
        }
    }

    /// What fits where it is this; none where the name is that of no such condition.
    pub fn of(name: &str, data: Data) -> Option<Self> {
        Some(match name {
            "exact" => Self::Exact(data),
            "prefix" => Self::Prefix(data),
            "contains" => Self::Contains(data),
            _ => return None,
        })
    }
}

impl fmt::Display for When {
    /// As the log shows it: `prefix "add "`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = match self {
            Self::Exact(data) | Self::Prefix(data) | Self::Contains(data) => match data {
                Data::Text(text) => preview(text.as_bytes(), Charset::Utf8, SHOWN).text,
                Data::Hex(bytes) => preview(bytes, Charset::Utf8, SHOWN).text,
                Data::File(path) => path.to_string_lossy().into_owned(),
            },
            Self::Regex(pattern) => preview(pattern.source.as_bytes(), Charset::Utf8, SHOWN).text,
        };
        write!(f, "{} \"{shown}\"", self.name())
    }
}

/// A regular expression that was understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    source: String,
    regex: Regex,
}

impl PartialEq for Pattern {
    /// Two of the same text do the same.
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl TryFrom<String> for Pattern {
    type Error = Message;

    fn try_from(source: String) -> Result<Self, Message> {
        Self::new(&source)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.source
    }
}

impl Pattern {
    /// The regular expression that is written so.
    ///
    /// # Errors
    /// What is wrong with it, and at which character.
    pub fn new(source: &str) -> Result<Self, Message> {
        if source.len() > MOST_PATTERN {
            return Err(text!("program-pattern-long", most = MOST_PATTERN));
        }
        // First by its syntax alone, which knows where it is wrong.
        if let Err(error) = ast::parse::Parser::new().parse(source) {
            let column = source.get(..error.span().start.offset).map_or(0, |before| before.chars().count()) + 1;
            return Err(text!("program-pattern-wrong", column = column, why = error.kind().to_string()));
        }
        let built = RegexBuilder::new(source).size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY).build();
        match built {
            Ok(regex) => Ok(Self { source: source.to_owned(), regex }),
            Err(regex::Error::CompiledTooBig(_)) => Err(text!("program-pattern-big", most = MOST_MEMORY >> 10)),
            Err(error) => {
                let why = error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                Err(text!("program-pattern-refused", why = why))
            }
        }
    }

    /// As it is written.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Rules {
    /// The answer to `received`, and which rule it is of. Text is in this character set.
    pub(super) fn answer(&self, received: &[u8], charset: Charset) -> Answer<'static> {
        for (place, rule) in self.rules.iter().enumerate() {
            match rule.answer(received, charset) {
                Ok(None) => {}
                Ok(Some(bytes)) => {
                    let told = text!("program-told-rule", number = place + 1, rule = rule.when.to_string());
                    return Answer { bytes: Some(bytes.into()), told: Some(told) };
                }
                Err(why) => return Answer { bytes: None, told: Some(text!("program-told-rule-failed", number = place + 1, why = why)) },
            }
        }
        match self.otherwise.as_ref().map(|data| data.bytes_in(charset)) {
            None => Answer { bytes: None, told: Some(text!("program-told-no-rule")) },
            Some(Ok(bytes)) => Answer { bytes: Some(Vec::from(bytes).into()), told: Some(text!("program-told-otherwise")) },
            Some(Err(error)) => Answer { bytes: None, told: Some(error.message()) },
        }
    }
}

impl Rule {
    /// The answer, where the rule fits.
    ///
    /// # Errors
    /// Why there is none though it fits.
    fn answer(&self, received: &[u8], charset: Charset) -> Result<Option<Vec<u8>>, Message> {
        let bytes = |data: &Data| data.bytes_in(charset).map_err(|error| error.message());
        let fits = match &self.when {
            When::Exact(data) => *bytes(data)? == *received,
            When::Prefix(data) => received.starts_with(&bytes(data)?),
            When::Contains(data) => memchr::memmem::find(received, &bytes(data)?).is_some(),
            When::Regex(pattern) => return self.expanded(pattern, received, charset),
        };
        if fits { bytes(&self.answer).map(|bytes| Some(bytes.into())) } else { Ok(None) }
    }

    /// The answer with what the groups found, where the expression finds something.
    fn expanded(&self, pattern: &Pattern, received: &[u8], charset: Charset) -> Result<Option<Vec<u8>>, Message> {
        let text = charset.decode(received);
        // Text of another character set is matched, and answered, character by character; what is none by its bytes.
        let is_other = charset != Charset::Utf8 && charset.encode(&text).is_ok_and(|bytes| *bytes == *received);
        let haystack = if is_other { text.as_bytes() } else { received };
        let Some(captures) = pattern.regex.captures(haystack) else { return Ok(None) };
        let template = match &self.answer {
            Data::Text(text) if is_other || charset == Charset::Utf8 => text.as_bytes().to_vec(),
            data => data.bytes_in(charset).map_err(|error| error.message())?.into(),
        };
        // As long as each dollar sign stood for all that was found.
        let most = template.len() + memchr::memchr_iter(b'$', &template).count().saturating_mul(haystack.len());
        if most > MOST_ANSWER {
            return Err(text!("program-rule-long", most = MOST_ANSWER >> 10));
        }
        let mut answer = Vec::new();
        captures.expand(&template, &mut answer);
        if !is_other || matches!(self.answer, Data::Hex(_)) {
            return Ok(Some(answer));
        }
        charset.encode(&String::from_utf8_lossy(&answer)).map(|bytes| Some(bytes.into_owned())).map_err(|missing| missing.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Data {
        Data::Text(text.to_owned())
    }

    fn regex(source: &str, answer: &str) -> Rule {
        Rule { when: When::Regex(Pattern::new(source).unwrap()), answer: text(answer) }
    }

    fn answered(rules: &[Rule], received: &[u8], charset: Charset) -> Option<Vec<u8>> {
        let rules = Rules { rules: rules.to_vec(), otherwise: None };
        rules.answer(received, charset).bytes.map(Vec::from)
    }

    #[test]
    fn the_first_that_fits_answers_and_is_told() {
        let rules = Rules {
            rules: vec![
                Rule { when: When::Exact(text("hello")), answer: text("hi") },
                Rule { when: When::Prefix(Data::Hex(vec![0, 0xff])), answer: Data::Hex(vec![1]) },
                Rule { when: When::Contains(text("weather")), answer: text("sunny") },
                regex("(?i)^my name is (?<name>.+)$", "hello, ${name}"),
                Rule { when: When::Contains(text("hello")), answer: text("never for hello itself") },
            ],
            otherwise: Some(text("what?")),
        };
        for (received, answer, key) in [
            (&b"hello"[..], &b"hi"[..], "program-told-rule"),
            (b"\0\xff\xfe", b"\x01", "program-told-rule"),
            (b"how is the weather?", b"sunny", "program-told-rule"),
            ("My name is 小明".as_bytes(), "hello, 小明".as_bytes(), "program-told-rule"),
            (b"hello!", b"never for hello itself", "program-told-rule"),
            (b"\xff", b"what?", "program-told-otherwise"),
            (b"", b"what?", "program-told-otherwise"),
        ] {
            let told = rules.answer(received, Charset::Utf8);
            assert_eq!(told.bytes.as_deref(), Some(answer), "{}", String::from_utf8_lossy(received));
            assert_eq!(told.told.as_ref().map(Message::key), Some(key));
        }
        let silent = Rules { otherwise: None, ..rules };
        assert_eq!(silent.answer(b"?", Charset::Utf8), Answer { bytes: None, told: Some(text!("program-told-no-rule")) });
    }

    #[test]
    fn captures_stand_in_the_answer_and_dollar_signs_alone() {
        let add = [regex(r"^(\d+)\+(\d+)$", "$2 and $1, ${1}0, $$5, $9.")];
        assert_eq!(answered(&add, b"12+3", Charset::Utf8).unwrap(), b"3 and 12, 120, $5, .");
        let plain = [Rule { when: When::Exact(text("price")), answer: text("$1") }];
        assert_eq!(answered(&plain, b"price", Charset::Utf8).unwrap(), b"$1", "only an expression has groups");
        // What is no UTF-8 is matched, and given back, as it came.
        let bytes = [regex(r"(?s-u)^\x00(.)(.*)$", "$2$1")];
        assert_eq!(answered(&bytes, b"\0\xffab", Charset::Utf8).unwrap(), b"ab\xff");
    }

    #[test]
    fn other_character_sets_are_matched_by_character() {
        let swap = [regex("^(.)(.)$", "$2$1好")];
        assert_eq!(answered(&swap, b"\xc4\xe3a", Charset::Gbk).unwrap(), b"a\xc4\xe3\xba\xc3");
        assert_eq!(answered(&swap, b"\x4f\x60\0a", Charset::Utf16Be).unwrap(), b"\0a\x4f\x60\x59\x7d");
        let exact = [Rule { when: When::Exact(text("你")), answer: text("好") }];
        assert_eq!(answered(&exact, b"\xc4\xe3", Charset::Gbk).unwrap(), b"\xba\xc3");
    }

    #[test]
    fn a_pattern_says_where_it_is_wrong_and_takes_little() {
        for (source, key, column) in [
            ("a(b", "program-pattern-wrong", "2"),
            ("你好*{", "program-pattern-wrong", "4"),
            ("a**", "", ""),
            (r"\p{Nothing}", "program-pattern-refused", ""),
            ("(?:a{1000}){1000}", "program-pattern-big", ""),
        ] {
            match Pattern::new(source) {
                Ok(pattern) => assert_eq!((key, pattern.source()), ("", source)),
                Err(error) => {
                    assert_eq!(error.key(), key, "{source}: {error}");
                    assert!(error.to_string().contains(column), "{source}: {error}");
                }
            }
        }
        assert_eq!(Pattern::new(&"a".repeat(MOST_PATTERN + 1)).unwrap_err().key(), "program-pattern-long");
        // What takes other engines longer than anybody waits.
        let slow = [regex("^(a+)+$", "yes")];
        let begin = std::time::Instant::now();
        assert_eq!(answered(&slow, &[vec![b'a'; 500_000], b"b".to_vec()].concat(), Charset::Utf8), None);
        assert!(begin.elapsed().as_secs() < 10);
        let huge = Rules { rules: vec![regex("^(.*)$", &"$1".repeat(100))], otherwise: None };
        let answer = huge.answer(&vec![b'a'; 100_000], Charset::Utf8);
        assert_eq!((answer.bytes, answer.told.as_ref().map(Message::key)), (None, Some("program-told-rule-failed")));
    }
}
