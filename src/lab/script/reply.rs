//! What a server answers, as Python: the body of one function.

use super::lines::{Lines, bytes_of, quoted};
use crate::program::{Data, Reply, Spec, When};

/// An expression that stands before each message that this program sends; none where nothing does.
pub(super) fn prefix(lines: &mut Lines, spec: &Spec) -> Option<String> {
    let prefix = spec.manner.prefix.as_ref()?;
    lines.uses(&["time"]);
    let name = spec.manner.contacts.first().map(|contact| contact.name.as_str()).unwrap_or_default();
    Some(format!("time.strftime({})", quoted(&prefix.replace("{}", &name.replace('%', "%%")))))
}

/// The body of `answer`.
pub(super) fn body(lines: &mut Lines, server: &Spec) {
    let before = prefix(lines, server).map(|prefix| format!("{prefix}.encode(CHARSET) + ")).unwrap_or_default();
    match &server.reply {
        Reply::Echo => lines.add(1, &format!("return {before}data")),
        Reply::Upper => lines.add(1, &format!("return {before}data.upper()")),
        Reply::Reverse => lines.add(1, &format!("return {before}data.decode(CHARSET)[::-1].encode(CHARSET)")),
        Reply::Fixed(data) => lines.add(1, &format!("return {before}{}", bytes_of(data))),
        Reply::Time { format } if format.is_empty() => {
            lines.uses(&["time"]);
            lines.add(1, "return time.strftime(data.decode(CHARSET, \"replace\") or \"%Y-%m-%d %X\").encode(CHARSET)");
        }
        Reply::Time { format } => {
            lines.uses(&["time"]);
            lines.add(1, &format!("parts = [time.strftime(part).encode(CHARSET) for part in {}.split(\"{{}}\")]", quoted(format)));
            lines.add(1, "return data.join(parts)");
        }
        Reply::Command(_) => {
            lines.uses(&["shlex", "subprocess"]);
            lines.add(1, "try:");
            lines.add(2, "words = shlex.split(data.decode(CHARSET))");
            lines.add(2, "if not words or words[0] not in ALLOWED:");
            lines.add(3, "return b\"refused: not on the list\\n\"");
            lines.add(2, "ran = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=5)");
            lines.add(2, "return ran.stdout + ran.stderr");
            lines.add(1, "except (OSError, ValueError, subprocess.SubprocessError) as error:");
            lines.add(2, "return str(error).encode(CHARSET, \"replace\") + b\"\\n\"");
        }
        Reply::Rules(rules) => {
            for rule in &rules.rules {
                let answer = bytes_of(&rule.answer);
                let condition = match &rule.when {
                    When::Exact(data) => format!("data == {}", bytes_of(data)),
                    When::Prefix(data) => format!("data.startswith({})", bytes_of(data)),
                    When::Contains(data) => format!("{} in data", bytes_of(data)),
                    When::Regex(pattern) => {
                        lines.uses(&["re"]);
                        // Groups are named, and put into an answer, in Python's own way.
                        let source = pattern.source().replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!");
                        let template = match &rule.answer {
                            Data::Text(text) => quoted(text),
                            _ => format!("{answer}.decode(CHARSET, \"surrogateescape\")"),
                        };
                        lines.add(1, &format!("found = re.search({}, data.decode(CHARSET, \"surrogateescape\"))", quoted(&source)));
                        lines.add(1, "if found:");
                        lines.add(2, "def put(part):");
                        lines.add(3, "name = part[1] or part[2]");
                        lines.add(3, "return \"$\" if not name else found[int(name) if name.isdigit() else name] or \"\"");
                        let put = r#"re.sub(r"\$(?:\$|\{(\w+)\}|(\w+))", put, "#;
                        lines.add(2, &format!("return {before}{put}{template}).encode(CHARSET, \"surrogateescape\")"));
                        continue;
                    }
                };
                lines.add(1, &format!("if {condition}:"));
                lines.add(2, &format!("return {before}{answer}"));
            }
            let otherwise = rules.otherwise.as_ref().map_or_else(|| "None".to_owned(), |data| format!("{before}{}", bytes_of(data)));
            lines.add(1, &format!("return {otherwise}"));
        }
        Reply::Manual => lines.add(1, &format!("return {before}input(\"> \").encode(CHARSET)")),
        Reply::None => lines.add(1, "return None"),
    }
}
