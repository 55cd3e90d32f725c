//! Values to bytes and back by a format string, as Python's `struct` does it (docs.python.org/3/library/struct.html): byte orders, counts, native sizes and alignment.
//!
//! A format is read once into its slots: which bytes each code has. Errors stand at the character of the format, or at the value, that caused them. What a
//! format can ask for is bounded by [`MOST`]: a text of a few characters takes no gigabytes.

mod float;
mod format;
mod value;

pub use format::{Format, Problem, Slot, Takes};
pub use value::{Unfit, Value};

use crate::text;
use crate::text::Message;

/// The most bytes that a format may describe: as many as the largest datagram.
pub const MOST: usize = 1 << 16;

/// The longest format, in characters. Codes that take no bytes would have no end otherwise.
pub const LONGEST: usize = 1024;

/// In which order the bytes of a number stand, and how sizes are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// `@`, or nothing: order, sizes and alignment of this machine.
    #[default]
    Native,
    /// `=`: the order of this machine, the sizes that are the same everywhere, no alignment.
    Standard,
    /// `<`: the small end first.
    Little,
    /// `>`: the big end first.
    Big,
    /// `!`: as the network has it, which is the big end first.
    Network,
}

impl Order {
    /// All, as they stand in the documentation.
    pub const ALL: [Self; 5] = [Self::Native, Self::Standard, Self::Little, Self::Big, Self::Network];

    /// Its character.
    pub const fn code(self) -> char {
        match self {
            Self::Native => '@',
            Self::Standard => '=',
            Self::Little => '<',
            Self::Big => '>',
            Self::Network => '!',
        }
    }

    /// The order of this character.
    pub fn of(code: char) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }

    /// Whether the big end stands first.
    pub const fn is_big(self) -> bool {
        match self {
            Self::Native | Self::Standard => cfg!(target_endian = "big"),
            Self::Little => false,
            Self::Big | Self::Network => true,
        }
    }

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::Native => text!("wire-pack-order-native"),
            Self::Standard => text!("wire-pack-order-standard"),
            Self::Little => text!("wire-pack-order-little"),
            Self::Big => text!("wire-pack-order-big"),
            Self::Network => text!("wire-pack-order-network"),
        }
    }
}

/// A format with another order in place of its own, which is put before a format that has none.
pub fn reorder(format: &str, order: Order) -> String {
    let rest = format.strip_prefix(|first| Order::of(first).is_some()).unwrap_or(format);
    format!("{}{rest}", order.code())
}

/// Why values are not packed, or bytes not unpacked.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The format wants so many values, and is given so many.
    Values {
        /// How many it wants.
        wanted: usize,
        /// How many there are.
        given: usize,
    },
    /// The value of this place, counted from 0, does not fit.
    Value(usize, Unfit),
    /// The format is of so many bytes, and is given so many.
    Length {
        /// How many it wants.
        wanted: usize,
        /// How many there are.
        given: usize,
    },
}

impl Error {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Values { wanted, given } => text!("wire-pack-values", wanted = *wanted, given = *given),
            Self::Value(_, unfit) => unfit.message(),
            Self::Length { wanted, given } if given < wanted => text!("wire-pack-short", wanted = *wanted, given = *given),
            Self::Length { wanted, given } => text!("wire-pack-long", wanted = *wanted, given = *given),
        }
    }
}

impl Format {
    /// The bytes of `values`, one for each slot that takes one.
    ///
    /// # Errors
    /// The first value that does not fit its code, or that there are too few or too many.
    pub fn pack(&self, values: &[Value]) -> Result<Vec<u8>, Error> {
        let wanted = self.values();
        if wanted != values.len() {
            return Err(Error::Values { wanted, given: values.len() });
        }
        let mut bytes = Vec::with_capacity(self.size());
        let taking = self.slots().iter().filter(|slot| slot.takes != Takes::Nothing);
        for (place, (slot, value)) in taking.zip(values).enumerate() {
            // What stands between is padding.
            bytes.resize(slot.offset, 0);
            value.write(slot, self.order(), &mut bytes).map_err(|unfit| Error::Value(place, unfit))?;
        }
        bytes.resize(self.size(), 0);
        Ok(bytes)
    }

    /// Whether `value` fits `slot`, which is of this format.
    ///
    /// # Errors
    /// Why not.
    pub fn fits(&self, slot: &Slot, value: &Value) -> Result<(), Unfit> {
        value.write(slot, self.order(), &mut Vec::with_capacity(slot.length))
    }

    /// The values in `bytes`, which are to be as many as the format has.
    ///
    /// # Errors
    /// There are fewer bytes, or more.
    pub fn unpack(&self, bytes: &[u8]) -> Result<Vec<Value>, Error> {
        if bytes.len() != self.size() {
            return Err(Error::Length { wanted: self.size(), given: bytes.len() });
        }
        Ok(self.unpack_some(bytes).into_iter().flatten().collect())
    }

    /// The values in `bytes` as far as there are bytes for them; none for each slot that has too few.
    pub fn unpack_some(&self, bytes: &[u8]) -> Vec<Option<Value>> {
        let taking = self.slots().iter().filter(|slot| slot.takes != Takes::Nothing);
        taking.map(|slot| bytes.get(slot.offset..slot.offset + slot.length).map(|part| Value::read(slot, self.order(), part))).collect()
    }
}

#[cfg(test)]
mod tests;
