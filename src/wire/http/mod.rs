//! HTTP/1.1 messages (RFC 9110, RFC 9112): heads, bodies by length, in chunks or until the end, and what each part of them is.
//!
//! The lines of a head are read by `httparse`; what a body's length is, and where chunks begin and end, is decided here, as strictly as RFC 9112 allows a server to
//! be. Whatever comes, nothing is held beyond the bounds that the caller states.

pub mod chunked;
mod condition;
pub mod content_type;
mod date;
mod field;
mod head;
mod length;
mod malformed;
mod range;
mod reader;
mod request;
mod status;
mod target;

pub use condition::{Verdict, Version};
pub use date::date;
pub use field::fields;
pub use head::{First, Head, MOST_HEADERS, Side};
pub use length::Length;
pub use malformed::Malformed;
pub use range::Part;
pub use reader::{Event, Reader, Stage};
pub use request::{LineEnds, STANDARD, TEMPLATES, Template, compose};
pub use status::{METHODS, SERVED, phrase};
pub use target::{Target, encoded, escaped};

/// The port that HTTP has where nobody needs an administrator for it; 80 is the one of RFC 9110.
pub const PORT: u16 = 8080;
