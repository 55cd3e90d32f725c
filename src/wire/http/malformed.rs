//! What is wrong with a message, in words, and the status with which a server refuses it.

use crate::text;
use crate::text::Message;

/// Why bytes are no message of HTTP/1.1, or none that can be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The first line is no request line, or no status line.
    Line,
    /// The version is another than 1.0 and 1.1; what stands there.
    Version(String),
    /// The name of a header is no token, or its line has no colon; a line that continues the one before is this too (RFC 9112, section 5.2).
    Name,
    /// The value of a header holds a control character.
    Value,
    /// A line ends otherwise than with CR LF or LF.
    LineEnd,
    /// There are more headers than this.
    ManyHeaders(usize),
    /// The first line is longer than the whole head may be, in bytes.
    LongLine(usize),
    /// The head is longer than this, in bytes.
    LongHead(usize),
    /// A request of HTTP/1.1 without Host.
    NoHost,
    /// More than one Host.
    Hosts,
    /// A Content-Length that is no number; what stands there.
    Length(String),
    /// Content-Lengths that differ.
    Lengths,
    /// Content-Length beside Transfer-Encoding (RFC 9112, section 6.3).
    Both,
    /// A transfer coding that is not known; its name.
    Coding(String),
    /// Transfer-Encoding that does not end with chunked, or is chunked twice.
    Unchunked,
    /// Transfer-Encoding in a message of HTTP/1.0.
    OldCoding,
    /// The line before a chunk is no size in hexadecimal.
    ChunkSize,
    /// A chunk goes on where its size says that it ends.
    ChunkEnd,
    /// The trailers after the last chunk are too long, or end wrongly.
    Trailers,
    /// The target of a request is no path; what stands there.
    Target(String),
}

impl Malformed {
    /// The status of the answer with which a server refuses a request for this (RFC 9110, section 15).
    pub const fn status(&self) -> u16 {
        match self {
            Self::Version(_) => 505,
            Self::LongLine(_) => 414,
            Self::LongHead(_) | Self::ManyHeaders(_) => 431,
            Self::Coding(_) => 501,
            _ => 400,
        }
    }

    /// In words.
    pub fn message(&self) -> Message {
        match self {
            Self::Line => text!("wire-http-bad-line"),
            Self::Version(found) => text!("wire-http-bad-version", found = found.as_str()),
            Self::Name => text!("wire-http-bad-name"),
            Self::Value => text!("wire-http-bad-value"),
            Self::LineEnd => text!("wire-http-bad-line-end"),
            Self::ManyHeaders(most) => text!("wire-http-many-headers", most = *most),
            Self::LongLine(most) => text!("wire-http-long-line", most = *most),
            Self::LongHead(most) => text!("wire-http-long-head", most = *most),
            Self::NoHost => text!("wire-http-no-host"),
            Self::Hosts => text!("wire-http-hosts"),
            Self::Length(found) => text!("wire-http-bad-length", found = found.as_str()),
            Self::Lengths => text!("wire-http-lengths"),
            Self::Both => text!("wire-http-both"),
            Self::Coding(found) => text!("wire-http-coding", found = found.as_str()),
            Self::Unchunked => text!("wire-http-unchunked"),
            Self::OldCoding => text!("wire-http-old-coding"),
            Self::ChunkSize => text!("wire-http-chunk-size"),
            Self::ChunkEnd => text!("wire-http-chunk-end"),
            Self::Trailers => text!("wire-http-trailers"),
            Self::Target(found) => text!("wire-http-bad-target", found = found.as_str()),
        }
    }
}
