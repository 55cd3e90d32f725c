//! The filters that `SO_ATTACH_FILTER` can be given: a few programs of the packet filter of BSD (classic BPF), each with a name.
//!
//! Source: `Documentation/networking/filter.rst` and `include/uapi/linux/filter.h`. What a program returns is how many bytes of the packet are kept; 0 loses it.

/// A filter with a name, as `SO_ATTACH_FILTER` takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// `all`: keeps everything.
    All,
    /// `none`: loses everything.
    Nothing,
    /// `first 100`: keeps so many bytes of each datagram.
    First(u32),
    /// `lose 30%`: loses so many of a hundred, by chance.
    Lose(u32),
}

/// The longest datagram: more bytes of it there are not.
const LONGEST: u32 = 65_535;

impl Filter {
    /// The filter of this name; none where there is no such.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name.split_once(' ') {
            None if name == "all" => Some(Self::All),
            None if name == "none" => Some(Self::Nothing),
            Some(("first", bytes)) => bytes.parse().ok().filter(|bytes| (1..=LONGEST).contains(bytes)).map(Self::First),
            Some(("lose", part)) => part.strip_suffix('%')?.parse().ok().filter(|part| *part <= 100).map(Self::Lose),
            _ => None,
        }
    }

    /// The program.
    #[cfg(target_os = "linux")]
    pub(super) fn program(self) -> Vec<socket2::SockFilter> {
        let step = socket2::SockFilter::new;
        let (keep, lose) = (step(RETURN, 0, 0, u32::MAX), step(RETURN, 0, 0, 0));
        match self {
            Self::All => vec![keep],
            Self::Nothing | Self::Lose(100) => vec![lose],
            // A packet of IP begins with the header of UDP where the filter sees it, and one of a Unix socket with what was sent.
            Self::First(bytes) => vec![
                step(LOAD, 0, 0, ancillary(libc::SKF_AD_PROTOCOL)),
                step(EQUAL, 0, 1, 0),
                step(RETURN, 0, 0, bytes),
                step(RETURN, 0, 0, bytes + UDP_HEADER),
            ],
            Self::Lose(part) => {
                let least = (u64::from(part) << 32) / 100;
                vec![step(LOAD, 0, 0, ancillary(libc::SKF_AD_RANDOM)), step(AT_LEAST, 1, 0, least as u32), lose, keep]
            }
        }
    }
}

/// `BPF_LD | BPF_W | BPF_ABS`: takes a word of the packet or, from [`ancillary`] places, of what the kernel knows of it.
#[cfg(target_os = "linux")]
const LOAD: u16 = 0x20;
/// `BPF_JMP | BPF_JEQ | BPF_K`.
#[cfg(target_os = "linux")]
const EQUAL: u16 = 0x15;
/// `BPF_JMP | BPF_JGE | BPF_K`.
#[cfg(target_os = "linux")]
const AT_LEAST: u16 = 0x35;
/// `BPF_RET | BPF_K`.
#[cfg(target_os = "linux")]
const RETURN: u16 = 0x06;
/// The bytes of a header of UDP (RFC 768).
#[cfg(target_os = "linux")]
const UDP_HEADER: u32 = 8;

/// Where the program finds what is no part of the packet.
#[cfg(target_os = "linux")]
const fn ancillary(what: i32) -> u32 {
    (libc::SKF_AD_OFF + what) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_known_by_their_names_alone() {
        for (name, filter) in [
            ("all", Some(Filter::All)),
            ("none", Some(Filter::Nothing)),
            ("first 1", Some(Filter::First(1))),
            ("first 65535", Some(Filter::First(65_535))),
            ("lose 0%", Some(Filter::Lose(0))),
            ("lose 100%", Some(Filter::Lose(100))),
            ("first 0", None),
            ("first 65536", None),
            ("lose 101%", None),
            ("lose 30", None),
            ("first", None),
            ("", None),
        ] {
            assert_eq!(Filter::parse(name), filter, "{name}");
        }
    }
}
