//! What a file holds, by the ending of its name: what a browser shows as a page, a picture or a text. A short table in place of a crate: the one that others use had
//! its last release in 2024, and a page for a browser needs a few dozen of its thousands.

/// Endings and the types of files that have them (IANA, Media Types).
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/plain; charset=utf-8"),
    ("py", "text/plain; charset=utf-8"),
    ("c", "text/plain; charset=utf-8"),
    ("h", "text/plain; charset=utf-8"),
    ("rs", "text/plain; charset=utf-8"),
    ("log", "text/plain; charset=utf-8"),
    ("toml", "text/plain; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("ico", "image/vnd.microsoft.icon"),
    ("pdf", "application/pdf"),
    ("wasm", "application/wasm"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
];

/// The type of a page that is made here.
pub const PAGE: &str = "text/html; charset=utf-8";
/// The type of what is nothing but bytes.
pub const BYTES: &str = "application/octet-stream";
/// The type in which a browser sends a form.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The type of a file of that name.
pub fn of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map_or(BYTES, |(_, of)| of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_file_holds() {
        assert_eq!(of("a.HTML"), PAGE);
        assert_eq!(of("a.b.png"), "image/png");
        assert_eq!([of("a"), of("png"), of("a.")], [BYTES; 3]);
    }
}
