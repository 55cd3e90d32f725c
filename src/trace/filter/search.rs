//! Bytes within bytes, as a filter looks for them in millions of payloads.

/// Whether `bytes` holds `wanted`.
pub(super) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

/// Whether `bytes` holds `wanted`, which is in lower case, with its ASCII letters in either case.
pub(super) fn holds_in_any_case(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some((first, _)) = wanted.split_first() else { return true };
    let fits = |at: usize| bytes.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted));
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), bytes).any(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(bytes in "[aAbB\\x00é]{0,12}", wanted in "[ab\\x00é]{0,3}") {
            let plain = bytes.to_ascii_lowercase().contains(&wanted);
            prop_assert_eq!(holds_in_any_case(bytes.as_bytes(), wanted.as_bytes()), plain);
            prop_assert_eq!(holds(bytes.as_bytes(), wanted.as_bytes()), bytes.contains(&wanted));
        }
    }
}
