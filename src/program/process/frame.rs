//! Messages on the stream between a process and the one that has started it: a length, and a body in postcard, as records have it in a recording.

use std::io::{self, ErrorKind, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::program::outgoing::MOST_FILE;

/// The longest body: a row of the longest send, and some room.
const MOST: u64 = MOST_FILE + (1 << 20);

/// Writes a message.
///
/// # Errors
/// The system's; `InvalidData` where it has no such form.
pub(super) fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let unfit = || io::Error::from(ErrorKind::InvalidData);
    let mut bytes = postcard::to_extend(message, vec![0; 4]).map_err(|_postcard| unfit())?;
    let length = u32::try_from(bytes.len() - 4).map_err(|_length| unfit())?;
    bytes.get_mut(..4).ok_or_else(unfit)?.copy_from_slice(&length.to_le_bytes());
    to.write_all(&bytes)
}

/// Reads a message; none at the end, also where that comes amidst one.
///
/// # Errors
/// The system's; `InvalidData` where it is no message.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if is_end(&error) => return Ok(None),
        result => result?,
    }
    let length = u64::from(u32::from_le_bytes(length));
    if length > MOST {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut body = Vec::new();
    // No more memory is taken than comes.
    match from.take(length).read_to_end(&mut body) {
        Err(error) if is_end(&error) => return Ok(None),
        result => drop(result?),
    }
    if body.len() as u64 != length {
        return Ok(None);
    }
    match postcard::take_from_bytes(&body) {
        Ok((message, [])) => Ok(Some(message)),
        _ => Err(ErrorKind::InvalidData.into()),
    }
}

/// Whether the other side has ended, in whichever way.
fn is_end(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::handover::{Order, Report};
    use super::*;

    #[test]
    fn what_is_written_is_read_and_half_of_it_is_an_end() {
        let mut bytes = Vec::new();
        write(&mut bytes, &Order::SetOption("SO_LINGER".to_owned(), crate::trace::Value::Linger(Some(7)))).unwrap();
        write(&mut bytes, &Order::Stop).unwrap();
        let mut from = &*bytes;
        assert!(matches!(read(&mut from), Ok(Some(Order::SetOption(name, _))) if name == "SO_LINGER"));
        assert!(matches!(read(&mut from), Ok(Some(Order::Stop))));
        assert!(matches!(read::<Order>(&mut from), Ok(None)));
        for length in 0..bytes.len() - 6 {
            assert!(matches!(read::<Order>(&mut &bytes[..length]), Ok(None)), "{length}");
        }
        assert!(read::<Order>(&mut &[255, 255, 255, 255][..]).is_err(), "longer than any");
        assert!(read::<Order>(&mut &[2, 0, 0, 0, 8, 8][..]).is_err(), "a message and something behind it");
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(mut bytes: Vec<u8>) {
            let length = (bytes.len() as u32).to_le_bytes();
            bytes.splice(..0, length);
            read::<Report>(&mut &*bytes).ok();
        }
    }
}
