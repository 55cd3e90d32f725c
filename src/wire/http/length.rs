//! How long the body of a message is (RFC 9112, section 6.3).

use super::head::excerpt;
use super::{Head, Malformed};

/// How the end of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// It has so many bytes.
    Exact(u64),
    /// It comes in chunks, the last of which is empty.
    Chunked,
    /// It goes on until the connection ends.
    UntilClose,
}

impl Length {
    /// Of the body that follows this head of a request.
    ///
    /// # Errors
    /// What is wrong with the headers that say so. Both of them together are refused: two readers could see two different requests.
    pub fn of_request(head: &Head) -> Result<Self, Malformed> {
        if let Some(coded) = coded(head)? {
            return if coded { Ok(Self::Chunked) } else { Err(Malformed::Unchunked) };
        }
        Ok(Self::Exact(stated(head)?.unwrap_or(0)))
    }

    /// Of the body that follows this head of an answer to a request with `method`.
    ///
    /// # Errors
    /// As [`of_request`](Self::of_request).
    pub fn of_answer(head: &Head, method: &str) -> Result<Self, Malformed> {
        let status = head.status().unwrap_or_default();
        let is_tunnel = method == "CONNECT" && (200..300).contains(&status);
        if method == "HEAD" || is_tunnel || matches!(status, 100..200 | 204 | 304) {
            return Ok(Self::Exact(0));
        }
        if let Some(coded) = coded(head)? {
            return Ok(if coded { Self::Chunked } else { Self::UntilClose });
        }
        Ok(stated(head)?.map_or(Self::UntilClose, Self::Exact))
    }
}

/// Whether the last transfer coding is chunked; none without one.
fn coded(head: &Head) -> Result<Option<bool>, Malformed> {
    if head.values("transfer-encoding").next().is_none() {
        return Ok(None);
    }
    if head.values("content-length").next().is_some() {
        return Err(Malformed::Both);
    }
    if head.minor == 0 {
        return Err(Malformed::OldCoding);
    }
    let codings = head.list("transfer-encoding");
    match codings.iter().find(|coding| *coding != "chunked") {
        Some(unknown) => Err(Malformed::Coding(excerpt(unknown.as_bytes()))),
        None if codings.len() == 1 => Ok(Some(true)),
        None => Err(Malformed::Unchunked),
    }
}

/// What Content-Length states. The same number several times is one number.
fn stated(head: &Head) -> Result<Option<u64>, Malformed> {
    let mut stated = None;
    for value in head.values("content-length").flat_map(|value| value.split(|byte| *byte == b',')) {
        let value = value.trim_ascii();
        if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
            return Err(Malformed::Length(excerpt(value)));
        }
        // A number that no computer could hold is larger than whatever is allowed.
        let number = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX);
        if stated.replace(number).is_some_and(|before| before != number) {
            return Err(Malformed::Lengths);
        }
    }
    Ok(stated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::http::Side;

    fn request(headers: &str) -> Result<Length, Malformed> {
        let text = format!("POST / HTTP/1.1\r\n{headers}\r\n");
        Length::of_request(&Head::parse(Side::Request, text.as_bytes()).unwrap().unwrap())
    }

    #[test]
    fn the_length_of_a_request_is_what_its_headers_say_without_doubt() {
        for (headers, length) in [
            ("", Ok(Length::Exact(0))),
            ("Content-Length: 12\r\n", Ok(Length::Exact(12))),
            ("Content-Length: 5, 5\r\ncontent-length: 5\r\n", Ok(Length::Exact(5))),
            ("Content-Length: 99999999999999999999999\r\n", Ok(Length::Exact(u64::MAX))),
            ("Transfer-Encoding: Chunked\r\n", Ok(Length::Chunked)),
            ("Content-Length: -1\r\n", Err(Malformed::Length("-1".into()))),
            ("Content-Length: +1\r\n", Err(Malformed::Length("+1".into()))),
            ("Content-Length: 0x10\r\n", Err(Malformed::Length("0x10".into()))),
            ("Content-Length:\r\n", Err(Malformed::Length(String::new()))),
            ("Content-Length: 5\r\nContent-Length: 6\r\n", Err(Malformed::Lengths)),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", Err(Malformed::Both)),
            ("Transfer-Encoding: gzip, chunked\r\n", Err(Malformed::Coding("gzip".into()))),
            ("Transfer-Encoding: chunked, chunked\r\n", Err(Malformed::Unchunked)),
            ("Transfer-Encoding:\r\n", Err(Malformed::Unchunked)),
        ] {
            assert_eq!(request(headers), length, "{headers}");
        }
    }

    #[test]
    fn an_answer_may_have_no_body_or_go_on_to_the_end() {
        for (status, headers, method, length) in [
            (200, "Content-Length: 12\r\n", "GET", Ok(Length::Exact(12))),
            (200, "Content-Length: 12\r\n", "HEAD", Ok(Length::Exact(0))),
            (200, "", "GET", Ok(Length::UntilClose)),
            (204, "", "GET", Ok(Length::Exact(0))),
            (304, "Content-Length: 12\r\n", "GET", Ok(Length::Exact(0))),
            (100, "", "POST", Ok(Length::Exact(0))),
            (200, "", "CONNECT", Ok(Length::Exact(0))),
            (404, "Transfer-Encoding: chunked\r\n", "GET", Ok(Length::Chunked)),
            (200, "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "GET", Err(Malformed::Both)),
        ] {
            let text = format!("HTTP/1.1 {status} x\r\n{headers}\r\n");
            let head = Head::parse(Side::Answer, text.as_bytes()).unwrap().unwrap();
            assert_eq!(Length::of_answer(&head, method), length, "{status} {headers}");
        }
    }
}
