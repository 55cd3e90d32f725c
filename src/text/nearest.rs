//! The known name that a person probably meant.

/// How alike two names must be for one to be offered in place of the other (Jaro-Winkler, 0 to 1): `bnid` is 0.93 like `bind`, `port` 0.58.
const ALIKE: f64 = 0.75;
/// How alike names count that differ by one slip: a letter too many, missing, another, or two exchanged. Jaro-Winkler thinks little of `rnu` for `run`.
const ONE_SLIP: f64 = 0.95;

/// The name among `known` that is nearest to `name`; none where all of them are something else. Capital letters make no difference.
pub fn nearest<'known>(name: &str, known: impl IntoIterator<Item = &'known str>) -> Option<&'known str> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|other| (likeness(&name, &other.to_lowercase()), other))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, other)| other)
}

fn likeness(name: &str, other: &str) -> f64 {
    let alike = strsim::jaro_winkler(name, other);
    if other.len() > 2 && strsim::osa_distance(name, other) == 1 { alike.max(ONE_SLIP) } else { alike }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        let keys =
            ["name", "kind", "bind", "connect", "backlog", "recv_size", "reply", "handling", "stop_word", "options", "send", "expect"];
        for (typed, meant) in [
            ("bnid", Some("bind")),
            ("bindd", Some("bind")),
            ("recvsize", Some("recv_size")),
            ("Backlog", Some("backlog")),
            ("replay", Some("reply")),
            ("option", Some("options")),
            ("stopword", Some("stop_word")),
            ("knid", Some("kind")),
            ("snd", Some("send")),
            ("quux", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }
}
