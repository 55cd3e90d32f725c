//! The target of a request: which path it names (RFC 9112, section 3.2), and how a name is written in a link and in a page.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Malformed;
use super::head::excerpt;

/// What is written with `%` in a link: all but what every path may hold (RFC 3986, section 2.3).
const LINK: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path without the stroke in front, with `%` read: what stands between the strokes are names. Empty for the root.
    pub path: String,
    /// Whether a stroke ends it: a folder is meant.
    pub is_folder: bool,
}

impl Target {
    /// Of a request that names a path: `/a/b?c`, or `http://host/a/b?c`, as proxies are asked and servers must understand.
    ///
    /// # Errors
    /// It names none, or what stands behind its `%` is no text.
    pub fn of(target: &str) -> Result<Self, Malformed> {
        let wrong = || Malformed::Target(excerpt(target.as_bytes()));
        let path = match target.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("http://")) {
            Some(_) => target.get(7..).and_then(|rest| rest.find('/').map_or(Some("/"), |at| rest.get(at..))).ok_or_else(wrong)?,
            None => target,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().strip_prefix('/').ok_or_else(wrong)?;
        let path = percent_decode_str(path).decode_utf8().map_err(|_no_text| wrong())?;
        let (path, is_folder) = match path.strip_suffix('/') {
            Some(folder) => (folder, true),
            None => (&*path, path.is_empty()),
        };
        Ok(Self { path: path.to_owned(), is_folder })
    }
}

/// A name as it stands in a link.
pub fn encoded(name: &str) -> String {
    utf8_percent_encode(name, LINK).to_string()
}

/// A text as it stands in a page, in or out of quotes: nothing in it is read as HTML.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_target_names_a_path() {
        for (target, path, is_folder) in [
            ("/", "", true),
            ("/?a=/b", "", true),
            ("/a/b.txt?c#d", "a/b.txt", false),
            ("/a/", "a", true),
            ("/%e5%86%8d%e8%a7%81%20x", "再见 x", false),
            ("http://127.0.0.1:8080/a", "a", false),
            ("HTTP://host", "", true),
            ("/%2e%2e/x", "../x", false),
            ("//x", "/x", false),
            ("/a%00b", "a\0b", false),
            ("/100%", "100%", false),
        ] {
            assert_eq!(Target::of(target), Ok(Target { path: path.into(), is_folder }), "{target}");
        }
        for target in ["*", "", "a", "host:80", "/%ff", "https:/"] {
            assert!(Target::of(target).is_err(), "{target}");
        }
    }

    #[test]
    fn nothing_in_a_name_is_read_as_html() {
        assert_eq!(escaped("<a href=\"x\" b='&'>"), "&lt;a href=&quot;x&quot; b=&#39;&amp;&#39;&gt;");
        assert_eq!(encoded("a b/<再>?%\"'"), "a%20b%2F%3C%E5%86%8D%3E%3F%25%22%27");
    }

    proptest! {
        #[test]
        fn a_link_leads_to_its_name(name in "[^/]{1,20}") {
            prop_assert_eq!(Target::of(&format!("/{}", encoded(&name))), Ok(Target { path: name, is_folder: false }));
        }
    }
}
