//! The sentences of `resources/languages`: that none is missing, left over, or unlike its sister in the other language.
//!
//! [`faults`] judges a source and two languages; the repository must have none, and [`WRONG`] shows that each fault is found.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod source;

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use skrifa::{FontRef, MetadataProvider as _};
use source::{Piece, files, line_of, pieces};

/// Keys begin with the floor that says them.
const FLOORS: &[&str] = &["text-", "wire-", "trace-", "net-", "tftp-", "program-", "lab-", "cli-", "ui-"];

/// Beginnings of keys that the source puts together while it runs, and why.
const MADE: &[(&str, &str)] = &[];

/// Words in the source that look like keys and are none, and what they are.
const NOT_KEYS: &[(&str, &str)] = &[
    ("program-started", "an event in JSON"),
    ("program-ended", "an event in JSON"),
    ("tftp-server", "a kind of program"),
    ("tftp-client", "a kind of program"),
    ("tftp-download", "a sample"),
    ("tftp-upload", "a sample"),
    ("tftp-tutorial", "a sample"),
];

/// Keys whose sentence is the same in both languages, and why.
const SAME: &[(&str, &str)] = &[("ui-name", "a name"), ("ui-log-panic", "the word that Rust prints")];

/// What is wrong with the sentences `english` and `chinese` (Fluent files) that `source` (paths and Rust files) uses.
fn faults(source: &[(String, String)], english: &[&str], chinese: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let english = Language::read("en", english, &mut faults);
    let chinese = Language::read("zh-CN", chinese, &mut faults);
    let mut used = BTreeSet::new();
    for (path, text) in source {
        // Tests use keys that are none, and a key that only a test uses is not used.
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for literal in literals(text) {
            let place = format!("{path}:{}", literal.line);
            let looks = FLOORS.iter().any(|floor| literal.text.starts_with(floor)) && literal.text.chars().all(is_of_key);
            // An empty key is the blank of a table, never shown.
            if literal.text.is_empty() || !literal.is_key && (!looks || NOT_KEYS.iter().any(|(word, _)| *word == literal.text)) {
                continue;
            }
            for language in [&english, &chinese] {
                let Some(sentence) = language.sentences.get(&literal.text) else {
                    faults.push(format!("{place}: `{}` is missing in {}", literal.text, language.tag));
                    continue;
                };
                if literal.is_key && sentence.variables != literal.arguments {
                    let (given, read) = (&literal.arguments, &sentence.variables);
                    faults.push(format!("{place}: `{}` is given {given:?}, in {} it reads {read:?}", literal.text, language.tag));
                }
            }
            used.insert(literal.text);
        }
    }
    for (key, sentence) in &english.sentences {
        if !used.contains(key) && !MADE.iter().any(|(prefix, _)| key.starts_with(prefix)) {
            faults.push(format!("`{key}` is not used"));
        }
        if !FLOORS.iter().any(|floor| key.starts_with(floor)) {
            faults.push(format!("`{key}` does not begin with a floor"));
        }
        match chinese.sentences.get(key) {
            None => faults.push(format!("`{key}` is missing in zh-CN")),
            Some(other) if other.variables != sentence.variables => {
                faults.push(format!("`{key}` reads {:?} in en, {:?} in zh-CN", sentence.variables, other.variables));
            }
            Some(other) => compare(key, sentence, other, &mut faults),
        }
    }
    for key in chinese.sentences.keys().filter(|key| !english.sentences.contains_key(*key)) {
        faults.push(format!("`{key}` is missing in en"));
    }
    for (key, sentence) in &chinese.sentences {
        punctuation(key, sentence, &mut faults);
    }
    characters(&[&english, &chinese], &mut faults);
    faults
}

/// One language.
struct Language {
    tag: &'static str,
    sentences: BTreeMap<String, Sentence>,
}

#[derive(Debug, Default)]
struct Sentence {
    /// The words, piece by piece between what is put in.
    words: Vec<String>,
    variables: BTreeSet<String>,
}

impl Language {
    fn read(tag: &'static str, files: &[&str], faults: &mut Vec<String>) -> Self {
        let mut sentences = BTreeMap::new();
        for file in files {
            let resource = fluent_syntax::parser::parse(*file).unwrap_or_else(|(resource, errors)| {
                faults.extend(errors.iter().map(|error| format!("{tag}: line {}: {error}", line_of(file, error.pos.start))));
                resource
            });
            for entry in &resource.body {
                let Entry::Message(message) = entry else { continue };
                let key = message.id.name.to_owned();
                let mut sentence = Sentence::default();
                if let Some(pattern) = &message.value {
                    sentence.read(pattern);
                }
                if sentences.insert(key.clone(), sentence).is_some() {
                    faults.push(format!("{tag}: `{key}` stands twice"));
                }
            }
        }
        Self { tag, sentences }
    }
}

impl Sentence {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { value } => self.words.push((*value).to_owned()),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.inline(argument);
                }
            }
            _ => {}
        }
    }
}

/// A string of the source that may be a key.
struct Literal {
    line: usize,
    text: String,
    /// Whether it stands in `text!` or `Message::new`, so that it can be nothing else.
    is_key: bool,
    /// The names of the arguments that go with it.
    arguments: BTreeSet<String>,
}

/// The strings of `text`, less those of comments.
fn literals(text: &str) -> Vec<Literal> {
    let pieces = pieces(text);
    let mut literals = Vec::new();
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let line = line_of(text, at);
        at += piece.text().len();
        let Piece::Quoted(quoted) = piece else { continue };
        let Some(inner) = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { continue };
        let before = index.checked_sub(1).and_then(|before| pieces.get(before)).map_or("", |piece| piece.text()).trim_end();
        let after: Vec<Piece<'_>> = pieces.iter().skip(index + 1).copied().collect();
        let (is_key, arguments) = if before.ends_with("text!(") {
            (true, of_macro(&after))
        } else if before.ends_with("Message::new(") {
            (true, of_chain(&after))
        } else {
            (false, BTreeSet::new())
        };
        literals.push(Literal { line, text: inner.to_owned(), is_key, arguments });
    }
    literals
}

/// The names of `, name = value` up to the bracket that closes the macro.
fn of_macro(after: &[Piece<'_>]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let (mut depth, mut name, mut fresh) = (0, String::new(), false);
    for character in after.iter().filter_map(|piece| if let Piece::Code(code) = piece { Some(code.chars()) } else { None }).flatten() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => (fresh, name) = (true, String::new()),
            '=' if depth == 0 && fresh => {
                names.insert(name.trim().to_owned());
                fresh = false;
            }
            _ if fresh => name.push(character),
            _ => {}
        }
    }
    names
}

/// The names of `).with("name", value)`, as far as the chain goes.
fn of_chain(after: &[Piece<'_>]) -> BTreeSet<String> {
    let plain = |piece: &Piece<'_>| match piece {
        Piece::Code(code) => code.split_whitespace().collect(),
        Piece::Comment(_) => String::new(),
        // Without brackets, which are counted below.
        Piece::Quoted(quoted) => quoted.chars().filter(|character| !"()".contains(*character)).collect(),
    };
    let text: String = after.iter().map(plain).collect();
    let mut names = BTreeSet::new();
    let mut rest = text.strip_prefix(')').unwrap_or_default();
    while let Some((name, value)) = rest.strip_prefix(".with(\"").and_then(|rest| rest.split_once('"')) {
        names.insert(name.to_owned());
        let mut depth = 1;
        let closes = |character: char| {
            depth += i32::from(character == '(') - i32::from(character == ')');
            depth == 0
        };
        rest = value.split_once(closes).map_or("", |(_, rest)| rest);
    }
    names
}

fn is_of_key(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// That the Chinese sentence is not the English one, where that has words.
fn compare(key: &str, english: &Sentence, chinese: &Sentence, faults: &mut Vec<String>) {
    let said = english.words.iter().any(|words| words.chars().any(char::is_alphabetic));
    if said && english.words == chinese.words && !SAME.iter().any(|(same, _)| *same == key) {
        faults.push(format!("`{key}` is the same in both languages: {:?}", english.words));
    }
}

/// That Chinese stands with full-width punctuation, and apart from Latin.
fn punctuation(key: &str, sentence: &Sentence, faults: &mut Vec<String>) {
    for words in &sentence.words {
        let characters: Vec<char> = words.chars().collect();
        for (at, pair) in characters.windows(2).enumerate() {
            let &[first, second] = pair else { continue };
            // Three points are for what asks for more before it acts.
            let asks = characters.iter().skip(at + 1).take(3).all(|point| *point == '.') && characters.len() >= at + 4;
            // Straight quotes are those of code that the sentence shows.
            if is_chinese(first) && ",.;:!?()".contains(second) && !asks {
                faults.push(format!("zh-CN: `{key}`: “{first}{second}” is not full-width"));
            }
            let meets = |one: char, other: char| is_chinese(one) && other.is_ascii_alphanumeric();
            if meets(first, second) || meets(second, first) {
                faults.push(format!("zh-CN: `{key}`: a space between “{first}” and “{second}”"));
            }
        }
    }
}

/// That the bundled fonts can draw every character.
fn characters(languages: &[&Language], faults: &mut Vec<String>) {
    let fonts =
        [&include_bytes!("../resources/fonts/Inter-Regular.otf")[..], &include_bytes!("../resources/fonts/NotoSansSC-Regular.otf")[..]]
            .map(|file| FontRef::new(file).expect("a font").charmap());
    for language in languages {
        for (key, sentence) in &language.sentences {
            for character in sentence.words.iter().flat_map(|words| words.chars()) {
                if character != '\n' && !fonts.iter().any(|font| font.map(character).is_some()) {
                    faults.push(format!("{}: `{key}`: no font has “{character}” (U+{:04X})", language.tag, u32::from(character)));
                }
            }
        }
    }
}

#[test]
fn the_sentences_are_whole() {
    let files = files();
    let of = |tag: &str| {
        let folder = format!("resources/languages/{tag}/");
        files
            .iter()
            .filter(|(path, _)| path.starts_with(&folder))
            .map(|(path, text)| (path.replace(&folder, ""), text.as_str()))
            .collect::<Vec<_>>()
    };
    let (english, chinese) = (of("en"), of("zh-CN"));
    let names = |files: &[(String, &str)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english), names(&chinese));
    let bundle = files.iter().find(|(path, _)| path == "src/text/bundle.rs").map(|(_, text)| text.as_str()).expect("the bundle");
    for name in names(&english) {
        assert!(bundle.contains(&format!("\"/{name}\"")), "{name} is not embedded");
    }
    let source: Vec<_> =
        files.iter().filter(|(path, _)| path.starts_with("src/") && path.rsplit('.').next() == Some("rs")).cloned().collect();
    let english: Vec<_> = english.iter().map(|(_, text)| *text).collect();
    let chinese: Vec<_> = chinese.iter().map(|(_, text)| *text).collect();
    let faults = faults(&source, &english, &chinese);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// A source, an English and a Chinese file, and the one fault they have.
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("text!(\"ui-a\")", "", "ui-a = 一\n", "`ui-a` is missing in en"),
    ("Message::new(\"ui-a\")", "ui-a = One\n", "", "`ui-a` is missing in zh-CN"),
    (
        "text!(\"ui-a\", n = 1, m = f(2, x = 3))",
        "ui-a = One { $n }\n",
        "ui-a = 一 { $n }\n",
        "is given {\"m\", \"n\"}, in en it reads {\"n\"}",
    ),
    ("text!(\"ui-a\")", "ui-a = One { $n }\n", "ui-a = 一 { $n }\n", "is given {}"),
    ("Message::new(\"ui-a\").with(\"m\", 1)", "ui-a = One { $n }\n", "ui-a = 一 { $n }\n", "is given {\"m\"}"),
    ("const K: &str = \"ui-a\";", "ui-a = One { $n }\n", "ui-a = 一\n", "reads {\"n\"} in en, {} in zh-CN"),
    ("const K: &str = \"ui-b\";", "", "", "`ui-b` is missing in en"),
    ("// ui-a\nfn f() {}", "ui-a = One\n", "ui-a = 一\n", "`ui-a` is not used"),
    ("fn f() {}\n#[cfg(test)]\nmod tests { text!(\"ui-a\") }", "ui-a = One\n", "ui-a = 一\n", "`ui-a` is not used"),
    ("text!(\"one\")", "one = One\n", "one = 一\n", "does not begin with a floor"),
    ("text!(\"ui-a\")", "ui-a = One\nui-a = Two\n", "ui-a = 一\n", "`ui-a` stands twice"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = One\n", "the same in both"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = 一,二\n", "“一,” is not full-width"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = 一..\n", "“一.” is not full-width"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = 一a\n", "a space between"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = 8 字 9字\n", "a space between"),
    ("text!(\"ui-a\")", "ui-a = One \u{1f980}\n", "ui-a = 一\n", "no font has “🦀” (U+1F980)"),
    ("text!(\"ui-a\")", "ui-a = One\n", "ui-a = { $n ->\n    [one] 一\n   *[other] 㐀\n }\n", "reads {} in en, {\"n\"}"),
    ("text!(\"ui-a\")", "ui-a = One\n= what\n", "ui-a = 一\n", "en: line 2"),
];

/// The same, without a fault.
const RIGHT: &[(&str, &str, &str)] = &[
    ("text!(\"ui-a\", n = g(1)) ; text!(\n  \"ui-b\"\n)", "ui-a = One { $n }\nui-b = TCP...\n", "ui-a = 一 { $n }\nui-b = TCP 另存为...\n"),
    ("f(Message::new(\"ui-a\").with(\"n\", x(\"y\")).with(\"m\", 2), \"z\")", "ui-a = { $n } of { $m }\n", "ui-a = { $n }，共 { $m }\n"),
    ("text!(\"ui-a\")", "ui-a = write text = \"one\"\n", "ui-a = 写成 text = \"一\"\n"),
    ("[(\"ui-a\", 1), (\"ui-b\", 2)]", "ui-a = { $n ->\n    [one] a\n   *[other] b\n }\nui-b = C\n", "ui-a = 共 { $n } 个\nui-b = 丙\n"),
];

#[test]
fn every_fault_is_found() {
    let source = |text: &str| [("src/a.rs".to_owned(), text.to_owned())];
    for (text, english, chinese, fault) in WRONG {
        let found = faults(&source(text), &[english], &[chinese]);
        assert!(found.iter().any(|found| found.contains(fault)), "{text}: {fault}: {found:?}");
    }
    for (text, english, chinese) in RIGHT {
        assert_eq!(faults(&source(text), &[english], &[chinese]), [""; 0], "{text}");
    }
}

#[test]
fn both_weights_have_the_same_characters() {
    let characters =
        |file: &[u8]| FontRef::new(file).expect("a font").charmap().mappings().map(|(character, _)| character).collect::<BTreeSet<_>>();
    let regular = characters(include_bytes!("../resources/fonts/Inter-Regular.otf"));
    assert_eq!(regular, characters(include_bytes!("../resources/fonts/Inter-SemiBold.otf")));
    let mono = characters(include_bytes!("../resources/fonts/JetBrainsMono-Regular.ttf"));
    for character in "azAZ09éµ×→←…·─│└".chars() {
        assert!(mono.contains(&u32::from(character)), "{character}");
        let is_box = ('\u{2500}'..='\u{257f}').contains(&character);
        assert!(is_box || regular.contains(&u32::from(character)), "{character}");
    }
}
