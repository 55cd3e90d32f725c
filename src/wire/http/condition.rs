//! Conditions of a request: whoever has a copy asks for what has changed since, and whoever changes something asks that nobody else has (RFC 9110, section 13).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Head;
use super::date::{date, date_of, since_1970};

/// By what a version of a file is told from others: a tag, and when the file was changed. Neither where that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// With its quotes.
    tag: Option<String>,
    /// In whole seconds, as a header can write it.
    modified: Option<SystemTime>,
}

/// What the conditions of a request come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is answered as if there were none.
    Holds,
    /// The client has this version: 304.
    NotModified,
    /// It is not this version that is meant: 412.
    Failed,
}

impl Version {
    /// That of a file of this length, changed at `modified`. The tag is strong: it goes by the nanosecond. A time to come is none.
    pub fn of(length: u64, modified: Option<SystemTime>, now: SystemTime) -> Self {
        let since = modified.filter(|modified| *modified <= now).and_then(since_1970);
        Self {
            tag: since.map(|since| format!("\"{length:x}-{:x}\"", since.as_nanos())),
            modified: since.map(|since| UNIX_EPOCH + Duration::from_secs(since.as_secs())),
        }
    }

    /// The headers that tell it.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let modified = self.modified.and_then(date).map(|date| ("Last-Modified", date));
        self.tag.clone().map(|tag| ("ETag", tag)).into_iter().chain(modified)
    }

    /// What the conditions of a GET or HEAD come to, in the order of RFC 9110, section 13.2.2.
    pub fn verdict(&self, head: &Head) -> Verdict {
        let is_same = |date: SystemTime| self.modified.is_none_or(|modified| modified <= date);
        let is_meant = match Tags::of(head, "if-match") {
            Some(tags) => tags.name(self.tag.as_deref(), Comparison::Strong),
            None => date_of(head, "if-unmodified-since").is_none_or(is_same),
        };
        let is_kept = match Tags::of(head, "if-none-match") {
            Some(tags) => tags.name(self.tag.as_deref(), Comparison::Weak),
            None => self.modified.is_some() && date_of(head, "if-modified-since").is_some_and(is_same),
        };
        match (is_meant, is_kept) {
            (false, _) => Verdict::Failed,
            (true, true) => Verdict::NotModified,
            (true, false) => Verdict::Holds,
        }
    }

    /// Whether the part is meant that Range names: `If-Range` wants it of this version only, and else the whole (RFC 9110, section 13.1.5).
    pub fn is_range_meant(&self, head: &Head) -> bool {
        if head.values("if-range").next().is_none() {
            return true;
        }
        match Tags::of(head, "if-range") {
            Some(Tags::These(tags)) if !tags.is_empty() => Tags::These(tags).name(self.tag.as_deref(), Comparison::Strong),
            // A date has to be the very one that was told.
            _ => self.modified.is_some() && date_of(head, "if-range") == self.modified,
        }
    }
}

/// How tags are compared: a weak one tells only that a copy would do (RFC 9110, section 8.8.3.2).
#[derive(Clone, Copy, PartialEq)]
enum Comparison {
    Strong,
    Weak,
}

/// The tags of a header, each with whether it is weak.
enum Tags {
    /// `*`: whatever is there.
    Any,
    These(Vec<(bool, Vec<u8>)>),
}

impl Tags {
    /// None where there is no such header. What is no tag ends a list.
    fn of(head: &Head, name: &str) -> Option<Self> {
        let mut values = head.values(name).peekable();
        values.peek()?;
        let mut tags = Vec::new();
        for value in values {
            if value.trim_ascii() == b"*" {
                return Some(Self::Any);
            }
            let mut rest = value;
            loop {
                rest = rest.get(rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b',')).count()..).unwrap_or_default();
                let (is_weak, quoted) = rest.strip_prefix(b"W/").map_or((false, rest), |rest| (true, rest));
                let Some(length) = quoted.strip_prefix(b"\"").and_then(|inner| inner.iter().position(|byte| *byte == b'"')) else { break };
                let (tag, behind) = quoted.split_at(length + 2);
                tags.push((is_weak, tag.to_vec()));
                rest = behind;
            }
        }
        Some(Self::These(tags))
    }

    /// Whether they name this tag.
    fn name(&self, tag: Option<&str>, by: Comparison) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => {
                tags.iter().any(|(is_weak, known)| (by == Comparison::Weak || !is_weak) && tag.is_some_and(|tag| tag.as_bytes() == known))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::TOO_LATE;
    use super::*;
    use crate::wire::http::Side;

    fn head(headers: &str) -> Head {
        Head::parse(Side::Request, format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes()).unwrap().unwrap()
    }

    /// 500 bytes that were changed on Sunday, November 6, 1994, at 08:49:37, and a bit.
    fn version() -> Version {
        let modified = UNIX_EPOCH + Duration::from_secs(784_111_777) + Duration::from_nanos(5);
        Version::of(500, Some(modified), SystemTime::now())
    }

    #[test]
    fn a_version_is_told_by_a_tag_and_a_date() {
        let told = version().headers().collect::<Vec<_>>();
        assert_eq!(told, [("ETag", "\"1f4-ae1b981bc490a05\"".to_owned()), ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT".to_owned())]);
        let now = SystemTime::now();
        for unknown in [None, Some(now + Duration::from_secs(1)), UNIX_EPOCH.checked_sub(Duration::from_secs(1))] {
            assert_eq!(Version::of(1, unknown, now).headers().count(), 0, "{unknown:?}");
        }
        if let Some(far) = UNIX_EPOCH.checked_add(Duration::from_secs(TOO_LATE)) {
            assert_eq!(Version::of(1, Some(far), far).headers().count(), 0);
        }
    }

    #[test]
    fn conditions_are_weighed_in_their_order() {
        use Verdict::{Failed, Holds, NotModified};
        let version = version();
        let tag = version.tag.clone().unwrap();
        let (same, before, after) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:36 GMT", "Sun Nov  6 08:49:38 1994");
        for (headers, verdict) in [
            (String::new(), Holds),
            (format!("If-None-Match: {tag}\r\n"), NotModified),
            (format!("If-None-Match: W/{tag}\r\n"), NotModified),
            (format!("If-None-Match: \"a,b\", \"x\" ,W/\"y\",{tag}\r\n"), NotModified),
            (format!("If-None-Match: \"x\"\r\nIf-None-Match: {tag}\r\n"), NotModified),
            ("If-None-Match: *\r\n".to_owned(), NotModified),
            ("If-None-Match: \"x\"\r\n".to_owned(), Holds),
            (format!("If-None-Match: {}\r\n", tag.trim_matches('"')), Holds),
            // The tag counts, and the date beside it does not.
            (format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {same}\r\n"), Holds),
            (format!("If-Modified-Since: {same}\r\n"), NotModified),
            (format!("If-Modified-Since: {after}\r\n"), NotModified),
            (format!("If-Modified-Since: {before}\r\n"), Holds),
            ("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\n".to_owned(), NotModified),
            ("If-Modified-Since: yesterday\r\n".to_owned(), Holds),
            (format!("If-Match: {tag}\r\n"), Holds),
            ("If-Match: *\r\n".to_owned(), Holds),
            (format!("If-Match: W/{tag}\r\n"), Failed),
            ("If-Match: \"x\"\r\n".to_owned(), Failed),
            (format!("If-Match: \"x\"\r\nIf-None-Match: {tag}\r\n"), Failed),
            (format!("If-Match: {tag}\r\nIf-None-Match: {tag}\r\n"), NotModified),
            (format!("If-Unmodified-Since: {same}\r\n"), Holds),
            (format!("If-Unmodified-Since: {before}\r\n"), Failed),
            (format!("If-Match: {tag}\r\nIf-Unmodified-Since: {before}\r\n"), Holds),
            ("If-None-Match: \"\u{ff}\r\n".to_owned(), Holds),
        ] {
            assert_eq!(version.verdict(&head(&headers)), verdict, "{headers}");
        }
        let unknown = Version::of(1, None, SystemTime::now());
        for (headers, verdict) in [
            (format!("If-Modified-Since: {after}\r\nIf-Unmodified-Since: {before}\r\n"), Holds),
            ("If-Match: \"x\"\r\n".to_owned(), Failed),
            ("If-None-Match: *\r\n".to_owned(), NotModified),
        ] {
            assert_eq!(unknown.verdict(&head(&headers)), verdict, "{headers}");
        }
    }

    #[test]
    fn a_part_is_meant_of_this_version_only() {
        let version = version();
        let tag = version.tag.clone().unwrap();
        for (value, is_meant) in [
            (tag.clone(), true),
            (format!("W/{tag}"), false),
            ("\"x\"".to_owned(), false),
            ("Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), true),
            ("Sun, 06 Nov 1994 08:49:38 GMT".to_owned(), false),
            ("x".to_owned(), false),
        ] {
            assert_eq!(version.is_range_meant(&head(&format!("If-Range: {value}\r\n"))), is_meant, "{value}");
        }
        assert!(version.is_range_meant(&head("")));
        assert!(!Version::of(1, None, SystemTime::now()).is_range_meant(&head("If-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n")));
    }
}
