//! What a http-server answers: a file, the index of a folder, what a form sent, or what is wrong.
//!
//! What stands in a page is English: nobody knows which language the other side reads, and the same lab sends the same bytes everywhere.

use std::fmt::Write as _;
use std::time::SystemTime;

use super::denied::Denied;
use super::root::{Entry, Source};
use super::run::Run;
use crate::text;
use crate::text::Message;
use crate::wire::http::content_type::{self, BYTES, FORM, PAGE};
use crate::wire::http::{First, Head, METHODS, Part, SERVED, Target, Verdict, Version, date, encoded, escaped, phrase};

/// How many entries of a folder are listed.
const MOST_LISTED: usize = 1000;
/// How many fields of a form are shown.
const MOST_FIELDS: usize = 1000;
/// How much of a body that is no form is shown, in bytes.
const MOST_SHOWN: usize = 64 << 10;
/// The status that says that the client has it already.
const NOT_MODIFIED: u16 = 304;
/// The page of a folder that has one.
const INDEX: &str = "index.html";

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
    /// What the body is.
    kind: &'static str,
    /// Headers of its own.
    headers: Vec<(&'static str, String)>,
    /// The body.
    pub(super) body: Body,
    /// Why it is not what was asked for.
    pub(super) why: Option<Message>,
    /// Whether the connection ends with it, whatever the client wants.
    pub(super) ends: bool,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// A page that was made for it.
    Page(String),
    /// A file, and how long it is.
    File(Source, u64),
}

impl Body {
    /// Its length in bytes.
    pub(super) const fn length(&self) -> u64 {
        match self {
            Self::Page(page) => page.len() as u64,
            Self::File(_, length) => *length,
        }
    }
}

impl Answer {
    fn page(status: u16, title: &str, body: &str) -> Self {
        Self { status, kind: PAGE, headers: Vec::new(), body: Body::Page(page(title, body)), why: None, ends: false }
    }

    /// That it is not so, and why.
    pub(super) fn error(status: u16, why: &Message) -> Self {
        let title = format!("{status} {}", phrase(status));
        let body = format!("<p>{}</p>\n", escaped(&why.to_string()));
        Self { why: Some(why.clone()), ..Self::page(status, &title, &body) }
    }

    /// Its head. `keeps` is whether the connection stays open.
    pub(super) fn head(&self, keeps: bool) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        let mut put = |name: &str, value: &str| {
            head += name;
            head += ": ";
            head += value;
            head += "\r\n";
        };
        // A clock that stands before 1970 has no such date.
        if let Some(date) = date(SystemTime::now()) {
            put("Date", &date);
        }
        put("Server", "Socket Lab");
        // What has not changed has no body, and what its length would be is known to whoever keeps it.
        if self.status != NOT_MODIFIED {
            put("Content-Type", self.kind);
            put("Content-Length", &self.body.length().to_string());
        }
        for (name, value) in &self.headers {
            put(name, value);
        }
        put("Connection", if keeps { "keep-alive" } else { "close" });
        head += "\r\n";
        head.into_bytes()
    }
}

/// The answer to a request that was read whole.
pub(super) fn of(run: &Run, head: &Head, body: &[u8]) -> Answer {
    let First::Request { method, target } = &head.first else { return Answer::error(400, &text!("wire-http-bad-line")) };
    if !SERVED.contains(&method.as_str()) {
        let served = SERVED.join(", ");
        let why = text!("program-http-method", served = served.as_str());
        let status = if METHODS.contains(&method.as_str()) { 405 } else { 501 };
        let answer = Answer::error(status, &why);
        return Answer { headers: vec![("Allow", served)], ..answer };
    }
    let target = match Target::of(target) {
        Ok(target) => target,
        Err(malformed) => return Answer::error(malformed.status(), &malformed.message()),
    };
    if method == "POST" { shown_back(head, body) } else { serve(run, &target, head).unwrap_or_else(|denied| refused(&denied)) }
}

fn refused(denied: &Denied) -> Answer {
    Answer::error(denied.status(), &denied.message())
}

/// What stands at the path.
fn serve(run: &Run, target: &Target, head: &Head) -> Result<Answer, Denied> {
    let root = run.site.get().ok_or(Denied::Missing)?.root();
    match root.look(&target.path)? {
        Entry::File(_) if target.is_folder => Err(Denied::Missing),
        Entry::File(source) => file(source, &target.path, head),
        // The links in a folder are seen from it: its address ends with a stroke.
        Entry::Folder if !target.is_folder => {
            let place = target.path.split('/').map(encoded).collect::<Vec<_>>().join("/");
            let place = format!("/{place}/");
            let link = format!("<p><a href=\"{place}\">{}</a></p>\n", escaped(&place));
            let answer = Answer::page(301, &format!("301 {}", phrase(301)), &link);
            Ok(Answer { headers: vec![("Location", place)], ..answer })
        }
        Entry::Folder => {
            let own = if target.path.is_empty() { INDEX.to_owned() } else { format!("{}/{INDEX}", target.path) };
            match root.look(&own) {
                Ok(Entry::File(source)) => file(source, INDEX, head),
                _ => index(run, &target.path),
            }
        }
    }
}

/// A file, or the part of it that is asked for; less where the client has it already, or means another version of it.
fn file(mut source: Source, path: &str, head: &Head) -> Result<Answer, Denied> {
    let length = source.length();
    let version = Version::of(length, source.modified(), SystemTime::now());
    // Without the last a browser would not ask again for a while, and nothing would be seen.
    let known = [("Accept-Ranges", "bytes".to_owned()), ("Cache-Control", "no-cache".to_owned())];
    let mut headers = version.headers().chain(known).collect::<Vec<_>>();
    match version.verdict(head) {
        Verdict::Holds => {}
        Verdict::NotModified => {
            let (kind, body, why) = ("", Body::Page(String::new()), Some(text!("program-http-not-modified")));
            return Ok(Answer { status: NOT_MODIFIED, kind, headers, body, why, ends: false });
        }
        Verdict::Failed => return Ok(Answer { headers, ..Answer::error(412, &text!("program-http-other-version")) }),
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let whole = |source, headers, why| Answer {
        status: 200,
        kind: content_type::of(name),
        headers,
        body: Body::File(source, length),
        why,
        ends: false,
    };
    // Only a GET can ask for a part (RFC 9110, section 14.2).
    let is_get = head.method() == Some("GET") && version.is_range_meant(head);
    match if is_get { Part::of(head, length) } else { Part::Whole } {
        Part::Whole => Ok(whole(source, headers, None)),
        Part::Several => Ok(whole(source, headers, Some(text!("program-http-several")))),
        Part::Bytes(first, last) => {
            source.skip_to(first)?;
            headers.push(("Content-Range", format!("bytes {first}-{last}/{length}")));
            let body = Body::File(source, last - first + 1);
            Ok(Answer { status: 206, kind: content_type::of(name), headers, body, why: None, ends: false })
        }
        Part::Nowhere => {
            headers.push(("Content-Range", format!("bytes */{length}")));
            Ok(Answer { headers, ..Answer::error(416, &text!("program-http-nowhere", length = length)) })
        }
    }
}

/// The index of a folder.
fn index(run: &Run, path: &str) -> Result<Answer, Denied> {
    let root = run.site.get().ok_or(Denied::Missing)?.root();
    let (listed, has_more) = root.list(path, MOST_LISTED)?;
    let mut body = String::from("<table>\n");
    if !path.is_empty() {
        body += "<tr><td><a href=\"../\">../</a></td><td></td></tr>\n";
    }
    for entry in &listed {
        let stroke = if entry.is_file { "" } else { "/" };
        let size = if entry.is_file { format!("{} B", entry.length) } else { String::new() };
        let (link, name) = (encoded(&entry.name), escaped(&entry.name));
        // Without the dot in front a name with a colon would be a scheme.
        writeln!(body, "<tr><td><a href=\"./{link}{stroke}\">{name}{stroke}</a></td><td>{size}</td></tr>").ok();
    }
    body += "</table>\n";
    if has_more {
        writeln!(body, "<p>{}</p>", escaped(&text!("program-http-page-more", count = MOST_LISTED).to_string())).ok();
    }
    let shown = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Ok(Answer::page(200, &text!("program-http-page-index", path = shown).to_string(), &body))
}

/// What was sent, as a page.
fn shown_back(head: &Head, body: &[u8]) -> Answer {
    let kind = head.values("content-type").next().map(String::from_utf8_lossy).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let back = "<p><a href=\"/\">/</a></p>\n";
    if kind == FORM {
        let mut rows = String::from("<table>\n");
        for (name, value) in form_urlencoded::parse(body).take(MOST_FIELDS) {
            writeln!(rows, "<tr><th>{}</th><td><pre>{}</pre></td></tr>", escaped(&name), escaped(&value)).ok();
        }
        rows += "</table>\n";
        rows += back;
        return Answer::page(200, &text!("program-http-page-form").to_string(), &rows);
    }
    let shown = body.get(..MOST_SHOWN).unwrap_or(body);
    let kind = if kind.is_empty() { BYTES } else { &kind };
    let told = text!("program-http-page-body", bytes = body.len(), kind = kind).to_string();
    let body = format!("<p>{}</p>\n<pre>{}</pre>\n{back}", escaped(&told), escaped(&String::from_utf8_lossy(shown)));
    Answer::page(200, &text!("program-http-page-sent").to_string(), &body)
}

/// A page with this title, which is text, and this body, which is HTML.
fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>:root {{ color-scheme: light dark }} body {{ font: 16px sans-serif; margin: 2em }} \
         td, th {{ padding: 0.2em 2em 0.2em 0; text-align: left; vertical-align: top }} pre {{ white-space: pre-wrap; margin: 0 }}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )
}
