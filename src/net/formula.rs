//! How the kernel comes from the value that was asked for to the one that it keeps: the rule, and the limits of this machine that stand in it.

use super::limits::Limits;
use super::option::{Effect, Opt};
use crate::text;
use crate::text::Message;
use crate::trace::{SocketType, Value};

/// A rule by which the kernel changes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The rule, as one writes a formula.
    pub rule: &'static str,
    /// The names in it that are limits of this system, each with its value.
    pub values: Vec<(&'static str, String)>,
}

impl Limits {
    /// The rule by which a value of `option` is changed on sockets of this type; none where it is kept as it is, or this system has no such rule.
    pub fn formula(&self, option: &Opt, kind: SocketType) -> Option<Formula> {
        let word = |limit: Option<u32>| limit.map(|limit| limit.to_string());
        let (rule, values) = match option.effect {
            Effect::ReceiveBuffer => {
                let values = vec![("net.core.rmem_max", word(self.receive_most)?), ("least", self.receive_least.to_string())];
                ("effective = max(2 × min(asked, rmem_max), least)", values)
            }
            Effect::SendBuffer => {
                let values = vec![("net.core.wmem_max", word(self.send_most)?), ("least", self.send_least.to_string())];
                ("effective = max(2 × min(asked, wmem_max), least)", values)
            }
            Effect::Tick | Effect::TickMillis => ("effective = ⌈asked × HZ⌉ ÷ HZ", vec![("HZ", word(self.ticks)?)]),
            Effect::EcnOnTcp if kind == SocketType::Stream => ("effective = asked & 0xFC", Vec::new()),
            Effect::Segment if self.timestamps? > 0 => {
                ("of a connection: effective = asked − 12", vec![("net.ipv4.tcp_timestamps", word(self.timestamps)?)])
            }
            Effect::LowWater => ("effective = min(asked, tcp_rmem[2] ÷ 2)", vec![("net.ipv4.tcp_rmem[2]", word(self.receive_growth)?)]),
            Effect::Retries => ("effective = 1 + 2 + 4 + … ≥ asked", Vec::new()),
            Effect::FinTimeout => {
                ("effective = min(asked, 120); 0: tcp_fin_timeout", vec![("net.ipv4.tcp_fin_timeout", word(self.fin_timeout)?)])
            }
            Effect::WindowClamp => ("effective = max(asked, least ÷ 2)", vec![("least", self.receive_least.to_string())]),
            Effect::QueueLength => ("effective = min(asked, somaxconn)", vec![("net.core.somaxconn", word(self.backlog_most)?)]),
            _ => return None,
        };
        cfg!(target_os = "linux").then_some(Formula { rule, values })
    }

    /// Why the kernel has `read` where `asked` was asked for, as the end of a sentence that begins with "because".
    pub fn why(&self, option: &Opt, kind: SocketType, asked: &Value, read: &Value) -> Message {
        let is_cut = |most: Option<u32>, asked: i64| most.is_some_and(|most| asked < 0 || asked > i64::from(most));
        let is_expected = self.expected(option, kind, asked).as_ref() == Some(read);
        match (option.effect, asked, read) {
            (Effect::Segment, Value::Int(asked), Value::Int(read)) if self.expected_segment(*asked) == *read => text!("net-why-segment"),
            _ if !is_expected => text!("net-why-other"),
            (Effect::ReceiveBuffer, Value::Int(asked), _) if is_cut(self.receive_most, *asked) => {
                text!("net-why-cut", limit = "net.core.rmem_max", value = said(self.receive_most))
            }
            (Effect::SendBuffer, Value::Int(asked), _) if is_cut(self.send_most, *asked) => {
                text!("net-why-cut", limit = "net.core.wmem_max", value = said(self.send_most))
            }
            (Effect::ReceiveBuffer | Effect::SendBuffer, Value::Int(asked), Value::Int(read)) if *read > asked.saturating_mul(2) => {
                text!("net-why-raised", least = read.to_string())
            }
            (Effect::ReceiveBuffer | Effect::SendBuffer, ..) => text!("net-why-doubled"),
            (Effect::Tick | Effect::TickMillis, ..) => text!("net-why-tick", ticks = said(self.ticks)),
            (Effect::EcnOnTcp, ..) => text!("net-why-ecn"),
            (Effect::LowWater, ..) => text!("net-why-low-water", limit = said(self.receive_growth)),
            (Effect::Retries, ..) => text!("net-why-retries"),
            (Effect::FinTimeout, Value::Int(0), _) => text!("net-why-fin-timeout", value = said(self.fin_timeout)),
            (Effect::FinTimeout, ..) => text!("net-why-fin-most"),
            (Effect::WindowClamp, _, Value::Int(read)) => text!("net-why-raised", least = read.to_string()),
            (Effect::QueueLength, ..) => text!("net-why-queue", value = said(self.backlog_most)),
            _ => text!("net-why-other"),
        }
    }

    /// The smallest and the largest size that a buffer of this option reads back; none where it is no buffer, or the limits are not known.
    pub fn bounds(&self, option: &Opt) -> Option<(i64, i64)> {
        match option.effect {
            Effect::ReceiveBuffer => Some((self.receive_least, i64::from(self.receive_most?) * 2)),
            Effect::SendBuffer => Some((self.send_least, i64::from(self.send_most?) * 2)),
            _ => None,
        }
    }
}

fn said(limit: Option<u32>) -> String {
    limit.map_or_else(|| "?".to_owned(), |limit| limit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::{OPTIONS, by_name};

    /// On this machine every change that is predicted has a rule and a reason of its own.
    #[cfg(target_os = "linux")]
    #[test]
    fn every_change_is_explained() {
        let limits = Limits::observe().expect("a socket");
        for (name, asked, key) in [
            ("SO_RCVBUF", Value::Int(4096), "net-why-doubled"),
            ("SO_RCVBUF", Value::Int(1), "net-why-raised"),
            ("SO_RCVBUF", Value::Int(i64::from(i32::MAX)), "net-why-cut"),
            ("SO_SNDBUF", Value::Int(-1), "net-why-cut"),
            ("SO_RCVTIMEO", Value::Time(Some(std::time::Duration::from_micros(1))), "net-why-tick"),
            ("IP_TOS", Value::Int(187), "net-why-ecn"),
            ("TCP_DEFER_ACCEPT", Value::Int(5), "net-why-retries"),
            ("TCP_LINGER2", Value::Int(0), "net-why-fin-timeout"),
            ("TCP_LINGER2", Value::Int(500), "net-why-fin-most"),
            ("TCP_WINDOW_CLAMP", Value::Int(1), "net-why-raised"),
            ("TCP_FASTOPEN", Value::Int(i64::from(i32::MAX)), "net-why-queue"),
            ("SO_RCVLOWAT", Value::Int(i64::from(i32::MAX)), "net-why-low-water"),
        ] {
            let option = by_name(name).expect(name);
            let read = limits.expected(option, SocketType::Stream, &asked).expect(name);
            assert_eq!(limits.why(option, SocketType::Stream, &asked, &read).key(), key, "{name} {asked} {read}");
            let formula = limits.formula(option, SocketType::Stream).expect(name);
            assert!(formula.rule.contains("asked"), "{name}");
        }
        let segment = by_name("TCP_MAXSEG").expect("a row");
        let read = Value::Int(limits.expected_segment(1000));
        assert_eq!(limits.why(segment, SocketType::Stream, &Value::Int(1000), &read).key(), "net-why-segment");
        let other = limits.why(segment, SocketType::Stream, &Value::Int(1000), &Value::Int(3));
        assert_eq!(other.key(), "net-why-other", "what is not understood is not explained");
        for option in OPTIONS.iter().filter(|option| limits.bounds(option).is_some()) {
            let (least, most) = limits.bounds(option).expect("a buffer");
            let read = |asked| limits.expected(option, SocketType::Stream, &Value::Int(asked));
            assert_eq!((read(1), read(i64::from(i32::MAX))), (Some(Value::Int(least)), Some(Value::Int(most))));
        }
    }
}
