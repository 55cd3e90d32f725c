//! Rules of answering, as a lab file states them: `{ rules = [{ prefix = "add ", answer = "added" }], otherwise = "what?" }`.

use std::borrow::Cow;

use toml::Spanned;

use super::error::Fault;
use super::setting::{list, quote, write_data};
use super::shape::{Read, Reader};
use crate::program::{Data, MOST_RULES, Pattern, Rule, Rules, When};
use crate::text;

/// A key of the file and its value.
type Entry<'value, 'text> = (&'value Spanned<Cow<'text, str>>, Read<'value, 'text>);

/// The rules that the entries of a table state; `value` is the table.
pub(super) fn read(reader: &mut Reader<'_, '_>, value: Read<'_, '_>, entries: &[Entry<'_, '_>]) -> Option<Rules> {
    let (mut rules, mut otherwise, mut whole) = (None, None, true);
    for (key, value) in entries {
        match key.get_ref().as_ref() {
            "rules" => {
                let entries = reader.list(value, || text!("lab-expected-rules"))?;
                if entries.len() > MOST_RULES {
                    let what = text!("lab-list-long", key = "rules", count = entries.len());
                    reader.wrong(value.span(), Fault::new(what, text!("lab-expected-entries", most = MOST_RULES.to_string())));
                    return None;
                }
                let read = entries.iter().map(|entry| rule(reader, entry)).collect::<Vec<_>>();
                rules = read.into_iter().collect::<Option<Vec<_>>>();
                whole &= rules.is_some();
            }
            "otherwise" => {
                otherwise = said(reader, value);
                whole &= otherwise.is_some();
            }
            _ => {
                reader.unknown(key, &["rules", "otherwise"]);
                whole = false;
            }
        }
    }
    if rules.is_none() && whole {
        reader.wrong_type(value, text!("lab-expected-rules"));
    }
    rules.filter(|_| whole).map(|rules| Rules { rules, otherwise })
}

/// One rule: one condition, and an answer.
fn rule(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Rule> {
    let expected = || text!("lab-expected-rule");
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(value, expected());
        return None;
    };
    let (mut when, mut answer, mut whole) = (None, None, true);
    for (key, value) in Reader::entries(table) {
        let name = key.get_ref().as_ref();
        let condition = match name {
            "answer" => {
                answer = said(reader, value);
                whole &= answer.is_some();
                continue;
            }
            "regex" => pattern(reader, value).map(When::Regex),
            name if When::NAMES.contains(&name) => said(reader, value).and_then(|data| When::of(name, data)),
            _ => {
                reader.unknown(key, &[When::NAMES, &["answer"]].concat());
                whole = false;
                continue;
            }
        };
        if when.is_some() {
            reader.wrong(key.span(), Fault::new(text!("lab-rule-twice"), expected()));
            whole = false;
        }
        whole &= condition.is_some();
        when = condition.or(when);
    }
    if whole && (when.is_none() || answer.is_none()) {
        reader.wrong_type(value, expected());
    }
    when.zip(answer).filter(|_| whole).map(|(when, answer)| Rule { when, answer })
}

fn pattern(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Pattern> {
    let source = reader.text(value, || text!("lab-expected-regex"))?;
    Pattern::new(source).map_err(|why| reader.wrong(value.span(), Fault::new(why, text!("lab-expected-regex")))).ok()
}

/// Text or bytes. No file: what is compared with each message is at hand.
fn said(reader: &mut Reader<'_, '_>, value: Read<'_, '_>) -> Option<Data> {
    let data = reader.data(value)?;
    if matches!(data, Data::File(_)) {
        reader.wrong(value.span(), Fault::new(text!("lab-rule-file"), text!("lab-expected-said")));
        return None;
    }
    Some(data)
}

/// The rules in TOML.
pub(super) fn write(rules: &Rules) -> String {
    let rule = |rule: &Rule| {
        let when = match &rule.when {
            When::Exact(data) | When::Prefix(data) | When::Contains(data) => write_data(data),
            When::Regex(pattern) => quote(pattern.source()),
        };
        format!("{{ {} = {when}, answer = {} }}", rule.when.name(), write_data(&rule.answer))
    };
    let otherwise = rules.otherwise.as_ref().map(|data| format!(", otherwise = {}", write_data(data))).unwrap_or_default();
    format!("{{ rules = {}{otherwise} }}", list(rules.rules.iter().map(rule)))
}

#[cfg(test)]
mod tests {
    use super::super::{Setting, field};
    use crate::program::{ProgramKind, Reply};

    #[test]
    fn rules_are_read_as_they_are_written_and_wrong_ones_are_told() {
        let reply = field(ProgramKind::TcpServer, "reply").expect("in the table");
        let all = r#"{ rules = [
            { exact = "hello", answer = "hi" },
            { prefix = { hex = "00 ff" }, answer = { hex = "01" } },
            { contains = "say \"$1\"", answer = "no" },
            { regex = '^(?<a>\d+)\+(\d+)$', answer = "${a} and $2" },
        ], otherwise = "what?" }"#;
        let Ok(Setting::Reply(Reply::Rules(rules))) = reply.typed(all) else { panic!("{:?}", reply.typed(all)) };
        assert_eq!((rules.rules.len(), rules.otherwise.is_some()), (4, true));
        let setting = Setting::Reply(Reply::Rules(rules));
        assert_eq!(reply.typed(&setting.to_toml()), Ok(setting));
        for (wrong, part) in [
            ("rules", "rules"),
            ("{ rules = 5 }", "rules"),
            ("{ otherwise = \"x\" }", "rules"),
            ("{ rules = [], more = 1 }", "more"),
            ("{ rules = [{ exact = \"a\" }] }", "answer"),
            ("{ rules = [{ answer = \"a\" }] }", "answer"),
            ("{ rules = [{ exact = \"a\", prefix = \"b\", answer = \"c\" }] }", "answer"),
            ("{ rules = [{ exat = \"a\", answer = \"c\" }] }", "exact"),
            ("{ rules = [{ regex = \"a(b\", answer = \"c\" }] }", "Character 2"),
            ("{ rules = [{ exact = { file = \"x\" }, answer = \"c\" }] }", "file"),
        ] {
            let error = reply.typed(wrong).expect_err(wrong).to_string();
            assert!(error.contains(part), "{wrong}: {error}");
        }
    }
}
