//! Why a file is not sent or not taken: the code of TFTP for it, and the sentences.

use std::io;

use crate::text;
use crate::text::Message;
use crate::trace::{Errno, file_meaning};
use crate::wire::tftp::ErrorCode;

/// Why a file is not sent or not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// The name might lead out of the folder: `..`, an absolute path, a backslash, a drive, a control character.
    Name,
    /// There is no such file.
    Missing,
    /// It is a folder, a device, a pipe or a link.
    NoFile,
    /// It exists, and may not be replaced.
    Exists,
    /// The server takes no files.
    ReadOnly,
    /// The disk is full, or this user's part of it.
    Full(Errno),
    /// It is larger than it may be, in bytes.
    TooLarge(u64),
    /// So many files were taken already.
    TooMany(u32),
    /// This user may not do that.
    Access(&'static str, Errno),
    /// The system says no for another reason: the call, and what it returned.
    System(&'static str, Errno),
}

impl Denied {
    /// What `error`, which `call` on a file returned, means.
    pub(super) fn of(call: &'static str, error: &io::Error) -> Self {
        let errno = Errno::of(error);
        match &*errno.name() {
            "ENOENT" | "ENOTDIR" | "ENAMETOOLONG" => Self::Missing,
            "EEXIST" => Self::Exists,
            "EISDIR" | "ENXIO" | "ELOOP" => Self::NoFile,
            "ENOSPC" | "EDQUOT" | "EFBIG" => Self::Full(errno),
            "EACCES" | "EPERM" | "EROFS" => Self::Access(call, errno),
            // What was refused without asking the kernel, as a link that leads out of the folder is.
            _ if error.kind() == io::ErrorKind::PermissionDenied => Self::Name,
            _ => Self::System(call, errno),
        }
    }

    /// The code of an ERROR packet (RFC 1350, appendix).
    pub(super) const fn code(&self) -> ErrorCode {
        match self {
            Self::Missing => ErrorCode::NotFound,
            Self::Name | Self::NoFile | Self::ReadOnly | Self::Access(..) => ErrorCode::Access,
            Self::Full(_) | Self::TooLarge(_) | Self::TooMany(_) => ErrorCode::Full,
            Self::Exists => ErrorCode::Exists,
            Self::System(..) => ErrorCode::Undefined,
        }
    }

    /// What an ERROR packet says: English and ASCII.
    pub(super) fn phrase(&self) -> &'static str {
        match self {
            Self::NoFile => "Not a file",
            Self::ReadOnly => "Writing is not allowed",
            Self::TooLarge(_) => "File too large",
            Self::TooMany(_) => "Too many files",
            Self::System(..) => "The file cannot be used",
            Self::Missing | Self::Name | Self::Access(..) | Self::Full(_) | Self::Exists => self.code().phrase(),
        }
    }

    /// Why, in words.
    pub(super) fn message(&self) -> Message {
        match self {
            Self::Name => text!("program-denied-name"),
            Self::Missing => text!("program-denied-missing"),
            Self::NoFile => text!("program-denied-no-file"),
            Self::Exists => text!("program-denied-exists"),
            Self::ReadOnly => text!("program-denied-read-only"),
            Self::TooLarge(most) => text!("program-denied-too-large", most = *most),
            Self::TooMany(most) => text!("program-denied-too-many", most = *most),
            Self::Full(errno) => text!("program-denied-full", errno = errno.name(), meaning = file_meaning(*errno)),
            Self::Access(call, errno) | Self::System(call, errno) => {
                text!("program-denied-system", call = *call, errno = errno.name(), meaning = file_meaning(*errno))
            }
        }
    }
}
