//! A message as the wire has it: what of the headers around it is known from its sockets, what is only inferred, and what nobody but the kernel knows.
//!
//! A program sees none of them. Addresses, ports and lengths are known; what the kernel chooses is told as inferred where systems agree on it, else as unknown:
//! it is never made up. In an example everything is chosen, so that its checksums can be computed.

use std::net::{IpAddr, SocketAddr};

use crate::text;
use crate::text::Message;

/// How a part of a header is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the trace.
    Known,
    /// It is mostly so.
    Inferred,
    /// Only the kernel knows it.
    Unknown,
    /// It was chosen for an example.
    Chosen,
}

/// A part of a header.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is called in its standard.
    pub name: &'static str,
    /// Where it stands in the header, in bytes.
    pub offset: usize,
    /// How many bytes it has.
    pub length: usize,
    /// What it says; nothing where that is not known.
    pub value: String,
    /// How it is known.
    pub source: Source,
    /// What it is for, or why it is so.
    pub why: Message,
}

/// A layer of TCP/IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Ethernet.
    Link,
    /// IPv4 or IPv6.
    Internet,
    /// TCP or UDP.
    Transport,
    /// What the program sent.
    Application,
}

/// What one layer puts around the message, or the message itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Whose it is.
    pub layer: Layer,
    /// Its protocol: `TCP`.
    pub protocol: &'static str,
    /// Its bytes, as far as they are known.
    pub bytes: Vec<Option<u8>>,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A message that is sent from one address to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// Whether by a stream (TCP); else as a datagram (UDP).
    pub stream: bool,
    /// From where, as far as is known.
    pub from: Option<SocketAddr>,
    /// To where.
    pub to: SocketAddr,
    /// The bytes, as far as they were kept.
    pub payload: Vec<u8>,
    /// How many there were.
    pub length: usize,
    /// Whether it is an example.
    pub example: bool,
}

/// The ones' complement sum of these bytes in words of 16 bits, turned over (RFC 1071).
pub fn checksum(parts: &[&[u8]]) -> u16 {
    let bytes = parts.concat();
    let mut sum = bytes.chunks(2).fold(0_u64, |sum, pair| {
        let high = pair.first().copied().unwrap_or_default();
        sum + u64::from(u16::from_be_bytes([high, pair.get(1).copied().unwrap_or_default()]))
    });
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    !(sum as u16)
}

struct Writer {
    bytes: Vec<Option<u8>>,
    parts: Vec<Part>,
}

impl Writer {
    const fn new() -> Self {
        Self { bytes: Vec::new(), parts: Vec::new() }
    }

    fn put(&mut self, name: &'static str, bytes: &[u8], value: impl Into<String>, source: Source, why: Message) {
        self.parts.push(Part { name, offset: self.bytes.len(), length: bytes.len(), value: value.into(), source, why });
        self.bytes.extend(bytes.iter().copied().map(Some));
    }

    fn unknown(&mut self, name: &'static str, length: usize, why: Message) {
        self.parts.push(Part { name, offset: self.bytes.len(), length, value: String::new(), source: Source::Unknown, why });
        self.bytes.extend(std::iter::repeat_n(None, length));
    }

    fn end(self, layer: Layer, protocol: &'static str) -> Header {
        Header { layer, protocol, bytes: self.bytes, parts: self.parts }
    }
}

/// The number of a protocol in IP (IANA).
const TCP: u8 = 6;
const UDP: u8 = 17;

impl Sending {
    /// All that is around the message, the outermost first, and the message last.
    pub fn headers(&self) -> Vec<Header> {
        let mut payload = Writer::new();
        let shown = self.payload.iter().copied().map(Some);
        payload.parts.push(Part {
            name: "payload",
            offset: 0,
            length: self.length,
            value: format!("{} B", self.length),
            source: if self.example { Source::Chosen } else { Source::Known },
            why: text!("wire-header-payload"),
        });
        payload.bytes.extend(shown);
        let transport = if self.stream { self.tcp() } else { self.udp() };
        let within = transport.bytes.len() + self.length;
        vec![self.ethernet(), self.ip(within), transport, payload.end(Layer::Application, "")]
    }

    /// How a value is known that the trace tells.
    const fn told(&self) -> Source {
        if self.example { Source::Chosen } else { Source::Known }
    }

    const fn guessed(&self) -> Source {
        if self.example { Source::Chosen } else { Source::Inferred }
    }

    fn is_loopback(&self) -> bool {
        self.to.ip().to_canonical().is_loopback()
    }

    fn ethernet(&self) -> Header {
        let mut writer = Writer::new();
        let (kind, name) = if self.to.is_ipv4() { ([8, 0], "0x0800 IPv4") } else { ([0x86, 0xdd], "0x86dd IPv6") };
        for name in ["destination", "source"] {
            if self.is_loopback() {
                writer.put(name, &[0; 6], "00:00:00:00:00:00", self.guessed(), text!("wire-header-mac-loopback"));
            } else {
                writer.unknown(name, 6, text!("wire-header-mac"));
            }
        }
        writer.put("type", &kind, name, self.guessed(), text!("wire-header-ethertype"));
        writer.end(Layer::Link, "Ethernet")
    }

    const fn protocol(&self) -> (u8, &'static str) {
        if self.stream { (TCP, "6 TCP") } else { (UDP, "17 UDP") }
    }

    fn ip(&self, within: usize) -> Header {
        if self.to.is_ipv4() { self.ipv4(within) } else { self.ipv6(within) }
    }

    fn address(&self, writer: &mut Writer, name: &'static str, address: Option<SocketAddr>) {
        let why = text!("wire-header-address");
        match address.map(|address| address.ip()) {
            Some(IpAddr::V4(ip)) => writer.put(name, &ip.octets(), ip.to_string(), self.told(), why),
            Some(IpAddr::V6(ip)) => writer.put(name, &ip.octets(), ip.to_string(), self.told(), why),
            None => writer.unknown(name, if self.to.is_ipv4() { 4 } else { 16 }, text!("wire-header-address-unknown")),
        }
    }

    /// A length of 16 bits, as far as what it counts fits into one packet.
    fn length(&self, writer: &mut Writer, name: &'static str, length: usize) {
        match u16::try_from(length) {
            // A stream may be cut into packets in other places than its sends.
            Ok(short) => {
                let source = if self.stream { self.guessed() } else { self.told() };
                writer.put(name, &short.to_be_bytes(), short.to_string(), source, text!("wire-header-length"));
            }
            Err(_) => writer.unknown(name, 2, text!("wire-header-cut")),
        }
    }

    fn ipv4(&self, within: usize) -> Header {
        let mut writer = Writer::new();
        let (protocol, name) = self.protocol();
        writer.put("version, header length", &[0x45], "4, 5 × 4 B", self.guessed(), text!("wire-header-version"));
        writer.put("DSCP, ECN", &[0], "0", self.guessed(), text!("wire-header-dscp"));
        self.length(&mut writer, "total length", within + 20);
        if self.example {
            writer.put("identification", &[0, 1], "1", Source::Chosen, text!("wire-header-identification"));
        } else {
            writer.unknown("identification", 2, text!("wire-header-identification"));
        }
        writer.put("flags, fragment offset", &[0x40, 0], "DF, 0", self.guessed(), text!("wire-header-fragment"));
        writer.put("time to live", &[64], "64", self.guessed(), text!("wire-header-ttl"));
        writer.put("protocol", &[protocol], name, self.told(), text!("wire-header-protocol"));
        let start = writer.bytes.len();
        writer.unknown("header checksum", 2, text!("wire-header-checksum-unknown"));
        self.address(&mut writer, "source", self.from);
        self.address(&mut writer, "destination", Some(self.to));
        let zeroed = writer.bytes.iter().enumerate().map(|(at, byte)| if (start..start + 2).contains(&at) { Some(0) } else { *byte });
        if let Some(bytes) = zeroed.collect::<Option<Vec<u8>>>() {
            set(&mut writer, "header checksum", checksum(&[&bytes]), Source::Chosen, text!("wire-header-checksum-ip"));
        }
        writer.end(Layer::Internet, "IPv4")
    }

    fn ipv6(&self, within: usize) -> Header {
        let mut writer = Writer::new();
        let (protocol, name) = self.protocol();
        if self.example {
            writer.put("version, class, flow label", &[0x60, 0, 0, 0], "6, 0, 0", Source::Chosen, text!("wire-header-flow"));
        } else {
            writer.unknown("version, class, flow label", 4, text!("wire-header-flow"));
        }
        self.length(&mut writer, "payload length", within);
        writer.put("next header", &[protocol], name, self.told(), text!("wire-header-protocol"));
        writer.put("hop limit", &[64], "64", self.guessed(), text!("wire-header-ttl"));
        self.address(&mut writer, "source", self.from);
        self.address(&mut writer, "destination", Some(self.to));
        writer.end(Layer::Internet, "IPv6")
    }

    fn ports(&self, writer: &mut Writer) {
        match self.from {
            Some(from) => {
                writer.put("source port", &from.port().to_be_bytes(), from.port().to_string(), self.told(), text!("wire-header-port"));
            }
            None => writer.unknown("source port", 2, text!("wire-header-address-unknown")),
        }
        writer.put("destination port", &self.to.port().to_be_bytes(), self.to.port().to_string(), self.told(), text!("wire-header-port"));
    }

    fn tcp(&self) -> Header {
        let mut writer = Writer::new();
        self.ports(&mut writer);
        for (name, why) in
            [("sequence number", text!("wire-header-sequence")), ("acknowledgement number", text!("wire-header-acknowledgement"))]
        {
            if self.example {
                writer.put(name, &[0, 0, 0, 1], "1", Source::Chosen, why);
            } else {
                writer.unknown(name, 4, why);
            }
        }
        let (words, name) = if self.example { (0x50, "5 × 4 B, PSH ACK") } else { (0x80, "8 × 4 B, PSH ACK") };
        writer.put("data offset, flags", &[words, 0x18], name, self.guessed(), text!("wire-header-flags"));
        if self.example {
            writer.put("window", &[0xff, 0xff], "65535", Source::Chosen, text!("wire-header-window"));
        } else {
            writer.unknown("window", 2, text!("wire-header-window"));
        }
        writer.unknown("checksum", 2, text!("wire-header-checksum-unknown"));
        writer.put("urgent pointer", &[0, 0], "0", self.guessed(), text!("wire-header-urgent"));
        if !self.example {
            writer.unknown("options", 12, text!("wire-header-options"));
        }
        self.sum(&mut writer, TCP);
        writer.end(Layer::Transport, "TCP")
    }

    fn udp(&self) -> Header {
        let mut writer = Writer::new();
        self.ports(&mut writer);
        self.length(&mut writer, "length", self.length + 8);
        writer.unknown("checksum", 2, text!("wire-header-checksum-unknown"));
        self.sum(&mut writer, UDP);
        writer.end(Layer::Transport, "UDP")
    }

    /// Writes the checksum over addresses, header and message (RFC 768, RFC 9293), where all of them are known.
    fn sum(&self, writer: &mut Writer, protocol: u8) {
        let Some(from) = self.from.filter(|_| self.payload.len() == self.length) else { return };
        let Some(place) = writer.parts.iter().find(|part| part.name == "checksum").map(|part| part.offset) else { return };
        let zeroed = writer.bytes.iter().enumerate().map(|(at, byte)| if (place..place + 2).contains(&at) { Some(0) } else { *byte });
        let Some(header) = zeroed.collect::<Option<Vec<u8>>>() else { return };
        let length = ((header.len() + self.length) as u32).to_be_bytes();
        let octets = |ip: IpAddr| match ip {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        let (source, destination) = (octets(from.ip()), octets(self.to.ip()));
        if source.len() != destination.len() {
            return;
        }
        // 0 says that there is none.
        let sum = match checksum(&[&source, &destination, &length, &[0, 0, 0, protocol], &header, &self.payload]) {
            0 if protocol == UDP => 0xffff,
            sum => sum,
        };
        let (source, why) = if self.is_loopback() && !self.example {
            (Source::Inferred, text!("wire-header-checksum-loopback"))
        } else {
            (if self.example { Source::Chosen } else { Source::Inferred }, text!("wire-header-checksum"))
        };
        set(writer, "checksum", sum, source, why);
    }
}

/// Fills in what could not be known before the rest was.
fn set(writer: &mut Writer, name: &str, sum: u16, source: Source, why: Message) {
    let Some(part) = writer.parts.iter_mut().find(|part| part.name == name) else { return };
    (part.value, part.source, part.why) = (format!("0x{sum:04x}"), source, why);
    for (place, byte) in writer.bytes.iter_mut().skip(part.offset).zip(sum.to_be_bytes()) {
        *place = Some(byte);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sending(stream: bool, from: Option<&str>, to: &str, payload: &[u8], example: bool) -> Sending {
        let address = |text: &str| text.parse().expect("an address");
        Sending { stream, from: from.map(address), to: address(to), payload: payload.to_vec(), length: payload.len(), example }
    }

    fn bytes(header: &Header) -> String {
        header.bytes.iter().map(|byte| byte.map_or_else(|| "--".to_owned(), |byte| format!("{byte:02x}"))).collect::<Vec<_>>().join(" ")
    }

    /// The sums are those that Python works out by RFC 1071.
    #[test]
    fn an_example_is_whole_to_the_last_byte() {
        let headers = sending(false, Some("127.0.0.1:52236"), "127.0.0.1:9001", b"hello", true).headers();
        assert_eq!(bytes(&headers[0]), "00 00 00 00 00 00 00 00 00 00 00 00 08 00");
        assert_eq!(bytes(&headers[1]), "45 00 00 21 00 01 40 00 40 11 3c c9 7f 00 00 01 7f 00 00 01");
        assert_eq!(bytes(&headers[2]), "cc 0c 23 29 00 0d ce c9");
        assert_eq!(bytes(&headers[3]), "68 65 6c 6c 6f");
        let headers = sending(true, Some("[::1]:50000"), "[::1]:80", b"", true).headers();
        assert!(headers.iter().all(|header| header.bytes.iter().all(Option::is_some)), "{headers:?}");
        assert_eq!((headers[1].bytes.len(), headers[2].bytes.len()), (40, 20));
        assert_eq!(checksum(&[&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]]), !0xddf2, "RFC 1071, section 3");
    }

    #[test]
    fn what_only_the_kernel_knows_is_not_made_up() {
        let headers = sending(true, Some("192.168.1.15:50000"), "192.168.1.20:9001", b"hello", false).headers();
        let of = |header: usize, name: &str| headers[header].parts.iter().find(|part| part.name == name).map(|part| part.source);
        for (header, name, source) in [
            (0, "destination", Source::Unknown),
            (0, "type", Source::Inferred),
            (1, "total length", Source::Inferred),
            (1, "identification", Source::Unknown),
            (1, "header checksum", Source::Unknown),
            (1, "source", Source::Known),
            (2, "source port", Source::Known),
            (2, "sequence number", Source::Unknown),
            (2, "checksum", Source::Unknown),
            (2, "data offset, flags", Source::Inferred),
            (3, "payload", Source::Known),
        ] {
            assert_eq!(of(header, name), Some(source), "{name}");
        }
        // A datagram has all that its checksum is made of; one whose source is not known has not.
        let udp = |from| sending(false, from, "192.168.1.20:9001", b"hello", false).headers()[2].parts[3].source;
        assert_eq!((udp(Some("192.168.1.15:50000")), udp(None)), (Source::Inferred, Source::Unknown));
        let cut = Sending { length: 9, ..sending(false, Some("127.0.0.1:1"), "127.0.0.1:2", b"hello", false) };
        assert_eq!(cut.headers()[2].parts[3].source, Source::Unknown);
    }

    proptest! {
        #[test]
        fn parts_cover_their_headers(stream: bool, six: bool, from in proptest::option::of(any::<u16>()), to: u16, payload: Vec<u8>, more in 0..100_000_usize, example: bool) {
            let of = |port| SocketAddr::new(if six { IpAddr::from([0_u16, 0, 0, 0, 0, 0, 0, 1]) } else { IpAddr::from([10, 0, 0, 1]) }, port);
            let length = payload.len() + more;
            let sending = Sending { stream, from: from.map(of), to: of(to), payload, length, example };
            for header in sending.headers() {
                let mut end = 0;
                for part in &header.parts {
                    prop_assert_eq!(part.offset, end);
                    end += part.length;
                }
                prop_assert_eq!(end, if header.layer == Layer::Application { length } else { header.bytes.len() });
            }
        }
    }
}
