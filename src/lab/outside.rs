//! What is asked before it is started: what leaves this computer, and what runs any command. Which programs of a lab others can reach, and which ask others.

use std::net::SocketAddr;

use super::file::Lab;
use crate::program::manual::Press;
use crate::program::{Reply, Spec, Target};
use crate::trace::Address;

impl Lab {
    /// The programs among `names` that run for others what is not known to be harmless, each with what that is; `*` is any program. They are started only
    /// where that was permitted.
    pub fn commanding(&self, names: &[String]) -> Vec<(String, String)> {
        let programs = self.programs.iter().filter(|spec| names.contains(&spec.name));
        programs.filter_map(|spec| Some((spec.name.clone(), beyond_harmless(spec)?))).collect()
    }

    /// The programs among `names` that can be reached from outside this computer, or ask others, each with that address. A name other than `localhost` is one: to look
    /// it up may mean to ask others. So is an address of a call by hand.
    pub fn outside(&self, names: &[String]) -> Vec<(String, String)> {
        let programs = self.programs.iter().filter(|spec| names.contains(&spec.name));
        programs.flat_map(|spec| beyond(spec).map(|address| (spec.name.clone(), address))).collect()
    }
}

/// What a program runs for others beyond what is harmless.
pub(super) fn beyond_harmless(spec: &Spec) -> Option<String> {
    match &spec.reply {
        Reply::Command(remote) => Some(remote.beyond().join(", ")).filter(|beyond| !beyond.is_empty()),
        _ => None,
    }
}

/// The addresses and names of a program that are not of this computer alone.
pub(crate) fn beyond(spec: &Spec) -> impl Iterator<Item = String> {
    let contacts = spec.manner.contacts.iter().map(|contact| &contact.at);
    let by_hand = spec.calls.iter().filter_map(beyond_by_hand);
    let targets = spec.connect.iter().chain(contacts);
    let bind = spec.bind.filter(|bind| is_beyond(*bind)).map(|bind| bind.to_string());
    bind.into_iter().chain(targets.filter_map(Target::outside)).chain(by_hand).collect::<Vec<_>>().into_iter()
}

/// The address or name of a call by hand that is not of this computer alone, where the call has one.
pub(crate) fn beyond_by_hand(press: &Press) -> Option<String> {
    press.address.as_ref().filter(|_| press.call.keys().contains(&"address")).and_then(Target::outside)
}

fn is_beyond(address: SocketAddr) -> bool {
    !Address::Ip(address).is_local()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::manual::Method;
    use crate::program::{Contact, HostName, ProgramKind};

    #[test]
    fn only_loopback_stays_inside() {
        let mut lab = Lab::default();
        for (place, (bind, connect)) in [
            ("127.0.0.1:1", "127.0.0.2:1"),
            ("0.0.0.0:1", "[::1]:1"),
            ("[::1]:1", "192.0.2.1:7"),
            ("127.0.0.1:1", "localhost:1"),
            ("127.0.0.1:1", "example.com:80"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut spec = Spec::new(ProgramKind::TcpClient, place.to_string());
            spec.bind = bind.parse().ok();
            spec.connect = connect.parse().ok().map(Target::Address).or_else(|| HostName::parse(connect).map(Target::Name));
            lab.programs.push(spec);
        }
        let mut by_hand = Spec::new(ProgramKind::Manual, "5");
        let press = |call, address: &str| Press { address: HostName::parse_own(address).map(Target::Name), ..Press::new("a", call) };
        by_hand.calls =
            vec![press(Method::Bind, "localhost:0"), press(Method::Connect, "example.com:80"), press(Method::Listen, "example.org:1")];
        lab.programs.push(by_hand);
        let mut talks = Spec::new(ProgramKind::UdpClient, "6");
        talks.manner.contacts = ["localhost:1", "example.net:1"]
            .map(|at| Contact { name: at.to_owned(), at: Target::Name(HostName::parse(at).unwrap()) })
            .into();
        lab.programs.push(talks);
        let names = ["0", "1", "2", "3", "4", "5", "6"].map(str::to_owned);
        let outside = lab.outside(&names).into_iter().map(|(name, address)| format!("{name} {address}")).collect::<Vec<_>>();
        assert_eq!(outside, ["1 0.0.0.0:1", "2 192.0.2.1:7", "4 example.com:80", "5 example.com:80", "6 example.net:1"]);
        assert_eq!(lab.outside(&names[..1]), []);
    }
}
