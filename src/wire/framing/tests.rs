//! The same messages whichever way a stream is cut, what goes in comes out, and nothing grows without bound.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

const ALPHABET: &[u8] = b"ab\r\n\0\x01\x02\x05|";

fn any_framing() -> impl Strategy<Value = Framing> {
    let width = prop::sample::select(Width::ALL.to_vec());
    let header = (width, any::<bool>(), any::<bool>()).prop_map(|(width, big, counts_itself)| {
        Framing::Length(Header { width, order: if big { Order::Big } else { Order::Little }, counts_itself })
    });
    prop_oneof![
        (0_u32..40).prop_map(Framing::Fixed),
        prop::collection::vec(prop::sample::select(b"ab".to_vec()), 0..5).prop_map(Framing::Delimiter),
        header,
        Just(Framing::Line(LineEnd::Lf)),
        Just(Framing::Line(LineEnd::CrLf)),
    ]
}

fn any_bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![4 => prop::sample::select(ALPHABET.to_vec()), 1 => any::<u8>()], 0..most)
}

/// Everything that came out, in order; `Err` for what is broken.
type Told = Vec<Result<Vec<u8>, Broken>>;

fn told<'piece>(framing: &Framing, most: u32, pieces: impl IntoIterator<Item = &'piece [u8]>) -> Told {
    let mut decoder = Decoder::new(framing, most);
    let mut told = Vec::new();
    for piece in pieces {
        decoder.feed(piece);
        while let Some(event) = decoder.take() {
            told.push(match event {
                Event::Message(message) => Ok(message.to_vec()),
                Event::Broken(broken) => Err(broken),
            });
        }
        // What is under way, its frame, and the piece.
        assert!(decoder.held() <= most as usize + MOST_DELIMITER + 8 + piece.len(), "{} B held", decoder.held());
    }
    told.extend(decoder.unfinished().map(Err));
    told
}

fn messages(framing: &Framing, stream: &[u8]) -> Told {
    told(framing, MOST_MESSAGE, [stream])
}

#[test]
fn each_framing_gives_its_messages() {
    let ok = |words: &[&str]| words.iter().map(|word| Ok(word.as_bytes().to_vec())).collect::<Told>();
    assert_eq!(messages(&Framing::Fixed(4), b"abcdef\0\0\0\0\0\0"), ok(&["abcd", "ef", ""]));
    assert_eq!(messages(&Framing::Delimiter(b"||".to_vec()), b"a||b|c||||"), ok(&["a", "b|c", ""]));
    assert_eq!(messages(&Framing::Line(LineEnd::Lf), b"one\r\ntwo\n"), ok(&["one\r", "two"]));
    assert_eq!(messages(&Framing::Line(LineEnd::CrLf), b"one\r\nt\nwo\r\n"), ok(&["one", "t\nwo"]));
    let header = |width, order, counts_itself| Framing::Length(Header { width, order, counts_itself });
    assert_eq!(messages(&header(Width::Two, Order::Big, false), b"\0\x02ab\0\0\0\x01c"), ok(&["ab", "", "c"]));
    assert_eq!(messages(&header(Width::Four, Order::Little, true), b"\x06\0\0\0ab\x04\0\0\0"), ok(&["ab", ""]));
    assert_eq!(messages(&header(Width::Eight, Order::Big, false), b"\0\0\0\0\0\0\0\x01z"), ok(&["z"]));
    assert_eq!(messages(&Framing::None, b"all of it"), ok(&["all of it"]));
}

#[test]
fn what_is_broken_is_told_and_passed_over() {
    let line = Framing::Line(LineEnd::Lf);
    let long = Broken::NoDelimiter { message: 2, delimiter: b"\n".to_vec(), most: 4 };
    let unfinished = Broken::Unfinished { message: 4, came: 2, expected: None, delimiter: Some(b"\n".to_vec()) };
    let expected = vec![Ok(b"abcd".to_vec()), Err(long), Ok(b"ok".to_vec()), Err(unfinished)];
    assert_eq!(told(&line, 4, [&b"abcd\nabcde and more\nok\nxy"[..]]), expected);

    let header = Framing::Length(Header { width: Width::One, order: Order::Big, counts_itself: true });
    let small = Broken::Header { message: 1, said: 0, least: 1 };
    let long = Broken::Long { message: 2, length: 5, most: 4 };
    let unfinished = Broken::Unfinished { message: 4, came: 2, expected: Some(3), delimiter: None };
    let expected = vec![Err(small), Err(long), Ok(b"ok".to_vec()), Err(unfinished)];
    assert_eq!(told(&header, 4, [&b"\0\x06abcde\x03ok\x03x"[..]]), expected);

    // A number that says more than will ever come, and one that would overflow.
    let eight = Framing::Length(Header { width: Width::Eight, order: Order::Big, counts_itself: false });
    let told = told(&eight, 4, [&[0xff; 8][..], &[0; 4096][..]]);
    assert_eq!(told, vec![Err(Broken::Long { message: 1, length: u64::MAX - 8, most: 4 })]);
}

#[test]
fn what_the_receiver_would_not_get_is_refused() {
    assert_eq!(Framing::Line(LineEnd::Lf).encode(b"a\nb"), Err(Unfit::Delimiter(b"\n".to_vec())));
    // The delimiter would be found a byte too early.
    assert!(Framing::Delimiter(b"aa".to_vec()).encode(b"ba").is_err());
    assert_eq!(Framing::Fixed(3).encode(b"abcd"), Err(Unfit::Long { length: 4, most: 3 }));
    let one = |counts_itself| Framing::Length(Header { width: Width::One, order: Order::Big, counts_itself });
    assert!(one(false).encode(&[0; 255]).is_ok());
    assert_eq!(one(true).encode(&[0; 255]), Err(Unfit::Long { length: 255, most: 254 }));
}

#[test]
fn every_sentence_is_there() {
    let broken = [
        Broken::NoDelimiter { message: 1, delimiter: b"\r\n".to_vec(), most: 4 },
        Broken::Long { message: 2, length: 9, most: 4 },
        Broken::Header { message: 3, said: 0, least: 2 },
        Broken::Unfinished { message: 1, came: 1, expected: Some(2), delimiter: None },
        Broken::Unfinished { message: 1, came: 1, expected: None, delimiter: None },
        Broken::Unfinished { message: 1, came: 1, expected: None, delimiter: Some(b"|".to_vec()) },
    ];
    let unfit = [Unfit::Long { length: 3, most: 2 }, Unfit::Delimiter(b"|".to_vec())];
    for message in broken.iter().map(Broken::message).chain(unfit.iter().map(Unfit::message)) {
        for language in crate::text::Language::ALL {
            assert!(!message.in_language(language).contains('⟨'), "{message}");
        }
    }
}

proptest! {
    #[test]
    fn the_pieces_of_a_stream_change_nothing(framing in any_framing(), stream in any_bytes(300), sizes in prop::collection::vec(1_usize..20, 1..20), most in 0_u32..40) {
        let mut pieces = Vec::new();
        let mut rest = stream.as_slice();
        for size in sizes.iter().cycle() {
            let (piece, later) = rest.split_at(*size.min(&rest.len()));
            pieces.push(piece);
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        // Without any framing, or a delimiter of nothing, a piece is a message.
        prop_assume!(!matches!(&framing, Framing::Delimiter(delimiter) if delimiter.is_empty()));
        prop_assert_eq!(told(&framing, most, pieces), told(&framing, most, [stream.as_slice()]));
    }

    #[test]
    fn what_is_framed_comes_out_again(framing in any_framing(), sent in prop::collection::vec(any_bytes(60), 0..8)) {
        prop_assume!(!matches!(&framing, Framing::Delimiter(delimiter) if delimiter.is_empty()));
        let mut stream = Vec::new();
        let mut expected = Told::new();
        for message in &sent {
            let Ok(frame) = framing.encode(message) else { continue };
            if frame.is_empty() {
                // Of frames of no length nothing can be told.
                continue;
            }
            stream.extend_from_slice(&frame);
            let filled = matches!(framing, Framing::Fixed(_));
            let end = message.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            expected.push(Ok(if filled { message[..end].to_vec() } else { message.clone() }));
        }
        prop_assert_eq!(messages(&framing, &stream), expected);
    }

    #[test]
    fn a_cutter_goes_on_from_where_it_was(framing in any_framing(), stream in any_bytes(200), at in 0_usize..200) {
        let mut whole = Cutter::new(Arc::new(framing), 30);
        let (before, after) = stream.split_at(at.min(stream.len()));
        let mut rest = before;
        while let Some(cut) = whole.cut(rest) {
            rest = &rest[cut.taken..];
        }
        let mut again = Cutter::new(Arc::clone(whole.framing()), 30).at(whole.state());
        let mut rest = after;
        while let Some(cut) = whole.cut(rest) {
            prop_assert_eq!(again.cut(rest), Some(cut.clone()));
            rest = &rest[cut.taken..];
        }
    }
}
