//! What ports are for: the ranges of RFC 6335, and the services that most people have met, by the names of the registry of IANA.

use crate::text;
use crate::text::Message;

/// Ports that are handed out alike (RFC 6335, section 6).
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The first port.
    pub first: u16,
    /// The last port.
    pub last: u16,
    /// What it is called.
    pub name: fn() -> Message,
    /// What it is for.
    pub sentence: fn() -> Message,
}

/// The ranges, which hold every port once.
pub const RANGES: &[Range] = &[
    Range { first: 0, last: 1023, name: || text!("wire-port-well-known"), sentence: || text!("wire-port-well-known-tip") },
    Range { first: 1024, last: 49_151, name: || text!("wire-port-registered"), sentence: || text!("wire-port-registered-tip") },
    Range { first: 49_152, last: 65_535, name: || text!("wire-port-dynamic"), sentence: || text!("wire-port-dynamic-tip") },
];

/// What some textbooks call dynamic: all that needs no privileges.
pub const OTHER_READING: Range =
    Range { first: 1024, last: 65_535, name: || text!("wire-port-other"), sentence: || text!("wire-port-other-tip") };

/// A service that has a port of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The port.
    pub port: u16,
    /// Its name, which is the same in every language.
    pub name: &'static str,
    /// Whether everyone who begins with sockets should have heard of it.
    pub is_common: bool,
}

const fn service(port: u16, name: &'static str, is_common: bool) -> Service {
    Service { port, name, is_common }
}

/// Services by their ports.
pub const SERVICES: &[Service] = &[
    service(7, "Echo", false),
    service(13, "Daytime", false),
    service(20, "FTP data", false),
    service(21, "FTP", true),
    service(22, "SSH", true),
    service(23, "Telnet", true),
    service(25, "SMTP", true),
    service(53, "DNS", true),
    service(67, "DHCP", false),
    service(68, "DHCP", false),
    service(69, "TFTP", true),
    service(80, "HTTP", true),
    service(110, "POP3", false),
    service(123, "NTP", false),
    service(143, "IMAP", false),
    service(161, "SNMP", true),
    service(162, "SNMP trap", false),
    service(389, "LDAP", false),
    service(443, "HTTPS", true),
    service(445, "SMB", false),
    service(514, "Syslog", false),
    service(587, "SMTP", false),
    service(631, "IPP", false),
    service(853, "DNS over TLS", false),
    service(993, "IMAP over TLS", false),
    service(995, "POP3 over TLS", false),
    service(1433, "SQL Server", false),
    service(1883, "MQTT", false),
    service(3306, "MySQL", false),
    service(3389, "RDP", false),
    service(5060, "SIP", false),
    service(5353, "mDNS", false),
    service(5432, "PostgreSQL", false),
    service(6379, "Redis", false),
    service(8080, "HTTP", false),
];

/// The service of this port; none where it has none that most people have met.
pub fn service_of(port: u16) -> Option<&'static Service> {
    let at = SERVICES.binary_search_by_key(&port, |service| service.port).ok()?;
    SERVICES.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_port_is_in_one_range() {
        for port in 0..=u16::MAX {
            assert_eq!(RANGES.iter().filter(|range| (range.first..=range.last).contains(&port)).count(), 1, "{port}");
        }
    }

    #[test]
    fn the_services_of_the_tutorials_are_found() {
        let expected = [(80, "HTTP"), (21, "FTP"), (22, "SSH"), (53, "DNS"), (25, "SMTP"), (161, "SNMP"), (23, "Telnet"), (69, "TFTP")];
        for (port, name) in expected {
            let found = service_of(port).expect("a service");
            assert!(found.name == name && found.is_common, "{port}");
        }
        assert_eq!(service_of(9001), None);
        assert!(SERVICES.is_sorted_by(|one, other| one.port < other.port), "each port once, in order");
    }
}
