//! What is asked before it is started: what leaves this computer, and what runs any command. Which programs of a lab others can reach, and which ask others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::file::Lab;
use crate::program::{Reply, Spec, Target};
use crate::trace::Address;

impl Lab {
    /// The programs among `names` that run for others what is not known to be harmless, each with what that is; `*` is any program. They are started only
    /// where that was permitted.
    pub fn commanding(&self, names: &[String]) -> Vec<(String, String)> {
        let programs = self.programs.iter().filter(|spec| names.contains(&spec.name));
        programs.filter_map(|spec| Some((spec.name.clone(), beyond_harmless(spec)?))).collect()
    }

    /// The programs among `names` that can be reached from outside this computer, or ask others, each with that address.
    pub fn outside(&self, names: &[String]) -> Vec<(String, SocketAddr)> {
        let programs = self.programs.iter().filter(|spec| names.contains(&spec.name));
        programs.flat_map(|spec| beyond(spec).map(|address| (spec.name.clone(), address))).collect()
    }
}

/// The address under which this machine reaches a socket bound to `address`: all addresses include the loopback one.
pub(super) fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// What a program runs for others beyond what is harmless.
pub(super) fn beyond_harmless(spec: &Spec) -> Option<String> {
    match &spec.reply {
        Reply::Command(remote) => Some(remote.beyond().join(", ")).filter(|beyond| !beyond.is_empty()),
        _ => None,
    }
}

/// The addresses of a program that are not of this computer alone.
fn beyond(spec: &Spec) -> impl Iterator<Item = SocketAddr> {
    let target = match spec.connect {
        Some(Target::Address(address)) => Some(address),
        _ => None,
    };
    let contacts = spec.manner.contacts.iter().filter_map(|contact| match &contact.at {
        Target::Address(address) => Some(*address),
        Target::Unix(_) | Target::Program(_) => None,
    });
    [spec.bind, target].into_iter().flatten().chain(contacts).filter(|address| !Address::Ip(*address).is_local())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::ProgramKind;

    #[test]
    fn only_loopback_stays_inside() {
        let mut lab = Lab::default();
        for (place, (bind, connect)) in
            [("127.0.0.1:1", "127.0.0.2:1"), ("0.0.0.0:1", "[::1]:1"), ("[::1]:1", "192.0.2.1:7")].into_iter().enumerate()
        {
            let mut spec = Spec::new(ProgramKind::TcpClient, place.to_string());
            spec.bind = bind.parse().ok();
            spec.connect = connect.parse().ok().map(Target::Address);
            lab.programs.push(spec);
        }
        let names = ["0", "1", "2"].map(str::to_owned);
        let outside = lab.outside(&names).into_iter().map(|(name, address)| format!("{name} {address}")).collect::<Vec<_>>();
        assert_eq!(outside, ["1 0.0.0.0:1", "2 192.0.2.1:7"]);
        assert_eq!(lab.outside(&names[..1]), []);
    }
}
