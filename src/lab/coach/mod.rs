//! Why a call failed: the likely causes, ranked by what the trace and this computer show, and what the lab can do about each.
//!
//! [`ROWS`] is the one table: for a call and an errno the causes that may be behind it, each of which looks for itself whether it is. What the errno means
//! for the call is always the last of them, and the least certain.

mod address;
mod case;
mod option;
mod path;
mod right;
mod stream;

use std::net::IpAddr;

use self::case::Case;
use super::surroundings::Surroundings;
use crate::net;
use crate::net::Opt;
use crate::text::Message;
use crate::trace::failure::Failures;
use crate::trace::lives::Lives;
use crate::trace::{Call, Names, ProgramId, Record, Value};

/// How certain a cause is. The order is that of the ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The trace or the system shows it.
    Seen,
    /// What is known fits it.
    Likely,
    /// Nothing speaks against it.
    Possible,
}

/// What the lab can do about a cause.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Give the program this option, and start it again.
    Option(ProgramId, &'static Opt, Value),
    /// Bind the program to this address, and start it again.
    Bind(ProgramId, IpAddr),
    /// Stop the program.
    Stop(ProgramId),
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// How certain that is.
    pub certainty: Certainty,
    /// In words; its key names the cause.
    pub says: Message,
    /// The rows that show it.
    pub rows: Vec<u64>,
    /// What the lab can do about it, the best first.
    pub remedies: Vec<Remedy>,
}

impl Cause {
    const fn new(certainty: Certainty, says: Message) -> Self {
        Self { certainty, says, rows: Vec::new(), remedies: Vec::new() }
    }

    const fn seen(says: Message) -> Self {
        Self::new(Certainty::Seen, says)
    }

    fn by(mut self, row: u64) -> Self {
        self.rows.push(row);
        self
    }

    fn or(mut self, remedy: Option<Remedy>) -> Self {
        self.remedies.extend(remedy);
        self
    }
}

/// What looks whether it is the cause.
type Look = fn(&Case<'_>) -> Option<Cause>;

/// For these calls and this errno: what may be the cause.
type Row = (&'static [Call], &'static str, &'static [Look]);

const SENDS: &[Call] = &[Call::Send, Call::SendTo];
const RECEIVES: &[Call] = &[Call::Recv, Call::RecvFrom];
const MOVES: &[Call] = &[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom];
const ADDRESSED: &[Call] = &[Call::Bind, Call::Connect, Call::SendTo];

/// From the experiments of Linux 6.18 and the manual pages (section 2, ip(7), ipv6(7), tcp(7), udp(7), unix(7)); what is alike certain stands in the order in
/// which it is looked for.
#[rustfmt::skip]
static ROWS: &[Row] = &[
    (&[Call::Bind, Call::Listen], "EADDRINUSE", &[
        address::listened_on, address::bound_by, address::still_open, address::time_wait, address::process, path::held, path::left,
        address::ports_out, address::unlisted,
    ]),
    (&[Call::Bind], "EACCES", &[address::privileged]),
    (&[Call::Bind], "EADDRNOTAVAIL", &[address::not_mine]),
    (&[Call::Bind], "EINVAL", &[address::other_family, address::bound_before]),
    (ADDRESSED, "EAFNOSUPPORT", &[address::other_family]),
    (ADDRESSED, "ENOENT", &[address::no_path]),
    (&[Call::Listen, Call::Accept], "EOPNOTSUPP", &[address::datagram]),
    (&[Call::Listen], "EINVAL", &[address::connected_before, address::unbound]),
    (&[Call::Accept], "EINVAL", &[address::not_listening]),
    (&[Call::Connect], "ECONNREFUSED", &[
        address::closed_before, address::listens_later, address::not_yet_listening, address::only_v6, address::other_protocol,
        address::other_address, address::failed_to_start, path::stale, address::nobody_listens,
    ]),
    (&[Call::Connect], "ETIMEDOUT", &[address::queue_full, address::nobody_answers]),
    (&[Call::Socket, Call::Accept], "EMFILE", &[right::many_files]),
    (&[Call::Bind, Call::Connect, Call::Send, Call::SendTo], "EPERM", &[right::firewall]),
    (&[Call::SetSockOpt], "EPERM", &[right::filter_locked, right::option_rights]),
    (&[Call::SetSockOpt], "EACCES", &[right::option_rights]),
    (SENDS, "ENETUNREACH", &[right::no_router, right::no_route]),
    (&[Call::Connect, Call::Send, Call::SendTo], "EHOSTUNREACH", &[right::no_router, right::no_host]),
    (&[Call::Connect], "EISCONN", &[address::listens_itself, address::connected_before]),
    (&[Call::Connect], "EALREADY", &[address::connecting]),
    (&[Call::Connect], "EINPROGRESS", &[stream::nonblocking, stream::send_timeout]),
    (&[Call::Connect], "ECONNABORTED", &[address::refused_before]),
    (&[Call::Connect], "EINVAL", &[address::other_family]),
    (&[Call::Connect], "ENETUNREACH", &[address::v6_for_mapped, right::no_router, right::no_route]),
    (&[Call::Connect], "EADDRNOTAVAIL", &[address::port_zero]),
    (&[Call::Connect], "EACCES", &[address::broadcast]),
    (&[Call::Connect], "EAGAIN", &[path::queue_full]),
    (SENDS, "EACCES", &[address::broadcast]),
    (&[Call::SendTo], "EINVAL", &[address::port_zero, address::other_family]),
    (&[Call::SendTo], "EISCONN", &[address::connected_before]),
    (SENDS, "EPIPE", &[stream::shut_by_itself, stream::never_connected, stream::reset_before, stream::peer_closed, stream::peer_ended]),
    (SENDS, "EDESTADDRREQ", &[stream::no_destination]),
    (SENDS, "EMSGSIZE", &[stream::too_long]),
    (SENDS, "EAGAIN", &[stream::peer_does_not_read, stream::nonblocking, stream::send_timeout]),
    (MOVES, "ECONNRESET", &[
        stream::peer_lingered, stream::peer_left_unread, stream::listener_closed, stream::peer_closed, stream::peer_outside,
    ]),
    (MOVES, "ECONNREFUSED", &[stream::nobody_bound]),
    (&[Call::Send, Call::SendTo, Call::Recv, Call::RecvFrom, Call::Shutdown, Call::GetPeerName], "ENOTCONN", &[
        stream::listens, stream::connect_failed, stream::reset_before, stream::connection_over, stream::never_connected,
    ]),
    (&[Call::Accept], "EAGAIN", &[stream::nonblocking, stream::receive_timeout]),
    (RECEIVES, "EAGAIN", &[stream::nonblocking, stream::receive_timeout]),
    (MOVES, "ETIMEDOUT", &[stream::probes]),
    (&[Call::SetSockOpt], "EINVAL", &[option::after_bind, option::out_of_range]),
    (&[Call::SetSockOpt, Call::GetSockOpt], "ENOPROTOOPT", &[option::read_only, option::other_socket]),
    (&[Call::SetSockOpt, Call::GetSockOpt], "EOPNOTSUPP", &[option::other_socket]),
    (&[Call::SetSockOpt], "EADDRINUSE", &[option::joined]),
    (&[Call::SetSockOpt], "EADDRNOTAVAIL", &[option::not_joined]),
    (&[Call::SetSockOpt], "EPROTO", &[option::other_socket]),
];

/// What a coach knows.
#[derive(Clone, Copy, Debug)]
pub struct Coach<'coach> {
    /// What each socket went through.
    pub lives: &'coach Lives,
    /// Who has which address.
    pub failures: &'coach Failures,
    /// Names of programs.
    pub names: &'coach Names,
    /// This computer, as it was when it was looked at; nothing for a recording.
    pub around: &'coach Surroundings,
}

impl Coach<'_> {
    /// Why the call of `record` failed: the likeliest cause first. The last says what the errno means for the call; nothing of a call that did not fail.
    pub fn causes(&self, record: &Record) -> Vec<Cause> {
        let (Some(call), Some(args), Some(errno)) = (record.call(), record.args(), record.errno()) else { return Vec::new() };
        let case = Case::new(self, record, call);
        let fits = |(calls, name, _): &&Row| errno.is(name) && calls.contains(&call);
        let looks = ROWS.iter().filter(fits).flat_map(|(.., looks)| *looks);
        let mut causes = looks.filter_map(|look| look(&case)).collect::<Vec<_>>();
        causes.sort_by_key(|cause| cause.certainty);
        causes.push(Cause::new(Certainty::Possible, net::meaning(call, errno, args).says));
        causes
    }

    /// The likeliest cause, where more is known than what the errno means.
    pub fn first(&self, record: &Record) -> Option<Cause> {
        let mut causes = self.causes(record);
        (causes.len() > 1).then(|| causes.swap_remove(0)).filter(|cause| cause.certainty < Certainty::Possible)
    }
}
