//! What a server does with a datagram at the port where it waits for requests.

use super::error_packet;
use crate::text;
use crate::text::Message;
use crate::wire::tftp::{ErrorCode, Malformed, Packet, Request};

/// What a datagram at the request port is.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged<'a> {
    /// A client asks to read a file.
    Read(Request<'a>),
    /// A client asks to write a file.
    Write(Request<'a>),
    /// No request: answer with this ERROR, and tell why.
    Refuse(Vec<u8>, Message),
    /// Nothing that is answered: an ERROR (never answered), or too short to be a packet of anyone's. Tell why.
    Ignore(Message),
}

/// Judges a datagram.
pub fn judge(datagram: &[u8]) -> Judged<'_> {
    match Packet::parse(datagram) {
        Ok(Packet::Rrq(request)) => Judged::Read(request),
        Ok(Packet::Wrq(request)) => Judged::Write(request),
        Ok(packet @ Packet::Error { .. }) => Judged::Ignore(text!("tftp-stray-error", packet = packet.to_string())),
        Ok(packet) => Judged::Refuse(
            error_packet(ErrorCode::UnknownTid, ErrorCode::UnknownTid.phrase()),
            text!("tftp-stray-packet", packet = packet.to_string()),
        ),
        Err(malformed @ Malformed::Short(_)) => Judged::Ignore(malformed.message()),
        Err(malformed) => Judged::Refuse(error_packet(malformed.code(), malformed.phrase()), malformed.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_never_answered_and_nonsense_is() {
        assert!(matches!(judge(b"\0\x01a\0octet\0"), Judged::Read(_)));
        assert!(matches!(judge(b"\0\x02a\0octet\0"), Judged::Write(_)));
        for (datagram, code) in [
            (&b"\0\x01a\0mail\0"[..], 4),
            (b"\0\x01a\0octet", 4),
            (b"\0\x01a\0octet\0blksize\x008\0blksize\x009\0", 8),
            (b"\0\x09", 4),
            (b"\0\x03\0\x01", 5),
            (b"\0\x04\0\x01", 5),
        ] {
            let Judged::Refuse(packet, _) = judge(datagram) else { panic!("{datagram:?}") };
            assert_eq!(packet[..4], [0, 5, 0, code], "{datagram:?}");
        }
        for datagram in [&b""[..], b"\0", b"\0\x05\0\x01no\0", b"\0\x05", b"\0\x04\0"] {
            assert!(matches!(judge(datagram), Judged::Ignore(_)), "{datagram:?}");
        }
    }
}
