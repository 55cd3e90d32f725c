//! The addresses of this computer, and who can reach a socket that is bound to one of them.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::sys;
use crate::text;
use crate::text::Message;

/// An address of this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAddress {
    /// The name of the interface that has it, as `eth0`; empty for an address that stands for all.
    pub interface: String,
    /// The address.
    pub address: IpAddr,
}

/// Who can reach a socket that is bound to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Programs on this computer alone.
    Computer,
    /// Whoever is in the network of that interface.
    Network,
    /// Whoever reaches any address of this computer.
    All,
}

impl Reach {
    /// Who can reach this address.
    pub const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            address if address.is_loopback() => Self::Computer,
            address if address.is_unspecified() => Self::All,
            _ => Self::Network,
        }
    }

    /// In words.
    pub const fn message(self) -> Message {
        match self {
            Self::Computer => text!("net-reach-computer"),
            Self::Network => text!("net-reach-network"),
            Self::All => text!("net-reach-all"),
        }
    }
}

/// The addresses a socket of this computer can be bound to: loopback first, then those of the interfaces that are up, then those that stand for all.
/// Addresses of a link alone (`fe80::`, `169.254.`) are left out: they mean nothing without their interface.
///
/// # Errors
/// The system's, where it does not tell its interfaces.
pub fn own_addresses() -> io::Result<Vec<OwnAddress>> {
    Ok(arrange(sys::interface_addresses()?))
}

fn arrange(interfaces: Vec<(String, IpAddr)>) -> Vec<OwnAddress> {
    let is_of_link = |address: IpAddr| match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    };
    let own = |(interface, address)| OwnAddress { interface, address };
    let mut addresses = interfaces.into_iter().filter(|(_, address)| !is_of_link(*address)).map(own).collect::<Vec<_>>();
    let all = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
    let all = all.into_iter().filter(|all| addresses.iter().any(|known| known.address.is_ipv4() == all.is_ipv4())).collect::<Vec<_>>();
    addresses.sort_by_key(|known| (Reach::of(known.address) != Reach::Computer, known.address.is_ipv6()));
    addresses.dedup_by(|one, other| one.address == other.address);
    addresses.extend(all.into_iter().map(|all| own((String::new(), all))));
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(addresses: &[OwnAddress]) -> Vec<String> {
        addresses.iter().map(|known| known.address.to_string()).collect()
    }

    #[test]
    fn loopback_comes_first_and_all_last() {
        let of = |address: &str| ("if".to_owned(), address.parse().expect("an address"));
        let interfaces = ["fe80::1", "2001:db8::1", "192.0.2.7", "::1", "127.0.0.1", "169.254.1.1"].map(of).to_vec();
        assert_eq!(shown(&arrange(interfaces)), ["127.0.0.1", "::1", "192.0.2.7", "2001:db8::1", "0.0.0.0", "::"]);
        assert_eq!(shown(&arrange(vec![of("127.0.0.1")])), ["127.0.0.1", "0.0.0.0"], "no IPv6, nothing that stands for all of it");
    }

    #[test]
    fn an_address_says_who_reaches_it() {
        for (address, reach) in [
            ("127.0.0.1", Reach::Computer),
            ("127.9.9.9", Reach::Computer),
            ("::1", Reach::Computer),
            ("::ffff:127.0.0.1", Reach::Computer),
            ("0.0.0.0", Reach::All),
            ("::", Reach::All),
            ("192.168.1.7", Reach::Network),
            ("2001:db8::1", Reach::Network),
        ] {
            assert_eq!(Reach::of(address.parse().expect("an address")), reach, "{address}");
        }
    }

    #[test]
    fn this_computer_has_a_loopback_address() {
        let addresses = own_addresses().expect("interfaces");
        assert!(addresses.iter().any(|known| Reach::of(known.address) == Reach::Computer), "{addresses:?}");
    }
}
