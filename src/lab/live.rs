//! What of a program can be changed while it runs: the socket options that still act on an open socket, and the two ways of a link. All else waits for a restart.

use crate::net::Opt;
use crate::program::{Command, ProgramKind, Spec};
use crate::trace::Value;

/// The running program `now` with as much of `wanted` as can be so without a restart.
pub fn live(now: &Spec, wanted: &Spec) -> Spec {
    let mut live = now.clone();
    for (option, value) in wanted.options.iter().filter(|(option, _)| option.acts_when_open(now.kind.socket_type())) {
        match live.options.iter_mut().find(|(known, _)| known == option) {
            Some((_, old)) => old.clone_from(value),
            None => live.options.push((option, value.clone())),
        }
    }
    if now.kind.is_link() {
        live.link.there.clone_from(&wanted.link.there);
        live.link.back.clone_from(&wanted.link.back);
    }
    if now.kind == ProgramKind::Manual {
        // What was pressed has been done: it is kept for the next time.
        live.calls.clone_from(&wanted.calls);
    }
    live
}

/// What the running program is to be asked for `now` to become `new`; none where it takes a restart. An option that was never set cannot be taken
/// back to what it was: nobody has asked the kernel for that.
pub(super) fn steps(now: &Spec, new: &Spec) -> Option<Vec<Command>> {
    let is_other = |(option, value): &&(&'static Opt, Value)| !now.options.iter().any(|(known, old)| known == option && old == value);
    let set = |(option, value): &(&'static Opt, Value)| Command::SetOption { socket: None, option, value: value.clone() };
    let steered = (now.link != new.link).then(|| Command::Steer(Box::new((new.link.there.clone(), new.link.back.clone()))));
    (live(now, new) == *new).then(|| new.options.iter().filter(is_other).map(set).chain(steered).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::by_name;

    fn spec(kind: ProgramKind, options: &[(&str, Value)]) -> Spec {
        let options = options.iter().map(|(name, value)| (by_name(name).expect("in the table"), value.clone()));
        Spec { options: options.collect(), ..Spec::new(kind, "one") }
    }

    #[test]
    fn only_options_that_act_on_an_open_socket_need_no_restart() {
        let tcp = |options: &[(&str, Value)]| spec(ProgramKind::TcpServer, options);
        let (size, limit, reuse) = (("SO_RCVBUF", Value::Int(1)), ("SO_RCVTIMEO", Value::Time(None)), ("SO_REUSEADDR", Value::Flag(true)));
        let (now, wanted) = (tcp(std::slice::from_ref(&reuse)), tcp(&[size.clone(), limit.clone()]));
        assert_eq!(live(&now, &wanted), tcp(&[reuse.clone(), limit.clone()]), "what was set before stays");
        assert_eq!(steps(&now, &wanted), None);
        assert_eq!(steps(&now, &live(&now, &wanted)).map(|steps| steps.len()), Some(1));
        assert_eq!(steps(&now, &Spec { backlog: 1, ..now.clone() }), None);
        assert_eq!(steps(&now, &now), Some(Vec::new()));
        // The window of TCP is settled when the connection is made; a datagram socket has none.
        let udp = |options: &[(&str, Value)]| spec(ProgramKind::UdpServer, options);
        assert_eq!(live(&udp(&[]), &udp(std::slice::from_ref(&size))), udp(&[size]));
    }

    #[test]
    fn the_ways_of_a_link_need_no_restart_and_its_seed_does() {
        let now = spec(ProgramKind::UdpLink, &[]);
        let mut wanted = now.clone();
        (wanted.link.there.loss, wanted.link.back.rate) = (20, 1_000);
        let asked = Command::Steer(Box::new((wanted.link.there.clone(), wanted.link.back.clone())));
        assert_eq!((live(&now, &wanted), steps(&now, &wanted)), (wanted.clone(), Some(vec![asked])));
        wanted.link.seed = 7;
        assert_eq!(steps(&now, &wanted), None);
        assert_eq!(live(&now, &wanted).link.seed, 0);
    }

    #[test]
    fn what_was_never_set_is_not_taken_back() {
        let (with, without) = (spec(ProgramKind::TcpServer, &[("TCP_NODELAY", Value::Flag(true))]), spec(ProgramKind::TcpServer, &[]));
        assert_eq!(steps(&with, &without), None);
        assert_eq!(live(&with, &without), with);
    }
}
