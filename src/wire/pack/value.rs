//! Values: as they are typed, as they are written, and as bytes.

use super::float;
use super::format::{Slot, Takes};
use super::{MOST, Order};
use crate::text;
use crate::text::Message;
use crate::wire::literal;

/// A value, as Python's `struct` knows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Why a value does not fit its code.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// It is to be a whole number.
    Int(char),
    /// The code holds numbers from the first to the second.
    Range(char, i128, i128),
    /// It is to be a number.
    Float(char),
    /// The number is too large for the code.
    Large(char),
    /// It is to be True or False.
    Bool,
    /// It is to be bytes.
    Bytes(char),
    /// It looks like bytes, and is wrong there.
    Literal(literal::Error),
    /// It is to be one byte, and has so many.
    OneByte(usize),
}

impl Unfit {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Int(code) => text!("wire-pack-int", code = code.to_string()),
            Self::Range(code, least, most) => {
                text!("wire-pack-range", code = code.to_string(), least = least.to_string(), most = most.to_string())
            }
            Self::Float(code) => text!("wire-pack-float", code = code.to_string()),
            Self::Large(code) => text!("wire-pack-float-large", code = code.to_string()),
            Self::Bool => text!("wire-pack-bool"),
            Self::Bytes(code) => text!("wire-pack-bytes", code = code.to_string()),
            Self::Literal(error) => error.message(),
            Self::OneByte(given) => text!("wire-pack-one-byte", given = *given),
        }
    }
}

impl Value {
    /// The value that is typed for `slot`: `-1`, `0x1f`, `2.5`, `True`, `b'abc'`.
    ///
    /// # Errors
    /// It is none that the code takes. Whether a number fits is told by [`Format::pack`](super::Format::pack).
    pub fn parse(text: &str, slot: &Slot) -> Result<Self, Unfit> {
        let text = text.trim();
        match slot.takes {
            Takes::Nothing => Ok(Self::Int(0)),
            Takes::Int(_) | Takes::Pointer => int(text).map(Self::Int).ok_or(Unfit::Int(slot.code)),
            Takes::Float => float(text).map(Self::Float).ok_or(Unfit::Float(slot.code)),
            Takes::Bool => match text {
                "True" | "true" => Ok(Self::Bool(true)),
                "False" | "false" => Ok(Self::Bool(false)),
                _ => int(text).map(|number| Self::Bool(number != 0)).ok_or(Unfit::Bool),
            },
            Takes::Byte | Takes::Bytes | Takes::Pascal => match literal::parse(text) {
                Ok(bytes) => Ok(Self::Bytes(bytes)),
                Err(literal::Error::NoBytes) => Err(Unfit::Bytes(slot.code)),
                Err(error) => Err(Unfit::Literal(error)),
            },
        }
    }

    /// What stands in the field of `slot` before anybody typed: nothing, as a value.
    pub fn blank(slot: &Slot) -> &'static str {
        match slot.takes {
            Takes::Bool => "False",
            Takes::Byte => r"b'\x00'",
            Takes::Bytes | Takes::Pascal => "b''",
            Takes::Float => "0.0",
            Takes::Nothing | Takes::Int(_) | Takes::Pointer => "0",
        }
    }

    /// How many bytes of it the code cuts off without a word, as `s` and `p` do.
    pub fn cut(&self, slot: &Slot) -> usize {
        let room = match slot.takes {
            Takes::Bytes => slot.length,
            Takes::Pascal => slot.length.saturating_sub(1).min(255),
            _ => return 0,
        };
        if let Self::Bytes(bytes) = self { bytes.len().saturating_sub(room) } else { 0 }
    }

    /// As Python writes it, so that it can be typed again.
    pub fn written(&self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::Float(number) => float::repr(*number),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Bytes(bytes) => literal::format(bytes),
        }
    }

    /// Appends its bytes, as many as the slot has.
    pub(super) fn write(&self, slot: &Slot, order: Order, to: &mut Vec<u8>) -> Result<(), Unfit> {
        let end = to.len() + slot.length;
        match (slot.takes, self) {
            (Takes::Int(signed), _) => {
                let (least, most) = range(signed, slot.length);
                put(self.whole(slot.code)?, least, most, slot, order, to)?;
            }
            // Python takes an address that is below 0 for the one of the same bits.
            (Takes::Pointer, _) => put(self.whole(slot.code)?, range(true, slot.length).0, range(false, slot.length).1, slot, order, to)?,
            (Takes::Bool, Self::Bool(flag)) => to.push(u8::from(*flag)),
            (Takes::Bool, _) => to.push(u8::from(self.whole(slot.code)? != 0)),
            (Takes::Float, Self::Float(number)) => put_float(*number, slot, order, to)?,
            (Takes::Float, Self::Int(number)) => put_float(*number as f64, slot, order, to)?,
            (Takes::Byte, Self::Bytes(bytes)) if bytes.len() == 1 => to.extend(bytes),
            (Takes::Byte, Self::Bytes(bytes)) => return Err(Unfit::OneByte(bytes.len())),
            (Takes::Bytes, Self::Bytes(bytes)) => to.extend(bytes.iter().take(slot.length)),
            (Takes::Pascal, Self::Bytes(bytes)) => {
                let length = bytes.len().min(slot.length.saturating_sub(1)).min(255);
                if slot.length > 0 {
                    to.push(length as u8);
                }
                to.extend(bytes.iter().take(length));
            }
            (Takes::Nothing, _) => {}
            (Takes::Float, _) => return Err(Unfit::Float(slot.code)),
            (Takes::Byte | Takes::Bytes | Takes::Pascal, _) => return Err(Unfit::Bytes(slot.code)),
        }
        to.resize(end.min(MOST), 0);
        Ok(())
    }

    fn whole(&self, code: char) -> Result<i128, Unfit> {
        match self {
            Self::Int(number) => Ok(*number),
            Self::Bool(flag) => Ok(i128::from(*flag)),
            Self::Float(_) | Self::Bytes(_) => Err(Unfit::Int(code)),
        }
    }

    /// The value in the bytes of `slot`.
    pub(super) fn read(slot: &Slot, order: Order, bytes: &[u8]) -> Self {
        match slot.takes {
            Takes::Int(signed) => {
                let number = unsigned(bytes, order);
                let (_, most) = range(signed, bytes.len());
                Self::Int(if number > most { number - (1 << (8 * bytes.len())) } else { number })
            }
            Takes::Pointer => Self::Int(unsigned(bytes, order)),
            Takes::Bool => Self::Bool(bytes.iter().any(|byte| *byte != 0)),
            Takes::Float => {
                let bits = unsigned(bytes, order);
                Self::Float(match bytes.len() {
                    2 => float::from_half(bits as u16),
                    4 => f64::from(f32::from_bits(bits as u32)),
                    _ => f64::from_bits(bits as u64),
                })
            }
            Takes::Pascal => {
                let (length, rest) = bytes.split_first().map_or((0, bytes), |(length, rest)| (usize::from(*length), rest));
                Self::Bytes(rest.iter().take(length).copied().collect())
            }
            Takes::Byte | Takes::Bytes | Takes::Nothing => Self::Bytes(bytes.to_vec()),
        }
    }
}

/// The least and the greatest number of so many bytes.
fn range(signed: bool, bytes: usize) -> (i128, i128) {
    let bits = 8 * bytes.min(8);
    if signed { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) }
}

/// Appends a number in this order, where it is in this range.
fn put(number: i128, least: i128, most: i128, slot: &Slot, order: Order, to: &mut Vec<u8>) -> Result<(), Unfit> {
    if !(least..=most).contains(&number) {
        return Err(Unfit::Range(slot.code, least, most));
    }
    extend(number as u64, slot.length, order, to);
    Ok(())
}

fn put_float(number: f64, slot: &Slot, order: Order, to: &mut Vec<u8>) -> Result<(), Unfit> {
    let large = Unfit::Large(slot.code);
    let bits = match slot.length {
        2 => u64::from(float::half(number).ok_or(large)?),
        4 => {
            let short = number as f32;
            // In native order C casts, and what is too large becomes infinite.
            if short.is_infinite() && number.is_finite() && order != Order::Native {
                return Err(large);
            }
            u64::from(short.to_bits())
        }
        _ => number.to_bits(),
    };
    extend(bits, slot.length, order, to);
    Ok(())
}

fn extend(bits: u64, length: usize, order: Order, to: &mut Vec<u8>) {
    if order.is_big() {
        to.extend(bits.to_be_bytes().into_iter().skip(8_usize.saturating_sub(length)));
    } else {
        to.extend(bits.to_le_bytes().into_iter().take(length));
    }
}

fn unsigned(bytes: &[u8], order: Order) -> i128 {
    let take = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    i128::from(if order.is_big() { bytes.iter().fold(0, take) } else { bytes.iter().rev().fold(0, take) })
}

/// A whole number as Python writes it: decimal, or with `0x`, `0o`, `0b` before it; digits may be parted by `_`.
fn int(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let radices = [("0x", 16), ("0o", 8), ("0b", 2)];
    let (radix, digits) = radices.iter().find_map(|(lead, radix)| Some((*radix, lower.strip_prefix(lead)?))).unwrap_or((10, &lower));
    let is_parted = digits.starts_with('_') && radix == 10 || digits.ends_with('_') || digits.contains("__");
    let digits = digits.replace('_', "");
    let is_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    // Python reads no 010.
    let is_octal_of_old = radix == 10 && digits.starts_with('0') && digits.chars().any(|digit| digit != '0');
    if is_parted || !is_digits || is_octal_of_old {
        return None;
    }
    // A number that is larger than all is out of every range, too.
    Some(sign * i128::from_str_radix(&digits, radix).unwrap_or(i128::MAX))
}

fn float(text: &str) -> Option<f64> {
    if let Some(number) = int(text) {
        return Some(number as f64);
    }
    let plain = text.strip_prefix(['-', '+']).unwrap_or(text).to_ascii_lowercase();
    let is_number = plain.starts_with(|first: char| first.is_ascii_digit() || first == '.') || matches!(plain.as_str(), "inf" | "nan");
    text.parse::<f64>().ok().filter(|_| is_number)
}
