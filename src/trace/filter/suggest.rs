//! What may stand next in a filter that is being typed: keys, and the values that the trace knows.

use std::collections::BTreeSet;
use std::ops::Range;

use super::parse::{FAILED, KEYS, MARKED};
use crate::trace::call::Call;
use crate::trace::errno::Errno;
use crate::trace::names::Names;

/// How many are offered at once.
const MOST: usize = 10;

/// How many sockets are looked at for their names and peers, the latest: a trace may have a hundred thousand.
const SOCKETS: usize = 2_000;

/// Texts of which each can stand in place of a part of the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The part that they replace, in bytes of the text.
    pub replaces: Range<usize>,
    /// The texts, the likeliest first. A key ends with its colon.
    pub texts: Vec<String>,
}

/// What may be typed where the cursor stands: `cursor` characters into `text`.
pub fn suggest(text: &str, cursor: usize, names: &Names) -> Suggestions {
    let end = text.char_indices().nth(cursor).map_or(text.len(), |(at, _)| at);
    let before = text.get(..end).unwrap_or(text);
    let start = term_start(before);
    let term = before.get(start..).unwrap_or_default();
    let bare = term.strip_prefix('-').unwrap_or(term);
    let sign = term.len() - bare.len();
    let Some((key, typed)) = bare.split_once(':') else {
        let words = KEYS.iter().map(|key| format!("{key}:")).chain([FAILED.to_owned(), MARKED.to_owned()]);
        return fitting(words, bare, start + sign..end);
    };
    // Of several values the last one is being typed.
    let typed = if typed.starts_with('"') { typed } else { typed.rsplit(',').next().unwrap_or_default() };
    let begun = typed.trim_start_matches('"');
    fitting(values(&key.to_ascii_lowercase(), names).into_iter(), begun, end - typed.len()..end)
}

/// Where the term begins that ends with `text`: after the last space that is not in quotation marks.
fn term_start(text: &str) -> usize {
    let mut quoted = false;
    let mut start = 0;
    for (at, character) in text.char_indices() {
        if character == '"' {
            quoted = !quoted;
        } else if character.is_whitespace() && !quoted {
            start = at + character.len_utf8();
        }
    }
    start
}

/// Those that begin with what was typed, then those that hold it; none where only that is left which stands there already.
fn fitting(known: impl Iterator<Item = String>, typed: &str, replaces: Range<usize>) -> Suggestions {
    let typed = typed.to_lowercase();
    let mut ranked = known.filter_map(|text| {
        let place = text.trim_start_matches('"').to_lowercase().find(&typed)?;
        Some((place > 0, text))
    });
    let mut ranked = ranked.by_ref().collect::<Vec<_>>();
    ranked.sort_by_key(|(inside, _)| *inside);
    ranked.truncate(MOST);
    let texts = ranked.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    let stands = |text: &String| text.trim_matches('"').to_lowercase() == typed;
    let texts = if texts.len() == 1 && texts.first().is_some_and(stands) { Vec::new() } else { texts };
    Suggestions { replaces, texts }
}

/// The values that a key is known to take in this trace, in quotation marks where they need them.
fn values(key: &str, names: &Names) -> Vec<String> {
    let quoted = |text: String| if text.contains([' ', ',', ':']) && key != "peer" { format!("\"{text}\"") } else { text };
    match key {
        "program" => distinct(names.programs().into_iter().map(|(_, program)| quoted(program.name.to_string()))),
        "thread" => distinct(names.threads().map(|name| quoted(name.to_string()))),
        "socket" => names.latest_sockets(SOCKETS).into_iter().map(|(id, _)| id.to_string()).collect(),
        "peer" => distinct(names.latest_sockets(SOCKETS).into_iter().filter_map(|(_, ends)| ends.peer.as_ref().map(ToString::to_string))),
        "call" => distinct(Call::ALL.iter().map(|call| call.name().to_owned())),
        "dir" => ["sent", "received"].map(str::to_owned).to_vec(),
        "errno" => Errno::names().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Each once, in the order in which they came.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::filter::Filter;
    use crate::trace::{Address, Args, Kind, Life, Origin, Outcome, ProgramId, Record, SocketId, ThreadId};

    fn names() -> Names {
        let mut names = Names::default();
        for (id, name) in [(1, "server"), (2, "client one"), (3, "server")] {
            let life = Life::ProgramStarted { name: name.into(), kind: "tcp-server".into() };
            let connect = Kind::Call(Call::Connect, Args::Address(Address::Ip(([127, 0, 0, 1], 9001).into())));
            for kind in [Kind::Life(life), Kind::Life(Life::ThreadStarted { name: name.into() }), connect] {
                let (program, thread, socket) = (ProgramId(id), ThreadId(id), Some(SocketId(id)));
                let outcome = Outcome::Ok(0);
                names.learn(&Record {
                    n: 1,
                    kind,
                    origin: Origin::Program,
                    run: 1,
                    program,
                    thread,
                    socket,
                    t0: 0,
                    t1: 0,
                    outcome,
                    payload: None,
                });
            }
        }
        names
    }

    fn texts(text: &str) -> Vec<String> {
        suggest(text, text.chars().count(), &names()).texts
    }

    #[test]
    fn keys_come_first_and_then_what_the_trace_knows() {
        assert_eq!(texts("").len(), KEYS.len() + 2);
        assert_eq!(texts("p"), ["program:", "peer:"]);
        assert_eq!(texts("再见 -er"), ["errno:", "peer:"]);
        assert_eq!(texts("program:"), ["server", "\"client one\""]);
        assert_eq!(texts("program:\"cl"), ["\"client one\""]);
        assert_eq!(texts("call:send,recv"), ["recv", "recvfrom"]);
        assert_eq!(texts("failed call:bin"), ["bind"]);
        assert_eq!(texts("socket:"), ["s3", "s2", "s1"]);
        assert_eq!(texts("peer:"), ["127.0.0.1:9001"]);
        assert_eq!(texts("errno:addrinuse"), ["EADDRINUSE"]);
        assert_eq!(texts("hex:"), Vec::<String>::new());
        assert_eq!(texts("call:bind"), Vec::<String>::new(), "it stands there already");
    }

    #[test]
    fn every_suggestion_makes_a_filter() {
        for text in ["再见 -program:cl", "call:send,re", "peer:127", "errno:", "socket:s", "thread:", "dir:", "x fai"] {
            let found = suggest(text, text.chars().count(), &names());
            assert!(!found.texts.is_empty(), "{text}");
            for suggestion in found.texts {
                let mut taken = text.to_owned();
                taken.replace_range(found.replaces.clone(), &suggestion);
                assert!(Filter::parse(&taken).is_ok(), "{taken}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-a-z:\", 再]{0,16}", cursor in 0_usize..20) {
            let found = suggest(&text, cursor, &Names::default());
            proptest::prop_assert!(text.get(found.replaces).is_some());
        }
    }
}
