//! What both ends agree on: what was asked beside what is granted, and why not.

use super::ask::Asked;
use crate::text;
use crate::text::Message;
use crate::wire::tftp::field::out_of_range;
use crate::wire::tftp::{BLKSIZE, HEADER, Mode, Opcode, OptionName, Options, Request};

/// What a transfer goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Bytes of the file in every DATA but the last.
    pub blksize: u16,
    /// Blocks for one ACK.
    pub windowsize: u16,
    /// Seconds until a packet is sent again; measured where none was agreed.
    pub timeout: Option<u8>,
    /// Bytes of the whole file, where one side told the other.
    pub tsize: Option<u64>,
}

impl Default for Terms {
    /// Those of RFC 1350.
    fn default() -> Self {
        Self { blksize: BLKSIZE, windowsize: 1, timeout: None, tsize: None }
    }
}

/// What a server grants at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Whether any option is granted: a server as in RFC 1350 has none.
    pub options: bool,
    /// The largest block, 8 to 65464.
    pub blksize: u16,
    /// The largest window, at least 1.
    pub windowsize: u16,
    /// The longest `timeout`, in seconds. A server that waits that long for every packet lost serves nobody, and may decline: it then measures the round trip. (curl
    /// asks for 5 or 6 without being told to.)
    pub timeout: u8,
    /// The bytes that a window which is sent may hold in memory.
    pub window_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { options: true, blksize: 65464, windowsize: 65535, timeout: 4, window_bytes: 8 << 20 }
    }
}

/// An option, asked beside granted.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name as it was asked for, escaped.
    pub name: String,
    /// The value that was asked for, escaped.
    pub asked: String,
    /// The value that was granted, if any.
    pub granted: Option<u64>,
    /// Why so.
    pub why: Message,
}

/// What the two ends have agreed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// What the transfer goes by.
    pub terms: Terms,
    /// Every option that was asked for, in order.
    pub rows: Vec<Row>,
    /// The options that were granted, in the order in which they were asked for.
    granted: Vec<(OptionName, u64)>,
}

impl Agreement {
    /// What a server grants to a client that asks to read a file of `size` bytes; `None` where the number of bytes to be sent is not known. (In netascii it is
    /// not the size of the file, and is not told; nor is that of an empty file, which curl 8 takes for an error.)
    pub fn grant_read(request: &Request<'_>, size: Option<u64>, limits: &Limits) -> Self {
        let size = size.filter(|_| request.mode == Mode::Octet);
        Self::grant(request, limits, limits.window_bytes, |_| match size {
            None => Err(text!("tftp-why-size-unknown")),
            Some(0) => Err(text!("tftp-why-empty")),
            Some(size) => Ok(size),
        })
    }

    /// What a server grants to a client that asks to write a file. Whether the size that it announces ([`Terms::tsize`]) is welcome is for the caller to say.
    pub fn grant_write(request: &Request<'_>, limits: &Limits) -> Self {
        Self::grant(request, limits, usize::MAX, Ok)
    }

    fn grant(request: &Request<'_>, limits: &Limits, window_bytes: usize, size: impl Fn(u64) -> Result<u64, Message>) -> Self {
        let mut agreement = Self::default();
        // The window depends on the block, in whichever order they stand.
        let block = request.options.get(OptionName::Blksize).and_then(|value| OptionName::Blksize.value(value));
        let block = block.map_or_else(|| u64::from(BLKSIZE), |block| block.min(u64::from(limits.blksize)));
        let fits = (window_bytes as u64 / (block + HEADER as u64)).max(1);
        for (name, value) in request.options.iter() {
            let asked = OptionName::of(name).map(|option| (option, option.value(value)));
            let granted = match asked {
                None => Err(text!("tftp-why-unknown")),
                Some(_) if !limits.options => Err(text!("tftp-why-no-options")),
                Some((option, None)) => Err(out_of_range(option)),
                Some((OptionName::Blksize, Some(value))) => Ok(value.min(u64::from(limits.blksize))),
                Some((OptionName::Windowsize, Some(value))) => Ok(value.min(u64::from(limits.windowsize)).min(fits)),
                Some((OptionName::Timeout, Some(value))) if value > u64::from(limits.timeout) => {
                    Err(text!("tftp-why-timeout", most = limits.timeout))
                }
                Some((OptionName::Timeout, Some(value))) => Ok(value),
                Some((OptionName::Tsize, Some(value))) => size(value),
            };
            let why = match (&granted, asked) {
                (Err(why), _) => why.clone(),
                (Ok(granted), Some((OptionName::Tsize, _))) => text!("tftp-why-size", size = *granted),
                (Ok(granted), Some((_, Some(value)))) if *granted == value => text!("tftp-why-as-asked"),
                (Ok(granted), _) => text!("tftp-why-limit", most = *granted),
            };
            if let (Ok(value), Some((option, _))) = (&granted, asked) {
                agreement.agree(option, *value);
            }
            agreement.row(name, value, granted.ok(), why);
        }
        agreement
    }

    /// What a client makes of an OACK.
    ///
    /// # Errors
    /// What in it was not asked for, or is not what may be granted: the transfer is then ended with ERROR 8 (RFC 2347).
    pub(super) fn accept(asked: &Asked, options: Options<'_>) -> Result<Self, Message> {
        let mut agreement = Self::default();
        for (name, value) in options.iter() {
            let words = Options::words(name);
            let known = OptionName::of(name).and_then(|option| Some((option, asked.get(option)?)));
            let (option, asked) = known.ok_or_else(|| text!("tftp-oack-unasked", name = words))?;
            let granted = option.value(value).ok_or_else(|| out_of_range(option))?;
            let fair = match option {
                OptionName::Blksize | OptionName::Windowsize => granted <= asked,
                OptionName::Timeout => granted == asked,
                OptionName::Tsize => true,
            };
            if !fair {
                return Err(text!("tftp-oack-more", name = option.word(), granted = granted.to_string(), asked = asked.to_string()));
            }
            agreement.agree(option, granted);
        }
        for option in OptionName::ALL {
            let Some(asked) = asked.get(option) else { continue };
            let granted = options.get(option).and_then(|value| option.value(value));
            let why = match granted {
                None => text!("tftp-why-not-in-oack"),
                Some(granted) if option == OptionName::Tsize => text!("tftp-why-told", size = granted),
                Some(granted) if granted == asked => text!("tftp-why-as-asked"),
                Some(granted) => text!("tftp-why-server-limit", most = granted),
            };
            agreement.row(option.word().as_bytes(), asked.to_string().as_bytes(), granted, why);
        }
        Ok(agreement)
    }

    /// What a client makes of an answer without OACK: the transfer goes by RFC 1350.
    pub(super) fn plain(asked: &Asked) -> Self {
        let mut agreement = Self::default();
        for option in OptionName::ALL {
            if let Some(asked) = asked.get(option) {
                agreement.row(option.word().as_bytes(), asked.to_string().as_bytes(), None, text!("tftp-why-no-oack"));
            }
        }
        agreement
    }

    fn agree(&mut self, option: OptionName, value: u64) {
        let narrow = u16::try_from(value).unwrap_or(u16::MAX);
        match option {
            OptionName::Blksize => self.terms.blksize = narrow,
            OptionName::Windowsize => self.terms.windowsize = narrow.max(1),
            OptionName::Timeout => self.terms.timeout = u8::try_from(value).ok(),
            OptionName::Tsize => self.terms.tsize = Some(value),
        }
        self.granted.push((option, value));
    }

    fn row(&mut self, name: &[u8], asked: &[u8], granted: Option<u64>, why: Message) {
        self.rows.push(Row { name: Options::words(name), asked: Options::words(asked), granted, why });
    }

    /// The OACK that says so; `None` where nothing is granted, since there is no OACK then (RFC 2347).
    pub fn oack(&self) -> Option<Vec<u8>> {
        let mut packet = (Opcode::Oack as u16).to_be_bytes().to_vec();
        for (option, value) in &self.granted {
            Options::push(&mut packet, option.word(), &value.to_string());
        }
        (!self.granted.is_empty()).then_some(packet)
    }
}
