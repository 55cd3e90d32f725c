//! Reading a format: its codes with their counts, and which bytes each of them has.

use std::ffi::{c_int, c_long, c_longlong, c_short, c_void};
use std::ops::Range;

use super::{LONGEST, MOST, Order};
use crate::text;
use crate::text::Message;
use crate::wire::Position;

/// What a code takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// No value: `x`, and what alignment leaves free.
    Nothing,
    /// One byte, as bytes: `c`.
    Byte,
    /// A whole number; whether it may be below 0.
    Int(bool),
    /// True or false.
    Bool,
    /// A number with a fraction.
    Float,
    /// So many bytes: `s`.
    Bytes,
    /// A length of one byte, and at most 255 bytes: `p`.
    Pascal,
    /// An address: `P`.
    Pointer,
}

/// A value of a format, or bytes that hold none: where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The code; a space for what alignment leaves free.
    pub code: char,
    /// The code of the format that it comes from, counted from 0: the two slots of `2H` share it.
    pub item: usize,
    /// Where that code stands in the text, with its count, in bytes.
    pub at: Range<usize>,
    /// Its first byte.
    pub offset: usize,
    /// How many bytes it has.
    pub length: usize,
    /// What it takes.
    pub takes: Takes,
}

/// What is wrong with a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No code is written so.
    Unknown(Position, char),
    /// An order stands behind the beginning.
    LateOrder(Position, char),
    /// A code that has no size but the native one stands in a format of another order.
    NativeOnly(Position, char),
    /// A count has no code behind it.
    CountAlone(Position),
    /// There would be more bytes than [`MOST`].
    TooLarge(Position),
    /// The text is longer than [`LONGEST`].
    TooLong(Position),
}

impl Problem {
    /// Where it stands.
    pub const fn position(self) -> Position {
        match self {
            Self::Unknown(at, _)
            | Self::LateOrder(at, _)
            | Self::NativeOnly(at, _)
            | Self::CountAlone(at)
            | Self::TooLarge(at)
            | Self::TooLong(at) => at,
        }
    }

    /// The sentence.
    pub fn message(self) -> Message {
        let column = self.position().column;
        match self {
            Self::Unknown(_, found) => text!("wire-pack-unknown", column = column, found = found.escape_debug().to_string()),
            Self::LateOrder(_, found) => text!("wire-pack-late-order", column = column, found = found.to_string()),
            Self::NativeOnly(_, found) => text!("wire-pack-native-only", column = column, found = found.to_string()),
            Self::CountAlone(_) => text!("wire-pack-count-alone", column = column),
            Self::TooLarge(_) => text!("wire-pack-too-large", column = column, most = MOST),
            Self::TooLong(_) => text!("wire-pack-too-long", most = LONGEST),
        }
    }
}

/// A code: what it takes, its standard size, and its native size and alignment. No standard size: native only.
struct Code {
    letter: char,
    takes: Takes,
    standard: Option<usize>,
    native: (usize, usize),
}

const fn code(letter: char, takes: Takes, standard: Option<usize>, native: (usize, usize)) -> Code {
    Code { letter, takes, standard, native }
}

/// The size and the alignment of a type of C on this machine.
const fn of<T>() -> (usize, usize) {
    (size_of::<T>(), align_of::<T>())
}

/// All codes of Python's `struct`.
const CODES: &[Code] = &[
    code('x', Takes::Nothing, Some(1), (1, 1)),
    code('c', Takes::Byte, Some(1), (1, 1)),
    code('b', Takes::Int(true), Some(1), (1, 1)),
    code('B', Takes::Int(false), Some(1), (1, 1)),
    code('?', Takes::Bool, Some(1), of::<bool>()),
    code('h', Takes::Int(true), Some(2), of::<c_short>()),
    code('H', Takes::Int(false), Some(2), of::<c_short>()),
    code('i', Takes::Int(true), Some(4), of::<c_int>()),
    code('I', Takes::Int(false), Some(4), of::<c_int>()),
    code('l', Takes::Int(true), Some(4), of::<c_long>()),
    code('L', Takes::Int(false), Some(4), of::<c_long>()),
    code('q', Takes::Int(true), Some(8), of::<c_longlong>()),
    code('Q', Takes::Int(false), Some(8), of::<c_longlong>()),
    code('n', Takes::Int(true), None, of::<isize>()),
    code('N', Takes::Int(false), None, of::<usize>()),
    code('e', Takes::Float, Some(2), of::<c_short>()),
    code('f', Takes::Float, Some(4), of::<f32>()),
    code('d', Takes::Float, Some(8), of::<f64>()),
    code('s', Takes::Bytes, Some(1), (1, 1)),
    code('p', Takes::Pascal, Some(1), (1, 1)),
    code('P', Takes::Pointer, None, of::<*const c_void>()),
];

/// The codes, in the order of the documentation.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = char> {
    CODES.iter().map(|code| code.letter)
}

/// A format that was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    order: Order,
    slots: Vec<Slot>,
    items: usize,
    size: usize,
}

impl Format {
    /// Reads a format.
    ///
    /// # Errors
    /// The first character that does not fit, with its place.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.chars().count() > LONGEST {
            return Err(Problem::TooLong(Position::of(text, text.len())));
        }
        let mut format = Self::default();
        let mut rest = text.char_indices().peekable();
        if let Some(order) = rest.peek().and_then(|(_, first)| Order::of(*first)) {
            format.order = order;
            rest.next();
        }
        while let Some((start, first)) = rest.next() {
            // What isspace(3) of C takes for space.
            if matches!(first, ' ' | '\t'..='\r') {
                continue;
            }
            let (mut count, mut at, mut character) = (None::<usize>, start, first);
            while let Some(digit) = character.to_digit(10) {
                count = Some(count.unwrap_or_default().saturating_mul(10).saturating_add(digit as usize));
                let Some(next) = rest.next() else { return Err(Problem::CountAlone(Position::of(text, start))) };
                (at, character) = next;
            }
            format.add(text, start..at + character.len_utf8(), at, character, count)?;
        }
        Ok(format)
    }

    fn add(&mut self, text: &str, range: Range<usize>, at: usize, character: char, count: Option<usize>) -> Result<(), Problem> {
        let here = || Position::of(text, at);
        let Some(row) = CODES.iter().find(|row| row.letter == character) else {
            return Err(match Order::of(character) {
                Some(_) => Problem::LateOrder(here(), character),
                None => Problem::Unknown(here(), character),
            });
        };
        let (size, align) = match (self.order, row.standard) {
            (Order::Native, _) => row.native,
            (_, Some(size)) => (size, 1),
            (_, None) => return Err(Problem::NativeOnly(here(), character)),
        };
        let large = || Problem::TooLarge(Position::of(text, range.start));
        let slot = |code, offset, length, takes| Slot { code, item: self.items, at: range.clone(), offset, length, takes };
        let mut slots = Vec::new();
        // Also a count of 0 aligns: that is what `0l` at the end is for.
        let mut offset = self.size.next_multiple_of(align);
        if offset > self.size {
            slots.push(slot(' ', self.size, offset - self.size, Takes::Nothing));
        }
        let count = count.unwrap_or(1);
        // These take their count as their length, all others as how often they are there.
        let (times, length) = match row.takes {
            Takes::Bytes | Takes::Pascal => (1, count),
            Takes::Nothing => (usize::from(count > 0), count),
            _ => (count, size),
        };
        let end = times.checked_mul(length).and_then(|length| length.checked_add(offset)).filter(|end| *end <= MOST).ok_or_else(large)?;
        for _ in 0..times {
            slots.push(slot(row.letter, offset, length, row.takes));
            offset += length;
        }
        self.slots.append(&mut slots);
        self.items += 1;
        self.size = end;
        Ok(())
    }

    /// Its order.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// How many bytes it has: `struct.calcsize`.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Its slots, in order of their bytes, without gaps.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// How many values it takes.
    pub fn values(&self) -> usize {
        self.slots.iter().filter(|slot| slot.takes != Takes::Nothing).count()
    }

    /// The slot that has the byte `offset`.
    pub fn slot_at(&self, offset: usize) -> Option<usize> {
        let place = self.slots.partition_point(|slot| slot.offset + slot.length <= offset);
        (place < self.slots.len()).then_some(place)
    }
}
