//! How many files and sockets this process may have open (getrlimit(2), `RLIMIT_NOFILE`).

/// The limits of open files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    /// What it was.
    pub before: u64,
    /// What it is now.
    pub now: u64,
    /// What this user may raise it to.
    pub most: u64,
}

/// Raises the limit of open files until `wanted` fit, as far as this user may. None where the system has no such limit, or does not tell it.
#[cfg(unix)]
pub fn raise_open_files(wanted: u64) -> Option<OpenFiles> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    let raised = wanted.min(hard).max(soft);
    let is_raised = raised > soft && setrlimit(Resource::RLIMIT_NOFILE, raised, hard).is_ok();
    Some(OpenFiles { before: soft, now: if is_raised { raised } else { soft }, most: hard })
}

/// Windows has no limit but memory.
#[cfg(not(unix))]
pub const fn raise_open_files(_: u64) -> Option<OpenFiles> {
    None
}
