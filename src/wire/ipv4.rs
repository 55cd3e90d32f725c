//! IPv4 addresses by hand: classes, masks and prefixes, networks and their hosts, and what an address is kept for.

use std::net::Ipv4Addr;

use crate::text;
use crate::text::Message;

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It has so many numbers, and needs four.
    Numbers(usize),
    /// The number of this place, counted from 1, is no number from 0 to 255; how it is written.
    Number(usize, String),
    /// The number of this place begins with a 0, which some read as octal (RFC 6943, section 3.1.1).
    Zero(usize, String),
}

impl AddressError {
    /// The sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Numbers(count) => text!("wire-ipv4-numbers", count = *count),
            Self::Number(place, number) => text!("wire-ipv4-number", place = *place, number = number.as_str()),
            Self::Zero(place, number) => text!("wire-ipv4-zero", place = *place, number = number.as_str()),
        }
    }
}

/// The address in `text`, which is written as four numbers with points between them.
///
/// # Errors
/// What of it is wrong.
pub fn parse(text: &str) -> Result<Ipv4Addr, AddressError> {
    let numbers = text.trim().split('.').collect::<Vec<_>>();
    let mut octets = [0; 4];
    if numbers.len() != octets.len() {
        let count = if text.trim().is_empty() { 0 } else { numbers.len() };
        return Err(AddressError::Numbers(count));
    }
    for (place, (octet, number)) in octets.iter_mut().zip(numbers).enumerate() {
        let excerpt = || number.chars().take(12).collect::<String>();
        let is_digits = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
        *octet = number.parse().ok().filter(|_| is_digits).ok_or_else(|| AddressError::Number(place + 1, excerpt()))?;
        if number.len() > 1 && number.starts_with('0') {
            return Err(AddressError::Zero(place + 1, excerpt()));
        }
    }
    Ok(Ipv4Addr::from(octets))
}

/// The bits of a mask of this prefix, which is at most 32.
const fn bits(prefix: u8) -> u32 {
    match prefix {
        0 => 0,
        1..32 => u32::MAX << (32 - prefix),
        _ => u32::MAX,
    }
}

/// The mask of this prefix: 26 is 255.255.255.192.
pub const fn mask(prefix: u8) -> Ipv4Addr {
    Ipv4Addr::from_bits(bits(prefix))
}

/// The prefix of a mask; none where a one stands behind a zero.
pub const fn prefix(mask: Ipv4Addr) -> Option<u8> {
    let ones = mask.to_bits().leading_ones() as u8;
    if bits(ones) == mask.to_bits() { Some(ones) } else { None }
}

/// A network: all addresses that share their first bits with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// An address in it.
    pub address: Ipv4Addr,
    /// How many bits they share, at most 32.
    pub prefix: u8,
}

impl Network {
    /// Its first address, which stands for it.
    pub const fn first(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.address.to_bits() & bits(self.prefix))
    }

    /// Its last address.
    pub const fn last(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.address.to_bits() | !bits(self.prefix))
    }

    /// The address that reaches all of its hosts; none where it has no room for one.
    pub const fn broadcast(self) -> Option<Ipv4Addr> {
        if self.prefix < 31 { Some(self.last()) } else { None }
    }

    /// The first and the last address that a host can have.
    pub const fn hosts(self) -> (Ipv4Addr, Ipv4Addr) {
        if self.prefix < 31 {
            (Ipv4Addr::from_bits(self.first().to_bits() + 1), Ipv4Addr::from_bits(self.last().to_bits() - 1))
        } else {
            (self.first(), self.last())
        }
    }

    /// How many addresses it has.
    pub const fn size(self) -> u64 {
        1 << (32 - if self.prefix < 32 { self.prefix } else { 32 })
    }

    /// How many hosts it can have.
    pub const fn count(self) -> u64 {
        if self.prefix < 31 { self.size() - 2 } else { self.size() }
    }

    /// Why as many.
    pub fn why(self) -> Message {
        match self.prefix {
            31 => text!("wire-ipv4-why-31"),
            32.. => text!("wire-ipv4-why-32"),
            _ => text!("wire-ipv4-why", addresses = self.size().to_string()),
        }
    }

    /// Whether `other` is in it.
    pub const fn contains(self, other: Ipv4Addr) -> bool {
        other.to_bits() & bits(self.prefix) == self.first().to_bits()
    }
}

/// A class of addresses, as they were before prefixes (RFC 791, section 3.2; RFC 1112, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 8 bits of network.
    A,
    /// 16 bits.
    B,
    /// 24 bits.
    C,
    /// Groups.
    D,
    /// Kept for later.
    E,
}

impl Class {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::D, Self::E];

    /// The class of an address, by its first bits.
    pub const fn of(address: Ipv4Addr) -> Self {
        match address.to_bits().leading_ones() {
            0 => Self::A,
            1 => Self::B,
            2 => Self::C,
            3 => Self::D,
            _ => Self::E,
        }
    }

    /// Its letter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }

    /// The bits its addresses begin with.
    pub const fn lead(self) -> &'static str {
        match self {
            Self::A => "0",
            Self::B => "10",
            Self::C => "110",
            Self::D => "1110",
            Self::E => "1111",
        }
    }

    /// Its first and its last address.
    pub fn range(self) -> (Ipv4Addr, Ipv4Addr) {
        let length = self.lead().len() as u8;
        let ones = length - u8::from(self != Self::E);
        let network = Network { address: Ipv4Addr::from_bits(bits(ones)), prefix: length };
        (network.first(), network.last())
    }

    /// How many bits of its addresses are the network's; none where they are no networks.
    pub const fn prefix(self) -> Option<u8> {
        match self {
            Self::A => Some(8),
            Self::B => Some(16),
            Self::C => Some(24),
            Self::D | Self::E => None,
        }
    }

    /// How many networks it has. Of class A the first (this network) and the last (loopback) are none.
    pub fn networks(self) -> Option<u64> {
        let free = self.prefix()? - self.lead().len() as u8;
        Some((1 << free) - if self == Self::A { 2 } else { 0 })
    }

    /// How many hosts each of them can have.
    pub fn hosts(self) -> Option<u64> {
        let (address, _) = self.range();
        Some(Network { address, prefix: self.prefix()? }.count())
    }
}

/// What the addresses of a network, of either version, are kept for, and where that is said (IANA's registries of special addresses).
#[derive(Debug)]
pub struct Purpose<N> {
    /// Their network.
    pub network: N,
    /// What for.
    pub name: fn() -> Message,
    /// What follows for whoever has one.
    pub sentence: fn() -> Message,
    /// Where that is said.
    pub source: &'static str,
}

macro_rules! purposes {
    ($($a:literal . $b:literal . $c:literal . $d:literal / $prefix:literal: $name:literal, $sentence:literal, $source:literal;)*) => {
        /// All that are kept for something, the smaller networks first.
        pub static PURPOSES: &[Purpose<Network>] = &[$(Purpose {
            network: Network { address: Ipv4Addr::new($a, $b, $c, $d), prefix: $prefix },
            name: || text!($name),
            sentence: || text!($sentence),
            source: $source,
        },)*];
    };
}

purposes! {
    255 . 255 . 255 . 255 / 32: "wire-ipv4-limited", "wire-ipv4-limited-why", "RFC 919";
    192 . 0 . 2 . 0 / 24: "wire-ipv4-documentation", "wire-ipv4-documentation-why", "RFC 5737";
    198 . 51 . 100 . 0 / 24: "wire-ipv4-documentation", "wire-ipv4-documentation-why", "RFC 5737";
    203 . 0 . 113 . 0 / 24: "wire-ipv4-documentation", "wire-ipv4-documentation-why", "RFC 5737";
    192 . 0 . 0 . 0 / 24: "wire-ipv4-protocols", "wire-ipv4-protocols-why", "RFC 6890";
    192 . 168 . 0 . 0 / 16: "wire-ipv4-private", "wire-ipv4-private-why", "RFC 1918";
    169 . 254 . 0 . 0 / 16: "wire-ipv4-link", "wire-ipv4-link-why", "RFC 3927";
    198 . 18 . 0 . 0 / 15: "wire-ipv4-benchmark", "wire-ipv4-benchmark-why", "RFC 2544";
    172 . 16 . 0 . 0 / 12: "wire-ipv4-private", "wire-ipv4-private-why", "RFC 1918";
    100 . 64 . 0 . 0 / 10: "wire-ipv4-shared", "wire-ipv4-shared-why", "RFC 6598";
    10 . 0 . 0 . 0 / 8: "wire-ipv4-private", "wire-ipv4-private-why", "RFC 1918";
    127 . 0 . 0 . 0 / 8: "wire-ipv4-loopback", "wire-ipv4-loopback-why", "RFC 1122";
    0 . 0 . 0 . 0 / 8: "wire-ipv4-this", "wire-ipv4-this-why", "RFC 1122";
    224 . 0 . 0 . 0 / 4: "wire-ipv4-multicast", "wire-ipv4-multicast-why", "RFC 5771";
    240 . 0 . 0 . 0 / 4: "wire-ipv4-reserved", "wire-ipv4-reserved-why", "RFC 1112";
}

/// What this address is kept for; nothing where it is one of all others.
pub fn purpose(address: Ipv4Addr) -> Option<&'static Purpose<Network>> {
    PURPOSES.iter().find(|purpose| purpose.network.contains(address))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(text: &str) -> Network {
        let (address, prefix) = text.split_once('/').expect("a prefix");
        Network { address: parse(address).expect(text), prefix: prefix.parse().expect(text) }
    }

    #[test]
    fn networks_are_what_the_tutorials_say() {
        for (text, first, last, mask_of, hosts, (one, other)) in [
            ("192.168.10.77/26", "192.168.10.64", "192.168.10.127", "255.255.255.192", 62, ("192.168.10.65", "192.168.10.126")),
            ("192.168.1.15/24", "192.168.1.0", "192.168.1.255", "255.255.255.0", 254, ("192.168.1.1", "192.168.1.254")),
            ("10.1.2.3/8", "10.0.0.0", "10.255.255.255", "255.0.0.0", 16_777_214, ("10.0.0.1", "10.255.255.254")),
            ("172.16.5.4/16", "172.16.0.0", "172.16.255.255", "255.255.0.0", 65_534, ("172.16.0.1", "172.16.255.254")),
            ("1.2.3.4/0", "0.0.0.0", "255.255.255.255", "0.0.0.0", 4_294_967_294, ("0.0.0.1", "255.255.255.254")),
            ("1.2.3.5/31", "1.2.3.4", "1.2.3.5", "255.255.255.254", 2, ("1.2.3.4", "1.2.3.5")),
            ("1.2.3.5/32", "1.2.3.5", "1.2.3.5", "255.255.255.255", 1, ("1.2.3.5", "1.2.3.5")),
        ] {
            let network = network(text);
            let shown = [network.first(), network.last(), mask(network.prefix), network.hosts().0, network.hosts().1];
            assert_eq!(shown.map(|address| address.to_string()), [first, last, mask_of, one, other], "{text}");
            assert_eq!(network.count(), hosts, "{text}");
            assert_eq!(network.broadcast().is_some(), network.prefix < 31, "{text}");
        }
    }

    #[test]
    fn classes_are_those_of_the_tutorials() {
        let rows = Class::ALL
            .map(|class| (class.name(), class.range().0.to_string(), class.range().1.to_string(), class.networks(), class.hosts()));
        let expected = [
            ("A", "0.0.0.0", "127.255.255.255", Some(126), Some(16_777_214)),
            ("B", "128.0.0.0", "191.255.255.255", Some(16_384), Some(65_534)),
            ("C", "192.0.0.0", "223.255.255.255", Some(2_097_152), Some(254)),
            ("D", "224.0.0.0", "239.255.255.255", None, None),
            ("E", "240.0.0.0", "255.255.255.255", None, None),
        ];
        assert_eq!(rows, expected.map(|(name, first, last, networks, hosts)| (name, first.to_owned(), last.to_owned(), networks, hosts)));
    }

    #[test]
    fn purposes_are_found_and_the_smallest_network_says_them() {
        let why = |text: &str| purpose(parse(text).expect(text)).map(|purpose| (purpose.name)().key().to_owned());
        for (address, key) in [
            ("10.0.0.0", "wire-ipv4-private"),
            ("10.255.255.255", "wire-ipv4-private"),
            ("172.16.0.0", "wire-ipv4-private"),
            ("172.31.255.255", "wire-ipv4-private"),
            ("192.168.255.255", "wire-ipv4-private"),
            ("127.0.0.1", "wire-ipv4-loopback"),
            ("169.254.7.7", "wire-ipv4-link"),
            ("224.0.0.1", "wire-ipv4-multicast"),
            ("255.255.255.255", "wire-ipv4-limited"),
            ("255.255.255.254", "wire-ipv4-reserved"),
            ("192.0.2.1", "wire-ipv4-documentation"),
            ("0.0.0.0", "wire-ipv4-this"),
            ("100.127.255.255", "wire-ipv4-shared"),
        ] {
            assert_eq!(why(address).as_deref(), Some(key), "{address}");
        }
        for address in ["8.8.8.8", "172.32.0.0", "172.15.255.255", "11.0.0.0", "100.128.0.0", "192.169.0.0", "128.0.0.1"] {
            assert_eq!(why(address), None, "{address}");
        }
        assert!(PURPOSES.is_sorted_by(|one, other| one.network.prefix >= other.network.prefix));
    }

    #[test]
    fn a_wrong_address_says_which_number() {
        for (text, error) in [
            ("", AddressError::Numbers(0)),
            ("1.2.3", AddressError::Numbers(3)),
            ("1.2.3.4.5", AddressError::Numbers(5)),
            ("1.2.3.256", AddressError::Number(4, "256".to_owned())),
            ("1..3.4", AddressError::Number(2, String::new())),
            ("a.2.3.4", AddressError::Number(1, "a".to_owned())),
            ("1.+2.3.4", AddressError::Number(2, "+2".to_owned())),
            ("1.2.03.4", AddressError::Zero(3, "03".to_owned())),
        ] {
            assert_eq!(parse(text), Err(error.clone()), "{text}");
            assert!(!error.message().to_string().contains('⟨'), "{text}");
        }
    }

    proptest! {
        #[test]
        fn prefix_and_mask_are_each_others(bits: u32) {
            let mask_of = Ipv4Addr::from_bits(bits);
            match prefix(mask_of) {
                Some(length) => prop_assert_eq!(mask(length), mask_of),
                None => prop_assert!((0..=32).all(|length| mask(length) != mask_of)),
            }
            for length in 0..=32 {
                prop_assert_eq!(prefix(mask(length)), Some(length));
                let network = Network { address: mask_of, prefix: length };
                prop_assert!(network.contains(mask_of) && network.first() <= mask_of && mask_of <= network.last());
                prop_assert_eq!(network.size(), u64::from(network.last().to_bits() - network.first().to_bits()) + 1);
            }
        }

        #[test]
        fn any_text_is_read_as_the_library_reads_it(text: String, numbers in "[0-9]{0,4}(\\.[0-9]{0,4}){0,4}") {
            for text in [text, numbers] {
                prop_assert_eq!(parse(&text).ok(), text.trim().parse::<Ipv4Addr>().ok());
            }
        }
    }
}
