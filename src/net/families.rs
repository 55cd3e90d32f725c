//! Which families of addresses the kernel has: for each a socket is made, and what the kernel answered is told.
//!
//! No program's sockets, so nothing here is traced; each is closed at once. The kernel may load a module for a family it lacks, which takes its time: not for the
//! window's thread.

use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};

use super::meaning;
use crate::text;
use crate::text::Message;
use crate::trace::{Args, Call, Errno};

/// A family, and how it is asked for.
struct Row {
    name: &'static str,
    /// Its number on Linux; none where socket2 knows it on every system.
    domain: fn() -> Option<Domain>,
    kind: (Type, &'static str),
    protocol: (i32, &'static str),
    sentence: fn() -> Message,
}

/// `NETLINK_SOCK_DIAG` of `sock_diag(7)`: what the kernel tells of sockets.
const NETLINK_SOCK_DIAG: i32 = 4;

/// Of Linux alone; elsewhere the number means another family, or none.
fn of_linux(number: i32) -> Option<Domain> {
    cfg!(target_os = "linux").then(|| Domain::from(number))
}

/// The families of the tutorials. The numbers of those of Linux are in `include/linux/socket.h`.
const FAMILIES: &[Row] = &[
    Row {
        name: "AF_INET",
        domain: || Some(Domain::IPV4),
        kind: (Type::STREAM, "SOCK_STREAM"),
        protocol: (0, "0"),
        sentence: || text!("net-family-inet"),
    },
    Row {
        name: "AF_INET6",
        domain: || Some(Domain::IPV6),
        kind: (Type::STREAM, "SOCK_STREAM"),
        protocol: (0, "0"),
        sentence: || text!("net-family-inet6"),
    },
    Row {
        name: "AF_UNIX",
        domain: || Some(Domain::UNIX),
        kind: (Type::STREAM, "SOCK_STREAM"),
        protocol: (0, "0"),
        sentence: || text!("net-family-unix"),
    },
    Row {
        name: "AF_NETLINK",
        domain: || of_linux(16),
        kind: (Type::DGRAM, "SOCK_DGRAM"),
        protocol: (NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"),
        sentence: || text!("net-family-netlink"),
    },
    Row {
        name: "AF_TIPC",
        domain: || of_linux(30),
        kind: (Type::STREAM, "SOCK_STREAM"),
        protocol: (0, "0"),
        sentence: || text!("net-family-tipc"),
    },
];

/// What came of asking for a socket of one family.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// The name of the family.
    pub name: &'static str,
    /// The call that was made: `socket(AF_TIPC, SOCK_STREAM, 0)`.
    pub call: String,
    /// What the kernel answered; none where it was not asked, for this system has no such family.
    pub answer: Option<Result<(), Errno>>,
    /// How long it took.
    pub took: Duration,
    /// What the family is for.
    pub sentence: Message,
}

impl Probed {
    /// What the answer means, in words.
    pub fn meaning(&self) -> Message {
        match self.answer {
            None => text!("net-family-of-linux", name = self.name, system = std::env::consts::OS),
            Some(Ok(())) => text!("net-family-there", name = self.name),
            Some(Err(errno)) if errno.is("EAFNOSUPPORT") => text!("net-family-not-there", name = self.name),
            Some(Err(errno)) => meaning(Call::Socket, errno, &Args::None).says,
        }
    }
}

/// Asks for a socket of each family.
pub fn probe() -> Vec<Probed> {
    FAMILIES.iter().map(ask).collect()
}

fn ask(row: &Row) -> Probed {
    let begin = Instant::now();
    let protocol = (row.protocol.0 != 0).then(|| Protocol::from(row.protocol.0));
    let answer = (row.domain)().map(|domain| Socket::new(domain, row.kind.0, protocol).map(drop).map_err(|error| Errno::of(&error)));
    let took = begin.elapsed();
    let call = format!("socket({}, {}, {})", row.name, row.kind.1, row.protocol.1);
    Probed { name: row.name, call, answer, took, sentence: (row.sentence)() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_is_asked_for_and_the_answer_is_the_kernels() {
        let probed = probe();
        let names = probed.iter().map(|probed| probed.name).collect::<Vec<_>>();
        assert_eq!(names, ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_TIPC"]);
        assert_eq!(probed[0].answer, Some(Ok(())), "nothing works without it");
        assert_eq!(probed[3].call, "socket(AF_NETLINK, SOCK_DGRAM, NETLINK_SOCK_DIAG)");
        for one in &probed {
            assert!(!one.meaning().to_string().contains('⟨') && !one.sentence.to_string().contains('⟨'), "{one:?}");
            assert_eq!(one.answer.is_none(), !cfg!(target_os = "linux") && matches!(one.name, "AF_NETLINK" | "AF_TIPC"), "{one:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_kernel_lacks_is_told_by_its_error() {
        // AF_ROSE and others come and go with modules; a number beyond all families is nobody's.
        let row = Row {
            name: "AF_NONE",
            domain: || Some(Domain::from(4_000)),
            kind: (Type::STREAM, "SOCK_STREAM"),
            protocol: (0, "0"),
            sentence: || text!("net-family-tipc"),
        };
        let probed = ask(&row);
        assert_eq!(probed.answer.and_then(Result::err).map(|errno| errno.name()), Some("EAFNOSUPPORT".to_owned()));
        assert!(probed.meaning().to_string().contains("EAFNOSUPPORT"), "{}", probed.meaning());
    }
}
