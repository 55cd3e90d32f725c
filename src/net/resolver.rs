//! Names to addresses, as getaddrinfo(3) of this system gives them and in its order, and what connecting to each of them comes to.
//!
//! Everything here may wait for a name server: never called on the window's thread.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use dns_lookup::{AddrFamily, AddrInfoHints, LookupError, LookupErrorKind, SockType};

use super::error::Error;
use super::sys;
use crate::text;
use crate::text::Message;
use crate::trace::{Address, Args, Call, Errno, Family, Outcome, SocketType, Tracer};

/// How long a connection is tried.
const LIMIT: Duration = Duration::from_secs(2);
/// The longest name (RFC 1035, section 2.3.4), and the longest service that is asked for, in bytes.
pub const LONGEST_NAME: usize = 253;
const LONGEST_SERVICE: usize = 32;
/// The most addresses of a name that are told.
const MOST: usize = 64;

/// Why a name has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `EAI_AGAIN`: no name server answered in time.
    Again,
    /// `EAI_NONAME`, `EAI_NODATA`: there is no such name, or it has no address.
    NoName,
    /// `EAI_FAIL`: a name server refused.
    Fail,
    /// `EAI_SERVICE`: there is no service of that name.
    Service,
    /// `EAI_FAMILY`, `EAI_ADDRFAMILY`: it has none of this family.
    Family,
    /// What the system says, where it is none of these.
    Other(String),
    /// Not asked: the name is empty, too long, or no name.
    Unfit,
}

impl Fault {
    fn of(error: LookupError) -> Self {
        match error.kind() {
            LookupErrorKind::Again => Self::Again,
            LookupErrorKind::NoName | LookupErrorKind::NoData => Self::NoName,
            LookupErrorKind::Fail => Self::Fail,
            LookupErrorKind::Service | LookupErrorKind::Socktype => Self::Service,
            LookupErrorKind::Family => Self::Family,
            // EAI_ADDRFAMILY of netdb.h.
            _ if cfg!(target_os = "linux") && error.error_num() == -9 => Self::Family,
            _ => Self::Other(std::io::Error::from(error).to_string()),
        }
    }

    /// Its name in C; nothing where it has none here.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Again => "EAI_AGAIN",
            Self::NoName => "EAI_NONAME",
            Self::Fail => "EAI_FAIL",
            Self::Service => "EAI_SERVICE",
            Self::Family => "EAI_FAMILY",
            Self::Other(_) | Self::Unfit => "",
        }
    }

    /// The error of that name.
    fn errno(&self) -> Errno {
        let name = match self {
            Self::Other(_) => "EAI_SYSTEM",
            Self::Unfit => "EAI_NONAME",
            known => known.name(),
        };
        Errno::by_name(name).unwrap_or_else(|| Errno::from_code(0))
    }

    /// What it means, and what to try.
    pub fn message(&self) -> Message {
        match self {
            Self::Again => text!("net-resolver-again"),
            Self::NoName => text!("net-resolver-no-name"),
            Self::Fail => text!("net-resolver-fail"),
            Self::Service => text!("net-resolver-service"),
            Self::Family => text!("net-resolver-family"),
            Self::Other(said) => text!("net-resolver-other", said = said.as_str()),
            Self::Unfit => text!("net-resolver-unfit", most = LONGEST_NAME),
        }
    }
}

/// An address of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The address, with the port of the service, and the scope where the address has one.
    pub address: SocketAddr,
    /// The name that the system has for it, where it has another than its digits. Only asked of addresses of this computer.
    pub reverse: Option<String>,
    /// What connecting to it came to, and how long that took; none where it was not tried.
    pub tried: Option<(Result<(), Errno>, Duration)>,
}

/// What a lookup came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The name that was asked for.
    pub name: String,
    /// How long the system took to answer.
    pub took: Duration,
    /// The addresses, in the order in which the system gave them, which is that in which a client tries them (RFC 6724).
    pub found: Result<Vec<Found>, Fault>,
    /// The lines of the hosts file that name it.
    pub hosts: Vec<String>,
}

/// The addresses of `name` for a stream to `service`, which is a name such as `http`, a port, or nothing. With `tries`, each that is of this computer is
/// connected to, one after the other, as a client does until one answers.
pub fn resolve(name: &str, service: &str, tries: bool) -> Resolved {
    let (name, service) = (name.trim(), service.trim());
    let begin = Instant::now();
    // Each address once: without a type it would be there for streams, datagrams and raw sockets.
    let found = lookup(name, service, AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() });
    let took = begin.elapsed();
    let describe = |address: SocketAddr| {
        let own = address.ip().to_canonical().is_loopback();
        let reverse = own.then(|| reverse(address)).flatten();
        Found { address, reverse, tried: (own && tries && address.port() > 0).then(|| attempt(address)) }
    };
    let found = found.map(|found| found.into_iter().map(describe).collect());
    let hosts = fs::read_to_string(hosts_file()).map(|text| lines_of(&text, name)).unwrap_or_default();
    Resolved { name: name.to_owned(), took, found, hosts }
}

/// The addresses of `host`, each with `port`, in the order in which the system gives them: getaddrinfo(3), as a row of the trace. For `kind` of socket, and of this
/// family where one is stated.
///
/// # Errors
/// `EAI_NONAME`, `EAI_AGAIN`, ...; [`Error::made`] is false where the call was held, and then called off.
pub fn look_up(on: &Tracer, host: &str, port: u16, family: Option<Family>, kind: SocketType) -> Result<Vec<SocketAddr>, Error> {
    let args = Args::Lookup(host.into(), port, family, kind);
    let open = on.begin(Call::GetAddrInfo, args.clone(), None);
    if open.is_called_off() {
        return Err(Error { call: Call::GetAddrInfo, args, socket: None, errno: sys::closed(), limit: None, made: false });
    }
    let family = family.and_then(|family| match family {
        Family::Inet => Some(AddrFamily::Inet),
        Family::Inet6 => Some(AddrFamily::Inet6),
        Family::Unix => None,
    });
    let kind = if kind == SocketType::Stream { SockType::Stream } else { SockType::DGram };
    let hints = AddrInfoHints { socktype: kind.into(), address: family.map_or(0, Into::into), ..AddrInfoHints::default() };
    match lookup(host, &port.to_string(), hints) {
        Ok(found) => {
            open.end(Outcome::Addresses(found.iter().copied().map(Address::from).collect()), None);
            Ok(found)
        }
        Err(fault) => {
            let errno = fault.errno();
            open.end(Outcome::Err(errno), None);
            Err(Error { call: Call::GetAddrInfo, args, socket: None, errno, limit: None, made: true })
        }
    }
}

fn lookup(name: &str, service: &str, hints: AddrInfoHints) -> Result<Vec<SocketAddr>, Fault> {
    let fits = |text: &str, most: usize| text.len() <= most && !text.contains(|part: char| part.is_whitespace() || part.is_control());
    if name.is_empty() || !fits(name, LONGEST_NAME) || !fits(service, LONGEST_SERVICE) {
        return Err(Fault::Unfit);
    }
    let service = Some(service).filter(|service| !service.is_empty());
    let found = dns_lookup::getaddrinfo(Some(name), service, Some(hints)).map_err(Fault::of)?;
    Ok(found.take(MOST).filter_map(Result::ok).map(|one| one.sockaddr).collect())
}

/// The name of an address, where it has one.
fn reverse(address: SocketAddr) -> Option<String> {
    let (name, _) = dns_lookup::getnameinfo(&address, 0).ok()?;
    (name.parse::<std::net::IpAddr>().is_err() && !name.contains('%')).then_some(name)
}

fn attempt(address: SocketAddr) -> (Result<(), Errno>, Duration) {
    let begin = Instant::now();
    let result = TcpStream::connect_timeout(&address, LIMIT).map(drop).map_err(|error| {
        let timeout = (error.kind() == std::io::ErrorKind::TimedOut).then(|| Errno::by_name("ETIMEDOUT")).flatten();
        timeout.unwrap_or_else(|| Errno::of(&error))
    });
    (result, begin.elapsed())
}

/// Where this system keeps names that need no name server (hosts(5)).
pub const fn hosts_file() -> &'static str {
    if cfg!(windows) { r"C:\Windows\System32\drivers\etc\hosts" } else { "/etc/hosts" }
}

/// The lines of a hosts file that give `name` an address, without what stands behind a `#`.
pub fn lines_of(hosts: &str, name: &str) -> Vec<String> {
    let entry = |line: &str| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        words.next()?;
        words.any(|known| known.eq_ignore_ascii_case(name)).then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    hosts.lines().filter_map(entry).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn localhost_is_this_computer_and_each_attempt_is_told() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
        let port = listener.local_addr().expect("its address").port();
        let resolved = resolve("localhost", &port.to_string(), true);
        let found = resolved.found.expect("an address");
        assert!(!found.is_empty() && found.iter().all(|one| one.address.ip().is_loopback() && one.address.port() == port), "{found:?}");
        let four = found.iter().find(|one| one.address.is_ipv4()).expect("by IPv4");
        assert!(matches!(four.tried, Some((Ok(()), _))), "{four:?}");
        drop(listener);
        let resolved = resolve("127.0.0.1", &port.to_string(), true);
        let tried = resolved.found.expect("an address").remove(0).tried.expect("tried").0;
        assert_eq!(tried.map_err(|errno| errno.name()), Err("ECONNREFUSED".to_owned()));
    }

    #[test]
    fn digits_are_their_own_address_and_what_is_no_name_is_not_asked() {
        let address = |name: &str, service: &str| {
            resolve(name, service, false).found.map(|found| found.into_iter().map(|one| one.address.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(address("192.0.2.7", ""), Ok(vec!["192.0.2.7:0".to_owned()]));
        assert_eq!(address("::1", "9001"), Ok(vec!["[::1]:9001".to_owned()]));
        for (name, service) in [("", ""), ("a b", ""), ("a\0b", ""), ("localhost", "a\nb")] {
            assert_eq!(address(name, service), Err(Fault::Unfit), "{name:?} {service:?}");
        }
        assert_eq!(address(&"a".repeat(LONGEST_NAME + 1), ""), Err(Fault::Unfit));
        assert!(address("127.0.0.1", "no-such-service").is_err());
    }

    #[test]
    fn the_lines_of_a_hosts_file_that_name_it_are_found() {
        let text = "127.0.0.1\tlocalhost  # here\n# 10.0.0.1 localhost\n::1 ip6 LOCALHOST\n10.0.0.2 local\nlocalhost\n";
        assert_eq!(lines_of(text, "localhost"), ["127.0.0.1 localhost", "::1 ip6 LOCALHOST"]);
        assert!(lines_of(text, "here").is_empty());
    }

    #[test]
    fn every_fault_has_its_sentence() {
        let faults = [Fault::Again, Fault::NoName, Fault::Fail, Fault::Service, Fault::Family, Fault::Other("x".to_owned()), Fault::Unfit];
        for fault in faults {
            assert!(!fault.message().to_string().contains('⟨'), "{fault:?}");
        }
    }
}
