//! Values of options as a person writes them, and what the lab says before the kernel does.
//!
//! The kernel takes many a value silently and does something else: a receive timeout of 0 waits for ever, a linger time of 0.9 s would become 0 and
//! reset the connection. Such values are told here, with what to write in their place.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use super::filter::Filter;
use super::{Opt, ValueKind};
use crate::text;
use crate::text::Message;
use crate::trace::{Family, Interface, Value, notation};
use crate::wire::time;

impl Opt {
    /// The value that `text` stands for, in the lab file or a form: `true`, `4096`, `5s`, `none`, `off`, `127.0.0.1`, `239.1.2.3 127.0.0.1`.
    /// What [`Value`]'s `Display` writes is read back.
    ///
    /// # Errors
    /// What this option takes, in words.
    pub fn parse(&self, text: &str) -> Result<Value, Message> {
        let text = text.trim();
        let value = match self.kind {
            ValueKind::Flag => flag(text).map(Value::Flag),
            ValueKind::Int { .. } => text.parse().ok().map(Value::Int),
            ValueKind::Time if text == "none" => Some(Value::Time(None)),
            ValueKind::Time => time::parse(text).map(|limit| Value::Time(Some(limit))),
            ValueKind::Linger { .. } => return self.parse_linger(text),
            ValueKind::Address => text.parse().ok().map(Value::Address),
            ValueKind::Group(_) => group(text),
            ValueKind::Name(_) | ValueKind::Ports | ValueKind::Words(_) | ValueKind::Filter | ValueKind::Source => {
                Some(Value::Text(text.to_owned().into()))
            }
        };
        let value = value.ok_or_else(|| self.takes(text))?;
        self.check(&value).map(|()| value)
    }

    fn parse_linger(&self, text: &str) -> Result<Value, Message> {
        if flag(text) == Some(false) && text != "0" {
            return Ok(Value::Linger(None));
        }
        let time = text.parse().ok().map(Duration::from_secs).or_else(|| time::parse(text)).ok_or_else(|| self.takes(text))?;
        if time.subsec_nanos() != 0 {
            return Err(text!("net-value-linger-part", option = self.name, given = text));
        }
        let value = Value::Linger(Some(u32::try_from(time.as_secs()).unwrap_or(u32::MAX)));
        self.check(&value).map(|()| value)
    }

    /// Whether the kernel will make of `value` what a person would think.
    ///
    /// # Errors
    /// What it would make of it instead, or what the option takes.
    pub fn check(&self, value: &Value) -> Result<(), Message> {
        match (self.kind, value) {
            (ValueKind::Flag, Value::Flag(_)) | (ValueKind::Address, Value::Address(IpAddr::V4(_))) => Ok(()),
            (ValueKind::Time, Value::Time(limit)) => self.check_time(*limit),
            (ValueKind::Int { min, max }, Value::Int(number)) if (min..=max).contains(number) => Ok(()),
            (ValueKind::Name(most), Value::Text(name)) if !name.is_empty() && name.len() <= most && !name.contains('\0') => Ok(()),
            (ValueKind::Ports, Value::Text(range)) if ports(range).is_some() => Ok(()),
            (ValueKind::Words(words), Value::Text(word)) if words.contains(&&**word) => Ok(()),
            (ValueKind::Filter, Value::Text(name)) if Filter::parse(name).is_some() => Ok(()),
            (ValueKind::Source, Value::Text(from)) => {
                source(from).map_or_else(|| Err(self.takes(from)), |(group, ..)| self.check_group(group.into()))
            }
            (ValueKind::Linger { max }, Value::Linger(seconds)) if seconds.is_none_or(|seconds| seconds <= max) => Ok(()),
            (ValueKind::Group(family), Value::Group(group, interface)) if fits(family, *group, *interface) => self.check_group(*group),
            _ => Err(self.takes(&value.to_string())),
        }
    }

    fn check_group(&self, group: IpAddr) -> Result<(), Message> {
        let other = || text!("net-value-not-multicast", option = self.name, given = group.to_string());
        group.is_multicast().then_some(()).ok_or_else(other)
    }

    fn check_time(&self, limit: Option<Duration>) -> Result<(), Message> {
        match limit {
            Some(limit) if limit < Duration::from_micros(1) => {
                Err(text!("net-value-time-zero", option = self.name, given = notation::duration(limit).as_str()))
            }
            _ => Ok(()),
        }
    }

    /// What the option takes, told to whoever gave it something else.
    fn takes(&self, given: &str) -> Message {
        match self.kind {
            ValueKind::Flag => text!("net-value-flag", option = self.name, given = given),
            ValueKind::Int { min, max } => {
                // As text: Fluent would group the digits.
                text!("net-value-int", option = self.name, given = given, min = min.to_string(), max = max.to_string())
            }
            ValueKind::Time => text!("net-value-time", option = self.name, given = given),
            ValueKind::Linger { max } => text!("net-value-linger", option = self.name, given = given, max = max.to_string()),
            ValueKind::Address => text!("net-value-address", option = self.name, given = given),
            ValueKind::Group(Family::Inet6) => text!("net-value-group6", option = self.name, given = given),
            ValueKind::Group(_) => text!("net-value-group4", option = self.name, given = given),
            ValueKind::Name(most) => text!("net-value-name", option = self.name, given = given, most = most.to_string()),
            ValueKind::Ports => text!("net-value-ports", option = self.name, given = given),
            ValueKind::Words(words) => text!("net-value-words", option = self.name, given = given, words = words.join(", ")),
            ValueKind::Filter => text!("net-value-filter", option = self.name, given = given),
            ValueKind::Source => text!("net-value-source", option = self.name, given = given),
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" | "on" | "1" => Some(true),
        "false" | "off" | "0" | "none" => Some(false),
        _ => None,
    }
}

/// The first and the last port of `40000-40009`; `0-0` takes the range of the system.
pub(super) fn ports(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last || last == 0).then_some((first, last))
}

/// The group, the sender and the interface of `239.1.2.3 127.0.0.1 127.0.0.1`; any interface (`0.0.0.0`) where none is named.
pub(super) fn source(text: &str) -> Option<(Ipv4Addr, Ipv4Addr, Ipv4Addr)> {
    let mut parts = text.split_whitespace().map(str::parse);
    let (group, sender) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let interface = parts.next().transpose().ok()?.unwrap_or(Ipv4Addr::UNSPECIFIED);
    parts.next().is_none().then_some((group, sender, interface))
}

fn group(text: &str) -> Option<Value> {
    let (group, interface) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let interface = match interface.trim_start() {
        "" => Interface::Any,
        interface => {
            let index = || interface.parse().map(Interface::Index);
            interface.parse().map(Interface::Address).or_else(|_| index()).ok()?
        }
    };
    Some(Value::Group(group.parse().ok()?, interface))
}

/// Whether the option of this family can be given these: IPv4 names an interface by its address, IPv6 by its index.
const fn fits(family: Family, group: IpAddr, interface: Interface) -> bool {
    matches!(
        (family, group, interface),
        (Family::Inet, IpAddr::V4(_), Interface::Any | Interface::Address(IpAddr::V4(_)))
            | (Family::Inet6, IpAddr::V6(_), Interface::Any | Interface::Index(_))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::{OPTIONS, by_name};

    /// A value that each kind takes.
    fn samples(kind: ValueKind) -> Vec<Value> {
        match kind {
            ValueKind::Flag => vec![Value::Flag(true), Value::Flag(false)],
            ValueKind::Int { min, max } => vec![Value::Int(min), Value::Int(max)],
            ValueKind::Time => {
                vec![Value::Time(None), Value::Time(Some(Duration::from_millis(1500))), Value::Time(Some(Duration::from_micros(1)))]
            }
            ValueKind::Linger { max } => vec![Value::Linger(None), Value::Linger(Some(0)), Value::Linger(Some(max))],
            ValueKind::Address => vec![Value::Address([127, 0, 0, 1].into())],
            ValueKind::Group(Family::Inet6) => {
                let group = "ff15::1".parse().expect("an address");
                vec![Value::Group(group, Interface::Any), Value::Group(group, Interface::Index(1))]
            }
            ValueKind::Group(_) => {
                let group = [239, 1, 2, 3].into();
                vec![Value::Group(group, Interface::Any), Value::Group(group, Interface::Address([127, 0, 0, 1].into()))]
            }
            ValueKind::Name(_) => vec![Value::Text("lo".into())],
            ValueKind::Ports => vec![Value::Text("40000-40009".into()), Value::Text("0-0".into())],
            ValueKind::Words(words) => words.iter().map(|word| Value::Text((*word).into())).collect(),
            ValueKind::Filter => ["all", "none", "first 4", "lose 30%"].map(|name| Value::Text(name.into())).to_vec(),
            ValueKind::Source => vec![Value::Text("239.1.2.3 127.0.0.1".into()), Value::Text("239.1.2.3 127.0.0.1 127.0.0.1".into())],
        }
    }

    #[test]
    fn every_option_reads_back_what_its_values_are_shown_as() {
        for option in OPTIONS {
            for value in samples(option.kind) {
                assert_eq!(option.parse(&value.to_string()), Ok(value), "{}", option.name);
            }
        }
    }

    #[test]
    fn every_option_says_what_it_takes() {
        for option in OPTIONS {
            let wrong: &[&str] = match option.kind {
                ValueKind::Name(_) => &["", "a name that is longer than that of any interface, of any algorithm and of any process"],
                _ if option.name == "SO_PEEK_OFF" || option.name == "TCP_LINGER2" || option.name == "SO_INCOMING_CPU" => {
                    &["", "maybe", "-2"]
                }
                _ => &["", "maybe", "-1", "12 parsecs", "::1 x", "99999999999999999999"],
            };
            for text in wrong {
                let message = option.parse(text).expect_err(option.name);
                assert!(message.to_string().contains(option.name), "{message}");
            }
        }
    }

    #[test]
    fn values_that_the_kernel_would_take_for_others_are_told() {
        for (name, text, key) in [
            ("SO_LINGER", "0.9s", "net-value-linger-part"),
            ("SO_LINGER", "1.5 s", "net-value-linger-part"),
            ("SO_LINGER", "8589934592", "net-value-linger"),
            ("SO_RCVTIMEO", "0s", "net-value-time-zero"),
            ("SO_SNDTIMEO", "500ns", "net-value-time-zero"),
            ("SO_RCVTIMEO", "5", "net-value-time"),
            ("TCP_KEEPIDLE", "0", "net-value-int"),
            ("TCP_KEEPIDLE", "0.5", "net-value-int"),
            ("IP_TTL", "256", "net-value-int"),
            ("IP_ADD_MEMBERSHIP", "127.0.0.1", "net-value-not-multicast"),
            ("IP_ADD_SOURCE_MEMBERSHIP", "239.1.2.3", "net-value-source"),
            ("IP_ADD_SOURCE_MEMBERSHIP", "10.1.2.3 127.0.0.1", "net-value-not-multicast"),
            ("SO_ATTACH_FILTER", "first", "net-value-filter"),
            ("SO_TXTIME", "CLOCK_NONE", "net-value-words"),
            ("IPV6_JOIN_GROUP", "239.1.2.3", "net-value-group6"),
        ] {
            let message = by_name(name).expect(name).parse(text).expect_err(text);
            assert_eq!(message.key(), key, "{name} {text}: {message}");
        }
    }
}
