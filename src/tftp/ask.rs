//! What a client asks for.

use crate::text;
use crate::text::Message;
use crate::wire::tftp::{LONGEST_REQUEST, Mode, Opcode, OptionName, Options};

/// The options that a client asks for; `None` is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Bytes in a block, 8 to 65464.
    pub blksize: Option<u16>,
    /// Seconds until a packet is sent again, 1 to 255.
    pub timeout: Option<u8>,
    /// Reading: 0, to be told the size of the file. Writing: the size of the file.
    pub tsize: Option<u64>,
    /// Blocks for one ACK, 1 to 65535.
    pub windowsize: Option<u16>,
}

impl Asked {
    /// No option.
    pub const NONE: Self = Self { blksize: None, timeout: None, tsize: None, windowsize: None };

    /// What is asked of an option.
    pub fn get(&self, option: OptionName) -> Option<u64> {
        match option {
            OptionName::Blksize => self.blksize.map(u64::from),
            OptionName::Timeout => self.timeout.map(u64::from),
            OptionName::Tsize => self.tsize,
            OptionName::Windowsize => self.windowsize.map(u64::from),
        }
    }

    /// Whether any is asked.
    pub fn any(&self) -> bool {
        *self != Self::NONE
    }
}

/// A request that a client makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The name of the file on the server.
    pub name: String,
    /// How its bytes are sent.
    pub mode: Mode,
    /// The options.
    pub options: Asked,
}

/// Why a request cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unaskable {
    /// No file is named.
    NoName,
    /// The name holds a zero byte, which would end it.
    Nul,
    /// The request would be so many bytes long.
    Long(usize),
    /// The window would hold so many bytes in memory, more than so many.
    Window(usize, usize),
    /// A value that no RFC allows.
    Range(OptionName),
}

impl Unaskable {
    /// The sentence.
    pub fn message(self) -> Message {
        match self {
            Self::NoName => text!("tftp-ask-no-name"),
            Self::Nul => text!("tftp-ask-nul"),
            Self::Long(length) => text!("tftp-ask-long", length = length, most = LONGEST_REQUEST),
            Self::Window(bytes, most) => text!("tftp-ask-window", size = bytes >> 20, most = most >> 20),
            Self::Range(option) => crate::wire::tftp::field::out_of_range(option),
        }
    }
}

impl Ask {
    /// The request as it stands on the wire, with its options or without.
    pub(super) fn packet(&self, opcode: Opcode, options: bool) -> Result<Vec<u8>, Unaskable> {
        if self.name.is_empty() {
            return Err(Unaskable::NoName);
        }
        if self.name.contains('\0') {
            return Err(Unaskable::Nul);
        }
        let mut packet = (opcode as u16).to_be_bytes().to_vec();
        Options::push(&mut packet, &self.name, self.mode.word());
        for option in OptionName::ALL.into_iter().filter(|_| options) {
            let Some(value) = self.options.get(option) else { continue };
            if !option.range().contains(&value) {
                return Err(Unaskable::Range(option));
            }
            Options::push(&mut packet, option.word(), &value.to_string());
        }
        if packet.len() > LONGEST_REQUEST { Err(Unaskable::Long(packet.len())) } else { Ok(packet) }
    }
}
