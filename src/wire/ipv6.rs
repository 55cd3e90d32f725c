//! IPv6 addresses by hand: long and short, prefixes, what an address is for, whom a group reaches, and what is hidden in its last half.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::ipv4::Purpose;
use crate::text;
use crate::text::Message;

/// An address as eight groups of four digits. [`Ipv6Addr`]'s own form is the short one of RFC 5952.
pub fn long(address: Ipv6Addr) -> String {
    address.segments().map(|group| format!("{group:04x}")).join(":")
}

/// A network: all addresses that share their first bits with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// An address in it.
    pub address: Ipv6Addr,
    /// How many bits they share, at most 128.
    pub prefix: u8,
}

impl Network {
    const fn bits(self) -> u128 {
        match self.prefix {
            0 => 0,
            1..128 => u128::MAX << (128 - self.prefix),
            _ => u128::MAX,
        }
    }

    /// Its first address.
    pub const fn first(self) -> Ipv6Addr {
        Ipv6Addr::from_bits(self.address.to_bits() & self.bits())
    }

    /// Its last address.
    pub const fn last(self) -> Ipv6Addr {
        Ipv6Addr::from_bits(self.address.to_bits() | !self.bits())
    }

    /// Whether `other` is in it.
    pub const fn contains(self, other: Ipv6Addr) -> bool {
        other.to_bits() & self.bits() == self.first().to_bits()
    }
}

macro_rules! purposes {
    ($($first:literal : $second:literal, $bits:literal / $prefix:literal: $name:literal, $sentence:literal, $source:literal;)*) => {
        /// All purposes, the smaller networks first (RFC 4291, section 2.4, and IANA's registry).
        static PURPOSES: &[Purpose<Network>] = &[$(Purpose {
            network: Network { address: Ipv6Addr::new($first, $second, 0, 0, 0, $bits, 0, 0), prefix: $prefix },
            name: || text!($name),
            sentence: || text!($sentence),
            source: $source,
        },)*];
    };
}

purposes! {
    0 : 0, 0xffff / 96: "wire-ipv6-mapped", "wire-ipv6-mapped-why", "RFC 4291";
    0x64 : 0xff9b, 0 / 96: "wire-ipv6-translated", "wire-ipv6-translated-why", "RFC 6052";
    0x2001 : 0, 0 / 32: "wire-ipv6-teredo", "wire-ipv6-teredo-why", "RFC 4380";
    0x2001 : 0xdb8, 0 / 32: "wire-ipv6-documentation", "wire-ipv6-documentation-why", "RFC 3849";
    0x2002 : 0, 0 / 16: "wire-ipv6-6to4", "wire-ipv6-6to4-why", "RFC 3056";
    0xfe80 : 0, 0 / 10: "wire-ipv6-link", "wire-ipv6-link-why", "RFC 4291";
    0xff00 : 0, 0 / 8: "wire-ipv6-multicast", "wire-ipv6-multicast-why", "RFC 4291";
    0xfc00 : 0, 0 / 7: "wire-ipv6-local", "wire-ipv6-local-why", "RFC 4193";
    0x2000 : 0, 0 / 3: "wire-ipv6-global", "wire-ipv6-global-why", "RFC 4291";
}

static UNSPECIFIED: Purpose<Network> = Purpose {
    network: Network { address: Ipv6Addr::UNSPECIFIED, prefix: 128 },
    name: || text!("wire-ipv6-unspecified"),
    sentence: || text!("wire-ipv6-unspecified-why"),
    source: "RFC 4291",
};

static LOOPBACK: Purpose<Network> = Purpose {
    network: Network { address: Ipv6Addr::LOCALHOST, prefix: 128 },
    name: || text!("wire-ipv6-loopback"),
    sentence: || text!("wire-ipv6-loopback-why"),
    source: "RFC 4291",
};

/// What this address is for; nothing where it is given to nobody.
pub fn purpose(address: Ipv6Addr) -> Option<&'static Purpose<Network>> {
    [&UNSPECIFIED, &LOOPBACK].into_iter().chain(PURPOSES).find(|purpose| purpose.network.contains(address))
}

/// Whom a group reaches (RFC 7346, section 2), for an address that is a group.
pub fn reach(address: Ipv6Addr) -> Option<Message> {
    let [first, second, ..] = address.octets();
    (first == 0xff).then(|| match second & 0xf {
        1 => text!("wire-ipv6-reach-interface"),
        2 => text!("wire-ipv6-reach-link"),
        3 | 4 => text!("wire-ipv6-reach-realm"),
        5 => text!("wire-ipv6-reach-site"),
        8 => text!("wire-ipv6-reach-organization"),
        0xe => text!("wire-ipv6-reach-global"),
        _ => text!("wire-ipv6-reach-other"),
    })
}

/// The IPv4 address within one that is mapped, translated or 6to4.
pub fn within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = address.to_bits();
    let last = Ipv4Addr::from_bits(bits as u32);
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(last),
        [0x2002, ..] => Some(Ipv4Addr::from_bits((bits >> 80) as u32)),
        _ => None,
    }
}

/// The hardware address from which the last half seems to be made (RFC 4291, appendix A): `ff:fe` stands in its middle, and one bit is turned over.
pub fn hardware(address: Ipv6Addr) -> Option<String> {
    let [.., first, second, third, 0xff, 0xfe, fourth, fifth, last] = address.octets() else { return None };
    Some([first ^ 2, second, third, fourth, fifth, last].map(|byte| format!("{byte:02x}")).join(":"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Ipv6Addr {
        text.parse().expect(text)
    }

    #[test]
    fn addresses_are_written_long_and_short() {
        for (typed, short, written) in [
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "2001:0db8:0000:0000:0001:0000:0000:0001"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "2001:0db8:0000:0001:0001:0001:0001:0001"),
            ("0:0:0:0:0:0:0:1", "::1", "0000:0000:0000:0000:0000:0000:0000:0001"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1", "0000:0000:0000:0000:0000:ffff:c000:0201"),
        ] {
            assert_eq!((of(typed).to_string().as_str(), long(of(typed)).as_str()), (short, written));
        }
    }

    #[test]
    fn purposes_reaches_and_what_is_within() {
        for (text, key) in [
            ("::", "wire-ipv6-unspecified"),
            ("::1", "wire-ipv6-loopback"),
            ("::ffff:1.2.3.4", "wire-ipv6-mapped"),
            ("fe80::1", "wire-ipv6-link"),
            ("febf::1", "wire-ipv6-link"),
            ("fd00::1", "wire-ipv6-local"),
            ("ff02::1", "wire-ipv6-multicast"),
            ("2001:db8::1", "wire-ipv6-documentation"),
            ("2001:4860:4860::8888", "wire-ipv6-global"),
            ("2002:c000:201::", "wire-ipv6-6to4"),
        ] {
            assert_eq!(purpose(of(text)).map(|purpose| (purpose.name)().key().to_owned()).as_deref(), Some(key), "{text}");
        }
        assert!(purpose(of("4000::")).is_none() && purpose(of("::2")).is_none());
        assert_eq!(reach(of("ff02::1")).map(|reach| reach.key().to_owned()).as_deref(), Some("wire-ipv6-reach-link"));
        assert_eq!(reach(of("fe80::1")), None);
        assert_eq!(within(of("::ffff:192.0.2.1")), Some(Ipv4Addr::new(192, 0, 2, 1)));
        assert_eq!(within(of("2002:c000:201::")), Some(Ipv4Addr::new(192, 0, 2, 1)));
        assert_eq!(within(of("::1")), None);
        assert_eq!(hardware(of("fe80::21a:2bff:fe3c:4d5e")).as_deref(), Some("00:1a:2b:3c:4d:5e"));
        assert_eq!(hardware(of("fe80::1")), None);
    }

    #[test]
    fn a_prefix_makes_a_network() {
        let network = Network { address: of("2001:db8:1:2:3::4"), prefix: 48 };
        assert_eq!((network.first(), network.last()), (of("2001:db8:1::"), of("2001:db8:1:ffff:ffff:ffff:ffff:ffff")));
    }

    proptest! {
        #[test]
        fn any_address_keeps_its_bits(bits: u128, prefix in 0..=128_u8) {
            let address = Ipv6Addr::from_bits(bits);
            prop_assert_eq!(long(address).parse(), Ok(address));
            let network = Network { address, prefix };
            prop_assert!(network.contains(address) && network.first() <= address && address <= network.last());
            // Whatever they find, they find it without harm.
            let _found = (purpose(address), reach(address), within(address), hardware(address));
        }
    }
}
