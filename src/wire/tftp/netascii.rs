//! Netascii, the text mode: CR LF ends a line, CR NUL is a carriage return (RFC 764, "The NVT printer"; RFC 1350, section 5).
//!
//! Encoder and decoder go through a file piece by piece; a pair may be split at any border, of a read, a write or a block.

use memchr::{memchr, memchr2};

const NUL: u8 = 0;
const LF: u8 = b'\n';
const CR: u8 = b'\r';

/// From the bytes of a file (lines end in LF) to netascii.
#[derive(Clone, Debug, Default)]
pub struct Encoder {
    /// The second byte of a pair whose first one was the last that had room.
    second: Option<u8>,
}

impl Encoder {
    /// Encodes from `input` until it is used up or `output` is full. Returns the bytes taken and written.
    ///
    /// At the end of the file, call with an empty `input` while [`is_flushed`](Self::is_flushed) says no.
    pub fn encode(&mut self, input: &[u8], output: &mut [u8]) -> (usize, usize) {
        let (mut taken, mut written) = (0, 0);
        while let Some(room) = output.get_mut(written..).filter(|room| !room.is_empty()) {
            let rest = input.get(taken..).unwrap_or_default();
            let plain = match self.second {
                Some(_) => 0,
                None => memchr2(CR, LF, rest).unwrap_or(rest.len()).min(room.len()),
            };
            if let (Some(to), Some(from)) = (room.get_mut(..plain), rest.get(..plain)) {
                to.copy_from_slice(from);
            }
            taken += plain;
            written += plain;
            let Some(next) = room.get_mut(plain) else { continue };
            if let Some(second) = self.second.take() {
                *next = second;
            } else if let Some(byte) = rest.get(plain) {
                *next = CR;
                self.second = Some(if *byte == LF { LF } else { NUL });
                taken += 1;
            } else {
                break;
            }
            written += 1;
        }
        (taken, written)
    }

    /// Whether nothing waits for room.
    pub fn is_flushed(&self) -> bool {
        self.second.is_none()
    }
}

/// From netascii to the bytes of a file (lines end in LF).
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    /// A CR was the last byte.
    after_cr: bool,
}

impl Decoder {
    /// Appends what `input` says. A CR before anything but LF and NUL is kept as it is: no byte of a sloppy sender is lost.
    pub fn decode(&mut self, input: &[u8], output: &mut Vec<u8>) {
        let mut rest = input;
        while let Some(first) = rest.first() {
            if std::mem::take(&mut self.after_cr) {
                match *first {
                    LF => output.push(LF),
                    NUL => output.push(CR),
                    _ => {
                        output.push(CR);
                        continue;
                    }
                }
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let plain = memchr(CR, rest).unwrap_or(rest.len());
            output.extend_from_slice(rest.get(..plain).unwrap_or_default());
            self.after_cr = plain < rest.len();
            rest = rest.get(plain + 1..).unwrap_or_default();
        }
    }

    /// Appends what was held back: a CR that was the last byte of the file.
    pub fn finish(&mut self, output: &mut Vec<u8>) {
        if std::mem::take(&mut self.after_cr) {
            output.push(CR);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `bytes` in netascii, taken `input` and given `output` bytes at a time.
    fn encoded(bytes: &[u8], input: usize, output: usize) -> Vec<u8> {
        let (mut encoder, mut all, mut at) = (Encoder::default(), Vec::new(), 0);
        while at < bytes.len() || !encoder.is_flushed() {
            let mut room = vec![0xee; output];
            let (taken, written) = encoder.encode(&bytes[at..(at + input).min(bytes.len())], &mut room);
            at += taken;
            all.extend_from_slice(&room[..written]);
        }
        all
    }

    fn decoded(bytes: &[u8], input: usize) -> Vec<u8> {
        let (mut decoder, mut all) = (Decoder::default(), Vec::new());
        for piece in bytes.chunks(input) {
            decoder.decode(piece, &mut all);
        }
        decoder.finish(&mut all);
        all
    }

    #[test]
    fn lines_and_returns_are_pairs() {
        for (plain, netascii) in [
            (&b"a\nb"[..], &b"a\r\nb"[..]),
            (b"a\rb", b"a\r\0b"),
            (b"\r\n", b"\r\0\r\n"),
            (b"\n\n", b"\r\n\r\n"),
            (b"", b""),
            (b"\r", b"\r\0"),
        ] {
            for size in 1..5 {
                assert_eq!(encoded(plain, size, size), netascii, "{plain:?} by {size}");
                assert_eq!(decoded(netascii, size), plain, "{netascii:?} by {size}");
            }
        }
    }

    #[test]
    fn a_sloppy_sender_loses_nothing() {
        for (netascii, plain) in [(&b"a\nb"[..], &b"a\nb"[..]), (b"a\rb", b"a\rb"), (b"\r\r\n", b"\r\n"), (b"a\r", b"a\r"), (b"\0", b"\0")]
        {
            for size in 1..4 {
                assert_eq!(decoded(netascii, size), plain, "{netascii:?} by {size}");
            }
        }
    }

    proptest! {
        #[test]
        fn text_comes_back_through_any_borders(bytes in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(0), any::<u8>()], 0..200), input in 1_usize..9, output in 1_usize..9, pieces in 1_usize..9) {
            let netascii = encoded(&bytes, input, output);
            prop_assert_eq!(&netascii, &encoded(&bytes, 1000, 1000));
            prop_assert_eq!(decoded(&netascii, pieces), bytes);
        }

        #[test]
        fn any_bytes_are_decoded_within_their_length(bytes: Vec<u8>, pieces in 1_usize..9) {
            prop_assert!(decoded(&bytes, pieces).len() <= bytes.len());
        }
    }
}
