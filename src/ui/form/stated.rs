//! How a person states what is sent: as text with escapes, in hexadecimal, or by the path of a file.

use crate::program::Data;
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::wire::{Charset, escape, hex};

/// How data is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Way {
    #[default]
    Text,
    Hex,
    File,
}

impl Way {
    /// All of them with their words, in the order in which a person is offered them.
    pub(super) fn words(look: &Look) -> [(Self, String); 3] {
        [(Self::Text, text!("ui-sending-text")), (Self::Hex, text!("ui-sending-hex")), (Self::File, text!("ui-sending-file"))]
            .map(|(way, words)| (way, look.say(&words)))
    }

    /// The way in which `data` is stated, and how it is typed so.
    pub(super) fn of(data: &Data) -> (Self, String) {
        match data {
            Data::Text(text) => (Self::Text, escape::format(text.as_bytes())),
            Data::Hex(bytes) => (Self::Hex, hex::format(bytes)),
            Data::File(path) => (Self::File, path.to_string_lossy().into_owned()),
        }
    }

    /// What `typed` states in this way.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(self, typed: &str) -> Result<Data, Message> {
        match self {
            Self::Text => Data::typed(typed, Charset::Utf8).map_err(|error| error.message()),
            Self::Hex => Data::hex(typed).map_err(|error| error.message()),
            Self::File if typed.trim().is_empty() => Err(text!("ui-sending-no-file")),
            Self::File => Ok(Data::File(typed.trim().into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_reads_back_as_it_is_typed() {
        for data in [Data::Text("再见\n".to_owned()), Data::Text("\\".to_owned()), Data::Hex(vec![0, 255]), Data::File("x.bin".into())] {
            let (way, typed) = Way::of(&data);
            assert_eq!(way.read(&typed), Ok(data));
        }
        assert!(Way::File.read(" ").is_err());
        assert!(Way::Hex.read("0g").is_err());
    }
}
