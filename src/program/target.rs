//! Whom a client asks, as a lab file writes it: an address, a name with a port, another program, or a Unix socket.

use std::fmt;
use std::net::SocketAddr;

use crate::net::resolver::LONGEST_NAME;
use crate::trace::Address;

/// The longest part of a name, between two points, in bytes (RFC 1035, section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// Whom a client asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address.
    Address(SocketAddr),
    /// A Unix socket, by its path or its abstract name.
    Unix(Address),
    /// Another program of the same lab, by its name.
    Program(String),
    /// A computer, by its name: the addresses are looked up each time the program is started.
    Name(HostName),
}

impl Target {
    /// It as it is written, where it leads off this computer, or may do so: a name other than `localhost`.
    pub fn outside(&self) -> Option<String> {
        let is_own = match self {
            Self::Address(address) => Address::Ip(*address).is_local(),
            Self::Name(name) => name.is_localhost(),
            Self::Unix(_) | Self::Program(_) => true,
        };
        (!is_own).then(|| self.to_string())
    }
}

impl fmt::Display for Target {
    /// As a lab file writes it: `127.0.0.1:9001`, `unix:/tmp/s`, `@server`, `localhost:9001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Unix(address) => address.fmt(f),
            Self::Program(name) => write!(f, "@{name}"),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// The name of a computer, and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName {
    host: String,
    port: u16,
}

impl HostName {
    /// Reads `localhost:9001`: a name of letters, digits, hyphens and underscores in parts between points (RFC 1123, section 2.1; names of machines have underscores in
    /// spite of it), and a port that is not 0. A last part of digits alone would be an address that was mistyped, and is none.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_own(text).filter(|name| name.port > 0)
    }

    /// As [`parse`](Self::parse), for an address of one's own: port 0 asks for any.
    pub fn parse_own(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        // `+9001` is a number to Rust.
        let port = port.parse::<u16>().ok().filter(|_| port.bytes().all(|digit| digit.is_ascii_digit()))?;
        let fits = |label: &str| {
            (1..=LONGEST_LABEL).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        // The point that ends an absolute name says nothing else.
        let name = host.strip_suffix('.').unwrap_or(host);
        let is_name = host.len() <= LONGEST_NAME && name.split('.').all(fits);
        let ends_in_digits = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        (is_name && !ends_in_digits).then(|| Self { host: host.to_owned(), port })
    }

    /// The name alone.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is this computer's name for itself: `localhost`, or a name under it (RFC 6761, section 6.3). What such a name leads to beyond the loopback
    /// addresses is not asked.
    pub fn is_localhost(&self) -> bool {
        let name = self.host.strip_suffix('.').unwrap_or(&self.host);
        name.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("localhost"))
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_port_and_is_no_mistyped_address() {
        for text in ["localhost:9001", "a:1", "my-host.example.com:65535", "db_1:80", "xn--bcher-kva.example.:80", "4u.example:1"] {
            assert_eq!(HostName::parse(text).map(|name| name.to_string()).as_deref(), Some(text));
        }
        let long = format!("{}.de:1", "a".repeat(LONGEST_LABEL + 1));
        let many = format!("{}a:1", "a.".repeat(LONGEST_NAME / 2 + 1));
        let wrong = [
            "localhost",
            "localhost:",
            "localhost:0",
            "localhost:65536",
            "localhost:+1",
            ":9001",
            "127.0.0.256:1",
            "127.1:80",
            "::1:9001",
            "[::1]:1",
            "a b:1",
            "a..b:1",
            ".a:1",
            "-a:1",
            "a-:1",
            "a/b:1",
            "@server:1",
            "bücher:80",
            "a\0:1",
            "",
            &long,
            &many,
        ];
        for text in wrong {
            assert_eq!(HostName::parse(text), None, "{text:?}");
            assert_eq!(HostName::parse_own(text).is_some(), text == "localhost:0", "{text:?}");
        }
    }

    #[test]
    fn only_localhost_and_what_is_under_it_is_this_computer_by_name() {
        let is = |text: &str| HostName::parse(text).expect("a name").is_localhost();
        assert!(is("localhost:1") && is("LocalHost.:1") && is("app.localhost:1"));
        assert!(!is("localhost.example.com:1") && !is("notlocalhost:1") && !is("localhost4:1"));
    }
}
