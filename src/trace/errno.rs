//! Error numbers of the kernel, with the name that the manual gives them.
//!
//! The same failure has another number on each system (`ECONNREFUSED` is 111 on Linux, 61 on macOS, 10061 on Windows); a person learns its name.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::io;

use serde::{Deserialize, Serialize};

/// An error number, as the kernel returned it: that of this system, or in a recording that of another. Two are equal where their names are, or where neither
/// has one and their numbers are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Errno {
    code: i32,
    row: Option<u8>,
}

impl PartialEq for Errno {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row && (self.row.is_some() || self.code == other.code)
    }
}

impl Eq for Errno {}

impl Hash for Errno {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.row.hash(state);
        if self.row.is_none() {
            self.code.hash(state);
        }
    }
}

/// Name, and number on Linux, macOS and Windows (0: does not occur there). Linux: `asm-generic/errno.h`; macOS: `sys/errno.h`; Windows:
/// the WSA numbers of `winsock2.h`, and for failures of files the numbers of `winerror.h`. Only ever added to: recordings hold the row.
const TABLE: &[(&str, i32, i32, i32)] = &[
    ("EPERM", 1, 1, 5),
    ("ENOENT", 2, 2, 2),
    ("EINTR", 4, 4, 10004),
    ("EIO", 5, 5, 1117),
    ("EBADF", 9, 9, 10009),
    ("EAGAIN", 11, 35, 10035),
    ("ENOMEM", 12, 12, 8),
    ("EACCES", 13, 13, 10013),
    ("EFAULT", 14, 14, 10014),
    ("EBUSY", 16, 16, 0),
    ("EEXIST", 17, 17, 80),
    ("ENODEV", 19, 19, 0),
    ("ENOTDIR", 20, 20, 0),
    ("EISDIR", 21, 21, 0),
    ("EINVAL", 22, 22, 10022),
    ("ENFILE", 23, 23, 0),
    ("EMFILE", 24, 24, 10024),
    ("ENOSPC", 28, 28, 112),
    ("EROFS", 30, 30, 0),
    ("EPIPE", 32, 32, 109),
    ("EDOM", 33, 33, 0),
    ("ENAMETOOLONG", 36, 63, 10063),
    ("ELOOP", 40, 62, 10062),
    ("EOVERFLOW", 75, 84, 0),
    ("ENOTSOCK", 88, 38, 10038),
    ("EDESTADDRREQ", 89, 39, 10039),
    ("EMSGSIZE", 90, 40, 10040),
    ("EPROTOTYPE", 91, 41, 10041),
    ("ENOPROTOOPT", 92, 42, 10042),
    ("EPROTONOSUPPORT", 93, 43, 10043),
    ("ESOCKTNOSUPPORT", 94, 44, 10044),
    ("EOPNOTSUPP", 95, 102, 10045),
    ("EPFNOSUPPORT", 96, 46, 10046),
    ("EAFNOSUPPORT", 97, 47, 10047),
    ("EADDRINUSE", 98, 48, 10048),
    ("EADDRNOTAVAIL", 99, 49, 10049),
    ("ENETDOWN", 100, 50, 10050),
    ("ENETUNREACH", 101, 51, 10051),
    ("ENETRESET", 102, 52, 10052),
    ("ECONNABORTED", 103, 53, 10053),
    ("ECONNRESET", 104, 54, 10054),
    ("ENOBUFS", 105, 55, 10055),
    ("EISCONN", 106, 56, 10056),
    ("ENOTCONN", 107, 57, 10057),
    ("ESHUTDOWN", 108, 58, 10058),
    ("ETOOMANYREFS", 109, 59, 10059),
    ("ETIMEDOUT", 110, 60, 10060),
    ("ECONNREFUSED", 111, 61, 10061),
    ("EHOSTDOWN", 112, 64, 10064),
    ("EHOSTUNREACH", 113, 65, 10065),
    ("EALREADY", 114, 37, 10037),
    ("EINPROGRESS", 115, 36, 10036),
    ("EPROTO", 71, 100, 0),
    ("ECANCELED", 125, 89, 995),
    ("EUSERS", 87, 68, 10068),
    ("EDQUOT", 122, 69, 10069),
    ("EFBIG", 27, 27, 0),
    ("ENODATA", 61, 96, 0),
    // What getaddrinfo(3) returns, of `netdb.h`; on Windows numbers of `winsock2.h`. The numbers of macOS are those of errors of the kernel too.
    ("EAI_NONAME", -2, 8, 11001),
    ("EAI_AGAIN", -3, 2, 11002),
    ("EAI_FAIL", -4, 4, 11003),
    ("EAI_FAMILY", -6, 5, 10047),
    ("EAI_SERVICE", -8, 9, 10109),
    ("EAI_SYSTEM", -11, 11, 0),
];

/// What the names of failed lookups begin with.
const LOOKUP: &str = "EAI_";

const fn number(row: &(&str, i32, i32, i32)) -> i32 {
    if cfg!(target_os = "macos") {
        row.2
    } else if cfg!(windows) {
        row.3
    } else {
        row.1
    }
}

impl Errno {
    /// The error with this number on this system.
    pub fn from_code(code: i32) -> Self {
        let row = TABLE.iter().position(|row| code != 0 && number(row) == code && !row.0.starts_with(LOOKUP));
        Self { code, row: row.map(|row| row as u8) }
    }

    /// The error of this name, as in C; none where the name is unknown. Its number is this system's, 0 where it does not occur here.
    pub fn by_name(name: &str) -> Option<Self> {
        let row = TABLE.iter().position(|row| row.0 == name)?;
        Some(Self { code: number(&TABLE[row]), row: Some(row as u8) })
    }

    /// What the kernel said in `error`. An error that never reached the kernel counts as `EINVAL`: the argument could not be expressed to it.
    pub fn of(error: &io::Error) -> Self {
        error.raw_os_error().map_or_else(|| Self::from_code(number(&TABLE[14])), Self::from_code)
    }

    /// The number here.
    pub const fn code(self) -> i32 {
        self.code
    }

    /// The name in C, `ECONNREFUSED`; `errno 4711` where the number has no name in the table.
    pub fn name(self) -> String {
        self.known_name().map_or_else(|| format!("errno {}", self.code), str::to_owned)
    }

    /// The name in C, where the table has one.
    pub fn known_name(self) -> Option<&'static str> {
        self.row.and_then(|row| TABLE.get(usize::from(row))).map(|row| row.0)
    }

    /// Whether it is the error of this name.
    pub fn is(self, name: &str) -> bool {
        self.known_name() == Some(name)
    }

    /// Whether it is what getaddrinfo(3) returns, which is no error of the kernel.
    pub fn is_of_lookup(self) -> bool {
        self.known_name().is_some_and(|name| name.starts_with(LOOKUP))
    }

    /// What it is called elsewhere; none where the number has no name in the table.
    pub fn elsewhere(self) -> Option<Elsewhere> {
        let row = TABLE.get(usize::from(self.row?))?;
        let rust = (number(row) != 0 && !self.is_of_lookup()).then(|| io::Error::from_raw_os_error(number(row)).kind());
        Some(Elsewhere { python: python(row.0), rust, windows: windows(row) })
    }

    /// All the names the table has.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.0)
    }
}

/// What an error is called elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The class of the exception in Python 3 (PEP 3151).
    pub python: &'static str,
    /// The kind in Rust; none where the error does not occur here, so that Rust cannot be asked.
    pub rust: Option<io::ErrorKind>,
    /// The name, where it is one of sockets, and the number on Windows; none where it does not occur there.
    pub windows: Option<String>,
}

fn windows(row: &(&str, i32, i32, i32)) -> Option<String> {
    let of_lookup = |name: &str| Some(format!("{name} {}", row.3));
    match row.3 {
        0 => None,
        11_001 => of_lookup("WSAHOST_NOT_FOUND"),
        11_002 => of_lookup("WSATRY_AGAIN"),
        11_003 => of_lookup("WSANO_RECOVERY"),
        10_109 => of_lookup("WSATYPE_NOT_FOUND"),
        10_047 => of_lookup("WSAEAFNOSUPPORT"),
        number @ 10_000.. => Some(format!("WSA{} {number}", row.0.replace("EAGAIN", "EWOULDBLOCK"))),
        number => Some(number.to_string()),
    }
}

/// The subclass of `OSError` that Python raises for this name (PEP 3151, "New exception classes").
fn python(name: &str) -> &'static str {
    match name {
        "EAGAIN" | "EALREADY" | "EINPROGRESS" => "BlockingIOError",
        "EPIPE" | "ESHUTDOWN" => "BrokenPipeError",
        "ECONNABORTED" => "ConnectionAbortedError",
        "ECONNREFUSED" => "ConnectionRefusedError",
        "ECONNRESET" => "ConnectionResetError",
        "EEXIST" => "FileExistsError",
        "ENOENT" => "FileNotFoundError",
        "EINTR" => "InterruptedError",
        "EISDIR" => "IsADirectoryError",
        "ENOTDIR" => "NotADirectoryError",
        "EACCES" | "EPERM" => "PermissionError",
        "ETIMEDOUT" => "TimeoutError",
        lookup if lookup.starts_with(LOOKUP) => "socket.gaierror",
        _ => "OSError",
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for name in Errno::names() {
            let errno = Errno::by_name(name).expect(name);
            assert_eq!(errno.name(), name);
            assert_eq!(errno.is_of_lookup(), name.starts_with("EAI_"));
            if errno.code() != 0 && !errno.is_of_lookup() {
                assert_eq!(Errno::from_code(errno.code()).name(), name);
            }
        }
        #[cfg(target_os = "linux")]
        assert_eq!(Errno::from_code(98).name(), "EADDRINUSE");
        assert_eq!(Errno::from_code(4711).name(), "errno 4711");
        assert!(Errno::of(&io::Error::other("no number")).is("EINVAL"));
    }

    #[test]
    fn every_error_is_known_elsewhere() {
        for name in Errno::names() {
            assert!(
                Errno::by_name(name).and_then(Errno::elsewhere).is_some_and(|elsewhere| elsewhere.python.to_lowercase().ends_with("error")),
                "{name}"
            );
        }
        let refused = Errno::by_name("ECONNREFUSED").and_then(Errno::elsewhere).expect("a row");
        assert_eq!((refused.python, refused.windows.as_deref()), ("ConnectionRefusedError", Some("WSAECONNREFUSED 10061")));
        assert_eq!(refused.rust, Some(io::ErrorKind::ConnectionRefused));
        assert_eq!(Errno::by_name("EAGAIN").and_then(Errno::elsewhere).expect("a row").windows.as_deref(), Some("WSAEWOULDBLOCK 10035"));
        assert_eq!(Errno::from_code(4711).elsewhere(), None);
        let unknown = Errno::by_name("EAI_NONAME").and_then(Errno::elsewhere).expect("a row");
        let expected = Elsewhere { python: "socket.gaierror", rust: None, windows: Some("WSAHOST_NOT_FOUND 11001".to_owned()) };
        assert_eq!(unknown, expected);
    }

    #[test]
    fn the_error_of_another_system_is_the_same_error() {
        let here = Errno::by_name("ECONNREFUSED").expect("a name");
        assert_eq!(Errno { code: 10061, ..here }, here, "in a recording from Windows");
        assert_ne!(Errno::from_code(4711), Errno::from_code(4712));
        assert_ne!(Errno::from_code(4711), here);
    }
}
