//! Packing against what Python 3.11 gave for the same, and what holds for every format.

use proptest::prelude::*;

use super::format::codes;
use super::*;
use crate::wire::{Position, hex};

/// A format, the values as they are typed, the bytes, and the values as Python writes them when it unpacks them again.
type Case = (&'static str, &'static [&'static str], &'static str, &'static [&'static str]);

const EVERYWHERE: &[Case] = &[
    ("!HH", &["3", "1"], "00 03 00 01", &["3", "1"]),
    (
        "!H10sb5sb",
        &["1", "b'kernel.img'", "0", "b'octet'", "0"],
        "00 01 6b 65 72 6e 65 6c 2e 69 6d 67 00 6f 63 74 65 74 00",
        &["1", "b'kernel.img'", "0", "b'octet'", "0"],
    ),
    ("!HH5sb", &["5", "1", "b'error'", "0"], "00 05 00 01 65 72 72 6f 72 00", &["5", "1", "b'error'", "0"]),
    ("<H", &["1"], "01 00", &["1"]),
    (">H", &["1"], "00 01", &["1"]),
    ("!i", &["-2"], "ff ff ff fe", &["-2"]),
    ("<i", &["-2"], "fe ff ff ff", &["-2"]),
    ("=bIhq", &["1", "2", "3", "4"], "01 02 00 00 00 03 00 04 00 00 00 00 00 00 00", &["1", "2", "3", "4"]),
    ("<q", &["-9223372036854775808"], "00 00 00 00 00 00 00 80", &["-9223372036854775808"]),
    ("<Q", &["18446744073709551615"], "ff ff ff ff ff ff ff ff", &["18446744073709551615"]),
    ("!B", &["255"], "ff", &["255"]),
    ("!b", &["-128"], "80", &["-128"]),
    ("<e", &["1.0"], "00 3c", &["1.0"]),
    ("!e", &["-2.5"], "c1 00", &["-2.5"]),
    ("<e", &["65504.0"], "ff 7b", &["65504.0"]),
    ("<e", &["5.960464477539063e-08"], "01 00", &["5.960464477539063e-08"]),
    ("<e", &["6.103515625e-05"], "00 04", &["6.103515625e-05"]),
    ("!e", &["0.1"], "2e 66", &["0.0999755859375"]),
    ("!e", &["2047.5"], "68 00", &["2048.0"]),
    ("!e", &["2049.0"], "68 00", &["2048.0"]),
    ("!f", &["1.5"], "3f c0 00 00", &["1.5"]),
    ("<f", &["0.1"], "cd cc cc 3d", &["0.10000000149011612"]),
    ("!d", &["0.1"], "3f b9 99 99 99 99 99 9a", &["0.1"]),
    ("<d", &["-1e+300"], "9c 75 00 88 3c e4 37 fe", &["-1e+300"]),
    ("<d", &["1e+16"], "00 80 e0 37 79 c3 41 43", &["1e+16"]),
    ("<d", &["123456.0"], "00 00 00 00 00 24 fe 40", &["123456.0"]),
    ("<d", &["-0.0"], "00 00 00 00 00 00 00 80", &["-0.0"]),
    ("<e", &["-0.0016603469848632812"], "cd 96", &["-0.0016603469848632812"]),
    ("<d", &["1e-05"], "f1 68 e3 88 b5 f8 e4 3e", &["1e-05"]),
    ("!3c", &["b'a'", "b'b'", r"b'\xff'"], "61 62 ff", &["b'a'", "b'b'", r"b'\xff'"]),
    ("2s3s", &["b'abc'", "b'd'"], "61 62 64 00 00", &["b'ab'", r"b'd\x00\x00'"]),
    ("!5p", &["b'ab'"], "02 61 62 00 00", &["b'ab'"]),
    ("!3p", &["b'abcdef'"], "02 61 62", &["b'ab'"]),
    ("1p", &["b'abc'"], "00", &["b''"]),
    ("??", &["True", "False"], "01 00", &["True", "False"]),
    ("!2x h 2x", &["7"], "00 00 00 07 00 00", &["7"]),
    ("0s2s", &["b''", "b'zz'"], "7a 7a", &["b''", "b'zz'"]),
    ("!2H2B", &["1", "2", "3", "4"], "00 01 00 02 03 04", &["1", "2", "3", "4"]),
    ("<hil", &["1", "2", "3"], "01 00 02 00 00 00 03 00 00 00", &["1", "2", "3"]),
];

/// On a machine where `long` and addresses have eight bytes, and the small end stands first.
#[cfg(all(unix, target_pointer_width = "64", target_endian = "little"))]
const NATIVE: &[Case] = &[
    ("@bIhq", &["1", "2", "3", "4"], "01 00 00 00 02 00 00 00 03 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00", &["1", "2", "3", "4"]),
    ("b0i", &["5"], "05 00 00 00", &["5"]),
    ("@b0h", &["5"], "05 00", &["5"]),
    ("llh0l", &["1", "2", "3"], "01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00", &["1", "2", "3"]),
    ("@xqx", &["-1"], "00 00 00 00 00 00 00 00 ff ff ff ff ff ff ff ff 00", &["-1"]),
    ("P", &["4096"], "00 10 00 00 00 00 00 00", &["4096"]),
    ("P", &["-1"], "ff ff ff ff ff ff ff ff", &["18446744073709551615"]),
    ("nN", &["-1", "1"], "ff ff ff ff ff ff ff ff 01 00 00 00 00 00 00 00", &["-1", "1"]),
    ("@ci", &["b'x'", "-1"], "78 00 00 00 ff ff ff ff", &["b'x'", "-1"]),
    ("L", &["7"], "07 00 00 00 00 00 00 00", &["7"]),
    ("@f", &["1e+39"], "00 00 80 7f", &["inf"]),
    ("=L", &["7"], "07 00 00 00", &["7"]),
];

fn typed(format: &Format, values: &[&str]) -> Vec<Value> {
    let taking = format.slots().iter().filter(|slot| slot.takes != Takes::Nothing);
    taking.zip(values).map(|(slot, text)| Value::parse(text, slot).unwrap_or_else(|error| panic!("{text}: {error:?}"))).collect()
}

fn check(cases: &[Case]) {
    for (text, values, bytes, back) in cases {
        let format = Format::parse(text).expect(text);
        let packed = format.pack(&typed(&format, values)).expect(text);
        assert_eq!(hex::format(&packed), *bytes, "{text}");
        let unpacked = format.unpack(&packed).expect(text);
        assert_eq!(unpacked.iter().map(Value::written).collect::<Vec<_>>(), *back, "{text}");
    }
}

#[test]
fn bytes_are_those_of_python() {
    check(EVERYWHERE);
    #[cfg(all(unix, target_pointer_width = "64", target_endian = "little"))]
    check(NATIVE);
}

#[test]
fn a_wrong_format_says_where() {
    let at = |offset, column| Position { offset, column };
    for (text, problem) in [
        ("hz", Problem::Unknown(at(1, 2), 'z')),
        ("你h", Problem::Unknown(at(0, 1), '你')),
        ("2 h", Problem::Unknown(at(1, 2), ' ')),
        ("h<h", Problem::LateOrder(at(1, 2), '<')),
        (" !h", Problem::LateOrder(at(1, 2), '!')),
        ("!n", Problem::NativeOnly(at(1, 2), 'n')),
        ("=hP", Problem::NativeOnly(at(2, 3), 'P')),
        ("h2", Problem::CountAlone(at(1, 2))),
        ("99999999999999999999h", Problem::TooLarge(at(0, 1))),
        ("65535sh", Problem::TooLarge(at(6, 7))),
    ] {
        assert_eq!(Format::parse(text), Err(problem), "{text}");
        assert!(!problem.message().to_string().contains('⟨'), "{text}");
    }
    for (text, size) in [("", 0), (" h", 2), ("!\th\nh", 4), ("65535sx", MOST), ("0s", 0), ("!0h", 0)] {
        assert_eq!(Format::parse(text).map(|format| format.size()), Ok(size), "{text}");
    }
    assert!(matches!(Format::parse(&"0s".repeat(LONGEST)), Err(Problem::TooLong(_))));
}

#[test]
fn a_value_that_does_not_fit_is_told_at_its_place() {
    let try_one = |format: &str, values: &[&str]| {
        let format = Format::parse(format).expect(format);
        let taking = format.slots().iter().filter(|slot| slot.takes != Takes::Nothing).collect::<Vec<_>>();
        let read = values.iter().enumerate().map(|(place, text)| {
            taking.get(place).map_or(Ok(Value::Int(0)), |slot| Value::parse(text, slot).map_err(|unfit| Error::Value(place, unfit)))
        });
        read.collect::<Result<Vec<_>, _>>().and_then(|values| format.pack(&values))
    };
    for (format, values, error) in [
        ("!bb", &["0", "200"][..], Error::Value(1, Unfit::Range('b', -128, 127))),
        ("!B", &["-1"], Error::Value(0, Unfit::Range('B', 0, 255))),
        ("!H", &["70000"], Error::Value(0, Unfit::Range('H', 0, 65535))),
        ("!q", &["0x8000000000000000"], Error::Value(0, Unfit::Range('q', i128::from(i64::MIN), i128::from(i64::MAX)))),
        ("!Q", &["999999999999999999999999999999999999999999999"], Error::Value(0, Unfit::Range('Q', 0, i128::from(u64::MAX)))),
        ("!H", &["1.5"], Error::Value(0, Unfit::Int('H'))),
        ("!H", &[""], Error::Value(0, Unfit::Int('H'))),
        ("!e", &["65520"], Error::Value(0, Unfit::Large('e'))),
        ("!f", &["1e39"], Error::Value(0, Unfit::Large('f'))),
        ("!d", &["one"], Error::Value(0, Unfit::Float('d'))),
        ("!?", &["yes"], Error::Value(0, Unfit::Bool)),
        ("c", &["b'ab'"], Error::Value(0, Unfit::OneByte(2))),
        ("5s", &["abc"], Error::Value(0, Unfit::Bytes('s'))),
        ("HH", &["1"], Error::Values { wanted: 2, given: 1 }),
        ("H", &["1", "2"], Error::Values { wanted: 1, given: 2 }),
    ] {
        assert_eq!(try_one(format, values), Err(error.clone()), "{format} {values:?}");
        assert!(!error.message().to_string().contains('⟨'), "{format}");
    }
    let format = Format::parse("!HH").expect("a format");
    assert_eq!(format.unpack(b"abc"), Err(Error::Length { wanted: 4, given: 3 }));
    assert_eq!(format.unpack_some(b"\0\x01c"), [Some(Value::Int(1)), None]);
    assert_eq!(format.unpack(b"abcde"), Err(Error::Length { wanted: 4, given: 5 }));
}

#[test]
fn numbers_are_typed_as_in_python() {
    let format = Format::parse("!q").expect("a format");
    let slot = &format.slots()[0];
    for (text, number) in
        [("7", 7), (" -7 ", -7), ("+7", 7), ("0x1F", 31), ("0b101", 5), ("0o17", 15), ("1_000", 1000), ("0x_f", 15), ("00", 0)]
    {
        assert_eq!(Value::parse(text, slot), Ok(Value::Int(number)), "{text}");
    }
    for text in ["", "-", "0x", "_1", "1_", "1__0", "010", "1e3", "seven", "7.0", "- 7", "+-7"] {
        assert_eq!(Value::parse(text, slot), Err(Unfit::Int('q')), "{text}");
    }
}

#[test]
fn what_s_and_p_cut_off_is_counted() {
    let format = Format::parse("2s3p0p").expect("a format");
    let value = Value::Bytes(b"abcd".to_vec());
    assert_eq!(format.slots().iter().map(|slot| value.cut(slot)).collect::<Vec<_>>(), [2, 2, 4]);
}

#[test]
fn a_byte_belongs_to_one_slot() {
    let format = Format::parse("@bIx2h").expect("a format");
    let of = (0..format.size() + 2).map(|offset| format.slot_at(offset).map(|place| format.slots()[place].code)).collect::<Vec<_>>();
    let codes = of.iter().map(|code| code.unwrap_or('-')).collect::<String>();
    assert_eq!(codes, "b   IIIIx hhhh--");
    assert_eq!(format.slots().iter().map(|slot| slot.item).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 3, 3]);
    assert_eq!(reorder("@bI", Order::Network), "!bI");
    assert_eq!(reorder("bI", Order::Little), "<bI");
}

/// A format that is one, and values for it.
fn any_format() -> impl Strategy<Value = (String, Vec<u8>)> {
    let items = proptest::collection::vec((0..20_usize, proptest::sample::select(codes().collect::<Vec<_>>())), 0..12);
    let order = proptest::sample::select(vec!["", "@", "=", "<", ">", "!"]);
    (order, items, proptest::collection::vec(any::<u8>(), 2048)).prop_map(|(order, items, bytes)| {
        let native = matches!(order, "" | "@");
        let items = items.into_iter().filter(|(count, code)| (native || !"nNP".contains(*code)) && (*code != 'p' || *count > 0));
        (std::iter::once(order.to_owned()).chain(items.map(|(count, code)| format!("{count}{code}"))).collect::<String>(), bytes)
    })
}

proptest! {
    #[test]
    fn what_is_unpacked_packs_again((text, bytes) in any_format()) {
        let format = Format::parse(&text).expect("made to be one");
        let bytes = &bytes[..format.size()];
        let values = format.unpack(bytes).expect("as many as it has");
        let again = format.unpack(&format.pack(&values).expect("they came from there")).expect("as many");
        // A number that is none is not even itself.
        prop_assert_eq!(values.iter().map(Value::written).collect::<Vec<_>>(), again.iter().map(Value::written).collect::<Vec<_>>());
        let typed = format.slots().iter().filter(|slot| slot.takes != Takes::Nothing).zip(&values).map(|(slot, value)| Value::parse(&value.written(), slot));
        let typed = typed.collect::<Result<Vec<_>, _>>().expect("what is written can be typed");
        let typed = format.unpack(&format.pack(&typed).expect("the same values")).expect("as many");
        prop_assert_eq!(values.iter().map(Value::written).collect::<Vec<_>>(), typed.iter().map(Value::written).collect::<Vec<_>>());
    }

    #[test]
    fn any_format_and_bytes_are_taken_or_refused(text: String, codes in "[@=<>!]?([0-9]{0,6}[xcbB?hHiIlLqQnNefdspP ]){0,9}", bytes: Vec<u8>, typed: String) {
        for text in [text, codes] {
            let Ok(format) = Format::parse(&text) else { continue };
            prop_assert!(format.size() <= MOST && format.slots().len() <= MOST + 2 * LONGEST);
            let end = format.slots().iter().try_fold(0, |end, slot| (slot.offset == end).then_some(end + slot.length));
            prop_assert_eq!(end, Some(format.size()), "no gaps");
            format.unpack_some(&bytes);
            let values = format.slots().iter().filter_map(|slot| Value::parse(&typed, slot).ok()).collect::<Vec<_>>();
            if let Ok(packed) = format.pack(&values) {
                prop_assert_eq!(packed.len(), format.size());
            }
        }
    }
}
