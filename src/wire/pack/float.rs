//! Numbers of 16 bits with a fraction (IEEE 754 binary16), which Rust has no type for, and numbers as Python writes them.

/// The bits of `number` in 16 bits, rounded to the nearest, halves to even; none where it is finite and too large (`PyFloat_Pack2`).
pub(super) fn half(number: f64) -> Option<u16> {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    if number.is_nan() {
        return Some(sign | 0x7e00);
    }
    if number.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let size = number.abs();
    // From 2^-14 on there are eleven significant bits, below a fixed distance of 2^-24.
    let exponent = (((size.to_bits() >> 52) & 0x7ff) as i32 - 1023).max(-14);
    let steps = (size * 2_f64.powi(10 - exponent)).round_ties_even();
    // 2048 steps are one power more: the carry runs into the exponent, as the bits are made for.
    let bits = steps as u32 + ((exponent + 14) as u32) * 1024;
    (bits < 0x7c00).then_some(sign | bits as u16)
}

/// The number of these 16 bits.
pub(super) fn from_half(bits: u16) -> f64 {
    let (exponent, steps) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => steps * 2_f64.powi(-24),
        31 if steps == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (steps + 1024.0) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// The number as Python's `repr` writes it: the fewest digits that are this number and no other, `1e+16` from there on.
pub(super) fn repr(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let shortest = format!("{number:e}");
    let count = shortest.split_once('e').map_or("", |(digits, _)| digits).bytes().filter(u8::is_ascii_digit).count();
    // Where two of that length are as near, Python takes the even one.
    let scientific = format!("{number:.*e}", count.saturating_sub(1));
    let scientific = if scientific.parse::<f64>().is_ok_and(|again| again == number) { scientific } else { shortest };
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or_default();
    if (-4..16).contains(&exponent) || number == 0.0 {
        let behind = usize::try_from(count as i32 - 1 - exponent).unwrap_or_default().max(1);
        format!("{number:.behind$}")
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", exponent.abs())
    }
}
